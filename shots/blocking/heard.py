"""What is heard of a staged shot, and exactly when: steps, seats, doors, things in hands, vehicles, fires, thunder.

The same stage sounds the same: nothing is drawn by lot. Nothing is rendered here, and no cut is known. Voices,
room tone and the weather's own sound are not the stage's to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from audio.cues import Surface
from audio.rooms import room_of
from model.stage import Stage
from model.witness import Witnessed
from shots.blocking.ears import EDGE_PAN, Ears
from shots.blocking.heard_people import noises_of
from shots.blocking.heard_things import parked, things_of
from shots.blocking.noises import LEAD_S, Noise

__all__ = ["StageSound", "floor_underfoot", "stage_sounds"]

_HEARD_WITHIN_M = {
    "step": 18.0, "barefoot step": 10.0, "cloth": 6.0, "sit down": 12.0, "drink": 5.0, "eat": 5.0, "pen": 6.0,
    "click": 8.0, "kiss": 4.0, "page turn": 8.0,
}  # fmt: skip
"""Soft sounds that are farther off than this are lost in any room's tone."""
_SOAKED = 0.35  # the intensity from which rain stands on a floor


@dataclass(frozen=True, kw_only=True)
class StageSound:
    """One sound of a shot: by its name in plain words, from `start_s` of the shot, as far off as the camera is.

    What starts with the shot and lasts all of it (a fire, a clock) goes on: the same name by the same `who` in the
    next shot of the scene is the same sound.
    """

    name: str
    start_s: float
    duration_s: float | None = None
    pan: float = 0.0
    pan_end: float | None = None  # where it has moved to when it ends
    distance_m: float = 2.0
    surface: Surface | None = None  # what is stepped on, knocked at, set down on
    force: float = 0.5  # from 0 (as softly as can be) to 1
    who: str = ""  # the figure or prop that makes it


def stage_sounds(stage: Stage, witnessed: Witnessed | None = None, *, aspect: float = 16 / 9) -> tuple[StageSound, ...]:
    """Every sound of a shot in order of time, those from outside the frame too, as from farther off.

    `witnessed` is what the drawn world shows of feet and doors (`model.theatre.witness`); without it nobody is heard
    to walk. `aspect` is the picture's width by its height. The halves of a split screen are heard from their sides.
    """
    witnessed = witnessed or Witnessed()
    ears = Ears(stage.camera, aspect if stage.beside is None else aspect / 2)
    floor = floor_underfoot(stage)
    noises = (*noises_of(stage, witnessed, floor, parked(stage)), *things_of(stage, floor))
    sounds = [sound for noise in noises for sound in _heard(noise, ears, stage.duration_s)]
    if stage.beside is not None:
        right = stage_sounds(stage.beside, witnessed.beside, aspect=aspect / 2)
        sounds = [*_shifted(sounds, -0.5), *_shifted(right, 0.5)]
    return tuple(sorted(sounds, key=lambda sound: (sound.start_s, sound.who, sound.name)))


def floor_underfoot(stage: Stage) -> Surface:
    """What is walked on: the place's own floor; outdoors snow gives way as earth does, rain stands on hard ground."""
    floor = room_of(stage.place.kind, stage.place.interior).floor
    if stage.place.interior:
        return floor
    if stage.weather.kind == "snow":
        return "earth"
    wet = stage.weather.kind in ("rain", "storm") and stage.weather.intensity >= _SOAKED
    return "water" if wet and floor not in ("grass", "earth", "carpet") else floor


def _heard(noise: Noise, ears: Ears, duration_s: float) -> Iterator[StageSound]:
    after = noise.name == "thunder"  # rolls on over the cut
    if noise.start_s < 0.0 or (noise.start_s >= duration_s and not after):
        return
    pan, distance_m = ears.hear(noise.at, noise.start_s)
    pan_end = None
    if noise.ends_at is not None and noise.duration_s is not None:
        pan_end, far_m = ears.hear(noise.ends_at, noise.start_s + noise.duration_s)
        distance_m = min(distance_m, far_m)  # loud when it is near; the sound itself comes and goes
        pan_end = round(pan_end, 3)
    if distance_m > _HEARD_WITHIN_M.get(noise.name, 1e9):
        return
    yield StageSound(
        name=noise.name,
        start_s=max(0.0, noise.start_s - LEAD_S.get(noise.name, 0.0)),
        duration_s=noise.duration_s,
        pan=round(pan, 3),
        pan_end=pan_end,
        distance_m=round(distance_m, 2),
        surface=noise.surface,
        force=round(noise.force, 3),
        who=noise.who,
    )


def _shifted(sounds: Iterable[StageSound], side: float) -> list[StageSound]:
    """The sounds of one half of a split screen, panned to it."""

    def moved(pan: float) -> float:
        return round(0.5 * pan + side * EDGE_PAN, 3)

    return [
        replace(one, pan=moved(one.pan), pan_end=None if one.pan_end is None else moved(one.pan_end)) for one in sounds
    ]
