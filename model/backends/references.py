"""Which pictures an engine is shown of the people and the place of a shot, where it takes few.

One of each person that the shot shows, who is largest first, then one of the place, then second views. Of a person's
pictures the one is taken that was seen from the nearest angle, large and in the best light, in the same wardrobe
state: one of the film's reference bank, or the person cut out of a take that the shot may see, at the moment when its
stage shows them best. Chooses by stages alone; pictures are read when they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from model.backends.seen import frame_of
from model.request import ClipRequest, Frame, Picture, ReferenceClip
from model.stage import Stage

__all__ = ["Chosen", "Sight", "choose", "picture_of", "sights"]

_MOMENTS = (0.1, 0.5, 0.9)  # of a take's length
_LOOK_PX = 96  # the height in which stages are looked at
_TURNS: dict[str, float] = {"front": 0.0, "face": 10.0, "three_quarter": 40.0, "profile": 90.0, "back": 180.0}
_UNKNOWN_TURN = 35.0
_CLOSE = 0.22  # a head's share of the frame's height, from which on a face is what counts
_SMALL = 0.75  # of the frame's height: a person lower than this is seen the less well
_MARGIN = 0.08
_OTHER_VIEW_DEG = 30.0
_STRANGE = 90.0  # a second view as ill-suited as that would mislead
_FROM_TAKE = 12.0  # as many degrees is a take worse than a picture of the bank: it has drifted a little

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in shares of the frame."""

_ALL: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Sight:
    """How a figure is seen at a moment: where, how large, turned how far from the camera, in how much of the key."""

    box: Box
    area: float  # share of the frame's pixels
    head: float  # the head's height, share of the frame's
    turn_deg: float  # 0: toward the camera; 180: away from it
    light: float


@dataclass(frozen=True, eq=False)
class Chosen:
    """A reference: a picture of the bank, or the part `box` of frame `frame` of a take. `told` says which."""

    kind: Literal["identity", "place"]
    of: str
    told: str
    misfit: float
    turn_deg: float
    picture: Picture | None = None
    clip: ReferenceClip | None = None
    frame: int = 0
    box: Box = _ALL


def choose(request: ClipRequest, most: int) -> tuple[tuple[Chosen, ...], tuple[str, ...]]:
    """At most `most` references for a shot, and who of those that there are pictures of goes without."""
    seen = _wanted(request.stage, request.width_px / request.height_px)
    firsts: list[Chosen] = []
    seconds: list[Chosen] = []
    for name, sight in sorted(seen.items(), key=lambda item: -item[1].area):
        found = sorted(_of_person(request, name, sight), key=lambda one: one.misfit)
        firsts += found[:1]
        seconds += [one for one in found[1:] if one.misfit < _STRANGE and _is_other(one, found[0])][:1]
    firsts += sorted(_of_place(request), key=lambda one: one.misfit)[:1]
    chosen = (*firsts, *seconds)[:most]
    return chosen, tuple(one.of for one in firsts[most:])


def _is_other(one: Chosen, first: Chosen) -> bool:
    """Whether a picture shows what another does not: another side, or the face alone."""
    faces = [found.picture is not None and found.picture.view == "face" for found in (one, first)]
    return faces[0] is not faces[1] or abs(one.turn_deg - first.turn_deg) >= _OTHER_VIEW_DEG


def picture_of(chosen: Chosen) -> Picture:
    """The picture of what was chosen.

    Raises:
        PictureError: the take cannot be read.
    """
    if chosen.picture is not None:
        return chosen.picture
    assert chosen.clip is not None  # noqa: S101  one of the two is there
    whole = frame_of(chosen.clip.path, chosen.frame)
    return Picture(kind=chosen.kind, of=chosen.of, picture=_cut(whole, chosen.box), source=chosen.told)


def _cut(picture: Frame, box: Box) -> Frame:
    height, width = picture.shape[:2]
    left, right = int(box[0] * width), max(int(np.ceil(box[2] * width)), int(box[0] * width) + 1)
    top, bottom = int(box[1] * height), max(int(np.ceil(box[3] * height)), int(box[1] * height) + 1)
    return np.ascontiguousarray(picture[top:bottom, left:right])


def _of_person(request: ClipRequest, name: str, wanted: Sight) -> Iterator[Chosen]:
    """Every picture there is of a person, with how ill it suits: in degrees, of angle and of what counts as much."""
    close, shape = wanted.head >= _CLOSE, request.width_px / request.height_px
    for one in request.pictures:
        if one.kind != "identity" or one.of != name:
            continue
        turn = _TURNS.get(one.view, _UNKNOWN_TURN)
        misfit = abs(turn - wanted.turn_deg) + (15.0 if (one.view == "face") is not close else 0.0)
        view = f" ({one.view.replace('_', ' ')})" if one.view else ""
        yield Chosen("identity", name, f"{name} is to look as in {one.source}{view}.", misfit, turn, one)
    state = _state(request.stage, name)
    for clip in request.references:
        if clip.kind not in ("identity", "state") or clip.of != name:
            continue
        if clip.stage is None or _state(clip.stage, name) != state:
            continue
        for time_s in _moments(clip.stage):
            sight = sights(clip.stage, time_s, shape).get(name)
            if sight is None:
                continue
            small = 60.0 * max(0.0, _SMALL - (sight.box[3] - sight.box[1])) / _SMALL
            dark = 30.0 * max(0.0, 0.6 - min(sight.light, 0.6))
            misfit = abs(sight.turn_deg - wanted.turn_deg) + small + dark + _FROM_TAKE
            frame = round(time_s * request.fps)
            told = f"{name} is to look as in frame {frame} of the take of {clip.shot}, turned {sight.turn_deg:.0f}°."
            yield Chosen("identity", name, told, misfit, sight.turn_deg, None, clip, frame, _wider(sight.box))


def _of_place(request: ClipRequest) -> Iterator[Chosen]:
    """Every picture there is of the place: the emptiest moment of each take, from the nearest side, in this light."""
    name, shape = request.stage.place.name, request.width_px / request.height_px
    for one in request.pictures:
        if one.kind == "place" and one.of == name:
            yield Chosen("place", name, f"{name} is to look as in {one.source}.", 30.0, 0.0, one)
    here = _way_deg(request.stage, request.stage.duration_s / 2)
    for clip in request.references:
        if clip.kind != "place" or clip.stage is None:
            continue
        for time_s in _moments(clip.stage):
            people = sum(sight.area for sight in sights(clip.stage, time_s, shape).values())
            turn = abs((_way_deg(clip.stage, time_s) - here + 180.0) % 360.0 - 180.0)
            other = 40.0 if clip.stage.light != request.stage.light else 0.0
            frame = round(time_s * request.fps)
            told = f"{clip.of} is to look as in frame {frame} of the take of {clip.shot}."
            yield Chosen("place", clip.of, told, turn / 3 + 100.0 * people + other, turn, None, clip, frame)


def _wanted(stage: Stage, shape: float) -> dict[str, Sight]:
    """How each person is seen at the moment when the shot shows them largest."""
    found: dict[str, Sight] = {}
    for time_s in _moments(stage):
        for name, sight in sights(stage, time_s, shape).items():
            if name not in found or sight.area > found[name].area:
                found[name] = sight
    return found


@lru_cache(maxsize=64)
def sights(stage: Stage, time_s: float, shape: float) -> dict[str, Sight]:
    """Who of the stage's figures is seen at a time, and how, in frames whose width is `shape` times their height."""
    if stage.beside is not None:
        halves = (replace(stage, beside=None), stage.beside)
        left, right = (sights(half, time_s, shape / 2) for half in halves)
        return {name: _halved(one, 0.5) for name, one in right.items()} | {
            name: _halved(one, 0.0) for name, one in left.items()
        }
    return _sights(stage, time_s, shape)


def _sights(stage: Stage, time_s: float, shape: float) -> dict[str, Sight]:
    from model.theatre.motion.marks import place_at
    from model.theatre.passes import passes
    from model.theatre.surfaces import PARTS

    width, height = max(8, round(_LOOK_PX * shape)), _LOOK_PX
    seen = passes(stage, time_s, width, height)
    head = 1 + PARTS.index("head")
    found = {}
    for number, figure in enumerate(stage.figures, 1):
        own = seen.person == number
        if not own.any():
            continue
        rows, columns = (np.flatnonzero(own.any(axis=axis)).tolist() for axis in (1, 0))
        heads = np.flatnonzero((own & (seen.part == head)).any(axis=1)).tolist()
        mark = place_at(figure, time_s)
        to_camera = seen.surfaces.view.bearing_deg(mark.x_m, mark.z_m)
        turn = abs((to_camera - np.degrees(mark.heading_rad) + 180.0) % 360.0 - 180.0)
        found[figure.id] = Sight(
            box=(columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height),
            area=float(own.mean()),
            head=(heads[-1] + 1 - heads[0]) / height if heads else 0.0,
            turn_deg=float(turn),
            light=float(seen.light[own].mean()),
        )
    return found


def _halved(sight: Sight, left: float) -> Sight:
    """A sight in one half of a split screen."""
    a, top, b, bottom = sight.box
    box = (left + a / 2, top, left + b / 2, bottom)
    return Sight(box, sight.area / 2, sight.head, sight.turn_deg, sight.light)


def _state(stage: Stage, name: str) -> tuple[str, ...] | None:
    found = (figure.state for half in (stage, stage.beside) if half is not None for figure in half.figures
             if figure.id == name)  # fmt: skip
    state = next(found, None)
    return None if state is None else tuple(sorted(state))


def _moments(stage: Stage) -> tuple[float, ...]:
    return tuple(share * stage.duration_s for share in _MOMENTS)


def _way_deg(stage: Stage, time_s: float) -> float:
    """The heading that a stage's camera looks along."""
    from model.theatre.view import view_at

    ahead = view_at(stage.camera, time_s, 16, 9, stage.seed).rotation[2]
    return float(np.degrees(np.arctan2(ahead[0], ahead[2])))


def _wider(box: Box) -> Box:
    """A box with a margin about it, within the frame."""
    left, top, right, bottom = box
    across, down = _MARGIN * (right - left), _MARGIN * (bottom - top)
    return max(0.0, left - across), max(0.0, top - down), min(1.0, right + across), min(1.0, bottom + down)
