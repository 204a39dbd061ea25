"""Measures give what was done to a picture: as much noise, shift, jump or tint as was put in."""

from __future__ import annotations

import math

import numpy as np
import pytest

from model.colour import delta_e_2000, lab
from model.evaluation.colours import lit_right_by, regions_of, temperature_error_k, wrong_by
from model.evaluation.measures import (
    flicker_levels,
    motion_error_px,
    psnr_db,
    seam_error_levels,
    ssim,
    step_error_levels,
)
from model.evaluation.sets import Scale, cast_shots
from model.theatre.passes import Passes, passes

SMALL = Scale(
    clips=1, clips_of_other_styles=1, members=4, shots_each=1, seeds=1, clips_of_task=1, width_px=256, height_px=144
)


def textured(seed: int = 0, size: int = 96) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    coarse = np.random.default_rng(seed).integers(40, 200, (size // 4, size // 4, 3))
    return np.kron(coarse, np.ones((4, 4, 1))).astype(np.uint8)


@pytest.fixture(scope="module")
def seen() -> Passes:
    request = cast_shots(SMALL)[3].request  # a close shot of two
    return passes(request.stage, 0.3, request.width_px, request.height_px)


def test_psnr_is_that_of_the_error_put_in() -> None:
    true = textured()
    assert psnr_db(true, true) == 100
    assert psnr_db(true + np.uint8(10), true) == pytest.approx(20 * math.log10(25.5))
    where = np.zeros((96, 96), dtype=np.bool_)
    where[:48] = True
    half = true.copy()
    half[48:] = 0
    assert psnr_db(half, true, where) == 100 > psnr_db(half, true)


def test_ssim_falls_with_noise_and_less_with_lightness() -> None:
    true = textured()
    noise = np.random.default_rng(1).normal(0, 25, true.shape)
    noisy = np.clip(true + noise, 0, 255).astype(np.uint8)
    assert ssim(true, true) == pytest.approx(1.0)
    assert ssim(noisy, true) < ssim(true + np.uint8(20), true) < 1.0


def test_flicker_is_the_change_where_the_truth_is_still() -> None:
    true = textured()
    assert flicker_levels((true, true + np.uint8(3)), (true, true)) == pytest.approx(3.0)
    assert flicker_levels((true, true), (true, true + np.uint8(3))) is None


@pytest.mark.parametrize("off", [0, 1, 3])
def test_motion_is_off_by_as_many_pixels_as_it_is(off: int) -> None:
    true = textured()
    after = np.roll(true, (2, 3), axis=(0, 1))
    flow = np.broadcast_to(np.array([3.0, 2.0], dtype=np.float32), (96, 96, 2))
    made = np.roll(true, (2, 3 + off), axis=(0, 1))
    assert motion_error_px((true, made), (true, after), flow) == pytest.approx(off)
    assert motion_error_px((true, true), (true, true), np.zeros_like(flow)) is None


def test_seams_are_steps_that_are_not_in_the_truth() -> None:
    true = textured()
    keep = np.zeros((96, 96), dtype=np.bool_)
    keep[24:72, 24:72] = True
    assert seam_error_levels(true, true, keep) == 0
    flat = np.full_like(true, 100)
    seamed = flat.copy()
    seamed[keep] = 112
    assert seam_error_levels(seamed, flat, keep) == pytest.approx(12.0)
    assert step_error_levels((flat, seamed), (flat, flat)) == pytest.approx(12.0 * keep.mean())


def test_a_shifted_garment_is_as_wrong_as_it_was_shifted(seen: Passes) -> None:
    regions = regions_of(seen, 1)
    assert {"skin", "top"} <= set(regions)
    top, made = regions["top"], seen.frame.copy()
    made[top] = (20, 90, 200)
    told = wrong_by(made, seen.frame, top)
    assert told == pytest.approx(float(np.median(delta_e_2000(lab(made[top]), lab(seen.frame[top])))))
    assert told > 20
    assert wrong_by(made, seen.frame, regions["skin"]) == 0


def test_regions_are_of_one_person_and_keep_off_their_edges(seen: Passes) -> None:
    for name, where in regions_of(seen, 1).items():
        assert (seen.person[where] == 1).all(), name


def test_a_mirrored_light_falls_on_the_other_side() -> None:
    picture = np.full((40, 40, 3), 90, dtype=np.uint8)
    picture[:, 20:] = 160
    where = np.ones((40, 40), dtype=np.bool_)
    assert lit_right_by(picture, where) > 10
    assert lit_right_by(picture[:, ::-1], where) == pytest.approx(-lit_right_by(picture, where))


def test_a_tint_is_told_in_kelvin() -> None:
    true = np.full((20, 20, 3), 120, dtype=np.uint8)
    where = np.ones((20, 20), dtype=np.bool_)
    assert temperature_error_k(true, true, where, 5600) == 0
    warmer = true.copy()
    warmer[..., 0], warmer[..., 2] = 128, 110
    cooler = true.copy()
    cooler[..., 0], cooler[..., 2] = 110, 128
    assert 600 < temperature_error_k(warmer, true, where, 5600) < 2500
    assert temperature_error_k(cooler, true, where, 5600) > 600
    darker = (true * 0.8).astype(np.uint8)
    assert temperature_error_k(darker, true, where, 5600) < 60
    assert temperature_error_k(warmer, true, where, 3200) < temperature_error_k(warmer, true, where, 6500)
