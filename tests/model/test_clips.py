"""Clips to learn from: planned by their number, drawn with all that is known, kept whole, held out for good."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.conditions import cast_of
from model.errors import PictureError
from model.sampler.split import held_out
from model.sampler.vocabulary import ACTS
from model.sampler.words import COLOURS
from model.stage import Stage
from model.theatre import draw
from model.theatre.guide import GREY, guide_picture
from model.training.clips import SIZES_PX, Clip, Plan, drawn_clip, is_long, load, plan, save

PEOPLE_BEFORE_GREY = 11  # whose second guide is of that kind


@pytest.fixture(scope="module")
def train() -> list[Plan]:
    return [plan("train", index) for index in range(40)]


@pytest.fixture(scope="module")
def apart() -> list[Plan]:
    return [plan("held_out", index) for index in range(16)]


@pytest.fixture(scope="module")
def drawn() -> Clip:
    return drawn_clip("train", PEOPLE_BEFORE_GREY)


def stages(plans: list[Plan]) -> list[Stage]:
    """Both halves of split screens too."""
    return [half for p in plans for half in (p.stage, p.stage.beside) if half is not None]


def test_a_plan_is_that_of_its_number(train: list[Plan]) -> None:
    assert repr(plan("train", 7)) == repr(train[7]) != repr(plan("held_out", 7))
    assert {p.fps for p in train} == {12, 24}
    assert {p.other for p in train} == {"place", "people", "none"}
    assert len({p.stage.style for p in train}) > 2 and any(p.stage.beside for p in train)
    for index, p in enumerate(train):
        assert (p.width_px, p.height_px) == SIZES_PX[p.sample.aspect]
        assert p.frame_count == (13 if is_long(index) else 5)
        times = p.times_s()
        assert len(times) == p.frame_count and times[0] >= 0 and times[-1] < p.stage.duration_s
        assert np.allclose(np.diff(times), 1 / p.fps)


def test_sizes_are_whole_tokens_of_about_one_area() -> None:
    areas = [width * height for width, height in SIZES_PX.values()]
    assert max(areas) < 1.1 * min(areas)
    assert all(side % 32 == 0 for size in SIZES_PX.values() for side in size)


def test_nothing_held_out_is_trained_on(train: list[Plan], apart: list[Plan]) -> None:
    """Told by the split itself, of everybody, every place and every pair of words that has a side."""
    for side, plans in (("train", train), ("held_out", apart)):
        for stage in stages(plans):
            assert held_out("place", stage.place.seed) == (side == "held_out")
        for one in (one for p in plans for one in p.sample.cast):
            assert held_out("person" if one.species == "person" else "animal", one.seed) == (side == "held_out")
    names = {colour.rgb: colour.words.en for colour in COLOURS}
    for stage in stages(train):
        people = [figure for figure in stage.figures if figure.species == "person"]
        for figure in people:
            assert not held_out("pair", figure.look.top, names[figure.look.top_colour])
        for prop in stage.props:
            assert not (people and prop.colour and held_out("pair", prop.kind, names[prop.colour]))
    for p in train:
        only_people = all(figure.species == "person" for figure in p.stage.figures)
        if p.sample.act in ACTS and only_people and not any(x.id in ("VEHICLE", "RIDDEN") for x in p.stage.props):
            assert not held_out("pair", p.sample.act, p.stage.place.kind)
    looks = [{repr(figure.look) for stage in stages(plans) for figure in stage.figures} for plans in (train, apart)]
    assert not looks[0] & looks[1]


def test_a_clip_is_drawn_as_planned(drawn: Clip) -> None:
    p = plan("train", PEOPLE_BEFORE_GREY)
    time_s, size = p.times_s()[2], (p.width_px, p.height_px)
    assert drawn.truth.shape == drawn.stand_ins.shape == (p.frame_count, p.height_px, p.width_px, 3)
    assert np.array_equal(drawn.truth[2], draw(p.stage, time_s, *size))
    assert np.array_equal(drawn.stand_ins[2], guide_picture(p.stage, "stand_ins", time_s, *size, p.wearing))
    assert p.other == "people"
    somebody = (drawn.other[2] != GREY).any(axis=-1)
    assert 0.001 < somebody.mean() < 0.9
    assert np.array_equal(drawn.other[2][somebody], drawn.stand_ins[2][somebody])
    assert len(drawn.sheets) == len(cast_of(p.stage)) and len(drawn.other) == p.frame_count
    cells = somebody.reshape(p.height_px // 8, 8, p.width_px // 8, 8)
    assert drawn.detail.shape == (p.frame_count, p.height_px // 8, p.width_px // 8)
    assert drawn.detail[2][cells.all(axis=(1, 3))].mean() > drawn.detail[2][~cells.any(axis=(1, 3))].mean()


def test_a_clip_is_read_as_it_was_written(drawn: Clip, tmp_path: Path) -> None:
    save(drawn, tmp_path / "0000011.safetensors")
    read = load(tmp_path / "0000011.safetensors")
    assert (read.split, read.index) == ("train", PEOPLE_BEFORE_GREY)
    for name in ("truth", "stand_ins", "other", "sheets", "detail"):
        assert np.array_equal(getattr(read, name), getattr(drawn, name))
    assert not list(tmp_path.glob("*.part"))


def test_a_file_that_is_cut_off_is_told(drawn: Clip, tmp_path: Path) -> None:
    path = tmp_path / "0000011.safetensors"
    save(drawn, path)
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(PictureError, match=r"0000011\.safetensors is no whole clip .*Fix: delete it"):
        load(path)
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "0000012.safetensors")
