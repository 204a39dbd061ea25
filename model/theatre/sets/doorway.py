"""A doorway: what lies behind it, and its leaf in true perspective at any angle, seen from both sides.

Builds panels only; when a leaf swings is told by `model.theatre.doors`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Literal

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.finish import Shell
from model.theatre.sets.kit import Door, Leaf, Mark, Panel, Rect, circle, frame, holed, mark, oval, rect, rects
from model.theatre.sets.openings import LeafStyle, Opening

__all__ = ["HALL_M", "OPEN_DEG", "doorway", "leaf_panels"]

OPEN_DEG = 96.0
"""How far an open door stands open."""

SET_BACK_M = 0.05
THICK_M = 0.045
HALL_M = 2.1
UP, DOWN = Vec3(0, 1, 0), Vec3(0, -1, 0)
BRASS = RGB(226, 190, 110)

Place = Callable[[float, float], Vec3]


def doorway(
    rng: Random, number: int, wall: str, place: Place, length: float, facing_deg: float, o: Opening, finish: Shell
) -> tuple[tuple[Panel, ...], Door]:
    """What is seen through an opening and of its leaves, far to near, and the door itself.

    `place` gives the stage point along the wall and so many metres into the room.
    """
    near, far = place(0.0, 0.0), place(1.0, 0.0)
    u = Vec3(far.x - near.x, 0.0, far.z - near.z)
    back = place(0.0, -1.0)
    out = Vec3(back.x - near.x, 0.0, back.z - near.z)
    leaves = () if o.kind == "arch" else _leaves(o, place, u, out, finish.door_rgb)
    middle = place(o.x + o.width / 2, 0.0)
    outer = _outer(o, place, u, out, finish)
    door = Door(wall, middle, (facing_deg + 180.0) % 360.0, o.width, o.height, leaves, o.leads, outer)
    ajar: tuple[int, Literal["shut", "open", "ajar"]] | None = None if o.see_through else (number, "ajar")
    sight = _hall(rng, o, place, length, u, out, finish, ajar) if o.leads == "hall" else _pavement(o, place, u, out)
    panels = [*sight]
    for leaf in leaves:
        # A camera beyond the wall looks in through it, as if it were not there: a shut leaf has no outside.
        panels.append(leaf_panels(leaf, 0.0, (number, "shut"))[1])
        panels += leaf_panels(leaf, OPEN_DEG, (number, "open"))
    return tuple(replace(panel, wall=wall) for panel in panels), door


def leaf_panels(
    leaf: Leaf, angle_deg: float, door: tuple[int, Literal["shut", "open", "ajar"]] | None = None
) -> tuple[Panel, ...]:
    """A leaf swung by an angle, out of the room when it is positive: its edge and its two faces."""
    c, s = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    a, o, w = leaf.along, leaf.out, leaf.width_m
    d = Vec3(a.x * c + o.x * s, 0.0, a.z * c + o.z * s)  # from the hinge to the latch
    n = Vec3(o.x * c - a.x * s, 0.0, o.z * c - a.z * s)  # from the inner face to the outer one
    h = leaf.hinge
    inner = (h, Vec3(h.x + d.x * w, 0.0, h.z + d.z * w))
    outer = tuple(Vec3(p.x + n.x * THICK_M, 0.0, p.z + n.z * THICK_M) for p in inner)
    # As seen from inside, the hinge is at the left when the way along the leaf runs as the wall's own marks do.
    left_hung = d.x * n.z - d.z * n.x > 0
    forth, forth_back = (d, Vec3(-d.x, 0.0, -d.z)) if left_hung else (Vec3(-d.x, 0.0, -d.z), d)
    extent = (0.0, 0.0, w, leaf.height_m)
    edge_u = Vec3(-d.z, 0.0, d.x)
    edge_at = inner[1] if edge_u.x * n.x + edge_u.z * n.z > 0 else outer[1]
    rim = leaf.inside[0]
    edge = Panel(
        edge_at,
        edge_u,
        UP,
        d,
        (0.0, 0.0, THICK_M, leaf.height_m),
        (mark(rect(0.0, 0.0, THICK_M, leaf.height_m), scale(rim.rgb, 0.8)),),
        door=door,
    )
    inside = Panel(inner[0 if left_hung else 1], forth, UP, _normal(forth), extent, leaf.inside, door=door)
    outside = Panel(outer[1 if left_hung else 0], forth_back, UP, _normal(forth_back), extent, leaf.outside, door=door)
    return edge, inside, outside


def _normal(u: Vec3) -> Vec3:
    return Vec3(u.z, 0.0, -u.x)


def _leaves(o: Opening, place: Place, u: Vec3, out: Vec3, rgb: RGB) -> tuple[Leaf, ...]:
    x0, _, x1, _ = o.hole
    spans: list[tuple[float, float, bool]] = [(x0, x1, o.hinge == "left")]
    if o.double:
        middle = (x0 + x1) / 2
        spans = [(x0, middle, True), (middle, x1, False)]
    leaves = []
    for a, b, left in spans:
        hinge = place(a if left else b, -SET_BACK_M)
        along = u if left else Vec3(-u.x, 0.0, -u.z)
        w = b - a
        # From outside, left and right change places.
        inside, outside = (tuple(_face(o.leaf, w, o.height, rgb, latch)) for latch in (left, not left))
        leaves.append(Leaf(hinge, along, out, w, o.height, inside, outside))
    return tuple(leaves)


def _face(style: LeafStyle, w: float, h: float, rgb: RGB, latch_right: bool) -> list[Mark]:
    """One face of a leaf, from its left foot; its handle at the right or left."""
    x = w - 0.09 if latch_right else 0.09
    tip = x - 0.11 if latch_right else x + 0.11
    lever = [
        mark(rect(x - 0.02, 0.93, x + 0.02, 1.13), scale(BRASS, 0.8), fine=True),
        mark(rect(min(x, tip), 1.03, max(x, tip), 1.065), BRASS),
    ]
    body = mark(rect(0, 0, w, h), rgb)
    dark, light = scale(rgb, 0.8), mix(rgb, RGB(255, 240, 210), 0.1)
    if style == "glass":
        ring = frame(0.085, 0.12, w - 0.085, h - 0.085, 0.085)
        return [
            mark(ring, rgb),
            mark(rect(0.085, 0.06, w - 0.085, 0.12), rgb),
            mark(rect(0.085, 0.12, w - 0.085, h - 0.085), RGB(226, 238, 240), alpha=0.10),
            mark(rect(x - 0.02, 0.9, x + 0.02, 1.25), RGB(196, 192, 184)),
        ]
    if style == "bars":
        iron = RGB(78, 82, 88)
        rods: list[Rect] = [
            (0.05 + 0.115 * i, 0.05, 0.075 + 0.115 * i, h - 0.05) for i in range(int((w - 0.1) / 0.115) + 1)
        ]
        rails: list[Rect] = [(0, 0.02, w, 0.08), (0, 0.98, w, 1.05), (0, h - 0.1, w, h - 0.03)]
        lock = rect(x - 0.09, 0.9, x + 0.09, 1.14)
        return [
            mark(rects([*rods, *rails]), iron),
            mark(lock, scale(iron, 0.8)),
            mark(circle(x, 1.0, 0.02), RGB(30, 30, 34)),
        ]
    if style == "planks":
        straps = rects([(0.0, 0.4, w - 0.08, 0.47), (0.0, h - 0.62, w - 0.08, h - 0.55)])
        gaps = rects([(w * i / 5 - 0.006, 0.0, w * i / 5 + 0.006, h) for i in range(1, 5)])
        ring = frame(x - 0.035, 0.98, x + 0.035, 1.07, 0.012)
        return [body, mark(gaps, scale(rgb, 0.62)), mark(straps, RGB(52, 50, 54)), mark(ring, RGB(52, 50, 54))]
    if style == "steel":
        rivets = rects(
            [(a, b, a + 0.03, b + 0.03) for b in (0.1, 0.75, 1.4, h - 0.13) for a in (0.06, w / 2, w - 0.09)]
        )
        return [
            body,
            mark(rects([(0.0, 0.62, w, 0.66), (0.0, 1.3, w, 1.34)]), dark),
            mark(rects([(w * 0.3, 1.02, w * 0.7, 1.2)]), dark),
            mark(rects([(w * 0.32, 1.04, w * 0.68, 1.18)]), light),
            mark(circle(w / 2, 1.58, 0.04), RGB(36, 38, 42)),
            mark(rivets, dark, fine=True),
            mark(rect(min(x, tip), 1.0, max(x, tip), 1.05), RGB(60, 62, 66)),
        ]
    if style in ("flush", "vision"):
        marks = [body, mark(rect(0.0, 0.0, w, 0.22), RGB(176, 180, 180), alpha=0.8)]
        if style == "vision":
            pane = (w * 0.32, 1.28, w * 0.68, 1.86)
            marks += [mark(frame(*pane, 0.03), dark), mark(rect(*pane), RGB(238, 230, 204), "window")]
        else:
            marks.append(
                mark(rects([(w * 0.2, 0.4, w * 0.215, h - 0.2), (w * 0.7, 0.3, w * 0.71, h - 0.3)]), dark, alpha=0.4)
            )
        return [*marks, *lever]
    insets = [(w * 0.15, 0.2, w * 0.85, 0.86), (w * 0.15, 1.02, w * 0.85, h - 0.2)]
    return [
        body,
        mark(rects(insets), dark),
        mark(rects([(a + 0.02, b, c, d - 0.02) for a, b, c, d in insets]), light),
        mark(rects([(a + 0.06, b + 0.05, c - 0.05, d - 0.07) for a, b, c, d in insets]), rgb),
        mark(oval(x, 1.0, 0.035, 0.035), BRASS),
    ]


def _hall(
    rng: Random,
    o: Opening,
    place: Place,
    length: float,
    u: Vec3,
    out: Vec3,
    finish: Shell,
    ajar: tuple[int, Literal["shut", "open", "ajar"]] | None,
) -> tuple[Panel, ...]:
    """A lit passage behind the wall: its back, sides, ceiling and floor."""
    x0, x1, high = max(o.x - 0.75, 0.02), min(o.x + o.width + 0.75, length - 0.02), o.height + 0.4
    wide, deep = x1 - x0, HALL_M
    paint = mix(finish.wall_rgb, RGB(214, 186, 148), 0.5)
    dado = finish.wainscot_rgb or scale(paint, 0.82)
    floor = scale(finish.door_rgb, 0.82)
    m = wide / 2 + rng.uniform(-0.25, 0.25)
    canvas = rng.choice((RGB(96, 122, 108), RGB(150, 96, 74), RGB(86, 108, 136)))
    hung = [
        mark(rect(m - 0.34, 1.3, m + 0.34, 1.86), scale(finish.door_rgb, 0.7), key=0.5),
        mark(rect(m - 0.29, 1.35, m + 0.29, 1.81), RGB(228, 214, 184), key=0.6),
        mark(rect(m - 0.29, 1.35, m + 0.29, 1.52), canvas, key=0.5),
    ]
    glow = mark(oval(m, high - 0.5, wide * 0.62, 1.3), RGB(255, 214, 150), "lamp", alpha=0.6, soft=True)
    wall = [mark(rect(0, 0, wide, high), paint, key=0.55), mark(rect(0, 0, wide, 0.9), dado, key=0.5)]
    skirt = mark(rect(0, 0, wide, 0.12), finish.trim_rgb, key=0.6)
    side = [
        mark(rect(0, 0, deep, high), paint, key=0.3),
        mark(rect(0, 0, deep, 0.9), dado, key=0.28),
        mark(rect(0, 0, deep, 0.12), finish.trim_rgb, key=0.4),
    ]
    inward, back_u = Vec3(-out.x, 0.0, -out.z), Vec3(-u.x, 0.0, -u.z)
    ceiling = mark(rect(0, 0, wide, deep), finish.ceiling_rgb, key=0.4)
    runner = mark(rect(0.0, 0.5, wide, 1.5), mix(floor, paint, 0.3), key=0.5)
    light = mark(oval(wide / 2, 0.9, 1.0, 0.8), RGB(255, 214, 150), "lamp", alpha=0.4, soft=True)
    return (
        Panel(
            place(x0, -deep),
            u,
            UP,
            inward,
            (0, 0, wide, high),
            (*wall, skirt, *(() if o.leaf == "bars" else hung), glow),
            door=ajar,
        ),
        Panel(place(x0, 0.0), out, UP, u, (0, 0, deep, high), tuple(side), door=ajar),
        Panel(place(x1, -deep), inward, UP, back_u, (0, 0, deep, high), tuple(side), door=ajar),
        Panel(_raised(place(x0, 0.0), high), u, out, DOWN, (0, 0, wide, deep), (ceiling,), door=ajar),
        Panel(
            place(x0, 0.0),
            u,
            out,
            UP,
            (0, 0, wide, deep),
            (mark(rect(0, 0, wide, deep), floor, key=0.5), runner, light),
            door=ajar,
        ),
    )


def _outer(o: Opening, place: Place, u: Vec3, out: Vec3, finish: Shell) -> Panel:
    """The wall as a camera in the passage sees it, with the doorway cut out."""
    margin, high = (0.75, o.height + 0.4) if o.leads == "hall" else (4.0, o.height + 2.4)
    wide = o.width + 2 * margin
    hole = (margin, 0.0, margin + o.width, o.height)
    paint = mix(finish.wall_rgb, RGB(214, 186, 148), 0.5)
    dado = finish.wainscot_rgb or scale(paint, 0.82)
    back_u = Vec3(-u.x, 0.0, -u.z)
    casing = [(hole[0] - 0.1, 0.0, hole[0], o.height + 0.1), (hole[2], 0.0, hole[2] + 0.1, o.height + 0.1)]
    casing.append((hole[0] - 0.1, o.height, hole[2] + 0.1, o.height + 0.1))
    marks = (
        mark(holed((0.0, 0.0, wide, high), [hole]), paint, key=0.4),
        mark(rects([(0.0, 0.0, hole[0], 0.9), (hole[2], 0.0, wide, 0.9)]), dado, key=0.36),
        mark(rects([(0.0, 0.0, hole[0], 0.12), (hole[2], 0.0, wide, 0.12), *casing]), finish.trim_rgb, key=0.5),
    )
    return Panel(place(o.x + o.width + margin, 0.0), back_u, UP, out, (0.0, 0.0, wide, high), marks)


def _raised(at: Vec3, y: float) -> Vec3:
    return Vec3(at.x, y, at.z)


def _pavement(o: Opening, place: Place, u: Vec3, out: Vec3) -> tuple[Panel, ...]:
    """The ground before a door that leads outside."""
    wide, deep = o.width + 12.0, 5.0
    stone = RGB(150, 146, 142)
    joints: list[Rect] = [(0, 0.8 * i, wide, 0.8 * i + 0.03) for i in range(1, 6)]
    joints += [(1.1 * i, 0, 1.1 * i + 0.03, deep) for i in range(1, int(wide / 1.1))]
    marks = (mark(rect(0, 0, wide, deep), stone), mark(rects(joints), scale(stone, 0.84), fine=True))
    return (Panel(place(o.x - 6.0, 0.0), u, out, UP, (0, 0, wide, deep), marks, outdoors=True),)
