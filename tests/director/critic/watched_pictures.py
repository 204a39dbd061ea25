"""A small picture back end that makes bad takes at some seeds, and a critic who sees it; importable by workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from director.critic.verdict import Judgement, Verdict
from model.backends.previz import Previz
from model.errors import PictureError
from model.request import ClipRequest, ClipSound, Frame, Licence, ReferenceKind, Setting
from shots.render.clip import read_frames
from shots.render.job import Take

BLACK = 16.0
"""A take whose first frame is darker than this is black."""


@dataclass(frozen=True)
class Seedy:
    """Greys by the seed; black at some seeds, unless it is asked more firmly or with a note, if that helps.

    Where a shot continues a take, it is brighter than the last frame of that by 20.
    """

    name: str = "seedy"
    version: str = "1"
    weights_digest: str = "0123456789abcdef" * 4
    settings: tuple[Setting, ...] = (("guidance", 1.0),)
    reads: frozenset[ReferenceKind] = frozenset({"continues"})
    varies: bool = True
    firmer: tuple[Setting, ...] = ()
    words: str = "dit"
    licence: Licence | None = None
    at_once: int = 1
    black_at: frozenset[int] = frozenset()
    fails_at: frozenset[int] = frozenset()
    stops_at: frozenset[int] = frozenset()  # somebody stops the run
    firmness_helps: bool = False
    notes_help: bool = False

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        return ()

    def heard(self, request: ClipRequest) -> ClipSound | None:
        return None

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        if request.seed in self.fails_at:
            raise PictureError("step 3 of 4 gave no number. Fix: try another seed")
        if request.seed in self.stops_at:
            raise KeyboardInterrupt
        level = 60 + request.seed
        for reference in request.references:
            level = round(float(next(read_frames(Path(reference.path), 3, 1)).mean())) + 20
        helped = (self.firmness_helps and bool(request.settings)) or (self.notes_help and "NOTE" in request.text)
        if request.seed in self.black_at and not helped:
            level = 0
        for _ in range(request.frame_count):
            yield np.full((request.height_px, request.width_px, 3), level, np.uint8)


@dataclass(frozen=True)
class Spoiled:
    """Draws the stage as the theatre does, and leaves the lens cap on at some seeds."""

    name: str = "spoiled"
    version: str = "1"
    weights_digest: str = "fedcba9876543210" * 4
    settings: tuple[Setting, ...] = ()
    reads: frozenset[ReferenceKind] = frozenset()
    varies: bool = True
    firmer: tuple[Setting, ...] = ()
    words: str = "dit"
    licence: Licence | None = None
    at_once: int = 1
    black_at: frozenset[int] = frozenset()
    fails_at: frozenset[int] = frozenset()

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        return ()

    def heard(self, request: ClipRequest) -> ClipSound | None:
        return None

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        if request.seed in self.fails_at:
            raise PictureError("step 3 of 4 gave no number. Fix: try another seed")
        for frame in Previz().generate(request):
            yield np.zeros_like(frame) if request.seed in self.black_at else frame


def level(path: Path) -> float:
    """The mean of a clip's first frame."""
    return float(next(read_frames(path, 0, 1)).mean())


def verdict(holds: bool, figure: float, constraint: str = "black", of: str = "") -> Verdict:
    """A verdict on light."""
    return Verdict(
        constraint=constraint, of=of, holds=holds, figure=figure, limit=BLACK, unit="of 255",
        told=f"the first frame's light is {figure:.0f}, at least {BLACK:.0f}", margin=min(figure / 255, 1.0),
    )  # fmt: skip


@dataclass
class Judge:
    """Measures how dark takes are, and remembers which it watched."""

    watched: list[str] = field(default_factory=list)

    def __call__(self, take: Take) -> Judgement:
        self.watched.append(take.shot)
        light = level(take.path)
        return Judgement(take.shot, take.key, (verdict(light >= BLACK, light),))
