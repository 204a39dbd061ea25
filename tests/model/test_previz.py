"""The drawn back end keeps the promises of `model.request.Backend`."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from model.backends.previz import Previz
from model.errors import PictureError
from model.request import Backend, ClipRequest
from model.stage import Camera, CameraKey, Light, Place, Stage, Vec3, Weather
from model.theatre import draw

STAGE = Stage(
    duration_s=1,
    place=Place(kind="street", interior=False, seed=1),
    light=Light(hour="dusk", key_azimuth_deg=200, key_elevation_deg=20, key_to_fill_ratio=4, colour_temperature_k=4800),
    weather=Weather(kind="rain"),
    camera=Camera(keys=(CameraKey(time_s=0, position=Vec3(0, 1.5, 0), target=Vec3(0, 1, 5), lens_mm=35),)),
)
REQUEST = ClipRequest(stage=STAGE, width_px=64, height_px=36, fps=12, frame_count=3, seed=5)


def test_it_yields_every_frame_at_its_time() -> None:
    backend: Backend = Previz()
    frames = list(backend.generate(REQUEST))
    assert len(frames) == 3
    for i, frame in enumerate(frames):
        assert np.array_equal(frame, draw(STAGE, i / 12, 64, 36))
    assert not np.array_equal(frames[0], frames[2])


def test_it_reads_no_takes_and_travels_to_workers() -> None:
    backend = Previz()
    assert (backend.name, backend.weights_digest, backend.reads) == ("previz", "", frozenset())
    assert backend.version
    assert pickle.loads(pickle.dumps(backend)) == backend  # noqa: S301


@pytest.mark.parametrize(("width_px", "height_px"), [(0, 36), (14, 36), (65, 36), (64, 37), (64, 7682), (-64, 36)])
def test_a_size_it_cannot_draw_is_refused_before_the_first_frame(width_px: int, height_px: int) -> None:
    with pytest.raises(PictureError, match="Fix: "):
        Previz().generate(replace(REQUEST, width_px=width_px, height_px=height_px))


def test_a_rate_it_cannot_draw_is_refused() -> None:
    with pytest.raises(PictureError, match="frames a second"):
        Previz().generate(replace(REQUEST, fps=0))
