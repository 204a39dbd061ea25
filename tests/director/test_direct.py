"""The offline director as a whole: nothing lost, nothing invented, in order, the same every time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from director.direct import direct
from director.parse import parse_fountain
from director.script import Element, Script
from shots.errors import ScriptError
from shots.source import SourceSpan
from shots.spec import Storyboard
from shots.storyboard import dumps, loads
from tests.soundness import assert_film_is_sound, words

NIGHT = """\
Title: The Lantern
Author: A. Writer

FADE IN:

INT. LIGHTHOUSE - NIGHT

A round room. Wind. MARA, 34, a tall woman in a grey coat, stands at the window with a lantern in her hand.

TOM (60s), bearded, sits by the stove.

MARA
They should have been here by ten.

TOM
(without looking up)
The tide turned early. I told you that it would. You never believe what I tell you about the tide, and every year \
it does what I say. It will do it next year, too.

MARA
Don't.

MARA & TOM
Listen!

A phone RINGS. Mara picks up the phone.

MARA
(into phone)
Hello?

HARBOUR MASTER (V.O.)
They turned back.

She puts down the phone.

CUT TO:

EXT. LIGHTHOUSE - CONTINUOUS

Mara runs out into the rain. A wet DOG follows her.

> THE SEA <

MARA
Come home!

DISSOLVE TO:

INT. LIGHTHOUSE - LATER

They sleep.

FADE OUT.
"""


def film(text: str = NIGHT, seed: int = 0) -> Storyboard:
    return direct(parse_fountain(text, "night.fountain"), seed=seed)


def assert_sound(script: Script) -> Storyboard:
    storyboard = direct(script)
    assert_film_is_sound(script, storyboard)
    return storyboard


def test_a_film_keeps_every_word_and_element() -> None:
    assert_sound(parse_fountain(NIGHT, "night.fountain"))


def test_who_where_when() -> None:
    storyboard = film()
    assert [c.id for c in storyboard.cast] == ["MARA", "TOM", "HARBOUR MASTER", "DOG"]
    mara, tom, _, dog = storyboard.cast
    assert (mara.age_years, mara.gender, dog.species) == (34, "female", "dog")
    assert tom.look.beard == "full" and tom.age_years == 65
    assert ("coat", "grey") in {(garment.kind, garment.colour) for garment in mara.look.wardrobe}
    inside, outside, later = storyboard.scenes
    assert (inside.hour, outside.hour, later.hour) == ("night", "night", "night")
    assert outside.weather == "rain"
    assert inside.place != outside.place and later.place == inside.place
    assert storyboard.title == "The Lantern" and "A. Writer" in storyboard.credit


def test_a_voice_from_the_telephone_is_heard_over_the_listener() -> None:
    shot = next(shot for shot in film().shots() if any("turned back" in line.text for line in shot.lines))
    assert shot.lines[0].heard == "phone"
    assert shot.subjects == ("MARA",)


def test_a_long_speech_runs_on_over_the_listener() -> None:
    carrying = [
        shot for shot in film().shots() if any(line.character == "TOM" and not line.together for line in shot.lines)
    ]
    assert len(carrying) >= 2
    over_her = [shot for shot in carrying if shot.coverage == "reaction"]
    assert over_her and over_her[0].subjects == ("MARA",) and over_her[0].lines[0].heard == "off_screen"


def test_people_who_speak_as_one_are_together() -> None:
    shot = next(shot for shot in film().shots() if any(line.text == "Listen!" for line in shot.lines))
    assert [(line.character, line.together) for line in shot.lines] == [("MARA", False), ("TOM", True)]


def test_transitions_stand_where_they_are_written() -> None:
    storyboard = film()
    assert storyboard.scenes[0].shots[0].transition.kind == "fade_in"
    assert storyboard.scenes[1].shots[0].transition.kind == "cut"
    assert storyboard.scenes[2].shots[0].transition.kind == "dissolve"
    assert "FADE OUT" in storyboard.shots()[-1].note


def test_hands_keep_what_they_hold_until_it_is_put_down() -> None:
    first = film().scenes[0].shots
    mara = [next(p for p in shot.people if p.character == "MARA") for shot in first if shot.people]
    assert any("LANTERN" in presence.holds for presence in mara)
    rung = [shot for shot in first if "phone ring" in shot.sounds]
    assert rung
    assert "PHONE" not in mara[-1].holds


def test_rain_wets_those_who_are_out_in_it() -> None:
    outside = film().scenes[1]
    assert all("wet" in p.state for shot in outside.shots for p in shot.people)


def test_the_same_script_and_seed_give_the_same_film() -> None:
    assert film() == film()
    assert film(seed=1).scenes[0].place == film().scenes[0].place


def test_a_storyboard_does_not_depend_on_the_process(tmp_path: object) -> None:
    program = (
        "import sys; from director.direct import direct; from director.parse import parse_fountain; "
        "print(repr(direct(parse_fountain(sys.stdin.read(), 'night.fountain'))))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=NIGHT,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        ).stdout
        for hash_seed in ("1", "77")
    }
    assert len(outputs) == 1 and "LANTERN" in outputs.pop()


@pytest.mark.parametrize(
    "elements", [(), (Element("note", "later", 1, 1),), (Element("section", "Act", 1, 1, depth=1),)]
)
def test_nothing_to_film_is_an_error_with_a_fix(elements: tuple[Element, ...]) -> None:
    with pytest.raises(ScriptError, match=r"night\.fountain.*Fix: "):
        direct(Script("night.fountain", {}, elements))


@pytest.mark.parametrize(
    "text",
    [
        "INT. VOID - DAY\n",
        "A man walks.\n",
        "INT. ROOM - DAY\n\nMARA\n(sighs)\n\nEXT. YARD - DAY\n\nRain.\n",
        "INT. HALL - DAY\n\nALL\nHurrah!\n",
        "INT. HALL - DAY\n\nMARA\nYes.\n\nCROWD\nHurrah! Hurrah! Hurrah!\n",
        "~La la la\n",
        "> THE END <\n",
        "INT. A - DAY\n\nMARA\nOne.\n\nTOM ^\nTwo.\n\nINTERCUT WITH:\n\nINT. B - DAY\n\nTOM\nThree.\n\nMARA\nFour.\n",
        "INT. PHONE BOOTH - NIGHT\n\nMARA (O.S.)\nWho is there?\n\nVOICE\nNobody.\n",
        "MONTAGE - A SUMMER\n\n- Mara swims.\n- Mara sleeps.\n\nEND MONTAGE\n",
    ],
)
def test_odd_scripts_make_films(text: str) -> None:
    assert_sound(parse_fountain(text, "odd.fountain"))


def test_a_feature_is_planned() -> None:
    scenes = NIGHT.split("FADE IN:")[1]
    script = parse_fountain("\n\n".join(scenes.replace("LIGHTHOUSE", f"HOUSE {n}") for n in range(75)), "long.fountain")
    storyboard = direct(script)
    assert len(storyboard.scenes) == 225


NAMES = st.sampled_from(["MARA", "TOM", "OLD MAN", "DR. LIU", "DOG", "THE WAITER", "张三", "NARRATOR"])
SAID = st.text(
    alphabet=st.sampled_from("aeimnorst ,.?!-'*_\"吗你好。，—…"), min_size=1, max_size=140
).filter(lambda text: bool(words(text)) and not text.lstrip().startswith(("(", "@", "!", ">", "~", "=", "#", "."))
         and "[[" not in text)  # fmt: skip
DONE = st.sampled_from(
    ["She walks in.", "He picks up the phone and leaves.", "They all laugh.", "A door SLAMS.", "Rain.",
     "TOM, 40, runs.",
     "Mara hands the letter to Tom.", "The dog barks at the old man.", "Silence. Then nothing.", "张三走进来，坐下。",
     "He looks at her. She looks away.", "Mara takes off her coat and sits down.", "BANG! BANG!", "The waiter exits."]
)  # fmt: skip
HEADINGS = st.sampled_from(
    ["INT. CAFE - NIGHT", "EXT. STREET - DAY", "INT. CAFE - CONTINUOUS", "内景 家 夜", "MONTAGE"]
)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    elements: list[Element] = []
    line = 1

    def add(kind: str, text: str, **more: object) -> None:
        nonlocal line
        elements.append(Element(kind, text, line, line + text.count("\n"), **more))  # type: ignore[arg-type]
        line += text.count("\n") + 1

    for _ in range(draw(st.integers(1, 4))):
        add("scene", draw(HEADINGS))
        line += 1
        for _ in range(draw(st.integers(0, 7))):
            what = draw(st.sampled_from(["action", "speech", "speech", "speech", "transition", "centered", "note"]))
            if what == "action":
                add("action", "\n".join(draw(st.lists(DONE, min_size=1, max_size=3))))
            elif what == "speech":
                dual = draw(st.booleans()) and bool(elements) and elements[-1].kind == "dialogue"
                add("character", draw(NAMES), extension=draw(st.sampled_from([None, "(V.O.)", "(O.S.)"])), dual=dual)
                if draw(st.booleans()):
                    add("paren", "(softly)", dual=dual)
                add("dialogue", draw(SAID), dual=dual)
            elif what == "transition":
                add("transition", draw(st.sampled_from(["CUT TO:", "DISSOLVE TO:", "FADE OUT.", "INTERCUT WITH:"])))
            else:
                add(what, "THE END")
            line += 1
    return Script("random.fountain", {}, tuple(elements))


@settings(max_examples=60, deadline=None)
@given(scripts())
def test_any_script_is_filmed_whole(script: Script) -> None:
    storyboard = assert_sound(script)
    assert all(isinstance(span, SourceSpan) for shot in storyboard.shots() for span in shot.source)


@pytest.mark.parametrize(
    "text",
    [
        "INT. CAR/STREET </x> .. - DAY\n\nA/B\nHello.\n\nMARA <b>\nYes.\n\n@../../etc/passwd\nNo.\n",
        "INT. ../../x - DAY\n\nA man walks.\n",
        "EXT. 海边/车站 \\ «夜» - 夜\n\n大海。\n",
    ],
)
def test_whatever_stands_in_headings_and_cues_the_storyboard_can_be_read_back(text: str) -> None:
    storyboard = assert_sound(parse_fountain(text, "odd.fountain"))
    assert loads(dumps(storyboard), "odd.yaml") == storyboard
