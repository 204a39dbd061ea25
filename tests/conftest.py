"""What tests of several packages share: the real command, run as a user runs it."""

from __future__ import annotations

import os

# Before anything is imported that reads it: tests run side by side, and threads that outnumber cores spin in waiting.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.browser import browser, jupyter, page
from tests.chat_server import ChatServer, Script

__all__ = ["browser", "jupyter", "page"]

REPOSITORY = Path(__file__).parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]
Serve = Callable[..., ChatServer]
PICTURED = {"make", "render", "cut", "sound"}
HEARD = PICTURED - {"render"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What makes whole films stands in this folder itself and goes first: no worker is at it when the rest is done."""
    items.sort(key=lambda item: item.path.parent != REPOSITORY / "tests")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Other people's screenplays, where a machine has them."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no screenplays to test with: {folder.name} is not beside the checkout")
    return folder


@pytest.fixture(scope="session")
def workprint() -> Run:
    """Runs `workprint ARGS...` in a folder and returns what it printed; never raises for an exit code.

    Films are drawn (`--picture previz`) by one process (`--workers 1`) and have no music (`--score none`) unless the
    test names a picture, workers or a score: it is quick, and most tests are about something else. What the defaults
    are has tests of its own.
    """

    def run(*arguments: str | Path, cwd: Path, timeout_s: float = 240) -> subprocess.CompletedProcess[str]:
        command = Path(sys.executable).with_name("workprint")
        drawn = ["--picture", "previz"] if arguments[0] in PICTURED and "--picture" not in arguments else []
        if arguments[0] in PICTURED and "--workers" not in arguments:
            drawn += ["--workers", "1"]
        if arguments[0] in HEARD and "--score" not in arguments:
            drawn += ["--score", "none"]
        return subprocess.run(
            [command, *arguments, *drawn], cwd=cwd, capture_output=True, text=True, timeout=timeout_s, encoding="utf-8"
        )

    return run


@pytest.fixture
def chat_server() -> Iterator[Serve]:
    """Starts a language model's server that is played from a script: `chat_server(script).url` is its base URL."""
    with ExitStack() as servers:

        def serve(script: Script, **options: Any) -> ChatServer:
            return servers.enter_context(ChatServer(script, **options))

        yield serve
