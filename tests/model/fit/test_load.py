"""Loading: every memory profile that a processor can run makes the same picture, memory that runs out costs a step,
and what stands in for the folder's own weights is really read.
"""

import shutil
import socket
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import gguf
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from peft import LoraConfig, get_peft_model_state_dict
from safetensors.torch import load_file, save_file

from model.backends.config import Adapter, EngineConfig, Source
from model.backends.fit.machine import Gpu, Machine
from model.backends.fit.profiles import PROFILES
from model.backends.load import Loaded, digest_of, fit_of, index_of, load, unload
from model.backends.registry import engine_of
from model.errors import PictureError
from tests.model.engines import tiny_wan

pytestmark = pytest.mark.filterwarnings("ignore:.*Passing `dtype`:FutureWarning")

GB = 1 << 30
PRETENDED = Machine(Gpu("cpu", "a GPU that is the processor", 80 * GB, 80 * GB), 64 * GB)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_wan.saved(tiny_wan.wan_vace, tmp_path_factory.mktemp("weights"))


@pytest.fixture(scope="module")
def folder_of_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_wan.saved(tiny_wan.wan_t2v, tmp_path_factory.mktemp("weights"))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **more: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def config(folder: Path, **more: Any) -> EngineConfig:
    return EngineConfig(**{"engine": "wan-vace", "source": Source(str(folder)), **more})


def loaded(asked: EngineConfig, machine: Machine = PRETENDED) -> Loaded:
    index = index_of(asked)
    return Loaded(asked, index, engine_of(asked.engine).capabilities, machine)


def asked(seed: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "prompt": "woman in red coat", "width": 32, "height": 32, "num_frames": 5, "num_inference_steps": 2,
        "guidance_scale": 1.0, "output_type": "np", "generator": torch.Generator().manual_seed(seed), **more,
    }  # fmt: skip


def picture(of: Loaded, **more: Any) -> NDArray[np.float32]:
    return np.asarray(of.call(None, asked(**more)).frames, np.float32)


@pytest.fixture(scope="module")
def expected(folder: Path) -> NDArray[np.float32]:
    return picture(loaded(config(folder, profile="resident")))


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("profile", [one.name for one in PROFILES[1:]])
def test_every_profile_makes_the_picture(folder: Path, expected: NDArray[np.float32], profile: str) -> None:
    of = loaded(config(folder, profile=profile))
    made = picture(of)
    assert made.shape == (1, 5, 32, 32, 3)
    assert np.array_equal(made, picture(of)), "a second call is as the first"
    apart = float(np.abs(made - expected).mean())
    if "fp8" in profile:
        assert 0 < apart < 0.1, "weights in 8 bits are others, and near"
    elif profile == "cpu":
        assert 0 < apart < 0.02, "32 bits are finer than 16"
    else:
        assert apart == 0, "where weights wait changes nothing"
    assert of.told[0].startswith(f"the memory profile is {profile}: ")
    assert len(of.told) == 1


def test_weights_are_where_their_profile_says(folder: Path) -> None:
    """As far as a processor shows: 8 bits, tiles, layers that are nowhere until they are called, files on disk."""
    import tempfile

    fp8 = loaded(config(folder, profile="model-fp8")).pipeline
    assert fp8.transformer.blocks[0].attn1.to_q.weight.dtype == torch.float8_e4m3fn
    assert fp8.text_encoder.dtype == torch.bfloat16
    assert fp8.vae.dtype == torch.float32
    assert fp8.vae.use_tiling
    resident = loaded(config(folder, profile="resident")).pipeline
    assert not resident.vae.use_tiling
    assert resident.transformer.blocks[0].attn1.to_q.weight.dtype == torch.bfloat16
    layers = loaded(config(folder, profile="sequential")).pipeline
    assert layers.transformer.blocks[0].attn1.to_q.weight.is_meta
    before = set(Path(tempfile.gettempdir()).glob("workprint-groups-*"))
    disk = loaded(config(folder, profile="group-disk"))
    (there,) = set(Path(tempfile.gettempdir()).glob("workprint-groups-*")) - before
    assert list(there.glob("transformer/*.safetensors"))
    del disk
    import gc

    gc.collect()
    assert not there.exists()


def test_steps_that_hardly_differ_are_not_computed_anew_with_the_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.backends.fit.apply._CACHED_BELOW", 10.0)  # of random weights all steps differ
    counted: list[int] = []
    for profile in ("resident", "resident+cache"):
        of = loaded(config(folder, profile=profile))
        counted.append(0)

        def count(*args: object) -> None:
            counted[-1] += 1

        of.pipeline.transformer.blocks[-1].attn1.to_q.register_forward_hook(count)
        picture(of, num_inference_steps=4)
    assert counted[1] < counted[0] == 4


def test_blocks_are_compiled_where_that_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    monkeypatch.setattr(torch.nn.Module, "compile", lambda self: compiled.append(type(self).__name__))
    of = loaded(config(folder, profile="resident+compile"))
    assert compiled == ["WanTransformerBlock"] * 2 + ["WanVACETransformerBlock"] * 2
    assert len(of.told) == 1


def test_attention_that_is_not_installed_is_told(folder: Path) -> None:
    with pytest.raises(PictureError, match=r"resident\+sage: .* cannot use sage attention here .*Fix: install"):
        loaded(config(folder, profile="resident+sage"))


def test_memory_that_runs_out_costs_a_step_down_and_no_picture(folder: Path, expected: NDArray[np.float32]) -> None:
    of = loaded(config(folder, profile="resident"))

    def full(*args: object) -> NoReturn:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")

    of.pipeline.vae.decoder.register_forward_hook(full)  # of this pipeline: the next one has none
    assert np.array_equal(picture(of), expected), "from the same noise, though some of it was drawn"
    assert of.fit.profile.name == "resident-tiled"
    assert of.told[1] == "memory ran out with resident; from then on it was resident-tiled."
    assert of.told[0].startswith("the memory profile is resident-tiled: ")


def test_memory_that_runs_out_while_weights_are_read_does_so_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def place(pipeline: Any, profile: Any, device: str) -> tuple[str, ...]:
        tried.append(profile.name)
        if profile.name != "sequential":
            raise RuntimeError("MPS backend out of memory")
        return ()

    monkeypatch.setattr("model.backends.load.place", place)
    of = loaded(config(folder, profile="model-fp8"))
    assert tried == ["model-fp8", "group-fp8", "sequential"]
    assert len(of.told) == 3


def test_memory_that_runs_out_on_the_last_profile_is_told_with_the_fix(folder: Path) -> None:
    of = loaded(config(folder, profile="cpu-half"), Machine(None, 64 * GB))

    def full(*args: object) -> NoReturn:
        raise MemoryError

    of.pipeline.transformer.register_forward_hook(full)
    with pytest.raises(PictureError, match=r"memory ran out with cpu-half, the most frugal profile here\. Fix: "):
        picture(of)


def test_errors_that_are_not_of_memory_are_no_step_down(folder: Path) -> None:
    of = loaded(config(folder, profile="resident"))
    with pytest.raises(ValueError, match="divisible"):
        of.call(None, asked(width=33))
    assert of.fit.profile.name == "resident"


def test_what_is_no_number_is_told(folder: Path) -> None:
    of = loaded(config(folder, profile="resident"))
    with torch.no_grad():
        of.pipeline.vae.decoder.conv_out.bias.fill_(float("nan"))
    with pytest.raises(PictureError, match=r"a step gave what is no number, with resident\. Fix: "):
        picture(of)


def test_parts_are_called_as_another_class(folder_of_words: Path) -> None:
    of = loaded(config(folder_of_words, engine="wan-i2v", profile="model"))
    view = of.as_class("WanImageToVideoPipeline")
    assert type(view).__name__ == "WanImageToVideoPipeline"
    assert view.transformer is of.pipeline.transformer
    assert not view.config.expand_timesteps


def test_a_pipeline_is_read_once_and_its_profile_is_known_before(folder: Path) -> None:
    one = config(folder)
    assert load(one) is load(config(folder))
    assert fit_of(one, PRETENDED).profile.name == "resident"
    with pytest.raises(PictureError, match="no memory profile 'fast'"):
        fit_of(config(folder, profile="fast"), PRETENDED)


def test_what_lies_on_the_disk_anew_is_read_anew(folder: Path, tmp_path: Path) -> None:
    mine = Path(shutil.copytree(folder, tmp_path / "mine"))
    before = load(config(mine))
    file = next((mine / "transformer").glob("*.safetensors"))
    save_file({name: tensor * 2 for name, tensor in load_file(file).items()}, file)
    again = load(config(mine))
    assert again is load(config(mine))
    first, second = (next(one.pipeline.transformer.parameters()) for one in (before, again))
    assert torch.equal(first * 2, second)


def test_what_is_loaded_is_let_go(folder: Path) -> None:
    held = weakref.ref(load(config(folder)))
    assert held() is not None
    unload()
    assert held() is None


Write = Callable[[dict[str, torch.Tensor], Path], None]


def as_safetensors(weights: dict[str, torch.Tensor], path: Path) -> None:
    save_file(weights, path)


def as_gguf(weights: dict[str, torch.Tensor], path: Path) -> None:
    writer = gguf.GGUFWriter(str(path), "wan")
    for name, tensor in weights.items():
        writer.add_tensor(name, tensor.float().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.mark.parametrize(("suffix", "write"), [("safetensors", as_safetensors), ("gguf", as_gguf)])
def test_one_file_stands_in_for_the_folder_s_transformer(
    folder: Path, tmp_path: Path, expected: NDArray[np.float32], suffix: str, write: Write
) -> None:
    weights = load_file(folder / "transformer/diffusion_pytorch_model.safetensors")
    same, other = tmp_path / f"same.{suffix}", tmp_path / f"other.{suffix}"
    write(weights, same)
    write({name: tensor * 0.5 for name, tensor in weights.items()}, other)
    bare = tmp_path / "bare"
    shutil.copytree(folder, bare)
    (bare / "transformer/diffusion_pytorch_model.safetensors").unlink()
    made = [picture(loaded(config(bare, transformer=file, profile="resident"))) for file in (same, other)]
    assert np.abs(made[0] - expected).mean() < (1e-6 if suffix == "safetensors" else 0.02)
    assert not np.array_equal(made[0], made[1])
    assert digest_of(config(bare, transformer=same)) != digest_of(config(bare, transformer=other))
    assert index_of(config(bare, transformer=same)).sizes_bytes["transformer"] == same.stat().st_size


def test_one_file_of_another_transformer_is_told(folder: Path, tmp_path: Path) -> None:
    weights = load_file(folder / "transformer/diffusion_pytorch_model.safetensors")
    lacking, other = tmp_path / "lacking.safetensors", tmp_path / "other.safetensors"
    save_file(dict(list(weights.items())[3:]), lacking)
    save_file({"something.weight": torch.zeros(2)}, other)
    with pytest.raises(PictureError, match=r"lacking\.safetensors .*missing.* Fix: name weights of this transformer"):
        loaded(config(folder, transformer=lacking))
    with pytest.raises(PictureError, match=r"other\.safetensors.* Fix: name weights of this transformer"):
        loaded(config(folder, transformer=other))


def lora(folder: Path, path: Path, seed: int) -> Path:
    """A LoRA of the folder's transformer with random weights, as diffusers saves it."""
    from diffusers import WanVACEPipeline, WanVACETransformer3DModel

    transformer = WanVACETransformer3DModel.from_pretrained(folder / "transformer", dtype=torch.float32)
    transformer.add_adapter(LoraConfig(r=2, lora_alpha=2, target_modules=["to_q", "to_v"]))
    torch.manual_seed(seed)
    for name, weight in transformer.named_parameters():
        if "lora" in name:
            torch.nn.init.normal_(weight, std=0.3)
    weights = get_peft_model_state_dict(transformer)
    WanVACEPipeline.save_lora_weights(path.parent, transformer_lora_layers=weights, weight_name=path.name)
    return path


def test_loras_are_worn_in_the_calls_that_name_them(
    folder: Path, tmp_path: Path, expected: NDArray[np.float32]
) -> None:
    style = Adapter(file=lora(folder, tmp_path / "style.safetensors", 1), strength=0.8)
    mara = Adapter(file=lora(folder, tmp_path / "mara.safetensors", 2), of="MARA")
    of = loaded(config(folder, loras=(style, mara), profile="resident"))

    def made(worn: tuple[Adapter, ...] | None) -> NDArray[np.float32]:
        return np.asarray(of.call(None, asked(), worn).frames, np.float32)

    plain, styled, both = made(()), made((style,)), made((style, mara))
    assert np.abs(plain - expected).max() < 1e-6, "a LoRA that is not worn changes nothing"
    assert np.abs(styled - plain).mean() > 1e-4
    assert np.abs(both - styled).mean() > 1e-4
    assert np.array_equal(made(None), styled), "those of every shot, unless a call says"
    assert np.array_equal(made((style,)), styled), "what was worn is taken off again"


@pytest.mark.parametrize("profile", ["group-fp8", "sequential"])
def test_loras_go_with_weights_that_are_held_otherwise(folder: Path, tmp_path: Path, profile: str) -> None:
    style = Adapter(file=lora(folder, tmp_path / "style.safetensors", 1))
    of = loaded(config(folder, loras=(style,), profile=profile))
    worn, bare = (np.asarray(of.call(None, asked(), one).frames) for one in ((style,), ()))
    assert np.abs(worn - bare).mean() > 1e-4


def test_a_lora_of_something_else_is_told(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.safetensors"
    save_file({"unet.mid.lora_A.weight": torch.zeros(2, 4), "unet.mid.lora_B.weight": torch.zeros(4, 2)}, other)
    with pytest.raises(PictureError, match=r"other\.safetensors .*Fix: name (one|a LoRA) that was trained"):
        loaded(config(folder, loras=(Adapter(file=other),)))
    with pytest.raises(PictureError, match=r"gone\.safetensors is not there"):
        index_of(config(folder, loras=(Adapter(file=tmp_path / "gone.safetensors"),)))


ALONE = """
import torch

torch.accelerator.device_count = lambda: 1
torch._C._get_accelerator = lambda: torch.device("cpu")
"""


@pytest.mark.filterwarnings("ignore:.*all_gather_tensor. is deprecated:FutureWarning")
def test_several_devices_make_one_shot_together(
    folder_of_words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes stand for two GPUs; diffusers asks for an accelerator, which they pretend to have."""
    (tmp_path / "sitecustomize.py").write_text(ALONE)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(torch.accelerator, "device_count", lambda: 1)
    monkeypatch.setattr(torch._C, "_get_accelerator", lambda: torch.device("cpu"))
    monkeypatch.setattr("model.backends.load.gpu_count", lambda: 2)
    of_words = {"engine": "wan-i2v"}
    alone = picture(loaded(config(folder_of_words, profile="cpu", **of_words)))
    of = loaded(config(folder_of_words, profile="cpu+parallel", **of_words))
    shared: list[int] = []
    of.pipeline.transformer.blocks[0].attn1.to_q.register_forward_hook(lambda _, args, out: shared.append(out.shape[1]))
    together = picture(of)
    assert np.abs(together - alone).max() < 1e-4
    assert np.array_equal(picture(of), together)
    assert set(shared) == {2 * 2 * 2 // 2}, "half of the tokens are made here"
    assert of._ranks is not None
    of._ranks.close()


def test_what_cannot_be_shared_is_told(folder: Path, folder_of_words: Path) -> None:
    told = loaded(config(folder, profile="resident+parallel")).told
    assert told[1] == "WanVACETransformer3DModel has no plan to be shared by several GPUs, so one makes it."
    told = loaded(config(folder_of_words, engine="wan-i2v", profile="cpu+parallel")).told
    assert told[1] == "there is one GPU, so one makes each shot."
