"""CogVideoX by tiny random weights that are read from disk as real ones are."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from diffusers import CogVideoXDPMScheduler

from model.backends.cogvideox import ENGINE
from model.backends.config import EngineConfig, Source
from model.backends.engine import Capabilities, FrameCounts
from model.backends.load import index_of
from model.errors import PictureError
from tests.model.engines import tiny_cogvideox
from tests.model.engines.wan_calls import clip_of, differ, flat, known, made

RED, BLUE = flat((230, 20, 30), 64, 48), flat((30, 40, 240), 64, 48)
FROM_PICTURE: dict[str, Any] = {"width_px": 64, "height_px": 48, "frame_count": 9, "known": known((0, RED))}
FROM_WORDS: dict[str, Any] = {"width_px": 32, "height_px": 32, "frame_count": 9}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("cogvideox")
    kinds = {
        "words": tiny_cogvideox.from_words,
        "picture": tiny_cogvideox.from_picture,
        "1.5": tiny_cogvideox.from_picture_15,
    }
    for name, make in kinds.items():
        make().save_pretrained(base / name)
    return {name: base / name for name in kinds}


def can(folder: Path) -> Capabilities:
    index = index_of(EngineConfig(engine="cogvideox", source=Source(str(folder))))
    return ENGINE.narrowed(ENGINE.capabilities, index)


@pytest.mark.capability("cogvideox", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folders: dict[str, Path]) -> None:
    folder = folders["words"]
    once = made(ENGINE, folder, **FROM_WORDS)
    assert np.array_equal(once, made(ENGINE, folder, **FROM_WORDS)), "a seed is one noise"
    assert differ(once, made(ENGINE, folder, **FROM_WORDS, seed=8)) > 1
    assert differ(once, made(ENGINE, folder, **FROM_WORDS, text="man in blue coat")) > 0.01
    guided, unwanted = (made(ENGINE, folder, **FROM_WORDS, guidance=6.0, negative=said) for said in ("", "red street"))
    assert differ(guided, unwanted) > 0.01


@pytest.mark.capability("cogvideox", "first")
@pytest.mark.parametrize(("kind", "frame_count"), [("picture", 9), ("1.5", 17)])
def test_another_first_frame_is_another_clip(folders: dict[str, Path], kind: str, frame_count: int) -> None:
    red, blue = (
        made(ENGINE, folders[kind], **{**FROM_PICTURE, "frame_count": frame_count, "known": known((0, first))})
        for first in (RED, BLUE)
    )
    assert len(red) == frame_count
    assert differ(red, blue) > 0.1


@pytest.mark.capability("cogvideox", "length", "size")
@pytest.mark.parametrize(("kind", "frame_count"), [("words", 9), ("words", 17), ("1.5", 17), ("1.5", 33)])
def test_lengths_that_are_declared_are_made_to_the_frame(folders: dict[str, Path], kind: str, frame_count: int) -> None:
    assert can(folders[kind]).frames.fitting(frame_count) == frame_count
    asked = {"width_px": 48, "height_px": 32, "frame_count": frame_count, "known": known((0, flat((9, 9, 9), 48, 32)))}
    assert made(ENGINE, folders[kind], **asked).shape == (frame_count, 32, 48, 3)


@pytest.mark.capability("cogvideox", "rate")
def test_what_weights_know_is_read_from_their_settings(folders: dict[str, Path]) -> None:
    words, picture, later = (can(folders[kind]) for kind in ("words", "picture", "1.5"))
    assert (words.first, words.fps) == (False, 8)
    assert (picture.needs_first, picture.fps) == (True, 8)
    assert picture.sizes.fixed == ((64, 48),), "its positions are learnt for one size"
    assert picture.frames == FrameCounts(8, 9, 9), "and one length"
    assert (later.needs_first, later.fps, later.frames.step) == (True, 16, 16)


def test_learnt_positions_refuse_other_sizes_so_that_the_declared_one_is_the_only_one(
    folders: dict[str, Path],
) -> None:
    other = {**FROM_PICTURE, "width_px": 48, "known": known((0, flat((9, 9, 9), 48, 48)))}
    with pytest.raises(ValueError, match="different resolution"):
        made(ENGINE, folders["picture"], **other)


def test_the_calls_suit_weights_and_sampler() -> None:
    pipeline = tiny_cogvideox.from_words()
    told = ENGINE.call(pipeline, clip_of(ENGINE, **FROM_WORDS)).arguments
    assert (told["max_sequence_length"], told["use_dynamic_cfg"]) == (16, False)
    pipeline.scheduler = CogVideoXDPMScheduler()
    assert ENGINE.call(pipeline, clip_of(ENGINE, **FROM_WORDS)).arguments["use_dynamic_cfg"]
    with pytest.raises(PictureError, match="CogVideoX begin with a picture"):
        ENGINE.call(tiny_cogvideox.from_picture(), clip_of(ENGINE, **FROM_WORDS))
