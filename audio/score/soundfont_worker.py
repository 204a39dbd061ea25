"""Plays a MIDI file on a SoundFont by tinysoundfont, in a process of its own: see `audio.score.soundfont`.

python -I soundfont_worker.py [PACKAGES] FONT.sf2 SCORE.mid OUT.wav RATE_HZ SECONDS
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

_BLOCK = 4096
_DRUMS = 9
_GAIN_DB = -12.0  # many voices sum; the file is of floats, and levelled by who reads it


def main(font: str, score: str, wave: str, rate_hz: int, duration_s: float) -> None:
    """Writes `wave`, stereo float32, `duration_s` long."""
    import tinysoundfont

    synth = tinysoundfont.Synth(gain=_GAIN_DB, samplerate=rate_hz)
    font_id = synth.sfload(font)
    for channel in range(16):
        synth.program_select(channel, font_id, 0, 0, channel == _DRUMS)
    sequencer = tinysoundfont.Sequencer(synth)
    sequencer.midi_load(score)
    total = round(duration_s * rate_hz)
    size = total * 8
    with Path(wave).open("wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt ")
        file.write(struct.pack("<IHHIIHH", 16, 3, 2, rate_hz, rate_hz * 8, 8, 32) + b"data" + struct.pack("<I", size))
        for begin in range(0, total, _BLOCK):
            file.write(synth.generate(min(_BLOCK, total - begin)))


if __name__ == "__main__":
    *packages, font, score, wave, rate_hz, duration_s = sys.argv[1:]
    sys.path[:0] = packages
    main(font, score, wave, int(rate_hz), float(duration_s))
