"""Harmony: which chord follows which in each mode, cadences, and chords chosen to carry a melody.

A progression is a Markov chain of degrees, conditioned on where it starts, on the cadence that it ends with and on
the melody's notes; it is drawn exactly, by passing messages back from the end (Rabiner 1989, section III).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Literal

from audio.score.keys import Key
from audio.score.piece import Mode

__all__ = ["Cadence", "Chord", "Colour", "cadence_of", "chord_on", "progression"]

Cadence = Literal["full", "half", "plagal", "deceptive", "none"]
Colour = Literal["", "ninth", "seventh", "fourth"]  # "fourth": in place of the third

_MINOR: dict[int, Mapping[int, float]] = {
    0: {3: 3, 5: 3, 6: 2, 2: 1.5, 4: 0.7}, 1: {4: 3, 0: 0.5}, 2: {5: 2, 3: 2, 6: 2, 0: 1},
    3: {0: 2, 4: 2, 6: 1.5, 5: 1}, 4: {0: 3, 5: 2, 3: 1}, 5: {2: 2, 6: 2, 3: 2, 0: 1.5, 4: 1},
    6: {0: 2.5, 2: 2, 5: 1.5, 3: 0.5},
}  # fmt: skip
_AFTER: dict[Mode, Mapping[int, Mapping[int, float]]] = {
    "ionian": {
        0: {3: 3, 5: 3, 4: 2, 2: 1.5, 1: 1.5}, 1: {4: 3, 3: 1, 0: 0.5}, 2: {5: 2.5, 3: 2.5},
        3: {0: 2.5, 4: 2.5, 1: 1.5, 5: 1}, 4: {0: 3, 5: 2, 3: 1}, 5: {3: 3, 1: 2, 4: 1.5, 2: 1.5}, 6: {0: 1},
    },
    "lydian": {
        0: {1: 3, 4: 1.5, 5: 2, 2: 1}, 1: {0: 3, 5: 1, 4: 1.5, 2: 0.5}, 2: {5: 2, 1: 2, 0: 0.5}, 3: {0: 1},
        4: {0: 2, 1: 1.5, 5: 1}, 5: {1: 2, 4: 1, 2: 1.5, 0: 1}, 6: {2: 1, 0: 1},
    },
    "mixolydian": {
        0: {6: 3, 3: 2.5, 4: 1, 1: 1, 5: 1}, 1: {3: 1, 4: 1, 6: 1, 0: 1}, 2: {5: 1}, 3: {0: 3, 6: 1.5, 1: 1},
        4: {3: 2, 0: 1.5, 6: 1}, 5: {3: 1.5, 6: 1.5, 1: 1}, 6: {3: 2.5, 0: 3},
    },
    "aeolian": _MINOR,
    "harmonic_minor": _MINOR | {0: {3: 3, 5: 3, 4: 2, 1: 1}, 6: {0: 1, 2: 1}},
    "dorian": {
        0: {3: 3.5, 6: 2, 2: 1.5, 1: 1, 4: 1}, 1: {0: 2, 4: 1, 6: 1}, 2: {3: 2, 6: 2, 0: 1},
        3: {0: 3, 6: 1.5, 2: 1}, 4: {0: 2, 3: 2}, 5: {4: 1}, 6: {0: 2, 3: 2, 2: 1},
    },
    "phrygian": {
        0: {1: 3, 6: 2, 5: 1.5, 3: 1}, 1: {0: 3, 6: 1, 2: 1, 5: 1}, 2: {1: 2, 5: 1, 3: 1}, 3: {0: 2, 1: 2, 6: 1},
        4: {0: 1}, 5: {1: 1, 6: 1, 3: 1, 0: 1}, 6: {0: 2, 5: 1, 1: 2},
    },
}  # fmt: skip

_TASTE = 0.6

# The last two chords of a phrase; a raised third (a leading note) is told by `chord_on`.
_CADENCES: dict[Mode, dict[Cadence, tuple[tuple[int, int], ...]]] = {
    "ionian": {"full": ((4, 0),), "plagal": ((3, 0),), "half": ((3, 4), (1, 4)), "deceptive": ((4, 5),)},
    "lydian": {"full": ((1, 0), (4, 0)), "plagal": ((1, 0),), "half": ((0, 1), (1, 4)), "deceptive": ((4, 5),)},
    "mixolydian": {"full": ((6, 0),), "plagal": ((3, 0),), "half": ((3, 6), (0, 6)), "deceptive": ((6, 3),)},
    "aeolian": {"full": ((4, 0), (6, 0)), "plagal": ((3, 0),), "half": ((3, 4), (5, 4)), "deceptive": ((4, 5),)},
    "harmonic_minor": {"full": ((4, 0),), "plagal": ((3, 0),), "half": ((3, 4), (5, 4)), "deceptive": ((4, 5),)},
    "dorian": {"full": ((6, 0), (4, 0)), "plagal": ((3, 0),), "half": ((0, 3), (3, 6)), "deceptive": ((6, 3),)},
    "phrygian": {"full": ((1, 0), (6, 0)), "plagal": ((1, 0),), "half": ((0, 1), (5, 6)), "deceptive": ((6, 5),)},
}  # fmt: skip


@dataclass(frozen=True)
class Chord:
    """A degree's chord: pitch classes of root, third (or fourth) and fifth, and one more for colour."""

    degree: int
    tones: tuple[int, int, int]
    added: int | None = None

    @property
    def pitch_classes(self) -> frozenset[int]:
        """All of them."""
        return frozenset(self.tones) | ({self.added} if self.added is not None else frozenset())


def chord_on(key: Key, degree: int, *, leading: bool = False, colour: Colour = "") -> Chord:
    """The chord of a degree. `leading` raises the third of a minor key's dominant, which harmonic minor always does.

    A colour that would grate (a ninth a semitone above the root, a fourth a tritone) is left out.
    """
    root, third, fifth, seventh, ninth, fourth = (key.pitch_class(degree + step) for step in (0, 2, 4, 6, 8, 3))
    if key.mode == "harmonic_minor" and degree != 4:
        natural = (key.tonic + 10) % 12  # its raised seventh is for the dominant
        raised = (key.tonic + 11) % 12
        root, third, fifth, seventh, ninth, fourth = (
            natural if note == raised else note for note in (root, third, fifth, seventh, ninth, fourth)
        )
    if leading and key.minor and degree == 4:
        third = (key.tonic + 11) % 12
    added = None
    if colour == "seventh" and (seventh - root) % 12 in (10, 11) and not (leading and (seventh - root) % 12 == 11):
        added = seventh
    elif colour == "ninth" and (ninth - root) % 12 == 2:
        added = ninth
    elif colour == "fourth" and (fourth - root) % 12 == 5 and not leading:
        third = fourth
    return Chord(degree, (root, third, fifth), added)


def cadence_of(key: Key, cadence: Cadence, rng: Random) -> tuple[int, ...]:
    """The two degrees of a cadence in a mode; of none none."""
    return () if cadence == "none" else rng.choice(_CADENCES[key.mode][cadence])


def progression(
    key: Key,
    slots: int,
    *,
    start: int | None,
    before: int | None,
    cadence: Sequence[int],
    sung: Sequence[Sequence[tuple[int, float]]],
    rng: Random,
) -> tuple[int, ...]:
    """Degrees for `slots` chords: from `start` if given, else from what goes on from `before`; to the cadence.

    `cadence` has the degrees that they end on, of which few slots take the last ones. `sung` has, for each slot,
    the degrees of the melody's notes and how much they matter.
    """
    if slots == 0:
        return ()
    fits = [[exp(-_clash(key, degree, notes)) for degree in range(7)] for notes in sung]
    if start is not None and slots > len(cadence):
        fits[0] = [1.0 if degree == start else 1e-9 for degree in range(7)]
    for slot, wanted in zip(range(slots - 1, -1, -1), reversed(cadence), strict=False):
        fits[slot] = [1.0 if degree == wanted else 1e-12 for degree in range(7)]
    after = {  # every phrase has its own taste
        degree: {to: weight * exp(rng.gauss(0.0, _TASTE)) for to, weight in row.items()}
        for degree, row in _AFTER[key.mode].items()
    }
    ahead = [1.0] * 7
    back = [ahead]
    for slot in range(slots - 1, 0, -1):
        ahead = [
            sum((after[degree].get(to, 1e-3)) * fits[slot][to] * ahead[to] for to in range(7)) for degree in range(7)
        ]
        scale = max(ahead)
        ahead = [value / scale for value in ahead]
        back.append(ahead)
    back.reverse()
    first = {0: 4.0, 3: 1.0, 5: 1.0} if before is None else after[before]
    weights = [fits[0][degree] * back[0][degree] * first.get(degree, 0.1) for degree in range(7)]
    chosen = [rng.choices(range(7), weights)[0]]
    for slot in range(1, slots):
        row = after[chosen[-1]]
        stale = chosen[-2] if len(chosen) > 1 else -1  # back and forth tires
        weights = [
            row.get(to, 1e-3) * fits[slot][to] * back[slot][to] * (0.6 if to == stale else 1.0) for to in range(7)
        ]
        chosen.append(rng.choices(range(7), weights)[0])
    return tuple(chosen)


def _clash(key: Key, degree: int, notes: Sequence[tuple[int, float]]) -> float:
    """How much a melody's notes quarrel with a degree's chord, which is thought of without colour."""
    tones = [key.pitch_class(degree + step) for step in (0, 2, 4)]
    clash = 0.0
    for note, weight in notes:
        pitch = key.pitch_class(note)
        if pitch in tones:
            continue
        grates = (pitch - 1) % 12 in tones  # a semitone above a chord's note
        clash += weight * (3.5 if grates else 1.8)
    return clash
