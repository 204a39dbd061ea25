"""Solvers follow a flow to its end, say where they stand, and stop at what is no number."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from model.errors import PictureError
from model.flow import levels, seed_noise, to_velocity
from model.solve import Progress, euler, heun

SOLVERS = pytest.mark.parametrize("solver", [euler, heun])


@SOLVERS
@pytest.mark.parametrize("steps", [1, 3])
def test_a_straight_flow_is_followed_exactly(solver: type[euler], steps: int) -> None:
    data, noise = seed_noise((2, 3), 1), seed_noise((2, 3), 2)
    torch.testing.assert_close(solver(lambda x, level: noise - data, noise, levels(steps)), data)
    # So is a model that always predicts the same clean, whose velocity is not defined at 0.
    torch.testing.assert_close(solver(lambda x, level: to_velocity(data, x, level), noise, levels(steps)), data)


def test_heun_is_of_the_second_order_and_euler_of_the_first() -> None:
    start = torch.tensor([1.0, -2.0], dtype=torch.float64)
    truth = start * math.exp(-math.sin(3.0) / 3)  # of dx/dt = cos(3 t) x, from 1 to 0

    def error(solver: type[euler], steps: int) -> float:
        even = torch.linspace(1.0, 0.0, steps + 1, dtype=torch.float64)
        end = solver(lambda x, level: torch.cos(3 * level) * x, start, even)
        return float((end - truth).abs().max())

    orders = {s: math.log2(error(s, 40) / error(s, 80)) for s in (euler, heun)}
    assert orders[euler] == pytest.approx(1.0, abs=0.15)
    assert orders[heun] == pytest.approx(2.0, abs=0.15)
    assert error(heun, 40) < error(euler, 40) / 10


@SOLVERS
def test_the_callback_is_told_every_step_and_changes_nothing(solver: type[euler]) -> None:
    data, noise = seed_noise((5,), 1), seed_noise((5,), 2)
    seen: list[Progress] = []

    def velocity(x: Tensor, level: Tensor) -> Tensor:
        return to_velocity(data, x, level)

    told = solver(velocity, noise, levels(3), callback=seen.append)
    assert [(p.step, p.steps) for p in seen] == [(0, 3), (1, 3), (2, 3)]
    assert [float(p.level) for p in seen] == levels(3)[:-1].tolist()
    assert torch.equal(seen[0].x, noise)
    for progress in seen:
        torch.testing.assert_close(progress.clean, data)
        torch.testing.assert_close(progress.x, torch.lerp(data, noise, progress.level))
    assert torch.equal(told, solver(velocity, noise, levels(3)))


@SOLVERS
@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_is_no_number_stops_at_once(solver: type[euler], bad: float) -> None:
    calls: list[float] = []

    def velocity(x: Tensor, level: Tensor) -> Tensor:
        calls.append(float(level))
        return torch.where(level < 0.8, torch.full_like(x, bad), x)

    stopped = r"step \d of 4, at noise level 0\.75, gave what is no number\. Fix: take another seed"
    with pytest.raises(PictureError, match=stopped):
        solver(velocity, torch.ones(3), levels(4))
    assert min(calls) == 0.75  # it was not asked again
