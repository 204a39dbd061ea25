"""How far a run has come: what the pipeline tells, and a terminal's bars for it."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from rich.progress import TaskID

__all__ = ["Bars", "Progress", "Silent"]


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
