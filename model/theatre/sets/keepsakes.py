"""Keepsakes and small goods: trophies, jewels, wallets, envelopes, gifts, balloons, dolls, badges, watches."""

from __future__ import annotations

import math

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.curves import arc, ring_path, rounded, smooth, star
from model.theatre.sets.damage import cracked, cut, flattened
from model.theatre.sets.kit import Mark, circle, frame, line, mark, moved_path, oval, poly, rect, rects
from model.theatre.sets.palette import BRASS, INK, PAPER, STEEL, WHITE
from model.theatre.sets.writing import written

__all__ = [
    "badge", "balloon", "coin", "doll", "envelope", "football", "gift", "helmet", "necklace", "tag", "trophy",
    "wallet", "watch",
]  # fmt: skip


def trophy(rgb: RGB, _state: str, text: str) -> list[Mark]:
    cup = smooth([(-0.07, 0.32), (0.07, 0.32), (0.088, 0.25), (0.06, 0.17), (0, 0.15), (-0.06, 0.17), (-0.088, 0.25)])
    plaque = written(text, 0.09, 0.035, -0.045, 0.012, RGB(250, 236, 196), True) if text else []
    return [
        mark(rounded(-0.07, 0, 0.07, 0.062, 0.006), RGB(74, 54, 46)),
        *(plaque or [mark(rect(-0.045, 0.018, 0.045, 0.046), mix(rgb, WHITE, 0.2))]),
        mark(
            poly([(-0.04, 0.062), (0.04, 0.062), (0.014, 0.09), (0.014, 0.17), (-0.014, 0.17), (-0.014, 0.09)]),
            scale(rgb, 0.84),
        ),
        mark(arc(-0.074, 0.25, 0.036, 0.04, 60, 290, 0.012), scale(rgb, 0.84)),
        mark(arc(0.074, 0.25, 0.036, 0.04, -110, 120, 0.012), scale(rgb, 0.76)),
        mark(cup, rgb),
        mark(
            smooth([(0.03, 0.3), (0.064, 0.31), (0.08, 0.25), (0.055, 0.175), (0.03, 0.17), (0.05, 0.24)]),
            scale(rgb, 0.8),
        ),
        mark(oval(0, 0.303, 0.068, 0.013), scale(rgb, 0.66)),
        mark(oval(-0.045, 0.25, 0.009, 0.035), mix(rgb, WHITE, 0.6)),
        mark(star(0.0, 0.23, 0.022), mix(rgb, WHITE, 0.45)),
    ]


def necklace(rgb: RGB, state: str, _text: str) -> list[Mark]:
    chain = (
        arc(0, 0.17, 0.085, 0.11, 100, 440, 0.005) if state != "broken" else arc(0, 0.17, 0.085, 0.11, 130, 410, 0.005)
    )
    beads = skia.Path()
    for i in range(20):
        a = math.tau * i / 20
        beads.addPath(circle(0.085 * math.cos(a), 0.17 + 0.11 * math.sin(a), 0.0045), 0, 0)
    return [
        mark(chain, rgb),
        *([mark(beads, mix(rgb, WHITE, 0.25))] if state != "broken" else []),
        mark(smooth([(0, 0.068), (0.026, 0.046), (0.02, 0.018), (0, 0.0), (-0.02, 0.018), (-0.026, 0.046)]), rgb),
        mark(
            smooth([(0, 0.056), (0.016, 0.042), (0.012, 0.022), (0, 0.012), (-0.012, 0.022), (-0.016, 0.042)]),
            RGB(84, 150, 178),
        ),
        mark(circle(-0.005, 0.04, 0.004), WHITE, alpha=0.8),
    ]


def wallet(rgb: RGB, state: str, _text: str) -> list[Mark]:
    if state in ("open", "empty"):
        notes = rects([(-0.09, 0.07, 0.09, 0.105 if state == "open" else 0.085)])
        return [
            mark(rounded(-0.11, 0, 0.11, 0.092, 0.008), rgb),
            mark(notes, RGB(150, 178, 140)),
            mark(rounded(-0.106, 0, 0.106, 0.085, 0.007), mix(rgb, WHITE, 0.12)),
            mark(rect(-0.002, 0, 0.002, 0.085), scale(rgb, 0.6)),
            mark(rects([(0.02, 0.044, 0.09, 0.066), (0.02, 0.022, 0.09, 0.036)]), RGB(196, 206, 214)),
            mark(rect(-0.09, 0.02, -0.03, 0.062), RGB(150, 186, 196)),
            mark(circle(-0.06, 0.044, 0.012), RGB(206, 158, 126)),
        ]
    return [
        mark(rounded(-0.056, 0, 0.056, 0.09, 0.008), rgb),
        mark(rounded(-0.056, 0.0, 0.056, 0.014, 0.007), scale(rgb, 0.7)),
        mark(frame(-0.048, 0.018, 0.048, 0.08, 0.0015), mix(rgb, WHITE, 0.28)),
        mark(rounded(0.026, 0.034, 0.06, 0.056, 0.006), scale(rgb, 0.7)),
        mark(circle(0.038, 0.045, 0.0055), BRASS),
    ]


def envelope(rgb: RGB, state: str, text: str) -> list[Mark]:
    """Its front when something is written on it, else its flap."""
    sheet = rect(-0.11, 0, 0.11, 0.14)
    if text:
        stamp = [
            mark(rect(0.066, 0.096, 0.1, 0.132), RGB(178, 66, 58)),
            mark(rect(0.071, 0.101, 0.095, 0.127), RGB(238, 214, 190)),
        ]
        return [mark(sheet, rgb), *stamp, *written(text, 0.15, 0.07, -0.075, 0.016)]
    seams = line([(-0.11, 0), (-0.03, 0.075)], 0.003)
    seams.addPath(line([(0.11, 0), (0.03, 0.075)], 0.003), 0, 0)
    if state in ("open", "torn"):
        return [
            mark(poly([(-0.11, 0.14), (0, 0.215), (0.11, 0.14)]), scale(rgb, 0.8)),
            mark(rect(-0.098, 0.08, 0.098, 0.172), PAPER),
            *written("", 0.16, 0.04, -0.08, 0.125),
            mark(poly([(-0.11, 0), (0.11, 0), (0.11, 0.14), (0, 0.066), (-0.11, 0.14)]), rgb),
            mark(seams, scale(rgb, 0.8)),
        ]
    return [
        mark(sheet, rgb),
        mark(poly([(-0.11, 0.14), (0, 0.06), (0.11, 0.14)]), scale(rgb, 0.86)),
        mark(seams, scale(rgb, 0.8)),
    ]


def gift(rgb: RGB, state: str, _text: str) -> list[Mark]:
    bow_rgb = RGB(250, 226, 150) if sum(rgb) < 480 else RGB(190, 54, 60)
    bow = smooth([(0, 0.23), (-0.03, 0.28), (-0.085, 0.29), (-0.075, 0.235)])
    bow.addPath(smooth([(0, 0.23), (0.03, 0.28), (0.085, 0.29), (0.075, 0.235)]), 0, 0)
    marks = [
        mark(rect(-0.12, 0, 0.12, 0.17), rgb),
        mark(rect(0.06, 0, 0.12, 0.17), scale(rgb, 0.84)),
        mark(rect(-0.018, 0, 0.018, 0.17), bow_rgb),
    ]
    if state == "open":
        paper = poly(
            [(-0.1, 0.17), (-0.08, 0.215), (-0.04, 0.18), (0.0, 0.225), (0.04, 0.18), (0.08, 0.21), (0.1, 0.17)]
        )
        lid = poly([(0.13, 0.0), (0.18, 0.0), (0.23, 0.2), (0.18, 0.215)])
        return [mark(lid, scale(rgb, 0.7)), mark(paper, RGB(246, 240, 226)), *marks]
    return [
        *marks,
        mark(rect(-0.13, 0.16, 0.13, 0.215), mix(rgb, WHITE, 0.1)),
        mark(rect(-0.018, 0.16, 0.018, 0.215), mix(bow_rgb, WHITE, 0.2)),
        mark(bow, bow_rgb),
        mark(circle(0, 0.236, 0.016), scale(bow_rgb, 0.84)),
    ]


def balloon(rgb: RGB, state: str, _text: str) -> list[Mark]:
    """It floats aside of its string, clear of the face of who holds it."""
    if state == "broken":
        rag = poly([(0, 0.05), (0.06, 0.02), (0.1, 0.05), (0.05, 0.07), (0.02, 0.1), (-0.03, 0.06), (-0.07, 0.05)])
        return [mark(line([(0, 0.05), (-0.1, 0.01), (-0.22, 0.02)], 0.005), PAPER), mark(rag, rgb)]
    string = line([(0, 0), (0.03, 0.14), (0.06, 0.3), (0.13, 0.5), (0.2, 0.78)], 0.005)
    x, y = 0.2, 0.18
    body = [(0, 0.58), (0.1, 0.68), (0.16, 0.84), (0.09, 0.99), (-0.09, 0.99), (-0.16, 0.84), (-0.1, 0.68)]
    shade = [(0.02, 0.63), (0.09, 0.69), (0.145, 0.83), (0.08, 0.96), (0.08, 0.85), (0.07, 0.74)]
    return [
        mark(string, PAPER),
        mark(poly([(x - 0.018, y + 0.607), (x + 0.018, y + 0.607), (x, y + 0.64)]), scale(rgb, 0.74)),
        mark(moved_path(smooth(body), x, y), rgb),
        mark(moved_path(smooth(shade), x, y), scale(rgb, 0.82)),
        mark(oval(x - 0.06, y + 0.88, 0.02, 0.04), mix(rgb, WHITE, 0.6)),
    ]


def doll(rgb: RGB, state: str, _text: str) -> list[Mark]:
    skin, hair = RGB(240, 206, 178), RGB(150, 84, 48)
    marks = [
        mark(rects([(-0.032, 0, -0.01, 0.09), (0.01, 0, 0.032, 0.09)]), skin),
        mark(rects([(-0.036, 0, -0.006, 0.022), (0.006, 0, 0.036, 0.022)]), RGB(64, 52, 60)),
        mark(line([(-0.03, 0.19), (-0.08, 0.11)], 0.021), skin),
        mark(line([(0.03, 0.19), (0.08, 0.11)], 0.021), skin),
        mark(poly([(-0.026, 0.21), (0.026, 0.21), (0.08, 0.06), (-0.08, 0.06)]), rgb),
        mark(poly([(0.006, 0.21), (0.026, 0.21), (0.08, 0.06), (0.03, 0.06)]), scale(rgb, 0.82)),
        mark(rect(-0.073, 0.068, 0.073, 0.078), mix(rgb, WHITE, 0.6)),
        mark(smooth([(-0.06, 0.2), (0.06, 0.2), (0.075, 0.29), (0.04, 0.345), (-0.04, 0.345), (-0.075, 0.29)]), hair),
        mark(oval(0, 0.263, 0.043, 0.047), skin),
        mark(smooth([(-0.047, 0.28), (0, 0.285), (0.047, 0.28), (0.04, 0.325), (-0.04, 0.325)]), hair),
        mark(circle(-0.016, 0.262, 0.0055), INK),
        mark(circle(0.016, 0.262, 0.0055), INK),
        mark(oval(-0.026, 0.247, 0.008, 0.005), RGB(232, 150, 136)),
        mark(oval(0.026, 0.247, 0.008, 0.005), RGB(232, 150, 136)),
        mark(arc(0, 0.248, 0.01, 0.007, 200, 340, 0.003), RGB(170, 62, 62)),
        *([cracked(0.012, 0.278, 0.034, RGB(84, 60, 56), 0.0035)] if state == "broken" else []),
    ]
    if state == "broken":  # an arm lies by it
        off = line([(0.035, 0.19), (0.1, 0.09)], 0.04)
        return [*cut(marks[:3], off), *marks[4:], mark(line([(0.07, 0.012), (0.15, 0.02)], 0.021), skin)]
    return marks


def football(rgb: RGB, state: str, _text: str) -> list[Mark]:
    patches, seams, y = skia.Path(), skia.Path(), 0.11
    patches.addPath(star(0, y, 0.036, 5, 0.809), 0, 0)
    for i in range(5):
        a = math.tau * i / 5
        seams.addPath(
            line(
                [(0.036 * math.sin(a), y + 0.036 * math.cos(a)), (0.085 * math.sin(a), y + 0.085 * math.cos(a))], 0.004
            ),
            0,
            0,
        )
        tip = [
            (r * math.sin(a + d), y + r * math.cos(a + d))
            for r, d in ((0.109, -0.3), (0.083, -0.22), (0.074, 0), (0.083, 0.22), (0.109, 0.3))
        ]
        patches.addPath(poly(tip), 0, 0)
    shade = smooth([(0.03, 0.008), (0.08, 0.03), (0.112, 0.11), (0.08, 0.18), (0.085, 0.11), (0.07, 0.05)])
    marks = [
        mark(circle(0, y, 0.11), rgb),
        mark(shade, scale(rgb, 0.8)),
        mark(seams, scale(rgb, 0.55)),
        mark(patches, INK),
    ]
    return flattened(marks, 0.55) if state == "broken" else marks


def helmet(rgb: RGB, state: str, _text: str) -> list[Mark]:
    shell = smooth(
        [
            (-0.13, 0.02),
            (-0.02, 0.0),
            (0.1, 0.0),
            (0.145, 0.06),
            (0.13, 0.2),
            (0.02, 0.27),
            (-0.12, 0.23),
            (-0.15, 0.12),
        ]
    )
    return [
        mark(shell, rgb),
        mark(
            smooth([(0.06, 0.01), (0.1, 0.005), (0.135, 0.08), (0.11, 0.2), (0.03, 0.25), (0.08, 0.15)]),
            scale(rgb, 0.8),
        ),
        mark(
            smooth([(-0.148, 0.08), (-0.05, 0.07), (0.06, 0.08), (0.05, 0.175), (-0.06, 0.185), (-0.15, 0.165)]),
            RGB(40, 50, 64),
        ),
        mark(smooth([(-0.13, 0.15), (-0.08, 0.155), (-0.1, 0.1), (-0.13, 0.1)]), RGB(150, 182, 206), alpha=0.8),
        mark(smooth([(-0.06, 0.235), (0.0, 0.25), (0.04, 0.23), (-0.01, 0.22)]), mix(rgb, WHITE, 0.5)),
        mark(circle(0.072, 0.126, 0.014), STEEL),
        *([cracked(-0.04, 0.14, 0.1, RGB(226, 232, 238), 0.006)] if state == "broken" else []),
    ]


def tag(rgb: RGB, _state: str, text: str) -> list[Mark]:
    """A disc on its ring, as a collar wears it."""
    return [
        mark(ring_path(0, 0.058, 0.0095, 0.0068), STEEL),
        mark(circle(0, 0.027, 0.027), rgb),
        mark(ring_path(0, 0.027, 0.0245, 0.0228), scale(rgb, 0.68)),
        mark(oval(-0.013, 0.04, 0.003, 0.005), mix(rgb, WHITE, 0.7)),
        *written(text, 0.038, 0.028, -0.019, 0.013, scale(rgb, 0.36), bool(text)),
    ]


def badge(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    return [
        mark(rounded(-0.05, 0, 0.05, 0.115, 0.008), RGB(52, 46, 48)),
        mark(star(0, 0.058, 0.045, 6, 0.68), rgb),
        mark(circle(0, 0.058, 0.021), scale(rgb, 0.74)),
        mark(star(0, 0.058, 0.015), mix(rgb, WHITE, 0.5)),
    ]


def coin(rgb: RGB, _state: str, text: str) -> list[Mark]:
    return [
        mark(circle(0.0015, 0.014, 0.0145), scale(rgb, 0.66)),
        mark(circle(0, 0.0145, 0.0145), rgb),
        mark(ring_path(0, 0.0145, 0.0122, 0.0112), scale(rgb, 0.7)),
        *written(text or "1", 0.016, 0.015, -0.008, 0.007, scale(rgb, 0.5), True),
    ]


def watch(rgb: RGB, state: str, _text: str) -> list[Mark]:
    strap = poly([(-0.011, 0.0), (0.011, 0.0), (0.013, 0.09), (-0.013, 0.09)])
    strap.addPath(poly([(-0.013, 0.13), (0.013, 0.13), (0.011, 0.225), (-0.011, 0.225)]), 0, 0)
    hands = line([(0, 0.11), (-0.009, 0.118)], 0.003)
    hands.addPath(line([(0, 0.11), (0.008, 0.124)], 0.002), 0, 0)
    crack = [cracked(0.002, 0.112, 0.017, RGB(96, 96, 104), 0.0014)]
    return [
        mark(strap, rgb),
        mark(
            rects([(-0.0025, 0.02, 0.0025, 0.024), (-0.0025, 0.035, 0.0025, 0.039), (-0.014, 0.208, 0.014, 0.214)]),
            BRASS,
        ),
        mark(rect(0.022, 0.107, 0.027, 0.113), BRASS),
        mark(circle(0, 0.11, 0.0235), BRASS),
        mark(circle(0, 0.11, 0.0195), RGB(246, 242, 230)),
        mark(hands, INK),
        *(crack if state == "broken" else []),
    ]
