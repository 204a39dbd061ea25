"""Starting up is light: what is heavy is imported by the step that needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "diffusers", "transformers", "langchain", "openai", "moviepy", "skia", "scipy", "numpy", "av")


def loaded_by(code: str) -> set[str]:
    reply = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in reply.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize("code", ["import director, shots, model, audio", "import director.cli"])
def test_importing_the_packages_and_the_command_loads_nothing_heavy(code: str) -> None:
    assert loaded_by(code).isdisjoint(HEAVY)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['workprint', '--help']\n"
        "try:\n    import director.cli; director.cli.main()\nexcept SystemExit: pass"
    )
    assert loaded_by(code).isdisjoint(HEAVY)


def test_reading_and_directing_a_screenplay_loads_no_model_library() -> None:
    code = (
        "from director.parse import parse_fountain\nfrom director.direct import direct\n"
        "direct(parse_fountain('INT. ROOM - DAY\\n\\nANNA, 30, sits.\\n\\nANNA\\nHello.\\n', 'a.fountain'))"
    )
    assert loaded_by(code).isdisjoint({"torch", "diffusers", "langchain", "moviepy", "skia", "av"})


def test_the_video_models_back_end_is_named_and_sent_without_loading_its_libraries() -> None:
    code = "import pickle\nfrom director.pictures import backend_of\npickle.loads(pickle.dumps(backend_of('dit')))"
    assert loaded_by(code).isdisjoint({"torch", "diffusers", "skia"})


@pytest.mark.parametrize("command", [["board", "a.yaml"], ["make", "a.yaml", "--picture", "previz", "--workers", "1"]])
def test_what_is_drawn_loads_no_model_library(command: list[str], tmp_path: Path) -> None:
    storyboard = (
        "title: A\nwidth_px: 64\nheight_px: 64\nscenes:\n  - heading: EXT. BEACH - DUSK\n    shots:\n"
        "      - {size: WS, action: The sea., duration_s: 0.2}\n"
    )
    (tmp_path / "a.yaml").write_text(storyboard)
    code = (
        f"import os, sys; os.chdir({str(tmp_path)!r}); sys.argv = ['workprint', *{command!r}]\n"
        "try:\n    import director.cli; director.cli.main()\nexcept SystemExit as end: assert not end.code, end.code"
    )
    assert loaded_by(code).isdisjoint({"torch", "diffusers", "langchain"})
    assert (tmp_path / "out" / "a" / "board.png").exists()
