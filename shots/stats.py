"""What a storyboard's shots add up to: pace, sizes, set-ups, reactions, moves. It measures and judges nothing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from shots.spec import SIZES, Scene, Shot, Size, Storyboard
from shots.timing import ShotTiming

__all__ = ["Statistics", "statistics"]

_WORDS_READ_PER_S = 3.5  # silently, with the eye on the panel
_LOOK_S = 1.2  # the least time an eye rests on a panel
_HISTOGRAM_S = (1.5, 2.5, 4.0, 6.0, 10.0)


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """Figures of a film on paper. Shares are of all shots, from 0 to 1; times are in seconds."""

    shot_count: int
    scene_count: int
    duration_s: float
    average_shot_s: float
    median_shot_s: float
    longest_shot: str  # its id; empty without shots
    longest_shot_s: float
    lengths: Mapping[str, float]  # share of shots by length, such as "2.5-4 s"
    sizes: Mapping[Size, float]  # share of shots by size, widest first; only those used
    coverage: Mapping[str, float]  # share of shots by coverage, most frequent first
    set_ups_per_scene: float
    longest_hold_lines: int  # the most lines spoken in a row in one unbroken set-up
    reaction_share: float
    moving_share: float
    moves: Mapping[str, int]
    spoken_share: float  # of the running time, lines sound
    reading_s_per_panel: float  # to look at a board panel and read what stands under it

    def rows(self) -> list[tuple[str, str]]:
        """Name and value of each figure, ready to print."""
        return [
            ("shots", str(self.shot_count)),
            ("scenes", str(self.scene_count)),
            ("running time", f"{int(self.duration_s // 60)}:{int(self.duration_s % 60):02d}"),
            ("average shot length", f"{self.average_shot_s:.1f} s"),
            ("median shot length", f"{self.median_shot_s:.1f} s"),
            ("longest shot", f"{self.longest_shot} ({self.longest_shot_s:.1f} s)" if self.longest_shot else "none"),
            ("shot lengths", _shares(self.lengths)),
            ("sizes", _shares(self.sizes)),
            ("coverage", _shares(self.coverage)),
            ("set-ups per scene", f"{self.set_ups_per_scene:.1f}"),
            ("lines in one set-up at most", str(self.longest_hold_lines)),
            ("reaction shots", f"{self.reaction_share:.0%}"),
            ("moving shots", f"{self.moving_share:.0%}"),
            ("moves", ", ".join(f"{name} {count}" for name, count in self.moves.items()) or "none"),
            ("time with words", f"{self.spoken_share:.0%}"),
            ("reading time per panel", f"{self.reading_s_per_panel:.1f} s"),
        ]


def statistics(storyboard: Storyboard, timings: Mapping[str, ShotTiming]) -> Statistics:
    """Measures `storyboard` with its `timings` by shot id; shots without a timing are left out."""
    shots = [shot for shot in storyboard.shots() if shot.id in timings]
    lengths = {shot.id or "": timings[shot.id or ""].shown.duration_s for shot in shots}
    scenes = [scene for scene in storyboard.scenes if scene.shots]
    total_s = sum(lengths.values())
    longest = max(lengths, key=lambda shot: lengths[shot], default="")
    sizes = Counter(shot.size for shot in shots if shot.size)
    moves = Counter(shot.move for shot in shots if shot.move != "static")
    return Statistics(
        shot_count=len(shots),
        scene_count=len(scenes),
        duration_s=total_s,
        average_shot_s=mean(lengths.values()) if shots else 0.0,
        median_shot_s=median(lengths.values()) if shots else 0.0,
        longest_shot=longest,
        longest_shot_s=lengths.get(longest, 0.0),
        lengths=_histogram(list(lengths.values())),
        sizes={size: sizes[size] / len(shots) for size in SIZES if sizes[size]},
        coverage={
            name: count / len(shots) for name, count in Counter(s.coverage or "single" for s in shots).most_common()
        },
        set_ups_per_scene=mean(len({_set_up(shot) for shot in scene.shots}) for scene in scenes) if scenes else 0.0,
        longest_hold_lines=max((_longest_hold(scene) for scene in scenes), default=0),
        reaction_share=sum(shot.coverage == "reaction" for shot in shots) / max(1, len(shots)),
        moving_share=sum(moves.values()) / max(1, len(shots)),
        moves=dict(moves.most_common()),
        spoken_share=min(1.0, _spoken_s(timing.shown for timing in timings.values()) / total_s) if total_s else 0.0,
        reading_s_per_panel=mean(_reading_s(shot) for shot in shots) if shots else 0.0,
    )


def _spoken_s(timings: Iterable[ShotTiming]) -> float:
    spoken = 0.0
    for timing in timings:
        until = 0.0
        for line in timing.lines:
            start = max(until, line.start_s)
            until = max(until, line.start_s + line.duration_s)
            spoken += max(0.0, until - start)
    return spoken


def _set_up(shot: Shot) -> tuple[object, ...]:
    """What stays the same when a camera is left standing: framing, subjects, shoulder, eyes, angle."""
    return shot.coverage, shot.size, shot.angle, shot.subjects[:1], shot.over, shot.pov_of, shot.insert_of


def _longest_hold(scene: Scene) -> int:
    longest = current = 0
    held: tuple[object, ...] | None = None
    for shot in scene.shots:
        set_up = _set_up(shot)
        current = len(shot.lines) + (current if set_up == held else 0)
        held = set_up
        longest = max(longest, current)
    return longest


def _histogram(lengths_s: list[float]) -> dict[str, float]:
    edges = (0.0, *_HISTOGRAM_S, math.inf)
    shares: dict[str, float] = {}
    for low, high in pairwise(edges):
        count = sum(low <= length < high for length in lengths_s)
        name = f"{low:g} s and more" if high == math.inf else f"{low:g}-{high:g} s"
        if count:
            shares[name] = count / len(lengths_s)
    return shares


def _reading_s(shot: Shot) -> float:
    text = " ".join([shot.action, *(line.text for line in shot.lines)])
    chinese = sum(ord(letter) > 0x2E7F for letter in text)
    return _LOOK_S + (len(text.split()) + chinese / 1.6) / _WORDS_READ_PER_S


def _shares(shares: Mapping[Size, float] | Mapping[str, float]) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in shares.items()) or "none"
