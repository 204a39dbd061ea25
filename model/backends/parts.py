"""The calls that a take is made of, in time: where each begins, how long it is, and what leads into and out of it.

An engine's frames stand at its own pace on the film's frames: frame k of a call is at `at + k · pace`, where a whole
number is one of the film's frames. Between what is known before and what is known after, that pace is stretched a
little so that both are met exactly. Pure arithmetic; knows nothing of pictures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.backends.engine import Capabilities, FrameCounts

__all__ = ["Part", "Span", "lead_in_of", "lead_out_of", "parts_of", "spans_of"]

_NEAR = 1e-6
_DISSOLVE_S = 0.5


@dataclass(frozen=True, kw_only=True)
class Part:
    """One call. It gives the film's frames from `start` to `stop`, half-open; of what other parts give too, the two
    dissolve.

    Its first `lead_in` frames and its last `lead_out` are told. A `pace` below zero runs backward in time: such a part
    is made from its last frame on, and turned.
    """

    start: int
    stop: int
    at: float
    pace: float
    frame_count: int  # of the call
    lead_in: int = 0
    lead_out: int = 0
    goes_on: bool = False  # what leads in is the part before

    @property
    def backward(self) -> bool:
        """Whether it runs from its last frame to its first."""
        return self.pace < 0

    def place_of(self, index: float) -> float:
        """Where a frame of the call stands on the film's frames."""
        return self.at + index * self.pace

    def index_of(self, place: float) -> float:
        """Which frame of the call, or where between two, stands at a place on the film's frames."""
        return (place - self.at) / self.pace


@dataclass(frozen=True)
class Span:
    """Frames of the film from `start` to `stop` that are not known, and how many known ones border on either side."""

    start: int
    stop: int
    before: int
    after: int


def spans_of(known: Sequence[bool], before: int, *, told_within: int) -> list[Span]:
    """The spans of a take whose frames are wholly `known` or not; `before` frames of another take stand before it.

    Known frames between two spans, up to `told_within` of them, are told within one: 0 for engines that are told no
    frame in the midst of a clip.
    """
    gaps: list[tuple[int, int]] = []
    start: int | None = None
    for place, given in enumerate([*known, True]):
        if not given and start is None:
            start = place
        elif given and start is not None:
            if gaps and start - gaps[-1][1] <= told_within:
                start = gaps.pop()[0]
            gaps.append((start, place))
            start = None
    ends = [0, *(stop for _, stop in gaps)]
    starts = [*(start for start, _ in gaps), len(known)]
    return [
        Span(start, stop, before if start == 0 else start - ends[number], starts[number + 1] - stop)
        for number, (start, stop) in enumerate(gaps)
    ]


def lead_in_of(can: Capabilities, frame_count: int) -> int:
    """How many of `frame_count` frames before a call are told to it: those that fill whole steps of its lengths."""
    step = can.frames.step
    told = min(can.before, frame_count, (can.frames.most + 1) // 2)
    if told > 1:
        told = (told - 1) // step * step + 1
    return told if told > 0 else min(frame_count, int(can.first or can.any_frame))


def lead_out_of(can: Capabilities, frame_count: int) -> int:
    """How many of `frame_count` frames after a call are told to it."""
    told = min(can.after, frame_count, can.frames.most // 4) // can.frames.step * can.frames.step
    return told if told > 0 else min(frame_count, int(can.last or can.any_frame))


def parts_of(span: Span, can: Capabilities, *, pace: float, fps: int, opens: bool) -> tuple[Part, ...]:
    """The calls that make a span, in the order in which they are made.

    `opens` says that the span's own first frame is told as a picture. Where an engine cannot be led to what is known
    after, the span is made from behind, or from both sides with a dissolve where they meet.
    """
    lead_in = lead_in_of(can, math.floor((span.before - 1) / pace + _NEAR) + 1) if span.before else 0
    lead_out = lead_out_of(can, math.floor((span.after - 1) / pace + _NEAR) + 1) if span.after else 0
    begins = lead_in > 0 or opens
    ends = lead_out > 0 and (can.any_frame or can.after > 0 or (can.last and begins))
    line = _Line(span.start - 1 if lead_in else span.start, span.stop if ends else span.stop - 1, pace)
    if ends or not span.after or not (can.first or can.any_frame):
        return _forward(_chain(line, can, lead_in, lead_out if ends else 0), span.start, span.stop)
    back = lead_in_of(can, math.floor((span.after - 1) / pace + _NEAR) + 1)
    if not begins:
        line = _Line(span.stop, span.start, -pace)
        return _backward(_chain(line, can, back, 0), span.start, span.stop)
    length = span.stop - span.start
    shared = min(round(_DISSOLVE_S * fps), length)
    meet = span.start + (length - shared) // 2
    line = replace(line, until=meet + shared - 1)
    behind = _Line(span.stop, meet, -pace)
    return (
        *_forward(_chain(line, can, lead_in, 0), span.start, meet + shared),
        *_backward(_chain(behind, can, back, 0), meet, span.stop),
    )


@dataclass(frozen=True)
class _Line:
    """From a place on the film's frames to another, at a pace that has its sign."""

    base: float  # where the last frame that leads in stands, or the first that is made
    until: float
    pace: float

    @property
    def intervals(self) -> float:
        return (self.until - self.base) / self.pace


def _chain(line: _Line, can: Capabilities, lead_in: int, lead_out: int) -> list[Part]:
    """Calls one after the other along a line; without film frames as yet. With `lead_out` the line ends where that
    begins, exactly; else it is reached or passed.
    """
    again = lead_in_of(can, can.frames.most)
    ending = replace(can.frames, most=can.most_with_last) if lead_out and can.most_with_last else can.frames
    parts: list[Part] = []
    left = max(int(lead_out > 0), math.ceil(line.intervals - _NEAR))
    goes_on = False
    while True:
        told = 1 if lead_out and can.before_or_last and lead_in > 1 else lead_in
        room = ending.most - max(told - 1, 0) - (lead_out or 1)
        if left <= room or not again:
            parts.append(_last(line, ending, told, lead_out, left, goes_on))
            return parts
        base = max(lead_in - 1, 0)
        more = math.ceil((left - room) / (can.frames.most - again))
        wanted = max(math.ceil(left / (more + 1)), left - room if more == 1 else 0)
        count = can.frames.fitting(base + 1 + wanted)
        while count - 1 - base >= left:
            count -= can.frames.step
        parts.append(_part(line, lead_in, 0, count, line.pace, goes_on))
        line = replace(line, base=line.base + (count - 1 - base) * line.pace)
        left -= count - 1 - base
        lead_in, goes_on = again, True


def _last(line: _Line, frames: FrameCounts, lead_in: int, lead_out: int, left: int, goes_on: bool) -> Part:
    """The call that ends a line. One that leads out has no frame too many: its pace is shortened instead."""
    base = max(lead_in - 1, 0)
    count = frames.fitting(base + left + (lead_out or 1))
    made = count - base - (lead_out or 1)
    if lead_out or left > made:
        return _part(line, lead_in, lead_out, count, (line.until - line.base) / made, goes_on)
    return _part(line, lead_in, 0, count, line.pace, goes_on)


def _part(line: _Line, lead_in: int, lead_out: int, count: int, pace: float, goes_on: bool) -> Part:
    at = line.base - max(lead_in - 1, 0) * pace
    return Part(
        start=0, stop=0, at=at, pace=pace, frame_count=count, lead_in=lead_in, lead_out=lead_out, goes_on=goes_on
    )


def _forward(chain: list[Part], start: int, stop: int) -> tuple[Part, ...]:
    """Gives each call of a chain the film's frames that it reaches and none before has."""
    parts: list[Part] = []
    for number, part in enumerate(chain):
        reached = stop if number == len(chain) - 1 else math.floor(part.place_of(part.frame_count - 1) + _NEAR) + 1
        parts.append(replace(part, start=start, stop=reached))
        start = reached
    return tuple(parts)


def _backward(chain: list[Part], start: int, stop: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    for number, part in enumerate(chain):
        reached = start if number == len(chain) - 1 else math.ceil(part.place_of(part.frame_count - 1) - _NEAR)
        parts.append(replace(part, start=reached, stop=stop))
        stop = reached
    return tuple(parts)
