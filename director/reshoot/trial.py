"""A shot on trial: with something changed, before anything is written. What it looks like, what stales, its takes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

from director.reshoot.changes import Changes, changed
from director.reshoot.listed import Listed, printed
from shots.defaults import complete

if TYPE_CHECKING:
    from director.produce import Production
    from director.progress import Progress
    from director.reshoot.film import Film
    from director.reshoot.take import Take
    from model.request import Frame
    from model.stage import Stage
    from shots.errors import Problem
    from shots.spec import Shot as Spec
    from shots.spec import Storyboard

__all__ = ["Stale", "Trial"]


@dataclass(frozen=True)
class Stale:
    """A shot whose take no longer is what it asks for, and why, a clause each."""

    shot: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.shot}: {'; '.join(self.reasons)}"


class Trial:
    """One shot of a film with changes.

    Raises:
        NoteError: it cannot be so.
    """

    def __init__(self, film: Film, shot: str, changes: Changes) -> None:
        self.film, self.shot, self.changes = film, shot, changes
        self.written: Storyboard = changed(film.paper.written(), shot, changes)
        self.storyboard: Storyboard = complete(self.written)

    @cached_property
    def production(self) -> Production:
        """The film with the change."""
        return self.film.production_of(self.storyboard)

    @property
    def stage(self) -> Stage:
        """The shot in metres and seconds."""
        return self.production.stages[self.shot]

    @property
    def problems(self) -> Listed[Problem]:
        """What continuity says now and did not before."""
        known = {(problem.rule, problem.what) for problem in self.film.problems}
        return Listed(p for p in self.production.problems if (p.rule, p.what) not in known)

    @property
    def stale(self) -> Listed[Stale]:
        """Every shot that would have to be made again, this one among them."""
        return Listed(Stale(job.shot, job.reasons) for job in self.production.render_plan.jobs)

    def frame(self, time_s: float = 0.0) -> Frame:
        """The drawing of the shot with its change at a time, (h, w, 3), sRGB, made at once."""
        from model.theatre import draw

        board = self.storyboard
        return draw(self.stage, time_s, board.width_px, board.height_px)

    def shoot(self, takes: int = 1, *, progress: Progress | None = None) -> Listed[Take]:
        """Makes takes that there are not yet, writes them on the slate, and nothing into the storyboard.

        The first keeps the shot's own seed, which keeps its performance; each further one has the next.

        Raises:
            RenderError: a take cannot be made.
            Stopped: `progress` was told to stop; the takes that were finished are on the slate.
        """
        from shots.render.run import render

        keys = []
        for seed in range(self._seed, self._seed + takes):
            one = self if seed == self._seed else Trial(self.film, self.shot, replace(self.changes, seed=seed))
            film = one.production.shooting.film
            planned = one.production.shooting.another(self.shot)
            take = render(planned, film.backend, film.store, workers=1)[self.shot]
            self.film.slate.add(self.shot, take.key, one._asked, self.changes.note or "")
            keys.append(take.key)
        made = {take.key: take for take in self.film[self.shot].takes}
        return Listed(made[key] for key in keys)

    def write(self, what: str = "") -> None:
        """Makes the storyboard say the change without a take of it: the shot is stale until it is rendered."""
        self.film.edit(self.shot, what or f"changed {self.shot}", self.changes)

    def __repr__(self) -> str:
        named = ((field.name, getattr(self.changes, field.name)) for field in fields(self.changes))
        told = ", ".join(f"{name} {value}" for name, value in named if value is not None)
        return f"<{printed(self.shot)} on trial: {printed(told, 90) or 'as it is'}>"

    def _repr_html_(self) -> str:
        from director.notebook.show import trial_html

        return trial_html(self)

    @property
    def _seed(self) -> int:
        return self.storyboard.seed if self.changes.seed is None else self.changes.seed

    @property
    def _asked(self) -> Spec:
        return self.film.written_shot(self.shot, self.written)
