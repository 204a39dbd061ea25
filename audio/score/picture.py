"""A cue as its composer sees it: counted from its beginning, with where there is tension, speech and silence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from audio.cues import Hit, MusicCue
from audio.score.feeling import Feeling, feeling_of

__all__ = ["Picture", "Span", "picture_of"]

Span = tuple[float, float]

_SHORTEST_S = 0.5
_TALK_GAP_S = 1.5  # lines closer than that are one: music does not burst in between
_UNTOLD = ((0.0, 0.3), (0.35, 0.45), (0.7, 0.62), (1.0, 0.25))  # where no tension is told: an arc


@dataclass(frozen=True)
class Picture:
    """What music is written to. Times from the cue's beginning; spans in order, none overlapping another."""

    duration_s: float
    feeling: Feeling
    tension: tuple[tuple[float, float], ...]
    hits: tuple[Hit, ...]
    spoken: tuple[Span, ...]
    silences: tuple[Span, ...]
    themes: tuple[str, ...]
    ends: Literal["resolved", "open", "cut"]

    def tension_at(self, time_s: float) -> float:
        """From 0 to 1, straight between the points told."""
        after = bisect_right(self.tension, (time_s, 2.0))
        if after == 0:
            return self.tension[0][1]
        if after == len(self.tension):
            return self.tension[-1][1]
        (from_s, low), (to_s, high) = self.tension[after - 1 : after + 1]
        return low + (high - low) * (time_s - from_s) / (to_s - from_s) if to_s > from_s else high

    def talk(self, start_s: float, end_s: float) -> float:
        """How much of a span is spoken in or silent."""
        return _share((*self.spoken, *self.silences), start_s, end_s)

    def silence(self, start_s: float, end_s: float) -> float:
        """How much of a span is to be silent."""
        return _share(self.silences, start_s, end_s)

    def silent_at(self, time_s: float) -> Span | None:
        """The silence that a time is in, its beginning included."""
        return next((span for span in self.silences if span[0] <= time_s < span[1]), None)

    def spoken_at(self, time_s: float) -> Span | None:
        """The line that a time is in, its beginning included."""
        return next((span for span in self.spoken if span[0] <= time_s < span[1]), None)


def picture_of(cue: MusicCue) -> Picture:
    """The cue counted from its beginning; what lies outside it is left out."""
    duration_s = max(_SHORTEST_S, cue.end_s - cue.start_s)
    tension = tuple((at - cue.start_s, min(1.0, max(0.0, value))) for at, value in sorted(cue.tension))
    if not tension:
        tension = tuple((at * duration_s, value) for at, value in _UNTOLD)
    hits = (Hit(time_s=hit.time_s - cue.start_s, kind=hit.kind) for hit in cue.hits)
    silences = _merged(cue.silences, cue.start_s, duration_s, 0.0)
    return Picture(
        duration_s=duration_s,
        feeling=feeling_of(cue.mood),
        tension=tension,
        hits=tuple(sorted((h for h in hits if -0.02 <= h.time_s <= duration_s), key=lambda h: (h.time_s, h.kind))),
        spoken=_merged(cue.spoken, cue.start_s, duration_s, _TALK_GAP_S),
        silences=silences,
        themes=cue.themes,
        ends=cue.ends,
    )


def _merged(spans: Iterable[Span], from_s: float, duration_s: float, gap_s: float) -> tuple[Span, ...]:
    """Spans within the cue; two that are less than `gap_s` apart are one."""
    merged: list[Span] = []
    for start_s, end_s in sorted((max(0.0, a - from_s), min(duration_s, b - from_s)) for a, b in spans):
        if end_s <= start_s:
            continue
        if merged and start_s <= merged[-1][1] + gap_s:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end_s))
        else:
            merged.append((start_s, end_s))
    return tuple(merged)


def _share(spans: Iterable[Span], start_s: float, end_s: float) -> float:
    covered = sum(max(0.0, min(end_s, b) - max(start_s, a)) for a, b in spans)
    return min(1.0, covered / (end_s - start_s)) if end_s > start_s else 0.0
