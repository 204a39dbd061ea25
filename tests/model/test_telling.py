"""A film's shot is told in the words of the captions that the picture model has learnt from."""

from __future__ import annotations

import statistics
from dataclasses import replace

import pytest

from model.sampler import Sample, sample
from model.sampler.vocabulary import PLACES
from model.telling import tell
from model.text import TEXT_TOKENS, words_of


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return [one for one in (sample("train", index, 2.2) for index in range(40)) if one.stage.beside is None]


def told(one: Sample) -> str:
    return tell(one.stage, one.size, one.coverage, [figure.id for figure in one.stage.figures])


def test_a_sampled_stage_is_told_as_its_caption_tells_it(samples: list[Sample]) -> None:
    known = {word for one in samples for word in words_of(one.captions.long.en)}
    shares = []
    for one in samples:
        first = words_of(told(one).split(". ")[0])
        caption = words_of(one.captions.medium.en)
        shares.append(sum(word in caption for word in first) / len(first))
        assert first[: len(words_of(one.captions.medium.en.split(":")[0]))] == words_of(
            one.captions.medium.en.split(":")[0]
        )
    assert statistics.mean(shares) > 0.93
    words = [word for one in samples for word in words_of(told(one))]
    assert sum(word in known for word in words) / len(words) > 0.98


def test_who_does_what_where_is_within_what_the_model_reads(samples: list[Sample]) -> None:
    assert max(len(words_of(told(one).split(". ")[0])) for one in samples) <= TEXT_TOKENS


def test_an_empty_place_an_insert_and_a_split_screen_are_told(samples: list[Sample]) -> None:
    stage = samples[0].stage
    place = PLACES[stage.place.kind].en
    assert tell(replace(stage, figures=()), "EWS", "establishing", ()).split(": ")[1].startswith(f"{place}. ")
    assert tell(stage, "ECU", "insert", (), "letter").split(": ")[1].startswith(f"a letter {place}. ")
    assert tell(stage, "ECU", "insert", (), "police_car").split(": ")[1].startswith(f"the police car {place}. ")
    other = samples[1].stage
    both = tell(replace(stage, beside=other), "MS", "split_screen", [f.id for f in (*stage.figures, *other.figures)])
    assert both.startswith("Split screen. On the left: ")
    assert f"{PLACES[other.place.kind].en}." in both.split("On the right: ")[1]


def test_only_who_is_seen_is_told(samples: list[Sample]) -> None:
    one = next(one for one in samples if len(one.stage.figures) == 2 and one.coverage == "single")
    lead = one.stage.figures[0].id
    assert " beside " not in tell(one.stage, "CU", "single", [lead])
    assert tell(one.stage, "CU", "single", ["NOBODY"]).split(": ")[1].startswith(PLACES[one.stage.place.kind].en)
