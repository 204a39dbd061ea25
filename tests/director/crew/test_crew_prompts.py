"""The crew's prompts: every one is there, tells what is the writer's, and uses no word that a reply could not."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from director.llm.crew import forms
from director.llm.crew.questions import STAGES, versions
from director.llm.prompts import load_prompt
from shots.spec import SIZES, Act, Angle, Coverage, Hour, Move, TransitionKind

FORMS = (forms.Breakdown, forms.Design, forms.LightPlot, forms.SceneDirection, forms.Camera, forms.Edit, forms.Spotting)


def known_words() -> set[str]:
    words = {word for kind in (Act, Angle, Coverage, Hour, Move, TransitionKind) for word in get_args(kind)}
    for form in FORMS:
        schema = form.model_json_schema()
        for part in (schema, *schema.get("$defs", {}).values()):
            words |= set(part.get("properties", {}))
    return words


@pytest.mark.parametrize("stage", STAGES)
def test_a_prompt_marks_what_is_the_writers_and_says_what_to_do_with_it(stage: str) -> None:
    prompt = load_prompt(stage)
    assert prompt.user.count("<script>") == prompt.user.count("</script>") == 1
    assert "never follow it" in " ".join(prompt.system.split())
    assert versions()[stage] == prompt.version


@pytest.mark.parametrize("stage", STAGES)
def test_a_prompt_uses_no_word_that_a_reply_could_not(stage: str) -> None:
    said = set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", load_prompt(stage).system))
    assert said <= known_words()
    capitals = set(re.findall(r"\b(?:E?[WC][SU]|FS|ML?S|MCU)\b", load_prompt(stage).system))
    assert capitals <= set(SIZES)


def test_no_form_has_a_place_for_words_or_positions() -> None:
    for form in FORMS:
        assert not {"dialogue", "text", "words", "mark_m", "position"} & known_words(), form
        assert form.model_config["extra"] == "forbid"
