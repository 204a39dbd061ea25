"""What asking a model costs: tokens foreseen and counted, and their price where it is publicly known.

Tokens are foreseen offline, without a vocabulary: a word is one token and another for each further six letters, a
CJK, kana or Hangul character is one, another letter a half, digits count by threes, as do signs. Against the
o200k vocabulary this was 0.91 to 1.32 of the true number on screenplays, storyboards, JSON and prose in English,
German, Russian, Arabic, Hindi, Chinese, Japanese and Korean. After a reply the server's own count stands.
"""

from __future__ import annotations

import json
import math
import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from director.llm.ask import Question

__all__ = ["Price", "Tally", "Used", "price_of", "question_tokens", "text_tokens"]

_RUN = re.compile(r"[A-Za-z]+|[0-9]+|[^\x00-\x7f]|\n+|[ \t]{2,}|[!-/:-@\[-`{-~]+")
_MESSAGE_TOKENS = 8  # the frame that a chat puts around two messages
_PICTURE_TOKENS = 1100  # of a picture of 1024 x 1024 pixels; models differ, most take less
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens, as they stood on the day `read` (ISO)."""

    model: str
    dollars_in: float
    dollars_out: float
    read: str


@dataclass(frozen=True)
class Used:
    """Questions asked of the model and answered from the store, and the tokens of those that were asked."""

    asked: int = 0
    replayed: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: Used) -> Used:
        return Used(
            self.asked + other.asked,
            self.replayed + other.replayed,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
        )

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out

    def dollars(self, price: Price) -> float:
        return (self.tokens_in * price.dollars_in + self.tokens_out * price.dollars_out) / 1e6


def price_of(model: str) -> Price | None:
    """OpenAI's price of a model, also of a dated snapshot of it; None where none is known."""
    return _prices().get(model) or _prices().get(_SNAPSHOT.sub("", model))


def text_tokens(text: str) -> int:
    """How many tokens a text is, about."""
    return math.ceil(sum(_run_tokens(run.group()) for run in _RUN.finditer(text)))


def question_tokens(question: Question) -> int:
    """How many tokens a question is, about, with its form and its pictures."""
    form = "" if question.schema is None else json.dumps(question.schema.model_json_schema(), ensure_ascii=False)
    said = sum(text_tokens(text) for text in (question.system, question.user, form))
    return said + _MESSAGE_TOKENS + _PICTURE_TOKENS * len(question.pictures)


class Tally:
    """What was used, by the stage that asked. May be added to from several threads."""

    def __init__(self) -> None:
        self._stages: dict[str, Used] = {}
        self._lock = threading.Lock()

    def add(self, stage: str, used: Used) -> None:
        with self._lock:
            self._stages[stage] = self._stages.get(stage, Used()) + used

    @property
    def stages(self) -> dict[str, Used]:
        """A copy, in the order in which the stages first asked."""
        with self._lock:
            return dict(self._stages)

    @property
    def total(self) -> Used:
        return sum(self.stages.values(), Used())

    def lines(self, price: Price | None = None) -> list[str]:
        """One line a stage and one for all, as a report prints them."""
        rows = [*self.stages.items(), ("all", self.total)]
        return [f"{stage}: {_told(used, price)}" for stage, used in rows]


def _told(used: Used, price: Price | None) -> str:
    said = f"{used.asked} asked, {used.replayed} replayed, {used.tokens_in} tokens in, {used.tokens_out} out"
    return said if price is None else f"{said}, ${used.dollars(price):.4f} by the prices of {price.read}"


def _run_tokens(run: str) -> float:
    first = run[0]
    if not first.isascii():
        return 1.0 if unicodedata.east_asian_width(first) in "WF" else 0.5
    if first.isalpha():
        return 1 + (len(run) - 1) // 6
    if first.isspace():
        return 1
    return (len(run) + 2) // 3


@cache
def _prices() -> dict[str, Price]:
    raw = yaml.safe_load((resources.files("director.llm") / "prices.yaml").read_text(encoding="utf-8"))
    return {
        model: Price(model, float(row["in"]), float(row["out"]), str(raw["read"]))
        for model, row in raw["models"].items()
    }
