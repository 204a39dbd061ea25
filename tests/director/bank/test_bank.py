"""The reference bank: what a storyboard names, what is made once and kept, what is refused, what a shot is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from director.bank.bank import TRIES, Bank
from director.bank.measure import measure
from director.bank.named import named, named_problems
from director.bank.sheets import sheets_of
from director.bank.subjects import Location, Person, person_of, subjects_of
from director.bank.verify import Eye, verify
from director.llm.ask import Question, Reply
from director.staging import stages_of
from director.wording.engines import engine_named
from model.images.maker import ImageRequest
from model.request import Frame, Licence
from model.sampler.cast import person as sampled
from model.stage import Stage
from model.theatre.sheet import character_view, place_sheet
from shots.defaults import complete
from shots.errors import StoryboardError
from shots.spec import Storyboard
from shots.storyboard import loads
from shots.timing import time_shots

TEXT = """
title: Two
cast:
  - {id: MARA, gender: female, look: {hair: long, hair_colour: black, wardrobe: [{kind: coat, colour: red}]}}
  - {id: TOM, gender: male, look: {wardrobe: [{kind: shirt, colour: green}, {kind: jeans, colour: blue}]}}
places: [{id: PIER, kind: harbour}]
scenes:
  - heading: EXT. PIER - DAY
    place: PIER
    shots:
      - {id: S1, size: WS, subjects: [MARA, TOM], people: [MARA, TOM], duration_s: 1}
      - {id: S3, size: MS, subjects: [MARA], people: [MARA], duration_s: 1}
      - {id: S2, size: MS, subjects: [MARA], people: [{character: MARA, state: [wet]}], duration_s: 1}
"""
FREE = Licence("Free", True, "commercial use allowed")
SEEN = {"S1": ("MARA", "TOM"), "S2": ("MARA",), "S3": ("MARA",)}


@dataclass(frozen=True)
class Drawn:
    """An image engine whose pictures the theatre draws, blank ones for some seeds."""

    cast: tuple[Person, ...]
    references: int = 0
    wrong_seeds: frozenset[int] = frozenset()
    asked: list[ImageRequest] = field(default_factory=list)
    name: str = "drawn"
    version: str = "1"
    weights_digest: str = "0" * 64
    words: str = "flux2"
    licence: Licence = FREE

    def picture(self, request: ImageRequest) -> Frame:
        self.asked.append(request)
        size = request.width_px, request.height_px
        if request.seed in self.wrong_seeds:
            return np.full((size[1], size[0], 3), 128, dtype=np.uint8)
        quarter = size[0] // 4, size[1] // 4
        if "empty set" in request.text:
            return enlarged(place_sheet(STAGES["S1"].place, "day", *quarter))
        shown = next(one for one in self.cast if one.id in request.of)
        view = "back" if "behind" in request.text else "face" if "Head and" in request.text else "front"
        return enlarged(character_view(shown.figure, view, *quarter))


def enlarged(picture: Frame) -> Frame:
    return picture.repeat(4, axis=0).repeat(4, axis=1)


def board(text: str = TEXT) -> Storyboard:
    return complete(loads(text))


def staged(storyboard: Storyboard) -> Mapping[str, Stage]:
    return stages_of(storyboard, time_shots(storyboard, {}), {})


BOARD = board()
STAGES = staged(BOARD)
CAST = tuple(person_of(one, (), "flat") for one in BOARD.cast)


def shots(stages: Mapping[str, Stage] = STAGES) -> list[tuple[Stage, tuple[str, ...]]]:
    return [(stages[name], SEEN[name]) for name in SEEN]


def bank(root: Path, maker: Drawn | None, storyboard: Storyboard = BOARD) -> Bank:
    return Bank(storyboard, root, root / "bank", maker)


def told(bank: Bank, shot: str, stages: Mapping[str, Stage] = STAGES) -> list[tuple[str, str]]:
    return [(one.of, one.view) for one in bank.pictures(stages[shot], SEEN[shot])]


def save(path: Path, picture: Frame) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(path)


def test_a_subject_is_who_looks_alike_and_where_the_light_is_one() -> None:
    wide, wet, dry = (subjects_of(STAGES[name], SEEN[name]) for name in SEEN)
    assert [one.id for one in wide] == ["MARA", "TOM", "PIER"]
    assert wide[0] == dry[0] != wet[0]
    assert wide[2] == wet[1] == dry[1]
    night = replace(STAGES["S1"], light=replace(STAGES["S1"].light, hour="night"))
    assert subjects_of(night, ())[0] != wide[2]


def test_without_pictures_or_an_engine_there_is_nothing_and_nothing_to_make(tmp_path: Path) -> None:
    empty = bank(tmp_path, None)
    assert empty.pictures(STAGES["S1"], SEEN["S1"]) == ()
    assert empty.missing(shots()) == ()


def test_each_subject_is_made_once_and_kept_with_its_receipt(tmp_path: Path) -> None:
    maker = Drawn(CAST)
    first = bank(tmp_path, maker)
    assert told(first, "S1") == []
    assert {sheet.subject.id for sheet in first.missing(shots())} == {"MARA", "TOM", "PIER"}
    assert first.fill(shots(), say=pytest.fail)
    assert len(maker.asked) == 4  # MARA, TOM, the pier, and MARA wet
    assert told(first, "S1") == [("MARA", "front"), ("TOM", "front"), ("PIER", "")]
    again = bank(tmp_path, maker)
    assert not again.fill(shots(), say=pytest.fail)
    assert len(maker.asked) == 4
    picture = again.pictures(STAGES["S1"], SEEN["S1"])[0]
    assert picture.source.startswith("bank/mara/front-")
    assert picture is first.pictures(STAGES["S1"], SEEN["S1"])[0]  # read once
    receipt = json.loads((tmp_path / picture.source).with_suffix(".json").read_text())
    assert receipt["accepted"]
    assert receipt["licence"] == "commercial use allowed"
    assert "red coat" in receipt["inputs"]["text"]
    assert receipt["inputs"]["maker"] == "drawn"


def test_another_look_another_seed_and_another_engine_make_other_pictures(tmp_path: Path) -> None:
    maker = Drawn(CAST)
    bank(tmp_path, maker).fill(shots(), say=pytest.fail)
    blue = board(TEXT.replace("colour: red", "colour: blue"))
    repainted = Drawn(tuple(person_of(one, (), "flat") for one in blue.cast))
    assert bank(tmp_path, repainted, blue).fill(shots(staged(blue)), say=pytest.fail)
    assert [request.of for request in repainted.asked] == [("MARA",), ("MARA",)]
    one = shots()[1:2]
    for changed, version in ((replace(BOARD, seed=1), "1"), (BOARD, "2")):
        other = replace(maker, asked=[], version=version)
        assert len(bank(tmp_path, other, changed).missing(one)) == 2
    assert bank(tmp_path, maker).missing(one) == ()


def test_an_engine_that_edits_makes_every_view_after_the_first_and_states_after_none(tmp_path: Path) -> None:
    maker = Drawn(CAST, references=2)
    made = bank(tmp_path, maker)
    made.fill(shots(), say=pytest.fail)
    assert told(made, "S2") == [("MARA", "front"), ("MARA", "face"), ("MARA", "back"), ("PIER", "")]
    texts = {request.text: request for request in maker.asked}
    dry = next(request for text, request in texts.items() if "red coat" in text and not request.references)
    wet = next(request for text, request in texts.items() if "soaked" in text and "behind" not in text)
    assert wet.text.startswith("The same figure")
    front = made.pictures(STAGES["S3"], SEEN["S3"])[0].picture
    assert "soaked" not in dry.text
    assert np.array_equal(wet.references[0], front)
    face = next(request for text, request in texts.items() if "Head and" in text and "soaked" not in text)
    assert len(face.references) == 1


def test_what_will_not_do_is_made_anew_and_given_up_with_a_sentence(tmp_path: Path) -> None:
    maker = Drawn(CAST, wrong_seeds=frozenset({0}))
    made = bank(tmp_path / "once", maker)
    made.fill(shots(), say=pytest.fail)
    assert len(maker.asked) == 8
    assert told(made, "S1") == [("MARA", "front"), ("TOM", "front"), ("PIER", "")]
    never = Drawn(CAST, references=1, wrong_seeds=frozenset(range(TRIES)))
    sentences: list[str] = []
    refused = bank(tmp_path / "never", never)
    refused.fill(shots(), say=sentences.append)
    assert len(never.asked) == 4 * TRIES  # nothing is made after what was given up
    assert len(sentences) == 4
    assert "MARA (front)" in sentences[0]
    assert "blank" in sentences[0]
    assert "Fix: " in sentences[0]
    assert told(refused, "S1") == []
    assert refused.missing(shots()) == ()
    assert not bank(tmp_path / "never", never).fill(shots(), say=pytest.fail)


def test_a_picture_that_was_damaged_is_made_again(tmp_path: Path) -> None:
    maker = Drawn(CAST)
    bank(tmp_path, maker).fill(shots(), say=pytest.fail)
    picture = next((tmp_path / "bank" / "tom").glob("*.png"))
    picture.write_bytes(picture.read_bytes()[:-9])
    after = bank(tmp_path, maker)
    assert [sheet.subject.id for sheet in after.missing(shots())] == ["TOM"]
    assert after.fill(shots(), say=pytest.fail)
    assert len(maker.asked) == 5


NAMED = TEXT.replace(
    "{id: MARA,",
    "{id: MARA, pictures: [cast/mara.png, {file: cast/wet.png, state: wet, view: face}],",
).replace("{id: PIER,", "{id: PIER, pictures: [{file: pier.jpg, hour: night}, pier-day.webp],")


def named_files(root: Path) -> None:
    mara = CAST[0]
    save(root / "cast" / "mara.png", character_view(mara.figure, "front", 300, 400))
    save(root / "cast" / "wet.png", character_view(mara.figure, "face", 300, 400))
    for name in ("pier.jpg", "pier-day.webp"):
        save(root / name, place_sheet(STAGES["S1"].place, "day", 512, 288))


def test_what_a_person_names_is_used_and_nothing_is_made_of_it(tmp_path: Path) -> None:
    storyboard, maker = board(NAMED), Drawn(CAST, references=1)
    named_files(tmp_path)
    stages = staged(storyboard)
    assert named_problems(storyboard, tmp_path) == []
    filled = bank(tmp_path, maker, storyboard)
    filled.fill(shots(stages), say=pytest.fail)
    assert {request.of for request in maker.asked} == {("TOM",)}
    assert told(filled, "S1", stages)[0] == ("MARA", "")
    assert [one.source for one in filled.pictures(stages["S2"], SEEN["S2"])] == ["cast/wet.png", "pier-day.webp"]
    night = replace(stages["S1"], light=replace(stages["S1"].light, hour="night"))
    place = next(one for one in subjects_of(night, ()) if isinstance(one, Location))
    assert [one.source for one in named(place, storyboard, tmp_path)] == ["pier.jpg"]


def test_a_state_that_nobody_pictured_is_made_after_one_that_somebody_did(tmp_path: Path) -> None:
    storyboard = board(NAMED.replace("cast/mara.png, ", ""))
    named_files(tmp_path)
    maker = Drawn(CAST, references=1)
    bank(tmp_path, maker, storyboard).fill(shots(staged(storyboard)), say=pytest.fail)
    first = next(request for request in maker.asked if request.of == ("MARA",))
    assert first.references[0].shape == (400, 300, 3)
    assert first.text.startswith("The same figure as in the picture. ")


def test_what_cannot_be_used_of_named_pictures_is_told_in_a_line(tmp_path: Path) -> None:
    storyboard = board(NAMED.replace("pier.jpg", "../pier.jpg"))
    named_files(tmp_path)
    (tmp_path / "cast" / "wet.png").write_bytes(b"no picture")
    save(tmp_path / "cast" / "mara.png", character_view(CAST[1].figure, "front", 300, 400))
    lines = [str(problem) for problem in named_problems(storyboard, tmp_path)]
    assert len(lines) == 3
    assert "of it is red in one piece, as MARA's top should be" in lines[0]
    assert "is no picture that can be read. Fix: " in lines[1]
    assert "'../pier.jpg', which is not below" in lines[2]
    with pytest.raises(StoryboardError, match="is no picture that can be read"):
        bank(tmp_path, None, storyboard).pictures(staged(storyboard)["S2"], ("MARA",))


def test_the_measure_knows_the_cast_apart() -> None:
    people = [
        Person(id=f"P{n}", species="person", look=sampled("train", "bank", n).look, state=(), style="flat")
        for n in range(16)
    ]
    pictures = [character_view(one.figure, "front", 288, 384) for one in people]
    assert [measure(one, "front", picture) for one, picture in zip(people, pictures, strict=True)] == [()] * 16
    others = [bool(measure(one, "front", pictures[(n + 5) % 16])) for n, one in enumerate(people)]
    assert sum(others) >= 8
    noise = np.random.default_rng(0).integers(0, 256, (400, 300, 3), dtype=np.uint8)
    assert all(measure(one, "front", noise) for one in people)
    assert "the least to hold to" in measure(people[0], "front", pictures[0][:100])[0]


def test_a_vision_model_finds_faults_that_no_measure_does() -> None:
    mara = CAST[0]
    picture = character_view(mara.figure, "front", 384, 512)

    def saying(verdict: str) -> Eye:
        def ask(question: Question) -> Reply:
            names = [line.split(":")[0] for line in question.user.splitlines() if line[:1] == "c" and ":" in line]
            answers = [
                {"id": name, "verdict": verdict if name == "c2" else "holds", "why": "three arms"} for name in names
            ]
            return Reply(text=json.dumps({"answers": answers}))

        return Eye(ask, "eye")

    assert verify(mara, "front", "words", picture, saying("holds")).accepted
    refused = verify(mara, "front", "words", picture, saying("fails"))
    assert not refused.accepted
    assert "three arms" in refused.told[0]
    assert refused.by == "measured 1 and eye"


def test_words_of_a_sheet_say_what_its_stage_shows() -> None:
    subjects = [*subjects_of(STAGES["S2"], ("MARA",))]
    (front, face, back), (plate,) = (sheets_of(one, engine_named("qwen-image"), True) for one in subjects)
    assert (front.view, face.view, back.view) == ("front", "face", "back")
    assert "woman in a red coat" in front.text
    assert "soaked" in front.text
    assert face.holds_to == back.holds_to == "front"
    assert "nobody is" in plate.text
    assert plate.negative.endswith("people")
    assert sheets_of(subjects[0], engine_named("flux2"), False)[0].negative == ""
