"""How far a run has come: what the pipeline tells, a terminal's bars for it, and a way to stop it from elsewhere.

A long call runs in the thread that makes it and tells its `Progress`. Another thread stops it through a `Stoppable`:

    watched = Stoppable(progress)
    thread = Thread(target=lambda: film.render(progress=watched))
    watched.stop()  # from any thread; the call ends with Stopped

What was finished by then is kept; what was half made is gone, and the next call makes it.
"""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from rich.progress import TaskID

__all__ = ["Bars", "Progress", "Silent", "Stoppable", "Stopped"]


class Progress(Protocol):
    """Told by `director.produce` what is done. Amounts are seconds of film, lines, shots: whatever a step counts."""

    def step(self, name: str, total: float) -> None:
        """A step called `name` begins (or goes on), with `total` to do."""
        ...

    def done(self, name: str, amount: float) -> None:
        """`amount` in all is done of the step `name`."""
        ...

    def say(self, text: str) -> None:
        """Something the user should know now."""
        ...


class Silent:
    """Says nothing: for tests and other programs."""

    def step(self, name: str, total: float) -> None: ...

    def done(self, name: str, amount: float) -> None: ...

    def say(self, text: str) -> None: ...


class Stopped(BaseException):
    """Somebody who watches asked to stop. Like KeyboardInterrupt it is no error, and nothing on its way takes it for
    one: a shot that was being pictured is not told to have failed.
    """


class Stoppable:
    """Passes on to `to`, and ends the call that tells it with `Stopped` once `stop` was called, from any thread."""

    def __init__(self, to: Progress | None = None) -> None:
        self._to = to or Silent()
        self._stop = threading.Event()

    def stop(self) -> None:
        """Asks the call to end; it does so when it next tells how far it is, a few frames later at most."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to."""
        return self._stop.is_set()

    def step(self, name: str, total: float) -> None:
        self._look()
        self._to.step(name, total)

    def done(self, name: str, amount: float) -> None:
        self._look()
        self._to.done(name, amount)

    def say(self, text: str) -> None:
        self._look()
        self._to.say(text)

    def _look(self) -> None:
        if self.stopping:
            raise Stopped


class Bars:
    """Bars with time left on a terminal, plain lines elsewhere, all on stderr. Use as a context manager."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._console = Console(file=sys.stderr, highlight=False, soft_wrap=True)
        self._tasks: dict[str, TaskID] = {}
        self._bars = RichProgress(
            TextColumn("{task.description:<10}"),
            BarColumn(bar_width=36),
            TaskProgressColumn(),
            TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            console=self._console,
            disable=not self._console.is_terminal,
        )

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def step(self, name: str, total: float) -> None:
        if name in self._tasks:
            self._bars.update(self._tasks[name], total=max(total, 1e-9))
            return
        self._tasks[name] = self._bars.add_task(name, total=max(total, 1e-9))
        if not self._console.is_terminal:
            self._console.print(f"{name} ...")

    def done(self, name: str, amount: float) -> None:
        self._bars.update(self._tasks[name], completed=amount)

    def say(self, text: str) -> None:
        self._console.print(text, markup=False)
