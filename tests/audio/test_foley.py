"""Made sounds read as themselves: what an ear would notice first, measured, for every kind that a film is full of."""

from __future__ import annotations

from functools import cache
from typing import get_args

import numpy as np
import pytest

from audio import effects
from audio.cues import EffectCue, Surface
from tests.audio.listening import Heard, listen

RATE = 48_000
SEEDS = (1, 2)
LOW_RATE = 24_000  # enough for what is not a matter of brightness
NAMED = ("bright_hz", "onsets", "tuned", "fades_s")

# Brightness in Hz, blows, how tuned, seconds until 20 dB down: (least, most) of each; None where it says nothing.
Range = tuple[float, float] | None
EXPECTED: dict[str, tuple[Range, Range, Range, Range]] = {
    # Struck once: an onset, and gone soon; the larger and softer, the darker.
    "thud": ((40, 250), (1, 4), None, (0.05, 0.6)),
    "door slam": ((80, 500), (1, 9), (0, 0.6), (0.1, 0.6)),
    "door close": ((90, 500), (1, 3), None, (0.05, 0.3)),
    "car door": ((90, 500), (1, 3), None, (0.05, 0.3)),
    "body fall": ((80, 500), (2, 6), (0, 0.6), (0.1, 0.6)),
    "punch": ((250, 1200), (1, 3), (0, 0.7), (0.03, 0.2)),
    "slap": ((3500, 8000), (1, 2), (0, 0.3), (0.0, 0.06)),
    "switch": ((400, 3500), (1, 3), None, (0.0, 0.1)),
    "click": ((1500, 5000), (1, 3), None, (0.0, 0.12)),
    "cork": ((600, 2000), (1, 2), (0.6, 1.01), (0.005, 0.08)),
    "gunshot": ((600, 3000), (1, 8), (0, 0.4), (0.1, 0.8)),
    "explosion": ((200, 1200), None, (0, 0.4), (1.0, 3.6)),
    "bang": ((90, 500), (1, 4), None, (0.1, 0.5)),
    # Struck, and it rings: tuned, bright, long.
    "glass clink": ((1300, 4000), (1, 3), (0.8, 1.01), (0.2, 0.9)),
    "bell": ((200, 900), (1, 3), (0.8, 1.01), (2.0, 6.0)),
    "desk bell": ((1300, 4000), (1, 3), (0.8, 1.01), (0.5, 2.5)),
    "pan": ((350, 1500), (1, 3), (0.6, 1.01), (0.3, 1.2)),
    "sword": ((900, 5000), (1, 4), (0.5, 1.01), (0.3, 2.5)),
    "doorbell": ((500, 900), (2, 4), (0.9, 1.01), (0.7, 1.5)),
    "gong": ((90, 400), None, None, (2.5, 6.5)),
    # Many blows.
    "knock": ((200, 1500), (3, 6), None, None),
    "hooves": ((400, 1200), (9, 18), None, None),
    "clock tick": ((1200, 3500), (6, 18), None, None),
    "typing": ((500, 4000), (8, 40), None, None),
    "heartbeat": ((30, 120), None, (0, 0.6), None),
    "applause": ((1500, 5500), (25, 200), (0, 0.4), (1.0, 3.6)),
    "cutlery": ((1700, 4500), (2, 12), (0.7, 1.01), None),
    "keys": ((2500, 8000), (2, 14), (0.5, 1.01), None),
    "coins": ((3500, 9000), (2, 17), (0.7, 1.01), None),
    "glass break": ((3500, 9000), (6, 40), (0, 0.9), None),
    # Noise: no pitch.
    "rain": ((4000, 9000), (0, 4), (0, 0.3), None),
    "rain on roof": ((1000, 4000), (12, 200), None, None),
    "rain on glass": ((2000, 5000), (12, 200), None, None),
    "thunder": ((30, 500), None, None, (0.8, 6.0)),
    "wind": ((150, 1500), None, (0, 0.65), (0.8, 4.0)),
    "sea": ((1000, 4000), None, (0, 0.4), (1.5, 5.5)),
    "fire": ((500, 4000), (4, 60), (0, 0.7), None),
    "sizzle": ((5500, 10_000), None, (0, 0.6), None),
    "shower": ((5000, 10_000), (0, 3), (0, 0.2), None),
    "paper": ((4500, 9000), None, (0, 0.5), None),
    "cloth": ((2000, 5000), (0, 5), (0, 0.2), None),
    "page turn": ((3500, 8000), None, (0, 0.4), (0.01, 0.3)),
    "breath": ((1200, 3500), (0, 4), (0, 0.5), None),
    "radio static": ((2000, 4500), None, (0, 0.4), None),
    "whoosh": ((400, 3500), (0, 2), (0, 0.4), (0.1, 0.5)),
    "cat hiss": ((5000, 9000), (0, 3), (0, 0.2), None),
    # Throats: tuned, in the middle.
    "dog howl": ((350, 900), (0, 2), (0.9, 1.01), (0.8, 3.0)),
    "dog whimper": ((800, 1800), (1, 6), (0.85, 1.01), None),
    "cat meow": ((500, 1500), (0, 2), (0.8, 1.01), (0.2, 0.8)),
    "cow": ((130, 500), None, (0.8, 1.01), (0.4, 1.6)),
    "owl": ((250, 500), (3, 6), (0.9, 1.01), None),
    "scream": ((800, 2000), None, (0.8, 1.01), None),
    "baby cry": ((700, 1800), (1, 6), (0.7, 1.01), None),
    "laugh": ((350, 1300), (5, 12), (0.6, 1.01), None),
    "birdsong": ((2500, 5500), (3, 30), (0.7, 1.01), None),
    "crickets": ((3900, 5200), (12, 80), (0.9, 1.01), None),
    "dog bark": ((400, 1300), (2, 6), (0.1, 0.8), None),
    "dog growl": ((200, 1000), None, (0.1, 0.9), None),
    "crowd": ((250, 1200), (3, 40), (0.1, 0.8), None),
    # Machines.
    "phone ring": ((1100, 2600), None, (0.7, 1.01), None),
    "keypad": ((850, 1400), (3, 7), (0.9, 1.01), None),
    "beep": ((900, 1300), (2, 3), (0.95, 1.01), None),
    "alarm": ((1800, 3000), (9, 14), (0.95, 1.01), None),
    "car horn": ((500, 2500), (1, 4), (0.9, 1.01), None),
    "siren": ((700, 2500), (0, 2), (0.85, 1.01), None),
    "train horn": ((300, 1500), (0, 3), (0.2, 0.95), None),
    "engine idle": ((40, 300), (15, 90), None, None),
    "tyres screech": ((900, 3500), (0, 3), (0.4, 1.01), None),
    "kettle": ((2000, 4500), (0, 2), (0.7, 1.01), None),
    "phone buzz": ((150, 900), (2, 3), (0.7, 1.01), None),
}  # fmt: skip


@cache
def _clip(kind: str, seed: int = 1) -> np.ndarray:
    return effects.sound(kind, RATE, seed=seed)


@cache
def _heard(kind: str, seed: int = 1) -> Heard:
    return listen(_clip(kind, seed), RATE)


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_sound_reads_as_itself(kind: str) -> None:
    for seed in SEEDS:
        heard = _heard(kind, seed)
        measured = (heard.bright_hz, heard.onsets, heard.tuned, heard.fades_s)
        for name, value, wished in zip(
            ("bright_hz", "onsets", "tuned", "fades_s"), measured, EXPECTED[kind], strict=True
        ):
            assert wished is None or wished[0] <= value <= wished[1], (kind, seed, name, heard)


def test_no_row_lets_every_sound_through() -> None:
    """A table that anything fits would say nothing: each row turns away most of the other sounds."""
    for kind, ranges in EXPECTED.items():
        fits = 0
        for other in EXPECTED:
            heard = _heard(other)
            values = (heard.bright_hz, heard.onsets, heard.tuned, heard.fades_s)
            fits += all(r is None or r[0] <= v <= r[1] for v, r in zip(values, ranges, strict=True))
        assert fits <= len(EXPECTED) * 0.3, (kind, fits)


@pytest.mark.parametrize("kind", effects.NAMES)
def test_every_sound_is_finite_rounded_and_seeded(kind: str) -> None:
    clip, other = (effects.sound(kind, LOW_RATE, seed=seed) for seed in SEEDS)
    assert clip.dtype == np.float32 and clip.ndim == 1 and np.isfinite(clip).all()
    assert 0.015 < len(clip) / LOW_RATE < 10.0
    assert abs(clip[0]) < 1e-3 and abs(clip[-1]) < 1e-3, "an end that clicks"
    assert -42 < 20 * np.log10(np.abs(clip).max()) < -3
    assert abs(float(clip.mean())) < 0.003
    assert len(other) != len(clip) or not np.allclose(other, clip, atol=1e-4), "two seeds, one sound"


@pytest.mark.parametrize("kind", ["step", "thunder", "crowd", "door creak", "rain on glass", "car pass"])
def test_the_same_seed_gives_the_same_bytes(kind: str) -> None:
    assert effects.sound(kind, RATE, seed=7).tobytes() == effects.sound(kind, RATE, seed=7).tobytes()


def test_no_two_steps_are_equal() -> None:
    steps = [effects.sound("step", RATE, seed=seed) for seed in range(12)]
    for index, one in enumerate(steps):
        for other in steps[index + 1 :]:
            count = min(len(one), len(other))
            assert np.corrcoef(one[:count], other[:count])[0, 1] < 0.97


def test_a_step_sounds_of_what_is_stepped_on() -> None:
    bright = {surface: _step(surface).bright_hz for surface in get_args(Surface)}
    assert bright["carpet"] < bright["wood"] < bright["tile"]
    assert bright["earth"] < bright["grass"] and bright["carpet"] < bright["concrete"]
    rings = {surface: _step(surface).fades_s for surface in ("metal", "concrete", "stone")}
    assert rings["metal"] > 2 * max(rings["concrete"], rings["stone"])
    clips = [effects.sound("step", RATE, surface=surface).tobytes() for surface in get_args(Surface)]
    assert len(set(clips)) >= len(clips) - 1


def _step(surface: Surface) -> Heard:
    return listen(np.concatenate([effects.sound("step", RATE, seed=s, surface=surface) for s in (1, 2, 3)]), RATE)


def test_gravel_is_uneven() -> None:
    """Stones of many sizes: the loudest stand far above the usual, as they do not in noise."""
    for seed in SEEDS:
        walk = effects.sound("footsteps on gravel", RATE, seed=seed).astype(np.float64)
        loud = walk[np.abs(walk) > np.abs(walk).max() * 0.003]
        assert np.mean(loud**4) / np.mean(loud**2) ** 2 > 6.0  # 3 for noise


def test_force_makes_a_sound_louder_and_harder() -> None:
    for kind in ("step", "knock"):
        soft, hard = (effects.sound(kind, RATE, seed=3, force=force) for force in (0.1, 0.9))
        assert 20 * np.log10(np.abs(hard).max() / np.abs(soft).max()) > 6
        assert listen(hard, RATE).bright_hz > listen(soft, RATE).bright_hz


def test_what_passes_falls_in_pitch() -> None:
    """By the Doppler effect: a motorcycle at 22 m/s falls by an eighth as it goes by."""
    clip = effects.sound("motorbike", RATE, seed=4).astype(np.float64)
    level = np.abs(clip).reshape(-1)[: len(clip) // 4800 * 4800].reshape(-1, 4800).mean(axis=1)
    assert 0.3 < level.argmax() / len(level) < 0.7
    assert level[0] < level.max() / 4 and level[-1] < level.max() / 4


def test_poured_water_rises_and_a_drop_is_a_glide() -> None:
    pour = effects.sound("pour", RATE, seed=2)
    assert listen(pour, RATE).moves > 1.2


def test_what_goes_on_goes_on_as_long_as_asked_and_a_bark_does_not() -> None:
    assert len(effects.sound("footsteps", RATE, duration_s=6.0)) / RATE == pytest.approx(6.0, abs=0.8)
    assert len(effects.sound("dog bark", RATE, duration_s=30.0)) / RATE < 3.0
    assert len(effects.sound("alarm", RATE, duration_s=1e9)) / RATE < 61.0


def test_a_cue_is_rendered_by_its_name_surface_and_distance() -> None:
    near = effects.rendered(EffectCue(name="a SIREN wails", start_s=0, seed=1), RATE)
    far = effects.rendered(EffectCue(name="a distant siren", start_s=0, seed=1), RATE)
    assert near is not None and far is not None
    assert np.abs(near).max() > 2 * np.abs(far).max()
    assert listen(near, RATE).bright_hz > listen(far, RATE).bright_hz
    marble = effects.rendered(EffectCue(name="steps on marble", start_s=0, seed=1), RATE)
    stone = effects.rendered(EffectCue(name="steps", start_s=0, seed=1, surface="stone"), RATE)
    assert marble is not None and stone is not None and np.array_equal(marble, stone)
    assert effects.rendered(EffectCue(name="a xylophone of doom", start_s=0), RATE) is None
