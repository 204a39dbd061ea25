"""A full look for every character, the same on every machine, and no two of a cast alike.

What the script says stays; what it leaves open is chosen from the character's own name and from what the
others wear: main garments are kept as far apart in colour (CIE Lab) as the cast allows. Words only; the
colours they stand for are `shots.blocking`'s.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from shots.attire import PARTS, garment_of, read_attire, trade_attire
from shots.spec import Beard, Character, Garment, Gender, Glasses, Look, Species

__all__ = ["cast_looks", "generated_look", "stable_seed"]

T = TypeVar("T")
_Head = tuple[Gender, str | None, str | None]  # hair and its colour

# Lab of colours that costume departments reach for; each far from skin and from the usual wall.
_MAIN: dict[str, tuple[int, int, int]] = {
    "red": (43, 58, 36), "navy": (20, 5, -23), "mustard": (68, 6, 62), "teal": (52, -27, -9),
    "burgundy": (24, 36, 12), "olive": (45, -8, 27), "cream": (91, 1, 15), "plum": (29, 29, -17),
    "rust": (44, 31, 36), "forest": (32, -21, 12), "coral": (62, 48, 32), "slate": (47, -3, -9),
    "lavender": (68, 15, -24), "black": (10, 0, -1), "turquoise": (66, -33, -9), "orange": (62, 38, 54),
    "blue": (39, 8, -43), "pink": (70, 36, 5), "green": (48, -33, 18), "grey": (54, 0, -1),
}  # fmt: skip
_LEGS = ("denim", "charcoal", "khaki", "brown", "navy", "black", "taupe")
_INNER = ("white", "cream", "grey", "sky", "sage")
_TOPS = ("shirt", "sweater", "jacket", "coat", "t_shirt")
_OUTER_WORDS = ("coat", "jacket", "parka", "cloak", "cape", "poncho", "anorak", "大衣", "外套", "风衣", "夹克", "雨衣")
_WHOLE_WORDS = (
    "dress", "gown", "robe", "suit", "uniform", "overalls", "jumpsuit", "scrubs", "qipao", "kimono", "tuxedo", "armor",
    "armour", "pyjamas", "pajamas", "tracksuit", "连衣裙", "旗袍", "西装", "制服", "校服", "军装", "睡衣",
    "dungarees", "cassock", "sari", "工作服", "手术服", "长袍", "汉服", "和服", "背带裤", "工装裤", "婚纱",
)  # fmt: skip
_TOP_WORDS = (
    *_OUTER_WORDS, "shirt", "blouse", "sweater", "jumper", "hoodie", "tee", "top", "tunic", "polo", "cardigan", "vest",
    "blazer", "pullover", "turtleneck", "tank", "衬衫", "衬衣", "毛衣", "卫衣", "T恤", "背心", "上衣",
    "马甲", "围裙", "waistcoat", "apron", "vis",
)  # fmt: skip
_BOTTOM_WORDS = (
    "trousers", "jeans", "pants", "slacks", "skirt", "shorts", "leggings", "kilt", "chinos", "裤", "短裙", "半裙",
)  # fmt: skip
_SKINS = ("pale", "light", "tan", "brown", "dark")
_HAIR = {
    "female": ("long", "bob", "ponytail", "bun", "curly", "short", "wavy", "braids"),
    "male": ("short", "quiff", "curly", "short", "bald", "buzz"),
    "unspecified": ("short", "curly", "short", "wavy"),
}
_DARK_SHAPES = {  # with dark skin
    "female": ("afro", "braids", "locs", "bun", "curly", "short"),
    "male": ("short", "buzz", "locs", "afro", "bald", "buzz"),
    "unspecified": ("short", "afro", "locs", "buzz"),
}
_BEARDS: tuple[Beard, ...] = ("full", "stubble", "moustache", "full", "goatee", "stubble")
_GLASSES: tuple[Glasses, ...] = ("round", "square")
_DARK_HAIR = ("black", "black", "brown")  # with brown and dark skin
_CHINESE_SKINS, _CHINESE_HAIR = ("light", "light", "tan"), ("black",)
_HAIR_COLOURS = ("black", "brown", "chestnut", "blonde", "auburn", "black", "brown")
_COATS: dict[str, tuple[str, ...]] = {
    "dog": ("brown", "golden", "black", "white", "grey", "rust"),
    "cat": ("grey", "orange", "black", "white", "brown"),
    "horse": ("brown", "rust", "black", "grey", "white"),
    "bird": ("grey", "white", "black"),
    "fish": ("orange", "gold", "silver", "blue"),
}
_ANIMAL_HEIGHTS_M = {"dog": 0.52, "cat": 0.27, "horse": 1.55, "bird": 0.22, "fish": 0.14}
_COAT_WORD = re.compile(
    r"\b(?:black|white|brown|gr[ae]y|golden|gold|ginger|orange|red|tan|cream|chocolate|silver|yellow)\b", re.IGNORECASE
)
_BEARD_COLOUR = re.compile(
    r"\b(white|gr[ae]y|silver|black|brown|red|ginger|blond)[\w-]*\s+(?:\w+\s+)?(?:beard|moustache|mustache|goatee)\b"
    r"|(?P<zh>[白灰黑])(?:色的?)?(?:胡子|胡须|大胡子|络腮胡)",
    re.IGNORECASE,
)
_ZH_BEARDS = {"白": "white", "灰": "grey", "黑": "black"}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CHINESE_FAMILIES = frozenset({
    "bai", "cai", "cao", "chen", "cheng", "deng", "dong", "fan", "fang", "feng", "guo", "hao", "hou", "huang", "jia",
    "jiang", "kong", "liang", "lin", "liu", "lu", "luo", "meng", "pan", "peng", "qian", "qin", "shen", "tang", "tian",
    "wang", "wen", "wu", "xiao", "xie", "xu", "xue", "yang", "yuan", "zeng", "zhang", "zhao", "zheng", "zhou", "zhu",
})  # fmt: skip
_ADULT_YEARS = 17
_UNKNOWN_AGE_YEARS = 35


def stable_seed(*parts: object) -> int:
    """A number below 2**31 that is always the same for the same parts."""
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:4], "big") >> 1


def cast_looks(cast: Sequence[Character], seed: int) -> tuple[Look, ...]:
    """A full look for each of a cast, in order: what is written counts first, so nobody is dressed like it."""
    taken = [colour for character in cast if (colour := _main_colour(character.look))]
    looks: list[Look] = []
    heads: set[_Head] = set()
    for person in cast:
        said = person.look
        if person.species != "person" and said.hair_colour is None:
            said = replace(said, hair_colour=_coat_in(person.description))
        elif person.species == "person":
            said = _described(person)
        look = generated_look(person.id, person.species, person.gender, person.age_years, said, seed, taken)
        if _main_colour(person.look) is None and (colour := _main_colour(look)):
            taken.append(colour)
        if person.species == "person" and said.hair is None:
            look = _another_head(look, person.gender, heads)
        heads.add((person.gender, look.hair, look.hair_colour))
        looks.append(look)
    return tuple(looks)


def _described(person: Character) -> Look:
    """What is written of a person's look, then what the description says, then what the trade asks for."""
    look, read = person.look, read_attire(person.description)
    worn = [*look.wardrobe]
    for garments in (read.wardrobe, trade_attire(person.name or person.id, person.description)):
        taken = {shape for garment in worn if (shape := garment_of(garment.kind))}
        free = [part for part in PARTS if not part & taken]
        worn += [g for g in garments if any(garment_of(g.kind) in part for part in free)]
    return replace(
        look,
        hair=look.hair or read.hair,
        hair_colour=look.hair_colour or read.hair_colour or _beard_in(person.description),
        beard=(read.beard or look.beard) if look.beard in (None, True) else look.beard,
        glasses=(read.glasses or look.glasses) if look.glasses in (None, True) else look.glasses,
        wardrobe=tuple(worn),
    )


def _another_head(look: Look, gender: Gender, heads: set[_Head]) -> Look:
    """`look` with hair of another shape when somebody of the cast has the same; as it is when all are taken."""
    shapes = [look.hair, *(shape for shape in dict.fromkeys(_HAIR[gender]) if shape != "bald")]
    free = [shape for shape in shapes if (gender, shape, look.hair_colour) not in heads]
    return replace(look, hair=free[0]) if free else look


def generated_look(
    character_id: str,
    species: Species,
    gender: Gender,
    age_years: float | None,
    partial: Look,
    seed: int,
    taken: Iterable[str] = (),
) -> Look:
    """`partial` with everything that it leaves open chosen; `taken` are main colours that others wear."""

    def pick(options: Sequence[T], what: str) -> T:
        return options[stable_seed("look", seed, character_id, what) % len(options)]

    if species != "person":
        return _animal(species, partial, pick(_COATS[species], "coat"), pick((0.9, 1.0, 1.1), "height"))
    age = _UNKNOWN_AGE_YEARS if age_years is None else age_years
    child = age < _ADULT_YEARS
    greyed = "white" if age >= 72 else "grey"
    bearded = gender == "male" and age > 24 and pick(range(4), "beard") == 0
    beard: Beard = pick(_BEARDS, "beard shape") if bearded else False
    glassed = pick(range(6 if age < 55 else 3), "glasses") == 0
    glasses: Glasses = pick(_GLASSES, "glasses shape") if glassed else False
    chinese = _is_chinese(character_id)
    skin = partial.skin or pick(_CHINESE_SKINS if chinese else _SKINS, "skin")
    colours = _CHINESE_HAIR if chinese else _DARK_HAIR if skin in ("brown", "dark") else _HAIR_COLOURS
    return replace(
        partial,
        skin=skin,
        hair=partial.hair or _hair(gender, age, pick((_DARK_SHAPES if skin == "dark" else _HAIR)[gender], "hair")),
        hair_colour=partial.hair_colour or (greyed if age >= 62 else pick(colours, "hair colour")),
        build=partial.build or ("slim" if child else pick(("slim", "average", "average", "broad"), "build")),
        height_m=partial.height_m or _height_m(gender, age, pick((-2, -1, 0, 1, 2), "height")),
        beard=beard if partial.beard is None else partial.beard,
        glasses=glasses if partial.glasses is None else partial.glasses,
        wardrobe=_dressed(character_id, gender, age, partial.wardrobe, seed, tuple(taken)),
    )


def _animal(species: Species, partial: Look, coat: str, size: float) -> Look:
    usual = _ANIMAL_HEIGHTS_M[species]
    return replace(
        partial,
        hair=partial.hair or "short",
        hair_colour=partial.hair_colour or partial.skin or coat,
        build=partial.build or "average",
        height_m=partial.height_m or round(usual * size, 2),
        beard=False if partial.beard is None else partial.beard,
        glasses=False if partial.glasses is None else partial.glasses,
    )


def _coat_in(description: str) -> str | None:
    """The first colour that an animal's description names."""
    found = _COAT_WORD.search(description)
    return found[0].lower() if found else None


def _beard_in(description: str) -> str | None:
    """The colour of the beard that a description names: hair is of the same colour."""
    found = _BEARD_COLOUR.search(description)
    if found is None:
        return None
    return _ZH_BEARDS[found["zh"]] if found["zh"] else found[1].lower()


def _is_chinese(name: str) -> bool:
    """Whether a name is written in Chinese, or has a Chinese family name at its start or end."""
    words = re.findall(r"[a-z]+", name.casefold())
    return bool(_HAN.search(name)) or (bool(words) and bool({words[0], words[-1]} & _CHINESE_FAMILIES))


def _hair(gender: Gender, age: float, shape: str) -> str:
    return "short" if shape == "bald" and age < 30 else "bun" if gender == "female" and age >= 68 else shape


def _height_m(gender: Gender, age: float, step: int) -> float:
    grown = {"female": 1.65, "male": 1.78, "unspecified": 1.71}[gender] + step * 0.025
    if age >= _ADULT_YEARS:
        return round(grown - max(0.0, age - 65) * 0.002, 2)
    return round(0.75 + (grown - 0.75) * math.pow(age / _ADULT_YEARS, 0.75), 2)


def _dressed(
    character_id: str, gender: Gender, age: float, wardrobe: tuple[Garment, ...], seed: int, taken: tuple[str, ...]
) -> tuple[Garment, ...]:
    def pick(options: Sequence[T], what: str) -> T:
        return options[stable_seed("wardrobe", seed, character_id, what) % len(options)]

    main = next((g for g in wardrobe if _is(g, _TOP_WORDS) or _is(g, _WHOLE_WORDS)), None)
    colour = _far_from(taken, sorted(_MAIN, key=lambda name: stable_seed(seed, character_id, name)))
    worn = [g if g.colour else replace(g, colour=colour if g is main else pick(_LEGS, g.kind)) for g in wardrobe]
    if main is None:
        tops = _TOPS if age >= _ADULT_YEARS else ("t_shirt", "sweater", "jacket")
        whole = gender == "female" and not any(_is(g, _BOTTOM_WORDS) for g in wardrobe) and not pick(range(5), "dress")
        worn.insert(0, Garment(kind="dress" if whole else pick(tops, "top"), colour=colour))
    if any(_is(g, _OUTER_WORDS) for g in worn) and not any(
        _is(g, _WHOLE_WORDS) or (_is(g, _TOP_WORDS) and not _is(g, _OUTER_WORDS)) for g in worn
    ):
        worn.append(Garment(kind="shirt", colour=pick(_INNER, "inner")))  # what shows when the coat comes off
    if not any(_is(g, _WHOLE_WORDS) or _is(g, _BOTTOM_WORDS) for g in worn):
        legs = [name for name in _LEGS if name != worn[0].colour]
        worn.append(Garment(kind=pick(("jeans", "trousers"), "bottom"), colour=pick(legs, "bottom colour")))
    return tuple(worn)


def _is(garment: Garment, words: tuple[str, ...]) -> bool:
    text = garment.kind.casefold().replace("_", " ").replace("-", " ")
    return any(part.endswith(word.casefold()) for word in words for part in text.split())


def _main_colour(look: Look) -> str | None:
    for garment in look.wardrobe:
        if garment.colour and (_is(garment, _TOP_WORDS) or _is(garment, _WHOLE_WORDS)):
            return garment.colour
    return None


def _far_from(taken: tuple[str, ...], options: Sequence[str]) -> str:
    """The option whose nearest among `taken` is farthest; the first of equals."""
    known = [lab for name in taken if (lab := _lab(name))]

    def room(name: str) -> float:
        return min((math.dist(_MAIN[name], lab) for lab in known), default=0.0)

    return max(options, key=room)


def _lab(words: str) -> tuple[float, float, float] | None:
    text = words.casefold()
    if len(text) == 7 and text.startswith("#"):
        return _lab_of_srgb(text)
    named = [name for name in _MAIN if name in text.replace("gray", "grey")]
    return _MAIN[named[-1]] if named else {"white": (93.0, 0.0, 2.0), "yellow": (80.0, 2.0, 70.0)}.get(text)


def _lab_of_srgb(hex_colour: str) -> tuple[float, float, float] | None:
    """CIE 1976 L*a*b* (D65) of "#rrggbb"."""
    try:
        srgb = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    except ValueError:
        return None
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in srgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (math.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))
