"""What a person asks of a pretrained engine: which weights, how they are sampled, and what goes in. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from model.backends.engine import Control

__all__ = ["Adapter", "EngineConfig", "Source"]


@dataclass(frozen=True)
class Source:
    """Where weights are: a folder, or a repository of the hub at a revision (a branch, a tag or a commit)."""

    where: str
    revision: str | None = None

    @property
    def folder(self) -> Path | None:
        """The folder, where one of this name is there."""
        path = Path(self.where).expanduser()
        return path if path.is_dir() else None


@dataclass(frozen=True, kw_only=True)
class Adapter:
    """A LoRA: used in every shot, or in those where the character or place `of` is; its trigger word goes before the
    words.
    """

    file: Path
    of: str = ""
    trigger: str = ""
    strength: float = 1.0


@dataclass(frozen=True, kw_only=True)
class EngineConfig:
    """One engine as a film uses it; None chooses what suits the weights and the machine."""

    engine: str
    source: Source
    variant: str | None = None  # one of the engine's
    steps: int | None = None
    guidance: float | None = None
    transformer: Path | None = None  # one file (GGUF or safetensors) in place of the folder's transformer
    transformer_2: Path | None = None  # likewise of the second one, where there are two
    profile: str | None = None  # one of model.backends.fit.profiles
    control: Control | Literal["none"] | None = None
    begin_with: Literal["nothing", "drawing"] = "nothing"  # the first frame of a shot that has none given
    loras: tuple[Adapter, ...] = ()
    options: tuple[tuple[str, int | float | str], ...] = ()  # some of the engine's own
    images: EngineConfig | None = None  # what makes character sheets, plates and first frames
