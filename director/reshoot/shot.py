"""One shot of a film in hand: what it is, its takes, and everything that can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from director.reshoot.changes import Changes, changed
from director.reshoot.slate import as_asked
from director.reshoot.take import Take
from director.reshoot.trial import Trial

if TYPE_CHECKING:
    from director.reshoot.film import Film
    from shots.errors import Problem
    from shots.spec import Shot as Spec

__all__ = ["Shot"]


class Shot:
    """The shot `id` of `film`; it always tells how things are now."""

    def __init__(self, film: Film, shot_id: str) -> None:
        self.film, self.id = film, shot_id

    @property
    def spec(self) -> Spec:
        """What the storyboard says of it, everything filled in."""
        return self.film.graph.shot(self.id)

    @property
    def duration_s(self) -> float:
        """Its length in the film."""
        return self.film.production.timings[self.id].duration_s

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What continuity says of it."""
        return tuple(problem for problem in self.film.problems if problem.shot == self.id)

    @property
    def takes(self) -> tuple[Take, ...]:
        """Every take there is of it, oldest first; none is ever deleted."""
        self.film.slate_standing(self.id)
        store = self.film.production.store
        stored = [(one, store.find(one.take, self.id)) for one in self.film.slate.takes(self.id)]
        there = [(one, take) for one, take in stored if take is not None]
        return tuple(Take(self, number, take, one) for number, (one, take) in enumerate(there, start=1))

    @property
    def take(self) -> Take | None:
        """The take that the film shows; None while there is none that fits."""
        circled = self.film.production.shooting.standing.circled.get(self.id)
        return None if circled is None else next((t for t in self.takes if t.key == circled.best.take.key), None)

    @property
    def locked(self) -> bool:
        return self.spec.locked

    def trial(self, **changes: Any) -> Trial:
        """The shot with something changed, before anything is made or written: see `Changes` for what can be."""
        return Trial(self.film, self.id, Changes(**changes))

    def reshoot(self, *, takes: int = 1, **changes: Any) -> tuple[Take, ...]:
        """Makes takes of the shot with something changed; the storyboard says so once one is circled.

        Raises:
            NoteError: the shot cannot be so.
            RenderError: a take cannot be made.
        """
        return self.trial(**changes).shoot(takes)

    def circle(self, take: Take) -> None:
        """Makes the storyboard say what a take of this shot shows, so that the film shows it."""
        from director.notes.apply import edited

        asked = take.slated.asked

        def edit(storyboard: Any) -> Any:
            done = edited(storyboard, lambda draft: draft.with_shot(self.id, lambda shot: as_asked(shot, asked)))
            return changed(done, self.id, Changes(take=take.key[:12]))

        self.film.change(f"circled take {take.number} of {self.id}", edit)

    def lock(self) -> None:
        """Keeps its take, whatever is changed, until `unlock`."""
        take = self.take
        self.film.edit(self.id, f"locked {self.id}", Changes(locked=True, take=take.key[:12] if take else None))

    def unlock(self) -> None:
        """Lets it be remade again."""
        self.film.edit(self.id, f"unlocked {self.id}", Changes(locked=False))

    def __repr__(self) -> str:
        spec = self.spec
        said = "; ".join(f"{line.character}: {line.text}" for line in spec.lines) or spec.action
        told = said if len(said) <= 60 else f"{said[:57]}..."
        state = ", locked" if self.locked else ""
        return f"<{self.id} {spec.size or ''} {self.duration_s:.1f} s{state}: {told}>"
