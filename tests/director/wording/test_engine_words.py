"""Every pretrained engine is told in words that somebody wrote down for it."""

from __future__ import annotations

import pytest

from director.wording.caption import words_of
from director.wording.engines import engine_named
from director.wording.facts import Facts
from model.backends.registry import ENGINES, IMAGES, engine_of

FACTS = Facts(
    size="wide shot", doing="a woman in a red coat walks", people=(), count=1, place="in the street", hour="at night",
    light="light from the left", temperature_k=3200, weather="", camera="at eye level", style="flat colours",
)  # fmt: skip


@pytest.mark.parametrize("name", (*ENGINES, *IMAGES))
def test_each_engine_has_its_words(name: str) -> None:
    engine = engine_of(name)
    words = engine_named(engine.words)
    assert words.vocabulary == "natural"
    assert bool(words.unwanted) <= engine.capabilities.negative
    assert bool(words.most_words) == engine.capabilities.text


def test_who_reads_no_words_is_told_none() -> None:
    assert words_of(FACTS, engine_named("svd"), crowded=False).prompt == ""
    assert "red coat" in words_of(FACTS, engine_named("sana-video"), crowded=False).prompt
