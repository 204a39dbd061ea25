"""Animals of the cast: each from one number, with the words for its coat."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from model.sampler.cast import Person
from model.sampler.split import Split, rng_of, seed_for
from model.sampler.words import Colour, Words
from model.stage import RGB, Look, Species

__all__ = ["SPECIES", "beast"]

_COATS: tuple[Colour, ...] = (
    Colour(RGB(122, 84, 56), Words("brown", "棕色")),
    Colour(RGB(196, 152, 102), Words("tan", "浅棕色")),
    Colour(RGB(58, 54, 56), Words("black", "黑色")),
    Colour(RGB(232, 226, 214), Words("white", "白色")),
    Colour(RGB(136, 134, 134), Words("grey", "灰色")),
    Colour(RGB(204, 122, 62), Words("ginger", "姜黄色")),
)


@dataclass(frozen=True)
class _Kind:
    noun: Words
    height_m: float  # to the shoulder
    spread: float


SPECIES: dict[Species, _Kind] = {
    "dog": _Kind(Words("dog", "狗"), 0.55, 0.25),
    "cat": _Kind(Words("cat", "猫"), 0.28, 0.10),
    "horse": _Kind(Words("horse", "马"), 1.55, 0.06),
    "bird": _Kind(Words("bird", "鸟"), 0.24, 0.15),
}
"""The animals that are sampled, with their names and sizes."""


def beast(split: Split, species: Species, *parts: object) -> Person:
    """An animal of a species; `parts` say which."""
    seed = seed_for(split, "animal", species, *parts)
    rng: Random = rng_of("animal", seed)
    kind = SPECIES[species]
    coat = rng.choice(_COATS[:5] if species in ("horse", "bird") else _COATS)
    look = Look(
        height_m=round(kind.height_m * (1.0 + rng.uniform(-1, 1) * kind.spread), 3), age_years=rng.randint(1, 12),
        build="average", gender="unspecified", skin=coat.rgb, hair="short", hair_colour=coat.rgb, beard="none",
        glasses="none", top="shirt", top_colour=coat.rgb, bottom="trousers", bottom_colour=coat.rgb,
        shoe_colour=coat.rgb, hat="none", hat_colour=coat.rgb,
    )  # fmt: skip
    return Person(
        seed, look, kind.noun,
        Words(f"a {coat.words.en} {kind.noun.en}", f"一{_measure(species)}{coat.words.zh}的{kind.noun.zh}"),
        Words(f"{coat.words.en}", f"{coat.words.zh}"), species,
    )  # fmt: skip


def _measure(species: Species) -> str:
    return "匹" if species == "horse" else "只"
