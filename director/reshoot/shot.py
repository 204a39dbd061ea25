"""One shot of a film in hand: what it is, its takes, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Literal

from director.notes.apply import edited
from director.notes.draft import Draft
from director.reshoot.changes import Changes, changed, changes_of
from director.reshoot.cutting import check_trim, said_in, split
from director.reshoot.given import store_mask, store_picture
from director.reshoot.listed import Listed, printed
from director.reshoot.numbers import is_whole
from director.reshoot.numbers import seconds as in_seconds
from director.reshoot.slate import Slated, as_asked
from director.reshoot.take import Take
from director.reshoot.trial import Stale, Trial
from shots.errors import NoteError
from shots.spec import Given, Light, Trim

if TYPE_CHECKING:
    from director.progress import Progress
    from director.reshoot.film import Film
    from model.request import Frame
    from shots.errors import Problem
    from shots.spec import Scene, Storyboard
    from shots.spec import Shot as Spec

__all__ = ["Shot"]

_PICTURES = ("keep", "first", "last")
_OWN = {
    "take": "circle it: shot.circle(2)",
    "locked": "lock the shot: shot.lock()",
    "trim": "trim the shot: shot.trim(head_s=0.4)",
    "given": "give keep, first or last",
    "takes": "say how many when they are made: .shoot(3)",
}


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
        return self.film.production.timings[self.spec.id or ""].shown.duration_s

    @property
    def problems(self) -> Listed[Problem]:
        """What continuity says of it."""
        return Listed(problem for problem in self.film.problems if problem.shot == self.id)

    @property
    def stale(self) -> Stale | None:
        """Why the film has no take of it that is what it asks for; None when it has one."""
        jobs = self.film.production.shooting_of(self.spec.id or "").plan.jobs
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
        A shot that is locked is locked to this take from then on.

        Args:
            take: one of `takes`, or its number.

        Raises:
            NoteError: it is a take of another shot, or there is none of this number.
        """
        one = self._own(take)
        asked = one.slated.asked

        def edit(storyboard: Storyboard) -> Storyboard:
            done = edited(storyboard, lambda draft: draft.with_shot(self.id, lambda shot: as_asked(shot, asked)))
            return changed(done, self.id, Changes(take=one.key[:12]))

        self.film.change(f"circled take {one.number} of {self.id}", edit)

    def lock(self) -> None:
        """Keeps its take, whatever is changed, until `unlock`; shots beside it that go on from it hold to it.

        Raises:
            NoteError: it has no take to keep.
        """
        take = self._taken("keep")
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

        Nothing is written into the storyboard before one is circled.

        Raises:
            NoteError: it has no take to go on from, or it speaks and would be longer before its words.
            RenderError, Stopped: as `reshoot`.
        """
        if where not in ("before", "after"):
            raise NoteError(f"A shot is extended before or after what is there, not '{where}'. Fix: say which.")
        seconds = in_seconds(seconds, f"The time to extend {self.id} by")
        if not seconds > 0:
            raise NoteError(f"{self.id} cannot be extended by {seconds:g} s. Fix: give more than 0, or trim it.")
        if where == "before" and self.spec.lines:
            raise NoteError(
                f"{self.id} speaks, and its words would no longer be said when its mouths move. "
                f"Fix: extend it after, or film.insert(before='{self.id}', ...)."
            )
        take = self._taken("go on from")
        given = replace(self._given, take=take.key[:12], mask=None, at_s=seconds if where == "before" else 0.0)
        length_s = round(take.duration_s + seconds, 2)
        return self._on_trial(Changes(duration_s=length_s, given=given)).shoot(takes, progress=progress)

    def trim(self, *, head_s: float | None = None, tail_s: float | None = None) -> None:
        """Leaves the beginning and the end of its take out of the film; the take stays whole.

        Args:
            head_s, tail_s: how much; None leaves an end as it is, 0 shows all of it again.

        Raises:
            NoteError: a word would be cut off (it is named), or too little would be left.
        """
        now, told = self.spec.trim or Trim(), f"The trim of {self.id}"
        trim = Trim(
            head_s=now.head_s if head_s is None else round(in_seconds(head_s, told), 3),
            tail_s=now.tail_s if tail_s is None else round(in_seconds(tail_s, told), 3),
        )
        if not (trim.head_s >= 0 and trim.tail_s >= 0):
            raise NoteError(f"{self.id} cannot be trimmed by less than nothing. Fix: extend it to make it longer.")
        production = self.film.production
        timing = production.timings[self.id]
        check_trim(self.id, trim, timing, said_in(self.spec, timing, production.spoken))
        put = None if trim == Trim() else trim
        what = f"trimmed {self.id} by {trim.head_s:g} s and {trim.tail_s:g} s" if put else f"untrimmed {self.id}"
        self.film.change(
            what, lambda board: edited(board, lambda d: d.with_shot(self.id, lambda s: replace(s, trim=put)))
        )

    def split(self, at_s: float) -> tuple[Shot, Shot]:
        """Makes two shots of it at a time of its take, and returns both; the second goes on from the first.

        Lines go to the shot that they are heard in; one that is heard in both is broken between two words. Both show
        what its take shows, until they are made anew.

        Raises:
            NoteError: the time is not inside it, it is locked, or no gap between its words is.
        """
        self._refuse_locked("split it")
        at_s = in_seconds(at_s, f"The time to split {self.id} at")
        take, production = self.take, self.film.production
        timing, stage = production.timings[self.id], production.stages[self.id]
        words = said_in(self.spec, timing, production.spoken)
        names: list[str] = []

        def edit(draft: Draft) -> Draft:
            board, name = split(
                draft.board, draft.whole, self.id, at_s, timing, stage, words, take.key[:12] if take else None
            )
            names.append(name)
            return replace(draft, board=board)

        self.film.slate_standing(self.id)
        self.film.change(f"split {self.id} at {at_s:g} s", lambda storyboard: edited(storyboard, edit))
        return self, self.film[names[-1]]

    def __repr__(self) -> str:
        spec = self.spec
        said = "; ".join(f"{line.character}: {line.text}" for line in spec.lines) or spec.action
        state = ", locked" if self.locked else ""
        return f"<{printed(self.id)} {spec.size or ''} {self.duration_s:.1f} s{state}: {printed(said, 60)}>"

    def _repr_html_(self) -> str:
        from director.notebook.show import shot_html

        return shot_html(self)

    def _on_trial(self, changes: Changes) -> Trial:
        return Trial(self.film, self.id, changes)

    @property
    def _given(self) -> Given:
        return self.spec.given or Given()

    def _changes(self, values: dict[str, Any]) -> Changes:
        """What was asked for by its names: pictures are stored, and what a light does not say stays as it is."""
        pictures = {name: values[name] for name in _PICTURES if name in values}
        values = {name: value for name, value in values.items() if name not in _PICTURES and value is not None}
        if isinstance(values.get("light"), Mapping):
            values["light"] = {**_spoken_of(self.spec.light), **values["light"]}
        if "references" in values:
            asked = _several(values["references"])
            values["references"] = [self._reference(one) for one in asked] if isinstance(asked, list | tuple) else asked
        if "focus" in values:
            values["focus"] = _several(values["focus"])
        own = next((name for name in values if name in _OWN), None)
        if own is not None:
            raise NoteError(f"'{own}' is not what a take is asked for with. Fix: {_OWN[own]}.")
        changes = changes_of(self.id, values, _PICTURES)
        given = self._pictured(pictures)
        return changes if given == self._given else replace(changes, given=given)

    def _pictured(self, pictures: Mapping[str, Any]) -> Given:
        """What is given when it is made anew: frames of a take only where some of them are to be kept."""
        folder, board = self.film.folder, self.film.storyboard
        put: dict[str, Any] = {"take": None, "mask": None, "at_s": 0.0}
        for name in ("first", "last"):
            if name in pictures:
                put[name] = store_picture(pictures[name], folder) if _said(pictures[name]) else None
        if _said(pictures.get("keep")):
            put["take"] = self._taken("keep something of").key[:12]
            put["mask"] = store_mask(pictures["keep"], board.width_px, board.height_px, folder)
        return replace(self._given, **put)

    def _reference(self, one: Any) -> Any:
        """An explicit edge, by (kind, of, shot), a record of these, or a shot alone, for the sake of its place."""
        if isinstance(one, Shot | str):
            name = one.id if isinstance(one, Shot) else one
            one = {"kind": "place", "of": self.scene.place or "", "shot": name}
        elif isinstance(one, tuple | list) and len(one) == 3:
            one = {"kind": one[0], "of": one[1], "shot": one[2].id if isinstance(one[2], Shot) else one[2]}
        if isinstance(one, Mapping) and isinstance(one.get("shot"), str):
            return {**one, "shot": self.film[one["shot"]].id}
        return one

    def _taken(self, doing: str) -> Take:
        take = self.take
        if take is None:
            raise NoteError(f"{self.id} has no take to {doing}. Fix: film.render() first, or circle one of its takes.")
        return take

    def _own(self, take: Take | int) -> Take:
        if isinstance(take, Take):
            if take.shot.id != self.id:
                raise NoteError(
                    f"This is a take of {take.shot.id}, not of {self.id}. Fix: circle one of {self.id}.takes."
                )
            return take
        there = self.takes
        if not is_whole(take, len(there)):
            count = f"takes 1 to {len(there)}" if there else "no takes yet"
            raise NoteError(f"{self.id} has no take {take!r:.40}; it has {count}. Fix: name one that there is.")
        return there[int(take) - 1]

    def _refuse_locked(self, doing: str) -> None:
        if self.locked:
            raise NoteError(f"{self.id} is locked. Fix: unlock it to {doing}.")


def _several(value: Any) -> Any:
    """What was given alone as a list of it; what is neither is left to be refused."""
    return [value] if isinstance(value, Shot | str | Mapping) else value


def _said(value: object) -> bool:
    return not (value is None or (isinstance(value, str) and value == ""))


def _spoken_of(light: Light | None) -> dict[str, Any]:
    """What a light says."""
    if light is None:
        return {}
    return {field.name: getattr(light, field.name) for field in fields(Light)}
