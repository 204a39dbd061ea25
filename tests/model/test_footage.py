"""Real footage: cut into windows of the theatre's sizes and rates, with its words, and with nothing else known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import torch

from model.errors import PictureError
from model.sampler.split import held_out
from model.text import buckets_of
from model.training.autoencoder import crops
from model.training.clips import save
from model.training.draw import clip_path, drawn_clips
from model.training.encode import encode_folder
from model.training.footage import cut_footage, load_footage, side_of
from model.training.latents import LatentClips
from model.training.transformer import context_of
from tests.model.test_latents import noise, small

Picture = Callable[[int], np.ndarray]


def grey(size: tuple[int, int] = (96, 54)) -> Picture:
    """Frame n is of grey 2 n."""
    return lambda n: np.full((size[1], size[0], 3), 2 * n, dtype=np.uint8)


def film(path: Path, frames: int, rate: int, picture: Picture, caption: str | None = "a man in a dark room") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264" if path.suffix != ".webm" else "libvpx-vp9", rate=rate)
        stream.height, stream.width = picture(0).shape[:2]
        stream.pix_fmt = "yuv420p"
        for n in range(frames):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(picture(n), "rgb24")))
        file.mux(stream.encode(None))
    if caption is not None:
        path.with_suffix(".txt").write_text(caption, encoding="utf-8")


def named(side: str, start: str = "shot") -> str:
    """A file name that falls on a side."""
    return next(name for name in (f"{start}{n}.mp4" for n in range(200)) if side_of(name) == side)


def windows(clips: Path, side: str = "train") -> list[Path]:
    return sorted((clips / side).glob("*.safetensors"))


def test_a_film_file_is_cut_from_end_to_end(tmp_path: Path) -> None:
    """75 frames at 30 a second: windows of 13, 5, 5, 5 and 5 frames at 12, 12, 24, 12 and 12, of what is then shown."""
    name = named("train")
    film(tmp_path / "in" / name, 75, 30, grey())
    done = cut_footage(tmp_path / "in", tmp_path / "clips")
    assert (done.written, done.kept, done.problems) == (5, 0, ())
    found = [load_footage(path) for path in windows(tmp_path / "clips")]
    assert [(len(one.frames), one.fps) for one in found] == [(13, 12), (5, 12), (5, 24), (5, 12), (5, 12)]
    assert {one.frames.shape[1:] for one in found} == {(288, 512, 3)}
    assert {(one.caption, one.split) for one in found} == {("a man in a dark room", "train")}
    start_s = 0.0
    for one in found:
        shown = [int(30 * (start_s + k / one.fps) + 1e-6) for k in range(len(one.frames))]
        assert np.abs(one.frames.mean(axis=(1, 2, 3)) / 2 - shown).max() <= 1.5
        start_s += len(one.frames) / one.fps


@pytest.mark.parametrize(
    ("made", "becomes"),
    [((96, 54), (512, 288)), ((54, 96), (288, 512)), ((64, 60), (384, 384)), ((128, 54), (608, 256))],
)
def test_pictures_cover_the_nearest_aspect(tmp_path: Path, made: tuple[int, int], becomes: tuple[int, int]) -> None:
    """White ground with a black bar all along the left and the top: what is cropped is cropped alike on both sides."""

    def framed(n: int) -> np.ndarray:
        picture = grey(made)(0) + np.uint8(250)
        picture[:2] = picture[-2:] = picture[:, :2] = picture[:, -2:] = 0
        return picture

    film(tmp_path / "in" / named("train"), 13, 12, framed)
    assert cut_footage(tmp_path / "in", tmp_path / "clips").problems == ()
    frames = load_footage(windows(tmp_path / "clips")[0]).frames
    assert frames.shape[2:0:-1] == becomes
    picture = frames[0].mean(axis=2)
    assert picture[picture.shape[0] // 2, picture.shape[1] // 2] > 230
    for edge in (picture, picture[::-1], picture.T, picture.T[::-1]):
        opposite = edge[::-1]
        assert np.abs(edge[:8].mean() - opposite[:8].mean()) < 12
    assert min(picture[:3].mean(), picture[:, :3].mean()) < 120, "one of the two sides is whole"


def test_what_cannot_be_used_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    film(folder / "a" / "good.webm", 15, 24, grey())
    film(folder / "short.mp4", 5, 30, grey())
    film(folder / "silent.mp4", 15, 24, grey(), caption=None)
    film(folder / "blank.mp4", 15, 24, grey(), caption=" \n")
    film(folder / "latin.mp4", 15, 24, grey())
    (folder / "latin.txt").write_bytes("a café".encode("latin-1"))
    (folder / "broken.mov").write_bytes(b"no film at all" * 99)
    (folder / "broken.txt").write_text("a man")
    (folder / ".hidden").write_text("nothing")
    done = cut_footage(folder, tmp_path / "clips")
    assert done.written >= 1
    for start, told in zip(
        ("blank.mp4", "broken.mov", "latin.txt", "short.mp4", "silent.mp4"), sorted(done.problems), strict=True
    ):
        assert told.startswith(str(folder / start)) and ". Fix: " in told
    told = " ".join(sorted(done.problems))
    for words in (
        "has no caption",
        "cannot be read as a film (Invalid data",
        "is not UTF-8",
        "is shorter than 5 frames",
    ):
        assert words in told
    assert "silent.txt" in told


def test_a_file_that_breaks_off_gives_what_was_whole(tmp_path: Path) -> None:
    path = tmp_path / "in" / Path(named("train")).with_suffix(".mkv").name
    noisy = np.random.default_rng(0).integers(0, 255, (54, 96, 3), dtype=np.uint8)
    film(path, 72, 24, lambda n: np.roll(noisy, n, axis=1))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    done = cut_footage(tmp_path / "in", tmp_path / "clips")
    assert 1 <= done.written < 6


def test_what_was_cut_is_not_cut_again_until_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "in" / named("train")
    film(path, 30, 24, grey())
    clips, latents = tmp_path / "clips", tmp_path / "latents"
    first = cut_footage(tmp_path / "in", clips)
    assert cut_footage(tmp_path / "in", clips) == type(first)(0, 1, ())
    assert encode_folder(small(), clips / "train", latents).written == first.written
    next(clips.rglob("*.cut")).unlink()  # as after a kill: the windows that are there stay
    windows(clips)[0].unlink()
    assert cut_footage(tmp_path / "in", clips).written == 1
    path.with_suffix(".txt").write_text("a woman in a bright room")
    assert cut_footage(tmp_path / "in", clips).written == first.written
    assert {load_footage(one).caption for one in windows(clips)} == {"a woman in a bright room"}
    assert encode_folder(small(), clips / "train", latents).written == first.written
    assert {text for one in LatentClips(latents).texts for text in one.values()} == {"a woman in a bright room"}


def test_whole_files_are_held_out_by_name(tmp_path: Path) -> None:
    for side in ("train", "held_out"):
        film(tmp_path / "in" / named(side), 24, 24, grey())
    cut_footage(tmp_path / "in", tmp_path / "clips")
    for side in ("train", "held_out"):
        found = [load_footage(path).split for path in windows(tmp_path / "clips", side)]
        assert found and set(found) == {side}
        assert held_out("footage", named(side)) == (side == "held_out")
    encode_folder(small(), tmp_path / "clips" / "train", tmp_path / "latents")
    told = encode_folder(small(), tmp_path / "clips" / "held_out", tmp_path / "latents")
    assert told.written == 0 and "is of split train, not of held_out" in told.problems[0]


def test_footage_and_drawn_clips_are_trained_on_together(tmp_path: Path) -> None:
    """Of footage, words are told and nothing else; drawn clips beside it are told of as before."""
    clips, latents = tmp_path / "clips", tmp_path / "latents"
    film(tmp_path / "in" / named("train"), 60, 24, grey(), "a man in a dark room")
    cut_footage(tmp_path / "in", clips)
    save(noise(3), clip_path(clips / "train", 3))
    assert len(drawn_clips(clips / "train")) == 1
    encode_folder(small(), clips / "train", latents)
    held = LatentClips(latents)
    real = [n for n, kind in enumerate(held.kinds) if kind == "none"]
    short = [n for n in real if held.clips[n]["truth"].shape[1] == 2]
    batch = held.of(short, np.random.default_rng(0))
    assert len(short) >= 3 and not batch.has_facts.any() and not batch.guide.any() and not batch.guide_flags.any()
    assert batch.palettes.shape[1] == batch.boxes.shape[1] == batch.sheets.shape[1] == 0
    assert torch.equal(batch.text[0], buckets_of("a man in a dark room"))
    context = context_of(batch, None)
    assert context.has_text.all() and not context.has_facts.any()
    drawn = held.of([n for n in range(len(held.clips)) if n not in real], np.random.default_rng(0))
    assert drawn.has_facts.all() and context_of(drawn, None).has_facts.all()


def test_the_autoencoder_learns_from_footage_without_a_guide(tmp_path: Path) -> None:
    film(tmp_path / "in" / named("train"), 30, 24, grey())
    cut_footage(tmp_path / "in", tmp_path / "clips")
    batch = crops(windows(tmp_path / "clips"), 8, np.random.default_rng(0))
    assert not batch.flags.any() and not batch.guide.any() and batch.truth.shape[:3] == (8, 4, 3)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"holds no film files\. Fix"):
        cut_footage(tmp_path, tmp_path / "clips")
