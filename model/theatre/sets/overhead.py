"""What hangs over people in a room: panels of light, beams, fans, strips; with the lamps that they are."""

from __future__ import annotations

from collections.abc import Sequence

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import Lamp, Panel, Piece, Rect, box, floor_patch, mark, rects
from model.theatre.sets.room import Room

__all__ = ["COOL", "beams", "light_panels", "tube"]

COOL = RGB(224, 238, 250)


def light_panels(
    room: Room, spots: Sequence[tuple[float, float]], w: float = 1.3, d: float = 0.34, rgb: RGB = COOL
) -> tuple[tuple[Panel, ...], tuple[Lamp, ...]]:
    """Panels of light let into the ceiling at (x, z): bright at any hour, as such rooms keep them."""
    cells: list[Rect] = [(x - w / 2, z - d / 2, x + w / 2, z + d / 2) for x, z in spots]
    marks = [
        mark(rects([(a - 0.06, b - 0.06, c + 0.06, e + 0.06) for a, b, c, e in cells]), RGB(180, 184, 188)),
        mark(rects(cells), mix(rgb, RGB(255, 255, 255), 0.4), "flame"),
    ]
    lamps = tuple(Lamp(Vec3(x, room.high - 0.05, z), rgb, 0.75, 1.3) for x, z in spots)
    return (floor_patch(room.area, room.high - 0.01, marks, up=False),), lamps


def beams(room: Room, rgb: RGB, every_m: float = 1.4, along_x: bool = True) -> tuple[Panel, ...]:
    """Beams under the ceiling, their undersides and the faces one looks at."""
    panels: list[Panel] = []
    reach = room.far - room.near if along_x else room.right - room.left
    for i in range(1, int(reach / every_m) + 1):
        if along_x:
            at = Vec3((room.left + room.right) / 2, room.high - 0.2, room.near + i * every_m)
            size = (room.right - room.left, 0.2, 0.16)
        else:
            at = Vec3(room.left + i * every_m, room.high - 0.2, (room.near + room.far) / 2)
            size = (0.16, 0.2, room.far - room.near)
        front, back, left, right, _, under = box(at, size, rgb, 180)
        panels += [front, back, under] if along_x else [left, right, under]
    return tuple(panels)


def tube(at: Vec3, length: float, rgb: RGB, heading: float = 0.0, halo: float = 0.9) -> Piece:
    """A strip of light hung level at a height, `at` below its middle."""
    panels = [
        *box(at, (length, 0.05, 0.12), scale(rgb, 0.55), heading),
        *box(Vec3(at.x, at.y - 0.035, at.z), (length - 0.08, 0.035, 0.07), mix(rgb, RGB(255, 255, 255), 0.5), heading),
    ]
    bright = tuple(
        Panel(p.origin, p.u, p.v, p.normal, p.extent, tuple(mark(m.path, m.rgb, "flame") for m in p.marks))
        for p in panels[6:]
    )
    return Piece(at, length / 2, at.y + 0.05, (*panels[:6], *bright), (Lamp(at, rgb, halo, 1.4),), keep=True)
