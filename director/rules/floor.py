"""Who is on the floor from moment to moment: comings and goings of a scene.

`play` turns a scene's beats into moments, each with the people and things as they are during it. Positions in
metres are blocking's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from director.rules.beats import Beat, Caption, Speech, Way
from director.rules.cast import Cast
from director.rules.places import Setting
from director.rules.reading import Deed, Happening
from director.rules.story import Story
from director.rules.vehicles import Traffic
from shots.kinds import place_kind
from shots.spec import Act, PlacedProp, Pose, Presence, Side

__all__ = ["AnyMoment", "Moment", "opening_floor", "play"]

_TAKES_ALONG = re.compile(r"\b(?:with|in tow|followed by|leading|carrying)\b|带着|牵着", re.I)
_ROADSIDE: Side = "right"  # where roads and tracks run on the sets that have them
_REVEALED_AFTER = 3  # beats; who is first told of later than that was not seen before

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


def play(beats: Sequence[Beat], setting: Setting, story: Story) -> list[AnyMoment]:
    """The moments of a scene in order; transitions are left out."""
    told = " ".join(beat.text for beat in beats[:3] if isinstance(beat, Happening))
    story.enter_scene(setting, told)
    opening = _there_at_first(beats, setting, story)
    floor = _Floor(setting, story, opening, _found_in_pose(beats, opening))
    moments = [floor.play(number, beat) for number, beat in enumerate(beats) if not isinstance(beat, Way)]
    story.leave_scene(setting, floor.people)
    return moments


def opening_floor(moments: Sequence[AnyMoment]) -> tuple[Presence, ...]:
    """Who is there when a scene opens, before anybody does anything; those found later in it, too."""
    there: dict[str, Presence] = {}
    come: set[str] = set()
    for moment in moments:
        for p in moment.floor:
            if p.enters is not None:
                come.add(p.character)
            if p.character not in come:
                there.setdefault(
                    p.character,
                    replace(p, act="none", exits=None, looks_at=None, emotion="neutral", emotion_strength=0.6),
                )
    return tuple(there.values())


class _Floor:
    """The floor of one scene while it is played."""

    def __init__(
        self, setting: Setting, story: Story, opening: Sequence[str], poses: Sequence[tuple[str, Deed, Happening]]
    ) -> None:
        self.people: dict[str, None] = {}
        self._setting = setting
        self._story = story
        self._entered_by: dict[str, Side] = {}
        self._gone: set[str] = set()
        rails = place_kind(setting.place, setting.interior) == "station"
        self._traffic = Traffic(story.props, story.cast, setting.interior is False, rails)
        for who in opening:
            self._put(who)
        for who, deed, beat in poses:
            story.found(who, deed, beat, setting)

    def play(self, number: int, beat: Happening | Speech | Caption) -> AnyMoment:
        """Plays a beat and returns the moment it makes."""
        acts: dict[str, tuple[Act, Pose | None]] = {}
        enters: dict[str, Side] = {}
        exits: dict[str, Side] = {}
        arrived: tuple[str, ...] = ()
        if isinstance(beat, Happening):
            comes = any(deed.verb.kind in ("arrive", "move") or deed.verb.gait for deed in beat.deeds)
            arrived = self._bring(beat.named, enters, comes=comes)
            acts = self._story.act(beat, self.people, self._setting, number)
            exits = self._leaving(beat)
            rolling = self._traffic.play(beat, self.people)
            for rider, mount in self._traffic.aboard.items():
                if mount in acts and acts[mount][0] in ("walk", "run"):
                    acts[rider] = acts[mount]  # who rides goes as the horse goes
            exits |= dict.fromkeys(self._traffic.inside() & set(self.people), _ROADSIDE)
            for mount in self._traffic.aboard.values():
                if mount in self._story.animals and mount not in self.people:
                    self._put(mount)
        else:
            rolling = ()
        if isinstance(beat, Speech) and beat.heard == "on_screen":
            arrived = self._bring(beat.speakers, enters, comes=False)
            acts = self._story.speak(beat, number)
        floor = tuple(
            self._riding(self._story.presence(who, number, acts.get(who), enters.get(who), exits.get(who)))
            for who in self.people
        )
        free = tuple(PlacedProp(prop=prop, state=state) for prop, state in self._story.placed.items())
        free = (*(placed for placed in free if placed.prop not in {each.prop for each in rolling}), *rolling)
        if isinstance(beat, Happening):
            self._story.settle(beat, self.people, self._setting)
        for who, side in exits.items():
            del self.people[who]
            self._gone.add(who)
            self._story.went(who, side)
        for who in self._traffic.after() if isinstance(beat, Happening) else ():
            if who in self.people:
                del self.people[who]
                self._gone.add(who)
        return Moment(beat, floor, free, arrived, tuple(exits))

    def _riding(self, presence: Presence) -> Presence:
        """Somebody as they are carried; who rides on nothing stands."""
        mount = self._traffic.aboard.get(presence.character)
        if mount is None:
            return replace(presence, pose="stand") if presence.pose == "ride" else presence
        return replace(presence, pose="ride", aboard=mount, enters=None)

    def _bring(self, named: Sequence[str], enters: dict[str, Side], *, comes: bool) -> tuple[str, ...]:
        """Puts on the floor whoever is named and not there; who comes, or comes back, comes in by a side."""
        bodiless = self._story.cast.bodiless
        arrived = tuple(who for who in named if who not in self.people and who not in bodiless)
        side: Side | None = None  # those who come together come by one side
        for who in arrived:
            self._put(who)
            if comes or who in self._gone:
                side = side or self._story.entry_side(who, len(self._entered_by))
                enters[who] = self._entered_by[who] = side
        return arrived

    def _put(self, who: str) -> None:
        self.people[who] = None
        if self._setting.weather in ("rain", "storm") and self._setting.interior is False:
            self._story.drench(who)

    def _leaving(self, beat: Happening) -> dict[str, Side]:
        leavers = {deed.who for deed in beat.deeds if deed.verb.kind == "leave"}
        if leavers and _TAKES_ALONG.search(beat.text):
            leavers.update(beat.named)
        exits: dict[str, Side] = {}
        for who in self.people:
            if who in leavers:
                came = self._entered_by.get(who)
                back = came is not None and self._setting.interior is not False
                exits[who] = came if came is not None and back else "left" if came == "right" else "right"
        return exits


def _there_at_first(beats: Sequence[Beat], setting: Setting, story: Story) -> list[str]:
    """Everyone of the scene who neither comes in later nor is only found later on."""
    cast = story.cast
    there: dict[str, bool] = {}
    hidden: list[str] = []
    spoken = _speakers(beats, cast)
    set_out = _first_paragraph(beats)
    stayed = story.last_floor.get(setting.place, ()) if setting.continuous else ()
    count = 0
    for beat in beats:
        if isinstance(beat, Happening):
            arriving = {deed.who for deed in beat.deeds if deed.verb.kind == "arrive"}
            first_move = {deed.who for deed in beat.deeds if deed.verb.gait and deed.word == beat.deeds[0].word}
            with_them = bool(arriving) and _TAKES_ALONG.search(beat.text) is not None
            begun = any(there.values())
            for who in beat.named:
                late = who in first_move and begun
                comes = who in arriving or late or (with_them and who not in there)
                found = count >= max(_REVEALED_AFTER, set_out) and who not in spoken
                if found and not comes and who not in there:
                    hidden.append(who)
                there.setdefault(who, not (comes or found) or (who in stayed and not comes))
            count += 1
        elif isinstance(beat, Speech):
            for who in beat.speakers if beat.heard == "on_screen" else ():
                there.setdefault(who, True)
            count += 1
    for who in stayed:
        there.setdefault(who, True)
    opening = [who for who, first in there.items() if first and who not in cast.bodiless]
    # An empty floor cannot be told from one that is not said: whoever is found later is there from the start then.
    return opening or [who for who in hidden if who not in cast.bodiless]


def _first_paragraph(beats: Sequence[Beat]) -> int:
    """How many sentences the opening paragraph has: whom it lists is there, however long the list."""
    count = 0
    for count, beat in enumerate(beats, start=1):
        following = beats[count] if count < len(beats) else None
        if (
            not isinstance(beat, Happening)
            or not isinstance(following, Happening)
            or following.span.line - beat.span.last_line > 1
        ):
            break
    return count


def _found_in_pose(beats: Sequence[Beat], opening: Sequence[str]) -> list[tuple[str, Deed, Happening]]:
    """Who sits, stands or lies when first told of: they did so before the scene began."""
    found: list[tuple[str, Deed, Happening]] = []
    met: set[str] = set()
    for beat in beats:
        if isinstance(beat, Happening):
            for deed in beat.deeds:
                if (
                    deed.who in opening
                    and deed.who not in met
                    and deed.verb.kind in ("still", "settle")
                    and deed.verb.pose
                ):
                    found.append((deed.who, deed, beat))
                    met.add(deed.who)
            met.update(beat.named)
        elif isinstance(beat, Speech):
            met.update(beat.speakers)
    return found


def _speakers(beats: Sequence[Beat], cast: Cast) -> frozenset[str]:
    """Who speaks as a person on screen: they are there all along, seen or not."""
    return frozenset(
        who
        for beat in beats
        if isinstance(beat, Speech) and beat.heard == "on_screen"
        for who in beat.speakers
        if cast[who].species == "person"
    )
