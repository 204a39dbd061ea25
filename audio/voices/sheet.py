"""Reads a small YAML file that a person wrote: strictly, with the line of what is wrong. The file is not trusted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from audio.errors import SoundError

__all__ = ["beside", "read_sheet"]

_LARGEST_BYTES = 1_000_000
_Form = TypeVar("_Form", bound=BaseModel)


def read_sheet(path: Path, form: type[_Form]) -> _Form:
    """Reads `path` as `form`.

    Raises:
        SoundError: it cannot be read, is not YAML, or does not have the form.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SoundError(f"{path}: it cannot be read ({error}). Fix: save it there as UTF-8 text.") from None
    if len(data) > _LARGEST_BYTES:
        raise SoundError(f"{path}: it is larger than 1 MB. Fix: keep only what this film needs.")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise SoundError(f"{path}: anchors and aliases are not read. Fix: write each entry out.")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        return form.model_validate(yaml.safe_load(text) or {})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        known = ", ".join(form.model_fields)
        raise SoundError(
            f"{path}:{_line_of(root, first['loc'])}: {where or 'the file'}: {first['msg']}. "
            f"Fix: the file has {known}, as the guide shows."
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it cannot be read"
        raise SoundError(
            f"{path}:{mark.line + 1 if mark else 1}: this is not YAML ({said}). Fix: write it as the guide shows."
        ) from None


def beside(sheet: Path, name: str) -> Path:
    """Returns the file that `sheet` names, which must lie in its folder.

    Raises:
        SoundError: there is none, or it lies elsewhere.
    """
    folder = sheet.parent.resolve()
    try:
        path = (folder / name).resolve()
        inside, there = path.is_relative_to(folder), path.is_file()
    except (OSError, ValueError):  # a name with a null character, or too long
        inside, there = True, False
    if not inside:
        raise SoundError(f"{sheet}: '{name}' lies outside {sheet.parent}. Fix: put the file into that folder.")
    if not there:
        raise SoundError(f"{sheet}: there is no file '{name}'. Fix: put it beside the sheet, or correct its name.")
    return path


def _line_of(node: yaml.Node | None, place: Sequence[str | int]) -> int:
    line = 1 if node is None else node.start_mark.line + 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
