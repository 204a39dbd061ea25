"""Form: the bars of a cue, its phrases, and how much happens in each, from the tension, the speech and the hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from audio.cues import Hit
from audio.score.picture import Picture
from audio.score.tempo import Grid, Moment, bars_for

__all__ = ["FRAME_S", "Form", "Phrase", "Role", "form_of"]

Role = Literal["opening", "statement", "build", "climax", "release", "closing"]

FRAME_S = 1 / 24
_MATTERS = {"smash": 3.0, "turn": 2.5, "scene": 2.0, "end": 1.2, "cut": 0.25}
_STRONG = ("smash", "turn", "scene")
_MOST_MOMENTS = 60  # beyond, plain cuts are not looked at
_QUARTERS = {3: 3.0, 4: 4.0, 6: 8 / 3}  # of the pace in a bar; 6/8 is two beats of three quarters' pace
_NO_MATTER = 0.3  # what another metre would meet besides, for which none is changed
_LONG_BAR_S = 1.9  # phrases of longer bars have four, of shorter eight


@dataclass(frozen=True)
class Phrase:
    """Bars that belong together. `heats` says for each how much happens in it, from 0 to 1."""

    first: int
    heats: tuple[float, ...]
    role: Role
    hit: Hit | None = None  # that it begins on

    @property
    def bars(self) -> int:
        """How many."""
        return len(self.heats)

    @property
    def heat(self) -> float:
        """On average."""
        return sum(self.heats) / len(self.heats)


@dataclass(frozen=True)
class Form:
    """The whole of a cue: bars, phrases, and the beat of its last chord."""

    grid: Grid
    phrases: tuple[Phrase, ...]
    close: float  # beat on which the last chord falls; of a cue that is cut off, where it is

    def heat_at(self, bar: int) -> float:
        """How much happens in a bar."""
        for phrase in self.phrases:
            if phrase.first <= bar < phrase.first + phrase.bars:
                return phrase.heats[bar - phrase.first]
        return self.phrases[-1].heats[-1] if self.phrases else 0.3


def form_of(picture: Picture, rng: Random) -> Form:
    """Metre, bars and phrases for a picture."""
    closes_s = _closes_s(picture)
    moments = [Moment(hit.time_s, _MATTERS[hit.kind]) for hit in picture.hits if hit.kind != "end"]
    if len(moments) > _MOST_MOMENTS:
        moments = [moment for moment in moments if moment.weight >= 1.0]
    moments.append(Moment(closes_s, 1.0))
    grid = _grid(picture, moments, rng)
    beats = grid.beats_a_bar
    close = _close(picture, grid, closes_s)
    last = max(1, -int(-(close - 1e-6) // beats))  # bars that end by the last chord, or hold it in their middle
    heats = [_heat(picture, grid, bar) for bar in range(last)]
    phrases = []
    starts = _starts(picture, grid, last)
    for (first, hit), (after, _) in zip(starts, [*starts[1:], (last, None)], strict=True):
        phrases.append((first, after, hit))
    peak = max(heats)
    made: list[Phrase] = []
    for number, (first, after, hit) in enumerate(phrases):
        own = heats[first:after]
        following = heats[after] if after < last else own[-1] * 0.8
        role = _role(own, following, number, len(phrases), peak, made[-1].role if made else None)
        made.append(Phrase(first, tuple(own), role, hit))
    return Form(grid, tuple(made), close)


def _grid(picture: Picture, moments: Sequence[Moment], rng: Random) -> Grid:
    """Bars in the metre drawn, or in another of the mood's that meets more of what matters."""
    low, high = picture.feeling.bpm
    metres = list(picture.feeling.metres)
    rng.shuffle(metres)
    grids = []
    for beats in dict.fromkeys(metres):
        bar_s = tuple(60 / bpm * _QUARTERS[beats] for bpm in (high, low))
        grids.append(bars_for(picture.duration_s, moments, beats, (bar_s[0], bar_s[1]), rng))
    met = [sum(moment.weight for moment in moments if _meets(grid, moment)) for grid in grids]
    return next(grid for grid, weight in zip(grids, met, strict=True) if weight >= max(met) - _NO_MATTER)


def _meets(grid: Grid, moment: Moment) -> bool:
    return any(abs(pulse_s - moment.time_s) <= FRAME_S for pulse_s in grid.pulses_s)


def _closes_s(picture: Picture) -> float:
    """When the last chord had better fall: on an end that leaves it time to ring, else so that it has some."""
    if picture.ends == "cut":
        return picture.duration_s
    longest_s = {"comic": 1.6, "urgent": 3.0}.get(picture.feeling.mood, 4.5)
    ring_s = min(longest_s, max(1.0, 0.14 * picture.duration_s))
    strong = [hit.time_s for hit in picture.hits if hit.kind in _STRONG and picture.duration_s - hit.time_s > 1.0]
    for hit in reversed(picture.hits):
        if hit.kind == "end" and 1.2 <= picture.duration_s - hit.time_s <= 7.0 and hit.time_s > 1.0:
            return hit.time_s
    return max([picture.duration_s - ring_s, *strong])


def _close(picture: Picture, grid: Grid, closes_s: float) -> float:
    """The strong beat at or before that time; silences push it to where it may sound."""
    if picture.ends == "cut":
        return grid.beat_at(picture.duration_s)
    pulse = grid.beats_a_bar / grid.pulses_a_bar
    close = int((grid.beat_at(closes_s) + 1e-3) // pulse) * pulse
    while close > 0 and picture.silent_at(grid.time_s(close)):
        close -= pulse
    return max(0.0, close)


def _heat(picture: Picture, grid: Grid, bar: int) -> float:
    start_s, end_s = grid.bars_s[bar], grid.bars_s[bar + 1]
    tension = sum(picture.tension_at(start_s + (end_s - start_s) * at) for at in (0.1, 0.5, 0.9)) / 3
    energy = picture.feeling.energy
    heat = energy + (1 - energy) * 0.92 * tension
    if bar < 2 and tension < 0.6:
        heat *= 0.8  # it comes in unnoticed
    return min(1.0, heat * (1 - 0.3 * picture.talk(start_s, end_s)))


def _starts(picture: Picture, grid: Grid, last: int) -> list[tuple[int, Hit | None]]:
    """The bars on which phrases begin: on hits and after silences, and every four or eight bars between."""
    weights: dict[int, tuple[float, Hit | None]] = {0: (9.0, None)}
    for hit in picture.hits:
        bar = round(grid.beat_at(hit.time_s) / grid.beats_a_bar)
        if hit.kind in ("cut", "end") or not 0 <= bar < last or abs(grid.bars_s[bar] - hit.time_s) > FRAME_S:
            continue
        if bar == 0 or _MATTERS[hit.kind] > weights.get(bar, (0.0, None))[0]:
            weights[bar] = (max(_MATTERS[hit.kind], weights.get(bar, (0.0, None))[0]), hit)
    for _, end_s in picture.silences:
        bar = -int(-(grid.beat_at(end_s) - 0.05) // grid.beats_a_bar)
        if 0 < bar < last:
            weights.setdefault(bar, (1.0, None))
    kept: list[int] = []
    for bar in sorted(weights, key=lambda bar: (-weights[bar][0], bar)):
        if all(abs(bar - other) >= 2 for other in kept):
            kept.append(bar)
    kept.sort()
    unit = 4 if grid.bars_s[1] - grid.bars_s[0] >= _LONG_BAR_S else 8
    starts: list[tuple[int, Hit | None]] = []
    for first, after in zip(kept, [*kept[1:], last], strict=True):
        starts.append((first, weights[first][1]))
        count = max(1, round((after - first) / unit))
        starts += [(first + unit * number, None) for number in range(1, count)]
    return starts


def _role(heats: Sequence[float], following: float, number: int, count: int, peak: float, before: Role | None) -> Role:
    heat = sum(heats) / len(heats)
    half = max(1, len(heats) // 2)
    rise = (
        max(sum(heats[half:]) / max(1, len(heats) - half) if len(heats) > 1 else heat, following)
        - sum(heats[:half]) / half
    )
    if number == count - 1 and count > 1 and heat < 0.7:
        return "closing"
    if heat >= 0.6 and heat >= peak - 0.14:
        return "climax"
    if rise > 0.14:
        return "build"
    if number == 0 and count > 2 and heat < 0.4:
        return "opening"
    if before in ("climax", "build") and rise < 0.03:
        return "release"
    return "statement"
