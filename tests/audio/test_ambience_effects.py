"""Beds and single sounds: quiet, seeded, without a click, and found by the words of a script."""

from __future__ import annotations

import numpy as np
import pytest

from audio import effects
from audio.ambience import bed, target_lufs
from audio.chain import room_of
from audio.cues import AmbienceCue
from audio.loudness import LoudnessMeter

RATE = 48_000
# model.stage.PlaceKind, which this package does not import.
KINDS = (
    "street", "alley", "park", "forest", "beach", "field", "rooftop", "living_room", "bedroom",
    "kitchen", "office", "cafe", "bar", "corridor", "station", "car", "mountain", "desert", "bridge",
    "harbour", "cave", "train", "spaceship", "diner", "hospital", "classroom", "theatre", "church", "prison_cell",
    "bathroom", "shop", "warehouse",
)  # fmt: skip


def _cue(kind: str, interior: bool = False, weather: str = "clear", hour: str = "day", seed: int = 1) -> AmbienceCue:
    return AmbienceCue(place_kind=kind, interior=interior, start_s=0, end_s=9, weather=weather, hour=hour, seed=seed)


def _share(samples: np.ndarray, low_hz: float, high_hz: float) -> float:
    power = np.abs(np.fft.rfft(samples.mean(axis=1))) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / RATE)
    return float(power[(hz >= low_hz) & (hz < high_hz)].sum() / power.sum())


@pytest.mark.parametrize("kind", [*KINDS, "a place of no known kind"])
def test_every_place_has_a_quiet_bed_that_never_stops(kind: str) -> None:
    indoors = kind in {"living_room", "bedroom", "kitchen", "office", "cafe", "bar", "corridor", "station", "car"}
    cue = _cue(kind, indoors)
    samples = bed(cue, RATE).read(8 * RATE)
    meter = LoudnessMeter(RATE)
    meter.add(samples)
    assert abs(meter.integrated_lufs() - target_lufs(cue)) < 4.0
    assert -50 < meter.integrated_lufs() < -33
    power = np.square(samples).reshape(80, -1).mean(axis=1)
    assert power.min() > power.mean() / 60, "a hole in the room tone"
    assert np.abs(samples).max() < 0.15


def test_rain_outdoors_is_brighter_and_louder_than_behind_a_window() -> None:
    out, inside = (bed(_cue(k, i, "rain"), RATE).read(4 * RATE) for k, i in (("street", False), ("bedroom", True)))
    assert out.std() > 1.3 * inside.std()
    assert _share(out, 2000, 20_000) > 3 * _share(inside, 2000, 20_000)


def test_birds_sing_at_dawn_and_not_at_night() -> None:
    dawn, night = (bed(_cue("park", hour=hour), RATE).read(10 * RATE) for hour in ("dawn", "night"))
    assert _share(dawn, 2200, 4100) > 1.5 * _share(night, 2200, 4100)


def test_a_bed_is_the_same_for_its_seed_however_it_is_read() -> None:
    for cue in (_cue("street", weather="rain"), _cue("bar", True), _cue("forest", weather="wind", hour="night")):
        whole = bed(cue, RATE).read(3 * RATE)
        pieces = bed(cue, RATE)
        again = np.concatenate([pieces.read(n) for n in (1, 7000, RATE, 3 * RATE - RATE - 7001)])
        assert np.array_equal(whole, again)
    assert not np.array_equal(bed(_cue("bar", True, seed=2), RATE).read(RATE), bed(_cue("bar", True), RATE).read(RATE))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("a phone RINGS", "phone ring"),
        ("Phone buzzes on the table", "phone buzz"),
        ("The door SLAMS", "door slam"),
        ("a car door slams shut", "door slam"),
        ("door opens", "door open"),
        ("SHE CLOSES THE DOOR", "door close"),
        ("three KNOCKS", "knock"),
        ("he bangs on the door", "knock"),
        ("a dog BARKS", "dog bark"),
        ("footsteps", "footsteps"),
        ("Thunder.", "thunder"),
        ("a window shatters", "glass break"),
        ("glass_break", "glass break"),
        ("BANG!", "bang"),
        ("shots ring out", "gunshot"),
        ("a door creaks", "door creak"),
        ("keys jingle", "keys"),
        ("typing", "typing"),
        ("the engine revs", "engine"),
        ("someone whistles", "whistle"),
        ("water drips", "water"),
        ("alarm", "alarm"),
        ("church bells toll", "bell"),
        ("doorbell", "doorbell"),
        ("a kettle whistles", "kettle"),
        ("the clock ticks", "clock tick"),
        ("狗叫", "dog bark"),
        ("电话响了", "phone ring"),
        ("敲门声", "knock"),
        ("a xylophone of doom", None),
        ("she buys a ticket", None),
        ("night falls", None),
        ("", None),
    ],
)
def test_sounds_are_found_by_a_scripts_words(said: str, kind: str | None) -> None:
    assert effects.find(said) == kind


@pytest.mark.parametrize("kind", effects.NAMES)
def test_every_sound_is_finite_rounded_and_seeded(kind: str) -> None:
    clip = effects.sound(kind, RATE, seed=1)
    assert clip.ndim == 1 and np.isfinite(clip).all() and 0.1 < len(clip) / RATE < 8.0
    assert abs(clip[0]) < 1e-3 and abs(clip[-1]) < 1e-3
    assert -35 < 20 * np.log10(np.abs(clip).max()) < -6
    assert abs(float(clip.mean())) < 0.003
    assert np.array_equal(clip, effects.sound(kind, RATE, seed=1))
    other = effects.sound(kind, RATE, seed=2)
    assert len(other) != len(clip) or not np.allclose(other, clip)


def test_what_goes_on_goes_on_as_long_as_asked_and_a_bark_does_not() -> None:
    assert len(effects.sound("footsteps", RATE, duration_s=6.0)) / RATE == pytest.approx(6.0, abs=0.8)
    assert len(effects.sound("dog bark", RATE, duration_s=30.0)) / RATE < 3.0
    assert len(effects.sound("siren", RATE, duration_s=1e9)) / RATE < 61.0


def test_new_rooms_sound_their_size() -> None:
    assert room_of("church", True) == room_of("cave", True) == "hall"
    assert room_of("prison_cell", True) == "hard"
    assert room_of("mountain", False) == "outdoors"
