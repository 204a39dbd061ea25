"""What a director sees to: who sleeps sleeps on, eyes go where they are told, everyone listed is there."""

from __future__ import annotations

from itertools import pairwise

import pytest

from director.direct import direct
from director.parse import parse_fountain
from director.rules.emotions import read_feeling
from shots.spec import Presence, Scene, Shot

FIVE = (
    "INT. KITCHEN - DAY\n\nFive people around a table. ROSA, 62, a woman, stands. TEO, 35, a man, sits. "
    "ADA, 45, a woman, writes. BO, 19, a boy, waits. LIU, 80, a woman, sleeps in her chair.\n\n"
    "ROSA\nWho is for it?\n\n"
)


def scene(text: str, heading: str = "INT. ROOM - DAY") -> Scene:
    return direct(parse_fountain(text if "INT." in text else f"{heading}\n\n{text}", "scene.fountain")).scenes[0]


def shot_of(where: Scene, words: str) -> Shot:
    return next(s for s in where.shots if words in s.action or any(words in line.text for line in s.lines))


def who(shot: Shot, character: str) -> Presence:
    return next(presence for presence in shot.people if presence.character == character)


def test_everyone_whom_the_opening_paragraph_lists_is_there_from_the_first_frame() -> None:
    first = scene(FIVE + "Liu snores.\n").shots[0]
    assert {presence.character for presence in first.people} == {"ROSA", "TEO", "ADA", "BO", "LIU"}


def test_who_sleeps_sleeps_through_the_talk_and_wakes_when_told_or_speaking() -> None:
    told = scene(FIVE + "Nobody moves.\n\nLiu opens one eye.\n\nTEO\nWell.\n\nLIU\nI heard.\n")
    assert who(shot_of(told, "Nobody"), "LIU").state == ("asleep",)
    talk = who(shot_of(told, "Who is for it"), "LIU")
    assert (talk.state, talk.looks_at, talk.pose) == (("asleep",), None, "sit")
    assert "asleep" not in who(shot_of(told, "Well."), "LIU").state
    speaks = scene(FIVE + "LIU\nI heard.\n")
    assert "asleep" not in who(shot_of(speaks, "I heard"), "LIU").state


def test_hands_go_up() -> None:
    vote = shot_of(scene(FIVE + "Four hands go up.\n"), "Four hands")
    assert [who(vote, name).act for name in ("ROSA", "TEO", "ADA", "BO", "LIU")] == ["wave"] * 4 + ["none"]


@pytest.mark.parametrize(
    ("words", "look"),
    [
        ("Mara looks at the ceiling.", "UP"),
        ("Mara stares at the floor.", "DOWN"),
        ("Mara looks out of the window.", "AWAY"),
        ("Mara looks up from her book.", None),
    ],
)
def test_eyes_go_where_nobody_is_and_come_back(words: str, look: str | None) -> None:
    told = scene(f"MARA, 30, a woman, and TOM, 40, a man, wait.\n\n{words}\n\nTom waves.\n\nMARA\nYes.\n")
    seen = who(shot_of(told, words), "MARA").looks_at
    assert (seen if look else (seen in ("UP", "DOWN", "AWAY")) or None) == look
    assert who(shot_of(told, "Tom waves"), "MARA").looks_at not in ("UP", "DOWN", "AWAY")


def test_who_merely_holds_a_thing_does_not_stare_into_it() -> None:
    told = scene("TOM, 40, a man, stands by the door with a cup in his hand.\n\nTom reads a letter.\n")
    standing = who(shot_of(told, "stands by"), "TOM")
    assert (standing.holds, standing.looks_at) == (("CUP",), None)
    assert who(shot_of(told, "reads"), "TOM").looks_at == "LETTER"


def test_who_is_told_after_the_verb_does_it() -> None:
    told = scene("MARA, 30, a woman, waits.\n\nMARA\nHello.\n\nAt her feet sits a wet DOG, brown.\n")
    assert who(shot_of(told, "At her feet"), "DOG").pose == "sit"


def test_what_one_does_to_what_another_wears_shows_both() -> None:
    people = "MARA, 30, a woman, and TOM, 40, a man, wait. A DOG barks.\n\n"
    reads = shot_of(scene(people + "Mara reads the tag on the dog's collar."), "Mara reads")
    assert (reads.coverage, reads.subjects) == ("two_shot", ("MARA", "DOG"))
    gives = shot_of(scene(people + "Tom hands the letter to Mara."), "Tom hands")
    assert (gives.coverage, set(gives.subjects)) == ("two_shot", {"MARA", "TOM"})


def test_a_crowd_at_its_things_is_no_reason_for_an_insert() -> None:
    told = scene("A bright café. Students and business people hunker over laptops.\n\nMARA, 30, a woman, waits.\n")
    assert all(shot.coverage != "insert" for shot in told.shots)


def test_nobody_is_looked_at_in_silence_who_is_shown_next_anyway() -> None:
    lines = "".join(f"{name}\n{words}\n\n" for name, words in (
        ("MARA", "I never loved you, Tom. Not for a day."), ("TOM", "What?"), ("MARA", "You heard me. I hate this."),
        ("TOM", "Then go."), ("MARA", "I will never, never forgive you! You are a liar!"),
    ))  # fmt: skip
    shots = scene(f"MARA, 30, a woman, and TOM, 40, a man, wait.\n\n{lines}Tom puts down the cup.\n").shots
    for shot, following in pairwise(shots):
        waits = shot.coverage == "reaction" and not shot.lines and shot.action.endswith("takes it in.")
        assert not (waits and following.subjects[:1] == shot.subjects)


def test_who_falls_is_seen_whole() -> None:
    told = scene("MARA runs. She screams! She vaults the wall, slips on the ice and crashes into a stack of crates!")
    falls = [shot for shot in told.shots if any(p.act == "fall" for p in shot.people)]
    assert falls and all(shot.size == "FS" for shot in falls)


def test_a_telephone_stays_at_the_ear_while_something_small_is_done() -> None:
    text = (
        "INT. HALL - DAY\n\nMARA, 30, a woman, waits.\n\nINTERCUT WITH:\n\nINT. OFFICE - DAY\n\nTOM, 40, a man, sits "
        "with a telephone.\n\nTOM\nIs it safe?\n\nMARA\nYes.\n\nTOM\nGood.\n\nHe wipes his tie.\n\nTOM\nGood.\n"
    )
    shots = direct(parse_fountain(text, "call.fountain")).shots()
    wipes = next(shot for shot in shots if "wipes" in shot.action)
    assert wipes.lines and who(wipes, "TOM").act == "phone"


def test_a_colour_is_no_shout() -> None:
    assert read_feeling("A woman in a yellow jacket.") is None
    assert read_feeling("A sober man grinds coffee by the saddle.") is None
    assert read_feeling("He yells.") == ("angry", 0.9)


def test_a_raised_thing_is_held_out_and_not_looked_into() -> None:
    told = scene("MARA, 30, a woman, and TOM, 40, a man, wait.\n\nTom raises a gun.\n\nMara raises an eyebrow.\n")
    raises = who(shot_of(told, "Tom raises"), "TOM")
    assert (raises.act, raises.holds) == ("point", ("GUN",)) and raises.looks_at != "GUN"
    assert who(shot_of(told, "Mara raises"), "MARA").act != "point"


def test_eyes_leave_what_was_picked_up_and_stay_on_what_is_read() -> None:
    people = "MARA, 30, a woman, and TOM, 40, a man, wait.\n\n"
    grabbed = scene(people + "Mara grabs the bag.\n\nTom waves.\n")
    assert who(shot_of(grabbed, "grabs"), "MARA").looks_at == "BAG"
    assert who(shot_of(grabbed, "Tom waves"), "MARA").looks_at != "BAG"
    read = scene(people + "Mara reads a letter.\n\nTom waves.\n")
    assert who(shot_of(read, "Tom waves"), "MARA").looks_at == "LETTER"


def test_a_place_is_not_looked_at_for_ever() -> None:
    long = "A silent, empty café. " + "Pale dust on the cups and the plates and the spoons, all quite still. " * 2
    first = scene(f"{long}\n\nMARA, 30, a woman, waits.\n", "INT. CAFE - DAWN").shots[0]
    assert first.coverage == "establishing" and (first.duration_s or 0) <= 6


def test_who_hears_something_looks_round() -> None:
    told = scene("MARA, 30, a woman, reads a letter.\n\nThe door chimes.\n\nTOM, 40, a man, enters.\n")
    hears = shot_of(told, "chimes")
    assert (hears.coverage, who(hears, "MARA").looks_at) == ("reaction", "AWAY")


def test_who_looks_out_of_the_window_and_speaks_goes_on_looking() -> None:
    told = scene(
        "MARA, 30, a woman, and TOM, 40, a man, wait.\n\nTOM\nWell?\n\nMara looks out of the window.\n\nMARA\nSnow.\n"
    )
    assert who(shot_of(told, "Snow"), "MARA").looks_at == "AWAY"
