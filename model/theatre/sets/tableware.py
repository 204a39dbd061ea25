"""Things on a table: cups and glasses, plates and food, a candle, flowers, a lamp."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.damage import cut, jagged, shards
from model.theatre.sets.kit import Mark, blob, circle, frame, line, mark, oval, poly, rect, rects
from model.theatre.sets.palette import BRASS, FLAME, INK, WHITE
from model.theatre.sets.writing import written

__all__ = ["bottle", "bowl", "candle", "cup", "flower", "food", "glass", "lamp", "plate"]


def cup(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(frame(0.036, 0.024, 0.056, 0.066, 0.009), rgb),
        mark(poly([(-0.034, 0), (0.034, 0), (0.043, 0.09), (-0.043, 0.09)]), rgb),
        mark(poly([(0.012, 0), (0.034, 0), (0.043, 0.09), (0.016, 0.09)]), scale(rgb, 0.8)),
        mark(oval(0, 0.09, 0.043, 0.009), scale(rgb, 0.9)),
    ]
    if state == "broken":
        inside = mark(poly([(-0.036, 0.045), (0.036, 0.045), (0.04, 0.078), (-0.04, 0.078)]), scale(rgb, 0.55))
        return [inside, *cut(marks, jagged(-0.05, 0.05, 0.055, 0.034, 0.12)), *shards(rgb, 0.06, 0.02)]
    if state == "half":
        marks.append(mark(oval(0, 0.0875, 0.035, 0.0055), scale(rgb, 0.62)))
        marks.append(mark(oval(0, 0.0855, 0.027, 0.0036), RGB(84, 52, 36)))
    elif state == "empty":
        marks.append(mark(oval(0, 0.0875, 0.037, 0.0065), scale(rgb, 0.58)))
    else:
        marks.append(mark(oval(0, 0.089, 0.037, 0.0065), RGB(84, 52, 36)))
        marks.append(
            mark(line([(-0.01, 0.11), (-0.016, 0.13), (-0.006, 0.15), (-0.012, 0.17)], 0.005), WHITE, alpha=0.4)
        )
    return marks


def glass(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [mark(poly([(-0.028, 0), (0.028, 0), (0.037, 0.13), (-0.037, 0.13)]), RGB(222, 236, 242), alpha=0.45)]
    if state not in ("empty", "broken"):
        top = {"half": 0.045, "full": 0.112}.get(state, 0.085)
        half = 0.026 + 0.09 * (top - 0.008)
        marks.append(mark(poly([(-0.026, 0.008), (0.026, 0.008), (half, top), (-half, top)]), rgb, alpha=0.85))
        marks.append(mark(oval(0, top, half, 0.006), mix(rgb, WHITE, 0.4)))
    marks += [
        mark(rect(-0.022, 0.02, -0.014, 0.115), WHITE, alpha=0.6),
        mark(oval(0, 0.13, 0.037, 0.006), WHITE, alpha=0.55),
    ]
    if state == "broken":
        clear = RGB(206, 226, 234)
        return [*cut(marks, jagged(-0.04, 0.04, 0.07, 0.06, 0.15)), *shards(clear, 0.06, 0.026, 0.75)]
    return marks


def bottle(rgb: RGB, state: str, text: str) -> list[Mark]:
    body = poly(
        [
            (-0.037, 0),
            (0.037, 0),
            (0.037, 0.17),
            (0.03, 0.2),
            (0.014, 0.225),
            (0.014, 0.29),
            (-0.014, 0.29),
            (-0.014, 0.225),
            (-0.03, 0.2),
            (-0.037, 0.17),
        ]
    )
    marks = [
        mark(body, rgb),
        mark(rect(0.014, 0.01, 0.037, 0.17), scale(rgb, 0.72)),
        mark(rect(-0.028, 0.02, -0.02, 0.18), mix(rgb, WHITE, 0.5), alpha=0.7),
    ]
    level = {"half": 0.1, "empty": 0.012}.get(state)
    if level is not None:  # what is not full lets the light through
        clear = poly(
            [(-0.033, level), (0.033, level), (0.033, 0.168), (0.027, 0.196), (-0.027, 0.196), (-0.033, 0.168)]
        )
        marks.insert(1, mark(clear, mix(rgb, WHITE, 0.42)))
    marks.append(mark(rect(-0.035, 0.05, 0.035, 0.13), RGB(234, 222, 190)))
    marks += written(text, 0.06, 0.04, -0.03, 0.07, INK, True)
    if state not in ("open", "half", "empty"):
        marks.append(mark(rect(-0.016, 0.285, 0.016, 0.312), RGB(150, 60, 54)))
    if state == "broken":
        marks = [
            mark(
                poly(
                    [
                        (-0.037, 0),
                        (0.037, 0),
                        (0.037, 0.08),
                        (0.02, 0.12),
                        (0.008, 0.07),
                        (-0.012, 0.13),
                        (-0.037, 0.06),
                    ]
                ),
                rgb,
            ),
            *shards(rgb, 0.065, 0.028),
        ]
    return marks


def plate(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(oval(0, 0.03, 0.13, 0.032), scale(rgb, 0.82)),
        mark(oval(0, 0.036, 0.13, 0.03), rgb),
        mark(oval(0, 0.038, 0.09, 0.02), scale(rgb, 0.92)),
    ]
    if state == "broken":
        gap = line([(-0.14, 0.075), (-0.05, 0.045), (0.01, 0.036), (0.03, 0.012), (0.06, -0.01)], 0.014)
        gap.addPath(line([(0.01, 0.036), (0.09, 0.05), (0.14, 0.048)], 0.012), 0, 0)
        return [*cut(marks, gap), *shards(rgb, 0.13, 0.02)]
    if state == "full":
        marks += [
            mark(oval(-0.034, 0.052, 0.046, 0.02), RGB(168, 98, 62)),
            mark(oval(-0.04, 0.058, 0.03, 0.009), RGB(196, 128, 84)),
            mark(blob(Random(3), 0.035, 0.05, 0.036, 0.017, 8, 0.2), RGB(108, 146, 78)),
            mark(oval(0.012, 0.042, 0.03, 0.011), RGB(236, 210, 140)),
        ]
    return marks


def bowl(rgb: RGB, state: str, _text: str) -> list[Mark]:
    body = skia.Path()
    body.moveTo(-0.09, 0.08)
    body.quadTo(-0.07, 0.0, -0.03, 0.0)
    body.lineTo(0.03, 0.0)
    body.quadTo(0.07, 0.0, 0.09, 0.08)
    body.close()
    marks = [mark(body, rgb), mark(oval(0, 0.08, 0.09, 0.02), scale(rgb, 0.8))]
    if state == "broken":
        inside = mark(oval(0, 0.055, 0.074, 0.016), scale(rgb, 0.6))
        return [inside, *cut(marks, jagged(-0.1, 0.1, 0.055, 0.04, 0.12)), *shards(rgb, 0.11, 0.024)]
    if state == "half":
        marks.append(mark(oval(0, 0.076, 0.056, 0.009), RGB(222, 180, 106)))
    elif state != "empty":
        marks += [
            mark(oval(0, 0.08, 0.078, 0.015), RGB(222, 180, 106)),
            mark(oval(-0.02, 0.086, 0.03, 0.008), RGB(110, 148, 84)),
        ]
    return marks


def food(rgb: RGB, state: str, _text: str) -> list[Mark]:
    if state == "eaten":
        return [
            mark(oval(0, 0.01, 0.12, 0.02), RGB(232, 228, 218)),
            mark(rects([(-0.03, 0.012, -0.02, 0.02), (0.03, 0.01, 0.045, 0.018)]), rgb),
        ]
    dish = mark(oval(0, 0.012, 0.13, 0.022), RGB(232, 228, 218))
    filled = [
        mark(blob(Random(5), 0, 0.06, 0.1, 0.045, 8, 0.08), rgb),
        mark(rect(-0.095, 0.04, 0.095, 0.052), RGB(112, 148, 80)),
        mark(rect(-0.09, 0.03, 0.09, 0.04), RGB(204, 84, 62)),
        mark(blob(Random(6), -0.02, 0.085, 0.06, 0.015, 7), mix(rgb, WHITE, 0.3)),
    ]
    if state == "bitten":
        bite = circle(0.09, 0.1, 0.036)
        bite.addPath(circle(0.078, 0.064, 0.032), 0, 0)
        bite.addPath(circle(0.1, 0.034, 0.032), 0, 0)
        filled = cut(filled, bite)
        filled.append(mark(line([(0.056, 0.1), (0.05, 0.07), (0.064, 0.046)], 0.008), RGB(246, 226, 184)))
    return [dish, *filled]


def candle(rgb: RGB, state: str, _text: str) -> list[Mark]:
    lit = state != "unlit"
    flame = skia.Path()
    flame.moveTo(0, 0.275)
    flame.quadTo(0.03, 0.225, 0, 0.208)
    flame.quadTo(-0.03, 0.225, 0, 0.275)
    return [
        mark(oval(0, 0.012, 0.062, 0.014), BRASS),
        mark(rect(-0.019, 0.012, 0.019, 0.19), rgb),
        mark(rect(0.006, 0.012, 0.019, 0.19), scale(rgb, 0.86)),
        mark(rect(-0.0025, 0.19, 0.0025, 0.212), INK),
        *([mark(flame, FLAME, "flame")] if lit else []),
    ]


def flower(rgb: RGB, state: str, _text: str) -> list[Mark]:
    if state == "wilted":
        return _wilted(rgb)
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


def _wilted(rgb: RGB) -> list[Mark]:
    """Heads that hang, and petals on the ground."""
    stems, fallen = skia.Path(), skia.Path()
    hanging = [(-0.13, 0.17), (-0.06, 0.22), (0.07, 0.2), (0.135, 0.14)]
    for x, y in hanging:
        stems.addPath(line([(0, 0.12), (x * 0.5, y + 0.1), (x * 0.86, y + 0.09), (x, y)], 0.006), 0, 0)
    for x in (-0.14, -0.09, 0.1, 0.15):
        fallen.addPath(oval(x, 0.004, 0.016, 0.005), 0, 0)
    dull, rng = mix(rgb, RGB(124, 100, 76), 0.55), Random(4)
    heads = [mark(blob(rng, x, y - 0.016, 0.026, 0.034, 7, 0.22), scale(dull, 0.9 + 0.1 * (i % 2)))
             for i, (x, y) in enumerate(hanging)]  # fmt: skip
    cone = poly([(-0.06, 0.14), (0.06, 0.14), (0.02, -0.02), (-0.02, -0.02)])
    return [mark(stems, RGB(118, 112, 68)), *heads, mark(cone, RGB(226, 214, 190)), mark(fallen, dull)]


def lamp(rgb: RGB, state: str, _text: str) -> list[Mark]:
    lit = state not in ("unlit", "broken")
    if state == "broken":
        hole = poly([(0.02, 0.1), (0.06, 0.25), (0.09, 0.22), (0.12, 0.3), (0.16, 0.1)])
        shade = poly([(-0.06, 0.41), (0.11, 0.36), (0.13, 0.14), (-0.155, 0.23)])
        return [
            mark(poly([(-0.075, 0), (0.075, 0), (0.03, 0.2), (-0.03, 0.2)]), RGB(98, 118, 120)),
            *cut([mark(shade, scale(rgb, 0.82))], hole),
            *shards(RGB(222, 232, 236), 0.11, 0.026, 0.85),
        ]  # fmt: skip
    return [
        mark(poly([(-0.075, 0), (0.075, 0), (0.03, 0.2), (-0.03, 0.2)]), RGB(98, 118, 120)),
        mark(poly([(-0.09, 0.4), (0.09, 0.4), (0.15, 0.19), (-0.15, 0.19)]), rgb, "flame" if lit else "lit"),
    ]
