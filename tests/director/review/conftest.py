"""One small film for all tests of review, and a copy of it for each."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from director.reshoot.film import Film
from director.review.server import ReviewServer
from tests.director.review.night import BOARD, HOSTILE, Reviewed


@pytest.fixture(scope="session")
def cut_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the film, cut; nobody writes there."""
    folder = tmp_path_factory.mktemp("review") / "night"
    folder.mkdir()
    file = folder / "storyboard.yaml"
    file.write_text(BOARD, "utf-8")
    film = Film.open(file, folder, picture="previz", score="none", workers=1)
    film.cut()
    film["S1.2"].reshoot(size="CU", note=HOSTILE)
    return folder


@pytest.fixture
def film(cut_film: Path, tmp_path: Path) -> Film:
    """A copy of the film, to do with as one likes."""
    folder = tmp_path / "night"
    shutil.copytree(cut_film, folder)
    return Film.open(folder / "storyboard.yaml", folder, picture="previz", score="none", workers=1)


@pytest.fixture
def reviewed() -> Iterator[Reviewed]:
    """Serves the review of a film until the test is through."""
    with ExitStack() as ends:

        def serve(film: Film) -> ReviewServer:
            server = ReviewServer(film)
            running = threading.Thread(target=server.run)
            running.start()
            ends.callback(running.join)
            ends.callback(server.stop)
            return server

        yield serve
