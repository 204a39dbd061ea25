"""A scene's elements as beats: what happens, what is said, what is lettered, how the scene is left.

`read_beats` keeps the script's order and loses nothing that can be filmed; notes, boneyards, sections and
synopses are not filmed. It decides nothing about pictures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from director.rules.cast import Cast
from director.rules.emotions import Feeling, read_spoken_feeling
from director.rules.heard import how_heard, talks_into_phone
from director.rules.reading import Happening, Reader
from director.rules.text import plain, sentences
from director.script import Element, Script
from shots.source import SourceSpan
from shots.spec import Heard

__all__ = ["Beat", "Caption", "Piece", "Speech", "Way", "is_intercut", "is_montage", "is_split", "read_beats"]


@dataclass(frozen=True)
class Piece:
    """Words of a speech between two parentheticals."""

    text: str
    delivery: str
    span: SourceSpan
    element: Element


@dataclass(frozen=True)
class Speech:
    """A cue with what stands under it. `speakers` has several for "MARA & TOM"."""

    speakers: tuple[str, ...]
    pieces: tuple[Piece, ...]
    heard: Heard
    span: SourceSpan
    dual: bool = False  # spoken with the speech before
    phone: bool = False  # the speaker talks into a telephone

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def delivery(self) -> str:
        """Its first parenthetical."""
        return next((piece.delivery for piece in self.pieces if piece.delivery), "")

    @property
    def feeling(self) -> Feeling | None:
        """The feeling it is spoken with, as far as the script tells."""
        return read_spoken_feeling(self.delivery, self.text)


@dataclass(frozen=True)
class Caption:
    """Words that are read rather than played: centered text, a title, a list's head, a lone lyric."""

    text: str
    span: SourceSpan


@dataclass(frozen=True)
class Way:
    """A transition as written, such as "DISSOLVE TO:"."""

    text: str
    span: SourceSpan


Beat = Happening | Speech | Caption | Way

_INTERCUT = re.compile(r"^\W*INTER-?CUT\b", re.I)
_SPLIT = re.compile(r"^\W*(?:BEGIN )?SPLIT[- ]?SCREEN\b|^\W*分屏|分割画面", re.I)
_MONTAGE = re.compile(r"\b(?:MONTAGE|SERIES OF SHOTS|QUICK CUTS|VARIOUS SHOTS)\b|蒙太奇")
_ITEM = re.compile(r"^\s*(?:[-–—•]+|\(?[A-Z0-9]{1,2}\)|\d{1,2}\.)\s+")
_QUOTED = re.compile(r"^[\"“'‘].*[\"”'’][.!]?$|^(?:SUPER|TITLE|CHYRON|CAPTION)\b", re.DOTALL)


def is_intercut(text: str) -> bool:
    """Whether a line says that a telephone scene is cut to and fro."""
    return _INTERCUT.search(text) is not None


def is_split(text: str) -> bool:
    """Whether a line says that both ends of a telephone call are seen at once."""
    return _SPLIT.search(text) is not None


def is_montage(text: str) -> bool:
    """Whether a heading or a line opens a montage."""
    return _MONTAGE.search(text) is not None and not re.search(r"\bEND\b", text)


def read_beats(
    script: Script, elements: Sequence[Element], cast: Cast, reader: Reader, present: list[str]
) -> list[Beat]:
    """The beats of a scene in order; `present` grows by whoever turns up."""
    beats: list[Beat] = []
    position = 0
    while position < len(elements):
        element = elements[position]
        position += 1
        if element.kind == "action":
            beats.extend(_action(script, element, reader, present, beats))
        elif element.kind == "character":
            body = []
            while position < len(elements) and elements[position].kind in ("paren", "dialogue", "lyrics", "note"):
                if elements[position].kind != "note":
                    body.append(elements[position])
                position += 1
            beats.extend(_speech(script, element, body, cast, reader, present))
        elif element.kind in ("dialogue", "paren", "lyrics", "centered"):
            if text := plain(element.text):
                beats.append(Caption(text, script.span(element)))
        elif element.kind == "transition" and (text := plain(element.text)):
            beats.append(Way(text, script.span(element)))
    return beats


def _is_lettering(text: str, before: Sequence[Beat]) -> bool:
    """Whether words are shown rather than played: quoted after "which reads:", or announced as a title."""
    if not _QUOTED.match(text):
        return False
    announced = bool(before) and isinstance(before[-1], Happening) and before[-1].text.rstrip()[-1:] in ":："
    return announced or text[:1].isalpha()


def _action(script: Script, element: Element, reader: Reader, present: list[str], before: Sequence[Beat]) -> list[Beat]:
    beats: list[Beat] = []
    for line in _items(element):
        for sentence in sentences(line, script.file):
            if sentence.text.isupper() and (
                is_intercut(sentence.text) or is_montage(sentence.text) or is_split(sentence.text)
            ):
                beats.append(Caption(sentence.text, sentence.span))
                continue
            if _is_lettering(sentence.text, beats or before):
                beats.append(Caption(sentence.text, sentence.span))
                reader.letter(sentence.text)
                continue
            happening = reader.read(_ITEM.sub("", sentence.text), sentence.span, present)
            beats.append(happening)
            present.extend(who for who in happening.named if who not in present)
    return beats


def _items(element: Element) -> list[Element]:
    """A list's lines as elements of their own; anything else as it is."""
    lines = element.text.split("\n")
    if sum(_ITEM.match(line) is not None for line in lines) < 2 or element.last_line - element.line + 1 != len(lines):
        return [element]
    groups: list[list[int]] = []
    for number, line in enumerate(lines):
        if groups and not _ITEM.match(line):
            groups[-1].append(number)
        else:
            groups.append([number])
    return [
        replace(
            element,
            text="\n".join(lines[number] for number in group),
            line=element.line + group[0],
            last_line=element.line + group[-1],
        )
        for group in groups
    ]


def _speech(
    script: Script, cue: Element, body: list[Element], cast: Cast, reader: Reader, present: list[str]
) -> list[Beat]:
    pieces: list[Piece] = []
    delivery = ""
    first_line = cue.line
    for element in body:
        text = plain(element.text)
        if element.kind == "paren":
            delivery = text.strip("()（） ")
        elif text:
            span = SourceSpan(script.file, first_line, element.last_line)
            pieces.append(Piece(text, delivery, span, element))
            delivery = ""
            first_line = element.last_line + 1
    last = body[-1].last_line if body else cue.last_line
    span = SourceSpan(script.file, cue.line, last)
    speakers = cast.speakers(cue.text, tuple(present))
    if not pieces or not speakers:
        words = " ".join([plain(cue.text), *(plain(element.text) for element in body)])
        return [Caption(words, span)]
    deliveries = [piece.delivery for piece in pieces if piece.delivery]
    extension = cue.extension or ""
    heard = how_heard(
        extension,
        cue.text,
        deliveries,
        speakers,
        bodiless=all(speaker in cast.bodiless for speaker in speakers),
        here=all(speaker in present for speaker in speakers),
    )
    if heard == "on_screen":
        present.extend(speaker for speaker in speakers if speaker not in present)
    reader.note(*speakers[::-1])
    return [Speech(speakers, tuple(pieces), heard, span, cue.dual, talks_into_phone(extension, deliveries))]
