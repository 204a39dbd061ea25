"""Replies for tests of writing, and an `Ask` that gives them by what is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from director.llm.ask import Question, Reply

PEOPLE = [
    {
        "name": "NADIA",
        "also": ["the woman"],
        "who": "29, red coat, short black hair",
        "wants": "the train",
        "voice": "dry",
    },
    {"name": "Elias", "also": [], "who": "70, white beard, green sweater", "wants": "to close", "voice": "few words"},
]
CONCEPT = {"title": "Found", "story": "A dog finds the sea.", "world": "A station by the sea, today.", "people": PEOPLE}
LINE = "It is the best address that anybody has given me all week, and you know it as well as I do."


def beat(number: int, **changes: Any) -> dict[str, Any]:
    """A beat of about a page."""
    return {
        "inside": "INT",
        "place": f"Café {number}",
        "time": "NIGHT",
        "people": ["NADIA", "Elias"],
        "happens": f"Nadia asks for number {number}.",
        "turns": "He gives in.",
        "eighths": 8,
        **changes,
    }


def speech(text: str, who: str = "Elias", **changes: Any) -> dict[str, Any]:
    return {"kind": "speech", "who": who, "text": text, **changes}


def action(text: str) -> dict[str, Any]:
    return {"kind": "action", "text": text}


def scene(number: int = 1, *more: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A scene of about half a page, with `more` elements at its end."""
    told = [
        action("NADIA, 29, a woman in a red coat, enters. ELIAS, 70, a man with a white beard, stands by a table."),
        *(speech(LINE, who) for who in ("Nadia", "ELIAS", "The Woman", "Elias")),
        action("Nadia sits down."),
    ]
    base = {"inside": "INT", "place": f"Café {number}", "time": "NIGHT", "digest": f"Digest of {number}."}
    return {**base, "elements": [*told, *more], **changes}


class Scripted:
    """Answers by a function of the question; keeps what was asked. An exception as an answer is raised."""

    def __init__(self, answer: Callable[[Question], Any]) -> None:
        self.answer = answer
        self.asked: list[Question] = []

    def __call__(self, question: Question, /) -> Reply:
        self.asked.append(question)
        said = self.answer(question)
        if isinstance(said, Exception):
            raise said
        return Reply(text=said if isinstance(said, str) else json.dumps(said))

    @property
    def stages(self) -> list[str]:
        return [question.stage for question in self.asked]


def silent(what: str, done: int, of: int) -> None:
    """Tells nobody."""
