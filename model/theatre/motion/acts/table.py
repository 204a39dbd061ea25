"""Acts at a table or with a small thing: to drink, eat, telephone, type, write and read.

A hand at the face comes from below and the side, so that the eyes stay to be seen.
"""

from __future__ import annotations

import math

from model.theatre.motion.acts.doing import Deed, bump, handed, with_hand
from model.theatre.motion.marks import ease
from model.theatre.motion.pose import Pose, Three, changed
from model.theatre.motion.props_use import BITE_S, SWALLOW_S

__all__ = ["drink", "eat", "phone", "read", "type_", "write"]


def _to_mouth(doing: Deed, pose: Pose, cycle_s: float, tip: tuple[float, float], back: float) -> Pose:
    """Up to the lips and down again, over and over; the head tips by `tip` while the hand is up."""
    side = doing.side(full=True)
    if side in doing.level:  # from the plate with the other hand
        side = "left" if side == "right" else "right"
    sign = 1.0 if side == "right" else -1.0
    length = doing.length_s
    cycle = length / max(1.0, round(length / cycle_s))
    u = (doing.since_s / cycle) % 1.0
    up, held = bump(u, 0.36, 0.66), bump(u, 0.46, 0.58)
    build = doing.build
    tipped = changed(pose, head_pitch=pose.head_pitch + tip[0] * up + tip[1] * held)
    trunk = doing.trunk(tipped)
    # The wrist stays under the chin, so that the elbow hangs, and the hand comes up to the lips from there.
    wrist = trunk.skull + trunk.head_axes @ ((0.36 * sign, -0.48, 0.50 + back)) * build.head
    high = doing.way(tipped, sign, wrist, 0.0)
    low: Three = handed(sign, (0.02, -0.55, 0.48))
    x, y, z = (a + (b - a) * up for a, b in zip(low, high, strict=True))
    bent = handed(sign, (-0.62 * up, 0.72 * up, 0.15 * up))
    return with_hand(tipped, side, (x, y, z + 0.12 * up * (1 - up)), 0.6, bent)


def drink(doing: Deed, pose: Pose) -> Pose:
    """The cup to the lips, and the head back for the swallow."""
    return _to_mouth(doing, pose, SWALLOW_S, (0.05, -0.22), 0.03)


def eat(doing: Deed, pose: Pose) -> Pose:
    """A bite to the mouth; the head comes to meet it."""
    return _to_mouth(doing, pose, BITE_S, (0.10, 0.04), 0.0)


def phone(doing: Deed, pose: Pose) -> Pose:
    """At the ear, the elbow down, the head a little into it."""
    side = doing.side(full=True)
    sign = 1.0 if side == "right" else -1.0
    tipped = changed(pose, head_roll=pose.head_roll + 0.09 * sign, head_pitch=pose.head_pitch + 0.02)
    build = doing.build
    trunk = doing.trunk(tipped)
    jaw = trunk.skull + trunk.head_axes @ ((0.53 * sign, -0.37, 0.14)) * build.head
    x, y, z = doing.way(tipped, sign, jaw, 0.0)
    x, z = max(x * sign, -0.2) * sign, max(z, 0.12)
    sway = 0.008 * math.sin(1.3 * doing.time_s)
    return with_hand(tipped, side, (x, y + sway, z), 0.55, handed(sign, (0.06, 0.84, -0.54)))


def type_(doing: Deed, pose: Pose) -> Pose:
    """Both hands low over the keys, the fingers busy in bursts."""
    t = doing.time_s
    burst = 0.35 + 0.65 * ease(0.5 + 1.2 * math.sin(0.9 * t + doing.figure.seed % 7))
    taps = [0.016 * burst * math.sin(17.0 * t + p) ** 2 for p in (0.0, 2.1)]
    made = changed(pose, lean=pose.lean + 0.07, head_pitch=pose.head_pitch + 0.20, elbows=pose.elbows + 0.12)
    drift = 0.03 * math.sin(1.1 * t)
    for (side, sign), tap in zip((("right", 1.0), ("left", -1.0)), taps, strict=True):
        hand: Three = (-0.16 * sign + drift, -0.55 + tap, 0.64)
        made = with_hand(made, side, hand, -0.5, (-0.12 * sign, -0.30 - 4 * tap, 0.55))
    return made


def write(doing: Deed, pose: Pose) -> Pose:
    """Bowed over the sheet, the pen along the line and back to the next."""
    side = doing.side(full=True)
    sign = 1.0 if side == "right" else -1.0
    since = doing.since_s
    line = (since / 2.8) % 1.0
    along = line / 0.86 if line < 0.86 else 1 - ease((line - 0.86) / 0.14)
    scratch = 0.012 * math.sin(15 * since) * (line < 0.86)
    made = changed(pose, lean=pose.lean + 0.16, head_pitch=pose.head_pitch + 0.34, head_yaw=pose.head_yaw + 0.05 * sign)
    made = with_hand(made, "left" if side == "right" else "right", handed(-sign, (0.02, -0.56, 0.60)), -0.6)
    # Left to right, whichever the hand.
    x = (-0.25 if sign > 0 else 0.12) + 0.13 * along
    return with_hand(made, side, (x, -0.54 + scratch * 0.5, 0.62 + scratch), 0.8, (-0.1 * sign, -0.25, 0.35))


def read(doing: Deed, pose: Pose) -> Pose:
    """The page in both hands before the chest, under the eyes and not before them."""
    drop = 0.012 * math.sin(0.9 * doing.time_s)
    made = changed(pose, head_pitch=pose.head_pitch + 0.30, lean=pose.lean + 0.04)
    for side, sign in (("right", 1.0), ("left", -1.0)):
        made = with_hand(made, side, (-0.26 * sign, -0.40 + drop, 0.58), 0.5)
    return made
