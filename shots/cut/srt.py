"""Reads the captions of an .srt, for the film's soft track. Writing them is `audio.captions`'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Caption", "read_srt"]

_TIMES = re.compile(r"(\d+):(\d\d):(\d\d)[,.](\d{3})\s*-->\s*(\d+):(\d\d):(\d\d)[,.](\d{3})")


@dataclass(frozen=True)
class Caption:
    """Words on screen, in milliseconds of the film."""

    start_ms: int
    end_ms: int
    text: str


def read_srt(text: str) -> tuple[Caption, ...]:
    """The captions of an .srt, in order of time, none over another."""
    captions: list[Caption] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").lstrip("\ufeff")):
        lines = block.strip().split("\n")
        at = next((number for number, line in enumerate(lines) if _TIMES.search(line)), None)
        match = _TIMES.search(lines[at]) if at is not None else None
        if match is None or at is None or not "".join(lines[at + 1 :]).strip():
            continue
        n = [int(group) for group in match.groups()]
        start_ms = ((n[0] * 60 + n[1]) * 60 + n[2]) * 1000 + n[3]
        end_ms = ((n[4] * 60 + n[5]) * 60 + n[6]) * 1000 + n[7]
        captions.append(Caption(start_ms, end_ms, "\n".join(lines[at + 1 :])))
    return _apart(sorted(captions, key=lambda caption: caption.start_ms))


def _apart(captions: list[Caption]) -> tuple[Caption, ...]:
    """The same words with nothing over anything else, as a soft track needs: what is shown together is one caption."""
    edges = sorted({time_ms for caption in captions for time_ms in (caption.start_ms, caption.end_ms)})
    shown: list[Caption] = []
    now: list[Caption] = []
    coming = iter(captions)
    following = next(coming, None)
    for start_ms, end_ms in pairwise(edges):
        while following is not None and following.start_ms <= start_ms:
            now.append(following)
            following = next(coming, None)
        now = [caption for caption in now if caption.end_ms > start_ms]
        if now:
            shown.append(Caption(start_ms, end_ms, "\n".join(caption.text for caption in now)))
    return tuple(shown)
