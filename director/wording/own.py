"""A shot in the words that the video model of this project was trained on. What `make` tells it, a sheet shows too."""

from __future__ import annotations

from model.stage import Stage
from model.telling import tell
from shots.blocking import ShotGeometry
from shots.spec import Shot, Storyboard

__all__ = ["own_words"]


def own_words(shot: Shot, storyboard: Storyboard, stage: Stage, geometry: ShotGeometry) -> str:
    """The words for a shot of a completed storyboard on its `stage`; who is framed stands before who else is seen."""
    visible = [person.character for person in geometry.people if person.visible]
    seen = dict.fromkeys([*(name for name in shot.subjects if name in visible), *visible])
    insert = next((prop.kind or prop.id.lower() for prop in storyboard.props if prop.id == shot.insert_of), "")
    return tell(stage, shot.size, shot.coverage, tuple(seen), insert)
