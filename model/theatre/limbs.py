"""A person's limbs as the camera sees them: legs with their shoes, arms with their sleeves and hands, in two tones.

Holds the projected joints of one person in one frame; `model.theatre.figure` puts the whole body together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import skia

from model.stage import RGB, Figure
from model.theatre.hand import paint_hand
from model.theatre.paint import Ink, Part, fill, limb, rim_light, smooth_open, stroke, two_tone, with_alpha
from model.theatre.skeleton import Skeleton
from model.theatre.view import NEAR_M, View
from model.theatre.wardrobe import CUTS

__all__ = ["Limbs"]


class Limbs:
    """One person in one frame: projected joints, and the painters of arms and legs."""

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

    def shows(self, names: Sequence[str], reach_m: float) -> bool:
        """Whether anything within `reach_m` of these joints, or between them, can be in the picture.

        What cannot is never shaped: most of a person in a close shot is out of it.
        """
        spots = [(*self.px[n], reach_m * self.scale[n]) for n in names]
        return (
            max(x + r for x, _, r in spots) > 0.0
            and min(x - r for x, _, r in spots) < self.view.width_px
            and max(y + r for _, y, r in spots) > 0.0
            and min(y - r for _, y, r in spots) < self.view.height_px
        )

    def tapered(self, part: Part, names: list[str], radii_m: list[float], rgb: RGB, lit: float = 1.0) -> skia.Path:
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
        fill(self.canvas, path, light)
        if max(radii) < 1.6:
            return
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
            (x + dx * r * (shift + root), y + dy * r * (shift + root))
            for root, (x, y), r in zip((0.45, 0.0, 0.0), points, radii, strict=False)
        ]
        dark = skia.Path()
        limb(dark, shifted, radii)
        self.canvas.save()
        self.canvas.clipPath(path, True)
        fill(self.canvas, dark, ink.shade(part, rgb))
        self.canvas.restore()

    def legs(self) -> None:
        order = sorted(("right", "left"), key=lambda s: -(self.depth[f"{s}_knee"] + self.depth[f"{s}_ankle"]))
        for rank, side in enumerate(order):
            self._leg(side, 1.0 if rank else 0.72)

    def _leg(self, side: str, lit: float) -> None:
        look, b = self.look, self.body.build
        h, g = b.height, b.girth
        part: Part = "right_leg" if side == "right" else "left_leg"
        hip, knee, ankle = f"{side}_hip", f"{side}_knee", f"{side}_ankle"
        if not self.shows([hip, knee, ankle], 0.12 * h * g):
            return
        bare = look.bottom in ("skirt", "shorts") or look.top == "dress"
        if self.shows([ankle, f"{side}_toe"], 0.06 * h):
            self._shoe(side, lit)
        if bare:
            self.tapered(part, [hip, knee, ankle], [0.050 * h * g, 0.031 * h * g, 0.020 * h * g], look.skin, lit)
            if look.bottom == "shorts" and look.top != "dress":
                self._between(part, hip, knee, 0.82, [0.056 * h * g, 0.050 * h * g], look.bottom_colour, lit)
            return
        wide = {"trousers": 0.033, "jeans": 0.027}[look.bottom if look.bottom in ("trousers", "jeans") else "trousers"]
        path = self.tapered(
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

    def arm(self, side: str) -> None:
        look, b = self.look, self.body.build
        h, g = b.height, b.girth
        part: Part = "right_arm" if side == "right" else "left_arm"
        shoulder, elbow, wrist = (f"{side}_{n}" for n in ("shoulder", "elbow", "wrist"))
        if min(self.depth[n] for n in (shoulder, elbow, wrist)) < NEAR_M * 1.5:
            return
        if not self.shows([shoulder, elbow, wrist], 0.12 * h):
            return
        man = {"male": 1.06, "female": 0.90, "unspecified": 0.97}[look.gender]
        skin = [0.0285 * h * g * man, 0.0225 * h * g * man, 0.0160 * h * g]
        e = self.cut.ease * h * 0.62
        far = 0.80 if self.depth[elbow] > self.depth["shoulders"] + 0.06 else 1.0
        if self.shows([wrist], 0.14 * h):
            paint_hand(self.canvas, self.body, side, self.view, self.ink, look.skin, self.figure, self.time_s)
        if self.cut.sleeve >= 1:
            radii = [skin[0] * 0.98 + e + 0.001 * h, skin[1] + e, skin[2] + e * 0.9 + 0.003 * h]
            path = self.tapered(part, [shoulder, elbow, wrist], radii, look.top_colour, far)
            rim_light(self.canvas, path, self.ink, look.top_colour, 0.008 * self.tall)
            if self.tall > 130 and self.ink.plain is None:
                self._sleeve_lines(side, path, radii)
            return
        self.tapered(part, [shoulder, elbow, wrist], skin, look.skin, far)
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
