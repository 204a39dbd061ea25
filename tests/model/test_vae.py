"""The autoencoder: chunks of frames, nothing that looks ahead, a guide that is read only where it is flagged, tiles."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from model.errors import PictureError
from model.standing import STANDING
from model.tiles import spans, tiled
from model.vae import CHUNK_FRAMES, PATCH_PX, Autoencoder, _grown, _Share, _shrunk, chunks_of, frames_of, latent_frames


def tiny(*, seed: int = 0) -> Autoencoder:
    """A small autoencoder with random weights everywhere, also where training starts from nothing."""
    torch.manual_seed(seed)
    model = Autoencoder(
        latent_channels=8,
        fine=4,
        middle=16,
        coarse=16,
        encoder_depths=(1, 1),
        decoder_depths=(1, 1, 1),
        drawn=8,
    )
    for weight in model.parameters():
        nn.init.normal_(weight, std=0.15)
    return model.eval()


def clip(frames: int = 5, height: int = 64, width: int = 96, *, seed: int = 1) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand((1, 3, frames, height, width), generator=generator) * 2 - 1


@pytest.fixture(autouse=True)
def _no_gradients() -> object:
    with torch.no_grad():
        yield


@pytest.mark.parametrize("count", [1, 5, 13])
def test_frames_of_undoes_chunks_of(count: int) -> None:
    frames = clip(count, 32, 32)
    chunks = chunks_of(frames)
    assert chunks.shape == (1, latent_frames(count), CHUNK_FRAMES, 3, 32, 32)
    assert torch.equal(frames_of(chunks), frames)
    assert all(torch.equal(chunks[:, 0, k], frames[:, :, 0]) for k in range(CHUNK_FRAMES)), "the first frame is held"


@pytest.mark.parametrize("count", [0, 2, 4, 6, -3])
def test_a_clip_of_another_length_is_refused_with_the_fix(count: int) -> None:
    with pytest.raises(ValueError, match=r"1 \+ 4k frames.*Fix: hold its last frame"):
        latent_frames(count)


@pytest.mark.parametrize(("width", "height"), [(512, 288), (288, 512), (384, 384), (608, 256)])
def test_every_aspect_goes_in_and_comes_out(width: int, height: int) -> None:
    model, frames = tiny(), clip(1, height, width)
    z = model.encode(frames).latent
    assert z.shape == (1, 8, 1, height // PATCH_PX, width // PATCH_PX)
    assert model.decode(z).sample.shape == frames.shape
    assert torch.equal(model.decode(z, return_dict=False)[0], model.decode(z).sample)


def test_a_size_between_the_steps_is_refused_with_the_nearest() -> None:
    with pytest.raises(PictureError, match=r"100 × 70 px is not in steps of 32. Fix: resize it to 96 × 64 px"):
        tiny().encode(clip(1, 70, 100))


def test_latents_have_a_mean_square_of_one_at_every_place() -> None:
    z = tiny().encode(clip(9)).latent
    assert torch.allclose(z.square().mean(dim=1), torch.ones_like(z[:, 0]), atol=1e-4)


def test_a_later_frame_changes_no_earlier_latent() -> None:
    model, frames = tiny(), clip(9)
    later = frames.clone()
    later[:, :, 5:] = -later[:, :, 5:]
    before, after = model.encode(frames).latent, model.encode(later).latent
    assert torch.equal(before[:, :, :2], after[:, :, :2])
    assert not torch.allclose(before[:, :, 2], after[:, :, 2], atol=1e-2)


def test_a_later_latent_changes_no_earlier_frame() -> None:
    model = tiny()
    z = model.encode(clip(9)).latent
    other = z.clone()
    other[:, :, 2] *= -1
    before, after = model.decode(z).sample, model.decode(other).sample
    assert torch.equal(before[:, :, :5], after[:, :, :5])
    assert not torch.allclose(before[:, :, 5:], after[:, :, 5:], atol=1e-2)


def test_a_still_is_a_clip_of_one_frame() -> None:
    model, frames = tiny(), clip(5)
    still = model.encode(frames[:, :, :1]).latent
    assert torch.allclose(model.encode(frames).latent[:, :, :1], still, atol=1e-5)
    assert torch.allclose(
        model.decode(model.encode(frames).latent).sample[:, :, :1], model.decode(still).sample, atol=1e-5
    )


def test_a_guide_that_is_flagged_as_nothing_is_not_read() -> None:
    model, frames = tiny(), clip(5)
    z, none, place = model.encode(frames).latent, torch.zeros(1, 2), torch.tensor([[1.0, 0.0]])
    alone = model.decode(z).sample
    assert torch.equal(model.decode(z, clip(5, seed=7), none).sample, alone)
    seen, other = (model.decode(z, clip(5, seed=seed), place).sample for seed in (7, 8))
    assert not torch.allclose(seen, alone, atol=1e-2)
    assert not torch.allclose(seen, other, atol=1e-2)
    assert torch.equal(
        model.decode(z, clip(5, seed=7)).sample, model.decode(z, clip(5, seed=7), torch.ones(1, 2)).sample
    )


def test_who_stands_somewhere_changes_the_picture_there_alone() -> None:
    model, frames = tiny(), clip(5, 64, 480)
    z, nobody = model.encode(frames).latent, torch.zeros(1, STANDING, 2, 8, 60)
    alone = model.decode(z).sample
    assert torch.equal(model.decode(z, standing=nobody).sample, alone)
    somebody = nobody.clone()
    somebody[:, :, 1, :, :4] = 1.0
    seen = model.decode(z, standing=somebody).sample
    assert torch.equal(seen[:, :, 0], alone[:, :, 0]), "only in the frames where they stand"
    assert not torch.allclose(seen[:, :, 1:, :, :32], alone[:, :, 1:, :, :32], atol=1e-2)
    assert torch.allclose(seen[..., 96:], alone[..., 96:], atol=1e-5)
    model.enable_tiling(tile_sample_min_size=320, tile_sample_stride=160)
    assert torch.allclose(model.decode(z, standing=somebody).sample[..., :96], seen[..., :96], atol=1e-4)


@pytest.mark.parametrize(("bias", "share"), [(-40.0, 0.0), (0.0, 0.5), (40.0, 1.0)])
def test_the_matte_mixes_the_guide_and_the_drawn_picture(bias: float, share: float) -> None:
    model, guide = tiny(), clip(5, seed=7)
    z = model.encode(clip(5)).latent
    cells = PATCH_PX // 4  # pixels of a fine cell, along one side
    model.head.weight.zero_()
    model.head.bias.zero_()
    model.head.bias[3 * cells**2 :] = bias
    drawn = model.decode(z, guide, torch.ones(1, 2)).sample
    assert torch.allclose(drawn, share * guide, atol=1e-5), "the drawn picture is black here"


def test_a_matte_that_is_closed_hears_what_would_open_it() -> None:
    with torch.enable_grad():
        x = torch.tensor([-2.0, -2.0, 0.3, 5.0, 5.0], requires_grad=True)
        share = _Share.apply(x)
        share.backward(torch.tensor([1.0, -1.0, 1.0, 1.0, -1.0]))
    assert share.tolist() == pytest.approx([0.0, 0.0, 0.3, 1.0, 1.0])
    assert x.grad is not None
    assert x.grad.tolist() == [0.0, -1.0, 1.0, 1.0, 0.0]


def test_layers_start_from_means_and_copies() -> None:
    x = torch.randn(2, 8, 3, 3)
    down, up = nn.Conv2d(8, 4, 1), nn.Conv2d(4, 8, 1)
    for layer in (down, up):
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
    means = _shrunk(down, x)
    assert torch.allclose(means, (x[:, 0::2] + x[:, 1::2]) / 2)
    assert torch.equal(_grown(up, means)[:, 0::2], means)
    assert torch.equal(_grown(up, means)[:, 1::2], means)


def test_saved_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    model = tiny()
    model.save_pretrained(tmp_path)
    assert [p.suffix for p in sorted(tmp_path.iterdir())] == [".json", ".safetensors"]
    again = Autoencoder.from_pretrained(tmp_path)
    assert dict(again.config)["decoder_depths"] in ([1, 1, 1], (1, 1, 1))
    z = model.encode(clip()).latent
    assert torch.equal(again.encode(clip()).latent, z)
    assert torch.equal(again.decode(z).sample, model.decode(z).sample)


def test_slices_give_the_same_clip() -> None:
    model, frames = tiny(), clip(9)
    z = model.encode(frames).latent
    drawn = model.decode(z, frames, torch.tensor([[0.0, 1.0]])).sample
    model.enable_slicing()
    assert torch.allclose(model.encode(frames).latent, z, atol=1e-5)
    assert torch.allclose(model.decode(z, frames, torch.tensor([[0.0, 1.0]])).sample, drawn, atol=1e-5)


def test_tiles_equal_the_whole_away_from_their_edges() -> None:
    model, frames = tiny(), clip(1, 64, 480)
    z = model.encode(frames).latent
    drawn = model.decode(z, frames, torch.ones(1, 2)).sample
    model.enable_tiling(tile_sample_min_size=320, tile_sample_stride=160)  # shared: columns 160 to 320
    tiles = model.encode(frames).latent
    inside = [0, 1, 2, 12, 13, 14]  # more than its layers' reach away from an edge of a tile
    assert torch.allclose(tiles[..., inside], z[..., inside], atol=1e-4)
    assert torch.allclose(tiles.square().mean(dim=1), torch.ones_like(z[:, 0]), atol=1e-3), "blended and of one size"
    assert (tiles - z).abs().mean() < 0.1
    shown = model.decode(z, frames, torch.ones(1, 2)).sample
    assert torch.allclose(shown[..., :96], drawn[..., :96], atol=1e-4)
    assert torch.allclose(shown[..., -96:], drawn[..., -96:], atol=1e-4)
    assert 0 < (shown - drawn).abs().mean() < 0.02
    model.disable_tiling()
    assert torch.equal(model.decode(z, frames, torch.ones(1, 2)).sample, drawn)


def test_a_picture_no_larger_than_a_tile_is_done_in_one() -> None:
    model, frames = tiny(), clip(1, 64, 96)
    z = model.encode(frames).latent
    model.enable_tiling(tile_sample_min_size=96, tile_sample_stride=64)
    assert torch.equal(model.encode(frames).latent, z)


@pytest.mark.parametrize(("size", "stride"), [(100, 64), (128, 60), (64, 96), (64, 0)])
def test_tiles_that_cannot_cover_are_refused(size: int, stride: int) -> None:
    with pytest.raises(PictureError, match=r"do not cover a picture in steps of 32. Fix: enable_tiling\("):
        tiny().enable_tiling(size, stride)


@pytest.mark.parametrize("length", [3, 8, 9, 17, 40])
def test_spans_cover_every_place_and_end_with_the_picture(length: int) -> None:
    found = spans(length, 8, 6)
    covered = {place for span in found for place in range(span.start, span.stop)}
    assert covered == set(range(length))
    assert all(span.stop - span.start == min(8, length) for span in found)


def test_blended_tiles_of_one_picture_are_that_picture() -> None:
    picture = torch.randn(2, 21, 17)
    assert torch.allclose(tiled(lambda r, c: picture[:, r, c], 21, 17, tile=8, stride=6), picture, atol=1e-5)


def test_seams_are_blended_over_what_tiles_share() -> None:
    steps = iter([0.0, 1.0])
    row = tiled(lambda r, c: torch.full((1, 4, 8), next(steps)), 4, 12, tile=8, stride=4)[0, 0]
    assert row[:4].eq(0).all()
    assert row[8:].eq(1).all()
    assert torch.allclose(row[4:8], torch.tensor([0.125, 0.375, 0.625, 0.875]))
