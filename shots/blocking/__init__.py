"""Blocking: film grammar as geometry. A scene's shots become stages in metres, seconds and degrees.

`block_scene` decides marks, motion, eyes, mouths, props, light and camera, from no more of a storyboard than
`reads_of` says; `measure` reads back what a stage shows. Nothing here draws, and nothing heavy is imported.
"""

from __future__ import annotations

from shots.blocking.fittings import Doorway, Fittings, Spot
from shots.blocking.geometry import OnScreen, ShotGeometry
from shots.blocking.measure import measure
from shots.blocking.on_set import reads_of
from shots.blocking.scene import block_scene

__all__ = ["Doorway", "Fittings", "OnScreen", "ShotGeometry", "Spot", "block_scene", "measure", "reads_of"]
