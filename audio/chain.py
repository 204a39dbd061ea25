"""What a place and a microphone do to a sound: distance, walls, a telephone, a narrator's closeness.

Each function takes a dry mono clip and returns it in stereo. First reflections only: true rooms, from a
location's size and surface, are another matter and would take this file's place in the mix.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import signal
from scipy.ndimage import uniform_filter1d

from audio.cues import Heard
from audio.layers import Stereo, band, fade, generator, place

__all__ = ["Room", "at_distance", "room_of", "voice"]

Room = Literal["outdoors", "soft", "hard", "hall"]
_Mono = NDArray[np.float32]

_HALLS = frozenset({"station", "church", "theatre", "cave", "warehouse"})
_HARD = frozenset({
    "kitchen", "corridor", "alley", "cafe", "bar", "office", "bathroom", "prison_cell", "hospital", "classroom",
    "diner", "shop", "spaceship",
})  # fmt: skip
# First reflections: their number, the last one's delay, and how loud they are beside a voice at 1.5 m.
_REFLECTIONS: dict[Room, tuple[int, float, float]] = {
    "outdoors": (2, 0.045, -30.0),
    "soft": (6, 0.022, -19.0),
    "hard": (8, 0.034, -15.0),
    "hall": (14, 0.110, -14.0),
}
_WIDEST_PAN = 0.5  # a voice never leaves the screen
_TELEPHONE_HZ = (300.0, 3400.0)


def room_of(place_kind: str, interior: bool) -> Room:
    """Returns the kind of room that a place is for the ear."""
    if place_kind in _HALLS:
        return "hall"
    if place_kind in _HARD:
        return "hard"
    return "soft" if interior else "outdoors"


def voice(clip: _Mono, rate_hz: int, *, heard: Heard, distance_m: float, pan: float, room: Room) -> Stereo:
    """Puts a dry voice where it is heard from. The result may ring on a little beyond the clip."""
    clean = signal.sosfiltfilt(band(75, rate_hz, rate_hz, 1), clip).astype(np.float32)
    level = _speech_rms(clean)
    clean = _evened(clean, rate_hz)
    if heard == "phone":
        narrow = signal.sosfilt(band(*_TELEPHONE_HZ, rate_hz, 3), clean)
        narrow = np.tanh(narrow / max(level, 1e-6) * 0.9) * level
        narrow = signal.sosfilt(band(*_TELEPHONE_HZ, rate_hz, 2), narrow)
        return place(fade(_at_level(narrow, level, -1.5), rate_hz), 0.0)
    if heard == "voice_over":
        warm = clean + 0.35 * signal.sosfilt(band(90, 260, rate_hz, 1), clean)
        return place(fade(_at_level(warm, level, 0.5), rate_hz), 0.0)
    gain_db = -min(5.0, 2.5 * max(0.0, math.log2(max(distance_m, 0.3) / 1.5)))
    if heard == "off_screen":
        gain_db -= 2.5
        clean = signal.sosfilt(band(0, 2600, rate_hz, 1), clean).astype(np.float32)
        distance_m = max(distance_m, 3.5)
    dry = fade(_at_level(clean, level, gain_db), rate_hz)
    return at_distance(dry, rate_hz, distance_m, pan, room, natural=False)


def at_distance(
    clip: _Mono, rate_hz: int, distance_m: float, pan: float, room: Room, *, natural: bool = True
) -> Stereo:
    """Places a clip in a room: duller and more reflected with distance; `natural` makes it softer too."""
    doublings = max(0.0, math.log2(max(distance_m, 0.3) / 1.5))
    dull_hz = 16_000.0 / (1.0 + 0.6 * doublings)
    direct = clip
    if doublings > 0.05:
        treble = clip - signal.sosfilt(band(0, dull_hz / 3.0, rate_hz, 1), clip)
        direct = (clip - treble * (1.0 - 10.0 ** (-1.3 * doublings / 20.0))).astype(np.float32)
    if natural:
        direct = direct * np.float32(10.0 ** (-4.0 * doublings / 20.0))
    count, last_s, reflected_db = _REFLECTIONS[room]
    out = np.zeros((len(clip) + round(last_s * rate_hz) + 1, 2), np.float32)
    out[: len(clip)] = place(direct, max(-1.0, min(1.0, pan)) * _WIDEST_PAN)
    soft = signal.sosfilt(band(180, 4200, rate_hz, 1), direct).astype(np.float32)
    rng = generator("reflections", room)
    delays_s = np.sort(rng.uniform(0.006, last_s, count))
    gain_db = min(-6.0, reflected_db + 2.6 * doublings)
    total = 10.0 ** (gain_db / 20.0) * 2.0
    weights = np.exp(-1.6 * delays_s / last_s)
    weights *= total / np.sqrt(np.square(weights).sum())
    for index, (delay_s, weight) in enumerate(zip(delays_s, weights, strict=True)):
        at = round(delay_s * rate_hz)
        out[at : at + len(clip)] += place(soft * np.float32(weight), 0.85 if index % 2 else -0.85)
    return out


def _evened(clip: _Mono, rate_hz: int) -> _Mono:
    """Gentle compression without pumping: half of what a 60 ms window is above the speech's own level."""
    power = uniform_filter1d(np.square(clip, dtype=np.float64), round(rate_hz * 0.06), mode="constant")
    over = np.maximum(1.0, power / max(_speech_rms(clip) ** 2, 1e-9))
    gain = uniform_filter1d(over**-0.3, round(rate_hz * 0.02), mode="nearest")
    evened: _Mono = (clip * gain).astype(np.float32)
    return evened


def _speech_rms(clip: NDArray[np.floating]) -> float:
    """RMS of what is louder than the pauses."""
    power = np.square(clip[: len(clip) // 512 * 512], dtype=np.float64).reshape(-1, 512).mean(axis=1)
    loud = power[power > power.max() * 1e-3] if power.size else power
    return float(np.sqrt(loud.mean())) if loud.size else 0.0


def _at_level(clip: NDArray[np.floating], rms: float, gain_db: float) -> _Mono:
    now = _speech_rms(clip)
    scale = 10.0 ** (gain_db / 20.0) * (rms / now if now > 0 else 1.0)
    levelled: _Mono = (clip * scale).astype(np.float32)
    return levelled
