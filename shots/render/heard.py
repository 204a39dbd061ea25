"""What an engine made to be heard with a take: a FLAC file beside the clip, and what the receipt says of it."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path

from model.request import ClipSound
from shots.render.keys import JSON
from shots.render.partial import flush

__all__ = ["SOUND", "sound_of", "write_sound"]

SOUND = "sound.flac"
"""Its name, in the folder of a take."""


def write_sound(sound: ClipSound, path: Path) -> dict[str, JSON]:
    """Writes a sound in 24 bits, without loss, and returns what the receipt says of it.

    Raises:
        OSError: the disk is full or refuses.
    """
    import soundfile

    try:
        soundfile.write(path, sound.samples, sound.rate_hz, subtype="PCM_24", format="FLAC")
    except soundfile.SoundFileError as error:
        raise OSError(errno.EIO, str(error), str(path)) from error
    flush(path)
    return {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "bytes": path.stat().st_size,
        "rate_hz": sound.rate_hz,
        "channels": sound.samples.shape[1],
        "samples": len(sound.samples),
    }


def sound_of(said: JSON, home: Path) -> tuple[Path | None, str]:
    """The sound in a take's folder and its digest, as its receipt says; no path where what it says is not there."""
    if not isinstance(said, dict):
        return None, ""
    path = home / SOUND
    try:
        whole = path.stat().st_size == said.get("bytes")
    except OSError:
        whole = False
    return (path if whole else None), str(said.get("sha256"))
