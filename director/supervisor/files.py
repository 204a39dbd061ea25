"""Writes the continuity report into a film's folder, as Markdown and as a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from director.folder import FilmFolder
from director.opening import write_atomically
from director.supervisor.markdown import markdown
from director.supervisor.pdf import write_continuity_pdf
from director.supervisor.report import continuity_report
from shots.blocking import ShotGeometry
from shots.errors import Problem
from shots.spec import Storyboard
from shots.timing import ShotTiming

__all__ = ["write_continuity"]


def write_continuity(
    storyboard: Storyboard,
    timings: Mapping[str, ShotTiming],
    geometry: Mapping[str, ShotGeometry],
    problems: Sequence[Problem],
    folder: FilmFolder,
    put_right: Sequence[str] = (),
) -> None:
    """Writes `continuity.md` and `continuity.pdf`, each whole or not at all."""
    report = continuity_report(storyboard, timings, geometry, problems, put_right)
    write_atomically(folder.continuity_md, markdown(report))
    write_continuity_pdf(report, folder.continuity_pdf)
