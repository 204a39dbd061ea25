"""Acts of the whole body or the head: to nod, shrug, laugh, cry, dance, and to talk with the hands."""

from __future__ import annotations

import math

from model.theatre.motion.acts.doing import Deed, bump, handed, with_hand
from model.theatre.motion.marks import ease
from model.theatre.motion.pose import Pose, Three, changed

__all__ = ["cry", "dance", "gesture", "laugh", "nod", "shake_head", "shrug", "speak"]


def nod(doing: Deed, pose: Pose) -> Pose:
    """Down and up, the first the deepest."""
    beat = 1 - math.cos(2 * math.pi * 1.7 * doing.since_s)
    return changed(pose, head_pitch=pose.head_pitch + 0.19 * beat * (1 - 0.35 * doing.u), lean=pose.lean + 0.012 * beat)


def shake_head(doing: Deed, pose: Pose) -> Pose:
    """From side to side, with a little of the shoulders."""
    turn = math.sin(2 * math.pi * 1.5 * doing.since_s)
    return changed(pose, head_yaw=pose.head_yaw + 0.42 * turn * (1 - 0.3 * doing.u), twist=pose.twist + 0.03 * turn,
                   head_pitch=pose.head_pitch + 0.05)  # fmt: skip


def shrug(doing: Deed, pose: Pose) -> Pose:
    """Shoulders up, the head aside, the palms turned out."""
    up = bump(doing.u, 0.35, 0.62)
    made = changed(
        pose,
        shrug=pose.shrug + 0.085 * up,
        head_roll=pose.head_roll + 0.16 * up,
        head_pitch=pose.head_pitch + 0.05 * up,
        lean=pose.lean - 0.03 * up,
        elbows=pose.elbows - 0.2 * up,
    )
    full = doing.full
    for side, sign in (("right", 1.0), ("left", -1.0)):
        if side not in full:
            hand: Three = handed(sign, (0.34, -0.48 + 0.10 * up, 0.46))
            made = with_hand(made, side, hand, -1.0, handed(sign, (0.75, 0.10, 0.15)))
    return made


def laugh(doing: Deed, pose: Pose) -> Pose:
    """Head back, shoulders that shake, a hand at the belly; it comes in bursts and dies away."""
    since = doing.since_s
    burst = (0.55 + 0.45 * math.sin(1.9 * since - 0.8)) * (1 - 0.35 * doing.u)
    shake = math.sin(2 * math.pi * 4.3 * since) * burst
    rock = 0.5 + 0.5 * math.sin(2.1 * since + doing.figure.seed % 6)
    made = changed(
        pose,
        recline=pose.recline + 0.10 * rock - 0.10 * (1 - rock),
        lean=pose.lean + 0.04 + 0.022 * shake + 0.10 * (1 - rock),
        shrug=pose.shrug + 0.04 + 0.018 * shake,
        head_pitch=pose.head_pitch - 0.22 * rock + 0.16 * (1 - rock) + 0.03 * shake,
        head_roll=pose.head_roll + 0.08 * math.sin(1.2 * since),
    )
    full = doing.full
    side = "left" if "left" not in full else "right"
    if side in full:
        return made
    sign = 1.0 if side == "right" else -1.0
    return with_hand(
        made, side, handed(sign, (-0.26, -0.66 + 0.012 * shake, 0.30)), -0.5, handed(sign, (-0.7, 0.0, 0.1))
    )


def cry(doing: Deed, pose: Pose) -> Pose:
    """Bowed, the shoulders shaken by sobs; a hand wipes a cheek, under the eye."""
    since = doing.since_s
    sob = max(0.0, math.sin(2 * math.pi * 0.55 * since)) ** 2
    shake = sob * math.sin(2 * math.pi * 5.2 * since)
    made = changed(
        pose,
        recline=pose.recline - 0.06,
        lean=pose.lean + 0.16 + 0.05 * sob,
        shrug=pose.shrug + 0.05 + 0.05 * sob + 0.012 * shake,
        head_pitch=pose.head_pitch + 0.34 + 0.06 * sob,
        head_roll=pose.head_roll + 0.06,
    )
    free = {"right", "left"} - doing.full
    if not free:
        return made
    side = "right" if "right" in free else "left"
    sign = 1.0 if side == "right" else -1.0
    wipe = bump((since / 3.4) % 1.0, 0.30, 0.62)
    trunk = doing.trunk(made)
    under = trunk.skull + trunk.head_axes @ ((0.44 * sign, -0.34, 0.44)) * doing.build.head
    high = doing.way(made, sign, under, 0.0)
    low: Three = handed(sign, (-0.24, -0.50, 0.44))
    x, y, z = (a + (b - a) * wipe for a, b in zip(low, high, strict=True))
    return with_hand(made, side, (x, y, z), 0.3, handed(sign, (-0.35 * wipe, 0.88 * wipe, 0.10 * wipe)))


def dance(doing: Deed, pose: Pose) -> Pose:
    """To a beat of two a second: knees, hips and arms; the seed picks the steps."""
    seed = doing.figure.seed
    beat = math.pi * 2.0 * doing.since_s  # half a turn for each beat
    side, bounce = math.sin(beat), abs(math.sin(beat)) ** 1.5
    style = seed % 3
    px, py, pz = pose.pelvis
    step = 0.05 * side
    lift_right, lift_left = max(0.0, -side) ** 2, max(0.0, side) ** 2
    rf, lf = pose.right_foot, pose.left_foot
    made = changed(
        pose,
        pelvis=(px + 0.085 * side, py - 0.055 + 0.050 * bounce, pz),
        hips_roll=pose.hips_roll - 0.13 * side,
        hips_yaw=pose.hips_yaw + 0.22 * side,
        twist=pose.twist - 0.24 * side,
        tilt=pose.tilt - 0.09 * side,
        head_roll=pose.head_roll + 0.10 * side,
        head_pitch=pose.head_pitch + 0.05 * (1 - bounce),
        right_foot=(rf[0] + step * 0.4 * lift_right, rf[1] + 0.07 * lift_right, rf[2]),
        left_foot=(lf[0] + step * 0.4 * lift_left, lf[1] + 0.07 * lift_left, lf[2]),
        right_toe=pose.right_toe + 0.45 * lift_right,
        left_toe=pose.left_toe + 0.45 * lift_left,
        elbows=pose.elbows + 0.35,
        knees=pose.knees + 0.12,
    )
    high = 0.5 + 0.5 * math.sin(beat / 4 + seed % 5)
    arms: dict[int, tuple[Three, Three]] = {
        0: ((0.34 + 0.10 * side, -0.40 + 0.14 * bounce, 0.40 - 0.16 * side),
            (-0.34 + 0.10 * side, -0.40 + 0.14 * bounce, 0.40 + 0.16 * side)),
        1: ((0.36, -0.35 + 0.85 * high + 0.08 * bounce, 0.34), (-0.36, 0.50 - 0.85 * high + 0.08 * bounce, 0.34)),
        2: ((0.50 + 0.12 * side, 0.05 + 0.10 * bounce, 0.22), (-0.50 + 0.12 * side, 0.05 + 0.10 * bounce, 0.22)),
    }  # fmt: skip
    right, left = arms[style]
    full = doing.full
    if "right" not in full:
        made = with_hand(made, "right", right, 0.2, (0.15, 0.35 + 0.2 * side, 0.1))
    if "left" not in full:
        made = with_hand(made, "left", left, 0.2, (-0.15, 0.35 - 0.2 * side, 0.1))
    return made


def gesture(doing: Deed, pose: Pose) -> Pose:
    """Hands that underline what is said."""
    return _talk(doing, pose, 1.0)


def speak(doing: Deed, pose: Pose) -> Pose:
    """The little that goes with all talk."""
    return _talk(doing, pose, 0.45)


def _talk(doing: Deed, pose: Pose, size: float) -> Pose:
    """Hands and head that go along with words; a hand that holds something keeps still."""
    seed, t = doing.figure.seed, doing.time_s
    p = (seed % 997) * 0.37
    beat = [math.sin(2.6 * t + p), math.sin(3.7 * t + 2.1 * p), math.sin(1.3 * t + 0.7 * p)]
    which = beat[2]
    shares = {"right": size * (0.55 + 0.45 * ease(which + 0.5)), "left": size * (0.30 + 0.70 * ease(0.5 - which))}
    made = changed(
        pose,
        head_pitch=pose.head_pitch + 0.035 * beat[1],
        head_roll=pose.head_roll + 0.03 * beat[0],
        head_yaw=pose.head_yaw + 0.05 * beat[2],
        lean=pose.lean + 0.03 * size,
    )
    full = doing.full
    goals: dict[str, Three] = {
        "right": (0.20 + 0.10 * beat[0], -0.46 + 0.13 * beat[1], 0.56 + 0.06 * beat[0]),
        "left": (-0.20 - 0.10 * beat[1], -0.50 + 0.12 * beat[0], 0.54 + 0.06 * beat[1]),
    }
    for side, sign in (("right", 1.0), ("left", -1.0)):
        if side in full:
            continue
        rest = pose.right_hand if sign > 0 else pose.left_hand
        k = shares[side]
        x, y, z = (a + (b - a) * k for a, b in zip(rest, goals[side], strict=True))
        open_hand = handed(sign, (0.25 * k, 0.15 * k + 0.1 * beat[0] * k, 0.25 * k))
        made = with_hand(made, side, (x, y, z), -0.5 * k, open_hand)
    return made
