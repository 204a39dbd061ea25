"""Whether the light is the stage's: from which side the key falls on people, and of which colour it is.

The side is read within each garment: where the stage's light falls, and that from the other side would not. The colour
is that of the picture's mean beside the empty set's and the cast's own colours under the stage's light.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from director.critic.expected import Expected, Instant
from director.critic.verdict import Verdict, at_least, at_most
from director.critic.watching import luma, resized
from model.colour import lab
from model.evaluation.colours import light_of, linear, temperature_k
from model.request import Frame
from model.stage import Light, Stage
from model.theatre.passes import passes
from model.theatre.surfaces import CROWD

__all__ = ["judge_light", "key_side", "key_turned", "off_mired"]

Probe = tuple[NDArray[np.float64], NDArray[np.float64], float]
"""A mean linear colour in the picture, what it should be, and the share of the picture that it covers."""

KEY_SHARE = -0.15
OFF_MIRED = 24.0
_LIT, _SHADED = 0.75, 0.45  # of the key
_LEAST_PX = 18
_LEAST_CONTRAST_L = 4.0
_LEAST_SET = 0.12


def judge_light(expected: Expected, frames: dict[int, Frame]) -> list[Verdict]:
    """Verdicts on the key's side and on the light's colour, where they can be told."""
    verdicts = []
    side = key_side(expected, frames)
    if side is not None:
        told = f"people are {side:+.0%} as much lighter on the key's side as they should be, at least {KEY_SHARE:+.0%}"
        verdicts.append(at_least("key_side", "", side, KEY_SHARE, "share", told, best=1.0))
    off = off_mired(expected, frames)
    if off is not None:
        way = "warmer" if off > 0 else "cooler"
        told = f"the light is {abs(off):.0f} mired {way} than planned, at most {OFF_MIRED:.0f}"
        verdicts.append(at_most("colour_temperature", "", abs(off), OFF_MIRED, "mired", told))
    return verdicts


def key_side(expected: Expected, frames: dict[int, Frame]) -> float | None:
    """How much lighter people are where the planned key falls and a key from the other side does not, than the other
    way round: in shares of what the palette says. 1 as planned, -1 lit from the other side, None where both look alike.
    """
    stage = expected.stage
    if stage.style == "ink_noir":
        return None  # its blacks close by the whole picture's range
    other = replace(stage, light=key_turned(stage))
    measured = due = 0.0
    for instant in expected.instants[1::2]:
        frame = frames.get(instant.index)
        if frame is None or not any(person.garb for person in instant.people):
            continue
        height, width = instant.shape
        planned, turned = instant.seen.light, passes(other, instant.seen.time_s, width, height).light
        for person in instant.people:
            for garb in person.garb.values():
                here = garb.where & (planned > _LIT) & (turned < _SHADED)
                there = garb.where & (planned < _SHADED) & (turned > _LIT)
                count = min(int(here.sum()), int(there.sum()))
                step = float(np.subtract(*lab(garb.colours[0])[:, 0]))
                if count < _LEAST_PX or step < _LEAST_CONTRAST_L:
                    continue
                measured += count * float(lab(frame[here])[:, 0].mean() - lab(frame[there])[:, 0].mean())
                due += count * step
    return measured / due if due > 0 else None


def key_turned(stage: Stage) -> Light:
    """A stage's light with the key from the other side of the camera's axis."""
    key = stage.camera.keys[0]
    axis = math.degrees(math.atan2(key.target.x - key.position.x, key.target.z - key.position.z))
    return replace(stage.light, key_azimuth_deg=(2 * axis - stage.light.key_azimuth_deg) % 360.0)


def off_mired(expected: Expected, frames: dict[int, Frame]) -> float | None:
    """How much warmer (over 0) or cooler the light of the middle frame is than the stage's, in mired."""
    middle = expected.instants[len(expected.instants) // 2]
    frame = frames.get(middle.index)
    if frame is None or not expected.in_colour:
        return None
    pairs = [*_on_set(expected, middle, frame), *_on_people(middle, frame)]
    if not pairs:
        return None
    made, due, weight = (np.array(column) for column in zip(*pairs, strict=True))
    logs = np.log(np.maximum(made, 1e-3) / np.maximum(due, 1e-3))
    ratio = np.exp([_middle(logs[:, channel], weight) for channel in range(3)])
    light = light_of(expected.stage.light.colour_temperature_k)
    return 1e6 / temperature_k(light * ratio) - 1e6 / temperature_k(light)


def _middle(values: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """The weighted median: one garment of another colour does not tell of the light."""
    order = np.argsort(values)
    return float(np.interp(0.5 * weight.sum(), np.cumsum(weight[order]) - 0.5 * weight[order], values[order]))


def _on_set(expected: Expected, instant: Instant, frame: Frame) -> list[Probe]:
    """The set's mean colour in the picture and as it is empty, where nobody stands."""
    empty = expected.set_small
    height, width = empty.shape[:2]
    owners = instant.seen.surfaces.owners[instant.seen.surfaces.index]
    taken = (owners > 0) & (owners <= len(expected.stage.figures)) | (owners == CROWD)
    rows, columns = (np.arange(n) * full // n for n, full in ((height, taken.shape[0]), (width, taken.shape[1])))
    free = ~taken[rows][:, columns]
    small = resized(frame, width, height)
    free &= (luma(empty) > 12) & (luma(empty) < 248)
    if free.mean() < _LEAST_SET:
        return []
    return [(linear(small[free]).mean(axis=0), linear(empty[free]).mean(axis=0), float(free.mean()))]


def _on_people(instant: Instant, frame: Frame) -> list[Probe]:
    """Everybody's regions: their mean colour in the picture, and what the palette has for that much light."""
    found = []
    for person in instant.people:
        for garb in person.garb.values():
            lit, shaded = garb.colours[0]
            made = frame[garb.where]
            level = np.clip((luma(made) - luma(shaded)) / max(1.0, float(luma(lit) - luma(shaded))), 0.0, 1.0)
            due = linear(shaded + (lit - shaded) * level[:, None])
            found.append((linear(made).mean(axis=0), due.mean(axis=0), float(garb.where.mean())))
    return found
