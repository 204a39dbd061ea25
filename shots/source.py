"""Where a thing came from: a file and its lines. Every record that stems from a script carries one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

__all__ = ["SourceSpan"]


@dataclass(frozen=True, order=True)
class SourceSpan:
    """Lines `line` to `last_line` (1-based, inclusive) of `file`, a name as the user gave it."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  read by pydantic at the YAML edge

    file: str
    line: int
    last_line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def brief(self) -> str:
        """The file's name and the line, not where it lies on somebody's disk: for what is handed on."""
        return f"{PurePath(self.file).name}:{self.line}"
