"""A storyboard's history: each step back and forth byte for byte, whatever the file looks like and whoever edits it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from director.reshoot.journal import Journal
from director.reshoot.paper import Paper, Step, drafts_of
from shots.errors import NoteError, StoryboardError, WorkprintError
from shots.spec import Storyboard
from tests.director.reshoot.processes import FILM, longer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "storyboard.yaml"
    path.write_bytes(FILM.encode())
    return path


def history(file: Path) -> Path:
    return drafts_of(file) / "history.jsonl"


def names(steps: tuple[Step, ...]) -> list[str]:
    return [step.what for step in steps]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_line_ends_and_marks_stay_and_steps_go_back_and_forth(tmp_path: Path, encoding: str, end: str) -> None:
    file = tmp_path / "storyboard.yaml"
    first = FILM.replace("\n", end).encode(encoding)
    file.write_bytes(first)
    paper = Paper(file)
    said = [first]
    for number in range(3):
        paper.change(f"step {number}", longer(number))
        said.append(file.read_bytes())
    text = said[-1].decode(encoding)
    assert text.count(end) == FILM.count("\n") and "# wide" in text and text.count("duration_s: 1.25") == 3
    for place in (2, 1, 0):
        assert paper.undo() is not None
        assert file.read_bytes() == said[place]
    assert paper.undo() is None and len(paper.undone) == 3
    another = Paper(file)  # another session knows it all
    for place in (1, 2, 3):
        assert another.redo() is not None
        assert file.read_bytes() == said[place]
    assert another.redo() is None
    assert names(paper.history) == ["step 0", "step 1", "step 2"]


def test_reading_writes_nothing_and_a_change_that_changes_nothing_is_no_step(file: Path) -> None:
    paper = Paper(file)
    assert paper.written().title == "Two" and paper.history == () and paper.undone == ()
    assert [path.name for path in file.parent.iterdir()] == ["storyboard.yaml"]
    paper.change("nothing", lambda board: board)
    assert paper.history == () and file.read_bytes() == FILM.encode()


def test_what_was_taken_back_is_forgotten_by_another_step_and_its_drafts_are_kept(file: Path) -> None:
    paper = Paper(file)
    paper.change("one", longer(0))
    gone = file.read_bytes()
    paper.undo()
    paper.change("two", longer(1))
    assert names(paper.history) == ["two"] and paper.redo() is None
    assert gone in [draft.read_bytes() for draft in drafts_of(file).glob("*.yaml")]


def test_edits_by_hand_are_steps_that_undo_never_loses(file: Path) -> None:
    paper = Paper(file)
    paper.change("one", longer(0))
    one = file.read_bytes()
    broken = one + b"scenes: [twice\n"  # even what is no storyboard
    file.write_bytes(broken)
    assert names(paper.history) == ["one", "edited by hand"]
    assert "edited by hand" not in history(file).read_text("utf-8"), "looking at it wrote it"
    step = paper.undo()
    assert step is not None and step.what == "edited by hand" and file.read_bytes() == one
    paper.redo()
    assert file.read_bytes() == broken
    with pytest.raises(StoryboardError):
        paper.written()
    file.write_bytes(one.replace(b"# mine", b"# ours"))
    paper.change("two", longer(1))
    assert names(paper.history) == ["one", "edited by hand", "edited by hand", "two"]
    for _ in range(4):
        paper.undo()
    assert file.read_bytes() == FILM.encode()


def test_going_back_by_hand_is_going_back(file: Path) -> None:
    paper = Paper(file)
    paper.change("one", longer(0))
    one = file.read_bytes()
    file.write_bytes(FILM.encode())
    assert paper.history == () and names(paper.undone) == ["one"]
    assert paper.redo() is not None and file.read_bytes() == one
    paper.undo()
    file.write_bytes(one)
    assert names(paper.history) == ["one"] and paper.redo() is None and paper.undo() is not None


def test_an_editor_that_saves_in_the_middle_of_a_step_is_not_written_over(file: Path) -> None:
    paper, saved = Paper(file), []

    def edit(board: Storyboard) -> Storyboard:
        if not saved:
            saved.append(file.write_bytes(FILM.replace("She waits", "She hurries").encode()))
        return longer(2)(board)

    paper.change("one", edit)
    assert b"She hurries" in file.read_bytes() and file.read_bytes().count(b"1.25") == 1
    paper.undo()
    assert b"She hurries" in file.read_bytes()


def test_a_step_that_is_refused_leaves_everything_as_it_was(file: Path) -> None:
    def refuse(board: Storyboard) -> Storyboard:
        raise NoteError("It cannot be.")

    paper = Paper(file)
    paper.change("one", longer(0))
    before, told = file.read_bytes(), history(file).read_bytes()
    with pytest.raises(NoteError):
        paper.change("two", refuse)
    file.chmod(0o444)
    with pytest.raises(StoryboardError, match=r"write-protected\. Fix: "):
        paper.change("three", longer(1))
    with pytest.raises(StoryboardError, match="write-protected"):
        paper.undo()
    assert (file.read_bytes(), history(file).read_bytes()) == (before, told)


def test_a_folder_that_cannot_be_written_is_told_of(file: Path) -> None:
    file.with_name(".storyboard.yaml.lock").mkdir()
    paper = Paper(file)
    with pytest.raises(WorkprintError, match=r"storyboard.yaml: cannot be written, because .* Fix: make the folder"):
        paper.change("one", longer(0))
    assert paper.written().title == "Two" and file.read_bytes() == FILM.encode()


def test_a_storyboard_that_is_not_there_is_told_of_and_nothing_is_made_for_it(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "none" / "storyboard.yaml")
    for act in (paper.undo, paper.redo, paper.written, lambda: paper.change("one", longer(0))):
        with pytest.raises(StoryboardError, match=r"cannot open it \(No such file or directory\)\. Fix: "):
            act()
    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_was_lost_or_changed_is_told_of_and_nothing_is_done(file: Path) -> None:
    paper = Paper(file)
    paper.change("one", longer(0))
    now = file.read_bytes()
    draft = drafts_of(file) / f"{paper.history[0].before}.yaml"
    draft.write_bytes(b"title: Theirs\n")
    with pytest.raises(StoryboardError, match="not as it was kept"):
        paper.undo()
    draft.unlink()
    with pytest.raises(StoryboardError, match="is gone"):
        paper.undo()
    assert file.read_bytes() == now and len(paper.history) == 1


def test_a_history_that_was_cut_off_or_tampered_with_costs_no_more_than_its_line(file: Path) -> None:
    paper = Paper(file)
    paper.change("one", longer(0))
    one = file.read_bytes()
    whole = history(file).read_bytes()
    escape = {"did": "x", "at": "", "before": "../../../../etc/hosts", "after": "0" * 16}
    lines = [b"\xff\xfe", b"[]", b"[" * 100_000, json.dumps(escape).encode(), b'{"went": "on"}', b'{"did": 3}']
    history(file).write_bytes(b"\n".join([*lines, whole.rstrip(b"\n"), b'{"did": "half a li']))
    paper = Paper(file)
    assert names(paper.history) == ["one"]
    paper.change("two", longer(1))
    assert names(Paper(file).history) == ["one", "two"]
    paper.undo()
    assert file.read_bytes() == one
    history(file).unlink()  # all is forgotten, and work goes on
    assert paper.history == () and paper.undo() is None
    paper.change("three", longer(2))
    assert names(paper.history) == ["three"]


def test_a_step_costs_the_same_however_long_the_history(file: Path) -> None:
    paper = Paper(file)
    paper.change("one", longer(0))
    paper.undo()
    paper.redo()
    journal = Journal(history(file))
    assert len(journal.grown().records) == 3
    before = history(file).read_bytes()
    paper.change("two", longer(1))
    assert history(file).read_bytes().startswith(before)
    grown = journal.grown()
    assert [record["did"] for record in grown.records] == ["two"] and not grown.anew
    assert journal.grown().records == ()


def test_one_history_by_whichever_link(file: Path, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "mine.yaml"
    link.symlink_to(file)
    Paper(link).change("one", longer(0))
    assert link.is_symlink() and names(Paper(file).history) == ["one"]


def test_a_file_read_before_is_put_only_where_it_is_still_so(file: Path) -> None:
    paper, before = Paper(file), FILM.encode()
    after = before.replace(b"She waits", b"She hums")
    paper.put("note: hum", before, after)
    assert file.read_bytes() == after and names(paper.history) == ["note: hum"]
    with pytest.raises(StoryboardError, match="has changed since"):
        paper.put("again", before, after.replace(b"Two", b"Three"))
    assert file.read_bytes() == after
