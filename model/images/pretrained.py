"""The maker of single pictures by a pretrained engine: a request is a clip of one frame.

The weights are read when the first picture is made, once in each process (`model.backends.load`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.backends.config import EngineConfig
from model.backends.engine import Capabilities, Clip, Engine, Variant
from model.backends.load import digest_of, index_of, load
from model.backends.registry import IMAGES, engine_of
from model.errors import PictureError
from model.images.maker import ImageRequest
from model.images.pixels import fitted, working_px
from model.request import Frame, Picture

__all__ = ["PretrainedImages"]


@dataclass(frozen=True)
class PretrainedImages:
    """Makes pictures with an engine's weights. It is picklable, so that it can be sent to a worker process.

    Raises:
        PictureError: there is no such engine of single pictures, or it has no such variant.
    """

    config: EngineConfig

    def __post_init__(self) -> None:
        if self.config.engine not in IMAGES:
            raise PictureError(
                f"no engine of single pictures '{self.config.engine}'. Fix: say {', '.join(IMAGES)}, each with its "
                "weights."
            )
        names = [one.name for one in self._engine.variants]
        if self.config.variant not in (None, *names):
            raise PictureError(
                f"{self.name} has no variant '{self.config.variant}'. Fix: say variant: {' or '.join(names)}."
            )

    @property
    def name(self) -> str:
        """The engine's."""
        return self.config.engine

    @property
    def version(self) -> str:
        """The adapter's, with what else changes its pictures."""
        said = (f"{self._steps} steps", f"guidance {self._guidance:g}", f"{self._area_px} px")
        return f"{self._engine.version} ({', '.join(said)})"

    @property
    def weights_digest(self) -> str:
        """Of all that is read."""
        return digest_of(self.config)

    @property
    def words(self) -> str:
        """Who reads its words."""
        return self._engine.words

    @cached_property
    def can(self) -> Capabilities:
        """What the weights in hand can be told.

        Raises:
            PictureError: they are not on this machine, not whole, or of another engine.
        """
        return self._engine.narrowed(self._engine.capabilities, index_of(self.config))

    @property
    def references(self) -> int:
        """How many pictures it can be given."""
        return self.can.references

    def picture(self, request: ImageRequest) -> Frame:
        """The picture, (height_px, width_px, 3).

        Raises:
            PictureError: the weights cannot be used, or more pictures are given than they take.
        """
        if len(request.references) > self.references:
            raise PictureError(
                f"{self.name} takes {self.references} pictures, and {len(request.references)} are given. "
                "Fix: give fewer, or take an engine that edits, such as flux2-klein."
            )
        sizes = replace(self.can.sizes, area_px=self._area_px)
        width_px, height_px = working_px(request.width_px, request.height_px, sizes)
        clip = Clip(
            text=request.text,
            negative=request.negative if self.can.negative else "",
            width_px=width_px,
            height_px=height_px,
            fps=1,
            frame_count=1,
            seed=request.seed,
            steps=self._steps,
            guidance=self._guidance,
            references=tuple(Picture(kind="identity", of="", picture=one, source="") for one in request.references),
            options=dict(self.config.options),
        )
        loaded = load(self.config)
        call = self._engine.call(loaded.pipeline, clip)
        made = np.asarray(loaded.call(call.pipeline, call.arguments).images[0])
        if not np.isfinite(made).all():
            raise PictureError(f"{self.name} made no picture but numbers that are none. Fix: take another profile.")
        return fitted(np.rint(made * 255.0).clip(0, 255).astype(np.uint8), request.width_px, request.height_px)

    @property
    def _engine(self) -> Engine:
        return engine_of(self.config.engine)

    @property
    def _variant(self) -> Variant:
        named = {one.name: one for one in self._engine.variants}
        return named[self.config.variant] if self.config.variant is not None else self._engine.variants[0]

    @property
    def _steps(self) -> int:
        return self.config.steps or self._variant.steps

    @property
    def _guidance(self) -> float:
        return self._variant.guidance if self.config.guidance is None else self.config.guidance

    @property
    def _area_px(self) -> int:
        return int(dict(self._engine.options, **dict(self.config.options))["area_px"])
