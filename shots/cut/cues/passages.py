"""A cut as a spotter sees it: passages of talk and of silence, and how much each asks for music.

A passage begins where music may come in (a scene opens, the talk stops, a line or a sound has landed) and ends where
it may go out. How much is asked for is taste written down as numbers: people who say nothing want more than people who
talk, sorrow more than a joke, and what follows a turn more than what leads up to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shots.cut.cues.beats import Said
from shots.cut.cues.events import is_sudden
from shots.cut.cues.placed import Placed

__all__ = ["Passage", "passages_of"]

_ASKS = {"urgent": 0.75, "sad": 0.7, "warm": 0.6, "quiet": 0.55, "tense": 0.55, "comic": 0.4, "neutral": 0.3}
_SILENT, _TALK, _SOUNDS = 0.25, -0.2, -0.6
_OPENS, _CLOSES, _AFTER_TURN, _INTO_TURN, _SOFT_CUT = 0.15, 0.1, 0.3, -0.15, 0.1
_PAUSE_S = 2.2  # a shorter look between two lines is still talk
_PASSING_S = 1.2  # that a word between two silences lasts
_LONG_S = 25.0  # of talk, in which music may also come in at a cut
_AFTER_LINE_S = 0.3  # music comes in after a line has landed, not upon it
_SOFT = frozenset({"dissolve", "fade_in", "fade_out", "fade_through_black"})


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Shots of one scene that belong together for the ear, from one place where music may change to the next."""

    start_s: float
    end_s: float
    shots: tuple[Placed, ...]
    talks: bool
    opens: bool  # its scene
    closes: bool
    enters: bool  # whether music may come in with it: not upon a sudden sound, nor upon a first word
    asks: float  # how much it wants music

    @property
    def length_s(self) -> float:
        """How long it is."""
        return self.end_s - self.start_s


def passages_of(scene: Sequence[Placed], turn: tuple[float, float] | None, keys: Sequence[Said]) -> tuple[Passage, ...]:
    """The passages of a scene, in order and without a gap; `turn` is when the line is spoken that it turns on."""
    borders: list[tuple[float, Sequence[Placed], bool]] = []
    for shots, talks in _runs(scene, keys):
        start_s = (
            min((from_s for from_s, _ in shots[0].spoken), default=shots[0].start_s) if borders else scene[0].start_s
        )
        borders += [(at_s, shots, talks) for at_s in _starts(start_s, shots, talks, turn, keys)]
    passages = []
    for number, (start_s, run, talks) in enumerate(borders):
        end_s = borders[number + 1][0] if number + 1 < len(borders) else scene[-1].end_s
        inside = tuple(shot for shot in run if shot.end_s > start_s and shot.start_s < end_s)
        opens, closes = number == 0, number + 1 == len(borders)
        asks = _ASKS[scene[0].scene.mood] + (_TALK if talks else _SILENT) + _OPENS * opens + _CLOSES * closes
        first_words = {from_s for from_s, _ in run[0].spoken}
        sounds = not talks and any(_strikes(shot) for shot in inside)
        asks += _SOUNDS * sounds
        asks += _SOFT_CUT * (opens and scene[0].item.entered_by in _SOFT)
        if turn is not None:
            asks += _AFTER_TURN if start_s >= turn[1] else _INTO_TURN if end_s > turn[0] else 0.0
        passages.append(
            Passage(
                start_s=start_s,
                end_s=end_s,
                shots=inside,
                talks=talks,
                opens=opens,
                closes=closes,
                enters=opens or not (sounds or (talks and start_s in first_words)),
                asks=round(asks, 3),
            )
        )
    return tuple(passages)


def _runs(scene: Sequence[Placed], keys: Sequence[Said]) -> list[tuple[list[Placed], bool]]:
    """The shots by runs that talk and that do not; a short look between lines is talk, a word in passing is not."""
    runs: list[tuple[list[Placed], bool]] = []
    for number, shot in enumerate(scene):
        talks = bool(shot.shot.lines)
        if 0 < number < len(scene) - 1:
            beside = [bool(near.shot.lines) for near in (scene[number - 1], scene[number + 1])]
            if talks and not any(beside) and not any(key.placed is shot for key in keys):
                talks = sum(end_s - start_s for start_s, end_s in shot.spoken) > _PASSING_S
            elif not talks and all(beside):
                talks = shot.end_s - shot.start_s < _PAUSE_S
        if runs and runs[-1][1] == talks:
            runs[-1][0].append(shot)
        else:
            runs.append(([shot], talks))
    return runs


def _starts(
    start_s: float, shots: Sequence[Placed], talks: bool, turn: tuple[float, float] | None, keys: Sequence[Said]
) -> list[float]:
    """Where passages begin within a run: where it begins, after lines that have landed, and at cuts of a long talk."""
    end_s = shots[-1].end_s
    landed = [key.end_s for key in keys] + ([turn[1]] if turn is not None else [])
    starts = sorted({start_s, *(at + _AFTER_LINE_S for at in landed if start_s + 2 < at + _AFTER_LINE_S < end_s - 1)})
    if not talks:  # a sudden sound has the ear for itself
        named = {at_s for shot in shots if _strikes(shot) for at_s in (shot.start_s, shot.end_s)}
        return sorted({*starts, *(at_s for at_s in named if start_s < at_s < end_s)})
    filled: list[float] = []
    for from_s, to_s in zip(starts, [*starts[1:], end_s], strict=True):
        filled.append(from_s)
        count = int((to_s - from_s) // _LONG_S)
        cuts = [shot.start_s for shot in shots if from_s + 4 < shot.start_s < to_s - 4]
        for part in range(1, count + 1):
            wanted_s = from_s + (to_s - from_s) * part / (count + 1)
            if cuts:
                filled.append(min(cuts, key=lambda at: abs(at - wanted_s)))
    return sorted(set(filled))


def _strikes(shot: Placed) -> bool:
    return any(is_sudden(name) for name in shot.shot.sounds)
