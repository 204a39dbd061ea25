"""Props: every kind in every state, held and standing, with words that are really drawn."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.stage import RGB, Camera, CameraKey, Light, Place, Prop, Stage, Vec3, Weather
from model.theatre.lettering import text_path, text_width_m
from model.theatre.lighting.light import Tone
from model.theatre.props import KINDS, prop_drawable
from model.theatre.view import view_at

STATES = ("", "open", "closed", "lit", "unlit", "full", "empty", "broken", "torn", "wet")
GREY = 150


def drawn(
    kind: str,
    *,
    state: str = "",
    text: str = "",
    colour: RGB | None = None,
    hand: Vec3 | None = None,
    distance: float = 2.6,
    y: float = 0.0,
    heading: float = 165.0,
    aim: float = 0.3,
) -> NDArray[np.uint8]:
    key = CameraKey(time_s=0.0, position=Vec3(0.1, 1.2, -distance), target=Vec3(0.0, y + aim, 0.0), lens_mm=35)
    stage = Stage(
        duration_s=1.0,
        place=Place(kind="living_room", interior=True, seed=1),
        light=Light(
            hour="day",
            key_azimuth_deg=215,
            key_elevation_deg=40,
            key_to_fill_ratio=2,
            colour_temperature_k=5600,
        ),
        weather=Weather(kind="clear"),
        camera=Camera(keys=(key,)),
    )
    pixels = np.full((144, 256, 4), GREY, dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    prop = Prop(
        id="p", kind=kind, position=Vec3(0.0, y, 0.0), heading_deg=heading, colour=colour, state=state, text=text
    )
    prop_drawable(prop, stage, view_at(stage.camera, 0.0, 256, 144), Tone.of(stage), 0.0, hand).paint(canvas)
    return pixels[..., :3].copy()


def touched(frame: NDArray[np.uint8]) -> int:
    return int((np.abs(frame.astype(int) - GREY).sum(axis=2) > 12).sum())


def test_there_are_props_enough() -> None:
    assert len(KINDS) >= 55
    assert {"cup", "phone", "letter", "umbrella", "lantern", "gun", "chair", "table", "door", "guitar"} <= KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_drawn_in_every_state(kind: str) -> None:
    for state in STATES:
        assert touched(drawn(kind, state=state, distance=1.2)) > 8, (kind, state)
        assert touched(drawn(kind, state=state, hand=Vec3(0.0, 0.9, 0.0), y=0.6)) > 3, (kind, state)


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("umbrella", "open", "closed"),
        ("candle", "lit", "unlit"),
        ("lantern", "lit", "unlit"),
        ("cup", "", "broken"),
        ("glass", "full", "empty"),
        ("book", "closed", "open"),
        ("letter", "", "open"),
        ("door", "closed", "open"),
        ("suitcase", "closed", "open"),
        ("box", "closed", "open"),
        ("photo", "", "torn"),
        ("food", "", "bitten"),
        ("laptop", "open", "closed"),
        ("screen", "lit", "unlit"),
    ],
)
def test_a_state_shows(kind: str, one: str, two: str) -> None:
    a, b = (drawn(kind, state=state, distance=1.0).astype(int) for state in (one, two))
    assert (np.abs(a - b).sum(axis=2) > 20).sum() > 4


def test_an_unknown_kind_is_a_small_box() -> None:
    assert 20 < touched(drawn("astrolabe")) < 3000


def test_a_colour_under_neutral_light_is_true() -> None:
    frame = drawn("suitcase", colour=RGB(40, 90, 200), distance=1.6).astype(int)
    distance = np.abs(frame - [40, 90, 200]).sum(axis=2)
    assert (distance < 12).sum() > 100


@pytest.mark.parametrize("kind", ["letter", "sign", "screen", "newspaper", "phone", "book", "paper", "bottle"])
def test_words_are_really_drawn(kind: str) -> None:
    state = "open" if kind in ("letter", "book") else ""
    far, aim = (2.6, 1.5) if kind == "sign" else (0.9, 0.3)
    one, two = (
        drawn(kind, state=state, text=text, distance=far, aim=aim).astype(int) for text in ("MEET ME", "GOODBYE")
    )
    assert (np.abs(one - two).sum(axis=2) > 30).sum() > 5


def test_a_held_prop_is_in_the_hand_and_before_it() -> None:
    at = Vec3(0.3, 1.0, 0.0)
    frame = drawn("cup", hand=at)
    ys, xs = np.nonzero(np.abs(frame.astype(int) - GREY).sum(axis=2) > 12)
    key = CameraKey(time_s=0.0, position=Vec3(0.1, 1.2, -2.6), target=Vec3(0.0, 0.3, 0.0), lens_mm=35)
    x, y, _ = view_at(Camera(keys=(key,)), 0.0, 256, 144).point(*at)
    assert abs(xs.mean() - x) < 6 and abs(ys.mean() - y) < 8


def test_nearer_is_larger() -> None:
    assert touched(drawn("suitcase", distance=1.5)) > 2 * touched(drawn("suitcase", distance=3.0))


def test_lettering_has_the_size_that_is_asked_for() -> None:
    assert text_width_m("WIDE SIGN", 0.4) == pytest.approx(2 * text_width_m("WIDE SIGN", 0.2), rel=1e-3)
    bounds = text_path("A VERY LONG NAME INDEED", 0.4, True, 1.0).getBounds()
    assert bounds.width() <= 1.01
    assert abs(bounds.left() + bounds.right()) < 0.05
    assert text_path("", 0.3).isEmpty()


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("cake", "", "bitten"),
        ("cake", "bitten", "slice"),
        ("cake", "", "eaten"),
        ("pizza", "", "bitten"),
        ("apple", "", "bitten"),
        ("wine", "", "empty"),
        ("gift", "", "open"),
        ("pills", "", "open"),
        ("match", "", "lit"),
        ("mirror", "", "broken"),
        ("balloon", "", "broken"),
        ("wallet", "", "open"),
        ("envelope", "", "open"),
        ("axe", "", "bloody"),
        ("tablet", "", "unlit"),
    ],
)
def test_a_state_of_small_goods_shows(kind: str, one: str, two: str) -> None:
    a, b = (drawn(kind, state=state, distance=0.9, aim=0.1).astype(int) for state in (one, two))
    assert (np.abs(a - b).sum(axis=2) > 20).sum() > 4


def test_what_hangs_is_flat_on_its_wall() -> None:
    square, aslant = (touched(drawn("painting", y=1.3, heading=heading, aim=0.2)) for heading in (180.0, 240.0))
    assert aslant < 0.7 * square
    assert touched(drawn("painting", y=1.3, heading=0.0, aim=0.2)) == 0, "a wall hides it from behind"


def test_an_open_umbrella_is_held_over_the_crown() -> None:
    rgb = RGB(20, 60, 220)
    hand = Vec3(0.2, 1.08, 0.0)  # as who is 1.65 m tall holds it
    frame = drawn("umbrella", colour=rgb, hand=hand, aim=1.5).astype(int)
    ys = np.nonzero(((frame[..., 2] - frame[..., 0]) > 60).sum(axis=1) > 12)[0]
    key = CameraKey(time_s=0.0, position=Vec3(0.1, 1.2, -2.6), target=Vec3(0.0, 1.5, 0.0), lens_mm=35)
    crown_y = view_at(Camera(keys=(key,)), 0.0, 256, 144).point(0.2, 1.65, 0.0)[1]
    assert ys.max() < crown_y
