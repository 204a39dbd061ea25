"""How an engine's weights are sampled for a shot: what the engine says, what the film's config sets, what a shot asks.

Refuses names that the engine does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from model.backends.config import EngineConfig
from model.backends.engine import Capabilities, Engine, Variant
from model.errors import PictureError
from model.request import Setting

__all__ = ["PLANNED", "Sampling", "sampling_of", "sized"]

PLANNED = ("area_px", "most_frames")
"""Options that every engine of video has: about how many pixels, and at most how many frames, one call is to make."""

Value = int | float | str


@dataclass(frozen=True)
class Sampling:
    """What is settled for a shot. `area_px` and `most_frames` are 0 where the engine's own hold."""

    variant: str
    steps: int
    guidance: float
    options: Mapping[str, Value]
    area_px: int = 0
    most_frames: int = 0


def sampling_of(engine: Engine, config: EngineConfig, asked: tuple[Setting, ...] = ()) -> Sampling:
    """The sampling of a shot whose request has the settings `asked`.

    Raises:
        PictureError: there is no such variant or option.
    """
    variant = _variant(engine, config)
    own = dict(engine.options)
    said = {**dict(config.options), **{name: value for name, value in asked if name not in ("steps", "guidance")}}
    for name, value in said.items():
        if name not in own and name not in PLANNED:
            there = ", ".join((*own, *PLANNED))
            raise PictureError(f"{engine.name} has no option '{name}'. Fix: leave it out; it has {there}.")
        if name in PLANNED and not (isinstance(value, int) and value > 0):
            raise PictureError(f"{engine.name}: {name} is {value!r}. Fix: give a whole number above 0.")
    planned = {name: int(said.pop(name, 0)) for name in PLANNED if name not in own}
    for name, value in said.items():
        if isinstance(value, str) is not isinstance(own[name], str):
            raise PictureError(f"{engine.name}: {name} is {value!r}. Fix: give a value such as {own[name]!r}.")
    numbers = dict(asked)
    return Sampling(
        variant=variant.name,
        steps=int(numbers.get("steps", config.steps or variant.steps)),
        guidance=float(numbers.get("guidance", variant.guidance if config.guidance is None else config.guidance)),
        options={**own, **said},
        area_px=planned.get("area_px", 0),
        most_frames=planned.get("most_frames", 0),
    )


def sized(can: Capabilities, sampling: Sampling) -> Capabilities:
    """The capabilities with the area and the length that a film's config sets."""
    if sampling.area_px and not can.sizes.fixed:
        can = replace(can, sizes=replace(can.sizes, area_px=sampling.area_px))
    if sampling.most_frames:
        step, least = can.frames.step, can.frames.least
        most = max(least, (min(sampling.most_frames, can.frames.most) - 1) // step * step + 1)
        can = replace(can, frames=replace(can.frames, most=most), most_with_last=min(can.most_with_last, most))
    return can


def _variant(engine: Engine, config: EngineConfig) -> Variant:
    """The variant that is named, or that the name of the weights names, or the engine's first."""
    there = {variant.name: variant for variant in engine.variants}
    if config.variant is not None:
        if config.variant not in there:
            raise PictureError(
                f"{engine.name} has no variant '{config.variant}'. Fix: name one of {', '.join(there)}, or none."
            )
        return there[config.variant]
    called = Path(config.source.where).name.lower()
    return next((variant for variant in engine.variants[1:] if variant.name in called), engine.variants[0])
