"""Things that are handled or looked at: which words name them, whose they are, what is legible on them.

A `PropBook` gives each thing one id for the whole film. Furniture and walls are the set's, not props.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from director.rules.text import word_set
from shots.spec import Prop

__all__ = ["Noun", "PropBook", "nouns_in", "read_lettering", "read_state"]

# noun → kind of drawing
_NOUNS: dict[str, str] = {}
for _kind, _words in (
    ("phone", "phone|cell phone|cellphone|smartphone|mobile|telephone|receiver|手机|电话"),
    ("cup", "cup|mug|coffee|tea|espresso|cocoa|teacup|杯子|茶杯|咖啡"),
    ("glass", "glass|wine|whisky|whiskey|beer|pint|water glass|酒杯|玻璃杯"),
    ("bottle", "bottle|flask|thermos|瓶子|酒瓶"),
    ("letter", "letter|envelope|note|postcard|telegram|信封|纸条|信"),
    ("paper", "paper|document|contract|script|page|receipt|ticket|list|paperwork|drawing|合同|车票|票|纸"),
    ("photo", "photo|photograph|picture|polaroid|portrait|照片"),
    ("map", "map|blueprint|chart|地图"),
    ("book", "book|notebook|diary|journal|novel|bible|ledger|日记|书|本子"),
    ("newspaper", "newspaper|magazine|报纸"),
    ("laptop", "laptop|computer|keyboard|tablet|电脑"),
    ("gun", "gun|pistol|revolver|rifle|shotgun|weapon|手枪|枪"),
    ("knife", "knife|blade|dagger|scissors|刀"),
    ("key", "key|keycard|钥匙"),
    ("bag", "bag|purse|handbag|backpack|satchel|briefcase|shopping bag|duffel|背包|包"),
    ("suitcase", "suitcase|trunk|luggage|case|行李箱|箱子"),
    ("box", "box|parcel|package|crate|gift|present|chest|盒子|包裹|礼物"),
    ("umbrella", "umbrella|parasol|雨伞|伞"),
    ("flower", "flower|bouquet|rose|tulip|花"),
    ("candle", "candle|match|lighter|蜡烛"),
    ("lantern", "lantern|灯笼"),
    ("torch", "torch|flashlight|手电"),
    ("lamp", "lamp|灯"),
    ("clock", "clock|watch|alarm clock|stopwatch|timer|钟|手表"),
    ("cigarette", "cigarette|cigar|烟"),
    ("plate", "plate|pan|tray|盘子"),
    ("bowl", "bowl|碗"),
    ("food", "sandwich|bread|cake|toast|pie|pizza|apple|soup|egg|cookie|biscuit|noodles|dumpling|苹果|蛋糕|饺子|包子"),
    ("ball", "ball|tennis ball|球"),
    ("leash", "leash|rope|chain|绳子"),
    ("camera", "camera|binoculars|相机"),
    ("radio", "radio|record player|boombox|walkie-talkie|microphone|收音机"),
    ("guitar", "guitar|violin|trumpet|accordion|吉他"),
    ("ring", "ring|necklace|locket|bracelet|medal|coin|戒指|项链|硬币"),
    ("hat", "helmet|mask|glove|scarf|handkerchief|towel|blanket|围巾|毛巾"),
    ("pen", "pen|pencil|brush|paintbrush|笔"),
    ("hammer", "hammer|wrench|screwdriver|axe|shovel|broom|mop|stick|cane|锤子|扫帚|拐杖"),
    ("bicycle", "bicycle|bike|scooter|自行车"),
    ("toy", "doll|teddy bear|teddy|toy|puppet|balloon|kite|玩具|气球|风筝"),
    ("money", "money|cash|wallet|banknote|钱包|钱"),
    ("campfire", "campfire|fire pit|篝火"),
    ("bonfire", "bonfire"),
    ("fountain", "fountain|喷泉"),
    ("sign", "sign|poster|traffic light|billboard|banner|招牌|海报"),
    ("screen", "screen|television|monitor|tv|屏幕|电视"),
):
    for _word in _words.split("|"):
        _NOUNS[_word] = _kind
_LATIN = sorted((word for word in _NOUNS if word.isascii()), key=lambda word: (-len(word), word))
_CHINESE = sorted((word for word in _NOUNS if not word.isascii()), key=lambda word: (-len(word), word))
_COLOUR = "red|orange|yellow|green|blue|purple|pink|brown|black|white|grey|gray|silver|gold|golden"
_NOUN = re.compile(
    rf"(?<![\w'’-])(?P<noun>{'|'.join(_LATIN)})(?P<many>s(?!\w))?(?![\w-]|[\x22”]?\s+(?:shops?|house|room|store|table|"
    rf"door|station|booth|machine|sounds?|lines?|waves?|voices?|view|lights?|camera|of (?:a )?(?:cloud|light|"
    rf"fire|smoke|yarn)))"
    rf"|(?P<zh>{'|'.join(_CHINESE)})",
    re.I,
)
_ADJECTIVES = re.compile(r"(?:[\w-]+\s+){0,2}$")
_OWNED = re.compile(r"\b(?P<owner>his|her|their|my|its|\w+['’]s)\s+(?:[\w-]+\s+){0,2}$", re.I)
_TINT = re.compile(rf"\b({_COLOUR})\b", re.I)
_VERBS_TOO = word_set(
    "ring rings watch match note page box present book list ball case chart mask picture chest check "
    "hammer hammers brush brushes axe stick sticks"
)
_ARTICLE_BEFORE = re.compile(
    r"(?:\b(?:an?|the|his|her|their|its|this|that|one|two|another|my|old|small|\w+['’]s)\s+(?:[\w-]+\s+){0,2})$", re.I
)
_READS = re.compile(
    r"(?:reads?|says|written|displays?|which reads|label(?:l)?ed|marked)\s*:?,?\s*[“\"‘'](?P<text>[^”\"]{1,60})[”\"’']",
    re.I,
)
_STATES = (
    ("open", re.compile(r"\bopens?\b|\bopened\b|打开", re.I)),
    ("lit", re.compile(r"\b(?:lights?|lit|glows?|burning|lights up)\b|点燃|亮", re.I)),
    ("broken", re.compile(r"\b(?:breaks?|broken|shatter\w*|smash\w*|cracked|snaps in)\b|碎|断", re.I)),
    ("empty", re.compile(r"\bempty\b|空", re.I)),
    ("wet", re.compile(r"\b(?:soaked|soaking|dripping|wet)\b", re.I)),
    ("torn", re.compile(r"\b(?:torn|tears? (?:it|the (?:letter|photo|paper|page)))\b|撕", re.I)),
)


@dataclass(frozen=True)
class Noun:
    """A thing named in a text: its words, whose it is ("his", "Mara's" or ""), its colour, where it stands."""

    noun: str
    owner: str
    colour: str | None
    start: int
    end: int
    loud: bool  # in capitals


def nouns_in(text: str) -> list[Noun]:
    """The things that an action line names, in order."""
    found: list[Noun] = []
    for match in _NOUN.finditer(text):
        noun = match["noun"] or match["zh"]
        start = match.start("noun") if match["noun"] else match.start("zh")
        lower = noun.casefold()
        if lower == "camera" and re.search(r"\b(?:the|at|to|toward)\s+$", text[:start], re.I):
            continue  # the one that films
        if lower in _VERBS_TOO and (match["many"] or not _ARTICLE_BEFORE.search(text[:start])):
            continue
        owned = _OWNED.search(text[:start])
        adjectives = _ADJECTIVES.search(text[:start])
        tint = _TINT.search(adjectives.group() if adjectives else "")
        colour = tint[1].casefold().replace("gray", "grey").replace("golden", "gold") if tint else None
        loud = noun.isupper() and noun.isascii() and len(noun) > 2
        found.append(Noun(lower, owned["owner"] if owned else "", colour, start, start + len(noun), loud))
    return found


def read_state(text: str) -> str:
    """The state that a sentence puts a thing in, such as "broken"; an empty string when it names none."""
    return next((state for state, pattern in _STATES if pattern.search(text)), "")


class PropBook:
    """All things of a film by id, with the one they belong to. Grows while a script is read."""

    def __init__(self) -> None:
        self._props: dict[str, Prop] = {}
        self._owner: dict[str, str] = {}

    def find(self, noun: Noun, owner: str | None, owner_name: str = "") -> str:
        """The id of the thing meant; a new one when `owner` has none of this kind and another owner's exists."""
        kind = _NOUNS[noun.noun]
        if noun.noun in ("screen", "屏幕") and (device := self._device(owner)) is not None:
            return device
        base = noun.noun.upper()
        same = [prop for prop in self._props if self._props[prop].kind == kind and prop.split("'S ")[-1] == base]
        if owner is not None:
            for prop in same:
                if self._owner.setdefault(prop, owner) == owner:
                    return self._tinted(prop, noun.colour)
        elif same:
            return self._tinted(same[-1], noun.colour)
        key = f"{owner_name}'S {base}" if same and owner is not None else base
        self._props.setdefault(key, Prop(id=key, kind=kind, colour=noun.colour))
        if owner is not None:
            self._owner[key] = owner
        return key

    def vehicle(self, kind: str, word: str) -> str:
        """The id of the film's one vehicle of a kind; a new one is called by `word`."""
        known = next((prop for prop in self._props if self._props[prop].kind == kind), None)
        if known is None:
            known = re.sub(r"(?<=[^S])S$", "", word.upper()) if kind != "bus" else "BUS" if word.isascii() else word
            self._props[known] = Prop(id=known, kind=kind)
        return known

    def letter(self, prop: str, text: str) -> None:
        """Writes `text` on a thing, unless something stands on it already."""
        if not self._props[prop].text:
            self._props[prop] = replace(self._props[prop], text=text.strip(" .,*_"))

    def all(self) -> tuple[Prop, ...]:
        """Every thing, in the order of first mention."""
        return tuple(self._props.values())

    def _device(self, owner: str | None) -> str | None:
        """The telephone or computer whose screen is meant, if one has been told of."""
        devices = [prop for prop in self._props if self._props[prop].kind in ("phone", "laptop")]
        mine = [prop for prop in devices if self._owner.get(prop) == owner]
        return next(reversed(mine or devices), None)

    def owned(self, kind: str, owner: str) -> str | None:
        """The thing of a kind that `owner` has, else one that is nobody's; None when there is none."""
        same = [prop for prop in self._props if self._props[prop].kind == kind]
        mine = [prop for prop in same if self._owner.get(prop) == owner]
        return next(iter([*mine, *(prop for prop in same if prop not in self._owner)]), None)

    def weapon(self, owner: str) -> str:
        """The gun of somebody who shoots: what was told of, or one that nobody mentioned."""
        known = self.owned("gun", owner)
        if known is None:
            known = "GUN" if "GUN" not in self._props else f"{owner}'S GUN"
            self._props[known] = Prop(id=known, kind="gun")
            self._owner[known] = owner
        return known

    def kind(self, prop: str) -> str:
        """The kind of a thing."""
        return self._props[prop].kind or "box"

    def _tinted(self, prop: str, colour: str | None) -> str:
        if colour and self._props[prop].colour is None:
            self._props[prop] = replace(self._props[prop], colour=colour)
        return prop


def read_lettering(text: str) -> str:
    """What a sentence says is legible ("The sign reads: 'CLOSED'"), or an empty string."""
    match = _READS.search(text)
    return match["text"] if match else ""
