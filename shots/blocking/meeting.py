"""What two people do together: how near one comes to the other, what each hand aims at, what the other does.

Points and acts only; `shots.blocking.motion` brings the feet there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from model.stage import ActKey, ActName, Figure, Vec3
from shots.blocking.anatomy import Body, offset
from shots.spec import Act, Presence

__all__ = ["ANSWERS", "APART_FOR_M", "aim_of", "goes_to", "other_of", "straight", "together"]

APART_FOR_M: Mapping[Act, float] = {
    "embrace": 0.50, "kiss": 0.42, "dance": 0.56, "shake_hands": 0.86, "hit": 0.74, "push": 0.70, "give": 0.98,
}  # fmt: skip
"""How far apart two people stand who do this to each other, in metres."""

ANSWERS: Mapping[Act, ActName] = {
    "embrace": "embrace", "kiss": "kiss", "dance": "dance", "shake_hands": "shake_hands", "give": "give",
    "throw": "give",
}  # fmt: skip
"""What the other one does at the same time."""

_UPRIGHT = frozenset({None, "stand"})
_AT_SOMEBODY: frozenset[Act] = frozenset({"hit", "push", "shoot", "throw", "give"})  # only at whom they are said to be


def other_of(presence: Presence, people: Sequence[Presence], partner: str | None) -> Presence | None:
    """With whom, or to whom, somebody does what they do."""
    by_name = {person.character: person for person in people if person.character != presence.character}
    named = by_name.get(presence.looks_at or "")
    if presence.act in _AT_SOMEBODY:
        return named
    return named or (by_name.get(partner or "") if presence.act in APART_FOR_M else None)


def goes_to(presence: Presence, partner: Presence | None) -> bool:
    """Whether somebody walks up to the other for what they do; who sits, or does it to one who lies, stays."""
    return (
        partner is not None
        and presence.act in APART_FOR_M
        and presence.pose in _UPRIGHT
        and (partner.pose in _UPRIGHT or presence.act in ("give", "kiss", "hit"))
        and not (presence.enters or presence.exits or presence.move_to_m)
        and partner.exits is None
    )


def aim_of(act: Act, own: Body, other: Body | None) -> Vec3 | None:
    """The point that an act is aimed at: the other's mouth, chest or hand; straight ahead when there is nobody."""
    if other is None:
        if act in ("shoot", "throw", "point"):
            x, z = offset(own.x, own.z, own.heading_deg, 5.0)
            return Vec3(x, own.chest if act != "throw" else 0.0, z)
        return None
    face = Vec3(other.head_x, 0.45 * other.eyes + 0.55 * other.chin, other.head_z)
    chest = Vec3(other.x, other.chest, other.z)
    if act == "kiss":
        return face
    if act == "hit":
        return face if other.pose != "lie" else chest
    if act in ("embrace", "push", "shoot", "dance"):
        return chest
    if act in ("shake_hands", "give"):
        return _between(own, other)
    if act == "throw":
        return _before(other)
    return None


def _between(own: Body, other: Body) -> Vec3:
    """Where two hands meet: half way, a little under the chests."""
    height = 0.25 * (own.chest + own.waist + other.chest + other.waist)
    return Vec3((own.x + other.x) / 2, height, (own.z + other.z) / 2)


def _before(body: Body) -> Vec3:
    """Where hands catch a thing: a forearm before the chest."""
    x, z = offset(body.x, body.z, body.heading_deg, 0.2 * body.tall)
    return Vec3(x, 0.5 * (body.chest + body.waist), z)


def straight(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The heading from one floor point to another."""
    return math.degrees(math.atan2(b[0] - a[0], b[1] - a[1]))


def together(
    figures: Sequence[Figure],
    people: Sequence[Presence],
    partners: Mapping[str, str | None],
    bodies: Mapping[str, Body],
) -> list[Figure]:
    """Figures whose acts on each other keep time: both begin when both are there, and the other one answers."""
    acted = {figure.id: figure for figure in figures}
    for presence in people:
        other = other_of(presence, people, partners[presence.character])
        answer = ANSWERS.get(presence.act)
        if other is None or answer is None:
            continue
        name, whom = presence.character, other.character
        key = next((key for key in acted[name].acts if key.act == presence.act), None)
        if key is None:
            continue
        theirs = next((k for k in acted[whom].acts if k.act == answer), None)
        if theirs is not None:
            start_s, end_s = max(key.start_s, theirs.start_s), max(key.end_s, theirs.end_s)
            for one, its in ((name, key), (whom, theirs)):
                timed = replace(its, start_s=start_s, end_s=end_s)
                acted[one] = replace(acted[one], acts=tuple(timed if k is its else k for k in acted[one].acts))
        elif other.act in ("none", "look"):
            target = aim_of(presence.act, bodies[whom], bodies[name]) if presence.act != "throw" else key.target
            reply = ActKey(start_s=key.start_s, end_s=key.end_s, act=answer, target=target)
            acts = sorted((*acted[whom].acts, reply), key=lambda act: (act.start_s, act.act))
            acted[whom] = replace(acted[whom], acts=tuple(acts))
    return [acted[figure.id] for figure in figures]
