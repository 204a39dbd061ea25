"""Which shots there are and in which order: swap, reorder, delete, insert.

Words are untouchable: after each of these the film says the same lines in the same order. A scene's first shot is
entered as its first shot was, whichever that becomes; what looked at a shot that is gone looks at it no more.
"""

from __future__ import annotations

from dataclasses import replace

from director.notes.draft import Draft
from director.notes.operations import Delete, Insert, Reorder, Swap
from shots.errors import NoteError
from shots.ids import free_id
from shots.spec import Line, Scene, Shot, Transition

__all__ = ["delete", "insert", "reorder", "swap"]


def swap(draft: Draft, op: Swap) -> Draft:
    """Exchanges two shots of a scene."""
    one, other = draft.shot_id(op.shot), draft.shot_id(op.other)
    scene = _same_scene(draft, one, other)
    shots = {shot.id: shot for shot in scene.shots}
    order = [{one: other, other: one}.get(shot.id or "", shot.id) for shot in scene.shots]
    return _ordered(draft, scene, tuple(shots[name] for name in order), f"Swapping {one} and {other}")


def reorder(draft: Draft, op: Reorder) -> Draft:
    """Puts a shot beside another."""
    one, to = draft.shot_id(op.shot), draft.shot_id(op.to)
    scene = _same_scene(draft, one, to)
    rest = [shot for shot in scene.shots if shot.id != one]
    rest.insert(_place(rest, to) + (op.where == "after"), draft.shot(one))
    return _ordered(draft, scene, tuple(rest), f"Moving {one}")


def delete(draft: Draft, op: Delete) -> Draft:
    """Takes a shot out; its words, if any, go to a neighbour."""
    gone = draft.shot_id(op.shot)
    scene, shot = draft.scene_of(gone), draft.shot(gone)
    if shot.locked:
        raise NoteError(f"{gone} is locked. Fix: unlock it to remove it.")
    place = _place(list(scene.shots), gone)
    beside = [one.id or "" for one in (*scene.shots[max(0, place - 1) : place], *scene.shots[place + 1 : place + 2])]
    if not beside:
        raise NoteError(f"{gone} is the only shot of scene {scene.id}. Fix: insert another one first.")
    if op.lines_to is None and shot.lines:
        words = f"{shot.lines[0].character}: {_short(shot.lines[0].text)}"
        raise NoteError(
            f"{gone} speaks ({words}), and words are never lost with a shot. "
            f"Fix: say which shot beside it takes them: delete {gone} into {' or '.join(beside)}."
        )
    shots = list(scene.shots)
    if op.lines_to is not None:
        heir = draft.shot_id(op.lines_to)
        if heir not in beside:
            raise NoteError(
                f"{heir} does not stand beside {gone}, so its words would change their order. "
                f"Fix: name {' or '.join(beside)}."
            )
        at = _place(shots, heir)
        lines = tuple(_heard(draft, heir, line) for line in shot.lines)
        shots[at] = replace(shots[at], lines=(*shots[at].lines, *lines) if at < place else (*lines, *shots[at].lines))
    del shots[place]
    draft = _ordered(draft, scene, tuple(shots), f"Deleting {gone}")
    scenes = tuple(replace(s, shots=tuple(_forgets(one, shot) for one in s.shots)) for s in draft.board.scenes)
    return replace(draft, board=replace(draft.board, scenes=scenes))


def insert(draft: Draft, op: Insert) -> Draft:
    """Puts in an insert, reaction or cutaway; the floor is as the shot before left it."""
    beside = draft.shot_id(op.beside)
    scene = draft.scene_of(beside)
    shots = list(scene.shots)
    name = free_id(beside, [shot.id or "" for shot in draft.board.shots()])
    fresh = Shot(id=name, size=op.size, action=op.action.strip(), duration_s=op.duration_s)
    if op.kind == "cutaway":
        if op.of is not None:
            raise NoteError("A cutaway shows the place. Fix: make it an insert of a prop or a reaction of a character.")
        if op.size is not None and op.size not in ("EWS", "WS"):
            raise NoteError(f"A cutaway shows the place and cannot be {op.size}. Fix: make it EWS or WS.")
        fresh = replace(fresh, coverage="establishing")
    elif op.of is None:
        what = "a prop" if op.kind == "insert" else "a character"
        raise NoteError(f"This {op.kind} shows nothing. Fix: say of what: name {what}.")
    elif op.kind == "insert":
        fresh = replace(fresh, insert_of=draft.prop(op.of))
    else:
        who = draft.character(op.of)
        there = [person.character for person in draft.floor(beside)]
        if who not in there:
            raise NoteError(
                f"{who} is not there in {beside} and cannot react. Fix: name one of {', '.join(there) or 'nobody'}."
            )
        fresh = replace(fresh, subjects=(who,), coverage="reaction" if op.size is None else None)
    shots.insert(_place(shots, beside) + (op.where == "after"), fresh)
    return _ordered(draft, scene, tuple(shots), f"Inserting {name}")


def _same_scene(draft: Draft, one: str, other: str) -> Scene:
    scene = draft.scene_of(one)
    if one == other:
        raise NoteError(f"{one} is named twice. Fix: name two shots.")
    if scene.id != draft.scene_of(other).id:
        raise NoteError(
            f"{one} and {other} stand in different scenes, on different floors. Fix: name two shots of one scene."
        )
    return scene


def _ordered(draft: Draft, scene: Scene, shots: tuple[Shot, ...], doing: str) -> Draft:
    """The draft with the shots of a scene so, if its words stand as they stood."""
    before, after = _words(scene.shots), _words(shots)
    if before != after:
        moved = next(new for new, old in zip(after, before, strict=True) if new != old)
        raise NoteError(
            f"{doing} would change the order of the dialogue: {moved[0]} would say {_short(moved[1])} too early. "
            "Fix: move shots without words, or change the script."
        )
    for shot in shots:
        for source in _looks_at(shot):
            if _follows(scene.shots, source, shot) and not _follows(shots, source, shot):
                raise NoteError(
                    f"{doing} would put {shot.id} before {source}, which it goes on from. "
                    f"Fix: keep it after {source}, or take `continues` and `references` out of {shot.id} first."
                )
    return draft.with_scene(replace(scene, shots=_entered(scene.shots, shots)))


def _looks_at(shot: Shot) -> tuple[str, ...]:
    """The shots that a person made one go on from or look at: were they after it, both could wait for each other."""
    written = tuple(one.shot for one in shot.references or ())
    return written if shot.continues is None else (shot.continues, *written)


def _follows(shots: tuple[Shot, ...], first: str, later: Shot) -> bool:
    """Whether a shot comes after another; where one of them is not among these, they stand as they stood."""
    names = [shot.id for shot in shots]
    return first not in names or later.id not in names or names.index(first) < names.index(later.id)


def _entered(before: tuple[Shot, ...], after: tuple[Shot, ...]) -> tuple[Shot, ...]:
    """A scene opens as it opened: the first shot is entered as the first one was."""
    first, opens = before[0], after[0]
    if opens.id == first.id or first.transition == Transition():
        return after
    changed = (replace(opens, transition=first.transition), *after[1:])
    return tuple(replace(shot, transition=opens.transition) if shot.id == first.id else shot for shot in changed)


def _words(shots: tuple[Shot, ...]) -> list[tuple[str, str, str]]:
    return [(line.character, line.text, str(line.source or "")) for shot in shots for line in shot.lines]


def _heard(draft: Draft, heir: str, line: Line) -> Line:
    """A line over another picture: from off screen where that does not frame the speaker."""
    framed = draft.filled(heir).subjects
    unseen = bool(framed) and line.character not in framed and line.heard == "on_screen"
    return replace(line, heard="off_screen") if unseen else line


def _forgets(shot: Shot, gone: Shot) -> Shot:
    """A shot that no longer looks at one that is gone; it goes on from where that one went on."""
    continues = gone.continues if shot.continues == gone.id else shot.continues
    references = shot.references
    if references is not None:
        references = tuple(one for one in references if one.shot != gone.id)
    if (continues, references) == (shot.continues, shot.references):
        return shot
    return replace(shot, continues=continues, references=references)


def _place(shots: list[Shot], name: str) -> int:
    return next(n for n, shot in enumerate(shots) if shot.id == name)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words if len(words) <= 40 else words[:37] + '...'}”"
