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
from model.training.data import ClipsConfig, LatentsConfig
from model.training.run import Run
from tests.model.test_footage import film, grey, named


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


def run_folder(folder: Path, clips: Path) -> None:
    """A tiny autoencoder's run of a step."""
    config = folder.with_suffix(".yaml")
    config.write_text(f"kind: autoencoder\nfolder: {folder}\nclips: {clips}\nsteps: 1\npreset: tiny\nbatch: 1\n")
    assert run(config).exit_code == 0


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
        (
            "steps: 3\n",
            r"c\.yaml:1: no kind. Fix: one of clips, latents, autoencoder, transformer, finish, student, lora",
        ),
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
    config = read(Path(name))
    assert config.folder.parts[0] == "runs"
    assert isinstance(config, ClipsConfig | LatentsConfig) or config.steps > 0


def test_clips_are_cut_and_encoded_by_configs_and_only_what_is_new(tmp_path: Path) -> None:
    name = named("train")
    film(tmp_path / "in" / name, 24, 24, grey((512, 288)))
    film(tmp_path / "in" / "silent.mp4", 24, 24, grey(), caption=None)
    clips, latents = tmp_path / "clips.yaml", tmp_path / "latents.yaml"
    clips.write_text(f"kind: clips\nfolder: {tmp_path / 'clips'}\nfootage: {tmp_path / 'in'}\n")
    cut = run(clips)
    assert cut.exit_code == 1 and "silent.mp4 has no caption" in cut.stderr
    (tmp_path / "in" / "silent.mp4").unlink()
    assert f"{tmp_path / 'clips'}: 1 files" in run(clips).stdout
    run_folder(tmp_path / "ae", clips=tmp_path / "clips" / "train")
    latents.write_text(
        f"kind: latents\nfolder: {tmp_path / 'latents'}\nclips: {tmp_path / 'clips'}\nautoencoder: {tmp_path / 'ae'}\n"
    )
    assert run(latents).exit_code == 0
    [file] = (tmp_path / "latents" / "train").glob("*.safetensors")
    written = file.stat().st_mtime_ns
    assert run(latents).exit_code == 0 and file.stat().st_mtime_ns == written


@pytest.mark.slow
def test_clips_are_drawn_by_a_config(tmp_path: Path) -> None:
    config = tmp_path / "clips.yaml"
    config.write_text(f"kind: clips\nfolder: {tmp_path / 'clips'}\ncount: 1\nheld_out: 1\nprocesses: 1\n")
    assert "2 files" in run(config).stdout
    assert [len(list((tmp_path / "clips" / side).glob("*.safetensors"))) for side in ("train", "held_out")] == [1, 1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind: clips\nfolder: {0}\n", "give count:, or footage:"),
        ("kind: clips\nfolder: {0}\ncount: 2\nfootage: {0}\n", "give count:, or footage:"),
        ("kind: clips\nfolder: {0}\nfootage: {0}/none\n", "holds no film files"),
        ("kind: latents\nfolder: {0}\nclips: {0}/none\nautoencoder: {0}\n", "holds no clips. Fix: make some first"),
    ],
)
def test_data_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    config = tmp_path / "c.yaml"
    config.write_text(text.format(tmp_path))
    said = run(config)
    assert said.exit_code == 2 and told in said.stderr and "Traceback" not in said.stderr


def test_a_run_that_is_there_is_not_overwritten_from_python_either(config: Path) -> None:
    train(read(config))
    with pytest.raises(PictureError, match="holds a run already"):
        train(read(config))
