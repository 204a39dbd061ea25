"""Accents: percussion, what meets a hit of the picture, and the last chord's gesture."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from audio.cues import Hit
from audio.score.form import Form
from audio.score.ground import Slot
from audio.score.orchestration import COMPASS, Beat, Scoring
from audio.score.picture import Picture
from audio.score.piece import Part
from audio.score.texture import Event, in_compass

__all__ = ["closing", "drummed", "stings"]

# General MIDI's keys.
_LOW_DRUM, _TAIKO, _TAIKO_HIGH, _SHAKER, _WOOD, _CYMBAL, _TRIANGLE = 36, 41, 45, 70, 76, 49, 81
_DRIVES = ((1.0, 0, 0, 0.7, 0, 0, 0.8, 0), (1.0, 0, 0.5, 0, 0, 0.8, 0, 0), (1.0, 0, 0, 0.6, 0.8, 0, 0.6, 0.4))
_SWELL_S = 1.6  # of the cymbal before a blow
_STRUCK: tuple[Part, ...] = ("piano", "harp", "bells")


def drummed(form: Form, scoring: Scoring, rng: Random) -> list[Event]:
    """Percussion by the bar, as hot as the bars are, with a fill where a phrase leads into a hotter one."""
    events: list[Event] = []
    beats = form.grid.beats_a_bar
    for drum in scoring.drums:
        drive = rng.choice(_DRIVES)
        for phrase in form.phrases:
            for place, heat in enumerate(phrase.heats):
                bar = phrase.first + place
                if heat < drum.heat or bar * beats >= form.close - 1e-6:
                    continue
                fill = place == phrase.bars - 1 and form.heat_at(bar + 1) > heat + 0.04 and place > 0
                events += [
                    Event(bar * beats + at, 0.4, "percussion", key, min(1.0, (0.26 + 0.6 * heat) * loud), "beat")
                    for at, key, loud in _bar(drum.beat, beats, drive, place, fill=fill, heat=heat)
                ]
    return events


def _bar(
    beat: Beat, beats: int, drive: Sequence[float], place: int, *, fill: bool, heat: float
) -> list[tuple[float, int, float]]:
    """One bar as (beat, key, loudness)."""
    half = beats / 2
    if beat == "heart":
        return [(0.0, _LOW_DRUM, 0.75), (0.5, _LOW_DRUM, 0.5)] if heat > 0.5 or place % 2 == 0 else []
    if beat == "low":
        struck = [(0.0, _LOW_DRUM, 1.0)] + ([(half, _TAIKO, 0.7)] if heat > 0.7 and beats != 3 else [])
        return struck + ([(beats - 1 + n / 4, _TAIKO_HIGH, 0.5 + 0.1 * n) for n in range(4)] if fill else [])
    if beat == "drive":
        step = 1.0 if beats == 6 else 0.5
        return [(n * step, _TAIKO if n % 4 == 0 else _TAIKO_HIGH, loud) for n, loud in enumerate(drive)
                if loud and n * step < beats]  # fmt: skip
    if beat == "shaken":
        step = 1.0 if beats == 6 else 0.5
        return [(n * step, _SHAKER, 0.75 if n % 2 == 0 else 0.45) for n in range(int(beats / step))]
    offs = (2.0, 5.0) if beats == 6 else tuple(n + 0.5 for n in range(beats) if n % 2)
    return [(at, _WOOD, 1.3) for at in offs] + ([(0.0, _TRIANGLE, 0.8)] if place % 4 == 0 else [])


def stings(picture: Picture, form: Form, slots: Sequence[Slot]) -> list[Event]:
    """What meets each hit, on its very time: a blow for a smash cut, weight for a turn, a touch for a new scene."""
    events: list[Event] = []
    last_s = -2.0
    for hit in picture.hits:
        strong = hit.kind in ("smash", "turn")
        near = hit.time_s - last_s < (0.4 if strong else 1.5)
        if hit.kind in ("cut", "end") or picture.silent_at(hit.time_s) or near or hit.time_s < -1e-6:
            continue
        if picture.duration_s - hit.time_s < 0.35:
            continue
        last_s = hit.time_s
        beat = form.grid.beat_at(max(0.0, hit.time_s))
        slot = _slot_at(slots, beat)
        heat = max(slot.heat, picture.tension_at(hit.time_s + 0.05))
        events += _met(hit, beat, slot, heat, picture)
        swell_s = min(_SWELL_S, hit.time_s - 0.1)
        calm = picture.talk(hit.time_s - swell_s, hit.time_s) == 0.0
        if hit.kind == "smash" and picture.feeling.mood != "comic" and swell_s >= 0.85 and calm:
            from_beat = form.grid.beat_at(hit.time_s - swell_s)
            events.append(Event(from_beat, beat - from_beat, "percussion", _CYMBAL, 0.3 + 0.3 * heat, "sting"))
    return events


def _slot_at(slots: Sequence[Slot], beat: float) -> Slot:
    return next((slot for slot in reversed(slots) if slot.beat <= beat + 0.05), slots[0])


def _met(hit: Hit, beat: float, slot: Slot, heat: float, picture: Picture) -> list[Event]:
    bass, tenor, alto, soprano = slot.voicing
    low = in_compass("piano", bass - 12)
    mood = picture.feeling.mood
    spoken = picture.spoken_at(hit.time_s) is not None

    def struck(part: Part, pitch: int, beats: float, loud: float) -> Event:
        return Event(beat, beats, part, in_compass(part, pitch) if part != "percussion" else pitch, loud, "sting")

    if hit.kind == "smash" and not spoken:
        if mood == "comic":
            chord = [struck("violas", pitch, 0.4, 0.7) for pitch in (tenor, alto)]
            return [*chord, struck("cellos", bass, 0.4, 0.75), struck("bells", soprano + 12, 1.0, 0.7),
                    struck("percussion", _WOOD, 0.3, 0.8)]  # fmt: skip
        loud = 0.58 + 0.38 * heat
        blow = [struck("piano", low, 4.0, loud), struck("piano", low + 12, 4.0, loud - 0.1),
                struck("basses", bass - 12, 1.6, loud), struck("cellos", bass, 1.6, loud),
                struck("percussion", _LOW_DRUM, 0.5, loud)]  # fmt: skip
        if heat > 0.3:
            blow += [
                struck("low_brass", bass - 12, 1.4, loud - 0.08),
                struck("low_brass", tenor - 12, 1.4, loud - 0.14),
            ]
            blow += [struck("violas", tenor, 1.2, loud - 0.1), struck("violins", soprano, 1.2, loud - 0.06)]
        if heat > 0.5:
            blow += [struck("horns", alto - 12, 1.4, loud - 0.08), struck("percussion", _CYMBAL, 0.4, loud - 0.15)]
        return blow
    if hit.kind in ("turn", "smash"):
        loud = (0.34 + 0.36 * heat) * (0.75 if spoken else 1.0)
        weight = [struck("piano", low, 6.0, loud), struck("basses", bass - 12, 3.0, loud - 0.06)]
        if mood in ("tense", "urgent") or heat > 0.6:
            weight.append(struck("percussion", _LOW_DRUM, 0.5, loud + 0.04))
        elif not spoken:
            weight.append(struck("harp" if mood in ("warm", "comic") else "piano", soprano + 12, 3.0, loud - 0.08))
        return weight
    colour: Part = "harp" if mood in ("warm", "quiet", "neutral") else "piano"
    if mood == "comic":
        colour = "bells"
    if spoken:
        return []
    return [struck(colour, bass if colour != "bells" else soprano + 12, 4.0, 0.28 + 0.22 * heat)]


def closing(
    picture: Picture, form: Form, scoring: Scoring, slots: Sequence[Slot], events: Sequence[Event]
) -> list[Event]:
    """The gesture of the last chord: a melody brought home, a chord rolled and left to ring, or a button."""
    if picture.ends == "cut" or not slots:
        return []
    slot = slots[-1]
    beat, bass, *uppers = slot.beat, *slot.voicing
    rings = max(1.0, slot.beats)
    loud = 0.25 + 0.33 * slot.heat
    made: list[Event] = []
    sung = [event for event in events if event.role == "melody" and event.beat < beat - 1e-6]
    spoken = picture.talk(form.grid.time_s(beat), picture.duration_s) > 0.1
    if sung and not spoken and picture.ends == "resolved":
        last = max(sung, key=lambda event: (event.beat, event.pitch))
        low, high = COMPASS[last.part]
        homes = [p for p in range(max(low, last.pitch - 12), min(high, last.pitch + 12) + 1)
                 if p % 12 in (slot.chord.tones[0], slot.chord.tones[1])]  # fmt: skip
        home = min(homes, key=lambda p: (abs(p - last.pitch) + (0 if p % 12 == slot.chord.tones[0] else 2.5), p))
        made.append(Event(beat, rings, last.part, home, last.velocity * 0.9, "melody"))
    if picture.feeling.mood == "comic" and picture.ends == "resolved":
        made += [
            Event(beat, slot.beats, "violas", in_compass("violas", pitch), loud + 0.1, "sting") for pitch in uppers
        ]
        made += [Event(beat, slot.beats, "cellos", bass, loud + 0.15, "sting"),
                 Event(beat, 1.0, "bells", in_compass("bells", slot.chord.tones[0] + 84), loud, "sting")]  # fmt: skip
        return made
    part: Part = next((moving.part for moving in scoring.moving if moving.part in _STRUCK), "piano")
    voices = (bass, *uppers) if picture.ends == "resolved" else (bass, uppers[1], uppers[2])
    spread = 0.12 if form.grid.beats_a_bar != 6 else 0.3
    made += [
        Event(
            beat + spread * place, rings - spread * place, part, in_compass(part, pitch), loud - 0.03 * place, "sting"
        )
        for place, pitch in enumerate(voices)
        if rings > spread * place + 0.3
    ]
    if slot.heat > 0.62 and picture.ends == "resolved" and not spoken:
        made.append(Event(beat, 0.5, "percussion", _LOW_DRUM, loud, "sting"))
    return made
