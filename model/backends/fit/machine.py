"""What this machine has to make pictures with: its GPUs and their memory, its own memory.

Reads, and takes nothing. A process that shares the machine with others like it counts on its share of the memory.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from model.gpus import SHARERS, gpu_count

__all__ = ["Gpu", "Machine", "read_machine"]


@dataclass(frozen=True)
class Gpu:
    """One GPU: `device` is torch's name of it; of `total_bytes` only `free_bytes` are not in use by others."""

    device: str
    name: str
    free_bytes: int
    total_bytes: int


@dataclass(frozen=True)
class Machine:
    """What a process may use: its GPU, if any, and `ram_bytes` of the machine's memory."""

    gpu: Gpu | None
    ram_bytes: int


def read_machine() -> Machine:
    """The machine as it is now, for a process that uses the first GPU that it sees."""
    import psutil

    memory = psutil.virtual_memory()
    share_bytes = min(memory.total, _limit_bytes()) // int(os.environ.get(SHARERS, "1"))
    ram_bytes = min(memory.available, share_bytes)
    if not gpu_count():
        return Machine(None, ram_bytes)
    import torch

    gpu: Gpu | None = None
    if torch.cuda.is_available():
        free_bytes, total_bytes = torch.cuda.mem_get_info(0)
        gpu = Gpu("cuda", torch.cuda.get_device_name(0), free_bytes, total_bytes)
    elif torch.backends.mps.is_available():
        # One memory for both: what the system would have Metal take of it.
        most_bytes = int(torch.mps.recommended_max_memory())
        gpu = Gpu("mps", "Apple GPU", min(most_bytes, ram_bytes), most_bytes)
    return Machine(gpu, ram_bytes)


def _limit_bytes() -> int:
    """What a container may use, which is less than the machine may have."""
    for path in (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes")):
        try:
            said = path.read_text().strip()
        except OSError:
            continue
        if said.isdecimal():
            return int(said)
    return 1 << 62
