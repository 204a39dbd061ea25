"""Which GPUs there are, and which of them a worker process has to itself. Imports no torch where there is none.

Knows nothing of pictures: whoever starts processes asks here.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path

__all__ = ["SHARERS", "gpu_count", "take_gpu"]

SHARERS = "WORKPRINT_SHARERS"
"""The environment's word for how many processes like this one share the machine's memory."""

_VISIBLE = "CUDA_VISIBLE_DEVICES"  # read by ROCm's torch too
_SIGNS = ("/dev/nvidiactl", "/dev/nvmap", "/dev/dxg", "/dev/kfd")  # NVIDIA's two, that of Windows' Linux, AMD's


def gpu_count() -> int:
    """How many GPUs this process sees; none is touched, and torch is loaded only where there is a sign of one."""
    if sys.platform == "darwin":
        return int(platform.machine() == "arm64")
    if not (shutil.which("nvidia-smi") or any(Path(sign).exists() for sign in _SIGNS)):
        return 0
    import torch

    return torch.cuda.device_count()


def take_gpu(slot: int, gpus: int, sharers: int) -> None:
    """This process sees one GPU alone, the `slot`-th in turn of `gpus`, and counts on one of `sharers` parts of the
    memory. To be called before torch is loaded.
    """
    os.environ[SHARERS] = str(sharers)
    if gpus > 1:
        visible = [one for one in os.environ.get(_VISIBLE, "").split(",") if one] or [str(n) for n in range(gpus)]
        os.environ[_VISIBLE] = visible[slot % len(visible)]
