"""The composition root: the one place that holds director, shots, model and audio in its hands.

`Production` is one run over one film; each step is made once, when it is first asked for, from the step
before. It adds nothing of its own: what a step does is told where the step lives.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from director.critic.hire import MEASURED, OFF, CriticConfig
from director.opening import Opened
from director.pictures import backend_of, check_machine, images_of, let_go
from director.prepare import Preparation
from director.progress import Progress
from director.seen_takes import edges_looked_along, reached, sources_along
from director.sound.config import SoundConfig
from director.working import ByShot, Kept
from model.errors import PictureError
from shots.errors import RenderError

if TYPE_CHECKING:
    from audio.cues import CueSheet
    from audio.mix import Mix
    from director.llm.connect import Connection
    from director.retakes import Circled, Followed
    from director.shooting import Shooting
    from director.shown import Shown
    from model.request import ClipRequest
    from model.stage import Stage
    from shots.cut.film import Film
    from shots.cut.timeline import Cut
    from shots.graph import Edge
    from shots.render.held import Held
    from shots.render.job import Job, RenderPlan, Take

__all__ = ["Made", "Production", "make_film"]


@dataclass(frozen=True)
class Made:
    """A finished film and what it took. `trouble` tells which shots could not be pictured, and are drawn instead."""

    film: Path
    duration_s: float
    elapsed_s: float
    shots: int
    shots_rendered: int
    retakes: int  # that the film has, made now or before
    picture: str
    loudness_lufs: float
    trouble: str | None


def make_film(
    opened: Opened,
    *,
    picture: str,
    workers: int,
    progress: Progress,
    critic: CriticConfig | None = None,
    sound: SoundConfig | None = None,
) -> Made:
    """Makes everything: takes, film, captions, timeline, boards, report. Unchanged parts are kept, not made again.

    A shot that cannot be pictured does not stop the film: its drawing stands there, and `Made.trouble` says so.

    Raises:
        WorkprintError, PictureError, SoundError: a step cannot be done; what was finished is kept.
    """
    start = time.monotonic()
    production = Production(opened, picture=picture, workers=workers, progress=progress, critic=critic, sound=sound)
    for problem in production.problems:
        if problem.severity == "error":
            progress.say(f"continuity: {problem}")
    film = production.cut()
    production.papers(film.duration_s)
    elapsed_s = time.monotonic() - start
    return Made(
        film=film.path,
        duration_s=film.duration_s,
        elapsed_s=elapsed_s,
        shots=len(production.requests),
        shots_rendered=len(set(production.shooting.made)),
        retakes=sum(len(one.attempts) - 1 for one in production.circled.values()),
        picture=production.picture,
        loudness_lufs=production.mix.integrated_lufs,
        trouble=production.shown.trouble,
    )


class Production(Preparation):
    """One run over one film.

    Nobody watches the takes unless a `critic` is given; one without a name measures what has weights: the drawing
    shows its stage. Without `retakes` the best of the takes that there are is shown. The rest is as `Preparation` says.

    Raises:
        WorkprintError: there is no such picture back end.
    """

    def __init__(
        self,
        opened: Opened,
        *,
        picture: str,
        workers: int,
        progress: Progress,
        critic: CriticConfig | None = None,
        sound: SoundConfig | None = None,
        retakes: bool = True,
        kept: Kept | None = None,
        checked: bool = False,
    ) -> None:
        super().__init__(
            opened,
            backend=backend_of(picture),
            workers=workers,
            progress=progress,
            sound=sound,
            kept=kept,
            checked=checked,
        )
        self.critic = critic or CriticConfig()
        if self.critic.name is None:
            self.critic = replace(self.critic, name=MEASURED if self.backend.weights_digest else OFF)
        self._retakes = retakes
        self._engine_stem: Path | None = None  # once it is there, and only where it is to be heard

    @cached_property
    def eye(self) -> Connection | None:
        """The vision model that watches, if one is to."""
        if self.critic.model is None:
            return None
        from director.llm.connect import connect

        beside = self.opened.connection  # one budget pays for both
        return connect(self.critic.model, self.folder.exchanges, replay_only=self.critic.replay_only, beside=beside)

    @cached_property
    def shooting(self) -> Shooting:
        """The film's takes as they come about."""
        return self._shooting(self.requests, self.held)

    def shooting_of(self, *shots: str) -> Shooting:
        """The takes of some shots, and of those whose takes the back end looks at for them, as they are now."""
        needed = reached(shots, sources_along(self._edges))
        held = {shot: circled for shot in needed if (circled := self._held(shot)) is not None}
        return self._shooting({shot: self.requests[shot] for shot in self.requests if shot in needed}, held)

    @cached_property
    def _edges(self) -> tuple[Edge, ...]:
        """Those of the graph along which the back end looks at takes."""
        return edges_looked_along(self.graph, self.backend.reads) if self.backend.reads else ()

    def _shooting(self, requests: Mapping[str, ClipRequest], held: Mapping[str, Held]) -> Shooting:
        from director.critic.hire import hire
        from director.critic.wanted import wanted_of
        from director.retakes import Set
        from director.shooting import Shooting

        film = Set(requests, self._edges, self.backend, self.store, held)
        wanted = ByShot(self._scenes, lambda shot: wanted_of(self.stages[shot], self.geometry[shot], self._shots[shot]))
        say = self.progress.say
        critic = (
            None
            if self.critic.name == OFF
            else hire(self.critic, self.eye, self.folder.critic, self.graph, self.requests, self.geometry, wanted, say)
        )
        return Shooting(film, critic, wanted, retakes=self._retakes, workers=self.workers, progress=self.progress)

    def gather(self, *shots: str) -> None:
        """Makes the pictures of the cast and places that there are not yet and that shots need, with those whose takes
        they see: all of the film's shots where none is named.

        Raises:
            PictureError: the image engine's weights cannot be used.
            RenderError: the disk is full or refuses.
        """
        shown = self._shown_to(shots)
        missing = self.bank.missing(shown)
        if not missing:
            return
        from director.bank.verify import Eye

        self.progress.step("references", len(missing))
        try:
            made = self.bank.fill(
                shown,
                eye=None if self.eye is None else Eye(self.eye.ask, str(self.critic.name)),
                say=self.progress.say,
                on_done=lambda done: self.progress.done("references", done),
            )
        except OSError as error:
            raise RenderError(f"{self.folder.bank}: {error.strerror}. Fix: make room there and run it again.") from None
        let_go()  # of the image engine: the takes are made in processes of their own, which need the memory
        if made:  # what was asked for until now was asked for without them
            self.__dict__.pop("requests", None)
            self.__dict__.pop("shooting", None)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What `gather` would make for the film, by name and view: "MARA (front)"."""
        sheets = self.bank.missing(self._shown_to(()))
        return tuple(f"{one.subject.id} ({one.view})" if one.view else one.subject.id for one in sheets)

    def _shown_to(self, shots: Iterable[str]) -> list[tuple[Stage, tuple[str, ...]]]:
        """The stage of each shot that may be pictured, and who is in its picture; none where nobody makes pictures."""
        if images_of(self.backend) is None:
            return []
        needed = reached(shots or self._shots, sources_along(self._edges))
        locked = {shot for shot in needed if (one := self._held(shot)) is not None and one.locked}
        return [(self.stages[shot], self.seen(shot)) for shot in self._shots if shot in needed - locked]

    @property
    def render_plan(self) -> RenderPlan:
        """Which takes are to be made, and why, as far as that is known before they are watched."""
        return self.shooting.plan

    def told(self, job: Job) -> tuple[str, ...]:
        """How a job that is planned will be met, where that is not just as it is asked."""
        try:
            return self.backend.tells(job.asked({take.shot: take for take in self.render_plan.kept}))
        except PictureError as error:
            return (str(error),)

    @cached_property
    def followed(self) -> Followed:
        """Every shot pictured, watched and retaken; what was made stands on the slate, also when this is stopped.

        Raises:
            RenderError: the disk is full, or shots wait for each other.
            PictureError: the machine is too small for the back end.
        """
        if self.render_plan.jobs:
            check_machine(self.backend)
        self.gather()
        asked = {job.shot: job.key for job in self.render_plan.jobs}
        try:
            done = self.shooting.followed
        except BaseException:
            self._slate({shot: [key] for shot, key in asked.items() if self.store.find(key, shot) is not None})
            raise
        self._slate(
            {shot: [one.take.key for one in done.circled[shot].attempts] for shot in asked if shot in done.circled}
        )
        return done

    def _slate(self, takes: Mapping[str, Sequence[str]]) -> None:
        """Writes down takes by shot, with the shots as they were asked for."""
        if takes:
            from director.reshoot.slate import Slate, as_written

            slate, asked = Slate(self.folder.slate), as_written(self.opened.file, self.storyboard)
            for shot, keys in takes.items():
                for key in keys:
                    slate.add(shot, key, asked[shot])

    @property
    def circled(self) -> Mapping[str, Circled]:
        """The takes of every shot that could be pictured, with the one that is shown and why."""
        return self.followed.circled

    @property
    def takes(self) -> dict[str, Take]:
        """The circled take of every shot; what is missing is made.

        Raises:
            RenderError: a shot could not be pictured, or the disk is full.
        """
        from shots.render.run import unmade

        done = self.followed
        if done.troubles:
            raise unmade(done.troubles)
        return {shot: done.circled[shot].best.take for shot in self.requests}

    @cached_property
    def shown(self) -> Shown:
        """What the film is cut from.

        Raises:
            RenderError: no shot could be pictured, or the disk is full.
        """
        from director.shown import shown_of

        return shown_of(self.shooting.film, self.followed, self.workers)

    @cached_property
    def timeline(self) -> Cut:
        """What stands on which frame of the film."""
        from shots.cut.timeline import build_cut

        thanks = (f"Voices: {self.sound.voicing.engine[0].name}",) if self.spoken else ()
        return build_cut(self.storyboard, self.timings, thanks=thanks)

    @cached_property
    def cues(self) -> CueSheet:
        """What is heard when."""
        return self.sound.cues(self.timeline, self.timings, self.stages, self.geometry)

    @cached_property
    def mix(self) -> Mix:
        """The film's sound, measured."""
        return self.sound.mixed(self.cues, self._engine_stem)

    def _write_engine_stem(self) -> Path | None:
        """The sound that the picture engine made with the takes that are shown, if it made one."""
        from director.sound.engine import write_engine_stem

        return write_engine_stem(self.timeline, self.shown.takes, self.folder.stems)

    def deliver_sound(self) -> None:
        """Mixes, and writes what of the sound lies beside the film."""
        self.sound.deliver(self.cues, self.mix, self.translator.ask if self.translator is not None else None)

    @cached_property
    def translator(self) -> Connection | None:
        """The language model that translates captions, if they are to be."""
        wanted = self.sound.config.captions
        if wanted.by is None or wanted.translate is None:
            return None
        from director.llm.connect import connect

        beside = self.opened.connection or self.eye  # one budget pays for all
        return connect(wanted.by, self.folder.exchanges, replay_only=wanted.replay_only, beside=beside)

    def cut(self) -> Film:
        """Assembles the film from its takes, with sound and captions, and an editor's timeline beside it."""
        from director.review.markers import mark_cut
        from shots.cut.export import write_otio
        from shots.cut.film import cut_film

        if self.sound.config.engine:  # what is to be mixed is made with the pictures
            self._engine_stem = self._write_engine_stem()
            if self._engine_stem is None:
                self.progress.say(f"{self.backend.name} makes no sound of its own: there is none to mix in.")
        with ThreadPoolExecutor(1) as aside:  # the sound is mixed while shots are drawn
            mixing = aside.submit(lambda: self.mix)
            takes = self.shown.takes
            mix = mixing.result()
        self.deliver_sound()
        if not self.sound.config.engine and self._write_engine_stem() is not None:
            self.progress.say(
                "The engine made sound of its own with its pictures: stems/engine.wav. --engine-sound mixes it in."
            )
        others = {
            shot: [attempt.take for attempt in one.attempts if attempt is not one.best]
            for shot, one in self.circled.items()
        }
        write_otio(self.timeline, self.storyboard, takes, mix.path, self.folder.timeline, others=others)
        mark_cut(self.folder, self.progress.say)
        self.progress.step("cut", 1)
        film = cut_film(
            self.timeline,
            takes,
            mix.path,
            self.folder.captions,
            self.folder.film,
            self.folder.cache,
            on_progress=lambda p: self.progress.done("cut", p.frames_done / max(p.frames_total, 1)),
        )
        if self.sound.config.captions.burn_in:
            from shots.cut.burn import burn_in

            burn_in(film.path, self.folder.captions_in("ass"), self.folder.captioned)
        return film

    def papers(self, length_s: float) -> None:
        """Writes what is read beside a film that is `length_s` long: boards, continuity, report."""
        from director.reporting import write_report

        self.board()
        self.continuity()
        write_report(self, length_s)

    def board(self) -> None:
        """Draws the storyboard as a PDF and a contact sheet, and the shot graph as a picture."""
        from director.boarding import write_board

        write_board(self)

    def continuity(self) -> None:
        """Writes the script supervisor's report beside the board."""
        from director.supervisor.files import write_continuity

        write_continuity(
            self.storyboard, self.timings, self.geometry, self.problems, self.folder, self.opened.put_right
        )
