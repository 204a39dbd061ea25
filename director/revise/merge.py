"""The new draft's storyboard, made of the old one: what stands, what is changed, what comes, goes and moves.

    1. every shot of the storyboard covers passages of the old draft, and so, where they are still there, of the new
    2. it goes to the scene that has them; where all stand as they stood, it is not touched (`placing`)
    3. passages that no shot covers yet get those shots of the new plan that cover them (`planned`)
    4. what is left without a passage leaves the film

Scenes stand in the new draft's order. Shots stand as a person ordered them; what is new or was moved stands after the
shot that the script has before it. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from director.revise.changes import Change, Merged, SceneChange
from director.revise.covering import Cover
from director.revise.entrances import entered_anew, handed_over
from director.revise.heal import healed
from director.revise.matching import Matching
from director.revise.passages import Passage
from director.revise.placing import Item, Table, heading_in, laid
from director.revise.planned import planned
from director.revise.reading import Reading
from director.revise.rework import Draft
from director.revise.world import cast_of, gone_from, places_of, props_of
from shots.ids import fold, free_id
from shots.spec import Scene, Shot, Storyboard

__all__ = ["merge"]


@dataclass
class _Film:
    """The film as it is put together: scenes and what is told of each, and the new plan's scenes by their new ids."""

    scenes: list[Scene] = field(default_factory=list)
    told: list[SceneChange] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)


def merge(
    ours: Storyboard,
    covers: Mapping[str, Cover],
    old: Sequence[Passage],
    new: Reading,
    match: Matching,
    old_plan: Reading | None = None,
    taken: Sequence[str] = (),
) -> Merged:
    """Brings a storyboard, whose shots have ids and cover passages of the `old` draft, to the new one.

    Args:
        old_plan: what the director planned from the old draft, by which a person's changes are told.
        taken: ids that new scenes and shots must not have.
    """
    at: dict[int, list[int]] = defaultdict(list)
    for n, passage in enumerate(old):
        for line in range(passage.span.line, passage.span.last_line + 1):
            at[line].append(n)
    draft = Draft(old, new, match, old_plan, {line: tuple(found) for line, found in at.items()})
    names = {*taken, *(s.id or "" for s in ours.scenes), *(s.id or "" for s in ours.shots())}
    table = Table(ours, covers, draft, names)
    laid(table)
    film = _Film()
    back = {j: k for k, j in table.pairs.items()}
    for j in range(len(new.board.scenes)):
        if j in back:
            _scene_kept(table, film, back[j], j)
        else:
            _scene_added(table, film, j)
    for k in range(len(ours.scenes)):
        if k not in table.pairs:
            _scene_gone(table, film, k)
    return _whole(table, film)


def _scene_added(table: Table, film: _Film, j: int) -> None:
    plan = table.draft.new.board.scenes[j]
    before = film.scenes[-1].id if film.scenes else None
    name = free_id(before or "S0", table.taken)
    table.taken.add(name)
    items = _ordered(table, j, _wanted(table, j, whole=True), whole=True)
    if not items:
        return
    taken = {fold(one) for one in table.taken}
    number = 0
    for item in items:
        if item.shot.id is None:
            number += 1
            while fold(f"{name}.{number}") in taken:
                number += 1
            item.shot = replace(item.shot, id=f"{name}.{number}")
            table.taken.add(f"{name}.{number}")
    shots = tuple(item.shot for item in items)
    film.ids[plan.id or ""] = name
    film.scenes.append(replace(plan, id=name, shots=shots))
    changes = tuple(item.change for item in items if item.change is not None and item.change.kind != "added")
    film.told.append(SceneChange(name, plan.heading, None, j, shots=changes))


def _scene_kept(table: Table, film: _Film, k: int, j: int) -> None:
    given, plan = table.ours.scenes[k], table.draft.new.board.scenes[j]
    items = _ordered(table, j, _wanted(table, j, whole=False), whole=False)
    if not items:
        _scene_gone(table, film, k)
        return
    _named(table, items, given.id or "")
    entered_anew(table, items, j)
    handed_over(items, given)
    changes = [
        item.change if item.change is None or item.change.shot else replace(item.change, shot=item.shot.id or "")
        for item in items
    ]
    told = tuple(change for change in changes if change is not None)
    gone = tuple(table.gone[s.id or ""] for s in given.shots if s.id in table.gone)
    scene, why = _told_of_scene(table, given, plan, bool(told or gone))
    heading = heading_in(table, given)
    shifted = heading is not None and table.draft.old[heading].scene in table.draft.match.shifted
    film.ids[plan.id or ""] = given.id or ""
    film.scenes.append(replace(scene, shots=tuple(item.shot for item in items)))
    film.told.append(
        SceneChange(
            scene.id or "",
            scene.heading,
            k,
            j,
            was=given.heading if given.heading != scene.heading else "",
            moved=shifted,
            why=why,
            shots=(*told, *gone),
            kept=len(items) - len(told),
            plays_anew=_setting(scene) != _setting(given),
        )
    )


def _setting(scene: Scene) -> tuple[Any, ...]:
    return scene.place, scene.hour, scene.weather, scene.light, scene.crowds


def _scene_gone(table: Table, film: _Film, k: int) -> None:
    """A scene that the new draft does not have; one that a person wrote stays where it stood."""
    given = table.ours.scenes[k]
    own = table.items.get(-1 - k, [])
    if own:
        before = {scene.id for scene in table.ours.scenes[:k]}
        place = max((n for n, scene in enumerate(film.scenes) if scene.id in before), default=-1) + 1
        film.scenes.insert(place, replace(given, shots=tuple(item.shot for item in own)))
        return
    gone = tuple(table.gone[s.id or ""] for s in given.shots if s.id in table.gone)
    film.told.append(SceneChange(given.id or "", given.heading, k, None, shots=gone))


# The shots of a scene in order


def _wanted(table: Table, j: int, *, whole: bool) -> set[int]:
    """The passages of a scene that want a shot. What a person left out stays out as long as it is the same."""
    draft = table.draft
    here = {n for shot in draft.new.board.scenes[j].shots for n in draft.new.covers[shot.id or ""].all} - table.claimed
    return here if whole else {n for n in here if n not in table.left_out}


def _ordered(table: Table, j: int, wanted: set[int], *, whole: bool) -> list[Item]:
    """What stands stays in its order; all else goes behind what the script has before it."""
    items = [item for item in table.items.get(j, []) if item.placed]
    for item in sorted((i for i in table.items.get(j, []) if not i.placed and i.host is None), key=lambda i: i.own):
        _insert(items, [item, *(one for one in table.items[j] if one.host is item)])
    for group in planned(table.draft.new, j, wanted, whole=whole):
        made = [Item(replace(s, id=None), own, Change("added", "", _new(table, own)), placed=False) for s, own in group]
        _insert(items, made)
    return items


def _new(table: Table, own: Sequence[int]) -> tuple[str, ...]:
    passages = table.draft.new.passages
    return tuple(
        f"{passages[n].who}: “{passages[n].text}”" if passages[n].who else f"“{passages[n].text}”" for n in own[:2]
    )


def _insert(items: list[Item], group: list[Item]) -> None:
    first = next((item.own[0] for item in group if item.own), -1)
    standing = [(item.own[0], n) for n, item in enumerate(items) if item.own]
    before = max(((at, n) for at, n in standing if at < first), default=None)
    after = min(((at, n) for at, n in standing if at > first), default=None)
    if before is not None:
        place = before[1] + 1
        while place < len(items) and not items[place].own:
            place += 1
    else:
        place = after[1] if after is not None else len(items)
    items[place:place] = group


def _named(table: Table, items: list[Item], scene: str) -> None:
    before = f"{scene}.0"
    for item in items:
        if item.shot.id is None:
            name = free_id(before, table.taken)
            table.taken.add(name)
            item.shot = replace(item.shot, id=name)
        before = item.shot.id or before


# Scenes, and the film


def _told_of_scene(table: Table, given: Scene, plan: Scene, changed: bool) -> tuple[Scene, tuple[str, ...]]:
    """What a scene says besides its shots: its heading and what follows from that, unless a person put it otherwise."""
    draft = table.draft
    heading = heading_in(table, given)
    renamed = heading is not None and heading in draft.match.changed
    was = _planned_before(table, given)
    values: dict[str, Any] = {"source": None if given.source is None else draft.span(given.source)}
    if plan.number is not None:
        values["number"] = plan.number
    follows: set[str] = set()
    if renamed:
        values["heading"] = plan.heading
        follows |= {"place", "hour", "weather"}
    if was is not None and was.hour != plan.hour:
        follows.add("hour")
    if changed:
        values["page_eighths"] = plan.page_eighths
    shifted = heading is not None and draft.old[heading].scene in draft.match.shifted
    if changed and was is not None and not shifted and _plays_otherwise(table, given, plan):
        follows |= {name for name in ("weather", "crowds") if getattr(was, name) != getattr(plan, name)}
    for name in follows:
        if was is None or getattr(given, name) == getattr(was, name):
            values[name] = getattr(plan, name)
    after = replace(given, **values)
    if (after.hour, after.place) != (given.hour, given.place) and (was is None or given.light == was.light):
        after = replace(after, light=plan.light)
    why = [
        f"its {name} is {getattr(after, name)}, not {getattr(given, name)}"
        for name in ("hour", "weather")
        if getattr(after, name) != getattr(given, name) and getattr(given, name)
    ]
    return after, tuple(why)


def _plays_otherwise(table: Table, given: Scene, plan: Scene) -> bool:
    """Whether other action is told in a scene: only that brings other weather or crowds."""
    draft, new = table.draft, table.draft.new
    before = [n for shot in given.shots for n in table.covers[shot.id or ""].action]
    now = [n for shot in plan.shots for n in new.covers[shot.id or ""].action]
    gone = any(n not in draft.match.to or n in draft.match.changed for n in before)
    return gone or any(n in table.arrived for n in now)


def _planned_before(table: Table, given: Scene) -> Scene | None:
    plan = table.draft.old_plan
    if plan is None:
        return None
    covered = [n for shot in given.shots for n in table.covers[shot.id or ""].all if n in plan.shot_of]
    if covered:
        near = plan.nearest("", covered)
        return plan.board.scenes[plan.scene_of[near.id or ""]] if near is not None else None
    heading = heading_in(table, given)
    return next((s for s in plan.board.scenes if heading is not None and plan.heading_of(s) == heading), None)


def _whole(table: Table, film: _Film) -> Merged:
    draft, ours = table.draft, table.ours
    made = {one.id for one in ours.shots()}
    scenes = tuple(
        replace(scene, shots=tuple(shot if shot.id in made else _beside(shot, film.ids) for shot in scene.shots))
        for scene in film.scenes
    )
    board = replace(ours, scenes=scenes, title=_either(table, "title"), credit=_either(table, "credit"))
    gone_people = gone_from(table, board)
    gone_shots = {s.id or "": s for s in ours.shots() if s.id in table.gone}
    board = healed(board, [one.id for one in gone_people], gone_shots)
    cast = cast_of(table, board)
    places, gone_places = places_of(table, board)
    props, gone_props = props_of(table, board)
    board = replace(board, cast=cast, places=places, props=props)
    known = {one.id for one in ours.cast}
    return Merged(
        board if board != ours else ours,
        tuple(film.told),
        _gone(ours, table.gone),
        gone_people,
        gone_places,
        gone_props,
        tuple(one.id for one in cast if one.id not in known),
        tuple(table.gave_way),
        tuple(sorted(f"{old} is now {now}" for old, now in draft.match.renamed.items())),
    )


def _beside(shot: Shot, ids: Mapping[str, str]) -> Shot:
    if shot.beside is None or shot.beside.scene not in ids:
        return shot
    return replace(shot, beside=replace(shot.beside, scene=ids[shot.beside.scene]))


def _either(table: Table, name: str) -> str:
    mine, plan = getattr(table.ours, name), table.draft.old_plan
    return str(mine if plan is None or mine != getattr(plan.board, name) else getattr(table.draft.new.board, name))


def _gone(ours: Storyboard, gone: Mapping[str, Change]) -> tuple[Scene, ...]:
    """The scenes of what leaves the film, with those of their shots that do."""
    scenes = (replace(s, shots=tuple(shot for shot in s.shots if shot.id in gone)) for s in ours.scenes)
    return tuple(scene for scene in scenes if scene.shots)
