"""The video autoencoder: 32 × 32 × 4 pixels to one token of latents, and back with the help of a guide picture.

A clip has 1 + 4k frames. The first frame is a still, held for four frames; every four after it are one latent frame
of their own. So nothing looks ahead, a single image is a clip of one frame, and a long take is decoded latent frame
by latent frame in constant memory; `enable_tiling` does the same for large pictures, tile by tile.

The decoder may be shown a *guide*: pictures of the same frames of which something is known to be right, such as the
set with stand-ins. What is known in pixels then need not pass through the latents: the decoder mixes the guide and its
own picture by a matte that it draws (a conditional decoder, as Zhu et al. 2023, "Designing a Better Asymmetric VQGAN
for StableDiffusion", with a matte for the output). It may also be told who stands where (`model.standing`), so that the
edge of a sleeve falls where the arm in the guide does. Without either it is an ordinary autoencoder.

Axes: b clips, t latent frames, f pixel frames, c channels, h w rows and columns.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

import torch
import torch.nn.functional as F
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.autoencoders.autoencoder_dc import EncoderOutput
from diffusers.models.autoencoders.vae import AutoencoderMixin, DecoderOutput
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn

from model.errors import PictureError
from model.standing import STANDING
from model.tiles import tiled

__all__ = [
    "CHUNK_FRAMES",
    "PATCH_PX",
    "STEM_PX",
    "Autoencoder",
    "chunks_of",
    "frames_of",
    "latent_frames",
    "pixels",
    "signed",
]

CHUNK_FRAMES = 4
PATCH_PX = 32
STEM_PX = 8  # a cell of the decoder's finest layers
_TILE_PX, _TILE_STRIDE_PX = 768, 640
GUIDE_FLAGS = 2  # whether the guide shows the place, whether it shows the people


def latent_frames(frame_count: int) -> int:
    """How many latent frames hold `frame_count` = 1 + 4k frames."""
    if frame_count < 1 or (frame_count - 1) % CHUNK_FRAMES:
        raise ValueError(f"a clip has 1 + {CHUNK_FRAMES}k frames, not {frame_count}. Fix: hold its last frame.")
    return 1 + (frame_count - 1) // CHUNK_FRAMES


def signed(pixels: Tensor) -> Tensor:
    """Pixels (..., h, w, 3) of uint8 → (..., 3, h, w) in -1 to 1."""
    return pixels.movedim(-1, -3).float().div_(127.5).sub_(1.0)


def pixels(signed: Tensor) -> Tensor:
    """(..., 3, h, w) in -1 to 1, and what is beyond → pixels (..., h, w, 3) of uint8."""
    return signed.float().clamp(-1, 1).add(1).mul(127.5).round().to(torch.uint8).movedim(-3, -1)


def chunks_of(frames: Tensor) -> Tensor:
    """(b, c, 1 + 4k, h, w) → (b, 1 + k, 4, c, h, w); the first frame is held for its whole chunk."""
    count = latent_frames(frames.shape[2])
    held = torch.cat([frames[:, :, :1].expand(-1, -1, CHUNK_FRAMES - 1, -1, -1), frames], dim=2)
    b, c, _, h, w = held.shape
    return held.reshape(b, c, count, CHUNK_FRAMES, h, w).permute(0, 2, 3, 1, 4, 5)


def frames_of(chunks: Tensor) -> Tensor:
    """(b, t, 4, c, h, w) → (b, c, 1 + 4 (t - 1), h, w): the inverse of `chunks_of`."""
    b, t, f, c, h, w = chunks.shape
    return chunks.permute(0, 3, 1, 2, 4, 5).reshape(b, c, t * f, h, w)[:, :, CHUNK_FRAMES - 1 :]


class Block(nn.Module):
    """A residual block that starts as the identity; half as many channels inside."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.enter = nn.Conv2d(channels, channels // 2, 1)
        self.mix = nn.Conv2d(channels // 2, channels // 2, 3, padding=1)
        self.leave = nn.Conv2d(channels // 2, channels, 1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(cast(Tensor, self.leave.bias))

    def forward(self, x: Tensor) -> Tensor:
        """(n, channels, h, w) → the same shape."""
        size = torch.linalg.vector_norm(x, dim=1, keepdim=True)  # RMSNorm, in the layout that convolutions work in
        level = x * torch.rsqrt(size.square() / x.shape[1] + 1e-6).to(x.dtype)
        return x + self.leave(F.silu(self.mix(F.silu(self.enter(level)))))  # type: ignore[no-any-return]


def _in_cells(frames: Tensor) -> Tensor:
    """(n, 3, h, w) → (n, 3 · 64, h / 8, w / 8), as `pixel_unshuffle` does it, with channels last in memory."""
    n, c, h, w = frames.shape
    cells = frames.reshape(n, c, h // STEM_PX, STEM_PX, w // STEM_PX, STEM_PX).permute(0, 2, 4, 1, 3, 5)
    return cells.reshape(n, h // STEM_PX, w // STEM_PX, c * STEM_PX**2).permute(0, 3, 1, 2)


def _shrunk(layer: nn.Conv2d, x: Tensor) -> Tensor:
    """A layer to fewer channels beside the plain means of runs of channels (Chen et al. 2024, "Deep Compression
    Autoencoder": residual autoencoding).
    """
    return layer(x) + x.unflatten(1, (layer.out_channels, -1)).mean(dim=2)  # type: ignore[no-any-return]


def _grown(layer: nn.Conv2d, x: Tensor) -> Tensor:
    """A layer to more channels beside plain copies of its input: the other half of `_shrunk`."""
    return layer(x) + x.repeat_interleave(layer.out_channels // x.shape[1], dim=1)  # type: ignore[no-any-return]


def _blocks(channels: int, depth: int) -> nn.Sequential:
    return nn.Sequential(*(Block(channels) for _ in range(depth)))


class Autoencoder(ModelMixin, AutoencoderMixin, ConfigMixin):  # type: ignore[misc]
    """`encode` and `decode` clips of (b, c, f, h, w) in -1 to 1; h and w in steps of 32 pixels.

    Latents are (b, latent_channels, t, h / 32, w / 32) with a mean square of 1 at every place.
    """

    _supports_gradient_checkpointing = False
    _no_split_modules: ClassVar = ["Block"]

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        latent_channels: int = 128,
        fine: int = 64,
        middle: int = 256,
        coarse: int = 512,
        encoder_depths: tuple[int, int] = (4, 2),
        decoder_depths: tuple[int, int, int] = (3, 6, 5),
        drawn: int = 160,
    ) -> None:
        super().__init__()
        stem_in = 3 * STEM_PX**2
        self.stem = nn.Conv2d(stem_in, fine, 3, padding=1)
        self.fold = nn.Conv2d(CHUNK_FRAMES * fine * 4, middle, 1)
        self.encoder_middle = _blocks(middle, encoder_depths[0])
        self.down = nn.Conv2d(middle * 4, coarse, 1)
        self.encoder_coarse = _blocks(coarse, encoder_depths[1])
        self.to_latent = nn.Conv2d(coarse, latent_channels, 1)

        self.from_latent = nn.Conv2d(latent_channels, coarse, 1)
        self.decoder_coarse = _blocks(coarse, decoder_depths[0])
        self.up = nn.Conv2d(coarse, middle * 4, 1)
        self.decoder_middle = _blocks(middle, decoder_depths[1])
        self.unfold = nn.Conv2d(middle, CHUNK_FRAMES * fine * 4, 1)
        self.guide_stem = nn.Conv2d(stem_in + GUIDE_FLAGS, fine, 3, padding=1)
        self.standing = nn.Sequential(nn.Conv2d(STANDING, 2 * fine, 1), nn.SiLU(), nn.Conv2d(2 * fine, fine, 1))
        self.join = nn.Conv2d(3 * fine, drawn, 1)
        self.decoder_fine = _blocks(drawn, decoder_depths[2])
        self.head = nn.Conv2d(drawn, (3 + 1) * STEM_PX**2, 1)
        self.use_tiling = self.use_slicing = False
        self.tile_sample_min_size, self.tile_sample_stride = _TILE_PX, _TILE_STRIDE_PX

    def enable_tiling(self, tile_sample_min_size: int = _TILE_PX, tile_sample_stride: int = _TILE_STRIDE_PX) -> None:
        """Encodes and decodes what is larger in tiles of this many pixels a side, `tile_sample_stride` apart.

        Raises:
            PictureError: the two are no steps of 32 pixels, or tiles would leave gaps.
        """
        steps = (tile_sample_min_size % PATCH_PX, tile_sample_stride % PATCH_PX)
        if any(steps) or not 0 < tile_sample_stride <= tile_sample_min_size:
            raise PictureError(
                f"tiles of {tile_sample_min_size} px, {tile_sample_stride} px apart, do not cover a picture in steps "
                f"of {PATCH_PX}. Fix: enable_tiling({_TILE_PX}, {_TILE_STRIDE_PX})."
            )
        self.use_tiling = True
        self.tile_sample_min_size, self.tile_sample_stride = tile_sample_min_size, tile_sample_stride

    def encode(self, frames: Tensor, return_dict: bool = True) -> EncoderOutput | tuple[Tensor]:
        """(b, 3, 1 + 4k, h, w) → latents (b, latent_channels, 1 + k, h / 32, w / 32)."""
        chunks = chunks_of(frames)
        b, t = chunks.shape[:2]
        z = self.encode_chunks(chunks.flatten(0, 1)).unflatten(0, (b, t)).transpose(1, 2)
        return EncoderOutput(latent=z) if return_dict else (z,)

    def decode(
        self,
        z: Tensor,
        guide: Tensor | None = None,
        flags: Tensor | None = None,
        standing: Tensor | None = None,
        return_dict: bool = True,
    ) -> DecoderOutput | tuple[Tensor]:
        """Latents (b, c, 1 + k, h / 32, w / 32) → frames (b, 3, 1 + 4k, h, w).

        `guide` are frames of the same shape, `flags` (b, 2): whether it shows the place and the people; both, if not
        said. `standing` (b, STANDING, 1 + k, h / 8, w / 8): who stands where, nobody if not said.
        """
        b, _, t, _, _ = z.shape
        guides = None if guide is None else chunks_of(guide).flatten(0, 1)
        known = None if flags is None else flags.repeat_interleave(t, dim=0)
        who = None if standing is None else standing.transpose(1, 2).flatten(0, 1)
        drawn = self.decode_chunks(z.transpose(1, 2).flatten(0, 1), guides, known, who).unflatten(0, (b, t))
        frames = frames_of(drawn)
        return DecoderOutput(sample=frames) if return_dict else (frames,)

    def encode_chunks(self, chunks: Tensor) -> Tensor:
        """(n, 4, 3, h, w) → (n, latent_channels, h / 32, w / 32).

        Raises:
            PictureError: h or w is no multiple of 32.
        """
        height, width = chunks.shape[-2:]
        if height % PATCH_PX or width % PATCH_PX or not height * width:
            near = " × ".join(str(max(1, round(size / PATCH_PX)) * PATCH_PX) for size in (width, height))
            raise PictureError(
                f"a picture of {width} × {height} px is not in steps of {PATCH_PX}. Fix: resize it to {near} px."
            )
        if self.use_slicing and len(chunks) > 1:
            return torch.cat([self.encode_chunks(one) for one in chunks.split(1)])
        tile, stride = self.tile_sample_min_size // PATCH_PX, self.tile_sample_stride // PATCH_PX
        if not self.use_tiling or max(height, width) <= self.tile_sample_min_size:
            return self._encode_tile(chunks)

        def run(rows: slice, columns: slice) -> Tensor:
            return self._encode_tile(chunks[..., _times(rows, PATCH_PX), _times(columns, PATCH_PX)])

        return unit(tiled(run, height // PATCH_PX, width // PATCH_PX, tile, stride))

    def decode_chunks(
        self, z: Tensor, guide: Tensor | None = None, flags: Tensor | None = None, standing: Tensor | None = None
    ) -> Tensor:
        """(n, latent_channels, h / 32, w / 32), guide (n, 4, 3, h, w), flags (n, 2), standing (n, STANDING, h / 8,
        w / 8) → (n, 4, 3, h, w).
        """
        n, _, h, w = z.shape
        cells = PATCH_PX // STEM_PX
        if flags is None:
            flags = z.new_full((n, GUIDE_FLAGS), float(guide is not None))
        if guide is None:
            guide = z.new_zeros(n, CHUNK_FRAMES, 3, h * PATCH_PX, w * PATCH_PX)
        if standing is None:
            standing = z.new_zeros(n, STANDING, h * cells, w * cells)
        if self.use_slicing and n > 1:
            slices = zip(z.split(1), guide.split(1), flags.split(1), standing.split(1), strict=True)
            return torch.cat([self.decode_chunks(*one) for one in slices])
        tile, stride = self.tile_sample_min_size // PATCH_PX, self.tile_sample_stride // PATCH_PX
        if not self.use_tiling or max(h, w) <= tile:
            return self._decode_tile(z, guide, flags, standing)

        def run(rows: slice, columns: slice) -> Tensor:
            shown, who = (
                picture[..., _times(rows, scale), _times(columns, scale)]
                for picture, scale in ((guide, PATCH_PX), (standing, cells))
            )
            return self._decode_tile(z[..., rows, columns], shown, flags, who)

        return tiled(run, h, w, tile, stride, grown=PATCH_PX)

    def _encode_tile(self, chunks: Tensor) -> Tensor:
        n = chunks.shape[0]
        x = _in_cells(chunks.flatten(0, 1))
        x = _shrunk(self.stem, x).unflatten(0, (n, CHUNK_FRAMES)).flatten(1, 2)
        x = self.encoder_middle(_shrunk(self.fold, F.pixel_unshuffle(x, 2)))
        x = self.encoder_coarse(_shrunk(self.down, F.pixel_unshuffle(x, 2)))
        return unit(_shrunk(self.to_latent, x))

    def _decode_tile(self, z: Tensor, guide: Tensor, flags: Tensor, standing: Tensor) -> Tensor:
        said = self.coarse(z).flatten(0, 1)
        each = (told.repeat_interleave(CHUNK_FRAMES, dim=0) for told in (flags, self.standing(standing.to(said))))
        return self.draw(said, guide.flatten(0, 1), *each).unflatten(0, (len(z), CHUNK_FRAMES))  # type: ignore[no-any-return]

    def coarse(self, z: Tensor) -> Tensor:
        """What latents say of each frame: (n, latent_channels, h / 32, w / 32) → (n, 4, fine, h / 8, w / 8)."""
        x = self.decoder_coarse(_grown(self.from_latent, z))
        x = self.decoder_middle(F.pixel_shuffle(_grown(self.up, x), 2))
        said: Tensor = F.pixel_shuffle(_grown(self.unfold, x), 2).unflatten(1, (CHUNK_FRAMES, -1))
        return said

    def draw(self, said: Tensor, guide: Tensor, flags: Tensor, who: Tensor) -> Tensor:
        """Frames by themselves: guide (n, 3, h, w), flags (n, 2), and (n, fine, h / 8, w / 8) each: `said` by `coarse`,
        `who` by `standing` → (n, 3, h, w).
        """
        some = flags.amax(dim=1)[:, None, None, None].to(guide)
        guide = guide * some  # what is flagged as nothing is not read
        shown = _in_cells(guide)
        known = flags[:, :, None, None].expand(-1, -1, *shown.shape[2:])
        seen = self.guide_stem(torch.cat([shown, known.to(shown)], dim=1))
        told = torch.cat([said, seen, who], dim=1)
        x = self.decoder_fine(self.join(F.silu(told)))
        # Each a pixel of a cell: (n, 3, cells², h / 8, w / 8), and the matte beside them.
        drawn, share = self.head(F.silu(x)).unflatten(1, (3 + 1, STEM_PX**2)).split([3, 1], dim=1)
        kept = cast(Tensor, _Share.apply(share + 0.5)) * some[..., None].to(drawn)  # type: ignore[no-untyped-call]
        frames = drawn + kept * (shown.to(drawn).unflatten(1, drawn.shape[1:3]) - drawn)
        return F.pixel_shuffle(frames.flatten(1, 2), STEM_PX)


class _Share(torch.autograd.Function):
    """Values within 0 to 1; those beyond are told only of what would bring them back.

    A sigmoid closes: once it has learned to copy the guide nearly everywhere, nothing tells it of a sleeve where it
    should not.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x.clamp(0.0, 1.0)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        outward = ((x > 1) & (gradient < 0)) | ((x < 0) & (gradient > 0))
        return gradient.masked_fill(outward, 0.0)


def _times(tokens: slice, scale: int) -> slice:
    return slice(tokens.start * scale, tokens.stop * scale)


def unit(z: Tensor) -> Tensor:
    """Latents with a mean square of 1 over the channels (axis 1), in float32."""
    z = z.float()
    return z * torch.rsqrt(z.square().mean(dim=1, keepdim=True) + 1e-6)
