"""The index picture: which surface each pixel shows, and how much of the key light falls there.

The hands that draw the finished frame draw it again in codes instead of colours: red and green count surfaces, blue
is light. Shadows and lamps change the blue alone. What else is true of a pixel, `model.theatre.passes` looks up from
its surface. Holds no colour and draws no face.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, get_args

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Vec3
from model.theatre.lighting.light import Tone
from model.theatre.paint import Codes, Part
from model.theatre.view import NEAR_M, View

__all__ = [
    "CROWD",
    "FULL_LIGHT",
    "OPAQUE",
    "PARTS",
    "Hand",
    "SurfaceCanvas",
    "SurfaceTone",
    "Surfaces",
    "point_plane",
]

PARTS: tuple[Part, ...] = get_args(Part)
"""A person's or animal's parts; the part pass counts them from 1."""

CROWD = 1 << 14
"""The owner of everybody in a crowd; before it, 0 is the set, then come the stage's figures, then its props."""

FULL_LIGHT = 204  # the key alone; lamps and sun patches go beyond it
OPAQUE = 150  # marks with less alpha than this tint what lies under them
_DARK = 330  # the sum of red, green and blue below which a tint is a shadow
_SCREEN, _MODULATE, _OVER = skia.BlendMode.kScreen, skia.BlendMode.kModulate, skia.BlendMode.kSrcOver


@dataclass(frozen=True, eq=False)
class Surfaces:
    """An index picture, and what is known of each surface by its number.

    `index` is (h, w) and `light` (h, w) from 0 to 255, where `FULL_LIGHT` is the whole key. `planes` (n, 3) gives
    a surface's inverse depth in 1/m at pixel (x, y) as a·x + b·y + c; `normals` (n, 3) look out of it, in the
    camera's right, up and toward the camera. `owners` and `parts` are (n,). Surface 0 is what lies infinitely far.
    """

    view: View
    index: NDArray[np.uint16]
    light: NDArray[np.uint8]
    planes: NDArray[np.float32]
    normals: NDArray[np.float32]
    owners: NDArray[np.int32]
    parts: NDArray[np.uint8]


class Hand:
    """Numbers surfaces as they are drawn. `begin` a thing, then register its planes, or draw it as a whole."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.planes: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)]
        self.normals: list[tuple[float, float, float]] = [(0.0, 0.0, 1.0)]
        self.owners, self.parts = [0], [0]
        self.current, self.low, self.owner = 0, 0, 0

    def begin(self, owner: int, depth_m: float, part: Part | None = None) -> None:
        """A thing at a depth, as one surface across the axis until it registers planes of its own."""
        self.owner = owner
        self.low = len(self.planes)
        self._add((0.0, 0.0, 1.0 / max(depth_m, NEAR_M)), (0.0, 0.0, 1.0), part)

    def plane(self, point: Sequence[float], normal: Sequence[float]) -> bool:
        """The flat surface through a point of the stage, to be drawn next; False when it is seen edge on."""
        right, up, ahead = self.view.axes
        eye = self.view.eye
        dx, dy, dz = point[0] - eye.x, point[1] - eye.y, point[2] - eye.z
        nx, ny, nz = (row[0] * normal[0] + row[1] * normal[1] + row[2] * normal[2] for row in (right, up, ahead))
        away = (
            nx * (right[0] * dx + right[1] * dy + right[2] * dz)
            + ny * (up[0] * dx + up[1] * dy + up[2] * dz)
            + nz * (ahead[0] * dx + ahead[1] * dy + ahead[2] * dz)
        )
        if abs(away) < 1e-6:
            return False
        f, cx, cy = self.view.focal_px, self.view.width_px / 2, self.view.height_px / 2
        a, b = nx / (f * away), -ny / (f * away)
        sign = -1.0 if away > 0 else 1.0  # a panel seen from behind looks at the camera too
        size = sign / (math.sqrt(nx * nx + ny * ny + nz * nz) or 1.0)
        self._add((a, b, nz / away - a * cx - b * cy), (nx * size, ny * size, -nz * size), None)
        return True

    def figure(self, owner: int) -> tuple[Codes, int]:
        """Registers the parts of a figure: the way to code a part under a share of the key, and its first number."""
        first = len(self.planes)
        self.owner = owner
        for part in PARTS:
            self._add((0.0, 0.0, 0.0), (0.0, 0.0, 1.0), part)
        numbers = {part: first + i for i, part in enumerate(PARTS)}
        return (lambda part, key: _code(numbers[part], key)), first

    def resume(self, first: int) -> None:
        """Draws a figure whose parts were registered before, from number `first` on."""
        self.low = first
        self.current = first + PARTS.index("torso")

    def code(self, key: float) -> int:
        """The current surface under a share of the key, as a colour."""
        return _code(self.current, key)

    def own(self, argb: int) -> int:
        """A colour as a code of this thing: what is no code of it is the current surface in half light."""
        return argb | 0xFF000000 if self.low <= (argb >> 8 & 0xFFFF) < len(self.planes) else _code(self.current, 0.5)

    def _add(self, plane: tuple[float, float, float], normal: tuple[float, float, float], part: Part | None) -> None:
        self.current = len(self.planes)
        self.planes.append(plane)
        self.normals.append(normal)
        self.owners.append(self.owner)
        self.parts.append(0 if part is None else PARTS.index(part) + 1)

    def done(self, pixels: NDArray[np.uint8]) -> Surfaces:
        """What was drawn on (h, w, 4) pixels."""
        index: NDArray[np.uint16] = np.left_shift(pixels[..., 0], 8, dtype=np.uint16)
        index |= pixels[..., 1]
        return Surfaces(
            view=self.view,
            index=index,
            light=pixels[..., 2].copy(),
            planes=np.array(self.planes, dtype=np.float32),
            normals=np.array(self.normals, dtype=np.float32),
            owners=np.array(self.owners, dtype=np.int32),
            parts=np.array(self.parts, dtype=np.uint8),
        )


def _code(number: int, key: float) -> int:
    return 0xFF000000 | number << 8 | int(min(1.0, max(0.0, key)) * FULL_LIGHT + 0.5)


@dataclass(frozen=True)
class SurfaceTone(Tone):
    """A tone that mixes codes: every colour is the surface at hand, with the light that falls on it."""

    hand: Hand = field(kw_only=True)

    @classmethod
    def over(cls, tone: Tone, hand: Hand) -> SurfaceTone:
        """The tone's light, given out as codes of `hand`."""
        given = {one.name: getattr(tone, one.name) for one in fields(Tone) if one.name not in _MEMORIES}
        return cls(**given, hand=hand)

    def between(self, rgb: RGB, key: float, depth_m: float) -> int:  # noqa: ARG002 - as every tone is asked
        """The current surface's code with `key` of the key light on it."""
        return self.hand.code(key)

    def glow(self, rgb: RGB, depth_m: float, strength: float = 1.0) -> int:  # noqa: ARG002
        """The current surface's code, fully lit."""
        return self.hand.code(1.0)

    def rim(self, rgb: RGB, depth_m: float) -> int | None:  # noqa: ARG002
        """None: an edge of light is no surface."""
        return None


_MEMORIES = frozenset({"gloom", "painted", "_seen"})


class SurfaceCanvas(skia.Canvas):  # type: ignore[misc]
    """A canvas that paints codes: edges are hard, shadows and lamps touch the light only, pictures are left out."""

    def __init__(self, pixels: NDArray[np.uint8], hand: Hand) -> None:
        super().__init__(pixels, colorType=skia.kRGBA_8888_ColorType)
        self.hand = hand
        self._flat = skia.Paint(AntiAlias=False)
        self._line = skia.Paint(AntiAlias=False, StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join)
        self._line.setStyle(skia.Paint.kStroke_Style)
        self._shade = skia.Paint(AntiAlias=False, BlendMode=_MODULATE)

    def _coded(self, paint: skia.Paint) -> skia.Paint | None:
        """How a stroke of the finished frame is drawn here, or None when it is not."""
        if paint.getBlendMode() != _OVER or paint.getShader() is not None:
            return None
        argb = int(paint.getColor())
        alpha = argb >> 24
        stroked = paint.getStyle() == skia.Paint.kStroke_Style
        if alpha < OPAQUE:
            if stroked or (argb >> 16 & 255) + (argb >> 8 & 255) + (argb & 255) > _DARK:
                return None
            self._shade.setColor(0xFFFFFF00 | 255 - alpha)
            return self._shade
        flat = self._line if stroked else self._flat
        flat.setColor(self.hand.own(argb))
        if stroked:
            flat.setStrokeWidth(paint.getStrokeWidth())
        return flat

    def lighten(self, path: skia.Path, share: float) -> None:
        """Adds a share of light over a shape."""
        paint = skia.Paint(Color=0xFF000000 | int(min(1.0, share) * 255), AntiAlias=False, BlendMode=_SCREEN)
        super().drawPath(path, paint)

    def glow(self, paint: skia.Paint) -> None:
        """Adds blue light that falls off over the unit circle."""
        super().drawCircle(0, 0, 1.0, paint)

    def drawPath(self, path: skia.Path, paint: skia.Paint) -> None:
        if (coded := self._coded(paint)) is not None:
            super().drawPath(path, coded)

    def drawCircle(self, *args: Any) -> None:
        self._draw(super().drawCircle, args)

    def drawOval(self, *args: Any) -> None:
        self._draw(super().drawOval, args)

    def drawRect(self, *args: Any) -> None:
        self._draw(super().drawRect, args)

    def drawRRect(self, *args: Any) -> None:
        self._draw(super().drawRRect, args)

    def drawRoundRect(self, *args: Any) -> None:
        self._draw(super().drawRoundRect, args)

    def drawLine(self, *args: Any) -> None:
        self._draw(super().drawLine, args)

    def drawPoints(self, *args: Any) -> None:
        self._draw(super().drawPoints, args)

    def _draw(self, draw: Callable[..., None], args: tuple[Any, ...]) -> None:
        if (coded := self._coded(args[-1])) is not None:
            draw(*args[:-1], coded)

    def clipPath(self, path: skia.Path, *how: Any) -> None:
        super().clipPath(path, *(way for way in how if isinstance(way, skia.ClipOp)), False)

    def saveLayer(self, *_: Any, **__: Any) -> int:
        """Layers are for looks; here what is drawn into one is drawn at once."""
        return int(super().save())

    def saveLayerAlpha(self, *_: Any) -> int:
        return int(super().save())

    def _left_out(self, *_: Any, **__: Any) -> None:
        """Washes, pictures and writing are not surfaces."""

    clear = drawColor = drawPaint = drawImage = drawImageRect = drawString = drawTextBlob = drawSimpleText = _left_out
    drawVertices = drawPicture = drawAtlas = _left_out


def point_plane(points: Sequence[Vec3]) -> tuple[Vec3, Vec3] | None:
    """A point and the normal of the plane through the first three corners of a polygon; None for a line."""
    a, b, c = points[0], points[1], points[2]
    u, v = (b.x - a.x, b.y - a.y, b.z - a.z), (c.x - a.x, c.y - a.y, c.z - a.z)
    normal = Vec3(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
    return (a, normal) if math.hypot(*normal) > 1e-9 else None
