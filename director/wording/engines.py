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
    natural English. An engine without a negative prompt has `unwanted` empty; one that reads no words at all has
    `most_words` 0.
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
        name="ltx2",  # Gemma 3, 1,024 tokens; its own examples are long and say what is heard, which ours do not
        vocabulary="natural",
        most_words=200,
        unwanted=("worst quality", "inconsistent motion", *_FLAWS),
    ),
    EngineWords(
        name="skyreels",  # umT5 as Wan; trained on captions that begin with the shot
        vocabulary="natural",
        most_words=120,
        opens_with="camera",
        unwanted=(*_FLAWS, "overexposed", "still picture", "walking backwards"),
    ),
    EngineWords(
        name="hunyuan",  # 256 tokens; guidance is distilled into it, so that it takes no negative prompt
        vocabulary="natural",
        most_words=170,
        opens_with="camera",
    ),
    EngineWords(
        name="hunyuan15",  # Qwen2.5-VL, 1,000 tokens, guided, so that it takes a negative prompt
        vocabulary="natural",
        most_words=200,
        opens_with="camera",
        unwanted=_FLAWS,
    ),
    EngineWords(
        name="framepack",  # HunyuanVideo's encoders; likes short words of what moves
        vocabulary="natural",
        most_words=80,
    ),
    EngineWords(name="cogvideox", vocabulary="natural", most_words=150, unwanted=_FLAWS),  # T5, 226 tokens
    EngineWords(name="svd", vocabulary="natural", most_words=0),  # reads its first frame alone
    EngineWords(name="kandinsky5", vocabulary="natural", most_words=180, unwanted=_FLAWS),  # Qwen2.5-VL, 256 tokens
    EngineWords(name="sana-video", vocabulary="natural", most_words=200, unwanted=_FLAWS),  # Gemma 2, 300 tokens
    EngineWords(name="sana-wm", vocabulary="natural", most_words=200, unwanted=_FLAWS),  # Gemma 2, 300 tokens
    EngineWords(name="qwen-image", vocabulary="natural", most_words=200, unwanted=_FLAWS),  # Qwen2.5-VL, 512 tokens
    EngineWords(name="flux2", vocabulary="natural", most_words=200),  # Qwen3, 512 tokens; no negative prompt
    EngineWords(name="z-image", vocabulary="natural", most_words=200, unwanted=_FLAWS),  # Qwen3, 512 tokens
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
