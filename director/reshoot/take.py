"""A take as a person sees it: of which shot, how it was asked for, whether it is the one that is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from director.reshoot.listed import printed

if TYPE_CHECKING:
    from director.reshoot.shot import Shot
    from director.reshoot.slate import Slated
    from model.request import Frame
    from shots.render.job import Take as Stored
    from shots.spec import Shot as Spec

__all__ = ["Take"]


@dataclass(frozen=True, eq=False)
class Take:
    """The take number `number` (from 1) of a shot, as it is stored, and as it stands on the slate."""

    shot: Shot
    number: int
    stored: Stored
    slated: Slated

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Take):
            return NotImplemented
        return (self.shot.id, self.key) == (other.shot.id, other.key)

    def __hash__(self) -> int:
        return hash((self.shot.id, self.key))

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
    def asked(self) -> Spec:
        """The shot as it was asked for, as it was written."""
        return self.slated.asked

    @property
    def seed(self) -> int:
        """The seed that it was pictured with."""
        return int(self.receipt["inputs"]["seed"])

    @property
    def duration_s(self) -> float:
        """The clip's length; a trim of the shot leaves it whole."""
        return self.stored.frame_count / self.stored.fps

    @property
    def frame_count(self) -> int:
        return self.stored.frame_count

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
        """One frame, (h, w, 3), sRGB; `number` counts from 0, and from the end when it is negative.

        Raises:
            IndexError: the take has no such frame.
        """
        from shots.render.clip import read_frames

        place = number + self.frame_count if number < 0 else number
        if not 0 <= place < self.frame_count:
            raise IndexError(f"take {self.number} of {self.shot.id} has {self.frame_count} frames, from 0")
        return next(iter(read_frames(self.path, place, 1)))

    def circle(self) -> None:
        """Makes the storyboard say what this take shows, so that the film shows it; see `Shot.circle`."""
        self.shot.circle(self)

    def __repr__(self) -> str:
        told = f", {printed(self.note, 60)}" if self.note else ""
        shot = printed(self.shot.id)
        return f"<take {self.number} of {shot}, {self.duration_s:.1f} s{told}{', circled' * self.circled}>"

    def _repr_html_(self) -> str:
        from director.notebook.show import take_html

        return take_html(self)
