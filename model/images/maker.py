"""What makes single pictures, and what it is asked for. Data and a protocol, no heavy import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from model.request import Frame, Licence

__all__ = ["ImageMaker", "ImageRequest"]


@dataclass(frozen=True, kw_only=True, eq=False)
class ImageRequest:
    """One picture, in words, with pictures that it is to hold to (where the engine edits: else it says so)."""

    text: str
    negative: str = ""
    width_px: int
    height_px: int
    seed: int
    references: tuple[Frame, ...] = ()
    of: tuple[str, ...] = ()  # the characters and the place that it shows, whose LoRAs it is made with


class ImageMaker(Protocol):
    """A way to make pictures. `references` is how many it can be given, 0 for words alone."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def weights_digest(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def licence(self) -> Licence | None: ...
    @property
    def references(self) -> int: ...

    def picture(self, request: ImageRequest) -> Frame:
        """The picture, (height_px, width_px, 3).

        Raises:
            PictureError: the weights cannot be used, or the request cannot be met.
        """
        ...
