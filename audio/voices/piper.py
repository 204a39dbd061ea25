"""Piper voices from files: each an `.onnx` with its `.onnx.json`, of one speaker or many.

The network takes phonemes of espeak's by the map in the `.json`, and makes noise of its own: it is seeded by the line,
so that the line is always the same. Nothing is fetched.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from annotated_types import Ge, Le, Len
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError

from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine
from audio.voices.espeak import Espeak
from audio.voices.neural import Network, Said, Symbol, speak_by
from audio.voices.roster import SHEET, Card, cast_from, described, origin_of, part_of, read_roster

__all__ = ["Piper"]

_MOST_SYMBOLS = 600
_INPUTS = (frozenset({"input"}), frozenset({"input_lengths"}), frozenset({"scales"}))
_LARGEST_BYTES = 10_000_000
_START, _END, _PAD = "^", "$", "_"
_TONAL = {"zh", "cmn", "yue", "vi"}  # whose tones espeak's phoneme events do not tell
# The gender of voices as their publishers tell it; others are told by a voices.yaml.
_FEMALE = {
    "amy", "kathleen", "kristin", "ljspeech", "hfc_female", "lessac", "cori", "alba", "jenny_dioco",
    "southern_english_female", "eva_k", "kerstin", "ramona", "siwis", "paola", "huayan", "irina",
}  # fmt: skip
_MALE = {
    "alan", "bryce", "danny", "hfc_male", "joe", "john", "kusal", "norman", "northern_english_male",
    "reza_ibrahim", "ryan", "karlsson", "thorsten", "tom", "gilles", "carlfm", "davefx", "riccardo", "faber",
    "denis", "dmitri", "ruslan",
}  # fmt: skip


class _Audio(BaseModel):
    sample_rate: Annotated[int, Ge(8_000), Le(48_000)]


class _Reader(BaseModel):
    voice: str = "en-us"


class _Inference(BaseModel):
    noise_scale: Annotated[float, Ge(0), Le(5)] = 0.667
    length_scale: Annotated[float, Ge(0.1), Le(10)] = 1.0
    noise_w: Annotated[float, Ge(0), Le(5)] = 0.8


class _Settings(BaseModel):
    """What is read of a voice's `.onnx.json`."""

    audio: _Audio
    phoneme_id_map: Annotated[dict[str, Annotated[list[int], Len(1)]], Len(1)]
    phoneme_type: str = "espeak"
    espeak: _Reader = Field(default_factory=_Reader)
    inference: _Inference = Field(default_factory=_Inference)
    num_speakers: Annotated[int, Ge(1), Le(10_000)] = 1
    speaker_id_map: dict[str, int] = Field(default_factory=dict)


@dataclass(frozen=True)
class _Voice:
    network: Network
    settings: _Settings
    speaker: int | None


class Piper:
    """The engine, with the voice of one file or all of a folder.

    Raises:
        SoundError: there is no voice, one is not what it should be, or onnxruntime is missing.
    """

    def __init__(self, path: Path, espeak: Espeak) -> None:
        files = sorted(path.glob("*.onnx")) if path.is_dir() else [path]
        if not files or not files[0].is_file():
            raise SoundError(f"{path}: there is no Piper voice. Fix: name a .onnx file, or a folder that holds some.")
        self._espeak = espeak
        self._voices: dict[str, _Voice] = {}
        cards: list[Card] = []
        for file in files:
            voices = _voices(file)
            self._voices |= voices
            cards += [_card(name, voice) for name, voice in voices.items()]
        self._cards = described(cards, read_roster(files[0].parent / SHEET))

    @property
    def name(self) -> str:
        """The engine's name in receipts."""
        return "piper"

    @property
    def version(self) -> str:
        """What reads the text, and this adapter's version; a voice's own digest is in its name."""
        return f"{self._espeak.version}/1"

    def cast(self, speakers: Sequence[Speaker]) -> dict[str, str]:
        """Gives each speaker id a voice; the same cast in the same order gets the same voices.

        Raises:
            SoundError: no voice is left that may be given.
        """
        return cast_from(list(self._cards.values()), speakers)

    def speak(self, text: str, speaker: Speaker, voice: str, path: Path) -> SpokenLine:
        """Speaks `text` to `path` (mono WAV at the voice's own rate, trimmed). Without a word it is a short silence.

        Raises:
            SoundError: the network failed, or no voice is of the speaker's language.
        """
        card = self._cards[part_of(voice)[0]]
        if not card.speaks(speaker.language):
            raise SoundError(f"{speaker.id}: no Piper voice speaks '{speaker.language}'. Fix: add one to the folder.")
        if speaker.language.lower().partition("-")[0] in _TONAL:
            raise SoundError(
                f"{speaker.id}: Piper is not given the tones of '{speaker.language}'. Fix: take an endpoint."
            )
        own = self._voices[card.name]
        return speak_by(
            partial(_spell, own.settings.phoneme_id_map),
            partial(_run, own),
            self._espeak,
            text=text,
            speaker=speaker,
            voice=voice,
            path=path,
            rate_hz=own.settings.audio.sample_rate,
            most_symbols=_MOST_SYMBOLS,
            origin=origin_of(f"{self.name} {self.version}", card),
        )


def _spell(known: dict[str, list[int]], ipa: str) -> list[str]:
    return [sign for sign in unicodedata.normalize("NFD", ipa) if sign in known and sign not in {_START, _END, _PAD}]


def _run(voice: _Voice, symbols: Sequence[Symbol], pace: float, seed: int) -> Said:
    numbers, scales = voice.settings.phoneme_id_map, voice.settings.inference
    pad = numbers.get(_PAD, [])
    spelt = [numbers[symbol.text] + pad for symbol in symbols]
    lead = numbers.get(_START, []) + (pad if _START in numbers else [])
    ids = lead + [number for numbers_of in spelt for number in numbers_of] + numbers.get(_END, [])
    feeds: dict[str, NDArray[Any]] = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array([scales.noise_scale, scales.length_scale / max(pace, 0.1), scales.noise_w], np.float32),
    }
    if "sid" in voice.network.inputs:
        feeds["sid"] = np.array([voice.speaker or 0], np.int64)
    made = voice.network.run(feeds, seed)
    samples = made[0].reshape(-1).astype(np.float32)
    duration_s = len(samples) / voice.settings.audio.sample_rate
    durations = made[1].reshape(-1).astype(np.float64) if len(made) > 1 else np.zeros(0)
    if len(durations) != len(ids) or (durations < 0).any() or not durations.sum() > 0:
        return Said(samples, None)
    # In frames of the network's, whose length is told nowhere; together they are the sound.
    edges = np.concatenate([[0.0], np.cumsum(durations)]) * duration_s / durations.sum()
    places = len(lead) + np.concatenate([[0], np.cumsum([len(numbers_of) for numbers_of in spelt])])[:-1]
    return Said(samples, edges[places.astype(int)])


def _voices(file: Path) -> dict[str, _Voice]:
    beside = file.with_name(file.name + ".json")
    try:
        with beside.open("rb") as opened:
            settings = _Settings.model_validate(json.loads(opened.read(_LARGEST_BYTES)))
    except OSError:
        raise SoundError(
            f"{file}: {beside.name} is missing beside it. Fix: fetch it from where the voice is."
        ) from None
    except (ValueError, RecursionError) as error:
        first = error.errors(include_url=False)[0] if isinstance(error, ValidationError) else None
        said = f"{'.'.join(map(str, first['loc']))}: {first['msg']}" if first else "it is not JSON"
        raise SoundError(f"{beside}: it does not describe a Piper voice ({said}). Fix: fetch it again.") from None
    if settings.phoneme_type != "espeak":
        raise SoundError(
            f"{beside}: this voice reads {settings.phoneme_type}, not espeak's phonemes. Fix: take another Piper voice."
        )
    network = Network(file, _INPUTS)
    if settings.num_speakers == 1:
        return {file.stem: _Voice(network, settings, None)}
    names = settings.speaker_id_map or {str(number): number for number in range(settings.num_speakers)}
    return {f"{file.stem}.{name}": _Voice(network, settings, number) for name, number in names.items()}


def _card(name: str, voice: _Voice) -> Card:
    spoken_name = name.split("-")[1] if name.count("-") >= 2 else name
    gender: Literal["female", "male", "unspecified"] = (
        "female" if spoken_name in _FEMALE else "male" if spoken_name in _MALE else "unspecified"
    )
    language = voice.settings.espeak.voice.partition("/")[2] or voice.settings.espeak.voice
    tag = "zh" if language == "cmn" else language
    return Card(name=name, gender=gender, languages=(tag,), digest=voice.network.digest)
