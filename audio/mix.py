"""Turns a cue sheet into a film's sound: four stems and their mix, at one loudness, under one ceiling.

Two passes over the film in blocks, so that memory does not grow with its length: the first renders each
stem to a scratch file, the second finds the gain, limits and writes. The same cues give the same bytes.

It composes nothing: a `MusicCue` gets its place in the music stem, which is silent until there is a
composer, and the mix says so. A sound that is missing or unknown is left out with a notice, never guessed.
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

from audio import ambience, effects
from audio.chain import Room, at_distance, room_of, voice
from audio.cues import AmbienceCue, CueSheet, DialogueCue
from audio.errors import SoundError
from audio.layers import Layer, Stereo, fade
from audio.master import MOST_GAIN_DB, STEMS, RawStems, master

__all__ = ["Mix", "Stems", "mix"]

_VERSION = 1  # of the sound this file makes: part of the mix's key
_VOICE_GAIN_DB = 4.5  # brings a clip as `audio.clips` levels it to about −16 LUFS
_CROSSFADE_S = 0.6  # of one place's sound into the next, around the cut
_DUCK_DB, _DUCK_AHEAD_S, _DUCK_ATTACK_S, _DUCK_HOLD_S, _DUCK_RELEASE_S = -4.0, 0.12, 0.15, 0.35, 0.6
_CUT_FADE_S = 0.03  # of a sound that is cut off, and of the film's end


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
    duration_s: float
    sample_rate_hz: int
    integrated_lufs: float
    true_peak_dbtp: float
    gain_db: float
    notices: tuple[str, ...]
    key: str  # a hash of all that made it


@dataclass(frozen=True)
class _Sound:
    """A sound on a bus: rendered when the mix comes to it and dropped behind it."""

    start: int
    make: Callable[[], Stereo]


def mix(
    cues: CueSheet,
    folder: Path,
    *,
    sample_rate: int = 48_000,
    loudness_lufs: float = -16.0,
    ceiling_dbtp: float = -1.5,
) -> Mix:
    """Writes `mix.wav` and the stems into `folder`; what is there already from the same cues is kept.

    A film with speech comes out at `loudness_lufs`. Gain is never more than 6 dB, and none without speech,
    so that a silent film's room tone stays as soft as a room is; a notice tells when that holds it back.

    Raises:
        SoundError: the film has no length, or `folder` cannot be written to.
    """
    if not (math.isfinite(cues.duration_s) and cues.duration_s > 0):
        raise SoundError(f"A film of {cues.duration_s} s has no sound. Fix: give the cut at least one shot.")
    key = _key(cues, sample_rate, loudness_lufs, ceiling_dbtp)
    held = _read(folder, key)
    if held is not None:
        return held
    total = round(cues.duration_s * sample_rate)
    notices: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".mix-", dir=folder) as scratch_name:
            scratch = Path(scratch_name)
            raw = _render(cues, total, sample_rate, scratch, notices)
            has_speech = any(cue.words or cue.text.strip() for cue in cues.dialogue)
            most_db = MOST_GAIN_DB if has_speech else 0.0
            gain_db, lufs, peak = master(raw, scratch, loudness_lufs, ceiling_dbtp, most_db)
            names = {name: folder / f"{name}.wav" for name in ("mix", *STEMS)}
            (folder / "mix.json").unlink(missing_ok=True)  # from here on the old mix does not count
            for name, path in names.items():
                (scratch / f"{name}.wav").replace(path)
    except (OSError, soundfile.SoundFileError) as error:
        raise SoundError(f"{folder}: the mix cannot be written ({error}). Fix: free some disk space.") from error
    if has_speech and abs(lufs - loudness_lufs) > 0.5:
        notices.append(
            f"The mix is at {lufs:.1f} LUFS, not {loudness_lufs:.1f}: speech fills too little of the film, and more "
            f"gain than {MOST_GAIN_DB:.0f} dB would raise the room tone."
        )
    elif not has_speech and lufs > -math.inf:
        notices.append(f"Nobody speaks: the sound is left at its natural level, {lufs:.1f} LUFS.")
    made = Mix(
        path=names["mix"],
        stems=Stems(**{name: names[name] for name in STEMS}),
        duration_s=total / sample_rate,
        sample_rate_hz=sample_rate,
        integrated_lufs=lufs,
        true_peak_dbtp=peak,
        gain_db=gain_db,
        notices=tuple(dict.fromkeys(notices)),
        key=key,
    )
    _keep(folder, made)
    return made


def _render(cues: CueSheet, total: int, rate_hz: int, scratch: Path, notices: list[str]) -> RawStems:
    paths = {name: scratch / f"{name}.raw" for name in ("dialogue", "ambience", "effects")}
    raw = RawStems(paths, total, rate_hz)
    voices = _Bus(_dialogue(cues, rate_hz, notices))
    hits = _Bus(_effects(cues, rate_hz, notices))
    beds = _Beds(cues.ambience, total, rate_hz)
    spoken = _merged([(cue.start_s, cue.start_s + cue.duration_s) for cue in cues.dialogue])
    if cues.music:
        notices.append("The music stem is silent: this version has no composer yet.")
    with (
        paths["dialogue"].open("wb") as dialogue,
        paths["ambience"].open("wb") as ambient,
        paths["effects"].open("wb") as single,
    ):
        for begin, end in raw.blocks():
            edges = _edges(begin, end, total, rate_hz)
            (voices.read(begin, end) * edges).tofile(dialogue)
            (hits.read(begin, end) * edges).tofile(single)
            ducked = beds.read(begin, end) * _ducking(spoken, begin, end, rate_hz)[:, None]
            (ducked * edges).astype(np.float32).tofile(ambient)
    return raw


class _Bus:
    """Sounds with a beginning and an end, summed block by block."""

    def __init__(self, sounds: Sequence[_Sound]) -> None:
        self._waiting = sorted(sounds, key=lambda sound: sound.start, reverse=True)
        self._sounding: list[tuple[int, Stereo]] = []

    def read(self, begin: int, end: int) -> Stereo:
        out = np.zeros((end - begin, 2), np.float32)
        while self._waiting and self._waiting[-1].start < end:
            sound = self._waiting.pop()
            self._sounding.append((sound.start, sound.make()))
        for start, samples in self._sounding:
            first, last = max(begin, start), min(end, start + len(samples))
            if first < last:
                out[first - begin : last - begin] += samples[first - start : last - start]
        self._sounding = [(start, samples) for start, samples in self._sounding if start + len(samples) > end]
        return out


class _Beds:
    """The places' own sound, each fading into the next around the cut."""

    def __init__(self, cues: Sequence[AmbienceCue], total: int, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._half = round(_CROSSFADE_S * rate_hz / 2)
        self._spans: list[tuple[int, int, AmbienceCue]] = []
        for cue in sorted(cues, key=lambda cue: cue.start_s):
            start, end = round(cue.start_s * rate_hz) - self._half, round(cue.end_s * rate_hz) + self._half
            if end > 0 and start < total and cue.end_s > cue.start_s:
                self._spans.append((start, end, cue))
        self._layers: dict[int, Layer] = {}

    def read(self, begin: int, end: int) -> Stereo:
        out = np.zeros((end - begin, 2), np.float32)
        for index, (start, stop, cue) in enumerate(self._spans):
            first, last = max(begin, start), min(end, stop)
            if stop <= begin:
                self._layers.pop(index, None)
            elif first < last:
                layer = self._layers.get(index)
                if layer is None:
                    layer = self._layers[index] = ambience.bed(cue, self._rate_hz)
                at = np.arange(first, last)
                opening = np.clip((at - start) / (2 * self._half), 0, 1)
                closing = np.clip((stop - at) / (2 * self._half), 0, 1)
                gain = (np.sin(opening * np.pi / 2) * np.sin(closing * np.pi / 2)).astype(np.float32)
                out[first - begin : last - begin] += layer.read(last - first) * gain[:, None]
        return out


def _dialogue(cues: CueSheet, rate_hz: int, notices: list[str]) -> list[_Sound]:
    sounds = []
    for cue in cues.dialogue:
        if not cue.path.is_file():
            notices.append(f"{cue.speaker} is not heard at {cue.start_s:.1f} s: {cue.path.name} is missing.")
            continue
        room = _room_at(cues, cue.start_s + cue.duration_s / 2)
        sounds.append(
            _Sound(round(cue.start_s * rate_hz), lambda cue=cue, room=room: _line(cue, room, rate_hz, notices))  # type: ignore[misc]
        )
    return sounds


def _line(cue: DialogueCue, room: Room, rate_hz: int, notices: list[str]) -> Stereo:
    try:
        clip, clip_hz = soundfile.read(cue.path, dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError) as error:
        notices.append(f"{cue.speaker} is not heard at {cue.start_s:.1f} s: {cue.path.name} cannot be read ({error}).")
        return np.zeros((0, 2), np.float32)
    mono = clip.mean(axis=1)[: round((cue.duration_s + _CUT_FADE_S) * clip_hz)]
    if len(mono) < 32:
        return np.zeros((0, 2), np.float32)
    if len(mono) < len(clip):
        mono = fade(mono, clip_hz, 0.0, _CUT_FADE_S)
    shared = math.gcd(rate_hz, clip_hz)
    mono = signal.resample_poly(mono, rate_hz // shared, clip_hz // shared).astype(np.float32)
    placed = voice(mono, rate_hz, heard=cue.heard, distance_m=cue.distance_m, pan=cue.pan, room=room)
    return placed * np.float32(10.0 ** (_VOICE_GAIN_DB / 20.0))


def _effects(cues: CueSheet, rate_hz: int, notices: list[str]) -> list[_Sound]:
    sounds, unknown = [], set[str]()
    for cue in cues.effects:
        kind = effects.find(cue.name)
        if kind is None:
            if cue.name not in unknown:
                notices.append(f"No sound is known for '{cue.name}' at {cue.start_s:.1f} s; it is left out.")
            unknown.add(cue.name)
            continue
        room = _room_at(cues, cue.start_s)

        def make(cue=cue, kind=kind, room=room) -> Stereo:  # type: ignore[no-untyped-def]
            dry = effects.sound(kind, rate_hz, seed=cue.seed, duration_s=cue.duration_s)
            dry = dry * np.float32(10.0 ** (cue.gain_db / 20.0))
            return at_distance(dry, rate_hz, cue.distance_m, cue.pan, room)

        sounds.append(_Sound(round(cue.start_s * rate_hz), make))
    return sounds


def _room_at(cues: CueSheet, time_s: float) -> Room:
    for cue in cues.ambience:
        if cue.start_s <= time_s < cue.end_s:
            return room_of(cue.place_kind, cue.interior)
    return "soft"


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Joins spans that are too near for the duck to come up between them."""
    out: list[tuple[float, float]] = []
    for start_s, end_s in sorted(spans):
        if out and start_s - out[-1][1] < _DUCK_AHEAD_S + _DUCK_ATTACK_S + _DUCK_HOLD_S + _DUCK_RELEASE_S:
            out[-1] = (out[-1][0], max(out[-1][1], end_s))
        else:
            out.append((start_s, end_s))
    return out


def _ducking(spoken: Sequence[tuple[float, float]], begin: int, end: int, rate_hz: int) -> NDArray[np.float32]:
    """The gain of everything under the voice: down before a line begins, up again after it has ended."""
    time_s = np.arange(begin, end) / rate_hz
    depth = np.zeros(end - begin)
    for start_s, end_s in spoken:
        down_s, up_s = start_s - _DUCK_AHEAD_S - _DUCK_ATTACK_S, end_s + _DUCK_HOLD_S
        if up_s + _DUCK_RELEASE_S < time_s[0] or down_s > time_s[-1]:
            continue
        ramp = np.minimum((time_s - down_s) / _DUCK_ATTACK_S, (up_s + _DUCK_RELEASE_S - time_s) / _DUCK_RELEASE_S)
        ramp = np.clip(ramp, 0.0, 1.0)
        depth = np.maximum(depth, ramp * ramp * (3.0 - 2.0 * ramp))
    gain: NDArray[np.float32] = (10.0 ** (_DUCK_DB * depth / 20.0)).astype(np.float32)
    return gain


def _edges(begin: int, end: int, total: int, rate_hz: int) -> NDArray[np.float32]:
    """Fades what sounds when the film begins or ends: neither clicks."""
    at = np.arange(begin, end)
    near = np.minimum(at, total - at) / (_CUT_FADE_S * rate_hz)
    return np.clip(near, 0.0, 1.0).astype(np.float32)[:, None]


def _key(cues: CueSheet, rate_hz: int, loudness_lufs: float, ceiling_dbtp: float) -> str:
    """A tagged hash of the cues, of what the voices' files hold, and of how they are mixed."""
    sheet = asdict(cues)
    for line in sheet["dialogue"]:
        path: Path = line.pop("path")
        line["sound"] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    tagged = ["mix", _VERSION, ambience.VERSION, effects.VERSION, rate_hz, loudness_lufs, ceiling_dbtp, sheet]
    return hashlib.sha256(json.dumps(tagged, sort_keys=True).encode()).hexdigest()


def _keep(folder: Path, made: Mix) -> None:
    held = {
        **{k: v for k, v in asdict(made).items() if k not in {"path", "stems"}},
        "integrated_lufs": made.integrated_lufs if math.isfinite(made.integrated_lufs) else None,
        "true_peak_dbtp": made.true_peak_dbtp if math.isfinite(made.true_peak_dbtp) else None,
        "bytes": {name: (folder / f"{name}.wav").stat().st_size for name in ("mix", *STEMS)},
    }
    partial = folder / ".mix.json.part"
    partial.write_text(json.dumps(held, indent=1, ensure_ascii=False), encoding="utf-8")
    partial.replace(folder / "mix.json")


def _read(folder: Path, key: str) -> Mix | None:
    """Returns the mix that `folder` holds of these very cues, if it is whole."""
    try:
        held = json.loads((folder / "mix.json").read_text(encoding="utf-8"))
        if held["key"] != key:
            return None
        if any((folder / f"{name}.wav").stat().st_size != size for name, size in held.pop("bytes").items()):
            return None
        held["notices"] = tuple(held["notices"])
        for figure in ("integrated_lufs", "true_peak_dbtp"):
            held[figure] = -math.inf if held[figure] is None else held[figure]
        stems = Stems(**{name: folder / f"{name}.wav" for name in STEMS})
        return Mix(path=folder / "mix.wav", stems=stems, **held)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
