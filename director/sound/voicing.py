"""A film's lines, spoken: by the engine that was asked for, or by the writer's own recordings."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from director.progress import Progress
from director.sound.config import SoundConfig
from director.working import Kept
from shots.spec import Character, Line, Storyboard

if TYPE_CHECKING:
    from audio.speech import Speaker, SpokenLine, VoiceEngine

__all__ = ["VOICES", "Voicing", "line_id"]

VOICES = "voices"
"""The name under which what was spoken is kept."""

_OPENAI_SERVER = "https://api.openai.com/"


def line_id(shot: str, index: int) -> str:
    """How a line is named to people: its shot, and its number there from 1."""
    return f"{shot}/{index + 1}"


class Voicing:
    """The voices of one film; each line is spoken once and kept under `folder`.

    `kept` has what was spoken for a storyboard with the same lines.
    """

    def __init__(
        self,
        storyboard: Storyboard,
        config: SoundConfig,
        folder: Path,
        *,
        workers: int,
        progress: Progress,
        kept: Kept | None = None,
    ) -> None:
        self.storyboard = storyboard
        self.notices: list[str] = []
        self._config, self._folder, self._workers, self._progress = config, folder, workers, progress
        self._kept = kept or Kept()

    @cached_property
    def engine(self) -> tuple[VoiceEngine, str | None]:
        """Who speaks, and what the user should know about it."""
        from audio.voices import open_voices

        return open_voices(self._config.voices, key=_key(self._config) if self._config.voices.online else None)

    @cached_property
    def spoken(self) -> dict[tuple[str, int], SpokenLine]:
        """Every line that has a voice, by shot id and place in the shot."""
        board = self.storyboard
        said = tuple((shot.id, shot.lines) for shot in board.shots())
        spoken, notices = self._kept.kept(VOICES, (self._config, board.language, board.cast, said), self._speak)
        self.notices = list(notices)
        return spoken

    def _speak(self) -> tuple[dict[tuple[str, int], SpokenLine], tuple[str, ...]]:
        """What is spoken, and what the user should know of it."""
        from audio.voices.recordings import Recordings, open_recordings
        from audio.voices.store import LineToSpeak, speak_all

        lines = {
            line_id(shot.id, index): (shot.id, index, line)
            for shot in self.storyboard.shots()
            if shot.id is not None
            for index, line in enumerate(shot.lines)
            if not self._is_a_sound(line)
        }
        if not lines:
            return {}, ()
        engine, notice = self.engine
        if notice is not None:
            self._say(notice)
        recordings = Recordings()
        if self._config.recordings is not None:
            recordings, missing = open_recordings(self._config.recordings)
            for notice in missing:
                self._say(notice)
        self._progress.step("voices", len(lines))
        spoken = speak_all(
            [
                LineToSpeak(key=key, text=line.text, speaker=self._speaker(line), delivery=line.delivery)
                for key, (_, _, line) in lines.items()
            ],
            engine,
            self._folder,
            recordings=recordings,
            workers=self._workers,
            on_done=lambda done, _: self._progress.done("voices", done),
            on_notice=self._say,
        )
        return {(shot, index): spoken[key] for key, (shot, index, _) in lines.items()}, tuple(self.notices)

    def provenance(self) -> tuple[str, ...]:
        """Where each voice comes from and under which licence, a sentence each."""
        from audio.voices.consent import provenance

        return provenance({line_id(*where): line for where, line in self.spoken.items()})

    def _say(self, notice: str) -> None:
        self.notices.append(notice)
        self._progress.say(notice)

    def _is_a_sound(self, line: Line) -> bool:
        from shots.cut.cues import animal_sound

        return animal_sound(self._who(line), line) is not None

    def _who(self, line: Line) -> Character:
        cast = {character.id: character for character in self.storyboard.cast}
        return cast.get(line.character, Character(id=line.character))

    def _speaker(self, line: Line) -> Speaker:
        from audio.speech import Speaker
        from audio.voices.kinds import age_of, kind_of

        who = self._who(line)
        return Speaker(
            id=who.voice.like or who.id,
            gender=who.gender,
            age_years=age_of(who.name or who.id, who.description) if who.age_years is None else who.age_years,
            language=who.voice.language or self.storyboard.language,
            name=who.voice.name,
            rate_wpm=who.voice.rate_wpm,
            pitch=who.voice.pitch,
            kind=kind_of(who.name or who.id, who.description),
        )


def _key(config: SoundConfig) -> str | None:
    """The key for a speech server: OpenAI's own for OpenAI, else that of the server that the user names."""
    openai = config.voices.url.startswith(_OPENAI_SERVER)
    return os.environ.get("OPENAI_API_KEY" if openai else "WORKPRINT_API_KEY", "").strip() or None
