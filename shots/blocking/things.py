"""Props on the stage: in a hand, on the table, or on the floor by whoever uses them, and how large they are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from model.stage import Attachment, Vec3
from model.stage import Prop as StageProp
from shots.blocking.anatomy import Body, offset
from shots.blocking.colours import colour_of, seeded
from shots.spec import Presence, Prop, Shot

__all__ = ["TABLE_M", "extent_of", "hand_of", "place_props"]

TABLE_M = 0.74
_EXTENT_M: Mapping[str, float] = {
    "phone": 0.16, "cup": 0.13, "mug": 0.13, "glass": 0.14, "key": 0.10, "keys": 0.10, "ring": 0.06, "coin": 0.05,
    "letter": 0.26, "paper": 0.30, "note": 0.2, "photo": 0.2, "photograph": 0.2, "book": 0.28, "notebook": 0.26,
    "newspaper": 0.4, "map": 0.4, "gun": 0.28, "pistol": 0.28, "knife": 0.28, "bottle": 0.30, "lantern": 0.36,
    "lamp": 0.45, "candle": 0.25, "flashlight": 0.26, "torch": 0.26, "watch": 0.12, "clock": 0.35, "cake": 0.3,
    "plate": 0.28, "apple": 0.12, "food": 0.3, "flower": 0.35, "flowers": 0.4, "bag": 0.5, "umbrella": 0.95,
    "guitar": 1.0, "box": 0.4, "laptop": 0.38, "computer": 0.5, "camera": 0.2, "radio": 0.42,
    "tv": 0.7, "door": 2.1, "chair": 0.9, "table": 1.1, "desk": 1.2, "bed": 1.9, "sofa": 1.8, "bench": 1.5,
    "car": 4.2, "bicycle": 1.6, "bike": 1.6, "tree": 3.5, "sign": 1.1, "window": 1.4,
    "screen": 1.1, "suitcase": 0.7, "bowl": 0.2, "toy": 0.3, "telephone": 0.28, "money": 0.18, "pen": 0.16,
    "cigarette": 0.16, "hat": 0.38, "hammer": 0.35, "leash": 0.6, "ball": 0.22, "armchair": 1.0, "stool": 0.7,
}  # fmt: skip
_MIDDLE_M: Mapping[str, float] = {"sign": 1.75, "leash": 0.05}  # of what does not fill its height
_LARGE_M = 0.62  # what is larger stands on the floor


def extent_of(kind: str) -> float:
    """About how large a prop is, in metres across its largest side."""
    words = kind.casefold().replace("_", " ").split()
    return next((_EXTENT_M[word] for word in reversed(words) if word in _EXTENT_M), 0.26)


def hand_of(body: Body, hand: str) -> Vec3:
    """About where a hand that carries something is: before the body, below the chest."""
    x, z = offset(body.x, body.z, body.heading_deg, 0.193 * body.tall)
    x, z = offset(x, z, body.heading_deg + 90.0, (0.115 if hand == "right" else -0.115) * body.tall)
    return Vec3(x, max(body.shoulders - 0.278 * body.tall, 0.3), z)


def place_props(
    shot: Shot,
    people: Sequence[Presence],
    bodies: Mapping[str, Body],
    catalogue: Mapping[str, Prop],
    furniture: Sequence[StageProp],
    interior: bool,
) -> tuple[tuple[StageProp, ...], dict[str, Vec3]]:
    """The shot's props, and for each the point one looks at."""
    props: list[StageProp] = []
    points: dict[str, Vec3] = {}
    indoors = {"umbrella": "closed"} if interior else {}
    states = {placed.prop: placed.state for placed in shot.props}

    def add(prop_id: str, position: Vec3, heading: float, held: Attachment | None, middle: Vec3) -> None:
        spec = catalogue.get(prop_id) or Prop(id=prop_id)
        kind = _kind(spec)
        props.append(
            StageProp(
                id=prop_id, kind=kind, position=position, heading_deg=heading, colour=colour_of(spec.colour),
                state=states.get(prop_id) or indoors.get(kind, ""), text=spec.text, held=held,
            )
        )  # fmt: skip
        points[prop_id] = middle

    for presence in people:
        body = bodies.get(presence.character)
        for i, prop_id in enumerate(presence.holds[:2]):
            if body is None or prop_id in points:
                continue
            hand = hand_of(body, "left" if i else "right")
            attachment = Attachment(figure=presence.character, hand="left" if i else "right")
            extent = extent_of(_kind(catalogue.get(prop_id) or Prop(id=prop_id)))
            add(prop_id, hand, body.heading_deg, attachment, Vec3(hand.x, hand.y + 0.3 * min(extent, 0.5), hand.z))
    free = [placed.prop for placed in shot.props if placed.prop not in points]
    if shot.insert_of is not None and shot.insert_of not in points and shot.insert_of not in free:
        free.append(shot.insert_of)
    marks = {placed.prop: placed.mark_m for placed in shot.props if placed.mark_m is not None}
    table = next((piece for piece in furniture if piece.id == "table"), None)
    for i, prop_id in enumerate(dict.fromkeys(free)):
        extent = extent_of(_kind(catalogue.get(prop_id) or Prop(id=prop_id)))
        mark = marks.get(prop_id)
        x, y, z = _spot(prop_id, i, extent, table, [bodies[p.character] for p in people if p.character in bodies])
        if mark is not None:
            x, z = float(mark[0]), float(mark[1])
            on_table = table is not None and math.dist((x, z), (table.position.x, table.position.z)) < 0.5
            y = TABLE_M if on_table and extent < _LARGE_M else 0.0
        kind = _kind(catalogue.get(prop_id) or Prop(id=prop_id))
        middle = _MIDDLE_M.get(kind, 0.5 * min(extent, 1.2))
        add(prop_id, Vec3(x, y, z), 180.0, None, Vec3(x, y + middle, z))
    return tuple(props), points


def _kind(spec: Prop) -> str:
    return spec.kind or spec.id.casefold().split()[-1]


def _spot(
    prop_id: str, index: int, extent: float, table: StageProp | None, bodies: Sequence[Body]
) -> tuple[float, float, float]:
    """A free place for a prop: small things on the table, else on the floor before and beside its first user."""
    jitter = seeded("spot", prop_id) % 100 / 100 - 0.5
    if table is not None and extent < _LARGE_M:
        side = (index + 1) // 2 * (0.2 if index % 2 else -0.2)
        return table.position.x + side, TABLE_M, table.position.z - 0.12 + 0.12 * jitter
    if not bodies:
        return 0.45 * index, 0.0, 0.4 + jitter * 0.2
    body = next((b for b in bodies if not b.ahead), bodies[0])
    outward = -1.0 if body.x <= 0 else 1.0
    reach = body.half_body + 0.35 + 0.5 * extent + 0.4 * index
    if any(math.dist((b.x, b.z), (body.x + outward * reach, body.z)) < 0.9 for b in bodies if b is not body):
        outward = -outward
    return body.x + outward * reach, 0.0, body.z + (0.5 if extent >= _LARGE_M else -0.15) + 0.1 * jitter
