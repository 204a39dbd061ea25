"""Asks libespeak-ng, out of process: where it is found, one worker process for one text, what it answers.

The GPL library is only ever loaded by `espeak_worker.py`, a process of its own for each text, so that the same text
is the same bytes and a crash cannot take the film with it. It downloads nothing and shapes no speech.
"""

from __future__ import annotations

import ctypes.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio.errors import SoundError
from audio.voices.casting import espeak_language

__all__ = ["Answer", "Library"]

_WORKER = Path(__file__).with_name("espeak_worker.py")
_LONGEST_DATA_PATH = 140  # characters; 176 failed
_TIMEOUT_S = 60.0
_SWITCHES = re.compile(r"\([^)]*\)|[._|-]")  # joints, and "(en)" where the language switches


@dataclass(frozen=True)
class Answer:
    """Spoken samples, with the words (place in what was asked, seconds) and phonemes (IPA with stress, seconds)."""

    samples: NDArray[np.float32]
    rate_hz: int
    words: tuple[tuple[int, float], ...]
    phonemes: tuple[tuple[str, float], ...]


class Library:
    """The library at `path` with its `data`; found through the `voices` extra, else on the system, without.

    Raises:
        SoundError: no library is there, or it does not start.
    """

    def __init__(self, path: str | None = None, data: str | None = None) -> None:
        self._path, found_data = (path, data) if path else _find()
        self._data = self._within_reach(found_data)
        about, _ = self._ask({"text": None})
        self.version = str(about["version"])
        variants = Path(about["data"]) / "voices" / "!v"
        self.variants = {path.name for path in variants.iterdir()} if variants.is_dir() else set()

    def say(
        self,
        text: str,
        language: str,
        *,
        variant: str = "",
        pitch: int = 50,
        pitch_range: int = 50,
        rate_wpm: int = 175,
        gap_s: float = 0.0,
        ssml: bool = False,
    ) -> Answer:
        """Speaks `text` in a BCP 47 `language`; of a region that espeak does not know, the language without it.

        Raises:
            SoundError: the library failed, or has no such voice or language.
        """
        ask: dict[str, Any] = {"text": text, "ssml": ssml}
        ask |= {"rate": rate_wpm, "pitch": pitch, "range": pitch_range, "gap": round(gap_s * 100)}
        suffix = f"+{variant}" if variant else ""
        name = espeak_language(language)
        try:
            head, pcm = self._ask({**ask, "voice": name + suffix})
        except SoundError as error:
            if "no voice" not in str(error) or "-" not in name:
                raise
            head, pcm = self._ask({**ask, "voice": espeak_language(name.partition("-")[0]) + suffix})
        rate_hz = int(head["rate_hz"])
        return Answer(
            samples=np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768.0,
            rate_hz=rate_hz,
            words=tuple((int(position), sample / rate_hz) for position, sample in head["words"]),
            phonemes=tuple((_SWITCHES.sub("", ipa), sample / rate_hz) for ipa, sample in head["phonemes"]),
        )

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        request = {"library": self._path, "data": self._data, **request}
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-S", str(_WORKER)],
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SoundError(
                f"espeak-ng did not answer within {_TIMEOUT_S:.0f} s. Fix: shorten the line, or try again."
            ) from error
        if done.returncode:
            told = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit code {done.returncode}"]
            raise SoundError(
                f"espeak-ng failed: {told[-1]}. Fix: choose another voice or language, or reinstall "
                "with `pip install --force-reinstall espeakng-loader`."
            )
        head, _, pcm = done.stdout.partition(b"\n")
        try:
            return json.loads(head), pcm
        except ValueError as error:
            raise SoundError(
                "espeak-ng gave no answer that can be read. Fix: reinstall with "
                "`pip install --force-reinstall espeakng-loader`."
            ) from error

    def _within_reach(self, data: str | None) -> str | None:
        """The library keeps paths in 160 bytes: a deep virtual environment is reached through a short link."""
        if data is None or len(data.encode()) <= _LONGEST_DATA_PATH:
            return data
        folder = tempfile.mkdtemp(prefix="wp-voices-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        short = Path(folder) / "espeak-ng-data"
        try:
            short.symlink_to(data, target_is_directory=True)
        except OSError:  # Windows without the right to make links
            shutil.copytree(data, short)
        return str(short)


def _find() -> tuple[str, str | None]:
    try:
        import espeakng_loader
    except ImportError:
        system = ctypes.util.find_library("espeak-ng")
        if system is None:
            raise SoundError("espeak-ng is not installed. Fix: pip install 'workprint[voices]'.") from None
        return system, None
    return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())
