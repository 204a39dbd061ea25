"""Caches between denoising steps (diffusers' `enable_cache`) beside clean tokens that are always read whole.

A step cache leaves blocks out where a step is like the one before. What is clean is read once, for its keys and
values: it must pass every block, it is no step, and after it nothing that a step left behind is of use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from diffusers.hooks.hooks import CacheContext, _set_cache_context
from diffusers.models.cache_utils import CacheMixin
from torch import nn

__all__ = ["StepCache"]


class StepCache(CacheMixin):  # type: ignore[misc]
    """diffusers' cache switches; `cache_context(name)` stands around every step, as in its own pipelines."""

    _step: CacheContext | None = None

    @contextmanager
    def cache_context(self, name: str, **place: Any) -> Iterator[None]:
        """Names the call that what is cached belongs to: "cond" or "uncond"."""
        self._step = CacheContext(name, **place)
        try:
            with super().cache_context(name, **place):
                yield
        finally:
            self._step = None

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Nothing is left out in here, and the step after it starts anew."""
        if not self.is_cache_enabled:
            yield
            return
        model = cast(nn.Module, self)  # what it is mixed into
        self._reset_stateful_cache()
        _set_cache_context(model, CacheContext("clean"))
        try:
            yield
        finally:
            self._reset_stateful_cache()
            _set_cache_context(model, self._step)
