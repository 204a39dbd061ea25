"""Clips drawn by several processes: each number once, after kills too, within a limit, on one side of the split."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from model.errors import PictureError
from model.training.clips import Clip, load, save
from model.training.draw import clip_path, drawing, drawn_clips, keep_drawing

PAINTER = '''
import os, signal, time
import numpy as np
from model.training.clips import Clip

def draw(split, index):
    """A clip of one grey; some numbers fail, some kill whoever draws them, all are written down when they are done."""
    if str(index) in os.environ.get("DIES", "").split():
        os.kill(os.getpid(), signal.SIGKILL)
    if str(index) in os.environ.get("FAILS", "").split():
        raise ValueError("a stage of paper")
    time.sleep(float(os.environ.get("TAKES_S", "0")))
    frames = np.full((5, 32, 32, 3), index, dtype=np.uint8)
    with open(os.environ["DONE"], "a") as done:
        done.write(f"{index}\\n")
    return Clip(truth=frames, stand_ins=frames, other=frames[:0], sheets=frames[:0, None],
                detail=np.ones((5, 4, 4), np.uint8), split=split, index=index)
'''


@pytest.fixture
def painter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    (tmp_path / "small_painter.py").write_text(PAINTER)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("DONE", str(tmp_path / "done.txt"))
    sys.modules.pop("small_painter", None)
    return importlib.import_module("small_painter")


def done(tmp_path: Path) -> list[int]:
    return sorted(int(line) for line in (tmp_path / "done.txt").read_text().split())


def small(split: str, index: int) -> Clip:
    frames = np.zeros((5, 32, 32, 3), dtype=np.uint8)
    return Clip(
        truth=frames, stand_ins=frames, other=frames[:0], sheets=frames[:0, None],
        detail=np.ones((5, 4, 4), np.uint8), split=split, index=index,
    )  # fmt: skip


def numbers(folder: Path) -> list[int]:
    return [int(path.stem) for path in drawn_clips(folder)]


def test_every_number_once_and_failures_are_told(
    tmp_path: Path, painter: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, told = tmp_path / "train", list[str]()
    save(small("train", 1), clip_path(folder, 1))
    monkeypatch.setenv("DIES", "3")
    monkeypatch.setenv("FAILS", "0 4")
    first = keep_drawing(folder, "train", processes=2, until=7, tell=told.append, draw=painter.draw)
    assert numbers(folder) == [1, 2, 5, 6] and first.count == 3
    assert sorted(first.problems) == sorted(told) and len(told) == 3
    assert any("clip 3 of train" in one and "signal 9" in one for one in told)
    assert any("clip 4 of train" in one and "a stage of paper" in one for one in told)
    monkeypatch.delenv("DIES")
    monkeypatch.delenv("FAILS")
    again = keep_drawing(folder, "train", processes=1, until=7, tell=told.append, draw=painter.draw)
    assert (again.count, again.problems) == (3, ())
    assert numbers(folder) == list(range(7)) and done(tmp_path) == [0, 2, 3, 4, 5, 6]
    assert load(clip_path(folder, 5)).truth[0, 0, 0, 0] == 5
    assert not [path for path in folder.iterdir() if path.suffix in (".part", ".lock")]


def test_a_folder_of_a_limited_size_is_a_ring(tmp_path: Path, painter: ModuleType) -> None:
    folder = tmp_path / "train"
    save(small("train", 0), clip_path(folder, 0))
    limit = 3.5 * clip_path(folder, 0).stat().st_size / 2**30
    keep_drawing(folder, "train", processes=1, until=6, limit_gib=limit, draw=painter.draw)
    assert numbers(folder) == [3, 4, 5]
    again = keep_drawing(folder, "train", processes=1, until=6, limit_gib=limit, draw=painter.draw)
    assert again.count == 0 and done(tmp_path) == [1, 2, 3, 4, 5]


def test_one_side_never_comes_into_the_other_sides_folder(tmp_path: Path, painter: ModuleType) -> None:
    save(small("train", 0), clip_path(tmp_path / "train", 0))
    with pytest.raises(PictureError, match=r"is of split train, not of held_out\. Fix"):
        keep_drawing(tmp_path / "train", "held_out", processes=1, until=4, draw=painter.draw)
    with pytest.raises(PictureError, match="split train"):
        save(small("held_out", 1), clip_path(tmp_path / "train", 1))
    (tmp_path / "train" / "split=train").unlink()  # a folder that says nothing is of its clips' side
    with pytest.raises(PictureError, match="split train"):
        keep_drawing(tmp_path / "train", "held_out", processes=1, until=4, draw=painter.draw)
    assert numbers(tmp_path / "train") == [0] and not (tmp_path / "done.txt").exists()


def test_process_after_process_that_dies_ends_it(
    tmp_path: Path, painter: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.training.draw._MOST_DEATHS", 2)
    monkeypatch.setenv("DIES", "0 1 2 3")
    told = list[str]()
    with pytest.raises(PictureError, match="2 processes that drew have died"):
        keep_drawing(tmp_path / "train", "train", processes=1, until=4, tell=told.append, draw=painter.draw)
    assert len(told) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs file locks")
def test_a_kill_in_the_middle_draws_nothing_twice(
    tmp_path: Path, painter: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its processes finish what they draw, and another call meanwhile leaves that to them."""
    monkeypatch.setenv("TAKES_S", "0.4")
    folder = tmp_path / "train"
    code = (
        "import small_painter; from pathlib import Path; from model.training.draw import keep_drawing\n"
        f"keep_drawing(Path({str(folder)!r}), 'train', processes=1, until=6, draw=small_painter.draw)"
    )
    (tmp_path / "drawer.py").write_text("if __name__ == '__main__':\n " + code.replace("\n", "\n "))
    here = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])}
    child = subprocess.Popen([sys.executable, str(tmp_path / "drawer.py")], env=here)
    until(lambda: clip_path(folder, 0).exists() and bool(list(folder.glob("*.lock"))))
    child.kill()
    child.wait()
    keep_drawing(folder, "train", processes=1, until=4, draw=painter.draw)
    until(lambda: numbers(folder) == [0, 1, 2, 3] and not list(folder.glob("*.lock")))
    assert done(tmp_path) == [0, 1, 2, 3]


def test_drawing_beside_something_ends_with_it(
    tmp_path: Path, painter: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAKES_S", "0.05")
    folder = tmp_path / "train"
    with drawing(folder, "train", processes=1, until=1000, draw=painter.draw):
        until(lambda: len(numbers(folder)) > 1)
    assert 1 < len(numbers(folder)) < 1000
    assert multiprocessing.active_children() == []


def until(true: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
