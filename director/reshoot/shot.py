"""One shot of a film in hand: what it is, its takes, and everything that can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from director.reshoot.changes import Changes, changed, changes_of
from director.reshoot.given import store_mask, store_picture
from director.reshoot.listed import Listed, printed
from director.reshoot.slate import Slated, as_asked
from director.reshoot.take import Take
from director.reshoot.trial import Stale, Trial
from shots.errors import NoteError

if TYPE_CHECKING:
    from director.progress import Progress
    from director.reshoot.film import Film
    from model.request import Frame
    from shots.errors import Problem
    from shots.spec import Scene, Storyboard
    from shots.spec import Shot as Spec

__all__ = ["Shot"]


class Shot:
    """The shot `id` of `film`; it always tells how things are now.

    Every method that changes something is one step, which `film.undo()` takes back. Takes are never deleted.
    """

    def __init__(self, film: Film, shot_id: str) -> None:
        self.film, self.id = film, shot_id

    def __eq__(self, other: object) -> bool:
        return (self.film, self.id) == (other.film, other.id) if isinstance(other, Shot) else NotImplemented

    def __hash__(self) -> int:
        return hash((id(self.film), self.id))

    @property
    def spec(self) -> Spec:
        """What the storyboard says of it, everything filled in."""
        return self.film.graph.shot(self.id)

    @property
    def scene(self) -> Scene:
        """The scene that it stands in, everything filled in."""
        return self.film.graph.scene_of(self.id)

    @property
    def duration_s(self) -> float:
        """Its length in the film."""
        return self.film.production.timings[self.id].shown.duration_s

    @property
    def problems(self) -> Listed[Problem]:
        """What continuity says of it."""
        return Listed(problem for problem in self.film.problems if problem.shot == self.id)

    @property
    def stale(self) -> Stale | None:
        """Why the film has no take of it that is what it asks for; None when it has one."""
        jobs = self.film.production.shooting_of(self.id).plan.jobs
        return next((Stale(job.shot, job.reasons) for job in jobs if job.shot == self.id), None)

    @property
    def takes(self) -> Listed[Take]:
        """Every take there is of it, oldest first; none is ever deleted."""
        slated = list(self.film.slate.takes(self.id))
        known = {one.take for one in slated}
        standing = self.film.standing(self.id)
        if standing is not None:  # made by a run that was killed before it wrote the slate
            asked = self.film.written_shot(self.id)
            made = [attempt.take.key for attempt in standing.attempts]
            slated += [Slated(self.id, key, asked) for key in made if key not in known]
        store = self.film.production.store
        stored = [(one, store.find(one.take, self.id)) for one in slated]
        there = [(one, take) for one, take in stored if take is not None]
        return Listed(Take(self, number, take, one) for number, (one, take) in enumerate(there, start=1))

    @property
    def take(self) -> Take | None:
        """The take that the film shows; None while there is none that fits."""
        standing = self.film.standing(self.id)
        return None if standing is None else self.take_of(standing.best.take.key)

    def take_of(self, key: str) -> Take:
        """The take of a key.

        Raises:
            NoteError: it has no such take.
        """
        found = next((take for take in self.takes if take.key == key), None)
        if found is None:
            raise NoteError(f"{self.id} has no take {key[:12]}. Fix: name one of its takes.")
        return found

    @property
    def locked(self) -> bool:
        """Whether it keeps its take, whatever is changed."""
        return self.spec.locked

    def frame(self, time_s: float = 0.0) -> Frame:
        """Its drawing at a time, (h, w, 3), sRGB, made at once; a take's own frames are `take.frame(n)`."""
        return self.trial().frame(time_s)

    def trial(self, **changes: Any) -> Trial:
        """The shot with something changed, before anything is made or written; takes what `reshoot` takes.

        Raises:
            NoteError: the shot cannot be so, or there is no such change; the nearest one is named.
        """
        return Trial(self.film, self.id, self._changes(changes))

    def reshoot(self, *, takes: int = 1, progress: Progress | None = None, **changes: Any) -> Listed[Take]:
        """Makes takes of the shot with something changed; the storyboard says so once one is circled.

        Without changes it makes other takes of the shot as it is. Takes are always new ones, unless a seed is given.

        Args:
            takes: how many; the first keeps the shot's seed, and with it the performance, each further one has another.
            progress: is told how far it is, and can stop it (`director.progress.Stoppable`).
            **changes: any of
                note: what is kept with the takes, for people.
                seed: of the first take.
                size: "EWS", "WS", "FS", "MLS", "MS", "MCU", "CU" or "ECU".
                lens_mm, angle, move, focus: as the storyboard's.
                light: `Light`, or a mapping of what is to be otherwise: key_side, colour_temperature_k, hour ...
                duration_s: at least what its words take.
                marks: [x, z] in metres, by character, of those who are there.
                people: `Presence` records, or mappings, for all of them.
                camera_m: [x, height, z] in metres.
                keep: what of its take stays as it is: "left half", "right half", "top half", "bottom half", or a
                    mask (an array, a PIL picture or a path), white where it stays; "" lets go of what was kept.
                first, last: what its first and last frame look like: a path, a PIL picture or an array; "" for none.
                references: the takes that it sees: ids of shots, or (kind, of, shot).

        Raises:
            NoteError: the shot cannot be so, or there is no such change; the nearest one is named.
            RenderError: a take cannot be made; those that were finished are on the slate.
            Stopped: `progress` was told to stop; those that were finished are on the slate.
        """
        return self.trial(**changes).shoot(takes, progress=progress)

    def circle(self, take: Take | int) -> None:
        """Makes the storyboard say what a take of this shot shows, so that the film shows it: a person's choice.

        An old take brings back the shot as it was asked for then; its words, sounds, note and trim stay as they are.

        Args:
            take: one of `takes`, or its number.

        Raises:
            NoteError: it is a take of another shot, there is none of this number, or the shot is locked.
        """
        one = self._own(take)
        self._refuse_locked("circle another take")
        asked = one.slated.asked

        def edit(storyboard: Storyboard) -> Storyboard:
            from director.notes.apply import edited

            done = edited(storyboard, lambda draft: draft.with_shot(self.id, lambda shot: as_asked(shot, asked)))
            return changed(done, self.id, Changes(take=one.key[:12]))

        self.film.change(f"circled take {one.number} of {self.id}", edit)

    def lock(self) -> None:
        """Keeps its take, whatever is changed, until `unlock`; shots beside it that go on from it hold to it.

        Raises:
            NoteError: it has no take to keep.
        """
        take = self.take
        if take is None:
            raise NoteError(f"{self.id} has no take to keep. Fix: film.render() first, or circle one of its takes.")
        self.film.edit(self.id, f"locked {self.id}", Changes(locked=True, take=take.key[:12]))

    def unlock(self) -> None:
        """Lets it be remade again; its take stays circled for as long as it is what the shot asks for."""
        self.film.edit(self.id, f"unlocked {self.id}", Changes(locked=False))

    def extend(
        self,
        seconds: float,
        where: Literal["before", "after"] = "after",
        *,
        takes: int = 1,
        progress: Progress | None = None,
    ) -> Listed[Take]:
        """Makes takes that are longer, with the frames that are there kept and others before or after them.

        Raises:
            NoteError: it has no take to go on from, or it speaks and would be longer before its words.
            RenderError, Stopped: as `reshoot`.
        """
        raise NotImplementedError

    def trim(self, *, head_s: float = 0.0, tail_s: float = 0.0) -> None:
        """Leaves the beginning and the end of its take out of the film; the take stays whole. 0 and 0 trim nothing.

        Raises:
            NoteError: a word would be cut off (it is named), or nothing would be left.
        """
        raise NotImplementedError

    def split(self, at_s: float) -> tuple[Shot, Shot]:
        """Makes two shots of it at a time of its take, and returns both; the second goes on from the first.

        Lines go to the shot that they are heard in; one that is heard in both is broken between two words.

        Raises:
            NoteError: the time is not inside it, it is locked, or its only word is being said.
        """
        raise NotImplementedError

    def __repr__(self) -> str:
        spec = self.spec
        said = "; ".join(f"{line.character}: {line.text}" for line in spec.lines) or spec.action
        state = ", locked" if self.locked else ""
        return f"<{printed(self.id)} {spec.size or ''} {self.duration_s:.1f} s{state}: {printed(said, 60)}>"

    def _repr_html_(self) -> str:
        from director.notebook.show import shot_html

        return shot_html(self)

    def _changes(self, values: dict[str, Any]) -> Changes:
        """What was asked for, with pictures stored and names for records."""
        given = {name: values.pop(name) for name in ("keep", "first", "last") if name in values}
        changes = changes_of(self.id, values, ("keep", "first", "last"))
        return changes if not given else self._with_pictures(changes, given)

    def _with_pictures(self, changes: Changes, given: dict[str, Any]) -> Changes:
        from dataclasses import replace

        from shots.spec import Given

        folder, board = self.film.folder, self.film.storyboard
        put: dict[str, Any] = {}
        for name in ("first", "last"):
            if name in given:
                put[name] = store_picture(given[name], folder) if _said(given[name]) else None
        if "keep" in given:
            put |= {"take": None, "mask": None, "at_s": 0.0}
            if _said(given["keep"]):
                take = self.take
                if take is None:
                    raise NoteError(
                        f"{self.id} has no take of which something could be kept. Fix: film.render() first."
                    )
                put["take"] = take.key[:12]
                put["mask"] = store_mask(given["keep"], board.width_px, board.height_px, folder)
        return replace(changes, given=replace(self.spec.given or Given(), **put))

    def _own(self, take: Take | int) -> Take:
        if isinstance(take, Take):
            if take.shot.id != self.id:
                raise NoteError(
                    f"This is a take of {take.shot.id}, not of {self.id}. Fix: circle one of {self.id}.takes."
                )
            return take
        there = self.takes
        if not 1 <= take <= len(there):
            count = f"takes 1 to {len(there)}" if there else "no takes yet"
            raise NoteError(f"{self.id} has no take {take}; it has {count}. Fix: name one that there is.")
        return there[take - 1]

    def _refuse_locked(self, doing: str) -> None:
        if self.locked:
            raise NoteError(f"{self.id} is locked. Fix: unlock it to {doing}.")


def _said(value: object) -> bool:
    return not (value is None or (isinstance(value, str) and value == ""))
