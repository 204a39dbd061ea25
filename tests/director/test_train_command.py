"""`workprint train`: what it refuses, what it says, and that it begins, stops and goes on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from typer.testing import CliRunner, Result

from director.cli import app
from model.errors import PictureError
from model.training.config import SHIPPED, read, train
from model.training.run import Run


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A tiny autoencoder's, of one clip."""
    clips = tmp_path / "clips"
    clips.mkdir()
    frames = np.random.default_rng(0).integers(0, 255, (5, 160, 256, 3)).astype(np.uint8)
    arrays = {"truth": frames, "stand_ins": frames, "other": frames[:0], "detail": np.ones((5, 20, 32), np.uint8)}
    save_file(arrays, clips / "0.safetensors")
    path = tmp_path / "mine.yaml"
    path.write_text(
        f"# a test\nkind: autoencoder\nfolder: {tmp_path / 'run'}\nclips: {clips}\nsteps: 2\npreset: tiny\nbatch: 1\n"
    )
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["train", *map(str, arguments)])


def test_it_begins_refuses_to_begin_again_and_goes_on(config: Path) -> None:
    state = config.parent / "run" / "state.safetensors"
    assert run(config).exit_code == 0
    before = state.read_bytes()
    again = run(config)
    assert again.exit_code == 2
    assert "holds a run already. Fix: add --resume" in again.stderr
    assert state.read_bytes() == before
    config.write_text(config.read_text().replace("steps: 2", "steps: 3"))
    more = run(config, "--resume")
    assert more.exit_code == 0
    assert "step 3 of 3" in more.stdout


def test_ctrl_c_saves_and_says_how_to_go_on(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Run.update

    def update(self: Run, *args: object, **more: object) -> float:
        os.kill(os.getpid(), signal.SIGINT)
        return whole(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Run, "update", update)
    stopped = run(config)
    assert stopped.exit_code == 130
    assert f"To go on: workprint train {config} --resume" in stopped.stderr
    monkeypatch.undo()
    assert run(config, "--resume").exit_code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind: lora\nstepps: 3\n", r"c\.yaml:2: kind lora has no setting 'stepps'. Fix: did you mean 'steps'\?"),
        ("kind: lora\nsteps: many\n", r"c\.yaml:2: steps is 'many': .*integer"),
        ("kind: lora\n\nsteps: 0\n", r"c\.yaml:3: steps is 0: .*greater than 0"),
        ("steps: 3\n", r"c\.yaml:1: no kind. Fix: one of autoencoder, transformer, finish, student, lora"),
        ("kind: laro\n", r"c\.yaml:1: kind 'laro' is unknown"),
        ("kind: transformer\nfolder: a\nlatents: b\n", r"c\.yaml: the setting 'steps' is missing"),
        ("kind: [\n", r"c\.yaml:2: not YAML"),
        ("- a\n", r"c\.yaml:1: no settings"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(text)
    if "lora" in text:
        path.write_text(text + "folder: a\nbase: b\nlatents: c\n" + ("steps: 1\n" if "steps:" not in text else ""))
    with pytest.raises(PictureError, match=told):
        read(path)


def test_no_file_is_said_with_the_shipped_ones() -> None:
    with pytest.raises(PictureError, match=r"no file mine\.yaml.*autoencoder\.yaml"):
        read(Path("mine.yaml"))


@pytest.mark.parametrize("name", sorted(path.name for path in SHIPPED.glob("*.yaml")))
def test_every_shipped_config_is_read_by_its_name(name: str) -> None:
    assert read(Path(name)).steps > 0


def test_a_run_that_is_there_is_not_overwritten_from_python_either(config: Path) -> None:
    train(read(config))
    with pytest.raises(PictureError, match="holds a run already"):
        train(read(config))
