"""Shot sizes for a whole film: as near to what each shot wants as good cutting allows.

The chain of sizes with the least cost is found exactly (Viterbi): a cost for straying from the wanted size,
for cutting between like sizes of one subject (a jump cut), for uneven shot and reverse shot; sizes that take
more than their share of the film are made dearer until none does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from shots.spec import SIZES, Coverage, Presence, Shot, Size

__all__ = ["ALLOWED_SIZES", "settle"]

ALLOWED_SIZES: dict[Coverage, tuple[Size, ...]] = {
    "establishing": ("EWS", "WS"),
    "master": ("EWS", "WS", "FS"),
    "single": ("FS", "MLS", "MS", "MCU", "CU", "ECU"),
    "two_shot": ("FS", "MLS", "MS", "MCU"),
    "group": ("WS", "FS", "MLS"),
    "over_shoulder": ("MLS", "MS", "MCU", "CU"),
    "pov": ("WS", "FS", "MLS", "MS", "MCU", "CU"),
    "reaction": ("MLS", "MS", "MCU", "CU", "ECU"),
    "insert": ("CU", "ECU"),
    "split_screen": ("MS", "MCU", "CU"),
}
_INDEX = {size: number for number, size in enumerate(SIZES)}
_STRAYING = (0.0, 0.8, 2.4, 4.6, 7.4, 10.5, 14.0, 18.0)  # by steps from the size wanted
_BROAD_ACTS = frozenset(
    {"put_down", "pick_up", "give", "sit_down", "stand_up", "fall", "embrace", "open_door", "close_door", "throw",
     "drop", "hit", "push", "shoot", "dance", "carry", "shake_hands", "clap"}
)  # fmt: skip
_FACE_ACTS = frozenset(
    {"none", "look", "nod", "phone", "read", "drink", "eat", "shake_head", "laugh", "cry", "kiss", "shrug"}
)
_SHARE_LIMIT = 0.36
_ROUNDS = 12
_PRICE_STEP = 3.0


def settle(shots: Sequence[Shot], stands: Sequence[bool] = ()) -> list[Shot]:
    """The shots with their sizes chosen; `size` of each is what it wants, and keeps where it `stands`."""
    allowed = [_allowed(shot, stands[number] if stands else False) for number, shot in enumerate(shots)]
    price: dict[Size, float] = dict.fromkeys(SIZES, 0.0)
    best: tuple[float, list[Size]] = (2.0, [])
    for _ in range(_ROUNDS):
        chain = _cheapest(shots, allowed, price)
        shares = {size: count / len(chain) for size, count in Counter(chain).items()}
        top = max(shares.values(), default=0.0)
        best = min(best, (top, chain), key=lambda found: found[0])
        if len(chain) < 4 or top <= _SHARE_LIMIT:
            break
        for size, share in shares.items():
            price[size] += _PRICE_STEP * max(0.0, share - _SHARE_LIMIT * 0.8)
    chain = best[1]
    return [replace(shot, size=size) for shot, size in zip(shots, chain, strict=True)]


def _allowed(shot: Shot, stands: bool) -> tuple[Size, ...]:
    return (shot.size,) if stands and shot.size is not None else ALLOWED_SIZES[shot.coverage or "single"]


def _cheapest(shots: Sequence[Shot], allowed: Sequence[tuple[Size, ...]], price: dict[Size, float]) -> list[Size]:
    if not shots:
        return []
    costs: list[dict[Size, float]] = []
    came: list[dict[Size, Size]] = []
    for number, shot in enumerate(shots):
        before = shots[number - 1] if number else None
        row: dict[Size, float] = {}
        origin: dict[Size, Size] = {}
        for size in allowed[number]:
            own = _straying(shot, size) + price[size]
            if before is None:
                row[size] = own
                continue
            best = min(costs[-1], key=lambda old: (costs[-1][old] + _cut(before, old, shot, size), _INDEX[old]))
            row[size] = own + costs[-1][best] + _cut(before, best, shot, size)
            origin[size] = best
        costs.append(row)
        came.append(origin)
    size = min(costs[-1], key=lambda last: (costs[-1][last], _INDEX[last]))
    chain = [size]
    for origin in reversed(came[1:]):
        size = origin[size]
        chain.append(size)
    return chain[::-1]


def _straying(shot: Shot, size: Size) -> float:
    wanted = _INDEX[shot.size or "MS"]
    extreme = 2.5 if size in ("ECU", "EWS") and shot.size != size else 0.0
    if size in ("MCU", "CU", "ECU") and any(_broad(p, shot) for p in shot.people if p.character in shot.subjects):
        extreme += 3.0
    if size != "FS" and any(p.act == "fall" and p.character in shot.subjects for p in shot.people):
        extreme += _STRAYING[-1]  # who falls would fall out of the frame
    if size == "FS" and not shot.subjects:
        extreme = 4.0  # a place has no figure to show full
    return _STRAYING[abs(_INDEX[size] - wanted)] + extreme


def _broad(presence: Presence, shot: Shot) -> bool:
    """Whether what somebody does wants more than a face to be seen."""
    return presence.act in _BROAD_ACTS or (not shot.lines and presence.act not in _FACE_ACTS)


def _cut(before: Shot, old: Size, shot: Shot, size: Size) -> float:
    step = abs(_INDEX[old] - _INDEX[size])
    insert = "insert" in (before.coverage, shot.coverage)
    if not before.subjects or not shot.subjects:
        return 3.0 if step == 0 and before.coverage == shot.coverage else 0.0
    if set(before.subjects) == set(shot.subjects) and not insert:
        like = before.coverage == shot.coverage and before.over == shot.over
        if step < 2:
            return (40.0 if like else 24.0) + (20.0 if step == 0 else 0.0)
        return 0.4 * max(0, step - 3)
    if insert:
        return 0.0
    if set(before.subjects) & set(shot.subjects):
        return 7.0 if step == 0 else 2.0 if step == 1 else 0.0
    if before.coverage == shot.coverage or {before.coverage, shot.coverage} <= {"single", "over_shoulder", "reaction"}:
        return 0.5 * step
    return 0.4 * max(0, step - 4)
