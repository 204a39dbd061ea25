"""How scenes and shots are entered in a new draft: by the transitions it writes. Pure but for the items it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from director.revise.changes import Change
from director.revise.placing import Item, Table, scene_with
from shots.spec import Scene, Shot, Transition

__all__ = ["entered_anew", "handed_over"]


def entered_anew(table: Table, items: Sequence[Item], scene: int) -> None:
    """Where another transition is written than before, the shot is entered by that, unless a person chose its own."""
    new = table.draft.new
    for at in table.other_ways:
        passage = new.passages[at]
        if passage.kind == "heading":
            item, now = items[0], new.board.scenes[scene].shots[0]
            if scene_with(new, at) != scene or not item.placed:
                continue
        else:
            found = next((one for one in items if one.own and one.own[0] == at and one.placed), None)
            if found is None or at not in new.shot_of:
                continue
            item, now = found, new.shots[new.shot_of[at]]
        _enter(item, now, _planned(table, item))


def _enter(item: Item, now: Shot, was: Shot | None) -> None:
    by_hand = was is not None and item.shot.transition != was.transition
    if by_hand or item.shot.transition == now.transition:
        return
    why = f"is entered by a {now.transition.kind.replace('_', ' ')}"
    item.shot = replace(item.shot, transition=now.transition)
    before = item.change.why if item.change is not None and item.change.kind == "changed" else ()
    item.change = Change("changed", item.shot.id or "", (*before, why), item.shot.locked)


def _planned(table: Table, item: Item) -> Shot | None:
    plan = table.draft.old_plan
    cover = table.covers.get(item.shot.id or "")
    if plan is None:
        return None
    if cover is not None and cover.all:
        return plan.nearest(item.shot.id or "", cover.all)
    return plan.shots.get(item.shot.id or "")


def handed_over(items: Sequence[Item], given: Scene) -> None:
    """A scene is entered as it was, whichever shot is its first now."""
    first, old_first = items[0], given.shots[0]
    if first.shot.id == old_first.id or old_first.transition == Transition():
        return
    if first.shot.transition == Transition():
        first.shot = replace(first.shot, transition=old_first.transition)
    for item in items[1:]:
        if item.shot.id == old_first.id and item.shot.transition == old_first.transition:
            item.shot = replace(item.shot, transition=Transition())
