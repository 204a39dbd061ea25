"""A person's joints in a picture: the eighteen that pose estimators name, in their order, with who can be seen.

Projects the skeleton; draws nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.stage import Figure, Stage
from model.theatre.motion.body import body_at
from model.theatre.motion.holding import held_by
from model.theatre.motion.skeleton import Skeleton
from model.theatre.view import NEAR_M, View

__all__ = ["BONES", "JOINTS", "Joints", "joints_of"]

JOINTS = (
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
    "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye",
    "right_ear", "left_ear",
)  # fmt: skip
"""The OpenPose order (Cao et al. 2019, the 18 points of the COCO model)."""

BONES = (
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13), (1, 0),
    (0, 14), (14, 16), (0, 15), (15, 17),
)  # fmt: skip
"""Which joints a limb runs between, in the order that pose pictures colour them."""

# On the head, in head heights from the chin's level on its axis: right, up, forward.
_ON_HEAD = {
    "nose": (0.0, 0.36, 0.45), "right_eye": (0.14, 0.50, 0.38), "left_eye": (-0.14, 0.50, 0.38),
    "right_ear": (0.36, 0.45, 0.0), "left_ear": (-0.36, 0.45, 0.0),
}  # fmt: skip
_REACH_PX = 2


@dataclass(frozen=True, eq=False)
class Joints:
    """`points` is (18, 3): pixel x, pixel y and depth in metres; `visible` (18,) tells which the picture shows.

    A joint is visible when it lies in the picture on pixels of its own figure, and, on the head, on the side that
    the camera sees. What a person's own body hides counts as visible.
    """

    figure: str
    points: NDArray[np.float64]
    visible: NDArray[np.bool_]


def joints_of(stage: Stage, time_s: float, view: View, person: NDArray[np.uint8]) -> tuple[Joints, ...]:
    """The joints of every person of the stage; `person` is the pass of that name."""
    found = []
    for number, figure in enumerate(stage.figures, 1):
        if figure.species == "person":
            found.append(_joints(figure, body_at(figure, time_s, held_by(stage, figure)), view, person, number))
    return tuple(found)


def _joints(figure: Figure, body: Skeleton, view: View, person: NDArray[np.uint8], number: int) -> Joints:
    size = body.build.head
    chin = body.joints["skull"] - body.head @ np.array([0.0, 0.16 * size, 0.0])
    on_head = {name: chin + body.head @ (np.array(at) * size) for name, at in _ON_HEAD.items()}
    points = np.array([
        on_head[name] if name in on_head else body.joints["shoulders" if name == "neck" else name] for name in JOINTS
    ])  # fmt: skip
    seen = view.project(points)
    height, width = person.shape
    visible = np.zeros(len(JOINTS), dtype=bool)
    to_eye = np.asarray(view.eye) - chin
    for i, (x, y, depth) in enumerate(seen.tolist()):
        if depth <= NEAR_M or not (0 <= x < width and 0 <= y < height):
            continue
        if JOINTS[i] in _ON_HEAD:
            out = body.head @ np.array([_ON_HEAD[JOINTS[i]][0] * 1.6, 0.0, _ON_HEAD[JOINTS[i]][2]])
            if float(out @ to_eye) < 0.10 * size * math.hypot(*to_eye):
                continue
        left, top = int(x), int(y)
        near = person[max(top - _REACH_PX, 0) : top + _REACH_PX + 1, max(left - _REACH_PX, 0) : left + _REACH_PX + 1]
        visible[i] = bool((near == number).any())
    return Joints(figure.id, seen, visible)
