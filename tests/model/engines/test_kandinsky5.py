"""Kandinsky 5 by tiny random weights that are read from disk as real ones are."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from model.backends.config import EngineConfig, Source
from model.backends.engine import Capabilities
from model.backends.index import PipelineIndex
from model.backends.kandinsky5 import ENGINE
from model.backends.load import index_of, load
from model.errors import PictureError
from model.request import Frame
from tests.model.engines import tiny_kandinsky5
from tests.model.engines.wan_calls import clip_of, differ, flat, known, made

RED, BLUE = flat((230, 20, 30), 32, 32), flat((30, 40, 240), 32, 32)
FROM_WORDS: dict[str, Any] = {"width_px": 32, "height_px": 32, "frame_count": 5}
FROM_PICTURE: dict[str, Any] = {"width_px": 32, "height_px": 32, "frame_count": 17}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("kandinsky5")
    kinds = {"words": tiny_kandinsky5.from_words, "picture": tiny_kandinsky5.from_picture}
    for name, make in kinds.items():
        make().save_pretrained(base / name)
    return {name: base / name for name in kinds}


def can(folder: Path) -> Capabilities:
    index = index_of(EngineConfig(engine="kandinsky5", source=Source(str(folder))))
    return ENGINE.narrowed(ENGINE.capabilities, index)


@pytest.mark.capability("kandinsky5", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folders: dict[str, Path]) -> None:
    folder = folders["words"]
    once = made(ENGINE, folder, **FROM_WORDS)
    assert np.array_equal(once, made(ENGINE, folder, **FROM_WORDS)), "a seed is one noise"
    assert differ(once, made(ENGINE, folder, **FROM_WORDS, seed=8)) > 1
    assert differ(once, made(ENGINE, folder, **FROM_WORDS, text="man in blue coat")) > 0.01
    guided, unwanted = (made(ENGINE, folder, **FROM_WORDS, guidance=5.0, negative=said) for said in ("", "red street"))
    assert differ(guided, unwanted) > 0.01


@pytest.mark.capability("kandinsky5", "first")
def test_a_first_frame_stands_at_the_beginning(folders: dict[str, Path]) -> None:
    """Before it is decoded, the first frame is the picture's but for its contrast, whatever the seed is."""
    loaded = load(EngineConfig(engine="kandinsky5", source=Source(str(folders["picture"]))))

    def latents(first: Frame, seed: int) -> NDArray[np.float32]:
        call = ENGINE.call(loaded.pipeline, clip_of(ENGINE, **FROM_PICTURE, known=known((0, first)), seed=seed))
        frames = loaded.call(call.pipeline, {**call.arguments, "output_type": "latent"}).frames
        return np.asarray(frames[0], np.float32)

    red, other, blue = latents(RED, 7), latents(RED, 8), latents(BLUE, 7)
    assert np.isfinite(red).all()
    assert np.corrcoef(red[0].ravel(), other[0].ravel())[0, 1] > 0.9999
    assert np.corrcoef(red[1].ravel(), other[1].ravel())[0, 1] < 0.99
    assert np.corrcoef(red[0].ravel(), blue[0].ravel())[0, 1] < 0.99
    first = known((0, RED)), known((0, BLUE))
    clips = [made(ENGINE, folders["picture"], **FROM_PICTURE, known=picture) for picture in first]
    assert differ(*clips) > 0.1


@pytest.mark.capability("kandinsky5", "length", "size", "rate")
def test_lengths_and_sizes_that_are_declared_are_made_as_they_are_asked_for(folders: dict[str, Path]) -> None:
    words = {**FROM_WORDS, "width_px": 48, "frame_count": 9}
    assert made(ENGINE, folders["words"], **words).shape == (9, 32, 48, 3)
    count = can(folders["picture"]).frames.fitting(18)
    picture = {**FROM_PICTURE, "frame_count": count, "known": known((0, RED))}
    assert made(ENGINE, folders["picture"], **picture).shape == (21, 32, 32, 3)
    assert ENGINE.capabilities.fps == 24


@pytest.mark.filterwarnings("ignore:std\\(\\):UserWarning")  # of a fifth latent frame that is not there
def test_a_clip_from_a_picture_is_never_so_short_that_nothing_is_left_of_it(folders: dict[str, Path]) -> None:
    assert can(folders["picture"]).frames.least == 17
    assert can(folders["words"]).frames.least == 5
    with pytest.raises(PictureError, match="no number"):  # else the least length can be lowered
        made(ENGINE, folders["picture"], **{**FROM_PICTURE, "frame_count": 13, "known": known((0, RED))})


def test_what_weights_begin_with_is_read_from_their_class(folders: dict[str, Path]) -> None:
    assert not can(folders["words"]).first
    assert can(folders["picture"]).needs_first
    with pytest.raises(PictureError, match="Kandinsky 5 begin with a picture"):
        ENGINE.call(tiny_kandinsky5.from_picture(), clip_of(ENGINE, **FROM_PICTURE))


def test_weights_for_ten_seconds_make_sizes_in_blocks() -> None:
    configs = {"transformer": {"attention_type": "nabla"}}
    index = PipelineIndex(Path(), "Kandinsky5T2VPipeline", (), configs, {}, {})
    long = ENGINE.narrowed(ENGINE.capabilities, index)
    assert (long.frames.most, long.sizes.multiple_px) == (241, 128)


@pytest.mark.skipif(find_spec("torchvision") is not None, reason="torchvision is there")
def test_weights_whose_words_are_read_by_a_processor_of_pictures_say_what_to_install(tmp_path: Path) -> None:
    tiny_kandinsky5.from_words().save_pretrained(tmp_path)
    note = tmp_path / "model_index.json"
    parts = {**json.loads(note.read_text()), "tokenizer": ["transformers", "Qwen2VLProcessor"]}
    note.write_text(json.dumps(parts))
    (tmp_path / "tokenizer/preprocessor_config.json").write_text('{"image_processor_type": "Qwen2VLImageProcessor"}')
    with pytest.raises(PictureError, match=r"Torchvision.*Fix: run `pip install 'workprint\[engines\]'`"):
        made(ENGINE, tmp_path, **FROM_WORDS)


def test_without_unwanted_words_the_pipelines_own_are_left_out() -> None:
    told = ENGINE.call(tiny_kandinsky5.from_words(), clip_of(ENGINE, **FROM_WORDS)).arguments
    assert told["negative_prompt"] == "", "for None it puts them in"
