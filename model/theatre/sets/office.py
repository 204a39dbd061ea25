"""An office: desks in pairs with screens, low partitions, windows over the city, boards, machines."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings, outlook, overhead, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell
from model.theatre.sets.kit import Design, Mark, Piece, Rect, box, brush, card, mark, oval, poly, rect, rects
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["office"]

OFFICE = Room(-4.5, 4.5, -5.5, 4.5, 2.8)
DARK = RGB(58, 62, 70)
SCHEMES = (  # wall, accent, desk
    (RGB(208, 210, 206), RGB(72, 104, 122), RGB(176, 148, 112)),
    (RGB(214, 206, 192), RGB(150, 92, 66), RGB(146, 108, 76)),
    (RGB(196, 204, 204), RGB(92, 112, 88), RGB(190, 180, 164)),
    (RGB(204, 198, 204), RGB(98, 84, 118), RGB(160, 132, 104)),
)


def swivel(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A desk chair on a star of castors."""
    foot = [
        mark(rects([(-0.025, 0.06, 0.025, 0.42)]), RGB(70, 72, 76)),
        mark(poly([(-0.26, 0.04), (0.26, 0.04), (0.03, 0.14), (-0.03, 0.14)]), RGB(52, 54, 58)),
        mark(rects([(-0.28, 0.0, -0.21, 0.06), (0.21, 0.0, 0.28, 0.06), (-0.03, 0.0, 0.03, 0.06)]), RGB(40, 40, 44)),
    ]
    back = fit.local(at, heading, 0, -0.21, 0.58)
    panels = [
        card(at, 0.28, 0.44, foot),
        *box(
            back,
            (0.44, 0.5, 0.06),
            rgb,
            heading,
            front=[mark(rect(0.05, 0.06, 0.39, 0.44), mix(rgb, RGB(255, 255, 255), 0.1))],
        ),
        *box(fit.local(at, heading, 0, -0.22, 0.44), (0.06, 0.2, 0.04), RGB(70, 72, 76), heading),
        *box(Vec3(at.x, 0.42, at.z), (0.48, 0.08, 0.46), rgb, heading, top_rgb=mix(rgb, RGB(255, 255, 255), 0.12)),
    ]
    return fit.stood(
        at, (0.5, 1.08, 0.5), panels, heading=heading, seats=fit.seats_along("desk", at, heading, 1, 0.0, 0.5)
    )


def partition(at: Vec3, heading: float, width: float, rgb: RGB, high: float = 1.25) -> Piece:
    """A padded screen between desks, with papers pinned on its front."""
    notes: list[Rect] = [(0.14 + 0.3 * i, 0.86, 0.3 + 0.3 * i, 1.06) for i in range(int((width - 0.2) / 0.3))]
    face = [
        mark(rect(0.04, 0.1, width - 0.04, high - 0.05), mix(rgb, RGB(255, 250, 240), 0.12)),
        mark(rects(notes[::2]), RGB(244, 238, 222)),
        mark(rects(notes[1::2]), RGB(246, 220, 140)),
    ]
    panels = box(at, (width, high, 0.06), rgb, heading, front=face, back=face[:1], top_rgb=RGB(190, 192, 192))
    return fit.stood(at, (width, high, 0.08), panels, heading=heading)


def _cooler(at: Vec3) -> Piece:
    """A water cooler."""
    marks = [
        mark(rect(-0.16, 0.0, 0.16, 1.0), RGB(226, 228, 226)),
        mark(rect(0.06, 0.0, 0.16, 1.0), RGB(198, 202, 202)),
        mark(rect(-0.1, 0.62, 0.1, 0.8), RGB(90, 96, 102)),
        mark(rects([(-0.06, 0.74, -0.02, 0.79)]), RGB(80, 130, 190)),
        mark(rects([(0.02, 0.74, 0.06, 0.79)]), RGB(200, 80, 70)),
        mark(
            poly([(-0.07, 1.0), (0.07, 1.0), (0.15, 1.1), (0.15, 1.4), (-0.15, 1.4), (-0.15, 1.1)]),
            RGB(150, 196, 220),
            alpha=0.85,
        ),
        mark(rect(-0.11, 1.12, -0.07, 1.36), RGB(226, 242, 248), alpha=0.8),
    ]
    return Piece(at, 0.18, 1.42, (card(at, 0.18, 1.44, marks),), shadow=(0.18, 0.16))


def _copier(at: Vec3, heading: float) -> Piece:
    """A copying machine with trays and a lit panel."""
    rgb = RGB(206, 208, 206)
    front = [
        mark(rects([(0.05, 0.1 + 0.2 * i, 0.65, 0.27 + 0.2 * i) for i in range(3)]), scale(rgb, 0.88)),
        mark(rects([(0.3, 0.17 + 0.2 * i, 0.4, 0.2 + 0.2 * i) for i in range(3)]), RGB(110, 114, 118)),
        mark(rect(0.05, 0.76, 0.65, 0.84), RGB(60, 64, 70)),
        mark(rect(0.48, 0.86, 0.64, 0.94), RGB(140, 210, 190), "glow"),
    ]
    panels = [
        *box(at, (0.7, 0.96, 0.6), rgb, heading, front=front),
        *box(Vec3(at.x, 0.96, at.z), (0.64, 0.12, 0.52), scale(rgb, 0.8), heading),
    ]
    return fit.stood(at, (0.7, 1.08, 0.6), panels, heading=heading)


def office(seed: int) -> Design:
    """An office; where windows, boards and the glass door are, colours and clutter are the seed's."""
    rng, room = Random(seed * 53 + 2), OFFICE
    paint, accent, desk_rgb = SCHEMES[seed % len(SCHEMES)]
    a, b, s = sides(rng)
    finish = Shell(
        wall_rgb=paint,
        far_rgb=mix(paint, accent, 0.15),
        trim_rgb=RGB(188, 190, 190),
        ceiling_rgb=RGB(222, 222, 220),
        door_rgb=mix(desk_rgb, accent, 0.2),
        wainscot_rgb=rng.choice((None, None, mix(accent, paint, 0.55))),
    )

    def windows(wall: WallName, middles: tuple[float, ...]) -> tuple[Opening, ...]:
        return tuple(
            Opening(
                "window", room.along(wall, m) - 1.1, 0.85, 2.2, 1.65, None, (2, 1), blind=rng.choice((0.0, 0.25, 0.45))
            )
            for m in middles
        )

    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": windows("far", (-2.9, 0.0, 2.9)),
        a: windows(a, (2.3, -0.6)),
        b: (Opening("door", room.along(b, -1.7) - 0.48, 0.0, 0.96, 2.1, leaf="vision"),),
        "near": (Opening("door", room.along("near", -s * 2.2) - 0.8, 0.0, 1.6, 2.2, leaf="glass", double=True),),
    }
    m_near, m_b = room.along("near", s * 1.6), room.along(b, 1.9)
    bars = [(m_b - 0.5 + 0.14 * i, 1.35, m_b - 0.4 + 0.14 * i, 1.4 + 0.1 * rng.randrange(1, 7)) for i in range(8)]
    extras: dict[WallName, list[Mark]] = {
        "far": [m for x in (-2.9, 0.0, 2.9) for m in wallware.radiator(room.along("far", x) - 0.7, 1.4)],
        a: [
            *wallware.noticeboard(rng, room.along(a, -3.4) - 0.8, 1.1, 1.6, 1.0),
            *wallware.clock(room.along(a, -2.1), 2.1),
        ],
        b: [
            mark(rect(m_b - 0.8, 1.1, m_b + 0.9, 2.25), RGB(150, 154, 156)),
            mark(rect(m_b - 0.75, 1.15, m_b + 0.85, 2.2), RGB(240, 242, 240)),
            mark(rects(bars), accent),
            mark(rect(m_b - 0.6, 1.3, m_b + 0.7, 1.32), RGB(90, 94, 98)),
            *wallware.picture(rng, room.along(b, -0.4) - 0.4, 1.35, 0.8, 0.8),
            *wallware.coats(rng, room.along(b, -3.2) - 0.6, 1.2),
        ],
        "near": [
            mark(rect(m_near - 1.9, 0.0, m_near + 1.9, 2.8), accent),
            wallware.lettered("WORKS & CO", m_near, 1.75, 0.34, RGB(240, 236, 224), 2.6),
            mark(rect(m_near - 1.3, 1.6, m_near + 1.3, 1.63), RGB(240, 236, 224)),
        ],
    }
    dressing: list[Piece] = []

    def station(x: float, z: float, heading: float) -> None:
        """A desk; who works at it looks along the heading."""
        dressing.append(fit.desk(rng, Vec3(x, 0, z), heading + 180.0, desk_rgb))
        at = fit.local(Vec3(x, 0, z), heading, rng.uniform(-0.1, 0.1), -0.62)
        dressing.append(swivel(at, heading + rng.uniform(-14, 14), DARK))

    for x in (-3.4, 1.6) if s > 0 else (-3.1, 1.9):
        station(x, 3.3, 0.0)
        station(x + 1.55, 3.3, 0.0)
        dressing.append(partition(Vec3(x + 0.78, 0, 3.2), 90, 1.3, mix(accent, paint, 0.35), 1.15))
    station(s * 3.4, -0.6, 90.0 * s)
    station(s * 3.4, -2.3, 90.0 * s)
    station(-s * 0.9, -4.0, 0.0)
    dressing += [
        partition(Vec3(s * 2.6, 0, -3.3), 0, 1.7, mix(accent, paint, 0.35)),
        fittings.cabinet(room.on(b, room.along(b, 1.9), 0.26), facing(b), RGB(150, 156, 160), (1.9, 0.82, 0.42), 3, 3),
        _copier(room.on(b, room.along(b, 0.3), 0.36), facing(b)),
        _cooler(room.on(b, room.along(b, -0.6), 0.3)),
        fittings.bookshelf(rng, room.on(b, room.along(b, -4.4), 0.2), facing(b), desk_rgb, (1.4, 1.9, 0.34)),
        fittings.bookshelf(rng, room.on(a, room.along(a, -4.6), 0.2), facing(a), desk_rgb, (1.2, 1.5, 0.34)),
        fittings.cabinet(room.on(a, room.along(a, 4.0), 0.26), facing(a), RGB(150, 156, 160), (0.9, 1.3, 0.42), 1, 4),
        fit.sofa(room.on("near", m_near, 0.55), 0, mix(accent, RGB(220, 210, 196), 0.25), 2.1),
        fit.round_table(Vec3(s * 1.6, 0, room.near + 1.5), desk_rgb, 0.42, 0.42),
        fittings.plant(rng, Vec3(s * 4.0, 0, room.far - 0.6), 1.5),
        fittings.plant(rng, room.on("near", m_near + 2.3, 0.5), 1.6),
        fittings.plant(rng, room.on(b, room.along(b, 3.8), 0.5), 1.2),
        _bin(Vec3(0.0 if s > 0 else 0.3, 0, 3.4)),
    ]
    panels, lamps = overhead.light_panels(
        room, [(-2.4, 2.6), (1.2, 2.6), (-2.4, -0.6), (1.2, -0.6), (-2.4, -3.8), (1.2, -3.8)], 1.3, 0.34
    )
    carpet = mix(accent, RGB(120, 118, 120), 0.65)
    squares = [
        (room.left + i * 0.5, room.near + j * 0.5, room.left + (i + 1) * 0.5, room.near + (j + 1) * 0.5)
        for i in range(18)
        for j in range(20)
        if rng.random() < 0.22
    ]
    ground = [
        mark(rect(*room.area), carpet),
        mark(rects(squares), scale(carpet, 0.92), alpha=0.8),
        mark(brush(rng, room.area, 24, 1.2, 0.04), mix(carpet, RGB(255, 248, 236), 0.25), alpha=0.25),
    ]
    view = outlook.yard(rng, room) if seed % 2 else ()
    return furnished(
        rng,
        room,
        finish,
        openings,
        extras,
        carpet,
        ground,
        dressing,
        scenery=view,
        lamps=lamps,
        overhead=panels,
        sunny=("far",),
    )


def _bin(at: Vec3) -> Piece:
    """A wastepaper bin."""
    marks = [
        mark(poly([(-0.12, 0.0), (0.12, 0.0), (0.15, 0.32), (-0.15, 0.32)]), RGB(74, 78, 84)),
        mark(oval(0, 0.32, 0.15, 0.03), RGB(40, 42, 46)),
        mark(poly([(-0.08, 0.32), (0.0, 0.4), (0.07, 0.33)]), RGB(240, 238, 230)),
    ]
    return Piece(at, 0.16, 0.4, (card(at, 0.17, 0.42, marks),), shadow=(0.15, 0.12))
