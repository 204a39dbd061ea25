"""Kokoro and Piper from tiny networks of known sound: what is spelt, in which voice, how fast, and when."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine, VoiceEngine
from audio.voices import open_voices, read_voices
from audio.voices.espeak import Espeak
from audio.voices.kokoro import Kokoro
from audio.voices.piper import Piper
from tests.audio.onnx_voices import UNIT_S, VOCABULARY, make_kokoro, make_piper

MARA = Speaker(id="MARA", gender="female", age_years=34)
LINE = "I never told you where the money was."


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    try:
        return Espeak()
    except SoundError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def kokoro(espeak: Espeak, tmp_path_factory: pytest.TempPathFactory) -> Kokoro:
    return Kokoro(make_kokoro(tmp_path_factory.mktemp("kokoro")), espeak)


def _say(engine: VoiceEngine, text: str, path: Path, speaker: Speaker = MARA) -> SpokenLine:
    return engine.speak(text, speaker, engine.cast([speaker])[speaker.id], path)


def _tone_hz(path: Path, start_s: float, end_s: float) -> float:
    samples, rate = soundfile.read(path)
    part = samples[int(start_s * rate) : int(end_s * rate)]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 15))
    return float(np.argmax(spectrum) * rate / (1 << 15))


def test_a_line_spells_the_phonemes_in_the_networks_alphabet(kokoro: Kokoro, tmp_path: Path) -> None:
    line = _say(kokoro, "Oh, a judge.", tmp_path / "a.wav", Speaker(id="A", gender="female", name="af_low"))
    assert [word.text for word in line.words] == ["Oh,", "a", "judge."]
    assert [phoneme.ipa for phoneme in line.phonemes if phoneme.ipa] == ["oʊ", "ɐ", "dʒ", "ʌ", "dʒ"]
    for ipa, letter in (("oʊ", "O"), ("dʒ", "ʤ"), ("ʌ", "ʌ")):
        sound = next(phoneme for phoneme in line.phonemes if phoneme.ipa == ipa)
        edge = UNIT_S if ipa != "dʒ" and ipa != "ɐ" else 0.0  # a stressed vowel begins with its stress mark's tone
        assert _tone_hz(line.path, sound.start_s + edge + 0.005, sound.end_s - 0.005) == pytest.approx(
            100 + 20 * VOCABULARY[letter], abs=12
        )


def test_words_and_phonemes_begin_exactly_where_the_network_says(kokoro: Kokoro, tmp_path: Path) -> None:
    line = _say(kokoro, "Stop. Go. Stay.", tmp_path / "a.wav")
    samples, rate = soundfile.read(line.path)
    loud = np.abs(samples) > 0.02
    for word in line.words[1:]:
        assert not loud[int((word.start_s - 0.06) * rate) : int((word.start_s - 0.01) * rate)].any()
        assert loud[int(word.start_s * rate) : int((word.start_s + 0.02) * rate)].any()
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(line.words))


@pytest.mark.parametrize("styles", ["npz", "safetensors", "raw"])
@pytest.mark.parametrize("tokens", ["tokens", "input_ids"])
def test_kokoro_is_read_in_all_its_forms(espeak: Espeak, tmp_path: Path, styles: str, tokens: str) -> None:
    engine = Kokoro(make_kokoro(tmp_path / "k", styles=styles, tokens=tokens, durations=False), espeak)
    line = _say(engine, LINE, tmp_path / "a.wav")
    assert [word.text for word in line.words] == LINE.split()
    assert all(0 <= w.start_s < w.end_s <= line.duration_s + 1e-6 for w in line.words)


def test_each_speaker_has_a_voice_of_their_gender_and_keeps_it(kokoro: Kokoro) -> None:
    cast = [
        MARA,
        Speaker(id="IRIS", gender="female", age_years=30),
        Speaker(id="BOB", gender="male", language="en-GB"),
        Speaker(id="SUE", gender="female", age_years=40),
        Speaker(id="KID", age_years=8),
    ]
    voices = kokoro.cast(cast)
    assert len(set(voices.values())) == 5
    assert {voices["MARA"], voices["IRIS"]} == {"af_low", "af_high"} and voices["BOB"] == "bm_deep"
    assert "*" in voices["SUE"] and float(voices["KID"].partition("*")[2]) > 1.15
    assert kokoro.cast(cast) == voices


def test_a_register_moves_the_pitch_and_not_the_pace(kokoro: Kokoro, tmp_path: Path) -> None:
    plain = kokoro.speak("Judge.", MARA, "af_low", tmp_path / "a.wav")
    small = kokoro.speak("Judge.", MARA, "af_low*1.20", tmp_path / "b.wav")
    assert small.duration_s == pytest.approx(plain.duration_s, rel=0.05)
    one, other = (line.phonemes[0] for line in (plain, small))
    low = _tone_hz(plain.path, one.start_s + 0.005, one.end_s - 0.005)
    high = _tone_hz(small.path, other.start_s + 0.005, other.end_s - 0.005)
    assert high / low == pytest.approx(1.2, abs=0.03)


def test_a_slow_delivery_is_slower_and_a_whisper_softer(kokoro: Kokoro, tmp_path: Path) -> None:
    usual = _say(kokoro, LINE, tmp_path / "a.wav")
    tired = _say(kokoro, LINE, tmp_path / "b.wav", Speaker(id="MARA", gender="female", age_years=34, delivery="tired"))
    assert tired.duration_s > 1.1 * usual.duration_s


@pytest.mark.parametrize("text", ["", "...", "(sighs)", "—"])
def test_a_line_without_a_word_is_a_short_silence_to_a_network(kokoro: Kokoro, tmp_path: Path, text: str) -> None:
    line = _say(kokoro, text, tmp_path / "a.wav")
    assert line.words == () and not soundfile.read(line.path)[0].any()


def test_a_long_speech_is_several_runs_with_rising_times(kokoro: Kokoro, tmp_path: Path) -> None:
    text = "I never told you anything about the ship, and you know it. " * 14
    line = _say(kokoro, text, tmp_path / "a.wav")
    assert len(line.words) == 14 * 12
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(line.words))
    assert line.words[-1].end_s > 0.9 * line.duration_s


def test_chinese_is_left_to_another_engine(kokoro: Kokoro, tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"LI: no voice of Kokoro's speaks 'zh'.*Fix:"):
        _say(kokoro, "你好", tmp_path / "a.wav", Speaker(id="LI", language="zh"))


def _damage(folder: Path, harm: str) -> None:
    if harm == "no network":
        (folder / "model.onnx").unlink()
    elif harm == "junk network":
        (folder / "model.onnx").write_bytes(b"junk" * 100)
    elif harm == "cut network":
        (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes()[:300])
    elif harm == "two networks":
        (folder / "other.onnx").write_bytes(b"")
    elif harm == "no voices":
        (folder / "voices-v1.0.bin").unlink()
    elif harm == "junk voices":
        (folder / "voices-v1.0.bin").write_bytes(b"PK\x03\x04junk")
    elif harm == "pickled voices":
        with (folder / "voices-v1.0.bin").open("wb") as file:
            np.savez(file, af_evil=np.array([{"a": 1}], object))
    elif harm == "no numbers":
        with (folder / "voices-v1.0.bin").open("wb") as file:
            np.savez(file, af_bad=np.full((511, 1, 256), np.nan, np.float32))
    elif harm == "no vocabulary":
        (folder / "config.json").write_text("{}")
    elif harm == "junk vocabulary":
        (folder / "config.json").write_text('{"vocab": [')
    elif harm == "other network":
        make_piper(folder / "model.onnx")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("no network", "a network .* is missing"),
        ("junk network", "not a network that can be read"),
        ("cut network", "not a network that can be read"),
        ("two networks", "more than one file"),
        ("no voices", "a file of voices .* is missing"),
        ("junk voices", "cannot be read"),
        ("pickled voices", "cannot be read.*allow_pickle"),
        ("no numbers", "holds numbers that are none"),
        ("no vocabulary", "no config.json with a `vocab`"),
        ("junk vocabulary", "it is not Kokoro's"),
        ("other network", "this network takes input"),
    ],
)
def test_a_damaged_kokoro_is_told_and_espeak_speaks(espeak: Espeak, tmp_path: Path, harm: str, told: str) -> None:
    folder = make_kokoro(tmp_path / "k")
    _damage(folder, harm)
    with pytest.raises(SoundError, match=rf"(?s){told}.*Fix: "):
        Kokoro(folder, espeak)
    engine, notice = open_voices(read_voices(f"kokoro:{folder}"))
    assert engine.name == "espeak-ng" and notice is not None and "espeak-ng instead of kokoro" in notice


def test_without_onnxruntime_espeak_speaks_and_the_notice_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, espeak: Espeak
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    engine, notice = open_voices(read_voices(f"kokoro:{make_kokoro(tmp_path / 'k')}"))
    assert engine.name == espeak.name and "pip install 'workprint[neural-voices]'" in str(notice)


def test_another_model_is_another_version(kokoro: Kokoro, espeak: Espeak, tmp_path: Path) -> None:
    same = Kokoro(make_kokoro(tmp_path / "same"), espeak)
    other = Kokoro(make_kokoro(tmp_path / "other", durations=False), espeak)
    assert kokoro.version == same.version != other.version


@pytest.mark.parametrize("durations", [True, False])
def test_piper_speaks_and_times_its_words(espeak: Espeak, tmp_path: Path, durations: bool) -> None:
    engine = Piper(make_piper(tmp_path / "en_US-amy-low.onnx", durations=durations), espeak)
    line = _say(engine, "Stop. Go. Stay.", tmp_path / "a.wav")
    samples, rate = soundfile.read(line.path)
    assert rate == 16_000 and [word.text for word in line.words] == ["Stop.", "Go.", "Stay."]
    if durations:
        for word in line.words[1:]:
            before = np.abs(samples[int((word.start_s - 0.06) * rate) : int((word.start_s - 0.01) * rate)])
            within = np.abs(samples[int(word.start_s * rate) : int((word.start_s + 0.03) * rate)])
            assert within.max() > 3 * before.max()


def test_a_network_that_makes_noise_says_the_same_line_the_same_way(espeak: Espeak, tmp_path: Path) -> None:
    engine = Piper(make_piper(tmp_path / "en_US-amy-low.onnx"), espeak)
    first = _say(engine, LINE, tmp_path / "a.wav")
    _say(engine, "Something else.", tmp_path / "b.wav")
    again = _say(engine, LINE, tmp_path / "c.wav")
    fresh = _say(Piper(tmp_path / "en_US-amy-low.onnx", espeak), LINE, tmp_path / "d.wav")
    assert first.path.read_bytes() == again.path.read_bytes() == fresh.path.read_bytes()


def test_a_piper_file_of_many_speakers_and_a_folder_of_files_are_one_roster(espeak: Espeak, tmp_path: Path) -> None:
    make_piper(tmp_path / "en_US-libri-low.onnx", speakers=2)
    make_piper(tmp_path / "fr_FR-siwis-low.onnx", language="fr-fr")
    (tmp_path / "voices.yaml").write_text(
        "voices:\n  - {name: en_US-libri-low.p0, gender: female}\n  - {name: en_US-libri-low.p1, gender: male}\n"
    )
    engine = Piper(tmp_path, espeak)
    cast = [MARA, Speaker(id="BOB", gender="male"), Speaker(id="LOU", gender="female", language="fr")]
    voices = engine.cast(cast)
    assert [voices[who].partition("@")[0] for who in ("MARA", "BOB", "LOU")] == [
        "en_US-libri-low.p0", "en_US-libri-low.p1", "fr_FR-siwis-low",
    ]  # fmt: skip
    mara = engine.speak("Judge.", cast[0], voices["MARA"], tmp_path / "a.wav")
    bob = engine.speak("Judge.", cast[1], voices["BOB"], tmp_path / "b.wav")
    assert _tone_hz(bob.path, 0.05, 0.5) > 1.3 * _tone_hz(mara.path, 0.05, 0.5)
    with pytest.raises(SoundError, match="no Piper voice speaks 'de'"):
        _say(engine, "Nein.", tmp_path / "c.wav", Speaker(id="UDO", language="de"))


def test_a_language_whose_tones_are_not_told_is_left_to_another_engine(espeak: Espeak, tmp_path: Path) -> None:
    engine = Piper(make_piper(tmp_path / "zh_CN-huayan-low.onnx", language="cmn"), espeak)
    with pytest.raises(SoundError, match=r"LI: Piper is not given the tones of 'zh'.*Fix:"):
        _say(engine, "你好", tmp_path / "a.wav", Speaker(id="LI", language="zh"))


def _settings(change: Callable[[dict[str, object]], object]) -> Callable[[Path], None]:
    def harm(file: Path) -> None:
        path = file.with_name(file.name + ".json")
        settings = json.loads(path.read_text())
        change(settings)
        path.write_text(json.dumps(settings))

    return harm


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda file: file.unlink(), "no Piper voice"),
        (lambda file: file.with_name(file.name + ".json").unlink(), "json is missing beside it"),
        (lambda file: file.with_name(file.name + ".json").write_text("[[["), "it is not JSON"),
        (_settings(lambda s: s.pop("phoneme_id_map")), "phoneme_id_map"),
        (_settings(lambda s: s.update(audio={"sample_rate": 10})), "sample_rate"),
        (_settings(lambda s: s.update(phoneme_type="pinyin")), "reads pinyin"),
        (lambda file: file.write_bytes(b""), "not a network that can be read"),
    ],
)
def test_a_damaged_piper_is_told_and_espeak_speaks(
    espeak: Espeak, tmp_path: Path, harm: Callable[[Path], None], told: str
) -> None:
    file = make_piper(tmp_path / "en_US-amy-low.onnx")
    harm(file)
    with pytest.raises(SoundError, match=rf"{told}.*Fix: "):
        Piper(file, espeak)
    engine, notice = open_voices(read_voices(f"piper:{file}"))
    assert engine.name == "espeak-ng" and notice is not None
