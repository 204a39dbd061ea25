"""Light from behind: the bright edge of a rim light about a whole figure, and the bright ground of a silhouette.

An edge follows the figure's outline as it was painted, hair and hat and sleeves alike; it knows no parts.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import skia

from model.stage import RGB, Light, Stage
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import HOURS, NEON_PINK, Tone, mix
from model.theatre.pixels import gradient
from model.theatre.view import View

__all__ = ["edged", "paint_bright_ground"]

WIDTH = 0.011
"""How wide an edge is, in heights of the figure."""
_WHITE = RGB(255, 250, 240)
_FLASH = RGB(214, 224, 255)


def edged(
    thing: Drawable, light: Light, tone: Tone, view: View, x: float, z: float, height_m: float, flash: float = 0.0
) -> Drawable:
    """A figure of a height that stands at (x, z), with the light's rim about it; as it is where there is none.

    `flash` (0 to 1) is the lightning of the moment, which edges everybody.
    """
    strength = max(light.rim, 0.55 if light.silhouette else 0.0, 0.8 * flash)
    if strength <= 0.0:
        return thing
    px, py, depth = view.point(x, height_m / 2, z)
    tall = height_m * view.px_per_m(depth)
    width = WIDTH * tall
    if width < 0.6 or depth < 0.3:
        return thing
    reach = 0.85 * tall
    box = skia.Rect.MakeLTRB(px - reach, py - reach, px + reach, py + reach)
    if not box.intersect(skia.Rect.MakeWH(view.width_px, view.height_px)):
        return thing
    dx, dy = _side(tone, view)
    edge = mix(_colour(light, tone), _FLASH, min(1.0, 3.0 * flash))
    rgb = 0xFF000000 | edge[0] << 16 | edge[1] << 8 | edge[2]
    over = skia.Paint(BlendMode=skia.BlendMode.kSrcATop)
    soft = 0.7 + 0.3 * tone.dark  # daylight drowns an edge
    over.setAlphaf(min(1.0, soft * (0.25 * min(1.0, 8.0 * strength) + 0.7 * strength)))
    cut = skia.Paint(BlendMode=skia.BlendMode.kDstOut)
    inner = skia.Matrix.Translate(-dx * width, -dy * width)

    def paint(canvas: skia.Canvas) -> None:
        recorder = skia.PictureRecorder()
        thing.paint(recorder.beginRecording(box))
        picture = recorder.finishRecordingAsPicture()
        canvas.saveLayer(box)
        canvas.drawPicture(picture)
        canvas.saveLayer(box, over)
        canvas.drawColor(rgb)
        canvas.drawPicture(picture, inner, cut)
        canvas.restore()
        canvas.restore()

    return replace(thing, paint=paint)


def _side(tone: Tone, view: View) -> tuple[float, float]:
    """Where on the picture the edge lies: the key's side when it comes from behind, else the side across from it."""
    key = tone.key_from
    right, ahead = (view.rotation[i][0] * key.x + view.rotation[i][2] * key.z for i in (0, 2))
    behind = 1.0 / (1.0 + math.exp(-8.0 * float(ahead)))
    way = math.tanh(2.5 * float(right)) * (2.0 * behind - 1.0)
    return way, -0.55


def _colour(light: Light, tone: Tone) -> RGB:
    """The key's own colour, paler; where the hour has an edge of its own, that. Never whiter than the light is."""
    if light.neon:
        return NEON_PINK
    own = HOURS[light.hour].rim
    if own is not None:
        return mix(own, _WHITE, 0.3)
    return RGB(*(min(255, round(218 * c)) for c in tone.key))


def paint_bright_ground(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone) -> None:
    """A bright wash behind the people of a silhouette; nothing in any other light."""
    if not stage.light.silhouette or not stage.figures:
        return
    people = [key.body[0] for key in stage.figures]
    x, z = (sum(values) / len(people) for values in ([p.x_m for p in people], [p.z_m for p in people]))
    px, py, depth = view.point(x, 1.3, z)
    if depth < 0.3:
        return
    reach = max(0.75 * view.height_px, 2.4 * view.px_per_m(depth))
    paint = _wash(mix(tone.look.horizon, _WHITE, 0.35))
    canvas.save()
    canvas.translate(px, py)
    canvas.scale(reach, reach * 0.8)
    canvas.drawCircle(0, 0, 1.0, paint)
    canvas.restore()


@lru_cache(maxsize=32)
def _wash(rgb: RGB) -> skia.Paint:
    colours = [round(255 * a) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2] for a in (0.62, 0.40, 0.13, 0.0)]
    shader = skia.GradientShader.MakeRadial((0, 0), 1.0, colours, [0.0, 0.35, 0.7, 1.0])
    return gradient(shader, skia.BlendMode.kScreen)
