"""Screenplays in every common form, read into a `Script`: Fountain, Final Draft, typed text, PDF.

`read` tells the form by content, then by suffix, and refuses what is none with one sentence. Nothing here
judges the story; elements keep the file and the lines they stand on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from director.parse.fountain import parse_fountain
from director.parse.source import decode, load
from director.parse.typed import parse_typed
from director.script import Script
from shots.errors import ScriptError

__all__ = ["as_json", "parse_fountain", "read"]

_MOST_LINES = 200_000  # a feature has some 8,000; far beyond it is no screenplay


def read(path: Path) -> Script:
    """Reads a screenplay file. Raises ScriptError, with the fix, for what cannot be read as one."""
    name = str(path)
    data = load(path)
    if b"%PDF-" in data[:1024]:
        from director.parse.pdf import parse_pdf  # pdfplumber is slow to load

        script = parse_pdf(data, name)
    elif path.suffix.lower() == ".fdx" or _is_xml(data):
        from director.parse.fdx import parse_fdx

        script = parse_fdx(data, name)
    else:
        text = decode(data, name)
        lines = text.count("\n") + text.count("\r")
        if lines > _MOST_LINES:
            raise ScriptError(
                f"{name}: has {lines} lines, where a feature has some 8000. "
                "Fix: give the screenplay alone, or one act at a time."
            )
        script = _parse_text(text, path)
    if not script.elements:
        raise ScriptError(
            f"{name}: holds no scene, action or dialogue. Fix: write at least one scene below the title page."
        )
    return script


def as_json(script: Script) -> dict[str, Any]:
    """The script as plain values: `title_page` and `elements`, each with kind, text and line."""
    elements = []
    for element in script.elements:
        item: dict[str, Any] = {"kind": element.kind, "text": element.text, "line": element.line}
        if element.scene_number is not None:
            item["scene_number"] = element.scene_number
        if element.extension is not None:
            item["extension"] = element.extension
        if element.dual:
            item["dual"] = True
        if element.depth is not None:
            item["depth"] = element.depth
        elements.append(item)
    return {"title_page": {key: list(lines) for key, lines in script.title_page.items()}, "elements": elements}


def _parse_text(text: str, path: Path) -> Script:
    """Fountain, or text typed in columns: indents tell which, unless the suffix says Fountain."""
    if path.suffix.lower() not in (".fountain", ".spmd"):
        script = parse_typed(text, str(path))
        if script is not None:
            return script
    return parse_fountain(text, str(path))


def _is_xml(data: bytes) -> bool:
    head = data[:400].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    return head.startswith((b"<?xml", b"<FinalDraft", b"<!DOCTYPE"))
