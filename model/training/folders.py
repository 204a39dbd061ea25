"""What a folder of clips or latents is of, noted in it when it is begun, so that nothing is mixed.

A note is an empty file whose name says it, such as `split=train`: there whole or not at all, on any file system.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from model.errors import PictureError

__all__ = ["claim"]


def claim(folder: Path, facts: Mapping[str, str]) -> None:
    """Says that all in a folder is of these facts, such as {"split": "train"}; the first to say so decides.

    Raises:
        PictureError: the folder is of another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for what, value in facts.items():
        for note in folder.glob(f"{what}=*"):
            found = note.name.partition("=")[2]
            if found != value:
                raise PictureError(
                    f"{folder} is of {what} {found[:12]}, not of {value[:12]}. Fix: give each its own folder."
                )
        (folder / f"{what}={value}").touch()
