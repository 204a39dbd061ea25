"""Textures: what the players do with chords and motifs. Held voices, figures, percussion, and melody by its lead.

Everything is in beats and by role; `performance` turns it into notes in time and makes room for the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from audio.score.form import Form
from audio.score.ground import Slot
from audio.score.keys import Key
from audio.score.melody import Statement
from audio.score.motif import Sung
from audio.score.orchestration import COMPASS, Moving, Scoring
from audio.score.piece import Part

__all__ = ["Event", "figures", "held_voices", "in_compass", "sung"]

_CELLS = ((1, 0, 1, 1, 0, 1, 1, 0), (1, 1, 0, 1, 1, 0, 1, 0), (1, 0, 1, 0, 1, 1, 0, 1), (1, 1, 0, 1, 0, 1, 1, 1))
_SHAPES = ((0, 1, 2, 3, 2, 1), (0, 2, 1, 3, 1, 2), (0, 1, 2, 1, 3, 2), (0, 3, 2, 1, 2, 3), (0, 1, 3, 2))
_OSTINATI = ((0, 0, 2, 0, 1, 0, 2, 1), (0, 1, 0, 2, 0, 1, 0, 2), (0, 2, 0, 0, 1, 0, 0, 2), (0, 0, 0, 1, 0, 0, 2, 1))
_LONGEST = 4.0  # how many beats a struck note of a broken chord is let ring


@dataclass(frozen=True)
class Event:
    """A note in beats, and what it is for."""

    beat: float
    beats: float
    part: Part
    pitch: int
    velocity: float
    role: Literal["melody", "figure", "held", "beat", "sting"]


def in_compass(part: Part, pitch: int) -> int:
    """The pitch, in the nearest octave that the part has it in."""
    low, high = COMPASS[part]
    while pitch < low:
        pitch += 12
    while pitch > high:
        pitch -= 12
    return pitch


def held_voices(form: Form, scoring: Scoring, slots: Sequence[Slot]) -> list[Event]:
    """The chords held, each voice by its part from its heat on; a voice that stays is not struck again.

    The first chord sneaks in with the cue, where its first bar comes later.
    """
    events: list[Event] = []
    early = min(0.0, form.grid.beat_at(0.0))
    for held in scoring.held:
        open_at: Event | None = None
        for slot in slots:
            if slot.heat < held.heat:
                if open_at:
                    events.append(open_at)
                open_at = None
                continue
            pitch = in_compass(held.part, slot.voicing[held.voice] + 12 * held.octave)
            from_beat = slot.beat if slot.beat > 0 else early
            lasts = slot.beat + slot.beats - from_beat
            fresh = Event(from_beat, lasts, held.part, pitch, 0.2 + 0.37 * slot.heat, "held")
            joined = open_at and open_at.pitch == pitch and abs(open_at.beat + open_at.beats - slot.beat) < 1e-6
            if open_at and joined and open_at.velocity > fresh.velocity - 0.08:
                open_at = Event(open_at.beat, open_at.beats + slot.beats, held.part, pitch, open_at.velocity, "held")
                continue
            if open_at:
                events.append(open_at)
            open_at = fresh
        if open_at:
            events.append(open_at)
    return events


def figures(form: Form, scoring: Scoring, slots: Sequence[Slot], rng: Random) -> list[Event]:
    """What moves under the melody: broken chords, ostinati, repeated notes; one shape each for the whole cue."""
    events: list[Event] = []
    close = form.close
    for moving in scoring.moving:
        cell, shape, ostinato = rng.choice(_CELLS), rng.choice(_SHAPES), rng.choice(_OSTINATI)
        for place, slot in enumerate(slots):
            if not moving.heat <= slot.heat < moving.until or slot.beat >= close - 1e-6:
                continue
            breathing = place + 1 < len(slots) and slots[place + 1].phrase != slot.phrase and slot.heat < 0.5
            events += _figure(moving, form.grid.beats_a_bar, slot, (cell, shape, ostinato), breathing)
    return events


def _figure(moving: Moving, bar: int, slot: Slot, shapes: tuple[tuple[int, ...], ...], breathing: bool) -> list[Event]:
    """One chord's worth of a figure; `breathing`: a phrase ends, and the figure with its first half."""
    part, kind = moving.part, moving.figure
    cell, shape, ostinato = shapes
    soft = 0.15 + 0.36 * slot.heat
    bass, *uppers = slot.voicing
    beats = slot.beats / 2 if breathing and slot.beats >= bar else slot.beats
    compound = bar == 6
    made: list[Event] = []

    def play(at: float, lasts: float, pitch: int, louder: float = 0.0) -> None:
        if at < slot.beats - 1e-6:
            made.append(Event(slot.beat + at, lasts, part, in_compass(part, pitch), max(0.1, soft + louder), "figure"))

    if kind == "sparse":
        play(0.0, slot.beats, bass, 0.02)
        for at in _every(beats, bar):
            second = at + (3 if compound else 1)
            for pitch in uppers[1:]:
                play(second, min(_LONGEST, slot.beats - second), pitch, -0.05)
    elif kind == "chords":
        for at in _every(beats, 6 if compound else max(2, bar // 2) if bar != 3 else 3):
            play(at, min(_LONGEST, slot.beats - at), bass if at == 0 else uppers[0], 0.0)
            for pitch in uppers:
                play(at, min(_LONGEST, slot.beats - at), pitch, -0.04)
    elif kind == "broken":
        step = 1.0 if compound or slot.heat < 0.36 else 0.5
        if compound and slot.heat < 0.3:
            step = 1.5
        voices = (bass, *uppers)
        for count, at in enumerate(_every(beats, step)):
            pitch = voices[shape[count % len(shape)] % 4] + (12 if part == "harp" and count % len(shape) else 0)
            play(at, min(_LONGEST, slot.beats - at), pitch, 0.06 if at % bar == 0 else -0.03 if count % 2 else 0.0)
    elif kind == "repeated":
        step = 1.0 if compound or slot.heat < 0.55 else 0.5
        for count, at in enumerate(_every(slot.beats, step)):
            play(at, step * 0.55, bass, 0.08 if at % bar == 0 else 0.03 if count % 2 == 0 else -0.03)
    elif kind == "ostinato":
        step = 1.0 if compound else 0.5
        span = 6 if compound else 8 if bar == 4 else 6
        tones = (uppers[0], uppers[1], uppers[2]) if part != "piano" else (bass, uppers[0], uppers[1])
        for count, at in enumerate(_every(slot.beats, step)):
            spot = count % span
            if cell[spot] or slot.heat > 0.56:
                play(at, step * 0.62, tones[ostinato[spot]], 0.1 if spot == 0 else 0.04 if cell[spot] else -0.05)
    elif kind == "offbeat":
        beat = 3 if compound else 1
        late = 2 if compound else 0.5
        for at in _every(beats, beat):
            for pitch in uppers[1:]:
                play(at + late, 0.3, pitch, -0.02)
    else:  # oompah: the bass on the strong beats, root and fifth in turn
        beat = 3 if compound else 2 if bar == 4 else 3
        for count, at in enumerate(_every(beats, beat)):
            fifth = in_compass(part, slot.chord.tones[2] + 36)
            play(at, 0.4, bass if count % 2 == 0 else fifth, 0.06 if count % 2 == 0 else 0.0)
    return made


def _every(beats: float, step: float) -> list[float]:
    return [step * count for count in range(int((beats - 1e-6) // step) + 1)]


def sung(
    form: Form, scoring: Scoring, statements: Sequence[Statement], keys: Sequence[Key], slots: Sequence[Slot]
) -> list[Event]:
    """The statements, each by the lead of its heat in the octave that suits it, doubled where it is hot."""
    events: list[Event] = []
    for statement in statements:
        pitches = [_in_key(s, keys[statement.phrase], slots) for s in statement.line]
        heat = form.heat_at(int(max(0.0, statement.line[0].beat) // form.grid.beats_a_bar))
        lead = [each for each in scoring.leads if each.heat <= heat][-1]
        loud = 0.45 + 0.42 * heat
        if statement.register == "low":
            part, middle = scoring.beneath, sum(COMPASS[scoring.beneath]) // 2 - 4
            beneath = _voice(statement, pitches, part, middle, loud - 0.1, 1.0)
            events += [replace(event, role="held") for event in beneath]  # it may lie under a line
            continue
        around = lead.around + (4 if statement.register == "high" else 0)
        events += _voice(statement, pitches, lead.part, around, loud, scoring.short)
        for double in scoring.doubles:
            if heat >= double.heat and double.part != lead.part:
                events += _voice(statement, pitches, double.part, double.around, loud - 0.08, scoring.short)
    return events


def _in_key(note: Sung, key: Key, slots: Sequence[Slot]) -> int:
    """A sung note's pitch; a minor key's seventh is raised just where the chord under it has it raised."""
    pitch = (Key(key.tonic, "aeolian") if key.mode == "harmonic_minor" else key).pitch(note.degree)
    under = next((slot.chord.pitch_classes for slot in reversed(slots) if slot.beat <= note.beat + 1e-6), frozenset())
    raised = (key.tonic + 11) % 12
    return pitch + 1 if key.minor and (pitch + 1) % 12 == raised and raised in under else pitch


def _voice(
    statement: Statement, pitches: Sequence[int], part: Part, around: int, loud: float, short: float
) -> list[Event]:
    low, high = COMPASS[part]
    octaves = [o for o in range(-4, 5) if min(pitches) + 12 * o >= low and max(pitches) + 12 * o <= high]
    middle = sum(pitches) / len(pitches)
    octave = min(octaves, key=lambda o: (abs(middle + 12 * o - around), o), default=0)
    peak = max(pitches)
    events = []
    for s, pitch in zip(statement.line, pitches, strict=True):
        weight = 0.05 * (pitch == peak) + 0.03 * (s.beats >= 2) - 0.03 * (s.beats <= 0.5)
        lasts = s.beats * (short if s.beats <= 2 else 1.0) * (1.02 if short == 1.0 else 1.0)
        events.append(Event(s.beat, lasts, part, in_compass(part, pitch + 12 * octave), loud + weight, "melody"))
    return events
