"""What a mood is in music: modes, pace, metre, how dark and how coloured. A crew's own words go to the nearest mood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from audio.score.piece import Mode

__all__ = ["Feeling", "Mood", "feeling_of"]

Mood = Literal["quiet", "tense", "warm", "urgent", "sad", "comic", "neutral"]


@dataclass(frozen=True, kw_only=True)
class Feeling:
    """How a mood sounds, whatever plays it."""

    mood: Mood
    modes: tuple[Mode, ...]  # the most fitting first
    bpm: tuple[float, float]  # of quarter notes; where metre is compound, of four thirds of its dotted quarters
    metres: tuple[int, ...]  # beats a bar; 6 are eighths, as in 6/8
    energy: float  # from 0 to 1, how much happens before the tension asks for anything
    colour: float  # how many of its chords take a ninth, a seventh or a suspension
    pedal: float  # how often the bass stays where it is


_FEELINGS: dict[Mood, Feeling] = {
    feeling.mood: feeling
    for feeling in (
        Feeling(mood="quiet", modes=("ionian", "lydian", "aeolian"), bpm=(56, 76), metres=(4, 3, 4, 6),
                energy=0.12, colour=0.6, pedal=0.3),
        Feeling(mood="tense", modes=("phrygian", "harmonic_minor", "aeolian"), bpm=(72, 100), metres=(4,),
                energy=0.3, colour=0.35, pedal=0.6),
        Feeling(mood="warm", modes=("ionian", "mixolydian", "lydian"), bpm=(66, 88), metres=(4, 3, 6, 4),
                energy=0.3, colour=0.55, pedal=0.15),
        Feeling(mood="urgent", modes=("aeolian", "dorian", "phrygian"), bpm=(112, 148), metres=(4,),
                energy=0.45, colour=0.15, pedal=0.35),
        Feeling(mood="sad", modes=("aeolian", "dorian", "harmonic_minor"), bpm=(54, 70), metres=(4, 3, 6),
                energy=0.16, colour=0.45, pedal=0.1),
        Feeling(mood="comic", modes=("ionian", "mixolydian", "lydian"), bpm=(96, 126), metres=(4, 4, 6),
                energy=0.36, colour=0.1, pedal=0.0),
        Feeling(mood="neutral", modes=("dorian", "ionian", "aeolian"), bpm=(72, 96), metres=(4, 4, 3),
                energy=0.2, colour=0.4, pedal=0.2),
    )
}  # fmt: skip

_STEMS: dict[Mood, str] = {
    "quiet": "quiet calm still peace seren gentl tender intim hush soft contempl dream myster wonder lone solit "
    "delicat sparse reflect medit fragile awe eerie night",
    "tense": "tens suspen dread ominous threat menac uneas nerv anxi fear afraid horror sinist dark stalk paranoi "
    "creep foreb grim cold danger stern wary suspic disturb",
    "warm": "warm love romanc roman hope happy joy tri comfort kind home friend nostalg bright sun heart glad "
    "reconcil grateful proud upl sweet cosy cozy reli",
    "urgent": "urgen chase action race rush panic fight battle fury furious anger angr rage frantic viol escap driv "
    "pursu relentless heroic epic attack desper explos hurr fast",
    "sad": "sad grief griev mourn melanch loss lost sorrow regret farewell lament bitter tragic tragedy heartbr "
    "tear weep despair elegi wistful somber sombre death",
    "comic": "comic comed funny humor humour playful silly mischie quirk absurd farce light jaunt whims cheek sly "
    "bounc iron",
    "neutral": "neutral plain matter transit travel everyday ordinary routine steady",
}


def feeling_of(words: str) -> Feeling:
    """The feeling of a mood, or of anyone's words for one; words that say nothing known are neutral."""
    told = re.findall(r"[a-z]+", words.casefold())
    score = dict.fromkeys(_FEELINGS, 0.0)
    for place, word in enumerate(told):
        for mood, stems in _STEMS.items():
            if any(word.startswith(stem) for stem in stems.split()):
                score[mood] += 1.0 - 0.02 * place  # of equals the first said
    best = max(score, key=lambda mood: score[mood])
    if score[best] > 0:
        return _FEELINGS[best]
    names = {str(mood): mood for mood in _FEELINGS}
    near = [close for word in told for close in get_close_matches(word, names, n=1, cutoff=0.75)]
    return _FEELINGS[names[near[0]] if near else "neutral"]
