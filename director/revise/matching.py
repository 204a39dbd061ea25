"""Which passage of an old draft is which of the new one: by content first, then by neighbourhood.

Scenes are matched by the passages they share, their headings and their order; passages inside a pair of scenes by the
longest runs they have in common (J. W. Ratcliff and D. E. Metzener, "Pattern Matching: The Gestalt Approach", 1988,
as `difflib` does it); what is left over by its words, and last across scenes, for what was moved. A character who has
another name is known by the passages that are the same but for it. Pure; nothing here knows of shots.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from director.revise.passages import Passage, bare, words_of

__all__ = ["Matching", "match", "rename_in", "renames", "similarity"]

_COMMON = 8  # a passage that stands more often than this tells no scene from another
_ALIKE = 0.4  # words that two passages share, to be one passage that was changed
_ALIKE_SCENES = 0.2
_LARGEST_GAP = 4000  # pairs of passages that are compared word by word at one place
_SAME_HEADING = 0.25
_LONGEST = 20  # words that count of one passage


@dataclass(frozen=True)
class Matching:
    """Old passages by new ones, both by their places in their drafts.

    `to` holds those that are still there, of which `changed` have other words and `moved` stand in another order or
    scene. `scenes` pairs the scenes, `shifted` are the old ones that stand in another order. `renamed` are names of
    people, in capitals, old to new.
    """

    to: Mapping[int, int] = field(default_factory=dict)
    changed: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()
    scenes: Mapping[int, int] = field(default_factory=dict)
    shifted: frozenset[int] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)


def match(old: Sequence[Passage], new: Sequence[Passage]) -> Matching:
    """Matches the passages of two drafts. Who was renamed goes by the new name in both (`renames`)."""
    a, b = [_key(p) for p in old], [_key(p) for p in new]
    of_old, of_new = _by_scene(old), _by_scene(new)
    scenes = _scenes(old, new, a, b, of_old, of_new)
    to: dict[int, int] = {}
    changed: set[int] = set()
    for i, j in scenes.items():
        _align(of_old[i], of_new[j], old, new, a, b, to, changed)
    moved = _elsewhere(old, new, a, b, to)
    for i, j in scenes.items():  # a heading stays with its scene whatever it says
        was, now = _head(old, of_old[i]), _head(new, of_new[j])
        if was is not None and now is not None:
            to[was] = now
            changed.discard(was)
            if a[was] != b[now]:
                changed.add(was)
    return Matching(to, frozenset(changed), frozenset(moved), scenes, _out_of_order(scenes))


def _head(passages: Sequence[Passage], places: Sequence[int]) -> int | None:
    return next((n for n in places if passages[n].kind == "heading"), None)


def _key(passage: Passage) -> Hashable:
    return (passage.kind, passage.who, passage.heard, passage.manner, passage.text)


def _by_scene(passages: Sequence[Passage]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for n, passage in enumerate(passages):
        found[passage.scene].append(n)
    return dict(found)


def similarity(one: str, other: str) -> float:
    """The share of words that two texts have in common, from 0 to 1 (Dice's coefficient of their bags of words)."""
    left, right = Counter(words_of(one)), Counter(words_of(other))
    total = sum(left.values()) + sum(right.values())
    return 2 * sum((left & right).values()) / total if total else float(one == other)


# Scenes


def _scenes(
    old: Sequence[Passage],
    new: Sequence[Passage],
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    of_old: Mapping[int, list[int]],
    of_new: Mapping[int, list[int]],
) -> dict[int, int]:
    scores = _scores(old, new, a, b, of_old, of_new)
    most = max(len(of_old), len(of_new), 1)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), score in sorted(scores.items(), key=lambda one: (-one[1], abs(one[0][0] - one[0][1]), one[0])):
        if score - 0.05 * abs(i - j) / most >= _ALIKE_SCENES and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    heads = {i: _heading(old, places) for i, places in of_old.items()}, {j: _heading(new, p) for j, p in of_new.items()}
    for lone_old, lone_new in _gaps(sorted(of_old), sorted(of_new), found):
        for i in lone_old:
            for j in [j for j in lone_new if j not in taken]:
                alike = similarity(_told(old, of_old[i]), _told(new, of_new[j]))
                same = heads[0][i] == heads[1][j]
                lone = len(lone_old) == len(lone_new) == 1 and similarity(heads[0][i], heads[1][j]) > 0
                if alike >= _ALIKE or (same and (alike > 0.1 or lone)) or (lone and alike >= _ALIKE / 2):
                    found[i] = j
                    taken.add(j)
                    break
    for i in [i for i in of_old if i not in found and heads[0][i]]:  # moved, and changed besides
        for j in [j for j in of_new if j not in taken and heads[1][j] == heads[0][i]]:
            if similarity(_told(old, of_old[i]), _told(new, of_new[j])) >= _ALIKE:
                found[i] = j
                taken.add(j)
                break
    return dict(sorted(found.items()))


def _scores(
    old: Sequence[Passage],
    new: Sequence[Passage],
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    of_old: Mapping[int, list[int]],
    of_new: Mapping[int, list[int]],
) -> dict[tuple[int, int], float]:
    """How much of their words scenes have in common; by an index, so that no pair is looked at that shares nothing."""
    in_new: dict[Hashable, list[int]] = defaultdict(list)
    for n, one in enumerate(b):
        if new[n].kind not in ("heading", "way"):
            in_new[one].append(n)
    often = Counter(one for n, one in enumerate(a) if old[n].kind not in ("heading", "way"))
    common: dict[tuple[int, int], float] = defaultdict(float)
    for i, places in of_old.items():
        for one, count in Counter(a[n] for n in places).items():
            there = in_new.get(one, ())
            if not there or len(there) > _COMMON or often[one] > _COMMON:
                continue
            for j, times in Counter(new[n].scene for n in there).items():
                common[i, j] += min(count, times) * _weight(new[there[0]])
    sizes = tuple(
        {
            number: sum(_weight(p[n]) for n in places if p[n].kind not in ("heading", "way"))
            for number, places in of.items()
        }
        for p, of in ((old, of_old), (new, of_new))
    )
    scores = {(i, j): 2 * shared / max(1.0, sizes[0][i] + sizes[1][j]) for (i, j), shared in common.items()}
    # A half of a scene that was cut in two has all its words in the whole
    for (i, j), shared in common.items():
        part = shared / max(1.0, min(sizes[0][i], sizes[1][j]))
        scores[i, j] = max(scores[i, j], 0.5 * part)
    headings: dict[str, list[int]] = defaultdict(list)
    for j, places in of_new.items():
        headings[_heading(new, places)].append(j)
    for i, places in of_old.items():
        same = headings.get(_heading(old, places), [])
        for j in same:
            if (i, j) in scores:
                scores[i, j] += _SAME_HEADING
    return scores


def _weight(passage: Passage) -> float:
    return float(min(len(words_of(passage.text)), _LONGEST))


def _heading(passages: Sequence[Passage], places: Sequence[int]) -> str:
    return next((passages[n].text.upper() for n in places if passages[n].kind == "heading"), "")


def _told(passages: Sequence[Passage], places: Sequence[int]) -> str:
    return " ".join(passages[n].text for n in places if passages[n].kind not in ("heading", "way"))


def _gaps(old: Sequence[int], new: Sequence[int], found: Mapping[int, int]) -> list[tuple[list[int], list[int]]]:
    """What stands unmatched between the same two matched scenes."""
    taken = set(found.values())
    shifted = _out_of_order(found)
    gaps: list[tuple[list[int], list[int]]] = []
    edge_old, edge_new = -1, -1
    anchors = [(i, j) for i, j in sorted(found.items()) if i not in shifted]
    for i, j in [*anchors, (max(old, default=0) + 1, max(new, default=0) + 1)]:
        lone_old = [n for n in old if edge_old < n < i and n not in found]
        lone_new = [n for n in new if edge_new < n < j and n not in taken]
        if lone_old and lone_new:
            gaps.append((lone_old, lone_new))
        edge_old, edge_new = i, j
    return gaps


def _out_of_order(pairs: Mapping[int, int]) -> frozenset[int]:
    """The fewest old places that would have to be moved: all that are not in a longest rising run.

    Patience sorting: D. E. Knuth, The Art of Computer Programming 3, 5.1.4.
    """
    from bisect import bisect_left

    ends: list[int] = []
    at: list[int] = []
    before: dict[int, int | None] = {}
    for i, j in sorted(pairs.items()):
        place = bisect_left(ends, j)
        before[i] = at[place - 1] if place else None
        if place == len(ends):
            ends.append(j)
            at.append(i)
        else:
            ends[place], at[place] = j, i
    kept: set[int] = set()
    last = at[-1] if at else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(i for i in pairs if i not in kept)


# Passages


def _align(
    left: Sequence[int],
    right: Sequence[int],
    old: Sequence[Passage],
    new: Sequence[Passage],
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    to: dict[int, int],
    changed: set[int],
) -> None:
    blocks = SequenceMatcher(None, [a[n] for n in left], [b[n] for n in right], autojunk=False).get_matching_blocks()
    at_old = at_new = 0
    for start, other, size in blocks:
        gap_old, gap_new = left[at_old:start], right[at_new:other]
        for i, j in _paired(gap_old, gap_new, old, new):
            to[i] = j
            if a[i] != b[j]:
                changed.add(i)
        for n in range(size):
            to[left[start + n]] = right[other + n]
        at_old, at_new = start + size, other + size


def _paired(
    left: Sequence[int], right: Sequence[int], old: Sequence[Passage], new: Sequence[Passage]
) -> list[tuple[int, int]]:
    """Pairs in order what is most alike: S. B. Needleman and C. D. Wunsch, J. Mol. Biol. 48 (1970)."""
    if not left or not right or len(left) * len(right) > _LARGEST_GAP:
        return []
    alone = len(left) == len(right) == 1
    worth = [[_worth(old[i], new[j], alone) for j in right] for i in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + worth[i][j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if worth[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + worth[i][j]:
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _worth(one: Passage, other: Passage, alone: bool) -> float:
    """How likely one passage became the other; 0: it did not."""
    if one.kind != other.kind:
        return 0.0
    if one.kind == "way":
        return 0.5
    alike = 1.0 if bare(one.text) == bare(other.text) else similarity(one.text, other.text)
    if one.kind == "speech" and one.who == other.who:
        return 0.05 + alike if alike >= _ALIKE / 2 or alone else 0.0
    return alike if alike >= (0.8 if one.kind == "speech" else _ALIKE) else 0.0


def _elsewhere(
    old: Sequence[Passage], new: Sequence[Passage], a: Sequence[Hashable], b: Sequence[Hashable], to: dict[int, int]
) -> set[int]:
    """Matches what stands elsewhere now: runs of passages first, then single ones of some length."""
    taken = set(to.values())
    moved: set[int] = set()
    for least in (2, 1):
        left = [n for n in range(len(old)) if n not in to and old[n].kind not in ("heading", "way")]
        places: dict[Hashable, list[int]] = defaultdict(list)
        for n in range(len(new)):
            if n not in taken and new[n].kind not in ("heading", "way"):
                places[b[n]].append(n)
        for n in left:
            if n in to or len(places.get(a[n], ())) > _COMMON:
                continue
            for m in places.get(a[n], ()):
                run = _run(n, m, a, b, to, taken)
                if len(run) >= least and (least > 1 or len(words_of(old[n].text)) > 2):
                    to.update(run)
                    taken.update(run.values())
                    moved.update(run)
                    break
    return moved


def _run(
    i: int, j: int, a: Sequence[Hashable], b: Sequence[Hashable], to: Mapping[int, int], taken: set[int]
) -> dict[int, int]:
    run: dict[int, int] = {}
    while i < len(a) and j < len(b) and a[i] == b[j] and i not in to and j not in taken:
        run[i] = j
        i, j = i + 1, j + 1
    return run


# People


def renames(old: Sequence[Passage], new: Sequence[Passage], gone: Iterable[str], come: Iterable[str]) -> dict[str, str]:
    """Who goes by another name, old to new: of the names that are `gone`, which of those that have `come` they are.

    Somebody is renamed when passages that name them stand in the new draft, the same but for the name.
    """
    lost, fresh = [n for n in dict.fromkeys(gone) if bare(n)], [n for n in dict.fromkeys(come) if bare(n)]
    there = Counter((p.kind, p.who, bare(p.text)) for p in new)
    votes: dict[tuple[str, str], int] = {}
    for name in lost:
        pattern = _pattern([name])
        naming = [p for p in old if p.who == name or pattern.search(p.text)]
        still = [p for p in new if p.who == name or pattern.search(p.text)]
        for other in fresh if len(still) * 2 < len(naming) else ():
            as_other = {name: other}
            same = sum(there[p.kind, rename_in(p.who, as_other), bare(rename_in(p.text, as_other))] > 0 for p in naming)
            if same * 3 >= len(naming):
                votes[name, other] = same
    found: dict[str, str] = {}
    for (name, other), _ in sorted(votes.items(), key=lambda one: (-one[1], one[0])):
        if name not in found and other not in found.values():
            found[name] = other
    return found


def rename_in(text: str, names: Mapping[str, str]) -> str:
    """A text with people's names changed, in the case in which each stands: NADIA, Nadia."""
    if not names or not text:
        return text
    folded = {name.casefold(): other for name, other in names.items()}

    def other(found: re.Match[str]) -> str:
        was, now = found.group(), folded[found.group().casefold()]
        return now.upper() if was.isupper() else now.title() if was[:1].isupper() else now.lower()

    return _pattern(names).sub(other, text)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    joined = "|".join(rf"(?<!\w){re.escape(n)}(?!\w)" if n.isascii() else re.escape(n) for n in longest)
    return re.compile(joined, re.IGNORECASE)
