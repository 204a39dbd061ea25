"""Voices: the espeak worker, the murmuring fallback, casting, and the store of spoken lines."""

from __future__ import annotations

import itertools
import math
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine, VoiceEngine
from audio.voices import open_voices
from audio.voices.espeak import Espeak
from audio.voices.store import LineToSpeak, speak_all
from audio.voices.tones import Tones
from tests.audio.voice_measures import LINE, f0_hz, read


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    try:
        return Espeak()
    except SoundError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module", params=["espeak", "tones"])
def engine(request: pytest.FixtureRequest) -> VoiceEngine:
    return Tones() if request.param == "tones" else request.getfixturevalue("espeak")


def _say(engine: VoiceEngine, text: str, path: Path, speaker: Speaker | None = None) -> SpokenLine:
    speaker = speaker or Speaker(id="MARA", gender="female", age_years=34)
    return engine.speak(text, speaker, engine.cast([speaker])[speaker.id], path)


def test_a_line_is_mono_trimmed_and_as_long_as_it_says(engine: VoiceEngine, tmp_path: Path) -> None:
    line = _say(engine, LINE, tmp_path / "a.wav")
    samples, rate = soundfile.read(line.path)
    assert (rate, samples.ndim) == (22_050, 1)
    assert len(samples) / rate == pytest.approx(line.duration_s, abs=1e-3)
    assert 2.0 < line.duration_s < 6.0
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert loud[0] < 0.06 * rate and loud[-1] > len(samples) - 0.25 * rate
    assert np.abs(samples).max() < 0.9 and abs(samples[0]) < 1e-3 and abs(samples[-1]) < 1e-3


def test_words_and_phonemes_are_all_there_in_order_inside_the_line(engine: VoiceEngine, tmp_path: Path) -> None:
    line = _say(engine, "Wait... it's *42* (beat) Dr. Smith's dog — “really”?", tmp_path / "a.wav")
    assert [word.text for word in line.words] == ["Wait...", "it's", "42", "Dr.", "Smith's", "dog —", "“really”?"]
    for times in (line.words, line.phonemes):
        assert all(0 <= t.start_s < t.end_s <= line.duration_s + 1e-6 for t in times)
        assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(times))
    assert sum(p.end_s - p.start_s for p in line.phonemes if p.ipa) > 0.5 * line.duration_s


def test_words_begin_where_the_sound_does(espeak: Espeak, tmp_path: Path) -> None:
    line = _say(espeak, "Stop. Go. Stay. Run.", tmp_path / "a.wav")
    samples, rate = soundfile.read(line.path)
    loud = np.abs(samples) > 0.02
    for word in line.words[1:]:
        quiet = samples[int((word.start_s - 0.12) * rate) : int((word.start_s - 0.04) * rate)]
        assert np.abs(quiet).max() < 0.05, word
        onset = np.flatnonzero(loud[int((word.start_s - 0.02) * rate) :])[0] / rate - 0.02
        assert abs(onset) < 0.08, word


def test_the_same_line_is_the_same_bytes(engine: VoiceEngine, tmp_path: Path) -> None:
    speaker = Speaker(id="A", name="f3")  # a voice with breath in it, whose noise the library seeds with the clock
    first = _say(engine, LINE, tmp_path / "a.wav", speaker)
    time.sleep(1.1)
    second = _say(engine, LINE, tmp_path / "b.wav", speaker)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert (first.words, first.phonemes) == (second.words, second.phonemes)


@pytest.mark.parametrize("text", ["", "...", "(sighs)", "—", "!!! ???", "🙂"])
def test_a_line_without_a_word_is_a_short_silence(engine: VoiceEngine, tmp_path: Path, text: str) -> None:
    line = _say(engine, text, tmp_path / "a.wav")
    samples, _ = soundfile.read(line.path)
    if text != "🙂":  # espeak may name the picture
        assert line.words == () and not samples.any()
    assert 0.1 < line.duration_s < 3.0


def test_chinese_is_spoken_and_timed_by_the_character(espeak: Espeak, tmp_path: Path) -> None:
    line = _say(espeak, "你好，我不知道。", tmp_path / "a.wav", Speaker(id="李", language="zh"))
    assert [word.text for word in line.words] == ["你", "好，", "我", "不", "知", "道。"]
    assert "cmn" in line.voice


def test_an_english_speaker_says_a_chinese_line_in_chinese(espeak: Espeak, tmp_path: Path) -> None:
    english = _say(espeak, "我不知道", tmp_path / "a.wav")
    chinese = _say(espeak, "我不知道", tmp_path / "b.wav", Speaker(id="MARA", language="zh", gender="female"))
    assert english.duration_s == pytest.approx(chinese.duration_s, rel=0.2)  # "Chinese letter" four times is longer


@pytest.mark.parametrize("language", ["en-GB", "zh-CN", "en-AU", "fr", "de-AT", "es-MX", "pt_BR"])
def test_regional_languages_are_found(espeak: Espeak, tmp_path: Path, language: str) -> None:
    assert _say(espeak, "No.", tmp_path / "a.wav", Speaker(id="A", language=language)).words


def test_a_language_that_does_not_exist_is_told_with_a_fix(espeak: Espeak, tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"A: espeak-ng failed.*no voice.*Fix:"):
        _say(espeak, "No.", tmp_path / "a.wav", Speaker(id="A", language="xx"))
    assert not list(tmp_path.iterdir())


def test_a_long_data_path_is_reached(espeak: Espeak, tmp_path: Path) -> None:
    loader = pytest.importorskip("espeakng_loader")
    deep = tmp_path / ("d" * 90) / ("e" * 90) / "espeak-ng-data"
    deep.parent.mkdir(parents=True)
    deep.symlink_to(loader.get_data_path(), target_is_directory=True)
    engine = Espeak(str(loader.get_library_path()), str(deep))
    near, far = _say(espeak, LINE, tmp_path / "a.wav"), _say(engine, LINE, tmp_path / "b.wav")
    assert near.path.read_bytes() == far.path.read_bytes()


def test_the_worker_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    worker = Path(sys.modules["audio.voices.espeak_library"].__file__ or "").with_name("espeak_worker.py")
    alone = Path(shutil.copy(worker, tmp_path))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(alone)],
        input=b'{"library": "/no/such.so", "data": null, "text": null}',
        capture_output=True,
        check=False,
    )
    assert done.returncode and b"such.so" in done.stderr and b"ModuleNotFound" not in done.stderr


def test_a_library_that_does_not_start_is_told_with_a_fix(tmp_path: Path) -> None:
    broken = tmp_path / "libespeak-ng.so"
    broken.write_bytes(b"not a library")
    with pytest.raises(SoundError, match=r"espeak-ng failed: .*Fix: "):
        Espeak(str(broken), str(tmp_path))


def test_without_a_library_the_cast_murmurs_and_one_notice_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    monkeypatch.setattr("ctypes.util.find_library", lambda _: None)
    engine, notice = open_voices()
    assert engine.name == "tones"
    assert notice is not None and "pip install 'workprint[voices]'" in notice


def test_murmurs_have_syllables(tmp_path: Path) -> None:
    line = _say(Tones(), "Banana is a word of six.", tmp_path / "a.wav")
    banana = line.words[0]
    assert sum(p.ipa not in {"", "w"} for p in line.phonemes if p.start_s < banana.end_s - 1e-6) == 3


def _cast(count: int) -> list[Speaker]:
    return [
        Speaker(id=f"ROLE {i}", gender=("female", "male", "unspecified")[i % 3], age_years=(30, 45, 9, 75, 16)[i % 5])  # type: ignore[arg-type]
        for i in range(count)
    ]


def test_a_voice_does_not_change_when_the_cast_grows() -> None:
    small, large = Tones().cast(_cast(4)), Tones().cast(_cast(12))
    assert all(large[key] == voice for key, voice in small.items())


def test_a_new_character_of_another_register_changes_nobody() -> None:
    cast = [Speaker(id=name, gender="female", age_years=30) for name in ("MARA", "IRIS")]
    for newcomer in (Speaker(id="BOB", gender="male", age_years=50), Speaker(id="KID", age_years=7)):
        before, after = Tones().cast(cast), Tones().cast([newcomer, *cast])
        assert all(after[key] == voice for key, voice in before.items())


def test_eight_voices_measure_apart(espeak: Espeak, tmp_path: Path) -> None:
    cast = [
        Speaker(id="MARA", gender="female", age_years=34),
        Speaker(id="BOB", gender="male", age_years=40),
        Speaker(id="IRIS", gender="female", age_years=29),
        Speaker(id="TOM", gender="male", age_years=33),
        Speaker(id="GRAN", gender="female", age_years=80),
        Speaker(id="KID", age_years=8),
        Speaker(id="JOE", gender="male", age_years=75),
        Speaker(id="SUE", gender="female", age_years=16),
    ]
    voices = espeak.cast(cast)
    f0 = {s.id: f0_hz(*read(espeak.speak(LINE, s, voices[s.id], tmp_path / f"{s.id}.wav").path)) for s in cast}
    assert all(abs(12 * math.log2(a / b)) > 0.5 for a, b in itertools.combinations(f0.values(), 2)), f0
    assert max(f0["BOB"], f0["TOM"], f0["JOE"]) < 140 < min(f0["MARA"], f0["IRIS"], f0["SUE"]) and f0["KID"] > 260, f0


def test_a_wished_voice_is_given_and_an_unknown_one_refused_with_a_near_name(espeak: Espeak) -> None:
    assert espeak.cast([Speaker(id="A", name="linda", pitch=40, rate_wpm=140)])["A"].startswith("en-us+linda pitch 40")
    with pytest.raises(SoundError, match=r"no voice 'lindo'. Fix: take 'linda'"):
        espeak.cast([Speaker(id="A", name="lindo")])
    with pytest.raises(SoundError, match=r"not a voice's name"):
        espeak.cast([Speaker(id="A", name="../../x")])


def _lines(*texts: str) -> list[LineToSpeak]:
    return [LineToSpeak(key=str(i), text=text, speaker=Speaker(id="AB"[i % 2])) for i, text in enumerate(texts)]


def test_what_was_spoken_is_not_spoken_again(engine: VoiceEngine, tmp_path: Path) -> None:
    lines = _lines("One.", "Two.", "Three.", "One.", "...")
    done: list[tuple[int, int]] = []
    notices: list[str] = []
    first = speak_all(lines, engine, tmp_path, on_done=lambda *a: done.append(a), on_notice=notices.append)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert speak_all(lines, engine, tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == times
    assert done[-1] == (5, 5) and list(first) == ["0", "1", "2", "3", "4"]
    assert first["0"].path != first["3"].path, "two speakers"
    assert any("nothing to say" in notice for notice in notices)


@pytest.mark.parametrize("harm", ["cut", "gone", "empty times", "other header"])
def test_a_damaged_clip_is_made_again(engine: VoiceEngine, tmp_path: Path, harm: str) -> None:
    lines = _lines("One more time.")
    line = speak_all(lines, engine, tmp_path)["0"]
    whole = line.path.read_bytes()
    if harm == "cut":
        line.path.write_bytes(whole[:-100])
    elif harm == "gone":
        line.path.unlink()
    elif harm == "empty times":
        line.path.with_suffix(".json").write_text("")
    else:
        line.path.write_bytes(b"JUNK" + whole[4:])
    assert speak_all(lines, engine, tmp_path)["0"] == line
    assert line.path.read_bytes() == whole


def test_a_line_that_cannot_be_spoken_is_murmured_with_a_notice(espeak: Espeak, tmp_path: Path) -> None:
    lines = [
        LineToSpeak(key="good", text="Hello.", speaker=Speaker(id="A")),
        LineToSpeak(key="bad", text="Hello there.", speaker=Speaker(id="B", language="xx")),
    ]
    notices: list[str] = []
    for _ in range(2):  # the second time as well: a mended engine is to be tried again
        spoken = speak_all(lines, espeak, tmp_path, on_notice=notices.append)
        assert len(spoken["bad"].words) == 2 and spoken["bad"].duration_s > 0.3
    assert len(notices) == 2 and "B: a line is murmured" in notices[0]


@pytest.mark.slow
def test_a_speech_of_three_thousand_words_is_spoken(espeak: Espeak, tmp_path: Path) -> None:
    speech = "I never told you anything about the ship, and you know it well. " * 231
    notices: list[str] = []
    line = speak_all(_lines(speech), espeak, tmp_path, on_notice=notices.append)["0"]
    assert len(notices) == 1 and "A: a speech of 3003 words takes 1" in notices[0]
    assert len(line.words) == 231 * 13
    assert line.duration_s > 600
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(line.words))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SoundError, match="Fix: "):
        speak_all(_lines("One."), Tones(), tmp_path / "file" / "voices")


@pytest.mark.parametrize(
    ("worker", "told"),
    [
        ("import os; os.abort()", r"A: espeak-ng failed: exit code .*Fix:"),
        ("import time; time.sleep(30)", r"A: espeak-ng did not answer within .*Fix:"),
        ("print('not json')", r"A: espeak-ng gave no answer that can be read.*Fix:"),
    ],
)
def test_a_worker_that_crashes_hangs_or_babbles_is_told(
    espeak: Espeak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker: str, told: str
) -> None:
    (tmp_path / "worker.py").write_text(worker)
    monkeypatch.setattr("audio.voices.espeak_library._WORKER", tmp_path / "worker.py")
    monkeypatch.setattr("audio.voices.espeak_library._TIMEOUT_S", 0.5)
    with pytest.raises(SoundError, match=told):
        _say(espeak, "Hello.", tmp_path / "a.wav", Speaker(id="A"))
    assert not (tmp_path / "a.wav").exists()
