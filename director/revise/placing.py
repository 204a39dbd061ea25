"""Every shot of a storyboard goes to the scene that has its passages now, or leaves the film.

Where all of them stand as they stood, a shot is not touched. Where something new stands in its midst, the shot takes
it in, if it is of its speech or between people it frames, else it is divided. Which scene is which is settled first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from director.revise.changes import Change
from director.revise.covering import Cover
from director.revise.passages import Passage
from director.revise.reading import Reading
from director.revise.rework import Draft, rework, split_off
from director.rules.text import join
from shots.ids import free_id
from shots.spec import Line, Scene, Shot, Storyboard

__all__ = ["Item", "Table", "heading_in", "laid", "scene_with"]

_MOST_LINES = 6  # that a shot of several people takes in
_TOGETHER = frozenset({"two_shot", "group", "master", "split_screen", None})


@dataclass
class Item:
    """A shot on its way into a scene: which passages it covers there, after which shot it hangs, what became of it."""

    shot: Shot
    own: tuple[int, ...]
    change: Change | None = None
    placed: bool = True  # stands where it stood; else it goes where its passages are
    host: Item | None = None  # that it stands right behind


@dataclass
class Table:
    """What the merge holds while it works."""

    ours: Storyboard
    covers: Mapping[str, Cover]
    draft: Draft
    taken: set[str]
    pairs: dict[int, int] = field(default_factory=dict)  # the storyboard's scenes by those of the new plan
    items: dict[int, list[Item]] = field(default_factory=lambda: defaultdict(list))
    gone: dict[str, Change] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)
    gave_way: list[str] = field(default_factory=list)

    @cached_property
    def arrived(self) -> frozenset[int]:
        """Passages that the new plan films and that no passage of the old draft became."""
        there = set(self.draft.match.to.values())
        return frozenset(n for n in self.draft.new.shot_of if n not in there)

    @cached_property
    def left_out(self) -> frozenset[int]:
        """Passages that are as they were and that no shot covered before: a person, or the director, left them out."""
        to, changed = self.draft.match.to, self.draft.match.changed
        filmed = {n for cover in self.covers.values() for n in cover.all}
        return frozenset(m for n, m in to.items() if n not in filmed and n not in changed)

    @cached_property
    def other_ways(self) -> tuple[int, ...]:
        """Passages of the new draft that stood in the old one and are led to by another transition now."""
        if self.draft.old_plan is None and not any(p.kind == "way" for p in self.draft.old):
            return ()  # a storyboard alone does not tell which transitions were written
        before, now = _ways(self.draft.old), _ways(self.draft.new.passages)
        return tuple(m for n, m in self.draft.match.to.items() if before.get(n, "") != now.get(m, ""))


def laid(table: Table) -> None:
    """Lays every shot where it belongs: `table.items` by the new plan's scenes, `table.gone` what has no place."""
    table.pairs = _pairs(table)
    for number in range(len(table.ours.scenes)):
        _place_shots(table, number)


# Which scene is which


def _pairs(table: Table) -> dict[int, int]:
    draft, new = table.draft, table.draft.new
    old_of: dict[int, list[int]] = defaultdict(list)
    new_of: dict[int, list[int]] = defaultdict(list)
    for k, scene in enumerate(table.ours.scenes):
        found = _script_scene(
            draft.old, [n for s in scene.shots for n in table.covers[s.id or ""].all], heading_in(table, scene)
        )
        if found is not None:
            old_of[found].append(k)
    for j, scene in enumerate(new.board.scenes):
        covered = [n for s in scene.shots for n in new.covers[s.id or ""].all]
        found = _script_scene(new.passages, covered, new.heading_of(scene))
        if found is not None:
            new_of[found].append(j)
    pairs: dict[int, int] = {}
    for i, scene_new in draft.match.scenes.items():
        left, right = old_of.get(i, []), new_of.get(scene_new, [])
        if len(left) == len(right):
            pairs.update(zip(left, right, strict=True))
            continue
        free = list(right)
        for k in left:
            to = Counter(
                new.scene_of[new.shot_of[m]]
                for s in table.ours.scenes[k].shots
                for n in table.covers[s.id or ""].all
                if (m := draft.match.to.get(n)) is not None and m in new.shot_of
            )
            best = max(free, key=lambda j: (to[j], -j), default=None)
            if best is not None and (to[best] or k == left[0]):
                pairs[k] = best
                free.remove(best)
    return pairs


def heading_in(table: Table, scene: Scene) -> int | None:
    if scene.source is None:
        return next((n for n, p in enumerate(table.draft.old) if p.kind == "heading" and p.text == scene.heading), None)
    there = table.draft.on(scene.source)
    return next((n for n in there if table.draft.old[n].kind == "heading"), None)


def _script_scene(passages: Sequence[Passage], covered: Sequence[int], heading: int | None) -> int | None:
    if heading is not None:
        return passages[heading].scene
    counts = Counter(passages[n].scene for n in covered)
    return max(counts, key=lambda scene: (counts[scene], -scene), default=None)


# Where each shot goes


def _place_shots(table: Table, number: int) -> None:
    """Every shot of one scene into the scene that has its passages now, or out of the film."""
    scene = table.ours.scenes[number]
    here = table.pairs.get(number)
    to, new = table.draft.match.to, table.draft.new
    by_hand = _by_hand(table, number)
    host_gone = False
    host: Item | None = None
    for shot in scene.shots:
        name = shot.id or ""
        cover = table.covers[name]
        if not cover.all:
            spans = table.draft.spans(shot.source)
            lost = bool(shot.source) and (host_gone or not spans)
            if here is not None and not lost:
                follows = host if host is not None and not host.placed else None
                table.items[here].append(Item(replace(shot, source=spans), (), placed=follows is None, host=follows))
            elif by_hand:
                table.items[-1 - number].append(Item(shot, ()))
            else:
                table.gone[name] = Change("omitted", name, ("what it showed is not in the draft",), shot.locked)
            continue
        left = [to[n] for n in cover.all if n in to]
        targets = Counter(scene_with(new, m) for m in left)
        target = here if here in targets else max(targets, key=lambda j: (targets[j], -j), default=None)
        host_gone = target is None
        if target is None:
            if by_hand:
                table.items[-1 - number].append(Item(shot, ()))
                continue
            words = "; ".join(f"“{table.draft.old[n].text}”" for n in cover.all[:2])
            table.gone[name] = Change("omitted", name, (f"{words} is not in the draft",), shot.locked)
            continue
        own = sorted({m for m in left if scene_with(new, m) == target})
        host = _brought(table, shot, cover, own, here, target)
        host_gone = target != here


def _by_hand(table: Table, number: int) -> bool:
    """Whether a person wrote a scene that no draft has."""
    scene = table.ours.scenes[number]
    return scene.source is None and heading_in(table, scene) is None and not any(s.source for s in scene.shots)


def scene_with(new: Reading, m: int) -> int:
    """The scene of the new plan that has a passage, filmed there or not."""
    if m in new.shot_of:
        return new.scene_of[new.shot_of[m]]
    near = new.filmed.get(new.passages[m].scene)
    if near is not None:
        return new.scene_of[new.shot_of[min(near, key=lambda n: abs(n - m))]]
    return min(new.passages[m].scene, len(new.board.scenes) - 1)


def _brought(table: Table, shot: Shot, cover: Cover, own: list[int], here: int | None, target: int) -> Item:
    """One shot into its scene; where something new stands in its midst that it cannot take in, it is divided."""
    draft = table.draft
    came = {draft.match.to[n] for n in cover.all if n in draft.match.to}
    runs = _runs(table, shot, own)
    main = max(range(len(runs)), key=lambda n: (len(came & set(runs[n])), -n))
    elsewhere = target != here
    moved = elsewhere or any(draft.match.to.get(n) in own and n in draft.match.moved for n in cover.all)
    for n, run in enumerate(runs):
        table.claimed.update(run)
        part, has = _part(draft, shot, cover, run, main=n == main) if len(runs) > 1 else (shot, cover)
        done = rework(draft, part, has, run, elsewhere=elsewhere)
        table.gave_way += done.gave_way
        if n == main:
            change = None
            if done.reasons:
                change = Change("changed", shot.id or "", done.reasons, shot.locked)
            elif len(runs) > 1:
                change = Change("changed", shot.id or "", ("something new stands in its midst",), shot.locked)
            elif moved:
                change = Change("moved", shot.id or "", ("stands elsewhere in the script",), shot.locked)
            item = Item(done.shot, tuple(run), change, placed=not moved)
        else:
            name = free_id(shot.id or "", table.taken)
            table.taken.add(name)
            change = Change("added", name, (f"goes on with what {shot.id} showed",))
            item = Item(split_off(done.shot, name), tuple(run), change, placed=False)
        table.items[target].append(item)
    return item


def _part(draft: Draft, shot: Shot, cover: Cover, run: Sequence[int], *, main: bool) -> tuple[Shot, Cover]:
    """What of a shot became the passages of a `run`; the `main` part has what is gone, too, so that it is told."""
    to = draft.match.to
    lines: list[Line] = []
    said: list[tuple[int, ...]] = []
    for there, line in zip(cover.lines, shot.lines, strict=True):
        part = tuple(n for n in there if to.get(n) in run or (main and n not in to))
        if part or (main and not there):
            said.append(part)
            whole = len(part) == len(there)
            lines.append(line if whole else replace(line, text=join(draft.old[n].text for n in part)))
    told = tuple(n for n in cover.action if to.get(n) in run or (main and n not in to))
    action = shot.action if len(told) == len(cover.action) else join(draft.old[n].text for n in told)
    return replace(shot, lines=tuple(lines), action=action), Cover(tuple(said), told)


def _runs(table: Table, shot: Shot, own: Sequence[int]) -> list[list[int]]:
    """The passages of a shot with what is new among and beside them, where that can be taken in; else in parts."""
    passages, arrived = table.draft.new.passages, table.arrived
    taken_in = list(own[:1])
    runs = [taken_in]
    blocks = {passages[m].block for m in own if passages[m].kind == "speech"}
    for last, m in pairwise(own):
        between = [n for n in range(last + 1, m) if n in arrived]
        if all(_joins(table, shot, n, blocks, len(own) + len(between)) for n in between):
            runs[-1] += [*between, m]
        else:
            runs.append([m])
    before = own[0] - 1
    while before in arrived and passages[before].kind == "speech" and passages[before].block in blocks:
        runs[0].insert(0, before)
        before -= 1
    after = own[-1] + 1
    while after in arrived and passages[after].kind == "speech" and passages[after].block in blocks:
        runs[-1].append(after)
        after += 1
    return runs


def _joins(table: Table, shot: Shot, n: int, blocks: set[int], lines: int) -> bool:
    passage = table.draft.new.passages[n]
    if passage.kind != "speech":
        return False
    if passage.block in blocks:
        return True
    who = {line.character for line in table.draft.new.lines_of.get(n, ())}
    return shot.coverage in _TOGETHER and lines <= _MOST_LINES and bool(who) and who <= set(shot.subjects)


def _ways(passages: Sequence[Passage]) -> dict[int, str]:
    """Which transition is written before which passage."""
    found: dict[int, str] = {}
    written = ""
    for n, passage in enumerate(passages):
        if passage.kind == "way":
            written = f"{written} {passage.text}".strip()
        elif written:
            found[n] = written
            written = ""
    return found
