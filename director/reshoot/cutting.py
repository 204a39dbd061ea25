"""Where a shot may be cut: words are never cut into, and a shot that is split is two that say and show the same.

Works on times of the shot's take, in seconds from its first frame. Pure; whoever calls writes the storyboard.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from shots.errors import NoteError
from shots.ids import free_id
from shots.spec import Given, Line, Pose, Presence, Scene, Shot, Storyboard, Transition, Trim
from shots.timing import MIN_SHOT_S, ShotTiming, time_shots

if TYPE_CHECKING:
    from audio.speech import SpokenLine
    from model.stage import Stage

__all__ = ["Said", "check_trim", "said_in", "split"]

_ARRIVED_M = 0.1
_WALKS = ("walk", "run")
_LEAVES: Mapping[str, Pose] = {"sit_down": "sit", "stand_up": "stand"}  # how who has done so is found


@dataclass(frozen=True)
class Said:
    """A word of a shot, by whom and when it is said; `line` and `word` count from 0."""

    line: int
    word: int
    text: str
    who: str
    start_s: float
    end_s: float


def said_in(shot: Shot, timing: ShotTiming, spoken: Mapping[tuple[str, int], SpokenLine]) -> tuple[Said, ...]:
    """Every word of a shot in time; a line whose words are not known is one word."""
    found = []
    for timed in timing.lines:
        line, voice = shot.lines[timed.index], spoken.get((shot.id or "", timed.index))
        words = [] if voice is None else [(word.text, word.start_s, word.end_s) for word in voice.words]
        for number, (text, start_s, end_s) in enumerate(words or [(line.text, 0.0, timed.duration_s)]):
            found.append(
                Said(timed.index, number, text, line.character, timed.start_s + start_s, timed.start_s + end_s)
            )
    return tuple(sorted(found, key=lambda said: said.start_s))


def check_trim(shot: str, trim: Trim, timing: ShotTiming, words: Sequence[Said]) -> None:
    """Raises NoteError where a trim would cut off a word or leave too little."""
    left_s = timing.duration_s - trim.head_s - trim.tail_s
    if left_s < MIN_SHOT_S - 0.5 / timing.fps:
        raise NoteError(
            f"{shot} lasts {timing.duration_s:.1f} s, and of it {max(0.0, left_s):.1f} s would be left. "
            f"Fix: leave at least {MIN_SHOT_S:g} s, or remove the shot."
        )
    slack_s = 0.5 / timing.fps
    first = next((word for word in words if word.start_s < trim.head_s - slack_s), None)
    if first is not None:
        most_s = max(0.0, min(word.start_s for word in words))
        raise NoteError(
            f"Trimming {trim.head_s:g} s off the head of {shot} cuts off “{first.text}”, which {first.who} says at "
            f"{first.start_s:.2f} s. Fix: trim at most {_down(most_s):g} s, or split the shot."
        )
    end_s = timing.duration_s - trim.tail_s
    last = next((word for word in reversed(words) if word.end_s > end_s + slack_s), None)
    if last is not None:
        most_s = max(0.0, timing.duration_s - max(word.end_s for word in words))
        raise NoteError(
            f"Trimming {trim.tail_s:g} s off the tail of {shot} cuts off “{last.text}”, which {last.who} says until "
            f"{last.end_s:.2f} s. Fix: trim at most {_down(most_s):g} s, or split the shot."
        )


def split(
    board: Storyboard, whole: Storyboard, shot_id: str, at_s: float, timing: ShotTiming, stage: Stage,
    words: Sequence[Said], take: str | None,
) -> tuple[Storyboard, str]:  # fmt: skip
    """A storyboard with all its ids, in which one shot is two, and the id of the second.

    Args:
        board: as it is written, but for ids, which are all there; `whole` is the same with everything filled in.
        timing, stage, words: the shot as it stands.
        take: the take whose frames both halves show; None when there is none.

    Raises:
        NoteError: the time is not inside the shot, or its only word is being said.
    """
    scene, shot = next((s, one) for s in board.scenes for one in s.shots if one.id == shot_id)
    filled_scene, filled = next((s, one) for s in whole.scenes for one in s.shots if one.id == shot_id)
    at_s = _at(shot_id, at_s, timing, words)
    name = free_id(shot_id, [one.id or "" for one in board.shots()])
    before, after = _lines(shot, at_s, words)
    first_people, second_people = _people(filled_scene.floor(filled), stage, at_s)
    total_s = timing.duration_s
    trim = shot.trim or Trim()
    first = replace(
        shot,
        people=shot.people if first_people == filled_scene.floor(filled) else first_people,
        lines=before,
        duration_s=round(at_s, 2),
        given=None,
        take=None,
        trim=Trim(head_s=trim.head_s) if trim.head_s else None,
    )
    second = replace(
        shot,
        id=name,
        people=second_people,
        props=filled.props,
        lines=after,
        action="",
        sounds=(),
        note="",
        duration_s=round(max(MIN_SHOT_S, total_s - at_s), 2),
        transition=Transition(),
        continues=shot_id,
        given=None,
        take=None,
        trim=Trim(tail_s=trim.tail_s) if trim.tail_s else None,
    )
    if take is not None:
        first = replace(first, given=Given(take=take))
        second = replace(
            second, given=Given(take=take, at_s=-_lag_s(whole, filled_scene, filled, first, second, at_s, words))
        )
    shots = tuple(half for one in scene.shots for half in ((first, second) if one.id == shot_id else (one,)))
    scenes = tuple(replace(one, shots=shots) if one.id == scene.id else one for one in board.scenes)
    return replace(board, scenes=tuple(_going_on(one, shot_id, name) for one in scenes)), name


def _at(shot: str, at_s: float, timing: ShotTiming, words: Sequence[Said]) -> float:
    """The time to split at: the nearest gap between words where one is being said."""
    if not MIN_SHOT_S <= at_s <= timing.duration_s - MIN_SHOT_S:
        most_s = timing.duration_s - MIN_SHOT_S
        if most_s < MIN_SHOT_S:
            raise NoteError(f"{shot} lasts {timing.duration_s:.1f} s, too little for two shots. Fix: extend it first.")
        raise NoteError(
            f"{shot} cannot be split at {at_s:g} s. Fix: split it between {MIN_SHOT_S:g} and {_down(most_s):g} s."
        )
    if not any(word.start_s < at_s < word.end_s for word in words):
        return at_s
    gaps = [(one.end_s + other.start_s) / 2 for one, other in pairwise(words)]
    gaps = [gap for gap in gaps if not any(word.start_s < gap < word.end_s for word in words)]
    edges = [words[0].start_s, max(word.end_s for word in words)]
    fit = [gap for gap in (*gaps, *edges) if MIN_SHOT_S <= gap <= timing.duration_s - MIN_SHOT_S]
    if not fit:
        word = next(word for word in words if word.start_s < at_s < word.end_s)
        raise NoteError(
            f"{word.who} says “{word.text}” at {at_s:g} s of {shot}, and no gap between words leaves two shots. "
            "Fix: split it elsewhere, or extend it first."
        )
    return min(fit, key=lambda gap: abs(gap - at_s))


def _lines(shot: Shot, at_s: float, words: Sequence[Said]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of both halves; one that is heard in both is broken before the first word after the time."""
    before: list[Line] = []
    after: list[Line] = []
    for index, line in enumerate(shot.lines):
        own = [word for word in words if word.line == index]
        early = [word for word in own if word.start_s + word.end_s < 2 * at_s]
        if not early or (after and not early):
            after.append(line)
        elif len(early) == len(own):
            before.append(line)
        else:
            head, tail = _broken(line.text, own, len(early))
            before.append(replace(line, text=head))
            after.append(replace(line, text=tail, together=False))
    if after:
        after[0] = replace(after[0], together=False)
    return tuple(before), tuple(after)


def _broken(text: str, words: Sequence[Said], count: int) -> tuple[str, str]:
    """A line before its word number `count`, and from it on."""
    place = 0
    for word in words[:count]:
        found = text.casefold().find(word.text.casefold(), place)
        place = place if found < 0 else found + len(word.text)
    start = text.casefold().find(words[count].text.casefold(), place)
    if start <= 0:  # its words are said otherwise than they are written: numbers, abbreviations
        share = round(len(text) * count / len(words))
        start = max(text.rfind(" ", 0, share + 1), 1)
    while start > 0 and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1  # a quotation mark or a bracket opens before its word
    head, tail = text[:start].rstrip(), text[start:].lstrip()
    return (head, tail) if head and tail else (text[: len(text) // 2].rstrip(), text[len(text) // 2 :].lstrip())


def _people(floor: Sequence[Presence], stage: Stage, at_s: float) -> tuple[tuple[Presence, ...], tuple[Presence, ...]]:
    """Who is there in both halves: everybody goes as far as they are by then, does what they do once, and goes on."""
    from shots.blocking.anatomy import body_at

    figures = {figure.id: figure for figure in stage.figures}
    first, second = [], []
    for one in floor:
        figure = figures.get(one.character)
        if figure is None:
            first.append(one)
            second.append(replace(one, enters=None))
            continue
        body = body_at(figure, at_s)
        moves = one.enters is not None or one.exits is not None or one.move_to_m is not None or one.act in _WALKS
        if moves:
            here, end = (round(body.x, 3), round(body.z, 3)), figure.body[-1]
            if one.exits is None and math.hypot(body.x - end.x_m, body.z - end.z_m) < _ARRIVED_M:
                first.append(one)
                second.append(replace(one, act="none", mark_m=None, move_to_m=None, enters=None))
            else:
                first.append(replace(one, move_to_m=here, exits=None))
                there = one.move_to_m if one.exits is not None else (round(end.x_m, 3), round(end.z_m, 3))
                second.append(replace(one, mark_m=None, move_to_m=there, enters=None))
            continue
        does = next((act for act in figure.acts if act.act == one.act), None)
        later = does is not None and (does.start_s + does.end_s) / 2 > at_s
        first.append(replace(one, act="none") if later else one)
        pose = _LEAVES.get(one.act, one.pose)
        second.append(one if later else replace(one, act="none", pose=pose))
    return tuple(first), tuple(second)


def _lag_s(
    whole: Storyboard, scene: Scene, filled: Shot, first: Shot, second: Shot, at_s: float, words: Sequence[Said]
) -> float:
    """From which second of the take on the second half shows it: so that what is said then is seen then."""
    if not second.lines:
        return round(at_s, 3)
    halves = (
        replace(filled, lines=first.lines, duration_s=first.duration_s),
        replace(filled, id=second.id, lines=second.lines, people=second.people, action="", transition=Transition()),
    )
    shots = tuple(half for one in scene.shots for half in (halves if one.id == filled.id else (one,)))
    timing = time_shots(replace(whole, scenes=(replace(scene, shots=shots),)), {})[second.id or ""]
    said_s = min(word.start_s for word in words if word.start_s + word.end_s >= 2 * at_s)
    return round(max(0.0, said_s - timing.lines[0].start_s), 3)


def _going_on(scene: Scene, first: str, second: str) -> Scene:
    """Shots that went on from the one that was split go on from its second half."""
    shots = tuple(
        replace(one, continues=second) if one.continues == first and one.id != second else one for one in scene.shots
    )
    return scene if shots == scene.shots else replace(scene, shots=shots)


def _down(seconds: float) -> float:
    """Rounded down to what a person types."""
    return int(seconds * 100) / 100
