"""How a family of engines is taught: what its transformer is told of an example, and how far its answer is off.

The parts of a pipeline that say so are the pipeline's own, so that it is taught as it will be asked.
"""

from __future__ import annotations

import inspect
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

__all__ = ["Teaching", "Tensors", "frames_tensor", "longest_text"]

Tensors = dict[str, Tensor]
"""What is told, by name."""


class Teaching(Protocol):
    """`inside` is a pattern of the layers that adapters are put beside; `clips_only` says that stills teach nothing."""

    @property
    def inside(self) -> str: ...
    @property
    def clips_only(self) -> bool: ...

    def words(self, pipeline: Any, text: str, device: torch.device) -> Tensors:
        """What the transformer is told of a text; the text encoder is on the device."""
        ...

    def pictures(self, pipeline: Any, frames: NDArray[np.uint8], fps: int, device: torch.device) -> Tensors:
        """What it is told of frames (t, h, w, 3); "clean" are their latents. The autoencoder is on the device."""
        ...

    def answer(
        self, transformer: Any, told: Tensors, noisy: Tensor, level: Tensor, begins: bool
    ) -> tuple[Tensor, Tensor | None]:
        """The velocity at a noise level (a number), in the shape of "clean"; and where it counts (None: everywhere).

        `noisy` is in the transformer's own kind of number. A clip that `begins` is told its first frame.
        """
        ...


def frames_tensor(frames: NDArray[np.uint8], device: torch.device, dtype: torch.dtype) -> Tensor:
    """(t, h, w, 3), sRGB → (1, 3, t, h, w) from -1 to 1, as autoencoders read it."""
    video = torch.tensor(frames, device=device, dtype=dtype)
    return video.permute(3, 0, 1, 2)[None] / 127.5 - 1.0


def longest_text(pipeline: Any) -> int:
    """How many tokens of a text the pipeline reads, unless it is told otherwise."""
    return int(inspect.signature(type(pipeline).__call__).parameters["max_sequence_length"].default)
