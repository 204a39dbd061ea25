"""Cut-outs: what the cast wears is on the guide, where the pose has it, behind what hides it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from model.stage import RGB, ActKey, Figure, Prop, Stage, Vec3
from model.theatre import draw, passes
from model.theatre.guide import GREY, guide_picture
from model.theatre.stand_ins import Wearing, with_stand_ins
from model.theatre.surfaces import PARTS
from tests.model.test_passes import LOOK, seen_from, stand
from tests.model.test_stand_ins import OTHER, dressed

SIZE = (320, 180)
NEAR = {"eye": (0.0, 1.2, -2.6), "target": (0.0, 1.0, 0.0)}


def guide(stage: Stage, wearing: Wearing, time_s: float = 0.5) -> NDArray[np.uint8]:
    return draw(with_stand_ins(stage, wearing), time_s, *SIZE)


def psnr_db(a: NDArray[np.uint8], b: NDArray[np.uint8], where: NDArray[np.bool_]) -> float:
    return float(10 * np.log10(255.0**2 / np.square(a.astype(float) - b)[where].mean()))


def acting(id: str, act: str, heading: float, x: float = 0.0) -> Figure:
    keys = (ActKey(start_s=0, end_s=2, act=act, target=Vec3(3.0, 1.3, 0.5)),)  # type: ignore[arg-type]
    return replace(dressed(stand(id, x, 0.0, heading), replace(OTHER, hat="none")), acts=keys)


@pytest.mark.parametrize("heading", [180.0, 130.0, 90.0, 0.0, -75.0])
@pytest.mark.parametrize("act", ["none", "point", "wave", "carry"])
def test_the_guide_wears_what_the_actor_wears(act: str, heading: float) -> None:
    stage = seen_from(acting("A", act, heading), **NEAR)
    truth = draw(stage, 0.5, *SIZE)
    bare, worn = guide(stage, "colours"), guide(stage, "cut_outs")
    where = (truth != guide(seen_from(**NEAR), "colours")).any(axis=-1)
    assert psnr_db(worn, truth, where) > psnr_db(bare, truth, where) + 2.0


def test_another_look_and_another_state_are_seen() -> None:
    one = seen_from(stand("A", 0, 0), **NEAR)
    others = [
        seen_from(dressed(stand("A", 0, 0), look, *state), **NEAR)
        for look, state in (
            (replace(LOOK, top_colour=RGB(200, 20, 20)), ()), (replace(LOOK, hair="afro"), ()),
            (replace(LOOK, bottom="skirt"), ()), (replace(LOOK, hat="brimmed"), ()), (LOOK, ("muddy",)),
        )
    ]  # fmt: skip
    first = guide(one, "cut_outs")
    for other in others:
        assert (guide(other, "cut_outs") != first).any(axis=-1).mean() > 0.002


def test_faces_are_the_stand_ins_own() -> None:
    bald = replace(LOOK, hair="bald", hat="none", glasses="none", beard="none")
    stage = seen_from(dressed(stand("A", 0, 0), bald), eye=(0.0, 1.6, -1.4), target=(0.0, 1.6, 0.0))
    head = passes(stage, 0.5, *SIZE).part == 1 + PARTS.index("head")
    assert head.mean() > 0.02
    same = (guide(stage, "cut_outs") == guide(stage, "colours")).all(axis=-1)
    assert same[head].mean() > 0.9
    assert not same.all()


def test_what_stands_before_them_hides_them() -> None:
    crate = Prop(id="BOX", kind="crate", position=Vec3(0.0, 0.0, -0.9))
    stage = seen_from(dressed(stand("A", 0, 0), OTHER), props=(crate,))
    hidden = passes(stage, 0.5, *SIZE).prop == 1
    assert hidden.mean() > 0.005
    truth, worn = draw(stage, 0.5, *SIZE), guide(stage, "cut_outs")
    assert (truth == worn).all(axis=-1)[hidden].mean() > 0.97


def test_the_set_and_animals_stay() -> None:
    dog = replace(stand("REX", 0.8, 0.0), species="dog", look=replace(LOOK, height_m=0.5))
    alone = seen_from(dog, **NEAR)
    assert np.array_equal(guide(alone, "cut_outs"), draw(alone, 0.5, *SIZE))
    both = seen_from(dog, dressed(stand("A", -0.6, 0.0), OTHER), **NEAR)
    near = (guide(both, "cut_outs") != guide(both, "colours")).any(axis=-1)
    assert near.any() and not near[:, int(0.62 * SIZE[0]) :].any()


def test_frames_are_alike_in_any_order() -> None:
    stage = seen_from(acting("A", "wave", 150.0), to=(1.4, 1.5, -3.0))
    times = (0.1, 0.9, 1.7)
    forward = [guide(stage, "cut_outs", t) for t in times]
    guide(seen_from(dressed(stand("B", 0, 0), OTHER, "wet"), **NEAR), "cut_outs")
    back = [guide(stage, "cut_outs", t) for t in reversed(times)][::-1]
    assert all(np.array_equal(a, b) for a, b in zip(forward, back, strict=True))


def test_people_before_grey_have_all_that_they_wear() -> None:
    stage = seen_from(dressed(stand("A", 0, 0), OTHER), **NEAR)
    people = guide_picture(stage, "people", 0.5, *SIZE, "cut_outs")
    whole = guide(stage, "cut_outs")
    worn = (whole != guide(stage, "colours")).any(axis=-1)
    assert np.array_equal(people[worn], whole[worn])
    assert (people[:, :40] == GREY).all() and (people[:, -40:] == GREY).all()


def test_both_halves_of_a_split_screen_wear_them() -> None:
    stage = replace(
        seen_from(dressed(stand("A", 0, 0), OTHER), **NEAR), beside=seen_from(dressed(stand("B", 0, 0), OTHER), **NEAR)
    )
    changed = (guide(stage, "cut_outs") != guide(stage, "colours")).any(axis=-1)
    half = SIZE[0] // 2
    assert changed[:, :half].mean() > 0.01 and changed[:, half:].mean() > 0.01
