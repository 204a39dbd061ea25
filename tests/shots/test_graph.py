from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from shots.errors import StoryboardError
from shots.graph import Edge, ShotGraph
from shots.spec import Presence, Scene, Shot, Storyboard
from shots.storyboard import loads

TALK = """\
title: Talk
scenes:
  - id: S1
    heading: INT. CAFE - NIGHT
    place: CAFE
    hour: night
    people: [MARA, TOM]
    shots:
      - {id: S1.1, coverage: single, size: MCU, subjects: [MARA]}
      - {id: S1.2, coverage: master, size: WS, subjects: [MARA, TOM]}
      - {id: S1.3, coverage: over_shoulder, size: MS, subjects: [TOM], over: MARA}
      - {id: S1.4, coverage: single, size: MS, subjects: [MARA], people: [{character: MARA, state: [wet]}, TOM]}
      - {id: S1.5, coverage: single, size: CU, subjects: [MARA], people: [{character: MARA, state: [wet]}, TOM]}
      - {id: S1.6, coverage: insert, size: ECU, insert_of: CUP, props: [{prop: CUP, state: broken}]}
      - {id: S1.7, coverage: insert, size: ECU, insert_of: CUP, props: [{prop: CUP, state: broken}]}
  - id: S2
    heading: INT. CAFE - DAY
    place: CAFE
    hour: day
    people: [TOM]
    shots:
      - {id: S2.1, coverage: single, size: CU, subjects: [TOM]}
      - {id: S2.2, coverage: single, size: CU, subjects: [TOM], continues: S2.1}
"""


@pytest.fixture(scope="module")
def graph() -> ShotGraph:
    return ShotGraph(loads(TALK))


def into(graph: ShotGraph, shot: str) -> list[tuple[str, str, str]]:
    return [(edge.kind, edge.of, edge.source) for edge in graph.dependencies(shot)]


def test_cuts_are_the_order_of_the_film(graph: ShotGraph) -> None:
    ids = [shot.id for shot in loads(TALK).shots()]
    assert list(graph.order()) == ids
    cuts = [(edge.source, edge.target) for edge in graph.edges() if edge.kind == "cuts_to"]
    assert cuts == list(pairwise(ids))


def test_the_master_gives_the_place_even_to_shots_before_it(graph: ShotGraph) -> None:
    assert into(graph, "S1.1") == [("identity", "MARA", "S1.2"), ("place", "CAFE", "S1.2")]
    assert into(graph, "S1.2") == []
    assert into(graph, "S2.1") == [("identity", "TOM", "S1.3")], "daylight is another light"


def test_a_face_is_remembered_from_the_best_shot_in_the_same_clothes(graph: ShotGraph) -> None:
    assert ("identity", "MARA", "S1.1") in into(graph, "S1.3")
    assert ("identity", "MARA", "S1.4") in into(graph, "S1.5")
    assert not any(kind == "identity" for kind, _, _ in into(graph, "S1.4")), "nobody saw her wet before"


def test_a_shoulder_is_no_face() -> None:
    text = TALK.replace("subjects: [MARA, TOM]}", "subjects: [TOM]}").replace(
        "id: S1.1, coverage: single, size: MCU, subjects: [MARA]",
        "id: S1.1, coverage: single, size: CU, subjects: [TOM]",
    )
    graph = ShotGraph(loads(text.replace("state: [wet]", "act: nod")))
    assert not any(of == "MARA" for _, of, _ in into(graph, "S1.4")), "only her back was seen, in S1.3"
    assert ("identity", "MARA", "S1.4") in into(graph, "S1.5")


def test_a_state_is_taken_from_the_shot_before_it(graph: ShotGraph) -> None:
    assert ("state", "MARA", "S1.4") in into(graph, "S1.5")
    assert ("state", "CUP", "S1.6") in into(graph, "S1.7")
    assert not any(kind == "state" for kind, _, _ in into(graph, "S1.6"))


def test_continuing_is_an_edge(graph: ShotGraph) -> None:
    assert ("continues", "", "S2.1") in into(graph, "S2.2")


def test_what_goes_stale_follows_dependencies_and_not_cuts(graph: ShotGraph) -> None:
    assert graph.dependents("S1.7") == ()
    assert graph.dependents("S1.6") == ("S1.7",)
    assert graph.dependents("S1.2")[0] == "S1.1"
    assert "S1.4" in graph.dependents("S1.2", {"place"})
    assert "S1.5" not in graph.dependents("S1.1", {"identity"})
    assert graph.dependents("S1.6", {"cuts_to"}) == ("S1.7", "S2.1", "S2.2")


def test_no_shot_waits_for_itself_in_a_film_without_written_references(graph: ShotGraph) -> None:
    assert graph.cycles() == ()


def test_written_references_replace_derived_ones() -> None:
    film = loads(TALK.replace("subjects: [MARA]}", "subjects: [MARA], references: []}", 1))
    assert ShotGraph(film).dependencies("S1.1") == ()
    text = TALK.replace(
        "subjects: [MARA]}", "subjects: [MARA], references: [{kind: identity, of: MARA, shot: S1.5}]}", 1
    )
    assert ShotGraph(loads(text)).dependencies("S1.1") == (Edge("identity", "MARA", "S1.5", "S1.1"),)


def test_shots_that_wait_for_each_other_are_told() -> None:
    graph = ShotGraph(loads(TALK.replace("id: S2.1,", "id: S2.1, continues: S2.2,")))
    assert graph.cycles() == (("S2.1", "S2.2"),)
    assert ShotGraph(loads(TALK.replace("continues: S2.1", "continues: S2.2"))).cycles() == (("S2.2",),)


def test_a_name_that_is_nearly_right_is_helped(graph: ShotGraph) -> None:
    with pytest.raises(StoryboardError, match=r"no shot 'S1.11'; did you mean 'S1.1'\? Fix:"):
        graph.shot("S1.11")
    assert graph.scene_of("S2.1").id == "S2"


def test_ids_are_asked_for() -> None:
    film = loads("title: x\nscenes: [{heading: INT. A, shots: [{size: CU}]}]")
    with pytest.raises(StoryboardError, match="complete the storyboard"):
        ShotGraph(film)
    twice = Scene(heading="INT. A", shots=(Shot(id="A"), Shot(id="A")))
    with pytest.raises(StoryboardError, match="each its own id"):
        ShotGraph(Storyboard(title="x", scenes=(twice,)))


def test_ten_thousand_shots_are_linked() -> None:
    talk = loads(TALK).scenes[0]
    people = tuple(Presence(character=name) for name in ("MARA", "TOM"))
    scenes = []
    for n in range(1_000):
        shots = tuple(replace(talk.shots[m % 7], id=f"S{n}.{m}") for m in range(10))
        scenes.append(replace(talk, id=f"S{n}", people=people, shots=shots))
    film = Storyboard(title="Long", scenes=tuple(scenes))
    graph = ShotGraph(film)
    assert graph.cycles() == ()
    assert len(graph.dependents("S0.1")) > 5_000
