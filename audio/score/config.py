"""Who makes the score, as one reads it from a command line. Light: it loads no sound library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audio.errors import SoundError

__all__ = ["ScoreConfig"]


@dataclass(frozen=True, kw_only=True)
class ScoreConfig:
    """Who makes the score. `path` is a temp track's file or a model's folder; `soundfont` an .sf2 that plays ours."""

    kind: Literal["own", "none", "temp_track", "generated"] = "own"
    path: Path | None = None
    soundfont: Path | None = None
    seed: int = 0

    @classmethod
    def read(cls, text: str, soundfont: Path | None = None, seed: int = 0) -> ScoreConfig:
        """Reads what stands behind `--score`: "own", "none", a sound file, or a folder of weights.

        Raises:
            SoundError: it is none of these.
        """
        if text in {"own", "none"}:
            return cls(kind="own" if text == "own" else "none", soundfont=soundfont, seed=seed)
        path = Path(text).expanduser()
        if path.is_dir():
            return cls(kind="generated", path=path, soundfont=soundfont, seed=seed)
        if path.is_file():
            return cls(kind="temp_track", path=path, soundfont=soundfont, seed=seed)
        raise SoundError(
            f"--score {text}: there is no such file or folder. Fix: give own, none, a sound file (a temp track) "
            "or the folder of a music model's weights."
        )
