"""The compiler from a shot and its stage to a picture engine's words; deterministic, offline, within its length.

What matters most stands first; of what does not fit the least telling sentence is left out whole, never cut short.
"""

from __future__ import annotations

from dataclasses import dataclass

from director.english import capital, with_article
from director.wording.engines import EngineWords
from director.wording.facts import Facts, PersonFacts, facts_of, number
from director.wording.own import own_words
from model.stage import Stage
from shots.blocking import measure
from shots.spec import Scene, Shot, Storyboard

__all__ = ["Words", "caption", "words_of"]


@dataclass(frozen=True)
class Words:
    """What an engine is told of a shot, and what it is to leave out ("" where it takes no negative prompt)."""

    prompt: str
    negative: str = ""


def caption(shot: Shot, scene: Scene, storyboard: Storyboard, stage: Stage, engine: EngineWords) -> Words:
    """The words for a shot of a completed storyboard on its `stage`; says what the picture shows and nothing else."""
    if engine.vocabulary == "own":
        geometry = measure(stage, shot, storyboard.width_px, storyboard.height_px)
        return Words(own_words(shot, storyboard, stage, geometry))
    return words_of(facts_of(shot, storyboard, stage), engine, _crowded(scene, shot))


def words_of(facts: Facts, engine: EngineWords, crowded: bool) -> Words:
    """The natural words of a picture's facts; none for an engine that reads none."""
    if not engine.most_words:
        return Words("")
    sentences = _sentences(facts, engine)
    while sum(len(text.split()) for _, text in sentences) > engine.most_words and len(sentences) > 1:
        sentences.remove(max(sentences, key=lambda ranked: ranked[0]))
    return Words(" ".join(text for _, text in sentences), _negative(facts, engine, crowded))


def _sentences(facts: Facts, engine: EngineWords) -> list[tuple[int, str]]:
    """(rank, sentence) in the order that they are read; a higher rank goes first where room is short."""
    if facts.beside is not None:
        left, right = _happens(facts), _happens(facts.beside)
        halves = f"A split screen. On the left: {left}. On the right: {right}."
        return [(0, halves), (2, _light(facts)), (6, f"{capital(facts.style)}.")]
    happens = _happens(facts)
    if engine.opens_with == "camera":
        opening = [(0, f"{capital(with_article(facts.size))} {facts.hour}: {happens}.")]
        camera = [(5, f"Filmed {facts.camera}.")]
    else:
        opening = [(0, f"{capital(happens)}, {facts.hour}.")]
        camera = [(1, f"{capital(with_article(facts.size))}, {facts.camera}.")]
    people = [
        ranked
        for n, person in enumerate(facts.people)
        for ranked in ((2 + 2 * min(n, 1), _looks(person)), (1, _states(person)))
        if ranked[1]
    ]
    held = [(5, text) for person in facts.people if (text := _holds(person))]
    more = [(7, f"{capital(', '.join(facts.more))}.")] if facts.more else []
    weather = [(5, f"{capital(facts.weather)}.")] if facts.weather else []
    where = [(2, text)] if (text := _sides(facts)) else []
    style = [(3, f"{capital(facts.style)}.")]
    return [*opening, *where, *people, *held, (2, _light(facts)), *weather, *more, *camera, *style]


def _happens(facts: Facts) -> str:
    if facts.thing:
        return f"{facts.thing} {facts.place}"
    return f"{facts.doing.rstrip(',')} {facts.place}" if facts.doing else f"nobody is {facts.place}"


def _light(facts: Facts) -> str:
    return f"{capital(facts.light)}, about {facts.temperature_k} K."


def _looks(person: PersonFacts) -> str:
    return f"The {person.noun} has {person.looks}." if person.looks else ""


def _states(person: PersonFacts) -> str:
    return f"The {person.noun} is {' and '.join(person.states)}." if person.states else ""


def _holds(person: PersonFacts) -> str:
    return f"The {person.noun} holds {' and '.join(person.holds)}." if person.holds else ""


def _sides(facts: Facts) -> str:
    placed = sorted((f"{person.brief} is {person.side}" for person in facts.people if person.side), key=_from_left)
    many = f"{capital(number(facts.count))} people are in the picture" if facts.count > 1 else ""
    return f"{'; '.join(filter(None, (many, *placed)))}." if many or placed else ""


def _from_left(placed: str) -> bool:
    return placed.endswith("right")


def _negative(facts: Facts, engine: EngineWords, crowded: bool) -> str:
    """The engine's flaws, and what this picture must not become; never what it shows."""
    if not engine.unwanted:
        return ""
    unwanted = list(engine.unwanted)
    if facts.beside is None and not crowded:
        unwanted.append("people" if not facts.people else "extra people")
    dark = facts.hour == "at night"
    unwanted += ["daylight"] if dark else ["night"] if facts.hour in ("by day", "in the morning") else []
    return ", ".join(unwanted)


def _crowded(scene: Scene, shot: Shot) -> bool:
    return bool(scene.crowds if shot.crowds is None else shot.crowds)
