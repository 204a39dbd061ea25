"""Words for what people look like, English and Chinese: garments, headwear, bags, hair, beards, glasses, trades.

One table for each part of a look, the most particular first. `garment_of` names a garment's shape; `read_attire` reads
a description; `trade_attire` dresses a nurse or a soldier whom nobody dressed. Colours stay words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar

from shots.spec import Beard, Garment, Glasses

__all__ = [
    "BAGS",
    "BOTTOMS",
    "HATS",
    "PARTS",
    "TOPS",
    "Attire",
    "Bag",
    "Bottom",
    "Hair",
    "Hat",
    "Top",
    "garment_of",
    "hair_of",
    "read_attire",
    "trade_attire",
]

T = TypeVar("T")
Top = Literal[
    "shirt", "t_shirt", "sweater", "jacket", "coat", "suit", "dress", "uniform", "hoodie", "waistcoat", "robe",
    "overalls", "apron", "scrubs", "raincoat", "hi_vis",
]  # fmt: skip
Bottom = Literal["trousers", "jeans", "skirt", "shorts"]
Hat = Literal["none", "cap", "brimmed", "beanie", "hijab", "turban", "peaked", "helmet", "hood"]
Bag = Literal["none", "shoulder", "backpack"]
Hair = Literal[
    "bald", "short", "long", "bob", "bun", "ponytail", "curly", "afro", "wavy", "braids", "locs", "buzz", "quiff",
    "mohawk",
]  # fmt: skip

# Names between bars; a "~" marks those that mean something else too often to be looked for in free text.
TOPS: tuple[tuple[Top, str], ...] = (
    ("hi_vis", "hi-vis vest|hi-vis jacket|hi-vis|high-visibility vest|high-visibility jacket|safety vest|"
               "reflective vest|反光背心|反光衣|荧光背心"),
    ("raincoat", "raincoat|rain coat|rain jacket|oilskin|slicker|mackintosh|poncho|雨衣|雨披"),
    ("apron", "apron|pinafore|围裙"),
    ("overalls", "overalls|overall|dungarees|jumpsuit|boiler suit|coveralls|~bib|背带裤|工装裤|连体服|工作服"),
    ("scrubs", "scrubs|surgical gown|hospital gown|手术服|护士服|刷手服"),
    ("waistcoat", "waistcoat|three-piece|vest|~gilet|马甲|西装背心"),
    ("robe", "bathrobe|dressing gown|robes|robe|kimono|cassock|~habit|hanfu|toga|睡袍|浴袍|长袍|道袍|袈裟|汉服|和服"),
    ("hoodie", "hoodie|hooded sweatshirt|hoody|卫衣|连帽衫|帽衫"),
    ("jacket", "tracksuit|leather jacket|运动服"),
    ("coat", "overcoat|trench coat|trenchcoat|lab coat|parka|cloak|cape|coat|大衣|风衣|白大褂|斗篷|披风|~外套"),
    ("suit", "suit jacket|tuxedo|blazer|dinner jacket|suit|西装|西服|燕尾服"),
    ("dress", "dress|gown|qipao|cheongsam|sundress|nightgown|frock|sari|婚纱|连衣裙|旗袍|长裙|~裙子"),
    ("uniform", "uniform|fatigues|armour|armor|制服|校服|军装|警服"),
    ("jacket", "jacket|anorak|windbreaker|bomber|夹克|棉袄|羽绒服"),
    ("sweater", "sweater|pullover|cardigan|jumper|sweatshirt|turtleneck|~knit|毛衣|针织衫"),
    ("t_shirt", "tshirt|t-shirt|tank top|undershirt|singlet|~tee|~tank|T恤|背心"),
    ("shirt", "shirt|blouse|tunic|~polo|~top|衬衫|衬衣|~上衣"),
)  # fmt: skip
BOTTOMS: tuple[tuple[Bottom, str], ...] = (
    ("jeans", "jeans|denims|牛仔裤"),
    ("skirt", "miniskirt|skirt|kilt|短裙|半裙"),
    ("shorts", "shorts|~trunks|~boxers|短裤"),
    ("trousers", "trousers|pants|slacks|leggings|chinos|sweatpants|裤子|长裤"),
)
HATS: tuple[tuple[Hat, str], ...] = (
    ("hijab", "hijab|headscarf|head scarf|chador|wimple|veil|头巾|盖头|纱巾"),
    ("turban", "turban|dastar|缠头|包头巾"),
    ("helmet", "hard hat|hardhat|helmet|头盔|安全帽|钢盔"),
    ("peaked", "peaked cap|police cap|officer's cap|officers cap|military cap|captain's cap|captain's hat|"
               "chauffeur's cap|army cap|大檐帽|大盖帽|警帽|军帽"),
    ("hood", "hood|兜帽|风帽"),
    ("beanie", "beanie|toque|bobble hat|woolly hat|knit cap|wool cap|毛线帽|针织帽"),
    ("cap", "baseball cap|flat cap|cap|visor|beret|鸭舌帽|棒球帽|贝雷帽"),
    ("brimmed", "fedora|bowler|sunhat|sun hat|straw hat|cowboy hat|stetson|panama|top hat|hat|草帽|礼帽|~帽子|斗笠"),
)  # fmt: skip
BAGS: tuple[tuple[Bag, str], ...] = (
    ("backpack", "backpack|rucksack|knapsack|schoolbag|school bag|背包|书包|双肩包"),
    ("shoulder", "shoulder bag|satchel|handbag|messenger bag|tote bag|tote|purse|~bag|挎包|单肩包|斜挎包|手提包"),
)
PARTS = tuple(frozenset(shape for shape, _ in table) for table in (TOPS, BOTTOMS, HATS, BAGS))
"""Shapes of which a person wears one: one top, one below, one hat, one bag."""
_HAIR: tuple[tuple[Hair, str], ...] = (
    ("bald", "bald|balding|shaved head|shaven head|hairless|光头|秃"),
    ("mohawk", "mohawk|mohican|莫西干"),
    ("locs", "dreadlocks|dreadlocked|~dreads|locs|脏辫"),
    ("braids", "braids|braided hair|braid|plaits|plait|pigtails|cornrows|麻花辫|辫子"),
    ("buzz", "buzz cut|buzzcut|~buzz|crew cut|cropped hair|close-cropped|寸头|平头|板寸"),
    ("quiff", "quiff|pompadour|slicked-back hair|slicked back hair|slick hair|大背头|背头|油头"),
    ("ponytail", "ponytail|pony tail|马尾"),
    ("bun", "hair in a bun|tight bun|top knot|topknot|~bun|chignon|发髻|丸子头"),
    ("afro", "afro|爆炸头"),
    ("wavy", "wavy hair|wavy|waves of hair|大波浪|波浪"),
    ("curly", "curly|~curls|frizzy|ringlets|卷发"),
    ("bob", "bobbed|bob haircut|~bob|波波头|齐耳"),
    ("long", "long hair|long-haired|hair down to|~long|长发"),
    ("short", "short hair|short-haired|~short|短发"),
)
_BEARDS: tuple[tuple[Beard, str], ...] = (
    ("goatee", "goatee|山羊胡"),
    ("stubble", "stubble|stubbled|unshaven|five o'clock shadow|胡茬|胡渣"),
    ("moustache", "moustache|mustache|moustachioed|八字胡|小胡子"),
    ("full", "beard|bearded|胡子|胡须|络腮胡|大胡子"),
)
_GLASSES: tuple[tuple[Glasses, str], ...] = (
    ("dark", "sunglasses|sun glasses|dark glasses|aviators|shades|墨镜|太阳镜"),
    ("square", "horn-rimmed glasses|horn-rimmed|square glasses|thick glasses|thick-rimmed glasses|black-rimmed glasses|"
               "黑框眼镜|方框眼镜"),
    ("round", "round glasses|wire-rimmed glasses|reading glasses|eyeglasses|glasses|spectacles|bespectacled|眼镜"),
)  # fmt: skip
_TRADES: tuple[tuple[str, tuple[Garment, ...]], ...] = (
    ("nurse|surgeon|护士|外科", (Garment(kind="scrubs", colour="teal"),)),
    ("doctor|scientist|医生|大夫|科学家", (Garment(kind="lab coat", colour="white"),)),
    ("police officer|policeman|policewoman|cop|constable|sheriff|警察|民警|警官",
     (Garment(kind="uniform", colour="navy"), Garment(kind="police cap", colour="navy"))),
    ("soldier|sergeant|corporal|士兵|军人|战士",
     (Garment(kind="uniform", colour="olive"), Garment(kind="helmet", colour="olive"))),
    ("firefighter|fireman|消防员",
     (Garment(kind="hi-vis jacket", colour="mustard"), Garment(kind="helmet", colour="red"))),
    ("pilot|captain|机长|船长",
     (Garment(kind="uniform", colour="navy"), Garment(kind="captain's cap", colour="white"))),
    ("builder|construction worker|foreman|road worker|建筑工|工人|民工",
     (Garment(kind="hi-vis vest", colour="orange"), Garment(kind="hard hat", colour="yellow"))),
    ("mechanic|farmer|plumber|修理工|农民|农夫|水管工", (Garment(kind="overalls", colour="denim"),)),
    ("chef|cook|baker|barista|waiter|waitress|bartender|厨师|大厨|服务员|店小二",
     (Garment(kind="apron", colour="white"),)),
    ("monk|priest|judge|wizard|和尚|道士|神父|法官", (Garment(kind="robe", colour="burgundy"),)),
    ("nun|修女", (Garment(kind="robe", colour="black"), Garment(kind="wimple", colour="black"))),
    ("bride|新娘", (Garment(kind="gown", colour="white"),)),
    ("lawyer|banker|businessman|businesswoman|groom|律师|商人|新郎", (Garment(kind="suit", colour="charcoal"),)),
    ("hiker|backpacker|登山者|背包客", (Garment(kind="backpack", colour="forest"),)),
    ("schoolboy|schoolgirl|小学生", (Garment(kind="school bag", colour="red"),)),
)  # fmt: skip
_COLOURS = (
    "red|crimson|scarlet|orange|yellow|golden|gold|green|olive|teal|turquoise|blue|navy|purple|violet|pink|brown|beige|"
    "tan|cream|black|white|grey|gray|silver|maroon|khaki|mustard|burgundy|lavender|ivory|charcoal|plum|rust|coral"
)
_ZH_COLOURS = {
    "红": "red", "蓝": "blue", "绿": "green", "黑": "black", "白": "white", "黄": "yellow", "灰": "grey",
    "紫": "purple", "粉": "pink", "棕": "brown", "橙": "orange",
}  # fmt: skip
_HAIR_COLOUR = re.compile(
    rf"\b(?P<colour>{_COLOURS}|blonde?|ginger|auburn)[\s-](?:\w+[\s-])?hair(?:ed)?\b|(?P<zh>[黑白红棕灰金蓝绿紫粉])(?:色的?)?(?:头发|发)",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\b(long|short|wavy|curly|braided),?\s+(?:[\w-]+\s+){1,2}hair\b", re.IGNORECASE)
_NOT = r"(?:\bno|\bwithout(?: an?| his| her| their)?|\bnot an?|clean of|没有?|不戴|不穿)\s*"


@dataclass(frozen=True)
class Attire:
    """What a description says of somebody's head and clothes; None and () where it says nothing."""

    hair: Hair | None
    hair_colour: str | None
    beard: Beard | None
    glasses: Glasses | None
    wardrobe: tuple[Garment, ...]


def _compact(words: str) -> str:
    return re.sub(r"[\s_'’-]", "", words.casefold())


def _names(table: tuple[tuple[T, str], ...]) -> list[tuple[T, list[str]]]:
    return [(shape, [_compact(name.strip("~")) for name in names.split("|")]) for shape, names in table]


_GARMENTS: tuple[tuple[Hat | Bag | Bottom | Top, list[str]], ...] = (
    *_names(HATS), *_names(BAGS), *_names(BOTTOMS), *_names(TOPS),
)  # fmt: skip


@lru_cache(maxsize=512)
def garment_of(words: str) -> Hat | Bag | Bottom | Top | None:
    """The shape that a garment's kind such as "wool overcoat" or "雨衣" names, or None.

    The last word tells more than those before it: a dress shirt is a shirt, a top hat is a hat.
    """
    whole = _compact(words)
    for shape, names in _GARMENTS:
        if any(whole.endswith(name) or (not name.isascii() and name in whole) for name in names):
            return shape
    parts = {_compact(part) for part in re.split(r"[\s_-]+", words)}
    return next((shape for shape, names in _GARMENTS if parts & set(names)), None)


def hair_of(words: str) -> Hair:
    """The shape of hair that words name; short when they name none."""
    whole = _compact(words)
    return next((shape for shape, names in _names(_HAIR) if any(name in whole for name in names)), "short")


@lru_cache(maxsize=32)
def _pattern(names: str) -> re.Pattern[str]:
    said = [name for name in names.split("|") if not name.startswith("~")]
    latin = "|".join(re.escape(n).replace(r"\ ", r"[\s-]?").replace(r"\-", r"[\s-]?") for n in said if n.isascii())
    han = "|".join(n for n in said if not n.isascii())
    colour = rf"(?:(?P<colour>{_COLOURS})[\s-]+(?:[\w-]+\s+)?)?"
    zh_colour = rf"(?:(?P<zh>[{''.join(_ZH_COLOURS)}])色?的?)?"
    either = [rf"(?P<no>{_NOT}(?:\w+\s+)?)?{colour}\b(?P<kind>{latin})\b(?! of\b)"] if latin else []
    either += [rf"(?P<zh_no>{_NOT})?{zh_colour}(?P<zh_kind>{han})"] if han else []
    return re.compile("|".join(either), re.IGNORECASE)


def _said(text: str, table: tuple[tuple[T, str], ...]) -> tuple[T, re.Match[str]] | None:
    """The first shape of a table that a text affirms."""
    for shape, names in table:
        for match in _pattern(names).finditer(text):
            groups = match.groupdict()
            if not groups.get("no") and not groups.get("zh_no"):
                return shape, match
    return None


def _garment(match: re.Match[str]) -> Garment:
    groups = match.groupdict()
    colour, zh = groups.get("colour"), groups.get("zh")
    named = colour.casefold().replace("gray", "grey") if colour else _ZH_COLOURS[zh] if zh else None
    return Garment(kind=(groups.get("kind") or groups.get("zh_kind") or "").casefold(), colour=named)


def _hair_colour(text: str, shape: re.Match[str] | None) -> str | None:
    """The colour of hair: named before its shape, or before the word itself."""
    if shape is not None and (named := _garment(shape).colour):
        return named
    found = _HAIR_COLOUR.search(text)
    if found is None:
        return None
    word = (found["colour"] or found["zh"]).casefold().replace("gray", "grey")
    return _ZH_COLOURS.get(word) or {"金": "blond", "白": "white"}.get(word, word)


def read_attire(text: str) -> Attire:
    """What a description says of hair, beard, glasses, clothes, headwear and bags."""
    hair, beard, glasses = _said(text, _HAIR), _said(text, _BEARDS), _said(text, _GLASSES)
    worn_long = _LENGTH.search(text)
    worn = (_said(text, TOPS), _said(text, BOTTOMS), _said(text, HATS), _said(text, BAGS))
    return Attire(
        hair=hair[0] if hair else hair_of(worn_long[1]) if worn_long else None,
        hair_colour=_hair_colour(text, hair[1] if hair else None),
        beard=beard[0] if beard else None,
        glasses=glasses[0] if glasses else None,
        wardrobe=tuple(_garment(found[1]) for found in worn if found),
    )


def trade_attire(name: str, description: str) -> tuple[Garment, ...]:
    """What somebody wears by trade, told by a role's name or its description: a nurse's scrubs, an officer's cap."""
    for text in (name, description):
        for trades, garments in _TRADES:
            latin = "|".join(t for t in trades.split("|") if t.isascii())
            han = [t for t in trades.split("|") if not t.isascii()]
            if re.search(rf"\b(?:{latin})\b(?!['’]s)", text, re.IGNORECASE) or any(
                t in text and f"{t}的" not in text for t in han
            ):
                return garments
    return ()
