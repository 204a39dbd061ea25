"""Acts of one figure's hands: to point, wave, open, throw, strike, shoot, clap, carry."""

from __future__ import annotations

import math

import numpy as np

from model.stage import Vec3
from model.theatre.motion.acts.doing import Deed, Side, bump, handed, pulse, with_hand
from model.theatre.motion.holding import RELEASE
from model.theatre.motion.marks import ease
from model.theatre.motion.pose import Pose, Three, blend, changed, swept

__all__ = [
    "carry",
    "clap",
    "close_door",
    "drop",
    "hit",
    "laden",
    "open_door",
    "point",
    "push",
    "shoot",
    "throw",
    "wave",
]


def _other(side: Side) -> Side:
    return "left" if side == "right" else "right"


def _sign(side: Side) -> float:
    return 1.0 if side == "right" else -1.0


def _mixed(stations: tuple[tuple[float, Three], ...], u: float) -> Three:
    """A hand's way through places at shares of an act, with a slow start and stop at each."""
    (at, here), *rest = stations
    for to, there in rest:
        if u < to:
            return swept(here, there, ease((u - at) / (to - at)))
        at, here = to, there
    return here


def point(doing: Deed, pose: Pose) -> Pose:
    """A straight arm and finger at the target."""
    side = doing.side()
    sign = _sign(side)
    turned = changed(pose, twist=pose.twist - 0.10 * sign, shrug=pose.shrug + 0.01)
    if doing.key.target is None:
        return with_hand(turned, side, (0.28 * sign, 0.02, 0.92))
    x, _, z = doing.local(doing.key.target).tolist()
    turned = changed(turned, twist=pose.twist + max(-0.5, min(0.5, 0.35 * math.atan2(x, max(z, 0.3)))))
    trunk = doing.trunk(turned)
    way = trunk.chest_axes.T @ (np.asarray(doing.key.target) - trunk.shoulder(doing.build, turned, sign))
    a, b, c = (way / (math.sqrt(way @ way) or 1.0)).tolist()
    c = max(c, 0.15)  # nobody points through the own body
    k = 0.985 / math.sqrt(a * a + b * b + c * c)
    return with_hand(turned, side, (a * k, b * k, c * k))


def wave(doing: Deed, pose: Pose) -> Pose:
    """The forearm up beside the head, the flat hand from side to side."""
    side = doing.side()
    swing = math.sin(2 * math.pi * 1.9 * doing.since_s)
    hand = handed(_sign(side), (0.46 + 0.15 * swing, 0.60 - 0.05 * abs(swing), 0.24))
    tilted = changed(pose, tilt=pose.tilt - 0.03 * _sign(side), elbows=pose.elbows + 0.3)
    return with_hand(tilted, side, hand, -1.0, handed(_sign(side), (0.30 + 0.40 * swing, 0.85, 0.05)))


def _at_door(doing: Deed, pose: Pose, side: Side, swing: float) -> Pose:
    """A hand at the handle that goes with the leaf; `swing` is how far it follows it ahead, in metres."""
    sign = _sign(side)
    if doing.key.target is None:
        handle = doing.world(0.12 * sign, 0.56 * doing.build.height, 0.55)
    else:
        x, _, z = doing.local(doing.key.target).tolist()
        far = math.hypot(x, z) or 1.0
        k = min(far, 0.62 * doing.arm + 0.25) / far
        handle = doing.world(x * k, 0.56 * doing.build.height, z * k)
    moved = doing.root @ np.array([0.05 * sign * swing, 0.0, swing])
    leaning = changed(
        pose, recline=pose.recline - 0.06 - 0.35 * max(0.0, swing), twist=pose.twist - 0.12 * sign,
        head_pitch=pose.head_pitch + 0.10 * (1 - ease(doing.u / 0.6)),
    )  # fmt: skip
    return with_hand(leaning, side, doing.way(leaning, sign, handle + moved, 0.4), 0.6)


def open_door(doing: Deed, pose: Pose) -> Pose:
    """To the handle, down with it, and ahead with the leaf."""
    side = doing.side()
    return _at_door(doing, pose, side, 0.22 * ease((doing.u - 0.35) / 0.5))


def close_door(doing: Deed, pose: Pose) -> Pose:
    """To the open leaf's handle, and home with it."""
    side = doing.side()
    return _at_door(doing, pose, side, 0.20 * pulse(doing.u, 0.2, 0.3) - 0.06 * ease((doing.u - 0.3) / 0.4))


def throw(doing: Deed, pose: Pose) -> Pose:
    """Back over the shoulder, away with the whole body, and on after it."""
    side = doing.side(full=True)
    sign, at = _sign(side), RELEASE["throw"]
    away = ease((doing.u - at + 0.16) / 0.20)
    back = ease(doing.u / 0.34) * (1 - away)
    follow = away * (1 - ease((doing.u - at - 0.12) / 0.36))
    hand = _mixed((
        (0.0, (0.10, -0.62, 0.46)), (0.34, (0.38, 0.30, -0.52)), (at - 0.06, (0.42, 0.46, -0.30)),
        (at + 0.02, (0.16, 0.52, 0.72)), (at + 0.20, (-0.42, -0.45, 0.66)), (1.0, (0.10, -0.80, 0.34)),
    ), doing.u)  # fmt: skip
    wound = changed(
        pose,
        pelvis=(pose.pelvis[0], pose.pelvis[1] - 0.03 * follow, pose.pelvis[2] - 0.10 * back + 0.16 * follow),
        twist=pose.twist + sign * (0.62 * back - 0.55 * follow),
        hips_yaw=pose.hips_yaw + sign * (0.25 * back - 0.25 * follow),
        recline=pose.recline + 0.14 * back - 0.24 * follow,
        lean=pose.lean + 0.12 * follow,
        tilt=pose.tilt - 0.10 * sign * back,
        elbows=pose.elbows + 0.8 * back,
    )
    balance = handed(-sign, (0.30 + 0.1 * back, -0.30 + 0.25 * back - 0.4 * follow, 0.62 * back - 0.2 * follow + 0.1))
    moved = with_hand(wound, side, handed(sign, hand), 0.8 - 1.4 * ease((doing.u - at) / 0.08))
    aside = with_hand(moved, _other(side), balance)
    full = doing.full
    return moved if _other(side) in full else aside


def drop(doing: Deed, pose: Pose) -> Pose:
    """Held out, and the fingers open."""
    side = doing.side(full=True)
    sign = _sign(side)
    opens = ease((doing.u - RELEASE["drop"] + 0.06) / 0.10)
    hand = handed(sign, (0.18, -0.55 + 0.03 * opens, 0.62))
    startled = changed(pose, head_pitch=pose.head_pitch + 0.18 * opens, shrug=pose.shrug + 0.03 * opens)
    return with_hand(startled, side, hand, 0.7 - 1.7 * opens, handed(sign, (0.1, -0.35 * opens, 0.4 * opens)))


def hit(doing: Deed, pose: Pose) -> Pose:
    """A fist drawn back and shot out to the target, the other one up in guard."""
    side = doing.side(full=True)
    sign = _sign(side)
    out = bump(min(1.0, max(0.0, (doing.u - 0.32) / 0.50)), 0.32, 0.45)
    back = ease(doing.u / 0.30) * (1 - ease((doing.u - 0.32) / 0.16))
    wound = changed(
        pose,
        pelvis=(pose.pelvis[0], pose.pelvis[1] - 0.05 * max(back, out), pose.pelvis[2] - 0.08 * back + 0.20 * out),
        twist=pose.twist + sign * (0.50 * back - 0.60 * out),
        hips_yaw=pose.hips_yaw + sign * (0.2 * back - 0.3 * out),
        recline=pose.recline - 0.16 * out,
        head_pitch=pose.head_pitch + 0.10,
        elbows=pose.elbows + 0.5,
    )
    at = doing.key.target or Vec3(*doing.world(0.0, 0.84 * doing.build.height, 0.75).tolist())
    guard = handed(-sign, (-0.28, 0.10, 0.50))
    ready = with_hand(wound, side, handed(sign, (0.14 + 0.06 * back, -0.24 - 0.10 * back, 0.40 - 0.66 * back)), 1.0)
    struck = blend(ready, with_hand(wound, side, doing.way(wound, sign, at, 0.9), 1.0), out)
    return struck if doing.full else with_hand(struck, _other(side), guard, 1.0)


def push(doing: Deed, pose: Pose) -> Pose:
    """Both flat hands against the target, and the body after them."""
    draws, out = ease(doing.u / 0.32), bump(min(1.0, max(0.0, (doing.u - 0.30) / 0.55)), 0.30, 0.55)
    set_back = changed(
        pose,
        pelvis=(pose.pelvis[0], pose.pelvis[1] - 0.06 * draws, pose.pelvis[2] - 0.10 * draws + 0.22 * out),
        recline=pose.recline + 0.06 * draws - 0.24 * out,
        head_pitch=pose.head_pitch + 0.16 * out,
        elbows=pose.elbows + 0.35,
    )
    at = doing.key.target or Vec3(*doing.world(0.0, 0.74 * doing.build.height, 0.70).tolist())
    for side, sign in (("right", 1.0), ("left", -1.0)):
        spot = np.asarray(at) + doing.root @ np.array([0.11 * sign, 0.0, 0.0])
        near: Three = (-0.10 * sign, -0.22, 0.34)
        goal = doing.way(set_back, sign, spot, 0.15)
        x, y, z = (a + (b - a) * out for a, b in zip(near, goal, strict=True))
        set_back = with_hand(set_back, side, (x, y, z), -1.0, (0.0, 0.80, 0.25))
    return set_back


def shoot(doing: Deed, pose: Pose) -> Pose:
    """A straight arm at the target, the other hand under it; each shot throws it up a little."""
    side = doing.side(full=True)
    sign = _sign(side)
    since = doing.since_s
    length = doing.length_s
    kick = 0.0
    for k in range(max(1, int(length / 0.9))):
        after = since - min(0.45, 0.4 * length) - 0.9 * k
        if after > 0:
            kick += ease(after / 0.05) * math.exp(-7.0 * after)
    aimed = changed(
        pose,
        recline=pose.recline - 0.06 + 0.05 * kick,
        twist=pose.twist - 0.22 * sign,
        head_roll=pose.head_roll + 0.06 * sign,
        head_pitch=pose.head_pitch - 0.03 * kick,
        pelvis=(pose.pelvis[0], pose.pelvis[1] - 0.02, pose.pelvis[2] - 0.03 * kick),
    )
    at = doing.key.target or Vec3(*doing.world(0.0, 0.84 * doing.build.height, 4.0).tolist())
    shoulder = doing.trunk(aimed).shoulder(doing.build, aimed, sign)
    way = np.asarray(at) - shoulder
    way = way / (math.sqrt(way @ way) or 1.0)
    grip = shoulder + way * (doing.arm * (1.02 - 0.09 * kick)) + np.array([0.0, 0.07 * kick * doing.arm, 0.0])
    grip = grip + doing.root[:, 0] * (-0.35 * sign * doing.build.shoulder)
    aimed = with_hand(aimed, side, doing.way(aimed, sign, grip, 0.3), 1.0)
    if _other(side) in doing.full:
        return aimed
    under = grip - way * 0.03 + np.array([0.0, -0.05, 0.0])
    return with_hand(aimed, _other(side), doing.way(aimed, -sign, under, 0.45), 0.6)


def clap(doing: Deed, pose: Pose) -> Pose:
    """The hands meet before the chest, about three times a second."""
    beat = abs(math.sin(math.pi * 2.9 * doing.since_s))
    half = 0.95 * doing.build.shoulder / doing.arm
    apart = 0.035 + 0.22 * beat
    made = changed(pose, elbows=pose.elbows + 0.25, head_pitch=pose.head_pitch - 0.03)
    for side, sign in (("right", 1.0), ("left", -1.0)):
        hand: Three = (sign * (apart - half), -0.22 + 0.05 * sign * beat, 0.52)
        made = with_hand(made, side, hand, -1.0, (-0.15 * sign, 0.55, 0.45))
    return made


def carry(doing: Deed, pose: Pose) -> Pose:
    """Both arms under a load, which sways with the step."""
    return laden(pose, 0.01 * math.sin(2.1 * doing.time_s))


def laden(pose: Pose, sway: float = 0.0) -> Pose:
    """Both arms under a load before the belly, the back against it."""
    bent = changed(pose, recline=pose.recline + 0.09, lean=pose.lean + 0.02, shrug=pose.shrug - 0.01)
    for side, sign in (("right", 1.0), ("left", -1.0)):
        bent = with_hand(bent, side, (-0.02 * sign, -0.56 + sway, 0.62), -0.6, (-0.55 * sign, 0.05, 0.45))
    return bent
