"""The continuity report as Markdown, to read, search and compare between drafts."""

from __future__ import annotations

from collections.abc import Sequence

from director.supervisor.report import ContinuityReport, SceneSheet, clock, pages

__all__ = ["markdown"]


def markdown(report: ContinuityReport) -> str:
    """The whole report as a text that ends in a newline."""
    days = list(dict.fromkeys(sheet.time.label for sheet in report.scenes))
    blocks = [
        f"# {_safe(report.title)}: continuity",
        f"{_safe(report.credit)}\n" if report.credit else "",
        f"{_count(len(report.scenes), 'scene')}, {_count(report.shots, 'shot')}, {clock(report.seconds)}, "
        f"{pages(report.eighths)} pages. Story days: {', '.join(days)}.",
        "## Breakdown",
        _table(
            ("Scene", "Slugline", "Story day", "Since", "Pages", "Time", "Cast"),
            [
                (s.number, s.heading, s.time.label, s.since, pages(s.eighths), clock(s.seconds), ", ".join(s.cast))
                for s in report.scenes
            ],
        ),
    ]
    if report.put_right:
        blocks += ["## Put right for the plan", "\n".join(f"- {_safe(what)}" for what in report.put_right)]
    blocks += [_scene(sheet) for sheet in report.scenes]
    if report.problems:
        blocks += ["## Problems of the film", "\n".join(f"- {p.severity}: {_safe(str(p))}" for p in report.problems)]
    return "\n\n".join(block.rstrip("\n") for block in blocks if block) + "\n"


def _scene(sheet: SceneSheet) -> str:
    length = f"{pages(sheet.eighths)} pages" if sheet.eighths is not None else ""
    head = " · ".join(filter(None, (sheet.time.label, sheet.since, length, clock(sheet.seconds))))
    parts = [f"## {_safe(sheet.number)}. {_safe(sheet.heading)}", head]
    for title, rows in (("Wardrobe", sheet.wardrobe), ("Props", sheet.props)):
        if rows:
            parts.append(f"**{title}**\n\n" + "\n".join(f"- {_safe(who)}: {_safe(what)}" for who, what in rows))
    if sheet.matches:
        parts.append("**Matches to watch**\n\n" + "\n".join(f"- {_safe(match)}" for match in sheet.matches))
    parts.append(
        _table(
            ("Shot", "Framing", "Lens", "Side", "Direction", "Eyeline", "Length", "What", "State"),
            [
                (r.shot, r.framing, r.lens, r.side, r.direction, r.eyeline, f"{r.seconds:.1f} s", r.what, r.state)
                for r in sheet.rows
            ],
        )
    )
    if sheet.problems:
        parts.append("**Problems**\n\n" + "\n".join(f"- {p.severity}: {_safe(str(p))}" for p in sheet.problems))
    return "\n\n".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_safe(cell).replace('|', '/') for cell in line)} |" for line in lines)


def _safe(text: str) -> str:
    """Text of a script on one line, in which nothing is markup."""
    return " ".join(text.split()).replace("<", "&lt;").replace("[", "\\[").replace("`", "'")
