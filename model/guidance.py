"""From a model that predicts the clean latents to a velocity: what it is given, and how far it is led by it.

Classifier-free guidance (Ho & Salimans 2022): the prediction is drawn away from what the model would picture of anybody
anywhere. Only what is *told* is ever taken away: words, facts, colours, sheets. Where things stand (guide, boxes, known
frames) stays in both, so that guidance sharpens looks and never moves a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TypeVar, cast

import torch
from torch import Tensor

from model.dit import Context, Memory, VideoDiT, video_channels
from model.flow import to_velocity
from model.solve import Velocity

__all__ = ["Clean", "Frames", "Given", "clean_by", "denoiser", "guided", "memory_of", "velocity_by", "without"]

Clean = Callable[[Tensor, Tensor], Tensor]
"""(noisy latents (b, c, t, h, w), their level of no axes) → clean latents."""

_Record = TypeVar("_Record", "Context", "Frames")


@dataclass(frozen=True, eq=False)
class Frames:
    """What stands fast of the frames to be drawn while they are drawn; axes as of `video_channels`."""

    known: Tensor  # (b, c, t, h, w)
    keep: Tensor  # (b, 64, t, h, w)
    guide: Tensor  # (b, c, t, h, w)
    guide_flags: Tensor  # (b, 2)
    times_s: Tensor  # (b, t)
    boxes: Tensor  # (b, e, t, BOX)


Given = tuple[Tensor, Frames]
"""Wholly known frames: their clean latents (b, c, t, h, w), and what else stands fast of them."""


def memory_of(model: VideoDiT, context: Context, given: Given | None = None) -> Memory:
    """What is read once, before all steps: the context, and with it the frames that are `given`."""
    if given is None:
        _, memory = model(None, None, None, context=context)
    else:
        clean, f = given
        channels = video_channels(clean, f.known, f.keep, f.guide, f.guide_flags).to(model.dtype)
        _, memory = model(channels, torch.zeros_like(f.times_s), f.times_s, f.boxes, context=context, remember=True)
    return cast(Memory, memory)


def clean_by(model: VideoDiT, frames: Frames, memory: Memory) -> Clean:
    """The model's prediction for `frames`, all at one level, beside what `memory` holds of the context."""

    def clean(noisy: Tensor, level: Tensor) -> Tensor:
        f = frames
        channels = video_channels(noisy, f.known, f.keep, f.guide, f.guide_flags)
        levels = level.to(f.times_s).expand_as(f.times_s)
        drawn, _ = model(channels.to(model.dtype), levels, f.times_s, f.boxes, memory=memory)
        return cast(Tensor, drawn).to(noisy)

    return clean


def without(context: Context) -> Context:
    """The context with nothing told: no text, facts, palettes or sheets; the boxes stay."""
    told = ("has_text", "has_facts", "has_palettes", "has_sheets")
    return replace(context, **{name: torch.zeros_like(getattr(context, name)) for name in told})


def guided(clean: Clean, scale: float) -> Clean:
    """Predictions led by `scale`: 1 as they are told, more is further from those with nothing told.

    `clean` is called once a step, with the batch twice over: as told, then `without`.
    """

    def led(noisy: Tensor, level: Tensor) -> Tensor:
        told, untold = clean(torch.cat([noisy, noisy]), level).chunk(2)
        return torch.lerp(untold, told, scale)

    return led


def denoiser(
    model: VideoDiT, context: Context, frames: Frames, given: Given | None = None, *, scale: float = 1.0
) -> Clean:
    """Reads what stands fast, once, and predicts `frames` at any level, led by `scale`; at 1 for half the work."""
    if scale == 1.0:
        return clean_by(model, frames, memory_of(model, context, given))
    both = None if given is None else (torch.cat([given[0]] * 2), _joined(given[1], given[1]))
    memory = memory_of(model, _joined(context, without(context)), both)
    return guided(clean_by(model, _joined(frames, frames), memory), scale)


def velocity_by(clean: Clean) -> Velocity:
    """What a solver follows, of a model that predicts the clean."""
    return lambda noisy, level: to_velocity(clean(noisy, level), noisy, level)


def _joined(first: _Record, second: _Record) -> _Record:
    """Two batches as one."""
    return replace(first, **{f.name: torch.cat([getattr(r, f.name) for r in (first, second)]) for f in fields(first)})
