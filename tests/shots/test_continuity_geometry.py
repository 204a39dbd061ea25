"""Rules that judge what shots look like, on geometries made by hand."""

from __future__ import annotations

from shots.blocking.geometry import OnScreen, ScreenMove, ScreenWay, ShotGeometry
from shots.continuity import check
from shots.defaults import complete
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.storyboard import loads

PAIR = ("MARA", "TOM")


def on_screen(
    name: str, x: float = 0.5, gaze: ScreenWay = "lens", moves: ScreenMove = "none", *, visible: bool = True
) -> OnScreen:
    return OnScreen(
        character=name, visible=visible, x=x, x_end=x, head_y=0.2, body_height=1.5, facing=gaze, gaze=gaze, moves=moves
    )


def seen(
    shot: str, *people: OnScreen, side: int = 0, azimuth_deg: float = 0.0, crosses: bool = False, axis: bool = True
) -> ShotGeometry:
    return ShotGeometry(
        shot=shot,
        lens_mm=50.0,
        camera_azimuth_deg=azimuth_deg,
        camera_distance_m=2.0,
        axis=PAIR if axis else None,
        axis_side=side,
        crosses_axis=crosses,
        people=people,
    )


def problems(shots: str, *geometry: ShotGeometry) -> list[Problem]:
    lines = "".join(f"  - {shot.strip()}\n" for shot in shots.strip().splitlines())
    text = f"title: x\nscenes:\n- heading: INT. CAFE - NIGHT\n  people: [MARA, TOM]\n  shots:\n{lines}"
    return check(ShotGraph(complete(loads(text))), {each.shot: each for each in geometry})


def rules(shots: str, *geometry: ShotGeometry) -> list[tuple[str, str | None]]:
    return [(problem.rule, problem.shot) for problem in problems(shots, *geometry)]


MARA = "coverage: single, size: MCU, subjects: [MARA]"
TOM = "coverage: single, size: MCU, subjects: [TOM]"
TALK = f"{{id: A, {MARA}}}\n{{id: B, {TOM}}}\n{{id: C, {MARA}}}"


def test_the_camera_stays_on_its_side_of_the_line() -> None:
    assert rules(TALK, seen("A", side=1), seen("B", side=1), seen("C", side=1)) == []
    found = problems(TALK, seen("A", side=1), seen("B", side=-1), seen("C", side=-1))
    assert [(p.rule, p.shot) for p in found] == [("axis", "B")]
    assert found[0].what == "B sees MARA and TOM from across their line: they change sides of the screen"
    assert "between A and B" in found[0].fix


def test_a_neutral_shot_frees_the_line() -> None:
    insert = f"{{id: A, {MARA}}}\n{{id: B, insert_of: CUP}}\n{{id: C, {TOM}}}"
    assert rules(insert, seen("A", side=1), seen("B", axis=False), seen("C", side=-1)) == []
    assert rules(TALK, seen("A", side=1), seen("B", side=0), seen("C", side=-1)) == []
    nothing = f"{{id: A, {MARA}}}\n{{id: B, {MARA}, motive: looks away}}\n{{id: C, {TOM}}}"
    assert ("axis", "C") in rules(
        nothing, seen("A", side=1), seen("B", axis=False, azimuth_deg=90), seen("C", side=-1)
    ), "a look elsewhere does not"


def test_the_line_is_free_once_one_of_the_two_was_seen_to_move() -> None:
    still, walks = on_screen("TOM"), on_screen("TOM", moves="left")
    sides = [rules(TALK, seen("A", side=1), seen("B", tom, axis=False), seen("C", side=-1)) for tom in (still, walks)]
    assert [("axis", "C") in found for found in sides] == [True, False]


def test_a_camera_that_crosses_in_view_takes_the_new_side() -> None:
    assert rules(TALK, seen("A", side=1, crosses=True), seen("B", side=-1), seen("C", side=-1)) == []
    assert rules(TALK, seen("A", side=1, crosses=True), seen("B", side=1), seen("C", side=1)) == [("axis", "B")]


def test_a_walk_frees_the_line() -> None:
    walk = f"{{id: A, {MARA}}}\n{{id: B, {MARA}, people: [TOM, {{character: MARA, act: walk}}]}}\n{{id: C, {TOM}}}"
    assert rules(walk, seen("A", side=1), seen("B", axis=False, azimuth_deg=90), seen("C", side=-1)) == []


def test_a_new_scene_has_a_new_line() -> None:
    text = (
        f"title: x\nscenes:\n- {{heading: INT. A, people: [MARA, TOM], shots: [{{id: A, {MARA}}}]}}\n"
        f"- {{heading: INT. A, people: [MARA, TOM], shots: [{{id: B, {TOM}}}]}}"
    )
    geometry = {"A": seen("A", side=1), "B": seen("B", side=-1)}
    assert check(ShotGraph(complete(loads(text))), geometry) == []


def test_two_who_talk_look_opposite_ways() -> None:
    pair = f"{{id: A, {MARA}}}\n{{id: B, {TOM}}}"
    left, right = on_screen("MARA", gaze="left"), on_screen("TOM", gaze="right")
    assert rules(pair, seen("A", left), seen("B", right)) == []
    found = problems(pair, seen("A", left), seen("B", on_screen("TOM", gaze="left")))
    assert [p.what for p in found] == ["MARA in A and TOM in B both look left"]
    coming = pair.replace(MARA, f"{MARA}, people: [{{character: MARA, enters: left}}]")
    came = problems(coming, seen("A", left), seen("B", on_screen("TOM", gaze="left")))
    assert not [p for p in came if p.rule == "eyelines"], "somebody who comes in looks where she goes"
    assert rules(pair, seen("A", left), seen("B", on_screen("TOM", gaze="lens"))) == []
    assert rules(pair, seen("A", left), seen("B", on_screen("TOM", gaze="left"), axis=False)) == [], (
        "he looks elsewhere"
    )


def test_over_a_shoulder_one_looks_at_the_shoulder() -> None:
    shot = "{id: A, coverage: over_shoulder, size: MS, subjects: [TOM], over: MARA}"
    shoulder = on_screen("MARA", x=0.9)
    assert rules(shot, seen("A", on_screen("TOM", 0.35, "right"), shoulder)) == []
    found = problems(shot, seen("A", on_screen("TOM", 0.35, "left"), shoulder))
    assert [str(p) for p in found] == ["TOM looks left in A, away from MARA. Fix: add looks_at: MARA."]


WALK = "coverage: single, size: FS, subjects: [MARA], people: [TOM, {character: MARA, act: walk}]"


def walks(*ways: ScreenMove) -> list[tuple[str, str | None]]:
    shots = "\n".join(f"{{id: S{n}, {WALK}, transition: dissolve}}" for n in range(len(ways)))
    geometry = (seen(f"S{n}", on_screen("MARA", moves=way), azimuth_deg=90 * n) for n, way in enumerate(ways))
    return rules(shots, *geometry)


def test_a_walker_keeps_the_direction_on_screen() -> None:
    assert walks("right", "right") == []
    assert walks("right", "left") == [("screen_direction", "S1")]
    assert walks("right", "toward", "left") == []
    assert walks("right", "none", "left") == []


def test_another_goal_is_another_direction() -> None:
    there = WALK.replace("act: walk", "act: walk, move_to_m: [2, 1]")
    back = WALK.replace("act: walk", "act: walk, move_to_m: [-2, 1]")
    shots = f"{{id: A, {there}}}\n{{id: B, {back}}}"
    right, left = on_screen("MARA", moves="right"), on_screen("MARA", moves="left")
    assert rules(shots, seen("A", right), seen("B", left, azimuth_deg=90)) == []


def jump(shots: str, degrees: float) -> list[tuple[str, str | None]]:
    return rules(shots, seen("A", on_screen("MARA"), axis=False), seen("B", azimuth_deg=degrees, axis=False))


def test_a_cut_on_the_same_people_changes_the_angle_or_the_size() -> None:
    same = f"{{id: A, {MARA}}}\n{{id: B, {MARA}}}"
    assert jump(same, 12) == [("thirty_degrees", "B")]
    assert jump(same, 348) == [("thirty_degrees", "B")]
    assert jump(same, 30) == []
    assert jump(same, 180) == []
    assert jump(same.replace("MCU", "MS", 1), 12) == [("thirty_degrees", "B")]
    assert jump(same.replace("MCU", "MLS", 1), 12) == []


def test_a_jump_that_is_meant_is_no_problem() -> None:
    for extra in ("transition: jump_cut", "transition: dissolve", "continues: A", "pov_of: TOM", "angle: low"):
        assert jump(f"{{id: A, {MARA}}}\n{{id: B, {MARA}, {extra}}}", 0) == []


def test_a_leap_in_size_has_a_reason() -> None:
    leap = "{id: A, size: EWS, coverage: master}\n{id: B, size: ECU, coverage: single, subjects: [MARA]}"
    assert rules(leap) == [("size_jumps", "B")]
    assert rules(leap.replace("ECU", "MCU")) == []
    assert rules(leap.replace("subjects", "motive: she saw it, subjects")) == []
    assert rules(leap.replace("subjects", "transition: smash_cut, subjects")) == []


def test_who_speaks_on_screen_is_in_the_picture() -> None:
    line = "lines: [{character: TOM, text: Well}]"
    shot = f"{{id: A, {MARA}, {line}}}"
    assert rules(shot, seen("A", on_screen("MARA"), on_screen("TOM"))) == []
    assert rules(shot, seen("A", on_screen("MARA"), on_screen("TOM", visible=False))) == [("presence", "A")]
    heard = shot.replace("text: Well", "text: Well, heard: off_screen")
    assert rules(heard, seen("A", on_screen("MARA"), on_screen("TOM", visible=False))) == []


def test_nobody_reads_directions_in_a_crowd() -> None:
    crowd = "coverage: group, size: WS, subjects: [MARA, TOM, ANN], people: [TOM, ANN, {character: MARA, act: run}]"
    shots = f"{{id: A, {crowd}}}\n{{id: B, {WALK}}}"
    right, left = on_screen("MARA", moves="right"), on_screen("MARA", moves="left")
    assert rules(shots, seen("A", right), seen("B", left, azimuth_deg=90)) == []
