"""The wardrobe's side of the ledger: who is wet, torn, bloodied or without their coat, shot by shot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from shots.blocking.things import kind_of
from shots.spec import Character, Presence, Prop, Scene, Shot, Storyboard
from shots.story.book import HANDS, Book, PersonNow
from shots.story.names import mentions, whose
from shots.story.times import SceneTime
from shots.story.words import ENDED_BY, is_carried, lasts_h, meant, sentences, told_of_wear

__all__ = ["Wearers"]

_RAINING = frozenset({"rain", "storm"})
_ROOFED = frozenset({"car", "taxi", "police_car", "ambulance", "van", "truck", "bus", "train", "tram", "plane"})


class Wearers:
    """Keeps everybody's clothes in a `Book`."""

    def __init__(self, storyboard: Storyboard, book: Book) -> None:
        self._book = book
        self._cast = {character.id: character for character in storyboard.cast}
        self._props = {prop.id: prop for prop in storyboard.props}
        self._interior = {place.id: place.interior for place in storyboard.places}

    def enter(self, scene: Scene, time: SceneTime) -> None:
        """A scene begins: what does not last so long is over."""
        first = scene.shots[0].id if scene.shots else None
        for who, states in self._book.now.wear.items():
            for state, mark in list(states.items()):
                lasts = lasts_h(state)
                new_day = time.passed == "days" and math.isfinite(lasts)
                if is_carried(state) and not new_day and time.at_h - mark.at_h < lasts:
                    continue
                del states[state]
                self._book.now.over.setdefault(who, {})[state] = (mark, time.why)
                if is_carried(state):
                    self._book.change(first, who, state, time.why, gained=False)

    def see(self, scene: Scene, shot: Shot) -> dict[str, PersonNow]:
        """Takes a shot down; returns everybody on its floor as they should be."""
        people = scene.floor(shot)
        told = self._told(shot, people)
        for presence in people:
            self._person(scene, shot, presence, told.get(presence.character, _Heard()))
        return {presence.character: self._person_now(presence) for presence in people}

    def _person(self, scene: Scene, shot: Shot, presence: Presence, heard: _Heard) -> None:
        who = presence.character
        wear = self._book.now.wear.setdefault(who, {})
        over = self._book.now.over.setdefault(who, {})
        excused = self._book.now.excused.setdefault(who, set())
        shown = {meant(state): state for state in presence.state}
        for state in heard.loses | {state for state, end in ENDED_BY.items() if end in shown}:
            if state in wear and state not in shown:
                del wear[state]
                self._book.change(shot.id, who, state, heard.words.get(state) or ENDED_BY[state], gained=False)
            excused.add(state)
        rained = self._rained_on(scene, presence)
        renewed = heard.gets | ({"wet"} if rained else set())
        for state in shown:
            if state in wear:
                wear[state].sure = True
            elif state in over and state not in renewed and is_carried(state):
                self._book.clash(scene, shot, who, state, *over[state], missing=False, thing=False)
            else:
                why = heard.words.get(state, "rain" if state in renewed else "seen")
                self._gain(scene, shot, who, state, why, sure=True)
                self._book.now.words[who, state] = shown[state]
        for state in sorted(renewed):
            excused.discard(state)
            if state in wear:
                wear[state].at_h = self._book.at_h
            elif state not in shown:
                self._gain(scene, shot, who, state, heard.words.get(state, "rain"), sure=False)
        for state, mark in list(wear.items()):
            if state in shown:
                continue
            if is_carried(state) and state not in excused:
                self._book.clash(scene, shot, who, state, mark, mark.why, missing=True, thing=False)
                continue
            del wear[state]
            if is_carried(state):
                self._book.change(shot.id, who, state, "told", gained=False)

    def _gain(self, scene: Scene, shot: Shot, who: str, state: str, why: str, *, sure: bool) -> None:
        self._book.now.wear[who][state] = self._book.mark(scene, shot, why, sure=sure)
        self._book.now.over[who].pop(state, None)
        if is_carried(state):
            self._book.change(shot.id, who, state, why, gained=True)

    def _rained_on(self, scene: Scene, presence: Presence) -> bool:
        """Whether rain falls on somebody: outdoors, under no umbrella and no roof of a vehicle."""
        if scene.weather not in _RAINING or self._interior.get(scene.place or "") is not False:
            return False
        aboard = self._props.get(presence.aboard or "")
        if presence.pose == "drive" or (aboard is not None and kind_of(aboard) in _ROOFED):
            return False
        return not any(kind_of(self._props.get(prop) or Prop(id=prop)) == "umbrella" for prop in presence.holds)

    def _person_now(self, presence: Presence) -> PersonNow:
        who = presence.character
        states = tuple(self._book.now.words.get((who, state), state) for state in self._book.now.wear.get(who, {}))
        return PersonNow(character=who, state=states, holds=tuple(zip(presence.holds, HANDS, strict=False)))

    def _told(self, shot: Shot, people: Sequence[Presence]) -> dict[str, _Heard]:
        """What the action line tells of whose clothes. A state that one person of the shot shows is that one's."""
        heard: dict[str, _Heard] = {}
        names = [presence.character for presence in people]
        for sentence in sentences(shot.action):
            told = told_of_wear(sentence)
            if not (told.gets or told.loses):
                continue
            spoken_of = mentions(sentence, [self._cast.get(name) or Character(id=name) for name in names])
            for state, at, _ in told.gets:
                showing = [p.character for p in people if state in map(meant, p.state)]
                who = showing[0] if len(showing) == 1 else whose(sentence, at, spoken_of, names)
                if who is not None:
                    heard.setdefault(who, _Heard()).add(state, sentence, gets=True)
            for state, at, _ in told.loses:
                who = whose(sentence, at, spoken_of, names)
                for one in (who,) if who is not None else names:
                    heard.setdefault(one, _Heard()).add(state, sentence, gets=False)
        return heard


@dataclass
class _Heard:
    """What one action line tells of one person's clothes, and the sentences that do."""

    gets: set[str] = field(default_factory=set)
    loses: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)

    def add(self, state: str, sentence: str, *, gets: bool) -> None:
        (self.gets if gets else self.loses).add(state)
        self.words[state] = sentence.strip()
