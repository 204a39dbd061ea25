"""Cuts that jump: the same people from nearly the same angle and size, or from very wide to very close."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import cuts, framed_by_eye, is_straight_cut, tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import SIZES, Shot

__all__ = ["size_jumps", "thirty_degrees"]

_DEGREES = 30.0
_STEPS = 2  # of size that make a cut without a change of angle
_LEAP = 6  # of size that want a reason: EWS to CU


def thirty_degrees(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Straight cuts between shots of the same people that change neither the angle by 30° nor the size by two steps."""
    problems = []
    for scene, before, after in cuts(graph):
        one, other = geometry.get(before.id or ""), geometry.get(after.id or "")
        if one is None or other is None or not _same_people(before, after) or after.continues is not None:
            continue
        turned = abs((other.camera_azimuth_deg - one.camera_azimuth_deg + 180) % 360 - 180)
        if turned >= _DEGREES - 0.5 or abs(_steps(before, after)) >= _STEPS or before.angle != after.angle:
            continue
        who = " and ".join(after.subjects)
        what = (
            f"the cut from {before.id} to {after.id} shows {who} again from {turned:.0f}° away, {_sizes(before, after)}"
        )
        fix = "change the size by two steps, cut to someone else between, or write transition: jump_cut"
        problems.append(tell("thirty_degrees", scene, after, what, fix))
    return problems


def size_jumps(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Straight cuts over six or more sizes inside a scene that say no motive."""
    problems = []
    for scene, before, after in cuts(graph):
        leaps = abs(_steps(before, after)) >= _LEAP and is_straight_cut(after) and not after.motive
        if leaps and framed_by_eye(before) and framed_by_eye(after):
            what = f"the cut from {before.id} to {after.id} leaps {_sizes(before, after)}"
            fix = "put a size between, write transition: smash_cut, or give the shot a motive"
            problems.append(tell("size_jumps", scene, after, what, fix, severity="warning"))
    return problems


def _same_people(before: Shot, after: Shot) -> bool:
    both = framed_by_eye(before) and framed_by_eye(after) and is_straight_cut(after)
    return both and bool(after.subjects) and set(before.subjects) == set(after.subjects) and before.over == after.over


def _steps(before: Shot, after: Shot) -> int:
    if before.size is None or after.size is None:
        return 0
    return SIZES.index(after.size) - SIZES.index(before.size)


def _sizes(before: Shot, after: Shot) -> str:
    return f"{before.size} to {after.size}"
