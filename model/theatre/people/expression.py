"""What a face does at a time, as numbers: brows, lids and mouth from emotion, visemes and blinks.

Numbers only; `model.theatre.people.face` draws them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, fields
from operator import attrgetter

from model.stage import Emotion, Figure, Viseme

__all__ = ["Expression", "Lips", "expression_at"]


@dataclass(frozen=True)
class Lips:
    """A mouth: `open` and `wide` in shares, `round` puckers, `teeth` and `tongue` show from 0 to 1."""

    open: float
    wide: float
    round: float = 0.0
    teeth: float = 0.0
    low_teeth: float = 0.0
    tongue: float = 0.0
    bite: float = 0.0  # the upper teeth on the lower lip
    press: float = 0.0


VISEMES: dict[Viseme, Lips] = {
    "rest": Lips(0.0, 1.0),
    "pp": Lips(0.0, 0.94, press=1.0),
    "ff": Lips(0.16, 0.96, teeth=1.0, bite=1.0),
    "th": Lips(0.26, 1.0, teeth=0.8, tongue=1.0),
    "dd": Lips(0.28, 1.0, teeth=0.7, tongue=0.6),
    "kk": Lips(0.34, 0.98, teeth=0.3, tongue=0.2),
    "ch": Lips(0.30, 0.74, round=0.6, teeth=0.9, low_teeth=0.5),
    "ss": Lips(0.20, 1.08, teeth=1.0, low_teeth=1.0),
    "nn": Lips(0.24, 1.0, teeth=0.6, tongue=0.7),
    "rr": Lips(0.28, 0.76, round=0.5, teeth=0.3),
    "aa": Lips(1.0, 1.04, teeth=0.5, tongue=0.5),
    "e": Lips(0.52, 1.16, teeth=0.7, tongue=0.4),
    "ih": Lips(0.36, 1.10, teeth=0.8, tongue=0.2),
    "oh": Lips(0.72, 0.72, round=0.8, tongue=0.2),
    "ou": Lips(0.36, 0.50, round=1.0),
}


@dataclass(frozen=True)
class Expression:
    """A face at one instant. Brows and corners are raised by positive numbers; `lid` is how open the eyes are."""

    brow_in: float = 0.0
    brow_out: float = 0.0
    knit: float = 0.0
    lid: float = 0.97
    low_lid: float = 0.0
    smile: float = 0.06
    sneer: float = 0.0
    stretch: float = 0.0
    lips: Lips = VISEMES["rest"]


EMOTIONS: dict[Emotion, Expression] = {
    "neutral": Expression(),
    "happy": Expression(brow_in=0.55, brow_out=0.30, lid=0.84, low_lid=0.55, smile=1.0, stretch=0.22,
                        lips=Lips(0.32, 1.12, teeth=1.0)),
    "sad": Expression(brow_in=1.0, brow_out=-0.55, knit=0.4, lid=0.66, low_lid=0.1, smile=-0.8, stretch=-0.06),
    "angry": Expression(brow_in=-1.0, brow_out=0.40, knit=1.0, lid=0.80, low_lid=0.35, smile=-0.55, stretch=0.06,
                        lips=Lips(0.0, 1.0, press=0.7)),
    "afraid": Expression(brow_in=1.15, brow_out=0.35, knit=0.7, lid=1.20, smile=-0.55, stretch=0.14,
                         lips=Lips(0.24, 1.05, teeth=0.4, low_teeth=0.6)),
    "surprised": Expression(brow_in=1.2, brow_out=1.25, lid=1.24, smile=0.0, stretch=-0.16,
                            lips=Lips(0.55, 0.78, round=0.5)),
    "disgusted": Expression(brow_in=-0.6, brow_out=0.0, knit=0.7, lid=0.66, low_lid=0.65, smile=-0.6, sneer=1.0),
    "tender": Expression(brow_in=0.50, brow_out=0.05, lid=0.80, low_lid=0.35, smile=0.60, stretch=0.06),
}  # fmt: skip

_told = attrgetter(*(f.name for f in fields(Lips)))
_shown = attrgetter(*(f.name for f in fields(Expression) if f.name != "lips"))


def _lips(a: Lips, b: Lips, u: float) -> Lips:
    if u <= 0.0 or a is b:
        return a
    if u >= 1.0:
        return b
    return Lips(*(p + (q - p) * u for p, q in zip(_told(a), _told(b), strict=True)))


def _ease(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def _spoken(figure: Figure, time_s: float) -> Lips | None:
    """The lips of the visemes around this time, or None when nothing was said yet or the last is at rest."""
    keys = figure.mouth
    i = bisect_right([key.time_s for key in keys], time_s) - 1
    if i < 0:
        return None
    now = VISEMES[keys[i].viseme]
    before = VISEMES[keys[i - 1].viseme] if i > 0 else VISEMES["rest"]
    gap = keys[i + 1].time_s - keys[i].time_s if i + 1 < len(keys) else 0.12
    return _lips(before, now, _ease((time_s - keys[i].time_s) / max(0.03, min(0.08, 0.7 * gap))))


def _silent(figure: Figure, time_s: float) -> float:
    """1 where the figure does not speak now, 0 while it does, eased."""
    keys = figure.mouth
    if not keys:
        return 1.0
    i = bisect_right([key.time_s for key in keys], time_s) - 1
    if i < 0:
        return _ease((keys[0].time_s - time_s) / 0.25)
    if keys[i].viseme != "rest":
        return 0.0
    until = keys[i + 1].time_s - time_s if i + 1 < len(keys) else 1.0
    return min(_ease((time_s - keys[i].time_s) / 0.25), _ease(until / 0.25))


def _unit(seed: int, n: int, channel: int) -> float:
    """A number in [0, 1) of a seed, a count and a channel."""
    spread = math.sin((n + 1) * 12.9898 + (seed % 8191) * 0.78233 + channel * 37.719) * 43758.5453
    return spread - math.floor(spread)


def _shut(since_s: float, slow: float) -> float:
    """How far one blink has shut the lids: down quickly, up more slowly."""
    if not 0.0 <= since_s < 0.28 * slow:
        return 0.0
    return _ease(since_s / (0.08 * slow)) if since_s < 0.10 * slow else 1.0 - _ease(since_s / (0.18 * slow) - 0.556)


def _blink(figure: Figure, time_s: float) -> float:
    """How far the lids are shut, 0 to 1: about every four seconds at seeded times, slower or faster, some twice; and
    often as the eyes go to something else.
    """
    seed, beat = figure.seed, 3.9
    n = math.floor(time_s / beat)
    shut = 0.0
    for k in (n - 1, n):
        at = k * beat + 0.4 + _unit(seed, k, 0) * (beat - 1.2)
        slow = 0.85 + 0.5 * _unit(seed, k, 1)
        shut = max(shut, _shut(time_s - at, slow))
        if _unit(seed, k, 2) < 0.22:
            shut = max(shut, _shut(time_s - at - 0.34 * slow, slow))
    for k, key in enumerate(figure.gaze):
        if 0.0 < key.time_s <= time_s and _unit(seed, k, 3) < 0.6:
            shut = max(shut, 0.92 * _shut(time_s - key.time_s - 0.02, 0.9))
    return shut


def expression_at(figure: Figure, time_s: float) -> Expression:
    """The face of a figure at a time."""
    full, calm = EMOTIONS[figure.emotion], EMOTIONS["neutral"]
    k = min(1.0, max(0.0, figure.emotion_strength))
    lips = _lips(VISEMES["rest"], full.lips, k * _silent(figure, time_s))
    said = _spoken(figure, time_s)
    if said is not None:
        lips = _lips(said, lips, _silent(figure, time_s))
    shut = _blink(figure, time_s)
    lift = 0.10 * math.sin(0.9 * time_s + figure.seed % 13) + 0.25 * max(0.0, lips.open - 0.5)

    brow_in, brow_out, knit, lid, low_lid, smile, sneer, stretch = (
        a + (b - a) * k for a, b in zip(_shown(calm), _shown(full), strict=True)
    )
    asleep = bool({"asleep", "unconscious", "dead"} & set(figure.state))
    return Expression(
        brow_in=brow_in + 0.3 * lift,
        brow_out=brow_out + 0.3 * lift,
        knit=knit,
        lid=0.0 if asleep else lid * (1 - shut),
        low_lid=low_lid + 0.15 * shut,
        smile=smile,
        sneer=sneer,
        stretch=stretch,
        lips=lips,
    )
