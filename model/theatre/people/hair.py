"""Hair with volume: masses around the head's form, drawn behind, on and before it by the view.

Also says where the hairline leaves skin to show (`hairline`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.paint import (
    Ink,
    beyond,
    clipped,
    fill,
    hull,
    light_up,
    mix,
    rim_light,
    smooth_closed,
    smooth_open,
    strands,
    stroke,
    two_tone,
    with_alpha,
)
from model.theatre.people.hairstyles import paint_ropes, rippled
from model.theatre.people.head import HeadForm, surface
from model.theatre.people.headwear import paint_wrap

__all__ = ["COVERED", "hair_before", "hair_behind", "hair_cap", "hair_rgb", "hairline", "shows_ears"]

Array = NDArray[np.float64]
_ELEVEN = np.linspace(-1.0, 1.0, 11)
_ROUGH = 0.010 * np.cos(np.arange(11) * 2.6)


@dataclass(frozen=True)
class Cut:
    """A hair style: how thick it lies (in shares of the head), how low it goes, and where it parts."""

    top: float
    side: float
    nape: float  # height of its lower edge at the back, in head heights
    temple: float  # the same before the ears
    ears: bool
    open_rad: float  # half the angle that the face keeps free below the temples
    fall: float | None = None  # how low loose hair hangs
    bumps: float = 0.0
    waves: float = 0.0


_CUTS = {
    "short": Cut(0.115, 0.050, 0.12, 0.40, True, 1.45),
    "buzz": Cut(0.022, 0.016, 0.13, 0.42, True, 1.45),
    "quiff": Cut(0.105, 0.026, 0.13, 0.42, True, 1.45),
    "mohawk": Cut(0.016, 0.012, 0.13, 0.42, True, 1.45),
    "long": Cut(0.095, 0.075, 0.05, 0.20, False, 1.20, fall=-0.66),
    "wavy": Cut(0.120, 0.105, 0.05, 0.20, False, 1.18, fall=-0.52, waves=0.030),
    "bob": Cut(0.100, 0.100, 0.02, 0.10, False, 1.16, fall=-0.06),
    "bun": Cut(0.050, 0.030, 0.10, 0.44, True, 1.45),
    "ponytail": Cut(0.060, 0.035, 0.10, 0.44, True, 1.45),
    "braids": Cut(0.050, 0.034, 0.10, 0.40, True, 1.40),
    "locs": Cut(0.085, 0.060, 0.06, 0.34, False, 1.24),
    "curly": Cut(0.190, 0.150, 0.06, 0.34, False, 1.16, bumps=0.085),
    "afro": Cut(0.300, 0.330, 0.08, 0.38, False, 1.22, bumps=0.060),
}
COVERED = frozenset({"hijab", "turban", "hood"})
"""Headwear under which no hair is seen."""
_CROPPED = {"buzz": 0.30, "mohawk": 0.42}  # how much of the skin tells through hair this short


def parting(look: Look) -> float:
    """On which side the hair is parted: +1 the figure's right, -1 its left."""
    return 1.0 if (look.hair_colour.r + look.skin.g) % 2 else -1.0


def shows_ears(look: Look) -> bool:
    """Whether the hair leaves the ears free."""
    if look.hat in COVERED:
        return look.hat == "turban"
    return look.hair == "bald" or _CUTS[look.hair].ears


@lru_cache(maxsize=128)
def hairline(look: Look) -> tuple[Array, Array]:
    """Heights on the head and how far round (radians from the front) skin shows at each."""
    if look.hat in ("hijab", "hood"):
        y = np.array([-0.06, -0.02, 0.04, 0.1, 0.18, 0.28, 0.4, 0.52, 0.62, 0.7, 0.76, 0.79])
        return y, np.interp(y, [-0.06, 0.02, 0.1, 0.3, 0.5, 0.66, 0.79], [0.62, 0.86, 0.98, 1.10, 1.10, 0.96, 0.05])
    if look.hair == "bald" or look.hat == "turban":
        y = np.concatenate([np.linspace(-0.06, 0.9, 19), [0.95, 0.985, 1.0]])
        return y, np.full(len(y), math.pi)
    cut = _CUTS[look.hair]
    y = np.array([-0.06, -0.02, 0.04, 0.09, 0.15, 0.22, 0.3, 0.38, 0.46, 0.53, 0.6, 0.66, 0.72, 0.77, 0.81, 0.84, 0.86])
    half = np.interp(
        y, [0.3, 0.40, 0.46, 0.55, 0.66, 0.73, 0.79, 0.83, 0.86], [1.9, 1.7, 1.5, 1.36, 1.14, 0.98, 0.78, 0.48, 0.04]
    )
    if look.gender == "male" and look.age_years > 48 and look.hair == "short":
        y = y + np.clip((y - 0.62) / 0.2, 0, 1) * 0.035
        half = half + 0.12 * np.exp(-(((y - 0.78) / 0.07) ** 2))
    if not cut.ears:
        loose = cut.fall is not None or look.hair == "locs"  # falls over the jaw's corner too
        half = np.minimum(half, np.where(y < 0.24, 1.45 if loose else 1.75, cut.open_rad))
    return y, half


def _cap(form: HeadForm, look: Look, wet: bool, near: bool) -> Array:
    """Points over the hair's surface, in head heights; with `near`, without what the jaw hides from below."""
    points, y, angle = _whole_cap(look, wet)
    if not near or form.elevation >= 0.0:
        return points
    # It withdraws as the camera sinks, so that nothing pops.
    far = -1.0 + 0.88 * min(1.0, -form.elevation / 0.24)
    return points[(np.cos(angle - form.bearing) > far) | (y > 0.9 + form.elevation * 0.4)]


@lru_cache(maxsize=128)
def _whole_cap(look: Look, wet: bool) -> tuple[Array, Array, Array]:
    """All points of the hair's surface over a head at rest, with their heights and angles on the head."""
    under_hat = look.hat != "none"
    cut = _CUTS[look.hair]
    flat = 0.45 if wet else 1.0
    if under_hat:
        flat = min(flat, 0.35)
    a = np.linspace(0, 2 * math.pi, 20, endpoint=False)
    y = np.array([0.05, 0.14, 0.26, 0.4, 0.54, 0.66, 0.76, 0.85, 0.92, 0.97, 1.0])
    grid_y, grid_a = (g.ravel() for g in np.meshgrid(y, a))
    front = np.abs((grid_a + math.pi) % (2 * math.pi) - math.pi)
    low = np.interp(
        front,
        [0, 0.5, 0.95, 1.25, 1.5, 1.9, 2.4, math.pi],
        [0.84, 0.81, 0.70, 0.56, cut.temple + 0.02, cut.temple, cut.nape + 0.06, cut.nape],
    )
    keep = grid_y >= low - 0.02
    grid_y, grid_a, low = grid_y[keep], grid_a[keep], low[keep]
    base = surface(look, grid_y, grid_a)
    u = np.clip((grid_y - 0.35) / 0.5, 0, 1)
    lift = (cut.side + (cut.top - cut.side) * u) * flat
    if look.hair == "quiff" and not under_hat:
        front_up = np.clip(np.cos(0.8 * np.abs((grid_a + math.pi) % (2 * math.pi) - math.pi)), 0, 1) ** 1.6
        crown = np.clip((1.07 - grid_y) / 0.17, 0.40, 1.0)
        lift = lift * (1.0 + (0.5 if wet else 1.2) * u * front_up * crown)
    if look.hair == "short" and look.age_years < 50 and not under_hat and not wet:
        # A quiff, swept to the side of the parting.
        lift = lift * (1.0 + 0.26 * u * np.clip(np.cos(grid_a - 0.5 * parting(look)), 0, 1))
    thin = np.clip((grid_y - low) / 0.16, 0.25, 1.0)
    way = base - _MIDDLE
    points: Array = base + way / np.linalg.norm(way, axis=1, keepdims=True) * (lift * thin)[:, None]
    return points, grid_y, grid_a


FAR_SIDE = -0.80
"""How squarely a lock beside the face is seen when it goes behind neck and shoulders."""
_TIGHT = frozenset({"beanie", "cap", "peaked", "helmet"})
_NO_FRINGE = frozenset({"buzz", "mohawk", "locs"})
_MIDDLE = np.array([0.0, 0.56, -0.05])
_LONG = np.array([
    (0.37, 0.42, -0.04), (0.43, 0.16, -0.06), (0.47, -0.10, -0.10), (0.46, -0.34, -0.14), (0.36, -0.56, -0.16),
    (0.40, 0.20, -0.40), (0.38, -0.20, -0.46), (0.30, -0.56, -0.42), (0.14, 0.10, -0.54), (0.12, -0.62, -0.44),
])  # fmt: skip
_BOB = np.array([
    (0.40, 0.42, 0.00), (0.45, 0.20, 0.02), (0.46, 0.04, 0.02), (0.40, -0.05, 0.00), (0.44, 0.25, -0.34),
    (0.42, 0.02, -0.36), (0.30, -0.06, -0.40), (0.18, 0.20, -0.55), (0.16, 0.00, -0.52),
])  # fmt: skip


def _fall(look: Look, wet: bool, swing: Array) -> Array:
    points = (_BOB if look.hair == "bob" else _LONG).copy()
    if look.hair == "wavy":
        points = points * np.array([1.05, 1.0, 1.04])
        points[:, 1] = np.where(points[:, 1] < 0, points[:, 1] * 0.8, points[:, 1])
    if wet:
        points[:, 0] *= 0.90
        points[:, 2] *= 0.93
    if look.age_years < 12 and look.hair != "bob":
        points[:, 1] = np.where(points[:, 1] < 0, points[:, 1] * 0.6, points[:, 1])
    mirrored = points * np.array([-1.0, 1.0, 1.0])
    both = np.concatenate([points, mirrored])
    both[:, ::2] += np.clip(-both[:, 1:2], 0, 1) * swing
    return both


def _mass(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, points: Array, bumps: bool, streaks: bool) -> None:
    """Hair as one form, with what lies on it."""
    px = form.to_px(points)
    cut = _CUTS[look.hair]
    path = hull(px) if not (cut.waves and streaks) else rippled(px, form, cut.waves)
    if bumps and cut.bumps and form.px > 9:
        path.setFillType(skia.PathFillType.kWinding)
        size = cut.bumps * form.px
        inward = 0.085 if cut.top > 0.25 else 0.06
        middle = px.mean(axis=0)
        curls = px + (middle - px) * inward
        radii = np.asarray(size * (0.85 + 0.5 * (np.arange(len(px)) * 0.618 % 1.0)), dtype=np.float64)
        # A curl well inside the mass changes nothing; hundreds would cost more than the rest of the head.
        out = beyond(px, curls, radii + 0.03 * form.px)
        for (x, y), r in zip(curls[out].tolist(), radii[out].tolist(), strict=True):
            path.addCircle(x, y, r)
    rgb = hair_rgb(look)
    fill(canvas, path, ink.shade("hair", rgb))
    light_up(canvas, path, ink.lit("hair", rgb), ink, 0.17 * form.px)
    rim_light(canvas, path, ink, rgb, 0.045 * form.px, simple=not (bumps and cut.bumps))
    if streaks and form.px > 22 and ink.plain is None:
        with clipped(canvas, path):
            _streaks(canvas, form, look, ink)
    if form.px > 14 and ink.plain is None:
        _highlight(canvas, form, look, ink)


def _streaks(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """Where loose hair parts, from behind."""
    line = with_alpha(ink.line("hair", look.hair_colour, 0.45), 0.45)
    low = _CUTS[look.hair].fall or 0.0
    for x in (-0.24, -0.06, 0.13, 0.28):
        rows = np.array(
            [(x * 0.5, 0.86, -0.47), (x, 0.4, -0.53), (x * 1.25, (low + 0.4) / 2, -0.5), (x * 1.05, low, -0.45)]
        )
        stroke(canvas, smooth_open(form.to_px(rows)), line, max(0.8, 0.016 * form.px))


def _from_behind(form: HeadForm, ink: Ink) -> float:
    """How far a head is seen from behind, 0 to 1: loose hair goes from behind the neck to before it by this."""
    share = min(1.0, max(0.0, (-0.05 - math.cos(form.bearing)) / 0.4))
    return share if ink.plain is None else float(round(share))


def hair_rgb(look: Look) -> RGB:
    """The hair's colour; the skin tells through hair that is cropped."""
    return mix(look.hair_colour, look.skin, _CROPPED.get(look.hair, 0.0))


def _bare(look: Look) -> bool:
    return look.hair == "bald" or look.hat in COVERED


def hair_behind(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, swing: Array) -> None:
    """What hangs on the far side of neck and shoulders."""
    behind = _from_behind(form, ink)
    if _bare(look) or behind == 1.0:
        return
    wet = ink.wet
    if _CUTS[look.hair].fall is not None:
        points = form.to_px(np.concatenate([_fall(look, wet, swing), _cap(form, look, wet, False)]))
        waves = _CUTS[look.hair].waves
        path = rippled(points, form, waves) if waves else hull(points)
        fill(canvas, path, ink.shade("hair", look.hair_colour))
        _locks(canvas, form, look, ink, swing, near=False)
    elif form.elevation < 0.0:
        fill(canvas, hull(form.to_px(_cap(form, look, wet, False))), ink.shade("hair", hair_rgb(look)))
    paint_ropes(canvas, form, look, ink, swing, near=False)


def hair_cap(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, swing: Array) -> None:
    """The mass on the head, painted over the neck and under the face; from behind, the loose hair too."""
    if look.hat in ("hijab", "hood"):
        paint_wrap(canvas, form, look, ink)
    if _bare(look):
        return
    cut = _CUTS[look.hair]
    behind = _from_behind(form, ink)
    if cut.fall is None or behind < 1.0:
        _mass(canvas, form, look, ink, _cap(form, look, ink.wet, behind == 0.0), bumps=True, streaks=False)
    if cut.fall is not None and behind < 1.0:
        _locks(canvas, form, look, ink, swing, near=True)
    if cut.fall is not None and behind > 0.0:
        # It comes before the neck as the head turns away, by and by, so that nothing pops.
        points = np.concatenate([_fall(look, ink.wet, swing), _cap(form, look, ink.wet, False)])
        if behind < 1.0:
            share = min(1.0, 1.2 * behind)
            canvas.saveLayerAlpha(None, round(255 * share * share * (3.0 - 2.0 * share)))
        _mass(canvas, form, look, ink, points, bumps=False, streaks=True)
        if behind < 1.0:
            canvas.restore()
    paint_ropes(canvas, form, look, ink, swing, near=True)


def _shine(look: Look, ink: Ink) -> int:
    return ink.between("hair", mix(look.hair_colour, RGB(255, 238, 214), 0.42 if ink.wet else 0.24), 1.0)


def _highlight(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """A soft band of light around the crown, on the key's side."""
    way = form.axes.T @ np.asarray(ink.tone.key_from)
    off = (math.atan2(way[0], way[2]) - form.bearing + math.pi) % (2 * math.pi) - math.pi
    middle = form.bearing + max(-0.5, min(0.5, off))
    cut = _CUTS[look.hair]
    a = middle + 0.66 * _ELEVEN
    taper = 1 - _ELEVEN**2
    lift = 0.8 * cut.top * (0.35 if look.hat != "none" else 1.0)
    rough = _ROUGH
    upper = 0.945 + 0.012 * taper
    lower = 0.945 - (0.065 if cut.bumps == 0 else 0.045) * taper + rough
    band = _lifted(form, np.concatenate([upper, lower[::-1]]), np.concatenate([a, a[::-1]]), lift)
    strength = 0.6 if cut.bumps == 0 else 0.4
    fill(canvas, smooth_closed(form.to_px(band)), with_alpha(_shine(look, ink), strength))


def _lifted(form: HeadForm, y: Array, angle: Array, lift: float) -> Array:
    """Points on the hair's surface over a place on the head."""
    base = form.on(y, angle, seen=False)
    way = base - _MIDDLE
    points: Array = base + way * (lift / np.sqrt((way * way).sum(axis=1)))[:, None]
    return points


def _locks(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, swing: Array, near: bool) -> None:
    """Loose hair beside the face: `near`, over neck and shoulders, or on the side that is turned away, behind them."""
    cut = _CUTS[look.hair]
    low = cut.fall
    if low is None:
        return
    for side in (1.0, -1.0):
        seen = form.faces(side * 1.75)
        if (seen > FAR_SIDE) != near:
            continue
        forward = 0.03
        edge = np.array([
            (0.33, 0.72, 0.09), (0.365, 0.50, 0.05), (0.37, 0.26, 0.02), (0.375, 0.04, forward),
            (0.40, low * 0.5, 0.04), (0.40, low, -0.02),
        ])  # fmt: skip
        rear = np.array([(0.38, low + 0.04, -0.26), (0.46, 0.0, -0.26), (0.45, 0.3, -0.30), (0.42, 0.66, -0.22)])
        if look.hair == "bob":
            edge[3:] = np.array([(0.375, 0.10, 0.07), (0.395, 0.0, 0.08), (0.42, -0.05, 0.0)])
            rear[:2] = np.array([(0.44, -0.05, -0.26), (0.47, 0.08, -0.30)])
        points = np.concatenate([edge, rear]) * np.array([side, 1.0, 1.0])
        points[:, ::2] += np.clip(-points[:, 1:2], 0, 1) * swing
        if cut.waves:
            points[:, 0] += side * 1.3 * cut.waves * np.sin(11.0 * points[:, 1] + 1.0)
        # Turning away, it dims and slips behind the shoulder, or under the hair that comes before the neck.
        light = min(1.0, max(0.0, (seen - FAR_SIDE) / 0.45), 2.0 * (1.0 - _from_behind(form, ink)))
        if near and light < 1.0:
            points[:, 1] = np.minimum(points[:, 1], 0.0) * light + np.maximum(points[:, 1], 0.0)
        path = smooth_closed(form.to_px(points))
        if light == 0.0:
            fill(canvas, path, ink.shade("hair", look.hair_colour))
            continue
        lit = ink.lit("hair", look.hair_colour) if light == 1.0 else ink.between("hair", look.hair_colour, light)
        two_tone(canvas, path, ink, "hair", look.hair_colour, 0.05 * form.px, lit)
        if form.px > 26 and ink.plain is None and light == 1.0:
            strand = np.array(
                [(0.40, 0.62, -0.02), (0.43, 0.34, 0.0), (0.44, 0.1, -0.03), (0.42, low + 0.08, -0.1)]
            ) * np.array([side, 1, 1])
            stroke(
                canvas,
                smooth_open(form.to_px(strand)),
                with_alpha(ink.line("hair", look.hair_colour, 0.45), 0.4),
                0.016 * form.px,
            )


def hair_before(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, skin: skia.Path | None) -> None:
    """Fringe over the forehead."""
    if _bare(look) or skin is None or form.px < 7 or look.hat in _TIGHT or look.hair in _NO_FRINGE:
        return
    if form.faces(0.0) < -0.55:
        return
    part = 0.45 * parting(look)
    span = form.span(0.8, -1.22, 1.22, 15)
    if span is None:
        return
    a = span
    cut = _CUTS[look.hair]
    if look.hair == "short":
        if look.gender == "male" and look.age_years > 48:
            return
        tuft = 0.020 * np.cos(a * 9.0 + part)
        low = 0.775 - 0.10 * np.clip(np.abs(a) - 0.55, 0, 1) + 0.05 * np.cos((a - part) * 1.6) + tuft
    elif look.hair == "bob":
        low = 0.685 - 0.05 * np.abs(a) + 0.008 * np.cos(a * 13)
    elif look.hair == "quiff":
        low = 0.815 - 0.12 * np.clip(np.abs(a) - 0.55, 0, 1)
    elif look.hair in ("long", "wavy"):
        low = 0.86 - 0.30 * np.clip(np.abs(a - part * 0.25), 0, 1.2) ** 1.15
    elif look.hair in ("bun", "ponytail", "braids"):
        low = 0.825 - 0.14 * np.clip(np.abs(a) - 0.30, 0, 1) ** 1.2
    else:
        low = 0.79 - 0.12 * np.clip(np.abs(a) - 0.5, 0, 1) + 0.022 * np.cos(a * 11.0)
    lift = 0.022 + 0.3 * cut.side
    lower = form.to_px(form.on(low, a, lift, seen=False))
    upper = form.to_px(_lifted(form, np.full(7, 0.88), np.linspace(a[-1], a[0], 7), 0.6 * cut.top))
    path = smooth_closed(np.concatenate([lower, upper]), 0.9)
    fill(canvas, path, ink.between("hair", look.hair_colour, 0.97))
    if form.px > 26 and ink.plain is None:
        line = with_alpha(ink.line("hair", look.hair_colour, 0.45), 0.45)
        shown = [
            k
            for k in (3, 6, 9, 12)
            if form.faces(float(a[k])) > 0.2 and form.faces(float(a[k]) * 0.55 + part * 0.3) > 0.15
        ]
        if shown:
            rise = np.array([(low[k] + 0.015, (low[k] + 0.93) / 2, 0.93) for k in shown]).ravel()
            turn = np.array([(a[k], a[k] * 0.85 + part * 0.12, a[k] * 0.55 + part * 0.3) for k in shown]).ravel()
            path = strands(form.at(rise, turn, 0.02 + lift), len(shown))
            stroke(canvas, path, line, max(0.7, 0.013 * form.px))
