"""Acts over a pose: hands that reach, point, type and hold, heads that nod, bodies that bend and fall.

Each act eases in and out of whatever the body does; none of them moves the figure's mark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from model.stage import ActName
from model.theatre.motion.acts import body, hands, table, together
from model.theatre.motion.acts.doing import Deed, Doing
from model.theatre.motion.acts.falls import fall
from model.theatre.motion.acts.reach import reached
from model.theatre.motion.marks import ease
from model.theatre.motion.pose import Pose, blend

__all__ = ["Doing", "acted"]

Act = Callable[[Deed, Pose], Pose]

_ACTS: Mapping[ActName, Act] = {
    "carry": hands.carry,
    "clap": hands.clap,
    "close_door": hands.close_door,
    "cry": body.cry,
    "dance": body.dance,
    "drink": table.drink,
    "drop": hands.drop,
    "eat": table.eat,
    "embrace": together.embrace,
    "fall": fall,
    "gesture": body.gesture,
    "hit": hands.hit,
    "kiss": together.kiss,
    "laugh": body.laugh,
    "nod": body.nod,
    "open_door": hands.open_door,
    "phone": table.phone,
    "point": hands.point,
    "push": hands.push,
    "read": table.read,
    "shake_hands": together.shake_hands,
    "shake_head": body.shake_head,
    "shoot": hands.shoot,
    "shrug": body.shrug,
    "speak": body.speak,
    "throw": hands.throw,
    "type": table.type_,
    "wave": hands.wave,
    "write": table.write,
}
"""What a body does; to look is `model.theatre.motion.gaze`'s, to pick up, put down and give `acts.reach`'s."""
_RAMPS: Mapping[ActName, float] = {"hit": 0.22, "push": 0.25, "throw": 0.28, "embrace": 0.7, "kiss": 0.7, "dance": 0.5}
_RAMP_S = 0.35


def acted(doing: Doing, pose: Pose) -> Pose:
    """`pose` with all that the figure does at this moment (who has fallen stays down)."""
    for act in doing.figure.acts:
        length, since = act.end_s - act.start_s, doing.time_s - act.start_s
        do = _ACTS.get(act.act)
        if do is None or length <= 0 or since <= 0 or (since >= length and act.act != "fall"):
            continue
        ramp = min(_RAMPS.get(act.act, _RAMP_S), 0.4 * length)
        weight = ease(since / ramp)
        if act.act != "fall":
            weight = min(weight, ease((length - since) / ramp))
        pose = blend(pose, do(Deed(*doing.parts, act), pose), weight)
    return reached(doing, pose)
