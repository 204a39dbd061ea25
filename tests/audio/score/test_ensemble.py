"""The ensemble as a whole: the same bytes, in time, at its level, without a click, silent when the piece is over."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from audio.errors import SoundError
from audio.score import ensemble
from audio.score.ensemble import PEAK_DBFS, play
from audio.score.hall import Hall, impulse
from audio.score.piece import Note, Part
from tests.audio.score.playing import RATE, centroid_hz, db, lufs, piece, read


def chords(duration_s: float, velocity: float = 0.6) -> list[Note]:
    notes = []
    for bar, (low, *high) in enumerate([(45, 57, 60, 64), (41, 57, 60, 65)] * 20):
        if bar * 2.0 >= duration_s - 2.0:
            break
        notes.append(Note(bar * 2.0, 2.0, "cellos", low, velocity))
        notes += [Note(bar * 2.0, 1.9, "violins", pitch + 12, velocity) for pitch in high]
        notes += [Note(bar * 2.0 + k * 0.5, 0.4, "piano", high[k % 3], velocity) for k in range(4)]
        notes.append(Note(bar * 2.0, 0.5, "percussion", 36, velocity))
    return notes


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    written = piece(chords(5.0), 5.0)
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        play(written, tmp_path / f"{name}.wav", RATE, seed)
    a, b, c = (hashlib.sha256((tmp_path / f"{name}.wav").read_bytes()).hexdigest() for name in "abc")
    assert a == b != c
    assert {path.name for path in tmp_path.iterdir()} == {"a.wav", "b.wav", "c.wav"}, "scratch is left over"


def test_mezzo_forte_is_at_its_level_and_under_the_ceiling_however_many_play(tmp_path: Path) -> None:
    full, few = piece(chords(8.0), 8.0), piece([Note(k * 1.0, 1.0, "flute", 72 + k, 0.6) for k in range(6)], 8.0)
    loud = piece(chords(8.0, 1.0), 8.0)
    for name, written in (("full", full), ("few", few), ("loud", loud)):
        play(written, tmp_path / f"{name}.wav")
    made = {name: read(tmp_path / f"{name}.wav") for name in ("full", "few", "loud")}
    assert abs(lufs(made["full"]) + 20.0) < 1.0
    assert abs(lufs(made["few"]) + 20.0) < 1.5
    assert lufs(made["loud"]) > lufs(made["full"]) + 2.5
    for samples in made.values():
        assert len(samples) == 8 * RATE
        assert np.abs(samples).max() <= 10 ** (PEAK_DBFS / 20) + 1e-4


def test_notes_sound_when_they_are_written(tmp_path: Path) -> None:
    for part, pitch, most_s in (("piano", 60, 0.015), ("percussion", 41, 0.015), ("clarinet", 67, 0.06)):
        play(piece([Note(1.5, 0.5, part, pitch, 0.8)], 4.0), tmp_path / "one.wav")  # type: ignore[arg-type]
        envelope = np.abs(read(tmp_path / "one.wav")).max(axis=1)
        onset_s = float(np.argmax(envelope > 0.3 * envelope.max())) / RATE
        assert abs(onset_s - 1.5) < most_s, part
        assert envelope[: round(1.45 * RATE)].max() < 1e-4


@pytest.mark.parametrize("part", ["violins", "pad", "horns", "flute", "piano", "pulse"])
def test_no_note_clicks_where_it_begins_or_ends_or_goes_round(part: Part, tmp_path: Path) -> None:
    """Between overtones that end at 1 kHz there is nothing up high but what an edge would throw there."""
    length_s = 13.0 if part in {"violins", "pad"} else 2.3
    written = piece([Note(0.3, length_s, part, 40, 0.2), Note(0.9, 0.21, part, 45, 0.2)], length_s + 2.0)
    play(written, tmp_path / "held.wav")
    samples = read(tmp_path / "held.wav")
    jumps = np.abs(np.diff(samples, n=2, axis=0)).max(axis=1)
    assert jumps.max() < 0.02
    loudest = np.array([jumps[k : k + 480].max() for k in range(0, len(jumps) - 480, 480)])
    assert loudest.max() < (14 if part != "piano" else 40) * np.median(loudest[loudest > 1e-5])
    assert abs(samples[-1]).max() < 1e-4
    assert np.abs(samples[0]).max() < 1e-3


def test_a_long_note_goes_round_without_a_hole(tmp_path: Path) -> None:
    play(piece([Note(0.0, 20.0, "cellos", pitch, 0.6) for pitch in (45, 52, 57)], 22.0), tmp_path / "long.wav")
    samples = read(tmp_path / "long.wav")
    levels = [db(samples[k : k + RATE // 2]) for k in range(RATE, 20 * RATE, RATE // 2)]
    assert max(levels) - min(levels) < 7.0


def test_the_last_notes_have_the_room_that_they_are_left(tmp_path: Path) -> None:
    ringing, cut = ([Note(0.0, off_s, "violins", 69, 0.7), Note(0.0, off_s, "piano", 57, 0.7)] for off_s in (3.0, 6.0))
    for name, notes in (("ringing", ringing), ("cut", cut)):
        play(piece(notes, 6.0), tmp_path / f"{name}.wav")
    rings, stops = read(tmp_path / "ringing.wav"), read(tmp_path / "cut.wav")
    falls = [db(rings[round(a * RATE) : round((a + 0.4) * RATE)]) for a in (2.5, 3.6, 4.4, 5.2)]
    assert falls == sorted(falls, reverse=True)
    assert falls[1] > falls[0] - 32, "the hall rings on"
    assert db(rings[-2400:]) < -75
    assert db(stops[round(5.5 * RATE) : round(5.8 * RATE)]) > -35, "a piece that plays to its end is not faded away"
    assert np.abs(stops[-1]).max() < 1e-3


def test_a_swell_changes_level_and_brightness(tmp_path: Path) -> None:
    notes = [Note(0.0, 5.9, "violins", 69, 0.6)]
    play(piece(notes, 6.0, {"violins": ((0.0, -18.0), (5.0, 0.0))}), tmp_path / "swell.wav")
    samples = read(tmp_path / "swell.wav")
    soft, loud = samples[RATE : 2 * RATE], samples[round(4.5 * RATE) : round(5.5 * RATE)]
    assert 9.0 < db(loud) - db(soft) < 17.0
    assert centroid_hz(loud) > 1.15 * centroid_hz(soft)


def test_sections_sit_apart_and_survive_in_mono(tmp_path: Path) -> None:
    for part, left in (("violins", True), ("cellos", False)):
        play(piece([Note(0.0, 3.0, part, 57, 0.6)], 4.0), tmp_path / "seat.wav")  # type: ignore[arg-type]
        samples = read(tmp_path / "seat.wav")
        assert (db(samples[:, 0]) - db(samples[:, 1]) > 1.5) == left
        assert db(samples.mean(axis=1)) > db(samples) - 3.0


def test_the_hall_is_the_same_in_any_blocks_and_high_tones_die_first() -> None:
    noise = np.random.Generator(np.random.PCG64(1)).standard_normal((30_000, 2)).astype(np.float32)
    whole = Hall(RATE, 30_000)(noise)
    pieces = Hall(RATE, 8192)
    parts = np.concatenate([pieces(noise[k : k + 8192]) for k in range(0, 30_000, 8192)])
    assert np.abs(whole - parts).max() < 1e-3 * np.abs(whole).max()
    answer = impulse(RATE)
    assert centroid_hz(answer[: RATE // 4]) > 1.5 * centroid_hz(answer[RATE : 2 * RATE])
    assert np.abs(answer[: round(0.015 * RATE)]).max() == 0.0, "the hall answers after the sound"
    assert np.corrcoef(answer.T)[0, 1] < 0.3


def test_long_music_takes_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes are dropped when there is no room, and played again the same."""
    written = piece(chords(6.0), 6.0)
    play(written, tmp_path / "roomy.wav")
    monkeypatch.setattr(ensemble, "_CACHE_BYTES", 1 << 20)
    play(written, tmp_path / "tight.wav")
    assert (tmp_path / "roomy.wav").read_bytes() == (tmp_path / "tight.wav").read_bytes()


def test_an_empty_piece_is_silence_and_one_without_length_an_error(tmp_path: Path) -> None:
    play(piece([], 1.0), tmp_path / "silent.wav")
    assert np.abs(read(tmp_path / "silent.wav")).max() == 0.0
    with pytest.raises(SoundError, match="length"):
        play(piece([], 0.0, bars_s=(0.0, 2.0)), tmp_path / "none.wav")
