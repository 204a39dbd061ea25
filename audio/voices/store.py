"""Speaks a film's lines once: a content-addressed folder of clips with their times.

A line's key is a hash of all that shapes its sound, so an unchanged line is never spoken again, a changed
one always is, and a run that was killed goes on where it stood. A clip is written before its times: without
them it does not count.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import soundfile

from audio.errors import SoundError
from audio.speech import PhonemeTime, Speaker, SpokenLine, VoiceEngine, WordTime
from audio.voices.tones import Tones

__all__ = ["LineToSpeak", "line_key", "speak_all"]


@dataclass(frozen=True, kw_only=True)
class LineToSpeak:
    """A line of the script. `key` is the caller's own; `delivery` is the parenthetical without brackets."""

    key: str
    text: str
    speaker: Speaker
    delivery: str = ""


def speak_all(
    lines: Sequence[LineToSpeak],
    engine: VoiceEngine,
    folder: Path,
    *,
    workers: int = 2,
    on_done: Callable[[int, int], None] | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> dict[str, SpokenLine]:
    """Returns the spoken lines by key; those that `folder` already holds are not spoken again.

    The cast is the speakers in order of their first line. A line that the engine cannot speak is murmured
    by `Tones` instead, and `on_notice` is told so. `on_done` gets the lines done and their number.

    Raises:
        SoundError: `folder` cannot be written to.
    """
    cast = engine.cast(list({line.speaker.id: line.speaker for line in reversed(lines)}.values())[::-1])
    spoken: dict[str, SpokenLine] = {}
    asked: dict[str, list[LineToSpeak]] = {}
    for line in lines:
        asked.setdefault(line_key(line, engine, cast[line.speaker.id]), []).append(line)
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        jobs = [
            (same, pool.submit(_spoken, key, same[0], engine, cast[same[0].speaker.id], folder))
            for key, same in asked.items()
        ]
        try:
            for same, job in jobs:
                result, notice = job.result()
                spoken |= {line.key: result for line in same}
                if notice and on_notice:
                    on_notice(notice)
                if on_done:
                    on_done(len(spoken), len(lines))
        except BaseException:  # Ctrl-C and a full disk alike: the lines that wait are not begun
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return spoken


def line_key(line: LineToSpeak, engine: VoiceEngine, voice: str) -> str:
    """Returns the tagged hash of all that shapes a line's sound."""
    tagged = ["spoken line 1", engine.name, engine.version, voice, line.speaker.language, line.delivery, line.text]
    return hashlib.sha256(json.dumps(tagged, ensure_ascii=True).encode()).hexdigest()[:40]


def _spoken(
    key: str, line: LineToSpeak, engine: VoiceEngine, voice: str, folder: Path
) -> tuple[SpokenLine, str | None]:
    path, times = folder / f"{key}.wav", folder / f"{key}.json"
    held = _read(path, times)
    if held is not None:
        return held, None
    speaker = replace(line.speaker, delivery=line.delivery)
    notice = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SoundError(f"{folder}: cannot be made ({error}). Fix: choose another folder.") from error
    try:
        result = engine.speak(line.text, speaker, voice, path)
    except SoundError as error:
        if engine.name == Tones().name:
            raise
        # Under a key of its own, so that the line is tried again once the engine is mended.
        tones = Tones()
        murmured = tones.cast([replace(line.speaker, name=None)])[line.speaker.id]
        path = folder / f"{line_key(line, tones, murmured)}.wav"
        result = tones.speak(line.text, speaker, murmured, path)
        return result, f"{line.speaker.id}: a line is murmured, not spoken. {error}"
    if not result.words:
        notice = f"{line.speaker.id}: {line.text[:40]!r} has nothing to say; it is a short silence."
    _write(times, result)
    return result, notice


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
        )
    except (OSError, ValueError, KeyError, TypeError, soundfile.SoundFileError):
        return None
    return line if abs(info.frames / info.samplerate - line.duration_s) < 0.01 else None
