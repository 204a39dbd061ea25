"""What an ear hears of a voice, measured: median pitch, formants, harmonicity, brightness.

Run as a script it measures every variant of espeak-ng that can serve a cast and prints the table that
`audio.voices.variants` keeps:

    python -m tests.audio.voice_measures

Each variant speaks one and the same voiced English sentence at 165 words a minute and pitch 50. The fundamental is
the median over voiced frames (autocorrelation, 46 ms frames, Boersma 1993's window correction); formants are the
medians of the first three resonances of a linear prediction (autocorrelation method, order 12 at 11 kHz, Makhoul
1975), over the same frames; `rise` is how many semitones ten steps of espeak's pitch scale are worth.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import linalg, signal

__all__ = ["LINE", "brightness_db", "f0_hz", "formants_hz", "harmonicity", "voiced_frames"]

LINE = "I never told you where the money was, and you never asked me why."
_FRAME = 1024
_LOWEST_HZ, _HIGHEST_HZ = 50.0, 480.0
_VOICED = 0.45  # of a frame's own power, at one period's distance


def read(path: Path) -> tuple[NDArray[np.float64], int]:
    """A mono sound and its rate."""
    samples, rate_hz = soundfile.read(path)
    return np.asarray(samples, np.float64), int(rate_hz)


def voiced_frames(samples: NDArray[np.float64], rate_hz: int) -> list[tuple[int, float, float]]:
    """The frames that are not silent: first sample, fundamental in Hz (0 if unvoiced), and correlation at it."""
    window = np.hanning(_FRAME)
    own = np.correlate(window, window, "full")[_FRAME - 1 :] / np.sum(window**2)
    shortest, longest = int(rate_hz / _HIGHEST_HZ), int(rate_hz / _LOWEST_HZ)
    out = []
    loud = np.sqrt(np.mean(samples**2)) * 0.25
    for begin in range(0, len(samples) - _FRAME, _FRAME // 2):
        frame = samples[begin : begin + _FRAME]
        if frame.std() < loud:
            continue
        spectrum = np.fft.rfft((frame - frame.mean()) * window, 2 * _FRAME)
        alike = np.fft.irfft(np.abs(spectrum) ** 2)[:_FRAME]
        alike = alike / alike[0] / np.maximum(own, 0.02)
        lags = np.arange(shortest, min(longest, _FRAME - 200))
        inner = alike[lags]
        peaks = lags[1:-1][(inner[1:-1] > inner[:-2]) & (inner[1:-1] >= inner[2:])]
        if not peaks.size or alike[peaks].max() <= 0:
            out.append((begin, 0.0, 0.0))
            continue
        top = alike[peaks].max()
        lag = int(peaks[alike[peaks] > 0.9 * top][0])
        out.append((begin, rate_hz / lag if alike[lag] > _VOICED else 0.0, float(min(1.0, alike[lag]))))
    return out


def f0_hz(samples: NDArray[np.float64], rate_hz: int) -> float:
    """Median fundamental of the voiced frames."""
    return float(np.median([hz for _, hz, _ in voiced_frames(samples, rate_hz) if hz] or [0.0]))


def harmonicity(samples: NDArray[np.float64], rate_hz: int) -> float:
    """Median correlation of a loud frame with itself one period on: near 1 is voice, near 0 noise."""
    return float(np.median([alike for _, _, alike in voiced_frames(samples, rate_hz)] or [0.0]))


def formants_hz(samples: NDArray[np.float64], rate_hz: int) -> tuple[float, float, float]:
    """Medians of the first three formants over the voiced frames."""
    low_hz = 11_025
    low = signal.resample_poly(samples, low_hz, rate_hz)
    low = signal.lfilter([1.0, -0.95], [1.0], low)
    size = _FRAME * low_hz // rate_hz
    found = []
    for begin, hz, _ in voiced_frames(samples, rate_hz):
        frame = low[begin * low_hz // rate_hz :][:size] * np.hamming(size) if hz else np.zeros(0)
        if frame.size != size:
            continue
        power = np.correlate(frame, frame, "full")[size - 1 : size + 12]
        power[0] *= 1.0001
        weights = linalg.solve_toeplitz(power[:-1], power[1:])
        roots = np.roots([1.0, *-weights])
        roots = roots[roots.imag > 0]
        centres = np.angle(roots) * low_hz / (2 * np.pi)
        widths = -np.log(np.abs(roots)) * low_hz / np.pi
        clear = np.sort(centres[(centres > 150) & (centres < 5000) & (widths < 600)])
        if clear.size >= 3:
            found.append(clear[:3])
    one, two, three = np.median(found, axis=0) if found else (0.0, 0.0, 0.0)
    return float(one), float(two), float(three)


def brightness_db(samples: NDArray[np.float64], rate_hz: int) -> float:
    """How loud 1.5 to 6 kHz is beside 100 Hz to 1 kHz."""
    hz, power = signal.welch(samples, rate_hz, nperseg=1024)
    high, low = power[(hz >= 1500) & (hz < 6000)].sum(), power[(hz >= 100) & (hz < 1000)].sum()
    return float(10 * np.log10(high / low))


def main() -> None:
    """Prints the table."""
    from audio.speech import Speaker
    from audio.voices.casting import Voice
    from audio.voices.espeak import Espeak

    engine = Espeak()
    with tempfile.TemporaryDirectory() as folder:
        for variant in sorted(engine.variants):
            told = []
            for pitch in (30, 50, 70):
                path = Path(folder, f"{variant}{pitch}.wav")
                voice = Voice(f"en-us+{variant}", pitch, 55, 165)
                engine.speak(LINE, Speaker(id="A"), str(voice), path)
                samples, rate_hz = read(path)
                told.append((f0_hz(samples, rate_hz), harmonicity(samples, rate_hz), formants_hz(samples, rate_hz)))
            rise = 12 * np.log2(told[2][0] / max(told[0][0], 1.0)) / 4
            one, two, three = (round(hz) for hz in told[1][2])
            print(f'"{variant}": Variant({told[1][0]:.0f}, ({one}, {two}, {three}), {rise:.2f}),  # {told[1][1]:.2f}')


if __name__ == "__main__":
    main()
