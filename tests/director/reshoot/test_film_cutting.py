"""A film in hand: shots are made longer, trimmed, split, put in, taken out and moved, and never a word is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from audio.speech import SpokenLine, WordTime
from director import Film
from director.reshoot.cutting import said_in, split
from director.staging import stages_of
from model.stage import BodyKey, Stage
from shots.defaults import complete
from shots.errors import NoteError
from shots.spec import Given, Trim
from shots.storyboard import loads
from shots.timing import time_shots

BOARD = """\
title: The Bar
width_px: 128
height_px: 72
props: [{id: GLASS}]
scenes:
  - heading: INT. BAR - NIGHT
    people: [MARA, TOM]
    shots:
      - {size: WS, action: The bar., duration_s: 1}
      - size: MS
        subjects: [MARA, TOM]
        action: She puts the glass down.
        lines:
          - MARA: You came back for the dog, I suppose.
          - TOM: No.
      - {size: FS, subjects: [TOM], action: He walks to her., people: [MARA, {character: TOM, act: walk, enters: right}], duration_s: 3}
      - {size: CU, subjects: [MARA], duration_s: 1, continues: S1.3}
"""  # noqa: E501


@pytest.fixture
def film(tmp_path: Path) -> Film:
    (tmp_path / "bar.yaml").write_text(BOARD)
    return Film.open(tmp_path / "bar.yaml", tmp_path / "film", picture="previz", score="none", workers=1)


def words_of(film: Film, shot: str) -> list[tuple[str, float, float]]:
    production = film.production
    words = said_in(film[shot].spec, production.timings[shot], production.spoken)
    return [(word.text, word.start_s, word.end_s) for word in words]


def lines(film: Film) -> list[str]:
    return [line.text for shot in film for line in shot.spec.lines]


def test_a_trim_takes_air_and_never_a_word(film: Film) -> None:
    shot = film["S1.2"]
    words, length_s = words_of(film, "S1.2"), shot.duration_s
    first_s, last_s = words[0][1], words[-1][2]
    with pytest.raises(NoteError, match=r"cuts off “You”, which MARA says at \d\.\d+ s\. Fix: trim at most 0\.\d+ s"):
        shot.trim(head_s=first_s + 0.1)
    with pytest.raises(NoteError, match=r"cuts off “No\.?”, which TOM says until"):
        shot.trim(tail_s=length_s - last_s + 0.1)
    with pytest.raises(NoteError, match="leave at least"):
        film["S1.1"].trim(head_s=0.5)
    with pytest.raises(NoteError, match="less than nothing"):
        shot.trim(head_s=-1)
    shot.trim(head_s=0.25)
    shot.trim(tail_s=0.125)
    assert shot.spec.trim == Trim(head_s=0.25, tail_s=0.125)
    assert shot.duration_s == pytest.approx(length_s - 0.375)
    assert film.stale()[1].reasons == ("no take yet",), "the take would be whole"
    shot.trim(head_s=0, tail_s=0)
    assert film.file.read_text() == BOARD and [step.what for step in film.history][-1] == "untrimmed S1.2"


def test_a_longer_take_shows_the_frames_that_are_there(film: Film) -> None:
    shot = film["S1.4"]
    with pytest.raises(NoteError, match="has no take to go on from"):
        shot.extend(0.5)
    film.render()
    before = [shot.take.frame(n) for n in (0, 23)]
    with pytest.raises(NoteError, match=r"S1\.2 speaks.*Fix: extend it after, or film\.insert"):
        film["S1.2"].extend(1, where="before")
    with pytest.raises(NoteError, match="more than 0"):
        shot.extend(0)
    later = shot.extend(0.5)[0]
    earlier = shot.extend(0.5, where="before")[0]
    assert later.frame_count == earlier.frame_count == 36 and shot.duration_s == 1
    for take, at in ((later, 0), (earlier, 12)):
        for number, frame in zip((0, 23), before, strict=True):
            assert np.abs(take.frame(at + number).astype(int) - frame).mean() < 3, "but for its encoding"
    later.circle()
    assert (shot.duration_s, shot.take, film.stale()) == (1.5, later, ())
    assert shot.spec.given == Given(take=film["S1.4"].takes[0].key[:12])
    fresh = shot.reshoot()[0]
    assert fresh.asked.given is None and fresh.frame_count == 36, "made anew, nothing is given"


def test_a_shot_that_is_split_says_and_shows_the_same(film: Film) -> None:
    film.render()
    whole, spoken = film["S1.2"].take, lines(film)
    frames = [whole.frame(n) for n in range(whole.frame_count)]
    words = words_of(film, "S1.2")
    at_s = words[4][1] + 0.02  # inside of a word
    with pytest.raises(NoteError, match=r"Fix: split it between 0\.8 and"):
        film["S1.2"].split(0.2)
    first, second = film["S1.2"].split(at_s)
    assert (first.id, second.id) == ("S1.2", "S1.2A")
    said = [line.text for line in (*first.spec.lines, *second.spec.lines)]
    assert " ".join(said) == " ".join(spoken) and len(said) == 3 and second.spec.lines[-1].text == "No."
    assert second.spec.continues == "S1.2" and (first.spec.action, second.spec.action) == (
        "She puts the glass down.",
        "",
    )
    assert [stale.shot for stale in film.stale()] == ["S1.2", "S1.2A"]
    assert len(film.render()) == 2
    half = film["S1.2A"].take
    assert np.abs(film["S1.2"].take.frame(5).astype(int) - frames[5]).mean() < 3
    lag = round(-second.spec.given.at_s * 24)
    assert np.abs(half.frame(5).astype(int) - frames[lag + 5]).mean() < 3
    film.undo()
    assert lines(film) == spoken and film.file.read_text() == BOARD and film.stale() == ()


def test_people_go_on_from_where_a_split_finds_them(film: Film) -> None:
    production = film.production
    where = {shot: production.stages[shot] for shot in ("S1.1", "S1.2", "S1.3", "S1.4")}
    first, second = film["S1.3"].split(1.0)
    after = film.production.stages
    tom = next(person for person in first.spec.people if person.character == "TOM")
    on = next(person for person in second.spec.people if person.character == "TOM")
    assert (tom.enters, on.enters) == ("right", None)

    def ways(stage: Stage) -> list[BodyKey]:
        return list(next(figure for figure in stage.figures if figure.id == "TOM").body)

    begins, ends = ways(after[second.id])[0], ways(after[second.id])[-1]
    assert (begins.x_m, begins.z_m) == pytest.approx(tom.move_to_m, abs=0.01)
    assert (ends.x_m, ends.z_m) == pytest.approx((ways(where["S1.3"])[-1].x_m, ways(where["S1.3"])[-1].z_m), abs=0.01)
    assert [after[shot] for shot in ("S1.1", "S1.2")] == [where[shot] for shot in ("S1.1", "S1.2")], "nobody else moves"
    assert film["S1.4"].spec.continues == second.id, "what went on from it goes on from its second half"
    assert first.spec.given is None, "there was no take"


@pytest.mark.parametrize(
    ("text", "words", "at_s", "halves"),
    [
        ("One, two. “Three four!”", ["One,", "two.", "Three", "four!"], 2.0, ("One, two.", "“Three four!”")),
        ("one one one one", ["one"] * 4, 3.0, ("one one one", "one")),
        ("In 1984 we left Rome.", ["In", "1984", "we", "left", "Rome."], 2.0, ("In 1984", "we left Rome.")),
        ("你来了我走了", ["你来", "了", "我走", "了"], 2.0, ("你来了", "我走了")),
    ],
)  # fmt: skip
def test_a_speech_is_broken_between_its_words(
    text: str, words: list[str], at_s: float, halves: tuple[str, str]
) -> None:
    board = complete(loads("title: X\nscenes: [{heading: INT. BAR, people: [ANN], shots: [{lines: [ANN: T]}]}]"))
    scene = board.scenes[0]
    shot = replace(scene.shots[0], lines=(replace(scene.shots[0].lines[0], text=text),))
    board = replace(board, scenes=(replace(scene, shots=(shot,)),))
    timed = tuple(WordTime(word, float(n), n + 0.9) for n, word in enumerate(words))
    spoken = {
        ("S1.1", 0): SpokenLine(path=Path("x.wav"), duration_s=float(len(words)), words=timed, phonemes=(), voice="x")
    }
    timing = time_shots(board, {("S1.1", 0): float(len(words))})["S1.1"]
    stage = stages_of(board, {"S1.1": timing}, spoken)["S1.1"]
    said = said_in(shot, timing, spoken)
    done, name = split(board, board, "S1.1", timing.lines[0].start_s + at_s - 0.02, timing, stage, said, None)
    first, second = done.scenes[0].shots
    assert ((first.lines[0].text, second.lines[0].text), second.id) == (halves, name)


def test_pictures_are_kept_by_what_they_show_and_named_in_the_storyboard(film: Film, tmp_path: Path) -> None:
    film.render()
    shot = film["S1.4"]
    red = np.zeros((72, 128, 3), np.uint8)
    red[..., 0] = 200
    Image.fromarray(red).save(tmp_path / "red.png")
    take = shot.reshoot(first=tmp_path / "red.png", last=red)[0]
    same = take.asked.given
    assert same is not None and same.first == same.last and same.first.startswith("given/")
    assert len(list(film.folder.given.iterdir())) == 1
    for number in (0, -1):
        assert np.abs(take.frame(number).astype(int) - red).mean() < 6
    take.circle()
    assert f"first: {same.first}" in film.file.read_text() and film.stale() == ()
    again = shot.reshoot(first="", size="ECU")[0]
    assert again.asked.given == Given(last=same.last)
    again.circle()
    mask = np.zeros((72, 128), bool)
    mask[:36] = True
    half = shot.reshoot(keep=mask, angle="low")[0]
    word = shot.reshoot(keep="top half", angle="low", seed=half.seed)[0]
    assert half.asked.given == word.asked.given != again.asked.given
    kept, new = (
        np.abs(half.frame(9).astype(int) - again.frame(9))[rows].mean() for rows in (slice(0, 30), slice(42, 72))
    )
    assert kept < 4 < new
    for wrong, told in (
        (np.zeros((2, 2, 5)), "is no mask"),
        (np.ones((4, 4), bool), "keeps everything"),
        ("upper half", "no 'upper half' of a frame"),
    ):
        with pytest.raises(NoteError, match=told):
            shot.trial(keep=wrong)


def test_shots_are_put_in_taken_out_and_moved(film: Film) -> None:
    fresh = film.insert(after=film["S1.2"], kind="insert", of="GLASS", duration_s=1)
    assert fresh.id == "S1.2A" and fresh.spec.insert_of == "GLASS"
    film.move(fresh, before="S1.2")
    assert [shot.id for shot in film] == ["S1.1", "S1.2A", "S1.2", "S1.3", "S1.4"]
    film.remove("S1.2", lines_to="S1.3")
    assert len(film) == 4 and "S1.2" not in film and lines(film)[-1] == "No."
    for _ in range(3):
        film.undo()
    assert film.file.read_text() == BOARD and film.undo() is None
    assert [step.what for step in (film.redo(), film.redo()) if step] == [
        "inserted S1.2A after S1.2",
        "moved S1.2A before S1.2",
    ]
