"""Speaks one text through libespeak-ng and leaves: the only file that loads the library.

Run as `python -I -S espeak_worker.py`, one process for one text, because the library keeps state between
texts (the second is not byte-identical to the same text spoken first) and crashes under threads. It
imports nothing but the standard library and none of this project.

Standard input is one JSON object: `library`, `data` (null for the library's own), `voice`, `rate`, `pitch`,
`range`, `gap` (in 10 ms), `text` and whether that is `ssml`. Standard output is one line of JSON (`version`, `data`,
`rate_hz`, `words` as [position, sample], `phonemes` as [ipa, sample]) followed by 16-bit little-endian mono samples.
Without a `text` it only says its version. A failure is one line on standard error and exit code 3.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

_RETRIEVAL = 2  # samples come to the callback
_PHONEME_EVENTS_IN_IPA = 0x0001 | 0x0002
_DONT_EXIT = 0x8000
_UTF8 = 1
_SSML = 0x10
_POSITION_CHARACTER = 1
_RATE, _PITCH, _RANGE, _GAP = 1, 3, 4, 7
_WORD, _PHONEME = 1, 7


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


def _fail(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.exit(3)


def main() -> None:
    """Reads the request, speaks it and writes the answer."""
    ask: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    library = ctypes.CDLL(ask["library"])
    library.espeak_Info.restype = ctypes.c_char_p
    data = ask["data"].encode() if ask["data"] else None
    rate_hz = library.espeak_Initialize(_RETRIEVAL, 0, data, _PHONEME_EVENTS_IN_IPA | _DONT_EXIT)
    if rate_hz <= 0:
        _fail(f"espeak-ng found no data in {ask['data']!r}")
    # The library seeds its breath noise with the clock: undo that, so that a line is always the same bytes.
    if hasattr(library, "espeak_ng_SetRandSeed"):
        library.espeak_ng_SetRandSeed(ctypes.c_long(1))
    found = ctypes.c_char_p()
    version = library.espeak_Info(ctypes.byref(found)).decode(errors="replace").split()[0]

    samples = bytearray()
    words: list[tuple[int, int]] = []
    phonemes: list[tuple[str, int]] = []

    def take(wave: Any, count: int, events: Any) -> int:
        if wave and count:
            samples.extend(ctypes.string_at(wave, count * 2))
        index = 0
        while events[index].type:
            event = events[index]
            if event.type == _WORD:
                words.append((event.text_position - 1, event.sample))
            elif event.type == _PHONEME:
                phonemes.append((event.id.string.decode(errors="ignore"), event.sample))
            index += 1
        return 0

    if ask.get("text"):
        callback = _Callback(take)  # kept alive until the last sample came
        library.espeak_SetSynthCallback(callback)
        if library.espeak_SetVoiceByName(ask["voice"].encode()):
            _fail(f"espeak-ng has no voice {ask['voice']!r}")
        settings = ((_RATE, ask["rate"]), (_PITCH, ask["pitch"]), (_RANGE, ask["range"]), (_GAP, ask.get("gap", 0)))
        for parameter, value in settings:
            library.espeak_SetParameter(parameter, value, 0)
        text = ask["text"].encode()
        flags = _UTF8 | (_SSML if ask.get("ssml") else 0)
        if library.espeak_Synth(text, len(text) + 1, 0, _POSITION_CHARACTER, 0, flags, None, None):
            _fail("espeak-ng refused the text")
        library.espeak_Synchronize()

    data_path = (found.value or b"").decode(errors="replace")
    head = {"version": version, "data": data_path, "rate_hz": rate_hz, "words": words, "phonemes": phonemes}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + bytes(samples))


if __name__ == "__main__":
    main()
