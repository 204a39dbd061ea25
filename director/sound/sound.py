"""A film's sound from its cut: cues, score, mix, and what a user asked of them. The steps live where they are told.

`director.produce` makes the cut and asks for the sound; nothing here knows how a picture is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from audio.errors import SoundError
from director.folder import FilmFolder
from director.progress import Progress
from director.sound.asked import asked_music
from director.sound.config import SoundConfig
from director.sound.voicing import Voicing
from director.staging import heard_of
from director.working import Kept
from shots.spec import Storyboard
from shots.timing import ShotTiming

if TYPE_CHECKING:
    from pathlib import Path

    from audio.cues import CueSheet
    from audio.library import Library
    from audio.mix import Mix
    from director.llm.ask import Ask
    from model.stage import Stage
    from shots.blocking import ShotGeometry
    from shots.cut.timeline import Cut

__all__ = ["Sound"]


class Sound:
    """The sound of one film; `notices` is what the user should know of it, in the order in which it was found."""

    def __init__(
        self,
        storyboard: Storyboard,
        config: SoundConfig,
        folder: FilmFolder,
        *,
        workers: int,
        progress: Progress,
        kept: Kept | None = None,
    ) -> None:
        self.config = config
        self.voicing = Voicing(storyboard, config, folder.voices, workers=workers, progress=progress, kept=kept)
        self._storyboard, self._folder, self._progress = storyboard, folder, progress
        self._notices: list[str] = []

    @property
    def notices(self) -> tuple[str, ...]:
        """What was replaced or left out, and why."""
        return tuple(dict.fromkeys([*self.voicing.notices, *self._notices]))

    def cues(
        self,
        cut: Cut,
        timings: Mapping[str, ShotTiming],
        stages: Mapping[str, Stage],
        geometry: Mapping[str, ShotGeometry],
    ) -> CueSheet:
        """What is heard when, the score made and its sound in each music cue."""
        from shots.cut.cues import cue_sheet

        sheet = cue_sheet(
            cut,
            self._storyboard,
            timings,
            self.voicing.spoken,
            geometry,
            heard=heard_of(self._storyboard, stages),
            asked=asked_music(self._folder.plan),
        )
        return self._scored(sheet)

    def _scored(self, sheet: CueSheet) -> CueSheet:
        """Every music cue with its sound; without one where the user wants none."""
        from audio.score.music import make_music

        if sheet.music and self.config.score.kind != "none":
            self._progress.step("score", len(sheet.music))
        scored, notices = make_music(sheet, self.config.score, self._folder.score)
        for notice in notices:
            self._say(notice)
        if scored.music:
            self._progress.done("score", len(scored.music))
        return scored

    @cached_property
    def library(self) -> Library | None:
        """The user's own sounds."""
        from audio.library import Library

        if self.config.sounds is None:
            return None
        try:
            return Library.open(self.config.sounds)
        except SoundError as error:
            self._say(f"None of your own sounds is used. {error}")
            return None

    def mixed(self, cues: CueSheet, engine: Path | None = None) -> Mix:
        """The sound, measured; with the stem of what the picture engine made, where that is to be heard.

        Raises:
            SoundError: the mix cannot be written.
        """
        from audio.mix import mix

        self._progress.step("sound", 1)
        made = mix(
            cues,
            self._folder.sound,
            profile=self.config.profile,
            library=self.library,
            cache=self._folder.placed,
            beside=engine,
        )
        for notice in made.notices:
            self._say(notice)
        self._progress.done("sound", 1)
        return made

    def deliver(self, cues: CueSheet, made: Mix, ask: Ask | None) -> None:
        """Writes what lies beside the film: captions, the cue sheet, the stems and the score's notes.

        `ask` is the language model that translates the captions, where they are to be.

        Raises:
            SoundError: a file cannot be written.
        """
        from director.sound.captions import write_captions
        from director.sound.delivery import write_cues, write_stems

        self._folder.root.mkdir(parents=True, exist_ok=True)
        for notice in write_captions(cues, self.config.captions, self._storyboard.language, self._folder, ask):
            self._say(notice)
        write_cues(cues, self._storyboard, self._folder)
        write_stems(made, cues, self._folder)

    def _say(self, notice: str) -> None:
        self._notices.append(notice)
        self._progress.say(notice)
