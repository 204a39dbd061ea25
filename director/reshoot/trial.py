"""A shot on trial: with something changed, before anything is written. What it looks like, what stales, its takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from director.reshoot.changes import Changes
from director.reshoot.listed import Listed, printed
from director.reshoot.numbers import is_whole, seconds
from director.reshoot.tried import tried
from shots.errors import NoteError

if TYPE_CHECKING:
    from director.produce import Production
    from director.progress import Progress
    from director.reshoot.film import Film
    from director.reshoot.take import Take
    from model.request import Frame
    from model.stage import Stage
    from shots.errors import Problem
    from shots.render.job import Job, RenderPlan
    from shots.spec import Shot as Spec
    from shots.spec import Storyboard

__all__ = ["MOST_TAKES", "Stale", "Trial"]

MOST_TAKES = 24
"""At once: more than anybody looks at."""


@dataclass(frozen=True)
class Stale:
    """A shot whose take no longer is what it asks for, and why, a clause each."""

    shot: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.shot}: {'; '.join(self.reasons)}"


class Trial:
    """One shot of a film with changes. One that is locked is tried as if it were not; circling a take keeps the lock.

    Raises:
        NoteError: it cannot be so.
    """

    def __init__(self, film: Film, shot: str, changes: Changes) -> None:
        self.film, self.shot, self.changes = film, shot, changes
        self._now: Production = film.production
        locked = self._now.graph.shot(shot).locked
        free = replace(changes, locked=False) if locked else changes
        self._as_it_is = not free
        self._tried = tried(film.paper.written(), self._now.storyboard, shot, free)

    @property
    def asked(self) -> Spec:
        """The shot as it is asked for, as it would be written."""
        return self._tried.asked

    @property
    def storyboard(self) -> Storyboard:
        """The film's storyboard with the change, everything filled in."""
        return self._tried.whole

    @cached_property
    def production(self) -> Production:
        """The film with the change."""
        if self._as_it_is:
            return self._now
        return self.film.production_of(self.storyboard, checked=self._tried.alone)

    @property
    def stage(self) -> Stage:
        """The shot in metres and seconds."""
        return self.production.stages[self.shot]

    @property
    def duration_s(self) -> float:
        """How long its take would be."""
        return self.production.timings[self.shot].duration_s

    @property
    def problems(self) -> Listed[Problem]:
        """What continuity says of its scene now and did not before."""
        known = {(problem.rule, problem.what) for problem in self._problems(self._now)}
        return Listed(p for p in self._problems(self.production) if (p.rule, p.what) not in known)

    def _problems(self, production: Production) -> Sequence[Problem]:
        return production.problems_in(self._tried.place) if self._tried.alone else production.problems

    @cached_property
    def stale(self) -> Listed[Stale]:
        """Every shot that would have to be made again because of it, this one among them, in the order of the cut.

        What is stale by this change alone is told in a director's words (`size CU → MCU`); `render --explain` tells all
        of it.
        """
        shots = [shot.id or "" for shot in self._concerned]
        after = self.production.shooting_of(*shots).plan
        before = {job.shot for job in self._now.shooting_of(*shots).plan.jobs}
        return Listed(
            Stale(job.shot, job.reasons if job.shot in before else self._in_words(job))
            for job in after.jobs
            if job.shot not in before - {self.shot}
        )

    def _in_words(self, job: Job) -> tuple[str, ...]:
        """Why a shot has to be made again, as the change says it, or where it says nothing, as the plan does."""
        from director.notes.words import in_words, staged

        old, new = (staged(p.storyboard, job.shot, p.timings, p.stages) for p in (self._now, self.production))
        seen = tuple(reason for reason in job.reasons if reason.startswith("reference "))
        return (*in_words(old, new), *seen) or job.reasons

    @property
    def _concerned(self) -> tuple[Spec, ...]:
        """The shots that could show something else now: those of its scene, and all where more is concerned."""
        board = self.storyboard
        return board.scenes[self._tried.place].shots if self._tried.alone else board.shots()

    def frame(self, time_s: float = 0.0) -> Frame:
        """The drawing of the shot with its change at a time, (h, w, 3), sRGB, made at once.

        Raises:
            NoteError: the time is no number.
        """
        from model.theatre import draw

        board, at_s = self.storyboard, seconds(time_s, f"The time in {self.shot}")
        return draw(self.stage, at_s, board.width_px, board.height_px)

    def shoot(self, takes: int = 1, *, progress: Progress | None = None) -> Listed[Take]:
        """Makes takes, writes them on the slate, and nothing into the storyboard.

        The first keeps the shot's own seed, and with it the performance; each further one has another. Where no seed
        is asked for, takes that there are already are passed over: the takes are new ones.

        Raises:
            NoteError: no take is asked for, or too many.
            RenderError: a take cannot be made; those that were finished are on the slate.
            Stopped: `progress` was told to stop; those that were finished are on the slate.
        """
        if not is_whole(takes, MOST_TAKES):
            raise NoteError(
                f"{takes!r:.40} takes of {self.shot} cannot be made. Fix: ask for 1 to {MOST_TAKES} at once."
            )
        told = progress or self.film.progress
        store = self._now.store
        shown = self.film.standing(self.shot)
        self.film.slate_standing(self.shot)
        wanted = self._wanted(takes)
        done = 0
        told.step("picture", sum(plan.frame_count for _, plan in wanted))
        keys = []
        try:
            for one, plan in wanted:
                key = one._make(plan, told, done)
                self.film.slate.add(self.shot, key, one.asked, self.changes.note or "")
                keys.append(key)
                done += plan.frame_count
        finally:
            if shown is not None:  # what is stale is told against what is shown, not against what was tried
                store.point(self.shot, shown.best.take.key)
            self.film.took()
        shot = self.film[self.shot]
        return Listed(shot.take_of(key) for key in keys)

    def _wanted(self, takes: int) -> list[tuple[Trial, RenderPlan]]:
        """This trial and others like it with other seeds, as many as takes are wanted, with the plan of each."""
        found: list[tuple[Trial, RenderPlan]] = []
        slated = {one.take for one in self.film.slate.takes(self.shot)}
        base = self.production.requests[self.shot].seed
        for number in count():
            one = self if number == 0 else Trial(self.film, self.shot, replace(self.changes, seed=base + number))
            one.production.gather(self.shot)
            plan = one.production.shooting_of(self.shot).another(self.shot)
            known = {take.key for take in plan.kept if take.shot == self.shot} & slated
            if self.changes.seed is not None or not known:
                found.append((one, plan))
            if len(found) == takes:
                return found
        raise AssertionError("there is always another seed")

    def _make(self, plan: RenderPlan, told: Progress, before: int) -> str:
        """Makes what is missing of a plan, after `before` frames of others, and returns the key of this shot's take."""
        from shots.render.run import render

        backend, store = self.production.backend, self.production.store
        made = render(
            plan, backend, store, workers=1, on_progress=lambda p: told.done("picture", before + p.frames_done)
        )
        return made[self.shot].key

    def write(self, what: str = "") -> None:
        """Makes the storyboard say the change without a take of it: the shot is stale until it is rendered."""
        self.film.edit(self.shot, what or f"changed {self.shot}", self.changes)

    def __repr__(self) -> str:
        return f"<{printed(self.shot)} on trial: {printed(self.changes.told, 90) or 'as it is'}>"

    def _repr_html_(self) -> str:
        from director.notebook.show import trial_html

        return trial_html(self)
