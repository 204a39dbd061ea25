"""Every example makes its film by its command in the README, small, with real voices and real encoders."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

REPOSITORY = Path(__file__).parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]

ENGINE = REPOSITORY / "examples" / "engines" / "photographic.yaml"
EXAMPLES = sorted(p for p in (REPOSITORY / "examples").iterdir() if p.suffix in {".fountain", ".yaml"})


def test_every_example_stands_in_the_readme() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^workprint make examples/(\S+) +#", readme, re.MULTILINE)
    assert sorted(named) == [source.name for source in EXAMPLES]


@pytest.mark.slow
@pytest.mark.parametrize("source", EXAMPLES, ids=lambda source: source.name)
def test_an_example_becomes_a_film(source: Path, tmp_path: Path, workprint: Run) -> None:
    shape = ["--size", "72x128", "--workers", "0"] if source.name == "rooftop.yaml" else ["--size", "128x72"]
    reply = workprint("make", source, "-o", tmp_path / "film", *shape, "--score", "own", cwd=tmp_path)
    assert reply.returncode == 0, reply.stderr
    assert "film.mp4" in reply.stdout
    for name in ("film.mp4", "film.srt", "film.otio", "board.pdf", "board.png", "graph.svg", "spotting.md"):
        assert (tmp_path / "film" / name).stat().st_size > 0, name
    for stem in ("dialogue", "music", "effects", "ambience"):
        heard, _ = soundfile.read(tmp_path / "film" / "stems" / f"{stem}.wav", dtype="float32")
        assert np.abs(heard).max() > 0.003, stem
    with av.open(tmp_path / "film" / "film.mp4") as film:
        video, sound = film.streams.video[0], film.streams.audio[0]
        assert (video.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert video.average_rate == 24
        assert sound.sample_rate == 48_000
        assert len(film.streams.subtitles) == 1
        picture_frames = sum(1 for _ in film.decode(video=0))
        assert sound.duration is not None
        assert sound.time_base is not None
        sound_s = float(sound.duration * sound.time_base)
    assert abs(picture_frames / 24 - sound_s) <= 1 / 24


@pytest.mark.slow
@pytest.mark.parametrize("source", EXAMPLES, ids=lambda source: source.name)
def test_an_examples_storyboard_has_no_continuity_errors(source: Path, tmp_path: Path, workprint: Run) -> None:
    reply = workprint("check", source, cwd=tmp_path)
    assert reply.returncode == 0, reply.stdout + reply.stderr
