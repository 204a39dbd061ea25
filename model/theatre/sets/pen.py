"""Panels, pieces and lamps put on a canvas through a view, in the tone of the hour.

A panel is drawn by one projective matrix, so that every mark on it stands in true perspective; what lies behind
the lens is cut away, never smeared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Vec3
from model.theatre.light import Tone, mix
from model.theatre.sets.kit import Lamp, Mark, Panel, Piece
from model.theatre.view import NEAR_M, View

__all__ = ["Pen", "clip_polygon"]

W_CLIP = 1.0 / (1 << 14)  # skia cuts a projected path where its w is below this

FINE_PX = 26.0
"""Below this many pixels a metre, a panel's fine marks are left out."""


def clip_polygon(points: NDArray[np.float64], near_m: float = NEAR_M) -> NDArray[np.float64]:
    """The part of a polygon (n, 3) in camera space (x, y, depth) that lies at depth ≥ `near_m`: (m, 3), m may be 0.

    Sutherland and Hodgman's cut by one plane: what was inside stays in order, a crossing edge adds its crossing.
    """
    kept: list[NDArray[np.float64]] = []
    for i in range(len(points)):
        a, b = points[i - 1], points[i]
        if (a[2] >= near_m) != (b[2] >= near_m):
            cross = a + (b - a) * ((near_m - a[2]) / (b[2] - a[2]))
            cross[2] = near_m
            kept.append(cross)
        if b[2] >= near_m:
            kept.append(b)
    return np.array(kept).reshape(-1, 3)


class Pen:
    """One frame's hand: a canvas, seen through a view, in a tone. `grey` paints the control pass instead."""

    def __init__(self, canvas: skia.Canvas, view: View, tone: Tone, time_s: float = 0.0, grey: bool = False) -> None:
        self.canvas, self.view, self.tone, self.time_s, self.grey = canvas, view, tone, time_s, grey
        self._rows = [[float(c) for c in row] for row in view.rotation]
        self._paint = skia.Paint(AntiAlias=True)
        self._half = (view.width_px / 2, view.height_px / 2)

    # ── geometry ────────────────────────────────────────────────────────────────────────────────
    def local(self, p: Vec3) -> tuple[float, float, float]:
        """A point of the stage in camera space: right, up and ahead, in metres."""
        return self.turned(Vec3(p.x - self.view.eye.x, p.y - self.view.eye.y, p.z - self.view.eye.z))

    def turned(self, d: Vec3) -> tuple[float, float, float]:
        """A direction of the stage in camera space."""
        a, b, c = self._rows
        return (
            a[0] * d[0] + a[1] * d[1] + a[2] * d[2],
            b[0] * d[0] + b[1] * d[1] + b[2] * d[2],
            c[0] * d[0] + c[1] * d[1] + c[2] * d[2],
        )

    def pixel(self, p: Vec3) -> tuple[float, float, float] | None:
        """Pixel x, y and depth of a point, or None behind the lens."""
        x, y, z = self.local(p)
        if z < NEAR_M:
            return None
        f = self.view.focal_px / z
        return self._half[0] + f * x, self._half[1] - f * y, z

    def matrix(self, origin: Vec3, u: Vec3, v: Vec3) -> skia.Matrix:
        """From a panel's (a, b) in metres to pixels.

        Scaled as a whole, which changes no pixel, so that skia's own cut falls at `NEAR_M`.
        """
        (ux, uy, uz), (vx, vy, vz), (ox, oy, oz) = self.turned(u), self.turned(v), self.local(origin)
        f, (cx, cy), k = self.view.focal_px, self._half, W_CLIP / NEAR_M
        return skia.Matrix.MakeAll(
            k * (f * ux + cx * uz), k * (f * vx + cx * vz), k * (f * ox + cx * oz),
            k * (cy * uz - f * uy), k * (cy * vz - f * vy), k * (cy * oz - f * oy),
            k * uz, k * vz, k * oz,
        )

    def bounds(self, points: Iterable[Vec3]) -> tuple[float, float, float, float] | None:
        """The pixel box round the points before the lens, or None when all are behind it.

        With some behind, the box is the whole picture's.
        """
        found = [self.pixel(p) for p in points]
        seen = [p for p in found if p is not None]
        if not seen:
            return None
        if len(seen) < len(found):
            return 0.0, 0.0, float(self.view.width_px), float(self.view.height_px)
        xs, ys = [p[0] for p in seen], [p[1] for p in seen]
        return min(xs), min(ys), max(xs), max(ys)

    def outside(self, box: tuple[float, float, float, float] | None) -> bool:
        """Whether nothing of a pixel box is in the picture."""
        if box is None:
            return True
        return box[2] < 0 or box[3] < 0 or box[0] > self.view.width_px or box[1] > self.view.height_px

    # ── paint ───────────────────────────────────────────────────────────────────────────────────
    def polygon(self, points: Iterable[Vec3], argb: int) -> None:
        """A polygon of stage points in one colour, cut at the lens."""
        local = clip_polygon(np.array([self.local(p) for p in points]))
        if len(local) < 3:
            return
        f = self.view.focal_px / local[:, 2]
        path = skia.Path()
        path.addPoly(list(zip(self._half[0] + f * local[:, 0], self._half[1] - f * local[:, 1], strict=True)), True)
        self._paint.setColor(argb)
        self.canvas.drawPath(path, self._paint)

    def panel(self, panel: Panel, sway: float = 0.0) -> None:
        """One panel, unless it is turned away or out of the picture."""
        eye, o = self.view.eye, panel.origin
        if panel.card:
            right = self._rows[0]
            length = math.hypot(right[0], right[2]) or 1.0
            u, v = Vec3(right[0] / length, 0, right[2] / length), Vec3(sway, 1, 0)
            normal = Vec3(u.z, 0, -u.x)
            if panel.lean:
                back, up = math.sin(panel.lean), math.cos(panel.lean)
                v = Vec3(-normal.x * back, up, -normal.z * back)
        else:
            u, v, normal = panel.u, panel.v, panel.normal
            if (eye.x - o.x) * normal.x + (eye.y - o.y) * normal.y + (eye.z - o.z) * normal.z <= 0:
                return
        a0, b0, a1, b1 = panel.extent
        corners = [
            Vec3(o.x + a * u.x + b * v.x, o.y + a * u.y + b * v.y, o.z + a * u.z + b * v.z)
            for a, b in ((a0, b0), (a1, b0), (a1, b1), (a0, b1))
        ]
        box = self.bounds(corners)
        if box is None or self.outside(box):
            return
        if max(box[2] - box[0], box[3] - box[1]) < 0.6:
            return
        depths = [self.local(c)[2] for c in corners]
        depth = max(0.5, (max(depths) + max(min(depths), 0.0)) / 2)
        self.canvas.save()
        self.canvas.concat(self.matrix(o, u, v))
        fine = self.view.px_per_m(depth) >= FINE_PX
        for m in panel.marks:
            if not fine and m.fine:
                continue
            if m.paint in ("sun", "lamp", "beam"):
                self._light(m)
            else:
                self._paint.setColor(self.colour(m, normal, depth))
                self.canvas.drawPath(m.path, self._paint)
        self.canvas.restore()

    def _light(self, m: Mark) -> None:
        """A mark of light: added to what lies there."""
        tone = self.tone
        if m.paint == "beam":
            rgb, power = m.rgb, 0.4 + 0.6 * tone.lamps
        elif m.paint == "lamp":
            rgb, power = m.rgb, tone.lamps if tone.lamps > 0.3 else 0.0
        else:
            rgb, power = mix(m.rgb, tone.look.horizon, 0.6), 0.0 if tone.gray > 0.04 else tone.sun
        if self.grey or power <= 0:
            return
        self._paint.setBlendMode(skia.BlendMode.kScreen)
        self._paint.setColor(_rgb(rgb, m.alpha * power))
        self.canvas.drawPath(m.path, self._paint)
        self._paint.setBlendMode(skia.BlendMode.kSrcOver)

    def colour(self, m: Mark, normal: Vec3, depth_m: float) -> int:
        """A mark's colour on a face with this normal, at this depth."""
        tone = self.tone
        if self.grey:
            value = max(40, 215 - round(34 * math.log2(max(1.0, depth_m))))
            value = round(value * (1.0 if normal.y > 0.5 else 0.82 + 0.12 * abs(normal.x)))
            argb = 0xFF000000 | value << 16 | value << 8 | value
        elif m.paint == "glow":
            lamps = tone.lamps
            unlit = tone.face(m.rgb, normal, depth_m)
            argb = _blend(unlit, tone.glow(m.rgb, depth_m), min(1.0, lamps * 1.1))
        elif m.paint == "flame":
            argb = tone.glow(m.rgb, depth_m)
        elif m.paint == "window":
            unlit = tone.glow(mix(RGB(70, 82, 98), tone.look.middle, 0.4), depth_m)
            argb = _blend(unlit, tone.glow(m.rgb, depth_m), min(1.0, tone.lamps * 1.15))
        elif m.paint == "pane":
            mirrored = mix(tone.look.horizon, tone.look.middle, 0.6)
            argb = tone.glow(mix(m.rgb, mirrored, 0.30 if tone.lamps > 0.7 else 0.45), depth_m)
        elif m.paint == "sky":
            argb = tone.glow(tone.look.horizon, depth_m)
        elif m.key is not None:
            argb = tone.between(m.rgb, m.key, depth_m)
        else:
            argb = tone.face(m.rgb, normal, depth_m)
        if m.alpha < 1.0:
            argb = (argb & 0xFFFFFF) | round(255 * m.alpha) << 24
        return argb

    def piece(self, piece: Piece) -> None:
        """A thing: its contact shadow, its panels from far to near, its lamps."""
        if piece.shadow is not None and not self.grey:
            self.shadow(piece.at, *piece.shadow)
        sway = 0.0
        if piece.moves == "sways":
            sway = 0.012 * math.sin(1.1 * self.time_s + piece.at.x * 1.7 + piece.at.z)
        for panel in piece.panels:
            self.panel(panel, sway)
        if not self.grey:
            for lamp in piece.lamps:
                self.halo(lamp)

    def shadow(self, at: Vec3, rx: float, rz: float) -> None:
        """A soft contact shadow under a thing, in two steps."""
        eye_y = self.view.eye.y
        if eye_y <= at.y:
            return
        self.canvas.save()
        self.canvas.concat(self.matrix(Vec3(at.x, at.y + 0.004, at.z), Vec3(1, 0, 0), Vec3(0, 0, 1)))
        dark = self.tone.look.lift
        for grow, alpha in ((1.22, 0.14), (1.0, 0.24)):
            self._paint.setColor(_rgb(dark, alpha))
            self.canvas.drawOval(skia.Rect.MakeLTRB(-rx * grow, -rz * grow, rx * grow, rz * grow), self._paint)
        self.canvas.restore()

    def halo(self, lamp: Lamp) -> None:
        """The glow round a lamp, in steps of flat light."""
        power = 0.25 + 0.75 * self.tone.lamps if lamp.always else self.tone.lamps
        if power < 0.3 and not lamp.always:
            return
        seen = self.pixel(lamp.at)
        if seen is None:
            return
        if lamp.flicker:
            beat = math.sin(17.0 * self.time_s) * math.sin(5.3 * self.time_s + lamp.at.x)
            power *= 1.0 - lamp.flicker * max(0.0, beat)
        x, y, depth = seen
        reach = lamp.halo_m * self.view.px_per_m(max(depth, 0.6))
        haze = 1.0 + 0.6 * (self.tone.fog_reach_m < 60.0)
        self._paint.setBlendMode(skia.BlendMode.kScreen)
        for grow, alpha in ((1.0 * haze, 0.07), (0.68 * haze, 0.10), (0.42, 0.16), (0.2, 0.3)):
            self._paint.setColor(_rgb(lamp.rgb, alpha * power))
            self.canvas.drawCircle(x, y, reach * grow, self._paint)
        self._paint.setBlendMode(skia.BlendMode.kSrcOver)

    def pool(self, lamp: Lamp, floor_y: float = 0.0) -> None:
        """The light a lamp throws on the floor."""
        power = max(0.0, self.tone.lamps - 0.2) * 1.25 if lamp.always else self.tone.lamps
        if lamp.pool_m <= 0 or power < 0.3 or self.view.eye.y <= floor_y:
            return
        self.canvas.save()
        self.canvas.concat(self.matrix(Vec3(lamp.at.x, floor_y + 0.002, lamp.at.z), Vec3(1, 0, 0), Vec3(0, 0, 1)))
        self._paint.setBlendMode(skia.BlendMode.kScreen)
        for grow, alpha in ((1.0, 0.10), (0.72, 0.12), (0.42, 0.14)):
            self._paint.setColor(_rgb(lamp.rgb, alpha * power))
            self.canvas.drawCircle(0, 0, lamp.pool_m * grow, self._paint)
        self._paint.setBlendMode(skia.BlendMode.kSrcOver)
        self.canvas.restore()


def _rgb(rgb: RGB, alpha: float) -> int:
    return round(255 * min(1.0, max(0.0, alpha))) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]


def _blend(a: int, b: int, u: float) -> int:
    out = 0xFF
    for shift in (16, 8, 0):
        p, q = a >> shift & 255, b >> shift & 255
        out = out << 8 | round(p + (q - p) * u)
    return out
