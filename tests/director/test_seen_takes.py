"""Which takes a back end looks at: along which edges of the graph a shot waits for another."""

from director.seen_takes import edges_looked_along, reached, sources_along
from shots.graph import ShotGraph
from shots.storyboard import loads

TALK = """\
title: Talk
scenes:
  - id: S1
    heading: INT. CAFE - NIGHT
    place: CAFE
    people: [MARA]
    shots:
      - {id: S1.1, size: MS, subjects: [MARA], people: [{character: MARA, state: [wet]}]}
      - {id: S1.2, size: CU, subjects: [MARA], people: [{character: MARA, state: [wet]}]}
      - {id: S1.3, size: ECU, insert_of: CUP, props: [{prop: CUP, state: broken}]}
      - {id: S1.4, size: ECU, insert_of: CUP, props: [{prop: CUP, state: broken}]}
      - {id: S1.5, size: CU, subjects: [MARA], continues: S1.2}
"""


def test_a_state_of_clothes_is_looked_at_and_that_of_a_prop_is_not() -> None:
    graph = ShotGraph(loads(TALK))
    assert {edge.of for edge in graph.edges() if edge.kind == "state"} == {"MARA", "CUP"}
    looked = edges_looked_along(graph, {"state"})
    assert {(edge.of, edge.source, edge.target) for edge in looked} == {("MARA", "S1.1", "S1.2")}


def test_only_what_a_back_end_reads_is_waited_for_however_far_back() -> None:
    graph = ShotGraph(loads(TALK))
    assert edges_looked_along(graph, ()) == ()
    assert sources_along(edges_looked_along(graph, {"continues"})) == {"S1.5": ("S1.2",)}
    sources = sources_along(edges_looked_along(graph, {"continues", "state"}))
    assert reached(["S1.5"], sources) == {"S1.5", "S1.2", "S1.1"}
    assert reached(["S1.4"], sources) == {"S1.4"}
