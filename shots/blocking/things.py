"""Props on the stage: in a hand, on a wall, on a table or a seat, or on the floor by whoever uses them; their sizes.

A thing is where it belongs: what hangs hangs at eye height, what is small lies on the nearest surface. A lamp
or clock of the open air is the set's own; only a shot of the thing itself gets one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from model.stage import Attachment, PlaceKind, Vec3
from model.stage import Prop as StageProp
from model.states import state_of
from shots.blocking.anatomy import SEAT_M, Body, offset
from shots.blocking.colours import colour_of, seeded
from shots.blocking.sizes import LARGE_M, Extent, extent_of
from shots.kinds import prop_kind
from shots.spec import Presence, Prop, Scene, Shot

__all__ = ["TABLE_M", "hand_of", "kind_of", "place_props", "raised", "side_table", "wall_heading"]

TABLE_M = 0.74
_HANGING = frozenset({"banner", "blackboard", "calendar", "clock", "mirror", "painting", "poster", "screen"})
_FINER: Mapping[str, str] = {
    "ball": "football", "box": "gift", "candle": "match", "clock": "watch", "cup": "mug teapot",
    "food": "apple bread cake pizza", "glass": "wine", "guitar": "violin", "hammer": "axe broom cane",
    "hat": "helmet", "laptop": "tablet", "leash": "necklace rope tag", "letter": "envelope paper",
    "money": "coin wallet", "paper": "ticket", "phone": "telephone", "photo": "painting", "plate": "pan",
    "radio": "microphone record_player", "ring": "coin necklace", "sign": "flag poster", "toy": "balloon doll",
}  # fmt: skip
_IN_HAND = {"cake": "slice", "pizza": "slice"}  # what one takes of it
_READ = frozenset({
    "badge", "book", "envelope", "letter", "map", "newspaper", "paper", "phone", "photo", "tablet", "tag", "ticket",
    "wallet", "watch",
})  # fmt: skip
_LASTING = frozenset({"bitten", "bloody", "broken", "crumpled", "eaten", "empty", "half", "torn", "wilted"})
_SELF_LIT = frozenset({"phone", "tablet"})
_EYE_LEVEL_M = 1.55
_OPEN_AIR = {"clock": "street_clock", "lamp": "street_lamp"}
# Where walls are free of doors, windows and furniture: x, z and the heading that a hung thing faces.
_WALLS: Mapping[PlaceKind, tuple[float, float, float]] = {
    "living_room": (3.67, 2.7, 270.0), "bedroom": (3.27, 2.5, 270.0), "kitchen": (3.27, -1.5, 270.0),
    "office": (4.47, -2.9, 270.0), "cafe": (-4.17, -4.3, 90.0), "bar": (4.47, 3.9, 270.0),
    "corridor": (2.27, -0.2, 270.0), "hospital": (3.97, 3.1, 270.0), "prison_cell": (1.92, -1.25, 270.0),
    "bathroom": (2.17, 2.1, 270.0),
}  # fmt: skip
_WALL_STEP_M = 0.95
_ON_TABLE = ((-0.13, -0.1), (0.19, -0.08), (0.03, 0.14), (-0.24, 0.1), (0.25, 0.15))  # aside and back, in metres
_BEHIND_TWO_M = 0.72
_ROOM_M = 0.62  # of a side table's middle from anybody


def kind_of(spec: Prop) -> str:
    """How a prop is drawn: as it says, or finer when its name says more ("food" that is called CAKE is a cake)."""
    named = prop_kind(spec.id)
    if spec.kind is None:
        return named or spec.id.casefold().split()[-1]
    return named if named and named in _FINER.get(spec.kind, "").split() else spec.kind


def raised(presence: Presence, catalogue: Mapping[str, Prop]) -> Presence:
    """Whoever looks at what is in their hand, when it is a thing to be read, lifts it to the eyes."""
    thing = presence.looks_at
    if presence.act not in ("none", "look") or thing is None or thing not in presence.holds[:1]:
        return presence
    return replace(presence, act="read") if kind_of(catalogue.get(thing) or Prop(id=thing)) in _READ else presence


def wall_heading(prop: StageProp) -> float | None:
    """The heading that a prop on a wall faces; None for one that stands, lies or is held."""
    hangs = prop.kind in _HANGING and prop.held is None and prop.position.y > TABLE_M + 0.2
    return prop.heading_deg if hangs else None


def hand_of(body: Body, hand: str, reads: bool = False) -> Vec3:
    """About where a hand that carries something is: before the body, below the chest; raised by who reads."""
    if reads:
        x, z = offset(body.x, body.z, body.heading_deg, 0.232 * body.tall)
        return Vec3(x, max(body.shoulders - 0.175 * body.tall, 0.3), z)
    x, z = offset(body.x, body.z, body.heading_deg, 0.193 * body.tall)
    x, z = offset(x, z, body.heading_deg + 90.0, (0.115 if hand == "right" else -0.115) * body.tall)
    return Vec3(x, max(body.shoulders - 0.278 * body.tall, 0.3), z)


def side_table(
    scene: Scene,
    catalogue: Mapping[str, Prop],
    marks: Mapping[str, tuple[float, float]],
    furniture: Sequence[StageProp],
) -> StageProp | None:
    """A small table in a room for things that nobody holds; None when there is no need.

    It stands behind two people, within reach of both, or beside whoever comes first.
    """
    if any(piece.id == "table" for piece in furniture) or not any(
        extent_of(kind).large_m < LARGE_M and kind not in _HANGING
        for kind in (kind_of(catalogue.get(name) or Prop(id=name)) for name in _put_down(scene))
    ):
        return None
    points = list(marks.values())
    spots = [(x + side * 0.74, z + 0.22) for x, z in points for side in ((-1, 1) if x <= 0 else (1, -1))]
    if len(points) == 2:
        spots.insert(0, ((points[0][0] + points[1][0]) / 2, max(points[0][1], points[1][1]) + _BEHIND_TWO_M))
    for x, z in (*spots, (0.0, 1.3), (0.0, -0.4)):
        if all(math.dist((x, z), point) >= _ROOM_M for point in points):
            return StageProp(id="table", kind="round_table", position=Vec3(x, 0.0, z))
    return None


def _put_down(scene: Scene) -> set[str]:
    """The things that some shot shows in nobody's hands."""
    loose: set[str] = set()
    for shot in scene.shots:
        held = {name for person in scene.floor(shot) for name in person.holds}
        loose |= {placed.prop for placed in shot.props if placed.mark_m is None} - held
        loose |= {shot.insert_of} - held if shot.insert_of else set()
    return loose


def place_props(
    shot: Shot,
    people: Sequence[Presence],
    bodies: Mapping[str, Body],
    catalogue: Mapping[str, Prop],
    furniture: Sequence[StageProp],
    place: PlaceKind,
    interior: bool,
    before: Mapping[str, StageProp],
    rolled: Mapping[str, StageProp],
) -> tuple[tuple[StageProp, ...], dict[str, Vec3], dict[str, Vec3]]:
    """The shot's props, for each the point one looks at, and for each where it lies when nobody has it.

    What lay somewhere in the shot `before` still lies there; vehicles are `rolled` already.
    """
    props: list[StageProp] = []
    points: dict[str, Vec3] = {}
    spots: dict[str, Vec3] = {}
    states = {placed.prop: placed.state for placed in shot.props}

    def spec_of(prop_id: str) -> Prop:
        return catalogue.get(prop_id) or Prop(id=prop_id)

    def add(prop_id: str, kind: str, at: Vec3, heading: float, held: Attachment | None, middle_m: float) -> None:
        spec = spec_of(prop_id)
        usual = "closed" if interior and kind == "umbrella" else ""
        if held is not None:
            usual = _IN_HAND.get(kind, usual)
        if prop_id == shot.insert_of and kind in _SELF_LIT:
            usual = "lit"
        props.append(
            StageProp(
                id=prop_id, kind=kind, position=at, heading_deg=heading, colour=colour_of(spec.colour),
                state=state_of(kind, states.get(prop_id, "")) or _kept_state(before.get(prop_id)) or usual,
                text=spec.text, held=held,
            )
        )  # fmt: skip
        points[prop_id] = Vec3(at.x, at.y + middle_m, at.z)

    for presence in people:
        body = bodies.get(presence.character)
        for i, prop_id in enumerate(presence.holds[:2]):
            if body is None or prop_id in points:
                continue
            kind, hand = kind_of(spec_of(prop_id)), "left" if i else "right"
            attachment = Attachment(figure=presence.character, hand="left" if i else "right")
            at = hand_of(body, hand, presence.act == "read" and i == 0)
            add(prop_id, kind, at, body.heading_deg, attachment, extent_of(kind).over_hand_m)
    free = [placed.prop for placed in shot.props if placed.prop not in points]
    if shot.insert_of is not None and shot.insert_of not in points and shot.insert_of not in free:
        free.append(shot.insert_of)
    marks = {placed.prop: placed.mark_m for placed in shot.props if placed.mark_m is not None}
    present = [bodies[p.character] for p in people if p.character in bodies]
    for i, prop in enumerate(props):
        lay = before.get(prop.id)
        spots[prop.id] = (
            lay.position
            if lay is not None and lay.held is None
            else _spot(
                prop.id,
                i,
                extent_of(prop.kind),
                furniture,
                [bodies[p.character] for p in people if prop.held and p.character == prop.held.figure] or present,
            )
        )
    hung = 0
    for i, prop_id in enumerate(dict.fromkeys(free)):
        if prop_id in rolled:
            continue
        kind, mark = kind_of(spec_of(prop_id)), marks.get(prop_id)
        if kind in _OPEN_AIR and (place == "station" or not interior):
            kind = _OPEN_AIR[kind]
            x, z = (float(mark[0]), float(mark[1])) if mark else (1.6, 3.2)
            if prop_id == shot.insert_of:
                add(prop_id, kind, Vec3(x, 0.0, z), 180.0, None, extent_of(kind).middle_m)
            points[prop_id] = Vec3(x, extent_of(kind).middle_m, z)
            continue
        extent = extent_of(kind)
        if mark is None and kind in _HANGING and interior and place in _WALLS:
            x, z, heading = _WALLS[place]
            foot = Vec3(x, _EYE_LEVEL_M - 0.5 * extent.high_m, z - _WALL_STEP_M * hung)
            add(prop_id, kind, foot, heading, None, 0.5 * extent.high_m)
            hung += 1
            continue
        lay = before.get(prop_id)
        if mark is None and lay is not None and lay.held is None:
            at = lay.position
        else:
            at = _marked(mark, extent, furniture) if mark else _spot(prop_id, i, extent, furniture, present)
        add(prop_id, kind, at, 180.0 if lay is None else lay.heading_deg, None, extent.middle_m)
    for prop_id, vehicle in rolled.items():
        props.append(vehicle)
        last = vehicle.keys[-1].position if vehicle.keys else vehicle.position
        points[prop_id] = Vec3(last.x, last.y + extent_of(vehicle.kind).middle_m, last.z)
    return tuple(props), points, {**spots, **{p.id: p.position for p in props if p.held is None}}


def _kept_state(before: StageProp | None) -> str:
    """What cannot be undone stays as it is, a bite or a crack; other states are said anew."""
    return before.state if before is not None and before.state in _LASTING else ""


def _marked(mark: Sequence[float], extent: Extent, furniture: Sequence[StageProp]) -> Vec3:
    """Where the storyboard says: on the table, when one stands there."""
    x, z = float(mark[0]), float(mark[1])
    table = next((piece for piece in furniture if piece.id == "table"), None)
    on_table = table is not None and math.dist((x, z), (table.position.x, table.position.z)) < 0.5
    return Vec3(x, TABLE_M if on_table and extent.large_m < LARGE_M else 0.0, z)


def _spot(prop_id: str, index: int, extent: Extent, furniture: Sequence[StageProp], bodies: Sequence[Body]) -> Vec3:
    """A free place: small things on the table or a bench, else on the floor before and beside the first user."""
    jitter = seeded("spot", prop_id) % 100 / 100 - 0.5
    table = next((piece for piece in furniture if piece.id == "table"), None)
    bench = next((piece for piece in furniture if piece.kind == "bench"), None)
    small = extent.large_m < LARGE_M
    if table is not None and small:
        share = 1.0 if table.kind == "round_table" else 1.35
        aside, back = _ON_TABLE[index % len(_ON_TABLE)]
        x, z = table.position.x + share * aside, table.position.z + share * back + 0.04 * jitter
        return Vec3(x, TABLE_M, z)
    if bench is not None and small:
        outward = -1.0 if bench.position.x <= 0 else 1.0
        aside = outward * (0.46 + 0.16 * (index % 2))
        return Vec3(bench.position.x + aside, SEAT_M, bench.position.z - 0.08)
    if not bodies:
        return Vec3(0.45 * index, 0.0, 0.4 + jitter * 0.2)
    body = next((b for b in bodies if not b.ahead), bodies[0])
    outward = -1.0 if body.x <= 0 else 1.0
    reach = body.half_body + 0.35 + 0.5 * extent.large_m + 0.4 * index
    if any(math.dist((b.x, b.z), (body.x + outward * reach, body.z)) < 0.9 for b in bodies if b is not body):
        outward = -outward
    x, z = body.x + outward * reach, body.z + (-0.15 if small else 0.5) + 0.1 * jitter
    if table is not None and math.dist((x, z), (table.position.x, table.position.z)) < 0.5 + 0.5 * extent.large_m:
        z = table.position.z - 0.5 - 0.5 * extent.large_m
    return Vec3(x, 0.0, z)
