"""A zip file that somebody sent: entries are read by name, in memory, within limits; nothing is ever unpacked.

What an entry claims to hold is not believed: reading stops at the limit. Names that lead out of the archive,
protected entries and doctypes are refused.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from shots.errors import ScriptError

__all__ = ["Archive", "inside", "local"]

_MOST_ENTRIES = 20_000
_MOST_ENTRY_BYTES = 32 * 2**20
_MOST_BYTES = 96 * 2**20  # of all that is read


class Archive:
    """Reads entries of a zip file in `data`; `name` stands in what is said about it."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise self.wrong("is damaged, or is no such file inside", "save or export it again") from None
        if len(self._zip.infolist()) > _MOST_ENTRIES:
            raise self.wrong(f"holds more than {_MOST_ENTRIES} files", "export the text alone")

    def wrong(self, what: str, fix: str) -> ScriptError:
        """The error to raise about this file."""
        return ScriptError(f"{self._name}: {what}. Fix: {fix}.")

    def __contains__(self, entry: str) -> bool:
        return entry in self._zip.NameToInfo

    def bytes(self, entry: str) -> bytes:
        """What an entry holds.

        Raises:
            ScriptError: it is missing, protected, damaged or too large.
        """
        info = self._zip.NameToInfo.get(entry)
        if info is None:
            raise self.wrong(f"lacks its part {entry!r}", "save or export it again")
        if info.flag_bits & 1:
            raise self.wrong("is protected with a password", "save it without one")
        limit = min(_MOST_ENTRY_BYTES, _MOST_BYTES - self._read)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
            raise self.wrong(f"has a damaged part {entry!r}", "save or export it again") from None
        if len(data) > limit:
            raise self.wrong(f"unpacks to more than a story can hold (at {entry!r})", "export the text alone")
        self._read += len(data)
        return data

    def xml(self, entry: str) -> Element:
        """The root of an entry that is XML.

        Raises:
            ScriptError: as `bytes`, and for XML that is broken or declares a document type.
        """
        try:
            root: Element = defusedxml.ElementTree.fromstring(self.bytes(entry), forbid_dtd=True)
        except DefusedXmlException:
            raise self.wrong(f"declares a document type in {entry!r}", "save or export it again") from None
        except (ParseError, LookupError, ValueError):
            raise self.wrong(f"has broken XML in {entry!r}", "save or export it again") from None
        return root


def local(tag: object) -> str:
    """An element's name without its namespace."""
    return str(tag).rpartition("}")[2]


def inside(base: str, reference: str) -> str | None:
    """The entry that `reference` names from `base`'s folder; None if it leads out of the archive or to a network."""
    path = unquote(reference.partition("#")[0])
    if "://" in path or "\\" in path or path.startswith(("/", "data:", "mailto:")):
        return None
    entry = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    return None if entry.startswith("../") or entry in ("..", ".") else entry
