"""Tasks with something given: frames before, after or both, a picture with a hole, its middle, or its people.

What was given must come back as it was, and nothing may show where it meets what was made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from model.evaluation.frames import Row, Tell, Values, each, means, painted
from model.evaluation.measures import Mask, psnr_db, seam_error_levels, step_error_levels
from model.evaluation.sets import Painter, Scale, Shot, drawn, lead_stages, shot_of
from model.request import ClipRequest, Frame, KnownFrame
from model.sampler.split import seed_for
from model.theatre.passes import passes

__all__ = ["TASKS", "Task", "measured_tasks"]

_FIRST = 5000
_CELL_PX = 4  # hand-made masks lie on this grid
_GIVEN_GREY = 128


@dataclass(frozen=True, eq=False)
class Task:
    """A request with something given, and what should come of it; `keep` (f, h, w) is what was given."""

    request: ClipRequest
    wanted: Frame
    keep: Mask


def _frames(*given: int) -> Callable[[Shot], Task]:
    """Whole frames are given, counted from the end where negative."""

    def made(shot: Shot) -> Task:
        truth = shot.truth()
        keep = np.zeros(truth.shape[:3], dtype=np.bool_)
        keep[list(given)] = True
        known = tuple(KnownFrame(index=int(i), picture=truth[i]) for i in np.flatnonzero(keep.any(axis=(1, 2))))
        return Task(replace(shot.request, known=known), truth, keep)

    return made


def _kept(mask: Callable[[int, int], Mask]) -> Callable[[Shot], Task]:
    """The same part of every frame is given."""

    def made(shot: Shot) -> Task:
        truth = shot.truth()
        keep = mask(*truth.shape[1:3])
        known = tuple(KnownFrame(index=i, picture=picture, keep=keep) for i, picture in enumerate(truth))
        return Task(replace(shot.request, known=known), truth, np.stack([keep] * len(truth)))

    return made


def _hole(height: int, width: int) -> Mask:
    """All but an ellipse about a third of the way along."""
    rows, columns = np.mgrid[0 : height // _CELL_PX, 0 : width // _CELL_PX] * _CELL_PX
    inside = np.hypot((rows - 0.5 * height) / (0.32 * height), (columns - 0.4 * width) / (0.17 * width)) < 1.0
    return np.asarray(~np.kron(inside, np.ones((_CELL_PX, _CELL_PX), dtype=np.bool_)))


def _middle(height: int, width: int) -> Mask:
    """The middle three fifths each way."""
    keep = np.zeros((height, width), dtype=np.bool_)
    top, left = (round(0.2 * size / _CELL_PX) * _CELL_PX for size in (height, width))
    keep[top:-top, left:-left] = True
    return keep


def _before_another_place(shot: Shot) -> Task:
    """People and what they hold are given; the place behind them is another of its kind."""
    request, stage = shot.request, shot.request.stage
    seed = seed_for("held_out", "place", stage.place.kind, "another", stage.place.seed)
    elsewhere = replace(stage, place=replace(stage.place, seed=seed))
    truth, behind = shot.truth(), drawn(elsewhere, request)
    size = (request.width_px, request.height_px, request.fps)
    seen = [passes(stage, i / request.fps, *size) for i in range(request.frame_count)]
    keep = np.stack([(one.person > 0) & (one.person <= len(stage.figures)) for one in seen])
    known = tuple(KnownFrame(index=i, picture=truth[i], keep=keep[i]) for i in range(len(truth)))
    wanted = np.where(keep[..., None], truth, behind)
    return Task(replace(request, stage=elsewhere, known=known), wanted, keep)


TASKS: dict[str, tuple[int, Callable[[Shot], Task]]] = {
    "animate": (13, _frames(0)),
    "last_frame": (13, _frames(-1)),
    "forward": (13, _frames(*range(5))),
    "backward": (13, _frames(*range(-4, 0))),
    "connect": (13, _frames(*range(5), *range(-4, 0))),
    "inpaint": (5, _kept(_hole)),
    "outpaint": (5, _kept(_middle)),
    "background": (5, _before_another_place),
}
"""Each task's length in frames, and how it is set."""


def measured_tasks(painter: Painter, scale: Scale, tell: Tell) -> tuple[dict[str, float], list[Row]]:
    """What is kept, what is made and the seams, task by task.

    `kept_region_psnr_db` is over the tasks where frames are given in part; seams are told apart in space and in time.
    The rows are: given, ours, truth.
    """
    values: Values = defaultdict(list)
    rows = []
    for number, (name, (length, setting)) in each("tasks", list(TASKS.items()), tell):
        for one in islice(lead_stages(_FIRST + 200 * number), scale.clips_of_task):
            flat = replace(one.stage, style="flat")
            task = setting(shot_of(scale, one, flat, length, one.captions.long.en))
            made = painted(painter, task.request)
            whole: Mask = np.asarray(task.keep.all(axis=(1, 2)))
            kept = psnr_db(made, task.wanted, task.keep)
            seam = _seam_in_time(made, task, whole) if whole.any() else _seam_in_space(made, task)
            values[f"kept_region_psnr_{name}_db"].append(kept)
            values[f"seam_error_levels_{name}"].append(seam)
            values[f"made_region_psnr_{name}_db"].append(psnr_db(made, task.wanted, ~task.keep))
            if not whole.any():
                values["kept_region_psnr_db"].append(kept)
            values["seam_error_levels_in_time" if whole.any() else "seam_error_levels"].append(seam)
        rows.append(_row(name, task, made))
    return means(values), rows


def _seam_in_space(made: Frame, task: Task) -> float:
    """Along the edge of what is given of each frame."""
    return float(np.mean([seam_error_levels(*each) for each in zip(made, task.wanted, task.keep, strict=True)]))


def _seam_in_time(made: Frame, task: Task, whole: Mask) -> float:
    """Between a frame that is given and one that is not."""
    pairs = [(made[i : i + 2], task.wanted[i : i + 2]) for i in np.flatnonzero(whole[1:] != whole[:-1])]
    return float(np.mean([step_error_levels((a[0], a[1]), (b[0], b[1])) for a, b in pairs]))


def _row(name: str, task: Task, made: Frame) -> Row:
    """The frame farthest from what is given, beside the frame that is given nearest to it."""
    whole: Mask = np.asarray(task.keep.all(axis=(1, 2)))
    if not whole.any():
        at = len(made) - 1
        given = np.where(task.keep[at, ..., None], task.wanted[at], np.uint8(_GIVEN_GREY))
        return Row(name, (given, made[at], task.wanted[at]))
    apart = np.abs(np.subtract.outer(np.arange(len(made)), np.flatnonzero(whole)))
    at = int(apart.min(axis=1).argmax())
    nearest = int(np.flatnonzero(whole)[apart[at].argmin()])
    return Row(name, (task.wanted[nearest], made[at], task.wanted[at]))
