"""Real processes on one storyboard: killed in the middle of a step, and several at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from director.reshoot.lock import held
from director.reshoot.paper import Paper
from shots.errors import WorkprintError
from tests.director.reshoot.processes import FILM, longer

REPOSITORY = Path(__file__).parents[3]


def run(what: str, folder: Path) -> list[list[str]]:
    """What the processes print, in words."""
    command = [sys.executable, str(Path(__file__).with_name("processes.py")), what, str(folder / "film")]
    reply = subprocess.run(
        command, capture_output=True, text=True, cwd=REPOSITORY, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}
    )
    assert reply.returncode == 0, reply.stderr
    return [line.rsplit(" ", 1) for line in reply.stdout.splitlines()]


def test_a_process_killed_at_any_moment_leaves_film_drafts_and_history_whole(tmp_path: Path) -> None:
    killed = dict(run("killed", tmp_path))
    assert list(killed) == ["change", "undo", "redo", "by hand"]
    assert min(map(int, killed.values())) > 5, "it was killed hardly ever"


def test_several_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    [[told, reads]] = run("at-once", tmp_path)
    assert told.startswith("steps 24") and int(reads) > 10


def test_a_storyboard_that_somebody_holds_is_told_of_and_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "storyboard.yaml"
    file.write_bytes(FILM.encode())
    paper = Paper(file)
    told = r"another session has held it for 0\.1 seconds\. Fix: let it finish"
    with held(file, 0.1), pytest.raises(WorkprintError, match=told), held(file, 0.1):
        pass
    paper.change("free again", longer(0))
    assert [step.what for step in paper.history] == ["free again"]
