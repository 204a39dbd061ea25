"""The meter and the limiter, against signals whose answer is known."""

from __future__ import annotations

import math

import numpy as np
import pyloudnorm
import pytest

from audio.loudness import LIMITER_MARGIN, LoudnessMeter, PeakMeter, limiter_gain, oversampled_peak

RATE = 48_000


def _tone(level_dbfs: float, seconds: float, hz: float = 997.0) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    one = 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hz * time)
    return np.stack((one, one), axis=1).astype(np.float32)


def _lufs(samples: np.ndarray, piece: int = 7919) -> float:
    meter = LoudnessMeter(RATE)
    for at in range(0, len(samples), piece):
        meter.add(samples[at : at + piece])
    return meter.integrated_lufs()


# EBU Tech 3341, cases 1 to 5: levels in dBFS with seconds, and the programme loudness they must read.
@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(-23, 20)], -23.0),
        ([(-33, 20)], -33.0),
        ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
    ],
)
def test_ebu_3341_signals_read_right(parts: list[tuple[float, float]], expected: float) -> None:
    samples = np.concatenate([_tone(level, seconds, 1000.0) for level, seconds in parts])
    assert _lufs(samples) == pytest.approx(expected, abs=0.1)


def _segments(parts: list[tuple[float, float]]) -> LoudnessMeter:
    meter = LoudnessMeter(RATE)
    for level, seconds in parts:
        meter.add(
            _tone(level, seconds, 1000.0) if level > -math.inf else np.zeros((round(seconds * RATE), 2), np.float32)
        )
    return meter


# EBU Tech 3341, cases 9 to 14: short-term and momentary loudness.
def test_ebu_3341_short_term_is_steady_over_its_three_seconds() -> None:
    short = _segments([(-20, 1.34), (-30, 1.66)] * 5).short_term_lufs()
    assert np.abs(short + 23.0).max() <= 0.1


def test_ebu_3341_momentary_is_steady_over_its_400_ms() -> None:
    moments = _segments([(-20, 0.18), (-30, 0.22)] * 25).momentary_lufs()
    assert np.abs(moments + 23.0).max() <= 0.1


@pytest.mark.parametrize("number", [0, 1, 7, 19])
def test_ebu_3341_the_loudest_are_found_wherever_they_begin(number: int) -> None:
    short = _segments([(-math.inf, number * 0.15), (-23, 3.0), (-math.inf, 1.0)]).short_term_lufs()
    assert short.max() == pytest.approx(-23.0, abs=0.1)
    moments = _segments([(-math.inf, number * 0.02), (-23, 0.4), (-math.inf, 1.0)]).momentary_lufs()
    assert moments.max() == pytest.approx(-23.0, abs=0.1)


def test_ebu_3341_rising_tones_read_their_own_maxima() -> None:
    for step in range(0, 20, 5):
        level = -38.0 + step
        assert _segments(
            [(-math.inf, 0.15 * step), (level, 3.0), (-math.inf, 3.0 - 0.15 * step)]
        ).short_term_lufs().max() == pytest.approx(level, abs=0.1)
        assert _segments(
            [(-math.inf, 0.02 * step), (level, 0.4), (-math.inf, 0.4 - 0.02 * step)]
        ).momentary_lufs().max() == pytest.approx(level, abs=0.1)


# EBU Tech 3341, cases 15 to 19: hertz as a part of the rate, phase in degrees, amplitude, and the peak to be read.
@pytest.mark.parametrize(
    ("part", "degrees", "amplitude", "expected"),
    [(4, 0, 0.5, -6.0), (4, 45, 0.5, -6.0), (6, 60, 0.5, -6.0), (8, 67.5, 0.5, -6.0), (4, 45, 1.41, 3.0)],
)
def test_ebu_3341_true_peaks_read_right(part: int, degrees: float, amplitude: float, expected: float) -> None:
    at = np.arange(RATE // 2)
    ramp = np.minimum(1.0, np.minimum(at, at[::-1]) / 480)
    one = amplitude * ramp * np.sin(2 * np.pi * at / part + np.radians(degrees))
    meter = PeakMeter()
    meter.add(np.stack((one, one), axis=1).astype(np.float32))
    assert -0.4 <= meter.dbtp() - expected <= 0.2


# EBU Tech 3342, cases 1 to 4: levels in dBFS, each for 20 s, and the loudness range they must read.
@pytest.mark.parametrize(
    ("levels", "expected"),
    [((-20, -30), 10.0), ((-20, -15), 5.0), ((-40, -20), 20.0), ((-50, -35, -20, -35, -50), 15.0)],
)
def test_ebu_3342_ranges_read_right(levels: tuple[float, ...], expected: float) -> None:
    assert _segments([(level, 20.0) for level in levels]).range_lu() == pytest.approx(expected, abs=1.0)


def test_silence_and_a_moment_have_no_range() -> None:
    assert _segments([(-math.inf, 5.0)]).range_lu() == 0.0 == _segments([(-20, 1.0)]).range_lu()


def test_mono_powers_are_those_of_the_folded_signal() -> None:
    rng = np.random.default_rng(4)
    pair = (rng.standard_normal((RATE, 2)) * 0.1).astype(np.float32)
    folded = np.repeat(pair.mean(axis=1, keepdims=True), 2, axis=1)
    meters = [LoudnessMeter(RATE), LoudnessMeter(RATE)]
    meters[0].add(pair)
    meters[1].add(folded)
    assert meters[0].mono_powers() == pytest.approx(meters[1].powers(), rel=1e-4)


def test_the_meter_in_pieces_agrees_with_the_package_at_once() -> None:
    rng = np.random.default_rng(3)
    samples = (rng.standard_normal((RATE * 9, 2)) * np.repeat(rng.uniform(0.001, 0.2, 9), RATE)[:, None]).astype(
        np.float32
    )
    whole = pyloudnorm.Meter(RATE, filter_class="DeMan").integrated_loudness(samples.astype(np.float64))
    assert _lufs(samples) == pytest.approx(whole, abs=0.02)
    assert _lufs(samples, 480) == pytest.approx(_lufs(samples, 100_000), abs=1e-9)


def test_silence_and_a_moment_have_no_loudness() -> None:
    assert _lufs(np.zeros((RATE, 2), np.float32)) == -math.inf
    assert _lufs(_tone(-20, 0.3)) == -math.inf
    assert PeakMeter().dbtp() == -math.inf


def test_true_peak_finds_what_lies_between_the_samples() -> None:
    time = np.arange(RATE) / RATE
    between = np.sin(2 * np.pi * (RATE / 4) * time + np.pi / 4).astype(np.float32)  # every sample is 0.707
    samples = np.stack((between, np.zeros_like(between)), axis=1)
    meter = PeakMeter()
    for at in range(0, RATE, 5000):
        meter.add(samples[at : at + 5000])
    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-3.01, abs=0.01)
    assert meter.dbtp() == pytest.approx(0.0, abs=0.2)


@pytest.mark.parametrize("ceiling_db", [-1.0, -6.0])
def test_the_limiter_holds_the_ceiling_without_a_step(ceiling_db: float) -> None:
    rng = np.random.default_rng(1)
    samples = (rng.standard_normal((RATE * 2, 2)) * 0.1).astype(np.float32)
    for at in rng.integers(3000, RATE * 2 - 3000, 30):
        samples[at : at + 40] += rng.uniform(-1.5, 1.5)
    gain = limiter_gain(oversampled_peak(samples), ceiling_db)
    inside = slice(LIMITER_MARGIN, -LIMITER_MARGIN)
    meter = PeakMeter()
    meter.add((samples * gain[:, None])[inside])
    assert meter.dbtp() <= ceiling_db + 0.1
    assert gain.min() < 0.8 and gain.max() == pytest.approx(1.0, abs=1e-6)
    assert np.abs(np.diff(gain)).max() < 0.02


def test_what_is_under_the_ceiling_is_left_alone() -> None:
    assert (limiter_gain(oversampled_peak(_tone(-3, 1)), -1.0) == 1.0).all()
