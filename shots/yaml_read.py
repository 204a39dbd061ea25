"""YAML text as a tree of nodes that know their place. No types, tags, anchors or aliases, and bounded.

Reads libyaml's event stream, so that no construction, and nothing that could expand or run, ever happens;
`shots.storyboard` gives scalars their meaning from the field they stand in (`title: 1984` is a title). A node
stands from `start` to `end`, counted in characters of the text, without the spaces and comments after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from shots.errors import Problem, StoryboardError
from shots.source import SourceSpan

__all__ = ["LARGEST_BYTES", "Mapping", "Node", "Scalar", "Sequence", "compose", "decode"]

LARGEST_BYTES = 20_000_000
DEEPEST = 24


@dataclass(slots=True)
class Scalar:
    """A scalar as written; `plain` when it stands without quotes."""

    line: int
    text: str
    plain: bool
    start: int = 0
    end: int = 0

    @property
    def is_null(self) -> bool:
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)
    start: int = 0
    end: int = 0
    flow: bool = False  # written in brackets


@dataclass(slots=True)
class Mapping:
    """Keys in order, each with the line it stands on and its value."""

    line: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)
    key: Scalar | None = None  # the key whose value comes next while composing
    start: int = 0
    end: int = 0
    flow: bool = False  # written in braces


Node = Scalar | Sequence | Mapping


def decode(data: bytes, file: str) -> str:
    """The text of a storyboard file: UTF-8, or UTF-16 with its byte order mark."""
    if len(data) > LARGEST_BYTES:
        raise _refuse(file, 1, "the file is larger than 20 MB", "split the film into several storyboards")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refuse(file, 1, "this is a binary file, not YAML", "give a storyboard written as text")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refuse(file, line, "the text is not UTF-8", "save the file in UTF-8") from None


def compose(text: str, file: str) -> Node | None:
    """The tree of `text`, None for an empty document.

    Raises StoryboardError where reading on is impossible: broken YAML, tags, anchors, too deep, too large.
    """
    if len(text) > LARGEST_BYTES:
        raise _refuse(file, 1, "the text is larger than 20 MB", "split the film into several storyboards")
    try:
        return _compose(text, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "this is not YAML"
        raise _refuse(file, mark.line + 1 if mark else 1, f"not YAML: {what}", _YAML_FIX) from None
    except (yaml.YAMLError, UnicodeError) as error:
        what = "a character that YAML does not allow" if isinstance(error, yaml.reader.ReaderError) else "not text"
        raise _refuse(file, 1, f"not YAML: {what}", "remove control characters") from None


_YAML_FIX = "mend the indentation or the quotes there; put quotes around a text that holds ': ' or ' #'"


def _events(text: str) -> Iterator[yaml.Event]:
    loader = yaml.CLoader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _compose(text: str, file: str) -> Node | None:
    root: Node | None = None
    open_nodes: list[Sequence | Mapping] = []
    documents = 0
    for event in _events(text):
        line = event.start_mark.line + 1
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            end = event.end_mark.index
            if event.style in ("|", ">"):  # libyaml counts the empty lines after it in
                end = event.start_mark.index + _last_line_end(text[event.start_mark.index : end])
            node = Scalar(line, event.value, not event.style, event.start_mark.index, end)
        elif isinstance(event, yaml.MappingStartEvent):
            node = Mapping(line, start=event.start_mark.index, flow=bool(event.flow_style))
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Sequence(line, start=event.start_mark.index, flow=bool(event.flow_style))
        elif isinstance(event, yaml.AliasEvent):
            raise _refuse(file, line, "aliases (*name) are not read here", "write the value out in full")
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = open_nodes.pop()
            braced = text[closed.start : closed.start + 1] in ("{", "[")  # [A: b] holds a map without braces
            closed.end = event.end_mark.index if braced else _last_end(closed)
            continue
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refuse(file, line, "a second document starts here", "keep one storyboard in a file")
            continue
        else:
            continue
        if event.anchor is not None:
            raise _refuse(file, line, "anchors (&name) are not read here", "write the value out in full")
        if event.tag is not None and event.tag != "!":
            raise _refuse(file, line, f"tags ({event.tag[:40]}) are not read here", "remove the tag")
        if len(open_nodes) >= DEEPEST:
            raise _refuse(file, line, f"lists and maps stand more than {DEEPEST} deep", "flatten them")
        if open_nodes:
            _attach(node, open_nodes[-1], file)
        else:
            root = node
        if not isinstance(node, Scalar):
            open_nodes.append(node)
    return root


def _last_line_end(block: str) -> int:
    """Where the last line of a block ends that is not empty; spaces at its end are a part of it."""
    end = len(block.rstrip(" \t\r\n\x85\u2028\u2029"))
    return end + len(block[end:]) - len(block[end:].lstrip(" \t"))


def _last_end(node: Sequence | Mapping) -> int:
    if isinstance(node, Sequence):
        return node.items[-1].end if node.items else node.start
    return max(node.pairs[-1][0].end, node.pairs[-1][1].end) if node.pairs else node.start


def _attach(node: Node, parent: Sequence | Mapping, file: str) -> None:
    if isinstance(parent, Sequence):
        parent.items.append(node)
    elif parent.key is not None:
        parent.pairs.append((parent.key, node))
        parent.key = None
    elif isinstance(node, Scalar):
        parent.key = node
    else:
        raise _refuse(file, node.line, "a list or map stands where a key should", "write a word before the colon")


def _refuse(file: str, line: int, what: str, fix: str) -> StoryboardError:
    problem = Problem("yaml", what, fix, SourceSpan(file, line, line))
    return StoryboardError(str(problem), (problem,))
