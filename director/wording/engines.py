"""How each picture engine likes to be told: in whose vocabulary, how long, what first, and what it is to leave out.

Data only. Lengths are in words, from what each engine's text encoder reads (about 1.4 tokens a word).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shots.errors import WorkprintError, near_name

__all__ = ["ENGINES", "EngineWords", "engine_named"]


@dataclass(frozen=True, kw_only=True)
class EngineWords:
    """One engine's wishes. `own` is the project's video model, which knows the theatre's captions; all others read
    natural English. An engine without a negative prompt has `unwanted` empty.
    """

    name: str
    vocabulary: Literal["own", "natural"]
    most_words: int
    opens_with: Literal["people", "camera"] = "people"
    unwanted: tuple[str, ...] = ()


_FLAWS = ("blurry", "low quality", "jpeg artefacts", "watermark", "subtitles", "deformed hands", "extra limbs")

ENGINES: tuple[EngineWords, ...] = (
    EngineWords(name="dit", vocabulary="own", most_words=60),
    EngineWords(
        name="wan",  # umT5, 512 tokens; its own examples have 80 to 100 words
        vocabulary="natural",
        most_words=120,
        unwanted=(*_FLAWS, "overexposed", "still picture", "walking backwards"),
    ),
    EngineWords(
        name="ltx",  # T5, 128 tokens; begins with what happens
        vocabulary="natural",
        most_words=90,
        unwanted=("worst quality", "inconsistent motion", *_FLAWS),
    ),
    EngineWords(
        name="hunyuan",  # 256 tokens; guidance is distilled into it, so that it takes no negative prompt
        vocabulary="natural",
        most_words=170,
        opens_with="camera",
    ),
    EngineWords(name="cogvideox", vocabulary="natural", most_words=150, unwanted=_FLAWS),  # T5, 226 tokens
)


def engine_named(name: str) -> EngineWords:
    """The engine of a name.

    Raises:
        WorkprintError: there is none of this name.
    """
    names = [engine.name for engine in ENGINES]
    if name not in names:
        near = near_name(name, names) or "."
        raise WorkprintError(f"no words for an engine '{name}'{near} Fix: give {', '.join(names)}.")
    return ENGINES[names.index(name)]
