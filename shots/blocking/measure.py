"""Measuring: what a stage looks like through its camera, as the facts that continuity judges.

Only reads; a handheld camera is measured where it would stand in calm hands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from model.stage import Camera, CameraKey, Figure, Stage, Vec3
from shots.blocking.anatomy import Body, body_at
from shots.blocking.geometry import OnScreen, ScreenMove, ScreenWay, ShotGeometry
from shots.blocking.lens import Pin, pin_of, wrap_deg
from shots.blocking.setups import axis_side
from shots.spec import Shot

__all__ = ["measure", "pin_at"]

_LENS_DEG = 11.0  # who looks or faces this near to the camera looks or faces into it
_MOVED_M = 0.4
_SAMPLES = 8
_MIDDLE = Vec3(0.0, 1.2, 0.5)


def pin_at(camera: Camera, time_s: float) -> Pin:
    """The camera at one instant, without a handheld one's sway."""
    keys = camera.keys
    if len(keys) == 1:
        return pin_of(keys[0])
    after = next((i for i, key in enumerate(keys) if key.time_s > time_s), len(keys))
    a, b = keys[max(after - 1, 0)], keys[min(after, len(keys) - 1)]
    span = b.time_s - a.time_s
    u = min(max((time_s - a.time_s) / span, 0.0), 1.0) if span > 0 else 0.0
    u = u * u * (3 - 2 * u) if camera.easing == "smooth" else u

    def between(p: Vec3, q: Vec3) -> Vec3:
        return Vec3(*(m + (n - m) * u for m, n in zip(p, q, strict=True)))

    return pin_of(
        CameraKey(
            time_s=time_s,
            position=between(a.position, b.position),
            target=between(a.target, b.target),
            lens_mm=a.lens_mm + (b.lens_mm - a.lens_mm) * u,
            roll_deg=a.roll_deg + (b.roll_deg - a.roll_deg) * u,
        )
    )


def measure(stage: Stage, shot: Shot, width_px: int, height_px: int) -> ShotGeometry:
    """The facts of a shot's stage in a picture of `width_px` × `height_px`; hidden figures are left out.

    Of a split screen each half is measured for itself, the left one's line and camera are told.
    """
    aspect = width_px / height_px
    if shot.beside is not None:
        aspect /= 2
    times = [stage.duration_s * i / _SAMPLES for i in range(_SAMPLES + 1)]
    samples = [(time_s, pin_at(stage.camera, time_s)) for time_s in times]
    opens, closes = samples[0][1], samples[-1][1]
    figures = {figure.id: figure for figure in stage.figures}
    first = {name: body_at(figure, 0.0) for name, figure in figures.items()}
    last = {name: body_at(figure, stage.duration_s) for name, figure in figures.items()}
    main = next((name for name in shot.subjects if name in figures), None)
    point = first[main].eye_point if main else _MIDDLE
    axis = None if shot.insert_of is not None else _axis(shot, main, figures, first)
    side_opens = axis_side(first[axis[0]], first[axis[1]], opens.eye) if axis else 0
    side_closes = axis_side(last[axis[0]], last[axis[1]], closes.eye) if axis else 0
    return ShotGeometry(
        shot=shot.id or "",
        lens_mm=stage.camera.keys[0].lens_mm,
        camera_azimuth_deg=math.degrees(math.atan2(opens.eye.x - point.x, opens.eye.z - point.z)) % 360.0,
        camera_distance_m=math.dist(opens.eye, point),
        axis=axis,
        axis_side=side_opens,
        crosses_axis=side_opens * side_closes < 0,
        people=tuple(
            _on_screen(figure, first[figure.id], last[figure.id], samples, aspect)
            for figure in stage.figures
            if figure.id not in stage.camera.hidden
        )
        + (measure(stage.beside, shot, width_px, height_px).people if stage.beside is not None else ()),
    )


def _axis(shot: Shot, main: str | None, figures: dict[str, Figure], bodies: dict[str, Body]) -> tuple[str, str] | None:
    """The pair whose line counts, in the order of their names: subject and shoulder, two subjects, or eyes."""
    if main is None:
        return None
    others = [shot.over, shot.pov_of, *shot.subjects[1:2]]
    other = next((name for name in others if name is not None and name in figures and name != main), None)
    other = other or _looked_at(figures[main], bodies)
    return (min(main, other), max(main, other)) if other else None


def _looked_at(figure: Figure, bodies: dict[str, Body]) -> str | None:
    if not figure.gaze:
        return None
    target = figure.gaze[0].target
    near = [(math.hypot(b.head_x - target.x, b.head_z - target.z), n) for n, b in bodies.items() if n != figure.id]
    gap, name = min(near, default=(math.inf, ""))
    return name if gap < 0.6 else None


def _on_screen(
    figure: Figure, first: Body, last: Body, samples: Sequence[tuple[float, Pin]], aspect: float
) -> OnScreen:
    opens, closes = samples[0][1], samples[-1][1]
    head = opens.project(*first.eye_point)
    crown = opens.project(*first.crown_point)
    sole = opens.project(first.x, 0.0, first.z)
    target = figure.gaze[0].target if figure.gaze else None
    facing = _way(first.eye_point, first.heading_deg, opens)
    gaze = facing
    if target is not None:
        gaze = _way(first.eye_point, math.degrees(math.atan2(target.x - first.head_x, target.z - first.head_z)), opens)
    return OnScreen(
        character=figure.id,
        visible=any(_inside(pin, body_at(figure, time_s), aspect) for time_s, pin in samples),
        x=head.u / aspect + 0.5,
        x_end=closes.project(*last.eye_point).u / aspect + 0.5,
        head_y=0.5 - crown.v,
        body_height=math.hypot(crown.u - sole.u, crown.v - sole.v),
        facing=facing,
        gaze=gaze,
        moves=_moves(first, last, opens),
    )


def _inside(pin: Pin, body: Body, aspect: float) -> bool:
    head = pin.project(body.head_x, (body.crown + body.chin) / 2, body.head_z)
    if head.depth_m < 0.1:
        return False
    half = pin.focal * body.half_head / head.depth_m
    return abs(head.u) < aspect / 2 + 0.5 * half and abs(head.v) < 0.5 + 0.5 * half


def _way(point: Vec3, heading_deg: float, pin: Pin) -> ScreenWay:
    """A heading at a point, as the screen shows it."""
    to_camera = math.degrees(math.atan2(pin.eye.x - point.x, pin.eye.z - point.z))
    off = wrap_deg(heading_deg - to_camera)
    if abs(off) < _LENS_DEG:
        return "lens"
    if abs(off) > 180.0 - _LENS_DEG:
        return "away"
    return "left" if off > 0 else "right"


def _moves(first: Body, last: Body, pin: Pin) -> ScreenMove:
    dx, dz = last.x - first.x, last.z - first.z
    if math.hypot(dx, dz) < _MOVED_M:
        return "none"
    across = dx * math.cos(pin.yaw) - dz * math.sin(pin.yaw)
    along = dx * math.sin(pin.yaw) + dz * math.cos(pin.yaw)
    if abs(across) >= 0.5 * abs(along):
        return "right" if across > 0 else "left"
    return "away" if along > 0 else "toward"
