"""Wan VACE by tiny random weights that are read from disk as real ones are: each thing that it is told changes what it
makes where it must, and nowhere else.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from model.backends.config import EngineConfig, Source
from model.backends.engine import Control, ControlVideo
from model.backends.load import index_of, load
from model.backends.wan_vace import ENGINE
from model.errors import PictureError
from model.request import ClipRequest, Frame, KnownFrame, Picture
from model.stage import Stage
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
from tests.model.test_dit_backend import clip as take_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_wan.saved(tiny_wan.wan_vace, tmp_path_factory.mktemp("wan") / "vace")


def person(picture: Frame) -> Picture:
    return Picture(kind="identity", of="MARA", picture=picture, source="cast/mara.png")


def crossed(stage: Stage, to_x_m: float) -> Stage:
    """The stage with its figure on the way to one side."""
    (figure,) = stage.figures
    (start,) = figure.body
    stop = replace(start, time_s=stage.duration_s, x_m=to_x_m)
    return replace(stage, figures=(replace(figure, body=(start, stop)),))


def led(kind: Control, colour: tuple[int, int, int]) -> ControlVideo:
    return ControlVideo(kind=kind, frames=(flat(colour),) * 9)


@pytest.mark.capability("wan-vace", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folder: Path) -> None:
    first = made(ENGINE, folder)
    assert np.array_equal(first, made(ENGINE, folder)), "a seed is one noise"
    assert differ(first, made(ENGINE, folder, seed=8)) > 1
    assert differ(first, made(ENGINE, folder, text="man in blue coat")) > SEEN
    guided = made(ENGINE, folder, guidance=5.0)
    assert differ(guided, made(ENGINE, folder, guidance=5.0, negative="red street")) > SEEN


def test_a_clip_has_the_size_and_length_of_a_call(folder: Path) -> None:
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


def test_a_control_video_leads_and_as_firmly_as_it_is_told_to(folder: Path) -> None:
    one = made(ENGINE, folder, control=led("depth", (250, 250, 250)))
    assert differ(one, made(ENGINE, folder)) > SEEN
    assert differ(one, made(ENGINE, folder, control=led("depth", (10, 10, 10)))) > SEEN
    options = {**dict(ENGINE.options), "conditioning_scale": 0.0}
    none, as_none = (made(ENGINE, folder, control=led("depth", (v, v, v)), options=options) for v in (250, 10))
    assert np.array_equal(none, as_none)


@pytest.mark.parametrize(("shift", "has"), [(0.0, 3.0), (5.0, 5.0)])
def test_the_steps_are_shifted_as_the_film_says_or_as_the_weights_do(folder: Path, shift: float, has: float) -> None:
    config = EngineConfig(engine="wan-vace", source=Source(str(folder)), options=(("flow_shift", shift),))
    scheduler = load(config).pipeline.scheduler
    assert scheduler.config.flow_shift == has
    assert scheduler.config.use_flow_sigmas


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


def test_each_of_two_transformers_may_be_a_file_of_its_own(folder: Path, tmp_path: Path) -> None:
    whole = tiny_wan.saved(tiny_wan.wan_vace_22, tmp_path / "22")
    source = Source(str(whole))
    one = load(EngineConfig(engine="wan-vace", source=source)).pipeline.transformer_2.state_dict()
    files = {part: tmp_path / f"{part}.safetensors" for part in ("transformer", "transformer_2")}
    for part, file in files.items():
        (whole / part / "diffusion_pytorch_model.safetensors").rename(file)
    with pytest.raises(PictureError, match="transformer"):
        index_of(EngineConfig(engine="wan-vace", source=source))
    config = EngineConfig(engine="wan-vace", source=source, **files)
    other = load(config).pipeline.transformer_2.state_dict()
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
    with pytest.raises(PictureError, match="has no transformer_2 that a file could stand in for"):
        index_of(replace(config, source=Source(str(folder))))
    (whole / "transformer_2" / "config.json").unlink()
    with pytest.raises(PictureError, match=r"config\.json is missing"):
        index_of(config)


@pytest.mark.capability("wan-vace", "size", "length", "rate")
@pytest.mark.parametrize(("fps", "frame_count", "size"), [(24, 12, (96, 64)), (16, 7, (64, 64)), (12, 1, (48, 96))])
def test_a_film_gets_its_own_size_rate_and_count_of_frames(
    folder: Path, clip_request: ClipRequest, fps: int, frame_count: int, size: tuple[int, int]
) -> None:
    backend = backend_of(ENGINE, folder)
    request = replace(clip_request, fps=fps, frame_count=frame_count, width_px=size[0], height_px=size[1])
    frames = pictured(backend, request)
    assert frames.shape == (frame_count, size[1], size[0], 3)
    assert backend.plan(request).fps == 16
    assert np.array_equal(frames, pictured(backend, request)), "the same request is the same take"


def test_given_frames_stand_at_their_places_and_what_is_between_goes_from_one_to_the_other(
    folder: Path, clip_request: ClipRequest
) -> None:
    backend = backend_of(ENGINE, folder)
    size = clip_request.width_px, clip_request.height_px
    red, blue, green = (flat(colour, *size) for colour in ((230, 20, 30), (30, 40, 240), (20, 220, 40)))
    frames = pictured(backend, clip_request, known=known((0, red), (11, blue)))
    assert np.array_equal(frames[0], red)
    assert np.array_equal(frames[11], blue)
    other = pictured(backend, clip_request, known=known((0, red), (11, green)))
    assert (frames[5] != other[5]).any()


def test_what_is_kept_of_pictures_is_kept_and_all_else_is_made(folder: Path, clip_request: ClipRequest) -> None:
    width_px, height_px = clip_request.width_px, clip_request.height_px
    keep = np.zeros((height_px, width_px), np.bool_)
    keep[:, : width_px // 2] = True
    picture = flat((20, 220, 40), width_px, height_px)
    held = tuple(KnownFrame(index=i, picture=picture, keep=keep) for i in range(clip_request.frame_count))
    backend = backend_of(ENGINE, folder)
    frames = pictured(backend, clip_request, known=held)
    inside = width_px // 2 - 4  # beyond the seam
    assert np.array_equal(frames[:, :, :inside], np.broadcast_to(picture[:, :inside], frames[:, :, :inside].shape))
    assert (frames[:, :, width_px // 2 :] != picture[:, width_px // 2 :]).any()


def test_a_take_that_is_gone_on_from_is_seen_and_no_part_of_what_is_made(
    folder: Path, clip_request: ClipRequest, tmp_path: Path
) -> None:
    backend = backend_of(ENGINE, folder)
    made_of: dict[str, NDArray[np.uint8]] = {}
    for name, colour in (("red", (230, 20, 30)), ("blue", (30, 40, 240))):
        before = replace(take_of(tmp_path / f"{name}.mp4", [colour] * 12), stage=clip_request.stage, shot="S1.1")
        made_of[name] = pictured(backend, clip_request, references=(before,))
    red, blue = made_of["red"], made_of["blue"]
    assert len(red) == len(blue) == clip_request.frame_count
    assert (red != blue).any()
    assert np.abs(red[0].astype(float) - np.array((230, 20, 30))).mean() > 10, "its last frame is not shown again"


@pytest.mark.capability("wan-vace", "control depth", "control edges", "control flow", "control grey", "control pose")
@pytest.mark.parametrize("control", sorted(ENGINE.capabilities.controls))
def test_a_stage_leads_by_each_control(folder: Path, clip_request: ClipRequest, control: Control) -> None:
    backend = backend_of(ENGINE, folder)
    led = replace(backend, config=replace(backend.config, control=control))
    short = replace(clip_request, frame_count=4)
    left, right = (pictured(led, short, stage=crossed(short.stage, to_x_m)) for to_x_m in (-0.8, 0.8))
    assert "the stage leads the picture by" in " ".join(led.tells(short))
    assert (left != right).any()
