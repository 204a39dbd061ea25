"""What tests of music share: pieces of a few notes, how to read what was played, and how to measure it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.loudness import LoudnessMeter
from audio.score.piece import Note, Part, Piece

RATE = 48_000


def piece(
    notes: Sequence[Note],
    duration_s: float,
    swells: Mapping[Part, tuple[tuple[float, float], ...]] | None = None,
    bars_s: Sequence[float] | None = None,
) -> Piece:
    return Piece(
        title="1m1",
        duration_s=duration_s,
        tonic=9,
        mode="aeolian",
        beats_a_bar=4,
        bars_s=tuple(bars_s or np.arange(0.0, duration_s + 2.0, 2.0)),
        notes=tuple(sorted(notes)),
        swells=swells or {},
    )


def read(path: Path) -> NDArray[np.float32]:
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate_hz == RATE
    return np.asarray(samples, np.float32)


def lufs(samples: NDArray[np.float32]) -> float:
    meter = LoudnessMeter(RATE)
    meter.add(samples)
    return meter.integrated_lufs()


def db(samples: NDArray[np.float32]) -> float:
    return float(20.0 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))) + 1e-12))


def spectrum(samples: NDArray[np.float32], size: int = 1 << 19) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frequencies and power."""
    mono = samples.mean(axis=1) if samples.ndim == 2 else samples
    power = np.abs(np.fft.rfft(mono * np.hanning(len(mono)), max(size, len(mono)))) ** 2
    return np.fft.rfftfreq(max(size, len(mono)), 1 / RATE), power


def cents_off(samples: NDArray[np.float32], hz: float) -> float:
    """How far the tone near `hz` is from it: the middle of its power, which a section spreads out."""
    freqs, power = spectrum(samples)
    near = (freqs > hz * 2 ** (-70 / 1200)) & (freqs < hz * 2 ** (70 / 1200))
    return float(1200 * np.log2((power[near] * freqs[near]).sum() / power[near].sum() / hz))


def centroid_hz(samples: NDArray[np.float32]) -> float:
    freqs, power = spectrum(samples)
    return float((np.sqrt(power) * freqs).sum() / np.sqrt(power).sum())
