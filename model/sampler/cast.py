"""People who can be told apart, each from one number, with the words for what they look like."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Literal, get_args, get_type_hints

from model.sampler.split import Split, held_out, rng_of, seed_for
from model.sampler.words import BOTTOMS, COLOURS, HAIR, HAIR_COLOURS, HATS, SKINS, TOPS, Colour, Words
from model.stage import Look, Species

__all__ = ["Person", "noun_of", "person"]

_HINTS = get_type_hints(Look)


def _choices(field: str) -> tuple[Any, ...]:
    return get_args(_HINTS[field])


@dataclass(frozen=True)
class Person:
    """A look with its words: what they are, in short, and what they wear; of an animal, its coat."""

    seed: int
    look: Look
    noun: Words
    short: Words  # "a woman in a red coat"
    detail: Words  # "with curly black hair and glasses, in blue jeans"
    species: Species = "person"


def person(split: Split, *parts: object) -> Person:
    """A member of a cast, on this side of the split for good; `parts` say which."""
    seed = seed_for(split, "person", *parts)
    rng = rng_of("person", seed)
    age = rng.choices((rng.uniform(5, 12), rng.uniform(13, 19), rng.uniform(20, 60), rng.uniform(61, 85)),
                      (0.10, 0.10, 0.62, 0.18))[0]  # fmt: skip
    gender: Literal["female", "male"] = "female" if rng.random() < 0.5 else "male"
    skin = rng.choice(SKINS)
    hair = _hair(rng, gender, age)
    tint = (
        HAIR_COLOURS[5]
        if age > 74
        else HAIR_COLOURS[4]
        if age > 60
        else rng.choice(HAIR_COLOURS[: 4 if skin in SKINS[:2] else 2])
    )
    top, top_colour = _worn(rng, split, tuple(TOPS), gender, age)
    bottom: Any = rng.choice(("trousers", "jeans", "trousers", "skirt" if gender == "female" else "jeans", "shorts"))
    bottom_colour = rng.choice(tuple(c for c in COLOURS if c is not top_colour))
    hat: Any = rng.choice(_choices("hat")[1:]) if rng.random() < 0.22 else "none"
    if (hat == "hijab" and gender != "female") or (hat == "turban" and gender != "male"):
        hat = "none"
    hat_colour = rng.choice(COLOURS)
    beard: Any = rng.choice(_choices("beard")[1:]) if gender == "male" and age > 22 and rng.random() < 0.4 else "none"
    glasses: Any = rng.choice(_choices("glasses")[1:]) if rng.random() < 0.25 else "none"
    grown = {"female": 1.65, "male": 1.78}[gender] + rng.gauss(0, 0.06)
    look = Look(
        height_m=round(grown if age >= 17 else 0.75 + (grown - 0.75) * (age / 17) ** 0.75, 3),
        age_years=round(age), build=rng.choice(_choices("build")), gender=gender, skin=skin.rgb, hair=hair,
        hair_colour=tint.rgb, beard=beard, glasses=glasses, top=top, top_colour=top_colour.rgb, bottom=bottom,
        bottom_colour=bottom_colour.rgb, shoe_colour=rng.choice(COLOURS[-5:]).rgb, hat=hat, hat_colour=hat_colour.rgb,
        bag=rng.choice(_choices("bag")[1:]) if rng.random() < 0.12 else "none",
    )  # fmt: skip
    noun = noun_of(gender, age)
    return Person(
        seed,
        look,
        noun,
        Words(
            f"{_a(noun.en)} in {_a(top_colour.words.en)} {TOPS[top].en}" if top != "scrubs"
            else f"{_a(noun.en)} in {top_colour.words.en} scrubs",
            f"穿{top_colour.words.zh}{TOPS[top].zh}的{noun.zh}",
        ),
        _detail(look, skin, tint, bottom_colour, hat_colour),
    )  # fmt: skip


def _hair(rng: Random, gender: str, age: float) -> Any:
    shapes = [shape for shape in _choices("hair") if not (shape == "bald" and (gender == "female" or age < 30))]
    if gender == "male":
        shapes = [shape for shape in shapes if shape not in ("bun", "bob", "ponytail")] * 2 + ["ponytail"]
    else:
        shapes = [shape for shape in shapes if shape not in ("quiff", "buzz")] * 2 + ["buzz"]
    if age < 13 or age > 60:
        shapes = [shape for shape in shapes if shape not in ("mohawk", "quiff", "locs")]
    return rng.choice(shapes)


def _worn(rng: Random, split: Split, tops: tuple[str, ...], gender: str, age: float) -> tuple[Any, Colour]:
    """A garment in a colour; pairs of the two that are held out are worn by nobody of the training cast."""
    fits = [t for t in tops if not (t == "dress" and gender != "female") and not (t in ("suit", "scrubs") and age < 18)]
    while True:
        top, colour = rng.choice(fits), rng.choice(COLOURS)
        if split == "held_out" or not held_out("pair", top, colour.words.en):
            return top, colour


def noun_of(gender: str, age: float) -> Words:
    """What somebody of this age is called."""
    if age < 13:
        return Words("girl", "女孩") if gender == "female" else Words("boy", "男孩")
    if age < 20:
        return Words("teenage girl", "少女") if gender == "female" else Words("teenage boy", "少年")
    if age > 60:
        return Words("old woman", "老妇人") if gender == "female" else Words("old man", "老人")
    return Words("woman", "女人") if gender == "female" else Words("man", "男人")


def _detail(look: Look, skin: Colour, tint: Colour, bottom: Colour, hat: Colour) -> Words:
    shape = HAIR[look.hair]
    en, zh = [shape.en.format(tint.words.en)], [shape.zh.format(tint.words.zh)]
    if look.hat in ("hijab", "turban", "helmet", "hood"):
        en, zh = [], []
    if look.hat != "none":
        en.append(f"{_a(hat.words.en)} {HATS[look.hat].en}")
        zh.append(f"{hat.words.zh}{HATS[look.hat].zh}")
    if look.beard != "none":
        word = {"full": ("a beard", "络腮胡"), "goatee": ("a goatee", "山羊胡"), "moustache": ("a moustache", "小胡子"),
                "stubble": ("stubble", "胡茬")}[look.beard]  # fmt: skip
        en.append(word[0])
        zh.append(word[1])
    if look.glasses != "none":
        en.append("dark glasses" if look.glasses == "dark" else "glasses")
        zh.append("墨镜" if look.glasses == "dark" else "眼镜")
    legs = "" if look.top in ("dress", "robe", "overalls") else f"{bottom.words.en} {BOTTOMS[look.bottom].en}"
    legs_zh = "" if not legs else f"{bottom.words.zh}{BOTTOMS[look.bottom].zh}"
    return Words(
        f"{skin.words.en}, with {', '.join(en)}" + (f", in {legs}" if legs else ""),
        f"{skin.words.zh}，{'、'.join(zh)}" + (f"，{legs_zh}" if legs_zh else ""),
    )


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
