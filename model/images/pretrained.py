"""The maker of single pictures by a pretrained engine: a request is a clip of one frame.

The weights are read when the first picture is made, once in each process (`model.backends.load`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.backends.config import EngineConfig
from model.backends.engine import Capabilities, Clip, Engine
from model.backends.load import digest_of, index_of, load
from model.backends.registry import IMAGES, engine_of
from model.backends.settings import Sampling, sampling_of, sized
from model.errors import PictureError
from model.images.maker import ImageRequest
from model.images.pixels import fitted, working_px
from model.request import Frame, Licence, Picture

__all__ = ["PretrainedImages"]


@dataclass(frozen=True)
class PretrainedImages:
    """Makes pictures with an engine's weights. It is picklable, so that it can be sent to a worker process.

    Raises:
        PictureError: there is no such engine of single pictures.
    """

    config: EngineConfig

    def __post_init__(self) -> None:
        if self.config.engine not in IMAGES:
            raise PictureError(
                f"no engine of single pictures '{self.config.engine}'. Fix: say {', '.join(IMAGES)}, each with its "
                "weights."
            )

    @property
    def name(self) -> str:
        """The engine's."""
        return self.config.engine

    @property
    def version(self) -> str:
        """The adapter's, with what else changes its pictures.

        Raises:
            PictureError: the config names a variant or an option that the engine does not have.
        """
        sampling = self._sampling
        said = [sampling.variant, f"{sampling.steps} steps", f"guidance {sampling.guidance:g}"]
        said += [f"{sampling.area_px} px"] if sampling.area_px else []
        said += [
            f"{lora.trigger or lora.file.name}{f' of {lora.of}' if lora.of else ''} × {lora.strength:g}"
            for lora in self.config.loras
        ]
        return f"{self._engine.version} ({', '.join(said)})"

    @cached_property
    def weights_digest(self) -> str:
        """Of all that is read."""
        return digest_of(self.config)

    @property
    def words(self) -> str:
        """Who reads its words."""
        return self._engine.words

    @cached_property
    def licence(self) -> Licence:
        """Of the weights."""
        from model.hub.terms import licence_of

        return licence_of(self.config)

    @cached_property
    def can(self) -> Capabilities:
        """What the weights in hand can be told.

        Raises:
            PictureError: they are not on this machine, not whole, or of another engine.
        """
        return sized(self._engine.narrowed(self._engine.capabilities, index_of(self.config)), self._sampling)

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
        width_px, height_px = working_px(request.width_px, request.height_px, self.can.sizes)
        sampling = self._sampling
        loras = [lora for lora in self.config.loras if not lora.of or lora.of in request.of]
        clip = Clip(
            text=" ".join((*(lora.trigger for lora in loras if lora.trigger), request.text)),
            negative=request.negative if self.can.negative else "",
            width_px=width_px,
            height_px=height_px,
            fps=1,
            frame_count=1,
            seed=request.seed,
            steps=sampling.steps,
            guidance=sampling.guidance,
            references=tuple(Picture(kind="identity", of="", picture=one, source="") for one in request.references),
            options=sampling.options,
        )
        loaded = load(self.config)
        call = self._engine.call(loaded.pipeline, clip)
        made = np.asarray(loaded.call(call.pipeline, call.arguments, loras).images[0])
        return fitted(np.rint(made * 255.0).clip(0, 255).astype(np.uint8), request.width_px, request.height_px)

    @property
    def _engine(self) -> Engine:
        return engine_of(self.config.engine)

    @cached_property
    def _sampling(self) -> Sampling:
        return sampling_of(self._engine, self.config)
