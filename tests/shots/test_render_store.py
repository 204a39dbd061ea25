"""Clips keep their colours; takes appear whole or not at all and are never changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

sys.path.insert(0, str(Path(__file__).parent))  # worker processes import the back end by this name

from render_pictures import Stripes, ground, request, stripe, where

from model.request import ClipRequest, ClipSound, Licence
from shots.render.clip import FILM, TAKE, ClipWriter, Encoding, read_frames
from shots.render.partial import partial_path
from shots.render.plan import plan
from shots.render.run import render
from shots.render.store import TakeStore, file_digest


def write(path: Path, seed: int, count: int, encoding: Encoding = TAKE, size: tuple[int, int] = (64, 36)) -> None:
    with ClipWriter(path, *size, 24, encoding) as writer:
        for number in range(count):
            writer.write(stripe(seed, number, *size))


@pytest.mark.parametrize("encoding", [TAKE, FILM])
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_colours_survive_a_clip(tmp_path: Path, encoding: Encoding, seed: int) -> None:
    write(tmp_path / "a.mp4", seed, 9, encoding)
    for number, frame in enumerate(read_frames(tmp_path / "a.mp4", 0, 9)):
        quiet = frame[:, 48:]  # right of the stripe
        assert np.abs(quiet.reshape(-1, 3).mean(axis=0) - ground(seed)).max() < 2
        assert where(frame) == number


def test_ten_generations_do_not_darken(tmp_path: Path) -> None:
    frames = [stripe(1, number, 64, 36) for number in range(3)]
    first = np.mean(frames)
    for generation in range(10):
        with ClipWriter(tmp_path / f"{generation}.mp4", 64, 36, 24, TAKE) as writer:
            for frame in frames:
                writer.write(frame)
        frames = list(read_frames(tmp_path / f"{generation}.mp4", 0, 3))
    assert abs(float(np.mean(frames)) - first) < 1


@pytest.mark.parametrize("first", [0, 1, 23, 24, 25, 47, 59])
def test_frames_are_found_exactly(tmp_path: Path, first: int) -> None:
    write(tmp_path / "a.mp4", 1, 60, size=(256, 36))
    found = [where(frame) for frame in read_frames(tmp_path / "a.mp4", first, 60 - first)]
    assert found == [number % 64 for number in range(first, 60)]


def test_a_clip_too_short_or_damaged_is_said_to_be(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", 1, 5)
    with pytest.raises(OSError, match="only 5 of 6 frames"):
        list(read_frames(tmp_path / "a.mp4", 0, 6))
    (tmp_path / "b.mp4").write_bytes((tmp_path / "a.mp4").read_bytes()[:300])
    with pytest.raises(OSError, match=r"b\.mp4"):
        list(read_frames(tmp_path / "b.mp4", 0, 1))
    with pytest.raises(FileNotFoundError):
        list(read_frames(tmp_path / "c.mp4", 0, 1))


def test_odd_sizes_and_odd_frames_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="even"):
        ClipWriter(tmp_path / "a.mp4", 63, 36, 24, TAKE)
    with ClipWriter(tmp_path / "a.mp4", 64, 36, 24, TAKE) as writer:
        writer.write(stripe(0, 0, 64, 36))
        with pytest.raises(ValueError, match="was asked for"):
            writer.write(stripe(0, 0, 32, 36))
        with pytest.raises(ValueError, match="was asked for"):
            writer.write(np.full((36, 64, 3), np.nan))  # type: ignore[arg-type]


def test_a_take_has_a_receipt_and_stays_as_it_is(tmp_path: Path) -> None:
    store = TakeStore(tmp_path / "takes")
    take = render(plan({"S1": request(3)}, (), Stripes(), store), Stripes(), store)["S1"]
    assert take.path == tmp_path / "takes" / take.key[:2] / take.key / "clip.mp4"
    assert file_digest(take.path) == take.digest
    assert store.intact(take)
    receipt = json.loads((take.path.parent / "receipt.json").read_text("utf-8"))
    assert receipt["shot"] == "S1"
    assert receipt["inputs"]["backend"] == "stripes"
    assert receipt["inputs"]["seed"] == 3
    assert receipt["inputs"]["stage"]["light"]["key_azimuth_deg"] == 210.0
    assert receipt["clip"]["frame_count"] == 12
    assert receipt["render_s"] >= 0
    assert str(tmp_path) not in json.dumps(receipt)
    before = take.path.stat()
    render(plan({"S1": request(3)}, (), Stripes(), store), Stripes(), store)
    assert (take.path.stat().st_mtime_ns, take.path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_receipt_says_which_model_made_the_take_and_what_it_was_told(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    backend = Stripes(name="dit", version="1", weights_digest="ab" * 32, settings=(("steps", 4),))
    asked = request(3, text="A sea.", guide="place", without=frozenset({"sheets", "boxes"}))
    take = render(plan({"S1": asked}, (), backend, store), backend, store)["S1"]
    inputs = json.loads((take.path.parent / "receipt.json").read_text("utf-8"))["inputs"]
    told = ("backend", "backend_version", "weights_digest", "settings", "seed", "text", "guide", "without", "known",
            "references")  # fmt: skip
    assert {name: inputs[name] for name in told} == {
        "backend": "dit", "backend_version": "1", "weights_digest": "ab" * 32, "settings": [["steps", 4]], "seed": 3,
        "text": "A sea.", "guide": "place", "without": ["boxes", "sheets"], "known": [], "references": [],
    }  # fmt: skip


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in "ab":
        store = TakeStore(tmp_path / name)
        digests.add(render(plan({"S1": request(3)}, (), Stripes(), store), Stripes(), store)["S1"].digest)
    assert len(digests) == 1


@pytest.mark.parametrize("damage", ["cut short", "no clip", "no receipt", "not json", "another key", "odd json"])
def test_a_damaged_take_is_none_and_is_remade_beside(tmp_path: Path, damage: str) -> None:
    store = TakeStore(tmp_path)
    take = render(plan({"S1": request(3)}, (), Stripes(), store), Stripes(), store)["S1"]
    receipt = take.path.parent / "receipt.json"
    if damage == "cut short":
        os.truncate(take.path, 100)
    elif damage == "no clip":
        take.path.unlink()
    elif damage == "no receipt":
        receipt.unlink()
    else:
        text = {"not json": "{", "another key": '{"form": 1, "key": "00"}', "odd json": "[[[1]]]"}[damage]
        receipt.write_text(text, "utf-8")
    assert store.find(take.key, "S1") is None
    again = render(plan({"S1": request(3)}, (), Stripes(), store), Stripes(), store)["S1"]
    assert again == take
    assert store.intact(again)


def test_changed_bytes_of_the_same_length_are_found_by_intact(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    take = render(plan({"S1": request(3)}, (), Stripes(), store), Stripes(), store)["S1"]
    data = bytearray(take.path.read_bytes())
    data[len(data) // 2] ^= 1
    take.path.write_bytes(data)
    assert store.find(take.key, "S1") == take
    assert not store.intact(take)


def test_what_a_dead_process_left_is_swept_and_what_a_live_one_makes_is_not(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", f"from shots.render.partial import *; import pathlib;"
         f"p = partial_path(pathlib.Path({str(tmp_path)!r})); p.mkdir(); (p / 'clip.mp4').write_text('half')"],
        check=True,
    )  # fmt: skip
    assert gone.returncode == 0
    live = partial_path(tmp_path)
    live.mkdir()
    assert len(list(tmp_path.iterdir())) == 2
    TakeStore(tmp_path).sweep()
    assert list(tmp_path.iterdir()) == [live]


def test_a_stored_clip_plays_at_an_even_rate(tmp_path: Path) -> None:
    import av

    write(tmp_path / "a.mp4", 1, 30)
    with av.open(str(tmp_path / "a.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.average_rate, stream.frames, stream.pix_fmt) == (24, 30, "yuv420p")
        times = [frame.pts * frame.time_base for frame in container.decode(stream)]
    assert {b - a for a, b in pairwise(times)} == {times[1]}
    assert times[0] == 0


def test_a_receipt_says_how_a_request_was_met_and_on_which_terms_its_weights_are_used(tmp_path: Path) -> None:
    licence = Licence("CogVideoX", False, "research and personal use", "https://example.org")
    for number, terms in enumerate((licence, None)):
        store = TakeStore(tmp_path / str(number))
        backend = Stripes(licence=terms)
        [take] = render(plan({"S1.1": request(1)}, (), backend, store), backend, store, workers=1).values()
        receipt = store.receipt(take.key, "S1.1")
        assert receipt is not None and receipt.licence == terms


class Hums(Stripes):
    """Makes a tone with its stripes."""

    def heard(self, request: ClipRequest) -> ClipSound | None:
        at = np.arange(round(16000 * request.frame_count / request.fps))
        tone = 0.5 * np.sin(2 * np.pi * 440 / 16000 * at)
        return ClipSound(np.stack([tone, -tone], axis=1).astype(np.float32), 16000)


def test_what_an_engine_makes_to_be_heard_lies_beside_its_frames_and_is_part_of_the_take(tmp_path: Path) -> None:
    store, requests = TakeStore(tmp_path), {"A": request(1)}
    made = render(plan(requests, (), Hums(), store), Hums(), store)["A"]
    assert made.sound == made.path.with_name("sound.flac")
    assert made.sound_digest == file_digest(made.sound)
    said = json.loads(made.path.with_name("receipt.json").read_text("utf-8"))["sound"]
    assert said["sha256"] == made.sound_digest
    assert (said["rate_hz"], said["channels"], said["samples"]) == (16000, 2, 8000)
    samples, rate_hz = soundfile.read(made.sound, always_2d=True)
    assert rate_hz == 16000
    told = Hums().heard(requests["A"])
    assert told is not None
    assert np.abs(samples - told.samples).max() < 1e-6
    assert plan(requests, (), Hums(), TakeStore(tmp_path)).jobs == ()
    whole = made.sound.read_bytes()
    made.sound.write_bytes(whole[:-1] + b"x")
    assert not store.intact(made)
    made.sound.unlink()
    for one in (store, TakeStore(tmp_path)):
        assert one.find(made.key, "A") is None, "a take without its sound is not whole"
    again = render(plan(requests, (), Hums(), store), Hums(), store)["A"]
    assert again.sound is not None
    assert again.sound.read_bytes() == whole
