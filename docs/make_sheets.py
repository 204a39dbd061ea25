"""Draws the theatre's contact sheets into docs/images/sheets: what there is, to be looked at before it is shipped.

`make sheets` draws all of them; names on the command line draw only those. The pictures are the drawn world's own
frames, small. Nothing here is part of the product.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from textwrap import shorten
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from director.opening import open_film
from director.produce import Production
from director.progress import Silent
from model.backends.engine import Control
from model.control.control import control_video
from model.sampler import sample
from model.sampler.cast import person
from model.stage import (
    RGB,
    ActKey,
    ActName,
    Attachment,
    BodyKey,
    Camera,
    CameraKey,
    Crowd,
    Emotion,
    Figure,
    GazeKey,
    Hour,
    Light,
    Look,
    Mouth,
    Place,
    PlaceKind,
    PoseName,
    Practical,
    Prop,
    Species,
    Stage,
    Style,
    Vec3,
    Viseme,
    Weather,
    WeatherKind,
)
from model.states import STATES
from model.theatre import draw, passes
from model.theatre.lighting.practicals import FIRES
from model.theatre.place import design_of
from model.theatre.props import KINDS
from model.theatre.vehicles.drive import VEHICLES
from shots.blocking.sizes import extent_of
from shots.fonts import font_path

OUT = Path(__file__).parent / "images" / "sheets"
EXAMPLES = Path(__file__).parents[1] / "examples"
Frame = NDArray[np.uint8]
INK, PAPER = (60, 56, 52), (247, 245, 240)
DAY = Light(hour="day", key_azimuth_deg=215, key_elevation_deg=42, key_to_fill_ratio=2.5, colour_temperature_k=5600)
ELEVATION = {"dawn": 10.0, "morning": 32.0, "day": 55.0, "golden_hour": 13.0, "dusk": 7.0, "night": 38.0}
KELVIN = {"dawn": 5200, "morning": 5400, "day": 5600, "golden_hour": 3600, "dusk": 6200, "night": 5200}
PERSON = person("train", "sheet", 113)


def grid(cells: Sequence[tuple[str, Frame]], columns: int, gap: int = 4, label_px: int = 11) -> Image.Image:
    """Pictures in rows, each with its name under it."""
    height, width = cells[0][1].shape[:2]
    rows = math.ceil(len(cells) / columns)
    step_x, step_y = width + gap, height + gap + (label_px + 3 if any(name for name, _ in cells) else 0)
    sheet = Image.new("RGB", (columns * step_x - gap, rows * step_y), PAPER)
    face = font_path()
    font = ImageFont.load_default(label_px) if face is None else ImageFont.truetype(str(face), label_px)
    pen = ImageDraw.Draw(sheet)
    for index, (name, picture) in enumerate(cells):
        row, column = divmod(index, columns)
        sheet.paste(Image.fromarray(picture), (column * step_x, row * step_y))
        pen.text((column * step_x + 2, row * step_y + height), name, INK, font)
    return sheet


def camera(
    eye: tuple[float, float, float], target: tuple[float, float, float], lens_mm: float, roll_deg: float = 0.0
) -> Camera:
    """A camera that stands."""
    return Camera(
        keys=(CameraKey(time_s=0.0, position=Vec3(*eye), target=Vec3(*target), lens_mm=lens_mm, roll_deg=roll_deg),)
    )


def around(
    heading_deg: float, distance_m: float, height_m: float, at: tuple[float, float] = (0.0, 0.0)
) -> tuple[float, float, float]:
    """A point round another."""
    turn = math.radians(heading_deg)
    return at[0] + distance_m * math.sin(turn), height_m, at[1] + distance_m * math.cos(turn)


def place(kind: PlaceKind, seed: int = 5, name: str = "") -> Place:
    """A set of its usual kind, indoors or out."""
    rooms = ("car", "cave", "train", "spaceship", "station")
    return Place(kind=kind, interior=bool(design_of(kind, seed, name).shell) or kind in rooms, seed=seed, name=name)


def light(hour: Hour, **more: object) -> Light:
    """The usual light of an hour."""
    usual = replace(DAY, hour=hour, key_elevation_deg=ELEVATION[hour], colour_temperature_k=KELVIN[hour])
    return replace(usual, **more)  # type: ignore[arg-type]


def stage(
    where: Place, seen: Camera, *figures: Figure, lit: Light = DAY, weather: WeatherKind = "clear", **more: object
) -> Stage:
    """A stage of four seconds."""
    base = Stage(
        duration_s=4.0, place=where, light=lit, weather=Weather(kind=weather, wind=0.6 if weather == "wind" else 0.2),
        camera=seen, figures=figures,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def actor(
    look: Look, x: float = 0.0, z: float = 0.0, heading: float = 180.0, pose: PoseName = "stand", **more: object
) -> Figure:
    """Somebody on a mark."""
    body = (BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=heading, pose=pose),)
    made = Figure(id="A", species="person", look=look, body=body, seed=7)
    return replace(made, **more)  # type: ignore[arg-type]


PLAIN = place("warehouse")
FIELD = place("field")


def people() -> Image.Image:
    """Twelve people from eight sides."""
    cells = []
    for number in range(12):
        look = person("train", "people", number).look
        for view in range(8):
            seen = camera(
                around(180.0 + 45.0 * view, 3.6, 1.0),
                (0.0, look.height_m * 0.5, 0.0),
                20.25 * 3.6 / (look.height_m * 1.2),
            )
            cells.append(("", draw(stage(FIELD, seen, actor(look)), 0.5, 84, 168)))
    return grid(cells, 16)


def faces() -> Image.Image:
    """Eight emotions at two strengths, two people, from the front and in three-quarter."""
    cells = []
    for number, turn in product((1, 4), (0.0, 40.0)):
        look = person("train", "faces", number).look
        for strength in (0.5, 1.0):
            for emotion in get_args(Emotion):
                seen = camera(
                    around(180.0 + turn, 2.4, look.height_m * 0.93), (0.0, look.height_m * 0.9, 0.0), 20.25 * 2.4 / 0.36
                )
                who = actor(look, emotion=emotion, emotion_strength=strength)
                cells.append((f"{emotion} {strength:g}", draw(stage(PLAIN, seen, who), 0.5, 112, 112)))
    return grid(cells, 8)


def visemes() -> Image.Image:
    """Every shape of the mouth, and six ways to look."""
    look = person("train", "faces", 4).look
    seen = camera(around(190.0, 2.4, look.height_m * 0.93), (0.0, look.height_m * 0.9, 0.0), 20.25 * 2.4 / 0.30)
    cells = []
    for viseme in get_args(Viseme):
        who = actor(look, mouth=(Mouth(time_s=0.0, viseme=viseme),))
        cells.append((viseme, draw(stage(PLAIN, seen, who), 0.5, 104, 104)))
    for name, x, y in (("left", -2, 1.6), ("right", 2, 1.6), ("up", 0, 3.2), ("down", 0, 0.2), ("far", 9, 1.6)):
        who = actor(look, gaze=(GazeKey(time_s=0.0, target=Vec3(x, y, -2.4)),))
        cells.append((f"looks {name}", draw(stage(PLAIN, seen, who), 1.6, 104, 104)))
    return grid(cells, 10)


WITH_OTHER: frozenset[ActName] = frozenset({"give", "embrace", "kiss", "shake_hands", "hit", "push", "dance"})
IN_HAND = {"drink": "cup", "eat": "apple", "phone": "phone", "read": "book", "write": "pen", "carry": "box",
           "throw": "ball",
           "drop": "cup", "shoot": "gun", "give": "letter", "put_down": "cup"}  # fmt: skip
APART = {"embrace": 0.45, "kiss": 0.48, "shake_hands": 0.95, "hit": 0.85, "push": 0.75, "give": 0.95, "dance": 0.6}


def acts() -> Image.Image:
    """Every act in six steps."""
    cells = []
    other = person("train", "acts", 9).look
    for act in get_args(ActName):
        if act == "none":
            continue
        gap = APART.get(act, 0.0)
        high = 1.62 if act == "kiss" else 1.3
        aim = Vec3(gap, high, 0.0) if gap else Vec3(0.8, 1.2, -0.6)
        key = ActKey(start_s=0.2, end_s=2.0, act=act, target=aim)
        who = [actor(PERSON.look, heading=90.0 if gap else 160.0, acts=(key,))]
        if gap:
            back = replace(key, target=Vec3(0.0, high, 0.0))
            who.append(
                replace(
                    actor(other, x=gap, heading=270.0, acts=(back,) if act != "push" and act != "hit" else ()), id="B"
                )
            )
        props = ()
        if act in IN_HAND:
            props = (
                Prop(id="P", kind=IN_HAND[act], position=Vec3(0, 1, 0), held=Attachment(figure="A", hand="right")),
            )
        seen = camera((gap / 2 + 0.4, 1.25, -4.2), (gap / 2, 0.95, 0.0), 36.0)
        for step in range(6):
            time_s = 0.25 + step * 0.33
            cells.append((f"{act}" if step == 0 else "", draw(stage(FIELD, seen, *who, props=props), time_s, 108, 108)))
    return grid(cells, 18)


def poses() -> Image.Image:
    """Every pose, and the changes between them."""
    cells = []
    pairs: list[tuple[PoseName, PoseName]] = [
        ("stand", "walk"), ("walk", "run"), ("stand", "sit"), ("sit", "stand"), ("stand", "kneel"), ("stand", "crouch"),
        ("stand", "lie"), ("lie", "stand"), ("walk", "stand"), ("run", "walk"), ("sit", "lie"), ("kneel", "stand"),
    ]  # fmt: skip
    speed = {"walk": 1.3, "run": 3.6}
    for before, after in pairs:
        keys, x = [], -0.5 * (speed.get(before, 0.0) + speed.get(after, 0.0))
        for time_s, pose in ((0.0, before), (1.0, after), (2.2, after)):
            keys.append(BodyKey(time_s=time_s, x_m=x, z_m=0.0, heading_deg=115.0, pose=pose))
            x += speed.get(pose, 0.0) * (1.0 if time_s == 0 else 1.2)
        who = replace(actor(PERSON.look), body=tuple(keys))
        for step in range(8):
            time_s = 0.3 + step * 0.22
            at = np.interp(time_s, [key.time_s for key in keys], [key.x_m for key in keys])
            seen = camera((at + 0.3, 1.2, -4.2), (at, 0.85, 0.0), 38.0)
            cells.append((f"{before} to {after}" if step == 0 else "", draw(stage(FIELD, seen, who), time_s, 108, 108)))
    return grid(cells, 16)


def places() -> Image.Image:
    """All sets at three hours, with two people in them."""
    cells = []
    a, b = person("train", "people", 2).look, person("train", "people", 8).look
    for kind in get_args(PlaceKind):
        inside = kind in ("car", "train")
        for hour in ("day", "dusk", "night"):
            who = (actor(a, -0.6, 0.4, 120.0), replace(actor(b, 0.7, 0.6, 240.0), id="B"))
            seen = camera((-0.6, 1.5, -3.4), (0.2, 1.15, 1.0), 24.0)
            if inside:
                who = ()
                seen = camera((0.0, 1.35, -1.7), (0.0, 1.1, 1.0), 20.0)
            cells.append((f"{kind}, {hour}", draw(stage(place(kind), seen, *who, lit=light(hour)), 0.5, 224, 126)))
    return grid(cells, 6)


def sides() -> Image.Image:
    """Each set from its middle, to the four sides, in two seeds."""
    cells = []
    for kind in get_args(PlaceKind):
        for seed in (5, 11):
            for heading in (0.0, 90.0, 180.0, 270.0):
                eye = around(heading + 180.0, 0.2 if kind in ("car", "train") else 1.6, 1.4)
                ahead = around(heading, 3.0, 1.3)
                seen = camera(eye, ahead, 22.0)
                name = f"{kind} {seed}" if heading == 0.0 else ""
                cells.append((name, draw(stage(place(kind, seed), seen, lit=light("morning")), 0.5, 168, 94)))
    return grid(cells, 8)


def weathers() -> Image.Image:
    """Seven weathers at six hours, in a street."""
    cells = []
    a, b = person("train", "people", 5).look, person("train", "people", 7).look
    who = (actor(a, -0.5, 0.2, 110.0), replace(actor(b, 0.6, 0.5, 250.0), id="B"))
    seen = camera((-0.8, 1.5, -3.8), (0.1, 1.2, 1.0), 26.0)
    for weather, hour in product(get_args(WeatherKind), get_args(Hour)):
        flashes = Weather(
            kind=weather,
            intensity=0.8,
            wind=0.7 if weather in ("wind", "storm") else 0.2,
            lightning_s=(0.45,) if weather == "storm" else (),
        )
        shot = stage(place("street"), seen, *who, lit=light(hour), weather=weather)
        cells.append((f"{weather}, {hour}", draw(replace(shot, weather=flashes), 0.5, 224, 126)))
    return grid(cells, 6)


PRACTICALS: tuple[Literal["lamp", "fire", "candle", "neon", "headlights", "screen", "moon"], ...] = (
    "lamp", "fire", "candle", "neon", "headlights", "screen", "moon",
)  # fmt: skip


def lights() -> Image.Image:
    """Key sides, ratios, temperatures, rims, silhouettes and practical lamps."""
    look = person("train", "faces", 1).look
    seen = camera((0.1, 1.55, -2.4), (0.0, look.height_m * 0.86, 0.0), 62.0)
    cells = []

    room = place("living_room", 2)

    def take(name: str, lit: Light, where: Place = room) -> None:
        cells.append((name, draw(stage(where, seen, actor(look), lit=lit), 0.5, 176, 99)))

    for side, azimuth in (("key left", 270.0), ("front", 180.0), ("key right", 90.0), ("behind", 20.0)):
        for ratio in (1.5, 4.0, 8.0):
            take(f"{side} {ratio:g}:1", replace(DAY, key_azimuth_deg=azimuth, key_to_fill_ratio=ratio))
    for kelvin in (2700, 4000, 5600, 7500, 9000):
        take(f"{kelvin} K", replace(DAY, colour_temperature_k=kelvin))
    take("rim", light("dusk", rim=0.9), place("street"))
    take("silhouette", light("golden_hour", silhouette=True), place("beach"))
    take("neon", light("night", neon=True), place("street"))
    for kind, where in zip(
        PRACTICALS, (room, place("alley"), room, room, place("alley"), room, place("alley")), strict=True
    ):
        at = Vec3(-0.9, 4.0 if kind == "moon" else 0.9, -0.4)
        lamp = Practical(kind=kind, position=at, heading_deg=60.0 if kind == "headlights" else None)
        take(kind, light("night", practicals=(lamp,)), where)
    return grid(cells, 7)


def props() -> Image.Image:
    """All that can be handled, drawn on its own."""
    cells = []
    for kind in sorted(KINDS - set(VEHICLES)):
        extent = extent_of(kind)
        size = max(extent.wide_m, extent.high_m, 0.06)
        thing = Prop(id="P", kind=kind, position=Vec3(0.0, 0.0, 0.0), heading_deg=160.0, text="OPEN")
        seen = camera((0.1, size * 0.9, -3.0), (0.0, extent.middle_m, 0.0), 20.25 * 3.0 / (size * 1.3))
        cells.append((kind, draw(stage(PLAIN, seen, props=(thing,)), 0.3, 92, 92)))
    return grid(cells, 16)


def states() -> Image.Image:
    """Every thing in each state it knows."""
    cells = []
    for kind in sorted(set(STATES) - FIRES - {"door", "street_lamp"}):
        extent = extent_of(kind)
        away = 3.0 * max(extent.wide_m, extent.high_m, 0.12)
        seen = camera(
            around(180.0, away, extent.middle_m + 0.35 * away), (0.0, extent.middle_m, 0.0), 20.25 * 3.0 / 1.35
        )
        for state in ("", *STATES[kind]):
            thing = Prop(id="P", kind=kind, position=Vec3(0.0, 0.0, 0.0), heading_deg=150.0, state=state)
            cells.append((f"{kind} {state}", draw(stage(PLAIN, seen, props=(thing,)), 0.3, 92, 92)))
    return grid(cells, 16)


def vehicles() -> Image.Image:
    """Vehicles from four sides by day and by night."""
    cells = []
    far = {"bicycle": 4.5, "motorcycle": 4.5, "bus": 15.0, "truck": 13.0, "train": 26.0, "tram": 20.0, "ship": 40.0,
           "plane": 34.0,
           "boat": 9.0, "helicopter": 16.0, "ufo": 14.0}  # fmt: skip
    for kind in sorted(VEHICLES):
        away = far.get(kind, 8.5)
        for view in range(4):
            hour: Hour = "day" if view < 3 else "night"
            thing = Prop(id="P", kind=kind, position=Vec3(0, 0, 0), heading_deg=90.0)
            seen = camera(
                around(180.0 + (0.0, 50.0, 130.0, 30.0)[view], away, 1.2 + away * 0.12), (0.0, away * 0.10, 0.0), 34.0
            )
            cells.append(
                (kind if view == 0 else "", draw(stage(FIELD, seen, props=(thing,), lit=light(hour)), 0.5, 176, 99))
            )
    return grid(cells, 8)


def animals() -> Image.Image:
    """Animals from four sides and in their poses."""
    cells = []
    sizes = {"dog": 0.52, "cat": 0.27, "horse": 1.55, "bird": 0.22, "fish": 0.18}
    poses_of: dict[str, tuple[PoseName, ...]] = {
        "dog": ("stand", "walk", "run", "sit", "lie"), "cat": ("stand", "walk", "run", "sit", "lie"),
        "horse": ("stand", "walk", "run", "lie"), "bird": ("stand", "fly"), "fish": ("swim",),
    }  # fmt: skip
    for species in get_args(Species):
        if species == "person":
            continue
        size = sizes[species]
        coat = RGB(132, 92, 60) if species != "bird" else RGB(120, 128, 142)
        look = replace(PERSON.look, height_m=size, skin=coat, hair_colour=coat, age_years=4)
        for pose, view in product(poses_of[species], range(4)):
            high = 1.4 if pose in ("fly", "swim") else 0.0
            end = 0.5 if pose in ("walk",) else 2.0 if pose == "run" else 0.0
            body = tuple(
                BodyKey(time_s=t, x_m=x, z_m=0.0, heading_deg=90.0, pose=pose, height_m=high)
                for t, x in ((0.0, -end / 2), (1.0, end / 2))
            )
            who = replace(actor(look), species=species, body=body)
            seen = camera(
                around(180.0 + 55.0 * view, 4.0, high + size * 1.3),
                (0.0, high + size * 0.6, 0.0),
                20.25 * 4.0 / (size * 2.7),
            )
            cells.append((f"{species} {pose}" if view == 0 else "", draw(stage(FIELD, seen, who), 0.5, 112, 112)))
    return grid(cells, 16)


def crowds() -> Image.Image:
    """Crowds, flocks and shoals at three distances."""
    cells = []
    for doing, away in product(("stand", "walk", "cheer", "dance", "sit"), (5.0, 10.0, 22.0)):
        many = Crowd(id="C", kind="people", count=60, centre=Vec3(0, 0, away), width_m=6 + away * 0.8, depth_m=5.0,
                     heading_deg=180.0,
                     doing=doing, seed=4)  # type: ignore[arg-type]  # fmt: skip
        seen = camera((0.0, 1.7, -2.0), (0.0, 1.2, away), 30.0)
        cells.append((f"{doing}, {away:g} m", draw(stage(place("street"), seen, crowds=(many,)), 0.5, 256, 144)))
    birds = Crowd(
        id="F",
        kind="birds",
        count=30,
        centre=Vec3(0, 6, 14),
        width_m=10,
        depth_m=6,
        heading_deg=90,
        doing="fly",
        seed=2,
    )
    fish = Crowd(
        id="S",
        kind="fish",
        count=24,
        centre=Vec3(0, 1.2, 4),
        width_m=3,
        depth_m=2,
        heading_deg=90,
        doing="swim",
        seed=2,
    )
    for name, flock in (("a flock", birds), ("a shoal", fish)):
        seen = camera((0.0, 1.6, -2.0), (0.0, flock.centre.y, flock.centre.z), 30.0)
        cells.append((name, draw(stage(place("beach"), seen, crowds=(flock,)), 0.5, 256, 144)))
    return grid(cells, 5)


def styles() -> Image.Image:
    """Five styles of four stages."""
    cells = []
    for index in (6, 28, 178, 187):
        for style in get_args(Style):
            shot = replace(sample("train", index).stage, style=style)
            cells.append((style, draw(shot, 1.3, 320, 180)))
    return grid(cells, 5)


def truth() -> Image.Image:
    """Every pass of one stage."""
    shot = sample("train", 178).stage
    found = passes(replace(shot, style="flat"), 1.3, 320, 180)

    def grey(values: NDArray[np.floating], low: float, high: float) -> Frame:
        level = np.clip((values - low) / (high - low), 0, 1)
        return np.repeat((level * 255).astype(np.uint8)[..., None], 3, axis=2)

    wheel = np.array(
        [[0, 0, 0]] + [[int(127 + 127 * math.cos(k * 2.4 + p)) for p in (0, 2.1, 4.2)] for k in range(255)],
        dtype=np.uint8,
    )
    flow = np.concatenate([found.flow_px / 12 + 0.5, np.full((*found.flow_px.shape[:2], 1), 0.5)], axis=2)
    marked = found.frame.copy()
    for joints in found.joints:
        for (x, y, _), seen in zip(joints.points.astype(int), joints.visible, strict=True):
            if 2 < x < 318 and 2 < y < 178:
                marked[y - 2 : y + 2, x - 2 : x + 2] = (60, 230, 90) if seen else (230, 60, 60)
    pictures = (
        ("finished frame", found.frame), ("mannequin", found.mannequin), ("joints, red where hidden", marked),
        ("person id", wheel[found.person]), ("part id", wheel[found.part]), ("prop id", wheel[found.prop]),
        ("depth", grey(-np.log2(np.minimum(found.depth_m, 120)), -6.5, -1)),
        ("normals", ((found.normals + 1) * 127).astype(np.uint8)),
        ("flow", (np.clip(flow, 0, 1) * 255).astype(np.uint8)),
        ("light", grey(found.light, 0, 1.2)), ("plate", found.plate), ("surfaces", wheel[found.surfaces.index % 256]),
    )  # fmt: skip
    return grid(pictures, 3)


def control() -> Image.Image:
    """What a pretrained engine is steered by: four stages in every kind of control."""
    cells: list[tuple[str, Frame]] = []
    size = {"width_px": 240, "height_px": 136}
    for number in (17, 41, 30, 3):
        shot = replace(sample("held_out", number).stage, style="flat")
        shot = replace(shot, light=replace(shot.light, hour="day"))
        cells.append(("finished frame", draw(shot, 1.0, **size)))
        cells += [
            (kind, control_video(shot, kind, frame_count=25, fps=24, **size).frames[24]) for kind in get_args(Control)
        ]
    return grid(cells, 6)


def coverage() -> Image.Image:
    """A scene of the example film, shot by shot, each at its first and last frame."""
    cells = []
    with tempfile.TemporaryDirectory() as scratch:
        opened = open_film(EXAMPLES / "found.fountain", Path(scratch))
        production = Production(opened, picture="previz", workers=0, progress=Silent())
        for shot, request in production.requests.items():
            if shot.startswith("S2."):
                for frame in (0, request.frame_count - 1):
                    cells.append(
                        (f"{shot} {frame / request.fps:.1f} s", draw(request.stage, frame / request.fps, 256, 144))
                    )
    return grid(cells, 6)


def sampled() -> Image.Image:
    """Twenty-four sampled stages with their short captions."""
    cells = []
    for index in range(100, 124):
        one = sample("train", index)
        cells.append((shorten(one.captions.short.en, 46, placeholder=" …"), draw(one.stage, 1.4, 256, 144)))
    return grid(cells, 4)


SHEETS: tuple[Callable[[], Image.Image], ...] = (
    people, faces, visemes, acts, poses, places, sides, weathers, lights, props, states, vehicles, animals, crowds,
    styles, truth, control, coverage, sampled,
)  # fmt: skip


def main(names: Iterable[str]) -> None:
    """Draws the sheets of these names, all without any."""
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = set(names)
    for make in SHEETS:
        if not wanted or make.__name__ in wanted:
            make().save(OUT / f"{make.__name__}.jpg", quality=72, optimize=True)
            print(f"{make.__name__}.jpg", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
