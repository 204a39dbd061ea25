"""What is worked out of a film shot by shot, when it is asked for, and holds as long as what it is made from stays.

A film in hand changes one shot at a time, and everything worked out of the others stands. `Kept` remembers results
by name with what they were made from; nothing in it is ever wrong, only missing. Several threads may share both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

__all__ = ["ByShot", "Kept"]

T = TypeVar("T")

_VERSIONS = 4  # of a thing: as it is, on trial, and as it was before a step that may be taken back


class ByShot(Mapping[str, T]):
    """A value for each shot (or scene), in the order of `shots`, made when it is first asked for."""

    def __init__(self, shots: Iterable[str], make: Callable[[str], T]) -> None:
        self._places = dict.fromkeys(shots)
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, shot: str) -> T:
        if shot not in self._made:
            if shot not in self._places:
                raise KeyError(shot)
            self._made[shot] = self._make(shot)
        return self._made[shot]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, shot: object) -> bool:
        return shot in self._places


class Kept:
    """Results by name, each with what it was made from, the last few of a name."""

    def __init__(self) -> None:
        self._results: dict[Hashable, tuple[tuple[object, Any], ...]] = {}

    def kept(self, name: Hashable, made_from: object, make: Callable[[], T]) -> T:
        """`make()`, or what it gave for something equal under this name. Two threads may both make it: it is the same.

        `made_from` is compared part by part, so parts that are the same objects cost nothing.
        """
        versions = self._results.get(name, ())
        for known, result in versions:
            if known == made_from:
                return cast(T, result)
        result = make()
        self._results[name] = ((made_from, result), *versions[: _VERSIONS - 1])
        return result

    def forget(self, name: Hashable) -> None:
        """Has what is called so made anew."""
        self._results.pop(name, None)
