"""Beds: quiet, endless, seeded, at home in their place, hour and weather, and cheap enough for a whole film."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from scipy import signal

from audio.ambience import bed, target_lufs
from audio.ambient_places import PLACES
from audio.cues import AmbienceCue
from audio.loudness import LoudnessMeter

RATE = 48_000
OUTDOORS = frozenset({
    "street", "alley", "park", "forest", "beach", "field", "rooftop", "mountain", "desert", "bridge", "harbour", "cave",
})  # fmt: skip


def _cue(
    kind: str, *, weather: str = "clear", hour: str = "day", crowd: int = 0, seed: int = 1, interior: bool | None = None
) -> AmbienceCue:
    inside = kind not in OUTDOORS if interior is None else interior
    return AmbienceCue(
        place_kind=kind, interior=inside, start_s=0, end_s=9, weather=weather, hour=hour, crowd=crowd, seed=seed
    )


def _share(samples: np.ndarray, low_hz: float, high_hz: float) -> float:
    power = np.abs(np.fft.rfft(samples.mean(axis=1))) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / RATE)
    return float(power[(hz >= low_hz) & (hz < high_hz)].sum() / power.sum())


@pytest.mark.parametrize("kind", [*PLACES, "a place of no known kind"])
def test_every_place_has_a_quiet_bed_that_never_stops(kind: str) -> None:
    cue = _cue(kind)
    samples = bed(cue, RATE).read(4 * RATE)
    meter = LoudnessMeter(RATE)
    meter.add(samples)
    assert abs(meter.integrated_lufs() - target_lufs(cue)) < 4.5
    assert -50 < meter.integrated_lufs() < -33
    power = np.square(samples).reshape(40, -1).mean(axis=1)
    assert power.min() > power.mean() / 60, "a hole in the room tone"
    assert np.abs(samples).max() < 0.15
    assert not np.allclose(samples[:, 0], samples[:, 1]), "a bed is wide"


def test_places_do_not_sound_alike() -> None:
    """Each recipe has its own colour: no two of these lie within 2 dB of each other in every third of an octave."""
    edges = np.geomspace(40, 12_000, 25)
    colours = {}
    for kind in ("street", "forest", "beach", "kitchen", "spaceship", "train", "bar", "church", "desert", "office"):
        samples = bed(_cue(kind), RATE).read(3 * RATE).mean(axis=1)
        hz, power = signal.welch(samples / samples.std(), RATE, nperseg=8192)
        bands = [power[(hz >= low) & (hz < high)].mean() for low, high in pairwise(edges)]
        colours[kind] = 10 * np.log10(np.array(bands))
    for one in colours:
        for other in colours:
            assert one == other or np.abs(colours[one] - colours[other]).max() > 6, (one, other)


def test_rain_outdoors_is_brighter_and_louder_than_behind_a_window() -> None:
    out, inside = (bed(_cue(kind, weather="rain"), RATE).read(3 * RATE) for kind in ("street", "bedroom"))
    assert out.std() > 1.3 * inside.std()
    assert _share(out, 2000, 20_000) > 2 * _share(inside, 2000, 20_000)


def test_rain_sounds_of_what_it_falls_on_and_a_storm_is_more() -> None:
    roof, street = (bed(_cue(kind, weather="rain"), RATE).read(3 * RATE) for kind in ("warehouse", "street"))
    dull = [_share(rain, 200, 2000) / _share(rain, 2000, 20_000) for rain in (roof, street)]
    assert dull[0] > 1.5 * dull[1]
    assert target_lufs(_cue("street", weather="storm")) > target_lufs(_cue("street", weather="rain"))
    assert target_lufs(_cue("spaceship", weather="rain")) == pytest.approx(target_lufs(_cue("spaceship")), abs=0.01)


def test_birds_sing_at_dawn_and_insects_at_night() -> None:
    dawn, night, rain = (
        bed(_cue("park", hour=hour, weather=weather), RATE).read(8 * RATE)
        for hour, weather in (("dawn", "clear"), ("night", "clear"), ("dawn", "rain"))
    )
    assert _peaks(dawn, 2200, 3900) > 1.5 * _peaks(night, 2200, 3900)
    assert _peaks(night, 4000, 5000) > 1.5 * _peaks(dawn, 4000, 5000)
    assert _peaks(rain, 2200, 3900) < _peaks(dawn, 2200, 3900)


def _peaks(samples: np.ndarray, low_hz: float, high_hz: float) -> float:
    """How far tones stand above the air in a band: its loudest frequency over its usual."""
    _, _, spectrum = signal.stft(samples.mean(axis=1), RATE, nperseg=2048)
    hz = np.fft.rfftfreq(2048, 1 / RATE)
    part = np.abs(spectrum[(hz >= low_hz) & (hz < high_hz)]) ** 2
    return float(np.quantile(part.max(axis=0), 0.95) / np.median(part))


def test_a_crowd_is_louder_the_more_people_and_speaks_in_the_middle() -> None:
    empty, full = (bed(_cue("church", crowd=crowd), RATE).read(5 * RATE) for crowd in (0, 40))
    assert full.std() > 1.3 * empty.std()
    assert _share(full, 300, 3000) > 3 * _share(empty, 300, 3000)
    levels = [target_lufs(_cue("shop", crowd=crowd)) for crowd in (0, 3, 10, 40, 4000)]
    assert levels == sorted(levels) and levels[-1] == levels[-2] < -34


def test_a_bed_is_the_same_for_its_seed_however_it_is_read() -> None:
    for cue in (_cue("street", weather="rain"), _cue("bar"), _cue("forest", weather="wind", hour="night")):
        whole = bed(cue, RATE).read(3 * RATE)
        pieces = bed(cue, RATE)
        again = np.concatenate([pieces.read(n) for n in (1, 7000, RATE, 3 * RATE - RATE - 7001)])
        assert np.array_equal(whole, again)
    assert not np.array_equal(bed(_cue("bar", seed=2), RATE).read(RATE), bed(_cue("bar"), RATE).read(RATE))


def test_nothing_in_a_bed_clicks() -> None:
    for cue in (_cue("bar", crowd=30), _cue("beach"), _cue("car", weather="rain"), _cue("prison_cell")):
        samples = bed(cue, RATE).read(5 * RATE).astype(np.float64)
        jumps = np.abs(np.diff(samples, 2, axis=0)).max()
        assert jumps < 1.2 * np.abs(samples).max()


def test_a_dense_bed_costs_little() -> None:
    layer = bed(_cue("bar", weather="storm", hour="night", crowd=40), RATE)
    layer.read(4 * RATE)  # what is made once has been
    began = time.process_time()
    layer.read(6 * RATE)
    assert (time.process_time() - began) / 6 < 0.2  # 0.08 on a machine with nothing else to do
