"""Sounds told in words for people who do not hear them: [rain on glass], [door slams], [tense music].

What the script names, what a place sounds of, and music are told; what is plainly seen to make its sound is not, nor
is room tone. A description never stands while somebody speaks: it waits a little for a gap, or is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audio.cues import AmbienceCue, CueSheet, EffectCue, MusicCue
from audio.described_words import EFFECTS, MOODS, PLACES, WEATHER, WORDS

__all__ = ["Told", "descriptions", "gap_for"]

_EFFECT_WAITS_S, _AMBIENCE_WAITS_S = 1.6, 8.0
_EARLY_S = 0.3  # before its sound, at most
_SAME_S = 20.0  # within which the same words are not told again
_NIGHT = frozenset(("forest", "field", "park"))


@dataclass(frozen=True)
class Told:
    """A sound in words without brackets, when it begins, and how long it may wait to be told."""

    text: str
    start_s: float
    waits_s: float


def descriptions(cues: CueSheet, language: str = "en") -> list[Told]:
    """The sounds of a film in words, in order of time; in Chinese for "zh", in English otherwise."""
    column = int(language.lower().replace("_", "-").split("-")[0] in {"zh", "cmn", "yue"})
    told = [_effect(cue, column) for cue in cues.effects if cue.source == "script"]
    told += _ambiences(cues.ambience, column)
    for cue in cues.music:
        told += _music(cue, cues.duration_s, column)
    out: list[Told] = []
    last: dict[str, float] = {}
    for one in sorted((one for one in told if one.text), key=lambda one: (one.start_s, one.text)):
        if one.start_s - last.get(one.text, -_SAME_S) >= _SAME_S:
            out.append(one)
            last[one.text] = one.start_s
    return out


def gap_for(
    told: Told, taken: Sequence[tuple[float, float]], needs_s: float, wants_s: float, duration_s: float
) -> tuple[float, float] | None:
    """Where a description can stand among the spans that are `taken` (in order, apart), or None.

    It begins with its sound, or as soon after as there are `needs_s`; it stays for `wants_s` where it can.
    """
    edges = [0.0, *(edge for span in taken for edge in span), duration_s]
    for free_s, until_s in zip(edges[::2], edges[1::2], strict=True):
        start_s = max(free_s, told.start_s)
        if until_s - start_s < needs_s and free_s <= told.start_s:  # a little before its sound, if that helps
            start_s = max(free_s, told.start_s - _EARLY_S, min(start_s, until_s - needs_s))
        if start_s <= told.start_s + told.waits_s and until_s - start_s >= needs_s:
            return start_s, min(until_s, start_s + wants_s)
    return None


def _effect(cue: EffectCue, column: int) -> Told:
    from audio.effects import find  # with all that makes sounds: not before it is needed

    known = find(cue.name)
    plain = " ".join(cue.name.casefold().split())
    return Told(EFFECTS[known][column] if known else plain, cue.start_s, _EFFECT_WAITS_S)


def _ambiences(cues: Sequence[AmbienceCue], column: int) -> list[Told]:
    """What a place sounds of, when it is another than before."""
    out: list[Told] = []
    before = ""
    for cue in sorted(cues, key=lambda cue: cue.start_s):
        entry = WEATHER.get(f"{cue.weather} {'in' if cue.interior else 'out'}")
        if entry is None and cue.crowd:
            entry = PLACES["crowd"]
        if entry is None:
            night = cue.place_kind in _NIGHT and cue.hour in ("night", "dusk")
            entry = PLACES.get("night" if night else cue.place_kind)
        text = entry[column] if entry else ""
        if text and text != before:
            out.append(Told(text, cue.start_s + min(cue.fade_in_s, 1.0), _AMBIENCE_WAITS_S))
        before = text
    return out


def _music(cue: MusicCue, duration_s: float, column: int) -> list[Told]:
    mood = MOODS.get(cue.mood, (cue.mood, cue.mood))[column]
    music = WORDS["music"][column]
    named = f"{mood}{music}" if column else f"{mood} {music}".strip()
    out = [Told(named, cue.start_s, _AMBIENCE_WAITS_S)]
    if cue.ends == "cut" and cue.end_s < duration_s - 1.0:
        out.append(Told(WORDS["stops"][column], cue.end_s, _EFFECT_WAITS_S))
    return out
