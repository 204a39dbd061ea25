"""What is heard of people and animals: their steps, their seats, and what their hands do.

The times within an act are those at which the drawing does it; tests hold the two together.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from audio.cues import Surface
from model.stage import ActKey, ActName, Figure, PoseName, Stage, Vec3
from model.witness import DoorMove, Footfall, Witnessed
from shots.blocking.anatomy import body_at
from shots.blocking.noises import Noise, with_feeling

__all__ = ["noises_of"]

_TREADS = {"person": 1.0, "dog": 0.5, "cat": 0.25, "horse": 1.2}
_SINKS = {"beach": "step in sand", "desert": "step in sand"}
_HORSE_PAUSES_S = 0.8  # hooves that are farther apart are of another stretch of the way
_AT_A_RUN = 0.5
_SHUFFLED = 0.06  # a foot that swings less than this share of a stride is not heard
_LOW: frozenset[PoseName] = frozenset({"sit", "lie"})
_SEATED_S, _RISES_S = 0.27, 0.30  # after, and before, the key at which a body has half changed its pose
_BUILD = {"slim": -0.05, "average": 0.0, "broad": 0.05, "heavy": 0.12}

# (share of the act, sound, force): what an act is heard as, once.
_ONCE: Mapping[ActName, tuple[tuple[float, str, float], ...]] = {
    "hit": ((0.46, "punch", 0.7),),
    "push": ((0.45, "thud", 0.35), (0.40, "cloth", 0.5)),
    "fall": ((0.42, "cloth", 0.4), (0.85, "body fall", 0.7)),
    "throw": ((0.46, "whoosh", 0.4),),
    "embrace": ((0.22, "cloth", 0.4), (0.84, "cloth", 0.3)),
    "kiss": ((0.25, "cloth", 0.2), (0.62, "kiss", 0.3)),
    "shake_hands": ((0.30, "cloth", 0.25),),
    "shrug": ((0.30, "cloth", 0.2),),
    "carry": ((0.05, "cloth", 0.3),),
}
_AT_LIPS, _SWALLOW_S, _BITE_S = 0.52, 2.6, 2.0  # as a thing at the lips is drawn
_CLAPS_HZ = 2.9
_FIRST_SHOT_S, _FIRST_SHOT_AT, _SHOTS_APART_S = 0.45, 0.4, 0.9
_SWINGS, _SHUTS = 0.3, 0.95  # the shares of an act between which a door's leaf is moved
_PAGE_AT = 0.35
_SLAMS = 0.45  # of anger: a door that is closed with more is slammed
_BY_CAR_M = 3.0
_HOLLOW = frozenset({"typewriter"})


def noises_of(stage: Stage, witnessed: Witnessed, floor: Surface, cars: tuple[Vec3, ...]) -> Iterator[Noise]:
    """All that the figures of a stage are heard to do; `cars` is where vehicles stand whose doors may be opened."""
    for figure in stage.figures:
        falls = witnessed.footfalls.get(figure.id, ())
        yield from _hooves(figure, falls) if figure.species == "horse" else _steps(stage, figure, falls, floor)
        yield from _seats(figure)
        for act in figure.acts:
            yield from _act(stage, figure, act, cars, witnessed.doors)
    for door in witnessed.doors:
        figure = next(one for one in stage.figures if one.id == door.who)
        if door.ends != "stays":
            yield from _door(figure, door.from_s, door.until_s, Vec3(door.at.x, 1.0, door.at.z), door.ends == "open")


def _steps(stage: Stage, figure: Figure, falls: Sequence[Footfall], floor: Surface) -> Iterator[Noise]:
    soft = "" if stage.place.interior else _SINKS.get(stage.place.kind, "")
    soft = "step in snow" if stage.weather.kind == "snow" and not stage.place.interior else soft
    for fall in falls:
        if figure.species != "person":
            name = "barefoot step"
        elif fall.swung < _SHUFFLED:
            continue
        else:
            name = soft or ("run step" if fall.runs > _AT_A_RUN else "step")
        yield Noise(
            name=name, start_s=fall.time_s, at=fall.at, who=figure.id, surface=None if soft else floor,
            force=_tread(figure, fall),
        )  # fmt: skip


def _tread(figure: Figure, fall: Footfall) -> float:
    """How hard a foot comes down: by the gait, the build and the mood; a child weighs less."""
    tread = (0.18 + 0.30 * min(1.0, fall.swung) + 0.35 * fall.runs) * _TREADS[figure.species]
    if figure.species == "person":
        tread = with_feeling(tread + _BUILD[figure.look.build], figure.emotion, 0.6 * figure.emotion_strength)
        tread *= min(1.0, max(0.45, figure.look.height_m / 1.6))
    return round(min(tread, 1.0), 3)


def _hooves(figure: Figure, falls: Sequence[Footfall]) -> Iterator[Noise]:
    """A horse is heard stretch by stretch of its way, from the first hoof that lands: its gait is its rhythm."""
    stretches: list[list[Footfall]] = []
    for fall in falls:
        same = stretches and fall.time_s - stretches[-1][-1].time_s < _HORSE_PAUSES_S
        if same and fall.runs == stretches[-1][-1].runs:
            stretches[-1].append(fall)
        else:
            stretches.append([fall])
    for stretch in stretches:
        first, last = stretch[0], stretch[-1]
        yield Noise(
            name="horse gallop" if first.runs > _AT_A_RUN else "hooves", start_s=first.time_s,
            duration_s=last.time_s - first.time_s + 0.2, at=first.at, ends_at=last.at, who=figure.id,
            force=_tread(figure, first),
        )  # fmt: skip


def _seats(figure: Figure) -> Iterator[Noise]:
    if figure.species == "bird":
        for a, b in pairwise(figure.body):
            if b.pose == "fly" != a.pose:
                yield Noise(name="wings", start_s=b.time_s, at=_chest(figure, b.time_s), who=figure.id)
    if figure.species != "person":
        return
    for a, b in pairwise(figure.body):
        if a.pose == b.pose or not {a.pose, b.pose} & _LOW:
            continue
        down = b.pose in _LOW
        time_s = b.time_s + (_SEATED_S if down else -_RISES_S)
        at = _chest(figure, time_s)
        if down:
            yield Noise(name="sit down", start_s=time_s, at=at, who=figure.id, force=0.45)
        yield Noise(name="cloth", start_s=time_s - 0.12 if down else time_s, at=at, who=figure.id, force=0.4)


def _act(
    stage: Stage, figure: Figure, act: ActKey, cars: tuple[Vec3, ...], doors: tuple[DoorMove, ...]
) -> Iterator[Noise]:
    if figure.species != "person":
        return
    length_s = act.end_s - act.start_s
    feeling = figure.emotion, figure.emotion_strength

    def noise(name: str, time_s: float, force: float, surface: Surface | None = None) -> Noise:
        at = _chest(figure, time_s)
        force = with_feeling(force, *feeling)
        return Noise(name=name, start_s=time_s, at=at, who=figure.id, force=force, surface=surface)

    for share, name, force in _ONCE.get(act.act, ()):
        yield noise(name, act.start_s + share * length_s, force)
    if act.act == "shoot":
        for number in range(max(1, int(length_s / _SHOTS_APART_S))):
            after_s = min(_FIRST_SHOT_S, _FIRST_SHOT_AT * length_s) + _SHOTS_APART_S * number
            if after_s < length_s:
                yield noise("gunshot", act.start_s + after_s, 0.9)
    elif act.act == "clap":
        for number in range(1, math.ceil(length_s * _CLAPS_HZ)):
            yield noise("clap", act.start_s + number / _CLAPS_HZ, 0.45)
    elif act.act in ("drink", "eat"):
        name, each_s, force = ("drink", _SWALLOW_S, 0.3) if act.act == "drink" else ("eat", _BITE_S, 0.35)
        count = max(1, round(length_s / each_s))
        for number in range(count):
            yield noise(name, act.start_s + (number + _AT_LIPS) * length_s / count, force)
    elif act.act in ("type", "write"):
        name = "pen" if act.act == "write" else _keyboard(stage, figure)
        start_s, end_s = max(act.start_s, 0.0), min(act.end_s, stage.duration_s)
        if end_s > start_s:
            yield Noise(
                name=name, start_s=start_s, duration_s=end_s - start_s, at=_chest(figure, start_s), who=figure.id,
                force=with_feeling(0.4, *feeling),
            )  # fmt: skip
    elif act.act == "read" and act.start_s >= 0.0:
        yield noise("page turn", act.start_s + _PAGE_AT * min(length_s, 3.0), 0.35)
    elif act.act == "phone" and act.start_s >= 0.0:
        yield noise("click", act.start_s + 0.15, 0.3)
    elif act.act in ("open_door", "close_door") and not _of_the_set(doors, figure, act):
        at = act.target or _chest(figure, act.start_s)
        if any(math.dist((at.x, at.z), (car.x, car.z)) < _BY_CAR_M for car in cars):
            opens = act.act == "open_door"
            yield noise("car door", act.start_s + (_SWINGS if opens else _SHUTS) * length_s, 0.35 if opens else 0.6)
        else:
            from_s, until_s = (act.start_s + share * length_s for share in (_SWINGS, _SHUTS))
            yield from _door(figure, from_s, until_s, at, act.act == "open_door")


def _of_the_set(doors: tuple[DoorMove, ...], figure: Figure, act: ActKey) -> bool:
    return any(door.who == figure.id and door.act_start_s == act.start_s for door in doors)


def _door(figure: Figure, from_s: float, until_s: float, at: Vec3, opens: bool) -> Iterator[Noise]:
    """A door is heard as its latch gives way, and as it falls shut. One caught half way is heard from the cut on."""
    if opens:
        start_s = 0.0 if from_s < 0.0 < until_s else from_s
        force = with_feeling(0.4, figure.emotion, figure.emotion_strength)
        yield Noise(
            name="door open", start_s=start_s, duration_s=until_s - start_s, at=at, who=figure.id, force=force
        )  # fmt: skip
        return
    slams = figure.emotion == "angry" and figure.emotion_strength > _SLAMS
    force = with_feeling(0.4, figure.emotion, figure.emotion_strength)
    yield Noise(name="door slam" if slams else "door close", start_s=until_s, at=at, who=figure.id, force=force)


def _keyboard(stage: Stage, figure: Figure) -> str:
    own = body_at(figure, 0.0)
    near = (prop for prop in stage.props if math.dist((prop.position.x, prop.position.z), (own.x, own.z)) < 1.5)
    return "typewriter" if any(prop.kind in _HOLLOW for prop in near) else "typing"


def _chest(figure: Figure, time_s: float) -> Vec3:
    body = body_at(figure, time_s)
    return Vec3(body.x, body.chest, body.z)
