"""HunyuanVideo 1.5 by tiny random weights that are read from disk as real ones are."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from diffusers.pipelines.hunyuan_video1_5.image_processor import HunyuanVideo15ImageProcessor

from model.backends.config import EngineConfig, Source
from model.backends.engine import Capabilities
from model.backends.hunyuan15 import ENGINE, sizes_from_picture
from model.backends.load import index_of
from model.errors import PictureError
from tests.model.engines import tiny_hunyuan
from tests.model.engines.wan_calls import clip_of, differ, flat, known, made

RED, BLUE = flat((230, 20, 30), 64, 48), flat((30, 40, 240), 64, 48)
FROM_WORDS: dict[str, Any] = {"width_px": 32, "height_px": 32, "frame_count": 5}
FROM_PICTURE: dict[str, Any] = {"width_px": 64, "height_px": 48, "frame_count": 5, "known": known((0, RED))}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("hunyuan15")
    kinds = {"words": tiny_hunyuan.hunyuan15, "picture": tiny_hunyuan.hunyuan15_from_picture}
    for name, make in kinds.items():
        make().save_pretrained(base / name)
    return {name: base / name for name in kinds}


def can(folder: Path) -> Capabilities:
    index = index_of(EngineConfig(engine="hunyuan15", source=Source(str(folder))))
    return ENGINE.narrowed(ENGINE.capabilities, index)


@pytest.mark.capability("hunyuan15", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folders: dict[str, Path]) -> None:
    folder = folders["words"]
    once = made(ENGINE, folder, **FROM_WORDS)
    assert np.array_equal(once, made(ENGINE, folder, **FROM_WORDS)), "a seed is one noise"
    assert differ(once, made(ENGINE, folder, **FROM_WORDS, seed=8)) > 1
    assert differ(once, made(ENGINE, folder, **FROM_WORDS, text="man in blue coat")) > 0.01
    guided, unwanted = (made(ENGINE, folder, **FROM_WORDS, guidance=6.0, negative=said) for said in ("", "red street"))
    assert differ(guided, unwanted) > 0.01
    assert differ(guided, once) > 0.01, "guidance is told to a part of the pipeline"


@pytest.mark.capability("hunyuan15", "first")
def test_another_first_frame_is_another_clip(folders: dict[str, Path]) -> None:
    red, blue = (
        made(ENGINE, folders["picture"], **{**FROM_PICTURE, "known": known((0, first))}) for first in (RED, BLUE)
    )
    assert differ(red, blue) > 0.1


@pytest.mark.capability("hunyuan15", "length", "size", "rate")
def test_lengths_and_sizes_that_are_declared_are_made_as_they_are_asked_for(folders: dict[str, Path]) -> None:
    words = {**FROM_WORDS, "width_px": 48, "frame_count": 9}
    assert made(ENGINE, folders["words"], **words).shape == (9, 32, 48, 3)
    width_px, height_px = can(folders["picture"]).sizes.fixed[2]
    tall = {"width_px": width_px, "height_px": height_px, "known": known((0, flat((9, 9, 9), width_px, height_px)))}
    assert made(ENGINE, folders["picture"], **{**FROM_PICTURE, **tall}).shape == (5, height_px, width_px, 3)
    assert ENGINE.capabilities.fps == 24


@pytest.mark.parametrize("side_px", [64, 96, 640, 960])
def test_from_a_picture_the_pipeline_keeps_each_size_that_is_declared(side_px: int) -> None:
    processor = HunyuanVideo15ImageProcessor(vae_scale_factor=16)
    sizes = sizes_from_picture(side_px)
    assert len(sizes) == len(set(sizes)) > 5
    for width, height in sizes:
        assert processor.calculate_default_height_width(height, width, side_px) == (height, width)


def test_sizes_of_film_are_among_them() -> None:
    assert (848, 480) in sizes_from_picture(640)
    assert (1280, 720) in sizes_from_picture(960)


def test_what_weights_begin_with_and_how_large_they_make_it_is_read_from_them(folders: dict[str, Path]) -> None:
    words, picture = can(folders["words"]), can(folders["picture"])
    assert not words.first
    assert not words.sizes.fixed
    assert picture.needs_first
    assert picture.sizes.fixed == sizes_from_picture(64)
    with pytest.raises(PictureError, match=r"HunyuanVideo 1\.5 begin with a picture"):
        ENGINE.call(tiny_hunyuan.hunyuan15_from_picture(), clip_of(ENGINE, **FROM_WORDS))
