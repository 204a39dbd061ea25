"""What a folder holds of a mix: its figures beside its files, under a key of all that made it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audio import ambience, chain, effects
from audio.cues import CueSheet
from audio.ducking import LineHeard
from audio.library import Library, Provenance
from audio.master import FILES, Measured
from audio.profiles import Profile

__all__ = ["digest", "held_mix", "keep_mix", "sheet_key"]

_VERSION = 5  # of the sound that the mix makes of the same parts
_NEVER_HEARD = "-inf"


def digest(path: Path) -> str | None:
    """Returns a hash of a file's content; None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def sheet_key(
    cues: CueSheet, rate_hz: int, profile: Profile, library: Library | None, beside: Path | None = None
) -> str:
    """Returns a tagged hash of the cues, of what the files of voices and music and the one `beside` them hold, and of
    how they are mixed.
    """
    sheet = asdict(cues)
    for cue in (*sheet["dialogue"], *sheet["music"]):
        path: Path | None = cue.pop("path")
        cue["sound"] = digest(path) if path else None
    versions = [_VERSION, ambience.VERSION, effects.VERSION, chain.VERSION]
    tagged = ["mix", versions, rate_hz, asdict(profile), library.key if library else None, sheet]
    if beside is not None:
        tagged.append(digest(beside))
    return hashlib.sha256(json.dumps(tagged, sort_keys=True).encode()).hexdigest()


def keep_mix(folder: Path, figures: Mapping[str, Any]) -> None:
    """Writes the figures of a mix beside its files.

    Raises:
        OSError: the disk is full or refuses.
    """
    held = {
        **figures,
        "measured": _plain(asdict(figures["measured"])),
        "lines": [_plain(asdict(line)) for line in figures["lines"]],
        "sounds": [asdict(sound) for sound in figures["sounds"]],
        "bytes": {name: (folder / f"{name}.wav").stat().st_size for name in FILES},
    }
    partial = folder / ".mix.json.part"
    partial.write_text(json.dumps(held, indent=1, ensure_ascii=False), encoding="utf-8")
    partial.replace(folder / "mix.json")


def held_mix(folder: Path, key: str) -> dict[str, Any] | None:
    """Returns the figures of the mix of that key, if `folder` holds it whole."""
    try:
        held: dict[str, Any] = json.loads((folder / "mix.json").read_text(encoding="utf-8"))
        if held["key"] != key:
            return None
        if any((folder / f"{name}.wav").stat().st_size != size for name, size in held.pop("bytes").items()):
            return None
        held["notices"] = tuple(held["notices"])
        held["measured"] = Measured(**_heard(held["measured"]))
        held["lines"] = tuple(LineHeard(**_heard(line)) for line in held["lines"])
        held["sounds"] = tuple(Provenance(**sound) for sound in held["sounds"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return held


def _plain(figures: dict[str, Any]) -> dict[str, Any]:
    """JSON has no word for silence."""
    return {name: _NEVER_HEARD if value == -math.inf else value for name, value in figures.items()}


def _heard(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: -math.inf if value == _NEVER_HEARD else value for name, value in figures.items()}
