"""What a pretrained picture engine is, as data: what its pipeline can be told, and how that is put as its arguments.

One file of this folder declares one `Engine`. Nothing here imports torch or diffusers; an adapter's functions do so
when they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from model.backends.index import PipelineIndex
from model.request import ClipSound, Frame, KnownFrame, Picture

__all__ = [
    "Arguments",
    "Call",
    "Camera",
    "Capabilities",
    "Clip",
    "ClipSound",
    "Control",
    "ControlVideo",
    "Engine",
    "FrameCounts",
    "Sizes",
    "Variant",
]

Control = Literal["depth", "pose", "edges", "flow", "grey"]
"""What a control video shows: nearness (white is near), OpenPose skeletons, soft edges, motion, or the grey-box set."""


@dataclass(frozen=True)
class FrameCounts:
    """The lengths that a pipeline makes: `step`·n + 1 frames, from `least` to `most`."""

    step: int
    least: int
    most: int

    def fitting(self, frame_count: int) -> int:
        """The shortest of these lengths that holds `frame_count` frames; `most` where none does."""
        wanted = min(max(frame_count, self.least), self.most)
        return min(-(-(wanted - 1) // self.step) * self.step + 1, self.most)


@dataclass(frozen=True)
class Sizes:
    """The sizes that a pipeline makes: sides in steps of `multiple_px`, of about `area_px`.

    With `fixed` it makes those alone, (width, height) in pixels.
    """

    multiple_px: int
    area_px: int
    fixed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What an engine can be told and can make. A test has to show of each that it changes the picture as it must."""

    frames: FrameCounts
    frames_at_once: int = 0  # of those, in memory at a time, where a clip is made window by window; 0 for all
    sizes: Sizes
    fps: int  # that it has learnt
    text: bool = True
    negative: bool = False  # words for what is to be left out
    first: bool = False
    needs_first: bool = False  # it makes nothing without a first frame
    last: bool = False  # together with a first frame
    most_with_last: int = 0  # frames of a clip that has a last one, at most; 0 for as many as any clip
    needs_last: bool = False  # it makes nothing without a last frame
    any_frame: bool = False  # known frames wherever they stand; implies first and last
    before: int = 0  # frames of a clip before that it goes on from, at most; of first alone it reads the last one
    before_or_last: bool = False  # not both at once: with a last frame, a clip before is read by its last one alone
    after: int = 0  # frames of a clip after that it leads to, at most
    keep: bool = False  # a mask of what stays within a frame
    references: int = 0  # pictures of people and places, at most
    controls: frozenset[Control] = frozenset()
    camera: bool = False  # a camera path in metres
    sound: bool = False  # it makes sound of its own with the picture

    def declared(self) -> tuple[str, ...]:
        """The names of what it can be told and makes, each to be shown by a test: "first", "control depth", ..."""
        said = ("text", "negative", "first", "last", "any_frame", "before", "after", "keep", "references", "camera")
        told = tuple(name for name in said if getattr(self, name))
        return (*told, *(f"control {kind}" for kind in sorted(self.controls)), *(("sound",) if self.sound else ()))


@dataclass(frozen=True)
class Variant:
    """How an engine's weights are sampled; a distilled one takes few steps and no guidance."""

    name: str  # "full", "distilled", ...
    steps: int
    guidance: float


@dataclass(frozen=True, kw_only=True, eq=False)
class ControlVideo:
    """A frame of control for each frame of a clip."""

    kind: Control
    frames: tuple[Frame, ...]


@dataclass(frozen=True, eq=False)
class Camera:
    """A camera path, frame by frame.

    `poses` is (t, 4, 4): from the camera's axes (x right, y down, z ahead; metres) to the world's; `focal_px` (t,).
    """

    poses: NDArray[np.float64]
    focal_px: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Clip:
    """One call of a pipeline, in its own size, rate and count of frames.

    Its first `lead_in` frames and its last `lead_out` belong to what is before and after it: they are among `known`,
    and no part of what is made.
    """

    text: str
    negative: str
    width_px: int
    height_px: int
    fps: int
    frame_count: int
    seed: int
    steps: int
    guidance: float
    lead_in: int = 0
    lead_out: int = 0
    known: tuple[KnownFrame, ...] = ()  # by their index among `frame_count`
    references: tuple[Picture, ...] = ()
    control: ControlVideo | None = None
    camera: Camera | None = None
    options: Mapping[str, int | float | str] = field(default_factory=dict)  # those of `Engine.options`


Arguments = dict[str, Any]
"""A pipeline's own arguments, by their names."""


@dataclass(frozen=True, eq=False)
class Call:
    """A pipeline's call: its arguments, and its class where the parts that were loaded are to be used as another.

    The first `skip_frames` of what it returns are no part of the clip. `guidance` is said where that is no argument,
    but the pipeline has a guider.
    """

    arguments: Arguments
    pipeline: str | None = None  # one of diffusers' class names
    skip_frames: int = 0
    guidance: float | None = None


def _as_declared(capabilities: Capabilities, index: PipelineIndex) -> Capabilities:
    del index
    return capabilities


def _as_loaded(pipeline: Any, options: Mapping[str, int | float | str]) -> None:
    del pipeline, options


def _no_sound(result: Any, pipeline: Any) -> ClipSound | None:
    del result, pipeline
    return None


@dataclass(frozen=True, kw_only=True)
class Engine:
    """A family of weights that one adapter serves.

    `set_up(pipeline, options)` changes what was loaded as the film's options want it, such as its scheduler.
    `call(pipeline, clip)` puts a clip as the pipeline's own call. `narrowed(capabilities, index)` takes from what is
    declared what the weights in hand lack. `sound(result, pipeline)` reads what the pipeline made besides pictures.
    The result's `frames` are (1, t, h, w, 3) or (t, h, w, 3) from 0 to 1, as diffusers' `output_type="np"` gives them;
    all are there, those that lead in too, unless `returns_lead_in` is False.
    """

    name: str  # as --picture takes it: "wan-vace"
    title: str  # as people call it: "Wan 2.1 and 2.2 VACE"
    version: str  # raised by hand when the same request and weights would be put as other arguments
    words: str  # one of director.wording.engines
    pipelines: tuple[str, ...]  # diffusers' classes, as a folder's model_index.json names them
    capabilities: Capabilities
    variants: tuple[Variant, ...]  # the first is meant where none is named
    call: Callable[[Any, Clip], Call]
    narrowed: Callable[[Capabilities, PipelineIndex], Capabilities] = _as_declared
    set_up: Callable[[Any, Mapping[str, int | float | str]], None] = _as_loaded
    sound: Callable[[Any, Any], ClipSound | None] = _no_sound
    returns_lead_in: bool = True
    options: tuple[tuple[str, int | float | str], ...] = ()  # its own settings, with what they are unless they are set
