"""What may be an id. Ids name files, so a path, a control character or an endless name is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import count, product

from shots.errors import near_name

__all__ = ["LONGEST_ID", "fold", "free_id", "id_trouble", "unknown"]

LONGEST_ID = 80
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O read as 1 and 0
_ID = re.compile(r"[^\W_](?:[\w .,'’&()#+\-·・]*[\w.'’)#+])?")


def id_trouble(text: str) -> str:
    """Says in a few words why `text` cannot be an id, or returns "" when it can.

    Letters and digits of any script, spaces and `. , ' & ( ) # + - _` are allowed; the first character is a
    letter or a digit and two dots never stand together.
    """
    if not text.strip():
        return "is empty"
    if len(text) > LONGEST_ID:
        return f"is longer than {LONGEST_ID} characters"
    if "/" in text or "\\" in text or ".." in text:
        return "looks like a path"
    if not _ID.fullmatch(text):
        return "holds a character that an id cannot have, or starts or ends with one"
    return ""


def id_of(text: str) -> str:
    """`text` as an id: what an id cannot have is left out; "" when nothing is left."""
    words = re.sub(r"[^\w .,'’&()#+\-·・]|\.\.+", " ", text)
    name = re.sub(r"\s+", " ", words).strip(" .,-&(")[:LONGEST_ID].strip()
    return "" if id_trouble(name) else name


def fold(text: str) -> str:
    """The form in which two ids are compared: on some disks `Bob` and `BOB` are the same file."""
    return unicodedata.normalize("NFC", text).casefold()


def free_id(after: str, taken: Iterable[str]) -> str:
    """An id for a shot that is put in after another, as slates are lettered: `S2.3A`, `S2.3B`, then `S2.3AA`."""
    folded = {fold(name) for name in taken}
    for length in count(1):
        for letters in product(_LETTERS, repeat=length):
            name = after[: LONGEST_ID - length] + "".join(letters)
            if fold(name) not in folded:
                return name
    raise AssertionError("there is always another letter")


def unknown(kind: str, name: str, names: tuple[str, ...]) -> str:
    """`no shot 'S2.4'; did you mean 'S2.3'?`"""
    return f"no {kind} '{name}'{near_name(name, names)}"
