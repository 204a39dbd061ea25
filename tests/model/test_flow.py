"""Which way time runs, what a velocity is, and that a seed means one noise."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from hypothesis import given
from hypothesis import strategies as st

from model.errors import PictureError
from model.flow import SHIFT, add_noise, levels, noise_levels, seed_noise, shifted, to_clean, to_velocity
from model.solve import euler

seeds = st.integers(0, 2**31)


@given(seeds, st.floats(0.01, 1.0))
def test_one_is_noise_and_velocity_leads_from_data_to_noise(seed: int, t: float) -> None:
    clean, noise = seed_noise((2, 3), seed), seed_noise((2, 3), seed + 1)
    level = torch.tensor(t)
    noisy = add_noise(clean, noise, level)
    torch.testing.assert_close(noisy, (1 - t) * clean + t * noise)
    torch.testing.assert_close(to_velocity(clean, noisy, level), noise - clean, rtol=1e-3, atol=1e-3)
    torch.testing.assert_close(to_clean(noise - clean, noisy, level), clean)


def test_the_ends_of_the_flow() -> None:
    clean, noise = seed_noise((4,), 1), seed_noise((4,), 2)
    assert torch.equal(add_noise(clean, noise, torch.tensor(0.0)), clean)
    assert torch.equal(add_noise(clean, noise, torch.tensor(1.0)), noise)


@given(st.integers(1, 60), st.floats(1.0, 12.0))
def test_levels_fall_from_noise_to_data(steps: int, shift: float) -> None:
    found = levels(steps, shift)
    assert found.shape == (steps + 1,)
    assert (float(found[0]), float(found[-1])) == pytest.approx((1.0, 0.0), abs=1e-6)
    assert bool((found.diff() < 0).all())
    assert bool((found >= torch.linspace(1, 0, steps + 1) - 1e-6).all())  # pushed toward noise, if anywhere


def test_no_steps_make_no_picture() -> None:
    with pytest.raises(PictureError, match=r"in 0 steps.*Fix"):
        levels(0)


def test_training_levels_are_logit_normal_about_the_shifted_middle() -> None:
    drawn = noise_levels((20_000,), torch.Generator().manual_seed(3))
    assert float(drawn.min()) > 0.0
    assert float(drawn.max()) < 1.0
    assert float(drawn.median()) == pytest.approx(float(shifted(torch.tensor(0.5))), abs=0.01)
    back = torch.logit(drawn / (SHIFT - (SHIFT - 1) * drawn))
    assert (float(back.mean()), float(back.std())) == pytest.approx((0.0, 1.0), abs=0.03)


def test_a_seed_means_one_noise_whatever_the_device_and_whatever_was_drawn_before() -> None:
    first = seed_noise((2, 3, 4), 7)
    torch.rand(5)
    with torch.device("meta"):  # another device than the CPU
        again = seed_noise((2, 3, 4), 7)
    assert again.device.type == "cpu"
    assert torch.equal(first, again)
    # A seed's picture is a promise: these numbers never change.
    expected = [-0.8201, 0.3956, 0.8989, -1.3884]
    np.testing.assert_allclose(first[0, 0].numpy(), expected, atol=1e-4)
    assert not torch.equal(first, seed_noise((2, 3, 4), 8))


@pytest.mark.parametrize("steps", [1, 2, 4, 7])
def test_diffusers_scheduler_has_the_same_levels_and_takes_the_same_steps(steps: int) -> None:
    scheduler = FlowMatchEulerDiscreteScheduler(shift=SHIFT)
    scheduler.set_timesteps(sigmas=np.linspace(1.0, 1.0 / steps, steps))
    torch.testing.assert_close(scheduler.sigmas, levels(steps))
    torch.testing.assert_close(scheduler.timesteps, 1000 * levels(steps)[:-1])

    def velocity(x: torch.Tensor, level: torch.Tensor) -> torch.Tensor:
        return torch.sin(3 * x) + level

    noise = seed_noise((2, 4, 3), 5)
    theirs = noise
    for time in scheduler.timesteps:
        theirs = scheduler.step(velocity(theirs, time / 1000), time, theirs).prev_sample
    torch.testing.assert_close(euler(velocity, noise, levels(steps)), theirs)
