"""A film in hand: the one Python surface on which notebook, review page and scripts stand.

    film = Film.open("out/found/storyboard.yaml")
    takes = film["S2.3"].reshoot(size="CU", takes=3)
    takes[1].circle()
    film.stale(), film.render(), film.cut()
    film.undo()

What is changed lands in the storyboard file at once, with its comments intact; takes and drafts are kept for good.

Threads: everything can be read from any thread at any time, also while another one renders, and tells what there was
when it was asked. Calls that make something (`reshoot`, `render`, `cut`) run in the thread that makes them, and may
run beside each other. A long one takes a `progress` and ends with `Stopped` when that is a
`director.progress.Stoppable` that was told to stop; what was finished is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from director.critic.hire import CriticConfig
from director.opening import open_film
from director.pictures import PICTURE
from director.progress import Progress
from director.reshoot.changes import Changes, changed
from director.reshoot.listed import Listed, printed
from director.reshoot.paper import Step
from director.reshoot.shot import Shot
from director.reshoot.standing import StandingFilm
from director.reshoot.trial import Stale
from director.sound.voicing import VOICES
from shots.errors import NoteError, StoryboardError, WorkprintError
from shots.graph import ShotGraph
from shots.ids import fold, free_id, unknown
from shots.spec import Size, Storyboard

if TYPE_CHECKING:
    from director.notebook.widget import Reshoot
    from director.reshoot.take import Take
    from director.review.ledger import Comments
    from director.revise.revision import Revision
    from shots.cut.film import Film as CutFilm
    from shots.errors import Problem

__all__ = ["Film"]


class Film(StandingFilm):
    """A storyboard file and its film's folder, with everything that can be done with them; see `Film.open`."""

    @classmethod
    def open(
        cls,
        source: str | Path,
        out: str | Path | None = None,
        *,
        picture: str = PICTURE,
        workers: int = 0,
        progress: Progress | None = None,
        critic: CriticConfig | None = None,
        voices: str | None = None,
        recordings: str | Path | None = None,
        score: str | None = None,
        soundfont: str | Path | None = None,
        sounds: str | Path | None = None,
        profile: str | None = None,
        described: bool = False,
        burn_in: bool = False,
    ) -> Film:
        """Opens a storyboard, or a screenplay, which is directed first as `workprint plan` does.

        Args:
            out: the film's folder; by default the storyboard's own, or `out/<title>`.
            picture: the back end that pictures the shots, "previz" or "dit".
            workers: how many processes render at once; 0 for one a core.
            progress: is told how far long calls are, unless a call is given its own.
            critic: who watches the takes that `render` and `cut` make; by default whoever suits the picture.
            voices ... burn_in: the film's sound, in the words of `workprint make`: `score="none"`, `voices="espeak"`.

        Raises:
            ScriptError, StoryboardError: it cannot be read.
            SoundError: there is no such voice engine, score or profile.
            WorkprintError, PictureError: there is no such back end, or its weights are missing.
        """
        from director.sound.config import read_sound

        sound = read_sound(
            voices=voices, recordings=_path(recordings), score=score, soundfont=_path(soundfont),
            sounds=_path(sounds), profile=profile, described=described, burn_in=burn_in,
        )  # fmt: skip
        opened = open_film(Path(source), _path(out))
        return cls(opened, picture=picture, workers=workers, progress=progress, sound=sound, critic=critic)

    @property
    def title(self) -> str:
        """The film's title."""
        return self.storyboard.title

    @property
    def file(self) -> Path:
        """The storyboard file."""
        return self._opened.file

    @property
    def storyboard(self) -> Storyboard:
        """What the file says now, everything filled in."""
        return self.production.storyboard

    @property
    def graph(self) -> ShotGraph:
        """The shots and what flows between them."""
        return self.production.graph

    @property
    def problems(self) -> Listed[Problem]:
        """What continuity has to say."""
        return Listed(self.production.problems)

    @property
    def shots(self) -> Listed[Shot]:
        """All shots in the order of the cut."""
        return Listed(Shot(self, shot) for shot in self.graph.order())

    def scene(self, name: int | str) -> Listed[Shot]:
        """The shots of a scene, by its number in the film (from 1), its id or its printed number.

        Raises:
            StoryboardError: there is none.
        """
        scenes = self.storyboard.scenes
        if isinstance(name, int) and 1 <= name <= len(scenes):
            found = scenes[name - 1]
        else:
            wanted = fold(str(name))
            known = {fold(n): scene for scene in reversed(scenes) for n in (scene.number, scene.id) if n is not None}
            if wanted not in known:
                told = unknown("scene", str(name), tuple(scene.id or "" for scene in scenes))
                raise StoryboardError(
                    f"There is {told}{'' if told.endswith('?') else '.'} Fix: name one that there is."
                )
            found = known[wanted]
        return Listed(Shot(self, shot.id or "") for shot in found.shots)

    def __getitem__(self, shot_id: str) -> Shot:
        """A shot by its id. Raises StoryboardError that names the nearest."""
        return Shot(self, self.graph.shot(str(shot_id)).id or "")

    def __contains__(self, shot_id: object) -> bool:
        return shot_id in self.graph.order()

    def __iter__(self) -> Iterator[Shot]:
        return iter(self.shots)

    def insert(
        self,
        *,
        after: Shot | str | None = None,
        before: Shot | str | None = None,
        kind: Literal["insert", "reaction", "cutaway"] = "cutaway",
        of: str | None = None,
        action: str = "",
        size: Size | None = None,
        duration_s: float | None = None,
    ) -> Shot:
        """Puts in a shot without words beside another: an insert `of` a prop, a reaction `of` a character, a cutaway.

        Raises:
            NoteError: neither or both of `after` and `before` are given, or it cannot be so.
        """
        from director.notes.apply import apply
        from director.notes.operations import Insert

        beside, where = _beside(after, before, "insert")
        beside = self[beside].id
        name = free_id(beside, self.graph.order())
        operation = Insert(
            beside=beside, where=where, kind=kind, of=of, action=action, size=size, duration_s=duration_s
        )
        self.change(f"inserted {name} {where} {beside}", lambda storyboard: apply(storyboard, [operation]))
        return self[name]

    def remove(self, shot: Shot | str, *, lines_to: Shot | str | None = None) -> None:
        """Takes a shot out; one that speaks goes only when `lines_to` names the shot beside it that takes its words.

        Its takes stay in the film's folder, and `undo` brings it back.

        Raises:
            NoteError: it is locked, speaks, or is the only one of its scene.
        """
        from director.notes.apply import apply
        from director.notes.operations import Delete

        one = self[_id(shot)]
        operation = Delete(shot=one.id, lines_to=None if lines_to is None else _id(lines_to))
        self.slate_standing(one.id)
        self.change(f"removed {one.id}", lambda storyboard: apply(storyboard, [operation]))

    def move(self, shot: Shot | str, *, after: Shot | str | None = None, before: Shot | str | None = None) -> None:
        """Puts a shot beside another one of its scene; the words of the film keep their order.

        Raises:
            NoteError: neither or both of `after` and `before` are given, or it cannot be so.
        """
        from director.notes.apply import apply
        from director.notes.operations import Reorder

        to, where = _beside(after, before, "move")
        operation = Reorder(shot=_id(shot), to=to, where=where)
        self.change(f"moved {_id(shot)} {where} {to}", lambda storyboard: apply(storyboard, [operation]))

    def change(self, what: str, edit: Callable[[Storyboard], Storyboard]) -> None:
        """One step of work on the storyboard file, which `undo` takes back.

        Args:
            what: the step as the history tells it, such as "locked S2.3".
            edit: from the storyboard as it is written (not complete) to what it shall say; asked while the file is
                held, so no other session's work is lost.
        """
        self.paper.change(what, edit)

    def edit(self, shot_id: str, what: str, changes: Changes) -> None:
        """Changes one shot in the storyboard file, one step."""
        self.slate_standing(shot_id)
        self.change(what, lambda storyboard: changed(storyboard, shot_id, changes))

    @property
    def comments(self) -> Comments:
        """What was said of the film in review, to read and to add to."""
        from director.review.ledger import Comments

        return Comments(self.folder.comments, self.title, lambda: [shot.id or "" for shot in self.storyboard.shots()])

    @property
    def history(self) -> Listed[Step]:
        """What was done, oldest first; it survives the session."""
        return Listed(self.paper.history)

    def undo(self) -> Step | None:
        """Takes the last step back; None when there is none. Takes that were made stay."""
        return self.paper.undo()

    def redo(self) -> Step | None:
        """Makes again what was last taken back; None when there is nothing."""
        return self.paper.redo()

    def revise(self, draft: str | Path) -> Revision:
        """What a new draft of the screenplay changes: `.report` tells it, `.apply()` does it; nothing is written yet.

        Raises:
            ScriptError: it cannot be read as a screenplay.
        """
        from director.revise.revision import revise

        return revise(self.file, Path(draft), self.folder)

    def restore(self, name: str) -> None:
        """Brings a shot or scene back that a new draft put into the bin.

        Raises:
            NoteError: it does not lie there, or has no scene to stand in.
        """
        from director.revise.revision import restore

        restore(self.file, self.folder, name)

    def stale(self) -> Listed[Stale]:
        """Every shot without a take that is what it asks for, and why, in the order of the cut."""
        return Listed(Stale(job.shot, job.reasons) for job in self.production.render_plan.jobs)

    def render(self, *, progress: Progress | None = None) -> Listed[Take]:
        """Makes what is stale and nothing else, and returns the takes that were made.

        Raises:
            RenderError: some shots cannot be made; the others are kept.
            Stopped: `progress` was told to stop; the takes that were finished are kept.
        """
        run = self.production_of(self.storyboard, checked=True, retakes=True, progress=progress)
        try:
            takes = run.takes
        finally:
            self.took()
        made = dict.fromkeys(run.shooting.made)
        return Listed(self[shot].take_of(takes[shot].key) for shot in takes if shot in made)

    def cut(self, *, progress: Progress | None = None) -> CutFilm:
        """Makes what is missing and assembles the film, with sound and captions; boards and report go with it.

        Raises:
            RenderError, CutError, SoundError: it cannot be made.
            Stopped: `progress` was told to stop; what was finished is kept.
        """
        self._kept.forget(VOICES)  # the folder of voices may have been deleted: whoever wants to hear looks there
        run = self.production_of(self.storyboard, checked=True, retakes=True, progress=progress)
        try:
            film = run.cut()
            run.papers(film.duration_s)
        finally:
            self.took()
        return film

    def widget(self) -> Reshoot:
        """The reshooting desk, in a notebook.

        Raises:
            WorkprintError: what it is made with is not installed.
        """
        try:
            from director.notebook.widget import Reshoot
        except ModuleNotFoundError as missing:
            raise WorkprintError(
                f"The widget needs {missing.name}, which is not installed. Fix: pip install 'workprint[notebook]'."
            ) from None
        return Reshoot(self)

    def __len__(self) -> int:
        return len(self.graph.order())

    def __repr__(self) -> str:
        board = self.storyboard
        return f"<{printed(board.title)}: {len(board.scenes)} scenes, {len(self)} shots, {self._opened.file}>"

    def _repr_html_(self) -> str:
        from director.notebook.show import film_html

        return film_html(self)


def _path(given: str | Path | None) -> Path | None:
    return None if given is None else Path(given)


def _id(shot: Shot | str) -> str:
    return shot.id if isinstance(shot, Shot) else str(shot)


def _beside(after: Shot | str | None, before: Shot | str | None, doing: str) -> tuple[str, Literal["after", "before"]]:
    if (after is None) == (before is None):
        raise NoteError(f"To {doing} a shot, say where. Fix: give either after= or before= a shot.")
    return (_id(after), "after") if after is not None else (_id(before or ""), "before")
