"""The body's poses with their own life: breath, shifted weight, the swing of a gait, a rider's seat.

One function for each kind of pose gives a `Pose`; feet that stand on the floor are put down by
`model.theatre.motion.steps`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.stage import Figure, PoseName
from model.theatre.motion.marks import Mark, ease
from model.theatre.motion.pose import Pose, Three, blend
from model.theatre.motion.skeleton import Build
from model.theatre.motion.steps import pace_of, step_m

__all__ = ["Moment", "pose_of"]

SEAT_HIP_M = 0.545  # the hip joints of who sits, over the floor under the seat


@dataclass(frozen=True)
class Moment:
    """All that a pose depends on: who, how built, where the mark is, how many steps have been taken, when."""

    figure: Figure
    build: Build
    mark: Mark
    steps: float
    time_s: float

    def noise(self, channel: int, pace: float) -> float:
        """A slow seeded wander in about [-1, 1]."""
        p = (self.figure.seed % 9973) * 0.7548 + channel * 2.399
        return 0.6 * math.sin(pace * self.time_s + p) + 0.4 * math.sin(pace * 1.73 * self.time_s + 1.7 * p)

    @property
    def breath(self) -> float:
        """In and out, -1 to 1."""
        return math.sin(1.55 * self.time_s + self.figure.seed % 5)


def pose_of(kind: PoseName, now: Moment) -> Pose:
    """A body in one of the poses at a moment."""
    if kind in ("walk", "run"):
        return _run(now) if kind == "run" else _walk(now)
    made = {
        "stand": _stand, "sit": _sit, "lie": _lie, "kneel": _kneel, "crouch": _crouch, "ride": _ride,
        "drive": _drive, "swim": _swim, "fly": _fly,
    }[kind]  # fmt: skip
    return made(now)


def _bearing(now: Moment) -> tuple[float, float]:
    """How bowed age and mood keep a person: the back's lean, the head's."""
    old, _ = pace_of(now.figure.look)
    mood = now.figure.emotion_strength * {"sad": 1.0, "afraid": 0.5, "tender": 0.2}.get(now.figure.emotion, 0.0)
    return 0.13 * old + 0.06 * mood, 0.10 * mood - 0.06 * old


def _stand(now: Moment) -> Pose:
    """A weight-shifting stand; the seed picks how the arms rest."""
    seed, grown = now.figure.seed, 1.0 - 0.5 * now.build.child
    side = 1.0 if seed % 2 else -1.0
    shift = side * (0.55 + 0.45 * math.tanh(2.5 * math.sin(0.35 * now.time_s + seed % 7)))
    sway, swing = 0.008 * now.noise(1, 0.8), 0.014 * now.breath
    right, left = (0.15, -0.955, 0.10), (-0.15, -0.955, 0.10)
    style = (seed // 2) % 3
    if style == 1:  # a hand at the hip pocket
        right = (0.24, -0.83, 0.10) if side > 0 else right
        left = (-0.24, -0.83, 0.10) if side < 0 else left
    elif style == 2:
        right, left = (0.13, -0.95, 0.17), (-0.17, -0.96, 0.04)
    back, head = _bearing(now)
    return Pose(
        pelvis=(0.030 * shift + sway, 0.990 - 0.006 * abs(shift), 0.01),
        hips_roll=-0.055 * shift * grown,
        hips_yaw=0.05 * shift,
        tilt=0.045 * shift * grown,
        lean=0.012 + 0.008 * now.breath + back,
        twist=0.03 * now.noise(2, 0.5),
        shrug=0.006 * now.breath,
        head_pitch=0.02 * now.noise(3, 0.7) + head,
        head_roll=-0.025 * shift + 0.02 * now.noise(4, 0.6),
        right_hand=(right[0], right[1] + swing * 0.3, right[2] + swing + back),
        left_hand=(left[0], left[1] + swing * 0.3, left[2] + swing * 0.8 + back),
        knees=0.16,
    )


def _phase(now: Moment) -> tuple[float, float, float]:
    """The right foot's reach ahead, the weight's swing to the right, the body's rise: each from -1 to 1."""
    m = math.pi * (now.steps + now.figure.seed % 2)
    return -math.sin(m), math.cos(m), math.cos(2 * m)


def _walk(now: Moment) -> Pose:
    ahead, sway, bob = _phase(now)
    old, heavy = pace_of(now.figure.look)
    speed = math.hypot(now.mark.sideways_m_s, now.mark.forward_m_s)
    brisk = min(1.25, max(0.35, speed / (1.9 * step_m(now.figure.look, 0.0))))
    back, head = _bearing(now)
    swing = -ahead * brisk * (1 - 0.45 * old)
    roll = 1.0 + 0.8 * heavy
    return Pose(
        pelvis=(0.024 * sway * roll, 0.962 + 0.020 * bob, 0.0),
        hips_yaw=0.12 * ahead * brisk,
        hips_roll=-0.035 * sway * roll,
        lean=0.035 * brisk + back,
        tilt=0.028 * sway * roll,
        twist=0.14 * swing,
        head_pitch=0.012 * bob + head,
        right_hand=(0.12, -0.92 + 0.07 * abs(swing), 0.07 + back + (0.36 if swing > 0 else 0.28) * swing),
        left_hand=(-0.12, -0.92 + 0.07 * abs(swing), 0.07 + back - (0.36 if swing < 0 else 0.28) * swing),
        knees=0.08,
    )


def _run(now: Moment) -> Pose:
    ahead, sway, bob = _phase(now)
    swing = -ahead
    up, down = max(0.0, swing), max(0.0, -swing)
    return Pose(
        pelvis=(0.010 * sway, 0.885 - 0.030 * bob, 0.0),
        hips_yaw=0.22 * ahead,
        recline=-0.10,
        lean=0.12,
        twist=0.28 * swing,
        head_pitch=0.02,
        right_hand=(0.05 - 0.12 * up, -0.46 + 0.22 * up, 0.20 + 0.44 * swing),
        left_hand=(-0.05 + 0.12 * down, -0.46 + 0.22 * down, 0.20 - 0.44 * swing),
        right_fist=0.7,
        left_fist=0.7,
        knees=0.05,
    )


def _sit(now: Moment) -> Pose:
    build, seed = now.build, now.figure.seed
    leg = build.thigh + build.shin
    hip = (SEAT_HIP_M - build.ankle) / leg
    drop = max(0.0, hip - 0.52)  # who is short for the seat lets the feet hang
    back, head = _bearing(now)
    style = (seed // 2) % 3
    hands: tuple[Three, Three] = ((-0.02, -0.66, 0.52), (0.04, -0.68, 0.50))
    if style == 1:  # hands together in the lap
        hands = ((-0.30, -0.72, 0.40), (0.34, -0.70, 0.42))
    elif style == 2:  # one on the knee
        hands = ((0.02, -0.60, 0.66), (0.10, -0.74, 0.40))
    return Pose(
        pelvis=(0.0, hip, 0.0),
        recline=0.05 if style == 1 else -0.02,
        lean=0.03 + 0.012 * now.breath + back,
        tilt=0.02 * now.noise(2, 0.4),
        head_pitch=0.02 * now.noise(3, 0.7) + head,
        head_roll=0.02 * now.noise(4, 0.6),
        right_hand=hands[0],
        left_hand=hands[1],
        right_foot=(0.15, drop, 0.50),
        left_foot=(-0.15, drop, 0.47),
        shrug=0.006 * now.breath,
        knees=0.20,
    )


def _lie(now: Moment) -> Pose:
    build = now.build
    leg = build.thigh + build.shin
    return Pose(
        pelvis=(0.0, (0.115 * build.girth - build.ankle) / leg, 0.0),
        recline=1.50,
        lean=0.06 + 0.01 * now.breath,
        head_pitch=0.16 + 0.02 * now.noise(3, 0.7),
        right_hand=(0.30, -0.90, 0.06),
        left_hand=(0.24, -0.66, 0.27 + 0.02 * now.breath),
        left_fingers=(0.75, -0.35, -0.10),
        elbows=0.8,
        right_foot=(0.16, -0.01, 0.98),
        left_foot=(-0.13, -0.01, 0.93),
        knees=0.2,
    )


def _kneel(now: Moment) -> Pose:
    """One knee on the floor."""
    back, head = _bearing(now)
    return Pose(
        pelvis=(0.0, 0.50, -0.10),
        lean=0.10 + 0.012 * now.breath + back,
        head_pitch=0.02 * now.noise(3, 0.7) + head,
        right_hand=(0.02, -0.62, 0.42),
        left_hand=(-0.10, -0.84, 0.26),
        right_foot=(0.13, 0.0, 0.36),
        left_foot=(-0.12, 0.0, -0.66),
        left_toe=1.15,
        knees=0.16,
        shrug=0.006 * now.breath,
    )


def _crouch(now: Moment) -> Pose:
    """Low over both feet, ready to go on; one who moves so creeps."""
    ahead, sway, _ = _phase(now)
    speed = math.hypot(now.mark.sideways_m_s, now.mark.forward_m_s)
    goes = min(1.0, speed / 0.5)
    return Pose(
        pelvis=(0.02 * sway * goes, 0.50, -0.14),
        recline=-0.42,
        lean=0.28 + 0.012 * now.breath,
        head_pitch=-0.06 + 0.02 * now.noise(3, 0.7),
        twist=-0.10 * ahead * goes,
        right_hand=(-0.06, -0.62, 0.48 - 0.10 * ahead * goes),
        left_hand=(0.06, -0.60, 0.44 + 0.10 * ahead * goes),
        right_foot=(0.15, 0.0, 0.16),
        left_foot=(-0.15, 0.0, -0.14),
        left_toe=0.45,
        knees=0.34,
        shrug=0.012,
    )


def _ride(now: Moment) -> Pose:
    """Astride, reins or handlebars before the body; it goes with what carries it.

    A low saddle is a bicycle's: the feet are on pedals, which turn at a cyclist's speed.
    """
    leg = now.build.thigh + now.build.shin
    speed = math.hypot(now.mark.sideways_m_s, now.mark.forward_m_s)
    wheels = 1 - ease((now.mark.height_m - 0.6) / 0.25)
    gait = min(1.0, speed / 3.0)
    beat = gait * math.sin(2 * math.pi * now.mark.travelled_m / 2.4) * (1 - wheels)
    hip = (SEAT_HIP_M - now.build.ankle) / leg
    y = hip + 0.03 * beat
    turn = 2 * math.pi * now.mark.travelled_m / 4.6
    crank = 0.165 / leg * (1 - ease((speed - 6.5) / 2.5))
    pedal_y = (0.31 - now.mark.height_m - now.build.ankle) / leg

    def foot(angle: float) -> tuple[float, float]:
        """Height and reach ahead of a foot, in a stirrup or on its pedal."""
        low, ahead = pedal_y - crank * math.cos(angle), 0.20 + crank * math.sin(angle)
        return hip - 0.80 + (low - hip + 0.80) * wheels, 0.16 + (ahead - 0.16) * wheels

    (ry, rz), (ly, lz) = foot(turn), foot(turn + math.pi)
    wide, out = 0.30 - 0.20 * wheels, 0.62 - 0.52 * wheels
    return Pose(
        pelvis=(0.0, y, 0.0),
        recline=-0.06 - 0.16 * gait - 0.14 * wheels,
        lean=0.05 + 0.03 * beat + 0.010 * now.breath,
        head_pitch=0.02 * now.noise(3, 0.7) - 0.05 * gait - 0.10 * wheels,
        right_hand=(-0.20 + 0.16 * wheels, -0.60 + 0.10 * wheels, 0.56 + 0.16 * wheels + 0.03 * beat),
        left_hand=(0.20 - 0.16 * wheels, -0.60 + 0.10 * wheels, 0.56 + 0.16 * wheels + 0.03 * beat),
        right_fist=0.8,
        left_fist=0.8,
        right_foot=(wide, ry, rz),
        left_foot=(-wide, ly, lz),
        right_toe=-0.12 + 0.2 * wheels,
        left_toe=-0.12 + 0.2 * wheels,
        right_turn=0.3 - 0.25 * wheels,
        left_turn=-0.3 + 0.25 * wheels,
        knees=out,
    )


def _drive(now: Moment) -> Pose:
    """At a wheel: both hands on it, small corrections, feet at the pedals."""
    build = now.build
    leg = build.thigh + build.shin
    hip = (SEAT_HIP_M - build.ankle) / leg
    wheel = 0.05 * now.noise(5, 1.3) + 0.03 * now.noise(6, 2.9)
    return Pose(
        pelvis=(0.0, hip, 0.0),
        recline=0.10,
        lean=0.05 + 0.010 * now.breath,
        head_pitch=-0.02 + 0.015 * now.noise(3, 0.9),
        head_yaw=0.03 * now.noise(2, 0.5),
        right_hand=(-0.10, -0.30 - wheel, 0.72),
        left_hand=(0.10, -0.30 + wheel, 0.72),
        right_fist=0.9,
        left_fist=0.9,
        right_foot=(0.12, 0.02, 0.70),
        left_foot=(-0.14, 0.0, 0.58),
        right_toe=-0.30,
        knees=0.12,
    )


def _swim(now: Moment) -> Pose:
    """A crawl along the heading, at the surface that is the mark's floor; who stays treads water."""
    speed = math.hypot(now.mark.sideways_m_s, now.mark.forward_m_s)
    goes = min(1.0, speed / 0.6)
    turn = 2 * math.pi * (0.55 * now.time_s + (now.figure.seed % 8) / 8)
    kick = 0.08 * math.sin(5.5 * now.time_s)

    def stroke(angle: float, sign: float) -> Three:
        """Ahead and in, down under the body, out by the hip, back over the water."""
        c, s = math.cos(angle), math.sin(angle)
        return sign * (0.10 + 0.16 * max(0.0, -s)), 0.10 + 0.80 * c, 0.55 * s if s > 0 else 0.35 * s

    roll = 0.30 * math.sin(turn)
    crawl = Pose(
        pelvis=(0.0, -0.10, 0.0),
        recline=-1.42,
        twist=roll,
        hips_yaw=0.5 * roll,
        head_pitch=-0.75,
        head_yaw=0.4 * roll,
        elbows=1.5,
        right_hand=stroke(turn, 1.0),
        left_hand=stroke(turn + math.pi, -1.0),
        right_fist=-1.0,
        left_fist=-1.0,
        right_foot=(0.10, -0.25 + kick, -0.975),
        left_foot=(-0.10, -0.25 - kick, -0.975),
        right_toe=1.2,
        left_toe=1.2,
    )
    tread = Pose(  # the chin at the surface, the rest under it
        pelvis=(0.0, -0.72 + 0.02 * math.sin(2.2 * now.time_s), 0.0),
        lean=0.10,
        head_pitch=-0.10,
        right_hand=(0.35 + 0.14 * math.sin(2.6 * now.time_s), -0.12, 0.52),
        left_hand=(-0.35 - 0.14 * math.sin(2.6 * now.time_s), -0.12, 0.52),
        right_fist=-1.0,
        left_fist=-1.0,
        right_foot=(0.16, -1.58, 0.10 + 0.16 * math.sin(2.6 * now.time_s)),
        left_foot=(-0.16, -1.58, 0.10 - 0.16 * math.sin(2.6 * now.time_s)),
        right_toe=0.6,
        left_toe=0.6,
        knees=0.3,
    )
    return blend(tread, crawl, goes)


def _fly(now: Moment) -> Pose:
    """Borne by the air, arms ahead."""
    drift = 0.03 * now.noise(1, 1.1)
    return Pose(
        pelvis=(0.0, 0.9 + drift, 0.0),
        recline=-1.30,
        head_pitch=-0.70,
        right_hand=(-0.05, 0.92, 0.25 + drift),
        left_hand=(-0.20, -0.90, 0.15),
        right_fist=1.0,
        left_fist=0.6,
        right_foot=(0.09, 0.64 + drift, -0.94),
        left_foot=(-0.09, 0.60 + drift, -0.90),
        right_toe=1.2,
        left_toe=1.2,
    )
