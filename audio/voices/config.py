"""Which voice engine speaks, as one string of the command line.

    espeak                                    clear, flat scratch voices; the default
    tones                                     murmurs
    kokoro:FOLDER                             a Kokoro model: an .onnx, its voices, config.json
    piper:FILE.onnx or piper:FOLDER           Piper voices, each an .onnx with its .onnx.json
    endpoint:URL#model=NAME&voices=A,B        a server that speaks as OpenAI's does, by the URL's `/audio/speech`
    endpoint:URL#model=NAME&voices=FILE.yaml  the same, its voices described (see `audio.voices.roster`)

A key is never part of it: it is handed to `open_voices`. Reading opens no file and asks no server.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import parse_qsl, urlsplit

from audio.errors import SoundError

__all__ = ["VoicesConfig", "read_voices"]

EngineName = Literal["espeak", "tones", "kokoro", "piper", "endpoint"]
_OPENAI_VOICES = ("alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse")
_FORMS = {
    "kokoro": "kokoro:FOLDER, which holds a Kokoro .onnx, its voices and config.json",
    "piper": "piper:FILE.onnx or piper:FOLDER",
    "endpoint": "endpoint:https://SERVER/v1#model=NAME&voices=NAME,NAME",
}


@dataclass(frozen=True, kw_only=True)
class VoicesConfig:
    """Which engine speaks. Holds no key."""

    engine: EngineName = "espeak"
    path: Path | None = None  # of kokoro's folder, piper's file or folder
    url: str = ""  # of an endpoint, as far as `/v1`
    model: str = ""  # of an endpoint
    voices: tuple[str, ...] = ()  # names that an endpoint knows
    roster: Path | None = None  # a file that describes them instead

    @property
    def online(self) -> bool:
        """Whether lines are sent over a network."""
        return self.engine == "endpoint"


def read_voices(text: str) -> VoicesConfig:
    """Reads the string that the command line gives.

    Raises:
        SoundError: it is none of the forms above.
    """
    name, _, rest = text.strip().partition(":")
    names: tuple[str, ...] = get_args(EngineName)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        fix = f"write '{near[0]}'" if near else f"take one of {', '.join(names)}"
        raise SoundError(f"There is no voice engine '{name}'. Fix: {fix}.")
    if name in _FORMS and not rest:
        raise SoundError(f"The voice engine '{name}' lacks where it is. Fix: write {_FORMS[name]}.")
    if name not in _FORMS and rest:
        raise SoundError(f"'{text}': {name} takes nothing after it. Fix: write '{name}'.")
    if name == "endpoint":
        return _endpoint(rest)
    return VoicesConfig(engine=cast(EngineName, name), path=Path(rest).expanduser() if rest else None)


def _endpoint(text: str) -> VoicesConfig:
    try:
        parts = urlsplit(text)
        options = dict(parse_qsl(parts.fragment, strict_parsing=bool(parts.fragment)))
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        options, sound = {}, False
    if not sound or not text.isprintable() or " " in text.partition("#")[0]:
        raise SoundError(f"That is not a speech server's address. Fix: write {_FORMS['endpoint']}.")
    if parts.username or parts.password or parts.query:
        raise SoundError(
            "A speech server's address holds a password or a query. Fix: leave it out; a key goes in the environment."
        )
    unknown = sorted(set(options) - {"model", "voices"})
    if unknown:
        raise SoundError(f"A speech server has no option '{unknown[0]}'. Fix: give #model=NAME&voices=NAME,NAME.")
    voices = options.get("voices", "")
    described = voices.endswith((".yaml", ".yml"))
    names = tuple(dict.fromkeys(name.strip() for name in voices.split(",") if name.strip()))
    if not names and parts.hostname == "api.openai.com":
        names = _OPENAI_VOICES
    if not names:
        raise SoundError(f"{parts.hostname}: no voices are named. Fix: write {_FORMS['endpoint']}.")
    return VoicesConfig(
        engine="endpoint",
        url=parts._replace(fragment="").geturl().rstrip("/"),
        model=options.get("model", "gpt-4o-mini-tts"),
        voices=() if described else names,
        roster=Path(voices).expanduser() if described else None,
    )
