"""Kokoro voices from a folder: `*.onnx`, its voices and the vocabulary in `config.json`.

The voices are one `.bin`, `.npz` or `.safetensors` of styles by name, or a folder `voices/` of raw float32 files. A
style is (lengths, 1, width): the row is chosen by how many phonemes are spoken. Nothing is unpickled or fetched.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine
from audio.voices.espeak import Espeak
from audio.voices.neural import Network, Said, Symbol, speak_by
from audio.voices.roster import SHEET, Card, cast_from, described, origin_of, part_of, read_roster

__all__ = ["Kokoro"]

_RATE_HZ = 24_000
_MOST_SYMBOLS = 510
_LARGEST_STYLES = 1_000_000_000  # bytes, unpacked
_TOKENS, _STYLE, _SPEED = frozenset({"tokens", "input_ids"}), frozenset({"style"}), frozenset({"speed"})
_NAME = re.compile(r"([abefhijpz])([fm])_\w+")
_LANGUAGES = {"a": "en", "b": "en-gb", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja", "p": "pt", "z": "zh"}
_UNREAD = ("ja", "zh")  # spelt in signs of their own, which espeak's phonemes are not
# How the network's alphabet writes what espeak has as two letters or, in English, otherwise.
_LETTERS = {
    "oʊ": "O", "əʊ": "Q", "aɪ": "I", "eɪ": "A", "aʊ": "W", "ɔɪ": "Y", "dʒ": "ʤ", "tʃ": "ʧ", "ts": "ʦ", "dz": "ʣ",
}  # fmt: skip
_ENGLISH = {"ɐ": "ə", "r": "ɹ", "ʔ": "t"}
_AMERICAN = {"ɜː": "ɜɹ", "ɚ": "əɹ", "ɾ": "T", "ː": ""}


class Kokoro:
    """The engine.

    Raises:
        SoundError: a file of the folder is missing or not what it should be, or onnxruntime is missing.
    """

    def __init__(self, folder: Path, espeak: Espeak) -> None:
        if not folder.is_dir():
            raise SoundError(f"{folder}: there is no such folder. Fix: name the one that holds Kokoro's .onnx file.")
        self._espeak = espeak
        self._vocabulary, digest = _vocabulary(folder)
        self._network = Network(_one(folder, ("*.onnx",), "a network"), (_TOKENS, _STYLE, _SPEED))
        self._styles, styles_digest = _styles(folder)
        made_of = f"{self._network.digest} {styles_digest} {digest}"
        self._digest = hashlib.sha256(made_of.encode()).hexdigest()[:12]
        self._cards = described([_card(name) for name in sorted(self._styles)], read_roster(folder / SHEET))

    @property
    def name(self) -> str:
        """The engine's name in receipts."""
        return "kokoro"

    @property
    def version(self) -> str:
        """A digest of the network, voices and vocabulary, with what reads the text and this adapter's version."""
        return f"{self._digest}/{self._espeak.version}/1"

    def cast(self, speakers: Sequence[Speaker]) -> dict[str, str]:
        """Gives each speaker id a voice; the same cast in the same order gets the same voices.

        Raises:
            SoundError: no voice is left that may be given.
        """
        return cast_from(list(self._cards.values()), speakers)

    def speak(self, text: str, speaker: Speaker, voice: str, path: Path) -> SpokenLine:
        """Speaks `text` to `path` (24 kHz mono WAV, trimmed). A line without a word is a short silence.

        Raises:
            SoundError: the network failed, or has no voice of the speaker's language.
        """
        card = self._cards[part_of(voice)[0]]
        language = speaker.language.lower().partition("-")[0]
        if not card.speaks(language) or language in _UNREAD:
            raise SoundError(f"{speaker.id}: no voice of Kokoro's speaks '{language}' from phonemes. Fix: take espeak.")
        return speak_by(
            self._speller(card, speaker.language),
            partial(self._run, self._styles[card.name]),
            self._espeak,
            text=text,
            speaker=speaker,
            voice=voice,
            path=path,
            rate_hz=_RATE_HZ,
            most_symbols=_MOST_SYMBOLS,
            origin=origin_of(f"{self.name} {self.version}", card),
        )

    def _speller(self, card: Card, language: str) -> Callable[[str], list[str]]:
        english = language.lower().startswith("en")
        american = english and not card.name.startswith("b") and "gb" not in language.lower()
        letters = {**_LETTERS, **(_ENGLISH if english else {}), **(_AMERICAN if american else {})}
        known = {two: one for two, one in letters.items() if all(letter in self._vocabulary for letter in one)}
        order = re.compile("|".join(sorted(map(re.escape, known), key=len, reverse=True)) or r"(?!)")

        def spell(ipa: str) -> list[str]:
            return [letter for letter in order.sub(lambda m: known[m[0]], ipa) if letter in self._vocabulary]

        return spell

    def _run(self, style: NDArray[np.float32], symbols: Sequence[Symbol], pace: float, seed: int) -> Said:
        ids = [self._vocabulary[symbol.text] for symbol in symbols]
        takes = self._network.inputs
        tokens = next(iter(_TOKENS & takes.keys()))
        speed = np.int32 if "int" in takes["speed"].type else np.float32
        feeds: dict[str, NDArray[Any]] = {
            tokens: np.array([[0, *ids, 0]], np.int64),
            "style": style[min(len(ids), len(style) - 1)].reshape(1, -1),
            "speed": np.array([max(pace, 0.1)], speed),
        }
        if speed is np.int32:
            feeds["speed"] = np.array([max(1, round(pace))], speed)
        made = self._network.run(feeds, seed)
        samples = made[0].reshape(-1).astype(np.float32)
        return Said(samples, _starts(self._network.outputs, made, len(ids), len(samples) / _RATE_HZ))


def _starts(
    names: Sequence[str], made: Sequence[NDArray[Any]], symbols: int, duration_s: float
) -> NDArray[np.float64] | None:
    """When each symbol begins, from a network that also gives durations, in whatever unit: they fill the sound."""
    for name, output in zip(names[1:], made[1:], strict=True):
        durations = output.reshape(-1).astype(np.float64)
        if "dur" in name and len(durations) == symbols + 2 and (durations >= 0).all() and durations.sum() > 0:
            edges: NDArray[np.float64] = np.cumsum(durations) * duration_s / durations.sum()
            return edges[:-2]
    return None


def _vocabulary(folder: Path) -> tuple[dict[str, int], str]:
    for name, keys in (("config.json", ("vocab",)), ("tokenizer.json", ("model", "vocab"))):
        path = folder / name
        if not path.is_file():
            continue
        try:
            data = path.read_bytes()[:10_000_000]
            found = json.loads(data)
            for key in keys:
                found = found.get(key, {}) if isinstance(found, dict) else {}
            vocabulary = {str(sign): int(number) for sign, number in found.items() if len(str(sign)) == 1}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise SoundError(f"{path}: it is not Kokoro's ({error}). Fix: fetch the file again.") from error
        if vocabulary:
            return vocabulary, hashlib.sha256(data).hexdigest()
    raise SoundError(f"{folder}: no config.json with a `vocab` is there. Fix: put Kokoro's own beside its .onnx file.")


def _styles(folder: Path) -> tuple[dict[str, NDArray[np.float32]], str]:
    raw = sorted((folder / "voices").glob("*.bin"))
    try:
        if raw:
            styles: dict[str, NDArray[Any]] = {path.stem: np.fromfile(path, "<f4").reshape(-1, 1, 256) for path in raw}
        else:
            path = _one(folder, ("voices*.bin", "voices*.npz", "voices*.safetensors"), "a file of voices")
            styles = _safetensors(path) if path.suffix == ".safetensors" else _packed_styles(path)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
        raise SoundError(f"{folder}: its voices cannot be read ({error}). Fix: fetch the file again.") from error
    digest = hashlib.sha256()
    out: dict[str, NDArray[np.float32]] = {}
    for name, style in sorted(styles.items()):
        if style.ndim not in (2, 3) or not style.size or not np.issubdtype(style.dtype, np.floating):
            raise SoundError(f"{folder}: the voice '{name}' is no table of styles. Fix: fetch the voices again.")
        table = style.reshape(len(style), -1).astype(np.float32)
        if not np.isfinite(table).all():
            raise SoundError(f"{folder}: the voice '{name}' holds numbers that are none. Fix: fetch the voices again.")
        digest.update(name.encode() + b"\0" + table.tobytes())
        out[name] = table
    if not out:
        raise SoundError(f"{folder}: there is no voice in its file of voices. Fix: fetch the file again.")
    return out, digest.hexdigest()


def _packed_styles(path: Path) -> dict[str, NDArray[Any]]:
    with zipfile.ZipFile(path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_STYLES:
            raise ValueError("unpacked it is larger than 1 GB")
    with np.load(path, allow_pickle=False) as held:
        return {name: held[name] for name in held.files}


def _safetensors(path: Path) -> dict[str, NDArray[Any]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return dict(load_file(path))
    except SafetensorError as error:
        raise ValueError(str(error)) from error


def _one(folder: Path, patterns: Sequence[str], what: str) -> Path:
    found = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    if len(found) == 1:
        return found[0]
    if not found:
        raise SoundError(f"{folder}: {what} ({patterns[0]}) is missing there. Fix: put Kokoro's own into the folder.")
    names = ", ".join(path.name for path in found)
    raise SoundError(f"{folder}: there is more than one file for {what} ({names}). Fix: leave one of them there.")


def _card(name: str) -> Card:
    known = _NAME.fullmatch(name)
    if known is None:
        return Card(name=name)
    gender: Literal["female", "male"] = "female" if known[2] == "f" else "male"
    return Card(name=name, gender=gender, languages=(_LANGUAGES[known[1]],))
