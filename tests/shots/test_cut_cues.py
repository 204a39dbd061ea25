"""What is heard follows the cut: lines keep their time within their shot, sounds fall into silences."""

from __future__ import annotations

from pathlib import Path

import pytest

from audio.speech import SpokenLine, WordTime
from shots.blocking.geometry import OnScreen, ShotGeometry
from shots.cut.cues import cue_sheet
from shots.cut.srt import Caption, read_srt
from shots.cut.timeline import build_cut
from shots.spec import Character, Line, Place, Scene, Shot, Storyboard, Transition, Voice
from shots.timing import ShotTiming, TimedLine


def spoken(seconds: float) -> SpokenLine:
    words = (WordTime("Yes.", 0.0, seconds),)
    return SpokenLine(path=Path("yes.wav"), duration_s=seconds, words=words, phonemes=(), voice="v")


STORYBOARD = Storyboard(
    title="Found",
    cast=(Character(id="MARA", name="Mara Lind"), Character(id="TOM", voice=Voice(language="zh"))),
    places=(Place(id="CAFÉ", kind="cafe", interior=True), Place(id="SEA", kind="beach", interior=False)),
    scenes=(
        Scene(
            id="1",
            heading="INT. CAFÉ - NIGHT",
            place="CAFÉ",
            hour="night",
            shots=(
                Shot(id="S1", lines=(Line(character="MARA", text="Yes."),), sounds=("clock tick", "door")),
                Shot(id="S2", lines=(Line(character="TOM", text="No.", heard="voice_over"),)),
            ),
        ),
        Scene(
            id="2",
            heading="EXT. SEA - DAWN",
            place="SEA",
            hour="dawn",
            weather="rain",
            shots=(Shot(id="S3", transition=Transition(kind="dissolve"), lines=(Line(character="DOG", text="Wuf."),)),),
        ),
    ),
)
TIMINGS = {
    "S1": ShotTiming("S1", 96, 24, (TimedLine(0, 1.0, 1.5),)),
    "S2": ShotTiming("S2", 72, 24, (TimedLine(0, 0.5, 1.0),)),
    "S3": ShotTiming("S3", 72, 24, (TimedLine(0, 1.5, 1.0),)),
}
SPOKEN = {("S1", 0): spoken(1.5), ("S2", 0): spoken(1.0)}


def test_lines_keep_their_time_within_their_shot() -> None:
    cut = build_cut(STORYBOARD, TIMINGS)
    sheet = cue_sheet(cut, STORYBOARD, TIMINGS, SPOKEN)
    title_s = cut.items[0].frame_count / 24
    assert [(cue.speaker, cue.start_s, cue.duration_s) for cue in sheet.dialogue] == [
        ("Mara Lind", title_s + 1.0, 1.5),
        ("Tom", title_s + 4.5, 1.0),
    ]
    assert [(cue.heard, cue.language) for cue in sheet.dialogue] == [("on_screen", "en"), ("voice_over", "zh")]
    assert sheet.dialogue[0].words == SPOKEN["S1", 0].words
    assert (sheet.duration_s, sheet.title) == (cut.duration_s, "Found")


def test_a_line_moves_with_the_shot_that_a_dissolve_pulls_forward() -> None:
    cut = build_cut(STORYBOARD, TIMINGS, cards=False)
    sheet = cue_sheet(cut, STORYBOARD, TIMINGS, {("S3", 0): spoken(1.0)})
    third = cut.items[2]
    assert third.overlap_frames == 19
    assert sheet.dialogue[0].start_s == third.start_frame / 24 + 1.5 == (168 - 19) / 24 + 1.5
    assert sheet.dialogue[0].speaker == "Dog"


def test_sounds_fall_into_the_silences_of_their_shot() -> None:
    sheet = cue_sheet(build_cut(STORYBOARD, TIMINGS, cards=False), STORYBOARD, TIMINGS, SPOKEN)
    tick, door = sheet.effects
    assert (tick.name, tick.start_s) == ("clock tick", pytest.approx(0.4))  # wanted at 1.2 s, where Mara speaks
    assert (door.name, door.start_s) == ("door", pytest.approx(2.6))
    assert tick.seed != door.seed


def test_every_scene_has_the_sound_of_its_place() -> None:
    cut = build_cut(STORYBOARD, TIMINGS)
    cafe, sea = cue_sheet(cut, STORYBOARD, TIMINGS, SPOKEN).ambience
    assert (cafe.place_kind, cafe.interior, cafe.hour, cafe.weather) == ("cafe", True, "night", "clear")
    assert (sea.place_kind, sea.interior, sea.hour, sea.weather) == ("beach", False, "dawn", "rain")
    second, third = cut.items[2:4]
    assert (cafe.start_s, sea.end_s) == (0.0, cut.duration_s)  # under the title and the credits too
    assert sea.start_s == pytest.approx(third.start_frame / 24 - 0.4)  # before the dissolve begins
    assert cafe.end_s == pytest.approx(second.end_frame / 24 + 0.4)
    assert cafe.fade_out_s == sea.fade_in_s == pytest.approx(cafe.end_s - sea.start_s)


def test_voices_stand_where_the_camera_sees_them() -> None:
    def seen(shot: str, x: float, distance_m: float) -> ShotGeometry:
        mara = OnScreen(
            character="MARA", visible=True, x=x, x_end=x, head_y=0.3, body_height=2.0, facing="lens", gaze="right",
            moves="none",
        )  # fmt: skip
        return ShotGeometry(
            shot=shot, lens_mm=50, camera_azimuth_deg=180, camera_distance_m=distance_m, axis=None, axis_side=0,
            crosses_axis=False, people=(mara,),
        )  # fmt: skip

    cut = build_cut(STORYBOARD, TIMINGS)
    left = cue_sheet(cut, STORYBOARD, TIMINGS, SPOKEN, {"S1": seen("S1", 0.25, 3.0)}).dialogue[0]
    right = cue_sheet(cut, STORYBOARD, TIMINGS, SPOKEN, {"S1": seen("S1", 0.75, 3.0)}).dialogue[0]
    assert left.pan == -right.pan < 0
    assert left.distance_m == 3.0
    over = cue_sheet(cut, STORYBOARD, TIMINGS, SPOKEN, {"S2": seen("S2", 0.25, 3.0)}).dialogue[1]
    assert (over.pan, over.distance_m) == (0.0, 1.0)  # a voice over is nowhere in the room


def test_captions_that_overlap_are_shown_together() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\nA\n\n2\n00:00:02,000 --> 00:00:04,000\nB\nb\n\nnot a caption\n"
    assert read_srt(text) == (Caption(1000, 2000, "A"), Caption(2000, 3000, "A\nB\nb"), Caption(3000, 4000, "B\nb"))
    assert read_srt("") == ()
