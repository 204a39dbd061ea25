"""Shooting: from what a shot asks for and what its figures do to the camera's path.

Decides who the frame is made for, at which moment it must be right, and whether the camera goes along;
`shots.blocking.setups` finds the place, or `shots.blocking.stood` takes the one that a person gave it, and
`shots.blocking.moves` the path.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from model.stage import BodyKey, Camera, Figure, FocusKey, Vec3
from model.stage import Prop as StageProp
from shots.blocking.anatomy import Body, body_at
from shots.blocking.doorways import within
from shots.blocking.fittings import Doorway
from shots.blocking.marks import Floor
from shots.blocking.motion import ON_THE_WAY, arrival_s
from shots.blocking.moves import camera, camera_path
from shots.blocking.setups import Memory, SetUp, axis_side, set_up
from shots.blocking.sizes import extent_of
from shots.blocking.stood import set_up_from
from shots.blocking.things import wall_heading
from shots.defaults import LENSES_MM
from shots.spec import Coverage, Presence, Prop, Shot, Size

__all__ = ["Crew", "shoot"]

_WIDE: frozenset[Size] = frozenset({"EWS", "WS", "FS"})
_CLOSE: frozenset[Size] = frozenset({"MCU", "CU", "ECU"})
_COMING = (0.1, 0.35, 0.6)  # the shares of an entrance at which nobody should stand before who comes
_OPEN, _FOR_THINGS, _STOPPED_DOWN = 2.8, 5.6, 8.0


@dataclass
class Crew:
    """What all cameras of a scene share: the picture's shape, where they may stand, what was shot before."""

    aspect: float
    floor: Floor
    props: Mapping[str, Prop]
    memory: Memory = field(default_factory=Memory)


def shoot(
    crew: Crew,
    shot: Shot,
    presences: Sequence[Presence],
    duration_s: float,
    figures: Sequence[Figure],
    partners: Mapping[str, str | None],
    things: Mapping[str, Vec3],
    insert: StageProp | None,
    audience: Vec3 | None,
    seed: int,
    doors: Collection[Doorway] = (),
) -> Camera:
    """The camera of a shot, which may be one of the thing `insert`; the crew remembers it.

    A point of view without subjects is of the `audience`, where there is one.
    """
    floor = within(crew.floor, doors)  # what people go through is seen from within
    by_id = {figure.id: figure for figure in figures}
    people = {p.character: p for p in presences}
    coverage: Coverage = shot.coverage or ("master" if len(shot.subjects) > 1 else "single")
    size: Size = shot.size or "MS"
    subjects = tuple(name for name in _subjects(shot, coverage, size, list(by_id)) if name != shot.pov_of)
    if plays_to := audience is not None and shot.pov_of is not None and not shot.subjects and insert is None:
        subjects = ()
    if len(subjects) > 1 and size == "ECU":
        size = "CU"  # two faces do not fit an extreme close-up
    first = people.get(subjects[0]) if subjects else None
    leaves = first is not None and first.exits is not None
    eye = Vec3(*shot.camera_m) if shot.camera_m is not None and shot.pov_of not in by_id else None
    begins = eye is not None and shot.move not in ("static", "handheld")
    framed_s = 0.0 if leaves or begins or shot.move in ("pull_out", "crane_up") else duration_s
    bodies = {name: body_at(figure, framed_s) for name, figure in by_id.items()}
    travels = first is not None and _on_the_way(by_id[first.character].body)
    way_deg = _way(by_id[first.character].body) if first is not None else None
    keep = (travels and size not in ("EWS", "WS")) or (
        way_deg is not None and not leaves and shot.move == "follow" and coverage != "insert"
    )
    if any(_changes(by_id[name], duration_s) for name in subjects) and size not in _WIDE and shot.over is None:
        keep = keep or shot.move in ("static", "handheld")  # the camera tilts along
    extra: tuple[Body, ...] = ()
    if not keep and not leaves and shot.over is None:
        extra = _elsewhere([by_id[n] for n in subjects], people, framed_s, duration_s, size)
    plan = SetUp(
        bodies=bodies,
        subjects=subjects,
        partner=partners.get(subjects[0]) if len(subjects) == 1 else None,
        looks_at={shot.pov_of: audience}
        if plays_to and shot.pov_of is not None and audience is not None
        else {name: _gaze_at(figure, framed_s) for name, figure in by_id.items() if figure.gaze},
        coverage=coverage,
        size=size,
        angle=shot.angle,
        lens_mm=None if shot.lens_mm == LENSES_MM[shot.size or size] else shot.lens_mm,
        over=shot.over,
        pov_of=shot.pov_of,
        thing=things.get(shot.insert_of) if shot.insert_of else None,
        extent=extent_of(insert.kind) if insert is not None else extent_of(""),
        thing_deg=_faces(insert, bodies) if insert is not None else None,
        travel_deg=way_deg if travels or (keep and shot.move == "follow") else None,
        aspect=crew.aspect,
        floor=floor,
        seed=seed,
        extra=extra,
        on_the_way=tuple(body_at(by_id[first.character], share * duration_s) for share in _COMING)
        if keep and travels and first is not None and not leaves
        else (),
    )
    framed, want = set_up(plan, crew.memory) if eye is None else set_up_from(plan, eye)
    others = [(body.x, body.z) for body in bodies.values()]
    keys = camera_path(
        framed, want, shot.move, duration_s,
        lambda time_s: [body_at(by_id[name], time_s) for name in subjects], others, floor, keep, begins,
    )  # fmt: skip
    _remember(crew, plan, keys[-1].position, figures, duration_s)
    hidden = (shot.pov_of,) if shot.pov_of in by_id else ()
    focus = _focus(shot, subjects, size, duration_s)
    f_number = shot.f_number or (_STOPPED_DOWN if not focus else _FOR_THINGS if insert is not None else _OPEN)
    return camera(keys, shot.move, focus, f_number, hidden)


def _faces(insert: StageProp, bodies: Mapping[str, Body]) -> float | None:
    """The side that a thing is seen from: off its wall, or before whoever holds it; None: any."""
    if insert.held is not None and insert.held.figure in bodies:
        return bodies[insert.held.figure].heading_deg
    return wall_heading(insert)


def _focus(shot: Shot, subjects: tuple[str, ...], size: Size, duration_s: float) -> tuple[FocusKey, ...]:
    """What the lens is sharp at: what is said, racked evenly; else whom a close or over-shoulder shot is made for.

    A wide shot is sharp all through.
    """
    if shot.focus:
        return tuple(
            FocusKey(time_s=duration_s * (i / len(shot.focus) - (0.05 if i else 0.0)), on=name)
            for i, name in enumerate(shot.focus)
        )
    first = shot.insert_of or (subjects[0] if len(subjects) == 1 else None)
    near = size in _CLOSE or shot.over is not None or shot.insert_of is not None
    if first is None or shot.pov_of is not None or not (near or shot.f_number):
        return ()
    return (FocusKey(time_s=0.0, on=first),)


def _on_the_way(keys: Sequence[BodyKey]) -> bool:
    return (keys[0].pose in ON_THE_WAY and keys[-1].time_s > 0 and arrival_s(keys) > 0.8 * keys[-1].time_s) or (
        keys[0].pose in ON_THE_WAY and keys[-1].pose in ON_THE_WAY
    )


def _way(keys: Sequence[BodyKey]) -> float | None:
    """The heading of a figure's longest way, None for who stays."""
    legs = [(math.dist((a.x_m, a.z_m), (b.x_m, b.z_m)), a, b) for a, b in pairwise(keys)]
    length, a, b = max(legs, key=lambda leg: leg[0], default=(0.0, keys[0], keys[0]))
    return math.degrees(math.atan2(b.x_m - a.x_m, b.z_m - a.z_m)) if length > 0.5 else None


def _changes(figure: Figure, duration_s: float) -> bool:
    """Whether a figure sits down or rises in view."""
    a, b = body_at(figure, 0.0), body_at(figure, duration_s)
    return abs(a.crown - b.crown) > 0.1 and math.dist((a.x, a.z), (b.x, b.z)) < 0.8


def _subjects(shot: Shot, coverage: Coverage, size: Size, present: Sequence[str]) -> tuple[str, ...]:
    """Those the frame is made for."""
    said = tuple(name for name in shot.subjects if name in present)
    if said or shot.subjects or coverage in ("establishing", "insert"):
        return said
    speaking = [line.character for line in shot.lines if line.character in present and line.heard == "on_screen"]
    if coverage in ("single", "over_shoulder", "reaction"):
        return tuple(n for n in (speaking or list(present)) if n != shot.over)[:1]
    if coverage == "two_shot":
        return tuple(dict.fromkeys([*speaking, *present]))[:2]
    return () if size in ("EWS", "WS") and coverage != "master" else tuple(present)


def _elsewhere(
    figures: Sequence[Figure], people: Mapping[str, Presence], framed_s: float, duration_s: float, size: Size
) -> tuple[Body, ...]:
    """The subjects at the other end of the shot, when the frame must hold both."""
    other_s = 0.0 if framed_s > 0 else duration_s
    out = []
    for figure in figures:
        a, b = body_at(figure, framed_s), body_at(figure, other_s)
        presence = people[figure.id]
        moved = math.dist((a.x, a.z), (b.x, b.z)) > 0.3
        if (abs(a.crown - b.crown) > 0.1 and not moved) or (moved and size in _WIDE and not presence.enters):
            out.append(b)
    return tuple(out)


def _gaze_at(figure: Figure, time_s: float) -> Vec3:
    return next((key.target for key in reversed(figure.gaze) if key.time_s <= time_s), figure.gaze[0].target)


def _remember(crew: Crew, plan: SetUp, eye: Vec3, figures: Sequence[Figure], duration_s: float) -> None:
    """Keeps the sides of the axes as this shot leaves them."""
    memory = crew.memory
    ends = {figure.id: body_at(figure, duration_s) for figure in figures}
    starts = {figure.id: body_at(figure, 0.0) for figure in figures}
    moved = {n for n in ends if math.dist((ends[n].x, ends[n].z), (starts[n].x, starts[n].z)) > 0.3}
    pairs = set(memory.sides)
    if plan.subjects and plan.pov_of is None:
        first = plan.subjects[0]
        second = plan.over or (plan.subjects[1] if len(plan.subjects) > 1 else plan.partner)
        if second is not None and second != first:
            pairs.add((min(first, second), max(first, second)))
    for pair in sorted(pairs):
        if pair[0] not in ends or pair[1] not in ends or plan.pov_of is not None or plan.thing is not None:
            continue
        if pair in memory.sides and not moved & set(pair):
            continue
        side = axis_side(ends[pair[0]], ends[pair[1]], eye)
        if side:
            memory.sides[pair] = side
    if plan.subjects and plan.subjects[0] in ends:
        body = ends[plan.subjects[0]]
        memory.last_subjects, memory.last_size = plan.subjects, plan.size
        memory.last_azimuth_deg = math.degrees(math.atan2(eye.x - body.x, eye.z - body.z))
    else:
        memory.last_subjects, memory.last_size = (), None
