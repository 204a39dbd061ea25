"""Room for the voice: how far everything else goes down under each line, and the gain that does it.

Driven by the times of the lines, not by a detector: what sounds beside a line is down before its first syllable, and
up again only when it is over. How far it goes is measured line by line: music at least so far that speech stands
9 LU above it, and everything further where a line would be hard to understand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.intelligible import EASY, band_powers, intelligibility
from audio.layers import Stereo
from audio.loudness import HOPS_S

__all__ = ["MUSIC_UNDER_LU", "Duck", "LineHeard", "duck_gain", "plan_ducks"]

MUSIC_UNDER_LU = 9.0
_MARGIN_LU = 1.2  # the ramps beside a line, and the meter's own
_USUAL_DB: Mapping[str, float] = {"ambience": 4.0, "music": 3.0, "effects": 0.0}
_FARTHER_DB = (0.0, 2.0, 4.0, 6.0, 9.0)  # tried in turn, until the line is easily understood
_DEEPEST_DB = 36.0
_MUSIC_SOUNDS_LUFS = -55.0  # softer music is not beside a line
_AHEAD_S, _ATTACK_S, _HOLD_S, _RELEASE_S = 0.12, 0.15, 0.35, 0.6
_LONGEST_LOOK_S = 30.0  # of a longer line only so much is examined
_SPEECH_DB = -15.0  # hops this much under a line's loudest second are its pauses


@dataclass(frozen=True, kw_only=True)
class Duck:
    """From when to when a stem makes room, and by how many dB (positive)."""

    start_s: float
    end_s: float
    depth_db: float


@dataclass(frozen=True, kw_only=True)
class LineHeard:
    """How a line is heard in the mix. Levels are before the film's gain."""

    start_s: float
    lufs: float  # −inf: it is not heard at all
    above_music_lu: float | None  # None: no music beside it
    intelligibility: float  # from 0 to 1
    farther_db: float  # how much deeper than usual the rest went down for it


def plan_ducks(
    lines: Sequence[tuple[float, float]],
    powers: Mapping[str, NDArray[np.float64]],
    read: Callable[[str, int, int], Stereo],
    rate_hz: int,
) -> tuple[dict[str, list[Duck]], tuple[LineHeard, ...]]:
    """Weighs each line (start and end in seconds) against the stems that sound beside it.

    `powers` has each stem's loudness as `LoudnessMeter.powers` tells it; `read` gives a stem's samples.

    Returns:
        The ducks of each stem but the dialogue, and what was found of each line.
    """
    ducks: dict[str, list[Duck]] = {name: [] for name in powers if name != "dialogue"}
    heard = []
    for start_s, end_s in lines:
        speech, depths = _usual(start_s, end_s, powers)
        begin, end = round(start_s * rate_hz), round(min(end_s, start_s + _LONGEST_LOOK_S) * rate_hz)
        clean = band_powers(read("dialogue", begin, end), rate_hz)
        others = {name: band_powers(read(name, begin, end), rate_hz) for name in ducks}
        index, farther_db = 0.0, 0.0
        for farther_db in _FARTHER_DB:
            beside = sum(
                (bands * 10.0 ** (-(depths[name] + farther_db) / 10.0) for name, bands in others.items()),
                np.zeros_like(clean),
            )
            index = intelligibility(clean, beside)
            if index >= EASY or speech == -math.inf:
                break
        for name, held in ducks.items():
            held.append(Duck(start_s=start_s, end_s=end_s, depth_db=min(_DEEPEST_DB, depths[name] + farther_db)))
        music = _level(powers, "music", start_s, end_s)
        heard.append(
            LineHeard(
                start_s=start_s,
                lufs=speech,
                above_music_lu=None
                if music < _MUSIC_SOUNDS_LUFS
                else speech - music + min(_DEEPEST_DB, depths["music"] + farther_db),
                intelligibility=index,
                farther_db=farther_db if speech > -math.inf else 0.0,
            )
        )
    return {name: _bridged(held) for name, held in ducks.items()}, tuple(heard)


def duck_gain(ducks: Sequence[Duck], begin: int, end: int, rate_hz: int) -> NDArray[np.float32]:
    """Returns the gain of samples [begin, end): smooth down before a line and up after it, the deepest duck winning."""
    time_s = np.arange(begin, end) / rate_hz
    down_db = np.zeros(end - begin)
    for duck in ducks:
        down_s, up_s = duck.start_s - _AHEAD_S - _ATTACK_S, duck.end_s + _HOLD_S
        first, last = (np.searchsorted(time_s, at_s) for at_s in (down_s, up_s + _RELEASE_S))
        if first >= last:
            continue
        near = time_s[first:last]
        ramp = np.clip(np.minimum((near - down_s) / _ATTACK_S, (up_s + _RELEASE_S - near) / _RELEASE_S), 0.0, 1.0)
        down_db[first:last] = np.maximum(down_db[first:last], duck.depth_db * ramp * ramp * (3.0 - 2.0 * ramp))
    gain: NDArray[np.float32] = (10.0 ** (-down_db / 20.0)).astype(np.float32)
    return gain


def _usual(start_s: float, end_s: float, powers: Mapping[str, NDArray[np.float64]]) -> tuple[float, dict[str, float]]:
    """A line's loudness, and how far each other stem goes down for it before anybody has listened."""
    speech = _level(powers, "dialogue", start_s, end_s)
    depths = {name: _USUAL_DB[name] for name in powers if name != "dialogue"}
    if "music" in depths and speech > -math.inf:
        music = _level(powers, "music", start_s, end_s)
        if music > -math.inf:
            depths["music"] = max(depths["music"], music - speech + MUSIC_UNDER_LU + _MARGIN_LU)
    return speech, depths


def _level(powers: Mapping[str, NDArray[np.float64]], name: str, start_s: float, end_s: float) -> float:
    """A stem's loudness in LUFS while a line is spoken; of the dialogue without its pauses."""
    if name not in powers:
        return -math.inf
    part = powers[name][max(0, round(start_s * HOPS_S)) : max(0, round(end_s * HOPS_S))]
    if name == "dialogue" and part.size:
        part = part[part > part.max() * 10.0 ** (_SPEECH_DB / 10.0)]
    mean = float(part.mean()) if part.size else 0.0
    return -0.691 + 10.0 * math.log10(mean) if mean > 0 else -math.inf


def _bridged(ducks: Sequence[Duck]) -> list[Duck]:
    """Holds what would come up between two lines only to go down again."""
    out: list[Duck] = []
    until: Duck | None = None
    for duck in sorted(ducks, key=lambda duck: (duck.start_s, duck.end_s)):
        if until is not None and 0.0 < duck.start_s - until.end_s < _AHEAD_S + _ATTACK_S + _HOLD_S + _RELEASE_S:
            held_db = min(until.depth_db, duck.depth_db)
            out.append(Duck(start_s=until.end_s, end_s=duck.start_s, depth_db=held_db))
        out.append(duck)
        if until is None or duck.end_s > until.end_s:
            until = duck
    return out
