"""What the models are told of a take, in their own terms: latents, numbers and words of what is known of its chunks.

Everything is read chunk by chunk, when a group of the take first needs it, and dropped when none will again.

Axes: b = 1 clip, t latent frames, c channels, h w; e of the cast, k views.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model.conditions import BOX, PALETTE, cast_of, entities_of, facts_of
from model.dit import KEEP_CELLS, Context
from model.given import enlarged, is_whole, resized
from model.guidance import Frames
from model.known import kept_cells, kept_chunks
from model.request import ClipRequest, Condition, Frame, KnownFrame
from model.sizes import working_size
from model.takes import WINDOW_CHUNKS, Chunk, Knowledge, chunks_for
from model.text import buckets_of
from model.theatre.guide import GUIDE_SHOWS, guide_picture
from model.theatre.motion.twos import drawn_frames
from model.theatre.sheet import SHEET_PX, SHEET_VIEWS, sheet_of
from model.theatre.stand_ins import Wearing
from model.vae import CHUNK_FRAMES, PATCH_PX, Autoencoder, signed

__all__ = ["Told"]

_SHOWN_FRAMES = 64  # guides are kept until their group is finished


@dataclass(frozen=True, eq=False)
class _Fast:
    """What stands fast of a chunk while it is made: (1, c, 1, h, w) each, `keep` (1, 64, 1, h, w)."""

    known: Tensor
    keep: Tensor
    guide: Tensor
    shown: Tensor | None  # the guide's pictures, (1, 4, 3, h, w); None of no guide


class Told:
    """A request as it is worked on: its `chunks` with their `times_s`, and what is told of each by its number."""

    def __init__(self, request: ClipRequest, autoencoder: Autoencoder, area_px: int, device: torch.device) -> None:
        self.request, self._autoencoder, self._device = request, autoencoder, device
        self.known = {one.index: one for one in request.known if one.keep is None or one.keep.any()}
        self.drawn = sorted({*drawn_frames(request.stage, request.fps, request.frame_count), *self.known})
        parts: dict[int, Knowledge] = {i: "whole" if is_whole(one) else "part" for i, one in self.known.items()}
        self.chunks: list[Chunk] = chunks_for(self.drawn, parts)
        self.times_s = [chunk.frames[-1] / request.fps for chunk in self.chunks]
        self.width_px, self.height_px = working_size(request.width_px, request.height_px, area_px)
        self._fast: dict[int, _Fast] = {}
        self._clean: dict[int, Tensor] = {}
        self._shown: dict[int, Frame] = {}
        self._sheets: Tensor | None = None

    @property
    def latent_shape(self) -> tuple[int, ...]:
        """Of one chunk."""
        c: int = self._autoencoder.config.latent_channels
        return 1, c, 1, self.height_px // PATCH_PX, self.width_px // PATCH_PX

    def frames(self, numbers: Sequence[int], told_s: Mapping[int, float]) -> Frames:
        """What stands fast of some chunks."""
        known, keep, guide = zip(*((one.known, one.keep, one.guide) for one in map(self._of, numbers)), strict=True)
        return Frames(
            known=torch.cat(known, dim=2),
            keep=torch.cat(keep, dim=2),
            guide=torch.cat(guide, dim=2),
            guide_flags=torch.tensor([GUIDE_SHOWS[self.request.guide]], device=self._device),
            times_s=torch.tensor([[told_s[number] for number in numbers]], device=self._device),
            boxes=self._boxes(numbers),
        )

    def _boxes(self, numbers: Sequence[int]) -> Tensor:
        """Where the cast is in some chunks, (1, e, t, BOX)."""
        cast = entities_of(self.request.stage, [self.times_s[n] for n in numbers], self.width_px, self.height_px)
        rows = [one.boxes for one in cast]
        return torch.from_numpy(np.stack(rows) if rows else np.zeros((0, len(numbers), BOX), np.float32))[None].to(
            self._device
        )

    def guides(self, numbers: Sequence[int]) -> Tensor | None:
        """The guide's pictures, (n, 4, 3, h, w) in -1 to 1; None without a guide."""
        shown = [one.shown for one in map(self._of, numbers) if one.shown is not None]
        return torch.cat(shown) if shown else None

    def clean(self, numbers: Sequence[int]) -> Tensor:
        """Clean latents (1, c, t, h, w): as they were made, or of the frames that are given."""
        for number in numbers:
            if number not in self._clean:
                self._clean[number] = self._encoded(self._fitted(number))
        return torch.cat([self._clean[number] for number in numbers], dim=2)

    def made(self, numbers: Sequence[int], clean: Tensor) -> None:
        """Takes up clean latents that were made, and drops all that no later group looks back at."""
        self._clean.update((n, clean[:, :, i : i + 1].clone()) for i, n in enumerate(numbers))
        for kept in (self._clean, self._fast):
            for number in [n for n in kept if 0 < n <= numbers[-1] - WINDOW_CHUNKS]:
                del kept[number]

    def finished(self, index: int, picture: Frame) -> Frame:
        """The picture of a frame, made at the models' size or given, at the request's.

        Of a larger one in the drawing's own aspect the drawing's detail is kept (`model.given.enlarged`).
        """
        request, guide = self.request, self._shown.get(index)
        width, height = request.width_px, request.height_px
        alike = width * self.height_px == height * self.width_px
        if guide is None or not alike or width <= self.width_px or picture.shape != guide.shape:
            return resized(picture, width, height)
        large = guide_picture(request.stage, request.guide, index / request.fps, width, height, self._wearing())
        return enlarged(picture, guide, large)

    def context(self, numbers: Sequence[int], dtype: torch.dtype) -> Context:
        """What is told of these chunks besides pictures."""
        request = self.request
        at = ([self.times_s[n] for n in numbers], self.width_px, self.height_px)
        cast = entities_of(request.stage, *at)
        sheets = self._views().to(dtype)
        e, k = sheets.shape[1:3]

        def has(what: Condition, *shape: int, there: bool = True) -> Tensor:
            return torch.full((1, *shape), there and what not in request.without, device=self._device)

        def told(rows: list[NDArray[np.float32]], *shape: int) -> Tensor:
            return torch.from_numpy(np.stack(rows) if rows else np.zeros(shape, np.float32))[None].to(sheets)

        return Context(
            text=buckets_of(request.text)[None].to(self._device),
            has_text=has("text", there=bool(request.text.strip())),
            facts=torch.from_numpy(facts_of(request.stage, *at))[None].to(sheets),
            has_facts=has("facts"),
            palettes=told([one.palette for one in cast], 0, PALETTE),
            has_palettes=has("palettes", e),
            boxes=told([one.boxes for one in cast], 0, len(numbers), BOX),
            has_boxes=has("boxes", e),
            sheets=sheets,
            has_sheets=has("sheets", e, k),
            size=torch.tensor([self.latent_shape[-2:]], device=self._device),
        )

    def _views(self) -> Tensor:
        """The cast's sheets, (1, e, k, c, h, w)."""
        if self._sheets is None:
            views = list(chain.from_iterable(sheet_of(figure) for figure in cast_of(self.request.stage)))
            _, c, *_ = self.latent_shape
            z = torch.zeros(0, c, SHEET_PX[1] // PATCH_PX, SHEET_PX[0] // PATCH_PX, device=self._device)
            if views:
                z = self._encoded(_stacked(views)[:, None].expand(-1, CHUNK_FRAMES, -1, -1, -1))[0].transpose(0, 1)
            self._sheets = z.reshape(1, len(views) // len(SHEET_VIEWS), len(SHEET_VIEWS), *z.shape[1:])
        return self._sheets

    def _of(self, number: int) -> _Fast:
        if number not in self._fast:
            blank = torch.zeros(self.latent_shape, device=self._device)
            keep = blank.new_zeros(1, KEEP_CELLS**2, *blank.shape[2:])
            shown = None if self.request.guide == "none" else self._guide(number)
            guide = blank if shown is None else self._encoded(shown)
            if self.chunks[number].knowledge == "part":
                cells = np.stack([self._cells(self.known[i]) for i in self.chunks[number].frames])
                pictures, keep = kept_chunks(self._fitted(number)[None], torch.from_numpy(cells)[None, None])
                known, keep = self._encoded(pictures[0]), keep.to(self._device)
            else:
                known = blank
            self._fast[number] = _Fast(known, keep, guide, None if shown is None else shown.to(self._device))
        return self._fast[number]

    def _guide(self, number: int) -> Tensor:
        """The guide's pictures of a chunk, (1, 4, 3, h, w); those held are drawn once."""
        request, frames = self.request, self.chunks[number].frames
        size = self.width_px, self.height_px
        drawn = {
            i: guide_picture(request.stage, request.guide, i / request.fps, *size, self._wearing())
            for i in dict.fromkeys(frames)
        }
        first = min(drawn)
        self._shown = {i: one for i, one in self._shown.items() if i >= first - _SHOWN_FRAMES} | drawn
        return _stacked([drawn[i] for i in frames])[None]

    def _wearing(self) -> Wearing:
        if "palettes" in self.request.without:
            return "suits"
        return "colours" if "sheets" in self.request.without else "cut_outs"

    def _fitted(self, number: int) -> Tensor:
        """The given pictures of a chunk, (1, 4, 3, h, w)."""
        given = [self.known[i].picture for i in self.chunks[number].frames]
        return _stacked([resized(picture, self.width_px, self.height_px) for picture in given])[None]

    def _cells(self, known: KnownFrame) -> NDArray[np.bool_]:
        whole = np.ones((self.request.height_px, self.request.width_px), np.bool_)
        return kept_cells(whole if known.keep is None else known.keep, self.width_px, self.height_px)

    def _encoded(self, chunks: Tensor) -> Tensor:
        """(n, 4, 3, h, w) → latents (1, c, n, h, w)."""
        return self._autoencoder.encode_chunks(chunks.to(self._device, self._autoencoder.dtype)).transpose(0, 1)[None]


def _stacked(pictures: Sequence[Frame]) -> Tensor:
    """(h, w, 3) of uint8 → (n, 3, h, w) in -1 to 1."""
    return signed(torch.from_numpy(np.stack(pictures)))
