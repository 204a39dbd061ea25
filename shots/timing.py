"""How long each shot lasts, and when each of its lines starts, in whole frames and in seconds of the shot.

A spoken shot lasts as its voices do, plus breath before and after; a silent one as its action needs. A
duration given by hand is a minimum: it never cuts a line short. Nothing here speaks or measures a voice:
`spoken_s` brings what was measured, and what is missing is estimated from syllables.

A trim leaves the take as long as it is: `ShotTiming.shown` is what the cut has of it. One that would leave less than
the shortest shot is not carried out (`shots.continuity.trims` tells it).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from shots.spec import Act, Line, Shot, Storyboard, Trim

__all__ = ["MIN_SHOT_S", "ShotTiming", "TimedLine", "action_s", "speech_s", "time_shots"]

MIN_SHOT_S = 0.8
LEAD_S = 0.35  # silence before the first line of a shot
LEAD_REPLY_S = 0.24  # the same when the shot before spoke: with its tail, talk goes to and fro at half a second
LEAD_AFTER_ACTION_S = 0.9  # the same when the speaker first does something
FLOW_S = 0.04  # where a speech runs on over the cut
REPLY_GAP_S = 0.28  # between two speakers in one shot
BREATH_S = 0.4  # between two lines of one speaker in one shot
OVERLAP_S = 0.12  # by how much a line that is spoken together follows the one before
TAIL_S = 0.55  # after the last line
TAIL_BEFORE_REPLY_S = 0.22  # the same when the next shot speaks at once
TAIL_AT_SCENE_END_S = 0.9
SOFT_TRANSITION_S = 0.5  # kept free of words at a dissolve or a fade

_HARD = frozenset({"cut", "smash_cut", "match_cut", "jump_cut"})
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_VOWELS = re.compile(r"[aeiouyàâäáãåæèéêëìíîïòóôöõøœùúûüýÿ]+")
_SYLLABLE_S = 0.205
_CJK_CHARACTER_S = 0.27
_COMMA_S = 0.22
_STOP_S = 0.62

_ACT_S: Mapping[Act, float] = {
    "none": 0.0,
    "walk": 3.5,
    "run": 2.4,
    "sit_down": 2.4,
    "stand_up": 2.0,
    "look": 1.5,
    "point": 1.5,
    "wave": 1.8,
    "nod": 1.3,
    "pick_up": 1.8,
    "put_down": 1.8,
    "give": 2.2,
    "drink": 2.6,
    "eat": 2.6,
    "phone": 2.2,
    "type": 2.6,
    "write": 2.8,
    "read": 2.8,
    "open_door": 2.4,
    "close_door": 2.2,
    "embrace": 3.4,
    "kiss": 3.2,
    "shake_hands": 2.2,
    "hit": 1.5,
    "push": 1.6,
    "shoot": 1.6,
    "throw": 1.8,
    "drop": 1.6,
    "carry": 2.6,
    "dance": 3.6,
    "clap": 2.2,
    "shrug": 1.4,
    "shake_head": 1.5,
    "laugh": 2.0,
    "cry": 2.6,
    "fall": 1.8,
    "gesture": 1.5,
}
_WORDS_READ_PER_S = 4.2  # a script's page of about 250 words of action is a minute of film


@dataclass(frozen=True)
class TimedLine:
    """The shot's line number `index` (from 0) sounds from `start_s` of the shot for `duration_s`; the first `from_s`
    of its voice are not heard.
    """

    index: int
    start_s: float
    duration_s: float
    from_s: float = 0.0


@dataclass(frozen=True)
class ShotTiming:
    """The length of a shot's take in whole frames at `fps`, its lines in the order of the shot, and how many frames at
    its head and its tail the cut leaves out.
    """

    shot: str
    frame_count: int
    fps: int
    lines: tuple[TimedLine, ...] = ()
    head_frames: int = 0
    tail_frames: int = 0

    @property
    def duration_s(self) -> float:
        """The take's length in seconds."""
        return self.frame_count / self.fps

    @property
    def shown(self) -> ShotTiming:
        """What the cut has of it, timed from the first frame that is shown. Of a line that is cut into the rest stands;
        one that is outside is gone.
        """
        if not self.head_frames and not self.tail_frames:
            return self
        frame_count = self.frame_count - self.head_frames - self.tail_frames
        kept = (_within(line, self.head_frames / self.fps, frame_count / self.fps) for line in self.lines)
        lines = tuple(line for line in kept if line is not None)
        return replace(self, frame_count=frame_count, lines=lines, head_frames=0, tail_frames=0)


@lru_cache(maxsize=8192)
def speech_s(text: str) -> float:
    """Estimates how many seconds an unhurried voice takes to say `text`, in an alphabet or in Chinese."""
    characters = len(_CJK.findall(text))
    syllables = sum(_syllables(word) for word in _WORD.findall(_CJK.sub(" ", text)))
    syllables += 2 * len(_DIGIT.findall(text))
    inner = text.strip().rstrip(".!?…。！？\"'”’ ")
    commas = len(re.findall(r"[,;:，；：、]|--|[–—]", inner))
    stops = len(re.findall(r"[.!?。！？]+(?=\s|[^\x00-\x7f]|$)|…", inner))
    total = syllables * _SYLLABLE_S + characters * _CJK_CHARACTER_S + commas * _COMMA_S + stops * _STOP_S
    return max(0.4, total)


def action_s(text: str, acts: tuple[Act, ...] = ()) -> float:
    """Estimates the seconds that an action takes on screen: what is described, and what is done one after another."""
    words = len(_WORD.findall(_CJK.sub(" ", text))) + len(_CJK.findall(text)) / 1.6
    done = sorted((_ACT_S[act] for act in acts), reverse=True)
    together = (done[0] + 0.35 * sum(done[1:])) if done else 0.0
    return max(1.2, together, words / _WORDS_READ_PER_S)


def time_shots(
    storyboard: Storyboard,
    spoken_s: Mapping[tuple[str, int], float],
    locked_frames: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, ShotTiming]:
    """Times every shot that has an id, in the order of the cut.

    `spoken_s` maps (shot id, line index) to the measured seconds of that line's voice; what is missing is
    estimated by `speech_s`. `locked_frames` are the lengths of takes that shots keep, whatever they ask for.
    """
    timings: dict[str, ShotTiming] = {}
    for scene in storyboard.scenes:
        for position, shot in enumerate(scene.shots):
            if shot.id is None:
                continue
            before = scene.shots[position - 1] if position else None
            after = scene.shots[position + 1] if position + 1 < len(scene.shots) else None
            timing = _time_shot(shot, shot.id, before, after, spoken_s, storyboard.fps)
            timing = replace(timing, frame_count=locked_frames.get(shot.id, timing.frame_count))
            timings[shot.id] = timing if shot.trim is None else _trimmed(timing, shot.trim)
    return timings


def _time_shot(
    shot: Shot,
    shot_id: str,
    before: Shot | None,
    after: Shot | None,
    spoken_s: Mapping[tuple[str, int], float],
    fps: int,
) -> ShotTiming:
    lines: list[TimedLine] = []
    soft_in = 0.0 if shot.transition.kind in _HARD else SOFT_TRANSITION_S
    soft_out = 0.0 if after is None or after.transition.kind in _HARD else SOFT_TRANSITION_S
    acts = tuple(presence.act for presence in shot.people if presence.act != "none")
    end_s = 0.0
    for index, line in enumerate(shot.lines):
        if index == 0:
            start_s = soft_in + _lead_s(shot, line, before, acts)
        elif line.together:
            start_s = lines[-1].start_s + OVERLAP_S
        else:
            start_s = end_s + (BREATH_S if shot.lines[index - 1].character == line.character else REPLY_GAP_S)
        measured = spoken_s.get((shot_id, index))
        length_s = speech_s(line.text) if measured is None else measured
        lines.append(TimedLine(index, start_s, length_s))
        end_s = max(end_s, start_s + length_s)
    if shot.lines:
        needed_s = end_s + _tail_s(shot, after) + soft_out
        if acts:
            needed_s = max(needed_s, min(action_s("", acts), needed_s + 1.0))
    elif shot.duration_s is None:
        needed_s = action_s(shot.action, acts) + soft_in + soft_out
    else:
        needed_s = 0.0
    length_s = max(MIN_SHOT_S, needed_s, shot.duration_s or 0.0)
    return ShotTiming(shot_id, math.ceil(length_s * fps - 1e-6), fps, tuple(lines))


def _trimmed(timing: ShotTiming, trim: Trim) -> ShotTiming:
    head, tail = round(trim.head_s * timing.fps), round(trim.tail_s * timing.fps)
    if timing.frame_count - head - tail < round(MIN_SHOT_S * timing.fps):
        return timing
    return replace(timing, head_frames=head, tail_frames=tail)


def _within(line: TimedLine, head_s: float, shown_s: float) -> TimedLine | None:
    """What is left of a line in `shown_s` from `head_s` on, timed from there; None when nothing is."""
    start_s, end_s = line.start_s - head_s, line.start_s - head_s + line.duration_s
    cut_s = max(0.0, -start_s)
    left_s = min(end_s, shown_s) - max(start_s, 0.0)
    return TimedLine(line.index, start_s + cut_s, left_s, line.from_s + cut_s) if left_s > 0 else None


def _lead_s(shot: Shot, first: Line, before: Shot | None, acts: tuple[Act, ...]) -> float:
    if before is not None and before.lines and _runs_on(before.lines[-1], first):
        return FLOW_S
    if acts and shot.action:
        return LEAD_AFTER_ACTION_S
    return LEAD_REPLY_S if before is not None and before.lines else LEAD_S


def _tail_s(shot: Shot, after: Shot | None) -> float:
    if after is None:
        return TAIL_AT_SCENE_END_S
    if not after.lines:
        return TAIL_S
    return FLOW_S if _runs_on(shot.lines[-1], after.lines[0]) else TAIL_BEFORE_REPLY_S


def _runs_on(line: Line, following: Line) -> bool:
    """Whether two lines are one speech that a cut divides: one speaker, and no cue between their script lines."""
    if line.character != following.character:
        return False
    if line.source is None or following.source is None:
        return line.text.rstrip()[-1:] not in '.!?…。！？"”'
    return line.source.file == following.source.file and following.source.line - line.source.last_line <= 1


def _syllables(word: str) -> int:
    lower = word.casefold()
    groups = len(_VOWELS.findall(lower))
    if lower.endswith("e") and not lower.endswith(("le", "ee", "ie")) and groups > 1:
        groups -= 1
    return max(1, groups)
