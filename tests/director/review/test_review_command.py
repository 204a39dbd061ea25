"""`workprint review` as a user runs it: its link, its end, and what it writes out and takes in."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from director.reshoot.film import Film

pytestmark = pytest.mark.xdist_group("browser")  # the same film as the page's tests, made once

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_it_prints_a_link_that_works_and_ends_in_order(film: Film) -> None:
    command = [Path(sys.executable).with_name("workprint"), "review", film.paper.file]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    line = running.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S{32}", line)
    assert found, line
    with urllib.request.urlopen(found[0], timeout=30) as page:  # noqa: S310  it is the loopback's
        assert b'<script type="module" src="page/review.js">' in page.read()
    running.send_signal(signal.SIGINT)
    said, trouble = running.communicate(timeout=60)
    assert (running.returncode, "Traceback" in trouble) == (0, False)
    assert "Ended. 0 comments" in said


def test_comments_go_out_and_come_in_and_the_cut_carries_them(film: Film, tmp_path: Path, workprint: Run) -> None:
    film.comments.add("S1.1", 0.5, "Hold.", by="Mara")
    mailed = film.comments.review().plain()
    mailed["comments"] += (mailed["comments"][0] | {"id": "00112233445566aa", "text": "From the train"},)
    saved = tmp_path / "saved.json"
    saved.write_text(json.dumps(mailed), "utf-8")
    told = workprint(
        "review", film.paper.file, "--import", saved, "--markers", "--export", tmp_path / "mail", cwd=tmp_path
    )
    assert (told.returncode, told.stderr.count("Traceback")) == (0, 0), told.stderr
    assert "1 comment and 0 verdicts taken in" in told.stdout
    assert "From the train" in film.folder.comments.with_suffix(".md").read_text("utf-8")
    assert "From the train" in film.folder.timeline.read_text("utf-8")
    assert "From the train" in (tmp_path / "mail" / "index.html").read_text("utf-8")
    film.folder.timeline.unlink()
    film.cut()
    assert "Mara: Hold." in film.folder.timeline.read_text("utf-8")
