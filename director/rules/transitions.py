"""How shots are entered: transitions as the script writes them, and chosen between scenes otherwise."""

from __future__ import annotations

import re

from director.rules.pacing import Mood
from director.rules.places import Setting
from shots.spec import Transition, TransitionKind

__all__ = ["between", "leaves", "written"]

_WRITTEN: tuple[tuple[re.Pattern[str], TransitionKind], ...] = (
    (re.compile(r"SMASH", re.I), "smash_cut"),
    (re.compile(r"MATCH", re.I), "match_cut"),
    (re.compile(r"JUMP", re.I), "jump_cut"),
    (re.compile(r"DISSOLVE|CROSS-?FADE|叠化|溶", re.I), "dissolve"),
    (re.compile(r"WIPE", re.I), "wipe"),
    (re.compile(r"FADE\s+IN|UP FROM BLACK|淡入", re.I), "fade_in"),
    (re.compile(r"FADE\s+(?:OUT|TO|INTO)|TO BLACK|淡出", re.I), "fade_through_black"),
    (re.compile(r"\bCUT\b|切", re.I), "cut"),
)
_ENDS = re.compile(r"FADE\s+(?:OUT|TO BLACK)|淡出|THE END|CUT TO BLACK", re.I)


def written(text: str) -> Transition | None:
    """The transition that a line names; None for one that names none ("BACK TO:", "INTERCUT WITH:")."""
    kind = next((kind for pattern, kind in _WRITTEN if pattern.search(text)), None)
    if kind == "cut" and re.search(r"INTER-?CUT", text, re.I):
        return None
    return Transition(kind=kind) if kind else None


def leaves(text: str) -> bool:
    """Whether a transition ends the picture before it instead of leading to the next."""
    return _ENDS.search(text) is not None


def between(before: Setting | None, after: Setting, mood: Mood) -> Transition:
    """How a scene is entered when the script does not say: a dissolve where time passes, else a cut."""
    if before is None:
        return Transition(kind="fade_in")
    if after.continuous or mood == "urgent":
        return Transition()
    if after.later and before.place == after.place:
        return Transition(kind="dissolve")
    if after.later and after.hour in ("dawn", "morning") and before.hour in ("dusk", "night"):
        return Transition(kind="dissolve")
    return Transition()
