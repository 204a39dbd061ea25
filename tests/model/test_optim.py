"""Muon moves the very weights it was given, each by its own step's gradient alone."""

from __future__ import annotations

import torch
from torch import nn

from model.training.optim import Matrices, optimizers_of


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


def test_a_convolution_moves_alike_in_either_memory_order() -> None:
    moved = []
    for order in (torch.contiguous_format, torch.channels_last):
        torch.manual_seed(1)
        layer = nn.Conv2d(4, 8, 3, bias=False).to(memory_format=order)
        optimizer = Matrices([layer.weight], 1e-2)
        layer.weight.grad = torch.randn(8, 4, 3, 3, generator=torch.Generator().manual_seed(2)).to(memory_format=order)
        optimizer.step()
        moved.append(layer.weight.detach())
    # The order of a matrix's columns does not change Muon's step, but for the rounding of its bfloat16.
    torch.testing.assert_close(moved[0], moved[1], rtol=0.0, atol=2e-4)
