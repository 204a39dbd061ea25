"""What distance, walls, telephones and radios do to a voice, and from how far a scene is heard."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from audio.chain import effect, voice
from audio.cues import CueSheet, DialogueCue, EffectCue, Heard
from audio.perspective import effect_distances, voice_distances
from audio.rooms import room_of
from tests.audio.spoken import babble

HZ = 48_000
ROOM = room_of("living_room", True)


@pytest.fixture(scope="module")
def clip() -> np.ndarray:
    return signal.resample_poly(babble(2.0), 320, 147).astype(np.float32)


def _db(samples: np.ndarray) -> float:
    return 10 * math.log10(float(np.mean(np.square(samples, dtype=np.float64))) + 1e-20)


def _band(samples: np.ndarray, low: float, high: float) -> float:
    power = np.square(np.abs(np.fft.rfft(samples.mean(axis=1))))
    hz = np.fft.rfftfreq(len(samples), 1 / HZ)
    return 10 * math.log10(power[(hz >= low) & (hz < high)].sum() + 1e-12)


def _ratio(clip: np.ndarray, heard: np.ndarray) -> float:
    """Direct sound over the rest, in dB: what of it is the clip itself, as it was, at once."""
    both = heard[: len(clip)].sum(axis=1)
    spectrum = np.fft.rfft(clip, 1 << 18)
    cross = np.fft.irfft(np.fft.rfft(both, 1 << 18) * spectrum.conj() / (np.square(np.abs(spectrum)) + 1e-3), 1 << 18)
    direct, rest = np.square(cross[:48]).sum() + np.square(cross[-48:]).sum(), np.square(cross[48 : HZ // 2]).sum()
    return 10 * math.log10(direct / rest)


def _line(distance_m: float, start_s: float, **how: object) -> DialogueCue:
    how = {"speaker": "A", "text": "A.", "path": Path("a.wav"), "duration_s": 1.5, "room": ROOM} | how
    return DialogueCue(distance_m=distance_m, start_s=start_s, **how)  # type: ignore[arg-type]


def test_a_cut_from_wide_to_close_changes_the_room_and_not_the_level(clip: np.ndarray) -> None:
    lines = (_line(8.0, 1.0), _line(0.8, 3.0), _line(8.0, 5.0), _line(0.8, 7.0))
    heard = voice_distances(CueSheet(duration_s=9, dialogue=lines))
    assert heard[0] > heard[1] < heard[2] > heard[3]
    levels, ratios = [], []
    for distance_m in heard:
        samples = voice(clip, HZ, heard="on_screen", distance_m=distance_m, pan=0, room=ROOM)
        levels.append(_db(samples[: len(clip)]))
        ratios.append(_ratio(clip, samples))
    assert max(abs(after - before) for before, after in pairwise(levels)) <= 3.0
    assert all(abs(after - before) > 2.0 for before, after in pairwise(ratios))
    assert ratios[1] > ratios[0]


def test_another_room_or_a_long_silence_lets_the_ear_begin_anew() -> None:
    hall = room_of("church", True)
    near, far = voice_distances(CueSheet(duration_s=9, dialogue=(_line(0.8, 1.0), _line(12.0, 3.0, room=hall))))
    assert near == pytest.approx(0.8) and far == pytest.approx(12.0)
    near, far = voice_distances(CueSheet(duration_s=90, dialogue=(_line(0.8, 1.0), _line(12.0, 60.0))))
    assert near == pytest.approx(0.8) and far == pytest.approx(12.0)
    told = voice_distances(CueSheet(duration_s=9, dialogue=(_line(1.0, 1.0, heard="voice_over"), _line(9.0, 3.0))))
    assert told == pytest.approx((1.0, 9.0)), "a narrator pulls nobody near"


def test_one_walkers_steps_do_not_leap_with_the_picture_and_another_thing_may() -> None:
    def step(distance_m: float, start_s: float, who: str) -> EffectCue:
        return EffectCue(name="step", start_s=start_s, distance_m=distance_m, who=who, room=ROOM)

    steps = (step(8.0, 1.0, "A"), step(1.0, 1.6, "A"), step(1.0, 2.0, "DOG"))
    far, near, dog = effect_distances(CueSheet(duration_s=4, effects=steps))
    assert far == 8.0 and 1.0 < math.log2(far / near) < 1.5 and dog == 1.0


@pytest.mark.parametrize("kind", ["church", "kitchen", "street"])
def test_a_place_is_heard_after_the_voice(clip: np.ndarray, kind: str) -> None:
    def tail_db(place: str, interior: bool) -> float:
        heard = voice(clip, HZ, heard="on_screen", distance_m=2.0, pan=0, room=room_of(place, interior))
        return _db(heard[len(clip) + HZ // 20 : len(clip) + HZ // 5])

    assert tail_db(kind, kind != "street") > tail_db("field", False) + 6


def test_off_screen_is_duller_and_from_the_side_and_a_narrator_has_no_room(clip: np.ndarray) -> None:
    def heard(how: Heard, pan: float = 0.2) -> np.ndarray:
        return voice(clip, HZ, heard=how, distance_m=2.0, pan=pan, room=ROOM)

    on, off, told = heard("on_screen"), heard("off_screen"), heard("voice_over")
    assert _band(off, 3500, 9000) - _band(off, 300, 1500) < _band(on, 3500, 9000) - _band(on, 300, 1500) - 4
    assert _db(off[:, 1]) - _db(off[:, 0]) > _db(on[:, 1]) - _db(on[:, 0]) + 2
    assert len(told) == len(clip) and np.array_equal(told[:, 0], told[:, 1])
    assert _ratio(clip, told) > _ratio(clip, on) + 3


def test_phone_and_radio_are_narrow_and_not_each_other(clip: np.ndarray) -> None:
    pause = np.concatenate((clip, np.zeros(HZ // 2, np.float32), clip))

    def heard(how: Heard, seed: str = "") -> np.ndarray:
        return voice(pause, HZ, heard=how, distance_m=1.0, pan=0.0, room=ROOM, seed=seed)

    plain, phone, radio = heard("on_screen"), heard("phone"), heard("radio", "a")
    for narrow in (phone, radio):
        assert _band(narrow, 6500, 10_000) < _band(plain, 6500, 10_000) - 8
    assert _band(phone, 3900, 5000) < _band(radio, 3900, 5000) - 6
    still = slice(len(clip) + HZ // 8, len(clip) + HZ // 2 - HZ // 20)
    spoken = slice(0, len(clip))
    assert _db(phone[still]) < _db(phone[spoken]) - 50, "a telephone is silent between words"
    assert -40 < _db(radio[still]) - _db(radio[spoken]) < -15, "a carrier hisses"
    assert not np.array_equal(radio, heard("radio", "b")) and np.array_equal(radio, heard("radio", "a"))

    def crest(samples: np.ndarray) -> float:
        power = np.square(samples[: len(clip) // 2400 * 2400, 0]).reshape(-1, 2400).mean(axis=1)
        return float(10 * np.log10(np.percentile(power, 95) / np.percentile(power, 50)))

    assert crest(radio) < crest(plain) - 0.6, "pressed flat"


def test_an_effect_moves_from_its_pan_to_its_pan_end() -> None:
    hiss = np.random.default_rng(1).standard_normal(HZ * 2).astype(np.float32) * 0.05
    moved = effect(hiss, HZ, distance_m=1.5, pan=-0.9, pan_end=0.9, room=room_of("field", False))
    side = [_db(part[:, 1]) - _db(part[:, 0]) for part in np.split(moved[: HZ * 2], 8)]
    assert side == sorted(side) and side[0] < -6 and side[-1] > 6 and abs(side[3] + side[4]) < 1.5
    far = effect(hiss, HZ, distance_m=12, pan=0, pan_end=None, room=room_of("field", False))
    assert 6 < _db(moved) - _db(far) < 14
