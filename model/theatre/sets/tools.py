"""Tools and weapons: broom, ladder, bucket, rope, axe, knife, gun, handcuffs, and what a doctor's bag holds."""

from __future__ import annotations

import math

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.curves import arc, ring_path, rounded, smooth
from model.theatre.sets.kit import Mark, circle, frame, line, mark, oval, poly, rect, rects
from model.theatre.sets.palette import INK, PAPER, STEEL, WHITE
from model.theatre.sets.writing import written

__all__ = [
    "axe", "broom", "bucket", "cane", "gun", "hammer", "handcuffs", "knife", "ladder", "match", "pills", "rope",
    "stethoscope", "syringe",
]  # fmt: skip

WOOD = RGB(166, 120, 76)


def broom(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    straws = skia.Path()
    for i in range(7):
        x = -0.15 + 0.05 * i
        straws.addPath(line([(x * 0.45, 0.27), (x, 0.0)], 0.007), 0, 0)
    return [
        mark(rect(-0.013, 0.3, 0.013, 1.32), WOOD),
        mark(rect(0.004, 0.3, 0.013, 1.32), scale(WOOD, 0.8)),
        mark(poly([(-0.05, 0.32), (0.05, 0.32), (0.17, 0.0), (-0.17, 0.0)]), rgb),
        mark(straws, scale(rgb, 0.76)),
        mark(poly([(-0.056, 0.3), (0.056, 0.3), (0.034, 0.37), (-0.034, 0.37)]), RGB(150, 62, 52)),
    ]


def ladder(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    rungs = rects([(-0.2 + 0.02 * i / 6, 0.2 + 0.28 * i, 0.2 - 0.02 * i / 6, 0.235 + 0.28 * i) for i in range(7)])
    return [
        mark(rungs, scale(rgb, 0.82)),
        mark(poly([(-0.25, 0), (-0.2, 0), (-0.17, 2.1), (-0.21, 2.1)]), rgb),
        mark(poly([(0.2, 0), (0.25, 0), (0.21, 2.1), (0.17, 2.1)]), scale(rgb, 0.92)),
        mark(rects([(-0.252, 0, -0.196, 0.06), (0.196, 0, 0.252, 0.06)]), scale(rgb, 0.5)),
    ]


def bucket(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(arc(0, 0.27, 0.135, 0.16, 0, 180, 0.008), STEEL),
        mark(poly([(-0.1, 0), (0.1, 0), (0.14, 0.27), (-0.14, 0.27)]), rgb),
        mark(poly([(0.035, 0), (0.1, 0), (0.14, 0.27), (0.06, 0.27)]), scale(rgb, 0.8)),
        mark(rects([(-0.136, 0.2, 0.136, 0.208), (-0.108, 0.05, 0.108, 0.058)]), scale(rgb, 0.68)),
        mark(oval(0, 0.27, 0.14, 0.03), mix(rgb, WHITE, 0.25)),
        mark(oval(0, 0.267, 0.126, 0.024), scale(rgb, 0.5)),
    ]
    if state == "full":
        marks += [
            mark(oval(0, 0.266, 0.122, 0.021), RGB(120, 170, 192)),
            mark(oval(-0.04, 0.268, 0.04, 0.006), WHITE, alpha=0.5),
        ]
    return marks


def rope(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    marks = []
    for i in range(4):
        y = 0.04 + 0.032 * i
        rx = 0.16 - 0.008 * (i % 2)
        marks += [mark(oval(0, y, rx, 0.056), scale(rgb, 0.7)), mark(oval(0, y + 0.012, rx, 0.054), rgb)]
    strands = skia.Path()
    for i in range(4):
        for k in range(8):
            a = math.radians(200 + 20 * k)
            x, y = 0.155 * math.cos(a), 0.044 + 0.032 * i + 0.055 * math.sin(a)
            strands.addPath(line([(x - 0.006, y - 0.003), (x + 0.008, y + 0.01)], 0.004), 0, 0)
    return [
        *marks,
        mark(oval(0, 0.152, 0.098, 0.03), scale(rgb, 0.4)),
        mark(strands, scale(rgb, 0.66)),
        mark(line([(0.13, 0.06), (0.2, 0.02), (0.25, 0.022)], 0.024), rgb),
        mark(rect(0.236, 0.01, 0.262, 0.034), scale(rgb, 0.6)),
    ]


def axe(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    head = smooth([(-0.05, 0.6), (0.05, 0.62), (0.17, 0.68), (0.2, 0.56), (0.15, 0.47), (0.04, 0.55), (-0.05, 0.56)])
    edge = smooth([(0.135, 0.665), (0.175, 0.675), (0.195, 0.565), (0.15, 0.48), (0.13, 0.5), (0.155, 0.57)])
    return [
        mark(poly([(-0.016, 0), (0.018, 0), (0.014, 0.66), (-0.014, 0.66)]), WOOD),
        mark(rect(-0.018, 0, 0.02, 0.1), RGB(76, 58, 50)),
        mark(head, rgb),
        mark(edge, mix(rgb, WHITE, 0.55)),
    ]


def cane(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    return [
        mark(rect(-0.011, 0.03, 0.011, 0.82), rgb),
        mark(arc(0.05, 0.815, 0.05, 0.06, 0, 180, 0.023), rgb),
        mark(rect(-0.013, 0.0, 0.013, 0.035), INK),
        mark(rect(-0.0125, 0.74, 0.0125, 0.765), RGB(206, 168, 86)),
    ]


def handcuffs(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = []
    for side in (-1, 1):
        whole = ring_path(0.075 * side, 0.05, 0.046, 0.035)
        opened = arc(0.075 * side, 0.05, 0.041, 0.041, 60 if side > 0 else -120, 330 if side > 0 else 150, 0.011)
        marks.append(mark(opened if state == "open" else whole, rgb))
        marks.append(mark(rounded(0.05 * side - 0.017, 0.03, 0.05 * side + 0.017, 0.07, 0.006), scale(rgb, 0.8)))
    links = skia.Path()
    for x in (-0.018, 0.0, 0.018):
        links.addPath(ring_path(x, 0.05, 0.011, 0.006), 0, 0)
    links.setFillType(skia.PathFillType.kEvenOdd)
    return [*marks, mark(links, scale(rgb, 0.66))]


def match(rgb: RGB, state: str, _text: str) -> list[Mark]:
    lit = state == "lit"
    flame = smooth([(0.0, 0.046), (0.01, 0.05), (0.008, 0.064), (0.0, 0.082), (-0.008, 0.064), (-0.01, 0.05)])
    return [
        mark(rect(-0.0016, 0, 0.0016, 0.046), rgb),
        mark(oval(0, 0.046, 0.0034, 0.0046), RGB(60, 46, 44) if state == "unlit" else RGB(178, 48, 42)),
        *(
            [mark(flame, RGB(255, 186, 84), "flame"), mark(oval(0, 0.055, 0.0035, 0.008), RGB(255, 240, 200), "flame")]
            if lit
            else []
        ),
    ]


def stethoscope(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    return [
        mark(
            line(
                [(-0.05, 0.3), (-0.06, 0.2), (-0.02, 0.14), (0.0, 0.13), (0.02, 0.14), (0.06, 0.2), (0.05, 0.3)], 0.011
            ),
            rgb,
        ),
        mark(line([(0.0, 0.135), (0.0, 0.08), (0.03, 0.03), (0.09, 0.03), (0.11, 0.075)], 0.011), rgb),
        mark(line([(-0.05, 0.29), (-0.035, 0.335)], 0.008), STEEL),
        mark(line([(0.05, 0.29), (0.035, 0.335)], 0.008), STEEL),
        mark(circle(-0.035, 0.338, 0.008), INK),
        mark(circle(0.035, 0.338, 0.008), INK),
        mark(circle(0.113, 0.09, 0.026), STEEL),
        mark(circle(0.113, 0.09, 0.017), WHITE),
    ]


def syringe(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(rect(0.05, 0.0135, 0.09, 0.0155), STEEL),
        mark(rect(-0.05, 0.004, 0.045, 0.025), RGB(224, 234, 240)),
        mark(rect(0.04, 0.009, 0.056, 0.02), RGB(86, 146, 190)),
        mark(rect(-0.088, 0.012, -0.02, 0.017), RGB(206, 210, 214)),
        mark(rects([(-0.09, 0.002, -0.084, 0.027), (-0.054, -0.002, -0.048, 0.031)]), scale(STEEL, 0.9)),
    ]
    if state != "empty":
        marks.append(mark(rect(-0.02, 0.006, 0.042, 0.023), rgb))
    ticks = rects([(-0.03 + 0.012 * i, 0.016, -0.0285 + 0.012 * i, 0.025) for i in range(6)])
    return [*marks, mark(ticks, INK, alpha=0.7)]


def pills(rgb: RGB, state: str, text: str) -> list[Mark]:
    marks = [
        mark(rounded(-0.024, 0, 0.024, 0.072, 0.006), rgb),
        mark(rounded(0.008, 0, 0.024, 0.072, 0.006), scale(rgb, 0.8)),
        mark(rect(-0.0245, 0.012, 0.0245, 0.052), PAPER),
        *written(text, 0.04, 0.03, -0.02, 0.016, INK, bool(text)),
    ]
    if state == "open":
        marks.append(mark(oval(0, 0.072, 0.022, 0.005), scale(rgb, 0.5)))
    else:
        marks += [
            mark(rounded(-0.026, 0.07, 0.026, 0.092, 0.004), WHITE),
            mark(rect(0.01, 0.072, 0.025, 0.09), RGB(214, 216, 220)),
        ]
    if state in ("open", "empty"):
        loose = skia.Path()
        for x in (0.038, 0.05, 0.046):
            loose.addPath(oval(x, 0.004 + (x - 0.038) * 0.4, 0.007, 0.004), 0, 0)
        marks.append(mark(loose, WHITE))
    return marks


def knife(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    blade = poly([(0.0, 0.012), (0.19, 0.018), (0.15, 0.042), (0.0, 0.044)])
    return [
        mark(blade, rgb),
        mark(poly([(0.0, 0.012), (0.19, 0.018), (0.16, 0.024), (0.0, 0.02)]), mix(rgb, WHITE, 0.5)),
        mark(rect(-0.12, 0.01, 0.0, 0.046), RGB(74, 52, 44)),
    ]


def gun(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    return [
        mark(poly([(-0.06, 0.0), (-0.02, 0.0), (0.005, 0.08), (-0.05, 0.085)]), RGB(84, 62, 50)),
        mark(rect(-0.06, 0.08, 0.13, 0.125), rgb),
        mark(rect(-0.06, 0.11, 0.13, 0.125), mix(rgb, WHITE, 0.16)),
        mark(frame(0.012, 0.05, 0.038, 0.078, 0.007), rgb),
        mark(rect(0.11, 0.125, 0.12, 0.135), rgb),
    ]


def hammer(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    return [
        mark(rect(-0.014, 0, 0.014, 0.32), RGB(160, 112, 70)),
        mark(poly([(-0.075, 0.3), (0.05, 0.3), (0.085, 0.335), (0.05, 0.345), (-0.075, 0.345)]), rgb),
    ]
