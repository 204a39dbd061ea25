"""A polished caption keeps every fact and adds nobody, or the compiler's own words stay."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from director.llm.ask import Question, Reply
from director.staging import stages_of
from director.wording.caption import Words, caption
from director.wording.engines import engine_named
from director.wording.facts import Facts, facts_of
from director.wording.polish import polish
from shots.defaults import complete
from shots.storyboard import loads
from shots.timing import time_shots

BOARD = """title: x
cast:
- {id: MARA, gender: female, age_years: 30, look: {wardrobe: [{kind: coat, colour: red}]}}
scenes:
- heading: EXT. QUAY - NIGHT
  light: {key_side: left, colour_temperature_k: 3200}
  shots: [{size: MCU, subjects: [MARA], people: [{character: MARA, state: [wet]}], lines: [MARA: So.]}]
"""
WAN = engine_named("wan")


def scripted(replies: Sequence[str]) -> tuple[list[Question], object]:
    asked: list[Question] = []

    def ask(question: Question, /) -> Reply:
        asked.append(question)
        return Reply(text=json.dumps({"prompt": replies[min(len(asked), len(replies)) - 1]}))

    return asked, ask


@pytest.fixture(scope="module")
def shot() -> tuple[Words, Facts]:
    board = complete(loads(BOARD))
    stage = stages_of(board, time_shots(board, {}), {})["S1.1"]
    one = board.scenes[0].shots[0]
    return caption(one, board.scenes[0], board, stage, WAN), facts_of(one, board, stage)


def good(words: Words, facts: Facts) -> str:
    side = facts.light.split("light ")[1].split(",")[0]
    return (
        f"In the harbour at night a woman in a red coat speaks, soaked to the skin, her face lit {side}. "
        "A medium close-up holds on her as she talks."
    )


def test_a_text_that_keeps_the_facts_is_taken(shot: tuple[Words, Facts]) -> None:
    words, facts = shot
    asked, ask = scripted([good(words, facts)])
    polished = polish(ask, words, facts, WAN)  # type: ignore[arg-type]
    assert polished == Words(good(words, facts), words.negative)
    assert "- a woman in a red coat" in asked[0].user and words.prompt in asked[0].user and len(asked) == 1


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a red coat", "a blue coat", '"a woman in a red coat" is missing'),
        ("at night", "by day", '"at night" is missing'),
        ("soaked", "smiling", '"soaked" is missing'),
        ("A medium close-up", "A wide shot", '"medium close-up" is missing'),
        ("as she talks.", "as a man walks past.", 'Take out "man"'),
        ("as she talks.", "beside another woman.", "more people"),
        ("as she talks.", "under a green sky.", 'Take out "green"'),
        ("as she talks.", "and " * 130, "at most 120"),
    ],
)
def test_a_text_that_contradicts_goes_back_and_the_own_words_stay(
    shot: tuple[Words, Facts], before: str, after: str, told: str
) -> None:
    words, facts = shot
    asked, ask = scripted([good(words, facts).replace(before, after)])
    assert polish(ask, words, facts, WAN) == words  # type: ignore[arg-type]
    assert len(asked) == 3 and told in asked[1].user


def test_a_mended_text_is_taken_and_the_own_model_is_never_polished(shot: tuple[Words, Facts]) -> None:
    words, facts = shot
    asked, ask = scripted(["A dog in a park, at noon, on a lead.", good(words, facts)])
    assert polish(ask, words, facts, WAN).prompt == good(words, facts)  # type: ignore[arg-type]
    assert polish(ask, words, facts, engine_named("dit")) is words  # type: ignore[arg-type]
    assert len(asked) == 2
