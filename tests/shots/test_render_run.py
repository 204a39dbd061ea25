"""A run makes every missing take once, loses nothing however it ends, and tells what went wrong."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # worker processes import the back end by this name

from render_pictures import Dies, OnGpus, Sees, Shares, Stripes, request

from model.request import ClipRequest
from shots.errors import RenderError
from shots.graph import Edge
from shots.render.job import Take
from shots.render.plan import plan
from shots.render.run import RenderProgress, render
from shots.render.store import TakeStore

RUN = """
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any
sys.path.insert(0, {here!r})
from render_pictures import Dies, Sees, Stripes, request
from shots.render.plan import plan
from shots.render.run import render
from shots.render.store import TakeStore

if __name__ == "__main__":
    folder, shots, workers, frame_s = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    store, backend = TakeStore(folder), Stripes(frame_s=frame_s)
    planned = plan({{f"S{{n}}": request(n) for n in range(shots)}}, (), backend, store)
    print("jobs", len(planned.jobs), flush=True)
    try:
        render(planned, backend, store, workers=workers, on_progress=lambda p: print(p.shots_done, flush=True))
    except KeyboardInterrupt:
        sys.exit(130)
"""


def film(shots: int) -> dict[str, ClipRequest]:
    return {f"S{number}": request(number) for number in range(shots)}


def leftovers(folder: Path) -> list[Path]:
    return list(folder.glob(".part-*"))


def command(tmp_path: Path, shots: int, workers: int, frame_s: float) -> list[str]:
    script = tmp_path / "run.py"
    script.write_text(RUN.format(here=str(Path(__file__).parent)), "utf-8")
    return [sys.executable, "-u", str(script), str(tmp_path / "takes"), str(shots), str(workers), str(frame_s)]


def started(tmp_path: Path, workers: int) -> subprocess.Popen[str]:
    """A run that has stored at least two takes and is in the middle of more."""
    run = subprocess.Popen(
        command(tmp_path, 12, workers, 0.02), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert run.stdout is not None
    for line in run.stdout:
        if line.strip() == "2":
            return run
    raise AssertionError(run.communicate()[1])


def descendants_of(group: int) -> list[int]:
    """Processes of a session that are still running."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == group and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def all_end(group: int) -> bool:
    """Whether all processes of a session end by themselves, soon."""
    deadline = time.monotonic() + 20
    while descendants_of(group) and time.monotonic() < deadline:
        time.sleep(0.02)
    return descendants_of(group) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_every_missing_take_is_made_once(tmp_path: Path, workers: int) -> None:
    store = TakeStore(tmp_path)
    asked = film(5)
    takes = render(plan(asked, (), Stripes(), store), Stripes(), store, workers=workers)
    assert sorted(takes) == sorted(asked)
    assert all(store.intact(take) for take in takes.values())
    again = plan(asked, (), Stripes(), store)
    assert again.jobs == ()
    assert render(again, Stripes(), store) == takes
    assert leftovers(tmp_path) == []


def test_one_process_or_many_make_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for workers in (1, 2):
        store = TakeStore(tmp_path / str(workers))
        takes = render(plan(film(3), (), Stripes(), store), Stripes(), store, workers=workers)
        made.append({shot: take.digest for shot, take in takes.items()})
    assert made[0] == made[1]


def test_two_shots_that_are_the_same_are_rendered_once(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    takes = render(plan({"S1": request(1), "S2": request(1)}, (), Stripes(), store), Stripes(), store, workers=2)
    assert takes["S1"].path == takes["S2"].path
    assert [takes[name].shot for name in ("S1", "S2")] == ["S1", "S2"]
    assert len(list(tmp_path.glob("*/*/clip.mp4"))) == 1


def test_references_are_handed_to_the_back_end_as_clips(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    backend = Sees(reads=frozenset({"identity", "continues"}))
    edges = (Edge("identity", "MARA", "S0", "S2"), Edge("continues", "", "S1", "S2"))
    takes = render(plan(film(3), edges, backend, store), backend, store)
    assert len(takes) == 3


@pytest.mark.parametrize(("asked", "cores", "threads"), [(None, 8, "4"), (None, 1, "1"), ("3", 8, "3")])
def test_processes_share_the_cores_threads_unless_the_user_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str | None, cores: int, threads: str
) -> None:
    if asked is None:
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    else:
        monkeypatch.setenv("OMP_NUM_THREADS", asked)
    monkeypatch.setattr("shots.render.lanes.core_count", lambda: cores)
    backend = Shares(threads=threads)
    store = TakeStore(tmp_path)
    assert len(render(plan(film(2), (), backend, store), backend, store, workers=2)) == 2
    assert os.environ.get("OMP_NUM_THREADS") == asked


def test_each_process_sees_a_gpu_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "2,5")
    monkeypatch.setattr("shots.render.lanes.gpu_count", lambda: 2)
    (seen := tmp_path / "seen").mkdir()
    backend, store = OnGpus(seen=str(seen)), TakeStore(tmp_path / "takes")
    assert len(render(plan(film(2), (), backend, store), backend, store, workers=2)) == 2
    assert sorted(path.name for path in seen.iterdir()) == ["2", "5"]
    assert os.environ["CUDA_VISIBLE_DEVICES"] == "2,5"


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_adds_up(tmp_path: Path, workers: int) -> None:
    store = TakeStore(tmp_path)
    told: list[RenderProgress] = []
    render(plan(film(4), (), Stripes(), store), Stripes(), store, workers=workers, on_progress=told.append)
    done = [news.frames_done for news in told]
    assert done == sorted(done)
    assert (told[-1].frames_done, told[-1].frames_total) == (48, 48)
    assert (told[-1].shots_done, told[-1].shots_total) == (4, 4)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_shot_that_fails_does_not_stop_the_others(tmp_path: Path, workers: int) -> None:
    store = TakeStore(tmp_path)
    backend = Stripes(fails_at_seed=1, reads=frozenset({"identity"}))
    edges = (Edge("identity", "MARA", "S1", "S3"),)
    with pytest.raises(RenderError) as told:
        render(plan(film(5), edges, backend, store), backend, store, workers=workers)
    assert str(told.value) == (
        "2 shots could not be rendered; the others are kept: shot S1: the stripe fell over. "
        "Fix: change the shot, or pick another picture back end. shot S3: it waits for S1."
    )
    assert len(plan(film(5), edges, backend, store).kept) == 3
    assert leftovers(tmp_path) == []


def test_a_back_end_that_draws_too_little_is_told_on(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    backend = Stripes(short_by=2)
    with pytest.raises(RenderError, match=r"one shot could not be rendered; .*: shot S0: stripes drew 10 of 12 frames"):
        render(plan(film(1), (), backend, store), backend, store)
    assert not list(tmp_path.glob("*/*/clip.mp4"))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_stops_with_a_sentence_and_leaves_nothing_half_made(tmp_path: Path, workers: int) -> None:
    store = TakeStore(tmp_path)
    backend = Stripes(runs_out_at_seed=2)
    with pytest.raises(RenderError, match=r"the disk is full: shot S2 could not be stored in .*\. Fix: free"):
        render(plan(film(4), (), backend, store), backend, store, workers=workers)
    assert leftovers(tmp_path) == []
    render(plan(film(4), (), Stripes(), store), Stripes(), store)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    store = TakeStore(tmp_path / "takes")
    store.folder.write_text("a file", "utf-8")
    with pytest.raises(
        RenderError, match=r"shots S0, S1: .*takes: (File exists|Not a directory)\. Fix: check that it can"
    ):
        render(plan(film(2), (), Stripes(), store), Stripes(), store)


def test_a_file_that_may_not_grow_is_told_as_a_full_disk(tmp_path: Path) -> None:
    limited = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600));"
        "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    run = command(tmp_path, 2, 1, 0.0)
    told = subprocess.run([run[0], "-c", limited, *run[2:]], capture_output=True, text=True)
    assert "RenderError: the disk is full: shot S0 could not be stored" in told.stderr
    assert not [path for path in (tmp_path / "takes").rglob("*") if path.is_file()]
    assert leftovers(tmp_path / "takes") == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to look for processes that outlive their parent")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on_with_nothing_lost_and_nothing_remade(tmp_path: Path, workers: int) -> None:
    run = started(tmp_path, workers)
    run.kill()
    run.communicate()
    assert all_end(run.pid)
    store = TakeStore(tmp_path / "takes")
    kept = plan(film(12), (), Stripes(), store).kept
    assert 2 <= len(kept) < 12
    assert all(store.intact(take) for take in kept)
    before = {take.path: take.path.stat().st_ino for take in kept}
    again = subprocess.run(command(tmp_path, 12, workers, 0.0), capture_output=True, text=True, check=True)
    assert again.stdout.splitlines()[0] == f"jobs {12 - len(kept)}"
    assert {path: path.stat().st_ino for path in before} == before
    assert leftovers(tmp_path / "takes") == []
    assert len(plan(film(12), (), Stripes(), store).kept) == 12


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to look for processes that outlive their parent")
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_leaves_a_clean_state(tmp_path: Path, workers: int) -> None:
    run = started(tmp_path, workers)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the whole group
    _, errors = run.communicate(timeout=20)
    assert run.returncode == 130
    assert errors == ""
    assert all_end(run.pid)
    assert leftovers(tmp_path / "takes") == []
    assert 2 <= len(plan(film(12), (), Stripes(), TakeStore(tmp_path / "takes")).kept) < 12


class PressedMeanwhile(ProcessPoolExecutor):
    """Ctrl-C comes just while a job is handed in."""

    def submit(self, *job: Any, **named: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        return super().submit(*job, **named)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal to a process there")
def test_ctrl_c_while_a_shot_is_handed_in_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shots.render.lanes.ProcessPoolExecutor", PressedMeanwhile)
    store = TakeStore(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        render(plan(film(3), (), Stripes(), store), Stripes(), store, workers=2)
    assert leftovers(tmp_path) == []


def test_a_worker_that_is_ended_from_outside_is_told_in_a_sentence(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    with pytest.raises(RenderError, match=r"ended from outside.*--workers 1"):
        render(plan(film(3), (), Dies(), store), Dies(), store, workers=2)


class LooksLate(TakeStore):
    """Looks for the third take only once the process that renders the second is gone."""

    def find(self, take_key: str, shot: str) -> Take | None:
        born = multiprocessing.active_children()
        if shot == "S2" and multiprocessing.connection.wait([child.sentinel for child in born], timeout=60):
            time.sleep(0.2)  # the pool's own thread has to hear of it too
        return super().find(take_key, shot)


def test_a_worker_that_is_gone_before_the_next_shot_is_handed_in_is_told_just_so(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"ended from outside.*--workers 1"):
        store = LooksLate(tmp_path)
        render(plan(film(3), (), Dies(), TakeStore(tmp_path)), Dies(), store, workers=2)
