"""What a picture model is told of a clip besides pictures: light, weather, camera and style, and who is where.

Plain numbers from a Stage, with no torch and no drawing. Every number is about -1 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from model.stage import RGB, Figure, Hour, Look, PlaceKind, Species, Stage, Style, WeatherKind
from model.theatre.motion.marks import place_at
from model.theatre.view import NEAR_M, View, view_at

__all__ = ["BOX", "CAST", "FACTS", "JOINTS", "PALETTE", "Entity", "cast_of", "entities_of", "facts_of"]

Vector = NDArray[np.float32]

CAST = 4
"""How many people and animals are told apart; the first of a stage's figures."""
_HOURS, _WEATHERS, _STYLES = get_args(Hour), get_args(WeatherKind), get_args(Style)
_PLACES, _SPECIES = get_args(PlaceKind), get_args(Species)
_COLOURS = ("skin", "hair_colour", "top_colour", "bottom_colour", "shoe_colour", "hat_colour")
_CUTS: dict[str, tuple[str, ...]] = {
    name: get_args(get_type_hints(Look)[name]) for name in ("hair", "beard", "glasses", "top", "bottom", "hat", "bag")
}
PALETTE = 3 * len(_COLOURS) + len(_SPECIES) + sum(len(kinds) for kinds in _CUTS.values())
JOINTS = (
    "head", "shoulders", "pelvis", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow",
    "left_wrist", "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle",
)  # fmt: skip
BOX = 6 + 2 * len(JOINTS)
"""Of a box: middle (x, y) and size, whether it is before the lens; of people the head's height and the joints (x, y).
Places run from -1 to 1 over the picture, sizes are shares of it; beasts have no joints and a head of 0.
"""
FACTS = len(_HOURS) + 9 + len(_WEATHERS) + 2 + len(_STYLES) + len(_PLACES) + 6


@dataclass(frozen=True, eq=False)
class Entity:
    """Somebody of a clip: `palette` (PALETTE,) and a box for every latent frame, (t, BOX)."""

    id: str
    palette: Vector
    boxes: Vector


def facts_of(stage: Stage, times_s: Sequence[float], width_px: int, height_px: int) -> Vector:
    """(FACTS,): light, weather, style, place and the camera from the first of `times_s` to the last.

    The key's azimuth is told from the camera, so that left and right mean the picture's.
    """
    light, weather = stage.light, stage.weather
    first, last = (view_at(stage.camera, t, width_px, height_px, stage.seed) for t in (times_s[0], times_s[-1]))
    turn = math.radians(light.key_azimuth_deg) - _heading(first)
    lens = first.focal_px / height_px
    numbers = [
        *_one_of(_HOURS, light.hour),
        math.sin(turn),
        math.cos(turn),
        math.sin(math.radians(light.key_elevation_deg)),
        math.log2(max(light.key_to_fill_ratio, 1.0)) / 3.0,
        (1e6 / light.colour_temperature_k - 200.0) / 100.0,
        float(light.neon),
        light.rim,
        float(light.silhouette),
        min(len(light.practicals), 4) / 4.0,
        *_one_of(_WEATHERS, weather.kind),
        weather.intensity,
        weather.wind,
        *_one_of(_STYLES, stage.style),
        *_one_of(_PLACES, stage.place.kind),
        math.log2(max(lens, 0.1)) / 3.0,
        min(first.eye[1], 8.0) / 4.0 - 0.5,
        float(first.rotation[2][1]),
        float(np.clip(np.hypot(last.eye[0] - first.eye[0], last.eye[2] - first.eye[2]), 0.0, 2.0)),
        float(np.clip(_heading(last) - _heading(first), -1.0, 1.0)),
        float(np.clip(math.log2(last.focal_px / first.focal_px), -1.0, 1.0)),
    ]
    return np.asarray(numbers, dtype=np.float32)


def cast_of(stage: Stage) -> tuple[Figure, ...]:
    """The figures that are told apart."""
    return stage.figures[:CAST]


def entities_of(stage: Stage, times_s: Sequence[float], width_px: int, height_px: int) -> tuple[Entity, ...]:
    """Everybody told apart, with a box at each of `times_s` (one for each latent frame)."""
    views = [view_at(stage.camera, t, width_px, height_px, stage.seed) for t in times_s]
    return tuple(
        Entity(
            figure.id,
            palette_of(figure),
            np.stack([_box(stage, figure, t, view) for t, view in zip(times_s, views, strict=True)]),
        )
        for figure in cast_of(stage)
    )


def palette_of(figure: Figure) -> Vector:
    """(PALETTE,): the look's colours, -1 to 1, the species, and of people how hair and wardrobe are cut.

    A bald head's hair and no hat are of the skin's colour.
    """
    look, person = figure.look, figure.species == "person"
    colours = [c / 127.5 - 1.0 for name in _COLOURS for c in _colour(look, name)]
    cuts = [told * person for name, kinds in _CUTS.items() for told in _one_of(kinds, getattr(look, name))]
    return np.asarray(colours + _one_of(_SPECIES, figure.species) + cuts, np.float32)


def _colour(look: Look, name: str) -> RGB:
    bare = (name == "hair_colour" and look.hair == "bald") or (name == "hat_colour" and look.hat == "none")
    return look.skin if bare else getattr(look, name)


def _one_of(names: Sequence[str], name: str) -> list[float]:
    return [float(name == one) for one in names]


def _heading(view: View) -> float:
    forward = view.rotation[2]
    return math.atan2(float(forward[0]), float(forward[2]))


def _box(stage: Stage, figure: Figure, time_s: float, view: View) -> Vector:
    """(BOX,): where somebody is, and of people how they stand there."""
    from model.theatre.motion.body import body_at, head_middle
    from model.theatre.motion.holding import held_by

    out = np.zeros(BOX, np.float32)
    if figure.species == "person":
        body = body_at(figure, time_s, held_by(stage, figure))
        points = np.array(list(body.joints.values()))
    else:
        body, mark, height = None, place_at(figure, time_s), figure.look.height_m
        points = np.array([[mark.x_m, mark.height_m + up * height, mark.z_m] for up in (0.0, 1.3)])
    seen = view.project(points)
    ahead = seen[:, 2] > NEAR_M
    if not ahead.any():
        return out
    size = np.array([view.width_px, view.height_px])
    low, high = (np.clip(f(seen[ahead, :2], axis=0) / size, -0.5, 1.5) for f in (np.min, np.max))
    out[:5] = *(low + high - 1.0), *(high - low), 1.0
    if body is not None:
        at = view.project(np.array([head_middle(body), *(body.joints[name] for name in JOINTS[1:])]))
        if at[:, 2].min() > NEAR_M:
            out[5] = min(body.build.head * view.focal_px / at[0, 2] / view.height_px, 2.0)
            out[6:] = np.clip(2.0 * at[:, :2] / size - 1.0, -3.0, 3.0).ravel()
    return out
