"""Places: all kinds from all sides at all hours, true to the projection, the same from every shot."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.stage import Camera, CameraKey, Hour, Light, Place, PlaceKind, Stage, Vec3, Weather, WeatherKind
from model.theatre import mannequin
from model.theatre.lighting.light import Tone
from model.theatre.place import design_of, place_background, place_drawables
from model.theatre.sets.cull import Cull
from model.theatre.sets.kit import Panel
from model.theatre.sets.pen import Pen, clip_polygon
from model.theatre.view import NEAR_M, View, view_at

KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
HOURS: tuple[Hour, ...] = get_args(Hour)
ROOMS = (
    "living_room", "bedroom", "kitchen", "office", "cafe", "bar", "corridor", "station", "car", "diner", "hospital",
    "classroom", "theatre", "church", "prison_cell", "bathroom", "shop", "cave", "train", "spaceship",
    "warehouse",
)  # fmt: skip
ELEVATION = {"dawn": 10.0, "morning": 32.0, "day": 55.0, "golden_hour": 13.0, "dusk": 7.0, "night": 38.0}


def stage(
    kind: PlaceKind,
    hour: Hour = "day",
    *,
    eye: tuple[float, float, float] = (0.0, 1.5, -3.2),
    target: tuple[float, float, float] = (0.0, 1.2, 0.2),
    weather: WeatherKind = "clear",
    seed: int = 1,
    lens_mm: float = 28.0,
    roll_deg: float = 0.0,
    name: str = "",
) -> Stage:
    key = CameraKey(time_s=0.0, position=Vec3(*eye), target=Vec3(*target), lens_mm=lens_mm, roll_deg=roll_deg)
    return Stage(
        duration_s=2.0,
        place=Place(kind=kind, interior=kind in ROOMS, seed=seed, name=name),
        light=Light(
            hour=hour,
            key_azimuth_deg=230.0,
            key_elevation_deg=ELEVATION[hour],
            key_to_fill_ratio=3.0,
            colour_temperature_k=5600.0,
        ),
        weather=Weather(kind=weather),
        camera=Camera(keys=(key,)),
    )


def picture(
    found: Stage, width: int = 96, height: int = 54, time_s: float = 0.0, front: bool = True
) -> NDArray[np.uint8]:
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    view, tone = view_at(found.camera, time_s, width, height), Tone.of(found)
    place_background(canvas, found, view, tone, time_s)
    if front:
        for drawable in sorted(place_drawables(found, view, tone, time_s), key=lambda d: -d.depth_m):
            drawable.paint(canvas)
    return pixels[..., :3].copy()


def around(distance: float, heading_deg: float, y: float = 1.5) -> tuple[float, float, float]:
    a = math.radians(heading_deg)
    return (-math.sin(a) * distance, y, -math.cos(a) * distance + 0.2)


def luminance(frame: NDArray[np.uint8]) -> float:
    return float((frame @ np.array([0.299, 0.587, 0.114])).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_every_side_at_every_hour_is_a_picture(kind: PlaceKind) -> None:
    for index, heading in enumerate(range(0, 360, 45)):
        frame = picture(stage(kind, HOURS[index % len(HOURS)], eye=around(1.6 if kind == "car" else 3.2, heading)))
        assert frame.astype(float).std(axis=(0, 1)).max() > 6, (kind, heading)
        assert len(np.unique(frame.reshape(-1, 3), axis=0)) > 40, (kind, heading)


@pytest.mark.parametrize("kind", KINDS)
def test_night_is_darker_than_day_and_readable(kind: PlaceKind) -> None:
    day, night = (luminance(picture(stage(kind, hour))) for hour in ("day", "night"))
    assert night < (1.1 if kind in ROOMS else 0.8) * day  # by night a bar's lamps are lit
    assert 24 < night < 150


@pytest.mark.parametrize("kind", KINDS)
def test_every_way_of_looking_is_drawn(kind: PlaceKind) -> None:
    ways = (
        ((0.0, 1.5, -3.2), (0.0, 9.0, 0.0), 0.0),
        ((0.0, 2.4, 0.5), (0.01, 0.0, 0.5), 0.0),
        ((4.3, 1.4, 4.3), (-4.0, 1.0, -5.0), 0.0),
        ((0.0, 1.5, -14.0), (0.0, 1.2, 0.0), 0.0),
        ((0.3, 0.15, -2.0), (0.0, 1.5, 0.0), 25.0),
    )
    for eye, target, roll in ways:
        for width, height in ((64, 64), (36, 64), (120, 50)):
            frame = picture(stage(kind, eye=eye, target=target, roll_deg=roll), width, height)
            assert frame.shape == (height, width, 3)
            assert abs(target[1] - 1.2) > 1.1 or frame.std() > 3, (kind, eye)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_stage_gives_the_same_pixels(kind: PlaceKind) -> None:
    found = stage(kind, "dusk", weather="rain")
    assert np.array_equal(picture(found, time_s=0.6), picture(found, time_s=0.6))


@pytest.mark.parametrize("kind", KINDS)
def test_two_seeds_are_two_sets(kind: PlaceKind) -> None:
    one, two = picture(stage(kind, seed=1)), picture(stage(kind, seed=2))
    assert np.abs(one.astype(int) - two).mean() > 3


def test_a_name_is_lettered_on_the_cafes_wall() -> None:
    eye, target = (0.0, 1.5, 1.5), (1.9, 1.6, -5.4)
    with_name, other = (
        picture(stage("cafe", eye=eye, target=target, name=name), 256, 144) for name in ("LUNA", "ORCHID")
    )
    assert (np.abs(with_name.astype(int) - other).sum(axis=2) > 30).sum() > 40


def test_a_room_shows_other_walls_from_other_sides() -> None:
    frames = [picture(stage("living_room", eye=around(3.0, heading))) for heading in (0, 90, 180, 270)]
    for i, one in enumerate(frames):
        for two in frames[i + 1 :]:
            assert np.abs(one.astype(int) - two).mean() > 8


def test_where_floor_and_wall_meet_is_where_projection_says() -> None:
    """The skirting of the far wall is a pale line whose foot stands at z = 3.1, y = 0, from two cameras."""
    for eye in ((0.0, 1.5, -1.0), (1.0, 1.1, -2.5)):
        found = stage("kitchen", eye=eye, target=(eye[0], eye[1], 3.1), lens_mm=24)
        view = view_at(found.camera, 0.0, 512, 288)
        frame = picture(found, 512, 288, front=False).astype(int)
        x, y, _ = view.point(eye[0] - 0.5, 0.0, 3.1)
        column = frame[:, round(x)]
        above, below = column[round(y) - 3], column[round(y) + 3]
        assert np.abs(above - below).sum() > 24
        step = np.abs(np.diff(column, axis=0)).sum(axis=1)
        assert step[round(y) - 3 : round(y) + 3].max() > 20


def test_a_panel_lands_on_its_projected_corners() -> None:
    found = stage("office")
    view = view_at(found.camera, 0.0, 320, 180)
    pen = Pen(skia.Canvas(), view, Tone.of(found))
    for panel in design_of("office", 1).shell:
        matrix = pen.matrix(panel.origin, panel.u, panel.v)
        for a, b in ((0.4, 0.3), (panel.extent[2] * 0.5, 1.5)):
            at = [o + a * u + b * v for o, u, v in zip(panel.origin, panel.u, panel.v, strict=True)]
            x, y, depth = view.point(*at)
            if depth > 0.2:
                mapped = matrix.mapXY(a, b)
                assert (mapped.x(), mapped.y()) == pytest.approx((x, y), abs=0.1)


@pytest.mark.parametrize("kind", ["street", "living_room", "alley", "station"])
def test_culling_leaves_out_only_what_cannot_be_seen(kind: PlaceKind) -> None:
    """Every corner of a front-facing panel that falls into the picture belongs to a panel that is kept."""
    design = design_of(kind, 1)
    cull = Cull((*design.scenery, *design.dressing))
    for heading in range(0, 360, 60):
        view = view_at(stage(kind, eye=around(3.0, heading)).camera, 0.0, 320, 180)
        kept = {id(panel) for _, panels in cull.seen(view) for panel, _ in panels}
        for piece in cull.pieces:
            for panel in piece.panels:
                if not panel.card and _clearly_seen(panel, view):
                    assert id(panel) in kept


def _clearly_seen(panel: Panel, view: View) -> bool:
    towards = sum((e - o) * n for e, o, n in zip(view.eye, panel.origin, panel.normal, strict=True))
    a0, b0, a1, b1 = panel.extent
    corners = np.array(
        [
            [o + a * u + b * v for o, u, v in zip(panel.origin, panel.u, panel.v, strict=True)]
            for a, b in ((a0, b0), (a1, b0), (a1, b1), (a0, b1))
        ]
    )
    at = view.project(corners)
    inside = (
        (at[:, 2] > 0.5) & (at[:, 0] > 0) & (at[:, 0] < view.width_px) & (at[:, 1] > 0) & (at[:, 1] < view.height_px)
    )
    return towards > 0 and bool(inside.any()) and float(np.ptp(at[:, :2], axis=0).max()) > 4


def test_what_stands_before_the_lens_is_struck_for_the_whole_shot() -> None:
    near = next(piece for piece in design_of("park", 1).dressing if not piece.keep)
    eye = (near.at.x, 1.5, near.at.z)
    found = stage("park", eye=eye)
    view = view_at(found.camera, 0.0, 96, 54)
    drawn = place_drawables(found, view, Tone.of(found), 0.0)
    assert all(abs(d.depth_m) > 1e-6 for d in drawn)


@pytest.mark.parametrize("kind", KINDS)
def test_the_control_pass_is_grey_and_has_depth(kind: PlaceKind) -> None:
    frame = mannequin(stage(kind), 0.0, 96, 54).astype(int)
    assert np.ptp(frame, axis=2).max() == 0
    assert frame.std() > 4


def test_the_mannequin_pass_does_not_know_the_hour() -> None:
    assert np.array_equal(*(mannequin(stage("street", hour), 0.0, 96, 54) for hour in ("day", "night")))


def test_things_pass_a_driving_car_and_not_a_parked_one() -> None:
    def moved(name: str) -> float:
        found = stage("car", eye=(0.0, 1.2, -1.7), target=(0.0, 1.0, 0.5), name=name)
        return float(np.abs(picture(found, time_s=0.0).astype(int) - picture(found, time_s=0.7)).mean())

    assert moved("TAXI") > 0.5
    assert moved("PARKED CAR") < 0.2


POINT = st.tuples(*(st.floats(-8, 8, allow_nan=False, width=32) for _ in range(3)))


@given(st.lists(POINT, min_size=3, max_size=8))
def test_a_clipped_polygon_lies_before_the_lens(points: list[tuple[float, float, float]]) -> None:
    out = clip_polygon(np.array(points))
    assert len(out) == 0 or out[:, 2].min() >= NEAR_M - 1e-9
    assert len(out) <= 2 * len(points)


@given(st.lists(POINT, min_size=3, max_size=8))
def test_what_lies_before_the_lens_is_not_clipped(points: list[tuple[float, float, float]]) -> None:
    ahead = np.array(points) + np.array([0.0, 0.0, 9.0])
    assert np.array_equal(np.sort(clip_polygon(ahead), axis=0), np.sort(ahead, axis=0))
    assert len(clip_polygon(ahead - np.array([0.0, 0.0, 40.0]))) == 0


def test_clipping_keeps_the_part_of_a_square_that_is_ahead() -> None:
    square = np.array([[0.0, 0.0, -1.0], [0.0, 0.0, 1.0], [2.0, 0.0, 1.0], [2.0, 0.0, -1.0]])
    out = clip_polygon(square, 0.5)
    assert sorted({round(float(z), 6) for z in out[:, 2]}) == [0.5, 1.0]
    assert len(out) == 4
