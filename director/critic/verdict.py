"""What a critic says of a take: one verdict for each constraint it could judge, with the figure and the limit.

Records and their sums only; how a figure is measured is told where it is measured.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Judgement", "Verdict", "at_least", "at_most"]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One constraint of one take.

    `margin` runs from 0 (far on the wrong side of the limit) over 0.5 (on it) to 1 (as good as can be): it orders
    takes of one shot, and says nothing of two constraints.
    """

    constraint: str  # one of director.critic.measured.CONSTRAINTS, or one that a vision model answered
    of: str  # whom or what it is about, "" for the shot
    holds: bool
    figure: float  # what was measured
    limit: float  # what it was held against
    unit: str  # "ΔE", "degrees", "K", "IoU", "share", ...
    told: str  # one sentence for the report: "MARA's coat is ΔE 14.2 from her sheet, at most 8.0"
    margin: float = 0.5


@dataclass(frozen=True)
class Judgement:
    """All verdicts on one take. What could not be judged (too small, too dark, hidden) has none."""

    shot: str
    take_key: str
    verdicts: tuple[Verdict, ...]

    @property
    def passed(self) -> bool:
        """Whether every constraint that was judged holds."""
        return all(one.holds for one in self.verdicts)

    @property
    def failures(self) -> tuple[Verdict, ...]:
        """The verdicts that do not hold."""
        return tuple(one for one in self.verdicts if not one.holds)

    @property
    def score(self) -> float:
        """From 0 to 1, higher is better: takes of one shot are ordered by it. 1 when nothing could be judged.

        Four parts are the share of constraints that hold, one part the mean margin, so that of two takes with equally
        many failures the one that misses by less is better.
        """
        if not self.verdicts:
            return 1.0
        count = len(self.verdicts)
        held = math.fsum(one.holds for one in self.verdicts) / count
        return 0.8 * held + 0.2 * math.fsum(one.margin for one in self.verdicts) / count


def at_most(constraint: str, of: str, figure: float, limit: float, unit: str, told: str) -> Verdict:
    """A verdict that holds up to a limit."""
    margin = (limit - figure) / (2 * limit) + 0.5 if limit > 0 else float(figure <= limit)
    return _verdict(constraint, of, figure <= limit, figure, limit, unit, told, margin)


def at_least(constraint: str, of: str, figure: float, limit: float, unit: str, told: str, *, best: float) -> Verdict:
    """A verdict that holds from a limit on; `best` is the figure of a take that could not be better."""
    return _verdict(
        constraint, of, figure >= limit, figure, limit, unit, told, 0.5 + 0.5 * (figure - limit) / (best - limit)
    )


def _verdict(
    constraint: str, of: str, holds: bool, figure: float, limit: float, unit: str, told: str, margin: float
) -> Verdict:
    return Verdict(
        constraint=constraint,
        of=of,
        holds=holds,
        figure=float(figure),
        limit=float(limit),
        unit=unit,
        told=told,
        margin=min(1.0, max(0.0, margin)),
    )
