"""What to shoot, and whether it came out: screenplays, who directs them, the supervisor, the critic, the command.

`from director import Film` is the way in for notebooks and scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from director.reshoot.film import Film

__all__ = ["Film"]


def __getattr__(name: str) -> Any:
    """Loads `Film` when it is first asked for: the command and its help do without it."""
    if name == "Film":
        from director.reshoot.film import Film

        return Film
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
