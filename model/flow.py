"""Rectified flow, written once: t = 1 is noise, t = 0 is data, x_t = (1 - t) x_0 + t ε, velocity v = ε - x_0.

Liu et al. 2022, "Flow Straight and Fast"; noise levels drawn and shifted as in Esser et al. 2024, "Scaling Rectified
Flow Transformers". The sign and the direction of time stand here and nowhere else.
"""

from __future__ import annotations

import torch
from torch import Generator, Tensor

from model.errors import PictureError

__all__ = ["SHIFT", "add_noise", "levels", "noise_levels", "seed_noise", "shifted", "to_clean", "to_velocity"]

SHIFT = 3.0
"""How far levels are pushed toward noise at the trained size; it grows with the square root of the token count."""


def add_noise(clean: Tensor, noise: Tensor, level: Tensor) -> Tensor:
    """x_t. `level` broadcasts over `clean`."""
    return torch.lerp(clean, noise, level)


def to_velocity(clean: Tensor, noisy: Tensor, level: Tensor) -> Tensor:
    """The velocity at x_t that leads to `clean`; `level` must be above 0."""
    return (noisy - clean) / level


def to_clean(velocity: Tensor, noisy: Tensor, level: Tensor) -> Tensor:
    """x_0 from x_t and its velocity."""
    return noisy - level * velocity


def shifted(level: Tensor, shift: float = SHIFT) -> Tensor:
    """Levels of 0 to 1 pushed toward noise by `shift`."""
    return shift * level / (1 + (shift - 1) * level)


def levels(steps: int, shift: float = SHIFT) -> Tensor:
    """(steps + 1,): from 1 down to 0, every step as long before the shift.

    So diffusers' `FlowMatchEulerDiscreteScheduler(shift=SHIFT)` has them when it is given `sigmas` from 1 to 1 / steps,
    as its flow pipelines give them. Its own default goes to its smallest sigma first and wastes a last step from there.

    Raises:
        PictureError: no steps.
    """
    if steps < 1:
        raise PictureError(f"a picture cannot be made in {steps} steps. Fix: ask for 1 or more.")
    return shifted(torch.linspace(1.0, 0.0, steps + 1), shift)


def noise_levels(shape: tuple[int, ...], generator: Generator, shift: float = SHIFT) -> Tensor:
    """Logit-normal levels for training, shifted."""
    return shifted(torch.randn(shape, generator=generator).sigmoid(), shift)


def seed_noise(shape: tuple[int, ...], seed: int) -> Tensor:
    """Noise drawn by a generator on the CPU, so that a seed means the same picture on every device."""
    return torch.randn(shape, generator=torch.Generator("cpu").manual_seed(seed), device="cpu")
