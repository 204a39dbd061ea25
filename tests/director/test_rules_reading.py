"""Action sentences: who does what, to whom, with which thing; what is heard, felt and legible."""

from __future__ import annotations

import pytest

from director.parse import parse_fountain
from director.rules.cast import find_cast
from director.rules.emotions import read_feeling, read_spoken_feeling
from director.rules.props import PropBook, nouns_in
from director.rules.reading import Happening, Reader
from director.rules.sounds import read_sounds
from director.rules.text import chance, join, language_of, plain, sentences, split_speech
from director.script import Element
from shots.source import SourceSpan

PEOPLE = "INT. ROOM - DAY\n\nMARA, 30, a woman, and TOM, 40, a man, wait. A DOG barks.\n"


def happening(*texts: str) -> Happening:
    """The last of some sentences, read one after another."""
    reader = Reader(find_cast(parse_fountain(PEOPLE, "f"), "en"), PropBook())
    for text in texts:
        last = reader.read(text, SourceSpan("f", 1, 1), ("MARA", "TOM", "DOG"))
    return last


def told(*texts: str) -> list[tuple[str, str]]:
    return [(deed.who, deed.verb.act) for deed in happening(*texts).deeds]


@pytest.mark.parametrize(
    ("texts", "deeds"),
    [
        (("Mara walks to the window.",), [("MARA", "walk")]),
        (("Mara picks up the phone and sits down.",), [("MARA", "pick_up"), ("MARA", "sit_down")]),
        (("Mara looks at Tom.", "He waves."), [("TOM", "wave")]),
        (("Tom sits.", "She looks away."), [("MARA", "look")]),
        (("Mara and Tom run.",), [("MARA", "run"), ("TOM", "run")]),
        (("The light turns green.",), []),
        (("Mara watches the ship, which vanishes.",), [("MARA", "look")]),
        (("Tom hands the letter to Mara.",), [("TOM", "give")]),
        (("The dog barks at Tom as Mara opens the door.",), [("DOG", "none"), ("MARA", "open_door")]),
        (("Slowly, she nods.",), [("MARA", "nod")]),
    ],
)
def test_who_does_what(texts: tuple[str, ...], deeds: list[tuple[str, str]]) -> None:
    assert told(*texts) == deeds


def test_targets() -> None:
    assert happening("Mara looks at Tom.").deeds[0].target == "TOM"
    assert happening("Tom reads the letter.").deeds[0].target == "LETTER"


def test_things_and_hands() -> None:
    assert [(t.prop, t.holder) for t in happening("Mara picks up a red umbrella.").things] == [("UMBRELLA", "MARA")]
    assert [(t.prop, t.holder) for t in happening("Tom hands the letter to Mara.").things] == [("LETTER", "MARA")]
    assert [(t.prop, t.holder) for t in happening("Tom puts the cup on the book.").things] == [
        ("CUP", None),
        ("BOOK", None),
    ]
    assert [(t.prop, t.holder) for t in happening("Tom looks at his phone.").things] == [("PHONE", "TOM")]
    assert happening("Somewhere a clock ticks.").things == ()


def test_two_people_have_two_telephones() -> None:
    book = PropBook()
    reader = Reader(find_cast(parse_fountain(PEOPLE, "f"), "en"), book)
    for text in ("Mara takes her phone.", "Tom looks at his phone.", "Mara drops her phone."):
        reader.read(text, SourceSpan("f", 1, 1), ("MARA", "TOM"))
    assert [prop.id for prop in book.all()] == ["PHONE", "TOM'S PHONE"]


def test_what_is_legible_stands_on_the_thing() -> None:
    book = PropBook()
    reader = Reader(find_cast(parse_fountain(PEOPLE, "f"), "en"), book)
    reader.read('Tom unfolds a note that reads: "RUN".', SourceSpan("f", 1, 1), ("TOM",))
    assert [(prop.kind, prop.text) for prop in book.all()] == [("letter", "RUN")]


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("The dog BARKS.", ("dog bark",)),
        ("A door slams. BANG!", ("door slam",)),
        ("His phone RINGS and the kettle whistles.", ("phone ring", "kettle")),
        (
            "The last train is leaving. Rain beats on the window. Nadia laughs.",
            ("train leaves", "rain on glass", "laugh"),
        ),
        ("Thunder.", ("thunder",)),
        ("Mara is silent.", ()),
        ("电话响了。", ("phone ring",)),
    ],
)
def test_sounds(text: str, sounds: tuple[str, ...]) -> None:
    assert read_sounds(text) == sounds


@pytest.mark.parametrize(
    ("text", "emotion"),
    [("She smiles.", "happy"), ("He is furious.", "angry"), ("She laughs. Then she cries.", "sad"),
     ("He does not smile.", None),
     ("她哭了。", "sad"), ("A table.", None), ("She gasps.", "surprised")],
)  # fmt: skip
def test_feelings(text: str, emotion: str | None) -> None:
    feeling = read_feeling(text)
    assert (feeling[0] if feeling else None) == emotion


def test_lines_carry_feelings() -> None:
    assert read_spoken_feeling("coldly", "Fine.") == ("angry", 0.6)
    assert read_spoken_feeling("", "What?!") == ("surprised", 0.5)
    assert read_spoken_feeling("", "Fine.") is None


def test_sentences_keep_their_lines() -> None:
    element = Element("action", "One is *here*. Two\nis there. Three?", 7, 8)
    assert [(s.text, s.span.line, s.span.last_line) for s in sentences(element, "f")] == [
        ("One is here.", 7, 7), ("Two is there.", 7, 8), ("Three?", 8, 8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Liu waits. He nods.",
        'It says "No. Never." and stops. Then it goes.',
        "a.k.a. Boss. Yes.",
        "不晚。来得正好！真的？好",
        "Wait... what? No.",
    ],
)
def test_a_split_speech_joins_again(text: str) -> None:
    assert join(split_speech(text)) == text


def test_abbreviations_end_no_sentence() -> None:
    assert split_speech("Dr. Liu waits. He nods.") == ["Dr. Liu waits.", "He nods."]
    assert split_speech("I am the boss a.k.a. Bob. Yes.") == ["I am the boss a.k.a. Bob.", "Yes."]


def test_words() -> None:
    assert plain("*Why* are **you**\n_here_ [[note]]?") == "Why are you here ?"
    assert language_of(["他走进来。", "Wi-Fi"]) == "zh" and language_of(["He walks in."]) == "en"
    assert chance(0, "a") == chance(0, "a") != chance(1, "a")
    assert [noun.noun for noun in nouns_in("a coffee shop, the camera, a ring of light, a cup of coffee")][-2:] == [
        "cup",
        "coffee",
    ]
