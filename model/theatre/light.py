"""Light as paint: how a stage's hour, key, temperature, neon and weather turn a neutral colour into a painted one.

A `Tone` is made once a frame and asked for every colour, so that people, props and places share one palette.
It knows colours and directions only; where light falls on a set (pools, shafts, glows) the sets paint themselves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from model.stage import RGB, Hour, Light, Stage, Vec3, Weather
from model.theatre.view import View

__all__ = ["HOURS", "HourLook", "Tone", "depth_step", "mix", "scale"]


class HourLook(NamedTuple):
    """An hour's palette. Multipliers are of neutral colour; `zenith`, `middle`, `horizon` and `haze` are colours."""

    key: tuple[float, float, float]  # multiplies what the key light reaches, outside
    fill: tuple[float, float, float]  # multiplies the fill side at a ratio of 1
    room: tuple[float, float, float]  # multiplies what the lamps or windows of a room reach
    lift: RGB  # the darkest paint: no shadow is blacker
    zenith: RGB
    middle: RGB
    horizon: RGB
    haze: RGB
    rim: RGB | None  # the edge light of this hour
    lamps: float  # how much practical lamps, windows and signs tell: 0 to 1
    sun: float  # how strongly the sun or moon draws its patches on floors


HOURS: dict[Hour, HourLook] = {
    "dawn": HourLook(
        (0.86, 0.80, 0.86),
        (0.70, 0.72, 0.90),
        (0.84, 0.84, 0.92),
        RGB(34, 34, 58),
        RGB(88, 108, 158),
        RGB(178, 160, 186),
        RGB(250, 198, 168),
        RGB(190, 172, 190),
        RGB(255, 205, 180),
        0.55,
        0.5,
    ),
    "morning": HourLook(
        (1.0, 0.985, 0.94),
        (0.86, 0.90, 0.97),
        (1.0, 0.99, 0.95),
        RGB(26, 30, 44),
        RGB(98, 160, 210),
        RGB(158, 202, 224),
        RGB(238, 236, 214),
        RGB(196, 214, 220),
        None,
        0.15,
        1.0,
    ),
    "day": HourLook(
        (1.0, 1.0, 1.0),
        (0.90, 0.92, 0.96),
        (1.0, 1.0, 1.0),
        RGB(22, 26, 36),
        RGB(72, 142, 204),
        RGB(134, 190, 224),
        RGB(216, 232, 234),
        RGB(186, 208, 220),
        None,
        0.1,
        0.7,
    ),
    "golden_hour": HourLook(
        (1.04, 0.90, 0.72),
        (0.74, 0.66, 0.78),
        (1.0, 0.91, 0.78),
        RGB(46, 26, 44),
        RGB(98, 122, 170),
        RGB(240, 178, 122),
        RGB(255, 218, 142),
        RGB(244, 190, 138),
        RGB(255, 222, 150),
        0.45,
        1.3,
    ),
    "dusk": HourLook(
        (0.68, 0.64, 0.82),
        (0.58, 0.58, 0.80),
        (0.86, 0.80, 0.78),
        RGB(28, 24, 56),
        RGB(46, 54, 112),
        RGB(120, 92, 146),
        RGB(244, 146, 116),
        RGB(122, 100, 148),
        RGB(255, 176, 150),
        0.85,
        0.25,
    ),
    "night": HourLook(
        (0.55, 0.62, 0.84),
        (0.50, 0.57, 0.82),
        (0.80, 0.73, 0.66),
        RGB(27, 33, 62),
        RGB(16, 24, 58),
        RGB(28, 42, 88),
        RGB(52, 70, 118),
        RGB(44, 60, 106),
        RGB(176, 204, 255),
        1.0,
        0.5,
    ),
}

NEON_PINK = RGB(255, 64, 170)
NEON_CYAN = RGB(64, 220, 255)

FOG_REACH_M = {"clear": 150.0, "wind": 150.0, "overcast": 95.0, "rain": 55.0, "storm": 48.0, "snow": 42.0, "fog": 13.0}


def mix(a: RGB, b: RGB, u: float) -> RGB:
    """`a` at u = 0, `b` at u = 1."""
    return RGB(*(round(p + (q - p) * u) for p, q in zip(a, b, strict=True)))


def scale(rgb: RGB, factor: float) -> RGB:
    """A colour made darker (factor < 1) or lighter, within 0 to 255."""
    return RGB(*(min(255, max(0, round(c * factor))) for c in rgb))


def depth_step(depth_m: float) -> int:
    """Which of the air's steps a depth lies in: colours change with depth by steps, so that few need mixing."""
    return 0 if depth_m < 1.5 else int(math.log2(depth_m / 1.5) * 6) + 1


def _kelvin(temperature_k: float) -> tuple[float, float, float]:
    """The tint of a light of this temperature beside 5600 K, with green held near 1; a gentle painter's curve."""
    u = math.log(max(1000.0, min(temperature_k, 15000.0)) / 5600.0)
    return (1.0 - 0.22 * u, 1.0 - 0.03 * abs(u), 1.0 + 0.30 * u)


@dataclass(frozen=True)
class Tone:
    """One frame's palette. Colours come back as skia's 0xAARRGGBB integers, opaque."""

    look: HourLook
    interior: bool
    neon: bool
    key: tuple[float, float, float]
    fill: tuple[float, float, float]
    haze: RGB
    fog_reach_m: float
    key_from: Vec3  # a unit vector towards the key light
    gray: float  # how far colours are greyed, 0 to 1
    snow: float  # how much snow lies on what looks up, 0 to 1
    painted: dict[tuple[int, int, int], tuple[object, list[tuple[Any, int, bool]]]] = field(
        default_factory=dict, repr=False, compare=False
    )  # what a pen has mixed under this tone, kept from frame to frame
    _seen: dict[tuple[int, int, int, int, int], int] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, stage: Stage) -> Tone:
        """The palette of a stage's light, weather and place."""
        return _tone(stage.light, stage.weather, stage.place.interior)

    @classmethod
    def _made(cls, light: Light, weather: Weather, interior: bool) -> Tone:
        look = HOURS[light.hour]
        tint = _kelvin(light.colour_temperature_k)
        # The hour's own tint is in its palette; a stated temperature moves it, less so where the hour is strong.
        reach = 1.0 if light.hour in ("day", "morning") or interior else 0.45
        base = look.room if interior else look.key
        veil = (
            weather.intensity if weather.kind in ("overcast", "rain", "storm", "fog", "snow") and not interior else 0.0
        )
        dim = 1.0 - 0.16 * veil
        key = tuple(b * (1 + (t - 1) * reach) * dim for b, t in zip(base, tint, strict=True))
        ratio = max(1.0, light.key_to_fill_ratio)
        depth = min(0.43, 0.17 * math.log2(ratio) + 0.08) * (1.0 - 0.45 * veil)
        fill = tuple(
            (f * 0.55 + k * 0.45 if interior else f * 0.7 + k * 0.3) * (1.0 - depth)
            for f, k in zip(look.fill, key, strict=True)
        )
        if light.neon:
            fill = (fill[0] * 0.92 + 0.12, fill[1] * 0.80, fill[2] * 0.92 + 0.16)
        gray_sky = {"overcast": 0.85, "rain": 1.0, "storm": 1.0, "snow": 0.9, "fog": 0.75}.get(weather.kind, 0.0)
        lum = sum(look.haze) / 3
        haze = mix(look.haze, RGB(round(lum * 0.97), round(lum), round(lum * 1.03)), gray_sky * 0.75)
        azimuth, elevation = math.radians(light.key_azimuth_deg), math.radians(light.key_elevation_deg)
        toward = Vec3(
            math.sin(azimuth) * math.cos(elevation), math.sin(elevation), math.cos(azimuth) * math.cos(elevation)
        )
        reach_m = 220.0 if interior else FOG_REACH_M[weather.kind] * (1.25 - 0.5 * weather.intensity)
        return cls(
            look=look,
            interior=interior,
            neon=light.neon,
            key=(key[0], key[1], key[2]),
            fill=(fill[0], fill[1], fill[2]),
            haze=haze,
            fog_reach_m=reach_m,
            key_from=toward,
            gray=0.25 * veil,
            snow=0.55 + 0.4 * weather.intensity if weather.kind == "snow" and not interior else 0.0,
        )

    @property
    def lamps(self) -> float:
        """How much practical lamps tell at this hour, from 0 (day) to 1 (night)."""
        return self.look.lamps

    @property
    def sun(self) -> float:
        """How strongly the hour's sun or moon draws its patches, about 0 to 1."""
        return self.look.sun

    def lit(self, rgb: RGB, depth_m: float) -> int:
        """The colour where the key reaches it, at a depth in metres."""
        return self.between(rgb, 1.0, depth_m)

    def shade(self, rgb: RGB, depth_m: float) -> int:
        """The colour on the fill side, at a depth in metres."""
        return self.between(rgb, 0.0, depth_m)

    def between(self, rgb: RGB, key: float, depth_m: float) -> int:
        """The colour with `key` (0 to 1) of the key light on it."""
        step = depth_step(depth_m)
        memo = (rgb[0], rgb[1], rgb[2], int(key * 32), step)
        found = self._seen.get(memo)
        if found is None:
            near = 0.0 if step == 0 else 1.5 * 2 ** ((step - 0.5) / 6)
            found = self._seen[memo] = self._mixed(rgb, memo[3] / 32, near)
        return found

    def _mixed(self, rgb: RGB, key: float, depth_m: float) -> int:
        r, g, b = rgb
        if self.gray:
            lum = 0.3 * r + 0.59 * g + 0.11 * b
            r, g, b = (round(c + (lum - c) * self.gray) for c in (r, g, b))
        out = []
        fog = self.fog(depth_m)
        dark = 1.0 - min(self.key)  # the lift belongs to the dark hours; daylight leaves black black
        for c, k, f, floor, h in zip((r, g, b), self.key, self.fill, self.look.lift, self.haze, strict=True):
            v = c * (f + (k - f) * key)
            v += floor * dark * (1.0 - v / 255.0) * 0.8
            out.append(v + (h - v) * fog)
        return _argb(out[0], out[1], out[2])

    def fog(self, depth_m: float) -> float:
        """How much of the haze lies before a thing at this depth, 0 to 1."""
        return 0.94 * (1.0 - math.exp(-max(0.0, depth_m - 1.2) / self.fog_reach_m))

    def face(self, rgb: RGB, normal: Vec3, depth_m: float) -> int:
        """The colour of a flat face with this outward unit normal."""
        return self.between(rgb, self.facing(normal), depth_m)

    def facing(self, normal: Vec3) -> float:
        """How much of the key light a flat face with this outward unit normal gets, 0 to 1."""
        toward = self.key_from
        dot = normal[0] * toward[0] + normal[1] * toward[1] + normal[2] * toward[2]
        # Rooms have light from everywhere; a wall turned away from the key is dimmer, never dark.
        middle, reach = (0.66, 0.36) if self.interior else (0.5, 0.62)
        return min(1.0, max(0.0, middle + reach * dot))

    def glow(self, rgb: RGB, depth_m: float, strength: float = 1.0) -> int:
        """The colour of a thing that gives light itself; only the air between dims it."""
        fog = self.fog(depth_m) * 0.55
        return _argb(*(c * strength + (h - c * strength) * fog for c, h in zip(rgb, self.haze, strict=True)))

    def rim(self, rgb: RGB, depth_m: float) -> int | None:
        """The edge light on a thing of this colour, or None at hours that draw none."""
        edge = NEON_PINK if self.neon and self.look.lamps > 0.4 else self.look.rim
        if edge is None or (self.interior and not self.neon):
            return None
        base = RGB(*(min(255, round(c * 0.35 + e * 0.65)) for c, e in zip(rgb, edge, strict=True)))
        return self.glow(base, depth_m)

    def key_side(self, view: View) -> float:
        """From which side of the picture the key comes: -1 left, +1 right."""
        right = view.rotation[0]
        x, z = self.key_from.x, self.key_from.z
        length = math.hypot(x, z) or 1.0
        return float((right[0] * x + right[2] * z) / length)


@lru_cache(maxsize=64)
def _tone(light: Light, weather: Weather, interior: bool) -> Tone:
    """Tones are shared by frames of one light, so that a colour is mixed once a shot, not once a frame."""
    return Tone._made(light, weather, interior)


def _argb(r: float, g: float, b: float) -> int:
    channels = (min(255, max(0, round(c))) for c in (r, g, b))
    red, green, blue = channels
    return 0xFF000000 | red << 16 | green << 8 | blue
