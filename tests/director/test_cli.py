"""The command as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

SCRIPT = """Title: Tea

INT. KITCHEN - DAY

ANNA, 30, a woman in a red dress, sits at the table with TOM, 35, a man in a blue shirt.

ANNA
The bread is burning.

TOM
Let it.
"""
SMALL = ("--size", "128x72")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "tea.fountain").write_text(SCRIPT)
    return tmp_path


def test_parse_prints_every_element_as_json(desk: Path, workprint: Run) -> None:
    reply = json.loads(workprint("parse", "tea.fountain", "--json", cwd=desk).stdout)
    assert reply["title_page"]["title"] == ["Tea"]
    assert [e["kind"] for e in reply["elements"]] == [
        "scene",
        "action",
        "character",
        "dialogue",
        "character",
        "dialogue",
    ]
    assert reply["elements"][0]["line"] == 3


def test_the_steps_one_by_one_make_the_film(desk: Path, workprint: Run) -> None:
    planned = workprint("plan", "tea.fountain", cwd=desk)
    assert planned.returncode == 0
    assert "average shot length" in planned.stdout
    storyboard = "out/tea/storyboard.yaml"
    early = workprint("cut", storyboard, *SMALL, cwd=desk)
    assert early.returncode == 2
    assert "no take yet. Fix: run `workprint render" in early.stderr
    why = workprint("render", storyboard, "--explain", *SMALL, cwd=desk)
    assert "S1.1: no take yet" in why.stdout
    assert not list((desk / "out").rglob("clip.mp4"))
    assert workprint("render", storyboard, *SMALL, cwd=desk).returncode == 0
    assert "0 shots to make" in workprint("render", storyboard, "--explain", *SMALL, cwd=desk).stdout
    assert workprint("cut", storyboard, *SMALL, cwd=desk).returncode == 0
    assert (desk / "out" / "tea" / "film.mp4").exists()


def test_a_finished_film_is_replaced_by_its_new_cut(desk: Path, workprint: Run) -> None:
    assert workprint("make", "tea.fountain", *SMALL, cwd=desk).returncode == 0
    film = desk / "out" / "tea" / "film.mp4"
    before = film.read_bytes()
    (desk / "tea.fountain").write_text(SCRIPT.replace("Let it.", "Let it burn. Let it all burn."))
    assert workprint("make", "tea.fountain", *SMALL, cwd=desk).returncode == 0
    assert film.read_bytes() != before
    assert "Let it all burn." in film.with_suffix(".srt").read_text(encoding="utf-8").replace("\n", " ")


def test_the_doctor_tells_that_a_key_is_set_and_never_what_it_is(desk: Path) -> None:
    reply = subprocess.run(
        [Path(sys.executable).with_name("workprint"), "doctor"],
        cwd=desk,
        env={**os.environ, "OPENAI_API_KEY": "sk-secret-7261"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "OPENAI_API_KEY" in reply.stdout
    assert "7261" not in reply.stdout + reply.stderr
    assert not list(desk.rglob("out"))


def test_ctrl_c_says_how_to_go_on_and_the_next_run_goes_on(desk: Path, workprint: Run) -> None:
    (desk / "tea.fountain").write_text(SCRIPT + "\nANNA\nNo.\n\nTOM\nYes.\n" * 12)
    program = Path(sys.executable).with_name("workprint")
    command = [program, "make", "tea.fountain", "--size", "512x288", "--picture", "previz"]
    running = subprocess.Popen(command, cwd=desk, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    takes = "out/tea/takes/??/*/receipt.json"
    waited_s = 0.0
    while not list(desk.glob(takes)) and waited_s < 120 and running.poll() is None:
        time.sleep(0.1)
        waited_s += 0.1
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130, told
    assert "run the same command to go on" in told
    assert "Traceback" not in told
    assert not (desk / "out" / "tea" / "film.mp4").exists()
    kept = {path: path.stat().st_mtime_ns for path in desk.glob(takes)}
    assert kept
    why = workprint("render", "tea.fountain", "--explain", "--size", "512x288", cwd=desk)
    assert f"{len(kept)} kept" in why.stdout
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
