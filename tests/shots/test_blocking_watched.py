"""What was seen to be wrong when whole films were watched, shot by shot."""

from __future__ import annotations

import math

import pytest

from model.stage import Stage, Vec3
from model.theatre.focus import focus_at
from model.theatre.motion.props_motion import prop_now
from model.theatre.view import view_at
from shots.blocking import block_scene
from shots.blocking.anatomy import body_at
from shots.blocking.doorways import door_for
from shots.blocking.fittings import BARE, Doorway, Fittings, Furnish
from shots.blocking.lens import wrap_deg
from shots.defaults import complete
from shots.storyboard import loads
from shots.timing import ShotTiming


def stages_of(
    heading: str, shots: str, people: str = "[{character: ANN}, {character: BOB}]", furnish: Furnish = lambda _: BARE
) -> list[Stage]:
    board = complete(
        loads(f"workprint: 1\ntitle: T\nscenes:\n  - heading: {heading}\n    people: {people}\n    shots:\n{shots}")
    )
    timings = {s.id: ShotTiming(shot=s.id, frame_count=72, fps=24) for s in board.shots() if s.id}
    return list(block_scene(board, board.scenes[0], timings, {}, furnish).values())


@pytest.mark.parametrize("thing", ["PHONE", "LETTER", "PHOTO", "CUP"])
@pytest.mark.parametrize("pose", ["sit", "stand"])
def test_a_held_thing_is_shown_from_before_its_holder_sharp_and_in_the_middle(thing: str, pose: str) -> None:
    """Not through an arm or a leg, and not with the lens at the holder's chest."""
    (stage,) = stages_of(
        "INT. KITCHEN - DAY",
        f"      - {{coverage: insert, insert_of: {thing}, size: CU, duration_s: 3, people: [{{character: ANN, "
        f"pose: {pose}, holds: [{thing}], looks_at: {thing}}}, {{character: BOB, pose: {pose}}}]}}\n",
    )
    holder = next(figure for figure in stage.figures if figure.id == "ANN")
    prop = next(prop for prop in stage.props if prop.id == thing)
    hand = prop_now(stage, prop, 1.5).position
    view = view_at(stage.camera, 1.5, 480, 270)
    eye = stage.camera.keys[0].position
    azimuth = math.degrees(math.atan2(eye.x - hand.x, eye.z - hand.z))
    assert abs(wrap_deg(azimuth - holder.body[0].heading_deg)) < 60
    x, y, depth = view.point(*hand)
    assert abs(x - 240) < 90 and abs(y - 135) < 90
    focus = focus_at(stage, view, 1.5)
    assert focus is not None and focus.distance_m == pytest.approx(depth, rel=0.05)


def test_who_looks_at_the_letter_in_their_hand_lifts_it() -> None:
    line = "      - {size: MS, subjects: [ANN], duration_s: 3, people: [{character: ANN, holds: [LETTER]%s}]}\n"
    looks, rests = (
        stages_of("INT. OFFICE - DAY", line % more, "[{character: ANN}]")[0] for more in (", looks_at: LETTER", "")
    )

    def hand(stage: Stage) -> Vec3:
        return prop_now(stage, next(p for p in stage.props if p.id == "LETTER"), 1.5).position

    assert hand(looks).y > hand(rests).y + 0.1
    assert math.dist(hand(looks), next(p for p in looks.props if p.id == "LETTER").position) < 0.12


_DOOR = Doorway(Vec3(-3.3, 0.0, -0.6), 270.0)


def test_one_comes_in_and_goes_out_by_the_door_of_the_set_with_a_hand_on_it() -> None:
    shots = (
        "      - {size: FS, subjects: [BOB], duration_s: 3, "
        "people: [{character: ANN}, {character: BOB, act: walk, enters: left}]}\n"
        "      - {size: FS, subjects: [BOB], duration_s: 3, "
        "people: [{character: ANN}, {character: BOB, act: walk, exits: left}]}\n"
    )
    people = "[{character: ANN}]"
    comes, goes = stages_of("INT. KITCHEN - DAY", shots, people, lambda _: Fittings(doors=(_DOOR,)))
    for stage in (comes, goes):
        bob = next(figure for figure in stage.figures if figure.id == "BOB")
        door = next(act for act in bob.acts if act.act == "open_door")
        assert door.target is not None and math.dist(door.target[::2], _DOOR.at[::2]) < 0.01
        over = [key for key in bob.body if key.x_m < _DOOR.at.x]
        assert over and all(abs(key.z_m - _DOOR.at.z) < 0.2 for key in over)
    assert [key.x_m < _DOOR.at.x for key in comes.figures[1].body] == sorted(
        (key.x_m < _DOOR.at.x for key in comes.figures[1].body), reverse=True
    )


def test_where_there_is_no_door_one_comes_past_the_edge_and_touches_nothing() -> None:
    shots = "      - {size: FS, subjects: [BOB], duration_s: 3, people: [{character: BOB, act: walk, enters: %s}]}\n"
    for side in ("left", "right"):
        (stage,) = stages_of("INT. KITCHEN - DAY", shots % side, "[]")
        (bob,) = (figure for figure in stage.figures if figure.id == "BOB")
        assert not [act for act in bob.acts if act.act == "open_door"]
        assert (bob.body[0].x_m > 0) == (side == "right")


def test_of_two_doors_the_one_on_the_side_is_taken_and_any_is_better_than_a_wall() -> None:
    other = Doorway(Vec3(3.3, 0.0, -2.4), 90.0)
    both, one = Fittings(doors=(_DOOR, other)), Fittings(doors=(_DOOR,))
    assert door_for(both, "left", (0.0, 0.3)) == _DOOR
    assert door_for(both, "right", (0.0, 0.3)) == other
    assert door_for(one, "right", (0.0, 0.3)) == _DOOR
    assert door_for(BARE, "left", (0.0, 0.3)) is None


def test_who_sits_on_a_bench_faces_off_it_and_not_along_it() -> None:
    shots = "      - {size: MLS, subjects: [ANN, BOB], duration_s: 3}\n"
    people = "[{character: ANN, pose: sit}, {character: BOB, pose: sit}]"
    (stage,) = stages_of("EXT. STATION PLATFORM - NIGHT", shots, people)
    for figure in stage.figures:
        assert abs(wrap_deg(figure.body[-1].heading_deg - 180.0)) < 40


def test_nobody_sits_down_where_there_is_no_seat() -> None:
    shots = (
        "      - {size: FS, subjects: [ANN], duration_s: 3, "
        "people: [{character: ANN, act: walk, move_to_m: [-2.2, 1.0]}, {character: BOB, pose: sit}]}\n"
        "      - {size: FS, subjects: [ANN], duration_s: 3, "
        "people: [{character: ANN, act: sit_down}, {character: BOB, pose: sit}]}\n"
    )
    _, sits = stages_of("EXT. STATION PLATFORM - NIGHT", shots)
    bench = next(prop for prop in sits.props if prop.id == "seat:ANN")
    last = sits.figures[0].body[-1]
    assert last.pose == "sit" and math.dist((last.x_m, last.z_m), bench.position[::2]) < 0.3


def test_two_who_come_in_together_do_not_hide_each_other() -> None:
    shots = (
        "      - {coverage: two_shot, size: FS, move: follow, subjects: [ANN, BOB], duration_s: 3, people: "
        "[{character: ANN, act: walk, enters: left}, {character: BOB, act: walk, enters: left}]}\n"
    )
    (stage,) = stages_of("EXT. BEACH - DAY", shots)
    for time_s in (0.0, 0.5, 1.0, 2.0):
        view = view_at(stage.camera, time_s, 480, 270)
        bodies = [body_at(figure, time_s) for figure in stage.figures]
        heads = [view.point(*body.eye_point) for body in bodies]
        wide = view.focal_px * bodies[0].half_head / heads[0][2]
        assert abs(heads[0][0] - heads[1][0]) > 1.6 * wide, time_s


def test_a_full_shot_of_a_group_shows_the_feet_of_who_stands_nearest() -> None:
    shots = (
        "      - {coverage: group, size: FS, subjects: [ANN, BOB, REX], duration_s: 3, people: "
        "[{character: ANN, mark_m: [-0.7, 1.2]}, {character: BOB, mark_m: [0.7, 1.2]}, "
        "{character: REX, mark_m: [1.6, -1.6]}]}\n"
    )
    (stage,) = stages_of("EXT. BEACH - DAY", shots, "[{character: ANN}, {character: BOB}, {character: REX}]")
    view = view_at(stage.camera, 1.5, 480, 270)
    for figure in stage.figures:
        body = body_at(figure, 1.5)
        assert view.point(body.x, 0.0, body.z)[1] < 268, figure.id


def test_who_sits_is_more_than_a_head_beside_who_stands() -> None:
    shots = "      - {coverage: two_shot, size: MS, subjects: [BOB, ANN], duration_s: 3}\n"
    people = "[{character: ANN, pose: sit}, {character: BOB}]"
    (stage,) = stages_of("INT. LIVING ROOM - DAY", shots, people)
    ann = body_at(next(figure for figure in stage.figures if figure.id == "ANN"), 1.5)
    assert view_at(stage.camera, 1.5, 480, 270).point(*ann.part("shoulders"))[1] < 262


def test_a_pan_over_a_place_ends_on_its_people() -> None:
    shots = "      - {coverage: establishing, size: WS, move: %s, duration_s: 3}\n"
    for move in ("pan_left", "pan_right"):
        (stage,) = stages_of("INT. KITCHEN - DAY", shots % move)
        middles = []
        for time_s in (0.0, 3.0):
            view = view_at(stage.camera, time_s, 480, 270)
            heads = [view.point(*body_at(figure, time_s).eye_point)[0] for figure in stage.figures]
            middles.append(abs(sum(heads) / len(heads) - 240))
        assert middles[1] < 0.6 * middles[0] and middles[1] < 80, move


def test_what_is_looked_at_is_at_the_eyes_from_cut_to_cut() -> None:
    (stage,) = stages_of(
        "INT. OFFICE - DAY",
        "      - {coverage: insert, insert_of: PHONE, size: CU, duration_s: 3, "
        "people: [{character: ANN, holds: [PHONE], looks_at: PHONE}]}\n",
        "[{character: ANN}]",
    )
    phone = next(prop for prop in stage.props if prop.id == "PHONE")
    first, last = (prop_now(stage, phone, time_s).position for time_s in (0.0, 2.95))
    assert math.dist(first, last) < 0.03
    for time_s, at in ((0.0, first), (2.95, last)):
        x, y, _ = view_at(stage.camera, time_s, 480, 270).point(*at)
        assert abs(x - 240) < 80 and abs(y - 135) < 90


def test_a_door_that_is_used_is_seen_from_inside_the_room() -> None:
    door = Doorway(Vec3(-0.9, 0.0, -2.8), 180.0)
    shots = (
        "      - {size: FS, subjects: [BOB], duration_s: 3, "
        "people: [{character: ANN}, {character: BOB, exits: left}]}\n"
    )
    (stage,) = stages_of("INT. BATHROOM - DAY", shots, furnish=lambda _: Fittings(doors=(door,)))
    assert all(key.position.z > door.at.z for key in stage.camera.keys)
