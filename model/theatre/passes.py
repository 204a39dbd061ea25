"""What is true of every pixel of a finished frame: who and what it shows, how far, facing where, moving and lit how.

All passes are looked up from one index picture (`model.theatre.surfaces`), so they are pixel-aligned with the frame
and with each other. Nothing here paints.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.stage import Stage
from model.theatre.drawing import draw, split, surfaces
from model.theatre.joints import Joints, joints_of
from model.theatre.parts import Parts, carry_props, find_parts, still_flow
from model.theatre.surfaces import CROWD, FULL_LIGHT, PARTS, Surfaces
from model.theatre.view import View, view_at

__all__ = ["MANNEQUIN", "Passes", "mannequin", "passes", "plate"]

Frame = NDArray[np.uint8]
Map = NDArray[np.float32]

MANNEQUIN: dict[str, int] = {
    "head": 230, "hair": 196, "hand": 242, "torso": 180, "hips": 154, "right_arm": 210, "left_arm": 168,
    "right_leg": 142, "left_leg": 124, "seat": 112,
}  # fmt: skip
"""The grey of each part in the mannequin pass; the set and props stay below the darkest of them."""

_CROWD_ID = 255
_STEPS = 512.0  # of inverse depth to a metre
_SET_NEAR, _SET_FAR, _SKY = 104.0, 34.0, 17.0  # greys of the set at a metre and far off, and of the sky
_SET_GREYS = np.clip(_SET_NEAR + 14.0 * np.log2(np.arange(1025) / _STEPS + 1e-9), _SET_FAR, _SET_NEAR).astype(
    np.float32
)
_SET_GREYS[0] = _SKY
_GREY_OF_PART = np.array([0, *(MANNEQUIN[part] for part in PARTS)], dtype=np.uint8)


@dataclass(frozen=True, eq=False)
class Passes:
    """The truth of one frame of `stage` at `time_s`. Arrays are (h, w) or (h, w, n), made when asked for.

    Coordinates of maps are the camera's: x to the right, y up (flow: down, as pixels run), z toward the camera.
    """

    stage: Stage
    time_s: float
    fps: float
    surfaces: Surfaces

    @cached_property
    def frame(self) -> Frame:
        """The finished frame: (h, w, 3), sRGB."""
        height, width = self.surfaces.index.shape
        return draw(self.stage, self.time_s, width, height)

    @cached_property
    def plate(self) -> Frame:
        """The same view of the place without people, animals and what they hold: (h, w, 3), sRGB."""
        height, width = self.surfaces.index.shape
        return plate(self.stage, self.time_s, width, height)

    @cached_property
    def mannequin(self) -> Frame:
        """The control picture: people in a grey for each part, in the set's darker greys; (h, w, 3).

        It shows who stands where, in which pose, before and behind what; it knows no light, colour or expression.
        """
        s = self.surfaces
        part = s.parts[s.index]
        turned = (0.64 + 0.36 * np.abs(s.normals[:, 2]))[s.index]  # a wall that runs away is darker than one across
        steps = np.minimum(self._inverse_depth * _STEPS, len(_SET_GREYS) - 1).astype(np.uint16)
        grey = (_SET_GREYS[steps] * turned).astype(np.uint8)
        np.copyto(grey, _GREY_OF_PART[part], where=part > 0)
        return np.repeat(grey[..., None], 3, axis=2)

    @cached_property
    def person(self) -> NDArray[np.uint8]:
        """Which figure of the stage each pixel shows, counted from 1; 255 for a crowd, 0 for nobody."""
        owners = self.surfaces.owners
        ids = np.where(owners == CROWD, _CROWD_ID, np.where(owners <= len(self.stage.figures), owners, 0))
        return ids.astype(np.uint8)[self.surfaces.index]

    @cached_property
    def part(self) -> NDArray[np.uint8]:
        """Which of `PARTS` of a figure each pixel shows, counted from 1; 0 for none."""
        return self.surfaces.parts[self.surfaces.index]

    @cached_property
    def prop(self) -> NDArray[np.uint8]:
        """Which prop of the stage each pixel shows, counted from 1; 0 for none."""
        owners, people = self.surfaces.owners, len(self.stage.figures)
        ids = np.where((owners > people) & (owners != CROWD), owners - people, 0)
        return ids.astype(np.uint8)[self.surfaces.index]

    @cached_property
    def depth_m(self) -> Map:
        """Metres along the camera's axis; infinite for the sky."""
        with np.errstate(divide="ignore"):
            return np.asarray(1.0 / self._inverse_depth, dtype=np.float32)

    @cached_property
    def normals(self) -> Map:
        """(h, w, 3): unit vectors out of the surface; people are round about their bones."""
        found = np.take(self.surfaces.normals, self.surfaces.index, axis=0)
        found.reshape(-1, 3)[self._parts.pixels] = self._parts.normals
        return found

    @cached_property
    def flow_px(self) -> Map:
        """(h, w, 2): where each pixel's surface goes until the next frame, x right and y down, in pixels.

        The camera, people, animals and props move; crowds, water and what sways count as still.
        """
        flow = still_flow(self.surfaces.view, self._next_view, self._inverse_depth)
        times = (self.time_s, self.time_s + 1.0 / self.fps)
        carry_props(flow, self.stage, times, self.surfaces, self._inverse_depth, self._next_view)
        flow.reshape(-1, 2)[self._parts.pixels] = self._parts.flow_px
        return flow

    @cached_property
    def light(self) -> Map:
        """How much light falls on each pixel: 0 the fill alone, 1 the whole key, above it lamps and sun patches."""
        return np.asarray(self.surfaces.light / np.float32(FULL_LIGHT), dtype=np.float32)

    @cached_property
    def joints(self) -> tuple[Joints, ...]:
        """Every person's joints in pixels with their visibility, in the stage's order."""
        return joints_of(self.stage, self.time_s, self.surfaces.view, self.person)

    @cached_property
    def _parts(self) -> Parts:
        return find_parts(self.stage, self.time_s, self.time_s + 1.0 / self.fps, self.surfaces, self._next_view)

    @cached_property
    def _next_view(self) -> View:
        height, width = self.surfaces.index.shape
        return view_at(self.stage.camera, self.time_s + 1.0 / self.fps, width, height, self.stage.seed)

    @cached_property
    def _inverse_depth(self) -> Map:
        s = self.surfaces
        height, width = s.index.shape
        a, b, c = (s.planes[:, k][s.index] for k in range(3))
        x = np.arange(0.5, width, dtype=np.float32)
        y = np.arange(0.5, height, dtype=np.float32)[:, None]
        inverse = a
        inverse *= x
        inverse += b * y
        inverse += c
        np.clip(inverse, 0.0, None, out=inverse)
        inverse.ravel()[self._parts.pixels] = self._parts.inverse_depth
        return inverse


def passes(stage: Stage, time_s: float, width_px: int, height_px: int, fps: float = 24) -> Passes:
    """All passes of a stage at a time, for pictures of this size; `fps` tells flow when the next frame is.

    Of a split screen these are the left half's, of half the width; `stage.beside` is asked for itself.
    """
    return Passes(stage, time_s, fps, surfaces(stage, time_s, width_px, height_px))


def mannequin(stage: Stage, time_s: float, width_px: int, height_px: int) -> Frame:
    """The control pass alone: (height_px, width_px, 3)."""
    if stage.beside is not None:
        return split(mannequin, stage, time_s, width_px, height_px)
    return passes(stage, time_s, width_px, height_px).mannequin


def plate(stage: Stage, time_s: float, width_px: int, height_px: int) -> Frame:
    """The place as the stage's camera sees it, without people, animals, crowds and held props: (h, w, 3), sRGB."""
    free = tuple(prop for prop in stage.props if prop.held is None)
    return draw(replace(stage, figures=(), crowds=(), props=free, beside=None), time_s, width_px, height_px)
