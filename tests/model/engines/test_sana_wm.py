"""SANA-WM by tiny random weights that are read from disk as real ones are: the camera's path above all."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.pipelines.sana_wm.cam_utils import action_string_to_c2w, compute_raymap
from numpy.typing import NDArray

from model.backends.adapt import plan_clip
from model.backends.checks import Checks, trial
from model.backends.clip_plan import ClipPlan
from model.backends.config import EngineConfig, Source
from model.backends.engine import Camera, Clip, Sizes
from model.backends.load import Loaded, load
from model.backends.making import Making
from model.backends.sana_wm import ENGINE
from model.control.control import camera_path
from model.errors import PictureError
from model.request import ClipRequest
from model.stage import Camera as StageCamera
from model.stage import CameraKey, Vec3
from model.theatre.view import view_at
from tests.model.engines import tiny_sana_wm
from tests.model.engines.planned import hows, met
from tests.model.engines.wan_calls import BLUE, HEIGHT_PX, RED, WIDTH_PX, clip_of, differ, flat, known, made

SIZE = {"width_px": WIDTH_PX, "height_px": HEIGHT_PX}
SMALL = replace(ENGINE.capabilities, sizes=Sizes(multiple_px=32, area_px=64 * 32, fixed=((WIDTH_PX, HEIGHT_PX),)))
EYE = CameraKey(time_s=0.0, position=Vec3(0.5, 1.5, -1.0), target=Vec3(0.8, 1.2, 5.0), lens_mm=35.0)


def to(time_s: float, **more: Any) -> CameraKey:
    return replace(EYE, time_s=time_s, **more)


DOLLY = StageCamera(keys=(EYE, to(1.0, position=Vec3(0.5, 1.5, 1.0))), easing="linear")
PAN = StageCamera(keys=(EYE, to(1.0, target=Vec3(4.0, 1.2, 4.0))), easing="linear")
ZOOM = StageCamera(keys=(EYE, to(1.0, lens_mm=70.0)), easing="linear")
STILL = StageCamera(keys=(EYE,))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sana-wm")
    tiny_sana_wm.sana_wm().save_pretrained(folder)
    return folder


@pytest.fixture
def asked(clip_request: ClipRequest) -> ClipRequest:
    """A second at the engine's rate, its first frame given."""
    return replace(clip_request, **SIZE, fps=16, frame_count=17, known=known((0, RED)))


def path(camera: StageCamera, request: ClipRequest, frame_count: int = 9) -> Camera:
    return camera_path(replace(request.stage, camera=camera), frame_count=frame_count, fps=16, **SIZE)


def clip(folder: Path, request: ClipRequest, camera: StageCamera = STILL, **more: Any) -> NDArray[np.float32]:
    said = {"known": known((0, RED)), "camera": path(camera, request, more.get("frame_count", 9)), **more}
    return made(ENGINE, folder, **said)


class Heard:
    """Loaded weights, and what their pipeline was told."""

    def __init__(self, loaded: Loaded) -> None:
        self.pipeline = loaded.pipeline
        self.loaded = loaded
        self.told: list[dict[str, Any]] = []

    def call(self, pipeline: str | None, arguments: dict[str, Any], *more: Any) -> Any:
        self.told.append(arguments)
        return self.loaded.call(pipeline, arguments, *more)


def shot(folder: Path, request: ClipRequest, most: int = 161) -> tuple[list[dict[str, Any]], ClipPlan, NDArray[Any]]:
    """What the pipeline is told for a request, its plan, and the frames."""
    config = EngineConfig(engine=ENGINE.name, source=Source(str(folder)), steps=1, guidance=1.0)
    can = replace(SMALL, frames=replace(SMALL.frames, most=most))
    plan = plan_clip(request, ENGINE, can, config)
    heard = Heard(load(config))
    frames = list(Making(request, plan, ENGINE, can, config, heard).frames())  # type: ignore[arg-type]
    return heard.told, plan, np.stack(frames)


def moved(request: ClipRequest, camera: StageCamera) -> ClipRequest:
    return replace(request, stage=replace(request.stage, camera=camera))


@pytest.mark.capability("sana-wm", "text", "negative", "seed")
def test_words_unwanted_words_and_seeds_change_the_clip(folder: Path, asked: ClipRequest) -> None:
    once = clip(folder, asked)
    assert np.array_equal(once, clip(folder, asked)), "a seed is one noise"
    assert differ(once, clip(folder, asked, seed=8)) > 1
    assert differ(once, clip(folder, asked, text="man in blue coat")) > 0.01
    guided, unwanted = (clip(folder, asked, guidance=5.0, negative=said) for said in ("", "red street"))
    assert differ(guided, unwanted) > 0.01


@pytest.mark.capability("sana-wm", "first")
def test_a_first_frame_stands_at_the_beginning_whatever_is_made_after_it(folder: Path, asked: ClipRequest) -> None:
    red, other = clip(folder, asked), clip(folder, asked, seed=8)
    blue = clip(folder, asked, known=known((0, BLUE)))
    assert np.array_equal(red[0], other[0]), "the first frame is the picture's, and no noise is in it"
    assert differ(red[1:], other[1:]) > 1
    assert differ(red[:1], blue[:1]) > 1
    assert differ(red[1:], blue[1:]) > 0.1


@pytest.mark.capability("sana-wm", "camera")
def test_another_camera_path_makes_another_picture_of_the_same_beginning(folder: Path, asked: ClipRequest) -> None:
    clips = [clip(folder, asked, camera) for camera in (STILL, DOLLY, PAN, ZOOM)]
    for number, one in enumerate(clips):
        for other in clips[:number]:
            assert differ(one[1:], other[1:]) > 0.1
            assert np.array_equal(one[0], other[0]), "where the camera begins is where the first frame was seen from"


@pytest.mark.capability("sana-wm", "length", "size", "rate")
def test_lengths_and_sizes_that_are_asked_for_are_made(folder: Path, asked: ClipRequest) -> None:
    square = {"width_px": 64, "height_px": 64, "known": known((0, flat((9, 9, 9), 64, 64)))}
    assert clip(folder, asked, frame_count=17).shape == (17, HEIGHT_PX, WIDTH_PX, 3)
    assert clip(folder, asked, **square).shape == (9, 64, 64, 3)
    assert (ENGINE.capabilities.fps, ENGINE.capabilities.sizes.fixed) == (16, ((1280, 704),))


@pytest.mark.parametrize("camera", [DOLLY, PAN, ZOOM])
def test_the_pipeline_sees_each_pixel_along_the_ray_along_which_the_theatre_sees_it(
    folder: Path, asked: ClipRequest, camera: StageCamera
) -> None:
    """Axes, handedness, metres and focal lengths at once: by the pipeline's own rays, against the theatre's view."""
    pipeline = load(EngineConfig(engine=ENGINE.name, source=Source(str(folder)))).pipeline
    told = ENGINE.call(pipeline, clip_of(ENGINE, known=known((0, RED)), camera=path(camera, asked))).arguments
    assert told["c2w"].shape == (9, 4, 4)
    rays = compute_raymap(
        torch.from_numpy(told["intrinsics"]), torch.from_numpy(told["c2w"]), HEIGHT_PX, WIDTH_PX, use_plucker=False
    ).numpy()
    for number in range(9):
        view = view_at(camera, number / 16, WIDTH_PX, HEIGHT_PX)
        for x, y in ((5, 3), (40, 27), (32, 16)):
            eye, ahead = rays[number, y, x, :3], rays[number, y, x, 3:]
            met_m = (eye + 4.0 * ahead) * (1, -1, 1)  # the stage's y runs up
            assert view.point(*met_m.tolist())[:2] == pytest.approx((x, y), abs=0.01)


def test_forward_and_to_the_right_are_what_the_pipeline_calls_so(asked: ClipRequest) -> None:
    """Its own words for moves, as "w" and "l", go the way that the stage's camera goes."""
    start = CameraKey(time_s=0.0, position=Vec3(0, 1.5, 0), target=Vec3(0, 1.5, 5), lens_mm=35.0)
    ahead = path(StageCamera(keys=(start, replace(start, time_s=1.0, position=Vec3(0, 1.5, 2)))), asked).poses
    right = path(StageCamera(keys=(start, replace(start, time_s=1.0, target=Vec3(2, 1.5, 5)))), asked).poses
    forward, turn = action_string_to_c2w("w-8")[-1], action_string_to_c2w("l-8")[-1]
    assert np.sign((ahead[-1] - ahead[0])[:3, 3]).tolist() == np.sign(forward[:3, 3]).tolist() == [0, 0, 1]
    assert np.array_equal(np.sign(right[-1, :3, 2].round(6)), np.sign(turn[:3, 2].round(6)))


def test_a_long_shot_goes_on_from_where_the_camera_is_then(folder: Path, asked: ClipRequest) -> None:
    long = replace(moved(asked, StageCamera(keys=(EYE, to(2.0, position=Vec3(0.5, 1.5, 3.0))), easing="linear")),
                   frame_count=33)  # fmt: skip
    told, plan, frames = shot(folder, long, most=17)
    assert frames.shape == (33, HEIGHT_PX, WIDTH_PX, 3)
    assert [part.goes_on for part in plan.parts] == [False, True]
    first, second = (one["c2w"] for one in told)
    assert np.allclose(first[-1], second[0]), "the frame that both have is seen from one place"
    steps = np.diff(np.concatenate([first, second[1:]])[:, 2, 3])
    assert steps == pytest.approx(np.full(32, 4.0 / 32), abs=1e-5), "at the stage's own pace"
    assert np.array_equal(np.asarray(told[0]["image"]), RED)
    assert not np.array_equal(np.asarray(told[1]["image"]), RED)


def test_a_films_rate_keeps_the_cameras_pace_and_what_is_turned_runs_back(folder: Path, asked: ClipRequest) -> None:
    second = replace(moved(asked, DOLLY), fps=24, frame_count=25, known=known((0, RED)))
    (told,), plan, _ = shot(folder, second)
    assert plan.fps == 16
    assert np.diff(told["c2w"][:, 2, 3]) == pytest.approx(np.full(16, 2.0 / 16), abs=1e-5)
    (back,), plan, _ = shot(folder, replace(moved(asked, DOLLY), known=known((16, BLUE))))
    assert plan.parts[0].backward
    assert back["c2w"][0, 2, 3] == pytest.approx(1.0)
    assert np.diff(back["c2w"][:, 2, 3]) == pytest.approx(np.full(16, -2.0 / 16), abs=1e-5)


def test_the_focal_length_is_that_of_the_films_window_in_the_engines_picture(folder: Path, asked: ClipRequest) -> None:
    wide = replace(moved(asked, DOLLY), width_px=96, height_px=32, known=known((0, flat((9, 9, 9), 96, 32))))
    (told,), plan, _ = shot(folder, wide)
    assert plan.framing.window_px == (64, 21)
    assert told["intrinsics"][0] == pytest.approx((21 * 35 / 20.25, 21 * 35 / 20.25, 32, 16))


def test_a_shot_says_how_the_camera_is_told(folder: Path, asked: ClipRequest) -> None:
    _, plan, _ = shot(folder, moved(asked, DOLLY))
    assert [one.told for one in met(plan, "camera")] == ["the camera's move is told as its path in metres."]
    _, plan, _ = shot(folder, replace(asked, known=()))
    assert "camera" not in hows(plan), "nothing is to be told of one that stands still"
    assert hows(plan)["first"] == "another way", "it makes nothing without a first frame"


def test_sixteen_bits_on_a_processor_are_told_in_a_line(folder: Path, asked: ClipRequest) -> None:
    config = EngineConfig(engine=ENGINE.name, source=Source(str(folder)), profile="cpu-half")
    with pytest.raises(PictureError, match=r"not computed in 16 bits without a GPU\. Fix: set profile: cpu"):
        ENGINE.call(load(config).pipeline, clip_of(ENGINE, known=known((0, RED)), camera=path(STILL, asked)))


def test_what_is_declared_and_not_told_is_found_out(folder: Path) -> None:
    config = EngineConfig(engine=ENGINE.name, source=Source(str(folder)))
    can = replace(SMALL, text=False, negative=False, first=False, needs_first=True)
    request = trial(can, **SIZE, steps=1)
    loaded = load(config)

    def deaf(pipeline: Any, told: Clip) -> Any:
        assert told.camera is not None
        still = Camera(np.repeat(told.camera.poses[:1], told.frame_count, axis=0), told.camera.focal_px)
        return ENGINE.call(pipeline, replace(told, camera=still))

    can = replace(can, first=True)
    for engine, moves in ((ENGINE, True), (replace(ENGINE, call=deaf), False)):
        found = {one.name: one for one in Checks(engine, can, config, loaded, request).all()}
        assert set(found) == {"length and size", "seed", "first", "camera"}
        near, far = found["camera"].told.split("by ")[1:]
        assert (near.split(",")[0] != far.split(" ")[0]) is moves
        assert moves or not found["camera"].holds
