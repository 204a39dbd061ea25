"""Muon moves the very weights it was given, in either memory order, each by its own step's gradient alone."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from model.training.optim import Matrices, optimizers_of


def conv(memory_format: torch.memory_format) -> nn.Conv2d:
    torch.manual_seed(0)
    return nn.Conv2d(6, 5, 3, bias=False).to(memory_format=memory_format)  # type: ignore[call-overload]


def moved(layer: nn.Conv2d, optimizer: Matrices, steps: int = 2) -> Tensor:
    draws = torch.Generator().manual_seed(1)
    for _ in range(steps):
        layer.weight.grad = None
        layer(torch.randn((2, 6, 8, 8), generator=draws)).square().mean().backward()
        optimizer.step()
    return layer.weight.detach()


def test_no_gradient_outlives_its_step() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(4, 8, 3).to(memory_format=torch.channels_last), nn.Flatten(), nn.Linear(8, 6))
    optimizers = optimizers_of(model, 1e-2, 1e-3, ())
    assert isinstance(optimizers[0], Matrices)
    for seed in range(3):
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        x = torch.randn(2, 4, 3, 3, generator=torch.Generator().manual_seed(seed))
        loss = model(x).square().sum()
        alone = torch.autograd.grad(loss, list(model.parameters()), retain_graph=True)
        loss.backward()
        for weight, grad in zip(model.parameters(), alone, strict=True):
            torch.testing.assert_close(weight.grad, grad)
        before = [p.detach().clone() for p in model.parameters()]
        for optimizer in optimizers:
            optimizer.step()
        for weight, old in zip(model.parameters(), before, strict=True):
            assert not torch.equal(weight, old)


def test_the_memory_order_makes_no_difference() -> None:
    weights = []
    for order in (torch.contiguous_format, torch.channels_last):
        layer = conv(order)
        before = layer.weight.detach().clone()
        weights.append(moved(layer, Matrices([layer.weight], 0.1)))
        assert layer.weight.is_contiguous(memory_format=order)
        assert (weights[-1] - before).abs().max() > 1e-3
    assert (weights[0] - weights[1]).abs().max() < 4e-3  # Muon computes in bfloat16


def test_a_gradient_of_another_memory_order_is_read_rightly() -> None:
    grad = torch.randn((5, 6, 3, 3), generator=torch.Generator().manual_seed(2))
    results = []
    for order in (torch.contiguous_format, torch.channels_last):
        layer = conv(torch.channels_last)
        layer.weight.grad = grad.clone(memory_format=order)
        Matrices([layer.weight], 0.1).step()
        results.append(layer.weight.detach())
    assert torch.equal(*results)


@pytest.mark.parametrize("order", [torch.contiguous_format, torch.channels_last])
def test_weights_that_were_loaded_or_laid_elsewhere_still_move(order: torch.memory_format) -> None:
    layer = conv(torch.contiguous_format)
    optimizer = Matrices([layer.weight], 0.1)
    layer.load_state_dict({"weight": torch.zeros_like(layer.weight)})
    layer.to(memory_format=order)  # type: ignore[call-overload]
    layer.weight.grad = torch.ones_like(layer.weight)
    optimizer.step()
    assert layer.weight.detach().abs().min() > 0


def test_muon_takes_matrices_inside_and_adamw_the_rest() -> None:
    model = nn.ModuleDict({"inner": nn.Linear(3, 4), "head": nn.Linear(4, 2), "conv": nn.Conv2d(1, 2, 3)})
    muon, adamw = optimizers_of(model, 0.02, 0.001, ("head",))
    of = {id(muon): [], id(adamw): []}
    for optimizer in (muon, adamw):
        of[id(optimizer)] = [tuple(p.shape) for group in optimizer.param_groups for p in group["params"]]
    assert of[id(muon)] == [(4, 3), (2, 9)]
    assert sorted(of[id(adamw)]) == [(2,), (2,), (2, 4), (4,)]
