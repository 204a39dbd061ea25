"""Processes that work on one film at once, or are killed at it; run by test_paper_processes.py, each as a command.

python processes.py killed FOLDER     a process is killed before each single thing that it does to a file
python processes.py at-once FOLDER    three processes change one storyboard, and it is read all the time
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from director.reshoot.paper import Paper, drafts_of
from director.reshoot.slate import Slate
from shots.spec import Shot, Storyboard
from shots.storyboard import load

FILM = """\
# mine
title: Two
scenes:
  - heading: INT. BAR - NIGHT
    people: [MARA, TOM]
    shots:
      - {size: WS, action: The bar., duration_s: 1}   # wide
      - {size: MS, subjects: [MARA], action: She waits., duration_s: 1}
      - {size: CU, subjects: [TOM], action: He sees her., duration_s: 1}
"""
TOUCHES = frozenset({"os.mkdir", "os.rename", "os.chmod", "os.remove"})
WORKERS, STEPS = 3, 8


def longer(number: int) -> Callable[[Storyboard], Storyboard]:
    """A quarter of a second more for one shot."""

    def edit(board: Storyboard) -> Storyboard:
        [scene] = board.scenes
        shots = list(scene.shots)
        shots[number] = replace(shots[number], duration_s=(shots[number].duration_s or 0) + 0.25)
        return replace(board, scenes=(replace(scene, shots=tuple(shots)),))

    return edit


def started(folder: Path) -> Path:
    """A storyboard with three steps behind it, of which the last is taken back, and one by hand."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = folder / "storyboard.yaml"
    file.write_bytes(FILM.encode())
    paper = Paper(file)
    for number in range(3):
        paper.change(f"step {number}", longer(number))
    paper.undo()
    return file


def by_hand(file: Path) -> None:
    """As an editor saves it; then a step."""
    file.write_bytes(file.read_bytes().replace(b"The bar.", b"The old bar."))
    Paper(file).change("after a hand", longer(0))


def killed(folder: Path) -> None:
    """Says how often each sort of step was killed."""
    for name, work in {
        "change": lambda file: Paper(file).change("killed", longer(1)),
        "undo": lambda file: Paper(file).undo(),
        "redo": lambda file: Paper(file).redo(),
        "by hand": by_hand,
    }.items():
        file = started(folder)
        before = file.read_bytes()
        at = 0
        while not done(work, file, at):
            whole(file, FILM.encode())
            assert load(file).title == "Two"
            at += 1
            file = started(folder)
        assert file.read_bytes() != before
        whole(file, FILM.encode())
        print(name, at)


def done(work: Callable[[Path], object], file: Path, last: int) -> bool:
    """Does the work in a process that is killed before it touches the disk for the `last`th time from 0."""
    child = os.fork()
    if not child:
        touched = 0

        def count(event: str, args: tuple[Any, ...]) -> None:
            nonlocal touched
            if event in TOUCHES or (event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR)):
                if touched == last:
                    os.kill(os.getpid(), signal.SIGKILL)
                touched += 1

        sys.addaudithook(count)
        work(file)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status == 0


def whole(file: Path, first: bytes) -> None:
    """The storyboard, its drafts and its history hold together; back leads to how it began, and forth again."""
    now = file.read_bytes()
    for draft in drafts_of(file).glob("[!.]*.yaml"):
        assert hashlib.sha256(draft.read_bytes()).hexdigest().startswith(draft.stem)
    paper = Paper(file)
    steps, taken_back = len(paper.history), len(paper.undone)
    assert steps, "what was done before is known"
    paper.change("goes on", longer(2))
    assert paper.history[-1].what == "goes on" and len(paper.history) in (steps + 1, steps + 2)
    said = file.read_bytes()
    paper.undo()
    assert file.read_bytes() == now
    assert len(paper.undone) == 1 or taken_back
    while paper.undo() is not None:
        pass
    assert file.read_bytes() == first
    while paper.redo() is not None:
        pass
    assert file.read_bytes() == said


def at_once(folder: Path) -> None:
    """Everybody lengthens a shot of their own, step by step, and writes a take on the slate with each."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = folder / "storyboard.yaml"
    file.write_bytes(FILM.encode())
    children = []
    for number in range(WORKERS):
        child = os.fork()
        if not child:
            paper, slate = Paper(file), Slate(folder / "slate.jsonl")
            for step in range(STEPS):
                paper.change(f"{number} {step}", longer(number))
                slate.add("S1.1", f"{number * STEPS + step:064x}", Shot(action=f"{number} {step}"))
                slate.add("S1.1", "f" * 64, Shot())  # the same by all
            os._exit(0)
        children.append(child)
    reader, reads = Paper(file), 0
    while children:
        found, status = os.waitpid(children[0], os.WNOHANG)
        if found:
            assert status == 0
            children.pop(0)
        [scene] = reader.written().scenes
        assert len(scene.shots) == WORKERS
        reads += 1
        time.sleep(0.002)
    assert [shot.duration_s for shot in load(file).scenes[0].shots] == [1 + STEPS / 4] * WORKERS
    assert file.read_bytes().startswith(b"# mine") and b"# wide" in file.read_bytes()
    assert len(reader.history) == WORKERS * STEPS
    takes = Slate(folder / "slate.jsonl").takes("S1.1")
    assert len(takes) == WORKERS * STEPS + 1
    assert all(one.after == other.before for one, other in pairwise(reader.history))
    while reader.undo() is not None:
        pass
    assert file.read_bytes() == FILM.encode()
    print("steps", WORKERS * STEPS, "reads", reads)


if __name__ == "__main__":
    {"killed": killed, "at-once": at_once}[sys.argv[1]](Path(sys.argv[2]))
