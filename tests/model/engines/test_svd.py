"""Stable Video Diffusion by tiny random weights that are read from disk as real ones are."""

from pathlib import Path

import numpy as np
import pytest

from model.backends.config import EngineConfig, Source
from model.backends.load import index_of
from model.backends.svd import ENGINE
from model.errors import PictureError
from tests.model.engines import tiny_svd
from tests.model.engines.wan_calls import clip_of, differ, flat, known, made

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # the sampler's

RED, BLUE = flat((230, 20, 30), 32, 32), flat((30, 40, 240), 32, 32)
SMALL = {"width_px": 32, "height_px": 32, "frame_count": 4, "known": known((0, RED))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("svd")
    tiny_svd.svd().save_pretrained(folder)
    return folder


@pytest.mark.capability("svd", "first", "seed")
def test_another_first_frame_or_seed_is_another_clip(folder: Path) -> None:
    once = made(ENGINE, folder, **SMALL)
    assert np.array_equal(once, made(ENGINE, folder, **SMALL)), "a seed is one noise"
    assert differ(once, made(ENGINE, folder, **{**SMALL, "seed": 8})) > 1
    assert differ(once, made(ENGINE, folder, **{**SMALL, "known": known((0, BLUE))})) > 0.1


@pytest.mark.capability("svd", "length", "size", "rate")
def test_a_clip_is_made_as_long_and_large_as_it_is_asked_for_and_is_told_its_rate(folder: Path) -> None:
    wide = {**SMALL, "width_px": 48, "frame_count": 3, "known": known((0, flat((230, 20, 30), 48, 32)))}
    assert made(ENGINE, folder, **wide).shape == (3, 32, 48, 3)
    assert differ(made(ENGINE, folder, **SMALL), made(ENGINE, folder, **{**SMALL, "fps": 24})) > 0.01


def test_what_moves_is_a_number(folder: Path) -> None:
    still, wild = (made(ENGINE, folder, **SMALL, options={"motion": much, "noise": 0.02}) for much in (1, 255))
    assert differ(still, wild) > 0.01


def test_weights_hold_together_as_many_frames_as_they_have_learnt(folder: Path) -> None:
    index = index_of(EngineConfig(engine="svd", source=Source(str(folder))))
    counts = ENGINE.narrowed(ENGINE.capabilities, index).frames
    assert (counts.least, counts.most) == (4, 4)


def test_without_a_first_frame_there_is_nothing_to_move() -> None:
    with pytest.raises(PictureError, match=r"begin with a picture.*Fix: set begin_with"):
        ENGINE.call(None, clip_of(ENGINE))
