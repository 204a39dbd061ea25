"""How well a line can be understood through what sounds beside it: from 0 to 1.

The speech intelligibility index of ANSI S3.5-1997 (one-third octave bands, without the thresholds of hearing: films
are played at a level of the listener's choosing), taken frame by frame for sounds that come and go as Rhebergen and
Versfeld do (J. Acoust. Soc. Am. 117, 2005). Above 0.75 a listener follows with ease, below 0.45 with effort. Like the
short-time measure of Taal et al. (IEEE TASLP 19, 2011) it compares the clean line with its company in short frames;
unlike it, it needs only the powers of both, so that a deeper duck can be weighed without being mixed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.layers import Stereo

__all__ = ["EASY", "FRAME", "HARD", "band_powers", "intelligibility"]

EASY, HARD = 0.55, 0.45  # what a mix aims at for every line; below the second a listener strains
FRAME = 2048
_IMPORTANCE = {
    160: 0.0083, 200: 0.0095, 250: 0.0150, 315: 0.0289, 400: 0.0440, 500: 0.0578, 630: 0.0653, 800: 0.0711,
    1000: 0.0818, 1250: 0.0844, 1600: 0.0882, 2000: 0.0898, 2500: 0.0868, 3150: 0.0844, 4000: 0.0771, 5000: 0.0527,
    6300: 0.0364, 8000: 0.0185,
}  # fmt: skip
_PEAKS_DB, _SPAN_DB = 15.0, 30.0  # speech is heard from 15 dB under its mean to 15 dB over it
_WINDOW = np.hanning(FRAME)[:, None].astype(np.float32)

_Bands = NDArray[np.float64]


def band_powers(samples: Stereo, rate_hz: int) -> _Bands:
    """Returns the power of each third of an octave in each frame (frames, bands) of a sound (n, 2)."""
    padded = np.pad(samples, ((0, -len(samples) % FRAME), (0, 0)))
    frames = padded.reshape(-1, FRAME, 2) * _WINDOW
    power = np.square(np.abs(np.fft.rfft(frames, axis=1))).sum(axis=2)
    hz = np.fft.rfftfreq(FRAME, 1.0 / rate_hz)
    step = 2.0 ** (1.0 / 6.0)
    edges = np.array([(centre / step, centre * step) for centre in _IMPORTANCE])
    masks = ((hz[None, :] >= edges[:, :1]) & (hz[None, :] < edges[:, 1:])).astype(np.float64)
    bands: _Bands = power @ masks.T
    return bands


def intelligibility(line: _Bands, beside: _Bands) -> float:
    """Returns the index of a line's powers among those of what sounds beside it, both (frames, bands); 0 of silence."""
    loud = line.sum(axis=1)
    spoken = loud > loud.max(initial=0.0) * 1e-3
    if not spoken.any() or loud.max() < 1e-12:
        return 0.0
    speech = line[spoken].mean(axis=0)
    floor = speech.max() * 1e-9
    ratio_db = 10.0 * np.log10((speech[None, :] + floor * 1e-3) / (beside[spoken] + floor))
    heard = np.clip((ratio_db + _PEAKS_DB) / _SPAN_DB, 0.0, 1.0)
    weights = np.array(list(_IMPORTANCE.values()))
    return float((heard.mean(axis=0) * weights).sum() / weights.sum())
