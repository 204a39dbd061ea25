"""Plays a piece on a user's SoundFont, where `fluidsynth` or `tinysoundfont` is installed: neither is needed.

Both run in a process of their own: a file of unknown origin that brings one down does not bring the film down. What
they play is brought to the level and length that our own ensemble gives it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from audio.errors import SoundError
from audio.score.ensemble import MEZZO_LUFS, PEAK_DBFS, written_lufs
from audio.score.midi import write_midi
from audio.score.piece import Piece
from audio.score.temp_track import Edit, Span, decode, heard

__all__ = ["VERSION", "Soundfont", "open_soundfont"]

VERSION = 1
_WORKER = Path(__file__).with_name("soundfont_worker.py")
_LEAST_LIMIT_S = 60.0  # a player that takes longer, and longer than the music, hangs


@dataclass(frozen=True)
class Soundfont:
    """A SoundFont and the program that plays it."""

    path: Path
    digest: str
    program: str  # "tinysoundfont", or where fluidsynth is

    def play(self, piece: Piece, path: Path, rate_hz: int) -> None:
        """Writes the piece's sound, 24-bit stereo of its duration.

        Raises:
            SoundError: the program fails or plays nothing.
        """
        with tempfile.TemporaryDirectory(prefix=".soundfont-", dir=path.parent) as name:
            scratch = Path(name)
            score, wave, raw = scratch / "score.mid", scratch / "played.wav", scratch / "played.raw"
            write_midi(piece, score)
            self._run(score, wave, piece.duration_s, rate_hz)
            count = decode(wave, raw, rate_hz, most_s=piece.duration_s)
            track = heard(np.memmap(raw, np.float32, "r", shape=(count, 2)), rate_hz, self.path.name)
            if float(np.abs(track.samples).max()) < 1e-5:
                raise SoundError(f"{self.path}: the SoundFont plays nothing.")
            gain = track.gain * 10.0 ** ((written_lufs(piece) - MEZZO_LUFS) / 20.0)
            peak = float(np.abs(track.samples).max())
            track = replace(track, gain=min(gain, 10.0 ** (PEAK_DBFS / 20.0) / peak))
            ends_s = max((note.start_s + note.duration_s for note in piece.notes), default=0.0)
            fade_s = min(max(piece.duration_s - ends_s, 0.15), 2.5, piece.duration_s / 2)
            length_s = min(piece.duration_s, count / rate_hz)
            track.write(Edit((Span(0.0, 0.0, length_s),), piece.duration_s, fade_s), path)

    def _run(self, score: Path, wave: Path, duration_s: float, rate_hz: int) -> None:
        if self.program == "tinysoundfont":
            places = [entry for entry in sys.path if entry and (Path(entry) / "tinysoundfont").is_dir()][:1]
            command = [sys.executable, "-I", str(_WORKER), *places]
            command += [str(self.path), str(score), str(wave), str(rate_hz), f"{duration_s:.3f}"]
        else:
            command = [self.program, "-n", "-i", "-q", "-r", str(rate_hz), "-T", "wav", "-F", str(wave)]
            command += [str(self.path.resolve()), str(score)]
        limit_s = max(_LEAST_LIMIT_S, 2.0 * duration_s)
        try:
            done = subprocess.run(command, capture_output=True, timeout=limit_s, check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as error:
            raise SoundError(f"{self.path}: its player did not come to an end within {limit_s:.0f} s.") from error
        except OSError as error:
            raise SoundError(f"{self.path}: its player cannot be started ({error}).") from error
        if done.returncode != 0 or not wave.is_file():
            said = (done.stderr.decode(errors="replace").strip().splitlines() or ["no word"])[-1][:160]
            raise SoundError(f"{self.path}: the SoundFont cannot be played ({said}).")


def open_soundfont(path: Path, on_notice: Callable[[str], None]) -> Soundfont | None:
    """Returns the SoundFont and who plays it; None, with a notice, where it is broken or nobody does."""
    ours = "our own ensemble plays instead"
    try:
        with path.open("rb") as file:
            head = file.read(12)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        on_notice(f"{path}: the SoundFont cannot be read ({error}); {ours}.")
        return None
    if head[:4] != b"RIFF" or head[8:] != b"sfbk":
        on_notice(f"{path}: this is no SoundFont (.sf2), or it is damaged; {ours}.")
        return None
    program = shutil.which("fluidsynth")
    if program is None and importlib.util.find_spec("tinysoundfont") is not None:
        program = "tinysoundfont"
    if program is None:
        on_notice(f"{path}: nothing here plays SoundFonts; {ours}. Fix: install fluidsynth or tinysoundfont.")
        return None
    return Soundfont(path, digest, program)
