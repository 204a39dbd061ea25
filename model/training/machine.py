"""Where a run computes: the processor, a graphics card, or several processes that `accelerate launch` has started.

In several processes each computes a batch of its own and the gradients are averaged (DistributedDataParallel, wrapped
by accelerate); every process holds the whole model. Tested with two processes on the CPU (gloo). Nothing here shards a
model: FSDP is refused, since Muon's matrices and the average of the weights are kept whole in each process.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import torch
from torch import Tensor, nn

from model.errors import PictureError

if TYPE_CHECKING:
    from accelerate import Accelerator

__all__ = ["Machine", "machine_for"]

_Batch = TypeVar("_Batch")


@dataclass(frozen=True)
class Machine:
    """A device, and which process this is of how many."""

    device: torch.device
    number: int = 0
    count: int = 1
    accelerator: Accelerator | None = None

    def autocast(self) -> torch.autocast:
        """bfloat16 for what gains by it, where the device computes in it; weights stay float32."""
        if self.device.type == "cpu":
            can = torch.cpu.get_capabilities()
            fast = bool(can.get("avx512_bf16") or can.get("amx_bf16") or can.get("bf16"))
        else:
            fast = self.device.type != "cuda" or torch.cuda.is_bf16_supported()
        return torch.autocast(self.device.type, torch.bfloat16, enabled=fast)

    def moved(self, batch: _Batch) -> _Batch:
        """A dataclass of tensors, on the device."""
        if self.device.type == "cpu":
            return batch
        tensors = {f.name: getattr(batch, f.name) for f in fields(batch)}  # type: ignore[arg-type]
        on = {k: v.to(self.device, non_blocking=True) for k, v in tensors.items() if isinstance(v, Tensor)}
        return replace(batch, **on)  # type: ignore[type-var]

    def shared(self, lesson: nn.Module) -> nn.Module:
        """`lesson`, its gradients averaged over all processes; what it gives back is a loss and more."""
        return lesson if self.accelerator is None else self.accelerator.prepare_model(lesson)

    def seed_of(self, seed: int, step: int) -> list[int]:
        """What a step's randomness is a function of: each process draws its own."""
        return [seed, step] if self.count == 1 else [seed, step, self.number]

    def draws(self, seed: int, step: int) -> torch.Generator:
        """A generator on the CPU for a step, another in each process."""
        return torch.Generator().manual_seed(seed * 1_000_003 + step + self.number * 7_368_787)

    def any_of(self, flag: bool) -> bool:
        """Whether it is so in any of the processes; all get the same answer."""
        if self.accelerator is None:
            return flag
        found: Any = self.accelerator.reduce(torch.tensor(float(flag), device=self.device), "sum")
        return float(found) > 0


def machine_for(device: str) -> Machine:
    """`cpu`, `cuda`, `cuda:1` ..., or `auto`: a graphics card where there is one.

    Raises:
        PictureError: there is no such device; the processes were started for FSDP.
    """
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise PictureError(f"device {device}: no graphics card is ready here. Fix: device: cpu, or auto.")
    if int(os.environ.get("WORLD_SIZE", "1")) < 2:
        try:
            return Machine(torch.device(device))
        except RuntimeError as error:
            raise PictureError(f"device {device} is none. Fix: one of auto, cpu, cuda, cuda:1 ...") from error
    if os.environ.get("ACCELERATE_USE_FSDP", "false").lower() == "true":
        raise PictureError("training does not shard a model (FSDP). Fix: start it with accelerate launch --multi_gpu.")
    from accelerate import Accelerator
    from accelerate.utils import DistributedDataParallelKwargs

    # Not every batch uses every weight: some clips have no cast.
    several = DistributedDataParallelKwargs(find_unused_parameters=True)
    accelerator = Accelerator(cpu=device == "cpu", mixed_precision="no", kwargs_handlers=[several])
    return Machine(accelerator.device, accelerator.process_index, accelerator.num_processes, accelerator)
