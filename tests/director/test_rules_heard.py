"""How a speech reaches us: extensions, parentheticals and names that say so."""

from __future__ import annotations

import pytest

from director.direct import direct
from director.parse.fountain import parse_fountain
from director.rules.heard import how_heard
from shots.spec import Heard, Line


@pytest.mark.parametrize(
    ("extension", "delivery", "here", "heard"),
    [
        ("(V.O.)", "", False, "voice_over"), ("(VO)", "", True, "voice_over"), ("(画外音)", "", False, "voice_over"),
        ("", "V.O.", False, "voice_over"), ("(V.O.)", "into phone", False, "voice_over"),
        ("(O.S.)", "", True, "off_screen"), ("(O.C.)", "", True, "off_screen"), ("", "off-screen", True, "off_screen"),
        ("(ON PHONE)", "", False, "phone"), ("(ON PHONE)", "", True, "on_screen"), ("(FILTERED)", "", False, "phone"),
        ("(INTO PHONE)", "", False, "on_screen"), ("", "into phone", False, "on_screen"),
        ("", "answering", False, "on_screen"), ("", "over the phone", True, "phone"), ("", "filtered", False, "phone"),
        ("(ON SPEAKER)", "", True, "phone"), ("(电话里)", "", False, "phone"), ("", "对着电话", False, "on_screen"),
        ("(ON RADIO)", "", False, "radio"), ("(ON RADIO)", "", True, "on_screen"),
        ("(INTO RADIO)", "", True, "on_screen"),
        ("(OVER RADIO)", "", True, "radio"), ("(OVER P.A.)", "", False, "radio"), ("(ON TV)", "", True, "radio"),
        ("(WALKIE-TALKIE)", "", False, "radio"), ("", "over the radio", True, "radio"),
        ("", "on the radio", False, "radio"),
        ("(FILTERED)", "through static", False, "radio"), ("(收音机)", "", False, "radio"),
        ("(CONT'D)", "", False, "on_screen"), ("(ON SCREEN)", "", True, "on_screen"),
        ("", "over the noise", True, "on_screen"),
        ("", "from the door", True, "on_screen"), ("", "monitor in hand", True, "on_screen"),
    ],
)  # fmt: skip
def test_what_the_script_says(extension: str, delivery: str, here: bool, heard: Heard) -> None:
    deliveries = [delivery] if delivery else []
    assert how_heard(extension, "MARA", deliveries, ["MARA"], bodiless=False, here=here) == heard


@pytest.mark.parametrize(
    ("who", "heard"),
    [("RADIO", "radio"), ("DISPATCHER", "radio"), ("TV ANNOUNCER", "radio"), ("VOICEMAIL", "phone"),
     ("PHONE VOICE", "phone"), ("NARRATOR", "voice_over"), ("旁白", "voice_over"), ("广播", "radio"),
     ("LOUD VOICE", "off_screen")],
)  # fmt: skip
def test_a_voice_without_a_body_is_heard_as_its_name_says(who: str, heard: Heard) -> None:
    assert how_heard("", who, [], [who], bodiless=True, here=False) == heard


def test_a_film_with_a_radio_a_telephone_and_voices_from_elsewhere() -> None:
    text = """INT. PATROL CAR - NIGHT

MARA, 40, a woman in a uniform, drives.

DISPATCH (ON RADIO)
All units to the harbour.

MARA
(into radio)
On my way.

TOM (FILTERED)
Do not come here.

MARA (V.O.)
I should have listened.

TOM (O.S.)
Stop the car!
"""
    board = direct(parse_fountain(text, "f"))
    lines: dict[str, Line] = {line.text: line for shot in board.shots() for line in shot.lines}
    assert {words: line.heard for words, line in lines.items()} == {
        "All units to the harbour.": "radio",
        "On my way.": "on_screen",
        "Do not come here.": "phone",
        "I should have listened.": "voice_over",
        "Stop the car!": "off_screen",
    }
