"""What a wardrobe state leaves on a person: the words that tell of wet, torn, bloodied or muddy clothes."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from model.stage import Figure

__all__ = ["CLEAN", "Soil", "SoilKind", "soil_of"]

SoilKind = Literal["wet", "torn", "blood", "mud", "dust", "soot", "sweat"]

_WORDS: dict[SoilKind, str] = {
    "wet": "wet soaked soaking drenched dripping damp rain-soaked 湿 淋",
    "torn": "torn ripped ragged tattered shredded 破 撕",
    "blood": "bloodied bloody blood bleeding wounded injured beaten 血 伤",
    "mud": "muddy mud mud-caked filthy dirty 泥 脏",
    "dust": "dusty dust sandy chalky floury 尘 灰头土脸",
    "sweat": "sweaty sweating sweat-soaked perspiring 汗",
    "soot": "sooty soot singed burnt burned charred oily greasy 烟 烧 油污",
}


class Soil(NamedTuple):
    """What lies on somebody's clothes and skin; `seed` says where, the same in every shot."""

    kinds: frozenset[SoilKind] = frozenset()
    seed: int = 0


CLEAN = Soil()


def soil_of(figure: Figure) -> Soil:
    """What a figure's state leaves on it; "clean" and "dry" leave nothing of their own."""
    return _read(figure.state, figure.id)


@lru_cache(maxsize=128)
def _read(state: tuple[str, ...], name: str) -> Soil:
    found: set[SoilKind] = set()
    for words in state:
        text = words.casefold()
        parts = text.replace(",", " ").split()
        for kind, names in _WORDS.items():
            if any((n in parts) if n.isascii() else (n in text) for n in names.split()):
                found.add(kind)
    return Soil(frozenset(found), sum(ord(c) * (k + 7) for k, c in enumerate(name)))
