"""What the dialogue of a scene turns on: the line after which nothing is as it was, and those that must stand alone.

Read off the cut, not off the words' meaning: how close the camera is, where in the scene a line falls, whether it is
waited for, whether a silent look receives it, how it is spoken. A crew that says where a scene turns is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from shots.cut.cues.placed import Placed
from shots.spec import SIZES, Line

__all__ = ["Said", "key_lines", "said_in", "turn_of"]

_HUSHED = re.compile(
    r"\b(?:whisper|soft|quiet|hush|murmur|under (?:his|her|their) breath|barely)\w*|低声|轻声|小声|耳语", re.I
)
_WORD = re.compile(r"\w+")
_CLOSE = SIZES.index("CU")
_HELD_S = 2.5  # a close-up that lasts so long holds on its words
_FEW_WORDS = 6
_TURNS_AT = 0.8  # of a scene's lines, where one most likely turns it
_FEWEST = 2  # lines that a scene has for one to turn it
_BETWEEN_S = 8.0  # from one line that stands alone to the next


@dataclass(frozen=True)
class Said:
    """A line of the film, when it is spoken, and how much hangs on it, from 0 to 1."""

    placed: Placed
    index: int
    start_s: float
    end_s: float
    weight: float

    @property
    def line(self) -> Line:
        """The line as written."""
        return self.placed.shot.lines[self.index]


def said_in(scene: Sequence[Placed]) -> tuple[Said, ...]:
    """The lines of a scene in order of time."""
    found = [
        (number, shot, timed.index, shot.start_s + timed.start_s, shot.start_s + timed.start_s + timed.duration_s)
        for number, shot in enumerate(scene)
        for timed, _ in shot.said
    ]
    return tuple(
        Said(shot, index, start_s, end_s, _weight(scene, number, index, at, len(found)))
        for at, (number, shot, index, start_s, end_s) in enumerate(found)
    )


def _weight(scene: Sequence[Placed], number: int, index: int, at: int, count: int) -> float:
    shot = scene[number].shot
    line = shot.lines[index]
    part = at / max(1, count - 1)
    near_the_turn = part / _TURNS_AT if part <= _TURNS_AT else 1.0 - (part - _TURNS_AT)
    weight = 0.25 * near_the_turn + 0.25 * SIZES.index(shot.size or "MS") / (len(SIZES) - 1)
    awaited_s = _silence_s(reversed(scene[:number])) if index == 0 else 0.0
    received_s = _silence_s(scene[number + 1 :]) if index == len(shot.lines) - 1 else 0.0
    weight += 0.03 * min(8.0, awaited_s) + 0.03 * min(5.0, received_s)
    weight += 0.1 * _is_hushed(line) + 0.1 * (len(_WORD.findall(line.text)) <= _FEW_WORDS)
    weight += 0.1 * line.text.isupper() - 0.2 * (line.heard == "voice_over")  # who tells the story does not turn it
    return min(1.0, weight)


def _silence_s(shots: Iterable[Placed]) -> float:
    """How long the first of some shots go without a word."""
    return sum(shot.end_s - shot.start_s for shot in takewhile(lambda shot: not shot.shot.lines, shots))


def turn_of(said: Sequence[Said]) -> Said | None:
    """The line that a scene turns on; None in a scene of few lines."""
    return max(said, key=lambda each: (each.weight, each.start_s)) if len(said) >= _FEWEST else None


def key_lines(said: Sequence[Said], turn: Said | None) -> tuple[Said, ...]:
    """The lines that stand alone, in order: the turn, what is whispered, what a held close-up is made for."""
    wanted = [each for each in said if each is turn or _is_hushed(each.line) or _is_held(each)]
    kept: list[Said] = []
    for each in sorted(wanted, key=lambda one: (one is not turn, -one.weight, one.start_s)):
        if all(abs(each.start_s - other.start_s) >= _BETWEEN_S for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start_s))


def _is_hushed(line: Line) -> bool:
    return _HUSHED.search(line.delivery) is not None


def _is_held(said: Said) -> bool:
    shot = said.placed.shot
    close = SIZES.index(shot.size or "MS") >= _CLOSE
    return close and len(shot.lines) == 1 and said.end_s - said.start_s >= _HELD_S
