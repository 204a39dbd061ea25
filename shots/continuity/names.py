"""Names: every character, place, prop and shot that is spoken of exists, and everything that exists is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import source_of, tell
from shots.errors import Problem, near_name
from shots.graph import ShotGraph
from shots.spec import LOOKS, Presence, Scene, Shot

__all__ = ["nothing_unused", "unknown_names"]

_Mention = tuple[str, str, str]  # the kind that it must be, the name, the key it stands under


def unknown_names(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Mentions of what does not exist, with the nearest name that does."""
    film = graph.storyboard
    known = {
        "character": {c.id for c in film.cast},
        "prop": {p.id for p in film.props},
        "place": {p.id for p in film.places},
        "shot": set(graph.order()),
        "scene": {scene.id for scene in film.scenes if scene.id},
    }
    known["character or prop"] = known["character"] | known["prop"]
    known["character, place or prop"] = known["character or prop"] | known["place"]
    aliases = {alias: c.id for c in film.cast for alias in c.aliases}
    where = {"character": "cast", "prop": "props", "place": "places"}
    problems = []
    for scene in film.scenes:
        mentions: list[tuple[Shot | None, _Mention]] = [(None, mention) for mention in _in_scene(scene)]
        mentions += [(shot, mention) for shot in scene.shots for mention in _in_shot(shot)]
        for shot, (kind, name, key) in mentions:
            if name in known[kind]:
                continue
            owner = aliases.get(name) if kind.startswith("character") else None
            near = f"; did you mean '{owner}'?" if owner else near_name(name, known[kind])
            what = f"there is no {kind} '{name}' ({key} of {shot.id if shot else scene.id}){near}"
            fix = f"rename it to {near[15:-1]}" if near else "rename it"
            fix += f", or add it to {where[kind]}" if kind in where else ""
            source = source_of(scene, shot) if shot else scene.source
            problems.append(Problem("names", what, fix, source, shot.id if shot else None))
    return problems


def _in_scene(scene: Scene) -> Iterator[_Mention]:
    if scene.place is not None:
        yield "place", scene.place, "place"
    yield from _in_people(scene.people)


def _in_people(people: tuple[Presence, ...]) -> Iterator[_Mention]:
    for person in people:
        yield "character", person.character, "people"
        if person.looks_at is not None and person.looks_at not in LOOKS:
            yield "character or prop", person.looks_at, "looks_at"
        for name in person.holds:
            yield "prop", name, "holds"
        if person.aboard is not None:
            yield "character or prop", person.aboard, "aboard"


def _in_shot(shot: Shot) -> Iterator[_Mention]:
    for name in shot.subjects:
        yield "character or prop", name, "subjects"
    for key, one in (("over", shot.over), ("pov_of", shot.pov_of)):
        if one is not None:
            yield "character", one, key
    if shot.insert_of is not None:
        yield "character or prop", shot.insert_of, "insert_of"
    yield from _in_people(shot.people)
    for placed in shot.props:
        yield "prop", placed.prop, "props"
    for name in shot.focus:
        yield "character or prop", name, "focus"
    if shot.beside is not None:
        yield "scene", shot.beside.scene, "beside"
        yield from _in_people(shot.beside.people)
    for line in shot.lines:
        yield "character", line.character, "lines"
    if shot.continues is not None:
        yield "shot", shot.continues, "continues"
    for reference in shot.references or ():
        yield "shot", reference.shot, "references"
        yield "character, place or prop", reference.of, "references"


def nothing_unused(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Characters nobody sees or hears, places and props of no scene, shots of nothing, and films without shots."""
    film = graph.storyboard
    if not graph.order():
        return [Problem("orphans", f"'{film.title}' has no shots", "add a scene with one shot under scenes:")]
    problems = []
    used: set[str] = set()
    for scene in film.scenes:
        used |= {name for _, name, _ in _in_scene(scene)}
        for shot in scene.shots:
            used |= {name for _, name, _ in _in_shot(shot)}
            if shot.coverage in ("single", "two_shot", "over_shoulder", "reaction") and not shot.subjects:
                what = f"{shot.id} is a {shot.coverage} of nobody"
                problems.append(tell("orphans", scene, shot, what, "name its subjects, or make it a master"))
    used |= {place.parent for place in film.places if place.parent}
    for kind, names in (
        ("character", [c.id for c in film.cast]),
        ("place", [p.id for p in film.places]),
        ("prop", [p.id for p in film.props]),
    ):
        for name in names:
            if name not in used:
                what = f"no scene uses the {kind} '{name}'"
                problems.append(Problem("orphans", what, "use it or remove it", severity="warning"))
    return problems
