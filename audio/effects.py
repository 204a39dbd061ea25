"""Sounds of things that happen once, made by arithmetic: a knock, a bark, a bell.

`find` reads a plain-word name as a screenplay writes it ("a phone RINGS"); `sound` makes the sound, a
little different for every seed. It knows a modest set and says None to the rest: no sound is better than
a wrong one. No recording is played or shipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from audio import effects_air, effects_made
from audio.cues import EffectCue
from audio.library import Library

__all__ = ["NAMES", "VERSION", "find", "rendered", "sound"]

VERSION = 1
_Mono = NDArray[np.float32]
_MAKERS = effects_made.MAKERS | effects_air.MAKERS
_LOUDEST_DB = -7.0  # peak of the loudest sound before its distance; a voice peaks at about −6

# How a screenplay says it. The first pattern that matches counts, so the particular stands before the general.
_WORDS: tuple[tuple[str, str], ...] = (
    ("gunshot", r"gun ?shot|gun ?fire|\bshots? (ring|fire|echo)|^(a |two |three )?shots?$|枪"),
    ("door slam", r"door.*\b(slam|bang)|slam.*\bdoor|\bslams?\b"),
    ("doorbell", r"door ?bell|buzzer|门铃"),
    ("knock", r"\bknock|\b(rap|pound|bang|hammer)(s|ing)? (on|at)|敲门"),
    ("door close", r"door.*(clos|shut)|(clos|shut)\w* .*\bdoor|关门"),
    ("door chime", r"chime|tinkle|door.*jingl|bell.*jingl"),
    ("door creak", r"creak|吱"),
    ("door open", r"door.*\bopen|open\w* .*\bdoor|\bdoor\b|开门|门"),
    ("phone buzz", r"(phone|mobile|cell).*(buzz|vibrat)|(buzz|vibrat)\w*.*(phone|mobile|cell)|\bvibrat|震动"),
    ("phone ring", r"(phone|telephone|mobile|cell).*\bring|\bring\w*.*phone|ring ?tone|\bphone\b|\brings?\b|电话|手机"),
    ("dog bark", r"\bbark|^(a |the )?dogs?$|\bwoof|\byaps?\b|狗"),
    ("dog whimper", r"whimper|\bwhin(e|es|ing)\b"),
    ("cat meow", r"\bm[ei]a?ow|\bcat\b|猫"),
    ("footsteps", r"foot ?steps?|\bsteps\b|foot ?falls?|脚步"),
    ("thunder", r"thunder|lightning|雷"),
    ("glass break", r"(glass|window|bottle|mirror|plate|vase|cup).*(break|smash|shatter|crash)"
                    r"|(break|smash|shatter|crash)\w*.*(glass|window|bottle|mirror|plate|vase|cup)|shatter|玻璃"),
    ("glass clink", r"clink|碰杯"),
    ("car horn", r"\bhorn\b|\bhonk|喇叭"),
    ("siren", r"siren|警笛"),
    ("train pass", r"\btrain\b|subway|火车|地铁"),
    ("tyres screech", r"screech|squeal|刹车"),
    ("engine", r"\bengine|\bmotor\b|\brevs?\b|引擎|发动机"),
    ("car pass", r"\b(car|truck|bus|taxi|van|tyres?|tires?)\b|traffic|汽车"),
    ("explosion", r"explosion|explode|\bboom\b|爆炸"),
    ("bang", r"\bbangs?\b|巨响|砰"),
    ("alarm", r"alarm|闹钟|警报"),
    ("radio static", r"\bstatic\b|radio"),
    ("keys", r"\bkeys\b"),
    ("typing", r"\btyp(e|es|ing)\b|keyboard|打字"),
    ("kettle", r"kettle|水壶"),
    ("applause", r"applau|\bclap|鼓掌|掌声"),
    ("whistle", r"whistl|口哨"),
    ("whoosh", r"who+sh"),
    ("birdsong", r"\bbirds?\b|birdsong|gulls?\b|鸟"),
    ("snore", r"\bsnor|鼾"),
    ("sizzle", r"sizzl"),
    ("beep", r"\bbeep|\bpings?\b"),
    ("wind", r"\bwind\b|\bgusts?\b|风"),
    ("splash", r"splash|plop|水花"),
    ("water", r"\bdrip|\bwater\b|滴水"),
    ("clock tick", r"\btick(s|ing)?\b|\bclock\b|钟"),
    ("bell", r"\bbells?\b|\btolls?\b|铃"),
    ("heartbeat", r"heart ?beat|心跳"),
    ("paper", r"paper|\bpages?\b|rustl|纸"),
    ("switch", r"\bclicks?\b|\bswitch|开关"),
    ("thud", r"\bthud|\bthump|\bcrash|\bbumps?\b"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _WORDS)

NAMES = tuple(sorted(_MAKERS))


def find(name: str) -> str | None:
    """Returns the known sound that `name` speaks of, or None."""
    folded = re.sub(r"[\W_]+", " ", name.casefold()).strip()
    if folded in _MAKERS:
        return folded
    for kind, pattern in _PATTERNS:
        if pattern.search(folded):
            return kind
    return None


def rendered(cue: EffectCue, rate_hz: int, library: Library | None = None) -> _Mono | None:
    """Returns the dry mono clip of `cue`, or None when no sound is known for its name.

    The user's own sound comes before ours. The cue's gain, pan, distance and room are the mix's to apply.
    """
    kind = find(cue.name)
    if kind is None:
        return None
    return sound(kind, rate_hz, seed=cue.seed, duration_s=cue.duration_s)


def sound(kind: str, rate_hz: int, *, seed: int = 0, duration_s: float | None = None) -> _Mono:
    """Returns a dry mono clip of `kind` (one of `NAMES`); what can go on goes on for `duration_s`."""
    maker: Callable[..., _Mono]
    maker, level_db, usual_s, goes_on = _MAKERS[kind]
    wished_s = min(60.0, max(0.1, duration_s)) if duration_s is not None and goes_on else usual_s
    clip = maker(seed, rate_hz, wished_s)
    peak = float(np.abs(clip).max(initial=1e-9))
    return clip * np.float32(10.0 ** ((_LOUDEST_DB + level_db) / 20.0) / peak)
