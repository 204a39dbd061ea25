"""LoRAs for pretrained engines: learnt from a folder of examples, small, and used by the engine's own pipeline."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from peft import get_peft_model_state_dict
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file

from model.backends.config import Adapter, EngineConfig, Source
from model.backends.engine import FrameCounts, Sizes
from model.backends.fit.profiles import profile_named
from model.backends.load import load
from model.backends.registry import ENGINES, engine_of
from model.errors import PictureError
from model.request import KnownFrame
from model.training import engine_lora
from model.training.config import read, train
from model.training.engine_lora import ADAPTER, OF_TWO, TAUGHT, TEACHINGS, EngineLoraConfig, train_engine_lora
from model.training.examples import digest_of, examples_of
from model.training.run import Run
from tests.model.engines import tiny_ltx, tiny_wan
from tests.model.engines.wan_calls import clip_of

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")

COUNTS, SIZES = FrameCounts(step=4, least=5, most=9), Sizes(multiple_px=16, area_px=64 * 32)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture with words, a picture without, and a clip of a second and a half at 12 a second."""
    folder = tmp_path_factory.mktemp("mara")
    ramp = np.linspace(0, 255, 96, dtype=np.uint8)
    Image.fromarray(np.stack([np.tile(ramp, (64, 1))] * 3, axis=2)).save(folder / "a.png")
    (folder / "a.txt").write_text("woman in red coat")
    Image.fromarray(np.full((40, 40, 3), (200, 30, 30), np.uint8)).save(folder / "b.jpg")
    with av.open(str(folder / "c.mp4"), "w") as file:
        stream = file.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 32, "yuv420p"
        for number in range(18):
            frame = av.VideoFrame.from_ndarray(np.full((32, 64, 3), number * 12, np.uint8), format="rgb24")
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    (folder / "c.txt").write_text("woman walks")
    return folder


Make = Callable[[], Any]


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Make], Path]:
    """Folders of tiny pipelines, each saved once."""
    folders: dict[Make, Path] = {}

    def folder(made: Make) -> Path:
        if made not in folders:
            folders[made] = tiny_wan.saved(made, tmp_path_factory.mktemp("weights"))
        return folders[made]

    return folder


def config(folder: Path, engine: str, source: Path, examples: Path, **more: object) -> EngineLoraConfig:
    said: dict[str, Any] = {"steps": 3, "rank": 2, "learning_rate": 0.05, "area_px": 2048, "frame_count": 9}
    said |= {"trigger": "mara", "device": "cpu", "save_every": 2}
    return EngineLoraConfig(folder=folder, engine=engine, weights=str(source), examples=examples, **{**said, **more})


def made(engine: str, folder: Path, *loras: Adapter, of: Sequence[Adapter] | None = None) -> NDArray[np.float32]:
    """What an engine makes of a clip with LoRAs, as films have them loaded."""
    loaded = load(EngineConfig(engine=engine, source=Source(str(folder)), loras=loras))
    first = KnownFrame(index=0, picture=np.full((32, 64, 3), (180, 40, 40), np.uint8))
    clip = clip_of(engine_of(engine), text="mara woman", steps=2, known=(first,))
    call = engine_of(engine).call(loaded.pipeline, clip)
    return np.asarray(loaded.call(call.pipeline, call.arguments, of).frames, np.float32)


def test_examples_keep_their_shape_and_are_cut_at_the_engines_rate(examples: Path) -> None:
    found = list(examples_of(examples, "mara", SIZES, 64 * 32, COUNTS, 16))
    assert [one.name for one in found] == ["a.png", "b.jpg", *["c.mp4"] * 3]
    assert [one.text for one in found] == ["mara, woman in red coat", "mara", *["mara, woman walks"] * 3]
    assert [one.frames.shape for one in found] == [(1, 32, 48, 3), (1, 32, 32, 3)] + [
        (count, 32, 64, 3) for count in (9, 9, 5)
    ]
    greys = np.concatenate([one.frames[:, 16, 32, 0] for one in found[2:]]).astype(int)
    wanted = [12 * int(number * 12 / 16 + 0.01) for number in range(23)]
    assert np.abs(greys - wanted).max() <= 8
    stills = list(examples_of(examples, "", SIZES, 64 * 32, FrameCounts(4, 5, 33), 12, stills=False))
    assert [one.frames.shape[0] for one in stills] == [17]


def test_examples_that_cannot_be_learnt_from_are_said(examples: Path, tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"b\.jpg has no caption\. Fix: say in b\.txt"):
        list(examples_of(examples, "", SIZES, 64 * 32, COUNTS, 16))
    with pytest.raises(PictureError, match=r"holds no pictures or clips to learn from\. Fix"):
        list(examples_of(tmp_path, "mara", SIZES, 64 * 32, COUNTS, 16))
    with pytest.raises(PictureError, match=r"there is no folder .*nowhere\. Fix"):
        digest_of(tmp_path / "nowhere")
    Image.new("RGB", (64, 64)).save(tmp_path / "still.png")
    with pytest.raises(PictureError, match=r"holds no clips of 5 frames at 16 a second to learn from\. Fix"):
        list(examples_of(tmp_path, "mara", SIZES, 64 * 32, COUNTS, 16, stills=False))
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with pytest.raises(PictureError, match=r"broken\.png cannot be read as a picture\. Fix"):
        list(examples_of(tmp_path, "mara", SIZES, 64 * 32, COUNTS, 16))
    before = digest_of(tmp_path)
    (tmp_path / "broken.txt").write_text("more")
    assert digest_of(tmp_path) != before


@pytest.mark.parametrize(
    ("engine", "pipeline"),
    [("wan-vace", tiny_wan.wan_vace), ("wan-i2v", tiny_wan.wan_i2v_21), ("ltx", tiny_ltx.ltx)],
)
def test_what_is_learnt_is_small_and_changes_what_the_pipeline_makes(
    engine: str, pipeline: Make, tmp_path: Path, examples: Path, weights: Callable[[Make], Path]
) -> None:
    assert engine in TAUGHT
    source = weights(pipeline)
    before = {path: path.read_bytes() for path in source.rglob("*.safetensors")}
    run = train_engine_lora(config(tmp_path, engine, source, examples))
    assert run.step == 3
    assert run.skipped_steps == 0
    learnt = load_file(tmp_path / ADAPTER)
    assert all(name.startswith("transformer.") and ".lora_" in name for name in learnt)
    assert not any("vace" in name for name in learnt)
    assert len(learnt) == 2 * 8 * 2  # two matrices beside each of eight in both blocks
    assert any(x.abs().max() > 1e-3 for name, x in learnt.items() if "lora_B" in name)
    with safe_open(tmp_path / ADAPTER, framework="pt") as file:
        assert file.metadata()["trigger"] == "mara"
    assert all(path.read_bytes() == content for path, content in before.items())
    plain, lora = made(engine, source), Adapter(file=tmp_path / ADAPTER, of="MARA", trigger="mara")
    told = made(engine, source, lora, of=(lora,))
    assert np.isfinite(told).all()
    assert np.abs(told - plain).max() > 1e-5
    assert np.array_equal(told, made(engine, source, lora, of=(lora,)))
    assert np.array_equal(plain, made(engine, source, lora, of=()))  # a shot without her


@pytest.mark.parametrize(
    ("engine", "pipeline"), [("wan-vace", tiny_wan.wan_vace), ("wan-i2v", tiny_wan.wan_ti2v_5b), ("ltx", tiny_ltx.ltx)]
)
def test_frozen_weights_are_held_in_halves_and_learnt_ones_in_full(
    engine: str, pipeline: Make, tmp_path: Path, examples: Path, weights: Callable[[Make], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """As on a graphics card, where a processor is all there is."""
    monkeypatch.setattr(engine_lora, "profile_named", lambda _: profile_named("cpu-half"))
    run = train_engine_lora(
        config(tmp_path, engine, weights(pipeline), examples, frame_count=5 if "wan" in engine else 9)
    )
    assert run.skipped_steps == 0
    assert all((p.dtype == torch.float32) for n, p in run.model.named_parameters() if "lora" in n)
    halves = [p.dtype == torch.bfloat16 for n, p in run.model.named_parameters() if "lora" not in n]
    assert sum(halves) > 0.7 * len(halves)
    assert all(x.dtype == torch.float32 and x.isfinite().all() for x in load_file(tmp_path / ADAPTER).values())


def test_it_learns(tmp_path: Path, examples: Path, weights: Callable[[Make], Path]) -> None:
    source = weights(tiny_wan.wan_t2v)
    taught = config(tmp_path, "wan-i2v", source, examples, steps=40, rank=4, learning_rate=0.02)
    assert train(taught).step == 40
    losses = [json.loads(line)["loss"] for line in (tmp_path / "metrics.jsonl").read_text().splitlines()]
    assert losses[-1] < 0.9 * losses[0]


def test_a_killed_run_goes_on_exactly_and_encodes_nothing_anew(
    tmp_path: Path, examples: Path, weights: Callable[[Make], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = weights(tiny_ltx.ltx)
    train_engine_lora(config(tmp_path / "straight", "ltx", source, examples))
    whole = Run.update

    def update(self: Run, *args: object, **more: object) -> float:
        if self.step == 2:
            raise InterruptedError
        return whole(self, *args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Run, "update", update)
        with pytest.raises(InterruptedError):
            train_engine_lora(config(tmp_path / "killed", "ltx", source, examples))
    encoded = (tmp_path / "killed" / "examples.safetensors").stat().st_ino
    train_engine_lora(config(tmp_path / "killed", "ltx", source, examples))
    assert (tmp_path / "killed" / "examples.safetensors").stat().st_ino == encoded
    one, other = (load_file(tmp_path / name / ADAPTER) for name in ("straight", "killed"))
    assert [name for name in one if not torch.equal(one[name], other[name])] == []
    with pytest.raises(PictureError, match="is of base"):
        train_engine_lora(config(tmp_path / "killed", "wan-vace", weights(tiny_wan.wan_vace), examples))


def test_the_second_transformer_of_two_is_taught_at_its_own_noise(
    tmp_path: Path, examples: Path, weights: Callable[[Make], Path]
) -> None:
    source = weights(tiny_wan.wan_vace_22)
    run = train_engine_lora(config(tmp_path, "wan-vace", source, examples, part="transformer_2", steps=2))
    lora = Adapter(file=tmp_path / OF_TWO["transformer_2"])
    assert sorted(path.name for path in tmp_path.glob("adapter*")) == [lora.file.name]
    loaded = load(EngineConfig(engine="wan-vace", source=Source(str(source)), loras=(lora,)))
    assert not getattr(loaded.pipeline.transformer, "peft_config", {})
    worn = get_peft_model_state_dict(loaded.pipeline.transformer_2, adapter_name="lora0")
    with run.ema.in_place_of(run.model):
        learnt = get_peft_model_state_dict(run.model)
    assert all(torch.equal(worn[name], x) for name, x in learnt.items())


def test_what_cannot_be_taught_is_said(tmp_path: Path, examples: Path, weights: Callable[[Make], Path]) -> None:
    source = weights(tiny_wan.wan_vace)
    with pytest.raises(PictureError, match=r"engine 'svd' cannot be taught here\. Fix: one of wan-vace, "):
        train_engine_lora(config(tmp_path, "svd", source, examples))
    with pytest.raises(PictureError, match=r"has no transformer_2\. Fix: leave out `part`"):
        train_engine_lora(config(tmp_path, "wan-vace", source, examples, part="transformer_2"))
    with pytest.raises(PictureError, match=r"frame_count is 4; ltx makes 9 and more"):
        train_engine_lora(config(tmp_path, "ltx", weights(tiny_ltx.ltx), examples, frame_count=4))
    with pytest.raises(PictureError, match=r"holds a WanVACEPipeline, and ltx is "):
        train_engine_lora(config(tmp_path, "ltx", source, examples))


def test_all_are_taught_whose_pipelines_are_known() -> None:
    assert tuple(name for name in ENGINES if set(engine_of(name).pipelines) <= set(TEACHINGS)) == TAUGHT


def test_the_shipped_config_is_read() -> None:
    found = read(Path("engine_lora.yaml"))
    assert isinstance(found, EngineLoraConfig)
    assert found.engine in TAUGHT


@pytest.mark.parametrize(
    ("engine", "pipeline", "begins"),
    [
        ("wan-vace", tiny_wan.wan_vace, False),
        ("wan-vace", tiny_wan.wan_vace, True),
        ("wan-i2v", tiny_wan.wan_i2v_21, True),
        ("wan-i2v", tiny_wan.wan_ti2v_5b, False),
        ("ltx", tiny_ltx.ltx, False),
        ("ltx", tiny_ltx.ltx, True),
        ("ltx", tiny_ltx.ltx_before_095, False),
    ],
)
def test_it_is_taught_as_it_is_asked(
    engine: str, pipeline: Make, begins: bool, weights: Callable[[Make], Path]
) -> None:
    """What the transformer is told while it learns is what the engine's own call tells it."""
    loaded = load(EngineConfig(engine=engine, source=Source(str(weights(pipeline)))))
    frames = np.random.default_rng(1).integers(0, 255, (9, 32, 64, 3), dtype=np.uint8)
    known = (KnownFrame(index=0, picture=frames[0]),) if begins else ()
    clip = clip_of(engine_of(engine), text="woman in red coat", known=known, steps=2)
    asked: list[dict[str, Any]] = []

    def hook(_module: object, _args: object, named: dict[str, Any]) -> None:
        asked.append(named)

    transformer = loaded.pipeline.transformer
    call = engine_of(engine).call(loaded.pipeline, clip)
    handle = transformer.register_forward_pre_hook(hook, with_kwargs=True)
    loaded.call(call.pipeline, call.arguments)
    teaching = TEACHINGS[type(loaded.pipeline).__name__]
    device = torch.device("cpu")
    with torch.no_grad():
        told = teaching.words(loaded.pipeline, clip.text, device)
        told |= teaching.pictures(loaded.pipeline, frames, clip.fps, device)
        noise = asked[0]["hidden_states"][:, : told["clean"].shape[1]]
        level = asked[0]["timestep"].max().reshape(1) / 1000
        teaching.answer(transformer, told, noise, level, begins)
    handle.remove()
    theirs, ours = asked[0], asked[-1]
    names = {name for name, x in theirs.items() if x is not None} - {"return_dict", "control_hidden_states_scale"}
    assert names == set(ours) - {"return_dict"}
    for name in names - {"rope_interpolation_scale", "num_frames", "height", "width"}:
        one, other = torch.broadcast_tensors(ours[name].float(), theirs[name].float())
        if engine == "ltx" and begins and name == "hidden_states":  # its first frame is drawn about what ours is
            one, other = one[:, int(told["first"]) :], other[:, int(told["first"]) :]
        assert torch.allclose(one, other, atol=2e-3), name
    for name in names & {"rope_interpolation_scale", "num_frames", "height", "width"}:
        assert ours[name] == theirs[name]
