"""A trim takes frames off a shot in the film and leaves its take whole: picture, transitions, timeline, sound cues."""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import av
import opentimelineio as otio
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # worker processes import the back end by this name

from render_pictures import Stripes, request, where

from audio.cues import CueSheet
from audio.speech import SpokenLine, WordTime
from shots.blocking.heard import StageSound
from shots.continuity import check
from shots.cut.cues import cue_sheet
from shots.cut.export import write_otio
from shots.cut.film import cut_film
from shots.cut.timeline import build_cut
from shots.graph import ShotGraph
from shots.render.plan import plan
from shots.render.run import render
from shots.render.store import TakeStore
from shots.spec import Line, Scene, Shot, Storyboard, Transition, Trim
from shots.timing import time_shots

FPS = 24


def board(*shots: Shot) -> Storyboard:
    scene = Scene(id="1", heading="EXT. ROOF - DAY", place="ROOF", shots=shots)
    return Storyboard(title="Trimmed", width_px=128, height_px=36, fps=FPS, scenes=(scene,))


def quiet(name: str, seconds: float = 1.0, **changes: object) -> Shot:
    return Shot(id=name, duration_s=seconds, **changes)  # type: ignore[arg-type]


def speaks(trim: Trim | None, *, seconds: float = 4.0, sounds: tuple[str, ...] = ()) -> Storyboard:
    line = Line(character="MARA", text="You came back.")
    return board(Shot(id="S1", duration_s=seconds, lines=(line,), trim=trim, sounds=sounds), quiet("S2"))


def told(storyboard: Storyboard) -> list[str]:
    timings = time_shots(storyboard, {("S1", 0): 1.0})
    return [str(one) for one in check(ShotGraph(storyboard), {}, timings) if one.rule == "trim"]


def test_a_trimmed_film_shows_the_rest_of_its_takes(tmp_path: Path) -> None:
    storyboard = board(
        quiet("S1", trim=Trim(head_s=0.125, tail_s=0.0417)),
        quiet("S2", 2.0, transition=Transition(kind="dissolve", duration_s=0.25), trim=Trim(head_s=0.25)),
        quiet("S3", trim=Trim(tail_s=0.2)),
    )
    timings = time_shots(storyboard, {})
    assert [timings[name].frame_count for name in ("S1", "S2", "S3")] == [24, 48, 24]
    asked = {name: request(n, timings[name].frame_count, width_px=128, height_px=36) for n, name in enumerate(timings)}
    store = TakeStore(tmp_path / "takes")
    takes = render(plan(asked, (), Stripes(), store), Stripes(), store, workers=1)
    cut = build_cut(storyboard, timings, cards=False)
    assert [(item.first_frame, item.frame_count) for item in cut.items] == [(3, 20), (6, 42), (0, 19)]
    assert cut.items[1].overlap_frames == 6
    with wave.open(str(tmp_path / "mix.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(bytes(4 * 48_000 * cut.frame_count // FPS))
    film = cut_film(cut, takes, tmp_path / "mix.wav", None, tmp_path / "film.mp4", tmp_path / "cache")
    with av.open(str(film.path)) as container:
        seen = [where(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]
    assert len(seen) == cut.frame_count == 20 + 42 + 19 - 6
    assert seen[:14] == [*range(3, 17)]
    assert seen[20:56] == [number % 32 for number in range(12, 48)]
    assert seen[56:] == [*range(19)]
    out = tmp_path / "film.otio"
    write_otio(cut, storyboard, takes, tmp_path / "mix.wav", out)
    clips = list(otio.adapters.read_from_file(str(out)).tracks[0].find_clips())
    assert [clip.source_range.start_time.value for clip in clips] == [3, 9, 0]
    assert [clip.source_range.duration.value for clip in clips] == [17, 39, 19]
    assert [clip.available_range().duration.value for clip in clips] == [24, 48, 24]


def test_what_is_heard_starts_earlier_by_the_head_and_not_at_all_outside() -> None:
    words = (WordTime("You", 0.0, 0.3), WordTime("came", 0.3, 0.6), WordTime("back.", 0.6, 1.0))
    voice = SpokenLine(path=Path("a.wav"), duration_s=1.0, words=words, phonemes=(), voice="anna")
    sounds = (
        StageSound(name="step", start_s=0.1),
        StageSound(name="door open", start_s=1.5),
        StageSound(name="engine", start_s=0.0, duration_s=4.0, pan=-1.0, pan_end=1.0, who="CAR"),
        StageSound(name="step", start_s=3.6),
    )

    def sheet(trim: Trim | None) -> CueSheet:
        storyboard = speaks(trim)
        timings = time_shots(storyboard, {("S1", 0): 1.0})
        cut = build_cut(storyboard, timings, cards=False)
        return cue_sheet(cut, storyboard, timings, {("S1", 0): voice}, heard={"S1": sounds})

    whole = sheet(None)
    (line,) = whole.dialogue
    assert (line.start_s, line.duration_s, line.from_s) == (0.35, 1.0, 0.0)
    trimmed = sheet(Trim(head_s=0.25, tail_s=1.0))
    assert trimmed.duration_s == whole.duration_s - 1.25
    (line,) = trimmed.dialogue
    assert (line.start_s, line.duration_s, line.from_s) == (pytest.approx(0.1), 1.0, 0.0)
    heard = {cue.name: (cue.start_s, cue.duration_s) for cue in trimmed.effects}
    assert heard == {"engine": (0.0, pytest.approx(2.75)), "door open": (pytest.approx(1.25), None)}
    assert len(whole.effects) == 4
    deep = sheet(Trim(head_s=0.75)).dialogue[0]
    assert (deep.start_s, deep.from_s, deep.duration_s) == (0.0, pytest.approx(0.4), pytest.approx(0.6))
    assert [(word.text, round(word.start_s, 3)) for word in deep.words] == [("came", 0.0), ("back.", 0.2)]
    assert sheet(Trim(head_s=2.0)).dialogue == ()


def test_a_trim_that_cuts_a_word_or_leaves_too_little_is_told_with_its_numbers() -> None:
    assert told(speaks(Trim(head_s=0.3, tail_s=2.6))) == []
    (head,) = told(speaks(Trim(head_s=0.8)))
    assert "MARA speaks from 0.35 to 1.35 s of S1, and its trim leaves 0.79 to 4.00 s" in head
    assert head.endswith("Fix: trim at most 0.35 s of its head.")
    (tail,) = told(speaks(Trim(tail_s=3.0)))
    assert tail.endswith("Fix: trim at most 2.65 s of its tail.")
    (little,) = told(speaks(Trim(head_s=2.0, tail_s=1.5)))
    assert "would leave 0.50 of its 4.00 s" in little
    assert little.endswith("Fix: trim at most 3.20 s in all: a shot lasts 0.8 s.")
    timings = time_shots(speaks(Trim(head_s=2.0, tail_s=1.5)), {})
    assert timings["S1"].shown == timings["S1"], "nothing is left out"


def test_who_goes_on_from_a_frame_that_is_not_shown_is_told() -> None:
    storyboard = board(quiet("S1", 2.0, trim=Trim(tail_s=0.5)), quiet("S2", continues="S1"))
    (problem,) = told(storyboard)
    assert "S2 goes on from the last frame of S1, of which the cut leaves out the last 0.50 s" in problem
