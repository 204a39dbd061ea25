"""A sound that goes on from shot to shot is one cue, and what only follows it is not."""

from __future__ import annotations

from audio.cues import EffectCue
from shots.cut.cues.lasting import joined


def _cue(name: str, start_s: float, duration_s: float | None, shot: str, distance_m: float = 3.0) -> EffectCue:
    return EffectCue(
        name=name, start_s=start_s, duration_s=duration_s, shot=shot, who="HEARTH", distance_m=distance_m, pan=0.1,
        source="stage",
    )  # fmt: skip


def test_a_fire_burns_on_over_the_cuts() -> None:
    fires = [_cue("fire", 0.0, 2.0, "A"), _cue("fire", 2.0, 3.0, "B", 1.5), _cue("fire", 5.01, 1.0, "C")]
    (one,) = joined(fires)
    assert (one.start_s, round(one.duration_s or 0.0, 3), one.distance_m, one.shot) == (0.0, 6.01, 1.5, "A")


def test_what_stops_between_or_is_another_sound_stays_apart() -> None:
    cues = [_cue("fire", 0.0, 2.0, "A"), _cue("fire", 4.0, 1.0, "C"), _cue("river", 2.0, 2.0, "B")]
    assert joined(cues) == [cues[0], cues[2], cues[1]]
    steps = [_cue("step", 0.0, None, "A"), _cue("step", 0.5, None, "A")]
    assert joined(steps) == steps
