"""Keys: a tonic and a mode, their degrees as pitches, and the keys that are near."""

from __future__ import annotations

from dataclasses import dataclass

from audio.score.piece import Mode

__all__ = ["SCALES", "Key"]

SCALES: dict[Mode, tuple[int, ...]] = {
    "ionian": (0, 2, 4, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "aeolian": (0, 2, 3, 5, 7, 8, 10),
    "harmonic_minor": (0, 2, 3, 5, 7, 8, 11),
}

# The mode that has the same notes from a third above (of minor modes) or a third below (of major ones).
_RELATIVE: dict[Mode, Mode] = {
    "ionian": "aeolian",
    "dorian": "lydian",
    "phrygian": "mixolydian",
    "lydian": "dorian",
    "mixolydian": "phrygian",
    "aeolian": "ionian",
    "harmonic_minor": "ionian",
}


@dataclass(frozen=True)
class Key:
    """A tonic (0 is C, 11 is B) and a mode."""

    tonic: int
    mode: Mode

    @property
    def minor(self) -> bool:
        """Whether its third is."""
        return SCALES[self.mode][2] == 3

    def pitch(self, degree: int) -> int:
        """The MIDI pitch of a degree counted from 0, the tonic between F sharp 3 and F 4; seven make an octave."""
        octave, step = divmod(degree, 7)
        tonic = 60 + self.tonic if self.tonic < 6 else 48 + self.tonic
        return tonic + 12 * octave + SCALES[self.mode][step]

    def pitch_class(self, degree: int) -> int:
        """A degree's pitch class."""
        return self.pitch(degree) % 12

    @property
    def pitch_classes(self) -> frozenset[int]:
        """Those of the scale; of harmonic minor, both its sevenths."""
        both = {(self.tonic + 10) % 12} if self.mode == "harmonic_minor" else set()
        return frozenset({(self.tonic + step) % 12 for step in SCALES[self.mode]} | both)

    def relative(self) -> Key:
        """The key of the other gender with the same notes."""
        return Key((self.tonic + (3 if self.minor else 9)) % 12, _RELATIVE[self.mode])
