"""What a sampled stage shows, said in plain English and Chinese at three lengths, from the same facts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.sampler.cast import Person
from model.sampler.framing import Framed
from model.sampler.scene import Scene
from model.sampler.vocabulary import (
    ACTS,
    ANGLES,
    COVERAGES,
    CROWD_DOINGS,
    EMOTIONS,
    HOURS,
    MOVES,
    PLACES,
    POSES,
    PRACTICALS,
    SEATS,
    SIZES,
    STATES,
    STYLES,
    THINGS,
    VEHICLES,
    WEATHERS,
)
from model.sampler.words import Words
from model.stage import Stage

__all__ = ["COOL_K", "NUMBERS", "WARM_K", "Captions", "Facts", "captions", "light_words", "split_captions"]

NUMBERS = {2: Words("two", "两"), 3: Words("three", "三"), 4: Words("four", "四"), 5: Words("five", "五")}
WARM_K, COOL_K = 4300, 6600
_TO_ANOTHER = frozenset({"look", "point", "embrace", "kiss", "shake_hands", "hit", "push"})


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
    scene: Scene
    framed: Framed


def captions(facts: Facts) -> Captions:
    """The captions of a stage."""
    stage, scene, framed = facts.stage, facts.scene, facts.framed
    place, hour, size = PLACES[stage.place.kind], HOURS[stage.light.hour], SIZES[framed.size]
    if scene.figures[0].body[0].pose == "swim":
        place = Words("in the sea", "在海里")
    brief, full = _deed(facts, False), _deed(facts, True)
    company = _company(scene)
    of = COVERAGES[framed.coverage]
    short = Words(f"{_capital(brief.en)} {place.en}.", f"{place.zh}，{brief.zh}。")
    shot = Words(f"{size.en} {of.en}" if of.en else size.en, f"{of.zh}{size.zh}")
    medium = Words(
        f"{_capital(shot.en)} {hour.en}: {full.en}{company.en} {place.en}.",
        f"{shot.zh}，{hour.zh}，{place.zh}，{full.zh}{company.zh}。",
    )
    people, details, camera = _people(facts), _details(facts), _camera(facts)
    style = STYLES[stage.style]
    return Captions(
        short,
        medium,
        Words(
            f"{medium.en} {people.en}{_capital(details.en)}. {_capital(camera.en)}. {_capital(style.en)}.",
            f"{medium.zh}{people.zh}{details.zh}。{camera.zh}。{style.zh}。",
        ),
    )


def split_captions(left: Captions, right: Captions) -> Captions:
    """The captions of two pictures side by side, from those of the halves."""

    def both(a: Words, b: Words) -> Words:
        return Words(f"Split screen. On the left: {a.en} On the right: {b.en}", f"分屏。左边：{a.zh}右边：{b.zh}")

    return Captions(both(left.short, right.short), both(left.medium, right.medium), both(left.long, right.long))


def _deed(facts: Facts, full: bool) -> Words:
    """Who does what: with the noun alone, or with what they wear."""
    scene = facts.scene
    lead, pose = scene.cast[0], facts.scene.figures[0].body[0].pose
    who = lead.short if full else Words(_a(lead.noun.en), f"{_one(lead)}{lead.noun.zh}")
    posed = _posed(scene, pose)
    if scene.act == "none":
        return Words(f"{who.en} {posed.en}", f"{who.zh}{posed.zh}")
    act, what = ACTS[scene.act], _what(scene, full)
    their = {"female": "her", "male": "his"}.get(lead.look.gender, "their")
    doing = Words(act.en.replace("{their}", their).replace("{}", what.en), act.zh.replace("{}", what.zh))
    plain = pose == "stand" and not scene.ridden
    return Words(
        f"{who.en} {doing.en}" if plain else f"{who.en} {posed.en} and {doing.en}",
        f"{who.zh}{doing.zh}" if plain else f"{who.zh}{posed.zh}，{doing.zh}",
    )


def _posed(scene: Scene, pose: str) -> Words:
    how = POSES[pose]  # type: ignore[index]
    if scene.ridden:
        mount = Words("a horse", "马") if scene.ridden == "horse" else _painted(scene.ridden, scene)
        return Words(f"{how.en} {mount.en}", f"{how.zh}{mount.zh}")
    if scene.on and pose != "drive":
        where = SEATS[scene.on]
        return Words(f"{how.en} {where.en}", f"{where.zh}{how.zh}" if pose != "lie" else f"躺{where.zh}")
    return how


def _painted(kind: str, scene: Scene) -> Words:
    noun = VEHICLES[kind]
    if scene.paint is None:
        return Words(_a(noun.en), f"一辆{noun.zh}" if kind not in ("boat", "ship") else f"一艘{noun.zh}")
    measure = "一艘" if kind in ("boat", "ship") else "一辆"
    return Words(_a(f"{scene.paint.words.en} {noun.en}"), f"{measure}{scene.paint.words.zh}的{noun.zh}")


def _what(scene: Scene, full: bool) -> Words:
    """What or whom the act is about."""
    act = scene.act
    other = scene.cast[1] if len(scene.cast) > 1 else None
    if act in _TO_ANOTHER and other is not None:
        return other.short if full else Words(_a(other.noun.en), f"{_one(other)}{other.noun.zh}")
    if act in _TO_ANOTHER and scene.vehicle:
        return _painted(scene.vehicle, scene)
    if scene.thing and act not in _TO_ANOTHER:
        return THINGS[scene.thing]
    return Words("something", "某处")


def _company(scene: Scene) -> Words:
    """Who else is there, and what passes."""
    en, zh = "", ""
    people = [one for one in scene.cast if one.species == "person"]
    if len(people) > 2:
        number = NUMBERS[len(people)]
        en, zh = f", {number.en} people in all,", f"，一共{number.zh}个人"
    elif len(scene.cast) == 2 and not scene.ridden and scene.act not in _TO_ANOTHER:
        other = scene.cast[1].short
        preposition = "to" if scene.act == "give" else "beside"
        en = f" {preposition} {other.en}"
        zh = f"，递给{other.zh}" if scene.act == "give" else f"，旁边是{other.zh}"
    elif len(scene.cast) == 2 and scene.ridden == "horse":
        en, zh = f", {scene.cast[1].short.en},", f"，那是{scene.cast[1].short.zh}"
    if scene.thing and scene.act in (*_TO_ANOTHER, "none", "wave", "nod", "shake_head", "shrug", "clap", "laugh", "cry",
                                     "gesture", "speak", "dance", "fall"):  # fmt: skip
        en = f" with {THINGS[scene.thing].en} in hand{en}"
        zh = f"，手里拿着{THINGS[scene.thing].zh}{zh}"
    if scene.vehicle:
        passing = _painted(scene.vehicle, scene)
        en, zh = f"{en} as {passing.en} passes", f"{zh}，{passing.zh}经过"
    return Words(en, zh)


def _people(facts: Facts) -> Words:
    """What the first three look like."""
    lead = facts.scene.cast[0]
    if lead.species != "person":
        return Words("", "")
    en, zh = (
        f"The {lead.noun.en} is {lead.detail.en}{_worn(facts, 0).en}. ",
        f"{lead.noun.zh}：{lead.detail.zh}{_worn(facts, 0).zh}。",
    )
    for number, other in enumerate(facts.scene.cast[1:3], 1):
        if other.species == "person":
            en += f"With {_them(lead)} is {other.short.en}, {other.detail.en}{_worn(facts, number).en}. "
            zh += f"一起的是{other.short.zh}，{other.detail.zh}{_worn(facts, number).zh}。"
    return Words(en, zh)


def _worn(facts: Facts, number: int) -> Words:
    states = [STATES[state] for state in facts.stage.figures[number].state]
    return Words("".join(f", {state.en}" for state in states), "".join(f"，{state.zh}" for state in states))


def _details(facts: Facts) -> Words:
    """Mood, light, weather, lamps, what lies about and who is behind."""
    stage, scene, lead = facts.stage, facts.scene, facts.scene.cast[0]
    found: list[Words] = []
    if lead.species == "person" and facts.framed.face and not stage.light.silhouette:
        mood = EMOTIONS[stage.figures[0].emotion]
        found.append(Words(f"{_they(lead)} {'look' if _they(lead) == 'they' else 'looks'} {mood.en}", f"表情{mood.zh}"))
    found += light_words(stage)
    if not stage.place.interior or stage.weather.kind != "clear":
        weather = WEATHERS[stage.weather.kind]
        outside = Words(f"{weather.en} outside", f"外面{weather.zh}") if stage.place.interior else weather
        found.append(outside)
    found += [PRACTICALS[practical.kind] for practical in stage.light.practicals]
    if scene.laid:
        things = [THINGS[kind] for kind in scene.laid]
        found.append(
            Words(f"{' and '.join(t.en for t in things)} on the table", f"桌上有{'和'.join(t.zh for t in things)}")
        )
    found += [CROWD_DOINGS[crowd.doing] for crowd in stage.crowds]
    return Words(", ".join(one.en for one in found), "，".join(one.zh for one in found))


def light_words(stage: Stage) -> list[Words]:
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
    found = [Words(f"{tint.en}, {hard.en} light {side.en}", f"{tint.zh}色{hard.zh}光，{side.zh}")]
    if light.silhouette:
        found.append(Words("in silhouette", "剪影"))
    if light.rim:
        found.append(Words("with a rim of light", "有轮廓光"))
    if light.neon:
        found.append(Words("neon signs", "霓虹灯"))
    return found


def _camera(facts: Facts) -> Words:
    framed = facts.framed
    angle, move = ANGLES[framed.angle], MOVES[framed.move]
    en, zh = f"{angle.en}, {move.en}", f"{angle.zh}，{move.zh}"
    if framed.racks:
        en, zh = f"{en}, the focus shifts from the shoulder to the face", f"{zh}，焦点从肩膀移到脸上"
    return Words(en, zh)


def _one(one: Person) -> str:
    return {"person": "一个", "horse": "一匹"}.get(one.species, "一只")


def _they(one: Person) -> str:
    return {"female": "she", "male": "he"}.get(one.look.gender, "they")


def _them(one: Person) -> str:
    return {"female": "her", "male": "him"}.get(one.look.gender, "them")


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
