"""Stains and tears, attached to cloth, limbs and face: places come from the person, so they stay from shot to shot.

Blood is kept dark and small; nothing here shows a wound.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.paint import Ink, Part, clipped, fill, mix, polygon, smooth_closed, smooth_open, stroke, with_alpha
from model.theatre.people.head import HeadForm
from model.theatre.people.soil import SoilKind
from model.theatre.people.wardrobe import Barrel

__all__ = ["stain_barrel", "stain_face", "stain_limb"]

Array = NDArray[np.float64]

_COLOURS: dict[SoilKind, RGB] = {
    "blood": RGB(116, 18, 24), "mud": RGB(86, 64, 44), "dust": RGB(206, 194, 170), "soot": RGB(40, 36, 38),

}  # fmt: skip
_SHOWS: dict[SoilKind, float] = {"blood": 0.88, "mud": 0.86, "dust": 0.34, "soot": 0.42}
SMALL_PX = 45.0
ON_LIMBS: frozenset[SoilKind] = frozenset({"dust", "soot", "mud", "blood", "torn"})
"""What of it is seen on arms and legs."""
"""Below this body height only what covers much of somebody is drawn."""


@lru_cache(maxsize=512)
def _blot(seed: int, points: int = 9) -> Array:
    """An uneven round outline of radius about 1."""
    random = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * math.pi, points, endpoint=False)
    size = 1.0 + 0.32 * random.uniform(-1, 1, points)
    return np.stack([np.cos(turn) * size, np.sin(turn) * size], axis=1)


@lru_cache(maxsize=256)
def _spots(kind: SoilKind, seed: int, lower: bool) -> tuple[tuple[float, float, float, float], ...]:
    """Blots on a trunk or skirt: section, angle, and half height in sections and half breadth in radians."""
    random = np.random.default_rng(seed * 11 + len(kind) + 100 * lower)
    top = 3.0 if lower else 6.4
    if kind == "blood":
        side = 1.0 if random.random() < 0.5 else -1.0
        if lower:
            return ((2.6, side * 0.5, 0.3, 0.22),)
        row = [(3.4, side * 0.62, 0.75, 0.34), (2.5, side * 0.55, 0.42, 0.15), (5.9, side * 0.42, 0.30, 0.20)]
        row += [(float(random.uniform(2, 5)), float(random.uniform(-0.7, 0.7)), 0.12, 0.06) for _ in range(4)]
        return tuple(row)
    count, low, big = {"mud": (12, 0.0, 0.34), "dust": (5, 0.0, 0.80), "soot": (5, 0.5, 0.60)}[kind]
    rows = []
    for _ in range(count):
        t = low + (top - low) * float(random.random()) ** (1.6 if kind == "mud" else 1.0)
        size = big * (0.25 + 0.75 * float(random.random()) ** 2) * (1.0 if t < top / 2 else 0.7)
        rows.append((t, float(random.uniform(-math.pi, math.pi)), size, size * 0.55))
    return tuple(rows)


def stain_barrel(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float, part: Part, rgb: RGB) -> None:
    """What lies on a trunk (`part` "torso") or a skirt, in cloth of colour `rgb`."""
    lower = part == "hips"
    bearing = barrel.bearing
    for kind in ("dust", "soot", "mud", "blood"):
        if kind not in ink.soil.kinds:
            continue
        path = skia.Path()
        for k, (t, angle, tall, wide) in enumerate(_spots(kind, ink.soil.seed, lower)):
            away = (angle - bearing + math.pi) % (2 * math.pi) - math.pi
            if abs(away) - wide < 1.5 and (px > SMALL_PX or tall > 0.25):
                shape = _blot(ink.soil.seed + k)
                rows = t + shape[:, 1] * tall
                path.addPath(
                    smooth_closed(barrel.near(rows, bearing + away + shape[:, 0] * wide, _FLAT[: len(rows)])[0])
                )
        fill(canvas, path, _colour(kind, rgb, part, ink))
        if kind in ("dust", "soot"):
            fill(
                canvas, smooth_closed(barrel.outline(), 0.9), with_alpha(ink.between(part, _COLOURS[kind], 0.72), 0.16)
            )
    if "torn" in ink.soil.kinds and px > SMALL_PX and ink.plain is None:
        _tears(canvas, barrel, look, ink, px, part, rgb)


_FLAT = np.zeros(16)
# Tears, as zigzags of (section, angle) about a middle: on the chest, at the side, at the shoulder's back, at the hem.
_JAG = np.array([(0.52, 0.04), (0.2, 0.10), (0.12, 0.02), (-0.2, 0.12), (-0.5, 0.0), (-0.18, -0.09), (0.1, -0.03)])
_TEARS = ((3.9, 0.55, 1.0), (1.2, -0.85, 1.3), (5.2, math.pi - 0.5, 1.1), (0.1, 0.25, 1.2), (0.1, math.pi + 0.4, 1.2))


def _tears(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float, part: Part, rgb: RGB) -> None:
    bearing = barrel.bearing
    path = skia.Path()
    side = 1.0 if ink.soil.seed % 2 else -1.0
    for t, angle, size in _TEARS[3:] if part == "hips" else _TEARS:
        away = (angle * side - bearing + math.pi) % (2 * math.pi) - math.pi
        if abs(away) < 1.4:
            jag = _JAG * size
            rows, _ = barrel.near(t + jag[:, 0], bearing + away + jag[:, 1] * 1.4, _FLAT[: len(jag)])
            path.addPath(polygon(rows))
    under = ink.between("head", look.skin, 0.75) if part == "torso" else ink.line(part, rgb, 0.62)
    fill(canvas, path, under)
    stroke(canvas, path, with_alpha(ink.line(part, rgb, 0.5), 0.8), max(0.7, px * 0.005))


@lru_cache(maxsize=256)
def _limb_spots(kind: SoilKind, seed: int, leg: bool) -> tuple[tuple[float, float, float], ...]:
    """Blots on a limb: how far along it, how far aside in its radii, and the size in its end's radii."""
    random = np.random.default_rng(seed * 7 + len(kind))
    # The large ones lie where cloth meets the ground or is wiped: knees, elbows, forearms.
    large = {"mud": 0.62, "dust": 0.50, "soot": 0.72, "blood": 0.78}[kind]
    rows = [(large, float(random.uniform(-0.5, 0.5)), 1.25 if kind in ("dust", "soot") else 0.95)]
    for _ in range({"mud": 5, "dust": 1, "soot": 2, "blood": 3}[kind]):
        u = float(random.uniform(0.42 if leg else 0.3, 0.97))
        rows.append((u, float(random.uniform(-0.8, 0.8)), 0.18 + 0.5 * float(random.random()) ** 2))
    return tuple(rows)


def stain_limb(
    canvas: skia.Canvas, points: list[tuple[float, float]], radii: list[float], part: Part, rgb: RGB, look: Look,
    ink: Ink, px: float,
) -> None:  # fmt: skip
    """What lies on an arm or a leg, which is clipped to: `points` and `radii` run from its root, in pixels."""
    (x0, y0), (x1, y1), (x2, y2) = points[0], points[len(points) // 2], points[-1]
    leg, right = part.endswith("leg"), part.startswith("right")
    seed = ink.soil.seed + 3 * leg + right
    for kind in ("dust", "soot", "mud", "blood"):
        if kind not in ink.soil.kinds or (kind == "blood" and (leg or right == bool(ink.soil.seed % 2))):
            continue
        path = skia.Path()
        for k, (u, aside, size) in enumerate(_limb_spots(kind, seed, leg)):
            ax, ay, bx, by, v = (x0, y0, x1, y1, 2 * u) if u < 0.5 else (x1, y1, x2, y2, 2 * u - 1)
            across = aside * radii[min(len(radii) - 1, round(u * (len(radii) - 1)))]
            length = math.hypot(bx - ax, by - ay) or 1.0
            x = ax + (bx - ax) * v - (by - ay) / length * across
            y = ay + (by - ay) * v + (bx - ax) / length * across
            path.addPath(smooth_closed(_blot(seed + k) * (size * radii[-1]) + np.array([x, y])))
        if leg and kind in ("mud", "dust"):  # caked from the ground up
            shape = _blot(seed, 13) * (radii[-1] * 1.9, math.hypot(x2 - x1, y2 - y1) * 0.42)
            turn = math.atan2(x1 - x2, y2 - y1)
            spin = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
            path.addPath(smooth_closed(shape @ spin + np.array([x2, y2])))
        fill(canvas, path, _colour(kind, rgb, part, ink))
        if kind in ("dust", "soot"):
            canvas.drawColor(with_alpha(ink.between(part, _COLOURS[kind], 0.72), 0.16))
    if "torn" in ink.soil.kinds and rgb != look.skin and right == bool(ink.soil.seed % 2):
        size = radii[len(radii) // 2] * 0.62
        path = polygon(_JAG[:, ::-1] * np.array([size * 7, size * 1.6]) + np.array([x1, y1]))
        fill(canvas, path, ink.between("head", look.skin, 0.75))
        stroke(canvas, path, with_alpha(ink.line(part, rgb, 0.5), 0.8), max(0.7, px * 0.005))


def _colour(kind: SoilKind, rgb: RGB, part: Part, ink: Ink) -> int:
    colour = mix(_COLOURS[kind], rgb, 0.12 if kind in ("blood", "mud") else 0.0)
    return with_alpha(ink.between(part, colour, 0.72), _SHOWS[kind])


def stain_face(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, skin: skia.Path) -> None:
    """Dirt on cheek and brow, a cut at the temple, within the skin's outline."""
    if ink.plain is not None or form.px < 12 or not ink.soil.kinds - {"torn"}:
        return
    side = 1.0 if ink.soil.seed % 2 else -1.0
    with clipped(canvas, skin):
        for kind, places in (
            ("dust", ((0.30, 0.7, 0.10), (0.70, -0.3, 0.09), (0.16, -0.6, 0.09))),
            ("soot", ((0.34, 0.6, 0.09), (0.68, -0.4, 0.08), (0.20, -0.75, 0.07))),
            ("mud", ((0.30, 0.8, 0.075), (0.72, 0.35, 0.05), (0.14, -0.5, 0.045), (0.42, -0.95, 0.05))),
        ):
            if kind not in ink.soil.kinds:
                continue
            path = skia.Path()
            for k, (y, angle, size) in enumerate(places):
                if form.faces(angle * side) > 0.1:
                    shape = _blot(ink.soil.seed + k) * size
                    path.addPath(smooth_closed(form.at(y + shape[:, 1] * 0.5, angle * side + shape[:, 0] * 3.2)))
            fill(canvas, path, with_alpha(ink.between("head", mix(_COLOURS[kind], look.skin, 0.25), 0.7), 0.42))
        if "blood" in ink.soil.kinds and form.faces(side * 0.7) > 0.05:
            red = with_alpha(ink.between("head", mix(_COLOURS["blood"], look.skin, 0.08), 0.7), 0.9)
            down = np.array([0.735, 0.70, 0.64, 0.55, 0.46, 0.38])
            trickle = form.at(down, side * np.array([0.62, 0.68, 0.80, 0.88, 0.86, 0.90]))
            stroke(canvas, smooth_open(trickle), red, max(0.8, 0.024 * form.px))
            cut = form.at(np.array([0.77, 0.745, 0.72]), side * np.array([0.46, 0.58, 0.72]))
            stroke(canvas, smooth_open(cut), red, max(1.0, 0.042 * form.px))
        if ink.soil.kinds & {"wet", "sweat"} and form.px > 40:
            _drops(canvas, form, look, ink)


def _drops(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """Drops that hold on wet skin."""
    path = skia.Path()
    for y, angle in ((0.66, 0.35), (0.60, -0.75), (0.40, 0.85), (0.33, -0.62), (0.12, 0.42), (0.74, -0.15)):
        if form.faces(angle) > 0.25:
            (x, top), (_, low) = form.at(np.array([y, y - 0.045]), np.full(2, angle)).tolist()
            path.addOval(skia.Rect.MakeLTRB(x - 0.010 * form.px, top, x + 0.010 * form.px, low))
    fill(canvas, path, with_alpha(ink.between("head", mix(look.skin, RGB(255, 255, 255), 0.75), 1.0), 0.55))
