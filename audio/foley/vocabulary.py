"""Which known sound a plain-word name speaks of, from how far, and on what. Pure patterns, no sound."""

from __future__ import annotations

import re

from audio.cues import Surface
from audio.foley.wording import WORDS

__all__ = ["far", "known", "surface_of"]

_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in WORDS)
_FAR = re.compile(
    r"\b(distant|distance|far|faraway|faint|muffled|next door|outside|offscreen)\b"
    r"|远处|远方|远远|隐约|隐隐|隔壁|窗外|门外"
)
_SURFACES: tuple[tuple[Surface, str], ...] = (
    ("carpet", r"carpet|\brug\b|地毯"),
    ("wood", r"wood|plank|parquet|floorboard|oak\b|木"),
    ("tile", r"\btiles?\b|linoleum|瓷砖"),
    ("concrete", r"concrete|pavement|asphalt|sidewalk|cement|tarmac|水泥|柏油|马路"),
    ("stone", r"\bstone|marble|cobble|flagstone|granite|石"),
    ("metal", r"metal|steel|iron|grating|\btin\b|铁|金属"),
    ("glass", r"\bglass\b|玻璃"),
    ("grass", r"grass|lawn|meadow|草"),
    ("water", r"\bwater|puddle|水"),
    ("earth", r"\bearth\b|\bdirt|soil|\bmud|泥|土"),
)
_SURFACE_PATTERNS = tuple((surface, re.compile(pattern)) for surface, pattern in _SURFACES)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold().replace("'s", "")).strip()


def known(name: str, names: frozenset[str]) -> str | None:
    """Returns which of `names` a plain-word name speaks of, or None."""
    folded = _folded(name)
    if folded in names:
        return folded
    return next((kind for kind, pattern in _PATTERNS if pattern.search(folded)), None)


def far(name: str) -> bool:
    """Returns whether the name says that the sound comes from far away, or from behind a wall."""
    return bool(_FAR.search(_folded(name)))


def surface_of(name: str) -> Surface | None:
    """Returns the surface that the name speaks of: "footsteps on marble" is stone."""
    folded = _folded(name)
    return next((surface for surface, pattern in _SURFACE_PATTERNS if pattern.search(folded)), None)
