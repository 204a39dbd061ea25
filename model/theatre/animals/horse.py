"""A horse drawn: far legs, tail, trunk, near legs, neck and head in the order the camera sees them; tack when ridden.

Its rider's far leg goes behind it: `mounted` tells a rider's drawables.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Figure, Stage
from model.theatre.animals.horse_motion import HORSE_LEGS, horse_joints
from model.theatre.drawable import Drawable
from model.theatre.motion.body import body_at
from model.theatre.motion.holding import held_by
from model.theatre.motion.marks import place_at, pose_weights
from model.theatre.paint import (
    Codes,
    Ink,
    Part,
    ToneLike,
    clipped,
    fill,
    limb,
    mix,
    polygon,
    smooth_closed,
    smooth_open,
    strands,
    stroke,
    two_tone,
    with_alpha,
)
from model.theatre.people.expression import expression_at
from model.theatre.view import NEAR_M, View

__all__ = ["horse_drawable", "mount_of", "mounted"]

Array = NDArray[np.float64]
Pixels = dict[str, tuple[float, float]]

LEATHER, BLANKET = RGB(92, 56, 38), RGB(150, 58, 52)
ASTRIDE_M = 0.7
"""Who rides within this of a horse's mark is on it."""


def mount_of(stage: Stage, rider: Figure, time_s: float) -> Figure | None:
    """The horse that a person rides at a time."""
    if rider.species != "person" or dict(pose_weights(rider, time_s)).get("ride", 0.0) < 0.5:
        return None
    at = place_at(rider, time_s)
    for one in stage.figures:
        if one.species == "horse":
            mark = place_at(one, time_s)
            if math.hypot(mark.x_m - at.x_m, mark.z_m - at.z_m) < ASTRIDE_M:
                return one
    return None


def horse_drawable(
    figure: Figure, view: View, tone: ToneLike, time_s: float, plain: Codes | None = None, saddled: bool = False
) -> Drawable:
    """A horse at a time, with saddle and bridle when `saddled`; `plain` codes its parts (the surface pass)."""
    joints = horse_joints(figure, time_s)
    depth = view.point(*joints["barrel"].tolist())[2]
    ink = Ink(tone, view, max(depth, NEAR_M), plain, "wet" in figure.state)
    return Drawable(depth, lambda canvas: _Horse(canvas, figure, joints, view, ink, time_s, saddled).paint())


def mounted(person: Drawable, rider: Figure, stage: Stage, view: View, time_s: float) -> list[Drawable]:
    """Somebody's drawables: a rider is painted before the horse, so that it hides the far leg, and once more after it,
    over the saddle and along the near leg.
    """
    horse = mount_of(stage, rider, time_s)
    if horse is None:
        return [person]
    joints = horse_joints(horse, time_s)
    rows = np.stack([joints[n] for n in ("barrel", "withers", "croup", "seat", "chest", "pelvis")])
    seen = view.project(rows)
    if float(seen[:, 2].min()) < NEAR_M * 2:
        return [person]
    depth, k = float(seen[0, 2]), horse.look.height_m * view.px_per_m(float(seen[0, 2]))
    root = rows[1] - rows[2]
    right = np.array([root[2], 0.0, -root[0]]) / (math.hypot(root[0], root[2]) or 1.0)
    side = 1.0 if float((np.asarray(view.eye) - rows[0]) @ right) > 0 else -1.0
    # All that is over the back, and the leg that hangs down the near flank.
    body = body_at(rider, time_s, held_by(stage, rider))
    name, tall = "right" if side > 0 else "left", rider.look.height_m * view.px_per_m(depth)
    leg = view.project(np.stack([body.joints[f"{name}_{n}"] for n in ("hip", "knee", "ankle", "toe")]))
    near = skia.Path()
    limb(near, leg[:, :2].tolist(), [0.085 * tall, 0.060 * tall, 0.044 * tall, 0.036 * tall])
    if float(seen[1, 2]) > depth - 0.16 * horse.look.height_m:  # else the neck rises before the rider
        near.addRect(skia.Rect(-8.0, -8.0, view.width_px + 8.0, float(seen[3, 1]) + 0.02 * k))

    def over(canvas: skia.Canvas) -> None:
        with clipped(canvas, near):
            person.paint(canvas)

    return [replace(person, depth_m=depth + 0.05), replace(person, depth_m=depth - 0.05, paint=over)]


class _Horse:
    def __init__(
        self,
        canvas: skia.Canvas,
        figure: Figure,
        joints: dict[str, Array],
        view: View,
        ink: Ink,
        time_s: float,
        saddled: bool,
    ) -> None:
        self.canvas, self.figure, self.joints, self.view, self.ink = canvas, figure, joints, view, ink
        self.time_s, self.saddled, self.s = time_s, saddled, figure.look.height_m
        self.coat, self.mane = figure.look.skin, figure.look.hair_colour
        self.dark = mix(self.coat, RGB(34, 22, 20), 0.45)
        self.socks = figure.seed % 3 == 1

    def paint(self) -> None:
        names = [n for n in self.joints if not n.startswith("head_")]
        seen = self.view.project(np.stack([self.joints[n] for n in names]))
        if float(seen[:, 2].min()) < NEAR_M * 2:
            return
        self.px: Pixels = {n: (x, y) for n, (x, y, _) in zip(names, seen.tolist(), strict=True)}
        depth = dict(zip(names, seen[:, 2].tolist(), strict=True))
        self.k = self.s * self.view.px_per_m(depth["barrel"])
        if not self.view.sees(self.joints["barrel"].tolist(), 1.5 * self.s):
            return
        right = self.joints["right_fore_top"] - self.joints["left_fore_top"]
        near = 1.0 if float((np.asarray(self.view.eye) - self.joints["barrel"]) @ right) > 0 else -1.0
        head_first = depth["skull"] > depth["barrel"]
        tail_first = not head_first and depth["dock"] > depth["barrel"]
        if tail_first:
            self._tail()
        if head_first:
            self._neck()
            self._head()
        for name, side, fore in HORSE_LEGS:
            if side != near:
                self._leg(name, fore, "left_leg" if side < 0 else "right_leg", 0.5)
        self._trunk()
        for name, side, fore in HORSE_LEGS:
            if side == near:
                self._leg(name, fore, "left_leg" if side < 0 else "right_leg", 1.0)
        if self.saddled and self.ink.plain is None:
            self._saddle(near)
        if not head_first:
            self._neck()
            self._head()
        if not tail_first:
            self._tail()

    def _leg(self, name: str, fore: bool, part: Part, lit: float) -> None:
        k, px = self.k, self.px
        path = skia.Path()
        radii = (0.085, 0.038, 0.030) if fore else (0.130, 0.046, 0.031)
        limb(path, [px[f"{name}_{n}"] for n in ("top", "knee", "fetlock")], [r * k for r in radii])
        coat = self.coat if lit >= 1 else mix(self.coat, RGB(30, 18, 22), 0.22)
        two_tone(self.canvas, path, self.ink, part, coat, 0.03 * k)
        low = skia.Path()
        limb(low, [px[f"{name}_fetlock"], px[f"{name}_hoof"]], [0.032 * k, 0.036 * k])
        sock = RGB(236, 228, 214) if self.socks else self.dark
        fill(self.canvas, low, self.ink.between(part, sock, 0.8 * lit))
        if k > 24:
            (hx, hy), (fx, _) = px[f"{name}_hoof"], px[f"{name}_fetlock"]
            toe = 0.022 * k * (1.0 if hx >= fx else -1.0)
            hoof = polygon(
                [
                    (hx - 0.034 * k, hy - 0.02 * k),
                    (hx + 0.034 * k, hy - 0.02 * k),
                    (hx + 0.044 * k + toe, hy + 0.035 * k),
                    (hx - 0.044 * k + toe, hy + 0.035 * k),
                ]
            )
            fill(self.canvas, hoof, self.ink.between(part, RGB(58, 48, 44), 0.6 * lit))

    def _trunk(self) -> None:
        k, px = self.k, self.px
        path = skia.Path()
        limb(path, [px[n] for n in ("chest", "barrel", "loin", "pelvis")], [0.175 * k, 0.205 * k, 0.175 * k, 0.185 * k])
        limb(path, [px["withers"], px["barrel"]], [0.05 * k, 0.19 * k])
        two_tone(self.canvas, path, self.ink, "torso", self.coat, 0.10 * k)
        if self.ink.plain is not None or k < 30:
            return
        line = with_alpha(self.ink.line("torso", self.coat, 0.35), 0.35)
        (cx, cy), bx = px["chest"], px["barrel"][0]
        hx, (lx, ly) = px["pelvis"][0], px["loin"]
        shoulder = [
            (cx + 0.15 * (bx - cx), cy - 0.2 * k),
            (cx + 0.32 * (bx - cx), cy - 0.02 * k),
            (cx + 0.22 * (bx - cx), cy + 0.14 * k),
        ]
        thigh = [(lx, ly - 0.04 * k), (lx + 0.3 * (hx - lx), ly + 0.08 * k), (lx + 0.2 * (hx - lx), ly + 0.2 * k)]
        with clipped(self.canvas, path):
            stroke(self.canvas, strands(np.array([shoulder, thigh]), 2), line, max(0.8, 0.012 * k))

    def _saddle(self, near: float) -> None:
        """Blanket, saddle and girth over the back, on the flank that is seen."""
        j, s = self.joints, self.s
        ahead = j["withers"] - j["croup"]
        ahead = ahead / (float(np.linalg.norm(ahead)) or 1.0)
        right = np.array([ahead[2], 0.0, -ahead[0]])
        up = np.array([0.0, 1.0, 0.0])
        seat = j["seat"]

        def at(along: float, out: float, rise: float) -> Array:
            point: Array = seat + (ahead * along + right * (near * out) + up * rise) * s
            return point

        rows = np.stack(
            [
                at(0.17, 0.0, 0.0),
                at(-0.19, 0.0, -0.01),
                at(-0.21, 0.19, -0.13),
                at(-0.18, 0.215, -0.30),
                at(0.14, 0.215, -0.30),
                at(0.17, 0.19, -0.12),
                at(0.13, 0.0, 0.035),
                at(0.02, 0.0, 0.0),
                at(-0.15, 0.0, 0.045),
                at(-0.13, 0.17, -0.08),
                at(-0.05, 0.21, -0.22),
                at(0.08, 0.21, -0.22),
                at(0.12, 0.17, -0.08),
                at(0.05, 0.21, -0.22),
                at(0.06, 0.16, -0.40),
                at(0.06, 0.0, -0.47),
                at(0.0, 0.22, -0.20),
                at(0.02, 0.235, -0.44),
            ]
        )
        px = self.view.project(rows)[:, :2]
        fill(self.canvas, smooth_closed(px[:6], 0.5), self.ink.between("torso", BLANKET, 0.75))
        girth = smooth_open(px[13:16])
        stroke(self.canvas, girth, self.ink.between("torso", LEATHER, 0.4), max(0.8, 0.03 * self.k))
        fill(self.canvas, smooth_closed(px[6:13], 0.6), self.ink.between("torso", LEATHER, 0.7))
        stroke(
            self.canvas,
            smooth_open(px[16:18]),
            self.ink.between("torso", RGB(60, 40, 32), 0.5),
            max(0.7, 0.018 * self.k),
        )

    def _neck(self) -> None:
        k, px = self.k, self.px
        path = skia.Path()
        neck = [px["neck"], px["crest"], px["skull"]]
        limb(path, [px["chest"], px["neck"]], [0.15 * k, 0.165 * k])
        limb(path, neck, [0.165 * k, 0.115 * k, 0.075 * k])
        two_tone(self.canvas, path, self.ink, "torso", self.coat, 0.07 * k)
        if k < 10:
            return
        a, b, c = (np.array(p) for p in neck)
        way = c - a
        across = np.array([-way[1], way[0]]) / (float(np.hypot(*way)) or 1.0)
        # The crest is on the side away from the throat: over the neck, or behind it.
        crest = np.array(px["withers"]) + (b - a) * 0.1
        side = 1.0 if float((crest - a) @ across) > 0 else -1.0
        if abs(float((crest - a) @ across)) < 0.03 * k:
            side = 1.0 if across[1] < 0 else -1.0
        wave = 0.012 * k * math.sin(3.0 * self.time_s + self.figure.seed)
        rim = [
            c + across * (side * 0.10 * k),
            b + across * (side * (0.16 * k + wave)),
            crest + across * (side * 0.04 * k),
        ]
        inner = [
            a * 0.7 + crest * 0.3 + across * (side * 0.05 * k),
            b + across * (side * 0.03 * k - wave),
            c + across * (side * 0.0),
        ]
        fill(self.canvas, smooth_closed(np.stack([*rim, *inner]), 0.8), self.ink.between("hair", self.mane, 0.6))

    def _head(self) -> None:
        j, k, ink = self.joints, self.k, self.ink
        s = self.s
        ahead, up, right = j["head_ahead"] * s, j["head_up"] * s, j["head_right"] * s
        poll = j["skull"]
        way = np.asarray(self.view.eye) - poll
        way = way / (float(np.linalg.norm(way)) or 1.0)
        front, aside = float(way @ j["head_ahead"]), float(way @ j["head_right"])
        spots = {
            "brow": poll + ahead * 0.07 - up * 0.01, "cheek": poll + ahead * 0.10 - up * 0.055,
            "bridge": poll + ahead * 0.24 - up * 0.01, "muzzle": poll + ahead * 0.345 - up * 0.02,
            "chin": poll + ahead * 0.33 - up * 0.065, "crown": poll + up * 0.06 + ahead * 0.01,
        }  # fmt: skip
        for name, side in (("right", 1.0), ("left", -1.0)):
            spots |= {
                f"{name}_ear": poll + up * 0.065 + right * (0.052 * side) - ahead * 0.01,
                f"{name}_ear_in": poll + up * 0.075 + right * (0.022 * side) + ahead * 0.02,
                f"{name}_tip": poll
                + up * 0.19
                + right * (0.066 * side)
                + ahead * (0.03 + 0.012 * math.sin(1.3 * self.time_s + side)),
                f"{name}_eye": poll + ahead * 0.115 + up * 0.024 + right * (0.068 * side),
                f"{name}_nose": poll + ahead * 0.362 + up * 0.0 + right * (0.034 * side),
                f"{name}_bit": poll + ahead * 0.30 - up * 0.045 + right * (0.045 * side),
            }
        seen = self.view.project(np.stack(list(spots.values())))
        px = {n: (x, y) for n, (x, y, _) in zip(spots, seen.tolist(), strict=True)}
        far, near = ("left", "right") if aside > 0 else ("right", "left")
        for name in (far, near) if front > -0.2 else (near, far):
            if name == near and front > -0.2:
                continue
            fill(
                self.canvas,
                polygon([px[f"{name}_ear"], px[f"{name}_tip"], px[f"{name}_ear_in"]]),
                ink.between("head", self.dark, 0.6),
            )
        head = skia.Path()
        limb(head, [px["brow"], px["bridge"], px["muzzle"]], [0.082 * k, 0.058 * k, 0.052 * k])
        limb(head, [px["cheek"], px["chin"]], [0.085 * k, 0.040 * k])
        two_tone(self.canvas, head, ink, "head", self.coat, 0.04 * k)
        if k > 10:
            nose = skia.Path()
            limb(nose, [px["muzzle"], px["chin"]], [0.047 * k, 0.038 * k])
            fill(self.canvas, nose, ink.between("head", mix(self.coat, RGB(40, 30, 30), 0.6), 0.6))
        if front > 0.1 and self.figure.seed % 2 == 0 and k > 14 and ink.plain is None:
            with clipped(self.canvas, head):
                blaze = skia.Path()
                limb(blaze, [px["brow"], px["bridge"]], [0.030 * k, 0.018 * k])
                fill(self.canvas, blaze, ink.between("head", RGB(244, 238, 226), 0.9))
        for name in (near, far) if front > -0.2 else ():
            if name == near or front > 0.6:
                fill(
                    self.canvas,
                    polygon([px[f"{name}_ear"], px[f"{name}_tip"], px[f"{name}_ear_in"]]),
                    ink.between("head", self.coat, 0.8),
                )
        lock = np.array([px["crown"], px[f"{near}_ear_in"], px["brow"], px[f"{far}_ear_in"]])
        fill(self.canvas, smooth_closed(lock, 0.6), ink.between("hair", self.mane, 0.6))
        if ink.plain is not None or k < 16:
            return
        black = ink.lit("head", RGB(24, 18, 18))
        lid = max(0.15, expression_at(self.figure, self.time_s).lid)
        for name, side in (("right", 1.0), ("left", -1.0)):
            if aside * side + 0.25 * max(0.0, front) < 0.10:
                continue
            x, y = px[f"{name}_eye"]
            r = 0.0165 * k
            eye = skia.Path()
            eye.addOval(skia.Rect(x - r * 1.2, y - r * lid, x + r * 1.2, y + r * lid))
            fill(self.canvas, eye, black)
            if r > 1.6:
                glint = skia.Path()
                glint.addCircle(x - r * 0.3, y - r * 0.3, r * 0.3)
                fill(self.canvas, glint, ink.lit("head", RGB(255, 255, 255)))
            x, y = px[f"{name}_nose"]
            hole = skia.Path()
            hole.addOval(skia.Rect(x - r * 0.7, y - r * 0.55, x + r * 0.7, y + r * 0.55))
            fill(self.canvas, hole, black)
            if self.saddled:
                strap = ink.between("head", LEATHER, 0.4)
                thin = max(0.7, 0.013 * k)
                stroke(self.canvas, smooth_open([px["crown"], px[f"{name}_eye"], px[f"{name}_bit"]]), strap, thin)
                hold = self.joints["seat"] * 0.3 + self.joints["withers"] * 0.7 + np.array([0.0, 0.16 * s, 0.0])
                (bx, by), (hx, hy) = px[f"{name}_bit"], self.view.project(hold[None])[0, :2].tolist()
                rein = [(bx, by), ((bx + hx) / 2, (by + hy) / 2 + 0.05 * k), (hx, hy)]
                stroke(self.canvas, smooth_open(rein), strap, thin)

    def _tail(self) -> None:
        path = skia.Path()
        limb(path, [self.px[f"tail_{i}"] for i in range(5)], [r * self.k for r in (0.035, 0.058, 0.066, 0.052, 0.016)])
        two_tone(self.canvas, path, self.ink, "hips", self.mane, 0.02 * self.k)
