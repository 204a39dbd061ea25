"""Dogs and cats: a spine, four jointed legs, a head that looks, ears and a tail with a mind of its own.

Built as the people are, in metres, and drawn from any side; they do no acts but their poses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Figure, Stage, Vec3
from model.theatre.drawable import Drawable
from model.theatre.expression import expression_at
from model.theatre.gaze import head_turn
from model.theatre.motion import Mark, place_at, pose_weights
from model.theatre.paint import (
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
from model.theatre.skeleton import bend, pitch, yaw
from model.theatre.view import NEAR_M, View

__all__ = ["animal_drawable", "animal_joints"]

Array = NDArray[np.float64]
LEGS = (("right_fore", 1.0, True), ("left_fore", -1.0, True), ("right_hind", 1.0, False), ("left_hind", -1.0, False))


@dataclass(frozen=True)
class Breed:
    """Proportions in shoulder heights."""

    length: float  # half the trunk
    chest: float  # radii of the trunk
    waist: float
    rump: float
    leg: float  # a leg's radius at its top
    head: float  # the skull's radius
    muzzle: float  # how far the nose stands out
    snout: float  # the muzzle's radius
    neck: tuple[float, float]  # of the head from the withers: up, forward
    tail: float


BREEDS = {
    "dog": Breed(0.42, 0.215, 0.165, 0.175, 0.085, 0.205, 0.33, 0.098, (0.40, 0.30), 0.55),
    "cat": Breed(0.50, 0.205, 0.200, 0.205, 0.085, 0.270, 0.27, 0.105, (0.30, 0.34), 1.05),
}

# Pose: withers (y, z), croup (y, z), head lift, fore paw z, hind paw z, all in shoulder heights.
_POSES: dict[str, tuple[float, ...]] = {
    "stand": (0.80, 1.0, 0.80, -1.0, 0.0, 0.86, -1.02),
    "sit": (0.86, 0.50, 0.27, -0.62, 0.06, 0.56, -0.26),
    "lie": (0.27, 0.95, 0.24, -1.0, 0.06, 1.75, -0.55),
}


@lru_cache(maxsize=64)
def animal_joints(figure: Figure, time_s: float) -> dict[str, Array]:
    """The joints of an animal in stage metres."""
    s, breed = figure.look.height_m, BREEDS[figure.species]
    place = place_at(figure, time_s)
    weights = pose_weights(figure, time_s)
    mixed = np.zeros(7)
    moving = 0.0
    for kind, weight in weights:
        mixed += weight * np.array(_POSES[{"sit": "sit", "lie": "lie", "kneel": "sit"}.get(kind, "stand")])
        moving += weight if kind in ("walk", "run") else 0.0
    fy, fz, hy, hz, lift, fore_z, hind_z = mixed
    root = yaw(place.heading_rad)
    ground = np.array([place.x_m, 0.0, place.z_m])
    breath = 0.008 * math.sin(2.6 * time_s + figure.seed % 7)
    running = dict(weights).get("run", 0.0)
    stride = (1.15 + 1.0 * running) * s
    phase = place.travelled_m / stride + (figure.seed % 5) / 5
    bob = 0.02 * moving * math.sin(4 * math.pi * phase) + breath

    def at(x: float, y: float, z: float) -> Array:
        point: Array = ground + root @ (np.array([x, y, z]) * s)
        return point

    half = breed.length
    joints = {"withers": at(0, fy + bob, fz * half), "pelvis": at(0, hy + breath - 0.6 * bob, hz * half)}
    joints |= _legs(at, root, mixed, breed, phase, moving, running, bob)
    head_up, head_on = breed.neck
    head_up, head_on = head_up + lift + 0.5 * bob, head_on - 0.06 * (1 - moving)
    skull = at(0, fy + head_up, fz * half + head_on)
    turn, down = head_turn(figure, Vec3(*(float(v) for v in skull)), place.heading_rad, time_s)
    turn += 0.06 * math.sin(0.8 * time_s + figure.seed % 11)
    axes = root @ yaw(turn) @ pitch(down * 0.8 + 0.05)
    joints["skull"] = skull
    for name, local in (("right", (1.0, 0.0, 0.0)), ("up", (0.0, 1.0, 0.0)), ("ahead", (0.0, 0.0, 1.0))):
        joints[f"head_{name}"] = axes @ np.array(local)
    joints |= _tail(figure, at, breed, hy, hz * half, time_s, float(dict(weights).get("lie", 0.0)), place)
    return joints


def _legs(
    at: object, root: Array, pose: Array, breed: Breed, phase: float, moving: float, running: float, bob: float
) -> dict[str, Array]:
    assert callable(at)
    fy, fz, hy, hz, _, fore_z, hind_z = pose
    half = breed.length
    joints: dict[str, Array] = {}
    for name, side, fore in LEGS:
        top_y, top_z = (fy - 0.10 + bob, fz * half - 0.02) if fore else (hy - 0.04, hz * half + 0.02)
        # A trot: diagonal legs go together; at a run fore and hind legs gather.
        beat = 0.0 if (side > 0) == fore else 0.5
        u = (phase + beat * (1 - 0.7 * running) + (0.0 if fore else 0.18 + 0.3 * running)) % 1.0
        stance = 0.58 - 0.2 * running
        reach = stance / 2 * (1.15 + running)
        if u < stance:
            z, y = reach - u / stance * 2 * reach, 0.0
        else:
            v = (u - stance) / (1 - stance)
            z, y = -reach + 2 * reach * (v * v * (3 - 2 * v)), 0.20 * math.sin(math.pi * v) * (1 + running)
        paw_z = (fore_z if fore else hind_z) * half + z * moving
        spread = 0.13 if fore else 0.135 + 0.07 * max(0.0, 0.6 - hy)
        top = at(side * 0.115, top_y, top_z)
        paw = at(side * spread, 0.045 + y * moving, paw_z)
        span = float(np.linalg.norm(at(0, 0, 1) - at(0, 0, 0)))
        upper, lower = (0.36 * span, 0.38 * span)
        knee, paw = bend(top, paw, upper, lower, root @ np.array([side * 0.1, 0.1, -1.0 if fore else 1.0]))
        joints |= {f"{name}_top": top, f"{name}_knee": knee, f"{name}_paw": paw}
        joints[f"{name}_toe"] = paw + root @ np.array([0.0, -0.012 * span, 0.075 * span])
    return joints


def _tail(
    figure: Figure, at: object, breed: Breed, y: float, z: float, time_s: float, lying: float, place: Mark
) -> dict[str, Array]:
    assert callable(at)
    glad = figure.emotion in ("happy", "tender", "neutral")
    if figure.species == "dog":
        pace, reach = (9.5, 0.55) if figure.emotion == "happy" else (5.0, 0.30) if glad else (1.2, 0.06)
        rise = (0.75 if glad else -0.5) * (1 - lying) - 0.05
    else:
        pace, reach = (1.4, 0.30) if glad else (3.2, 0.5)
        rise = 0.85 * (1 - lying) * (1.0 if y > 0.5 else 0.0)
    joints = {}
    for i in range(5):
        u = i / 4
        wag = reach * u * math.sin(pace * time_s - 1.3 * u + figure.seed % 9)
        length = breed.tail * u
        up = rise * length * (1.0 - 0.15 * u) + (0.10 * math.sin(u * 5) if figure.species == "cat" else 0.06 * u)
        joints[f"tail_{i}"] = at(
            wag * breed.tail * 0.8,
            max(0.04, y + 0.09 + up),
            z - 0.10 - length * math.sqrt(max(0.05, 1 - min(0.9, rise * rise))),
        )
    return joints


def animal_drawable(
    figure: Figure, stage: Stage, view: View, tone: ToneLike, time_s: float, plain: dict[str, int] | None = None
) -> Drawable:
    """A dog or cat at a time; `plain` gives parts their own greys (the mannequin pass)."""
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
            self._dog_ear(far, r)
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
            self._dog_ear(near, r)

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
            nose.addOval(skia.Rect.MakeXYWH(tip[0] - snout * (0.52 if dog else 0.30), tip[1] - snout * 0.42,
                                            snout * (1.04 if dog else 0.60), snout * (0.72 if dog else 0.42)))  # fmt: skip
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

    def _dog_ear(self, side: float, r: float) -> None:
        flap = 0.05 * math.sin(2.2 * self.time_s + self.figure.seed)
        perk = 0.25 if self.figure.emotion in ("surprised", "happy") else 0.0
        spots = self._at(
            self._spot(side * 0.55, 0.86, 0.05), self._spot(side * 0.95, 0.72, -0.02),
            self._spot(side * (1.20 + perk), 0.10 + perk, 0.06 + flap), self._spot(side * 1.02, -0.42 + 1.6 * perk, 0.10 + flap),
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
