"""Where jobs are rendered: in this process, or in a few of their own that end with it however it ends."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path

from model.gpus import gpu_count, take_gpu
from model.request import Backend, ClipRequest
from shots.render.clip import TAKE, ClipWriter, room_is_gone
from shots.render.job import Job, Take
from shots.render.store import TakeStore

__all__ = ["Inline", "Lane", "Pool", "Trouble", "core_count"]

Tell = Callable[[str, int], None]
"""Hears a shot and how many of its frames are done."""

_TELL_EVERY_FRAMES = 6


@dataclass(frozen=True)
class Trouble:
    """Why a shot could not be rendered, as a sentence without its subject (of a full disk: with it)."""

    sentence: str
    disk_is_full: bool = False


class _Stopped(Exception):
    """The parent asked to stop."""


class Inline:
    """Renders in this process, one job after another."""

    def __init__(self, backend: Backend, store: TakeStore, tell: Tell) -> None:
        self._backend, self._store, self._tell = backend, store, tell

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...

    def listen(self) -> None: ...

    def submit(self, job: Job, request: ClipRequest, seen: dict[str, str]) -> Future[Take | Trouble]:
        future: Future[Take | Trouble] = Future()
        future.set_result(_render_one(job, request, seen, self._backend, self._store, self._tell, lambda: False))
        return future


class Pool:
    """Renders in processes of their own, which end with this one however it ends."""

    def __init__(self, backend: Backend, store: TakeStore, tell: Tell, count: int) -> None:
        context = multiprocessing.get_context("spawn")  # threads of skia, x264 and torch do not survive a fork
        threads = max(1, core_count() // count)
        pickled = pickle.dumps(backend)
        self._tell = tell
        self._of_main = b"__main__" in pickled
        self._news: Queue[tuple[str, int]] = context.Queue()
        self._stop = context.Event()
        seats = _Seats(context.Value("i", 0), count, gpu_count() if backend.weights_digest else 0)
        self._pool: Executor = ProcessPoolExecutor(
            count,
            context,
            initializer=_start_worker,
            initargs=(pickled, store.folder, threads, seats, self._news, self._stop),
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
            self._tell(shot, frames_done)

    def submit(self, job: Job, request: ClipRequest, seen: dict[str, str]) -> Future[Take | Trouble]:
        with _deaf_to_ctrl_c(), nullcontext() if self._of_main else _apart_from_main():
            return self._pool.submit(_render_in_worker, job, request, seen)


Lane = Inline | Pool


def core_count() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started in here never hears Ctrl-C: this one does, if only at the end, and tells it to stop."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if sys.platform == "win32":
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
        return
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # waits, where what is ignored would be lost
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


@contextmanager
def _apart_from_main() -> Iterator[None]:
    """A process that is started in here does not run the program that starts it: a script that is written straight
    down, as one in a notebook is, would begin all over again in every process.
    """
    main = sys.modules["__main__"]
    with _starting:
        known: dict[str, object] = {name: vars(main)[name] for name in ("__spec__", "__file__") if name in vars(main)}
        vars(main).update(__spec__=None, __file__=None)
        try:
            yield
        finally:
            for name in ("__spec__", "__file__"):
                vars(main).pop(name)
            vars(main).update(known)


_starting = threading.Lock()


@dataclass(frozen=True)
class _Worker:
    backend: Backend
    store: TakeStore
    news: Queue[tuple[str, int]]
    stop: Event


_worker: _Worker | None = None  # set in worker processes only


@dataclass(frozen=True)
class _Seats:
    """Where workers sit: `taken` counts those that have come, of `count`, each at one of `gpus` in turn."""

    taken: Synchronized[int]
    count: int
    gpus: int

    def sit(self) -> None:
        """This process takes the next seat: it sees that GPU alone, and counts on its share of the memory."""
        with self.taken.get_lock():
            seat = self.taken.value
            self.taken.value += 1
        take_gpu(seat, self.gpus, self.count)


def _start_worker(
    backend: bytes, folder: Path, threads: int, seats: _Seats, news: Queue[tuple[str, int]], stop: Event
) -> None:
    """`backend` comes pickled: unpickling it may load torch, which counts its threads and its GPUs as it is loaded."""
    global _worker
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))  # or each process would take all cores
    seats.sit()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    news.cancel_join_thread()  # never wait for a parent that no longer listens
    _worker = _Worker(pickle.loads(backend), TakeStore(folder), news, stop)  # noqa: S301  from the parent
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _render_in_worker(job: Job, request: ClipRequest, seen: dict[str, str]) -> Take | Trouble:
    if _worker is None:
        raise RuntimeError("this process was not started as a worker")
    return _render_one(
        job,
        request,
        seen,
        _worker.backend,
        _worker.store,
        lambda *news: _worker.news.put(news),
        _worker.stop.is_set,
    )


def _render_one(
    job: Job,
    request: ClipRequest,
    seen: dict[str, str],
    backend: Backend,
    store: TakeStore,
    tell: Tell,
    stopped: Callable[[], bool],
) -> Take | Trouble:
    started = time.monotonic()
    try:
        with store.draft() as clip:
            writer = ClipWriter(clip, request.width_px, request.height_px, request.fps, TAKE)
            with writer, ThreadPoolExecutor(1) as aside:  # a frame is encoded while the next one is drawn
                written: Future[None] | None = None
                for count, frame in enumerate(backend.generate(request), 1):
                    if stopped():
                        raise _Stopped
                    if written is not None:
                        written.result()
                    written = aside.submit(writer.write, frame)
                    if count % _TELL_EVERY_FRAMES == 0:
                        tell(job.shot, min(count, request.frame_count))
                if written is not None:
                    written.result()
            if writer.frame_count != request.frame_count:
                raise ValueError(f"{backend.name} drew {writer.frame_count} of {request.frame_count} frames")
            took_s, told = time.monotonic() - started, backend.tells(request)
            return store.keep(clip, job, seen, took_s, told, backend.licence, backend.heard(request))
    except _Stopped:
        return Trouble("it was stopped.")
    except Exception as error:  # a back end may fail in any way; the other shots go on
        if room_is_gone(error):
            return Trouble(
                f"the disk is full: shot {job.shot} could not be stored in {store.folder}. "
                "Fix: free some space and run the same command to go on.",
                disk_is_full=True,
            )
        if isinstance(error, OSError) and error.filename:
            return Trouble(f"{error.filename}: {error.strerror}. Fix: check that it can be read and written.")
        what = str(error).strip().rstrip(".") or type(error).__name__
        fix = "" if "Fix:" in what else ". Fix: change the shot, or pick another picture back end"
        return Trouble(f"{what}{fix}.")
