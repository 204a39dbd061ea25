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
    """What a vehicle sounds like as it passes, comes and goes off, and what it does where it stands, if anything."""

    passes: str
    arrives: str
    leaves: str
    force: float = 0.5
    stands: str = ""


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
    "glass": ("glass touch", 0.3), "china": ("cup touch", 0.3), "paper": ("paper rustle", 0.4),
    "phone": ("phone handling", 0.35), "keys": ("keys", 0.4), "metal": ("metal touch", 0.35), "soft": ("cloth", 0.35),
    "wood": ("wood touch", 0.3), "heavy": ("wood touch", 0.5),
}  # fmt: skip
"""Taken up or handed over, with its force: by material."""
SET_DOWN: Mapping[str, tuple[str, float]] = {
    "glass": ("glass down", 0.45), "china": ("cup down", 0.45), "paper": ("paper down", 0.4),
    "phone": ("phone down", 0.4), "keys": ("keys down", 0.5), "metal": ("metal down", 0.45), "soft": ("cloth", 0.45),
    "wood": ("wood down", 0.45), "heavy": ("wood down", 0.7),
}  # fmt: skip
DROPPED: Mapping[str, tuple[str, float]] = {
    "glass": ("glass drop", 0.8), "china": ("cup drop", 0.8), "paper": ("paper down", 0.6),
    "phone": ("phone drop", 0.8), "keys": ("keys down", 0.9), "metal": ("metal drop", 0.8), "soft": ("thud", 0.35),
    "wood": ("wood drop", 0.75), "heavy": ("thud", 0.9),
}  # fmt: skip

_CAR = Rolling("car pass", "car arrive", "car leave")
_TRUCK = Rolling("truck pass", "car arrive", "car leave", 0.8)
_TRAIN = Rolling("train pass", "train arrive", "train leave", 0.9)
_BOAT = Rolling("boat", "boat", "boat", 0.5)
_SPACE = Rolling("spaceship", "spaceship", "spaceship", 0.8, "spaceship")
ROLLING: Mapping[str, Rolling] = {
    "car": _CAR, "taxi": _CAR, "police_car": _CAR, "van": _CAR, "ambulance": _CAR, "truck": _TRUCK, "bus": _TRUCK,
    "train": _TRAIN, "tram": _TRAIN, "boat": _BOAT, "ship": _BOAT, "spaceship": _SPACE, "ufo": _SPACE,
    "motorcycle": Rolling("motorcycle", "motorcycle", "motorcycle", 0.7),
    "bicycle": Rolling("bicycle", "bicycle", "bicycle", 0.3),
    "horse_cart": Rolling("cart", "cart", "cart", 0.5),
    "helicopter": Rolling("helicopter", "helicopter", "helicopter", 0.9, "helicopter"),
    "plane": Rolling("plane pass", "plane pass", "plane pass", 0.9),
}  # fmt: skip

LASTING: Mapping[str, tuple[str, float]] = {
    "fire": ("fire", 0.5), "campfire": ("fire", 0.5), "bonfire": ("fire", 0.9), "fountain": ("fountain", 0.5),
    "clock": ("clock tick", 0.3), "steam": ("steam", 0.3), "sparks": ("electric sparks", 0.4),
    "neon": ("neon hum", 0.25),
}  # fmt: skip
"""What sounds as long as it is there, by the kind of prop or practical light."""

_FEELING: Mapping[Emotion, float] = {
    "angry": 0.3, "happy": 0.05, "surprised": 0.1, "afraid": -0.1, "sad": -0.15, "tender": -0.2,
}  # fmt: skip


def with_feeling(force: float, emotion: Emotion, strength: float) -> float:
    """How hard somebody in a mood does what is usually done with a force."""
    return min(1.0, max(0.05, force + _FEELING.get(emotion, 0.0) * strength))


NAMES: frozenset[str] = (
    frozenset(name for table in (HANDLED, SET_DOWN, DROPPED, LASTING) for name, _ in table.values())
    | frozenset(
        name for kind in ROLLING.values() for name in (kind.passes, kind.arrives, kind.leaves, kind.stands) if name
    )
    | {
        "applause", "ball bounce", "bed creak", "bite", "body fall", "car door", "catch", "chair", "clap", "cloth",
        "crowd cheer", "door close", "door open", "door slam", "glass break", "gunshot", "hoof", "match strike",
        "page turn", "paper tear", "paw", "pour", "punch", "shove", "sip", "step", "switch", "thud", "thunder",
        "typewriter", "typing", "umbrella open", "whoosh", "wings", "writing",
    }
)  # fmt: skip
"""Every name that a stage can give a sound."""
