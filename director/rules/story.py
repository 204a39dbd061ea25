"""What lasts from moment to moment and from scene to scene: poses, hands, wardrobe, feelings, ways out.

A `Story` is told of each happening and each speech; `presence` shows somebody as they are now. It knows
nothing of shots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from director.rules.beats import Speech
from director.rules.cast import Cast
from director.rules.places import Setting
from director.rules.props import PropBook
from director.rules.reading import Deed, Happening
from shots.spec import LOOKS, Act, Emotion, Pose, Presence, Side
from shots.story.words import COAT_OFF, is_carried, told_of_wear

__all__ = ["Story"]

_LYING = re.compile(
    r"\b(?:bed|floor|sofa|couch|ground|grass|sand|mattress|hammock|lies|lying|asleep on)\b|床|"
    r"地上|沙发",
    re.I,
)
_AT_TABLE = re.compile(
    r"\b(?:around|round|at) (?:a|an|the|one) (?:\w+ ){0,2}(?:table|desk|counter)\b|桌边|桌旁|围坐", re.I
)
_LARGE = frozenset({"bicycle", "sign", "screen", "lamp", "campfire", "bonfire", "fountain"})  # looked at, not carried
_STARED = frozenset({"look", "read", "write", "type", "eat"})  # what keeps the eyes on a thing
_MOST_PLACED = 4
_FADES_AFTER = 3  # beats after which a feeling wears off


@dataclass
class _Figure:
    pose: Pose | None = None
    holds: list[str] = field(default_factory=list)
    state: list[str] = field(default_factory=list)
    emotion: Emotion = "neutral"
    strength: float = 0.6
    felt_at: int = 0
    looks_at: str | None = None
    stares: bool = False  # at a thing, and goes on doing so
    said_kneeling: bool = False


class Story:
    """What lasts: hands, wardrobe, who was where in which pose, and which way they left."""

    def __init__(self, cast: Cast, props: PropBook) -> None:
        self.cast = cast
        self.props = props
        self.last_floor: dict[str, tuple[str, ...]] = {}  # who was in a place when its last scene ended
        self._people = frozenset(character.id for character in cast.characters)
        self.animals = frozenset(each.id for each in cast.characters if each.species != "person")
        self.placed: dict[str, str] = {}  # things that stand free in this scene, with their state
        self._figures: dict[str, _Figure] = {}
        self._left_by: dict[str, Side] = {}
        self._seats: dict[tuple[str, str], Pose] = {}  # how somebody last was in a place

    def enter_scene(self, setting: Setting, described: str) -> None:
        """A new scene begins: feelings fade, poses are open again; time wakes sleepers and empties hands."""
        self.placed.clear()
        at_table = setting.interior is not False and _AT_TABLE.search(described) is not None
        for who, figure in self._figures.items():
            figure.emotion, figure.looks_at = "neutral", None
            if not setting.continuous:
                figure.pose = self._seats.get((setting.place, who))
            if setting.interior:
                figure.holds = [prop for prop in figure.holds if self.props.kind(prop) != "umbrella"]
            if setting.later:
                figure.holds.clear()
                figure.state = [state for state in figure.state if is_carried(state)]  # how long, the ledger knows
        if at_table:
            for character in self.cast.characters:
                figure = self._figure(character.id)
                if character.species == "person" and figure.pose is None:
                    figure.pose = "sit"

    def leave_scene(self, setting: Setting, on_floor: Iterable[str]) -> None:
        """The scene is over; `on_floor` are still there."""
        self.last_floor[setting.place] = tuple(on_floor)
        for who in self.last_floor[setting.place]:
            pose = self._figure(who).pose
            if pose == "sit" and setting.interior:
                self._seats[setting.place, who] = pose
            else:
                self._seats.pop((setting.place, who), None)

    def entry_side(self, who: str, order: int) -> Side:
        """The side by which somebody comes in: opposite to where they last went out, so that they keep their way."""
        last = self._left_by.pop(who, None)
        if last is not None:
            return "left" if last == "right" else "right"
        return "left" if order % 2 == 0 else "right"

    def went(self, who: str, side: Side) -> None:
        """Somebody left by `side`."""
        self._left_by[who] = side

    def drench(self, who: str) -> None:
        """Rain falls on somebody, unless an umbrella keeps it off."""
        figure = self._figure(who)
        covered = any(self.props.kind(prop) == "umbrella" for prop in figure.holds)
        if not covered and "wet" not in figure.state:
            figure.state.append("wet")

    def act(
        self, beat: Happening, on_floor: Iterable[str], setting: Setting, at: int
    ) -> dict[str, tuple[Act, Pose | None]]:
        """Things change hands and places, clothes their state; returns what each one plays, from which pose."""
        present = tuple(on_floor)
        self._look_back()
        self._handle(beat, present)
        self._dress(beat)
        acts: dict[str, tuple[Act, Pose | None]] = {}
        for deed in beat.deeds:
            if deed.who not in present:
                continue
            if deed.verb.act == "type" and self._figure(deed.who).pose is None and self._at_desk(deed):
                self._figure(deed.who).pose = "sit"
            pose = self._figure(deed.who).pose
            first = acts.get(deed.who)
            if first is None and self._figure(deed.who).looks_at not in self._people:
                self._figure(deed.who).looks_at = None  # who does something else leaves a thing alone
            if first is None:
                acts[deed.who] = _acted(deed, pose, self._lies_down(deed, beat, setting))
            elif deed.verb.act not in ("none", "walk", "look") and first[0] in ("none", "look", "walk"):
                acts[deed.who] = _acted(deed, pose if first[0] == "walk" else first[1] or pose, None)
            if deed.target is not None and not self._only_has(deed):
                self._figure(deed.who).looks_at = deed.target
                self._figure(deed.who).stares = deed.verb.act in _STARED
        for who, (emotion, strength) in beat.feelings:
            if "asleep" not in self._figure(who).state:
                self._feel(who, emotion, strength, at)
        return acts

    def found(self, who: str, deed: Deed, beat: Happening, setting: Setting) -> None:
        """Somebody is in the pose of `deed` when the scene opens."""
        self._figure(who).pose = self._lies_down(deed, beat, setting) or deed.verb.pose

    def settle(self, beat: Happening, on_floor: Iterable[str], setting: Setting) -> None:
        """After a happening everyone is in the pose that it left them in."""
        present = frozenset(on_floor)
        for deed in beat.deeds:
            if deed.who in present and (deed.verb.pose or deed.verb.gait):
                self._figure(deed.who).pose = self._lies_down(deed, beat, setting) or deed.verb.pose

    def speak(self, beat: Speech, at: int) -> dict[str, tuple[Act, Pose | None]]:
        """The speakers feel what they say; who telephones has a telephone at the ear."""
        acts: dict[str, tuple[Act, Pose | None]] = {}
        self._look_back()
        for who in beat.speakers:
            self._rise(self._figure(who))
            self._wake(who)
            if beat.feeling:
                self._feel(who, *beat.feeling, at)
            if beat.phone:
                acts[who] = ("phone", None)
                phone = self.props.owned("phone", who)
                others = (figure for other, figure in self._figures.items() if other != who)
                if phone is not None and not any(phone in figure.holds for figure in others):
                    self._give(phone, who)
        return acts

    def presence(
        self,
        who: str,
        at: int,
        acted: tuple[Act, Pose | None] | None = None,
        enters: Side | None = None,
        exits: Side | None = None,
    ) -> Presence:
        """Somebody as they are at beat `at`."""
        figure = self._figure(who)
        if figure.emotion != "neutral" and at - figure.felt_at > _FADES_AFTER:
            figure.emotion = "neutral"
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
            holds=tuple(figure.holds[-2:]) if (pose or figure.pose) != "drive" else (),
            state=tuple(figure.state),
        )

    def _figure(self, who: str) -> _Figure:
        return self._figures.setdefault(who, _Figure())

    def _feel(self, who: str, emotion: Emotion, strength: float, at: int) -> None:
        figure = self._figure(who)
        figure.emotion, figure.strength, figure.felt_at = emotion, strength, at

    def _at_desk(self, deed: Deed) -> bool:
        """Whether somebody works at a computer, which is done sitting."""
        return deed.target in self.placed and self.props.kind(deed.target) == "laptop"

    def _only_has(self, deed: Deed) -> bool:
        """Whether a thing is merely at hand: who stands with a cup does not stare into it."""
        person = deed.target in self._people
        raised = deed.verb.act == "point" and deed.target in self._figure(deed.who).holds
        worked = deed.verb.kind == "handle" and deed.verb.act != "none" and not raised
        return not (person or worked or deed.verb.kind in ("look", "speak", "touch", "feel"))

    @staticmethod
    def _rise(figure: _Figure) -> None:
        """Nobody holds a whole talk on their knees: who goes on talking is up again."""
        if figure.pose == "kneel" and figure.said_kneeling:
            figure.pose = "stand"
        figure.said_kneeling = figure.pose == "kneel"

    def _look_back(self) -> None:
        """Nobody looks at the ceiling, or at what they picked up, for longer than it is told."""
        for figure in self._figures.values():
            if figure.looks_at in LOOKS or (figure.looks_at not in self._people and not figure.stares):
                figure.looks_at = None

    def _wake(self, who: str) -> None:
        state = self._figure(who).state
        if "asleep" in state:
            state.remove("asleep")

    def _give(self, prop: str, who: str) -> None:
        for other in self._figures.values():
            if prop in other.holds:
                other.holds.remove(prop)
        self._figure(who).holds.append(prop)
        self.placed.pop(prop, None)

    def _handle(self, beat: Happening, present: tuple[str, ...]) -> None:
        for deed in beat.deeds:
            armed = any(self.props.kind(prop) == "gun" for prop in self._figure(deed.who).holds)
            if deed.verb.act == "shoot" and deed.who in present and deed.who not in self.animals and not armed:
                self._give(self.props.weapon(deed.who), deed.who)
        dropping = any(deed.verb.holds == "drops" for deed in beat.deeds)
        for thing in beat.things:
            holders = [who for who, figure in self._figures.items() if thing.prop in figure.holds]
            if thing.holder in present and self.props.kind(thing.prop) not in _LARGE:
                self._give(thing.prop, thing.holder or "")
            elif dropping:
                for who in holders:
                    self._figure(who).holds.remove(thing.prop)
                self.placed[thing.prop] = thing.state
            elif not holders:
                self.placed[thing.prop] = thing.state or self.placed.get(thing.prop, "")
        while len(self.placed) > _MOST_PLACED:
            self.placed.pop(next(iter(self.placed)))

    def _dress(self, beat: Happening) -> None:
        told = told_of_wear(beat.text)
        gets, loses = {state for state, _, _ in told.gets}, {state for state, _, _ in told.loses}
        for who in ([deed.who for deed in beat.deeds] or list(beat.named))[:2]:
            figure = self._figure(who)
            figure.state = [state for state in figure.state if state not in loses]
            if COAT_OFF in gets and COAT_OFF not in figure.state:
                figure.state.append(COAT_OFF)
        for deed in beat.deeds:
            if deed.verb.gait or deed.verb.kind in ("look", "handle"):
                self._wake(deed.who)
        for state, at, end in told.gets:
            owner = self._whose(at, beat.text[end:], beat) if state != COAT_OFF else None
            if owner is not None and state not in self._figure(owner).state:
                self._figure(owner).state.append(state)

    def _whose(self, at: int, after: str, beat: Happening) -> str | None:
        """Whom an adjective belongs to: the one named right after it, else the doer, else the last one named before."""
        following = self.cast.mentions(after)
        if following and following[0].start <= 12:
            return following[0].id
        if beat.deeds:
            return beat.deeds[0].who
        before = self.cast.mentions(beat.text[:at])
        return before[-1].id if before else next(iter(beat.whose), None)

    def _lies_down(self, deed: Deed, beat: Happening, setting: Setting) -> Pose | None:
        """Who sleeps where there is nothing to lie on sleeps sitting."""
        if deed.verb.pose != "lie" or deed.verb.act == "fall":
            return None
        bed = _LYING.search(beat.text) or "BED" in setting.place or "HOSPITAL" in setting.place
        return "lie" if bed or self.cast[deed.who].species != "person" else "sit"


def _acted(deed: Deed, pose: Pose | None, rests: Pose | None) -> tuple[Act, Pose | None]:
    """The act that is played and the pose it starts from."""
    act = deed.verb.act
    if rests is not None:
        return act, rests
    if act == "sit_down":
        return ("none", "sit") if pose == "sit" else (act, "stand")
    if act == "stand_up":
        return (act, "sit") if pose == "sit" else ("none", "stand")
    if act == "fall" or (deed.verb.gait and pose in ("sit", "lie", "kneel")):
        return act, "stand"
    return act, deed.verb.pose or pose
