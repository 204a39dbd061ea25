"""What the ONNX voices share: a network from a file, and a line spoken through phonemes.

Kokoro and Piper differ in how they spell phonemes and what their networks take; the rest is here. Networks are run by
onnxruntime alone, on the CPU, and read from bytes: a file can name no other file. The phonemes come from the espeak
worker, so no GPL library is in this process.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from audio import words as written
from audio.clips import level, trim, write_clip
from audio.errors import SoundError
from audio.speech import Origin, Speaker, SpokenLine
from audio.voices.align import align
from audio.voices.delivery import delivery_of
from audio.voices.espeak import Espeak
from audio.voices.roster import part_of
from audio.voices.times import phoneme_times, word_times
from audio.voices.treatments import resized, treated

__all__ = ["Network", "Said", "Symbol", "speak_by"]

_LARGEST_BYTES = 2_000_000_000
_SEED_LOCK = threading.Lock()
_AT_ONCE = 2  # networks that draw are as many in memory as run at once
_SILENCE_S = 0.4
_PAUSE_S = 0.18  # between the runs of a long speech
_LONGEST_S = 2.0  # of one symbol; more is no speech
_USUAL_WPM = 165
_MARKS = ".,!?;:—…"
_PLAIN_MARKS = str.maketrans("，。！？；：、–", ",.!?;:,—")


@dataclass(frozen=True)
class Symbol:
    """One entry of a network's vocabulary. `ipa` where a phoneme begins, "" where a pause does, None in between."""

    text: str
    ipa: str | None
    word: int | None = None  # the offset in the text of the word that begins here


@dataclass(frozen=True)
class Said:
    """What a network made of symbols: samples, and when each symbol begins in seconds (None: it does not tell)."""

    samples: NDArray[np.float32]
    starts_s: NDArray[np.float64] | None


class Network:
    """An ONNX file.

    Raises:
        SoundError: onnxruntime is missing, or the file cannot be read or is no network with the inputs in `takes`.
    """

    def __init__(self, path: Path, takes: Sequence[frozenset[str]]) -> None:
        self._path = path
        data = self._bytes()
        self.digest = hashlib.sha256(data).hexdigest()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._draws = b"RandomNormal" in data or b"RandomUniform" in data
        session = self._session(data)
        self.inputs: Mapping[str, Any] = {given.name: given for given in session.get_inputs()}
        self.outputs: tuple[str, ...] = tuple(made.name for made in session.get_outputs())
        for names in takes:
            if not names & self.inputs.keys():
                has = ", ".join(self.inputs) or "nothing"
                raise SoundError(
                    f"{path}: this network takes {has}, not {' or '.join(sorted(names))}. "
                    "Fix: take the ONNX file that the voice was published with."
                )
        self._shared = None if self._draws else session

    def run(self, feeds: Mapping[str, NDArray[Any]], seed: int) -> list[NDArray[Any]]:
        """Runs the network once, the same way each time for a `seed`.

        Raises:
            SoundError: the network failed.
        """
        # A network's noise is drawn from where its last run left off: one that draws is started anew for each run.
        if self._shared is not None:
            return self._ran(self._shared, feeds)
        with self._turns:
            return self._ran(self._session(self._bytes(), seed), feeds)

    def _ran(self, session: Any, feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        try:
            return [np.asarray(made) for made in session.run(None, dict(feeds))]
        except Exception as error:  # onnxruntime raises classes of its own, a dozen of them
            raise SoundError(f"{self._path}: the network failed ({_first(error)}). Fix: take another file.") from error

    def _session(self, data: bytes, seed: int = 0) -> Any:
        try:
            import onnxruntime
        except ImportError:
            raise SoundError("onnxruntime is not installed. Fix: pip install 'workprint[neural-voices]'.") from None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # lines are spoken side by side
        options.log_severity_level = 4
        try:
            with _SEED_LOCK:  # the seed is the process's; a session takes it as it is made
                onnxruntime.set_seed(seed)
                return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise SoundError(
                f"{self._path}: it is not a network that can be read ({_first(error)}). Fix: fetch the file again."
            ) from error

    def _bytes(self) -> bytes:
        try:
            if self._path.stat().st_size > _LARGEST_BYTES:
                raise SoundError(f"{self._path}: it is larger than 2 GB, which no voice is. Fix: take another file.")
            return self._path.read_bytes()
        except OSError as error:
            raise SoundError(f"{self._path}: it cannot be read ({error}). Fix: name a file that is there.") from error


def speak_by(
    spell: Callable[[str], Sequence[str]],
    run: Callable[[Sequence[Symbol], float, int], Said],
    espeak: Espeak,
    *,
    text: str,
    speaker: Speaker,
    voice: str,
    path: Path,
    rate_hz: int,
    most_symbols: int,
    origin: Origin,
) -> SpokenLine:
    """Speaks a line through a network to `path` (mono WAV at `rate_hz`, trimmed and levelled), with its times.

    Args:
        spell: gives a phoneme (IPA with stress) or a mark in the network's symbols; none for what it does not know.
        run: makes sound of symbols at a pace (1.0 is the voice's own), with a seed.
        most_symbols: that one run takes; a longer line is several, cut where a sentence or a clause ends.

    Raises:
        SoundError: the network or espeak failed, or what came is no speech.
    """
    text = written.spoken(text)
    delivery = delivery_of(speaker.delivery, text)
    _, register = part_of(voice)
    pace = delivery.pace * (speaker.rate_wpm or _USUAL_WPM) / _USUAL_WPM / register
    seed = crc32(f"{voice}\x1f{text}".encode())
    symbols = _symbols(spell, espeak.phonemes(text, speaker.language), text)
    if not any(symbol.ipa for word in symbols for symbol in word):
        write_clip(path, np.zeros(round(_SILENCE_S * rate_hz), np.float32), rate_hz)
        return SpokenLine(path=path, duration_s=_SILENCE_S, words=(), phonemes=(), voice=voice, origin=origin)

    blocks: list[NDArray[np.float32]] = []
    starts: list[tuple[int, float]] = []
    phonemes: list[tuple[str, float]] = []
    at_s, timed = 0.0, True
    for part in _packed(symbols, most_symbols):
        said = run(part, pace, seed)
        _check(said.samples, rate_hz, len(part))
        timed = timed and said.starts_s is not None
        for symbol, start_s in zip(part, said.starts_s if said.starts_s is not None else (), strict=False):
            if symbol.word is not None:
                starts.append((symbol.word, at_s + float(start_s)))
            if symbol.ipa is not None:
                phonemes.append((symbol.ipa, at_s + float(start_s)))
        at_s += len(said.samples) / rate_hz
        phonemes.append(("", at_s))
        blocks += [said.samples, np.zeros(round(_PAUSE_S * rate_hz), np.float32)]
        at_s += len(blocks[-1]) / rate_hz

    whole = resized(np.concatenate(blocks[:-1]), register)
    samples, cut_s = trim(treated(whole, rate_hz, delivery, speaker.kind, seed), rate_hz)
    samples = level(samples, rate_hz, delivery.gain_db)
    write_clip(path, samples, rate_hz)
    duration_s = len(samples) / rate_hz
    if timed:
        slower = 1.0 / register
        sounds = phoneme_times([(_plain(ipa), time_s * slower) for ipa, time_s in phonemes], cut_s, duration_s)
        begun = [(place, time_s * slower) for place, time_s in starts]
        words = word_times(text, begun, sounds, cut_s, duration_s)
    else:
        words, sounds = align(samples, rate_hz, text, speaker, espeak)
    return SpokenLine(path=path, duration_s=duration_s, words=words, phonemes=sounds, voice=voice, origin=origin)


def _symbols(
    spell: Callable[[str], Sequence[str]], said: Sequence[tuple[int, tuple[str, ...]]], text: str
) -> list[list[Symbol]]:
    """The words of a line as symbols, each with the marks and the space after it."""
    out: list[list[Symbol]] = []
    for number, (place, phonemes) in enumerate(said):
        end = said[number + 1][0] if number + 1 < len(said) else len(text)
        word: list[Symbol] = []
        for ipa in phonemes:
            for nth, symbol in enumerate(spell(ipa)):
                word.append(Symbol(symbol, None if nth else ipa, None if word else place))
        if not word:
            continue
        written_marks = text[place:end].translate(_PLAIN_MARKS)
        for mark in dict.fromkeys(character for character in written_marks if character in _MARKS):
            word += [Symbol(symbol, "") for symbol in spell(mark)]
        if end < len(text):
            word += [Symbol(symbol, "") for symbol in spell(" ")]
        out.append(word)
    return out


def _packed(words: Sequence[Sequence[Symbol]], most: int) -> list[list[Symbol]]:
    """The words in runs of at most `most` symbols, cut after a mark where there is one in a run's second half."""
    runs: list[list[Symbol]] = []
    held: list[Sequence[Symbol]] = []

    def length(some: Sequence[Sequence[Symbol]]) -> int:
        return sum(len(word) for word in some)

    def close(some: Sequence[Sequence[Symbol]]) -> None:
        flat = [symbol for word in some for symbol in word]
        runs.extend(flat[at : at + most] for at in range(0, len(flat), most))

    for word in words:
        if held and length(held) + len(word) > most:
            marked = [
                n
                for n in range(1, len(held) + 1)
                if any(symbol.text in _MARKS for symbol in held[n - 1]) and length(held[:n]) * 2 >= most
            ]
            cut = marked[-1] if marked else len(held)
            close(held[:cut])
            held = held[cut:]
        held.append(word)
    close(held)
    return runs


def _check(samples: NDArray[np.float32], rate_hz: int, symbols: int) -> None:
    if not samples.size or not np.isfinite(samples).all() or float(np.abs(samples).max()) < 1e-4:
        raise SoundError("The voice's network made no sound. Fix: take another file of it.")
    if len(samples) > rate_hz * (_LONGEST_S * symbols + 5.0):
        raise SoundError("The voice's network made a sound far longer than speech. Fix: take another file of it.")


def _plain(ipa: str) -> str:
    return ipa.replace("ˈ", "").replace("ˌ", "")


def _first(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:160]
