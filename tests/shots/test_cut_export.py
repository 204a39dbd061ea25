"""An editor's timeline says what the film does, frame for frame."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import opentimelineio as otio

from shots.cut.export import write_otio
from shots.cut.timeline import build_cut
from shots.render.job import Take
from shots.source import SourceSpan
from shots.spec import Line, Scene, Shot, Storyboard, Transition
from shots.timing import ShotTiming


def test_the_timeline_is_as_long_as_the_film_and_names_its_takes(tmp_path: Path) -> None:
    shots = (
        Shot(id="S1", size="WS", action="A street.", source=(SourceSpan("/home/mara/found.fountain", 12, 12),)),
        Shot(id="S2", lines=(Line(character="MARA", text="Yes."),), transition=Transition(kind="dissolve")),
        Shot(id="S3", transition=Transition(kind="wipe")),
    )
    storyboard = Storyboard(title="Found", credit="by N.N.", scenes=(Scene(id="1", heading="EXT. X", shots=shots),))
    timings = {shot.id or "": ShotTiming(shot.id or "", 48, 24) for shot in shots}
    cut = build_cut(storyboard, timings)
    takes = {
        name: Take(
            shot=name, key=name * 2, path=tmp_path / "film/takes" / name / "clip.mp4", digest="", frame_count=48,
            width_px=64, height_px=36, fps=24,
        )
        for name in timings
    }  # fmt: skip
    out = tmp_path / "film/film.otio"
    write_otio(cut, storyboard, takes, tmp_path / "film/cache/mix.wav", out)
    timeline = otio.adapters.read_from_file(str(out))
    picture, sound = timeline.tracks
    assert picture.duration().value == sound.duration().value == cut.frame_count
    assert timeline.global_start_time.to_timecode(24) == "01:00:00:00"
    clips = list(picture.find_clips())
    assert [clip.name for clip in clips] == ["S1", "S2", "S3"]
    assert clips[0].media_reference.target_url == "takes/S1/clip.mp4"
    assert sound[0].media_reference.target_url == "cache/mix.wav"
    assert [clip.markers[0].name for clip in clips[:2]] == ["A street. (found.fountain:12)", "MARA: Yes."]
    assert list(picture[0].metadata["workprint"]["words"]) == ["Found", "by N.N."]
    joins = [item for item in picture if isinstance(item, otio.schema.Transition)]
    assert [join.name for join in joins] == ["dissolve", "wipe"]
    for join, item in zip(joins, cut.items[2:4], strict=True):
        assert join.in_offset.value + join.out_offset.value == item.overlap_frames
    for clip, item in zip(clips, cut.items[1:4], strict=True):  # a clip starts where the middle of its transition is
        place = picture.range_of_child(clip)
        assert place.start_time.value == item.start_frame + item.overlap_frames // 2
        assert clip.source_range.start_time.value == item.overlap_frames // 2
    for join in joins:  # the frames that are shared exist on both sides
        before, after = picture.neighbors_of(join)
        assert before.source_range.end_time_exclusive().value + join.out_offset.value <= 48
        assert after.source_range.start_time.value - join.in_offset.value >= 0
    assert not list(out.parent.glob(".part-*"))


def test_writing_again_replaces_the_timeline(tmp_path: Path) -> None:
    storyboard = Storyboard(title="A", scenes=(Scene(id="1", heading="X", shots=(Shot(id="S1"),)),))
    cut = build_cut(storyboard, {"S1": ShotTiming("S1", 24, 24)})
    take = Take(
        shot="S1", key="k", path=tmp_path / "c.mp4", digest="", frame_count=24, width_px=64, height_px=36, fps=24
    )
    for title in ("A", "B"):
        write_otio(replace(cut, title=title), storyboard, {"S1": take}, tmp_path / "m.wav", tmp_path / "film.otio")
    assert otio.adapters.read_from_file(str(tmp_path / "film.otio")).name == "B"
