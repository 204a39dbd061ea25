"""One picture a shot, for the board: from the middle of its take, or drawn by the theatre while there is none.

Of a trimmed take it is the middle of what is shown. Stills are kept under the key of what they show, so a board after
a change draws only what changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from model.request import ClipRequest, Frame
from shots.render.job import RenderPlan
from shots.render.partial import partial_path
from shots.timing import ShotTiming

__all__ = ["stills"]


def stills(
    requests: Mapping[str, ClipRequest],
    plan: RenderPlan,
    folder: Path,
    timings: Mapping[str, ShotTiming] = MappingProxyType({}),
) -> Iterator[tuple[str, Path]]:
    """Yields each shot's id with the path of its still, in the order of `requests`; `timings` tell what is trimmed."""
    from model.theatre import draw
    from shots.render.clip import read_frames

    folder.mkdir(parents=True, exist_ok=True)
    takes = {take.shot: take for take in plan.kept}
    keys = {job.shot: job.key for job in plan.jobs}
    for shot, request in requests.items():
        timing = timings.get(shot)
        middle = timing.head_frames + timing.shown.frame_count // 2 if timing else request.frame_count // 2
        take = takes.get(shot)
        path = folder / (f"{take.key}-{middle}.png" if take else f"{keys[shot]}-{middle}-drawn.png")
        if not path.exists():
            if take:
                frame = next(read_frames(take.path, middle, 1))
            else:
                frame = draw(request.stage, middle / request.fps, request.width_px, request.height_px)
            _save(frame, path)
        yield shot, path


def _save(frame: Frame, path: Path) -> None:
    from PIL import Image

    half = partial_path(path.parent, ".png")
    try:
        Image.fromarray(frame).save(half, format="PNG")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
