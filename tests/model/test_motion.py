"""Bodies in motion: bones keep their lengths, feet keep their places, nothing jumps, hands arrive."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from model.stage import RGB, ActKey, ActName, BodyKey, Figure, Look, PoseName, Vec3
from model.theatre.motion.body import body_at
from model.theatre.motion.marks import place_at
from model.theatre.motion.skeleton import Skeleton

LOOK = Look(
    height_m=1.74, age_years=34, build="average", gender="female", skin=RGB(200, 150, 120), hair="short",
    hair_colour=RGB(50, 40, 30), beard="none", glasses="none", top="shirt", top_colour=RGB(80, 90, 160),
    bottom="trousers", bottom_colour=RGB(60, 60, 70), shoe_colour=RGB(40, 40, 40), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip
FPS = 48
POSES: tuple[PoseName, ...] = get_args(PoseName)
ACTS: tuple[ActName, ...] = get_args(ActName)
QUICK: frozenset[ActName] = frozenset({"hit", "throw", "push"})


def person(*keys: BodyKey, acts: tuple[ActKey, ...] = (), look: Look = LOOK, seed: int = 0, **more: object) -> Figure:
    body = keys or (at(0.0),)
    return Figure(id="A", species="person", look=look, body=body, acts=acts, seed=seed, **more)  # type: ignore[arg-type]


def at(
    time_s: float, x: float = 0.0, z: float = 4.0, heading: float = 180.0, pose: PoseName = "stand", height: float = 0.0
) -> BodyKey:
    return BodyKey(time_s=time_s, x_m=x, z_m=z, heading_deg=heading, pose=pose, height_m=height)


def bodies(figure: Figure, end_s: float, start_s: float = 0.0) -> Iterator[tuple[float, Skeleton]]:
    for i in range(round((end_s - start_s) * FPS) + 1):
        yield start_s + i / FPS, body_at(figure, start_s + i / FPS)


def length(joints: dict[str, NDArray[np.float64]], a: str, b: str) -> float:
    return float(np.linalg.norm(joints[a] - joints[b]))


def assert_whole(body: Skeleton) -> None:
    """Every bone has its length; no elbow or knee is pulled apart or bent the wrong way."""
    j, build = body.joints, body.build
    for side in ("right", "left"):
        assert length(j, f"{side}_shoulder", f"{side}_elbow") == pytest.approx(build.upper_arm, abs=1e-6)
        assert length(j, f"{side}_elbow", f"{side}_wrist") == pytest.approx(build.forearm, abs=1e-6)
        assert length(j, f"{side}_hip", f"{side}_knee") == pytest.approx(build.thigh, abs=1e-6)
        assert length(j, f"{side}_knee", f"{side}_ankle") == pytest.approx(build.shin, abs=1e-6)
        assert length(j, f"{side}_wrist", f"{side}_fingers") == pytest.approx(build.hand, abs=1e-6)
        middle = (j[f"{side}_hip"] + j[f"{side}_ankle"]) / 2
        assert float((j[f"{side}_knee"] - middle) @ body.pelvis[:, 2]) > -0.30 * build.shin


def assert_smooth(figure: Figure, end_s: float, quick_m: float = 0.20) -> None:
    """No joint goes faster than a quick hand does (metres in a frame of 1/48 s)."""
    for (_, a), (t, b) in pairwise(bodies(figure, end_s)):
        for name, point in b.joints.items():
            assert float(np.linalg.norm(point - a.joints[name])) < quick_m, (name, t)


@pytest.mark.parametrize("act", [act for act in ACTS if act not in ("none", "look")])
def test_every_act_is_seen_and_leaves_the_body_whole(act: ActName) -> None:
    figure = person(acts=(ActKey(start_s=0.4, end_s=2.4, act=act, target=Vec3(0.2, 1.3, 3.3)),), seed=3)
    idle = person(seed=3)
    moved = turned = 0.0
    for t, body in bodies(figure, 2.8):
        assert_whole(body)
        assert min(float(point[1]) for point in body.joints.values()) > -0.03, t
        was = body_at(idle, t)
        moved = max(moved, max(float(np.linalg.norm(body.joints[n] - was.joints[n])) for n in body.joints))
        turned = max(turned, float(np.linalg.norm(body.head - was.head)))
    assert turned > 0.2 if act in ("nod", "shake_head") else moved > (0.05 if act == "speak" else 0.15)
    assert_smooth(figure, 2.8, 0.26 if act in QUICK else 0.14)


@pytest.mark.parametrize("before", POSES)
def test_every_pose_goes_over_into_every_other(before: PoseName) -> None:
    for after in POSES:
        high = 0.6 if "ride" in (before, after) else 0.0
        figure = person(at(0.0, pose=before, height=high), at(1.5, pose=after, height=high))
        for _, body in bodies(figure, 3.0):
            assert_whole(body)
        assert_smooth(figure, 3.0, 0.20)


@pytest.mark.parametrize("seed", range(16))
def test_whatever_is_done_after_what_nothing_jumps(seed: int) -> None:
    dice = Random(seed)
    body, time_s = [at(0.0, pose=dice.choice(POSES))], 0.0
    for _ in range(dice.randint(0, 3)):
        time_s += dice.uniform(0.8, 2.5)
        x, z = dice.uniform(-1.2, 1.2), dice.uniform(3, 5)
        body.append(at(time_s, x, z, dice.uniform(0, 360), dice.choice(POSES)))
    acts = []
    for _ in range(dice.randint(0, 3)):
        start, target = dice.uniform(0, 3), Vec3(dice.uniform(-1.2, 1.2), dice.uniform(0, 1.9), dice.uniform(2, 3.7))
        end = start + dice.uniform(0.8, 3.0)
        acts.append(ActKey(start_s=start, end_s=end, act=dice.choice(ACTS), target=target))
    figure = person(*body, acts=tuple(acts), seed=dice.randint(0, 60))
    assert_smooth(figure, min(time_s + 1.2, 5.0), 0.45)


def walker(speed: float, pose: PoseName = "walk", look: Look = LOOK) -> Figure:
    return person(
        at(0.0, -2.0, heading=90, pose=pose), at(4.0 / speed, 2.0, heading=90), at(4.0 / speed + 1, 2.0, heading=90),
        look=look,
    )  # fmt: skip


@pytest.mark.parametrize(("speed", "pose"), [(0.7, "walk"), (1.3, "walk"), (1.9, "walk"), (3.6, "run")])
@pytest.mark.parametrize("age", [7, 34, 82])
def test_a_foot_that_bears_weight_does_not_slide(speed: float, pose: PoseName, age: int) -> None:
    look = replace(LOOK, age_years=age, height_m=1.2 if age == 7 else 1.74)
    planted = 0
    for (_, a), (t, b) in pairwise(bodies(walker(speed, pose, look), 4.0 / speed + 1)):
        for side in ("right", "left"):
            toe, was = b.joints[f"{side}_toe"], a.joints[f"{side}_toe"]
            heel, heel_was = b.joints[f"{side}_heel"], a.joints[f"{side}_heel"]
            sole = 0.40 * b.build.ankle
            if toe[1] < sole and was[1] < sole:  # the ball is down
                planted += 1
                if heel[1] < 0.47 * b.build.ankle and heel_was[1] < 0.47 * b.build.ankle:  # and so is the heel
                    assert float(np.hypot(*(toe - was)[[0, 2]])) < 0.004, (side, t)
    assert planted > 40


def test_who_turns_on_the_spot_steps_round() -> None:
    figure = person(at(0.0, heading=180), at(0.5, heading=180), at(2.0, heading=0))
    lifted: dict[str, float] = {"right": 0.0, "left": 0.0}
    slid = 0.0
    for (_, a), (_, b) in pairwise(bodies(figure, 2.5)):
        for side in lifted:
            lift = float(b.joints[f"{side}_ankle"][1]) - b.build.ankle
            lifted[side] = max(lifted[side], lift)
            if lift < 0.001:
                slid = max(slid, float(np.linalg.norm(b.joints[f"{side}_ankle"] - a.joints[f"{side}_ankle"])))
    assert min(lifted.values()) > 0.02
    assert slid < 0.003
    end = body_at(figure, 2.5)
    assert float(end.joints["right_toe"][2] - end.joints["right_heel"][2]) > 0.1  # toes where the body faces


def test_an_old_walker_takes_more_and_lower_steps() -> None:
    def steps(age: int) -> int:
        figure = walker(1.2, look=replace(LOOK, age_years=age))
        heights = [float(body.joints["right_ankle"][1]) for _, body in bodies(figure, 4.0)]
        middle = (max(heights) + min(heights)) / 2
        return sum(1 for a, b in pairwise(heights) if a < middle <= b)

    assert steps(84) > steps(34)


def test_rising_leans_over_the_feet_before_it_lifts() -> None:
    figure = person(at(0.0, z=4.4, pose="sit"), at(1.0, z=4.4, pose="sit"), at(1.7, z=4.0))
    seat = float(body_at(figure, 0.5).joints["pelvis"][1])
    for _, body in bodies(figure, 2.2, 1.0):
        if float(body.joints["pelvis"][1]) > seat + 0.12:
            assert float(body.chest[2, 1]) < -0.35  # the chest's up leans to where the body faces (-z)
            break
    else:
        pytest.fail("never rose")
    assert float(body_at(figure, 2.4).chest[1, 1]) > 0.97


def test_who_lies_on_a_bed_is_as_high_as_the_bed() -> None:
    floor, bed = (person(at(0.0, pose="lie", height=h)) for h in (0.0, 0.55))
    low, high = (body_at(f, 1.0).joints for f in (floor, bed))
    for name, point in low.items():
        assert high[name] - point == pytest.approx([0.0, 0.55, 0.0], abs=1e-9)
    into = person(at(0.0, x=-0.6), at(1.0, x=-0.6), at(2.0, pose="lie", height=0.55))
    heights = [place_at(into, 0.5 + i / 10).height_m for i in range(30)]
    assert heights[0] == 0.0
    assert heights[-1] == 0.55
    assert all(b >= a for a, b in pairwise(heights))


def test_two_who_shake_hands_meet_half_way() -> None:
    tall, small = LOOK, replace(LOOK, height_m=1.55)
    a = person(at(0.0, -0.45, heading=90), look=tall, acts=(
        ActKey(start_s=0.2, end_s=2.6, act="shake_hands", target=Vec3(0.45, 0.73 * 1.55, 4)),))  # fmt: skip
    b = person(at(0.0, 0.45, heading=270), look=small, acts=(
        ActKey(start_s=0.2, end_s=2.6, act="shake_hands", target=Vec3(-0.45, 0.73 * 1.74, 4)),))  # fmt: skip
    for t in (0.9, 1.3, 1.8):
        palms = [
            body.joints["right_wrist"] * 0.3 + body.joints["right_fingers"] * 0.7
            for body in (body_at(a, t), body_at(b, t))
        ]
        assert math.dist(*palms) < 0.06


def test_two_who_kiss_bring_their_faces_together_and_not_into_each_other() -> None:
    a = person(at(0.0, -0.3, heading=90), acts=(
        ActKey(start_s=0.0, end_s=3.0, act="kiss", target=Vec3(0.3, 1.62, 4)),))  # fmt: skip
    b = person(at(0.0, 0.3, heading=270), acts=(
        ActKey(start_s=0.0, end_s=3.0, act="kiss", target=Vec3(-0.3, 1.62, 4)),))  # fmt: skip
    apart = math.dist(body_at(a, 1.5).joints["skull"], body_at(b, 1.5).joints["skull"])
    assert 0.20 < apart < 0.32
    assert math.dist(body_at(a, 0.0).joints["skull"], body_at(b, 0.0).joints["skull"]) > 0.45


def test_a_blow_reaches_its_target_and_a_push_both_hands() -> None:
    face = Vec3(0.0, 1.55, 3.35)
    figure = person(acts=(ActKey(start_s=0.0, end_s=2.0, act="hit", target=face),))
    gaps = [math.dist(body.joints["right_fingers"], face) for _, body in bodies(figure, 2.0)]
    assert min(gaps) < 0.08
    chest = Vec3(0.0, 1.28, 3.4)
    figure = person(acts=(ActKey(start_s=0.0, end_s=2.0, act="push", target=chest),))
    for side in ("right", "left"):
        assert min(math.dist(body.joints[f"{side}_wrist"], chest) for _, body in bodies(figure, 2.0)) < 0.2


@pytest.mark.parametrize("act", ["drink", "eat", "phone"])
def test_what_is_held_to_the_face_leaves_the_eyes_to_be_seen(act: ActName) -> None:
    figure = person(acts=(ActKey(start_s=0.0, end_s=4.0, act=act),))
    for t, body in bodies(figure, 3.4, 0.6):
        eyes = body.joints["skull"] + body.head @ np.array([0.0, 0.52, 0.40]) * body.build.head
        for name in ("right_wrist", "right_fingers"):
            local = body.head.T @ (body.joints[name] - eyes) / body.build.head
            assert local[1] < -0.15 or abs(local[0]) > 0.42, (name, t)


def test_falls_go_several_ways_and_stay_down() -> None:
    ends = []
    for seed in range(12):
        figure = person(acts=(ActKey(start_s=0.2, end_s=1.4, act="fall"),), seed=seed)
        down = body_at(figure, 3.0).joints
        assert float(down["skull"][1]) < 0.45
        ends.append(tuple(np.sign(np.round(down["skull"] - down["pelvis"], 1))[[0, 2]]))
    assert len(set(ends)) >= 2
    pushed = ActKey(start_s=0.2, end_s=1.4, act="fall", target=Vec3(0, 1, 3))  # before: away from the blow
    back = body_at(person(acts=(pushed,)), 3.0).joints
    assert float(back["skull"][2]) > 4.3
