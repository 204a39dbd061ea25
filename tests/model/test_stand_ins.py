"""Stand-ins: the set, the poses and the faces of a stage, and nothing of anybody's looks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.stage import RGB, ActKey, Figure, Look, Prop, PropKey, Stage, Vec3
from model.theatre import draw, passes
from model.theatre.motion.body import body_at
from model.theatre.stand_ins import STAND_IN_COLOURS, stand_in, with_stand_ins
from tests.model.test_passes import LOOK, seen_from, stand

SIZE = (160, 96)
OTHER = replace(
    LOOK, skin=RGB(90, 60, 44), hair="afro", hair_colour=RGB(20, 20, 20), beard="full", glasses="dark", top="coat",
    top_colour=RGB(30, 160, 170), bottom="shorts", bottom_colour=RGB(230, 220, 60), shoe_colour=RGB(240, 240, 240),
    hat="brimmed", hat_colour=RGB(200, 30, 200), bag="backpack", bag_colour=RGB(10, 200, 10),
)  # fmt: skip
"""Of the height, age, build and gender of `LOOK`, and of nothing else."""


def dressed(figure: Figure, look: Look, *state: str) -> Figure:
    return replace(figure, look=look, state=state)


def guide(stage: Stage, time_s: float = 0.5) -> np.ndarray:
    return draw(with_stand_ins(stage, "suits"), time_s, *SIZE)


def test_no_wardrobe_shows_through() -> None:
    waves = (ActKey(start_s=0, end_s=2, act="wave"),)
    one, two = (replace(stand(id, x, 0.0), acts=waves) for id, x in (("A", -0.7), ("B", 0.7)))
    plain = seen_from(one, two, style="watercolour")
    fancy = seen_from(dressed(one, OTHER, "wet", "torn"), dressed(two, OTHER, "muddy"), style="watercolour")
    assert np.abs(draw(plain, 0.5, *SIZE).astype(int) - draw(fancy, 0.5, *SIZE)).mean() > 2
    assert np.array_equal(guide(plain), guide(fancy))


def test_the_body_is_told() -> None:
    child = replace(LOOK, height_m=1.1, age_years=7)
    assert not np.array_equal(guide(seen_from(stand("A", 0, 0))), guide(seen_from(dressed(stand("A", 0, 0), child))))


def test_the_set_is_as_it_is_where_nobody_stands() -> None:
    stage = seen_from(stand("A", -0.7, 0.0), props=(Prop(id="BOX", kind="crate", position=Vec3(0.9, 0.0, 0.4)),))
    plain = with_stand_ins(stage, "suits")
    seen, shown = passes(stage, 0.5, *SIZE), passes(plain, 0.5, *SIZE)
    apart = (seen.person == 0) & (shown.person == 0)
    # A shadow and the soft edge of a figure are of its own shape: all but those are pixel for pixel the same.
    same = (draw(stage, 0.5, *SIZE) == guide(stage)).all(axis=-1)
    assert same[apart].mean() > 0.97
    assert not same[~apart].all()
    assert (seen.prop == 1).any() and same[seen.prop == 1].all()


def test_faces_and_poses_are_those_of_the_actor() -> None:
    points = replace(stand("A", 0, 0), acts=(ActKey(start_s=0, end_s=2, act="point", target=Vec3(3, 1, 0)),))
    poses = [body_at(figure, 0.8).joints for figure in (points, stand_in(points, 0, "suits"))]
    assert repr(poses[0]) == repr(poses[1])
    assert not np.array_equal(guide(seen_from(points), 0.8), guide(seen_from(stand("A", 0, 0)), 0.8))
    near = {"eye": (0.0, 1.6, -1.0), "target": (0.0, 1.6, 0.0)}
    faces = [guide(seen_from(replace(stand("A", 0, 0), emotion=mood), **near)) for mood in ("happy", "angry")]
    assert not np.array_equal(*faces)


def test_suits_are_told_by_number_of_person_past_animals() -> None:
    dog = replace(stand("REX", 0.3, -0.5), species="dog", look=replace(LOOK, height_m=0.5))
    cast = [stand("A", -1, 0), dog, *(stand(id, i, 1.0) for i, id in enumerate("BCDE"))]
    plain = with_stand_ins(seen_from(*cast), "suits")
    assert [figure.id for figure in plain.figures] == ["A", "REX", "B", "C", "D", "E"]
    assert plain.figures[1] is dog
    suits = [figure.look.top_colour for figure in plain.figures if figure.species == "person"]
    assert suits == [*STAND_IN_COLOURS, STAND_IN_COLOURS[0]]
    assert len(set(STAND_IN_COLOURS)) == len(STAND_IN_COLOURS)


def test_what_is_held_is_kept_and_performance_untouched() -> None:
    actor = replace(dressed(stand("A", 0, 0), OTHER, "wet"), emotion="angry", seed=9)
    plain = stand_in(actor, 2, "suits")
    assert replace(plain, look=actor.look, state=actor.state) == actor
    assert plain.state == () and plain.look.bag == "none"
    lamp = Prop(id="LAMP", kind="lantern", position=Vec3(0, 0, 0), keys=(PropKey(time_s=0, position=Vec3(1, 0, 0)),))
    assert with_stand_ins(seen_from(actor, props=(lamp,)), "colours").props == (lamp,)


def test_both_halves_of_a_split_screen_have_stand_ins() -> None:
    left, right = seen_from(stand("A", 0, 0), style="pencil"), seen_from(stand("B", 0, 0))
    plain = with_stand_ins(replace(left, beside=right), "suits")
    assert plain.beside is not None and (plain.style, plain.beside.style) == ("pencil", "flat")
    assert [half.figures[0].look.top_colour for half in (plain, plain.beside)] == [STAND_IN_COLOURS[0]] * 2
    fancy = with_stand_ins(replace(left, beside=seen_from(dressed(stand("B", 0, 0), OTHER))), "suits")
    assert np.array_equal(draw(plain, 0.5, *SIZE), draw(fancy, 0.5, *SIZE))


def test_coloured_ones_wear_colours_and_no_cut() -> None:
    actor = dressed(stand("A", 0, 0), OTHER, "wet")
    look = stand_in(actor, 1, "colours").look
    for name in ("skin", "top_colour", "bottom_colour", "shoe_colour", "hair_colour", "height_m", "build"):
        assert getattr(look, name) == getattr(OTHER, name), name
    other_cut = replace(
        OTHER, top="coat", bottom="skirt", hair="afro", hat="cap", beard="full", glasses="round", bag="backpack"
    )
    assert stand_in(replace(actor, look=other_cut), 1, "colours").look == look
    gown = stand_in(replace(actor, look=replace(OTHER, top="dress")), 1, "colours").look
    assert gown.bottom_colour == OTHER.top_colour != OTHER.bottom_colour
    bald = stand_in(replace(actor, look=replace(OTHER, hair="bald")), 1, "colours").look
    assert (look.hair, bald.hair) == ("buzz", "bald")


def test_dressed_ones_have_beard_and_glasses_and_their_wardrobe_pinned() -> None:
    actor = dressed(stand("A", 0, 0), OTHER, "wet")
    worn = stand_in(actor, 1, "cut_outs")
    assert worn.pinned == (OTHER, ("wet",)) and worn.state == ()
    assert (worn.look.beard, worn.look.glasses, worn.look.bag) == (OTHER.beard, OTHER.glasses, "none")
    assert all(stand_in(actor, 1, wearing).pinned is None for wearing in ("suits", "colours"))  # type: ignore[arg-type]
