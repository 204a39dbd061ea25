"""Who is in a film and how they look: introductions, aliases, cues, mentions."""

from __future__ import annotations

import pytest

from director.parse import parse_fountain
from director.rules.cast import Cast, find_cast
from director.rules.looks import read_age, read_garments, read_gender, read_look


def cast(text: str, language: str = "en") -> Cast:
    return find_cast(parse_fountain("INT. ROOM - DAY\n\n" + text, "cast.fountain"), language)


def test_an_introduction_is_read_whole() -> None:
    (bob,) = cast("CYBER BOB, 40, a white man in a red coat with glasses, strolls in.\n\nBOB\nHi.\n").characters
    assert bob.id == "BOB" and bob.aliases == ("CYBER BOB",)
    assert (bob.age_years, bob.gender, bob.look.skin, bob.look.glasses) == (40, "male", "light", True)
    assert [(g.kind, g.colour) for g in bob.look.wardrobe] == [("coat", "red")]
    assert bob.description == "a white man in a red coat with glasses"


def test_the_longest_cue_names_the_character() -> None:
    found = cast("CYBER BOB, 40, waits.\n\nBOB\nHi.\n\nCYBER BOB (CONT'D)\nHello.\n\nBOB (V.O.)\nAgain.\n")
    assert [c.id for c in found.characters] == ["CYBER BOB"]
    assert found.speakers("BOB (V.O.)", ()) == ("CYBER BOB",)


@pytest.mark.parametrize(
    ("cues", "ids"),
    [
        (["MARA", "YOUNG MARA"], ["MARA", "YOUNG MARA"]),
        (["COP 1", "COP 2"], ["COP 1", "COP 2"]),
        (["MAN", "OLD MAN"], ["MAN", "OLD MAN"]),
        (["MARA", "MARA'S MOTHER"], ["MARA", "MARA'S MOTHER"]),
        (["JOHN SMITH", "JOHN DOE", "JOHN"], ["JOHN SMITH", "JOHN DOE", "JOHN"]),
        (["DR. LIU", "LIU"], ["DR. LIU"]),
        (["MARA", "MARA'S VOICE", "MARA (O.S.)"], ["MARA"]),
        (["MARA", "TOM", "MARA & TOM"], ["MARA", "TOM"]),
    ],
)
def test_who_is_who(cues: list[str], ids: list[str]) -> None:
    found = cast("".join(f"{cue}\nYes.\n\n" for cue in cues))
    assert [c.id for c in found.characters] == ids


def test_groups_speak_for_those_who_are_there() -> None:
    found = cast("MARA\nOne.\n\nTOM\nTwo.\n\nMARA & TOM\nThree.\n\nALL\nFour.\n\nCROWD\nFive.\n")
    assert found.speakers("MARA & TOM", ()) == ("MARA", "TOM")
    assert found.speakers("ALL", ("MARA", "TOM")) == ("MARA", "TOM")
    (crowd,) = found.speakers("CROWD", ("MARA", "TOM"))
    assert crowd in found.bodiless


def test_people_are_found_in_action_lines() -> None:
    found = cast("MARA, 30, enters with a cute DOG.\n\nWILL\nHello.\n")
    mentions = found.mentions("The cute little dog looks at Mara. MARA's hand waits. She will go.")
    assert [(m.id, m.possessive) for m in mentions] == [("DOG", False), ("MARA", False), ("MARA", True)]


def test_those_who_act_without_a_word_are_cast_and_sounds_are_not() -> None:
    found = cast("The waiter brings two cups. A door SLAMS. BANG! The PHONE rings. MARA smiles. Students wait.\n")
    assert [c.id for c in found.characters] == ["WAITER", "MARA"]


def test_animals_and_voices() -> None:
    found = cast("A wet DOG trots in.\n\nREX, a terrier, barks.\n\nRADIO (V.O.)\nRain.\n\nNARRATOR\nOnce.\n")
    assert {c.id: c.species for c in found.characters if c.species != "person"} == {"DOG": "dog", "REX": "dog"}
    assert {"RADIO", "NARRATOR"} <= found.bodiless


def test_chinese_introductions() -> None:
    found = cast("林岚，二十八岁，女，穿红色大衣，短发，跑上站台。\n\n林岚\n又晚了。\n", "zh")
    (lin,) = found.characters
    assert (lin.id, lin.age_years, lin.gender, lin.look.hair) == ("林岚", 28, "female", "short")
    assert [(g.kind, g.colour) for g in lin.look.wardrobe] == [("coat", "red")]
    assert lin.voice.language == "zh"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("(28)", 28), ("(30s), tired", 35), (", early 40s,", 42), (", 62, a woman", 62), ("in her late thirties", 38),
        ("(age 5)", 5), ("a teenage girl", 16), ("17 years old", 17), ("六十五岁", 65), ("（28岁）", 28),
        ("counts 14 boxes", None), ("on 5th Avenue", None),
    ],
)  # fmt: skip
def test_ages(text: str, age: float | None) -> None:
    assert read_age(text) == age


@pytest.mark.parametrize(
    ("name", "description", "after", "gender"),
    [
        ("PAT", "a tall woman", "", "female"),
        ("PAT", "", "She smiles at him.", "female"),
        ("PAT", "", "He nods.", "male"),
        ("NADIA", "", "", "female"),
        ("OLD MAN", "his wife's hat", "", "male"),
        ("ZORB", "", "", "unspecified"),
        ("WAITRESS", "", "", "female"),
    ],
)
def test_genders(name: str, description: str, after: str, gender: str) -> None:
    assert read_gender(name, description, after) == gender


def test_looks() -> None:
    look = read_look("a tall, burly man with long silver hair, a beard and spectacles")
    assert (look.hair, look.hair_colour, look.build, look.beard, look.glasses) == (
        "long",
        "silver",
        "broad",
        True,
        True,
    )
    assert look.height_m is not None and look.height_m > 1.8
    assert read_look("a woman") == read_look("")
    assert [(g.kind, g.colour) for g in read_garments("blue jeans, a torn grey sweater and a hat")] == [
        ("jeans", "blue"), ("sweater", "grey"), ("brimmed", None),
    ]  # fmt: skip
