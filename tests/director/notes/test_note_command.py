"""`workprint note` as a user runs it: the diff, the yes, the draft that is kept, what goes stale."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from director.cli import app
from director.folder import FilmFolder
from director.notes.effects import effects
from director.notes.note import keep, note
from director.reshoot.paper import Paper
from shots.errors import StoryboardError
from shots.render.store import TakeStore
from shots.storyboard import loads
from tests.chat_server import ChatReply, ChatServer

Run = Callable[..., subprocess.CompletedProcess[str]]
FILM = """\
# mine
title: Two
scenes:
  - heading: INT. BAR - NIGHT
    people: [MARA, TOM]
    shots:
      - {size: WS, action: The bar.}   # wide
      - {size: MS, subjects: [MARA], action: She waits., duration_s: 2}
      - {size: CU, subjects: [TOM], action: He sees her., duration_s: 2}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "storyboard.yaml"
    path.write_bytes(FILM.encode())
    return path


def test_a_note_is_shown_and_done_only_on_yes(file: Path, workprint: Run) -> None:
    shown = workprint("note", file, "longer S1.2 1.5", cwd=file.parent)
    assert shown.returncode == 1
    assert "-      - {size: MS, subjects: [MARA], action: She waits., duration_s: 2}" in shown.stdout
    assert "+      - {size: MS, subjects: [MARA], action: She waits., duration_s: 3.5}" in shown.stdout
    assert "add --yes" in shown.stderr
    assert file.read_bytes() == FILM.encode()
    assert sorted(path.name for path in file.parent.iterdir()) == ["storyboard.yaml"]
    done = workprint("note", file, "longer S1.2 1.5", "--yes", cwd=file.parent)
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == FILM.replace("waits., duration_s: 2", "waits., duration_s: 3.5").encode()
    after = file.read_bytes()
    for command, code, told, said in (
        ("undo", 0, FILM.encode(), "Taken back: note: longer S1.2 1.5 ("),
        ("undo", 1, FILM.encode(), "There is nothing to take back."),
        ("redo", 0, after, "Made again: note: longer S1.2 1.5 ("),
        ("redo", 1, after, "There is nothing to make again."),
    ):
        reply = CliRunner().invoke(app, [command, str(file)])
        assert (reply.exit_code, file.read_bytes()) == (code, told), reply.output
        assert reply.stdout.startswith(said)


def test_at_a_terminal_the_answer_counts(file: Path) -> None:
    for answer, rest in ((b"\n", 1), (b"y\n", 0)):
        ours, theirs = pty.openpty()
        command = [Path(sys.executable).with_name("workprint"), "note", file, "tighter S1.2"]
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=file.parent)
        os.close(theirs)
        said = b""
        while b"[y/N]" not in said:
            said += os.read(ours, 4096)
        os.write(ours, answer)
        assert process.wait(timeout=60) == rest
        os.close(ours)
        assert b"\x1b[32m+" in said  # coloured
    assert "size: MCU" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tighter S1.9", "There is no shot 'S1.9'; did you mean 'S1."),
        ("make it sing", "Without a model this is not understood: 'make it sing'. Fix: "),
    ],
)
def test_a_note_that_cannot_be_is_one_line(file: Path, words: str, said: str) -> None:
    reply = CliRunner().invoke(app, ["note", str(file), words, "--yes"])
    assert reply.exit_code == 2
    assert reply.stderr.startswith(f"workprint: {said}") and reply.stderr.count("\n") == 1
    assert file.read_bytes() == FILM.encode()


def test_any_words_go_through_a_model_and_a_second_run_asks_nothing(file: Path, workprint: Run) -> None:
    answer = json.dumps({"operations": [{"op": "longer", "shot": "S1.2", "by_s": 1}], "unable": ""})
    (file.parent / "takes").mkdir()
    with ChatServer([ChatReply(answer)]) as server:
        order = ("note", file, "hold longer on Mara", "--director", "openai:any", "--base-url", server.url)
        shown = workprint(*order, cwd=file.parent)
        assert shown.returncode == 1, shown.stderr
        assert "openai:any: 1 asked, 0 replayed, " in shown.stderr
        assert len(server.requests) == 1
        done = workprint(*order, "--yes", "--replay-only", cwd=file.parent)
        assert done.returncode == 0, done.stderr
        assert len(server.requests) == 1
    assert "waits., duration_s: 3}" in file.read_text(encoding="utf-8")


def test_every_note_is_a_step_and_a_file_that_changed_meanwhile_is_not_written(file: Path) -> None:
    folder = FilmFolder(file.parent)
    notes = ("tighter S1.2", "wider S1.2", "wider S1.2")
    drafts = [file.read_bytes()]
    for words in notes:
        keep(note(file, words, folder))
        drafts.append(file.read_bytes())
    paper = Paper(file)
    assert [step.what for step in paper.history] == [f"note: {words}" for words in notes]
    for before in reversed(drafts[:-1]):
        paper.undo()
        assert file.read_bytes() == before
    noted = note(file, "tighter S1.2", folder)
    file.write_bytes(noted.before + b"# mine too\n")
    with pytest.raises(StoryboardError, match="has changed since"):
        keep(noted)
    assert file.read_bytes().endswith(b"# mine too\n")


class Pictured(TakeStore):
    """Takes of every shot; that of S1.3 was made looking at S1.2."""

    def newest(self, shot):  # type: ignore[no-untyped-def]
        from shots.render.store import Receipt

        return Receipt(shot, "0" * 64, {}, {"S1.2": "1" * 64} if shot == "S1.3" else {})


def test_what_goes_stale_is_told_with_the_reason(file: Path) -> None:
    film = loads(FILM)
    takes = Pictured(file.parent / "takes")

    def after(old: str, new: str) -> tuple[str, ...]:
        return effects(film, loads(FILM.replace(old, new)), takes).stale

    assert after("waits., duration_s: 2", "waits., duration_s: 3") == (
        "S1.2: length 2.0 → 3.0 s",
        "S1.3: its take was made looking at S1.2",
    )
    assert after("size: CU", "size: MCU") == ("S1.3: size CU → MCU, lens 85 → 65",)
    lit = after("people: [MARA, TOM]", "people: [MARA, TOM]\n    light: {key_side: left, key_to_fill_ratio: 9}")
    assert [line.split(": ")[0] for line in lit] == ["S1.1", "S1.2", "S1.3"]
    assert "the scene's light" in lit[0]
    assert after("She waits.", "She waits., note: no picture of this") == ()
    assert effects(film, loads(FILM), TakeStore(file.parent / "none")).stale == ()
