"""Writes a new version of a YAML text into an old one, keeping comments and every line that still holds.

Works on ruamel's round-trip tree; lists of records are matched by id. Knows nothing of storyboards.
"""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

__all__ = ["merged"]


def merged(old: str, new: str) -> str:
    """The text `old` with its values changed to those of `new`, both maps; `new` where ruamel cannot read `old`."""
    try:
        tree = _yaml().load(old)
    except YAMLError:  # libyaml has read it, and is the more lenient of the two
        return new
    _update(tree, _yaml().load(new))
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _update(old: Any, new: Any) -> None:
    if isinstance(old, CommentedMap):
        for key in [key for key in old if key not in new]:
            del old[key]
        for position, (key, value) in enumerate(new.items()):
            if key not in old:
                old.insert(min(position, len(old)), key, value)
            elif not _absorbs(old[key], value):
                old[key] = value
    elif isinstance(old, CommentedSeq):
        _update_list(old, new)


def _absorbs(old: Any, new: Any) -> bool:
    """Changes `old` into `new` in place where both are maps or both lists; else says whether they mean the same."""
    if (isinstance(old, CommentedMap) and isinstance(new, CommentedMap)) or (
        isinstance(old, CommentedSeq) and isinstance(new, CommentedSeq)
    ):
        _update(old, new)
        return True
    return old is not None and bool(old == new or str(old) == str(new))  # 3 and 3.0, 1984 and "1984"


def _update_list(old: CommentedSeq, new: CommentedSeq) -> None:
    ids_old, ids_new = [_id(item) for item in old], [_id(item) for item in new]
    if None not in ids_old and None not in ids_new and set(ids_old) != set(ids_new):
        for index in reversed([i for i, name in enumerate(ids_old) if name not in ids_new]):
            del old[index]
        for index, item in enumerate(new):
            if ids_new[index] not in ids_old:
                old.insert(index, item)
    while len(old) > len(new):
        del old[len(old) - 1]
    for index, item in enumerate(new):
        if index >= len(old):
            old.append(item)
        elif not _absorbs(old[index], item):
            old[index] = item


def _id(item: Any) -> Any:
    return item.get("id") if isinstance(item, CommentedMap) else None
