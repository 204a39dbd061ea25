"""What is in whose hand, when: the stretches of time that props spend in a figure's hands.

Read from props and their keys alone. Knows no bones; `model.theatre.motion.body` makes hands go there,
`model.theatre.motion.props_motion` says where the props are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from model.stage import ActKey, Figure, Prop, PropKey, Stage, Vec3
from model.theatre.motion.marks import place_at, pose_weights

__all__ = ["CARRIED", "FALL_M_S2", "RELEASE", "Hold", "Stay", "grasp_m", "held_by", "stays_of"]

CARRIED = {
    "umbrella": "high", "torch": "high", "torchlight": "high", "flashlight": "high", "candle": "high",
    "suitcase": "low", "bag": "low", "guitar": "low", "hat": "low", "gun": "low", "bottle": "low",
    "plate": "level", "bowl": "level", "cake": "level", "food": "level", "pizza": "level", "pan": "level",
    "box": "both", "gift": "both", "typewriter": "both", "record_player": "both", "laptop": "both",
}  # fmt: skip
RELEASE = {"throw": 0.50, "drop": 0.35}
"""The share of an act at which the hand lets go."""
FALL_M_S2 = 9.81
GRASPED_M = {"both": 0.19}  # over its foot, where a thing that is carried so is taken hold of
GRASPED_LOW_M = 0.05
NEAR_M = 1.25  # nobody reaches farther than this from the mark


@dataclass(frozen=True)
class Hold:
    """A hand has something in it for a while; how it is carried, whence it was taken and where it is left.

    It is carried before the body (""), raised ("high"), hanging ("low"), kept "level" before the chest,
    or lies on "both" arms.
    """

    hand: str  # "left" or "right"
    way: str = ""
    from_s: float = -math.inf
    until_s: float = math.inf
    taken_at: Vec3 | None = None
    left_at: Vec3 | None = None


@dataclass(frozen=True)
class Stay:
    """A stretch of a prop's time: where it lies or whose hand it is in, until it is moved on."""

    key: PropKey
    from_s: float
    until_s: float


def stays_of(stage: Stage, prop: Prop) -> tuple[Stay, ...]:
    """A prop's time, from before the shot to after it; a fall begins when the hand lets go."""
    first = PropKey(
        time_s=-math.inf, position=prop.position, heading_deg=prop.heading_deg, state=prop.state, held=prop.held
    )
    keys = (first, *prop.keys)
    leaves = [_leaves_s(stage, keys[max(i - 1, 0)], a, b) for i, (a, b) in enumerate(pairwise(keys))]
    return tuple(
        Stay(key, key.time_s, until) for key, until in zip(keys, [*leaves, math.inf], strict=True)
    )  # fmt: skip


def _leaves_s(stage: Stage, earlier: PropKey, before: PropKey, after: PropKey) -> float:
    """When a prop leaves one key's place for the next."""
    if after.moves == "glides":
        return max(before.time_s, min(0.0, after.time_s))  # the first glide begins with the shot
    if after.moves != "falls":
        return after.time_s
    if before.held is None:
        return max(before.time_s, after.time_s - 2.0)
    holder = next((figure for figure in stage.figures if figure.id == before.held.figure), None)
    for act in reversed(holder.acts if holder is not None else ()):
        if act.act in RELEASE and before.time_s <= (at := _lets_go_s(act)) < after.time_s:
            return at
    if earlier is not before and earlier.held == before.held:
        return before.time_s  # a key that only says until when it was held
    return max(before.time_s, after.time_s - math.sqrt(2 * 1.1 / FALL_M_S2))


def _lets_go_s(act: ActKey) -> float:
    return act.start_s + RELEASE[act.act] * (act.end_s - act.start_s)


def held_by(stage: Stage, figure: Figure) -> tuple[Hold, ...]:
    """All that is in a figure's hands in the course of a shot."""
    return tuple(_holds(stage, figure))


def grasp_m(prop: Prop) -> float:
    """How far over its foot a prop is taken hold of."""
    return GRASPED_M.get(CARRIED.get(prop.kind, ""), GRASPED_LOW_M)


def _holds(stage: Stage, figure: Figure) -> Iterator[Hold]:
    for prop in stage.props:
        holders = [prop.held, *(key.held for key in prop.keys)]
        if not any(held is not None and held.figure == figure.id for held in holders):
            continue
        stays = stays_of(stage, prop)
        runs = [list(run) for _, run in groupby(stays, key=lambda stay: stay.key.held)]
        for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
            held = run[0].key.held
            if held is None or held.figure != figure.id or run[-1].until_s <= run[0].from_s:
                continue
            way = CARRIED.get(prop.kind, "")
            falls = after is not None and after[0].key.moves == "falls"
            yield Hold(
                held.hand,
                way,
                run[0].from_s,
                run[-1].until_s,
                _spot(stage, figure, before[-1].key, run[0].from_s, grasp_m(prop)) if before is not None else None,
                _spot(stage, figure, after[0].key, run[-1].until_s, grasp_m(prop))
                if after is not None and not falls
                else None,
            )


def _spot(stage: Stage, figure: Figure, key: PropKey, time_s: float, over_m: float) -> Vec3 | None:
    """Where a hand takes a prop from or leaves it: its place, or half way to the other's hand."""
    own = place_at(figure, time_s)
    held = key.held
    if held is None:
        at = Vec3(key.position.x, key.position.y + over_m, key.position.z)
    else:
        other = next((one for one in stage.figures if one.id == held.figure), None)
        if other is None or other.id == figure.id:
            return None
        there = place_at(other, time_s)
        heights = [_chest_m(one, time_s) for one in (figure, other)]
        at = Vec3((own.x_m + there.x_m) / 2, min(heights) - 0.05, (own.z_m + there.z_m) / 2)
    return at if math.hypot(at.x - own.x_m, at.z - own.z_m) < NEAR_M else None


def _chest_m(figure: Figure, time_s: float) -> float:
    low = sum(weight for pose, weight in pose_weights(figure, time_s) if pose not in ("stand", "walk", "run"))
    return place_at(figure, time_s).height_m + figure.look.height_m * (0.66 - 0.24 * low)
