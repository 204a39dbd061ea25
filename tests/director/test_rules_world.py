"""A wider world read from the page: what hands do, crowds, vehicles, lights and calls, in English and Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from director.direct import direct
from director.parse import read
from director.rules.cast import Cast
from director.rules.crowds import crowds_in
from director.rules.vehicles import vehicles_in
from shots.spec import Presence, Shot, Storyboard

OPENING = "MARA, 30, a nurse, and TOM, 35, a driver, stand by the window.\n\n"
NOBODY = Cast((), {})


def film(tmp_path: Path, text: str, heading: str = "INT. KITCHEN - DAY") -> Storyboard:
    file = tmp_path / "film.fountain"
    file.write_text(text if text.startswith(("INT", "EXT", "内", "外")) else f"{heading}\n\n{OPENING}{text}\n")
    return direct(read(file))


def telling(storyboard: Storyboard, words: str) -> Shot:
    return next(shot for shot in storyboard.shots() if words in shot.action)


def person(shot: Shot, name: str) -> Presence:
    return next(p for p in shot.people if p.character == name)


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Mara throws the ball to Tom.", "throw"),
        ("Mara hurls the cup at the wall.", "throw"),
        ("Mara drops the cup.", "drop"),
        ("Mara slams the door.", "close_door"),
        ("Mara opens the door.", "open_door"),
        ("Mara kisses Tom.", "kiss"),
        ("Mara hugs Tom.", "embrace"),
        ("Mara shakes Tom's hand.", "shake_hands"),
        ("Mara punches Tom.", "hit"),
        ("Mara shoves Tom.", "push"),
        ("Mara pushes Tom.", "push"),
        ("Mara pushes a button.", "gesture"),
        ("Mara shoots Tom.", "shoot"),
        ("Mara dances.", "dance"),
        ("Mara carries a box.", "carry"),
        ("Mara claps.", "clap"),
        ("Mara shrugs.", "shrug"),
        ("Mara shakes her head.", "shake_head"),
        ("Mara laughs.", "laugh"),
        ("Mara sobs.", "cry"),
        ("Mara throws him a dark look.", "look"),
        ("Mara strikes a match.", "gesture"),
    ],
)
def test_verbs_become_their_own_acts(tmp_path: Path, sentence: str, act: str) -> None:
    assert person(telling(film(tmp_path, sentence), sentence), "MARA").act == act


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("小梅把球扔给大雄。", "throw"),
        ("小梅摔门。", "close_door"),
        ("小梅吻了大雄。", "kiss"),
        ("小梅和大雄握手。", "shake_hands"),
        ("小梅推了大雄。", "push"),
        ("小梅开枪。", "shoot"),
        ("小梅跳舞。", "dance"),
        ("小梅鼓掌。", "clap"),
        ("小梅耸肩。", "shrug"),
        ("小梅摇头。", "shake_head"),
        ("小梅大笑。", "laugh"),
        ("小梅哭了。", "cry"),
    ],
)
def test_chinese_verbs_become_their_own_acts(tmp_path: Path, sentence: str, act: str) -> None:
    text = f"内景 厨房 日\n\n小梅和大雄站着。\n\n小梅：你好。\n\n大雄：你好。\n\n{sentence}\n"
    shots = film(tmp_path, text).shots()
    assert act in {p.act for shot in shots if sentence.rstrip("。") in shot.action for p in shot.people}


def test_who_crouches_drops_to_the_knees_or_sinks_into_a_chair(tmp_path: Path) -> None:
    for sentence, pose in (("Mara crouches.", "crouch"), ("Mara drops to her knees.", "kneel")):
        assert person(telling(film(tmp_path, sentence), sentence), "MARA").pose == pose
    sinks = person(telling(film(tmp_path, "Mara sinks into a chair."), "sinks"), "MARA")
    assert sinks.act == "sit_down"


def test_what_is_thrown_to_somebody_is_caught_and_at_somebody_falls(tmp_path: Path) -> None:
    caught = telling(film(tmp_path, "Mara throws the ball to Tom."), "throws")
    assert person(caught, "TOM").holds == ("BALL",) and not caught.props
    assert set(caught.subjects) == {"MARA", "TOM"}
    missed = telling(film(tmp_path, "Mara throws the ball at Tom."), "throws")
    assert [placed.prop for placed in missed.props] == ["BALL"] and not person(missed, "TOM").holds


def test_two_acts_of_the_hands_are_two_shots(tmp_path: Path) -> None:
    shots = film(tmp_path, "Tom picks up a letter. He gives the letter to Mara.").shots()
    acts = [p.act for shot in shots for p in shot.people if p.character == "TOM"]
    assert acts.index("pick_up") < acts.index("give")


@pytest.mark.parametrize(
    ("text", "what", "count", "doing", "where"),
    [
        ("A crowd of protesters marches past.", "people", 24, "walk", "behind"),
        ("Hundreds of fans cheer.", "people", 60, "cheer", "behind"),
        ("The audience watches in silence.", "people", 28, "sit", "front"),
        ("Dozens of soldiers stand in the rain.", "people", 30, "stand", "behind"),
        ("Commuters hurry by.", "people", 14, "walk", "behind"),
        ("A flock of gulls circles overhead.", "birds", 14, "fly", "above"),
        ("Pigeons peck on the ground.", "birds", 12, "stand", "around"),
        ("A shoal of fish glides by.", "fish", 16, "swim", "behind"),
        ("人群欢呼。", "people", 28, "cheer", "behind"),
        ("一群海鸥飞过。", "birds", 12, "fly", "above"),
    ],
)
def test_crowds_are_counted_and_know_what_they_do(text: str, what: str, count: int, doing: str, where: str) -> None:
    (crowd,) = crowds_in(text, NOBODY)
    assert (crowd.what, crowd.count, crowd.doing, crowd.where) == (what, count, doing, where)


@pytest.mark.parametrize(
    "text", ["No customers.", "Two men sit.", "Five people around a table.", "People are strange.", "He eats fish."]
)
def test_few_or_none_are_no_crowd(text: str) -> None:
    assert crowds_in(text, NOBODY) == ()


def test_guards_with_parts_are_no_crowd() -> None:
    assert crowds_in("The guards turn.", Cast((), {"GUARD 1": "GUARD 1", "GUARD 2": "GUARD 2"})) == ()


def test_a_later_crowd_is_in_the_shots_from_there_on(tmp_path: Path) -> None:
    before = "EXT. PARK - DAY\n\nMARA, 30, waits.\n\nShe sits.\n\nShe yawns.\n\nShe reads a book.\n\n"
    text = before + "Hundreds of fans cheer.\n"
    scene = film(tmp_path, text).scenes[0]
    assert scene.crowds == () and scene.shots[0].crowds is None
    assert telling(film(tmp_path, text), "fans").crowds


@pytest.mark.parametrize(
    ("text", "kind", "comes", "goes"),
    [
        ("A bus pulls up.", "bus", True, False),
        ("The car speeds off.", "car", False, True),
        ("A taxi speeds past.", "taxi", True, True),
        ("A police car skids to a halt.", "police_car", True, False),
        ("一辆公交车停下。", "bus", True, False),
        ("The truck stands there.", "truck", False, False),
    ],
)
def test_vehicles_come_go_and_pass(text: str, kind: str, comes: bool, goes: bool) -> None:
    (ride,) = vehicles_in(text)
    assert (ride.kind, ride.comes, ride.goes) == (kind, comes, goes)


@pytest.mark.parametrize(
    "text", ["She waits at the bus stop.", "He drops the car keys.", "The train station is empty."]
)
def test_a_bus_stop_is_no_bus(text: str) -> None:
    assert vehicles_in(text) == ()


def test_a_bus_comes_takes_somebody_along_and_goes(tmp_path: Path) -> None:
    text = "EXT. STREET - DAY\n\nMARA, 30, waits.\n\nA bus pulls up.\n\nMara gets on the bus.\n\nThe bus drives away.\n"
    storyboard = film(tmp_path, text)
    (bus,) = telling(storyboard, "pulls up").props
    assert (bus.prop, bus.enters, bus.exits) == ("BUS", "left", None)
    assert person(telling(storyboard, "gets on"), "MARA").exits == "right"
    away = telling(storyboard, "drives away")
    assert away.props[0].exits == "right" and away.deserted and storyboard.scenes[0].floor(away) == ()


def test_who_rides_is_carried_by_a_horse_or_a_bicycle(tmp_path: Path) -> None:
    text = "EXT. DESERT - DAY\n\nMARA, 30, rides a horse across the dunes.\n"
    storyboard = film(tmp_path, text)
    assert {c.id: c.species for c in storyboard.cast} == {"MARA": "person", "HORSE": "horse"}
    mara = person(telling(storyboard, "rides"), "MARA")
    assert (mara.pose, mara.aboard, mara.act) == ("ride", "HORSE", "walk")
    street = film(tmp_path, "EXT. STREET - DAY\n\nTOM, 35, rides a bicycle down the street.\n")
    assert person(telling(street, "rides"), "TOM").aboard == "BICYCLE"


def test_headlights_the_moon_and_silhouettes_are_light(tmp_path: Path) -> None:
    text = "EXT. STREET - NIGHT\n\nMARA, 30, waits. Headlights sweep over her.\n\nShe stands in silhouette.\n"
    storyboard = film(tmp_path, text)
    light = storyboard.scenes[0].light
    assert light is not None and [p.kind for p in light.practicals] == ["headlights"]
    dark = telling(storyboard, "silhouette").light
    assert dark is not None and dark.silhouette


def test_a_storm_is_a_storm(tmp_path: Path) -> None:
    storyboard = film(tmp_path, "EXT. HARBOUR - NIGHT\n\nLightning over the bay. MARA, 30, runs.\n")
    assert storyboard.scenes[0].weather == "storm" and storyboard.places[0].kind == "harbour"


def test_a_call_on_a_split_screen_is_one_picture_of_both_ends(tmp_path: Path) -> None:
    text = (
        "INT. KITCHEN - NIGHT\n\nMARA, 30, waits.\n\nEXT. STREET - NIGHT\n\nTOM, 35, dials.\n\nSPLIT SCREEN\n\n"
        "TOM\nAre you awake?\n\nMARA\nI am now.\n\nTOM\nGood.\n"
    )
    storyboard = film(tmp_path, text)
    (split,) = [shot for shot in storyboard.shots() if shot.coverage == "split_screen"]
    assert split.beside is not None and split.beside.scene == storyboard.scenes[0].id
    assert [line.character for line in split.lines] == ["TOM", "MARA", "TOM"]
    assert split.beside.people[0].character == "MARA" and split.subjects == ("TOM", "MARA")


@pytest.mark.parametrize(("heading", "kind"), [("外景 车站 夜", "train"), ("外景 街道 夜", "bus")])
def test_the_last_ride_from_a_platform_is_a_train_and_its_leaving_walks_nobody(
    heading: str, kind: str, tmp_path: Path
) -> None:
    board = film(tmp_path, f"{heading}\n\n林岚，二十八岁，女，站着。末班车已经开走。\n")
    assert [prop.kind for prop in board.props] == [kind]
    assert {person.act for shot in board.shots() for person in shot.people} <= {"none", "look"}


def test_who_is_called_mister_does_things_too(tmp_path: Path) -> None:
    board = film(tmp_path, "MR. HOLT, 50, a teacher, waits.\n\nMr. Holt hits Tom. Mr. Holt shrugs.")
    assert person(telling(board, "hits Tom"), "HOLT").act == "hit"
    assert person(telling(board, "shrugs"), "HOLT").act == "shrug"


def test_a_bag_of_an_introduction_is_worn_and_one_told_of_later_is_held(tmp_path: Path) -> None:
    board = film(tmp_path, "INT. CAFE - DAY\n\nANA, 20, with a backpack, walks in.\n\nAna grabs a suitcase.\n")
    assert all("BACKPACK" not in p.holds for shot in board.shots() for p in shot.people)
    assert any(garment.kind == "backpack" for garment in board.cast[0].look.wardrobe)
    assert "SUITCASE" in person(telling(board, "grabs"), "ANA").holds


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("His clothes are torn and muddy.", {"torn", "muddy"}),
        ("His shirt is bloodied.", {"bloodied"}),
        ("Blood runs down his face. Blood on his hands.", {"bloodied"}),
        ("His coat hangs in tatters.", {"torn"}),
        ("The road is muddy. The letter is torn.", set()),
    ],
)
def test_wardrobe_states_are_those_of_whoever_is_told_of(tmp_path: Path, sentence: str, state: set[str]) -> None:
    board = film(tmp_path, f"INT. CELL - DAY\n\nTOM, 35, stands by the door. {sentence}\n\nTOM\nYes.\n")
    assert set(person(board.scenes[0].shots[-1], "TOM").state) == state


def test_who_shoots_has_a_gun_and_aims_at_whom_it_is_said(tmp_path: Path) -> None:
    board = film(tmp_path, "Mara shoots Tom.")
    gun = person(telling(board, "shoots"), "MARA").holds
    assert [prop.kind for prop in board.props if prop.id in gun] == ["gun"]
    aimed = film(tmp_path, "Mara aims a gun at Tom. She shoots.")
    assert person(telling(aimed, "She shoots"), "MARA").looks_at == "TOM"


def test_they_embrace_who_were_told_of_last(tmp_path: Path) -> None:
    board = film(tmp_path, "JOE, 40, a cook, waves. Mara nods at Tom.\n\nTom smiles at Mara. They embrace.")
    shot = telling(board, "They embrace")
    assert {p.character for p in shot.people if p.act == "embrace"} == {"MARA", "TOM"}


def test_somebodys_hand_is_taken_not_picked_up(tmp_path: Path) -> None:
    mara = person(telling(film(tmp_path, "Mara takes Tom's hand."), "hand"), "MARA")
    assert (mara.act, mara.looks_at) == ("gesture", "TOM")


def test_who_types_at_a_computer_sits(tmp_path: Path) -> None:
    board = film(tmp_path, "INT. OFFICE - DAY\n\nTOM, 35, types at a computer.\n")
    assert person(telling(board, "types"), "TOM").pose == "sit"


def test_those_who_come_on_together_are_there_together(tmp_path: Path) -> None:
    board = film(tmp_path, "EXT. HILL - DAY\n\nMARA, 30, and TOM, 35, climb the path.\n")
    assert [p.character for p in board.scenes[0].people] == ["MARA", "TOM"]
    assert all(p.enters is None for shot in board.shots() for p in shot.people)


def test_a_galloping_horse_takes_its_rider_along(tmp_path: Path) -> None:
    board = film(tmp_path, "EXT. DESERT - DAY\n\nMARA, 30, rides a horse. The horse gallops.\n")
    assert person(telling(board, "gallops"), "MARA").act == "run"


def test_an_audience_that_cheers_is_where_it_was(tmp_path: Path) -> None:
    board = film(tmp_path, "INT. THEATRE - NIGHT\n\nTOM, 35, bows. The audience sits in the dark. The crowd cheers.\n")
    told = telling(board, "cheers").crowds
    crowd = (board.scenes[0].crowds if told is None else told)[0]
    assert (crowd.doing, crowd.where) == ("cheer", "front")


def test_a_split_screen_calls_from_where_the_caller_acts(tmp_path: Path) -> None:
    board = film(
        tmp_path,
        "EXT. DESERT - DAY\n\nLENA, 30, walks.\n\nEXT. BRIDGE - DAY\n\nJONAS, 40, waits.\n\n"
        "INT. BEDROOM - NIGHT\n\nLena picks up the phone.\n\nSPLIT SCREEN\n\nLENA\nWhere are you?\n\n"
        "JONAS (ON PHONE)\nOn the bridge.\n",
    )
    shot = next(shot for shot in board.shots() if shot.beside)
    assert shot.beside is not None and [p.character for p in shot.beside.people] == ["JONAS"]


def test_descriptions_tell_of_looks_alone(tmp_path: Path) -> None:
    board = film(
        tmp_path,
        "INT. CHURCH - DAY\n\nLENA, 30, in a white dress, and Tom stand at the altar. TOM, 40, in a coat, gets off "
        "the bus. A BOY, 7, throws a ball to GIRL, 8.\n",
    )
    said = {character.id: character.description for character in board.cast}
    assert said["LENA"] == "in a white dress" and said["TOM"] == "in a coat" and "ball" not in said["GIRL"]
