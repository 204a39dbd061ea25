"""A crowd drawn: all its people projected at once, each in a few flat shapes, sorted among the principals in slices.

Far ones are a handful of fills; near ones get hands, shoes and a face, less than a principal has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Crowd, Stage
from model.theatre.animals.flock import flock_drawables
from model.theatre.crowds.crowd import HAIRS, JOINTS, SKINS, STUFFS, Folk, folk_of
from model.theatre.crowds.crowd_ground import NEAREST_M, bodies_of, floor_taken
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone, depth_step
from model.theatre.paint import darker
from model.theatre.surfaces import SurfaceTone
from model.theatre.view import View

__all__ = ["crowd_drawables"]

Array = NDArray[np.float64]

CLEAR_M = 1.7
"""Beyond this from the lens everybody is whole; nearer than `NEAREST_M` nobody is drawn."""
SLICES = 14
_SHOES = RGB(44, 38, 40)
_EYES = RGB(58, 34, 32)
_WOOD = RGB(96, 74, 62)
_PALETTE = (*SKINS, *HAIRS, *STUFFS, _EYES, _SHOES, _WOOD)
_HAIR0, _STUFF0 = len(SKINS), len(SKINS) + len(HAIRS)
_EYE, _SHOE, _SEAT = len(_PALETTE) - 3, len(_PALETTE) - 2, len(_PALETTE) - 1
PLAIN_PX, FACES_PX = 38.0, 52.0
"""Below the first height people are a few fills without hands and shoes; from the second they have faces."""
_RIGHT_LEG, _LEFT_LEG, _RIGHT_ARM, _LEFT_ARM = (2, 1, 0), (3, 4, 5), (11, 12, 13), (14, 15, 16)
_BOTH, _NONE = (_RIGHT_ARM, _LEFT_ARM), ()
_ARMS = (
    ((_BOTH, _NONE), ((_RIGHT_ARM,), (_LEFT_ARM,))),
    (((_LEFT_ARM,), (_RIGHT_ARM,)), (_NONE, _BOTH)),
)
"""Arms before and behind a body, by whether the right and the left one is on its far side."""
_LIMBS = np.array([_RIGHT_LEG, _LEFT_LEG, _RIGHT_ARM, _LEFT_ARM])
_LIMB_RADII = np.array([[0.042, 0.034, 0.026]] * 2 + [[0.026, 0.024, 0.019]] * 2)
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


def crowd_drawables(crowd: Crowd, stage: Stage, view: View, tone: Tone, time_s: float) -> list[Drawable]:
    """A crowd at a time in slices of depth, each far to near within; it makes room for the stage's figures."""
    if crowd.kind != "people":
        return flock_drawables(crowd, view, tone, time_s)
    spots, joints = bodies_of(crowd, floor_taken(stage, time_s), time_s)
    if not len(spots.at):
        return []
    folk = folk_of(crowd)
    seen = view.project(joints.reshape(-1, 3)).reshape(len(spots.at), len(JOINTS), 3)
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


class _Traits(NamedTuple):
    """What of people chooses colours and shapes, as plain numbers."""

    skin: list[int]
    hair: list[int]
    style: list[int]
    top: list[int]
    bottom: list[int]
    hat: list[int]
    cut: list[int]


@lru_cache(maxsize=64)
def _traits(folk: Folk) -> _Traits:
    hat = _STUFF0 + (folk.top * 5 + 3) % len(STUFFS)
    return _Traits(
        folk.skin.tolist(), (_HAIR0 + folk.hair).tolist(), folk.style.tolist(), (_STUFF0 + folk.top).tolist(),
        (_STUFF0 + folk.bottom).tolist(), hat.tolist(), folk.cut.tolist(),
    )  # fmt: skip


class _People:
    """Everybody's shapes in one frame, worked out together; painted some at a time."""

    def __init__(
        self,
        crowd: Crowd,
        folk: Folk,
        seen: Array,
        depth: Array,
        tall: Array,
        facing: Array,
        aside: Array,
        there: Array,
        tone: Tone,
        view: View,
    ) -> None:
        self.tone, self.them = tone, _traits(folk)
        self.sits = crowd.doing == "sit"
        xy = seen[..., :2]
        self.xy = xy.tolist()
        self.depth, self.tall, self.facing, self.aside = depth.tolist(), tall.tolist(), facing.tolist(), aside.tolist()
        self.there = there.tolist()
        dark_side = -1.0 if tone.key_side(view) > 0 else 1.0
        neck, pelvis = xy[:, _J["neck"]], xy[:, _J["pelvis"]]
        axis = neck - pelvis
        across = np.stack([-axis[:, 1], axis[:, 0]], axis=1)
        across /= np.maximum(np.linalg.norm(across, axis=1), 1e-6)[:, None]  # to the picture's right, upright
        # How broad the trunk looks from here: shoulders face on, the chest's depth from the side.
        c, s = np.abs(facing), np.abs(aside)
        coat = (folk.cut == 2).astype(float)
        sections = (
            (0.99, 0.040, 0.040),
            (0.93, 0.118, 0.066),
            (0.62, 0.098, 0.070),
            (0.30, 0.080, 0.062),
            (-0.02, 0.086, 0.068),
        )
        widths = [(u, np.hypot(a * c, b * s) * folk.breadth * tall) for u, a, b in sections]
        if not self.sits:
            widths.append((-0.16 - 0.42 * coat, widths[-1][1] * (1.02 + 0.10 * coat)))
        left = [pelvis + axis * _col(u) - across * w[:, None] for u, w in widths]
        right = [pelvis + axis * _col(u) + across * w[:, None] for u, w in widths]
        self.trunk = np.stack([*right, *left[::-1]], axis=1).tolist()
        rows = [widths[1], widths[3], widths[-1]]
        inner = [pelvis + axis * _col(u) + across * (dark_side * w * 0.25)[:, None] for u, w in rows]
        outer = [pelvis + axis * _col(u) + across * (dark_side * w)[:, None] for u, w in rows]
        self.shade = np.stack([*outer, *inner[::-1]], axis=1).tolist()
        knee = (xy[:, _J["right_knee"]] + xy[:, _J["left_knee"]]) / 2
        hem = knee * 0.9 + pelvis * 0.1 if not self.sits else knee
        wide = widths[4][1]
        spread = np.abs(xy[:, _J["right_knee"], 0] - xy[:, _J["left_knee"], 0]) / 2 + wide
        flat = np.array([1.0, 0.0])
        self.skirt = np.stack(
            [pelvis + across * wide[:, None], hem + flat * spread[:, None], hem - flat * spread[:, None],
             pelvis - across * wide[:, None]], axis=1,
        ).tolist()  # fmt: skip
        # Arms on the far side of a body are painted before it.
        far = [seen[:, arm, 2].mean(axis=1) > seen[:, _J["neck"], 2] + 0.03 for arm in (_RIGHT_ARM, _LEFT_ARM)]
        self.arms = [_ARMS[right][left] for right, left in zip(far[0].tolist(), far[1].tolist(), strict=True)]
        away = 0.5 - 0.5 * facing
        # From in front a cap over the brow; from behind all of the head.
        self.sweep = (150.0 + 190.0 * np.minimum(1.0, away * 1.25)).tolist()
        self.middle = (270.0 - 62.0 * aside * (1.0 - 0.4 * away)).tolist()
        self.limbs: list[list[list[list[float]]]] = _limbs(xy, tall, folk.cut) if float(tall.min()) < PLAIN_PX else []

    def paint(self, who: list[int], canvas: skia.Canvas) -> None:
        """Paints these people in their order."""
        for i in who:
            share = self.there[i]
            if share > 0.99:
                self._person(canvas, i)
                continue
            (x, y), reach = self.xy[i][8], 0.8 * self.tall[i]
            canvas.saveLayerAlpha(skia.Rect(x - reach, y - reach, x + reach, y + reach), round(255 * share))
            self._person(canvas, i)
            canvas.restore()

    def _person(self, canvas: skia.Canvas, i: int) -> None:
        tall, xy, them = self.tall[i], self.xy[i], self.them
        lit, shade = _colours(self.tone, depth_step(self.depth[i]))
        facing, aside = self.facing[i], self.aside[i]
        top, bottom, skin, hair = them.top[i], them.bottom[i], them.skin[i], them.hair[i]
        cut, style = them.cut[i], them.style[i]
        head_x, head_y = xy[10]
        r = 0.064 * tall
        plain = tall < PLAIN_PX
        before, behind = self.arms[i]
        if self.sits:
            _fill(canvas, self._seat(i), shade[_SEAT])
        if not plain:
            for arm in behind:
                _line(canvas, _poly(xy, arm), shade[top], 0.046 * tall)
        self._legs(canvas, i, lit[bottom], shade[bottom], shade[skin], shade[_SHOE])
        if cut == 1:
            _fill(canvas, _loop(self.skirt[i]), lit[bottom])
        if style == 1 and facing >= -0.15:
            _fill(canvas, _mane(head_x - aside * r * 0.3, head_y, r), shade[hair])
        trunk = _loop(self.trunk[i])
        if plain:
            _add_loop(trunk, self.limbs[i][2])
            _add_loop(trunk, self.limbs[i][3])
        _fill(canvas, trunk, lit[top])
        if tall > 20:
            _fill(canvas, _loop(self.shade[i]), shade[top])
        flesh = skia.Path()
        flesh.addOval(skia.Rect(head_x - r * 0.84, head_y - r * 1.12, head_x + r * 0.84, head_y + r * 1.12))
        if not plain:
            neck_x, neck_y = xy[9]
            flesh.addRect(skia.Rect(neck_x - r * 0.42, head_y, neck_x + r * 0.42, neck_y + r * 0.18))
            for arm in before:
                argb = lit[top] if arm is _RIGHT_ARM or aside < 0 else shade[top]
                _line(canvas, _poly(xy, arm), argb, 0.046 * tall)
                flesh.addCircle(xy[arm[2]][0], xy[arm[2]][1], 0.026 * tall)
        _fill(canvas, flesh, lit[skin])
        self._hair(canvas, i, head_x, head_y, r, lit[hair], shade[hair], shade[them.hat[i]])
        if tall > FACES_PX and facing > 0.05:
            _fill(canvas, _features(head_x, head_y, r, facing, aside), shade[_EYE])

    def _legs(self, canvas: skia.Canvas, i: int, lit: int, shade: int, skin: int, shoe: int) -> None:
        tall, xy = self.tall[i], self.xy[i]
        bare = self.them.cut[i] == 1
        if tall < PLAIN_PX:
            legs = _loop(self.limbs[i][0])
            _add_loop(legs, self.limbs[i][1])
            _fill(canvas, legs, skin if bare else lit)
            return
        near, far = (_LEFT_LEG, _RIGHT_LEG) if self.aside[i] < 0 else (_RIGHT_LEG, _LEFT_LEG)
        wide = (0.048 if bare else 0.068) * tall
        _line(canvas, _poly(xy, far), skin if bare else shade, wide)
        _line(canvas, _poly(xy, near), skin if bare else lit, wide)
        feet = skia.Path()
        for a, b in ((0, 6), (5, 7)):
            feet.moveTo(*xy[a])
            feet.lineTo(*xy[b])
        _line(canvas, feet, shoe, 0.044 * tall)

    def _seat(self, i: int) -> skia.Path:
        """A plain chair under who sits."""
        tall, (x, y) = self.tall[i], self.xy[i][8]
        low = max(y, (self.xy[i][0][1] + self.xy[i][5][1]) / 2)
        half, thin = 0.13 * tall, 0.012 * tall
        path = skia.Path()
        path.addRect(skia.Rect(x - half, y + 0.02 * tall, x + half, y + 0.06 * tall))
        for leg in (x - half * 0.9, x + half * 0.9):
            path.addRect(skia.Rect(leg - thin, y, leg + thin, low))
        return path

    def _hair(self, canvas: skia.Canvas, i: int, x: float, y: float, r: float, lit: int, shade: int, felt: int) -> None:
        """A cap of hair that lies round to the back of the head as the head turns away; or a hat."""
        style, facing, aside = self.them.style[i], self.facing[i], self.aside[i]
        sweep, middle = self.sweep[i], self.middle[i]
        path = skia.Path()
        box = skia.Rect(x - r * 0.95, y - r * 1.24, x + r * 0.95, y + r * 1.12)
        if style == 3:
            if facing < 0.2:
                path.addArc(box, middle + 140, 80)
                _fill(canvas, path, shade)
            return
        path.addArc(box, middle - sweep / 2, sweep)
        if style == 2:
            path.addCircle(x - aside * r, y - r * 1.1, r * 0.48)
        elif style == 1 and facing < -0.15:
            path.addRoundRect(skia.Rect(x - r * 0.96, y - r * 0.9, x + r * 0.96, y + r * 1.7), r * 0.7, r * 0.7)
        _fill(canvas, path, shade if style > 3 else lit)
        if style > 3:
            hat = skia.Path()
            brim = skia.Rect(x - r * 1.6, y - r * 0.95, x + r * 1.6, y - r * 0.5)
            if style == 4:
                peak = x + aside * r * 0.7
                brim = skia.Rect(peak - r * 0.8, y - r * 0.78, peak + r * 0.8, y - r * 0.4)
            hat.addOval(brim)
            crown = 1.55 if style == 5 else 1.34
            hat.addRoundRect(skia.Rect(x - r * 0.98, y - r * crown, x + r * 0.98, y - r * 0.55), r * 0.5, r * 0.6)
            _fill(canvas, hat, felt)


def _mane(x: float, y: float, r: float) -> skia.Path:
    """Long hair behind a head."""
    path = skia.Path()
    path.addRoundRect(skia.Rect(x - r, y - r * 1.1, x + r, y + r * 1.7), r * 0.9, r * 0.9)
    return path


def _features(x: float, y: float, r: float, facing: float, aside: float) -> skia.Path:
    """Eyes and a mouth, where they are a pixel wide."""
    path = skia.Path()
    shift, gap, e = aside * r * 0.62, r * 0.36 * max(0.25, facing), r * 0.11
    for eye in (x + shift - gap, x + shift + gap):
        if abs(eye - x) < r * 0.8:
            path.addOval(skia.Rect(eye - e, y - e * 1.5, eye + e, y + e * 1.1))
    wide = r * 0.24 * max(0.4, facing)
    path.addRect(skia.Rect(x + shift - wide, y + r * 0.56, x + shift + wide, y + r * 0.64))
    return path


def _fill(canvas: skia.Canvas, path: skia.Path, argb: int) -> None:
    _FILL.setColor(argb)
    canvas.drawPath(path, _FILL)


def _line(canvas: skia.Canvas, path: skia.Path, argb: int, width: float) -> None:
    _LINE.setColor(argb)
    _LINE.setStrokeWidth(width)
    canvas.drawPath(path, _LINE)


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
    _add_loop(path, points)
    return path


def _add_loop(path: skia.Path, points: list[list[float]]) -> None:
    path.moveTo(*points[0])
    for x, y in points[1:]:
        path.lineTo(x, y)
    path.close()


def _limbs(xy: Array, tall: Array, cut: NDArray[np.int64]) -> list[list[list[list[float]]]]:
    """Legs and arms of small people, each a six-cornered loop through three joints, as wide as they are there."""
    radii = tall[:, None, None] * _LIMB_RADII
    radii[:, :2] *= np.where(cut == 1, 0.7, 1.0)[:, None, None]
    rows = xy[:, _LIMBS]
    along = np.empty_like(rows)
    along[:, :, 0] = rows[:, :, 1] - rows[:, :, 0]
    along[:, :, 1] = rows[:, :, 2] - rows[:, :, 0]
    along[:, :, 2] = rows[:, :, 2] - rows[:, :, 1]
    square = np.stack([-along[..., 1], along[..., 0]], axis=3)
    square *= (radii / np.maximum(np.hypot(square[..., 0], square[..., 1]), 1e-6))[..., None]
    loops: list[list[list[list[float]]]] = np.concatenate([rows + square, (rows - square)[:, :, ::-1]], axis=2).tolist()
    return loops
