"""Comments as markers on the clips of the film's timeline, for editing programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from director.review.comments import Comment, Review
from shots.errors import WorkprintError

if TYPE_CHECKING:
    import opentimelineio as otio

    from director.folder import FilmFolder

__all__ = ["mark", "mark_cut"]

_COLOURS = {"approved": "GREEN", "rejected": "RED"}


def mark(timeline: Path, review: Review) -> int:
    """Puts the open comments and the verdicts of a review on a timeline's clips in the place of those there before.

    Returns how many comments found a clip; those on shots that the cut does not have are not in it.

    Raises:
        WorkprintError: there is no timeline, or it cannot be read.
    """
    import opentimelineio as otio

    from director.opening import write_atomically

    try:
        read = otio.adapters.read_from_file(str(timeline))
        clips = [clip for clip in read.video_tracks()[0] if isinstance(clip, otio.schema.Clip)]
    except (otio.exceptions.OTIOError, OSError, ValueError, AttributeError, IndexError):
        raise WorkprintError(f"{timeline}: is no timeline of a film. Fix: run `workprint cut` first.") from None
    found = 0
    for clip in clips:
        kept = [marker for marker in clip.markers if "review" not in marker.metadata.get("workprint", {})]
        said = [comment for comment in review.shown if comment.shot == clip.name and not comment.resolved]
        found += len(said)
        verdict = review.verdict(clip.name)
        judged = [] if verdict is None or verdict.state == "open" else [_judged(clip, verdict.state, verdict.by)]
        clip.markers[:] = [*kept, *judged, *(_marker(clip, comment) for comment in said)]
    write_atomically(timeline, otio.adapters.write_to_string(read, "otio_json"))
    return found


def mark_cut(folder: FilmFolder, say: Callable[[str], None]) -> None:
    """Marks the timeline of a film that was just cut with what was said of it; `say` hears why that could not be."""
    from director.review.ledger import Comments

    if folder.comments.exists():
        try:
            mark(folder.timeline, Comments(folder.comments, "", tuple).review())
        except WorkprintError as error:
            say(str(error))


def _marker(clip: otio.schema.Clip, comment: Comment) -> otio.schema.Marker:
    """A marker on the frame of a comment, or on the nearest that the cut shows."""
    span = clip.source_range
    first, rate = round(span.start_time.value), span.start_time.rate
    frame = min(max(round(comment.at_s * rate), first), first + round(span.duration.value) - 1)
    drawn = " (with a drawing)" if comment.strokes else ""
    name = f"{comment.by}: {comment.text}{drawn}" if comment.by else f"{comment.text}{drawn}"
    about = {"review": comment.id, "by": comment.by, "at_s": comment.at_s, "made": comment.made}
    return _made(name.strip(), frame, rate, "ORANGE", about)


def _judged(clip: otio.schema.Clip, state: str, by: str) -> otio.schema.Marker:
    start = clip.source_range.start_time
    return _made(
        f"{state} by {by}" if by else state, round(start.value), start.rate, _COLOURS[state], {"review": state}
    )


def _made(name: str, frame: int, rate: float, colour: str, about: dict[str, Any]) -> otio.schema.Marker:
    import opentimelineio as otio

    time = otio.opentime.RationalTime
    span = otio.opentime.TimeRange(time(frame, rate), time(1, rate))
    return otio.schema.Marker(name=name, marked_range=span, color=colour, metadata={"workprint": about}, comment=name)
