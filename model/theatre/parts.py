"""Where the parts of figures are in space at every pixel that shows them, and where they go until the next frame.

A part is a round body about a bone. Its pixels are put on that body, so that depth, normals and motion are those of
a limb and not of a cardboard figure. Knows nothing of colours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.stage import Figure, Stage
from model.theatre.figure import held_by
from model.theatre.motion import body_at, place_at
from model.theatre.skeleton import Skeleton, yaw
from model.theatre.surfaces import PARTS, Surfaces
from model.theatre.view import NEAR_M, View

__all__ = ["Parts", "find_parts"]

Array = NDArray[np.float64]
Map = NDArray[np.float32]

# Bones of each part, and their thickness in heights of the body.
_BONES: dict[str, tuple[tuple[str, str, float], ...]] = {
    "head": (("chin", "crown", 0.062),),
    "hair": (("chin", "crown", 0.066),),
    "torso": (("pelvis", "shoulders", 0.075),),
    "hips": (("pelvis", "waist", 0.075),),
    "right_arm": (("right_shoulder", "right_elbow", 0.028), ("right_elbow", "right_wrist", 0.022)),
    "left_arm": (("left_shoulder", "left_elbow", 0.028), ("left_elbow", "left_wrist", 0.022)),
    "right_leg": (
        ("right_hip", "right_knee", 0.045),
        ("right_knee", "right_ankle", 0.032),
        ("right_heel", "right_toe", 0.02),
    ),
    "left_leg": (
        ("left_hip", "left_knee", 0.045),
        ("left_knee", "left_ankle", 0.032),
        ("left_heel", "left_toe", 0.02),
    ),
    "hand": (("right_wrist", "right_fingers", 0.018), ("left_wrist", "left_fingers", 0.018)),
    "seat": (("pelvis", "pelvis", 0.0),),
}


@dataclass(frozen=True, eq=False)
class Parts:
    """Pixels of figures (n,) as flat numbers, with their inverse depth, their normals (n, 3) in the camera's axes
    and their points' way until the next frame (n, 2) in pixels.
    """

    pixels: NDArray[np.intp]
    inverse_depth: Map
    normals: Map
    flow_px: Map


@dataclass(frozen=True, eq=False)
class _Bone:
    """A bone now and at the next frame, in stage metres, and how its flesh turns with it (3, 3)."""

    start: Array
    end: Array
    next_start: Array
    next_end: Array
    turn: Array
    radius_m: float


def find_parts(stage: Stage, time_s: float, next_s: float, surfaces: Surfaces, next_view: View) -> Parts:
    """All pixels of the stage's figures, put into space."""
    found = []
    for number, figure in enumerate(stage.figures, 1):
        own = np.flatnonzero(surfaces.owners == number)
        if not len(own):
            continue
        bones = _bones(figure, stage, time_s, next_s)
        flat = surfaces.index.ravel()
        low, high = int(own[0]), int(own[-1])
        shown = np.flatnonzero((flat >= low) & (flat <= high))
        parts = surfaces.parts[flat[shown]]
        owned = surfaces.owners[flat[shown]] == number
        for part, name in enumerate(PARTS, 1):
            pixels = shown[(parts == part) & owned]
            if len(pixels):
                found.append(_on_bones(pixels, bones[name], surfaces.view, next_view))
    if not found:
        none = np.zeros((0, 3), dtype=np.float32)
        return Parts(np.zeros(0, dtype=np.intp), none[:, 0], none, none[:, :2])
    return Parts(
        np.concatenate([one.pixels for one in found]),
        np.concatenate([one.inverse_depth for one in found]),
        np.concatenate([one.normals for one in found]),
        np.concatenate([one.flow_px for one in found]),
    )


def _on_bones(pixels: NDArray[np.intp], bones: list[_Bone], view: View, next_view: View) -> Parts:
    """Pixels of one part, each on the nearest of its bones."""
    y, x = np.divmod(pixels, view.width_px)
    at = np.stack([x + 0.5, y + 0.5], axis=1)
    if len(bones) == 1:
        return _on_bone(pixels, at, bones[0], view, next_view)
    far = np.stack([_distance(at, bone, view) for bone in bones])
    nearest = far.argmin(axis=0)
    found = []
    for i, bone in enumerate(bones):
        mine = nearest == i
        if mine.any():
            found.append(_on_bone(pixels[mine], at[mine], bone, view, next_view))
    return Parts(
        np.concatenate([one.pixels for one in found]),
        np.concatenate([one.inverse_depth for one in found]),
        np.concatenate([one.normals for one in found]),
        np.concatenate([one.flow_px for one in found]),
    )


def _along(at: Array, a: Array, b: Array) -> Array:
    """How far along a line on the picture each pixel's foot lies, from 0 to 1."""
    way = b - a
    size = float(way @ way)
    share: Array = np.clip((at - a) @ way / size, 0.0, 1.0) if size > 1.0 else np.full(len(at), 0.5)
    return share


def _distance(at: Array, bone: _Bone, view: View) -> Array:
    a, b = view.project(np.stack([bone.start, bone.end]))[:, :2]
    foot = a + _along(at, a, b)[:, None] * (b - a)
    distance: Array = np.hypot(*(at - foot).T)
    return distance


def _on_bone(pixels: NDArray[np.intp], at: Array, bone: _Bone, view: View, next_view: View) -> Parts:
    ends = view.project(np.stack([bone.start, bone.end]))
    share = _along(at, ends[0, :2], ends[1, :2])
    local = (np.stack([bone.start, bone.end]) - np.asarray(view.eye)) @ view.rotation.T
    core = local[0] + share[:, None] * (local[1] - local[0])
    depth = np.maximum(core[:, 2], NEAR_M)
    seen_x = (at[:, 0] - view.width_px / 2) * depth / view.focal_px
    seen_y = (view.height_px / 2 - at[:, 1]) * depth / view.focal_px
    aside = np.stack([seen_x - core[:, 0], seen_y - core[:, 1]], axis=1)
    radius = max(bone.radius_m, 1e-4)
    size = np.hypot(aside[:, 0], aside[:, 1])
    # Cloth and hair stand out farther than the bone's own flesh: the round closes where the picture does.
    wide = max(radius, float(np.quantile(size, 0.97)))
    out = np.sqrt(np.maximum(wide * wide - size * size, 0.0)) * (radius / wide)
    point = np.stack([core[:, 0] + aside[:, 0], core[:, 1] + aside[:, 1], depth - out], axis=1)
    point[:, 2] = np.maximum(point[:, 2], NEAR_M)
    normals = np.stack([aside[:, 0] / wide, aside[:, 1] / wide, out / radius], axis=1)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-6)
    world = point @ view.rotation + np.asarray(view.eye)
    base = bone.start + share[:, None] * (bone.end - bone.start)
    next_base = bone.next_start + share[:, None] * (bone.next_end - bone.next_start)
    moved = next_base + (world - base) @ bone.turn.T
    flow = next_view.project(moved)[:, :2] - view.project(world)[:, :2]
    return Parts(
        pixels, (1.0 / point[:, 2]).astype(np.float32), normals.astype(np.float32), flow.astype(np.float32)
    )


def _bones(figure: Figure, stage: Stage, time_s: float, next_s: float) -> dict[str, list[_Bone]]:
    if figure.species != "person":
        return _stiff(figure, time_s, next_s)
    now, then = (body_at(figure, t, held_by(stage, figure)) for t in (time_s, next_s))
    joints, next_joints = _with_head(now), _with_head(then)
    turns = {
        "head": then.head @ now.head.T, "hair": then.head @ now.head.T, "torso": then.chest @ now.chest.T,
        "hips": then.pelvis @ now.pelvis.T, "seat": np.eye(3),
    }  # fmt: skip
    found: dict[str, list[_Bone]] = {}
    for part, bones in _BONES.items():
        found[part] = []
        for start, end, thick in bones:
            a, b, c, d = joints[start], joints[end], next_joints[start], next_joints[end]
            turn = turns.get(part)
            turn = _between(b - a, d - c) if turn is None else turn
            found[part].append(_Bone(a, b, c, d, turn, thick * figure.look.height_m))
    return found


def _stiff(figure: Figure, time_s: float, next_s: float) -> dict[str, list[_Bone]]:
    """An animal: all of it goes with its mark."""
    (now, then) = (place_at(figure, t) for t in (time_s, next_s))
    middle = figure.look.height_m / 2
    a, b = (np.array([mark.x_m, middle, mark.z_m]) for mark in (now, then))
    bone = _Bone(a, a, b, b, yaw(then.heading_rad - now.heading_rad), 0.0)
    return {part: [bone] for part in PARTS}


def _with_head(body: Skeleton) -> dict[str, Array]:
    size = body.build.head
    chin = body.joints["skull"] - body.head @ np.array([0.0, 0.16 * size, 0.0])
    return body.joints | {"chin": chin, "crown": chin + body.head @ np.array([0.0, size, 0.0])}


def _between(a: Array, b: Array) -> Array:
    """The smallest rotation from one direction to another (Rodrigues' formula)."""
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    if size < 1e-9:
        return np.eye(3)
    axis = np.cross(a, b) / size
    cosine = float(a @ b) / size
    if cosine < -0.999:
        return np.eye(3)
    k = np.array([[0.0, -axis[2], axis[1]], [axis[2], 0.0, -axis[0]], [-axis[1], axis[0], 0.0]])
    turned: Array = np.eye(3) + k + k @ k / (1.0 + cosine)
    return turned


def focal_matrix(view: View) -> Array:
    """Camera axes (right, up, ahead) to homogeneous pixels: (3, 3)."""
    f = view.focal_px
    return np.array([[f, 0.0, view.width_px / 2], [0.0, -f, view.height_px / 2], [0.0, 0.0, 1.0]])


def still_flow(view: View, next_view: View, inverse_depth: Map) -> Map:
    """Where the camera's own move takes what stands still: (h, w, 2) pixels; nothing moves under a locked camera."""
    height, width = inverse_depth.shape
    flow = np.zeros((height, width, 2), dtype=np.float32)
    if next_view is view:
        return flow
    lens, next_lens = focal_matrix(view), focal_matrix(next_view)
    turn = next_lens @ next_view.rotation @ view.rotation.T @ np.linalg.inv(lens)
    shift = next_lens @ next_view.rotation @ (np.asarray(view.eye) - np.asarray(next_view.eye))
    if math.hypot(*shift) < 1e-9 and np.allclose(turn, np.eye(3), atol=1e-12):
        return flow
    h, t = turn.astype(np.float32), shift.astype(np.float32)
    x = np.arange(0.5, width, dtype=np.float32)
    y = np.arange(0.5, height, dtype=np.float32)[:, None]
    rows = [h[i, 0] * x + (h[i, 1] * y + h[i, 2]) + t[i] * inverse_depth for i in range(3)]
    ahead = np.maximum(rows[2], 1e-6)
    flow[..., 0] = rows[0] / ahead - x
    flow[..., 1] = rows[1] / ahead - y
    return flow
