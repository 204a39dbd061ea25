"""storyboard.yaml: the canonical, lossless form of a film on paper, read strictly and written readably.

Reading gives a scalar the meaning of the field it stands in, so that `title: 1984` is a title and `text: no`
is a word; then pydantic validates, and everything that is wrong is told at once with its line. A file that
is wrong is never read in part. A record whose other fields are left out may be written as its main word:
`transition: dissolve`, `people: [MARA, TOM]`, `source: night.fountain:12-14`, `lines: [MARA: Hello.]`.

Writing omits what is default. An existing file is changed in place where only values differ, keeping its
comments (`shots.yaml_merge`). Nothing here fills gaps: that is `shots.defaults`.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from shots.errors import Problem, StoryboardError
from shots.reading import MAIN_FIELD, Reader, shape_name
from shots.source import SourceSpan
from shots.spec import Storyboard
from shots.yaml_read import LARGEST_BYTES, Mapping, Scalar, compose, decode
from shots.yaml_write import to_yaml

__all__ = ["dumps", "load", "loads", "save"]

SCHEMA_NAME = "storyboard.schema.json"
_SHOWN = 8  # problems told in a StoryboardError's message; all are in `.problems`


def load(path: Path) -> Storyboard:
    """Reads a storyboard file. Raises StoryboardError with every problem, each at its line."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise StoryboardError(f"{path}: cannot open it ({reason}). Fix: give the path of a storyboard.yaml.") from None
    return loads(decode(data, path.name), path.name)


def loads(text: str, file: str = "storyboard.yaml") -> Storyboard:
    """Reads a storyboard from text; `file` is the name used in problems. Raises StoryboardError."""
    root = compose(text, file)
    if root is None or (isinstance(root, Scalar) and root.is_null):
        problem = Problem("yaml", "the storyboard is empty", "give it at least a title and scenes", _at(file, 1))
        raise StoryboardError(str(problem), (problem,))
    if not isinstance(root, Mapping):
        what = f"a storyboard starts with keys such as title and scenes, not with {shape_name(root)}"
        problem = Problem("type", what, "put the scenes under the key 'scenes:'", _at(file, root.line))
        raise StoryboardError(str(problem), (problem,))
    reader = Reader(file)
    raw = reader.shape(root, Storyboard, ())
    problems = list(reader.problems)
    storyboard: Storyboard | None = None
    try:
        storyboard = _adapter().validate_python(raw)
    except ValidationError as error:
        problems += [found for item in error.errors(include_url=False) if (found := reader.tell(item))]
    if problems or storyboard is None:
        problems = sorted(dict.fromkeys(problems), key=lambda p: p.source.line if p.source else 0)
        raise StoryboardError(_message(problems), tuple(problems))
    return storyboard


def dumps(storyboard: Storyboard) -> str:
    """The canonical text of `storyboard`; `loads` of it gives an equal storyboard."""
    return f"# yaml-language-server: $schema={SCHEMA_NAME}\n" + to_yaml(storyboard, MAIN_FIELD)


def save(storyboard: Storyboard, path: Path) -> None:
    """Writes `storyboard` to `path` at once or not at all, and the schema for editors beside it.

    An existing storyboard keeps its comments and every line whose value is unchanged; what stands there and
    cannot be read is somebody's work too, and raises StoryboardError rather than being written over.
    """
    from shots.yaml_merge import merged

    text = dumps(storyboard)
    if path.exists():
        before = load(path)
        if before == storyboard:
            return
        old = decode(path.read_bytes(), path.name)
        if old != dumps(before):
            kept = merged(old, text)
            text = kept if _reads_as(kept, storyboard) else text
    _write(path, text)
    schema = Path(__file__).with_name(SCHEMA_NAME).read_text(encoding="utf-8")
    beside = path.with_name(SCHEMA_NAME)
    if not beside.exists() or beside.read_text(encoding="utf-8", errors="replace") != schema:
        _write(beside, schema)


def _reads_as(text: str, storyboard: Storyboard) -> bool:
    try:
        return loads(text) == storyboard
    except StoryboardError:
        return False


def _write(path: Path, text: str) -> None:
    try:
        handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            Path(scratch).chmod(0o644)
            Path(scratch).replace(path)
        except BaseException:
            Path(scratch).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise StoryboardError(f"{path}: cannot write it ({reason}). Fix: make room or choose another folder.") from None


def _message(problems: list[Problem]) -> str:
    lines = [str(problem) for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(f"... and {len(problems) - _SHOWN} more.")
    return "\n".join(lines)


def _at(file: str, line: int) -> SourceSpan:
    return SourceSpan(file, line, line)


@cache
def _adapter() -> TypeAdapter[Storyboard]:
    return TypeAdapter(Storyboard)
