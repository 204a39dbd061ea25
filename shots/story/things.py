"""The props' side of the ledger: what is bitten, open, lit or broken, in whose hand it is or where it was left."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from model.states import STAINS, STATES, state_of, states_of
from shots.blocking.things import kind_of
from shots.spec import Presence, Prop, Scene, Shot, Storyboard
from shots.story.book import HANDS, Book, Hand, PropNow
from shots.story.names import named_at
from shots.story.times import SceneTime
from shots.story.words import ThingTold, sentences, thing_lasts_h, told_of_thing

__all__ = ["Things"]

_FOOD = frozenset({"bitten", "eaten"})
_UNDONE = frozenset({"bitten", "eaten", "broken", "torn", "crumpled", "burning", "wilted", "slice"})
_WHOLE = frozenset({"whole", "intact", "new", "fresh", "untouched", "unbroken", "full", "mended"})
_MENDED = frozenset({"mended", "new"})  # what says that something has become of a thing
_IT = re.compile(r"\s*\w*\s+(?:it|them)\b", re.I)
_NEAR, _BESIDE = 48, 18  # characters between a thing and what is done to it, or an adjective of it
_BEFORE = 6  # by how many a thing that is named after the verb is nearer
_SPILT = "spilled"
_BY_MOUTH = {"bitten": "bitten into", "half": "drunk of"}


class Things:
    """Keeps every prop in a `Book`."""

    def __init__(self, storyboard: Storyboard, book: Book) -> None:
        self._book = book
        self._props = {prop.id: prop for prop in storyboard.props}

    def enter(self, scene: Scene, time: SceneTime) -> None:
        """A scene begins: candles have burnt down, what was wet is dry."""
        first = scene.shots[0].id if scene.shots else None
        for prop, (state, mark) in list(self._book.now.things.items()):
            lasts = thing_lasts_h(state)
            new_day = time.passed == "days" and math.isfinite(lasts)
            if new_day or time.at_h - mark.at_h >= lasts:
                del self._book.now.things[prop]
                self._book.change(first, prop, state, time.why, gained=False)

    def see(self, scene: Scene, shot: Shot) -> dict[str, PropNow]:
        """Takes a shot down; returns every prop of the story so far as it leaves it."""
        now = self._book.now
        people = scene.floor(shot)
        held: dict[str, tuple[str, Hand]] = {}
        for person in people:
            for prop, hand in zip(person.holds, HANDS, strict=False):
                had = prop in held and prop in now.where and now.where[prop].holder == held[prop][0]
                if prop in self._props and (prop not in held or had):  # of two, whoever has come to hold it
                    held[prop] = (person.character, hand)
        stated = {placed.prop: placed.state for placed in shot.props if placed.prop in self._props}
        insert = (shot.insert_of,) if shot.insert_of in self._props else ()
        seen = list(dict.fromkeys([*held, *stated, *insert]))
        told = self._told(shot, seen)
        eaten = self._consumed(people, seen)
        for prop in seen:
            self._thing(scene, shot, prop, stated.get(prop, ""), told.get(prop), prop in eaten)
            loose = PropNow(prop=prop, state=self._state(prop), place=scene.place)
            in_hand = held.get(prop)
            now.where[prop] = replace(loose, holder=in_hand[0], hand=in_hand[1], place=None) if in_hand else loose
        book = {prop: replace(where, seen=prop in seen) for prop, where in now.where.items()}
        for prop, state in eaten.items():
            if self._state(prop) not in ("eaten", "empty", "broken", state):
                self._set(scene, shot, prop, state, _BY_MOUTH[state], sure=True)
        return book

    def _state(self, prop: str) -> str:
        found = self._book.now.things.get(prop)
        return found[0] if found else ""

    def _thing(
        self, scene: Scene, shot: Shot, prop: str, stated: str, told: tuple[str, str] | None, eaten: bool
    ) -> None:
        kind = self._kind(prop)
        before, mark = self._book.now.things.get(prop, ("", None))
        said = state_of(kind, stated) if stated else ""
        if kind in STATES and said not in (*states_of(kind), *_WHOLE):
            said = ""  # a word that this kind cannot show
        if said in _WHOLE - _MENDED and mark is not None and before in _UNDONE and told is None:
            self._book.clash(scene, shot, prop, before, mark, mark.why, missing=True, thing=True)
        elif said and said != before:
            state = said if said not in _WHOLE or said in states_of(kind) else ""
            self._set(scene, shot, prop, state, told[1] if told and told[0] == said else "seen", sure=True)
        elif not said and told is not None and told[0] != before and not (eaten and told[0] in _FOOD):
            self._set(scene, shot, prop, told[0], told[1], sure=False)
            if told[0]:
                now = self._book.now.things[prop][1]
                self._book.clash(scene, shot, prop, told[0], now, told[1], missing=True, thing=True)
        elif not said and mark is not None:
            self._book.clash(scene, shot, prop, before, mark, mark.why, missing=True, thing=True)

    def _set(self, scene: Scene, shot: Shot, prop: str, state: str, why: str, *, sure: bool) -> None:
        before = self._state(prop)
        if state:
            self._book.now.things[prop] = (state, self._book.mark(scene, shot, why, sure=sure))
            self._book.change(shot.id, prop, state, why, gained=True)
        elif before:
            del self._book.now.things[prop]
            self._book.change(shot.id, prop, before, why, gained=False)

    def _told(self, shot: Shot, seen: Sequence[str]) -> dict[str, tuple[str, str]]:
        """prop → the state that the action line puts it in, and the sentence."""
        found: dict[str, tuple[str, str]] = {}
        for sentence in sentences(shot.action):
            spots = [(prop, at) for prop in seen for at in named_at(sentence, prop)]
            for told in told_of_thing(sentence):
                prop = self._meant(sentence, told, spots, seen)
                if prop is not None:
                    found[prop] = (state_of(self._kind(prop), told.state), sentence.strip())
        return found

    def _meant(
        self, sentence: str, told: ThingTold, spots: Sequence[tuple[str, int]], seen: Sequence[str]
    ) -> str | None:
        """Which thing a sentence puts in a state: the nearest that can be, rather what follows the verb."""
        reach = _BESIDE if told.state in STAINS else _NEAR
        able = [spot for spot in spots if abs(spot[1] - told.at) <= reach and self._knows(spot[0], told.state)]
        if able:
            return min(able, key=lambda spot: abs(spot[1] - told.at) + (_BEFORE if spot[1] < told.at else 0))[0]
        if spots or not told.state or not _IT.match(sentence[told.at :]):
            return None
        knowing = [prop for prop in seen if self._knows(prop, told.state)]
        return knowing[0] if len(knowing) == 1 else None

    def _consumed(self, people: Sequence[Presence], seen: Sequence[str]) -> dict[str, str]:
        """What is eaten or drunk of in a shot, by its act, and the state that it is left in."""
        found: dict[str, str] = {}
        for presence in people:
            state = {"eat": "bitten", "drink": "half"}.get(presence.act, "")
            mine = [prop for prop in presence.holds if prop in seen and state in states_of(self._kind(prop))]
            if mine:
                found[presence.looks_at if presence.looks_at in mine else mine[-1]] = state
        return found

    def _knows(self, prop: str, state: str) -> bool:
        kind = self._kind(prop)
        return (
            not state
            or state in states_of(kind)
            or state_of(kind, state) in (states_of(kind) if state == _SPILT else ())
        )

    def _kind(self, prop: str) -> str:
        return kind_of(self._props.get(prop) or Prop(id=prop))
