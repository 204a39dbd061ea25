"""The states that things know, and the words for them: which kind can be open, lit, bitten or broken.

A storyboard says "half-eaten", "smashed" or 点燃; `state_of` says which state of its kind that is. Words only: what a
state looks like is the theatre's, and when it changes is the stage's. A word that fits no state of a kind is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

__all__ = ["STAINS", "STATES", "state_of", "states_of"]

_KINDS = """
apple bitten eaten|bread bitten eaten slice|cake bitten eaten slice|food bitten eaten|pizza bitten eaten slice
bottle full half empty open closed broken|bowl full half empty broken|cup full half empty broken
glass full half empty broken|mug full half empty broken|wine full half empty broken|teapot full empty broken
bucket full empty|pan full empty|plate full empty broken|pot full empty open closed|syringe full empty
pills open closed empty|bag open closed|box open closed|gift open closed|suitcase open closed
wallet open closed empty|envelope open closed torn burning|umbrella open closed|door open closed ajar
book open closed torn burning|letter open closed torn crumpled burning|paper open torn crumpled burning
map open closed torn burning|newspaper open closed torn burning|money torn burning|photo torn burning
ticket torn burning|calendar torn|painting torn|poster torn|banner torn|flag torn
candle lit unlit|cigarette lit unlit|lamp lit unlit broken|lantern lit unlit broken|match lit unlit
torch lit unlit|street_lamp lit unlit|sign lit unlit|radio lit unlit broken|screen lit unlit broken
laptop open closed lit unlit broken|phone lit unlit broken|tablet lit unlit broken|record_player full empty
telephone open closed|handcuffs open closed|clock broken|watch broken|mirror broken|guitar broken|violin broken
helmet broken|necklace broken|balloon broken|ball broken|football broken|camera broken|doll broken|toy torn
flower full wilted|bonfire lit unlit|campfire lit unlit|fire lit unlit
"""
_SAME = {"flowers": "flower", "torchlight": "torch", "flashlight": "torch", "mobile": "phone", "tv": "screen"}
_ROWS = [row.split() for row in _KINDS.replace("\n", "|").strip("|").split("|")]
STATES: Mapping[str, tuple[str, ...]] = {kind: tuple(known) for kind, *known in _ROWS}
"""Each kind's states beside its usual one (""); "wet" and "bloody" all small things know too."""
STAINS = ("wet", "bloody")
"""States that all small things know."""

# Words, and the states that they mean: of these the first that a kind knows.
_WORDS = """
open|opened unfolded unlocked unsealed uncorked spread 打开 开着 敞开 展开 翻开 拆开|open lit ajar
ajar|半开 虚掩|ajar open
closed|shut folded locked sealed furled corked 关上 合上 关着 关闭 折叠 折起 锁上|closed unlit
lit|on alight glowing shining ringing flashing playing 点亮 亮 开机 响|lit open
burning|aflame ablaze flaming kindled 点燃 点着 燃烧 着火|lit burning
unlit|off out dark dead extinguished blown-out snuffed switched-off turned-off 熄灭 灭 关掉 关机 吹灭|unlit closed
full|filled brimming whole poured 满|full
half|half-full half-empty half-drunk sipped 半杯 半满 喝了一半|half bitten
empty|emptied drained finished drunk-up spent spilled spilt 空 喝光 喝完|empty eaten
bitten|half-eaten started cut sliced nibbled chewed corner-eaten 咬 吃了一半|bitten half torn
eaten|gone devoured eaten-up 吃光 吃完|eaten empty
slice|piece 一块 一片|slice bitten
broken|smashed shattered cracked burst popped snapped crushed wrecked ruined 破碎 打碎 摔碎 碎 破 断 坏|broken torn
torn|ripped shredded tattered 撕|torn broken bitten
crumpled|creased crushed-up screwed-up balled-up 揉|crumpled torn
wilted|withered dry drooping 枯 蔫|wilted
wet|soaked soaking drenched dripping damp 湿|wet
bloody|bloodied bloodstained blood-stained gory 血|bloody
"""
_MEANS: dict[str, tuple[str, ...]] = {}
for _line in _WORDS.strip().split("\n"):
    _name, _said, _states = _line.split("|")
    for _word in (_name, *_said.split()):
        _MEANS[_word] = tuple(_states.split())
_HAN = sorted((word for word in _MEANS if not word.isascii()), key=lambda word: (-len(word), word))


def states_of(kind: str) -> tuple[str, ...]:
    """The states that a kind knows beside its usual one, its stains included."""
    return STATES.get(_SAME.get(kind, kind), ()) + STAINS


@lru_cache(maxsize=1024)
def state_of(kind: str, said: str) -> str:
    """The state of a kind that some words mean ("half eaten": "bitten"); the words themselves, when none fits."""
    known = states_of(kind)
    if not said or said in known:
        return said
    folded = said.casefold().strip()
    phrase = re.sub(r"[\s_]+", "-", folded)
    tokens = re.findall(r"[a-z]+", folded)
    pairs = [f"{a}-{b}" for a, b in pairwise(tokens)]
    words = (phrase, *pairs, *tokens, *(word for word in _HAN if word in folded))
    means = (state for word in words for state in _MEANS.get(word, ()))
    return next((state for state in means if state in known), said)
