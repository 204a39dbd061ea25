"""A key is the same for equal values, another for unequal ones, the same in every process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shots.render.keys import key, plain


class Point(NamedTuple):
    x: float
    y: float


@dataclass(frozen=True)
class Thing:
    name: str
    at: Point
    parts: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Other:
    name: str
    at: Point
    parts: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass
class Mutable:
    name: str


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4).map(tuple) | st.frozensets(LEAVES, max_size=3))


def sorts(value: object) -> object:
    """A value with the sort of each part beside it, so that Python's 1 == True does not hide a difference."""
    if isinstance(value, tuple):
        return ("tuple", tuple(sorts(part) for part in value))
    if isinstance(value, frozenset):
        return ("set", frozenset(sorts(part) for part in value))
    return ("bool" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "rest", value)


@given(VALUES, VALUES)
def test_two_values_share_a_key_only_when_they_are_equal(a: object, b: object) -> None:
    assert (key("t", a) == key("t", b)) == (sorts(a) == sorts(b))


def test_every_part_counts() -> None:
    thing = Thing("a", Point(1, 2), ("x", "y"), frozenset({"p", "q"}))
    others: list[object] = [
        Thing("b", Point(1, 2), ("x", "y"), frozenset({"p", "q"})),
        Thing("a", Point(1, 2.5), ("x", "y"), frozenset({"p", "q"})),
        Thing("a", Point(1, 2), ("xy",), frozenset({"p", "q"})),
        Thing("a", Point(1, 2), ("x", "y"), frozenset({"p"})),
        Other("a", Point(1, 2), ("x", "y"), frozenset({"p", "q"})),
        ("a", Point(1, 2), ("x", "y"), frozenset({"p", "q"})),
    ]
    keys = {key("t", thing), *(key("t", other) for other in others)}
    assert len(keys) == 7
    assert key("t", thing) != key("u", thing)


def test_whole_floats_and_integers_are_one_number() -> None:
    assert key("t", Point(1, 2)) == key("t", Point(1.0, 2.0))
    assert key("t", 0.0) == key("t", -0.0)
    assert key("t", True) != key("t", 1)


def test_keys_do_not_change_between_processes(tmp_path: Path) -> None:
    code = "from shots.render.keys import key; print(key('t', (1.5, 'é', frozenset({'a', 'b', 'c'}), None)))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert printed == {key("t", (1.5, "é", frozenset({"a", "b", "c"}), None))}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), (1, (2, float("-inf")))])
def test_numbers_that_are_not_finite_have_no_key(value: object) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        key("t", value)


@pytest.mark.parametrize("value", [Path("x"), [1], {"a": 1}, Mutable("a"), b"x"])
def test_paths_and_mutable_things_have_no_key(value: object) -> None:
    with pytest.raises(TypeError):
        key("t", value)


def test_plain_is_what_a_person_reads() -> None:
    thing = Thing("a", Point(1, 2.5), ("x",), frozenset({"q", "p"}))
    assert plain(thing) == {"name": "a", "at": {"x": 1, "y": 2.5}, "parts": ["x"], "tags": ["p", "q"]}
