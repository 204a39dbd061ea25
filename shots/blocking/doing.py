"""What figures do through a shot: acts, gaze and mouths on the times of its lines.

Listeners look at who speaks, speakers at whom they speak to, with short glances away; hands move on the
stressed parts of longer speeches. All seeded: the same shot is always played the same way.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from audio.speech import SpokenLine
from model.stage import ActKey, ActName, GazeKey, Mouth, Vec3
from shots.blocking.anatomy import Body
from shots.blocking.colours import seeded
from shots.blocking.lens import wrap_deg
from shots.blocking.mouths import mouth_keys, syllable_keys
from shots.spec import LOOKS, Line, Presence, Shot

if TYPE_CHECKING:
    from shots.timing import ShotTiming

__all__ = ["acts_of", "gaze_of", "mouth_of", "partner_of", "speakers"]

_THROUGHOUT: frozenset[ActName] = frozenset({"phone", "type", "write", "read", "eat", "carry", "dance", "clap", "cry"})
_AT_IT: frozenset[ActName] = frozenset({"read", "type", "write", "carry", "dance"})  # already when the shot opens
_LENGTH_S: Mapping[ActName, float] = {
    "look": 1.6, "point": 1.8, "wave": 1.8, "nod": 1.0, "pick_up": 1.6, "put_down": 1.5, "give": 2.0,
    "drink": 2.4, "open_door": 1.8, "close_door": 1.6, "embrace": 3.0, "kiss": 2.8, "shake_hands": 1.9, "hit": 1.0,
    "push": 1.1, "shoot": 1.3, "throw": 1.3, "drop": 1.1, "shrug": 1.2, "shake_head": 1.4, "laugh": 1.9, "fall": 1.2,
    "gesture": 1.4,
}  # fmt: skip
_LIFT_S = 1.5  # longer than a hand takes to the ear
_FEET = frozenset({"none", "walk", "run", "sit_down", "stand_up"})  # what the body keys say


def speakers(shot: Shot, timing: ShotTiming) -> list[tuple[float, float, Line]]:
    """Start, end and line of what is said in the shot, in order of time."""
    said = [(t.start_s, t.start_s + t.duration_s, shot.lines[t.index]) for t in timing.lines]
    return sorted(said, key=lambda each: each[0])


def acts_of(
    presence: Presence, shot: Shot, timing: ShotTiming, target: Vec3 | None, arrives_s: float
) -> tuple[ActKey, ...]:
    """The acts of one figure. What is to be done waits until the figure has arrived."""
    duration_s = timing.duration_s
    acts: list[ActKey] = []
    if presence.act not in _FEET:
        act: ActName = presence.act  # type: ignore[assignment]  # those that are not the feet's
        going_on = act in _AT_IT or (act == "phone" and _calls(presence, shot))
        if going_on and not arrives_s:  # at it, or at the ear, from cut to cut
            start_s, end_s = -_LIFT_S, duration_s + _LIFT_S
        elif act in _THROUGHOUT:
            start_s, end_s = min(arrives_s, 0.5 * duration_s), duration_s
        else:
            length_s = min(_LENGTH_S[act], 0.8 * duration_s)
            start_s = min(max(0.18 * duration_s, arrives_s), duration_s - length_s)
            end_s = start_s + length_s
        acts.append(ActKey(start_s=start_s, end_s=end_s, act=act, target=target))
    busy = [(a.start_s, a.end_s) for a in acts]
    for start_s, end_s, line in speakers(shot, timing):
        if line.character != presence.character or line.heard not in ("on_screen", "phone"):
            continue
        end_s = min(end_s, duration_s)
        if end_s - start_s < 0.1:
            continue
        acts.append(ActKey(start_s=start_s, end_s=end_s, act="speak"))
        for at_s, until_s in _stresses(line, start_s, end_s):
            if not presence.holds and all(until_s <= a or at_s >= b for a, b in busy):
                acts.append(ActKey(start_s=at_s, end_s=until_s, act="gesture"))
    return tuple(sorted(acts, key=lambda act: (act.start_s, act.act)))


def _calls(presence: Presence, shot: Shot) -> bool:
    """Whether a shot is part of a telephone call that was already begun."""
    answers = any("answer" in line.delivery.casefold() or "接" in line.delivery for line in shot.lines)
    return not answers and (_talks(presence.character, shot) or any(line.heard == "phone" for line in shot.lines))


def _stresses(line: Line, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Windows for the hands: at most one for each three seconds, and none in a short answer."""
    length_s = end_s - start_s
    loud = line.text.isupper() or "!" in line.text
    if length_s < (1.0 if loud else 1.8):
        return []
    count = max(1, int(length_s / 3.2))
    windows = []
    for i in range(count):
        seed = seeded("stress", line.character, line.text, i)
        if not loud and seed % 10 >= 6:
            continue
        slot_s = length_s / count
        reach_s = min(1.5, 0.8 * slot_s)
        at_s = start_s + i * slot_s + (seed // 16 % 100) / 100 * (slot_s - reach_s)
        windows.append((at_s, at_s + reach_s))
    return windows


def gaze_of(
    presence: Presence,
    shot: Shot,
    timing: ShotTiming,
    bodies: Mapping[str, Body],
    things: Mapping[str, Vec3],
    partner: str | None,
    seed: int,
) -> tuple[GazeKey, ...]:
    """Where one figure looks through the shot; empty when it looks straight ahead."""
    own = presence.character
    fixed = _point(presence.looks_at, bodies, things) if presence.looks_at != own else None
    if "asleep" in presence.state:
        return (GazeKey(time_s=0.0, target=_towards(bodies[own], "DOWN")),)
    if fixed is None and presence.looks_at in LOOKS:
        fixed = _towards(bodies[own], presence.looks_at)
    if fixed is None and presence.act in ("read", "type", "write", "eat", "phone"):
        down = bodies[own]
        ahead = math.radians(down.heading_deg)
        low = down.chest if presence.act != "phone" else down.eyes - 0.05
        reach = 0.5 if presence.act != "phone" else 2.5
        fixed = Vec3(down.head_x + math.sin(ahead) * reach, low, down.head_z + math.cos(ahead) * reach)
        if presence.act != "phone" and _talks(own, shot):
            fixed = None
    rest = fixed or _point(partner, bodies, things)
    if rest is None:
        return ()
    keys = [GazeKey(time_s=0.0, target=rest)]
    if fixed is None:
        for start_s, _, line in speakers(shot, timing):
            if line.character == own or line.heard in ("voice_over",):
                continue
            target = _point(line.character, bodies, things)
            if target is not None and target != keys[-1].target:
                keys.append(GazeKey(time_s=max(start_s - 0.15, 0.01), target=target))
    return _with_glances(keys, bodies[own], timing, own, shot, seed)


def _towards(body: Body, look: str) -> Vec3:
    """A point where nobody is: overhead, on the floor ahead, or far off in the depth of the set."""
    ahead = math.radians(body.heading_deg)
    x, z = math.sin(ahead), math.cos(ahead)
    if look == "UP":
        return Vec3(body.head_x + 1.6 * x, body.eyes + 1.5, body.head_z + 1.6 * z)
    if look == "DOWN":
        return Vec3(body.head_x + 0.7 * x, max(body.eyes - 0.8, 0.0), body.head_z + 0.7 * z)
    # Half way round at most: who faces the audience is seen from the side then, not from behind.
    swing = min(max(wrap_deg(-body.heading_deg), -45.0), 45.0)
    far = math.radians(body.heading_deg + swing)
    return Vec3(body.head_x + 30.0 * math.sin(far), body.eyes + 0.6, body.head_z + 30.0 * math.cos(far))


def _with_glances(
    keys: list[GazeKey], body: Body, timing: ShotTiming, own: str, shot: Shot, seed: int
) -> tuple[GazeKey, ...]:
    """Short looks away: speakers think, listeners take a breath. None within a second of the cuts."""
    out = list(keys)
    clock = 1.3 + seed % 170 / 100
    count = 0
    while clock < timing.duration_s - 1.2:
        count += 1
        here = [key for key in keys if key.time_s <= clock][-1]
        clear = all(abs(key.time_s - clock) > 0.9 for key in keys)
        if clear:
            away = seeded(seed, count)
            side, drop = (away % 2 * 2 - 1) * 0.35, 0.28 if away // 2 % 3 else -0.12
            dx, dz = here.target.x - body.head_x, here.target.z - body.head_z
            glance = Vec3(
                here.target.x + dz * side, here.target.y - drop * math.hypot(dx, dz), here.target.z - dx * side
            )
            out.append(GazeKey(time_s=clock, target=glance))
            out.append(GazeKey(time_s=clock + 0.45 + away // 8 % 40 / 100, target=here.target))
        clock += (2.6 if _talks(own, shot) else 3.8) + seeded(seed, "gap", count) % 200 / 100
    out.sort(key=lambda key: key.time_s)
    return tuple(a for a, b in pairwise([*out, GazeKey(time_s=math.inf, target=out[-1].target)]) if b.time_s > a.time_s)


def _talks(own: str, shot: Shot) -> bool:
    return any(line.character == own and line.heard in ("on_screen", "phone") for line in shot.lines)


def _point(name: str | None, bodies: Mapping[str, Body], things: Mapping[str, Vec3]) -> Vec3 | None:
    if name is None:
        return None
    return bodies[name].eye_point if name in bodies else things.get(name)


def mouth_of(
    presence: Presence, shot: Shot, timing: ShotTiming, spoken: Mapping[tuple[str, int], SpokenLine]
) -> tuple[Mouth, ...]:
    """One figure's mouth: the phonemes of its own lines that it is seen to say."""
    keys: list[Mouth] = []
    for timed in timing.lines:
        line = shot.lines[timed.index]
        if line.character != presence.character or line.heard not in ("on_screen", "phone"):
            continue
        end_s = min(timed.start_s + timed.duration_s, timing.duration_s)
        voice = spoken.get((timing.shot, timed.index))
        if end_s <= timed.start_s:
            continue
        if voice is not None and voice.phonemes:
            keys.extend(mouth_keys(voice.phonemes, timed.start_s, end_s))
        else:
            keys.extend(syllable_keys(line.text, timed.start_s, end_s))
    return tuple(sorted(keys, key=lambda key: key.time_s))


def partner_of(
    presence: Presence, shot: Shot, people: Sequence[Presence], ranked: Sequence[str], before: str | None
) -> str | None:
    """Whom one looks at and talks to: said, or who speaks to them, or who spoke before, or the first in rank."""
    name = presence.character
    present = {other.character for other in people}
    if presence.looks_at in present and presence.looks_at != name:
        return presence.looks_at
    voices = [line.character for line in shot.lines if line.character in present and line.character != name]
    if voices:
        return voices[0]
    if shot.over in present and shot.over != name:
        return shot.over
    if before in present and before != name:
        return before
    awake = {other.character for other in people if other.pose != "lie"}
    others = [other for other in ranked if other in present and other != name]
    return next((other for other in others if other in awake), others[0] if others else None)
