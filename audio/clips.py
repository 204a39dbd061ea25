"""Short mono clips at the edge: trimming, levelling and writing one spoken line.

The only file that imports pydub, which is right for clip work (silence, trims, fades) and wrong for a mix:
its samples are integers and its edits whole milliseconds. The mix itself is in `audio.mix`.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.errors import SoundError

with warnings.catch_warnings():  # pydub warns on import of its own syntax, of audioop's and of ffmpeg's absence
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

__all__ = ["CLIP_RATE_HZ", "CLIP_RMS_DB", "level", "trim", "write_clip"]

CLIP_RATE_HZ = 22_050
CLIP_RMS_DB = -22.0  # of the speech itself, pauses left out: every voice is as loud as every other
_PEAK_DB = -1.5
_SILENCE_DB = -52.0
_LEAD_MS, _TAIL_MS = 8, 60  # kept around the sound, so that a soft onset or breath is not cut
_FADE_MS = 6


def trim(samples: NDArray[np.float32], rate_hz: int) -> tuple[NDArray[np.float32], float]:
    """Cuts silence off both ends and fades the new edges.

    Returns:
        The clip, and how many seconds were cut off its beginning.
    """
    scaled = np.clip(np.rint(samples * 32767.0), -32768, 32767).astype("<i2")
    clip = AudioSegment(data=scaled.tobytes(), sample_width=2, frame_rate=rate_hz, channels=1)
    lead_ms = max(0, detect_leading_silence(clip, silence_threshold=_SILENCE_DB, chunk_size=2) - _LEAD_MS)
    tail_ms = max(0, detect_leading_silence(clip.reverse(), silence_threshold=_SILENCE_DB, chunk_size=2) - _TAIL_MS)
    if lead_ms + tail_ms >= len(clip):
        return samples, 0.0
    clip = clip[lead_ms : len(clip) - tail_ms].fade_in(_FADE_MS).fade_out(_FADE_MS * 4)
    return np.frombuffer(clip.raw_data, dtype="<i2").astype(np.float32) / 32768.0, lead_ms / 1000.0


def level(samples: NDArray[np.float32], rate_hz: int, gain_db: float = 0.0) -> NDArray[np.float32]:
    """Brings speech to `CLIP_RMS_DB` plus `gain_db`, measured over 50 ms windows that are not pauses."""
    window = max(1, rate_hz // 20)
    padded = np.pad(samples, (0, -len(samples) % window))
    power = np.mean(np.square(padded.reshape(-1, window), dtype=np.float64), axis=1)
    loud = power[power > power.max() * 1e-3] if power.size else power
    if not loud.size or loud.mean() < 1e-10:
        return samples
    gain = 10.0 ** ((CLIP_RMS_DB + gain_db) / 20.0) / float(np.sqrt(loud.mean()))
    gain = min(gain, 10.0 ** (_PEAK_DB / 20.0) / float(np.abs(samples).max()))
    return samples * np.float32(gain)


def write_clip(path: Path, samples: NDArray[np.float32], rate_hz: int) -> None:
    """Writes a 16-bit mono WAV; what stood at `path` is replaced whole or not at all.

    Raises:
        SoundError: the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(partial, samples, rate_hz, subtype="PCM_16", format="WAV")
        partial.replace(path)
    except (OSError, soundfile.SoundFileError) as error:
        partial.unlink(missing_ok=True)
        raise SoundError(f"{path}: the sound cannot be written ({error}). Fix: free some disk space.") from error
