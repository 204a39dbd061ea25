"""What an act has to work with: who acts, in which body, when; and hands that reach points of the stage."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.stage import ActKey, Figure, Vec3
from model.theatre.motion.holding import Hold
from model.theatre.motion.marks import Mark, ease, place_at
from model.theatre.motion.pose import Pose, Three, changed
from model.theatre.motion.skeleton import Build, Trunk, bend, elbow_way, trunk_at, yaw

__all__ = ["Deed", "Doing", "Side", "bump", "handed", "pulse", "with_hand"]

Array = NDArray[np.float64]
Side = str  # "right" or "left"
PALM = 0.55  # of a hand from the wrist to where it takes hold


@dataclass(frozen=True)
class Doing:
    """A figure at a moment: its build, its mark, what it holds, and the time."""

    figure: Figure
    build: Build
    mark: Mark
    holds: tuple[Hold, ...]
    time_s: float

    @property
    def parts(self) -> tuple[Figure, Build, Mark, tuple[Hold, ...], float]:
        """All of it, to tell of one act."""
        return self.figure, self.build, self.mark, self.holds, self.time_s

    @cached_property
    def root(self) -> Array:
        """The way the figure faces, as axes."""
        return yaw(self.mark.heading_rad)

    @cached_property
    def ground(self) -> Array:
        """The mark on its floor."""
        return np.array([self.mark.x_m, self.mark.height_m, self.mark.z_m])

    @property
    def arm(self) -> float:
        """An arm's length in metres, without the hand."""
        return self.build.upper_arm + self.build.forearm

    @property
    def leg(self) -> float:
        """A leg's length in metres."""
        return self.build.thigh + self.build.shin

    def trunk(self, pose: Pose) -> Trunk:
        """The stiff parts in a pose."""
        return trunk_at(self.build, pose, self.root, self.ground)

    def local(self, point: Vec3 | Array) -> Array:
        """A point of the stage from the mark, in the figure's axes, in metres."""
        at: Array = (np.asarray(point) - self.ground) @ self.root
        return at

    def world(self, x_m: float, y_m: float, z_m: float) -> Array:
        """A point of the figure's axes on the stage."""
        at: Array = self.ground + self.root @ np.array([x_m, y_m, z_m])
        return at

    def way(self, pose: Pose, sign: float, point: Vec3 | Array, palm: float = PALM) -> Three:
        """Where a hand (right: sign 1) has to be for its palm to be at a point, in arms in the chest's axes."""
        trunk = self.trunk(pose)
        way = trunk.chest_axes.T @ (np.asarray(point) - trunk.shoulder(self.build, pose, sign))
        far = math.sqrt(way @ way) or 1.0
        hand = self._arm_to(way * (max(far - palm * self.build.hand, 0.2 * self.arm) / far))
        if palm:  # the hand goes on along the forearm, not along the line from the shoulder
            pole = np.array(elbow_way(sign, hand, pose.elbows))
            wrist = np.array(hand) * self.arm
            elbow, wrist = bend(np.zeros(3), wrist, self.build.upper_arm, self.build.forearm, pole)
            hand = self._arm_to(way - (wrist - elbow) * (palm * self.build.hand / self.build.forearm))
        return hand

    def _arm_to(self, wrist: Array) -> Three:
        """A wrist's place in arms, no farther than an arm and not far behind the shoulder."""
        x, y, z = (wrist / self.arm).tolist()
        z = max(z, -0.10)  # an elbow does not bend for what is behind the shoulder
        size = math.sqrt(x * x + y * y + z * z) or 1.0
        k = min(1.0, 0.985 / size)
        return x * k, y * k, z * k

    def holding(self, at_s: float) -> frozenset[Side]:
        """The hands that are full at a time."""
        return frozenset(hold.hand for hold in self.holds if hold.from_s <= at_s < hold.until_s)


@dataclass(frozen=True)
class Deed(Doing):
    """One act of it."""

    key: ActKey

    @property
    def length_s(self) -> float:
        """How long the act takes."""
        return self.key.end_s - self.key.start_s

    @property
    def since_s(self) -> float:
        """The time since it began."""
        return self.time_s - self.key.start_s

    @property
    def u(self) -> float:
        """How much of it is done, 0 to 1."""
        return min(1.0, max(0.0, self.since_s / self.length_s))

    @cached_property
    def full(self) -> frozenset[Side]:
        """The hands that are full at its start or its middle: the same all through it."""
        return self.holding(self.key.start_s) | self.holding(self.key.start_s + 0.5 * self.length_s)

    @property
    def level(self) -> frozenset[Side]:
        """The hands that keep a plate or a bowl level at the act's middle."""
        at_s = self.key.start_s + 0.5 * self.length_s
        return frozenset(h.hand for h in self.holds if h.way == "level" and h.from_s <= at_s < h.until_s)

    def bearing(self, point: Vec3) -> tuple[float, float]:
        """How far to the right and ahead a point is at the act's middle: the same all through it."""
        middle = place_at(self.figure, self.key.start_s + 0.5 * self.length_s)
        dx, dz = point.x - middle.x_m, point.z - middle.z_m
        c, s = math.cos(middle.heading_rad), math.sin(middle.heading_rad)
        return dx * c - dz * s, dx * s + dz * c

    def side(self, full: bool = False) -> Side:
        """The hand for it: the one that has the thing (`full`), or a free one near the target."""
        if full and self.full:
            return "right" if "right" in self.full else "left"
        free = {"right", "left"} - self.full  # a hand that is full does nothing else
        if len(free) == 1:
            return next(iter(free))
        if self.key.target is None:
            return "right"
        x, z = self.bearing(self.key.target)
        return "left" if x < -0.35 * self.arm and x < -0.35 * abs(z) else "right"


def bump(u: float, rise: float, fall: float) -> float:
    """0 to 1 by `rise`, back to 0 from `fall` on."""
    return min(ease(u / rise), ease((1 - u) / (1 - fall)))


def pulse(u: float, at: float, width: float) -> float:
    """1 at `at`, 0 `width` away from it."""
    return ease(1 - abs(u - at) / width)


def with_hand(pose: Pose, side: Side, hand: Three, fist: float | None = None, fingers: Three | None = None) -> Pose:
    """`pose` with one hand elsewhere; `fingers` bend it at the wrist."""
    if side == "right":
        return changed(
            pose,
            right_hand=hand,
            right_fist=pose.right_fist if fist is None else fist,
            right_fingers=pose.right_fingers if fingers is None else fingers,
        )
    return changed(
        pose,
        left_hand=hand,
        left_fist=pose.left_fist if fist is None else fist,
        left_fingers=pose.left_fingers if fingers is None else fingers,
    )


def handed(sign: float, hand: Three) -> Three:
    """A place given for the right hand, for the right (sign 1) or the left one."""
    return sign * hand[0], hand[1], hand[2]
