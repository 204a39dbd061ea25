"""Cameras that a person put somewhere: inside the set, with a lens that there is, in nobody's eyes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shots.blocking.geometry import ShotGeometry
from shots.blocking.marks import Floor, floor_of
from shots.continuity.common import tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Scene, Shot

__all__ = ["standpoint"]

_LENS_MM = (8.0, 400.0)


def standpoint(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Places of cameras that cannot be kept to, or from which a shot is not what it asks for."""
    places = {place.id: place for place in graph.storyboard.places}
    problems: list[Problem] = []
    for scene in graph.storyboard.scenes:
        for shot in scene.shots:
            if shot.camera_m is None:
                continue
            place = places.get(scene.place or "")
            interior = bool(place and place.interior)
            floor = floor_of(interior, place.kind if place else None)
            problems += _told(scene, shot, shot.camera_m, floor, geometry.get(shot.id or ""))
    return problems


def _told(
    scene: Scene, shot: Shot, camera_m: tuple[float, ...], floor: Floor, seen: ShotGeometry | None
) -> Iterator[Problem]:
    at = f"({', '.join(f'{each:g}' for each in camera_m)}) m"
    if shot.pov_of is not None:
        what = f"{shot.id} is seen with the eyes of {shot.pov_of}, so its camera does not stand at {at}"
        yield tell("camera", scene, shot, what, "remove camera_m, or pov_of", severity="warning")
        return
    if not floor.holds_camera(camera_m):
        half, low, high, top = floor.camera_half_x, floor.camera_near_z, floor.camera_far_z, floor.camera_top
        what = f"the camera of {shot.id} stands at {at}, outside of the set"
        fix = f"keep x within {half:g} m of the middle, the height from 0.1 to {top:g} m, z from {low:g} to {high:g} m"
        yield tell("camera", scene, shot, what, fix, severity="warning")
    if seen is None:
        return
    if shot.lens_mm is None and not _LENS_MM[0] < seen.lens_mm < _LENS_MM[1]:
        what = f"no lens gives {shot.id} its {shot.size} from {at}: it is shot on {seen.lens_mm:.0f} mm"
        way = "nearer" if seen.lens_mm >= _LENS_MM[1] else "further off"
        yield tell("camera", scene, shot, what, f"put the camera {way}, or change the size", severity="warning")
    over = next((person for person in seen.people if person.character == shot.over), None)
    if over is not None and not over.visible:
        what = f"{shot.id} is shot over {shot.over}, who is out of the frame from {at}"
        yield tell("camera", scene, shot, what, f"put the camera behind {shot.over}", severity="warning")
