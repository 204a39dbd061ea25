"""A film in hand: the one Python surface on which notebook, review page and scripts stand.

    film = Film.open("out/found/storyboard.yaml")
    takes = film["S2.3"].reshoot(size="CU", takes=3)
    takes[1].circle()
    film.stale(), film.render(), film.cut()
    film.undo()

What is changed lands in the storyboard file at once, with its comments intact; takes and drafts are kept for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from director.opening import Opened, open_film
from director.pictures import PICTURE
from director.progress import Progress, Silent
from director.reshoot.changes import Changes, changed
from director.reshoot.paper import Paper, Step
from director.reshoot.shot import Shot
from director.reshoot.slate import Slate
from director.reshoot.trial import Stale
from shots.defaults import complete, with_ids
from shots.errors import StoryboardError
from shots.graph import ShotGraph
from shots.ids import fold, unknown
from shots.spec import Shot as Spec
from shots.spec import Storyboard

if TYPE_CHECKING:
    from director.produce import Production
    from director.sound.config import SoundConfig
    from shots.cut.film import Film as CutFilm
    from shots.errors import Problem

__all__ = ["Film"]


class Film:
    """A storyboard file and its film's folder, with everything that can be done with them."""

    def __init__(
        self,
        opened: Opened,
        *,
        picture: str = PICTURE,
        workers: int = 0,
        progress: Progress | None = None,
        sound: SoundConfig | None = None,
    ) -> None:
        self._opened = opened
        self.paper = Paper(opened.file)
        self.folder = opened.folder
        self.slate = Slate(opened.folder.slate)
        self.picture, self.workers, self.sound = picture, workers, sound
        self.progress = progress or Silent()
        self._production: Production | None = None

    @classmethod
    def open(cls, source: str | Path, out: str | Path | None = None, **options: Any) -> Film:
        """Opens a storyboard, or a screenplay, which is directed first as `workprint plan` does.

        Raises:
            ScriptError, StoryboardError: it cannot be read.
        """
        return cls(open_film(Path(source), Path(out) if out is not None else None), **options)

    @property
    def storyboard(self) -> Storyboard:
        """What the file says now, everything filled in."""
        return self.production.storyboard

    @property
    def production(self) -> Production:
        """The film as it stands, with its timings, stages and takes."""
        whole = complete(self.paper.written())
        if self._production is None or self._production.storyboard != whole:
            self._production = self.production_of(whole)
        return self._production

    def production_of(self, storyboard: Storyboard) -> Production:
        """The film as it would stand with another storyboard."""
        from director.produce import Production

        opened = replace(self._opened, storyboard=storyboard)
        return Production(
            opened, picture=self.picture, workers=self.workers, progress=self.progress, sound=self.sound, retakes=False
        )

    @property
    def graph(self) -> ShotGraph:
        """The shots and what flows between them."""
        return self.production.graph

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What continuity has to say."""
        return self.production.problems

    @property
    def shots(self) -> tuple[Shot, ...]:
        """All shots in the order of the cut."""
        return tuple(Shot(self, shot) for shot in self.graph.order())

    def scene(self, name: int | str) -> tuple[Shot, ...]:
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
                raise StoryboardError(f"There is {told}. Fix: name one that there is.")
            found = known[wanted]
        return tuple(Shot(self, shot.id or "") for shot in found.shots)

    def __getitem__(self, shot_id: str) -> Shot:
        return Shot(self, self.graph.shot(shot_id).id or "")

    def written_shot(self, shot_id: str, storyboard: Storyboard) -> Spec:
        """A shot as it is written in a storyboard that may leave ids out."""
        scenes = with_ids(storyboard.scenes)
        return next(shot for scene in scenes for shot in scene.shots if shot.id == shot_id)

    def slate_standing(self, shot_id: str) -> None:
        """Writes the takes that a shot has as it stands on the slate, so that they can be gone back to."""
        circled = self.production.shooting.standing.circled.get(shot_id)
        for attempt in circled.attempts if circled is not None else ():
            self.slate.add(shot_id, attempt.take.key, self.written_shot(shot_id, self.paper.written()))

    def change(self, what: str, edit: Callable[[Storyboard], Storyboard]) -> None:
        """One step of work on the storyboard file, which `undo` takes back."""
        self.paper.change(what, edit)

    def edit(self, shot_id: str, what: str, changes: Changes) -> None:
        """Changes one shot in the storyboard file."""
        self.slate_standing(shot_id)
        self.change(what, lambda storyboard: changed(storyboard, shot_id, changes))

    @property
    def history(self) -> tuple[Step, ...]:
        """What was done, oldest first; it survives the session."""
        return self.paper.history

    def undo(self) -> Step | None:
        """Takes the last step back; None when there is none. Takes that were made stay."""
        return self.paper.undo()

    def redo(self) -> Step | None:
        """Makes again what was last taken back; None when there is nothing."""
        return self.paper.redo()

    def stale(self) -> tuple[Stale, ...]:
        """Every shot without a take that is what it asks for, and why."""
        return tuple(Stale(job.shot, job.reasons) for job in self.production.render_plan.jobs)

    def render(self) -> None:
        """Makes what is stale, and nothing else.

        Raises:
            RenderError: some shots cannot be made; the others are kept.
        """
        self._production = replace_retakes(self)
        _ = self._production.takes

    def cut(self) -> CutFilm:
        """Makes what is missing and assembles the film.

        Raises:
            RenderError, CutError, SoundError: it cannot be made.
        """
        self.render()
        return self.production.cut()

    def __len__(self) -> int:
        return len(self.graph.order())

    def __repr__(self) -> str:
        board = self.storyboard
        return f"<{board.title}: {len(board.scenes)} scenes, {len(self)} shots, {self._opened.file}>"


def replace_retakes(film: Film) -> Production:
    """A production that makes what is missing."""
    from director.produce import Production

    opened = replace(film._opened, storyboard=film.storyboard)
    return Production(
        opened, picture=film.picture, workers=film.workers, progress=film.progress, sound=film.sound
    )
