"""The painted cloth at the back of a theatre's stage: a wood, a town, a palace or the sea."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import Mark, blob, circle, mark, oval, poly, rect, rects
from model.theatre.sets.room import Room

__all__ = ["backcloth"]


def backcloth(rng: Random, room: Room) -> list[Mark]:
    """A painted cloth: a wood, a town, a palace or the sea, by the seed; from the wall's left end."""
    x0, x1, high = 1.4, room.right - room.left - 1.4, 5.4
    kind, w = rng.randrange(4), x1 - x0
    sky, low = rng.choice(
        (
            (RGB(120, 168, 190), RGB(236, 222, 186)),
            (RGB(226, 150, 110), RGB(250, 216, 150)),
            (RGB(52, 62, 112), RGB(120, 112, 160)),
        )
    )
    marks = [mark(rect(x0 - 0.1, 0.0, x1 + 0.1, high + 0.1), RGB(74, 58, 48)), mark(rect(x0, 0.05, x1, high), sky)]
    for i in range(3):
        marks.append(mark(rect(x0, 0.05, x1, high * (0.62 - 0.16 * i)), mix(sky, low, 0.35 + 0.3 * i)))
    marks.append(mark(circle(x0 + w * rng.uniform(0.25, 0.75), high * 0.7, 0.5), mix(low, RGB(255, 250, 230), 0.6)))
    if kind == 0:
        hill = poly(
            [
                (x0, 0.05),
                (x1, 0.05),
                (x1, 1.6),
                (x0 + w * 0.7, 2.2),
                (x0 + w * 0.4, 1.5),
                (x0 + w * 0.16, 2.1),
                (x0, 1.7),
            ]
        )
        marks.append(mark(hill, RGB(96, 122, 92)))
        for i in range(11):
            x = x0 + w * (i + rng.uniform(0.2, 0.8)) / 11
            marks += [
                mark(rect(x - 0.12, 0.05, x + 0.12, 2.2), RGB(92, 68, 54)),
                mark(blob(rng, x, 2.9, 0.75, 1.1), RGB(64 + 10 * (i % 3), 104 + 8 * (i % 2), 74)),
            ]
    elif kind == 1:
        x = x0
        while x < x1 - 0.4:
            width, tall = rng.uniform(0.8, 1.5), rng.uniform(1.8, 3.6)
            width = min(width, x1 - x)
            rgb = rng.choice((RGB(176, 128, 104), RGB(150, 116, 116), RGB(196, 160, 120), RGB(126, 116, 128)))
            marks += [
                mark(rect(x, 0.05, x + width, tall), rgb),
                mark(poly([(x - 0.08, tall), (x + width + 0.08, tall), (x + width / 2, tall + 0.7)]), scale(rgb, 0.66)),
            ]
            cells = [
                (x + 0.18 + 0.4 * i, 0.6 + 0.7 * j, x + 0.4 + 0.4 * i, 1.0 + 0.7 * j)
                for i in range(int((width - 0.3) / 0.4))
                for j in range(int((tall - 0.8) / 0.7))
            ]
            marks.append(mark(rects(cells), RGB(250, 216, 140), "window"))
            x += width
    elif kind == 2:
        stone = RGB(206, 190, 160)
        marks += [mark(rect(x0, 0.05, x1, 0.6), scale(stone, 0.8)), mark(rect(x0, 4.3, x1, 4.8), stone)]
        for i in range(7):
            x = x0 + w * (i + 0.5) / 7
            marks += [
                mark(rect(x - 0.3, 0.6, x + 0.3, 4.3), stone),
                mark(rect(x + 0.1, 0.6, x + 0.3, 4.3), scale(stone, 0.82)),
                mark(rects([(x - 0.42, 0.6, x + 0.42, 0.8), (x - 0.42, 4.1, x + 0.42, 4.3)]), scale(stone, 0.92)),
            ]
    else:
        marks.append(mark(rect(x0, 0.05, x1, 1.7), RGB(70, 120, 146)))
        for j in range(4):
            wave = skia.Path()
            for i in range(int(w / 0.7)):
                wave.addPath(oval(x0 + 0.35 + 0.7 * i, 0.35 + 0.4 * j, 0.38, 0.08), 0, 0)
            marks.append(mark(wave, mix(RGB(70, 120, 146), RGB(236, 240, 230), 0.25 + 0.1 * j)))
        sail = x0 + w * rng.uniform(0.3, 0.7)
        marks += [
            mark(
                poly([(sail - 0.9, 1.75), (sail + 0.9, 1.75), (sail + 0.6, 1.35), (sail - 0.6, 1.35)]), RGB(112, 76, 52)
            ),
            mark(poly([(sail, 1.85), (sail, 3.4), (sail + 0.9, 1.95)]), RGB(242, 234, 212)),
            mark(poly([(sail - 0.08, 1.85), (sail - 0.08, 3.1), (sail - 0.7, 1.95)]), RGB(226, 212, 184)),
        ]
    return marks
