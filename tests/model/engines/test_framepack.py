"""FramePack and FramePack F1 by tiny random weights that are read from disk as real ones are."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from model.backends.config import EngineConfig, Source
from model.backends.engine import Engine
from model.backends.framepack import ENGINE, F1
from model.backends.load import load
from model.errors import PictureError
from tests.model.engines import tiny_hunyuan
from tests.model.engines.wan_calls import clip_of, differ, flat, known, made

RED, GREEN, BLUE = (flat(colour, 32, 32) for colour in ((230, 20, 30), (20, 220, 40), (30, 40, 240)))
SMALL: dict[str, Any] = {"width_px": 32, "height_px": 32, "frame_count": 37, "known": known((0, RED))}
BOTH = pytest.mark.parametrize("engine", [ENGINE, F1], ids=lambda engine: engine.name)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("framepack")
    tiny_hunyuan.framepack().save_pretrained(folder)
    return folder


def latents(engine: Engine, folder: Path, **more: Any) -> torch.Tensor:
    """What is made before it is decoded: (1, channels, t, h, w)."""
    loaded = load(EngineConfig(engine=engine.name, source=Source(str(folder))))
    call = engine.call(loaded.pipeline, clip_of(engine, **{**SMALL, **more}))
    made: torch.Tensor = loaded.call(call.pipeline, {**call.arguments, "output_type": "latent"}).frames[-1]
    return made


@BOTH
@pytest.mark.capability("framepack", "text", "first", "seed")
@pytest.mark.capability("framepack-f1", "text", "first", "seed")
def test_words_seeds_and_the_first_frame_change_the_clip(folder: Path, engine: Engine) -> None:
    once = made(engine, folder, **SMALL)
    assert np.array_equal(once, made(engine, folder, **SMALL)), "a seed is one noise"
    assert differ(once, made(engine, folder, **SMALL, seed=8)) > 1
    assert differ(once, made(engine, folder, **SMALL, text="man in blue coat")) > 0.01
    assert differ(once, made(engine, folder, **{**SMALL, "known": known((0, BLUE))})) > 0.1


@BOTH
def test_the_first_frame_stands_at_the_beginning_whatever_is_made_after_it(folder: Path, engine: Engine) -> None:
    red, said, blue = (
        latents(engine, folder, **more) for more in ({}, {"text": "man in blue coat"}, {"known": known((0, BLUE))})
    )
    assert red.shape[2] == 10, "the picture's, and a window"
    assert torch.allclose(red[:, :, 0], said[:, :, 0])
    assert not torch.allclose(red[:, :, 1:], said[:, :, 1:])
    assert not torch.allclose(red[:, :, 0], blue[:, :, 0])


@pytest.mark.capability("framepack", "last")
def test_another_last_frame_is_another_clip(folder: Path) -> None:
    none, green, blue = (
        made(ENGINE, folder, **{**SMALL, "known": (*known((0, RED)), *last)})
        for last in ((), known((36, GREEN)), known((36, BLUE)))
    )
    assert differ(green, none) > 0.1
    assert differ(green, blue) > 0.1


def test_the_two_are_made_in_another_order(folder: Path) -> None:
    assert differ(made(ENGINE, folder, **SMALL), made(F1, folder, **SMALL)) > 0.1


@BOTH
@pytest.mark.capability("framepack", "length", "size", "rate")
@pytest.mark.capability("framepack-f1", "length", "size", "rate")
def test_lengths_are_whole_windows_and_made_to_the_frame(folder: Path, engine: Engine) -> None:
    """The pipeline makes more frames than it is asked for: a window is 36, and it counts 33."""
    for asked, count in ((20, 37), (38, 73), (100, 109)):
        assert engine.capabilities.frames.fitting(asked) == count
    asked_of = {**SMALL, "frame_count": 73, "height_px": 16, "known": known((0, flat((9, 9, 9), 32, 16)))}
    assert made(engine, folder, **asked_of).shape == (73, 16, 32, 3)
    assert engine.capabilities.fps == 30


def test_without_a_first_frame_nothing_is_made() -> None:
    with pytest.raises(PictureError, match="FramePack begin with a picture"):
        ENGINE.call(None, clip_of(ENGINE))
