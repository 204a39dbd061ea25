"""The bodies that cameras are solved for are those that the theatre draws."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from model.stage import BodyKey, Figure, PoseName
from model.theatre.animals.animal import animal_joints
from model.theatre.motion.body import body_at as drawn_at
from model.theatre.motion.body import hand_position, head_position
from model.theatre.motion.holding import Hold
from shots.blocking.anatomy import body_at
from shots.blocking.looks import look_of
from shots.blocking.things import hand_of
from shots.spec import Character, Gender


def figure(age: float, pose: PoseName, gender: Gender = "female") -> Figure:
    look = look_of(Character(id="ANN", age_years=age, gender=gender))
    key = BodyKey(time_s=0, x_m=0.5, z_m=1.0, heading_deg=70, pose=pose)
    return Figure(id="ANN", species="person", look=look, body=(key,))


@pytest.mark.parametrize("age", [6, 12, 30, 75])
@pytest.mark.parametrize("pose", ["stand", "sit", "kneel", "lie"])
def test_heads_are_where_they_are_drawn(age: float, pose: PoseName) -> None:
    ann = figure(age, pose)
    body = body_at(ann, 0.0)
    drawn = head_position(ann, 0.0)
    assert body.head_x == pytest.approx(drawn.x, abs=0.12) and body.head_z == pytest.approx(drawn.z, abs=0.12)
    assert body.chin - 0.05 < drawn.y < body.crown
    if pose != "lie":
        assert (body.crown + body.chin) / 2 == pytest.approx(drawn.y, abs=0.08)


@pytest.mark.parametrize("pose", ["stand", "sit"])
def test_shoulders_knees_and_hands_are_where_they_are_drawn(pose: PoseName) -> None:
    ann = figure(34, pose)
    body, joints = body_at(ann, 0.0), drawn_at(ann, 0.0).joints
    assert body.shoulders == pytest.approx(float(joints["shoulders"][1]), abs=0.06)
    assert body.knees == pytest.approx(float(joints["right_knee"][1]), abs=0.10)
    for hand in ("left", "right"):
        assert math.dist(hand_of(body, hand), hand_position(ann, hand, 0.0, (Hold(hand),))) < 0.05


@pytest.mark.parametrize("pose", ["stand", "sit", "lie"])
def test_a_dogs_head_is_where_it_is_drawn(pose: PoseName) -> None:
    look = look_of(Character(id="REX", species="dog"))
    key = BodyKey(time_s=0, x_m=-1.0, z_m=0.3, heading_deg=110, pose=pose)
    rex = Figure(id="REX", species="dog", look=look, body=(key,))
    skull, body = animal_joints(rex, 0.0)["skull"], body_at(rex, 0.0)
    assert math.hypot(body.head_x - skull[0], body.head_z - skull[2]) < 0.1
    assert body.chin < skull[1] < body.crown


def test_sitting_down_lowers_the_head_smoothly() -> None:
    ann = figure(30, "stand")
    keys = (*ann.body, BodyKey(time_s=2, x_m=0.5, z_m=1.0, heading_deg=70, pose="sit"))
    ann = Figure(id="ANN", species="person", look=ann.look, body=keys)
    crowns = [body_at(ann, t / 20).crown for t in range(61)]
    assert crowns == sorted(crowns, reverse=True)
    assert max(a - b for a, b in pairwise(crowns)) < 0.06
    assert crowns[0] == ann.look.height_m and crowns[-1] < 0.82 * ann.look.height_m
