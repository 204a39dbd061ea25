"""Delivery: parentheticals, punctuation, capitals, figures and languages, as they sound."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine
from audio.voices.casting import Voice
from audio.voices.delivery import Delivery, delivery_of
from audio.voices.espeak import Espeak
from audio.voices.espeak_library import Library
from audio.voices.reading import reading
from audio.voices.treatments import resized, treated
from audio.words import by_language, spoken, stressed
from tests.audio.voice_measures import LINE, brightness_db, f0_hz, harmonicity, read

VOICE = "en-us+m3 pitch 50 range 55 rate 165"


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    try:
        return Espeak()
    except SoundError as error:
        pytest.skip(str(error))


def _say(espeak: Espeak, text: str, path: Path, delivery: str = "", language: str = "en") -> SpokenLine:
    return espeak.speak(text, Speaker(id="A", delivery=delivery, language=language), VOICE, path / "a.wav")


def _rms_db(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(samples**2))))


def _ssml(text: str, language: str = "en", delivery: str = "") -> str:
    return reading(spoken(text), language, delivery_of(delivery, text), stressed(text)).ssml


def test_a_whisper_has_no_voice_and_keeps_its_words(espeak: Espeak, tmp_path: Path) -> None:
    aloud = _say(espeak, LINE, tmp_path)
    plain = read(aloud.path)
    line = _say(espeak, LINE, tmp_path, "whispering")
    breath = read(line.path)
    assert harmonicity(*plain) > 0.8 and harmonicity(*breath) < 0.5
    assert _rms_db(breath[0]) < _rms_db(plain[0]) - 5
    assert line.duration_s > 1.05 * aloud.duration_s
    assert [word.text for word in line.words] == [word.text for word in aloud.words]
    samples, rate = breath
    assert abs(samples[0]) < 1e-3 and abs(samples[-1]) < 1e-3
    pauses = [p for p in line.phonemes if not p.ipa and p.end_s - p.start_s > 0.08]
    for pause in pauses[:-1]:
        quiet = samples[int((pause.start_s + 0.03) * rate) : int((pause.end_s - 0.03) * rate)]
        assert _rms_db(quiet + 1e-9) < _rms_db(samples) - 15, "noise only where there is speech"


def test_a_whisper_keeps_the_sounds_apart() -> None:
    rate = 22_050
    time_s = np.arange(rate) / rate
    saw = sum(np.sin(2 * np.pi * 110 * k * time_s) / k for k in range(1, 60))
    from scipy import signal

    vowels = []
    for formants in ((300, 2300), (750, 1200)):
        made = sum(signal.lfilter(*signal.iirpeak(hz, 8, fs=rate), saw) for hz in formants)
        vowels.append(treated(made.astype(np.float32) * 0.1, rate, Delivery(breath=1.0), seed=3))
    tops = []
    for vowel in vowels:
        hz, power = signal.welch(vowel.astype(np.float64), rate, nperseg=1024)
        band = (hz > 900) & (hz < 3000)
        tops.append(float(hz[band][np.argmax(power[band])]))
    assert abs(tops[0] - 2300) < 200 and abs(tops[1] - 1200) < 200


def test_a_shout_is_louder_brighter_and_higher(espeak: Espeak, tmp_path: Path) -> None:
    plain = read(_say(espeak, LINE, tmp_path).path)
    shout = read(_say(espeak, LINE, tmp_path, "shouting").path)
    assert _rms_db(shout[0]) > _rms_db(plain[0]) + 2.5
    assert brightness_db(*shout) > brightness_db(*plain) + 3
    assert f0_hz(*shout) > 1.05 * f0_hz(*plain)


def test_breathless_is_between_voice_and_whisper_with_longer_pauses(espeak: Espeak, tmp_path: Path) -> None:
    def longest_pause(line: SpokenLine) -> float:
        return max(p.end_s - p.start_s for p in line.phonemes[:-1] if not p.ipa)

    aloud = _say(espeak, LINE, tmp_path)
    plain, plain_pause = harmonicity(*read(aloud.path)), longest_pause(aloud)
    line = _say(espeak, LINE, tmp_path, "out of breath")
    assert 0.5 < harmonicity(*read(line.path)) < plain - 0.03
    assert longest_pause(line) > plain_pause + 0.1


@pytest.mark.parametrize(
    ("words", "slower", "higher", "livelier"),
    [("sobbing", True, False, False), ("panicked", False, True, True), ("deadpan", True, False, False)],
)
def test_feelings_shape_pace_pitch_and_range(
    espeak: Espeak, tmp_path: Path, words: str, slower: bool, higher: bool, livelier: bool
) -> None:
    plain = _say(espeak, LINE, tmp_path)
    pitch = f0_hz(*read(plain.path))
    told = delivery_of(words, LINE)
    line = _say(espeak, LINE, tmp_path, words)
    assert (line.duration_s > plain.duration_s) == slower
    assert (f0_hz(*read(line.path)) > pitch) == higher
    assert (told.liveliness > 0) == livelier


def test_deliveries_add_up_and_what_is_denied_does_not_count() -> None:
    assert delivery_of("quietly, angry", "").gain_db == pytest.approx(-3.5 + 1.25)
    assert delivery_of("whispering, excited", "").breath == 1.0
    assert delivery_of("not angry", "") == delivery_of("without shouting", "") == Delivery()
    assert delivery_of("at the ambassador, in the garage", "") == Delivery()
    assert delivery_of("低声", "").gain_db < -4 and delivery_of("大喊", "").gain_db > 4


def test_capitals_are_shouted_and_one_word_in_capitals_is_stressed(espeak: Espeak, tmp_path: Path) -> None:
    assert delivery_of("", "GET OUT OF HERE!").gain_db > 3
    assert delivery_of("", "OK").gain_db == 0 and delivery_of("", "我不知道我不知道").gain_db == 0
    assert "get out" in _ssml("GET OUT OF HERE!") and "prosody" not in _ssml("GET OUT OF HERE!")
    assert "prosody" not in _ssml("The FBI and NASA and TV and I")
    plain, loud = _say(espeak, "I never said that.", tmp_path), None
    samples, rate = read(plain.path)
    word = plain.words[1]
    quiet_db = _rms_db(samples[int(word.start_s * rate) : int(word.end_s * rate)]) - _rms_db(samples)
    for text in ("I NEVER said that.", "I *never* said that."):
        loud = _say(espeak, text, tmp_path)
        samples, rate = read(loud.path)
        stress = loud.words[1]
        assert stress.end_s - stress.start_s > 1.08 * (word.end_s - word.start_s)
        level_db = _rms_db(samples[int(stress.start_s * rate) : int(stress.end_s * rate)]) - _rms_db(samples)
        assert level_db > quiet_db + 0.8
        assert f0_hz(samples[int(stress.start_s * rate) : int(stress.end_s * rate)], rate) > 105


def test_a_dash_cuts_off_and_dots_trail_off(espeak: Espeak, tmp_path: Path) -> None:
    def ending(text: str) -> tuple[float, float, SpokenLine]:
        line = _say(espeak, text, tmp_path)
        samples, rate = read(line.path)
        last = line.words[-1]
        word = samples[int(last.start_s * rate) : int(last.end_s * rate)]
        return _rms_db(word) - _rms_db(samples), last.end_s - last.start_s, line

    whole_db, whole_s, _ = ending("I thought we could wait for money.")
    _, cut_s, cut = ending("I thought we could wait for money—")
    dying_db, dying_s, trailing = ending("I thought we could wait for money...")
    assert cut_s < 0.93 * whole_s and cut.duration_s - cut.words[-1].end_s < 0.06
    assert dying_db < whole_db - 3 and dying_s > 1.1 * whole_s
    assert trailing.words[-1].text == "money..."


def test_marks_within_a_line_pause(espeak: Espeak, tmp_path: Path) -> None:
    def pause(text: str) -> float:
        first, second = _say(espeak, text, tmp_path).words[:2]
        return second.start_s - first.end_s

    comma, dash, dots = pause("No, maybe."), pause("No — maybe."), pause("No... maybe.")
    assert pause("No maybe.") < 0.06 < 0.12 < comma and dash > 0.12 and dots > comma + 0.15


def test_a_question_in_disbelief_is_livelier() -> None:
    assert delivery_of("", "You did what?!").liveliness > 0 == delivery_of("", "You did what?").liveliness
    assert _ssml("You did what?!").endswith("what?")


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("The F.B.I. came.", "The FBI came."),
        ("Ask the C.I.A.", "Ask the CIA."),
        ("It cost $20, $1 or $5 million.", "It cost 20 dollars, 1 dollar or 5 million dollars."),
        ("In 1984, 1905 and 2026.", "In 19 84, 19 oh 5 and 2026."),
        ("Gate No. 7 & No.", "Gate number 7  and  No."),
        ("Is <b> a tag?", "Is  b  a tag?"),
    ],
)
def test_figures_and_initials_are_read_as_they_are_said(text: str, read_as: str) -> None:
    assert _ssml(text) == read_as


def test_what_is_read_otherwise_keeps_its_words_and_their_times(espeak: Espeak, tmp_path: Path) -> None:
    text = "The F.B.I. paid $5 million in 1984, & I NEVER knew..."
    line = _say(espeak, text, tmp_path)
    assert " ".join(word.text for word in line.words) == text
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(line.words))
    assert all(word.end_s - word.start_s > 0.04 for word in line.words)


@pytest.mark.parametrize("size", ["", " size 1.20", " size 0.80"])
def test_words_begin_within_20_ms_of_the_librarys_own_events(espeak: Espeak, tmp_path: Path, size: str) -> None:
    line = espeak.speak(LINE, Speaker(id="A"), VOICE + size, tmp_path / "a.wav")
    voice = Voice.parse(VOICE + size)
    told = Library().say(
        LINE, "en", variant="m3", pitch=50, pitch_range=55, rate_wpm=round(165 / voice.size), ssml=True
    )
    # A word that begins with a stop is announced at its closure; it begins with its first phoneme.
    begins = [min(time_s for ipa, time_s in told.phonemes if ipa and time_s >= event_s) for _, event_s in told.words]
    assert len(begins) == len(line.words)
    for begin_s, word in zip(begins, line.words, strict=True):
        assert abs((begin_s - begins[0]) / voice.size - (word.start_s - line.words[0].start_s)) < 0.02


def test_resizing_moves_pitch_and_length_alike() -> None:
    rate = 22_050
    tone = np.sin(2 * np.pi * 200 * np.arange(rate) / rate).astype(np.float32)
    small = resized(tone, 1.25)
    assert len(small) == pytest.approx(rate / 1.25, abs=2)
    assert np.argmax(np.abs(np.fft.rfft(small[:11025]))) * 2 == pytest.approx(250, abs=3)


LINES = {
    "en": "The quick voyage of a jealous thief, at noon: three boys, a church, a good bird, and her fair hair.",
    "zh": "我昨天晚上在雨里听见女儿唱歌，四十岁的医生说：去吧，别哭，自己选，日本人热情，儿子洗澡。",
    "es": "¿Qué pasó ayer, señor? El perro corre, llueve, y yo jugué con la guitarra del niño; ciudad, cigüeña.",
    "fr": "Un bon vin blanc, ma fille; l'œuf, la lune, huit oiseaux, peur du grand jeu, je dis: montagne, où est-il?",
    "de": "Ich weiß, möchte fünf Äpfel; schöne Bücher, ach, Deutschland, jung, Zeit, Vögel über Häuser, Genie?",
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(LINES))
def test_every_language_speaks_and_no_phoneme_is_without_a_mouth(espeak: Espeak, tmp_path: Path, language: str) -> None:
    from shots.blocking.mouths import VISEMES, mouth_keys, viseme_of

    line = _say(espeak, LINES[language], tmp_path, language=language)
    assert len(line.words) > 12 and len(line.phonemes) > 40
    unknown = set()
    for phoneme in line.phonemes:
        letters = [
            c for c in unicodedata.normalize("NFD", phoneme.ipa) if c.isalpha() and unicodedata.category(c) != "Lm"
        ]
        unknown |= {letter for letter in letters if letter not in VISEMES}
        assert viseme_of(phoneme.ipa) != "rest" or not phoneme.ipa or phoneme.ipa in {"|", "‖"}, phoneme
    assert not unknown, unknown
    keys = mouth_keys(line.phonemes, 0.0, line.duration_s)
    assert len({key.viseme for key in keys}) >= 8


def test_a_chinese_name_in_an_english_line_is_spoken_in_chinese(espeak: Espeak, tmp_path: Path) -> None:
    assert [(text, tongue) for _, text, tongue in by_language("Meet 王小明 today. 你好!", "en")] == [
        ("Meet ", "en"),
        ("王小明 ", "zh"),
        ("today. ", "en"),
        ("你好!", "zh"),
    ]
    line = _say(espeak, "Meet 王小明 today.", tmp_path)
    assert [word.text for word in line.words] == ["Meet", "王", "小", "明", "today."]
    name = line.words[3].end_s - line.words[1].start_s
    assert name < 1.6, "not spelled as 'Chinese letter' three times"
    assert line.words[1].start_s - line.words[0].end_s < 0.12, "no full stop at the name"
    assert "aɪniːz" not in "".join(p.ipa for p in line.phonemes)
    foreign = _say(espeak, "我爱 New York。", tmp_path, language="zh")
    assert [word.text for word in foreign.words][-1].startswith("York")


def test_who_speaks_chinese_says_an_english_line_in_english(espeak: Espeak, tmp_path: Path) -> None:
    line = _say(espeak, "I never told you.", tmp_path, language="zh")
    assert "nɛv" in "".join(p.ipa for p in line.phonemes)
