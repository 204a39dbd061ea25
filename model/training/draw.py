"""Drawing clips into a folder by several processes, while a training run reads what is there.

A clip is there whole or not at all, under its number; no number is drawn twice, also after a kill and also by two
calls on one folder. With a limit the folder is a ring: the clips of the lowest numbers make room for new ones, and are
not drawn again. A folder holds one side of the split for good.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Event

from model.errors import PictureError
from model.sampler.split import Split
from model.training.clips import Clip, drawn_clip, load, save
from model.training.folders import claim

__all__ = ["Drawn", "clip_path", "drawing", "drawn_clips", "keep_drawing"]

Draw = Callable[[Split, int], Clip]
_GIB = 1 << 30
_NICE = 10  # behind a training run
_MOST_DEATHS = 5
_LOOK_UP_S = 0.5


@dataclass(frozen=True)
class Drawn:
    """What a call did: how many clips it drew, and a sentence for each that failed."""

    count: int
    problems: tuple[str, ...]


def clip_path(folder: Path, index: int) -> Path:
    """Where clip number `index` is."""
    return folder / f"{index:07d}.safetensors"


def drawn_clips(folder: Path) -> list[Path]:
    """The drawn clips of a folder, from the lowest number on."""
    return sorted(folder.glob("[0-9]*.safetensors"))


def keep_drawing(
    folder: Path,
    split: Split,
    *,
    processes: int,
    until: int,
    limit_gib: float | None = None,
    stop: Event | None = None,
    tell: Callable[[str], None] = print,
    draw: Draw = drawn_clip,
) -> Drawn:
    """Draws the clips numbered below `until` that are not there, until done or `stop`; failures are told as they come.

    Raises:
        PictureError: the folder is of the other side, or process after process dies.
    """
    if processes < 1 or (limit_gib is not None and limit_gib <= 0):
        raise PictureError(f"{processes} processes cannot draw {limit_gib} GiB. Fix: give one or more of each.")
    for first in drawn_clips(folder)[:1]:  # also of a folder that says nothing of its side
        claim(folder, {"split": load(first).split})
    claim(folder, {"split": split})
    wanted = _wanted(folder, until, ring=limit_gib is not None)
    count, deaths, problems = 0, 0, []
    crew = [_Painter(folder, split, draw) for _ in range(processes)]
    try:
        while not (stop and stop.is_set()):
            for painter in crew:
                if painter.index is None and (index := next(wanted, None)) is not None:
                    painter.begin(index)
            busy = [painter for painter in crew if painter.index is not None]
            if not busy:
                break
            ready = wait([painter.line for painter in busy], _LOOK_UP_S)
            for painter in (one for one in busy if one.line in ready):
                ended = painter.end()
                count += ended.drew
                deaths = deaths + 1 if ended.died else 0
                if ended.problem:
                    problems.append(ended.problem)
                    tell(ended.problem)
                if deaths >= _MOST_DEATHS:
                    raise PictureError(
                        f"{deaths} processes that drew have died one after the other. Fix: use fewer processes, if "
                        f"memory is short. The last: {ended.problem}"
                    )
            if limit_gib is not None:
                _make_room(folder, limit_gib, min((p.index for p in crew if p.index is not None), default=until))
    finally:
        for painter in crew:
            painter.leave()
    return Drawn(count, tuple(problems))


@contextlib.contextmanager
def drawing(
    folder: Path,
    split: Split,
    *,
    processes: int,
    until: int,
    limit_gib: float | None = None,
    tell: Callable[[str], None] = print,
    draw: Draw = drawn_clip,
) -> Iterator[None]:
    """Draws beside whatever is done within the `with`, and stops at its end; raises then as `keep_drawing` does."""
    stop = Event()

    def keep_on() -> None:
        keep_drawing(
            folder, split, processes=processes, until=until, limit_gib=limit_gib, stop=stop, tell=tell, draw=draw
        )

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(keep_on)
        try:
            yield
        finally:
            stop.set()
    done.result()


@dataclass(frozen=True)
class _Ended:
    drew: bool
    died: bool
    problem: str


@dataclass(eq=False)
class _Painter:
    """A process that draws one clip after another; another takes its place when it dies."""

    folder: Path
    split: Split
    draw: Draw
    index: int | None = None  # of the clip that it draws now
    process: SpawnProcess | None = None
    line: Connection = field(init=False)

    def begin(self, index: int) -> None:
        """Has it draw a clip."""
        self.index = index
        if self.process is None:
            context = multiprocessing.get_context("spawn")  # a fork would copy the locks of the trainer's threads
            self.line, theirs = context.Pipe()
            self.process = context.Process(
                target=_paint, args=(theirs, self.folder, self.split, self.draw), daemon=True
            )
            self.process.start()
            theirs.close()  # so that the line ends when the process does
        with contextlib.suppress(OSError):  # it died before it was asked: `end` finds that
            self.line.send(index)

    def end(self) -> _Ended:
        """What came of the clip that it drew."""
        index, self.index = self.index, None
        try:
            drew, problem = self.line.recv()
        except (EOFError, OSError):
            how = self.leave()
            why = f"clip {index} of {self.split}: the process that drew it ended {how}. Fix: draw it alone to see why."
            return _Ended(False, True, why)
        return _Ended(drew, False, problem)

    def leave(self) -> str:
        """Ends it at once, if it has not ended, and says how it did; a clip half drawn is as if never begun."""
        if self.process is None:
            return "before it began"
        self.line.close()
        self.process.terminate()
        self.process.join()
        code, self.process = self.process.exitcode or 0, None
        return f"by signal {-code}" if code < 0 else f"with code {code}"


def _paint(line: Connection, folder: Path, split: Split, draw: Draw) -> None:
    """What the process does: draws the clip of every number that it is told, until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started it
    if sys.platform != "win32":
        os.nice(_NICE)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            index = line.recv()
            try:
                line.send((_drawn(folder, split, index, draw), ""))
            except BrokenPipeError:
                return
            except Exception as error:  # whatever a stage brings about: the rest goes on
                line.send((False, f"clip {index} of {split} cannot be drawn: {type(error).__name__}: {error}."))


def _drawn(folder: Path, split: Split, index: int, draw: Draw) -> bool:
    """Draws a clip, unless it is there or another process is at it; whether it did."""
    path = clip_path(folder, index)
    with _alone(path.with_suffix(".lock")) as alone:
        if not alone or path.exists():
            return False
        for left in folder.glob(f"{path.stem}.*.part"):  # by one that was killed
            left.unlink()
        save(draw(split, index), path)
        return True


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[bool]:
    """Whether no other process holds this lock; a process that is killed lets go of it."""
    if sys.platform == "win32":
        yield True  # no such locks: two calls on one folder may draw a clip twice, to the same file
        return
    import fcntl

    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            lock.unlink(missing_ok=True)


def _wanted(folder: Path, until: int, *, ring: bool) -> Iterator[int]:
    """The numbers to be drawn, each asked for once. What lies below the lowest of a ring has been there."""
    for index in range(until):
        if clip_path(folder, index).exists():
            continue
        lowest = drawn_clips(folder)[:1] if ring else []
        if lowest and index < int(lowest[0].stem):
            continue
        yield index


def _make_room(folder: Path, limit_gib: float, below: int) -> None:
    """Deletes clips from the lowest number on until the rest are within the limit; all are of numbers under `below`."""
    with contextlib.suppress(FileNotFoundError):  # another call on the folder made room
        clips = [(path, path.stat().st_size) for path in drawn_clips(folder)]
        room = limit_gib * _GIB - sum(size for _, size in clips)
        for path, size in clips[:-1]:
            if room >= 0 or int(path.stem) >= below:
                return
            path.unlink()
            room += size
