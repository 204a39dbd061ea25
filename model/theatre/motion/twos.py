"""Which frames of a shot are drawn: on twos, as hand-drawn film is, and on ones while something travels.

Whoever pictures a stage draws the same frames, so that a guide and a finished picture move alike.
"""

from __future__ import annotations

from model.stage import Stage
from model.theatre.motion.marks import place_at
from model.theatre.motion.props_motion import prop_now
from model.theatre.view import view_at

__all__ = ["drawn_frames", "is_drawn"]

_ON_TWOS_FROM_FPS = 20


def is_drawn(stage: Stage, fps: int, index: int) -> bool:
    """Whether frame `index` is a drawing of its own, and not the one before held."""
    on_twos = fps >= _ON_TWOS_FROM_FPS and index % 2 == 1
    return not on_twos or _travels(stage, (index - 1) / fps, index / fps)


def drawn_frames(stage: Stage, fps: int, frame_count: int) -> list[int]:
    """The frames that are drawn, from 0; each is held until the next."""
    return [index for index in range(frame_count) if is_drawn(stage, fps, index)]


def _travels(stage: Stage, before_s: float, now_s: float) -> bool:
    """Whether the camera, a figure, a prop or what passes a window goes from one place to another."""
    if stage.place.kind in ("car", "train") or (stage.beside is not None and _travels(stage.beside, before_s, now_s)):
        return True
    was, now = (view_at(stage.camera, time_s, 16, 16, stage.seed) for time_s in (before_s, now_s))
    if was.eye != now.eye or was.focal_px != now.focal_px or (was.rotation != now.rotation).any():
        return True
    if any(place_at(figure, before_s) != place_at(figure, now_s) for figure in stage.figures):
        return True
    moving = (prop for prop in stage.props if prop.keys)
    return any(prop_now(stage, prop, before_s).moves or prop_now(stage, prop, now_s).moves for prop in moving)
