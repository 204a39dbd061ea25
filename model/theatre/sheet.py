"""Sheets: a character from the front, in three-quarter, from behind and in close-up; a place from its four sides.

Under neutral light and before a plain ground, so that what is drawn is the look alone. Weather and story stay out.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from model.stage import (
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Hour,
    Light,
    Place,
    Stage,
    Vec3,
    Weather,
)
from model.theatre.drawing import draw
from model.theatre.lighting.light import Tone
from model.theatre.people.figure import figure_drawable
from model.theatre.pixels import canvas_on, rgb_of
from model.theatre.view import view_at

__all__ = ["NEUTRAL", "SHEET_PX", "SHEET_VIEWS", "character_sheet", "character_view", "place_sheet", "sheet_of"]

Frame = NDArray[np.uint8]

NEUTRAL = Light(
    hour="day", key_azimuth_deg=205.0, key_elevation_deg=42.0, key_to_fill_ratio=1.5, colour_temperature_k=5600.0
)
"""White light from the front left."""

VIEWS: dict[str, tuple[float, float]] = {
    "front": (0.0, 1.14), "three_quarter": (40.0, 1.14), "back": (180.0, 1.14), "face": (12.0, 0.22),
}  # fmt: skip
"""How far the camera goes round the figure, in degrees, and how much of its height it sees."""

SHEET_VIEWS = ("front", "back", "face")
"""The views that a picture model is shown of a figure, """
SHEET_PX = (96, 128)
"""and the width and height of each."""

GROUND = 0xFFD8D4CC
_LENS_MM = 85.0


def character_sheet(figure: Figure, width_px: int, height_px: int) -> Frame:
    """A figure's sheet, its four views side by side: (height_px, width_px, 3), sRGB.

    It stands still with its arms down, whatever it does on its stage; its wardrobe's state stays.
    """
    edges = [round(width_px * k / len(VIEWS)) for k in range(len(VIEWS) + 1)]
    cells = [
        character_view(figure, name, b - a, height_px) for name, a, b in zip(VIEWS, edges, edges[1:], strict=False)
    ]
    return np.concatenate(cells, axis=1)


def sheet_of(figure: Figure) -> Frame:
    """The views of a figure that a picture model is shown: (views, h, w, 3), sRGB."""
    width, height = SHEET_PX
    return np.stack([character_view(figure, view, width, height) for view in SHEET_VIEWS])


def character_view(figure: Figure, view: str, width_px: int, height_px: int) -> Frame:
    """One of `VIEWS` of a figure: (height_px, width_px, 3), sRGB."""
    turn, covers = VIEWS[view]
    still = replace(
        figure,
        body=(BodyKey(time_s=0.0, x_m=0.0, z_m=0.0, heading_deg=180.0, pose="stand"),),
        acts=(),
        gaze=(),
        mouth=(),
        emotion="neutral",
        seed=0,
    )
    height = figure.look.height_m
    long = 1.5 if figure.species != "person" else 1.0  # an animal is longer than it is high
    middle = height * (0.5 if covers > 1 else 0.905) if long == 1.0 else height * (0.62 if covers > 1 else 1.0)
    extent = covers * height * (long if covers > 1 else 2.6 if long > 1 else 1.0)
    extent = max(extent, extent * 0.62 * height_px / width_px)  # a narrow cell keeps elbows in
    reach = extent * _LENS_MM / 20.25
    way = math.radians(180.0 + turn)
    eye = Vec3(reach * math.sin(way), middle + 0.02 * reach, reach * math.cos(way))
    key = CameraKey(time_s=0.0, position=eye, target=Vec3(0.0, middle, 0.0), lens_mm=_LENS_MM)
    light = replace(NEUTRAL, key_azimuth_deg=(NEUTRAL.key_azimuth_deg + turn) % 360.0)  # it goes with the camera
    stage = Stage(
        duration_s=1.0,
        place=Place(kind="living_room", interior=True, seed=0),
        light=light,
        weather=Weather(kind="clear"),
        camera=Camera(keys=(key,)),
        figures=(still,),
    )
    pixels = np.empty((height_px, width_px, 4), dtype=np.uint8)
    canvas = canvas_on(pixels)
    canvas.clear(GROUND)
    seen = view_at(stage.camera, 0.0, width_px, height_px)
    figure_drawable(still, stage, seen, Tone.of(stage), 0.0).paint(canvas)
    return rgb_of(pixels)


def place_sheet(place: Place, hour: Hour, width_px: int, height_px: int) -> Frame:
    """A place, empty, looking far, right, near and left from its middle: two rows of two, sRGB."""
    rows = []
    half_w, half_h = width_px // 2, height_px // 2
    for headings in ((0.0, 90.0), (180.0, 270.0)):
        cells = []
        for heading in headings:
            way = (math.sin(math.radians(heading)), math.cos(math.radians(heading)))
            key = CameraKey(
                time_s=0.0,
                position=Vec3(-way[0] * 2.0, 1.55, -way[1] * 2.0),
                target=Vec3(way[0] * 3.0, 1.35, way[1] * 3.0),
                lens_mm=24.0,
            )
            stage = Stage(
                duration_s=1.0,
                place=place,
                light=replace(NEUTRAL, hour=hour),
                weather=Weather(kind="clear"),
                camera=Camera(keys=(key,)),
            )
            cells.append(draw(stage, 0.0, half_w, half_h))
        rows.append(np.concatenate(cells, axis=1))
    return np.concatenate(rows, axis=0)
