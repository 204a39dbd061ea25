"""A training run: its state on disk, whole or not at all, so that a killed run goes on exactly where it was.

State is safetensors and JSON, never pickle. A step that is not finite is skipped and counted; too many in a row stop
the run before they can spoil it.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim import Optimizer

from model.errors import PictureError

__all__ = ["Ema", "Run", "warmup_stable_decay"]

_MOST_BAD_STEPS = 20


def warmup_stable_decay(step: int, *, warmup: int, stable_until: int, total: int) -> float:
    """The share of the full learning rate at a step: up, level, then down to nothing by a straight line."""
    if step < warmup:
        return (step + 1) / warmup
    if step < stable_until:
        return 1.0
    return max(0.0, (total - step) / max(1, total - stable_until))


class Ema:
    """An exponential moving average of a model's weights in float32, with a warm-up of its horizon."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {name: p.detach().float().clone() for name, p in model.named_parameters()}

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """Moves the average toward the weights after step number `step`."""
        decay = min(self.decay, (1 + step) / (10 + step))
        now = [p.detach().float() for p in model.parameters()]
        torch._foreach_lerp_(list(self.weights.values()), now, 1.0 - decay)

    @torch.no_grad()
    def copy_to(self, model: nn.Module) -> None:
        """Writes the average over a model's weights."""
        for name, p in model.named_parameters():
            p.copy_(self.weights[name])


class Run:
    """A model, its average and its optimisers under a folder: `state.safetensors`, `state.json`, `metrics.jsonl`."""

    def __init__(
        self,
        folder: Path,
        model: nn.Module,
        optimizers: Sequence[Optimizer],
        ema_decay: float,
        facts: Mapping[str, object],
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.model, self.optimizers = folder, model, optimizers
        self.ema = Ema(model, ema_decay)
        self.facts = dict(facts)
        self.step = 0
        self.trained_s = 0.0
        self._bad_steps = 0
        self._since = time.monotonic()

    def save(self) -> None:
        """Writes the state; the one before stays until this one is whole."""
        now = time.monotonic()
        self.trained_s, self._since = self.trained_s + now - self._since, now
        tensors = {f"model.{k}": v for k, v in self.model.state_dict().items()}
        tensors |= {f"ema.{k}": v for k, v in self.ema.weights.items()}
        scalars: dict[str, float] = {}
        for n, optimizer in enumerate(self.optimizers):
            for index, state in optimizer.state_dict()["state"].items():
                for key, value in state.items():
                    if isinstance(value, Tensor):
                        tensors[f"optimizer.{n}.{index}.{key}"] = value
                    else:
                        scalars[f"optimizer.{n}.{index}.{key}"] = value
        facts = {"step": self.step, "trained_s": self.trained_s, "scalars": scalars, **self.facts}
        half = self.folder / "state.part"
        save_file({k: v.detach().contiguous() for k, v in tensors.items()}, half, {"run": json.dumps(facts)})
        half.replace(self.folder / "state.safetensors")

    def resume(self) -> bool:
        """Takes up the saved state, if there is one.

        Raises:
            PictureError: the state is of another model.
        """
        path = self.folder / "state.safetensors"
        if not path.exists():
            return False
        from safetensors import safe_open

        with safe_open(path, framework="pt") as file:
            facts = json.loads(file.metadata()["run"])
        tensors = load_file(path)
        try:
            self.model.load_state_dict({k[6:]: v for k, v in tensors.items() if k.startswith("model.")})
        except RuntimeError as error:
            raise PictureError(
                f"{path} is the state of another model. Fix: train it in a folder of its own."
            ) from error
        self.ema.weights = {k: tensors[f"ema.{k}"] for k in self.ema.weights}
        for n, optimizer in enumerate(self.optimizers):
            whole = optimizer.state_dict()
            state: dict[int, dict[str, object]] = {}
            for source in (tensors, facts["scalars"]):
                for key, value in source.items():
                    if key.startswith(f"optimizer.{n}."):
                        _, _, index, name = key.split(".", 3)
                        state.setdefault(int(index), {})[name] = value
            optimizer.load_state_dict({**whole, "state": state})
        self.step, self.trained_s = facts["step"], facts["trained_s"]
        self._since = time.monotonic()
        return True

    def update(self, loss: Tensor, share: float, *, largest_norm: float = 1.0) -> float:
        """One optimiser step on `loss` at `share` of the learning rate; gives the gradient's norm.

        Raises:
            PictureError: the loss has not been finite for many steps.
        """
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = float(torch.nn.utils.clip_grad_norm_(self.model.parameters(), largest_norm))
        if math.isfinite(norm) and math.isfinite(float(loss.detach())):
            for optimizer in self.optimizers:
                for group in optimizer.param_groups:
                    group["lr"] = group["full_lr"] * share
                optimizer.step()
            self.ema.update(self.model, self.step)
            self._bad_steps = 0
        else:
            self._bad_steps += 1
            if self._bad_steps >= _MOST_BAD_STEPS:
                raise PictureError(
                    f"the loss has not been a number for {_MOST_BAD_STEPS} steps, up to step {self.step}. "
                    "Fix: resume from the last state with a lower learning rate."
                )
        self.step += 1
        return norm

    def log(self, **metrics: float) -> None:
        """Adds a line to `metrics.jsonl`."""
        line = {"step": self.step, "trained_s": round(self.trained_s + time.monotonic() - self._since), **metrics}
        with (self.folder / "metrics.jsonl").open("a") as file:
            file.write(json.dumps({k: round(v, 5) for k, v in line.items()}) + "\n")
