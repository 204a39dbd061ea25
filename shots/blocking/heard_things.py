"""What is heard of things: taken up, set down, dropped and broken, rolling by, burning and ticking."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from audio.cues import Surface
from model.stage import Prop, PropKey, Stage, Vec3
from shots.blocking.noises import DROPPED, HANDLED, LASTING, ROLLING, SET_DOWN, Noise, material_of

__all__ = ["parked", "things_of"]

_TABLE_M = 0.3  # what is set down higher lands on a table or a shelf, not on the floor
_CAUGHT_S = 0.1
_BOOKS = frozenset({"book", "newspaper", "map"})
_CRANKS_S = 1.2  # from the key being turned to the wheels
_BRAKES_S = 1.6
_STILL_M = 0.05
_SOUND_M_S = 343.0
_BOLT_M = (420.0, 760.0, 560.0, 1010.0)  # how far off one bolt of lightning strikes after the other
_CHEST_M = 1.2


def things_of(stage: Stage, floor: Surface) -> Iterator[Noise]:
    """All that is heard of a stage's props, lights, crowds and weather."""
    for prop in stage.props:
        if prop.kind in ROLLING:
            yield from _rolling(prop, stage.duration_s)
        else:
            yield from _handled(prop, floor)
        if prop.kind in LASTING and prop.state not in ("unlit", "broken"):
            name, force = LASTING[prop.kind]
            yield _lasting(name, force, prop.position, prop.id, stage.duration_s)
    named = {prop.kind for prop in stage.props}
    for number, light in enumerate(stage.light.practicals):
        if light.kind in ("fire", "neon") and not (light.kind == "fire" and named & {"fire", "campfire", "bonfire"}):
            name, force = LASTING[light.kind]
            yield _lasting(name, force, light.position, f"{light.kind} {number}", stage.duration_s)
    for crowd in stage.crowds:
        at = Vec3(crowd.centre.x, max(crowd.centre.y, _CHEST_M), crowd.centre.z)
        if crowd.kind == "people" and crowd.doing == "cheer":
            yield _lasting("cheer", min(1.0, 0.3 + crowd.count / 60), at, crowd.id, stage.duration_s)
        elif crowd.kind == "birds" and crowd.doing == "fly":
            yield _lasting("wings", 0.4, at, crowd.id, stage.duration_s)
    for number, flash_s in enumerate(stage.weather.lightning_s):
        far_m = _BOLT_M[number % len(_BOLT_M)]
        yield Noise(
            name="thunder", start_s=flash_s + far_m / _SOUND_M_S, at=Vec3(0.0, 0.05 * far_m, 0.1 * far_m),
            who="storm", force=min(1.0, 0.45 + 200.0 / far_m),
        )  # fmt: skip


def parked(stage: Stage) -> tuple[Vec3, ...]:
    """Where vehicles stand or stop."""
    last = ((prop.keys[-1].position if prop.keys else prop.position) for prop in stage.props if prop.kind in ROLLING)
    return tuple(last)


def _lasting(name: str, force: float, at: Vec3, who: str, duration_s: float) -> Noise:
    return Noise(name=name, start_s=0.0, duration_s=duration_s, at=at, who=who, force=force)


def _handled(prop: Prop, floor: Surface) -> Iterator[Noise]:
    material = material_of(prop.kind)
    first = PropKey(time_s=-math.inf, position=prop.position, state=prop.state, held=prop.held)
    keys = (first, *prop.keys)
    for number, (a, b) in enumerate(pairwise(keys)):
        after = keys[number + 2] if number + 2 < len(keys) else None
        yield from _becomes(prop, a, b)
        if b.moves == "falls":
            caught = after is not None and after.held is not None and after.time_s - b.time_s <= _CAUGHT_S
            if caught:
                yield _at("slap", b.time_s, b.position, prop, 0.2)
            elif b.state != "broken":
                yield from _dropped(prop, material, b, floor)
        elif b.moves == "jumps" and a.held != b.held and a.moves != "falls":
            name, force = (HANDLED if b.held is not None else SET_DOWN)[material]
            surface = None if b.held is not None else "wood" if b.position.y > _TABLE_M else floor
            yield _at(name, b.time_s, b.position, prop, force, surface)


def _dropped(prop: Prop, material: str, key: PropKey, floor: Surface) -> Iterator[Noise]:
    surface: Surface = "wood" if key.position.y > _TABLE_M else floor
    name, force = DROPPED[material]
    yield _at(name, key.time_s, key.position, prop, force, surface)


def _becomes(prop: Prop, a: PropKey, b: PropKey) -> Iterator[Noise]:
    """A change of state that is heard: broken, lit, poured, torn."""
    if a.state == b.state:
        return
    material = material_of(prop.kind)
    if b.state == "broken":
        brittle = material in ("glass", "china") or prop.kind in ("mirror", "lamp", "lantern")
        yield _at("glass break" if brittle else "thud", b.time_s, b.position, prop, 0.8)
    elif b.state in ("lit", "unlit"):
        flame = prop.kind in ("candle", "cigarette", "match", "torch", "campfire", "bonfire", "fire")
        if not flame:
            yield _at("switch", b.time_s, b.position, prop, 0.4)
        elif b.state == "lit":
            yield _at("lighter" if prop.kind == "cigarette" else "match", b.time_s, b.position, prop, 0.5)
    elif b.state == "burning":
        yield _at("match", b.time_s, b.position, prop, 0.5)
    elif b.state == "torn":
        yield _at("paper tear", b.time_s, b.position, prop, 0.5)
    elif b.state in ("full", "half") and a.state == "empty":
        yield _at("pour", b.time_s, b.position, prop, 0.4)
    elif b.state == "open" and prop.kind == "umbrella":
        yield _at("whoosh", b.time_s, b.position, prop, 0.5)
    elif b.state == "open" and material == "paper":
        yield _at("page turn" if prop.kind in _BOOKS else "paper", b.time_s, b.position, prop, 0.45)
    elif b.state == "closed" and prop.kind == "book":
        yield _at("book close", b.time_s, b.position, prop, 0.4)
    elif b.state == "crumpled":
        yield _at("paper crumple", b.time_s, b.position, prop, 0.45)


def _at(name: str, time_s: float, at: Vec3, prop: Prop, force: float, surface: Surface | None = None) -> Noise:
    return Noise(name=name, start_s=time_s, at=at, who=prop.id, force=force, surface=surface)


def _rolling(prop: Prop, duration_s: float) -> Iterator[Noise]:
    sound = ROLLING[prop.kind]
    legs = [
        (a, b) for a, b in pairwise(prop.keys) if b.moves == "glides" and math.dist(a.position, b.position) > _STILL_M
    ]
    if not legs:
        if sound.stands:
            yield _lasting(sound.stands, sound.force, prop.position, prop.id, duration_s)
        return
    first, last = legs[0][0], legs[-1][1]
    start_s, end_s = max(first.time_s, 0.0), min(last.time_s, duration_s)
    if end_s <= start_s:
        return
    comes, goes = first.time_s <= 0.0, last.time_s >= duration_s - 1e-6
    name = sound.passes if comes and goes else sound.arrives if comes else sound.leaves
    yield Noise(
        name=name, start_s=start_s, duration_s=end_s - start_s, at=first.position, ends_at=last.position, who=prop.id,
        force=sound.force,
    )  # fmt: skip
    if goes and not comes and sound.starts:
        yield Noise(
            name=sound.starts, start_s=max(start_s - _CRANKS_S, 0.0), at=first.position, who=prop.id, force=sound.force
        )
    if comes and not goes and sound.stops:
        yield Noise(
            name=sound.stops, start_s=max(end_s - _BRAKES_S, 0.0), at=last.position, who=prop.id, force=sound.force
        )
