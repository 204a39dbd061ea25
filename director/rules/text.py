"""Plain handling of a script's words: emphasis marks, sentences with their lines, language, stable chance.

Nothing here knows what a word means; the vocabularies stand in the modules that use them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from director.script import Element
from shots.source import SourceSpan

__all__ = [
    "Sentence",
    "chance",
    "is_cjk",
    "language_of",
    "pick",
    "plain",
    "sentences",
    "span_of_words",
    "split_speech",
    "word_set",
]

_EMPHASIS = re.compile(r"(?<!\\)[*_]+")
_ESCAPE = re.compile(r"\\([*_])")
_NOTE = re.compile(r"\[\[.*?\]\]", re.DOTALL)
_SPACE = re.compile(r"\s+")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[^\W\d_]")
_ABBREVIATIONS = ("mr", "mrs", "ms", "dr", "st", "prof", "sgt", "lt", "capt", "col", "gen", "jr", "sr", "vs", "etc")
_CLOSED = "。！？…，、；：”’」』）"
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+\S)|[。！？…]+[”’」』）]*|\s--\s(?=[A-Z])")


@dataclass(frozen=True)
class Sentence:
    """A sentence without emphasis marks, and the lines it stands on."""

    text: str
    span: SourceSpan


def plain(text: str) -> str:
    """`text` without emphasis marks and notes, with runs of white space as one space."""
    if "[[" in text:
        text = _NOTE.sub(" ", text)
    if "*" in text or "_" in text:
        text = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text))
    return _SPACE.sub(" ", text).strip()


def is_cjk(text: str) -> bool:
    """Whether `text` has a Chinese character."""
    return _CJK.search(text) is not None


def language_of(texts: list[str]) -> str:
    """ "zh" when Chinese characters make up a good part of what is written, else "en"."""
    chinese = sum(len(_CJK.findall(text)) for text in texts)
    latin = sum(len(_LATIN.findall(text)) for text in texts) - chinese
    return "zh" if chinese * 3 > latin else "en"


def split_speech(text: str) -> list[str]:
    """The sentences of `text`; joined by a space (by nothing between Chinese ones) they are `text` again."""
    parts: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        head = text[start : match.end()]
        last_word = head.rstrip(".").rsplit(None, 1)[-1].casefold() if head.strip(".") else ""
        if match.group() == "." and (last_word in _ABBREVIATIONS or len(last_word) == 1 or "." in last_word):
            continue
        following = text[match.end() :].lstrip()
        if following[:1].islower() or head.count('"') % 2 or head.count("“") > head.count("”"):
            continue
        if head.strip():
            parts.append(head.strip())
        start = match.end()
    if text[start:].strip():
        parts.append(text[start:].strip())
    return parts


def join(parts: Iterable[str]) -> str:
    """Sentences as one text: with spaces, but none after Chinese punctuation."""
    whole = ""
    for part in parts:
        whole += part if not whole or whole[-1] in _CLOSED else f" {part}"
    return whole


def sentences(element: Element, file: str) -> list[Sentence]:
    """The sentences of an element in order, each with the lines it stands on."""
    whole = plain(element.text)
    found: list[Sentence] = []
    at = 0
    for part in split_speech(whole):
        start = whole.index(part, at)
        at = start + len(part)
        found.append(Sentence(part, span_of_words(element, file, whole, start, at)))
    return found


def span_of_words(element: Element, file: str, whole: str, start: int, end: int) -> SourceSpan:
    """The lines on which characters `start` to `end` of `whole` (the element's plain text) stand."""
    lines = element.text.split("\n")
    if len(lines) == 1 or element.last_line - element.line + 1 != len(lines):
        return SourceSpan(file, element.line, element.last_line)
    first, last, at = None, 0, 0
    for number, line in enumerate(lines):
        words = plain(line)
        position = whole.find(words, at) if words else -1
        if position < 0:
            continue
        at = position + len(words)
        if position < end and at > start:
            first = number if first is None else first
            last = number
    if first is None:
        return SourceSpan(file, element.line, element.last_line)
    return SourceSpan(file, element.line + first, element.line + last)


@lru_cache(maxsize=4096)
def chance(*parts: str | int) -> float:
    """A number from 0 up to 1 that is always the same for the same parts."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def pick(options: tuple[str, ...], *parts: str | int) -> str:
    """One of `options`, always the same for the same parts."""
    return options[int(chance(*parts) * len(options))]


def word_set(text: str) -> frozenset[str]:
    """The words of a vocabulary written as running text."""
    return frozenset(text.split())
