"""Wan from pictures by tiny random weights of each kind that there is, read from disk as real ones are."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from model.backends.config import EngineConfig, Source
from model.backends.engine import Capabilities
from model.backends.load import index_of, load
from model.backends.wan_i2v import ENGINE
from model.errors import PictureError
from tests.model.engines import tiny_wan
from tests.model.engines.wan_calls import BLUE, GREEN, HEIGHT_PX, RED, SEEN, WIDTH_PX, clip_of, differ, known, made

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
    pipeline = load(config_of(folder_of("wan_ti2v_5b"))).as_class("WanImageToVideoPipeline")
    assert pipeline.config.expand_timesteps
    call = ENGINE.call(pipeline, clip_of(ENGINE, known=FIRST, frame_count=5))
    alone, after_others = (
        pipeline(**{**call.arguments, "output_type": "latent", "generator": None, "num_inference_steps": steps}).frames
        for steps in (1, 2)
    )
    assert np.allclose(alone[:, :, 0], after_others[:, :, 0]), "whatever the noise, the first latent is the picture's"
    assert not np.allclose(alone[:, :, 1], after_others[:, :, 1])


@pytest.mark.parametrize("kind", ["wan_t2v", "wan_ti2v_5b"])
def test_weights_that_need_no_picture_make_a_clip_of_words(folder_of: Callable[[str], Path], kind: str) -> None:
    folder = folder_of(kind)
    assert ENGINE.call(load(config_of(folder)).pipeline, clip_of(ENGINE)).pipeline == "WanPipeline"
    assert differ(made(ENGINE, folder), made(ENGINE, folder, text="man in blue coat")) > SEEN


def test_weights_that_need_a_picture_say_so(folder_of: Callable[[str], Path]) -> None:
    with pytest.raises(PictureError, match=r"begin with a picture, and the shot has none\. Fix: "):
        made(ENGINE, folder_of("wan_i2v_22"))


def test_a_shift_of_the_steps_is_told_to_the_scheduler() -> None:
    pipeline = tiny_wan.wan_i2v_22()
    ENGINE.call(pipeline, clip_of(ENGINE, known=FIRST, options={"flow_shift": 5.0}))
    assert pipeline.scheduler.config.flow_shift == 5.0
