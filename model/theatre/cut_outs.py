"""Cut-outs: what the cast wears, cut along the limbs from drawn sheets and pinned on stand-ins.

As in cut-out animation. A sheet shows somebody standing still, seen from the shot's side in steps of `STEP_DEG` and in
the shot's light; trunk, hips, arms, legs and hair are cut from it, and each is laid along its bone in the shot's pose.
So a picture model is told in place what hair and wardrobe look like (after Siarohin et al. 2018, "Deformable GANs for
Pose-based Human Image Generation", who carry features so). How cloth falls in the pose, seams and gaps are its own to
draw; faces and hands are the stand-in's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import SENSOR_HEIGHT_MM, BodyKey, Camera, CameraKey, Figure, Look, Stage, Vec3
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone
from model.theatre.motion.body import body_at
from model.theatre.motion.holding import held_by
from model.theatre.motion.skeleton import Array, Skeleton
from model.theatre.people.figure import figure_drawable
from model.theatre.pixels import blank, canvas_on, image_of
from model.theatre.surfaces import PARTS, Hand, SurfaceCanvas, SurfaceTone
from model.theatre.view import NEAR_M, View, view_at

__all__ = ["STEP_DEG", "pinned"]

STEP_DEG = 30.0
_TILT_STEP_DEG = 20.0
_SMALLEST_PX, _TALLEST_PX = 40, 800  # of a figure on its sheet
_ROOM, _WIDTH = 1.22, 0.72  # of a sheet about a figure, in its heights
_REACH = 2.0  # heights: a sheet's camera is no nearer
_OVERLAP = 0.022  # heights: how far pieces of a limb reach past the joint that they share
_ABOUT = 0.3  # heights: how far from its bone a piece may reach
_SHORTEST, _LONGEST = 0.25, 1.6  # how much of its width's scale a piece's length may take


class _Piece(NamedTuple):
    """What is cut out as one."""

    parts: tuple[str, ...]
    bone: tuple[str, str]
    turns_with: str  # the stiff part whose side is seen: "pelvis", "chest" or "head"
    behind_m: float  # how much farther than its bone it lies among the others


def _pieces() -> dict[str, _Piece]:
    found = {
        "hips": _Piece(("hips", "seat"), ("pelvis", "knees"), "pelvis", 0.03),
        "torso": _Piece(("torso",), ("waist", "shoulders"), "chest", 0.0),
        "hair": _Piece(("hair",), ("chin", "crown"), "head", -10.0),
    }
    for side in ("right", "left"):
        for part, a, b, turns, behind in (
            ("leg", "hip", "knee", "pelvis", 0.05),
            ("leg", "knee", "ankle", "pelvis", 0.05),
            ("leg", "ankle", "toe", "pelvis", 0.05),
            ("arm", "shoulder", "elbow", "chest", -0.06),
            ("arm", "elbow", "wrist", "chest", -0.06),
        ):
            found[f"{side}_{a}"] = _Piece((f"{side}_{part}",), (f"{side}_{a}", f"{side}_{b}"), turns, behind)
    return found


_PIECES = _pieces()


@dataclass(frozen=True, eq=False)
class _Sheet:
    """Somebody standing, cut up: each piece with the column and row of its corner, and the joints in pixels."""

    pieces: dict[str, tuple[skia.Image, int, int]]
    joints: dict[str, tuple[float, float]]
    px_per_m: float


class _Side(NamedTuple):
    """From where a sheet is seen."""

    heading_deg: float  # the figure's
    camera_deg: float
    tilt_deg: float
    away_m: float
    size_px: int


def pinned(stand_in: Drawable, figure: Figure, stage: Stage, view: View, tone: Tone, time_s: float) -> Drawable:
    """A stand-in with the cut-outs of the wardrobe it is `pinned` with; itself where it has none."""
    if figure.pinned is None:
        return stand_in
    worn = figure.pinned
    body = body_at(figure, time_s, held_by(stage, figure))

    def paint(canvas: skia.Canvas) -> None:
        stand_in.paint(canvas)
        _pin(canvas, worn, body, stage, view, tone)

    return Drawable(stand_in.depth_m, paint)


def _pin(
    canvas: skia.Canvas, worn: tuple[Look, tuple[str, ...]], body: Skeleton, stage: Stage, view: View, tone: Tone
) -> None:
    """Lays all pieces on one body, the farthest first."""
    points = _points(body)
    seen = dict(zip(points, view.project(np.array(list(points.values()))).tolist(), strict=True))
    depth = seen["waist"][2]
    if depth <= 2 * NEAR_M:
        return
    x, y, z = (np.asarray(view.eye) - body.joints["waist"]).tolist()
    bearing = math.degrees(math.atan2(x, z))
    toward = _stepped(bearing, STEP_DEG)
    tilt = _stepped(math.degrees(math.atan2(y, math.hypot(x, z))), _TILT_STEP_DEG)
    tall = min(max(_doubled(view.px_per_m(depth) * worn[0].height_m), _SMALLEST_PX), _TALLEST_PX)
    sides = {
        name: _Side(toward + _stepped(_heading(axes) - bearing, STEP_DEG), toward, tilt, _doubled(depth), round(tall))
        for name, axes in (("pelvis", body.pelvis), ("chest", body.chest), ("head", body.head))
    }
    air, figure_px = _bare(stage), view.px_per_m(depth) * worn[0].height_m
    for name, piece in sorted(_PIECES.items(), key=lambda item: -_depth(item[1], seen)):
        (ax, ay, az), (bx, by, bz) = (seen[joint] for joint in piece.bone)
        if min(az, bz) <= NEAR_M or not _in_picture(view, (ax, ay), (bx, by), _ABOUT * figure_px):
            continue
        sheet = _sheet(*worn, air, tone, sides[piece.turns_with])
        if name not in sheet.pieces:
            continue
        image, left, top = sheet.pieces[name]
        scale = view.px_per_m((az + bz) / 2) / sheet.px_per_m
        (cx, cy), (dx, dy) = (sheet.joints[joint] for joint in piece.bone)
        canvas.save()
        canvas.concat(_laid((cx, cy, dx, dy), (ax, ay, bx, by), scale))
        canvas.drawImage(image, left, top, skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear))
        canvas.restore()


def _in_picture(view: View, a: tuple[float, float], b: tuple[float, float], reach_px: float) -> bool:
    """Whether a bone between two places, or what is about it, can be in the picture."""
    return all(
        min(one, other) < size + reach_px and max(one, other) > -reach_px
        for one, other, size in zip(a, b, (view.width_px, view.height_px), strict=True)
    )


def _points(body: Skeleton) -> dict[str, Array]:
    """A body's joints, the middle of its knees, its chin and its crown."""
    up, joints = body.head[:, 1] * body.build.head, body.joints
    knees = (joints["right_knee"] + joints["left_knee"]) / 2
    return {**joints, "knees": knees, "chin": joints["skull"] - 0.16 * up, "crown": joints["skull"] + 0.84 * up}


def _depth(piece: _Piece, seen: dict[str, list[float]]) -> float:
    return (seen[piece.bone[0]][2] + seen[piece.bone[1]][2]) / 2 + piece.behind_m


def _heading(axes: Array) -> float:
    return math.degrees(math.atan2(axes[0, 2], axes[2, 2]))


def _stepped(degrees: float, step: float) -> float:
    return (round(degrees / step) * step + 180.0) % 360.0 - 180.0


def _doubled(value: float) -> float:
    """The next of the steps that double every second time, so that few sheets serve many frames."""
    return float(2.0 ** (math.ceil(2 * math.log2(max(value, 1e-3))) / 2))


def _laid(bone: tuple[float, ...], onto: tuple[float, ...], scale: float) -> skia.Matrix:
    """What carries a sheet's bone (ax, ay, bx, by) onto the picture's; across it grows by `scale`."""
    ax, ay, bx, by = bone
    px, py, qx, qy = onto
    length, reach = math.hypot(bx - ax, by - ay), math.hypot(qx - px, qy - py)
    ux, uy = ((bx - ax) / length, (by - ay) / length) if length > 1.0 else (0.0, 1.0)
    vx, vy = ((qx - px) / reach, (qy - py) / reach) if reach > 0.5 and length > 1.0 else (ux, uy)
    along = min(max(reach / max(length, 1.0), _SHORTEST * scale), _LONGEST * scale)
    a, b = along * vx * ux + scale * vy * uy, along * vx * uy - scale * vy * ux
    c, d = along * vy * ux - scale * vx * uy, along * vy * uy + scale * vx * ux
    return skia.Matrix().setAll(a, b, px - a * ax - b * ay, c, d, py - c * ax - d * ay, 0, 0, 1)


def _bare(stage: Stage) -> Stage:
    """The air and the light of a stage alone, which are what a sheet is drawn in."""
    still = CameraKey(time_s=0.0, position=Vec3(0, 0, 0), target=Vec3(0, 0, 1), lens_mm=35.0)
    return Stage(
        duration_s=1.0, place=stage.place, light=stage.light, weather=stage.weather, camera=Camera(keys=(still,))
    )


@lru_cache(maxsize=64)
def _sheet(look: Look, state: tuple[str, ...], stage: Stage, tone: Tone, side: _Side) -> _Sheet:
    height, turn, tilt = look.height_m, math.radians(side.camera_deg), math.radians(side.tilt_deg)
    stands = BodyKey(time_s=0.0, x_m=0.0, z_m=0.0, heading_deg=side.heading_deg, pose="stand")
    figure = Figure(id="sheet", species="person", look=look, state=state, body=(stands,))
    away, middle = max(side.away_m, _REACH * height), height / 2
    eye = (math.cos(tilt) * math.sin(turn), math.sin(tilt), math.cos(tilt) * math.cos(turn))
    key = CameraKey(
        time_s=0.0,
        position=Vec3(away * eye[0], middle + away * eye[1], away * eye[2]),
        target=Vec3(0.0, middle, 0.0),
        lens_mm=SENSOR_HEIGHT_MM * away / (_ROOM * height),
    )
    view = view_at(Camera(keys=(key,)), 0.0, round(_WIDTH * side.size_px), round(_ROOM * side.size_px))
    pixels = blank(view.width_px, view.height_px)
    figure_drawable(figure, stage, view, tone, 0.0).paint(canvas_on(pixels))
    points = _points(body_at(figure, 0.0))
    seen = view.project(np.array(list(points.values())))[:, :2]
    joints = {name: (x, y) for name, (x, y) in zip(points, seen.tolist(), strict=True)}
    parts = _parts(figure, stage, view, tone)
    pieces = {}
    for name, piece in _PIECES.items():
        cut = _cut(parts, piece, joints, _OVERLAP * side.size_px)
        if cut is not None:
            mask, rows, columns = cut
            shown = pixels[rows, columns] * _softened(mask)[..., None]
            pieces[name] = (image_of(shown.astype(np.uint8)), columns.start, rows.start)
    return _Sheet(pieces, joints, view.px_per_m(away))


def _parts(figure: Figure, stage: Stage, view: View, tone: Tone) -> NDArray[np.uint8]:
    """Which of `PARTS` each pixel of a sheet shows, counted from 1; 0 for none."""
    pixels = blank(view.width_px, view.height_px)
    pixels[..., 3] = 255
    hand = Hand(view)
    codes, first = hand.figure(1)
    hand.resume(first)
    figure_drawable(figure, stage, view, SurfaceTone.over(tone, hand), 0.0, codes).paint(SurfaceCanvas(pixels, hand))
    drawn = hand.done(pixels)
    return drawn.parts[drawn.index]


def _cut(
    parts: NDArray[np.uint8], piece: _Piece, joints: dict[str, tuple[float, float]], overlap_px: float
) -> tuple[NDArray[np.bool_], slice, slice] | None:
    """The pixels of a piece and the rows and columns that they lie in; None where nothing of it is seen.

    The pieces of one limb share it by whose bone is nearest.
    """
    whole = np.isin(parts, [PARTS.index(part) + 1 for part in piece.parts])
    down, across = np.flatnonzero(whole.any(axis=1)), np.flatnonzero(whole.any(axis=0))
    if not down.size:
        return None
    rows, columns = slice(int(down[0]), int(down[-1]) + 1), slice(int(across[0]), int(across[-1]) + 1)
    mask = whole[rows, columns]
    rivals = [one for one in _PIECES.values() if one.parts == piece.parts and one.bone != piece.bone]
    if rivals:
        y, x = np.mgrid[rows, columns] + 0.5
        nearest = np.min([_from_bone(x, y, *(joints[end] for end in one.bone)) for one in rivals], axis=0)
        mask = mask & (_from_bone(x, y, *(joints[end] for end in piece.bone)) <= nearest + overlap_px)
    return mask, rows, columns


def _softened(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """A mask whose edges run over three pixels: the mean of each with its neighbours, the edge's held."""
    wide = np.pad(mask.astype(np.float32), 1, mode="edge")
    across = wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]
    return np.asarray((across[:-2] + across[1:-1] + across[2:]) / np.float32(9.0))


def _from_bone(x: Array, y: Array, a: tuple[float, float], b: tuple[float, float]) -> Array:
    """How far places are from the line between two joints, in pixels."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    share = np.clip(((x - a[0]) * dx + (y - a[1]) * dy) / max(dx * dx + dy * dy, 1e-6), 0.0, 1.0)
    return np.asarray(np.hypot(x - a[0] - share * dx, y - a[1] - share * dy))
