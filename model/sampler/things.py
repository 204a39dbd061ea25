"""Things in hands and on tables over the time of a shot: held, taken up, put down, handed over, thrown, dropped."""

from __future__ import annotations

from model.sampler.scene import Setting, ahead, colour_of
from model.sampler.words import COLOURS
from model.stage import ActName, Attachment, Figure, Prop, PropKey, Vec3

__all__ = ["HANDLED", "TABLE_M", "brought_table", "handled"]

TABLE_M = 0.74
HANDLED: dict[ActName, tuple[str, ...]] = {
    "give": ("letter", "book", "flowers", "key", "wallet"), "drink": ("cup", "glass", "bottle"),
    "eat": ("apple", "pizza", "cake"), "phone": ("phone",), "read": ("book", "letter", "newspaper", "map"),
    "carry": ("box",), "throw": ("ball", "football", "book"), "shoot": ("gun",), "write": ("pen",),
    "type": ("laptop", "typewriter"), "pick_up": ("book", "cup", "letter", "key", "bottle", "hat", "apple"),
    "put_down": ("book", "cup", "letter", "bottle", "glass", "plate"),
    "drop": ("cup", "glass", "book", "letter", "ball"),
}  # fmt: skip
"""What is in hand for an act."""
_CARRIED = ("umbrella", "suitcase", "lantern", "flowers", "book", "cup", "bag", "torch", "camera")
_LAID: tuple[tuple[str, str], ...] = (
    ("cup", ""), ("cup", "empty"), ("candle", ""), ("bottle", "open"), ("glass", ""), ("plate", ""),
    ("apple", "bitten"),     ("lamp", ""), ("book", ""), ("flowers", ""),
)  # fmt: skip
_TEXT = {"letter": "DEAR ANNA", "newspaper": "NEWS", "book": "NIGHT", "map": ""}
_DULL = frozenset({"phone", "gun", "pen", "key", "letter", "newspaper", "apple", "pizza", "cake", "map", "box"})
_THROWN_M, _AT_TABLE_M = 4.2, 0.50


def handled(setting: Setting, lead: Figure, act: ActName, taker: Figure | None) -> Prop:
    """What the first figure has in hand, with what becomes of it."""
    rng = setting.rng
    body = lead.body[0]
    kind = rng.choice(HANDLED.get(act, _CARRIED))
    colour = None if kind in _DULL else colour_of(setting.split, kind, COLOURS, rng).rgb
    held = Attachment(figure=lead.id, hand="right" if rng.random() < 0.7 else "left")
    x, z = ahead(body.x_m, body.z_m, body.heading_deg, _AT_TABLE_M)
    spot = Vec3(x, TABLE_M, z)
    prop = Prop(id="THING", kind=kind, position=spot, heading_deg=body.heading_deg, colour=colour,
                text=_TEXT.get(kind, ""), held=held)  # fmt: skip
    if act == "none" or not lead.acts:
        return prop
    start_s, end_s = lead.acts[0].start_s, lead.acts[0].end_s
    half_s = start_s + 0.5 * (end_s - start_s)

    def then(time_s: float, at: Vec3, to: Attachment | None, falls: bool = False) -> Prop:
        key = PropKey(time_s=time_s, position=at, heading_deg=body.heading_deg, held=to,
                      moves="falls" if falls else "jumps")  # fmt: skip
        return Prop(id=prop.id, kind=kind, position=spot, heading_deg=prop.heading_deg, colour=colour, text=prop.text,
                    held=None if act == "pick_up" else held, keys=(key,))  # fmt: skip

    if act == "type":
        return Prop(id="THING", kind=kind, position=Vec3(x, TABLE_M, z), heading_deg=body.heading_deg, colour=None)
    if act == "pick_up":
        return then(half_s, spot, held)
    if act == "put_down":
        return then(half_s, spot, None)
    if act == "give" and taker is not None:
        return then(half_s, spot, Attachment(figure=taker.id, hand="right"))
    if act == "throw":
        far = _thrown_m(setting, lead)
        x, z = ahead(body.x_m, body.z_m, body.heading_deg, far)
        return then(min(half_s + 0.25 + far / 7.0, setting.duration_s), Vec3(x, 0.0, z), None, falls=True)
    if act == "drop":
        x, z = ahead(body.x_m, body.z_m, body.heading_deg, 0.42)
        return then(start_s + 0.35 * (end_s - start_s) + 0.42, Vec3(x, 0.0, z), None, falls=True)
    return prop


def _thrown_m(setting: Setting, lead: Figure) -> float:
    """How far a throw goes before the room ends."""
    body = lead.body[0]
    a = ahead(0.0, 0.0, body.heading_deg, 1.0)
    return max(1.2, min(_THROWN_M, setting.ground.reach_m(body.x_m, body.z_m, a) - 0.5))


def brought_table(setting: Setting, table: Prop, busy: bool) -> tuple[list[Prop], tuple[str, ...]]:
    """One or two things on a table's far side, in a state of their own, and their kinds."""
    rng = setting.rng
    found: list[Prop] = []
    for number, (kind, state) in enumerate(rng.sample(_LAID, 1 if busy else 2)):
        if any(prop.kind == kind for prop in found):
            continue
        x, z = ahead(table.position.x, table.position.z, table.heading_deg + (-60.0, 65.0)[number], 0.24)
        found.append(Prop(id=f"LAID{number + 1}", kind=kind, position=Vec3(x, TABLE_M, z), state=state))
    return found, tuple(prop.kind for prop in found)
