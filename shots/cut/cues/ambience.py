"""The sound of places under a cut: which place is heard when, and how it gives way to the next.

Somewhere is always heard, from the film's first sample to its last: the first place under the title, the last under
the credits. On an ordinary cut the next place is heard before it is seen (a J-cut); where a scene ends on something
that goes on, its place lingers (an L-cut). A smash cut cuts the sound with the picture, and a telephone scene that
goes to and fro nearly so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from audio.cues import AmbienceCue
from shots.cut.cues.placed import Placed, scenes_of
from shots.spec import Scene

__all__ = ["ambience_cues"]

_HARD_S = 0.02  # either way of a cut that the sound makes too: no click, and nothing lingers
_TO_AND_FRO_S = 0.12
_LEAD_S = {"urgent": 0.4, "tense": 0.5, "comic": 0.5, "neutral": 0.6, "warm": 0.6, "sad": 0.7, "quiet": 0.8}
_BEHIND_S = 0.35  # that a place stays after an ordinary cut
_SOFT_LEAD_S = 0.4  # before a dissolve or a fade begins
_LINGER_S = 1.2  # of an L-cut
_LINGERING_LEAD_S = 0.4  # before the cut of a place that comes in under one that lingers
_EDGE_S = 0.6  # the shortest fade of the film's own beginning and end
_GOES_ON = frozenset({"walk", "run", "dance", "drive", "laugh", "cry", "phone", "type", "carry", "clap"})


@dataclass(frozen=True)
class _Join:
    """How one place gives way to the next: over the time from `start_s` to `end_s`."""

    start_s: float
    end_s: float


def ambience_cues(placed: Sequence[Placed], duration_s: float) -> tuple[AmbienceCue, ...]:
    """The places of a cut of `duration_s`, each fading into the next."""
    stays = _stays(placed)
    if not stays:
        return ()
    joins = [_join(stays, number) for number in range(len(stays) - 1)]
    opening_s, closing_s = stays[0][0].start_s, duration_s - stays[-1][-1].end_s
    cues = []
    for number, shots in enumerate(stays):
        before = joins[number - 1] if number else None
        after = joins[number] if number < len(joins) else None
        cues.append(
            AmbienceCue(
                place_kind=shots[0].place_kind,
                interior=shots[0].interior,
                start_s=before.start_s if before else 0.0,
                end_s=after.end_s if after else duration_s,
                weather=shots[0].scene.weather or "clear",
                hour=shots[0].scene.hour or "day",
                crowd=_crowd(shots),
                fade_in_s=before.end_s - before.start_s if before else max(_EDGE_S, opening_s),
                fade_out_s=after.end_s - after.start_s if after else max(_EDGE_S, closing_s),
                room=shots[0].room,
                seed=crc32((shots[0].scene.place or shots[0].scene.heading).encode()),
                shot=shots[0].id,
            )
        )
    return tuple(cues)


def _stays(placed: Sequence[Placed]) -> list[tuple[Placed, ...]]:
    """The shots by stretches that sound of one place: scenes that follow each other there are one."""
    stays: list[tuple[Placed, ...]] = []
    for shots in scenes_of(placed):
        if stays and _sounds_like(stays[-1], shots):
            stays[-1] = (*stays[-1], *shots)
        else:
            stays.append(shots)
    return stays


def _sounds_like(shots: Sequence[Placed], others: Sequence[Placed]) -> bool:
    one, other = shots[-1].scene, others[0].scene
    return one.place is not None and (one.place, one.hour, one.weather, _crowd(shots)) == (
        other.place,
        other.hour,
        other.weather,
        _crowd(others),
    )


def _crowd(shots: Sequence[Placed]) -> int:
    """How many people are about besides the cast, at the fullest."""
    crowds = [placed.scene.crowds if placed.shot.crowds is None else placed.shot.crowds for placed in shots]
    return max((sum(crowd.count for crowd in each if crowd.what == "people") for each in crowds), default=0)


def _join(stays: Sequence[Sequence[Placed]], number: int) -> _Join:
    """How stay `number` gives way to the one after it."""
    last, first = stays[number][-1], stays[number + 1][0]
    cut_s, kind = first.start_s, first.item.entered_by
    if kind == "smash_cut":
        return _Join(cut_s - _HARD_S, cut_s + _HARD_S)
    if kind not in ("cut", "match_cut", "jump_cut"):
        return _Join(cut_s - _SOFT_LEAD_S, last.end_s + _SOFT_LEAD_S)
    if _to_and_fro([shots[0].scene for shots in stays], number):
        return _Join(cut_s - _TO_AND_FRO_S, cut_s + _TO_AND_FRO_S)
    if _goes_on(last):
        return _Join(cut_s - _LINGERING_LEAD_S, cut_s + min(_LINGER_S, _length_s(stays[number + 1]) / 2))
    lead_s = min(_LEAD_S[first.scene.mood], _length_s(stays[number]) / 2)
    return _Join(cut_s - lead_s, cut_s + min(_BEHIND_S, _length_s(stays[number + 1]) / 2))


def _to_and_fro(scenes: Sequence[Scene], number: int) -> bool:
    """Whether the cut after scene `number` is one of several between the same two places at one time."""
    here, there = scenes[number], scenes[number + 1]
    around = [(one, other) for at, (one, other) in enumerate(pairwise(scenes)) if abs(at - number) == 1]
    return any(
        {one.place, other.place} == {here.place, there.place} and one.hour == other.hour == here.hour == there.hour
        for one, other in around
    )


def _goes_on(last: Placed) -> bool:
    """Whether a scene's last picture leaves something going on: somebody walks off, laughs, goes on typing."""
    if last.shot.lines:
        return last.shot.lines[-1].text.rstrip().endswith(("...", "…", "--", "—"))
    return any(p.act in _GOES_ON or p.exits for p in last.shot.people) or any(p.exits for p in last.shot.props)


def _length_s(shots: Sequence[Placed]) -> float:
    return shots[-1].end_s - shots[0].start_s
