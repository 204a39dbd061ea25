"""Things of hand size, as cards that face the camera: each returns marks in metres, its foot at (0, 0).

`rgb` is the thing's colour; states that a thing does not know leave it as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

import skia

from model.stage import RGB
from model.theatre.lettering import text_path
from model.theatre.light import mix, scale
from model.theatre.sets.kit import Mark, Rect, blob, circle, frame, line, mark, oval, poly, rect, rects

__all__ = ["THINGS", "Thing"]

INK = RGB(52, 48, 58)
PAPER = RGB(242, 236, 220)
STEEL = RGB(176, 182, 190)
BRASS = RGB(206, 168, 86)
FLAME = RGB(255, 196, 92)
WHITE = RGB(255, 255, 255)

Marks = list[Mark]


class Thing:
    """How a kind is drawn, its own colour, its size, where a hand grips it, and whether it lies when put down."""

    def __init__(
        self, draw: Callable[[RGB, str, str], Marks], rgb: RGB, half_width: float, height: float, grip: float,
        lean: float = 0.0, below: float = 0.0, glow: tuple[float, float] | None = None,
    ) -> None:
        self.draw, self.rgb, self.half_width, self.height = draw, rgb, half_width, height
        self.grip, self.lean, self.below, self.glow = grip, lean, below, glow  # glow: height and halo of its light


def _at(path: skia.Path, x: float, y: float) -> skia.Path:
    moved = skia.Path()
    moved.addPath(path, x, y)
    return moved


def _written(text: str, width: float, height: float, x: float, y: float, rgb: RGB = INK, bold: bool = False) -> Marks:
    """Words over a field whose lower left corner is (x, y), broken into lines that fit; scribble when there are none."""
    if not text:
        rows = max(2, int(height / 0.022))
        rng = Random(rows)
        found: list[Rect] = []
        for i in range(rows):
            top = y + height - (i + 0.5) * height / rows
            found.append((x, top - 0.0016, x + width * (0.55 + 0.45 * rng.random()), top + 0.0016))
        return [mark(rects(found), rgb, alpha=0.55)]
    words, lines = text.split(), [""]
    if len(words) <= 1 and not text.isascii() and len(text) > 6:
        lines = [text[i : i + 6] for i in range(0, len(text), 6)]
    else:
        limit = max(8, math.ceil(math.sqrt(len(text) * 2.6 * width / height)))
        for word in words:
            if lines[-1] and len(lines[-1]) + 1 + len(word) > limit:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
    size = min(height / (len(lines) * 1.3), height * 0.55)
    whole = skia.Path()
    foot = y + height / 2 + len(lines) * size * 0.65
    for i, words_of in enumerate(lines):
        whole.addPath(text_path(words_of, size, bold, width), x + width / 2, foot - (i + 1) * size * 1.3 + size * 0.38)
    return [mark(whole, rgb)]


def _cup(rgb: RGB, state: str, _text: str) -> Marks:
    marks = [
        mark(frame(0.036, 0.024, 0.056, 0.066, 0.009), rgb),
        mark(poly([(-0.034, 0), (0.034, 0), (0.043, 0.09), (-0.043, 0.09)]), rgb),
        mark(poly([(0.012, 0), (0.034, 0), (0.043, 0.09), (0.016, 0.09)]), scale(rgb, 0.8)),
        mark(oval(0, 0.09, 0.043, 0.009), scale(rgb, 0.9)),
    ]
    if state != "empty":
        marks.append(mark(oval(0, 0.089, 0.037, 0.0065), RGB(84, 52, 36)))
        marks.append(mark(line([(-0.01, 0.11), (-0.016, 0.13), (-0.006, 0.15), (-0.012, 0.17)], 0.005), WHITE, alpha=0.4))
    if state == "broken":
        marks.append(mark(poly([(-0.05, 0.1), (-0.02, 0.045), (0.0, 0.075), (0.02, 0.05), (0.05, 0.1)]), RGB(60, 50, 52)))
    return marks


def _glass(rgb: RGB, state: str, _text: str) -> Marks:
    marks = [mark(poly([(-0.028, 0), (0.028, 0), (0.037, 0.13), (-0.037, 0.13)]), RGB(222, 236, 242), alpha=0.45)]
    if state != "empty":
        marks.append(mark(poly([(-0.026, 0.008), (0.026, 0.008), (0.033, 0.085), (-0.033, 0.085)]), rgb, alpha=0.85))
        marks.append(mark(oval(0, 0.085, 0.033, 0.006), mix(rgb, WHITE, 0.4)))
    marks += [mark(rect(-0.022, 0.02, -0.014, 0.115), WHITE, alpha=0.6), mark(oval(0, 0.13, 0.037, 0.006), WHITE, alpha=0.55)]
    if state == "broken":
        marks.append(mark(line([(-0.03, 0.1), (0.0, 0.06), (-0.01, 0.04), (0.03, 0.02)], 0.005), INK))
    return marks


def _bottle(rgb: RGB, state: str, text: str) -> Marks:
    body = poly([
        (-0.037, 0), (0.037, 0), (0.037, 0.17), (0.03, 0.2), (0.014, 0.225), (0.014, 0.29), (-0.014, 0.29),
        (-0.014, 0.225), (-0.03, 0.2), (-0.037, 0.17),
    ])
    marks = [mark(body, rgb), mark(rect(0.014, 0.01, 0.037, 0.17), scale(rgb, 0.72)), mark(rect(-0.028, 0.02, -0.02, 0.18), mix(rgb, WHITE, 0.5), alpha=0.7)]
    marks.append(mark(rect(-0.035, 0.05, 0.035, 0.13), RGB(234, 222, 190)))
    marks += _written(text, 0.06, 0.04, -0.03, 0.07, INK, True)
    if state == "empty":
        marks.append(mark(rect(-0.03, 0.14, 0.03, 0.165), mix(rgb, WHITE, 0.3), alpha=0.6))
    if state != "open":
        marks.append(mark(rect(-0.016, 0.285, 0.016, 0.312), RGB(150, 60, 54)))
    if state == "broken":
        marks = [mark(poly([(-0.037, 0), (0.037, 0), (0.037, 0.08), (0.02, 0.12), (0.008, 0.07), (-0.012, 0.13), (-0.037, 0.06)]), rgb)]
    return marks


def _plate(rgb: RGB, state: str, _text: str) -> Marks:
    marks = [mark(oval(0, 0.03, 0.13, 0.032), scale(rgb, 0.82)), mark(oval(0, 0.036, 0.13, 0.03), rgb), mark(oval(0, 0.038, 0.09, 0.02), scale(rgb, 0.92))]
    if state == "broken":
        marks.append(mark(line([(-0.12, 0.04), (-0.02, 0.03), (0.02, 0.05), (0.12, 0.03)], 0.008), INK))
    return marks


def _bowl(rgb: RGB, state: str, _text: str) -> Marks:
    body = skia.Path()
    body.moveTo(-0.09, 0.08)
    body.quadTo(-0.07, 0.0, -0.03, 0.0)
    body.lineTo(0.03, 0.0)
    body.quadTo(0.07, 0.0, 0.09, 0.08)
    body.close()
    marks = [mark(body, rgb), mark(oval(0, 0.08, 0.09, 0.02), scale(rgb, 0.8))]
    if state != "empty":
        marks += [mark(oval(0, 0.08, 0.078, 0.015), RGB(222, 180, 106)), mark(oval(-0.02, 0.086, 0.03, 0.008), RGB(110, 148, 84))]
    return marks


def _book(rgb: RGB, state: str, text: str) -> Marks:
    if state == "open":
        pages = [(-0.15, 0.01), (-0.005, 0.0), (-0.005, 0.2), (-0.15, 0.21)]
        other = [(0.005, 0.0), (0.15, 0.01), (0.15, 0.21), (0.005, 0.2)]
        return [
            mark(rect(-0.16, -0.006, 0.16, 0.215), rgb), mark(poly(pages), PAPER), mark(poly(other), scale(PAPER, 0.94)),
            *_written(text, 0.12, 0.15, -0.14, 0.03), *_written("", 0.12, 0.15, 0.02, 0.03),
        ]
    return [
        mark(rect(-0.08, 0, 0.08, 0.23), rgb), mark(rect(-0.08, 0, -0.062, 0.23), scale(rgb, 0.7)),
        mark(rect(0.074, 0.006, 0.082, 0.224), PAPER), mark(frame(-0.045, 0.03, 0.06, 0.2, 0.003), mix(rgb, BRASS, 0.7)),
        *(_written(text, 0.095, 0.11, -0.04, 0.08, mix(rgb, RGB(250, 226, 160), 0.85), True) if text else [mark(circle(0.008, 0.13, 0.022), mix(rgb, BRASS, 0.8))]),
    ]


def _letter(rgb: RGB, state: str, text: str) -> Marks:
    if state in ("open", "torn") or text:
        marks = [mark(rect(-0.09, 0, 0.09, 0.24), rgb), mark(rect(-0.09, 0.117, 0.09, 0.121), scale(rgb, 0.86))]
        marks += _written(text, 0.145, 0.19, -0.0725, 0.025)
        if state == "torn":
            marks.append(mark(poly([(0.01, 0.25), (0.03, 0.19), (0.05, 0.2), (0.06, 0.15), (0.1, 0.14), (0.1, 0.25)]), scale(rgb, 0.4)))
        return marks
    return [
        mark(rect(-0.11, 0, 0.11, 0.14), rgb), mark(poly([(-0.11, 0.14), (0, 0.06), (0.11, 0.14)]), scale(rgb, 0.88)),
        mark(line([(-0.11, 0), (-0.03, 0.075)], 0.003), scale(rgb, 0.8)), mark(line([(0.11, 0), (0.03, 0.075)], 0.003), scale(rgb, 0.8)),
        mark(circle(0, 0.07, 0.013), RGB(170, 48, 48)),
    ]


def _paper(rgb: RGB, state: str, text: str) -> Marks:
    marks = [mark(rect(-0.105, 0, 0.105, 0.297), rgb), *_written(text, 0.165, 0.23, -0.0825, 0.033)]
    if state == "torn":
        marks.append(mark(poly([(-0.11, 0.3), (-0.11, 0.19), (-0.05, 0.22), (-0.02, 0.3)]), scale(rgb, 0.35)))
    return marks


def _newspaper(rgb: RGB, _state: str, text: str) -> Marks:
    columns = [(-0.17 + 0.12 * i, 0.03 + 0.018 * j, -0.07 + 0.12 * i, 0.038 + 0.018 * j) for i in range(3) for j in range(8)]
    return [
        mark(rect(-0.19, 0, 0.19, 0.29), rgb), mark(rect(-0.19, 0.0, 0.19, 0.012), scale(rgb, 0.8)),
        *_written(text or "THE DAILY", 0.34, 0.07, -0.17, 0.2, INK, True), mark(rects(columns[4:]), INK, alpha=0.5),
        mark(rect(0.07, 0.1, 0.17, 0.175), RGB(128, 126, 124)),
    ]


def _photo(rgb: RGB, state: str, _text: str) -> Marks:
    marks = [
        mark(rect(-0.055, 0, 0.055, 0.13), rgb), mark(rect(-0.045, 0.03, 0.045, 0.12), RGB(150, 186, 196)),
        mark(poly([(-0.045, 0.03), (0.045, 0.03), (0.045, 0.06), (-0.045, 0.052)]), RGB(116, 140, 96)),
        mark(circle(-0.013, 0.081, 0.012), RGB(206, 158, 126)), mark(poly([(-0.032, 0.03), (0.006, 0.03), (0.0, 0.068), (-0.026, 0.068)]), RGB(160, 68, 60)),
        mark(circle(0.018, 0.074, 0.01), RGB(176, 130, 100)), mark(poly([(0.004, 0.03), (0.032, 0.03), (0.028, 0.063), (0.008, 0.063)]), RGB(70, 88, 120)),
    ]
    if state == "torn":
        marks.append(mark(line([(-0.002, 0.0), (0.006, 0.04), (-0.004, 0.08), (0.004, 0.13)], 0.006), INK))
    return marks


def _map(rgb: RGB, _state: str, text: str) -> Marks:
    folds = [(-0.2 + 0.1 * i - 0.001, 0.0, -0.2 + 0.1 * i + 0.001, 0.28) for i in range(1, 4)]
    return [
        mark(rect(-0.2, 0, 0.2, 0.28), rgb), mark(blob(Random(3), -0.05, 0.15, 0.11, 0.08), RGB(164, 186, 134)),
        mark(line([(-0.2, 0.06), (-0.06, 0.1), (0.05, 0.06), (0.2, 0.12)], 0.014), RGB(120, 170, 196)),
        mark(line([(-0.18, 0.25), (-0.02, 0.17), (0.1, 0.2), (0.17, 0.04)], 0.006), RGB(190, 84, 66)),
        mark(rects(folds), scale(rgb, 0.82)), mark(circle(0.1, 0.2, 0.012), RGB(200, 44, 44)),
        *(_written(text, 0.16, 0.05, -0.19, 0.0, INK, True) if text else []),
    ]


def _phone(rgb: RGB, state: str, text: str) -> Marks:
    on = state in ("lit", "ringing", "on", "open") or bool(text)
    marks = [mark(rect(-0.038, 0, 0.038, 0.152), rgb), mark(rect(-0.034, 0.006, 0.034, 0.146), RGB(96, 150, 190) if on else RGB(40, 44, 54), "glow" if on else "lit")]
    if on:
        marks += _written(text, 0.06, 0.09, -0.03, 0.035, RGB(245, 250, 255), True) if text else [mark(rect(-0.026, 0.1, 0.026, 0.125), WHITE, "glow")]
        marks.append(mark(circle(0, 0.018, 0.006), RGB(110, 220, 130), "glow"))
    if state in ("broken", "cracked"):
        marks.append(mark(line([(-0.034, 0.12), (0.0, 0.09), (-0.01, 0.05), (0.034, 0.02)], 0.003), WHITE))
    return marks


def _telephone(rgb: RGB, state: str, _text: str) -> Marks:
    marks = [
        mark(poly([(-0.11, 0), (0.11, 0), (0.08, 0.085), (-0.08, 0.085)]), rgb),
        mark(oval(0, 0.045, 0.042, 0.034), scale(rgb, 0.6)), mark(oval(0, 0.045, 0.028, 0.022), RGB(226, 220, 206)),
    ]
    if state != "open":
        marks += [mark(line([(-0.1, 0.1), (-0.06, 0.125), (0.06, 0.125), (0.1, 0.1)], 0.032), rgb), mark(rects([(-0.13, 0.075, -0.085, 0.115), (0.085, 0.075, 0.13, 0.115)]), scale(rgb, 0.8))]
    return marks


def _laptop(rgb: RGB, state: str, text: str) -> Marks:
    base = [mark(poly([(-0.19, 0), (0.19, 0), (0.165, 0.025), (-0.165, 0.025)]), scale(rgb, 0.8)), mark(rect(-0.19, -0.006, 0.19, 0.0), scale(rgb, 0.6))]
    if state == "closed":
        return [mark(rect(-0.17, 0.0, 0.17, 0.022), rgb), mark(rect(-0.17, 0.01, 0.17, 0.012), scale(rgb, 0.6))]
    lit = state != "off"
    screen = mark(rect(-0.152, 0.042, 0.152, 0.232), RGB(120, 176, 204) if lit else RGB(42, 46, 54), "glow" if lit else "lit")
    return [*base, mark(rect(-0.165, 0.025, 0.165, 0.245), rgb), screen, *(_written(text, 0.27, 0.14, -0.135, 0.065, RGB(250, 252, 255), True) if lit else [])]


def _bag(rgb: RGB, state: str, _text: str) -> Marks:
    body = poly([(-0.2, 0), (0.2, 0), (0.17, 0.26), (-0.17, 0.26)])
    marks = [
        mark(frame(-0.09, 0.22, 0.09, 0.38, 0.018), scale(rgb, 0.66)), mark(body, rgb),
        mark(poly([(0.08, 0), (0.2, 0), (0.17, 0.26), (0.07, 0.26)]), scale(rgb, 0.84)),
        mark(rect(-0.178, 0.17, 0.178, 0.186), scale(rgb, 0.62)), mark(rect(-0.025, 0.155, 0.025, 0.195), BRASS),
    ]
    if state == "open":
        marks.append(mark(oval(0, 0.262, 0.165, 0.024), scale(rgb, 0.36)))
    return marks


def _suitcase(rgb: RGB, state: str, _text: str) -> Marks:
    marks = [
        mark(frame(-0.08, 0.42, 0.08, 0.5, 0.02), scale(rgb, 0.5)), mark(rect(-0.34, 0.02, 0.34, 0.45), rgb),
        mark(rects([(-0.24, 0.02, -0.19, 0.45), (0.19, 0.02, 0.24, 0.45)]), scale(rgb, 0.66)),
        mark(rects([(-0.34, 0.02, -0.29, 0.08), (0.29, 0.02, 0.34, 0.08), (-0.34, 0.39, -0.29, 0.45), (0.29, 0.39, 0.34, 0.45)]), BRASS),
        mark(rect(-0.34, 0.225, 0.34, 0.24), scale(rgb, 0.7)),
    ]
    if state == "open":
        marks.append(mark(poly([(-0.34, 0.45), (0.34, 0.45), (0.3, 0.62), (-0.3, 0.62)]), scale(rgb, 0.5)))
        marks.append(mark(rects([(-0.26, 0.43, 0.0, 0.5), (0.02, 0.43, 0.24, 0.48)]), RGB(222, 214, 196)))
    return marks


def _umbrella(rgb: RGB, state: str, _text: str) -> Marks:
    pole = [mark(rect(-0.009, 0.05, 0.009, 0.86), RGB(64, 54, 50)), mark(line([(0, 0.06), (0, 0.0), (0.03, -0.025), (0.058, 0.0)], 0.022), RGB(122, 82, 54))]
    if state in ("closed", "furled"):
        return [*pole, mark(poly([(-0.03, 0.28), (0.03, 0.28), (0.052, 0.4), (0.012, 0.84), (-0.012, 0.84), (-0.052, 0.4)]), rgb), mark(poly([(0.005, 0.28), (0.03, 0.28), (0.052, 0.4), (0.012, 0.84)]), scale(rgb, 0.76))]
    dome, dark, light = skia.Path(), skia.Path(), skia.Path()
    dome.moveTo(-0.56, 0.62)
    dome.cubicTo(-0.46, 1.02, 0.46, 1.02, 0.56, 0.62)
    for x0, x1 in ((0.56, 0.28), (0.28, 0.0), (0.0, -0.28), (-0.28, -0.56)):
        dome.quadTo((x0 + x1) / 2, 0.69, x1, 0.62)
    dome.close()
    dark.moveTo(0.28, 0.62)
    dark.quadTo(0.24, 0.86, 0.0, 0.92)
    dark.cubicTo(0.3, 0.93, 0.5, 0.82, 0.56, 0.62)
    dark.quadTo(0.42, 0.69, 0.28, 0.62)
    light.moveTo(-0.28, 0.62)
    light.quadTo(-0.24, 0.86, 0.0, 0.92)
    light.quadTo(-0.06, 0.8, 0.0, 0.62)
    light.quadTo(-0.14, 0.69, -0.28, 0.62)
    return [*pole, mark(dome, rgb), mark(dark, scale(rgb, 0.74)), mark(light, mix(rgb, WHITE, 0.14)), mark(rect(-0.008, 0.9, 0.008, 0.97), RGB(64, 54, 50))]


def _lantern(rgb: RGB, state: str, _text: str) -> Marks:
    lit = state not in ("unlit", "off", "out", "broken")
    return [
        mark(frame(-0.06, 0.26, 0.06, 0.36, 0.01), scale(rgb, 0.7)), mark(rect(-0.09, 0, 0.09, 0.04), rgb),
        mark(rect(-0.075, 0.04, 0.075, 0.24), FLAME if lit else RGB(112, 124, 130), "flame" if lit else "lit"),
        *([mark(poly([(-0.03, 0.05), (0.03, 0.05), (0.0, 0.18)]), RGB(255, 250, 224), "flame")] if lit else []),
        mark(rects([(-0.085, 0.04, -0.07, 0.24), (0.07, 0.04, 0.085, 0.24), (-0.006, 0.04, 0.006, 0.24)]), rgb),
        mark(poly([(-0.1, 0.24), (0.1, 0.24), (0.05, 0.3), (-0.05, 0.3)]), rgb),
        *([mark(line([(-0.06, 0.2), (0.0, 0.12), (-0.02, 0.09), (0.05, 0.05)], 0.006), INK)] if state == "broken" else []),
    ]


def _torch(rgb: RGB, state: str, _text: str) -> Marks:
    lit = state not in ("unlit", "off", "out")
    beam = [mark(poly([(0.2, 0.09), (1.5, 0.42), (1.5, -0.24), (0.2, 0.05)]), RGB(255, 240, 190), "beam", alpha=0.22)] if lit else []
    return [*beam, mark(rect(-0.1, 0.05, 0.12, 0.09), rgb), mark(poly([(0.12, 0.045), (0.2, 0.03), (0.2, 0.11), (0.12, 0.095)]), scale(rgb, 0.8)), mark(rect(0.2, 0.032, 0.21, 0.108), RGB(255, 250, 220) if lit else STEEL, "flame" if lit else "lit"), mark(rect(-0.02, 0.085, 0.02, 0.098), RGB(190, 60, 54))]


def _candle(rgb: RGB, state: str, _text: str) -> Marks:
    lit = state not in ("unlit", "off", "out")
    flame = skia.Path()
    flame.moveTo(0, 0.275)
    flame.quadTo(0.03, 0.225, 0, 0.208)
    flame.quadTo(-0.03, 0.225, 0, 0.275)
    return [
        mark(oval(0, 0.012, 0.062, 0.014), BRASS), mark(rect(-0.019, 0.012, 0.019, 0.19), rgb), mark(rect(0.006, 0.012, 0.019, 0.19), scale(rgb, 0.86)),
        mark(rect(-0.0025, 0.19, 0.0025, 0.212), INK), *([mark(flame, FLAME, "flame")] if lit else []),
    ]


def _lamp(rgb: RGB, state: str, _text: str) -> Marks:
    lit = state not in ("unlit", "off", "out")
    return [
        mark(poly([(-0.075, 0), (0.075, 0), (0.03, 0.2), (-0.03, 0.2)]), RGB(98, 118, 120)),
        mark(poly([(-0.09, 0.4), (0.09, 0.4), (0.15, 0.19), (-0.15, 0.19)]), rgb, "flame" if lit else "lit"),
    ]


def _key(rgb: RGB, _state: str, _text: str) -> Marks:
    return [mark(frame(-0.012, 0.062, 0.012, 0.086, 0.011), rgb), mark(rect(-0.005, 0, 0.005, 0.058), rgb), mark(rects([(0.005, 0.0, 0.022, 0.008), (0.005, 0.016, 0.017, 0.024)]), rgb)]


def _knife(rgb: RGB, state: str, _text: str) -> Marks:
    blade = poly([(0.0, 0.012), (0.19, 0.018), (0.15, 0.042), (0.0, 0.044)])
    return [mark(blade, rgb), mark(poly([(0.0, 0.012), (0.19, 0.018), (0.16, 0.024), (0.0, 0.02)]), mix(rgb, WHITE, 0.5)), mark(rect(-0.12, 0.01, 0.0, 0.046), RGB(74, 52, 44)), *([mark(rect(0.1, 0.01, 0.19, 0.045), RGB(150, 32, 34))] if state == "bloody" else [])]


def _gun(rgb: RGB, _state: str, _text: str) -> Marks:
    return [mark(poly([(-0.06, 0.0), (-0.02, 0.0), (0.005, 0.08), (-0.05, 0.085)]), RGB(84, 62, 50)), mark(rect(-0.06, 0.08, 0.13, 0.125), rgb), mark(rect(-0.06, 0.11, 0.13, 0.125), mix(rgb, WHITE, 0.16)), mark(frame(0.012, 0.05, 0.038, 0.078, 0.007), rgb), mark(rect(0.11, 0.125, 0.12, 0.135), rgb)]


def _flower(rgb: RGB, _state: str, _text: str) -> Marks:
    rng = Random(4)
    marks, stems, leaves = [], skia.Path(), skia.Path()
    heads = [(-0.085, 0.33), (0.0, 0.38), (0.085, 0.32), (-0.04, 0.29), (0.045, 0.28)]
    for x, y in heads:
        stems.addPath(line([(0, 0), (x, y)], 0.006), 0, 0)
    for x, y in ((-0.1, 0.22), (0.1, 0.21), (-0.05, 0.17), (0.06, 0.16)):
        leaves.addPath(blob(rng, x, y, 0.035, 0.02, 6), 0, 0)
    marks += [mark(stems, RGB(78, 112, 66)), mark(leaves, RGB(96, 134, 76))]
    for i, (x, y) in enumerate(heads):
        marks.append(mark(blob(rng, x, y, 0.047, 0.043, 7, 0.16), rgb if i % 2 == 0 else mix(rgb, WHITE, 0.3)))
        marks.append(mark(circle(x, y, 0.015), mix(rgb, RGB(250, 214, 110), 0.7)))
    return [*marks, mark(poly([(-0.06, 0.14), (0.06, 0.14), (0.02, -0.02), (-0.02, -0.02)]), RGB(226, 214, 190))]


def _ball(rgb: RGB, _state: str, _text: str) -> Marks:
    return [mark(circle(0, 0.1, 0.1), rgb), mark(blob(Random(2), 0.03, 0.06, 0.062, 0.05), scale(rgb, 0.8)), mark(circle(-0.035, 0.14, 0.025), mix(rgb, WHITE, 0.55)), mark(line([(-0.095, 0.08), (0.0, 0.1), (0.095, 0.13)], 0.008), mix(rgb, WHITE, 0.7))]


def _leash(rgb: RGB, _state: str, _text: str) -> Marks:
    return [mark(frame(-0.03, -0.05, 0.03, 0.04, 0.01), rgb), mark(line([(0, -0.05), (0.03, -0.25), (0.12, -0.42), (0.3, -0.5)], 0.014), rgb), mark(circle(0.3, -0.5, 0.018), STEEL)]


def _clock(rgb: RGB, state: str, text: str) -> Marks:
    ticks = skia.Path()
    for i in range(12):
        a = math.tau * i / 12
        ticks.addPath(line([(0.105 * math.sin(a), 0.14 + 0.105 * math.cos(a)), (0.12 * math.sin(a), 0.14 + 0.12 * math.cos(a))], 0.008), 0, 0)
    hours, minutes = 10, 9
    if text.replace(":", "").isdigit() and ":" in text:
        left, right = text.split(":")[:2]
        hours, minutes = int(left[:2] or 0), int(right[:2] or 0)
    h, m = math.tau * (hours % 12 + minutes / 60) / 12, math.tau * minutes / 60
    hands = line([(0, 0.14), (0.06 * math.sin(h), 0.14 + 0.06 * math.cos(h))], 0.012)
    hands.addPath(line([(0, 0.14), (0.095 * math.sin(m), 0.14 + 0.095 * math.cos(m))], 0.008), 0, 0)
    marks = [mark(circle(0, 0.14, 0.14), rgb), mark(circle(0, 0.14, 0.122), RGB(244, 240, 226)), mark(ticks, INK), mark(hands, INK), mark(circle(0, 0.14, 0.01), RGB(190, 60, 50))]
    if state == "broken":
        marks.append(mark(line([(-0.1, 0.2), (-0.02, 0.15), (-0.03, 0.1), (0.09, 0.06)], 0.006), INK))
    return marks


def _cigarette(rgb: RGB, state: str, _text: str) -> Marks:
    smoke = [mark(line([(0.05, 0.02), (0.06, 0.09), (0.045, 0.16), (0.06, 0.24)], 0.008), WHITE, alpha=0.28)] if state != "unlit" else []
    return [*smoke, mark(rect(-0.04, 0.005, 0.035, 0.014), rgb), mark(rect(-0.04, 0.005, -0.016, 0.014), RGB(206, 150, 90)), mark(rect(0.035, 0.005, 0.043, 0.014), RGB(255, 130, 60), "flame" if state != "unlit" else "lit")]


def _radio(rgb: RGB, _state: str, _text: str) -> Marks:
    slots = [(-0.14, 0.04 + 0.02 * i, -0.01, 0.05 + 0.02 * i) for i in range(6)]
    return [mark(line([(0.12, 0.2), (0.2, 0.42)], 0.008), STEEL), mark(rect(-0.17, 0, 0.17, 0.2), rgb), mark(rect(-0.17, 0.185, 0.17, 0.2), mix(rgb, WHITE, 0.25)), mark(rects(slots), scale(rgb, 0.6)), mark(rect(0.02, 0.12, 0.15, 0.165), RGB(250, 222, 150), "glow"), mark(circle(0.055, 0.065, 0.028), PAPER), mark(circle(0.12, 0.065, 0.02), PAPER)]


def _food(rgb: RGB, state: str, _text: str) -> Marks:
    bite = [mark(circle(0.085, 0.085, 0.04), RGB(250, 244, 228))] if state in ("bitten", "half-eaten") else []
    if state in ("empty", "eaten"):
        return [mark(oval(0, 0.01, 0.12, 0.02), RGB(232, 228, 218)), mark(rects([(-0.03, 0.012, -0.02, 0.02), (0.03, 0.01, 0.045, 0.018)]), rgb)]
    return [mark(oval(0, 0.012, 0.13, 0.022), RGB(232, 228, 218)), mark(blob(Random(5), 0, 0.06, 0.1, 0.045, 8, 0.08), rgb), mark(rect(-0.095, 0.04, 0.095, 0.052), RGB(112, 148, 80)), mark(rect(-0.09, 0.03, 0.09, 0.04), RGB(204, 84, 62)), mark(blob(Random(6), -0.02, 0.085, 0.06, 0.015, 7), mix(rgb, WHITE, 0.3)), *bite]


def _camera(rgb: RGB, _state: str, _text: str) -> Marks:
    return [mark(rect(-0.075, 0, 0.075, 0.09), rgb), mark(rect(-0.03, 0.09, 0.03, 0.112), rgb), mark(rect(-0.075, 0.03, 0.075, 0.06), scale(rgb, 0.66)), mark(circle(0, 0.044, 0.04), STEEL), mark(circle(0, 0.044, 0.031), RGB(30, 36, 50)), mark(circle(-0.01, 0.054, 0.009), RGB(170, 196, 224)), mark(rect(0.045, 0.068, 0.066, 0.08), RGB(240, 236, 220))]


def _guitar(rgb: RGB, state: str, _text: str) -> Marks:
    body = skia.Path()
    body.addPath(oval(0, 0.2, 0.19, 0.19), 0, 0)
    body.addPath(oval(0, 0.42, 0.145, 0.14), 0, 0)
    marks = [mark(body, rgb), mark(oval(-0.03, 0.22, 0.12, 0.12), mix(rgb, WHITE, 0.12)), mark(rect(-0.028, 0.44, 0.028, 0.92), RGB(82, 58, 46)), mark(circle(0, 0.36, 0.055), RGB(44, 32, 30)), mark(rect(-0.06, 0.13, 0.06, 0.15), RGB(64, 44, 38)), mark(rect(-0.036, 0.9, 0.036, 1.04), RGB(72, 50, 42))]
    if state != "broken":
        marks.append(mark(rects([(-0.02 + 0.012 * i, 0.14, -0.018 + 0.012 * i, 0.98) for i in range(4)]), RGB(232, 226, 206)))
    return marks


def _ring(rgb: RGB, _state: str, _text: str) -> Marks:
    ring = circle(0, 0.014, 0.014)
    ring.addPath(circle(0, 0.014, 0.009), 0, 0)
    ring.setFillType(skia.PathFillType.kEvenOdd)
    return [mark(ring, rgb), mark(poly([(-0.007, 0.032), (0.007, 0.032), (0.01, 0.038), (0, 0.05), (-0.01, 0.038)]), RGB(210, 236, 250))]


def _hat(rgb: RGB, _state: str, _text: str) -> Marks:
    return [mark(oval(0, 0.02, 0.18, 0.03), scale(rgb, 0.84)), mark(poly([(-0.1, 0.02), (0.1, 0.02), (0.085, 0.14), (0.0, 0.125), (-0.085, 0.14)]), rgb), mark(rect(-0.1, 0.025, 0.1, 0.055), scale(rgb, 0.5))]


def _pen(rgb: RGB, _state: str, _text: str) -> Marks:
    return [mark(poly([(-0.07, 0.004), (0.06, 0.004), (0.075, 0.009), (0.06, 0.014), (-0.07, 0.014)]), rgb), mark(rect(0.02, 0.004, 0.03, 0.014), BRASS)]


def _hammer(rgb: RGB, _state: str, _text: str) -> Marks:
    return [mark(rect(-0.014, 0, 0.014, 0.32), RGB(160, 112, 70)), mark(poly([(-0.075, 0.3), (0.05, 0.3), (0.085, 0.335), (0.05, 0.345), (-0.075, 0.345)]), rgb)]


def _toy(rgb: RGB, _state: str, _text: str) -> Marks:
    dark = scale(rgb, 0.74)
    return [mark(oval(0, 0.1, 0.075, 0.09), rgb), mark(circle(-0.055, 0.27, 0.028), dark), mark(circle(0.055, 0.27, 0.028), dark), mark(circle(0, 0.22, 0.072), rgb), mark(oval(-0.085, 0.13, 0.028, 0.05), dark), mark(oval(0.085, 0.13, 0.028, 0.05), dark), mark(oval(-0.05, 0.03, 0.04, 0.032), dark), mark(oval(0.05, 0.03, 0.04, 0.032), dark), mark(oval(0, 0.2, 0.03, 0.022), mix(rgb, WHITE, 0.5)), mark(circle(-0.025, 0.238, 0.008), INK), mark(circle(0.025, 0.238, 0.008), INK), mark(circle(0, 0.208, 0.007), INK)]


def _money(rgb: RGB, _state: str, text: str) -> Marks:
    return [mark(poly([(-0.085, 0.01), (0.075, 0.0), (0.08, 0.07), (-0.08, 0.08)]), scale(rgb, 0.84)), mark(rect(-0.08, 0, 0.08, 0.07), rgb), mark(frame(-0.066, 0.012, 0.066, 0.058, 0.003), scale(rgb, 0.6)), mark(circle(0, 0.035, 0.018), scale(rgb, 0.66)), *_written(text or "20", 0.03, 0.03, -0.07, 0.02, scale(rgb, 0.4), True)]


def _bicycle(rgb: RGB, _state: str, _text: str) -> Marks:
    wheels = skia.Path()
    for x in (-0.52, 0.52):
        wheels.addPath(circle(x, 0.34, 0.34), 0, 0)
        wheels.addPath(circle(x, 0.34, 0.305), 0, 0)
    wheels.setFillType(skia.PathFillType.kEvenOdd)
    spokes = skia.Path()
    for x in (-0.52, 0.52):
        for i in range(5):
            a = math.pi * i / 5
            spokes.addPath(line([(x - 0.31 * math.cos(a), 0.34 - 0.31 * math.sin(a)), (x + 0.31 * math.cos(a), 0.34 + 0.31 * math.sin(a))], 0.006), 0, 0)
    bars = line([(-0.52, 0.34), (-0.2, 0.8), (0.38, 0.8), (-0.06, 0.32), (-0.52, 0.34)], 0.035)
    bars.addPath(line([(-0.06, 0.32), (-0.22, 0.88)], 0.03), 0, 0)
    bars.addPath(line([(0.52, 0.34), (0.36, 0.95)], 0.035), 0, 0)
    return [mark(spokes, STEEL), mark(wheels, RGB(46, 46, 52)), mark(bars, rgb), mark(poly([(-0.36, 0.9), (-0.1, 0.88), (-0.1, 0.93), (-0.36, 0.96)]), RGB(70, 52, 46)), mark(line([(0.26, 0.98), (0.38, 0.96), (0.46, 1.0)], 0.03), RGB(58, 50, 50)), mark(circle(-0.06, 0.32, 0.07), STEEL)]


def _sign(rgb: RGB, _state: str, text: str) -> Marks:
    return [mark(rect(-0.03, 0, 0.03, 1.6), RGB(96, 84, 74)), mark(rect(-0.52, 1.5, 0.52, 2.05), scale(rgb, 0.6)), mark(rect(-0.49, 1.53, 0.49, 2.02), rgb), *_written(text or "NOTICE", 0.86, 0.36, -0.43, 1.595, RGB(250, 244, 226) if sum(rgb) < 420 else INK, True)]


def _screen(rgb: RGB, state: str, text: str) -> Marks:
    on = state not in ("off", "broken")
    words = _written(text, 0.86, 0.3, -0.43, 0.24, RGB(245, 250, 255), True) if text and on else []
    marks = [mark(rect(-0.12, 0, 0.12, 0.05), rgb), mark(rect(-0.53, 0.05, 0.53, 0.68), rgb), mark(rect(-0.5, 0.08, 0.5, 0.65), RGB(92, 146, 190) if on else RGB(40, 44, 52), "flame" if on else "lit")]
    if on and not words:
        marks += [mark(poly([(-0.5, 0.08), (0.5, 0.08), (0.5, 0.24), (0.1, 0.34), (-0.5, 0.2)]), RGB(66, 104, 92), "flame"), mark(circle(0.22, 0.5, 0.07), RGB(250, 232, 170), "flame")]
    if state == "broken":
        marks.append(mark(line([(-0.4, 0.6), (-0.05, 0.36), (-0.12, 0.2), (0.4, 0.12)], 0.012), RGB(210, 216, 222)))
    return [*marks, *words]


LYING = 0.95

THINGS: dict[str, Thing] = {
    "ball": Thing(_ball, RGB(196, 92, 62), 0.11, 0.21, 0.1),
    "bag": Thing(_bag, RGB(120, 82, 58), 0.22, 0.4, 0.39),
    "bicycle": Thing(_bicycle, RGB(74, 126, 126), 0.88, 1.05, 0.97),
    "book": Thing(_book, RGB(146, 62, 56), 0.17, 0.24, 0.06, LYING),
    "bottle": Thing(_bottle, RGB(66, 110, 82), 0.05, 0.32, 0.12),
    "bowl": Thing(_bowl, RGB(214, 206, 192), 0.1, 0.11, 0.03),
    "camera": Thing(_camera, RGB(58, 58, 64), 0.08, 0.12, 0.04),
    "candle": Thing(_candle, RGB(244, 234, 208), 0.07, 0.29, 0.05, glow=(0.24, 0.75)),
    "cigarette": Thing(_cigarette, RGB(248, 246, 240), 0.08, 0.26, 0.01),
    "clock": Thing(_clock, RGB(96, 70, 54), 0.15, 0.29, 0.1),
    "cup": Thing(_cup, RGB(236, 228, 214), 0.07, 0.18, 0.05),
    "flower": Thing(_flower, RGB(206, 76, 88), 0.15, 0.44, 0.05, below=0.02),
    "food": Thing(_food, RGB(222, 172, 104), 0.14, 0.12, 0.03),
    "glass": Thing(_glass, RGB(206, 140, 66), 0.04, 0.14, 0.06),
    "guitar": Thing(_guitar, RGB(190, 118, 62), 0.2, 1.05, 0.4),
    "gun": Thing(_gun, RGB(62, 64, 72), 0.13, 0.14, 0.04, LYING),
    "hammer": Thing(_hammer, RGB(120, 124, 132), 0.09, 0.35, 0.06, LYING),
    "hat": Thing(_hat, RGB(108, 84, 66), 0.19, 0.15, 0.02),
    "key": Thing(_key, BRASS, 0.03, 0.1, 0.07, LYING),
    "knife": Thing(_knife, STEEL, 0.2, 0.05, 0.03, LYING),
    "lamp": Thing(_lamp, RGB(240, 206, 150), 0.16, 0.42, 0.1, glow=(0.3, 0.9)),
    "lantern": Thing(_lantern, RGB(64, 70, 74), 0.11, 0.38, 0.36, glow=(0.14, 1.2)),
    "laptop": Thing(_laptop, RGB(150, 154, 160), 0.2, 0.25, 0.02, below=0.01),
    "leash": Thing(_leash, RGB(190, 62, 52), 0.34, 0.05, 0.0, below=0.54),
    "letter": Thing(_letter, PAPER, 0.12, 0.25, 0.04, LYING),
    "map": Thing(_map, RGB(230, 214, 172), 0.21, 0.29, 0.06, LYING),
    "money": Thing(_money, RGB(150, 178, 140), 0.09, 0.09, 0.02, LYING),
    "mug": Thing(_cup, RGB(92, 128, 134), 0.07, 0.18, 0.05),
    "newspaper": Thing(_newspaper, RGB(226, 220, 204), 0.2, 0.3, 0.06, LYING),
    "paper": Thing(_paper, RGB(246, 243, 234), 0.11, 0.3, 0.05, LYING),
    "pen": Thing(_pen, RGB(44, 62, 112), 0.08, 0.02, 0.008, LYING),
    "phone": Thing(_phone, RGB(46, 48, 56), 0.04, 0.16, 0.06, LYING),
    "photo": Thing(_photo, RGB(246, 242, 232), 0.06, 0.14, 0.03, LYING),
    "plate": Thing(_plate, RGB(238, 234, 226), 0.14, 0.07, 0.03),
    "radio": Thing(_radio, RGB(150, 84, 58), 0.21, 0.43, 0.1),
    "ring": Thing(_ring, RGB(222, 184, 92), 0.02, 0.055, 0.01),
    "screen": Thing(_screen, RGB(40, 42, 48), 0.54, 0.7, 0.1),
    "sign": Thing(_sign, RGB(64, 98, 94), 0.54, 2.1, 1.2),
    "suitcase": Thing(_suitcase, RGB(140, 92, 60), 0.36, 0.64, 0.49),
    "telephone": Thing(_telephone, RGB(150, 46, 44), 0.14, 0.16, 0.1),
    "torch": Thing(_torch, RGB(70, 74, 82), 1.5, 0.45, 0.07, below=0.25, glow=(0.07, 0.5)),
    "toy": Thing(_toy, RGB(186, 134, 86), 0.12, 0.31, 0.12),
    "umbrella": Thing(_umbrella, RGB(190, 54, 60), 0.58, 0.98, 0.06, below=0.04),
}
