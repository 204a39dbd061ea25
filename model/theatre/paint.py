"""Paint for puppets: smooth paths through points, tapered limbs, and a light that knows parts.

`Ink` is the one place where people and animals get their colours, so that the finished frame and the
mannequin pass differ in nothing but it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Vec3
from model.theatre.lighting.light import depth_step
from model.theatre.moulds import closed_mould, hull_mould, open_mould, polygon_mould
from model.theatre.people.soil import CLEAN, Soil
from model.theatre.view import View

__all__ = [
    "CIRCLE",
    "Codes",
    "Ink",
    "Part",
    "Points",
    "ToneLike",
    "beyond",
    "clipped",
    "darker",
    "fill",
    "hull",
    "kept_within",
    "light_up",
    "limb",
    "mix",
    "polygon",
    "rim",
    "rim_light",
    "smooth_closed",
    "smooth_open",
    "strands",
    "stroke",
    "to_pixels",
    "two_tone",
    "with_alpha",
]

Points = NDArray[np.float64]
Codes = Callable[[str, float], int]
"""A part under a share of the key, as a colour."""

Part = Literal["head", "hair", "torso", "hips", "right_arm", "left_arm", "right_leg", "left_leg", "hand", "seat"]


class ToneLike(Hashable, Protocol):
    """What of `model.theatre.lighting.light.Tone` people need."""

    @property
    def key_from(self) -> Vec3: ...
    def lit(self, rgb: RGB, depth_m: float) -> int: ...
    def between(self, rgb: RGB, key: float, depth_m: float) -> int: ...
    def rim(self, rgb: RGB, depth_m: float) -> int | None: ...


CIRCLE = np.linspace(0.0, 2 * math.pi, 14, endpoint=False)


def to_pixels(view: View, points: Points) -> Points:
    """As `View.project`, without the depths: (n, 3) metres → (n, 2) pixels."""
    matrix, offset = view.lens
    return view.pixels(points @ matrix + offset)


@lru_cache(maxsize=8192)
def mix(a: RGB, b: RGB, u: float) -> RGB:
    """`a` at u = 0, `b` at u = 1."""
    r, g, blue = (min(255, max(0, round(p + (q - p) * u))) for p, q in zip(a, b, strict=True))
    return RGB(r, g, blue)


def darker(rgb: RGB, share: float) -> RGB:
    """A deeper, slightly warmer neighbour of a colour, as a gouache painter mixes it."""
    return mix(rgb, RGB(28, 14, 30), share)


def with_alpha(colour: int, alpha: float) -> int:
    """An opaque skia colour made translucent."""
    return (round(255 * min(1.0, max(0.0, alpha))) << 24) | (colour & 0xFFFFFF)


_FILL = skia.Paint(AntiAlias=True)
_STROKE = skia.Paint(
    AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join
)


def fill(canvas: skia.Canvas, path: skia.Path, colour: int) -> None:
    """Fills a path."""
    _FILL.setColor(colour)
    canvas.drawPath(path, _FILL)


def stroke(canvas: skia.Canvas, path: skia.Path, colour: int, width_px: float) -> None:
    """Strokes a path with round ends."""
    _STROKE.setColor(colour)
    _STROKE.setStrokeWidth(width_px)
    canvas.drawPath(path, _STROKE)


def polygon(points: Points | Sequence[tuple[float, float]]) -> skia.Path:
    """A closed path of straight lines."""
    return polygon_mould(len(points)).cast(points)


def smooth_closed(points: Points | Sequence[tuple[float, float]], tension: float = 1.0) -> skia.Path:
    """A closed curve through all points (Catmull-Rom as cubics)."""
    return closed_mould(len(points), tension).cast(points)


def smooth_open(points: Points | Sequence[tuple[float, float]]) -> skia.Path:
    """An open curve through all points."""
    return open_mould(len(points), 1).cast(points)


def strands(rows: Points, count: int) -> skia.Path:
    """`count` open curves of one path, through equally many of the points each: one stroke paints all."""
    return open_mould(len(rows) // count, count).cast(rows)


_WAYS = np.stack(
    [np.cos(np.linspace(0, 2 * math.pi, 44, endpoint=False)), np.sin(np.linspace(0, 2 * math.pi, 44, endpoint=False))]
)
_WAYS_BY_ROW = np.ascontiguousarray(_WAYS.T)


def beyond(points: Points, centres: Points, radii: Points) -> NDArray[np.bool_]:
    """Which circles reach out of the convex outline of points."""
    limits = (points @ _WAYS).max(axis=0)
    outside: NDArray[np.bool_] = (centres @ _WAYS + radii[:, None] > limits).any(axis=1)
    return outside


def hull(points: Points) -> skia.Path:
    """A smooth convex outline about points: each of 44 directions gives its farthest one."""
    flat = points[:, :2]
    best: list[int] = (_WAYS_BY_ROW @ flat.T).argmax(axis=1).tolist()
    corners = flat[[k for before, k in zip([-1, *best], best, strict=False) if k != before]]
    return polygon(corners) if len(corners) < 3 else hull_mould(len(corners)).cast(corners)


def limb(path: skia.Path, joints: Sequence[tuple[float, float]], radii: Sequence[float]) -> None:
    """Adds a tapered limb through joints to a path, round at each of them."""
    for (x, y), r in zip(joints, radii, strict=True):
        path.addCircle(x, y, r)
    for (x0, y0), (x1, y1), r0, r1 in zip(joints[:-1], joints[1:], radii[:-1], radii[1:], strict=True):
        dx, dy = x1 - x0, y1 - y0
        d = math.hypot(dx, dy)
        if d <= abs(r0 - r1) + 1e-6:
            continue
        c = (r0 - r1) / d
        s = math.sqrt(max(0.0, 1 - c * c))
        ux, uy = dx / d, dy / d
        # Tangent points of the two circles on each side, clockwise as addCircle winds.
        ax, ay = ux * c + uy * s, uy * c - ux * s
        bx, by = ux * c - uy * s, uy * c + ux * s
        path.moveTo(x0 + ax * r0, y0 + ay * r0)
        path.lineTo(x1 + ax * r1, y1 + ay * r1)
        path.lineTo(x1 + bx * r1, y1 + by * r1)
        path.lineTo(x0 + bx * r0, y0 + by * r0)
        path.close()


def kept_within(points: Points, joints: Sequence[tuple[float, float]], radii: Sequence[float]) -> Points:
    """Pixels moved into the straight limb from the first joint to the last: it spares a clip."""
    (x0, y0), (x1, y1) = joints[0], joints[-1]
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    along, across = ((points - (x0, y0)) @ np.array([[ux, -uy], [uy, ux]])).T
    along = np.minimum(np.maximum(along, 0.0), length)
    half = radii[0] + (radii[-1] - radii[0]) / length * along
    across = np.minimum(np.maximum(across, -half), half)
    return np.stack([x0 + ux * along - uy * across, y0 + uy * along + ux * across], axis=1)


@dataclass(frozen=True)
class Ink:
    """Colours for one figure in one frame. `plain` codes parts under a share of the key, and leaves features out."""

    tone: ToneLike
    view: View
    depth_m: float
    plain: Codes | None = None
    wet: bool = False
    soil: Soil = CLEAN
    _light: tuple[float, float, float] = field(default=(0.0, 0.0, 0.0), init=False)
    _mixed: dict[tuple[Part, RGB, float, float], int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        right, up, ahead = (self.view.rotation @ np.asarray(self.tone.key_from)).tolist()
        object.__setattr__(self, "_light", (right, -up, ahead))
        object.__setattr__(self, "_mixed", _mixes(self.tone, depth_step(self.depth_m), self.wet))

    @property
    def toward_key(self) -> tuple[float, float]:
        """Toward the key on the picture: x right, y down, shorter the more the light comes along the axis."""
        return self._light[0], self._light[1]

    @property
    def behind(self) -> float:
        """How far the key comes from behind the figure, 0 to 1."""
        return max(0.0, self._light[2])

    def _soak(self, rgb: RGB, part: Part) -> RGB:
        return darker(rgb, 0.30) if self.wet and part != "head" else rgb

    def lit(self, part: Part, rgb: RGB) -> int:
        """Where the key reaches."""
        if self.plain is not None:
            return self.plain(part, 1.0)
        return self._between(part, rgb, 0.0, 1.0)

    def between(self, part: Part, rgb: RGB, key: float) -> int:
        """With a share of the key, 0 to 1."""
        if self.plain is not None:
            return self.plain(part, key)
        return self._between(part, rgb, 0.0, key)

    def shade(self, part: Part, rgb: RGB) -> int:
        """The fill side: out of the key and a deeper mix, so that form reads under any light."""
        if self.plain is not None:
            return self.plain(part, 0.2)
        if part in ("head", "hand"):  # skin deepens toward red; a hand is no wetter than a face
            return self._between("head", mix(rgb, RGB(150, 48, 40), 0.17), 0.0, 0.40)
        return self._between(part, rgb, 0.13, 0.12)

    def line(self, part: Part, rgb: RGB, share: float = 0.5) -> int:
        """A dark accent of a colour."""
        if self.plain is not None:
            return self.plain(part, 0.4)
        return self._between(part, rgb, share, 0.45)

    def _between(self, part: Part, rgb: RGB, dark: float, key: float) -> int:
        memo = (part, rgb, dark, key)
        found = self._mixed.get(memo)
        if found is None:
            soaked = self._soak(rgb, part)
            colour = darker(soaked, dark) if dark else soaked
            found = self._mixed[memo] = self.tone.between(colour, key, self.depth_m)
        return found


@lru_cache(maxsize=128)
def _mixes(tone: Hashable, step: int, wet: bool) -> dict[tuple[Part, RGB, float, float], int]:
    """What inks mixed under a tone at a step of depth: the same from frame to frame."""
    del tone, step, wet  # they are the key
    return {}


@contextmanager
def clipped(canvas: skia.Canvas, path: skia.Path) -> Iterator[None]:
    """Keeps to a form what is painted on it. A clip costs as much as two fills: paint all that needs it in one."""
    canvas.save()
    canvas.clipPath(path, True)
    yield
    canvas.restore()


SEEN_PX = 0.5
"""A border of shade that is thinner is not painted."""


def two_tone(
    canvas: skia.Canvas, path: skia.Path, ink: Ink, part: Part, rgb: RGB, reach_px: float, lit: int | None = None
) -> None:
    """Fills a form in light and shade: a border of shade `reach_px` wide is left on the side away from the key."""
    lit = ink.lit(part, rgb) if lit is None else lit
    kx, ky = ink.toward_key
    if math.hypot(kx, min(ky, 0.0) * 0.6) * reach_px < SEEN_PX:
        fill(canvas, path, lit)
        return
    fill(canvas, path, ink.shade(part, rgb))
    light_up(canvas, path, lit, ink, reach_px)


def light_up(canvas: skia.Canvas, path: skia.Path, lit: int, ink: Ink, reach_px: float) -> None:
    """The lit shape of a form that is filled with its shade: the form once more, drawn in toward its lit edge."""
    kx, ky = ink.toward_key
    _drawn_in(canvas, path, kx * reach_px, min(ky, 0.0) * reach_px * 0.6)
    fill(canvas, path, lit)
    canvas.restore()


def _drawn_in(canvas: skia.Canvas, path: skia.Path, x_px: float, y_px: float) -> None:
    """Saves the canvas and scales it about the edge of a form that lies the way (x, y), so that the other edge comes
    in by that much. A convex form stays within itself and needs no clip, which would cost more than both fills.
    """
    canvas.save()
    box = path.getBounds()
    wide, high = box.width() / 2, box.height() / 2
    reach = math.hypot(wide * x_px, high * y_px)
    if reach > 1e-6:
        share = max(0.1, 1.0 - (x_px * x_px + y_px * y_px) / (2 * reach))
        # The farthest point of the ellipse in the box.
        canvas.translate(
            (box.centerX() + wide * wide * x_px / reach) * (1 - share),
            (box.centerY() + high * high * y_px / reach) * (1 - share),
        )
        canvas.scale(share, share)


class Rim(NamedTuple):
    """The edge light on a form: its colour, and how far the form is drawn in from it on the picture."""

    colour: int
    drawn_in: tuple[float, float]


def rim(ink: Ink, rgb: RGB, width_px: float) -> Rim | None:
    """The edge light of low suns and neon on a colour; None where there is none, or too thin to be seen."""
    if ink.plain is not None or width_px < 0.7:
        return None
    colour = ink.tone.rim(rgb, ink.depth_m)
    if colour is None:
        return None
    kx, ky = ink.toward_key
    size = math.hypot(kx, ky) or 1.0
    light = with_alpha(colour, 0.35 + 0.5 * min(1.0, ink.behind * 1.6))
    return Rim(light, (-kx / size * width_px, -min(ky, 0.15) / size * width_px * 0.6))


def rim_light(canvas: skia.Canvas, path: skia.Path, ink: Ink, rgb: RGB, width_px: float, simple: bool = False) -> None:
    """The edge light of low suns and neon on a form: a thin border on the key's side.

    A `simple` form is one outline that nowhere crosses itself; others cost two clips.
    """
    found = rim(ink, rgb, width_px)
    if found is None:
        return
    inner = skia.Path(path)
    inner.offset(*found.drawn_in)
    canvas.save()
    canvas.clipPath(path, True)
    if simple:
        inner.addPath(path)
        inner.setFillType(skia.PathFillType.kEvenOdd)
        fill(canvas, inner, found.colour)
    else:
        canvas.clipPath(inner, skia.ClipOp.kDifference, True)
        canvas.drawColor(found.colour)
    canvas.restore()
