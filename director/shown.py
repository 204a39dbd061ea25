"""What a film shows: the circled take of every shot, or its drawing where it could not be pictured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from director.pictures import DRAWING, backend_of
from director.retakes import Followed, Set
from shots.render.job import Take
from shots.render.plan import plan
from shots.render.run import render, unmade

__all__ = ["Shown", "shown_of"]


@dataclass(frozen=True)
class Shown:
    """A take of every shot, some `drawn` for want of one by the film's back end. `trouble` tells why, in a sentence."""

    takes: Mapping[str, Take]
    drawn: tuple[str, ...] = ()
    trouble: str | None = None


def shown_of(film: Set, done: Followed, workers: int) -> Shown:
    """What is shown once all takes are made; where some shots could be pictured and others not, these are drawn.

    Raises:
        RenderError: no shot could be pictured, or the disk is full.
    """
    circled = {shot: done.circled[shot].best.take for shot in film.requests if shot in done.circled}
    if not done.troubles:
        return Shown(circled)
    if film.backend.name == DRAWING or not circled:
        raise unmade(done.troubles)
    drawing = backend_of(DRAWING)
    missing = {shot: request for shot, request in film.requests.items() if shot in done.troubles}
    drawn = render(plan(missing, (), drawing, film.store), drawing, film.store, workers=workers)
    stead = "its drawing stands" if len(drawn) == 1 else "their drawings stand"
    trouble = f"{unmade(done.troubles)} In the film {stead} there."
    return Shown({shot: circled.get(shot) or drawn[shot] for shot in film.requests}, tuple(drawn), trouble)
