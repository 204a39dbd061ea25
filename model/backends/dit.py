"""The default picture back end: the local video model, with the weights that come with the package.

The weights are read when the first shot is pictured, once in each process. Of other takes it looks at the one that a
shot continues: its last frame is this shot's first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from model.request import ClipRequest, ClipSound, Frame, KnownFrame, Licence, ReferenceKind, Setting
from model.weights import SHIPPED, digest_of, load_models, settings_of

__all__ = ["VideoDiTBackend"]

_MOST_AT_ONCE = 4
_FIRMER_BY = 1.5  # times the guidance that the weights are used with


@dataclass(frozen=True)
class VideoDiTBackend:
    """Pictures a request with a folder's weights; `device` is one of torch's names, or "auto": a GPU if there."""

    name: str = "dit"
    version: str = "1"  # raised by hand when the same weights and stage would give other pixels
    folder: Path = SHIPPED
    device: str = "auto"

    @cached_property
    def weights_digest(self) -> str:
        """The digest of the weights, by their note.

        Raises:
            PictureError: there are no weights.
        """
        return digest_of(self.folder)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Steps and guidance, as the weights' folder says.

        Raises:
            PictureError: there are no weights.
        """
        return settings_of(self.folder)

    @property
    def reads(self) -> frozenset[ReferenceKind]:
        """The take that a shot goes on from; looks and places are on the stage."""
        return frozenset({"continues"})

    @property
    def varies(self) -> bool:
        """Whether there are several steps: of one, the picture is what the model expects, whatever the noise.

        Raises:
            PictureError: there are no weights.
        """
        return dict(self.settings)["steps"] != 1

    @property
    def firmer(self) -> tuple[Setting, ...]:
        """More guidance: further from what the model would picture of anybody anywhere, at two predictions a step.

        Raises:
            PictureError: there are no weights.
        """
        return tuple((name, float(value) * _FIRMER_BY) for name, value in self.settings if name == "guidance")

    @property
    def words(self) -> str:
        """Its own: those that it was trained on."""
        return "dit"

    @property
    def licence(self) -> Licence | None:
        """None: the weights are the project's own."""
        return None

    @property
    def at_once(self) -> int:
        """Few: each process holds the weights, and a context on the GPU; they share the cores' threads."""
        return min(os.cpu_count() or 1, _MOST_AT_ONCE)

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        """Nothing: what cannot be met is an error."""
        del request
        return ()

    def heard(self, request: ClipRequest) -> ClipSound | None:
        """None: it makes pictures alone."""
        del request
        return None

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        """Yields the frames, group by group of the take, as they are made.

        Raises:
            PictureError: the weights cannot be used, a take cannot be read or the request cannot be met (before the
                first frame); a step gave what is no number.
        """
        frames: Iterator[Frame] = load_models(self.folder, self.device).generate(_going_on(request))
        return frames


def _going_on(request: ClipRequest) -> ClipRequest:
    """The request with the last frame of the take that it continues as its first, but for what is given of that."""
    from model.backends.seen import last_frames
    from model.given import is_whole, put_back, resized

    first = next((known for known in request.known if known.index == 0), None)
    before = [reference for reference in request.references if reference.kind == "continues"]
    if not before or (first is not None and is_whole(first)):
        return request
    picture = resized(last_frames(before[-1].path, 1)[0], request.width_px, request.height_px)
    if first is not None:
        picture = put_back(picture, first)
    others = tuple(known for known in request.known if known is not first)
    return replace(request, known=(KnownFrame(index=0, picture=picture), *others))
