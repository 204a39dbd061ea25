"""Soft edges, as a network such as HED (Xie and Tu 2015) would find them: thick white lines on black.

From the truth of the pixels: outlines of people and things first, then steps in depth, folds of a surface, parts of a
body and the lines of a face. What is only painted on a surface is faint.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import skia
from numpy.typing import NDArray

from model.control.landmarks import LINES, Face
from model.control.skeletons import FACE_PX, people_seen
from model.request import Frame
from model.stage import Stage
from model.theatre.passes import Passes, passes
from model.theatre.pixels import blank, canvas_on

__all__ = ["edge_frames"]

Map = NDArray[np.float32]

_OUTLINE, _PART, _MARK, _FACE = 1.0, 0.45, 0.16, 0.6  # how strong an edge of each kind is
_STEP = 0.06  # a step of so much of the depth is a full edge
_SOFT = 1.1 / 480  # the lines' softness, of the picture's shorter side


def edge_frames(stage: Stage, times_s: Sequence[float], width_px: int, height_px: int) -> Iterator[Frame]:
    """A picture of soft edges for each of the times."""
    for time_s in times_s:
        seen = passes(stage, time_s, width_px, height_px)
        edges = _strength(seen)
        for person in people_seen(seen):
            if person.face is not None and person.face.px >= FACE_PX:
                np.maximum(edges, _face_lines(person.face, width_px, height_px), out=edges)
        grey = _softened(edges, _SOFT * min(width_px, height_px))
        yield np.repeat(grey[..., None], 3, axis=2)


def _strength(seen: Passes) -> Map:
    """How strong the edge at each pixel is, from 0 to 1: that toward its right and its lower neighbour."""
    surfaces = seen.surfaces
    index, owner, part = surfaces.index, surfaces.owners, surfaces.parts
    inverse = 1.0 / seen.depth_m
    strength = np.zeros(index.shape, dtype=np.float32)
    for here, there in (
        ((slice(None), slice(0, -1)), (slice(None), slice(1, None))),
        ((slice(0, -1), slice(None)), (slice(1, None), slice(None))),
    ):
        a, b = index[here], index[there]
        where = np.nonzero(a != b)  # all inside one surface is smooth
        p, q = a[where], b[where]
        near, far = inverse[here][where], inverse[there][where]
        step = np.abs(near - far) / np.maximum(np.maximum(near, far), 1e-6)
        fold = 1.0 - np.abs((surfaces.normals[p] * surfaces.normals[q]).sum(axis=1))
        edge = np.maximum(np.minimum(step / _STEP, 1.0), np.minimum(1.5 * fold, 0.8))
        same = owner[p] == owner[q]
        edge = np.where(same & (part[p] > 0), np.where(part[p] != part[q], _PART, 0.0), edge)
        edge = np.where(same, np.maximum(edge, _MARK), _OUTLINE)
        spot = strength[here]
        spot[where] = np.maximum(spot[where], edge)
    return strength


def _face_lines(face: Face, width_px: int, height_px: int) -> Map:
    pixels = blank(width_px, height_px)
    canvas = canvas_on(pixels)
    paint = skia.Paint(Color=skia.ColorWHITE, AntiAlias=True, Style=skia.Paint.kStroke_Style)
    paint.setStrokeWidth(max(1.0, 0.012 * face.px))
    for line in LINES[1:]:  # the jaw is an outline already
        for a, b in pairwise(line):
            if face.seen[a] and face.seen[b]:
                canvas.drawLine(*face.points[a].tolist(), *face.points[b].tolist(), paint)
    return pixels[..., 3].astype(np.float32) * np.float32(_FACE / 255)


def _softened(edges: Map, sigma_px: float) -> NDArray[np.uint8]:
    """Blurred, and as bright again in the middle of a line as its strength is."""
    reach = max(1, round(2.5 * sigma_px))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma_px, 0.4)) ** 2).astype(np.float32)
    soft = edges
    for axis in (0, 1):
        padded = np.pad(soft, [(reach, reach) if axis == k else (0, 0) for k in (0, 1)], mode="edge")
        length = soft.shape[axis]
        soft = np.zeros_like(edges)
        for k, share in enumerate(bell / bell.sum()):
            soft += share * (padded[k : k + length] if axis == 0 else padded[:, k : k + length])
    peak = float(bell.max() / bell.sum())  # what a line of one pixel keeps
    grey: NDArray[np.uint8] = np.clip(soft * (255.0 / peak), 0, 255).astype(np.uint8)
    return grey
