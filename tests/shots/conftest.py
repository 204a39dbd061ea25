"""Strategies that build any valid storyboard, nasty texts included."""

from __future__ import annotations

import dataclasses
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import strategies as st

from shots import spec
from shots.ids import fold
from shots.reading import ID_FIELDS
from shots.source import SourceSpan
from shots.spec import Shot, Storyboard

NASTY = (
    "", "yes", "no", "null", "~", "1e3", "007", "-", "- a", "? b", ": #", "a: b", "a #b", "#c", "'", '"', "\\", "%",
    "@", "{x}", "[x]", "&a", "*a", "!t", "|", ">", "2001-01-01", "0x1F", "1_000", ".inf", "12:30:45", "=", "<<", "a\nb",
    "\n", "a\n", "\na", " a", "a ", "a  b", "\ta", "a\tb", "a\u0085b", "a\u2028b", "\ufeffa", "\x00", "\x1b[0m", "\x7f",
    "晚上好：你好 #1", "🦊👩‍🚀", "e\u0301", "---", "...", "--- a", "a\n---\nb", "a\n  b\nc", "a:", "(beat)", "x" * 300,
    "word " * 60 + "end", "word  " * 40, "a: b " * 40, "line one\n\nline three", "\r\n", "a\rb", "-1", "+.5", "O'Neil",
)  # fmt: skip
TEXTS = st.sampled_from(NASTY) | st.text(max_size=40)
IDS = st.sampled_from(("MARA", "TOM", "S1", "S1.1", "CAFÉ - BACK ROOM", "张三", "No 5", "O'NEIL", "12A", "yes")) | (
    st.from_regex(r"[A-Z][A-Z0-9 .'&-]{0,8}[A-Z0-9]", fullmatch=True).filter(lambda text: ".." not in text)
)
METRES = st.floats(-50, 50)
MARKS = st.none() | st.tuples(METRES, METRES)
CAMERAS = st.none() | st.tuples(METRES, METRES, METRES)


def _strategy(hint: Any, is_id: bool) -> st.SearchStrategy[Any]:
    options = [arg for arg in get_args(hint) if arg is not type(None)]
    if type(None) in get_args(hint):
        return st.none() | _strategy(options[0], is_id)
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return st.lists(_strategy(item, is_id), max_size=3).map(tuple)
    if hint is str:
        return IDS if is_id else TEXTS
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return records(hint)
    return st.from_type(hint)


def records(record: type) -> st.SearchStrategy[Any]:
    """Any valid record of this type."""
    if record is SourceSpan:
        lines = st.integers(0, 99_999)
        return st.builds(SourceSpan, TEXTS, lines, lines)
    hints = get_type_hints(record, include_extras=True)
    fields = {
        name: CAMERAS
        if name == "camera_m"
        else MARKS
        if name.endswith("_m") and name != "height_m"
        else _strategy(hint, (record, name) in ID_FIELDS)
        for name, hint in hints.items()
        if not name.startswith("_")
    }
    return st.builds(record, **fields)


def _unique(storyboard: Storyboard) -> Storyboard:
    seen: set[tuple[type, str]] = set()

    def keep(items: tuple[Any, ...]) -> tuple[Any, ...]:
        kept = []
        for item in items:
            key = (type(item), fold(item.id or ""))
            if item.id is None or key not in seen:
                seen.add(key)
                kept.append(item)
        return tuple(kept)

    scenes = tuple(dataclasses.replace(s, shots=keep(s.shots)) for s in keep(storyboard.scenes))
    cast, places, props = keep(storyboard.cast), keep(storyboard.places), keep(storyboard.props)
    return dataclasses.replace(storyboard, cast=cast, places=places, props=props, scenes=scenes)


@pytest.fixture(scope="session")
def storyboards() -> st.SearchStrategy[Storyboard]:
    """Any valid storyboard, complete or not."""
    return records(spec.Storyboard).map(_unique)


@pytest.fixture(scope="session")
def any_shots() -> st.SearchStrategy[Shot]:
    """Any valid shot, complete or not."""
    return records(spec.Shot)
