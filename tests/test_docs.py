"""The README and the pages are true: their commands run, their storyboards make films, their links lead somewhere.

Commands that make pictures are run at a small size.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]

PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")])
PICTURES = {"make", "render", "cut"}


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def commands(page: Path) -> list[list[str]]:
    """The page's commands; the README's films are made, and looked into, by test_examples.py."""
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    found = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("workprint ")]
    return [command for command in found if page.name != "README.md" or command[0] != "make"]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_every_command_of_a_page_runs(page: Path, desk: Path, workprint: Run) -> None:
    for command in commands(page):
        small = ["--size", "128x72"] if command[0] in PICTURES and not {"--size", "--aspect"} & set(command) else []
        reply = workprint(*command, *small, cwd=desk)
        assert reply.returncode == 0, f"workprint {' '.join(command)}\n{reply.stderr}"


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path, desk: Path) -> None:
    for block in blocks(page, "python"):
        reply = subprocess.run([sys.executable, "-c", block], cwd=desk, capture_output=True, text=True)
        assert reply.returncode == 0, reply.stderr
        assert reply.stdout.strip()


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "yaml")], ids=lambda page: page.name)
def test_the_storyboards_of_a_page_make_films(page: Path, desk: Path, workprint: Run) -> None:
    for number, block in enumerate(blocks(page, "yaml")):
        (desk / f"{number}.yaml").write_text(block, encoding="utf-8")
        reply = workprint("make", f"{number}.yaml", "-o", f"film-{number}", "--size", "128x72", cwd=desk)
        assert reply.returncode == 0, reply.stderr
        assert (desk / f"film-{number}" / "film.mp4").exists()


@pytest.mark.parametrize(
    "page", sorted(REPOSITORY.glob("*.md")) + sorted((REPOSITORY / "docs").rglob("*.md")), ids=lambda page: page.name
)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
