"""SkyReels-V2 diffusion forcing by tiny random weights read from disk: from words and frames, on from a clip, long."""

from pathlib import Path

import numpy as np
import pytest

from model.backends.config import EngineConfig, Source
from model.backends.load import index_of, load
from model.backends.skyreels import ENGINE, windows_of
from tests.model.engines import tiny_skyreels
from tests.model.engines.tiny_wan import saved
from tests.model.engines.wan_calls import BLUE, HEIGHT_PX, RED, SEEN, WIDTH_PX, clip_of, differ, known, made

SHORT = {**dict(ENGINE.options), "window": 9, "overlap": 5}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tiny_skyreels.skyreels, tmp_path_factory.mktemp("skyreels") / "df")


@pytest.mark.capability("skyreels", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folder: Path) -> None:
    first = made(ENGINE, folder)
    assert np.array_equal(first, made(ENGINE, folder)), "a seed is one noise"
    assert differ(first, made(ENGINE, folder, seed=8)) > 1
    assert differ(first, made(ENGINE, folder, text="man in blue coat")) > SEEN
    guided = made(ENGINE, folder, guidance=6.0)
    assert differ(guided, made(ENGINE, folder, guidance=6.0, negative="red street")) > SEEN


@pytest.mark.capability("skyreels", "size", "rate")
def test_a_clip_has_the_size_that_is_asked_for_and_moves_at_its_rate(folder: Path) -> None:
    first = made(ENGINE, folder)
    assert first.shape == (9, HEIGHT_PX, WIDTH_PX, 3)
    assert made(ENGINE, folder, width_px=32, height_px=48).shape[1:] == (48, 32, 3)
    assert differ(first, made(ENGINE, folder, fps=16)) > SEEN, "the two rates that these weights know"


@pytest.mark.parametrize(("frame_count", "windows"), [(9, 1), (97, 1), (101, 2), (177, 2), (181, 3), (1457, 18)])
def test_windows_are_of_one_length_and_hold_the_clip(frame_count: int, windows: int) -> None:
    window, made_count = windows_of(frame_count, 97, 17)
    assert frame_count <= made_count < frame_count + 4 * windows
    assert window <= 97
    assert window + (windows - 1) * (window - 17) == made_count if windows > 1 else window == made_count


@pytest.mark.capability("skyreels", "length")
@pytest.mark.parametrize("at", [(), (0,), tuple(range(5))])
def test_a_long_take_is_made_window_by_window_with_the_same_noise_each_time(folder: Path, at: tuple[int, ...]) -> None:
    frames = known(*((index, RED) for index in at))
    first, again = (
        made(ENGINE, folder, frame_count=25, known=frames, lead_in=len(at), options=SHORT) for _ in range(2)
    )
    assert len(first) >= 25
    assert np.array_equal(first, again)
    calm = made(ENGINE, folder, frame_count=25, known=frames, lead_in=len(at), options={**SHORT, "noise": 0})
    assert differ(first, calm) > SEEN, "what a window goes on from is noisier to it"
    waves = made(ENGINE, folder, frame_count=9, options={**SHORT, "ar_step": 1}, steps=2)
    assert differ(waves, made(ENGINE, folder, frame_count=9, options=SHORT, steps=2)) > SEEN


@pytest.mark.capability("skyreels", "first", "last")
def test_a_first_and_a_last_frame_change_the_clip(folder: Path) -> None:
    bare = made(ENGINE, folder)
    red, blue = (made(ENGINE, folder, known=known((0, colour))) for colour in (RED, BLUE))
    assert differ(bare, red) > SEEN
    assert differ(red, blue) > SEEN
    to_red, to_blue = (made(ENGINE, folder, known=known((0, RED), (8, colour))) for colour in (RED, BLUE))
    assert to_red.shape == red.shape, "the last frame is no frame more"
    assert differ(to_red, red) > SEEN
    assert differ(to_red, to_blue) > SEEN
    in_short_windows = made(ENGINE, folder, known=known((0, RED), (16, BLUE)), frame_count=17, options=SHORT)
    in_one = made(ENGINE, folder, known=known((0, RED), (16, BLUE)), frame_count=17)
    assert np.array_equal(in_short_windows, in_one), "a last frame is led to within one window"


@pytest.mark.capability("skyreels", "before")
@pytest.mark.parametrize("lead", [5, 6, 9])
def test_a_clip_before_is_gone_on_from_and_what_comes_back_of_it_is_skipped(folder: Path, lead: int) -> None:
    pipeline = load(EngineConfig(engine="skyreels", source=Source(str(folder)))).pipeline
    red, blue = (known(*((index, colour) for index in range(lead))) for colour in (RED, BLUE))
    call = ENGINE.call(pipeline, clip_of(ENGINE, frame_count=17, known=red, lead_in=lead))
    assert call.pipeline == "SkyReelsV2DiffusionForcingVideoToVideoPipeline"
    assert call.skip_frames == call.arguments["overlap_history"] == (lead - 1) // 4 * 4 + 1
    one, other = (made(ENGINE, folder, frame_count=17, known=frames, lead_in=lead) for frames in (red, blue))
    assert len(one) >= 17
    assert differ(one[lead:17], other[lead:17]) > SEEN
    returned = load(EngineConfig(engine="skyreels", source=Source(str(folder)))).call(call.pipeline, call.arguments)
    assert np.allclose(returned.frames[0][:lead] * 255, RED, atol=1), "the clip itself, before what goes on from it"
    assert len(returned.frames[0]) == lead + 17


def test_words_and_pictures_have_noise_of_their_own_and_720_lines_are_in_the_name(folder: Path) -> None:
    pipeline = load(EngineConfig(engine="skyreels", source=Source(str(folder)))).pipeline
    for frames, shift in ((known((0, RED)), 5.0), ((), 8.0)):
        ENGINE.call(pipeline, clip_of(ENGINE, known=frames))
        assert pipeline.scheduler.config.flow_shift == shift
    index = index_of(EngineConfig(engine="skyreels", source=Source(str(folder))))
    assert ENGINE.narrowed(ENGINE.capabilities, index).sizes.area_px == 960 * 544
    for name, lines in (
        ("SkyReels-V2-DF-14B-720P-Diffusers", 720),
        ("models--Skywork--SkyReels-V2-DF-14B-720P-Diffusers/snapshots/0a1b2c", 720),
        ("films in 720P/SkyReels-V2-DF-14B-540P-Diffusers", 544),
    ):
        called = folder.parent / name
        called.parent.mkdir(parents=True, exist_ok=True)
        called.symlink_to(folder)
        index = index_of(EngineConfig(engine="skyreels", source=Source(str(called))))
        assert ENGINE.narrowed(ENGINE.capabilities, index).sizes.area_px // lines in (960, 1280)
