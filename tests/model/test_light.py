"""The palette of a frame: true colours under neutral light, a readable night, air that thickens with depth."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.stage import RGB, Camera, CameraKey, Hour, Light, Place, Stage, Vec3, Weather, WeatherKind
from model.theatre.lighting.light import HOURS, Tone, mix, scale
from model.theatre.view import view_at

COLOURS = st.builds(RGB, *(st.integers(0, 255) for _ in range(3)))


def tone(
    hour: Hour = "day",
    *,
    weather: WeatherKind = "clear",
    interior: bool = False,
    kelvin: float = 5600.0,
    ratio: float = 2.0,
    neon: bool = False,
    azimuth: float = 215.0,
) -> Tone:
    light = Light(
        hour=hour,
        key_azimuth_deg=azimuth,
        key_elevation_deg=40.0,
        key_to_fill_ratio=ratio,
        colour_temperature_k=kelvin,
        neon=neon,
    )
    return Tone.of(
        Stage(
            duration_s=1.0,
            place=Place(kind="street", interior=interior, seed=1),
            light=light,
            weather=Weather(kind=weather),
            camera=Camera(keys=(CameraKey(time_s=0, position=Vec3(0, 1.5, -4), target=Vec3(0, 1, 0), lens_mm=35),)),
        )
    )


def channels(argb: int) -> tuple[int, int, int]:
    assert argb >> 24 == 255
    return argb >> 16 & 255, argb >> 8 & 255, argb & 255


def luminance(argb: int) -> float:
    r, g, b = channels(argb)
    return 0.299 * r + 0.587 * g + 0.114 * b


@given(COLOURS)
def test_neutral_daylight_shows_a_colour_as_it_is(rgb: RGB) -> None:
    for interior in (False, True):
        shown = channels(tone(interior=interior).lit(rgb, 1.0))
        assert max(abs(a - b) for a, b in zip(shown, rgb, strict=True)) <= 2


@given(COLOURS, st.sampled_from(sorted(HOURS)))
def test_the_fill_side_is_never_brighter_than_the_key_side(rgb: RGB, hour: Hour) -> None:
    found = tone(hour)
    assert luminance(found.shade(rgb, 1.0)) <= luminance(found.lit(rgb, 1.0)) + 1.0


def test_a_higher_ratio_makes_a_darker_fill_side() -> None:
    shades = [luminance(tone(ratio=ratio).shade(RGB(180, 140, 120), 1.0)) for ratio in (1.2, 2.0, 4.0, 8.0)]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] - shades[-1] > 25


def test_night_is_darker_than_day_and_bluer_but_not_black() -> None:
    grey = RGB(160, 160, 160)
    day, night = channels(tone("day").lit(grey, 1.0)), channels(tone("night", kelvin=7600).lit(grey, 1.0))
    assert sum(night) < 0.8 * sum(day)
    assert night[2] > night[0]
    assert luminance(tone("night", ratio=6.0).shade(RGB(0, 0, 0), 1.0)) > 12


def test_temperature_warms_and_cools() -> None:
    grey = RGB(150, 150, 150)
    warm, cool = channels(tone(kelvin=3000).lit(grey, 1.0)), channels(tone(kelvin=9000).lit(grey, 1.0))
    assert warm[0] > warm[2] + 20
    assert cool[2] > cool[0] + 10


@pytest.mark.parametrize("weather", ["clear", "rain", "snow", "fog"])
def test_air_lowers_contrast_with_depth(weather: WeatherKind) -> None:
    found = tone(weather=weather)
    gaps = [
        luminance(found.lit(RGB(250, 250, 250), depth)) - luminance(found.lit(RGB(10, 10, 10), depth))
        for depth in (1.0, 4.0, 12.0, 30.0, 80.0, 200.0)
    ]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.75 * gaps[0]


def test_fog_is_thicker_than_rain_and_rain_than_clear_air() -> None:
    thick = [tone(weather=kind).fog(20.0) for kind in ("clear", "rain", "fog")]
    assert thick == sorted(thick)
    assert thick[-1] > 2 * thick[0]


def test_key_side_is_told_as_the_picture_shows_it() -> None:
    def side(azimuth: float, eye: Vec3) -> float:
        camera = Camera(keys=(CameraKey(time_s=0, position=eye, target=Vec3(0, 1.5, 0), lens_mm=35),))
        return tone(azimuth=azimuth).key_side(view_at(camera, 0.0, 64, 36))

    front, reverse = Vec3(0, 1.5, -4), Vec3(0, 1.5, 4)
    assert side(90, front) == pytest.approx(1.0)
    assert side(270, front) == pytest.approx(-1.0)
    assert side(90, reverse) == pytest.approx(-1.0)
    assert abs(side(180, front)) < 1e-6


def test_rim_light_belongs_to_low_sun_and_neon() -> None:
    rgb = RGB(60, 60, 60)
    assert tone("day").rim(rgb, 2.0) is None
    golden, neon = tone("golden_hour").rim(rgb, 2.0), tone("night", neon=True).rim(rgb, 2.0)
    assert golden is not None and luminance(golden) > 120
    assert neon is not None and channels(neon)[0] > channels(neon)[1]


def test_frames_of_one_light_share_a_tone() -> None:
    assert tone("dusk") is tone("dusk")
    assert tone("dusk") is not tone("dusk", ratio=5.0)


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_mix_stays_between_its_ends(a: RGB, b: RGB, u: float) -> None:
    low, high = np.minimum(a, b), np.maximum(a, b)
    assert np.all(low <= mix(a, b, u)) and np.all(np.array(mix(a, b, u)) <= high)
    assert scale(a, 0.0) == (0, 0, 0)


@pytest.mark.parametrize("interior", [False, True])
@pytest.mark.parametrize("hour", sorted(HOURS))
def test_every_step_of_the_ratio_shows(hour: Hour, interior: bool) -> None:
    skin = RGB(200, 150, 120)
    shares = []
    for ratio in (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0):
        found = tone(hour, interior=interior, ratio=ratio)
        shares.append(luminance(found.lit(skin, 1.0)) / luminance(found.shade(skin, 1.0)))
    assert shares[0] < 1.12
    assert all(b > a + 0.02 for a, b in pairwise(shares))
    assert shares[-1] > 1.55


@pytest.mark.parametrize("interior", [False, True])
@pytest.mark.parametrize("hour", sorted(HOURS))
def test_temperature_is_told_at_every_hour(hour: Hour, interior: bool) -> None:
    grey = RGB(120, 120, 120)
    warmth = []
    for kelvin in (2700, 3600, 4800, 5600, 7000, 9000):
        r, _, b = channels(tone(hour, interior=interior, kelvin=kelvin).lit(grey, 1.0))
        warmth.append(r / b)
    assert warmth == sorted(warmth, reverse=True)
    assert warmth[0] > 1.2 * warmth[-1]


@pytest.mark.parametrize("skin", [RGB(240, 205, 180), RGB(180, 125, 95), RGB(96, 62, 46)])
@pytest.mark.parametrize("hour", sorted(HOURS))
def test_a_face_out_of_the_key_is_still_a_face(hour: Hour, skin: RGB) -> None:
    """Skin out of the key stays above hair in the same light, even at eight to one."""
    found = tone(hour, ratio=8.0)
    assert luminance(found.shade(skin, 1.0)) > luminance(found.shade(RGB(24, 20, 20), 1.0)) + 8


def test_a_closed_sky_softens_the_light_and_cools_it() -> None:
    grey = RGB(150, 150, 150)

    def shares(weather: WeatherKind) -> tuple[float, float]:
        found = tone("golden_hour", weather=weather, ratio=4.0)
        r, _, b = channels(found.lit(grey, 1.0))
        return luminance(found.lit(grey, 1.0)) / luminance(found.shade(grey, 1.0)), r / b

    (clear, clear_warmth), (rain, rain_warmth) = shares("clear"), shares("rain")
    assert rain < 0.9 * clear
    assert rain_warmth < 0.9 * clear_warmth


def test_rain_dims_a_room_by_day_and_not_by_night() -> None:
    grey = RGB(150, 150, 150)
    for hour, dims in (("day", True), ("night", False)):
        dry, wet = (luminance(tone(hour, interior=True, weather=w).lit(grey, 1.0)) for w in ("clear", "rain"))  # type: ignore[arg-type]
        assert (wet < 0.97 * dry) is dims
        assert tone("day", interior=True, weather="rain").sun < 0.2 * tone("day", interior=True).sun
