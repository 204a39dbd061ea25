"""From a path to bytes, and from bytes to text: what can be read, and in which encoding.

Refuses what is no screenplay (folders, devices, pictures, office files, more than 20 MB) with one
sentence; guesses an encoding only where the result reads like writing.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from shots.errors import ScriptError

__all__ = ["MOST_BYTES", "decode", "load"]

MOST_BYTES = 20 * 1024 * 1024
_FORMS = ".fountain, .fdx, .txt or a PDF with text"

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "is a zip archive, such as a Word or Fade In file", f"export the screenplay as {_FORMS}"),
    (b"\xd0\xcf\x11\xe0", "is an old Office file", f"export the screenplay as {_FORMS}"),
    (b"{\\rtf", "is rich text (RTF)", "save it as plain text or .fountain"),
    (b"\x89PNG", "is a picture", f"give the screenplay's {_FORMS}"),
    (b"\xff\xd8\xff", "is a picture", f"give the screenplay's {_FORMS}"),
    (b"\x1f\x8b", "is a gzip archive", "unpack it first"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def load(path: Path) -> bytes:
    """The bytes of a regular file of 1 byte to 20 MB. Raises ScriptError for anything else."""
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise ScriptError(f"{path}: is a folder. Fix: give the screenplay file in it.")
        if not stat.S_ISREG(info.st_mode):
            raise ScriptError(f"{path}: is not a regular file. Fix: give a screenplay file ({_FORMS}).")
        if info.st_size > MOST_BYTES:
            raise ScriptError(
                f"{path}: is {info.st_size / 2**20:.0f} MB, more than the {MOST_BYTES >> 20} MB that a screenplay may "
                "have. Fix: give the screenplay alone, without pictures, or one act at a time."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise ScriptError(f"{path}: no such file. Fix: check the name and the folder.") from None
    except PermissionError:
        raise ScriptError(f"{path}: may not be read. Fix: give yourself read permission on it.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ScriptError(f"{path}: cannot be read ({error}). Fix: check the name and the disk.") from None
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise ScriptError(f"{path}: is empty. Fix: write or save the screenplay first.")
    for signature, what, fix in _SIGNATURES:
        if data.startswith(signature):
            raise ScriptError(f"{path}: {what}. Fix: {fix}.")
    return data


def decode(data: bytes, name: str) -> str:
    """Text of `data`: UTF-8, UTF-16 or UTF-32 with or without mark, GB18030, cp1252, or what reads like writing.

    Raises ScriptError for binary data and for an encoding that cannot be told.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _try(data, encoding)
            if text is not None:
                return text
            raise ScriptError(f"{name}: begins like {encoding.upper()} but is damaged. Fix: save it again as UTF-8.")
    if b"\x00" in data:
        for encoding in _utf16_guesses(data):
            text = _try(data, encoding)
            if text is not None and _reads_like_writing(text):
                return text
        raise ScriptError(f"{name}: is a binary file. Fix: give a screenplay as {_FORMS}.")
    text = _try(data, "utf-8")
    if text is not None:
        return _not_binary(text, name)
    if sum(byte < 32 and byte not in b"\t\n\r\x0c\x1a" for byte in data[:65536]) > min(len(data), 65536) // 100:
        raise ScriptError(f"{name}: is a binary file. Fix: give a screenplay as {_FORMS}.")
    for encoding in _eight_bit_guesses(data):
        text = _try(data, encoding)
        if text is not None and _reads_like_writing(text):
            return text
    raise ScriptError(f"{name}: its text encoding cannot be told. Fix: save it again as UTF-8.")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _not_binary(text: str, name: str) -> str:
    controls = sum(ord(c) < 32 and c not in "\t\n\r\x0c\x1a\x1b" for c in text[:65536])
    if controls > len(text[:65536]) // 50:
        raise ScriptError(f"{name}: is a binary file. Fix: give a screenplay as {_FORMS}.")
    return text


def _utf16_guesses(data: bytes) -> list[str]:
    """UTF-16 without a mark: zeros stand at odd places in little endian, at even ones in big endian."""
    if len(data) % 2:
        return []
    even, odd = data[0::2].count(0), data[1::2].count(0)
    return ["utf-16-le", "utf-16-be"] if odd >= even else ["utf-16-be", "utf-16-le"]


def _like_gb(data: bytes) -> bool:
    """Whether the bytes above ASCII come in pairs, mostly those of everyday Chinese.

    Western accents stand alone between ASCII letters; Cyrillic comes in runs, but in small letters,
    which fall outside the everyday characters' lead bytes.
    """
    high = sum(map(len, re.findall(rb"[\x80-\xff]+", data)))
    pairs = re.findall(rb"[\xa1-\xf7][\xa1-\xfe]", data)
    everyday = sum(0xB0 <= pair[0] <= 0xD7 or pair[0] in (0xA1, 0xA3) for pair in pairs)
    return 2 * len(pairs) >= 0.9 * high and everyday >= 0.75 * len(pairs)


def _eight_bit_guesses(data: bytes) -> Iterator[str]:
    if _like_gb(data):
        yield "gb18030"
    # Western text is mostly ASCII; where most letters are not, its letters are another alphabet's.
    high = sum(map(len, re.findall(rb"[\xc0-\xff]+", data)))
    if high < 0.3 * (high + sum(map(len, re.findall(rb"[A-Za-z]+", data)))):
        yield "cp1252"
    from charset_normalizer import from_bytes  # loads its tables only when they are needed

    best = from_bytes(data[:200_000]).best()
    if best is not None and best.chaos < 0.1:
        yield best.encoding


def _reads_like_writing(text: str) -> bool:
    """Whether nearly all characters are letters, marks, digits, spaces and common punctuation of few scripts."""
    sample = Counter(text[:200_000])
    total = sample.total()
    odd = 0
    foreign = 0
    scripts: Counter[str] = Counter()
    for char, count in sample.items():
        category = unicodedata.category(char)
        if category in ("Cc", "Cn", "Co", "Cs") and char not in "\t\n\r\x0c\x1a":
            odd += 8 * count
        elif ord(char) > 127:
            foreign += count
            if category[0] == "L":
                scripts[unicodedata.name(char, "?").split()[0]] += count
            elif char not in "‘’“”–—…«»·°£€©®™§、。「」『』（）：；，！？¡¿\u3000\xa0":
                odd += count
    letters = scripts.total()
    main = sum(count for _, count in scripts.most_common(2))
    return odd <= 0.02 * total + 0.2 * foreign and main >= 0.9 * letters
