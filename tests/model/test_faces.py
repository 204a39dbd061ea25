"""Faces: moods told apart, eyes that look where they turn, lids that close, a mouth for each sound."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, pairwise
from typing import get_args

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.stage import (
    RGB,
    BodyKey,
    Camera,
    CameraKey,
    Emotion,
    Figure,
    GazeKey,
    Light,
    Look,
    Mouth,
    Place,
    Stage,
    Vec3,
    Viseme,
    Weather,
)
from model.theatre.lighting.light import Tone
from model.theatre.motion.body import body_at, head_position
from model.theatre.paint import Ink
from model.theatre.people.expression import expression_at
from model.theatre.people.face import paint_face
from model.theatre.people.hair import hairline
from model.theatre.people.head import FULL_PX, SIMPLE_PX, head_form
from model.theatre.view import view_at

SIZE = 160
LOOK = Look(
    height_m=1.72, age_years=34, build="average", gender="female", skin=RGB(176, 118, 92), hair="short",
    hair_colour=RGB(60, 40, 30), beard="none", glasses="none", top="shirt", top_colour=RGB(60, 90, 130),
    bottom="jeans", bottom_colour=RGB(50, 60, 80), shoe_colour=RGB(40, 30, 30), hat="none", hat_colour=RGB(90, 40, 40),
)  # fmt: skip
MARK = BodyKey(time_s=0.0, x_m=0.0, z_m=0.0, heading_deg=180.0, pose="stand")


def person(**told: object) -> Figure:
    return Figure(**{"id": "A", "species": "person", "look": LOOK, "body": (MARK,), "seed": 3, **told})  # type: ignore[arg-type]


def stage_of(figure: Figure, head_px: float, turned_m: float = 0.0, raised_m: float = 0.0) -> Stage:
    middle = head_position(figure, 1.0)
    eye = Vec3(middle.x + turned_m, middle.y + raised_m, middle.z - 2.0)
    lens_mm = head_px * 2.0 / (LOOK.height_m / 6.7) * 20.25 / SIZE
    return Stage(
        duration_s=4.0,
        place=Place(kind="office", interior=True, seed=1),
        light=Light(hour="day", key_azimuth_deg=215, key_elevation_deg=35, key_to_fill_ratio=2,
                    colour_temperature_k=5600),
        weather=Weather(kind="clear"),
        camera=Camera(keys=(CameraKey(time_s=0.0, position=eye, target=middle, lens_mm=lens_mm),)),
        figures=(figure,),
    )  # fmt: skip


def portrait(
    figure: Figure, head_px: float = 60.0, pupils: tuple[float, float] = (0.0, 0.0), time_s: float = 1.0,
    turned_m: float = 0.0, raised_m: float = 0.0,
) -> NDArray[np.int64]:  # fmt: skip
    """A face alone on black."""
    stage = stage_of(figure, head_px, turned_m, raised_m)
    view = view_at(stage.camera, time_s, SIZE, SIZE)
    body = body_at(figure, 1.0)
    face = expression_at(figure, time_s)
    form = head_form(LOOK, body, view, face.lips.open)
    pixels = np.zeros((SIZE, SIZE, 4), dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    ink = Ink(Tone.of(stage), view, form.depth_m)
    paint_face(canvas, form, LOOK, ink, face, pupils, hairline(LOOK))
    canvas.getSurface().flushAndSubmit()
    return pixels[..., :3].astype(np.int64)


def unlike(a: NDArray[np.int64], b: NDArray[np.int64]) -> int:
    """How many pixels differ clearly."""
    return int((np.abs(a - b).max(axis=2) > 28).sum())


@pytest.mark.parametrize("turned_m", [0.0, 1.4])
def test_moods_are_told_apart_in_a_medium_shot(turned_m: float) -> None:
    faces = {
        mood: portrait(person(emotion=mood, emotion_strength=0.9), turned_m=turned_m) for mood in get_args(Emotion)
    }
    for a, b in combinations(faces, 2):
        assert unlike(faces[a], faces[b]) >= 14, (a, b)


def test_a_mood_grows_with_its_strength() -> None:
    calm = portrait(person(), 90.0)
    for mood in set(get_args(Emotion)) - {"neutral"}:
        weak, strong = (unlike(calm, portrait(person(emotion=mood, emotion_strength=k), 90.0)) for k in (0.3, 1.0))
        assert weak < strong, mood


def test_every_sound_has_a_mouth_of_its_own() -> None:
    mouths = {v: portrait(person(mouth=(Mouth(time_s=0.0, viseme=v),)), 110.0) for v in get_args(Viseme)}
    for a, b in combinations(mouths, 2):
        assert unlike(mouths[a], mouths[b]) >= 6, (a, b)


def eye_boxes(shut: NDArray[np.int64], opened: NDArray[np.int64]) -> list[tuple[slice, slice]]:
    """Where the two eyes are: what changes as they open, in the picture's left and right half."""
    changed = np.abs(shut - opened).max(axis=2) > 20
    boxes = []
    for half in (slice(0, SIZE // 2), slice(SIZE // 2, SIZE)):
        rows, columns = np.nonzero(changed[:, half])
        boxes.append(
            (slice(rows.min(), rows.max() + 1), slice(half.start + columns.min(), half.start + columns.max() + 1))
        )
    return boxes


def asleep(**told: object) -> Figure:
    return person(state=("asleep",), **told)


def test_irises_go_where_the_eyes_are_turned_and_keep_white_on_both_sides() -> None:
    shut = portrait(asleep(), 130.0)
    boxes = eye_boxes(shut, portrait(person(), 130.0))
    centroids: dict[float, list[float]] = {}
    for turn in (-1.0, -0.4, 0.0, 0.4, 1.0):
        picture = portrait(person(), 130.0, (turn, 0.0))
        centroids[turn] = []
        for box in boxes:
            eye = picture[box].sum(axis=2)
            eye = eye[eye.shape[0] // 3 :]  # under the lashes
            dark, white = np.nonzero(eye < 330)[1], np.nonzero(eye > 470)[1]
            middle = float(dark[(dark > 2) & (dark < eye.shape[1] - 3)].mean())
            centroids[turn].append(middle)
            if abs(turn) < 0.5:
                assert (white < middle).sum() >= 2, turn
                assert (white > middle).sum() >= 2, turn
    for eye in (0, 1):
        ways = [centroids[turn][eye] for turn in sorted(centroids)]
        # The figure's right is the picture's left.
        assert all(a > b for a, b in pairwise(ways)), ways


def test_eyes_turn_up_and_down() -> None:
    shut = portrait(asleep(), 130.0)
    box = eye_boxes(shut, portrait(person(), 130.0))[0]
    heights = []
    for up in (-0.8, 0.0, 0.8):
        dark = portrait(person(), 130.0, (0.0, up))[box].sum(axis=2) < 250
        columns = slice(dark.shape[1] // 3, 2 * dark.shape[1] // 3)
        heights.append(np.nonzero(dark[3:, columns])[0].mean())
    assert heights[0] > heights[2]


def test_lids_close_over_the_whites() -> None:
    def whites(figure: Figure) -> int:
        return int((portrait(figure, 90.0).min(axis=2) > 185).sum())

    assert whites(person()) > 20
    assert whites(asleep()) == 0


def test_blinks_shut_the_eyes_for_a_moment_at_uneven_times() -> None:
    figure = person()
    calm = max(expression_at(figure, k / 4).lid for k in range(40))
    lids = np.array([expression_at(figure, k / 100).lid for k in range(6000)])
    shut = lids < 0.25 * calm
    starts = np.flatnonzero(shut[1:] & ~shut[:-1])
    assert 10 <= len(starts) <= 26
    gaps = np.diff(starts) / 100
    assert gaps.std() > 0.5
    assert shut.mean() < 0.06
    assert np.abs(np.diff(lids)).max() < 0.35  # it goes down over several pictures


def test_a_blink_hides_a_change_of_gaze() -> None:
    at = 2.0
    moved = [
        person(
            seed=seed, gaze=(GazeKey(time_s=0.0, target=Vec3(0, 1.6, -3)), GazeKey(time_s=at, target=Vec3(3, 1.6, -1)))
        )
        for seed in range(20)
    ]
    blinks = [min(expression_at(figure, at + k / 50).lid for k in range(10)) < 0.3 for figure in moved]
    assert 7 <= sum(blinks) <= 18


def test_brows_seen_from_above_keep_their_mood() -> None:
    """The inner ends of calm brows stand over the outer ones by no more than half of what the head's round tells."""
    bodies = []
    for raised in (0.0, 1.4):
        picture = portrait(person(), 120.0, raised_m=raised)
        dark = picture[: SIZE * 2 // 3].sum(axis=2)
        found = (dark < 210) & (dark > 0)
        rows, columns = np.nonzero(found)
        left = columns < SIZE // 2
        slope = np.polyfit(columns[left], rows[left], 1)[0]
        bodies.append(slope)
    assert abs(bodies[1] - bodies[0]) < 0.35


def test_skin_on_the_fill_side_stays_skin() -> None:
    figure = person()
    stage = stage_of(figure, 100.0)
    ink = Ink(Tone.of(stage), view_at(stage.camera, 1.0, SIZE, SIZE), 2.0)

    def rgb(colour: int) -> tuple[int, int, int]:
        return (colour >> 16) & 255, (colour >> 8) & 255, colour & 255

    lit, shade = rgb(ink.lit("head", LOOK.skin)), rgb(ink.shade("head", LOOK.skin))
    assert sum(shade) < 0.88 * sum(lit)  # form reads
    assert shade[0] - shade[2] > 0.6 * (lit[0] - lit[2]) * sum(shade) / sum(lit)  # and it is no grey


def test_a_head_is_the_more_in_the_shade_the_further_round_from_its_key_it_is_seen() -> None:
    figure = person(look=replace(LOOK, hair="bald"))
    middle, shares = head_position(figure, 1.0), {}
    for bearing_deg in range(0, 360, 30):
        turn = math.radians(bearing_deg)
        eye = Vec3(middle.x + 2 * math.sin(turn), middle.y, middle.z + 2 * math.cos(turn))
        camera = Camera(keys=(CameraKey(time_s=0.0, position=eye, target=middle, lens_mm=60.0),))
        stage = replace(stage_of(figure, 100.0), camera=camera)
        form = head_form(figure.look, body_at(figure, 1.0), view_at(camera, 1.0, SIZE, SIZE), 0.0)
        y, everywhere = np.linspace(float(form.y[0]), 1.0, 15), np.full(15, 9.0)
        shade = form.shade(np.asarray(Tone.of(stage).key_from), y, everywhere, -everywhere, 0.0)
        whole = form.bands(y, everywhere, -everywhere)
        away = abs((bearing_deg - stage.light.key_azimuth_deg + 180) % 360 - 180)
        shares[away] = sum(map(_area, shade)) / _area(whole[0])
    ordered = [shares[away] for away in sorted(shares)]
    assert all(a <= b + 0.02 for a, b in pairwise(ordered)), shares
    assert ordered[0] < 0.05
    assert ordered[-1] > 0.9


def _area(outline: NDArray[np.float64]) -> float:
    x, y = outline.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


@pytest.mark.parametrize("threshold_px", [SIMPLE_PX, FULL_PX])
def test_detail_comes_in_without_a_pop_as_a_camera_nears(threshold_px: float) -> None:
    figure = person(emotion="happy")
    steps = [portrait(figure, threshold_px * (0.965 + 0.01 * k)) for k in range(8)]
    changes = [float(np.abs(b - a).mean()) for a, b in pairwise(steps)]
    assert changes[3] < 1.6 * max(changes[:3] + changes[4:])
