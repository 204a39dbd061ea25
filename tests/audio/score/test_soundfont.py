"""A SoundFont, written here by hand, played in a process of its own where there is a program that plays one."""

from __future__ import annotations

import importlib.util
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest

from audio.errors import SoundError
from audio.score.piece import Note
from audio.score.soundfont import Soundfont, open_soundfont
from tests.audio.score.playing import RATE, cents_off, lufs, piece, read

PLAYERS = [name for name in ("fluidsynth",) if shutil.which(name)]
PLAYERS += ["tinysoundfont"] if importlib.util.find_spec("tinysoundfont") else []


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _name(text: str) -> bytes:
    return text.encode().ljust(20, b"\0")


def write_font(path: Path) -> None:
    """One preset, one instrument, one looped sine at middle A (SoundFont 2.01)."""
    period = 48_000 / 440
    samples = (0.5 * 32767 * np.sin(2 * np.pi * np.arange(4800) / period)).astype("<i2").tobytes() + b"\0" * 92
    info = _chunk(b"ifil", struct.pack("<HH", 2, 1)) + _chunk(b"isng", b"EMU8000\0") + _chunk(b"INAM", b"tiny\0\0")
    generators = struct.pack("<HHHH", 54, 1, 53, 0)  # it goes round; its sample is the first
    pdta = b"".join(
        (
            _chunk(b"phdr", _name("tone") + struct.pack("<HHHIII", 0, 0, 0, 0, 0, 0)
                   + _name("EOP") + struct.pack("<HHHIII", 0, 0, 1, 0, 0, 0)),
            _chunk(b"pbag", struct.pack("<HHHH", 0, 0, 1, 0)),
            _chunk(b"pmod", b"\0" * 10),
            _chunk(b"pgen", struct.pack("<HHHH", 41, 0, 0, 0)),
            _chunk(b"inst", _name("tone") + struct.pack("<H", 0) + _name("EOI") + struct.pack("<H", 1)),
            _chunk(b"ibag", struct.pack("<HHHH", 0, 0, 2, 0)),
            _chunk(b"imod", b"\0" * 10),
            _chunk(b"igen", generators + b"\0" * 4),
            _chunk(b"shdr", _name("a") + struct.pack("<IIIIIBbHH", 0, 4800, 1200, 3600, 48_000, 69, 0, 0, 1)
                   + _name("EOS") + b"\0" * 26),
        )
    )  # fmt: skip
    lists = b"".join(
        _chunk(b"LIST", kind + data)
        for kind, data in ((b"INFO", info), (b"sdta", _chunk(b"smpl", samples)), (b"pdta", pdta))
    )
    path.write_bytes(_chunk(b"RIFF", b"sfbk" + lists))


@pytest.mark.skipif(not PLAYERS, reason="neither fluidsynth nor tinysoundfont is installed")
@pytest.mark.parametrize("program", PLAYERS)
def test_a_soundfont_plays_the_piece_in_tune_at_our_level(program: str, tmp_path: Path) -> None:
    write_font(tmp_path / "tiny.sf2")
    font = Soundfont(tmp_path / "tiny.sf2", "0", shutil.which(program) or program)
    font.play(piece([Note(0.5, 2.0, "violins", 69, 0.6)], 3.0), tmp_path / "played.wav", RATE)
    samples = read(tmp_path / "played.wav")
    assert len(samples) == 3 * RATE
    assert abs(cents_off(samples[RATE : 2 * RATE], 440.0)) < 5
    assert abs(lufs(samples) + 20.0) < 2.0
    assert np.abs(samples[: round(0.45 * RATE)]).max() < 1e-3
    assert np.abs(samples[-1]).max() < 1e-3


def test_a_player_that_fails_or_writes_nothing_is_one_sentence(tmp_path: Path) -> None:
    write_font(tmp_path / "tiny.sf2")
    written = piece([Note(0.0, 1.0, "piano", 60, 0.5)], 2.0)
    for program, said in ((shutil.which("true"), "cannot be played"), (str(tmp_path / "none"), "cannot be started")):
        assert program is not None
        with pytest.raises(SoundError, match=said):
            Soundfont(tmp_path / "tiny.sf2", "0", program).play(written, tmp_path / "x.wav", RATE)
    assert [path.name for path in tmp_path.iterdir()] == ["tiny.sf2"], "scratch is left over"


def test_a_file_that_is_not_there_is_a_notice(tmp_path: Path) -> None:
    told: list[str] = []
    assert open_soundfont(tmp_path / "none.sf2", told.append) is None
    assert "none.sf2" in told[0]
    assert "our own ensemble plays instead" in told[0]
