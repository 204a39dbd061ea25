"""Somewhere is always heard; the next place comes before its picture, and a smash cut cuts the sound too."""

from __future__ import annotations

import math

import pytest

from audio.cues import AmbienceCue, CueSheet
from shots.cut.cues import cue_sheet
from shots.cut.timeline import Cut, build_cut
from shots.spec import Crowd, Line, Place, Presence, Scene, Shot, Storyboard, Transition
from shots.timing import time_shots

PLACES = (
    Place(id="HALL", kind="church", interior=True),
    Place(id="ROAD", kind="street", interior=False),
    Place(id="FLAT", kind="kitchen", interior=True),
)


def scene(number: int, place: str, *shots: Shot, **how: object) -> Scene:
    named = tuple(
        Shot(**{**{k: getattr(s, k) for k in s.__dataclass_fields__}, "id": f"S{number}.{i}"})
        for i, s in enumerate(shots, 1)
    )
    return Scene(id=f"S{number}", heading=f"INT. {place}", place=place, shots=named, **how)  # type: ignore[arg-type]


def still(seconds: float = 4.0, **how: object) -> Shot:
    return Shot(size="MS", duration_s=seconds, **how)  # type: ignore[arg-type]


def sheet(*scenes: Scene, cards: bool = True) -> tuple[Cut, CueSheet]:
    board = Storyboard(title="T", places=PLACES, scenes=scenes)
    timings = time_shots(board, {})
    cut = build_cut(board, timings, cards=cards)
    return cut, cue_sheet(cut, board, timings, {})


def gain(cue: AmbienceCue, at_s: float) -> float:
    """How open a place is at a time: as the sine of its fades, which keep the power of two alike."""
    if not cue.start_s <= at_s <= cue.end_s:
        return 0.0
    into, out = (at_s - cue.start_s) / cue.fade_in_s, (cue.end_s - at_s) / cue.fade_out_s
    return math.sin(min(1.0, into) * math.pi / 2) * math.sin(min(1.0, out) * math.pi / 2)


def test_a_place_is_heard_from_the_first_sample_to_the_last_without_a_hole() -> None:
    cut, cues = sheet(
        scene(1, "HALL", still()),
        scene(2, "ROAD", still(transition=Transition(kind="smash_cut"))),
        scene(3, "FLAT", still(transition=Transition(kind="fade_through_black"))),
        scene(4, "ROAD", still(transition=Transition(kind="dissolve"))),
        scene(5, "HALL", still()),
    )
    assert (cues.ambience[0].start_s, cues.ambience[-1].end_s) == (0.0, cut.duration_s)
    inside = [n / 100 for n in range(20, int(cut.duration_s * 100) - 20)]
    loudest = [sum(gain(cue, at_s) ** 2 for cue in cues.ambience) for at_s in inside]
    assert min(loudest[300:-300]) > 0.9  # between title and credits two fading places are as loud as one
    assert min(loudest) > 0.0


@pytest.mark.parametrize("mood", ["urgent", "tense", "comic", "neutral", "warm", "sad", "quiet"])
def test_on_an_ordinary_cut_the_next_place_is_heard_before_it_is_seen(mood: str) -> None:
    cut, cues = sheet(scene(1, "HALL", still()), scene(2, "ROAD", still(), mood=mood), cards=False)
    cut_s = cut.items[1].start_frame / cut.fps
    hall, road = cues.ambience
    assert 0.4 <= round(cut_s - road.start_s, 6) <= 0.8
    assert road.start_s + road.fade_in_s == pytest.approx(hall.end_s)
    assert hall.end_s < cut_s + 0.5


def test_a_smash_cut_cuts_the_sound_with_the_picture() -> None:
    cut, cues = sheet(
        scene(1, "HALL", still()), scene(2, "ROAD", still(transition=Transition(kind="smash_cut"))), cards=False
    )
    cut_s = cut.items[1].start_frame / cut.fps
    hall, road = cues.ambience
    assert cut_s - road.start_s < 1 / 24 and hall.end_s - cut_s < 1 / 24


def test_a_place_lingers_where_the_scene_ends_on_something_that_goes_on() -> None:
    gone = still(people=(Presence(character="ANN", act="walk", exits="left"),))
    cut, cues = sheet(scene(1, "HALL", still(), gone), scene(2, "ROAD", still()), cards=False)
    cut_s = cut.items[2].start_frame / cut.fps
    assert cues.ambience[0].end_s - cut_s == pytest.approx(1.2)
    assert 0.4 <= round(cut_s - cues.ambience[1].start_s, 6) <= 0.8


def test_a_call_that_goes_to_and_fro_is_cut_tight() -> None:
    said = Shot(size="MS", lines=(Line(character="ANN", text="Where are you now?"),))
    rooms = [scene(n, place, said, hour="night") for n, place in enumerate(("HALL", "FLAT", "HALL"), 1)]
    cut, cues = sheet(*rooms, cards=False)
    for before, after, item in zip(cues.ambience, cues.ambience[1:], cut.items[1:], strict=False):
        cut_s = item.start_frame / cut.fps
        assert cut_s - after.start_s < 0.2 and before.end_s - cut_s < 0.2


def test_scenes_that_follow_each_other_in_one_place_are_one_place() -> None:
    _, cues = sheet(scene(1, "HALL", still()), scene(2, "HALL", still()), scene(3, "HALL", still(), weather="rain"))
    assert [(cue.place_kind, cue.weather) for cue in cues.ambience] == [("church", "clear"), ("church", "rain")]


def test_a_crowd_murmurs_and_a_flock_does_not() -> None:
    crowds = (Crowd(count=20), Crowd(what="birds", count=50))
    _, cues = sheet(
        scene(1, "HALL", still(), crowds=crowds), scene(2, "ROAD", still(), still(crowds=(Crowd(count=9),)))
    )
    assert [cue.crowd for cue in cues.ambience] == [20, 9]


def test_every_cue_knows_its_room() -> None:
    _, cues = sheet(scene(1, "HALL", still()), scene(2, "ROAD", still()))
    assert [cue.room.outdoors for cue in cues.ambience] == [False, True]
    assert cues.ambience[0].room.size_m[2] > 8  # a church is high
