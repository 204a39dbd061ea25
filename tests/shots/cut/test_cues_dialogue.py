"""Voices where they are heard from: at an ear, out of a set, from a mouth; one comes before its picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from audio.cues import DialogueCue
from audio.speech import SpokenLine
from shots.blocking.geometry import OnScreen, ShotGeometry
from shots.cut.cues import cue_sheet
from shots.cut.timeline import Cut, build_cut
from shots.spec import Heard, Line, Place, Presence, Scene, Shot, Storyboard, Transition
from shots.timing import time_shots


def heard(*scenes: Scene, geometry: dict[str, ShotGeometry] | None = None) -> tuple[Cut, dict[str, DialogueCue]]:
    board = Storyboard(title="T", places=(Place(id="CAR", kind="car", interior=True),), scenes=scenes)
    timings = time_shots(board, {})
    cut = build_cut(board, timings, cards=False)
    spoken = {
        (shot.id or "", timed.index): SpokenLine(
            path=Path("x.wav"), duration_s=timed.duration_s, words=(), phonemes=(), voice="v"
        )
        for shot in board.shots()
        for timed in timings[shot.id or ""].lines
    }
    cues = cue_sheet(cut, board, timings, spoken, geometry).dialogue
    return cut, {f"{cue.shot}/{cue.line}": cue for cue in cues}


def person(character: str, x: float, x_end: float, body_height: float) -> OnScreen:
    return OnScreen(
        character=character, visible=True, x=x, x_end=x_end, head_y=0.2, body_height=body_height, facing="lens",
        gaze="right", moves="none",
    )  # fmt: skip


def seen(shot: str, *people: OnScreen) -> ShotGeometry:
    return ShotGeometry(
        shot=shot, lens_mm=50, camera_azimuth_deg=180, camera_distance_m=4.0, axis=None, axis_side=0,
        crosses_axis=False, people=people,
    )  # fmt: skip


def opening(kind: Heard, *, transition: Transition | None = None, before: str = "") -> tuple[Scene, Scene]:
    """A scene that ends on a look, or on words, and one that a voice opens."""
    ends = (Line(character="ANN", text=before),) if before else ()
    line = Line(character="TOM", text="It was the year of the flood.", heard=kind)
    return (
        Scene(id="S1", heading="INT. A", shots=(Shot(id="S1.1", duration_s=5, lines=ends),)),
        Scene(
            id="S2", heading="INT. B", shots=(Shot(id="S2.1", lines=(line,), transition=transition or Transition()),)
        ),
    )


@pytest.mark.parametrize("kind", ["voice_over", "off_screen", "radio"])
def test_a_voice_that_nobody_is_seen_to_speak_with_comes_before_its_picture(kind: Heard) -> None:
    cut, cues = heard(*opening(kind))
    assert cues["S2.1/0"].start_s == pytest.approx(cut.items[1].start_frame / 24 - 0.7)


def test_a_mouth_that_is_seen_keeps_its_time() -> None:
    cut, cues = heard(*opening("on_screen"))
    assert cues["S2.1/0"].start_s > cut.items[1].start_frame / 24


def test_no_voice_comes_early_over_another_or_over_a_smash_cut() -> None:
    talks = "I have nothing to say to you, or to him, or to anybody who asks."
    cut, cues = heard(*opening("voice_over", before=talks))
    first = cues["S1.1/0"]
    assert cues["S2.1/0"].start_s >= first.start_s + first.duration_s + 0.45
    cut, cues = heard(*opening("voice_over", transition=Transition(kind="smash_cut")))
    assert cues["S2.1/0"].start_s > cut.items[1].start_frame / 24


def test_a_voice_moves_with_who_walks_and_is_nearer_the_larger_they_are() -> None:
    line = Line(character="TOM", text="Come with me, all of you, and quickly.")
    shot = Shot(id="S1.1", subjects=("ANN",), lines=(line,))
    people = (person("ANN", 0.5, 0.5, 0.9), person("TOM", 0.0, 1.0, 0.6))
    _, cues = heard(Scene(id="S1", heading="INT. A", shots=(shot,)), geometry={"S1.1": seen("S1.1", *people)})
    cue = cues["S1.1/0"]
    assert abs(cue.pan) < 0.2  # in the middle of the walk
    assert cue.distance_m == pytest.approx(4.0 * 0.9 / 0.6)


def test_a_telephone_is_at_the_ear_and_a_radio_stands_in_the_room() -> None:
    def shot(kind: Heard) -> Shot:
        line = Line(character="TOM", text="Hello?", heard=kind)
        return Shot(id="S1.1", people=(Presence(character="ANN", act="phone"),), lines=(line,))

    geometry = {"S1.1": seen("S1.1", person("ANN", 1.0, 1.0, 0.9))}
    cues = {
        kind: heard(Scene(id="S1", heading="INT. A", shots=(shot(kind),)), geometry=geometry)[1]["S1.1/0"]
        for kind in ("phone", "radio", "voice_over")
    }
    assert cues["phone"].distance_m <= 0.5 < 1.5 <= cues["radio"].distance_m
    assert 0 < cues["phone"].pan < 0.6 and cues["voice_over"].pan == 0.0


def test_a_line_knows_its_place_in_the_script_and_the_room() -> None:
    lines = (Line(character="ANN", text="One."), Line(character="TOM", text="Two."))
    _, cues = heard(Scene(id="S1", heading="INT. CAR", place="CAR", shots=(Shot(id="S1.1", lines=lines),)))
    assert list(cues) == ["S1.1/0", "S1.1/1"]
    assert cues["S1.1/0"].room.size_m[2] < 1.5  # a car is low
