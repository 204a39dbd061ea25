"""A person's limbs as the camera sees them: legs with their shoes, arms with their sleeves and hands, in two tones.

Holds the projected joints of one person in one frame; `model.theatre.people.figure` puts the whole body together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import skia

from model.stage import RGB, Figure
from model.theatre.motion.skeleton import Skeleton
from model.theatre.paint import Ink, Part, clipped, fill, limb, rim, stroke, two_tone, with_alpha
from model.theatre.people.garment_marks import palette
from model.theatre.people.hand import paint_hand
from model.theatre.people.limb_shade import limb_edge, limb_shade
from model.theatre.people.stains import ON_LIMBS, SMALL_PX, stain_limb
from model.theatre.people.wardrobe import CUTS
from model.theatre.view import NEAR_M, View

__all__ = ["Limbs"]

SHADED_PX = 2.0  # a limb of less than this radius has no side away from the light
FAR_PX = 80.0
"""People less tall than this have mittens for hands, and no modelling on what is a pixel or two wide."""


class Limbs:
    """One person in one frame: projected joints, and the painters of arms and legs."""

    def __init__(
        self, canvas: skia.Canvas, figure: Figure, body: Skeleton, view: View, ink: Ink, time_s: float
    ) -> None:
        self.canvas, self.figure, self.look, self.body = canvas, figure, figure.look, body
        self.view, self.ink, self.time_s = view, ink, time_s
        rows = view.project(np.array(list(body.joints.values())))
        spots: dict[str, list[float]] = dict(zip(body.joints, rows.tolist(), strict=True))
        self.px: dict[str, tuple[float, float]] = {n: (x, y) for n, (x, y, _) in spots.items()}
        self.depth: dict[str, float] = {n: depth for n, (_, _, depth) in spots.items()}
        self.scale = {n: view.px_per_m(d) for n, d in self.depth.items()}
        self.tall = body.build.height * view.px_per_m(self.depth["waist"])
        reach = 0.35 * self.tall
        (left, top), (right, foot) = rows[:, :2].min(axis=0).tolist(), rows[:, :2].max(axis=0).tolist()
        self.whole: bool = (
            left > reach and top > reach and right + reach < view.width_px and foot + reach < view.height_px
        )
        self.cut = CUTS[self.look.top]
        worn = palette(self.look)
        self.torso_rgb, self.sleeve_rgb = worn[self.cut.base], worn[self.cut.sleeves]
        self.leg_rgb = worn["own"] if self.cut.legs else self.look.bottom_colour

    def shows(self, names: Sequence[str], reach_m: float) -> bool:
        """Whether anything within `reach_m` of these joints, or between them, can be in the picture.

        What cannot is never shaped: most of a person in a close shot is out of it.
        """
        if self.whole:
            return True
        spots = [(*self.px[n], reach_m * self.scale[n]) for n in names]
        return (
            max(x + r for x, _, r in spots) > 0.0
            and min(x - r for x, _, r in spots) < self.view.width_px
            and max(y + r for _, y, r in spots) > 0.0
            and min(y - r for _, y, r in spots) < self.view.height_px
        )

    def tapered(
        self,
        part: Part,
        names: list[str],
        radii_m: list[float],
        rgb: RGB,
        lit: float = 1.0,
        details: Callable[[skia.Path], None] | None = None,
    ) -> None:
        """A limb through joints in light and shade; `lit` below 1 keeps it in the far side's half tone.

        `details` paints on the limb and keeps within it.
        """
        if min(self.depth[n] for n in names) < NEAR_M * 1.5:
            return
        points = [self.px[n] for n in names]
        radii = [max(0.5, r * self.scale[n]) for r, n in zip(radii_m, names, strict=True)]
        self._shaded(part, rgb, points, radii, lit, details)

    def _shaded(
        self,
        part: Part,
        rgb: RGB,
        points: list[tuple[float, float]],
        radii: list[float],
        lit: float,
        details: Callable[[skia.Path], None] | None = None,
    ) -> None:
        ink = self.ink
        path = skia.Path()
        limb(path, points, radii)
        fill(self.canvas, path, ink.lit(part, rgb) if lit >= 1 else ink.between(part, rgb, lit))
        if max(radii) >= SHADED_PX:
            dark = limb_shade(points, radii, ink.toward_key, ink.behind)
            if dark is not None:
                fill(self.canvas, dark, ink.shade(part, rgb))
        if details is not None:
            details(path)
        if self.tall >= SMALL_PX and ink.plain is None and ink.soil.kinds & ON_LIMBS:
            with clipped(self.canvas, path):
                stain_limb(self.canvas, points, radii, part, rgb, self.look, ink, self.tall)

    def legs(self) -> None:
        far = {s: (self.depth[f"{s}_knee"] + self.depth[f"{s}_ankle"]) / 2 for s in ("right", "left")}
        near = min(far.values())
        for side in sorted(far, key=lambda s: -far[s]):
            self._leg(side, 1.0 - 0.28 * min(1.0, (far[side] - near) / 0.10))

    def _leg(self, side: str, lit: float) -> None:
        look, b = self.look, self.body.build
        h, g = b.height, b.girth
        part: Part = "right_leg" if side == "right" else "left_leg"
        hip, knee, ankle = f"{side}_hip", f"{side}_knee", f"{side}_ankle"
        if not self.shows([hip, knee, ankle], 0.12 * h * g):
            return
        bare = (look.bottom in ("skirt", "shorts") or look.top == "dress") and not self.cut.legs
        if self.shows([ankle, f"{side}_toe"], 0.06 * h):
            self._shoe(side, lit)
        if bare:
            self.tapered(part, [hip, knee, ankle], [0.050 * h * g, 0.031 * h * g, 0.020 * h * g], look.skin, lit)
            if look.bottom == "shorts" and look.top != "dress":
                self._between(part, hip, knee, 0.82, [0.056 * h * g, 0.050 * h * g], look.bottom_colour, lit)
            return
        wide = {"trousers": 0.033, "jeans": 0.027}[look.bottom if look.bottom in ("trousers", "jeans") else "trousers"]
        lined = (
            self.tall > 130 and self.ink.plain is None and min(self.depth[n] for n in (hip, knee, ankle)) > NEAR_M * 2
        )
        radii = [0.055 * h * g, 0.038 * h * g, wide * h * g]
        lines = partial(self._leg_lines, side, wide * h * g) if lined else None
        self.tapered(part, [hip, knee, ankle], radii, self.leg_rgb, lit, lines)

    def _leg_lines(self, side: str, wide_m: float, _: skia.Path) -> None:
        line = with_alpha(self.ink.line("hips", self.leg_rgb, 0.40), 0.5)
        thin = max(0.7, self.tall * 0.0038)
        (hx, hy), (kx, ky), (ax, ay) = (self.px[f"{side}_{n}"] for n in ("hip", "knee", "ankle"))
        r = wide_m * self.scale[f"{side}_ankle"]
        dx, dy = ax - kx, ay - ky
        length = math.hypot(dx, dy) or 1.0
        sx, sy = -dy / length * r, dx / length * r  # across, half a leg wide
        folds = skia.Path()
        for u, s in ((0.02, 1.0), (0.10, -1.0)):
            x, y = kx + dx * u, ky + dy * u
            folds.moveTo(x + sx * 1.05 * s, y + sy * 1.05 * s)
            folds.lineTo(x + sx * 0.2 * s + dx * 0.03, y + sy * 0.2 * s + dy * 0.03)
        x, y = hx * 0.75 + kx * 0.25, hy * 0.75 + ky * 0.25
        folds.moveTo(x, y)
        folds.lineTo(x * 0.9 + kx * 0.1 + sx * 0.4, y * 0.9 + ky * 0.1 + sy * 0.4)
        if self.look.bottom == "jeans":
            x, y = ax - dx * 0.02, ay - dy * 0.02
            folds.moveTo(x + sx * 0.95, y + sy * 0.95)
            folds.lineTo(x - sx * 0.95, y - sy * 0.95)
        stroke(self.canvas, folds, line, thin)

    def _between(self, part: Part, a: str, b: str, share: float, radii_m: list[float], rgb: RGB, lit: float) -> None:
        """A sleeve or trouser leg that ends `share` of the way along a bone."""
        if min(self.depth[a], self.depth[b]) < NEAR_M * 1.5:
            return
        (x0, y0), (x1, y1) = self.px[a], self.px[b]
        points = [(x0, y0), (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)]
        radii = [max(0.5, r * self.scale[n]) for r, n in zip(radii_m, (a, b), strict=True)]
        self._shaded(part, rgb, points, radii, lit)

    def _shoe(self, side: str, lit: float) -> None:
        names = (f"{side}_heel", f"{side}_toe", f"{side}_ankle")
        if min(self.depth[n] for n in names) < NEAR_M * 1.5:
            return
        part: Part = "right_leg" if side == "right" else "left_leg"
        heel, toe, ankle = (self.px[n] for n in names)
        ball = (heel[0] * 0.30 + toe[0] * 0.70, heel[1] * 0.30 + toe[1] * 0.70)
        k, h = self.scale[names[0]], self.body.build.height
        points = (heel, ball, toe)
        path = skia.Path()
        limb(path, points, [0.0185 * h * k, 0.021 * h * k, 0.014 * h * k])
        if self.tall < FAR_PX:
            limb(path, [ankle, ball], [0.021 * h * k, 0.018 * h * k])
            fill(self.canvas, path, self.ink.between(part, self.look.shoe_colour, 0.6 * lit))
            return
        limb(path, [heel, ankle, ball], [0.0175 * h * k, 0.021 * h * k, 0.018 * h * k])
        two_tone(self.canvas, path, self.ink, part, self.look.shoe_colour, 0.010 * h * k)
        if self.ink.plain is None and self.tall > 110:
            sole = skia.Path()
            limb(sole, [(x, y + 0.012 * h * k) for x, y in points], [0.0065 * h * k] * 3)
            fill(self.canvas, sole, self.ink.line(part, self.look.shoe_colour, 0.55))

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
        far = 1.0 - 0.2 * min(1.0, max(0.0, (self.depth[elbow] - self.depth["shoulders"]) / 0.12))
        if self.shows([wrist], 0.14 * h):
            if self.tall < FAR_PX:
                self._far_hand(side)
            else:
                paint_hand(self.canvas, self.body, side, self.view, self.ink, look.skin, self.figure, self.time_s)
        if self.cut.sleeve >= 1:
            radii = [skin[0] * 0.98 + e + 0.001 * h, skin[1] + e, skin[2] + e * 0.9 + (0.003 + self.cut.cuff) * h]
            details = partial(self._on_sleeve, side, radii)
            self.tapered(part, [shoulder, elbow, wrist], radii, self.sleeve_rgb, far, details)
            return
        self.tapered(part, [shoulder, elbow, wrist], skin, look.skin, far)
        share = self.cut.sleeve * 2
        self._between(
            part,
            shoulder,
            elbow,
            share,
            [skin[0] + e + 0.001 * h, skin[0] * (1.12 - 0.1 * share) + e],
            self.sleeve_rgb,
            far,
        )

    def _far_hand(self, side: str) -> None:
        """A hand of a few pixels."""
        (x0, y0), (x1, y1) = self.px[f"{side}_wrist"], self.px[f"{side}_fingers"]
        k = self.body.build.hand * self.scale[f"{side}_wrist"]
        path = skia.Path()
        limb(path, [(x0, y0), (x0 + (x1 - x0) * 0.7, y0 + (y1 - y0) * 0.7)], [0.17 * k, 0.19 * k])
        fill(self.canvas, path, self.ink.between("hand", self.look.skin, 0.8))

    def _edge(self, side: str, radii_m: list[float], rgb: RGB) -> None:
        """The edge light of low suns and neon along a sleeve."""
        found = rim(self.ink, rgb, 0.008 * self.tall)
        if found is None:
            return
        names = [f"{side}_{n}" for n in ("shoulder", "elbow", "wrist")]
        radii = [r * self.scale[n] for r, n in zip(radii_m, names, strict=True)]
        path = limb_edge([self.px[n] for n in names], radii, found.drawn_in)
        fill(self.canvas, path, found.colour)

    def _on_sleeve(self, side: str, radii_m: list[float], _: skia.Path) -> None:
        rgb = self.sleeve_rgb
        self._edge(side, radii_m, rgb)
        if self.tall <= 130 or self.ink.plain is not None:
            return
        line = with_alpha(self.ink.line("torso", rgb, 0.40), 0.5)
        thin = max(0.7, self.tall * 0.004)
        (sx, sy), (ex, ey), (wx, wy) = (self.px[f"{side}_{n}"] for n in ("shoulder", "elbow", "wrist"))
        dx, dy = wx - ex, wy - ey
        length = math.hypot(dx, dy) or 1.0
        ax, ay = -dy / length, dx / length  # across
        r = radii_m[1] * self.scale[f"{side}_elbow"]
        folds = skia.Path()
        for u, way in ((0.03, r), (-0.06, r), (0.10, -r)):
            x, y = (ex + dx * u, ey + dy * u) if u > 0 else (ex + (ex - sx) * u, ey + (ey - sy) * u)
            folds.moveTo(x + ax * way * 0.92, y + ay * way * 0.92)
            folds.lineTo(x + ax * way * 0.15 + dx * 0.03, y + ay * way * 0.15 + dy * 0.03)
        x, y = wx - dx * 0.09, wy - dy * 0.09
        rw = radii_m[2] * self.scale[f"{side}_wrist"] * 0.96
        folds.moveTo(x + ax * rw, y + ay * rw)
        folds.lineTo(x - ax * rw, y - ay * rw)
        stroke(self.canvas, folds, line, thin * 1.1)
