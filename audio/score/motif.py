"""Motifs: a shape and a rhythm for each character or idea, and what can be done with them.

A motif comes from the name alone, so a character keeps theirs from film to film. Shapes are in steps of whatever
scale they are played in, so a motif is itself in every key and mode.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

__all__ = ["Line", "Motif", "Sung", "augmented", "heads", "motif_of", "motifs_of", "moved"]

_ATTEMPTS = 40
_FAR_APART = 2.0  # scale steps a note, by which two motifs had better differ

# One rhythm in three metres: the lengths of its notes over two bars of 4/4, 3/4 and (in eighths) 6/8. Those
# that start before the bar say by how much.
_RHYTHMS: tuple[dict[int, tuple[float, ...]], ...] = (
    {4: (1.5, 0.5, 1, 1, 4), 3: (1.5, 0.5, 1, 1, 2), 6: (3, 1, 1, 1, 6)},
    {4: (2, 1, 1, 4), 3: (2, 0.5, 0.5, 3), 6: (3, 2, 1, 6)},
    {4: (1, 1, 2, 1, 3), 3: (1, 1, 1, 1, 2), 6: (1, 2, 3, 1, 5)},
    {4: (3, 1, 2, 2), 3: (2, 1, 2, 1), 6: (4, 2, 4, 2)},
    {4: (0.5, 0.5, 0.5, 0.5, 2, 4), 3: (0.5, 0.5, 0.5, 0.5, 1, 3), 6: (1, 1, 1, 1, 2, 6)},
    {4: (2, 2, 1, 1, 2), 3: (2, 1, 1, 1, 1), 6: (3, 3, 2, 1, 3)},
    {4: (1, 0.5, 0.5, 2, 1, 3), 3: (1, 0.5, 0.5, 1, 1, 2), 6: (2, 1, 1, 2, 1, 5)},
    {4: (0.5, 3.5, 1, 3), 3: (0.5, 2.5, 1, 2), 6: (1, 5, 1, 5)},
    {4: (1, 2, 1, 1, 3), 3: (1, 1, 1, 1, 2), 6: (1, 3, 2, 1, 5)},
    {4: (0.5, 0.5, 3, 1, 3), 3: (0.5, 0.5, 2, 1, 2), 6: (1, 1, 4, 2, 4)},
)
_PICKUPS: dict[int, dict[int, float]] = {8: {4: 1, 3: 1, 6: 1}, 9: {4: 1, 3: 1, 6: 2}}


@dataclass(frozen=True)
class Sung:
    """A note of a line: when and how long in beats, and its degree in the scale."""

    beat: float
    beats: float
    degree: int


Line = tuple[Sung, ...]


@dataclass(frozen=True)
class Motif:
    """A shape, in scale steps from the tonic, and one of the rhythms."""

    degrees: tuple[int, ...]
    rhythm: int

    @property
    def intervals(self) -> tuple[int, ...]:
        """Its shape: from each note to the next, in scale steps."""
        return tuple(after - before for before, after in zip(self.degrees, self.degrees[1:], strict=False))

    def line(self, beats_a_bar: int) -> Line:
        """Its notes from the bar line, which is beat 0; an upbeat comes before it."""
        beat = -_PICKUPS.get(self.rhythm, {}).get(beats_a_bar, 0.0)
        sung = []
        for degree, beats in zip(self.degrees, _RHYTHMS[self.rhythm][beats_a_bar], strict=True):
            sung.append(Sung(beat, beats, degree))
            beat += beats
        return tuple(sung)


def motif_of(name: str, others: Iterable[Motif] = ()) -> Motif:
    """The motif of a character or idea, unlike those of `others` in shape and, while there are enough, in rhythm."""
    known = " ".join(name.casefold().split())
    others = tuple(others)
    taken = {other.rhythm for other in others}
    rhythms = [number for number in range(len(_RHYTHMS)) if number not in taken] or list(range(len(_RHYTHMS)))
    offers = []
    for attempt in range(_ATTEMPTS):
        rng = Random(f"motif {known} {attempt}")
        rhythm = rhythms[rng.randrange(len(rhythms))]
        motif = Motif(_shape(len(_RHYTHMS[rhythm][4]), rng), rhythm)
        apart = min((_apart(motif, other) for other in others), default=_FAR_APART)
        offers.append((min(apart, _FAR_APART), -attempt, motif))
        if apart >= _FAR_APART:
            break
    return max(offers, key=lambda offer: offer[:2])[2]


def motifs_of(names: Iterable[str]) -> dict[str, Motif]:
    """A motif for each name, in order, each unlike those before."""
    motifs: dict[str, Motif] = {}
    for name in names:
        if name not in motifs:
            motifs[name] = motif_of(name, motifs.values())
    return motifs


def _shape(count: int, rng: Random) -> tuple[int, ...]:
    """One leap, answered by steps the other way; it begins and ends on notes of the tonic's chord."""
    while True:
        leap_at = rng.randrange(0, min(3, count - 1))
        leap = rng.choice((3, 4, 4, 5, -3, -4))
        degrees = [rng.choice((0, 0, 2, 4, -3))]
        for place in range(count - 1):
            if place == leap_at:
                step = leap
            elif place > leap_at:
                step = -1 if leap > 0 else 1
                step *= rng.choice((1, 1, 1, 2, -1))
            else:
                step = rng.choice((1, 1, -1, -1, 2, 0))
            degrees.append(degrees[-1] + step)
        spans = max(degrees) - min(degrees)
        if degrees[-1] % 7 in (0, 2, 4) and degrees[-1] != degrees[-2] and 3 <= spans <= 7 and min(degrees) >= -4:
            return tuple(degrees)


def _apart(a: Motif, b: Motif) -> float:
    """How far two shapes are from each other: scale steps a note, over the notes that both have."""
    pairs = list(zip(a.intervals, b.intervals, strict=False))
    return sum(abs(x - y) for x, y in pairs) / len(pairs)


def moved(line: Line, *, beats: float = 0.0, degrees: int = 0) -> Line:
    """The line later, or higher."""
    return tuple(Sung(sung.beat + beats, sung.beats, sung.degree + degrees) for sung in line)


def augmented(line: Line, times: float = 2.0) -> Line:
    """The line slower; its upbeat, if any, comes earlier."""
    return tuple(Sung(sung.beat * times, sung.beats * times, sung.degree) for sung in line)


def heads(line: Line, beats_a_bar: int) -> Line:
    """What a motif is known by: its notes of the first bar and the one that they lead to, cut to fit a bar."""
    kept = [sung for sung in line if sung.beat < beats_a_bar]
    kept = kept if len(kept) >= 3 else list(line[:3])
    last = kept[-1]
    return (*kept[:-1], Sung(last.beat, max(0.5, min(last.beats, beats_a_bar - last.beat)), last.degree))
