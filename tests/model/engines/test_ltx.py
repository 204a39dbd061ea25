"""LTX-Video by tiny random weights that are read from disk as real ones are: known frames are told where they stand."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model.backends.config import EngineConfig, Source
from model.backends.load import index_of, load
from model.backends.ltx import ENGINE, pieces_of
from tests.model.engines import tiny_ltx, wan_calls
from tests.model.engines.tiny_wan import saved
from tests.model.engines.wan_calls import BLUE, GREEN, HEIGHT_PX, RED, SEEN, WIDTH_PX, clip_of, differ, known

made = partial(wan_calls.made, ENGINE, steps=2)
"""In two steps: fewer are none, as the schedules of LTX end above nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tiny_ltx.ltx, tmp_path_factory.mktemp("ltx") / "095")


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tiny_ltx.ltx_before_095, tmp_path_factory.mktemp("ltx") / "091")


@pytest.mark.capability("ltx", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folder: Path) -> None:
    first = made(folder)
    assert np.array_equal(first, made(folder)), "a seed is one noise"
    assert differ(first, made(folder, seed=8)) > 1
    assert differ(first, made(folder, text="man in blue coat")) > SEEN
    guided = made(folder, guidance=5.0)
    assert differ(guided, made(folder, guidance=5.0, negative="red street")) > SEEN


@pytest.mark.capability("ltx", "size", "length", "rate")
def test_a_clip_has_the_size_and_length_that_are_asked_for_and_moves_at_its_rate(folder: Path) -> None:
    first = made(folder)
    assert first.shape == (9, HEIGHT_PX, WIDTH_PX, 3)
    assert made(folder, width_px=32, height_px=96, frame_count=17).shape == (17, 96, 32, 3)
    assert differ(first, made(folder, fps=12)) > SEEN


@pytest.mark.parametrize(
    ("indices", "pieces"),
    [
        ([0], [(0, 1)]),
        ([24], [(24, 1)]),
        (range(9), [(0, 9)]),
        (range(12), [(0, 9), (9, 1), (10, 1), (11, 1)]),
        (range(16, 25), [(16, 9)]),
        (range(6, 26), [(6, 1), (7, 1), (8, 17), (25, 1)]),
        (range(3, 7), [(3, 1), (4, 1), (5, 1), (6, 1)]),
        ([0, 1, 30], [(0, 1), (1, 1), (30, 1)]),
    ],
)
def test_known_frames_are_told_in_pieces_that_fit_and_none_is_left_out(
    indices: list[int], pieces: list[tuple[int, int]]
) -> None:
    assert [(piece[0], len(piece)) for piece in pieces_of(indices)] == pieces


@pytest.mark.capability("ltx", "first", "last", "any_frame", "before", "after")
@pytest.mark.parametrize("at", [(0,), (0, 24), (13,), tuple(range(9)), tuple(range(16, 25))])
def test_what_is_known_changes_the_clip_and_so_does_where_it_stands(folder: Path, at: tuple[int, ...]) -> None:
    red, blue = (
        made(folder, frame_count=25, known=known(*((index, colour) for index in at))) for colour in (RED, BLUE)
    )
    assert differ(red, blue) > SEEN
    elsewhere = (*at[:-1], at[-1] - 1) if len(at) < 9 and at[-1] else tuple(index ^ 16 for index in at)
    moved = made(folder, frame_count=25, known=known(*((index, RED) for index in elsewhere)))
    assert differ(red, moved) > SEEN


def test_a_known_frame_is_told_at_its_own_number_and_a_clip_from_its_first_on(folder: Path) -> None:
    pipeline = load(EngineConfig(engine="ltx", source=Source(str(folder)))).pipeline
    clip = clip_of(
        ENGINE, frame_count=33, known=known((0, RED), (13, BLUE), *((index, GREEN) for index in range(16, 33)))
    )
    conditions = ENGINE.call(pipeline, clip).arguments["conditions"]
    assert [one.frame_index for one in conditions] == [0, 13, 16]
    assert conditions[1].image == Image.fromarray(BLUE)
    assert [np.array_equal(picture, GREEN) for picture in conditions[2].video] == [True] * 17
    frames = [
        pipeline.video_processor.preprocess(one.image, HEIGHT_PX, WIDTH_PX).unsqueeze(2) for one in conditions[:2]
    ]
    frames.append(pipeline.video_processor.preprocess_video(conditions[2].video, HEIGHT_PX, WIDTH_PX))
    _, mask, places, extra = pipeline.prepare_latents(
        frames,
        [1.0] * 3,
        [one.frame_index for one in conditions],
        num_channels_latents=8,
        height=HEIGHT_PX,
        width=WIDTH_PX,
        num_frames=33,
        dtype=frames[0].dtype,
    )
    tokens = (HEIGHT_PX // 32) * (WIDTH_PX // 32)
    assert extra == 3 * tokens
    assert places[0, 0, ::tokens].tolist() == [13, 16, 17, 0, 1, 9, 17, 25], "when the packed frames begin"
    assert mask[0, ::tokens].tolist() == [1, 1, 1, 1, 0, 0, 0, 1], "which of them are known"


def test_distilled_weights_take_the_steps_that_they_were_taught(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pipeline = load(EngineConfig(engine="ltx", source=Source(str(folder)))).pipeline
    full, distilled = ENGINE.variants
    told = [
        ENGINE.call(pipeline, clip_of(ENGINE, steps=one.steps, guidance=one.guidance)).arguments
        for one in (full, distilled)
    ]
    assert [len(one["timesteps"]) for one in told] == [full.steps, distilled.steps]
    assert told[1]["timesteps"][1:3] == [993, 987]
    assert made(folder, steps=distilled.steps).shape[0] == 9
    assert "sigmas" not in capfd.readouterr().err, "no warning of what diffusers does itself"


def test_older_weights_are_told_a_first_frame_and_nothing_else(older: Path) -> None:
    index = index_of(EngineConfig(engine="ltx", source=Source(str(older))))
    can = ENGINE.narrowed(ENGINE.capabilities, index)
    assert can.declared() == ("text", "negative", "first")
    bare, red, blue = (made(older, known=frames) for frames in ((), known((0, RED)), known((0, BLUE))))
    assert differ(bare, red) > SEEN
    assert differ(red, blue) > SEEN
