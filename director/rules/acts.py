"""What people do: the verbs of action lines, each with what it asks of the picture.

A `Verb` says which act or pose is played, whether somebody comes, goes or moves, and its `kind`, from which
coverage chooses how close to be. The tables are data; `director.rules.reading` finds who does it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from director.rules.text import word_set
from shots.spec import Act, Pose

__all__ = ["PHRASES", "VERBS", "ZH_VERBS", "Kind", "Verb", "looked_to"]

Kind = Literal["arrive", "leave", "move", "settle", "handle", "look", "feel", "touch", "speak", "danger", "still"]


@dataclass(frozen=True)
class Verb:
    """One verb's demands. `gait` is how somebody moves, if at all; `holds` what becomes of the thing handled."""

    kind: Kind
    act: Act = "none"
    pose: Pose | None = None
    gait: Literal["", "walk", "run"] = ""
    holds: Literal["", "takes", "keeps", "gives", "drops", "opens"] = ""


_WALK = Verb("move", "walk", "stand", "walk")
_RUN = Verb("move", "run", "stand", "run")
_TABLE: tuple[tuple[str, Verb], ...] = (
    ("enter arrive appear emerge materialize return", Verb("arrive", "walk", "stand", "walk")),
    ("burst", Verb("arrive", "run", "stand", "run")),
    ("exit leave depart vanish disappear retreat", Verb("leave", "walk", "stand", "walk")),
    ("flee escape", Verb("leave", "run", "stand", "run")),
    (
        """walk stroll wander pace cross step stride march trudge shuffle limp creep sneak amble approach follow saunter
        trot climb descend advance head go come pass stagger stumble tiptoe drift circle wade hike scuttle move""",
        _WALK,
    ),
    (
        "run sprint race dash rush hurry chase bolt charge hurtle scramble gallop tear pursue swerve dart bound skid",
        _RUN,
    ),
    ("leap jump dive vault hurdle", Verb("danger", "run", "stand", "run")),
    ("lunge roll spring spin whirl", Verb("danger", "gesture")),
    ("sit perch slump settle", Verb("settle", "sit_down", "sit")),
    ("stand rise straighten", Verb("settle", "stand_up", "stand")),
    ("kneel crouch squat", Verb("settle", "none", "kneel")),
    ("lie sleep doze", Verb("still", "none", "lie")),
    ("wake", Verb("feel", "look")),
    ("fall collapse trip tumble slip faint", Verb("danger", "fall", "lie")),
    (
        """look stare gaze glance watch peer study examine see notice spot eye observe scan inspect squint glimpse
        regard search find discover""",
        Verb("look", "look"),
    ),
    ("turn", Verb("look", "look")),
    ("point aim", Verb("handle", "point")),
    ("wave beckon", Verb("touch", "wave")),
    ("nod", Verb("feel", "nod")),
    ("take grab pick snatch lift seize fetch catch retrieve", Verb("handle", "pick_up", holds="takes")),
    ("pull draw produce", Verb("handle", "pick_up", holds="takes")),
    ("hold carry clutch grip raise cradle hoist brandish wield", Verb("handle", "none", holds="keeps")),
    ("drop place lay", Verb("handle", "put_down", holds="drops")),
    ("put set", Verb("handle", "put_down", holds="drops")),
    ("throw toss hurl fling", Verb("handle", "gesture", holds="drops")),
    ("hand give offer slide deliver", Verb("handle", "give", holds="gives")),
    ("drink sip gulp swig swallow", Verb("handle", "drink", holds="keeps")),
    ("eat chew bite munch nibble devour taste", Verb("handle", "eat", holds="keeps")),
    ("type", Verb("handle", "type")),
    ("write scribble sign sketch jot", Verb("handle", "write", holds="keeps")),
    ("read unfold", Verb("handle", "read", holds="keeps")),
    ("dial phone answer", Verb("handle", "phone", holds="takes")),
    (
        """tap press swipe unlock push pour stir fill cut chop wipe clean polish scrub light fix repair flip wrap
        unwrap brush pack unpack fold button tie untie lock sweep stack arrange adjust remove switch dry wash peel
        count sort""",
        Verb("handle", "gesture", holds="keeps"),
    ),
    ("open close shut slam", Verb("handle", "gesture", holds="opens")),
    ("knock ring", Verb("handle", "gesture")),
    ("embrace hug kiss cuddle", Verb("touch", "embrace")),
    ("touch pat stroke pet shake comfort squeeze caress nudge", Verb("touch", "gesture")),
    (
        "hit punch slap shove kick fight wrestle attack grapple tackle stab strike shoot fire",
        Verb("danger", "gesture"),
    ),
    ("explode crash shatter duck dodge scream", Verb("danger", "gesture")),
    (
        """smile grin laugh chuckle giggle beam smirk frown scowl glare cry weep sob sigh blush wince grimace gasp blink
        snore tremble shiver shudder hesitate freeze flinch relax brighten yawn groan sniff fidget think ponder
        consider realize understand decide remember recognise recognize panic""",
        Verb("feel"),
    ),
    ("shrug gesture bow salute clap applaud gesticulate rub scratch stretch", Verb("feel", "gesture")),
    ("wait linger pause remain stop stay lean hover listen hang", Verb("still")),
    (
        "speak say whisper shout yell mutter murmur reply call sing hum talk chat argue translate bark yip meow growl "
        "howl whimper",
        Verb("speak"),
    ),
    ("work cook dance play drive ride row dig", Verb("still", "gesture")),
)
_DOUBLED = word_set(
    "sit run put set hit cut stop step drop grab hug nod sip tap grin sob slip trip pat pet clap trot spot slam "
    "shut stab rub "
    "hum grip dig chop flip jot chat scrub stir skid unwrap wrap snap swim"
)


def _forms(base: str) -> tuple[str, ...]:
    if base == "lie":
        return "lies", "lying"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies", base + "ing"
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    if base in _DOUBLED:
        return third, base + base[-1] + "ing"
    return third, (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"


def _verbs() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for bases, verb in _TABLE:
        for base in bases.split():
            for form in (base, *_forms(base)):
                forms.setdefault(form, verb)
    return forms


VERBS = _verbs()
"""Verb by its forms ("walk", "walks", "walking")."""

_ARRIVE, _LEAVE = Verb("arrive", "walk", "stand", "walk"), Verb("leave", "walk", "stand", "walk")
PHRASES: tuple[tuple[str, Verb], ...] = (
    (
        r"(?:comes?|walks?|steps?|strides?|slips?|stumbles?|climbs?|trots?) (?:in\b(?! (?:circles|a circle|place|"
        r"silence))|inside|into)",
        _ARRIVE,
    ),
    (
        r"(?:runs?|rush(?:es)?|dash(?:es)?|bursts?|storms?|charges?|races?|barges?) (?:in\b|inside|into|through "
        r"the door)",
        replace(_ARRIVE, act="run", gait="run"),
    ),
    (
        r"(?:walks?|goes|steps?|heads?|strides?|slips?|wanders?|strolls?|trots?|scuttles?) (?:out\b(?! of (?:his|"
        r"her|their))|off\b(?! (?:a|an|the|his|her|its)\b)|away|outside)",
        _LEAVE,
    ),
    (
        r"(?:runs?|rush(?:es)?|dash(?:es)?|storms?|races?|bolts?|hurr(?:y|ies)|drives?|sprints?) (?:out|off\b(?! "
        r"(?:a|an|the)\b)|away)",
        replace(_LEAVE, act="run", gait="run"),
    ),
    (r"(?:heads?|makes?) for the (?:door|exit|stairs)", _LEAVE),
    (
        r"(?:takes?|finds?) (?:a|the|his|her|their|an?other) (?:\w+ )?(?:seat|chair|"
        r"stool)",
        Verb("settle", "sit_down", "sit"),
    ),
    (r"(?:gets?|stands?|jumps?|leaps?|rises?) (?:up|to (?:his|her|their) feet)", Verb("settle", "stand_up", "stand")),
    (
        r"sits? (?:at|on|in|by|beside|alone|across|opposite|next|there|and|with|behind|near|"
        r"under)",
        Verb("still", "none", "sit"),
    ),
    (
        r"(?:is|are) (?:sitting|seated)|sits? (?:hunched|huddled|slumped)|hunche[sd]?|"
        r"hunker",
        Verb("still", "none", "sit"),
    ),
    (r"stands? (?!up\b)", Verb("still", "none", "stand")),
    (
        r"(?:holds?|raises?|lifts?) (?:up (?:a|an|the|his|her|their)\b|(?:\w+ ){1,3}?(?:up|out|high)\b)|"
        r"(?:raises?|levels?|brandish(?:es)?) (?:a|the|his|her) (?!(?:\w+ )?(?:eye|brow|head|chin|voice|hand|arm|glass|"
        r"cup|toast|finger|blind|curtain|flag))",
        Verb("handle", "point", holds="keeps"),
    ),
    (r"picks? (?:\w+ ){0,4}?up\b", Verb("handle", "pick_up", holds="takes")),
    (r"(?:puts?|sets?|lays?|places?) (?:\w+ ){0,4}?down\b", Verb("handle", "put_down", holds="drops")),
    (
        r"(?:puts?|slips?|shoves?|stuffs?) (?:\w+ ){1,4}?(?:away|in(?:to)? (?:his|her|their) (?:\w+ )?(?:pocket|"
        r"bag|coat|purse))",
        Verb("handle", "put_down", holds="drops"),
    ),
    (r"hangs? up\b", Verb("handle", "put_down", holds="drops")),
    (r"(?:answers?|picks? up) the (?:phone|call)", Verb("handle", "phone", holds="takes")),
    (r"(?:on|into) (?:the|his|her) (?:phone|cell)", Verb("handle", "phone", holds="keeps")),
    (r"makes? a (?:phone )?call|takes? the call", Verb("handle", "phone", holds="takes")),
    (r"shakes? (?:his|her|their|its) heads?", Verb("feel", "gesture")),
    (r"(?:opens?|closes?|shuts?|slams?) (?:a|the|his|her|their) (?:\w+ )?(?:door|gate)", Verb("handle", "open_door")),
    (
        r"opens? (?:a|the|his|her|an|its) (?:\w+ )?(?:letter|envelope|book|newspaper|folder|menu|"
        r"app)",
        Verb("handle", "read", holds="takes"),
    ),
    (r"looks? (?:away|down)", Verb("feel", "look")),
    (
        r"turns? (?:on|off|up|down|over) (?:the|a|his|her)|turns? (?:the|a|his|her) (?:\w+ )?(?:key|handle|knob|"
        r"page|dial)",
        Verb("handle", "gesture"),
    ),
    (r"sits? up\b", Verb("settle", "none", "sit")),
    (r"turns? (?:away|around|back)", Verb("look", "look")),
    (
        r"(?:takes?|pulls?|slips?) (?:his|her|their|the) (?:wet |heavy |torn )?(?:coat|jacket|raincoat) off|takes? "
        r"off (?:his|her|their|the)"
        r" (?:\w+ )?(?:coat|jacket|raincoat)",
        Verb("handle", "gesture"),
    ),
    (r"(?:takes?|holds?|squeezes?|grabs?) (?:his|her|their|\w+['’]s) hands?", Verb("touch", "gesture")),
    (r"lies (?:down|back)", Verb("still", "none", "lie")),
    (r"takes? a (?:deep )?breath|takes? it in|catches (?:his|her|their) breath", Verb("feel")),
    (r"falls? (?:asleep|silent)", Verb("still")),
    (r"falls? (?:in love|into (?:his|her) arms)", Verb("touch", "embrace")),
    (r"extends? (?:a |his |her )?hand", Verb("touch", "give")),
    (
        r"hands? (?:go(?:es)?|shoots?|rises?|comes?|are) up|(?:raises?|puts? up|lifts?) (?:a|one|his|her|their) "
        r"(?:\w+ )?(?:hands?|arms?)\b",
        Verb("touch", "wave"),
    ),
    (r"leads? (?:the|a|his|her) ", Verb("move", "walk", "stand", "walk")),
    (r"(?:tears|tear) (?:roll|run|stream|well|fill)", Verb("feel")),
)
"""Patterns of several words, tried before single verbs."""

ZH_VERBS: tuple[tuple[str, Verb], ...] = (
    ("走进|进来|推门|走来|跑进|冲进|跑上|走上|冲上|赶到|来到", _ARRIVE),
    ("离开|走出|出去|跑出|转身走|走远", _LEAVE),
    ("坐下", Verb("settle", "sit_down", "sit")),
    ("坐在|坐着", Verb("still", "none", "sit")),
    ("站起|起身", Verb("settle", "stand_up", "stand")),
    ("跑|追|冲", _RUN),
    ("走|穿过|经过", _WALK),
    ("看|望|盯|瞥|注视", Verb("look", "look")),
    ("拿起|捡起|掏出|端起|拿出", Verb("handle", "pick_up", holds="takes")),
    ("放下|搁下", Verb("handle", "put_down", holds="drops")),
    ("递给|递|交给", Verb("handle", "give", holds="gives")),
    ("拿着|握着|抱着|撑着|端着|提着|牵着", Verb("handle", "none", holds="keeps")),
    ("喝", Verb("handle", "drink", holds="keeps")),
    ("吃", Verb("handle", "eat", holds="keeps")),
    ("打电话|接电话|接起", Verb("handle", "phone", holds="takes")),
    ("写", Verb("handle", "write", holds="keeps")),
    ("读|翻看", Verb("handle", "read", holds="keeps")),
    ("开门|关门|打开", Verb("handle", "open_door")),
    ("拥抱|抱住", Verb("touch", "embrace")),
    ("挥手|招手", Verb("touch", "wave")),
    ("点头", Verb("feel", "nod")),
    ("指着|指向", Verb("handle", "point")),
    ("摔倒|倒下", Verb("danger", "fall", "lie")),
    ("躺", Verb("still", "none", "lie")),
    ("跪|蹲", Verb("settle", "none", "kneel")),
    ("笑|哭|叹气|皱眉|流泪|发抖|沉默|愣", Verb("feel")),
    ("等|站", Verb("still")),
    ("擦|摸|敲", Verb("handle", "gesture")),
)
"""Chinese verbs, earlier ones first."""

_WHERE = re.compile(
    r"\b(?:(?P<UP>ceiling|sky|skies|stars?|moon|rafters|clouds?|heavens?)|"
    r"(?P<DOWN>down(?! the)|floor|ground|feet|shoes|pavement)|"
    r"(?P<AWAY>away|sea|ocean|horizon|distance|water|waves|view|window|landscape|river|lake|sunrise|sunset|sun|"
    r"skyline|city))\b|(?P<ZUP>天花板|天空|星|月亮)|(?P<ZDOWN>地面|地上|脚)|(?P<ZAWAY>窗外|远处|远方|大海|海面)",
    re.I,
)


def looked_to(text: str) -> str | None:
    """Where a look goes that is at nobody and no thing: "UP", "DOWN", "AWAY"; None when that is not told."""
    match = _WHERE.search(text)
    return (match.lastgroup or "").removeprefix("Z") if match else None
