"""Cameras for sampled stages: a size, an angle and a move about a scene's subject, where its face can be seen.

A small cousin of the director's framing: several places round the subject are weighed, and the best is taken. What
was got (a shot over a shoulder, a tighter lens in a small room) is told with it, so that captions stay true.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from model.sampler.ground import Ground
from model.sampler.moves import Move, moved
from model.sampler.scene import Scene
from model.stage import SENSOR_HEIGHT_MM, ActName, Camera, CameraKey, FocusKey, Place, Vec3
from model.theatre.motion.body import head_position

__all__ = ["ANGLES", "SIZES", "Angle", "Coverage", "Framed", "Size", "framed"]

Size = Literal["EWS", "WS", "FS", "MLS", "MS", "MCU", "CU", "ECU"]
Angle = Literal["eye_level", "low", "high", "overhead", "dutch"]
Coverage = Literal["single", "two_shot", "over_shoulder"]
SIZES: tuple[Size, ...] = ("EWS", "WS", "FS", "MLS", "MS", "MCU", "CU", "ECU")
ANGLES: tuple[Angle, ...] = ("eye_level", "low", "high", "overhead", "dutch")

# How much of a standing person's height the picture's height covers, and the headroom as a share of the picture.
COVERS: dict[Size, tuple[float, float]] = {
    "EWS": (4.2, 0.36), "WS": (2.0, 0.2), "FS": (1.25, 0.09), "MLS": (0.80, 0.08), "MS": (0.58, 0.08),
    "MCU": (0.40, 0.08), "CU": (0.27, 0.05), "ECU": (0.17, -0.06),
}  # fmt: skip
_BEAST_COVERS: dict[Size, float] = {
    "EWS": 9.0, "WS": 4.2, "FS": 2.4, "MLS": 1.9, "MS": 1.5, "MCU": 1.2, "CU": 0.95, "ECU": 0.7,
}  # fmt: skip
_LENS_MM: dict[Size, float] = {
    "EWS": 26.0, "WS": 30.0, "FS": 36.0, "MLS": 42.0, "MS": 50.0, "MCU": 65.0, "CU": 80.0, "ECU": 95.0,
}  # fmt: skip
_ELEVATION_DEG: dict[Angle, tuple[float, float]] = {
    "eye_level": (-2.0, 5.0), "low": (-24.0, -13.0), "high": (18.0, 32.0), "overhead": (56.0, 76.0),
    "dutch": (-3.0, 6.0),
}  # fmt: skip
_CLOSE: frozenset[Size] = frozenset({"MS", "MCU", "CU", "ECU"})
_SHOWN: dict[ActName, Size] = {
    "fall": "FS", "throw": "MLS", "dance": "MLS", "carry": "MLS", "drop": "MLS", "pick_up": "MLS", "put_down": "MLS",
    "type": "MLS", "write": "MLS", "open_door": "MLS", "close_door": "MLS", "hit": "MLS", "push": "MLS",
    "shake_hands": "MLS", "give": "MLS", "shoot": "MS", "clap": "MS", "wave": "MS", "point": "MS", "gesture": "MS",
    "embrace": "MS",
}  # fmt: skip
"""The closest size in which an act is still seen."""
_WIDEST_MM = 19.0
_LOWEST_M = 0.2
_FACE_SEEN_DEG = 75.0
_NEAREST_M = 0.42
_SPOILT = 4.0
_CLOSER_SHARE = 0.6
_LATER = 0.2


@dataclass(frozen=True)
class Framed:
    """A camera and what it got."""

    camera: Camera
    size: Size
    angle: Angle
    move: Move
    coverage: Coverage
    face: bool  # whether the subject's face is turned to the lens
    racks: bool  # whether the focus goes from the shoulder to the face


@dataclass(frozen=True)
class _Subject:
    head: Vec3
    foot: Vec3
    crown_m: float
    height_m: float
    faces_deg: float
    low: bool  # lies or swims: no longer upright
    beast: bool


def framed(
    rng: Random, scene: Scene, place: Place, ground: Ground, duration_s: float,
    wish: tuple[Size, Angle, Move], aspect: float,
) -> Framed:  # fmt: skip
    """The camera of a scene, for pictures of this aspect (width over height)."""
    size, angle, move = wish
    one = _subject(scene, duration_s)
    heads = [_subject(replace(scene, figures=scene.figures[i:], cast=scene.cast[i:]), duration_s)
             for i in range(1, len(scene.figures)) if scene.ridden != "horse"]  # fmt: skip
    if scene.vehicle or scene.looks_to_deg is not None:
        size = size if size in ("EWS", "WS", "FS", "MLS") else "MLS" if size in ("MS", "MCU") else "WS"
        angle = "eye_level" if angle == "overhead" else angle
    closest = _SHOWN.get(scene.act, "ECU")
    free = closest == "ECU" and len(scene.figures) < 3 and not (scene.ridden or scene.vehicle or one.low or one.beast)
    if free and SIZES.index(size) < SIZES.index("MS") and rng.random() < _CLOSER_SHARE:
        size = rng.choice(("MS", "MCU", "MCU", "CU", "ECU"))  # which others' acts leave out
    if SIZES.index(size) > SIZES.index(closest):
        size = rng.choice(SIZES[max(1, SIZES.index(closest) - 2) : SIZES.index(closest) + 1])
    if angle == "overhead" and (size not in ("WS", "FS", "MLS") or one.beast or len(heads) > 1) and not one.low:
        angle = "high"
    if (angle == "high" and size in ("CU", "ECU")) or (angle == "low" and scene.act in ("open_door", "close_door")):
        angle = "eye_level"
    if (place.kind in ("car", "train") and size in ("EWS", "WS", "FS")) or (place.kind == "car" and size == "MLS"):
        size = "MS"
    if place.kind in ("car", "train") and angle in ("overhead", "low"):
        angle = "high" if angle == "overhead" else "eye_level"
    coverage = _coverage(rng, scene, size, angle, aspect)
    if coverage == "over_shoulder":
        got = _over_shoulder(rng, one, heads[0], ground, size, aspect, scene)
        if got is not None:
            return got
        coverage = "single"
    pair = heads[0] if coverage == "two_shot" else None
    turns = _turns(rng, size)
    cost, key, size_got, away = _best(rng, one, pair, heads, ground, scene, size, angle, aspect, turns)
    if pair is not None and cost > _SPOILT:  # somebody is before the two: rather one of them alone
        coverage = "single"
        cost, key, size_got, away = _best(rng, one, None, heads, ground, scene, size, angle, aspect, turns)
    size = size_got
    face = abs((away - one.faces_deg + 180.0) % 360.0 - 180.0) < _FACE_SEEN_DEG
    angle = _angle(key, angle)
    gone = (0.0, 0.0)
    body = scene.figures[0].body
    if len(body) > 1:
        gone = (body[-1].x_m - body[0].x_m, body[-1].z_m - body[0].z_m)
    camera, move = moved(rng, key, move, duration_s, aspect, gone, ground, size in ("EWS", "WS"))
    focus = (FocusKey(time_s=0.0, on=scene.figures[0].id),) if size in _CLOSE and not one.low else ()
    return Framed(replace(camera, focus=focus), size, angle, move, coverage, face, False)


def _subject(scene: Scene, duration_s: float) -> _Subject:
    """The first figure, as it is halfway through."""
    figure, body = scene.figures[0], scene.figures[0].body
    first, last = body[0], body[-1]
    foot = Vec3((first.x_m + last.x_m) / 2, first.height_m, (first.z_m + last.z_m) / 2)
    height = figure.look.height_m
    faces = first.heading_deg
    if figure.species != "person":
        a = math.radians(faces)
        tall = {"bird": 0.5, "horse": 1.25}.get(figure.species, 1.1) * height
        reach = {"bird": 0.15, "horse": 0.75, "dog": 0.62, "cat": 0.75}[figure.species] * height
        head = Vec3(foot.x + reach * math.sin(a), foot.y + tall, foot.z + reach * math.cos(a))
        return _Subject(head, foot, foot.y + 1.3 * height, height, faces, first.pose == "fly", True)
    # Who bends to a thing is framed as they stand before.
    bends = scene.act in ("pick_up", "put_down")
    head = head_position(figure, 0.0 if bends else duration_s / 2)
    crown = head.y + 0.085 * height
    look = figure.look
    if look.hat in ("brimmed", "peaked", "turban", "helmet") or look.hair in ("afro", "mohawk", "bun", "quiff"):
        crown += 0.035 * height
    if scene.ridden:
        foot = _at_height(foot, 0.0)
    return _Subject(head, foot, crown, height, faces, first.pose in ("lie", "swim"), False)


def _at_height(at: Vec3, y: float) -> Vec3:
    """A point at another height."""
    return Vec3(at.x, y, at.z)


def _coverage(rng: Random, scene: Scene, size: Size, angle: Angle, aspect: float) -> Coverage:
    if len(scene.figures) < 2 or scene.ridden or size in ("EWS", "WS", "ECU"):
        return "single"
    if scene.cast[1].species != "person":
        return "two_shot" if size not in ("CU", "MCU") else "single"
    touching = scene.act in ("embrace", "kiss", "shake_hands", "hit", "push", "give")
    standing = all(figure.body[0].pose in ("stand", "sit") for figure in scene.figures[:2])
    if size in ("MLS", "MS", "MCU", "CU") and not touching and angle != "overhead" and standing and rng.random() < 0.8:
        return "over_shoulder"
    wide_enough = aspect > 0.9 or scene.act in ("embrace", "kiss")
    return "two_shot" if wide_enough and (touching or rng.random() < 0.6) else "single"


def _turns(rng: Random, size: Size) -> list[float]:
    """Where the camera may stand, by degrees off the subject's nose, best first."""
    wide = rng.random()
    most = 0.06 if size in _CLOSE else 0.16
    first = rng.uniform(125, 180) if wide < most else rng.uniform(60, 100) if wide < 2.5 * most else rng.uniform(8, 52)
    first *= rng.choice((-1.0, 1.0))
    return [first, -first, first * 0.5, 0.0, -first * 0.5, first * 1.3, 60.0, -60.0, 90.0, -90.0, 135.0, -135.0, 180.0]


def _extent(one: _Subject, pair: _Subject | None, size: Size, aspect: float, away_deg: float, scene: Scene) -> float:
    """How many metres the picture's height covers at the subject."""
    if one.beast:
        extent = _BEAST_COVERS[size] * one.height_m
    else:
        extent = COVERS[size][0] * one.height_m
        if size in ("EWS", "WS", "FS"):
            extent = max(extent * 0.7, COVERS[size][0] * max(one.crown_m - one.foot.y, 0.3))
        if one.low and size in ("FS", "MLS"):
            extent = max(0.75 * one.height_m, 1.25 * one.height_m / aspect)
        if scene.ridden and size in ("FS", "MLS", "WS"):
            extent = max(extent, (1.3 if size != "WS" else 2.0) * one.crown_m)
    if pair is not None:
        gap = math.dist((one.head.x, one.head.z), (pair.head.x, pair.head.z))
        seen = abs(math.sin(math.radians(away_deg - math.degrees(
            math.atan2(pair.head.x - one.head.x, pair.head.z - one.head.z)))))  # fmt: skip
        extent = max(extent, (gap * seen + 0.62) / aspect, 1.15 * abs(one.head.y - pair.head.y) + 0.3)
    return extent


def _aim(one: _Subject, pair: _Subject | None, size: Size, extent: float, steep: bool) -> Vec3:
    """The picture's middle: the crown below its headroom, or a lying body's middle."""
    at = one.head
    if pair is not None:
        at = Vec3((one.head.x + pair.head.x) / 2, max(one.head.y, pair.head.y), (one.head.z + pair.head.z) / 2)
    if one.beast and pair is None:
        if size in _CLOSE:
            return at
        return Vec3(one.foot.x, one.foot.y + 0.55 * one.height_m, one.foot.z)
    if one.low or steep:
        wide = size in ("EWS", "WS", "FS", "MLS") and one.low
        middle = Vec3((at.x + one.foot.x) / 2, at.y, (at.z + one.foot.z) / 2) if wide else at
        return _at_height(middle, at.y - (0.12 * one.height_m if steep and not one.low else 0.0))
    if pair is None and size == "ECU":
        return at
    crown = max(one.crown_m, pair.crown_m) if pair is not None else one.crown_m
    if pair is None and size == "CU":
        crown = one.head.y + 0.085 * one.height_m
    high = crown + extent * (COVERS[size][1] - 0.5)
    return _at_height(at, max(high, one.foot.y + 0.02))


def _best(
    rng: Random,
    one: _Subject,
    pair: _Subject | None,
    others: list[_Subject],
    ground: Ground,
    scene: Scene,
    size: Size,
    angle: Angle,
    aspect: float,
    turns: list[float],
) -> tuple[float, CameraKey, Size, float]:
    """The cheapest of the places, of which an earlier one is the dearer to miss."""
    best = _shot(rng, one, pair, others, ground, scene, size, angle, aspect, turns[0])
    for number, turn in enumerate(turns[1:], 1):
        if best[0] <= number * _LATER:
            break
        found = _shot(rng, one, pair, others, ground, scene, size, angle, aspect, turn)
        if found[0] + number * _LATER < best[0]:
            best = (found[0] + number * _LATER, *found[1:])
    return best


def _shot(
    rng: Random, one: _Subject, pair: _Subject | None, others: list[_Subject], ground: Ground, scene: Scene,
    size: Size, angle: Angle, aspect: float, turn_deg: float,
) -> tuple[float, CameraKey, Size, float]:  # fmt: skip
    """A camera so far off the subject's nose: what it costs, its key, the size that it got, its heading."""
    away_deg = one.faces_deg + turn_deg
    cost = 0.0
    if pair is not None and scene.cast[1].species == "person":  # across the two
        line = math.degrees(math.atan2(pair.head.x - one.head.x, pair.head.z - one.head.z))
        side = 90.0 if turn_deg >= 0 else -90.0
        away_deg = line + side + 0.35 * max(-60.0, min(60.0, turn_deg))
    if scene.ridden:
        away_deg = one.faces_deg + (1.0 if turn_deg >= 0 else -1.0) * (52.0 + 0.25 * abs(turn_deg))
    if scene.looks_to_deg is not None:
        away_deg = scene.looks_to_deg + 180.0 + max(-38.0, min(38.0, turn_deg * 0.5))
    if one.low and not one.beast and scene.figures[0].body[0].pose == "lie":
        away_deg = one.faces_deg + (90.0 if turn_deg >= 0 else -90.0) + 0.4 * turn_deg
    extent = _extent(one, pair, size, aspect, away_deg, scene)
    elevation = math.radians(rng.uniform(*_ELEVATION_DEG[angle]))
    if one.low and not one.beast and angle not in ("high", "overhead"):
        elevation = math.radians(rng.uniform(14.0, 24.0))
    if one.beast and one.height_m < 0.7 and angle == "eye_level":
        elevation = math.radians(rng.uniform(2.0, 12.0))
    steep = elevation > 0.8
    aim = _aim(one, pair, size, extent, steep)
    lens = _LENS_MM[size] * rng.uniform(0.9, 1.12)
    reach = extent * lens / SENSOR_HEIGHT_MM
    away = (math.sin(math.radians(away_deg)), math.cos(math.radians(away_deg)))
    room = ground.reach_m(aim.x, aim.z, away)
    most = room / max(math.cos(elevation), 0.05)
    if aim.y > ground.ceiling_m - 0.2:
        elevation = min(elevation, 0.0)
    if elevation > 0.02:
        most = min(most, (ground.ceiling_m - 0.12 - aim.y) / math.sin(elevation))
    wanted = reach
    reach = max(min(reach, most), 0.05)
    if reach < _NEAREST_M:
        cost += 9.0
        reach = max(reach, 0.3)
    cost += 1.3 * max(0.0, math.log(wanted / reach) - 0.35)
    lens = reach * SENSOR_HEIGHT_MM / extent
    if lens < _WIDEST_MM:
        lens = _WIDEST_MM
        cost += 0.6
    rise = max(reach * math.sin(elevation), _LOWEST_M - aim.y)
    flat = reach * math.cos(elevation)
    eye = Vec3(aim.x + away[0] * flat, aim.y + rise, aim.z + away[1] * flat)
    got = _size_of(one, scene, lens, math.dist(eye, aim), size, aspect)
    aim = _lead_room(one, pair, aim, eye, extent, aspect, scene)
    if not ground.holds_lens(eye):
        cost += 6.0
    if not ground.sees(eye, one.head):
        cost += 5.0
    half_width = math.atan(aspect * SENSOR_HEIGHT_MM / lens / 2)
    for other in others:
        cost += _hides(eye, one, other, half_width, pair is other)
    roll = rng.choice((-1, 1)) * rng.uniform(7.0, 12.0) if angle == "dutch" else 0.0
    return cost, CameraKey(time_s=0.0, position=eye, target=aim, lens_mm=lens, roll_deg=roll), got, away_deg


def _size_of(one: _Subject, scene: Scene, lens: float, reach: float, size: Size, aspect: float) -> Size:
    """The size that a camera got: nearest to what its picture's height covers."""
    covered = reach * SENSOR_HEIGHT_MM / lens
    if one.beast:
        return min(SIZES, key=lambda each: abs(math.log(_BEAST_COVERS[each] * one.height_m / covered)))
    wished = _extent(one, None, size, aspect, 0.0, scene)
    if abs(math.log(wished / covered)) < 0.12:
        return size
    return min(SIZES, key=lambda each: abs(math.log(_extent(one, None, each, aspect, 0.0, scene) / covered)))


def _lead_room(
    one: _Subject, pair: _Subject | None, aim: Vec3, eye: Vec3, extent: float, aspect: float, scene: Scene
) -> Vec3:
    """The picture's middle moved to where the subject faces, so that it looks into the frame."""
    if pair is not None:
        return aim
    ahead = math.atan2(aim.x - eye.x, aim.z - eye.z)
    right = (math.cos(ahead), -math.sin(ahead))
    faces = math.radians(one.faces_deg)
    side = math.sin(faces) * right[0] + math.cos(faces) * right[1]
    share = 0.11 if aspect > 1.5 else 0.05
    if aspect > 2.0:
        share = 0.15
    by = side * share * extent * aspect
    if scene.vehicle:
        by = 0.18 * extent * aspect * (1.0 if scene.figures[0].seed % 2 else -1.0)
    return Vec3(aim.x + right[0] * by, aim.y, aim.z + right[1] * by)


def _hides(eye: Vec3, one: _Subject, other: _Subject, half_width: float, paired: bool) -> float:
    """What somebody else costs who stands before the subject, on the lens, or large before it."""
    ex, ez = other.head.x - eye.x, other.head.z - eye.z
    sx, sz = one.head.x - eye.x, one.head.z - eye.z
    far, near = math.hypot(sx, sz), math.hypot(ex, ez)
    if near < 0.55 and eye.y < other.crown_m + 0.3:
        return 6.0
    off = (math.atan2(ex, ez) - math.atan2(sx, sz) + math.pi) % math.tau - math.pi
    if abs(off) > math.pi / 2 or near > far - 0.12:
        return 0.0
    sight_m = eye.y + (one.head.y - eye.y) * near / max(far, 0.1)
    if near * abs(math.sin(off)) < 0.36 and other.crown_m > sight_m - 0.3:
        return 5.0
    return 0.9 if abs(off) < half_width and not paired else 0.0


def _over_shoulder(
    rng: Random, one: _Subject, other: _Subject, ground: Ground, size: Size, aspect: float, scene: Scene
) -> Framed | None:
    """From behind the other one, whose shoulder is at an edge; None where there is no room for it."""
    gap = math.dist((one.head.x, one.head.z), (other.head.x, other.head.z))
    line = math.atan2(other.head.x - one.head.x, other.head.z - one.head.z)
    turned = abs((math.degrees(line) - one.faces_deg + 180.0) % 360.0 - 180.0)
    if not 0.7 < gap < 2.4 or aspect < 0.9 or turned > 70.0 or abs(one.head.y - other.head.y) > 0.45:
        return None
    ahead, right = (math.sin(line), math.cos(line)), (math.cos(line), -math.sin(line))
    extent = COVERS[size][0] * one.height_m
    for side in rng.sample((-1.0, 1.0), 2):
        aside, back = 0.40, 0.72
        eye = Vec3(other.head.x + ahead[0] * back + right[0] * side * aside, other.head.y + 0.04,
                   other.head.z + ahead[1] * back + right[1] * side * aside)  # fmt: skip
        if not ground.holds_lens(eye) or not ground.sees(eye, one.head):
            continue
        reach = math.dist(eye, one.head)
        # Looking from the shoulder to the face, the stage's right is on the left: the frame goes toward the shoulder.
        by = -side * 0.15 * extent * aspect
        aim_y = one.crown_m + extent * (COVERS[size][1] - 0.5)
        aim = Vec3(one.head.x + right[0] * by, aim_y, one.head.z + right[1] * by)
        lens = min(reach * SENSOR_HEIGHT_MM / extent, 120.0)
        key = CameraKey(time_s=0.0, position=eye, target=aim, lens_mm=lens)
        racks = rng.random() < 0.3
        first = FocusKey(time_s=0.0, on=scene.figures[1 if racks else 0].id)
        focus = (first, FocusKey(time_s=1.1, on=scene.figures[0].id)) if racks else (first,)
        return Framed(
            Camera(keys=(key,), focus=focus, f_number=2.8), size, "eye_level", "static", "over_shoulder", True, racks
        )
    return None


def _angle(key: CameraKey, wished: Angle) -> Angle:
    """The angle that a camera got: as wished where it has its tilt, else what its slope is."""
    flat = math.dist((key.position.x, key.position.z), (key.target.x, key.target.z))
    slope = math.degrees(math.atan2(key.position.y - key.target.y, flat))
    if key.roll_deg:
        return "dutch"
    del wished
    return "overhead" if slope > 48.0 else "high" if slope > 13.0 else "low" if slope < -9.0 else "eye_level"
