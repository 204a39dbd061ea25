"""Sounds that action lines name, in plain words for the foley ("door slam", "phone ring")."""

from __future__ import annotations

import re

__all__ = ["read_sounds"]

_SOUNDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{english})" + (f"|{chinese}" if chinese else ""), re.I))
    for name, english, chinese in (
        ("snore", r"snor(?:es?|ing)\b", "鼾"),
        ("dog bark", r"bark(?:s|ing)?\b|yip\b|yap\b|woof\b", "狗叫|汪"),
        ("dog whimper", r"whimper(?:s|ing)?\b|whin(?:es?|ing)\b", ""),
        ("cat meow", r"meow\w*|purr\w*", "猫叫|喵"),
        ("phone ring", r"(?:phone|telephone|cell)\b[^.]{0,20}\b(?:ring|RING|chirp)\w*|ringtone", "电话响|手机响|铃声"),
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
        ("splash", r"splash\w*", ""),
        ("applause", r"applau\w+|claps?\b|clapping", "鼓掌|掌声"),
        ("laughter", r"(?:crowd|everyone|all|audience|children)[^.]{0,15} laugh\w*|laughter", "笑声"),
        ("scream", r"screams?\b|shriek\w*", "尖叫"),
        ("train", r"train (?:passes|rumbles|arrives|roars|whistles|approaches|pulls)|rumble of a train", "火车"),
        ("typing", r"types\b|typing\b|keys clack", "打字"),
        ("whoosh", r"f?woo+sh\b|whoosh\w*", "嗖"),
        ("keys", r"keys? (?:jingle|rattle|turn)s?|jingl\w+ (?:his|her) keys", ""),
        ("camera click", r"camera (?:clicks?|flash\w*)|CLICK\b", "咔"),
        ("whistle", r"whistl(?:es?|ing)\b", "口哨"),
        ("radio static", r"static\b|radio (?:crackles?|hisses)|electric gizmo or radio sounds", ""),
        ("wind", r"wind (?:howls|blows|whistles)|howling wind|gusts?\b", "风声|风吹"),
        ("water", r"water (?:drips|runs|laps)|drip(?:s|ping)\b|waves (?:crash|lap|break)", "滴水|海浪"),
        ("bird song", r"birds? (?:sing|chirp|call)\w*|birdsong|seagulls?|gulls?\b", "鸟"),
        ("beep", r"beep(?:s|ing)?\b|pings?\b", "哔"),
        ("sizzle", r"sizzl\w+", ""),
    )
)


_ANY = re.compile("|".join(pattern.pattern for _, pattern in _SOUNDS), re.I)


def read_sounds(text: str) -> tuple[str, ...]:
    """The sounds that an action line makes, each once, in the order of the text."""
    if not _ANY.search(text):
        return ()
    found = [(match.start(), name) for name, pattern in _SOUNDS if (match := pattern.search(text))]
    names = [name for _, name in sorted(found)]
    if "door slam" in names and "bang" in names:
        names.remove("bang")
    if "glass shatter" in names and "crash" in names:
        names.remove("crash")
    return tuple(dict.fromkeys(names))
