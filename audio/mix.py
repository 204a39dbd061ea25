"""Turns a cue sheet into a film's sound: four stems and their mix, at one loudness, under one ceiling.

Two passes over the film in blocks, so that memory does not grow with its length: the first renders each stem to a
scratch file and measures it; then each line is weighed against what sounds beside it, and the rest makes room; the
second pass finds the gain, limits and writes. The same cues give the same bytes.

It makes no voices and no music: it plays the files that their cues carry. A sound that is missing or unknown is left
out with a notice, never guessed.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

from audio import chain, effects
from audio.buses import Beds, Music, Sound, Sounds, whole_film
from audio.cues import CueSheet, DialogueCue, EffectCue
from audio.ducking import LineHeard, plan_ducks
from audio.errors import SoundError
from audio.intelligible import HARD
from audio.layers import Stereo, fade
from audio.library import Library, Provenance
from audio.loudness import LoudnessMeter, gated_lufs
from audio.master import FILES, MOST_GAIN_DB, STEMS, Measured, RawStems, master
from audio.mixed import digest, held_mix, keep_mix, sheet_key
from audio.perspective import effect_distances, voice_distances
from audio.placed import Placed, key_of
from audio.profiles import WEB, Profile

__all__ = ["Mix", "Stems", "mix"]

_VOICE_GAIN_DB = 4.5  # brings a clip as `audio.clips` levels it to about −16 LUFS
_PIECE_S, _SEAM_S = 40.0, 0.05  # of a very long line, and how its pieces blend
_CUT_FADE_S = 0.03  # of a sound that is cut off, and of the film's end
# How far speech may stand above the whole film, and how much music rises where it would stand higher: a film's loudness
# that came from a little speech alone would make it shout.
_SPEECH_ABOVE_LU, _MOST_LIFT_DB = 2.0, 4
_MONO_LOSS_LU, _MONO_HOLE_LU = 3.5, 6.0  # more than two sides that have nothing in common lose


@dataclass(frozen=True, kw_only=True)
class Stems:
    """The parts of a mix, as files of its length; they sum to it."""

    dialogue: Path
    ambience: Path
    effects: Path
    music: Path


@dataclass(frozen=True, kw_only=True)
class Mix:
    """A film's sound on disk, with what was measured and what has to be said about it."""

    path: Path  # 24-bit stereo WAV
    stems: Stems
    music_and_effects: Path  # all but the dialogue, for another language
    duration_s: float
    sample_rate_hz: int
    profile: str
    measured: Measured
    lines: tuple[LineHeard, ...]  # in order of time
    sounds: tuple[Provenance, ...]  # of the user's library
    notices: tuple[str, ...]
    key: str  # a hash of all that made it

    @property
    def integrated_lufs(self) -> float:
        """The loudness of the whole film."""
        return self.measured.integrated_lufs

    @property
    def true_peak_dbtp(self) -> float:
        """The highest peak, between the samples too."""
        return self.measured.true_peak_dbtp

    @property
    def gain_db(self) -> float:
        """What was added to reach the profile's loudness."""
        return self.measured.gain_db


def mix(
    cues: CueSheet,
    folder: Path,
    *,
    sample_rate: int = 48_000,
    profile: Profile = WEB,
    library: Library | None = None,
    cache: Path | None = None,
    beside: Path | None = None,
) -> Mix:
    """Writes `mix.wav` and the stems into `folder`; what is there already from the same cues is kept.

    A film with speech or music comes out at the profile's loudness. Gain is never more than 6 dB, and none without
    either, so that a silent film's room tone stays as soft as a room is; a notice tells when that holds it back.
    `cache` is a folder for sounds as they were placed: after a recut only changed ones are made. `beside` is a sound as
    long as the film that is heard among the effects.

    Raises:
        SoundError: the film has no length, or a folder cannot be written to.
    """
    if not (math.isfinite(cues.duration_s) and cues.duration_s > 0):
        raise SoundError(f"A film of {cues.duration_s} s has no sound. Fix: give the cut at least one shot.")
    key = sheet_key(cues, sample_rate, profile, library, beside)
    held = held_mix(folder, key)
    if held is not None:
        return _told(folder, **held)
    total = round(cues.duration_s * sample_rate)
    placed = Placed(cache)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".mix-", dir=folder) as scratch_name:
            scratch = Path(scratch_name)
            raw, lines, notices = _render(cues, total, sample_rate, scratch, library, placed, beside)
            programme = bool(lines) or "music" in raw.paths
            measured = master(
                raw, scratch, profile.loudness_lufs, profile.ceiling_dbtp, MOST_GAIN_DB if programme else 0.0
            )
            (folder / "mix.json").unlink(missing_ok=True)  # from here on the old mix does not count
            for name in FILES:
                (scratch / f"{name}.wav").replace(folder / f"{name}.wav")
        placed.trim()
        lines = tuple(replace(line, lufs=line.lufs + measured.gain_db) for line in lines)
        notices += _remarks(measured, profile, programme)
        made = {
            "duration_s": total / sample_rate,
            "sample_rate_hz": sample_rate,
            "profile": profile.name,
            "measured": measured,
            "lines": lines,
            "sounds": library.provenance if library else (),
            "notices": tuple(dict.fromkeys([*notices, *(library.notices if library else ())])),
            "key": key,
        }
        keep_mix(folder, made)
    except (OSError, soundfile.SoundFileError) as error:
        raise SoundError(f"{folder}: the mix cannot be written ({error}). Fix: free some disk space.") from error
    return _told(folder, **made)


def _told(folder: Path, **figures: object) -> Mix:
    stems = Stems(**{name: folder / f"{name}.wav" for name in STEMS})
    return Mix(
        path=folder / "mix.wav",
        stems=stems,
        music_and_effects=folder / "music_and_effects.wav",
        **figures,  # type: ignore[arg-type]
    )


def _remarks(measured: Measured, profile: Profile, programme: bool) -> list[str]:
    """What the film's figures have to be told for."""
    notices = []
    lufs = measured.integrated_lufs
    if programme and abs(lufs - profile.loudness_lufs) > profile.tolerance_lu:
        notices.append(
            f"The mix is at {lufs:.1f} LUFS, not {profile.loudness_lufs:.1f}: speech fills too little of the film, and "
            f"more gain than {MOST_GAIN_DB:.0f} dB would raise the room tone."
        )
    elif not programme and lufs > -math.inf:
        notices.append(f"Nobody speaks: the sound is left at its natural level, {lufs:.1f} LUFS.")
    if measured.mono_loss_lu > _MONO_LOSS_LU or measured.worst_mono_loss_lu > _MONO_HOLE_LU:
        notices.append(
            f"In mono the film loses {measured.mono_loss_lu:.1f} LU, and {measured.worst_mono_loss_lu:.1f} LU at "
            f"{measured.worst_mono_at_s:.0f} s: the two sides of a sound there cancel each other."
        )
    return notices


def _render(
    cues: CueSheet,
    total: int,
    rate_hz: int,
    scratch: Path,
    library: Library | None,
    placed: Placed,
    beside: Path | None,
) -> tuple[RawStems, tuple[LineHeard, ...], list[str]]:
    """Writes the stems as they sound by themselves, and plans how they make room for each line."""
    told: dict[str, list[str]] = {name: [] for name in STEMS}
    raw = RawStems({}, total, rate_hz)

    def spoken() -> dict[str, NDArray[np.float64]]:
        return {
            "dialogue": _stem(
                Sounds(_dialogue(cues, rate_hz, placed, told["dialogue"])).read, raw, scratch, "dialogue"
            ),
            "music": _stem(Music(cues.music, rate_hz, told["music"]).read, raw, scratch, "music"),
        }

    def around() -> dict[str, NDArray[np.float64]]:
        hits = Sounds(_effects(cues, rate_hz, library, placed, told["effects"]))
        beds = Beds(cues.ambience, rate_hz, library, placed)
        given = whole_film(beside, rate_hz) if beside is not None else None

        def heard(begin: int, end: int) -> Stereo:
            return hits.read(begin, end) if given is None else hits.read(begin, end) + given(begin, end)

        return {
            "effects": _stem(heard, raw, scratch, "effects"),
            "ambience": _stem(beds.read, raw, scratch, "ambience"),
        }

    with ThreadPoolExecutor(2) as two:  # a library serves one thread: effects and beds share one
        both = two.submit(spoken), two.submit(around)
        found = both[0].result() | both[1].result()
    powers = {name: found[name] for name in STEMS if found[name].any()}
    raw = replace(raw, paths={name: scratch / f"{name}.raw" for name in powers})
    speech = sorted(
        (cue for cue in cues.dialogue if cue.path.is_file() and 0 <= cue.start_s < cues.duration_s),
        key=lambda cue: (cue.start_s, cue.duration_s),
    )
    spans = [(cue.start_s, min(cues.duration_s, cue.start_s + cue.duration_s)) for cue in speech]
    if "dialogue" not in powers:
        return raw, (), [notice for name in STEMS for notice in told[name]]
    lift = _music_lift(powers)
    if lift != 1.0:
        powers["music"] = powers["music"] * lift * lift
        raw = replace(raw, music_gain=lift)
    ducks, lines = plan_ducks(spans, powers, raw.read, rate_hz)
    for cue, line in zip(speech, lines, strict=True):
        if line.lufs > -math.inf and line.intelligibility < HARD:
            told["dialogue"].append(
                f"{cue.speaker} is hard to understand at {cue.start_s:.1f} s (intelligibility "
                f"{line.intelligibility:.2f} of 1): what sounds beside the line is as loud as it is."
            )
    return replace(raw, ducks=ducks), lines, [notice for name in STEMS for notice in told[name]]


def _music_lift(powers: Mapping[str, NDArray[np.float64]]) -> float:
    """The gain that brings music, where nobody speaks, near enough to the voices."""
    if "music" not in powers:
        return 1.0
    speech = gated_lufs(powers["dialogue"])
    rest = sum((power for name, power in powers.items() if name != "music"), np.zeros(1))
    for lift_db in range(_MOST_LIFT_DB + 1):
        lift = 10.0 ** (lift_db / 10.0)
        if speech - gated_lufs(rest + powers["music"] * lift) <= _SPEECH_ABOVE_LU:
            break
    return float(math.sqrt(lift))


def _stem(read: Callable[[int, int], Stereo], raw: RawStems, scratch: Path, name: str) -> NDArray[np.float64]:
    """Writes a stem's scratch file and returns its loudness through time."""
    meter = LoudnessMeter(raw.rate_hz)
    with (scratch / f"{name}.raw").open("wb") as file:
        for begin, end in raw.blocks():
            samples = (read(begin, end) * _edges(begin, end, raw.total, raw.rate_hz)).astype(np.float32)
            samples.tofile(file)
            meter.add(samples)
    return meter.powers()


def _dialogue(cues: CueSheet, rate_hz: int, placed: Placed, notices: list[str]) -> list[Sound]:
    sounds = []
    for cue, distance_m in zip(cues.dialogue, voice_distances(cues), strict=True):
        if not cue.path.is_file():
            notices.append(f"{cue.speaker} is not heard at {cue.start_s:.1f} s: {cue.path.name} is missing.")
            continue
        for from_s, to_s in _pieces(cue.duration_s):
            key = key_of(
                "voice", chain.VERSION, rate_hz, digest(cue.path), round(cue.from_s + from_s, 4),
                round(cue.from_s + to_s, 4),
                round(cue.duration_s, 4), cue.heard, round(cue.pan, 4), round(distance_m, 4), asdict(cue.room),
                cue.text if cue.heard == "radio" else "",
            )  # fmt: skip
            make = partial(_line, cue, from_s, to_s, distance_m, rate_hz, notices)
            sounds.append(Sound(round((cue.start_s + from_s) * rate_hz), partial(placed.get, key, make)))
    return sounds


def _pieces(duration_s: float) -> list[tuple[float, float]]:
    """A speech of many minutes comes in pieces that blend into each other, so that none is held whole."""
    count = max(1, round(duration_s / _PIECE_S))
    return [(index * duration_s / count, (index + 1) * duration_s / count) for index in range(count)]


def _line(cue: DialogueCue, from_s: float, to_s: float, distance_m: float, rate_hz: int, notices: list[str]) -> Stereo:
    goes_on = to_s < cue.duration_s - 1e-6
    try:
        with soundfile.SoundFile(cue.path) as file:
            clip_hz = file.samplerate
            after_s = _SEAM_S if goes_on else _CUT_FADE_S
            first, last = (round((cue.from_s + at_s) * clip_hz) for at_s in (from_s, to_s + after_s))
            cut_off = last < file.frames
            file.seek(min(first, file.frames))
            clip = file.read(last - first, dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError) as error:
        notices.append(f"{cue.speaker} is not heard at {cue.start_s:.1f} s: {cue.path.name} cannot be read ({error}).")
        return np.zeros((0, 2), np.float32)
    mono = np.nan_to_num(clip.mean(axis=1))
    if len(mono) < 32:
        return np.zeros((0, 2), np.float32)
    shared = math.gcd(rate_hz, clip_hz)
    mono = signal.resample_poly(mono, rate_hz // shared, clip_hz // shared).astype(np.float32)
    if first or cut_off:
        mono = fade(mono, rate_hz, _SEAM_S if from_s > 0 else _CUT_FADE_S * bool(first), after_s * cut_off)
    heard = chain.voice(
        mono, rate_hz, heard=cue.heard, distance_m=distance_m, pan=cue.pan, room=cue.room, seed=cue.text
    )
    return heard * np.float32(10.0 ** (_VOICE_GAIN_DB / 20.0))


def _effects(cues: CueSheet, rate_hz: int, library: Library | None, placed: Placed, notices: list[str]) -> list[Sound]:
    sounds, unknown = [], set[str]()
    for cue, distance_m in zip(cues.effects, effect_distances(cues), strict=True):
        if effects.find(cue.name) is None and library is None:
            if cue.name not in unknown:
                notices.append(f"No sound is known for '{cue.name}' at {cue.start_s:.1f} s; it is left out.")
            unknown.add(cue.name)
            continue
        make: Callable[[], Stereo] = partial(_hit, cue, distance_m, rate_hz, library, notices)
        if library is None:  # which of its sounds are used is only known by asking it
            plain = {name: value for name, value in asdict(cue).items() if name not in {"start_s", "shot", "source"}}
            key = key_of("effect", chain.VERSION, effects.VERSION, rate_hz, plain, round(distance_m, 4))
            make = partial(placed.get, key, make)
        sounds.append(Sound(round(cue.start_s * rate_hz), make))
    return sounds


def _hit(cue: EffectCue, distance_m: float, rate_hz: int, library: Library | None, notices: list[str]) -> Stereo:
    dry = effects.rendered(cue, rate_hz, library)
    if dry is None:
        notices.append(f"No sound is known for '{cue.name}' at {cue.start_s:.1f} s; it is left out.")
        return np.zeros((0, 2), np.float32)
    if not len(dry):
        return np.zeros((0, 2), np.float32)
    dry = dry * np.float32(10.0 ** (cue.gain_db / 20.0))
    return chain.effect(dry, rate_hz, distance_m=distance_m, pan=cue.pan, pan_end=cue.pan_end, room=cue.room)


def _edges(begin: int, end: int, total: int, rate_hz: int) -> NDArray[np.float32]:
    """Fades what sounds when the film begins or ends: neither clicks."""
    at = np.arange(begin, end)
    near = np.clip(np.minimum(at, total - at) / (_CUT_FADE_S * rate_hz), 0.0, 1.0)
    return (np.sin(0.5 * np.pi * near) ** 2).astype(np.float32)[:, None]
