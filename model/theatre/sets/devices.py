"""Machines and instruments: microphone, violin, record player, tablet, typewriter, remote; and what hangs on walls."""

from __future__ import annotations

import math

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.curves import arc, ring_path, rounded, smooth
from model.theatre.sets.damage import cracked, cut, snapped
from model.theatre.sets.kit import Mark, circle, line, mark, oval, poly, rect, rects
from model.theatre.sets.palette import BRASS, INK, PAPER, STEEL, WHITE
from model.theatre.sets.writing import written

__all__ = [
    "calendar", "flag", "microphone", "mirror", "painting", "poster", "record_player", "remote", "tablet",
    "typewriter", "violin",
]  # fmt: skip


def microphone(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    mesh = rects([(-0.027, 0.172 + 0.011 * i, 0.027, 0.174 + 0.011 * i) for i in range(4)])
    return [
        mark(poly([(-0.014, 0), (0.014, 0), (0.02, 0.16), (-0.02, 0.16)]), rgb),
        mark(poly([(0.004, 0), (0.014, 0), (0.02, 0.16), (0.007, 0.16)]), mix(rgb, WHITE, 0.18)),
        mark(circle(0, 0.19, 0.031), STEEL),
        mark(mesh, scale(STEEL, 0.7)),
        mark(rounded(-0.025, 0.15, 0.025, 0.166, 0.004), scale(STEEL, 0.82)),
        mark(rounded(-0.005, 0.105, 0.005, 0.125, 0.003), RGB(200, 66, 58)),
    ]


def violin(rgb: RGB, state: str, _text: str) -> list[Mark]:
    body = smooth([(-0.06, 0.0), (0.06, 0.0), (0.11, 0.05), (0.1, 0.13), (0.052, 0.17), (0.062, 0.205), (0.088, 0.24),
                   (0.07, 0.32), (0.03, 0.35), (-0.03, 0.35), (-0.07, 0.32), (-0.088, 0.24), (-0.062, 0.205),
                   (-0.052, 0.17), (-0.1, 0.13), (-0.11, 0.05)])  # fmt: skip
    strings = rects([(-0.0085 + 0.0055 * i, 0.09, -0.0072 + 0.0055 * i, 0.54) for i in range(4)])
    holes = arc(-0.034, 0.16, 0.009, 0.026, 80, 280, 0.005)
    holes.addPath(arc(0.034, 0.16, 0.009, 0.026, -100, 100, 0.005), 0, 0)
    marks = [
        mark(body, rgb),
        mark(
            smooth([(0.02, 0.02), (0.06, 0.015), (0.094, 0.05), (0.08, 0.12), (0.05, 0.1), (0.05, 0.05)]),
            scale(rgb, 0.78),
        ),
        mark(smooth([(-0.06, 0.3), (-0.04, 0.33), (-0.02, 0.335), (-0.05, 0.24)]), mix(rgb, WHITE, 0.25)),
        mark(holes, scale(rgb, 0.32)),
        mark(poly([(-0.014, 0.2), (0.014, 0.2), (0.011, 0.52), (-0.011, 0.52)]), RGB(52, 40, 40)),
        mark(poly([(-0.016, 0.03), (0.016, 0.03), (0.011, 0.105), (-0.011, 0.105)]), RGB(52, 40, 40)),
        mark(rect(-0.024, 0.14, 0.024, 0.15), RGB(226, 196, 150)),
        *([mark(strings, RGB(236, 232, 220))] if state != "broken" else []),
        mark(rects([(-0.034, 0.54, 0.034, 0.548), (-0.034, 0.565, 0.034, 0.573)]), RGB(60, 46, 42)),
        mark(poly([(-0.011, 0.51), (0.011, 0.51), (0.009, 0.585), (-0.009, 0.585)]), scale(rgb, 0.66)),
        mark(circle(0, 0.592, 0.015), scale(rgb, 0.6)),
    ]
    return snapped(marks, 0.36, 38.0) if state == "broken" else marks


def record_player(rgb: RGB, state: str, _text: str) -> list[Mark]:
    groove = ring_path(0, 0, 1.0, 0.93)
    grooves = skia.Path()
    for share in (0.9, 0.68):
        path = skia.Path(groove)
        path.transform(skia.Matrix.Scale(0.155 * share, 0.05 * share))
        grooves.addPath(path, -0.03, 0.16)
    grooves.setFillType(skia.PathFillType.kEvenOdd)
    return [
        mark(rect(-0.22, 0.0, 0.22, 0.085), rgb),
        mark(poly([(-0.22, 0.085), (0.22, 0.085), (0.19, 0.22), (-0.19, 0.22)]), mix(rgb, WHITE, 0.2)),
        mark(rect(-0.22, 0.074, 0.22, 0.085), scale(rgb, 0.7)),
        mark(oval(-0.03, 0.156, 0.16, 0.055), scale(rgb, 0.6)),
        *([mark(oval(-0.03, 0.16, 0.155, 0.05), RGB(38, 36, 42)), mark(grooves, RGB(70, 66, 74)),
           mark(oval(-0.03, 0.16, 0.05, 0.016), RGB(196, 66, 56))] if state != "empty" else []),
        mark(oval(-0.03, 0.161, 0.006, 0.003), STEEL),
        mark(oval(0.165, 0.195, 0.017, 0.008), STEEL),
        mark(line([(0.165, 0.2), (0.15, 0.125), (0.075, 0.14)], 0.008), STEEL),
        mark(circle(0.16, 0.04, 0.014), BRASS),
        mark(circle(0.115, 0.04, 0.009), BRASS),
        mark(rects([(-0.19 + 0.018 * i, 0.02, -0.182 + 0.018 * i, 0.06) for i in range(9)]), scale(rgb, 0.6)),
    ]  # fmt: skip


def tablet(rgb: RGB, state: str, text: str) -> list[Mark]:
    on = state not in ("broken", "unlit")
    tiles = rects(
        [
            (-0.063 + 0.045 * i, 0.125 + 0.045 * j, -0.029 + 0.045 * i, 0.159 + 0.045 * j)
            for i in range(3)
            for j in range(2)
        ]
    )
    marks = [
        mark(rounded(-0.09, 0, 0.09, 0.245, 0.01), rgb),
        mark(rect(-0.079, 0.016, 0.079, 0.229), RGB(96, 150, 190) if on else RGB(40, 44, 54), "glow" if on else "lit"),
    ]
    if on and text:
        return [*marks, *written(text, 0.14, 0.15, -0.07, 0.045, RGB(245, 250, 255), True, True)]
    if on:
        marks += [
            mark(tiles, RGB(214, 232, 242), "glow"),
            mark(rect(-0.063, 0.04, 0.061, 0.1), RGB(150, 196, 214), "glow"),
        ]
    elif state == "broken":
        marks.append(cracked(0.01, 0.14, 0.075, WHITE, 0.004))
    return marks


def typewriter(rgb: RGB, _state: str, text: str) -> list[Mark]:
    keys = skia.Path()
    for row in range(4):
        for i in range(10):
            keys.addPath(oval(-0.115 + 0.0255 * i + 0.005 * (row % 2), 0.024 + 0.02 * row, 0.0088, 0.007), 0, 0)
    return [
        mark(rect(-0.09, 0.16, 0.09, 0.31), RGB(246, 243, 234)),
        *written(text, 0.15, 0.09, -0.075, 0.205),
        mark(poly([(-0.165, 0.0), (0.165, 0.0), (0.14, 0.115), (-0.14, 0.115)]), rgb),
        mark(poly([(-0.15, 0.1), (0.15, 0.1), (0.13, 0.175), (-0.13, 0.175)]), scale(rgb, 0.78)),
        mark(arc(0, 0.108, 0.075, 0.046, 10, 170, 0.02), scale(rgb, 0.5)),
        mark(rounded(-0.19, 0.172, 0.19, 0.205, 0.014), RGB(48, 46, 52)),
        mark(rects([(-0.205, 0.176, -0.185, 0.2), (0.185, 0.176, 0.205, 0.2)]), STEEL),
        mark(line([(-0.16, 0.2), (-0.21, 0.235)], 0.008), STEEL),
        mark(keys, RGB(240, 232, 212)),
        mark(rounded(-0.08, 0.004, 0.08, 0.014, 0.004), RGB(240, 232, 212)),
    ]


def remote(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    buttons = skia.Path()
    for row in range(5):
        for i in range(3):
            buttons.addPath(circle(-0.011 + 0.011 * i, 0.03 + 0.016 * row, 0.0038), 0, 0)
    return [
        mark(rounded(-0.023, 0, 0.023, 0.17, 0.008), rgb),
        mark(buttons, RGB(206, 206, 210)),
        mark(circle(0, 0.13, 0.012), scale(rgb, 0.6)),
        mark(ring_path(0, 0.13, 0.012, 0.0095), RGB(170, 172, 178)),
        mark(circle(-0.012, 0.157, 0.0045), RGB(206, 60, 54)),
    ]


def mirror(rgb: RGB, state: str, _text: str) -> list[Mark]:
    gloss = poly([(-0.12, 0.2), (-0.04, 0.2), (0.12, 0.48), (0.06, 0.5)])
    marks = [
        mark(oval(0, 0.35, 0.23, 0.34), rgb),
        mark(oval(0, 0.35, 0.2, 0.31), scale(rgb, 0.7)),
        mark(oval(0, 0.35, 0.192, 0.302), RGB(176, 200, 210)),
        mark(gloss, RGB(226, 238, 242), alpha=0.75),
        mark(poly([(0.02, 0.16), (0.045, 0.17), (0.16, 0.39), (0.15, 0.42)]), RGB(226, 238, 242), alpha=0.55),
    ]
    if state == "broken":
        crack = line([(-0.18, 0.42), (-0.05, 0.36), (0.03, 0.4), (0.17, 0.3)], 0.006)
        crack.addPath(line([(-0.05, 0.36), (-0.02, 0.22), (0.06, 0.08)], 0.005), 0, 0)
        crack.addPath(line([(0.03, 0.4), (0.04, 0.52), (0.02, 0.63)], 0.005), 0, 0)
        marks.append(mark(crack, RGB(74, 84, 94)))
    return marks


def painting(rgb: RGB, state: str, _text: str) -> list[Mark]:
    """A landscape in a frame of this colour."""
    marks = [
        mark(rect(-0.36, 0, 0.36, 0.54), rgb),
        mark(rect(-0.32, 0.04, 0.32, 0.5), scale(rgb, 0.66)),
        mark(rect(-0.305, 0.055, 0.305, 0.485), RGB(238, 206, 160)),
        mark(circle(0.11, 0.34, 0.055), RGB(250, 236, 196)),
        mark(
            poly(
                [(-0.305, 0.055), (0.305, 0.055), (0.305, 0.2), (0.16, 0.3), (0.02, 0.2), (-0.14, 0.33), (-0.305, 0.22)]
            ),
            RGB(120, 124, 140),
        ),
        mark(
            poly([(-0.305, 0.055), (0.305, 0.055), (0.305, 0.17), (0.08, 0.14), (-0.1, 0.2), (-0.305, 0.13)]),
            RGB(92, 116, 84),
        ),
        mark(poly([(-0.03, 0.055), (0.11, 0.055), (0.0, 0.155), (0.03, 0.165)]), RGB(206, 222, 226)),
    ]
    if state == "torn":
        marks.append(mark(poly([(-0.16, 0.4), (0.12, 0.14), (0.14, 0.16), (-0.13, 0.41)]), RGB(60, 48, 44)))
    return marks


def poster(rgb: RGB, state: str, text: str) -> list[Mark]:
    ink = RGB(250, 240, 216) if sum(rgb) < 420 else INK
    marks = [
        mark(rect(-0.3, 0, 0.3, 0.84), rgb),
        mark(rect(-0.27, 0.03, 0.27, 0.81), mix(rgb, WHITE, 0.1)),
        mark(circle(0, 0.52, 0.17), mix(rgb, RGB(250, 214, 130), 0.75)),
        mark(
            poly([(-0.27, 0.3), (0.27, 0.3), (0.27, 0.44), (0.1, 0.52), (-0.06, 0.42), (-0.27, 0.5)]), scale(rgb, 0.6)
        ),
        *written(text or "TONIGHT", 0.48, 0.2, -0.24, 0.06, ink, True),
    ]
    if state == "torn":
        return cut(marks, poly([(0.31, 0.85), (0.31, 0.55), (0.22, 0.6), (0.18, 0.72), (0.1, 0.74), (0.02, 0.85)]))
    return marks


def calendar(rgb: RGB, state: str, text: str) -> list[Mark]:
    cells = rects(
        [
            (-0.128 + 0.0375 * i, 0.026 + 0.043 * j, -0.097 + 0.0375 * i, 0.059 + 0.043 * j)
            for i in range(7)
            for j in range(5)
        ]
    )
    marks = [
        mark(rect(-0.155, 0, 0.155, 0.4), RGB(246, 242, 232)),
        mark(rect(-0.155, 0.27, 0.155, 0.4), rgb),
        mark(rects([(-0.11 + 0.055 * i, 0.385, -0.1 + 0.055 * i, 0.415) for i in range(5)]), STEEL),
        *written(text or "MAY", 0.24, 0.09, -0.12, 0.288, RGB(252, 246, 232) if sum(rgb) < 480 else INK, True),
        mark(cells, RGB(216, 210, 198)),
        mark(ring_path(0.0, 0.085 + 0.043, 0.026, 0.021), RGB(200, 52, 48)),
    ]
    if state == "torn":
        return cut(marks, poly([(0.16, -0.01), (0.16, 0.16), (0.1, 0.09), (0.07, 0.1), (0.0, -0.01)]))
    return marks


def flag(rgb: RGB, state: str, _text: str) -> list[Mark]:
    top, low = [], []
    for i in range(13):
        x = 0.02 + 0.075 * i
        wave = 0.035 * math.sin(i * 0.75) * min(i / 4, 1)
        top.append((x, 2.12 + wave))
        low.append((x, 1.5 + wave))
    third = [(x, y - 0.24) for x, y in top], [(x, y - 0.38) for x, y in top]
    folds = [poly([top[i], top[i + 2], low[i + 2], low[i]]) for i in (3, 10)]
    shade = skia.Path()
    for fold in folds:
        shade.addPath(fold, 0, 0)
    cloth = [
        mark(poly([*top, *reversed(low)]), rgb),
        mark(poly([*third[0], *reversed(third[1])]), mix(rgb, PAPER, 0.85)),
        mark(shade, INK, alpha=0.13),
    ]
    if state == "torn":
        rags = [(0.94, 2.3), (0.8, 2.02), (0.9, 1.94), (0.66, 1.84), (0.86, 1.74), (0.6, 1.62), (0.7, 1.4)]
        cloth = cut(cloth, poly([*rags, (1.1, 1.4), (1.1, 2.3)]))
        cloth = cut(cloth, poly([(0.3, 1.9), (0.38, 1.98), (0.44, 1.9), (0.38, 1.8)]))
    return [
        *cloth,
        mark(rect(-0.018, 0, 0.018, 2.18), RGB(196, 188, 172)),
        mark(circle(0, 2.2, 0.032), BRASS),
    ]
