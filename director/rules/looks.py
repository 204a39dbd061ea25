"""What an introduction says of a character: age, gender, skin, hair, build, glasses, beard, garments, colours.

Only what is written is read; `shots.defaults` makes up the rest.
"""

from __future__ import annotations

import re

from director.rules.names import FEMALE_NAMES, MALE_NAMES
from shots.spec import Garment, Gender, Look

__all__ = ["COLOURS", "GARMENTS", "read_age", "read_garments", "read_gender", "read_look"]

COLOURS = (
    "red|crimson|scarlet|orange|yellow|golden|gold|green|olive|teal|turquoise|blue|navy|purple|violet|pink|brown|"
    "beige|tan|cream|black|white|grey|gray|silver|maroon|khaki|mustard|burgundy|lavender|ivory|charcoal"
)
GARMENTS: dict[str, str] = {
    "coat": "coat", "raincoat": "raincoat", "overcoat": "coat", "trenchcoat": "coat", "trench coat": "coat",
    "parka": "coat", "jacket": "jacket", "blazer": "jacket", "hoodie": "hoodie", "sweater": "sweater",
    "sweatshirt": "sweater", "cardigan": "sweater", "jumper": "sweater", "shirt": "shirt", "blouse": "shirt",
    "t-shirt": "t_shirt", "tee": "t_shirt", "tank top": "t_shirt", "suit": "suit", "tuxedo": "suit",
    "dress": "dress", "gown": "dress", "robe": "robe", "nightgown": "dress", "uniform": "uniform",
    "scrubs": "scrubs", "overalls": "overalls", "apron": "apron", "jeans": "jeans", "trousers": "trousers",
    "pants": "trousers", "slacks": "trousers", "skirt": "skirt", "shorts": "shorts", "hat": "brimmed",
    "fedora": "brimmed", "cap": "cap", "beanie": "beanie", "scarf": "scarf", "tie": "tie", "boots": "boots",
    "shoes": "shoes", "sneakers": "shoes", "heels": "shoes", "vest": "waistcoat", "waistcoat": "waistcoat",
    "pyjamas": "shirt", "pajamas": "shirt",
}  # fmt: skip
_ZH_COLOURS = {"红": "red", "蓝": "blue", "绿": "green", "黑": "black", "白": "white", "黄": "yellow", "灰": "grey",
               "紫": "purple", "粉": "pink", "棕": "brown", "橙": "orange"}  # fmt: skip
_ZH_GARMENTS = {"风衣": "coat", "大衣": "coat", "外套": "jacket", "夹克": "jacket", "毛衣": "sweater", "衬衫": "shirt",
                "T恤": "t_shirt", "西装": "suit", "连衣裙": "dress", "裙": "dress", "制服": "uniform",
                "校服": "uniform",
                "牛仔裤": "jeans", "帽": "cap", "雨衣": "raincoat", "围裙": "apron"}  # fmt: skip
_GARMENT = re.compile(
    rf"\b(?:(?P<colour>{COLOURS})\s+(?:\w+\s+)?)?(?P<kind>{'|'.join(sorted(GARMENTS, key=len, reverse=True))})\b", re.I
)
_ZH_GARMENT = re.compile(
    rf"(?:(?P<colour>[{''.join(_ZH_COLOURS)}])色?的?)?(?P<kind>{'|'.join(sorted(_ZH_GARMENTS, key=len, reverse=True))})"
)
_ZH_NUMBERS = {c: n for n, c in enumerate("零一二三四五六七八九十")}
_AGE = (
    re.compile(r"\(\s*(?:age[ds]?\s+)?(?P<n>\d{1,3})(?P<s>'?s)?(?:\s*[-–]\s*\d+)?\s*[,)]", re.I),
    re.compile(r"\(\s*(?P<part>early|mid|late)[\s-]+(?P<n>\d0)'?(?P<s>s)\b", re.I),
    re.compile(r",\s*(?:age[ds]?\s+)?(?P<n>\d{1,3})(?P<s>'?s)?(?=\s*(?:[,.;:(–—-]|$|and\b|with\b|in\b|or\b))", re.I),
    re.compile(r"\b(?P<part>early|mid|late)[\s-]+(?P<n>\d0)'?(?P<s>s)\b", re.I),
    re.compile(r"\b(?:in (?:his|her|their)|about|around|age[d]?)\s+(?P<n>\d{1,3})(?P<s>'?s)?\b", re.I),
    re.compile(r"\b(?P<n>\d{1,3})[\s-]years?[\s-]old\b", re.I),
    re.compile(r"(?P<n>\d{1,3})多?岁"),
)  # fmt: skip
_DECADES = {"twenties": 25, "thirties": 35, "forties": 45, "fifties": 55, "sixties": 65, "seventies": 75,
            "eighties": 85, "teens": 16}  # fmt: skip
_DECADE = re.compile(rf"\b(?:(?P<part>early|mid|late)[\s-]+)?(?P<d>{'|'.join(_DECADES)})\b", re.I)
_AGE_WORDS = {
    "middle-aged": 48, "teenage": 16, "teenager": 16, "teen": 16, "old man": 72, "old woman": 72, "elderly": 76,
    "aging": 65, "grandmother": 72, "grandfather": 74, "baby": 1, "toddler": 2, "little girl": 7, "little boy": 7,
    "child": 8, "kid": 9, "young": 24, "girl": 10, "boy": 10, "小女孩": 8, "小男孩": 8, "少年": 15, "少女": 15,
    "老人": 72, "老太太": 72, "老头": 72, "中年": 46, "年轻": 24, "女孩": 12, "男孩": 12,
}  # fmt: skip  # the most telling first
_FEMALE = re.compile(
    r"\b(?:\w*wom[ae]n|girl|lady|mother|mom|mum|sister|daughter|wife|widow|grandmother|grandma|granny|aunt|actress|"
    r"waitress|hostess|queen|princess|mrs|ms|miss|madam|bride|nun|landlady|stewardess|girlfriend|niece|policewoman)\b"
    r"|女|妈妈|母亲|奶奶|姐|妹|阿姨|太太|婆",
    re.I,
)
_MALE = re.compile(
    r"\b(?:m[ae]n|fisherman|cameraman|salesman|businessman|workman|postman|gunman|boy|guy|gentleman|father|dad|brother|son|husband|widower|grandfather|grandpa|uncle|actor|waiter|"
    r"king|prince|mr|sir|groom|priest|monk|landlord|boyfriend|nephew|policeman|fireman|doorman|bloke)\b"
    r"|男|爸爸|父亲|爷爷|哥|弟|叔|先生|老头|小伙",
    re.I,
)
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b|她", re.I)
_HE = re.compile(r"\b(?:he|his|him|himself)\b|他", re.I)
_SKINS = (
    (re.compile(r"\b(?:pale|fair-skinned|pallid|ashen)\b|皮肤白", re.I), "pale"),
    (re.compile(r"\b(?:a white|white (?:man|woman|girl|boy)|caucasian|light-skinned)\b", re.I), "light"),
    (re.compile(r"\b(?:tanned|olive-skinned|sunburnt|weathered|latina|latino|mediterranean)\b", re.I), "tan"),
    (re.compile(r"\b(?:brown-skinned|brown skin|south asian|indian|middle eastern)\b|皮肤黝黑", re.I), "brown"),
    (re.compile(r"\b(?:a black|black (?:man|woman|girl|boy)|dark-skinned|dark skin|african)\b", re.I), "dark"),
)  # fmt: skip
_HAIR_SHAPES = (
    (re.compile(r"\b(?:bald|shaved head|hairless)\b|光头|秃", re.I), "bald"),
    (re.compile(r"\bponytail\b|马尾", re.I), "ponytail"),
    (re.compile(r"\b(?:hair in a |tight )?bun\b|发髻", re.I), "bun"),
    (re.compile(r"\bafro\b", re.I), "afro"),
    (re.compile(r"\b(?:curly|curls|frizzy|wild hair)\b|卷发", re.I), "curly"),
    (re.compile(r"\b(?:bobbed|a bob\b(?! ))\b", re.I), "bob"),
    (re.compile(r"\blong (?:\w+ ){0,2}(?:hair|locks)\b|长发", re.I), "long"),
    (re.compile(r"\b(?:short (?:\w+ ){0,2}hair|cropped)\b|短发", re.I), "short"),
)  # fmt: skip
_HAIR_COLOUR = re.compile(
    r"\b(?P<c>black|brown|blonde?|red|ginger|auburn|gr[ae]y|silver|white|pink|blue|green|purple|dark|fair)[\s-]"
    r"(?:\w+[\s-])?(?:hair|haired|curls|locks|bun|ponytail|bob)\b|\b(?P<n>redhead|blonde|brunette|grizzled|"
    r"raven-haired)\b"
    r"|(?P<z>[黑白红棕灰金])发",
    re.I,
)
_HAIR_NAMES = {"redhead": "red", "ginger": "red", "brunette": "brown", "grizzled": "grey", "raven-haired": "black",
               "blonde": "blond", "gray": "grey", "dark": "black", "fair": "blond", "auburn": "brown",
               "黑": "black", "白": "white", "红": "red", "棕": "brown", "灰": "grey", "金": "blond"}  # fmt: skip
_BEARD = re.compile(r"\b(?:beard|bearded|moustache|mustache|stubble|unshaven|goatee)\b|胡子", re.I)
_GLASSES = re.compile(r"\b(?:glasses|spectacles|bespectacled)\b(?! of)|眼镜", re.I)
_BUILDS = (
    (re.compile(r"\b(?:heavy|heavyset|fat|overweight|stout|portly|obese)\b|肥胖|胖", re.I), "heavy"),
    (re.compile(r"\b(?:broad|burly|muscular|stocky|beefy|brawny|hulking|sturdy)\b|魁梧|壮", re.I), "broad"),
    (re.compile(r"\b(?:slim|thin|slender|lean|wiry|skinny|gaunt|lanky|willowy|petite|slight)\b|瘦", re.I), "slim"),
)  # fmt: skip
_TALL = re.compile(r"\b(?:tall|towering|lanky)\b|高大|高个", re.I)
_SHORT = re.compile(r"\b(?:tiny|petite|short(?! (?:\w+ )?hair))\b|矮", re.I)


def read_age(text: str) -> float | None:
    """The age in years that an introduction gives, the middle of a span such as "30s" or "late forties"."""
    for pattern in _AGE:
        if match := pattern.search(text):
            years = float(match["n"])
            groups = match.groupdict()
            if groups.get("s"):
                years += {"early": 2.0, "mid": 5.0, "late": 8.0}.get((groups.get("part") or "mid").casefold(), 5.0)
            if years <= 120:
                return years
    if match := _DECADE.search(text):
        shift = {"early": -3, "late": 3}.get((match["part"] or "").casefold(), 0)
        return float(_DECADES[match["d"].casefold()] + shift)
    if match := re.search(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)[多来]?岁", text):
        return float(10 * (_ZH_NUMBERS.get(match[1], 1)) + _ZH_NUMBERS.get(match[2], 0))
    lower = text.casefold()
    for word, years in _AGE_WORDS.items():
        if word in lower and (not word.isascii() or re.search(rf"\b{word}\b", lower)):
            return float(years)
    return None


def read_gender(name: str, description: str, followed_by: str) -> Gender:
    """Gender from the introduction's words, else the first name, else the pronouns of what follows."""
    for text in (name, description):
        if woman := _FEMALE.search(text):
            man = _MALE.search(text)
            return "male" if man and man.start() < woman.start() else "female"
        if _MALE.search(text):
            return "male"
    for part in name.casefold().split():
        if part in FEMALE_NAMES:
            return "female"
        if part in MALE_NAMES:
            return "male"
    she, he = _SHE.search(followed_by), _HE.search(followed_by)
    if she and (not he or she.start() < he.start()):
        return "female"
    return "male" if he else "unspecified"


def read_garments(text: str) -> tuple[Garment, ...]:
    """The pieces of wardrobe that are named, each kind once, with their colours."""
    found: dict[str, Garment] = {}
    for match in _GARMENT.finditer(text):
        kind = GARMENTS[match["kind"].casefold()]
        if kind not in found:
            colour = match["colour"]
            found[kind] = Garment(kind=kind, colour=colour.casefold().replace("gray", "grey") if colour else None)
    for match in _ZH_GARMENT.finditer(text):
        kind = _ZH_GARMENTS[match["kind"]]
        if kind not in found:
            found[kind] = Garment(kind=kind, colour=_ZH_COLOURS[match["colour"]] if match["colour"] else None)
    return tuple(found.values())


def read_look(text: str) -> Look:
    """The look that an introduction describes; what it leaves out is None."""
    hair_colour = None
    if match := _HAIR_COLOUR.search(text):
        word = (match["c"] or match["n"] or match["z"]).casefold()
        hair_colour = _HAIR_NAMES.get(word, word)
    height = 1.9 if _TALL.search(text) else 1.56 if _SHORT.search(text) else None
    return Look(
        skin=next((name for pattern, name in _SKINS if pattern.search(text)), None),
        hair=next((name for pattern, name in _HAIR_SHAPES if pattern.search(text)), None),
        hair_colour=hair_colour,
        build="heavy" if _BUILDS[0][0].search(text) else "broad" if _BUILDS[1][0].search(text)
        else "slim" if _BUILDS[2][0].search(text) else None,
        height_m=height,
        beard=True if _BEARD.search(text) else None,
        glasses=True if _GLASSES.search(text) else None,
        wardrobe=read_garments(text),
    )  # fmt: skip
