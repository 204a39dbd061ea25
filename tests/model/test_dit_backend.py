"""The video model as a back end keeps the promises of `model.request.Backend`."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from model.backends.dit import VideoDiTBackend
from model.errors import PictureError
from model.request import Backend, ClipRequest, Frame, KnownFrame, ReferenceClip
from model.weights import digest_of, seal

if TYPE_CHECKING:
    from model.pipeline import VideoDiTPipeline


@pytest.fixture
def backend(tiny_pipeline: VideoDiTPipeline, tmp_path: Path) -> VideoDiTBackend:
    tiny_pipeline.save_pretrained(tmp_path / "weights")
    seal(tmp_path / "weights")
    return VideoDiTBackend(folder=tmp_path / "weights", device="cpu")


def clip(path: Path, colours: list[tuple[int, int, int]]) -> ReferenceClip:
    """A clip of plain frames, as takes are written."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        stream.codec_context.color_range, stream.codec_context.colorspace = 1, 1
        stream.options = {"crf": "1"}
        for number, colour in enumerate(colours):
            picture = np.full((64, 96, 3), colour, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, "rgb24").reformat(
                format="yuv420p", dst_colorspace=1, src_color_range=2, dst_color_range=1
            )
            frame.pts, frame.time_base = number, Fraction(1, 24)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return ReferenceClip(kind="continues", of="", path=str(path), digest="")


def test_it_pictures_with_the_weights_of_its_folder(backend: VideoDiTBackend, clip_request: ClipRequest) -> None:
    one: Backend = backend
    frames = list(one.generate(clip_request))
    assert [frame.shape for frame in frames] == [(64, 96, 3)] * 12
    assert one.weights_digest == digest_of(backend.folder)
    assert 1 <= one.at_once <= 4
    assert (one.name, one.reads) == ("dit", frozenset({"continues"}))
    assert one.version
    assert one.settings == (("steps", 2), ("guidance", 1.0))
    assert (one.varies, one.firmer) == (True, (("guidance", 1.5),))


def test_of_one_step_there_is_nothing_to_retake(backend: VideoDiTBackend, clip_request: ClipRequest) -> None:
    index = backend.folder / "model_index.json"
    index.write_text(json.dumps(json.loads(index.read_text()) | {"steps": 1}))
    assert not backend.varies

    shipped = VideoDiTBackend(device="cpu")
    assert not shipped.varies
    small = replace(clip_request, width_px=256, height_px=144, frame_count=1)
    one, other = (next(shipped.generate(replace(small, seed=seed))).astype(float) for seed in (1, 2))
    assert abs(one - other).mean() < 1.0, "as their being one step says"


def test_a_request_can_ask_for_more_guidance(backend: VideoDiTBackend, clip_request: ClipRequest) -> None:
    short = replace(clip_request, frame_count=2)
    plain, firmer = (list(backend.generate(replace(short, settings=own))) for own in ((), backend.firmer))
    assert not np.array_equal(plain[1], firmer[1])


def test_it_travels_to_workers_without_its_models(backend: VideoDiTBackend) -> None:
    sent = pickle.dumps(backend)
    assert len(sent) < 1000
    assert pickle.loads(sent) == backend  # noqa: S301


def test_a_shot_goes_on_from_the_last_frame_of_the_take_it_continues(
    backend: VideoDiTBackend, clip_request: ClipRequest, tmp_path: Path
) -> None:
    before = clip(tmp_path / "before.mp4", [(200, 30, 30)] * 30 + [(30, 60, 200)])
    other = replace(before, kind="place")
    frames: list[Frame] = list(backend.generate(replace(clip_request, references=(other, before))))
    assert np.abs(frames[0].astype(int) - (30, 60, 200)).max() < 8
    alone = list(backend.generate(replace(clip_request, references=(other,))))
    assert not np.array_equal(frames[2], alone[2]), "what follows sees it"


def test_what_a_person_gives_of_the_first_frame_stands_before_the_take_that_is_continued(
    backend: VideoDiTBackend, clip_request: ClipRequest, tmp_path: Path
) -> None:
    before = clip(tmp_path / "before.mp4", [(30, 60, 200)])
    left = np.zeros((64, 96), np.bool_)
    left[:, :48] = True
    given = KnownFrame(index=0, picture=np.full((64, 96, 3), (20, 160, 40), np.uint8))
    short = replace(clip_request, frame_count=2, references=(before,))
    whole = next(backend.generate(replace(short, known=(given,))))
    assert np.array_equal(whole, given.picture)
    half = next(backend.generate(replace(short, known=(replace(given, keep=left),)))).astype(int)
    assert np.abs(half[:, :40] - (20, 160, 40)).max() == 0
    assert np.abs(half[:, 50:] - (30, 60, 200)).max() < 8


def test_a_take_that_cannot_be_read_is_named_before_the_first_frame(
    backend: VideoDiTBackend, clip_request: ClipRequest, tmp_path: Path
) -> None:
    for path, data in ((tmp_path / "gone.mp4", None), (tmp_path / "junk.mp4", b"junk")):
        if data is not None:
            path.write_bytes(data)
        reference = ReferenceClip(kind="continues", of="", path=str(path), digest="")
        with pytest.raises(PictureError, match=f"{path.name}, the take to go on from, cannot be read.*Fix: "):
            backend.generate(replace(clip_request, references=(reference,)))


def test_without_weights_it_says_so_when_it_is_planned_with(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"no weights in .*--picture previz"):
        _ = VideoDiTBackend(folder=tmp_path).weights_digest


def test_planning_with_it_loads_no_torch(backend: VideoDiTBackend) -> None:
    code = (
        "import sys; from pathlib import Path; from model.backends.dit import VideoDiTBackend;"
        "b = VideoDiTBackend(folder=Path(sys.argv[1])); b.reads, b.settings, b.weights_digest;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'diffusers', 'av', 'skia')))"
    )
    assert subprocess.run([sys.executable, "-c", code, backend.folder], check=False).returncode == 0
