"""SANA-Video by tiny random weights that are read from disk as real ones are."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.backends.index import PipelineIndex
from model.backends.sana_video import ENGINE
from tests.model.engines import tiny_sana_video
from tests.model.engines.wan_calls import clip_of, differ, flat, known, made

RED, BLUE = flat((230, 20, 30), 32, 32), flat((30, 40, 240), 32, 32)
SMALL: dict[str, Any] = {"width_px": 32, "height_px": 32, "frame_count": 5}
MOTIONS: tuple[dict[str, Any], ...] = ({}, {"options": {"motion": 5}})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sana-video")
    tiny_sana_video.sana_video().save_pretrained(folder)
    return folder


@pytest.mark.capability("sana-video", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folder: Path) -> None:
    once = made(ENGINE, folder, **SMALL)
    assert np.array_equal(once, made(ENGINE, folder, **SMALL)), "a seed is one noise"
    assert differ(once, made(ENGINE, folder, **SMALL, seed=8)) > 1
    assert differ(once, made(ENGINE, folder, **SMALL, text="man in blue coat")) > 0.01
    guided, unwanted = (made(ENGINE, folder, **SMALL, guidance=6.0, negative=said) for said in ("", "red street"))
    assert differ(guided, unwanted) > 0.01


@pytest.mark.capability("sana-video", "first")
def test_a_first_frame_stands_at_the_beginning_whatever_is_made_after_it(folder: Path) -> None:
    red, other, blue = (
        made(ENGINE, folder, **SMALL, known=known((0, first)), seed=seed)
        for first, seed in ((RED, 7), (RED, 8), (BLUE, 7))
    )
    assert differ(red[:1], other[:1]) < 1e-3, "the first frame is the picture's, and no noise is in it"
    assert differ(red[1:], other[1:]) > 1
    assert differ(red[:1], blue[:1]) > 1
    assert differ(red[1:], blue[1:]) > 0.1


@pytest.mark.capability("sana-video", "length", "size", "rate")
@pytest.mark.parametrize("first", [(), known((0, flat((9, 9, 9), 64, 32)))])
def test_lengths_and_sizes_that_are_declared_are_made_as_they_are_asked_for(folder: Path, first: Any) -> None:
    """The pipeline's own list of sizes is left out: it would make another one of this."""
    asked = {"width_px": 64, "height_px": 32, "frame_count": 9, "known": first}
    assert made(ENGINE, folder, **asked).shape == (9, 32, 64, 3)
    assert ENGINE.capabilities.fps == 16


def test_how_much_moves_is_told_in_words() -> None:
    said = [ENGINE.call(None, clip_of(ENGINE, **SMALL, **more)).arguments["prompt"] for more in MOTIONS]
    assert said == ["woman walks in rain motion score: 30.", "woman walks in rain motion score: 5."]


def test_weights_for_720_lines_have_another_size_and_step() -> None:
    configs = {"transformer": {"sample_size": 22}, "vae": {"temporal_compression_ratio": 8}}
    index = PipelineIndex(Path(), "SanaVideoPipeline", (), configs, {}, {})
    can = ENGINE.narrowed(ENGINE.capabilities, index)
    assert can.sizes.area_px == 1280 * 704
    assert (can.frames.step, can.frames.fitting(20)) == (8, 25)
