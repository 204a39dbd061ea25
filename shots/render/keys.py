"""Keys: the name of a thing by all that made it, as an algebra over tagged values.

`key("take", spec)` is the same in every process and on every machine, and two values have one key only when
they are equal. Paths, times and anything mutable are refused: a key never depends on where or when.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["JSON", "array_digest", "key", "plain"]

JSON = None | bool | int | float | str | list["JSON"] | dict[str, "JSON"]


def key(tag: str, value: object) -> str:
    """The key of `value` as a thing of sort `tag`: 64 hexadecimal digits of SHA-256.

    Takes None, bool, int, float, str, tuples, frozensets, and frozen dataclasses and named tuples of these.
    Each is written with its sort and its length, so that no two values share an encoding; a dataclass is known by
    its class name and its fields' names. 1 and 1.0 are equal and have one key.

    Raises:
        ValueError: a number is not finite.
        TypeError: the value holds something else.
    """
    out = bytearray()
    _encode((tag, value), out)
    return hashlib.sha256(out).hexdigest()


def plain(value: object) -> JSON:
    """The same value as JSON, for receipts that a person reads; dataclasses and named tuples become mappings."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    kind: type[Any] = type(value)
    if (names := _names(kind)) is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, frozenset):
        return sorted((plain(item) for item in value), key=repr)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    raise TypeError(f"a {type(value).__name__} has no key")


def array_digest(array: NDArray[np.generic]) -> str:
    """SHA-256 of an array's shape, type and values, in hexadecimal: how a picture stands in a key."""
    out = hashlib.sha256(f"{array.shape} {array.dtype.str} ".encode())
    out.update(np.ascontiguousarray(array).tobytes())
    return out.hexdigest()


def _encode(value: object, out: bytearray) -> None:
    kind: type[Any] = type(value)
    if value is None or isinstance(value, bool):
        out += b"N" if value is None else b"T" if value else b"F"
    elif isinstance(value, str):
        raw = value.encode("utf-8", "surrogatepass")
        out += b"s%d:" % len(raw)
        out += raw
    elif isinstance(value, int):
        out += b"i%d;" % value
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is not a finite number")
        out += b"i%d;" % int(value) if value.is_integer() else b"f%s;" % value.hex().encode()
    elif (names := _names(kind)) is not None:
        out += b"d%d:" % len(names)
        _encode(kind.__name__, out)
        for name in names:
            _encode(name, out)
            _encode(getattr(value, name), out)
    elif isinstance(value, tuple):
        out += b"t%d:" % len(value)
        for item in value:
            _encode(item, out)
    elif isinstance(value, frozenset):
        encoded = []
        for item in value:
            part = bytearray()
            _encode(item, part)
            encoded.append(bytes(part))
        out += b"z%d:" % len(encoded)
        out += b"".join(sorted(encoded))
    else:
        raise TypeError(f"a {type(value).__name__} has no key")


def _names(kind: type[Any]) -> tuple[str, ...] | None:
    """The field names of a frozen dataclass or named tuple, else None."""
    if kind not in _NAMES:
        names: tuple[str, ...] | None = None
        if is_dataclass(kind):
            if not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
                raise TypeError(f"{kind.__name__} is not frozen and has no key")
            names = tuple(field.name for field in fields(kind))
        elif issubclass(kind, tuple) and hasattr(kind, "_fields"):
            names = tuple(kind._fields)
        _NAMES[kind] = names
    return _NAMES[kind]


_NAMES: dict[type[Any], tuple[str, ...] | None] = {}
