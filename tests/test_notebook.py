"""The example notebook: stored clean, right from top to bottom, and clicked through in a real JupyterLab."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from shots.storyboard import load

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser import Jupyter

pytestmark = pytest.mark.xdist_group("browser")

EXAMPLE = Path(__file__).parents[1] / "examples" / "reshoot.ipynb"


def cells() -> list[dict[str, Any]]:
    return list(json.loads(EXAMPLE.read_text("utf-8"))["cells"])


def test_the_notebook_is_stored_without_what_it_showed() -> None:
    code = [cell for cell in cells() if cell["cell_type"] == "code"]
    assert len(code) > 8
    assert {(len(cell["outputs"]), cell["execution_count"]) for cell in code} == {(0, None)}


@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    for name in ("HOME", "TMPDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    notebook = nbformat.read(EXAMPLE, as_version=4)
    NotebookClient(notebook, timeout=200, resources={"metadata": {"path": str(tmp_path)}}).execute()
    told = "\n".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", ()))
    assert "circled take 3 of S1.3" in told
    assert "S1.3" in told.partition("made again:")[2] and "4 kept, 1 changed" in told
    [film] = (tmp_path / "TMPDIR").glob("reshoot-*/film")
    assert (film / "film.mp4").stat().st_size > 10_000
    shots = {shot.id: shot for shot in load(film / "storyboard.yaml").shots()}
    assert shots["S1.3"].locked and shots["S1.3"].take is not None and shots["S1.3"].size == "CU"
    assert "You said that on Sunday." in {line.text for shot in shots.values() for line in shot.lines}


@pytest.mark.slow
def test_a_shot_is_made_anew_circled_locked_cut_and_played_in_jupyterlab(page: Page, jupyter: Jupyter) -> None:
    def role(name: str, **data: object) -> Locator:
        more = "".join(f'[data-{key}="{value}"]' for key, value in data.items())
        return page.locator(f'[data-role="{name}"]{more}')

    own = [cell["source"] for cell in cells() if "desk" in cell["metadata"].get("tags", ())]
    jupyter.write(
        "reshoot.ipynb", "import os, tempfile; tempfile.tempdir = os.getcwd()", *("".join(lines) for lines in own)
    )
    jupyter.open(page, "reshoot.ipynb")
    page.locator(".jp-Notebook .jp-Cell").first.click(position={"x": 5, "y": 5})
    for _ in range(len(own) + 1):
        page.keyboard.press("Shift+Enter")
    role("shot", shot="S1.3").click(timeout=120_000)
    role("take", number=1).wait_for()
    role("field-size").get_by_text("CU", exact=True).last.click()
    role("field-takes").fill("2")
    role("shoot").click()
    role("take", number=3).click()
    role("circle").click()
    role("take", number=3, circled="true").wait_for()
    role("lock").click()
    role("shot", shot="S1.3", state="locked").wait_for()
    role("cut").click()
    page.get_by_text(re.compile("The film is cut: ")).wait_for(timeout=120_000)
    [film] = jupyter.folder.glob("reshoot-*/film")
    shot = next(shot for shot in load(film / "storyboard.yaml").shots() if shot.id == "S1.3")
    assert shot.locked and shot.size == "CU" and shot.take is not None

    video = role("film")
    page.wait_for_function("video => video.currentTime > 0.3 && !video.paused", arg=video.element_handle())
    assert video.evaluate("video => [video.videoWidth, video.videoHeight, video.muted]") == [256, 144, False]
    heard = "video => video.webkitAudioDecodedByteCount > 0"  # told by the player a moment after the picture
    page.wait_for_function(heard, arg=video.element_handle())
    role("shot", shot="S1.3").click()
    page.wait_for_function("video => !video.src", arg=video.element_handle())
