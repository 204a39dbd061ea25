"""Engines of single pictures through their real loading and calling, with tiny random weights."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.backends.config import Adapter, EngineConfig, Source
from model.backends.engine import Clip
from model.backends.registry import IMAGES, engine_of
from model.errors import PictureError
from model.images.maker import ImageRequest
from model.images.pixels import working_px
from model.images.pretrained import PretrainedImages
from model.request import Frame, Picture
from tests.model.images.tiny_images import edit_pipeline, save_klein, save_qwen, save_z_image

ASKED = ImageRequest(text="woman in red coat", width_px=48, height_px=64, seed=3)
SAVED: dict[str, Callable[[Path], Path]] = {
    "flux2-klein": save_klein,
    "qwen-image": save_qwen,
    "z-image": save_z_image,
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {name: save(tmp_path_factory.mktemp(name)) for name, save in SAVED.items()}


def maker(name: str, folder: Path, **said: object) -> PretrainedImages:
    config = EngineConfig(engine=name, source=Source(str(folder)), steps=2, options=(("area_px", 64 * 64),))
    return PretrainedImages(replace(config, **said))  # type: ignore[arg-type]


def coloured(seed: int) -> Frame:
    return np.full((80, 64, 3), np.random.default_rng(seed).integers(0, 256, 3), dtype=np.uint8)


def otherwise(one: Frame, other: Frame) -> float:
    """The share of numbers that differ; the same call gives the same ones."""
    return float((one != other).mean())


def test_what_they_declare_is_what_is_shown_here() -> None:
    assert {name: engine_of(name).capabilities.declared() for name in IMAGES} == {
        "flux2-klein": ("text", "references"),
        "qwen-image": ("text", "negative", "references"),
        "z-image": ("text", "negative"),
    }


@pytest.mark.parametrize("name", IMAGES)
def test_it_makes_what_is_asked_again_and_again(name: str, folders: dict[str, Path]) -> None:
    images = maker(name, folders[name])
    assert (images.name, images.words) == (name, engine_of(name).words)
    made = images.picture(ASKED)
    assert made.shape == (64, 48, 3)
    assert made.dtype == np.uint8
    assert made.std() > 2
    assert np.array_equal(made, pickle.loads(pickle.dumps(images)).picture(ASKED))  # noqa: S301  our own
    assert otherwise(made, images.picture(replace(ASKED, seed=4))) > 0.02
    assert otherwise(made, images.picture(replace(ASKED, text="man in blue night street"))) > 0.02


@pytest.mark.parametrize("name", [name for name in IMAGES if engine_of(name).capabilities.negative])
def test_what_it_is_not_to_become_is_read(name: str, folders: dict[str, Path]) -> None:
    images = maker(name, folders[name], guidance=4.0)
    assert otherwise(images.picture(ASKED), images.picture(replace(ASKED, negative="night rain"))) > 0.02


def test_swapping_a_reference_changes_the_picture(folders: dict[str, Path]) -> None:
    images = maker("flux2-klein", folders["flux2-klein"])
    assert images.references == 4
    alone = images.picture(ASKED)
    one, other = (images.picture(replace(ASKED, references=(coloured(seed),))) for seed in (1, 2))
    two = images.picture(replace(ASKED, references=(coloured(1), coloured(2))))
    assert min(otherwise(alone, one), otherwise(one, other), otherwise(one, two)) > 0.02
    small = images.picture(replace(ASKED, references=(coloured(1)[:20, :10],)))  # a person cut out of a wide frame
    assert otherwise(alone, small) > 0.02


def test_weights_that_make_from_words_alone_take_no_picture(folders: dict[str, Path]) -> None:
    for name in ("z-image", "qwen-image"):
        images = maker(name, folders[name])
        assert images.references == 0
        with pytest.raises(PictureError, match=r"takes 0 pictures.*Fix: "):
            images.picture(replace(ASKED, references=(coloured(1),)))


def test_what_changes_a_picture_stands_in_its_version(folders: dict[str, Path]) -> None:
    images = maker("flux2-klein", folders["flux2-klein"])
    assert images.version == "1 (distilled, 2 steps, guidance 1, 4096 px)"
    assert maker("flux2-klein", folders["flux2-klein"], guidance=3.0).version != images.version
    assert len(images.weights_digest) == 64
    loras = [(Adapter(file=Path("coat.safetensors"), of=of),) for of in ("", "MARA", "TOM")]
    assert len({maker("flux2-klein", folders["flux2-klein"], loras=one).version for one in loras}) == 3


def test_what_is_no_engine_of_pictures_is_told(folders: dict[str, Path]) -> None:
    with pytest.raises(PictureError, match=r"no engine of single pictures 'wan-vace'. Fix: "):
        maker("wan-vace", folders["z-image"])
    with pytest.raises(PictureError, match=r"has no variant 'quick'. Fix: "):
        maker("flux2-klein", folders["flux2-klein"], variant="quick").picture(ASKED)
    with pytest.raises(PictureError, match="QwenImagePipeline"):
        maker("z-image", folders["qwen-image"]).picture(ASKED)


def test_sizes_are_of_the_shape_that_is_asked_for() -> None:
    sizes = engine_of("flux2-klein").capabilities.sizes
    assert working_px(768, 1024, sizes) == (880, 1184)
    assert working_px(1920, 1080, sizes) == (1360, 768)


def test_edit_weights_hold_to_pictures_and_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    import diffusers
    from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit_plus as module

    monkeypatch.setattr(module, "VAE_IMAGE_SIZE", 64 * 64)  # a reference is enlarged to a megapixel otherwise
    monkeypatch.setattr(module, "CONDITION_IMAGE_SIZE", 56 * 56)
    engine, pipeline = engine_of("qwen-image"), edit_pipeline()

    def made(*references: Frame) -> Frame:
        clip = Clip(
            text="woman in red coat", negative="night", width_px=48, height_px=64, fps=1, frame_count=1, seed=3,
            steps=2, guidance=4.0,
            references=tuple(Picture(kind="identity", of="", picture=one, source="") for one in references),
        )  # fmt: skip
        call = engine.call(pipeline, clip)
        parts = {name: part for name, part in pipeline.components.items() if references or name != "processor"}
        as_called = getattr(diffusers, call.pipeline or "")(**parts)
        as_called.set_progress_bar_config(disable=True)
        return np.rint(as_called(**call.arguments).images[0] * 255).astype(np.uint8)

    alone, one, other, two = made(), made(coloured(1)), made(coloured(2)), made(coloured(1), coloured(2))
    assert alone.shape == one.shape == (64, 48, 3)
    assert np.array_equal(one, made(coloured(1)))
    assert min(otherwise(alone, one), otherwise(one, other), otherwise(one, two)) > 0.02


def test_a_variant_is_known_by_the_weights_name() -> None:
    said = {
        "black-forest-labs/FLUX.2-klein-4B": "1 (distilled, 4 steps, guidance 1)",
        "black-forest-labs/FLUX.2-klein-base-4B": "1 (base, 50 steps, guidance 4)",
        "Tongyi-MAI/Z-Image-Turbo": "1 (turbo, 9 steps, guidance 0)",
    }
    for where, version in said.items():
        name = "z-image" if "Z-Image" in where else "flux2-klein"
        assert PretrainedImages(EngineConfig(engine=name, source=Source(where))).version == version
