"""Reads off a stage what its drawing does that can be heard: every footfall and every door, on the drawing's clock."""

from __future__ import annotations

import math

from model.stage import Figure, Stage, Vec3
from model.theatre.animals.animal_motion import paw_cycles
from model.theatre.animals.horse_motion import hoof_cycles
from model.theatre.doors import moves_of
from model.theatre.motion.marks import place_at
from model.theatre.motion.steps import footfalls_of
from model.theatre.place import design_of
from model.witness import Footfall, Witnessed

__all__ = ["witness"]

_LOOK_EVERY_S = 1 / 120
_UNDER_WAY = 0.5
_RUNS = {"walk": 0.0, "trot": 0.6, "gallop": 1.0}
_ON_LEGS = frozenset({"dog", "cat", "horse"})


def witness(stage: Stage) -> Witnessed:
    """What is to be heard of a stage, and of the other half of a split screen."""
    place = stage.place
    doors = design_of(place.kind, place.seed, place.name).doors
    return Witnessed(
        footfalls={figure.id: _footfalls(figure, stage.duration_s) for figure in stage.figures},
        doors=moves_of(doors, stage),
        beside=None if stage.beside is None else witness(stage.beside),
    )


def _footfalls(figure: Figure, until_s: float) -> tuple[Footfall, ...]:
    if figure.species == "person":
        return tuple(one for one in footfalls_of(figure) if 0.0 <= one.time_s < until_s)
    return _four_legged(figure, until_s) if figure.species in _ON_LEGS and len(figure.body) > 1 else ()


def _four_legged(figure: Figure, until_s: float) -> tuple[Footfall, ...]:
    found: list[Footfall] = []
    _, gait_before, before, _ = _gone(figure, 0.0)
    for i in range(1, math.ceil(until_s / _LOOK_EVERY_S)):
        time_s = i * _LOOK_EVERY_S
        moving, gait, cycles, runs = _gone(figure, time_s)
        if moving >= _UNDER_WAY and gait == gait_before:
            for leg, cycle in cycles.items():
                if math.floor(cycle) <= math.floor(before[leg]):
                    continue
                late = (cycle - math.floor(cycle)) / (cycle - before[leg])
                place = place_at(figure, time_s)
                at = Vec3(place.x_m, place.height_m, place.z_m)
                fall_s = max(time_s - late * _LOOK_EVERY_S, 0.0)
                found.append(Footfall(time_s=fall_s, at=at, foot=leg, swung=1.0, runs=runs))
        gait_before, before = gait, cycles
    return tuple(sorted(found, key=lambda one: (one.time_s, one.foot)))


def _gone(figure: Figure, time_s: float) -> tuple[float, str, dict[str, float], float]:
    if figure.species == "horse":
        moving, gait, cycles = hoof_cycles(figure, time_s)
        return moving, gait, cycles, _RUNS[gait]
    moving, runs, cycles = paw_cycles(figure, time_s)
    return moving, "", cycles, runs
