"""The README and the pages are true: their commands run, their storyboards make films, their links lead somewhere.

Commands that make pictures are run at a small size; of those that take hours, the config is read. What asks for the
shipped weights is skipped where they are not.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from audio.library import Library
from model.training.config import read
from model.weights import SHIPPED

REPOSITORY = Path(__file__).parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]

PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")])
PICTURES = {"make", "render", "cut"}
LONG = {"train", "eval"}
has_weights = (SHIPPED / "sealed.json").is_file()


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[list[str]]:
    """The page's commands; the README's films are made, and looked into, by test_examples.py."""
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    found = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("workprint ")]
    return [command for command in found if page.name != "README.md" or command[0] != "make"]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A user's folder: the examples, and a second of footage of their own.

    "Found" ends within its first scene, "The Vote" leaves its middle out: test_examples.py makes all of them.
    """
    shutil.copytree(REPOSITORY / "examples", tmp_path / "examples")
    for name, end, resume in (("found", "She sits down", "$"), ("the-vote", "DR. AMARA\n", "INT. OFFICE - NIGHT")):
        film = tmp_path / "examples" / f"{name}.fountain"
        shorter, gone = re.subn(rf"(?s)^{end}.*(?={resume})", "", film.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert gone
        film.write_text(shorter, encoding="utf-8")
    footage = tmp_path / "footage"
    footage.mkdir()
    (footage / "street.txt").write_text("A street at dusk.", encoding="utf-8")
    with av.open(str(footage / "street.mp4"), "w") as file:
        stream = file.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 256, 144, "yuv420p"
        for level in range(24):
            picture = np.full((144, 256, 3), 5 * level, dtype=np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        file.mux(stream.encode())
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_every_command_of_a_page_runs(page: Path, desk: Path, workprint: Run) -> None:
    for command in commands(page):
        if command[0] in LONG:
            continue
        small = ["--size", "128x72"] if command[0] in PICTURES and not {"--size", "--aspect"} & set(command) else []
        reply = workprint(*command, *small, cwd=desk)
        assert reply.returncode == 0, f"workprint {' '.join(command)}\n{reply.stderr}"


@pytest.mark.parametrize("page", [page for page in PAGES if "train" in {c[0] for c in commands(page)}], ids=str)
def test_the_configs_that_a_page_trains_by_are_read(page: Path) -> None:
    for command in commands(page):
        if command[0] == "train":
            assert read(Path(command[1])).folder.parts[0] == "runs"


@pytest.mark.parametrize(
    ("page", "block"),
    [
        pytest.param(page, block, id=f"{page.name} {number}")
        for page in PAGES
        for number, block in enumerate(blocks(page, "python"), 1)
    ],
)
def test_the_python_of_a_page_runs(page: Path, block: str, desk: Path) -> None:
    if ("load_models" in block or "SHIPPED" in block) and not has_weights:
        pytest.skip("model/weights holds no weights yet")
    reply = subprocess.run([sys.executable, "-c", block], cwd=desk, capture_output=True, text=True)
    assert reply.returncode == 0, f"{page.name}\n{reply.stderr}"
    assert reply.stdout.strip()


def test_the_readmes_figures_are_those_of_the_benches_files() -> None:
    code = "import sys; sys.path.insert(0, 'docs'); import make_figures; print(make_figures.written(), end='')"
    reply = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=REPOSITORY, capture_output=True, check=True)
    assert reply.stdout.decode("utf-8") == (REPOSITORY / "README.md").read_text("utf-8"), "run docs/make_figures.py"


def test_a_figure_is_written_under_its_own_name_and_what_is_missing_is_left_out() -> None:
    """By figures made up here, so that it holds before anything is measured."""
    facts = {"date": "2001-02-03", "machine": "a machine", "set": "small", "transformer_parameters": 11_800_000,
             "autoencoder_parameters": 8_500_000, "steps": 4, "guidance": 1.0, "training_hours": 1.25,
             "frame_psnr_db": 12.3456, "identity_top1": 0.5}  # fmt: skip
    code = (
        "import json, sys; sys.path.insert(0, 'docs'); import make_figures as m; print(m.table(json.load(sys.stdin)))"
    )
    reply = subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        input=json.dumps(facts),
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(" | ") for line in reply.stdout.splitlines() if line.startswith("| ")]
    assert [row[1:] for row in rows[1:]] == [
        ["`frame_psnr_db`", "12.35 dB", "≥ 31 |"],
        ["`identity_top1`", "0.5", "≥ 0.98 |"],
    ]
    assert "11.8 million" in reply.stdout and "Training: hours 1.25." in reply.stdout


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "yaml")], ids=lambda page: page.name)
def test_the_storyboards_of_a_page_make_films(page: Path, desk: Path, workprint: Run) -> None:
    storyboards = [block for block in blocks(page, "yaml") if re.search("^scenes:", block, re.MULTILINE)]
    for number, block in enumerate(storyboards):  # sheets of voices and sounds are read by other tests
        (desk / f"{number}.yaml").write_text(block, encoding="utf-8")
        reply = workprint("make", f"{number}.yaml", "-o", f"film-{number}", "--size", "128x72", cwd=desk)
        assert reply.returncode == 0, reply.stderr
        assert (desk / f"film-{number}" / "film.mp4").exists()


def test_the_sheet_of_sounds_on_the_page_is_read(tmp_path: Path) -> None:
    [sheet] = blocks(REPOSITORY / "docs" / "sound.md", "yaml")
    (tmp_path / "sounds.yaml").write_text(sheet, encoding="utf-8")
    for file in ("doors/oak.wav", "beds/street.flac"):
        (tmp_path / file).parent.mkdir()
        soundfile.write(tmp_path / file, np.sin(np.arange(48_000) / 20), 48_000)
    library = Library.open(tmp_path)
    assert library.effect("a heavy door slam", "door slam", 0, 48_000) is not None
    assert library.bed({"street", "night", "clear"}, {"street"}, 0, 48_000) is not None
    assert [sound.licence for sound in library.provenance] == ["recorded by me", "CC0"]
    assert library.notices == ()


@pytest.mark.parametrize(
    "page", sorted(REPOSITORY.glob("*.md")) + sorted((REPOSITORY / "docs").rglob("*.md")), ids=lambda page: page.name
)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
