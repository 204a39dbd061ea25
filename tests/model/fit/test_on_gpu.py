"""Engines at their real shapes on a GPU, under every memory profile, against what was thought before loading.

Random weights take what trained ones take. `pytest -m gpu -s tests/model/fit/test_on_gpu.py` prints a line for each:
memory as it was and as it was thought to be, seconds a step. Without a GPU the same is done with tiny weights on the
processor, and the real shapes are counted without numbers.
"""

import gc
import importlib.util
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from model.backends.checks import Checks, trial
from model.backends.config import EngineConfig, Source
from model.backends.fit.choose import Fit
from model.backends.fit.estimate import estimate
from model.backends.fit.machine import Gpu, Machine, read_machine
from model.backends.fit.profiles import ON_GPU
from model.backends.framing import framing_of
from model.backends.load import Loaded, index_of
from model.backends.measured import Measured, measured
from model.backends.registry import engine_of
from model.backends.settings import sampling_of, sized
from tests.model.engines import tiny_ltx, tiny_wan
from tests.model.fit import real_shapes

pytestmark = pytest.mark.filterwarnings("ignore:.*Passing `dtype`:FutureWarning")

GB = 1 << 30
STEPS = 2
ABOVE = 1.1  # more than was thought is memory that runs out
BELOW = 2.0  # far less is a card that could have made it faster
BESIDE_BYTES = 3 * GB // 4  # of the driver, which torch does not count
PRETENDED = Machine(Gpu("cpu", "a GPU that is the processor", 80 * GB, 80 * GB), 64 * GB)

REAL = {"wan-vace:1.3b": real_shapes.wan_vace_13b, "ltx:2b": real_shapes.ltx_2b, "wan-i2v:5b": real_shapes.wan_i2v_5b}
TINY = {"wan-vace": tiny_wan.wan_vace, "ltx": tiny_ltx.ltx, "wan-i2v": tiny_wan.wan_ti2v_5b}
SMALL = (("area_px", 64 * 64), ("most_frames", 9))


@dataclass(frozen=True, eq=False)
class Tried:
    """A clip that was made, and how."""

    clip: NDArray[np.uint8]
    took: Measured
    fit: Fit
    told: tuple[str, ...]


def tried(engine_name: str, folder: Path, profile: str | None, machine: Machine, *options: tuple[str, int]) -> Tried:
    """The longest clip at the largest size, in two steps: that for which memory is reckoned."""
    config = EngineConfig(engine=engine_name, source=Source(str(folder)), profile=profile, steps=STEPS, options=options)
    engine, index = engine_of(engine_name), index_of(config)
    can = sized(engine.narrowed(engine.capabilities, index), sampling_of(engine, config))
    loaded = Loaded(config, index, can, machine)
    framing = framing_of(1920, 1080, can.sizes, engine.name)
    request = trial(
        can, width_px=framing.width_px, height_px=framing.height_px, steps=STEPS, frame_count=can.frames.most
    )
    clip, took = measured(loaded, STEPS, Checks(engine, can, config, loaded, request).clip)
    assert clip.shape == (can.frames.most, framing.height_px, framing.width_px, 3)
    return Tried(clip, took, loaded.fit, loaded.told)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """The folder of weights at a real shape, made on the GPU when it is first asked for and deleted in the end."""
    root = tmp_path_factory.mktemp("real")
    there: dict[str, Path] = {}

    def folder_of(called: str) -> Path:
        if called not in there:
            there[called] = root / called.replace(":", "-")
            real_shapes.piped(REAL[called], "cuda").save_pretrained(there[called])
            emptied()
        return there[called]

    yield folder_of
    shutil.rmtree(root)


def emptied() -> None:
    gc.collect()
    torch.cuda.empty_cache()


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="torch sees no CUDA device")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("profile", [None, *(one.name for one in ON_GPU)], ids=lambda name: name or "chosen")
@pytest.mark.parametrize("called", REAL)
def test_a_clip_takes_what_was_thought(called: str, profile: str | None, saved: Callable[[str], Path]) -> None:
    emptied()
    machine = read_machine()
    assert machine.gpu is not None
    made = tried(called.split(":")[0], saved(called), profile, machine)
    needs = made.fit.needs
    most = torch.cuda.max_memory_allocated()
    print(
        f"\n{called} {made.fit.profile.name} on {machine.gpu.name}: {len(made.clip)} frames of "
        f"{made.clip.shape[2]}×{made.clip.shape[1]}, {made.took.step_s:.2f} s a step, {made.took.call_s:.1f} s in all; "
        f"{most / GB:.2f} GB allocated, {made.took.gpu_bytes / GB:.2f} GB held, {needs.gpu_bytes / GB:.2f} GB thought"
    )
    assert len(made.told) == 1, made.told  # no step down on the way
    if profile is not None:
        assert made.fit.profile.name == profile
    assert most <= made.took.gpu_bytes <= ABOVE * needs.gpu_bytes
    assert needs.gpu_bytes <= BELOW * (made.took.gpu_bytes + BESIDE_BYTES)


@pytest.mark.parametrize("profile", [None, "model"])
@pytest.mark.parametrize("engine", TINY)
def test_what_the_gpu_is_tried_by_runs(engine: str, profile: str | None, tiny: dict[str, Path]) -> None:
    made = tried(engine, tiny[engine], profile, PRETENDED, *SMALL)
    assert made.fit.profile.name == (profile or "resident")
    assert made.clip.std() > 0
    assert 0 < made.took.step_s * STEPS < made.took.call_s
    assert 0 < made.fit.needs.gpu_bytes < GB


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {name: tiny_wan.saved(make, tmp_path_factory.mktemp(name)) for name, make in TINY.items()}


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    """What writes the tables of what fits which card."""
    spec = importlib.util.spec_from_file_location(
        "make_engines", Path(__file__).parents[3] / "docs" / "make_engines.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def count(part: torch.nn.Module, leaving_out: str = " ") -> float:
    return sum(one.numel() for name, one in part.named_parameters() if leaving_out not in name) / 1e9


@pytest.mark.parametrize(("called", "billions"), [("wan-vace:1.3b", 1.3), ("ltx:2b", 2.0), ("wan-i2v:5b", 5.0)])
def test_shapes_are_those_that_are_published(called: str, billions: float, tables: ModuleType) -> None:
    """Counted without numbers: by name, and by what the table of cards reckons with, which comes to the same."""
    with real_shapes.made_on("meta"):
        parts = REAL[called]()
    assert count(parts["transformer"], leaving_out="vace") == pytest.approx(billions, rel=0.1)
    index = tables.index_of(called)
    for name, part in parts.items():
        assert 1e9 * count(part) == pytest.approx(index.counts[name], rel=0.03)
    as_published = replace(
        index, configs={**index.configs, **{name: dict(part.config) for name, part in parts.items()}}
    )
    engine = engine_of(called.split(":")[0])
    can = engine.narrowed(engine.capabilities, as_published)
    assert can == engine.narrowed(engine.capabilities, index)
    for profile in ON_GPU:
        assert estimate(as_published, can, profile, True) == estimate(index, can, profile, True)
