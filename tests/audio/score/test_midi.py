"""The score as MIDI: read back, it is the same notes at the same times, with tempo, meter, key, programs and swells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import mido
import pytest

from audio.score.compose import compose
from audio.score.midi import CHANNELS, PROGRAMS, TICKS_A_BEAT, expression, write_midi
from audio.score.piece import Note, Piece
from tests.audio.score.playing import piece

BENDING = (0.0, 2.1, 4.05, 6.3, 8.3333)


def notes_of(path: Path) -> list[tuple[int, int, int, float, float]]:
    """(channel, pitch, velocity, start in s, duration in s), in order of their start."""
    read, time_s = [], 0.0
    down: dict[tuple[int, int], tuple[float, int]] = {}
    for message in mido.MidiFile(path, charset="utf-8"):
        time_s += message.time
        if message.type == "note_on" and message.velocity:
            assert (message.channel, message.note) not in down, "a key is struck that is down"
            down[message.channel, message.note] = (time_s, message.velocity)
        elif message.type in {"note_on", "note_off"}:
            start_s, velocity = down.pop((message.channel, message.note))
            read.append((message.channel, message.note, velocity, start_s, time_s - start_s))
    assert not down
    return sorted(read, key=lambda note: note[3])


def test_read_back_it_is_the_same_notes_within_a_tick_though_the_tempo_bends(tmp_path: Path) -> None:
    notes = [
        Note(
            round(0.37 * k, 3), 0.3 + 0.05 * (k % 4), ("violins", "piano", "percussion")[k % 3], 50 + k, 0.2 + 0.03 * k
        )
        for k in range(24)
    ]
    write_midi(piece(notes, 10.0, bars_s=BENDING), tmp_path / "score.mid")
    read = notes_of(tmp_path / "score.mid")
    tick_s = 2.25 / 4 / TICKS_A_BEAT  # of the slowest bar
    assert len(read) == len(notes)
    for note, (channel, pitch, velocity, start_s, duration_s) in zip(notes, read, strict=True):
        assert (channel, pitch, velocity) == (CHANNELS[note.part], note.pitch, round(127 * note.velocity))
        assert abs(start_s - note.start_s) <= tick_s
        assert abs(duration_s - note.duration_s) <= 2 * tick_s


def test_bar_lines_key_meter_names_and_programs_are_written(tmp_path: Path) -> None:
    notes = [Note(0.0, 1.0, part, 60, 0.5) for part in PROGRAMS]
    written = replace(piece(notes, 8.0, bars_s=BENDING), title="1m1 夜", beats_a_bar=3)
    write_midi(written, tmp_path / "score.mid")
    file = mido.MidiFile(tmp_path / "score.mid", charset="utf-8")
    assert [track.name for track in file.tracks] == ["1m1 夜", *(part.replace("_", " ") for part in CHANNELS_IN_ORDER)]
    conducted = {message.type: message for message in reversed(file.tracks[0])}
    assert conducted["key_signature"].key == "Am"
    assert (conducted["time_signature"].numerator, conducted["time_signature"].denominator) == (3, 4)
    time_s, bars_s, tick, tempo = 0.0, [0.0], 0, 500_000
    for message in file.tracks[0]:
        tick += message.time
        while len(bars_s) * 3 * TICKS_A_BEAT <= tick:
            bars_s.append(bars_s[-1] + 3 * tempo / 1e6)
        time_s += message.time
        tempo = message.tempo if message.type == "set_tempo" else tempo
    for written_s, read_s in zip(BENDING, bars_s, strict=False):
        assert abs(written_s - read_s) < 1e-4
    programs = {m.channel: m.program for track in file.tracks for m in track if m.type == "program_change"}
    assert programs == {CHANNELS[part]: program for part, program in PROGRAMS.items()}
    assert CHANNELS["percussion"] == 9


CHANNELS_IN_ORDER = [
    "violins", "violas", "cellos", "basses", "piano", "harp", "horns", "low_brass", "flute", "clarinet", "bells",
    "pad", "pulse", "percussion",
]  # fmt: skip


@pytest.mark.parametrize(
    ("tonic", "mode", "key"),
    [(2, "dorian", "Am"), (7, "mixolydian", "C"), (0, "harmonic_minor", "Cm"), (3, "ionian", "Eb")],
)
def test_a_mode_has_the_signature_of_its_scale(tonic: int, mode: str, key: str, tmp_path: Path) -> None:
    write_midi(replace(piece([], 4.0), tonic=tonic, mode=mode), tmp_path / "score.mid")  # type: ignore[arg-type]
    file = mido.MidiFile(tmp_path / "score.mid", charset="utf-8")
    assert [message.key for message in file.tracks[0] if message.type == "key_signature"] == [key]


def test_swells_are_expression_that_falls_as_they_do() -> None:
    made = expression(piece([], 8.0, {"violins": ((0.0, -20.0), (4.0, 0.0)), "piano": ((0.0, 0.0),)}), "violins")
    values = [value for _, value in made]
    assert values == sorted(values)
    assert values[0] == round(127 * 10 ** (-20 / 40))
    assert values[-1] == 127


def test_a_pitch_struck_again_while_it_sounds_is_let_go_first(tmp_path: Path) -> None:
    write_midi(piece([Note(0.0, 3.0, "piano", 60, 0.5), Note(1.0, 1.0, "piano", 60, 0.6)], 4.0), tmp_path / "score.mid")
    (_, _, _, _, first_s), (_, _, _, start_s, second_s) = notes_of(tmp_path / "score.mid")
    assert first_s == pytest.approx(1.0, abs=0.01) == start_s
    assert second_s == pytest.approx(1.0, abs=0.01)


def test_the_same_piece_is_the_same_file(tmp_path: Path) -> None:
    from audio.cues import MusicCue

    made: Piece = compose(MusicCue(mood="tense", start_s=0, end_s=12, title="1m1"), 3)
    write_midi(made, tmp_path / "a.mid")
    write_midi(made, tmp_path / "b.mid")
    assert (tmp_path / "a.mid").read_bytes() == (tmp_path / "b.mid").read_bytes()
    assert len(notes_of(tmp_path / "a.mid")) == len(made.notes)
