"""From a request to the calls of one engine: what it can be told is told, the rest is met another way or said plainly.

Pure: looks at the request and the engine's capabilities, and at no weights. Nothing that is asked for is dropped
without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.backends.config import EngineConfig
from model.backends.engine import Capabilities, Engine
from model.request import ClipRequest

__all__ = ["ClipPlan", "Met", "Part", "plan_clip"]


@dataclass(frozen=True)
class Met:
    """How one thing that is asked for is met; `told` is a sentence."""

    what: str  # "first", "last", "references", "control", "keep", "length", "fps", "size", "negative", ...
    how: Literal["as asked", "another way", "not"]
    told: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One call: the engine's frames from `start` to `start + frame_count` of the shot, in the engine's rate.

    `lead_in` frames of what was made before are told first. A `backward` part is made from its last frame on, and
    turned.
    """

    start: int
    frame_count: int
    lead_in: int = 0
    lead_out: int = 0
    backward: bool = False


@dataclass(frozen=True, kw_only=True)
class ClipPlan:
    """How a request is made: the working size and rate, the calls in their order, and how each wish is met."""

    width_px: int
    height_px: int
    fps: int
    frame_count: int  # in the engine's rate
    parts: tuple[Part, ...]
    met: tuple[Met, ...]


def plan_clip(request: ClipRequest, engine: Engine, can: Capabilities, config: EngineConfig) -> ClipPlan:
    """The plan of a request for an engine whose weights in hand have the capabilities `can`.

    Raises:
        PictureError: the request cannot be met, such as a size that no frame of the engine's comes near.
    """
    raise NotImplementedError(request, engine, can, config)
