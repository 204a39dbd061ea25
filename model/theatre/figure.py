"""A person drawn: legs, clothes, arms and head in the order the camera sees them, in two tones.

Shapes come from the skeleton and the head's form, colours from an Ink. No outline all round: form reads by light.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Figure, Stage, Vec3
from model.theatre.animal import animal_drawable
from model.theatre.cloth import collar, trim
from model.theatre.drawable import Drawable
from model.theatre.expression import Expression, expression_at
from model.theatre.face import paint_ear, paint_face
from model.theatre.gaze import eyes_turn
from model.theatre.hair import hair_before, hair_behind, hair_cap, hairline, shows_ears
from model.theatre.hand import paint_hand
from model.theatre.hats import paint_hat
from model.theatre.head import HeadForm, head_form
from model.theatre.motion import body_at
from model.theatre.paint import (
    Ink,
    Part,
    ToneLike,
    darker,
    fill,
    hull,
    limb,
    rim_light,
    smooth_closed,
    smooth_open,
    stroke,
    two_tone,
    with_alpha,
)
from model.theatre.skeleton import Skeleton
from model.theatre.view import NEAR_M, View
from model.theatre.wardrobe import CUTS, Barrel, skirt_barrel, torso_barrel

__all__ = ["figure_drawable", "held_by"]

Array = NDArray[np.float64]
CARRIED = {
    "umbrella": "high", "torch": "high", "candle": "high",
    "suitcase": "low", "bag": "low", "briefcase": "low", "bucket": "low", "backpack": "low",
}  # fmt: skip


def held_by(stage: Stage, figure: Figure) -> frozenset[str]:
    """The hands of a figure that have a prop in them, and how it is carried: "right", "left high", "right low"."""
    words = set()
    for prop in stage.props:
        if prop.held is not None and prop.held.figure == figure.id:
            words.add(prop.held.hand)
            if prop.kind in CARRIED:
                words.add(f"{prop.held.hand} {CARRIED[prop.kind]}")
    return frozenset(words)


def figure_drawable(
    figure: Figure, stage: Stage, view: View, tone: ToneLike, time_s: float, plain: dict[str, int] | None = None
) -> Drawable:
    """A person or animal at a time; `plain` gives parts their own greys (the mannequin pass)."""
    if figure.species != "person":
        return animal_drawable(figure, view, tone, time_s, plain)
    body = body_at(figure, time_s, held_by(stage, figure))
    depth = view.point(*(float(v) for v in body.joints["waist"]))[2]
    ink = Ink(tone, view, max(depth, NEAR_M), plain, "wet" in figure.state)

    def paint(canvas: skia.Canvas) -> None:
        _Person(canvas, figure, body, view, ink, time_s).paint()

    return Drawable(depth, paint)


class _Person:
    """One person in one frame: projected joints and the painters of each part."""

    def __init__(
        self, canvas: skia.Canvas, figure: Figure, body: Skeleton, view: View, ink: Ink, time_s: float
    ) -> None:
        self.canvas, self.figure, self.look, self.body = canvas, figure, figure.look, body
        self.view, self.ink, self.time_s = view, ink, time_s
        names = list(body.joints)
        rows = view.project(np.stack([body.joints[n] for n in names]))
        self.px = {n: (float(r[0]), float(r[1])) for n, r in zip(names, rows, strict=True)}
        self.depth = {n: float(r[2]) for n, r in zip(names, rows, strict=True)}
        self.scale = {n: view.px_per_m(d) for n, d in self.depth.items()}
        self.tall = body.build.height * view.px_per_m(self.depth["waist"])
        self.cut = CUTS[self.look.top]

    def paint(self) -> None:
        d, body, look, ink = self.depth, self.body, self.look, self.ink
        if d["skull"] < NEAR_M * 2 or d["shoulders"] < NEAR_M * 2:
            return  # the lens is inside the person
        face = expression_at(self.figure, self.time_s)
        form = head_form(look, body, self.view, face.lips.open)
        swing = 0.03 * math.sin(1.7 * self.time_s + self.figure.seed % 7)
        legs_ahead = (d["right_knee"] + d["left_knee"]) / 2 < d["pelvis"] - 0.14
        sleeves = torso_barrel(body, look, self.view, self.cut.ease, self.cut.hem)
        middle = d["shoulders"] * 0.5 + d["waist"] * 0.5
        arms = {side: (d[f"{side}_elbow"] + d[f"{side}_wrist"]) / 2 for side in ("right", "left")}
        behind_body = [side for side in arms if arms[side] > middle + 0.03 * (1 if self._seen_front() else -1)]
        before_face = [
            s
            for s in arms
            if s not in behind_body
            and d[f"{s}_wrist"] < d["skull"]
            and self.px[f"{s}_fingers"][1] < self.px["shoulders"][1]
        ]
        back = math.cos(form.bearing) < -0.25
        if not back:
            hair_behind(self.canvas, form, look, ink, swing)
        for side in sorted(behind_body, key=lambda s: -arms[s]):
            self._arm(side)
        low = min(self.px["pelvis"][1], self.px["right_knee"][1], self.px["left_knee"][1])
        below = low - 0.10 * self.tall > self.view.height_px  # nothing under the waist is in the picture
        if not legs_ahead and not below:
            self._legs()
        if not below and self.cut.skirt == 0:
            self._seat_of_trousers()
        self._neck(form)
        if below:
            self._torso(sleeves)
        elif legs_ahead and not self._skirted():
            self._torso(sleeves)
            self._legs()
        else:
            if legs_ahead:
                self._legs()
            if self.cut.skirt > 0:
                self._torso(sleeves)
                self._skirt()
            else:
                self._skirt()
                self._torso(sleeves)
        collar(self.canvas, sleeves, look, ink, self.tall)
        for side in sorted(arms, key=lambda s: -arms[s]):
            if side not in behind_body and side not in before_face:
                self._arm(side)
        self._head(form, face, swing)
        for side in before_face:
            self._arm(side)

    def _seen_front(self) -> bool:
        way = np.asarray(self.view.eye) - self.body.joints["waist"]
        return float(way @ self.body.chest[:, 2]) > 0

    def _skirted(self) -> bool:
        return self.cut.skirt > 0 or self.look.bottom == "skirt"

    # Parts ---------------------------------------------------------------------------------------------------

    def _tapered(self, part: Part, names: list[str], radii_m: list[float], rgb: RGB, lit: float = 1.0) -> skia.Path:
        """A limb through joints in light and shade; `lit` below 1 keeps it in the far side's half tone."""
        if min(self.depth[n] for n in names) < NEAR_M * 1.5:
            return skia.Path()
        points = [self.px[n] for n in names]
        radii = [max(0.5, r * self.scale[n]) for r, n in zip(radii_m, names, strict=True)]
        path = skia.Path()
        limb(path, points, radii)
        self._shaded(path, part, rgb, points, radii, lit)
        return path

    def _shaded(
        self, path: skia.Path, part: Part, rgb: RGB, points: list[tuple[float, float]], radii: list[float], lit: float
    ) -> None:
        ink = self.ink
        light = ink.lit(part, rgb) if lit >= 1 else ink.between(part, rgb, lit)
        if max(radii) < 1.6:
            fill(self.canvas, path, light)
            return
        fill(self.canvas, path, light)
        (kx, ky), (x0, y0), (x1, y1) = ink.toward_key, points[0], points[-1]
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        ax, ay = (x1 - x0) / length, (y1 - y0) / length
        along = kx * ax + ky * ay
        dx, dy = along * ax - kx, along * ay - ky  # away from the key, square to the limb
        size = math.hypot(dx, dy)
        shift = 1.95 - 0.80 * min(1.0, size * 1.25) - 0.75 * ink.behind
        if shift > 1.85 or size < 1e-3:
            return
        dx, dy = dx / size, dy / size
        # The side away from the key; it tapers off to the root, so that a limb grows out of the body.
        shifted = [
            (x + dx * r * (shift + (0.45 if i == 0 else 0.0)), y + dy * r * (shift + (0.45 if i == 0 else 0.0)))
            for i, ((x, y), r) in enumerate(zip(points, radii, strict=True))
        ]
        dark = skia.Path()
        limb(dark, shifted, radii)
        self.canvas.save()
        self.canvas.clipPath(path, True)
        fill(self.canvas, dark, ink.shade(part, rgb))
        self.canvas.restore()

    def _legs(self) -> None:
        order = sorted(("right", "left"), key=lambda s: -(self.depth[f"{s}_knee"] + self.depth[f"{s}_ankle"]))
        for rank, side in enumerate(order):
            self._leg(side, 1.0 if rank else 0.72)

    def _leg(self, side: str, lit: float) -> None:
        look, b = self.look, self.body.build
        h, g = b.height, b.girth
        part: Part = "right_leg" if side == "right" else "left_leg"
        hip, knee, ankle = f"{side}_hip", f"{side}_knee", f"{side}_ankle"
        bare = look.bottom in ("skirt", "shorts") or look.top == "dress"
        self._shoe(side, lit)
        if bare:
            self._tapered(part, [hip, knee, ankle], [0.050 * h * g, 0.031 * h * g, 0.020 * h * g], look.skin, lit)
            if look.bottom == "shorts" and look.top != "dress":
                self._between(part, hip, knee, 0.82, [0.056 * h * g, 0.050 * h * g], look.bottom_colour, lit)
            return
        wide = {"trousers": 0.033, "jeans": 0.027}[look.bottom if look.bottom in ("trousers", "jeans") else "trousers"]
        path = self._tapered(
            part, [hip, knee, ankle], [0.055 * h * g, 0.038 * h * g, wide * h * g], look.bottom_colour, lit
        )
        if self.tall > 130 and self.ink.plain is None and min(self.depth[n] for n in (hip, knee, ankle)) > NEAR_M * 2:
            self._leg_lines(side, path, wide * h * g)

    def _leg_lines(self, side: str, path: skia.Path, wide_m: float) -> None:
        line = with_alpha(self.ink.line("hips", self.look.bottom_colour, 0.40), 0.5)
        thin = max(0.7, self.tall * 0.0038)
        hip, knee, ankle = (np.array(self.px[f"{side}_{n}"]) for n in ("hip", "knee", "ankle"))
        r = wide_m * self.scale[f"{side}_ankle"]
        self.canvas.save()
        self.canvas.clipPath(path, True)
        down = ankle - knee
        across = np.array([-down[1], down[0]]) / (float(np.hypot(*down)) or 1.0)
        for u, s in ((0.02, 1.0), (0.10, -1.0)):
            p = knee + down * u
            stroke(
                self.canvas,
                smooth_open(np.stack([p + across * r * 1.3 * s, p + across * r * 0.2 * s + down * 0.03])),
                line,
                thin,
            )
        if self.look.bottom == "jeans":
            hem = ankle - down * 0.02
            stroke(
                self.canvas, smooth_open(np.stack([hem + across * r * 1.1, hem - across * r * 1.1])), line, thin * 1.2
            )
        p = hip * 0.75 + knee * 0.25
        stroke(self.canvas, smooth_open(np.stack([p, p * 0.9 + knee * 0.1 + across * r * 0.4])), line, thin)
        self.canvas.restore()

    def _between(self, part: Part, a: str, b: str, share: float, radii_m: list[float], rgb: RGB, lit: float) -> None:
        """A sleeve or trouser leg that ends `share` of the way along a bone."""
        if min(self.depth[a], self.depth[b]) < NEAR_M * 1.5:
            return
        (x0, y0), (x1, y1) = self.px[a], self.px[b]
        points = [(x0, y0), (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)]
        radii = [max(0.5, r * self.scale[n]) for r, n in zip(radii_m, (a, b), strict=True)]
        path = skia.Path()
        limb(path, points, radii)
        self._shaded(path, part, rgb, points, radii, lit)

    def _shoe(self, side: str, lit: float) -> None:
        b, j = self.body.build, self.body.joints
        names = [f"{side}_heel", f"{side}_toe", f"{side}_ankle"]
        if min(self.depth[n] for n in names) < NEAR_M * 1.5:
            return
        part: Part = "right_leg" if side == "right" else "left_leg"
        heel, toe, ankle = j[names[0]], j[names[1]], j[names[2]]
        ball = heel * 0.30 + toe * 0.70
        rows = self.view.project(np.stack([heel, ball, toe, ankle]))
        k = self.scale[names[0]]
        h = b.height
        points = [(float(r[0]), float(r[1])) for r in rows]
        path = skia.Path()
        limb(path, points[:3], [0.0185 * h * k, 0.021 * h * k, 0.014 * h * k])
        limb(path, [points[0], points[3], points[1]], [0.0175 * h * k, 0.021 * h * k, 0.018 * h * k])
        if self.tall < 40:
            fill(self.canvas, path, self.ink.between(part, self.look.shoe_colour, 0.6 * lit))
            return
        two_tone(self.canvas, path, self.ink, part, self.look.shoe_colour, 0.010 * h * k)
        if self.ink.plain is None and self.tall > 70:
            self.canvas.save()
            self.canvas.clipPath(path, True)
            sole = [(x, y + 0.019 * h * k) for x, y in points[:3]]
            sole_line = skia.Path()
            limb(sole_line, sole, [0.0065 * h * k] * 3)
            fill(self.canvas, sole_line, self.ink.line(part, self.look.shoe_colour, 0.55))
            self.canvas.restore()

    def _seat_of_trousers(self) -> None:
        look, b, j = self.look, self.body.build, self.body.joints
        rgb = look.bottom_colour
        rows = []
        for y, wide in ((-0.020, 0.031), (0.03, 0.029), (0.07, 0.022)):
            rows.append((j["pelvis"] + self.body.pelvis[:, 1] * (y * b.height), self.body.pelvis,
                         b.hip_half + wide * b.height * b.girth, 0.054 * b.height * b.girth))  # fmt: skip
        barrel = Barrel.of(self.view, rows)
        path = hull(barrel.rings())
        fill(self.canvas, path, self.ink.lit("hips", rgb))
        self._barrel_shade(barrel, path, "hips", rgb)

    def _barrel_shade(self, barrel: Barrel, path: skia.Path, part: Part, rgb: RGB, reach: float = 1.25) -> None:
        if self.tall < 18:
            return
        self.canvas.save()
        self.canvas.clipPath(path, True)
        for band in barrel.shade(np.asarray(self.ink.tone.key_from), reach):
            fill(self.canvas, smooth_closed(band), self.ink.shade(part, rgb))
        self.canvas.restore()

    def _skirt(self) -> None:
        """A skirt, a dress's or a coat's lower part: a cloth hull about the thighs."""
        look = self.look
        if not self._skirted():
            return
        rgb = look.top_colour if self.cut.skirt > 0 else look.bottom_colour
        barrel = skirt_barrel(self.body, self.cut, self.view)
        path = hull(barrel.rings())
        fill(self.canvas, path, self.ink.lit("hips", rgb))
        self._barrel_shade(barrel, path, "hips", rgb)
        if self.tall > 60 and self.ink.plain is None:
            self.canvas.save()
            self.canvas.clipPath(path, True)
            line = with_alpha(self.ink.line("hips", rgb, 0.38), 0.42)
            thin = max(0.7, self.tall * 0.0045)
            base = 0.0 if self._seen_front() else math.pi
            for a in (-0.7, -0.2, 0.35, 0.85):
                fold = barrel.at(np.array([0.0, 0.8, 1.9]), np.array([a * 1.1, a, a * 0.85]) + base)
                stroke(self.canvas, smooth_open(fold), line, thin)
            if look.top == "coat":
                slit = barrel.at(np.array([0.0, 1.5, 3.0]), np.array([0.16, 0.12, 0.08]) + base)
                stroke(self.canvas, smooth_open(slit), self.ink.line("hips", rgb, 0.45), thin * 1.4)
            self.canvas.restore()

    def _torso(self, barrel: Barrel) -> None:
        rgb = self.look.top_colour
        path = smooth_closed(barrel.outline(), 0.9)
        fill(self.canvas, path, self.ink.lit("torso", rgb))
        self._barrel_shade(barrel, path, "torso", rgb)
        rim_light(self.canvas, path, self.ink, rgb, 0.008 * self.tall)
        trim(self.canvas, barrel, self.look, self.ink, self.tall, path)
        if self.tall > 50 and self.ink.plain is None and not self._skirted():
            self.canvas.save()
            self.canvas.clipPath(path, True)
            a = np.linspace(-1.5, 1.5, 7) + (0.0 if self._seen_front() else math.pi)
            hem = barrel.at(np.full(7, 0.02), a)
            stroke(
                self.canvas,
                smooth_open(hem),
                with_alpha(self.ink.line("torso", rgb, 0.4), 0.6),
                max(0.8, self.tall * 0.006),
            )
            self.canvas.restore()

    def _arm(self, side: str) -> None:
        look, b = self.look, self.body.build
        h, g = b.height, b.girth
        part: Part = "right_arm" if side == "right" else "left_arm"
        shoulder, elbow, wrist = (f"{side}_{n}" for n in ("shoulder", "elbow", "wrist"))
        if min(self.depth[n] for n in (shoulder, elbow, wrist)) < NEAR_M * 1.5:
            return
        if min(self.px[n][1] for n in (shoulder, elbow, wrist)) - 0.06 * self.tall > self.view.height_px:
            return
        man = {"male": 1.06, "female": 0.90, "unspecified": 0.97}[look.gender]
        skin = [0.0285 * h * g * man, 0.0225 * h * g * man, 0.0160 * h * g]
        e = self.cut.ease * h * 0.62
        far = 0.80 if self.depth[elbow] > self.depth["shoulders"] + 0.06 else 1.0
        paint_hand(self.canvas, self.body, side, self.view, self.ink, look.skin, self.figure, self.time_s)
        if self.cut.sleeve >= 1:
            radii = [skin[0] * 0.98 + e + 0.001 * h, skin[1] + e, skin[2] + e * 0.9 + 0.003 * h]
            path = self._tapered(part, [shoulder, elbow, wrist], radii, look.top_colour, far)
            rim_light(self.canvas, path, self.ink, look.top_colour, 0.008 * self.tall)
            if self.tall > 130 and self.ink.plain is None:
                self._sleeve_lines(side, path, radii)
            return
        self._tapered(part, [shoulder, elbow, wrist], skin, look.skin, far)
        share = self.cut.sleeve * 2
        self._between(
            part,
            shoulder,
            elbow,
            share,
            [skin[0] + e + 0.001 * h, skin[0] * (1.12 - 0.1 * share) + e],
            look.top_colour,
            far,
        )

    def _sleeve_lines(self, side: str, path: skia.Path, radii_m: list[float]) -> None:
        rgb = self.look.top_colour
        line = with_alpha(self.ink.line("torso", rgb, 0.40), 0.5)
        thin = max(0.7, self.tall * 0.004)
        s, e, w = (np.array(self.px[f"{side}_{n}"]) for n in ("shoulder", "elbow", "wrist"))
        self.canvas.save()
        self.canvas.clipPath(path, True)
        down = w - e
        across = np.array([-down[1], down[0]]) / (float(np.hypot(*down)) or 1.0)
        r = radii_m[1] * self.scale[f"{side}_elbow"]
        for u, way in ((0.03, 1.0), (-0.06, 1.0), (0.10, -1.0)):
            p = e + (down if u > 0 else e - s) * u
            stroke(
                self.canvas,
                smooth_open(np.stack([p + across * r * way, p + across * r * 0.15 * way + down * 0.03])),
                line,
                thin,
            )
        cuff = w - down * 0.09
        rw = radii_m[2] * self.scale[f"{side}_wrist"] * 1.2
        stroke(self.canvas, smooth_open(np.stack([cuff + across * rw, cuff - across * rw])), line, thin * 1.2)
        self.canvas.restore()

    def _neck(self, form: HeadForm) -> None:
        look, b = self.look, self.body.build
        size = b.head
        thick = {"male": 0.255, "female": 0.205, "unspecified": 0.225}[look.gender] * (0.86 if b.child > 0.4 else 1.0)
        thick *= {"slim": 0.95, "average": 1.0, "broad": 1.12, "heavy": 1.16}[look.build]
        low = (
            self.body.joints["shoulders"]
            + self.body.chest[:, 1] * (-0.06 * size)
            + self.body.chest[:, 2] * (0.02 * size)
        )
        base = self.body.joints["shoulders"] + self.body.chest[:, 1] * (0.02 * size)
        high = self.body.joints["skull"] + form.axes @ np.array([0.0, 0.10 * size, -0.06 * size])
        rows = self.view.project(np.stack([low, base, high]))
        if float(rows[:, 2].min()) < NEAR_M * 1.5:
            return
        k = self.view.px_per_m(float(rows[1, 2]))
        points = [(float(r[0]), float(r[1])) for r in rows]
        path = skia.Path()
        limb(path, points, [thick * size * k * 1.10, thick * size * k * 1.06, thick * size * k])
        fill(self.canvas, path, self.ink.between("head", look.skin, 0.88))
        if self.ink.plain is not None or form.px < 8 or form.faces(0.0) < -0.5:
            return
        # The jaw's shadow: the chin line once more, lower, on the throat.
        self.canvas.save()
        self.canvas.clipPath(path, True)
        y, half = hairline(look)
        bands = form.bands(np.maximum(y[y < 0.5], form.y[0]), half[y < 0.5] * 0 + 1.7, -(half[y < 0.5] * 0 + 1.7))
        shade = self.ink.shade("head", darker(look.skin, 0.10))
        for band in bands:
            self.canvas.save()
            self.canvas.translate(-self.ink.toward_key[0] * 0.06 * form.px, 0.115 * form.px)
            fill(self.canvas, smooth_closed(band), shade)
            self.canvas.restore()
        if not bands:
            self.canvas.translate(-self.ink.toward_key[0] * thick * form.px * 0.9, 0)
            fill(self.canvas, path, shade)
        self.canvas.restore()

    def _head(self, form: HeadForm, face: Expression, swing: float) -> None:
        canvas, look, ink = self.canvas, self.look, self.ink
        eyes = Vec3(*(float(v) for v in form.origin + form.axes @ np.array([0.0, 0.5, 0.3]) * form.size_m))
        pupils = eyes_turn(self.figure, eyes, form.axes, self.time_s)
        hair_cap(canvas, form, look, ink, swing)
        ears = shows_ears(look) and form.px > 7
        turn = math.sin(form.bearing)
        sides = [s for s in (1.0, -1.0) if form.faces(s * 1.75) > -0.55]
        if ears:
            for side in sides:
                if turn * side <= 0.22:
                    paint_ear(canvas, form, look, ink, side)
        skin = paint_face(canvas, form, look, ink, face, pupils, hairline(look))
        hair_before(canvas, form, look, ink, skin)
        if ears:
            for side in sides:
                if turn * side > 0.22:
                    paint_ear(canvas, form, look, ink, side)
        paint_hat(canvas, form, look, ink)
