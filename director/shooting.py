"""Shooting a film: its shots are pictured, watched and retaken, and a take of each is circled.

Holds together what `director.retakes` decides, `shots.render` makes and `director.critic` says. `standing` looks at
what there is and makes nothing; `followed` goes on until there is nothing left to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from director.critic.critic import Critic
from director.critic.judged import Judged
from director.critic.wanted import Wanted, note_of
from director.progress import Progress
from director.retakes import Budget, Followed, Set, Watch, follow, with_sources
from model.request import ClipRequest
from shots.errors import RenderError
from shots.render.job import Job, RenderPlan, Take

__all__ = ["Shooting"]


class Shooting:
    """One run over a film's takes. Without a `critic` every first take is circled; without retakes only takes that
    are there are, the best of them.

    `wanted` says of each shot what it should show, for notes to the picture model.
    """

    def __init__(
        self,
        film: Set,
        critic: Critic | None,
        wanted: Mapping[str, tuple[Wanted, ...]],
        *,
        retakes: bool,
        workers: int,
        progress: Progress,
    ) -> None:
        self.film, self._critic, self._wanted = film, critic, wanted
        self._budget = Budget() if critic is not None else Budget(0, 0)
        self._retakes, self._workers, self._progress = retakes, workers, progress
        self._frames_before = 0
        self.made: list[str] = []
        """The shots of the takes that were made now, in the order they were."""

    @property
    def blind(self) -> str:
        """Why a vision model did not watch every take; "" when it did, or there is none."""
        return "" if self._critic is None else self._critic.blind

    @cached_property
    def standing(self) -> Followed:
        """What there is before anything is made."""
        return follow(
            self.film, self._budget, Watch(lambda planned, _: (_kept(planned), {}), self._remembered, self._note)
        )

    @cached_property
    def plan(self) -> RenderPlan:
        """What is to be made as far as it is known now: first takes, and retakes of what was judged before."""
        wanted = self.standing.wanted if self._retakes else {}
        planned = self._planned(self.standing, {shot: request for shot, (request, _) in wanted.items()})
        return RenderPlan(tuple(_told(job, wanted.get(job.shot, (None, ""))[1]) for job in planned.jobs), planned.kept)

    @cached_property
    def followed(self) -> Followed:
        """Every shot pictured, watched and, where it has to be, retaken; one take of each is circled.

        Raises:
            RenderError: the disk is full, or shots wait for each other.
        """
        self._progress.step("picture", self.plan.frame_count)
        done = follow(self.film, self._budget, Watch(self._render, self._judge, self._note))
        for shot, circled in done.circled.items():  # what has changed is told against what was asked for
            if len(circled.attempts) > 1:
                self.film.store.point(shot, circled.attempts[0].take.key)
        return done

    def as_circled(self) -> RenderPlan:
        """The plan of the film with its circled takes, for what shows them."""
        return self._planned(self.followed if "followed" in self.__dict__ else self.standing, {})

    def another(self, shot: str) -> RenderPlan:
        """The plan of one more take of a shot, as it is asked for, whichever of its takes is circled; it sees the
        circled takes of others.
        """
        state = self.followed if "followed" in self.__dict__ else self.standing
        circled = {name: one.best.request for name, one in state.circled.items() if name != shot}
        asked = {**self.film.requests, **circled}
        film = replace(self.film, held={name: held for name, held in self.film.held.items() if name != shot})
        return film.planned({name: asked[name] for name in with_sources((shot,), film)})

    def _planned(self, state: Followed, others: Mapping[str, ClipRequest]) -> RenderPlan:
        circled = {shot: one.best.request for shot, one in state.circled.items()}
        return self.film.planned({**self.film.requests, **circled, **others})

    def _render(self, planned: RenderPlan, retake: bool) -> tuple[Mapping[str, Take], Mapping[str, str]]:
        from shots.render.run import render

        if not planned.jobs or (retake and not self._retakes):
            return _kept(planned), {}
        troubles: Mapping[str, str] = {}
        before = self._frames_before
        self._frames_before += planned.frame_count
        self._progress.step("picture", max(self.plan.frame_count, self._frames_before))
        try:
            takes = render(
                planned,
                self.film.backend,
                self.film.store,
                workers=self._workers,
                on_progress=lambda p: self._progress.done("picture", before + p.frames_done),
            )
        except RenderError as error:
            if not error.troubles:
                raise
            troubles = error.troubles
            stored = [self.film.store.find(job.key, job.shot) for job in planned.jobs]
            takes = {take.shot: take for take in (*planned.kept, *stored) if take is not None}
        self.made += [job.shot for job in planned.jobs if job.shot in takes]
        return takes, troubles

    def _judge(self, takes: Sequence[Take]) -> Mapping[str, Judged]:
        if self._critic is None or not takes:
            return {}
        if not self._retakes:
            return self._remembered(takes)
        self._progress.step("critic", len(takes))
        judged = self._critic.judge(takes, lambda done: self._progress.done("critic", done))
        for one in judged.values():
            if one.notice:
                self._progress.say(f"{one.judgement.shot}: {one.notice}")
        return judged

    def _remembered(self, takes: Sequence[Take]) -> Mapping[str, Judged]:
        return {} if self._critic is None else self._critic.remembered(takes)

    def _note(self, shot: str, judged: Judged) -> str:
        return note_of(self._wanted[shot], judged.judgement.failures)


def _kept(planned: RenderPlan) -> Mapping[str, Take]:
    return {take.shot: take for take in planned.kept}


def _told(job: Job, why: str) -> Job:
    return replace(job, reasons=(why,)) if why else job
