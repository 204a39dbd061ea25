"""From a logline to a beat sheet: the idea worked up, then laid out as scenes that each turn."""

from __future__ import annotations

from collections.abc import Callable

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from director.write.forms import BeatSheet, Concept
from director.write.people import People
from director.write.scenes import Told, heading_problems, material
from shots.errors import ModelError

__all__ = ["beats_of", "concept_of", "concept_problems", "unusable"]

_MOST_BEATS = 200


def concept_of(ask: Ask, idea: str, pages: float, language: str, tell: Told) -> tuple[Concept, People]:
    """The idea worked up, and its cast.

    Raises:
        ModelError: the model cannot be asked, or no reply of it can be used.
    """
    tell("idea", 0, 2)
    prompt = load_prompt("write_concept")
    system, user = prompt.fill({"idea": material(idea), "pages": f"{pages:g}", "language": language})
    asked = Question(stage="idea", version=prompt.version, system=system, user=user, most_tokens=5000)
    reply = consult(ask, asked, Concept, concept_problems)
    if reply.answer is None:
        raise unusable("idea", reply.wrong)
    return reply.answer, People(tuple(reply.answer.people))


def beats_of(ask: Ask, concept: Concept, people: People, pages: float, language: str, tell: Told) -> BeatSheet:
    """The beat sheet, as long as asked for within reason.

    Raises:
        ModelError: the model cannot be asked, or no reply of it can be used.
    """
    tell("idea", 1, 2)
    eighths = max(1, round(8 * pages))
    fewest = max(1, -(-eighths // 32))
    most = min(_MOST_BEATS, max(2, eighths // 3))
    story = f"{concept.title}\n{concept.story}\n{concept.world}\n{people.told()}"
    prompt = load_prompt("write_beats")
    system, user = prompt.fill(
        {
            "concept": material(story),
            "pages": f"{pages:g}",
            "eighths": str(eighths),
            "fewest": str(fewest),
            "most": str(most),
            "language": language,
        }
    )
    room = min(32_000, 1500 + 300 * min(most, eighths // 6 + 4))
    asked = Question(stage="beats", version=prompt.version, system=system, user=user, most_tokens=room)
    reply = consult(ask, asked, BeatSheet, _checker(people, eighths, fewest, most))
    tell("idea", 2, 2)
    if reply.answer is None:
        raise unusable("beat sheet", reply.wrong)
    return reply.answer


def _checker(people: People, eighths: int, fewest: int, most: int) -> Callable[[BeatSheet], list[str]]:
    def check(sheet: BeatSheet) -> list[str]:
        beats = sheet.beats
        found = [
            f"Beat {number}: {problem}"
            for number, beat in enumerate(beats, start=1)
            for problem in (*heading_problems(beat.inside, beat.place, beat.time), *people.misspelt(beat.people))
        ]
        if not fewest <= len(beats) <= most:
            found.append(f"There are {len(beats)} beats; {fewest} to {most} are asked for.")
        total = sum(beat.eighths for beat in beats)
        if not 0.6 * eighths <= total <= 1.5 * eighths + 2:
            found.append(f"The beats make {total} eighths of a page in all; about {eighths} are asked for.")
        return found

    return check


def concept_problems(concept: Concept) -> list[str]:
    """What is wrong with a concept in itself, as lines for the model."""
    untitled = [] if any(map(str.isalnum, concept.title)) else ["The title has no letters."]
    return [*untitled, *People(tuple(concept.people)).problems()]


def unusable(what: str, wrong: tuple[str, ...]) -> ModelError:
    """What to say when a stage that everything hangs on has no usable reply."""
    why = " ".join(wrong[0].split())[:200].rstrip(".") if wrong else "no reply"
    return ModelError(
        f"The model's {what} could not be mended ({why}). Fix: name another model, or word the idea differently."
    )
