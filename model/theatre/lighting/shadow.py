"""Shadows that hold people to the ground: a soft contact under each, and those cast from the key and from lamps.

They lie on the floor at y = 0 and climb a room's walls; furniture takes none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Figure, Stage
from model.theatre.animals.animal_motion import animal_joints
from model.theatre.lighting.cast import INK, LONGEST, Cast, casts_at, laid
from model.theatre.lighting.light import Tone
from model.theatre.lighting.practicals import Source, falling_on
from model.theatre.motion.body import body_at
from model.theatre.motion.holding import held_by
from model.theatre.motion.marks import place_at
from model.theatre.paint import hull, limb
from model.theatre.place import design_of
from model.theatre.sets.kit import Rect
from model.theatre.view import NEAR_M, View

__all__ = ["paint_shadows"]

_BONES = (
    ("right_ankle", "right_knee", "pelvis"),
    ("left_ankle", "left_knee", "pelvis"),
    ("pelvis", "shoulders", "skull"),
    ("right_shoulder", "right_elbow", "right_wrist"),
    ("left_shoulder", "left_elbow", "left_wrist"),
)
_FLAT = np.array([1.0, 0.0, 1.0])
_TURN = np.linspace(0, 2 * math.pi, 10, endpoint=False)
_RING = np.stack([np.cos(_TURN), np.zeros(10), np.sin(_TURN)], axis=1)
_ROUND = np.array([(1.0, 0.0), (0.5, 0.87), (-0.5, 0.87), (-1.0, 0.0), (-0.5, -0.87), (0.5, -0.87)])
_JOINTS = tuple(dict.fromkeys(name for bones in _BONES for name in bones))
_GIRTH = {"pelvis": 0.085, "shoulders": 0.085, "skull": 0.065, "right_shoulder": 0.04, "left_shoulder": 0.04}
_GIRTHS = np.array([_GIRTH.get(name, 0.032) for name in _JOINTS])
_BONE_ROWS = tuple(tuple(_JOINTS.index(name) for name in bones) for bones in _BONES)


def _leg(name: str, joints: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    return tuple((f"{name}_{joint}", girth) for joint, girth in zip(joints, (0.040, 0.020, 0.012, 0.014), strict=False))


_SIDES = ("right_fore", "left_fore", "right_hind", "left_hind")
_BEASTS: tuple[tuple[tuple[str, float], ...], ...] = (
    # a horse's, then a dog's or a cat's: each joint with its girth in shares of the shadow's length
    (("chest", 0.065), ("barrel", 0.080), ("loin", 0.072), ("pelvis", 0.075)),
    (("chest", 0.060), ("crest", 0.045), ("skull", 0.035)),
    (("skull", 0.038), ("muzzle", 0.022)),
    *(_leg(side, ("top", "knee", "fetlock", "hoof")) for side in _SIDES),
    (("withers", 0.075), ("pelvis", 0.065)),
    (("withers", 0.055), ("skull", 0.070)),
    *(_leg(side, ("top", "knee", "paw", "toe")) for side in _SIDES),
    tuple((f"tail_{k}", 0.016) for k in range(5)),
)


def paint_shadows(
    canvas: skia.Canvas, figures: Sequence[Figure], stage: Stage, view: View, tone: Tone, time_s: float,
    sources: tuple[Source, ...] = (),
) -> None:  # fmt: skip
    """Paints every figure's shadows on the floor and the walls, before anything that stands there."""
    area = design_of(stage.place.kind, stage.place.seed, stage.place.name).ground_extent
    walls = area if stage.place.interior and stage.place.kind != "car" else None
    for figure in figures:
        at, height = place_at(figure, time_s), figure.look.height_m
        if walls is not None and not (walls[0] < at.x_m < walls[2] and walls[1] < at.z_m < walls[3]):
            continue  # beyond a wall
        lamps = tuple((one.toward, one.given) for one in falling_on(tone, sources, at.x_m, at.z_m, time_s))
        casts = casts_at(stage, tone, lamps)
        if not view.sees((at.x_m, 0.0, at.z_m), height * (LONGEST + 1.4 if casts else 1.4)):
            continue
        if figure.species == "person":
            joints = body_at(figure, time_s, held_by(stage, figure)).joints
        else:
            joints = {n: p for n, p in animal_joints(figure, time_s).items() if not n.startswith("head_")}
        middle = joints["pelvis"]
        if view.point(float(middle[0]), 0.0, float(middle[2]))[2] < 0.4:
            continue
        _contact(canvas, joints, height, view, indoors=stage.place.interior)
        for cast in casts:
            if figure.species == "person":
                _cast(canvas, joints, height, view, cast, walls)
            else:
                _cast_animal(canvas, joints, view, cast, walls)


def _contact(
    canvas: skia.Canvas, joints: dict[str, NDArray[np.float64]], height: float, view: View,
    indoors: bool,
) -> None:  # fmt: skip
    """A dark breath of ground where the body is near to it."""
    x, _, z = joints["pelvis"].tolist()
    if not view.sees((x, 0.0, z), 0.8 * height):
        return
    all_joints = np.array(list(joints.values()))
    near = all_joints[all_joints[:, 1] < 0.16 * height + 0.05]
    if not len(near):
        return  # it flies
    spots = np.concatenate([near, joints["pelvis"][None]]) * _FLAT
    pixels = view.project((spots[:, None] + _RING * (0.050 * height)).reshape(-1, 3))
    if float(pixels[:, 2].min()) < NEAR_M * 2:
        return
    (left, top), (right, foot) = pixels[:, :2].min(axis=0).tolist(), pixels[:, :2].max(axis=0).tolist()
    grow = 0.2 * max(right - left, foot - top)
    if right + grow < 0 or left - grow > view.width_px or foot + grow < 0 or top - grow > view.height_px:
        return
    middle = pixels[:, :2].mean(axis=0)
    path = hull(pixels[:, :2] - middle)
    paint = skia.Paint(AntiAlias=True)
    for grow, alpha in ((1.18, 0x18), (1.02, 0x20), (0.84, 0x30 if indoors else 0x26)):
        paint.setColor(alpha << 24 | INK)
        canvas.save()
        canvas.translate(middle[0], middle[1])
        canvas.scale(grow, grow)
        canvas.drawPath(path, paint)
        canvas.restore()


def _cast(
    canvas: skia.Canvas, joints: dict[str, NDArray[np.float64]], height: float, view: View, cast: Cast,
    walls: Rect | None,
) -> None:  # fmt: skip
    """The body laid away from a light, along the ground and up a near wall."""
    at = laid(np.array([joints[name] for name in _JOINTS]), cast.toward, walls)
    rows = view.project(at)
    if float(rows[:, 2].min()) < 0.35:
        return
    # A limb's shadow is thin where the floor is seen from low; on a wall it is as thick as the limb.
    around = 0.12 * height * view.px_per_m(float(rows[:, 2].min()))
    (left, top, _), (right, foot, _) = rows.min(axis=0).tolist(), rows.max(axis=0).tolist()
    if right + around < 0 or left - around > view.width_px or foot + around < 0 or top - around > view.height_px:
        return
    squash = np.minimum(np.maximum(view.eye.y / np.maximum(rows[:, 2], 0.5) * 0.9 + 0.1, 0.18), 1.0)
    squash = np.where(at[:, 1] > 0.02, 1.0, squash)
    radii = np.maximum(0.4, _GIRTHS * height * (view.focal_px / rows[:, 2]) * squash)
    if cast.soft:  # limbs run together in it
        wide = radii + max(0.5, 0.03 * height * view.px_per_m(float(rows[0, 2])))
        _dim(canvas, _outline(rows[:, :2], radii), _outline(rows[:, :2], wide), cast)
    else:
        _dim(canvas, _laid_body([(x, y) for x, y, _ in rows.tolist()], radii), None, cast)


def _outline(spots: NDArray[np.float64], radii: NDArray[np.float64]) -> skia.Path:
    """About circles in the picture."""
    return hull((spots[:, None] + _ROUND * radii[:, None, None]).reshape(-1, 2))


def _laid_body(spots: list[tuple[float, float]], radii: NDArray[np.float64]) -> skia.Path:
    wide = radii.tolist()
    path = skia.Path()
    for bones in _BONE_ROWS:
        limb(path, [spots[i] for i in bones], [wide[i] for i in bones])
    return path


def _cast_animal(
    canvas: skia.Canvas, joints: dict[str, NDArray[np.float64]], view: View, cast: Cast, walls: Rect | None
) -> None:
    """An animal's shadow: barrel, neck, head and legs, laid away from the light."""
    at = laid(np.array(list(joints.values())), cast.toward, walls)
    names = list(joints)
    rows = view.project(at)
    if float(rows[:, 2].min()) < 0.35:
        return
    long = max(0.4, float(np.ptp(at[:, 0]) + np.ptp(at[:, 2])))
    squash = np.clip(view.eye.y / np.maximum(rows[:, 2], 0.5) * 0.9 + 0.1, 0.18, 1.0)
    radii = np.maximum(0.5, view.focal_px / rows[:, 2] * squash * long)
    spots = {name: (x, y) for name, (x, y, _) in zip(names, rows.tolist(), strict=True)}
    wide = dict(zip(names, radii.tolist(), strict=True))
    path = skia.Path()
    for bones in _BEASTS:
        if all(name in spots for name, _ in bones):
            limb(path, [spots[name] for name, _ in bones], [wide[name] * girth for name, girth in bones])
    if path.isEmpty():
        path = hull(rows[:, :2])  # birds and fish are small
    _dim(canvas, path, None, cast)


def _dim(canvas: skia.Canvas, path: skia.Path, softer: skia.Path | None, cast: Cast) -> None:
    """Darkens the floor under a shadow; a soft one has a lighter one about it."""
    paint = skia.Paint(AntiAlias=True)
    paint.setColor(round(255 * cast.strength * (1.0 if softer is None else 0.55)) << 24 | INK)
    canvas.drawPath(path, paint)
    if softer is not None:
        paint.setColor(round(255 * cast.strength * 0.45) << 24 | INK)
        canvas.drawPath(softer, paint)
