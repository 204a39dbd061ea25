"""Lights that action lines tell of: screens, headlights and the moon, edges and silhouettes.

Candles, lanterns and fires are things, and burn where they stand.
"""

from __future__ import annotations

import re

from shots.spec import Light, Practical

__all__ = ["backlit", "practicals_in"]

_PRACTICALS: tuple[tuple[Practical, re.Pattern[str]], ...] = (
    (
        Practical(kind="screen"),
        re.compile(
            r"\b(?:(?:glow|light|flicker\w*) of (?:a|the|his|her) (?:\w+ )?(?:tv|television|screen|monitor|laptop|"
            r"phone)|(?:tv|television|screen|monitor) (?:glows|flickers)|blue glow)\b|屏幕的光|电视的光",
            re.I,
        ),
    ),
    (
        Practical(kind="headlights"),
        re.compile(r"\b(?:headlights|headlamps|high beams)\b(?! (?:off|out))|车灯|车头灯", re.I),
    ),
    (Practical(kind="moon"), re.compile(r"\b(?:moonlight|moonlit|full moon|light of the moon)\b|月光|月色", re.I)),
)
_DARK = re.compile(r"\b(?:silhouettes?d?|in silhouette|dark shapes? against)\b|剪影", re.I)
_EDGED = re.compile(r"\b(?:back-?lit|rim light|haloed|lit from behind|against the light)\b|逆光", re.I)


def practicals_in(text: str, interior: bool) -> tuple[Practical, ...]:
    """The lights in the picture that a scene's text tells of; headlights only shine outdoors."""
    return tuple(
        practical
        for practical, pattern in _PRACTICALS
        if pattern.search(text) and not (interior and practical.kind in ("headlights", "moon"))
    )


def backlit(text: str) -> Light | None:
    """The light of a shot that shows somebody as a dark shape or with a bright edge; None when it does not."""
    if _DARK.search(text):
        return Light(key_side="back", silhouette=True)
    return Light(key_side="back", rim=0.7) if _EDGED.search(text) else None
