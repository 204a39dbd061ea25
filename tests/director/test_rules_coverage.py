"""Coverage: how scenes open, what verbs and talk ask of the picture, who is seen, how films end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from director.direct import direct
from director.parse import parse_fountain
from director.rules.sizes import settle
from shots.spec import SIZES, Scene, Shot, Storyboard


def film(text: str) -> Storyboard:
    return direct(parse_fountain(text, "scene.fountain"))


def scene(text: str) -> Scene:
    return film("INT. ROOM - DAY\n\nA bare room.\n\n" + text).scenes[0]


def shot_of(text: str, words: str) -> Shot:
    """The first shot whose action or lines hold `words`."""
    for shot in scene(text).shots:
        if words in shot.action or any(words in line.text for line in shot.lines):
            return shot
    raise AssertionError(f"no shot has {words!r}")


TALK = "MARA, 30, a woman, and TOM, 40, a man, sit at a table.\n\n"


def test_a_new_place_is_established_and_a_known_one_is_not_again() -> None:
    once = "EXT. YARD - DAY\n\nMARA digs.\n\n"
    storyboard = film(once + "INT. HALL - DAY\n\nMara waits. She coughs.\n\n" + once)
    first, hall, again = storyboard.scenes
    assert (first.shots[0].coverage, first.shots[0].size) == ("establishing", "EWS")
    assert hall.shots[0].size == "WS"
    assert again.shots[0].coverage != "establishing"


def test_a_look_is_answered_by_what_is_seen() -> None:
    shots = scene(TALK + "Mara looks at Tom. The rain goes on.").shots
    look = next(n for n, shot in enumerate(shots) if shot.action.startswith("Mara looks"))
    assert (shots[look + 1].coverage, shots[look + 1].pov_of, shots[look + 1].subjects) == ("pov", "MARA", ("TOM",))


def test_a_thing_that_acts_is_shown_by_itself() -> None:
    shot = shot_of(TALK + "The phone RINGS.", "RINGS")
    assert (shot.coverage, shot.insert_of, shot.size, shot.sounds) == ("insert", "PHONE", "CU", ("phone ring",))


@pytest.mark.parametrize(
    ("text", "coverage", "near"),
    [
        ("Mara walks to the door.", "single", False),
        ("Mara cries.", "reaction", True),
        ("Tom hugs Mara.", "two_shot", False),
        ("Tom opens one eye.", "reaction", True),
    ],
)
def test_verbs_choose_how_near(text: str, coverage: str, near: bool) -> None:
    shot = next(s for s in scene(TALK + text).shots if text.split(".")[-2].strip() in s.action)
    assert shot.coverage == coverage
    assert shot.size is not None
    assert (SIZES.index(shot.size) >= SIZES.index("MCU")) == near


def test_somebody_comes_in_and_goes_by_a_side() -> None:
    shots = scene("MARA, 30, sits.\n\nTOM, 40, enters.\n\nTOM\nGoodbye.\n\nTom leaves.\n\nMara sighs.").shots
    tom = {shot.action: p for shot in shots for p in shot.people if p.character == "TOM"}
    assert tom["TOM, 40, enters."].enters and tom["Tom leaves."].exits
    assert not any(p.character == "TOM" for p in shots[0].people)
    assert not any(p.character == "TOM" for p in shots[-1].people)


def test_who_is_found_late_is_not_seen_before() -> None:
    shots = scene("MARA, 30, sits. She reads. She waits. She sighs. Under the table lies a DOG.").shots
    seen = [any(p.character == "DOG" for p in shot.people) for shot in shots]
    assert seen == sorted(seen) and seen[-1] and not seen[0]


def test_long_talk_has_shoulders_singles_and_listeners() -> None:
    lines = [
        "I have waited here since noon and nobody "
        "came.", "Nobody ever comes.", "You came. You could have called, you know.",
        "I lost the number. I lost everything. I am sorry, I really am, and I know how it sounds now.", "Sorry!",
        "What do you want me to say?", "The truth! Just once in your life the truth!", "I never loved this house.",
    ]  # fmt: skip
    talk = "".join(f"{('MARA', 'TOM')[n % 2]}\n{line}\n\n" for n, line in enumerate(lines))
    shots = scene(TALK + talk).shots
    kinds = {shot.coverage for shot in shots}
    assert {"over_shoulder", "single", "reaction"} <= kinds
    listening = [shot for shot in shots if any(line.heard == "off_screen" for line in shot.lines)]
    assert listening and all(shot.lines[0].character not in shot.subjects for shot in listening)
    assert max(len(shot.lines) for shot in shots) <= 3


def test_a_voice_over_is_not_on_the_floor() -> None:
    shot = shot_of(TALK + "NARRATOR (V.O.)\nIt was the last day.\n", "last day")
    assert shot.lines[0].heard == "voice_over"
    assert "NARRATOR" not in {p.character for p in shot.people}


def test_a_telephone_scene_is_cut_to_and_fro() -> None:
    storyboard = film(
        "INT. KITCHEN - NIGHT\n\nMARA, 30, picks up her phone.\n\nMARA\n(into phone)\nWho is there?\n\nINTERCUT "
        "WITH:\n\n"
        "INT. CAR - CONTINUOUS\n\nTOM, 40, drives.\n\nTOM\nIt's me.\n\nMARA\nWhere are you?\n\nTOM\nOutside.\n"
    )
    sides = [
        (scene.place, line.character) for scene in storyboard.scenes for shot in scene.shots for line in shot.lines
    ]
    assert sides == [("KITCHEN", "MARA"), ("CAR", "TOM"), ("KITCHEN", "MARA"), ("CAR", "TOM")]


def test_a_montage_is_quick_and_varied() -> None:
    text = "MONTAGE - A SUMMER\n\n" + "\n\n".join(
        f"- Mara {deed} in the garden." for deed in ("digs", "sleeps", "reads", "dances", "waits", "cooks")
    )
    shots = film("INT. ROOM - DAY\n\nMara waits.\n\nEXT. GARDEN - DAY\n\n" + text).scenes[-1].shots
    assert len(shots) >= 6
    assert all((shot.duration_s or 9) <= 2.9 for shot in shots[:-1])
    assert len({shot.size for shot in shots}) >= 3


def test_dual_dialogue_is_spoken_together() -> None:
    shot = shot_of(TALK + "MARA\nStop it!\n\nTOM ^\nLeave me!\n", "Leave me!")
    assert [line.together for line in shot.lines] == [False, True]
    assert shot.coverage == "two_shot"


def test_a_group_is_shown_together_and_its_speakers_alone() -> None:
    people = "ANNA, 30, BORIS, 40, CLARA, 50, and DAVID, 60, sit at a table.\n\n"
    talk = "".join(f"{who}\nI say that it is already much too late for soup, {to}.\n\n" for who, to in
                   [("ANNA", "Boris"), ("BORIS", "Clara"), ("CLARA", "David"), ("DAVID", "Anna")] * 3)  # fmt: skip
    shots = scene(people + talk).shots
    assert any(shot.coverage == "group" and len(shot.subjects) == 4 for shot in shots)
    assert {shot.subjects[0] for shot in shots if shot.coverage in ("single", "over_shoulder")} >= {"ANNA", "CLARA"}


def test_whoever_speaks_in_a_big_group_is_in_its_frame() -> None:
    names = ["ANNA", "BORIS", "CLARA", "DAVID", "EMMA", "FRANK", "GRACE", "HENRY", "IVY"]
    people = ", ".join(f"{name}, {20 + n}" for n, name in enumerate(names)) + " stand in a circle.\n\n"
    talk = "".join(f"{name}\nI think that this is now quite enough for everybody here.\n\n" for name in names * 2)
    groups = [shot for shot in scene(people + talk).shots if shot.coverage == "group" and shot.lines]
    assert groups
    assert all(line.character in shot.subjects and line.heard == "on_screen" for shot in groups for line in shot.lines)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("CUT TO:", "cut"), ("SMASH CUT TO:", "smash_cut"), ("MATCH CUT TO:", "match_cut"),
        ("DISSOLVE TO:", "dissolve"),
        ("FADE TO BLACK.", "fade_through_black"), ("JUMP CUT TO:", "jump_cut"), ("WIPE TO:", "wipe"),
    ],
)  # fmt: skip
def test_written_transitions_are_kept(written: str, kind: str) -> None:
    storyboard = film(f"INT. A - DAY\n\nRain.\n\n> {written}\n\nINT. B - DAY\n\nSnow.\n")
    assert storyboard.scenes[1].shots[0].transition.kind == kind


def test_hours_and_weather_carry_on() -> None:
    storyboard = film(
        "EXT. STREET - NIGHT\n\nRain.\n\nEXT. STREET - CONTINUOUS\n\nA car.\n\nEXT. STREET - MOMENTS LATER\n\nA "
        "cat.\n\n"
        "INT. HOUSE - KITCHEN - DAWN\n\nNo sound.\n\nEXT. HOUSE - GARDEN - LATER\n\nThe rain has stopped.\n"
    )
    assert [scene.hour for scene in storyboard.scenes] == ["night", "night", "night", "dawn", "morning"]
    assert [scene.weather for scene in storyboard.scenes][:2] == ["rain", "rain"]
    assert storyboard.scenes[-1].weather == "overcast"
    parents = {place.id: place.parent for place in storyboard.places}
    assert parents["HOUSE - KITCHEN"] == "HOUSE" and "HOUSE - GARDEN" in parents


def test_wardrobe_follows_the_story() -> None:
    storyboard = film(
        "EXT. ROAD - NIGHT\n\nRain. MARA, 30, walks.\n\nINT. HUT - CONTINUOUS\n\nMara enters. She takes off her "
        "coat and sits down.\n\n"
        "MARA\nAt last.\n\nINT. HUT - MORNING\n\nMara wakes.\n"
    )
    states = [[p.state for shot in scene.shots for p in shot.people] for scene in storyboard.scenes]
    assert all("wet" in state for state in states[0])
    assert "wet" in states[1][0] and "coat off" in states[1][-1]
    assert states[2][-1] == ()


def test_sizes_keep_clear_of_jump_cuts() -> None:
    single = Shot(coverage="single", size="MS", subjects=("MARA",))
    shots = settle([single] * 5 + [Shot(coverage="single", size="MS", subjects=("TOM",)), single])
    for before, after in pairwise(shots):
        if before.subjects == after.subjects and before.size and after.size:
            assert abs(SIZES.index(before.size) - SIZES.index(after.size)) >= 2


def test_the_last_image_is_held() -> None:
    last = film(
        "INT. ROOM - DAY\n\nMara waits.\n\nEXT. SEA - DAWN\n\nMara and TOM, 40, look at the sea.\n\nFADE OUT.\n"
    ).shots()[-1]
    assert last.move == "pull_out"
    assert (last.duration_s or 0) >= 3
