"""Speaks a film's lines once: a content-addressed folder of clips, each with its times and its receipt.

A line's key is a hash of all that shapes its sound (the engine with its model's digest, the voice, the delivery, the
recording), so an unchanged line is never spoken again, a changed one always is, and a run that was killed goes on
where it stood. A clip is written before its times: without them it does not count.

A character keeps one voice: where an engine fails at a line, all lines of that character are spoken by the stand-in.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import soundfile

from audio.errors import SoundError
from audio.speech import Consent, Origin, PhonemeTime, Speaker, SpokenLine, VoiceEngine, WordTime
from audio.voices.recordings import Recording, Recordings, play_recording
from audio.voices.tones import Tones

__all__ = ["LineToSpeak", "line_key", "speak_all"]

_TAG = "spoken line 2"
_OWN = ("espeak-ng", "tones")  # engines that need no stand-in but murmurs
_LONG_S = 180.0  # of one line, worth a word to who wrote it


@dataclass(frozen=True, kw_only=True)
class LineToSpeak:
    """A line of the script. `key` is its id, shot and number from 1, as in "S1.2/1"; `delivery` the parenthetical."""

    key: str
    text: str
    speaker: Speaker
    delivery: str = ""

    @property
    def told(self) -> Speaker:
        """The speaker, told how to say it."""
        return replace(self.speaker, delivery=self.delivery)


def speak_all(
    lines: Sequence[LineToSpeak],
    engine: VoiceEngine,
    folder: Path,
    *,
    recordings: Recordings | None = None,
    workers: int = 2,
    on_done: Callable[[int, int], None] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> dict[str, SpokenLine]:
    """Returns the spoken lines by key; those that `folder` already holds are not spoken again.

    The cast is the speakers in order of their first line. A recorded line is played. A character that the engine
    fails is spoken by espeak throughout, and a line that espeak cannot speak is murmured by `Tones`; `on_notice` is
    told so. `on_done` gets the lines done and their number.

    Raises:
        SoundError: `folder` cannot be written to, or a speaker asks for a voice that the engine does not have.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SoundError(f"{folder}: cannot be made ({error}). Fix: choose another folder.") from error
    run = _Run(folder, len(lines), max(1, workers), on_done, on_notice)
    recorded = run.played(lines, recordings or Recordings())
    left = [line for line in lines if line.key not in recorded]
    failed = run.spoken_by(engine, left, alone=engine.name in _OWN)
    if failed:
        run.spoken_by(run.stand_in, [line for line in left if line.speaker.id in failed], alone=True)
    return {line.key: run.spoken[line.key] for line in lines}


def line_key(line: LineToSpeak, engine: VoiceEngine, voice: str) -> str:
    """Returns the tagged hash of all that shapes a line's sound."""
    return _hash([_TAG, engine.name, engine.version, voice, asdict(line.told), line.text])


class _Run:
    """One speaking of a film's lines, and what has come of it so far."""

    def __init__(
        self,
        folder: Path,
        total: int,
        workers: int,
        on_done: Callable[[int, int], None] | None,
        on_notice: Callable[[str], None] | None,
    ) -> None:
        self.spoken: dict[str, SpokenLine] = {}
        self._folder, self._total, self._workers = folder, total, workers
        self._on_done, self._on_notice = on_done, on_notice

    @cached_property
    def stand_in(self) -> VoiceEngine:
        """Who speaks for an engine that fails, and lends its times to what has none."""
        from audio.voices import open_voices
        from audio.voices.config import VoicesConfig

        return open_voices(VoicesConfig())[0]

    def played(self, lines: Sequence[LineToSpeak], recordings: Recordings) -> set[str]:
        """Plays the lines that are recorded, and returns their keys."""
        for notice in recordings.strangers([line.key for line in lines]):
            self._say(notice)
        for line in lines:
            recording = recordings.lines.get(line.key)
            if recording is None:
                continue
            if not recording.fits(line.text):
                self._say(
                    f"Line {line.key} is not as recorded: {recording.path.name} says other words than the script. "
                    f"Fix: record it anew, or correct `says` in {recordings.sheet}."
                )
                continue
            try:
                self.spoken[line.key] = self._recorded(line, recording)
            except SoundError as error:
                self._say(f"Line {line.key} is not as recorded: {error}")
            self._tell()
        return set(self.spoken)

    def spoken_by(self, engine: VoiceEngine, lines: Sequence[LineToSpeak], *, alone: bool) -> set[str]:
        """Speaks `lines` and returns the ids of the speakers that the engine failed.

        With `alone`, a line that fails is murmured and the rest of its character's are not touched.
        """
        cast = self._cast(engine, lines)
        asked: dict[str, list[LineToSpeak]] = {}
        for line in lines:
            asked.setdefault(line_key(line, engine, cast[line.speaker.id]), []).append(line)
        failed: dict[str, SoundError] = {}

        def speak(key: str, line: LineToSpeak) -> SpokenLine | SoundError | None:
            if line.speaker.id in failed:
                return None  # it is spoken again by another engine
            try:
                return self._made(
                    key,
                    lambda path: engine.speak(line.text, line.told, cast[line.speaker.id], path),
                    Origin(engine=f"{engine.name} {engine.version}"),
                )
            except SoundError as error:
                if engine.name == Tones().name:
                    raise
                if not alone:
                    failed.setdefault(line.speaker.id, error)
                return error

        with ThreadPoolExecutor(max_workers=self._workers) as pool:
            jobs: list[tuple[list[LineToSpeak], Future[SpokenLine | SoundError | None]]] = [
                (same, pool.submit(speak, key, same[0])) for key, same in asked.items()
            ]
            try:
                for same, job in jobs:
                    self._take(same, job.result(), alone=alone)
            except BaseException:  # Ctrl-C and a full disk alike: the lines that wait are not begun
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        for speaker, error in sorted(failed.items()):
            count = sum(line.speaker.id == speaker for line in lines)
            which = "the line is" if count == 1 else f"all {count} lines are"
            self._say(f"{speaker}: {which} spoken by {self.stand_in.name}, so that the voice stays one. {error}")
        return set(failed)

    def _take(self, same: Sequence[LineToSpeak], made: SpokenLine | SoundError | None, *, alone: bool) -> None:
        line = same[0]
        if isinstance(made, SoundError) and alone:
            # Under a key of its own, so that the line is tried again once the engine is mended.
            tones = Tones()
            voice = tones.cast([replace(line.speaker, name=None)])[line.speaker.id]
            self._say(f"{line.speaker.id}: a line is murmured, not spoken. {made}")
            made = self._made(
                line_key(line, tones, voice),
                lambda path: tones.speak(line.text, line.told, voice, path),
                Origin(engine=f"{tones.name} {tones.version}"),
            )
        if not isinstance(made, SpokenLine):
            return
        if not made.words:
            self._say(f"{line.speaker.id}: {line.text[:40]!r} has nothing to say; it is a short silence.")
        elif made.duration_s > _LONG_S:
            words, minutes = len(made.words), made.duration_s / 60
            self._say(f"{line.speaker.id}: a speech of {words} words takes {minutes:.0f} minutes in one breath.")
        self.spoken |= {line.key: made for line in same}
        self._tell()

    def _cast(self, engine: VoiceEngine, lines: Sequence[LineToSpeak]) -> dict[str, str]:
        speakers: dict[str, Speaker] = {}
        for line in lines:
            speakers.setdefault(line.speaker.id, line.speaker)
        if self.__dict__.get("stand_in") is engine:  # a voice that was wished for is another engine's
            speakers = {key: replace(speaker, name=None) for key, speaker in speakers.items()}
        return engine.cast(list(speakers.values()))

    def _recorded(self, line: LineToSpeak, recording: Recording) -> SpokenLine:
        reference = self.stand_in
        made_of = [recording.digest, reference.name, reference.version, asdict(line.told), line.text]
        key = _hash([_TAG, "recording", *made_of])
        made = self._made(key, lambda path: play_recording(recording, line.text, line.told, path, reference), None)
        if made.origin != recording.origin:  # a consent may be written anew while the sound is the same
            made = replace(made, origin=recording.origin)
            _write(self._folder / f"{key}.json", made)
        return made

    def _made(self, key: str, make: Callable[[Path], SpokenLine], origin: Origin | None) -> SpokenLine:
        """Returns the line that is held under `key`, or makes it; `origin` is that of an engine that tells none."""
        path, times = self._folder / f"{key}.wav", self._folder / f"{key}.json"
        held = _read(path, times)
        if held is not None:
            return held
        made = make(path)
        made = replace(made, origin=made.origin or origin)
        _write(times, made)
        return made

    def _say(self, notice: str) -> None:
        if self._on_notice:
            self._on_notice(notice)

    def _tell(self) -> None:
        if self._on_done:
            self._on_done(len(self.spoken), self._total)


def _hash(tagged: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(tagged, ensure_ascii=True).encode()).hexdigest()[:40]


def _write(path: Path, line: SpokenLine) -> None:
    held = {**asdict(line), "path": line.path.name, "bytes": line.path.stat().st_size}
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SoundError(f"{path}: cannot be written ({error}). Fix: free some disk space.") from error


def _read(path: Path, times: Path) -> SpokenLine | None:
    """Returns the held line, or None when it is missing or damaged."""
    try:
        held = json.loads(times.read_text(encoding="utf-8"))
        if path.stat().st_size != held["bytes"]:
            return None
        info = soundfile.info(path)
        line = SpokenLine(
            path=path,
            duration_s=float(held["duration_s"]),
            words=tuple(WordTime(**word) for word in held["words"]),
            phonemes=tuple(PhonemeTime(**phoneme) for phoneme in held["phonemes"]),
            voice=str(held["voice"]),
            origin=_origin(held["origin"]),
        )
    except (OSError, ValueError, KeyError, TypeError, soundfile.SoundFileError):
        return None
    return line if abs(info.frames / info.samplerate - line.duration_s) < 0.01 else None


def _origin(held: dict[str, Any]) -> Origin:
    consent = held["consent"]
    return Origin(**{**held, "consent": None if consent is None else Consent(**consent)})
