"""The picture back end of pretrained engines: a request is planned, put as calls of a pipeline, made, and brought back
to the film's size and rate.

The weights are read when the first shot is pictured, once in each process; running out of memory steps down a profile
and goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.backends.config import EngineConfig
from model.request import ClipRequest, Frame, Licence, ReferenceKind, Setting

__all__ = ["Pretrained"]


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
        raise NotImplementedError

    @property
    def weights_digest(self) -> str:
        raise NotImplementedError

    @property
    def settings(self) -> tuple[Setting, ...]:
        raise NotImplementedError

    @property
    def reads(self) -> frozenset[ReferenceKind]:
        raise NotImplementedError

    @property
    def varies(self) -> bool:
        """A seed is another noise, and with it another picture."""
        return True

    @property
    def firmer(self) -> tuple[Setting, ...]:
        raise NotImplementedError

    @property
    def words(self) -> str:
        raise NotImplementedError

    @property
    def licence(self) -> Licence | None:
        raise NotImplementedError

    @property
    def at_once(self) -> int:
        raise NotImplementedError

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        raise NotImplementedError(request)

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        raise NotImplementedError(request)
