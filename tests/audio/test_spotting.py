"""A cue sheet survives its file, tells what a recut changes of it, and reads as a list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audio.cues import AmbienceCue, CueSheet, DialogueCue, EffectCue, Hit, MusicCue, Room
from audio.errors import SoundError
from audio.speech import WordTime
from audio.spotting import changed, dumps, loads, span_of
from audio.spotting_list import spotting_list, timecode

ROOM = Room(size_m=(9.0, 7.0, 3.2), walls="wood")
LINE = DialogueCue(
    speaker="Ann | Ä", text="It says:\n“If found…”", path=Path("voices/ü 1.wav"), start_s=1 / 3, duration_s=1.7,
    words=(WordTime("It", 0.0, 0.1), WordTime("says:", 0.1, 0.30000000000000004)), heard="radio", pan=-0.4,
    distance_m=2.25, language="de", room=ROOM, shot="S1.1", line=0,
)  # fmt: skip
STEPS = tuple(
    EffectCue(name="step in sand", start_s=3.0 + n / 2, pan=-0.3 + n / 10, surface="earth", shot="S1.1", who="TOM",
              source="stage", seed=n, room=ROOM)
    for n in range(4)
)  # fmt: skip
SLAM = EffectCue(name="door slam", start_s=3.2, force=0.9, pan=0.2, pan_end=-0.2, shot="S1.1", who="EVA")
PLACE = AmbienceCue(
    place_kind="living_room", interior=True, start_s=0.0, end_s=6.0, weather="rain", crowd=12, shot="S1.1", room=ROOM
)
SEA = AmbienceCue(place_kind="beach", interior=False, start_s=5.4, end_s=9.0, shot="S2.1", room=Room(outdoors=True))
SCORE = MusicCue(
    mood="tense", start_s=4.0, end_s=8.5, tension=((4.0, 0.2), (6.0, 0.7), (8.5, 0.1)),
    hits=(Hit(time_s=6.0, kind="smash"), Hit(time_s=8.5, kind="end")), spoken=((4.5, 5.0),), silences=((5.0, 5.4),),
    themes=("ANN", "TOM"), ends="open", title="1m1", shot="S1.1", seed=7,
)  # fmt: skip
SHEET = CueSheet(
    duration_s=9.0, dialogue=(LINE,), ambience=(PLACE, SEA), effects=(*STEPS, SLAM), music=(SCORE,), title="Found",
    fps=25,
)  # fmt: skip


def test_a_sheet_reads_back_as_it_was_written() -> None:
    assert loads(dumps(SHEET)) == SHEET
    assert dumps(loads(dumps(SHEET))) == dumps(SHEET)
    made = replace(SHEET, music=(replace(SCORE, path=Path("/tmp/1m1.wav")),))  # noqa: S108  a name only
    assert loads(dumps(made)) == made
    assert loads(dumps(CueSheet(duration_s=1.0))) == CueSheet(duration_s=1.0)


def test_times_stand_in_samples_beside_seconds() -> None:
    text = dumps(SHEET)
    assert '{"in": 16000, "out": 97600, "speaker"' in text  # 1/3 s and 1.7 s of 48 kHz
    assert '{"in": 153600, "out": null, "name": "door slam"' in text
    assert span_of(SCORE) == (4.0, 8.5) and span_of(SLAM) == (3.2, None)


@pytest.mark.parametrize(
    ("from_text", "to_text", "said"),
    [
        ('"fps": 25', '"fps": "many"', "fps"),
        ('"pan": -0.4', '"pam": -0.4', "dialogue.0.pam"),
        ('"heard": "radio"', '"heard": "smoke"', "dialogue.0.heard"),
        ('"duration_s": 9.0', '"duration_s": NaN', "NaN"),
        ('"spotting": 1', '"spotting": 2', "no cue sheet of form 1"),
        ("{", "", "not JSON"),
        ('"words": [{', '"words": ["x", {', "dialogue.0.words.0"),
    ],
)
def test_what_is_no_sheet_is_told_with_its_place(from_text: str, to_text: str, said: str) -> None:
    text = dumps(SHEET)
    assert from_text in text
    with pytest.raises(SoundError, match=r"found\.json.*Fix: ") as error:
        loads(text.replace(from_text, to_text, 1), "found.json")
    assert said in str(error.value)


def test_nothing_changes_between_equal_sheets() -> None:
    assert not changed(SHEET, loads(dumps(SHEET)))


def test_a_recut_moves_what_it_does_not_change() -> None:
    later = replace(
        SCORE, start_s=6.1, end_s=10.6, tension=((6.1, 0.2), (8.1, 0.7), (10.6, 0.1)),
        hits=(Hit(time_s=8.1, kind="smash"), Hit(time_s=10.6, kind="end")), spoken=((6.6, 7.1),),
        silences=((7.1, 7.5),), title="1m4", path=Path("new.wav"),
    )  # fmt: skip
    new = replace(SHEET, dialogue=(replace(LINE, start_s=2.4333),), music=(later,))
    changes = changed(SHEET, new)
    assert changes.moved == (new.dialogue[0], later) and changes.made == changes.dropped == ()


def test_a_cue_that_sounds_otherwise_is_made_and_the_old_one_dropped() -> None:
    louder = replace(LINE, text="No!")
    longer = replace(SCORE, end_s=8.7)
    new = replace(SHEET, dialogue=(louder,), music=(longer,), effects=STEPS)
    changes = changed(SHEET, new)
    assert changes.made == (louder, longer)
    assert changes.dropped == (LINE, SLAM, SCORE) and changes.moved == ()


def test_of_cues_alike_each_is_found_once() -> None:
    ring = EffectCue(name="phone ring", start_s=1.0)
    old = CueSheet(duration_s=9.0, effects=(ring, replace(ring, start_s=5.0)))
    new = replace(old, effects=(ring, replace(ring, start_s=5.0), replace(ring, start_s=7.0)))
    assert changed(old, new).made == (new.effects[2],)
    assert changed(new, old).dropped == (new.effects[2],)


def test_a_list_reads_as_the_film_does() -> None:
    text = spotting_list(SHEET, {"S1.1": "INT. FLAT - NIGHT", "S1.2": "INT. FLAT - NIGHT", "S2.1": "EXT. SEA - DAWN"})
    assert text.startswith(
        "# Found: spotting list\n\n00:00:09:00 at 25 frames per second: 1 line, 5 effects, 2 places, "
    )
    assert "1 music cue (50 % of the film)." in text
    flat, sea = text.split("## ")[1:]
    assert flat.startswith("INT. FLAT") and sea.startswith("EXT. SEA") and "beach, exterior" in sea
    rows = [[cell.strip() for cell in line.split(" | ")] for line in flat.splitlines() if line.startswith("| 00:")]
    assert [row[2] for row in rows] == ["AMB", "DIA", "FX", "FX", "MUS"]
    assert "12 people" in rows[0][3] and "rain outside" in rows[0][3]
    assert rows[1][:4] == ["| 00:00:00:08", "00:00:02:01", "DIA", "“It says: “If found…”” (radio)"]
    assert rows[1][4:8] == ["Ann \\| Ä", "S1.1 line 1", "left 40", "2.2 m"]
    assert rows[2][3:7] == ["4 × step in sand, on earth", "TOM", "S1.1", "left 30 → centre"]
    assert rows[3][3:7] == ["door slam, hard, as written", "EVA", "S1.1", "right 20 → left 20"]
    assert "1m1 tense, meets the smash cut at 00:00:06:00, silent 00:00:05:00 to 00:00:05:10, ends open" in rows[4][3]


def test_a_silence_is_on_the_list() -> None:
    text = spotting_list(replace(SHEET, music=(), effects=()), {"S1.1": "INT. FLAT - NIGHT", "S2.1": "EXT. SEA - DAWN"})
    rows = [line.split(" | ") for line in text.splitlines() if " | SIL | " in line]
    assert [row[:2] for row in rows] == [["| 00:00:02:01", "00:00:09:00"]]
    assert " | SIL | " not in spotting_list(SHEET)


def test_a_list_without_scenes_is_one_table() -> None:
    assert spotting_list(SHEET).count("| in | out |") == 1
    assert spotting_list(CueSheet(duration_s=0.0)).startswith("# Film: spotting list")


def test_time_codes() -> None:
    assert [timecode(t, 24) for t in (0, -1, 1 / 24, 59.999, 3661.5)] == [
        "00:00:00:00", "00:00:00:00", "00:00:00:01", "00:01:00:00", "01:01:01:12",
    ]  # fmt: skip
