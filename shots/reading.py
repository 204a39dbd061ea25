"""A YAML tree turned into plain data for pydantic, by the types of `shots.spec`, and errors told by line.

A scalar means what its field asks for; a record may be written as its main word, a line as `MARA: Hello.`.
Every problem is a sentence with its line, what is meant, and the fix. Checks shapes, keys and ids; values
are pydantic's to judge.
"""

from __future__ import annotations

import dataclasses
import math
import re
import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from shots.errors import Problem, near_name
from shots.ids import fold, id_trouble
from shots.source import SourceSpan
from shots.spec import (
    Character,
    Crowd,
    Garment,
    Given,
    Light,
    Line,
    Look,
    Place,
    PlacedProp,
    Plate,
    Portrait,
    Practical,
    Presence,
    Prop,
    Reference,
    Scene,
    Shot,
    Split,
    Storyboard,
    Transition,
    Trim,
    Voice,
)
from shots.yaml_read import Mapping, Node, Scalar, Sequence

__all__ = ["ID_FIELDS", "MAIN_FIELD", "Reader", "shape_name"]

ID_FIELDS = frozenset(
    {
        *((t, "id") for t in (Character, Place, Prop, Scene, Shot)),
        *((Shot, name) for name in ("subjects", "over", "pov_of", "insert_of", "continues", "focus")),
        *((Presence, name) for name in ("character", "looks_at", "holds", "aboard")),
        (PlacedProp, "prop"),
        (Practical, "of"),
        (Split, "scene"),
        (Line, "character"),
        (Scene, "place"),
        (Place, "parent"),
        (Reference, "of"),
        (Reference, "shot"),
    }
)
MAIN_FIELD: dict[type, str] = {
    Character: "id",
    Crowd: "what",
    Garment: "kind",
    Place: "id",
    PlacedProp: "prop",
    Plate: "file",
    Portrait: "file",
    Practical: "kind",
    Presence: "character",
    Prop: "id",
    Transition: "kind",
}
_CALLED: dict[type, str] = {
    Character: "a character",
    Crowd: "a crowd",
    Garment: "a garment",
    Given: "what is given of a shot",
    Light: "a light",
    Line: "a line",
    Look: "a look",
    Place: "a place",
    PlacedProp: "a placed prop",
    Plate: "a picture of a place",
    Portrait: "a picture of a character",
    Practical: "a light in the picture",
    Presence: "a person on the floor",
    Prop: "a prop",
    Reference: "a reference",
    Scene: "a scene",
    Shot: "a shot",
    SourceSpan: "a source",
    Split: "the other half of a split screen",
    Storyboard: "a storyboard",
    Transition: "a transition",
    Trim: "a trim",
    Voice: "a voice",
}


@cache
def field_types(record: type) -> dict[str, Any]:
    """The fields of a record of `shots.spec` with their types, Annotated stripped and None removed."""
    hints = get_type_hints(record)
    return {f.name: _bare(hints[f.name]) for f in dataclasses.fields(record)}


@cache
def _item_type(tp: Any) -> Any:
    """What a list holds, None for what is no list."""
    return get_args(tp)[0] if get_origin(tp) is tuple else None


def _bare(tp: Any) -> Any:
    if get_origin(tp) is Annotated:
        return _bare(get_args(tp)[0])
    if get_origin(tp) in (Union, types.UnionType):
        (only,) = (a for a in get_args(tp) if a is not types.NoneType)
        return _bare(only)
    return tp


_Loc = tuple[str | int, ...]
_INT = re.compile(r"[-+]?[0-9]{1,60}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]{1,30}(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")
_SPAN = re.compile(r"(.*):([0-9]{1,9})(?:-([0-9]{1,9}))?", re.DOTALL)


class Reader:
    """Turns nodes into plain data for pydantic by the types of `shots.spec`, remembering lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.lines: dict[_Loc, int] = {}
        self.owners: dict[_Loc, type] = {}
        self.ids: dict[tuple[type, str], int] = {}
        self.reported: set[_Loc] = set()

    def shape(self, node: Node, tp: Any, loc: _Loc) -> Any:
        self.lines[loc] = node.line
        if tp in _CALLED:
            return self._record(node, tp, loc)
        if (item := _item_type(tp)) is not None:
            return self._tuple(node, item, loc)
        if not isinstance(node, Scalar):
            self._wrong(loc, node.line, f"{self._name(loc)} is {shape_name(node)}", f"write {_wanted(tp)}")
            return None
        return self._scalar(node, tp, loc)

    def _record(self, node: Node, record: type, loc: _Loc) -> Any:
        self.owners[loc] = record
        if isinstance(node, Scalar) and record in MAIN_FIELD:
            name = MAIN_FIELD[record]
            node = Mapping(node.line, [(Scalar(node.line, name, True), node)])
        if isinstance(node, Scalar) and record is SourceSpan and (found := _SPAN.fullmatch(node.text)):
            file, first, last = found.groups()
            return {"file": file, "line": int(first), "last_line": int(last or first)}
        if record is Line:
            node = _spoken(node)
        if not isinstance(node, Mapping):
            what = f"{_called(record)} stands here as {shape_name(node)}"
            self._wrong(loc, node.line, what, f"write keys such as '{next(iter(field_types(record)))}:'")
            return None
        known = field_types(record)
        required = _required(record)
        data: dict[str, Any] = {}
        seen: set[str] = set()
        for key, value in node.pairs:
            name = key.text
            at = (*loc, name)
            if name in seen:
                self._wrong(at, key.line, f"the key '{name}' stands twice in {_called(record)}", "keep one of them")
                continue
            seen.add(name)
            if name not in known:
                self._unknown_key(name, record, at, key.line)
                continue
            if isinstance(value, Scalar) and value.is_null and name not in required:
                self.lines[at] = key.line
                continue  # not said
            data[name] = self.shape(value, known[name], at)
            self.lines[at] = key.line
            if (record, name) in ID_FIELDS:
                self._check_ids(record, name, data[name], at)
        return data

    def _tuple(self, node: Node, item: Any, loc: _Loc) -> Any:
        if isinstance(node, Sequence):
            return tuple(self.shape(n, item, (*loc, i)) for i, n in enumerate(node.items))
        single = item is str or item in MAIN_FIELD or item is SourceSpan
        if single and isinstance(node, Scalar):
            return (self.shape(node, item, (*loc, 0)),)
        self._wrong(loc, node.line, f"{self._name(loc)} is {shape_name(node)}", "write a list: [first, second]")
        return None

    def _scalar(self, node: Scalar, tp: Any, loc: _Loc) -> Any:
        text = node.text
        if tp is str:
            if node.is_null:
                self._wrong(loc, node.line, f"{self._name(loc)} is empty", 'write a text, or "" for none')
            return text
        if tp is bool or _has_switch(tp):
            return {"true": True, "false": False}.get(text.lower(), text)
        if tp in (int, float) or _is_number_literal(tp):
            return self._number(text, tp, loc, node.line)
        return text

    def _number(self, text: str, tp: Any, loc: _Loc, line: int) -> Any:
        if _INT.fullmatch(text):
            return int(text)
        if tp is float and _FLOAT.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        self._wrong(loc, line, f"{self._name(loc)} is '{_short(text)}'", f"write {_wanted(tp)}")
        return None

    def _check_ids(self, record: type, name: str, value: Any, loc: _Loc) -> None:
        for text in value if isinstance(value, tuple) else (value,):
            if not isinstance(text, str):
                continue
            line = self.lines[loc]
            if trouble := id_trouble(text):
                fix = "write a name of letters, digits, spaces and . , ' & ( ) # + - _"
                self._wrong(loc, line, f"{self._name(loc)} '{_short(text)}' {trouble}", fix)
            elif name == "id":
                key = (record, fold(text))
                first = self.ids.get(key)
                self.ids.setdefault(key, line)
                if first is not None:
                    what = f"{_called(record)[2:]} '{text}' stands twice, first in line {first}"
                    self._wrong(loc, line, what, "give each its own id")

    def _unknown_key(self, name: str, record: type, loc: _Loc, line: int) -> None:
        near = near_name(name, field_types(record))
        elsewhere = [r for r in _CALLED if r is not record and name in field_types(r)]
        if near:
            fix = f"rename it to {near.removeprefix('; did you mean ').removesuffix('?')}"
        elif elsewhere:
            fix = f"move it into {_called(elsewhere[0])}"
        else:
            fix = f"remove it; {_called(record)} has {', '.join(field_types(record))}"
        self._wrong(loc, line, f"unknown key '{_short(name)}' in {_called(record)}{near}", fix)

    def _wrong(self, loc: _Loc, line: int, what: str, fix: str) -> None:
        self.reported.add(loc)
        self.problems.append(Problem("storyboard", what, fix, SourceSpan(self.file, line, line)))

    def _name(self, loc: _Loc) -> str:
        """`duration_s of shot 'S1.2'`-like words for a place in the tree."""
        name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "the storyboard")
        owner = next((self.owners[loc[:n]] for n in range(len(loc) - 1, -1, -1) if loc[:n] in self.owners), Storyboard)
        return f"{name} of {_called(owner)}"

    def tell(self, item: Any) -> Problem | None:
        """One pydantic error as a Problem, or None where reading told it already."""
        loc: _Loc = tuple(item["loc"])
        if any(loc[:n] in self.reported for n in range(len(loc) + 1)):
            return None
        line = next(self.lines[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in self.lines)
        context = item.get("ctx", {})
        kind = item["type"]
        name = self._name(loc)
        if kind == "missing":
            owner = self.owners[loc[:-1]]
            what, fix = f"{_called(owner)} has no {loc[-1]}", f"add '{loc[-1]}: ...'"
        elif kind == "literal_error":
            owner, field_name = self._field(loc)
            words = _words(field_types(owner)[field_name])
            given = _short(str(item["input"]))
            what = f"{name} is '{given}'{near_name(given, words)}"
            fix = f"write one of {', '.join(words)}"
            if field_name == "workprint":
                what, fix = f"the storyboard is written in form {given}", "update workprint, or write workprint: 1"
        else:
            what, fix = _range_words(kind, context, name)
        return Problem("storyboard", what, fix, SourceSpan(self.file, line, line))

    def _field(self, loc: _Loc) -> tuple[type, str]:
        n = next(n for n in range(len(loc) - 1, -1, -1) if loc[:n] in self.owners)
        return self.owners[loc[:n]], str(loc[n])


def _range_words(kind: str, context: dict[str, Any], name: str) -> tuple[str, str]:
    bounds = {
        "greater_than": ("gt", "too small", "more than"),
        "greater_than_equal": ("ge", "too small", "at least"),
        "less_than": ("lt", "too large", "less than"),
        "less_than_equal": ("le", "too large", "at most"),
    }
    if kind in bounds:
        key, what, words = bounds[kind]
        return f"{name} is {what}", f"write a number {words} {context[key]:g}"
    if kind in ("too_short", "too_long"):
        return f"{name} has {context.get('actual_length')} parts", "write two numbers: [x, z]"
    if kind.startswith("bool"):
        return f"{name} is neither true nor false", "write true or false"
    return f"{name} is not what it should be ({kind.replace('_', ' ')})", "see storyboard.schema.json"


def _spoken(node: Node) -> Node:
    """`MARA: Hello.` as the line that it stands for: a single key in capitals is who speaks."""
    if not isinstance(node, Mapping) or len(node.pairs) != 1:
        return node
    ((name, text),) = node.pairs
    if name.text != name.text.upper():
        return node
    return Mapping(node.line, [(Scalar(name.line, "character", True), name), (Scalar(name.line, "text", True), text)])


def _called(record: type) -> str:
    return _CALLED[record]


def _wanted(tp: Any) -> str:
    if get_origin(tp) is Literal:
        return "one of " + ", ".join(_words(tp))
    return {str: "a text", int: "a whole number", float: "a finite number", bool: "true or false"}[tp]


def _words(tp: Any) -> list[str]:
    """A literal's words as they are written in YAML."""
    return [str(word).lower() if isinstance(word, bool) else str(word) for word in get_args(tp)]


def _has_switch(tp: Any) -> bool:
    """Whether a literal takes true and false beside its words."""
    return get_origin(tp) is Literal and any(isinstance(word, bool) for word in get_args(tp))


def _is_number_literal(tp: Any) -> bool:
    return get_origin(tp) is Literal and isinstance(get_args(tp)[0], int)


@cache
def _required(record: type) -> frozenset[str]:
    return frozenset(
        f.name
        for f in dataclasses.fields(record)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    )


def _short(text: str) -> str:
    shown = "".join(ch if ch.isprintable() else "?" for ch in text[:60])
    return shown + ("..." if len(text) > 60 else "")


def shape_name(node: Node) -> str:
    return {Scalar: "a single word", Sequence: "a list", Mapping: "keys"}[type(node)]
