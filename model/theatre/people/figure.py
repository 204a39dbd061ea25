"""A person drawn: legs, clothes, arms and head in the order the camera sees them, in two tones.

Shapes come from the skeleton and the head's form, colours from an Ink. No outline all round: form reads by light.
"""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Figure, Stage, Vec3
from model.theatre.air.wind import wind_at
from model.theatre.animals.animal import animal_drawable
from model.theatre.animals.horse import mount_of
from model.theatre.drawable import Drawable
from model.theatre.motion.body import body_at
from model.theatre.motion.gaze import eyes_turn
from model.theatre.motion.holding import held_by
from model.theatre.motion.skeleton import Skeleton
from model.theatre.paint import (
    Codes,
    Ink,
    Part,
    ToneLike,
    clipped,
    darker,
    fill,
    kept_within,
    limb,
    polygon,
    rim_light,
    smooth_closed,
    with_alpha,
)
from model.theatre.people.bag import paint_bag
from model.theatre.people.cloth import collar, trim
from model.theatre.people.expression import Expression, expression_at
from model.theatre.people.face import paint_ear, paint_face
from model.theatre.people.hair import hair_before, hair_behind, hair_cap, hairline, shows_ears
from model.theatre.people.hats import paint_hat
from model.theatre.people.head import HeadForm, head_form
from model.theatre.people.limb_shade import limb_shade
from model.theatre.people.limbs import Limbs
from model.theatre.people.skirt import paint_skirt
from model.theatre.people.soil import soil_of
from model.theatre.people.stains import stain_face
from model.theatre.people.wardrobe import Barrel, torso_barrel
from model.theatre.view import NEAR_M, View

__all__ = ["figure_drawable"]

Array = NDArray[np.float64]
STILL = Vec3(0.0, 0.0, 0.0)
BREEZE_M_S = 4.0
BLOWN, FARTHEST = 0.075, 0.5
"""How far the wind moves the ends of loose hair, in head heights for each m/s, and at most."""
_TRUNK = ("pelvis", "waist", "right_shoulder", "left_shoulder", "right_hip", "left_hip")


def figure_drawable(
    figure: Figure, stage: Stage, view: View, tone: ToneLike, time_s: float, plain: Codes | None = None
) -> Drawable:
    """A person or animal at a time; `plain` codes its parts (the surface pass)."""
    if figure.species != "person":
        ridden = figure.species == "horse" and any(mount_of(stage, one, time_s) is figure for one in stage.figures)
        return animal_drawable(figure, view, tone, time_s, plain, ridden or "saddled" in figure.state)
    body = body_at(figure, time_s, held_by(stage, figure))
    depth = view.point(*(float(v) for v in body.joints["waist"]))[2]
    soil = soil_of(figure)
    ink = Ink(tone, view, max(depth, NEAR_M), plain, "wet" in soil.kinds, soil)

    x, _, z = body.joints["pelvis"].tolist()
    wind = STILL if stage.place.interior else _felt(wind_at(stage.weather, time_s, x, z))

    def paint(canvas: skia.Canvas) -> None:
        _Person(canvas, figure, body, view, ink, time_s, wind).paint()

    return Drawable(depth, paint)


def _felt(wind: Vec3) -> Vec3:
    """What of a wind (m/s) lifts hair and cloth: next to nothing of a breeze."""
    share = 1.0 - math.exp(-(((wind.x * wind.x + wind.z * wind.z) / (BREEZE_M_S * BREEZE_M_S)) ** 2))
    return Vec3(wind.x * share, 0.0, wind.z * share)


class _Person(Limbs):
    """One person in one frame: all parts in the order the camera sees them."""

    def __init__(
        self, canvas: skia.Canvas, figure: Figure, body: Skeleton, view: View, ink: Ink, time_s: float, wind: Vec3
    ) -> None:
        super().__init__(canvas, figure, body, view, ink, time_s)
        self.wind = wind

    def _swing(self) -> Array:
        """How far the ends of loose hair are across and ahead of where they hang, in head heights."""
        blown = BLOWN * (np.asarray(self.wind) @ self.body.head)
        idle = 0.03 * math.sin(1.7 * self.time_s + self.figure.seed % 7)
        return np.array([idle + FARTHEST * math.tanh(blown[0] / FARTHEST), FARTHEST * math.tanh(blown[2] / FARTHEST)])

    def paint(self) -> None:
        d, body, look, ink = self.depth, self.body, self.look, self.ink
        if d["skull"] < NEAR_M * 2 or d["shoulders"] < NEAR_M * 2:
            return  # the lens is inside the person
        if not self.shows(list(d), 0.30 * body.build.height):
            return
        head = self.shows(["skull"], 1.7 * body.build.head)
        face = expression_at(self.figure, self.time_s)
        form = head_form(look, body, self.view, face.lips.open)
        swing = self._swing()
        legs_ahead = (d["right_knee"] + d["left_knee"]) / 2 < d["pelvis"] - 0.14
        sleeves = torso_barrel(body, look, self.view, self.cut.ease, self.cut.hem)
        middle = d["shoulders"] * 0.5 + d["waist"] * 0.5
        arms = {side: (d[f"{side}_elbow"] + d[f"{side}_wrist"]) / 2 for side in ("right", "left")}
        behind_body = [side for side in arms if arms[side] > middle + (0.075 if self._seen_front() else -0.03)]
        before_face = [
            s
            for s in arms
            if s not in behind_body
            and d[f"{s}_wrist"] < d["skull"]
            and self.px[f"{s}_fingers"][1] < self.px["shoulders"][1]
        ]
        if head:
            hair_behind(self.canvas, form, look, ink, swing)
        if self.trunk:
            paint_bag(self.canvas, body, sleeves, look, self.view, ink, self.tall, "behind")
        for side in sorted(behind_body, key=lambda s: -arms[s]):
            self.arm(side)
        below = self.below
        if not legs_ahead and not below:
            self.legs()
        if not below and self.cut.skirt == 0:
            self._seat_of_trousers()
        if head or self.trunk:
            self._neck(form)
        if below:
            self._torso(sleeves)
        elif legs_ahead and not self._skirted():
            self._torso(sleeves)
            self.legs()
        else:
            if legs_ahead:
                self.legs()
            if self.cut.skirt > 0 or look.top == "apron":
                self._torso(sleeves)
                self._skirt()
            else:
                self._skirt()
                self._torso(sleeves)
        if head or self.trunk:
            collar(self.canvas, sleeves, look, ink, self.tall)
        if self.trunk:
            paint_bag(self.canvas, body, sleeves, look, self.view, ink, self.tall, "before")
        for side in sorted(arms, key=lambda s: -arms[s]):
            if side not in behind_body and side not in before_face:
                self.arm(side)
        if head:
            self._head(form, face, swing)
        for side in before_face:
            self.arm(side)

    @cached_property
    def below(self) -> bool:
        """Whether nothing under the waist is in the picture."""
        low = min(self.px["pelvis"][1], self.px["right_knee"][1], self.px["left_knee"][1])
        return low - 0.10 * self.tall > self.view.height_px

    @cached_property
    def trunk(self) -> bool:
        """Whether any of the trunk is in the picture."""
        return self.shows(_TRUNK, 0.12 * self.body.build.height)

    def _seen_front(self) -> bool:
        way = np.asarray(self.view.eye) - self.body.joints["waist"]
        return float(way @ self.body.chest[:, 2]) > 0

    def _skirted(self) -> bool:
        return self.cut.skirt > 0 or (self.look.bottom == "skirt" and not self.cut.legs)

    def _seat_of_trousers(self) -> None:
        """What joins the legs: as deep as it is high, so that it is the same from every side."""
        b = self.body.build
        thick = 0.056 * b.height * b.girth * self.scale["pelvis"]
        across = max(0.0, b.hip_half + 0.031 * b.height * b.girth - 0.056 * b.height * b.girth) / b.hip_half
        (rx, ry), (lx, ly) = self.px["right_hip"], self.px["left_hip"]
        x, y = (rx + lx) / 2, (ry + ly) / 2
        ends = [(x + (rx - x) * across, y + (ry - y) * across), (x + (lx - x) * across, y + (ly - y) * across)]
        path = skia.Path()
        limb(path, ends, [thick, thick])
        fill(self.canvas, path, self.ink.lit("hips", self.leg_rgb))
        # Its shade runs on down from the trunk's, along the upright and not along the bone.
        wide = math.hypot(rx - x, ry - y) * across + thick
        if wide >= 6.0:
            upright = [(x, y - 0.5 * thick), (x, y + 0.35 * thick)]
            dark = limb_shade(upright, [wide, 0.62 * wide], self.ink.toward_key, self.ink.behind)
            if dark is not None:
                fill(self.canvas, dark, self.ink.shade("hips", self.leg_rgb))

    def _barrel_shade(self, barrel: Barrel, part: Part, rgb: RGB, reach: float = 1.25) -> None:
        # The lift hides the light that the two edges would leave between them.
        for band in barrel.shade(np.asarray(self.ink.tone.key_from), reach, 0.3 / self.scale["waist"]):
            fill(self.canvas, smooth_closed(band, 0.9), self.ink.shade(part, rgb))

    def _skirt(self) -> None:
        """A skirt, or what of a dress, a coat or an apron hangs about the legs."""
        paint_skirt(self.canvas, self.body, self.look, self.view, self.ink, self.tall, self.wind)

    def _torso(self, barrel: Barrel) -> None:
        if not self.trunk:
            return
        rgb = self.torso_rgb
        path = smooth_closed(barrel.outline(), 0.9)
        fill(self.canvas, path, self.ink.lit("torso", rgb))
        if self.tall < 18:
            return
        self._barrel_shade(barrel, "torso", rgb)
        rim_light(self.canvas, path, self.ink, rgb, 0.008 * self.tall, simple=True)
        trim(self.canvas, barrel, self.look, self.ink, self.tall)

    def _neck(self, form: HeadForm) -> None:
        look, b = self.look, self.body.build
        size = b.head
        thick = {"male": 0.255, "female": 0.205, "unspecified": 0.225}[look.gender] * (0.86 if b.child > 0.4 else 1.0)
        thick *= {"slim": 0.95, "average": 1.0, "broad": 1.12, "heavy": 1.16}[look.build]
        if min(self.depth["shoulders"], self.depth["skull"]) < NEAR_M * 1.5:
            return
        k = self.scale["shoulders"]
        (x, y), (top_x, top_y) = self.px["shoulders"], self.px["skull"]
        dx, dy = top_x - x, top_y - y
        points = [(x - 0.20 * dx, y - 0.20 * dy), (x + 0.08 * dx, y + 0.08 * dy), (x + 1.35 * dx, y + 1.35 * dy)]
        path = skia.Path()
        radii = [thick * size * k * 1.10, thick * size * k * 1.06, thick * size * k]
        limb(path, points, radii)
        fill(self.canvas, path, self.ink.between("head", look.skin, 0.88))
        shown = min(1.0, max(0.0, 2.0 + 3.0 * form.faces(0.0)))
        if self.ink.plain is not None or form.px < 14 or shown == 0.0:
            return
        # The jaw's shadow: the chin line once more, lower, on the throat.
        lower = np.array([-self.ink.toward_key[0] * 0.06 * form.px, 0.115 * form.px])
        jaw = form.lower_outline() + lower
        shade = with_alpha(self.ink.shade("head", darker(look.skin, 0.10)), shown * form.nearness(14.0))
        if form.px > 150:
            with clipped(self.canvas, path):
                fill(self.canvas, smooth_closed(jaw), shade)
        else:
            fill(self.canvas, polygon(kept_within(jaw, points, radii)), shade)

    def _head(self, form: HeadForm, face: Expression, swing: Array) -> None:
        canvas, look, ink = self.canvas, self.look, self.ink
        eyes = Vec3(*(float(v) for v in form.origin + form.axes @ np.array([0.0, 0.5, 0.3]) * form.size_m))
        pupils = eyes_turn(self.figure, eyes, form.axes, self.time_s)
        behind = math.cos(form.bearing) < -0.8  # what is seen of the cheek lies beyond the hair
        if behind:
            paint_face(canvas, form, look, ink, face, pupils, hairline(look))
        hair_cap(canvas, form, look, ink, swing)
        ears = shows_ears(look) and form.px > 7
        turn = math.sin(form.bearing)
        sides = [s for s in (1.0, -1.0) if form.faces(s * 1.75) > -0.55]
        if ears:
            for side in sides:
                if turn * side <= 0.22:
                    paint_ear(canvas, form, look, ink, side)
        skin = None if behind else paint_face(canvas, form, look, ink, face, pupils, hairline(look))
        if skin is not None and ink.soil.kinds:
            stain_face(canvas, form, look, ink, skin)
        hair_before(canvas, form, look, ink, skin)
        if ears:
            for side in sides:
                if turn * side > 0.22:
                    paint_ear(canvas, form, look, ink, side)
        paint_hat(canvas, form, look, ink)
