"""What sets are built from: flat shapes on panels, panels joined to pieces, pieces laid out as a design.

All in metres on the stage and in neutral colours: nothing here knows a camera, an hour or a canvas.
Shapes are skia paths, made once for a set and drawn many times.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Literal

import skia

from model.stage import RGB, Vec3

if TYPE_CHECKING:
    from model.theatre.sets.pen import Pen

__all__ = [
    "Design",
    "Door",
    "Horizon",
    "Lamp",
    "Leaf",
    "Mark",
    "Paint",
    "Panel",
    "Piece",
    "Rect",
    "Seat",
    "blob",
    "box",
    "brush",
    "card",
    "circle",
    "double",
    "floor_patch",
    "frame",
    "holed",
    "line",
    "mark",
    "moved",
    "moved_path",
    "oval",
    "poly",
    "rect",
    "rects",
    "wall",
]

Horizon = Literal["city", "hills", "woods", "sea", "space", "none"]
Rect = tuple[float, float, float, float]  # x0, y0, x1, y1 with y up
Paint = Literal["lit", "glow", "pane", "window", "sky", "sun", "lamp", "flame", "beam"]


@dataclass(frozen=True, eq=False)
class Mark:
    """A shape of one colour on a panel.

    `paint`: "lit" takes the light of its face; "glow" gives light where lamps are lit and is plain by day;
    "window" is glass of a lit room: dark by day, light by night; "pane" is glass or water that mirrors the sky
    by day and stays dark at night; "sky" is the hour's sky colour;
    "sun" and "lamp" are light lying on a surface: of the hour's sun or moon, and of lamps when they are lit;
    "flame" is bright at any hour, and "beam" the light it throws.
    """

    path: skia.Path
    rgb: RGB
    paint: Paint = "lit"
    alpha: float = 1.0
    key: float | None = None  # how much key light falls on it, 0 to 1; None: as on its face
    fine: bool = False  # left out where the panel is far away
    soft: bool = False  # falls off from its middle to nothing: for light


@dataclass(frozen=True, eq=False)
class Panel:
    """A plane of marks: the point (a, b) of a mark stands at origin + a·u + b·v.

    Seen from the side of its normal only. A `card` has no normal: it turns round its upright to the camera.
    """

    origin: Vec3
    u: Vec3
    v: Vec3
    normal: Vec3
    extent: Rect
    marks: tuple[Mark, ...]
    card: bool = False
    lean: float = 0.0  # how far a card lies back from upright, in radians
    holes: tuple[Rect, ...] = ()  # where one sees through it
    lattice: bool = False  # open work or cloth: it throws no solid shadow
    door: tuple[int, Literal["shut", "open", "ajar"]] | None = None  # seen only while that door is so; see `Door`
    wall: str = ""  # of what lies beyond a room's wall: that wall
    wild: str = ""  # seen only by a camera beyond this wall: the room goes on past its corners
    outdoors: bool = False  # of a room's shell: lit as the world outside


@dataclass(frozen=True, eq=False)
class Lamp:
    """A practical light: its halo, and the pool it throws on the floor at hours when lamps are lit."""

    at: Vec3
    rgb: RGB
    halo_m: float
    pool_m: float = 0.0
    always: bool = False  # lit by day too
    flicker: float = 0.0


@dataclass(frozen=True)
class Seat:
    """A place to sit or lie: the floor under the hips, the way its user faces (a sleeper: the feet), its height."""

    kind: str  # chair, stool, armchair, sofa, bench, pew, booth, desk, toilet, car; or to lie on: bed
    at: Vec3
    heading_deg: float
    height_m: float


@dataclass(frozen=True, eq=False)
class Leaf:
    """A door's leaf: its hinge at the floor, the ways along it (shut) and out of the room, its size and two faces.

    Marks of a face run from its left foot as seen from that side.
    """

    hinge: Vec3
    along: Vec3
    out: Vec3
    width_m: float
    height_m: float
    inside: tuple[Mark, ...]
    outside: tuple[Mark, ...]


@dataclass(frozen=True, eq=False)
class Door:
    """A doorway in a room's wall: the middle of its threshold, the heading out of the room, its leaves."""

    wall: str
    at: Vec3
    out_deg: float
    width_m: float
    height_m: float
    leaves: tuple[Leaf, ...]  # none: an arch that always stands open
    leads: Literal["hall", "outside"]
    outer: Panel  # its wall as a camera beyond it sees it


@dataclass(frozen=True, eq=False)
class Piece:
    """A thing on the set, drawn as a whole at the depth of its foot."""

    at: Vec3
    radius_m: float
    height_m: float
    panels: tuple[Panel, ...]
    lamps: tuple[Lamp, ...] = ()
    shadow: tuple[float, float] | None = None  # half sizes of its contact shadow
    moves: Literal["no", "sways", "floats", "bobs", "passes"] = "no"
    keep: bool = False  # stays even where it stands between lens and actors
    live: Callable[[Pen], None] | None = None  # painted anew for each frame after its panels: smoke, surf, flames
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, eq=False)
class Design:
    """A whole set.

    `ground` is the floor, `shell` the walls and ceiling of a room (seen from inside), `scenery` what
    nobody can walk behind, `dressing` what stands among the people. `horizon` names the far world.
    """

    ground_rgb: RGB
    ground: tuple[Mark, ...]
    horizon: Horizon
    shell: tuple[Panel, ...] = ()
    scenery: tuple[Piece, ...] = ()
    dressing: tuple[Piece, ...] = ()
    lamps: tuple[Lamp, ...] = ()
    ground_extent: Rect | None = None  # None: to the horizon
    doors: tuple[Door, ...] = ()  # those nearest to the set's middle first

    @cached_property
    def all_lamps(self) -> tuple[Lamp, ...]:
        """Every practical light on the set."""
        return (*self.lamps, *(lamp for piece in (*self.dressing, *self.scenery) for lamp in piece.lamps))


def mark(
    path: skia.Path,
    rgb: RGB,
    paint: Paint = "lit",
    *,
    alpha: float = 1.0,
    key: float | None = None,
    fine: bool = False,
    soft: bool = False,
) -> Mark:
    """A `Mark`."""
    return Mark(path, rgb, paint, alpha, key, fine, soft)


def poly(points: Sequence[tuple[float, float]]) -> skia.Path:
    """A closed polygon."""
    path = skia.Path()
    path.addPoly(list(points), True)
    return path


def rect(x0: float, y0: float, x1: float, y1: float) -> skia.Path:
    """An upright rectangle."""
    return rects([(x0, y0, x1, y1)])


def rects(many: Iterable[Rect], rng: Random | None = None, wobble_m: float = 0.0) -> skia.Path:
    """Many rectangles as one path, their corners off by up to `wobble_m`, as a hand would draw them."""
    path = skia.Path()
    for x0, y0, x1, y1 in many:
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        if rng is not None and wobble_m:
            corners = [(x + rng.uniform(-wobble_m, wobble_m), y + rng.uniform(-wobble_m, wobble_m)) for x, y in corners]
        path.addPoly(corners, True)
    return path


def frame(x0: float, y0: float, x1: float, y1: float, width: float) -> skia.Path:
    """A rectangular ring, `width` outwards."""
    path = rects([(x0 - width, y0 - width, x1 + width, y1 + width), (x0, y0, x1, y1)])
    path.setFillType(skia.PathFillType.kEvenOdd)
    return path


def holed(outer: Rect, holes: Iterable[Rect]) -> skia.Path:
    """A rectangle with rectangular holes."""
    path = rects([outer, *holes])
    path.setFillType(skia.PathFillType.kEvenOdd)
    return path


def oval(x: float, y: float, rx: float, ry: float) -> skia.Path:
    """An ellipse."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return path


def circle(x: float, y: float, r: float) -> skia.Path:
    """A circle."""
    return oval(x, y, r, r)


def line(points: Sequence[tuple[float, float]], width: float) -> skia.Path:
    """A polyline of a width, as a filled shape."""
    path = skia.Path()
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        nx, ny = -(y1 - y0) / length * width / 2, (x1 - x0) / length * width / 2
        path.addPoly([(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)], True)
    return path


def moved_path(path: skia.Path, x: float, y: float) -> skia.Path:
    """A shape shifted by (x, y)."""
    out = skia.Path()
    out.addPath(path, x, y)
    out.setFillType(path.getFillType())
    return out


def blob(rng: Random, x: float, y: float, rx: float, ry: float, lobes: int = 9, rough: float = 0.18) -> skia.Path:
    """A rounded, lobed shape: a crown of leaves, a cloud, a puddle."""
    path = skia.Path()
    start = rng.uniform(0, math.tau)
    points = []
    for i in range(lobes):
        angle = start + math.tau * i / lobes
        reach = 1.0 + rng.uniform(-rough, rough)
        points.append((x + rx * reach * math.cos(angle), y + ry * reach * math.sin(angle)))
    middle = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points, points[1:] + points[:1], strict=True)]
    path.moveTo(*middle[-1])
    for (px, py), (mx, my) in zip(points, middle, strict=True):
        path.quadTo(x + (px - x) * 1.12, y + (py - y) * 1.12, mx, my)
    path.close()
    return path


def brush(rng: Random, area: Rect, count: int, length: float, width: float, slope: float = 0.0) -> skia.Path:
    """Dry brush strokes across an area, as one path of slim lenses."""
    path = skia.Path()
    x0, y0, x1, y1 = area
    for _ in range(count):
        reach = min(length * rng.uniform(0.5, 1.3), (x1 - x0) * 0.9) / 2
        if reach <= 0:
            continue
        x, y = rng.uniform(x0 + reach, x1 - reach), rng.uniform(y0, y1)
        rise, thick = slope * reach + rng.uniform(-0.02, 0.02) * reach, width * rng.uniform(0.4, 1.2)
        path.moveTo(x - reach, y - rise)
        path.quadTo(x, y + thick, x + reach, y + rise)
        path.quadTo(x, y - thick, x - reach, y - rise)
        path.close()
    return path


def wall(
    start: tuple[float, float],
    end: tuple[float, float],
    height: float,
    marks: Iterable[Mark],
    holes: Iterable[Rect] = (),
) -> Panel:
    """An upright panel from `start` to `end` on the floor (x, z), seen with `start` at the left; u in metres.

    `holes` tells where its marks leave it open.
    """
    (x0, z0), (x1, z1) = start, end
    length = math.hypot(x1 - x0, z1 - z0)
    ux, uz = (x1 - x0) / length, (z1 - z0) / length
    # With x right and z away, what reads left to right along +x is looked at along +z: its normal is -z.
    return Panel(
        Vec3(x0, 0.0, z0),
        Vec3(ux, 0, uz),
        Vec3(0, 1, 0),
        Vec3(uz, 0, -ux),
        (0, 0, length, height),
        tuple(marks),
        holes=tuple(holes),
    )


def floor_patch(area: Rect, y: float, marks: Iterable[Mark], up: bool = True) -> Panel:
    """A level panel whose marks are in stage x and z; `up` False for a ceiling."""
    return Panel(Vec3(0, y, 0), Vec3(1, 0, 0), Vec3(0, 0, 1), Vec3(0, 1 if up else -1, 0), area, tuple(marks))


def card(
    at: Vec3, half_width: float, height: float, marks: Iterable[Mark], lean: float = 0.0, below: float = 0.0
) -> Panel:
    """A panel that always faces the camera, its foot at `at`; `below` is how far its marks reach under the foot."""
    extent = (-half_width, -below, half_width, height)
    return Panel(at, Vec3(1, 0, 0), Vec3(0, 1, 0), Vec3(0, 0, -1), extent, tuple(marks), card=True, lean=lean)


def double(panel: Panel) -> tuple[Panel, Panel]:
    """A panel that is seen from both sides: a railing, a sail, a cable."""
    n = panel.normal
    front = replace(panel, lattice=True)
    return front, replace(front, normal=Vec3(-n.x, -n.y, -n.z))


def moved(piece: Piece, by: Vec3) -> Piece:
    """The same piece elsewhere."""

    def shift(p: Vec3) -> Vec3:
        return Vec3(p.x + by.x, p.y + by.y, p.z + by.z)

    return replace(
        piece,
        at=shift(piece.at),
        panels=tuple(replace(panel, origin=shift(panel.origin)) for panel in piece.panels),
        lamps=tuple(replace(lamp, at=shift(lamp.at)) for lamp in piece.lamps),
        seats=tuple(replace(seat, at=shift(seat.at)) for seat in piece.seats),
    )


def box(
    at: Vec3,
    size: tuple[float, float, float],
    rgb: RGB,
    heading_deg: float = 0.0,
    *,
    front: Iterable[Mark] = (),
    back: Iterable[Mark] = (),
    left: Iterable[Mark] = (),
    right: Iterable[Mark] = (),
    top: Iterable[Mark] = (),
    top_rgb: RGB | None = None,
) -> tuple[Panel, ...]:
    """A box of (width, height, depth) whose foot's centre is `at`; its front looks along `heading_deg`.

    Marks on a side run from its left foot corner as seen from outside; those of the top from the back left.
    """
    w, h, d = size
    angle = math.radians(heading_deg)
    ahead = (math.sin(angle), math.cos(angle))
    # Seen from in front, the box's left is to the viewer's left: against the heading's right-hand side.
    aside = (-ahead[1], ahead[0])

    def corner(a: float, f: float) -> Vec3:
        x, z = aside[0] * a * w / 2 + ahead[0] * f * d / 2, aside[1] * a * w / 2 + ahead[1] * f * d / 2
        return Vec3(at.x + x, at.y, at.z + z)

    def side(start: Vec3, end: Vec3, length: float, marks: Iterable[Mark]) -> Panel:
        u = Vec3((end.x - start.x) / length, 0, (end.z - start.z) / length)
        base = mark(rect(0, 0, length, h), rgb)
        return Panel(start, u, Vec3(0, 1, 0), Vec3(u.z, 0, -u.x), (0, 0, length, h), (base, *marks))

    fl, fr, bl, br = corner(-1, 1), corner(1, 1), corner(-1, -1), corner(1, -1)
    lid = Panel(
        Vec3(fl.x, at.y + h, fl.z),
        Vec3((fr.x - fl.x) / w, 0, (fr.z - fl.z) / w),
        Vec3((bl.x - fl.x) / d, 0, (bl.z - fl.z) / d),
        Vec3(0, 1, 0),
        (0, 0, w, d),
        (mark(rect(0, 0, w, d), top_rgb or rgb), *top),
    )
    bottom_seen = at.y > 0.6
    under = Panel(
        Vec3(fl.x, at.y, fl.z), lid.u, lid.v, Vec3(0, -1, 0), (0, 0, w, d), (mark(rect(0, 0, w, d), rgb, key=0.0),)
    )
    return (
        side(fl, fr, w, front),
        side(br, bl, w, back),
        side(bl, fl, d, left),
        side(fr, br, d, right),
        lid,
        *((under,) if bottom_seen else ()),
    )
