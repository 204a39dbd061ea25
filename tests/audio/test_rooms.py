"""Rooms: every kind of place of the stage has one, and it rings as its size and surfaces say."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from pyroomacoustics.experimental.rt60 import measure_rt60
from scipy import signal

from audio import impulse
from audio.impulse import BANDS_HZ, echo, eyring_s
from audio.rooms import PLACES, room_of
from model.stage import PlaceKind

RATE = 48_000


def test_every_place_of_the_stage_is_a_room_and_no_room_is_of_another() -> None:
    assert set(PLACES) == set(get_args(PlaceKind))


@pytest.mark.parametrize("kind", sorted(PLACES))
def test_an_exterior_is_outdoors_and_no_interior_is(kind: str) -> None:
    inside, outside = room_of(kind, True), room_of(kind, False)
    assert outside.outdoors and not inside.outdoors
    assert all(1.0 < length < 60 for length in inside.size_m)


def test_rooms_are_as_large_as_they_are_named() -> None:
    def volume(kind: str) -> float:
        width, depth, height = room_of(kind, True).size_m
        return width * depth * height

    sizes = [volume(kind) for kind in ("car", "bathroom", "living_room", "classroom", "theatre", "station")]
    assert sizes == sorted(sizes)
    assert not room_of("no such place", True).outdoors and room_of("no such place", False).outdoors


def _octave(answer: np.ndarray, hz: float) -> np.ndarray:
    sos = signal.butter(3, (hz / 2**0.5, hz * 2**0.5), "bandpass", fs=RATE, output="sos")
    return signal.sosfiltfilt(sos, answer[:, 0].astype(np.float64))


@pytest.mark.parametrize("kind", ["bathroom", "living_room", "kitchen", "corridor", "cafe", "theatre", "church"])
def test_a_room_rings_as_long_as_eyring_says(kind: str) -> None:
    room = room_of(kind, True)
    answer, _ = echo(room, 1.5, 0, RATE)
    wanted = dict(zip(BANDS_HZ, eyring_s(room), strict=True))
    for hz in (500, 1000, 2000):
        assert measure_rt60(_octave(answer, hz), RATE, decay_db=25) == pytest.approx(wanted[hz], rel=0.2)


def test_hard_large_rooms_ring_longer_than_soft_small_ones() -> None:
    seconds = [eyring_s(room_of(kind, True))[3] for kind in ("car", "bedroom", "bathroom", "classroom", "church")]
    assert seconds == sorted(seconds) and seconds[-1] > 5 * seconds[1]
    with pytest.raises(ValueError, match="outdoors"):
        eyring_s(room_of("park", False))


def test_farther_means_more_room_in_every_place_and_the_same_every_time() -> None:
    for kind, interior in (("living_room", True), ("church", True), ("street", False)):
        room = room_of(kind, interior)
        shares = []
        for distance_m in (0.7, 1.5, 3.0, 6.0):
            answer, gain = echo(room, distance_m, 0, RATE)
            shares.append(float(np.square(answer).sum() * gain**2))
        assert shares == sorted(shares), kind
    first, _ = echo(room_of("bar", True), 2.0, 1, RATE)
    impulse._echo.cache_clear()
    again, _ = echo(room_of("bar", True), 2.0, 1, RATE)
    assert first.tobytes() == again.tobytes()
    left, _ = echo(room_of("bar", True), 2.0, -1, RATE)
    assert np.array_equal(left[:, ::-1], again)


def test_the_first_echo_comes_after_the_sound_and_a_side_is_louder_on_its_side() -> None:
    answer, _ = echo(room_of("classroom", True), 3.0, 1, RATE)
    assert np.abs(answer[: RATE // 2000]).max() < 0.05 * np.abs(answer).max()
    early = np.square(answer[: round(0.02 * RATE)]).sum(axis=0)
    assert early[1] > early[0]


def test_an_open_field_is_nearly_dry_and_an_alley_slaps_back() -> None:
    def late(kind: str) -> float:
        answer, _ = echo(room_of(kind, False), 2.0, 0, RATE)
        return float(np.square(answer[round(0.02 * RATE) :]).sum())

    assert late("field") < 0.02 * late("alley") and late("mountain") > 0
