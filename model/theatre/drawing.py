"""The two pictures of a stage: the finished frame, and the index of its surfaces, pixel-aligned.

Paints the place, then furniture, props and people far to near, then the weather. The same stage, time and size give
the same pixels in any process: what is kept between frames never changes a picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Camera, CameraKey, Crowd, Figure, Light, Place, Prop, Stage, Vec3, Weather
from model.theatre.air.fog import fog_drawables
from model.theatre.air.weather import paint_weather
from model.theatre.air.wet import paint_reflections
from model.theatre.animals.horse import mounted
from model.theatre.crowds.crowd_ground import paint_crowd_shadows
from model.theatre.crowds.crowd_paint import crowd_drawables
from model.theatre.cut_outs import pinned
from model.theatre.drawable import Drawable
from model.theatre.elements import ELEMENTS, element_drawables
from model.theatre.focus import focus_at
from model.theatre.kept import paint_backdrop, paint_things
from model.theatre.lighting.edge import edged, paint_bright_ground
from model.theatre.lighting.flash import flash_at, paint_flash
from model.theatre.lighting.light import Tone
from model.theatre.lighting.pools import paint_pools, source_drawables
from model.theatre.lighting.practicals import LEAST, Source, falling_on, practicals_of, sources_of, tone_beside
from model.theatre.lighting.rooms import tone_in
from model.theatre.lighting.shadow import paint_shadows
from model.theatre.motion.body import body_at
from model.theatre.motion.holding import held_by
from model.theatre.motion.marks import place_at, pose_weights
from model.theatre.motion.props_motion import prop_now
from model.theatre.paint import Ink
from model.theatre.people.figure import figure_drawable
from model.theatre.people.hand import paint_grip
from model.theatre.pixels import canvas_on, rgb_of
from model.theatre.place import FAR, doorway_of, place_background, place_drawables
from model.theatre.props import prop_drawable
from model.theatre.seat import seats_under
from model.theatre.seated import Sitter, about_sitters
from model.theatre.styles import printed
from model.theatre.surfaces import CROWD, Hand, SurfaceCanvas, Surfaces, SurfaceTone
from model.theatre.vehicles.drive import VEHICLES, vehicle_drawables
from model.theatre.vehicles.ground import paint_vehicle_shadows
from model.theatre.view import NEAR_M, View, locked, view_at

__all__ = ["draw", "split", "surfaces", "tone_on"]

Frame = NDArray[np.uint8]

BAR_SHARE = 0.010  # of the height
BAR_GREY = 14
IN_GLOOM = 0.3
"""How much of a room's gloom falls on people: their faces have to be read."""


def draw(stage: Stage, time_s: float, width_px: int, height_px: int) -> Frame:
    """The finished frame at a time: (height_px, width_px, 3), sRGB."""
    if stage.beside is not None:
        return split(draw, stage, time_s, width_px, height_px)
    view = view_at(stage.camera, time_s, width_px, height_px, stage.seed)
    tone = _tone(stage.light, stage.weather, stage.place)
    pixels = np.empty((height_px, width_px, 4), dtype=np.uint8)
    canvas = canvas_on(pixels)
    focus = focus_at(stage, view, time_s)
    paint_backdrop(canvas, pixels, stage, view, tone, time_s, focus)
    paint_vehicle_shadows(canvas, stage, view, tone, time_s)
    paint_crowd_shadows(canvas, stage, view, tone, time_s)
    sources = sources_of(stage, time_s)
    paint_pools(canvas, sources, stage, view, tone, time_s)
    paint_bright_ground(canvas, stage, view, tone)
    paint_shadows(canvas, _shown(stage), stage, view, tone, time_s, sources)
    things = _things(stage, view, tone, time_s, sources) + source_drawables(sources, stage, view, tone, time_s)
    things = paint_reflections(canvas, things, stage, view, time_s) + fog_drawables(stage, view, tone, time_s)
    paint_things(canvas, sorted(things, key=lambda one: -one.depth_m), stage, view, focus)
    paint_weather(canvas, stage, view, tone, time_s)
    paint_flash(canvas, stage.weather, time_s, (0.35 if stage.place.interior else 1.0) * (0.55 + 0.45 * tone.dark))
    frame = rgb_of(pixels)
    if stage.style == "flat":
        return frame
    return printed(frame, stage.style, surfaces(stage, time_s, width_px, height_px), tone)


def split(
    picture: Callable[[Stage, float, int, int], Frame], stage: Stage, time_s: float, width_px: int, height_px: int
) -> Frame:
    """A split screen: this stage's picture on the left, that of the stage beside it on the right, a bar between."""
    half = width_px // 2
    right = stage.beside or stage
    parts = [picture(replace(stage, beside=None), time_s, half, height_px)]
    parts.append(picture(right, time_s, width_px - half, height_px))
    whole = np.concatenate(parts, axis=1)
    bar = max(1, round(height_px * BAR_SHARE / 2))
    whole[:, half - bar : half + bar] = BAR_GREY
    return whole


def surfaces(stage: Stage, time_s: float, width_px: int, height_px: int) -> Surfaces:
    """The index picture at a time: the finished frame's surfaces, without weather, sky and faces.

    Of a split screen, the left half's; `beside` is asked for itself.
    """
    view = view_at(stage.camera, time_s, width_px, height_px, stage.seed)
    hand = Hand(view)
    tone = SurfaceTone.over(_tone(stage.light, stage.weather, stage.place), hand)
    pixels = np.zeros((height_px, width_px, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    canvas = SurfaceCanvas(pixels, hand)
    hand.begin(0, FAR)
    # Under a locked camera the frame's backdrop is painted once, as it is at the shot's start.
    place_background(canvas, stage, view, tone, 0.0 if locked(stage.camera) else time_s)
    paint_vehicle_shadows(canvas, stage, view, tone, time_s)
    paint_crowd_shadows(canvas, stage, view, tone, time_s)
    paint_shadows(canvas, _shown(stage), stage, view, tone, time_s)
    things = _things(stage, view, tone, time_s)
    for thing in sorted(things, key=lambda one: -one.depth_m):
        if thing.coded:
            hand.resume(thing.coded)
        else:
            hand.begin(thing.owner, thing.depth_m, thing.part)
        thing.paint(canvas)
    return hand.done(pixels)


def _things(stage: Stage, view: View, tone: Tone, time_s: float, sources: tuple[Source, ...] = ()) -> list[Drawable]:
    """All that people can stand before or behind, and they themselves, each with its owner's number."""
    things = place_drawables(stage, view, tone, time_s)
    sitters: list[Sitter] = []
    own = _lighting_things(stage.light, tone, sources)
    flash = 0.0 if stage.place.interior else flash_at(stage.weather, time_s)
    for number, figure in enumerate(stage.figures, 1):
        if figure.id in stage.camera.hidden or not _near_picture(figure, view, time_s):
            continue
        if isinstance(tone, SurfaceTone):
            codes, first = tone.hand.figure(number)
            person = replace(figure_drawable(figure, stage, view, tone, time_s, codes), coded=first)
        else:
            at = place_at(figure, time_s)
            beside = tone_on(figure, stage, tone, sources, time_s)
            person = figure_drawable(figure, stage, view, beside, time_s)
            person = pinned(person, figure, stage, view, beside, time_s)
            person = edged(person, stage.light, tone, view, at.x_m, at.z_m, figure.look.height_m, flash)
            person = replace(person, mirror_px=view.point(at.x_m, 0.0, at.z_m)[1])
        things += mounted(_in_doorway(person, figure, stage, view, time_s), figure, stage, view, time_s)
        under = tone_on(figure, stage, tone, own, time_s) if own else tone
        seats = seats_under(figure, stage, view, under, time_s, person.depth_m)
        things += seats if under is tone else [replace(seat, still=None) for seat in seats]
        if any(pose in ("sit", "lie") for pose, weight in pose_weights(figure, time_s) if weight > 0.02):
            mark = place_at(figure, time_s)
            sitters.append(Sitter(mark.x_m, mark.z_m, person.depth_m))
    for crowd in stage.crowds:
        many = crowd_drawables(crowd, stage, view, _tone_of_many(crowd, stage, tone, sources, time_s), time_s)
        things += [replace(one, owner=CROWD) for one in many]
    return about_sitters(things + _props(stage, view, tone, time_s, sources), sitters, view, tone, time_s)


def tone_on(figure: Figure, stage: Stage, tone: Tone, sources: tuple[Source, ...], time_s: float) -> Tone:
    """The tone of a figure where it stands, and of what it holds: `tone` is the stage's, `sources` what burns there."""
    at = place_at(figure, time_s)
    point = Vec3(at.x_m, at.height_m, at.z_m)
    return _tone_at(point, stage, _in_gloom(tone, point), sources, time_s)


def _tone_of_many(crowd: Crowd, stage: Stage, tone: Tone, sources: tuple[Source, ...], time_s: float) -> Tone:
    """The one tone of a crowd: what falls on its quarters, on the whole."""
    if isinstance(tone, SurfaceTone):
        return tone
    at, falling = crowd.centre, []
    for x, z in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        spot = (at.x + 0.25 * x * crowd.width_m, at.z + 0.25 * z * crowd.depth_m)
        falling += falling_on(tone, sources, *spot, time_s)
    quarters = [one._replace(given=LEAST + (one.given - LEAST) / 4.0) for one in falling]
    return tone_beside(_in_gloom(tone, at), stage.light, quarters)


def _in_gloom(tone: Tone, point: Vec3) -> Tone:
    """The tone of people at a point, before the lamps beside them: a room's gloom falls on them too."""
    return tone.there(point, IN_GLOOM) if tone.gloom is not None and tone.gloom.room else tone


def _tone_at(at: Vec3, stage: Stage, tone: Tone, sources: tuple[Source, ...], time_s: float) -> Tone:
    """The tone of what stands at a point, among sources of light."""
    if isinstance(tone, SurfaceTone):
        return tone
    return tone_beside(tone, stage.light, falling_on(tone, sources, at.x, at.z, time_s))


def _lighting_things(light: Light, tone: Tone, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources that light things one by one: the set's lamps leave what is still as it is kept, and after dark a
    tone knows how the light of practicals lies.
    """
    known = practicals_of(light) if tone.gloom is not None else ()
    return tuple(source for source in sources if source.own and source not in known)


def _in_doorway(person: Drawable, figure: Figure, stage: Stage, view: View, time_s: float) -> Drawable:
    """Somebody beyond a wall is seen through its doorway alone."""
    at = place_at(figure, time_s)
    path = doorway_of(stage, view, at.x_m, at.z_m, time_s)
    if path is None:
        return person

    def clipped(canvas: skia.Canvas) -> None:
        canvas.save()
        canvas.clipPath(path, True)
        person.paint(canvas)
        canvas.restore()

    return replace(person, paint=clipped)


@lru_cache(maxsize=16)
def _tone(light: Light, weather: Weather, place: Place) -> Tone:
    """One palette for all frames of a light; it remembers what it mixed."""
    camera = Camera(keys=(CameraKey(time_s=0.0, position=Vec3(0, 0, 0), target=Vec3(0, 0, 1), lens_mm=35.0),))
    return tone_in(Stage(duration_s=0.0, place=place, light=light, weather=weather, camera=camera))


def _shown(stage: Stage) -> list[Figure]:
    return [figure for figure in stage.figures if figure.id not in stage.camera.hidden]


def _near_picture(figure: Figure, view: View, time_s: float) -> bool:
    """Whether a figure, or the seat under it, can be in the picture: told from its mark, before it has a body."""
    at, height = place_at(figure, time_s), figure.look.height_m
    reach = height * (1.4 if figure.species == "person" else 2.5)
    return view.sees((at.x_m, at.height_m + height / 2, at.z_m), reach)


def _props(stage: Stage, view: View, tone: Tone, time_s: float, sources: tuple[Source, ...]) -> list[Drawable]:
    people = {figure.id: figure for figure in stage.figures}
    own = _lighting_things(stage.light, tone, sources)
    drawn = []
    for number, prop in enumerate(stage.props, len(stage.figures) + 1):
        if prop.kind in VEHICLES:
            made = vehicle_drawables(prop, stage, view, tone, time_s)
            drawn += [replace(one, owner=number, mirror_px=_near_side_px(stage, prop, view, time_s)) for one in made]
            continue
        now = prop_now(stage, prop, time_s)
        if prop.keys or now.state != prop.state:
            prop = replace(prop, position=now.position, heading_deg=now.heading_deg, state=now.state, held=now.held)
        if prop.kind in ELEMENTS:
            made = element_drawables(prop.kind, now.position, now.state, stage, view, tone, time_s)
            drawn += [replace(one, owner=number) for one in made]
            continue
        if now.held is None:
            beside = _tone_at(now.position, stage, tone, own, time_s) if own else tone
            free = prop_drawable(prop, stage, view, beside, time_s, None)
            drawn.append(replace(free, owner=number, still=None if now.moves or beside is not tone else free.still))
            continue
        holder = people.get(now.held.figure)
        if holder is None or holder.id in stage.camera.hidden or holder.species != "person":
            continue
        beside = tone_on(holder, stage, tone, sources, time_s)
        held = replace(prop_drawable(prop, stage, view, beside, time_s, now.position), owner=number)
        drawn.append(held)
        if prop.kind in GRIPPED:
            grip = _grip(holder, now.held.hand, stage, view, beside, time_s, held.depth_m)
            drawn.append(replace(grip, owner=stage.figures.index(holder) + 1, part="hand"))
    return drawn


def _near_side_px(stage: Stage, prop: Prop, view: View, time_s: float) -> float:
    """The row of the picture where a vehicle's near side meets the ground."""
    at = prop_now(stage, prop, time_s).position
    dx, dz = view.eye.x - at.x, view.eye.z - at.z
    share = min(0.5, 0.9 / max(math.hypot(dx, dz), 1e-3))
    return view.point(at.x + dx * share, at.y, at.z + dz * share)[1]


def _grip(figure: Figure, hand: str, stage: Stage, view: View, tone: Tone, time_s: float, depth_m: float) -> Drawable:
    """The fingers about a held prop, just before it."""
    body = body_at(figure, time_s, held_by(stage, figure))
    ink = Ink(tone, view, max(depth_m, NEAR_M), None, "wet" in figure.state)
    return Drawable(depth_m - 0.01, lambda canvas: paint_grip(canvas, body, hand, view, ink, figure.look.skin))


GRIPPED = frozenset({
    "bottle", "camera", "candle", "cup", "flashlight", "flower", "flowers", "glass", "gun", "hammer", "knife",
    "lantern", "leash", "mobile", "mug", "phone", "radio", "telephone", "torch", "torchlight", "umbrella",
})  # fmt: skip
"""Kinds that a fist closes about; flat and large things lie on the hand or hide it."""
