"""Word times by warping, measured against voices that know their own."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy import signal

from audio.errors import SoundError
from audio.speech import PhonemeTime, Speaker, SpokenLine, WordTime
from audio.voices.align import align, warp
from audio.voices.espeak import Espeak
from audio.voices.tones import Tones

MARA = Speaker(id="MARA", gender="female", age_years=34)
TEXTS = (
    "I never told you where the money was, and you never asked me why.",
    "Stop. Go. Stay here, please, until the rain is over.",
)
OTHERS = (("m3", 130), ("f3", 200))


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    try:
        return Espeak()
    except SoundError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def spoken(espeak: Espeak, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, SpokenLine]]:
    """Each text by other voices at other rates."""
    out = []
    for text, (name, rate) in itertools.product(TEXTS, OTHERS):
        speaker = Speaker(id="X", name=name, rate_wpm=rate)
        path = tmp_path_factory.mktemp("said") / "a.wav"
        out.append((text, espeak.speak(text, speaker, espeak.cast([speaker])["X"], path)))
    return out


def _read(line: SpokenLine) -> tuple[NDArray[np.float32], int]:
    samples, rate = soundfile.read(line.path, dtype="float32")
    return samples, rate


def _late_ms(words: tuple[WordTime, ...], truth: tuple[WordTime, ...]) -> list[float]:
    assert [word.text for word in words] == [word.text for word in truth]
    pairs = zip(words, truth, strict=True)
    return [1000 * abs(late) for a, b in pairs for late in (a.start_s - b.start_s, a.end_s - b.end_s)]


def test_words_of_another_voice_at_another_rate_are_found(espeak: Espeak, spoken: list[tuple[str, SpokenLine]]) -> None:
    late: list[float] = []
    for text, line in spoken:
        late += _late_ms(align(*_read(line), text, MARA, espeak)[0], line.words)
    assert np.mean(late) < 15 and np.percentile(late, 95) < 40 and max(late) < 150


def test_words_are_found_in_a_noisy_room_through_a_poor_microphone(
    espeak: Espeak, spoken: list[tuple[str, SpokenLine]]
) -> None:
    late: list[float] = []
    dice = np.random.default_rng(1)
    for text, line in spoken[1:3]:
        samples, rate = _read(line)
        tail = dice.standard_normal(rate // 3) * np.exp(-np.arange(rate // 3) / (0.07 * rate)) * 0.03
        tail[0] = 1.0
        room = signal.fftconvolve(samples, tail)[: len(samples)]
        thin = signal.sosfilt(signal.butter(2, (250, 3800), "bandpass", fs=rate, output="sos"), room)
        noisy = thin + 0.1 * thin.std() * dice.standard_normal(len(thin))
        late += _late_ms(align(noisy.astype(np.float32), rate, text, MARA, espeak)[0], line.words)
    assert np.mean(late) < 35 and np.percentile(late, 95) < 90


def test_phonemes_follow_so_that_lips_do(espeak: Espeak, spoken: list[tuple[str, SpokenLine]]) -> None:
    def open_at(phonemes: tuple[PhonemeTime, ...], time_s: float) -> bool:
        return any(p.start_s <= time_s < p.end_s and p.ipa[:1] in set("aɑæɛɐʌɔoəɪie") for p in phonemes)

    text, line = spoken[1]
    _, phonemes = align(*_read(line), text, MARA, espeak)
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(phonemes))
    times = np.arange(0, line.duration_s, 1 / 24)
    agree = np.mean([open_at(phonemes, t) == open_at(line.phonemes, t) for t in times])
    assert agree > 0.8, "of the frames, mouths are as open as the voice's own phonemes say"


def test_the_language_is_the_speakers(espeak: Espeak, tmp_path: Path) -> None:
    text = "我不知道你为什么要回来，可是我很高兴。"
    other = Speaker(id="X", name="m3", language="zh", rate_wpm=200)
    line = espeak.speak(text, other, espeak.cast([other])["X"], tmp_path / "a.wav")
    late = _late_ms(align(*_read(line), text, Speaker(id="LI", language="zh"), espeak)[0], line.words)
    assert np.mean(late) < 25


def test_without_a_reference_words_lie_evenly_over_what_is_heard() -> None:
    rate = 16_000
    time_s = np.arange(3 * rate) / rate
    tone = (0.2 * np.sin(2 * np.pi * 200 * time_s) * ((time_s > 0.5) & (time_s < 2.5))).astype(np.float32)
    words, phonemes = align(tone, rate, "One two three.", MARA, Tones())
    assert [word.text for word in words] == ["One", "two", "three."]
    assert words[0].start_s == pytest.approx(0.5, abs=0.03) and words[-1].end_s == pytest.approx(2.5, abs=0.03)
    assert phonemes[-1].end_s <= 3.0 and any(p.ipa for p in phonemes)


def test_a_language_that_the_reference_lacks_is_laid_evenly(espeak: Espeak) -> None:
    noise = (0.1 * np.random.default_rng(0).standard_normal(24_000)).astype(np.float32)
    words, _ = align(noise, 16_000, "No no no.", Speaker(id="A", language="xx"), espeak)
    assert len(words) == 3 and words[-1].end_s == pytest.approx(1.5, abs=0.1)


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), np.zeros(100, np.float32), np.zeros(8000, np.float32)])
def test_a_sound_with_nothing_in_it_still_gives_words_inside_it(espeak: Espeak, samples: NDArray[np.float32]) -> None:
    words, _ = align(samples, 16_000, "Hello there.", MARA, espeak)
    assert all(0 <= word.start_s <= word.end_s <= max(len(samples) / 16_000, 1e-9) for word in words)


def test_other_words_than_the_text_do_not_break_it(espeak: Espeak, spoken: list[tuple[str, SpokenLine]]) -> None:
    line = spoken[0][1]
    words, _ = align(*_read(line), TEXTS[1], MARA, espeak)
    assert [word.text for word in words] == TEXTS[1].split()
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(words))
    assert words[-1].end_s <= line.duration_s + 1e-6


def test_a_path_through_a_long_sound_is_as_good_as_through_a_short_one() -> None:
    """Coarse to fine: a minute of tones that is played unevenly is followed all along."""
    rate, dice = 8_000, np.random.default_rng(3)
    lengths = dice.integers(800, 2400, 300)
    stretch = dice.uniform(0.6, 1.6, 300)
    pitches = dice.uniform(200, 2500, 300)

    def played(samples: NDArray[np.int64]) -> NDArray[np.float32]:
        tones = [np.sin(2 * np.pi * hz * np.arange(n) / rate) for hz, n in zip(pitches, samples, strict=True)]
        return np.concatenate(tones).astype(np.float32)

    slow = (lengths * stretch).astype(np.int64)
    there, here = warp(played(lengths), rate, played(slow), rate)
    truth_s = np.cumsum(slow)[:-1] / rate
    found_s = np.interp(np.cumsum(lengths)[:-1] / rate, there, here)
    late_s = np.abs(found_s - truth_s)
    assert late_s.mean() < 0.01 and late_s.max() < 0.1, "neighbours of nearly one pitch are told apart late"
    assert (np.diff(here) >= 0).all()
