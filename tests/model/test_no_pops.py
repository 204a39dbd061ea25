"""Nobody pops: as a person idles, or a camera goes round, each picture is a small step from the one before."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.stage import RGB, BodyKey, Camera, CameraKey, Figure, Light, Look, Place, Stage, Vec3, Weather
from model.theatre.lighting.light import Tone
from model.theatre.people.figure import figure_drawable
from model.theatre.view import view_at

WIDTH, HEIGHT = 160, 160


def person(hair: str, top: str, seed: int) -> Figure:
    look = Look(
        height_m=1.72, age_years=34, build="average", gender="female", skin=RGB(214, 160, 128),
        hair=hair,  # type: ignore[arg-type]
        hair_colour=RGB(60, 40, 30), beard="none", glasses="none",
        top=top,  # type: ignore[arg-type]
        top_colour=RGB(60, 90, 130), bottom="jeans", bottom_colour=RGB(50, 60, 80), shoe_colour=RGB(40, 30, 30),
        hat="none", hat_colour=RGB(90, 40, 40),
    )  # fmt: skip
    mark = BodyKey(time_s=0.0, x_m=0.0, z_m=0.0, heading_deg=180.0, pose="stand")
    return Figure(id="A", species="person", look=look, body=(mark,), seed=seed)


def picture(figure: Figure, time_s: float, round_deg: float, distance_m: float, height_m: float) -> NDArray[np.int64]:
    """A person alone, seen from a bearing."""
    turn = math.radians(round_deg)
    eye = Vec3(distance_m * math.sin(turn), height_m, -distance_m * math.cos(turn))
    camera = Camera(keys=(CameraKey(time_s=0.0, position=eye, target=Vec3(0.0, height_m, 0.0), lens_mm=35.0),))
    stage = Stage(
        duration_s=4.0,
        place=Place(kind="street", interior=False, seed=1),
        light=Light(hour="day", key_azimuth_deg=215, key_elevation_deg=38, key_to_fill_ratio=3,
                    colour_temperature_k=5600),
        weather=Weather(kind="clear"),
        camera=camera,
        figures=(figure,),
    )  # fmt: skip
    pixels = np.full((HEIGHT, WIDTH, 4), 150, dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    canvas.clear(0xFF8A97A0)
    figure_drawable(figure, stage, view_at(camera, time_s, WIDTH, HEIGHT), Tone.of(stage), time_s).paint(canvas)
    canvas.getSurface().flushAndSubmit()
    return pixels[..., :3].astype(np.int64)


def largest_step(pictures: list[NDArray[np.int64]]) -> float:
    """The largest change from picture to picture against the larger of those just before and after it."""
    steps = [float(np.abs(b - a).mean()) for a, b in pairwise(pictures)]
    floor = 0.3 * float(np.median(steps))
    return max(s / max(a, b, floor) for a, s, b in zip(steps, steps[1:], steps[2:], strict=False))


@pytest.mark.parametrize("hair", ["long", "short", "afro", "bun"])
def test_a_camera_goes_round_a_head_without_a_pop(hair: str) -> None:
    figure = person(hair, "shirt", 3)
    assert largest_step([picture(figure, 1.0, a, 1.2, 1.6) for a in np.arange(84.0, 148.0, 1.0)]) < 2.6


@pytest.mark.parametrize(("top", "seed"), [("coat", 4), ("jacket", 7)])
def test_who_idles_keeps_arms_and_legs_in_their_order_and_light(top: str, seed: int) -> None:
    figure = person("short", top, seed)
    idle = [picture(figure, t, 0.0, 3.0, 1.0)[48:] for t in np.arange(1.2, 3.8, 1 / 24)]  # below the blinking eyes
    assert largest_step(idle) < 2.6
