"""What is delivered: each profile's loudness and peaks as they stand after the film's own AAC encoding."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from scipy import signal

from audio.cues import AmbienceCue, CueSheet, DialogueCue, EffectCue
from audio.errors import SoundError
from audio.intelligible import band_powers, intelligibility
from audio.loudness import LoudnessMeter, PeakMeter
from audio.mix import mix
from audio.profiles import PROFILES, Profile, profile_of
from audio.rooms import room_of
from shots.cut.sound import encode_sound
from tests.audio.spoken import babble, spoken

RATE = 48_000


def _film(folder: Path) -> CueSheet:
    street = room_of("street", False)
    lines = tuple(
        DialogueCue(
            speaker="A", text="A.", path=spoken(folder / f"{n}.wav", 2.0, 100 + 60 * n, n), start_s=0.5 + 2.6 * n,
            duration_s=2.0, room=street, distance_m=1.0 + 3 * n,
        )
        for n in range(3)
    )  # fmt: skip
    hits = tuple(EffectCue(name="gunshot", start_s=t, gain_db=8.0, distance_m=1.0, room=street) for t in (2.6, 5.2))
    rain = AmbienceCue(place_kind="street", interior=False, start_s=0, end_s=8.5, weather="rain", room=street)
    return CueSheet(duration_s=8.5, dialogue=lines, effects=hits, ambience=(rain,))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_loudness_and_peaks_hold_after_the_films_own_encoding(profile: Profile, tmp_path: Path) -> None:
    film = _film(tmp_path)
    made = mix(film, tmp_path / "mix", profile=profile)
    encode_sound(made.path, tmp_path / "film.m4a", round(film.duration_s * RATE))
    loudness, peak = LoudnessMeter(RATE), PeakMeter()
    with av.open(str(tmp_path / "film.m4a")) as file:
        for frame in file.decode(file.streams.audio[0]):
            samples = np.ascontiguousarray(frame.to_ndarray().T)
            loudness.add(samples)
            peak.add(samples)
    assert loudness.integrated_lufs() == pytest.approx(profile.loudness_lufs, abs=profile.tolerance_lu)
    assert peak.dbtp() <= profile.ceiling_dbtp
    assert made.integrated_lufs == pytest.approx(profile.loudness_lufs, abs=0.3)
    assert made.profile == profile.name and not made.notices
    assert made.measured.loudest_momentary_lufs > made.measured.loudest_short_term_lufs > made.integrated_lufs


def test_a_profile_is_found_by_its_name_and_a_near_one_is_suggested() -> None:
    assert profile_of("R128").loudness_lufs == -23.0
    with pytest.raises(SoundError, match="did you mean 'r128'"):
        profile_of("r12")
    with pytest.raises(SoundError, match=r"Fix: use one of web, r128"):
        profile_of("cinema")


def _bands(samples: np.ndarray) -> np.ndarray:
    return band_powers(np.stack((samples, samples), axis=1).astype(np.float32), RATE)


def test_intelligibility_falls_with_noise_and_with_what_lies_in_the_voices_own_bands() -> None:
    clip = signal.resample_poly(babble(3.0), 320, 147)
    noise = np.random.default_rng(2).standard_normal(len(clip)) * np.std(clip)
    index = [intelligibility(_bands(clip), _bands(noise * 10 ** (db / 20))) for db in (-40, -20, -10, 0, 10, 40)]
    assert index == sorted(index, reverse=True) and index[0] > 0.9 and index[-1] < 0.05
    low, high = (
        signal.sosfilt(signal.butter(4, edges, "bandpass", fs=RATE, output="sos"), noise)
        for edges in ((40, 150), (700, 4000))
    )
    rumble, hiss = (part / np.std(part) * np.std(clip) for part in (low, high))
    assert intelligibility(_bands(clip), _bands(rumble)) > 0.3 + intelligibility(_bands(clip), _bands(hiss))
    assert intelligibility(_bands(clip * 0), _bands(noise)) == 0.0
    assert intelligibility(_bands(clip), _bands(noise * 0)) == pytest.approx(1.0, abs=0.05)
