"""Belongings: a clock, a radio, a guitar, a camera, a toy, a hat, a ring."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.damage import cracked, shards, snapped
from model.theatre.sets.kit import Mark, blob, circle, line, mark, oval, poly, rect, rects
from model.theatre.sets.palette import INK, PAPER, STEEL, WHITE

__all__ = ["camera", "clock", "guitar", "hat", "radio", "ring", "street_clock", "toy"]


def camera(rgb: RGB, state: str, _text: str) -> list[Mark]:
    return [
        mark(rect(-0.075, 0, 0.075, 0.09), rgb),
        mark(rect(-0.03, 0.09, 0.03, 0.112), rgb),
        mark(rect(-0.075, 0.03, 0.075, 0.06), scale(rgb, 0.66)),
        mark(circle(0, 0.044, 0.04), STEEL),
        mark(circle(0, 0.044, 0.031), RGB(30, 36, 50)),
        mark(circle(-0.01, 0.054, 0.009), RGB(170, 196, 224)),
        mark(rect(0.045, 0.068, 0.066, 0.08), RGB(240, 236, 220)),
        *([cracked(0.004, 0.046, 0.032, RGB(206, 220, 232), 0.003), *shards(RGB(190, 206, 220), 0.07, 0.014)]
          if state == "broken" else []),
    ]  # fmt: skip


def guitar(rgb: RGB, state: str, _text: str) -> list[Mark]:
    body = skia.Path()
    body.addPath(oval(0, 0.2, 0.19, 0.19), 0, 0)
    body.addPath(oval(0, 0.42, 0.145, 0.14), 0, 0)
    marks = [
        mark(body, rgb),
        mark(oval(-0.03, 0.22, 0.12, 0.12), mix(rgb, WHITE, 0.12)),
        mark(rect(-0.028, 0.44, 0.028, 0.92), RGB(82, 58, 46)),
        mark(circle(0, 0.36, 0.055), RGB(44, 32, 30)),
        mark(rect(-0.06, 0.13, 0.06, 0.15), RGB(64, 44, 38)),
        mark(rect(-0.036, 0.9, 0.036, 1.04), RGB(72, 50, 42)),
    ]
    if state == "broken":
        return [*snapped(marks, 0.6, -42.0), cracked(-0.06, 0.2, 0.13, scale(rgb, 0.4), 0.008)]
    marks.append(
        mark(rects([(-0.02 + 0.012 * i, 0.14, -0.018 + 0.012 * i, 0.98) for i in range(4)]), RGB(232, 226, 206))
    )
    return marks


def radio(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    slots = [(-0.14, 0.04 + 0.02 * i, -0.01, 0.05 + 0.02 * i) for i in range(6)]
    return [
        mark(line([(0.12, 0.2), (0.2, 0.42)], 0.008), STEEL),
        mark(rect(-0.17, 0, 0.17, 0.2), rgb),
        mark(rect(-0.17, 0.185, 0.17, 0.2), mix(rgb, WHITE, 0.25)),
        mark(rects(slots), scale(rgb, 0.6)),
        mark(rect(0.02, 0.12, 0.15, 0.165), RGB(250, 222, 150), "glow"),
        mark(circle(0.055, 0.065, 0.028), PAPER),
        mark(circle(0.12, 0.065, 0.02), PAPER),
    ]


def clock(rgb: RGB, state: str, text: str) -> list[Mark]:
    ticks = skia.Path()
    for i in range(12):
        a = math.tau * i / 12
        ticks.addPath(
            line(
                [(0.105 * math.sin(a), 0.14 + 0.105 * math.cos(a)), (0.12 * math.sin(a), 0.14 + 0.12 * math.cos(a))],
                0.008,
            ),
            0,
            0,
        )
    hours, minutes = 10, 9
    if text.replace(":", "").isdigit() and ":" in text:
        left, right = text.split(":")[:2]
        hours, minutes = int(left[:2] or 0), int(right[:2] or 0)
    h, m = math.tau * (hours % 12 + minutes / 60) / 12, math.tau * minutes / 60
    hands = line([(0, 0.14), (0.06 * math.sin(h), 0.14 + 0.06 * math.cos(h))], 0.012)
    hands.addPath(line([(0, 0.14), (0.095 * math.sin(m), 0.14 + 0.095 * math.cos(m))], 0.008), 0, 0)
    marks = [
        mark(circle(0, 0.14, 0.14), rgb),
        mark(circle(0, 0.14, 0.122), RGB(244, 240, 226)),
        mark(ticks, INK),
        mark(hands, INK),
        mark(circle(0, 0.14, 0.01), RGB(190, 60, 50)),
    ]
    if state == "broken":
        marks.append(cracked(0.03, 0.17, 0.1, RGB(96, 96, 104), 0.004))
    return marks


def street_clock(rgb: RGB, state: str, text: str) -> list[Mark]:
    """A clock on a post, as stations and squares have it."""
    dial = []
    for part in clock(rgb, state, text):
        path = skia.Path(part.path)
        path.transform(skia.Matrix.Scale(2.1, 2.1).postTranslate(0.0, 2.62))
        dial.append(mark(path, part.rgb))
    return [
        mark(rect(-0.05, 0.0, 0.05, 2.64), rgb),
        mark(rect(0.015, 0.0, 0.05, 2.64), scale(rgb, 0.8)),
        mark(rect(-0.1, 0.0, 0.1, 0.34), scale(rgb, 0.8)),
        mark(poly([(-0.13, 2.6), (0.13, 2.6), (0.05, 2.46), (-0.05, 2.46)]), scale(rgb, 0.8)),
        *dial,
        mark(poly([(-0.09, 3.19), (0.09, 3.19), (0.0, 3.32)]), rgb),
    ]


def toy(rgb: RGB, state: str, _text: str) -> list[Mark]:
    dark = scale(rgb, 0.74)
    marks = [
        mark(oval(0, 0.1, 0.075, 0.09), rgb),
        mark(circle(-0.055, 0.27, 0.028), dark),
        mark(circle(0.055, 0.27, 0.028), dark),
        mark(circle(0, 0.22, 0.072), rgb),
        mark(oval(-0.085, 0.13, 0.028, 0.05), dark),
        mark(oval(0.085, 0.13, 0.028, 0.05), dark),
        mark(oval(-0.05, 0.03, 0.04, 0.032), dark),
        mark(oval(0.05, 0.03, 0.04, 0.032), dark),
        mark(oval(0, 0.2, 0.03, 0.022), mix(rgb, WHITE, 0.5)),
        mark(circle(-0.025, 0.238, 0.008), INK),
        mark(circle(0.025, 0.238, 0.008), INK),
        mark(circle(0, 0.208, 0.007), INK),
    ]
    if state != "torn":
        return marks
    del marks[11]  # an eye hangs, an ear is off, and what it is filled with comes out
    del marks[1]
    return [
        *marks,
        mark(line([(0.025, 0.24), (0.03, 0.2)], 0.003), INK),
        mark(circle(0.03, 0.196, 0.008), INK),
        mark(poly([(-0.02, 0.16), (0.028, 0.13), (0.0, 0.06), (-0.03, 0.1)]), scale(rgb, 0.45)),
        mark(blob(Random(8), 0.0, 0.105, 0.03, 0.034, 9, 0.3), RGB(246, 242, 232)),
        mark(blob(Random(9), 0.1, 0.012, 0.022, 0.014, 8, 0.3), RGB(246, 242, 232)),
        mark(blob(Random(10), -0.055, 0.264, 0.018, 0.012, 7, 0.3), RGB(246, 242, 232)),
    ]


def hat(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    return [
        mark(oval(0, 0.02, 0.18, 0.03), scale(rgb, 0.84)),
        mark(poly([(-0.1, 0.02), (0.1, 0.02), (0.085, 0.14), (0.0, 0.125), (-0.085, 0.14)]), rgb),
        mark(rect(-0.1, 0.025, 0.1, 0.055), scale(rgb, 0.5)),
    ]


def ring(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    ring = circle(0, 0.014, 0.014)
    ring.addPath(circle(0, 0.014, 0.009), 0, 0)
    ring.setFillType(skia.PathFillType.kEvenOdd)
    return [
        mark(ring, rgb),
        mark(poly([(0, 0.026), (0.013, 0.041), (0.008, 0.048), (-0.008, 0.048), (-0.013, 0.041)]), RGB(196, 228, 246)),
        mark(poly([(-0.013, 0.041), (-0.008, 0.048), (0.008, 0.048), (0.013, 0.041)]), RGB(236, 248, 255)),
    ]
