"""Which optimiser moves which weights: Muon the matrices inside, AdamW all else.

Muon (Jordan et al. 2024; torch's own, with steps as large as AdamW's: Liu et al. 2025, "Muon is Scalable for LLM
Training") takes matrices; a convolution's weight is shown to it as one, of the same memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.optim import AdamW, Muon, Optimizer

__all__ = ["Matrices", "optimizers_of"]


class Matrices(Muon):
    """Muon over weights of two or four axes."""

    def __init__(self, weights: Sequence[nn.Parameter], lr: float) -> None:
        self._weights = list(weights)
        views = [nn.Parameter(_as_matrix(w.detach(), w)) for w in self._weights]
        super().__init__(views, lr=lr, weight_decay=0.0, momentum=0.95, adjust_lr_fn="match_rms_adamw")

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """One step along the gradients of the weights that were given, wherever those lie by now."""
        views = [view for group in self.param_groups for view in group["params"]]
        for view, weight in zip(views, self._weights, strict=True):
            view.data = _as_matrix(weight.detach(), weight)
            view.grad = None if weight.grad is None else _as_matrix(weight.grad, weight)
        return super().step(closure)  # type: ignore[no-any-return, no-untyped-call]

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Of the weights that were given too: a gradient that stayed would be added to at every step."""
        super().zero_grad(set_to_none)
        for weight in self._weights:
            weight.grad = None


def _as_matrix(x: Tensor, weight: Tensor) -> Tensor:
    """A weight or its gradient, (out, in, ...) → (out, rest), in the weight's memory order, which is then shared."""
    if weight.dim() == 2:
        return x
    return x.permute(0, 2, 3, 1).reshape(len(x), -1) if _is_last(weight) else x.reshape(len(x), -1)


def _is_last(weight: Tensor) -> bool:
    return weight.is_contiguous(memory_format=torch.channels_last) and not weight.is_contiguous()


def optimizers_of(
    model: nn.Module,
    matrix_lr: float,
    other_lr: float,
    outer: Sequence[str],
    *,
    betas: tuple[float, float] = (0.9, 0.98),
) -> list[Optimizer]:
    """Muon for the weights of two or four axes, AdamW for the rest and for the modules named in `outer`."""
    inside: list[nn.Parameter] = []
    rest: list[nn.Parameter] = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            of_outer = any(name == one or name.startswith(f"{one}.") for one in outer)
            (rest if of_outer or weight.dim() not in (2, 4) else inside).append(weight)
    optimizers: list[Optimizer] = [Matrices(inside, matrix_lr), AdamW(rest, lr=other_lr, betas=betas, weight_decay=0.0)]
    for optimizer, lr in zip(optimizers, (matrix_lr, other_lr), strict=True):
        for group in optimizer.param_groups:
            group["full_lr"] = lr
    return optimizers
