"""What a sampled stage shows, said in plain English and Chinese at three lengths, from the same facts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.sampler.cast import Person
from model.sampler.words import (
    ACTS,
    ANGLES,
    EMOTIONS,
    HOURS,
    MOVES,
    PLACES,
    POSES,
    SIZES,
    STYLES,
    THINGS,
    WEATHERS,
    Words,
)
from model.stage import ActName, Stage

__all__ = ["Captions", "Facts", "captions"]

NUMBERS = {2: Words("two", "两"), 3: Words("three", "三"), 4: Words("four", "四"), 5: Words("five", "五")}
WARM_K, COOL_K = 4300, 6600


@dataclass(frozen=True)
class Captions:
    """A short, a medium and a long caption; each tells what the shorter one tells, and more."""

    short: Words
    medium: Words
    long: Words


@dataclass(frozen=True)
class Facts:
    """All that a caption may say."""

    stage: Stage
    size: str
    angle: str
    move: str
    act: ActName
    thing: str  # the kind of the prop in hand; "" for none
    cast: tuple[Person, ...]


def captions(facts: Facts) -> Captions:
    """The captions of a stage."""
    en, zh = _deed(facts)
    place, hour = PLACES[facts.stage.place.kind], HOURS[facts.stage.light.hour]
    short = Words(f"{_capital(en.short)} {place.en}.", f"{place.zh}，{zh.short}。")
    size = SIZES[facts.size]
    medium = Words(
        f"{_capital(size.en)} {hour.en}: {en.full} {place.en}.", f"{size.zh}，{hour.zh}，{place.zh}，{zh.full}。"
    )
    stage = facts.stage
    look = facts.cast[0]
    people_en = [f"The {look.noun.en} is {look.detail.en}."]
    people_zh = [f"{look.noun.zh}：{look.detail.zh}。"]
    for other in facts.cast[1:3]:
        people_en.append(f"Beside {_them(look)} is {other.short.en}, {other.detail.en}.")
        people_zh.append(f"旁边是{other.short.zh}，{other.detail.zh}。")
    mood = EMOTIONS[stage.figures[0].emotion]
    details_en = [f"{_capital(_they(look))} looks {mood.en}", *_light(stage).en.split("|")]
    details_zh = [f"表情{mood.zh}", *_light(stage).zh.split("|")]
    if not stage.place.interior or stage.weather.kind != "clear":
        details_en.append(WEATHERS[stage.weather.kind].en)
        details_zh.append(WEATHERS[stage.weather.kind].zh)
    for crowd in stage.crowds:
        details_en.append("birds fly past" if crowd.kind == "birds" else "a crowd behind")
        details_zh.append("鸟群飞过" if crowd.kind == "birds" else "后面有一群人")
    camera_en, camera_zh = (
        f"{ANGLES[facts.angle].en}, {MOVES[facts.move].en}",
        f"{ANGLES[facts.angle].zh}，{MOVES[facts.move].zh}",
    )
    style = STYLES[stage.style]
    return Captions(
        short,
        medium,
        Words(
            f"{medium.en} {' '.join(people_en)} {', '.join(details_en)}. {_capital(camera_en)}. {_capital(style.en)}.",
            f"{medium.zh}{''.join(people_zh)}{'，'.join(details_zh)}。{camera_zh}。{style.zh}。",
        ),
    )


@dataclass(frozen=True)
class _Deed:
    """A deed with its doer: named shortly, and with what they wear."""

    short: str
    full: str


def _deed(facts: Facts) -> tuple[_Deed, _Deed]:
    lead, pose = facts.cast[0], facts.stage.figures[0].body[0].pose
    act = ACTS[facts.act]
    other = facts.cast[1] if len(facts.cast) > 1 else None
    needs = "{}" in act.en
    of_thing = bool(facts.thing) and facts.act not in ("look", "point", "embrace", "kiss", "shake_hands", "hit", "push")
    if of_thing:
        what = (THINGS[facts.thing].en, THINGS[facts.thing].zh, THINGS[facts.thing].en, THINGS[facts.thing].zh)
    elif other is not None:
        what = (_a(other.noun.en), other.noun.zh, other.short.en, other.short.zh)
    else:
        what = ("something", "某处", "something", "某处")
    their = {"female": "her", "male": "his"}.get(lead.look.gender, "their")
    doing_en = act.en.replace("{their}", their)
    how = POSES[pose]
    setting_en = "" if pose == "stand" else f"{how.en} and "
    setting_zh = "" if pose == "stand" else how.zh
    if pose == "walk" and facts.act == "speak":
        setting_en = "walks and "
    short_en = doing_en.replace("{}", what[0]) if needs else doing_en
    full_en = doing_en.replace("{}", what[2]) if needs else doing_en
    with_en, with_zh = "", ""
    if other is not None and (of_thing or not needs):
        with_en, with_zh = f" beside {other.short.en}", f"，旁边是{other.short.zh}"
    if len(facts.cast) > 2:
        more = NUMBERS[len(facts.cast)]
        with_en += f", {more.en} people in all"
        with_zh += f"，一共{more.zh}个人"
    return (
        _Deed(f"{_a(lead.noun.en)} {setting_en}{short_en}", f"{lead.short.en} {setting_en}{full_en}{with_en}"),
        _Deed(
            f"{lead.noun.zh}{setting_zh}{act.zh.replace('{}', what[1])}",
            f"{lead.short.zh}{setting_zh}{act.zh.replace('{}', what[3])}{with_zh}",
        ),
    )


def _light(stage: Stage) -> Words:
    """Where the key comes from as the camera sees it, how hard and how warm it is."""
    light, key = stage.light, stage.camera.keys[0]
    ahead = math.degrees(math.atan2(key.target.x - key.position.x, key.target.z - key.position.z))
    way = (light.key_azimuth_deg - ahead + 180.0) % 360.0 - 180.0
    side = (
        Words("from behind", "逆光") if abs(way) < 45
        else Words("from the front", "顺光") if abs(way) > 135
        else Words("from the right", "光从右侧来") if way > 0 else Words("from the left", "光从左侧来")
    )  # fmt: skip
    warmth = light.colour_temperature_k
    tint = (
        Words("warm", "暖") if warmth < WARM_K else Words("cool", "冷") if warmth > COOL_K else Words("neutral", "中性")
    )
    hard = Words("hard", "硬") if light.key_to_fill_ratio >= 4 else Words("soft", "柔")
    en, zh = f"{tint.en}, {hard.en} light {side.en}", f"{tint.zh}色{hard.zh}光，{side.zh}"
    if light.silhouette:
        en, zh = f"{en}|in silhouette", f"{zh}|剪影"
    if light.neon:
        en, zh = f"{en}|neon signs", f"{zh}|霓虹灯"
    return Words(en, zh)


def _they(one: Person) -> str:
    return {"female": "she", "male": "he"}.get(one.look.gender, "they")


def _them(one: Person) -> str:
    return {"female": "her", "male": "him"}.get(one.look.gender, "them")


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
