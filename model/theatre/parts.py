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
from model.theatre.motion.body import body_at
from model.theatre.motion.holding import held_by
from model.theatre.motion.marks import place_at
from model.theatre.motion.props_motion import prop_now
from model.theatre.motion.skeleton import Skeleton, yaw
from model.theatre.surfaces import PARTS, Surfaces
from model.theatre.view import NEAR_M, View

__all__ = ["Parts", "carry_props", "find_parts", "still_flow"]

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
    radius_m: float  # 0: of no known form, round about the middle of its pixels
    long: bool = False  # cloth may hang beyond its ends


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
    return _joined(found)


def _on_bones(pixels: NDArray[np.intp], bones: list[_Bone], view: View, next_view: View) -> Parts:
    """Pixels of one part, each on the nearest of its bones."""
    y, x = np.divmod(pixels, view.width_px)
    x, y = x.astype(np.float32) + np.float32(0.5), y.astype(np.float32) + np.float32(0.5)
    if len(bones) == 1:
        return _on_bone(pixels, x, y, bones[0], view, next_view)
    nearest = np.stack([_distance(x, y, bone, view) for bone in bones]).argmin(axis=0)
    found = []
    for i, bone in enumerate(bones):
        mine = np.flatnonzero(nearest == i)
        if len(mine):
            found.append(_on_bone(pixels[mine], x[mine], y[mine], bone, view, next_view))
    return _joined(found)


def _joined(found: list[Parts]) -> Parts:
    return Parts(
        np.concatenate([one.pixels for one in found]),
        np.concatenate([one.inverse_depth for one in found]),
        np.concatenate([one.normals for one in found]),
        np.concatenate([one.flow_px for one in found]),
    )


def _along(x: Map, y: Map, ends: list[list[float]], beyond: float = 0.0) -> Map:
    """How far along a line on the picture each pixel's foot lies, from 0 to 1, or so far beyond."""
    (ax, ay, _), (bx, by, _) = ends
    dx, dy = bx - ax, by - ay
    size = dx * dx + dy * dy
    if size <= 1.0:
        return np.full(len(x), 0.5, dtype=np.float32)
    share = x * np.float32(dx / size) + y * np.float32(dy / size)
    share -= np.float32((ax * dx + ay * dy) / size)
    return np.clip(share, -beyond, 1.0 + beyond, out=share)


def _distance(x: Map, y: Map, bone: _Bone, view: View) -> Map:
    ends = view.project(np.stack([bone.start, bone.end])).tolist()
    share = _along(x, y, ends)
    (ax, ay, _), (bx, by, _) = ends
    across, down = x - ax - share * np.float32(bx - ax), y - ay - share * np.float32(by - ay)
    far: Map = across * across + down * down
    return far


def _on_bone(pixels: NDArray[np.intp], x: Map, y: Map, bone: _Bone, view: View, next_view: View) -> Parts:
    """Each pixel's point is its foot on the bone, plus what it stands aside in the picture, plus the round of it."""
    bones = np.stack([bone.start, bone.end])
    share = _along(x, y, view.project(bones).tolist(), 4.0 if bone.long else 0.0)
    (ax, ay, az), (bx, by, bz) = ((bones - np.asarray(view.eye)) @ view.rotation.T).tolist()
    depth = np.maximum(share * np.float32(bz - az) + np.float32(az), NEAR_M)
    metres = depth * np.float32(1.0 / view.focal_px)
    right = (x - np.float32(view.width_px / 2)) * metres - share * np.float32(bx - ax) - np.float32(ax)
    up = (np.float32(view.height_px / 2) - y) * metres - share * np.float32(by - ay) - np.float32(ay)
    radius = max(bone.radius_m, 1e-4)
    if not bone.radius_m:
        right, up = right - right.mean(), up - up.mean()
    # Cloth and hair stand out farther than the bone's own flesh: the round closes where the picture does.
    square = right * right + up * up
    wide = max(radius, math.sqrt(float(square.max())))
    out = np.sqrt(np.float32(wide * wide * 1.0001) - square)
    normals = np.empty((len(x), 3), dtype=np.float32)
    for column, values in enumerate((right, up, out)):
        np.multiply(values, np.float32(1.0 / wide), out=normals[:, column])
    if not bone.radius_m:
        right, up = np.zeros_like(right), np.zeros_like(up)
    out *= np.float32(-radius / wide)
    inverse = 1.0 / np.maximum(depth + out, NEAR_M)
    # The same point after the bone has moved, in the next camera's axes.
    turn = (next_view.rotation @ bone.turn @ view.rotation.T).tolist()
    starts = (np.stack([bone.next_start, bone.next_end]) - np.asarray(next_view.eye)) @ next_view.rotation.T
    (cx, cy, cz), (dx, dy, dz) = starts.tolist()
    moved = [
        share * np.float32(d - c)
        + (right * np.float32(m[0]) + up * np.float32(m[1]) + out * np.float32(m[2]) + np.float32(c))
        for c, d, m in ((cx, dx, turn[0]), (cy, dy, turn[1]), (cz, dz, turn[2]))
    ]
    here_x, here_y = (
        share * np.float32(bx - ax) + right + np.float32(ax),
        share * np.float32(by - ay) + up + np.float32(ay),
    )
    flow = np.empty((len(x), 2), dtype=np.float32)
    ahead = np.float32(next_view.focal_px) / np.maximum(moved[2], NEAR_M)
    inverse_px = inverse * np.float32(view.focal_px)
    np.subtract(moved[0] * ahead, here_x * inverse_px, out=flow[:, 0])
    np.subtract(here_y * inverse_px, moved[1] * ahead, out=flow[:, 1])
    return Parts(pixels, inverse, normals, flow)


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
            found[part].append(_Bone(a, b, c, d, turn, thick * figure.look.height_m, part in ("hips", "torso")))
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
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    size = math.sqrt((ax * ax + ay * ay + az * az) * (bx * bx + by * by + bz * bz))
    cosine = (ax * bx + ay * by + az * bz) / size if size > 1e-9 else 1.0
    if size <= 1e-9 or cosine < -0.999:
        return np.eye(3)
    x, y, z = (ay * bz - az * by) / size, (az * bx - ax * bz) / size, (ax * by - ay * bx) / size
    k = 1.0 / (1.0 + cosine)
    return np.array([
        [1.0 - k * (y * y + z * z), k * x * y - z, k * x * z + y],
        [k * x * y + z, 1.0 - k * (x * x + z * z), k * y * z - x],
        [k * x * z - y, k * y * z + x, 1.0 - k * (x * x + y * y)],
    ])  # fmt: skip


def carry_props(
    flow: Map, stage: Stage, times: tuple[float, float], surfaces: Surfaces, inverse: Map, then: View
) -> None:
    """Writes into a flow, (h, w, 2), where props that move between two times take their pixels."""
    view = surfaces.view
    owner = surfaces.owners[surfaces.index].ravel()
    for number, prop in enumerate(stage.props, len(stage.figures) + 1):
        now, after = (prop_now(stage, prop, time_s) for time_s in times)
        if now.position == after.position and now.heading_deg == after.heading_deg:
            continue
        pixels = np.flatnonzero(owner == number)
        if not len(pixels):
            continue
        y, x = np.divmod(pixels, view.width_px)
        depth = 1.0 / np.maximum(inverse.ravel()[pixels], 1e-4)
        local = np.stack([(x + 0.5 - view.width_px / 2), (view.height_px / 2 - y - 0.5)], axis=1)
        local = np.concatenate([local * (depth / view.focal_px)[:, None], depth[:, None]], axis=1)
        world = local @ view.rotation + np.asarray(view.eye)
        turn = yaw(math.radians(after.heading_deg - now.heading_deg))
        moved = (world - np.asarray(now.position)) @ turn.T + np.asarray(after.position)
        flow.reshape(-1, 2)[pixels] = then.project(moved)[:, :2] - np.stack([x + 0.5, y + 0.5], axis=1)


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
