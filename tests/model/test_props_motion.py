"""Props in time: in the hand that takes them, on the table that they are put on, in the air between."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from model.stage import (
    RGB,
    ActKey,
    Attachment,
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Light,
    Look,
    Place,
    Prop,
    PropKey,
    Stage,
    Vec3,
    Weather,
)
from model.theatre.motion.body import hand_position
from model.theatre.motion.holding import held_by
from model.theatre.motion.props_motion import prop_now

LOOK = Look(
    height_m=1.74, age_years=34, build="average", gender="female", skin=RGB(200, 150, 120), hair="short",
    hair_colour=RGB(50, 40, 30), beard="none", glasses="none", top="shirt", top_colour=RGB(80, 90, 160),
    bottom="trousers", bottom_colour=RGB(60, 60, 70), shoe_colour=RGB(40, 40, 40), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip
A, B = (Attachment(figure=name, hand="right") for name in ("A", "B"))
TABLE = Vec3(-0.35, 0.76, 3.55)


def person(name: str, x: float = 0.0, heading: float = 180.0, acts: tuple[ActKey, ...] = ()) -> Figure:
    body = (BodyKey(time_s=0, x_m=x, z_m=4, heading_deg=heading, pose="stand"),)
    return Figure(id=name, species="person", look=LOOK, body=body, acts=acts)


def stage(*figures: Figure, props: tuple[Prop, ...]) -> Stage:
    camera = Camera(keys=(CameraKey(time_s=0, position=Vec3(0, 1.5, 0), target=Vec3(0, 1, 4), lens_mm=35),))
    return Stage(
        duration_s=4,
        place=Place(kind="park", interior=False, seed=1),
        light=Light(
            hour="day", key_azimuth_deg=180, key_elevation_deg=35, key_to_fill_ratio=2, colour_temperature_k=5600
        ),
        weather=Weather(kind="clear"),
        camera=camera,
        figures=figures,
        props=props,
    )


def prop(*keys: PropKey, position: Vec3 = TABLE, held: Attachment | None = None) -> Prop:
    return Prop(id="p", kind="cup", position=position, held=held, keys=keys)


def hand(on: Stage, figure: Figure, time_s: float) -> Vec3:
    return hand_position(figure, "right", time_s, held_by(on, figure))


def assert_no_jump(on: Stage, end_s: float, most_m: float = 0.16) -> None:
    spots = [prop_now(on, on.props[0], i / 48).position for i in range(round(end_s * 48))]
    for i, (a, b) in enumerate(pairwise(spots)):
        assert math.dist(a, b) < most_m, i / 48


def test_what_is_taken_from_a_table_is_reached_for_and_then_in_the_hand() -> None:
    cup = prop(PropKey(time_s=1.5, position=TABLE, held=A))
    ann = person("A")
    on = stage(ann, props=(cup,))
    assert prop_now(on, cup, 1.4).position == TABLE
    assert math.dist(hand(on, ann, 1.5), TABLE) < 0.09
    assert math.dist(hand(on, ann, 0.5), TABLE) > 0.25
    now = prop_now(on, cup, 3.0)
    assert now.held == A
    assert math.dist(now.position, hand(on, ann, 3.0)) < 1e-9
    assert_no_jump(on, 3.5)


def test_what_is_put_down_stays_where_it_was_put() -> None:
    cup = prop(PropKey(time_s=1.5, position=TABLE, state="empty"), held=A)
    on = stage(person("A", acts=(ActKey(start_s=0.8, end_s=2.2, act="put_down", target=TABLE),)), props=(cup,))
    assert prop_now(on, cup, 1.0).held == A
    after = prop_now(on, cup, 2.0)
    assert (after.position, after.held, after.state) == (TABLE, None, "empty")
    assert_no_jump(on, 3.0)


def test_two_hands_meet_when_a_thing_changes_hands() -> None:
    cup = prop(PropKey(time_s=1.5, position=Vec3(0, 1, 4), held=B), held=A)
    ann = person("A", -0.5, 90, acts=(ActKey(start_s=0.5, end_s=2.5, act="give", target=Vec3(0.5, 1.2, 4)),))
    bo = person("B", 0.5, 270)
    on = stage(ann, bo, props=(cup,))
    assert math.dist(hand(on, ann, 1.5), hand(on, bo, 1.5)) < 0.10
    assert (prop_now(on, cup, 1.0).held, prop_now(on, cup, 2.5).held) == (A, B)
    assert_no_jump(on, 3.5)


@pytest.mark.parametrize("act", ["throw", "drop"])
def test_what_is_let_go_flies_from_the_hand_to_where_it_lands(act: str) -> None:
    lands = Vec3(0.1, 0.0, 3.4) if act == "drop" else Vec3(0.3, 0.0, 0.5)
    let_go, down = (1.5, 2.2) if act == "throw" else (1.2, 1.65)
    ball = prop(
        PropKey(time_s=let_go, position=Vec3(0, 1, 4), held=A),
        PropKey(time_s=down, position=lands, state="broken", moves="falls"),
        held=A,
    )
    key = ActKey(start_s=0.5, end_s=2.5, act=act)  # type: ignore[arg-type]
    ann = person("A", acts=(key,))
    on = stage(ann, props=(ball,))
    assert prop_now(on, ball, let_go - 0.05).held == A
    flying = prop_now(on, ball, let_go + 0.02)
    assert flying.held is None
    assert math.dist(flying.position, hand(on, ann, let_go)) < 0.35
    rest = prop_now(on, ball, down + 0.1)
    assert (rest.position, rest.state) == (lands, "broken")
    heights = [prop_now(on, ball, let_go + (down - let_go) * i / 20).position.y for i in range(21)]
    bends = [c - 2 * b + a for a, b, c in zip(heights, heights[1:], heights[2:], strict=False)]
    step_s = (down - let_go) / 20
    assert all(bend == pytest.approx(-9.81 * step_s**2, abs=2e-3) for bend in bends[1:])
    assert_no_jump(on, 3.0, 0.30)


def test_what_glides_is_evenly_on_its_way() -> None:
    car = prop(
        PropKey(time_s=1.0, position=Vec3(0, 0, 6), heading_deg=350),
        PropKey(time_s=3.0, position=Vec3(8, 0, 6), heading_deg=10, moves="glides"),
        position=Vec3(0, 0, 6),
    )
    on = stage(props=(car,))
    assert prop_now(on, car, 0.5).position == Vec3(0, 0, 6)
    half = prop_now(on, car, 2.0)
    assert half.position == pytest.approx((4, 0, 6))
    assert half.heading_deg % 360 == pytest.approx(0.0)
    assert half.moves
    assert not prop_now(on, car, 3.5).moves


def test_a_thing_switched_on_changes_only_its_state() -> None:
    lamp = prop(PropKey(time_s=1.0, position=TABLE, state="lit"))
    on = stage(person("A"), props=(lamp,))
    assert [prop_now(on, lamp, t).state for t in (0.5, 1.5)] == ["", "lit"]
    assert prop_now(on, lamp, 0.5).position == prop_now(on, lamp, 1.5).position
    assert held_by(on, on.figures[0]) == ()
