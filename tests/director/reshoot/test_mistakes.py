"""Mistakes in a notebook: each is answered in a sentence that says the fix, and nothing is changed by it."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from director import Film
from director.notes.apply import apply
from director.notes.effects import effects
from director.notes.operations import Delete, Reframe
from shots.errors import WorkprintError
from shots.storyboard import loads

BOARD = """\
title: The Bar
width_px: 128
height_px: 72
fps: 12
scenes:
  - heading: INT. BAR - NIGHT
    people: [MARA, TOM]
    shots:
      - {id: S1.1, size: WS, action: The bar., duration_s: 1}
      - {id: S1.2, size: MS, subjects: [MARA], action: She looks up., duration_s: 2}
"""

MISTAKES: dict[str, tuple[Callable[[Film], Any], str]] = {
    "a number for a shot": (lambda f: f[3], "no shot '3'"),  # type: ignore[index]
    "nothing for a shot": (lambda f: f.remove(None), "no shot 'None'"),  # type: ignore[arg-type]
    "a number to insert at": (lambda f: f.insert(after=5), "no shot '5'"),  # type: ignore[arg-type]
    "takes in letters": (lambda f: f["S1.2"].reshoot(takes="2"), "'2' takes of S1.2"),  # type: ignore[arg-type]
    "half a take": (lambda f: f["S1.2"].reshoot(takes=1.5), "1.5 takes of S1.2"),  # type: ignore[arg-type]
    "yes takes": (lambda f: f["S1.2"].reshoot(takes=True), "True takes of S1.2"),
    "too many": (lambda f: f["S1.2"].reshoot(takes=1000), "1000 takes .* ask for 1 to 24"),
    "a take by letters": (lambda f: f["S1.2"].circle("x"), "no take 'x'; it has takes 1 to 1"),  # type: ignore[arg-type]
    "a take by a float": (lambda f: f["S1.2"].circle(1.0), "no take 1.0"),  # type: ignore[arg-type]
    "a take of yes": (lambda f: f["S1.2"].circle(True), "no take True"),
    "nowhere": (lambda f: f["S1.2"].reshoot(marks={"MARA": (math.nan, 0)}), "mark_m.0 of S1.2"),
    "far away": (lambda f: f["S1.2"].reshoot(marks={"MARA": (1e9, 0)}), "less than or equal to 1000"),
    "no camera": (lambda f: f["S1.2"].reshoot(camera_m=(0, math.nan, 0)), "camera_m.1 of S1.2"),
    "a seed for no generator": (lambda f: f["S1.2"].reshoot(seed=2**70), "seed of S1.2"),
    "a light that is none": (lambda f: f["S1.2"].reshoot(light={"kee_side": "left"}), "there is no such thing"),
    "people in a word": (lambda f: f["S1.2"].reshoot(people=5), "should be a list"),
    "a reference that is none": (lambda f: f["S1.2"].reshoot(references=5), "references of S1.2"),
    "a reference in letters": (lambda f: f["S1.2"].reshoot(references="S1.9"), "no shot 'S1.9'"),
    "a focus on nobody": (lambda f: f["S1.2"].reshoot(focus="MRAA"), "MRAA"),
    "a take to ask for": (lambda f: f["S1.2"].reshoot(take="0123456789ab"), "shot.circle"),
    "a lock to ask for": (lambda f: f["S1.2"].trial(locked=True), "shot.lock"),
    "a record given": (lambda f: f["S1.2"].reshoot(given={"first": "../../x.png"}), "give keep, first or last"),
    "takes on trial": (lambda f: f["S1.2"].trial(takes=3), r"\.shoot\(3\)"),
    "time in letters": (lambda f: f["S1.2"].trial().frame("x"), "'x'. Fix: give a number"),  # type: ignore[arg-type]
    "no time": (lambda f: f["S1.2"].trial().frame(math.nan), "nan. Fix: give a number"),
    "split in letters": (lambda f: f["S1.2"].split("1"), "'1'. Fix: give a number"),  # type: ignore[arg-type]
    "longer in letters": (lambda f: f["S1.2"].extend("1"), "'1'. Fix: give a number"),  # type: ignore[arg-type]
    "trimmed in letters": (lambda f: f["S1.2"].trim(head_s="1"), "'1'. Fix: give a number"),  # type: ignore[arg-type]
    "a slip in keep": (lambda f: f["S1.2"].reshoot(keep="left hlaf"), "did you mean 'left half'"),
    "half a keep": (lambda f: f["S1.2"].reshoot(keep="left"), "did you mean 'left half'"),
    "a take for a picture": (lambda f: f["S1.2"].reshoot(first=f["S1.1"].take), "A Take is no .*take.frame"),
    "bytes for a picture": (lambda f: f["S1.2"].reshoot(first=b"abc"), "A bytes is no picture"),
    "no storyboard": (lambda f: f.change("x", lambda board: None), "storyboard"),  # type: ignore[arg-type,return-value]
    "a comment at no time": (lambda f: f.comments.add("S1.1", "x", "Hm."), "time of a comment cannot be 'x'"),  # type: ignore[arg-type]
}  # fmt: skip


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    path = tmp_path_factory.mktemp("bar") / "bar.yaml"
    path.write_text(BOARD, encoding="utf-8")
    # The default folder is where tests are started.
    film = Film.open(path, path.parent, picture="previz", workers=1, score="none")
    film.render()
    return film


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_a_sentence_and_changes_nothing(film: Film, mistake: str) -> None:
    before, steps = film.file.read_bytes(), len(film.history)
    call, said = MISTAKES[mistake]
    with pytest.raises(WorkprintError, match=said) as refused:
        call(film)
    assert "Fix: " in str(refused.value)
    assert film.file.read_bytes() == before
    assert len(film.history) == steps
    assert len(film["S1.2"].takes) == 1


def test_a_huge_picture_is_refused_before_it_is_unpacked(film: Film, tmp_path: Path) -> None:
    Image.new("1", (20000, 10000)).save(tmp_path / "huge.png")
    Image.new("1", (8000, 10)).save(tmp_path / "wide.png")
    with pytest.raises(WorkprintError, match=r"huge.png.* too large"):
        film["S1.2"].reshoot(first=tmp_path / "huge.png")
    with pytest.raises(WorkprintError, match="8000×10 is too large"):
        film["S1.2"].reshoot(first=tmp_path / "wide.png")


def test_numbers_in_letters_are_read_as_numbers_or_not_at_all(film: Film) -> None:
    fresh = film.insert(after="S1.2", duration_s="2")  # type: ignore[arg-type]
    assert (fresh.duration_s, "duration_s: 2" in film.file.read_text("utf-8")) == (2.0, True)
    film.undo()
    assert film["S1.2"].trial(focus="MARA", references="S1.1").asked.focus == ("MARA",)
    assert np.array_equal(film["S1.2"].frame(np.float32(0.5)), film["S1.2"].frame(0.5))  # type: ignore[arg-type]


def test_a_storyboard_that_places_somebody_nowhere_is_refused() -> None:
    board = BOARD.replace("subjects: [MARA]", "people: [{character: MARA, mark_m: [.nan, 0]}]")
    with pytest.raises(WorkprintError, match="mark_m"):
        loads(board, "bar.yaml")


def test_a_shot_that_is_gone_says_so(film: Film) -> None:
    gone = film.insert(after="S1.2")
    film.undo()
    for call in (lambda: gone.takes, gone.lock, lambda: gone.circle(1), lambda: gone.duration_s, lambda: gone.stale):
        with pytest.raises(WorkprintError, match=r"no shot 'S1.2A'; did you mean 'S1.2'"):
            call()


def test_a_note_removes_no_locked_shot_and_calls_none_stale(film: Film) -> None:
    film["S1.2"].lock()
    locked = film.storyboard
    with pytest.raises(WorkprintError, match=r"S1.2 is locked. Fix: unlock it"):
        film.change("x", lambda board: apply(board, [Delete(shot="S1.2")]))
    after = apply(locked, [Reframe(shot="S1.2", size="CU"), Reframe(shot="S1.1", size="EWS")])
    assert [line.partition(":")[0] for line in effects(locked, after, film.production.store).stale] == ["S1.1"]
    film.undo()
