"""A bird as a figure: pigeon, gull or crow by its size and coat; it stands, hops, flies and glides.

`Look.height_m` is from its foot to its crown, `Look.skin` its body, `Look.hair_colour` its wings and tail.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Figure, Vec3
from model.theatre.drawable import Drawable
from model.theatre.motion.gaze import head_turn
from model.theatre.motion.marks import ease, place_at, pose_weights
from model.theatre.motion.skeleton import pitch, yaw
from model.theatre.paint import Codes, Ink, ToneLike, fill, limb, mix, polygon, smooth_closed, stroke, two_tone
from model.theatre.view import NEAR_M, View

__all__ = ["bird_drawable", "bird_joints"]

Array = NDArray[np.float64]

SIZE = 1.36
"""What all measures below are in, by the height from foot to crown."""
HOP_M = 0.34
"""The length of a hop."""


@lru_cache(maxsize=64)
def bird_joints(figure: Figure, time_s: float) -> dict[str, Array]:
    """The joints of a bird in stage metres: body, head with its axes, tail, feet and three joints a wing."""
    s = figure.look.height_m * SIZE
    place = place_at(figure, time_s)
    weights = dict(pose_weights(figure, time_s))
    air = min(1.0, weights.get("fly", 0.0) + (1.0 if place.height_m > 0.3 and not weights.get("sit") else 0.0))
    lift = ease(air)
    moving = min(1.0, weights.get("walk", 0.0) + weights.get("run", 0.0)) * (1 - lift)
    seed = figure.seed % 17
    hop = abs(math.sin(math.pi * place.travelled_m / (HOP_M * s))) * 0.16 * moving
    # Some beats, then a glide.
    glide = 0.5 + 0.5 * math.tanh(3.0 * math.sin(0.8 * time_s + seed))
    beat = math.sin(2 * math.pi * (1.1 / max(0.2, s) ** 0.5) * 1.6 * time_s + seed) * (0.25 + 0.75 * glide)
    turn = 0.35 * math.tanh(place.sideways_m_s * 0.3) * lift
    root = yaw(place.heading_rad)
    up_y = place.height_m + s * (0.52 * (1 - lift) + hop + 0.10 * lift - 0.05 * lift * beat)
    middle = np.array([place.x_m, up_y, place.z_m])
    tilt = -0.55 * (1 - lift) + 0.06 * lift
    peck = _pecks(figure, time_s) * (1 - lift)
    body = root @ pitch(tilt + 0.75 * peck)
    bank = np.array([math.cos(turn), math.sin(turn), 0.0])

    def at(x: float, y: float, z: float) -> Array:
        point: Array = middle + body @ (np.array([x, y, z]) * s)
        return point

    joints = {"pelvis": middle, "breast": at(0, -0.03, 0.22), "rump": at(0, 0.02, -0.28), "tail": at(0, 0.03, -0.50),
              "tail_end": at(0, 0.05 + 0.03 * beat * lift, -0.82)}  # fmt: skip
    neck = at(0, 0.06, 0.30)
    bobbing = 0.05 * moving * math.sin(2 * math.pi * place.travelled_m / (HOP_M * s)) + 0.015 * math.sin(
        2.1 * time_s + seed
    )
    skull = neck + root @ (
        np.array([0.0, 0.24 * (1 - lift) + 0.05 * lift - 0.30 * peck, 0.10 * lift + 0.04 + bobbing + 0.14 * peck]) * s
    )
    yaw_head, down = head_turn(figure, Vec3(*skull.tolist()), place.heading_rad, time_s)
    glance = 0.5 * math.tanh(5 * math.sin(0.9 * time_s + seed)) * (1 - lift)
    axes = root @ yaw(yaw_head + glance) @ pitch(0.7 * down + 0.9 * peck)
    joints |= {"neck": neck, "skull": skull, "head_right": axes[:, 0], "head_up": axes[:, 1], "head_ahead": axes[:, 2]}
    for name, side in (("right", 1.0), ("left", -1.0)):
        shoulder = at(side * 0.14, 0.08, 0.17)
        rise = (0.75 * beat + 0.10) * lift
        spread = side * bank[0] * lift
        high = rise + side * bank[1] * lift
        open_elbow = np.array([spread * 0.50, 0.42 * high, 0.10])
        open_tip = np.array([spread * 1.22, 0.86 * high - 0.18 * abs(beat) * lift * (1 if beat > 0 else -1), -0.16])
        shut_elbow, shut_tip = np.array([side * 0.05, 0.06, -0.12]), np.array([side * -0.07, -0.05, -0.80])
        elbow = shoulder + (root @ open_elbow * lift + body @ shut_elbow * (1 - lift)) * s
        tip = shoulder + (root @ open_tip * lift + body @ shut_tip * (1 - lift)) * s
        back = joints["rump"] - joints["breast"]
        hand = (elbow + (tip - elbow) * 0.45 + back * 0.42) * lift
        hand += (shoulder + body @ (np.array([side * 0.055, -0.21, -0.22]) * s)) * (1 - lift)
        inner = at(side * 0.11, 0.04, -0.24) * lift
        inner += (shoulder + body @ (np.array([side * 0.055, -0.17, 0.0]) * s)) * (1 - lift)
        joints |= {
            f"{name}_shoulder": shoulder, f"{name}_elbow": elbow, f"{name}_tip": tip, f"{name}_hand": hand,
            f"{name}_inner": inner,
        }  # fmt: skip
        foot_y = place.height_m if lift < 0.99 else up_y - 0.2 * s
        stand = np.array([0.0, 0.0, 0.0])
        stand[:] = middle + root @ (
            np.array(
                [side * 0.08, 0.0, 0.02 + 0.05 * side * moving * math.sin(math.pi * place.travelled_m / (HOP_M * s))]
            )
            * s
        )
        stand[1] = foot_y + hop * s
        tucked = at(side * 0.06, -0.10, -0.36)
        joints[f"{name}_foot"] = stand * (1 - lift) + tucked * lift
        joints[f"{name}_hip"] = at(side * 0.07, -0.14, -0.02)
    return joints


def _pecks(figure: Figure, time_s: float) -> float:
    """Pecking at the ground while it eats; else now and then."""
    eats = max(
        (
            ease((time_s - a.start_s) / 0.3) * ease((a.end_s - time_s) / 0.3)
            for a in figure.acts
            if a.act in ("eat", "drink")
        ),
        default=0.0,
    )
    wave = math.sin(2 * math.pi * 1.2 * time_s + figure.seed % 13)
    now = ease(math.sin(0.41 * time_s + figure.seed % 13) * 6 - 4.6)
    return max(eats, now) * (0.5 + 0.5 * wave)


def bird_drawable(figure: Figure, view: View, tone: ToneLike, time_s: float, plain: Codes | None = None) -> Drawable:
    """A bird at a time; `plain` codes its parts (the surface pass)."""
    joints = bird_joints(figure, time_s)
    depth = view.point(*joints["pelvis"].tolist())[2]
    ink = Ink(tone, view, max(depth, NEAR_M), plain, "wet" in figure.state)
    return Drawable(depth, lambda canvas: _paint(canvas, figure, joints, view, ink))


def _paint(canvas: skia.Canvas, figure: Figure, joints: dict[str, Array], view: View, ink: Ink) -> None:
    s, look = figure.look.height_m * SIZE, figure.look
    names = [n for n in joints if not n.startswith("head_")]
    spots = {n: joints[n] for n in names}
    skull, ahead, up, right = joints["skull"], joints["head_ahead"] * s, joints["head_up"] * s, joints["head_right"] * s
    spots |= {
        "beak": skull + ahead * 0.30 - up * 0.03,
        "beak_top": skull + ahead * 0.10 + up * 0.035,
        "beak_low": skull + ahead * 0.09 - up * 0.06,
        "right_eye": skull + ahead * 0.05 + up * 0.03 + right * 0.072,
        "left_eye": skull + ahead * 0.05 + up * 0.03 - right * 0.072,
    }
    across = joints["right_shoulder"] - joints["left_shoulder"]
    across = across / (float(np.linalg.norm(across)) or 1.0) * s
    for name, side in (("right", 1.0), ("left", -1.0)):
        spots[f"{name}_tail"] = joints["tail_end"] + across * (side * 0.15)
    seen = view.project(np.stack(list(spots.values())))
    if float(seen[:, 2].min()) < NEAR_M * 2 or not view.sees(joints["pelvis"].tolist(), 2.2 * s):
        return
    px = {n: (x, y) for n, (x, y, _) in zip(spots, seen.tolist(), strict=True)}
    deep = dict(zip(spots, seen[:, 2].tolist(), strict=True))
    k = s * view.px_per_m(deep["pelvis"])
    wing, body = look.hair_colour, look.skin
    horn = RGB(226, 150, 58) if sum(body) > 420 else RGB(70, 64, 66)
    order = (
        ("left", "right")
        if deep["left_tip"] + deep["left_elbow"] > deep["right_tip"] + deep["right_elbow"]
        else ("right", "left")
    )

    def feather(name: str, lit: float) -> None:
        path = smooth_closed([px[f"{name}_{n}"] for n in ("shoulder", "elbow", "tip", "hand", "inner")], 0.55)
        fill(canvas, path, ink.between("right_arm" if name == "right" else "left_arm", wing, lit))

    def head() -> None:
        beak = polygon([px["beak_top"], px["beak"], px["beak_low"]])
        if deep["beak"] > deep["skull"]:
            fill(canvas, beak, ink.between("head", horn, 0.7))
        path = skia.Path()
        limb(path, [px["neck"], px["skull"]], [0.145 * k, 0.118 * k])
        two_tone(canvas, path, ink, "head", body if figure.seed % 2 else mix(body, wing, 0.35), 0.04 * k)
        if deep["beak"] <= deep["skull"]:
            fill(canvas, beak, ink.between("head", horn, 0.8))
        if k > 12 and ink.plain is None:
            eyes = skia.Path()
            for name in ("right", "left"):
                if deep[f"{name}_eye"] < deep["skull"] + 0.01 * s:
                    eyes.addCircle(*px[f"{name}_eye"], max(0.7, 0.026 * k))
            fill(canvas, eyes, ink.lit("head", RGB(20, 16, 18)))

    if k > 8:
        legs = skia.Path()
        for name in ("right", "left"):
            legs.moveTo(*px[f"{name}_hip"])
            legs.lineTo(*px[f"{name}_foot"])
            x, y = px[f"{name}_foot"]
            legs.moveTo(x - 0.05 * k, y)
            legs.lineTo(x + 0.06 * k, y)
        stroke(canvas, legs, ink.between("right_leg", mix(horn, RGB(190, 90, 80), 0.5), 0.6), max(0.7, 0.03 * k))
    facing = deep["skull"] > deep["rump"]
    if facing:
        head()
    feather(order[0], 0.35)
    tail = polygon([px["rump"], px["right_tail"], px["left_tail"]])
    if not facing:
        fill(canvas, tail, ink.between("hips", wing, 0.5))
    trunk = skia.Path()
    limb(trunk, [px["breast"], px["pelvis"], px["rump"]], [0.185 * k, 0.195 * k, 0.10 * k])
    two_tone(canvas, trunk, ink, "torso", body, 0.08 * k)
    if facing:
        fill(canvas, tail, ink.between("hips", wing, 0.6))
    if not facing:
        head()
    feather(order[1], 0.85)
