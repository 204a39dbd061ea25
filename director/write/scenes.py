"""Scenes written one by one, each from its beat and a digest of what came before, and checked before it is taken.

A scene that cannot be mended becomes a note with its beat, for the writer to write; the others go on. Nothing is
read or written here but what is handed in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from director.parse import parse_fountain
from director.rules.units import page_eighths
from director.write.forms import Beat, Concept, Scene
from director.write.fountain_out import Block, Side, fountain, heading, tidy
from director.write.people import People
from director.write.prose import Paragraph
from shots.heading import is_heading, parse_heading

__all__ = ["Told", "Written", "heading_problems", "material", "quoted", "scene_eighths", "write_scenes"]

Told = Callable[[str, int, int], None]  # what is being done, how many are done, of how many

_DIGESTS = 20  # scenes before that a scene is told of
_LAST_WORDS = 4  # elements of the scene before
_MOST_TOKENS = 6000


@dataclass(frozen=True)
class Written:
    """A scene as blocks with its heading first, the source paragraphs that it plays, and what went wrong if it did."""

    blocks: tuple[Block, ...]
    paragraphs: tuple[str, ...]
    trouble: str = ""

    @property
    def eighths(self) -> int:
        """Its length in eighths of a page."""
        return scene_eighths(self.blocks)


def write_scenes(
    ask: Ask,
    concept: Concept,
    people: People,
    beats: Sequence[Beat],
    language: str,
    tell: Told,
    source: Mapping[str, Paragraph] | None = None,
) -> list[Written]:
    """Writes every beat as a scene; with `source`, the paragraphs by their ids in order, as an adaptation.

    Raises:
        ModelError: the model cannot be asked.
    """
    scenes: list[Written] = []
    digests: list[str] = []
    for number, beat in enumerate(beats, start=1):
        tell("scenes", number - 1, len(beats))
        played = _between(source, beat) if source else []
        values = {
            "story": material(f"{concept.title}\n{concept.story}\n{concept.world}"),
            "people": material(people.told(beat.people)),
            "before": material("\n".join(digests[-_DIGESTS:]) or "Nothing: this is the first scene."),
            "last_words": material(_last_words(scenes)),
            "number": str(number),
            "of": str(len(beats)),
            "beat": material(_beat_told(beat)),
            "after": material(beats[number].happens) if number < len(beats) else "none; the script ends here.",
            "eighths": str(beat.eighths),
            "language": language,
        }
        if source:
            values["paragraphs"] = material("\n".join(f"{each.id} {each.text}" for each in played))
        prompt = load_prompt("adapt_scene" if source else "write_scene")
        system, user = prompt.fill(values)
        asked = Question(
            stage=f"scene {number}", version=prompt.version, system=system, user=user, most_tokens=_MOST_TOKENS
        )
        texts = {paragraph.id: paragraph.text for paragraph in played}
        reply = consult(ask, asked, Scene, _checker(beat, people, texts))
        ids = tuple(texts)
        if reply.answer is None:
            scenes.append(_left_to_the_writer(number, beat, ids, reply.wrong))
            digests.append(f"{number}. {beat.happens} {beat.turns}")
        else:
            scenes.append(Written(_blocks(reply.answer, beat, people), ids))
            digests.append(f"{number}. {reply.answer.digest}")
    tell("scenes", len(beats), len(beats))
    return scenes


def heading_problems(side: Side, place: str, time: str) -> list[str]:
    """What is wrong with a heading's parts, as lines for the model."""
    text = heading(side, place, time).text
    read = parse_heading(text)
    if not any(map(str.isalnum, place)) or not is_heading(text) or not read.location:
        return [f"{place!r} is no place for a heading. Give a short name, such as HOTEL LOBBY."]
    if read.hour is None and not read.time:
        return [f"{time!r} is no time for a heading. Give DAY, NIGHT, DAWN, DUSK, MORNING, EVENING or CONTINUOUS."]
    return []


def quoted(words: str, paragraph: str) -> bool:
    """Whether `words` stand in a paragraph word for word; punctuation and what stands between two quotes may go."""
    wanted = _letters(words)
    spoken = "".join(_letters(part) for part in _between_quotes(paragraph))
    return bool(wanted) and (wanted in _letters(paragraph) or wanted in spoken)


def material(text: str) -> str:
    """Somebody's text for a prompt: nothing in it closes the tag that it stands in."""
    return text.replace("</", "< /")


def scene_eighths(blocks: Sequence[Block]) -> int:
    """The length of a scene's blocks in eighths of a page, counted as in a storyboard."""
    scene = parse_fountain(fountain({"Title": "T"}, blocks), "").scenes()[-1]
    return page_eighths(scene)


def _checker(beat: Beat, people: People, source: Mapping[str, str]) -> Callable[[Scene], list[str]]:
    def check(scene: Scene) -> list[str]:
        found = heading_problems(scene.inside, scene.place, scene.time)
        speeches = [element for element in scene.elements if element.kind == "speech"]
        if any(not speech.who for speech in speeches):
            found.append("A speech has no speaker. Give every speech its who.")
        found += people.unknown((speech.who for speech in speeches if speech.who), beat.people)
        for element in scene.elements:
            if not tidy(Block(kind="action", text=element.text)).text:
                found.append("An element has no text.")
            if not element.quotes:
                continue
            if element.quotes not in source:
                found.append(f"{element.quotes!r} is no paragraph of this scene. Quote one of {', '.join(source)}.")
            elif not quoted(element.text, source[element.quotes]):
                found.append(
                    f"{element.text[:80]!r} is not in paragraph {element.quotes} word for word. Quote it exactly, or "
                    "leave quotes empty."
                )
        if not found:
            length = scene_eighths(_blocks(scene, beat, people))
            if not beat.eighths / 3 <= length <= 2.5 * beat.eighths + 4:
                found.append(f"The scene runs {length} eighths of a page; about {beat.eighths} are asked for.")
        return found

    return check


def _blocks(scene: Scene, beat: Beat, people: People) -> tuple[Block, ...]:
    blocks = [heading(scene.inside, scene.place, scene.time), Block(kind="synopsis", text=beat.turns)]
    for element in scene.elements:
        if element.kind == "action":
            blocks.append(Block(kind="action", text=element.text))
        else:
            extension = "" if element.heard == "here" else element.heard
            who = people.cue(element.who) or element.who
            blocks.append(Block(kind="speech", text=element.text, who=who, how=element.how, extension=extension))
    if scene.transition:
        blocks.append(Block(kind="transition", text=scene.transition))
    return tuple(tidy(block) for block in blocks)


def _left_to_the_writer(number: int, beat: Beat, ids: tuple[str, ...], wrong: Sequence[str]) -> Written:
    note = f"To be written. {beat.happens} It turns: {beat.turns}"
    blocks = (heading(beat.inside, beat.place, beat.time), tidy(Block(kind="note", text=note)))
    why = wrong[0] if wrong else "no reply could be used"
    return Written(
        blocks, ids, f"scene {number} is left to you as a note: what came for it could not be mended ({why})"
    )


def _between(source: Mapping[str, Paragraph], beat: Beat) -> list[Paragraph]:
    ids = list(source)
    first, last = ids.index(beat.first), ids.index(beat.last)
    return [source[each] for each in ids[first : last + 1]]


def _beat_told(beat: Beat) -> str:
    who = ", ".join(beat.people) or "nobody"
    return (
        f"{heading(beat.inside, beat.place, beat.time).text}\nWho: {who}\nHappens: {beat.happens}\nTurns: {beat.turns}"
    )


def _last_words(scenes: Sequence[Written]) -> str:
    if not scenes:
        return "None."
    last = [block for block in scenes[-1].blocks if block.kind in ("action", "speech")][-_LAST_WORDS:]
    return "\n".join(f"{block.who}: {block.text}" if block.who else block.text for block in last) or "None."


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def _between_quotes(text: str) -> list[str]:
    """The parts of a paragraph that stand in quotation marks, one level deep."""
    closing = {"“": "”", "„": "“", "«": "»", "「": "」", "『": "』", '"': '"', "‘": "’"}
    parts: list[str] = []
    at = 0
    while at < len(text):
        if (end := closing.get(text[at])) is not None and (stop := text.find(end, at + 1)) > 0:
            parts.append(text[at + 1 : stop])
            at = stop
        at += 1
    return parts
