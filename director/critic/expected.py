"""What a take should show, told by its stage: where everybody is, in which colours and light, and what moves.

Made from the stage's part, light and flow passes and the palette of its light: no finished frame is drawn, so that a
take may look as it likes as long as it holds to the stage. The empty set, small, tells the colour of its light alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from model.request import Frame
from model.stage import Figure, Stage
from model.theatre.passes import Passes, passes, plate
from model.theatre.surfaces import PARTS
from model.theatre.swatches import IN_COLOUR, Region, as_printed, swatches

__all__ = ["Expected", "Garb", "Instant", "Mask", "Person"]

Mask = NDArray[np.bool_]
Colours = NDArray[np.float64]

LEAST_SHARE = 0.004
"""The share of the picture that somebody covers from which they are judged."""
_LEAST_REGION = 0.0012
_PLATE_PX = (128, 72)


@dataclass(frozen=True, eq=False)
class Garb:
    """A region of a person in a picture: its pixels less their edges, and (n, 2, 3) colours: lit and shaded."""

    where: Mask
    colours: Colours


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody in a picture large enough to be judged; `number` counts the stage's figures from 1."""

    figure: Figure
    number: int
    silhouette: Mask
    garb: dict[Region, Garb]


@dataclass(frozen=True, eq=False)
class Instant:
    """A stage at one of the frames that are looked at."""

    index: int
    seen: Passes

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the picture."""
        height, width = self.seen.surfaces.index.shape
        return height, width

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who is large enough, in the stage's order."""
        return tuple(self._people())

    def _people(self) -> Iterator[Person]:
        stage, seen = self.seen.stage, self.seen
        found: list[tuple[Figure, int, Mask, dict[Region, tuple[Mask, Colours]]]] = []
        for number, figure in enumerate(stage.figures, 1):
            silhouette = seen.person == number
            if figure.species != "person" or silhouette.mean() < LEAST_SHARE:
                continue
            regions: dict[Region, tuple[Mask, Colours]] = {}
            for region, swatch in swatches(stage, figure, seen.surfaces.view, seen.time_s).items():
                parts = np.isin(seen.part, [PARTS.index(part) + 1 for part in swatch.parts]) & silhouette
                inner = ndimage.binary_erosion(parts, iterations=max(1, round(self.shape[1] / 256)))
                if inner.mean() >= _LEAST_REGION:
                    regions[region] = (inner, swatch.colours)
            found.append((figure, number, silhouette, regions))
        every = [colours.reshape(-1, 3) for *_, regions in found for _, colours in regions.values()]
        flat = np.concatenate(every) if every else np.zeros((0, 3))
        inks = iter(as_printed(stage, flat) if stage.style in IN_COLOUR else flat)
        for figure, number, silhouette, regions in found:
            garb = {
                region: Garb(where, np.array([next(inks) for _ in range(colours.size // 3)]).reshape(colours.shape))
                for region, (where, colours) in regions.items()
            }
            yield Person(figure, number, silhouette, garb)

    @cached_property
    def edges(self) -> NDArray[np.float32]:
        """(h, w): how near the edges of the stage's surfaces are, people's and the set's, 1 on them."""
        index = self.seen.surfaces.index
        edge = np.zeros(index.shape, dtype=np.float32)
        edge[:, 1:] = index[:, 1:] != index[:, :-1]
        edge[1:] = np.maximum(edge[1:], index[1:] != index[:-1])
        return np.asarray(ndimage.gaussian_filter(edge, 1.0), dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Expected:
    """A stage as a take of it is watched: at a few instants, in pictures of a working size.

    `gap_frames` is how far apart two frames are between which motion is looked for.
    """

    stage: Stage
    instants: tuple[Instant, ...]
    gap_frames: int

    @classmethod
    def of(
        cls, stage: Stage, fps: int, size_px: tuple[int, int], indices: tuple[int, ...], gap_frames: int
    ) -> Expected:
        """What a stage should show at some of its frames, in pictures of a width and height."""
        flow_fps = max(1, round(fps / gap_frames))
        return cls(stage, tuple(Instant(i, passes(stage, i / fps, *size_px, flow_fps)) for i in indices), gap_frames)

    @property
    def in_colour(self) -> bool:
        """Whether colours can be judged: not in ink, in pencil, or against the light."""
        return self.stage.style in IN_COLOUR and not self.stage.light.silhouette

    @cached_property
    def set_small(self) -> Frame:
        """The empty set under its light at the middle instant, (72, 128, 3)."""
        middle = self.instants[len(self.instants) // 2]
        return plate(self.stage, middle.seen.time_s, *_PLATE_PX)
