"""Melody: which motif is due where, whole, in sequence, in fragments or slow, and always clear of the voices.

A phrase is built as Schoenberg's sentence: an idea, the idea on other degrees, its head alone. Where people speak
throughout, the motif lies under them in long low notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from audio.score.form import Form, Phrase
from audio.score.motif import Line, Motif, augmented, heads, moved
from audio.score.picture import Picture

__all__ = ["Statement", "melody_of"]

Register = Literal["own", "high", "low"]
_FORM = Literal["whole", "head", "slow"]

_CLEAR = 0.12  # of a line's time that a voice may take
_TURNS = (0, 1, 0, 2, 0, 1, 3)  # how often themes come, the most important first
_LOWEST, _HIGHEST = -6, 11  # degrees that a line may reach


@dataclass(frozen=True)
class Statement:
    """A motif where it sounds: beats from the first bar line, degrees in its phrase's key."""

    theme: str
    form: _FORM
    line: Line
    phrase: int
    register: Register = "own"


def melody_of(picture: Picture, form: Form, motifs: Mapping[str, Motif], rng: Random) -> tuple[Statement, ...]:
    """Statements in order of time; `motifs` has those that are due, the most important first."""
    placed: list[Statement] = []
    names = list(motifs)
    turn, rested, hidden, free = 0, True, 0, -1e9
    for number, phrase in enumerate(form.phrases):
        rests = not rested and phrase.role == "statement" and rng.random() < 0.3 + 0.25 * (phrase.heat < 0.4)
        talked = picture.talk(form.grid.bars_s[phrase.first], form.grid.bars_s[phrase.first + phrase.bars])
        found: list[Statement] = []
        name = names[_TURNS[turn % len(_TURNS)] % len(names)]
        if not rests:
            for slot, (what, degrees, register) in _planned(phrase, form.grid.beats_a_bar, rng):
                said = _placed(picture, form, number, slot, name, motifs[name], what, degrees, register, free)
                free = said[-1].line[-1].beat + said[-1].line[-1].beats if said else free
                found += said
        if not found and talked > 0.5 and not hidden % 2:
            found += _beneath(picture, form, number, name, motifs[name])
        hidden += talked > 0.5
        rested = not found
        turn += any(statement.form != "head" for statement in found)
        placed += found
    if not placed:
        placed += _somewhere(picture, form, names[0], motifs[names[0]])
    return tuple(placed)


_Slots = Sequence[tuple[int, tuple[_FORM, int, Register]]]


def _planned(phrase: Phrase, beats: int, rng: Random) -> _Slots:
    """What a phrase says at which of its bars, with which transposition, if nobody speaks."""
    onward = rng.choice((1, 2, -1, -2))
    bars = phrase.bars
    slots: list[tuple[int, tuple[_FORM, int, Register]]]
    if phrase.role == "opening":
        slots = [(2, ("head", 0, "own"))] if bars >= 4 else []
        if bars >= 7:
            slots.append((5, ("head", rng.choice((0, 1, -1)), "own")))
    elif phrase.role == "build":
        every = 1 if bars <= 4 else 2
        slots = [(bar, ("head", bar // every, "own")) for bar in range(0, bars, every)]
    elif phrase.role == "climax":
        slots = [(0, ("whole", 0, "high")), (2, ("whole", abs(onward), "high"))]
        slots += [(bar, ("head", 2 + bar - 4, "high")) for bar in (4, 5)] + [(6, ("whole", 0, "high"))]
    elif phrase.role == "release":
        slots = [(0, ("slow", 0, "own"))] if bars >= 4 else [(0, ("whole", 0, "own"))]
        slots += [(6, ("head", 0, "low"))] if bars >= 8 else []
    elif phrase.role == "closing":
        slots = [(0, ("whole", 0, "own"))] if bars <= 5 else [(0, ("whole", 0, "own")), (4, ("head", -1, "own"))]
    else:
        begins: tuple[list[tuple[int, tuple[_FORM, int, Register]]], ...] = (
            [(0, ("whole", 0, "own")), (2, ("whole", onward, "own"))],
            [(0, ("whole", 0, "own")), (2, ("head", onward, "own"))],
            [(0, ("head", 0, "own")), (1, ("head", onward, "own")), (2, ("whole", 0, "own"))],
            [(1, ("head", onward, "own")), (2, ("whole", 0, "own"))],
        )
        slots = [*rng.choice(begins), (4, ("head", onward, "own")), (5, ("head", 0, "own")), (6, ("whole", 0, "own"))]
    return [(bar * beats, what) for bar, what in slots if bar < bars]


def _placed(
    picture: Picture,
    form: Form,
    number: int,
    slot: int,
    name: str,
    motif: Motif,
    what: _FORM,
    degrees: int,
    register: Register,
    free: float,
) -> list[Statement]:
    """The statement at its slot or a little later where that is clear; only its head where the whole has no room.

    It begins no earlier than beat `free`.
    """
    beats = form.grid.beats_a_bar
    phrase = form.phrases[number]
    begin = phrase.first * beats + slot
    until = min((phrase.first + phrase.bars) * beats, form.close)
    base = motif.line(beats)
    head = heads(base, beats)
    whole = {"whole": base, "slow": augmented(base), "head": head}[what]
    options: tuple[tuple[_FORM, Line, tuple[float, ...]], ...] = (
        (what, whole, (0.0, beats / 2, beats) if what == "whole" else (0.0,)),
        ("whole", base, (0.0,)),
        ("head", head, (0.0, beats / 2, beats, beats * 1.5)),
    )
    for form_, line, shifts in options[(0 if what != "head" else 2) :]:
        for shift in shifts:
            sung = moved(line, beats=begin + shift, degrees=degrees)
            if min(s.degree for s in sung) < _LOWEST or max(s.degree for s in sung) > _HIGHEST:
                sung = moved(line, beats=begin + shift)
            if sung[0].beat >= free - 1e-6 and sung[-1].beat < until - 0.25 and _clear(picture, form, sung):
                return [Statement(name, form_, sung, number, register)]
    return []


def _clear(picture: Picture, form: Form, line: Line) -> bool:
    """Whether no note begins within a line or a silence, and hardly one lasts into it; nor before the cue."""
    starts = [form.grid.time_s(sung.beat) for sung in line]
    end_s = form.grid.time_s(line[-1].beat + min(line[-1].beats, 1.0))
    if starts[0] < 0 or any(picture.spoken_at(s + 0.02) or picture.silent_at(s + 0.02) for s in starts):
        return False
    return picture.talk(starts[0], end_s) <= _CLEAR


def _beneath(picture: Picture, form: Form, number: int, name: str, motif: Motif) -> list[Statement]:
    """The motif slow and low, begun at the phrase's first bar, under the voices; not into a silence."""
    beats, phrase = form.grid.beats_a_bar, form.phrases[number]
    line = heads(motif.line(beats), beats)
    times = 2.0 if phrase.bars < 4 else 4.0
    line = moved(augmented(line, times), beats=phrase.first * beats - min(0.0, line[0].beat * times))
    starts = [form.grid.time_s(sung.beat) for sung in line]
    if any(picture.silent_at(start_s + 0.02) for start_s in starts) or line[-1].beat >= form.close:
        return []
    return [Statement(name, "slow", line, number, "low")]


def _somewhere(picture: Picture, form: Form, name: str, motif: Motif) -> list[Statement]:
    """In a cue with room for nothing else: the head at the first bar that is clear, or slowly beneath."""
    beats = form.grid.beats_a_bar
    head = heads(motif.line(beats), beats)
    head = moved(head, beats=-min(0.0, head[0].beat))
    for number, phrase in enumerate(form.phrases):
        for half in range(2 * phrase.bars):
            line = moved(head, beats=phrase.first * beats + half * beats / 2)
            if _clear(picture, form, line) and line[-1].beat < form.close + beats:
                return [Statement(name, "head", line, number)]
    return [found for number in range(len(form.phrases)) for found in _beneath(picture, form, number, name, motif)][:1]
