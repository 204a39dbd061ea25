"""What is learnt from, as configs of `workprint train`: clips drawn or cut from footage, and the latents of clips.

Both have two folders beneath theirs, `train` and `held_out`. What is there stays there, so that each may be stopped at
any time and called again, with more clips or a longer folder of footage.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_args

from annotated_types import Ge, Gt

from model.errors import PictureError
from model.sampler.split import Split
from model.training.draw import keep_drawing
from model.training.encode import encode_folder
from model.training.footage import cut_footage
from model.training.machine import machine_for
from model.training.states import autoencoder_in

__all__ = ["ClipsConfig", "LatentsConfig", "Made", "encode_clips", "make_clips"]


@dataclass(frozen=True, kw_only=True)
class ClipsConfig:
    """`count` clips of the training side and `held_out` of the other by the theatre, or all of a folder of `footage`.

    `processes` draw at once.
    """

    folder: Path
    count: Annotated[int, Ge(0)] = 0
    held_out: Annotated[int, Ge(0)] = 0
    footage: Path | None = None
    processes: Annotated[int, Gt(0)] = 2


@dataclass(frozen=True, kw_only=True)
class LatentsConfig:
    """The latents of a folder of clips, by the autoencoder of a run or of a folder of weights."""

    folder: Path
    clips: Path
    autoencoder: Path
    device: str = "cpu"


@dataclass(frozen=True)
class Made:
    """How many files a folder holds on both sides, and a sentence for each clip that failed."""

    folder: Path
    files: int
    problems: tuple[str, ...]


def make_clips(config: ClipsConfig) -> Made:
    """Draws or cuts what is not there yet.

    Raises:
        PictureError: no number of clips and no footage, or both; there is nothing in the folder of footage; process
            after process dies.
    """
    if bool(config.count or config.held_out) == (config.footage is not None):
        raise PictureError("clips are drawn by their number or cut from footage. Fix: give count:, or footage:.")
    if config.footage is not None:
        return _made(config.folder, cut_footage(config.footage, config.folder).problems)
    problems: tuple[str, ...] = ()
    sides: tuple[tuple[Split, int], ...] = (("train", config.count), ("held_out", config.held_out))
    for split, until in sides:
        if until:
            side = config.folder / split
            problems += keep_drawing(side, split, processes=config.processes, until=until, tell=_later).problems
    return _made(config.folder, problems)


def encode_clips(config: LatentsConfig) -> Made:
    """Encodes what is not encoded yet.

    Raises:
        PictureError: there are no clips; there is no such autoencoder, or the latents there are of another one.
    """
    sides = [split for split in get_args(Split) if any((config.clips / split).glob("*.safetensors"))]
    if not sides:
        raise PictureError(f"{config.clips} holds no clips. Fix: make some first (workprint train clips.yaml).")
    autoencoder = autoencoder_in(config.autoencoder).eval().to(machine_for(config.device).device)
    problems: tuple[str, ...] = ()
    for split in sides:
        problems += encode_folder(autoencoder, config.clips / split, config.folder / split).problems
    return _made(config.folder, problems)


def _made(folder: Path, problems: tuple[str, ...]) -> Made:
    return Made(folder, sum(1 for _ in folder.glob("*/*.safetensors")), problems)


def _later(problem: str) -> None:
    """Problems are told together, at the end."""
