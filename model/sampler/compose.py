"""One sampled stage: a scene on its set, a light, a camera, and the captions that say so.

The same split and index give the same sample everywhere. Fields that a model must learn evenly (sizes, angles,
hours, acts, places) are balanced over neighbouring indices. Draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from model.sampler.beasts import SPECIES
from model.sampler.captions import Captions, Facts, captions, split_captions
from model.sampler.cast import Person
from model.sampler.framing import ANGLES, SIZES, Angle, Coverage, Size, framed
from model.sampler.ground import ground_of
from model.sampler.moves import MOVES, Move
from model.sampler.others import LANES, animal_scene, ridden_scene, swum_scene, vehicle_scene, with_animal_scene
from model.sampler.people import APART_M, DOOR_ACTS, SEATED_SETS, STANDING, people_scene
from model.sampler.scene import Scene, Setting
from model.sampler.split import Split, balanced, held_out, ordinal, rng_of, seed_for
from model.sampler.vocabulary import ACTS, PLACES
from model.sampler.world import HOURS, STYLES, crowds_of, light_of, weather_of, worn
from model.stage import ActName, Place, PlaceKind, PoseName, Species, Stage
from model.theatre.sets.indoors import INDOORS

__all__ = ["ASPECTS", "Aspect", "Sample", "sample"]

Aspect = Literal["16:9", "9:16", "1:1", "2.39:1"]
Theme = Literal["people", "animal", "with_animal", "ridden", "vehicle", "swum"]
ASPECTS: dict[Aspect, float] = {"16:9": 16 / 9, "9:16": 9 / 16, "1:1": 1.0, "2.39:1": 2.39}
"""Width over height of each."""

KINDS: tuple[PlaceKind, ...] = tuple(PLACES)
_FORMATS: tuple[Aspect, ...] = ("16:9",) * 5 + ("9:16", "1:1", "2.39:1")
_THEMES: tuple[Theme, ...] = ("people",) * 17 + (
    "people", "animal", "animal", "with_animal", "with_animal", "ridden", "vehicle", "vehicle", "swum",
)  # fmt: skip
_POSES: tuple[PoseName, ...] = (
    "stand", "stand", "stand", "stand", "walk", "walk", "walk", "walk", "run", "run", "sit", "sit", "sit", "sit",
    "kneel", "kneel", "crouch", "lie", "lie",
)  # fmt: skip
_SEATED_ONLY_NOT = STANDING | {"type", "write"}
_SETS = 16  # of each kind of place, on each side of the split
_SPLIT_EVERY = 48
_BESIDE = 1 << 20
_INTERIORS: frozenset[str] = frozenset(INDOORS) | {"car", "cave", "spaceship", "train", "warehouse"}
_UNHORSED: frozenset[PlaceKind] = frozenset({"rooftop", "station", "alley", "harbour"})


@dataclass(frozen=True)
class Sample:
    """A stage with its captions, and the choices that made it, for telling how a set is balanced.

    It is composed for pictures of `aspect`. Of a split screen all but the captions are the left half's.
    """

    index: int
    split: Split
    stage: Stage
    captions: Captions
    size: Size
    angle: Angle
    move: Move
    act: ActName
    cast: tuple[Person, ...]
    aspect: Aspect = "16:9"
    coverage: Coverage = "single"
    face: bool = True


def sample(split: Split, index: int, duration_s: float = 3.0) -> Sample:
    """Sample number `index` of a split: a stage of `duration_s` seconds.

    Everybody and every place of "held_out" is on that side for good, and so are pairs of words (an act in a place, a
    garment in a colour), which "train" never shows.
    """
    aspect = balanced(_FORMATS, index, "aspect")
    if balanced(range(_SPLIT_EVERY), index, "split screen") or ASPECTS[aspect] < 1.5:
        return _single(split, index, duration_s, aspect, ASPECTS[aspect])
    left = _single(split, index, duration_s, aspect, ASPECTS[aspect] / 2)
    right = _single(split, index + _BESIDE, duration_s, aspect, ASPECTS[aspect] / 2)
    stage = replace(left.stage, beside=replace(right.stage, style=left.stage.style))
    return replace(left, stage=stage, captions=split_captions(left.captions, right.captions))


def _single(split: Split, index: int, duration_s: float, aspect: Aspect, shape: float) -> Sample:
    rng = rng_of("sample", split, index)
    theme = balanced(_THEMES, index, "theme")
    act, kind = _act_and_place(split, theme, index, rng)
    place = _place(split, kind, rng)
    hour = balanced(HOURS, index, "hour")
    wish = (
        balanced(SIZES, index, "size"),
        balanced(ANGLES, index, "angle") if rng.random() < 0.5 else "eye_level",
        balanced(MOVES, index, "move") if rng.random() < 0.6 else "static",
    )
    setting = Setting(split, index, place, ground_of(place), duration_s, rng)
    scene = _scene(theme, setting, act, wish[0])
    place = replace(place, open_doors=scene.open_doors)
    seen = framed(rng, scene, place, setting.ground, duration_s, wish, shape)
    weather = weather_of(place, index, rng)
    stage = Stage(
        duration_s=duration_s,
        place=place,
        light=light_of(place, hour, scene, seen, setting.ground, rng),
        weather=weather,
        camera=seen.camera,
        figures=worn(scene.figures, place, weather, rng),
        props=scene.props,
        crowds=crowds_of(place, scene, seen, setting.ground, rng),
        style=balanced(STYLES, index, "style"),
        seed=rng.randrange(1 << 30),
    )
    told = captions(Facts(stage, scene, seen))
    return Sample(
        index,
        split,
        stage,
        told,
        seen.size,
        seen.angle,
        seen.move,
        scene.act,
        scene.cast,
        aspect,
        seen.coverage,
        seen.face,
    )


def _scene(theme: Theme, setting: Setting, act: ActName, size: Size) -> Scene:
    index, rng = setting.index, setting.rng
    species: Species = balanced(tuple(SPECIES), ordinal(_THEMES, index, "theme"), f"species {theme}")
    if setting.place.interior and species in ("horse", "bird"):
        species = "dog" if species == "horse" else "cat"
    if setting.place.kind in _UNHORSED and species == "horse":
        species = "dog"
    if theme == "animal":
        return animal_scene(setting, species)
    if theme == "with_animal":
        return with_animal_scene(setting, species)
    if theme == "swum":
        return swum_scene(setting)
    if theme == "vehicle":
        return vehicle_scene(setting)
    if theme == "ridden":
        mounts = ("horse", "horse", "bicycle", "motorcycle")
        kind = balanced(mounts, ordinal(_THEMES, index, "theme"), "mount")
        return ridden_scene(
            setting, "bicycle" if kind == "horse" and setting.place.kind in ("street", "bridge") else kind
        )
    pose = balanced(_POSES, ordinal(_THEMES, index, "theme"), "pose")
    return people_scene(setting, act, pose, _count(act, size, rng))


def _count(act: ActName, size: Size, rng: Random) -> int:
    count = rng.choices((1, 2, 3, 4, 5), (0.50, 0.34, 0.10, 0.04, 0.02))[0]
    if size in ("CU", "ECU"):
        count = min(count, 2)
    return max(count, 2) if act in APART_M or act == "look" else count


def _act_and_place(split: Split, theme: Theme, index: int, rng: Random) -> tuple[ActName, PlaceKind]:
    """An act and a place that has what it needs, balanced each; no pair that is held out is trained on."""
    kind = balanced(KINDS, index, "place")
    if theme != "people":
        return "none", _place_for(theme, kind, rng)
    acts: tuple[ActName, ...] = tuple(ACTS)
    act = balanced(acts, ordinal(_THEMES, index, "theme"), "act")

    def fits(one: ActName, where: PlaceKind) -> bool:
        if split == "train" and held_out("pair", one, where):
            return False
        if one in DOOR_ACTS:
            return where in _WITH_DOORS
        return not (where in SEATED_SETS and one in _SEATED_ONLY_NOT)

    if fits(act, kind):
        return act, kind
    if act in DOOR_ACTS:
        return act, rng.choice([where for where in KINDS if fits(act, where)])
    return rng.choice([one for one in acts if one not in DOOR_ACTS and fits(one, kind)]), kind


_WITH_DOORS: frozenset[PlaceKind] = frozenset(
    {"living_room", "bedroom", "kitchen", "office", "cafe", "bar", "corridor", "diner", "hospital", "classroom",
     "church", "prison_cell", "bathroom", "shop"}
)  # fmt: skip
_RIDING: tuple[PlaceKind, ...] = ("field", "desert", "beach", "street", "park", "bridge", "mountain")


def _place_for(theme: Theme, kind: PlaceKind, rng: Random) -> PlaceKind:
    if theme == "swum":
        return "beach"
    wanted: tuple[PlaceKind, ...] = tuple(LANES) if theme == "vehicle" else _RIDING if theme == "ridden" else tuple(
        where for where in KINDS if where not in SEATED_SETS and where != "spaceship"
    )  # fmt: skip
    return kind if kind in wanted else rng.choice(wanted)


def _place(split: Split, kind: PlaceKind, rng: Random) -> Place:
    seed = seed_for(split, "place", kind, rng.randrange(_SETS))
    return Place(kind=kind, interior=kind in _INTERIORS, seed=seed)
