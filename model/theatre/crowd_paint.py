"""A crowd drawn: all its people projected at once, each in a few flat shapes, sorted among the principals in slices.

Far ones are a handful of fills; near ones get hands, shoes and a face, less than a principal has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Crowd, Figure, Stage
from model.theatre.crowd import HAIRS, JOINTS, SKINS, STUFFS, Folk, folk_of, joints_of, spots_at
from model.theatre.drawable import Drawable
from model.theatre.flock import flock_drawables
from model.theatre.light import Tone, depth_step
from model.theatre.motion import place_at
from model.theatre.paint import darker
from model.theatre.surfaces import SurfaceTone
from model.theatre.view import View

__all__ = ["crowd_drawables", "paint_crowd_shadows"]

Array = NDArray[np.float64]

NEAREST_M, CLEAR_M = 1.1, 1.7
"""Nearer to the lens than the first nobody is drawn, beyond the second everybody is whole."""
SLICES = 14
_SHOES = RGB(44, 38, 40)
_WOOD = RGB(96, 74, 62)
_PALETTE = (*SKINS, *HAIRS, *STUFFS, _SHOES, _WOOD)
_HAIR0, _STUFF0 = len(SKINS), len(SKINS) + len(HAIRS)
_SHOE, _SEAT = len(_PALETTE) - 2, len(_PALETTE) - 1
_INK = 0x0E1226
_J = {name: k for k, name in enumerate(JOINTS)}
_FILL = skia.Paint(AntiAlias=True)
_LINE = skia.Paint(
    AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join
)


def _colours(tone: Tone, step: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The palette in light and in shade at a step of depth."""
    if isinstance(tone, SurfaceTone):  # its colours are codes of the moment
        return (tone.hand.code(0.92),) * len(_PALETTE), (tone.hand.code(0.2),) * len(_PALETTE)
    return _mixed(tone, step)


@lru_cache(maxsize=512)
def _mixed(tone: Tone, step: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    depth_m = 0.0 if step == 0 else 1.5 * 2 ** ((step - 0.5) / 6)
    lit = tuple(tone.between(rgb, 0.92, depth_m) for rgb in _PALETTE)
    return lit, tuple(tone.between(darker(rgb, 0.12), 0.2, depth_m) for rgb in _PALETTE)


def crowd_drawables(crowd: Crowd, figures: Sequence[Figure], view: View, tone: Tone, time_s: float) -> list[Drawable]:
    """A crowd at a time in slices of depth, each far to near within; `figures` are those it makes room for."""
    if crowd.kind != "people":
        return flock_drawables(crowd, view, tone, time_s)
    spots = spots_at(crowd, time_s, _floor_points(figures, time_s))
    if not len(spots.at):
        return []
    folk = folk_of(crowd)
    seen = view.project(joints_of(crowd, spots, time_s).reshape(-1, 3)).reshape(len(spots.at), len(JOINTS), 3)
    depth = seen[:, _J["pelvis"], 2]
    tall = folk.height_m * view.focal_px / np.maximum(depth, 0.3)
    x, y = seen[..., 0], seen[..., 1]
    inside = (
        (depth > NEAREST_M) & (x.max(axis=1) > -0.2 * tall) & (x.min(axis=1) < view.width_px + 0.2 * tall)
        & (y.max(axis=1) > 0) & (y.min(axis=1) < view.height_px) & (spots.there > 0.01)
    )  # fmt: skip
    chosen = np.flatnonzero(inside)
    if not len(chosen):
        return []
    order = chosen[np.argsort(-depth[chosen], kind="stable")]
    near, far = float(depth[order[-1]]), float(depth[order[0]])
    slices = np.minimum((far - depth[order]) / max(0.35, (far - near) / SLICES), SLICES).astype(np.int64)
    right = view.rotation[0]
    ahead = np.stack([np.sin(spots.heading), np.cos(spots.heading)], axis=1)
    to_eye = np.array([view.eye.x, view.eye.z]) - spots.at[:, [0, 2]]
    to_eye /= np.maximum(np.linalg.norm(to_eye, axis=1), 1e-6)[:, None]
    facing = (ahead * to_eye).sum(axis=1)
    aside = ahead @ np.array([right[0], right[2]]) / max(1e-6, math.hypot(float(right[0]), float(right[2])))
    there = spots.there * np.clip((depth - NEAREST_M) / (CLEAR_M - NEAREST_M), 0.0, 1.0)
    people = _People(crowd, folk, seen, depth, tall, facing, aside, there, tone, view)
    found = []
    for k in np.unique(slices).tolist():
        mine = order[slices == k].tolist()
        found.append(Drawable(float(depth[mine].mean()), partial(people.paint, mine)))
    return found


def _floor_points(figures: Sequence[Figure], time_s: float) -> list[tuple[float, float]]:
    marks = [place_at(figure, time_s) for figure in figures]
    return [(mark.x_m, mark.z_m) for mark in marks]


class _People:
    """Everybody's shapes in one frame, worked out together; painted some at a time."""

    def __init__(
        self, crowd: Crowd, folk: Folk, seen: Array, depth: Array, tall: Array, facing: Array, aside: Array, there: Array,
        tone: Tone, view: View,
    ) -> None:  # fmt: skip
        self.folk, self.tone, self.view = folk, tone, view
        self.sits = crowd.doing == "sit"
        xy = seen[..., :2]
        self.xy = xy.tolist()
        self.depth, self.tall, self.facing, self.aside = depth.tolist(), tall.tolist(), facing.tolist(), aside.tolist()
        self.there = there.tolist()
        toward = tone.key_side(view)
        self.dark_side = -1.0 if toward > 0 else 1.0
        neck, pelvis = xy[:, _J["neck"]], xy[:, _J["pelvis"]]
        axis = neck - pelvis
        across = np.stack([-axis[:, 1], axis[:, 0]], axis=1)
        across /= np.maximum(np.linalg.norm(across, axis=1), 1e-6)[:, None]  # to the picture's right, upright
        # How broad the trunk looks from here: shoulders face on, the chest's depth from the side.
        c, s = np.abs(facing), np.abs(aside)
        coat = (folk.cut == 2).astype(float)
        rows = (
            (0.99, 0.040, 0.040),
            (0.93, 0.118, 0.066),
            (0.62, 0.098, 0.070),
            (0.30, 0.080, 0.062),
            (-0.02, 0.086, 0.068),
        )
        widths = [(u, np.hypot(a * c, b * s) * folk.breadth * tall) for u, a, b in rows]
        if not self.sits:
            widths.append((-0.16 - 0.42 * coat, widths[-1][1] * (1.02 + 0.10 * coat)))
        left = [pelvis + axis * _col(u) - across * w[:, None] for u, w in widths]
        right = [pelvis + axis * _col(u) + across * w[:, None] for u, w in widths]
        self.trunk = np.stack([*right, *left[::-1]], axis=1).tolist()
        inner = [pelvis + axis * _col(u) + across * (self.dark_side * w * 0.25)[:, None] for u, w in widths]
        self.shade = np.stack([*(right if self.dark_side > 0 else left), *inner[::-1]], axis=1).tolist()
        knee = (xy[:, _J["right_knee"]] + xy[:, _J["left_knee"]]) / 2
        hem = knee * 0.9 + pelvis * 0.1 if not self.sits else knee
        wide = widths[4][1]
        spread = np.abs(xy[:, _J["right_knee"], 0] - xy[:, _J["left_knee"], 0]) / 2 + wide
        flat = np.array([1.0, 0.0])
        self.skirt = np.stack(
            [pelvis + across * wide[:, None], hem + flat * spread[:, None], hem - flat * spread[:, None],
             pelvis - across * wide[:, None]], axis=1,
        ).tolist()  # fmt: skip

    def paint(self, who: list[int], canvas: skia.Canvas) -> None:
        """Paints these people in their order."""
        for i in who:
            self._person(canvas, i)

    def _person(self, canvas: skia.Canvas, i: int) -> None:
        tall, folk, xy = self.tall[i], self.folk, self.xy[i]
        depth = self.depth[i]
        lit, shade = _colours(self.tone, depth_step(depth))
        alpha = round(255 * self.there[i]) << 24
        mask = 0xFFFFFF | alpha

        def fill(path: skia.Path, argb: int) -> None:
            _FILL.setColor(argb & mask)
            canvas.drawPath(path, _FILL)

        def line(path: skia.Path, argb: int, width: float) -> None:
            _LINE.setColor(argb & mask)
            _LINE.setStrokeWidth(width)
            canvas.drawPath(path, _LINE)

        facing, aside = self.facing[i], self.aside[i]
        top, bottom, skin, hair = (
            _STUFF0 + int(folk.top[i]),
            _STUFF0 + int(folk.bottom[i]),
            int(folk.skin[i]),
            _HAIR0 + int(folk.hair[i]),
        )
        cut, style = int(folk.cut[i]), int(folk.style[i])
        # An arm on the far side of a body seen from the side goes behind it.
        arms = ((11, 12, 13), (14, 15, 16))
        behind = arms[1] if (aside > 0) == (facing >= -2) and aside > 0.25 else arms[0] if aside < -0.25 else None
        behind = None if behind is None else (arms[0] if aside < 0 else arms[1])
        if aside > 0.25:
            behind = arms[1]  # facing right, its left is away from the lens
        thick = 0.046 * tall
        if self.sits:
            self._seat(fill, lit, shade, i)
        if behind is not None:
            line(_poly(xy, behind), shade[top], thick)
        legs = skia.Path()
        for a, b, c in ((2, 1, 0), (3, 4, 5)):
            legs.moveTo(*xy[a])
            legs.lineTo(*xy[b])
            legs.lineTo(*xy[c])
        if cut == 1:
            line(legs, shade[skin], 0.048 * tall)
        else:
            line(legs, lit[bottom] if tall < 30 else shade[bottom], 0.070 * tall)
            if tall >= 30:
                nearer = (3, 4, 5) if aside < 0 else (2, 1, 0)
                line(_poly(xy, nearer), lit[bottom], 0.066 * tall)
        if tall > 22:
            feet = skia.Path()
            for a, b in ((0, 6), (5, 7)):
                feet.moveTo(*xy[a])
                feet.lineTo(*xy[b])
            line(feet, shade[_SHOE], 0.044 * tall)
        if cut == 1:
            fill(_loop(self.skirt[i]), lit[bottom])
        head_x, head_y = xy[10]
        r = 0.064 * tall
        back = facing < -0.15
        if style == 1 and not back:
            self._long_hair(fill, shade[hair], head_x - aside * r * 0.3, head_y, r)
        fill(_loop(self.trunk[i]), lit[top])
        if tall > 14:
            fill(_loop(self.shade[i]), shade[top])
        flesh = skia.Path()
        flesh.addOval(skia.Rect.MakeLTRB(head_x - r * 0.84, head_y - r * 1.12, head_x + r * 0.84, head_y + r * 1.12))
        neck_x, neck_y = xy[9]
        flesh.addRect(skia.Rect.MakeLTRB(neck_x - r * 0.42, head_y, neck_x + r * 0.42, neck_y + r * 0.18))
        fill(flesh, lit[skin])
        for arm in arms:
            if arm is not behind:
                line(_poly(xy, arm), lit[top] if arm is arms[0] else shade[top], thick)
        if tall > 26:
            hands = skia.Path()
            for arm in arms:
                if arm is not behind:
                    hands.addCircle(xy[arm[2]][0], xy[arm[2]][1], 0.026 * tall)
            fill(hands, lit[skin])
        self._hair(fill, lit, shade, i, head_x, head_y, r, style, hair, facing, aside, top)
        if tall > 52 and facing > 0.05:
            self._face(fill, shade[skin], i, head_x, head_y, r, facing, aside)

    def _seat(self, fill, lit, shade, i: int) -> None:  # type: ignore[no-untyped-def]
        """A plain chair under who sits: its back is behind a face, before a back."""
        tall, (x, y) = self.tall[i], self.xy[i][8]
        low = (self.xy[i][0][1] + self.xy[i][5][1]) / 2
        path = skia.Path()
        half = 0.13 * tall
        path.addRect(skia.Rect.MakeLTRB(x - half, y + 0.02 * tall, x + half, y + 0.06 * tall))
        for s in (-1, 1):
            path.addRect(
                skia.Rect.MakeLTRB(x + s * half * 0.9 - 0.012 * tall, y, x + s * half * 0.9 + 0.012 * tall, max(low, y))
            )
        fill(path, shade[_SEAT])

    def _long_hair(self, fill, argb: int, x: float, y: float, r: float) -> None:  # type: ignore[no-untyped-def]
        path = skia.Path()
        path.addRoundRect(skia.Rect.MakeLTRB(x - r * 1.0, y - r * 1.1, x + r * 1.0, y + r * 1.7), r * 0.9, r * 0.9)
        fill(path, argb)

    def _hair(  # type: ignore[no-untyped-def]
        self,
        fill,
        lit,
        shade,
        i: int,
        x: float,
        y: float,
        r: float,
        style: int,
        hair: int,
        facing: float,
        aside: float,
        top: int,
    ) -> None:
        """A cap of hair that lies round to the back of the head as the head turns away; or a hat."""
        path = skia.Path()
        box = skia.Rect.MakeLTRB(x - r * 0.95, y - r * 1.24, x + r * 0.95, y + r * 1.12)
        # From in front a cap over the brow; from behind all of the head.
        away = max(0.0, 0.5 - 0.5 * facing)
        sweep = 150.0 + 190.0 * min(1.0, away * 1.25)
        middle = 270.0 - 62.0 * aside * (1.0 - 0.4 * away) + (0.0 if away < 1 else 0.0)
        if style == 3:
            if away > 0.4:
                path.addArc(box, middle - 40 + 180, 80)
                fill(path, shade[hair])
            return
        if style in (4, 5):
            path.addArc(box, middle - sweep / 2, sweep)
            fill(path, shade[hair])
            hat = skia.Path()
            if style == 5:
                hat.addOval(skia.Rect.MakeLTRB(x - r * 1.6, y - r * 0.95, x + r * 1.6, y - r * 0.50))
            else:
                hat.addOval(
                    skia.Rect.MakeLTRB(
                        x + aside * r * 0.7 - r * 0.8, y - r * 0.78, x + aside * r * 0.7 + r * 0.8, y - r * 0.40
                    )
                )
            hat.addRoundRect(
                skia.Rect.MakeLTRB(x - r * 0.98, y - r * (1.55 if style == 5 else 1.34), x + r * 0.98, y - r * 0.55),
                r * 0.5,
                r * 0.6,
            )
            fill(hat, shade[_STUFF0 + (int(self.folk.top[i]) * 5 + 3) % len(STUFFS)])
            return
        path.addArc(box, middle - sweep / 2, sweep)
        if style == 2:
            path.addCircle(x - aside * r * 1.0, y - r * 1.1, r * 0.48)
        if style == 1 and facing < -0.15:
            path.addRoundRect(
                skia.Rect.MakeLTRB(x - r * 0.96, y - r * 0.9, x + r * 0.96, y + r * 1.7), r * 0.7, r * 0.7
            )
        fill(path, lit[hair])

    def _face(self, fill, argb: int, i: int, x: float, y: float, r: float, facing: float, aside: float) -> None:  # type: ignore[no-untyped-def]
        """Eyes, a nose's shade and a mouth, where they are a pixel wide."""
        path = skia.Path()
        shift = aside * r * 0.62
        gap = r * 0.36 * max(0.25, facing)
        e = r * 0.11
        for s in (-1.0, 1.0):
            px = x + shift + s * gap
            if abs(px - x) < r * 0.8:
                path.addOval(skia.Rect.MakeLTRB(px - e, y - e * 1.3 - r * 0.02, px + e, y + e * 1.3 - r * 0.02))
        wide = r * 0.24 * max(0.4, facing)
        path.addRect(skia.Rect.MakeLTRB(x + shift - wide, y + r * 0.56, x + shift + wide, y + r * 0.64))
        fill(path, _deep(argb))


@lru_cache(maxsize=256)
def _deep(argb: int) -> int:
    r, g, b = argb >> 16 & 255, argb >> 8 & 255, argb & 255
    return 0xFF000000 | round(r * 0.36) << 16 | round(g * 0.28) << 8 | round(b * 0.30)


def _col(u: float | Array) -> Array:
    column: Array = np.reshape(np.asarray(u, dtype=np.float64), (-1, 1))
    return column


def _poly(xy: list[list[float]], which: Sequence[int]) -> skia.Path:
    path = skia.Path()
    path.moveTo(*xy[which[0]])
    for k in which[1:]:
        path.lineTo(*xy[k])
    return path


def _loop(points: list[list[float]]) -> skia.Path:
    path = skia.Path()
    path.moveTo(*points[0])
    for x, y in points[1:]:
        path.lineTo(x, y)
    path.close()
    return path


def paint_crowd_shadows(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """The ground under crowds: a contact for each foot point, and all their cast shadows in one."""
    veil = stage.weather.intensity if stage.weather.kind in ("overcast", "rain", "storm", "snow", "fog") else 0.0
    cast = (0.0 if stage.place.interior else 0.28) * (1 - 0.9 * veil) * (0.6 if stage.light.hour == "night" else 1.0)
    for crowd in stage.crowds:
        if crowd.kind != "people" or crowd.count <= 0:
            continue
        spots = spots_at(crowd, time_s, _floor_points(stage.figures, time_s))
        folk = folk_of(crowd)
        key = tone.key_from
        slope = min(2.4, math.hypot(key.x, key.z) / max(key.y, 1e-3))
        flat = math.hypot(key.x, key.z) or 1.0
        reach = np.array([-key.x / flat * slope, 0.0, -key.z / flat * slope])
        tips = spots.at + reach * (folk.height_m * 0.93)[:, None]
        seen = view.project(np.concatenate([spots.at, tips]))
        n = len(spots.at)
        foot, tip = seen[:n].tolist(), seen[n:].tolist()
        there, heights = spots.there.tolist(), folk.height_m.tolist()
        contact, laid = skia.Path(), skia.Path()
        squash = 0.0
        for (x, y, depth), (tx, ty, tz), share, height in zip(foot, tip, there, heights, strict=True):
            if depth < NEAREST_M or tz < 0.3 or share < 0.3 or not (-80 < x < view.width_px + 80):
                continue
            k = view.px_per_m(depth)
            squash = min(1.0, max(0.12, (view.eye.y - crowd.centre.y) / max(depth, 0.5)))
            a, b = 0.24 * height / 1.7 * k, 0.24 * height / 1.7 * k * squash
            contact.addOval(skia.Rect.MakeLTRB(x - a, y - b, x + a, y + b))
            if cast > 0.03:
                nx, ny = ty - y, -(tx - x)
                size = math.hypot(nx, ny) or 1.0
                w = 0.13 * k * height / 1.7
                nx, ny = nx / size * w, ny / size * w * max(0.3, squash)
                far = depth / max(tz, 0.3)
                laid.addPoly([skia.Point(x - nx, y - ny), skia.Point(tx - nx * far, ty - ny * far),
                              skia.Point(tx + nx * far, ty + ny * far), skia.Point(x + nx, y + ny)], True)  # fmt: skip
        _FILL.setColor(0x40 << 24 | _INK)
        canvas.drawPath(contact, _FILL)
        if cast > 0.03:
            _FILL.setColor(round(255 * cast) << 24 | _INK)
            canvas.drawPath(laid, _FILL)
