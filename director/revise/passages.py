"""A screenplay as passages: headings, sentences of action and of speech, transitions. They are what drafts are told by.

A sentence is the smallest thing that a shot covers, so a change to one leaves the others as they were, and a speech
that is split or merged is the same sentences in other company. Nothing is judged here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from director.rules.text import plain, sentences, span_of_words, split_speech
from director.script import Element, Script
from shots.source import SourceSpan

__all__ = ["Passage", "PassageKind", "bare", "passages_of", "words_of"]

PassageKind = Literal["heading", "action", "speech", "caption", "way"]
_SKIPPED = frozenset({"note", "boneyard", "section", "synopsis", "pagebreak"})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")


@dataclass(frozen=True)
class Passage:
    """A sentence, heading or transition of a script.

    `scene` counts the script's scenes from 0; sentences of one paragraph or speech share their `block`, those of a
    speech without a parenthetical between them their `piece`. `who` is a speech's cue as written in capitals, `heard`
    its extension such as "(V.O.)", `manner` the parenthetical right before it.
    """

    kind: PassageKind
    text: str
    span: SourceSpan
    scene: int
    block: int
    piece: int = 0
    who: str = ""
    heard: str = ""
    manner: str = ""
    number: str | None = None  # a heading's, as printed


def passages_of(script: Script) -> tuple[Passage, ...]:
    """The passages of a script in order; notes, boneyards, sections and synopses are none."""
    found: list[Passage] = []
    block = 0
    for number, scene in enumerate(script.scenes()):
        if scene.heading is not None:
            found.append(
                Passage(
                    "heading",
                    plain(scene.heading.text),
                    script.span(scene.heading),
                    number,
                    block,
                    number=scene.heading.scene_number,
                )
            )
            block += 1
        position = 0
        while position < len(scene.elements):
            element = scene.elements[position]
            position += 1
            body: list[Element] = []
            if element.kind == "character":
                while position < len(scene.elements) and scene.elements[position].kind in _UNDER_A_CUE:
                    body.append(scene.elements[position])
                    position += 1
            found += _of_element(script, element, body, number, block)
            block += 1
    return tuple(found)


_UNDER_A_CUE = frozenset({"paren", "dialogue", "lyrics", "note"})


def _of_element(script: Script, element: Element, body: list[Element], scene: int, block: int) -> Iterator[Passage]:
    if element.kind in _SKIPPED:
        return
    if element.kind == "character":
        yield from _of_speech(script, element, body, scene, block)
    elif element.kind == "action":
        for sentence in sentences(element, script.file):
            yield Passage("action", sentence.text, sentence.span, scene, block)
    elif text := plain(element.text):
        kind: PassageKind = "way" if element.kind == "transition" else "caption"
        yield Passage(kind, text, script.span(element), scene, block)


def _of_speech(script: Script, cue: Element, body: list[Element], scene: int, block: int) -> Iterator[Passage]:
    who = plain(cue.text).upper()
    heard = plain(cue.extension or "").upper()
    delivery, first_line, piece = "", cue.line, 0
    for element in body:
        text = plain(element.text)
        if element.kind == "note" or not text:
            continue
        if element.kind == "paren":
            delivery = text.strip("()（） ")
            continue
        at = 0
        for order, sentence in enumerate(split_speech(text)):
            start = text.index(sentence, at)
            at = start + len(sentence)
            span = span_of_words(element, script.file, text, start, at)
            if order == 0:
                span = SourceSpan(script.file, first_line, span.last_line)
            manner = delivery.casefold() if order == 0 else ""
            yield Passage("speech", sentence, span, scene, block, piece, who, heard, manner)
        delivery = ""
        piece += 1
        first_line = element.last_line + 1


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """The letters and digits of a text in one case: by them words are the same whatever stands between them."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in one case; each Chinese character is one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_WORD.findall(_CJK.sub(lambda letter: f" {letter.group()} ", folded)))
