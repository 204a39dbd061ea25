"""The sound of a place while nobody speaks: endless, quiet, made from a seed a block at a time.

Each kind of place has a recipe (`audio.ambient_places`); hour and crowd choose among its parts, the weather lies
over it as a layer of its own, by its strength and by what it falls on. A bed sits where a mixer would put it,
about -42 LUFS, rain outdoors at -37, and is felt rather than heard. The user's own loops take the place of ours.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np

from audio.ambient_parts import Air, Now, Part, built
from audio.ambient_places import PEOPLE, PLACES, PLAIN_AIR, PLAIN_ROOM, QUIET_LUFS
from audio.cues import AmbienceCue
from audio.layers import Filtered, Layer, Stereo, band, generator
from audio.library import Library, seamless
from audio.loudness import LoudnessMeter
from audio.rain import Rain, RainOn

__all__ = ["VERSION", "asked", "bed", "target_lufs"]

VERSION = 3
_MEASURED_S = 6
_DARK = frozenset({"night", "dusk"})
_TOWN = frozenset({"street", "alley", "rooftop", "bridge", "station"})
_SEALED = frozenset({"spaceship", "cave"})  # no weather is heard there
_ROOFED = frozenset({"car", "train", "warehouse", "station", "church"})  # rain drums on them
_LEAFY = frozenset({"forest", "park", "field"})
_WET = frozenset({"beach", "harbour"})
_MANY = 40  # people beyond whom one more is not heard


def target_lufs(cue: AmbienceCue) -> float:
    """Returns how loud the bed of `cue` is, in LUFS, before the film's gain."""
    return 10.0 * math.log10(sum(10.0 ** (level / 10.0) for level in (_place_lufs(cue), _weather_lufs(cue))))


def asked(cue: AmbienceCue) -> AmbienceCue:
    """The cue without what its bed does not depend on: when it is heard, where it fades and for which shot."""
    return replace(cue, start_s=0.0, end_s=1.0, fade_in_s=0.0, fade_out_s=0.0, shot="", crowd=min(_MANY, cue.crowd))


def bed(cue: AmbienceCue, rate_hz: int, library: Library | None = None) -> Layer:
    """Returns the endless bed of `cue`; the same cue gives the same samples. Unknown kinds are a plain room.

    A loop in `library` whose tag names the place, and no hour or weather but the cue's, is the place; one that
    names the weather is the weather.
    """
    layers: list[tuple[Layer, float]] = []
    own = _loop(cue, {*_words(cue.place_kind)}, _place_lufs(cue), rate_hz, library)
    if own is None:
        layers += _levelled("place", cue, rate_hz, _place_lufs(cue))
    else:
        layers.append((own, 1.0))
    if _has_weather(cue):
        weather = _loop(cue, {cue.weather}, _weather_lufs(cue), rate_hz, library)
        if weather is None:
            layers += _levelled("weather", cue, rate_hz, _weather_lufs(cue))
        else:
            layers.append((weather, 1.0))
    return _Bed(layers)


class _Bed:
    def __init__(self, layers: list[tuple[Layer, float]]) -> None:
        self._layers = [(layer, np.float32(gain)) for layer, gain in layers]

    def read(self, count: int) -> Stereo:
        out = np.zeros((count, 2), np.float32)
        for layer, gain in self._layers:
            out += layer.read(count) * gain
        return out


class _Loop:
    """A sound that follows itself."""

    def __init__(self, samples: Stereo, start: int) -> None:
        self._samples, self._at = samples, start % len(samples)

    def read(self, count: int) -> Stereo:
        at = (self._at + np.arange(count)) % len(self._samples)
        self._at = (self._at + count) % len(self._samples)
        return self._samples[at]


def _place_lufs(cue: AmbienceCue) -> float:
    level = QUIET_LUFS.get(cue.place_kind, -45.0 if cue.interior else -42.0)
    if cue.hour in _DARK and cue.place_kind in _TOWN:
        level -= 2.0
    if cue.weather in {"snow", "fog"} and not cue.interior:
        level -= 2.0
    return level + 0.8 * math.log2(1.0 + min(_MANY, cue.crowd) / 4.0)


def _weather_lufs(cue: AmbienceCue) -> float:
    """How loud the weather is alone. Louder rain would count as programme in a film with little speech."""
    if not _has_weather(cue):
        return -90.0
    sheltered = cue.interior or cue.place_kind in {"car", "train"}
    wet = {"rain": -37.0, "storm": -36.0, "wind": -39.0}[cue.weather]
    if not sheltered:
        return wet
    return wet - (1.5 if cue.place_kind in _ROOFED else 5.0 if cue.weather != "wind" else 6.0)


def _has_weather(cue: AmbienceCue) -> bool:
    return cue.weather in {"rain", "storm", "wind"} and cue.place_kind not in _SEALED


def _levelled(group: str, cue: AmbienceCue, rate_hz: int, wished_lufs: float) -> list[tuple[Layer, float]]:
    """The layers of the place or the weather, at their loudness."""
    alone = asked(cue)
    gain = 10.0 ** ((wished_lufs - _natural_lufs(group, replace(alone, seed=0, room=type(cue.room)()), rate_hz)) / 20.0)
    return [(layer, gain * level) for layer, level in _layers(group, alone, rate_hz)]


@lru_cache(maxsize=128)
def _natural_lufs(group: str, cue: AmbienceCue, rate_hz: int) -> float:
    """A recipe's own loudness, measured once; the seed is left out on purpose."""
    probe, meter = _Bed(_layers(group, cue, rate_hz, still=True)), LoudnessMeter(rate_hz)
    for _ in range(_MEASURED_S):
        meter.add(probe.read(rate_hz))
    return meter.integrated_lufs()


def _layers(group: str, cue: AmbienceCue, rate_hz: int, *, still: bool = False) -> list[tuple[Layer, float]]:
    parts = _place_parts(cue) if group == "place" else _weather_parts(cue)
    if still:  # a few seconds of a slow swell would say little about its mean
        parts = [replace(part, swell_db=0.0) if isinstance(part, Air) else part for part in parts]
    layers = [
        (
            built(part, generator("bed", group, number, cue.place_kind, cue.seed), rate_hz),
            10.0 ** (part.level_db / 20.0),
        )
        for number, part in enumerate(parts)
    ]
    if group == "weather" and cue.weather in {"rain", "storm"}:
        layers += _rain(cue, rate_hz)
    if group == "place" and cue.weather == "snow" and not cue.interior:
        muffled = band(0, 900, rate_hz, 1)  # snow takes the top
        layers = [(Filtered(layer, muffled, rate_hz), level) for layer, level in layers]
    return layers


def _place_parts(cue: AmbienceCue) -> list[Part]:
    fair = cue.weather not in {"rain", "storm", "snow"}
    recipe = PLACES.get(cue.place_kind, PLAIN_ROOM if cue.interior else PLAIN_AIR)
    parts: list[Part] = [
        part
        for part in recipe
        if (not part.hours or cue.hour in part.hours) and (fair or not (isinstance(part, Now) and part.fair))
    ]
    people = max(cue.crowd, PEOPLE.get(cue.place_kind, 0))
    if people:
        hall_s = 2.0 if cue.place_kind in {"station", "church", "theatre", "warehouse"} else 0.5
        per_s = 0.4 * people**0.85
        parts.append(Now("talk", min(9.0, per_s), 11.0, 3200 if cue.interior else 2600, hall_s, 14, soon=True))
        if people >= 5:
            parts.append(Now("laugh", 0.006 * people, 5.0, 2600, hall_s, 10))
    return parts


def _weather_parts(cue: AmbienceCue) -> list[Part]:
    inside = cue.interior or cue.place_kind in {"car", "train"}
    strong = cue.weather == "storm"
    parts: list[Part] = []
    if cue.weather in {"wind", "storm"}:
        top_hz = 330.0 if inside else 620.0
        down_db = -8.0 if strong else 0.0
        parts += [
            Air(90, top_hz, 3.0 + down_db, swell_db=8.0, swell_s=3.5),
            Air(380, 560, -7.0 + down_db, 0.0, 10.0, 2.5),
            Air(600, 860, -12.0 + down_db, 0.0, 12.0, 2.0),
        ]
        if not inside:
            leaves = cue.place_kind in _LEAFY
            parts.append(Air(1500, 7000, (-5.0 if leaves else -16.0) + down_db, 0.6, 8.0, 3.0))
        else:
            parts.append(Now("wood break", 0.04, -10.0, 900, 0.3))
    if strong:
        parts.append(Now("thunder far" if inside else "thunder", 0.045, 13.0, 500 if inside else 0, 0, 12))
    return parts


def _rain(cue: AmbienceCue, rate_hz: int) -> list[tuple[Layer, float]]:
    """Rain as it is heard there: outdoors on what the ground is, indoors on the panes or the roof, and dull."""
    strength = 0.9 if cue.weather == "storm" else 0.45
    rng = generator("bed", "rain", cue.place_kind, cue.seed)
    kind, inside = cue.place_kind, cue.interior or cue.place_kind in {"car", "train"}
    on: RainOn = "leaves" if kind in _LEAFY else "water" if kind in _WET else "street"
    if not inside:
        return [(Rain(rng, rate_hz, on, strength), 1.0)]
    one, two = rng.spawn(2)
    if kind in _ROOFED:
        return [(Rain(one, rate_hz, "roof", strength), 1.0)]
    outside = Filtered(Rain(one, rate_hz, "street", strength), band(0, 700, rate_hz, 1), rate_hz)
    return [(Rain(two, rate_hz, "glass", strength), 0.7), (outside, 1.0)]


def _loop(cue: AmbienceCue, needs: set[str], wished_lufs: float, rate_hz: int, library: Library | None) -> Layer | None:
    if library is None:
        return None
    inside = {"interior", "inside", "indoors", "room", "tone"} if cue.interior else {"exterior", "outside", "outdoors"}
    crowd = {"crowd", "people", "busy"} if cue.crowd else {"empty"}
    known = _words(cue.place_kind) | needs | inside | crowd | {cue.hour, "ambience", "bed", "loop", cue.weather}
    given = library.bed(known, needs, cue.seed, rate_hz)
    if given is None:
        return None
    meter = LoudnessMeter(rate_hz)
    loop = seamless(given.samples, rate_hz)
    meter.add(np.tile(loop, (max(1, -(-rate_hz // len(loop))), 1)))
    gain_db = wished_lufs + given.gain_db - max(-70.0, meter.integrated_lufs())
    return _Loop((loop * np.float32(10.0 ** (min(30.0, gain_db) / 20.0))).astype(np.float32), cue.seed)


def _words(kind: str) -> set[str]:
    return {kind, *kind.split("_")}
