"""The writer's own recordings: played by line id, aligned, with consent; and what happens when one is wrong."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.errors import SoundError
from audio.speech import Speaker
from audio.voices.consent import provenance
from audio.voices.espeak import Espeak
from audio.voices.recordings import open_recordings
from audio.voices.store import LineToSpeak, speak_all
from audio.voices.tones import Tones

MARA = Speaker(id="MARA", gender="female", age_years=34)
LINES = [
    LineToSpeak(key="S1.1/1", text="I never told you where the money was.", speaker=MARA),
    LineToSpeak(key="S1.1/2", text="And you never asked me why.", speaker=MARA),
]
SHEET = """\
people:
  anna:
    name: Anna Ek
    consent: {by: Anna Ek, date: 2026-05-01, scope: this film}
    licence: used by agreement
lines:
  S1.1/2: {file: why.wav, person: anna, says: "And you never asked me, *why*!"}
"""


def _folder(folder: Path, sheet: str = SHEET, hz: float = 200.0) -> Path:
    folder.mkdir(exist_ok=True)
    rate = 44_100
    time_s = np.arange(2 * rate) / rate
    tone = 0.1 * np.sin(2 * np.pi * hz * time_s) * (time_s > 0.5)
    soundfile.write(folder / "why.wav", np.stack([tone, tone], axis=1), rate)
    (folder / "recordings.yaml").write_text(sheet, encoding="utf-8")
    return folder


def test_a_recorded_line_is_played_and_the_engine_speaks_the_rest(tmp_path: Path) -> None:
    recordings, notices = open_recordings(_folder(tmp_path / "recordings"))
    assert notices == ()
    spoken = speak_all(LINES, Tones(), tmp_path / "voices", recordings=recordings)
    line = spoken["S1.1/2"]
    samples, rate = soundfile.read(line.path)
    assert rate == 48_000 and samples.ndim == 1 and 1.4 < line.duration_s < 1.7, "its silence is trimmed"
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) * rate / len(samples) == pytest.approx(200.0, abs=2.0)
    assert 20 * np.log10(np.sqrt(np.mean(samples[4800:-9600] ** 2))) == pytest.approx(-22.0, abs=1.0)
    assert [word.text for word in line.words] == ["And", "you", "never", "asked", "me", "why."]
    assert all(0 <= w.start_s < w.end_s <= line.duration_s + 1e-6 for w in line.words)
    assert "tones" in spoken["S1.1/1"].origin.engine  # type: ignore[union-attr]


def test_its_words_are_where_they_are_said(tmp_path: Path) -> None:
    try:
        espeak = Espeak()
    except SoundError as error:
        pytest.skip(str(error))
    other = Speaker(id="X", name="m3", rate_wpm=130)
    folder = _folder(tmp_path / "recordings")
    truth = espeak.speak(LINES[1].text, other, espeak.cast([other])["X"], folder / "why.wav")
    line = speak_all(LINES[1:], espeak, tmp_path / "voices", recordings=open_recordings(folder)[0])["S1.1/2"]
    late_s = [abs(a.start_s - b.start_s) for a, b in zip(line.words, truth.words, strict=True)]
    assert np.mean(late_s) < 0.03 and max(late_s) < 0.1


def test_what_is_held_is_not_aligned_again_and_another_take_is(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "recordings")
    first = speak_all(LINES, Tones(), tmp_path / "voices", recordings=open_recordings(folder)[0])
    held = {path: path.stat().st_mtime_ns for path in (tmp_path / "voices").iterdir()}
    assert speak_all(LINES, Tones(), tmp_path / "voices", recordings=open_recordings(folder)[0]) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "voices").iterdir()} == held
    other = speak_all(LINES, Tones(), tmp_path / "voices", recordings=open_recordings(_folder(folder, hz=300.0))[0])
    assert other["S1.1/2"].path != first["S1.1/2"].path and other["S1.1/1"] == first["S1.1/1"]


def test_who_speaks_and_their_consent_stand_in_the_receipt_and_in_the_report(tmp_path: Path) -> None:
    recordings, _ = open_recordings(_folder(tmp_path / "recordings"))
    spoken = speak_all(LINES, Tones(), tmp_path / "voices", recordings=recordings)
    receipt = spoken["S1.1/2"].path.with_suffix(".json").read_text()
    assert all(part in receipt for part in ("Anna Ek", "2026-05-01", "this film", "used by agreement", "recorded"))
    assert provenance(spoken) == (
        f"1 line (S1.1/1): synthetic voices of tones {Tones().version}.",
        "1 line (S1.1/2): recorded by Anna Ek, who agreed (Anna Ek, 2026-05-01) to: this film; "
        "licence: used by agreement.",
    )


def test_a_consent_that_changes_is_told_anew_without_a_new_clip(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "recordings")
    first = speak_all(LINES, Tones(), tmp_path / "voices", recordings=open_recordings(folder)[0])["S1.1/2"]
    _folder(folder, SHEET.replace("scope: this film", "scope: this film and its trailer"))
    other = speak_all(LINES, Tones(), tmp_path / "voices", recordings=open_recordings(folder)[0])["S1.1/2"]
    assert other.path == first.path and "trailer" in other.origin.consent.scope  # type: ignore[union-attr]
    assert "trailer" in other.path.with_suffix(".json").read_text()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("file: why.wav", "file: gone.wav"), "there is no file 'gone.wav'"),
        (("file: why.wav", "file: ../secret.wav"), "lies outside"),
        (("file: why.wav", "file: /etc/passwd"), "lies outside"),
        (("file: why.wav", "file: recordings.yaml"), "Fix: save it as WAV or FLAC"),
        (("person: anna", "person: ana"), "no person 'ana'. Fix: write 'anna'"),
        (("    consent: {by: Anna Ek, date: 2026-05-01, scope: this film}\n", ""), "Anna Ek has no consent"),
        (("    licence: used by agreement\n", ""), "Anna Ek has no licence"),
        (("asked me, *why*", "asked me where"), "says other words than the script"),
        (("S1.1/2:", "S1.1/3:"), "no line 'S1.1/3'; did you mean 'S1.1/"),
        (("person: anna", "person: anna, key: 1"), r"recordings.yaml:7: lines.S1.1/2.key"),
        (("people:", "people: ["), "this is not YAML"),
        (("people:", "a: &x 1\nb: *x\npeople:"), "anchors and aliases are not read"),
    ],
)
def test_a_wrong_recording_is_told_and_the_engine_speaks(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    assert change[0] in SHEET
    recordings, at_open = open_recordings(_folder(tmp_path / "recordings", SHEET.replace(*change)))
    notices = list(at_open)
    spoken = speak_all(LINES, Tones(), tmp_path / "voices", recordings=recordings, on_notice=notices.append)
    assert [notice for notice in notices if told in notice], notices
    assert all("Fix:" in notice or "did you mean" in notice for notice in notices)
    assert spoken["S1.1/2"].origin.kind == "synthetic" and spoken["S1.1/2"].words  # type: ignore[union-attr]


@pytest.mark.parametrize("harm", ["silence", "cut", "empty"])
def test_a_damaged_recording_is_told_and_the_engine_speaks(tmp_path: Path, harm: str) -> None:
    folder = _folder(tmp_path / "recordings")
    sound = folder / "why.wav"
    if harm == "silence":
        soundfile.write(sound, np.zeros(44_100), 44_100)
    else:
        sound.write_bytes(b"" if harm == "empty" else sound.read_bytes()[:40])
    recordings, _ = open_recordings(folder)
    notices: list[str] = []
    spoken = speak_all(LINES, Tones(), tmp_path / "voices", recordings=recordings, on_notice=notices.append)
    assert any("Line S1.1/2 is not as recorded" in notice for notice in notices)
    assert spoken["S1.1/2"].origin.kind == "synthetic"  # type: ignore[union-attr]


def test_a_folder_without_a_sheet_or_none_at_all_is_told(tmp_path: Path) -> None:
    for folder, told in ((tmp_path / "none", "no such folder"), (tmp_path, "recordings.yaml")):
        recordings, [notice] = open_recordings(folder)
        assert not recordings.lines and told in notice and "Fix:" in notice


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "recordings")
    (folder / "why.wav").rename(tmp_path / "elsewhere.wav")
    (folder / "why.wav").symlink_to(tmp_path / "elsewhere.wav")
    assert "lies outside" in open_recordings(folder)[1][0]


def test_a_line_in_several_places_keeps_its_own_recording(tmp_path: Path) -> None:
    lines = [replace(LINES[1], key=key) for key in ("S1.1/2", "S2.1/1")]
    recordings, _ = open_recordings(_folder(tmp_path / "recordings"))
    spoken = speak_all(lines, Tones(), tmp_path / "voices", recordings=recordings)
    kinds = [spoken[line.key].origin.kind for line in lines]  # type: ignore[union-attr]
    assert kinds == ["recorded", "synthetic"]
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(spoken["S1.1/2"].words))
