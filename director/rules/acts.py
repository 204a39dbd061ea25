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
    ("kneel", Verb("settle", "none", "kneel")),
    ("crouch squat", Verb("settle", "none", "crouch")),
    ("swim paddle", Verb("move", "walk", "swim", "walk")),
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
    ("hold clutch grip raise brandish wield", Verb("handle", "none", holds="keeps")),
    ("carry cradle hoist lug haul", Verb("handle", "carry", holds="keeps")),
    ("drop spill", Verb("handle", "drop", holds="drops")),
    ("place lay", Verb("handle", "put_down", holds="drops")),
    ("put set", Verb("handle", "put_down", holds="drops")),
    ("throw toss hurl fling lob chuck pitch", Verb("handle", "throw", holds="drops")),
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
    ("embrace hug cuddle", Verb("touch", "embrace")),
    ("kiss smooch", Verb("touch", "kiss")),
    ("dance waltz sway twirl tango boogie", Verb("touch", "dance", "stand")),
    ("touch pat stroke pet shake comfort squeeze caress nudge", Verb("touch", "gesture")),
    ("hit punch slap kick fight attack stab strike thump smack whack", Verb("danger", "hit")),
    ("shove wrestle grapple tackle", Verb("danger", "push")),
    ("shoot fire", Verb("danger", "shoot")),
    ("explode crash shatter duck dodge scream", Verb("danger", "gesture")),
    (
        """smile grin beam smirk frown scowl glare sigh blush wince grimace gasp blink
        snore tremble shiver shudder hesitate freeze flinch relax brighten yawn groan sniff fidget think ponder
        consider realize understand decide remember recognise recognize panic""",
        Verb("feel"),
    ),
    ("laugh chuckle giggle cackle guffaw", Verb("feel", "laugh")),
    ("cry weep sob bawl", Verb("feel", "cry")),
    ("shrug", Verb("feel", "shrug")),
    ("clap applaud cheer", Verb("feel", "clap")),
    ("gesture bow salute gesticulate rub scratch stretch", Verb("feel", "gesture")),
    ("wait linger pause remain stop stay lean hover listen hang", Verb("still")),
    (
        "speak say whisper shout yell mutter murmur reply call sing hum talk chat argue translate bark yip meow growl "
        "howl whimper",
        Verb("speak"),
    ),
    ("drive steer", Verb("still", "none", "drive")),
    ("ride pedal cycle", Verb("move", "walk", "ride", "walk")),
    ("work cook play row dig", Verb("still", "gesture")),
)
_DOUBLED = word_set(
    "sit run put set hit cut stop step drop grab hug nod sip tap grin sob slip trip pat pet clap trot spot slam "
    "shut stab rub "
    "hum grip dig lug chop flip jot chat scrub stir skid unwrap wrap snap swim"
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
    (r"hangs? up\b", Verb("handle", "gesture", holds="keeps")),
    (r"(?:answers?|picks? up) the (?:phone|call)", Verb("handle", "phone", holds="takes")),
    (
        r"(?:phone|cell|receiver) (?:pressed |held |clamped )?(?:to|at|against) (?:his|her|their|an) ear",
        Verb("handle", "phone", holds="takes"),
    ),
    (r"(?:on|into) (?:the|his|her) (?:phone|cell)", Verb("handle", "phone", holds="keeps")),
    (r"makes? a (?:phone )?call|takes? the call", Verb("handle", "phone", holds="takes")),
    (r"shakes? (?:his|her|their|its) heads?", Verb("feel", "shake_head")),
    (
        r"(?:shakes?|clasps?)(?= (?:hands?\b|(?:his|her|their|\w+['’]s) hands?))|they shake\b",
        Verb("touch", "shake_hands"),
    ),
    (
        r"(?:closes?|shuts?|slams?|locks?|bolts?) (?:a|the|his|her|their) (?:\w+ )?(?:door|gate)|"
        r"(?:closes?|shuts?|slams?|kicks?|pushes) the (?:\w+ )?door (?:shut|closed|behind)|"
        r"pulls? the (?:\w+ )?door (?:shut|closed|to)\b",
        Verb("handle", "close_door"),
    ),
    (
        r"(?:opens?|unlocks?|pushes open|throws open|pulls open|kicks open|answers?|gets) (?:a|the|his|her|their) "
        r"(?:\w+ )?(?:door|gate)|(?:pushes|pulls|throws|kicks) the (?:\w+ )?door open",
        Verb("handle", "open_door"),
    ),
    (r"bursts? (?:out laughing|into laughter)", Verb("feel", "laugh")),
    (r"bursts? into tears|breaks? down(?: in tears| crying)?\b|(?:in|fights?|wipes? away) tears", Verb("feel", "cry")),
    (r"(?:opens? fire|pulls? the trigger|fires? (?:a|the|his|her|two|three|at))", Verb("danger", "shoot")),
    (
        r"(?:aims?|points?|levels?|trains?) (?:a|the|his|her) (?:gun|pistol|revolver|rifle|shotgun|weapon)",
        Verb("danger", "point", holds="takes"),
    ),
    (r"push(?:es)?(?= (?:him|them|her\b(?! \w)|(?-i:[A-Z])\w+))", Verb("danger", "push")),
    (r"strikes? (?:a|the) match", Verb("handle", "gesture", holds="takes")),
    (
        r"(?:throws?|shoots?|casts?|gives?)(?= (?:a|him|her|them|(?-i:[A-Z])\w+) (?:a )?(?:\w+ )?"
        r"(?:look|glance|stare))",
        Verb("look", "look"),
    ),
    (r"drops? (?:his|her|their) (?:gaze|eyes|head|voice)", Verb("feel", "look")),
    (r"(?:drops?|falls?|sinks?) to (?:his|her|their|one) knees?", Verb("settle", "none", "kneel")),
    (
        r"(?:drops?|sinks?|flops?|collapses) (?:down )?(?:in|on)to (?:a|the|his|her) (?:\w+ )?(?:seat|chair|sofa|couch|"
        r"armchair|bench|stool)",
        Verb("settle", "sit_down", "sit"),
    ),
    (r"throws? (?:on|off|up|back)\b", Verb("handle", "gesture")),
    (r"rides? (?:the|an) (?:elevator|lift|escalator)", Verb("still", "none", "stand")),
    (r"hits? (?:the|a) (?:button|switch|brakes?|gas|key|send|record|play)", Verb("handle", "gesture")),
    (
        r"(?:cuts?|hacks?|chops?|strums?|rubs?|strokes?) (?:at )?(?:the|his|her) (?:air|ground)",
        Verb("handle", "gesture"),
    ),
    (
        r"(?:rides?|cycles?|pedals?) (?:past|by|away|off|up|down|through|along|across|into|out|towards?|over)\b",
        Verb("move", "walk", "ride", "walk"),
    ),
    (
        r"(?:gallops?|canters?) (?:past|by|away|off|up|down|through|along|across|into|out|towards?|over)\b",
        Verb("move", "run", "ride", "run"),
    ),
    (
        r"(?:is|are) (?:driving|at the wheel|behind the wheel)|(?:at|behind|takes|grips?) the wheel\b",
        Verb("still", "none", "drive"),
    ),
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
    (r"(?:takes?|holds?|squeezes?|grabs?)(?= (?:his|her|their|\w+['’]s) hands?)", Verb("touch", "gesture")),
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
    (r"(?<![开驶])走(?!廊)|穿过|经过", _WALK),
    ("看|望|盯|瞥|注视", Verb("look", "look")),
    ("拿起|捡起|掏出|端起|拿出", Verb("handle", "pick_up", holds="takes")),
    ("放下|搁下", Verb("handle", "put_down", holds="drops")),
    ("递给|递|交给", Verb("handle", "give", holds="gives")),
    ("拿着|握着|撑着|端着|提着|牵着", Verb("handle", "none", holds="keeps")),
    ("喝", Verb("handle", "drink", holds="keeps")),
    ("吃", Verb("handle", "eat", holds="keeps")),
    ("打电话|接电话|接起", Verb("handle", "phone", holds="takes")),
    ("写", Verb("handle", "write", holds="keeps")),
    ("读|翻看", Verb("handle", "read", holds="keeps")),
    ("关上?门|摔门|把门关", Verb("handle", "close_door")),
    ("开门|推开门|打开门", Verb("handle", "open_door")),
    ("打开", Verb("handle", "gesture", holds="opens")),
    ("拥抱|抱住|相拥", Verb("touch", "embrace")),
    ("亲吻|吻|亲了", Verb("touch", "kiss")),
    ("握手|握了握手", Verb("touch", "shake_hands")),
    ("跳舞|起舞|舞蹈", Verb("touch", "dance", "stand")),
    ("扔|抛|掷|甩出", Verb("handle", "throw", holds="drops")),
    ("掉落|掉在|失手", Verb("handle", "drop", holds="drops")),
    ("推了|推开|推搡|一把推", Verb("danger", "push")),
    ("打了|一拳|一巴掌|耳光|揍|踢", Verb("danger", "hit")),
    ("开枪|射击|扣动扳机", Verb("danger", "shoot")),
    ("鼓掌|拍手|欢呼", Verb("feel", "clap")),
    ("耸肩|耸了耸肩", Verb("feel", "shrug")),
    ("摇头|摇摇头|摇了摇头", Verb("feel", "shake_head")),
    ("大笑|哈哈|笑出声", Verb("feel", "laugh")),
    ("哭|流泪|抽泣|落泪", Verb("feel", "cry")),
    ("抱着|扛着|抬着", Verb("handle", "carry", holds="keeps")),
    ("骑马|骑着|骑车|骑上", Verb("move", "walk", "ride", "walk")),
    ("开车|驾驶|驾车", Verb("still", "none", "drive")),
    ("蹲", Verb("settle", "none", "crouch")),
    ("游泳|游向|游过", Verb("move", "walk", "swim", "walk")),
    ("挥手|招手", Verb("touch", "wave")),
    ("点头", Verb("feel", "nod")),
    ("指着|指向", Verb("handle", "point")),
    ("摔倒|倒下", Verb("danger", "fall", "lie")),
    ("躺", Verb("still", "none", "lie")),
    ("跪", Verb("settle", "none", "kneel")),
    ("笑|叹气|皱眉|发抖|沉默|愣", Verb("feel")),
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
