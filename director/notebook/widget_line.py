"""A line of jobs that one thread does, so that whoever asks never waits. Knows nothing of films or widgets.

Of the jobs with one name only the latest is done: while a marker is dragged, the drawing follows where it is now.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count

__all__ = ["Line"]

Job = Callable[[], None]


class Line:
    """Does jobs in the order they came, in a thread that starts with the first one and ends with `close`.

    `idle` is done each time nothing came for `idle_s` seconds. A job must not raise.
    """

    def __init__(self, name: str, *, idle: Job | None = None, idle_s: float = 1.0) -> None:
        self._name, self._idle, self._idle_s = name, idle, idle_s
        self._jobs: dict[str, Job] = {}
        self._numbers = count()
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        self._busy = self._closed = False

    def put(self, job: Job, *, name: str = "", first: bool = False) -> None:
        """Adds a job; one of the same name that still waits is dropped. `first` puts it before all others."""
        with self._news:
            if self._closed:
                return
            name = name or f"#{next(self._numbers)}"
            self._jobs.pop(name, None)
            self._jobs = {name: job, **self._jobs} if first else {**self._jobs, name: job}
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._news.notify_all()

    def waits(self, name: str) -> bool:
        """Whether a job of this name waits to be done."""
        with self._news:
            return name in self._jobs

    @property
    def busy(self) -> bool:
        """Whether anything is being done or waits."""
        with self._news:
            return self._busy or bool(self._jobs)

    def join(self, timeout_s: float) -> bool:
        """Waits until everything is done; whether it was within the time."""
        with self._news:
            return self._news.wait_for(lambda: not self._busy and not self._jobs, timeout_s)

    def close(self) -> None:
        """Forgets what waits; what is being done is finished."""
        with self._news:
            self._closed = True
            self._jobs.clear()
            self._news.notify_all()

    def _run(self) -> None:
        while True:
            with self._news:
                self._busy = False
                self._news.notify_all()
                came = self._news.wait_for(
                    lambda: self._closed or bool(self._jobs), self._idle_s if self._idle else None
                )
                if self._closed:
                    return
                job = self._jobs.pop(next(iter(self._jobs))) if came else self._idle
                self._busy = came
            if job is not None:
                job()
