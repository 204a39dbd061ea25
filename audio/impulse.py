"""What a room answers to a clap: its echo as a stereo impulse response, without the sound's own straight way.

Early reflections are the mirror images of the source in a box's walls (Allen and Berkley 1979, as pyroomacoustics
finds them), with absorption by octave band; later ones are noise that decays in each band in Eyring's time, at the
level of a diffuse field: 4πc/V of the energy at a metre each second (Kuttruff, Room Acoustics, ch. 4-5). Outdoors
there is no ceiling and no diffuse field: what comes back is the ground, and far walls a little smeared.

Nothing here is random between runs: the noise is seeded by the room. It refuses to model doors, niches and people one
by one; a furnished room's surfaces are duller throughout.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pyroomacoustics
from numpy.typing import NDArray

from audio.cues import Room, Surface
from audio.layers import Stereo, generator

__all__ = ["BANDS_HZ", "Side", "boom_m", "echo", "eyring_s"]

Side = int  # -1 from the left, 0 from ahead, 1 from the right

BANDS_HZ = (125, 250, 500, 1000, 2000, 4000, 8000)
_SOUND_M_S = 343.0
_ABSORPTION: dict[Surface, tuple[float, ...]] = {
    "carpet": (0.08, 0.24, 0.40, 0.50, 0.60, 0.65, 0.65),
    "wood": (0.20, 0.15, 0.10, 0.09, 0.08, 0.08, 0.08),
    "plaster": (0.25, 0.15, 0.10, 0.06, 0.06, 0.06, 0.06),
    "tile": (0.01, 0.01, 0.015, 0.02, 0.02, 0.02, 0.02),
    "concrete": (0.02, 0.02, 0.03, 0.03, 0.04, 0.05, 0.05),
    "stone": (0.02, 0.02, 0.03, 0.04, 0.05, 0.05, 0.05),
    "metal": (0.12, 0.10, 0.06, 0.05, 0.05, 0.05, 0.05),
    "glass": (0.25, 0.15, 0.08, 0.05, 0.04, 0.03, 0.03),
    "earth": (0.15, 0.25, 0.40, 0.55, 0.60, 0.60, 0.60),
    "grass": (0.11, 0.26, 0.60, 0.69, 0.92, 0.95, 0.95),
    "water": (0.01, 0.01, 0.01, 0.01, 0.02, 0.02, 0.02),
}
"""Share of the energy that a surface swallows, by octave band from 125 Hz to 8 kHz."""
_FURNISHED = (0.06, 0.08, 0.10, 0.10, 0.10, 0.10, 0.10)  # what people, furniture and clutter add everywhere
_FACADE = (0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50)  # windows, niches and trees break an outdoor echo up
_SOFT_OVERHEAD: dict[Surface, Surface] = {"tile": "plaster", "glass": "plaster"}  # no ceiling is of these
_OPEN = (0.97,) * len(BANDS_HZ)
_AIR_1_M = (0.0001, 0.0003, 0.0006, 0.0010, 0.0019, 0.0058, 0.0203)  # lost on each metre at 20 °C
_ORDER = 10  # of the mirror images
_LATEST_MIX_S = 0.08  # from here on reflections are too dense to be told apart
_LONGEST_S, _LONGEST_OUTDOORS_S = 3.5, 1.8
_BOOM_REJECTS_DB = -5.0  # a boom microphone hears less of the room than an ear does
_USUAL_RATIO_DB, _TAMED = 9.0, 0.3  # of straight sound over the room's; how much of what is off it is taken back
_WALL_M = 0.35  # nobody stands nearer to a wall
_BOOMS_M = (0.6, 1.2, 2.4, 4.8)


def boom_m(distance_m: float) -> float:
    """Returns how far the microphone is from what the camera sees at `distance_m`: it follows, half as fast."""
    return 0.75 * math.sqrt(min(60.0, max(0.25, distance_m)))


def echo(room: Room, distance_m: float, side: Side, rate_hz: int) -> tuple[Stereo, float]:
    """Returns a room's answer to a source (n, 2) and the gain it needs, where the source itself arrives as 1.

    Few different answers are made: one for each class of distance; the gain bridges the steps between them, and
    leads small hard rooms and large ones a little towards each other, as a mixer would.
    """
    boom = boom_m(distance_m)
    if not room.outdoors:
        boom = min(boom, 0.5 * max(room.size_m[:2]))
    near = min(_BOOMS_M, key=lambda held: abs(math.log(held / boom)))
    answer, energy = _echo(room, near, side, rate_hz)
    gain = boom / near
    if not room.outdoors:
        above_db = -10.0 * math.log10(energy * gain * gain) - _USUAL_RATIO_DB
        gain *= 10.0 ** (_TAMED * above_db / 20.0)
    return answer, gain


def eyring_s(room: Room) -> tuple[float, ...]:
    """Returns the time in which a room's sound dies by 60 dB, by octave band of `BANDS_HZ` (Eyring 1930).

    Raises:
        ValueError: outdoors, where there is no such time.
    """
    if room.outdoors:
        raise ValueError("A place outdoors has no reverberation time.")
    width, depth, height = room.size_m
    areas = (2 * height * (width + depth), width * depth, width * depth)
    walls, floor, ceiling = _surfaces(room)
    times = []
    for *alphas, air in zip(walls, floor, ceiling, _AIR_1_M, strict=True):
        mean = sum(area * alpha for area, alpha in zip(areas, alphas, strict=True)) / sum(areas)
        volume = width * depth * height
        # Not pyroomacoustics' own (0.10): it takes the air's absorption off the walls' instead of adding it.
        swallowed = -sum(areas) * math.log(1.0 - mean) + 4.0 * air * volume
        times.append(24.0 * math.log(10.0) / _SOUND_M_S * volume / swallowed)
    return tuple(times)


def _surfaces(room: Room) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Absorption of walls, floor and ceiling, by band."""
    more = np.array(_FACADE if room.outdoors else _FURNISHED)

    def furnished(surface: Surface) -> NDArray[np.float64]:
        return 1.0 - (1.0 - np.array(_ABSORPTION[surface])) * (1.0 - more)

    walls = furnished(room.walls)
    if room.outdoors:
        return walls, np.array(_ABSORPTION[room.floor]), np.ones(len(BANDS_HZ))
    return walls, furnished(room.floor), furnished(_SOFT_OVERHEAD.get(room.walls, room.walls))


@lru_cache(maxsize=128)
def _echo(room: Room, boom: float, side: Side, rate_hz: int) -> tuple[Stereo, float]:
    """The answer and its energy beside the straight sound's."""
    if side < 0:
        mirrored, energy = _echo(room, boom, 1, rate_hz)
        return np.ascontiguousarray(mirrored[:, ::-1]), energy
    times = (0.0,) * len(BANDS_HZ) if room.outdoors else eyring_s(room)
    longest_s = _LONGEST_OUTDOORS_S if room.outdoors else min(_LONGEST_S, max(0.15, max(times)))
    count = round(longest_s * rate_hz)
    images = _images(room, boom, side, rate_hz, count)
    mix_s = _mixing_s(room)
    time_s = np.arange(count) / rate_hz
    noise = generator("echo", repr(room), side, repr(boom)).standard_normal((count, 3))
    pair = 0.95 * noise[:, :2] + 0.31 * noise[:, 2:]  # a little alike on both sides: it lives on in mono
    into = np.clip((time_s - mix_s) / (0.5 * mix_s), 0.0, 1.0) if not room.outdoors else np.zeros(count)
    volume = math.prod(room.size_m)
    each = math.sqrt(4.0 * math.pi * _SOUND_M_S / volume / 2.0 / rate_hz)  # shared between two sides
    size = 1 << (count - 1).bit_length()
    total = np.zeros((size // 2 + 1, 2), np.complex128)
    for index, (weight, time) in enumerate(zip(_crossovers(size, rate_hz), times, strict=True)):
        part = images[index] * np.sqrt(1.0 - into)[:, None]
        if time:
            decay = np.exp(-6.908 * time_s / time) * np.sqrt(into) * each
            part += pair * decay[:, None]
        total += np.fft.rfft(part, size, axis=0) * weight[:, None]
    made = np.fft.irfft(total, size, axis=0)[:count]
    if room.outdoors:
        made = _smeared(made, room, rate_hz)[:count]
    close = min(count, round(0.05 * rate_hz))
    made[-close:] *= np.linspace(1.0, 0.0, close)[:, None]
    answer: Stereo = (made * (boom * 10.0 ** (_BOOM_REJECTS_DB / 20.0))).astype(np.float32)
    return answer, float(np.square(answer, dtype=np.float64).sum() / 2.0)


def _images(room: Room, boom: float, side: Side, rate_hz: int, count: int) -> NDArray[np.float64]:
    """The mirror images' arrivals by band (bands, n, 2), counted from the straight sound's."""
    walls, floor, ceiling = _surfaces(room)
    ends = np.array(_OPEN) if room.outdoors else walls

    def of(alphas: NDArray[np.float64]) -> pyroomacoustics.Material:
        return pyroomacoustics.Material({"coeffs": list(np.minimum(alphas, 0.9999)), "center_freqs": list(BANDS_HZ)})

    box = pyroomacoustics.ShoeBox(
        room.size_m,
        fs=16_000,  # octave bands up to 8 kHz
        max_order=_ORDER,
        materials={
            "east": of(walls), "west": of(walls), "north": of(ends), "south": of(ends),
            "floor": of(floor), "ceiling": of(ceiling),
        },
    )  # fmt: skip
    size = np.array(room.size_m)
    low, high = np.minimum(_WALL_M, 0.25 * size), size - np.minimum(_WALL_M, 0.25 * size)
    # A little off the middle: in the very middle of a box echoes fall together and ring.
    ear = np.clip(size * np.array((0.46, 0.37, 0.0)) + np.array((0.0, 0.0, 1.6)), low, high)
    angle = math.radians(35.0 * side)
    mouth = np.clip(ear + boom * np.array((math.sin(angle), math.cos(angle), -0.1 / max(boom, 0.1))), low, high)
    box.add_source(mouth)
    box.add_microphone(ear)
    box.image_source_model()
    source = box.sources[0]
    way = source.images - ear[:, None]
    far_m = np.linalg.norm(way, axis=0)
    straight_m = float(np.linalg.norm(mouth - ear))
    at = np.rint((far_m - straight_m) / _SOUND_M_S * rate_hz).astype(int)
    heard = (source.orders > 0) & (at >= 0) & (at < count)
    at, far_m, way = at[heard], far_m[heard], way[:, heard]
    turn = np.pi / 4.0 * (1.0 + 0.9 * way[0] / np.maximum(far_m, 1e-6))
    sides = np.stack((np.cos(turn), np.sin(turn)), axis=1)
    out = np.zeros((len(BANDS_HZ), count, 2))
    for band, air in enumerate(_AIR_1_M):
        size_of = source.damping[band, heard] * np.exp(-0.5 * air * far_m) / np.maximum(far_m, 0.3)
        np.add.at(out[band], at, size_of[:, None] * sides)
    return out


def _mixing_s(room: Room) -> float:
    """Until when the mirror images of `_ORDER` are all there is."""
    return min(_LATEST_MIX_S, _ORDER * min(room.size_m) / math.sqrt(3.0) / _SOUND_M_S)


def _crossovers(size: int, rate_hz: int) -> NDArray[np.float64]:
    """Weights of each band for the bins of a transform of `size`; they sum to one, and no bin below 60 Hz echoes."""
    hz = np.maximum(np.fft.rfftfreq(size, 1.0 / rate_hz), 1.0)
    octave = np.log2(hz / BANDS_HZ[0])
    weights = np.zeros((len(BANDS_HZ), len(hz)))
    last = len(BANDS_HZ) - 1
    for index in range(len(BANDS_HZ)):
        away = octave - index
        if index == 0:
            away = np.maximum(away, 0.0)
        if index == last:
            away = np.minimum(away, 0.0)
        weights[index] = np.cos(0.5 * np.pi * np.clip(np.abs(away), 0.0, 1.0)) ** 2
    rumble = np.clip((octave + 1.5) / 0.5, 0.0, 1.0)
    weights *= rumble * np.where(octave > last + 0.6, np.maximum(0.0, 1.0 - (octave - last - 0.6)), 1.0)
    return weights


def _smeared(made: NDArray[np.float64], room: Room, rate_hz: int) -> NDArray[np.float64]:
    """Far walls are no mirrors: what comes from them later than the ground does is spread over some milliseconds."""
    count = round(0.03 * rate_hz)
    noise = generator("facade", repr(room)).standard_normal((count, 2))
    noise *= np.exp(-np.arange(count) / (0.3 * count))[:, None]
    noise /= np.sqrt(np.square(noise).sum(axis=0))
    ground = round(0.012 * rate_hz)  # the ground's own echo stays sharp
    late = made.copy()
    late[:ground] = 0.0
    size = 1 << (len(made) + count).bit_length()
    spread = np.fft.irfft(np.fft.rfft(late, size, axis=0) * np.fft.rfft(noise, size, axis=0), size, axis=0)[: len(made)]
    spread[:ground] += made[:ground]
    return spread
