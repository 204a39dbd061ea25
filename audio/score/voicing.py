"""Voice leading: chords laid out for bass, tenor, alto and soprano so that each voice moves little and sings.

Bass lines come first, then the upper three by a beam search. The outer voices never move in parallel fifths or
octaves; between the others that only costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from audio.score.harmony import Chord

__all__ = ["RANGES", "Voicing", "voiced"]

Voicing = tuple[int, int, int, int]  # bass, tenor, alto, soprano

RANGES = ((36, 55), (48, 65), (53, 72), (58, 79))
_BEAM = 6
_NEVER = 1e6


@dataclass(frozen=True)
class _Way:
    cost: float
    voicings: tuple[Voicing, ...]


def voiced(chords: Sequence[Chord], tops: Sequence[float], *, pedal: Sequence[int | None]) -> tuple[Voicing, ...]:
    """A voicing for each chord. `tops` is where the soprano would like to be; `pedal` a pitch class that the bass
    holds, if any.
    """
    if not chords:
        return ()
    basses = _bass_line(chords, pedal)
    beam = [_Way(0.0, ())]
    for chord, bass, top in zip(chords, basses, tops, strict=True):
        ways = []
        for uppers in _uppers(chord, bass % 12):
            if uppers[0] <= bass:
                continue
            voicing = (bass, *uppers)
            still = 0.22 * abs(uppers[2] - top) + 0.02 * (uppers[2] - uppers[0]) + _rubbing(voicing)
            ways += [_Way(way.cost + still + _moving(way.voicings, voicing), (*way.voicings, voicing)) for way in beam]
        ways.sort(key=lambda way: (way.cost, way.voicings[-1]))
        kept: dict[Voicing, _Way] = {}
        for way in ways:
            if len(kept) == _BEAM:
                break
            kept.setdefault(way.voicings[-1], way)
        beam = list(kept.values())
    return beam[0].voicings


def _bass_line(chords: Sequence[Chord], pedal: Sequence[int | None]) -> list[int]:
    """Roots where they are near, thirds where they make a step of a leap; never a third at either end."""
    low, high = RANGES[0]
    line: list[int] = []
    for place, chord in enumerate(chords):
        held = pedal[place]
        wanted = {held if held is not None else chord.tones[0]: 0.0}
        inner = 0 < place < len(chords) - 1
        if held is None and inner and chord.degree != 4 and (chord.tones[1] - chord.tones[0]) % 12 in (3, 4):
            wanted[chord.tones[1]] = 2.6
        offers = [
            ((0.35 * abs(pitch - line[-1]) if line else 0.0) + 0.13 * abs(pitch - 43) + wanted[pitch % 12], pitch)
            for pitch in range(low, high + 1)
            if pitch % 12 in wanted
        ]
        line.append(min(offers)[1])
    return line


@lru_cache(maxsize=512)
def _uppers(chord: Chord, bass: int) -> tuple[tuple[int, int, int], ...]:
    """Upper voices that make the chord whole: third (or fourth) and colour present, the root somewhere."""
    ranges = [[p for p in range(low, high + 1) if p % 12 in chord.pitch_classes] for low, high in RANGES[1:]]
    needed = {chord.tones[1]} | ({chord.added} if chord.added is not None else {chord.tones[2]})
    needed |= {chord.tones[0]}
    needed.discard(bass)
    if len(needed) > 3:
        needed.discard(chord.tones[2])
    found = []
    for tenor, alto, soprano in product(*ranges):
        if not (tenor < alto < soprano and alto - tenor <= 12 and soprano - alto <= 12):
            continue
        classes = [tenor % 12, alto % 12, soprano % 12]
        if needed <= set(classes) and classes.count(chord.tones[1]) <= 1:
            found.append((tenor, alto, soprano))
    if not found:  # a held bass can leave too much for three: the chord then goes without its fifth
        found = [
            (tenor, alto, soprano)
            for tenor, alto, soprano in product(*ranges)
            if tenor < alto < soprano <= tenor + 19 and chord.tones[1] in (tenor % 12, alto % 12, soprano % 12)
        ]
    return tuple(found)


def _rubbing(voicing: Voicing) -> float:
    """The price of voices a semitone, or an octave and one, from each other, and of low thirds, which growl."""
    apart = [high - low for place, low in enumerate(voicing) for high in voicing[place + 1 :]]
    return 5.0 * sum(each in (1, 13) for each in apart) + (3.0 if voicing[1] - voicing[0] < 5 else 0.0)


def _moving(voicings: tuple[Voicing, ...], after: Voicing) -> float:
    """The price of moving from the last voicing to `after`."""
    if not voicings:
        return 0.0
    before = voicings[-1]
    steps = [b - a for a, b in zip(before, after, strict=True)]
    price = sum(abs(step) + (0.6 * (abs(step) - 4) if abs(step) > 4 else 0) for step in steps[1:])
    for low in range(4):
        for high in range(low + 1, 4):
            apart = (after[high] - after[low]) % 12
            same = (
                steps[low] != 0 and (before[high] - before[low]) % 12 == apart and (steps[low] > 0) == (steps[high] > 0)
            )
            if same and steps[high] != 0 and apart in (0, 7):
                price += _NEVER if (low, high) == (0, 3) else 14.0 if apart == 0 else 7.0
    if steps[3] * steps[0] > 0 and abs(steps[3]) > 2 and (after[3] - after[0]) % 12 in (0, 7):
        price += 6.0  # hidden fifths and octaves
    return price
