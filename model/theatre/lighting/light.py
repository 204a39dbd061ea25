"""Light as paint: how a stage's hour, key, temperature, neon and weather turn a neutral colour into a painted one.

A `Tone` is made once a frame and asked for every colour, so that people, props and places share one palette.
It knows colours and directions only; where light falls on a set (pools, shafts, glows) the sets paint themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from model.stage import RGB, Light, Stage, Vec3, Weather
from model.theatre.lighting.gloom import Gloom
from model.theatre.lighting.hours import FOG_REACH_M, HOURS, VEILS, HourLook
from model.theatre.view import View

__all__ = ["HOURS", "HourLook", "Rgb", "Tone", "depth_step", "mix", "scale"]

Rgb = tuple[float, float, float]
"""A light's colour: what it multiplies neutral red, green and blue by."""

RATIO_POWER, LEAST_FILL = 0.54, 0.17
"""A fill side falls from the key's value toward the least as the ratio to minus this power: about what a screen's
gamma makes of it, but a face wholly out of the key can still be read.
"""
GRADES = 48
"""Light on a figure is mixed in this many grades, so that who walks past a lamp needs few palettes."""


NEON_PINK = RGB(255, 64, 170)
NEON_CYAN = RGB(64, 220, 255)


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


def _luma(light: Rgb) -> float:
    return 0.3 * light[0] + 0.59 * light[1] + 0.11 * light[2]


@dataclass(frozen=True, eq=False)
class Tone:
    """One frame's palette. Colours come back as skia's 0xAARRGGBB integers, opaque.

    Two tones are equal that mix the same colours, wherever their key stands.
    """

    look: HourLook
    interior: bool
    neon: bool
    key: Rgb
    fill: Rgb
    haze: RGB
    fog_reach_m: float
    key_from: Vec3  # a unit vector towards the key light
    gray: float  # how far colours are greyed, 0 to 1
    snow: float  # how much snow lies on what looks up, 0 to 1
    cover: float = 0.0  # how much of the sky clouds or fog hide, 0 to 1
    dark: float = 0.0  # how much a lamp of one's own would tell at this hour, 0 to 1, whether or not the set's are lit
    gloom: Gloom | None = None  # how light lies in a room after dark; None where it lies evenly
    painted: dict[tuple[int, int, int], tuple[object, list[tuple[Any, int, bool]]]] = field(
        default_factory=dict, repr=False, compare=False
    )  # what a pen has mixed under this tone, kept from frame to frame
    _seen: dict[tuple[int, int, int, int, int], int] = field(default_factory=dict, repr=False, compare=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tone) and self._seen is other._seen

    def __hash__(self) -> int:
        return id(self._seen)

    @classmethod
    def of(cls, stage: Stage) -> Tone:
        """The palette of a stage's light, weather and place."""
        return _tone(stage.light, stage.weather, stage.place.interior)

    @classmethod
    def _made(cls, light: Light, weather: Weather, interior: bool) -> Tone:
        look = HOURS[light.hour]
        dark = look.lamps
        if (
            interior
            and light.practicals
            and all(one.kind in ("candle", "fire", "screen", "moon") for one in light.practicals)
        ):
            # By candle or fire light the room's own lamps are out.
            low = 1.0 - 0.45 * dark
            look = look._replace(lamps=min(dark, 0.1), room=_rgb(c * low for c in look.room))
        tint = _kelvin(light.colour_temperature_k)
        # The hour's own tint is in its palette; a stated temperature moves it, less so where the hour is strong.
        reach = 1.0 if light.hour in ("day", "morning") or interior else 0.45
        veil, force = VEILS[weather.kind], 0.45 + 0.55 * weather.intensity
        cover = veil.cover * (0.7 + 0.3 * weather.intensity)
        thick = 0.0 if interior else force
        # A room's windows let in what the weather leaves of the day; by night its lamps do not know of it.
        dimmed = 0.5 * force * max(0.0, 1.0 - 1.6 * dark) if interior else force
        through = [1.0 + (v - 1.0) * dimmed for v in veil.tint]
        base = _overcast(look.room if interior else look.key, 0.62 * veil.cover * dimmed)
        key = _rgb(b * (1 + (t - 1) * reach) * v for b, t, v in zip(base, tint, through, strict=True))
        if light.neon and not interior:
            key = (key[0] * 0.94 + 0.03, key[1] * 0.90, key[2] * 0.96 + 0.05)
        ratio = max(1.0, light.key_to_fill_ratio) ** (1.0 - veil.soft * thick)
        fill = _fill(key, look, 0.55 if interior else 0.72, ratio)
        if light.neon:
            fill = (fill[0] * 0.92 + 0.12, fill[1] * 0.80, fill[2] * 0.92 + 0.16)
        lum = sum(look.haze) / 3
        flat = RGB(*(min(255, round(lum * v)) for v in (0.98, 1.0, 1.03)))
        haze = mix(look.haze, flat, veil.cover * 0.62)
        haze = RGB(*(min(255, round(h * (0.55 + 0.45 * v))) for h, v in zip(haze, through, strict=True)))
        reach_m = 220.0 if interior else FOG_REACH_M[weather.kind] * (1.25 - 0.5 * weather.intensity)
        return cls(
            look=look,
            interior=interior,
            neon=light.neon,
            key=key,
            fill=fill,
            haze=haze,
            fog_reach_m=reach_m,
            key_from=_toward(light.key_azimuth_deg, light.key_elevation_deg),
            gray=veil.grey * thick,
            snow=0.55 + 0.4 * weather.intensity if weather.kind == "snow" and not interior else 0.0,
            cover=cover,
            dark=dark,
        )

    def relit(self, key: Rgb, fill: Rgb, key_from: Vec3) -> Tone:
        """The same air under other light: for a figure beside a lamp. Colours move by grades too small to see."""
        graded = _graded(self, tuple(round(c * GRADES) for c in key), tuple(round(c * GRADES) for c in fill))
        return replace(graded, key_from=key_from)

    def there(self, at: Vec3, share: float = 1.0) -> Tone:
        """The tone of what stands at a point: itself where light lies evenly, else (by a share) of the light there."""
        if self.gloom is None:
            return self
        level = _rgb(1.0 + (c - 1.0) * share for c in self.gloom.at(at))
        key, fill = (_rgb(a * b for a, b in zip(light, level, strict=True)) for light in (self.key, self.fill))
        return self.relit(key, fill, self.key_from)

    @property
    def lamps(self) -> float:
        """How much practical lamps tell at this hour, from 0 (day) to 1 (night)."""
        return self.look.lamps

    @property
    def sun(self) -> float:
        """How strongly the hour's sun or moon draws its patches, about 0 to 1."""
        return self.look.sun * max(0.0, 1.0 - 1.3 * self.cover)

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


def _fill(key: Rgb, look: HourLook, hue: float, ratio: float) -> Rgb:
    """The fill side's light: the hour's shadow hue over the key's, `ratio` darker, and never above the key."""
    level = _luma(key)
    tint = _rgb(f * hue + k / level * (1.0 - hue) for f, k in zip(look.fill, key, strict=True))
    least = min(LEAST_FILL, level)
    share = (least + (level - least) * ratio**-RATIO_POWER) / _luma(tint)
    return _rgb(min(t * share, k * 0.99) for t, k in zip(tint, key, strict=True))


def _overcast(light: Rgb, share: float) -> Rgb:
    """A light that a closed sky has scattered: of the hour's hue a share less, a little cool."""
    level = _luma(light)
    return _rgb(c + (level * v - c) * share for c, v in zip(light, (0.92, 1.0, 1.08), strict=True))


def _rgb(values: Iterable[float]) -> Rgb:
    r, g, b = values
    return r, g, b


def _toward(azimuth_deg: float, elevation_deg: float) -> Vec3:
    a, e = math.radians(azimuth_deg), math.radians(elevation_deg)
    return Vec3(math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e))


@lru_cache(maxsize=512)
def _graded(tone: Tone, key: tuple[int, ...], fill: tuple[int, ...]) -> Tone:
    """A tone under other light, with memories of its own; how light lies elsewhere in the room is nothing to it."""
    lit, shaded = (_rgb(c / GRADES for c in light) for light in (key, fill))
    return replace(tone, key=lit, fill=shaded, gloom=None, painted={}, _seen={})


@lru_cache(maxsize=16)
def _tone(light: Light, weather: Weather, interior: bool) -> Tone:
    """Tones are shared by frames of one light, so that a colour is mixed once a shot, not once a frame."""
    return Tone._made(light, weather, interior)


def _argb(r: float, g: float, b: float) -> int:
    channels = (min(255, max(0, round(c))) for c in (r, g, b))
    red, green, blue = channels
    return 0xFF000000 | red << 16 | green << 8 | blue
