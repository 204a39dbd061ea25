"""What makes which sound: the words for it by the kind of thing, and how hard. Tables, and the record of one noise.

Every name here is one that `audio.effects` knows; a test holds that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audio.cues import Surface
from model.stage import Emotion, Vec3

__all__ = [
    "DROPPED",
    "HANDLED",
    "LASTING",
    "LEAD_S",
    "NAMES",
    "ROLLING",
    "SET_DOWN",
    "Noise",
    "Rolling",
    "material_of",
    "with_feeling",
]


@dataclass(frozen=True, kw_only=True)
class Noise:
    """A sound at a point of the stage; one that moves ends at another point."""

    name: str
    start_s: float
    at: Vec3
    who: str
    duration_s: float | None = None
    ends_at: Vec3 | None = None
    surface: Surface | None = None
    force: float = 0.5


@dataclass(frozen=True)
class Rolling:
    """What a vehicle sounds like as it passes, comes and goes off, where it `stands`, and as it starts and stops."""

    passes: str
    arrives: str
    leaves: str
    force: float = 0.5
    stands: str = ""
    starts: str = ""
    stops: str = ""


_MATERIALS = """
glass|bottle glass wine syringe
china|bowl cup mug plate pot teapot
paper|badge book calendar envelope letter map money newspaper paper photo poster tag ticket
phone|phone remote tablet camera radio
keys|key coin handcuffs necklace leash
metal|axe gun hammer helmet knife lantern pan ring stethoscope bucket cane
soft|bag ball balloon bread cake cigarette doll flower food football gift hat pills pizza rope toy umbrella wallet
wood|apple box broom candle chair guitar ladder match microphone pen stool suitcase torch trophy violin watch clock
heavy|laptop record_player screen typewriter telephone painting mirror
"""
_MATERIAL: Mapping[str, str] = {
    kind: material
    for material, kinds in (row.split("|") for row in _MATERIALS.strip().splitlines())
    for kind in kinds.split()
}


def material_of(kind: str) -> str:
    """What a kind of prop sounds like it is made of."""
    return _MATERIAL.get(kind, "wood")


HANDLED: Mapping[str, tuple[str, float]] = {
    "glass": ("glass down", 0.15), "china": ("cup down", 0.15), "paper": ("paper", 0.4), "phone": ("put down", 0.12),
    "keys": ("keys", 0.4), "metal": ("put down", 0.2), "soft": ("cloth", 0.35), "wood": ("put down", 0.15),
    "heavy": ("put down", 0.4),
}  # fmt: skip
"""Taken up or handed over, with its force: by material."""
SET_DOWN: Mapping[str, tuple[str, float]] = {
    "glass": ("glass down", 0.45), "china": ("cup down", 0.45), "paper": ("paper", 0.4), "phone": ("put down", 0.35),
    "keys": ("keys", 0.5), "metal": ("put down", 0.5), "soft": ("cloth", 0.45), "wood": ("put down", 0.45),
    "heavy": ("thud", 0.4),
}  # fmt: skip
DROPPED: Mapping[str, tuple[str, float]] = {
    "glass": ("glass down", 0.95), "china": ("cup down", 0.95), "paper": ("paper", 0.6), "phone": ("drop", 0.6),
    "keys": ("keys", 0.9), "metal": ("clatter", 0.7), "soft": ("thud", 0.3), "wood": ("drop", 0.75),
    "heavy": ("thud", 0.9),
}  # fmt: skip

_CAR = Rolling("car pass", "engine", "engine", 0.5, starts="car start")
_TRUCK = Rolling("truck pass", "engine", "engine", 0.8, starts="car start", stops="brakes")
_TRAIN = Rolling("train pass", "train pass", "train pass", 0.9, stops="brakes")
_BOAT = Rolling("water", "water", "water", 0.5)
_SHIP = Rolling("engine idle", "engine idle", "engine idle", 0.6)
_SPACE = Rolling("machine hum", "machine hum", "machine hum", 0.8, "machine hum")
ROLLING: Mapping[str, Rolling] = {
    "car": _CAR, "taxi": _CAR, "police_car": _CAR, "van": _CAR, "ambulance": _CAR, "truck": _TRUCK, "bus": _TRUCK,
    "train": _TRAIN, "tram": _TRAIN, "boat": _BOAT, "ship": _SHIP, "spaceship": _SPACE, "ufo": _SPACE,
    "motorcycle": Rolling("motorbike", "motorbike", "motorbike", 0.7),
    "bicycle": Rolling("bicycle", "bicycle", "bicycle", 0.3),
    "horse_cart": Rolling("hooves", "hooves", "hooves", 0.5),
    "helicopter": Rolling("helicopter", "helicopter", "helicopter", 0.9, "helicopter"),
    "plane": Rolling("plane", "plane", "plane", 0.9),
}  # fmt: skip

LASTING: Mapping[str, tuple[str, float]] = {
    "fire": ("fire", 0.5), "campfire": ("fire", 0.5), "bonfire": ("fire", 0.9), "fountain": ("river", 0.3),
    "clock": ("clock tick", 0.3), "steam": ("boiling water", 0.3), "sparks": ("electricity", 0.4),
    "neon": ("machine hum", 0.15),
}  # fmt: skip
"""What sounds as long as it is there, by the kind of prop or practical light."""

LEAD_S: Mapping[str, float] = {"match": 0.16, "page turn": 0.30, "punch": 0.12, "sit down": 0.14, "whoosh": 0.30}
"""How long a sound that gathers begins before the moment that is seen."""

_FEELING: Mapping[Emotion, float] = {
    "angry": 0.3, "happy": 0.05, "surprised": 0.1, "afraid": -0.1, "sad": -0.15, "tender": -0.2,
}  # fmt: skip


def with_feeling(force: float, emotion: Emotion, strength: float) -> float:
    """How hard somebody in a mood does what is usually done with a force."""
    return min(1.0, max(0.05, force + _FEELING.get(emotion, 0.0) * strength))


NAMES: frozenset[str] = (
    frozenset(name for table in (HANDLED, SET_DOWN, DROPPED, LASTING) for name, _ in table.values())
    | frozenset(
        name
        for kind in ROLLING.values()
        for name in (kind.passes, kind.arrives, kind.leaves, kind.stands, kind.starts, kind.stops)
        if name
    )
    | {
        "barefoot step", "body fall", "book close", "car door", "cheer", "clap", "click", "cloth", "door close",
        "door open", "door slam", "drink", "drop", "eat", "glass break", "gunshot", "hooves", "horse gallop", "kiss",
        "lighter", "match", "page turn", "paper", "paper crumple", "paper tear", "pen", "pour", "punch", "run step",
        "sit down", "slap", "step", "step in sand", "step in snow", "switch", "thud", "thunder", "typewriter",
        "typing", "whoosh", "wings",
    }
)  # fmt: skip
"""Every name that a stage can give a sound."""
