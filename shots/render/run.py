"""Renders a plan: every job once, as many at a time as there are cores, each take stored as it is done.

Stopping in any way loses at most the shots in the making: the next run plans again and makes only what is
missing. A shot that fails does not stop the others; all failures are told together at the end. A full disk
stops everything at once, since nothing more could be kept.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

from model.request import Backend, ReferenceClip
from shots.errors import RenderError
from shots.render.clip import TAKE, ClipWriter, room_is_gone
from shots.render.job import Job, RenderPlan, Take
from shots.render.store import TakeStore

__all__ = ["RenderProgress", "render"]

_POOL_PAYS_FROM_FRAMES = 120  # below, starting processes takes longer than it saves
_TELL_EVERY_FRAMES = 6
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


@dataclass(frozen=True)
class _Trouble:
    """Why a shot could not be rendered."""

    sentence: str
    disk_is_full: bool = False


class _Stopped(Exception):
    """The parent asked to stop."""


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
    lane = _Inline(backend, store, board) if count == 1 else _Pool(backend, store, board, count)
    with lane:
        troubles = _run(plan, store, takes, board, lane, count)
    if troubles:
        raise RenderError(_told(troubles))
    return takes


def _run(
    plan: RenderPlan, store: TakeStore, takes: dict[str, Take], board: _Board, lane: _Lane, count: int
) -> dict[str, str]:
    """Fills `takes`; returns what went wrong by shot."""
    waiting = sorted(plan.jobs, key=lambda job: -job.request.frame_count)
    running: dict[Future[Take | _Trouble], Job] = {}
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
            running[lane.submit(job, _references(job, takes), seen)] = job
        if not running:
            break
        done, _ = wait(running, timeout=_LOOK_EVERY_S, return_when=FIRST_COMPLETED)
        lane.listen()
        for future in done:
            job = running.pop(future)
            try:
                result = future.result()
            except BrokenProcessPool:
                names = ", ".join([job.shot, *(other.shot for other in running.values())])
                raise RenderError(
                    f"a process that rendered shot {names} was ended from outside, as happens when memory "
                    "runs out. Fix: run the same command with --workers 1 to go on."
                ) from None
            if isinstance(result, Take):
                takes[job.shot] = result
                board.finished(job)
            elif result.disk_is_full:
                raise RenderError(result.sentence)
            else:
                troubles[job.shot] = result.sentence
    for job in waiting:
        missing = ", ".join(shot for shot in job.waits_for if shot not in takes)
        troubles[job.shot] = f"shot {job.shot} waits for {missing}."
    return troubles


def _next(waiting: Sequence[Job], takes: dict[str, Take], running: dict[Future[Take | _Trouble], Job]) -> Job | None:
    """The longest job that can start now."""
    busy = {job.key for job in running.values()}
    return next((j for j in waiting if j.key not in busy and all(shot in takes for shot in j.waits_for)), None)


def _references(job: Job, takes: dict[str, Take]) -> tuple[ReferenceClip, ...]:
    return tuple(
        ReferenceClip(kind=edge.kind, of=edge.of, path=str(takes[edge.shot].path), digest=takes[edge.shot].digest)
        for edge in job.dependencies
    )


def _told(troubles: dict[str, str]) -> str:
    sentences = list(troubles.values())
    more = f" ... and {len(sentences) - _LISTED} more." if len(sentences) > _LISTED else ""
    head = "" if len(sentences) == 1 else f"{len(sentences)} shots could not be rendered; the others are kept. "
    return head + " ".join(sentences[:_LISTED]) + more


def _worker_count(plan: RenderPlan, workers: int) -> int:
    most = workers
    if workers < 1:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        most = cores if plan.frame_count >= _POOL_PAYS_FROM_FRAMES else 1
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


class _Inline:
    """Renders in this process, one job after another."""

    def __init__(self, backend: Backend, store: TakeStore, board: _Board) -> None:
        self._backend, self._store, self._board = backend, store, board

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...

    def listen(self) -> None: ...

    def submit(self, job: Job, references: tuple[ReferenceClip, ...], seen: dict[str, str]) -> Future[Take | _Trouble]:
        future: Future[Take | _Trouble] = Future()
        future.set_result(
            _render_one(job, references, seen, self._backend, self._store, self._board.tell, lambda: False)
        )
        return future


class _Pool:
    """Renders in processes of their own, which end with this one however it ends."""

    def __init__(self, backend: Backend, store: TakeStore, board: _Board, count: int) -> None:
        context = multiprocessing.get_context("spawn")  # threads of skia, x264 and torch do not survive a fork
        self._board = board
        self._news: Queue[tuple[str, int]] = context.Queue()
        self._stop = context.Event()
        self._pool: Executor = ProcessPoolExecutor(
            count, context, initializer=_start_worker, initargs=(backend, store.folder, self._news, self._stop)
        )

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._news.close()

    def listen(self) -> None:
        while True:
            try:
                shot, frames_done = self._news.get_nowait()
            except queue.Empty:
                return
            self._board.tell(shot, frames_done)

    def submit(self, job: Job, references: tuple[ReferenceClip, ...], seen: dict[str, str]) -> Future[Take | _Trouble]:
        with _deaf_to_ctrl_c():
            return self._pool.submit(_render_in_worker, job, references, seen)


_Lane = _Inline | _Pool


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started in here never hears Ctrl-C: this one does, and tells it to stop."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@dataclass(frozen=True)
class _Worker:
    backend: Backend
    store: TakeStore
    news: Queue[tuple[str, int]]
    stop: Event


_worker: _Worker | None = None  # set in worker processes only


def _start_worker(backend: Backend, folder: Path, news: Queue[tuple[str, int]], stop: Event) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    news.cancel_join_thread()  # never wait for a parent that no longer listens
    _worker = _Worker(backend, TakeStore(folder), news, stop)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _render_in_worker(job: Job, references: tuple[ReferenceClip, ...], seen: dict[str, str]) -> Take | _Trouble:
    if _worker is None:
        raise RuntimeError("this process was not started as a worker")
    return _render_one(
        job,
        references,
        seen,
        _worker.backend,
        _worker.store,
        lambda *news: _worker.news.put(news),
        _worker.stop.is_set,
    )


def _render_one(
    job: Job,
    references: tuple[ReferenceClip, ...],
    seen: dict[str, str],
    backend: Backend,
    store: TakeStore,
    tell: Callable[[str, int], None],
    stopped: Callable[[], bool],
) -> Take | _Trouble:
    request = replace(job.request, references=references)
    started = time.monotonic()
    try:
        with store.draft() as clip:
            with ClipWriter(clip, request.width_px, request.height_px, request.fps, TAKE) as writer:
                for frame in backend.generate(request):
                    if stopped():
                        raise _Stopped
                    writer.write(frame)
                    if writer.frame_count % _TELL_EVERY_FRAMES == 0:
                        tell(job.shot, min(writer.frame_count, request.frame_count))
            if writer.frame_count != request.frame_count:
                raise ValueError(f"{backend.name} drew {writer.frame_count} of {request.frame_count} frames")
            return store.keep(clip, job, seen, time.monotonic() - started)
    except _Stopped:
        return _Trouble(f"shot {job.shot} was stopped.")
    except Exception as error:  # a back end may fail in any way; the other shots go on
        if room_is_gone(error):
            return _Trouble(
                f"the disk is full: shot {job.shot} could not be stored in {store.folder}. "
                "Fix: free some space and run the same command to go on.",
                disk_is_full=True,
            )
        what = str(error).strip().rstrip(".") or type(error).__name__
        fix = "" if "Fix:" in what else ". Fix: change the shot, or pick another picture back end"
        return _Trouble(f"shot {job.shot} could not be rendered: {what}{fix}.")
