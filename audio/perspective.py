"""From how far each sound is heard, so that the ear follows the camera and does not jump at every cut.

A voice in a wide shot is not the voice in a close-up, yet sound that leaps with the picture sounds like a mistake.
Within a scene distances are drawn towards their middle, and what follows in the same room is never more than so many
doublings nearer or farther than what came before. Nothing is heard here: the chain turns distance into level,
dullness and room.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from audio.cues import CueSheet, DialogueCue, Room

__all__ = ["effect_distances", "voice_distances"]

_SAME_SCENE_S = 25.0  # a longer silence, or another room, and the ear begins anew
_DRAWN = 0.3  # share of its way to the scene's middle that a voice goes
_VOICE_STEP, _EFFECT_STEP = 1.8, 1.2  # doublings of the distance from one to the next
_SAME_SOURCE_S = 6.0
_NEAREST_M, _FARTHEST_M = 0.3, 40.0


def voice_distances(cues: CueSheet) -> tuple[float, ...]:
    """Returns the distance in metres at which to hear each line of `cues.dialogue`, in its order."""
    heard = [_doublings(cue.distance_m) for cue in cues.dialogue]
    for scene in _scenes(cues.dialogue):
        placed = sorted(heard[index] for index in scene)
        middle = 0.5 * (placed[(len(placed) - 1) // 2] + placed[len(placed) // 2])
        before: float | None = None
        for index in scene:
            here = heard[index] + _DRAWN * (middle - heard[index])
            if before is not None:
                here = min(before + _VOICE_STEP, max(before - _VOICE_STEP, here))
            heard[index] = before = here
    return tuple(2.0**value for value in heard)


def effect_distances(cues: CueSheet) -> tuple[float, ...]:
    """Returns the distance in metres at which to hear each of `cues.effects`: what one source does hangs together."""
    heard = [_doublings(cue.distance_m) for cue in cues.effects]
    before: dict[tuple[str, Room], tuple[float, float]] = {}
    for index in sorted(range(len(heard)), key=lambda index: (cues.effects[index].start_s, index)):
        cue = cues.effects[index]
        source = (cue.who or cue.name, cue.room)
        held = before.get(source)
        if held is not None and cue.start_s - held[0] < _SAME_SOURCE_S:
            heard[index] = min(held[1] + _EFFECT_STEP, max(held[1] - _EFFECT_STEP, heard[index]))
        before[source] = (cue.start_s, heard[index])
    return tuple(2.0**value for value in heard)


def _scenes(lines: Sequence[DialogueCue]) -> list[list[int]]:
    """Indices of the lines of the picture, scene by scene, in order of time; a narrator belongs to none."""
    scenes: list[list[int]] = []
    room: Room | None = None
    until_s = -math.inf
    present = [index for index, cue in enumerate(lines) if cue.heard in ("on_screen", "off_screen")]
    for index in sorted(present, key=lambda index: (lines[index].start_s, index)):
        cue = lines[index]
        if cue.room != room or cue.start_s - until_s > _SAME_SCENE_S:
            scenes.append([])
        scenes[-1].append(index)
        room, until_s = cue.room, max(until_s, cue.start_s + cue.duration_s)
    return scenes


def _doublings(distance_m: float) -> float:
    if not math.isfinite(distance_m):
        return 0.0
    return math.log2(min(_FARTHEST_M, max(_NEAREST_M, distance_m)))
