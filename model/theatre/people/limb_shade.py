"""The shaded side of limbs: the part of a tapered limb that the key does not reach, as a path within its outline.

Geometry on the picture only; `model.theatre.people.limbs` fills it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import skia

__all__ = ["limb_edge", "limb_shade"]


def limb_shade(
    joints: Sequence[tuple[float, float]], radii: Sequence[float], toward_key: tuple[float, float], behind: float
) -> skia.Path | None:
    """The side of a limb that is away from the key, within its outline; None where there is none to see.

    It tapers off to the root, so that a limb grows out of the body, and goes round its end.
    """
    bones = [_bone_shade(a, b, toward_key, behind) for a, b in pairwise(joints)]
    path = skia.Path()
    for i, bone in enumerate(bones):
        if bone is None:
            continue
        ax, ay, ux, uy, deep = bone
        (x0, y0), (x1, y1), r0, r1 = joints[i], joints[i + 1], radii[i], radii[i + 1]
        turned = ax * uy - ay * ux
        joined = [_same_side(bone, bones[k]) if 0 <= k < len(bones) else False for k in (i - 1, i + 1)]
        root = deep if joined[0] else min(0.98, deep + 0.45)
        spots = [(x0 + ax * r0 * root, y0 + ay * r0 * root), (x0 + ax * r0, y0 + ay * r0), (x1 + ax * r1, y1 + ay * r1)]
        if i + 1 == len(bones):
            end = math.acos(max(-1.0, deep))
            for turn in (end / 3, end * 2 / 3, end):
                c, t = math.cos(turn) * r1, math.sin(turn) * r1
                spots.append((x1 + ax * c + ux * t, y1 + ay * c + uy * t))
        else:
            tip = deep if joined[1] else min(0.98, deep + 0.45)
            spots.append((x1 + ax * r1 * tip, y1 + ay * r1 * tip))
        _loop(path, spots, turned)
        before = bones[i - 1] if joined[0] else None
        if before is not None:
            bx, by, _, _, depth = before
            mx, my = ax + bx, ay + by
            m = math.hypot(mx, my) or 1.0
            out = [(bx * depth, by * depth), (bx, by), (mx / m, my / m), (ax, ay), (ax * root, ay * root)]
            _loop(path, [(x0 + x * r0, y0 + y * r0) for x, y in out], turned)
    return None if path.isEmpty() else path


def limb_edge(
    joints: Sequence[tuple[float, float]], radii: Sequence[float], drawn_in: tuple[float, float]
) -> skia.Path:
    """A border along the side of a limb from which it would be `drawn_in`, as wide as that, without its ends."""
    x, y = drawn_in
    path = skia.Path()
    last: tuple[float, float] | None = None
    for (ax, ay), (bx, by), ra, rb in zip(joints[:-1], joints[1:], radii[:-1], radii[1:], strict=True):
        dx, dy = bx - ax, by - ay
        length = math.hypot(dx, dy)
        if length <= abs(ra - rb) + 1e-3:
            continue
        side = 1.0 if dy * x - dx * y < 0 else -1.0
        lean = (ra - rb) / length
        across = math.sqrt(1.0 - lean * lean)
        nx, ny = (dx * lean + side * dy * across) / length, (dy * lean - side * dx * across) / length
        if nx * x + ny * y >= 0:  # its end alone is turned that way
            last = None
            continue
        spots = [(ax + nx * ra, ay + ny * ra), (bx + nx * rb, by + ny * rb)]
        if last is not None:
            mx, my = last[0] + nx, last[1] + ny
            m = math.hypot(mx, my) or 1.0
            spots = [(ax + last[0] * ra, ay + last[1] * ra), (ax + mx / m * ra, ay + my / m * ra), *spots]
        _loop(path, spots + [(px + x, py + y) for px, py in reversed(spots)], side)
        last = (nx, ny)
    return path


_Bone = tuple[float, float, float, float, float]  # the way into the shade, the way along, and where light ends


def _bone_shade(
    start: tuple[float, float], end: tuple[float, float], toward_key: tuple[float, float], behind: float
) -> _Bone | None:
    """How a bone is shaded: light ends at -1 (its lit edge) to 1 (the other); None where all of it is lit."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length < 1e-3:
        return None
    ux, uy = dx / length, dy / length
    along = toward_key[0] * ux + toward_key[1] * uy
    ax, ay = along * ux - toward_key[0], along * uy - toward_key[1]
    size = math.hypot(ax, ay)
    deep = 0.95 - 0.80 * min(1.0, size * 1.25) - 0.75 * behind
    return None if deep > 0.92 or size < 1e-3 else (ax / size, ay / size, ux, uy, deep)


def _same_side(a: _Bone, b: _Bone | None) -> bool:
    """Whether two bones are shaded on the same side of the limb."""
    return b is not None and (a[0] * a[3] - a[1] * a[2]) * (b[0] * b[3] - b[1] * b[2]) > 0


def _loop(path: skia.Path, spots: list[tuple[float, float]], turned: float) -> None:
    """Adds a polygon, wound the same way on either side of a limb: those that overlap do not cancel."""
    if turned < 0:
        spots = spots[::-1]
    path.moveTo(*spots[0])
    for x, y in spots[1:]:
        path.lineTo(x, y)
    path.close()
