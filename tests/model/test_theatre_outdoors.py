"""Sets outdoors and strange: what floats, passes, sways and smokes; what stands below a raised floor; near shapes."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.stage import RGB, Camera, CameraKey, Hour, Light, Place, PlaceKind, Stage, Vec3, Weather
from model.theatre import draw
from model.theatre.lighting.cast import set_shadows
from model.theatre.lighting.light import Tone
from model.theatre.place import design_of, place_drawables
from model.theatre.sets.near import before_lens
from model.theatre.sets.pen import Pen
from model.theatre.sets.relief import Land, crags, dunes, hills, mesas, peaks, ring_of
from model.theatre.sets.water import smoke
from model.theatre.view import NEAR_M, view_at

INSIDE = ("cave", "train", "spaceship", "warehouse")


def stage(
    kind: PlaceKind,
    hour: Hour = "day",
    *,
    eye: tuple[float, float, float] = (0.0, 1.5, -4.0),
    target: tuple[float, float, float] = (0.0, 1.3, 1.0),
    weather: Weather | None = None,
    seed: int = 1,
    name: str = "",
) -> Stage:
    key = CameraKey(time_s=0.0, position=Vec3(*eye), target=Vec3(*target), lens_mm=26.0)
    light = Light(
        hour=hour, key_azimuth_deg=230.0, key_elevation_deg=45.0, key_to_fill_ratio=3.0, colour_temperature_k=5600.0
    )
    return Stage(
        duration_s=2.0,
        place=Place(kind=kind, interior=kind in INSIDE, seed=seed, name=name),
        light=light,
        weather=weather or Weather(kind="clear"),
        camera=Camera(keys=(key,)),
    )


def frame(found: Stage, time_s: float = 0.0) -> NDArray[np.int64]:
    return draw(found, time_s, 192, 108).astype(np.int64)


def changed(one: NDArray[np.int64], two: NDArray[np.int64]) -> float:
    """The share of pixels that differ to the eye."""
    return float((np.abs(one - two).sum(axis=2) > 12).mean())


@pytest.mark.parametrize("seed", [2, 3])
def test_the_quay_hides_what_of_a_boat_is_below_it(seed: int) -> None:
    """Whatever floats below the floor paints nothing on floor that lies nearer than the floor's edge."""
    found = stage("harbour", seed=seed, eye=(0.0, 1.6, -3.0), target=(0.0, 0.4, 6.0))
    design = design_of("harbour", seed)
    assert design.ground_extent is not None
    view = view_at(found.camera, 0.0, 192, 108)
    pixels = np.zeros((108, 192, 4), dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    boats = [piece for piece in design.dressing if piece.moves == "bobs"]
    assert boats
    afloat = replace(design, dressing=tuple(boats))
    for piece in afloat.dressing:
        assert piece.at.y < 0.0
    tone = Tone.of(found)
    far = {round(view.point(piece.at.x, piece.at.y, piece.at.z)[2], 1) for piece in boats}
    painted = 0
    for thing in place_drawables(found, view, tone, 0.0):
        if round(thing.depth_m, 1) in far:
            thing.paint(canvas)
            painted += 1
    assert painted
    assert pixels[..., 3].any()
    for x in np.linspace(-3.0, 3.0, 13):
        px, py, _ = view.point(float(x), 0.0, design.ground_extent[3] - 0.8)
        if 0 <= px < 192 and 0 <= py < 108:
            assert pixels[int(py), int(px), 3] == 0


def test_boats_bob_on_the_water_and_the_quay_stands_still() -> None:
    found = stage("harbour", seed=3, target=(0.0, 1.0, 6.0))
    one, two = frame(found, 0.0), frame(found, 1.9)
    view = view_at(found.camera, 0.0, 192, 108)
    _, edge, _ = view.point(0.0, 0.0, 5.0)
    top, foot = slice(0, int(edge) - 2), slice(int(edge) + 4, 108)
    assert changed(one[top], two[top]) > 0.004
    assert changed(one[foot], two[foot]) < 0.02


def test_the_land_passes_a_train_that_runs_and_not_one_that_stands() -> None:
    eye, target = (-0.6, 1.5, 0.4), (3.0, 1.4, 0.4)
    runs, stands = (stage("train", eye=eye, target=target, name=name) for name in ("THE EXPRESS", "DEPOT"))
    assert changed(frame(runs, 0.0), frame(runs, 0.5)) > 0.02
    assert changed(frame(stands, 0.0), frame(stands, 0.5)) == 0.0


def test_it_never_rains_in_space() -> None:
    weather = Weather(kind="rain", intensity=1.0)
    ahead = stage("spaceship", seed=1, weather=weather, eye=(0.0, 1.5, 1.0), target=(0.0, 1.8, 6.0))
    assert changed(frame(ahead, 0.4), frame(ahead, 0.7)) < 0.002
    window = stage("kitchen", seed=1, weather=weather, eye=(0.0, 1.5, 0.0), target=(0.0, 1.5, 4.0))
    house = replace(window, place=replace(window.place, interior=True))
    assert changed(frame(house, 0.4), frame(house, 0.7)) > 0.002


def test_space_is_dark_with_stars_at_noon() -> None:
    found = stage("spaceship", seed=1, eye=(0.0, 1.6, 5.2), target=(-0.8, 2.0, 8.0))
    seen = frame(found)
    values = seen.max(axis=2)
    assert np.percentile(values, 30) < 60
    assert values.max() > 200


def test_trees_sway_more_in_a_wind() -> None:
    calm, wild = (
        stage("park", eye=(0.0, 1.5, -4.0), target=(0.5, 2.2, 6.0), weather=Weather(kind="overcast", wind=wind))
        for wind in (0.05, 0.95)
    )
    still, blown = (changed(frame(one, 0.0), frame(one, 0.6)) for one in (calm, wild))
    assert blown > still + 0.002


def test_smoke_rises_without_a_jump() -> None:
    """From frame to frame only a little of the smoke changes, over a whole round of its puffs."""
    found = stage("field", eye=(0.0, 2.0, -8.0), target=(0.0, 4.0, 2.0))
    view, tone = view_at(found.camera, 0.0, 192, 108), Tone.of(found)
    piece = smoke(Vec3(0.0, 1.0, 4.0))

    def at(time_s: float) -> NDArray[np.int64]:
        pixels = np.zeros((108, 192, 4), dtype=np.uint8)
        canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
        assert piece.live is not None
        piece.live(Pen(canvas, view, tone, time_s))
        return pixels[..., 3].astype(np.int64)

    frames = [at(k / 12) for k in range(130)]
    whole = frames[0].sum()
    assert whole > 0
    steps = [np.abs(b - a).sum() / whole for a, b in pairwise(frames)]
    assert max(steps) < 0.25
    assert np.abs(frames[0] - frames[60]).sum() / whole > 0.1


@pytest.mark.parametrize("shape", [crags, dunes, hills, mesas, peaks])
def test_a_ring_of_land_has_no_gap(shape: object) -> None:
    """Each panel begins where the one before it ends, all round; and nothing of it rises over its height."""
    land = Land(rgb=RGB(140, 130, 120), low_m=4.0, high_m=20.0, snow_m=12.0)
    pieces = ring_of(Random(5), land, shape, 60.0, 9)  # type: ignore[arg-type]
    spans = []
    for piece in pieces:
        (panel,) = piece.panels
        start = math.atan2(panel.origin.x, panel.origin.z)
        width = panel.extent[2]
        end = math.atan2(panel.origin.x + panel.u.x * width, panel.origin.z + panel.u.z * width)
        spans.append((start, (end - start) % math.tau))
    for (start, wide), (following, _) in zip(spans, [*spans[1:], spans[0]], strict=True):
        gap = (following - (start + wide) + math.pi) % math.tau - math.pi
        assert -0.02 < gap <= 0.0
    assert sum(wide for _, wide in spans) == pytest.approx(math.tau, abs=0.1)


def test_railings_and_cables_throw_no_solid_shadow() -> None:
    corners, counts = set_shadows(design_of("bridge", 1), Vec3(-0.6, 0.5, -0.62))
    at = 0
    for count in counts:
        x, z = corners[at : at + count, 0], corners[at : at + count, 2]
        area = 0.5 * abs(float(np.dot(x, np.roll(z, 1)) - np.dot(z, np.roll(x, 1))))
        assert area < 60.0 or x.min() > 4.0  # the towers' legs are solid, and stand beyond the walk's kerb or its rail
        at += count


def test_open_land_runs_out_at_its_ends() -> None:
    land = Land(rgb=RGB(140, 130, 120), low_m=6.0, high_m=20.0)
    first, *_, last = ring_of(Random(2), land, hills, 50.0, 4, (100.0, 220.0))
    for piece, x in ((first, 0.05), (last, last.panels[0].extent[2] - 0.05)):
        body = piece.panels[0].marks[0].path
        assert not body.contains(x, 1.0)
        assert body.contains(piece.panels[0].extent[2] / 2, 1.0)


def test_shapes_behind_the_lens_do_not_join_those_ahead() -> None:
    """Of two strips along the floor, with the camera between, only what is ahead is painted, and nothing between."""
    path = skia.Path()
    for a in (-3.0, 3.0):
        path.addRect(skia.Rect.MakeLTRB(a - 0.05, -20.0, a + 0.05, -10.0))
        path.addRect(skia.Rect.MakeLTRB(a - 0.05, -4.0, a + 0.05, 30.0))
    found = before_lens(path, (0.0, 0.0, 1.0), NEAR_M)  # depth is the panel's second coordinate
    assert sum(shape.countPoints() for shape in found) == 2 * 5 or len(found) == 2
    assert all(shape.getBounds().bottom() > 0 for shape in found)
    assert before_lens(path, (50.0, 0.0, 1.0), NEAR_M) == (path,)
    holed = skia.Path(path)
    holed.setFillType(skia.PathFillType.kEvenOdd)
    assert before_lens(holed, (0.0, 0.0, 1.0), NEAR_M) == (holed,)


@pytest.mark.parametrize("kind", ["mountain", "desert", "bridge", "harbour", "cave", "train", "spaceship", "warehouse"])
def test_seeds_lay_a_place_out_anew(kind: PlaceKind) -> None:
    """Another seed moves what stands about, and does not only paint it."""
    plans = []
    for seed in (1, 2, 3):
        where = {(round(piece.at.x, 1), round(piece.at.z, 1)) for piece in design_of(kind, seed).dressing}
        plans.append(where)
    for one, two in ((0, 1), (1, 2)):
        shared = len(plans[one] & plans[two]) / min(len(plans[one]), len(plans[two]))
        assert shared < (0.9 if kind == "train" else 0.75)
