"""Reaching: to take, put down or hand over a thing, with all the bending that it takes.

A reach peaks at the instant that the thing changes hands. Acts without a prop to move reach for their own target.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from model.stage import ActKey, Vec3
from model.theatre.motion.acts.doing import Deed, Doing, Side, with_hand
from model.theatre.motion.marks import ease
from model.theatre.motion.pose import Pose, blend, changed

__all__ = ["REACHES", "bend_to", "reached", "reaches"]

REACHES = frozenset({"pick_up", "put_down", "give"})
REACH_S = 0.65  # to a thing, and back from it


@dataclass(frozen=True)
class Reach:
    """A hand's way to a point, where it is at `peak_s`, and back. `rests_s` is how long it stays there."""

    side: Side
    start_s: float
    peak_s: float
    end_s: float
    point: Vec3
    rests_s: float


def reaches(doing: Doing) -> list[Reach]:
    """All reaching of a shot: what props that change place ask of the hands, and acts that do without them."""
    found: list[Reach] = []
    moved: set[ActKey] = set()
    for hold in doing.holds:
        for at_s, point in ((hold.from_s, hold.taken_at), (hold.until_s, hold.left_at)):
            if point is None or not math.isfinite(at_s):
                continue
            act = next((a for a in doing.figure.acts if a.act in REACHES and a.start_s < at_s < a.end_s), None)
            start, end = at_s - REACH_S, at_s + REACH_S
            if act is not None:
                moved.add(act)
                start, end = min(act.start_s, at_s - 0.4), max(act.end_s, at_s + 0.4)
            found.append(Reach(hold.hand, start, at_s, end, point, 0.10))
    for act in doing.figure.acts:
        if act.act in REACHES and act not in moved and act.end_s > act.start_s:
            side = Deed(*doing.parts, act).side(full=act.act != "pick_up")
            x = 0.12 if side == "right" else -0.12
            low = 0.55 if act.act == "give" else 0.30
            point = act.target or Vec3(*doing.world(x, low * doing.build.height, 0.50).tolist())
            if act.act == "give":  # held out to the other, not into the other
                lx, ly, lz = doing.local(point).tolist()
                far = math.hypot(lx, lz) or 1.0
                k = min(1.0, max(0.5 * far, 0.35) / far)
                point = Vec3(*doing.world(lx * k, min(ly, 0.66 * doing.build.height), lz * k).tolist())
            length = act.end_s - act.start_s
            rests = 0.3 * length if act.act == "give" else 0.08 * length
            found.append(Reach(side, act.start_s, act.start_s + 0.5 * length, act.end_s, point, rests))
    return found


def reached(doing: Doing, pose: Pose) -> Pose:
    """`pose` with every reach that is going on."""
    for one in reaches(doing):
        if not one.start_s < doing.time_s < one.end_s:
            continue
        half = one.rests_s / 2
        up = ease((doing.time_s - one.start_s) / (one.peak_s - half - one.start_s))
        down = ease((one.end_s - doing.time_s) / (one.end_s - one.peak_s - half))
        pose = blend(pose, bend_to(doing, pose, one.side, one.point), min(up, down))
    return pose


def bend_to(doing: Doing, pose: Pose, side: Side, point: Vec3) -> Pose:
    """A body that has a hand at a point: as far bowed from the hips and down on its knees as that takes."""
    sign = 1.0 if side == "right" else -1.0
    x, y, z = doing.local(point).tolist()
    if y < 0.07:  # the fingers lie on the floor then
        point = Vec3(point.x, point.y + 0.07 - y, point.z)
    low = max(0.0, 1.0 - y / (0.55 * doing.build.height))  # what is low is crouched for, what is far is leant to
    turn = math.atan2(x, max(z, 0.25))
    turned = changed(
        pose,
        twist=pose.twist + max(-0.6, min(0.6, 0.55 * turn)) - 0.10 * sign,
        head_pitch=pose.head_pitch + 0.12,
        head_yaw=pose.head_yaw + max(-0.5, min(0.5, 0.4 * turn)),
    )
    comfortable = 0.93 * doing.arm + 0.5 * doing.build.hand

    def far(share: float) -> float:
        bent = _bowed(turned, share, low)
        way = np.asarray(point) - doing.trunk(bent).shoulder(doing.build, bent, sign)
        return math.sqrt(way @ way)

    # Twice along the chord: near enough for an arm, and it changes evenly with the pose, as a search would not.
    upright = far(0.0)
    chord = max(upright - far(1.0), 0.15)
    share = min(1.0, max(0.0, (upright - comfortable) / chord))
    share = min(1.0, max(0.0, share + (far(share) - comfortable) / chord))
    ahead = z / (math.hypot(x, z) or 1.0)
    bent = _bowed(turned, share * ease((ahead + 0.3) / 0.6), low)  # what is behind is not bowed to
    return with_hand(bent, side, doing.way(bent, sign, point, 0.62), 0.3)


def _bowed(pose: Pose, share: float, low: float) -> Pose:
    """Down by a share of all that a body can: a sitter from the hips, who stands with the knees too."""
    px, py, pz = pose.pelvis
    stands = min(1.0, max(0.0, (py - 0.62) / 0.2))
    share *= max(0.0, 1.0 - pose.recline**2)  # who lies reaches with the arm alone
    down = share * low * stands
    bow = share * (0.55 + 0.57 * low * stands)  # nobody dives over a table
    return changed(
        pose,
        pelvis=(px, py - 0.62 * down, pz - 0.22 * down - 0.08 * bow * stands),
        recline=min(pose.recline, pose.recline * (1 - share) - 0.86 * bow),
        lean=pose.lean + 0.36 * bow,
        head_pitch=pose.head_pitch + 0.22 * bow,
        knees=pose.knees + 0.25 * down,
    )
