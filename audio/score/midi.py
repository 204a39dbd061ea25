"""Writes a piece as a MIDI file that a composer can open and play on instruments of their own: format 1, by mido.

A track for each part, named, with its General MIDI program; the tempo bends where the piece's bars do; swells are
expression (CC 11). It reads nothing and plays nothing.
"""

from __future__ import annotations

import itertools
import math
import os
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import mido

from audio.errors import SoundError
from audio.score.piece import Mode, Note, Part, Piece

__all__ = ["CHANNELS", "PROGRAMS", "TICKS_A_BEAT", "expression", "write_midi"]

TICKS_A_BEAT = 960
PROGRAMS: Mapping[Part, int] = {
    "violins": 48, "violas": 48, "cellos": 48, "basses": 43, "piano": 0, "harp": 46, "horns": 60, "low_brass": 57,
    "flute": 73, "clarinet": 71, "bells": 8, "pad": 89, "pulse": 39, "percussion": 0,
}  # fmt: skip
_DRUMS = 9  # General MIDI's channel of percussion, counted from 0
CHANNELS: Mapping[Part, int] = {
    "percussion": _DRUMS,
    **dict(
        zip(
            (part for part in get_args(Part) if part != "percussion"),
            (c for c in range(16) if c != _DRUMS),
            strict=False,
        )
    ),
}
_SWELL_EACH_S = 0.08
_MAJOR = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR = ("Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm")
# How far a mode's tonic lies above that of the major scale with the same signature.
_DEGREES: Mapping[Mode, int] = {
    "ionian": 0, "dorian": 2, "phrygian": 4, "lydian": 5, "mixolydian": 7, "aeolian": 9, "harmonic_minor": 9,
}  # fmt: skip
_MAJOR_MODES = frozenset({"ionian", "lydian", "mixolydian"})


def write_midi(piece: Piece, path: Path) -> None:
    """Writes the piece to `path`; its notes lie within a tick of where they were written.

    Raises:
        SoundError: the file cannot be written.
    """
    ruler = _Ruler(piece)
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_A_BEAT, charset="utf-8")
    file.tracks.append(_track(piece.title or "score", _conducted(piece, ruler)))
    for part in get_args(Part):
        notes = [note for note in piece.notes if note.part == part]
        if notes:
            file.tracks.append(_track(part.replace("_", " "), _played(part, notes, piece, ruler)))
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file.save(str(partial))
        partial.replace(path)
    except OSError as error:
        raise SoundError(f"{path}: the score cannot be written ({error}). Fix: free some disk space.") from error
    finally:
        partial.unlink(missing_ok=True)


def expression(piece: Piece, part: Part) -> list[tuple[float, int]]:
    """Returns a part's swells as (time in s, CC 11), each value once; 127 is the loudest that any part comes to.

    General MIDI's law: a level of `value` lies 40 · log10(value / 127) dB under full.
    """
    points = piece.swells.get(part, ())
    if not points:
        return []
    top_db = max(db for swell in piece.swells.values() for _, db in swell)
    times = sorted({time_s for time_s, _ in points} | set(_steps(points[0][0], points[-1][0])))
    made: list[tuple[float, int]] = []
    for time_s in times:
        db = _between(points, time_s) - top_db
        value = max(1, min(127, round(127.0 * 10.0 ** (db / 40.0))))
        if not made or made[-1][1] != value:
            made.append((max(0.0, time_s), value))
    return made


class _Ruler:
    """Seconds to ticks, by bars; a bar's tempo is rounded as the file does, and the next bar makes up for it."""

    def __init__(self, piece: Piece) -> None:
        bars = [time_s for time_s in piece.bars_s if time_s >= 0.0]
        beats = piece.beats_a_bar
        self.beats_a_quarter = 2 if beats == 6 else 1  # six to a bar are eighths
        self.meters: list[tuple[int, int]] = []  # (tick, beats)
        self.tempos: list[tuple[int, int]] = []  # (tick, microseconds a quarter)
        self._times_s, self._ticks = [0.0], [0]
        if len(bars) < 2:
            bars = [0.0, 60.0 / 100.0 * beats]
        if bars[0] > 1e-3:  # an upbeat
            self._bar(bars[0], max(1, round(bars[0] / (bars[1] - bars[0]) * beats)))
        for time_s in bars[1:]:
            self._bar(time_s, beats)
        while self._times_s[-1] < piece.duration_s:
            self._bar(2.0 * self._times_s[-1] - self._times_s[-2], beats)

    def _bar(self, end_s: float, beats: int) -> None:
        tick, begin_s = self._ticks[-1], self._times_s[-1]
        tempo = max(1, min(0xFFFFFF, round((end_s - begin_s) * 1e6 / beats * self.beats_a_quarter)))
        if not self.tempos or self.tempos[-1][1] != tempo:
            self.tempos.append((tick, tempo))
        if not self.meters or self.meters[-1][1] != beats:
            self.meters.append((tick, beats))
        self._ticks.append(tick + beats * TICKS_A_BEAT // self.beats_a_quarter)
        self._times_s.append(begin_s + beats * tempo / 1e6 / self.beats_a_quarter)

    def tick(self, time_s: float) -> int:
        bar = max(0, min(len(self._times_s) - 2, bisect_right(self._times_s, time_s) - 1))
        begin_s, end_s = self._times_s[bar : bar + 2]
        begin, end = self._ticks[bar : bar + 2]
        return max(0, round(begin + (time_s - begin_s) / (end_s - begin_s) * (end - begin)))


# (tick, rank among those of one tick, what)
_Event = tuple[int, int, mido.Message | mido.MetaMessage]


def _conducted(piece: Piece, ruler: _Ruler) -> list[_Event]:
    parent = (piece.tonic - _DEGREES[piece.mode]) % 12
    key = _MAJOR[parent] if piece.mode in _MAJOR_MODES else _MINOR[(parent + 9) % 12]
    events: list[_Event] = [(0, 0, mido.MetaMessage("key_signature", key=key))]
    events += [
        (tick, 1, mido.MetaMessage("time_signature", numerator=beats, denominator=4 * ruler.beats_a_quarter))
        for tick, beats in ruler.meters
    ]
    events += [(tick, 2, mido.MetaMessage("set_tempo", tempo=tempo)) for tick, tempo in ruler.tempos]
    return events


def _played(part: Part, notes: list[Note], piece: Piece, ruler: _Ruler) -> list[_Event]:
    channel = CHANNELS[part]
    events: list[_Event] = [(0, 0, mido.Message("program_change", channel=channel, program=PROGRAMS[part]))]
    for time_s, value in expression(piece, part):
        events.append((ruler.tick(time_s), 2, mido.Message("control_change", channel=channel, control=11, value=value)))
    again: dict[int, int] = {}  # where a pitch next begins: a key that is down cannot be struck
    for note in sorted(notes, key=lambda note: note.start_s, reverse=True):
        pitch = max(0, min(127, note.pitch))
        begin = ruler.tick(note.start_s)
        end = max(begin + 1, min(ruler.tick(note.start_s + note.duration_s), again.get(pitch, begin + (1 << 30))))
        again[pitch] = begin
        velocity = max(1, min(127, round(127 * note.velocity)))
        events.append((begin, 3, mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)))
        events.append((end, 1, mido.Message("note_off", channel=channel, note=pitch, velocity=64)))
    return events


def _track(name: str, events: list[_Event]) -> mido.MidiTrack:
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=name, time=0)])
    last = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - last))
        last = tick
    track.append(mido.MetaMessage("end_of_track", time=0))
    return track


def _steps(begin_s: float, end_s: float) -> list[float]:
    return [begin_s + k * _SWELL_EACH_S for k in range(math.ceil((end_s - begin_s) / _SWELL_EACH_S))]


def _between(points: tuple[tuple[float, float], ...], time_s: float) -> float:
    if time_s <= points[0][0]:
        return points[0][1]
    for (begin_s, begin_db), (end_s, end_db) in itertools.pairwise(points):
        if time_s <= end_s:
            share = (time_s - begin_s) / (end_s - begin_s) if end_s > begin_s else 1.0
            return begin_db + share * (end_db - begin_db)
    return points[-1][1]
