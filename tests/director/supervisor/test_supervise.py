"""The script supervisor over whole films: the issue's own examples, and what it never touches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from director.direct import direct
from director.parse import parse_fountain, read
from director.supervisor.supervise import supervise
from shots.continuity import check
from shots.defaults import complete
from shots.graph import ShotGraph
from shots.spec import Storyboard
from shots.story import ledger
from shots.storyboard import loads

FILMS = sorted((Path(__file__).parents[3] / "examples").glob("*.fountain"))
STORY = """Title: Biscuit

EXT. QUAY - NIGHT

MARA, 30, a woman in a red coat, stands by the water. Mara is soaked.

MARA
Cold.

INT. CABIN - {then}

TOM, 40, a man in a grey sweater, holds a biscuit. Mara stands by the door. Tom bites the biscuit.

TOM
Eat.

Tom gives the biscuit to Mara.

MARA
Thanks.

INT. CABIN - MOMENTS LATER

Mara sits by the fire. She holds the biscuit.

MARA
Warm.
"""


def film(then: str) -> Storyboard:
    return direct(parse_fountain(STORY.format(then=then), "biscuit.fountain"))


def mara(board: Storyboard, scene: int) -> set[tuple[str, ...]]:
    found = board.scenes[scene]
    return {p.state for shot in found.shots for p in found.floor(shot) if p.character == "MARA"}


@pytest.mark.parametrize(
    ("then", "state"),
    [("CONTINUOUS", ("wet",)), ("MOMENTS LATER", ("wet",)), ("NEXT DAY", ()), ("NIGHT", ("wet",)), ("MORNING", ())],
)
def test_a_soaked_coat_is_wet_in_a_scene_that_goes_on_and_dry_the_next_day(then: str, state: tuple[str, ...]) -> None:
    board = film(then)
    assert mara(board, 1) == {state}
    assert mara(board, 2) == {state}


def test_a_bitten_biscuit_stays_bitten_in_every_later_shot_and_hand() -> None:
    board = film("CONTINUOUS")
    shots = [(shot, board.scenes[n].floor(shot)) for n in (1, 2) for shot in board.scenes[n].shots]
    holding = [(shot, next(p for p in floor if "BISCUIT" in p.holds)) for shot, floor in shots
               if any("BISCUIT" in p.holds for p in floor)]  # fmt: skip
    bites = next(n for n, (_, person) in enumerate(holding) if person.act == "eat")
    after = holding[bites + 1 :]
    assert {person.character for _, person in after} == {"TOM", "MARA"}
    assert {placed.state for shot, _ in after for placed in shot.props if placed.prop == "BISCUIT"} == {"bitten"}
    assert all(any(placed.prop == "BISCUIT" for placed in shot.props) for shot, _ in after)
    graph = ShotGraph(board)
    edges = [edge for shot, _ in after[1:] for edge in graph.dependencies(shot.id or "", ["state"])]
    assert sum(edge.of == "BISCUIT" for edge in edges) == len(after) - 1
    assert [p for p in check(graph, {}) if p.rule in ("props", "wardrobe", "story_time")] == []


def without_states(board: Storyboard) -> Storyboard:
    """All that the supervisor may not touch."""
    scenes = []
    for scene in board.scenes:
        shots = tuple(
            replace(shot, people=tuple(replace(p, state=()) for p in scene.floor(shot)),
                    props=tuple(p for p in shot.props if p.mark_m or p.enters or p.exits))
            for shot in scene.shots
        )  # fmt: skip
        scenes.append(replace(scene, people=tuple(replace(p, state=()) for p in scene.people), shots=shots))
    return replace(board, scenes=tuple(scenes))


TORN_APART = complete(
    loads("""title: x
cast: [MARA, TOM]
props: [{id: BISCUIT, kind: food}, {id: LETTER}]
scenes:
- heading: EXT. QUAY - DAY
  weather: rain
  shots:
  - {people: [{character: MARA, state: [muddy]}, {character: TOM, act: eat, holds: [BISCUIT]}], lines: [MARA: So.]}
  - {people: [MARA, {character: TOM, holds: [BISCUIT]}], action: Mara tears the letter., props: [LETTER]}
- heading: INT. HUT - CONTINUOUS
  shots:
  - {people: [MARA], props: [LETTER], lines: [MARA: Here.]}
  - {insert_of: BISCUIT}
- heading: INT. HUT - NEXT DAY
  shots:
  - {people: [{character: MARA, state: [wet, muddy]}], props: [BISCUIT], lines: [MARA: Now.]}
""")
)


@pytest.mark.parametrize("board", [TORN_APART, *(direct(read(path)) for path in FILMS)], ids=lambda b: b.title)
def test_supervising_twice_is_once_and_only_states_change(board: Storyboard) -> None:
    once, _ = supervise(board)
    assert supervise(once) == (once, ())
    assert ledger(once).clashes == ()
    assert without_states(once) == without_states(board)


def test_what_a_model_forgot_is_put_right_and_told() -> None:
    board, notes = supervise(TORN_APART)
    states = {shot.id: [p.state for p in scene.floor(shot)] for scene in board.scenes for shot in scene.shots}
    assert states["S1.1"] == [("muddy", "wet"), ("wet",)]
    assert states["S2.1"] == [("muddy", "wet")]
    assert states["S3.1"] == [()]
    props = {shot.id: {p.prop: p.state for p in shot.props} for shot in board.shots()}
    assert props["S1.2"] == {"LETTER": "torn", "BISCUIT": "bitten"}
    assert props["S2.1"] == {"LETTER": "torn"} and props["S2.2"] == {"BISCUIT": "bitten"}
    assert props["S3.1"] == {"BISCUIT": "bitten"}
    assert "BISCUIT is bitten in S2.2: since S1.1, and S2 is day 1 (CONTINUOUS)." in notes
    assert "MARA is no longer muddy in S3.1: Day 2, NEXT DAY." in notes


def test_a_storyboard_written_by_hand_is_told_of_and_left_alone(tmp_path: Path) -> None:
    from director.opening import read_storyboard

    path = tmp_path / "storyboard.yaml"
    path.write_text(
        "title: x\ncast: [MARA]\nscenes:\n"
        "- {heading: EXT. QUAY - DAY, shots: [{people: [{character: MARA, state: [wet]}]}]}\n"
        "- {heading: INT. HUT - CONTINUOUS, shots: [{people: [MARA]}]}\n",
        encoding="utf-8",
    )
    board = read_storyboard(path)
    assert board.scenes[1].floor(board.scenes[1].shots[0])[0].state == ()
    assert [p.shot for p in check(ShotGraph(board), {}) if p.rule == "story_time"] == ["S2.1"]
