"""The order in which a take is made: frames in chunks of four, chunks in groups, and what each group sees of the take.

A group is generated at once. It sees, as clean frames, the take's first chunk (the *sink*: Xiao et al. 2023,
"Efficient Streaming Language Models with Attention Sinks"), the chunks just before it (the *window*), and the next one
that is known, if any. What a group sees never grows with the take, so a take of any length is made in linear time and
constant memory. Models learn spans of about a second: what lies further off is told as if it stood at the edge of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from model.vae import CHUNK_FRAMES

__all__ = [
    "GROUP_CHUNKS",
    "REACH_S",
    "WINDOW_CHUNKS",
    "Chunk",
    "Group",
    "Knowledge",
    "chunks_for",
    "groups_of",
    "told_times_s",
]

Knowledge = Literal["none", "part", "whole"]
"""How much of a frame is given."""

GROUP_CHUNKS = 3  # with one seen before them, the most that models learn from at once
WINDOW_CHUNKS = 1
REACH_S = 0.7


@dataclass(frozen=True)
class Chunk:
    """Four pictures of one latent frame, by frame number; a number that stands here twice is held."""

    frames: tuple[int, ...]
    knowledge: Knowledge


@dataclass(frozen=True)
class Group:
    """Chunks made at once, and those that they see, by number: the sink and the window before, a known one after."""

    made: tuple[int, ...]
    behind: tuple[int, ...]
    ahead: tuple[int, ...]
    sink: int | None  # also in `behind`, where it is further off than the window


def chunks_for(drawn: Sequence[int], known: Mapping[int, Knowledge]) -> list[Chunk]:
    """Chunks of all `drawn` frames in order. The first frame fills one of its own, as a still.

    Frames of one chunk are known alike: where that changes, the last one is held until its chunk is full. So a known
    frame anywhere in a take is a still, and told as such.
    """
    chunks: list[Chunk] = []
    for knowledge, run in groupby(drawn, key=lambda index: known.get(index, "none")):
        frames = list(run)
        if not chunks:
            frames = [frames[0]] * (CHUNK_FRAMES - 1) + frames
        frames += [frames[-1]] * (-len(frames) % CHUNK_FRAMES)
        chunks += [Chunk(tuple(frames[k : k + CHUNK_FRAMES]), knowledge) for k in range(0, len(frames), CHUNK_FRAMES)]
    return chunks


def groups_of(chunks: Sequence[Chunk]) -> Iterator[Group]:
    """The chunks in order, in groups: those wholly known each by itself, seeing nothing."""
    for whole, run in groupby(range(len(chunks)), key=lambda number: chunks[number].knowledge == "whole"):
        numbers = list(run)
        after = numbers[-1] + 1
        size = 1 if whole else GROUP_CHUNKS
        for made in (tuple(numbers[k : k + size]) for k in range(0, len(numbers), size)):
            if whole:
                yield Group(made, (), (), None)
                continue
            window = range(max(0, made[0] - WINDOW_CHUNKS), made[0])
            sink = 0 if window and window[0] > 0 else None
            behind = tuple(window) if sink is None else (sink, *window)
            yield Group(made, behind, (after,) if after < len(chunks) else (), sink)


def told_times_s(group: Group, times_s: Sequence[float]) -> dict[int, float]:
    """When each chunk that a group makes or sees is told to be, from 0; `times_s` of every chunk of the take."""
    first, last = times_s[group.made[0]], times_s[group.made[-1]]
    seen = (*group.behind, *group.made, *group.ahead)
    near = {number: min(max(times_s[number], first - REACH_S), last + REACH_S) for number in seen}
    return {number: time_s - min(near.values()) for number, time_s in near.items()}
