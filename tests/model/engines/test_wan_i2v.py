"""Wan from pictures by tiny random weights of each kind that there is, read from disk as real ones are."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.backends.config import EngineConfig, Source
from model.backends.engine import Capabilities
from model.backends.load import index_of, load
from model.backends.pretrained import Pretrained
from model.backends.wan_i2v import ENGINE
from model.errors import PictureError
from model.request import ClipRequest
from tests.model.engines import tiny_wan
from tests.model.engines.wan_calls import (
    BLUE,
    GREEN,
    HEIGHT_PX,
    RED,
    SEEN,
    WIDTH_PX,
    backend_of,
    clip_of,
    differ,
    flat,
    known,
    made,
    pictured,
)

FIRST = known((0, RED))


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a kind of weights, saved once."""
    root = tmp_path_factory.mktemp("wan")

    def saved(kind: str) -> Path:
        folder = root / kind
        return folder if folder.is_dir() else tiny_wan.saved(getattr(tiny_wan, kind), folder)

    return saved


def can_of(folder: Path) -> Capabilities:
    """What the weights in a folder can be told."""
    return ENGINE.narrowed(ENGINE.capabilities, index_of(config_of(folder)))


def config_of(folder: Path) -> EngineConfig:
    return EngineConfig(engine="wan-i2v", source=Source(str(folder)))


@pytest.mark.parametrize(
    ("kind", "first", "needs_first", "last", "needs_last"),
    [
        ("wan_i2v_21", True, True, False, False),
        ("wan_flf_21", True, True, True, True),
        ("wan_i2v_22", True, True, True, False),
        ("wan_ti2v_5b", True, False, False, False),
        ("wan_t2v", False, False, False, False),
    ],
)
def test_what_weights_can_be_told_is_read_from_their_folder(
    folder_of: Callable[[str], Path], kind: str, first: bool, needs_first: bool, last: bool, needs_last: bool
) -> None:
    can = can_of(folder_of(kind))
    assert (can.first, can.needs_first, can.last, can.needs_last) == (first, needs_first, last, needs_last)
    assert can.frames.most == (121 if kind == "wan_ti2v_5b" else 81)
    assert can.fps == (24 if kind == "wan_ti2v_5b" else 16)


@pytest.mark.capability("wan-i2v", "text", "negative", "seed", "size", "length")
def test_words_unwanted_words_and_seeds_change_the_clip(folder_of: Callable[[str], Path]) -> None:
    folder = folder_of("wan_i2v_22")
    first = made(ENGINE, folder, known=FIRST)
    assert first.shape == (9, HEIGHT_PX, WIDTH_PX, 3)
    assert np.array_equal(first, made(ENGINE, folder, known=FIRST)), "a seed is one noise"
    assert differ(first, made(ENGINE, folder, known=FIRST, seed=8)) > 1
    assert differ(first, made(ENGINE, folder, known=FIRST, text="man in blue coat")) > SEEN
    guided = made(ENGINE, folder, known=FIRST, guidance=5.0)
    assert differ(guided, made(ENGINE, folder, known=FIRST, guidance=5.0, negative="red street")) > SEEN
    assert made(ENGINE, folder, known=FIRST, width_px=32, height_px=48, frame_count=5).shape == (5, 48, 32, 3)


@pytest.mark.capability("wan-i2v", "first")
@pytest.mark.parametrize("kind", ["wan_i2v_21", "wan_i2v_22", "wan_ti2v_5b"])
def test_a_first_frame_changes_the_clip(folder_of: Callable[[str], Path], kind: str) -> None:
    folder = folder_of(kind)
    red = made(ENGINE, folder, known=FIRST)
    assert red.shape == (9, HEIGHT_PX, WIDTH_PX, 3)
    assert differ(red, made(ENGINE, folder, known=known((0, BLUE)))) > SEEN


@pytest.mark.capability("wan-i2v", "last")
@pytest.mark.parametrize("kind", ["wan_flf_21", "wan_i2v_22"])
def test_a_last_frame_changes_the_clip(folder_of: Callable[[str], Path], kind: str) -> None:
    folder = folder_of(kind)
    green = made(ENGINE, folder, known=known((0, RED), (8, GREEN)))
    assert differ(green, made(ENGINE, folder, known=known((0, RED), (8, BLUE)))) > SEEN
    assert differ(green, made(ENGINE, folder, known=known((0, BLUE), (8, GREEN)))) > SEEN


def test_a_first_frame_of_ti2v_5b_is_the_clip_s_own(folder_of: Callable[[str], Path]) -> None:
    loaded = load(config_of(folder_of("wan_ti2v_5b")))
    call = ENGINE.call(loaded.pipeline, clip_of(ENGINE, known=FIRST, frame_count=5))
    one, other = (
        loaded.call(call.pipeline, {**call.arguments, "output_type": "latent", "num_inference_steps": steps}).frames
        for steps in (1, 2)
    )
    assert np.allclose(one[:, :, 0], other[:, :, 0]), "however it is sampled, the first latent is the picture's"
    assert not np.allclose(one[:, :, 1], other[:, :, 1])


@pytest.mark.parametrize("kind", ["wan_t2v", "wan_ti2v_5b"])
def test_weights_that_need_no_picture_make_a_clip_of_words(folder_of: Callable[[str], Path], kind: str) -> None:
    folder = folder_of(kind)
    assert ENGINE.call(load(config_of(folder)).pipeline, clip_of(ENGINE)).pipeline == "WanPipeline"
    assert differ(made(ENGINE, folder), made(ENGINE, folder, text="man in blue coat")) > SEEN


def test_weights_that_need_a_picture_say_so(folder_of: Callable[[str], Path]) -> None:
    with pytest.raises(PictureError, match=r"begin with a picture, and the shot has none\. Fix: "):
        made(ENGINE, folder_of("wan_i2v_22"))


@pytest.mark.capability("wan-i2v", "rate")
@pytest.mark.parametrize(("kind", "fps"), [("wan_i2v_22", 16), ("wan_ti2v_5b", 24)])
def test_a_film_gets_its_own_size_rate_and_count_of_frames(
    folder_of: Callable[[str], Path], clip_request: ClipRequest, kind: str, fps: int
) -> None:
    backend = backend_of(ENGINE, folder_of(kind))
    assert backend.plan(clip_request).fps == fps
    assert pictured(backend, clip_request).shape == (12, 64, 96, 3)


def test_weights_that_need_pictures_begin_and_end_with_the_drawing(
    folder_of: Callable[[str], Path], clip_request: ClipRequest
) -> None:
    backend = backend_of(ENGINE, folder_of("wan_flf_21"))
    told = " ".join(backend.tells(clip_request))
    assert "the shot begins with the theatre's drawing of it" in told
    assert "it is led to the theatre's drawing of the shot" in told
    day = pictured(backend, clip_request)
    night = replace(clip_request.stage, light=replace(clip_request.stage.light, hour="night"))
    assert (day != pictured(backend, clip_request, stage=night)).any()


def test_given_frames_stand_at_their_places(folder_of: Callable[[str], Path], clip_request: ClipRequest) -> None:
    red, blue = flat((230, 20, 30), 96, 64), flat((30, 40, 240), 96, 64)
    frames = pictured(backend_of(ENGINE, folder_of("wan_i2v_22")), clip_request, known=known((0, red), (11, blue)))
    assert np.array_equal(frames[0], red)
    assert np.array_equal(frames[11], blue)


def test_a_last_frame_that_weights_would_not_look_at_is_led_to_from_behind_and_said_so(
    folder_of: Callable[[str], Path], clip_request: ClipRequest
) -> None:
    backend = backend_of(ENGINE, folder_of("wan_ti2v_5b"))
    red, green = (known((11, flat(colour, 96, 64))) for colour in ((230, 20, 30), (20, 220, 40)))
    assert "are made from there backward, and turned" in " ".join(backend.tells(replace(clip_request, known=red)))
    frames = pictured(backend, clip_request, known=red)
    assert np.array_equal(frames[11], red[0].picture)
    assert (frames[6] != pictured(backend, clip_request, known=green)[6]).any()


def test_weights_are_sampled_as_their_names_say() -> None:
    guidance = {
        name: dict(backend_named(f"Wan-AI/{name}").settings)["guidance"]
        for name in ("Wan2.1-I2V-14B-480P-Diffusers", "Wan2.2-I2V-A14B-Diffusers", "Wan2.1-I2V-StepDistill")
    }
    assert list(guidance.values()) == [5.0, 3.5, 1.0]


def backend_named(repository: str) -> Pretrained:
    return Pretrained(EngineConfig(engine="wan-i2v", source=Source(repository)))
