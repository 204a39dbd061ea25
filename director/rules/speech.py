"""A speech in parts that a shot can carry, cut at the ends of sentences, with nothing changed or lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from director.rules.beats import Piece, Speech
from director.rules.text import join, plain, span_of_words, split_speech
from shots.source import SourceSpan
from shots.spec import Heard, Line
from shots.timing import speech_s

__all__ = ["LONG_S", "Words", "joined", "lines_of", "parts_of", "pieces_of", "span_of", "whole"]

LONG_S = 5.2  # a speech that wants to be seen received
_VERY_LONG_S = 9.0
_LEAST_S = 1.3  # a shorter rest stays in the frame before it
_DIVIDED_S = 3.2  # a shorter speech is said in one breath
_PART_S = 4.8  # what one frame carries of a very long speech


@dataclass(frozen=True)
class Words:
    """A part of a speech under one parenthetical."""

    text: str
    delivery: str
    span: SourceSpan


def whole(speech: Speech) -> tuple[Words, ...]:
    """All of a speech as one part."""
    return tuple(Words(piece.text, piece.delivery, piece.span) for piece in speech.pieces)


def parts_of(speech: Speech) -> list[tuple[Words, ...]]:
    """A speech in parts, one for each shot; a short one is one part."""
    total = speech_s(speech.text)
    units = [unit for piece in speech.pieces for unit in _sentences(piece)]
    if total < LONG_S or len(units) < 2:
        return [joined(units)]
    count = 2 if total < _VERY_LONG_S else max(2, round(total / _PART_S))
    parts: list[list[Words]] = [[]]
    filled = 0.0
    for unit in units:
        length = speech_s(unit.text)
        if parts[-1] and len(parts) < count and filled + length * 0.5 > total / count:
            parts.append([])
            filled = 0.0
        parts[-1].append(unit)
        filled += length
    if len(parts) > 1 and sum(speech_s(unit.text) for unit in parts[-1]) < _LEAST_S:
        parts[-2:] = [parts[-2] + parts[-1]]
    return [joined(part) for part in parts]


def pieces_of(speech: Speech) -> list[tuple[Words, ...]]:
    """A speech in the smallest parts that a shot can carry: its sentences, short ones with their neighbours."""
    if len(speech.speakers) > 1 or speech_s(speech.text) < _DIVIDED_S:
        return [whole(speech)]
    groups: list[list[Words]] = []
    for unit in (unit for piece in speech.pieces for unit in _sentences(piece)):
        if groups and min(speech_s(unit.text), sum(speech_s(words.text) for words in groups[-1])) < _LEAST_S:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return [joined(group) for group in groups]


def lines_of(
    speech: Speech, words: Sequence[Words], *, heard: Heard | None = None, together: bool = False
) -> tuple[Line, ...]:
    """Spoken lines for a part of a speech; several speakers say it together."""
    return tuple(
        Line(
            character=speaker,
            text=part.text,
            delivery=part.delivery,
            heard=heard or speech.heard,
            together=order > 0 or (together and number == 0),
            source=part.span,
        )
        for number, part in enumerate(words)
        for order, speaker in enumerate(speech.speakers)
    )


def span_of(words: Sequence[Words]) -> SourceSpan:
    """The script lines of a part."""
    return SourceSpan(words[0].span.file, words[0].span.line, words[-1].span.last_line)


def _sentences(piece: Piece) -> list[Words]:
    """A piece's sentences, each with its lines; the cue's line stays with the first."""
    sentences = split_speech(piece.text)
    if len(sentences) < 2:
        return [Words(piece.text, piece.delivery, piece.span)]
    text = plain(piece.element.text)
    units: list[Words] = []
    at = 0
    for number, sentence in enumerate(sentences):
        start = text.index(sentence, at)
        at = start + len(sentence)
        span = span_of_words(piece.element, piece.span.file, text, start, at)
        if number == 0:
            span = SourceSpan(span.file, piece.span.line, span.last_line)
        units.append(Words(sentence, piece.delivery if number == 0 else "", span))
    return units


def joined(units: Sequence[Words]) -> tuple[Words, ...]:
    """Neighbouring sentences under one parenthetical as one line."""
    merged: list[Words] = []
    for unit in units:
        if merged and not unit.delivery:
            last = merged[-1]
            span = SourceSpan(last.span.file, last.span.line, max(last.span.last_line, unit.span.last_line))
            merged[-1] = Words(join((last.text, unit.text)), last.delivery, span)
        else:
            merged.append(unit)
    return tuple(merged)
