"""What a sampled shot is about: who is there, where they stand or sit, what they do, with what.

`Scene` is all that the camera and the captions are told; `model.sampler.people` and `model.sampler.others` make them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np

from model.sampler.cast import Person, person
from model.sampler.ground import Ground
from model.sampler.split import Split, balanced, held_out
from model.sampler.words import Colour
from model.stage import ActKey, ActName, BodyKey, Emotion, Figure, GazeKey, Mouth, Place, PoseName, Prop, Vec3, Viseme

__all__ = [
    "EMOTIONS",
    "PACE_M_S",
    "Scene",
    "Setting",
    "acted",
    "ahead",
    "bearing",
    "colour_of",
    "free_mark",
    "moving",
    "someone",
    "speech",
]

EMOTIONS: tuple[Emotion, ...] = (
    "neutral", "happy", "sad", "angry", "afraid", "surprised", "disgusted", "tender",
)  # fmt: skip
PACE_M_S: dict[PoseName, float] = {"walk": 1.35, "run": 4.2}
_VISEMES: tuple[Viseme, ...] = ("aa", "pp", "e", "ss", "oh", "dd", "ih", "ff", "ou", "kk", "rr", "th", "ch", "nn")


@dataclass(frozen=True)
class Setting:
    """What is given before anything is staged."""

    split: Split
    index: int
    place: Place
    ground: Ground
    duration_s: float
    rng: Random


@dataclass(frozen=True)
class Scene:
    """A shot's people, animals and things. `cast` are the figures in their order; the first is the subject."""

    cast: tuple[Person, ...]
    figures: tuple[Figure, ...]
    props: tuple[Prop, ...] = ()
    act: ActName = "none"
    thing: str = ""  # the kind of what the subject handles
    on: str = ""  # what the subject sits or lies on: a seat's kind, "bed", "floor" or "ground"
    laid: tuple[str, ...] = ()  # the kinds of what lies on a table that was brought
    ridden: str = ""  # "horse" (the second figure) or a vehicle's kind
    vehicle: str = ""  # what passes
    paint: Colour | None = None  # its colour
    looks_to_deg: float | None = None  # the heading in which the camera must look to show it all
    open_doors: tuple[str, ...] = ()


def someone(split: Split, fits: Callable[[Person], bool], *parts: object) -> Person:
    """The first of these parts' people whom a part suits."""
    return next(one for i in range(200) if fits(one := person(split, *parts, i)))


def colour_of(split: Split, thing: str, colours: tuple[Colour, ...], rng: Random) -> Colour:
    """A colour for a thing; pairs of the two that are held out are not trained on."""
    fits = [c for c in colours if split == "held_out" or not held_out("pair", thing, c.words.en)]
    return rng.choice(fits)


def ahead(x: float, z: float, heading_deg: float, way_m: float) -> tuple[float, float]:
    """The point so far ahead along a heading."""
    a = math.radians(heading_deg)
    return x + way_m * math.sin(a), z + way_m * math.cos(a)


def bearing(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The heading from one floor point to another."""
    return math.degrees(math.atan2(b[0] - a[0], b[1] - a[1]))


def free_mark(setting: Setting, room_m: float, near: tuple[float, float] | None = None) -> tuple[float, float]:
    """A floor point with room about it: the first found, or the best; near to another where one is given."""
    x0, z0, x1, z1 = setting.ground.people
    rng = setting.rng
    if near is not None:
        points = [ahead(*near, rng.uniform(0, 360), rng.uniform(0.85, 1.7)) for _ in range(32)]
    else:
        points = [(rng.uniform(x0, x1), rng.uniform(z0, z1)) for _ in range(32)]
    room = setting.ground.room_m(np.array(points))
    good = np.flatnonzero(room >= room_m)
    return points[int(good[0]) if len(good) else int(room.argmax())]


def moving(
    setting: Setting,
    at: tuple[float, float],
    heading_deg: float,
    pose: PoseName,
    speed_m_s: float,
    height_m: float = 0.0,
) -> tuple[BodyKey, ...]:
    """Keys of who goes evenly through a point at half time."""
    half = speed_m_s * setting.duration_s / 2
    return tuple(
        BodyKey(time_s=time_s, x_m=x, z_m=z, heading_deg=heading_deg, pose=pose, height_m=height_m)
        for time_s, (x, z) in (
            (0.0, ahead(*at, heading_deg, -half)), (setting.duration_s, ahead(*at, heading_deg, half)),
        )
    )  # fmt: skip


def acted(
    setting: Setting,
    one: Person,
    number: int,
    body: tuple[BodyKey, ...],
    act: ActName = "none",
    aim: Vec3 | None = None,
    eyes: Vec3 | None = None,
) -> Figure:
    """A figure that does something, aimed at a point, with its eyes on another."""
    rng, length_s = setting.rng, setting.duration_s
    acts: tuple[ActKey, ...] = ()
    if act != "none":
        start_s = rng.uniform(0.0, 0.12) * length_s
        acts = (ActKey(start_s=start_s, end_s=length_s * rng.uniform(0.88, 1.0), act=act, target=aim),)
    emotion = balanced(EMOTIONS, setting.index, "emotion") if number == 0 else rng.choice(EMOTIONS)
    if act in ("laugh", "cry"):
        emotion = "happy" if act == "laugh" else "sad"
    return Figure(
        id=f"P{number + 1}", species=one.species, look=one.look, body=body, acts=acts,
        gaze=(GazeKey(time_s=0.0, target=eyes),) if eyes is not None else (),
        mouth=speech(length_s, rng) if act in ("speak", "gesture", "phone") else (), emotion=emotion,
        emotion_strength=rng.choice((0.5, 0.75, 1.0)), seed=one.seed,
    )  # fmt: skip


def speech(duration_s: float, rng: Random) -> tuple[Mouth, ...]:
    """A mouth that talks for all of a shot, with short rests."""
    keys, time_s = [], rng.uniform(0.05, 0.3)
    while time_s < duration_s - 0.2:
        keys.append(Mouth(time_s=time_s, viseme=rng.choice(_VISEMES) if rng.random() > 0.1 else "rest"))
        time_s += rng.uniform(0.07, 0.16)
    return (*keys, Mouth(time_s=time_s, viseme="rest"))
