"""Profiles and their ladder: what is chosen for a machine, what is asked for, and what fits nowhere."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from model.backends.engine import Capabilities, FrameCounts, Sizes
from model.backends.fit.choose import below, choose, ladder
from model.backends.fit.machine import Gpu, Machine
from model.backends.fit.profiles import PROFILES, SWITCHES, profile_named
from model.backends.index import PipelineIndex
from model.errors import PictureError
from model.gpus import gpu_count, take_gpu

GB = 1 << 30
CAN = Capabilities(frames=FrameCounts(4, 5, 81), sizes=Sizes(16, 832 * 480), fps=16)

WAN_14B = PipelineIndex(
    folder=Path("wan"),
    pipeline="WanVACEPipeline",
    parts=("transformer", "text_encoder", "vae"),
    configs={
        "transformer": {
            "num_attention_heads": 40, "attention_head_dim": 128, "num_layers": 40, "patch_size": [1, 2, 2],
        },
        "text_encoder": {"d_model": 4096, "vocab_size": 256384, "num_layers": 24},
        "vae": {"base_dim": 96, "scale_factor_spatial": 8, "scale_factor_temporal": 4},
    },
    sizes_bytes={"transformer": 34 * GB, "text_encoder": 11 * GB, "vae": GB // 2},
    settings={},
    classes={
        "transformer": ("diffusers", "WanVACETransformer3DModel"),
        "text_encoder": ("transformers", "UMT5EncoderModel"),
        "vae": ("diffusers", "AutoencoderKLWan"),
    },
    counts={"transformer": 17_300_000_000, "text_encoder": 5_700_000_000, "vae": 127_000_000},
)  # fmt: skip
"""Wan 2.1 VACE of 14 billion weights, by its published sizes."""

WAN_22 = replace(
    WAN_14B,
    parts=(*WAN_14B.parts, "transformer_2"),
    configs={**WAN_14B.configs, "transformer_2": WAN_14B.configs["transformer"]},
    classes={**WAN_14B.classes, "transformer_2": WAN_14B.classes["transformer"]},
    sizes_bytes={**WAN_14B.sizes_bytes, "transformer_2": 34 * GB},
    counts={**WAN_14B.counts, "transformer_2": 17_300_000_000},
)
"""The same with two transformers."""


def machine(gpu_gb: float, ram_gb: float = 64) -> Machine:
    return Machine(Gpu("cuda", "a GPU", int(gpu_gb * GB), int(gpu_gb * GB)), int(ram_gb * GB))


def chosen(gpu_gb: float, ram_gb: float = 64, *, shared: bool = False) -> str:
    return choose(WAN_14B, CAN, machine(gpu_gb, ram_gb), None, shared=shared).profile.name


def test_the_fastest_profile_that_fits_is_chosen() -> None:
    assert [chosen(size) for size in (141, 80, 48, 24, 12)] == ["resident", "resident", "model", "group", "group"]
    assert chosen(24, ram_gb=36) == "group-fp8"
    assert choose(WAN_22, CAN, machine(24, ram_gb=34), None, shared=False).profile.name == "group-disk"


def test_two_pipelines_in_one_process_leave_room_for_each_other() -> None:
    assert chosen(80, shared=True) == "model"


def test_a_gpu_too_small_for_every_profile_is_told_with_the_fix() -> None:
    with pytest.raises(PictureError, match=r"^wan fits this machine in no way: \w+.*; a GPU has 4.0 GB free.* Fix: "):
        chosen(4)
    with pytest.raises(PictureError, match=r"32\.0 GB of memory free\. Fix: "):
        choose(WAN_14B, CAN, Machine(None, 32 * GB), None, shared=False)


def test_without_a_gpu_it_is_the_processor_in_32_bits_where_that_fits() -> None:
    assert choose(WAN_14B, CAN, Machine(None, 128 * GB), None, shared=False).profile.name == "cpu"
    assert choose(WAN_14B, CAN, Machine(None, 64 * GB), None, shared=False).profile.name == "cpu-half"


def test_a_profile_that_is_asked_for_is_taken_though_it_seems_not_to_fit() -> None:
    fit = choose(WAN_14B, CAN, machine(4), "resident", shared=False)
    assert fit.profile.name == "resident"
    assert fit.needs.gpu_bytes > 40 * GB
    assert "resident: everything stays on the GPU; about " in str(fit)
    assert choose(WAN_14B, CAN, machine(4), "cpu", shared=False).needs.gpu_bytes == 0
    with pytest.raises(PictureError, match="group needs a GPU, and there is none"):
        choose(WAN_14B, CAN, Machine(None, 64 * GB), "group", shared=False)


def test_steps_down_are_those_below_and_keep_the_switches() -> None:
    here = machine(24)
    fits = ladder(WAN_14B, CAN, here)
    assert [fit.profile.name for fit in fits] == [one.name for one in PROFILES if not one.is_for_cpu]
    after = below(choose(WAN_14B, CAN, here, "model", shared=False), fits)
    assert [fit.profile.name for fit in after] == ["group", "model-fp8", "group-fp8", "sequential", "group-disk"]
    after = below(choose(WAN_14B, CAN, here, "model+int8+cache", shared=False), fits)
    assert [fit.profile.name for fit in after] == [
        "group+int8+cache", "sequential+int8+cache", "group-disk+int8+cache",
    ]  # fmt: skip
    after = below(choose(WAN_14B, CAN, here, "resident+parallel", shared=False), fits)
    assert [fit.profile.name for fit in after][:2] == ["resident-tiled+parallel", "model"]
    after = below(choose(WAN_14B, CAN, here, "model+int8+cache", shared=False), fits)
    assert all(fit.profile.quantised == "int8" and fit.profile.cache for fit in after)


def test_a_more_frugal_profile_takes_less_of_the_gpu() -> None:
    takes = {fit.profile.name: fit.needs for fit in ladder(WAN_14B, CAN, machine(24))}
    by_gpu = ("resident", "model", "model-fp8", "group")
    sizes = [takes[name].gpu_bytes for name in by_gpu]
    assert sizes == sorted(sizes, reverse=True)
    assert takes["group-fp8"].gpu_bytes < takes["group"].gpu_bytes
    takes = {fit.profile.name: fit.needs for fit in ladder(WAN_22, CAN, machine(24))}
    assert takes["group-disk"].ram_bytes < takes["group-fp8"].ram_bytes < takes["group"].ram_bytes


def test_memory_that_the_system_shares_with_the_gpu_is_offloaded_to_nowhere() -> None:
    here = Machine(Gpu("mps", "Apple GPU", 96 * GB, 96 * GB), 96 * GB)
    assert {fit.profile.place for fit in ladder(WAN_14B, CAN, here)} == {"resident"}


@pytest.mark.parametrize("switch", SWITCHES)
def test_switches_are_said_after_a_plus(switch: str) -> None:
    plain, switched = profile_named("resident"), profile_named(f"resident+{switch}")
    assert switched != replace(plain, name=switched.name)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("tiny", "no memory profile 'tiny'"),
        ("model+warp", "'warp'"),
        ("model-fp8+int8", "two ways"),
        ("group+parallel", "only what stays on the GPUs"),
    ],
)
def test_no_such_profile(said: str, why: str) -> None:
    with pytest.raises(PictureError, match=rf"{why}.*\. Fix: \w+"):
        profile_named(said)


@pytest.mark.parametrize(
    ("visible", "slot", "gpus", "sees"), [("", 1, 2, "1"), ("2,5", 1, 2, "5"), ("2,5", 2, 2, "2"), ("", 1, 1, "")]
)
def test_a_worker_sees_one_gpu(monkeypatch: pytest.MonkeyPatch, visible: str, slot: int, gpus: int, sees: str) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    monkeypatch.setenv("WORKPRINT_SHARERS", "1")
    take_gpu(slot, gpus, sharers=2)
    import os

    assert (os.environ["CUDA_VISIBLE_DEVICES"], os.environ["WORKPRINT_SHARERS"]) == (sees, "2")


@pytest.mark.skipif(sys.platform != "linux", reason="signs are looked for where Linux has them")
def test_where_no_sign_of_a_gpu_is_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.gpus._SIGNS", ())
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert gpu_count() == 0
