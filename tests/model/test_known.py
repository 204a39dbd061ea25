"""What is known of a clip: told in whole cells, put back exactly, and refused where it does not fit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from model.errors import PictureError
from model.given import check_known, enlarged, put_back
from model.known import kept_cells, kept_chunks
from model.request import ClipRequest, KnownFrame

RNG = np.random.default_rng(3)
PICTURE = RNG.integers(0, 256, (64, 96, 3)).astype(np.uint8)


def test_a_cell_is_kept_only_where_all_of_its_pixels_are() -> None:
    keep = np.ones((64, 96), np.bool_)
    keep[9, 17] = False
    cells = kept_cells(keep, 96, 64)
    assert cells.shape == (16, 24)
    assert not cells[2, 4]
    assert cells.sum() == 16 * 24 - 1
    larger = np.repeat(np.repeat(keep, 3, axis=0), 3, axis=1)
    assert np.array_equal(kept_cells(larger, 96, 64), cells)


def test_chunks_are_grey_where_nothing_is_kept_and_cells_are_kept_through_all_four_pictures() -> None:
    chunks = torch.rand(1, 2, 4, 3, 64, 96) + 0.5
    keep = torch.ones(1, 2, 4, 16, 24, dtype=torch.bool)
    keep[0, 1, 2, 3, 5] = False
    pictures, cells = kept_chunks(chunks, keep)
    assert torch.equal(pictures[0, 0], chunks[0, 0])
    assert not pictures[0, 1, 2, :, 12:16, 20:24].any()
    assert pictures[0, 1, 3].all()
    assert cells.shape == (1, 64, 2, 2, 3)
    assert cells[0, :, 0].all()
    assert (cells[0, :, 1] == 0).sum() == 1
    assert cells[0, 3 * 8 + 5, 1, 0, 0] == 0


def test_what_differs_from_the_guide_is_enlarged_and_the_guide_is_not() -> None:
    large = RNG.integers(0, 256, (128, 192, 3)).astype(np.uint8)
    assert np.array_equal(enlarged(PICTURE, PICTURE, large), large)
    pale = np.clip(PICTURE.astype(int) + 9, 0, 255).astype(np.uint8)
    apart = enlarged(pale, PICTURE, large // 2).astype(int) - large // 2
    assert apart.min() >= -3 and abs(apart.mean() - (pale.astype(int) - PICTURE).mean()) < 0.2
    black = np.zeros_like(PICTURE)
    assert not enlarged(black, PICTURE, np.repeat(np.repeat(PICTURE, 2, 0), 2, 1))[20:-20, 20:-20].mean() > 60


def test_kept_pixels_come_back_exactly_but_for_a_seam_on_their_side() -> None:
    made = np.full_like(PICTURE, 7)
    keep = np.zeros((64, 96), np.bool_)
    keep[:, 40:] = True
    whole = put_back(made, KnownFrame(index=0, picture=PICTURE, keep=keep))
    assert (whole[:, :40] == 7).all(), "nothing of what was to go shines through"
    assert np.array_equal(whole[:, 42:], PICTURE[:, 42:])
    assert put_back(made, KnownFrame(index=0, picture=PICTURE)) is PICTURE


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (KnownFrame(index=12, picture=PICTURE), "outside the clip.s 12 frames"),
        (KnownFrame(index=-1, picture=PICTURE), "outside the clip"),
        (KnownFrame(index=0, picture=PICTURE[:32]), "is 96×32, the clip 96×64"),
        (KnownFrame(index=0, picture=PICTURE[..., 0]), "no picture"),
        (KnownFrame(index=0, picture=PICTURE.astype(np.float32)), "no picture"),  # type: ignore[arg-type]
        (KnownFrame(index=0, picture=PICTURE, keep=np.ones((16, 24), np.bool_)), "mask of known frame 0"),
        (KnownFrame(index=0, picture=PICTURE, keep=np.ones((64, 96), np.uint8)), "mask of known frame 0"),  # type: ignore[arg-type]
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(clip_request: ClipRequest, known: KnownFrame, says: str) -> None:
    with pytest.raises(PictureError, match=f"{says}.*Fix: "):
        check_known(replace(clip_request, known=(known,)))


def test_a_frame_is_given_once(clip_request: ClipRequest) -> None:
    twice = (KnownFrame(index=3, picture=PICTURE),) * 2
    with pytest.raises(PictureError, match="frame 3 is given twice"):
        check_known(replace(clip_request, known=twice))
