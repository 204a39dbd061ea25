"""Light in the scene: fires and lamps relight who stands near them, throw pools and shadows, and go by their hour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from model.stage import (
    RGB,
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Hour,
    Light,
    Look,
    Place,
    PlaceKind,
    Practical,
    Prop,
    Stage,
    Vec3,
    Weather,
)
from model.theatre import draw
from model.theatre.lighting.cast import Cast, casts_at, key_cast, laid, set_shadows
from model.theatre.lighting.light import Tone
from model.theatre.lighting.practicals import Source, falling_on, flicker_at, sources_of, tone_beside
from model.theatre.place import design_of

COAT = RGB(180, 60, 50)
LOOK = Look(
    height_m=1.7, age_years=35, build="average", gender="female", skin=RGB(214, 160, 130), hair="bob",
    hair_colour=RGB(70, 45, 30), beard="none", glasses="none", top="coat", top_colour=COAT,
    bottom="trousers", bottom_colour=RGB(50, 50, 60), shoe_colour=RGB(30, 25, 25), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip
FIRE = Practical(kind="fire", position=Vec3(1.5, 0.4, 0.0), reach_m=3.0)


def person(x_m: float = 0.0, z_m: float = 0.0) -> Figure:
    mark = BodyKey(time_s=0.0, x_m=x_m, z_m=z_m, heading_deg=180.0, pose="stand")
    return Figure(id="a", species="person", look=LOOK, body=(mark,), seed=3)


def stage(
    kind: PlaceKind = "field",
    hour: Hour = "night",
    practicals: tuple[Practical, ...] = (),
    *,
    interior: bool = False,
    people: tuple[Figure, ...] = (),
    props: tuple[Prop, ...] = (),
    azimuth_deg: float = 215.0,
    silhouette: bool = False,
    rim: float = 0.0,
) -> Stage:
    key = CameraKey(time_s=0.0, position=Vec3(0.0, 1.5, -4.5), target=Vec3(0.0, 1.0, 0.0), lens_mm=28.0)
    return Stage(
        duration_s=2.0,
        place=Place(kind=kind, interior=interior, seed=2),
        light=Light(
            hour=hour,
            key_azimuth_deg=azimuth_deg,
            key_elevation_deg=35.0,
            key_to_fill_ratio=3.0,
            colour_temperature_k=5600.0,
            practicals=practicals,
            silhouette=silhouette,
            rim=rim,
        ),
        weather=Weather(kind="clear"),
        camera=Camera(keys=(key,)),
        figures=people,
        props=props,
    )


def beside(found: Stage, x: float, z: float, time_s: float = 0.0) -> Tone:
    tone = Tone.of(found)
    return tone_beside(tone, found.light, falling_on(tone, sources_of(found, time_s), x, z, time_s))


def channels(argb: int) -> NDArray[np.float64]:
    return np.array([argb >> 16 & 255, argb >> 8 & 255, argb & 255], dtype=float)


def luminance(frame: NDArray[np.uint8]) -> NDArray[np.float64]:
    value: NDArray[np.float64] = frame.astype(float) @ np.array([0.299, 0.587, 0.114])
    return value


def picture(found: Stage, time_s: float = 0.3) -> NDArray[np.uint8]:
    return draw(found, time_s, 256, 144)


def test_a_fire_relights_who_stands_near_it_from_its_side_in_its_colour() -> None:
    found, grey = stage(practicals=(FIRE,)), RGB(150, 150, 150)
    base, near = Tone.of(found), beside(found, 0.4, 0.0)
    plain, lit = channels(base.lit(grey, 2.0)), channels(near.lit(grey, 2.0))
    assert lit[0] > plain[0] + 40
    assert lit[0] - lit[2] > plain[0] - plain[2] + 40
    assert near.key_from.x > 0.5 > base.key_from.x
    other_side = beside(found, 2.6, 0.0)
    assert other_side.key_from.x < -0.5


def test_far_from_every_lamp_the_hour_alone_lights() -> None:
    found = stage(practicals=(FIRE,))
    assert beside(found, -30.0, 0.0) is Tone.of(found)


def test_walking_past_a_fire_no_colour_pops() -> None:
    found = stage(practicals=(replace(FIRE, kind="lamp"),))
    steps = [channels(beside(found, x, 0.6).lit(RGB(200, 180, 160), 2.0)) for x in np.arange(-7.0, 7.0, 0.05)]
    assert max(float(np.abs(a - b).max()) for a, b in pairwise(steps)) <= 8.0
    assert float(np.ptp(np.array(steps)[:, 0])) > 60.0


def test_a_lamp_tells_less_at_noon_than_at_night() -> None:
    gains = []
    for hour in ("day", "dusk", "night"):
        found = stage(hour=hour, practicals=(FIRE,))
        given = falling_on(Tone.of(found), sources_of(found, 0.0), 0.6, 0.0, 0.0)
        gains.append(sum(one.given for one in given))
    assert gains == sorted(gains) and gains[0] < 0.5 * gains[-1]


def test_headlights_light_what_is_before_them() -> None:
    lamp = Practical(kind="headlights", position=Vec3(0.0, 0.7, 6.0), reach_m=4.0, heading_deg=180.0)
    found = stage(practicals=(lamp,))

    def lit(x: float, z: float) -> float:
        given = falling_on(Tone.of(found), sources_of(found, 0.0), x, z, 0.0)
        return sum(one.given for one in given)

    assert lit(0.0, 2.0) > 0.3
    assert lit(0.0, 10.0) < 0.4 * lit(0.0, 2.0)
    assert lit(4.0, 6.0) < 0.4 * lit(0.0, 2.0)


def test_a_fire_wavers_and_never_jumps() -> None:
    source = Source("fire", Vec3(1, 0, 2), RGB(255, 150, 60), 1.0, 3.0, flicker=0.2)
    waves = np.array([flicker_at(source, t) for t in np.arange(0.0, 4.0, 1 / 24)])
    assert waves.min() >= 0.8 - 1e-9 and waves.max() <= 1.0
    assert np.ptp(waves) > 0.08
    assert np.abs(np.diff(waves)).max() < 0.1


@pytest.mark.parametrize("kind", ["lamp", "fire", "candle", "neon", "headlights", "screen"])
def test_every_practical_is_seen_at_night(kind: str) -> None:
    practical = Practical(kind=kind, position=Vec3(0.3, 1.0, 1.0), heading_deg=200.0 if kind == "headlights" else None)  # type: ignore[arg-type]
    dark, lit = (luminance(picture(stage("alley", practicals=p))) for p in ((), (practical,)))
    assert (lit - dark > 25).sum() > 15
    assert (lit - dark > 3).mean() > 0.02
    assert (lit - dark).min() > -40  # light takes nothing away but what the lamp itself stands before


def test_a_fire_pools_on_the_ground_about_it() -> None:
    dark, lit = (luminance(picture(stage(practicals=p))) for p in ((), (replace(FIRE, position=Vec3(0, 0.4, 0)),)))
    gain = lit - dark
    assert gain[100:112, 108:118].mean() > 2.0 * gain[100:112, 10:30].mean() + 3.0


def test_candlelight_puts_a_rooms_lamps_out() -> None:
    candle = Practical(kind="candle", position=Vec3(0.0, 0.9, 0.5), reach_m=1.2)
    lamplit, candlelit = (
        luminance(picture(stage("living_room", practicals=p, interior=True))) for p in ((), (candle,))
    )
    assert candlelit.mean() < 0.85 * lamplit.mean()
    assert candlelit.mean() > 25


def test_a_burning_prop_lights_and_a_dead_one_does_not() -> None:
    def lit(state: str) -> float:
        fire = Prop(id="fire", kind="campfire", position=Vec3(0.8, 0.0, 0.0), state=state)
        found = stage("forest", props=(fire,))
        return sum(one.given for one in falling_on(Tone.of(found), sources_of(found, 0.0), 0.0, 0.0, 0.0))

    assert lit("lit") > 0.5
    assert lit("out") == 0.0


def test_a_silhouette_is_dark_before_a_bright_ground() -> None:
    empty = luminance(picture(stage(hour="golden_hour", silhouette=True)))
    plain, dark = (
        luminance(picture(stage(hour="golden_hour", silhouette=s, people=(person(),)))) for s in (False, True)
    )
    body = empty - dark > 40
    assert body.sum() > 300
    assert dark[body].mean() < 0.45 * empty[body].mean()
    assert dark[body].mean() < 0.6 * plain[body].mean()
    assert dark[~body].mean() > empty[~body].mean()


def test_a_rim_edges_the_figure_and_nothing_else() -> None:
    plain, edged = (picture(stage(hour="dusk", rim=r, people=(person(),))).astype(int) for r in (0.0, 1.0))
    changed = np.abs(edged - plain).max(axis=2) > 12
    assert 20 < changed.sum() < 900
    _, columns = np.nonzero(changed)
    assert columns.min() > 90 and columns.max() < 166
    assert luminance(edged.astype(np.uint8))[changed].mean() > luminance(plain.astype(np.uint8))[changed].mean() + 25


def test_a_shadow_lies_on_the_floor_and_climbs_a_wall() -> None:
    toward = Vec3(-0.6, 0.8, 0.0)
    points = np.array([[0.0, 0.0, 0.0], [0.0, 1.6, 0.0], [1.8, 1.6, 0.0]])
    open_air, room = laid(points, toward, None), laid(points, toward, (-2.0, -2.0, 2.0, 2.0))
    assert np.allclose(open_air[:, 1], 0.0)
    assert open_air[1, 0] == pytest.approx(1.2)
    assert np.allclose(room[:2], open_air[:2])
    assert room[2, 0] == pytest.approx(2.0)  # on the wall, as high as the light still is there
    assert 0.0 < room[2, 1] < 1.6


@pytest.mark.parametrize(("azimuth", "side"), [(90.0, -1), (270.0, 1)])
def test_a_shadow_falls_away_from_the_key(azimuth: float, side: int) -> None:
    empty, stood = (
        luminance(picture(stage("desert", "morning", people=p, azimuth_deg=azimuth))) for p in ((), (person(),))
    )
    columns = np.nonzero((empty - stood)[112:] > 8)[1]
    assert len(columns) > 30
    assert side * (columns.mean() - 128) > 4


def test_a_fire_throws_a_shadow_away_from_it() -> None:
    for x in (-1.5, 1.5):
        found = stage("desert", practicals=(replace(FIRE, position=Vec3(x, 0.5, 0.0)),))
        lamps = [(one.toward, one.given) for one in falling_on(Tone.of(found), sources_of(found, 0), 0, 0, 0)]
        thrown = casts_at(found, Tone.of(found), tuple(lamps))[-1]
        assert thrown.soft and thrown.toward.x * x > 0 and thrown.strength > 0.15


def test_a_closed_sky_throws_no_shadow_and_a_room_a_soft_short_one() -> None:
    def cast(kind: PlaceKind, interior: bool, weather: str) -> Cast:
        found = replace(stage(kind, "day", interior=interior), weather=Weather(kind=weather))  # type: ignore[arg-type]
        return key_cast(found, Tone.of(found))

    assert cast("field", False, "clear").strength > 0.25
    assert cast("field", False, "rain").strength < 0.05
    indoors = cast("office", True, "clear")
    assert indoors.soft and 0.05 < indoors.strength < cast("field", False, "clear").strength


def test_furniture_and_trees_throw_shadows() -> None:
    """Under a higher sun a park's shadows are shorter: less of its ground is dark."""

    def area(elevation_y: float) -> float:
        toward = Vec3((1.0 - elevation_y**2) ** 0.5, elevation_y, 0.0)
        corners, counts = set_shadows(design_of("park", 2), toward)
        total, start = 0.0, 0
        for count in counts:
            x, z = corners[start : start + count, 0], corners[start : start + count, 2]
            total += abs(float(np.dot(x, np.roll(z, 1)) - np.dot(z, np.roll(x, 1)))) / 2
            start += count
        return total

    assert area(0.9) > 5.0
    assert area(0.35) > 1.3 * area(0.9)
