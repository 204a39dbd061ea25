"""Prose as chapters of numbered paragraphs, each with the place it stands at, from .txt, .md, .docx and .epub.

Paragraph 2.14 is the fourteenth of the second chapter: an edit in one chapter leaves the ids of the others alone.
Reads words only: no pictures, notes at the foot of a page, or styles; refuses what is protected or is no prose.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from director.parse.marks import clean_text
from shots.errors import ScriptError

__all__ = ["PROSE_SUFFIXES", "Chapter", "Line", "Paragraph", "Prose", "prose", "read_prose"]

PROSE_SUFFIXES = (".txt", ".md", ".docx", ".epub")
MOST_BYTES = 64 * 2**20
_MOST_CHARACTERS = 6_000_000  # the longest novels have some four million
_LONGEST_PARAGRAPH = 6000  # characters; a longer one is parted, so that a scene can cite a part of it
_FORMS = ".txt, .md, .docx or .epub"


@dataclass(frozen=True)
class Line:
    """One paragraph as a file has it: its text, where it stands, and whether it opens a chapter."""

    text: str
    place: str
    opens: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose. `place` is "story.txt:42" or, inside a book, "story.epub:text/ch1.xhtml ¶12"."""

    id: str
    text: str
    place: str


@dataclass(frozen=True)
class Chapter:
    """Paragraphs under one title, which may be empty."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Prose:
    """A story: its title and author as the file tells them, empty where it does not, and its chapters in order."""

    title: str
    author: str
    chapters: tuple[Chapter, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of them, in order."""
        return tuple(paragraph for chapter in self.chapters for paragraph in chapter.paragraphs)


def read_prose(path: Path) -> Prose:
    """Reads a story.

    Raises:
        ScriptError: the file is missing, too large, protected, damaged or holds no prose; with the fix.
    """
    data = _load(path)
    suffix = path.suffix.lower()
    if suffix == ".docx":
        from director.write.docx import read_docx  # zip and XML are loaded for books alone

        story = read_docx(data, path.name)
    elif suffix == ".epub":
        from director.write.epub import read_epub

        story = read_epub(data, path.name)
    else:
        from director.write.typed import read_typed

        story = read_typed(data, path.name, markdown=suffix == ".md")
    if not story.paragraphs:
        raise ScriptError(f"{path.name}: holds no prose. Fix: give a story with at least one paragraph of text.")
    return story


def prose(title: str, author: str, lines: Iterable[Line], name: str) -> Prose:
    """Gathers a file's paragraphs into chapters and numbers them; chapters without text are left out.

    Raises:
        ScriptError: `name`'s text is longer than any story.
    """
    groups: list[tuple[str, list[Line]]] = [("", [])]
    length = 0
    for line in lines:
        text = " ".join(clean_text(line.text).split())
        length += len(text)
        if length > _MOST_CHARACTERS:
            raise ScriptError(
                f"{name}: is longer than {_MOST_CHARACTERS} characters. Fix: give one book, or one part of it."
            )
        if line.opens:
            groups.append((text, []))
        elif text:
            groups[-1][1].extend(Line(part, line.place) for part in _parts(text))
    told = [(heading, kept) for heading, kept in groups if kept]
    chapters = tuple(
        Chapter(heading, tuple(Paragraph(f"{c}.{p}", line.text, line.place) for p, line in enumerate(kept, start=1)))
        for c, (heading, kept) in enumerate(told, start=1)
    )
    return Prose(" ".join(clean_text(title).split())[:200], " ".join(clean_text(author).split())[:200], chapters)


def _parts(text: str) -> Sequence[str]:
    """A paragraph, parted after a sentence or a space where it is very long."""
    parts: list[str] = []
    while len(text) > _LONGEST_PARAGRAPH:
        head = text[:_LONGEST_PARAGRAPH]
        cut = max(*(head.rfind(end) + len(end) for end in (". ", "! ", "? ", "。", "！", "？")), head.rfind(" ") // 2)
        cut = cut if cut > 1 else _LONGEST_PARAGRAPH
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*parts, text] if text else parts


def _load(path: Path) -> bytes:
    """The bytes of a regular file that is not too large."""
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise ScriptError(f"{path}: is not a file. Fix: give a story as {_FORMS}.")
        if info.st_size > MOST_BYTES:
            raise ScriptError(
                f"{path}: is {info.st_size / 2**20:.0f} MB, more than the {MOST_BYTES >> 20} MB that a story may have. "
                "Fix: give the text alone, without pictures."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise ScriptError(f"{path}: no such file. Fix: check the name and the folder.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ScriptError(f"{path}: cannot be read ({error}). Fix: check the name and its permissions.") from None
    if not data.strip():
        raise ScriptError(f"{path}: is empty. Fix: write or save the story first.")
    return data
