"""From prose to a beat sheet: read part by part with a running digest, every scene citing the paragraphs it plays.

Paragraphs that are cited exist, their order is kept, and no chapter is dropped without being named. A part that
cannot be read into scenes is named as left out; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from director.write.forms import Beat, Concept, LeftOut, Part, Person
from director.write.idea import concept_problems, unusable
from director.write.people import People, cue_of
from director.write.prose import Paragraph, Prose
from director.write.scenes import Told, heading_problems, material
from shots.errors import near_name

__all__ = ["Adapted", "adapt"]

_PART = 12_000  # characters that are read at once
_MOST_BEFORE = 6000  # characters of digest that a part is told
_MOST_PEOPLE = 60  # persons that a part is told


@dataclass(frozen=True)
class Adapted:
    """A prose laid out for the screen: `left_out` names every paragraph span that is not played, with the reason."""

    concept: Concept
    people: People
    beats: tuple[Beat, ...]
    left_out: tuple[LeftOut, ...]
    notices: tuple[str, ...]


def adapt(ask: Ask, story: Prose, pages: float, language: str, tell: Told) -> Adapted:
    """Lays a prose out in scenes.

    Raises:
        ModelError: the model cannot be asked, or none of its replies can be used.
    """
    parts = _parts(story)
    length = sum(len(paragraph.text) for part in parts for paragraph in part)
    title = story.title or "untitled"
    digests: list[str] = []
    beats: list[Beat] = []
    left_out: list[LeftOut] = []
    notices: list[str] = []
    people: dict[str, Person] = {}
    wrong: tuple[str, ...] = ()
    for number, part in enumerate(parts, start=1):
        tell("reading", number - 1, len(parts))
        eighths = max(2, round(8 * pages * sum(len(paragraph.text) for paragraph in part) / length))
        known = list(people.values())[-_MOST_PEOPLE:]
        prompt = load_prompt("adapt_part")
        system, user = prompt.fill(
            {
                "title": material(title),
                "people": material(_named(known) or "Nobody yet."),
                "before": material("\n".join(digests)[-_MOST_BEFORE:] or "Nothing: this is the beginning."),
                "paragraphs": material(_numbered(part, story)),
                "eighths": str(eighths),
                "most": str(max(1, eighths // 3)),
                "language": language,
            }
        )
        asked = Question(
            stage=f"part {number}", version=prompt.version, system=system, user=user, most_tokens=2500 + 100 * eighths
        )
        reply = consult(ask, asked, Part, _part_checker([p.id for p in part], eighths))
        if reply.answer is None:
            wrong = reply.wrong
            why = f"no plan of it could be mended ({wrong[0]})"
            left_out.append(LeftOut(first=part[0].id, last=part[-1].id, why=why[:300]))
            notices.append(f"paragraphs {part[0].id} to {part[-1].id} are left out: {why}")
            continue
        digests.append(reply.answer.digest)
        beats += reply.answer.beats
        left_out += reply.answer.left_out
        for person in reply.answer.people:
            people.setdefault(cue_of(person.name), person)
    tell("reading", len(parts), len(parts))
    if not beats:
        raise unusable("plan of the story", wrong or ("nothing of the prose is played",))
    concept = _concept(ask, title, digests, list(people.values()), beats, language)
    return Adapted(concept, People(tuple(concept.people)), tuple(beats), tuple(left_out), tuple(notices))


def _parts(story: Prose) -> list[list[Paragraph]]:
    """Stretches to read at once: whole chapters where they fit, several short ones together."""
    parts: list[list[Paragraph]] = [[]]
    length = 0
    for chapter in story.chapters:
        whole = sum(len(paragraph.text) for paragraph in chapter.paragraphs)
        for i, paragraph in enumerate(chapter.paragraphs):
            if parts[-1] and length + (len(paragraph.text) if i else whole) > _PART:
                parts.append([])
                length = 0
            parts[-1].append(paragraph)
            length += len(paragraph.text)
    return parts


def _numbered(part: Sequence[Paragraph], story: Prose) -> str:
    """The paragraphs with their numbers, each chapter under its title."""
    lines: list[str] = []
    chapter = ""
    for paragraph in part:
        if (now := paragraph.id.partition(".")[0]) != chapter:
            chapter = now
            lines.append(f"[chapter {chapter}: {story.chapters[int(chapter) - 1].title or 'untitled'}]")
        lines.append(f"{paragraph.id} {paragraph.text}")
    return "\n".join(lines)


def _part_checker(ids: Sequence[str], eighths: int) -> Callable[[Part], list[str]]:
    place = {each: i for i, each in enumerate(ids)}

    def check(part: Part) -> list[str]:
        found: list[str] = []
        spans: list[tuple[int, int]] = []
        begun = 0
        cites: list[Beat | LeftOut] = [*part.beats, *part.left_out]
        for number, cited in enumerate(cites, start=1):
            what = f"Beat {number}" if isinstance(cited, Beat) else f"Left out {number - len(part.beats)}"
            missing = [each for each in (cited.first, cited.last) if each not in place]
            found += [f"{what}: there is no paragraph {each!r} here{near_name(each, ids)}." for each in missing]
            if missing:
                continue
            first, last = place[cited.first], place[cited.last]
            if last < first:
                found.append(f"{what}: its last paragraph {cited.last} stands before its first, {cited.first}.")
            spans.append((first, last))
            if isinstance(cited, Beat):
                if first < begun:
                    found.append(
                        f"{what}: begins at {cited.first}, before the beat above. Keep the order of the prose."
                    )
                begun = max(begun, first)
        for number, beat in enumerate(part.beats, start=1):
            found += [f"Beat {number}: {line}" for line in heading_problems(beat.inside, beat.place, beat.time)]
        if not found:
            covered = {ids[i].partition(".")[0] for first, last in spans for i in range(first, last + 1)}
            for chapter in dict.fromkeys(each.partition(".")[0] for each in ids):
                if chapter not in covered:
                    found.append(f"Chapter {chapter} is neither played nor named in left_out.")
        total = sum(beat.eighths for beat in part.beats)
        if total > 2 * eighths + 4 or (part.beats and total < eighths / 3):
            found.append(f"The beats make {total} eighths of a page in all; about {eighths} are asked for.")
        return found

    return check


def _concept(
    ask: Ask, title: str, digests: Sequence[str], people: Sequence[Person], beats: Sequence[Beat], language: str
) -> Concept:
    names = list(dict.fromkeys(name for beat in beats for name in beat.people))
    recurring = [name for name in names if sum(name in beat.people for beat in beats) > 1]
    prompt = load_prompt("adapt_concept")
    system, user = prompt.fill(
        {
            "title": material(title),
            "digests": material("\n\n".join(digests)),
            "people": material(_named(people) or "Nobody was named."),
            "names": material(", ".join(names) or "none"),
            "language": language,
        }
    )

    def check(concept: Concept) -> list[str]:
        cast = People(tuple(concept.people))
        lost = [name for name in recurring if cast.cue(name) is None]
        several = [f"{name!r} is in several scenes and not in people." for name in lost]
        return [*concept_problems(concept), *several, *cast.misspelt(name for name in names if name not in lost)]

    asked = Question(stage="concept", version=prompt.version, system=system, user=user, most_tokens=6000)
    reply = consult(ask, asked, Concept, check)
    if reply.answer is None:
        raise unusable("concept", reply.wrong)
    return reply.answer


def _named(people: Sequence[Person]) -> str:
    return People(tuple(people)).told()
