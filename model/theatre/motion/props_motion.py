"""Where a prop is at a time and in which state: lying, in a hand, on its way from one to the other, gliding, falling.

A pure function of a stage and a time; draws nothing. Hands meet the thing because `model.theatre.motion.holding`
tells them when and where, from the same keys.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.stage import Attachment, Figure, Prop, PropKey, Stage, Vec3
from model.theatre.motion.body import hand_position
from model.theatre.motion.holding import FALL_M_S2, Hold, Stay, grasp_m, held_by, stays_of
from model.theatre.motion.marks import ease
from model.theatre.motion.props_use import used_state

__all__ = ["PropNow", "prop_now"]

PASSED_S = 0.14
"""From a place into a hand, or from hand to hand: short enough to be grasped, too long to pop."""


@dataclass(frozen=True)
class PropNow:
    """A prop at an instant. `position` is the middle of the hand that has it (`held`), or the prop's foot.

    What is held by somebody without hands, or not on the stage, is where its key says it is.
    """

    position: Vec3
    heading_deg: float
    state: str
    held: Attachment | None
    moves: bool = False  # on its way through the air, over the floor or into a hand


def prop_now(stage: Stage, prop: Prop, time_s: float) -> PropNow:
    """A prop at a time."""
    if not prop.keys:
        key = PropKey(
            time_s=0.0, position=prop.position, heading_deg=prop.heading_deg, state=prop.state, held=prop.held
        )
        return _at(stage, prop.kind, key, time_s)
    stays = stays_of(stage, prop)
    i = max(k for k, stay in enumerate(stays) if stay.from_s <= time_s)
    stay = stays[i]
    if time_s < stay.until_s or i + 1 == len(stays):
        now = _at(stage, prop.kind, stay.key, time_s)
        return _handed(stage, prop.kind, stays[i - 1], stay, now, time_s, grasp_m(prop)) if i else now
    return _moving(stage, prop.kind, stay, stays[i + 1], time_s, grasp_m(prop))


def _at(stage: Stage, kind: str, key: PropKey, time_s: float) -> PropNow:
    """At rest in a key's place: its point, or the hand now."""
    hand = _hand(stage, key.held, time_s)
    state = used_state(stage, kind, key, time_s)
    return PropNow(hand or key.position, key.heading_deg, state, key.held)


def _hand(stage: Stage, held: Attachment | None, time_s: float) -> Vec3 | None:
    """The middle of the hand that holds it, or between both hands."""
    holder = next((one for one in stage.figures if held is not None and one.id == held.figure), None)
    if holder is None or held is None or holder.species != "person":
        return None
    holds = held_by(stage, holder)
    hand = hand_position(holder, held.hand, time_s, holds)
    both = _both(holder, holds, time_s)
    if both <= 0.0:
        return hand
    other = hand_position(holder, "left" if held.hand == "right" else "right", time_s, holds)
    return _between(hand, other, 0.5 * both)


def _both(holder: Figure, holds: tuple[Hold, ...], time_s: float) -> float:
    """How far a load lies on both arms."""
    share = 0.0
    for act in holder.acts:
        if act.act == "carry":
            share = max(share, min(ease((time_s - act.start_s) / 0.35), ease((act.end_s - time_s) / 0.35)))
    for hold in holds:
        if hold.way == "both":
            share = max(share, min(ease((time_s - hold.from_s) / 0.4), ease((hold.until_s - time_s) / 0.4)))
    return share


def _handed(stage: Stage, kind: str, before: Stay, stay: Stay, now: PropNow, time_s: float, over_m: float) -> PropNow:
    """Just taken, put down or given: still a little on the way from where it was."""
    since = time_s - stay.from_s
    if since >= PASSED_S or stay.key.moves != "jumps" or before.key.held == stay.key.held:
        return now
    was = _at(stage, kind, before.key, time_s)
    if was.held is None and now.held is None:
        return now
    was_y = was.position.y + over_m * ((now.held is not None) - (was.held is not None))
    at = _between(Vec3(was.position.x, was_y, was.position.z), now.position, ease(since / PASSED_S))
    return PropNow(at, now.heading_deg, now.state, now.held, moves=True)


def _moving(stage: Stage, kind: str, stay: Stay, after: Stay, time_s: float, over_m: float) -> PropNow:
    """Between two keys: even for what glides, along a parabola for what falls."""
    a, b = stay.key, after.key
    span = b.time_s - stay.until_s
    u = min(1.0, max(0.0, (time_s - stay.until_s) / span)) if span > 0 else 1.0
    turn = (b.heading_deg - a.heading_deg + 180.0) % 360.0 - 180.0
    heading = a.heading_deg + turn * u
    state = used_state(stage, kind, a, time_s)
    if b.moves == "glides":
        return PropNow(_between(a.position, b.position, u), heading, state, None, moves=True)
    hand = _hand(stage, a.held, stay.until_s)
    start = a.position if hand is None else Vec3(hand.x, hand.y - over_m, hand.z)
    x, y, z = _between(start, b.position, u)
    rise = 0.5 * FALL_M_S2 * span * span * u * (1.0 - u)
    return PropNow(Vec3(x, y + rise, z), heading, state, None, moves=True)


def _between(a: Vec3, b: Vec3, u: float) -> Vec3:
    return Vec3(a.x + (b.x - a.x) * u, a.y + (b.y - a.y) * u, a.z + (b.z - a.z) * u)
