"""Rooms: of their own size, laid out by their seed, the same wall from every shot, windows and lamps by the hour."""

from __future__ import annotations

import math

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.stage import Camera, CameraKey, Hour, Light, Place, PlaceKind, Stage, Vec3, Weather
from model.theatre.lighting.light import Tone
from model.theatre.place import design_of, place_background, place_drawables
from model.theatre.sets.indoors import INDOORS
from model.theatre.sets.kit import Panel
from model.theatre.view import View, view_at

KINDS: tuple[PlaceKind, ...] = tuple(INDOORS)


def stage(kind: PlaceKind, hour: Hour, eye: Vec3, target: Vec3, seed: int = 1, lens_mm: float = 28.0) -> Stage:
    return Stage(
        duration_s=1.0,
        place=Place(kind=kind, interior=True, seed=seed),
        light=Light(
            hour=hour, key_azimuth_deg=220, key_elevation_deg=45, key_to_fill_ratio=2, colour_temperature_k=5600
        ),
        weather=Weather(kind="clear"),
        camera=Camera(keys=(CameraKey(time_s=0.0, position=eye, target=target, lens_mm=lens_mm),)),
    )


def picture(found: Stage, dressed: bool = True, width: int = 256, height: int = 144) -> NDArray[np.int64]:
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    view, tone = view_at(found.camera, 0.0, width, height), Tone.of(found)
    place_background(canvas, found, view, tone, 0.0)
    if dressed:
        for thing in sorted(place_drawables(found, view, tone, 0.0), key=lambda d: -d.depth_m):
            thing.paint(canvas)
    return pixels[..., :3].astype(np.int64)


def walls(kind: PlaceKind, seed: int = 1) -> list[Panel]:
    """The four walls of a room: the upright panels of its shell that are as long and high as it."""
    x0, z0, x1, z1 = design_of(kind, seed).ground_extent or (0.0, 0.0, 0.0, 0.0)
    long = {round(x1 - x0, 3), round(z1 - z0, 3)}
    return [
        p
        for p in design_of(kind, seed).shell
        if abs(p.normal.y) < 0.1 and not p.wall and not p.wild and round(p.extent[2], 3) in long and p.extent[3] > 2.2
    ]


def at(panel: Panel, a: float, b: float) -> Vec3:
    return Vec3(*(o + a * u + b * v for o, u, v in zip(panel.origin, panel.u, panel.v, strict=True)))


def pixel(frame: NDArray[np.int64], view: View, point: Vec3) -> NDArray[np.float64] | None:
    """The mean colour about a point of the stage, or None where it is out of the picture."""
    x, y, depth = view.point(*point)
    if depth < 0.3 or not (4 < x < frame.shape[1] - 4 and 4 < y < frame.shape[0] - 4):
        return None
    return np.asarray(frame[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3].mean(axis=(0, 1)))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "corridor"])
def test_seeds_lay_rooms_out_differently(kind: PlaceKind) -> None:
    layouts = {
        tuple(sorted((round(p.at.x, 1), round(p.at.z, 1)) for p in design_of(kind, seed).dressing)) for seed in range(8)
    }
    assert len(layouts) >= 3


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "theatre"])
def test_the_same_wall_looks_the_same_from_two_cameras(kind: PlaceKind) -> None:
    for wall in walls(kind):
        middle = at(wall, wall.extent[2] / 2, 1.5)
        n, u = wall.normal, wall.u
        views = []
        for out, aside in ((2.6, 0.5), (2.2, -0.7)):
            eye = Vec3(middle.x + out * n.x + aside * u.x, 1.5, middle.z + out * n.z + aside * u.z)
            found = stage(kind, "day", eye, middle)
            views.append((picture(found, dressed=False), view_at(found.camera, 0.0, 256, 144)))
        off, seen = [], 0
        for a in np.arange(-0.9, 0.9, 0.15):
            for b in (0.3, 0.9, 1.3, 1.7, 2.1):
                point = at(wall, wall.extent[2] / 2 + float(a), b)
                if _in_hole(wall, wall.extent[2] / 2 + float(a), b) or _in_doorway(kind, point):
                    continue
                one, two = (pixel(frame, view, point) for frame, view in views)
                if one is not None and two is not None:
                    off.append(float(np.abs(one - two).max()))
                    seen += 1
        assert seen == 0 or np.median(off) < 8.0, (kind, wall.normal)


def _in_hole(wall: Panel, a: float, b: float) -> bool:
    return any(x0 - 0.1 < a < x1 + 0.1 and y0 - 0.1 < b < y1 + 0.1 for x0, y0, x1, y1 in wall.holes)


def _in_doorway(kind: PlaceKind, point: Vec3) -> bool:
    return any(
        math.hypot(door.at.x - point.x, door.at.z - point.z) < door.width_m / 2 + 0.15
        for door in design_of(kind, 1).doors
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("corridor", "theatre", "prison_cell")])
def test_the_four_walls_differ(kind: PlaceKind) -> None:
    x0, z0, x1, z1 = design_of(kind, 1).ground_extent or (0.0, 0.0, 0.0, 0.0)
    middle = Vec3((x0 + x1) / 2, 1.5, (z0 + z1) / 2)
    frames = []
    for heading in (0, 90, 180, 270):
        a = math.radians(heading)
        frames.append(picture(stage(kind, "day", middle, Vec3(middle.x + math.sin(a), 1.4, middle.z + math.cos(a)))))
    for i, one in enumerate(frames):
        for two in frames[i + 1 :]:
            assert np.abs(one - two).mean() > 6


@pytest.mark.parametrize("kind", ["living_room", "bedroom", "office", "corridor", "prison_cell"])
def test_windows_show_the_hour(kind: PlaceKind) -> None:
    wall = next(p for p in walls(kind) if any(y0 > 0.3 for _, y0, _, _ in p.holes))
    x0, y0, x1, y1 = next(hole for hole in wall.holes if hole[1] > 0.3)
    middle = at(wall, (x0 + x1) / 2, (y0 + y1) / 2)
    eye = Vec3(middle.x + 1.6 * wall.normal.x, 1.5, middle.z + 1.6 * wall.normal.z)
    panes = []
    for hour in ("day", "night"):
        found = stage(kind, hour, eye, middle)
        frame, view = picture(found, dressed=False), view_at(found.camera, 0.0, 256, 144)
        points = [
            at(wall, x0 + (x1 - x0) * a, y0 + (y1 - y0) * b) for a in (0.2, 0.45, 0.6, 0.8) for b in (0.2, 0.4, 0.7)
        ]
        seen = [colour for point in points if (colour := pixel(frame, view, point)) is not None]
        panes.append(np.array(seen))
    assert len(panes[0])
    assert np.abs(panes[0] - panes[1]).max() > 60  # the sky


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("office", "church", "theatre")])
def test_a_lamp_is_lit_at_night(kind: PlaceKind) -> None:
    design = design_of(kind, 1)
    assert design.all_lamps
    lamp = min(design.all_lamps, key=lambda one: math.hypot(one.at.x, one.at.z))
    eye = Vec3(lamp.at.x * 0.3, 1.4, lamp.at.z - 2.2)
    found = stage(kind, "night", eye, lamp.at)
    frame, view = picture(found), view_at(found.camera, 0.0, 256, 144)
    colour = pixel(frame, view, lamp.at)
    assert colour is not None
    assert colour.max() > 150


def test_rooms_have_their_own_size() -> None:
    def size(kind: PlaceKind) -> tuple[float, float, float]:
        x0, z0, x1, z1 = design_of(kind, 1).ground_extent or (0.0, 0.0, 0.0, 0.0)
        return x1 - x0, z1 - z0, max(p.extent[3] for p in walls(kind))

    assert size("church")[1] > 15
    assert size("church")[2] > 6
    assert max(size("prison_cell")[:2]) < 5
    assert max(size("bathroom")[:2]) < 6


@pytest.mark.parametrize("kind", ["living_room", "prison_cell", "bathroom", "shop"])
def test_a_camera_beyond_a_wall_sees_walls_to_the_pictures_edge(kind: PlaceKind) -> None:
    _, _, x1, z1 = design_of(kind, 1).ground_extent or (0.0, 0.0, 0.0, 0.0)
    eye = Vec3(x1 + 0.8, 1.4, z1 - 2.4)
    found = stage(kind, "day", eye, Vec3(x1 - 1.0, 1.4, z1), lens_mm=24.0)
    frame, view = picture(found, dressed=False), view_at(found.camera, 0.0, 256, 144)
    beyond, foot = (pixel(frame, view, Vec3(x1 + 0.3, y, z1 - off)) for y, off in ((1.45, 0.0), (0.0, 0.3)))
    assert beyond is not None
    assert foot is None or np.abs(beyond - foot).max() > 12  # a wall stands there, not the bare ground's colour


def test_a_name_is_lettered_in_the_diner() -> None:
    frames = []
    for name in ("LUNA", "ORCHID"):
        found = stage("diner", "day", Vec3(0.3, 1.6, -0.5), Vec3(0.3, 2.2, 3.8))
        named = Stage(
            duration_s=1.0,
            place=Place(kind="diner", interior=True, seed=1, name=name),
            light=found.light,
            weather=found.weather,
            camera=found.camera,
        )
        frames.append(picture(named, dressed=False))
    assert (np.abs(frames[0] - frames[1]).sum(axis=2) > 30).sum() > 40
