"""What a folder of pretrained weights says of itself before anything is loaded: classes, configs, sizes, digest.

Reads JSON and file sizes only. Weights are in safetensors or GGUF; a folder that holds only pickles is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["PipelineIndex", "read_index"]


@dataclass(frozen=True)
class PipelineIndex:
    """A pipeline's folder as diffusers saves it: `configs` and `sizes_bytes` by the names of its parts."""

    folder: Path
    pipeline: str  # diffusers' class
    parts: tuple[str, ...]
    configs: Mapping[str, Mapping[str, Any]]
    sizes_bytes: Mapping[str, int]
    settings: Mapping[str, Any]  # what model_index.json says besides its parts, such as "boundary_ratio"


def read_index(folder: Path) -> PipelineIndex:
    """Reads a folder.

    Raises:
        PictureError: it is no pipeline's, a part is missing, half-downloaded or a pickle.
    """
    raise NotImplementedError(folder)
