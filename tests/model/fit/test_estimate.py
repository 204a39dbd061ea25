"""The constants of the memory estimate are the peaks of real forward passes at real shapes, traced without numbers."""

import weakref
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import (
    AutoencoderKLWan,
    LTX2VideoTransformer3DModel,
    LTXVideoTransformer3DModel,
    SanaWMTransformer3DModel,
    WanTransformer3DModel,
    WanVACETransformer3DModel,
)
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from model.backends.fit.estimate import Shape, compression, decoder_bytes, token_bytes
from model.backends.index import PipelineIndex

BF16 = torch.bfloat16


class Peak(TorchDispatchMode):
    """Counts the bytes of tensors that live, and of the most that did."""

    def __init__(self) -> None:
        super().__init__()
        self.live: set[int] = set()
        self.now = self.most = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        out = func(*args, **(kwargs or {}))
        for tensor in tree_leaves(out):
            if isinstance(tensor, torch.Tensor):
                self._met(tensor.untyped_storage())
        self.most = max(self.most, self.now)
        return out

    def _met(self, store: torch.UntypedStorage) -> None:
        key, size_bytes = store._cdata, store.nbytes()
        if key not in self.live:
            self.live.add(key)
            self.now += size_bytes
            weakref.finalize(store, self._gone, key, size_bytes)

    def _gone(self, key: int, size_bytes: int) -> None:
        self.live.discard(key)
        self.now -= size_bytes


def peak(model: torch.nn.Module, call: Callable[[], object]) -> int:
    tracing = Peak()
    with torch.no_grad(), tracing:
        call()
    return tracing.most


@pytest.fixture(autouse=True)
def attention_that_keeps_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a GPU; without numbers torch would take the way that keeps all pairs."""

    def attention(query: torch.Tensor, *args: object, **more: object) -> torch.Tensor:
        return torch.empty_like(query)

    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", attention)
    monkeypatch.setattr(torch, "autocast", lambda *args, **more: nullcontext())  # not for what has no numbers


def wan(model: Any, frames: int, height: int, width: int) -> object:
    more = {"control_hidden_states": torch.empty(1, 96, frames, 2 * height, 2 * width, dtype=BF16)}
    return model(
        hidden_states=torch.empty(1, 16, frames, 2 * height, 2 * width, dtype=BF16),
        timestep=torch.zeros(1),
        encoder_hidden_states=torch.empty(1, 512, 4096, dtype=BF16),
        **(more if isinstance(model, WanVACETransformer3DModel) else {}),
    )


def ltx(model: Any, frames: int, height: int, width: int) -> object:
    return model(
        hidden_states=torch.empty(1, frames * height * width, 128, dtype=BF16),
        timestep=torch.zeros(1, frames * height * width),
        encoder_hidden_states=torch.empty(1, 128, 4096, dtype=BF16),
        encoder_attention_mask=torch.ones(1, 128, dtype=BF16),
        num_frames=frames, height=height, width=width,
    )  # fmt: skip


def ltx2(model: Any, frames: int, height: int, width: int) -> object:
    return model(
        hidden_states=torch.empty(1, frames * height * width, 128, dtype=BF16),
        audio_hidden_states=torch.empty(1, 126, 128, dtype=BF16),
        encoder_hidden_states=torch.empty(1, 1024, 3840, dtype=BF16),
        audio_encoder_hidden_states=torch.empty(1, 1024, 3840, dtype=BF16),
        timestep=torch.zeros(1, frames * height * width), audio_timestep=torch.zeros(1, 126),
        num_frames=frames, height=height, width=width, fps=24.0, audio_num_frames=126,
    )  # fmt: skip


def sana_wm(model: Any, frames: int, height: int, width: int) -> object:
    return model(
        torch.empty(1, 128, frames, height, width, dtype=BF16),
        torch.zeros(1, 1, frames),
        torch.empty(1, 1, 300, 2304, dtype=BF16),
        mask=torch.ones(1, 300),
        camera_conditions=torch.zeros(1, frames, 20, dtype=BF16),
        chunk_plucker=torch.empty(1, 48, frames, height, width, dtype=BF16),
    )


WAN_VAE = {"base_dim": 96, "scale_factor_spatial": 8, "scale_factor_temporal": 4}
LTX_VAE = {"spatio_temporal_scaling": [True, True, True, False], "patch_size": 4, "patch_size_t": 1}


@pytest.mark.parametrize(
    ("pipeline", "make", "call", "vae", "rows", "height", "width"),
    [
        ("WanPipeline", lambda: WanTransformer3DModel(num_layers=2), wan, WAN_VAE, 1, 30, 52),
        (
            "WanVACEPipeline",
            lambda: WanVACETransformer3DModel(num_layers=8, vace_layers=[*range(8)]),
            wan, WAN_VAE, 1, 30, 52,
        ),
        ("LTXConditionPipeline", lambda: LTXVideoTransformer3DModel(num_layers=2), ltx, LTX_VAE, 2, 22, 38),
        ("LTX2ConditionPipeline", lambda: LTX2VideoTransformer3DModel(num_layers=2), ltx2, LTX_VAE, 2, 16, 24),
        ("SanaWMPipeline", lambda: SanaWMTransformer3DModel(num_layers=4), sana_wm, LTX_VAE, 2, 22, 40),
    ],
)  # fmt: skip
def test_what_a_token_takes_is_what_the_pass_takes(
    pipeline: str,
    make: Callable[[], Any],
    call: Callable[..., object],
    vae: dict[str, Any],
    rows: int,
    height: int,
    width: int,
) -> None:
    with torch.device("meta"):
        dtype = torch.get_default_dtype()
        torch.set_default_dtype(BF16)
        try:
            model = make()
        finally:
            torch.set_default_dtype(dtype)
        short, long = (peak(model, lambda n=n: call(model, n, height, width)) for n in (6, 16))
    index = PipelineIndex(
        Path(), pipeline, (), {"transformer": dict(model.config), "vae": vae}, {}, {}
    )  # fmt: skip
    temporal, spatial = compression(vae)
    patch = model.config.patch_size[-1] if isinstance(model.config.patch_size, tuple | list) else 1
    area_px = height * width * (spatial * patch) ** 2
    told = [token_bytes(index, Shape(area_px, (n - 1) * temporal + 1)) for n in (6, 16)]
    assert 0.9 < (told[1] - told[0]) / rows / (long - short) < 1.5


@pytest.mark.parametrize("tiled", [False, True])
def test_what_decoding_takes_is_what_the_decoder_takes(tiled: bool) -> None:
    with torch.device("meta"):
        vae = AutoencoderKLWan()
        if tiled:
            vae.enable_tiling()
        took = peak(vae, lambda: vae.decode(torch.empty(1, 16, 3, 40, 40)))
    index = PipelineIndex(
        Path(), "WanPipeline", (), {"vae": dict(vae.config)}, {}, {}, {"vae": ("diffusers", "AutoencoderKLWan")}
    )
    assert 0.9 < decoder_bytes(index, Shape(320 * 320, 9), tiled) / took < 1.5


@pytest.mark.parametrize(
    ("config", "factors"),
    [
        (WAN_VAE, (4, 8)),
        (LTX_VAE, (8, 32)),
        ({"temporal_compression_ratio": 4, "block_out_channels": [128, 256, 256, 512]}, (4, 8)),
        ({"temporal_compression_ratio": 4, "spatial_compression_ratio": 16, "block_out_channels": [1] * 5}, (4, 16)),
        ({"block_out_channels": [128, 256, 512, 512]}, (1, 8)),
        ({"encoder_block_out_channels": [128, 256, 512, 512, 1024, 1024]}, (1, 32)),
    ],
)
def test_how_far_a_decoder_compresses_is_read_from_its_config(config: dict[str, Any], factors: tuple[int, int]) -> None:
    assert compression(config) == factors
