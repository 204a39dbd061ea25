"""The store of spoken lines: what makes a line another, one voice for a character, and receipts."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from audio.clips import write_clip
from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine, WordTime
from audio.voices.store import LineToSpeak, line_key, speak_all
from audio.voices.tones import Tones

LINE = LineToSpeak(key="S1/1", text="Hello there.", speaker=Speaker(id="MARA", gender="female", name="nova"))


@dataclass
class Studio:
    """An engine that speaks in silence, remembers what it was asked, and fails where it is told to."""

    name: str = "studio"
    version: str = "weights 1"
    fails_at: str = "\0"
    said: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def cast(self, speakers: Sequence[Speaker]) -> dict[str, str]:
        """A voice named after each speaker."""
        return {speaker.id: f"voice of {speaker.id}" for speaker in speakers}

    def speak(self, text: str, speaker: Speaker, voice: str, path: Path) -> SpokenLine:
        """Half a second of silence."""
        with self.lock:
            self.said.append(text)
        if self.fails_at in text:
            raise SoundError("the weights are gone. Fix: find them.")
        write_clip(path, np.zeros(8000, np.float32), 16_000)
        return SpokenLine(path=path, duration_s=0.5, words=(WordTime(text, 0, 0.5),), phonemes=(), voice=voice)


@pytest.mark.parametrize(
    "other",
    [
        replace(LINE, text="Hello there!"),
        replace(LINE, delivery="whispering"),
        replace(LINE, speaker=replace(LINE.speaker, age_years=60)),
        replace(LINE, speaker=replace(LINE.speaker, language="fr")),
        replace(LINE, speaker=replace(LINE.speaker, rate_wpm=120)),
    ],
)
def test_all_that_shapes_a_line_is_in_its_key(other: LineToSpeak) -> None:
    engine = Studio()
    assert line_key(LINE, engine, "v") != line_key(other, engine, "v")
    assert line_key(LINE, engine, "v") == line_key(replace(LINE, key="S9/4"), engine, "v"), "moved, it is the same"


def test_another_model_voice_or_engine_is_another_line() -> None:
    keys = {
        line_key(LINE, engine, voice)
        for engine in (Studio(), Studio(version="weights 2"), Studio(name="theatre"))
        for voice in ("v", "w")
    }
    assert len(keys) == 6


def test_only_what_changed_is_spoken_again(tmp_path: Path) -> None:
    lines = [replace(LINE, key=f"S1/{n}", text=f"Line {n}.") for n in range(1, 9)]
    speak_all(lines, Studio(), tmp_path)
    engine = Studio()
    speak_all([*lines[:3], replace(lines[3], text="Another."), *lines[4:]], engine, tmp_path)
    assert engine.said == ["Another."]
    mended = Studio(version="weights 2")
    speak_all(lines, mended, tmp_path)
    assert len(mended.said) == 8


def test_a_character_that_is_failed_is_asked_for_no_more_and_speaks_in_one_voice(tmp_path: Path) -> None:
    bob = Speaker(id="BOB", gender="male")
    lines = [replace(LINE, key=f"S1/{n}", text=f"Line {n}.") for n in range(1, 7)]
    lines += [replace(LINE, key=f"S2/{n}", text=f"Bob {n}.", speaker=bob) for n in range(1, 4)]
    engine = Studio(fails_at="Line 3")
    notices: list[str] = []
    spoken = speak_all(lines, engine, tmp_path, workers=1, on_notice=notices.append)
    assert engine.said == ["Line 1.", "Line 2.", "Line 3.", "Bob 1.", "Bob 2.", "Bob 3."]
    assert list(spoken) == [line.key for line in lines]
    engines = [spoken[line.key].origin.engine.split()[0] for line in lines]  # type: ignore[union-attr]
    assert len(set(engines[:6])) == 1 and engines[0] != "studio" and engines[6:] == ["studio"] * 3
    [notice] = notices
    assert notice.startswith("MARA: all 6 lines are spoken by") and "weights are gone" in notice
    assert {spoken[f"S1/{n}"].voice for n in range(1, 7)} == {spoken["S1/1"].voice}


def test_a_receipt_stands_beside_each_clip(tmp_path: Path) -> None:
    spoken = speak_all([LINE], Studio(), tmp_path)
    receipt = json.loads(spoken["S1/1"].path.with_suffix(".json").read_text())
    assert receipt["origin"] == {
        "engine": "studio weights 1", "kind": "synthetic", "person": "", "licence": "", "consent": None,
    }  # fmt: skip
    assert receipt["voice"] == "voice of MARA" and receipt["bytes"] == spoken["S1/1"].path.stat().st_size


def test_a_receipt_of_an_older_form_is_made_anew(tmp_path: Path) -> None:
    first = speak_all([LINE], Studio(), tmp_path)["S1/1"]
    times = first.path.with_suffix(".json")
    times.write_text(json.dumps({k: v for k, v in json.loads(times.read_text()).items() if k != "origin"}))
    engine = Studio()
    assert speak_all([LINE], engine, tmp_path)["S1/1"] == first and engine.said == [LINE.text]


def test_as_many_workers_as_there_may_be_give_the_same(tmp_path: Path) -> None:
    lines = [replace(LINE, key=f"S1/{n}", text=f"Line {n % 5}.") for n in range(20)]
    one = speak_all(lines, Tones(), tmp_path / "one", workers=1)
    many = speak_all(lines, Tones(), tmp_path / "many", workers=8)
    assert [line.path.name for line in one.values()] == [line.path.name for line in many.values()]
    assert all(one[key].path.read_bytes() == many[key].path.read_bytes() for key in one)
