"""The drawn picture back end: the theatre's finished frames, at once and on any machine.

Needs no weights and looks at no other take. It draws on twos, as hand-drawn film does: a drawing holds for two
frames, unless the camera or somebody travels, when every frame is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.errors import PictureError
from model.request import ClipRequest, Frame, ReferenceKind, Setting

__all__ = ["Previz"]

SMALLEST_PX, LARGEST_PX = 16, 7680


@dataclass(frozen=True)
class Previz:
    """Draws a request's stage frame by frame."""

    name: str = "previz"
    version: str = "5"  # raised by hand when the same stage would give other pixels
    weights_digest: str = ""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """None: a stage is drawn in one way."""
        return ()

    @property
    def reads(self) -> frozenset[ReferenceKind]:
        """No takes: everything drawn is on the stage."""
        return frozenset()

    @property
    def varies(self) -> bool:
        """A stage has one drawing, whatever the seed."""
        return False

    @property
    def firmer(self) -> tuple[Setting, ...]:
        """None: a drawing holds to its stage."""
        return ()

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        """Yields the frames at times i / fps, or drawn at the time of the frame before where a drawing holds.

        Raises:
            PictureError: a size that is odd or out of range, or no positive frame rate; before the first frame.
        """
        for side, px in (("width", request.width_px), ("height", request.height_px)):
            if not SMALLEST_PX <= px <= LARGEST_PX or px % 2:
                raise PictureError(
                    f"previz cannot draw a {side} of {px} pixels. "
                    f"Fix: ask for an even number from {SMALLEST_PX} to {LARGEST_PX}."
                )
        if request.fps < 1:
            raise PictureError(f"previz cannot draw {request.fps} frames a second. Fix: ask for 1 or more.")
        if request.frame_count < 0:
            raise PictureError(f"previz cannot draw {request.frame_count} frames. Fix: ask for 0 or more.")
        return self._frames(request)

    @staticmethod
    def _frames(request: ClipRequest) -> Iterator[Frame]:
        from model.theatre import draw
        from model.theatre.motion.twos import is_drawn

        stage, fps = request.stage, request.fps
        frame: Frame | None = None
        for i in range(request.frame_count):
            if frame is None or is_drawn(stage, fps, i):
                frame = draw(stage, i / fps, request.width_px, request.height_px)
            yield frame
