"""One sampled stage: people at marks, something done, a light, a camera, and the captions that say so.

The same split and index give the same sample everywhere. Fields that a model must learn evenly (sizes, angles,
hours, acts, places) are balanced over neighbouring indices. Draws nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from random import Random

from model.sampler.captions import Captions, Facts, captions
from model.sampler.cast import Person, person
from model.sampler.framing import ANGLES, MOVES, SIZES, Angle, Move, Size, camera, following
from model.sampler.split import Split, balanced, held_out, rng_of, seed_for
from model.sampler.words import ACTS, PLACES
from model.stage import (
    RGB,
    ActKey,
    ActName,
    Attachment,
    BodyKey,
    Crowd,
    Emotion,
    Figure,
    GazeKey,
    Hour,
    Light,
    Mouth,
    Place,
    PlaceKind,
    PoseName,
    Prop,
    PropKey,
    Stage,
    Style,
    Vec3,
    Viseme,
    Weather,
    WeatherKind,
)
from model.theatre.place import design_of

__all__ = ["Sample", "sample"]

KINDS: tuple[PlaceKind, ...] = tuple(PLACES)
HOURS: tuple[Hour, ...] = ("dawn", "morning", "day", "golden_hour", "dusk", "night")
WEATHERS: tuple[WeatherKind, ...] = ("clear", "clear", "overcast", "rain", "snow", "fog", "wind", "storm")
EMOTIONS: tuple[Emotion, ...] = (
    "neutral", "happy", "sad", "angry", "afraid", "surprised", "disgusted", "tender",
)  # fmt: skip
STYLES: tuple[Style, ...] = (
    "flat",
    "flat",
    "flat",
    "flat",
    "flat",
    "flat",
    "ink_noir",
    "watercolour",
    "pencil",
    "risograph",
)
WITH_ANOTHER: frozenset[ActName] = frozenset({"embrace", "kiss", "shake_hands", "hit", "push", "give"})
WITH_THING: dict[ActName, tuple[str, ...]] = {
    "give": ("letter", "book", "flowers", "box"), "drink": ("cup", "glass", "bottle"), "eat": ("apple", "sandwich"),
    "phone": ("phone",), "read": ("book", "letter", "newspaper"), "carry": ("box",), "throw": ("ball", "book"),
    "shoot": ("gun",),
}  # fmt: skip
STANDING: frozenset[ActName] = frozenset(
    {"embrace", "kiss", "shake_hands", "hit", "push", "dance", "carry", "throw", "shoot", "fall", "give"}
)
CARRIED = ("umbrella", "suitcase", "lantern", "flowers", "book", "cup")
_ELEVATION_DEG: dict[Hour, float] = {
    "dawn": 10.0, "morning": 32.0, "day": 55.0, "golden_hour": 13.0, "dusk": 7.0, "night": 38.0,
}  # fmt: skip
_KELVIN: dict[Hour, tuple[float, float]] = {
    "dawn": (4200, 7000), "morning": (4800, 6200), "day": (5200, 6800), "golden_hour": (2900, 4000),
    "dusk": (4500, 8500), "night": (3000, 9000),
}  # fmt: skip
_VISEMES: tuple[Viseme, ...] = ("aa", "pp", "e", "ss", "oh", "dd", "ih", "ff", "ou", "kk", "rr", "th", "ch", "nn")
_MEETING_M: dict[ActName, float] = {
    "embrace": 0.42, "kiss": 0.46, "shake_hands": 0.95, "hit": 0.85, "push": 0.75, "give": 0.95,
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A stage with its captions, and the choices that made it, for telling how a set is balanced."""

    index: int
    split: Split
    stage: Stage
    captions: Captions
    size: Size
    angle: Angle
    move: Move
    act: ActName
    cast: tuple[Person, ...]


def sample(split: Split, index: int, duration_s: float = 3.0) -> Sample:
    """Sample number `index` of a split: a stage of `duration_s` seconds.

    Everybody and every place of "held_out" is on that side for good, and so are pairs of words (an act in a place, a
    garment in a colour), which "train" never shows.
    """
    rng = rng_of("sample", split, index)
    act, kind = _act_and_place(split, index, rng)
    place = _place(split, kind, rng)
    hour = balanced(HOURS, index, "hour")
    weather = Weather(kind="clear") if place.interior and rng.random() < 0.6 else _weather(index, rng)
    size = balanced(SIZES, index, "size")
    angle = balanced(ANGLES, index, "angle") if rng.random() < 0.6 else "eye_level"
    move = balanced(MOVES, index, "move") if rng.random() < 0.5 else "static"
    if kind == "car" and angle == "overhead":
        angle = "high"
    cast = _cast(split, index, act, size, rng)
    marks = _marks(place, len(cast), act, rng)
    figures, props = _played(cast, marks, act, place, index, duration_s, rng)
    light = _light(hour, place.interior, rng)
    lead = figures[0]
    bounds = design_of(kind, place.seed, place.name).ground_extent if place.interior else None
    upright = {"sit": 0.76, "kneel": 0.72, "crouch": 0.6, "lie": 0.2}.get(lead.body[0].pose, 1.0)
    first, last = lead.body[0], lead.body[-1]
    at = Vec3((first.x_m + last.x_m) / 2, first.height_m, (first.z_m + last.z_m) / 2)
    azimuth = _clear_view(figures, at, rng)
    seen = camera(rng, size, angle, move, (at, lead.look.height_m, upright), azimuth, duration_s, bounds, lead.id)
    if first.pose in ("walk", "run") and size not in ("EWS", "WS"):
        seen = following(seen, (last.x_m - first.x_m, last.z_m - first.z_m), duration_s)
    stage = Stage(
        duration_s=duration_s, place=place, light=light, weather=weather, camera=seen, figures=figures, props=props,
        crowds=_crowd(place, size, rng), style=balanced(STYLES, index, "style"), seed=rng.randrange(1 << 30),
    )  # fmt: skip
    thing = props[0].kind if props else ""
    facts = Facts(stage, size, angle, move, act, thing, cast)
    return Sample(index, split, stage, captions(facts), size, angle, move, act, cast)


def _clear_view(figures: tuple[Figure, ...], at: Vec3, rng: Random) -> float:
    """A heading from the first figure to the camera: rather its face than its back, with nobody in the way."""
    faces = figures[0].body[0].heading_deg
    turns = rng.sample((0.0, 20.0, -20.0, 40.0, -40.0, 60.0, -60.0, 85.0, -85.0, 150.0, 180.0), 11)

    def open_deg(turn: float) -> float:
        angles = [
            abs((math.degrees(math.atan2(f.body[0].x_m - at.x, f.body[0].z_m - at.z)) - faces - turn + 180) % 360 - 180)
            for f in figures[1:]
        ]
        return min(angles, default=180.0)

    return faces + next((turn for turn in turns if open_deg(turn) > 32.0), turns[0])


def _act_and_place(split: Split, index: int, rng: Random) -> tuple[ActName, PlaceKind]:
    """An act and a place, balanced each; a pair that is held out moves on to the next act."""
    acts: tuple[ActName, ...] = tuple(ACTS)
    act, kind = balanced(acts, index, "act"), balanced(KINDS, index, "place")
    turns = 0
    while (split == "train" and held_out("pair", act, kind)) or (kind in ("car", "train") and act in STANDING):
        turns += 1
        act = acts[(acts.index(act) + 1) % len(acts)]
        if turns > len(acts):
            kind = rng.choice(KINDS)
    return act, kind


def _place(split: Split, kind: PlaceKind, rng: Random) -> Place:
    seed = seed_for(split, "place", kind, rng.randrange(40))
    interior = bool(design_of(kind, seed).shell) or kind in ("car", "cave", "train", "spaceship")
    return Place(kind=kind, interior=interior, seed=seed)


def _weather(index: int, rng: Random) -> Weather:
    kind = balanced(WEATHERS, index, "weather")
    flashes = (rng.uniform(0.3, 2.2),) if kind == "storm" else ()
    return Weather(kind=kind, intensity=rng.uniform(0.3, 1.0), wind=rng.uniform(0.05, 0.9), lightning_s=flashes)


def _light(hour: Hour, interior: bool, rng: Random) -> Light:
    return Light(
        hour=hour,
        key_azimuth_deg=rng.uniform(90.0, 270.0) if rng.random() < 0.75 else rng.uniform(0.0, 360.0),
        key_elevation_deg=_ELEVATION_DEG[hour] + rng.uniform(-4.0, 6.0),
        key_to_fill_ratio=rng.choice((1.5, 2.0, 3.0, 4.0, 6.0, 8.0)),
        colour_temperature_k=round(rng.uniform(*(_KELVIN[hour] if not interior else (2700, 6500)))),
        neon=hour in ("dusk", "night") and rng.random() < 0.2,
        rim=rng.choice((0.0, 0.0, 0.0, 0.6)),
        silhouette=hour in ("dawn", "golden_hour", "dusk") and not interior and rng.random() < 0.08,
    )


def _cast(split: Split, index: int, act: ActName, size: Size, rng: Random) -> tuple[Person, ...]:
    count = rng.choices((1, 2, 3, 4, 5), (0.46, 0.34, 0.12, 0.05, 0.03))[0]
    if size in ("CU", "ECU"):
        count = min(count, 2)
    if act in WITH_ANOTHER or act == "look":
        count = max(count, 2)
    return tuple(person(split, "cast", index, number) for number in range(count))


def _marks(place: Place, count: int, act: ActName, rng: Random) -> list[tuple[float, float]]:
    """Where people stand, apart from each other and from what the set has standing there."""
    if place.kind in ("car", "train"):
        return [(-0.38 + 0.76 * (i % 2), 0.35 - 0.85 * (i // 2)) for i in range(count)]
    design = design_of(place.kind, place.seed, place.name)
    taken = [(p.at.x, p.at.z, p.radius_m + 0.25) for p in design.dressing if p.radius_m < 3.0 and p.at.y < 1.5]
    x0, z0, x1, z1 = design.ground_extent or (-2.2, -1.6, 2.2, 1.8)
    x0, z0, x1, z1 = max(x0 + 0.5, -2.2), max(z0 + 0.6, -1.6), min(x1 - 0.5, 2.2), min(z1 - 0.6, 1.8)
    marks: list[tuple[float, float]] = []
    for number in range(count):
        if number == 1 and act in _MEETING_M:
            turn = rng.uniform(0, 2 * math.pi)
            marks.append(
                (marks[0][0] + _MEETING_M[act] * math.sin(turn), marks[0][1] + _MEETING_M[act] * math.cos(turn))
            )
            continue
        best, room = (0.0, 0.0), -math.inf
        for _ in range(24):
            x, z = rng.uniform(x0, x1), rng.uniform(z0, z1)
            free = min((math.hypot(x - a, z - b) - r for a, b, r in taken), default=1.0)
            apart = min((math.hypot(x - a, z - b) - 0.75 for a, b in marks), default=1.0)
            near = -0.25 * math.hypot(x - marks[0][0], z - marks[0][1]) if marks else 0.0
            score = min(free, 0.3) * 3 + min(apart, 0.3) * 4 + near
            if score > room:
                best, room = (x, z), score
        marks.append(best)
    return marks


def _played(
    cast: tuple[Person, ...],
    marks: list[tuple[float, float]],
    act: ActName,
    place: Place,
    index: int,
    duration_s: float,
    rng: Random,
) -> tuple[tuple[Figure, ...], tuple[Prop, ...]]:
    """The cast on its marks: the first does the act, toward the second where there is one."""
    figures = []
    props: list[Prop] = []
    hand = rng.choice(("right", "left"))
    for number, (one, (x, z)) in enumerate(zip(cast, marks, strict=True)):
        other = (marks[1] if number == 0 else marks[0]) if len(marks) > 1 else None
        heading = rng.uniform(0, 360) if other is None else math.degrees(math.atan2(other[0] - x, other[1] - z))
        if other is None or (act not in WITH_ANOTHER and rng.random() < 0.4):
            heading += rng.choice((0.0, 30.0, -30.0, 90.0, -90.0))
        if place.kind in ("car", "train"):
            heading = 180.0 if place.kind == "car" else heading
        doing: ActName = act if number == 0 else rng.choice(("none", "none", "speak", "gesture", "nod"))
        pose = _pose(doing if number == 0 else (act if act in WITH_ANOTHER and number == 1 else "none"), place, rng)
        mate = cast[1 if number == 0 else 0] if other is not None else None
        figures.append(_figure(one, number, (x, z, heading), pose, doing, (other, mate), index, duration_s, rng))
    lead = figures[0]
    kinds = WITH_THING.get(act, ())
    if kinds or rng.random() < 0.15:
        kind = rng.choice(kinds or CARRIED)
        props.append(_prop(kind, lead, hand, act, duration_s, rng))
    return tuple(figures), tuple(props)


def _pose(act: ActName, place: Place, rng: Random) -> PoseName:
    if place.kind in ("car", "train"):
        return "sit"
    if act in STANDING:
        return "stand"
    return rng.choices(("stand", "walk", "run", "sit", "kneel", "crouch", "lie"), (50, 16, 5, 18, 4, 4, 3))[0]


def _figure(
    one: Person,
    number: int,
    at: tuple[float, float, float],
    pose: PoseName,
    act: ActName,
    toward: tuple[tuple[float, float] | None, Person | None],
    index: int,
    duration_s: float,
    rng: Random,
) -> Figure:
    x, z, heading = at
    other, mate = toward
    body = [BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=heading, pose=pose)]
    if pose in ("walk", "run"):
        speed = (1.35 if pose == "walk" else 4.2) * (0.62 + 0.22 * one.look.height_m)
        turn, reach = math.radians(heading), speed * duration_s
        body = [
            replace(body[0], x_m=x - reach / 2 * math.sin(turn), z_m=z - reach / 2 * math.cos(turn)),
            BodyKey(
                time_s=duration_s, x_m=x + reach / 2 * math.sin(turn), z_m=z + reach / 2 * math.cos(turn),
                heading_deg=heading, pose=pose,
            ),
        ]  # fmt: skip
    eyes = None
    if other is not None and mate is not None:
        eyes = Vec3(other[0], mate.look.height_m * (0.93 if act != "shake_hands" else 0.8), other[1])
    acts = []
    if act != "none":
        begin = rng.uniform(0.0, 0.15) * duration_s
        chest = None if eyes is None else Vec3(eyes.x, eyes.y * 0.8, eyes.z)
        acts.append(ActKey(start_s=begin, end_s=duration_s * rng.uniform(0.85, 1.0), act=act, target=chest))
    emotion = balanced(EMOTIONS, index, "emotion") if number == 0 else rng.choice(EMOTIONS)
    if act in ("laugh", "cry"):
        emotion = "happy" if act == "laugh" else "sad"
    return Figure(
        id=f"P{number + 1}",
        species="person",
        look=one.look,
        body=tuple(body),
        acts=tuple(acts),
        gaze=(GazeKey(time_s=0.0, target=eyes),) if eyes is not None and rng.random() < 0.8 else (),
        mouth=_speech(duration_s, rng) if act in ("speak", "gesture", "phone") else (),
        emotion=emotion,
        emotion_strength=rng.choice((0.4, 0.7, 1.0)),
        state=tuple(state for state in ("wet", "torn", "bloodied", "muddy") if rng.random() < 0.03),
        seed=one.seed,
    )


def _speech(duration_s: float, rng: Random) -> tuple[Mouth, ...]:
    keys, time_s = [], rng.uniform(0.05, 0.3)
    while time_s < duration_s - 0.2:
        keys.append(Mouth(time_s=time_s, viseme=rng.choice(_VISEMES) if rng.random() > 0.1 else "rest"))
        time_s += rng.uniform(0.07, 0.16)
    return (*keys, Mouth(time_s=time_s, viseme="rest"))


def _prop(kind: str, lead: Figure, hand: str, act: ActName, duration_s: float, rng: Random) -> Prop:
    body = lead.body[0]
    at = Vec3(body.x_m, 1.0, body.z_m)
    held = Attachment(figure=lead.id, hand="left" if hand == "left" else "right")
    colour = rng.choice((None, RGB(178, 38, 46), RGB(38, 132, 132), RGB(222, 172, 58)))
    text = {"letter": "DEAR ANNA", "newspaper": "NEWS", "book": "NIGHT"}.get(kind, "")
    keys: tuple[PropKey, ...] = ()
    if act == "throw":
        start, end = lead.acts[0].start_s, lead.acts[0].end_s
        turn, let_go = math.radians(body.heading_deg), start + 0.5 * (end - start)
        lands = Vec3(body.x_m + 4.5 * math.sin(turn), 0.0, body.z_m + 4.5 * math.cos(turn))
        keys = (PropKey(time_s=min(let_go + 0.8, duration_s), position=lands, moves="falls"),)
    return Prop(id="THING", kind=kind, position=at, colour=colour, text=text, held=held, keys=keys)


def _crowd(place: Place, size: Size, rng: Random) -> tuple[Crowd, ...]:
    if (
        size not in ("EWS", "WS", "FS", "MLS")
        or rng.random() > 0.14
        or place.kind in ("car", "prison_cell", "bathroom", "cave")
    ):
        return ()
    if not place.interior and rng.random() < 0.3:
        middle = Vec3(rng.uniform(-6, 6), rng.uniform(5, 9), rng.uniform(8, 20))
        return (
            Crowd(id="BIRDS", kind="birds", count=rng.randint(8, 30), centre=middle, width_m=8, depth_m=5,
                  heading_deg=rng.uniform(0, 360), doing="fly", seed=rng.randrange(1 << 20)),
        )  # fmt: skip
    room = place.interior
    return (
        Crowd(
            id="CROWD", kind="people", count=rng.randint(6, 12 if room else 60),
            centre=Vec3(0.0, 0.0, 3.0 if room else 9.0), width_m=6.0 if room else 18.0, depth_m=2.5 if room else 8.0,
            heading_deg=rng.choice((0.0, 90.0, 180.0, 270.0)), doing=rng.choice(("stand", "walk", "cheer")),
            seed=rng.randrange(1 << 20),
        ),
    )  # fmt: skip
