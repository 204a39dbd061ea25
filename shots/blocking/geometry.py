"""What a shot's stage looks like through its camera, as the few facts that continuity judges.

`measure` (in `shots.blocking`) makes these from a Stage; the rules in `shots.continuity` only read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["OnScreen", "ShotGeometry"]

ScreenWay = Literal["left", "right", "lens", "away"]
ScreenMove = Literal["none", "left", "right", "toward", "away"]


@dataclass(frozen=True, kw_only=True)
class OnScreen:
    """One character through the camera. `x` runs from 0 (left edge) to 1 (right edge), `y` from 0 (top)."""

    character: str
    visible: bool  # some of the head is inside the frame at some time
    x: float  # of the head, as the shot opens
    x_end: float  # as it closes
    head_y: float  # of the crown, as the shot opens
    body_height: float  # crown to sole in picture heights, as the shot opens
    facing: ScreenWay
    gaze: ScreenWay
    moves: ScreenMove


@dataclass(frozen=True, kw_only=True)
class ShotGeometry:
    """A shot through its camera.

    `axis` is the pair whose line of action the shot keeps to, `axis_side` the side of it on which the
    camera stands (+1, -1, or 0: on the line, or no line). `camera_azimuth_deg` is the heading from the main
    subject to the camera as the shot opens, the angle of the 30° rule.
    """

    shot: str
    lens_mm: float
    camera_azimuth_deg: float
    camera_distance_m: float  # to the main subject, else to the middle of the set
    axis: tuple[str, str] | None
    axis_side: int
    crosses_axis: bool  # the camera moves over the line during the shot, which resets it
    people: tuple[OnScreen, ...]
