"""Plays a piece on our own instruments in our own hall, from notes to a stereo file, block by block.

A note is rendered once for its part, pitch, loudness and length, and kept as long as there is room; a long one is
held by going round in its middle. What is played is brought to a loudness that follows from how loudly it is written,
not from how many play, and kept under a peak of −3 dBFS. It knows nothing of the film: see `audio.score.music`.
"""

from __future__ import annotations

import math
import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

from audio.errors import SoundError
from audio.layers import Stereo, generator
from audio.loudness import LIMITER_MARGIN, LoudnessMeter, limiter_gain, oversampled_peak
from audio.score.hall import Hall
from audio.score.instruments import INSTRUMENTS, Instrument
from audio.score.instruments.drums import SWELL_S, is_cymbal
from audio.score.piece import Note, Part, Piece

__all__ = ["MEZZO_LUFS", "PEAK_DBFS", "VERSION", "play", "written_lufs"]

VERSION = 1  # of the sound: part of a cue's key
PEAK_DBFS = -3.0
_BLOCK = 1 << 17
_FORTE = 0.6  # the velocity of mezzo-forte
MEZZO_LUFS = -20.0  # of a piece written mezzo-forte
_LAYERS = 6  # of loudness that sound different; the level itself has no steps
_LENGTHS_S = (0.7, 1.5, 3.2, 7.0)  # of held notes; a longer one goes round in the last
_ROUND_S, _SEAM_S = 4.4, 0.6  # how much of it goes round, and how long its ends blend
_CACHE_BYTES = 96 << 20
_MOST_GAIN_DB, _LEAST_GAIN_DB = 9.0, -14.0
_LATE_S = 0.006  # how far apart players come in


def play(piece: Piece, path: Path, rate_hz: int = 48_000, seed: int = 0) -> None:
    """Writes the piece's sound to `path`: 24-bit stereo WAV of its very duration; the same seed, the same bytes.

    The last notes ring for as long as the piece leaves them room, and fade within it.

    Raises:
        SoundError: the piece has no length, or the file cannot be written.
    """
    total = round(piece.duration_s * rate_hz)
    if total <= 0:
        raise SoundError(f"{piece.title}: a piece of {piece.duration_s} s has no sound. Fix: give its cue a length.")
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    raw = path.with_name(f".{path.name}.{os.getpid()}.raw")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lufs = _perform(piece, raw, total, rate_hz, seed)
        gain_db = written_lufs(piece) - lufs if math.isfinite(lufs) else 0.0
        gain_db = min(_MOST_GAIN_DB, max(_LEAST_GAIN_DB, gain_db))
        _finish(raw, partial, total, rate_hz, gain_db)
        partial.replace(path)
    except (OSError, soundfile.SoundFileError) as error:
        raise SoundError(f"{path}: the music cannot be written ({error}). Fix: free some disk space.") from error
    finally:
        raw.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)


def _perform(piece: Piece, raw: Path, total: int, rate_hz: int, seed: int) -> float:
    """Plays everything into a file of float32 (total, 2) and returns its integrated loudness."""
    shelf = _Shelf(rate_hz, seed)
    notes: dict[Part, list[Note]] = {}
    for note in piece.notes:
        if note.start_s < piece.duration_s and note.duration_s > 0 and note.velocity > 0:
            notes.setdefault(note.part, []).append(note)
    players = [_Player(part, notes[part], piece, shelf, rate_hz, seed) for part in sorted(notes)]
    hall, meter = Hall(rate_hz, _BLOCK), LoudnessMeter(rate_hz)
    off = max((min(n.start_s + n.duration_s, piece.duration_s) for part in notes.values() for n in part), default=0.0)
    fade = max(1, round(min(max(piece.duration_s - off, 0.15), 2.5, piece.duration_s / 2) * rate_hz))
    with raw.open("wb") as file:
        for begin in range(0, total, _BLOCK):
            end = min(total, begin + _BLOCK)
            dry, sent = (np.zeros((end - begin, 2), np.float32) for _ in range(2))
            for player in players:
                sound = player.read(begin, end)
                if sound is not None:
                    dry += sound
                    sent += sound * player.send
            whole = dry + hall(sent)
            if end > total - fade:
                left = np.clip((total - np.arange(begin, end)) / fade, 0.0, 1.0)
                whole *= (left * left * (3.0 - 2.0 * left)).astype(np.float32)[:, None]
            meter.add(whole)
            whole.astype(np.float32, copy=False).tofile(file)
    return meter.integrated_lufs()


def written_lufs(piece: Piece) -> float:
    """Returns how loud a piece is to be, from its velocities and swells, the long and loud notes counting most."""
    if not piece.notes:
        return MEZZO_LUFS
    power = weight = 0.0
    for note in piece.notes:
        swell = piece.swells.get(note.part, ())
        times_s, levels_db = zip(*swell, strict=True) if swell else ((0.0,), (0.0,))
        swell_db = float(np.interp(note.start_s + note.duration_s / 2, times_s, levels_db))
        loud = (note.velocity / _FORTE) ** 3 * 10.0 ** (swell_db / 10.0)
        power += note.duration_s * loud * loud
        weight += note.duration_s * loud
    return max(-34.0, min(-15.0, MEZZO_LUFS + 8.0 * math.log10(power / weight)))


def _finish(raw: Path, partial: Path, total: int, rate_hz: int, gain_db: float) -> None:
    """Writes the file at its level, its peaks rounded off where they would pass the ceiling."""
    played = np.memmap(raw, np.float32, "r", shape=(total, 2))
    gain, margin = np.float32(10.0 ** (gain_db / 20.0)), LIMITER_MARGIN
    near = 10.0 ** ((PEAK_DBFS - 3.0) / 20.0)  # samples under it hide no true peak over the ceiling
    with soundfile.SoundFile(partial, "w", rate_hz, 2, subtype="PCM_24", format="WAV") as file:
        for begin in range(0, total, _BLOCK):
            end = min(total, begin + _BLOCK)
            first, last = max(0, begin - margin), min(total, end + margin)
            wide = played[first:last] * gain
            if float(np.abs(wide).max()) > near:
                padded = np.pad(wide, ((margin - (begin - first), margin - (last - end)), (0, 0)))
                limits = limiter_gain(oversampled_peak(padded), PEAK_DBFS)[margin : margin + end - begin]
                file.write(wide[begin - first : end - first] * limits[:, None])
            else:
                file.write(wide[begin - first : end - first])
    del played


class _Shelf:
    """Rendered notes, the latest used kept: memory does not grow with the piece."""

    def __init__(self, rate_hz: int, seed: int) -> None:
        self._rate_hz, self._seed, self._bytes = rate_hz, seed, 0
        self._held: OrderedDict[tuple[str, int, int, float, int], Stereo] = OrderedDict()

    def take(self, part: Part, pitch: int, velocity: float, length_s: float, turn: int) -> Stereo:
        """Returns a note (n, 2) of the part, at its layer of loudness; a long held one is made to go round."""
        instrument = INSTRUMENTS[part]
        layer = max(1, min(_LAYERS, round(velocity * _LAYERS)))
        if instrument.held:
            length_s = next((each for each in _LENGTHS_S if each >= length_s), _LENGTHS_S[-1])
        elif part == "percussion" and is_cymbal(pitch) and length_s >= SWELL_S:
            length_s = round(length_s, 2)
        else:
            length_s = 0.0
        key = (part, pitch, layer, length_s, turn % instrument.turns)
        sound = self._held.pop(key, None)
        if sound is None:
            rng = generator("note", self._seed, *key[:3], f"{length_s:.2f}", key[4])
            sound = instrument.play(pitch, layer / _LAYERS, length_s, rng, self._rate_hz)
            if instrument.held and length_s == _LENGTHS_S[-1]:
                sound = self._seamless(sound)
            self._bytes += sound.nbytes
            while self._bytes > _CACHE_BYTES and self._held:
                self._bytes -= self._held.popitem(last=False)[1].nbytes
        self._held[key] = sound
        return sound

    def _seamless(self, sound: Stereo) -> Stereo:
        """Blends the end of a held note into what comes before the point that it goes back to."""
        count, seam = round(_LENGTHS_S[-1] * self._rate_hz), round(_SEAM_S * self._rate_hz)
        back = count - round(_ROUND_S * self._rate_hz)
        turn = (np.arange(seam, dtype=np.float32) / seam * np.float32(np.pi / 2))[:, None]
        sound[count - seam : count] = sound[count - seam : count] * np.cos(turn) + sound[back - seam : back] * np.sin(
            turn
        )
        return sound[:count]


@dataclass(frozen=True)
class _Sounding:
    start: int  # the sample of the piece that it begins at
    stop: int  # where the note ends and its release begins
    over: int  # where nothing of it is left
    sound: Stereo
    gain: float
    round_: int  # how many of its last samples go round; 0: none

    def add(self, out: Stereo, begin: int, end: int) -> None:
        first, last = max(begin, self.start), min(end, self.over)
        if first >= last:
            return
        at = np.arange(first - self.start, last - self.start)
        if self.round_ and last - self.start > len(self.sound):
            back = len(self.sound) - self.round_
            part = self.sound[np.where(at < len(self.sound), at, back + (at - back) % self.round_)]
        else:
            part = self.sound[first - self.start : last - self.start]
        if last > self.stop:
            left = np.clip((self.over - self.start - at) / (self.over - self.stop), 0.0, 1.0)
            shape = (left * left * (3.0 - 2.0 * left)) ** 1.5 * self.gain
            out[first - begin : last - begin] += part * shape.astype(np.float32)[:, None]
        else:
            out[first - begin : last - begin] += part * np.float32(self.gain)


class _Player:
    """One part: its notes in turn, through its body, under its swells, from its seat."""

    def __init__(self, part: Part, notes: Sequence[Note], piece: Piece, shelf: _Shelf, rate_hz: int, seed: int) -> None:
        self._part, self._shelf, self._rate_hz = part, shelf, rate_hz
        self._instrument: Instrument = INSTRUMENTS[part]
        rng = generator("players", seed, part)
        self._waiting = sorted(
            zip(notes, rng.uniform(-1.0, 1.0, len(notes)), rng.uniform(0.96, 1.04, len(notes)), strict=True),
            key=lambda each: each[0].start_s,
            reverse=True,
        )
        self._sounding: list[_Sounding] = []
        self._turn = 0
        self._duration_s = piece.duration_s
        swell = piece.swells.get(part, ())
        self._swell = np.array(swell, np.float64).T if swell else None
        self._body = np.array([_peak(*each, rate_hz) for each in self._instrument.body])
        self._body_state = np.zeros((len(self._body), 2, 2))
        self._soft = signal.butter(1, 900.0, fs=rate_hz, output="sos")
        self._soft_state = np.zeros((1, 2, 2))
        angle = (self._instrument.pan + 1.0) * np.pi / 4.0
        self._seat = (np.array([np.cos(angle), np.sin(angle)]) * np.sqrt(2.0)).astype(np.float32)
        self.send = np.float32(10.0 ** (self._instrument.hall_db / 20.0))

    def read(self, begin: int, end: int) -> Stereo | None:
        """Returns (end − begin, 2); None where the part rests, and has rested for a block."""
        while self._waiting and self._begins(self._waiting[-1]) < end:
            self._sounding.append(self._sound(*self._waiting.pop()))
        if not self._sounding:
            self._body_state[:] = self._soft_state[:] = 0.0
            return None
        out = np.zeros((end - begin, 2), np.float32)
        for each in self._sounding:
            each.add(out, begin, end)
        # One block of silence after the last note: the body's ringing is over before its state is dropped.
        self._sounding = [each for each in self._sounding if each.over > begin]
        if len(self._body):
            filtered, self._body_state = signal.sosfilt(self._body, out, axis=0, zi=self._body_state)
            out = filtered.astype(np.float32)
        if self._swell is not None:
            gain = (10.0 ** (np.interp(np.arange(begin, end) / self._rate_hz, *self._swell) / 20.0))[:, None]
            low, self._soft_state = signal.sosfilt(self._soft, out, axis=0, zi=self._soft_state)
            out = ((low + (out - low) * np.sqrt(gain)) * gain).astype(np.float32)  # softer is darker too
        placed: Stereo = out * self._seat
        return placed

    def _begins(self, waiting: tuple[Note, float, float]) -> int:
        note, late, _ = waiting
        return max(0, round((note.start_s + late * _LATE_S - self._instrument.early_s) * self._rate_hz))

    def _sound(self, note: Note, late: float, touch: float) -> _Sounding:
        instrument, rate_hz = self._instrument, self._rate_hz
        start = self._begins((note, late, touch))
        length_s = min(note.duration_s, self._duration_s - note.start_s)
        self._turn += 1
        release_s = instrument.release_s or 0.0
        sound = self._shelf.take(
            self._part, note.pitch, note.velocity, length_s + (release_s if instrument.held else 0.0), self._turn
        )
        stop = round((note.start_s + length_s) * rate_hz)
        over = stop + max(1, round(release_s * rate_hz))
        goes_round = instrument.held and len(sound) == round(_LENGTHS_S[-1] * rate_hz)
        if instrument.release_s is None or not goes_round:
            over = min(over, start + len(sound)) if instrument.release_s is not None else start + len(sound)
        level = (note.velocity / _FORTE) ** 1.5 * touch * 10.0 ** (instrument.gain_db / 20.0)
        stop = min(stop, over - 1) if instrument.release_s is not None else over
        return _Sounding(start, stop, over, sound, level, round(_ROUND_S * rate_hz) if goes_round else 0)


def _peak(hz: float, gain_db: float, q: float, rate_hz: int) -> NDArray[np.float64]:
    """One resonance as a second-order section (Bristow-Johnson's cookbook, peaking EQ)."""
    a, w = 10.0 ** (gain_db / 40.0), 2.0 * np.pi * hz / rate_hz
    alpha = math.sin(w) / (2.0 * q)
    top, low = 1.0 + alpha / a, 1.0 - alpha / a
    section = [1.0 + alpha * a, -2.0 * math.cos(w), 1.0 - alpha * a, top, -2.0 * math.cos(w), low]
    whole: NDArray[np.float64] = np.array(section) / top
    return whole
