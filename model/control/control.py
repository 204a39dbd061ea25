"""A stage as a control video: depth, skeletons, soft edges, motion or the grey-box set; and its camera as a path."""

from __future__ import annotations

from model.backends.engine import Camera, Control, ControlVideo
from model.stage import Stage

__all__ = ["camera_path", "control_video"]


def control_video(
    stage: Stage, kind: Control, *, frame_count: int, fps: float, width_px: int, height_px: int
) -> ControlVideo:
    """A frame of control for each of `frame_count` instants i / fps."""
    raise NotImplementedError(stage, kind, frame_count, fps, width_px, height_px)


def camera_path(stage: Stage, *, frame_count: int, fps: float, width_px: int, height_px: int) -> Camera:
    """Where the stage's camera is at each of `frame_count` instants i / fps, and its focal length in pixels."""
    raise NotImplementedError(stage, frame_count, fps, width_px, height_px)
