"""Captions in the picture: at the foot, while they last, legible on anything, Chinese as Chinese."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from audio.captions import Caption, write_srt
from shots.cut.burn import burn_in
from shots.errors import CutError
from shots.fonts import cjk_fonts

WIDTH, HEIGHT, FPS = 480, 270, 12


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of white over black, with a tone."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    picture = f"color=white:s={WIDTH}x{HEIGHT}:r={FPS}:d=2,drawbox=0:0:iw/2:ih:black:fill"
    command = [get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=d=2"]
    subprocess.run([*command, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)], check=True)
    return path


def _frames(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.stack([frame.to_ndarray(format="gray") for frame in container.decode(video=0)]).astype(np.int16)


def _burnt(film: Path, folder: Path, *lines: str) -> np.ndarray:
    write_srt([Caption(0.5, 1.5, lines)], folder / "c.ass")
    burn_in(film, folder / "c.ass", folder / "out.mp4")
    changed: np.ndarray = np.abs(_frames(folder / "out.mp4") - _frames(film))
    return changed


def test_a_caption_stands_at_the_foot_while_it_lasts(film: Path, tmp_path: Path) -> None:
    changed = _burnt(film, tmp_path, "MARA: You said the boat would leave at", "midnight, and nobody would ask.")
    assert changed[: FPS // 2].max() < 30 and changed[-FPS // 2 + 1 :].max() < 30
    shown = changed[FPS] > 60
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    assert rows[0] > 0.7 * HEIGHT and rows[-1] < 0.96 * HEIGHT, "in the title-safe area"
    assert 0.05 * WIDTH < columns[0] < 0.3 * WIDTH and 0.7 * WIDTH < columns[-1] < 0.95 * WIDTH
    black, white = shown[:, : WIDTH // 2].sum(), shown[:, WIDTH // 2 :].sum()
    assert black > 400 and white > 400, "light letters on black, their dark outline on white"


def test_chinese_is_written_in_characters_that_differ(film: Path, tmp_path: Path) -> None:
    if not cjk_fonts():
        pytest.skip("this machine has no Chinese font")
    one = _burnt(film, tmp_path, "雨雨雨雨雨雨雨雨")[FPS]
    other = _burnt(film, tmp_path, "一一一一一一一一")[FPS]
    assert (one > 60).sum() > 1.5 * (other > 60).sum(), "an empty box would be as dark for each"


def test_what_cannot_be_burnt_is_told_and_leaves_nothing(film: Path, tmp_path: Path) -> None:
    with pytest.raises(CutError, match="Fix:"):
        burn_in(film, tmp_path / "none.ass", tmp_path / "out.mp4")
    assert not list(tmp_path.iterdir())
