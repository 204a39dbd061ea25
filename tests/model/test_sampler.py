"""Sampled stages: the same for an index everywhere, balanced, held apart by split, and truly captioned."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from model.sampler import Sample, sample
from model.sampler.captions import COOL_K, WARM_K
from model.sampler.framing import SIZES
from model.sampler.split import balanced, held_out
from model.sampler.words import ACTS, COLOURS, HOURS, PLACES, TOPS
from model.theatre import passes
from model.theatre.view import view_at

MANY = 192


@pytest.fixture(scope="module")
def train() -> list[Sample]:
    return [sample("train", index) for index in range(MANY)]


@pytest.fixture(scope="module")
def apart() -> list[Sample]:
    return [sample("held_out", index) for index in range(64)]


def test_an_index_is_the_same_stage_in_another_process() -> None:
    code = "import hashlib; from model.sampler import sample; print(hashlib.sha256(repr([sample('train', i) for i in (0, 7, 91)]).encode()).hexdigest())"  # noqa: E501
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    import hashlib

    here = hashlib.sha256(repr([sample("train", i) for i in (0, 7, 91)]).encode()).hexdigest()
    assert done.stdout.strip() == here, done.stderr


def test_indices_and_splits_are_different_stages(train: list[Sample], apart: list[Sample]) -> None:
    assert len({repr(one.stage) for one in (*train, *apart)}) == len(train) + len(apart)


def test_nobody_and_no_place_is_on_both_sides(train: list[Sample], apart: list[Sample]) -> None:
    cast = [{person.seed for one in side for person in one.cast} for side in (train, apart)]
    assert not cast[0] & cast[1]
    places = [{(one.stage.place.kind, one.stage.place.seed) for one in side} for side in (train, apart)]
    assert not places[0] & places[1]
    assert all(held_out("person", seed) for seed in cast[1])
    assert not any(held_out("person", seed) for seed in cast[0])


def test_pairs_of_words_that_are_held_out_are_never_trained_on(train: list[Sample]) -> None:
    names = {colour.rgb: colour.words.en for colour in COLOURS}
    for one in train:
        assert not held_out("pair", one.act, one.stage.place.kind)
        for person in one.cast:
            assert not held_out("pair", person.look.top, names[person.look.top_colour])
    assert sum(held_out("pair", act, place) for act in ACTS for place in PLACES) > 20
    assert sum(held_out("pair", top, colour.words.en) for top in TOPS for colour in COLOURS) > 4


def test_fields_are_balanced(train: list[Sample]) -> None:
    sizes = Counter(one.size for one in train)
    assert set(sizes) == set(SIZES)
    assert max(sizes.values()) == min(sizes.values())
    hours = Counter(one.stage.light.hour for one in train)
    assert set(hours) == set(HOURS)
    assert max(hours.values()) == min(hours.values())
    places = Counter(one.stage.place.kind for one in train)
    assert set(places) == set(PLACES)
    assert max(places.values()) - min(places.values()) <= 4
    acts = Counter(one.act for one in train)
    assert set(acts) == set(ACTS)
    assert max(acts.values()) <= 4 * min(acts.values())
    assert len({one.stage.style for one in train}) == 5
    assert len({one.angle for one in train}) == 5
    assert [balanced("abc", i, "x") for i in range(3)] != [balanced("abc", i, "y") for i in range(3)] or sorted(
        balanced("abc", i, "x") for i in range(3)
    ) == ["a", "b", "c"]


def test_the_first_of_the_cast_is_in_the_picture(train: list[Sample]) -> None:
    """Seen, and as large as the size says: told by the person pass at mid-shot."""
    seen = 0
    for one in train[:48]:
        found = passes(one.stage, 1.5, 128, 72)
        share = float((found.person == 1).mean())
        seen += share > {"EWS": 0.0005, "WS": 0.004, "FS": 0.015}.get(one.size, 0.03)
    assert seen >= 42


def test_closer_sizes_show_less_of_the_floor(train: list[Sample]) -> None:
    focal = {size: [] for size in SIZES}  # type: ignore[var-annotated]
    for one in train:
        if not one.stage.place.interior and one.angle == "eye_level":
            view = view_at(one.stage.camera, 1.5, 128, 72)
            figure = one.stage.figures[0]
            middle = figure.body[0], figure.body[-1]
            x, z = ((middle[0].x_m + middle[1].x_m) / 2, (middle[0].z_m + middle[1].z_m) / 2)
            focal[one.size].append(figure.look.height_m * view.px_per_m(view.point(x, 1.0, z)[2]))
    means = [float(np.mean(focal[size])) for size in SIZES]
    assert means == sorted(means)


def test_captions_say_what_is_drawn(train: list[Sample]) -> None:
    for one in train:
        short, medium, long = (one.captions.short, one.captions.medium, one.captions.long)
        assert len(short.en) < len(medium.en) < len(long.en)
        assert len(short.zh) < len(medium.zh) < len(long.zh)
        assert PLACES[one.stage.place.kind].en in short.en and PLACES[one.stage.place.kind].zh in short.zh
        assert HOURS[one.stage.light.hour].en in medium.en
        lead = one.cast[0]
        assert lead.noun.en in short.en and lead.short.en in medium.en
        warmth = one.stage.light.colour_temperature_k
        assert ("warm" in long.en.split(" looks ")[-1]) == (warmth < WARM_K)
        assert (" cool," in long.en.split(" looks ")[-1]) == (warmth > COOL_K)
        assert "{" not in long.en + long.zh
        assert "  " not in long.en
        assert all(text.en.endswith(".") and text.zh.endswith("。") for text in (short, medium, long))


def test_two_who_meet_are_within_reach(train: list[Sample]) -> None:
    for one in train:
        if one.act in ("embrace", "kiss", "shake_hands", "hit", "push", "give"):
            a, b = one.stage.figures[0].body[0], one.stage.figures[1].body[0]
            assert 0.3 < np.hypot(a.x_m - b.x_m, a.z_m - b.z_m) < 1.2
