"""A server that speaks as OpenAI's does: one POST to `/audio/speech` for each line.

Only the standard library asks it. The key is sent to this server alone, never followed by a redirect, never over an
open line to another machine, and stands in no message. What comes back is not trusted: it is bounded in size and time
and decoded by soundfile. The server knows no times; words are aligned by a reference voice.

    https://platform.openai.com/docs/api-reference/audio/createSpeech
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import io
import ipaddress
import json
import math
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio import words as written
from audio.clips import level, trim, write_clip
from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine, VoiceEngine
from audio.voices.align import align
from audio.voices.config import VoicesConfig
from audio.voices.delivery import Delivery, delivery_of
from audio.voices.roster import Card, cast_from, origin_of, part_of, read_roster
from audio.voices.treatments import resized, treated

__all__ = ["Endpoint"]

_TIMEOUT_S, _DEADLINE_S = 60.0, 240.0  # of a silence on the line; of one request
_AT_ONCE = 4  # requests; more would only be told to wait
_PAUSES_S = (0.5, 2.0)  # before a second and a third try
_LONGEST_PAUSE_S = 20.0  # that a server may ask for
_LARGEST_BYTES = 100_000_000
_MOST_CHARACTERS = 3000  # of one request; OpenAI takes 4096
_SILENCE_S, _GAP_S = 0.4, 0.25
_FORMAT = "wav"
_AGAIN = {408, 409, 425, 429, 500, 502, 503, 504}
_REFUSED = {401, 403, 404, 405}  # by a server that will refuse every other line as well
# Of models that take no instructions.
_DEAF = ("tts-1", "tts-1-hd", "kokoro")
# The gender of OpenAI's own voices, as listeners hear them.
_GENDERS: dict[str, Any] = {
    "alloy": "unspecified", "ash": "male", "ballad": "male", "coral": "female", "echo": "male", "fable": "male",
    "nova": "female", "onyx": "male", "sage": "female", "shimmer": "female", "verse": "male",
}  # fmt: skip


class Endpoint:
    """The engine. `reference` lends its word times; `key` is sent to the server.

    Raises:
        SoundError: the roster cannot be read, a cloned voice lacks consent, or the key would travel openly.
    """

    def __init__(self, config: VoicesConfig, reference: VoiceEngine, key: str | None = None) -> None:
        self._url, self._model, self._reference, self._key = config.url, config.model, reference, key
        self._host = urlsplit(config.url).hostname or config.url
        if key and urlsplit(config.url).scheme != "https" and not _is_here(self._host):
            raise SoundError(f"{self._host}: the key would be sent openly. Fix: give the server's https:// address.")
        if config.roster is not None:
            cards = read_roster(config.roster)
            if not cards:
                raise SoundError(f"{config.roster}: no voices are described there. Fix: list them, as the guide shows.")
            self._cards = {name: _with_digest(card) for name, card in cards.items()}
        else:
            self._cards = {name: Card(name=name, gender=_GENDERS.get(name, "unspecified")) for name in config.voices}
        self._opener = _opener()
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._gone: str | None = None  # why the server is not asked any more
        self._instructed = not config.model.startswith(_DEAF)

    @property
    def name(self) -> str:
        """The engine's name in receipts."""
        return "endpoint"

    @property
    def version(self) -> str:
        """The model, the server, whose times its words have, and this adapter's version."""
        return f"{self._model} at {self._url} timed by {self._reference.name} {self._reference.version}/1"

    def cast(self, speakers: Sequence[Speaker]) -> dict[str, str]:
        """Gives each speaker id a voice; the same cast in the same order gets the same voices.

        Raises:
            SoundError: no voice is left that may be given.
        """
        return cast_from(list(self._cards.values()), speakers)

    def speak(self, text: str, speaker: Speaker, voice: str, path: Path) -> SpokenLine:
        """Speaks `text` to `path` (mono WAV at the server's rate, trimmed). Without a word it is a short silence.

        Raises:
            SoundError: the server cannot be reached, refuses, or sends no speech; three tries were made.
        """
        text = written.spoken(text)
        name, register = part_of(voice)
        card = self._cards[name]
        origin = origin_of(f"{self.name} {self._model} at {self._host}", card)
        if not any(character.isalnum() for character in text):
            write_clip(path, np.zeros(round(_SILENCE_S * 24_000), np.float32), 24_000)
            return SpokenLine(path=path, duration_s=_SILENCE_S, words=(), phonemes=(), voice=voice, origin=origin)
        blocks: list[NDArray[np.float32]] = []
        rate_hz = 0
        for part in written.chunks(text, _MOST_CHARACTERS):
            samples, part_hz = self._asked(part, speaker, card, register)
            if rate_hz and part_hz != rate_hz:
                raise SoundError(f"{self._host}: one line came at {rate_hz} and {part_hz} Hz. Fix: take another model.")
            rate_hz = part_hz
            blocks += [samples, np.zeros(round(_GAP_S * rate_hz), np.float32)]
        whole = resized(np.concatenate(blocks[:-1]), register)
        whole = treated(whole, rate_hz, Delivery(), speaker.kind, crc32(text.encode()))
        whole, _ = trim(whole, rate_hz)
        whole = level(whole, rate_hz, delivery_of(speaker.delivery, text).gain_db)
        write_clip(path, whole, rate_hz)
        words, phonemes = align(whole, rate_hz, text, speaker, self._reference)
        return SpokenLine(
            path=path, duration_s=len(whole) / rate_hz, words=words, phonemes=phonemes, voice=voice, origin=origin
        )

    def _asked(self, text: str, speaker: Speaker, card: Card, register: float) -> tuple[NDArray[np.float32], int]:
        """One request, tried again where that may help."""
        told = ""
        for pause_s in (*_PAUSES_S, None):
            if self._gone is not None:
                raise SoundError(self._gone)
            wait_s = pause_s
            try:
                return _decoded(self._sent(self._body(text, speaker, card, register)), text)
            except urllib.error.HTTPError as error:
                said = _message(error)
                told = f"it answered {error.code}" + (f" ({self._without_key(said)})" if said else "")
                if error.code == 400 and self._instructed and "instructions" in said:
                    self._instructed = False
                    continue
                if error.code in _REFUSED:
                    self._give_up(told)
                if error.code not in _AGAIN:
                    break
                wait_s = _asked_for(error.headers, pause_s)
            except SoundError as error:
                told = str(error)
            except urllib.error.URLError as error:
                told = f"it cannot be reached ({error.reason})"
                if pause_s is None:
                    self._give_up(told)
            except (OSError, http.client.HTTPException) as error:
                told = f"the line broke off ({error or type(error).__name__})"
            if wait_s is None:
                break
            time.sleep(wait_s)
        raise SoundError(self._sentence(told))

    def _body(self, text: str, speaker: Speaker, card: Card, register: float) -> bytes:
        body: dict[str, Any] = {"model": self._model, "voice": card.name, "input": text, "response_format": _FORMAT}
        speed = delivery_of(speaker.delivery, text).pace / register
        if abs(speed - 1.0) > 0.01:
            body["speed"] = round(min(4.0, max(0.25, speed)), 3)
        if self._instructed and (told := _instructions(speaker)):
            body["instructions"] = told
        if card.sample is not None:
            sound = base64.b64encode(card.sample.read_bytes()).decode()
            body["ref_audio"] = f"data:audio/{card.sample.suffix[1:].lower()};base64,{sound}"
            if card.sample_text:
                body["ref_text"] = card.sample_text
        return json.dumps(body).encode()

    def _sent(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "audio/*", "User-Agent": "workprint"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(f"{self._url}/audio/speech", body, headers)  # noqa: S310 - http(s) by config
        with self._turns, self._opener.open(request, timeout=_TIMEOUT_S) as reply:
            return _bounded(reply, time.monotonic() + _DEADLINE_S)

    def _give_up(self, told: str) -> None:
        """Every other line would fail as well: it is not asked for."""
        with self._lock:
            self._gone = self._gone or self._sentence(told)

    def _sentence(self, told: str) -> str:
        fix = "check the address, the model's and voices' names and the key, or take --voices espeak"
        return f"The speech server {self._host} failed: {told.rstrip('. ')}. Fix: {fix}."

    def _without_key(self, text: str) -> str:
        return text.replace(self._key, "…") if self._key else text


def _opener() -> urllib.request.OpenerDirector:
    """urllib's own without redirects: a key goes to the server that was named, and to no other."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _instructions(speaker: Speaker) -> str:
    """How the line is to be spoken, in plain words: who speaks, and the parenthetical."""
    age = speaker.age_years
    years = "" if age is None else f" of about {age:.0f}"
    kind = {"female": "woman", "male": "man", "unspecified": "person"}[speaker.gender]
    if age is not None and age < 18:
        kind = {"female": "girl", "male": "boy", "unspecified": "child"}[speaker.gender]
    who = f"A {kind}{years} in a film." if years or kind != "person" else ""
    how = f"Spoken: {speaker.delivery}." if speaker.delivery else ""
    return " ".join(part for part in (who, how) if part)


def _bounded(reply: Any, until_s: float) -> bytes:
    parts: list[bytes] = []
    held = 0
    while part := reply.read(65_536):
        parts.append(part)
        held += len(part)
        if held > _LARGEST_BYTES:
            raise SoundError(f"it sent more than {_LARGEST_BYTES // 1_000_000} MB for one line")
        if time.monotonic() > until_s:
            raise SoundError(f"it took longer than {_DEADLINE_S:.0f} s for one line")
    if (whole := reply.headers.get("Content-Length", "")).isdecimal() and held < int(whole):
        raise SoundError("the line broke off")
    return b"".join(parts)


def _decoded(data: bytes, text: str) -> tuple[NDArray[np.float32], int]:
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            most_s = 15.0 + 0.6 * len(text)
            samples = file.read(round(most_s * file.samplerate) + 1, dtype="float32", always_2d=True).mean(axis=1)
            rate_hz = file.samplerate
    except (soundfile.SoundFileError, OSError, ValueError) as error:
        raise SoundError("it sent no sound that can be read") from error
    if not 4_000 <= rate_hz <= 192_000:
        raise SoundError(f"it sent sound at {rate_hz} Hz")
    if len(samples) > most_s * rate_hz:
        raise SoundError("it sent a sound far longer than the line")
    if not np.isfinite(samples).all() or float(np.abs(samples).max(initial=0.0)) < 1e-4:
        raise SoundError("it sent silence")
    return samples, rate_hz


def _message(error: urllib.error.HTTPError) -> str:
    """What a server says of an error, short and printable."""
    try:
        data = error.read(4096)
    except (OSError, http.client.HTTPException):
        return ""
    try:
        said = json.loads(data)
        said = said.get("error", said) if isinstance(said, dict) else said
        said = said.get("message", said.get("detail", "")) if isinstance(said, dict) else said
    except (ValueError, RecursionError):
        said = data.decode(errors="replace")
    return "".join(character if character.isprintable() else " " for character in str(said))[:200].strip()


def _asked_for(headers: Message, pause_s: float | None) -> float | None:
    """How long to wait: as long as the server asks, if that is bearable; None for no more tries."""
    if pause_s is None:
        return None
    try:
        asked_s = float(headers.get("Retry-After", ""))
    except ValueError:
        return pause_s
    return max(pause_s, min(asked_s, _LONGEST_PAUSE_S)) if math.isfinite(asked_s) else pause_s


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _with_digest(card: Card) -> Card:
    """The card with what the server is sent beyond its name, so that another sample is another voice."""
    if card.sample is None:
        return card
    try:
        sound = card.sample.read_bytes()
    except OSError as error:
        raise SoundError(f"{card.sample}: it cannot be read ({error}). Fix: make it readable.") from error
    return replace(card, digest=hashlib.sha256(sound + card.sample_text.encode()).hexdigest())
