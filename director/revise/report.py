"""What a new draft changes, told as a script coordinator tells it: the draft's colour, then scene by scene.

Colours follow the industry's order. Scene numbers are locked by the first draft: a scene that comes between others has
the number before it and a letter (12A; A1 before the first), one that is gone stays as omitted. Pages are locked, too:
what does not fit on those that are replaced goes on A-pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from director.revise.changes import Change, Merged, SceneChange
from shots.spec import Scene, Storyboard

__all__ = ["COLOURS", "Report", "colour_of", "report_of"]

COLOURS = ("white", "blue", "pink", "yellow", "green", "goldenrod", "buff", "salmon", "cherry")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_TIMES = ("", "double ", "triple ")
_KINDS = ("changed", "added", "omitted", "moved")


def colour_of(number: int) -> str:
    """The colour of draft `number`, from 1 for the first, which is white; the tenth is double white."""
    times, colour = divmod(number - 1, len(COLOURS))
    again = _TIMES[times] if times < len(_TIMES) else f"{times + 1}-fold "
    return again + COLOURS[colour]


@dataclass(frozen=True)
class Report:
    """The change report: the draft's colour, a line that sums up, the pages to replace, and a line for each change."""

    colour: str
    head: str
    pages: tuple[str, ...]
    lines: tuple[str, ...]
    counts: dict[str, int]

    def __str__(self) -> str:
        return "\n".join((self.head, *self.lines))

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


def report_of(ours: Storyboard, merged: Merged, *, number: int, name: str, notices: Sequence[str] = ()) -> Report:
    """The report of what `merged` changes of a storyboard; `name` is the new draft's."""
    board = merged.storyboard
    numbers = _numbers(ours, merged)
    shots = Counter(change.kind for scene in merged.scenes for change in scene.shots)
    added = [scene for scene in merged.scenes if scene.old is None]
    by_id = {scene.id: scene for scene in board.scenes}
    shots["added"] += sum(len(by_id[s.scene].shots) - len(s.shots) for s in added)
    shots["kept"] = len(board.shots()) - sum(shots[kind] for kind in ("changed", "added", "moved"))
    shots["pictured anew"] = sum(scene.kept for scene in merged.scenes if scene.plays_anew)
    shots["kept"] -= shots["pictured anew"]
    scenes = Counter(kind for scene in merged.scenes for kind in _kinds(scene))
    told = [line for scene in merged.scenes for line in _scene(scene, numbers, by_id)]
    pages = _pages(ours, merged)
    sums = ", ".join(f"{scenes[kind]} {kind}" for kind in (*_KINDS, "renamed") if scenes[kind])
    lines = [f"  scenes: {sums or 'none changed'}"]
    lines.append(
        "  shots: "
        + ", ".join(f"{shots[k]} {k}" for k in ("kept", "pictured anew", *_KINDS) if shots[k] or k == "kept")
    )
    if pages:
        lines.append(f"  pages to replace: {', '.join(pages)}")
    lines += [f"  {line}" for line in (*notices, *(f"{one} throughout" for one in merged.renamed))]
    if merged.new_people:
        lines.append(f"  new in the cast: {', '.join(merged.new_people)}")
    if merged.gone_people:
        lines.append(f"  no longer in the cast: {', '.join(one.id for one in merged.gone_people)}")
    lines += [""] * bool(told) + told
    locked = [c.shot for scene in merged.scenes for c in scene.shots if c.locked and c.kind == "changed"]
    if locked:
        lines += ["", f"  locked, so their takes still show the old words: {', '.join(locked)}"]
    if merged.gave_way:
        lines += ["", "  worded by hand before, now by the draft:", *(f"    {one}" for one in merged.gave_way)]
    head = f"{board.title}: {colour_of(number)} revision, draft {number}, from {name}"
    printable = ("".join(ch if ch.isprintable() else "?" for ch in line) for line in lines)
    return Report(colour_of(number), head, pages, tuple(printable), dict(shots))


def _kinds(scene: SceneChange) -> tuple[str, ...]:
    if scene.old is None:
        return ("added",)
    if scene.new is None:
        return ("omitted",)
    found = [kind for kind, is_so in (("renamed", scene.was), ("moved", scene.moved)) if is_so]
    return (*found, *(["changed"] if scene.shots or scene.why else []))


def _scene(scene: SceneChange, numbers: dict[str, str], by_id: dict[str | None, Scene]) -> list[str]:
    kinds = _kinds(scene)
    if not kinds:
        return []
    number = numbers[scene.scene]
    if scene.new is None:
        shots = f"{len(scene.shots)} shots of {scene.scene}" if len(scene.shots) != 1 else f"shot {scene.shots[0].shot}"
        return [f"  {number}  OMITTED ({scene.heading}): {shots} to the bin"]
    if scene.old is None:
        count = len(by_id[scene.scene].shots)
        head = f"  {number}  {scene.heading}: added as {scene.scene}, {count} {'shot' if count == 1 else 'shots'}"
        return [head, *(_shot(change) for change in scene.shots)]
    lines = [f"  {number}  {scene.heading}: {', '.join(kinds)}"]
    if scene.was:
        lines.append(f"      was {scene.was}")
    lines += [f"      {why}" for why in scene.why]
    return [*lines, *(_shot(change) for change in scene.shots)]


def _shot(change: Change) -> str:
    locked = ", locked" if change.locked else ""
    return f"      {change.shot} {change.kind}{locked}: {'; '.join(change.why)}"


def _numbers(ours: Storyboard, merged: Merged) -> dict[str, str]:
    """The scenes' numbers by their ids, those of the old draft locked."""
    old = {scene.id or "": scene.number or str(n) for n, scene in enumerate(ours.scenes, 1)}
    numbers: dict[str, str] = dict(old)
    taken = set(old.values())
    before = ""
    for scene in merged.storyboard.scenes:
        name = scene.id or ""
        if name not in numbers:
            if scene.number is not None and scene.number not in taken:
                numbers[name] = scene.number
            else:
                first = next(iter(old.values()), "1")
                numbers[name] = next(
                    one
                    for letter in _lettered()
                    if (one := f"{before}{letter}" if before else f"{letter}{first}") not in taken
                )
            taken.add(numbers[name])
        if name in old:
            before = numbers[name]
    return numbers


def _lettered() -> Sequence[str]:
    return (*_LETTERS, *(one + other for one in _LETTERS for other in _LETTERS))


def _pages(ours: Storyboard, merged: Merged) -> tuple[str, ...]:
    """The pages that are printed anew in the draft's colour, and the A-pages that take what does not fit there."""
    starts, at = [], 0
    for old in ours.scenes:
        starts.append(at)
        at += old.page_eighths or 0
    by_id = {scene.id: scene for scene in merged.storyboard.scenes}
    found: list[str] = []
    end = 0  # of what stands before, in eighths
    for scene in merged.scenes:
        start = starts[scene.old] if scene.old is not None and not scene.moved else end
        room = (ours.scenes[scene.old].page_eighths or 0) if scene.old is not None else 0
        need = (by_id[scene.scene].page_eighths or 0) if scene.new is not None else 0
        if scene.old is not None and not scene.moved:
            end = start + room
        if not _kinds(scene) or at == 0:
            continue
        room = 0 if scene.moved else room
        first, last = start // 8 + 1, max(start, start + room - 1) // 8 + 1
        found += [str(page) for page in range(first, last + 1)]
        over = -(-max(0, need - max(room, 1)) // 8)
        found += [f"{last}{letter}" for letter in _LETTERS[:over]]
    return tuple(sorted(dict.fromkeys(found), key=lambda page: (int(page.rstrip(_LETTERS)), page)))
