"""The transformer: read once counts as read again, the clean never see the noisy, the absent is not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from model.blocks import Memory, rotary
from model.conditions import BOX, CAST, FACTS, PALETTE
from model.dit import KEEP_CELLS, PRESETS, Context, Shape, VideoDiT, video_channels
from model.footprint import footprint
from model.standing import STANDING
from model.text import buckets_of

C, H, W = 8, 2, 3
SHAPE = Shape(dim=32, depth=3, heads=2, hidden=48)


def tiny(*, seed: int = 0) -> VideoDiT:
    """A small transformer with random weights everywhere, also where training starts from nothing."""
    torch.manual_seed(seed)
    model = VideoDiT(**SHAPE._asdict(), latent_channels=C)
    for name, weight in model.named_parameters():
        nn.init.normal_(weight, std=0.3 if weight.ndim < 2 or "table" in name else weight.shape[1] ** -0.5)
    return model.eval()


def context(b: int = 1, *, t: int = 4, e: int = 2, seed: int = 3) -> Context:
    g = torch.Generator().manual_seed(seed)
    return Context(
        text=buckets_of("Anna waits at the window")[None].expand(b, -1, -1),
        has_text=torch.ones(b, dtype=torch.bool),
        facts=torch.randn(b, FACTS, generator=g),
        has_facts=torch.ones(b, dtype=torch.bool),
        palettes=torch.randn(b, e, PALETTE, generator=g),
        has_palettes=torch.ones(b, e, dtype=torch.bool),
        boxes=torch.rand(b, e, t, BOX, generator=g),
        has_boxes=torch.ones(b, e, dtype=torch.bool),
        sheets=torch.randn(b, e, 3, C, 2, 2, generator=g),
        has_sheets=torch.ones(b, e, 3, dtype=torch.bool),
        size=torch.tensor([[H, W]]).expand(b, 2),
    )


def video(t: int = 4, b: int = 1, *, seed: int = 5) -> Tensor:
    g = torch.Generator().manual_seed(seed)
    noisy, known, guide = torch.randn(3, b, C, t, H, W, generator=g)
    return video_channels(noisy, known, torch.zeros(b, KEEP_CELLS**2, t, H, W), guide, torch.ones(b, 2))


def times_s(t: int = 4, b: int = 1, *, start_s: float = 0.0) -> Tensor:
    return (start_s + torch.arange(t) / 3).expand(b, t)


def drawn(model: VideoDiT, frames: Tensor, level: float, at: Tensor, **known: object) -> Tensor:
    out, _ = model(frames, torch.full(at.shape, level), at, **known)
    assert out is not None
    return out


@pytest.fixture(autouse=True)
def _no_gradients() -> Iterator[None]:
    with torch.no_grad():
        yield


def test_it_predicts_clean_latents_of_the_frames_shape() -> None:
    model = tiny()
    out = drawn(model, video(b=2), 0.7, times_s(b=2), context=context(2))
    assert out.shape == (2, C, 4, H, W)
    assert out.isfinite().all()


def test_a_new_model_draws_its_guide() -> None:
    model = VideoDiT(**SHAPE._asdict(), latent_channels=C)
    guide = torch.randn(1, C, 2, H, W)
    nothing = torch.zeros_like(guide)
    frames = video_channels(torch.randn_like(guide), nothing, torch.zeros(1, 64, 2, H, W), guide, torch.ones(1, 2))
    assert torch.allclose(drawn(model, frames, 1.0, times_s(2), context=context(t=2)), guide, atol=1e-6)


def test_what_is_remembered_counts_as_what_is_read_again() -> None:
    """Five steps over one memory, against all of the clean read anew in every step."""
    model, clean, told = tiny(), video(2, seed=8), context()
    _, kept = model(None, None, None, context=told)
    _, kept = model(clean, torch.zeros(1, 2), times_s(2), memory=kept, remember=True)
    size = kept.bytes
    for step, level in enumerate((1.0, 0.8, 0.6, 0.4, 0.1)):
        frames, at = video(seed=20 + step), times_s(start_s=0.6)
        _, anew = model(clean, torch.zeros(1, 2), times_s(2), context=told, remember=True)
        again = drawn(model, frames, level, at, memory=anew)
        assert torch.allclose(drawn(model, frames, level, at, memory=kept), again, atol=1e-5)
    assert kept.bytes == size, "steps leave nothing in the memory they read"


def test_the_clean_never_see_the_noisy() -> None:
    model, told = tiny(), context()
    clean, at = video(2, seed=8), times_s(2)
    _, before = model(clean, torch.zeros(1, 2), at, context=told, remember=True)
    for seed in (1, 2):
        drawn(model, video(seed=seed), 1.0, times_s(start_s=0.6), memory=before)
    _, after = model(clean, torch.zeros(1, 2), at, context=told, remember=True)
    for ours, theirs in zip(_tensors(before), _tensors(after), strict=True):
        assert torch.equal(ours, theirs)


def test_the_noisy_see_the_clean() -> None:
    model = tiny()
    _, one = model(video(2, seed=8), torch.zeros(1, 2), times_s(2), context=context(), remember=True)
    _, other = model(video(2, seed=9), torch.zeros(1, 2), times_s(2), context=context(), remember=True)
    at = times_s(start_s=0.6)
    assert not torch.allclose(
        drawn(model, video(), 0.8, at, memory=one), drawn(model, video(), 0.8, at, memory=other), atol=1e-2
    )


def test_clips_of_a_batch_do_not_see_each_other() -> None:
    model, frames, told = tiny(), video(b=3), context(3)
    out = drawn(model, frames, 0.7, times_s(b=3), context=told)
    order = [2, 0, 1]
    turned = Context(**{name: value[order] for name, value in vars(told).items()})
    assert torch.allclose(drawn(model, frames[order], 0.7, times_s(b=3), context=turned), out[order], atol=1e-5)


def test_each_frame_has_its_own_noise_level() -> None:
    model, frames, at = tiny(), video(), times_s()
    level = torch.tensor([[0.2, 0.2, 0.2, 0.2]])
    one, _ = model(frames, level, at, context=context())
    level[0, 3] = 0.9
    other, _ = model(frames, level, at, context=context())
    assert (one - other)[:, :, 3].abs().mean() > 2 * (one - other)[:, :, 0].abs().mean() > 0


def test_what_happens_does_not_depend_on_when_the_clip_begins() -> None:
    """Places in time are told apart only by their distance: of video among video."""
    model = tiny().double()
    clean, noisy = video(2, seed=8).double(), video().double()
    outs = []
    for start_s in (0.0, 7.5):
        _, kept = model(clean, torch.zeros(1, 2), times_s(2, start_s=start_s).double(), remember=True)
        outs.append(drawn(model, noisy, 0.7, times_s(start_s=start_s + 2 / 3).double(), memory=kept))
    assert torch.allclose(*outs, atol=1e-6)
    later = drawn(model, noisy, 0.7, times_s(start_s=9.0).double(), memory=kept)
    assert not torch.allclose(later, outs[1], atol=1e-3), "how far apart they are is read"


def test_places_turn_with_all_three_axes() -> None:
    at = torch.zeros(1, 4, 3)
    at[0, 1, 0] = at[0, 2, 1] = at[0, 3, 2] = 1.0
    cos, sin = rotary(at, 64)
    flat = torch.stack([cos, sin]).reshape(2, 4, -1)
    moved = [(flat[:, i] != flat[:, 0]).any(dim=0).sum().item() for i in (1, 2, 3)]
    assert moved == [8, 12, 12], "a quarter of the angles turn with time, the rest with rows and columns"


def test_values_of_the_first_block_are_mixed_in() -> None:
    model = tiny()
    before = drawn(model, video(), 0.7, times_s(), context=context())
    for block in list(model.blocks)[1:]:
        block.attention.first_share.fill_(-40.0)  # none of them
    without = drawn(model, video(), 0.7, times_s(), context=context())
    model.blocks[0].attention.first_share.fill_(3.0)  # the first block has only its own
    assert not torch.allclose(before, without, atol=1e-3)
    assert torch.equal(drawn(model, video(), 0.7, times_s(), context=context()), without)


@pytest.mark.parametrize("name", ["text", "facts", "palettes", "boxes", "sheets"])
def test_what_is_absent_is_not_read(name: str) -> None:
    model, told = tiny(), context()
    has = getattr(told, f"has_{name}")
    other = replace(told, **{name: getattr(context(seed=11), name)})
    if name == "text":
        other = replace(told, text=buckets_of("somebody else altogether")[None])
    outs = [drawn(model, video(), 0.7, times_s(), context=one) for one in (told, other)]
    assert not torch.allclose(*outs, atol=1e-3), "present, it is read"
    without = [replace(one, **{f"has_{name}": torch.zeros_like(has)}) for one in (told, other)]
    assert torch.equal(*(drawn(model, video(), 0.7, times_s(), context=one) for one in without))


def test_who_it_is_of_matters() -> None:
    model, told = tiny(), context()
    swapped = replace(told, sheets=told.sheets.flip(1))
    outs = [drawn(model, video(), 0.7, times_s(), context=one) for one in (told, swapped)]
    assert not torch.allclose(*outs, atol=1e-3)


@pytest.mark.parametrize("e", [0, 1, CAST])
def test_any_number_of_people_up_to_a_cast(e: int) -> None:
    assert drawn(tiny(), video(), 0.7, times_s(), context=context(e=e)).isfinite().all()


@pytest.mark.parametrize("text", ["", "🙂🔥", "word " * 1000, "Hafenkräne qwzx 港口"])
def test_no_text_fails(text: str) -> None:
    told = replace(context(), text=buckets_of(text)[None])
    assert drawn(tiny(), video(), 0.7, times_s(), context=told).isfinite().all()


def test_a_guide_that_is_flagged_as_nothing_is_not_read() -> None:
    noisy, known, guide = torch.randn(3, 1, C, 4, H, W)
    keep = torch.zeros(1, KEEP_CELLS**2, 4, H, W)
    one, other = (video_channels(noisy, known, keep, shown, torch.zeros(1, 2)) for shown in (guide, -guide))
    assert torch.equal(one, other)
    assert one.shape[1] + STANDING == tiny().video.in_features


def test_a_take_of_a_minute_takes_the_memory_of_a_short_one() -> None:
    """A frame sink and a sliding window: context and first frames stay, the oldest of the rest go."""
    model, told = tiny(), context()
    _, memory = model(None, None, None, context=told)
    sizes = []
    for number in range(60):  # a second each: three latent frames at twelve frames a second
        frames = video(3, seed=number)
        _, memory = model(frames, torch.zeros(1, 3), times_s(3, start_s=float(number)), memory=memory, remember=True)
        if len(memory.segments) > 5:
            memory.forget(2, 3)
        sizes.append(memory.bytes)
    assert len(memory.segments) == 5, "context, the first second, the last three"
    assert max(sizes) == sizes[5] == sizes[-1]


def test_what_is_forgotten_is_not_seen() -> None:
    model, told = tiny(), context()
    _, short = model(video(2, seed=8), torch.zeros(1, 2), times_s(2), context=told, remember=True)
    _, long = model(video(2, seed=9), torch.zeros(1, 2), times_s(2, start_s=3.0), memory=short, remember=True)
    at = times_s(start_s=0.7)
    before = drawn(model, video(), 0.7, at, memory=short)
    assert not torch.allclose(drawn(model, video(), 0.7, at, memory=long), before, atol=1e-3)
    long.forget(2, 3)
    assert torch.allclose(drawn(model, video(), 0.7, at, memory=long), before, atol=1e-5)


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    model = tiny()
    model.save_pretrained(tmp_path, max_shard_size="40KB")
    assert {p.suffix for p in tmp_path.iterdir()} == {".json", ".safetensors"}
    assert len(list(tmp_path.glob("*.safetensors"))) > 1, "in shards"
    again = VideoDiT.from_pretrained(tmp_path)
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), again.parameters(), strict=True))
    told = context().to(dtype=torch.float64)  # float32 differs by where in memory weights lie
    one, other = (drawn(m.double(), video().double(), 0.7, times_s().double(), context=told) for m in (model, again))
    assert torch.allclose(one, other, atol=1e-6)


@pytest.mark.parametrize(
    ("preset", "least", "most"),
    [
        ("tiny", 2e6, 4e6),
        ("small", 5e6, 7e6),
        ("medium", 35e6, 60e6),
        ("1.3B", 1.2e9, 1.45e9),
        ("5B", 4.6e9, 5.6e9),
    ],
)
def test_presets_are_of_the_size_that_they_are_named(preset: str, least: float, most: float) -> None:
    shape = PRESETS[preset]
    taken = footprint(shape, 128, video_tokens=576, clean_tokens=200, dtype=torch.bfloat16)
    assert least <= taken.parameters <= most
    assert shape.dim == 64 * shape.heads
    assert taken.weights_bytes == 2 * taken.parameters
    assert taken.weights_bytes < taken.bytes < 1.6 * taken.weights_bytes, "a short clip costs little beside its model"


@pytest.mark.parametrize("preset", ["1.3B", "5B"])
def test_large_presets_run_without_their_weights(preset: str) -> None:
    with torch.device("meta"):
        model = VideoDiT(**PRESETS[preset]._asdict(), latent_channels=128).to(torch.bfloat16)
        frames = torch.empty(1, model.video.in_features - STANDING, 2, 9, 16, dtype=torch.bfloat16)
        out, memory = model(frames, torch.empty(1, 2, dtype=torch.bfloat16), torch.empty(1, 2), remember=True)
    assert out.shape == (1, 128, 2, 9, 16)
    estimate = footprint(PRESETS[preset], 128, video_tokens=0, clean_tokens=2 * 9 * 16, dtype=torch.bfloat16)
    assert memory.bytes == estimate.memory_bytes


def _tensors(memory: Memory) -> list[Tensor]:
    return [tensor for kept in memory.segments for layer in kept for tensor in layer]
