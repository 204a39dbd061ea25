"""Renders a plan: every job once, as many at a time as there are cores, each take stored as it is done.

Stopping in any way loses at most the shots in the making: the next run plans again and makes only what is
missing. A shot that fails does not stop the others; all failures are told together at the end. A full disk
stops everything at once, since nothing more could be kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from model.request import Backend
from shots.errors import RenderError
from shots.render.job import Job, RenderPlan, Take
from shots.render.lanes import Inline, Lane, Pool, Trouble, core_count
from shots.render.store import TakeStore

__all__ = ["RenderProgress", "render", "unmade"]

_POOL_PAYS_FROM_FRAMES = 120  # below, starting processes takes longer than it saves
_LOOK_EVERY_S = 0.1
_LISTED = 5


@dataclass(frozen=True)
class RenderProgress:
    """How far a rendering has come. `shot` is the one that was last worked on."""

    frames_done: int
    frames_total: int
    shots_done: int
    shots_total: int
    elapsed_s: float
    shot: str


def render(
    plan: RenderPlan,
    backend: Backend,
    store: TakeStore,
    *,
    workers: int = 0,
    on_progress: Callable[[RenderProgress], None] | None = None,
) -> dict[str, Take]:
    """Renders what is to be rendered and returns the takes of all shots of the plan, by shot.

    `workers` is how many processes render at once; 0 takes one for each core, and none beside this one where
    there is little to do. Longest jobs start first.

    Raises:
        RenderError: some shots could not be rendered (the others are stored), or the disk is full.
    """
    store.sweep()
    takes = {take.shot: take for take in plan.kept}
    board = _Board(plan, on_progress)
    count = _worker_count(plan, workers)
    if not plan.jobs:
        return takes
    lane: Lane = Inline(backend, store, board.tell) if count == 1 else Pool(backend, store, board.tell, count)
    with lane:
        troubles = _run(plan, store, takes, board, lane, count)
    if troubles:
        raise unmade(troubles)
    return takes


def unmade(troubles: Mapping[str, str]) -> RenderError:
    """The error that tells of shots that could not be rendered, by shot and cause, while the others were."""
    return RenderError(_told(troubles), troubles)


def _run(
    plan: RenderPlan, store: TakeStore, takes: dict[str, Take], board: _Board, lane: Lane, count: int
) -> dict[str, str]:
    """Fills `takes`; returns what went wrong by shot."""
    waiting = sorted(plan.jobs, key=lambda job: -job.request.frame_count)
    running: dict[Future[Take | Trouble], Job] = {}
    troubles: dict[str, str] = {}
    while waiting or running:
        while len(running) < count and (job := _next(waiting, takes, running)) is not None:
            waiting.remove(job)
            made = store.find(job.key, job.shot)  # by another process, or for another shot that is just the same
            if made is not None:
                store.point(job.shot, job.key)
                takes[job.shot] = made
                board.finished(job)
                continue
            seen = {edge.shot: takes[edge.shot].key for edge in job.dependencies}
            try:
                running[lane.submit(job, job.asked(takes), seen)] = job
            except BrokenProcessPool:
                raise _ended_from_outside(job, running) from None
        if not running:
            break
        done, _ = wait(running, timeout=_LOOK_EVERY_S, return_when=FIRST_COMPLETED)
        lane.listen()
        for future in done:
            job = running.pop(future)
            try:
                result = future.result()
            except BrokenProcessPool:
                raise _ended_from_outside(job, running) from None
            if isinstance(result, Take):
                takes[job.shot] = result
                board.finished(job)
            elif result.disk_is_full:
                raise RenderError(result.sentence)
            else:
                troubles[job.shot] = result.sentence
    for job in waiting:
        missing = ", ".join(shot for shot in job.waits_for if shot not in takes)
        troubles[job.shot] = f"it waits for {missing}."
    return troubles


def _ended_from_outside(job: Job, running: dict[Future[Take | Trouble], Job]) -> RenderError:
    names = ", ".join([job.shot, *(other.shot for other in running.values())])
    return RenderError(
        f"a process that rendered shot {names} was ended from outside, as happens when memory "
        "runs out. Fix: run the same command with --workers 1 to go on."
    )


def _next(waiting: Sequence[Job], takes: dict[str, Take], running: dict[Future[Take | Trouble], Job]) -> Job | None:
    """The longest job that can start now."""
    busy = {job.key for job in running.values()}
    return next((j for j in waiting if j.key not in busy and all(shot in takes for shot in j.waits_for)), None)


def _told(troubles: Mapping[str, str]) -> str:
    """One sentence for every cause, with the shots it struck."""
    struck: dict[str, list[str]] = {}
    for shot, cause in troubles.items():
        struck.setdefault(cause, []).append(shot)
    told = []
    for cause, shots in struck.items():
        more = f" and {len(shots) - _LISTED} more" if len(shots) > _LISTED else ""
        told.append(f"{'shot' if len(shots) == 1 else 'shots'} {', '.join(shots[:_LISTED])}{more}: {cause}")
    more = f" ... and {len(told) - _LISTED} more causes." if len(told) > _LISTED else ""
    count = f"{len(troubles)} shots" if len(troubles) > 1 else "one shot"
    return f"{count} could not be rendered; the others are kept: {' '.join(told[:_LISTED])}{more}"


def _worker_count(plan: RenderPlan, workers: int) -> int:
    most = workers
    if workers < 1:
        most = core_count() if plan.frame_count >= _POOL_PAYS_FROM_FRAMES else 1
    return max(1, min(most, len(plan.jobs)))


class _Board:
    """Adds up what the workers tell and passes it on."""

    def __init__(self, plan: RenderPlan, on_progress: Callable[[RenderProgress], None] | None) -> None:
        self._on_progress = on_progress
        self._frames_total = plan.frame_count
        self._shots_total = len(plan.jobs)
        self._frames: dict[str, int] = {}
        self._frames_done = 0
        self._shots_done = 0
        self._started = time.monotonic()

    def tell(self, shot: str, frames_done: int) -> None:
        self._frames_done += max(0, frames_done - self._frames.get(shot, 0))
        self._frames[shot] = max(frames_done, self._frames.get(shot, 0))
        if self._on_progress is not None:
            elapsed_s = time.monotonic() - self._started
            self._on_progress(
                RenderProgress(
                    self._frames_done, self._frames_total, self._shots_done, self._shots_total, elapsed_s, shot
                )
            )

    def finished(self, job: Job) -> None:
        self._shots_done += 1
        self.tell(job.shot, job.request.frame_count)
