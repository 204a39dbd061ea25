"""A budget: asks while what is spent, and what the next reply may cost at most, stays under it.

What was answered before is kept by `director.llm.exchanges`; a run with a larger budget goes on from there.
"""

from __future__ import annotations

import math
import re
import threading
from dataclasses import dataclass

from director.llm.ask import Ask, Question, Reply
from director.llm.cost import Price, Tally, Used, question_tokens
from shots.errors import ModelError, WorkprintError

__all__ = ["Budget", "Limit", "Purse", "read_limit"]


@dataclass(frozen=True)
class Limit:
    """What may be spent: US dollars, or tokens in and out together. One of the two is given."""

    dollars: float | None = None
    tokens: int | None = None

    def __str__(self) -> str:
        return f"{self.tokens}tok" if self.dollars is None else f"${self.dollars:g}"


def read_limit(text: str) -> Limit:
    """`"2.50"` → dollars, `"200000tok"` → tokens.

    Raises:
        WorkprintError: it is neither.
    """
    plain = text.strip().lower().replace("_", "")
    if found := re.fullmatch(r"(\d{1,12})\s*(?:tok|tokens)", plain):
        return Limit(tokens=int(found[1]))
    if re.fullmatch(r"\$?\d{1,9}(\.\d{1,6})?", plain) and math.isfinite(dollars := float(plain.lstrip("$"))):
        return Limit(dollars=dollars)
    raise WorkprintError(
        f"--budget {text[:40]} is no budget. Fix: give US dollars, such as 2.50, or tokens, such as 200000tok."
    )


class Purse:
    """What may be spent and what is; shared by every model that one budget pays for."""

    def __init__(self, limit: Limit | None = None) -> None:
        self.limit = limit
        self._spent = 0.0
        self._held = 0.0  # what the questions under way may cost at most
        self._under_way = 0
        self._settled = threading.Condition()

    def hold(self, most: float, stage: str) -> None:
        """Puts `most` aside for a question; waits for questions under way where it does not fit beside them.

        Raises:
            ModelError: it does not fit at all.
        """
        with self._settled:
            self._settled.wait_for(lambda: self._fits(most) or not self._under_way)
            if not self._fits(most):
                raise ModelError(
                    f"The budget of {self.limit} does not reach for the next question ({stage}): "
                    f"{self._told(self._spent)} is spent, and it may cost up to {self._told(most)}. What is answered "
                    "is kept. Fix: give a larger --budget and run again, or go on offline with --director rules."
                )
            self._held += most
            self._under_way += 1

    def settle(self, most: float, cost: float) -> None:
        """What was put aside has become what it did cost."""
        with self._settled:
            self._held -= most
            self._under_way -= 1
            self._spent += cost
            self._settled.notify_all()

    def _fits(self, most: float) -> bool:
        if self.limit is None:
            return True
        allowed = self.limit.tokens if self.limit.dollars is None else self.limit.dollars
        return allowed is None or self._spent + self._held + most <= allowed

    def _told(self, cost: float) -> str:
        return f"${cost:.4f}" if self.limit and self.limit.dollars is not None else f"{cost:.0f} tokens"


class Budget:
    """An `Ask` that counts, and stops before a question that could pass the limit of its purse.

    A question is taken to cost what is foreseen for it and a reply as long as it may be.

    Raises:
        ModelError: a limit in dollars, and no price is known for the model.
    """

    def __init__(self, ask: Ask, tally: Tally, purse: Purse, price: Price | None = None) -> None:
        in_dollars = purse.limit is not None and purse.limit.dollars is not None
        if in_dollars and price is None:
            raise ModelError(
                f"No price is known for this model, so that a budget of {purse.limit} cannot be kept. Fix: give the "
                "budget in tokens, such as --budget 200000tok, or go on offline with --director rules."
            )
        self._ask, self._tally, self._purse = ask, tally, purse
        self._price = price if in_dollars else None

    def __call__(self, question: Question, /) -> Reply:
        most = self._cost(Used(1, 0, question_tokens(question), question.most_tokens))
        self._purse.hold(most, question.stage)
        used = Used()
        try:
            reply = self._ask(question)
            used = Used(1, 0, reply.tokens_in, reply.tokens_out)
        finally:
            self._purse.settle(most, self._cost(used))
        self._tally.add(question.stage, used)
        return reply

    def _cost(self, used: Used) -> float:
        """In what the limit is given in."""
        return float(used.tokens) if self._price is None else used.dollars(self._price)
