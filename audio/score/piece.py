"""A piece of music as notes: what the composer hands to those who play it or write it out. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Mode", "Note", "Part", "Piece"]

Part = Literal[
    "violins", "violas", "cellos", "basses", "piano", "harp", "horns", "low_brass", "flute", "clarinet", "bells",
    "pad", "pulse", "percussion",
]  # fmt: skip
Mode = Literal["ionian", "dorian", "phrygian", "lydian", "mixolydian", "aeolian", "harmonic_minor"]


@dataclass(frozen=True, order=True)
class Note:
    """A note of a part. `pitch` as in MIDI (60 is middle C); of percussion, General MIDI's key of the drum."""

    start_s: float  # from the beginning of the piece
    duration_s: float
    part: Part
    pitch: int
    velocity: float  # from 0 to 1


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Notes in order of their start, with what they were written in.

    Six beats a bar are eighths (6/8). `bars_s` are the times of bar lines; where the tempo bends, so do they, and what
    comes before the first is an upbeat. `swells` are gains in dB by part, straight lines between their points.
    Nothing rings after `duration_s`.
    """

    title: str
    duration_s: float
    tonic: int  # 0 is C, 11 is B
    mode: Mode
    beats_a_bar: int
    bars_s: tuple[float, ...]
    notes: tuple[Note, ...]
    swells: Mapping[Part, tuple[tuple[float, float], ...]] = field(default_factory=dict)

    @property
    def bpm(self) -> float:
        """The tempo of the first bar, as it is felt: in 6/8, two beats of three eighths."""
        first, second = self.bars_s[:2]
        beats = 2 if self.beats_a_bar == 6 else self.beats_a_bar
        return 60.0 * beats / (second - first)
