"""A take as a person sees it: of which shot, how it was asked for, whether it is the one that is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from director.reshoot.shot import Shot
    from director.reshoot.slate import Slated
    from model.request import Frame
    from shots.render.job import Take as Stored

__all__ = ["Take"]


@dataclass(frozen=True, eq=False)
class Take:
    """The take number `number` (from 1) of a shot, as it is stored, and as it stands on the slate."""

    shot: Shot
    number: int
    stored: Stored
    slated: Slated

    @property
    def key(self) -> str:
        """64 hexadecimal digits."""
        return self.stored.key

    @property
    def path(self) -> Path:
        """The clip."""
        return self.stored.path

    @property
    def note(self) -> str:
        """What it was asked for with."""
        return self.slated.note

    @property
    def duration_s(self) -> float:
        return self.stored.frame_count / self.stored.fps

    @property
    def receipt(self) -> dict[str, Any]:
        """All that made it."""
        return dict(json.loads(self.path.with_name("receipt.json").read_text("utf-8")))

    @property
    def circled(self) -> bool:
        """Whether it is the one that the film shows."""
        shown = self.shot.take
        return shown is not None and shown.key == self.key

    def frame(self, number: int = 0) -> Frame:
        """One frame, (h, w, 3), sRGB; `number` counts from 0."""
        from shots.render.clip import read_frames

        return next(iter(read_frames(self.path, number, 1)))

    def circle(self) -> None:
        """Makes the storyboard say what this take shows, so that the film shows it."""
        self.shot.circle(self)

    def __repr__(self) -> str:
        told = f", {self.note}" if self.note else ""
        return f"<take {self.number} of {self.shot.id}, {self.duration_s:.1f} s{told}{', circled' * self.circled}>"
