"""Guidance takes away what is told, never where things stand, and costs one call a step."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
import torch
from torch import Tensor

from model.conditions import BOX, FACTS, PALETTE
from model.dit import Context, Shape, VideoDiT
from model.flow import levels, seed_noise
from model.guidance import Clean, Frames, denoiser, guided, velocity_by, without
from model.solve import euler
from model.text import buckets_of

B, C, T, H, W, E = 2, 4, 3, 2, 3, 2
ONE = torch.tensor(1.0)


def context(seed: int = 0) -> Context:
    some = torch.ones(B, E, dtype=torch.bool)
    return Context(
        text=torch.stack([buckets_of("a woman in a red coat"), buckets_of("a dog")]),
        has_text=some[:, 0],
        facts=seed_noise((B, FACTS), seed),
        has_facts=some[:, 0],
        palettes=seed_noise((B, E, PALETTE), seed + 1),
        has_palettes=some,
        boxes=seed_noise((B, E, T, BOX), seed + 2),
        has_boxes=some,
        sheets=seed_noise((B, E, 3, C, 2, 2), seed + 3),
        has_sheets=some[..., None].expand(B, E, 3),
        size=torch.tensor([[2, 2]]).expand(B, 2),
    )


def frames(count: int = T, start_s: float = 0.0) -> Frames:
    return Frames(
        known=torch.zeros(B, C, count, H, W),
        keep=torch.zeros(B, 64, count, H, W),
        guide=seed_noise((B, C, count, H, W), 9),
        guide_flags=torch.ones(B, 2),
        times_s=(start_s + torch.arange(count) / 3).expand(B, count),
        boxes=seed_noise((B, E, count, BOX), 11),
    )


@pytest.fixture(scope="module")
def model() -> VideoDiT:
    """A small one whose every part matters, as after training."""
    torch.manual_seed(0)
    made = VideoDiT(**Shape(dim=64, depth=2, heads=2, hidden=96)._asdict(), latent_channels=C)
    with torch.no_grad():
        for weight in (made.leave.weight, made.modulation.weight, made.no_facts):
            weight.normal_(std=0.1)
    return made.requires_grad_(False).eval()


NOISE = seed_noise((B, C, T, H, W), 4)


def test_only_what_is_told_is_taken_away() -> None:
    nothing = without(context())
    for name in ("has_text", "has_facts", "has_palettes", "has_sheets"):
        assert not getattr(nothing, name).any()
    kept = {f.name for f in fields(Context)} - {"has_text", "has_facts", "has_palettes", "has_sheets"}
    assert all(torch.equal(getattr(nothing, name), getattr(context(), name)) for name in kept)
    assert bool(nothing.has_boxes.all())


def test_guidance_goes_along_the_line_from_untold_to_told(model: VideoDiT) -> None:
    told = denoiser(model, context(), frames())(NOISE, ONE)
    untold = denoiser(model, without(context()), frames())(NOISE, ONE)
    assert float((told - untold).abs().max()) > 0.01
    for scale in (0.0, 1.0, 2.5):
        led = denoiser(model, context(), frames(), scale=scale)(NOISE, ONE)
        torch.testing.assert_close(led, untold + scale * (told - untold), rtol=1e-4, atol=1e-5)


def test_where_things_stand_still_leads_what_is_untold(model: VideoDiT) -> None:
    before = denoiser(model, without(context()), frames())(NOISE, ONE)
    moved = without(replace(context(), boxes=-context().boxes))
    guide = replace(frames(), guide=-frames().guide)
    assert not torch.allclose(before, denoiser(model, moved, frames())(NOISE, ONE), atol=1e-4)
    assert not torch.allclose(before, denoiser(model, without(context()), guide)(NOISE, ONE), atol=1e-4)
    other = without(context(seed=50))
    same_place = replace(other, boxes=context().boxes)
    torch.testing.assert_close(before, denoiser(model, same_place, frames())(NOISE, ONE))


def test_one_call_a_step_and_half_a_batch_without_guidance() -> None:
    batches: list[int] = []

    def clean(noisy: Tensor, level: Tensor) -> Tensor:
        batches.append(len(noisy))
        return noisy

    euler(velocity_by(guided(clean, 2.0)), NOISE, levels(3))
    assert batches == [2 * B] * 3


def test_context_is_read_once_for_all_steps(model: VideoDiT, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    plain = model._read
    monkeypatch.setattr(model, "_read", lambda c, m: (read.append(len(c.text)), plain(c, m)))
    euler(velocity_by(denoiser(model, context(), frames(), scale=2.0)), NOISE, levels(4))
    assert read == [2 * B]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_given_frames_lead_the_others(model: VideoDiT, scale: float) -> None:
    given = seed_noise((B, C, 1, H, W), 30)
    first, rest = frames(1), frames(T - 1, start_s=1 / 3)
    noise = NOISE[:, :, 1:]
    boxes = context()

    def at(clean: Tensor | None) -> Clean:
        return denoiser(model, boxes, rest, None if clean is None else (clean, first), scale=scale)

    alone, led, other = (at(x)(noise, ONE) for x in (None, given, -given))
    assert led.shape == noise.shape
    assert not torch.allclose(alone, led, atol=1e-4)
    assert not torch.allclose(led, other, atol=1e-4)
