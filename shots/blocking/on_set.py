"""A scene's set as it opens: its floor, its furniture, and everyone's marks by what they have to do there.

`OnSet` is what one scene's shots share while they are blocked; `shots.blocking.scene` goes through them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from model.stage import Look, PlaceKind, Style, Vec3
from model.stage import Place as StagePlace
from model.stage import Prop as StageProp
from shots.blocking.anatomy import offset
from shots.blocking.colours import seeded
from shots.blocking.fittings import Fittings, Furnish, Spot, beds_for, seats_for
from shots.blocking.lens import wrap_deg
from shots.blocking.looks import look_of
from shots.blocking.marks import Mark, floor_of, has_benches, lay_out, make_way, mirrored
from shots.blocking.motion import Point, Standing
from shots.blocking.shooting import Crew
from shots.blocking.things import side_table
from shots.spec import Character, Place, Scene, Shot, Storyboard

__all__ = ["OnSet", "open_set", "reads_of", "species_in"]

_CHEST_M = 0.4
_BY_SEAT_M = 1.25  # where those stand who are with somebody who sits or lies
_REMEMBERED = 8  # scenes: how long ago a place may have been visited for everyone to find their marks again


@dataclass
class OnSet:
    """A scene while it is blocked: what stays, and where everyone stands now."""

    scene: Scene
    place: Place
    kind: PlaceKind
    cast: Mapping[str, Character]
    crew: Crew
    seed: int
    marks: Mapping[str, Mark]
    furniture: tuple[StageProp, ...]
    travel_deg: float
    seated: frozenset[str]  # whose seats do not turn
    style: Style
    drawn: StagePlace
    fittings: Fittings
    lifts: Mapping[str, float]  # how high the set's seats and beds lift those who use them
    beds: frozenset[str]  # who has a bed
    looks: dict[tuple[str, tuple[str, ...]], Look] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    standing: dict[str, Standing] = field(default_factory=dict)
    last_speaker: str | None = None
    left: dict[str, StageProp] = field(default_factory=dict)  # things, as the shot before left them

    def look(self, character: str, state: tuple[str, ...]) -> Look:
        """How somebody looks in a state of wardrobe."""
        key = (character, state)
        if key not in self.looks:
            self.looks[key] = look_of(self.cast.get(character) or Character(id=character), state)
        return self.looks[key]

    def everyone(self) -> tuple[Point, ...]:
        """The marks of all who play in the scene."""
        return tuple((mark.x, mark.z) for mark in self.marks.values())


def open_set(storyboard: Storyboard, scene: Scene, furnish: Furnish) -> OnSet:
    """The set of a completed scene, with everybody's marks."""
    cast = {character.id: character for character in storyboard.cast}
    place = next((p for p in storyboard.places if p.id == scene.place), None) or Place(id=scene.place or scene.heading)
    interior = bool(place.interior)
    kind: PlaceKind = place.kind or ("living_room" if interior else "street")
    named: Counter[str] = Counter()
    sitting: set[str] = set()
    lying: set[str] = set()
    driving: set[str] = set()
    by_hand: dict[str, tuple[float, float]] = {}
    moved: set[str] = set()  # where somebody stands after a way is no mark to begin at, unless they sit down there
    for presence in (*scene.people, *(p for shot in scene.shots for p in shot.people)):
        named[presence.character] += 0
        sits = presence.pose in ("sit", "drive") or presence.act in ("sit_down", "stand_up")
        if sits:
            sitting.add(presence.character)
        if presence.pose == "drive":
            driving.add(presence.character)
        if presence.pose == "lie":
            lying.add(presence.character)
        if presence.mark_m is not None and (sits or presence.character not in moved):
            by_hand.setdefault(presence.character, (float(presence.mark_m[0]), float(presence.mark_m[1])))
        if presence.move_to_m is not None:
            moved.add(presence.character)
    for shot in scene.shots:
        named.update(_framed(shot))
    weight = _ranks(storyboard, scene)
    first_seen = {name: i for i, name in enumerate(weight)}
    ranked = sorted(named, key=lambda name: (-weight[name], first_seen[name]))
    people = [name for name in ranked if species_in(cast, name) == "person"] or ranked
    if kind == "car":  # the driver's seat is the first
        people.sort(key=lambda name: name not in driving)
    aspect = storyboard.width_px / storyboard.height_px
    seed = seeded(storyboard.seed, scene.id, scene.heading)
    marks, furniture = lay_out(people, frozenset(sitting - lying), frozenset(lying), kind, by_hand, aspect < 1.2, seed)
    drawn = StagePlace(
        kind=kind,
        interior=interior,
        seed=place.seed if place.seed is not None else seeded("place", place.id) % 2**31,
        name=place.id,
    )
    fittings = furnish(drawn)
    settled = _settled(fittings, kind, ranked, sitting - lying - set(by_hand), lying - set(by_hand), marks)
    lifts = {name: spot.lift_m for name, spot in settled.items()}
    if settled:
        marks = _about(marks, settled, by_hand)
        furniture = tuple(
            _moved(piece, marks)
            for piece in furniture
            if piece.id.removeprefix("seat:") not in settled and piece.id != "table"
        )
    elif not by_hand and _crosses(scene, marks):
        marks = {name: Mark(-mark.x, mark.z, -mark.heading_deg) for name, mark in marks.items()}
        furniture = tuple(mirrored(thing) for thing in furniture)
    marks |= _animal_marks(
        [name for name in ranked if name not in marks], marks, by_hand, frozenset(sitting), _led_in(scene, marks), kind
    )
    props = {prop.id: prop for prop in storyboard.props}
    if interior and kind != "car":
        table = side_table(scene, props, {name: (mark.x, mark.z) for name, mark in marks.items()}, furniture)
        furniture = (*furniture, table) if table else furniture
    floor = floor_of(interior, kind)
    across = 90.0 if seeded("travel", storyboard.seed, scene.id) % 2 else -90.0
    return OnSet(
        scene=scene, place=place, kind=kind, cast=cast,
        crew=Crew(aspect, floor, props), seed=seed, marks=marks,
        furniture=furniture, travel_deg=180.0 if floor.narrow else across, seated=frozenset(sitting),
        style=storyboard.style, drawn=drawn, fittings=fittings, lifts=lifts,
        beds=frozenset(name for name, spot in settled.items() if spot.bed),
    )  # fmt: skip


def reads_of(storyboard: Storyboard, scene: Scene) -> tuple[object, ...]:
    """All that blocking a completed scene reads of its storyboard: where this is equal, so are the stages."""
    apart = {shot.beside.scene for shot in scene.shots if shot.beside is not None}
    there = [other for other in storyboard.scenes if other.id in apart]
    places = {one.place for one in (scene, *there)}
    return (
        storyboard.seed,
        storyboard.style,
        (storyboard.width_px, storyboard.height_px),
        storyboard.cast,
        storyboard.props,
        tuple(place for place in storyboard.places if place.id in places),
        *((one, tuple(_ranks(storyboard, one).items())) for one in (scene, *there)),
    )


def _settled(
    fittings: Fittings,
    kind: PlaceKind,
    ranked: Sequence[str],
    sitting: Collection[str],
    lying: Collection[str],
    marks: Mapping[str, Mark],
) -> dict[str, Spot]:
    """Who uses which seat or bed of the set."""
    sleepers = [name for name in ranked if name in lying and name in marks]
    sitters = [name for name in ranked if name in sitting and name in marks]
    settled = dict(zip(sleepers, beds_for(fittings, len(sleepers)), strict=False))
    return settled | dict(zip(sitters, seats_for(fittings, kind, len(sitters)), strict=False))


def _moved(piece: StageProp, marks: Mapping[str, Mark]) -> StageProp:
    """A chair that was brought in, at its sitter's mark."""
    mark = marks.get(piece.id.removeprefix("seat:"))
    return piece if mark is None else replace(piece, position=Vec3(mark.x, 0.0, mark.z), heading_deg=mark.heading_deg)


def _about(
    marks: Mapping[str, Mark], settled: Mapping[str, Spot], by_hand: Mapping[str, tuple[float, float]]
) -> dict[str, Mark]:
    """Marks of those who use the set's seats and beds, and of the others, who stand by them."""
    placed = {name: Mark(spot.at.x, spot.at.z, spot.heading_deg) for name, spot in settled.items()}
    first = next(iter(settled.values()))
    away = (
        math.degrees(math.atan2(-first.at.x, 0.3 - first.at.z)) if math.hypot(first.at.x, first.at.z) > 0.4 else 180.0
    )
    middle = (first.at.x, first.at.z)
    if first.bed:  # beside it, by the sleeper's chest
        middle = offset(*middle, first.heading_deg + 180.0, _CHEST_M)
        away = min((first.heading_deg + 90.0, first.heading_deg - 90.0), key=lambda side: abs(wrap_deg(side - away)))
    standing = [name for name in marks if name not in settled]
    points = {name: (mark.x, mark.z) for name, mark in placed.items()}
    for number, name in enumerate(standing):
        swing = (0, 38, -38, 70, -70, 100)[number % 6]
        points[name] = by_hand.get(name) or offset(*middle, away + swing, _BY_SEAT_M + 0.3 * (number // 3))
    points = make_way(points, frozenset(placed) | frozenset(by_hand))
    for name in standing:
        x, z = points[name]
        facing = math.degrees(math.atan2(first.at.x - x, first.at.z - z))
        placed[name] = Mark(x, z, facing + min(max(wrap_deg(180.0 - facing), -14.0), 14.0))
    return {name: placed[name] for name in marks}


def _framed(shot: Shot) -> list[str]:
    """Whom a shot is made for; who speaks counts more."""
    speaking = [line.character for line in shot.lines if line.heard == "on_screen" for _ in range(3)]
    elsewhere = {person.character for person in shot.beside.people} if shot.beside else set()
    framed = [*shot.subjects, *speaking, *(name for name in (shot.over, shot.pov_of) if name is not None)]
    return [name for name in framed if name not in elsewhere]


def _ranks(storyboard: Storyboard, scene: Scene) -> Counter[str]:
    """How much everyone has to do in this place at this hour: who comes back finds the marks as they were."""
    here = next((i for i, other in enumerate(storyboard.scenes) if other is scene or other.id == scene.id), 0)
    near = storyboard.scenes[max(0, here - _REMEMBERED) : here + _REMEMBERED + 1]
    visits = [s for s in near if s is scene or (s.place, s.hour) == (scene.place, scene.hour)] or [scene]
    ranks: Counter[str] = Counter()
    for visit in visits:
        for presence in (*visit.people, *(p for shot in visit.shots for p in shot.people)):
            ranks[presence.character] += 0
        for shot in visit.shots:
            ranks.update(_framed(shot))
    return ranks


def _crosses(scene: Scene, marks: Mapping[str, Mark]) -> bool:
    """Whether those who come in by a side would have to pass the others to reach their marks."""
    sides: dict[str, float] = {}
    for presence in (p for shot in scene.shots for p in shot.people):
        if presence.enters in ("left", "right") and presence.character in marks:
            sides.setdefault(presence.character, -1.0 if presence.enters == "left" else 1.0)
    return 0 < len(sides) < len(marks) and sum(side * marks[name].x for name, side in sides.items()) < -0.1


def _led_in(scene: Scene, marks: Mapping[str, Mark]) -> dict[str, str]:
    """With whom each of those without a mark comes in."""
    company: dict[str, str] = {}
    for shot in scene.shots:
        entering = [p.character for p in shot.people if p.enters is not None]
        with_them = next((name for name in entering if name in marks), None)
        for name in entering if with_them is not None else ():
            if name not in marks:
                company.setdefault(name, with_them or "")
    return company


def species_in(cast: Mapping[str, Character], name: str) -> str:
    return cast[name].species if name in cast else "person"


def _animal_marks(
    animals: Sequence[str],
    marks: Mapping[str, Mark],
    by_hand: Mapping[str, tuple[float, float]],
    sitting: frozenset[str],
    led_in: Mapping[str, str],
    kind: PlaceKind,
) -> dict[str, Mark]:
    """Animals keep to the outer side of somebody, a little towards the master's camera, out of reach of knees."""
    points = {name: (mark.x, mark.z) for name, mark in marks.items()}
    owners = list(marks.items()) or [("", Mark(0.0, 0.2, 180.0))]
    for i, name in enumerate(animals):
        owner_name, owner = owners[i % len(owners)]
        if name in led_in:
            owner_name, owner = led_in[name], marks[led_in[name]]
        outward = -1.0 if owner.x <= 0 else 1.0
        aside = 1.05 if owner_name in sitting else 0.85
        # Before a bench, not beside it, whose arm would stand between the two.
        aside, nearer = (0.62, 0.8) if owner_name in sitting and has_benches(kind) else (aside, 0.3)
        points[name] = by_hand.get(name, (owner.x + outward * aside, owner.z - nearer))
    points = make_way(points, frozenset(marks) | frozenset(by_hand))
    return {name: Mark(*points[name], 180.0 + (55.0 if points[name][0] > 0 else -55.0)) for name in animals}
