"""Things to read: letters, books, papers, photographs, maps, signs and screens."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.damage import cracked, cut
from model.theatre.sets.kit import Mark, blob, circle, frame, line, mark, poly, rect, rects
from model.theatre.sets.palette import BRASS, INK, PAPER, WHITE
from model.theatre.sets.writing import written

__all__ = [
    "book",
    "laptop",
    "letter",
    "map_",
    "money",
    "newspaper",
    "paper",
    "phone",
    "photo",
    "screen",
    "sign",
    "ticket",
]


def book(rgb: RGB, state: str, text: str) -> list[Mark]:
    if state == "open":
        pages = [(-0.15, 0.01), (-0.005, 0.0), (-0.005, 0.2), (-0.15, 0.21)]
        other = [(0.005, 0.0), (0.15, 0.01), (0.15, 0.21), (0.005, 0.2)]
        return [
            mark(rect(-0.16, -0.006, 0.16, 0.215), rgb),
            mark(poly(pages), PAPER),
            mark(poly(other), scale(PAPER, 0.94)),
            *written(text, 0.12, 0.15, -0.14, 0.03),
            *written("", 0.12, 0.15, 0.02, 0.03),
        ]
    return [
        mark(rect(-0.08, 0, 0.08, 0.23), rgb),
        mark(rect(-0.08, 0, -0.062, 0.23), scale(rgb, 0.7)),
        mark(rect(0.074, 0.006, 0.082, 0.224), PAPER),
        mark(frame(-0.045, 0.03, 0.06, 0.2, 0.003), mix(rgb, BRASS, 0.7)),
        *(
            written(text, 0.095, 0.11, -0.04, 0.08, mix(rgb, RGB(250, 226, 160), 0.85), True)
            if text
            else [mark(circle(0.008, 0.13, 0.022), mix(rgb, BRASS, 0.8))]
        ),
    ]


def letter(rgb: RGB, state: str, text: str) -> list[Mark]:
    if state in ("open", "torn", "burning", "crumpled") or text:
        marks = [mark(rect(-0.09, 0, 0.09, 0.24), rgb), mark(rect(-0.09, 0.117, 0.09, 0.121), scale(rgb, 0.86))]
        marks += written(text, 0.145, 0.19, -0.0725, 0.025)
        if state == "torn":
            return cut(marks, poly([(0.01, 0.25), (0.03, 0.19), (0.05, 0.2), (0.06, 0.15), (0.1, 0.14), (0.1, 0.25)]))
        return marks
    return [
        mark(rect(-0.11, 0, 0.11, 0.14), rgb),
        mark(poly([(-0.11, 0.14), (0, 0.06), (0.11, 0.14)]), scale(rgb, 0.88)),
        mark(line([(-0.11, 0), (-0.03, 0.075)], 0.003), scale(rgb, 0.8)),
        mark(line([(0.11, 0), (0.03, 0.075)], 0.003), scale(rgb, 0.8)),
        mark(circle(0, 0.07, 0.013), RGB(170, 48, 48)),
    ]


def paper(rgb: RGB, state: str, text: str) -> list[Mark]:
    marks = [mark(rect(-0.105, 0, 0.105, 0.297), rgb), *written(text, 0.165, 0.23, -0.0825, 0.033)]
    if state == "torn":
        return cut(marks, poly([(-0.11, 0.3), (-0.11, 0.16), (-0.06, 0.19), (-0.04, 0.23), (0.01, 0.24), (0.03, 0.3)]))
    return marks


def newspaper(rgb: RGB, state: str, text: str) -> list[Mark]:
    if state == "closed":
        return [
            mark(rect(-0.145, 0, 0.145, 0.2), scale(rgb, 0.82)),
            mark(rect(-0.14, 0.012, 0.145, 0.2), rgb),
            mark(rect(-0.14, 0.004, 0.14, 0.008), scale(rgb, 0.6)),
            *written(text or "THE DAILY", 0.25, 0.055, -0.125, 0.13, INK, True),
            mark(rects([(-0.12, 0.03 + 0.018 * j, 0.0, 0.038 + 0.018 * j) for j in range(5)]), INK, alpha=0.5),
            mark(rect(0.02, 0.03, 0.125, 0.115), RGB(128, 126, 124)),
        ]
    columns = [
        (-0.17 + 0.12 * i, 0.03 + 0.018 * j, -0.07 + 0.12 * i, 0.038 + 0.018 * j) for i in range(3) for j in range(8)
    ]
    marks = [
        mark(rect(-0.19, 0, 0.19, 0.29), rgb),
        mark(rect(-0.19, 0.0, 0.19, 0.012), scale(rgb, 0.8)),
        *written(text or "THE DAILY", 0.34, 0.07, -0.17, 0.2, INK, True),
        mark(rects(columns[4:]), INK, alpha=0.5),
        mark(rect(0.07, 0.1, 0.17, 0.175), RGB(128, 126, 124)),
    ]
    return cut(marks, _corner(0.19, 0.29)) if state == "torn" else marks


def _corner(half: float, high: float) -> skia.Path:
    """What is torn off a sheet: its upper right."""
    edge = [(-0.15, 1.01), (-0.02, 0.86), (0.1, 0.9), (0.2, 0.68), (0.42, 0.72), (0.5, 0.52), (0.8, 0.56), (1.02, 0.42)]
    return poly([*((x * half, y * high) for x, y in edge), (1.02 * half, 1.02 * high)])


def photo(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(rect(-0.055, 0, 0.055, 0.13), rgb),
        mark(rect(-0.045, 0.03, 0.045, 0.12), RGB(150, 186, 196)),
        mark(poly([(-0.045, 0.03), (0.045, 0.03), (0.045, 0.06), (-0.045, 0.052)]), RGB(116, 140, 96)),
        mark(circle(-0.013, 0.081, 0.012), RGB(206, 158, 126)),
        mark(poly([(-0.032, 0.03), (0.006, 0.03), (0.0, 0.068), (-0.026, 0.068)]), RGB(160, 68, 60)),
        mark(circle(0.018, 0.074, 0.01), RGB(176, 130, 100)),
        mark(poly([(0.004, 0.03), (0.032, 0.03), (0.028, 0.063), (0.008, 0.063)]), RGB(70, 88, 120)),
    ]
    if state == "torn":
        return cut(marks, line([(-0.004, -0.01), (0.008, 0.04), (-0.006, 0.085), (0.004, 0.14)], 0.012))
    return marks


def map_(rgb: RGB, state: str, text: str) -> list[Mark]:
    if state == "closed":
        return [
            mark(rect(-0.055, 0, 0.06, 0.2), scale(rgb, 0.78)),
            mark(rect(-0.06, 0.004, 0.05, 0.204), rgb),
            mark(rects([(0.052, 0.004, 0.053, 0.2), (0.056, 0.002, 0.057, 0.2)]), scale(rgb, 0.6)),
            mark(rect(-0.048, 0.03, 0.038, 0.12), RGB(164, 186, 134)),
            mark(line([(-0.048, 0.05), (0.0, 0.08), (0.038, 0.07)], 0.008), RGB(120, 170, 196)),
            *written(text or "MAP", 0.08, 0.045, -0.045, 0.14, INK, True),
        ]
    folds = [(-0.2 + 0.1 * i - 0.001, 0.0, -0.2 + 0.1 * i + 0.001, 0.28) for i in range(1, 4)]
    marks = [
        mark(rect(-0.2, 0, 0.2, 0.28), rgb),
        mark(blob(Random(3), -0.05, 0.15, 0.11, 0.08), RGB(164, 186, 134)),
        mark(line([(-0.2, 0.06), (-0.06, 0.1), (0.05, 0.06), (0.2, 0.12)], 0.014), RGB(120, 170, 196)),
        mark(line([(-0.18, 0.25), (-0.02, 0.17), (0.1, 0.2), (0.17, 0.04)], 0.006), RGB(190, 84, 66)),
        mark(rects(folds), scale(rgb, 0.82)),
        mark(circle(0.1, 0.2, 0.012), RGB(200, 44, 44)),
        *(written(text, 0.16, 0.05, -0.19, 0.0, INK, True) if text else []),
    ]
    return cut(marks, _corner(0.2, 0.28)) if state == "torn" else marks


def money(rgb: RGB, state: str, text: str) -> list[Mark]:
    marks = [
        mark(poly([(-0.085, 0.01), (0.075, 0.0), (0.08, 0.07), (-0.08, 0.08)]), scale(rgb, 0.84)),
        mark(rect(-0.08, 0, 0.08, 0.07), rgb),
        mark(frame(-0.066, 0.012, 0.066, 0.058, 0.003), scale(rgb, 0.6)),
        mark(circle(0, 0.035, 0.018), scale(rgb, 0.66)),
        *written(text or "20", 0.03, 0.03, -0.07, 0.02, scale(rgb, 0.4), True),
    ]
    return cut(marks, _corner(0.085, 0.08)) if state == "torn" else marks


def ticket(rgb: RGB, state: str, text: str) -> list[Mark]:
    notches = circle(0.042, 0.075, 0.005)
    notches.addPath(circle(0.042, 0.0, 0.005), 0, 0)
    marks = [
        mark(rect(-0.08, 0, 0.08, 0.075), rgb),
        mark(frame(-0.072, 0.008, 0.034, 0.067, 0.0015), RGB(176, 62, 54)),
        mark(rects([(0.0415, 0.008 + 0.012 * i, 0.0425, 0.015 + 0.012 * i) for i in range(5)]), scale(rgb, 0.6)),
        mark(notches, scale(rgb, 0.5)),
        *written(text or "ADMIT ONE", 0.092, 0.045, -0.065, 0.015, INK, True),
        mark(rects([(0.052 + 0.004 * i, 0.014, 0.0535 + 0.004 * i + 0.001 * (i % 2), 0.06) for i in range(5)]), INK),
    ]
    if state == "torn":
        return cut(
            marks, poly([(0.044, -0.01), (0.09, -0.01), (0.09, 0.085), (0.05, 0.085), (0.04, 0.05), (0.05, 0.03)])
        )
    return marks


def sign(rgb: RGB, _state: str, text: str) -> list[Mark]:
    return [
        mark(rect(-0.03, 0, 0.03, 1.6), RGB(96, 84, 74)),
        mark(rect(-0.52, 1.5, 0.52, 2.05), scale(rgb, 0.6)),
        mark(rect(-0.49, 1.53, 0.49, 2.02), rgb),
        *written(text or "NOTICE", 0.86, 0.36, -0.43, 1.595, RGB(250, 244, 226) if sum(rgb) < 420 else INK, True),
    ]


def screen(rgb: RGB, state: str, text: str) -> list[Mark]:
    on = state not in ("unlit", "broken")
    words = written(text, 0.86, 0.3, -0.43, 0.24, RGB(245, 250, 255), True, True) if text and on else []
    marks = [
        mark(rect(-0.12, 0, 0.12, 0.05), rgb),
        mark(rect(-0.53, 0.05, 0.53, 0.68), rgb),
        mark(rect(-0.5, 0.08, 0.5, 0.65), RGB(92, 146, 190) if on else RGB(40, 44, 52), "flame" if on else "lit"),
    ]
    if on and not words:
        marks += [
            mark(poly([(-0.5, 0.08), (0.5, 0.08), (0.5, 0.24), (0.1, 0.34), (-0.5, 0.2)]), RGB(66, 104, 92), "flame"),
            mark(circle(0.22, 0.5, 0.07), RGB(250, 232, 170), "flame"),
        ]
    if state == "broken":
        marks.append(cracked(-0.1, 0.38, 0.24, RGB(210, 216, 222), 0.009))
    return [*marks, *words]


def phone(rgb: RGB, state: str, text: str) -> list[Mark]:
    on = state == "lit" or (bool(text) and state not in ("unlit", "broken"))
    marks = [
        mark(rect(-0.038, 0, 0.038, 0.152), rgb),
        mark(rect(-0.034, 0.006, 0.034, 0.146), RGB(96, 150, 190) if on else RGB(40, 44, 54), "glow" if on else "lit"),
    ]
    if on:
        marks += (
            written(text, 0.06, 0.09, -0.03, 0.035, RGB(245, 250, 255), True, True)
            if text
            else [mark(rect(-0.026, 0.1, 0.026, 0.125), WHITE, "glow")]
        )
        marks.append(mark(circle(0, 0.018, 0.006), RGB(110, 220, 130), "glow"))
    else:
        gloss = poly([(-0.034, 0.07), (0.01, 0.146), (0.026, 0.146), (-0.034, 0.042)])
        marks += [mark(gloss, RGB(116, 126, 142), alpha=0.55), mark(rect(-0.009, 0.138, 0.009, 0.142), INK)]
        marks.append(mark(rect(0.037, 0.09, 0.04, 0.115), mix(rgb, WHITE, 0.3)))
    if state == "broken":
        marks.append(cracked(0.006, 0.09, 0.032, WHITE, 0.0022))
    return marks


def laptop(rgb: RGB, state: str, text: str) -> list[Mark]:
    base = [
        mark(poly([(-0.19, 0), (0.19, 0), (0.165, 0.025), (-0.165, 0.025)]), scale(rgb, 0.8)),
        mark(rect(-0.19, -0.006, 0.19, 0.0), scale(rgb, 0.6)),
    ]
    if state == "closed":
        return [mark(rect(-0.17, 0.0, 0.17, 0.022), rgb), mark(rect(-0.17, 0.01, 0.17, 0.012), scale(rgb, 0.6))]
    lit = state not in ("unlit", "broken")
    screen = mark(
        rect(-0.152, 0.042, 0.152, 0.232), RGB(120, 176, 204) if lit else RGB(42, 46, 54), "glow" if lit else "lit"
    )
    return [
        *base,
        mark(rect(-0.165, 0.025, 0.165, 0.245), rgb),
        screen,
        *(written(text, 0.27, 0.14, -0.135, 0.065, RGB(250, 252, 255), True, True) if lit else []),
    ]
