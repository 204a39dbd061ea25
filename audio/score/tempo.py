"""Bars for a picture: the tempo under which most bar lines meet what matters, with small bends between.

The search is Viterbi's over moments to be met, once for each tempo; a moment is met exactly or not at all. Nothing
here changes a metre: a bar has as many beats as every other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log
from random import Random

__all__ = ["BEND", "Grid", "Moment", "bars_for"]

BEND = 0.04  # how far a tempo may go from that of the cue, as a part of it
_TEMPOS = 61
_REACH = 8  # how many moments may be skipped on the way to one
_UPBEAT_COST = 0.25  # a cue had better begin with a bar
_LONGEST_UPBEAT = 0.25  # of the cue
_OFF_BAR = 0.75  # what meeting a moment in the middle of a bar is worth


@dataclass(frozen=True)
class Moment:
    """A time that music should meet, and how much it matters."""

    time_s: float
    weight: float


@dataclass(frozen=True)
class Grid:
    """Beats in time. `pulses_s` are bar lines and, where a bar can be halved, its middles; straight lines between."""

    pulses_s: tuple[float, ...]
    beats_a_bar: int

    @property
    def pulses_a_bar(self) -> int:
        """Into how many parts a bar is divided: 2, or 1 where it cannot be halved."""
        return 1 if self.beats_a_bar % 2 else 2

    @property
    def bars_s(self) -> tuple[float, ...]:
        """The bar lines, the last one at the end of the last bar."""
        return self.pulses_s[:: self.pulses_a_bar]

    def time_s(self, beat: float) -> float:
        """When a beat is, counted from the first bar line; before it and after the last as at the edge."""
        pulse = beat * self.pulses_a_bar / self.beats_a_bar
        left = min(max(0, floor(pulse)), len(self.pulses_s) - 2)
        start_s, end_s = self.pulses_s[left : left + 2]
        return start_s + (pulse - left) * (end_s - start_s)

    def beat_at(self, time_s: float) -> float:
        """Which beat a time is."""
        left = min(max(0, bisect_right(self.pulses_s, time_s) - 1), len(self.pulses_s) - 2)
        start_s, end_s = self.pulses_s[left : left + 2]
        return (left + (time_s - start_s) / (end_s - start_s)) * self.beats_a_bar / self.pulses_a_bar


@dataclass(frozen=True)
class _Way:
    """How a moment is reached: what it is worth so far, from which (-1 is the beginning), in how many pulses."""

    worth: float
    before: int
    parity: int  # of the moment before
    pulses: int


def bars_for(
    duration_s: float, moments: Sequence[Moment], beats_a_bar: int, bar_s: tuple[float, float], rng: Random
) -> Grid:
    """The grid of a cue: bars of a length within `bar_s` that meet the moments of most weight.

    Bars begin at 0, or with an upbeat. `rng` decides between tempos that are as good.
    """
    halves = 1 if beats_a_bar % 2 else 2
    moments = sorted((m for m in moments if 0.05 < m.time_s <= duration_s + 1e-6), key=lambda m: m.time_s)
    low, high = bar_s
    leaning = rng.uniform(0.25, 0.75)
    tried = []
    for number in range(_TEMPOS):
        at = number / (_TEMPOS - 1)
        bar = low * exp(at * log(high / low))
        ways = _ways(moments, bar / halves, halves, duration_s * _LONGEST_UPBEAT)
        last = max(ways, key=lambda key: (ways[key].worth, key), default=None)
        worth = (ways[last].worth if last else 0.0) - 0.35 * abs(at - leaning)
        tried.append((worth, bar, ways, last))
    _, bar, ways, last = max(tried, key=lambda each: each[:2])
    return Grid(_pulses(moments, bar / halves, halves, ways, last, duration_s), beats_a_bar)


def _ways(moments: Sequence[Moment], pulse_s: float, halves: int, upbeat_s: float) -> dict[tuple[int, int], _Way]:
    """The best way to each moment, by (moment, whether it falls on a bar line (0) or a middle (1))."""
    ways: dict[tuple[int, int], _Way] = {}

    def offer(key: tuple[int, int], way: _Way) -> None:
        if key not in ways or way.worth > ways[key].worth:
            ways[key] = way

    for this, moment in enumerate(moments):
        gains = (moment.weight, moment.weight * _OFF_BAR)
        for pulses in _counts(moment.time_s, pulse_s):
            bent = abs(moment.time_s / pulses / pulse_s - 1) / BEND
            if bent <= 1:
                parity = pulses % halves
                offer((this, parity), _Way(gains[parity] - 0.1 * bent, -1, 0, pulses))
        for parity in range(halves):  # or a silent upbeat first
            pulses = (floor(moment.time_s / pulse_s) - parity) // halves * halves + parity
            upbeat = (moment.time_s - pulses * pulse_s) / (halves * pulse_s)
            if pulses >= 0 and upbeat * halves * pulse_s <= upbeat_s:
                offer((this, parity), _Way(gains[parity] - _UPBEAT_COST * (0.4 + upbeat), -1, 0, pulses))
        for before in range(max(0, this - _REACH), this):
            gap_s = moment.time_s - moments[before].time_s
            for pulses in _counts(gap_s, pulse_s):
                bent = abs(gap_s / pulses / pulse_s - 1) / BEND
                for came in range(halves) if bent <= 1 else ():
                    if (way := ways.get((before, came))) is not None:
                        parity = (came + pulses) % halves
                        offer((this, parity), _Way(way.worth + gains[parity] - 0.1 * bent, before, came, pulses))
    return ways


def _counts(gap_s: float, pulse_s: float) -> tuple[int, ...]:
    return tuple(sorted({max(1, floor(gap_s / pulse_s)), max(1, ceil(gap_s / pulse_s))}))


def _pulses(
    moments: Sequence[Moment],
    pulse_s: float,
    halves: int,
    ways: dict[tuple[int, int], _Way],
    last: tuple[int, int] | None,
    duration_s: float,
) -> tuple[float, ...]:
    """The pulses along the best way, and on to the first bar line at or after the end; two bars at least."""
    steps: list[tuple[float, int]] = []
    key = last
    while key is not None:
        way = ways[key]
        steps.append((moments[key[0]].time_s, way.pulses))
        key = (way.before, way.parity) if way.before >= 0 else None
    pulses = [0.0]
    for number, (time_s, count) in enumerate(reversed(steps)):
        from_s = pulses[-1]
        if number == 0 and (count == 0 or abs(time_s / count / pulse_s - 1) > BEND):
            from_s = time_s - count * pulse_s
            pulses = [from_s]
        pulses += [from_s + (time_s - from_s) * (n + 1) / count for n in range(count)]
    while len(pulses) < 2 * halves + 1 or pulses[-1] < duration_s - 1e-6 or (len(pulses) - 1) % halves:
        pulses.append(pulses[-1] + pulse_s)
    return tuple(pulses)
