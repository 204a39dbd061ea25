"""The sounds of several calls are one, on the film's frames, without a click where two calls meet."""

import numpy as np
import pytest

from model.backends.parts import Part
from model.backends.stem import CallSound, stem_of
from model.request import ClipSound

RATE_HZ, FPS = 8_000, 24


def tone(hz: float, frames: int, from_s: float = 0.0) -> ClipSound:
    at_s = np.arange(round(frames / FPS * RATE_HZ)) / RATE_HZ + from_s
    wave = 0.5 * np.sin(2 * np.pi * hz * at_s)
    return ClipSound(np.stack([wave, -wave], axis=1).astype(np.float32), RATE_HZ)


def part(start: int, stop: int, lead_in: int = 0, pace: float = 1.0) -> Part:
    count = round((stop - start) / pace) + lead_in
    return Part(start=start, stop=stop, at=start - lead_in * pace, pace=pace, frame_count=count, lead_in=lead_in)


def test_no_call_made_a_sound() -> None:
    assert stem_of((), frame_count=24, fps=FPS) is None


def test_one_call_is_heard_as_it_is_for_as_long_as_the_shot() -> None:
    made = stem_of([CallSound(part(0, 24), FPS, tone(440, 25))], frame_count=24, fps=FPS)
    assert made is not None
    assert made.samples.shape == (RATE_HZ, 2)
    assert np.abs(made.samples - tone(440, 24).samples)[100:-100].max() < 1e-5


def test_what_leads_in_is_not_heard_and_calls_meet_without_a_click() -> None:
    first = CallSound(part(0, 24), FPS, tone(300, 25))
    later = CallSound(part(24, 48, lead_in=9), FPS, tone(300, 33, from_s=15 / FPS))  # on it goes
    made = stem_of([first, later], frame_count=48, fps=FPS)
    assert made is not None
    assert np.abs(made.samples - tone(300, 48).samples)[100:-100].max() < 1e-4


def test_a_stretched_call_is_heard_slower_and_what_nobody_made_is_silent() -> None:
    made = stem_of([CallSound(part(0, 24, pace=1.2), FPS, tone(240, 20))], frame_count=36, fps=FPS)
    assert made is not None
    middle = made.samples[1000:7000, 0]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * RATE_HZ / len(middle) == pytest.approx(200, abs=3)
    assert np.abs(made.samples[round(24.5 / FPS * RATE_HZ) :]).max() == 0


def test_backward_calls_are_not_heard() -> None:
    made = stem_of([CallSound(part(0, 24, pace=-1.0), FPS, tone(240, 24))], frame_count=24, fps=FPS)
    assert made is not None
    assert not made.samples.any()
