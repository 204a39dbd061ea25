"""Typed elements out as Fountain, so that `director.parse` reads back the same elements, whatever they hold.

Every element is tried in the plainest form first and read with our own parser; where that reads something else,
Fountain's forced form is taken (`!`, `@`, `.`, `>`), and in dialogue, for which Fountain has none, a word joiner
(U+2060, invisible, dropped by the parser). Nothing here judges the story or writes a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from director.parse import parse_fountain
from director.parse.lines import as_play_cue, plain
from director.parse.marks import WORD_JOINER, clean_text
from director.rules.text import is_cjk

__all__ = ["Block", "BlockKind", "Side", "fountain", "heading", "tidy"]

BlockKind = Literal["heading", "synopsis", "action", "speech", "transition", "note"]
Side = Literal["INT", "EXT", "INT/EXT"]

_OPENS = re.compile(r"(\[(?=\[)|/(?=\*))")
_HAN_SIDES: Mapping[Side, str] = {"INT": "内景", "EXT": "外景", "INT/EXT": "内外景"}


@dataclass(frozen=True, kw_only=True)
class Block:
    """One element of a screenplay, a paragraph of its own; a speech is one with its cue.

    `who`, `how` (a parenthetical without its brackets) and `extension` ("V.O.") belong to a speech alone.
    """

    kind: BlockKind
    text: str
    who: str = ""
    how: str = ""
    extension: str = ""


def heading(side: Side, place: str, time: str) -> Block:
    """`INT. HOTEL - NIGHT`, or `内景 旅馆 夜` where the place is written in Chinese."""
    place, time = _name(place), _name(time)
    if is_cjk(place):
        return Block(kind="heading", text=f"{_HAN_SIDES[side]} {place} {time}".strip())
    return Block(kind="heading", text=f"{side.replace('/', './')}. {place}{' - ' if time else ''}{time}")


def tidy(block: Block) -> Block:
    """The block as Fountain can hold it: one line each, without control characters; names without marks."""
    text = _one_line(block.text)
    if block.kind == "heading":
        text = _name(block.text)
    elif block.kind == "synopsis":
        text = text.lstrip("= ")
    elif block.kind == "transition":
        text = _one_line(plain(text)).strip("<> ")
    if block.kind != "speech":
        return Block(kind=block.kind, text=text)
    return Block(
        kind="speech",
        text=text,
        who=_name(block.who.replace(":", " ").replace("：", " ")),  # a colon would make a play's cue
        how=_unbracketed(_one_line(block.how)),
        extension=_name(block.extension),
    )


def fountain(title_page: Mapping[str, str], blocks: Sequence[Block]) -> str:
    """The whole screenplay as text. What is empty is left out.

    Raises:
        ValueError: the title page has no "Title", or a speech has no speaker.
    """
    page = {key: _one_line(plain(value)) for key, value in title_page.items()}
    if not page.get("Title"):
        raise ValueError("a screenplay needs a Title")
    parts = ["\n".join(_page_line(key, value) for key, value in page.items() if value)]
    parts += [_written(block) for block in map(tidy, blocks) if block.text]
    return "\n\n".join(parts) + "\n"


def _page_line(key: str, value: str) -> str:
    """A line of the title page; a value that makes it look like a slugline is kept from it by joiners."""
    line = f"{key}: {_apart(value)}"
    read = parse_fountain(f"{line}\nTitle: T\n", "").title_page
    return line if value in read.get(key.lower(), ()) else f"{key}: {WORD_JOINER}{WORD_JOINER.join(value)}"


def _written(block: Block) -> str:
    """A tidy block as Fountain, in the plainest form that is read as what it is."""
    if block.kind == "speech" and not block.who:
        raise ValueError(f"a speech needs a speaker: {block.text!r}")
    wanted = list(_read_back(block))
    forms = list(_forms(block))
    return next((form for form in forms[:-1] if _seen(form) == wanted), forms[-1])


def _forms(block: Block) -> Iterator[str]:
    """How a block can be written, the plainest first; the last holds whatever the text."""
    text = _apart(block.text)
    match block.kind:
        case "heading":
            yield from (text, f".{text}")
        case "synopsis":
            yield f"= {_escaped(text)}"
        case "transition":
            yield from (text, f"> {text}")
        case "note":
            yield f"[[{_apart(block.text.replace(']', f']{WORD_JOINER}'))}]]"
        case "action":
            text = _escaped(text)
            # A play's cue ("MARA: Late.") is read as one where nobody has a cue of his own line.
            yield from (f"!{text}",) if as_play_cue(text) else (text, f"!{text}")
        case "speech":
            cue = _apart(block.who) + (f" ({_apart(block.extension)})" if block.extension else "")
            said, how = _escaped(text), _escaped(_apart(block.how))
            joined, so = (WORD_JOINER + WORD_JOINER.join(words) + WORD_JOINER for words in (said, how))
            led = WORD_JOINER + said
            for words, manner in ((said, how), (led, how), (led + WORD_JOINER, how), (joined, so)):
                under = f"({manner})\n{words}" if block.how else words
                yield from (f"{cue}\n{under}", f"@{cue}\n{under}")


def _read_back(block: Block) -> Iterator[tuple[str, str, str | None]]:
    """(kind, text, extension) of the elements that the parser should see in a tidy block."""
    match block.kind:
        case "heading":
            yield "scene", block.text, None
        case "speech":
            yield "character", block.who, f"({block.extension})" if block.extension else None
            if block.how:
                yield "paren", _escaped(f"({block.how})"), None
            yield "dialogue", _escaped(block.text), None
        case "note" | "transition":
            yield block.kind, block.text, None
        case "action" | "synopsis":
            yield block.kind, _escaped(block.text), None


def _seen(form: str) -> list[tuple[str, str, str | None]]:
    """What the parser reads between two plain headings."""
    script = parse_fountain(f".HERE\n\n{form}\n\n.THERE\n", "")
    return [(element.kind, element.text, element.extension) for element in script.elements[1:-1]]


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).replace(WORD_JOINER, "").replace("\ufeff", "").split())


def _name(text: str) -> str:
    """In capitals, without what is a mark in a cue or a heading: emphasis, brackets, number signs, carets."""
    kept = "".join(" " if letter in "*_#^()（）[]【】" else letter for letter in _one_line(text))
    return " ".join(kept.upper().split())


def _unbracketed(text: str) -> str:
    return " ".join("".join(" " if letter in "()（）" else letter for letter in text).split())


def _escaped(text: str) -> str:
    return text.replace("*", "\\*").replace("_", "\\_")


def _apart(text: str) -> str:
    """Brackets of a note and a boneyard kept apart, so that nothing opens one."""
    return _OPENS.sub(rf"\1{WORD_JOINER}", text)
