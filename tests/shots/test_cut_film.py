"""Real films of a few seconds: every frame in its place, sound as long as the picture, only what changed encoded."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # worker processes import the back end by this name

from render_pictures import Stripes, ground, request, where

from shots.cut.film import CutProgress, Film, cut_film
from shots.cut.timeline import Cut, build_cut
from shots.errors import CutError
from shots.render.job import Take
from shots.render.plan import plan
from shots.render.run import render
from shots.render.store import TakeStore
from shots.spec import Scene, Shot, Storyboard, Transition, TransitionKind
from shots.timing import time_shots

SRT = """1
00:00:00,200 --> 00:00:00,900
MARA: Hello, “you”.

2
00:00:00,900 --> 00:00:01,400
张三：你好

3
00:00:01,100 --> 00:00:01,400
TOM: Together.
"""


class Made:
    """A small film in a folder: its cut, its takes, and a way to cut it again."""

    def __init__(self, folder: Path, kinds: tuple[TransitionKind, ...], *, cards: bool = False, **size: int) -> None:
        shots = tuple(
            Shot(id=f"S{n}", duration_s=1.0, transition=Transition(kind=kind)) for n, kind in enumerate(kinds)
        )
        scene = Scene(id="1", heading="EXT. ROOF - DAY", shots=shots)
        self.folder = folder
        self.size = {"width_px": 64, "height_px": 36, "fps": 24, **size}
        self.storyboard = Storyboard(title="Found", scenes=(scene,), **self.size)  # type: ignore[arg-type]
        self.timings = time_shots(self.storyboard, {})
        self.cut = build_cut(self.storyboard, self.timings, cards=cards)
        self.seeds = dict(enumerate(range(len(kinds))))
        self.mix = folder / "mix.wav"
        self.srt: Path | None = None
        self.told: list[CutProgress] = []
        self.sound(self.cut.duration_s)

    def sound(self, seconds: float, rate: int = 48_000) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        second = (np.sin(np.arange(rate) / rate * 2 * np.pi * 440) * 8000).astype("<i2").repeat(2)
        left = round(seconds * rate)
        with wave.open(str(self.mix), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(rate)
            while left > 0:
                file.writeframes(second[: 2 * left].tobytes())
                left -= rate

    def takes(self) -> dict[str, Take]:
        store = TakeStore(self.folder / "takes")
        asked = {
            f"S{n}": request(seed, self.timings[f"S{n}"].frame_count, **self.size) for n, seed in self.seeds.items()
        }
        return render(plan(asked, (), Stripes(), store), Stripes(), store, workers=1)

    def __call__(self, takes: dict[str, Take] | None = None) -> Film:
        film, cache = self.folder / "film.mp4", self.folder / "cache"
        made = self.takes() if takes is None else takes
        return cut_film(self.cut, made, self.mix, self.srt, film, cache, self.told.append)


def pictures(film: Film) -> list[np.ndarray]:
    with av.open(str(film.path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def leftovers(folder: Path) -> list[Path]:
    return list(folder.rglob(".part-*"))


def near(frame: np.ndarray, colour: tuple[float, ...]) -> bool:
    quiet = frame[2:-2, -14:-2].reshape(-1, 3).mean(axis=0)
    return bool(np.abs(quiet - colour).max() < 5)


def test_every_frame_of_a_hard_cut_film_is_in_its_place(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut",) * 3, width_px=128)
    frames = pictures(made())
    assert len(frames) == made.cut.frame_count == 72
    assert [where(frame) for frame in frames] == [*range(24)] * 3
    for number, frame in enumerate(frames):
        if where(frame) < 20:
            assert near(frame, ground(number // 24))


def test_a_film_is_what_a_player_and_an_editor_expect(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut", "dissolve", "cut"), cards=True)
    made.srt = tmp_path / "film.srt"
    made.srt.write_text(SRT, "utf-8")
    film = made()
    data = film.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(film.path)) as container:
        picture, sound, words = container.streams
        assert container.metadata["title"] == "Found"
        context = picture.codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
        assert (picture.average_rate, picture.base_rate, picture.start_time) == (24, 24, 0)
        assert picture.frames == made.cut.frame_count
        assert (sound.codec_context.name, sound.rate, sound.layout.name) == ("aac", 48_000, "stereo")
        assert (words.codec_context.name, words.language, sound.language) == ("mov_text", "eng", "eng")
        frame_s = 1 / 24
        for stream in (picture, sound, words):
            assert abs(float(stream.duration * stream.time_base) - made.cut.duration_s) < frame_s
        times = [float(frame.time) for frame in container.decode(picture)]
    assert times[0] == 0
    assert {round((b - a) * 24, 3) for a, b in pairwise(times)} == {1.0}


def test_captions_are_a_soft_track(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut", "cut"))
    made.srt = tmp_path / "film.srt"
    made.srt.write_text("\ufeff" + SRT.replace("\n", "\r\n"), "utf-8")
    shown = []
    with av.open(str(made().path)) as container:
        for packet in container.demux(subtitles=0):
            text = bytes(packet)[2:].decode()
            if text:
                shown.append((round(float(packet.pts * packet.time_base), 3), text))
    assert shown == [(0.2, "MARA: Hello, “you”."), (0.9, "张三：你好"), (1.1, "张三：你好\nTOM: Together.")]


@pytest.mark.parametrize("seconds", [0.4, 3.0, 7.3])
def test_sound_is_as_long_as_the_picture_whatever_the_mix(tmp_path: Path, seconds: float) -> None:
    made = Made(tmp_path, ("cut", "cut", "cut"))
    made.sound(seconds, rate=44_100)
    with av.open(str(made().path)) as container:
        stream = container.streams.audio[0]
        assert abs(float(stream.duration * stream.time_base) - 3.0) < 1e-3
        heard = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(stream)])
    assert abs(len(heard) / 48_000 - 3.0) < 1 / 24
    loud = np.abs(heard[: round(min(seconds, 3.0) * 48_000) - 2000][2000:])
    assert loud.max() > 0.2
    if seconds < 3:
        assert np.abs(heard[round(seconds * 48_000) + 4000 : -4000]).max() < 0.01


def test_sound_begins_with_the_picture(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut", "cut"))
    made.sound(2.0)
    with wave.open(str(made.mix), "rb") as file:
        settings, data = file.getparams(), np.frombuffer(file.readframes(10**9), "<i2").copy().reshape(-1, 2)
    data[:48_000] = 0  # silent until the cut
    with wave.open(str(made.mix), "wb") as file:
        file.setparams(settings)
        file.writeframes(data.tobytes())
    with av.open(str(made().path)) as container:
        frames = [(frame.pts, frame.to_ndarray()[0]) for frame in container.decode(audio=0)]
    first = next(pts + int(np.argmax(np.abs(sound) > 0.1)) for pts, sound in frames if np.abs(sound).max() > 0.1)
    assert abs(first / 48_000 - 1.0) < 0.005


def test_transitions_look_like_what_they_are(tmp_path: Path) -> None:
    made = Made(tmp_path, ("fade_in", "dissolve", "wipe", "fade_through_black"))
    frames = pictures(made())
    one, two, three, four = made.cut.items
    a, b, c = (np.array(ground(seed), float) for seed in (0, 1, 2))
    assert near(frames[0], tuple(a * 0.5 / one.fade_in_frames))
    middle = two.start_frame + two.overlap_frames // 2
    share = (two.overlap_frames // 2 + 0.5) / two.overlap_frames
    assert near(frames[middle], tuple(a * (1 - share) + b * share))
    middle = three.start_frame + three.overlap_frames // 2
    left, right = frames[middle][2:-2, 6:18].mean(axis=(0, 1)), frames[middle][2:-2, -12:].mean(axis=(0, 1))
    assert np.abs(left - c).max() < 8
    assert np.abs(right - b).max() < 8
    assert frames[three.end_frame - 1].mean() < 15
    assert frames[four.start_frame].mean() < 15
    assert near(frames[-1], ground(3))


def test_a_recut_encodes_only_what_changed(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut",) * 6, cards=True)
    first = made()
    assert (first.segments_encoded, first.segments_reused) == (8, 0)
    assert (made.told[-1].frames_done, made.told[-1].frames_total) == (2 * first.frame_count, 2 * first.frame_count)
    again = made()
    assert (again.segments_encoded, again.segments_reused) == (0, 8)
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache/segments").iterdir()}
    made.seeds[3] = 9
    changed = made()
    assert (changed.segments_encoded, changed.segments_reused) == (1, 7)
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert near(pictures(changed)[made.cut.items[4].start_frame + 5], ground(9))
    made.seeds[3] = 3
    assert made().segments_encoded == 0
    assert leftovers(tmp_path) == []


def test_a_shot_in_a_dissolve_takes_its_transition_along(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut", "cut", "dissolve", "cut"))
    assert made().segments_encoded == 5
    made.seeds[1] = 9
    assert made().segments_encoded == 2


def same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return len(one) == len(other) and all(np.abs(a.astype(int) - b).mean() < 1 for a, b in zip(one, other, strict=True))


def test_a_cached_cut_equals_an_uncached_one(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut", "dissolve"), cards=True)
    made()
    assert made().segments_encoded == 0
    kept = pictures(made())
    made.folder.joinpath("cache/segments").rename(made.folder / "old")
    assert same(pictures(made()), kept)


@pytest.mark.parametrize("damage", [b"", b"not a film", None])
def test_a_damaged_segment_is_encoded_again(tmp_path: Path, damage: bytes | None) -> None:
    made = Made(tmp_path, ("cut", "cut"))
    whole = pictures(made())
    segment = sorted((tmp_path / "cache/segments").glob("*.mp4"))[0]
    segment.write_bytes(segment.read_bytes()[:700] if damage is None else damage)
    mended = made()
    assert mended.segments_encoded == 1
    assert same(pictures(mended), whole)


@pytest.mark.parametrize(
    ("width", "height", "fps"), [(36, 64, 24), (64, 64, 25), (96, 40, 30), (64, 36, 12), (64, 36, 60), (64, 36, 1)]
)
def test_any_size_and_rate(tmp_path: Path, width: int, height: int, fps: int) -> None:
    made = Made(tmp_path, ("cut", "dissolve", "cut"), cards=True, width_px=width, height_px=height, fps=fps)
    film = made()
    frames = pictures(film)
    assert len(frames) == film.frame_count
    assert frames[0].shape == (height, width, 3)
    with av.open(str(film.path)) as container:
        assert container.streams.video[0].average_rate == fps
        sound = container.streams.audio[0]
        assert abs(float(sound.duration * sound.time_base) - film.duration_s) < 1 / fps


def lose(made: Made, takes: dict[str, Take]) -> None:
    takes["S1"].path.unlink()


def cut_short(made: Made, takes: dict[str, Take]) -> None:
    os.truncate(takes["S1"].path, 200)


def no_mix(made: Made, takes: dict[str, Take]) -> None:
    made.mix.unlink()


def no_sound_in_it(made: Made, takes: dict[str, Take]) -> None:
    made.mix.write_text("not sound", "utf-8")


def picture_for_sound(made: Made, takes: dict[str, Take]) -> None:
    made.mix.write_bytes(takes["S1"].path.read_bytes())


def no_captions(made: Made, takes: dict[str, Take]) -> None:
    made.srt = made.folder / "none.srt"


def no_room_for_a_cache(made: Made, takes: dict[str, Take]) -> None:
    made.folder.joinpath("cache").write_text("a file", "utf-8")


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lose, r"the clip of shot S1 cannot be read: .*clip\.mp4.*Fix: render the shot again\."),
        (cut_short, r"the clip of shot S1 cannot be read: .*clip\.mp4.*Fix: render the shot again\."),
        (no_mix, r"mix\.wav: the sound is missing\. Fix: "),
        (no_sound_in_it, r"mix\.wav cannot be read as sound: .*Fix: "),
        (picture_for_sound, r"mix\.wav cannot be read as sound: .*Fix: "),
        (no_captions, r"none\.srt: No such file or directory\. Fix: "),
        (no_room_for_a_cache, r"cache.*: (Not a directory|File exists)\. Fix: "),
    ],
)
def test_missing_media_is_named_and_leaves_no_film(
    tmp_path: Path, harm: Callable[[Made, dict[str, Take]], None], what: str
) -> None:
    made = Made(tmp_path, ("cut", "cut", "cut"))
    takes = made.takes()
    harm(made, takes)
    with pytest.raises(CutError, match=what):
        made(takes)
    assert not (tmp_path / "film.mp4").exists()
    assert leftovers(tmp_path) == []


def test_a_failed_recut_leaves_the_film_before_it(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut", "cut"))
    before = made().path.read_bytes()
    made.mix.write_text("not sound", "utf-8")
    with pytest.raises(CutError):
        made()
    assert (tmp_path / "film.mp4").read_bytes() == before


CUT = """
import os, resource, sys
from pathlib import Path
sys.path.insert(0, {here!r})
from test_cut_film import Made
made = Made(Path(sys.argv[1]), ("cut",) * int(sys.argv[2]))
takes = made.takes()
if sys.argv[3] != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
class Loud(list):
    def append(self, news):
        print(news.frames_done, flush=True)
made.told = Loud()
try:
    print(made(takes))
except Exception as error:
    print(type(error).__name__, error)
"""


def cutting(folder: Path, shots: int, most_bytes: int = 0) -> list[str]:
    script = folder / "run.py"
    script.write_text(CUT.format(here=str(Path(__file__).parent)), "utf-8")
    return [sys.executable, str(script), str(folder / "film"), str(shots), str(most_bytes)]


@pytest.mark.parametrize("most_bytes", [1000, 30_000])
def test_a_full_disk_is_told_and_leaves_no_film(tmp_path: Path, most_bytes: int) -> None:
    told = subprocess.run(cutting(tmp_path, 4, most_bytes), capture_output=True, text=True, timeout=120)
    last = told.stdout.splitlines()[-1]
    assert last.startswith("CutError the disk is full: "), told
    assert last.endswith("Fix: free some space and run the same command to go on.")
    assert not (tmp_path / "film/film.mp4").exists()
    assert leftovers(tmp_path) == []


def test_a_cut_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    run = subprocess.Popen(cutting(tmp_path, 30), stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    segments = tmp_path / "film/cache/segments"
    for _ in run.stdout:
        if len(list(segments.glob("[!.]*.mp4"))) >= 3:
            break
    run.kill()
    run.communicate()
    assert not (tmp_path / "film/film.mp4").exists()
    kept = len(list(segments.glob("[!.]*.mp4")))
    film = Made(tmp_path / "film", ("cut",) * 30)()
    assert film.segments_reused == kept >= 3
    assert leftovers(tmp_path) == []


def test_no_ffmpeg_is_one_sentence(tmp_path: Path) -> None:
    told = subprocess.run(
        cutting(tmp_path, 1),
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "FFMPEG_BINARY": "/nowhere/ffmpeg"},
    )
    last = told.stdout.splitlines()[-1]
    assert last.startswith("CutError the film cannot be assembled: moviepy finds no ffmpeg"), told
    assert "Fix: " in last
    assert not (tmp_path / "film/film.mp4").exists()


def test_ctrl_c_stops_at_once_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    made = Made(tmp_path, ("cut",) * 12)
    takes = made.takes()

    class Impatient(list[CutProgress]):
        def append(self, news: CutProgress) -> None:
            if news.frames_done:
                raise KeyboardInterrupt

    made.told = Impatient()
    with pytest.raises(KeyboardInterrupt):
        made(takes)
    assert leftovers(tmp_path) == []
    assert not (tmp_path / "film.mp4").exists()


def test_a_cut_without_items_is_empty() -> None:
    assert Cut(title="", language="en", fps=24, width_px=64, height_px=36).frame_count == 0
