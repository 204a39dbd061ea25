"""One shot on several GPUs: a process a GPU, each with the whole pipeline, which share the tokens of each step.

This process is the first of them. The others are told each call as it is made here, and end when this one does. The
way is diffusers' context parallelism (Ulysses: Jacobs et al. 2023, arXiv:2309.14509); of classes without a plan for it
nothing is shared, and that is told.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from model.gpus import take_gpu

__all__ = ["RANK", "Ranks", "has_plan", "share"]

RANK = "WORKPRINT_RANK"
"""Is set in the processes that are told what to call."""


class Ranks:
    """The other processes, each with the same config."""

    def __init__(self, config: Any, count: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="workprint-ranks-", ignore_cleanup_errors=True)
        meeting = Path(self._folder.name) / "meeting"
        paths = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._others = [
            subprocess.Popen(
                [sys.executable, "-m", __name__, str(rank), str(count), str(meeting)],
                stdin=subprocess.PIPE,
                env={**paths, RANK: str(rank)},
            )
            for rank in range(1, count)
        ]
        self.tell(config)
        _meet(0, count, meeting)

    def tell(self, what: object) -> None:
        """Hands something to all others."""
        for other in self._others:
            assert other.stdin is not None  # noqa: S101  it was opened above
            pickle.dump(what, other.stdin)
            other.stdin.flush()

    def close(self) -> None:
        """Ends the others."""
        import torch.distributed

        for other in self._others:
            other.kill()
            other.wait()
            if other.stdin is not None:
                other.stdin.close()
        if torch.distributed.is_initialized():
            torch.distributed.destroy_process_group()
        self._folder.cleanup()


def has_plan(part: Any) -> bool:
    """Whether the tokens of a transformer can be shared."""
    return getattr(part, "_cp_plan", None) is not None


def share(part: Any) -> None:
    """Has a transformer's tokens shared by all processes that have met."""
    import torch.distributed
    from diffusers import ContextParallelConfig

    count = torch.distributed.get_world_size()
    part.enable_parallelism(config=ContextParallelConfig(ulysses_degree=count, ulysses_anything=True))


def _meet(rank: int, count: int, meeting: Path) -> None:
    import torch
    import torch.distributed

    way = "nccl" if torch.cuda.is_available() else "gloo"
    torch.distributed.init_process_group(way, init_method=meeting.as_uri(), rank=rank, world_size=count)


def _follow(rank: int, count: int, meeting: Path) -> None:
    """What another process does: meets the rest, and makes the calls that it is told."""
    take_gpu(rank, count, count)
    config = pickle.load(sys.stdin.buffer)  # noqa: S301  from the process that started this one
    _meet(rank, count, meeting)
    from model.backends.load import load

    loaded = load(config)
    while True:
        try:
            call = pickle.load(sys.stdin.buffer)  # noqa: S301  likewise
        except EOFError:
            return
        loaded.call(*call)


if __name__ == "__main__":
    _follow(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
