"""What a model is told in numbers: of one length, about -1 to 1, and each changed by what it tells of."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from model.conditions import BOX, CAST, FACTS, PALETTE, cast_of, entities_of, facts_of, palette_of
from model.sampler import sample
from model.stage import RGB, BodyKey, Camera, CameraKey, Figure, Hour, Light, Look, Place, Stage, Vec3, Weather

TIMES_S = (0.0, 0.5)
SIZE_PX = (128, 96)
LOOK = Look(
    height_m=1.7,
    age_years=30,
    build="average",
    gender="female",
    skin=RGB(200, 160, 130),
    hair="short",
    hair_colour=RGB(40, 30, 20),
    beard="none",
    glasses="none",
    top="coat",
    top_colour=RGB(200, 30, 30),
    bottom="trousers",
    bottom_colour=RGB(30, 30, 60),
    shoe_colour=RGB(10, 10, 10),
    hat="cap",
    hat_colour=RGB(20, 90, 40),
)


def anna(x_m: float = 0.0, z_m: float = 4.0, *, look: Look = LOOK, name: str = "ANNA") -> Figure:
    body = (BodyKey(time_s=0, x_m=x_m, z_m=z_m, heading_deg=180, pose="stand"),)
    return Figure(id=name, species="person", look=look, body=body)


STAGE = Stage(
    duration_s=1,
    place=Place(kind="street", interior=False, seed=1),
    light=Light(hour="day", key_azimuth_deg=90, key_elevation_deg=30, key_to_fill_ratio=4, colour_temperature_k=5000),
    weather=Weather(kind="clear"),
    camera=Camera(keys=(CameraKey(time_s=0, position=Vec3(0, 1.5, 0), target=Vec3(0, 1.2, 5), lens_mm=35),)),
    figures=(anna(),),
)


def facts(stage: Stage) -> np.ndarray:
    return facts_of(stage, TIMES_S, *SIZE_PX)


def lit(**changes: object) -> Stage:
    return replace(STAGE, light=replace(STAGE.light, **changes))  # type: ignore[arg-type]


def framed(*keys: tuple[float, Vec3, float]) -> Stage:
    target = Vec3(0, 1.2, 5)
    return replace(
        STAGE,
        camera=Camera(keys=tuple(CameraKey(time_s=t, position=p, target=target, lens_mm=mm) for t, p, mm in keys)),
    )


@pytest.mark.parametrize("index", range(6))
def test_numbers_of_any_stage_are_plain_and_small(index: int) -> None:
    stage = sample("held_out", index, 1.0).stage
    told, cast = facts(stage), entities_of(stage, TIMES_S, *SIZE_PX)
    assert told.shape == (FACTS,)
    assert told.dtype == np.float32
    assert np.abs(told).max() <= 3.0
    assert [one.id for one in cast] == [figure.id for figure in stage.figures[:CAST]]
    for one in cast:
        assert one.palette.shape == (PALETTE,)
        assert one.boxes.shape == (len(TIMES_S), BOX)
        assert max(np.abs(one.palette).max(), np.abs(one.boxes[:, :2]).max() / 2, one.boxes[:, 2:4].max() / 2) <= 1.0


@pytest.mark.parametrize(
    "changed",
    [
        lit(hour="night"),
        lit(key_azimuth_deg=270),
        lit(key_elevation_deg=60),
        lit(key_to_fill_ratio=1.5),
        lit(colour_temperature_k=3000),
        lit(neon=True),
        lit(rim=0.8),
        lit(silhouette=True),
        replace(STAGE, weather=Weather(kind="rain")),
        replace(STAGE, weather=Weather(kind="clear", intensity=0.1)),
        replace(STAGE, style="ink_noir"),
        replace(STAGE, place=Place(kind="kitchen", interior=True, seed=1)),
        framed((0, Vec3(0, 1.5, 0), 85)),
        framed((0, Vec3(0, 3.0, 0), 35)),
        framed((0, Vec3(0, 1.5, 0), 35), (1, Vec3(0, 1.5, 2), 35)),
    ],
)
def test_every_fact_is_told(changed: Stage) -> None:
    assert not np.allclose(facts(changed), facts(STAGE), atol=1e-3)


def test_left_and_right_of_the_light_are_the_pictures() -> None:
    turned = framed((0, Vec3(5, 1.5, 5), 35))  # looks along -x instead of along z: a quarter turn to the left
    from_the_same_side = replace(turned, light=replace(STAGE.light, key_azimuth_deg=0))
    at = len(get_args(Hour))  # the sine of the key's azimuth stands after the hours
    assert math.isclose(facts(STAGE)[at], 1.0, abs_tol=1e-5)
    sides = facts(from_the_same_side)
    assert np.allclose(facts(STAGE)[at], sides[at], atol=1e-4)
    assert not np.allclose(facts(STAGE)[at], facts(turned)[at], atol=0.1)


def test_a_box_follows_who_it_is_of() -> None:
    def box(figure: Figure) -> np.ndarray:
        return entities_of(replace(STAGE, figures=(figure,)), TIMES_S, *SIZE_PX)[0].boxes[0]

    middle, right, far, behind = box(anna()), box(anna(x_m=1.0)), box(anna(z_m=9.0)), box(anna(z_m=-4.0))
    assert abs(middle[0]) < 0.1
    assert right[0] > 0.2
    assert far[3] < 0.6 * middle[3]
    assert middle[4] == 1.0
    assert not behind.any(), "behind the lens there is no box"


def test_an_animal_has_a_box_where_it_stands() -> None:
    dog = replace(anna(x_m=1.0, look=replace(LOOK, height_m=0.6)), species="dog")
    person, animal = (
        entities_of(replace(STAGE, figures=(one,)), TIMES_S, *SIZE_PX)[0].boxes[0] for one in (anna(x_m=1.0), dog)
    )
    assert abs(animal[0] - person[0]) < 0.1
    assert 0 < animal[3] < 0.6 * person[3]
    assert animal[1] > person[1], "lower in the picture"


def test_a_palette_tells_colours_and_species() -> None:
    red, blue = anna(), anna(look=replace(LOOK, top_colour=RGB(30, 30, 200)))
    assert np.flatnonzero(palette_of(red) != palette_of(blue)).tolist() == [6, 8], "the top's red and blue"
    dog = replace(red, species="dog")
    assert palette_of(dog)[18:].tolist() != palette_of(red)[18:].tolist()
    assert palette_of(red)[18:].sum() == 1.0 + 7, "one species, and one of each of hair, beard, glasses ..."
    assert palette_of(dog)[18:].sum() == 1.0


@pytest.mark.parametrize(("change", "colours"), [({"hair": "bald"}, slice(3, 6)), ({"hat": "none"}, slice(15, 18))])
def test_what_is_not_worn_has_the_skins_colour(change: dict[str, str], colours: slice) -> None:
    bare = palette_of(anna(look=replace(LOOK, **change)))  # type: ignore[arg-type]
    assert bare[colours].tolist() == bare[:3].tolist()
    assert palette_of(anna())[colours].tolist() != bare[:3].tolist()


def test_only_the_first_of_a_crowd_are_told_apart() -> None:
    many = replace(STAGE, figures=tuple(anna(x_m=i / 4, name=f"P{i}") for i in range(CAST + 3)))
    assert [figure.id for figure in cast_of(many)] == [f"P{i}" for i in range(CAST)]
    assert len(entities_of(many, TIMES_S, *SIZE_PX)) == CAST
    assert entities_of(replace(STAGE, figures=()), TIMES_S, *SIZE_PX) == ()


@pytest.mark.parametrize(
    "cut",
    [{"hair": "afro"}, {"beard": "full"}, {"glasses": "round"}, {"top": "coat"}, {"bottom": "skirt"}, {"hat": "cap"},
     {"bag": "backpack"}],
)  # fmt: skip
def test_how_hair_and_wardrobe_are_cut_is_told_of_people(cut: dict[str, str]) -> None:
    figure = next(f for i in range(20) for f in sample("held_out", i, 1.0).stage.figures if f.species == "person")
    plain = replace(
        figure.look, hair="bob", beard="none", glasses="none", top="shirt", bottom="jeans", hat="none", bag="none"
    )
    person, other = (replace(figure, look=look) for look in (plain, replace(plain, **cut)))
    assert not np.array_equal(palette_of(person), palette_of(other))
    dogs = [replace(one, species="dog") for one in (person, other)]
    assert np.array_equal(*(palette_of(dog)[18:] for dog in dogs))
