"""Whether people look to the side of the camera to which they should.

Two stages are held against the picture: the planned one, and the same with every look as far to the other side. Of the
pixels in which their heads differ, are more as the planned head has them? Skin and hair take their colours from where
both agree, in the picture itself; eyes are darker than what is round them. Nothing is drawn.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from director.critic.expected import Expected, Instant, Mask, Person
from director.critic.verdict import Verdict, at_least
from director.critic.watching import luma
from model.colour import lab
from model.request import Frame
from model.stage import Figure, Stage, Vec3
from model.theatre.joints import JOINTS
from model.theatre.passes import Passes, passes
from model.theatre.surfaces import PARTS

__all__ = ["gaze_sides", "judge_gaze", "looking_away", "off_lens_deg"]

EYELINE = -0.35
LEAST_FACE_PX = 20
_LEAST_OFF_LENS_DEG = 15.0
_LEAST_PX = 10
_APART = 9.0  # in Lab, between skin and hair
_LIKE = 14.0
_HEAD, _HAIR = PARTS.index("head") + 1, PARTS.index("hair") + 1
_EYES = (JOINTS.index("right_eye"), JOINTS.index("left_eye"))

Weighed = tuple[float, float]
"""A figure from -1 to 1 and how much it counts."""


def judge_gaze(expected: Expected, frames: dict[int, Frame]) -> list[Verdict]:
    """Verdicts on everybody with a face large enough who looks past the lens."""
    verdicts = []
    for name, figure in gaze_sides(expected, frames).items():
        told = f"{name}'s head fits a look to the planned side by {figure:+.2f}, from the other side (-1) to it (+1)"
        verdicts.append(at_least("eyeline", name, figure, EYELINE, "share", told, best=1.0))
    return verdicts


def gaze_sides(expected: Expected, frames: dict[int, Frame]) -> dict[str, float]:
    """By name: 1 where a head is turned as planned, -1 where it is turned to the other side; unsure ones left out."""
    stage = expected.stage
    if stage.style in ("pencil", "ink_noir"):
        return {}  # hatching and blacks make skin and hair alike
    judged = {
        figure.id
        for figure in stage.figures
        if figure.species == "person" and abs(off_lens_deg(stage, figure)) >= _LEAST_OFF_LENS_DEG
    }
    if not judged:
        return {}
    other = replace(stage, figures=tuple(looking_away(stage, figure) for figure in stage.figures))
    found: dict[str, list[Weighed]] = {}
    for instant in expected.instants[1::2]:
        frame = frames.get(instant.index)
        faces = [one for one in instant.people if one.figure.id in judged and _face_px(instant, one) >= LEAST_FACE_PX]
        if frame is None or not faces:
            continue
        height, width = instant.shape
        turned = passes(other, instant.seen.time_s, width, height)
        for person in faces:
            found.setdefault(person.figure.id, []).extend(_votes(frame, person, instant.seen, turned))
    return {
        name: sum(figure * weight for figure, weight in votes) / total
        for name, votes in found.items()
        if (total := sum(weight for _, weight in votes)) >= 0.5
    }


def off_lens_deg(stage: Stage, figure: Figure) -> float:
    """How far to the side of the camera somebody looks as the shot opens; 0 for who looks nowhere in particular."""
    looks = [act.target for act in figure.acts if act.act == "look" and act.target is not None]
    target = looks[0] if looks else figure.gaze[0].target if figure.gaze else None
    if target is None:
        return 0.0
    at, eye = figure.body[0], stage.camera.keys[0].position
    to_eye, to_target = (math.atan2(p.x - at.x_m, p.z - at.z_m) for p in (eye, target))
    return math.degrees((to_target - to_eye + math.pi) % (2 * math.pi) - math.pi)


def looking_away(stage: Stage, figure: Figure) -> Figure:
    """A figure whose every look goes as far to the other side of the camera."""
    eye, at = stage.camera.keys[0].position, figure.body[0]
    axis = math.atan2(eye.x - at.x_m, eye.z - at.z_m)

    def turned(point: Vec3) -> Vec3:
        way, far = math.atan2(point.x - at.x_m, point.z - at.z_m), math.hypot(point.x - at.x_m, point.z - at.z_m)
        return Vec3(at.x_m + far * math.sin(2 * axis - way), point.y, at.z_m + far * math.cos(2 * axis - way))

    return replace(
        figure,
        gaze=tuple(replace(key, target=turned(key.target)) for key in figure.gaze),
        acts=tuple(
            replace(act, target=turned(act.target)) if act.act == "look" and act.target is not None else act
            for act in figure.acts
        ),
    )


def _head_labels(seen: Passes, number: int) -> NDArray[np.uint8]:
    return np.asarray(np.where((seen.person == number) & np.isin(seen.part, (_HEAD, _HAIR)), seen.part, 0))


def _face_px(instant: Instant, person: Person) -> int:
    return int(_head_labels(instant.seen, person.number).any(axis=1).sum())


def _votes(frame: Frame, person: Person, planned: Passes, turned: Passes) -> list[Weighed]:
    a, b = _head_labels(planned, person.number), _head_labels(turned, person.number)
    rows, columns = np.nonzero((a > 0) | (b > 0))
    box = np.s_[max(rows.min() - 2, 0) : rows.max() + 3, max(columns.min() - 2, 0) : columns.max() + 3]
    a, b, colours = a[box], b[box], lab(frame[box])
    tall = float((a > 0).any(axis=1).sum())
    known = {}
    for label in (_HEAD, _HAIR):
        sure = ndimage.binary_erosion((a == label) & (b == label))
        if sure.sum() >= _LEAST_PX:
            known[label] = np.median(colours[sure], axis=0)
    votes = [_within(a, b, colours, known, tall), _about(a, b, colours, known, tall)]
    corner = np.array([box[1].start, box[0].start])
    votes.append(_by_eyes(frame[box], a > 0, _eyes_of(planned, person, corner), _eyes_of(turned, person, corner), tall))
    return [vote for vote in votes if vote is not None]


def _within(
    a: NDArray[np.uint8],
    b: NDArray[np.uint8],
    colours: NDArray[np.float64],
    known: dict[int, NDArray[np.float64]],
    tall: float,
) -> Weighed | None:
    """Where one head has hair and the other skin: which of the two is it?"""
    where = (a != b) & (a > 0) & (b > 0)
    if len(known) < 2 or where.sum() < _LEAST_PX or np.linalg.norm(known[_HEAD] - known[_HAIR]) < _APART:
        return None
    off = {label: np.minimum(np.linalg.norm(colours - colour, axis=-1), 60.0) for label, colour in known.items()}
    skin_rather = off[_HAIR] - off[_HEAD]
    votes = np.where(a == _HEAD, skin_rather, -skin_rather)[where]
    return float(votes.sum() / max(1e-6, np.abs(votes).sum())), min(1.5, float(where.sum()) / (0.06 * tall * tall))


def _about(
    a: NDArray[np.uint8],
    b: NDArray[np.uint8],
    colours: NDArray[np.float64],
    known: dict[int, NDArray[np.float64]],
    tall: float,
) -> Weighed | None:
    """Where only one of the heads is: does the planned one's rim look more like a head than the other's?"""
    shares, counts = [], []
    for one, other in ((a, b), (b, a)):
        where = (one > 0) & (other == 0)
        alike = np.zeros(where.shape, dtype=bool)
        for label, colour in known.items():
            alike |= (one == label) & (np.linalg.norm(colours - colour, axis=-1) < _LIKE)
        counts.append(int(where.sum()))
        shares.append(float(alike[where].mean()) if counts[-1] else 0.0)
    if min(counts) < _LEAST_PX or sum(shares) < 0.2:
        return None
    return (shares[0] - shares[1]) / sum(shares), min(1.0, min(counts) / (0.06 * tall * tall))


def _eyes_of(seen: Passes, person: Person, corner: NDArray[np.int64]) -> NDArray[np.float64]:
    """The eyes that can be seen, (n, 2), in pixels from a corner."""
    mine = next(one for one in seen.joints if one.figure == person.figure.id)
    return np.array([mine.points[i, :2] - corner for i in _EYES if mine.visible[i]]).reshape(-1, 2)


def _by_eyes(
    head: Frame, where: Mask, planned: NDArray[np.float64], turned: NDArray[np.float64], tall: float
) -> Weighed | None:
    """Which of the places for eyes are darker than what is round them."""
    if not len(planned) or not len(turned):
        return None
    apart = min(float(np.linalg.norm(planned - other, axis=1).min()) for other in turned)
    if apart < 0.07 * tall:
        return None
    light = ndimage.gaussian_filter(luma(head), 0.025 * tall)
    dark = np.maximum(0.0, ndimage.gaussian_filter(luma(head), 0.12 * tall) - light)
    dark = ndimage.maximum_filter(dark, max(3, round(0.08 * tall)))

    def at(points: NDArray[np.float64]) -> float:
        y, x = np.clip(points[:, 1], 0, where.shape[0] - 1), np.clip(points[:, 0], 0, where.shape[1] - 1)
        return float(np.mean(dark[y.astype(int), x.astype(int)]))

    one, other = at(planned), at(turned)
    if one + other < 3.0:
        return None
    return (one - other) / (one + other), min(1.0, apart / (0.15 * tall))
