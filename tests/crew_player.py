"""A crew played by code: sensible answers to every question of the crew, made from the numbered lines in it.

It knows only what stands in the question, as a model would. `play(form, user)` is a reply's text; `PlayedCrew` is an
`Ask`, which counts what it is asked, and can be told to spoil some of its answers.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from director.llm.ask import Question, Reply
from director.llm.cost import question_tokens, text_tokens

__all__ = ["Answer", "PlayedCrew", "play", "script_lines"]

Answer = dict[str, Any]
_LINE = re.compile(r"^(L\d+(?:\.\d+)?) (.+)$", re.M)
_SIZES = ("MS", "CU", "MLS", "MCU")


def script_lines(user: str) -> list[tuple[str, str]]:
    """(id, text) of every numbered line of the scene."""
    return _LINE.findall(user.partition("<script>")[2].partition("</script>")[0])


def play(form: str, user: str) -> str:
    """The reply to a question that wants this form."""
    return json.dumps(_PLAYERS[form](user), ensure_ascii=False)


class PlayedCrew:
    """Answers as `play` does; `spoil(form, user, nth, answer)` may change the n-th answer to one question, from 0."""

    def __init__(self, spoil: Callable[[str, str, int, str], str] | None = None) -> None:
        self._spoil = spoil
        self.asked: Counter[str] = Counter()
        self.tokens = 0
        self.longest = 0

    def __call__(self, question: Question, /) -> Reply:
        form = question.schema.__name__ if question.schema else ""
        nth = 0 if "Your last reply was:" not in question.user else 1
        text = play(form, question.user)
        if self._spoil is not None:
            text = self._spoil(form, question.user, nth, text)
        self.asked[question.stage] += 1
        tokens = question_tokens(question)
        self.longest = max(self.longest, tokens + question.most_tokens)
        self.tokens += tokens + text_tokens(text)
        return Reply(text=text, tokens_in=tokens, tokens_out=text_tokens(text))


def _breakdown(user: str) -> Answer:
    lines = script_lines(user)
    sounds = [{"line": name, "what": "footsteps"} for name, text in lines if "walk" in text.lower()]
    return {"wardrobe": [], "props": [], "sounds": sounds[:5]}


def _design(user: str) -> Answer:
    cast = _block(user, "Cast, by id, most seen first:")
    colours = ("mustard", "navy", "burgundy", "forest", "slate", "cream")
    looks = [
        {"who": name, "hair": "bob", "wardrobe": [{"kind": "coat", "colour": colours[n % 6]}], "why": "reads from afar"}
        for n, (name, _) in enumerate(cast[:6])
    ]
    return {
        "style": "ink_noir",
        "palette": ["slate", "cream", "red"],
        "approach": "Locked off until somebody lies; no close-up before the turn.",
        "characters": looks,
        "places": [],
    }


def _light(user: str) -> Answer:
    scenes = [int(number) for number in re.findall(r"^ *Scene (\d+)\.", user, re.M)]
    return {
        "scenes": [
            {"scene": n, "key_side": "left", "key_to_fill_ratio": 6, "colour_temperature_k": 3200, "why": "late"}
            for n in scenes
        ]
    }


def _direction(user: str) -> Answer:
    names = [name for name, _ in script_lines(user)]
    middle = names[len(names) // 2]
    beats = [{"first": names[0], "last": names[-1], "what": "asks for an answer", "feel": "unease"}]
    if middle != names[0]:
        beats = [{**beats[0], "last": middle}, {"first": middle, "last": names[-1], "what": "gets it", "feel": "dread"}]
    return {"intent": "One wants to be told and the other to be gone.", "mood": "tense", "beats": beats, "turn": middle}


def _camera(user: str) -> Answer:
    lines = script_lines(user)
    floor, _, things = user.partition("On the floor:")[2].partition("Things (insert_of")
    order = [name for name, _ in lines]
    people = {who: _at(when, order) for who, when in _rows(floor)}
    shown = {what: _at(when, order) for what, when in _rows(things)}
    shots: list[Answer] = []
    inserted: set[str] = set()
    for name, text in lines:
        there = [who for who, at in people.items() if name in at]
        shot = _shot_of(name, text, there, len(shots))
        last = shots[-1] if shots else None
        if last is not None and last["subjects"] == shot["subjects"] and last["lines"]:
            last["lines"].append(name)
            continue
        shots.append(shot)
        thing = next((what for what, at in shown.items() if name in at and what.lower() in text.lower()), None)
        if thing is not None and thing not in inserted:
            inserted.add(thing)
            shots.append(_framed([], "insert", "CU", [], "what it is all about", insert_of=thing, lens_mm=90))
    return {"shots": shots}


def _shot_of(name: str, text: str, there: list[str], number: int) -> Answer:
    speaker = next((who for who in there if re.match(rf"{re.escape(who)}(?: \(| and |:)", text)), None)
    if speaker is not None:
        others = [who for who in there if who != speaker]
        size = _SIZES[number % 4]
        notes = [{"who": speaker, "emotion": "afraid", "strength": 0.8}]
        if others and number % 2 == 0:
            return _framed(
                [name], "over_shoulder", size, [speaker], "she will not let go", over=others[0], people=notes
            )
        return _framed([name], "single", size, [speaker], "nobody else counts now", angle="low", move="push_in",
                       lens_mm=75, people=notes)  # fmt: skip
    named = [who for who in there if who.lower() in text.lower()]
    if named:
        return _framed([name], "single", "FS", named[:1], "the whole body tells it", move="follow", lens_mm=28)
    return _framed([name], "master", "WS", [], "where we are, and how far from help")


def _framed(lines: list[str], coverage: str, size: str, subjects: list[str], motive: str, **more: Any) -> Answer:
    return {"lines": lines, "coverage": coverage, "size": size, "subjects": subjects, "motive": motive, **more}


def _edit(user: str) -> Answer:
    silent = [int(n) for n in re.findall(r"^ *(\d+)\. .* s, silent:", user, re.M)]
    return {"cuts": [{"shot": number, "duration_s": 1.9} for number in silent]}


def _spotting(user: str) -> Answer:
    names = [name for name, _ in script_lines(user)]
    return {"cues": [{"first": names[0], "last": names[-1], "mood": "tense", "why": "what nobody says"}]}


def _block(user: str, head: str) -> list[tuple[str, str]]:
    return _rows(user.partition(head)[2].partition("\n\n")[0])


def _rows(text: str) -> list[tuple[str, str]]:
    rows = [line.strip() for line in text.partition("\nScene ")[0].splitlines() if line.strip()]
    rows = [row for row in rows if ": " in row and not _LINE.match(row) and not row.startswith("Things (")]
    return [(name, rest) for name, _, rest in (row.partition(": ") for row in rows)]


def _at(when: str, order: list[str]) -> set[str]:
    if when == "all along":
        return set(order)
    found: set[str] = set()
    for run in when.split(", "):
        first, _, last = run.partition(" to ")
        if first in order and (last or first) in order:
            found.update(order[order.index(first) : order.index(last or first) + 1])
    return found


_PLAYERS: dict[str, Callable[[str], Answer]] = {
    "Breakdown": _breakdown,
    "Design": _design,
    "LightPlot": _light,
    "SceneDirection": _direction,
    "Camera": _camera,
    "Edit": _edit,
    "Spotting": _spotting,
    "Told": lambda _: {"changes": []},
}
