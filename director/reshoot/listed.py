"""Shots, takes and steps as a person gets them: tuples that print a line each and show themselves in a notebook."""

from __future__ import annotations

from typing import SupportsIndex, TypeVar, overload

__all__ = ["Listed", "printed"]

T = TypeVar("T", covariant=True)


class Listed(tuple[T, ...]):
    """A tuple in all else."""

    __slots__ = ()

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> T: ...

    @overload
    def __getitem__(self, place: slice, /) -> Listed[T]: ...

    def __getitem__(self, place: SupportsIndex | slice, /) -> T | Listed[T]:
        return Listed(super().__getitem__(place)) if isinstance(place, slice) else super().__getitem__(place)

    def __repr__(self) -> str:
        return "\n".join(printed(str(one)) for one in self) or "none"

    def _repr_html_(self) -> str | None:
        from director.notebook.show import listed_html

        return listed_html(self)


def printed(said: str, most: int = 0) -> str:
    """Text from a script or note for a terminal: on one line, without what could steer it, at most so long (0: any)."""
    plain = "".join(c if c.isprintable() else "?" for c in " ".join(said.split()))
    return plain if not most or len(plain) <= most else f"{plain[: most - 3]}..."
