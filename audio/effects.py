"""Sounds of things that happen once, by their names in plain words: a knock, a bark, a bell.

`find` reads a name as a screenplay writes it ("a phone RINGS", "远处传来雷声"); `rendered` gives a cue's sound,
from the user's own library where it has one, else made in `audio.foley`, a little different for every seed.
A name that nothing is known for gets None: no sound is better than a wrong one. Nothing recorded is shipped.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from audio.clips import trim
from audio.cues import EffectCue, Surface
from audio.foley import SOUNDS
from audio.foley.elements import Ask
from audio.foley.vocabulary import far, known, surface_of
from audio.layers import band, fade, generator
from audio.library import Library, looped

__all__ = ["NAMES", "VERSION", "find", "rendered", "sound"]

VERSION = 2
NAMES = tuple(sorted(SOUNDS))

_Mono = NDArray[np.float32]
_KNOWN = frozenset(NAMES)
_LOUDEST_DB = -7.0  # peak of the loudest sound before its distance; a voice peaks at about −6
_CEILING_DB = -3.0
_FORCE_DB = 14.0  # between the softest and the hardest of a kind
_SPREAD_DB = 0.8  # by which two of a kind differ in level
_LONGEST_S = 60.0
_FAR_DB, _FAR_HZ = -9.0, 1500.0  # of a sound that its name puts far away
_UNKNOWN_DB = -10.0  # peak beside the loudest of a user's sound that is none of ours


def find(name: str) -> str | None:
    """Returns the known sound that `name` speaks of (one of `NAMES`), or None."""
    return known(name, _KNOWN)


def rendered(cue: EffectCue, rate_hz: int, library: Library | None = None) -> _Mono | None:
    """Returns the dry mono clip of `cue`, or None when no sound is known for its name.

    The user's own sound comes before ours. A name such as "distant siren" softens it, "steps on marble" gives it
    a surface that the cue lacks. The cue's gain, pan, distance and room are left to the mix.
    """
    kind = find(cue.name)
    clip = _given(cue, kind, rate_hz, library) if library else None
    if clip is None:
        if kind is None:
            return None
        clip = sound(
            kind,
            rate_hz,
            seed=cue.seed,
            duration_s=cue.duration_s,
            surface=cue.surface or surface_of(cue.name),
            force=cue.force,
        )
    if far(cue.name) and kind != "thunder far":
        dull = signal.sosfilt(band(0, _FAR_HZ, rate_hz, 1), clip) * 10.0 ** (_FAR_DB / 20.0)
        clip = fade(dull, rate_hz, 0.0005, 0.02)
    return clip


def sound(
    kind: str,
    rate_hz: int,
    *,
    seed: int = 0,
    duration_s: float | None = None,
    surface: Surface | None = None,
    force: float = 0.5,
) -> _Mono:
    """Returns a dry mono clip of `kind` (one of `NAMES`), its ends at rest; what can go on lasts for `duration_s`."""
    entry = SOUNDS[kind]
    goes_on = duration_s is not None and entry.goes_on
    length_s = min(_LONGEST_S, max(0.1, duration_s)) if goes_on and duration_s is not None else entry.usual_s
    rng = generator("foley", kind, seed)
    strength = min(1.0, max(0.0, force))
    raw = entry.make(Ask(rng, rate_hz, length_s, surface, strength))
    spread_db = rng.uniform(-_SPREAD_DB, _SPREAD_DB)
    level_db = _LOUDEST_DB + entry.level_db + (strength - 0.5) * _FORCE_DB + spread_db
    return _rounded(np.asarray(raw, np.float64), rate_hz, min(_CEILING_DB, level_db))


def _rounded(raw: NDArray[np.float64], rate_hz: int, peak_db: float) -> _Mono:
    """Without offset, without the silence behind it, at its peak, with ends that do not click."""
    clean = signal.sosfilt(band(22, rate_hz, rate_hz, 2), np.pad(raw, (0, rate_hz // 50)))
    level = np.abs(clean)
    loud = np.flatnonzero(level > level.max(initial=0.0) * 4e-4)
    clean = clean[: loud[-1] + 1] if len(loud) else clean
    out = fade(clean, rate_hz, 0.0008, min(0.03, len(clean) / rate_hz / 4))
    peak = float(np.abs(out).max(initial=1e-9))
    return out * np.float32(10.0 ** (peak_db / 20.0) / peak)


def _given(cue: EffectCue, kind: str | None, rate_hz: int, library: Library) -> _Mono | None:
    given = library.effect(cue.name, kind, cue.seed, rate_hz)
    if given is None:
        return None
    mono = given.samples.mean(axis=1)
    mono = mono / np.float32(max(1e-6, float(np.abs(mono).max())))
    if given.loop and cue.duration_s is not None:
        mono = looped(mono[:, None], rate_hz, min(_LONGEST_S, max(0.1, cue.duration_s)))[:, 0]
        mono = fade(mono, rate_hz, 0.05, 0.1)
    else:
        mono = trim(mono * np.float32(0.9), rate_hz)[0]
    level_db = (SOUNDS[kind].level_db if kind else _UNKNOWN_DB) + (cue.force - 0.5) * _FORCE_DB + given.gain_db
    peak = float(np.abs(mono).max(initial=1e-6))
    scaled: _Mono = (mono * np.float32(10.0 ** (min(_CEILING_DB, _LOUDEST_DB + level_db) / 20.0) / peak)).astype(
        np.float32
    )
    return scaled
