"""Things of hand size, as cards that face the camera: each returns marks in metres, its foot at (0, 0).

`rgb` is the thing's colour; states that a thing does not know leave it as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.belongings import camera, clock, guitar, hat, radio, ring, street_clock, toy
from model.theatre.sets.curves import arc, ring_path, rounded
from model.theatre.sets.damage import cracked, flattened, shards
from model.theatre.sets.devices import (
    calendar,
    flag,
    microphone,
    mirror,
    painting,
    poster,
    record_player,
    remote,
    tablet,
    typewriter,
    violin,
)
from model.theatre.sets.keepsakes import (
    badge,
    balloon,
    coin,
    doll,
    envelope,
    football,
    gift,
    helmet,
    necklace,
    tag,
    trophy,
    wallet,
    watch,
)
from model.theatre.sets.kit import Mark, blob, circle, frame, line, mark, oval, poly, rect, rects
from model.theatre.sets.larder import apple, bread, cake, pan, pizza, pot, teapot, wine
from model.theatre.sets.palette import BRASS, FLAME, PAPER, STEEL, WHITE
from model.theatre.sets.paperwork import (
    book,
    laptop,
    letter,
    map_,
    money,
    newspaper,
    paper,
    phone,
    photo,
    screen,
    sign,
    ticket,
)
from model.theatre.sets.tableware import bottle, bowl, candle, cup, flower, food, glass, lamp, plate
from model.theatre.sets.tools import (
    axe,
    broom,
    bucket,
    cane,
    gun,
    hammer,
    handcuffs,
    knife,
    ladder,
    match,
    pills,
    rope,
    stethoscope,
    syringe,
)

__all__ = ["THINGS", "Thing"]


class Thing:
    """How a kind is drawn, its own colour, its size, where a hand grips it, and whether it lies when put down."""

    def __init__(
        self,
        draw: Callable[[RGB, str, str], list[Mark]],
        rgb: RGB,
        half_width: float,
        height: float,
        grip: float,
        lean: float = 0.0,
        below: float = 0.0,
        glow: tuple[float, float] | None = None,
    ) -> None:
        self.draw, self.rgb, self.half_width, self.height = draw, rgb, half_width, height
        self.grip, self.lean, self.below, self.glow = grip, lean, below, glow  # glow: height and halo of its light


def _at(path: skia.Path, x: float, y: float) -> skia.Path:
    moved = skia.Path()
    moved.addPath(path, x, y)
    return moved


def _telephone(rgb: RGB, state: str, _text: str) -> list[Mark]:
    """The whole set; "receiver" is what a hand lifts of it."""
    if state == "receiver":
        ends = rounded(-0.03, 0.0, 0.026, 0.05, 0.014)
        ends.addPath(rounded(-0.03, 0.17, 0.026, 0.22, 0.014), 0, 0)
        return [mark(rounded(-0.002, 0.01, 0.03, 0.21, 0.014), rgb), mark(ends, scale(rgb, 0.8))]
    marks = [
        mark(poly([(-0.11, 0), (0.11, 0), (0.08, 0.085), (-0.08, 0.085)]), rgb),
        mark(oval(0, 0.045, 0.042, 0.034), scale(rgb, 0.6)),
        mark(oval(0, 0.045, 0.028, 0.022), RGB(226, 220, 206)),
    ]
    if state != "open":
        marks += [
            mark(line([(-0.1, 0.1), (-0.06, 0.125), (0.06, 0.125), (0.1, 0.1)], 0.032), rgb),
            mark(rects([(-0.13, 0.075, -0.085, 0.115), (0.085, 0.075, 0.13, 0.115)]), scale(rgb, 0.8)),
        ]
    return marks


def _bag(rgb: RGB, state: str, _text: str) -> list[Mark]:
    body = poly([(-0.2, 0), (0.2, 0), (0.17, 0.26), (-0.17, 0.26)])
    marks = [
        mark(frame(-0.09, 0.22, 0.09, 0.38, 0.018), scale(rgb, 0.66)),
        mark(body, rgb),
        mark(poly([(0.08, 0), (0.2, 0), (0.17, 0.26), (0.07, 0.26)]), scale(rgb, 0.84)),
        mark(rect(-0.178, 0.17, 0.178, 0.186), scale(rgb, 0.62)),
        mark(rect(-0.025, 0.155, 0.025, 0.195), BRASS),
    ]
    if state == "open":
        marks.append(mark(oval(0, 0.262, 0.165, 0.024), scale(rgb, 0.36)))
    return marks


def _suitcase(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(frame(-0.08, 0.42, 0.08, 0.5, 0.02), scale(rgb, 0.5)),
        mark(rect(-0.34, 0.02, 0.34, 0.45), rgb),
        mark(rects([(-0.24, 0.02, -0.19, 0.45), (0.19, 0.02, 0.24, 0.45)]), scale(rgb, 0.66)),
        mark(
            rects(
                [
                    (-0.34, 0.02, -0.29, 0.08),
                    (0.29, 0.02, 0.34, 0.08),
                    (-0.34, 0.39, -0.29, 0.45),
                    (0.29, 0.39, 0.34, 0.45),
                ]
            ),
            BRASS,
        ),
        mark(rect(-0.34, 0.225, 0.34, 0.24), scale(rgb, 0.7)),
    ]
    if state == "open":
        marks.append(mark(poly([(-0.34, 0.45), (0.34, 0.45), (0.3, 0.62), (-0.3, 0.62)]), scale(rgb, 0.5)))
        marks.append(mark(rects([(-0.26, 0.43, 0.0, 0.5), (0.02, 0.43, 0.24, 0.48)]), RGB(222, 214, 196)))
    return marks


def _umbrella(rgb: RGB, state: str, _text: str) -> list[Mark]:
    closed = state == "closed"
    pole = [
        mark(rect(-0.009, 0.05, 0.009, 0.86 if closed else 1.0), RGB(64, 54, 50)),
        mark(line([(0, 0.06), (0, 0.0), (0.03, -0.025), (0.058, 0.0)], 0.022), RGB(122, 82, 54)),
    ]
    if closed:
        return [
            *pole,
            mark(poly([(-0.03, 0.28), (0.03, 0.28), (0.052, 0.4), (0.012, 0.84), (-0.012, 0.84), (-0.052, 0.4)]), rgb),
            mark(poly([(0.005, 0.28), (0.03, 0.28), (0.052, 0.4), (0.012, 0.84)]), scale(rgb, 0.76)),
        ]
    dome, dark, light = skia.Path(), skia.Path(), skia.Path()
    dome.moveTo(-0.56, 0.74)
    dome.cubicTo(-0.46, 1.14, 0.46, 1.14, 0.56, 0.74)
    for x0, x1 in ((0.56, 0.28), (0.28, 0.0), (0.0, -0.28), (-0.28, -0.56)):
        dome.quadTo((x0 + x1) / 2, 0.81, x1, 0.74)
    dome.close()
    dark.moveTo(0.28, 0.74)
    dark.quadTo(0.24, 0.98, 0.0, 1.04)
    dark.cubicTo(0.3, 1.05, 0.5, 0.94, 0.56, 0.74)
    dark.quadTo(0.42, 0.81, 0.28, 0.74)
    light.moveTo(-0.28, 0.74)
    light.quadTo(-0.24, 0.98, 0.0, 1.04)
    light.quadTo(-0.06, 0.92, 0.0, 0.74)
    light.quadTo(-0.14, 0.81, -0.28, 0.74)
    return [
        *pole,
        mark(dome, rgb),
        mark(dark, scale(rgb, 0.74)),
        mark(light, mix(rgb, WHITE, 0.14)),
        mark(rect(-0.008, 1.02, 0.008, 1.09), RGB(64, 54, 50)),
    ]


def _lantern(rgb: RGB, state: str, _text: str) -> list[Mark]:
    lit = state not in ("unlit", "broken")
    return [
        mark(frame(-0.06, 0.26, 0.06, 0.36, 0.01), scale(rgb, 0.7)),
        mark(rect(-0.09, 0, 0.09, 0.04), rgb),
        mark(rect(-0.075, 0.04, 0.075, 0.24), FLAME if lit else RGB(112, 124, 130), "flame" if lit else "lit"),
        *([mark(poly([(-0.03, 0.05), (0.03, 0.05), (0.0, 0.18)]), RGB(255, 250, 224), "flame")] if lit else []),
        mark(rects([(-0.085, 0.04, -0.07, 0.24), (0.07, 0.04, 0.085, 0.24), (-0.006, 0.04, 0.006, 0.24)]), rgb),
        mark(poly([(-0.1, 0.24), (0.1, 0.24), (0.05, 0.3), (-0.05, 0.3)]), rgb),
        *(
            [cracked(-0.01, 0.14, 0.07, RGB(206, 220, 226), 0.005), *shards(RGB(190, 206, 214), 0.11, 0.02)]
            if state == "broken"
            else []
        ),
    ]


def _torch(rgb: RGB, state: str, _text: str) -> list[Mark]:
    lit = state != "unlit"
    beam = (
        [
            mark(
                poly([(0.2, 0.09), (to, 0.07 + 0.25 * to), (to + 0.05, 0.07), (to, 0.07 - 0.25 * to), (0.2, 0.05)]),
                RGB(255, 240, 190),
                "beam",
                alpha=0.07,
            )
            for to in (0.5, 0.85, 1.2, 1.55)
        ]
        if lit
        else []
    )
    return [
        *beam,
        mark(rect(-0.1, 0.05, 0.12, 0.09), rgb),
        mark(poly([(0.12, 0.045), (0.2, 0.03), (0.2, 0.11), (0.12, 0.095)]), scale(rgb, 0.8)),
        mark(rect(0.2, 0.032, 0.21, 0.108), RGB(255, 250, 220) if lit else STEEL, "flame" if lit else "lit"),
        mark(rect(-0.02, 0.085, 0.02, 0.098), RGB(190, 60, 54)),
    ]


def _key(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    return [
        mark(rect(-0.0045, 0, 0.0045, 0.06), rgb),
        mark(rects([(0.0045, 0.0, 0.02, 0.008), (0.0045, 0.014, 0.016, 0.021)]), rgb),
        mark(rect(-0.0075, 0.052, 0.0075, 0.058), scale(rgb, 0.8)),
        mark(ring_path(0, 0.076, 0.021, 0.011), rgb),
        mark(arc(0, 0.076, 0.0165, 0.0165, 100, 190, 0.004), mix(rgb, WHITE, 0.5)),
    ]


def _ball(rgb: RGB, state: str, _text: str) -> list[Mark]:
    marks = [
        mark(circle(0, 0.1, 0.1), rgb),
        mark(blob(Random(2), 0.03, 0.06, 0.062, 0.05), scale(rgb, 0.8)),
        mark(circle(-0.035, 0.14, 0.025), mix(rgb, WHITE, 0.55)),
        mark(line([(-0.095, 0.08), (0.0, 0.1), (0.095, 0.13)], 0.008), mix(rgb, WHITE, 0.7)),
    ]
    return flattened(marks, 0.5) if state == "broken" else marks


def _leash(rgb: RGB, state: str, _text: str) -> list[Mark]:
    """Hanging from a hand by its loop; "coiled" as it is put down."""
    if state == "coiled":
        turns = [
            mark(arc(0, 0.035 + 0.014 * i, 0.13 - 0.012 * i, 0.032, 0, 360, 0.013), scale(rgb, 0.8 + 0.1 * i))
            for i in range(3)
        ]
        return [
            *turns,
            mark(arc(-0.15, 0.05, 0.05, 0.03, 20, 340, 0.012), rgb),
            mark(circle(0.15, 0.025, 0.014), STEEL),
        ]
    return [
        mark(frame(-0.03, -0.05, 0.03, 0.04, 0.01), rgb),
        mark(line([(0, -0.05), (0.03, -0.25), (0.12, -0.42), (0.3, -0.5)], 0.014), rgb),
        mark(circle(0.3, -0.5, 0.018), STEEL),
    ]


def _cigarette(rgb: RGB, state: str, _text: str) -> list[Mark]:
    smoke = (
        [mark(line([(0.05, 0.02), (0.06, 0.09), (0.045, 0.16), (0.06, 0.24)], 0.008), WHITE, alpha=0.28)]
        if state != "unlit"
        else []
    )
    return [
        *smoke,
        mark(rect(-0.04, 0.005, 0.035, 0.014), rgb),
        mark(rect(-0.04, 0.005, -0.016, 0.014), RGB(206, 150, 90)),
        mark(rect(0.035, 0.005, 0.043, 0.014), RGB(255, 130, 60), "flame" if state != "unlit" else "lit"),
    ]


def _pen(rgb: RGB, _state: str, _text: str) -> list[Mark]:
    return [
        mark(poly([(-0.07, 0.004), (0.06, 0.004), (0.075, 0.009), (0.06, 0.014), (-0.07, 0.014)]), rgb),
        mark(rect(0.02, 0.004, 0.03, 0.014), BRASS),
    ]


LYING = 0.95

THINGS: dict[str, Thing] = {
    "apple": Thing(apple, RGB(196, 52, 50), 0.05, 0.11, 0.04),
    "axe": Thing(axe, STEEL, 0.2, 0.7, 0.3, LYING),
    "badge": Thing(badge, BRASS, 0.055, 0.115, 0.02, LYING),
    "bag": Thing(_bag, RGB(120, 82, 58), 0.22, 0.4, 0.39),
    "ball": Thing(_ball, RGB(196, 92, 62), 0.11, 0.21, 0.1),
    "balloon": Thing(balloon, RGB(214, 62, 66), 0.4, 1.2, 0.06, below=0.01),
    "book": Thing(book, RGB(146, 62, 56), 0.17, 0.24, 0.06, LYING),
    "bottle": Thing(bottle, RGB(66, 110, 82), 0.05, 0.32, 0.12),
    "bowl": Thing(bowl, RGB(214, 206, 192), 0.1, 0.11, 0.03),
    "bread": Thing(bread, RGB(196, 136, 78), 0.17, 0.15, 0.04),
    "broom": Thing(broom, RGB(206, 170, 96), 0.18, 1.34, 0.85),
    "bucket": Thing(bucket, RGB(110, 140, 150), 0.15, 0.44, 0.42),
    "cake": Thing(cake, RGB(224, 148, 152), 0.18, 0.2, 0.03, below=0.04),
    "calendar": Thing(calendar, RGB(176, 62, 54), 0.16, 0.42, 0.1),
    "camera": Thing(camera, RGB(58, 58, 64), 0.08, 0.12, 0.04),
    "candle": Thing(candle, RGB(244, 234, 208), 0.07, 0.29, 0.05, glow=(0.24, 0.75)),
    "cane": Thing(cane, RGB(112, 74, 50), 0.12, 0.9, 0.84),
    "cigarette": Thing(_cigarette, RGB(248, 246, 240), 0.08, 0.26, 0.01),
    "clock": Thing(clock, RGB(96, 70, 54), 0.15, 0.29, 0.1),
    "coin": Thing(coin, RGB(214, 178, 92), 0.018, 0.03, 0.008, LYING),
    "cup": Thing(cup, RGB(236, 228, 214), 0.07, 0.18, 0.05),
    "doll": Thing(doll, RGB(186, 86, 118), 0.1, 0.36, 0.14),
    "envelope": Thing(envelope, RGB(226, 208, 172), 0.12, 0.22, 0.04, LYING),
    "flag": Thing(flag, RGB(178, 52, 56), 0.95, 2.24, 0.9),
    "flower": Thing(flower, RGB(206, 76, 88), 0.15, 0.44, 0.05, below=0.02),
    "food": Thing(food, RGB(222, 172, 104), 0.14, 0.12, 0.03),
    "football": Thing(football, RGB(240, 238, 232), 0.12, 0.23, 0.1),
    "gift": Thing(gift, RGB(74, 128, 146), 0.24, 0.3, 0.06),
    "glass": Thing(glass, RGB(206, 140, 66), 0.04, 0.14, 0.06),
    "guitar": Thing(guitar, RGB(190, 118, 62), 0.2, 1.05, 0.4),
    "gun": Thing(gun, RGB(62, 64, 72), 0.13, 0.14, 0.04, LYING),
    "hammer": Thing(hammer, RGB(120, 124, 132), 0.09, 0.35, 0.06, LYING),
    "handcuffs": Thing(handcuffs, STEEL, 0.13, 0.1, 0.05, LYING),
    "hat": Thing(hat, RGB(108, 84, 66), 0.19, 0.15, 0.02),
    "helmet": Thing(helmet, RGB(198, 70, 52), 0.16, 0.28, 0.03),
    "key": Thing(_key, BRASS, 0.03, 0.1, 0.07, LYING),
    "knife": Thing(knife, STEEL, 0.2, 0.05, 0.03, LYING),
    "ladder": Thing(ladder, RGB(206, 168, 110), 0.26, 2.12, 1.0),
    "lamp": Thing(lamp, RGB(240, 206, 150), 0.16, 0.42, 0.1, glow=(0.3, 0.9)),
    "lantern": Thing(_lantern, RGB(64, 70, 74), 0.11, 0.38, 0.36, glow=(0.14, 1.2)),
    "laptop": Thing(laptop, RGB(150, 154, 160), 0.2, 0.25, 0.02, below=0.01),
    "leash": Thing(_leash, RGB(190, 62, 52), 0.34, 0.05, 0.0, below=0.54),
    "letter": Thing(letter, PAPER, 0.12, 0.25, 0.04, LYING),
    "map": Thing(map_, RGB(230, 214, 172), 0.21, 0.29, 0.06, LYING),
    "match": Thing(match, RGB(222, 190, 136), 0.012, 0.085, 0.012),
    "microphone": Thing(microphone, RGB(54, 56, 62), 0.035, 0.225, 0.07, LYING),
    "mirror": Thing(mirror, RGB(188, 152, 84), 0.24, 0.7, 0.2),
    "money": Thing(money, RGB(150, 178, 140), 0.09, 0.09, 0.02, LYING),
    "mug": Thing(cup, RGB(92, 128, 134), 0.07, 0.18, 0.05),
    "necklace": Thing(necklace, RGB(222, 184, 92), 0.1, 0.29, 0.25, LYING),
    "newspaper": Thing(newspaper, RGB(226, 220, 204), 0.2, 0.3, 0.06, LYING),
    "painting": Thing(painting, RGB(176, 136, 78), 0.37, 0.55, 0.1),
    "pan": Thing(pan, RGB(66, 68, 74), 0.35, 0.09, 0.05, below=0.01),
    "paper": Thing(paper, RGB(246, 243, 234), 0.11, 0.3, 0.05, LYING),
    "pen": Thing(_pen, RGB(44, 62, 112), 0.08, 0.02, 0.008, LYING),
    "phone": Thing(phone, RGB(46, 48, 56), 0.04, 0.16, 0.035, LYING),
    "photo": Thing(photo, RGB(246, 242, 232), 0.06, 0.14, 0.03, LYING),
    "pills": Thing(pills, RGB(214, 128, 52), 0.058, 0.095, 0.03),
    "pizza": Thing(pizza, RGB(240, 196, 92), 0.17, 0.33, 0.05, 1.2),
    "plate": Thing(plate, RGB(238, 234, 226), 0.14, 0.07, 0.03),
    "poster": Thing(poster, RGB(44, 78, 104), 0.31, 0.85, 0.2),
    "pot": Thing(pot, RGB(156, 74, 62), 0.17, 0.2, 0.1),
    "radio": Thing(radio, RGB(150, 84, 58), 0.21, 0.43, 0.1),
    "record_player": Thing(record_player, RGB(142, 86, 58), 0.23, 0.23, 0.06),
    "remote": Thing(remote, RGB(52, 54, 62), 0.026, 0.175, 0.05, LYING),
    "ring": Thing(ring, RGB(222, 184, 92), 0.02, 0.055, 0.01),
    "rope": Thing(rope, RGB(200, 166, 112), 0.27, 0.22, 0.08, below=0.02),
    "screen": Thing(screen, RGB(40, 42, 48), 0.54, 0.7, 0.1),
    "sign": Thing(sign, RGB(64, 98, 94), 0.54, 2.1, 1.2),
    "stethoscope": Thing(stethoscope, RGB(62, 84, 104), 0.14, 0.35, 0.2, LYING),
    "street_clock": Thing(street_clock, RGB(52, 62, 64), 0.31, 3.34, 1.0),
    "suitcase": Thing(_suitcase, RGB(140, 92, 60), 0.36, 0.64, 0.49),
    "syringe": Thing(syringe, RGB(120, 190, 170), 0.095, 0.035, 0.014, LYING),
    "tablet": Thing(tablet, RGB(52, 54, 62), 0.095, 0.25, 0.06, LYING),
    "tag": Thing(tag, RGB(214, 178, 92), 0.03, 0.07, 0.058, LYING),
    "teapot": Thing(teapot, RGB(86, 124, 136), 0.16, 0.215, 0.06),
    "telephone": Thing(_telephone, RGB(150, 46, 44), 0.14, 0.16, 0.1),
    "ticket": Thing(ticket, RGB(232, 206, 148), 0.085, 0.08, 0.02, LYING),
    "torch": Thing(_torch, RGB(70, 74, 82), 1.5, 0.45, 0.07, below=0.25, glow=(0.07, 0.5)),
    "toy": Thing(toy, RGB(186, 134, 86), 0.12, 0.31, 0.12),
    "trophy": Thing(trophy, RGB(222, 178, 74), 0.11, 0.33, 0.12),
    "typewriter": Thing(typewriter, RGB(70, 104, 104), 0.22, 0.32, 0.04),
    "umbrella": Thing(_umbrella, RGB(190, 54, 60), 0.58, 1.1, 0.06, below=0.04),
    "violin": Thing(violin, RGB(172, 88, 44), 0.12, 0.61, 0.4),
    "wallet": Thing(wallet, RGB(106, 66, 46), 0.115, 0.11, 0.03, LYING),
    "watch": Thing(watch, RGB(98, 62, 44), 0.03, 0.23, 0.05, LYING),
    "wine": Thing(wine, RGB(132, 26, 44), 0.05, 0.205, 0.06),
}
