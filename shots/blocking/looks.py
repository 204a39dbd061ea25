"""Words to a stage's Look: skin, hair, wardrobe and height, with what is not said generated from the name.

The same character in the same wardrobe state always looks the same; nothing here depends on the shot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, TypeVar, get_args

from model.stage import RGB, Look
from shots.attire import Bag, Bottom, Hair, Hat, Top, garment_of, hair_of
from shots.blocking.colours import colour_of, seeded
from shots.spec import Character, Garment

__all__ = ["look_of"]

T = TypeVar("T")
Build = Literal["slim", "average", "broad", "heavy"]

_SKINS = {
    "pale": RGB(246, 214, 194),
    "fair": RGB(242, 206, 182),
    "light": RGB(232, 190, 160),
    "white": RGB(236, 198, 170),
    "olive": RGB(206, 162, 120),
    "tan": RGB(204, 154, 112),
    "brown": RGB(150, 100, 68),
    "dark": RGB(96, 62, 44),
    "black": RGB(84, 54, 40),
}
_SKIN_RANGE = ("light", "tan", "brown", "dark", "fair")
_HAIR_RANGE = ("black", "brunette", "chestnut", "blonde", "auburn", "raven", "chocolate")
_HAIR_COLOURS = {"white": RGB(222, 220, 216), "grey": RGB(150, 150, 154), "gray": RGB(150, 150, 154)} | {
    "black": RGB(34, 30, 30), "brown": RGB(84, 56, 38), "red": RGB(160, 66, 36), "dark": RGB(44, 34, 30),
}  # fmt: skip
_TOPS: tuple[Top, ...] = get_args(Top)
_BOTTOMS: tuple[Bottom, ...] = get_args(Bottom)
_HATS: tuple[Hat, ...] = get_args(Hat)
_BAGS: tuple[Bag, ...] = get_args(Bag)
_OUTER: frozenset[Top] = frozenset({"coat", "jacket", "suit", "uniform", "raincoat", "hi_vis", "apron", "waistcoat"})
_PAIRED: frozenset[Top] = frozenset({"suit", "uniform", "scrubs", "overalls"})  # with trousers of their colour
_TOP_COLOURS = ("navy", "burgundy", "mustard", "teal", "olive", "slate", "rust", "plum", "cream", "forest", "coral")
_BAG_COLOURS = ("leather", "forest", "rust", "navy", "charcoal")
_BOTTOM_COLOURS = ("charcoal", "denim", "khaki", "brown", "navy", "black", "taupe")

_ANIMAL_HEIGHTS_M = {"dog": 0.55, "cat": 0.28, "horse": 1.55, "bird": 0.22, "fish": 0.14}


def look_of(character: Character, state: Iterable[str] = ()) -> Look:
    """A character's look in a wardrobe state; "coat off", "hat off" and the like take that piece away."""
    spec = character.look
    seed = seeded("look", character.id)
    age = character.age_years if character.age_years is not None else 24 + seed % 30
    if character.species != "person":
        return _animal(character, seed, age)
    gender = character.gender
    worn = _worn(spec.wardrobe, state)
    tops, bottoms, hats = _as(worn, _TOPS), _as(worn, _BOTTOMS), _as(worn, _HATS)
    tops.sort(key=lambda piece: piece[0] not in _OUTER)  # the outermost shows
    plain: tuple[Top, ...] = ("shirt", "sweater", "jacket", "t_shirt")
    below: tuple[Bottom, ...] = ("jeans", "trousers")
    bare: Hat = "none"
    unburdened: Bag = "none"
    top, top_colour = _piece(tops, _pick(plain, seed, 3), _TOP_COLOURS, seed, 5)
    under = "trousers" if top in _PAIRED else _pick(below, seed, 11)
    bottom, bottom_colour = _piece(bottoms, under, _BOTTOM_COLOURS, seed, 7)
    if not bottoms and (top in _PAIRED or top == "dress"):
        bottom_colour = top_colour
    if top == "dress" and not bottoms:
        bottom = "skirt"
    hats = hats or [("hood", Garment(kind="hood")) for words in state if "hood up" in words.casefold()]
    hat, hat_colour = _piece(hats, bare, _TOP_COLOURS, seed, 17)
    if hat == "hood" and hats[0][1].colour is None:
        hat_colour = top_colour
    bag, bag_colour = _piece(_as(worn, _BAGS), unburdened, _BAG_COLOURS, seed, 41)
    builds: tuple[Build, ...] = ("slim", "average", "average", "broad")
    generated_build = _pick(builds, seed, 19)
    shoes = next((colour_of(g.colour) for g in worn if any(w in g.kind for w in ("shoe", "boot", "sneaker"))), None)
    return Look(
        height_m=spec.height_m or _height(age, gender, seed),
        age_years=age,
        build=spec.build or generated_build,
        gender=gender,
        skin=_skin(spec.skin, seed),
        hair=_hair(spec.hair, gender, seed),
        hair_colour=_hair_colour(spec.hair_colour, age, seed),
        beard=spec.beard if isinstance(spec.beard, str) else "full" if spec.beard else "none",
        glasses=spec.glasses if isinstance(spec.glasses, str) else "round" if spec.glasses else "none",
        top=top,
        top_colour=top_colour,
        bottom=bottom,
        bottom_colour=bottom_colour,
        shoe_colour=shoes or RGB(48, 40, 36),
        hat=hat,
        hat_colour=hat_colour,
        bag=bag,
        bag_colour=bag_colour,
    )


def _animal(character: Character, seed: int, age: float) -> Look:
    coat = colour_of(character.look.hair_colour) or colour_of(character.look.skin)
    coat = coat or colour_of(_pick(("brown", "tan", "charcoal", "cream", "ginger"), seed, 3)) or RGB(120, 90, 60)
    height = character.look.height_m or _ANIMAL_HEIGHTS_M[character.species]
    return Look(
        height_m=height, age_years=age, build=character.look.build or "average", gender=character.gender,
        skin=coat, hair="short", hair_colour=coat, beard="none", glasses="none", top="shirt", top_colour=coat,
        bottom="trousers", bottom_colour=coat, shoe_colour=coat, hat="none", hat_colour=coat,
    )  # fmt: skip


def _pick(choices: tuple[T, ...], seed: int, salt: int) -> T:
    return choices[seed // salt % len(choices)]


def _worn(wardrobe: tuple[Garment, ...], state: Iterable[str]) -> list[Garment]:
    off = [words.casefold() for words in state if any(sign in words.casefold() for sign in ("off", "without", "no "))]
    return [g for g in wardrobe if not any(g.kind.casefold().split()[-1] in words for words in off)]


def _as(worn: list[Garment], shapes: tuple[T, ...]) -> list[tuple[T, Garment]]:
    """The garments that have one of these shapes."""
    named = [(garment_of(garment.kind), garment) for garment in worn]
    return [(shape, garment) for name, garment in named for shape in shapes if shape == name]


def _piece(
    pieces: list[tuple[T, Garment]], otherwise: T, colours: tuple[str, ...], seed: int, salt: int
) -> tuple[T, RGB]:
    kind, said = (pieces[0][0], pieces[0][1].colour) if pieces else (otherwise, None)
    return kind, colour_of(said) or colour_of(_pick(colours, seed, salt)) or RGB(90, 90, 96)


def _skin(words: str | None, seed: int) -> RGB:
    text = (words or _pick(_SKIN_RANGE, seed, 23)).casefold()
    return next((rgb for word, rgb in _SKINS.items() if word in text), colour_of(text) or _SKINS["light"])


def _hair(words: str | None, gender: str, seed: int) -> Hair:
    if words:
        return hair_of(words)
    female: tuple[Hair, ...] = ("long", "bob", "bun", "ponytail", "curly")
    usual: tuple[Hair, ...] = ("short", "short", "curly", "short")
    return _pick(female if gender == "female" else usual, seed, 29)


def _hair_colour(words: str | None, age: float, seed: int) -> RGB:
    if words:
        text = words.casefold()
        return _HAIR_COLOURS.get(text) or colour_of(text) or _HAIR_COLOURS["brown"]
    if age >= 62:
        return _HAIR_COLOURS["white" if age >= 72 else "grey"]
    return colour_of(_pick(_HAIR_RANGE, seed, 31)) or _HAIR_COLOURS["brown"]


def _height(age: float, gender: str, seed: int) -> float:
    grown: float = {"female": 1.66, "male": 1.78}.get(gender, 1.72) + ((seed // 37) % 9 - 4) * 0.012
    if age >= 17:
        return round(grown - max(0.0, age - 65) * 0.002, 3)
    return round(0.75 + (grown - 0.75) * math.pow(age / 17, 0.75), 3)
