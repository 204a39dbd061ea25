"""What states do to any small thing: it is wet, bloody, on fire, torn or crumpled, whatever it is.

Drawn over a thing's own marks, inside its outline, so that every kind knows these states without saying so.
"""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.curves import combined
from model.theatre.sets.kit import Mark, blob, circle, line, mark, oval
from model.theatre.sets.palette import WHITE

__all__ = ["flames", "outline", "stained"]

BLOOD, CHAR = RGB(142, 24, 28), RGB(44, 34, 32)


def outline(marks: list[Mark]) -> skia.Path:
    """Everything that a thing's solid marks cover, as one shape."""
    whole = skia.Path()
    for one in marks:
        if one.alpha >= 0.6 and one.paint != "beam":
            whole = combined(whole, one.path, skia.PathOp.kUnion_PathOp)
    return whole


def _within(shape: skia.Path, cover: skia.Path) -> skia.Path:
    return combined(shape, cover, skia.PathOp.kIntersect_PathOp)


def _darker(marks: list[Mark], by: float) -> list[Mark]:
    return [mark(one.path, scale(one.rgb, by), one.paint, alpha=one.alpha, key=one.key) for one in marks]


def stained(marks: list[Mark], state: str) -> list[Mark]:
    """A thing's marks in a state that all small things know; the same marks for any other state."""
    if state not in ("wet", "bloody", "burning", "crumpled"):
        return marks
    cover = outline(marks)
    bounds = cover.getBounds()
    x0, y0, w, h = bounds.left(), bounds.top(), bounds.width(), bounds.height()
    size, rng = math.sqrt(max(w * h, 1e-9)), Random(11)

    def spot(a: float, b: float, r: float) -> skia.Path:
        return blob(rng, x0 + a * w, y0 + b * h, r * size, r * size, 9, 0.35)

    if state == "bloody":
        stain = spot(0.66, 0.72, 0.2)
        for a, b, r in ((0.32, 0.42, 0.09), (0.82, 0.3, 0.1), (0.5, 0.2, 0.06), (0.2, 0.75, 0.05)):
            stain.addPath(spot(a, b, r), 0, 0)
        runs = [(0.58, 0.6), (0.72, 0.64)]
        for a, b in runs:
            x, y = x0 + a * w, y0 + b * h
            stain.addPath(line([(x, y), (x, y - 0.4 * h)], 0.05 * size), 0, 0)
        shape = _within(stain, cover)
        return [*marks, mark(shape, BLOOD), mark(_within(spot(0.62, 0.76, 0.07), shape), mix(BLOOD, WHITE, 0.14))]
    if state == "wet":
        drops, glints = skia.Path(), skia.Path()
        for i in range(9):
            x, y = x0 + w * (0.12 + 0.76 * rng.random()), y0 + h * (0.1 + 0.8 * rng.random())
            r = size * (0.022 + 0.02 * rng.random())
            drops.addPath(oval(x, y, r * 0.8, r * (1.2 + (i % 3) * 0.5)), 0, 0)
            glints.addPath(circle(x - r * 0.25, y + r * 0.4, r * 0.34), 0, 0)
        sheen = line([(x0 + 0.12 * w, y0 + 0.5 * h), (x0 + 0.5 * w, y0 + 0.95 * h)], 0.09 * size)
        return [
            *_darker(marks, 0.78),
            mark(_within(sheen, cover), WHITE, alpha=0.26),
            mark(_within(drops, cover), RGB(186, 214, 228), alpha=0.75),
            mark(_within(glints, cover), WHITE, alpha=0.9),
            mark(oval(x0 + w / 2, y0 + 0.012 * size, 0.62 * w, 0.035 * size), RGB(150, 186, 206), alpha=0.4),
        ]
    if state == "crumpled":
        ball = blob(Random(4), x0 + w / 2, y0 + 0.26 * size, 0.3 * size, 0.26 * size, 11, 0.2)
        folds, rgb = skia.Path(), marks[0].rgb
        for a, b, c, d in (
            (-0.2, 0.2, 0.02, 0.32),
            (0.02, 0.32, 0.22, 0.22),
            (-0.1, 0.1, 0.02, 0.3),
            (0.0, 0.16, 0.2, 0.1),
        ):
            at = x0 + w / 2
            folds.addPath(line([(at + a * size, y0 + b * size), (at + c * size, y0 + d * size)], 0.014 * size), 0, 0)
        dark = _within(blob(Random(5), x0 + w / 2 + 0.14 * size, y0 + 0.14 * size, 0.22 * size, 0.16 * size), ball)
        return [mark(ball, rgb), mark(dark, scale(rgb, 0.84)), mark(_within(folds, ball), scale(rgb, 0.68))]
    ash = blob(Random(6), x0 + 0.8 * w, y0 + 0.85 * h, 0.5 * size, 0.42 * size, 11, 0.25)
    glow = blob(Random(6), x0 + 0.8 * w, y0 + 0.85 * h, 0.56 * size, 0.48 * size, 11, 0.25)
    burnt = [mark(_within(glow, cover), RGB(255, 138, 52), "flame"), mark(_within(ash, cover), CHAR)]
    return [*marks, *burnt, *flames(x0, y0, w, h, size)]


def flames(x0: float, y0: float, w: float, h: float, size: float) -> list[Mark]:
    """Fire over the upper part of a box of (w, h) whose lower left is (x0, y0)."""
    fire: list[Mark] = []
    for share, rgb in ((1.0, RGB(244, 118, 44)), (0.66, RGB(255, 178, 70)), (0.36, RGB(255, 240, 176))):
        tongues = skia.Path()
        for a, high in ((0.32, 0.5), (0.6, 0.95), (0.9, 0.7)):
            x, foot, r = x0 + a * w, y0 + (0.5 + 0.28 * a) * h, 0.2 * size * share
            tip = foot + high * size * share
            tongues.moveTo(x - r, foot)
            tongues.cubicTo(x - 1.2 * r, foot + 0.5 * (tip - foot), x - 0.1 * r, foot + 0.55 * (tip - foot), x, tip)
            tongues.cubicTo(x + 0.7 * r, foot + 0.6 * (tip - foot), x + 1.3 * r, foot + 0.4 * (tip - foot), x + r, foot)
            tongues.quadTo(x, foot - 0.7 * r, x - r, foot)
        fire.append(mark(tongues, rgb, "flame", alpha=0.92))
    return fire
