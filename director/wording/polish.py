"""A caption that a language model made read well, where one is at hand; the compiler's own words where that goes wrong.

A polished text has to keep the facts word for word (people's colours, hour, side of the light, size, where who stands)
and may add nobody; what does not after the repairs is dropped, never mended by hand.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from director.wording.caption import Words
from director.wording.engines import EngineWords
from director.wording.facts import Facts

__all__ = ["Polished", "must_keep", "polish"]

_PERSON = re.compile(
    r"\b(?:wom[ae]n|m[ae]n|girls?|boys?|child(?:ren)?|teenagers?|person|people|figures?|strangers?|passers-?by|crowds?|"
    r"couple|someone|somebody|dogs?|cats?|horses?|birds?|soldiers?|friends?|lovers?|kids?|ladies|lady|gentlem[ae]n)\b",
    re.I,
)
_WORD = re.compile(r"\b(red|burgundy|orange|mustard|yellow|olive|green|teal|blue|navy|purple|pink|brown|beige|white|"
                   r"grey|gray|black|gold|golden|silver|crimson|scarlet|violet|turquoise|left|right|night|day|dawn|dusk|"
                   r"morning|noon|sunset|rain|rainy|snow|fog|mist|storm|wet|soaked|drenched)\b", re.I)  # fmt: skip
_INTRODUCED = re.compile(
    r"\b(?:an?|another|two|three|four|five|several|some|many)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:wom[ae]n|m[ae]n|girls?|boys?|child(?:ren)?|person|people|figures?|dogs?|cats?|horses?)\b",
    re.I,
)


class Polished(BaseModel):
    """What the model replies."""

    model_config = ConfigDict(extra="forbid")

    prompt: str = Field(min_length=20)


def must_keep(facts: Facts) -> tuple[str, ...]:
    """The phrases that a polished text keeps word for word."""
    halves = (facts, facts.beside) if facts.beside is not None else (facts,)
    light = re.findall(r"from (?:the left|the right|the front|behind)", facts.light)
    return tuple(
        dict.fromkeys(
            [
                *(person.brief for half in halves for person in half.people),
                *(state for half in halves for person in half.people for state in person.states),
                *(person.side for half in halves for person in half.people if person.side),
                *light,
                facts.hour,
                *((facts.size,) if facts.beside is None else ("split screen",)),
                *((facts.thing,) if facts.thing else ()),
            ]
        )
    )


def polish(ask: Ask, words: Words, facts: Facts, engine: EngineWords) -> Words:
    """`words` as the model rewrites them, or as they are where its text does not hold to the facts.

    Raises:
        ModelError: the model cannot be asked.
    """
    if engine.vocabulary == "own":
        return words  # it knows no other words than its own
    kept = tuple(phrase for phrase in must_keep(facts) if phrase.casefold() in words.prompt.casefold())
    prompt = load_prompt("wording")
    system, user = prompt.fill(
        {
            "words": words.prompt,
            "must": "\n".join(f"- {phrase}" for phrase in kept),
            "most_words": str(engine.most_words),
            "engine": engine.name,
        }
    )
    question = Question(stage="wording", version=prompt.version, system=system, user=user, most_tokens=600)
    found = consult(ask, question, Polished, lambda reply: _wrong(reply.prompt, words.prompt, kept, engine))
    if found.answer is None:
        return words
    return replace(words, prompt=" ".join(found.answer.prompt.split()))


def _wrong(text: str, own: str, kept: tuple[str, ...], engine: EngineWords) -> list[str]:
    folded = text.casefold()
    wrong = [f'The phrase "{phrase}" is missing.' for phrase in kept if phrase.casefold() not in folded]
    count = len(text.split())
    if count > engine.most_words:
        wrong.append(f"It has {count} words; at most {engine.most_words} are read.")
    for pattern, what in ((_PERSON, "nobody else is in the picture"), (_WORD, "the picture does not show that")):
        known = {_bare(word) for word in pattern.findall(own)}
        wrong += [
            f'Take out "{word}": {what}.' for word in dict.fromkeys(pattern.findall(text)) if _bare(word) not in known
        ]
    people = len(_INTRODUCED.findall(text)) - len(_INTRODUCED.findall(own))
    if people > 0:
        wrong.append("It speaks of more people than there are; name each once with a or an, then with the.")
    return wrong


def _bare(word: str) -> str:
    """`women` and `woman` are the same, as are `dog` and `dogs`."""
    folded = word.casefold().replace("men", "man").replace("gray", "grey")
    return folded.removesuffix("s")
