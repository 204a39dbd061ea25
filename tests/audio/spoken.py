"""A clip that the chain and the meters take for speech: voiced syllables with formants, four a second, and breath."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from scipy import signal

RATE = 22_050


def babble(seconds: float, hz: float = 120.0, seed: int = 1) -> np.ndarray:
    """Returns `seconds` of it, mono at `RATE`, at the level that `audio.clips` gives to a clip."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE)) / RATE
    source = signal.sawtooth(2 * np.pi * np.cumsum(hz * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * time))) / RATE)
    source = source + 0.25 * rng.standard_normal(len(time))
    voiced = np.zeros(len(time))
    for centre, gain in ((600, 1.0), (1300, 0.6), (2600, 0.4), (5000, 0.25)):
        numerator, denominator = signal.iirpeak(centre, 4.0, fs=RATE)
        voiced += gain * signal.lfilter(numerator, denominator, source)
    voiced *= np.clip(np.sin(2 * np.pi * 2.0 * time) ** 2 * 1.3 - 0.1, 0.0, 1.0)
    edge = round(0.01 * RATE)
    voiced[:edge] *= np.linspace(0, 1, edge)
    voiced[-edge:] *= np.linspace(1, 0, edge)
    loud = voiced[np.abs(voiced) > 0.05 * np.abs(voiced).max()]
    return (voiced * 10 ** (-22 / 20) / np.sqrt(np.mean(loud**2))).astype(np.float32)


def spoken(path: Path, seconds: float, hz: float = 120.0, seed: int = 1) -> Path:
    """Writes it and returns where."""
    soundfile.write(path, babble(seconds, hz, seed), RATE, subtype="PCM_16")
    return path
