"""The seam to language models: a question goes in, a reply comes out. Data and a protocol, no network.

`director.llm.models` asks a real model; `director.llm.exchanges` answers from what was asked before; a test
answers from a script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel

__all__ = ["Ask", "Question", "Reply"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One request to a language model.

    `stage` is the member of the crew who asks ("breakdown", "camera" ...), `version` its prompt's. `schema` is the
    form that the reply should have, None for plain text. `pictures` are PNG or JPEG files for a model that sees.
    """

    stage: str
    version: str
    system: str
    user: str
    schema: type[BaseModel] | None = None
    pictures: tuple[bytes, ...] = ()
    most_tokens: int = 4096  # the reply's length at most


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a model answered, as it wrote it, and the tokens that were counted for it."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


class Ask(Protocol):
    """Asks a language model. May be called from several threads at once.

    Raises:
        ModelError: no reply can be had, or none that the budget allows; one sentence with the fix.
    """

    def __call__(self, question: Question, /) -> Reply: ...
