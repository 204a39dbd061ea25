"""The composition root: the one place that holds director, shots, model and audio in its hands.

`Production` is one run over one film; each step is made once, when it is first asked for, from the step
before. It adds nothing of its own: what a step does is told where the step lives.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from director.opening import Opened
from director.pictures import backend_of
from director.progress import Progress
from shots.errors import Problem, StoryboardError
from shots.graph import ShotGraph
from shots.spec import Character, Line, Storyboard
from shots.timing import ShotTiming, time_shots

if TYPE_CHECKING:
    from audio.cues import CueSheet
    from audio.mix import Mix
    from audio.speech import Speaker, SpokenLine, VoiceEngine
    from model.request import ClipRequest
    from model.stage import Place, Stage
    from shots.blocking import Fittings, ShotGeometry
    from shots.cut.film import Film
    from shots.cut.timeline import Cut
    from shots.render.job import RenderPlan, Take
    from shots.render.store import TakeStore

__all__ = ["Inspected", "Made", "Production", "inspect", "make_film"]


@dataclass(frozen=True)
class Inspected:
    """What a storyboard's checks found, with estimated voices."""

    timings: Mapping[str, ShotTiming]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Made:
    """A finished film and what it took."""

    film: Path
    duration_s: float
    elapsed_s: float
    shots: int
    shots_rendered: int
    loudness_lufs: float


def make_film(opened: Opened, *, picture: str, workers: int, progress: Progress) -> Made:
    """Makes everything: takes, film, captions, timeline, boards. Unchanged parts are kept, not made again.

    Raises:
        WorkprintError, PictureError, SoundError: a step cannot be done; what was finished is kept.
    """
    start = time.monotonic()
    production = Production(opened, picture=picture, workers=workers, progress=progress)
    for problem in production.problems:
        if problem.severity == "error":
            progress.say(f"continuity: {problem}")
    rendered = len(production.render_plan.jobs)
    film = production.cut()
    production.board()
    return Made(
        film=film.path,
        duration_s=film.duration_s,
        elapsed_s=time.monotonic() - start,
        shots=len(production.requests),
        shots_rendered=rendered,
        loudness_lufs=production.mix.integrated_lufs,
    )


def inspect(storyboard: Storyboard) -> Inspected:
    """Checks a complete storyboard without a voice or a picture being made."""
    from shots.continuity import check

    timings = time_shots(storyboard, {})
    geometry = _geometry(storyboard, _stages(storyboard, timings, {}))
    return Inspected(timings, tuple(check(ShotGraph(storyboard), geometry)))


def _stages(
    storyboard: Storyboard, timings: Mapping[str, ShotTiming], spoken: Mapping[tuple[str, int], SpokenLine]
) -> dict[str, Stage]:
    from shots.blocking import block_scene

    return {
        shot: stage
        for scene in storyboard.scenes
        for shot, stage in block_scene(storyboard, scene, timings, spoken, _fittings).items()
    }


def _fittings(place: Place) -> Fittings:
    """The seats, beds and doors of a drawn set."""
    from model.theatre.sets.seats import doors_of, lift_of, seats_of
    from shots.blocking import Doorway, Fittings, Spot

    spots = [Spot(s.kind == "bed", s.kind, s.at, s.heading_deg, lift_of(s)) for s in seats_of(place)]
    return Fittings(tuple(spots), tuple(Doorway(door.at, door.out_deg) for door in doors_of(place)))


def _geometry(storyboard: Storyboard, stages: Mapping[str, Stage]) -> dict[str, ShotGeometry]:
    from shots.blocking import measure

    width, height = storyboard.width_px, storyboard.height_px
    return {
        shot.id: measure(stages[shot.id], shot, width, height) for shot in storyboard.shots() if shot.id is not None
    }


class Production:
    """One run over one film. `workers` of 0 takes one process for each core.

    Raises:
        StoryboardError: the storyboard names a character, prop or shot that it does not have.
    """

    def __init__(self, opened: Opened, *, picture: str, workers: int, progress: Progress) -> None:
        from shots.continuity import require

        self.opened = opened
        self.storyboard = opened.storyboard
        self.folder = opened.folder
        self.backend = backend_of(picture)
        self.workers = workers or os.cpu_count() or 1
        self.progress = progress
        self.graph = ShotGraph(self.storyboard)
        try:
            require(self.graph)
        except StoryboardError as error:
            raise StoryboardError(f"{opened.file}: {error}", error.problems) from None

    @cached_property
    def voices(self) -> tuple[VoiceEngine, str | None]:
        """The voice engine, and what the user should know about it."""
        from audio.voices import find_engine

        return find_engine()

    @cached_property
    def spoken(self) -> dict[tuple[str, int], SpokenLine]:
        """Every line spoken, by shot id and place in the shot."""
        from audio.voices.store import LineToSpeak, speak_all

        engine, notice = self.voices
        lines = [
            (shot.id, index, line)
            for shot in self.storyboard.shots()
            if shot.id is not None
            for index, line in enumerate(shot.lines)
        ]
        if notice and lines:
            self.progress.say(notice)
        self.progress.step("voices", len(lines))
        spoken = speak_all(
            [
                LineToSpeak(key=f"{shot}/{i}", text=line.text, speaker=self._speaker(line), delivery=line.delivery)
                for shot, i, line in lines
            ],
            engine,
            self.folder.voices,
            workers=self.workers,
            on_done=lambda done, _: self.progress.done("voices", done),
            on_notice=self.progress.say,
        )
        return {(shot, i): spoken[f"{shot}/{i}"] for shot, i, _ in lines}

    def _speaker(self, line: Line) -> Speaker:
        from audio.speech import Speaker

        cast = {character.id: character for character in self.storyboard.cast}
        who = cast.get(line.character, Character(id=line.character))
        return Speaker(
            id=who.id,
            gender=who.gender,
            age_years=who.age_years,
            language=who.voice.language or self.storyboard.language,
            name=who.voice.name,
            rate_wpm=who.voice.rate_wpm,
            pitch=who.voice.pitch,
        )

    @cached_property
    def timings(self) -> dict[str, ShotTiming]:
        """How long each shot lasts, by the voices' measured lines."""
        return time_shots(self.storyboard, {where: line.duration_s for where, line in self.spoken.items()})

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """Each shot in metres and seconds."""
        return _stages(self.storyboard, self.timings, self.spoken)

    @cached_property
    def geometry(self) -> dict[str, ShotGeometry]:
        """Each shot through its camera."""
        return _geometry(self.storyboard, self.stages)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What continuity has to say."""
        from shots.continuity import check

        return tuple(check(self.graph, self.geometry))

    @cached_property
    def requests(self) -> dict[str, ClipRequest]:
        """What the back end is asked for, shot by shot in the order of the cut."""
        from model.request import ClipRequest

        board = self.storyboard
        return {
            shot.id: ClipRequest(
                stage=self.stages[shot.id],
                width_px=board.width_px,
                height_px=board.height_px,
                fps=board.fps,
                frame_count=self.timings[shot.id].frame_count,
                seed=board.seed if shot.seed is None else shot.seed,
                text=shot.action,
            )
            for shot in board.shots()
            if shot.id is not None
        }

    @cached_property
    def store(self) -> TakeStore:
        """The film's takes."""
        from shots.render.store import TakeStore

        return TakeStore(self.folder.takes)

    @cached_property
    def render_plan(self) -> RenderPlan:
        """Which shots are to be drawn, and why."""
        from shots.render.plan import plan

        return plan(self.requests, self.graph.edges(), self.backend, self.store)

    @cached_property
    def takes(self) -> dict[str, Take]:
        """A take of every shot; those that are missing are drawn."""
        from shots.render.run import render

        total = self.render_plan.frame_count
        self.progress.step("picture", total)
        return render(
            self.render_plan,
            self.backend,
            self.store,
            workers=self.workers,
            on_progress=lambda p: self.progress.done("picture", p.frames_done),
        )

    @cached_property
    def timeline(self) -> Cut:
        """What stands on which frame of the film."""
        from shots.cut.timeline import build_cut

        thanks = (f"Voices: {self.voices[0].name}",) if self.spoken else ()
        return build_cut(self.storyboard, self.timings, thanks=thanks)

    @cached_property
    def cues(self) -> CueSheet:
        """What is heard when."""
        from shots.cut.cues import cue_sheet

        return cue_sheet(self.timeline, self.storyboard, self.timings, self.spoken, self.geometry)

    @cached_property
    def mix(self) -> Mix:
        """The film's sound, measured."""
        from audio.mix import mix

        self.progress.step("sound", 1)
        made = mix(self.cues, self.folder.sound)
        for notice in made.notices:
            self.progress.say(notice)
        self.progress.done("sound", 1)
        return made

    def cut(self) -> Film:
        """Assembles the film from its takes, with sound and captions, and an editor's timeline beside it."""
        from audio.captions import captions, write_srt
        from shots.cut.export import write_otio
        from shots.cut.film import cut_film

        with ThreadPoolExecutor(1) as aside:  # the sound is mixed while shots are drawn
            mixing = aside.submit(lambda: self.mix)
            takes = self.takes
            mix = mixing.result()
        self.folder.root.mkdir(parents=True, exist_ok=True)
        write_srt(captions(self.cues), self.folder.captions)
        write_otio(self.timeline, self.storyboard, takes, mix.path, self.folder.timeline)
        self.progress.step("cut", 1)
        return cut_film(
            self.timeline,
            takes,
            mix.path,
            self.folder.captions,
            self.folder.film,
            self.folder.cache,
            on_progress=lambda p: self.progress.done("cut", p.frames_done / max(p.frames_total, 1)),
        )

    def board(self) -> None:
        """Draws the storyboard as a PDF and a contact sheet, and the shot graph as a picture."""
        from director.stills import stills
        from shots.board.graph_svg import write_graph_svg
        from shots.board.panel import panels
        from shots.board.pdf import write_pdf
        from shots.board.sheet import write_sheet
        from shots.fonts import font_notice
        from shots.render.plan import plan

        self.progress.step("board", len(self.requests))
        drawn = plan(self.requests, self.graph.edges(), self.backend, self.store)  # as it stands now
        pictures: dict[str, Path] = {}
        for shot, path in stills(self.requests, drawn, self.folder.stills):
            pictures[shot] = path
            self.progress.done("board", len(pictures))
        lengths_s = {shot: timing.frame_count / timing.fps for shot, timing in self.timings.items()}
        board = panels(self.storyboard, lengths_s, pictures)
        notice = font_notice(board.text)
        if notice:
            self.progress.say(notice)
        write_pdf(board, self.folder.board_pdf)
        write_sheet(board, self.folder.board_png)
        write_graph_svg(board, self.folder.graph_svg)
