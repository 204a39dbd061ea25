"""Panels, pieces and lamps put on a canvas through a view, in the tone of the hour.

A panel is drawn by one projective matrix, so that every mark on it stands in true perspective; what lies behind
the lens is cut away, never smeared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Vec3
from model.theatre.lighting.light import Tone, depth_step, mix
from model.theatre.pixels import gradient
from model.theatre.sets.cull import Cull
from model.theatre.sets.kit import Lamp, Mark, Panel, Piece, Rect
from model.theatre.sets.near import before_lens
from model.theatre.surfaces import FULL_LIGHT, OPAQUE, SurfaceTone, point_plane
from model.theatre.view import NEAR_M, View

__all__ = ["Pen", "clip_polygon"]

Shape = tuple[skia.Path, int, bool | skia.Paint]
W_CLIP = 1.0 / (1 << 14)  # skia cuts a projected path where its w is below this

SNOW = RGB(236, 240, 246)

BLUE = RGB(0, 0, 255)

CORE_M = 11.0
"""From here on a lamp shows no bright core, which would shine through what hides it."""

SEEN_PX = 0.6
"""What the wind moves by less than this is drawn still."""
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
    """One frame's hand: a canvas, seen through a view, in a tone. Under a `SurfaceTone` it draws surfaces' codes."""

    def __init__(self, canvas: skia.Canvas, view: View, tone: Tone, time_s: float = 0.0, wind: float = 0.2) -> None:
        self.canvas, self.view, self.tone, self.time_s = canvas, view, tone, time_s
        self.surfaces = tone.hand if isinstance(tone, SurfaceTone) else None
        self.wind = wind
        self._rows = view.axes
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
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = self._rows
        (ux, uy, uz), (vx, vy, vz), (ox, oy, oz), eye = u, v, origin, self.view.eye
        ox, oy, oz = ox - eye.x, oy - eye.y, oz - eye.z
        k, (half_x, half_y) = W_CLIP / NEAR_M, self._half
        f = k * self.view.focal_px
        du, dv = k * (cx * ux + cy * uy + cz * uz), k * (cx * vx + cy * vy + cz * vz)
        do = k * (cx * ox + cy * oy + cz * oz)
        return skia.Matrix.MakeAll(
            f * (ax * ux + ay * uy + az * uz) + half_x * du,
            f * (ax * vx + ay * vy + az * vz) + half_x * dv,
            f * (ax * ox + ay * oy + az * oz) + half_x * do,
            half_y * du - f * (bx * ux + by * uy + bz * uz),
            half_y * dv - f * (bx * vx + by * vy + bz * vz),
            half_y * do - f * (bx * ox + by * oy + bz * oz),
            du,
            dv,
            do,
        )

    def _upright(self, panel: Panel, u: Vec3, v: Vec3) -> skia.Matrix | None:
        """A card's matrix without perspective inside the card: its foot and top are where projection says.

        Curves are several times cheaper to draw so. None for a card that reaches behind the lens.
        """
        (ux, uy, _), (vx, vy, vz), (x, y, z) = self.turned(u), self.turned(v), self.local(panel.origin)
        high = panel.extent[3]
        far = z + high * vz
        if min(z, far) < 0.4:
            return None
        f, (cx, cy) = self.view.focal_px, self._half
        foot_x, foot_y, across = cx + f * x / z, cy - f * y / z, 2.0 * f / (z + far)
        up_x = (cx + f * (x + high * vx) / far - foot_x) / high
        up_y = (cy - f * (y + high * vy) / far - foot_y) / high
        return skia.Matrix.MakeAll(across * ux, up_x, foot_x, -across * uy, up_y, foot_y, 0, 0, 1)

    def box_of(self, panel: Panel, area: Rect) -> tuple[float, float, float, float] | None:
        """The pixel box round a rectangle on a panel, or None when it is not in the picture."""
        a0, b0, a1, b1 = area
        o, u, v = (np.asarray(w) for w in (panel.origin, panel.u, panel.v))
        corners = np.array([o + a * u + b * v for a, b in ((a0, b0), (a1, b0), (a1, b1), (a0, b1))])
        local = clip_polygon((corners - np.asarray(self.view.eye)) @ self.view.rotation.T)
        if not len(local):
            return None
        xs = self._half[0] + self.view.focal_px * local[:, 0] / local[:, 2]
        ys = self._half[1] - self.view.focal_px * local[:, 1] / local[:, 2]
        left, top = max(float(xs.min()), 0.0), max(float(ys.min()), 0.0)
        right, foot = min(float(xs.max()), self.view.width_px), min(float(ys.max()), self.view.height_px)
        return (left, top, right, foot) if right > left and foot > top else None

    # ── paint ───────────────────────────────────────────────────────────────────────────────────
    def polygon(self, points: Iterable[Vec3], argb: int) -> None:
        """A polygon of stage points in one colour, cut at the lens."""
        corners = list(points)
        local = clip_polygon(np.array([self.local(p) for p in corners]))
        if len(local) < 3:
            return
        if self.surfaces is not None and (flat := point_plane(corners)) is not None and self.surfaces.plane(*flat):
            argb = self.surfaces.code((argb & 255) / FULL_LIGHT)
        f = self.view.focal_px / local[:, 2]
        xs, ys = self._half[0] + f * local[:, 0], self._half[1] - f * local[:, 1]
        path = skia.Path()
        path.addPoly(list(zip(xs.tolist(), ys.tolist(), strict=True)), True)
        self._paint.setColor(argb)
        self.canvas.drawPath(path, self._paint)

    def panel(self, panel: Panel, depth_m: float, sway: float = 0.0) -> None:
        """One panel that is known to be in the picture, its air and detail as at `depth_m`."""
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
            if sway:  # what hangs swings below its upper edge, what stands above its foot
                v = Vec3(v.x + sway * u.x, v.y + sway * u.y, v.z + sway * u.z)
        canvas, paint = self.canvas, self._paint
        if self.surfaces is not None and not self.surfaces.plane(panel.origin, normal):
            return
        canvas.save()
        upright = self._upright(panel, u, v) if panel.card and not panel.lean else None
        canvas.concat(upright or self.matrix(panel.origin, u, v))
        if self.surfaces is not None:
            self._marks(panel, normal, depth_m)
            canvas.restore()
            return
        shapes = self._colours(panel, normal, depth_m)
        if upright is None:
            shapes = self._cut(shapes, panel, u, v)
        for path, argb, light in shapes:
            paint.setColor(argb)
            if isinstance(light, skia.Paint):
                canvas.drawPath(path, light)
            elif light:
                paint.setBlendMode(skia.BlendMode.kScreen)
                canvas.drawPath(path, paint)
                paint.setBlendMode(skia.BlendMode.kSrcOver)
            else:
                canvas.drawPath(path, paint)
        canvas.restore()

    def _cut(self, shapes: list[Shape], panel: Panel, u: Vec3, v: Vec3) -> list[Shape]:
        """The same shapes; those that reach behind the lens taken apart."""
        ahead = self._rows[2]
        d0, du, dv = self.local(panel.origin)[2], _dot(ahead, u), _dot(ahead, v)
        x0, y0, x1, y1 = panel.extent
        if d0 + min(x0 * du, x1 * du) + min(y0 * dv, y1 * dv) >= NEAR_M:
            return shapes
        return [(part, argb, light) for path, argb, light in shapes for part in before_lens(path, (d0, du, dv), NEAR_M)]

    def _marks(self, panel: Panel, normal: Vec3, depth_m: float) -> None:
        """A panel's codes: of marks on marks only those that change the light."""
        canvas, paint = self.canvas, self._paint
        covered = -1
        for m in panel.marks:
            if m.fine:
                continue
            if m.paint in ("sun", "lamp", "beam"):
                argb = self._light(m)
                if argb >> 24:
                    canvas.lighten(m.path, (argb >> 24) / 255)
                continue
            argb = self.colour(m, normal, depth_m)
            if argb >> 24 < OPAQUE or argb & 255 == covered:
                continue
            paint.setColor(argb)
            canvas.drawPath(m.path, paint)
            if covered < 0 and _covers(m.path, panel.extent):
                covered = argb & 255

    def _colours(self, panel: Panel, normal: Vec3, depth_m: float) -> list[Shape]:
        """A panel's shapes with their colours, mixed once for a tone, a depth step and a facing."""
        fine = self.view.focal_px / depth_m >= FINE_PX
        step = depth_step(depth_m)
        memo = self.tone.painted
        key = (id(panel.marks), step, int(self.tone.facing(normal) * 24) + 100 * fine)
        found = memo.get(key)
        if found is None:
            if len(memo) > 6000:
                memo.clear()
            shapes = []
            for m in panel.marks:
                if m.fine and not fine:
                    continue
                if m.paint in ("sun", "lamp", "beam"):
                    argb = self._light(m)
                    if argb:
                        shapes.append((m.path, argb, _soft(m.path, argb) if m.soft else True))
                else:
                    shapes.append((m.path, self.colour(m, normal, depth_m), False))
            # The marks are kept with the colours, so that their id stays theirs.
            found = memo[key] = (panel.marks, shapes)
        return found[1]

    def _light(self, m: Mark) -> int:
        """The colour of a mark of light, to be added to what lies there; 0 for none."""
        tone = self.tone
        if m.paint == "beam":
            rgb, power = m.rgb, 0.4 + 0.6 * tone.lamps
        elif m.paint == "lamp":
            rgb, power = m.rgb, tone.lamps if tone.lamps > 0.3 else 0.0
        else:
            rgb, power = mix(m.rgb, tone.look.horizon, 0.6), 0.0 if tone.gray > 0.04 else tone.sun
        return 0 if power <= 0 else _rgb(rgb, m.alpha * power)

    def colour(self, m: Mark, normal: Vec3, depth_m: float) -> int:
        """A mark's colour on a face with this normal, at this depth."""
        tone, rgb = self.tone, m.rgb
        if tone.snow and m.paint == "lit" and (normal.y > 0.5 or (m.key or 0.0) > 0.75):
            rgb = mix(rgb, SNOW, tone.snow * (0.92 if normal.y > 0.5 else 0.7))
        if m.paint == "glow":
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
            argb = tone.between(rgb, m.key, depth_m)
        else:
            argb = tone.face(rgb, normal, depth_m)
        if m.alpha < 1.0:
            argb = (argb & 0xFFFFFF) | round(255 * m.alpha) << 24
        return argb

    def piece(self, piece: Piece, panels: list[tuple[Panel, float]] | None = None) -> None:
        """A thing: its contact shadow, its panels (those of them in the picture, when they are known), its lamps."""
        if panels is None:
            seen = Cull((piece,)).seen(self.view)
            panels = seen[0][1] if seen else []
        if piece.shadow is not None:
            self.shadow(piece.at, *piece.shadow)
        tone = self.tone
        self.tone = tone.there(piece.at)
        sway = 0.0
        if piece.moves == "sways":
            phase, gust = piece.at.x * 1.7 + piece.at.z, self._gust
            sway = gust * (math.sin(1.1 * self.time_s + phase) + 0.4 * math.sin(2.7 * self.time_s + 2.1 * phase))
            sway += 1.2 * gust * self.wind  # leaning with it
        for panel, depth in panels:
            self.panel(panel, depth, sway)
        if piece.live is not None and self.surfaces is None:  # smoke, glints and foam are no surfaces
            piece.live(self)
        self.tone = tone
        for lamp in piece.lamps:
            self.halo(lamp)

    def shadow(self, at: Vec3, rx: float, rz: float) -> None:
        """A soft contact shadow under a thing, in two steps; the air hides it as it hides the thing."""
        eye_y = self.view.eye.y
        clear = 1.0 - self.tone.fog(self.local(at)[2])
        if eye_y <= at.y or clear < 0.1:
            return
        self.canvas.save()
        self.canvas.concat(self.matrix(Vec3(at.x, at.y + 0.004, at.z), Vec3(1, 0, 0), Vec3(0, 0, 1)))
        dark = self.tone.look.lift
        for grow, alpha in ((1.22, 0.14), (1.0, 0.24)):
            self._paint.setColor(_rgb(dark, alpha * clear))
            self.canvas.drawOval(skia.Rect.MakeLTRB(-rx * grow, -rz * grow, rx * grow, rz * grow), self._paint)
        self.canvas.restore()

    @property
    def _gust(self) -> float:
        return (0.4 + 3.0 * self.wind) * 0.012

    def stirs(self, piece: Piece) -> bool:
        """Whether the wind moves a plant or a cloth so far that it is seen."""
        reach_m = self._gust * (1.4 + 1.2 * self.wind) * piece.height_m
        return piece.moves == "sways" and reach_m * self.view.px_per_m(self.local(piece.at)[2]) > SEEN_PX

    def shines(self, lamp: Lamp) -> bool:
        """Whether a lamp is lit at this hour."""
        return lamp.always or self.tone.lamps >= 0.3

    def halo(self, lamp: Lamp) -> None:
        """The glow round a lamp, in steps of flat light: of the air, not of a surface."""
        if self.surfaces is not None:
            return
        if not self.shines(lamp):
            return
        power = 0.25 + 0.75 * self.tone.lamps if lamp.always else self.tone.lamps
        seen = self.pixel(lamp.at)
        if seen is None:
            return
        if lamp.flicker:
            beat = math.sin(17.0 * self.time_s) * math.sin(5.3 * self.time_s + lamp.at.x)
            power *= 1.0 - lamp.flicker * max(0.0, beat)
        x, y, depth = seen
        reach = lamp.halo_m * self.view.px_per_m(max(depth, 0.6)) * (1.0 + 0.6 * (self.tone.fog_reach_m < 60.0))
        width, height = self.view.width_px, self.view.height_px
        if reach < 1.5 or not (-reach < x < width + reach and -reach < y < height + reach):
            return
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.scale(reach, reach)
        self.canvas.drawCircle(0, 0, 1.0, _glow(lamp.rgb, round(power * 20), "air"))
        core = power * min(1.0, max(0.0, (CORE_M - depth) / 4.0))  # a far lamp is its glow alone
        if core > 0.05:
            self.canvas.drawCircle(0, 0, 0.3, _glow(lamp.rgb, round(core * 20), "core"))
        self.canvas.restore()

    def pool(self, lamp: Lamp, floor_y: float = 0.0) -> None:
        """The light a lamp throws on the floor."""
        power = max(0.0, self.tone.lamps - 0.2) * 1.25 if lamp.always else self.tone.lamps
        if self.tone.gloom is not None and self.tone.gloom.room:  # which shows the lamps' light on the floor already
            power *= 0.62
        if lamp.pool_m <= 0 or power < 0.3 or self.view.eye.y <= floor_y:
            return
        x, _, z = self.local(Vec3(lamp.at.x, floor_y, lamp.at.z))
        reach, half = lamp.pool_m, self.view.width_px / 2 / self.view.focal_px
        if z < -reach or z > 30.0 or abs(x) - reach > half * (z + reach):
            return
        self.canvas.save()
        self.canvas.concat(self.matrix(Vec3(lamp.at.x, floor_y + 0.002, lamp.at.z), Vec3(1, 0, 0), Vec3(0, 0, 1)))
        self.canvas.scale(lamp.pool_m, lamp.pool_m)
        if self.surfaces is not None:
            self.canvas.glow(_glow(BLUE, round(power * 20), "floor"))
        else:
            self.canvas.drawCircle(0, 0, 1.0, _glow(lamp.rgb, round(power * 20), "floor"))
        self.canvas.restore()


def _covers(path: skia.Path, extent: Rect) -> bool:
    """Whether a mark lies over all of its panel."""
    box = skia.Rect()
    if not path.isRect(box):
        return False
    x0, y0, x1, y1 = extent
    return bool(box.makeOutset(1e-3, 1e-3).contains(skia.Rect.MakeLTRB(x0, y0, x1, y1)))


def _dot(a: list[float], b: Vec3) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _soft(path: skia.Path, argb: int) -> skia.Paint:
    """Light over a shape that is full in its middle and nothing at its bounds."""
    bounds, rgb, alpha = path.getBounds(), argb & 0xFFFFFF, argb >> 24
    matrix = skia.Matrix.Translate(bounds.centerX(), bounds.centerY())
    matrix.preScale(bounds.width() / 2, bounds.height() / 2)
    colours = [round(alpha * a) << 24 | rgb for a in (1.0, 0.72, 0.3, 0.08, 0.0)]
    shader = skia.GradientShader.MakeRadial((0, 0), 1.0, colours, [0.0, 0.25, 0.55, 0.8, 1.0], localMatrix=matrix)
    return gradient(shader, skia.BlendMode.kScreen)


_FALLS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "air": ((0.46, 0.38, 0.2, 0.07, 0.0), (0.0, 0.09, 0.3, 0.62, 1.0)),
    "core": ((0.72, 0.28, 0.1, 0.03, 0.0), (0.0, 0.06, 0.13, 0.21, 0.3)),
    "floor": ((0.5, 0.42, 0.26, 0.09, 0.0), (0.0, 0.3, 0.58, 0.82, 1.0)),
}
"""How lamplight falls off over a radius of 1: shares of its strength, and where."""


@lru_cache(maxsize=512)
def _glow(rgb: RGB, power: int, kind: str) -> skia.Paint:
    """Lamplight over a circle of radius 1; `power` in twentieths."""
    steps, stops = _FALLS[kind]
    colours = [_rgb(rgb, a * power / 20) for a in steps]
    shader = skia.GradientShader.MakeRadial((0, 0), 1.0, colours, list(stops))
    return gradient(shader, skia.BlendMode.kScreen)


def _rgb(rgb: RGB, alpha: float) -> int:
    return round(255 * min(1.0, max(0.0, alpha))) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]


def _blend(a: int, b: int, u: float) -> int:
    out = 0xFF
    for shift in (16, 8, 0):
        p, q = a >> shift & 255, b >> shift & 255
        out = out << 8 | round(p + (q - p) * u)
    return out
