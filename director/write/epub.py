"""Prose from an EPUB: the documents of its spine in order, each a chapter unless its headings make more.

A linear scan over the markup, since books are rarely clean XML; entities beyond HTML's own are left as they stand.
Tables of contents, pictures, scripts and protected books are not read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from director.parse.source import decode
from director.write.archive import Archive, inside, local
from director.write.prose import Line, Prose, prose
from shots.errors import ScriptError

__all__ = ["read_epub"]

_TAG = re.compile(r"(?P<close>/?)(?P<name>[A-Za-z][\w.:-]{0,40})")
_HEADINGS = {"h1", "h2", "h3"}
_UNREAD = {"head", "script", "style", "svg", "math", "nav", "rt", "rp", "audio", "video"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark",
    "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
}  # fmt: skip


def read_epub(data: bytes, name: str) -> Prose:
    """Reads the bytes of an .epub. Raises ScriptError for one that is protected, damaged or hostile."""
    archive = Archive(data, name)
    package = _package(archive)
    root = archive.xml(package)
    told = {local(part.tag): part.text or "" for part in _all(root, "metadata")}
    locked = _locked(archive)
    lines: list[Line] = []
    for entry in _spine(root, package, archive):
        if entry in locked:
            raise archive.wrong("is protected (DRM)", "give a copy of your own without protection")
        document = archive.bytes(entry)
        try:
            text = decode(document, name)
        except ScriptError:
            raise archive.wrong(f"has text of an unknown encoding in {entry!r}", "export it again") from None
        chapter = [Line(said, f"{name}:{entry} ¶{n}", opens) for n, (said, opens) in enumerate(_blocks(text), start=1)]
        if chapter and not chapter[0].opens:
            lines.append(Line("", f"{name}:{entry}", opens=True))
        lines += chapter
    return prose(told.get("title", ""), told.get("creator", ""), lines, name)


def _package(archive: Archive) -> str:
    for element in archive.xml("META-INF/container.xml").iter():
        if local(element.tag) == "rootfile":
            entry = inside("", element.get("full-path", ""))
            if entry is not None:
                return entry
    raise archive.wrong("names no book inside", "export it again as EPUB")


def _spine(root: Element, package: str, archive: Archive) -> Iterator[str]:
    """The entries of the chapters in reading order, each once."""
    items = {item.get("id", ""): item for item in _all(root, "manifest")}
    seen: set[str] = set()
    for reference in _all(root, "spine"):
        item = items.get(reference.get("idref", ""))
        if item is None or "nav" in item.get("properties", "").split():
            continue
        if not item.get("media-type", "").endswith(("xhtml+xml", "html")):
            continue
        entry = inside(package, item.get("href", ""))
        if entry is None:
            raise archive.wrong(f"names a part outside itself ({item.get('href', '')[:80]!r})", "export it again")
        if entry not in seen:
            seen.add(entry)
            yield entry


def _all(root: Element, parent: str) -> Iterator[Element]:
    for element in root:
        if local(element.tag) == parent:
            yield from element


def _locked(archive: Archive) -> frozenset[str]:
    """The entries that are encrypted; fonts often are, and do not matter."""
    if "META-INF/encryption.xml" not in archive:
        return frozenset()
    references = (
        inside("", element.get("URI", ""))
        for element in archive.xml("META-INF/encryption.xml").iter()
        if local(element.tag) == "CipherReference"
    )
    return frozenset(entry for entry in references if entry is not None)


def _blocks(markup: str) -> Iterator[tuple[str, bool]]:
    """(text, whether it is a heading) of each block of XHTML, in one pass."""
    said: list[str] = []
    unread = ""  # the element whose end is waited for
    heading = False
    for text, tag, closes in _pieces(markup):
        if unread:
            unread = "" if closes and tag == unread else unread
            continue
        said.append(html.unescape(text))
        if not tag or tag in _INLINE:
            continue
        if tag == "br":
            said.append(" ")
            continue
        whole = " ".join("".join(said).split())
        if whole:
            yield whole, heading
        said.clear()
        heading = tag in _HEADINGS and not closes
        if tag in _UNREAD and not closes:
            unread = tag


def _pieces(markup: str) -> Iterator[tuple[str, str, bool]]:
    """(text, the tag after it, whether that closes): a scan that looks at every character once."""
    at = 0
    while True:
        opens = markup.find("<", at)
        if opens < 0:
            yield markup[at:], "p", True
            return
        text = markup[at:opens]
        if markup.startswith("<!--", opens):
            ends, length = markup.find("-->", opens + 4), 3
        elif markup.startswith("<![CDATA[", opens):
            ends, length = markup.find("]]>", opens), 3
        else:
            ends, length = markup.find(">", opens), 1
        if ends < 0:
            yield text, "p", True
            return
        inner = markup[opens + 1 : ends]
        found = _TAG.match(inner)
        empty = inner.endswith("/")
        tag = found["name"].lower().rpartition(":")[2] if found else ""
        yield text, tag, bool(found and found["close"]) or empty
        at = ends + length
