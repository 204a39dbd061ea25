"""The shot graph: shots linked by what flows between them.

    cuts_to     order in the cut
    continues   the target starts from the last frames of the source
    identity    reference frames of a character in the same wardrobe state
    place       an earlier framing of the same place under the same light
    state       story-time state of a prop or of someone's wardrobe

An edge runs from the shot that gives to the shot that takes. Derived edges only ever run from shots earlier
in derivation order (wider and establishing framings of a scene before closer ones), so they form no cycle;
what a person wrote in `references` and `continues` may, and `ShotGraph.cycles` tells it. Nothing is judged
here (`shots.continuity` does) and nothing rendered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import networkx as nx

from shots.errors import StoryboardError
from shots.ids import unknown
from shots.spec import SIZES, Presence, Scene, Shot, Storyboard

__all__ = ["DEPENDENCIES", "Edge", "EdgeKind", "ShotGraph"]

EdgeKind = Literal["cuts_to", "continues", "identity", "place", "state"]
DEPENDENCIES: frozenset[EdgeKind] = frozenset({"continues", "identity", "place", "state"})


@dataclass(frozen=True, order=True)
class Edge:
    """`target` takes something from `source`; `of` is the character, place or prop concerned, else ""."""

    kind: EdgeKind
    of: str
    source: str
    target: str


class ShotGraph:
    """The shots of a completed storyboard (every scene and shot has its id) and the edges between them.

    Raises StoryboardError when shots lack ids or share one.
    """

    def __init__(self, storyboard: Storyboard) -> None:
        self.storyboard = storyboard
        self._shots: dict[str, Shot] = {}
        self._scenes: dict[str, Scene] = {}
        for scene in storyboard.scenes:
            for shot in scene.shots:
                if shot.id is None:
                    raise StoryboardError("A shot has no id. Fix: complete the storyboard (shots.defaults) first.")
                if shot.id in self._shots:
                    raise StoryboardError(f"Two shots are called '{shot.id}'. Fix: give each its own id.")
                self._shots[shot.id] = shot
                self._scenes[shot.id] = scene
        self._graph: nx.MultiDiGraph = nx.MultiDiGraph()
        self._graph.add_nodes_from(self._shots)
        for edge in (*self._cuts(), *self._written(), *_derived(storyboard)):
            if edge.source in self._shots and edge.target in self._shots:  # unknown ids are continuity's to tell
                self._graph.add_edge(edge.source, edge.target, key=(edge.kind, edge.of))

    def order(self) -> tuple[str, ...]:
        """Ids of all shots in the order of the cut."""
        return tuple(self._shots)

    def shot(self, shot_id: str) -> Shot:
        """The shot of this id. Raises StoryboardError that names the nearest."""
        self._known(shot_id)
        return self._shots[shot_id]

    def scene_of(self, shot_id: str) -> Scene:
        """The scene a shot stands in."""
        self._known(shot_id)
        return self._scenes[shot_id]

    @cached_property
    def _edges(self) -> tuple[Edge, ...]:
        place = {shot: n for n, shot in enumerate(self._shots)}
        edges = (Edge(kind, of, source, target) for source, target, (kind, of) in self._graph.edges(keys=True))
        return tuple(sorted(edges, key=lambda e: (place[e.target], e.kind, e.of, place[e.source])))

    def edges(self) -> tuple[Edge, ...]:
        """Every edge, by target in cut order, then kind."""
        return self._edges

    @cached_property
    def _incoming(self) -> Mapping[str, tuple[Edge, ...]]:
        into: dict[str, list[Edge]] = defaultdict(list)
        for edge in self._edges:
            into[edge.target].append(edge)
        return MappingProxyType({target: tuple(edges) for target, edges in into.items()})

    def dependencies(self, shot_id: str, kinds: Iterable[EdgeKind] | None = None) -> tuple[Edge, ...]:
        """The edges that run into a shot; `kinds` of None are all but cuts_to."""
        self._known(shot_id)
        wanted = DEPENDENCIES if kinds is None else frozenset(kinds)
        return tuple(edge for edge in self._incoming.get(shot_id, ()) if edge.kind in wanted)

    def dependents(self, shot_id: str, kinds: Iterable[EdgeKind] | None = None) -> tuple[str, ...]:
        """Every shot that takes from this one, directly or through others, in cut order: what goes stale."""
        self._known(shot_id)
        wanted = DEPENDENCIES if kinds is None else frozenset(kinds)
        found: set[str] = set()
        waiting = [shot_id]
        while waiting:
            source = waiting.pop()
            for _, target, (kind, _of) in self._graph.out_edges(source, keys=True):
                if kind in wanted and target not in found:
                    found.add(target)
                    waiting.append(target)
        return tuple(shot for shot in self._shots if shot in found and shot != shot_id)

    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """Groups of shots that wait for each other, one path around each."""
        place = {shot: n for n, shot in enumerate(self._shots)}
        rounds = []
        for group in nx.strongly_connected_components(self._needs):
            first = min(group, key=place.__getitem__)
            if len(group) > 1 or self._needs.has_edge(first, first):
                found = nx.find_cycle(self._needs.subgraph(group), first)
                rounds.append(tuple(source for source, _ in found))
        return tuple(sorted(rounds, key=lambda path: place[path[0]]))

    @cached_property
    def _needs(self) -> nx.DiGraph:
        needs: nx.DiGraph = nx.DiGraph()
        needs.add_nodes_from(self._shots)
        needs.add_edges_from((e.source, e.target) for e in self._edges if e.kind in DEPENDENCIES)
        return needs

    def __repr__(self) -> str:
        return f"<graph of {len(self._shots)} shots, {len(self._edges)} edges>"

    def _repr_svg_(self) -> str:
        from shots.board.graph_svg import graph_svg
        from shots.board.panel import panels

        return graph_svg(panels(self.storyboard, {}, {}))

    def _known(self, shot_id: str) -> None:
        if shot_id not in self._shots:
            near = unknown("shot", shot_id, self.order())
            raise StoryboardError(f"There is {near}{'' if near.endswith('?') else '.'} Fix: name one of the shots.")

    def _cuts(self) -> list[Edge]:
        ids = list(self._shots)
        return [Edge("cuts_to", "", a, b) for a, b in pairwise(ids)]

    def _written(self) -> list[Edge]:
        edges = []
        for shot_id, shot in self._shots.items():
            if shot.continues is not None:
                edges.append(Edge("continues", "", shot.continues, shot_id))
            edges += [Edge(r.kind, r.of, r.shot, shot_id) for r in shot.references or ()]
        return edges


def _derived(storyboard: Storyboard) -> list[Edge]:
    """Edges for the shots whose `references` are None, in one pass over derivation order."""
    seen = _Seen()
    edges: list[Edge] = []
    for scene in storyboard.scenes:
        for shot in _derivation_order(scene):
            if shot.references is None:
                edges += seen.edges(scene, shot)
            seen.add(scene, shot)
    return edges


def _derivation_order(scene: Scene) -> list[Shot]:
    """Places and groups first, faces after, so that what is wide can be a reference for what is close.

    A shot that others continue from, or that continues another, keeps its place in the cut: what it shows
    has to follow from the shot before it.
    """
    tied = {shot.continues for shot in scene.shots} | {shot.id for shot in scene.shots if shot.continues}
    for shot in scene.shots:
        if shot.id not in tied and shot.coverage in ("establishing", "master") and not shot.references:
            return [shot, *(other for other in scene.shots if other is not shot)]
    return list(scene.shots)


class _Seen:
    """What has been framed so far, by what it can be a reference for."""

    def __init__(self) -> None:
        # character, wardrobe state → scene id → best shot (closest framing that still shows the clothes)
        self.faces: dict[tuple[str, tuple[str, ...]], dict[str | None, tuple[int, str]]] = defaultdict(dict)
        self.best_face: dict[tuple[str, tuple[str, ...]], tuple[int, str]] = {}
        self.places: dict[tuple[str | None, object, object, object], str] = {}
        self.states: dict[tuple[str, str | tuple[str, ...]], str] = {}

    def edges(self, scene: Scene, shot: Shot) -> list[Edge]:
        assert shot.id is not None  # noqa: S101  ShotGraph checked it
        edges = []
        people = {p.character: p for p in scene.floor(shot)}
        for character in _framed(scene, shot):
            key = (character, _state(people.get(character)))
            here = self.faces.get(key, {}).get(scene.id) or self.best_face.get(key)
            if here:
                edges.append(Edge("identity", character, here[1], shot.id))
            if key[1] and (source := self.states.get(key)):
                edges.append(Edge("state", character, source, shot.id))
        if scene.place is not None and (source := self.places.get(_light_key(scene, shot))):
            edges.append(Edge("place", scene.place, source, shot.id))
        for prop in shot.props:
            if prop.state and (source := self.states.get((prop.prop, prop.state))):
                edges.append(Edge("state", prop.prop, source, shot.id))
        return edges

    def add(self, scene: Scene, shot: Shot) -> None:
        assert shot.id is not None  # noqa: S101
        people = {p.character: p for p in scene.floor(shot)}
        for character in _framed(scene, shot):
            key = (character, _state(people.get(character)))
            if key[1]:
                self.states[key] = shot.id
            if character == shot.over:
                continue  # a back is no face to remember
            rank = (_identity_rank(shot, character), shot.id)
            if scene.id not in self.faces[key] or rank[0] > self.faces[key][scene.id][0]:
                self.faces[key][scene.id] = rank
            if key not in self.best_face or rank[0] > self.best_face[key][0]:
                self.best_face[key] = rank
        if shot.size is None or SIZES.index(shot.size) <= SIZES.index("FS"):
            self.places.setdefault(_light_key(scene, shot), shot.id)
        for prop in shot.props:
            if prop.state:
                self.states[prop.prop, prop.state] = shot.id


def _framed(scene: Scene, shot: Shot) -> tuple[str, ...]:
    """The characters a shot is made to show: its subjects and the shoulder, or everyone in a wide frame."""
    cast = {p.character for p in scene.floor(shot)}
    if shot.insert_of is not None:
        return ()
    named = (*shot.subjects, *((shot.over,) if shot.over else ()))
    if not shot.subjects and shot.size not in ("EWS", "WS"):
        named = tuple(p.character for p in scene.floor(shot))
    return tuple(dict.fromkeys(name for name in named if name in cast))


def _identity_rank(shot: Shot, character: str) -> int:
    """How good a reference for a character this shot is: face and clothes both seen, and alone."""
    by_size = {"EWS": 1, "WS": 2, "FS": 5, "MLS": 7, "MS": 8, "MCU": 6, "CU": 4, "ECU": 3}
    return 2 * by_size[shot.size or "MS"] + (shot.subjects == (character,))


def _state(presence: Presence | None) -> tuple[str, ...]:
    return tuple(sorted(presence.state)) if presence else ()


def _light_key(scene: Scene, shot: Shot) -> tuple[str | None, object, object, object]:
    return (scene.place, scene.hour, scene.weather, shot.light or scene.light)
