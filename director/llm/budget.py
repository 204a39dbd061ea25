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

__all__ = ["Budget", "Limit", "read_limit"]


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


class Budget:
    """An `Ask` that counts, and stops before a question that could pass the limit.

    A question is taken to cost what is foreseen for it and a reply as long as it may be. While others are being
    answered a question that does not fit beside them waits for what they really cost.

    Raises:
        ModelError: a limit in dollars, and no price is known for the model.
    """

    def __init__(self, ask: Ask, tally: Tally, *, limit: Limit | None = None, price: Price | None = None) -> None:
        if limit is not None and limit.dollars is not None and price is None:
            raise ModelError(
                f"No price is known for this model, so that a budget of {limit} cannot be kept. Fix: give the budget "
                "in tokens, such as --budget 200000tok, or go on offline with --director rules."
            )
        self._ask, self._tally, self._limit, self._price = ask, tally, limit, price
        self._spent = 0.0
        self._held = 0.0  # what the questions under way may cost at most
        self._under_way = 0
        self._settled = threading.Condition()

    def __call__(self, question: Question, /) -> Reply:
        most = self._cost(Used(1, 0, question_tokens(question), question.most_tokens))
        with self._settled:
            self._settled.wait_for(lambda: self._fits(most) or not self._under_way)
            if not self._fits(most):
                raise ModelError(
                    f"The budget of {self._limit} does not reach for the next question ({question.stage}): "
                    f"{self._told(self._spent)} is spent, and it may cost up to {self._told(most)}. What is answered "
                    "is kept. Fix: give a larger --budget and run again, or go on offline with --director rules."
                )
            self._held += most
            self._under_way += 1
        used = Used()
        try:
            reply = self._ask(question)
            used = Used(1, 0, reply.tokens_in, reply.tokens_out)
        finally:
            with self._settled:
                self._held -= most
                self._under_way -= 1
                self._spent += self._cost(used)
                self._settled.notify_all()
        self._tally.add(question.stage, used)
        return reply

    def _fits(self, most: float) -> bool:
        if self._limit is None:
            return True
        allowed = self._limit.tokens if self._limit.dollars is None else self._limit.dollars
        return allowed is None or self._spent + self._held + most <= allowed

    def _cost(self, used: Used) -> float:
        """In what the limit is given in."""
        if self._price is None or self._limit is None or self._limit.dollars is None:
            return float(used.tokens)
        return used.dollars(self._price)

    def _told(self, cost: float) -> str:
        return f"${cost:.4f}" if self._limit and self._limit.dollars is not None else f"{cost:.0f} tokens"
