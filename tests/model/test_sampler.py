"""Sampled stages: the same for an index everywhere, balanced, held apart by split, plausible, and truly captioned."""

from __future__ import annotations

import hashlib
import math
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.sampler import Sample, sample
from model.sampler.captions import COOL_K, WARM_K
from model.sampler.compose import ASPECTS
from model.sampler.framing import ANGLES, COVERS, SIZES
from model.sampler.ground import ground_of
from model.sampler.people import APART_M, DOOR_ACTS, SEATED_SETS
from model.sampler.split import balanced, held_out, ordinal
from model.sampler.vocabulary import (
    ACTS,
    CROWD_DOINGS,
    EMOTIONS,
    HOURS,
    MOVES,
    PLACES,
    POSES,
    PRACTICALS,
    STATES,
    THINGS,
    VEHICLES,
)
from model.sampler.words import COLOURS, TOPS
from model.stage import BodyKey
from model.theatre import passes
from model.theatre.motion.body import head_position
from model.theatre.motion.holding import held_by
from model.theatre.view import view_at

MANY = 156


@pytest.fixture(scope="module")
def train() -> list[Sample]:
    return [sample("train", index) for index in range(MANY)]


@pytest.fixture(scope="module")
def apart() -> list[Sample]:
    return [sample("held_out", index) for index in range(40)]


@pytest.fixture(scope="module")
def single(train: list[Sample]) -> list[Sample]:
    return [one for one in train if one.stage.beside is None]


def test_an_index_is_the_same_stage_in_another_process() -> None:
    code = "import hashlib; from model.sampler import sample; print(hashlib.sha256(repr([sample('train', i) for i in (0, 7, 91)]).encode()).hexdigest())"  # noqa: E501
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    here = hashlib.sha256(repr([sample("train", i) for i in (0, 7, 91)]).encode()).hexdigest()
    assert done.stdout.strip() == here, done.stderr


def test_indices_and_splits_are_different_stages(train: list[Sample], apart: list[Sample]) -> None:
    assert len({repr(one.stage) for one in (*train, *apart)}) == len(train) + len(apart)


def test_nobody_and_no_place_is_on_both_sides(train: list[Sample], apart: list[Sample]) -> None:
    cast = [{(person.species, person.seed) for one in side for person in one.cast} for side in (train, apart)]
    assert not cast[0] & cast[1]
    places = [{(one.stage.place.kind, one.stage.place.seed) for one in side} for side in (train, apart)]
    assert not places[0] & places[1]
    assert all(held_out("person", seed) for species, seed in cast[1] if species == "person")
    assert not any(held_out("person", seed) for species, seed in cast[0] if species == "person")


def test_pairs_of_words_that_are_held_out_are_never_trained_on(single: list[Sample]) -> None:
    names = {colour.rgb: colour.words.en for colour in COLOURS}
    for one in single:
        people = {figure.id for figure in one.stage.figures if figure.species == "person"}
        if not any(figure.species != "person" for figure in one.stage.figures) and one.act in ACTS:
            vehicles = any(prop.id in ("VEHICLE", "RIDDEN") for prop in one.stage.props)
            assert vehicles or not held_out("pair", one.act, one.stage.place.kind)
        for person in one.cast:
            if person.species == "person":
                assert not held_out("pair", person.look.top, names[person.look.top_colour])
        for prop in one.stage.props:
            if prop.colour is not None and people:
                assert not held_out("pair", prop.kind, names[prop.colour])
    assert sum(held_out("pair", act, place) for act in ACTS for place in PLACES) > 20
    assert sum(held_out("pair", top, colour.words.en) for top in TOPS for colour in COLOURS) > 4


def test_fields_are_balanced(train: list[Sample]) -> None:
    sizes = Counter(one.size for one in train)
    assert set(sizes) == set(SIZES)
    assert max(sizes.values()) <= 4 * min(sizes.values())
    hours = Counter(one.stage.light.hour for one in train)
    assert set(hours) == set(HOURS)
    assert max(hours.values()) == min(hours.values())
    places = Counter(one.stage.place.kind for one in train)
    assert set(places) == set(PLACES)
    assert min(places.values()) >= 2
    acts = Counter(one.act for one in train if one.act != "none")
    assert set(acts) == set(ACTS)
    assert max(acts.values()) <= 5 * min(acts.values())
    poses = {figure.body[0].pose for one in train for figure in one.stage.figures}
    assert poses == set(POSES)
    assert {figure.species for one in train for figure in one.stage.figures} == {
        "person",
        "dog",
        "cat",
        "horse",
        "bird",
    }
    assert {one.aspect for one in train} == set(ASPECTS)
    assert {one.coverage for one in train} == {"single", "two_shot", "over_shoulder"}
    assert {one.move for one in train} == set(MOVES)
    assert {one.angle for one in train} == set(ANGLES)
    assert len({one.stage.style for one in train}) == 5
    assert {key.moves for one in train for prop in one.stage.props for key in prop.keys} == {"jumps", "glides", "falls"}
    assert any(one.stage.light.practicals for one in train) and any(one.stage.crowds for one in train)


def test_what_is_rare_is_rare(train: list[Sample]) -> None:
    assert 1 <= sum(one.stage.beside is not None for one in train) <= MANY // 24
    assert sum(one.stage.light.silhouette for one in train) <= MANY // 32
    assert sum(one.stage.light.rim > 0 for one in train) <= MANY // 4
    assert sum(one.angle == "overhead" for one in train) <= MANY // 12


def test_values_of_a_field_are_balanced_among_those_of_another() -> None:
    among = [i for i in range(60) if balanced("aab", i, "theme") == "a"]
    assert [ordinal("aab", i, "theme") for i in among] == list(range(len(among)))
    assert sorted(balanced("xyz", ordinal("aab", i, "theme"), "act") for i in among[:3]) == ["x", "y", "z"]


def test_the_subject_is_seen_and_its_head_is_before_all_else(single: list[Sample]) -> None:
    """Told by the person pass halfway through, at the subject's head."""
    looked, seen = 0, 0
    for one in single[:48]:
        stage, figure = one.stage, one.stage.figures[0]
        if figure.species != "person":
            continue
        height, width = 90, round(90 * ASPECTS[one.aspect])
        person = passes(stage, 1.5, width, height).person
        view = view_at(stage.camera, 1.5, width, height, stage.seed)
        x, y, _ = view.point(*head_position(figure, 1.5, held_by(stage, figure)))
        looked += 1
        if 0 <= x < width and 0 <= y < height:
            seen += bool((person[max(0, int(y) - 3) : int(y) + 4, max(0, int(x) - 3) : int(x) + 4] == 1).any())
    assert seen >= 0.93 * looked


def test_faces_are_seen_in_close_shots(train: list[Sample]) -> None:
    close = [one for one in train if one.size in ("MS", "MCU", "CU", "ECU") and one.cast[0].species == "person"]
    assert sum(one.face for one in close) >= 0.75 * len(close)
    for one in close[:24]:
        key, figure = one.stage.camera.keys[0], one.stage.figures[0]
        body = figure.body[0]
        to_lens = math.degrees(math.atan2(key.position.x - body.x_m, key.position.z - body.z_m))
        if one.face and one.coverage == "single" and len(figure.body) == 1 and body.pose == "stand":
            assert abs((to_lens - body.heading_deg + 180.0) % 360.0 - 180.0) < 95.0


def test_cameras_stand_within_their_set_and_in_nothing(single: list[Sample]) -> None:
    good = 0
    for one in single:
        ground = ground_of(replace(one.stage.place, open_doors=()))
        good += all(ground.holds_lens(key.position) for key in one.stage.camera.keys)
    assert good >= 0.97 * len(single)


def test_nobody_stands_in_furniture_and_sitters_have_seats(single: list[Sample]) -> None:
    crowded = 0
    for one in single:
        ground = ground_of(replace(one.stage.place, open_doors=()))
        offered = [(p.position.x, p.position.z) for p in one.stage.props if p.id in ("SEAT", "RIDDEN")]
        spots = [(spot.x, spot.z) for spot in (*ground.seats, *ground.beds)]
        for figure in one.stage.figures:
            body = figure.body[0]
            if figure.species == "person" and body.pose in ("sit", "drive"):
                assert min(math.dist(_floor(body), at) for at in (*offered, *spots)) < 0.05
            if body.pose == "stand" and len(figure.body) == 1:
                anywhere = replace(ground, people=ground.lens)
                crowded += float(anywhere.room_m(np.array([_floor(body)]))[0]) <= 0.0
    assert crowded <= 0.02 * len(single)


def test_no_more_ride_than_there_are_seats() -> None:
    full = sample("train", 340, 2.2)
    seats = ground_of(replace(full.stage.place, open_doors=())).seats
    assert full.stage.place.kind in SEATED_SETS
    assert 1 <= len(full.stage.figures) == len(full.cast) <= len(seats)
    assert {figure.body[0].pose for figure in full.stage.figures} <= {"sit", "drive"}


def _floor(body: BodyKey) -> tuple[float, float]:
    return body.x_m, body.z_m


def test_doors_are_opened_where_they_are(single: list[Sample]) -> None:
    at_doors = [one for one in single if one.act in DOOR_ACTS]
    assert at_doors
    for one in at_doors:
        doors = ground_of(replace(one.stage.place, open_doors=())).doors
        body = one.stage.figures[0].body[0]
        door = min(doors, key=lambda each: math.dist((each.at.x, each.at.z), _floor(body)))
        assert math.dist((door.at.x, door.at.z), _floor(body)) < 1.2
        assert (door.wall in one.stage.place.open_doors) == (one.act == "close_door")


def test_closer_sizes_show_less(single: list[Sample]) -> None:
    tall: dict[str, list[float]] = {size: [] for size in SIZES}
    for one in single:
        figure = one.stage.figures[0]
        if figure.species == "person" and figure.body[0].pose == "stand" and one.coverage == "single":
            view = view_at(one.stage.camera, 1.5, 128, 72)
            tall[one.size].append(figure.look.height_m * view.px_per_m(view.point(*head_position(figure, 1.5))[2]))
    means = [float(np.mean(tall[size])) for size in SIZES]
    assert means == sorted(means)
    assert sorted(COVERS, key=lambda size: COVERS[size]) == list(reversed(SIZES))


def test_captions_say_what_is_drawn(single: list[Sample]) -> None:
    for one in single:
        short, medium, long = one.captions.short, one.captions.medium, one.captions.long
        stage, lead = one.stage, one.cast[0]
        body = stage.figures[0].body[0]
        assert len(short.en) < len(medium.en) < len(long.en)
        assert len(short.zh) < len(medium.zh) < len(long.zh)
        if body.pose != "swim":
            assert PLACES[stage.place.kind].en in short.en and PLACES[stage.place.kind].zh in short.zh
        assert HOURS[stage.light.hour].en in medium.en and HOURS[stage.light.hour].zh in medium.zh
        assert lead.noun.en in short.en and lead.short.en in medium.en and lead.short.zh in medium.zh
        assert lead.noun.zh in short.zh
        if one.act != "none":
            assert ACTS[one.act].en.split(" {")[0].split(" ")[0] in short.en
            assert ACTS[one.act].zh.split("{")[0] in short.zh
        if body.pose != "stand":
            assert POSES[body.pose].en in short.en
        light = long.en.split("light from")[0]
        warmth = stage.light.colour_temperature_k
        assert light.casefold().endswith(("warm, hard ", "warm, soft ")) == (warmth < WARM_K)
        assert light.casefold().endswith(("cool, hard ", "cool, soft ")) == (warmth > COOL_K)
        for text in (short, medium, long):
            assert "{" not in text.en + text.zh and "  " not in text.en and " ," not in text.en
            assert text.en.endswith(".") and text.zh.endswith("。")
            assert text.en[0].isupper() and "，，" not in text.zh


def test_captions_tell_of_things_animals_crowds_and_wear(single: list[Sample]) -> None:
    for one in single:
        long, stage = one.captions.long, one.stage
        for prop in stage.props:
            if prop.id in ("VEHICLE", "RIDDEN"):
                assert VEHICLES[prop.kind].en in long.en and VEHICLES[prop.kind].zh in long.zh
            if prop.id.startswith(("THING", "LAID")):
                assert THINGS[prop.kind].en in long.en and THINGS[prop.kind].zh in long.zh
        for other in one.cast[1:3]:
            assert other.short.en in long.en and other.short.zh in long.zh
        for crowd in stage.crowds:
            assert CROWD_DOINGS[crowd.doing].en in long.en and CROWD_DOINGS[crowd.doing].zh in long.zh
        for practical in stage.light.practicals:
            assert PRACTICALS[practical.kind].en in long.en
        for state in stage.figures[0].state:
            assert STATES[state].en in long.en and STATES[state].zh in long.zh
        assert ("the focus shifts" in long.en) == (len(stage.camera.focus) > 1)
        assert ("silhouette" in long.en) == stage.light.silhouette
        mood = EMOTIONS[stage.figures[0].emotion].en
        told = f"looks {mood}" in long.en.replace("She", "she").replace("He ", "he ")
        assert told == (one.face and one.cast[0].species == "person" and not stage.light.silhouette)


def test_a_split_screen_tells_both_halves(train: list[Sample]) -> None:
    halves = [one for one in train if one.stage.beside is not None]
    for one in halves:
        assert one.stage.beside is not None
        assert one.captions.short.en.startswith("Split screen. On the left: ")
        right = one.captions.long.en.split("On the right: ")[1]
        assert HOURS[one.stage.beside.light.hour].en in right
        assert one.stage.beside.style == one.stage.style


def test_two_who_meet_are_within_reach(single: list[Sample]) -> None:
    for one in single:
        if one.act in APART_M:
            a, b = one.stage.figures[0].body[0], one.stage.figures[1].body[0]
            assert 0.3 < np.hypot(a.x_m - b.x_m, a.z_m - b.z_m) < 1.2


def test_who_passes_does_so_at_half_time(single: list[Sample]) -> None:
    """A vehicle is seen when the shot is half over."""
    looked, seen = 0, 0
    for one in single:
        number = next((i for i, prop in enumerate(one.stage.props) if prop.id == "VEHICLE"), None)
        if number is not None:
            looked += 1
            seen += bool((passes(one.stage, 1.5, round(72 * ASPECTS[one.aspect]), 72).prop == number + 1).any())
    assert looked >= 4
    assert seen >= 0.8 * looked
