"""A storyboard on its floor: every shot's stage, what is measured on it, and what continuity says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from director.folder import FilmFolder
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Scene, Storyboard
from shots.timing import ShotTiming, time_shots

if TYPE_CHECKING:
    from audio.speech import SpokenLine
    from model.stage import Place, Stage
    from shots.blocking import Fittings, ShotGeometry
    from shots.blocking.heard import StageSound

__all__ = ["Inspected", "geometry_of", "heard_of", "inspect", "scene_stages", "stages_of"]


@dataclass(frozen=True)
class Inspected:
    """What a storyboard's checks found, with estimated voices."""

    timings: Mapping[str, ShotTiming]
    geometry: Mapping[str, ShotGeometry]
    problems: tuple[Problem, ...]


def inspect(storyboard: Storyboard, folder: FilmFolder | None = None) -> Inspected:
    """Checks a complete storyboard without a voice or a picture being made; in its film's folder also the takes and
    pictures that it names.
    """
    from director.bank.named import named_problems
    from director.given import given_problems
    from shots.continuity import check
    from shots.render.held import held_takes, locked_frames
    from shots.render.store import TakeStore

    store = None if folder is None else TakeStore(folder.takes)
    held = None if store is None else held_takes(storyboard, store)
    timings = time_shots(storyboard, {}, locked_frames(held or {}))
    geometry = geometry_of(storyboard, stages_of(storyboard, timings, {}))
    given = [] if folder is None or store is None else given_problems(storyboard, timings, folder.root, store)
    given += [] if folder is None else named_problems(storyboard, folder.root)
    return Inspected(timings, geometry, tuple(check(ShotGraph(storyboard), geometry, timings, held, given)))


def stages_of(
    storyboard: Storyboard, timings: Mapping[str, ShotTiming], spoken: Mapping[tuple[str, int], SpokenLine]
) -> dict[str, Stage]:
    """Every shot of a film in metres and seconds, by its id."""
    return {
        shot: stage
        for scene in storyboard.scenes
        for shot, stage in scene_stages(storyboard, scene, timings, spoken).items()
    }


def scene_stages(
    storyboard: Storyboard,
    scene: Scene,
    timings: Mapping[str, ShotTiming],
    spoken: Mapping[tuple[str, int], SpokenLine],
) -> dict[str, Stage]:
    """The shots of one of a film's scenes in metres and seconds, by id."""
    from shots.blocking import block_scene

    return block_scene(storyboard, scene, timings, spoken, _fittings)


def _fittings(place: Place) -> Fittings:
    """The seats, beds and doors of a drawn set."""
    from model.theatre.sets.seats import doors_of, lift_of, seats_of
    from shots.blocking import Doorway, Fittings, Spot

    spots = [Spot(s.kind == "bed", s.kind, s.at, s.heading_deg, lift_of(s)) for s in seats_of(place)]
    return Fittings(tuple(spots), tuple(Doorway(door.at, door.out_deg) for door in doors_of(place)))


def geometry_of(storyboard: Storyboard, stages: Mapping[str, Stage]) -> dict[str, ShotGeometry]:
    """What each shot's camera sees of its stage, measured."""
    from shots.blocking import measure

    width, height = storyboard.width_px, storyboard.height_px
    return {
        shot.id: measure(stages[shot.id], shot, width, height) for shot in storyboard.shots() if shot.id is not None
    }


def heard_of(storyboard: Storyboard, stages: Mapping[str, Stage]) -> dict[str, tuple[StageSound, ...]]:
    """What sounds on each shot's stage, when, and from where its camera hears it."""
    from model.theatre.witness import witness
    from shots.blocking.heard import stage_sounds

    aspect = storyboard.width_px / storyboard.height_px
    return {shot: stage_sounds(stage, witness(stage), aspect=aspect) for shot, stage in stages.items()}
