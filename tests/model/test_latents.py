"""Latents of a folder of clips: each once, whole, of one autoencoder and one side; dealt in batches of one shape."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from model.conditions import FACTS, cast_of, facts_of
from model.errors import PictureError
from model.training.clips import Clip, plan, save
from model.training.draw import clip_path
from model.training.encode import encode_folder, weights_digest
from model.training.latents import LatentClips, encode_clip, latent_times_s
from model.vae import Autoencoder

HOLED, SECOND_GUIDE = 1, 11


def small(seed: int = 0) -> Autoencoder:
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return Autoencoder(
            latent_channels=8, fine=4, middle=8, coarse=16, encoder_depths=(1, 1), decoder_depths=(1, 1, 1), drawn=8
        ).eval()


def noise(index: int, split: str = "train") -> Clip:
    """What stands for clip number `index`, of noise: nothing is drawn."""
    p, rng = plan(split, index), np.random.default_rng(index)  # type: ignore[arg-type]

    def frames(count: int) -> np.ndarray:
        return rng.integers(0, 256, (count, p.height_px, p.width_px, 3), dtype=np.uint8)

    return Clip(
        truth=frames(p.frame_count),
        stand_ins=frames(p.frame_count),
        other=frames(0 if p.other == "none" else p.frame_count),
        sheets=rng.integers(0, 256, (len(cast_of(p.stage)), 3, 128, 96, 3), dtype=np.uint8),
        detail=rng.integers(10, 50, (p.frame_count, p.height_px // 8, p.width_px // 8), dtype=np.uint8),
        split=split,
        index=index,
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Clips, two of them encoded by another process and one file cut off, and their latents."""
    clips, latents = (tmp_path_factory.mktemp(name) for name in ("clips", "latents"))
    for index in (HOLED, 3, 4, SECOND_GUIDE):
        save(noise(index), clip_path(clips, index))
    clip_path(clips, 2).write_bytes(b"cut off")
    (latents / "0000003.77.part").write_bytes(b"of a process that was killed")
    done = [encode_folder(small(), clips, latents, (k, 3)) for k in range(3)]
    assert sum(one.written for one in done) == 4 and sum(one.kept for one in done) == 0
    assert [problem for one in done for problem in one.problems] == [
        f"{clip_path(clips, 2)} is no whole clip (Error while deserializing header: header too small). "
        "Fix: delete it, and it is drawn again."
    ]
    return clips, latents


def test_what_is_encoded_is_not_encoded_again(folders: tuple[Path, Path]) -> None:
    clips, latents = folders
    before = {path: path.stat().st_mtime_ns for path in latents.glob("*.safetensors")}
    again = encode_folder(small(), clips, latents)
    assert (again.written, again.kept, len(again.problems)) == (0, 4, 1)
    assert before == {path: path.stat().st_mtime_ns for path in latents.glob("*.safetensors")}


def test_latents_hold_all_that_is_known_of_a_clip(folders: tuple[Path, Path]) -> None:
    clip, p = noise(HOLED), plan("train", HOLED)
    found = load_file(folders[1] / "0000001.safetensors")
    tensors, facts = encode_clip(small(), clip)
    assert found.keys() == tensors.keys()
    assert all(torch.equal(found[name], tensors[name]) for name in tensors)
    t, h, w = 2, p.height_px // 32, p.width_px // 32
    assert found["truth"].shape == found["guide"].shape == found["known"].shape == (8, t, h, w)
    assert found["keep"].shape == (64, t, h, w) and set(found["keep"].unique().tolist()) == {0, 1}
    assert not torch.equal(found["truth"], found["known"])
    times = latent_times_s(p.start_s, p.fps, p.frame_count)
    assert torch.equal(found["facts"], torch.from_numpy(facts_of(p.stage, times, p.width_px, p.height_px)))
    assert found["times_s"].tolist() == pytest.approx([0.0, 4 / p.fps])
    assert found["weight"][0, 0, 0] == pytest.approx(clip.detail[0, :4, :4].mean() / 10)
    texts = json.loads(facts["texts"])
    assert texts["short.en"] == p.sample.captions.short.en and texts["long.zh"] == p.sample.captions.long.zh
    with safe_open(folders[1] / "0000001.safetensors", framework="pt") as file:
        assert file.metadata()["autoencoder"] == weights_digest(small())


def test_a_second_guide_says_of_what_it_is(folders: tuple[Path, Path]) -> None:
    with safe_open(clip_path(folders[1], SECOND_GUIDE), framework="pt") as file:
        assert file.metadata()["other"] == plan("train", SECOND_GUIDE).other == "people"
        assert "other" in file.keys() and "known" not in file.keys()  # noqa: SIM118


def test_latents_of_another_autoencoder_are_refused(folders: tuple[Path, Path], tmp_path: Path) -> None:
    clips, latents = folders
    assert weights_digest(small(1)) != weights_digest(small())
    with pytest.raises(PictureError, match=r"is of autoencoder [0-9a-f]{12}, not of [0-9a-f]{12}\. Fix: give each"):
        encode_folder(small(1), clips, latents)
    one, other = clip_path(latents, HOLED), tmp_path / "0000009.safetensors"
    (tmp_path / one.name).write_bytes(one.read_bytes())
    other.write_bytes(one.read_bytes().replace(weights_digest(small()).encode(), weights_digest(small(1)).encode()))
    with pytest.raises(PictureError, match=r"0000009.* is of another autoencoder than the rest"):
        LatentClips(tmp_path)


def test_the_other_side_and_other_plans_are_told_and_left_out(tmp_path: Path) -> None:
    clips, latents = tmp_path / "clips", tmp_path / "latents"
    save(noise(HOLED), clip_path(clips, HOLED))
    assert encode_folder(small(), clips, latents).written == 1
    save(noise(2, "held_out"), clip_path(tmp_path / "apart", 2))
    told = encode_folder(small(), tmp_path / "apart", latents)
    assert told.written == 0 and told.problems[0].startswith(f"{latents} is of split train, not of held_out")
    was = noise(3)
    save(Clip(**{**vars(was), "index": 4}), clip_path(clips, 4))
    told = encode_folder(small(), clips, latents)
    assert told.written == 0 and "clip 4 of train is not what its number stands for now" in told.problems[0]


def test_an_autoencoder_that_fails_stops_it(tmp_path: Path) -> None:
    save(noise(HOLED), clip_path(tmp_path / "clips", HOLED))
    broken = small()
    with torch.no_grad():
        broken.stem.weight[0, 0, 0, 0] = float("nan")
    with pytest.raises(PictureError, match="encodes to what is no number"):
        encode_folder(broken, tmp_path / "clips", tmp_path / "latents")
    assert not list((tmp_path / "latents").glob("*.safetensors"))
    with pytest.raises(PictureError, match="part 2 of 2 is none"):
        encode_folder(small(), tmp_path / "clips", tmp_path / "latents", (2, 2))


def test_batches_are_of_one_shape_and_told_all(folders: tuple[Path, Path]) -> None:
    clips = LatentClips(folders[1])
    assert len(clips.clips) == 4 and clips.autoencoder == weights_digest(small())
    for seed in range(6):
        batch = clips.batch(600, np.random.default_rng(seed))
        b, c, t, h, w = batch.truth.shape
        assert c == 8 and 300 < b * t * h * w <= 600 and (h * w) in (144, 152)
        assert batch.has_facts.all() and batch.facts.shape == (b, FACTS)
        assert batch.guide.shape == batch.known.shape == batch.truth.shape
        assert batch.keep.shape == (b, 64, t, h, w) and batch.boxes.shape[:3] == (*batch.palettes.shape[:2], t)
        flags = set(map(tuple, batch.guide_flags.tolist()))
        assert flags <= {(1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)}
    again = clips.batch(600, np.random.default_rng(5))
    assert torch.equal(again.truth, batch.truth) and torch.equal(again.text, batch.text)


def test_a_folder_without_latents_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"holds no encoded clips\. Fix"):
        LatentClips(tmp_path)
    (tmp_path / "0000001.safetensors").write_bytes(b"cut off")
    with pytest.raises(PictureError, match=r"0000001\.safetensors holds no latents .* Fix: delete it"):
        LatentClips(tmp_path)
