"""Opening a film: a person's edits are never written over."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from director.folder import folder_name
from director.opening import open_film, picture_size
from shots.errors import StoryboardError, WorkprintError
from shots.storyboard import load, save

SCRIPT = """Title: A Small Test

INT. KITCHEN - DAY

ANNA, 30, a woman in a red dress, sits at the table with TOM, 35, a man in a blue shirt.

ANNA
The bread is burning.

TOM
Let it.
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "small.fountain"
    path.write_text(SCRIPT)
    return path


def test_a_screenplay_is_planned_into_its_films_folder(script: Path, tmp_path: Path) -> None:
    opened = open_film(script, tmp_path / "film")
    assert opened.file == tmp_path / "film" / "storyboard.yaml"
    assert load(opened.file) == opened.storyboard
    assert (tmp_path / "film" / "storyboard.schema.json").exists()


def test_opening_again_changes_nothing(script: Path, tmp_path: Path) -> None:
    first = open_film(script, tmp_path / "film")
    before = first.file.read_bytes()
    again = open_film(script, tmp_path / "film")
    assert again.storyboard == first.storyboard
    assert first.file.read_bytes() == before


def test_a_screenplay_is_planned_for_the_size_and_style_that_are_asked_for(script: Path, tmp_path: Path) -> None:
    opened = open_film(script, tmp_path / "film", size=(640, 268), style="ink_noir")
    written = load(opened.file)
    assert (written.width_px, written.height_px, written.style) == (640, 268, "ink_noir")
    assert written == opened.storyboard  # what opens the storyboard next finds the takes that are made now
    edit(opened.file)
    before = opened.file.read_bytes()
    once = open_film(script, tmp_path / "film", size=(320, 180))
    assert (once.storyboard.width_px, once.storyboard.style) == (320, "ink_noir")
    assert opened.file.read_bytes() == before


def edit(file: Path) -> None:
    storyboard = load(file)
    scene = storyboard.scenes[0]
    shot = dataclasses.replace(scene.shots[0], note="closer, please")
    scene = dataclasses.replace(scene, shots=(shot, *scene.shots[1:]))
    save(dataclasses.replace(storyboard, scenes=(scene, *storyboard.scenes[1:])), file)


def test_an_edited_storyboard_is_followed_and_kept(script: Path, tmp_path: Path) -> None:
    first = open_film(script, tmp_path / "film")
    edit(first.file)
    edited = first.file.read_bytes()
    again = open_film(script, tmp_path / "film")
    assert again.storyboard.shots()[0].note == "closer, please"
    assert first.file.read_bytes() == edited
    assert any("edited by hand" in notice for notice in again.notices)


def test_a_comment_survives_a_new_draft_that_leaves_its_shot_alone(script: Path, tmp_path: Path) -> None:
    first = open_film(script, tmp_path / "film")
    text = first.file.read_text()
    first.file.write_text(text.replace("scenes:", "# what the producer said\nscenes:"))
    script.write_text(SCRIPT + "\nTOM\nI like it black.\n")
    open_film(script, tmp_path / "film")
    assert "# what the producer said" in first.file.read_text()
    assert "I like it black." in first.file.read_text()


def test_edits_and_a_new_draft_at_once_are_refused_and_nothing_is_lost(script: Path, tmp_path: Path) -> None:
    first = open_film(script, tmp_path / "film")
    edit(first.file)
    edited = first.file.read_bytes()
    script.write_text(SCRIPT + "\nTOM\nI like it black.\n")
    with pytest.raises(WorkprintError, match="edited by hand"):
        open_film(script, tmp_path / "film")
    assert first.file.read_bytes() == edited


def test_a_storyboard_that_was_spoilt_is_told_and_kept(script: Path, tmp_path: Path) -> None:
    first = open_film(script, tmp_path / "film")
    first.file.write_bytes(b"\xff\xfe\x00 scenes: [")
    with pytest.raises(StoryboardError, match="Fix: "):
        open_film(script, tmp_path / "film")
    assert first.file.read_bytes() == b"\xff\xfe\x00 scenes: ["


def test_a_storyboard_stays_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "title: Über alles?\nscenes:\n  - heading: EXT. BEACH - DUSK\n    shots:\n      - action: The sea.\n"
    )
    opened = open_film(file, None)
    assert opened.file == file
    assert opened.folder.root == Path("out") / "über-alles"
    (tmp_path / "takes").mkdir()
    assert open_film(file, None).folder.root == tmp_path


def test_a_storyboard_without_shots_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.yaml"
    file.write_text("title: Nothing\nscenes: []\n")
    with pytest.raises(StoryboardError, match=r"no shots\. Fix:"):
        open_film(file, None)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Found", "found"),
        ("末班车", "末班车"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", "film"),
        ("A" * 200, "a" * 60),
    ],
)
def test_a_folders_name_is_letters_and_digits(title: str, name: str) -> None:
    assert folder_name(title) == name


@pytest.mark.parametrize(
    ("aspect", "size", "pixels"),
    [
        (None, None, None),
        ("16:9", None, (512, 288)),
        ("9:16", None, (288, 512)),
        ("1:1", None, (288, 288)),
        ("2.39:1", None, (688, 288)),
        (None, "1280x720", (1280, 720)),
        (None, "1279x719", (1280, 720)),
    ],
)
def test_sizes(aspect: str | None, size: str | None, pixels: tuple[int, int] | None) -> None:
    assert picture_size(aspect, size) == pixels


@pytest.mark.parametrize(
    ("aspect", "size"),
    [("wide", None), ("16:0", None), ("nan:1", None), ("1:99", None), (None, "12"), (None, "1x1"), (None, "99999x9")],
)
def test_what_is_no_size_is_refused_with_a_fix(aspect: str | None, size: str | None) -> None:
    with pytest.raises(WorkprintError, match=r"Fix: "):
        picture_size(aspect, size)
