"""A training run: its state on disk, whole or not at all, so that a killed run goes on exactly where it was.

State is safetensors and JSON, never pickle. A step that is not finite is skipped and counted; too many in a row stop
the run before they can spoil it. Ctrl-C ends a run after the step it is in, saved. In several processes the first one
writes.
"""

from __future__ import annotations

import json
import math
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TypeVar

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim import Optimizer

from model.errors import PictureError
from model.training.machine import Machine

__all__ = ["Ema", "Run", "warmup_stable_decay"]

_MOST_BAD_STEPS = 20

_Batch = TypeVar("_Batch")


def warmup_stable_decay(step: int, *, warmup: int, stable_until: int, total: int) -> float:
    """The share of the full learning rate at a step: up, level, then down to nothing by a straight line."""
    if step < warmup:
        return (step + 1) / warmup
    if step < stable_until:
        return 1.0
    return max(0.0, (total - step) / max(1, total - stable_until))


class Ema:
    """An exponential moving average of what is trained of a model, in float32, with a warm-up of its horizon."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.weights = {n: p.detach().float().clone() for n, p in model.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """Moves the average toward the weights after step number `step`."""
        decay = min(self.decay, (1 + step) / (10 + step))
        now = [p.detach().float() for p in model.parameters() if p.requires_grad]
        torch._foreach_lerp_(list(self.weights.values()), now, 1.0 - decay)

    @torch.no_grad()
    def copy_to(self, model: nn.Module) -> None:
        """Writes the average over a model's weights."""
        for name, p in model.named_parameters():
            if name in self.weights:
                p.copy_(self.weights[name])

    @contextmanager
    def in_place_of(self, model: nn.Module) -> Iterator[None]:
        """For a while, `model` computes with the average; its own weights are not copied and not touched."""
        own = {name: p.data for name, p in model.named_parameters() if name in self.weights}
        try:
            for name, p in model.named_parameters():
                p.data = self.weights.get(name, p.data)
            yield
        finally:
            for name, p in model.named_parameters():
                p.data = own.get(name, p.data)


class Run:
    """A model, its average and its optimisers under a folder: `state.safetensors` and `metrics.jsonl`.

    Weights that are not trained (the base of adapters) are not part of the state.
    """

    def __init__(
        self,
        folder: Path,
        model: nn.Module,
        optimizers: Sequence[Optimizer],
        ema_decay: float,
        facts: Mapping[str, object],
        machine: Machine | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.machine = Machine(torch.device("cpu")) if machine is None else machine
        self.folder, self.model, self.optimizers = folder, model, optimizers
        self.ema = Ema(model, ema_decay)
        self.facts = dict(facts)
        self.step = 0
        self.trained_s = 0.0
        self.skipped_steps = 0
        self._bad_steps = 0
        self._stop = False
        self._since = time.monotonic()

    def save(self) -> None:
        """Writes the state; the one before stays until this one is whole."""
        now = time.monotonic()
        self.trained_s, self._since = self.trained_s + now - self._since, now
        if self.machine.number:
            return
        frozen = self._frozen()
        tensors = {f"model.{k}": v for k, v in self.model.state_dict().items() if k not in frozen}
        tensors |= {f"ema.{k}": v for k, v in self.ema.weights.items()}
        scalars: dict[str, float] = {}
        for n, optimizer in enumerate(self.optimizers):
            for index, state in optimizer.state_dict()["state"].items():
                for key, value in state.items():
                    if isinstance(value, Tensor):
                        tensors[f"optimizer.{n}.{index}.{key}"] = value
                    else:
                        scalars[f"optimizer.{n}.{index}.{key}"] = value
        counted = {"step": self.step, "trained_s": self.trained_s, "skipped_steps": self.skipped_steps}
        facts = {**counted, "scalars": scalars, **self.facts}
        half = self.folder / "state.part"
        save_file({k: v.detach().contiguous() for k, v in tensors.items()}, half, {"run": json.dumps(facts)})
        half.replace(self.folder / "state.safetensors")

    def resume(self) -> bool:
        """Takes up the saved state, if there is one.

        Raises:
            PictureError: the state is of another model, or not whole.
        """
        path = self.folder / "state.safetensors"
        if not path.exists():
            return False
        try:
            with safe_open(path, framework="pt") as file:
                facts = json.loads(file.metadata()["run"])
            tensors = load_file(path)
        except (SafetensorError, KeyError, TypeError) as error:
            raise PictureError(f"{path} is cut short or no run's state. Fix: delete it to begin anew.") from error
        weights = {k[6:]: v for k, v in tensors.items() if k.startswith("model.")}
        try:
            lost, strange = self.model.load_state_dict(weights, strict=False)
            if strange or set(lost) - self._frozen():
                raise RuntimeError("other weights")
        except RuntimeError as error:
            raise PictureError(
                f"{path} is the state of another model. Fix: train it in a folder of its own."
            ) from error
        for name, average in self.ema.weights.items():
            average.copy_(tensors[f"ema.{name}"])
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
        self.skipped_steps = facts.get("skipped_steps", 0)
        self._since = time.monotonic()
        self._forget_metrics_after(self.step)
        return True

    def _frozen(self) -> set[str]:
        return {name for name, p in self.model.named_parameters() if not p.requires_grad}

    def _forget_metrics_after(self, step: int) -> None:
        """Steps that will be taken again are told once."""
        path = self.folder / "metrics.jsonl"
        if self.machine.number or not path.exists():
            return
        lines = path.read_text().splitlines(keepends=True)
        half = path.with_suffix(".part")
        half.write_text("".join(line for line in lines if json.loads(line)["step"] <= step))
        half.replace(path)

    def through(
        self,
        batches: Iterable[_Batch],
        total: int,
        *,
        save_every: int = 200,
        sheet: Callable[[Path], None] | None = None,
        sheet_every: int = 0,
    ) -> Iterator[_Batch]:
        """Deals `batches`, one for each step; saves every so often, at step `total`, and when asked to stop by Ctrl-C.

        `sheet` writes a sample sheet to a path, every `sheet_every` steps; the model then computes with its average.
        """
        with self._stoppable():
            for batch in batches:
                yield batch
                stop = self.machine.any_of(self._stop)
                last = stop or self.step >= total
                if last or self.step % save_every == 0:
                    self.save()
                if sheet is not None and not self.machine.number and sheet_every and self.step % sheet_every == 0:
                    with self.ema.in_place_of(self.model):
                        sheet(self.folder / f"sheet-{self.step:07d}.png")
                if stop:
                    return

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        """Lets the first Ctrl-C end the run after its step; a second one ends it at once, as usual."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.getsignal(signal.SIGINT)

        def asked(_number: int, _frame: FrameType | None) -> None:
            self._stop = True
            signal.signal(signal.SIGINT, before)

        signal.signal(signal.SIGINT, asked)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def update(self, loss: Tensor, share: float, *, largest_norm: float = 1.0) -> float:
        """One optimiser step on `loss` at `share` of the learning rate; gives the gradient's norm.

        Raises:
            PictureError: the loss has not been finite for many steps.
        """
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = float(torch.nn.utils.clip_grad_norm_(self.model.parameters(), largest_norm))
        if not self.machine.any_of(not (math.isfinite(norm) and math.isfinite(float(loss.detach())))):
            for optimizer in self.optimizers:
                for group in optimizer.param_groups:
                    group["lr"] = group["full_lr"] * share
                optimizer.step()
            self.ema.update(self.model, self.step)
            self._bad_steps = 0
        else:
            self._bad_steps += 1
            self.skipped_steps += 1
            if self._bad_steps >= _MOST_BAD_STEPS:
                raise PictureError(
                    f"the loss has not been a number for {_MOST_BAD_STEPS} steps, up to step {self.step}. "
                    "Fix: resume from the last state with a lower learning rate."
                )
        self.step += 1
        return norm

    def log(self, **metrics: float) -> None:
        """Adds a line to `metrics.jsonl`."""
        if self.machine.number:
            return
        if self.skipped_steps:
            metrics["skipped_steps"] = self.skipped_steps
        line = {"step": self.step, "trained_s": round(self.trained_s + time.monotonic() - self._since), **metrics}
        with (self.folder / "metrics.jsonl").open("a") as file:
            file.write(json.dumps({k: round(v, 5) for k, v in line.items()}) + "\n")
