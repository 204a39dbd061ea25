"""A body's attitude as numbers that blend: where pelvis, hands and feet are and how the stiff parts are turned.

Knows no bones and no time: `model.theatre.motion.skeleton` makes joints of it, `model.theatre.motion.body` says
which, when.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

__all__ = ["Pose", "Three", "blend", "changed", "swept"]

Three = tuple[float, float, float]


@dataclass(frozen=True)
class Pose:
    """A body's attitude, all of it blendable. Lengths in legs (pelvis, feet) or arms (hands); angles in radians.

    Hands are from their shoulder in the chest's axes, feet (the ankles over a sole that lies flat) from the root on
    the floor in the figure's axes. `right_fingers` bends the hand at the wrist toward a direction in the chest's axes;
    nought keeps it on along the forearm. `right_fist` is 1 for a fist, -1 for a hand spread flat.
    """

    pelvis: Three = (0.0, 1.0, 0.0)  # y: 1 stands upright
    recline: float = 0.0  # positive lies back, negative bows from the hips
    hips_yaw: float = 0.0
    hips_roll: float = 0.0
    lean: float = 0.0
    tilt: float = 0.0
    twist: float = 0.0
    shrug: float = 0.0  # shoulders raised, in arms
    head_pitch: float = 0.0
    head_yaw: float = 0.0
    head_roll: float = 0.0
    right_hand: Three = (0.14, -0.96, 0.10)
    left_hand: Three = (-0.14, -0.96, 0.10)
    right_fingers: Three = (0.0, 0.0, 0.0)
    left_fingers: Three = (0.0, 0.0, 0.0)
    right_fist: float = 0.0
    left_fist: float = 0.0
    elbows: float = 0.0  # how far the elbows are raised outward
    right_foot: Three = (0.115, 0.0, 0.0)
    left_foot: Three = (-0.115, 0.0, 0.0)
    right_toe: float = 0.0  # the foot's pitch, toes down
    left_toe: float = 0.0
    right_turn: float = 0.2  # the foot's heading from the body's, toes to the right
    left_turn: float = -0.2
    knees: float = 0.12  # how far the knees point outward


_FIELDS = tuple(f.name for f in fields(Pose))
_HANDS = frozenset({"right_hand", "left_hand"})


def swept(p: Three, q: Three, u: float) -> Three:
    """A hand's way from `p` to `q`: straight, but round the shoulder and before the body where that is between."""
    x, y, z = p[0] + (q[0] - p[0]) * u, p[1] + (q[1] - p[1]) * u, p[2] + (q[2] - p[2]) * u
    dot = p[0] * q[0] + p[1] * q[1] + p[2] * q[2]
    sizes = math.sqrt((p[0] ** 2 + p[1] ** 2 + p[2] ** 2) * (q[0] ** 2 + q[1] ** 2 + q[2] ** 2))
    if dot < 0.3 * sizes:
        out = (0.3 - dot / sizes) * 4 * u * (1 - u) if sizes else 0.0
        side = 1.0 if p[0] + q[0] > 0 else -1.0 if p[0] + q[0] < 0 else 0.0
        x, z = x + 0.22 * out * side * min(1.0, 4 * abs(p[0] + q[0])), z + 0.34 * out
    return x, y, z


def changed(pose: Pose, **parts: float | Three) -> Pose:
    """`pose` with other parts. A body takes several a frame: this is ten times as quick as making one anew."""
    made = object.__new__(Pose)
    made.__dict__.update(pose.__dict__, **parts)
    return made


def blend(a: Pose, b: Pose, u: float) -> Pose:
    """`a` at u = 0, `b` at u = 1."""
    if u <= 0.0:
        return a
    if u >= 1.0:
        return b
    one, other = a.__dict__, b.__dict__
    mixed: dict[str, float | Three] = {}
    for name in _FIELDS:
        p, q = one[name], other[name]
        if p is q:
            mixed[name] = p
        elif name in _HANDS:
            mixed[name] = swept(p, q, u)
        elif type(p) is tuple:
            mixed[name] = (p[0] + (q[0] - p[0]) * u, p[1] + (q[1] - p[1]) * u, p[2] + (q[2] - p[2]) * u)
        else:
            mixed[name] = p + (q - p) * u
    return changed(a, **mixed)
