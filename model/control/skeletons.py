"""Skeletons as OpenPose and DWPose paint them: limbs and joints in their colours, faces as white dots, on black.

Everybody of a stage, people of its crowds too. A joint is painted where the picture shows it; what others, things or
the picture's edge hide is left out. Animals have no skeleton in this vocabulary, and hands are not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from model.control.landmarks import TIP, Face, face_of
from model.request import Frame
from model.stage import Crowd, Stage
from model.theatre.crowds.crowd import JOINTS as CROWD_JOINTS
from model.theatre.crowds.crowd_ground import NEAREST_M, bodies_of, floor_taken
from model.theatre.joints import BONES, JOINTS
from model.theatre.motion.body import body_at
from model.theatre.motion.holding import held_by
from model.theatre.passes import Passes, passes
from model.theatre.pixels import blank, canvas_on, rgb_of
from model.theatre.view import View

__all__ = ["FACE_PX", "JOINT_COLOURS", "Person", "people_seen", "pose_frames"]

JOINT_COLOURS: tuple[tuple[int, int, int], ...] = (
    (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0), (0, 255, 0), (0, 255, 85),
    (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255), (170, 0, 255), (255, 0, 255),
    (255, 0, 170), (255, 0, 85),
)  # fmt: skip
"""Of each of `JOINTS` in red, green and blue; limb k of `BONES` has the k-th in three fifths of its brightness."""

_LIMB_SHARE = 0.6
_THICK = 4 / 1024  # half a limb's breadth and a joint's radius, of the picture's shorter side
_LEAST_PX = 1.5
_DOT = 0.75  # a face's dot, of a joint's radius
FACE_PX = 14.0
"""Heads of a lesser height have no face."""
_REACH_PX = 2
_SMALL_PX = 24.0  # people of a crowd that stand less high have no skeleton
_CROWD = 255  # in the person pass


@dataclass(frozen=True, eq=False)
class Person:
    """Joints in a picture, (18, 2) in pixels by the order of `JOINTS`, and which of them it shows; and the face."""

    points: NDArray[np.float64]
    visible: NDArray[np.bool_]
    depth_m: float
    face: Face | None = None


def pose_frames(stage: Stage, times_s: Sequence[float], width_px: int, height_px: int) -> Iterator[Frame]:
    """A picture of skeletons for each of the times."""
    for time_s in times_s:
        yield _painted(people_seen(passes(stage, time_s, width_px, height_px)), width_px, height_px)


def people_seen(seen: Passes) -> tuple[Person, ...]:
    """Everybody who shows a joint, the farthest first."""
    numbers = {figure.id: number for number, figure in enumerate(seen.stage.figures, 1)}
    found = []
    for one in seen.joints:
        if (seen.person == numbers[one.figure]).any():
            face = _face(seen, numbers[one.figure])
            visible = one.visible.copy()
            if face is not None:
                visible[_NOSE] |= face.seen[TIP]  # a nose stands out in profile too
            found.append(Person(one.points[:, :2], visible, float(np.median(one.points[:, 2])), face))
    found += [person for crowd in seen.stage.crowds if crowd.kind == "people" for person in _crowd(crowd, seen)]
    return tuple(sorted((one for one in found if one.visible.any()), key=lambda person: -person.depth_m))


def _face(seen: Passes, number: int) -> Face | None:
    """A figure's face, with the points that the picture shows; None where it shows none."""
    figure = seen.stage.figures[number - 1]
    body = body_at(figure, seen.time_s, held_by(seen.stage, figure))
    face = face_of(figure, body, seen.surfaces.view, seen.time_s)
    if face is None:
        return None
    shown = face.seen & np.array([_shows(seen.person, x, y, number) for x, y in face.points.tolist()])
    return Face(face.points, shown, face.px) if shown.any() else None


def _shows(person: NDArray[np.uint8], x: float, y: float, number: int) -> bool:
    """Whether a picture shows somebody at a point or beside it."""
    height, width = person.shape
    if not (0 <= x < width and 0 <= y < height):
        return False
    left, top = int(x), int(y)
    near = person[max(top - _REACH_PX, 0) : top + _REACH_PX + 1, max(left - _REACH_PX, 0) : left + _REACH_PX + 1]
    return bool((near == number).any())


_OF_CROWD = tuple(CROWD_JOINTS.index(name) if name in CROWD_JOINTS else -1 for name in JOINTS)
_NOSE, _HEAD, _PELVIS = JOINTS.index("nose"), CROWD_JOINTS.index("head"), CROWD_JOINTS.index("pelvis")


def _crowd(crowd: Crowd, seen: Passes) -> list[Person]:
    """People of a crowd: body joints, and a nose where the face is turned to the camera."""
    view: View = seen.surfaces.view
    spots, bodies = bodies_of(crowd, floor_taken(seen.stage, seen.time_s), seen.time_s)
    found = []
    for at, heading, there, joints in zip(spots.at, spots.heading, spots.there, bodies, strict=True):
        depth = view.point(*joints[_PELVIS].tolist())[2]
        tall_m = float(joints[_HEAD][1] - at[1]) * 1.07
        if there < 0.5 or depth < NEAREST_M or tall_m * view.px_per_m(depth) < _SMALL_PX:
            continue
        ahead = np.array([np.sin(heading), 0.0, np.cos(heading)])
        points = joints[list(_OF_CROWD)]
        points[_NOSE] = joints[_HEAD] + 0.06 * tall_m * ahead
        places = view.project(points)[:, :2]
        told = np.array(_OF_CROWD) >= 0
        told[_NOSE] = float(ahead @ (np.asarray(view.eye) - joints[_HEAD])) > 0
        shown = np.array(
            [t and _shows(seen.person, x, y, _CROWD) for t, (x, y) in zip(told, places.tolist(), strict=True)]
        )
        if shown.any():
            found.append(Person(places, shown, depth))
    return found


def _painted(people: Sequence[Person], width_px: int, height_px: int) -> Frame:
    pixels = blank(width_px, height_px)
    pixels[..., 3] = 255
    canvas = canvas_on(pixels)
    thick = max(_THICK * min(width_px, height_px), _LEAST_PX)
    for number, (a, b) in enumerate(BONES):
        paint = skia.Paint(Color=_argb(JOINT_COLOURS[number], _LIMB_SHARE), AntiAlias=True)
        for person in people:
            if person.visible[a] and person.visible[b]:
                _limb(canvas, person.points[a], person.points[b], thick, paint)
    for number, colour in enumerate(JOINT_COLOURS):
        paint = skia.Paint(Color=_argb(colour, 1.0), AntiAlias=True)
        for person in people:
            if person.visible[number]:
                canvas.drawCircle(*person.points[number].tolist(), thick, paint)
    white = skia.Paint(Color=skia.ColorWHITE, AntiAlias=True)
    for person in people:
        if person.face is not None and person.face.px >= FACE_PX:
            for x, y in person.face.points[person.face.seen].tolist():
                canvas.drawCircle(x, y, _DOT * thick, white)
    return rgb_of(pixels)


def _limb(
    canvas: skia.Canvas, a: NDArray[np.float64], b: NDArray[np.float64], thick_px: float, paint: skia.Paint
) -> None:
    """An ellipse from joint to joint."""
    along = b - a
    length = float(np.hypot(*along))
    canvas.save()
    canvas.translate(*((a + b) / 2).tolist())
    canvas.rotate(float(np.degrees(np.arctan2(along[1], along[0]))))
    canvas.drawOval(skia.Rect.MakeLTRB(-length / 2, -thick_px, length / 2, thick_px), paint)
    canvas.restore()


def _argb(rgb: tuple[int, int, int], share: float) -> int:
    red, green, blue = (int(value * share) for value in rgb)
    return 0xFF000000 | red << 16 | green << 8 | blue
