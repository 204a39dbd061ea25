"""What was seen to be wrong when whole films were watched, shot by shot."""

from __future__ import annotations

import math
from functools import partial

import pytest

from model.stage import Place, Stage, Vec3
from model.theatre.focus import focus_at
from model.theatre.motion.props_motion import prop_now
from model.theatre.view import view_at
from shots.blocking import block_scene
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


def _with(fittings: Fittings, _: Place) -> Fittings:
    return fittings


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
    for side, fittings in (("left", BARE), ("right", Fittings(doors=(_DOOR,)))):
        (stage,) = stages_of("INT. KITCHEN - DAY", shots % side, "[]", partial(_with, fittings))
        (bob,) = (figure for figure in stage.figures if figure.id == "BOB")
        assert not [act for act in bob.acts if act.act == "open_door"]
        assert (bob.body[0].x_m > 0) == (side == "right")
