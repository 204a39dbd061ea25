"""Things with a front, a side and a back, as they stand or lie: books, cases, screens, machines, boards.

Each is built at the stage's origin, its front (what one reads or opens) along `heading`. What is round, or so small
that its turning is not seen, stays a card in `model.theatre.sets.things`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import paperwork
from model.theatre.sets.curves import arc, rounded
from model.theatre.sets.furniture import local
from model.theatre.sets.kit import (
    Mark,
    Panel,
    Piece,
    box,
    card,
    circle,
    double,
    frame,
    line,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.palette import BRASS, INK, PAPER, STEEL, WHITE
from model.theatre.sets.writing import written

__all__ = ["BOARD_KINDS", "SOLIDS", "Solid", "board"]

ORIGIN = Vec3(0.0, 0.0, 0.0)
DARK = RGB(44, 46, 52)
Solid = Callable[[RGB, str, str, float], Piece]


def shifted(marks: Iterable[Mark], x: float, y: float = 0.0) -> list[Mark]:
    """Marks moved along their panel."""
    return [replace(one, path=moved_path(one.path, x, y)) for one in marks]


def _piece(panels: Iterable[Panel], width: float, high: float, deep: float, heading: float) -> Piece:
    turned = abs(math.sin(math.radians(heading)))
    rx = (width + (deep - width) * turned) / 2 * 1.1
    rz = (deep + (width - deep) * turned) / 2 * 1.1
    return Piece(ORIGIN, math.hypot(width, deep) / 2, high, tuple(panels), shadow=(rx, rz))


def _sheet(foot: Vec3, width: float, high: float, back_m: float, heading: float, marks: Iterable[Mark]) -> Panel:
    """A flat front whose lower edge's middle is `foot`, its top `back_m` behind; marks are about that middle."""
    a = math.radians(heading)
    length = math.hypot(high, back_m)
    up, lean = high / length, back_m / length
    v = Vec3(-math.sin(a) * lean, up, -math.cos(a) * lean)
    normal = Vec3(math.sin(a) * up, lean, math.cos(a) * up)
    u = Vec3(-math.cos(a), 0.0, math.sin(a))
    return Panel(foot, u, v, normal, (-width / 2, 0.0, width / 2, length), tuple(marks))


def _behind(front: Panel, marks: Iterable[Mark]) -> Panel:
    """The other side of a sheet; its marks, too, run from left to right as that side is looked at."""
    n, u = front.normal, front.u
    return replace(front, u=Vec3(-u.x, -u.y, -u.z), normal=Vec3(-n.x, -n.y, -n.z), marks=tuple(marks))


def _book(rgb: RGB, state: str, text: str, heading: float) -> Piece:
    if state in ("open", "torn"):
        spread = shifted(paperwork.book(rgb, "open", text), 0.16, 0.006)
        gone = [mark(poly([(0.24, 0.215), (0.32, 0.215), (0.32, 0.11), (0.29, 0.14), (0.27, 0.13)]), rgb)]
        top = [*spread, *(gone if state == "torn" else [])]
        return _piece(box(ORIGIN, (0.32, 0.022, 0.22), PAPER, heading, top=top, top_rgb=rgb), 0.32, 0.03, 0.22, heading)
    pages = [mark(rect(0.0, 0.006, 0.16, 0.034), PAPER)]
    edge = [mark(rect(0.0, 0.006, 0.23, 0.034), PAPER)]
    cover = shifted(paperwork.book(rgb, "closed", text), 0.08)
    return _piece(
        box(ORIGIN, (0.16, 0.04, 0.23), rgb, heading, front=pages, back=pages, right=edge, top=cover),
        0.16, 0.04, 0.23, heading,
    )  # fmt: skip


def _laptop(rgb: RGB, state: str, text: str, heading: float) -> Piece:
    w, d = 0.34, 0.235
    lid = [mark(rounded(-w / 2, 0, w / 2, 0.23, 0.012), scale(rgb, 0.94)), mark(circle(0, 0.115, 0.018), WHITE)]
    if state == "closed":
        top = [mark(circle(w / 2, d / 2, 0.018), WHITE)]
        return _piece(box(ORIGIN, (w, 0.026, d), rgb, heading, top=top), w, 0.026, d, heading)
    keys = rects(
        [(0.03 + 0.024 * i, 0.105 + 0.026 * j, 0.05 + 0.024 * i, 0.126 + 0.026 * j)
         for i in range(12) for j in range(4)]
    )  # fmt: skip
    top = [mark(keys, DARK), mark(rounded(0.115, 0.02, 0.225, 0.088, 0.006), scale(rgb, 0.84))]
    base = box(ORIGIN, (w, 0.016, d), scale(rgb, 0.9), heading, top=top, top_rgb=rgb)
    lit = state not in ("unlit", "broken")
    glass = RGB(120, 176, 204) if lit else RGB(42, 46, 54)
    seen = [mark(rounded(-w / 2, 0, w / 2, 0.23, 0.012), DARK)]
    seen.append(mark(rect(-0.158, 0.016, 0.158, 0.218), glass, "glow" if lit else "lit"))
    if lit and text:
        seen += written(text, 0.28, 0.16, -0.14, 0.036, RGB(250, 252, 255), True, True)
    elif lit:
        rows = [
            (-0.13, 0.185 - 0.024 * i, -0.13 + (0.2, 0.24, 0.16, 0.22, 0.1)[i], 0.192 - 0.024 * i) for i in range(5)
        ]
        seen.append(mark(rects(rows), WHITE, "glow", alpha=0.8))
    if state == "broken":
        crack = line([(-0.14, 0.21), (-0.02, 0.13), (-0.05, 0.08), (0.13, 0.03)], 0.004)
        crack.addPath(line([(-0.02, 0.13), (0.07, 0.16), (0.12, 0.21)], 0.003), 0, 0)
        seen.append(mark(crack, RGB(214, 220, 226)))
    front = _sheet(local(ORIGIN, heading, 0, -d / 2, 0.016), w, 0.22, 0.07, heading, seen)
    return _piece((*base, front, _behind(front, lid)), w, 0.24, d + 0.08, heading)


def _screen(rgb: RGB, state: str, text: str, heading: float) -> Piece:
    foot = box(ORIGIN, (0.34, 0.02, 0.2), scale(rgb, 0.8), heading)
    neck = box(Vec3(0, 0.02, 0), (0.09, 0.05, 0.05), scale(rgb, 0.8), heading)
    face = shifted(paperwork.screen(rgb, state, text), 0.53, -0.05)[1:]
    vents = rects([(0.3, 0.16 + 0.03 * i, 0.76, 0.172 + 0.03 * i) for i in range(5)])
    body = box(Vec3(0, 0.05, 0), (1.06, 0.63, 0.07), rgb, heading, front=face, back=[mark(vents, scale(rgb, 0.6))])
    return _piece((*foot, *neck, *body), 1.06, 0.68, 0.2, heading)


def _suitcase(rgb: RGB, state: str, _text: str, heading: float) -> Piece:
    w, h, d = 0.68, 0.43, 0.2
    dark, straps = scale(rgb, 0.66), [(0.1, 0, 0.15, h), (w - 0.15, 0, w - 0.1, h)]
    if state != "open":
        corners = rects([(x, y, x + 0.05, y + 0.06) for x in (0.0, w - 0.05) for y in (0.0, h - 0.06)])
        broad = [
            mark(rects(straps), dark),
            mark(corners, BRASS),
            mark(frame(0.03, 0.03, w - 0.03, h - 0.03, 0.004), dark),
        ]
        seam = [mark(rect(d / 2 - 0.008, 0, d / 2 + 0.008, h), dark)]
        lid = [mark(rect(0, d / 2 - 0.008, w, d / 2 + 0.008), dark)]
        lid.append(mark(rects([(0.14, 0.07, 0.18, 0.13), (w - 0.18, 0.07, w - 0.14, 0.13)]), BRASS))
        body = box(ORIGIN, (w, h, d), rgb, heading, front=broad, back=broad, left=seam, right=seam, top=lid)
        grip = mark(_grip(0.2, 0.06, 0.02), scale(rgb, 0.5))
        handle = double(_sheet(Vec3(0, h, 0), 0.24, 0.08, 0.0, heading, [grip]))
        return _piece((*body, *handle), w, 0.5, d, heading)
    deep = 0.13
    latch = [mark(rects([(0.12, 0.09, 0.17, deep), (w - 0.17, 0.09, w - 0.12, deep)]), BRASS)]
    clothes = [
        mark(rect(0.03, 0.03, w - 0.03, h - 0.03), scale(rgb, 0.45)),
        mark(rounded(0.05, 0.05, 0.32, 0.24, 0.03), RGB(222, 214, 196)),
        mark(rounded(0.34, 0.05, 0.62, 0.2, 0.03), RGB(96, 120, 140)),
        mark(rounded(0.06, 0.26, 0.3, 0.38, 0.03), RGB(176, 96, 84)),
        mark(rounded(0.33, 0.22, 0.62, 0.38, 0.03), RGB(206, 176, 120)),
    ]
    base = box(ORIGIN, (w, deep, h), rgb, heading, front=latch, top=clothes)
    inner = [mark(rect(-w / 2, 0, w / 2, 0.44), rgb), mark(rect(-0.31, 0.03, 0.31, 0.41), RGB(200, 184, 156))]
    inner.append(mark(line([(-0.31, 0.2), (0.31, 0.2)], 0.012), RGB(160, 140, 112)))
    outer = [
        mark(rect(-w / 2, 0, w / 2, 0.44), rgb),
        mark(rects([(-0.24, 0, -0.19, 0.44), (0.19, 0, 0.24, 0.44)]), dark),
    ]
    front = _sheet(local(ORIGIN, heading, 0, -h / 2, deep), w, 0.42, 0.1, heading, inner)
    return _piece((*base, front, _behind(front, outer)), w, 0.55, h, heading)


def _grip(width: float, high: float, thick: float) -> skia.Path:
    return frame(-width / 2 + thick, -thick, width / 2 - thick, high, thick)


def _bag(rgb: RGB, state: str, _text: str, heading: float) -> Piece:
    w, h, d = 0.38, 0.26, 0.16
    dark = scale(rgb, 0.62)
    flap = [
        mark(rect(0, 0.17, w, 0.19), dark),
        mark(rect(w / 2 - 0.028, 0.145, w / 2 + 0.028, 0.2), BRASS),
        mark(rect(0, 0, w, 0.02), scale(rgb, 0.8)),
    ]
    back = [mark(rect(0.06, 0.04, w - 0.06, 0.2), scale(rgb, 0.88))]
    mouth = [mark(rect(0.02, 0.02, w - 0.02, d - 0.02), scale(rgb, 0.26))] if state == "open" else [
        mark(rect(0, d / 2 - 0.01, w, d / 2 + 0.01), dark)
    ]  # fmt: skip
    ears = [mark(_grip(0.2, 0.11, 0.018), dark)]
    handles = [
        one
        for ahead in (-0.05, 0.05)
        for one in double(_sheet(local(ORIGIN, heading, 0, ahead, h), 0.24, 0.13, 0.0, heading, ears))
    ]
    return _piece(
        (*box(ORIGIN, (w, h, d), rgb, heading, front=flap, back=back, top=mouth), *handles), w, 0.4, d, heading
    )


def _gift(rgb: RGB, state: str, text: str, heading: float) -> Piece:
    w, h = 0.24, 0.17
    ribbon_rgb = RGB(250, 226, 150) if sum(rgb) < 480 else RGB(190, 54, 60)
    band = [mark(rect(w / 2 - 0.018, 0, w / 2 + 0.018, h), ribbon_rgb)]
    label = [mark(rect(0.015, 0.02, 0.095, 0.07), PAPER), *written(text, 0.07, 0.04, 0.02, 0.025, INK, True)]
    front = [*band, *(label if text else [])]
    if state == "open":
        hollow = [mark(rect(0.012, 0.012, w - 0.012, w - 0.012), scale(rgb, 0.3))]
        tissue = poly([(-0.1, 0), (-0.08, 0.05), (-0.04, 0.015), (0.0, 0.06), (0.04, 0.015), (0.08, 0.045), (0.1, 0)])
        body = box(ORIGIN, (w, h, w), rgb, heading, front=front, back=band, left=band, right=band, top=hollow)
        paper = card(Vec3(0, h - 0.005, 0), 0.1, 0.06, [mark(tissue, RGB(246, 240, 226))])
        lid = _sheet(local(ORIGIN, heading, 0.19, 0.0), 0.25, 0.22, 0.1, heading + 60, [
            mark(rect(-0.125, 0, 0.125, 0.24), scale(rgb, 0.8)), mark(rect(-0.018, 0, 0.018, 0.24), ribbon_rgb)
        ])  # fmt: skip
        return _piece((*double(lid), *body, paper), w, 0.24, w, heading)
    body = box(ORIGIN, (w, h, w), rgb, heading, front=front, back=band, left=band, right=band)
    rim_rgb = mix(rgb, WHITE, 0.12)
    rim = [mark(rect(0.13 - 0.018, 0, 0.13 + 0.018, 0.055), mix(ribbon_rgb, WHITE, 0.2))]
    cross = [mark(rects([(0.112, 0, 0.148, 0.26), (0, 0.112, 0.26, 0.148)]), mix(ribbon_rgb, WHITE, 0.2))]
    lid_box = box(
        Vec3(0, h - 0.005, 0),
        (0.26, 0.055, 0.26),
        rim_rgb,
        heading,
        front=rim,
        back=rim,
        left=rim,
        right=rim,
        top=cross,
    )
    bow = card(Vec3(0, 0.212, 0), 0.1, 0.08, [
        mark(poly([(0, 0.012), (-0.035, 0.066), (-0.09, 0.07), (-0.075, 0.014)]), ribbon_rgb),
        mark(poly([(0, 0.012), (0.035, 0.066), (0.09, 0.07), (0.075, 0.014)]), scale(ribbon_rgb, 0.9)),
        mark(circle(0, 0.018, 0.018), scale(ribbon_rgb, 0.8)),
    ])  # fmt: skip
    return _piece((*body, *lid_box, bow), 0.26, 0.3, 0.26, heading)


def _radio(rgb: RGB, state: str, _text: str, heading: float) -> Piece:
    w, h, d = 0.34, 0.2, 0.11
    slots = rects([(0.03, 0.04 + 0.02 * i, 0.16, 0.05 + 0.02 * i) for i in range(6)])
    lit = state not in ("unlit", "broken")
    face = [
        mark(rounded(0.012, 0.012, w - 0.012, h - 0.012, 0.012), scale(rgb, 0.86)),
        mark(slots, scale(rgb, 0.5)),
        mark(rect(0.19, 0.12, 0.32, 0.165), RGB(250, 222, 150) if lit else RGB(96, 86, 74), "glow" if lit else "lit"),
        mark(rect(0.236, 0.122, 0.24, 0.163), RGB(190, 60, 50)),
        mark(circle(0.225, 0.065, 0.028), PAPER),
        mark(circle(0.29, 0.065, 0.02), PAPER),
    ]
    if state == "broken":
        face.append(mark(line([(0.02, 0.18), (0.12, 0.11), (0.1, 0.07), (0.22, 0.02)], 0.008), INK))
    back = [mark(rects([(0.06 + 0.03 * i, 0.05, 0.07 + 0.03 * i, 0.14) for i in range(8)]), scale(rgb, 0.5))]
    rod = (
        line([(0.0, 0.0), (0.09, 0.23)], 0.008)
        if state != "broken"
        else line([(0, 0), (0.02, 0.06), (0.09, 0.04)], 0.008)
    )
    aerial = card(local(ORIGIN, heading, 0.12, -0.03, h), 0.1, 0.24, [mark(rod, STEEL)])
    grip = double(_sheet(Vec3(0, h, 0), 0.2, 0.05, 0.0, heading, [mark(_grip(0.18, 0.035, 0.014), scale(rgb, 0.5))]))
    return _piece(
        (*box(ORIGIN, (w, h, d), rgb, heading, front=face, back=back, top_rgb=mix(rgb, WHITE, 0.2)), *grip, aerial),
        w, 0.43, d, heading,
    )  # fmt: skip


def _record_player(rgb: RGB, state: str, _text: str, heading: float) -> Piece:
    w, h, d = 0.44, 0.1, 0.34
    grooves = skia.Path()
    for r in (0.135, 0.11, 0.085):
        grooves.addPath(arc(0.18, 0.17, r, r, 0, 360, 0.003), 0, 0)
    top = [
        mark(circle(0.18, 0.17, 0.158), scale(rgb, 0.6)),
        *([] if state == "empty" else [
            mark(circle(0.18, 0.17, 0.15), RGB(38, 36, 42)), mark(grooves, RGB(74, 70, 78)),
            mark(circle(0.18, 0.17, 0.05), RGB(196, 66, 56)),
        ]),
        mark(circle(0.18, 0.17, 0.006), STEEL),
        mark(circle(0.385, 0.28, 0.028), DARK),
        mark(line([(0.385, 0.28), (0.37, 0.12), (0.275, 0.115)], 0.012), STEEL),
    ]  # fmt: skip
    knobs = circle(0.38, 0.045, 0.017)
    knobs.addPath(circle(0.33, 0.045, 0.012), 0, 0)
    face = [mark(rects([(0.03 + 0.018 * i, 0.02, 0.039 + 0.018 * i, 0.075) for i in range(10)]), scale(rgb, 0.6))]
    face.append(mark(knobs, BRASS))
    return _piece(
        box(ORIGIN, (w, h, d), rgb, heading, front=face, top=top, top_rgb=mix(rgb, WHITE, 0.2)), w, 0.12, d, heading
    )


def _typewriter(rgb: RGB, _state: str, text: str, heading: float) -> Piece:
    keys = skia.Path()
    for row in range(4):
        for i in range(10):
            keys.addPath(oval(0.045 + 0.0255 * i + 0.005 * (row % 2), 0.026 + 0.028 * row, 0.0095, 0.0105), 0, 0)
    base = box(ORIGIN, (0.33, 0.055, 0.31), rgb, heading, top=[mark(keys, RGB(240, 232, 212))])
    hood_at = local(ORIGIN, heading, 0, -0.085, 0.055)
    pit = [mark(oval(0.15, 0.04, 0.08, 0.026), scale(rgb, 0.4))]
    hood = box(hood_at, (0.3, 0.075, 0.13), scale(rgb, 0.86), heading, top=pit)
    back = local(ORIGIN, heading, 0, -0.125, 0.13)
    page = [mark(rect(-0.1, 0, 0.1, 0.18), RGB(246, 243, 234)), *written(text, 0.17, 0.12, -0.085, 0.045)]
    front = _sheet(back, 0.2, 0.17, 0.05, heading, page)
    sheet = (front, _behind(front, [mark(rect(-0.1, 0, 0.1, 0.18), RGB(226, 222, 212))]))
    roller = box(local(ORIGIN, heading, 0, -0.115, 0.12), (0.4, 0.035, 0.04), DARK, heading)
    return _piece((*base, *hood, *sheet, *roller), 0.4, 0.32, 0.31, heading)


def _sign(rgb: RGB, state: str, text: str, heading: float) -> Piece:
    post = box(ORIGIN, (0.06, 1.62, 0.05), RGB(96, 84, 74), heading)
    lit = state == "lit"
    ink = RGB(250, 244, 226) if sum(rgb) < 420 or lit else INK
    words = written(text or "NOTICE", 0.86, 0.4, 0.09, 0.075, ink, True, lit)
    face = [mark(rect(0.03, 0.03, 1.01, 0.52), scale(rgb, 0.4) if lit else rgb), *words]
    if lit:
        face.append(mark(frame(0.06, 0.06, 0.98, 0.49, 0.012), RGB(255, 120, 170), "flame"))
    back = [mark(rects([(0.49, 0, 0.55, 0.55), (0.1, 0.1, 0.94, 0.14), (0.1, 0.4, 0.94, 0.44)]), RGB(96, 84, 74))]
    plate = box(
        local(ORIGIN, heading, 0, 0.04, 1.5), (1.04, 0.55, 0.03), scale(rgb, 0.6), heading, front=face, back=back
    )
    return _piece((*post, *plate), 0.5, 2.05, 0.4, heading)


def _nameplate(rgb: RGB, _state: str, text: str, heading: float) -> Piece:
    face = [
        mark(rect(-0.13, 0, 0.13, 0.076), rgb),
        mark(rect(-0.122, 0.007, 0.122, 0.069), mix(rgb, BRASS, 0.9)),
        *written(text or "NAME", 0.22, 0.052, -0.11, 0.012, INK, True),
    ]
    front = _sheet(local(ORIGIN, heading, 0, 0.035), 0.26, 0.068, 0.034, heading, face)
    plain = [mark(rect(-0.13, 0, 0.13, 0.076), scale(rgb, 0.8))]
    back = _sheet(local(ORIGIN, heading, 0, -0.035), 0.26, 0.068, 0.034, heading + 180, plain)
    return _piece((front, back), 0.26, 0.07, 0.08, heading)


def _board_marks(kind: str, rgb: RGB, state: str, text: str) -> list[Mark]:
    """A blackboard's or a banner's face, its foot's middle at (0, 0)."""
    if kind == "banner":
        cloth = [(-0.9, 0.0), (-0.45, 0.03), (0.0, 0.0), (0.45, 0.03), (0.9, 0.0), (0.9, 0.45), (-0.9, 0.45)]
        ink = RGB(252, 246, 230) if sum(rgb) < 420 else INK
        words = written(text or "WELCOME", 1.6, 0.32, -0.8, 0.075, ink, True)
        rag = [mark(poly([(0.55, 0), (0.62, 0.2), (0.7, 0.14), (0.74, 0.3), (0.9, 0.26), (0.9, 0)]), scale(rgb, 0.4))]
        return [mark(poly(cloth), rgb), *words, *(rag if state == "torn" else [])]
    chalk = RGB(238, 240, 232)
    smear = mark(oval(0.1, 0.4, 0.4, 0.14), mix(rgb, WHITE, 0.3), alpha=0.35)
    return [
        mark(rect(-0.65, 0, 0.65, 0.85), RGB(150, 108, 70)),
        mark(rect(-0.61, 0.05, 0.61, 0.81), rgb),
        smear,
        *(written(text, 1.1, 0.62, -0.55, 0.12, chalk, False) if text else [
            mark(line([(-0.45, 0.62), (0.1, 0.62)], 0.012), chalk, alpha=0.7),
            mark(line([(-0.45, 0.48), (0.3, 0.48)], 0.012), chalk, alpha=0.7),
            mark(circle(0.35, 0.3, 0.09), mix(rgb, chalk, 0.5), alpha=0.6),
        ]),
        mark(rect(-0.65, -0.02, 0.65, 0.02), RGB(120, 84, 56)),
        mark(rects([(0.2, 0.02, 0.3, 0.034), (0.34, 0.02, 0.4, 0.034)]), chalk),
    ]  # fmt: skip


BOARD_KINDS: Mapping[str, tuple[RGB, float, float, float]] = {
    "banner": (RGB(178, 52, 56), 0.9, 0.45, 1.55),
    "blackboard": (RGB(52, 74, 66), 0.65, 0.85, 0.75),
}
"""Boards and cloths that hang or stand on posts: colour, half width, height, and how high they stand."""


def board(kind: str, colour: RGB | None, state: str, text: str, heading: float, hung: bool, held: bool) -> Piece:
    """A board or banner on two posts, `hung` flat on what is behind it, or `held` up."""
    own, half, high, lift = BOARD_KINDS[kind]
    rgb = colour or own
    face = _board_marks(kind, rgb, state, text)
    if hung:
        shade = mark(rect(-half * 0.97, -0.03, half * 1.03, high * 0.95), RGB(30, 22, 34), alpha=0.16)
        return Piece(ORIGIN, half, high, (_sheet(ORIGIN, 2 * half + 0.1, high, 0.0, heading, [shade, *face]),))
    wood = RGB(120, 88, 60)
    posts = [
        panel
        for side in (-1, 1)
        for panel in box(local(ORIGIN, heading, side * half * 0.94, -0.03), (0.05, lift + high, 0.04), wood, heading)
    ]
    front = _sheet(Vec3(0, 0.0 if held else lift, 0), 2 * half, high, 0.0, heading, face)
    plain = [mark(rect(-half, 0, half, high), scale(rgb if kind == "banner" else wood, 0.8))]
    if held:
        return Piece(ORIGIN, half, high, (front, _behind(front, plain)))
    return _piece((*posts, front, _behind(front, plain)), 2 * half, lift + high, 0.3, heading)


SOLIDS: Mapping[str, tuple[Solid, RGB]] = {
    "bag": (_bag, RGB(120, 82, 58)),
    "book": (_book, RGB(146, 62, 56)),
    "gift": (_gift, RGB(74, 128, 146)),
    "laptop": (_laptop, RGB(150, 154, 160)),
    "nameplate": (_nameplate, RGB(92, 62, 44)),
    "radio": (_radio, RGB(150, 84, 58)),
    "record_player": (_record_player, RGB(142, 86, 58)),
    "screen": (_screen, RGB(40, 42, 48)),
    "sign": (_sign, RGB(64, 98, 94)),
    "suitcase": (_suitcase, RGB(140, 92, 60)),
    "typewriter": (_typewriter, RGB(70, 104, 104)),
}
"""What stands or lies with a volume of its own: how it is built, and its own colour."""
