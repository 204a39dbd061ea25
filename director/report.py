"""The film's report: what it is made of, which takes it shows and why, and what is left to put right.

For whoever directs the film, not a log: figures only where something failed or was paid for. Pure: facts in, Markdown
out. What people or models wrote stands in it as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from director.critic.verdict import Verdict
from director.english import clock
from director.retakes import Circled
from model.hub.licences import NOT_KNOWN
from model.request import Licence

__all__ = ["Facts", "Spent", "report"]

_LISTED = 40
_NAMED = 12
_NAMED_THING = re.compile(r"[^\s,;:]*[\d/]\S*?(?=[.,;:]?(\s|$))|\b[^\W\d_a-z]{2,}\b")
_LIKE = re.compile(r"#((, | and | )#)+")
_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")


@dataclass(frozen=True)
class Spent:
    """What a stage's questions to a model took. `dollars` is None where no price is known."""

    stage: str
    model: str
    replies: int
    tokens_in: int
    tokens_out: int
    dollars: float | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a report tells.

    `made_of` is what and by what; `circled` the takes of every shot that was pictured, in the order of the cut, and
    `links` where a take lies beside the report, by its key; `terms` the licences of the weights that shots are pictured
    with and `met` what their back ends say of how that was asked of them, each with its shots; `by_hand` what a person
    did with shots; `notices` what happened on the way; `sources` whose voices and sounds are heard; `problems` what
    continuity still says.
    """

    title: str
    length_s: float
    scenes: int
    made_of: Sequence[tuple[str, str]]
    watched: bool
    circled: Mapping[str, Circled]
    links: Mapping[str, str]
    terms: Sequence[tuple[Licence, Sequence[str]]]
    met: Sequence[tuple[str, Sequence[str]]]
    by_hand: Sequence[str]
    drawn: Sequence[str]
    trouble: str | None
    notices: Sequence[str]
    sources: Sequence[str]
    spent: Sequence[Spent]
    problems: Sequence[str]


def report(facts: Facts) -> str:
    """The report as Markdown."""
    parts = (
        _head(facts),
        _list("On which terms its pictures may be used", _terms(facts)),
        _list("What was done by hand", facts.by_hand),
        _retakes(facts),
        _failures(facts),
        _list("What came on the way", _way(facts)),
        _list("How the shots were asked for", _met(facts)),
        _list("Whose voices and sounds are heard", facts.sources),
        _spending(facts.spent),
        _list("Problems left in the storyboard", facts.problems),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(facts: Facts) -> str:
    shots = len(facts.circled) + len(facts.drawn)
    takes = sum(len(one.attempts) for one in facts.circled.values())
    sentences = [
        f"{clock(facts.length_s)} long: {_count(shots, 'shot')} in {_count(facts.scenes, 'scene')}, from "
        f"{_count(takes, 'take')}"
        + (f", which is {takes / len(facts.circled):.2f} takes per keeper." if facts.circled else ".")
    ]
    if facts.watched:
        good = sum(one.best.passed for one in facts.circled.values())
        sentences.append(
            "Every circled take holds all that was asked of it."
            if good == len(facts.circled)
            else f"{good} of {_count(len(facts.circled), 'circled take')} hold all that was asked of them."
        )
    else:
        sentences.append("Nobody watched the takes: each shot shows the one that a person circled, or else the first.")
    sentences += _warnings(facts)
    table = "\n".join(["| | |", "|---|---|", *(f"| {name} | {_plain(what)} |" for name, what in facts.made_of)])
    return f"# {_plain(facts.title)}\n\n{' '.join(sentences)}\n\n## What it is made of\n\n{table}"


def _warnings(facts: Facts) -> Iterator[str]:
    """What stands in the way of selling the film: terms that do not allow it, and terms that nobody knows."""
    for known in (True, False):
        bound = [
            (licence, shots)
            for licence, shots in facts.terms
            if not licence.commercial and (licence.name != NOT_KNOWN) is known
        ]
        if not bound:
            continue
        of = {shot for _, shots in bound for shot in shots}
        which = f"{_plain(_shots(facts, sorted(of)))} {'is' if len(of) == 1 else 'are'} pictured"
        if known:
            names = " and ".join(dict.fromkeys(licence.name for licence, _ in bound))
            yield f"**This film may not be sold as it is**: {which} on terms that do not allow it ({_plain(names)})."
        else:
            yield f"**Whether this film may be sold is not known**: {which} with weights whose terms are not known."


def _terms(facts: Facts) -> Iterator[str]:
    for licence, shots in facts.terms:
        where = f" ({licence.address})" if licence.address else ""
        yield f"{licence.name}: {licence.line}{where}. Used for {_shots(facts, shots)}."


def _met(facts: Facts) -> Iterator[str]:
    """What back ends say, each kind of sentence once: two that differ only in names and figures are of one kind. All
    of them stand in the takes' receipts.
    """
    kinds: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for told, shots in facts.met:
        kinds.setdefault(_LIKE.sub("#", _NAMED_THING.sub("#", told)), []).append((told, shots))
    for alike in kinds.values():
        told = alike[0][0].rstrip(".")
        of = {shot for _, shots in alike for shot in shots}
        more = f", and {len(alike) - 1} more like it" if len(alike) > 1 else ""
        yield f"{told[:1].upper()}{told[1:]}{more} ({_shots(facts, [shot for shot in facts.circled if shot in of])})."


def _shots(facts: Facts, shots: Sequence[str]) -> str:
    """Shots by their ids, the first few of many."""
    if len(shots) == len(facts.circled) > 1 and not facts.drawn:
        return "all shots"
    more = f" and {len(shots) - _NAMED} more" if len(shots) > _NAMED else ""
    return f"{_noun(len(shots), 'shot')} {', '.join(shots[:_NAMED])}{more}"


def _retakes(facts: Facts) -> str:
    """Which take is circled, of the shots that have several."""
    rows = [
        f"| {_plain(shot)} | {len(one.attempts)} | {_take(facts, one, one.chosen)} | {_plain(one.reason)} |"
        for shot, one in facts.circled.items()
        if len(one.attempts) > 1
    ]
    if not rows:
        return ""
    head = ["## Retakes", "", "| Shot | Takes | Circled | Why this one |", "|---|---|---|---|"]
    return "\n".join([*head, *_some(rows, "| … | | | and {} more shots |")])


def _failures(facts: Facts) -> str:
    """What failed in which take, shot by shot."""
    lines: list[str] = []
    for shot, one in facts.circled.items():
        failed = [
            (number, attempt.judged.judgement.failures)
            for number, attempt in enumerate(one.attempts)
            if attempt.judged is not None and attempt.judged.judgement.failures
        ]
        if not failed:
            continue
        lines.append(f"- **{_plain(shot)}**")
        for number, verdicts in failed:
            change = one.attempts[number].change
            made = f" (with {_plain(change)})" if change else ""
            shown = ", which is shown" if number == one.chosen else ""
            lines.append(f"  - {_take(facts, one, number)}{made}{shown}: {'; '.join(map(_verdict, verdicts))}")
    if not lines:
        return ""
    told = (
        "What the critic found wrong. Only takes that are shown matter for the film; the others are why it was retaken."
    )
    return "\n".join(["## What failed", "", told, "", *_some(lines, "- … and {} more lines")])


def _verdict(verdict: Verdict) -> str:
    return f"*{_plain(verdict.constraint.replace('_', ' '))}*: {_plain(verdict.told.rstrip('.'))}"


def _take(facts: Facts, one: Circled, number: int) -> str:
    link = facts.links.get(one.attempts[number].take.key)
    return f"[take {number + 1}]({link})" if link else f"take {number + 1}"


def _way(facts: Facts) -> Iterator[str]:
    """What happened that the director should know, each once."""
    told = list(facts.notices)
    for shot, one in facts.circled.items():
        told += [f"{shot}: {a.judged.notice}" for a in one.attempts if a.judged is not None and a.judged.notice]
    if facts.drawn:
        told.append(f"Drawn instead of pictured: {', '.join(facts.drawn)}. {facts.trouble or ''}".strip())
    yield from dict.fromkeys(told)


def _spending(spent: Sequence[Spent]) -> str:
    if not spent:
        return ""
    rows = [
        f"| {_plain(one.stage)} | {_plain(one.model)} | {one.replies} | {one.tokens_in} | {one.tokens_out} | "
        f"{_dollars(one.dollars)} |"
        for one in spent
    ]
    known = [one.dollars for one in spent if one.dollars is not None]
    rows.append(
        f"| **all** | | {sum(one.replies for one in spent)} | {sum(one.tokens_in for one in spent)} | "
        f"{sum(one.tokens_out for one in spent)} | {_dollars(sum(known) if known else None)} |"
    )
    head = ["| Stage | Model | Replies | Tokens in | Tokens out | Price |", "|---|---|---|---|---|---|"]
    told = "All that language models were asked for this film, in this run and before."
    return "\n".join(["## What the models took", "", told, "", *head, *rows])


def _list(head: str, lines: Iterable[str]) -> str:
    rows = [f"- {_plain(line)}" for line in lines]
    return "\n".join([f"## {head}", "", *_some(rows, "- … and {} more")]) if rows else ""


def _some(rows: Sequence[str], more: str) -> list[str]:
    return [*rows[:_LISTED], *([more.format(len(rows) - _LISTED)] if len(rows) > _LISTED else [])]


def _plain(text: str) -> str:
    """Somebody's words on one line, so that nothing in them is taken for Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _count(number: int, noun: str) -> str:
    return f"{number} {_noun(number, noun)}"


def _noun(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"


def _dollars(dollars: float | None) -> str:
    return "not known" if dollars is None else f"${dollars:.2f}" if dollars >= 0.1 else f"${dollars:.4f}"
