"""Still pictures of a film's shots for pages and papers: from a take, or drawn while there is none; and drawn upon.

Stills are the board's own, kept in the film's cache; small ones are made when they are first looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from director.review.comments import COLOURS, Stroke

if TYPE_CHECKING:
    from PIL import Image

    from director.review.screening import Screening

__all__ = ["frame_with", "still", "thumb"]

_SMALL_PX = 320


def still(screening: Screening, shot: str) -> Path:
    """The picture of a shot in its own size: the middle of its take, else its drawing."""
    from director.stills import stills
    from shots.render.job import RenderPlan

    production, take = screening.production, screening.takes.get(shot)
    if take is not None:
        plan = RenderPlan((), (take,))
    else:
        plan = RenderPlan(tuple(job for job in production.render_plan.jobs if job.shot == shot), ())
    request = production.requests[shot]
    if take is not None and take.frame_count != request.frame_count:
        request = replace(request, frame_count=take.frame_count)  # a take from before the shot's length was changed
    timings = {} if take is not None else production.timings
    return next(path for _, path in stills({shot: request}, plan, production.folder.stills, timings))


def thumb(screening: Screening, shot: str) -> Path:
    """The same, small, as a JPEG."""
    from PIL import Image

    from shots.render.partial import partial_path

    whole = still(screening, shot)
    small = whole.with_name(f"{whole.stem}-small.jpg")
    if not small.exists():
        half = partial_path(small.parent, ".jpg")
        try:
            with Image.open(whole) as picture:
                picture.thumbnail((_SMALL_PX, _SMALL_PX))
                picture.convert("RGB").save(half, format="JPEG", quality=82)
            half.replace(small)
        finally:
            half.unlink(missing_ok=True)
    return small


def frame_with(screening: Screening, shot: str, at_s: float, strokes: Sequence[Stroke]) -> Image.Image:
    """The frame of a shot at a second of its take, with what was drawn on it."""
    from PIL import Image

    from model.theatre import draw
    from shots.render.clip import read_frames

    take, board = screening.takes.get(shot), screening.production.storyboard
    if take is not None:
        number = min(max(round(at_s * take.fps), 0), take.frame_count - 1)
        frame = next(iter(read_frames(take.path, number, 1)))
    else:
        frame = draw(screening.production.stages[shot], at_s, board.width_px, board.height_px)
    return _drawn_on(Image.fromarray(frame), strokes)


def _drawn_on(picture: Image.Image, strokes: Sequence[Stroke]) -> Image.Image:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        width = max(2, round(stroke.width * picture.height))
        points = [(x * picture.width, y * picture.height) for x, y in stroke.points]
        if len(points) == 1:
            points *= 2
        pen.line(points, fill=COLOURS[stroke.colour], width=width, joint="curve")
        for x, y in points:
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=COLOURS[stroke.colour])
    return picture
