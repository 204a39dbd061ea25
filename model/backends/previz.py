"""The drawn picture back end: the theatre's finished frames, at once and on any machine.

Needs no weights and looks at no other take. It draws on twos, as hand-drawn film does: a drawing holds for two
frames, unless the camera or somebody travels, when every frame is drawn.

What is given of a clip is shown: a whole frame at its index as it is, and a part of one exactly but for a soft seam,
with the drawing around it. The drawing before and after a given frame dissolves from and to it over a quarter of a
second, so that a first or last picture is come from and gone to. The same request gives the same frames.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model.errors import PictureError
from model.given import check_known, put_back
from model.request import ClipRequest, ClipSound, Frame, Licence, ReferenceKind, Setting

__all__ = ["Previz"]

SMALLEST_PX, LARGEST_PX = 16, 7680
_DISSOLVE_S = 0.25


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

    @property
    def words(self) -> str:
        """A drawing is told by its stage; its words stand in the receipt."""
        return "dit"

    @property
    def licence(self) -> Licence | None:
        """None: it has no weights."""
        return None

    @property
    def at_once(self) -> int:
        """One for each core."""
        return 0

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        """Nothing: all that is asked for is drawn."""
        del request
        return ()

    def heard(self, request: ClipRequest) -> ClipSound | None:
        """None: what a film sounds like is no drawing's matter."""
        del request
        return None

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        """Yields the frames at times i / fps, or drawn at the time of the frame before where a drawing holds.

        Raises:
            PictureError: a size that is odd or out of range, no positive frame rate, or a given frame that does not
                fit; before the first frame.
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
        if not request.known:
            return self._frames(request)
        check_known(request)
        return _with_given(self._frames(request), request)

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


def _with_given(drawn: Iterator[Frame], request: ClipRequest) -> Iterator[Frame]:
    """The drawing with what is given in its place, dissolving between the two."""
    known = {one.index: one for one in request.known}
    reach = max(1, round(_DISSOLVE_S * request.fps))
    for index, frame in enumerate(drawn):
        near = min((at for at in known if abs(at - index) <= reach), key=lambda at: (abs(at - index), at), default=None)
        if near is None:
            yield frame
            continue
        shown = put_back(frame, known[near])
        share = 1.0 - abs(near - index) / (reach + 1)
        yield shown if near == index else np.round(frame + share * (shown.astype(np.float32) - frame)).astype(np.uint8)
