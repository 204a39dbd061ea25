"""Things to eat and to cook with: cake, pizza, bread, an apple, a glass of wine, a teapot, a pot, a pan."""

from __future__ import annotations

import math

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.curves import arc, rounded, smooth
from model.theatre.sets.damage import cut, jagged, shards
from model.theatre.sets.kit import Mark, circle, line, mark, oval, poly, rect, rects
from model.theatre.sets.palette import INK, STEEL, WHITE
from model.theatre.sets.writing import written

__all__ = ["apple", "bread", "cake", "pan", "pizza", "pot", "teapot", "wine"]

CHINA, SPONGE, CREAM, CHERRY = RGB(232, 228, 218), RGB(226, 180, 112), RGB(252, 244, 228), RGB(196, 44, 52)


def _rim(x: float, y: float, rx: float, ry: float, start_deg: float, end_deg: float) -> list[tuple[float, float]]:
    """Points along an ellipse."""
    angles = [math.radians(start_deg + (end_deg - start_deg) * i / 16) for i in range(17)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def cake(rgb: RGB, state: str, text: str) -> list[Mark]:
    dish = [mark(oval(0, 0.012, 0.17, 0.04), scale(CHINA, 0.8)), mark(oval(0, 0.018, 0.17, 0.038), CHINA)]
    if state == "eaten":
        crumbs = rects([(-0.05, 0.02, -0.036, 0.03), (0.02, 0.01, 0.032, 0.018), (0.07, 0.024, 0.08, 0.031)])
        return [*dish, mark(crumbs, SPONGE), mark(oval(-0.02, 0.016, 0.05, 0.008), mix(rgb, CHINA, 0.4))]
    if state == "slice":
        return [*dish, *_slice(rgb)]
    y0, y1, r, flat = 0.024, 0.132, 0.135, 0.034
    first, last = (-68.0, -6.0) if state == "bitten" else (-40.0, -40.0)
    foot = [*_rim(0, y0, r, flat, 180, 360 + first)]
    side = poly([*foot, *reversed(_rim(0, y1, r, flat, 180, 360 + first))])
    marks = [*dish]
    if state == "bitten":
        a, b = _rim(0, y1, r, flat, first, first)[0], _rim(0, y1, r, flat, last, last)[0]
        drop = y1 - y0
        for (x, y), shade in ((b, 1.0), (a, 0.82)):
            face = poly([(0, y1), (x, y), (x, y - drop), (0, y0)])
            jam = poly([(0, y1 - 0.05), (x, y - 0.05), (x, y - 0.062), (0, y1 - 0.062)])
            marks += [mark(face, scale(SPONGE, shade)), mark(jam, scale(CREAM, shade))]
            marks.append(mark(poly([(0, y1), (x, y), (x, y - 0.014), (0, y1 - 0.014)]), scale(rgb, shade)))
        rest = poly([*_rim(0, y1, r, flat, last, 0), *reversed(_rim(0, y0, r, flat, last, 0))])
        marks.append(mark(rest, scale(rgb, 0.76)))
        marks.append(mark(rects([(0.05, 0.006, 0.062, 0.014), (0.09, 0.012, 0.1, 0.019)]), SPONGE))
        top = poly([(0, y1), *_rim(0, y1, r, flat, last, 360 + first)])
    else:
        side = poly([*_rim(0, y0, r, flat, 180, 360), *reversed(_rim(0, y1, r, flat, 180, 360))])
        top = oval(0, y1, r, flat)
    drips = skia.Path()
    for i in range(9 if state != "bitten" else 6):
        angle = math.radians(186 + i * 21)
        x, y = r * 0.985 * math.cos(angle), y1 + flat * math.sin(angle)
        drips.addPath(rounded(x - 0.013, y - 0.026 - 0.016 * (i % 3), x + 0.013, y + 0.006, 0.012), 0, 0)
    marks += [mark(side, rgb), mark(drips, CREAM), mark(top, mix(CREAM, rgb, 0.12))]
    if text:
        marks += written(text, 0.2, 0.034, -0.1, 0.046, scale(rgb, 0.42), True)
    else:
        marks.append(mark(poly([*foot, *((x, y + 0.02) for x, y in reversed(foot))]), CREAM))
    cherries = skia.Path()
    for i in range(7):
        angle = math.radians(20 + i * 51.4)
        if state == "bitten" and first <= (20 + i * 51.4 + 180) % 360 - 180 <= last:
            continue
        cherries.addPath(circle(0.098 * math.cos(angle), y1 + 0.012 + 0.023 * math.sin(angle), 0.0135), 0, 0)
    return [*marks, mark(cherries, CHERRY)]


def _slice(rgb: RGB) -> list[Mark]:
    face = poly([(-0.09, 0.024), (0.085, 0.024), (0.085, 0.118), (-0.09, 0.118)])
    return [
        mark(face, SPONGE),
        mark(rect(-0.09, 0.064, 0.085, 0.078), CREAM),
        mark(poly([(-0.09, 0.118), (0.085, 0.118), (0.06, 0.146), (-0.01, 0.15)]), mix(CREAM, rgb, 0.12)),
        mark(rect(0.072, 0.024, 0.088, 0.118), rgb),
        mark(rect(-0.09, 0.106, 0.088, 0.12), CREAM),
        mark(circle(0.04, 0.146, 0.0135), CHERRY),
    ]


def pizza(rgb: RGB, state: str, _text: str) -> list[Mark]:
    """A whole one, seen from above."""
    gone = state == "bitten"
    y, crust = 0.165, RGB(206, 148, 84)
    if state == "slice":
        edge = smooth([(-0.075, 0.18), (0.075, 0.18), (0.085, 0.21), (0.0, 0.225), (-0.085, 0.21)])
        salami = circle(-0.024, 0.15, 0.021)
        salami.addPath(circle(0.026, 0.135, 0.02), 0, 0)
        salami.addPath(circle(0.0, 0.085, 0.018), 0, 0)
        return [
            mark(poly([(0, 0.0), (0.078, 0.195), (-0.078, 0.195)]), rgb),
            mark(salami, RGB(172, 52, 46)),
            mark(edge, crust),
        ]
    if state == "eaten":
        return [mark(circle(0, y, 0.165), scale(CHINA, 0.86)), mark(circle(0, y, 0.15), CHINA)]
    marks = [mark(circle(0, y, 0.165), CHINA)]
    for r, colour in ((0.152, crust), (0.132, RGB(196, 78, 48)), (0.124, rgb)):
        whole = poly([(0, y), *_rim(0, y, r, r, -20, 280)]) if gone else circle(0, y, r)
        marks.append(mark(whole, colour))
    salami, leaves = skia.Path(), skia.Path()
    for i, (reach, turn) in enumerate(((0.085, 20), (0.09, 92), (0.08, 160), (0.088, 230), (0.03, 60), (0.085, 300))):
        if gone and turn == 300:
            continue
        x0, y0 = reach * math.cos(math.radians(turn)), y + reach * math.sin(math.radians(turn))
        salami.addPath(circle(x0, y0, 0.023), 0, 0)
        leaves.addPath(oval(x0 * 0.5 + 0.016 * (-1) ** i, y + (y0 - y) * 0.45 + 0.02, 0.012, 0.006), 0, 0)
    lines = [line([(0, y), _rim(0, y, 0.15, 0.15, turn, turn)[0]], 0.003) for turn in (-20, 40, 100, 160, 220)]
    cuts = skia.Path()
    for slit in lines:
        cuts.addPath(slit, 0, 0)
    return [
        *marks,
        mark(salami, RGB(172, 52, 46)),
        mark(leaves, RGB(84, 122, 62)),
        mark(cuts, scale(crust, 0.7), alpha=0.7),
    ]


def bread(rgb: RGB, state: str, _text: str) -> list[Mark]:
    if state == "slice":
        crust = smooth([(-0.06, 0.0), (0.06, 0.0), (0.066, 0.07), (0.085, 0.1), (0.05, 0.13), (-0.05, 0.13),
                        (-0.085, 0.1), (-0.066, 0.07)])  # fmt: skip
        crumb = skia.Path(crust)
        crumb.transform(skia.Matrix.Scale(0.86, 0.86).postTranslate(0.0, 0.008))
        return [mark(crust, rgb), mark(crumb, RGB(246, 226, 184))]
    loaf = smooth([(-0.15, 0.0), (0.15, 0.0), (0.16, 0.08), (0.11, 0.14), (-0.11, 0.14), (-0.16, 0.08)])
    if state == "eaten":
        return [mark(rects([(-0.05, 0, -0.03, 0.012), (0.0, 0, 0.014, 0.009), (0.05, 0, 0.07, 0.012)]), rgb)]
    slashes = skia.Path()
    for x in (-0.075, -0.01, 0.055):
        slashes.addPath(poly([(x - 0.012, 0.065), (x + 0.006, 0.062), (x + 0.042, 0.108), (x + 0.026, 0.114)]), 0, 0)
    marks = [
        mark(loaf, rgb),
        mark(smooth([(-0.15, 0.0), (0.15, 0.0), (0.15, 0.03), (0.1, 0.04), (-0.1, 0.03)]), scale(rgb, 0.78)),
        mark(slashes, mix(rgb, CREAM, 0.62)),
    ]
    if state == "bitten":
        marks += [mark(oval(0.112, 0.062, 0.04, 0.06), rgb), mark(oval(0.118, 0.062, 0.034, 0.053), RGB(246, 226, 184))]
    return marks


def apple(rgb: RGB, state: str, _text: str) -> list[Mark]:
    if state == "eaten":
        core = smooth([(-0.03, 0.0), (0.03, 0.0), (0.006, 0.04), (0.032, 0.08), (-0.032, 0.08), (-0.006, 0.04)])
        return [mark(core, RGB(246, 234, 196)), mark(line([(0, 0.074), (0.008, 0.1)], 0.005), INK)]
    body = smooth([(-0.03, -0.004), (0, 0.004), (0.03, -0.004), (0.05, 0.045), (0.035, 0.088), (0, 0.074),
                   (-0.035, 0.088), (-0.05, 0.045)])  # fmt: skip
    marks = [
        mark(body, rgb),
        mark(smooth([(0.012, 0.0), (0.03, 0.0), (0.046, 0.045), (0.03, 0.078), (0.026, 0.04)]), scale(rgb, 0.78)),
        mark(oval(-0.02, 0.06, 0.008, 0.012), mix(rgb, WHITE, 0.5)),
        mark(line([(0, 0.068), (0.004, 0.084), (0.012, 0.098)], 0.005), RGB(92, 64, 44)),
        mark(smooth([(0.006, 0.086), (0.02, 0.106), (0.044, 0.1), (0.028, 0.086)]), RGB(106, 146, 72)),
    ]
    if state == "bitten":
        bite = skia.Path()
        for x, y, r in ((0.034, 0.062, 0.011), (0.03, 0.045, 0.011), (0.035, 0.028, 0.01)):
            bite.addPath(circle(x, y, r), 0, 0)
        marks.append(mark(bite, RGB(250, 240, 208)))
    return marks


def wine(rgb: RGB, state: str, _text: str) -> list[Mark]:
    bowl = smooth([(-0.036, 0.2), (0.036, 0.2), (0.048, 0.15), (0.034, 0.104), (-0.034, 0.104), (-0.048, 0.15)])
    clear = RGB(222, 236, 242)
    marks = [
        mark(oval(0, 0.006, 0.034, 0.007), clear, alpha=0.75),
        mark(rect(-0.0035, 0.006, 0.0035, 0.115), clear, alpha=0.8),
        mark(bowl, clear, alpha=0.45),
    ]
    if state not in ("empty", "broken"):
        full = smooth(
            [(-0.043, 0.156), (0.043, 0.156), (0.041, 0.126), (0.026, 0.112), (-0.026, 0.112), (-0.041, 0.126)]
        )
        top, half = (0.128, 0.034) if state == "half" else (0.151, 0.0385)
        marks += cut([mark(full, rgb)], rect(-0.05, top, 0.05, 0.2))
        marks.append(mark(oval(0, top, half, 0.0055), mix(rgb, WHITE, 0.22)))
    marks += [
        mark(oval(0, 0.196, 0.031, 0.0045), WHITE, alpha=0.5),
        mark(rect(-0.03, 0.13, -0.025, 0.18), WHITE, alpha=0.6),
    ]
    if state == "broken":
        return [*cut(marks, jagged(-0.05, 0.05, 0.145, 0.05, 0.22)), *shards(RGB(206, 226, 234), 0.06, 0.026, 0.75)]
    return marks


def teapot(rgb: RGB, state: str, _text: str) -> list[Mark]:
    body = smooth([(-0.05, -0.004), (0.05, -0.004), (0.1, 0.05), (0.075, 0.12), (-0.075, 0.12), (-0.1, 0.05)])
    if state == "broken":
        half = [
            mark(body, rgb),
            mark(arc(-0.085, 0.062, 0.048, 0.038, 75, 285, 0.015), scale(rgb, 0.86)),
        ]  # fmt: skip
        inside = mark(oval(0, 0.055, 0.074, 0.018), scale(rgb, 0.5))
        return [inside, *cut(half, jagged(-0.14, 0.1, 0.06, 0.05, 0.14)), *shards(rgb, 0.13, 0.03)]
    steam = [mark(line([(0.135, 0.14), (0.128, 0.165), (0.14, 0.185), (0.134, 0.21)], 0.006), WHITE, alpha=0.4)]
    return [
        *(steam if state != "empty" else []),
        mark(arc(-0.085, 0.062, 0.048, 0.038, 75, 285, 0.015), scale(rgb, 0.86)),
        mark(poly([(0.07, 0.03), (0.14, 0.112), (0.122, 0.118), (0.06, 0.075)]), scale(rgb, 0.86)),
        mark(body, rgb),
        mark(
            smooth([(0.02, 0.0), (0.05, 0.0), (0.094, 0.05), (0.066, 0.11), (0.04, 0.1), (0.062, 0.05)]),
            scale(rgb, 0.8),
        ),
        mark(oval(0, 0.109, 0.048, 0.011), scale(rgb, 0.72)),
        mark(oval(0, 0.113, 0.044, 0.011), mix(rgb, WHITE, 0.16)),
        mark(circle(0, 0.131, 0.011), scale(rgb, 0.8)),
        mark(oval(-0.04, 0.072, 0.009, 0.024), mix(rgb, WHITE, 0.4)),
    ]


def pot(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(rounded(-0.165, 0.09, 0.165, 0.115, 0.011), scale(rgb, 0.55)),
        mark(rounded(-0.13, 0, 0.13, 0.15, 0.02), rgb),
        mark(rounded(0.06, 0, 0.13, 0.15, 0.02), scale(rgb, 0.8)),
        mark(rect(-0.112, 0.02, -0.098, 0.13), mix(rgb, WHITE, 0.4)),
        mark(oval(0, 0.148, 0.13, 0.026), scale(rgb, 0.7)),
    ]
    if state in ("open", "full"):
        return [*marks, mark(oval(0, 0.146, 0.118, 0.02), RGB(206, 126, 66))]
    if state == "empty":
        return [*marks, mark(oval(0, 0.146, 0.118, 0.02), scale(rgb, 0.4))]
    return [
        *marks,
        mark(oval(0, 0.156, 0.126, 0.026), mix(rgb, WHITE, 0.2)),
        mark(rounded(-0.024, 0.17, 0.024, 0.196, 0.009), scale(rgb, 0.4)),
    ]


def pan(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(line([(0.11, 0.034), (0.33, 0.062)], 0.022), RGB(72, 52, 44)),
        mark(poly([(-0.135, 0.042), (0.135, 0.042), (0.11, 0.0), (-0.11, 0.0)]), scale(rgb, 0.84)),
        mark(oval(0, 0.042, 0.137, 0.03), mix(rgb, STEEL, 0.3)),
        mark(oval(0, 0.041, 0.124, 0.025), scale(rgb, 0.62)),
    ]
    if state in ("", "full"):
        marks += [
            mark(oval(-0.012, 0.043, 0.07, 0.014), CREAM),
            mark(oval(0.0, 0.047, 0.022, 0.009), RGB(238, 172, 56)),
        ]
    return marks
