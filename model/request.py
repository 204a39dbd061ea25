"""What a picture back end is asked for, and what it is: pure data and a protocol, no heavy import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from model.stage import Stage

__all__ = [
    "Backend",
    "ClipRequest",
    "ClipSound",
    "Condition",
    "Frame",
    "GuideKind",
    "KnownFrame",
    "Licence",
    "Picture",
    "ReferenceClip",
    "Setting",
]

Frame = NDArray[np.uint8]
"""One picture, (h, w, 3), sRGB."""

ReferenceKind = Literal["identity", "place", "state", "continues"]

Condition = Literal["text", "facts", "palettes", "boxes", "sheets"]
"""What a picture model is told besides pictures: words; light, weather, style and camera; the cast's colours; where
they are; their sheets."""

GuideKind = Literal["stand_ins", "place", "people", "none"]
"""What the guide picture shows: set and stand-ins, the empty set, stand-ins before grey, or nothing."""

Setting = tuple[str, int | float | str]
"""A name and a value."""


@dataclass(frozen=True, kw_only=True)
class ReferenceClip:
    """A take of another shot that this one may see, as the shot graph's edges say."""

    kind: ReferenceKind
    of: str  # the character, place or prop
    path: str  # a clip on disk
    digest: str  # of the clip's bytes
    stage: Stage | None = None  # what it shows, where that is known
    shot: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Picture:
    """A picture of a character in a wardrobe state, or of a place under a light, that shots are to hold to."""

    kind: Literal["identity", "place"]
    of: str  # the character or place
    picture: Frame  # of any size
    source: str  # where it is from, as a person reads it: "cast/mara.png", "take 0a1b2c3d4e5f of S1.2, frame 14"
    view: str = ""  # "front", "three_quarter", "back", "face", or "" where nobody knows


@dataclass(frozen=True, kw_only=True, eq=False)
class KnownFrame:
    """A frame of the clip that is given: all of it, or what `keep` (h, w) of bool says of it."""

    index: int  # from 0
    picture: Frame
    keep: NDArray[np.bool_] | None = None


@dataclass(frozen=True, kw_only=True)
class ClipRequest:
    """One shot to be pictured: `frame_count` frames of `width_px` × `height_px` at `fps`, from `stage`."""

    stage: Stage
    width_px: int
    height_px: int
    fps: int
    frame_count: int
    seed: int
    text: str = ""  # the shot in plain words, as the back end likes to be told
    negative: str = ""  # what the picture is not to become, where the back end takes such words
    pictures: tuple[Picture, ...] = ()  # of those on the stage and of the place, from the film's reference bank
    references: tuple[ReferenceClip, ...] = ()
    known: tuple[KnownFrame, ...] = ()  # first frame, last frame, a clip before or after, a picture with a hole
    guide: GuideKind = "stand_ins"
    without: frozenset[Condition] = frozenset()
    settings: tuple[Setting, ...] = ()  # those of the back end's that are otherwise for this shot


@dataclass(frozen=True, eq=False)
class ClipSound:
    """The sound that an engine made with a clip: `samples` (n, channels), -1 to 1."""

    samples: NDArray[np.float32]
    rate_hz: int


@dataclass(frozen=True)
class Licence:
    """What weights may be used for: its name, whether films made with them may be sold, and that in one line."""

    name: str
    commercial: bool
    line: str
    address: str = ""  # where it can be read


class Backend(Protocol):
    """A way to picture shots.

    `reads` are the kinds of dependency edge whose takes the back end looks at; only those make a shot
    wait for, and go stale with, another. `weights_digest` is "" for a back end without weights. `settings` are what
    else changes its pictures, such as ("steps", 4): a take's key and receipt hold all of these.
    `varies` says whether another seed gives another picture of the same stage, so that a retake may be better; `firmer`
    are the settings of a request whose picture should hold more closely to what it is told, none where no setting does.
    `words` names who reads the request's words (`director.wording.engines`), `licence` is that of the weights, None
    where they are the project's own, and `at_once` how many shots may be pictured at a time, 0 for one a core.
    A back end is picklable, so that it can be sent to a worker process.
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def weights_digest(self) -> str: ...
    @property
    def settings(self) -> tuple[Setting, ...]: ...
    @property
    def reads(self) -> frozenset[ReferenceKind]: ...
    @property
    def varies(self) -> bool: ...
    @property
    def firmer(self) -> tuple[Setting, ...]: ...
    @property
    def words(self) -> str: ...
    @property
    def licence(self) -> Licence | None: ...
    @property
    def at_once(self) -> int: ...

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        """How what is asked for is met where that is another way than it is asked, and what cannot be met: sentences.

        After `generate` also what was found out by then, such as less memory than there was thought to be.

        Raises:
            PictureError: the request cannot be met at all.
        """
        ...

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        """Yields exactly `request.frame_count` frames of (height_px, width_px, 3); none is painted over once it was
        yielded, as it is encoded while the next one is made.

        Raises:
            PictureError: the request cannot be met; raised before the first frame.
        """
        ...

    def heard(self, request: ClipRequest) -> ClipSound | None:
        """The sound that was made with the frames of a request, as long as they are; None where it makes none.

        Asked for once, after the last frame of `generate`.
        """
        ...
