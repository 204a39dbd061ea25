"""LTX-2 by tiny random weights that are read from disk as real ones are: known frames at their times, and a sound."""

from typing import Any

import numpy as np
import pytest
import torch
from diffusers import LTX2ConditionPipeline
from numpy.typing import NDArray

from model.backends.config import EngineConfig, Source
from model.backends.engine import ClipSound
from model.backends.load import Loaded, load
from model.backends.ltx2 import ENGINE
from tests.model.engines import tiny_ltx2
from tests.model.engines.tiny_wan import saved
from tests.model.engines.wan_calls import SEEN, clip_of, differ, flat, known

SIDE_PX = 64
RED, GREEN, BLUE = (flat(colour, SIDE_PX, SIDE_PX) for colour in ((230, 20, 30), (20, 220, 40), (30, 40, 240)))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = saved(tiny_ltx2.ltx2, tmp_path_factory.mktemp("ltx2") / "ltx2")
    return load(EngineConfig(engine="ltx2", source=Source(str(folder))))


def made(loaded: Loaded, **more: Any) -> tuple[NDArray[np.float32], ClipSound]:
    call = ENGINE.call(
        loaded.pipeline, clip_of(ENGINE, **{"width_px": SIDE_PX, "height_px": SIDE_PX, "steps": 2, **more})
    )
    result = loaded.call(call.pipeline, call.arguments)
    sound = ENGINE.sound(result, loaded.pipeline)
    assert sound is not None
    return np.asarray(result.frames[0], np.float32), sound


@pytest.mark.capability("ltx2", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(loaded: Loaded) -> None:
    first, _ = made(loaded)
    assert np.array_equal(first, made(loaded)[0]), "a seed is one noise"
    assert differ(first, made(loaded, seed=8)[0]) > 1
    assert differ(first, made(loaded, text="man in blue coat")[0]) > SEEN
    guided, _ = made(loaded, guidance=3.0)
    assert differ(guided, made(loaded, guidance=3.0, negative="red street")[0]) > SEEN


@pytest.mark.capability("ltx2", "size", "length", "rate")
def test_a_clip_has_the_size_and_length_that_are_asked_for_and_moves_at_its_rate(loaded: Loaded) -> None:
    first, _ = made(loaded)
    assert first.shape == (9, SIDE_PX, SIDE_PX, 3)
    assert made(loaded, width_px=96, frame_count=17)[0].shape == (17, SIDE_PX, 96, 3)
    assert differ(first, made(loaded, fps=30)[0]) > SEEN


@pytest.mark.capability("ltx2", "sound")
def test_it_makes_a_sound_as_long_as_the_clip_by_words_and_seed(loaded: Loaded) -> None:
    _, sound = made(loaded, frame_count=25)
    assert sound.rate_hz == tiny_ltx2.RATE_HZ
    assert sound.samples.dtype == np.float32
    assert sound.samples.shape[1] == 2
    assert len(sound.samples) / sound.rate_hz == pytest.approx(25 / 24, abs=0.05)
    assert np.abs(sound.samples).max() <= 1
    assert sound.samples.std() > 0.001
    _, again = made(loaded, frame_count=25)
    assert np.array_equal(sound.samples, again.samples)
    for more in ({"seed": 8}, {"text": "man in blue coat"}):
        _, other = made(loaded, frame_count=25, **more)
        assert np.abs(sound.samples - other.samples).max() > 1e-4


@pytest.mark.capability("ltx2", "first", "last", "any_frame", "before", "after")
@pytest.mark.parametrize("at", [(0,), (0, 24), (13,), tuple(range(9)), tuple(range(16, 25))])
def test_what_is_known_changes_the_clip_and_so_does_where_it_stands(loaded: Loaded, at: tuple[int, ...]) -> None:
    red, blue = (
        made(loaded, frame_count=25, known=known(*((index, colour) for index in at)))[0] for colour in (RED, BLUE)
    )
    assert differ(red, blue) > SEEN
    elsewhere = (*at[:-1], at[-1] - 1) if len(at) < 9 and at[-1] else tuple(index ^ 16 for index in at)
    moved, _ = made(loaded, frame_count=25, known=known(*((index, RED) for index in elsewhere)))
    assert differ(red, moved) > SEEN


def test_a_known_frame_is_told_at_its_own_time_and_a_clip_with_its_packed_frames(loaded: Loaded) -> None:
    pipeline = LTX2ConditionPipeline(**loaded.pipeline.components)
    frames = known((0, RED), (5, BLUE), *((index, GREEN) for index in range(16, 25)), (32, BLUE))
    clip = clip_of(ENGINE, width_px=SIDE_PX, height_px=SIDE_PX, frame_count=33, known=frames)
    conditions = ENGINE.call(pipeline, clip).arguments["conditions"]
    _, mask, _, times = pipeline.prepare_latents(
        conditions,
        num_channels_latents=4,
        height=SIDE_PX,
        width=SIDE_PX,
        num_frames=33,
        frame_rate=24.0,
        dtype=torch.float32,
        generator=torch.Generator().manual_seed(0),
    )
    tokens = (SIDE_PX // 32) ** 2
    own = pipeline.transformer.rope.prepare_video_coords(1, 5, 2, 2, "cpu", fps=24.0)
    spans = (times[0, 0, ::tokens] * 24).round().int().tolist()
    assert spans == [[5, 6], [9, 17], [17, 25], [32, 33]], "from when to when each is, in frames"
    assert (own[0, 0, ::tokens] * 24).round().int().tolist()[2:4] == spans[1:3], "as the packed frames themselves are"
    assert mask[0, ::tokens, 0].tolist() == [1, 0, 0, 0, 0, 1, 1, 1, 1], (
        "the first packed frame, and what is told besides"
    )


def test_guidance_of_each_kind_is_asked_for_only_where_it_is_more_than_a_cost(loaded: Loaded) -> None:
    full, distilled = ENGINE.variants
    told = [
        ENGINE.call(loaded.pipeline, clip_of(ENGINE, steps=one.steps, guidance=one.guidance)).arguments
        for one in (full, distilled)
    ]
    assert not told[0]["use_cross_timestep"], "these weights are as 2.0 was"
    assert told[0]["stg_scale"] == 1.0
    assert told[0]["spatio_temporal_guidance_blocks"] == [1], "these weights have two blocks"
    assert (told[1]["stg_scale"], told[1]["modality_scale"], told[1]["audio_guidance_scale"]) == (0.0, 1.0, 1.0)
    assert len(told[1]["sigmas"]) == distilled.steps
    ran: list[int] = []
    handle = loaded.pipeline.transformer.register_forward_hook(lambda *_: ran.append(1))
    made(loaded, steps=distilled.steps)
    handle.remove()
    assert len(ran) == distilled.steps, "once a step"
