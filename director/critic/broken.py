"""Takes broken on purpose, to be held against the stage as it was.

Every break is the stage drawn again with one thing altered, or true frames mirrored, held, dimmed or turned about. It
counts only where it changes something that can be seen, by the limits below, which know nothing of the critic.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from director.critic.gaze import looking_away, off_lens_deg
from director.critic.lighting import key_turned
from director.critic.measured import Before, judge
from director.critic.verdict import Judgement
from model.colour import delta_e_2000, lab
from model.request import ClipRequest, Frame
from model.sampler import Split, sample
from model.stage import RGB, Camera, CameraKey, Figure, Stage, Style, Vec3
from model.theatre import draw, passes
from model.theatre.passes import Passes
from model.theatre.stand_ins import with_stand_ins
from model.theatre.surfaces import PARTS
from shots.blocking import ShotGeometry

__all__ = [
    "BREAKS", "NAMED", "STYLES", "Case", "Clip", "before_of", "blurred", "case_of", "cases", "drawn", "geometry_of",
    "judged", "stood_in",
]  # fmt: skip

STYLES: tuple[Style, ...] = ("flat", "ink_noir", "watercolour", "pencil", "risograph")

WIDTH_PX, HEIGHT_PX, FPS, FRAMES = 256, 144, 8, 7
LEAST_SHARE = 0.005  # of the frame that what is altered covers
LEAST_FACE_PX = 24
LEAST_DE = 10.0  # between an altered garment and the true one, at the median
LEAST_KEY_L = 3.0  # between a person's pixels under the flipped and the true key, in the mean
LEAST_FRAME_DE = 4.0  # between whole frames of another temperature, or mirrored, in the mean
LEAST_MOVED = 0.02  # of the frame's pixels that change by more than 12 levels within the clip, or turned about
LEAST_GAZE_DEG = 20.0

Clip = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Case:
    """A stage as a request, and the number (from 1) of the person it is about; 0 where there is none."""

    request: ClipRequest
    lead: int
    index: int

    @property
    def stage(self) -> Stage:
        """The stage as it should be."""
        return self.request.stage


def case_of(stage: Stage, index: int) -> Case:
    """A stage as it is judged here: small, short, without a split screen."""
    stage = replace(stage, beside=None)
    request = ClipRequest(
        stage=stage, width_px=WIDTH_PX, height_px=HEIGHT_PX, fps=FPS, frame_count=FRAMES, seed=index
    )  # fmt: skip
    people = passes(stage, 0.4, WIDTH_PX, HEIGHT_PX).person
    seen = [
        (int((people == number).sum()), number)
        for number, figure in enumerate(stage.figures, 1)
        if figure.species == "person"
    ]
    most = max(seen, default=(0, 0))
    return Case(request, most[1] if most[0] >= LEAST_SHARE * people.size else 0, index)


def cases(split: Split, first: int, count: int) -> Iterator[Case]:
    """The first stages of a split from a number on, as they come: all hours, weathers, styles, sizes and places."""
    found = (sample(split, index, 1.0) for index in itertools.count(first))
    plain = (one for one in found if one.aspect == "16:9" and one.stage.beside is None)
    return (case_of(one.stage, one.index) for one in islice(plain, count))


def drawn(stage: Stage, like: ClipRequest) -> Clip:
    """The frames of a stage: (f, h, w, 3)."""
    return np.stack([draw(stage, i / like.fps, like.width_px, like.height_px) for i in range(like.frame_count)])


@lru_cache(maxsize=2)
def _middle(case: Case) -> Passes:
    return passes(case.stage, FRAMES // 2 / FPS, WIDTH_PX, HEIGHT_PX)


def _mask(case: Case, *parts: str) -> Mask:
    mine = np.where(_middle(case).person == case.lead, _middle(case).part, 0)
    return np.asarray(mine > 0 if not parts else np.isin(mine, [PARTS.index(part) + 1 for part in parts]))


def _seen(made: Clip, true: Clip, where: Mask | None, least_de: float) -> bool:
    middle = len(true) // 2
    if where is None:
        return float(delta_e_2000(lab(made[middle]), lab(true[middle])).mean()) >= least_de
    if where.mean() < LEAST_SHARE:
        return False
    return float(np.median(delta_e_2000(lab(made[middle][where]), lab(true[middle][where])))) >= least_de


def _with(case: Case, figure: Figure) -> Stage:
    figures = list(case.stage.figures)
    figures[case.lead - 1] = figure
    return replace(case.stage, figures=tuple(figures))


_CLOTHES = (
    RGB(196, 46, 48), RGB(62, 130, 74), RGB(52, 94, 168), RGB(236, 200, 62), RGB(236, 234, 228), RGB(40, 40, 44),
)  # fmt: skip


def _other(colour: RGB) -> RGB:
    """One of the three colours that are farthest from another."""
    apart = sorted(_CLOTHES, key=lambda one: float(delta_e_2000(lab(colour), lab(one))))
    return apart[-1 - sum(colour) % 3]


def recoloured_top(case: Case, true: Clip) -> Clip | None:
    """The lead's coat, shirt or dress in another colour."""
    where = _mask(case, "torso")
    if not case.lead or where.mean() < LEAST_SHARE:
        return None
    figure = case.stage.figures[case.lead - 1]
    look = replace(figure.look, top_colour=_other(figure.look.top_colour))
    made = drawn(_with(case, replace(figure, look=look)), case.request)
    return made if _seen(made, true, where, LEAST_DE) else None


def recoloured_hair(case: Case, true: Clip) -> Clip | None:
    """The lead's hair in another colour."""
    where = _mask(case, "hair")
    if not case.lead or where.mean() < LEAST_SHARE:
        return None
    figure = case.stage.figures[case.lead - 1]
    light = sum(figure.look.hair_colour) > 330
    look = replace(figure.look, hair_colour=RGB(40, 30, 28) if light else RGB(226, 190, 120))
    made = drawn(_with(case, replace(figure, look=look)), case.request)
    return made if _seen(made, true, where, LEAST_DE) else None


def swapped_wardrobes(case: Case, true: Clip) -> Clip | None:
    """The lead and somebody else in one another's clothes."""
    people = [i for i, figure in enumerate(case.stage.figures) if figure.species == "person" and i != case.lead - 1]
    if not case.lead or not people:
        return None
    figures = list(case.stage.figures)
    a, b = figures[case.lead - 1], figures[people[0]]
    worn = ("top", "top_colour", "bottom", "bottom_colour", "hat", "hat_colour")
    swap = [replace(x.look, **{name: getattr(y.look, name) for name in worn}) for x, y in ((a, b), (b, a))]
    figures[case.lead - 1], figures[people[0]] = replace(a, look=swap[0]), replace(b, look=swap[1])
    where = _mask(case, "torso")
    if where.mean() < LEAST_SHARE:
        return None
    made = drawn(replace(case.stage, figures=tuple(figures)), case.request)
    return made if _seen(made, true, where, LEAST_DE) else None


def dropped_person(case: Case, true: Clip) -> Clip | None:
    """The lead is not there; what they hold stays away with them."""
    if not case.lead:
        return None
    hidden = replace(case.stage.camera, hidden=(*case.stage.camera.hidden, case.stage.figures[case.lead - 1].id))
    made = drawn(replace(case.stage, camera=hidden), case.request)
    return made if _seen(made, true, _mask(case), 4.0) else None


def flipped_key(case: Case, true: Clip) -> Clip | None:
    """The key from the other side of the camera's axis."""
    if not case.lead:
        return None
    made = drawn(replace(case.stage, light=key_turned(case.stage)), case.request)
    where, middle = _mask(case), FRAMES // 2
    changed = np.abs(lab(made[middle][where])[:, 0] - lab(true[middle][where])[:, 0]).mean() if where.any() else 0.0
    return made if changed >= LEAST_KEY_L else None


def swapped_eyelines(case: Case, true: Clip) -> Clip | None:
    """The lead looks to the other side of the camera."""
    if not case.lead:
        return None
    figure = case.stage.figures[case.lead - 1]
    rows = np.nonzero(_mask(case, "head", "hair").any(axis=1))[0]
    if len(rows) < LEAST_FACE_PX or abs(off_lens_deg(case.stage, figure)) < LEAST_GAZE_DEG:
        return None
    made = drawn(_with(case, looking_away(case.stage, figure)), case.request)
    return made if _face_changed(case, made, true) else None


def _face_changed(case: Case, made: Clip, true: Clip) -> bool:
    where, middle = ndimage.binary_dilation(_mask(case, "head", "hair"), iterations=2), FRAMES // 2
    return float(delta_e_2000(lab(made[middle][where]), lab(true[middle][where])).mean()) >= LEAST_FRAME_DE


def shifted_temperature(case: Case, true: Clip) -> Clip | None:
    """The light warm where it should be cool, and cool where it should be warm."""
    light = case.stage.light
    kelvin = 9500.0 if light.colour_temperature_k < 5000.0 else 2600.0
    made = drawn(replace(case.stage, light=replace(light, colour_temperature_k=kelvin)), case.request)
    return made if _seen(made, true, None, LEAST_FRAME_DE) else None


def mirrored(case: Case, true: Clip) -> Clip | None:
    """Left for right."""
    del case
    made = np.ascontiguousarray(true[:, :, ::-1])
    return made if _seen(made, true, None, LEAST_FRAME_DE) else None


def frozen(case: Case, true: Clip) -> Clip | None:
    """The first frame, held."""
    del case
    return np.repeat(true[:1], len(true), axis=0) if _moved(true[0], true[-1]) >= LEAST_MOVED else None


def reversed_motion(case: Case, true: Clip) -> Clip | None:
    """The frames from last to first; it counts where somebody or the camera goes from one place to another."""
    goes = len({(key.position, key.target, key.lens_mm) for key in case.stage.camera.keys}) > 1 or any(
        len({(key.x_m, key.z_m) for key in figure.body}) > 1 for figure in case.stage.figures
    )
    return true[::-1].copy() if goes and _moved(true[0], true[-1]) >= LEAST_MOVED else None


def black_frames(case: Case, true: Clip) -> Clip | None:
    """Two black frames in the middle."""
    del case
    made = true.copy()
    made[len(true) // 2 : len(true) // 2 + 2] = 0
    return made


def flickering(case: Case, true: Clip) -> Clip | None:
    """Every other frame an eighth darker."""
    del case
    made = true.copy()
    made[1::2] = (made[1::2] * 0.875).astype(np.uint8)
    return made


def jumping_cut(case: Case, true: Clip) -> Clip | None:
    """The camera stays where it was in the shot before (`before_of`), but for a step aside."""
    made = drawn(replace(case.stage, camera=moved_camera(case.stage, 3.0)), case.request)
    return made if _moved(made[0], true[0]) >= LEAST_MOVED else None


def moved_camera(stage: Stage, turn_deg: float) -> Camera:
    """The stage's camera of the shot before, 45 degrees round its target, and then `turn_deg` back."""
    turn = math.radians(45.0 - turn_deg)

    def about(key: CameraKey) -> CameraKey:
        dx, dz = key.position.x - key.target.x, key.position.z - key.target.z
        x, z = dx * math.cos(turn) + dz * math.sin(turn), dz * math.cos(turn) - dx * math.sin(turn)
        return replace(key, position=Vec3(key.target.x + x, key.position.y, key.target.z + z))

    return replace(stage.camera, keys=tuple(about(key) for key in stage.camera.keys))


def _moved(one: Frame, other: Frame) -> float:
    return float((np.abs(one.astype(np.int16) - other).max(axis=-1) > 12).mean())


BREAKS: dict[str, Callable[[Case, Clip], Clip | None]] = {
    "top recoloured": recoloured_top, "hair recoloured": recoloured_hair, "wardrobes swapped": swapped_wardrobes,
    "person dropped": dropped_person, "key flipped": flipped_key, "eyelines swapped": swapped_eyelines,
    "temperature shifted": shifted_temperature, "mirrored": mirrored, "frozen": frozen, "reversed": reversed_motion,
    "black frames": black_frames, "flicker": flickering, "jump cut": jumping_cut,
}  # fmt: skip
"""Each break by its name: the broken frames, or None where it could not be seen."""


def blurred(case: Case, true: Clip) -> Clip:
    """True frames as a soft lens gives them: a Gaussian of 2 pixels at a width of 512."""
    del case
    return np.asarray(ndimage.gaussian_filter(true, (0, 2.0 * WIDTH_PX / 512, 2.0 * WIDTH_PX / 512, 0)))


def stood_in(case: Case, true: Clip) -> Clip | None:
    """Puppets in plain suits instead of the cast."""
    if not case.lead:
        return None
    made = drawn(with_stand_ins(case.stage, "suits"), case.request)
    return made if _seen(made, true, _mask(case, "torso"), LEAST_DE) else None


def geometry_of(case: Case, turned_deg: float = 0.0) -> ShotGeometry:
    """As much of a shot's geometry as the critic reads: its name and its angle."""
    return ShotGeometry(
        shot=str(case.index),
        lens_mm=case.stage.camera.keys[0].lens_mm,
        camera_azimuth_deg=turned_deg % 360.0,
        camera_distance_m=3.0,
        axis=None,
        axis_side=0,
        crosses_axis=False,
        people=(),
    )


def before_of(case: Case) -> Before:
    """A shot of the same stage from 45 degrees aside, from which the case is cut to."""
    stage = replace(case.stage, camera=moved_camera(case.stage, 0.0))
    return Before(replace(case.request, stage=stage), geometry_of(case, 45.0))


def judged(case: Case, clip: Clip, before: Before) -> Judgement:
    """What the critic says of a take of a case."""
    return judge(clip, case.request, geometry_of(case), before)


NAMED: dict[str, frozenset[str]] = {
    "top recoloured": frozenset({"wardrobe"}), "hair recoloured": frozenset({"hair"}),
    "wardrobes swapped": frozenset({"wardrobe"}), "person dropped": frozenset({"people"}),
    "key flipped": frozenset({"key_side"}), "eyelines swapped": frozenset({"eyeline"}),
    "temperature shifted": frozenset({"colour_temperature"}), "mirrored": frozenset({"mirrored"}),
    "frozen": frozenset({"frozen"}), "reversed": frozenset({"screen_direction", "camera_move"}),
    "black frames": frozenset({"black"}), "flicker": frozenset({"flicker"}), "jump cut": frozenset({"cut_jump"}),
    "stand-ins": frozenset({"wardrobe"}),
}  # fmt: skip
"""The constraints that say what a break is; a take may fail another instead, and is caught all the same."""
