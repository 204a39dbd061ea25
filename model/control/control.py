"""A stage as a control video: depth, skeletons, soft edges, motion or the grey-box set; and its camera as a path.

What a pretrained engine is steered by, in the colours that it was trained on, from the theatre's truth of each pixel:
blocking, size, angle, screen direction and eyelines are those of the stage. No engine is known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from model.backends.engine import Camera, Control, ControlVideo
from model.control.clay import grey_frames
from model.control.edges import edge_frames
from model.control.motion import flow_frames
from model.control.nearness import depth_frames
from model.control.skeletons import pose_frames
from model.request import Frame
from model.stage import Stage
from model.theatre.view import view_at

__all__ = ["camera_path", "control_video"]

_DOWN = np.diag([1.0, -1.0, 1.0])  # from y up to y down


def control_video(
    stage: Stage, kind: Control, *, frame_count: int, fps: float, width_px: int, height_px: int, start_s: float = 0.0
) -> ControlVideo:
    """A frame of control for each of `frame_count` instants start_s + i / fps.

    Of a split screen each half is drawn by its own stage.
    """
    times_s = [start_s + number / fps for number in range(frame_count)]
    if stage.beside is None:
        return ControlVideo(kind=kind, frames=tuple(_frames(stage, kind, times_s, fps, width_px, height_px)))
    half = width_px // 2
    left = _frames(replace(stage, beside=None), kind, times_s, fps, half, height_px)
    right = _frames(stage.beside, kind, times_s, fps, width_px - half, height_px)
    return ControlVideo(kind=kind, frames=tuple(np.concatenate(pair, axis=1) for pair in zip(left, right, strict=True)))


def _frames(
    stage: Stage, kind: Control, times_s: list[float], fps: float, width_px: int, height_px: int
) -> Iterator[Frame]:
    size = width_px, height_px
    match kind:
        case "depth":
            return depth_frames(stage, times_s, *size)
        case "pose":
            return pose_frames(stage, times_s, *size)
        case "edges":
            return edge_frames(stage, times_s, *size)
        case "flow":
            return flow_frames(stage, times_s, fps, *size)
        case "grey":
            return grey_frames(stage, times_s, *size)


def camera_path(
    stage: Stage, *, frame_count: int, fps: float, width_px: int, height_px: int, start_s: float = 0.0
) -> Camera:
    """Where the stage's camera is at each of `frame_count` instants start_s + i / fps, and its focal length in pixels.

    The world is the stage with its y turned down (x right, y down, z into the set), so that camera and world are both
    right-handed and poses are rotations; metres. Of a split screen, the left half's camera.
    """
    width = width_px // 2 if stage.beside is not None else width_px
    poses, focal_px = np.tile(np.eye(4), (frame_count, 1, 1)), np.empty(frame_count)
    for number in range(frame_count):
        view = view_at(stage.camera, start_s + number / fps, width, height_px, stage.seed)
        poses[number, :3, :3] = _DOWN @ view.rotation.T @ _DOWN
        poses[number, :3, 3] = _DOWN @ np.asarray(view.eye)
        focal_px[number] = view.focal_px
    return Camera(poses=poses, focal_px=focal_px)
