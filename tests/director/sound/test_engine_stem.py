"""The sound that an engine made with its takes becomes one stem: on its frames, faded with the picture, in no mix."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from director.sound.engine import write_engine_stem
from shots.cut.timeline import Cut, CutItem
from shots.render.job import Take

FPS, RATE_HZ = 24, 48_000
A_FRAME = RATE_HZ // FPS


def take(folder: Path, shot: str, level: float | None, frames: int = 48, rate_hz: int = RATE_HZ) -> Take:
    """A take with a steady level to be heard, or with no sound."""
    sound = None
    if level is not None:
        sound = folder / f"{shot}.flac"
        soundfile.write(sound, np.full((frames * rate_hz // FPS, 2), level), rate_hz, subtype="PCM_24", format="FLAC")
    clip = folder / f"{shot}.mp4"
    return Take(
        shot=shot, key="", path=clip, digest="", frame_count=frames, width_px=2, height_px=2, fps=FPS, sound=sound
    )


def cut_of(*items: CutItem) -> Cut:
    return Cut(title="Two", language="en", fps=FPS, width_px=2, height_px=2, items=items)


def stem(cut: Cut, takes: dict[str, Take], folder: Path) -> NDArray[np.float64]:
    path = write_engine_stem(cut, takes, folder / "stems")
    assert path == folder / "stems" / "engine.wav"
    samples, rate_hz = soundfile.read(path, always_2d=True)
    assert rate_hz == RATE_HZ
    assert len(samples) == cut.frame_count * A_FRAME
    return np.asarray(samples[:, 0])


def test_each_sound_stands_under_its_shot_and_what_has_none_is_silent(tmp_path: Path) -> None:
    cut = cut_of(
        CutItem(start_frame=0, frame_count=24),
        CutItem(start_frame=24, frame_count=24, shot="A"),
        CutItem(start_frame=48, frame_count=12, shot="B"),
        CutItem(start_frame=60, frame_count=12, shot="C"),
    )
    takes = {
        "A": take(tmp_path, "A", 0.25, rate_hz=16_000),
        "B": take(tmp_path, "B", None),
        "C": take(tmp_path, "C", 0.5),
    }
    heard = stem(cut, takes, tmp_path)
    middles = [heard[frame * A_FRAME + A_FRAME // 2] for frame in (12, 23, 24, 47, 48, 59, 60, 71)]
    assert middles == pytest.approx([0, 0, 0.25, 0.25, 0, 0, 0.5, 0.5], abs=0.01)
    steps = np.abs(np.diff(heard))
    assert steps.max() < 0.01, "no click at a cut"


def test_a_take_is_heard_from_the_frame_on_that_is_shown(tmp_path: Path) -> None:
    ramp = np.linspace(0, 0.9, 48 * A_FRAME)
    soundfile.write(tmp_path / "ramp.flac", np.stack([ramp, ramp], 1), RATE_HZ, subtype="PCM_24", format="FLAC")
    one = take(tmp_path, "A", 0.1)
    takes = {"A": Take(**{**vars(one), "sound": tmp_path / "ramp.flac"})}
    heard = stem(cut_of(CutItem(start_frame=0, frame_count=24, first_frame=12, shot="A")), takes, tmp_path)
    at = 6 * A_FRAME
    assert heard[at] == pytest.approx(ramp[at + 12 * A_FRAME], abs=1e-4)


def test_shots_that_dissolve_are_heard_together_and_a_fade_is_heard(tmp_path: Path) -> None:
    cut = cut_of(
        CutItem(start_frame=0, frame_count=24, shot="A", fade_in_frames=6),
        CutItem(start_frame=16, frame_count=24, shot="B", entered_by="dissolve", overlap_frames=8),
    )
    heard = stem(cut, {"A": take(tmp_path, "A", 0.4), "B": take(tmp_path, "B", 0.4)}, tmp_path)
    assert heard[3 * A_FRAME] == pytest.approx(0.2, abs=0.01), "half way into the fade"
    assert heard[8 * A_FRAME : 38 * A_FRAME] == pytest.approx(0.4, abs=0.01), "one goes as the other comes"


def test_a_film_without_such_sounds_has_no_such_stem(tmp_path: Path) -> None:
    cut = cut_of(CutItem(start_frame=0, frame_count=24, shot="A"))
    stem(cut, {"A": take(tmp_path, "A", 0.4)}, tmp_path)
    assert write_engine_stem(cut, {"A": take(tmp_path, "A", None)}, tmp_path / "stems") is None
    assert list((tmp_path / "stems").iterdir()) == []
