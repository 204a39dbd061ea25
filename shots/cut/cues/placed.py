"""Shots where the cut puts them, with all that tells how they sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from audio.cues import Room
from audio.rooms import room_of
from shots.blocking.geometry import OnScreen, ShotGeometry
from shots.cut.timeline import Cut, CutItem
from shots.spec import Line, Place, Scene, Shot, Storyboard
from shots.timing import ShotTiming, TimedLine

__all__ = ["Placed", "place_shots", "scenes_of", "seen_at"]

WIDEST_PAN = 0.6  # someone at the edge of the frame; sound stays nearer to the middle than the picture
_NEAREST_M, _UNKNOWN_M = 0.5, 1.5


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A shot of the storyboard on its frames of the film; `timing` is that of what is shown, `whole` of its take."""

    id: str
    item: CutItem
    scene: Scene
    shot: Shot
    timing: ShotTiming
    whole: ShotTiming
    seen: ShotGeometry | None
    place_kind: str
    interior: bool
    fps: int

    @property
    def start_s(self) -> float:
        """When its first frame stands."""
        return self.item.start_frame / self.fps

    @property
    def end_s(self) -> float:
        """When its last frame has gone."""
        return self.item.end_frame / self.fps

    @property
    def head_s(self) -> float:
        """How much of its take's beginning is left out."""
        return self.whole.head_frames / self.fps

    @property
    def untrimmed(self) -> Placed:
        """The shot with all of its take, where that would stand: outside of its own frames nothing of it is heard."""
        if self.timing is self.whole:
            return self
        whole = replace(self.whole, head_frames=0, tail_frames=0)
        start_frame = self.item.start_frame - self.whole.head_frames
        item = replace(self.item, start_frame=start_frame, frame_count=whole.frame_count)
        return replace(self, item=item, timing=whole, whole=whole)

    @property
    def room(self) -> Room:
        """The room it plays in."""
        return room_of(self.place_kind, self.interior)

    @property
    def said(self) -> tuple[tuple[TimedLine, Line], ...]:
        """Its lines with their times, in the order of time."""
        timed = sorted(self.timing.lines, key=lambda line: (line.start_s, line.index))
        return tuple((line, self.shot.lines[line.index]) for line in timed)

    @property
    def spoken(self) -> tuple[tuple[float, float], ...]:
        """When somebody speaks, in seconds of the film."""
        return tuple(
            (self.start_s + line.start_s, self.start_s + line.start_s + line.duration_s) for line, _ in self.said
        )


def place_shots(
    cut: Cut,
    storyboard: Storyboard,
    timings: Mapping[str, ShotTiming],
    geometry: Mapping[str, ShotGeometry] | None,
) -> tuple[Placed, ...]:
    """The shots of a cut in its order; cards, and shots that the storyboard does not have, are left out."""
    places = {place.id: place for place in storyboard.places}
    homes = {shot.id: (scene, shot) for scene in storyboard.scenes for shot in scene.shots if shot.id is not None}
    placed = []
    for item in cut.items:
        if item.shot not in homes:
            continue
        scene, shot = homes[item.shot]
        kind, interior = _where(places.get(scene.place or ""))
        placed.append(
            Placed(
                id=item.shot,
                item=item,
                scene=scene,
                shot=shot,
                timing=timings[item.shot].shown,
                whole=timings[item.shot],
                seen=(geometry or {}).get(item.shot),
                place_kind=kind,
                interior=interior,
                fps=cut.fps,
            )
        )
    return tuple(placed)


def scenes_of(placed: Sequence[Placed]) -> tuple[tuple[Placed, ...], ...]:
    """The shots scene by scene, in the order of the film."""
    return tuple(tuple(shots) for _, shots in groupby(placed, key=lambda shot: id(shot.scene)))


def seen_at(who: str, placed: Placed, time_s: float) -> tuple[float, float]:
    """The pan and distance of somebody at a time of what is shown; who is not in the set stands in the middle."""
    seen = placed.seen
    if seen is None:
        return 0.0, _UNKNOWN_M
    camera_m = max(_NEAREST_M, seen.camera_distance_m)
    person = next((person for person in seen.people if person.character == who), None)
    if person is None:
        return 0.0, max(1.0, camera_m)
    length_s = placed.whole.duration_s
    part = min(1.0, max(0.0, (placed.head_s + time_s) / length_s)) if length_s else 0.0
    x = person.x + (person.x_end - person.x) * part
    across = min(1.5, max(-0.5, x)) if person.visible else round(min(1.0, max(0.0, x)))
    return (2 * across - 1) * WIDEST_PAN, max(_NEAREST_M, camera_m * _further(person, placed))


def _further(person: OnScreen, placed: Placed) -> float:
    """How many times as far off somebody is as the main subject: as many times as they are smaller."""
    seen, subjects = placed.seen, placed.shot.subjects
    main = next((p for p in seen.people if subjects and p.character == subjects[0]), None) if seen else None
    if main is None or main.body_height <= 0 or person.body_height <= 0:
        return 1.0
    return min(2.0, max(0.6, main.body_height / person.body_height))


def _where(place: Place | None) -> tuple[str, bool]:
    interior = bool(place and place.interior)
    kind = place.kind if place and place.kind else "living_room" if interior else "street"
    return kind, interior
