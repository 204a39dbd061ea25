"""Random but plausible stages with their captions: what our model is trained and measured on."""

from __future__ import annotations

from model.sampler.compose import Sample, sample
from model.sampler.split import Split

__all__ = ["Sample", "Split", "sample"]
