"""One shot brought from an old draft to a new one: its words and action, what follows from them, and why.

Words and action are the new draft's. How the shot is framed is kept as long as it still frames the same people; what
the new plan knows better (who does what) comes from there, except where a person changed it. Nothing is placed here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from director.revise.covering import Cover
from director.revise.matching import Matching
from director.revise.passages import Passage, bare
from director.revise.reading import Reading, moved
from director.rules.text import join
from shots.source import SourceSpan
from shots.spec import Line, Presence, Shot, Transition

__all__ = ["Draft", "Reworked", "rework", "split_off"]

_FRAMED = (
    "coverage",
    "size",
    "angle",
    "move",
    "lens_mm",
    "subjects",
    "over",
    "pov_of",
    "insert_of",
    "focus",
    "f_number",
)
_FOLLOWS = ("coverage", "subjects", "over", "pov_of", "insert_of", "focus")
_PLAYED = ("props", "crowds", "deserted", "sounds", "beside", "motive")
_LONGEST = 60


@dataclass(frozen=True)
class Draft:
    """Both sides of a revision as a shot needs them. `old_plan` is None where what was planned is not known."""

    old: Sequence[Passage]
    new: Reading
    match: Matching
    old_plan: Reading | None
    at: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # old passages by their lines

    def span(self, span: SourceSpan) -> SourceSpan | None:
        """Lines of the old draft in the new one, None where nothing of them is left."""
        there = [n for n in self.on(span) if n in self.match.to]
        if not there:
            return None if self.on(span) else self._beside(span)
        first, last = there[0], there[-1]
        if self.match.to[last] < self.match.to[first]:
            last = first
        to, new = self.match.to, self.new.passages
        return moved(span, self.old[first], new[to[first]], self.old[last], new[to[last]])

    def _beside(self, span: SourceSpan) -> SourceSpan | None:
        """Lines on which no passage stands, by the nearest that is still there."""
        if not self._lines_left:
            return None
        place = bisect_left(self._lines_left, (span.line, 0))
        near = min(self._lines_left[max(0, place - 1) : place + 1], key=lambda one: abs(one[0] - span.line))[1]
        was, now = self.old[near], self.new.passages[self.match.to[near]]
        by = now.span.line - was.span.line
        return SourceSpan(now.span.file, max(1, span.line + by), max(1, span.last_line + by))

    @cached_property
    def _lines_left(self) -> list[tuple[int, int]]:
        """Old lines with a passage that is still there, and which."""
        return sorted((self.old[n].span.line, n) for n in self.match.to)

    def on(self, span: SourceSpan) -> list[int]:
        """The old passages on some lines."""
        return sorted({n for line in range(span.line, span.last_line + 1) for n in self.at.get(line, ())})

    def spans(self, spans: Sequence[SourceSpan]) -> tuple[SourceSpan, ...]:
        """Several spans in the new draft, each once."""
        return tuple(dict.fromkeys(new for span in spans if (new := self.span(span)) is not None))


@dataclass(frozen=True)
class Reworked:
    """A shot of the new draft; without a reason it is the old one, its lines in the script aside."""

    shot: Shot
    reasons: tuple[str, ...] = ()
    gave_way: tuple[str, ...] = ()  # words by hand that the new draft's stand in the place of


def rework(draft: Draft, shot: Shot, cover: Cover, own: Sequence[int], *, elsewhere: bool = False) -> Reworked:
    """A shot that covers the passages `own` of the new draft; `elsewhere` when it plays in another scene now."""
    lines, line_reasons = _lines(draft, shot, cover, own)
    action, action_reasons, gave_way = _action(draft, shot, cover, own)
    reasons = [*line_reasons, *action_reasons]
    if elsewhere:
        reasons.append("plays in another scene")
    if not reasons:
        return Reworked(replace(shot, lines=lines, source=draft.spans(shot.source)))
    done = replace(shot, lines=lines, action=action, source=_source(draft, shot, own))
    if not shot.locked:
        done = _played(draft, shot, done, cover, own, bool(action_reasons), elsewhere)
    return Reworked(done, tuple(reasons), gave_way)


def split_off(shot: Shot, name: str) -> Shot:
    """A shot framed as another one, with nothing that is that one's own."""
    return replace(
        shot,
        id=name,
        continues=None,
        transition=Transition(),
        take=None,
        locked=False,
        given=None,
        trim=None,
        seed=None,
        note="",
        duration_s=None,
    )


# Words


def _lines(draft: Draft, shot: Shot, cover: Cover, own: Sequence[int]) -> tuple[tuple[Line, ...], list[str]]:
    to, new = draft.match.to, draft.new.passages
    spoken = [n for n in own if n in draft.new.lines_of and (new[n].kind == "speech" or _was_said(n, cover, to))]
    kept: dict[tuple[int, ...], list[Line]] = {}
    loose: list[tuple[int, Line]] = []
    for number, (said, line) in enumerate(zip(cover.lines, shot.lines, strict=True)):
        if not said:
            loose.append((number, line))
        elif all(n in to and n not in draft.match.changed for n in said):
            kept.setdefault(tuple(to[n] for n in said), []).append(_shifted(draft, line))
    lines: list[Line] = []
    reasons: list[str] = []
    for group in _pieces(spoken, new):
        if group in kept:
            lines += kept[group]
        else:
            lines += _spoken(draft, shot, cover, group)
            reasons += _why(draft, cover, group)
    for number, line in loose:
        lines.insert(min(number, len(lines)), line)
    for said in cover.lines:
        reasons += [f"{_quoted(draft.old[n])} is cut" for n in said if n not in to or to[n] not in own]
    if not reasons and len(lines) != len(shot.lines):
        reasons.append("its speech is divided otherwise")
    return tuple(lines), list(dict.fromkeys(reasons))


def _was_said(n: int, cover: Cover, to: Mapping[int, int]) -> bool:
    return any(to.get(m) == n for line in cover.lines for m in line)


def _pieces(spoken: Sequence[int], new: Sequence[Passage]) -> list[tuple[int, ...]]:
    """Passages that are one line: in one speech, with no parenthetical between them."""
    groups: list[list[int]] = []
    for n in spoken:
        last = groups[-1][-1] if groups else None
        if last is not None and n == last + 1 and _piece(new[n]) == _piece(new[last]):
            groups[-1].append(n)
        else:
            groups.append([n])
    return [tuple(group) for group in groups]


def _piece(passage: Passage) -> tuple[int, int]:
    return passage.block, passage.piece


def _spoken(draft: Draft, shot: Shot, cover: Cover, group: tuple[int, ...]) -> list[Line]:
    """The lines of a group of passages as the new plan has them; how one is heard stays as it was put by hand."""
    new = draft.new.passages
    text = join(new[n].text for n in group)
    source = SourceSpan(new[group[0]].span.file, new[group[0]].span.line, new[group[-1]].span.last_line)
    planned: dict[str, Line] = {}
    for line in draft.new.lines_of.get(group[0], ()):
        planned.setdefault(line.character, line)
    before = _before(draft, shot, cover, group)
    lines = []
    for number, (who, line) in enumerate(planned.items()):
        delivery = line.delivery if new[group[0]].manner else ""
        was = before.get(who)
        heard = line.heard if was is None or was.heard == "on_screen" else was.heard
        together = line.together if was is None else was.together
        lines.append(
            Line(
                character=who, text=text, delivery=delivery, heard=heard, together=together or number > 0, source=source
            )
        )
    return lines


def _before(draft: Draft, shot: Shot, cover: Cover, group: tuple[int, ...]) -> dict[str, Line]:
    """The old lines that became these passages, by who says them."""
    to = draft.match.to
    return {
        line.character: line
        for said, line in zip(cover.lines, shot.lines, strict=True)
        if any(to.get(n) in group for n in said)
    }


def _why(draft: Draft, cover: Cover, group: tuple[int, ...]) -> list[str]:
    came = {draft.match.to[n]: n for said in cover.lines for n in said if n in draft.match.to}
    reasons = []
    for n in group:
        now = draft.new.passages[n]
        if n not in came:
            reasons.append(f"{_quoted(now)} is new")
        elif came[n] in draft.match.changed:
            reasons.append(_changed(draft.old[came[n]], now))
    return reasons or ["its speech is divided otherwise"]


def _changed(was: Passage, now: Passage) -> str:
    if was.text != now.text:
        return f"{_quoted(was)} is now “{_short(now.text)}”"
    if was.who != now.who:
        return f"{_quoted(was)} is given to {now.who}"
    return f"{_quoted(was)} is spoken otherwise"


def _quoted(passage: Passage) -> str:
    words = f"“{_short(passage.text)}”"
    return f"{passage.who}: {words}" if passage.who else words


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3].rstrip()}..."


def _shifted(draft: Draft, line: Line) -> Line:
    return line if line.source is None else replace(line, source=draft.span(line.source))


# Action


def _action(draft: Draft, shot: Shot, cover: Cover, own: Sequence[int]) -> tuple[str, list[str], tuple[str, ...]]:
    to, new = draft.match.to, draft.new.passages
    told = [n for n in own if new[n].kind == "action" or (new[n].kind == "caption" and not _was_said(n, cover, to))]
    came = {to[n]: n for n in cover.action if n in to}
    reasons = [f"{_quoted(draft.old[n])} is cut" for n in cover.action if n not in to or to[n] not in own]
    for n in told:
        if n not in came:
            reasons.append(f"{_quoted(new[n])} is new")
        elif came[n] in draft.match.changed:
            reasons.append(_changed(draft.old[came[n]], new[n]))
    if not reasons:
        return shot.action, [], ()
    was = bare(join(draft.old[n].text for n in cover.action))
    by_hand = (f"{shot.id}: “{_short(shot.action)}”",) if was not in bare(shot.action) else ()
    return join(new[n].text for n in told), reasons, by_hand


def _source(draft: Draft, shot: Shot, own: Sequence[int]) -> tuple[SourceSpan, ...]:
    """Where a changed shot comes from: what is left of its old lines, else where its passages stand."""
    kept = draft.spans(shot.source)
    inside = {line for span in kept for line in range(span.line, span.last_line + 1)}
    more = [draft.new.passages[n].span for n in own if draft.new.passages[n].span.line not in inside]
    return tuple(sorted(dict.fromkeys((*kept, *more)), key=lambda span: span.line))


# What follows from both


def _played(
    draft: Draft, shot: Shot, done: Shot, cover: Cover, own: Sequence[int], acts: bool, elsewhere: bool
) -> Shot:
    """Who is framed, does and holds what: as in the new plan, but for what a person changed."""
    now = draft.new.nearest("", own)
    if now is None:
        return done
    was = draft.old_plan.nearest(shot.id or "", cover.all) if draft.old_plan is not None else None
    speakers = {line.character for line in shot.lines} != {line.character for line in done.lines}
    values: dict[str, Any] = {}
    if was is not None or acts or speakers or elsewhere:
        values["people"] = _people(shot, was, now)
    if acts or elsewhere:
        values |= {name: _either(shot, was, now, name) for name in _PLAYED}
    framed_as = was if was is not None else shot
    if (acts or speakers or elsewhere) and (now.coverage, now.subjects) != (framed_as.coverage, framed_as.subjects):
        names = _FRAMED if acts or elsewhere else _FOLLOWS
        values |= {name: _either(shot, was, now, name) for name in names}
    by_hand = was is not None and shot.duration_s != was.duration_s
    if not by_hand and not done.lines:
        whole = draft.new.covers[now.id or ""].all == tuple(own)
        values["duration_s"] = now.duration_s if whole else None
    return replace(done, **values)


def _either(shot: Shot, was: Shot | None, now: Shot, name: str) -> Any:
    """A field as the new plan has it, unless a person changed it against the old one."""
    mine = getattr(shot, name)
    return mine if was is not None and mine != getattr(was, name) else getattr(now, name)


def _people(shot: Shot, was: Shot | None, now: Shot) -> tuple[Presence, ...]:
    """The new plan's people, with what a person changed of each; who was put in or taken out by hand stays so."""
    mine = {one.character: one for one in shot.people}
    planned = {one.character: one for one in was.people} if was is not None else {}
    people = []
    for one in now.people:
        own, old = mine.get(one.character), planned.get(one.character)
        if own is None:
            people += [] if old is not None else [one]
            continue
        by_hand = {
            f.name: getattr(own, f.name)
            for f in fields(Presence)
            if (old is not None and getattr(own, f.name) != getattr(old, f.name))
            or (old is None and f.name in ("mark_m", "move_to_m") and getattr(own, f.name) is not None)
        }
        people.append(replace(one, **by_hand))
    there = {one.character for one in now.people}
    extra = [
        one for one in shot.people if one.character not in there and was is not None and one.character not in planned
    ]
    return (*people, *extra)
