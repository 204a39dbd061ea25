"""Sounds that action lines name, in plain words for the foley ("door slam", "phone ring")."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["draws_a_look", "read_sounds"]

_SOUNDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{english})" + (f"|{chinese}" if chinese else ""), re.I))
    for name, english, chinese in (
        ("snore", r"snor(?:es?|ing)\b", "鼾"),
        ("dog bark", r"bark(?:s|ing)?\b|yip\b|yap\b|woof\b", "狗叫|汪"),
        ("dog whimper", r"whimper(?:s|ing)?\b|whin(?:es?|ing)\b", ""),
        ("cat meow", r"meow\w*|purr\w*", "猫叫|喵"),
        (
            "phone ring",
            r"(?:phone|telephone|cell)s?\b[^.]{0,20}\b(?:ring|RING|chirp)\w*|ringtone",
            "电话响|手机响|铃声",
        ),
        ("phone buzz", r"(?:phone|cell)\b[^.]{0,20}\b(?:buzz|vibrat)\w*", "震动"),
        ("doorbell", r"doorbell|door\s?bell rings", "门铃"),
        ("door chime", r"(?:door|bell)[^.]{0,20}\b(?:chime|jingle|tinkle)s?\b", ""),
        ("door slam", r"(?:slams?\b[^.]{0,20}\bdoor|door\b[^.]{0,20}\bslam)\w*", "摔门|砰"),
        ("door knock", r"knock(?:s|ing)? (?:on|at)|a knock\b|knocking", "敲门"),
        ("door creak", r"creak(?:s|ing)?\b", "吱"),
        ("thunder", r"thunder(?:s|ing|clap)?\b(?! bolt)", "雷"),
        ("gunshot", r"gun\s?shots?|shots? (?:rings? out|fired)|(?:fires|shoots)\b(?! up)", "枪声"),
        ("bang", r"bang(?:s|ing)?\b|thud\w*|thump\w*", "巨响"),
        ("explosion", r"explo(?:des?|sion|ding)\b|BOOM\b", "爆炸"),
        (
            "glass shatter",
            r"(?:glass|window|bottle|cup|vase|mug|plate)\b[^.]{0,30}\b(?:shatter|smash|break)\w*|shatter(?:s|ing)",
            "碎",
        ),
        ("footsteps", r"footsteps?|foot falls|boots (?:pound|echo)\w*", "脚步"),
        ("siren", r"sirens?\b", "警笛"),
        ("engine", r"engine|motor\b|revs\b", "引擎|发动机"),
        ("tyres screech", r"(?:tires|tyres|brakes)[^.]{0,20}(?:screech|squeal)\w*|screech\w*", "刹车"),
        ("car horn", r"honk\w*|horn blares?|blares? (?:its|his|her) horn", "喇叭|鸣笛"),
        ("alarm", r"alarm (?:clock )?(?:rings|blares|sounds|beeps|goes off)|alarm clock\b", "闹钟|警报"),
        ("bell", r"(?:church|school|temple)? ?bells? (?:rings?|tolls?)", "钟声"),
        ("clock tick", r"tick(?:s|ing)\b", "滴答"),
        ("kettle", r"kettle\b", "水壶"),
        ("crash", r"crash(?:es|ing)?\b|smash(?:es)?\b", ""),
        ("splash", r"splash\w*", "扑通"),
        ("dog growl", r"growl(?:s|ing)?\b|snarl(?:s|ing)?\b", "低吼"),
        ("dog howl", r"(?:dog|wolf|wolves|coyote|hound)s?\b[^.]{0,15}\bhowl\w*", "狼嚎"),
        ("horse neigh", r"neigh(?:s|ing)?\b|whinn(?:y|ies)\b", "马嘶"),
        ("hooves", r"hoof ?beats?|hooves (?:clatter|pound|thunder|clop)\w*", "马蹄声"),
        ("rooster", r"rooster\b|cock crows", "鸡叫"),
        ("crow", r"caw(?:s|ing)?\b|crows? (?:calls?|caws?)", "乌鸦叫"),
        ("gull", r"(?:sea)?gulls?\b", "海鸥"),
        ("owl", r"owls?\b[^.]{0,12}\b(?:hoot|call)\w*|hoots\b", "猫头鹰叫"),
        ("crickets", r"crickets?\b|cicadas?\b", "蟋蟀|虫鸣|蝉"),
        ("fire", r"(?:fire|flames?|logs?)\b[^.]{0,15}\b(?:crackl|roar)\w*|crackling\b", "噼啪"),
        ("sea", r"waves? (?:crash|break|lap|roll)\w*|\bsurf\b", "海浪|浪声"),
        ("rain on glass", r"rain\b[^.]{0,20}\b(?:windows?|glass|panes?)\b", "雨[^。]{0,6}窗"),
        ("rain on roof", r"rain\b[^.]{0,20}\broof", "雨[^。]{0,6}(?:屋|房)顶"),
        ("helicopter", r"helicopter\b|chopper\b[^.]{0,12}\b(?:overhead|passes)", "直升机"),
        (
            "plane",
            r"(?:air)?plane\b[^.]{0,15}\b(?:overhead|roars|passes|takes off|lands)\b",
            "飞机[^。]{0,6}(?:飞过|轰鸣)",
        ),
        ("ship horn", r"(?:ship|ferry|boat|fog)(?:'s)? ?horn", "汽笛"),
        ("lift", r"(?:elevator|lift) (?:dings?|pings?|chimes?|arrives)", "电梯[^。]{0,4}响"),
        ("match", r"(?:strikes?|lights) a match|match (?:flares?|strikes)", "划(?:亮|着)?[^。]{0,3}火柴"),
        ("lighter", r"lighter (?:clicks|flicks|snaps)|flicks? (?:his|her|a|the) lighter", "打火机"),
        ("cork", r"cork (?:pops|flies)|pops? (?:a|the) cork|uncorks?\b", ""),
        ("pour", r"(?<!rain )pours?\b(?! down| with)", "倒(?:茶|酒|水|咖啡)"),
        ("page turn", r"turns? (?:a|the|another) page|pages? turn", "翻(?:页|书)"),
        ("paper tear", r"(?:tears?|rips?)\b[^.]{0,20}\b(?:letter|paper|page|photo|envelope|note|ticket)", "撕"),
        ("heartbeat", r"heart ?beat|heart (?:pounds|thumps|hammers)", "心跳"),
        ("cheer", r"(?:crowd|everyone|all|audience|people)[^.]{0,15} cheer\w*|cheering\b", "欢呼"),
        ("baby cry", r"(?:baby|infant)\b[^.]{0,12}\b(?:cries|crying|wails?)\b", "婴儿[^。]{0,4}哭"),
        ("sob", r"sobs?\b|sobbing\b|weeps\b|(?<!baby )(?<!infant )cries\b(?! out)", "抽泣|啜泣|哭出声"),
        ("sigh", r"sighs?\b", "叹气|叹了(?:一)?口气"),
        ("gasp", r"gasps?\b", "倒吸"),
        ("cough", r"cough(?:s|ing)?\b", "咳"),
        ("sneeze", r"sneezes?\b", "喷嚏"),
        ("laugh", r"laugh(?:s|ing)?\b|chuckl(?:es|ing)\b|giggl(?:es|ing)\b|guffaws?\b", "大笑|笑出声|哈哈"),
        ("slap", r"slaps\b", "耳光|巴掌"),
        ("punch", r"punches\b", "一拳"),
        ("clang", r"clang(?:s|ing)?\b", "当啷"),
        ("clatter", r"clatter(?:s|ing)?\b", ""),
        ("fireworks", r"fireworks?\b|firecrackers?\b", "烟花|鞭炮"),
        ("gun cock", r"cocks (?:the|his|her|a) (?:gun|pistol|revolver|hammer|rifle)", "上膛"),
        ("sword draw", r"draws (?:his|her|a|the) (?:sword|blade)", "拔(?:剑|刀)"),
        ("motorbike", r"motor(?:bike|cycle)\b[^.]{0,15}\b(?:roar|rev|pass|start|pull)\w*", "摩托"),
        ("car start", r"(?:car|engine) starts\b|starts (?:the|his|her) (?:car|engine)", "发动(?:汽车|引擎)"),
        (
            "car pass",
            r"(?:car|taxi|truck|bus|van)\b[^.]{0,12}\b(?:drives|pulls|speeds|roars) (?:off|away|by|past)\b",
            "汽车[^。]{0,4}(?:开走|驶过)",
        ),
        ("message", r"(?:message|text|notification)\b[^.]{0,15}\b(?:pings?|dings?|chimes?)\b", "短信"),
        ("gong", r"gong\b", "锣"),
        ("applause", r"applau\w+|claps?\b|clapping", "鼓掌|掌声"),
        ("laughter", r"(?:crowd|everyone|all|audience|children)[^.]{0,15} laugh\w*|laughter", "笑声"),
        ("scream", r"screams?\b|shriek\w*", "尖叫"),
        (
            "train",
            r"train (?:passes|rumbles|arrives|roars|whistles|approaches|pulls)|rumble of a train",
            "火车",
        ),
        ("train leaves", r"trains?\b[^.]{0,25}\b(?:leav|depart)\w*", "列车[^。]{0,4}开走"),
        ("typing", r"types\b|typing\b|keys clack", "打字"),
        ("whoosh", r"f?woo+sh\b|whoosh\w*", "嗖"),
        ("keys", r"keys? (?:jingle|rattle|turn)s?|jingl\w+ (?:his|her) keys", ""),
        ("camera click", r"camera (?:clicks?|flash\w*)|CLICK\b", "咔"),
        ("whistle", r"whistl(?:es?|ing)\b", "口哨"),
        ("radio static", r"static\b|radio (?:crackles?|hisses)|electric gizmo or radio sounds", ""),
        ("wind", r"wind (?:howls|blows|whistles)|howling wind|gusts?\b", "风声|风吹"),
        ("water", r"water (?:drips|runs|laps)|drip(?:s|ping)\b", "滴水"),
        ("bird song", r"birds? (?:sing|chirp|call)\w*|birdsong", "鸟"),
        ("beep", r"beep(?:s|ing)?\b|pings?\b", "哔"),
        ("sizzle", r"sizzl\w+", ""),
    )
)


_SAID_BY = {  # a name that says no more than another that is there
    "bang": frozenset({"door slam", "gunshot", "explosion"}),
    "crash": frozenset({"glass shatter", "sea"}),
    "whistle": frozenset({"kettle", "train", "wind"}),
    "laugh": frozenset({"laughter"}),
    "engine": frozenset({"car start", "motorbike", "car pass"}),
    "bell": frozenset({"doorbell", "bicycle bell"}),
    "clang": frozenset({"bell"}),
    "beep": frozenset({"lift", "message"}),
    "whoosh": frozenset({"wind"}),
}

_IN_PASSING = frozenset(
    [
        "train leaves",
        "fire",
        "sea",
        "crickets",
        "rain on glass",
        "rain on roof",
        "owl",
        "rooster",
        "crow",
        "pour",
        "page turn",
        "match",
        "lighter",
        "heartbeat",
        "laugh",
        "sigh",
        "sob",
        "gasp",
        "cough",
        "sneeze",
        "cheer",
        "hooves",
        "horse neigh",
        "lift",
        "message",
        "car pass",
        "paper tear",
        "cork",
        "plane",
        "gun cock",
        "sword draw",
        "slap",
        "punch",
        "ship horn",
        "motorbike",
        "car start",
        "clatter",
    ]
)
"""Sounds of what is seen anyhow, or of the place: nobody's head is turned for the picture's sake."""

_ANY = re.compile("|".join(pattern.pattern for _, pattern in _SOUNDS), re.I)


def read_sounds(text: str) -> tuple[str, ...]:
    """The sounds that an action line makes, each once, in the order of the text."""
    if not _ANY.search(text):
        return ()
    found = [(match.start(), name) for name, pattern in _SOUNDS if (match := pattern.search(text))]
    names = [name for _, name in sorted(found)]
    return tuple(dict.fromkeys(name for name in names if not _SAID_BY.get(name, frozenset()) & set(names)))


def draws_a_look(sounds: Iterable[str]) -> bool:
    """Whether somebody who hears these sounds is to be seen hearing them."""
    return any(sound not in _IN_PASSING for sound in sounds)
