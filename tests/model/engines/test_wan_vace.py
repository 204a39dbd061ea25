"""Wan VACE by tiny random weights that are read from disk as real ones are: each thing that it is told changes what it
makes where it must, and nowhere else.
"""

from pathlib import Path

import numpy as np
import pytest

from model.backends.config import EngineConfig, Source
from model.backends.engine import ControlVideo
from model.backends.load import index_of, load
from model.backends.wan_vace import ENGINE
from model.request import Frame, KnownFrame, Picture
from tests.model.engines import tiny_wan
from tests.model.engines.wan_calls import (
    BLUE,
    GREEN,
    HEIGHT_PX,
    RED,
    SEEN,
    WIDTH_PX,
    clip_of,
    differ,
    flat,
    known,
    made,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_wan.saved(tiny_wan.wan_vace, tmp_path_factory.mktemp("wan") / "vace")


def person(picture: Frame) -> Picture:
    return Picture(kind="identity", of="MARA", picture=picture, source="cast/mara.png")


def led(kind: str, colour: tuple[int, int, int]) -> ControlVideo:
    return ControlVideo(kind=kind, frames=(flat(colour),) * 9)  # type: ignore[arg-type]


@pytest.mark.capability("wan-vace", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folder: Path) -> None:
    first = made(ENGINE, folder)
    assert np.array_equal(first, made(ENGINE, folder)), "a seed is one noise"
    assert differ(first, made(ENGINE, folder, seed=8)) > 1
    assert differ(first, made(ENGINE, folder, text="man in blue coat")) > SEEN
    guided = made(ENGINE, folder, guidance=5.0)
    assert differ(guided, made(ENGINE, folder, guidance=5.0, negative="red street")) > SEEN


@pytest.mark.capability("wan-vace", "size", "length")
def test_a_clip_has_the_size_and_length_that_are_asked_for(folder: Path) -> None:
    assert made(ENGINE, folder).shape == (9, HEIGHT_PX, WIDTH_PX, 3)
    assert made(ENGINE, folder, width_px=32, height_px=48, frame_count=5).shape == (5, 48, 32, 3)


@pytest.mark.capability("wan-vace", "first", "last", "any_frame", "before", "after")
@pytest.mark.parametrize("at", [(0,), (8,), (4,), (0, 1, 2, 3, 4), (5, 6, 7, 8)])
def test_what_is_known_changes_the_clip_wherever_it_stands(folder: Path, at: tuple[int, ...]) -> None:
    red, blue = (
        made(ENGINE, folder, known=known(*((index, colour) for index in at)), lead_in=sum(i < 5 for i in at))
        for colour in (RED, BLUE)
    )
    assert differ(red, blue) > SEEN
    assert differ(red, made(ENGINE, folder)) > SEEN


def test_what_is_known_stands_at_its_index_and_all_else_is_to_be_made(folder: Path) -> None:
    pipeline = load(EngineConfig(engine="wan-vace", source=Source(str(folder)))).pipeline
    keep = np.zeros((HEIGHT_PX, WIDTH_PX), np.bool_)
    keep[:, :20] = True
    held = KnownFrame(index=3, picture=GREEN, keep=keep)
    clip = clip_of(ENGINE, known=(*known((0, RED)), held), control=led("depth", (90, 90, 90)))
    told = ENGINE.call(pipeline, clip).arguments
    video, mask, _ = pipeline.preprocess_conditions(
        told["video"], told["mask"], told["reference_images"], 1, HEIGHT_PX, WIDTH_PX, 9, None, "cpu"
    )
    seen = np.rint((video[0].permute(1, 2, 3, 0).numpy() + 1) * 127.5)
    open_to_it = mask[0, 0].numpy()
    assert np.array_equal(seen[0], RED)
    assert np.array_equal(seen[3, :, :20], GREEN[:, :20])
    assert np.array_equal(seen[3, :, 20:], flat((90, 90, 90))[:, 20:]), "what is not kept is led by the control"
    assert np.array_equal(seen[5], flat((90, 90, 90)))
    assert not open_to_it[0].any()
    assert np.array_equal(open_to_it[3], ~keep)
    assert open_to_it[[1, 2, 4, 5, 6, 7, 8]].all()
    bare = ENGINE.call(pipeline, clip_of(ENGINE)).arguments
    assert (bare["video"] == 0.5).all()
    assert bare["mask"].all()
    assert bare["reference_images"] is None


@pytest.mark.capability("wan-vace", "keep")
def test_what_is_kept_and_where_change_the_clip_and_what_is_hidden_does_not(folder: Path) -> None:
    keep = np.zeros((HEIGHT_PX, WIDTH_PX), np.bool_)
    keep[:, :32] = True
    mixed = GREEN.copy()
    mixed[:, 32:] = BLUE[:, 32:]
    left, hidden, right, other = (
        made(ENGINE, folder, known=(KnownFrame(index=0, picture=picture, keep=mask),))
        for picture, mask in ((GREEN, keep), (mixed, keep), (GREEN, ~keep), (RED, keep))
    )
    assert np.array_equal(left, hidden), "what is beside the kept part is no part of what is told"
    assert differ(left, right) > SEEN
    assert differ(left, other) > SEEN


@pytest.mark.capability("wan-vace", "references")
def test_each_reference_changes_the_clip_and_none_is_a_frame_of_it(folder: Path) -> None:
    nobody = made(ENGINE, folder)
    one = made(ENGINE, folder, references=(person(RED),))
    two = made(ENGINE, folder, references=(person(RED), person(GREEN)))
    assert one.shape == two.shape == nobody.shape
    assert differ(one, nobody) > SEEN
    assert differ(one, made(ENGINE, folder, references=(person(BLUE),))) > SEEN
    assert differ(two, one) > SEEN
    assert differ(two, made(ENGINE, folder, references=(person(RED), person(BLUE)))) > SEEN


def test_a_reference_may_have_any_size_and_shape(folder: Path) -> None:
    tall = person(flat((200, 10, 10), 30, 90))
    assert made(ENGINE, folder, references=(tall,)).shape == (9, HEIGHT_PX, WIDTH_PX, 3)


@pytest.mark.capability("wan-vace", "control depth", "control edges", "control flow", "control grey", "control pose")
@pytest.mark.parametrize("kind", sorted(ENGINE.capabilities.controls))
def test_a_control_video_leads_and_as_firmly_as_it_is_told_to(folder: Path, kind: str) -> None:
    one = made(ENGINE, folder, control=led(kind, (250, 250, 250)))
    assert differ(one, made(ENGINE, folder)) > SEEN
    assert differ(one, made(ENGINE, folder, control=led(kind, (10, 10, 10)))) > SEEN
    options = {**dict(ENGINE.options), "conditioning_scale": 0.0}
    none, as_none = (made(ENGINE, folder, control=led(kind, (v, v, v)), options=options) for v in (250, 10))
    assert np.array_equal(none, as_none)


def test_a_shift_of_the_steps_is_told_to_the_scheduler_and_only_where_it_is_another(tmp_path: Path) -> None:
    pipeline = tiny_wan.wan_vace()
    before = pipeline.scheduler
    ENGINE.call(pipeline, clip_of(ENGINE))
    assert pipeline.scheduler is before
    ENGINE.call(pipeline, clip_of(ENGINE, options={**dict(ENGINE.options), "flow_shift": 5.0}))
    assert pipeline.scheduler.config.flow_shift == 5.0
    assert pipeline.scheduler.config.use_flow_sigmas


def test_wan_22_changes_its_transformer_where_its_folder_says(tmp_path: Path) -> None:
    folder = tiny_wan.saved(tiny_wan.wan_vace_22, tmp_path / "22")
    config = EngineConfig(engine="wan-vace", source=Source(str(folder)))
    assert index_of(config).settings["boundary_ratio"] == 0.875
    loaded = load(config)
    ran: list[str] = []
    for name in ("transformer", "transformer_2"):
        part = loaded.pipeline.components[name]
        part.register_forward_hook(lambda *_, name=name: ran.append(name))
    call = ENGINE.call(loaded.pipeline, clip_of(ENGINE, steps=4))
    loaded.call(call.pipeline, call.arguments)
    assert ran[0] == "transformer"
    assert ran[-1] == "transformer_2"
