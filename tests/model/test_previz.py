"""The drawn back end keeps the promises of `model.request.Backend`."""

from __future__ import annotations

import pickle
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from model.backends.previz import Previz
from model.errors import PictureError
from model.request import Backend, ClipRequest, KnownFrame
from model.stage import RGB, BodyKey, Camera, CameraKey, Figure, Light, Look, Place, Prop, PropKey, Stage, Vec3, Weather
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
    assert (backend.varies, backend.firmer) == (False, ())
    assert backend.version
    assert pickle.loads(pickle.dumps(backend)) == backend  # noqa: S301


@pytest.mark.parametrize(("width_px", "height_px"), [(0, 36), (14, 36), (65, 36), (64, 37), (64, 7682), (-64, 36)])
def test_a_size_it_cannot_draw_is_refused_before_the_first_frame(width_px: int, height_px: int) -> None:
    with pytest.raises(PictureError, match="Fix: "):
        Previz().generate(replace(REQUEST, width_px=width_px, height_px=height_px))


def test_given_frames_stand_as_they_are_and_the_drawing_dissolves_about_them() -> None:
    request = replace(REQUEST, frame_count=12)
    drawn = [frame.astype(int) for frame in Previz().generate(request)]
    red, blue = (np.full((36, 64, 3), colour, np.uint8) for colour in ((220, 20, 20), (20, 20, 220)))
    known = (KnownFrame(index=0, picture=red), KnownFrame(index=11, picture=blue))
    frames = list(Previz().generate(replace(request, known=known)))
    assert np.array_equal(frames[0], red)
    assert np.array_equal(frames[11], blue)
    for index in range(4, 8):  # a quarter of a second from both
        assert np.array_equal(frames[index], drawn[index])
    for index, share in ((1, 0.75), (2, 0.5), (3, 0.25)):
        assert np.abs(frames[index] - (drawn[index] + share * (red - drawn[index]))).max() <= 0.5
    again = list(Previz().generate(replace(request, known=known)))
    assert all(np.array_equal(one, other) for one, other in zip(frames, again, strict=True))


def test_what_is_kept_of_a_frame_is_kept_exactly_behind_a_soft_seam() -> None:
    keep = np.zeros((36, 64), np.bool_)
    keep[:, :32] = True
    picture = np.random.default_rng(2).integers(0, 256, (36, 64, 3)).astype(np.uint8)
    known = tuple(KnownFrame(index=index, picture=picture, keep=keep) for index in range(3))
    frames = list(Previz().generate(replace(REQUEST, known=known)))
    for frame, drawn in zip(frames, Previz().generate(REQUEST), strict=True):
        assert np.array_equal(frame[:, :30], picture[:, :30])
        assert np.array_equal(frame[:, 32:], drawn[:, 32:])
        assert not np.array_equal(frame[:, 31], picture[:, 31]), "no hard edge"


def test_a_given_frame_that_does_not_fit_is_refused_before_the_first_frame() -> None:
    for known in (
        KnownFrame(index=3, picture=np.zeros((36, 64, 3), np.uint8)),
        KnownFrame(index=0, picture=np.zeros((64, 36, 3), np.uint8)),
    ):
        with pytest.raises(PictureError, match="Fix: "):
            Previz().generate(replace(REQUEST, known=(known,)))


def test_a_rate_it_cannot_draw_is_refused() -> None:
    with pytest.raises(PictureError, match="frames a second"):
        Previz().generate(replace(REQUEST, fps=0))


def walker(to_x_m: float) -> Figure:
    keys = (BodyKey(time_s=0, x_m=0, z_m=4, heading_deg=90, pose="walk" if to_x_m else "stand"),)
    if to_x_m:
        keys += (BodyKey(time_s=1, x_m=to_x_m, z_m=4, heading_deg=90, pose="stand"),)
    look = Look(
        height_m=1.7,
        age_years=30,
        build="average",
        gender="female",
        skin=RGB(200, 160, 130),
        hair="short",
        hair_colour=RGB(40, 30, 30),
        beard="none",
        glasses="none",
        top="coat",
        top_colour=RGB(180, 30, 30),
        bottom="trousers",
        bottom_colour=RGB(30, 30, 40),
        shoe_colour=RGB(20, 20, 20),
        hat="none",
        hat_colour=RGB(0, 0, 0),
    )
    return Figure(id="ANNA", species="person", look=look, body=keys)


def changes(stage: Stage, fps: int) -> list[bool]:
    """Whether each frame but the first differs from the one before."""
    request = ClipRequest(stage=stage, width_px=128, height_px=72, fps=fps, frame_count=8, seed=5)
    frames = list(Previz().generate(request))
    return [not np.array_equal(a, b) for a, b in pairwise(frames)]


def test_a_drawing_holds_for_two_frames_while_nothing_travels() -> None:
    stage = replace(STAGE, figures=(walker(0),))
    assert changes(stage, 24) == [False, True, False, True, False, True, False]
    assert all(changes(stage, 12))


def test_every_frame_is_drawn_while_somebody_walks_or_the_camera_moves() -> None:
    assert all(changes(replace(STAGE, figures=(walker(1.4),)), 24))
    keys = STAGE.camera.keys
    push = Camera(keys=(*keys, replace(keys[0], time_s=1, position=Vec3(0, 1.5, 1))))
    assert all(changes(replace(STAGE, camera=push), 24))
    assert all(changes(replace(STAGE, camera=replace(STAGE.camera, handheld=0.5)), 24))


def test_what_glides_is_drawn_in_every_frame() -> None:
    keys = (PropKey(time_s=1.0, position=Vec3(1.5, 0.0, 3.0), moves="glides"),)
    box = Prop(id="box", kind="box", position=Vec3(-1.5, 0.0, 3.0), keys=keys)
    clear = replace(STAGE, weather=Weather(kind="clear"))
    assert not any(changes(replace(clear, props=(replace(box, keys=()),)), 24)[::2])
    assert all(changes(replace(clear, props=(box,)), 24))
