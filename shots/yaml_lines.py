"""Where things stand in a YAML text, and changes to it: each replaces a range of characters, all else stays.

Lines and ranges only; what they mean is `shots.yaml_merge`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shots.yaml_read import Mapping, Node, Scalar
from shots.yaml_read import Sequence as List

__all__ = ["Edit", "Slot", "after_line", "arranged", "column", "edited", "line_start", "pair_end", "remark", "slots"]

_BREAKS = "\n\r\x85\u2028\u2029"  # all that libyaml ends a line at


@dataclass(frozen=True)
class Edit:
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Slot:
    """An item of a list with the comment that stands right above it; `gap` is what parts it from the one before."""

    gap: str
    start: int
    end: int


def edited(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """The text from `start` to `end` with those edits that lie in it; at one place, they stand in the order given."""
    end = len(text) if end is None else end
    parts, at = [], start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*parts, text[at:end]))


def line_start(text: str, at: int) -> int:
    """Where the line of a character begins."""
    while at > 0 and text[at - 1] not in _BREAKS:
        at -= 1
    return at


def after_line(text: str, at: int) -> int:
    """Where the line after that of a character begins."""
    while at < len(text) and text[at] not in _BREAKS:
        at += 1
    return at + (2 if text.startswith("\r\n", at) else 1 if at < len(text) else 0)


def column(text: str, at: int) -> int:
    """How many characters stand before one on its line."""
    return at - line_start(text, at)


def remark(text: str, at: int) -> str:
    """The comment that follows on the same line, "" when there is none."""
    return text[at : after_line(text, at)].strip()


def pair_end(text: str, key: Scalar, value: Node) -> int:
    """Where a key with its value ends; the colon is a part of it."""
    if value.end > value.start:
        return value.end
    colon = key.end + len(text[key.end :]) - len(text[key.end :].lstrip(" \t")) if key.end < len(text) else key.end
    return colon + 1 if text.startswith(":", colon) else key.end


def slots(text: str, items: List) -> list[Slot]:
    """A list's items and what stands between them."""
    found: list[Slot] = []
    last = 0
    for item in items.items:
        start, end = (item.start, item.end) if items.flow else _lines_of(text, items, item, last)
        found.append(Slot(text[last:start] if found else "", start, end))
        last = end
    return found


def _lines_of(text: str, items: List, item: Node, last: int) -> tuple[int, int]:
    """The lines of an item from the comment right above its dash; `last` is where the item before ended."""
    start = items.start if not last else _dash(text, last, item)
    start = line_start(text, start)
    while start > last:
        above = line_start(text, start - (2 if text[start - 2 : start] == "\r\n" else 1))
        if above < last or not text[above:start].lstrip(" ").startswith("#"):
            break
        start = above
    return start, after_line(text, _content_end(text, item))


def _dash(text: str, last: int, item: Node) -> int:
    at = last
    while at < item.start:
        line = text[at : after_line(text, at)]
        if line.lstrip(" ").startswith("-"):
            return at + len(line) - len(line.lstrip(" "))
        at = after_line(text, at)
    return item.start


def _content_end(text: str, node: Node) -> int:
    if isinstance(node, Mapping) and not node.flow and node.pairs:
        key, value = node.pairs[-1]
        return max(pair_end(text, key, value), _content_end(text, value))
    if isinstance(node, List) and not node.flow and node.items:
        return _content_end(text, node.items[-1])
    return node.end


def arranged(old: Sequence[Slot], bodies: Sequence[str], took: Sequence[int | None], apart: str) -> str:
    """The `bodies` of a list's items in their new order, with what parts them.

    Args:
        took: for each body the number of the slot that it stood in, None for what is new.
        apart: what parts a new item from the one before.
    """
    kept = [n for n in took if n is not None]
    if len(kept) == len(took) == len(old):  # the same items in another order: the places between them stay
        return "".join(slot.gap + body for slot, body in zip(old, bodies, strict=True))
    lost = {n: slot.gap for n, slot in enumerate(old) if n not in kept and slot.gap.strip(" ,\r\n")}
    parts = []
    for place, (body, n) in enumerate(zip(bodies, took, strict=True)):
        if n is not None:  # remarks between items outlive an item that is taken out before this one
            parts += [lost.pop(m) for m in sorted(lost) if m < n and not any(m < k < n for k in kept)]
        gap = apart if n is None or n == 0 else old[n].gap
        parts += [gap if place else gap.lstrip(" ,\r\n") and gap.lstrip("\r\n"), body]
    return "".join((*parts, *(lost[m] for m in sorted(lost))))
