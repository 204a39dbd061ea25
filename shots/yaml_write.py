"""Records as YAML that a person likes to read: canonical order, defaults left out, one record a block or a line.

Shots, scenes, lines and characters stand as blocks; what is small stands in braces on one line; long texts
are folded. Every text reads back exactly, in YAML 1.1 and 1.2 readers alike. Writes only; never reads.
"""

from __future__ import annotations

import dataclasses
import re
import textwrap
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from shots.source import SourceSpan
from shots.spec import Character, Line, Scene, Shot, Storyboard

__all__ = ["Writer", "said", "scalar", "to_yaml"]

_WIDTH = 110
_BLOCKS: tuple[type, ...] = (Storyboard, Character, Scene, Shot, Line)
_AIRY: tuple[type, ...] = (Scene, Shot)  # a blank line before each but the first
_ALWAYS = {(Storyboard, "workprint")}

_PLAIN = re.compile(r"[^\W_](?:[^\x00-\x1f:#\[\]{},]|:(?=[^\s,\[\]{}])|(?<=\S)#)*")
_PLAIN_IN_BLOCK = re.compile(r"[(\w](?:[^\x00-\x1f:#]|:(?=\S)|(?<=\S)#)*")
_NUMBER_LIKE = re.compile(r"[-+]?[.\d][\d.,:_eExXobB+a-fA-FTZ -]*")
_WORD_LIKE = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"})


def to_yaml(record: Any, writer: Writer) -> str:
    """The text of a record of `shots.spec`."""
    return "\n".join(writer.block(record, "")) + "\n"


class Writer:
    """Records and their parts as lines of YAML, without line breaks; what is said again is not worked out again."""

    def __init__(self, main_field: Mapping[type, str]) -> None:
        self.main_field = main_field
        self._flows: dict[Any, str] = {}

    def block(self, record: Any, indent: str) -> list[str]:
        """A record's keys and values, one below the other."""
        lines: list[str] = []
        for name, value in said(record):
            lines += self.entry(name, value, indent)
        return lines or [f"{indent}{{}}"]

    def entry(self, name: str, value: Any, indent: str) -> list[str]:
        """A key with its value."""
        head = f"{indent}{name}:"
        if isinstance(value, str):
            return _text_entry(head, value, indent)
        if not self._wants_block(value):
            flow = f"{head} {self.flow(value)}"
            if len(flow) <= _WIDTH or (not isinstance(value, tuple) and not dataclasses.is_dataclass(value)):
                return [flow]
        if isinstance(value, tuple):
            return [head, *(line for n, item in enumerate(value) for line in self.item(item, n, indent + "  "))]
        if dataclasses.is_dataclass(value):
            return [head, *self.block(value, indent + "  ")]
        return [f"{head} {self.flow(value)}"]

    def item(self, item: Any, n: int, indent: str) -> list[str]:
        """The item with number `n` of a list; a blank line before it where records stand apart."""
        flow = f"{indent}- {self.flow(item)}"
        if self._short(item) is not None or (not self._wants_block(item) and len(flow) <= _WIDTH):
            return [flow]
        if not dataclasses.is_dataclass(item):
            return [flow]
        lines = self.block(item, indent + "  ")
        lines[0] = f"{indent}- {lines[0].lstrip()}"
        return ["", *lines] if n and isinstance(item, _AIRY) else lines

    def _wants_block(self, value: Any) -> bool:
        if isinstance(value, tuple):
            return any(self._wants_block(item) and self._short(item) is None for item in value)
        return isinstance(value, _BLOCKS)

    def flow(self, value: Any) -> str:
        """A value on one line, in braces and brackets."""
        if isinstance(value, str):
            return _quoted_if_needed(value, _PLAIN)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (int, float)):
            return _number(value)
        if isinstance(value, tuple):
            return "[" + ", ".join(self.flow(item) for item in value) + "]"
        known = self._flows.get(value)
        if known is None:
            known = self._flows[value] = self._short(value) or self._braced(value)
        return known

    def _braced(self, value: Any) -> str:
        return "{" + ", ".join(f"{name}: {self.flow(item)}" for name, item in said(value)) + "}"

    def _short(self, value: Any) -> str | None:
        """A record as its main word, where that says it all."""
        if isinstance(value, SourceSpan):
            text = f"{value.file}:{value.line}"
            if value.last_line != value.line:
                text += f"-{value.last_line}"
            return _quoted_if_needed(text, _PLAIN) if min(value.line, value.last_line) >= 0 else None
        kind: Any = type(value)
        name = self.main_field.get(kind)
        if name is None:
            return None
        for other, assumed, _ in _assumed(kind):
            if other != name and getattr(value, other) != assumed:
                return None
        return _quoted_if_needed(getattr(value, name), _PLAIN)


def scalar(value: str | bool | float) -> str:
    """A text, number or switch as it stands after a key on a line of its own."""
    return _quoted_if_needed(value, _PLAIN_IN_BLOCK) if isinstance(value, str) else Writer({}).flow(value)


def said(record: Any) -> list[tuple[str, Any]]:
    """The fields of a record that are written, in canonical order: those that are not what is assumed anyway."""
    kind: Any = type(record)
    return [
        (name, value)
        for name, assumed, always in _assumed(kind)
        if (value := getattr(record, name)) != assumed or always
    ]


@cache
def _assumed(record: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Of each field its name, what is assumed where it is not written, and whether it is written all the same."""
    found = []
    for field in dataclasses.fields(record):
        assumed, factory = field.default, field.default_factory
        if assumed is dataclasses.MISSING and callable(factory):
            assumed = factory()
        found.append((field.name, assumed, (record, field.name) in _ALWAYS))
    return tuple(found)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    mantissa, e, exponent = repr(value).partition("e")  # 1e-05 is a word to YAML 1.1, 1.0e-05 is not
    return f"{mantissa}.0e{exponent}" if e and "." not in mantissa else repr(value)


def _text_entry(head: str, text: str, indent: str) -> list[str]:
    plain = _quoted_if_needed(text, _PLAIN_IN_BLOCK)
    if len(head) + 1 + len(plain) <= _WIDTH and "\n" not in text:
        return [f"{head} {plain}"]
    inner = indent + "  "
    if _folds(text):
        width = max(40, _WIDTH - len(inner))
        wrapped = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        return [f"{head} >-", *(inner + line for line in wrapped)]
    if _stands(text):
        return [f"{head} |-", *(inner + line if line else "" for line in text.split("\n"))]
    return [f"{head} {plain}"]


def _folds(text: str) -> bool:
    """Whether `text` survives being folded: words with single spaces between."""
    return text.isprintable() and " " in text and "  " not in text and text == text.strip()


def _stands(text: str) -> bool:
    """Whether `text` survives as a literal block: printable lines, the first and last not empty."""
    lines = text.split("\n")
    return (
        all(line.isprintable() and (not line or not line.isspace()) for line in lines)
        and bool(lines[0].strip())
        and bool(lines[-1].strip())
        and not lines[0][0].isspace()
    )


@lru_cache(maxsize=4096)  # names stand in a film again and again
def _quoted_if_needed(text: str, plain: re.Pattern[str]) -> str:
    safe = (
        text.isprintable()
        and plain.fullmatch(text)
        and not text[-1].isspace()
        and not _NUMBER_LIKE.fullmatch(text)
        and text.casefold() not in _WORD_LIKE
    )
    return text if safe else _quoted(text)


def _quoted(text: str) -> str:
    if text.isprintable():
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(ch: str) -> str:
    if ch in '"\\':
        return "\\" + ch
    if ch == "\n":
        return "\\n"
    if ch == "\t":
        return "\\t"
    if ch.isprintable():
        return ch
    code = ord(ch)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
