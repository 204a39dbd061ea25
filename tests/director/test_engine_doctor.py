"""`workprint doctor --picture`: weights are tried, measured and checked, by tiny ones; mistakes in one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from director.cli import app
from model.backends.checks import Checks, trial
from model.backends.config import EngineConfig, Source
from model.backends.engine import Call, Clip, Engine
from model.backends.load import index_of, load
from model.backends.wan_i2v import ENGINE as I2V
from model.backends.wan_vace import ENGINE
from shots.render.clip import read_frames
from tests.model.engines import tiny_wan


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_wan.saved(tiny_wan.wan_vace, tmp_path_factory.mktemp("wan") / "vace")


def test_weights_are_loaded_measured_and_checked_for_all_that_is_declared(tmp_path: Path) -> None:
    folder = tiny_wan.saved(tiny_wan.wan_ti2v_5b, tmp_path / "Wan2.2-TI2V-5B")
    (tmp_path / "engine.yaml").write_text(f"engine: wan-i2v\nweights: {folder}\nsteps: 1\nguidance: 5.0\n")
    reply = CliRunner().invoke(
        app, ["doctor", "--picture", str(tmp_path / "engine.yaml"), "--size", "64x32", "-o", str(tmp_path / "out")]
    )
    assert reply.exit_code == 1, reply.output  # random weights follow nothing that they are shown
    told = {line[8:28].strip(): line for line in reply.stdout.splitlines() if line.startswith(("ok", "missing"))}
    assert "WanPipeline, whole" in told["weights"]
    assert told["licence"].startswith("missing") and "ask its makers" in told["licence"]
    assert "25 frames of 64×32 in 1 step: " in told["speed"]
    assert " GB were thought to be needed" in told["peak memory"]
    can = I2V.narrowed(I2V.capabilities, index_of(EngineConfig(engine="wan-i2v", source=Source(str(folder)))))
    assert "last" not in can.declared() and "last" not in told
    assert {"length and size", "seed", *can.declared()} <= set(told)
    assert {"length and size", "seed"} <= {name for name, line in told.items() if line.startswith("ok")}
    assert "the frame beside what is given is" in told["first"]
    frames = list(read_frames(tmp_path / "out" / "wan-i2v.mp4", 0, 25))
    assert frames[0].shape == (32, 64, 3)


def deaf(engine: Engine, **forgotten: object) -> Engine:
    """An engine that is not told something."""

    def call(pipeline: object, clip: Clip) -> Call:
        return engine.call(pipeline, replace(clip, **forgotten))

    return replace(engine, call=call)


def test_what_is_declared_and_not_told_is_found_out(folder: Path) -> None:
    config = EngineConfig(engine="wan-vace", source=Source(str(folder)), guidance=5.0)
    can = ENGINE.narrowed(ENGINE.capabilities, index_of(config))
    can = replace(can, first=False, last=False, any_frame=False, before=0, after=0, controls=frozenset({"edges"}))
    request = trial(can, width_px=32, height_px=32, steps=1, frame_count=5)
    found = {check.name: check for check in Checks(ENGINE, can, config, load(config), request).all()}
    assert {name for name, check in found.items() if check.holds} >= {
        "length and size", "seed", "text", "negative", "keep", "references",
    }  # fmt: skip
    assert "edges agree with the stage's by" in found["control edges"].told

    forgetful = deaf(ENGINE, references=(), text="a street", seed=1)
    can = replace(can, negative=False, keep=False, controls=frozenset())
    lost = [check.name for check in Checks(forgetful, can, config, load(config), request).all() if not check.holds]
    assert lost == ["seed", "text", "references"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--picture", "wan-vase:x"), "no picture engine 'wan-vase'; did you mean 'wan-vace'"),
        (("--picture", "wan-vace"), "--picture wan-vace names no weights. Fix: say wan-vace:FOLDER"),
        (
            ("--picture", "wan-vace:nobody/nothing"),
            "nobody/nothing are not on this machine. Fix: run",
        ),
        (("--picture", "ltx:FOLDER"), "holds a WanVACEPipeline, and ltx is"),
        (("--picture", "wan-vace:FOLDER", "--size", "large"), "--size large is no size. Fix: give width and height"),
        (("--picture", "wan-vace:FOLDER", "--size", "4000x20"), "4000×20"),
    ],
)
def test_a_mistake_is_one_line_before_anything_is_loaded(
    folder: Path, arguments: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.backends.load.read_pipeline", None)
    reply = CliRunner().invoke(app, ["doctor", *(part.replace("FOLDER", str(folder)) for part in arguments)])
    assert reply.exit_code == 2
    assert sentence in reply.stderr and reply.stderr.count("\n") == 1
