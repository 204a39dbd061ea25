"""What a place and a microphone do to a sound: distance, the room's echo, a telephone, a radio, a narrator's closeness.

Each function takes a dry mono clip and returns it in stereo, longer by what rings on. How far off a sound is heard is
`audio.perspective`'s to say, and what a room answers `audio.impulse`'s.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import signal
from scipy.ndimage import uniform_filter1d

from audio.cues import Heard, Room
from audio.impulse import Side, echo
from audio.layers import Stereo, band, fade, generator, place

__all__ = ["VERSION", "effect", "voice"]

VERSION = 2
_Mono = NDArray[np.float32]

_VOICE_PAN, _EFFECT_PAN = 0.5, 0.85  # a voice never leaves the screen, and stays nearer to its middle
_OFF_SCREEN_PAN = 0.4  # at least, for who is known to be at a side
_VOICE_DB, _EFFECT_DB = 1.65, 3.0  # softer with each doubling of the distance
_NEAR_M = 1.5  # where a sound is as loud as it was made
_TELEPHONE_HZ, _RADIO_HZ = (300.0, 3400.0), (220.0, 5200.0)
_HISS_DB = -27.0  # under a radio's voice
_SQUELCH_S = 0.12  # a radio's carrier is heard before and after the voice
_BESIDE = 0.25  # from this pan on a sound comes from a side


def voice(
    clip: _Mono, rate_hz: int, *, heard: Heard, distance_m: float, pan: float, room: Room, seed: str = ""
) -> Stereo:
    """Puts a dry voice where it is heard from; `seed` tells one radio's hiss from another's."""
    clean = signal.sosfiltfilt(band(75, rate_hz, rate_hz, 1), clip).astype(np.float32)
    level = _speech_rms(clean)
    clean = _evened(clean, rate_hz, 0.6)
    if heard == "phone":
        return place(fade(_telephone(clean, level, rate_hz), rate_hz), 0.0)
    if heard == "radio":
        loudspeaker = _radio(clean, level, rate_hz, seed)
        return _in_room(loudspeaker, rate_hz, max(1.5, distance_m), _clipped(pan) * _VOICE_PAN, None, room, 0.0)
    if heard == "voice_over":
        warm = clean + 0.35 * signal.sosfilt(band(90, 260, rate_hz, 1), clean)
        return place(fade(_at_level(warm, level, 0.5), rate_hz), 0.0)
    gain_db = -min(4.5, max(-1.0, _VOICE_DB * math.log2(max(distance_m, 0.3) / _NEAR_M)))
    pan = _clipped(pan) * _VOICE_PAN
    more_room_db = 0.0
    if heard == "off_screen":
        gain_db -= 2.0
        more_room_db = 3.0
        clean = signal.sosfilt(band(0, 2600, rate_hz, 1), clean).astype(np.float32)
        pan = math.copysign(max(_OFF_SCREEN_PAN, abs(pan)), pan) if pan else 0.0
    near = _dulled(clean, rate_hz, distance_m)
    return _in_room(fade(_at_level(near, level, gain_db), rate_hz), rate_hz, distance_m, pan, None, room, more_room_db)


def effect(clip: _Mono, rate_hz: int, *, distance_m: float, pan: float, pan_end: float | None, room: Room) -> Stereo:
    """Puts a dry sound where it happens, and moves it to `pan_end` while it lasts."""
    softer_db = -_EFFECT_DB * max(0.0, math.log2(max(distance_m, 0.3) / _NEAR_M))
    near = _dulled(clip, rate_hz, distance_m) * np.float32(10.0 ** (softer_db / 20.0))
    end = None if pan_end is None else _clipped(pan_end) * _EFFECT_PAN
    return _in_room(near, rate_hz, distance_m, _clipped(pan) * _EFFECT_PAN, end, room, 0.0)


def _in_room(
    dry: _Mono, rate_hz: int, distance_m: float, pan: float, pan_end: float | None, room: Room, more_room_db: float
) -> Stereo:
    middle = pan if pan_end is None else 0.5 * (pan + pan_end)
    side: Side = 0 if abs(middle) < _BESIDE else 1 if middle > 0 else -1
    answer, gain = echo(room, distance_m, side, rate_hz)
    wet = signal.oaconvolve(dry[:, None], answer, axes=0)
    out: Stereo = (wet * np.float32(gain * 10.0 ** (more_room_db / 20.0))).astype(np.float32)
    if pan_end is None or abs(pan_end - pan) < 1e-6:
        out[: len(dry)] += place(dry, pan)
    else:
        turn = (np.linspace(pan, pan_end, len(dry)) + 1.0) * (np.pi / 4.0)
        gains = np.stack((np.cos(turn), np.sin(turn)), axis=1) * np.sqrt(2.0)
        out[: len(dry)] += (dry[:, None] * gains).astype(np.float32)
    return fade(out, rate_hz, 0.0005, 0.01)


def _dulled(clip: _Mono, rate_hz: int, distance_m: float) -> _Mono:
    """Takes treble away with distance, a little more with each doubling."""
    doublings = math.log2(max(distance_m, 0.3) / _NEAR_M)
    if doublings < 0.05:
        return clip
    low = signal.sosfilt(band(0, 5300.0 / (1.0 + 0.6 * doublings), rate_hz, 1), clip)
    dulled: _Mono = (low + (clip - low) * 10.0 ** (-1.5 * doublings / 20.0)).astype(np.float32)
    return dulled


def _telephone(clean: _Mono, level: float, rate_hz: int) -> _Mono:
    narrow = signal.sosfilt(band(*_TELEPHONE_HZ, rate_hz, 3), clean)
    narrow = np.tanh(narrow / max(level, 1e-6) * 0.9) * level
    return _at_level(signal.sosfilt(band(*_TELEPHONE_HZ, rate_hz, 2), narrow), level, -1.5)


def _radio(clean: _Mono, level: float, rate_hz: int, seed: str) -> _Mono:
    """A small loudspeaker's voice: pressed flat, boxy, with a carrier's hiss under it that opens and shuts."""
    edge = round(_SQUELCH_S * rate_hz)
    pressed = np.pad(_evened(_at_level(clean, level, 0.0), rate_hz, 0.85), (0, edge))
    narrow = signal.sosfilt(band(*_RADIO_HZ, rate_hz, 2), pressed)
    narrow += 0.9 * signal.sosfilt(band(900, 1900, rate_hz, 1), narrow)  # the box
    narrow = np.tanh(narrow / max(level, 1e-6) * 0.55) * level
    narrow = signal.sosfilt(band(0, _RADIO_HZ[1], rate_hz, 3), narrow)
    spoken = _at_level(narrow, level, -2.0)
    hiss = signal.sosfilt(band(500, 4500, rate_hz, 2), generator("radio", seed).standard_normal(len(spoken)))
    hiss *= level * 10.0 ** (_HISS_DB / 20.0) / max(float(np.std(hiss)), 1e-9)
    return fade((spoken + hiss).astype(np.float32), rate_hz, 0.01, 0.015)


def _evened(clip: _Mono, rate_hz: int, share: float) -> _Mono:
    """Compression without pumping: `share` of what a 60 ms window is above the speech's own level, in decibels."""
    power = uniform_filter1d(np.square(clip, dtype=np.float64), round(rate_hz * 0.06), mode="constant")
    over = np.maximum(1.0, power / max(_speech_rms(clip) ** 2, 1e-9))
    gain = uniform_filter1d(over ** (-0.5 * share), round(rate_hz * 0.02), mode="nearest")
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


def _clipped(pan: float) -> float:
    return max(-1.0, min(1.0, pan))
