"""Takes and retakes: each shot is pictured, watched, and pictured again until a take will do or the budget is spent.

A retake changes one thing of the best take so far: the seed, then how firmly the back end holds to what it is told,
then the words. The best take of a shot is *circled*; shots that see other shots see circled takes, so they wait
until those are. What is asked for follows from the takes and what is said of them alone: a run that was stopped goes
on where it was, and one that is repeated finds every take and circles the same ones. A take that a person circled is
shown unjudged and never retaken, for as long as it stands for its shot (`shots.render.plan`). Nothing is judged or
rendered here; whoever calls brings both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from director.critic.judged import Judged
from director.seen_takes import reached
from model.request import Backend, ClipRequest, Setting
from shots.render.held import Held
from shots.render.job import RenderPlan, Take
from shots.render.plan import plan
from shots.render.store import TakeStore

if TYPE_CHECKING:
    from shots.graph import Edge

__all__ = ["Attempt", "Budget", "Circled", "Followed", "Set", "Watch", "follow", "with_sources"]


@dataclass(frozen=True)
class Budget:
    """How many retakes a shot may have, and all shots together."""

    per_shot: int = 2
    per_film: int = 40


@dataclass(frozen=True)
class Attempt:
    """One take of a shot: how it was asked for, and what was said of it, if anybody watched."""

    take: Take
    request: ClipRequest
    change: str  # what is otherwise than in the take it was made from; "" for the first
    judged: Judged | None
    by_hand: bool = False  # a person circled it

    @property
    def passed(self) -> bool:
        """Whether the take will do; one that nobody watched does."""
        return self.judged is None or self.judged.judgement.passed

    @property
    def score(self) -> float:
        """From 0 to 1, by which takes of a shot are ordered."""
        return 1.0 if self.judged is None else self.judged.judgement.score


@dataclass(frozen=True)
class Circled:
    """The takes of a shot in the order they were made; `chosen` is the place of the circled one."""

    attempts: tuple[Attempt, ...]
    chosen: int

    @property
    def best(self) -> Attempt:
        """The circled take."""
        return self.attempts[self.chosen]

    @property
    def reason(self) -> str:
        """Why this one, as a clause; "" where there was no choice."""
        if self.best.by_hand:
            return "circled by hand"
        if len(self.attempts) == 1:
            return ""
        if self.best.passed:
            return "the first that holds all it should"
        failures = () if self.best.judged is None else self.best.judged.judgement.failures
        failed = tuple(dict.fromkeys(verdict.constraint.replace("_", " ") for verdict in failures))
        names = " and ".join((", ".join(failed[:-1]), failed[-1])) if len(failed) > 1 else failed[0]
        fail = "fail" if len(failed) > 1 else "fails"
        return f"the best of {len(self.attempts)} (score {self.best.score:.2f}), though {names} {fail}"


@dataclass(frozen=True)
class Followed:
    """How far a film's takes have come. `wanted` are takes to be made next, with why; `troubles` could not be."""

    circled: Mapping[str, Circled]
    wanted: Mapping[str, tuple[ClipRequest, str]]
    troubles: Mapping[str, str]


@dataclass(frozen=True)
class Set:
    """All that takes are made from: requests as they were asked for in the order of the cut, edges, a back end; and
    `held`, the takes that a person circled.
    """

    requests: Mapping[str, ClipRequest]
    edges: tuple[Edge, ...]
    backend: Backend
    store: TakeStore
    held: Mapping[str, Held] = field(default_factory=dict)

    def planned(self, requests: Mapping[str, ClipRequest]) -> RenderPlan:
        """The plan of some shots; all shots that they see must be among them."""
        return plan(requests, self.edges, self.backend, self.store, self.held)


@dataclass(frozen=True)
class Watch:
    """What happens on set.

    `render` makes what a plan asks for, of retakes if it is told so, and returns the takes there are and what went
    wrong, by shot. `judge` says what it thinks of the takes it watched, by shot. `note` puts what failed into words for
    the picture model, "" where words would not help.
    """

    render: Callable[[RenderPlan, bool], tuple[Mapping[str, Take], Mapping[str, str]]]
    judge: Callable[[Sequence[Take]], Mapping[str, Judged]]
    note: Callable[[str, Judged], str]


def follow(film: Set, budget: Budget, watch: Watch) -> Followed:
    """Goes through all shots, those that others see first, and circles a take of each.

    The film's retakes are given out in rounds, so that no shot has a second one before every other that failed
    beside it has had its first.
    """
    run = _Run(film, watch)
    retaken = film.backend.varies and budget.per_shot > 0
    left = budget.per_film
    for wave in _waves(film) if retaken else (tuple(film.requests),):
        going = run.ready(wave)
        run.shoot(going)
        for _ in range(budget.per_shot if retaken else 0):
            going = [shot for shot in going if run.asks_again(shot)][:left]
            left -= len(going)
            for shot in going:
                run.change(shot)
            run.shoot(going)
    return run.followed()


class _Run:
    """The state of one pass over a film."""

    def __init__(self, film: Set, watch: Watch) -> None:
        self._film, self._watch = film, watch
        self._sources = _sources(film)
        self._attempts: dict[str, list[Attempt]] = {shot: [] for shot in film.requests}
        self._asked = {shot: [(request, "")] for shot, request in film.requests.items()}  # and what is changed
        self._troubles: dict[str, str] = {}
        self._wanted: dict[str, tuple[ClipRequest, str]] = {}

    def ready(self, wave: Iterable[str]) -> list[str]:
        """The shots of a wave whose sources have takes; where one could not be made, neither can they."""
        found = []
        for shot in wave:
            sources = self._sources[shot]
            failed = [source for source in dict.fromkeys(sources) if source in self._troubles]
            if failed:
                self._troubles[shot] = f"it waits for {', '.join(failed)}."
            elif all(self._attempts[source] or source in wave for source in sources):
                found.append(shot)
        return found

    def shoot(self, shots: Sequence[str]) -> None:
        """Makes and watches the takes that these shots ask for."""
        if not shots:
            return
        planned = self._film.planned(
            {shot: self._request(shot, shots) for shot in _with_sources(shots, self._sources, self._film.requests)}
        )
        takes, troubles = self._watch.render(planned, any(len(self._asked[shot]) > 1 for shot in shots))
        made = [takes[shot] for shot in shots if shot in takes]
        judged = self._watch.judge([take for take in made if not self._by_hand(take)])
        for take in made:
            request, change = self._asked[take.shot][-1]
            attempt = Attempt(take, request, change, judged.get(take.shot), self._by_hand(take))
            self._attempts[take.shot].append(attempt)
            self._wanted.pop(take.shot, None)
        for shot in shots:
            if shot in troubles and not self._attempts[shot]:
                self._troubles[shot] = troubles[shot]
            elif shot not in takes and shot not in troubles:
                request, change = self._asked[shot][-1]
                self._wanted[shot] = (request, self._why(shot, change))

    def asks_again(self, shot: str) -> bool:
        """Whether the last take that was asked for is there, was watched, and none so far will do."""
        attempts = self._attempts[shot]
        return shot not in self._wanted and bool(attempts) and not any(attempt.passed for attempt in attempts)

    def change(self, shot: str) -> None:
        """Asks for another take of a shot: the best one so far with one thing changed."""
        attempts = self._attempts[shot]
        best = attempts[_best(attempts)]
        note = self._watch.note(shot, best.judged) if best.judged is not None else ""
        asked = [request for request, _ in self._asked[shot]]
        self._asked[shot].append(_changed(best.request, asked, self._film.backend, note))

    def followed(self) -> Followed:
        return Followed(
            {shot: Circled(tuple(attempts), _best(attempts)) for shot, attempts in self._attempts.items() if attempts},
            self._wanted,
            self._troubles,
        )

    def _request(self, shot: str, asked: Collection[str]) -> ClipRequest:
        """What is asked for now, or the circled take of what is only looked at."""
        attempts = self._attempts[shot]
        return self._asked[shot][-1][0] if shot in asked or not attempts else attempts[_best(attempts)].request

    def _by_hand(self, take: Take) -> bool:
        held = self._film.held.get(take.shot)
        return held is not None and held.take.key == take.key

    def _why(self, shot: str, change: str) -> str:
        attempts = self._attempts[shot]
        judged = attempts[_best(attempts)].judged if attempts else None
        if judged is None:
            return ""
        return f"retake {len(attempts)} with {change}: {judged.judgement.failures[0].told.rstrip('.')}"


def _best(attempts: Sequence[Attempt]) -> int:
    """The first that passed, else the first of the highest score."""
    passed = next((place for place, attempt in enumerate(attempts) if attempt.passed), None)
    return max(range(len(attempts)), key=lambda place: (attempts[place].score, -place)) if passed is None else passed


def _changed(best: ClipRequest, asked: Sequence[ClipRequest], backend: Backend, note: str) -> tuple[ClipRequest, str]:
    """The best request with the next thing changed that has not been asked for yet, and what that is."""
    seed = asked[0].seed + len(asked)
    ladder = [(replace(best, seed=seed), f"seed {seed}")]
    if backend.firmer:
        told = ", ".join(f"{name} {value}" for name, value in backend.firmer)
        ladder.append((replace(best, settings=backend.firmer), told))
    if note:
        ladder.append((replace(best, text=f"{note} {asked[0].text}".strip()), f"the note “{note}”"))
    first = (len(asked) - 1) % len(ladder)
    tried = {_varied(request) for request in asked}
    return next(one for one in (*ladder[first:], *ladder) if _varied(one[0]) not in tried)


def _varied(request: ClipRequest) -> tuple[int, tuple[Setting, ...], str]:
    """What a retake may change of a request."""
    return request.seed, request.settings, request.text


def with_sources(shots: Iterable[str], film: Set) -> tuple[str, ...]:
    """These shots and all whose takes they see, directly or through others, in the order of the cut."""
    return _with_sources(shots, _sources(film), film.requests)


def _sources(film: Set) -> dict[str, tuple[str, ...]]:
    """Of each shot, those whose takes the back end looks at for it."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(film.requests, ())
    locked = {shot for shot, held in film.held.items() if held.locked}
    for edge in film.edges:
        if edge.target in locked:  # its take is there, and stays
            continue
        if edge.kind in film.backend.reads and edge.target in found and edge.source in found:
            found[edge.target] = (*found[edge.target], edge.source)
    return found


def _waves(film: Set) -> Iterable[tuple[str, ...]]:
    """The shots in groups, each of which sees only groups before it; in the order of the cut within one."""
    film.planned(film.requests)  # tells shots that wait for each other
    sorter = TopologicalSorter(_sources(film))
    sorter.prepare()
    while sorter.is_active():
        now = frozenset(sorter.get_ready())
        yield tuple(shot for shot in film.requests if shot in now)
        sorter.done(*now)


def _with_sources(
    shots: Iterable[str], sources: Mapping[str, tuple[str, ...]], order: Iterable[str]
) -> tuple[str, ...]:
    """These shots and all that they see, directly or through others."""
    found = reached(shots, sources)
    return tuple(shot for shot in order if shot in found)
