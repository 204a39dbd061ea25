"""What using a thing does to it: a bite out of what is eaten, less in a cup with each swallow, a page or a screen open.

The state that a stage gives comes first; what an act alone tells is read from the act's own time, here and nowhere
else. Knows no drawing.
"""

from __future__ import annotations

from model.stage import ActKey, PropKey, Stage
from model.states import state_of, states_of

__all__ = ["BITE_S", "SWALLOW_S", "used_state"]

BITE_S, SWALLOW_S = 2.0, 2.6
"""About how long a bite and a swallow take; an act is a whole number of them."""
_AT_LIPS = 0.52  # of a bite or a swallow
_READ = frozenset({"book", "envelope", "letter", "map", "newspaper"})
_SCREENS = frozenset({"laptop", "mobile", "phone", "tablet"})
_WAKES_S, _SLEEPS_S = 0.25, 1.2


def used_state(stage: Stage, kind: str, key: PropKey, time_s: float) -> str:
    """The state of a thing of a kind at a time, of which a key says where and how it is from that key on."""
    state = state_of(kind, key.state)
    if key.held is None:
        return state
    holder = next((figure for figure in stage.figures if figure.id == key.held.figure), None)
    for act in holder.acts if holder is not None else ():
        if act.end_s > key.time_s and time_s >= act.start_s:
            state = _after(kind, state, act, time_s)
    return state


def _after(kind: str, state: str, act: ActKey, time_s: float) -> str:
    known = states_of(kind)
    if act.act == "eat" and "bitten" in known and state == "":
        return "bitten" if time_s >= _lips_s(act, BITE_S, 0) else state
    if act.act == "drink" and "half" in known and state in ("", "full", "half"):
        last = _count(act, SWALLOW_S) - 1
        if last > 0 and time_s >= _lips_s(act, SWALLOW_S, last):
            return "empty"
        return "half" if time_s >= _lips_s(act, SWALLOW_S, 0) else state
    if act.act == "read" and kind in _READ and state in ("", "closed"):
        return "open" if time_s < act.end_s else state
    if act.act in ("phone", "read", "type") and kind in _SCREENS and state in ("", "unlit"):
        return "lit" if act.start_s + _WAKES_S <= time_s < act.end_s + _SLEEPS_S else state
    return state


def _count(act: ActKey, each_s: float) -> int:
    return max(1, round((act.end_s - act.start_s) / each_s))


def _lips_s(act: ActKey, each_s: float, number: int) -> float:
    """When the thing is at the lips for the n-th time."""
    return act.start_s + (number + _AT_LIPS) * (act.end_s - act.start_s) / _count(act, each_s)
