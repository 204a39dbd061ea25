"""Orchestration: which parts a mood has, from how much heat each plays, and how far up and down it can.

Heat is how much happens, from 0 to 1. Of the players of a line, the last whose heat is reached plays it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal, TypeVar

from audio.score.feeling import Mood
from audio.score.piece import Part

__all__ = ["COMPASS", "Beat", "Drum", "Figure", "Held", "Lead", "Moving", "Scoring", "scored"]

# Lowest and highest written pitch of each part, as it sounds well.
COMPASS: dict[Part, tuple[int, int]] = {
    "violins": (55, 93), "violas": (48, 81), "cellos": (36, 69), "basses": (28, 50), "piano": (28, 96),
    "harp": (31, 91), "horns": (41, 69), "low_brass": (31, 58), "flute": (62, 91), "clarinet": (50, 84),
    "bells": (67, 96), "pad": (40, 79), "pulse": (31, 55),
}  # fmt: skip

_LEANING = 0.06  # of heat

Figure = Literal["sparse", "broken", "chords", "repeated", "ostinato", "offbeat", "oompah"]
Beat = Literal["heart", "drive", "shaken", "wood", "low"]


@dataclass(frozen=True)
class Lead:
    """Who sings from which heat on, and around which pitch."""

    heat: float
    part: Part
    around: int


@dataclass(frozen=True)
class Held:
    """Who holds which voice of the chords (0 is the bass, 3 the soprano), moved by so many octaves."""

    heat: float
    part: Part
    voice: int
    octave: int = 0


@dataclass(frozen=True)
class Moving:
    """Who plays which figure, from which heat and up to which."""

    heat: float
    part: Part
    figure: Figure
    until: float = 2.0


@dataclass(frozen=True)
class Drum:
    """Which pattern of percussion, from which heat."""

    heat: float
    beat: Beat


_P = TypeVar("_P", Lead, Held, Moving, Drum)


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """The players of a mood."""

    leads: tuple[Lead, ...]
    doubles: tuple[Lead, ...]  # an octave or more from the lead, at its heat
    beneath: Part  # the motif under voices
    held: tuple[Held, ...]
    moving: tuple[Moving, ...]
    drums: tuple[Drum, ...] = ()
    short: float = 1.0  # how much of its written length a sung note lasts


_STRINGS = (Held(0.1, "cellos", 0), Held(0.28, "violas", 1), Held(0.4, "violas", 2), Held(0.46, "violins", 3),
            Held(0.6, "basses", 0, -1), Held(0.72, "horns", 1), Held(0.85, "low_brass", 0))  # fmt: skip
_PAD = (Held(0.0, "pad", 1), Held(0.0, "pad", 2))

_SCORINGS: dict[Mood, tuple[Scoring, ...]] = {
    "quiet": (
        Scoring(
            leads=(Lead(0, "piano", 74), Lead(0.52, "violins", 76)),
            doubles=(Lead(0.66, "cellos", 57),),
            beneath="cellos",
            held=(*_PAD, Held(0.16, "cellos", 0), *_STRINGS[1:]),
            moving=(Moving(0.0, "piano", "sparse", 0.42), Moving(0.42, "piano", "broken")),
        ),
        Scoring(
            leads=(Lead(0, "piano", 72), Lead(0.36, "cellos", 60), Lead(0.6, "violins", 77)),
            doubles=(Lead(0.66, "cellos", 57),),
            beneath="cellos",
            held=(*_PAD, Held(0.14, "cellos", 0), *_STRINGS[1:]),
            moving=(Moving(0.0, "piano", "chords", 0.4), Moving(0.3, "harp", "broken")),
        ),
    ),
    "sad": (
        Scoring(
            leads=(Lead(0, "piano", 72), Lead(0.24, "cellos", 60), Lead(0.66, "violins", 76)),
            doubles=(Lead(0.62, "cellos", 60),),
            beneath="cellos",
            held=(Held(0.0, "pad", 1), Held(0.12, "cellos", 0, 0), Held(0.3, "violas", 1), Held(0.38, "violas", 2),
                  Held(0.5, "violins", 3), Held(0.6, "basses", 0, -1), Held(0.78, "horns", 1)),
            moving=(Moving(0.0, "piano", "sparse", 0.36), Moving(0.36, "piano", "broken")),
        ),
        Scoring(
            leads=(Lead(0, "piano", 70), Lead(0.3, "clarinet", 67), Lead(0.58, "violins", 75)),
            doubles=(Lead(0.64, "cellos", 58),),
            beneath="cellos",
            held=(Held(0.0, "violas", 1), Held(0.1, "cellos", 0), Held(0.34, "violas", 2), Held(0.48, "violins", 3),
                  Held(0.6, "basses", 0, -1), Held(0.78, "horns", 1)),
            moving=(Moving(0.0, "piano", "chords", 0.45), Moving(0.45, "piano", "broken")),
        ),
    ),
    "warm": (
        Scoring(
            leads=(Lead(0, "clarinet", 70), Lead(0.5, "violins", 77)),
            doubles=(Lead(0.62, "cellos", 60), Lead(0.74, "horns", 60)),
            beneath="cellos",
            held=(Held(0.0, "violas", 1), Held(0.0, "violas", 2), Held(0.05, "cellos", 0), Held(0.38, "violins", 3),
                  Held(0.55, "basses", 0, -1), Held(0.66, "horns", 1), Held(0.66, "horns", 2),
                  Held(0.9, "low_brass", 0)),
            moving=(Moving(0.22, "harp", "broken"), Moving(0.0, "piano", "chords", 0.3)),
        ),
        Scoring(
            leads=(Lead(0, "piano", 74), Lead(0.34, "flute", 76), Lead(0.56, "violins", 77)),
            doubles=(Lead(0.6, "clarinet", 65), Lead(0.7, "horns", 58)),
            beneath="cellos",
            held=(Held(0.0, "violas", 1), Held(0.08, "cellos", 0), Held(0.2, "violas", 2), Held(0.4, "violins", 3),
                  Held(0.55, "basses", 0, -1), Held(0.68, "horns", 1), Held(0.9, "low_brass", 0)),
            moving=(Moving(0.0, "piano", "broken"), Moving(0.5, "harp", "broken")),
        ),
    ),
    "tense": (
        Scoring(
            leads=(Lead(0, "clarinet", 57), Lead(0.5, "horns", 56), Lead(0.78, "violins", 74)),
            doubles=(Lead(0.74, "low_brass", 46),),
            beneath="cellos",
            held=(Held(0.0, "basses", 0, -1), Held(0.1, "cellos", 0), Held(0.34, "violas", 1), Held(0.3, "pad", 2),
                  Held(0.5, "violins", 3), Held(0.62, "horns", 1), Held(0.72, "low_brass", 0)),
            moving=(Moving(0.3, "pulse", "repeated"), Moving(0.52, "cellos", "ostinato")),
            drums=(Drum(0.3, "heart"), Drum(0.58, "low")),
        ),
        Scoring(
            leads=(Lead(0, "piano", 50), Lead(0.45, "cellos", 52), Lead(0.7, "horns", 58)),
            doubles=(Lead(0.7, "violins", 77),),
            beneath="cellos",
            held=(Held(0.0, "basses", 0, -1), Held(0.0, "pad", 1), Held(0.32, "violins", 3, 1), Held(0.4, "cellos", 0),
                  Held(0.55, "violas", 2), Held(0.68, "low_brass", 0), Held(0.74, "horns", 1)),
            moving=(Moving(0.34, "pulse", "repeated"), Moving(0.46, "violas", "ostinato")),
            drums=(Drum(0.42, "heart"), Drum(0.6, "low")),
        ),
    ),
    "urgent": (
        Scoring(
            leads=(Lead(0, "horns", 58), Lead(0.74, "violins", 77)),
            doubles=(Lead(0.72, "horns", 58), Lead(0.86, "low_brass", 48)),
            beneath="cellos",
            held=(Held(0.55, "violins", 3), Held(0.6, "violas", 2), Held(0.7, "low_brass", 0), Held(0.8, "horns", 1)),
            moving=(Moving(0.0, "cellos", "ostinato"), Moving(0.5, "violas", "ostinato"),
                    Moving(0.0, "pulse", "repeated"),
                    Moving(0.62, "basses", "repeated")),
            drums=(Drum(0.35, "drive"), Drum(0.6, "shaken"), Drum(0.66, "low")),
        ),
        Scoring(
            leads=(Lead(0, "cellos", 55), Lead(0.62, "horns", 60), Lead(0.8, "violins", 78)),
            doubles=(Lead(0.78, "horns", 60), Lead(0.88, "low_brass", 48)),
            beneath="cellos",
            held=(Held(0.4, "cellos", 0), Held(0.6, "violins", 3), Held(0.7, "low_brass", 0), Held(0.82, "horns", 1)),
            moving=(Moving(0.0, "violas", "ostinato"), Moving(0.55, "violins", "offbeat"),
                    Moving(0.2, "basses", "repeated"),
                    Moving(0.0, "piano", "ostinato", 0.7)),
            drums=(Drum(0.45, "drive"), Drum(0.5, "shaken"), Drum(0.72, "low")),
        ),
    ),
    "comic": (
        Scoring(
            leads=(Lead(0, "clarinet", 70), Lead(0.62, "flute", 78)),
            doubles=(Lead(0.5, "bells", 84), Lead(0.72, "violins", 72)),
            beneath="clarinet",
            held=(Held(0.7, "horns", 1),),
            moving=(Moving(0.0, "cellos", "oompah"), Moving(0.25, "violas", "offbeat"), Moving(0.6, "harp", "broken")),
            drums=(Drum(0.4, "wood"),),
            short=0.62,
        ),
        Scoring(
            leads=(Lead(0, "piano", 76), Lead(0.42, "clarinet", 72), Lead(0.72, "flute", 80)),
            doubles=(Lead(0.55, "bells", 86),),
            beneath="clarinet",
            held=(Held(0.75, "horns", 1),),
            moving=(Moving(0.0, "basses", "oompah"), Moving(0.0, "piano", "offbeat", 0.42),
                    Moving(0.42, "violas", "offbeat"),
                    Moving(0.3, "cellos", "oompah")),
            drums=(Drum(0.45, "wood"), Drum(0.75, "shaken")),
            short=0.62,
        ),
    ),
    "neutral": (
        Scoring(
            leads=(Lead(0, "piano", 72), Lead(0.36, "clarinet", 69), Lead(0.6, "violins", 76)),
            doubles=(Lead(0.68, "cellos", 57),),
            beneath="cellos",
            held=(*_PAD, *_STRINGS),
            moving=(Moving(0.0, "piano", "sparse", 0.3), Moving(0.3, "piano", "broken"),
                    Moving(0.5, "pulse", "repeated")),
            drums=(Drum(0.7, "low"),),
        ),
        Scoring(
            leads=(Lead(0, "flute", 74), Lead(0.45, "cellos", 60), Lead(0.62, "violins", 76)),
            doubles=(Lead(0.68, "cellos", 57),),
            beneath="cellos",
            held=(*_PAD, *_STRINGS),
            moving=(Moving(0.0, "harp", "sparse", 0.32), Moving(0.32, "harp", "broken"),
                    Moving(0.55, "pulse", "repeated")),
            drums=(Drum(0.7, "low"),),
        ),
    ),
}  # fmt: skip


def scored(mood: Mood, rng: Random) -> Scoring:
    """One of the ways that a mood is scored, its players a little more or less eager."""
    chosen = rng.choice(_SCORINGS[mood])

    def lean(players: Sequence[_P]) -> tuple[_P, ...]:
        return tuple(
            replace(each, heat=each.heat + rng.uniform(-_LEANING, _LEANING)) if each.heat > _LEANING else each
            for each in players
        )

    return replace(
        chosen,
        leads=(chosen.leads[0], *lean(chosen.leads[1:])),
        doubles=lean(chosen.doubles),
        held=lean(chosen.held),
        moving=lean(chosen.moving),
        drums=lean(chosen.drums),
    )
