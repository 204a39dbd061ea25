"""The slate: takes with the shot as it was asked for, in a file that may be cut off, tampered with or replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from director.reshoot.journal import Journal
from director.reshoot.slate import Slate, as_asked
from shots.errors import WorkprintError
from shots.spec import Line, Shot, Trim

KEYS = [f"{number:064x}" for number in range(5)]


@pytest.fixture
def slate(tmp_path: Path) -> Slate:
    return Slate(tmp_path / "film" / "slate.jsonl")


def test_takes_come_back_as_they_were_asked_for_each_once(slate: Slate) -> None:
    asked = Shot(id="S1.1", size="CU", camera_m=(0.5, 1.5, -3.0), lines=(Line(character="MARA", text="Hé.\u2028Ho"),))
    slate.add("S1.1", KEYS[0], asked, "closer,\nwarmer \u2028 \udc80")
    slate.add("S1.2", KEYS[0], Shot(size="MS"))
    slate.add("S1.1", KEYS[1], Shot(size="MS"))
    slate.add("S1.1", KEYS[0], Shot(size="WS"), "again")
    for one in (slate, Slate(slate.file)):
        first, second = one.takes("S1.1")
        assert (first.take, first.asked, first.note) == (KEYS[0], asked, "closer,\nwarmer \u2028 \udc80")
        assert second.take == KEYS[1] and second.note == ""
        assert [take.asked.size for take in one.takes("S1.2")] == ["MS"] and one.takes("S9.9") == ()
    assert slate.file.read_bytes().count(b"\n") == 3


def test_a_line_that_was_cut_off_does_not_take_the_next_with_it(slate: Slate) -> None:
    slate.add("S1.1", KEYS[0], Shot(size="CU"))
    whole = slate.file.read_bytes()
    for kept in range(len(whole)):
        slate.file.write_bytes(whole[:kept])
        cut = Slate(slate.file)
        assert cut.takes("S1.1") == (), "it is not there before its line ends"
        cut.add("S1.1", KEYS[1], Shot(size="MS"))
        assert KEYS[1] in [take.take for take in Slate(slate.file).takes("S1.1")] == [t.take for t in cut.takes("S1.1")]


def test_lines_that_make_no_sense_are_passed_over(slate: Slate) -> None:
    good = {"shot": "S1.1", "take": KEYS[0], "asked": {"size": "CU"}, "note": "", "at": ""}
    bad: list[object] = [
        None, 3, [], "x", {}, {**good, "take": "../../../etc"}, {**good, "shot": ["S1.1"]}, {**good, "shot": ""},
        {**good, "asked": {"size": "HUGE"}}, {**good, "asked": {"size": "CU", "rm": 1}}, {**good, "asked": 3},
    ]  # fmt: skip
    lines = [json.dumps(record).encode() for record in bad]
    slate.file.parent.mkdir()
    slate.file.write_bytes(b"\n".join([b"\x00\xff", b"{" * 50_000, *lines, json.dumps(good).encode(), b"", b""]))
    assert [take.asked.size for take in slate.takes("S1.1")] == ["CU"]


def test_a_slate_is_read_again_only_where_it_grew_and_anew_when_it_is_another(slate: Slate) -> None:
    slate.add("S1.1", KEYS[0], Shot(size="CU"))
    other = Slate(slate.file)
    first = other.takes("S1.1")
    slate.add("S1.1", KEYS[1], Shot(size="MS"))
    assert other.takes("S1.1")[0] is first[0] and len(other.takes("S1.1")) == 2
    line = slate.file.read_bytes().splitlines(keepends=True)[1]
    slate.file.write_bytes(line)
    assert [take.take for take in other.takes("S1.1")] == [KEYS[1]]
    slate.file.unlink()
    assert other.takes("S1.1") == ()


def test_circling_leaves_what_a_take_does_not_show() -> None:
    shot = Shot(id="S1.1", action="She waits.", note="mine", trim=Trim(head_s=0.5), locked=True, size="MS")
    done = as_asked(shot, Shot(id="S9.9", size="CU", seed=3, note="theirs"))
    assert (done.size, done.seed) == ("CU", 3)
    assert (done.id, done.action, done.note, done.trim, done.locked) == ("S1.1", "She waits.", "mine", shot.trim, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_told_as_such() -> None:
    with pytest.raises(WorkprintError, match=r"^the disk is full: /dev/full was not written\. Fix: free some space\.$"):
        Journal(Path("/dev/full")).add({"take": KEYS[0]})
