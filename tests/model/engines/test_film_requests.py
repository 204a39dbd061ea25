"""Requests of a film through engines that begin with a picture: whatever their own rate, size and length are, a shot
comes as it is asked for, and says how.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from diffusers import DiffusionPipeline

from model.backends.config import EngineConfig, Source
from model.backends.pretrained import Pretrained
from model.request import ClipRequest, Frame
from model.stage import Camera, CameraKey, Light, Place, Stage, Vec3, Weather
from tests.model.engines import tiny_cogvideox, tiny_hunyuan, tiny_kandinsky5, tiny_sana_video, tiny_svd
from tests.model.engines.wan_calls import flat, known

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # a sampler's of SVD

WIDTH_PX, HEIGHT_PX, FPS = 64, 48, 24
FIRST, LAST = flat((230, 20, 30), WIDTH_PX, HEIGHT_PX), flat((30, 40, 240), WIDTH_PX, HEIGHT_PX)
STAGE = Stage(
    duration_s=2,
    place=Place(kind="street", interior=False, seed=4),
    light=Light(hour="day", key_azimuth_deg=220, key_elevation_deg=40, key_to_fill_ratio=3, colour_temperature_k=5600),
    weather=Weather(kind="clear"),
    camera=Camera(keys=(CameraKey(time_s=0, position=Vec3(0, 1.4, 0), target=Vec3(0, 1.1, 4), lens_mm=32),)),
)
REQUEST = ClipRequest(
    stage=STAGE,
    width_px=WIDTH_PX,
    height_px=HEIGHT_PX,
    fps=FPS,
    frame_count=14,
    seed=3,
    text="woman walks left",
    known=known((0, FIRST)),
)
MADE: dict[str, tuple[str, Callable[[], DiffusionPipeline]]] = {
    "svd": ("svd", tiny_svd.svd),
    "cogvideox": ("cogvideox", tiny_cogvideox.from_picture),
    "cogvideox-1.5": ("cogvideox", tiny_cogvideox.from_picture_15),
    "sana-video": ("sana-video", tiny_sana_video.sana_video),
    "kandinsky5": ("kandinsky5", tiny_kandinsky5.from_picture),
    "hunyuan15": ("hunyuan15", tiny_hunyuan.hunyuan15_from_picture),
    "framepack": ("framepack", tiny_hunyuan.framepack),
    "framepack-f1": ("framepack-f1", tiny_hunyuan.framepack),
}


def backend(name: str, folder: Path, **options: int) -> Pretrained:
    engine, make = MADE[name]
    if not folder.exists():
        make().save_pretrained(folder)
    small = (("area_px", WIDTH_PX * HEIGHT_PX), *options.items())
    return Pretrained(EngineConfig(engine=engine, source=Source(str(folder)), steps=1, guidance=1.0, options=small))


def pictured(made: Pretrained, request: ClipRequest) -> list[Frame]:
    frames = list(made.generate(request))
    assert len(frames) == request.frame_count
    assert all(frame.shape == (request.height_px, request.width_px, 3) for frame in frames)
    return frames


@pytest.mark.parametrize("name", MADE)
def test_a_shot_has_the_rate_size_and_length_that_are_asked_for(name: str, tmp_path: Path) -> None:
    made = backend(name, tmp_path / "weights")
    frames = pictured(made, REQUEST)
    assert np.array_equal(frames[0], FIRST)
    assert not np.array_equal(frames[1], FIRST)
    told = made.tells(REQUEST)
    fps = made.can.fps
    assert any(f"made at {fps} frames a second" in one for one in told) is (fps != FPS)
    assert any("reads no words" in one for one in told) is not made.can.text


def test_a_shot_longer_than_a_call_goes_on_from_its_last_frame(tmp_path: Path) -> None:
    made = backend("svd", tmp_path / "weights")
    request = ClipRequest(**{**vars(REQUEST), "frame_count": 20})
    assert [part.frame_count for part in made.plan(request).parts] == [4, 4]
    pictured(made, request)
    assert any("made in 2, each going on from the last frame of the one before" in one for one in made.tells(request))


@pytest.mark.parametrize("name", ["framepack", "sana-video"])
def test_a_last_frame_is_led_to_or_met_from_both_sides(name: str, tmp_path: Path) -> None:
    made = backend(name, tmp_path / "weights")
    request = ClipRequest(**{**vars(REQUEST), "known": known((0, FIRST), (13, LAST))})
    frames = pictured(made, request)
    assert np.array_equal(frames[0], FIRST)
    assert np.array_equal(frames[-1], LAST)
    dissolves = any("dissolve where they meet" in one for one in made.tells(request))
    assert dissolves is not made.can.last
