"""Cast, places and props of a revised storyboard: whom and what the new draft brings, and what nothing shows any more.

A look, a voice and whatever else a person settled stays; what the script itself says otherwise of somebody than it
did is taken from it, unless a person had changed just that. Pure.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from director.revise.placing import Table
from shots.spec import Character, Look, Place, Prop, Storyboard

__all__ = ["cast_of", "gone_from", "places_of", "props_of"]


def gone_from(table: Table, board: Storyboard) -> tuple[Character, ...]:
    """Who was told of in the old draft, is not in the new one, and says nothing in the film."""
    new, plan = table.draft.new, table.draft.old_plan
    there = {one.id for one in new.board.cast} | {line.character for shot in board.shots() for line in shot.lines}
    told = {one.id for one in plan.board.cast} if plan is not None else _named(table)
    return tuple(one for one in table.ours.cast if one.id not in there and one.id in told)


def _named(table: Table) -> set[str]:
    """Who of the cast the old draft names."""
    words = " ".join(p.text for p in table.draft.old).casefold()
    spoke = {p.who.casefold() for p in table.draft.old}
    return {one.id for one in table.ours.cast if one.id.casefold() in spoke or one.id.casefold() in words}


def cast_of(table: Table, board: Storyboard) -> tuple[Character, ...]:
    """The cast with what the new draft says otherwise of its members, and with whoever is new in the film."""
    known = {one.id for one in board.cast}
    seen = {p.character for s in board.scenes for p in s.people}
    for shot in board.shots():
        seen |= {p.character for p in shot.people} | {line.character for line in shot.lines} | set(shot.subjects)
        seen |= {p.character for p in shot.beside.people} if shot.beside is not None else set()
    new = [one for one in table.draft.new.board.cast if one.id in seen and one.id not in known]
    return (*(_as_told(table, one) for one in board.cast), *new)


def _as_told(table: Table, one: Character) -> Character:
    plan, new = table.draft.old_plan, table.draft.new
    said_before = plan.said.get(one.id) if plan is not None else None
    said_now = new.said.get(one.id)
    if plan is None or said_before is None or said_now is None or said_before == said_now:
        return one
    was = next(each for each in plan.board.cast if each.id == one.id)
    now = next(each for each in new.board.cast if each.id == one.id)
    values: dict[str, Any] = {
        name: getattr(now, name)
        for name in ("gender", "age_years", "description", "species")
        if getattr(said_before, name) != getattr(said_now, name) and getattr(one, name) == getattr(was, name)
    }
    told_otherwise = said_before.description != said_now.description
    looks = {
        f.name: getattr(now.look, f.name)
        for f in fields(Look)
        if getattr(one.look, f.name) == getattr(was.look, f.name)
        and (told_otherwise or getattr(said_before.look, f.name) != getattr(said_now.look, f.name))
    }
    return replace(one, look=replace(one.look, **looks), **values)


def places_of(table: Table, board: Storyboard) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """The places of the film, and those that it leaves."""
    ours, planned = table.ours, table.draft.new.board.places
    used = {scene.place for scene in board.scenes}
    parents = {one.parent for one in (*ours.places, *planned) if one.id in used}
    left = {scene.place for scene in ours.scenes} - used - parents
    known = {one.id for one in ours.places}
    kept = tuple(_as_described(table, one) for one in ours.places if one.id not in left)
    new = tuple(one for one in planned if one.id in used | parents and one.id not in known)
    return (*kept, *new), tuple(one for one in ours.places if one.id in left)


def _as_described(table: Table, place: Place) -> Place:
    """A place in the new draft's words, unless a person put it into other ones."""
    plan = table.draft.old_plan
    was = next((one for one in plan.board.places if one.id == place.id), None) if plan is not None else None
    now = next((one for one in table.draft.new.board.places if one.id == place.id), None)
    if was is None or now is None or was.description != place.description:
        return place
    return replace(place, description=now.description)


def props_of(table: Table, board: Storyboard) -> tuple[tuple[Prop, ...], tuple[Prop, ...]]:
    """The props of the film, and those that it leaves."""
    ours = table.ours
    used, before = _used(board), _used(ours)
    known = {one.id for one in ours.props}
    left = before - used
    new = tuple(one for one in table.draft.new.board.props if one.id in used and one.id not in known)
    kept = tuple(one for one in ours.props if one.id not in left)
    return (*kept, *new), tuple(one for one in ours.props if one.id in left)


def _used(board: Storyboard) -> set[str]:
    people = [p for s in board.scenes for p in s.people]
    used: set[str] = set()
    for shot in board.shots():
        people += [*shot.people, *(shot.beside.people if shot.beside is not None else ())]
        used |= {one.prop for one in shot.props} | set(shot.focus) | set(shot.subjects)
        used |= {one for one in (shot.insert_of, shot.pov_of, shot.over) if one}
    for person in people:
        used |= {*person.holds, *(one for one in (person.looks_at, person.aboard) if one)}
    lights = [s.light for s in board.scenes] + [s.light for s in board.shots()]
    return used | {one.of for light in lights if light is not None for one in light.practicals if one.of}
