"""Writes a changed storyboard into the text it was read from: what did not change keeps every character.

Old and new records are compared field by field, side by side with the nodes that the old ones were read from, and
only where a value differs is text replaced, in the way that stands there: braces or lines, the short form of a record
or its keys. So comments, quotes, folding, order of keys and what is written though it is assumed anyway all stay.
Items of a list are matched by what they are (an id, a name, their words), moved with the comment right above them.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any, get_args, get_origin

from shots.defaults import with_ids
from shots.reading import MAIN_FIELD, field_types
from shots.source import SourceSpan
from shots.spec import Line, Reference, Scene, Shot, Storyboard
from shots.yaml_lines import Edit, after_line, arranged, column, edited, line_start, pair_end, remark, slots
from shots.yaml_read import Mapping as Map
from shots.yaml_read import Node, Scalar, compose
from shots.yaml_read import Sequence as List
from shots.yaml_write import Writer, said, scalar

__all__ = ["merged"]

_WIDTH = 110
_At = tuple[int, ...]  # the numbers of scene and shot


def merged(text: str, old: Storyboard, new: Storyboard) -> str:
    """The `text` that `old` was read from, saying `new`.

    Whether it does is the caller's to check by reading it: what stands there may be written in a way not known here.
    """
    root = compose(text, "")
    if not isinstance(root, Map):
        raise ValueError("the text holds no storyboard")
    ended = text if text.endswith(("\n", "\r")) else text + "\n"
    merge = _Merge(ended, old, new)
    changed = edited(ended, merge.record(root, old, new, (), ()))
    return changed if ended == text else changed.removesuffix("\n")


class _Merge:
    def __init__(self, text: str, old: Storyboard, new: Storyboard) -> None:
        self.text = text
        self.newline = "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"
        self.write = Writer(MAIN_FIELD)
        self.names = _names(old), _names(new)

    def record(self, node: Map, old: Any, new: Any, at: _At, to: _At, *, flow: bool = False) -> list[Edit]:
        """A record that is written as keys with values."""
        flow = flow or node.flow
        pairs = {key.text: n for n, (key, _) in enumerate(node.pairs)}
        record: type = type(old)
        types = field_types(record)
        written = dict(said(new))
        edits: list[Edit] = []
        gone: set[int] = set()
        fresh: list[str] = []
        for name in types:
            before, after = getattr(old, name), getattr(new, name)
            if before == after:
                continue
            if name not in pairs:
                fresh += [name] if name in written else []
            elif name not in written:
                gone.add(pairs[name])
            else:
                key, value = node.pairs[pairs[name]]
                edits += self._value(key, value, name, types[name], before, after, at, to, flow)
        if len(gone) == len(node.pairs) and not flow and not fresh:
            return [Edit(node.start, self._end(node), "{}")]
        if len(gone) == len(node.pairs):
            return [Edit(node.start, self._end(node), self._instead(node, new, flow))]
        kept = [n for n in range(len(node.pairs)) if n not in gone]
        edits += self._removed(node, gone, kept, flow)
        order = list(types)
        for name in fresh:
            before_it = [n for n in kept if order.index(node.pairs[n][0].text) < order.index(name)]
            after_it = max(before_it, key=lambda n: order.index(node.pairs[n][0].text), default=None)
            edits.append(self._added(node, name, written[name], after_it, kept[0], flow))
        return edits

    def _end(self, node: Map) -> int:
        return node.end if node.flow or not node.pairs else pair_end(self.text, *node.pairs[-1])

    def _instead(self, node: Map, new: Any, flow: bool) -> str:
        if flow:
            return self.write.flow(new)
        return self._lines(self.write.block(new, " " * column(self.text, node.start))).lstrip(" ")

    def _removed(self, node: Map, gone: set[int], kept: list[int], flow: bool) -> list[Edit]:
        """Takes keys out with their values. What stands first behind a dash or brace gives its place to the next."""
        text, pairs = self.text, node.pairs
        edits = []
        inline = flow or bool(text[line_start(text, node.start) : node.start].strip(" "))
        if inline and kept[0] > 0:
            between = [text[pair_end(text, *pairs[n]) : pairs[n + 1][0].start].lstrip(" ,\r\n") for n in range(kept[0])]
            edits.append(Edit(pairs[0][0].start, pairs[kept[0]][0].start, "".join(between)))  # its remarks
            gone = {n for n in gone if n > kept[0]}
        for n in sorted(gone):
            end = pair_end(text, *pairs[n])
            if flow:
                edits.append(Edit(pair_end(text, *pairs[n - 1]), end, ""))
            else:
                edits.append(Edit(line_start(text, pairs[n][0].start), after_line(text, end), ""))
        return edits

    def _added(self, node: Map, name: str, value: Any, after: int | None, first: int, flow: bool) -> Edit:
        text, pairs = self.text, node.pairs
        if flow:
            pair = f"{name}: {self.write.flow(value)}"
            if after is None:
                return Edit(pairs[first][0].start, pairs[first][0].start, f"{pair}, ")
            end = pair_end(text, *pairs[after])
            return Edit(end, end, f", {pair}")
        indent = " " * column(text, node.start)
        lines = self._lines(self.write.entry(name, value, indent)) + self.newline
        if after is None:
            start = pairs[first][0].start
            return Edit(start, start, lines[len(indent) :] + indent)
        at = after_line(text, pair_end(text, *pairs[after]))
        return Edit(at, at, lines)

    def _value(
        self, key: Scalar, node: Node, name: str, tp: Any, old: Any, new: Any, at: _At, to: _At, flow: bool
    ) -> list[Edit]:
        """What stands under a key."""
        inside = self._inside(node, tp, old, new, at, to, flow)
        if inside is not None:
            return inside
        end = pair_end(self.text, key, node)
        if flow:
            return [Edit(key.start, end, f"{name}: {self.write.flow(new)}")]
        told = remark(self.text, end)
        if isinstance(node, Scalar) and isinstance(new, str | int | float) and _on_one_line(self.text, node):
            word = scalar(new)
            if told or column(self.text, node.start) + len(word) <= _WIDTH:
                return [Edit(node.start, node.end, word)]
        if told:  # a comment at the end of the line must not get into a text below it
            return [Edit(key.start, end, f"{name}: {self.write.flow(new)}")]
        indent = " " * column(self.text, key.start)
        return [Edit(key.start, end, self._lines(self.write.entry(name, new, indent)).lstrip(" "))]

    def _inside(self, node: Node, tp: Any, old: Any, new: Any, at: _At, to: _At, flow: bool) -> list[Edit] | None:
        """The edits within a record or list, None where it has to be written anew."""
        if isinstance(node, List) and get_origin(tp) is tuple and old and new:
            return self._list(node, get_args(tp)[0], old, new, at, to, flow or node.flow)
        if isinstance(node, Map) and dataclasses.is_dataclass(old) and dataclasses.is_dataclass(new):
            spoken = len(node.pairs) == 1 and isinstance(old, Line)  # MARA: Hello.
            if not spoken and not isinstance(old, SourceSpan) and node.pairs:
                return self.record(node, old, new, at, to, flow=flow)
        return None

    def _list(
        self, node: List, tp: Any, old: tuple[Any, ...], new: tuple[Any, ...], at: _At, to: _At, flow: bool
    ) -> list[Edit]:
        there = {key: n for n, key in enumerate(_keys(old, self.names[0], at))}
        took = [there.get(key) for key in _keys(new, self.names[1], to)]
        inner = [
            []
            if n is None or old[n] == new[m]
            else self._item(node.items[n], tp, old[n], new[m], (*at, n), (*to, m), flow)
            for m, n in enumerate(took)
        ]
        if took == list(range(len(old))):
            return [edit for edits in inner for edit in edits]
        places = slots(self.text, node)
        bodies = []
        for m, n in enumerate(took):
            if n is None:
                bodies.append(self._fresh(node, new[m], flow))
            else:
                bodies.append(edited(self.text, inner[m], places[n].start, places[n].end))
        airy = sum("\n" in slot.gap for slot in places) * 2 > len(places) - 1 or (
            len(places) == 1 and isinstance(new[0], Scene | Shot) and not self._stands_in_braces(node)
        )
        apart = ", " if flow else self.newline if airy else ""
        return [Edit(places[0].start, places[-1].end, arranged(places, bodies, took, apart))]

    def _item(self, node: Node, tp: Any, old: Any, new: Any, at: _At, to: _At, flow: bool) -> list[Edit]:
        inside = self._inside(node, tp, old, new, at, to, flow)
        if inside is not None:
            return inside
        if flow or remark(self.text, node.end) or not dataclasses.is_dataclass(new):
            return [
                Edit(
                    node.start, node.end, self.write.flow(new) if flow or dataclasses.is_dataclass(new) else scalar(new)
                )
            ]
        end = self._end(node) if isinstance(node, Map) else node.end
        if isinstance(node, Map) and node.flow:
            return [Edit(node.start, end, self.write.flow(new))]
        indent = " " * (column(self.text, node.start) - 2)
        return [Edit(node.start, end, self._lines(self.write.item(new, 0, indent))[len(indent) + 2 :])]

    def _fresh(self, node: List, item: Any, flow: bool) -> str:
        if flow:
            return self.write.flow(item)
        indent = " " * column(self.text, node.start)
        if self._stands_in_braces(node):
            return f"{indent}- {self.write.flow(item)}{self.newline}"
        return self._lines(self.write.item(item, 0, indent)) + self.newline

    def _stands_in_braces(self, node: List) -> bool:
        return all(isinstance(item, Map) and item.flow for item in node.items)

    def _lines(self, lines: list[str]) -> str:
        return self.newline.join(lines)


def _on_one_line(text: str, node: Scalar) -> bool:
    written = text[node.start : node.end]
    return bool(written) and "\n" not in written and not (written[0] in "|>" and not node.plain)


def _names(board: Storyboard) -> Mapping[_At, str]:
    """The ids by which scenes and shots are known, written or not."""
    names: dict[_At, str] = {}
    for n, (scene, given) in enumerate(zip(with_ids(board.scenes), board.scenes, strict=True)):
        names[n,] = scene.id or ""
        names |= {(n, m): scene.shots[m].id or "" for m in range(len(given.shots))}
    return names


def _keys(items: tuple[Any, ...], names: Mapping[_At, str], at: _At) -> list[tuple[Hashable, int]]:
    """By what each item is known again, and the how-manieth of that it is."""
    seen: Counter[Hashable] = Counter()
    keys = []
    for n, item in enumerate(items):
        key: Hashable = item
        if isinstance(item, Scene | Shot):
            key = names[(*at, n)]
        elif isinstance(item, Line):
            key = (item.character, item.text)
        elif isinstance(item, Reference):
            key = (item.kind, item.of)
        elif type(item) in MAIN_FIELD:
            key = getattr(item, MAIN_FIELD[type(item)])
        keys.append((key, seen[key]))
        seen[key] += 1
    return keys
