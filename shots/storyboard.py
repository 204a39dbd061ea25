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
from shots.unswept import unswept
from shots.yaml_read import LARGEST_BYTES, Mapping, Scalar, compose, decode
from shots.yaml_write import Writer, to_yaml

__all__ = ["dumps", "load", "loads", "read_bytes", "revised", "save", "write"]

SCHEMA_NAME = "storyboard.schema.json"
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}  # byte order marks
_SHOWN = 8  # problems told in a StoryboardError's message; all are in `.problems`


def load(path: Path) -> Storyboard:
    """Reads a storyboard file. Raises StoryboardError with every problem, each at its line."""
    return loads(decode(read_bytes(path), path.name), path.name)


@unswept()
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
    return _dumped(storyboard, Writer(MAIN_FIELD))


@unswept()
def revised(
    data: bytes, storyboard: Storyboard, file: str = "storyboard.yaml", *, before: Storyboard | None = None
) -> bytes:
    """A storyboard file's bytes, changed to say `storyboard`: every line whose value is unchanged stays as it is.

    Comments, line ends, encoding and byte order mark stay too. `before` is what `data` says, where that was read
    already. Raises StoryboardError where `data` cannot be read: what stands there is somebody's work.
    """
    from shots.yaml_merge import merged

    old = decode(data, file)
    if before is None:
        before = loads(old, file)
    if before == storyboard:
        return data
    writer = Writer(MAIN_FIELD)
    text = "" if old == _dumped(before, writer) else merged(old, before, storyboard)
    if not text or not _reads_as(text, storyboard):
        text = _dumped(storyboard, writer)
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    return mark + text.encode(_MARKS.get(mark, "utf-8"))


def save(storyboard: Storyboard, path: Path) -> None:
    """Writes `storyboard` to `path` at once or not at all, and the schema for editors beside it.

    An existing storyboard is `revised`; one that cannot be read raises StoryboardError rather than being written over.
    """
    if path.exists():
        before = read_bytes(path)
        data = revised(before, storyboard, path.name)
        if data == before:
            return
    else:
        data = dumps(storyboard).encode("utf-8")
    write(data, path)
    schema = Path(__file__).with_name(SCHEMA_NAME).read_bytes()
    beside = path.with_name(SCHEMA_NAME)
    if not beside.exists() or beside.read_bytes() != schema:
        write(schema, beside)


def read_bytes(path: Path) -> bytes:
    """A storyboard file as it lies on the disk, one that is too large as far as tells so. Raises StoryboardError."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise StoryboardError(f"{path}: cannot open it ({reason}). Fix: give the path of a storyboard.yaml.") from None


def _dumped(storyboard: Storyboard, writer: Writer) -> str:
    return f"# yaml-language-server: $schema={SCHEMA_NAME}\n" + to_yaml(storyboard, writer)


def _reads_as(text: str, storyboard: Storyboard) -> bool:
    try:
        return loads(text) == storyboard
    except StoryboardError:
        return False


def write(data: bytes, path: Path) -> None:
    """Writes a file so that it is at any time either as it was or complete. Raises StoryboardError."""
    try:
        handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(scratch).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
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
