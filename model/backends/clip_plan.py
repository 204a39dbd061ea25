"""How a request is made by an engine: data, as `model.backends.adapt` plans it and `model.backends.making` does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.backends.config import Adapter
from model.backends.engine import Control
from model.backends.framing import Framing
from model.backends.parts import Part
from model.backends.references import Chosen
from model.backends.settings import Sampling
from model.request import ReferenceClip

__all__ = ["ClipPlan", "Met", "Opening"]

Opening = Literal["nothing", "drawing", "image"]
"""What a shot begins with that has no first frame given: nothing, the theatre's drawing, or a picture made for it."""


@dataclass(frozen=True)
class Met:
    """How one thing that is asked for is met; `told` is a sentence."""

    what: str  # "first", "last", "references", "control", "camera", "keep", "length", "rate", "size", "negative", ...
    how: Literal["as asked", "another way", "not"]
    told: str


@dataclass(frozen=True, kw_only=True)
class ClipPlan:
    """How a request is made: the size, what is told, the calls in their order, and how each wish is met."""

    sampling: Sampling
    framing: Framing
    fps: int  # that the engine is told
    text: str
    negative: str
    control: Control | None
    opening: Opening
    before: ReferenceClip | None  # the take that the shot goes on from
    references: tuple[Chosen, ...]
    opened_by: tuple[Chosen, ...]  # the references of what makes the first frame
    loras: tuple[Adapter, ...]
    parts: tuple[Part, ...]
    met: tuple[Met, ...]
