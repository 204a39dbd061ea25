"""What sounds once: seen on the stage, named in the script, said by animals; one event is heard once."""

from __future__ import annotations

from pathlib import Path

import pytest

from audio.cues import EffectCue
from audio.speech import SpokenLine
from shots.blocking.heard import StageSound
from shots.cut.cues import animal_sound, cue_sheet
from shots.cut.timeline import build_cut
from shots.source import SourceSpan
from shots.spec import Character, Line, Place, Presence, Prop, Scene, Shot, Storyboard
from shots.timing import time_shots

CAST = (
    Character(id="ANN"),
    Character(id="TOM"),
    Character(id="REX", species="dog"),
    Character(id="MOG", species="cat"),
)


def effects(*shots: Shot, stage: dict[str, tuple[StageSound, ...]] | None = None, **how: object) -> list[EffectCue]:
    scene = Scene(id="S1", heading="INT. KITCHEN - DAY", place="KITCHEN", shots=shots, **how)  # type: ignore[arg-type]
    board = Storyboard(
        title="T",
        cast=CAST,
        props=(Prop(id="PHONE"),),
        places=(Place(id="KITCHEN", kind="kitchen", interior=True),),
        scenes=(scene,),
    )
    timings = time_shots(board, {})
    cut = build_cut(board, timings, cards=False)
    spoken = {
        (shot.id or "", index): SpokenLine(path=Path("x.wav"), duration_s=1.0, words=(), phonemes=(), voice="v")
        for shot in shots
        for index in range(len(shot.lines))
    }
    sheet = cue_sheet(cut, board, timings, spoken, None, stage)
    assert {cue.speaker for cue in sheet.dialogue}.isdisjoint({"Rex", "Mog"})
    return list(sheet.effects)


def test_a_door_that_is_named_and_shown_is_one_door_at_the_time_it_is_shown() -> None:
    shot = Shot(id="S1.1", duration_s=5, action="Ann SLAMS the door.", sounds=("door slam",))
    shown = StageSound(name="door close", start_s=3.25, pan=0.4, distance_m=6.0, force=0.4, who="ANN")
    (cue,) = effects(shot, stage={"S1.1": (shown,)})
    assert (cue.name, cue.start_s, cue.pan, cue.distance_m, cue.who) == ("door slam", 3.25, 0.4, 6.0, "ANN")
    assert cue.force > 0.8 and cue.source == "script"


def test_steps_that_are_shown_are_not_named_once_more() -> None:
    shot = Shot(id="S1.1", duration_s=4, action="Footsteps. The phone rings.", sounds=("footsteps", "phone ring"))
    steps = tuple(StageSound(name="step", start_s=n / 2, surface="tile", who="TOM") for n in range(5))
    cues = effects(shot, stage={"S1.1": steps})
    assert [cue.name for cue in cues].count("step") == 5
    assert {cue.name for cue in cues} == {"step", "phone ring"}
    assert len({cue.seed for cue in cues}) == 6  # no two alike
    assert all(cue.shot == "S1.1" and cue.room.floor == "tile" for cue in cues)


def test_a_sound_that_nobody_sees_falls_where_its_words_stand() -> None:
    early = effects(Shot(id="S1.1", duration_s=10, action="Thunder. Then she waits, and waits.", sounds=("thunder",)))
    late = effects(Shot(id="S1.1", duration_s=10, action="She waits, and waits. Then thunder.", sounds=("thunder",)))
    assert early[0].start_s < 2.0 < 6.0 < late[0].start_s


def test_a_sound_before_a_line_is_over_when_the_line_begins() -> None:
    said = (Line(character="ANN", text="Not now, please, not now."),)
    (cue,) = effects(Shot(id="S1.1", action="A knock at the door.", sounds=("door knock",), lines=said))
    assert cue.start_s < 0.5


def test_a_sound_after_a_line_waits_until_it_is_said() -> None:
    line = Line(character="ANN", text="Not now, please, not now.", source=SourceSpan("f", 10, 11))
    sources = (SourceSpan("f", 10, 11), SourceSpan("f", 13, 13))
    (cue,) = effects(
        Shot(id="S1.1", action="A knock.", sounds=("door knock",), lines=(line,), source=sources, duration_s=5)
    )
    assert cue.start_s > 1.8


def test_it_is_heard_as_often_as_the_script_says() -> None:
    cues = effects(Shot(id="S1.1", duration_s=4, action="The dog stops, turns and BARKS, twice.", sounds=("dog bark",)))
    assert [cue.name for cue in cues] == ["dog bark", "dog bark"] and cues[0].seed != cues[1].seed
    assert 0.3 < cues[1].start_s - cues[0].start_s < 1.0
    (once,) = effects(Shot(id="S1.1", duration_s=4, action="Rex barks, once.", sounds=("dog bark",)))
    assert once.who == "REX"


def test_a_telephone_rings_until_it_is_answered() -> None:
    ring = Shot(id="S1.1", duration_s=2, action="The phone RINGS.", sounds=("phone ring",))
    wait = Shot(id="S1.2", duration_s=8, action="Nobody moves.")
    answer = Shot(id="S1.3", duration_s=4, people=(Presence(character="ANN", act="phone"),), action="She picks it up.")
    rings = effects(ring, wait, answer)
    assert len(rings) > 1 and all(cue.start_s < 10 for cue in rings)
    assert rings[1].gain_db < rings[0].gain_db and rings[0].who == "PHONE"
    assert len(effects(ring, wait)) == 1  # where nobody answers, one ring tells it


def test_what_the_weather_is_already_is_not_an_effect() -> None:
    assert effects(Shot(id="S1.1", duration_s=3, sounds=("rain",)), weather="rain") == []


def test_one_happening_seen_in_two_shots_sounds_once() -> None:
    first = Shot(id="S1.1", duration_s=3, action="Glass shatters.", sounds=("glass shatter",))
    again = Shot(id="S1.2", duration_s=3, action="Glass shatters.", sounds=("glass shatter",))
    assert [cue.shot for cue in effects(first, again)] == ["S1.1"]


@pytest.mark.parametrize(
    ("who", "text", "delivery", "sound"),
    [
        ("REX", "Woof! Woof!", "", "dog bark"),
        ("REX", "Whimper.", "", "dog whimper"),
        ("REX", "Grrr...", "", "dog growl"),
        ("REX", "Arrooo!", "howling", "dog howl"),
        ("REX", "汪汪！", "", "dog bark"),
        ("REX", "I would like a biscuit, please.", "", None),  # a dog that talks
        ("REX", "Woof is all I ever say.", "", None),
        ("MOG", "Miaow.", "", "cat meow"),
        ("MOG", "Purrr.", "", "cat purr"),
        ("ANN", "Woof.", "", None),  # a person who says so
    ],
)
def test_what_animals_say_is_a_sound_and_no_speech(who: str, text: str, delivery: str, sound: str | None) -> None:
    character = next(one for one in CAST if one.id == who)
    assert animal_sound(character, Line(character=who, text=text, delivery=delivery)) == sound


def test_a_dog_barks_as_often_as_it_says() -> None:
    shot = Shot(id="S1.1", lines=(Line(character="REX", text="Woof! Woof! Woof!"), Line(character="ANN", text="Rex!")))
    cues = effects(shot)
    assert [(cue.name, cue.who) for cue in cues] == [("dog bark", "REX")] * 3
