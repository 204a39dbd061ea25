"""From events in beats to notes in seconds: room for voices and silences, endings, and players who are human.

In a silence nothing begins, and what sounds goes away; under a line there is no melody, and little moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from random import Random

from audio.score.form import Form
from audio.score.picture import Picture
from audio.score.piece import Note, Part
from audio.score.texture import Event

__all__ = ["performed", "swelled"]

_LATEST_S = 0.012  # how far from its time a player may come in
_SPREAD_S = 0.004
_LEAVES_S = 0.7  # how long a held note takes to leave where a silence begins
_BEFORE_VOICE_S = 0.35  # how far a sung note may last into a line
_HIGH_UNDER_VOICE, _FIGURE_UNDER_VOICE = 72, 64  # above these pitches nothing new is heard with a line
_DRIVING = 0.4  # energy from which a figure keeps its beat under a line
_SHORTEST_S = 0.06
_GONE_DB = -30.0
_SOFTLY_DB, _RETURNS_S = -9.0, 1.4  # how it comes back after a silence, unless on a hit


def performed(events: Iterable[Event], picture: Picture, form: Form, rng: Random) -> tuple[Note, ...]:
    """All notes in order of their start."""
    smashes = [hit.time_s for hit in picture.hits if hit.kind == "smash" and not picture.silent_at(hit.time_s)]
    tail_s = 0.1 if picture.ends == "cut" else min(0.9, 0.09 * picture.duration_s)
    notes: list[Note] = []
    for event in sorted(events, key=lambda e: (e.beat, e.part, e.pitch, e.role)):
        start_s, end_s = form.grid.time_s(event.beat), form.grid.time_s(event.beat + event.beats)
        end_s = min(end_s, picture.duration_s - tail_s)
        pieces = [(start_s, end_s)]
        if event.role != "sting":
            for smash_s in smashes:
                pieces = [part for each in pieces for part in _cut(each, smash_s, again=event.role == "held")]
        pieces = [part for each in pieces for part in _between_silences(each, event, picture, form)]
        for from_s, to_s in pieces:
            heard = _beside_voices(from_s, to_s, event, picture, form)
            if heard is not None and heard[1] - heard[0] >= _SHORTEST_S and heard[0] >= 0.0:
                notes.append(_played(heard[0], heard[1], heard[2], event, picture, rng))
    return tuple(sorted(_apart(notes)))


def _cut(span: tuple[float, float], at_s: float, *, again: bool) -> list[tuple[float, float]]:
    """A smash cut ends what sounds; what is held begins again on it."""
    start_s, end_s = span
    if not start_s < at_s - 0.05 or not at_s < end_s - 0.05:
        return [span]
    return [(start_s, at_s - 0.03), (at_s, end_s)] if again else [(start_s, at_s - 0.03)]


def _between_silences(
    span: tuple[float, float], event: Event, picture: Picture, form: Form
) -> list[tuple[float, float]]:
    start_s, end_s = span
    silence = picture.silent_at(start_s)
    if silence is None:
        ahead = next((s for s in picture.silences if start_s < s[0] < end_s), None)
        if ahead is None:
            return [span]
        before = (start_s, min(end_s, ahead[0] + _LEAVES_S))
        silence = ahead
    else:
        before = None
    spans = [before] if before else []
    if event.role == "held":  # it comes back with the next beat
        back_s = form.grid.time_s(-int(-(form.grid.beat_at(silence[1]) + 0.02) // 1))
        if end_s - back_s > 0.8:
            spans += _between_silences((back_s, end_s), event, picture, form)
    return spans


def _beside_voices(
    start_s: float, end_s: float, event: Event, picture: Picture, form: Form
) -> tuple[float, float, float] | None:
    """Start, end and velocity of what is left of a note beside the lines; None: nothing."""
    line = picture.spoken_at(start_s)
    percussion = event.part == "percussion"
    if line is None:
        ahead = next((s for s in picture.spoken if start_s < s[0] < end_s), None)
        if ahead is not None and event.role == "melody":
            end_s = min(end_s, max(ahead[0] + _BEFORE_VOICE_S, start_s + 0.2))
        return start_s, end_s, event.velocity
    if event.role == "melody":
        return None
    bar = event.beat % form.grid.beats_a_bar
    if event.role == "figure":
        driving = event.part == "pulse" or picture.feeling.energy > _DRIVING
        strong = bar == int(bar) if driving else bar in (0, form.grid.beats_a_bar / 2)
        return (start_s, end_s, event.velocity * 0.8) if strong and event.pitch <= _FIGURE_UNDER_VOICE else None
    if event.role == "beat":
        return (start_s, end_s, event.velocity * 0.7) if bar == 0 and event.pitch <= 45 else None
    if not percussion and event.pitch > _HIGH_UNDER_VOICE and event.role == "held":
        return None
    return start_s, end_s, event.velocity * (0.88 if event.role == "held" else 1.0)


def _played(start_s: float, end_s: float, velocity: float, event: Event, picture: Picture, rng: Random) -> Note:
    late_s = min(_LATEST_S, max(-_LATEST_S, rng.gauss(0.0, _SPREAD_S))) * (0.3 if event.role == "sting" else 1.0)
    touch = rng.gauss(0.0, 0.025)
    at_s = max(0.0, start_s + late_s)
    if picture.silent_at(at_s):
        at_s = start_s
    return Note(
        start_s=round(at_s, 5),
        duration_s=round(max(_SHORTEST_S, end_s - at_s), 5),
        part=event.part,
        pitch=event.pitch,
        velocity=round(min(1.0, max(0.06, velocity + touch)), 4),
    )


def _apart(notes: Sequence[Note]) -> list[Note]:
    """No pitch of a part sounds twice at once: the earlier gives way; of two together the louder stays."""
    kept: list[Note] = []
    by_key = sorted(notes, key=lambda n: (n.part, n.pitch, n.start_s, -n.velocity))
    for _, group in groupby(by_key, key=lambda n: (n.part, n.pitch)):
        row: list[Note] = []
        for note in group:
            if row and note.start_s < row[-1].start_s + 0.05:
                first = row[-1]
                end_s = max(first.start_s + first.duration_s, note.start_s + note.duration_s)
                row[-1] = replace(
                    first, velocity=max(first.velocity, note.velocity), duration_s=round(end_s - first.start_s, 5)
                )
                continue
            if row and row[-1].start_s + row[-1].duration_s > note.start_s:
                row[-1] = replace(row[-1], duration_s=round(note.start_s - row[-1].start_s, 5))
            row.append(note)
        kept += row
    return kept


def swelled(picture: Picture, form: Form, parts: Iterable[Part]) -> dict[Part, tuple[tuple[float, float], ...]]:
    """Gains in dB by part: louder with the heat, an arch over each phrase, away in silences, and out at the end."""
    bars_s = form.grid.bars_s
    points: dict[float, float] = {}
    for phrase in form.phrases:
        for place, heat in enumerate(phrase.heats):
            at = (place + 0.5) / phrase.bars
            arch = 6.0 * at * (1 - at) - 1.0 if phrase.role != "build" else 4.0 * at - 2.5
            points[bars_s[phrase.first + place]] = -4.5 * (1.0 - heat) + arch
    levels = sorted(points.items())
    marks = {0.0, picture.duration_s, *(time_s for time_s, _ in levels)}
    for start_s, end_s in picture.spoken:
        marks |= {start_s - 0.3, start_s, end_s, end_s + 0.6}
    for start_s, end_s in picture.silences:
        marks |= {start_s, start_s + _LEAVES_S, end_s - 0.05, end_s, end_s + _RETURNS_S}
    close_s = form.grid.time_s(form.close)
    if picture.ends != "cut":
        marks |= {close_s, close_s + 0.35 * (picture.duration_s - close_s)}
    inside = sorted(mark for mark in marks if 0.0 <= mark <= picture.duration_s)
    curve = tuple((round(at, 4), round(_gain_db(at, levels, picture, close_s), 2)) for at in inside)
    dry = tuple((at, db) for at, db in curve)
    return dict.fromkeys(sorted(set(parts)), dry)


def _gain_db(at_s: float, levels: Sequence[tuple[float, float]], picture: Picture, close_s: float) -> float:
    gain = _between(levels, at_s)
    for start_s, end_s in picture.spoken:
        gain += _between(((start_s - 0.3, 0.0), (start_s, -3.0), (end_s, -3.0), (end_s + 0.6, 0.0)), at_s)
    for start_s, end_s in picture.silences:
        back_db = 0.0 if any(abs(hit.time_s - end_s) < 0.3 for hit in picture.hits) else _SOFTLY_DB
        gone = ((start_s, 0.0), (start_s + _LEAVES_S, _GONE_DB), (end_s - 0.05, _GONE_DB))
        shape = (*gone, (end_s, back_db), (end_s + _RETURNS_S, 0.0))
        gain += _between(shape, at_s) if end_s - start_s > _LEAVES_S + 0.1 else 0.0
    if picture.ends != "cut":
        left = max(0.2, picture.duration_s - close_s)
        gain += _between(((close_s + 0.35 * left, 0.0), (picture.duration_s, -18.0)), at_s)
    return max(_GONE_DB, gain)


def _between(points: Sequence[tuple[float, float]], at_s: float) -> float:
    if not points or at_s <= points[0][0]:
        return points[0][1] if points else 0.0
    for (from_s, low), (to_s, high) in pairwise(points):
        if at_s <= to_s:
            return low + (high - low) * (at_s - from_s) / (to_s - from_s)
    return points[-1][1]
