"""What docs/models.md says of models is so: its commands are commands, its settings are read, its limits hold.

Its offline command is run with those of all pages, in tests/test_docs.py; the others need a model.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from director.cli import app
from director.llm.config import read_config
from director.llm.models import Patience


@pytest.fixture
def page(repository: Path) -> str:
    return (repository / "docs" / "models.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def test_its_commands_are_commands_and_name_a_director(page: str, repository: Path, tmp_path: Path) -> None:
    lines = [line for block in blocks(page, "text") for line in block.splitlines() if line.startswith("workprint ")]
    assert len(lines) >= 5
    group = typer.main.get_command(app)
    for line in lines:
        name, *arguments = shlex.split(line)[1:]
        context = group.commands[name].make_context(name, arguments)  # type: ignore[attr-defined]
        given = context.params
        config = read_config(given["director"], given["base_url"], given["budget"], folder=tmp_path, environ={})
        assert not config.offline and (repository / given["source"]).is_file()


def test_its_settings_are_read(page: str, tmp_path: Path) -> None:
    [text] = blocks(page, "toml")
    (tmp_path / "workprint.toml").write_text(text, encoding="utf-8")
    config = read_config(folder=tmp_path, environ={})
    assert (config.name, config.base_url, str(config.limit)) == (
        "openai:qwen3:8b", "http://127.0.0.1:11434/v1", "200000tok",
    )  # fmt: skip


def test_its_figures_are_those_of_the_code(page: str) -> None:
    patience = Patience()
    assert (patience.tries, patience.longest_wait_s, patience.silence_s, patience.silences) == (5, 60.0, 300.0, 2)
    assert "up to five times" in page and "no more than a minute" in page and "five minutes without a word" in page
