"""What goes on from shot to shot, as one sound: a fire is not lit anew at every cut.

Two cues of a scene are one when the same thing makes the same sound and the second begins where the first ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audio.cues import EffectCue

__all__ = ["joined"]

_LONGEST_S = 60.0  # that a sound is made for
_TOUCH_S = 0.06  # what ends and begins so near to each other touches, whatever the rounding to frames


def joined(cues: Sequence[EffectCue]) -> list[EffectCue]:
    """The cues in order of time, those that go on from one shot to the next joined; heard from the nearest of them."""
    out: list[EffectCue] = []
    going: dict[tuple[object, ...], int] = {}
    for cue in sorted(cues, key=lambda each: each.start_s):
        if cue.duration_s is None or cue.source != "stage":
            out.append(cue)
            continue
        same = (cue.name, cue.who, cue.room)
        before = out[going[same]] if same in going else None
        if before is not None and _goes_on(before, cue):
            out[going[same]] = replace(
                before,
                duration_s=cue.start_s + cue.duration_s - before.start_s,
                distance_m=min(before.distance_m, cue.distance_m),
                pan_end=cue.pan if cue.pan_end is None else cue.pan_end,
            )
            continue
        going[same] = len(out)
        out.append(cue)
    return out


def _goes_on(before: EffectCue, cue: EffectCue) -> bool:
    if before.duration_s is None or cue.duration_s is None or before.shot == cue.shot:
        return False
    touches = abs(before.start_s + before.duration_s - cue.start_s) <= _TOUCH_S
    return touches and cue.start_s + cue.duration_s - before.start_s <= _LONGEST_S
