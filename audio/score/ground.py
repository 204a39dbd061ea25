"""The ground a cue stands on: its chords in time, in the keys of its phrases, laid out for four voices.

Chords change faster as more happens, slower where people speak; every phrase ends on a cadence, and the cue on the
one that its ending asks for. A turn of the story takes the music to the relative key, which has the same notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from audio.score.form import Form, Phrase
from audio.score.harmony import Cadence, Chord, Colour, cadence_of, chord_on, progression
from audio.score.keys import Key
from audio.score.melody import Statement
from audio.score.picture import Picture
from audio.score.voicing import Voicing, voiced

__all__ = ["Slot", "ground_of", "keys_of"]

_COLOURS: dict[bool, tuple[Colour, ...]] = {
    True: ("ninth", "fourth", "seventh", "ninth"),  # minor
    False: ("ninth", "seventh", "ninth", "fourth"),
}


@dataclass(frozen=True)
class Slot:
    """A chord for a time: beats from the first bar line, and how it is laid out."""

    beat: float
    beats: float
    chord: Chord
    phrase: int
    heat: float
    voicing: Voicing = (0, 0, 0, 0)
    pedal: int | None = None


def keys_of(form: Form, key: Key, rng: Random) -> tuple[Key, ...]:
    """The key of each phrase: that of the cue until a turn, then its relative, and home for the last phrase."""
    keys, away, turned = [], False, False
    for number, phrase in enumerate(form.phrases):
        if phrase.hit is not None and phrase.hit.kind == "turn" and number > 0:
            away, turned = not away, True
        elif not turned and number and number % 4 == 2 and len(form.phrases) > 5:
            away = rng.random() < 0.6
        elif not turned and number % 4 == 0:
            away = False
        last = number == len(form.phrases) - 1
        keys.append(key.relative() if away and not last else key)
    return tuple(keys)


def ground_of(
    picture: Picture, form: Form, keys: Sequence[Key], statements: Sequence[Statement], rng: Random
) -> tuple[Slot, ...]:
    """The chords of the cue, the last of them the close where it has one."""
    slots: list[Slot] = []
    before: Cadence = "full"
    for number in range(len(form.phrases)):
        last = number == len(form.phrases) - 1
        cadence = _cadence(picture, form, number, before, rng)
        same = number > 0 and keys[number] == keys[number - 1]
        degree = slots[-1].chord.degree if same else None
        slots += _harmonised(picture, form, number, keys[number], cadence, degree, statements, rng, close=last)
        before = cadence
    tops = [64 + 8 * slot.heat for slot in slots]
    voicings = voiced([slot.chord for slot in slots], tops, pedal=[slot.pedal for slot in slots])
    return tuple(replace(slot, voicing=voicing) for slot, voicing in zip(slots, voicings, strict=True))


def _cadence(picture: Picture, form: Form, number: int, before: Cadence, rng: Random) -> Cadence:
    phrase = form.phrases[number]
    if number == len(form.phrases) - 1:
        if picture.ends != "resolved":
            return "half"
        return "plagal" if picture.feeling.mood in ("quiet", "sad", "warm") and rng.random() < 0.4 else "full"
    following = form.phrases[number + 1]
    if phrase.role == "build" or following.role == "climax" or following.hit is not None:
        return "half" if rng.random() < 0.8 else "deceptive"
    if phrase.role == "release":
        return "plagal" if rng.random() < 0.5 else "full"
    return rng.choice(("half", "deceptive", "none") if before in ("full", "plagal") else ("full", "plagal", "none"))


def _harmonised(
    picture: Picture,
    form: Form,
    number: int,
    key: Key,
    cadence: Cadence,
    before: int | None,
    statements: Sequence[Statement],
    rng: Random,
    *,
    close: bool,
) -> list[Slot]:
    phrase = form.phrases[number]
    times = _times(picture, form, phrase)
    if close and picture.ends != "cut":
        times = [(beat, min(beats, form.close - beat)) for beat, beats in times if beat < form.close - 1e-6]
        button = picture.feeling.mood == "comic" and picture.ends == "resolved"
        rest = form.grid.beat_at(picture.duration_s) - form.close
        times.append((form.close, form.grid.beats_a_bar / 4 if button else max(form.grid.beats_a_bar / 2, rest)))
    sung = [
        [
            (s.degree, max(0.0, min(s.beat + s.beats, beat + beats) - max(s.beat, beat)) / beats * 2.0)
            for statement in statements
            if statement.phrase == number
            for s in statement.line
            if s.beat < beat + beats - 1e-6 and s.beat + s.beats > beat + 1e-6
        ]
        for beat, beats in times
    ]
    start = 0 if before is None or rng.random() < 0.35 else None
    if phrase.hit is not None and phrase.hit.kind in ("turn", "smash") and number and rng.random() < 0.5:
        start = 5 if not key.minor or rng.random() < 0.6 else 3  # a turn had better not sound like home
    formula = cadence_of(key, cadence, rng)
    if len(times) < 4 and not close:
        formula = formula[1:]  # a short phrase only arrives
    degrees = progression(key, len(times), start=start, before=before, cadence=formula, sung=sung, rng=rng)
    held = key.tonic if rng.random() < picture.feeling.pedal and phrase.role != "climax" else None
    made = []
    for place, ((beat, beats), degree) in enumerate(zip(times, degrees, strict=True)):
        final = close and place == len(times) - 1
        ending = place >= len(times) - 2
        leading = degree == 4 and (ending and cadence != "none")
        colour: Colour = ""
        if rng.random() < picture.feeling.colour and not leading and not (final and picture.ends == "resolved"):
            colour = rng.choice(_COLOURS[key.minor])
        if final and picture.ends == "open":
            colour = "fourth" if degree == 4 and not leading else "ninth"
        heat = form.heat_at(int(beat // form.grid.beats_a_bar))
        chord = _chord(key, degree, leading, colour, sung[place])
        made.append(Slot(beat, beats, chord, number, heat, pedal=None if ending else held))
    return made


def _chord(key: Key, degree: int, leading: bool, colour: Colour, sung: Sequence[tuple[int, float]]) -> Chord:
    """The chord in the colour wanted, or in one that quarrels less with what is sung over it."""
    offers = [chord_on(key, degree, leading=leading, colour=each) for each in dict.fromkeys((colour, "", "fourth"))]
    return min(offers, key=lambda chord: _grating(chord, key, sung) + (0.3 if chord is not offers[0] else 0.0))


def _grating(chord: Chord, key: Key, sung: Sequence[tuple[int, float]]) -> float:
    """How much of what is sung lies a semitone from a note of the chord."""
    return sum(
        weight
        for degree, weight in sung
        if any((tone - key.pitch_class(degree)) % 12 in (1, 11) for tone in chord.pitch_classes)
    )


def _times(picture: Picture, form: Form, phrase: Phrase) -> list[tuple[float, float]]:
    """When chords change within a phrase, as (beat, beats)."""
    beats, bars_s = form.grid.beats_a_bar, form.grid.bars_s
    times: list[tuple[float, float]] = []
    bar, end = phrase.first, phrase.first + phrase.bars
    while bar < end:
        heat = phrase.heats[bar - phrase.first]
        bar_s = bars_s[bar + 1] - bars_s[bar]
        slow = heat < 0.3 or picture.talk(bars_s[bar], bars_s[bar + 1]) > 0.6 or bar_s < 1.4
        late = bar >= end - 2
        if slow and bar + 2 <= end and not late and bar_s < 4.5:
            times.append((bar * beats, 2 * beats))
            bar += 2
            continue
        if heat > 0.66 and bar_s > 2.2 and beats != 3 and (late or (phrase.role in ("build", "climax") and bar % 2)):
            times += [(bar * beats, beats / 2), ((bar + 0.5) * beats, beats / 2)]
        else:
            times.append((bar * beats, beats))
        bar += 1
    return times
