"""Dogs and cats: a spine, four jointed legs, a head that looks, ears and a tail with a mind of its own.

Built as the people are, in metres, and drawn from any side; they do no acts but their poses.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Figure
from model.theatre.animals.animal_motion import BREEDS, LEGS, animal_joints
from model.theatre.animals.bird import bird_drawable
from model.theatre.animals.fish import fish_drawable
from model.theatre.animals.horse import horse_drawable
from model.theatre.drawable import Drawable
from model.theatre.paint import (
    Codes,
    Ink,
    Part,
    ToneLike,
    fill,
    limb,
    mix,
    smooth_closed,
    smooth_open,
    stroke,
    two_tone,
    with_alpha,
)
from model.theatre.people.expression import expression_at
from model.theatre.view import NEAR_M, View

__all__ = ["animal_drawable"]

Array = NDArray[np.float64]


def animal_drawable(
    figure: Figure, view: View, tone: ToneLike, time_s: float, plain: Codes | None = None, saddled: bool = False
) -> Drawable:
    """An animal at a time, a horse `saddled` or not; `plain` codes its parts (the surface pass)."""
    if figure.species == "horse":
        return horse_drawable(figure, view, tone, time_s, plain, saddled)
    if figure.species == "bird":
        return bird_drawable(figure, view, tone, time_s, plain)
    if figure.species == "fish":
        return fish_drawable(figure, view, tone, time_s, plain)
    joints = animal_joints(figure, time_s)
    middle = (joints["withers"] + joints["pelvis"]) / 2
    depth = view.point(*(float(v) for v in middle))[2]
    ink = Ink(tone, view, max(depth, NEAR_M), plain, "wet" in figure.state)
    return Drawable(depth, lambda canvas: _Animal(canvas, figure, joints, view, ink, time_s).paint())


class _Animal:
    def __init__(
        self, canvas: skia.Canvas, figure: Figure, joints: dict[str, Array], view: View, ink: Ink, time_s: float
    ) -> None:
        self.canvas, self.figure, self.joints, self.view, self.ink = canvas, figure, joints, view, ink
        self.time_s, self.s, self.breed = time_s, figure.look.height_m, BREEDS[figure.species]
        self.coat: RGB = figure.look.skin
        self.pale = mix(self.coat, RGB(250, 240, 224), 0.55)
        self.dark = mix(self.coat, RGB(40, 24, 20), 0.38)

    def paint(self) -> None:
        j = self.joints
        depths = self.view.project(np.stack([j["withers"], j["pelvis"], j["skull"]]))[:, 2]
        if float(depths.min()) < NEAR_M * 2:
            return
        if not any(self.view.sees(j[n].tolist(), 0.9 * self.s) for n in ("withers", "pelvis", "skull")):
            return
        self.k = self.s * self.view.px_per_m(float(depths.mean()))
        toward = float((np.asarray(self.view.eye) - j["pelvis"]) @ j["head_right"])
        near = 1.0 if toward > 0 else -1.0
        head_near = float(depths[2]) < float(depths[1])
        if head_near:
            self._tail()
        else:
            self._head()
        for name, side, fore in LEGS:
            if side != near:
                self._leg(name, fore, "left_leg" if side < 0 else "right_leg", 0.55)
        self._trunk()
        for name, side, fore in LEGS:
            if side == near:
                self._leg(name, fore, "left_leg" if side < 0 else "right_leg", 1.0)
        if head_near:
            self._head()
        else:
            self._tail()

    def _at(self, *points: Array) -> list[tuple[float, float]]:
        rows = self.view.project(np.stack(points))
        return [(float(r[0]), float(r[1])) for r in rows]

    def _leg(self, name: str, fore: bool, part: Part, lit: float) -> None:
        j, k = self.joints, self.k
        points = self._at(*(j[f"{name}_{n}"] for n in ("top", "knee", "paw")))
        toe = self._at(j[f"{name}_paw"], j[f"{name}_toe"])
        top = self.breed.leg * (1.0 if fore else 1.45) * k
        path = skia.Path()
        limb(path, points, [top, self.breed.leg * 0.68 * k, self.breed.leg * 0.50 * k])
        colour = self.coat if lit >= 1 else mix(self.coat, RGB(30, 18, 22), 0.16)
        two_tone(self.canvas, path, self.ink, part, colour, self.breed.leg * 0.5 * k)
        paw = skia.Path()
        limb(paw, toe, [self.breed.leg * 0.56 * k, self.breed.leg * 0.54 * k])
        fill(self.canvas, paw, self.ink.between(part, self.pale if self.figure.species == "cat" else self.coat, lit))

    def _trunk(self) -> None:
        j, k, b = self.joints, self.k, self.breed
        fore, hind = j["withers"] - np.array([0, 0.03 * self.s, 0]), j["pelvis"]
        chest = fore * 1.06 - hind * 0.06 - np.array([0.0, 0.05 * self.s, 0.0])
        spots = self._at(chest, fore * 0.55 + hind * 0.45, hind)
        path = skia.Path()
        limb(path, spots, [b.chest * k, b.waist * k, b.rump * k])
        neck = self._at(fore + np.array([0, 0.06 * self.s, 0]), j["skull"])
        limb(path, neck, [b.chest * 0.78 * k, b.head * 0.66 * k])
        two_tone(self.canvas, path, self.ink, "torso", self.coat, 0.10 * k)
        if self.ink.plain is not None or k < 14:
            return
        self.canvas.save()
        self.canvas.clipPath(path, True)
        ahead = j["head_ahead"]
        bib = self._at(
            chest + ahead * (b.chest * 0.75 * self.s),
            chest + ahead * (b.chest * 0.6 * self.s) + np.array([0, 0.26 * self.s, 0]),
        )
        if float((np.asarray(self.view.eye) - chest) @ (fore - hind)) > 0:
            patch = skia.Path()
            limb(patch, bib, [0.12 * k, 0.06 * k])
            fill(self.canvas, patch, self.ink.between("torso", self.pale, 0.8))
        if self.figure.species == "cat" and k > 26:
            self._stripes(spots)
        self.canvas.restore()
        if self.figure.species == "dog":
            a, c = np.array(neck[0]), np.array(neck[1])
            mid = a * 0.42 + c * 0.58
            across = np.array([-(c - a)[1], (c - a)[0]]) / (float(np.hypot(*(c - a))) or 1.0)
            width = b.head * 0.70 * k
            band = np.stack([mid + across * width, mid + (a - c) * 0.10, mid - across * width])
            stroke(
                self.canvas, smooth_open(band), self.ink.between("torso", RGB(178, 44, 46), 0.8), max(1.0, 0.055 * k)
            )

    def _stripes(self, spots: list[tuple[float, float]]) -> None:
        line = with_alpha(self.ink.line("torso", self.dark, 0.2), 0.5)
        (x0, y0), _, (x1, y1) = spots
        for u in (0.25, 0.42, 0.59, 0.76, 0.92):
            x, y = x0 + (x1 - x0) * u, y0 + (y1 - y0) * u
            bar = np.array(
                [(x, y - 0.26 * self.k), (x + 0.02 * self.k, y - 0.10 * self.k), (x - 0.01 * self.k, y - 0.01 * self.k)]
            )
            stroke(self.canvas, smooth_open(bar), line, 0.035 * self.k)

    def _tail(self) -> None:
        points = self._at(*(self.joints[f"tail_{i}"] for i in range(5)))
        dog = self.figure.species == "dog"
        path = skia.Path()
        radii = (0.062, 0.060, 0.060, 0.052, 0.022) if dog else (0.055, 0.050, 0.048, 0.046, 0.036)
        limb(path, points, [r * self.k for r in radii])
        two_tone(self.canvas, path, self.ink, "hips", self.coat, 0.04 * self.k)
        if self.k > 20 and self.ink.plain is None:
            tip = skia.Path()
            limb(tip, points[3:], [radii[3] * 0.98 * self.k, radii[4] * self.k])
            fill(self.canvas, tip, self.ink.between("hips", self.pale if dog else self.dark, 0.85))

    # The head --------------------------------------------------------------------------------------------------

    def _spot(self, x: float, y: float, z: float) -> Array:
        j, r = self.joints, self.breed.head * self.s
        point: Array = j["skull"] + (j["head_right"] * x + j["head_up"] * y + j["head_ahead"] * z) * r
        return point

    def _head(self) -> None:
        j, b = self.joints, self.breed
        dog = self.figure.species == "dog"
        way = np.asarray(self.view.eye) - j["skull"]
        way = way / (float(np.linalg.norm(way)) or 1.0)
        front = float(way @ j["head_ahead"])
        right = float(way @ j["head_right"])
        r = b.head * self.s * self.view.px_per_m(float(self.view.project(j["skull"][None])[0, 2]))
        far, near = (-1.0, 1.0) if right > 0 else (1.0, -1.0)
        if not dog:
            self._cat_ear(far, r)
            self._cat_ear(near, r)
        else:
            self._dog_ear(far)
        out = b.muzzle / b.head
        snout = b.snout / b.head * r
        bark = min(1.0, expression_at(self.figure, self.time_s).lips.open * 1.2)
        skull, brow = self._at(self._spot(0, 0, 0), self._spot(0, 0.05, 0.3))
        root, nose, tip = self._at(
            self._spot(0, -0.22, 0.45), self._spot(0, -0.30, out * 0.86), self._spot(0, -0.24, out)
        )
        head = skia.Path()
        limb(head, [skull, brow], [r, r * 0.86])
        if not dog:
            limb(head, self._at(self._spot(0.42, -0.28, 0.2), self._spot(-0.42, -0.28, 0.2)), [r * 0.62, r * 0.62])
        muzzle = skia.Path()
        limb(muzzle, [root, nose], [snout * 1.35, snout])
        if front < -0.45:
            fill(self.canvas, muzzle, self.ink.shade("head", self.coat))
        if bark > 0.1:
            jaw = skia.Path()
            low = self._at(self._spot(0, -0.45, 0.35), self._spot(0, -0.42 - 0.38 * bark, out * 0.72))
            limb(jaw, low, [snout * 0.9, snout * 0.62])
            fill(self.canvas, jaw, self.ink.line("head", self.dark if self.ink.plain else RGB(150, 52, 56), 0.3))
        two_tone(self.canvas, head, self.ink, "head", self.coat, 0.22 * r)
        if dog and self.k > 14 and self.ink.plain is None and front > 0.05:
            self._blaze(head, r)
        if front >= -0.45:
            two_tone(
                self.canvas, muzzle, self.ink, "head", self.pale if self.ink.plain is None else self.coat, 0.15 * r
            )
        if self.ink.plain is None and r > 3:
            self._features(r, front, right, tip, snout)
        if dog:
            self._dog_ear(near)

    def _blaze(self, head: skia.Path, r: float) -> None:
        self.canvas.save()
        self.canvas.clipPath(head, True)
        stripe = skia.Path()
        limb(
            stripe,
            self._at(self._spot(0, -0.1, 1.02), self._spot(0, 0.55, 0.78), self._spot(0, 0.92, 0.3)),
            [r * 0.30, r * 0.13, r * 0.06],
        )
        fill(self.canvas, stripe, self.ink.between("head", self.pale, 0.85))
        self.canvas.restore()

    def _features(self, r: float, front: float, right: float, tip: tuple[float, float], snout: float) -> None:
        dog = self.figure.species == "dog"
        black = self.ink.lit("head", RGB(30, 22, 24))
        face = expression_at(self.figure, self.time_s)
        if front > -0.30:
            nose = skia.Path()
            w, h = (0.52, 0.36) if dog else (0.30, 0.21)
            nose.addOval(skia.Rect.MakeXYWH(tip[0] - snout * w, tip[1] - snout * 0.42, snout * 2 * w, snout * 2 * h))
            fill(self.canvas, nose, black if dog else self.ink.lit("head", RGB(190, 108, 104)))
        lid = min(1.0, max(0.08, face.lid))
        for side in (1.0, -1.0):
            normal = 0.62 * right * side + 0.78 * front
            if normal < 0.08:
                continue
            (x, y), (ax, ay), (bx, by) = self._at(
                self._spot(side * 0.46, 0.16, 0.90),
                self._spot(side * 0.66, 0.16, 0.76),
                self._spot(side * 0.46, 0.42, 0.86),
            )
            self.canvas.save()
            self.canvas.concat(skia.Matrix.MakeAll(ax - x, x - bx, x, ay - y, y - by, y, 0, 0, 1))
            eye = skia.Path()
            w, h = (0.86, 0.66 * lid) if dog else (1.15, 0.85 * lid)
            eye.addOval(skia.Rect.MakeXYWH(-w, -h, 2 * w, 2 * h))
            if dog:
                fill(self.canvas, eye, black)
            else:
                fill(self.canvas, eye, self.ink.lit("head", RGB(150, 178, 84)))
                slit = skia.Path()
                slit.addOval(skia.Rect.MakeXYWH(-0.36, -h, 0.72, 2 * h))
                fill(self.canvas, slit, black)
            if lid > 0.4 and r > 6:
                glint = skia.Path()
                glint.addCircle(-0.25, -0.22, 0.22)
                fill(self.canvas, glint, self.ink.lit("head", RGB(255, 255, 255)))
            self.canvas.restore()
        line = with_alpha(black, 0.7)
        out = self.breed.muzzle / self.breed.head
        if front > 0.05 and r > 7:
            for side in (1.0, -1.0):
                smile = self._at(
                    self._spot(0, -0.44, out * 0.95),
                    self._spot(side * 0.20, -0.62, out * 0.78),
                    self._spot(side * 0.42, -0.52, out * 0.55),
                )
                stroke(self.canvas, smooth_open(smile), line, max(0.7, 0.05 * r))
        elif r > 7:
            side = 1.0 if right > 0 else -1.0
            smile = self._at(
                self._spot(0, -0.50, out * 0.92),
                self._spot(side * 0.2, -0.56, out * 0.65),
                self._spot(side * 0.34, -0.44, out * 0.42),
            )
            stroke(self.canvas, smooth_open(smile), line, max(0.7, 0.05 * r))
        if not dog and r > 12 and front > -0.2:
            hairs = with_alpha(self.ink.lit("head", RGB(240, 236, 228)), 0.6)
            for side in (1.0, -1.0):
                for tilt in (-0.12, 0.06):
                    pair = self._at(self._spot(side * 0.3, -0.36, 0.9), self._spot(side * 1.35, -0.42 + tilt * 2, 0.7))
                    stroke(self.canvas, smooth_open(pair), hairs, max(0.5, 0.025 * r))

    def _dog_ear(self, side: float) -> None:
        flap = 0.05 * math.sin(2.2 * self.time_s + self.figure.seed)
        perk = 0.25 if self.figure.emotion in ("surprised", "happy") else 0.0
        spots = self._at(
            self._spot(side * 0.55, 0.86, 0.05), self._spot(side * 0.95, 0.72, -0.02),
            self._spot(side * (1.20 + perk), 0.10 + perk, 0.06 + flap),
            self._spot(side * 1.02, -0.42 + 1.6 * perk, 0.10 + flap),
            self._spot(side * 0.84, -0.05 + perk, 0.08),
        )  # fmt: skip
        path = smooth_closed(spots)
        fill(self.canvas, path, self.ink.between("hair", self.dark, 0.75))

    def _cat_ear(self, side: float, r: float) -> None:
        twitch = 0.08 * max(0.0, math.sin(1.1 * self.time_s + side + self.figure.seed % 5) - 0.8) * 5
        spots = self._at(
            self._spot(side * 0.22, 0.80, 0.1),
            self._spot(side * (0.74 + twitch), 1.52, 0.02),
            self._spot(side * 0.92, 0.52, -0.05),
        )
        path = skia.Path()
        path.moveTo(*spots[0])
        path.lineTo(*spots[1])
        path.lineTo(*spots[2])
        path.close()
        fill(self.canvas, path, self.ink.between("hair", self.coat, 0.7))
        if r > 8 and self.ink.plain is None:
            inner = np.array(spots)
            middle = inner.mean(axis=0)
            small = middle + (inner - middle) * 0.55
            path = skia.Path()
            path.moveTo(*small[0])
            path.lineTo(*small[1])
            path.lineTo(*small[2])
            path.close()
            fill(self.canvas, path, self.ink.between("hair", RGB(206, 140, 130), 0.6))
