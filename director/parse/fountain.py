"""Fountain 1.1, with the Chinese forms and the habits of real scripts, into sourced elements.

Follows the specification (fountain.io/syntax) where writers do, and is lenient where they are: a slugline in
capitals needs no blank line before it, a shouted action line is nobody's cue. Never fails: what has no
form is action.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from director.parse.lines import (
    Cue,
    as_cue,
    as_inline_cue,
    as_play_cue,
    is_han_name,
    is_transition,
    plain,
    split_cue,
)
from director.parse.marks import WORD_JOINER, Line, clean_text, take_out_marks
from director.parse.titlepage import fountain_title_page
from director.script import Element, ElementKind, Script
from shots.heading import is_heading, split_number

__all__ = ["heading_element", "parse_fountain"]

_HEARD = re.compile(r"\((?:V\.? ?O|O\.? ?S|O\.? ?C|CONT['’]?D)\b")
_BRACKETS = {"(": ")", "（": "）"}


def parse_fountain(text: str, file: str) -> Script:
    """Parses `text`; `file` is the name that the elements' sources carry."""
    lines, marks = take_out_marks(clean_text(text))
    title_page, used = fountain_title_page(lines)
    body = _Body(lines[used:])
    elements = sorted([*body.elements(), *marks], key=lambda element: element.line)
    if WORD_JOINER in text:
        title_page = {key: tuple(map(_without_joiners, values)) for key, values in title_page.items()}
        elements = [replace(element, text=_without_joiners(element.text)) for element in elements]
    return Script(file=file, title_page=title_page, elements=tuple(elements))


def _without_joiners(text: str) -> str:
    return text.replace(WORD_JOINER, "")


def heading_element(text: str, line: int, last_line: int, number: str | None = None) -> Element:
    """A scene element from a slugline as written, its printed number taken off."""
    printed, slug = split_number(plain(text))
    return Element("scene", slug.strip() or plain(text), line, last_line, scene_number=number or printed)


class _Body:
    """One walk over the lines below the title page."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._out: list[Element] = []
        self._han_names = _recurring_han_names(lines)
        self._as_play = _written_as_play(lines)
        # Some editors leave spaces on every empty line; only where they are the exception do two of
        # them mean "the dialogue goes on".
        spaced = sum(line.blank and len(line.text) >= 2 for line in lines)
        empty = sum(line.blank and len(line.text) < 2 for line in lines)
        self._spaces_matter = not (spaced >= 8 and spaced > empty)

    def elements(self) -> list[Element]:
        i = 0
        while i < len(self._lines):
            i = i + 1 if self._lines[i].blank else self._element(i)
        return self._out

    def _blank(self, i: int) -> bool:
        return not 0 <= i < len(self._lines) or self._lines[i].blank

    def _emit(self, kind: ElementKind, text: str, first: int, last: int) -> None:
        self._out.append(Element(kind, text, self._lines[first].number, self._lines[last].number))

    def _element(self, i: int) -> int:
        """Emits the element that starts at line `i`; returns the line to go on with."""
        line = self._lines[i]
        text = line.text.strip()
        alone = self._blank(i - 1)
        first = text[0]
        if first == "!":
            return self._action(i, forced=True)
        if first == "~":
            return self._lyrics(i)
        if first == "#" and text.strip("#").strip():
            depth = len(text) - len(text.lstrip("#"))
            self._out.append(Element("section", text[depth:].strip(), line.number, line.number, depth=depth))
            return i + 1
        if first == "=":
            page_break = len(text) >= 3 and not text.strip("=")
            self._emit("pagebreak" if page_break else "synopsis", text if page_break else text.lstrip("= "), i, i)
            return i + 1
        if first == ">":
            centered = text.endswith("<")
            self._emit("centered" if centered else "transition", text[1:].removesuffix("<").strip(), i, i)
            return i + 1
        if _forced_heading(text, alone):
            self._out.append(heading_element(text[1:], line.number, line.number))
            return i + 1
        if first == "@" and len(text) > 1:
            return self._speech(i, split_cue(text[1:]))
        if is_heading(text, strict=not alone and not self._after_one_liner(i)):
            self._out.append(heading_element(text, line.number, line.number))
            return i + 1
        if is_transition(text) and (self._blank(i + 1) or self._is_heading_at(i + 1)):
            self._emit("transition", text, i, i)
            return i + 1
        if inline := as_inline_cue(text):
            return self._inline_speech(i, inline)
        if self._as_play and (inline := as_play_cue(text)):
            return self._inline_speech(i, inline)
        open_above = alone or self._after_one_liner(i) or self._unmistakable_cue(i)
        if open_above and not self._blank(i + 1) and not self._is_heading_at(i + 1):
            cue = as_cue(text) or self._han_cue(text)
            if cue is not None:
                return self._speech(i, cue)
        return self._action(i)

    def _after_one_liner(self, i: int) -> bool:
        """Whether line `i` follows a heading, transition or the like, which end with their line."""
        last = self._out[-1] if self._out else None
        ends = {"scene", "transition", "section", "synopsis", "pagebreak", "centered"}
        return last is not None and last.kind in ends and i > 0 and last.last_line == self._lines[i - 1].number

    def _is_heading_at(self, i: int) -> bool:
        return i < len(self._lines) and is_heading(self._lines[i].text.strip(), strict=True)

    def _han_cue(self, text: str) -> Cue | None:
        cue = is_han_name(text)
        return cue if cue is not None and cue.name in self._han_names else None

    def _action(self, i: int, forced: bool = False) -> int:
        """A paragraph of action; spaces before its lines are the writer's and stay."""
        first = i
        said: list[str] = []
        while i < len(self._lines) and not self._lines[i].blank:
            text = self._lines[i].text.rstrip()
            bare = text.lstrip()
            if i > first and self._interrupts_action(bare, i):
                break
            if bare[0] == "!" and (forced or i > first):
                text = text.replace("!", "", 1)
            said.append(text.lstrip("△▲▵ 　") if bare[0] in "△▲▵" else text)
            i += 1
            if not forced and len(said) == 1 and bare[0] in "△▲▵":
                break  # Chinese action marks stand before every paragraph
        self._emit("action", "\n".join(said), first, i - 1)
        return i

    def _interrupts_action(self, text: str, i: int) -> bool:
        if text[0] in "~△▲>" or _forced_heading(text, alone=False) or is_heading(text, strict=True):
            return True
        if text[0] == "=" and len(text) >= 3 and not text.strip("="):
            return True
        return self._inline_cue_at(i) or self._unmistakable_transition(i)

    def _inline_cue_at(self, i: int) -> bool:
        text = self._lines[i].text
        return as_inline_cue(text) is not None or (self._as_play and as_play_cue(text) is not None)

    def _unmistakable_cue(self, i: int) -> bool:
        """A cue with (V.O.), (O.S.) or (CONT'D), which needs no blank line to be known."""
        text = self._lines[i].text[:120]
        return _HEARD.search(text) is not None and as_cue(text) is not None and not self._blank(i + 1)

    def _unmistakable_transition(self, i: int) -> bool:
        text = self._lines[i].text.strip()
        return text[-1:] in (":", "：") and is_transition(text) and (self._blank(i + 1) or self._is_heading_at(i + 1))

    def _lyrics(self, i: int) -> int:
        first = i
        sung: list[str] = []
        while i < len(self._lines) and self._lines[i].text.lstrip().startswith("~"):
            sung.append(self._lines[i].text.strip()[1:].strip())
            i += 1
        self._emit("lyrics", "\n".join(sung), first, i - 1)
        return i

    def _speech(self, i: int, cue: Cue) -> int:
        """A cue and what is said under it, up to a blank line."""
        number = self._lines[i].number
        dual = cue.dual
        self._out.append(Element("character", cue.name, number, number, extension=cue.extension, dual=dual))
        end = i + 1
        while end < len(self._lines) and self._speech_goes_on(end):
            end += 1
        self._spoken(self._lines[i + 1 : end], dual)
        return end

    def _inline_speech(self, i: int, cue: Cue) -> int:
        """`张三：（笑）台词` on one line; the next is its own paragraph, but in a play it goes on to a blank line."""
        number = self._lines[i].number
        if not cue.said:
            return self._speech(i, cue)
        end = i + 1
        while self._as_play and end < len(self._lines) and self._speech_goes_on(end):
            end += 1
        self._out.append(Element("character", cue.name, number, number, extension=cue.extension))
        said = cue.said
        aside = re.match(r"[(（][^()（）]{1,80}[)）]\s*", said)
        if aside and said[aside.end() :].strip():
            self._out.append(Element("paren", aside[0].strip(), number, number))
            said = said[aside.end() :]
        said = "\n".join([said, *(line.text.strip() for line in self._lines[i + 1 : end])])
        self._out.append(Element("dialogue", said, number, self._lines[end - 1].number))
        return end

    def _speech_goes_on(self, i: int) -> bool:
        line = self._lines[i]
        text = line.text.strip()
        if text:
            # A line that can only be the next element ends a speech whose blank line was forgotten.
            return not (
                is_heading(text, strict=True)
                or (len(text) >= 3 and not text.strip("="))
                or self._inline_cue_at(i)
                or self._unmistakable_cue(i)
                or self._unmistakable_transition(i)
            )
        if len(line.text) < 2 or not self._spaces_matter or self._blank(i + 1):
            return False
        following = self._lines[i + 1].text
        starts_anew = as_cue(following) is not None and not self._blank(i + 2)
        return not (starts_anew or is_heading(following.strip()) or is_transition(following))

    def _spoken(self, lines: list[Line], dual: bool) -> None:
        """Dialogue, parentheticals and lyrics of one speech."""
        run: list[Line] = []

        def flush(kind: ElementKind = "dialogue") -> None:
            if run:
                text = "\n".join(line.text.strip() for line in run)
                self._out.append(Element(kind, text, run[0].number, run[-1].number, dual=dual))
                run.clear()

        i = 0
        while i < len(lines):
            text = lines[i].text.strip()
            if text.startswith("~"):
                flush()
                run.append(Line(lines[i].number, text[1:]))
                flush("lyrics")
            elif (end := _paren_end(lines, i)) is not None:
                flush()
                run.extend(lines[i : end + 1])
                flush("paren")
                i = end
            else:
                run.append(lines[i])
            i += 1
        flush()


def _paren_end(lines: list[Line], i: int) -> int | None:
    """The line where the parenthetical that starts at line `i` ends; None if there is none."""
    closing = _BRACKETS.get(lines[i].text.strip()[:1])
    if closing is None:
        return None
    for j in range(i, min(i + 6, len(lines))):
        text = lines[j].text.strip()
        if text.endswith(closing):
            return j
        if closing in text or not text:
            return None
    return None


def _forced_heading(text: str, alone: bool) -> bool:
    if len(text) < 2 or text[0] != "." or not text[1].isalnum():
        return False
    return alone or (len(text) <= 200 and text[1].isalpha() and text.upper() == text and text.lower() != text)


def _written_as_play(lines: list[Line]) -> bool:
    """Whether nobody has a cue of his own line, while names with a colon speak at least twice."""
    spoken = 0
    for i, line in enumerate(lines):
        if line.blank:
            continue
        heads = (i == 0 or lines[i - 1].blank) and not lines[min(i + 1, len(lines) - 1)].blank
        if heads and line.text.startswith("@"):
            return False
        if as_play_cue(line.text) is not None:
            spoken += 1
        elif heads and as_cue(line.text):
            return False
    return spoken >= 2


def _recurring_han_names(lines: list[Line]) -> frozenset[str]:
    """Names in Chinese characters that head a paragraph at least twice, or speak inline."""
    heads: Counter[str] = Counter()
    for i, line in enumerate(lines):
        if not line.text or len(line.text) > 500:
            continue
        if inline := as_inline_cue(line.text):
            heads[inline.name] += 2
        elif (i == 0 or lines[i - 1].blank) and not lines[min(i + 1, len(lines) - 1)].blank:
            cue = is_han_name(line.text)
            heads[cue.name if cue else ""] += 1
    return frozenset(name for name, count in heads.items() if name and count >= 2)
