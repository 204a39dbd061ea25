"""Reads sound files of the user's, of any rate and format, up to a length. The files are not trusted."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.errors import SoundError

__all__ = ["read_sound"]

_Stereo = NDArray[np.float32]
_RATES_HZ = (4_000, 384_000)
_MOST_CHANNELS = 32


def read_sound(path: Path, rate_hz: int, most_s: float) -> tuple[_Stereo, bool]:
    """Reads a sound as (n, 2) at `rate_hz`, at most its first `most_s` seconds.

    soundfile reads what it can; PyAV the rest (m4a, a film's own track).

    Returns:
        The samples, and whether they are the whole file.

    Raises:
        SoundError: it is no sound, holds nothing, or holds numbers that are not finite.
    """
    try:
        samples, own_hz, whole = _by_soundfile(path, most_s)
    except (soundfile.SoundFileError, OSError):
        samples, own_hz, whole = _by_av(path, most_s)
    if len(samples) < own_hz // 200:
        raise SoundError("There is no sound in it.")
    if not np.isfinite(samples).all():
        raise SoundError("It holds numbers that are no sound.")
    stereo = samples[:, :2] if samples.shape[1] == 2 else np.repeat(samples.mean(axis=1, keepdims=True), 2, axis=1)
    if float(np.abs(stereo).max()) < 1e-5:
        raise SoundError("There is only silence in it.")
    return _resampled(stereo, own_hz, rate_hz), whole


def _by_soundfile(path: Path, most_s: float) -> tuple[_Stereo, int, bool]:
    with soundfile.SoundFile(path) as file:
        _check(file.samplerate, file.channels)
        samples = file.read(round(most_s * file.samplerate), dtype="float32", always_2d=True)
        return samples, file.samplerate, file.tell() >= file.frames


def _by_av(path: Path, most_s: float) -> tuple[_Stereo, int, bool]:
    import av

    parts: list[_Stereo] = []
    held, whole = 0, True
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise SoundError("There is no sound in it.")
            stream = container.streams.audio[0]
            own_hz = int(stream.codec_context.sample_rate or 0)
            _check(own_hz, stream.codec_context.channels)
            planar = av.AudioResampler(format="fltp", layout="stereo", rate=own_hz)
            for frame in container.decode(stream):
                for piece in planar.resample(frame):
                    parts.append(piece.to_ndarray().T.astype(np.float32))
                    held += len(parts[-1])
                if held >= most_s * own_hz:
                    whole = False
                    break
    except (av.FFmpegError, OSError, ValueError) as error:
        raise SoundError("It cannot be read as a sound.") from error
    if not parts:
        raise SoundError("There is no sound in it.")
    return np.concatenate(parts)[: round(most_s * own_hz)], own_hz, whole


def _check(rate_hz: int, channels: int) -> None:
    if not (_RATES_HZ[0] <= rate_hz <= _RATES_HZ[1] and 1 <= channels <= _MOST_CHANNELS):
        raise SoundError(f"{rate_hz} Hz and {channels} channels are no sound that a film can use.")


def _resampled(samples: _Stereo, own_hz: int, rate_hz: int) -> _Stereo:
    if own_hz == rate_hz:
        return samples
    from scipy import signal

    shared = math.gcd(own_hz, rate_hz)
    up, down = rate_hz // shared, own_hz // shared
    if max(up, down) > 2000:  # rates without a small ratio (44,057 Hz): near enough
        up, down = round(1000 * rate_hz / own_hz), 1000
    made: _Stereo = signal.resample_poly(samples, up, down, axis=0).astype(np.float32)
    return made
