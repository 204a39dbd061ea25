"""diffusers', accelerate's and peft's switches on the transformer: each gives what it gives without, or nearly so."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from diffusers import FirstBlockCacheConfig
from torch import Tensor, nn

from model.blocks import Memory
from model.conditions import BOX, FACTS, PALETTE
from model.dit import KEEP_CELLS, Context, VideoDiT, video_channels
from model.text import buckets_of

C, H, W, T = 4, 2, 2, 2


@pytest.fixture
def model() -> VideoDiT:
    torch.manual_seed(0)
    made = VideoDiT(dim=32, depth=3, heads=2, hidden=48, latent_channels=C)
    for name, weight in made.named_parameters():
        nn.init.normal_(weight, std=0.3 if weight.ndim < 2 or "table" in name else weight.shape[1] ** -0.5)
    return made.eval()


@pytest.fixture(autouse=True)
def _graphs_are_not_kept() -> Iterator[None]:
    yield
    torch.compiler.reset()


def told(dtype: torch.dtype = torch.float32) -> Context:
    g = torch.Generator().manual_seed(3)
    yes = torch.ones(1, 2, dtype=torch.bool)
    return Context(
        text=buckets_of("Anna waits")[None],
        has_text=yes[:, 0],
        facts=torch.randn(1, FACTS, generator=g),
        has_facts=yes[:, 0],
        palettes=torch.randn(1, 2, PALETTE, generator=g),
        has_palettes=yes,
        boxes=torch.rand(1, 2, T, BOX, generator=g),
        has_boxes=yes,
        sheets=torch.randn(1, 2, 1, C, 2, 2, generator=g),
        has_sheets=yes[..., None],
        size=torch.tensor([[H, W]]),
    ).to(dtype=dtype)


def frames(seed: int, dtype: torch.dtype = torch.float32) -> Tensor:
    noisy, known, guide = torch.randn(3, 1, C, T, H, W, generator=torch.Generator().manual_seed(seed)).to(dtype)
    return video_channels(noisy, known, torch.zeros(1, KEEP_CELLS**2, T, H, W), guide, torch.ones(1, 2))


AT_S = torch.arange(T)[None] / 3


def remembered(model: VideoDiT, dtype: torch.dtype = torch.float32) -> Memory:
    """Context and two clean frames."""
    _, memory = model(frames(1, dtype), torch.zeros(1, T), AT_S, context=told(dtype), remember=True)
    return memory


def step(
    model: VideoDiT, memory: Memory, level: float = 0.7, seed: int = 2, dtype: torch.dtype = torch.float32
) -> Tensor:
    out, _ = model(frames(seed, dtype), torch.full((1, T), level), AT_S + 0.7, memory=memory)
    assert out is not None
    return out


@torch.no_grad()
def clip(model: VideoDiT, dtype: torch.dtype = torch.float32) -> Tensor:
    """One step after context and clean frames: every weight is read."""
    return step(model, remembered(model, dtype), dtype=dtype)


def test_layerwise_casting_stores_small_and_computes_as_before(model: VideoDiT) -> None:
    model.to(torch.bfloat16)
    rounded = copy.deepcopy(model)
    model.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=torch.bfloat16)
    small = {name for name, weight in model.named_parameters() if weight.dtype == torch.float8_e4m3fn}
    assert {
        f"blocks.{i}.{layer}.weight" for i in range(3) for layer in ("attention.to_qkv", "feed_forward.leave")
    } <= small
    assert not any(word in name for name in small for word in ("norm", "table", "leave_mod", "skip", "level", "text"))
    with torch.no_grad():
        for name, weight in rounded.named_parameters():
            if name in small:
                weight.copy_(weight.to(torch.float8_e4m3fn).to(torch.bfloat16))
    assert torch.equal(clip(model, torch.bfloat16), clip(rounded, torch.bfloat16))


@pytest.mark.parametrize(
    "level", [{"offload_type": "block_level", "num_blocks_per_group": 2}, {"offload_type": "leaf_level"}]
)
def test_group_offload(model: VideoDiT, level: dict[str, object]) -> None:
    before = clip(model)
    model.enable_group_offload(onload_device=torch.device("cpu"), offload_device=torch.device("cpu"), **level)
    assert torch.equal(clip(model), before)


def test_weights_are_read_only_where_a_module_is_called(model: VideoDiT) -> None:
    """Between calls every weight is away (here: of no storage), as when a model is offloaded leaf by leaf."""
    from accelerate import cpu_offload

    before = clip(model)
    cpu_offload(model, execution_device=torch.device("cpu"))
    assert {weight.device.type for weight in model.parameters()} == {"meta"}
    assert torch.equal(clip(model), before)
    assert {weight.device.type for weight in model.parameters()} == {"meta"}


@pytest.mark.filterwarnings("ignore:The following device_map keys")  # a parameter of the model's own
def test_blocks_are_spread_whole_and_give_the_same(model: VideoDiT, tmp_path: Path) -> None:
    from accelerate import dispatch_model, infer_auto_device_map

    before = clip(model)
    sizes = {"cpu": 4 * sum(w.numel() for w in model.parameters()) - 60_000, "disk": 10**9}
    placed = infer_auto_device_map(model, sizes, no_split_module_classes=model._no_split_modules)  # type: ignore[arg-type]
    assert "disk" in placed.values()
    assert not [name for name in placed if name.startswith("blocks.") and name.count(".") > 1], "no block is split"
    whole = {name: "cpu" for name, _ in model.named_children()} | {"no_facts": "cpu"}
    del whole["blocks"]
    whole |= {"blocks.0": "cpu", "blocks.1": "disk", "blocks.2": "cpu"}
    spread = dispatch_model(model, whole, main_device="cpu", offload_dir=tmp_path, force_hooks=True)
    assert spread.blocks[1].attention.to_qkv.weight.device.type == "meta"
    assert torch.equal(clip(spread), before)


class Count:
    """How often a block's attention runs."""

    def __init__(self, model: VideoDiT, block: int) -> None:
        self.calls = 0
        model.blocks[block].attention.register_forward_hook(self)

    def __call__(self, *_: object) -> None:
        self.calls += 1


@torch.no_grad()
def test_a_step_cache_leaves_blocks_out_of_steps_only(model: VideoDiT) -> None:
    memory = remembered(model)
    levels = (0.9, 0.8999, 0.8998)
    plain = [step(model, memory, level) for level in levels]
    last = Count(model, 2)
    model.enable_cache(FirstBlockCacheConfig(threshold=1.0))
    kept = remembered(model)
    assert last.calls == 2, "context and clean frames pass every block"
    for ours, theirs in zip(_tensors(kept), _tensors(memory), strict=True):
        assert torch.equal(ours, theirs)
    outs = []
    for level in levels:
        with model.cache_context("cond"):
            outs.append(step(model, kept, level))
    assert last.calls == 3, "only the first step was computed whole"
    assert torch.equal(outs[0], plain[0])
    assert not torch.equal(outs[2], plain[2])
    assert torch.allclose(outs[2], plain[2], atol=0.1)
    with model.cache_context("cond"):
        again = model(frames(2), torch.full((1, T), 0.7), AT_S + 0.7, context=told())[0]
    assert last.calls == 5, "what is read anew starts the steps anew"
    model.disable_cache()
    assert torch.equal(again, model(frames(2), torch.full((1, T), 0.7), AT_S + 0.7, context=told())[0])


@torch.no_grad()
def test_two_passes_of_guidance_have_caches_of_their_own(model: VideoDiT) -> None:
    model.enable_cache(FirstBlockCacheConfig(threshold=0.0))
    memory, nothing = remembered(model), Memory()
    got = []
    for level in (0.9, 0.8):
        for name, known in (("cond", memory), ("uncond", nothing)):
            with model.cache_context(name):
                got.append(step(model, known, level))
    model.disable_cache()
    wanted = [step(model, known, level) for level in (0.9, 0.8) for known in (memory, nothing)]
    for ours, theirs in zip(got, wanted, strict=True):
        assert torch.equal(ours, theirs)


@torch.no_grad()
def test_repeated_blocks_compile_without_a_break_to_a_few_graphs(model: VideoDiT) -> None:
    """Captured, not generated: a graph break would raise, and the count would grow with the blocks."""
    from torch._dynamo.testing import CompileCounter

    before, graphs = clip(model), CompileCounter()
    model.compile_repeated_blocks(backend=graphs, fullgraph=True, dynamic=True)
    assert torch.allclose(clip(model), before, atol=1e-6)
    few = graphs.frame_count
    assert few <= 6, "context, clean frames, noisy frames: each for the first block and for the others"
    memory = remembered(model)
    for seed in range(3):
        step(model, memory, seed=seed)
    assert graphs.frame_count == few


def test_gradient_checkpointing_gives_the_same_gradients_and_memory(model: VideoDiT) -> None:
    def gradients() -> tuple[dict[str, Tensor], Memory]:
        model.zero_grad()
        memory = remembered(model)
        (step(model, memory).square().mean() + step(model, memory, seed=4).abs().mean()).backward()
        return {name: w.grad.clone() for name, w in model.named_parameters() if w.grad is not None}, memory

    model.train()
    plain, memory = gradients()
    calls = Count(model, 1)
    model.enable_gradient_checkpointing()
    again, same = gradients()
    assert calls.calls == 8, "two clean segments and two steps, and each of them once more"
    assert [len(segment) for segment in same.segments] == [3, 3]
    for ours, theirs in zip(_tensors(same), _tensors(memory), strict=True):
        assert torch.equal(ours, theirs)
    unread = {"blocks.0.attention.first_share"}  # the first block has only its own values
    assert again.keys() == plain.keys() == {name for name, _ in model.named_parameters()} - unread
    for name, grad in plain.items():
        assert torch.allclose(again[name], grad, atol=1e-6), name


@torch.no_grad()
def test_attention_back_ends_reach_the_blocks(model: VideoDiT) -> None:
    before = clip(model)
    try:
        model.set_attention_backend("_native_math")
        assert torch.allclose(clip(model), before, atol=1e-5)
        model.set_attention_backend("_native_cudnn")
        with pytest.raises(RuntimeError, match=r"No (available kernel|viable backend)"):
            clip(model)
    finally:
        model.set_attention_backend("native")
    assert torch.equal(clip(model), before)


def test_an_adapter_starts_from_the_model_and_is_all_that_learns(model: VideoDiT) -> None:
    from peft import LoraConfig

    before = clip(model)
    model.add_adapter(LoraConfig(r=2, target_modules=["to_qkv", "to_out"]))
    assert torch.allclose(clip(model), before, atol=1e-6)
    step(model, remembered(model)).square().mean().backward()
    assert {name.split(".")[-3] for name, w in model.named_parameters() if w.grad is not None} == {"lora_A", "lora_B"}


@pytest.mark.filterwarnings("ignore")  # torch means to move this to torchao
def test_dynamic_quantisation_of_the_blocks(model: VideoDiT) -> None:
    """int8 weights by torch's own, on the CPU: no other package is needed."""
    before = clip(model)
    from torch.ao.quantization import quantize_dynamic

    model.blocks = quantize_dynamic(model.blocks, {nn.Linear}, torch.qint8)
    after = clip(model)
    assert not torch.equal(after, before)
    assert (after - before).square().mean() < 0.01 * before.square().mean()


def test_torchao_quantisation(model: VideoDiT, tmp_path: Path) -> None:
    pytest.importorskip("torchao", reason="PipelineQuantizationConfig needs torchao, which is not installed here")
    from diffusers import TorchAoConfig
    from torchao.quantization import Int8WeightOnlyConfig

    before = clip(model)
    model.save_pretrained(tmp_path)
    small = VideoDiT.from_pretrained(tmp_path, quantization_config=TorchAoConfig(Int8WeightOnlyConfig()))
    assert (clip(small) - before).square().mean() < 0.01 * before.square().mean()


def _tensors(memory: Memory) -> list[Tensor]:
    return [tensor for kept in memory.segments for layer in kept for tensor in layer]
