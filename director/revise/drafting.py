"""A storyboard and a new draft of its script, brought together: both drafts are read, matched and merged. Pure.

Where the old draft is known and what was planned from it, what a person changed is told from what was planned. Where
it is not known, the storyboard itself tells what the script said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from director.revise.changes import Merged
from director.revise.covering import Cover, covers, told_by
from director.revise.heal import renamed
from director.revise.matching import Matching, match, rename_in, renames
from director.revise.merge import merge
from director.revise.passages import bare, passages_of
from director.revise.placing import scene_with
from director.revise.reading import Reading, read_draft
from director.script import Script
from shots.defaults import with_ids
from shots.spec import Scene, Storyboard

__all__ = ["Known", "brought_in"]


@dataclass(frozen=True)
class Known:
    """The old draft, and what was planned from it before anybody changed that, if it is known."""

    script: Script
    plan: Storyboard | None = None


def brought_in(
    board: Storyboard, script: Script, planned: Storyboard, known: Known | None = None, taken: Collection[str] = ()
) -> Merged:
    """The storyboard, as it is written, with a new draft brought in, and what changed.

    Args:
        planned: what the director plans from the new draft.
        known: the draft that the storyboard follows, if there is one.
        taken: ids that nothing new must have.
    """
    new = read_draft(script, planned)
    ours = replace(board, scenes=with_ids(board.scenes))
    plan: Reading | None = None
    if known is None:
        new = _as_told(new)
        old, covered = told_by(ours)
    else:
        plan = read_draft(known.script, known.plan) if known.plan is not None else None
        old = tuple(plan.passages) if plan is not None else passages_of(known.script)
        covered = covers(ours, old)
    cast = {one.id for one in ours.cast} | {line.character for shot in ours.shots() for line in shot.lines}
    come = {one.id for one in new.board.cast}
    names = renames(old, new.passages, sorted(cast - come), sorted(come - cast))
    if names:
        old = tuple(replace(p, text=rename_in(p.text, names), who=rename_in(p.who, names)) for p in old)
        ours = renamed(ours, names)
        plan = plan and replace(
            plan,
            passages=old,
            board=renamed(plan.board, names),
            said={names.get(one, one): said for one, said in plan.said.items()},
        )
    matching = replace(match(old, new.passages), renamed=names)
    if known is None:
        covered = _looking_on(covered, ours, new, matching)
    merged = merge(ours, covered, old, new, matching, plan, tuple(taken))
    return replace(merged, storyboard=_as_written(board, merged.storyboard))


def _as_told(new: Reading) -> Reading:
    """A draft's passages as a storyboard tells them: by its scenes, its shots' lines in the script, and who speaks."""
    done = list(new.passages)
    for n, passage in enumerate(new.passages):
        done[n] = passage = replace(passage, heard="", scene=scene_with(new, n))
        if n not in new.shot_of:
            continue
        shot = new.shots[new.shot_of[n]]
        said = next((m for m, there in enumerate(new.covers[shot.id or ""].lines) if n in there), None)
        if said is not None:
            line = shot.lines[said]
            done[n] = replace(passage, kind="speech", who=line.character.upper(), span=line.source or passage.span)
        else:
            done[n] = replace(passage, kind="action", span=shot.source[-1])
    return replace(new, passages=tuple(done))


def _looking_on(covered: Mapping[str, Cover], ours: Storyboard, new: Reading, matching: Matching) -> dict[str, Cover]:
    """Covers without what the script never said: looks and reactions that the director finds in the new draft, too."""
    found = {bare(s.action) for s in new.board.shots() if not new.covers[s.id or ""].all} | {""}
    return {
        shot.id or "": Cover()
        if not shot.lines
        and bare(shot.action) in found
        and not any(n in matching.to for n in covered[shot.id or ""].all)
        else covered[shot.id or ""]
        for shot in ours.shots()
    }


def _as_written(given: Storyboard, merged: Storyboard) -> Storyboard:
    """The storyboard without the ids that nobody wrote, if everything is known by its place as before."""
    if [_ids(scene) for scene in with_ids(given.scenes)] != [_ids(scene) for scene in merged.scenes]:
        return merged
    scenes = tuple(
        replace(
            scene,
            id=was.id,
            shots=tuple(replace(shot, id=old.id) for shot, old in zip(scene.shots, was.shots, strict=False)),
        )
        for scene, was in zip(merged.scenes, given.scenes, strict=True)
    )
    return replace(merged, scenes=scenes)


def _ids(scene: Scene) -> tuple[str | None, tuple[str | None, ...]]:
    return scene.id, tuple(shot.id for shot in scene.shots)
