"""A folder of the user's own sounds, preferred to made ones where a tag fits.

The folder holds sound files and a `sounds.yaml` that says what each is and under which licence it is used:

    sounds:
      - tag: door slam
        file: doors/oak.wav
        licence: CC0
        gain_db: -3
      - tag: street night
        file: beds/street.flac
        licence: recorded by me
        loop: true

Several files under one tag take turns. Nothing outside the folder is opened, nothing is fetched. A file that
cannot be used is left out with a notice, and the sound is made as it would be without it.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import yaml
from annotated_types import Ge, Le
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from audio.errors import SoundError
from audio.foley.vocabulary import known
from audio.sound_files import read_sound

__all__ = [
    "LONGEST_EFFECT_S",
    "LONGEST_LOOP_S",
    "SHEET",
    "Given",
    "Library",
    "Provenance",
    "looped",
    "seamless",
    "words_of",
]

SHEET = "sounds.yaml"
LONGEST_EFFECT_S, LONGEST_LOOP_S = 60.0, 120.0  # more is not read: a film of any length fits in memory
_LARGEST_SHEET_BYTES, _LARGEST_FILE_BYTES = 1_000_000, 500_000_000
_LOOP_FADE_S = 1.0
_HELD = 8  # decoded files kept at a time
_EMPTY_WORDS = frozenset({"a", "an", "the", "of", "on", "in", "at", "to", "and", "sound", "sounds", "some"})
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class _Entry(BaseModel):
    """One sound of the sheet."""

    model_config = ConfigDict(extra="forbid")
    tag: _Text
    file: _Text
    licence: _Text
    gain_db: Annotated[float, Ge(-60), Le(24)] = 0.0
    loop: bool = False


class _Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sounds: list[_Entry]


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """A sound of the user's that a film uses, and the licence it is used under."""

    tag: str
    file: str  # inside the folder
    licence: str


@dataclass(frozen=True, kw_only=True)
class _Sound:
    tag: str
    path: Path
    file: str
    licence: str
    gain_db: float
    loop: bool
    words: frozenset[str]


class Library:
    """The user's sounds by their tags. `used` and `notices` grow as sounds are asked for."""

    def __init__(self, folder: Path, sounds: Sequence[_Sound], notices: Sequence[str]) -> None:
        self._folder, self._sounds = folder, list(sounds)
        self._notices = list(notices)
        self._used: dict[str, Provenance] = {}
        self._held: OrderedDict[tuple[Path, int], NDArray[np.float32]] = OrderedDict()
        self._digest: str | None = None

    @classmethod
    def open(cls, folder: Path) -> Library:
        """Reads the sheet of `folder`. No sound is decoded yet.

        Raises:
            SoundError: there is no such folder or no sheet in it, or the sheet is not as the module says.
        """
        sheet = folder / SHEET
        entries, lines = _read_sheet(sheet)
        root = folder.resolve()
        sounds, notices = [], []
        for entry, line in zip(entries, lines, strict=True):
            path = (root / entry.file).resolve()
            if not path.is_relative_to(root):
                notices.append(f"{sheet}:{line}: '{entry.file}' lies outside the folder and is not opened.")
            elif not path.is_file():
                notices.append(f"{sheet}:{line}: there is no file '{entry.file}'; '{entry.tag}' is made instead.")
            elif path.stat().st_size > _LARGEST_FILE_BYTES:
                notices.append(f"{sheet}:{line}: '{entry.file}' is larger than 500 MB; '{entry.tag}' is made instead.")
            else:
                sounds.append(_Sound(path=path, words=words_of(entry.tag), **entry.model_dump()))
        return cls(folder, sounds, notices)

    @property
    def notices(self) -> tuple[str, ...]:
        """What could not be used, and why, as far as it has been asked for."""
        return tuple(dict.fromkeys(self._notices))

    @property
    def provenance(self) -> tuple[Provenance, ...]:
        """The sounds that were given out, in the order of their files."""
        return tuple(self._used[file] for file in sorted(self._used))

    @property
    def key(self) -> str:
        """A hash of all that the folder's sounds hold; two libraries of one key sound the same."""
        if self._digest is None:
            digest = hashlib.sha256(b"library 1")
            for sound in self._sounds:
                digest.update(repr((sound.tag, sound.gain_db, sound.loop)).encode())
                try:
                    with sound.path.open("rb") as file:
                        digest.update(hashlib.file_digest(file, "sha256").digest())
                except OSError:
                    digest.update(b"unreadable")
            self._digest = digest.hexdigest()
        return self._digest

    def effect(self, name: str, kind: str | None, seed: int, rate_hz: int) -> Given | None:
        """Returns the sound whose tag fits `name` best, or None.

        A tag fits when all its words stand in `name`, the more the better; else when it is the plain name of the
        known sound `kind` that `name` speaks of, or says the same in a script without spaces between words.
        """
        said = words_of(name)
        fits = [(len(sound.words) + 1, sound) for sound in self._sounds if sound.words and sound.words <= said]
        same = words_of(kind) if kind else None
        fits += [
            (1, sound)
            for sound in self._sounds
            if sound.words == same or (kind and not sound.tag.isascii() and known(sound.tag, frozenset()) == kind)
        ]
        return self._best(fits, seed, rate_hz, LONGEST_EFFECT_S)

    def bed(self, words: Collection[str], needs: Collection[str], seed: int, rate_hz: int) -> Given | None:
        """Returns the looping sound whose tag fits a place best: all its words in `words`, one of them in `needs`."""
        known, needed = frozenset(words), frozenset(needs)
        fits = [
            (len(sound.words), sound)
            for sound in self._sounds
            if sound.loop and sound.words <= known and sound.words & needed
        ]
        return self._best(fits, seed, rate_hz, LONGEST_LOOP_S)

    def _best(self, fits: list[tuple[int, _Sound]], seed: int, rate_hz: int, most_s: float) -> Given | None:
        while fits:
            best = max(score for score, _ in fits)
            turn = [sound for score, sound in fits if score == best]
            sound = turn[seed % len(turn)]
            samples = self._samples(sound, rate_hz, most_s)
            if samples is not None:
                self._used[sound.file] = Provenance(tag=sound.tag, file=sound.file, licence=sound.licence)
                return Given(samples, sound.gain_db, sound.loop, sound.file)
            self._sounds.remove(sound)  # noticed once, not asked again
            fits = [(score, other) for score, other in fits if other is not sound]
        return None

    def _samples(self, sound: _Sound, rate_hz: int, most_s: float) -> NDArray[np.float32] | None:
        key = (sound.path, rate_hz)
        if key not in self._held:
            try:
                samples, whole = read_sound(sound.path, rate_hz, most_s)
            except SoundError as error:
                self._notices.append(f"{self._folder / sound.file}: {error} '{sound.tag}' is made instead.")
                return None
            if not whole:
                self._notices.append(f"{self._folder / sound.file}: only its first {most_s:.0f} s are used.")
            self._held[key] = samples
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(key)
        return self._held[key]


@dataclass(frozen=True)
class Given:
    """A decoded sound of the library, of shape (n, 2), at the rate asked for."""

    samples: NDArray[np.float32]
    gain_db: float
    loop: bool
    file: str


def looped(samples: NDArray[np.float32], rate_hz: int, length_s: float) -> NDArray[np.float32]:
    """Repeats a sound of shape (n, c) until it is `length_s` long; each end melts into the next beginning."""
    loop = seamless(samples, rate_hz)
    turns = -(-round(length_s * rate_hz) // len(loop))
    return np.tile(loop, (turns, 1))[: round(length_s * rate_hz)]


def seamless(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """Makes a sound of shape (n, c) that can follow itself: its last second is cross-faded into its first."""
    over = min(len(samples) // 3, round(_LOOP_FADE_S * rate_hz))
    rising = np.sin(np.linspace(0, np.pi / 2, over, endpoint=False, dtype=np.float32))[:, None]
    falling = np.cos(np.linspace(0, np.pi / 2, over, endpoint=False, dtype=np.float32))[:, None]
    loop = samples[: len(samples) - over].copy()
    loop[:over] = samples[:over] * rising + samples[len(samples) - over :] * falling
    return loop


def words_of(text: str) -> frozenset[str]:
    """Returns the words that count in a tag or a name, without their endings: "doors SLAMMING" is door, slam."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(_stem(word) for word in words if word not in _EMPTY_WORDS)


def _stem(word: str) -> str:
    for ending in ("ing", "es", "ed", "s"):
        if len(word) > len(ending) + 2 and word.endswith(ending) and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and (word[-1] == word[-2] != "s" or word[-1] == "e") else word


def _read_sheet(sheet: Path) -> tuple[list[_Entry], list[int]]:
    if not sheet.parent.is_dir():
        raise SoundError(f"{sheet.parent}: there is no such folder. Fix: name a folder that holds a {SHEET}.")
    try:
        with sheet.open("rb") as file:
            data = file.read(_LARGEST_SHEET_BYTES + 1)
        if len(data) > _LARGEST_SHEET_BYTES:
            raise SoundError(f"{sheet}: the sheet is larger than 1 MB. Fix: keep only the sounds this film needs.")
        text = data.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise SoundError(f"{sheet}: anchors and aliases are not read. Fix: write each sound out.")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        entries = _Sheet.model_validate(yaml.safe_load(text)).sounds
    except FileNotFoundError:
        raise SoundError(f"{sheet.parent}: there is no {SHEET} in it. Fix: list its sounds there.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SoundError(f"{sheet}: the sheet cannot be read ({error}). Fix: save it as UTF-8 text.") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, ValidationError):
            first = error.errors(include_url=False)[0]
            line = _line_of(root, first["loc"])
            field = ".".join(str(part) for part in first["loc"])
            raise SoundError(
                f"{sheet}:{line}: {field}: {first['msg']}. Fix: a sound has tag, file, licence, and if wished "
                "gain_db and loop."
            ) from None
        mark = getattr(error, "problem_mark", None)
        raise SoundError(
            f"{sheet}:{mark.line + 1 if mark else 1}: this is not YAML ({getattr(error, 'problem', error)}). "
            "Fix: write the sheet as the guide shows."
        ) from None
    return entries, [_line_of(root, ("sounds", number)) for number in range(len(entries))]


def _line_of(node: yaml.Node | None, place: Sequence[str | int]) -> int:
    """The line (from 1) of what stands at `place`, or of the nearest thing around it."""
    line = 1 if node is None else node.start_mark.line + 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == part), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
