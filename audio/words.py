"""What is said of a written line, and its words: shared by voices and captions, so that the two agree.

A screenplay's line carries marks that nobody speaks: emphasis, bracketed directions, notes. `spoken`
takes them out; `tokens` cuts what is left into words as captions show them. Nothing here knows sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["by_language", "chunks", "is_cjk", "join", "language_of", "spoken", "stressed", "tokens"]

_NOTE = re.compile(r"\[\[.*?\]\]", re.DOTALL)
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")
_EMPHASIS = re.compile(r"(?<!\\)[*_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_OF_SCRIPT = {
    "ja": {"ja"},
    "ko": {"ko"},
    "zh": {"zh", "cmn", "yue", "hak", "ja"},
    "ru": {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tt"},
    "el": {"el", "grc"},
    "ar": {"ar", "fa", "ur", "ps", "ug"},
    "he": {"he", "yi"},
    "hi": {"hi", "mr", "ne", "kok"},
    "th": {"th"},
}
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"'”’)])\s+|(?<=[。！？])(?![”’」])|(?<=[。！？][”’」])")
_CLAUSE_END = re.compile(r"(?<=[,;:—–])\s+|(?<=[，；：、])")


def spoken(text: str) -> str:
    """Returns the words of `text` as they are said: no emphasis marks, asides, notes or control characters."""
    return "".join(character for character, _ in _said(text))


def stressed(text: str) -> list[tuple[int, int]]:
    """Returns what emphasis marks set apart, as spans of `spoken(text)`; nothing where half of it or more is."""
    said = _said(text)
    flags = [marked and not character.isspace() for character, marked in said]
    if 2 * sum(flags) >= sum(not character.isspace() for character, _ in said):
        return []
    spans: list[tuple[int, int]] = []
    for index, (character, _) in enumerate(said):
        if flags[index]:
            begin = spans.pop()[0] if spans and spans[-1][1] == index else index
            spans.append((begin, index + 1))
        elif character == " " and spans and spans[-1][1] == index and index + 1 < len(said) and flags[index + 1]:
            spans[-1] = (spans[-1][0], index + 1)
    return spans


def _said(text: str) -> list[tuple[str, bool]]:
    """The characters that are said, and whether emphasis marks enclose each."""
    text = unicodedata.normalize("NFC", text)
    text = _NOTE.sub(" ", text)
    before = None
    while before != text:  # asides within asides
        before, text = text, _ASIDE.sub(" ", text)
    marks = [(found.start(), found.end()) for found in _EMPHASIS.finditer(text)]
    paired = len(marks) % 2 == 0
    out: list[tuple[str, bool]] = []
    within, index = False, 0
    while index < len(text):
        character = text[index]
        if marks and marks[0][0] == index:
            index = marks.pop(0)[1]
            within = paired and not within
            continue
        if text[index : index + 2] in ("\\*", "\\_"):
            character, index = ("*" if text[index + 1] == "*" else " "), index + 1
        silent = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} or character.isspace()
        if not silent:
            out.append((character, within))
        elif out and out[-1][0] != " ":
            out.append((" ", within))
        index += 1
    return out[:-1] if out and out[-1][0] == " " else out


def is_cjk(character: str) -> bool:
    """Whether `character` is written without spaces around it: Han or kana."""
    return (
        "\u3400" <= character <= "\u4dbf"
        or "\u4e00" <= character <= "\u9fff"
        or "\u3040" <= character <= "\u30ff"
        or "\U00020000" <= character <= "\U0002fa1f"
    )


def tokens(text: str) -> list[tuple[int, str]]:
    """Returns the words of `text` with the offset of each: space-separated, Han and kana one by one.

    Punctuation stays with the word before it (opening marks with the word after), so every token but that
    of a text without any letter has something to say.
    """
    raw: list[tuple[int, str]] = []
    for match in re.finditer(r"\S+", text):
        start = match.start()
        piece = ""
        for character in match.group():
            whole = any(is_cjk(c) for c in piece)
            if piece and (is_cjk(character) or (whole and character.isalnum())) and _speaks(piece):
                opening = re.search(r"[「『“‘（《〈]+$", piece)
                cut = opening.start() if opening else len(piece)
                raw.append((start, piece[:cut]))
                start, piece = start + cut, piece[cut:]
            piece += character
        raw.append((start, piece))
    out: list[tuple[int, str]] = []
    for start, piece in raw:
        if out and not _speaks(piece):
            before, word = out[-1]
            gap = " " * (start - before - len(word))
            out[-1] = (before, word + gap + piece)
        elif out and not _speaks(out[-1][1]):
            before, word = out[-1]
            out[-1] = (before, word + " " * (start - before - len(word)) + piece)
        else:
            out.append((start, piece))
    return out


def join(words: Sequence[str]) -> str:
    """Returns `words` as running text: spaces between them except next to Han or kana."""
    text = ""
    for word in words:
        tight = not text or (_is_tight(text[-1]) and _is_tight(word[0]))
        text += word if tight else f" {word}"
    return text


def language_of(text: str, language: str) -> str:
    """Returns `language`, or the language of the text's script when `language` is not written in it."""
    letters = sum(character.isalpha() for character in text)
    base = language.lower().replace("_", "-").split("-")[0]
    for script, pattern in _SCRIPTS:
        if letters and len(pattern.findall(text)) * 2 >= letters and base not in _OF_SCRIPT[script]:
            return script
    return language


def by_language(text: str, language: str) -> list[tuple[int, str, str]]:
    """Cuts `text` where its script changes to one that `language` is not written in, and back.

    Returns:
        Offset, piece and language of each; marks, digits and Latin words go with what stands before them.
    """
    base = language.lower().replace("_", "-").split("-")[0]
    runs: list[tuple[int, str]] = []
    for index, character in enumerate(text):
        foreign = next((script for script, pattern in _SCRIPTS if pattern.match(character)), None)
        if foreign and base in _OF_SCRIPT[foreign]:
            foreign = None
        if not character.isalpha() and runs:
            continue
        tongue = foreign or language
        if runs and tongue == "zh" and runs[-1][1] == "ja":  # Han among kana
            continue
        if not runs or runs[-1][1] != tongue:
            runs.append((index if runs else 0, tongue))
    ends = [begin for begin, _ in runs[1:]] + [len(text)]
    return [(begin, text[begin:end], tongue) for (begin, tongue), end in zip(runs, ends, strict=True)]


def chunks(text: str, limit: int) -> list[str]:
    """Cuts `text` at sentence ends, then clause ends, then spaces, into pieces of at most `limit` characters."""
    pieces = [text]
    for pattern in (_SENTENCE_END, _CLAUSE_END, re.compile(r"\s+")):
        pieces = [
            part
            for piece in pieces
            for part in (_packed(pattern.split(piece), limit) if len(piece) > limit else [piece])
        ]
    return [piece[at : at + limit].strip() for piece in pieces for at in range(0, len(piece), limit) if piece.strip()]


def _packed(parts: Sequence[str], limit: int) -> list[str]:
    out: list[str] = []
    for part in parts:
        joined = join((out[-1], part)) if out and part else part
        if out and part and len(joined) <= limit:
            out[-1] = joined
        elif part:
            out.append(part)
    return out


def _speaks(piece: str) -> bool:
    return any(character.isalnum() for character in piece)


def _is_tight(character: str) -> bool:
    return is_cjk(character) or character in "，。！？；：、“”‘’「」『』（）《》〈〉…—"
