"""Reaching: to take, put down or hand over a thing, with all the bending that it takes.

A reach peaks at the instant that the thing changes hands. Acts without a prop to move reach for their own target.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from model.stage import ActKey, Vec3
from model.theatre.acts.doing import Deed, Doing, Side, with_hand
from model.theatre.marks import ease
from model.theatre.pose import Pose, blend

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
    """A body that has a hand at a point: bowed from the hips, and down on its knees as far as the point is low."""
    build, sign = doing.build, 1.0 if side == "right" else -1.0
    x, y, z = doing.local(point).tolist()
    sitting = pose.pelvis[1] < 0.75
    shoulder = build.ankle + pose.pelvis[1] * doing.leg + build.spine - 0.1 * doing.arm
    reach = doing.arm + 0.5 * build.hand
    ahead = max(0.0, math.hypot(x - sign * build.shoulder, z) - 0.15)
    # The arm hangs comfortably short of straight; what is left, the back and the knees do.
    comfort = math.sqrt(max(0.02, (0.94 * reach) ** 2 - min(ahead, 0.9 * reach) ** 2))
    short = max(0.0, shoulder - y - comfort)
    far = max(0.0, ahead - 0.72 * reach)
    if sitting:
        bow = min(1.0, 1.2 * short / build.spine + 1.3 * far)
        low = 0.0
    else:
        full = 0.58 * doing.leg + 0.5 * build.spine
        share = min(1.0, short / full)
        bow = min(1.15, 1.0 * math.sqrt(share) + 0.9 * far)
        low = share
    px, py, pz = pose.pelvis
    turn = math.atan2(x, max(z, 0.25))
    bent = replace(
        pose,
        pelvis=(px, py - 0.56 * low * (py - 0.1), pz - 0.22 * low - 0.10 * bow * (not sitting)),
        recline=min(pose.recline, -0.72 * bow),
        lean=pose.lean + 0.34 * bow,
        twist=pose.twist + max(-0.6, min(0.6, 0.55 * turn)) - 0.10 * sign,
        head_pitch=pose.head_pitch + 0.25 * bow + 0.15,
        head_yaw=pose.head_yaw + max(-0.5, min(0.5, 0.4 * turn)),
        knees=pose.knees + 0.25 * low,
    )
    return with_hand(bent, side, doing.way(bent, sign, point), 0.3)
