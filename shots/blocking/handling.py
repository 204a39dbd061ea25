"""Things over the time of a shot: taken up, put down, handed over, thrown, dropped, bitten, switched on.

A storyboard says what a shot leaves in whose hands; where a thing was before tells what must be seen to
happen. `changes_of` finds that, `in_time` puts it on the clock of the acts. Moves nobody's hands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model.stage import ActKey, Attachment, Figure, Prop, PropKey, Vec3
from model.states import states_of
from shots.blocking.anatomy import Body, offset
from shots.blocking.things import hand_of
from shots.spec import Act, Presence, Shot

__all__ = ["Change", "changes_of", "in_time"]

_DROPS: frozenset[Act] = frozenset({"put_down", "drop", "throw"})
_CONSUMED: Mapping[Act, str] = {"eat": "bitten", "drink": "half"}
"""What a mouthful leaves of a thing, where its kind knows that state."""
_LEFT_AS = frozenset({"bitten", "eaten", "slice", "half", "empty", "broken"})  # a mouthful more is not seen
_AT: Mapping[Act, float] = {"pick_up": 0.5, "put_down": 0.5, "give": 0.5, "throw": 0.5, "drop": 0.35}
"""At which part of the act a thing leaves or comes to the hand."""
_BITE_S, _SWALLOW_S = 0.95, 2.6
_ARM_M = 1.25
_DROP_S, _THROW_MPS = 0.45, 6.5
_THROWN_M, _PAST_M = 4.5, 0.9
_OUT_OF_POCKET = re.compile(
    r"\b(?:pulls?|draws?|produces?|takes?|fishes|digs?|slips?|whips?)\b[^.]{0,40}?\b(?:out|from (?:his|her|their|"
    r"its|an?|the) (?:\w+ )?(?:pocket|coat|jacket|bag|purse|holster|sleeve|wallet|boot))\b|掏出|拿出|抽出",
    re.I,
)


@dataclass(frozen=True)
class Change:
    """Something that becomes of a thing in a shot: `who` does it, by `act`; `to` has it afterwards, if anybody."""

    act: Act
    who: str
    to: str | None
    start: Prop  # as the shot opens


def changes_of(
    shot: Shot,
    people: Sequence[Presence],
    props: Sequence[Prop],
    before: Mapping[str, Prop],
    spot: Mapping[str, Vec3],
    bodies: Mapping[str, Body],
) -> dict[str, Change]:
    """What becomes of which prop. `props` are as the shot leaves them, `before` as the last one did.

    `spot` is where each lies that comes from or goes to a table, a seat or the floor; what is out of reach of a
    hand at the end of the shot is in it from the start.
    """
    after = {prop.id: prop for prop in props}
    found: dict[str, Change] = {}
    for person in people:
        handled = _handled(shot, person, people, after, before)
        if handled is None or handled in found:
            continue
        end = after[handled]
        hand = end.held or _hand(before.get(handled)) or Attachment(figure=person.character, hand="right")
        mine = replace(end, held=replace(hand, figure=person.character), state=_was(before.get(handled), end))
        if person.act == "pick_up":
            known = before.get(handled)
            taken_from = known if known is not None and _owner(known) != person.character else None
            lying = replace(end, held=None, position=spot[handled], state=mine.state)
            own = bodies[person.character]
            if math.dist((own.x, own.z), lying.position[::2]) <= _ARM_M or (taken_from is not None and taken_from.held):
                found[handled] = Change("pick_up", person.character, person.character, taken_from or lying)
        elif person.act == "give":
            to = _receiver(person, people, end)
            found[handled] = Change("give", person.character, to, mine)
        elif person.act in _DROPS:
            to = _owner(end) if _owner(end) != person.character else None
            found[handled] = Change(person.act, person.character, to, mine)
        else:  # eaten or drunk of
            found[handled] = Change(person.act, person.character, person.character, mine)
    busy = next((p for p in people if p.act in ("gesture", "pick_up", "put_down")), None)
    for prop in props:
        was = before.get(prop.id)
        switched = was is not None and was.state != prop.state and was.state not in _LEFT_AS
        if busy is not None and was is not None and switched and prop.id not in found:
            found[prop.id] = Change("gesture", busy.character, _owner(prop), replace(prop, state=was.state))
    return found


def _handled(
    shot: Shot, person: Presence, people: Sequence[Presence], after: Mapping[str, Prop], before: Mapping[str, Prop]
) -> str | None:
    """The thing that somebody's act is about."""
    name, seen = person.character, person.looks_at
    own = [prop for prop in person.holds if prop in after and _owner(after[prop]) == name]
    had = [prop for prop, was in before.items() if _owner(was) == name and prop in after]
    if person.act == "pick_up":
        new = [prop for prop in own if _owner(before.get(prop)) != name]
        return None if _OUT_OF_POCKET.search(shot.action) else _first(seen, new)
    if person.act == "give":
        others = [prop for other in people if other is not person for prop in other.holds if prop in after]
        return _first(seen, [prop for prop in others if prop in had] or own or [p for p in others if p not in before])
    if person.act in _DROPS:
        free = [prop for prop, now in after.items() if _owner(now) != name]
        told = [prop for prop in free if prop in had] or [prop for prop in free if prop not in before]
        return _first(seen, told or own)
    if person.act in _CONSUMED:
        return _first(seen, [prop for prop in own if _CONSUMED[person.act] in states_of(after[prop].kind)])
    return None


def _first(wished: str | None, options: Sequence[str]) -> str | None:
    return wished if wished in options else options[-1] if options else None


def _owner(prop: Prop | None) -> str | None:
    return prop.held.figure if prop is not None and prop.held is not None else None


def _hand(prop: Prop | None) -> Attachment | None:
    return prop.held if prop is not None else None


def _was(before: Prop | None, end: Prop) -> str:
    return before.state if before is not None else end.state


def _receiver(person: Presence, people: Sequence[Presence], end: Prop) -> str | None:
    owner = _owner(end)
    if owner is not None and owner != person.character:
        return owner
    return person.looks_at if any(p.character == person.looks_at for p in people) else None


def in_time(
    prop: Prop,
    change: Change,
    figures: Mapping[str, Figure],
    bodies: Mapping[str, Body],
    spot: Vec3,
    room: tuple[float, float],
) -> Prop:
    """`prop` from where the shot finds it, with the keys of what becomes of it. `room` bounds x and z of a throw."""
    key = _act_key(figures.get(change.who), change.act)
    start = change.start
    if key is None:
        return prop
    length_s = key.end_s - key.start_s
    at_s = key.start_s + _AT.get(change.act, 0.5) * length_s
    own = bodies[change.who]
    held = prop.held if _owner(prop) == change.to else None
    if held is None and change.to is not None:
        held = Attachment(figure=change.to, hand="right")
    if change.act in ("pick_up", "give"):
        if change.to is None:
            return start
        to = bodies[change.to or change.who]
        taken = PropKey(
            time_s=at_s, position=hand_of(to, "right"), heading_deg=to.heading_deg, state=prop.state, held=held
        )
        return replace(start, keys=(taken,))
    if change.act in _CONSUMED:
        swallows = max(1, round(length_s / _SWALLOW_S)) if change.act == "drink" else 1
        last_s = key.start_s + length_s * (swallows - 0.48) / swallows
        mouthful = PropKey(
            time_s=last_s if change.act == "drink" else min(key.start_s + _BITE_S, key.end_s),
            position=start.position, heading_deg=start.heading_deg, held=start.held,
            state="empty" if swallows > 1 else _CONSUMED[change.act],
        )  # fmt: skip
        return start if start.state in _LEFT_AS else replace(start, keys=(mouthful,))
    if change.act == "put_down":
        if math.dist((own.x, own.z), spot[::2]) > _ARM_M:  # no table near: before the feet
            x, z = offset(own.x, own.z, own.heading_deg, 0.4)
            spot = Vec3(x, 0.0, z)
        down = PropKey(time_s=at_s, position=spot, heading_deg=prop.heading_deg, state=prop.state)
        return replace(start, keys=(down,))
    if change.act in ("drop", "throw"):
        return replace(start, keys=_falling(prop, change, at_s, own, bodies.get(change.to or ""), held, room))
    switched = PropKey(
        time_s=at_s, position=prop.position, heading_deg=prop.heading_deg, state=prop.state, held=prop.held
    )
    return replace(start, keys=(switched,))


def _falling(
    prop: Prop, change: Change, at_s: float, own: Body, catcher: Body | None, held: Attachment | None,
    room: tuple[float, float],
) -> tuple[PropKey, ...]:  # fmt: skip
    """Let go of at a moment, then on its way to the floor, or to whoever catches it."""
    hand = hand_of(own, "right")
    leaves = PropKey(
        time_s=at_s, position=hand, heading_deg=own.heading_deg, state=change.start.state, held=change.start.held
    )
    if change.act == "drop":
        lands = Vec3(hand.x, 0.0, hand.z)
        lands_s = at_s + _DROP_S
    else:
        lands = _thrown_to(own, catcher, room)
        lands_s = at_s + max(0.35, ((lands.x - own.x) ** 2 + (lands.z - own.z) ** 2) ** 0.5 / _THROW_MPS)
    down = PropKey(time_s=lands_s, position=lands, heading_deg=prop.heading_deg, state=prop.state, moves="falls")
    if held is None or catcher is None:
        return leaves, down
    caught = PropKey(
        time_s=lands_s + 0.04, position=lands, heading_deg=catcher.heading_deg, state=prop.state, held=held
    )
    return leaves, down, caught


def _thrown_to(own: Body, catcher: Body | None, room: tuple[float, float]) -> Vec3:
    if catcher is not None:
        return hand_of(catcher, "right")
    x, z = offset(own.x, own.z, own.heading_deg, _THROWN_M)
    return Vec3(min(max(x, -room[0]), room[0]), 0.0, min(max(z, own.z - _PAST_M), room[1]))


def _act_key(figure: Figure | None, act: Act) -> ActKey | None:
    return next((key for key in figure.acts if key.act == act), None) if figure is not None else None
