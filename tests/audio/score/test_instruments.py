"""The ensemble's instruments: in tune, each with its own spectrum, onset and decay, nothing folded back."""

from __future__ import annotations

import numpy as np
import pytest

from audio.layers import generator
from audio.score.instruments import INSTRUMENTS
from audio.score.instruments.tone import hertz, partials
from audio.score.piece import Part
from tests.audio.score.playing import RATE, centroid_hz, cents_off, db, spectrum

CENTRE: dict[Part, int] = {
    "violins": 76, "violas": 64, "cellos": 52, "basses": 40, "piano": 64, "harp": 67, "horns": 57, "low_brass": 45,
    "flute": 79, "clarinet": 67, "bells": 84, "pad": 60, "pulse": 55,
}  # fmt: skip


def note(part: Part, pitch: int, loudness: float = 0.6, length_s: float = 2.0) -> np.ndarray:
    return INSTRUMENTS[part].play(pitch, loudness, length_s, generator("test", part), RATE)


def level(samples: np.ndarray, from_s: float, to_s: float) -> float:
    return db(samples[round(from_s * RATE) : round(to_s * RATE)])


@pytest.mark.parametrize("part", CENTRE)
def test_every_part_is_in_tune_over_its_range(part: Part) -> None:
    for pitch in (CENTRE[part] - 10, CENTRE[part], CENTRE[part] + 9):
        assert abs(cents_off(note(part, pitch), hertz(pitch))) < 5.0, pitch


@pytest.mark.parametrize("part", CENTRE)
def test_louder_is_brighter(part: Part) -> None:
    whole = (2 if part == "pad" else 1) * RATE  # a pad opens slowly
    soft, hard = (centroid_hz(note(part, CENTRE[part], loudness)[:whole]) for loudness in (0.25, 0.95))
    assert hard > 1.06 * soft


@pytest.mark.parametrize("part", ["violins", "horns", "flute", "clarinet", "pad", "pulse"])
def test_nothing_is_folded_back_from_above_the_top(part: Part) -> None:
    high = note(part, 96, 0.95, 1.0)  # 2093 Hz: overtones end at the seventh, 14.65 kHz
    freqs, power = spectrum(high)
    between = np.abs(freqs / hertz(96) - np.round(freqs / hertz(96))) > 0.12
    assert 10 * np.log10(power[between & (freqs > 8000)].max() / power.max()) < -55


def test_bowed_and_blown_notes_hold_and_struck_ones_decay() -> None:
    for part in ("violins", "cellos", "horns", "flute", "clarinet"):
        held = note(part, CENTRE[part], length_s=3.0)
        assert abs(level(held, 0.8, 1.4) - level(held, 2.2, 2.8)) < 4.0, part
    for part, least_db in (("piano", 8), ("harp", 12), ("bells", 8), ("pulse", 20)):
        struck = note(part, CENTRE[part])
        assert level(struck, 0.0, 0.1) - level(struck, 1.0, 1.1) > least_db, part


def test_onsets_are_what_each_instrument_has() -> None:
    """From a tenth of the level to most of it: a hammer in milliseconds, a bow in a tenth of a second, a pad slower."""

    def rise_s(part: Part) -> float:
        sound = np.abs(note(part, CENTRE[part])[:, 0])
        envelope = np.array([sound[k : k + 480].max() for k in range(0, len(sound) - 480, 48)])
        aim = np.median(envelope[:1200][envelope[:1200] > 0.3 * envelope[:1200].max()])
        return float((np.argmax(envelope > 0.8 * aim) - np.argmax(envelope > 0.1 * aim)) * 48 / RATE)

    assert rise_s("piano") < 0.012
    assert rise_s("harp") < 0.012
    assert 0.03 < rise_s("violins") < 0.2
    assert 0.02 < rise_s("clarinet") < 0.1
    assert rise_s("pad") > 0.2


def test_a_pianos_overtones_are_stretched_and_high_keys_die_sooner() -> None:
    freqs, power = spectrum(note("piano", 60)[: 2 * RATE], 1 << 20)

    def peak(near_hz: float) -> float:
        inside = np.abs(freqs / near_hz - 1) < 0.02
        return float(freqs[inside][power[inside].argmax()])

    assert 1.002 < peak(8 * hertz(60)) / (8 * peak(hertz(60))) < 1.03
    low, high = note("piano", 40), note("piano", 88)
    assert level(low, 0.1, 0.2) - level(low, 1.1, 1.2) < level(high, 0.1, 0.2) - level(high, 1.1, 1.2) - 10


def test_a_clarinet_has_odd_overtones_and_a_flute_breath() -> None:
    freqs, power = spectrum(note("clarinet", 60))
    odd, even = (power[np.abs(freqs / hertz(60) - k) < 0.1].max() for k in (3, 2))
    assert 10 * np.log10(odd / even) > 10
    freqs, power = spectrum(note("flute", 79, length_s=1.5))
    between = (np.abs(freqs / hertz(79) % 1.0 - 0.5) < 0.2) & (freqs < 5000)
    freqs, clear = spectrum(note("horns", 57, length_s=1.5))
    gap = (np.abs(freqs / hertz(57) % 1.0 - 0.5) < 0.2) & (freqs < 5000)
    assert power[between].mean() / power.max() > 5 * clear[gap].mean() / clear.max()


def test_vibrato_grows() -> None:
    """The pitch of a single violin desk, by its phase from moment to moment: it swings later, not at once."""
    from dataclasses import replace

    from audio.score.instruments.bowed import VIOLINS

    one = replace(VIOLINS, desks=1, noise_hz=(20.0, 30.0))(69, 0.6, 2.5, generator("vibrato"), RATE)[:, 0]
    tone = np.fft.fft(one)
    freqs = np.fft.fftfreq(len(one), 1 / RATE)
    tone[np.abs(freqs - hertz(69)) > 60] = 0.0
    hz = np.diff(np.unwrap(np.angle(np.fft.ifft(tone)))) * RATE / (2 * np.pi)
    early, late = (
        (1200 * np.log2(hz[round(a * RATE) : round(b * RATE)] / hertz(69))).std() for a, b in ((0.15, 0.4), (1.5, 2.3))
    )
    assert late > 2.0 * early
    assert 6 < late < 20


def test_drums_are_known_by_their_keys() -> None:
    def played(key: int, length_s: float = 0.3) -> np.ndarray:
        return INSTRUMENTS["percussion"].play(key, 0.7, length_s, generator("drum", key), RATE)

    low, taiko, frame, shaker = (centroid_hz(played(key)) for key in (36, 41, 62, 70))
    assert low < taiko < frame < shaker
    freqs, power = spectrum(played(36))
    assert 45 < freqs[power.argmax()] < 70
    swell = played(49, 2.0)
    assert level(swell, 1.7, 2.0) > level(swell, 0.3, 0.6) + 12
    assert level(swell, 1.7, 2.0) > level(swell, 3.0, 3.3) + 12
    crash = played(49)
    assert level(crash, 0.0, 0.2) > level(crash, 1.0, 1.2) + 8


def test_decaying_sines_are_what_they_are_by_definition() -> None:
    hz, levels, decays = np.array([220.0, 557.3, 30_000.0]), np.array([1.0, 0.5, 9.0]), np.array([0.2, 0.05, 1.0])
    made = partials(hz, levels, decays, np.zeros(3), 9001, RATE)
    time_s = np.arange(9001) / RATE
    heard = zip(hz[:2], levels[:2], decays[:2], strict=True)
    sines = sum(a * np.sin(2 * np.pi * f * time_s) * np.exp(-time_s / d) for f, a, d in heard)
    assert np.abs(made - sines).max() < 2e-5
