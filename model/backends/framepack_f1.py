"""FramePack F1 as an engine of its own: weights that go forward from a first frame. See model.backends.framepack."""

from __future__ import annotations

from model.backends.framepack import F1

__all__ = ["ENGINE"]

ENGINE = F1
