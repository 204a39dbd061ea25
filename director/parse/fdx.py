"""Final Draft files (.fdx) into sourced elements.

Reads what is written, not how it is set: pages, colours, revisions and settings stay where they are.
XML entities and document types are refused, whatever they hold.
"""

from __future__ import annotations

import re
import xml.sax
from dataclasses import dataclass, field
from typing import Any

import defusedxml.sax
from defusedxml import DefusedXmlException

from director.parse.fountain import heading_element
from director.parse.lines import split_cue
from director.parse.marks import clean_text
from director.parse.titlepage import typed_title_page
from director.script import Element, ElementKind, Script
from shots.errors import ScriptError

__all__ = ["parse_fdx"]

_KINDS: dict[str, ElementKind] = {
    "scene heading": "scene",
    "action": "action",
    "character": "character",
    "dialogue": "dialogue",
    "parenthetical": "paren",
    "transition": "transition",
    "singing": "lyrics",
    "lyrics": "lyrics",
    "new act": "centered",
    "end of act": "centered",
}
_SKIPPED = {"SceneProperties", "OmittedScene", "HeaderAndFooter", "SmartType", "DynamicLabel", "ListItems", "Beat"}

_DEEPEST = 64  # Final Draft nests about ten deep


def parse_fdx(data: bytes, file: str) -> Script:
    """Parses the bytes of an .fdx file. Raises ScriptError for broken or hostile XML and missing content."""
    reader = _Reader()
    try:
        defusedxml.sax.parseString(_as_utf8(data), reader, forbid_dtd=True)
    except DefusedXmlException:
        raise ScriptError(
            f"{file}: declares XML entities or a document type, which no Final Draft file does. "
            "Fix: export the screenplay again from Final Draft."
        ) from None
    except xml.sax.SAXParseException as error:
        raise ScriptError(
            f"{file}:{error.getLineNumber() or 1}: is broken XML ({error.getMessage()}). "
            "Fix: export the screenplay again as .fdx or .fountain."
        ) from None
    except LookupError as error:
        raise ScriptError(f"{file}: declares an {error}. Fix: export the screenplay again as UTF-8.") from None
    if reader.too_deep:
        raise ScriptError(f"{file}: nests its elements too deeply. Fix: export the screenplay again.")
    if reader.root != "FinalDraft" or not reader.has_content:
        raise ScriptError(
            f"{file}: is XML but holds no Final Draft screenplay (no FinalDraft/Content). "
            "Fix: export the screenplay as .fdx or .fountain."
        )
    return Script(
        file=file,
        title_page=typed_title_page(reader.title_blocks()),
        elements=tuple(sorted(reader.elements, key=lambda element: element.line)),
    )


def _as_utf8(data: bytes) -> bytes:
    """Expat knows UTF-8, UTF-16, Latin-1 and ASCII; other declared encodings are converted first."""
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w.-]+)[\"'][^>]*\?>", data[:400])
    if declared and declared[1].lower() not in (b"utf-8", b"utf-16", b"iso-8859-1", b"us-ascii"):
        try:
            return data[declared.end() :].decode(declared[1].decode("ascii")).encode("utf-8")
        except (UnicodeDecodeError, LookupError):
            return data  # expat says what is wrong, and where
    return data


@dataclass
class _Paragraph:
    """An open Paragraph: its type, where it starts, and the text gathered so far."""

    kind: str
    number: str | None
    line: int
    note: bool
    page_break: bool
    text: list[str] = field(default_factory=list)


class _Reader(xml.sax.ContentHandler):
    """Collects elements; paragraphs nest for dual dialogue and for script notes."""

    def __init__(self) -> None:
        super().__init__()
        self.root = ""
        self.has_content = False
        self.too_deep = False
        self.elements: list[Element] = []
        self._path: list[str] = []
        self._open: list[_Paragraph] = []
        self._skip_depth = 0
        self._notes = 0
        self._dual: int | None = None  # speeches so far inside a DualDialogue
        self._right = False
        self._titles: list[list[str]] = [[]]
        self._locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:
        self._locator = locator

    def title_blocks(self) -> list[list[str]]:
        return self._titles

    def startElement(self, name: str, attrs: Any) -> None:
        self._path.append(name)
        self.too_deep = self.too_deep or len(self._path) > _DEEPEST
        if self._skip_depth or name in _SKIPPED or self.too_deep:
            self._skip_depth += 1
            return
        if len(self._path) == 1:
            self.root = name
        elif name == "Content" and len(self._path) == 2:
            self.has_content = True
        elif name == "ScriptNote":
            self._notes += 1
        elif name == "DualDialogue":
            self._dual = 0
        elif name == "Paragraph":
            kind = attrs.get("Type", "").strip().lower()
            line = self._locator.getLineNumber() or 1
            breaks = attrs.get("StartsNewPage", "No") == "Yes"
            self._open.append(_Paragraph(kind, attrs.get("Number") or None, line, self._notes > 0, breaks))

    def characters(self, content: str) -> None:
        if self._open and not self._skip_depth and self._path[-1] == "Text":
            self._open[-1].text.append(content)

    def endElement(self, name: str) -> None:
        self._path.pop()
        if self._skip_depth:
            self._skip_depth -= 1
        elif name == "ScriptNote":
            self._notes -= 1
        elif name == "DualDialogue":
            self._dual = None
            self._right = False
        elif name == "Paragraph" and self._open:
            self._close(self._open.pop())

    def _close(self, paragraph: _Paragraph) -> None:
        text = clean_text("".join(paragraph.text)).strip("\n")
        last_line = self._locator.getLineNumber() or paragraph.line
        if "TitlePage" in self._path:
            if text.strip():
                self._titles[-1].append(text.strip())
            elif self._titles[-1]:
                self._titles.append([])
            return
        if self._path[1:2] != ["Content"] or not text.strip():
            return
        if paragraph.note:
            self.elements.append(Element("note", text.strip(), paragraph.line, last_line))
            return
        self._emit(paragraph, text, last_line)

    def _emit(self, paragraph: _Paragraph, text: str, last_line: int) -> None:
        kind = _KINDS.get(paragraph.kind, "action")
        line = paragraph.line
        if kind == "scene":
            # The heading and cue styles show capitals whatever was typed.
            self.elements.append(heading_element(text.strip().upper(), line, last_line, paragraph.number))
            return
        if kind == "character":
            if self._dual is not None:
                self._dual += 1
                self._right = self._dual > 1
            cue = split_cue(text.upper())
            self.elements.append(
                Element("character", cue.name, line, last_line, extension=cue.extension, dual=self._right)
            )
            return
        text = text if kind == "action" else text.strip()
        dual = self._right and kind in ("dialogue", "paren", "lyrics")
        self.elements.append(Element(kind, text, line, last_line, dual=dual))
