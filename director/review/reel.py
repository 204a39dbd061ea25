"""What stands where in the film that is reviewed: the cut that lies on disk, or, before there is one, the planned cut.

A film that was cut is shown as it was cut, whatever the storyboard has come to say since: its timeline, `film.otio`,
tells where each shot stands and which take of it was used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from director.folder import FilmFolder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shots.spec import Storyboard
    from shots.timing import ShotTiming

__all__ = ["Reel", "Span", "planned_reel", "reel_on_disk"]


@dataclass(frozen=True)
class Span:
    """A shot, or a card without one, on frames `start_frame` to `start_frame + frame_count` of the film.

    The first of them shows frame `head_frame` of the shot's take, whose key is `take` ("" where there is none).
    """

    shot: str
    start_frame: int
    frame_count: int
    head_frame: int = 0
    take: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reel:
    """Spans one after another, without a gap; `cut` tells whether there is a film of them on disk."""

    fps: int
    spans: tuple[Span, ...]
    cut: bool

    @property
    def frame_count(self) -> int:
        """The film's length in frames."""
        return sum(span.frame_count for span in self.spans)


def reel_on_disk(folder: FilmFolder) -> Reel | None:
    """The film as it was last cut; None where there is none, or where film and timeline are not of one cut."""
    if not (folder.film.is_file() and folder.timeline.is_file()):
        return None
    import opentimelineio as otio

    from shots.cut.encode import frames_in

    try:
        timeline = otio.adapters.read_from_file(str(folder.timeline))
        spans: list[Span] = []
        start = 0
        for item in timeline.video_tracks()[0]:
            if isinstance(item, otio.schema.Transition):
                continue
            span = item.source_range
            shot = item.name if isinstance(item, otio.schema.Clip) else ""
            said = item.metadata.get("workprint", {})
            words = tuple(str(word) for word in said.get("words", ()))
            frames, head = round(span.duration.value), round(span.start_time.value)
            spans.append(Span(shot, start, frames, head, str(said.get("take", "")), words))
            start += frames
        fps = round(timeline.global_start_time.rate)
    except (otio.exceptions.OTIOError, ValueError, AttributeError, IndexError, OSError):
        return None
    return Reel(fps, tuple(spans), cut=True) if start and frames_in(folder.film) == start else None


def planned_reel(storyboard: Storyboard, timings: Mapping[str, ShotTiming], takes: Mapping[str, str]) -> Reel:
    """The shots one after another as they would be cut, without cards or what transitions share.

    `takes` has the key of each shot's take where there is one.
    """
    spans: list[Span] = []
    start = 0
    for shot in storyboard.shots():
        name = shot.id or ""
        frames = timings[name].shown.frame_count
        spans.append(Span(name, start, frames, timings[name].head_frames, takes.get(name, "")))
        start += frames
    return Reel(storyboard.fps, tuple(spans), cut=False)
