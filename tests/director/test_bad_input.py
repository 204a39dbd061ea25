"""What is wrong with an input is told in one line with a fix, exit code 2, and nothing is left half made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

SCENE = "INT. ROOM - DAY\n\nANNA, 30, sits.\n\nANNA\nHello.\n"
SHOT = "title: T\nscenes:\n  - heading: EXT. BEACH - DUSK\n    shots:\n      - {shot}\n"


def empty_pdf(path: Path) -> None:
    """A page with a picture's worth of lines and no text, as a scanner makes."""
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas(str(path))
    page.rect(100, 100, 300, 500, fill=1)
    page.save()


def bomb() -> str:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 9))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><FinalDraft>&e8;</FinalDraft>'


FILES: dict[str, bytes] = {
    "empty.fountain": b"",
    "blank.txt": b"\n \n\t\n",
    "binary.fountain": bytes(range(256)) * 64,
    "huge.fountain": b"ANNA\nHello again.\n\n" * (50 * 2**20 // 19),
    "no-heading.fountain": b"Title: Nothing\n",
    "bomb.fdx": bomb().encode(),
    "broken.fdx": b"<FinalDraft><Content><Paragraph>",
    "other.fdx": b"<html><body>no</body></html>",
    "broken.pdf": b"%PDF-1.7\nnothing follows",
    "image.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "empty.yaml": b"",
    "binary.yaml": bytes(range(256)),
    "list.yaml": b"- 1\n- 2\n",
    "bomb.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "deep.yaml": b"[" * 20_000,
    "tag.yaml": b"title: !!python/object/apply:os.system [ls]\n",
    "path-id.yaml": SHOT.format(shot="{id: ../../x, action: a}").encode(),
    "path-cast.yaml": SHOT.format(shot="{subjects: [../../etc/passwd], action: a}").encode(),
    "nan.yaml": SHOT.format(shot="{action: a, duration_s: .nan}").encode(),
    "inf.yaml": SHOT.format(shot="{action: a, duration_s: .inf}").encode(),
    "negative.yaml": SHOT.format(shot="{action: a, duration_s: -3}").encode(),
    "unknown-key.yaml": SHOT.format(shot="{action: a, sise: MS}").encode(),
    "unknown-word.yaml": SHOT.format(shot="{action: a, size: MEDIUM}").encode(),
    "no-such-shot.yaml": SHOT.format(shot="{action: a, continues: S9.9}").encode(),
    "twice.yaml": b"title: a\ntitle: b\nscenes: []\n",
    "no-shots.yaml": b"title: a\nscenes: []\n",
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_bad_file_is_refused_in_a_sentence(name: str, tmp_path: Path, workprint: Run) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    reply = workprint("make", name, cwd=tmp_path, timeout_s=60)
    refused(reply, tmp_path)
    assert name in reply.stderr


def refused(reply: subprocess.CompletedProcess[str], folder: Path) -> None:
    assert reply.returncode == 2, reply.stdout + reply.stderr
    assert "Traceback" not in reply.stderr
    assert reply.stderr.startswith("workprint: ") or "\nworkprint: " in reply.stderr
    assert "Fix: " in reply.stderr
    assert len(reply.stderr) < 2000
    assert [str(p) for p in folder.rglob("film*")] == []


def test_a_scan_is_refused(tmp_path: Path, workprint: Run) -> None:
    empty_pdf(tmp_path / "scan.pdf")
    refused(workprint("make", "scan.pdf", cwd=tmp_path), tmp_path)


@pytest.mark.parametrize("name", ["nothing.fountain", "nothing.yaml", "."])
def test_a_file_that_is_not_there_is_told(name: str, tmp_path: Path, workprint: Run) -> None:
    refused(workprint("make", name, cwd=tmp_path), tmp_path)


def test_a_near_name_is_suggested(tmp_path: Path, workprint: Run) -> None:
    (tmp_path / "a.yaml").write_bytes(FILES["unknown-key.yaml"])
    told = workprint("check", "a.yaml", cwd=tmp_path).stderr
    assert re.search(r"a\.yaml:5: .*sise.*did you mean 'size'\?", told)


def test_an_unknown_back_end_is_told(tmp_path: Path, workprint: Run) -> None:
    (tmp_path / "a.fountain").write_text(SCENE)
    reply = workprint("make", "a.fountain", "--picture", "previs", cwd=tmp_path)
    refused(reply, tmp_path)
    assert "no picture back end 'previs'; did you mean 'previz'? Fix: use --picture previz," in reply.stderr


def test_no_ffmpeg_program_is_needed(tmp_path: Path) -> None:
    (tmp_path / "a.fountain").write_text(SCENE)
    reply = subprocess.run(
        [Path(sys.executable).with_name("workprint"), "make", "a.fountain", "--size", "128x72", "--picture", "previz"],
        cwd=tmp_path,
        env={**os.environ, "IMAGEIO_FFMPEG_EXE": str(tmp_path / "no-such-ffmpeg"), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert reply.returncode == 0, reply.stderr
    assert (tmp_path / "out" / "a" / "film.mp4").stat().st_size > 0


def test_a_take_whose_clip_is_gone_is_drawn_again(tmp_path: Path, workprint: Run) -> None:
    (tmp_path / "a.fountain").write_text(SCENE)
    make = ("make", "a.fountain", "--size", "128x72")
    assert workprint(*make, cwd=tmp_path).returncode == 0
    gone = sorted((tmp_path / "out").rglob("clip.mp4"))[0]
    gone.unlink()
    assert workprint(*make, cwd=tmp_path).returncode == 0
    assert gone.exists()


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 kB."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = os.getuid() == 0 and (
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", folder], capture_output=True).returncode
        == 0
    )
    if not mounted:
        pytest.skip("a small file system can only be mounted by root on Linux")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_is_told_and_leaves_no_film(tiny_disk: Path, workprint: Run) -> None:
    (tiny_disk / "a.fountain").write_text(SCENE * 8)
    reply = workprint("make", "a.fountain", "--size", "256x144", cwd=tiny_disk)
    refused(reply, tiny_disk)
    assert "disk" in reply.stderr


@pytest.mark.slow
def test_ten_thousand_shots_are_read_and_checked(tmp_path: Path, workprint: Run) -> None:
    shots = "".join(f"      - {{action: Wave {i}., size: {('WS', 'MS')[i % 2]}}}\n" for i in range(10_000))
    (tmp_path / "many.yaml").write_text(f"title: Many\nscenes:\n  - heading: EXT. BEACH - DUSK\n    shots:\n{shots}")
    reply = workprint("check", "many.yaml", cwd=tmp_path)
    assert reply.returncode in {0, 1}
    assert "in 10000 shots" in reply.stdout
