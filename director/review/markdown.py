"""The comments of a film as a text: by scene and timecode, with the frames that were drawn upon beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from director.opening import write_atomically
from director.review.comments import Comment, Review
from director.review.pictures import frame_with
from director.review.reel import Reel
from director.review.screening import Screening
from shots.render.partial import partial_path

__all__ = ["write_comments"]


def write_comments(screening: Screening, review: Review, out: Path) -> None:
    """Writes `out` (.md), and the frames that were drawn upon into a folder of its name.

    Raises:
        OSError: they cannot be written.
    """
    board = screening.production.storyboard
    shots = {shot.id or "": shot for shot in board.shots()}
    pictures = out.with_suffix("")
    blocks = [f"# {safe(board.title)}: comments", _tally(review, len(shots))]
    for scene in board.scenes:
        mine = [
            comment
            for shot in scene.shots
            for comment in sorted(_of(review, shot.id or ""), key=lambda comment: comment.at_s)
        ]
        verdicts = [said for shot in scene.shots if (said := _verdict(review, shot.id or ""))]
        if not mine and not verdicts:
            continue
        blocks.append(f"## {safe(scene.number or scene.id or '')}. {safe(scene.heading)}")
        blocks += ["\n".join(verdicts)] if verdicts else []
        blocks += [_entry(screening, comment, pictures) for comment in mine]
    gone = [comment for comment in review.shown if comment.shot not in shots]
    if gone:
        blocks.append("## On shots that are no longer in the film")
        blocks += [_entry(screening, comment, None) for comment in gone]
    write_atomically(out, "\n\n".join(blocks) + "\n")


def timecode(reel: Reel, comment: Comment) -> str:
    """Where a comment stands in the film, `00:41:07` in minutes, seconds and frames; "" where its shot does not."""
    span = next((span for span in reel.spans if span.shot == comment.shot), None)
    if span is None:
        return ""
    within = min(max(round(comment.at_s * reel.fps) - span.head_frame, 0), span.frame_count - 1)
    seconds, frames = divmod(span.start_frame + within, reel.fps)
    return f"{seconds // 60:02d}:{seconds % 60:02d}:{frames:02d}"


def safe(text: str) -> str:
    """Text of a script or a comment on one line, in which nothing is markup."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{letter}" if letter in "\\`*_[]#|!~" else letter for letter in plain)


def _entry(screening: Screening, comment: Comment, pictures: Path | None) -> str:
    time = timecode(screening.reel, comment)
    head = " ".join(filter(None, (time, comment.shot)))
    who = f" ({safe(comment.by)})" if comment.by else ""
    done = " *resolved*" if comment.resolved else ""
    lines = [f"- **{head}**{who}{done}", *(f"  {safe(line)}  " for line in comment.text.splitlines() if line.strip())]
    if comment.strokes and pictures is not None:
        picture = _drawn(screening, comment, pictures)
        lines.append(f"\n  ![the drawing on {comment.shot}]({quote(f'{pictures.name}/{picture.name}')})")
    return "\n".join(lines)


def _drawn(screening: Screening, comment: Comment, pictures: Path) -> Path:
    pictures.mkdir(parents=True, exist_ok=True)
    path = pictures / f"{comment.id}.jpg"
    half = partial_path(pictures, ".jpg")
    try:
        frame_with(screening, comment.shot, comment.at_s, comment.strokes).save(half, format="JPEG", quality=88)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path


def _of(review: Review, shot: str) -> Iterable[Comment]:
    return (comment for comment in review.shown if comment.shot == shot)


def _verdict(review: Review, shot: str) -> str:
    verdict = review.verdict(shot)
    if verdict is None or verdict.state == "open":
        return ""
    return f"- **{shot}** {verdict.state}{f' ({safe(verdict.by)})' if verdict.by else ''}"


def _tally(review: Review, shots: int) -> str:
    states = [verdict.state for verdict in review.verdicts]
    still_open = sum(not comment.resolved for comment in review.shown)
    return (
        f"{states.count('approved')} of {shots} shots approved, {states.count('rejected')} rejected, "
        f"{still_open} of {len(review.shown)} comments open."
    )
