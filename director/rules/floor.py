"""Who is on the floor from moment to moment: poses, things in hands, wardrobe, feelings, eyelines.

`play` turns a scene's beats into moments, each with the people and props as they are during it. Positions in
metres are blocking's; this only keeps the story's state, which later scenes carry on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from director.rules.beats import Beat, Caption, Speech, Way
from director.rules.cast import Cast
from director.rules.places import Setting
from director.rules.props import PropBook
from director.rules.reading import Deed, Happening
from shots.spec import Act, Emotion, PlacedProp, Pose, Presence, Side

__all__ = ["AnyMoment", "Moment", "Story", "opening_floor", "play"]

_OFF_WITH_COAT = re.compile(r"takes? off (?:his|her|the) (?:\w+ )?(?:coat|jacket)|(?:coat|jacket) off|脱下", re.I)
_ON_WITH_COAT = re.compile(r"puts? on (?:his|her|the|a) (?:\w+ )?(?:coat|jacket)|穿上", re.I)
_STATES = (
    ("wet", re.compile(r"\b(?:wet|soaked|soaking|drenched|dripping|drips?)\b|湿", re.I)),
    ("torn", re.compile(r"\b(?:torn|ripped) (?:\w+ )?(?:coat|shirt|dress|jacket|sleeve|clothes)|sleeve tears", re.I)),
    ("bloodied", re.compile(r"\b(?:bloodied|bleeding|bleeds|blood on (?:his|her)|nosebleed)\b|流血", re.I)),
    ("muddy", re.compile(r"\b(?:muddy|mud-splattered|covered in mud)\b", re.I)),
)
_DRIES = re.compile(r"\b(?:dries|dried|towels (?:off|down)|changes (?:clothes|into))\b|擦干", re.I)
_TAKES_ALONG = re.compile(r"\b(?:with|in tow|followed by|leading|carrying)\b", re.I)
_MAX_PLACED = 4
_LARGE = frozenset({"bicycle", "sign", "screen", "lamp"})  # looked at, not carried
_FADES_AFTER = 3  # beats after which a feeling wears off


BeatT = TypeVar("BeatT", bound=Happening | Speech | Caption, covariant=True)


@dataclass(frozen=True)
class Moment(Generic[BeatT]):
    """A beat with everyone on the floor during it, in the order they came, and the things standing free."""

    beat: BeatT
    floor: tuple[Presence, ...]
    props: tuple[PlacedProp, ...]
    arrived: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def bodies(self) -> tuple[str, ...]:
        """Who can be framed."""
        return tuple(presence.character for presence in self.floor)

    def present(self, character: str) -> bool:
        """Whether `character` is on the floor."""
        return any(presence.character == character for presence in self.floor)


AnyMoment = Moment[Any]


@dataclass
class _Figure:
    pose: Pose | None = None
    holds: list[str] = field(default_factory=list)
    state: list[str] = field(default_factory=list)
    emotion: Emotion = "neutral"
    strength: float = 0.6
    felt_at: int = 0
    looks_at: str | None = None


class Story:
    """What lasts from scene to scene: hands, wardrobe, who was where and which way they left."""

    def __init__(self, cast: Cast, props: PropBook) -> None:
        self.cast = cast
        self.props = props
        self.last_floor: dict[str, tuple[str, ...]] = {}  # who was in a place when its last scene ended
        self._figures: dict[str, _Figure] = {}
        self._left_by: dict[str, Side] = {}

    def figure(self, who: str) -> _Figure:
        """The lasting state of `who`."""
        return self._figures.setdefault(who, _Figure())

    def carry_over(self, setting: Setting) -> None:
        """A new scene begins: feelings fade, poses are open again; time dries clothes and empties hands."""
        for figure in self._figures.values():
            figure.emotion, figure.looks_at = "neutral", None
            if not setting.continuous:
                figure.pose = None
            if setting.interior:
                figure.holds = [prop for prop in figure.holds if self.props.kind(prop) != "umbrella"]
            if setting.later:
                figure.holds.clear()
                figure.state = [state for state in figure.state if state == "torn"]

    def entry_side(self, who: str, order: int) -> Side:
        """The side by which somebody comes in: opposite to where they last went out, so that they keep their way."""
        last = self._left_by.pop(who, None)
        if last is not None:
            return "left" if last == "right" else "right"
        return "left" if order % 2 == 0 else "right"

    def went(self, who: str, side: Side) -> None:
        """Somebody left by `side`."""
        self._left_by[who] = side


def play(beats: Sequence[Beat], setting: Setting, story: Story) -> list[AnyMoment]:
    """The moments of a scene in order; transitions are left out."""
    cast = story.cast
    opening = _there_at_first(beats, cast, story.last_floor.get(setting.place, ()) if setting.continuous else ())
    on_floor: dict[str, None] = dict.fromkeys(opening)
    entered_by: dict[str, Side] = {}
    gone: set[str] = set()
    placed: dict[str, str] = {}
    moments: list[AnyMoment] = []
    if setting.weather == "rain" and setting.interior is False:
        for who in opening:
            _drench(who, story)
    for number, beat in enumerate(beats):
        if isinstance(beat, Way):
            continue
        arrived: tuple[str, ...] = ()
        left: tuple[str, ...] = ()
        acts: dict[str, tuple[Act, Pose | None]] = {}
        enters: dict[str, Side] = {}
        exits: dict[str, Side] = {}
        if isinstance(beat, Happening):
            arrived = tuple(who for who in beat.named if who not in on_floor and who not in cast.bodiless)
            comes = beat.kind == "arrive" or any(deed.verb.kind in ("arrive", "move") for deed in beat.deeds)
            for who in arrived:
                on_floor[who] = None
                if comes or who in gone:
                    enters[who] = entered_by[who] = story.entry_side(who, len(entered_by))
                if setting.weather == "rain" and setting.interior is False:
                    _drench(who, story)
            _handle(beat, on_floor, placed, story)
            for deed in beat.deeds:
                if deed.who in on_floor:
                    pose = story.figure(deed.who).pose
                    first = acts.get(deed.who)
                    if first is None:
                        acts[deed.who] = _acted(deed, pose)
                    elif deed.verb.act not in ("none", "walk", "look") and first[0] in ("none", "look", "walk"):
                        acts[deed.who] = _acted(deed, pose if first[0] == "walk" else first[1] or pose)
                    if deed.target is not None:
                        story.figure(deed.who).looks_at = deed.target
            leavers = {deed.who for deed in beat.deeds if deed.verb.kind == "leave"}
            if leavers and _TAKES_ALONG.search(beat.text):
                leavers.update(beat.named)
            left = tuple(who for who in on_floor if who in leavers)
            for who in left:
                came = entered_by.get(who)
                inside = setting.interior is not False
                exits[who] = came if came and inside else "right" if came == "left" or came is None else "left"
            for who, (emotion, strength) in beat.feelings:
                _feel(story.figure(who), emotion, strength, number)
        elif isinstance(beat, Speech) and beat.heard == "on_screen":
            arrived = tuple(who for who in beat.speakers if who not in on_floor and who not in cast.bodiless)
            on_floor.update(dict.fromkeys(arrived))
            for who in arrived:
                if who in gone:
                    enters[who] = entered_by[who] = story.entry_side(who, len(entered_by))
            for who in beat.speakers:
                if beat.feeling:
                    _feel(story.figure(who), *beat.feeling, number)
                if beat.phone:
                    acts[who] = ("phone", None)
        for who in on_floor:
            figure = story.figure(who)
            if figure.emotion != "neutral" and number - figure.felt_at > _FADES_AFTER:
                figure.emotion = "neutral"
        floor = tuple(
            _presence(who, story.figure(who), acts.get(who), enters.get(who), exits.get(who)) for who in on_floor
        )
        free = tuple(PlacedProp(prop=prop, state=state) for prop, state in placed.items())
        moments.append(Moment(beat, floor, free, arrived, left))
        if isinstance(beat, Happening):
            for deed in beat.deeds:
                if deed.who in on_floor and (deed.verb.pose or deed.verb.gait):
                    story.figure(deed.who).pose = deed.verb.pose
            for who in left:
                del on_floor[who]
                gone.add(who)
                story.went(who, exits[who])
    story.last_floor[setting.place] = tuple(on_floor)
    return moments


def _there_at_first(beats: Sequence[Beat], cast: Cast, before: Sequence[str]) -> list[str]:
    """Everyone of the scene whose first appearance is not a coming in, and who was there `before`."""
    there: dict[str, bool] = {}
    for beat in beats:
        if isinstance(beat, Happening):
            arriving = {deed.who for deed in beat.deeds if deed.verb.kind == "arrive"}
            first_move = {deed.who for deed in beat.deeds[:1] if deed.verb.gait and deed.verb.kind == "move"}
            with_them = bool(arriving) and _TAKES_ALONG.search(beat.text) is not None
            for who in beat.named:
                late = who in first_move and any(there.values()) and beat.deeds[0].who == who
                there.setdefault(who, not (who in arriving or late or (with_them and who not in there)))
        elif isinstance(beat, Speech) and beat.heard == "on_screen":
            for who in beat.speakers:
                there.setdefault(who, True)
    for who in before:
        there.setdefault(who, True)
    return [who for who, first in there.items() if first and who not in cast.bodiless]


def _acted(deed: Deed, pose: Pose | None) -> tuple[Act, Pose | None]:
    """The act that is played and the pose it starts from."""
    act = deed.verb.act
    if act == "sit_down":
        return ("none", "sit") if pose == "sit" else (act, "stand")
    if act == "stand_up":
        return (act, "sit") if pose == "sit" else ("none", "stand")
    if act == "fall":
        return act, "stand"
    if deed.verb.gait and pose in ("sit", "lie", "kneel"):
        return act, "stand"
    return act, deed.verb.pose or pose


def _presence(
    who: str, figure: _Figure, acted: tuple[Act, Pose | None] | None, enters: Side | None, exits: Side | None
) -> Presence:
    act, pose = acted or ("none", None)
    return Presence(
        character=who,
        pose=pose or figure.pose,
        act=act,
        enters=enters,
        exits=exits,
        looks_at=figure.looks_at,
        emotion=figure.emotion,
        emotion_strength=figure.strength,
        holds=tuple(figure.holds[-2:]),
        state=tuple(figure.state),
    )


def _handle(beat: Happening, on_floor: dict[str, None], placed: dict[str, str], story: Story) -> None:
    """Moves things from hand to hand and to the floor, and dresses and undresses."""
    for thing in beat.things:
        doing = [deed for deed in beat.deeds if deed.verb.holds]
        if thing.holder is not None and thing.holder in on_floor and story.props.kind(thing.prop) not in _LARGE:
            for who in on_floor:
                if thing.prop in story.figure(who).holds:
                    story.figure(who).holds.remove(thing.prop)
            story.figure(thing.holder).holds.append(thing.prop)
            placed.pop(thing.prop, None)
        elif any(deed.verb.holds == "drops" for deed in doing):
            for who in on_floor:
                if thing.prop in story.figure(who).holds:
                    story.figure(who).holds.remove(thing.prop)
            placed[thing.prop] = thing.state
        elif not any(thing.prop in story.figure(who).holds for who in on_floor):
            placed[thing.prop] = thing.state or placed.get(thing.prop, "")
    while len(placed) > _MAX_PLACED:
        placed.pop(next(iter(placed)))
    dressed = [deed.who for deed in beat.deeds] or list(beat.named)
    for who in dressed[:2]:
        state = story.figure(who).state
        if _OFF_WITH_COAT.search(beat.text) and "coat off" not in state:
            state.append("coat off")
        elif _ON_WITH_COAT.search(beat.text) and "coat off" in state:
            state.remove("coat off")
        if _DRIES.search(beat.text) and "wet" in state:
            state.remove("wet")
    for name, pattern in _STATES:
        if match := pattern.search(beat.text):
            after = beat.text[match.end() :]
            owner = _whose(match.start(), after, beat, story.cast)
            if owner is not None and name not in story.figure(owner).state:
                story.figure(owner).state.append(name)


def _whose(at: int, after: str, beat: Happening, cast: Cast) -> str | None:
    """Whom an adjective belongs to: the one named right after it, else the last one named before."""
    following = cast.mentions(after)
    if following and following[0].start <= 12:
        return following[0].id
    if beat.deeds:
        return beat.deeds[0].who
    before = cast.mentions(beat.text[:at])
    return before[-1].id if before else None


def _drench(who: str, story: Story) -> None:
    figure = story.figure(who)
    covered = any(story.props.kind(prop) == "umbrella" for prop in figure.holds)
    if not covered and "wet" not in figure.state:
        figure.state.append("wet")


def _feel(figure: _Figure, emotion: Emotion, strength: float, at: int) -> None:
    figure.emotion, figure.strength, figure.felt_at = emotion, strength, at


def opening_floor(moments: Sequence[AnyMoment]) -> tuple[Presence, ...]:
    """Who is there when a scene opens, before anybody does anything."""
    if not moments:
        return ()
    return tuple(
        replace(p, act="none", exits=None, looks_at=None, emotion="neutral", emotion_strength=0.6)
        for p in moments[0].floor
        if p.enters is None
    )
