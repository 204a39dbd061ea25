"""The picture back end of pretrained engines: a request is planned, put as calls of a pipeline, made, and brought back
to the film's size and rate.

The weights are read when the first shot is pictured, once in each process; running out of memory steps down a profile
and goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from model.backends.adapt import check_control, plan_clip
from model.backends.clip_plan import ClipPlan
from model.backends.config import EngineConfig
from model.backends.engine import Capabilities, Engine
from model.backends.fit.profiles import profile_named
from model.backends.framing import framing_of
from model.backends.load import digest_of, index_of, load
from model.backends.making import Making
from model.backends.registry import engine_of
from model.backends.settings import Sampling, sampling_of, sized
from model.request import ClipRequest, ClipSound, Frame, Licence, ReferenceKind, Setting

if TYPE_CHECKING:
    from model.images.pretrained import PretrainedImages

__all__ = ["Pretrained"]

_VERSION = "1"  # raised by hand when the same calls would be planned or brought back otherwise
_FIRMER_BY = 1.5  # times the guidance

_MADE: dict[EngineConfig, tuple[ClipRequest, ClipSound | None, tuple[str, ...]]] = {}
"""What was made last with each config in this process: its request, its sound, and what was found out by then."""


@dataclass(frozen=True)
class Pretrained:
    """Pictures requests with an engine's weights."""

    config: EngineConfig

    @property
    def name(self) -> str:
        """The engine's."""
        return self.config.engine

    @property
    def version(self) -> str:
        """The adapter's and the planner's."""
        return f"{self._engine.version}.{_VERSION}"

    @cached_property
    def weights_digest(self) -> str:
        """Of all that is read, LoRAs too.

        Raises:
            PictureError: the weights are not on this machine, not whole, or of another engine.
        """
        return digest_of(self.config)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """How the weights are sampled, and what goes in besides what a shot asks for.

        Raises:
            PictureError: the config names a variant or an option that the engine does not have.
        """
        config, sampling = self.config, self._sampling
        said: list[Setting] = [
            ("variant", sampling.variant),
            ("steps", sampling.steps),
            ("guidance", sampling.guidance),
            *sorted({**sampling.options, **dict(config.options)}.items()),
        ]
        if config.control is not None:
            said.append(("control", config.control))
        if config.begin_with != "nothing":
            said.append(("begin_with", config.begin_with))
        if config.profile is not None and (switches := profile_named(config.profile).paints_otherwise):
            said.append(("switches", switches))
        for lora in config.loras:
            said.append((f"lora {lora.file.name} of {lora.of or 'all'}", lora.strength))
            if lora.trigger:
                said.append((f"lora {lora.file.name} is called", lora.trigger))
        if config.images is not None:
            said.append(("images", self._images))
        return tuple(said)

    @property
    def reads(self) -> frozenset[ReferenceKind]:
        """The takes that it looks at: one to go on from, and those of the same people and place where it can be shown
        pictures, or begins with a picture that is made from them.
        """
        kinds: set[ReferenceKind] = set()
        can = self.can
        if can.first or can.any_frame or can.before:
            kinds.add("continues")
        if can.references or (self.config.images is not None and (can.first or can.any_frame)):
            kinds |= {"identity", "place", "state"}
        return frozenset(kinds)

    @property
    def varies(self) -> bool:
        """A seed is another noise, and with it another picture."""
        return True

    @property
    def firmer(self) -> tuple[Setting, ...]:
        """More guidance, where there is any."""
        guidance = self._sampling.guidance
        return (("guidance", guidance * _FIRMER_BY),) if guidance > 1 else ()

    @property
    def words(self) -> str:
        """Who reads its words."""
        return self._engine.words

    @cached_property
    def licence(self) -> Licence | None:
        """Of the weights."""
        from model.hub.terms import licence_of

        return licence_of(self.config)

    @property
    def at_once(self) -> int:
        """One a GPU, as a process holds all of the weights; one where all GPUs make each shot together."""
        from model.gpus import gpu_count

        if self.config.profile is not None and profile_named(self.config.profile).parallel:
            return 1
        return max(1, gpu_count())

    @cached_property
    def can(self) -> Capabilities:
        """What the weights in hand can be told and can make.

        Raises:
            PictureError: they are not on this machine, not whole, or of another engine.
        """
        return self._engine.narrowed(self._engine.capabilities, index_of(self.config))

    def check(self, width_px: int, height_px: int) -> None:
        """Whether a film of this size can be made with these weights as they are set; nothing is loaded.

        Raises:
            PictureError: the weights are not here, not whole or of another engine; the engine has no such setting, or
                makes no picture near this shape.
        """
        can = sized(self.can, self._sampling)
        framing_of(width_px, height_px, can.sizes, self.name)
        check_control(self._engine, can, self.config)
        if self.config.profile is not None:
            profile_named(self.config.profile)
        _ = self.settings

    def plan(self, request: ClipRequest) -> ClipPlan:
        """How a request is made.

        Raises:
            PictureError: it cannot be.
        """
        return plan_clip(request, self._engine, self.can, self.config, self._maker.can if self._maker else None)

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        """How what is asked for is met, where that is another way or by choice, and what cannot be met; after
        `generate` also what was found out by then.

        Raises:
            PictureError: the request cannot be met at all.
        """
        told = tuple(met.told for met in self.plan(request).met)
        made = _MADE.get(self.config)
        return (*told, *made[2]) if made is not None else told

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        """Yields the frames, call by call.

        Raises:
            PictureError: the weights cannot be used, the request cannot be met or a take cannot be read; what a call
                makes is no picture, or memory runs out in it.
        """
        plan = self.plan(request)
        loaded = load(self.config)
        making = Making(request, plan, self._engine, self.can, self.config, loaded)
        yield from making.frames()
        _MADE[self.config] = request, making.sound(), loaded.told

    def heard(self, request: ClipRequest) -> ClipSound | None:
        """The sound that came with the frames of a request that was just made; None where the engine makes none."""
        made = _MADE.get(self.config)
        return made[1] if made is not None and made[0] is request else None

    @property
    def _engine(self) -> Engine:
        return engine_of(self.config.engine)

    @cached_property
    def _sampling(self) -> Sampling:
        return sampling_of(self._engine, self.config)

    @cached_property
    def _images(self) -> str:
        """What makes first frames, as one value."""
        maker = self._maker
        assert maker is not None  # noqa: S101  asked for only then
        return f"{maker.name} {maker.version}, weights {maker.weights_digest[:16]}"

    @cached_property
    def _maker(self) -> PretrainedImages | None:
        """What makes first frames."""
        from model.images.pretrained import PretrainedImages

        return PretrainedImages(self.config.images) if self.config.images is not None else None
