"""Styles change how a frame is printed and hold still; the lens blurs by distance; a split screen has two halves."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from model.stage import RGB, CameraKey, FocusKey, Place, Prop, Stage, Style, Vec3
from model.theatre import draw, mannequin
from model.theatre.drawing import surfaces
from model.theatre.focus import RACK_S, focus_at
from model.theatre.surfaces import PARTS
from model.theatre.view import view_at
from tests.model.test_passes import seen_from, stand

SIZE = (256, 144)
STYLES = tuple(style for style in get_args(Style) if style != "flat")
KITCHEN = Place(kind="kitchen", interior=True, seed=5)


def staged(**more: object) -> Stage:
    return seen_from(stand("A", -0.5, 0.0), stand("B", 0.6, 1.2), place=KITCHEN, eye=(0, 1.5, -3.0), **more)


def detail(frame: np.ndarray) -> float:
    """How sharp a picture is: its mean step from pixel to pixel."""
    return float(np.abs(np.diff(frame.astype(float), axis=1)).mean())


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_another_picture_of_the_same_things(style: Style) -> None:
    flat, printed = draw(staged(), 0.5, *SIZE), draw(replace(staged(), style=style), 0.5, *SIZE)
    assert np.abs(flat.astype(int) - printed).mean() > 4
    light = [frame.astype(float).mean(axis=2) for frame in (flat, printed)]
    blocks = [value.reshape(9, 16, 16, 16).mean(axis=(1, 3)).ravel() for value in light]
    assert np.corrcoef(blocks)[0, 1] > 0.5  # light and dark lie where they lay


@pytest.mark.parametrize("style", STYLES)
def test_paper_hatching_and_dots_stand_still(style: Style) -> None:
    """What does not move on the stage does not move in print."""
    times = (0.2, 0.9)
    before, after = (draw(staged(), time_s, *SIZE) for time_s in times)
    moved = (before != after).any(axis=2)
    for _ in range(9):  # lines are drawn a little beside what they outline
        moved[1:] |= moved[:-1]
        moved[:-1] |= moved[1:]
        moved[:, 1:] |= moved[:, :-1]
        moved[:, :-1] |= moved[:, 1:]
    assert 0.2 < (~moved).mean() < 1.0
    first, second = (draw(replace(staged(), style=style), time_s, *SIZE) for time_s in times)
    change = np.abs(first.astype(int) - second)[~moved]
    # A print's exposure may follow the picture, by less than is seen.
    assert np.quantile(change, 0.99) <= 2
    assert change.mean() < 0.5


def test_a_dark_face_keeps_its_features_in_ink_and_pencil() -> None:
    """Within a head there is paper and there is ink, whatever the skin."""
    shot = staged()
    key = CameraKey(time_s=0.0, position=Vec3(0.0, 1.6, -2.2), target=Vec3(-0.1, 1.55, 0.5), lens_mm=70.0)
    who = replace(shot.figures[0].look, skin=RGB(74, 48, 36), hat="none", glasses="none")
    figures = (replace(shot.figures[0], look=who), *shot.figures[1:])
    shot = replace(shot, camera=replace(shot.camera, keys=(key,)), figures=figures)
    seen = surfaces(shot, 0.5, *SIZE)
    face = ((seen.owners == 1) & (seen.parts == 1 + PARTS.index("head")))[seen.index]
    assert face.sum() > 150
    for style in ("pencil", "ink_noir"):
        value = draw(replace(shot, style=style), 0.5, *SIZE)[face].mean(axis=1)  # type: ignore[arg-type]
        assert np.quantile(value, 0.9) - np.quantile(value, 0.06) > 60


def test_every_style_differs_from_the_others() -> None:
    frames = [draw(replace(staged(), style=style), 0.5, *SIZE).astype(int) for style in STYLES]
    for i, one in enumerate(frames):
        for other in frames[:i]:
            assert np.abs(one - other).mean() > 6


def test_pencil_and_ink_are_nearly_without_colour() -> None:
    for style in ("pencil", "ink_noir"):
        frame = draw(replace(staged(), style=style), 0.5, *SIZE).astype(int)  # type: ignore[arg-type]
        colour = np.ptp(frame, axis=2)
        assert np.quantile(colour, 0.7) < 24


def long_lens(on: str, f_number: float = 2.0) -> Stage:
    stage = staged()
    key = replace(stage.camera.keys[0], lens_mm=80.0, target=Vec3(-0.1, 1.35, 0.5))
    return replace(
        stage, camera=replace(stage.camera, keys=(key,), focus=(FocusKey(time_s=0.0, on=on),), f_number=f_number)
    )


def test_what_is_out_of_focus_is_soft_and_what_is_in_focus_is_not() -> None:
    sharp = replace(long_lens("A"), camera=replace(long_lens("A").camera, focus=()))
    every, near = draw(sharp, 0.5, *SIZE), draw(long_lens("A"), 0.5, *SIZE)
    view = view_at(sharp.camera, 0.5, *SIZE)
    head = [round(v) for v in view.point(-0.5, 1.6, 0.0)[:2]]
    face = (slice(head[1] - 12, head[1] + 12), slice(head[0] - 12, head[0] + 12))
    assert np.array_equal(every[face], near[face])
    assert detail(near) < 0.9 * detail(every)


def test_blur_grows_with_lens_and_aperture_and_vanishes_at_the_focus() -> None:
    view = view_at(long_lens("A").camera, 0.5, *SIZE)
    wide, open_wide = (focus_at(long_lens("A", stop), view, 0.5) for stop in (8.0, 2.0))
    assert open_wide is not None
    assert open_wide.blur_px(open_wide.distance_m) == 0.0
    assert open_wide.blur_px(1.0) > open_wide.blur_px(2.2) >= 0.0
    assert open_wide.blur_px(1e9) > (0.0 if wide is None else wide.blur_px(1e9))
    short = staged()
    camera = replace(short.camera, focus=(FocusKey(time_s=0.0, on="A"),), f_number=8.0)
    assert focus_at(short, view_at(camera, 0.5, *SIZE), 0.5) is None  # nothing softens in a wide shot


def test_a_rack_moves_the_focus_without_a_jump() -> None:
    stage = long_lens("A")
    keys = (FocusKey(time_s=0.0, on="A"), FocusKey(time_s=1.0, on="B"))
    stage = replace(stage, camera=replace(stage.camera, focus=keys))
    view = view_at(stage.camera, 0.0, *SIZE)
    times = [1.0 + RACK_S * k / 8 for k in range(-1, 10)]
    distances = [found.distance_m for time_s in times if (found := focus_at(stage, view, time_s)) is not None]
    assert len(distances) == len(times)
    assert distances[0] < distances[-1] - 0.8
    assert all(b >= a for a, b in itertools.pairwise(distances))
    assert max(b - a for a, b in itertools.pairwise(distances)) < 0.5


def test_a_prop_can_be_in_focus() -> None:
    stage = replace(long_lens("CUP"), props=(Prop(id="CUP", kind="cup", position=Vec3(0.0, 0.9, 2.0)),))
    view = view_at(stage.camera, 0.5, *SIZE)
    found = focus_at(stage, view, 0.5)
    assert found is not None
    assert found.distance_m == pytest.approx(view.point(0.0, 0.9, 2.0)[2], rel=0.02)


def test_a_split_screen_shows_both_stages() -> None:
    street = replace(staged(), place=Place(kind="street", interior=False, seed=1))
    both = draw(replace(staged(), beside=street), 0.5, *SIZE)
    left, right = draw(staged(), 0.5, 128, 144), draw(street, 0.5, 128, 144)
    assert np.array_equal(both[:, :126], left[:, :126])
    assert np.array_equal(both[:, 130:], right[:, 2:])
    assert mannequin(replace(staged(), beside=street), 0.5, *SIZE).shape == (144, 256, 3)
