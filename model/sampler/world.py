"""The light, weather, lamps, crowd and wear of a sampled stage: what is about a scene and not of it."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

from model.sampler.framing import Framed
from model.sampler.ground import Ground
from model.sampler.scene import Scene
from model.sampler.split import balanced
from model.stage import (
    Crowd,
    Figure,
    Hour,
    Light,
    Place,
    PlaceKind,
    Practical,
    Style,
    Vec3,
    Weather,
    WeatherKind,
)

__all__ = ["HOURS", "STYLES", "WEATHERS", "crowds_of", "light_of", "weather_of", "worn"]

HOURS: tuple[Hour, ...] = ("dawn", "morning", "day", "golden_hour", "dusk", "night")
WEATHERS: tuple[WeatherKind, ...] = ("clear", "clear", "overcast", "rain", "snow", "fog", "wind", "storm")
STYLES: tuple[Style, ...] = ("flat",) * 6 + ("ink_noir", "watercolour", "pencil", "risograph")
_ELEVATION_DEG: dict[Hour, float] = {
    "dawn": 10.0, "morning": 32.0, "day": 55.0, "golden_hour": 13.0, "dusk": 7.0, "night": 38.0,
}  # fmt: skip
_KELVIN: dict[Hour, tuple[float, float]] = {
    "dawn": (4200, 7000), "morning": (4800, 6200), "day": (5200, 6800), "golden_hour": (2900, 4000),
    "dusk": (4500, 8500), "night": (3000, 9000),
}  # fmt: skip
_DRY: frozenset[PlaceKind] = frozenset({"cave", "spaceship", "car", "train"})
_UNCROWDED: frozenset[PlaceKind] = frozenset(
    {"car", "train", "prison_cell", "bathroom", "cave", "spaceship", "bedroom"}
)
_CROWD_ROOM_M = 2.6


def weather_of(place: Place, index: int, rng: Random) -> Weather:
    """The weather outside; mostly clear about rooms, never snow in a desert or any of it in space."""
    kind = balanced(WEATHERS, index, "weather")
    if place.interior and (place.kind in _DRY or rng.random() < 0.6):
        return Weather(kind="clear")
    if place.kind == "desert" and kind in ("snow", "rain", "storm", "fog"):
        kind = "wind"
    flashes = (rng.uniform(0.3, 2.2),) if kind == "storm" else ()
    return Weather(kind=kind, intensity=rng.uniform(0.3, 1.0), wind=rng.uniform(0.05, 0.9), lightning_s=flashes)


def light_of(place: Place, hour: Hour, scene: Scene, framed: Framed, ground: Ground, rng: Random) -> Light:
    """A light for an hour: mostly from before the people or aside, seldom a rim, hardly ever a silhouette."""
    key = framed.camera.keys[0]
    ahead = math.degrees(math.atan2(key.target.x - key.position.x, key.target.z - key.position.z))
    behind = rng.random() < 0.14
    azimuth = ahead + (rng.uniform(-40, 40) if behind else 180.0 + rng.uniform(-115, 115))
    range_k = _KELVIN[hour] if not place.interior else (2700, 6500)
    dark = hour in ("dusk", "night")
    return Light(
        hour=hour,
        key_azimuth_deg=azimuth % 360.0,
        key_elevation_deg=_ELEVATION_DEG[hour] + rng.uniform(-4.0, 6.0),
        key_to_fill_ratio=rng.choice((1.5, 2.0, 3.0, 4.0, 6.0, 8.0)),
        colour_temperature_k=round(rng.uniform(*range_k)),
        neon=dark and place.kind in ("street", "alley", "bar", "diner", "rooftop") and rng.random() < 0.4,
        rim=0.6 if rng.random() < 0.12 else 0.0,
        silhouette=behind and hour in ("dawn", "golden_hour", "dusk") and not place.interior and rng.random() < 0.3,
        practicals=_practicals(place, hour, scene, ground, key.position, rng) if rng.random() < 0.6 else (),
    )


def _practicals(
    place: Place, hour: Hour, scene: Scene, ground: Ground, eye: Vec3, rng: Random
) -> tuple[Practical, ...]:
    """A fire on the ground beside the first figure by dark, or a moon over an open place at night."""
    body = scene.figures[0].body[0]
    if place.interior or hour not in ("dusk", "night"):
        return ()
    away = math.atan2(eye.x - body.x_m, eye.z - body.z_m)
    if hour == "night" and rng.random() < 0.4:
        return (Practical(kind="moon", position=Vec3(-6.0, 9.0, 14.0), reach_m=30.0),)
    if len(scene.figures[0].body) > 1:
        return ()
    side = rng.choice((-1.0, 1.0)) * math.radians(rng.uniform(55, 80))
    at = (body.x_m + 1.1 * math.sin(away + side), body.z_m + 1.1 * math.cos(away + side))
    others = [(f.body[0].x_m, f.body[0].z_m) for f in scene.figures[1:]]
    if ground.way_m(at, at) < 0.3 or any(math.dist(at, other) < 0.8 for other in others):
        return ()
    if body.height_m or place.kind in ("street", "bridge", "station", "rooftop", "park"):
        return ()
    return (Practical(kind="fire", position=Vec3(at[0], 0.0, at[1]), reach_m=3.6),)


def worn(figures: tuple[Figure, ...], place: Place, weather: Weather, rng: Random) -> tuple[Figure, ...]:
    """The figures with what the weather and the day did to their clothes."""
    rained = not place.interior and weather.kind in ("rain", "storm")

    def states(figure: Figure) -> tuple[str, ...]:
        found = set(figure.state)
        if figure.species == "person":
            if rained and rng.random() < 0.5:
                found.add("wet")
            if rng.random() < 0.07:
                found.add(rng.choice(("torn", "bloodied", "muddy")))
        return tuple(sorted(found))

    return tuple(replace(figure, state=states(figure)) for figure in figures)


def crowds_of(place: Place, scene: Scene, framed: Framed, ground: Ground, rng: Random) -> tuple[Crowd, ...]:
    """Now and then many people, or birds, behind the subject as the camera sees it."""
    if rng.random() > 0.2 or place.kind in _UNCROWDED or scene.vehicle or scene.looks_to_deg is not None:
        return ()
    if framed.size not in ("EWS", "WS", "FS", "MLS") or framed.angle not in ("eye_level", "dutch", "low"):
        return ()
    if framed.move not in ("static", "handheld", "push_in", "pull_out", "zoom_in", "zoom_out"):
        return ()
    key = framed.camera.keys[0]
    ahead = math.atan2(key.target.x - key.position.x, key.target.z - key.position.z)
    way = (math.sin(ahead), math.cos(ahead))
    at = (scene.figures[0].body[0].x_m, scene.figures[0].body[0].z_m)
    seed = rng.randrange(1 << 20)
    if not place.interior and framed.size in ("EWS", "WS") and rng.random() < 0.4:
        far = 16.0
        reach = math.dist((key.position.x, key.position.z), at) + far
        high = key.position.y + (key.target.y - key.position.y) * reach / max(math.dist(key.position, key.target), 0.1)
        high += 0.28 * reach * 20.25 / key.lens_mm
        middle = Vec3(at[0] + way[0] * far, max(high, 4.0), at[1] + way[1] * far)
        return (
            Crowd(id="BIRDS", kind="birds", count=rng.randint(8, 30), centre=middle, width_m=8.0, depth_m=5.0,
                  heading_deg=math.degrees(ahead) + rng.choice((90.0, 270.0)), doing="fly", seed=seed),
        )  # fmt: skip
    far = 7.0
    if place.interior or place.kind in ("alley", "station", "bridge", "rooftop", "mountain", "harbour"):
        room = ground.reach_m(*at, way)
        if room < _CROWD_ROOM_M:
            return ()
        far = min(room - 0.9, 6.0)
    deep = min(3.0, 1.4 * (far - 1.4))
    across = abs(way[0]) > abs(way[1])  # the rectangle lies along the axes
    width = min(5.0, 2.2 * far) if place.interior else 9.0
    doing = rng.choice(("stand", "walk", "cheer", "dance"))
    heading = math.degrees(ahead) + (rng.choice((90.0, 270.0)) if doing == "walk" else 180.0)
    return (
        Crowd(
            id="CROWD", kind="people", count=rng.randint(8, 14 if place.interior else 34),
            centre=Vec3(at[0] + way[0] * far, 0.0, at[1] + way[1] * far), width_m=deep if across else width,
            depth_m=width if across else deep, heading_deg=heading, doing=doing, seed=seed,  # type: ignore[arg-type]
        ),
    )  # fmt: skip
