"""Pictures that a storyboard names by paths: which may be opened, and how they are looked at.

Only PNG, JPEG and WebP below the film's folder are opened, never through a link.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Stamp", "Trouble", "opened", "stamped"]

Stamp = tuple[str, int, int]
"""A file as it was read: its path, its time in nanoseconds, its size in bytes."""

_FORMATS = ("PNG", "JPEG", "WEBP")
_LARGEST_SIDE_PX = 7680


class Trouble(Exception):
    """What is wrong with a picture that is named, and the fix."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(f"{what}. Fix: {fix}.")
        self.what, self.fix = what, fix


def stamped(whose: str, named: str, folder: Path) -> Stamp:
    """The file that a storyboard names, which is below the film's folder and reached by no link.

    `whose` begins the sentence that tells what is wrong: "S1.2 is given".

    Raises:
        Trouble: it is not there, or may not be opened.
    """
    parts = PurePosixPath(named.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or ":" in parts[0] or "\0" in named:
        raise Trouble(f"{whose} {named!r}, which is not below {folder}", "copy it there and name it from there")
    path = folder
    for part in parts:
        path = path / part
        if path.is_symlink():
            raise Trouble(f"{whose} {named}, and {path} is a link", "put the file itself there")
    if not path.is_file():
        raise Trouble(f"{whose} {named}, and {path} is not there", "put the picture there, or name another")
    facts = path.stat()
    return str(path), facts.st_mtime_ns, facts.st_size


def opened(stamp: Stamp) -> Image:
    """A picture as it is looked at: turned as its file says, on white where it is transparent.

    Raises:
        Trouble: it is too large, or no picture.
    """
    from PIL import Image, ImageOps

    path = stamp[0]
    try:
        with Image.open(path, formats=_FORMATS) as found:
            if max(found.size) > _LARGEST_SIDE_PX:
                size = f"{found.width}×{found.height}"
                raise Trouble(f"{path} is {size}, which is too large", f"keep both sides to {_LARGEST_SIDE_PX} pixels")
            turned = ImageOps.exif_transpose(found)
            if not turned.has_transparency_data:
                return turned.convert("RGB")
            ground = Image.new("RGBA", turned.size, "white")
            return Image.alpha_composite(ground, turned.convert("RGBA")).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Trouble(f"{path} is no picture that can be read", "give a whole PNG, JPEG or WebP") from None
