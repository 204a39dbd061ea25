"""Captions in the picture, for players that show none: a second file beside the film, its sound as it is.

ffmpeg's libass sets and shapes them (Chinese and Arabic too), in Lato and in the system's fonts for what Lato lacks.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from shots.errors import CutError
from shots.fonts import cjk_fonts, font_path
from shots.render.partial import partial_path

__all__ = ["burn_in"]

_ASS, _FONTS = "captions.ass", "fonts"
_ENCODED = ("-c:v", "libx264", "-preset", "medium", "-crf", "18", "-pix_fmt", "yuv420p")


def burn_in(film: Path, captions_ass: Path, out: Path) -> None:
    """Writes `film` to `out` with the captions of an .ass drawn into its picture; whole or not at all.

    Raises:
        CutError: there is no ffmpeg, a file is missing, or the disk is full.
    """
    from imageio_ffmpeg import get_ffmpeg_exe

    partial = partial_path(out.parent, ".mp4")
    try:
        with tempfile.TemporaryDirectory(prefix=".captions-", dir=out.parent) as folder:
            # Plain names in a folder of our own: a filter's path would need escaping, and a film's may hold anything.
            shutil.copyfile(captions_ass, Path(folder) / _ASS)
            (Path(folder) / _FONTS).mkdir()
            for font in (font_path(), font_path(bold=True), *cjk_fonts()[:1]):
                if font is not None:
                    shutil.copyfile(font, Path(folder) / _FONTS / font.name)
            command = [
                get_ffmpeg_exe(), "-nostdin", "-y", "-v", "error", "-i", f"file:{film.absolute()}", "-map", "0:v:0",
                "-map", "0:a:0", "-vf", f"ass={_ASS}:fontsdir={_FONTS}", *_ENCODED, "-c:a", "copy",
                "-map_metadata", "0", "-movflags", "+faststart", "-bitexact", f"file:{partial.absolute()}",
            ]  # fmt: skip
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        if done.returncode != 0:
            told = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it gave no reason"]
            raise CutError(f"{out}: captions cannot be burned in ({told[0]}). Fix: leave --burn-in away.")
        partial.replace(out)
    except (OSError, RuntimeError) as error:  # imageio_ffmpeg raises RuntimeError where there is no ffmpeg
        raise CutError(f"{out}: captions cannot be burned in ({error}). Fix: free some disk space.") from None
    finally:
        partial.unlink(missing_ok=True)
