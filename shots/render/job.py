"""What rendering speaks of: dependencies between shots, jobs with their reasons, plans and takes. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from model.request import ClipRequest, Condition, GuideKind, ReferenceClip, ReferenceKind, Setting
from model.stage import Stage

__all__ = ["Dependency", "Job", "RenderPlan", "Take", "TakeSpec"]


@dataclass(frozen=True)
class Dependency:
    """An edge of the shot graph: a shot sees the take of `shot` for the sake of `of`."""

    kind: ReferenceKind
    of: str  # the character, place or prop; "" for a shot that continues another
    shot: str
    stage: Stage | None = field(default=None, compare=False)  # what that take shows, if that is known


@dataclass(frozen=True, kw_only=True)
class TakeSpec:
    """All that makes a take, and nothing else: its key is the key of this.

    `references` holds (kind, of, key of the take that is seen), in order; `pictures` (kind, of, view, digest);
    `known` (frame, digest of its picture, digest of what of it is kept or "" for all).
    """

    stage: Stage
    width_px: int
    height_px: int
    fps: int
    frame_count: int
    seed: int
    text: str
    negative: str
    references: tuple[tuple[ReferenceKind, str, str], ...]
    pictures: tuple[tuple[str, str, str, str], ...]
    known: tuple[tuple[int, str, str], ...]
    guide: GuideKind
    without: frozenset[Condition]
    backend: str
    backend_version: str
    weights_digest: str
    settings: tuple[Setting, ...]
    clip_format: int


@dataclass(frozen=True, kw_only=True)
class Take:
    """A rendered shot: a clip that is stored for good under its key, and the sound that was made with it, if any."""

    shot: str
    key: str
    path: Path
    digest: str  # SHA-256 of the clip's bytes
    frame_count: int
    width_px: int
    height_px: int
    fps: int
    sound: Path | None = None
    sound_digest: str = ""  # SHA-256 of its bytes


@dataclass(frozen=True, kw_only=True)
class Job:
    """A shot to render, why (at least one reason), and the shots whose jobs must be done before."""

    shot: str
    key: str
    spec: TakeSpec
    request: ClipRequest  # its references are filled in when their takes are there
    dependencies: tuple[Dependency, ...]
    reasons: tuple[str, ...]
    waits_for: tuple[str, ...] = ()

    def asked(self, clips: Mapping[str, Take]) -> ClipRequest:
        """The request with the takes that it sees; of one that is not among `clips`, only what it is to show."""
        seen = tuple(
            ReferenceClip(
                kind=edge.kind,
                of=edge.of,
                path=str(clips[edge.shot].path) if edge.shot in clips else "",
                digest=clips[edge.shot].digest if edge.shot in clips else "",
                stage=edge.stage,
                shot=edge.shot,
            )
            for edge in self.dependencies
        )
        return replace(self.request, references=seen)


@dataclass(frozen=True)
class RenderPlan:
    """What is to be done, and what is kept; both in the order of the cut."""

    jobs: tuple[Job, ...]
    kept: tuple[Take, ...]

    @property
    def frame_count(self) -> int:
        """How many frames are to be rendered."""
        return sum(job.request.frame_count for job in self.jobs)
