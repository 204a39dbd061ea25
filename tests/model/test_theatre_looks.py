"""What a look asks for is seen: hair, headwear, beards, glasses, garments, bags and wardrobe states."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.stage import RGB, BodyKey, Camera, CameraKey, Figure, Light, Look, Place, Stage, Vec3, Weather
from model.theatre.lighting.light import Tone
from model.theatre.people.collars import COLLARS, LOWER
from model.theatre.people.figure import figure_drawable
from model.theatre.people.garments import TRIMS
from model.theatre.people.soil import soil_of
from model.theatre.people.wardrobe import CUTS
from model.theatre.view import view_at

SKIN, HAIR, TOP, HAT, BAG = (
    RGB(214, 168, 136),
    RGB(190, 40, 190),
    RGB(62, 118, 166),
    RGB(40, 190, 60),
    RGB(230, 190, 20),
)
LOOK = Look(
    height_m=1.74, age_years=32, build="average", gender="female", skin=SKIN, hair="short", hair_colour=HAIR,
    beard="none", glasses="none", top="sweater", top_colour=TOP, bottom="trousers", bottom_colour=RGB(70, 70, 84),
    shoe_colour=RGB(40, 36, 34), hat="none", hat_colour=HAT, bag_colour=BAG,
)  # fmt: skip
DAY = Light(hour="day", key_azimuth_deg=180, key_elevation_deg=35, key_to_fill_ratio=1, colour_temperature_k=5600)
WHOLE = (Vec3(0, 1.1, 0), Vec3(0, 0.9, 4))
CLOSE = (Vec3(0, 1.56, 2.8), Vec3(0, 1.56, 4))
Pixels = NDArray[np.int64]


def words(field: str) -> tuple[Any, ...]:
    return get_args(get_type_hints(Look)[field])


def person(look: Look, heading_deg: float = 180.0, x_m: float = 0.0, **more: Any) -> Figure:
    body = (BodyKey(time_s=0, x_m=x_m, z_m=4, heading_deg=heading_deg, pose="stand"),)
    return Figure(id="A", species="person", look=look, body=body, **more)


def picture(figure: Figure, shot: tuple[Vec3, Vec3] = WHOLE, time_s: float = 0.5, aside_m: float = 0.0) -> Pixels:
    """The figure alone on nothing, (256, 256, 4); the camera stands `aside_m` to the right."""
    eye, target = (Vec3(p.x + aside_m, p.y, p.z) for p in shot)
    camera = Camera(keys=(CameraKey(time_s=0, position=eye, target=target, lens_mm=35.0),))
    place = Place(kind="park", interior=False, seed=1)
    stage = Stage(duration_s=4, place=place, light=DAY, weather=Weather(kind="clear"), camera=camera, figures=(figure,))
    surface = skia.Surface(256, 256)
    surface.getCanvas().clear(0)
    view = view_at(camera, time_s, 256, 256)
    figure_drawable(figure, stage, view, Tone.of(stage), time_s).paint(surface.getCanvas())
    return np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType), dtype=np.int64)


def like(pixels: Pixels, rgb: RGB) -> NDArray[np.bool_]:
    """Which pixels have a colour's hue, in light or shade."""
    own = pixels[..., :3].astype(float)
    bright = np.maximum(own.max(axis=-1, keepdims=True), 1.0)
    wanted = np.array(rgb, dtype=float) / max(rgb)
    found: NDArray[np.bool_] = (np.abs(own / bright - wanted).max(axis=-1) < 0.17) & (pixels[..., 3] > 200)
    return found


def changed(a: Pixels, b: Pixels) -> int:
    return int((np.abs(a - b).max(axis=-1) > 24).sum())


@pytest.mark.parametrize("field", ["hair", "beard", "glasses", "hat"])
@pytest.mark.parametrize("heading_deg", [180.0, 225.0])
def test_all_shapes_of_a_head_differ(field: str, heading_deg: float) -> None:
    base = replace(LOOK, gender="male")
    drawn = {word: picture(person(replace(base, **{field: word}), heading_deg), CLOSE) for word in words(field)}
    for a, b in itertools.combinations(drawn, 2):
        assert changed(drawn[a], drawn[b]) > 60, (a, b)


@pytest.mark.parametrize("heading_deg", [180.0, 225.0])
def test_all_tops_differ_in_one_colour(heading_deg: float) -> None:
    drawn = {word: picture(person(replace(LOOK, top=word), heading_deg)) for word in words("top")}
    for a, b in itertools.combinations(drawn, 2):
        assert changed(drawn[a], drawn[b]) > 120, (a, b)


def test_every_top_is_cut_and_trimmed() -> None:
    tops = set(words("top"))
    assert set(CUTS) == set(TRIMS) == tops
    assert set(COLLARS) == tops
    assert set(LOWER) == {name for name, cut in CUTS.items() if cut.skirt > 0} | {"apron", "skirt"}


@pytest.mark.parametrize("hat", ["hijab", "turban", "hood"])
@pytest.mark.parametrize("heading_deg", [180.0, 270.0, 0.0, 45.0])
def test_no_hair_is_seen_under_cloth_about_the_head(hat: Any, heading_deg: float) -> None:
    look = replace(LOOK, hair="long", hat=hat)
    pixels = picture(person(look, heading_deg), CLOSE)
    upper = like(pixels, HAIR)
    brows = 140  # brows are of the hair's colour
    assert int(upper.sum()) < brows
    assert int(like(pixels, HAT).sum()) > 900


def test_long_hair_falls_from_under_a_helmet() -> None:
    pixels = picture(person(replace(LOOK, hair="long", hat="helmet"), 0.0), CLOSE)
    assert like(pixels, HAIR).sum() > 600 < like(pixels, HAT).sum()


@pytest.mark.parametrize("hair", ["curly", "long", "locs", "afro"])
def test_a_temple_is_not_drawn_over_hair(hair: Any) -> None:
    look = replace(LOOK, hair=hair)
    for heading_deg in (270.0, 90.0, 250.0):
        bare = picture(person(look, heading_deg), CLOSE)
        worn = picture(person(replace(look, glasses="square"), heading_deg), CLOSE)
        over = like(bare, HAIR) & (np.abs(bare - worn).max(axis=-1) > 24)
        assert over.sum() < 25, heading_deg  # a brow seen through a lens


def test_dark_glasses_hide_the_eyes() -> None:
    def whites(look: Look) -> int:
        pixels = picture(person(look), CLOSE)
        return int(((pixels[..., :3].min(axis=-1) > 205) & (pixels[..., 3] > 0)).sum())

    assert whites(replace(LOOK, glasses="dark")) < whites(LOOK) / 3


def test_a_backpack_is_on_the_back() -> None:
    look = replace(LOOK, bag="backpack")
    front, side, back = (int(like(picture(person(look, h)), BAG).sum()) for h in (180.0, 270.0, 0.0))
    assert back > 4 * front > 0
    assert back > side > front


def test_a_shoulder_bag_hangs_at_the_right_hip() -> None:
    look = replace(LOOK, bag="shoulder")
    columns = np.flatnonzero(like(picture(person(look)), BAG)[128:].any(axis=0))
    assert columns.max() < 128, "the figure's right is on the left of the picture"
    right, left = (int(like(picture(person(look, h)), BAG).sum()) for h in (90.0, 270.0))
    assert right > 1.5 * left


def test_states_leave_what_they_say() -> None:
    clean = picture(person(LOOK))
    torn, bloodied, muddy, dusty, wet = (
        picture(person(LOOK, state=(word,))) for word in ("torn", "bloodied", "muddy", "dusty", "wet")
    )
    body = slice(70, 160)
    assert like(torn[body], SKIN).sum() > like(clean[body], SKIN).sum() + 15
    red = [int(((p[..., 0] > 1.6 * p[..., 1:3].max(axis=-1)) & (p[..., 3] > 0)).sum()) for p in (bloodied, clean)]
    assert red[0] > red[1] + 40
    legs = np.s_[190:232]
    assert changed(muddy[legs], clean[legs]) > 150
    assert changed(muddy[30:60], clean[30:60]) < changed(muddy[legs], clean[legs])
    grey = [float(np.ptp(p[body][p[body][..., 3] > 200][:, :3].mean(axis=0))) for p in (dusty, clean)]
    assert grey[0] < grey[1], "dust greys the colours"
    assert wet[body][..., :3].sum() < clean[body][..., :3].sum()


def test_stains_stay_on_the_cloth_from_shot_to_shot() -> None:
    state = ("torn", "bloodied", "muddy")
    here = picture(person(LOOK, state=state))
    there = picture(person(LOOK, x_m=3.0, state=state), aside_m=3.0)
    assert changed(here, there) < 12
    other = picture(replace(person(LOOK, state=state), id="SOMEBODY ELSE"))
    assert changed(here, other) > 60


def test_a_hem_swings_with_the_gait_and_does_not_jump() -> None:
    keys = (
        BodyKey(time_s=0, x_m=-2.0, z_m=4, heading_deg=90, pose="walk"),
        BodyKey(time_s=3, x_m=2.0, z_m=4, heading_deg=90, pose="walk"),
    )
    figure = Figure(id="A", species="person", look=replace(LOOK, top="dress", hair="buzz"), body=keys)
    reach = []
    for i in range(60):
        t = 1.0 + i / 48
        pixels = picture(figure, time_s=t, aside_m=-2.0 + 4.0 * t / 3)
        hem = np.flatnonzero(like(pixels, TOP)[150:200].any(axis=0))
        reach.append(float(hem.max()))
    assert max(reach) - min(reach) > 10
    assert np.abs(np.diff(reach)).max() < 5


def test_state_words_are_read_in_both_languages() -> None:
    def kinds(*state: str) -> set[str]:
        return set(soil_of(person(LOOK, state=state)).kinds)

    assert kinds("soaked to the skin") == {"wet"}
    assert kinds("torn", "covered in mud") == {"torn", "mud"}
    assert kinds("满身泥", "受伤") == {"mud", "blood"}
    assert kinds("coat off", "asleep") == set()
