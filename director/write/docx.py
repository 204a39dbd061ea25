"""Prose from a Word file: the paragraphs of its body, chapters by heading styles or outline levels.

Deleted text, notes, headers, comments and fields' instructions are not read; each text box is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from director.write.archive import Archive, inside, local
from director.write.prose import Line, Prose, prose

__all__ = ["read_docx"]

_OPENS = re.compile(r"heading [1-3]|title", re.I)
_DEEPEST = 200
_UNREAD = {"Fallback", "del", "moveFrom", "instrText", "delText", "rPr", "sectPr", "tblPr"}


def read_docx(data: bytes, name: str) -> Prose:
    """Reads the bytes of a .docx. Raises ScriptError for one that is protected, damaged or hostile."""
    archive = Archive(data, name)
    body = _main_part(archive)
    opening = _opening_styles(archive, body)
    root = archive.xml(body)
    title, author = _properties(archive)
    lines = []
    for number, (text, style) in enumerate(_paragraphs(root, archive), start=1):
        lines.append(Line(text, f"{name} ¶{number}", opens=bool(text) and style in opening))
    return prose(title, author, lines, name)


def _main_part(archive: Archive) -> str:
    for relation in archive.xml("_rels/.rels"):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            target = inside("", str(relation.get("Target", "")).lstrip("/"))
            if target is not None:
                return target
    raise archive.wrong("holds no Word document", "save the story as .docx")


def _opening_styles(archive: Archive, body: str) -> frozenset[str]:
    """The ids of the styles that head a chapter: Word names them in English whatever the program's language."""
    styles = inside(body, "styles.xml")
    if styles is None or styles not in archive:
        return frozenset({"Heading1", "Heading2", "Heading3", "Title", "outline"})
    found = {"outline"}
    for style in archive.xml(styles):
        named = next((_value(part) for part in style if local(part.tag) == "name"), "")
        if _OPENS.fullmatch(named):
            found.add(_attribute(style, "styleId"))
    return frozenset(found)


def _paragraphs(root: Element, archive: Archive) -> Iterator[tuple[str, str]]:
    """(text, style id) of each paragraph in order. A paragraph in a text box stands before the one around it."""
    open_: list[tuple[list[str], list[str]]] = []  # texts and styles of the paragraphs around the place
    stack: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
    while stack:
        if len(stack) > _DEEPEST:
            raise archive.wrong("nests its elements too deeply", "save it again")
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if local(element.tag) == "p" and open_:
                texts, styles = open_.pop()
                yield "".join(texts), styles[-1] if styles else ""
            continue
        kind = local(child.tag)
        if kind in _UNREAD:
            continue
        if kind == "p":
            open_.append(([], []))
        elif open_:
            _take(child, kind, *open_[-1])
        stack.append((child, iter(child)))


def _take(element: Element, kind: str, texts: list[str], styles: list[str]) -> None:
    if kind == "t":
        texts.append(element.text or "")
    elif kind in ("tab", "br", "cr"):
        texts.append(" ")
    elif kind == "noBreakHyphen":
        texts.append("-")
    elif kind == "pStyle":
        styles.append(_value(element))
    elif kind == "outlineLvl" and _value(element) in ("0", "1", "2"):
        styles.append("outline")


def _properties(archive: Archive) -> tuple[str, str]:
    """Title and author as the file's properties tell them."""
    if "docProps/core.xml" not in archive:
        return "", ""
    told = {local(part.tag): part.text or "" for part in archive.xml("docProps/core.xml")}
    return told.get("title", ""), told.get("creator", "")


def _value(element: Element) -> str:
    return _attribute(element, "val")


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")
