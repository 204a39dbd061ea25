"""The labelled set of edits: what stays, stays with its take; what changes, loses it; and the answers are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from director.direct import direct
from director.folder import FilmFolder
from director.opening import Opened
from director.parse.fountain import parse_fountain
from director.produce import Production
from director.progress import Silent
from director.revise.changes import Merged
from director.revise.drafting import Known, brought_in
from director.script import Script
from director.staging import stages_of
from shots.defaults import complete
from shots.spec import Storyboard
from shots.timing import time_shots
from tests.director.revise.edits import EDITS, Edit

ROOT = Path(__file__).parents[3]


@dataclass
class Counts:
    """What was seen of all edits. A take is known by what it answers: the stage and length that its key is made of."""

    folder: Path
    names: set[str] = field(default_factory=set)
    edits: int = 0
    right: int = 0
    unchanged: int = 0
    kept: int = 0
    lines: int = 0
    stale: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    scripts: dict[str, tuple[str, Script, Storyboard, Mapping[str, tuple[object, ...]]]] = field(default_factory=dict)

    def takes(self, board: Storyboard, *, spoken: bool) -> Mapping[str, tuple[object, ...]]:
        """What the take of each shot shows and how long; `spoken` with its voices' own lengths and mouths."""
        if not spoken:
            whole = complete(board)
            timings = time_shots(whole, {})
            return {name: (stage, timings[name]) for name, stage in stages_of(whole, timings, {}).items()}
        opened = Opened(complete(board), Path("storyboard.yaml"), FilmFolder(self.folder))
        production = Production(opened, picture="previz", workers=1, progress=Silent(), retakes=False)
        return {name: (request,) for name, request in production.requests.items()}

    def planned(self, name: str) -> tuple[str, Script, Storyboard, Mapping[str, tuple[object, ...]]]:
        """A script as it stands, planned."""
        path = path_of(name)
        if not path.is_file():
            pytest.skip(f"no {name} to type in: its folder is not beside the checkout")
        if name not in self.scripts:
            text = path.read_text("utf-8")
            script = parse_fountain(text, name)
            board = direct(script)
            self.scripts[name] = text, script, board, self.takes(board, spoken="/" in name)
        return self.scripts[name]


def path_of(name: str) -> Path:
    return ROOT / name if "/" in name else ROOT.parent / "shared/data/screenplays" / name


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Counts:
    return Counts(tmp_path_factory.mktemp("voices"))


def of_kind(merged: Merged, kind: str) -> set[str]:
    return {change.shot for scene in merged.scenes for change in scene.shots if change.kind == kind}


def seen_to_say(board: Storyboard) -> dict[str, list[str]]:
    """The words that are said in the picture of each shot: they shape mouths."""
    return {s.id or "": [line.text for line in s.lines if line.heard == "on_screen"] for s in board.shots()}


def count(edit: Edit, counts: Counts) -> tuple[list[bool], Merged, list[str]]:
    """One edit made and counted: what of its answer is right, what became of it, which reworded shots keep a take."""
    text, script, board, before = counts.planned(edit.script)
    draft = parse_fountain(edit.draft(text), edit.script)
    merged = brought_in(board, draft, direct(draft), Known(script, board))
    after = counts.takes(merged.storyboard, spoken="/" in edit.script)

    there = {shot.id or "" for shot in merged.storyboard.shots()}
    answer = [
        of_kind(merged, "changed") == set(edit.changed.split()),
        of_kind(merged, "omitted") == set(edit.gone.split()) == before.keys() - there,
        of_kind(merged, "moved") == set(edit.moved.split()),
        len(there - before.keys()) == edit.added,
    ]
    others = {*edit.changed.split(), *edit.gone.split(), *edit.moved.split()}
    others |= {name for name in before if any(name == a or name.startswith(f"{a}.") for a in edit.anew.split())}
    unchanged = before.keys() - others
    lost = sorted(name for name in unchanged if after.get(name) != before[name])
    said, says = seen_to_say(board), seen_to_say(merged.storyboard)
    reworded = [name for name in there & before.keys() if said[name] != says[name]]

    stale = [name for name in reworded if after[name] == before[name]]
    counts.names.add(edit.name)
    counts.edits += 1
    counts.right += all(answer)
    counts.unchanged += len(unchanged)
    counts.kept += len(unchanged) - len(lost)
    counts.lines += len(reworded)
    counts.stale += [f"{edit.name}: {name}" for name in stale]
    counts.wrong += [f"{edit.name}: {lost}"] * bool(lost)
    return answer, merged, stale


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_is_told_right_and_costs_only_what_it_changes(edit: Edit, counts: Counts) -> None:
    answer, merged, stale = count(edit, counts)
    assert all(answer), [(scene.scene, scene.shots) for scene in merged.scenes if scene.shots]
    assert not stale


def test_of_all_edits_unchanged_shots_keep_their_takes_and_no_changed_line_keeps_one(counts: Counts) -> None:
    """The marks, over every row: those that another worker ran are run here too."""
    assert len(EDITS) >= 40 and sum("/" in edit.script for edit in EDITS) >= 25
    for edit in EDITS:
        if edit.name not in counts.names and path_of(edit.script).is_file():
            count(edit, counts)
    assert counts.right == counts.edits
    assert counts.kept >= 0.98 * counts.unchanged, (counts.kept, counts.unchanged, counts.wrong)
    assert counts.lines >= 20 and counts.stale == []
