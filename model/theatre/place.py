"""A stage's set in a picture: its far world, ground, walls and furniture, without people and props.

What nobody can walk behind is the background; the rest comes back as drawables to be sorted among the people.
The sets themselves are built in `model.theatre.sets`, once for a kind and seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

import skia

from model.stage import CameraKey, PlaceKind, Stage, Vec3
from model.theatre.air.clouds import paint_clouds
from model.theatre.air.sky import paint_haze, paint_horizon, paint_sky
from model.theatre.air.space import paint_space
from model.theatre.air.weather import paint_outside
from model.theatre.air.wet import HARD, is_wet, mirrored_view, paint_wet_ground
from model.theatre.doors import (
    door_states,
    leaf_drawables,
    passage_of,
    passages_seen,
    seen_through,
    shows,
    walls_behind,
)
from model.theatre.drawable import Drawable
from model.theatre.lighting.cast import paint_set_shadows
from model.theatre.lighting.flash import paint_flash
from model.theatre.lighting.light import Tone
from model.theatre.sets.cull import Cull
from model.theatre.sets.floor import floor_before, floor_outline
from model.theatre.sets.indoors import INDOORS
from model.theatre.sets.kit import Design, Lamp, Panel, Piece, floor_patch, mark, rect
from model.theatre.sets.outdoors import OUTDOORS
from model.theatre.sets.pen import Pen
from model.theatre.sets.room import lamplit
from model.theatre.surfaces import SurfaceTone
from model.theatre.view import View

__all__ = [
    "design_of",
    "doorway_of",
    "paint_beyond",
    "paint_land",
    "paint_room",
    "place_background",
    "place_drawables",
    "wall_distance",
    "window_box",
]

FAR = 120.0
"""Half the side of the painted ground, in metres; beyond it only haze."""

BUILDERS: dict[PlaceKind, Callable[[int, str], Design]] = {**INDOORS, **OUTDOORS}

UP = Vec3(0.0, 1.0, 0.0)
Panels = list[tuple[Panel, float]]

GLOW_M = 8.0
"""From here on lamps glow over what stands between them and this depth."""
LANE_M, SPEED_M_S = 54.0, 12.0
"""Half the stretch along which things pass a car, and how fast."""


@lru_cache(maxsize=8)
def design_of(kind: PlaceKind, seed: int, name: str = "") -> Design:
    """The set of a kind and seed; its name may be lettered on a sign."""
    design = BUILDERS[kind](seed, name)
    return replace(design, shell=lamplit(design.shell, design.all_lamps)) if design.shell else design


def place_background(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """Paints the whole picture with what lies behind everybody: sky, ground, buildings; or walls, floor, ceiling."""
    _background(Pen(canvas, view, tone, time_s), stage)


def place_drawables(stage: Stage, view: View, tone: Tone, time_s: float) -> list[Drawable]:
    """What people can stand behind or in front of: furniture, trees, lamps, cars.

    What stands in the way of the lens is struck from the set, as a crew would do, for the whole shot.
    """
    design, _, dressing = _set_of(stage)
    kept = _kept(design, stage)
    pen = Pen(skia.Canvas(), view, tone, time_s, wind=stage.weather.wind)
    lit = partial(_paint_piece, tone=tone, time_s=time_s, wind=stage.weather.wind)
    found = []
    for index, panels in _seen(dressing, view):
        piece = dressing.pieces[index]
        if kept[index] and piece.moves in ("no", "sways") and piece.live is None:
            depth, shape = pen.local(piece.at)[2], _at_rest(piece, pen.stirs(piece))
            paint = partial(
                lit, piece=shape, panels=panels, view=view, floor=floor_before(design.ground_extent, piece.at, view)
            )
            still = shape if shape.moves == "no" and piece.at.y >= 0.0 else None
            found.append(Drawable(depth, paint, still))
            if any(pen.shines(lamp) for lamp in piece.lamps):
                # Far lamps glow over what stands between: so all that is still and far stays one layer.
                found.append(Drawable(min(depth, GLOW_M) - 0.001, partial(_paint_halos, pen=pen, lamps=piece.lamps)))
    for index in _moving(design):
        piece = design.dressing[index]
        by = _off(piece, time_s)
        at = Vec3(piece.at.x + by.x, piece.at.y + by.y, piece.at.z + by.z)
        reach = math.hypot(piece.radius_m, piece.height_m / 2)
        if kept[index] and view.sees((at.x, at.y + piece.height_m / 2, at.z), reach):
            floor = floor_before(design.ground_extent, piece.at, view)
            beside = replace(view, eye=Vec3(view.eye.x - by.x, view.eye.y - by.y, view.eye.z - by.z))
            panels = next((panels for _, panels in _cull_of(piece).seen(beside)), [])
            # What passes is outside: behind all that stands still, however near it comes.
            depth = pen.local(at)[2] + (FAR if piece.moves == "passes" else 0.0)
            air = _outer(tone, stage) if piece.moves == "passes" else tone
            found.append(Drawable(depth, partial(lit, piece=piece, panels=panels, view=beside, floor=floor, tone=air)))
    if stage.place.interior and not design.shell:  # a carriage's windows: the weather lies behind all that passes
        floor = floor_outline(design.ground_extent, view) if design.ground_extent and view.eye.y > 0.0 else None
        weather = partial(_paint_outside, stage=stage, view=view, tone=tone, time_s=time_s, floor=floor)
        found.append(Drawable(4 * FAR, weather))
    return found + leaf_drawables(design.doors, stage, view, tone, time_s)


def _paint_outside(
    canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float, floor: skia.Path | None
) -> None:
    """The weather all round a carriage, but for its floor."""
    if isinstance(tone, SurfaceTone):
        return
    canvas.save()
    if floor is not None:
        canvas.clipPath(floor, skia.ClipOp.kDifference, True)
    paint_outside(canvas, stage, view, tone, time_s)
    canvas.restore()


def doorway_of(stage: Stage, view: View, x_m: float, z_m: float, time_s: float) -> skia.Path | None:
    """Where in the picture somebody at (x, z) may be seen: through a doorway alone, or (None) everywhere."""
    return seen_through(_set_of(stage)[0], stage, view, x_m, z_m, time_s)


@lru_cache(maxsize=2048)
def _at_rest(piece: Piece, stirs: bool) -> Piece:
    """A piece without the glow of its lamps, and still unless the wind stirs it."""
    if not piece.lamps and (stirs or piece.moves == "no"):
        return piece
    return replace(piece, lamps=(), moves=piece.moves if stirs else "no")


def _paint_halos(canvas: skia.Canvas, pen: Pen, lamps: tuple[Lamp, ...]) -> None:
    pen.canvas = canvas
    for lamp in lamps:
        pen.halo(lamp)


@lru_cache(maxsize=8)
def _moving(design: Design) -> tuple[int, ...]:
    """Which of the dressing is elsewhere, or painted anew, in each frame."""
    still = ("no", "sways")
    return tuple(i for i, p in enumerate(design.dressing) if p.moves not in still or p.live is not None)


@lru_cache(maxsize=512)
def _cull_of(piece: Piece) -> Cull:
    return Cull((piece,))


def _off(piece: Piece, time_s: float) -> Vec3:
    """How far a piece is from its place at a time: boats that bob, trees that pass a car."""
    if piece.moves == "floats":
        return Vec3(0.0, 0.0, -0.45 * math.sin(0.9 * time_s))
    if piece.moves == "bobs":
        return Vec3(0.0, 0.05 * math.sin(0.8 * time_s + piece.at.x + 2.0 * piece.at.z), 0.0)
    if piece.moves == "passes":
        return Vec3(0.0, 0.0, (piece.at.z + LANE_M + SPEED_M_S * time_s) % (2 * LANE_M) - LANE_M - piece.at.z)
    return Vec3(0.0, 0.0, 0.0)


def _paint_piece(
    canvas: skia.Canvas,
    piece: Piece,
    panels: Panels,
    view: View,
    floor: skia.Path | None,
    tone: Tone,
    time_s: float,
    wind: float,
) -> None:
    pen = Pen(canvas, view, tone, time_s, wind=wind)
    if floor is None:
        pen.piece(piece, panels)
        return
    canvas.save()
    canvas.clipPath(floor, skia.ClipOp.kDifference, True)
    pen.piece(piece, panels)
    canvas.restore()


@lru_cache(maxsize=8)
def _culls(kind: PlaceKind, seed: int, name: str) -> tuple[Design, Cull, Cull]:
    """A set with its scenery (and, of a room, its walls) and its dressing ready to be culled."""
    design = design_of(kind, seed, name)
    shell = Piece(Vec3(0, 0, 0), 0.0, 0.0, design.shell)
    return design, Cull((*design.scenery, shell)), Cull(design.dressing)


@lru_cache(maxsize=32)
def _seen(cull: Cull, view: View) -> list[tuple[int, Panels]]:
    """What of a set is in a view: asked once for a locked camera, which has one view."""
    return cull.seen(view)


def _set_of(stage: Stage) -> tuple[Design, Cull, Cull]:
    return _culls(stage.place.kind, stage.place.seed, stage.place.name)


@lru_cache(maxsize=8)
def _kept_for(design: Design, keys: tuple[CameraKey, ...], used: tuple[tuple[float, float], ...]) -> tuple[bool, ...]:
    return tuple(
        any(math.hypot(seat.at.x - x, seat.at.z - z) < 0.4 for seat in piece.seats for x, z in used)
        or not any(_in_the_way(piece, key.position, key.target) for key in keys)
        for piece in design.dressing
    )


def _kept(design: Design, stage: Stage) -> tuple[bool, ...]:
    """Which of the dressing stays for this shot; what somebody sits or lies on does."""
    keys = (key for figure in stage.figures for key in figure.body if key.pose in ("sit", "lie"))
    return _kept_for(design, stage.camera.keys, tuple((key.x_m, key.z_m) for key in keys))


def _in_the_way(piece: Piece, eye: Vec3, target: Vec3) -> bool:
    """Whether a piece stands on the lens, or between it and what it looks at."""
    dx, dz = piece.at.x - eye.x, piece.at.z - eye.z
    distance = math.hypot(dx, dz)
    if piece.live is not None or piece.moves in ("floats", "passes"):
        return False  # smoke, surf and what goes by are in nobody's way
    if distance < piece.radius_m + 0.45:
        return True
    if piece.keep:
        return False
    ax, az = target.x - eye.x, target.z - eye.z
    reach = math.hypot(ax, az) or 1.0
    along = (dx * ax + dz * az) / reach
    across = abs(dx * az - dz * ax) / reach
    low = piece.at.y + piece.height_m < min(eye.y, target.y) - 0.35
    return 0 < along < reach * 0.9 and across < piece.radius_m * 0.8 + 0.12 * along + 0.25 and not low


def _ground(pen: Pen, design: Design) -> None:
    """The floor, or the open ground as far as it is painted."""
    extent = design.ground_extent or (-FAR, -FAR, FAR, FAR)
    x0, z0, x1, z1 = extent
    if pen.view.eye.y <= 0.0:
        return
    if design.ground_extent is None:
        colour = pen.colour(mark(rect(*extent), design.ground_rgb), UP, 9.0)
        pen.polygon([Vec3(a, 0, b) for a, b in ((x0, z0), (x1, z0), (x1, z1), (x0, z1))], colour)
    pen.panel(floor_patch(extent, 0.0, design.ground), 4.0 if design.shell else 7.0)


def _background(pen: Pen, stage: Stage) -> None:
    design = _set_of(stage)[0]
    if not design.shell:
        if pen.surfaces is None:
            paint_sky(pen, stage)
            paint_clouds(pen, stage)
        paint_land(pen, stage)
        return
    pen.canvas.clear(pen.tone.shade(design.ground_rgb, 2.0))
    box = window_box(pen, stage)
    if box is not None:
        pen.canvas.save()
        pen.canvas.clipRect(box)
        paint_beyond(pen, stage)
        if pen.surfaces is None:
            paint_outside(pen.canvas, stage, pen.view, pen.tone, pen.time_s)
            paint_flash(pen.canvas, stage.weather, pen.time_s, 1.0)
        pen.canvas.restore()
    paint_room(pen, stage)


def _room_of(view: View, stage: Stage) -> tuple[Design, Panels, list[tuple[Piece, Panels]]]:
    """The set, what is seen of a room's shell, and what is seen of the scenery."""
    design, scenery, _ = _set_of(stage)
    seen = _seen(scenery, view)
    shell = next((panels for index, panels in seen if index == len(design.scenery)), [])
    return design, shell, [(scenery.pieces[index], panels) for index, panels in seen if index != len(design.scenery)]


def wall_distance(stage: Stage, view: View) -> float:
    """How far before the lens, along its axis, a room ends; infinite outdoors."""
    design, _, _ = _set_of(stage)
    if not design.shell or design.ground_extent is None:
        return math.inf
    (x0, z0, x1, z1), eye = design.ground_extent, view.eye
    ahead_x, _, ahead_z = view.axes[2]
    reach = [
        ((high if ahead > 0 else low) - at) / ahead
        for ahead, at, low, high in ((ahead_x, eye.x, x0, x1), (ahead_z, eye.z, z0, z1))
        if abs(ahead) > 0.05
    ]
    return max(1.0, min(reach, default=math.inf))


def _mirrored(view: View, stage: Stage) -> list[tuple[Piece, Panels]]:
    """What wet ground mirrors of a set, as the mirrored view sees it."""
    if not is_wet(stage) or stage.place.kind not in HARD:
        return []
    design, scenery, dressing = _set_of(stage)
    view = mirrored_view(view)
    found = [(scenery.pieces[i], panels) for i, panels in _seen(scenery, view) if i < len(design.scenery)]
    still = [(dressing.pieces[i], panels) for i, panels in _seen(dressing, view)]
    return found + [one for one in still if one[0].moves in ("no", "sways") and one[0].height_m > 0.8]


def window_box(pen: Pen, stage: Stage) -> skia.Rect | None:
    """The pixels round all through which a room lets one see out, or None."""
    _, shell, _ = _room_of(pen.view, stage)
    boxes = [box for panel, _ in shell for hole in panel.holes if (box := pen.box_of(panel, hole)) is not None]
    if not boxes:
        return None
    left, top, right, foot = zip(*boxes, strict=True)
    return skia.Rect.MakeLTRB(min(left), min(top), max(right), max(foot))


def _outer(tone: Tone, stage: Stage) -> Tone:
    """The tone of what lies outside a room: of its hour and weather, not of the room's lamps."""
    if isinstance(tone, SurfaceTone):
        return tone
    light = replace(stage.light, colour_temperature_k=5600.0, practicals=())
    return Tone.of(replace(stage, place=replace(stage.place, interior=False), light=light))


def paint_beyond(pen: Pen, stage: Stage) -> None:
    """The world outside a room, without its weather."""
    design, _, outside = _room_of(pen.view, stage)
    pen = Pen(pen.canvas, pen.view, _outer(pen.tone, stage), pen.time_s, pen.wind)
    if pen.surfaces is None and design.horizon == "space":
        paint_space(pen, stage.place.seed)
    elif pen.surfaces is None:  # what lies infinitely far is no surface
        paint_sky(pen, stage)
        paint_clouds(pen, stage)
        paint_horizon(pen, stage, design.horizon)
    for piece, panels in outside:
        pen.piece(piece, panels)


def paint_room(pen: Pen, stage: Stage) -> None:
    """A room's floor, walls and lamplight; its windows stay open."""
    design, shell, _ = _room_of(pen.view, stage)
    _ground(pen, design)
    paint_set_shadows(pen.canvas, design, stage, pen.view, pen.tone)
    states = door_states(design.doors, stage)
    behind, passage = walls_behind(design, pen.view.eye), passage_of(design.doors, states, pen.view.eye)
    outside = Pen(pen.canvas, pen.view, _outer(pen.tone, stage), pen.time_s, pen.wind)
    for panel, depth in shell:
        if shows(panel, states, behind, passage):
            (outside if panel.outdoors else pen).panel(panel, depth)
    if pen.tone.gloom is not None:
        pen.canvas.save()
        for way in passages_seen(design.doors, states, pen.view):  # what is beyond has its own light
            pen.canvas.clipPath(way, skia.ClipOp.kDifference, True)
        pen.tone.gloom.lay(pen.canvas, pen.view)
        pen.canvas.restore()
    _lamplight(pen, design)


def _lamplight(pen: Pen, design: Design) -> None:
    x0, z0, x1, z1 = design.ground_extent if design.shell and design.ground_extent else (-FAR, -FAR, FAR, FAR)
    for lamp in design.all_lamps:
        if x0 <= lamp.at.x <= x1 and z0 <= lamp.at.z <= z1:  # a street lamp lights no floor of a room
            pen.pool(lamp)
    for lamp in design.lamps:
        pen.halo(lamp)


def paint_land(pen: Pen, stage: Stage) -> None:
    """All that stands before the sky of a place outside, and its lamplight."""
    design, _, scenery = _room_of(pen.view, stage)
    if pen.surfaces is None:  # what lies infinitely far is no surface
        paint_horizon(pen, stage, design.horizon)
    raised = design.ground_extent is not None  # a roof: what is around it stands below
    if not raised:
        _ground(pen, design)
        paint_set_shadows(pen.canvas, design, stage, pen.view, pen.tone)
        if pen.surfaces is None:
            paint_haze(pen, stage)
            paint_wet_ground(pen, stage, design.all_lamps, _mirrored(pen.view, stage))
    inside = stage.place.interior  # of a carriage, whose walls stand among the dressing
    beyond = Pen(pen.canvas, pen.view, _outer(pen.tone, stage), pen.time_s, pen.wind) if inside else pen
    for piece, panels in scenery:
        beyond.piece(piece, panels)
    if raised:
        _ground(pen, design)
        paint_set_shadows(pen.canvas, design, stage, pen.view, pen.tone)
        if pen.surfaces is None and not inside:
            paint_wet_ground(pen, stage, design.all_lamps, _mirrored(pen.view, stage))
    _lamplight(pen, design)
