"""Props: things that are held, handed over, put down or looked at, drawn at real size with their states.

What is round or small faces the camera; cases, books, screens, boards and furniture stand as they are turned.
A state is one of `model.states`; what is said otherwise is made one before it comes here.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache, partial
from random import Random

import skia

from model.stage import RGB, SENSOR_HEIGHT_MM, Prop, Stage, Vec3
from model.states import STAINS
from model.theatre.drawable import Drawable
from model.theatre.elements import ELEMENTS
from model.theatre.lighting.light import Tone, mix, scale
from model.theatre.motion.marks import place_at
from model.theatre.sets import fittings
from model.theatre.sets import furniture as fit
from model.theatre.sets.backs import BACKED, back_of
from model.theatre.sets.buildings import street_lamp
from model.theatre.sets.cull import Cull
from model.theatre.sets.kit import Lamp, Mark, Panel, Piece, box, card, circle, mark, moved, oval, rect, rects
from model.theatre.sets.palette import INK
from model.theatre.sets.pen import Pen
from model.theatre.sets.solids import BOARD_KINDS, SOLIDS, board
from model.theatre.sets.stains import flames, stained
from model.theatre.sets.things import THINGS
from model.theatre.sets.writing import written
from model.theatre.vehicles.drive import VEHICLES
from model.theatre.view import View

__all__ = ["KINDS", "prop_drawable"]

SAME = {"flowers": "flower", "torchlight": "torch", "flashlight": "torch", "mobile": "phone", "tv": "screen"}
FURNITURE = frozenset(
    {"armchair", "bed", "bench", "box", "chair", "counter", "desk", "door", "round_table", "sofa", "stool"}
) | {"street_lamp", "table"}
KINDS: frozenset[str] = (
    frozenset(THINGS) | frozenset(SOLIDS) | frozenset(BOARD_KINDS) | FURNITURE | frozenset(SAME) | frozenset(VEHICLES)
) | ELEMENTS
"""The kinds that have a drawing of their own."""

HANGING = frozenset({"banner", "blackboard", "calendar", "clock", "mirror", "painting", "poster", "screen"})
HUNG_FROM_M = 0.94  # whose foot is higher than a table hangs on a wall, flat

FLAME = RGB(255, 196, 110)
USED = frozenset({"phone", "read", "type"})  # acts that turn a page or a screen to its reader
READABLE = 0.26  # of the picture's height: a page so large is there to be read

ORIGIN = Vec3(0.0, 0.0, 0.0)


@lru_cache(maxsize=256)
def _built(
    kind: str, colour: RGB | None, state: str, text: str, heading_deg: float, held: bool, hung: bool, away: bool
) -> Piece:
    """The prop at the stage's origin; a held one with its grip there, a hung one flat on its wall.

    What is turned `away` shows its other side.
    """
    kind = SAME.get(kind, kind)
    if kind in BOARD_KINDS:
        return board(kind, colour, state, text, heading_deg, hung, held)
    thing = THINGS.get(kind)
    if kind in SOLIDS and not hung and (not held or thing is None):
        build, own = SOLIDS[kind]
        return _marked(build(colour or own, state, text, heading_deg), state)
    if thing is None:
        return _marked(_furniture(kind, colour, state, text, heading_deg), state)
    if held and kind == "telephone":
        state = "receiver"
    if not held and kind == "leash":
        state = "coiled"
    marks = stained(thing.draw(colour or thing.rgb, state, text), state)
    if away:
        marks = back_of(kind, marks, colour or thing.rgb)
    lean = thing.lean if not held else 0.0
    drop = thing.grip if held else 0.0
    foot = Vec3(0.0, -drop, 0.0)
    lamps: tuple[Lamp, ...] = ()
    if thing.glow is not None and state not in ("unlit", "broken"):
        height, halo = thing.glow
        lamps = (Lamp(Vec3(0, height - drop, 0), FLAME, halo, halo * 1.4, always=True, flicker=0.12),)
    if hung:
        return _hung(marks, thing.half_width, thing.height, heading_deg, kind in ("clock", "mirror"))
    panel = card(foot, thing.half_width, thing.height, marks, lean, thing.below)
    deep = 0.12 if thing.lean else 0.3  # what lies back is seen before its own shadow
    shadow = None if held else (thing.half_width * 0.75, max(0.005, thing.half_width * deep))
    return Piece(ORIGIN, thing.half_width, thing.height, (panel,), lamps, shadow if kind != "torch" else None)


def _hung(marks: list[Mark], half_width: float, height: float, heading_deg: float, oval_shape: bool) -> Piece:
    """On a wall that looks along a heading, with the shadow that it throws there."""
    a = math.radians(heading_deg)
    shade = rect(-half_width * 0.86, -0.03, half_width, height * 0.94)
    if oval_shape:
        shade = oval(0.02, height / 2 - 0.025, half_width * 0.94, height * 0.48)
    extent = (-half_width, -0.05, half_width, height)
    normal = Vec3(math.sin(a), 0.0, math.cos(a))
    all_marks = (mark(shade, RGB(30, 22, 34), alpha=0.16), *marks)
    panel = Panel(ORIGIN, Vec3(-math.cos(a), 0.0, math.sin(a)), Vec3(0.0, 1.0, 0.0), normal, extent, all_marks)
    return Piece(ORIGIN, half_width, height, (panel,))


def _marked(piece: Piece, state: str) -> Piece:
    """A solid thing with what a state leaves on its sides."""
    if state == "burning":
        size = piece.height_m + piece.radius_m
        fire = flames(-piece.radius_m * 0.8, -0.3 * size, piece.radius_m * 1.6, 0.5 * size, size)
        return replace(piece, panels=(*piece.panels, card(ORIGIN, piece.radius_m, 1.4 * size, fire, below=0.1)))
    if state not in STAINS:
        return piece
    return replace(piece, panels=tuple(replace(p, marks=tuple(stained(list(p.marks), state))) for p in piece.panels))


def _furniture(kind: str, colour: RGB | None, state: str, text: str, heading: float) -> Piece:
    wood = RGB(146, 102, 68)
    if kind == "table":
        return fit.table(ORIGIN, heading, colour or wood)
    if kind == "round_table":
        return fit.round_table(ORIGIN, colour or wood)
    if kind == "street_lamp":
        return street_lamp(ORIGIN)
    if kind == "chair":
        return fit.chair(ORIGIN, heading, colour or wood)
    if kind == "stool":
        return fit.stool(ORIGIN, colour or RGB(130, 62, 52))
    if kind == "bench":
        return fit.bench(ORIGIN, heading, colour or RGB(128, 92, 62))
    if kind == "bed":
        return fit.bed(ORIGIN, heading, colour or RGB(88, 116, 140))
    if kind in ("sofa", "armchair"):
        return fit.sofa(ORIGIN, heading, colour or RGB(120, 104, 128), 2.0 if kind == "sofa" else 0.95)
    if kind == "desk":
        return fit.desk(Random(1), ORIGIN, heading, colour or wood, screen=False)
    if kind == "counter":
        return fittings.counter(ORIGIN, heading, colour or wood, 1.8, RGB(206, 196, 180))
    if kind == "door":
        return _door(colour or RGB(132, 94, 66), heading, state)
    return _box(colour or RGB(186, 146, 98), heading, state, text, 0.4 if kind == "box" else 0.24)


def _box(rgb: RGB, heading: float, state: str, text: str, size: float) -> Piece:
    """A carton; with a label on its front, when something is written on it."""
    tape = [mark(rect(size * 0.42, 0, size * 0.58, size), mix(rgb, RGB(250, 236, 200), 0.5))]
    top = tape if state != "open" else [mark(rect(size * 0.06, size * 0.06, size * 0.94, size * 0.94), scale(rgb, 0.3))]
    high = size * 0.75
    label = [
        mark(rect(size * 0.16, high * 0.2, size * 0.84, high * 0.76), RGB(246, 242, 230)),
        *written(text, size * 0.6, high * 0.46, size * 0.2, high * 0.25, INK, True),
    ]  # fmt: skip
    front = [*tape, *(label if text else [])]
    panels = list(box(ORIGIN, (size, high, size), rgb, heading, front=front, back=tape, top=top))
    if state == "open":  # the flaps hang out
        for side in (-1, 1):
            at = fit.local(ORIGIN, heading, side * size * 0.56, 0.0, high * 0.8)
            panels += box(at, (size * 0.12, high * 0.2, size * 0.98), scale(rgb, 0.9), heading)
    return Piece(ORIGIN, size * 0.7, size, tuple(panels), shadow=(size * 0.62, size * 0.62))


def _door(rgb: RGB, heading: float, state: str) -> Piece:
    """A leaf in its frame; an open one is swung inwards."""
    insets = rects([(0.16, 0.2, 0.74, 0.9), (0.16, 1.08, 0.74, 1.88)])
    leaf = [mark(insets, scale(rgb, 0.8)), mark(circle(0.8, 1.0, 0.035), RGB(226, 190, 110))]
    swing = {"open": 72.0, "ajar": 24.0}.get(state, 0.0)
    angle = math.radians(heading + swing)
    hinge = fit.local(ORIGIN, heading, -0.45, 0.0)
    centre = Vec3(hinge.x - 0.45 * math.cos(angle), 0.0, hinge.z + 0.45 * math.sin(angle))
    panels: list[Panel] = list(box(centre, (0.9, 2.05, 0.045), rgb, heading + swing, front=leaf, back=leaf))
    for side in (-1, 1):
        panels += box(
            fit.local(ORIGIN, heading, side * 0.5, 0.0), (0.1, 2.15, 0.14), mix(rgb, RGB(240, 230, 214), 0.6), heading
        )
    panels += box(Vec3(0, 2.05, 0), (1.1, 0.1, 0.14), mix(rgb, RGB(240, 230, 214), 0.6), heading)
    return Piece(ORIGIN, 0.6, 2.15, tuple(panels))


def prop_drawable(prop: Prop, stage: Stage, view: View, tone: Tone, time_s: float, hand: Vec3 | None) -> Drawable:
    """A prop, ready to be painted: in a hand at `hand`, or standing free at its position.

    A kind that is not in `KINDS` is a small box.
    """
    held = hand is not None
    away = held and SAME.get(prop.kind, prop.kind) in BACKED and _read_by(prop, stage, view, time_s)
    hung = not held and prop.kind in HANGING and prop.position.y > HUNG_FROM_M
    built = _built(prop.kind, prop.colour, prop.state, prop.text, prop.heading_deg, held, hung, away)
    at = hand if hand is not None else prop.position
    if held and prop.kind not in THINGS and SAME.get(prop.kind) not in THINGS:
        at = Vec3(at.x, at.y - built.height_m / 2, at.z)
        built = replace(built, shadow=None)
    piece = moved(built, at) if held else _stood(built, at)
    pen = Pen(skia.Canvas(), view, tone, time_s)
    nearer = 0.06 if held else 0.0
    still = None if held or piece.lamps else piece
    paint = partial(_paint, piece=piece, view=view, tone=tone, time_s=time_s, kept=not held)
    return Drawable(pen.local(at)[2] - nearer, paint, still)


def _read_by(prop: Prop, stage: Stage, view: View, time_s: float) -> bool:
    """Whether whoever holds it reads it and stands with the face to the camera, which then sees its other side.

    A camera that comes near enough to read it is there for that, and sees the page.
    """
    holder = next((one for one in stage.figures if prop.held is not None and one.id == prop.held.figure), None)
    if holder is None or not any(act.act in USED for act in holder.acts):
        return False
    last = stage.camera.keys[-1]
    start = holder.body[0]
    away_m = math.dist(last.position, (start.x_m, last.target.y, start.z_m))
    if 0.2 * last.lens_mm > READABLE * SENSOR_HEIGHT_MM * away_m:
        return False
    if any(act.act == "phone" for act in holder.acts):
        return True  # at the ear, its screen is to the head
    at = place_at(holder, time_s)
    dx, dz = view.eye.x - at.x_m, view.eye.z - at.z_m
    a = at.heading_rad
    return dx * math.sin(a) + dz * math.cos(a) > 0.2 * math.hypot(dx, dz)


@lru_cache(maxsize=256)
def _stood(piece: Piece, at: Vec3) -> Piece:
    """A piece at a place; the same one each time, so that a picture of it can be kept."""
    return moved(piece, at)


@lru_cache(maxsize=256)
def _cull(pieces: tuple[Piece]) -> Cull:
    """Of what stands still, made once."""
    return Cull(pieces)


def _paint(canvas: skia.Canvas, piece: Piece, view: View, tone: Tone, time_s: float, kept: bool) -> None:
    pen = Pen(canvas, view, tone, time_s)
    for lamp in piece.lamps:
        if piece.at.y < 0.3:
            pen.pool(lamp)
    seen = (_cull if kept else Cull)((piece,)).seen(view)
    pen.piece(piece, seen[0][1] if seen else [])
