"""First frames that an image engine makes: after the theatre's drawing and the pictures of who is in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.backends.adapt import plan_clip
from model.backends.config import EngineConfig, Source
from model.backends.engine import Capabilities
from model.backends.registry import engine_of
from model.images.opening import opening_request, shown_beside_drawing
from model.images.pretrained import PretrainedImages
from model.request import ClipRequest, Picture
from model.theatre import draw
from tests.model.engines.planned import HEIGHT_PX, WIDTH_PX, config, engine, flat, painted, short
from tests.model.images.tiny_images import save_klein


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> EngineConfig:
    folder = save_klein(tmp_path_factory.mktemp("klein"))
    return EngineConfig(engine="flux2-klein", source=Source(str(folder)), steps=1, options=(("area_px", 64 * 64),))


def pictured(request: ClipRequest) -> ClipRequest:
    name = request.stage.figures[0].id
    sheet = Picture(kind="identity", of=name, picture=flat(50), source="cast/anna.png", view="front")
    return replace(short(request), pictures=(sheet,), text="A woman in a red coat.")


def test_a_shot_begins_with_what_the_image_engine_makes_of_its_drawing(
    clip_request: ClipRequest, images: EngineConfig
) -> None:
    asked = pictured(clip_request)
    _, painter = painted(asked, engine(first=True), images=images)
    maker = PretrainedImages(images)
    drawing = draw(asked.stage, 0.0, WIDTH_PX, HEIGHT_PX)
    wanted = opening_request(maker, asked, asked.text, drawing, asked.pictures, asked.seed)
    assert len(wanted.references) == 2
    assert np.array_equal(wanted.references[0], drawing)
    assert wanted.text.startswith("Picture 1 is a drawing of this frame")
    assert wanted.text.endswith("A woman in a red coat.")
    assert wanted.of[0] == asked.stage.figures[0].id
    first = maker.picture(wanted)
    assert np.array_equal(painter.clips[0].known[0].picture, first)
    assert not np.array_equal(first, maker.picture(replace(wanted, references=wanted.references[::-1])))


def test_one_place_among_the_pictures_is_the_drawings(clip_request: ClipRequest, images: EngineConfig) -> None:
    assert [shown_beside_drawing(count) for count in (0, 1, 2, 4)] == [0, 1, 1, 3]
    asked = pictured(clip_request)
    what, said = engine(first=True), config(images=images)

    def shown(can: Capabilities) -> int:
        return len(plan_clip(asked, what, what.capabilities, said, can).opened_by)

    edits = engine_of("flux2-klein").capabilities
    assert shown(edits) == 1
    assert shown(replace(edits, references=0)) == 0, "weights that take no pictures are given none"
