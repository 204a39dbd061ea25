"""The ensemble's instruments, one for each part: how each is played, where it sits, how far it is in the hall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from audio.score.instruments import blown, bowed, drums, struck, synths
from audio.score.instruments.tone import Clip
from audio.score.piece import Part

__all__ = ["INSTRUMENTS", "Instrument"]

# (pitch, loudness from 0 to 1, length_s, rng, rate_hz) -> (n, 2)
_Play = Callable[[int, float, float, np.random.Generator, int], Clip]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """One part's instrument and its seat.

    A held one sounds as long as its note and `release_s` after; a struck one decays by itself, and is damped over
    `release_s` where its note ends (None: never). `body` are resonances as (Hz, dB, Q), through which the
    vibrato plays.
    """

    play: _Play
    held: bool
    release_s: float | None
    pan: float
    gain_db: float  # brings a mezzo-forte note of every part to its place in the balance
    hall_db: float  # what it sends into the hall
    early_s: float = 0.0  # how far ahead of the note it is begun, to speak in time
    turns: int = 1  # how many takes of a note there are, in rotation
    body: tuple[tuple[float, float, float], ...] = ()


INSTRUMENTS: Mapping[Part, Instrument] = {
    "violins": Instrument(
        play=bowed.VIOLINS, held=True, release_s=0.34, pan=-0.42, gain_db=-24.0, hall_db=-5.5, early_s=0.045, turns=2,
        body=((290, 4, 3), (470, 3, 3), (780, -2, 2), (1600, -3, 1.5), (2700, 4, 1.2)),
    ),
    "violas": Instrument(
        play=bowed.VIOLAS, held=True, release_s=0.36, pan=0.15, gain_db=-24.0, hall_db=-5.5, early_s=0.045, turns=2,
        body=((225, 4, 3), (360, 3, 3), (1250, -3, 1.5), (2100, 3, 1.2)),
    ),
    "cellos": Instrument(
        play=bowed.CELLOS, held=True, release_s=0.38, pan=0.38, gain_db=-24.0, hall_db=-6.5, early_s=0.045, turns=2,
        body=((105, 3, 3), (200, 4, 3), (420, 2, 2), (900, -3, 1.5), (1700, 3, 1.2)),
    ),
    "basses": Instrument(
        play=bowed.BASSES, held=True, release_s=0.4, pan=0.5, gain_db=-23.0, hall_db=-9.5, early_s=0.05,
        body=((42, -4, 1), (110, 3, 3), (240, 2, 2), (650, -2, 1.5)),
    ),
    "piano": Instrument(
        play=struck.piano, held=False, release_s=0.3, pan=-0.08, gain_db=-12.0, hall_db=-9.0, turns=2
    ),
    "harp": Instrument(play=struck.harp, held=False, release_s=0.9, pan=-0.5, gain_db=-12.0, hall_db=-6.0, turns=2),
    "horns": Instrument(
        play=blown.HORNS, held=True, release_s=0.24, pan=-0.25, gain_db=-24.0, hall_db=-3.0, early_s=0.03
    ),
    "low_brass": Instrument(
        play=blown.LOW_BRASS, held=True, release_s=0.22, pan=0.32, gain_db=-24.0, hall_db=-5.0, early_s=0.025
    ),
    "flute": Instrument(
        play=blown.FLUTE, held=True, release_s=0.16, pan=-0.12, gain_db=-25.0, hall_db=-5.0, early_s=0.02
    ),
    "clarinet": Instrument(
        play=blown.CLARINET, held=True, release_s=0.16, pan=0.12, gain_db=-24.0, hall_db=-5.0, early_s=0.02
    ),
    "bells": Instrument(play=struck.bells, held=False, release_s=None, pan=-0.3, gain_db=-14.0, hall_db=-6.0),
    "pad": Instrument(play=synths.pad, held=True, release_s=1.4, pan=0.0, gain_db=-26.0, hall_db=-8.0),
    "pulse": Instrument(play=synths.pulse, held=False, release_s=0.12, pan=0.1, gain_db=-20.0, hall_db=-14.0),
    "percussion": Instrument(
        play=drums.drum, held=False, release_s=None, pan=0.05, gain_db=-18.0, hall_db=-8.0, turns=3
    ),
}  # fmt: skip
