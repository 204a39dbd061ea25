"""How a shot is framed, entered, played and how long it lasts: one function for each operation on a single shot."""

from __future__ import annotations

from dataclasses import replace

from director.notes.draft import Draft
from director.notes.operations import Annotate, Closer, Enter, Hold, Longer, Play, Reframe
from shots.errors import NoteError
from shots.sketch import LENSES_MM
from shots.spec import SIZES, Presence, Shot, Size, Transition
from shots.timing import MIN_SHOT_S

__all__ = ["annotate", "closer", "enter", "hold", "longer", "play", "reframe"]

_LONGEST_S = 600.0


def reframe(draft: Draft, op: Reframe) -> Draft:
    """Sets size, angle, move, lens and focus."""
    focus = None if op.focus is None else tuple(draft.thing(name) for name in op.focus)

    def change(shot: Shot) -> Shot:
        return replace(
            shot,
            angle=op.angle or shot.angle,
            move=op.move or shot.move,
            lens_mm=op.lens_mm or shot.lens_mm,
            focus=shot.focus if focus is None else focus,
        )

    changed = draft.with_shot(op.shot, change)
    return changed if op.size is None else _sized(changed, op.shot, op.size, keep_lens=op.lens_mm is not None)


def closer(draft: Draft, op: Closer) -> Draft:
    """Goes up or down the ladder of sizes."""
    size = draft.filled(op.shot).size or "MS"
    place = SIZES.index(size) + op.steps
    if not 0 <= place < len(SIZES):
        way, end = ("tighter", SIZES[-1]) if place > 0 else ("wider", SIZES[0])
        raise NoteError(f"{draft.shot_id(op.shot)} is {size} and cannot be framed so much {way}. Fix: stop at {end}.")
    return _sized(draft, op.shot, SIZES[place], keep_lens=False)


def _sized(draft: Draft, name: str, size: Size, *, keep_lens: bool) -> Draft:
    """A shot of another size; the lens goes along where it was the old size's own."""
    before = draft.filled(name)
    people = before.people

    def change(shot: Shot) -> Shot:
        own = shot.lens_mm is not None and before.size is not None and shot.lens_mm == LENSES_MM[before.size]
        return replace(shot, size=size, lens_mm=LENSES_MM[size] if own and not keep_lens else shot.lens_mm)

    changed = draft.with_shot(name, change)
    if changed.filled(name).people == people:
        return changed
    return changed.with_shot(name, lambda shot: replace(shot, people=people))  # it no longer follows the shot before


def hold(draft: Draft, op: Hold) -> Draft:
    """Sets a length."""
    return _lasting(draft, op.shot, op.duration_s)


def longer(draft: Draft, op: Longer) -> Draft:
    """Adds to the length that a shot has now, or takes from it."""
    said_s = draft.filled(op.shot).duration_s or 0.0
    timing = draft.timings[draft.shot_id(op.shot)]
    now_s = said_s if timing.duration_s < said_s + 1 / timing.fps else timing.duration_s  # that is in whole frames
    return _lasting(draft, op.shot, now_s + op.by_s)


def _lasting(draft: Draft, name: str, wanted_s: float) -> Draft:
    shot_id = draft.shot_id(name)
    wanted_s = round(wanted_s, 2)
    if draft.shot(name).lines:
        free = draft.with_shot(name, lambda shot: replace(shot, duration_s=None))
        words_s = free.timings[shot_id].duration_s
        if wanted_s < round(words_s - 0.01, 2):
            raise NoteError(
                f"{shot_id} speaks, and its words take {words_s:.1f} s; they are not cut to make it {wanted_s:g} s. "
                f"Fix: give it at least {words_s:.1f} s."
            )
    if not MIN_SHOT_S <= wanted_s <= _LONGEST_S:
        raise NoteError(
            f"{shot_id} would last {wanted_s:g} s. Fix: keep a shot between {MIN_SHOT_S:g} and {_LONGEST_S:g} s."
        )
    return draft.with_shot(name, lambda shot: replace(shot, duration_s=wanted_s))


def enter(draft: Draft, op: Enter) -> Draft:
    """Sets the transition into a shot."""
    transition = Transition(kind=op.kind, duration_s=op.duration_s)
    return draft.with_shot(op.shot, lambda shot: replace(shot, transition=transition))


def annotate(draft: Draft, op: Annotate) -> Draft:
    """Writes the note of a shot."""
    return draft.with_shot(op.shot, lambda shot: replace(shot, note=op.note))


def play(draft: Draft, op: Play) -> Draft:
    """Directs somebody on the floor of a shot."""
    shot_id = draft.shot_id(op.shot)
    who = draft.character(op.character)
    floor = draft.floor(op.shot)
    if who not in {person.character for person in floor}:
        there = ", ".join(person.character for person in floor) or "nobody"
        raise NoteError(f"{who} is not there in {shot_id}; there is {there}. Fix: name somebody who is.")
    looks_at = None if op.looks_at is None else draft.seen(op.looks_at)
    if looks_at == who:
        raise NoteError(f"{who} cannot look at {who} in {shot_id}. Fix: name another person, a prop, UP, DOWN or AWAY.")

    def directed(person: Presence) -> Presence:
        if person.character != who:
            return person
        strength = person.emotion_strength if op.emotion_strength is None else op.emotion_strength
        return replace(
            person,
            emotion=op.emotion or person.emotion,
            emotion_strength=strength,
            looks_at=looks_at or person.looks_at,
        )

    def change(shot: Shot) -> Shot:
        people = shot.people
        if not people and not (shot.coverage is None or shot.size is None):
            people = floor  # a finished shot without people shows the scene's
        elif who not in {person.character for person in people}:
            people = (*people, Presence(character=who))
        return replace(shot, people=tuple(directed(person) for person in people))

    return draft.with_shot(op.shot, change)
