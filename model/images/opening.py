"""The first frame of a shot as an image engine makes it, for engines of clips that begin with a picture.

An engine that edits is shown the theatre's drawing of the frame first, so that framing, places, poses and eyelines hold
by geometry, and then the people and the place as they are to look. One that reads words alone is told the words.
"""

from __future__ import annotations

from collections.abc import Sequence

from model.images.maker import ImageMaker, ImageRequest
from model.request import ClipRequest, Frame, Picture

__all__ = ["opening_request", "shown_beside_drawing"]

_DRAWING = (
    "Picture 1 is a drawing of this frame: keep its framing, and who is where in it, how large, in which pose, looking "
    "where; not its drawn look."
)
_OTHERS = "The other pictures show how the people and the place look: keep faces, hair, clothes and colours."


def shown_beside_drawing(references: int) -> int:
    """How many pictures of people and places an image engine is shown that takes `references`: one is the drawing."""
    return max(references - 1, min(references, 1))


def opening_request(
    maker: ImageMaker, request: ClipRequest, text: str, drawing: Frame, pictures: Sequence[Picture], seed: int
) -> ImageRequest:
    """What an image engine is asked for to begin a shot, `text` being the shot's words and `drawing` its first frame.

    The drawing is left out where the engine takes no more than the `pictures`.
    """
    shown = [one.picture for one in pictures]
    said = [text]
    if maker.references > len(shown):
        said = [_DRAWING, *([_OTHERS] if shown else []), text]
        shown = [drawing, *shown]
    people = (figure.id for figure in request.stage.figures)
    return ImageRequest(
        text=" ".join(said),
        negative=request.negative,
        width_px=request.width_px,
        height_px=request.height_px,
        seed=seed,
        references=tuple(shown),
        of=tuple(dict.fromkeys((*people, request.stage.place.name))),
    )
