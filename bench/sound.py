"""What a film's sound costs and how near it lands: time against its length, memory against its length, levels."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["sound"]

_CEILING_DBTP, _TARGET_LUFS = -1.5, -16.0  # of the profile that is the default

Run = Callable[..., tuple[float, float]]


def sound(folder: Path, sources: Sequence[Path], long: Path, run: Run) -> dict[str, float]:
    """`run` runs a command of workprint → (seconds, peak MB). `long` is a screenplay of at least ten minutes."""
    first = folder / "sound-found"
    made_s, made_mb = run("sound", sources[0], "-o", first)
    again_s, _ = run("sound", sources[0], "-o", first)
    ten_s, ten_mb = run("sound", long, "-o", folder / "sound-long")
    levels = [_heard(first)]
    for source in sources[1:]:
        into = folder / f"sound-{source.stem}"
        run("sound", source, "-o", into)
        levels.append(_heard(into))
    (length_s, *_), (long_s, *_) = levels[0], _heard(folder / "sound-long")
    return {
        "sound_realtime_factor": length_s / made_s,
        "sound_again_realtime_factor": length_s / again_s,
        "sound_peak_mb": made_mb,
        "sound_long_film_s": long_s,
        "sound_long_realtime_factor": long_s / ten_s,
        "sound_memory_long_over_short": ten_mb / made_mb,
        "sound_loudness_error_lu": max(abs(lufs - _TARGET_LUFS) for _, lufs, _ in levels),
        "sound_over_ceiling_db": max(peak - _CEILING_DBTP for *_, peak in levels),
    }


def _heard(film: Path) -> tuple[float, float, float]:
    """Of a film's mix, as AAC: seconds, LUFS, true peak in dBTP."""
    import av
    import numpy as np

    from audio.loudness import LoudnessMeter, PeakMeter
    from shots.cut.sound import AUDIO_RATE, encode_sound

    mix = film / "cache" / "sound" / "mix.wav"
    held = json.loads(mix.with_name("mix.json").read_text())
    out = film / "heard.m4a"
    encode_sound(mix, out, round(held["duration_s"] * AUDIO_RATE))
    loudness, peaks = LoudnessMeter(AUDIO_RATE), PeakMeter()
    with av.open(out) as file:
        for frame in file.decode(audio=0):
            block = np.ascontiguousarray(frame.to_ndarray().T, dtype=np.float32)
            loudness.add(block)
            peaks.add(block)
    return held["duration_s"], loudness.integrated_lufs(), peaks.dbtp()
