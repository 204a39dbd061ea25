"""Cloth about the head: a hijab, a raised hood and a turban. Hair is hidden under all three.

Hijab and hood lie behind the face and over the neck; their edge and the turban are painted over the face.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Look
from model.theatre.paint import (
    Ink,
    clipped,
    darker,
    fill,
    hull,
    light_up,
    rim_light,
    smooth_closed,
    strands,
    stroke,
    with_alpha,
)
from model.theatre.people.head import HeadForm, surface

__all__ = ["paint_turban", "paint_wrap", "paint_wrap_edge"]

Array = NDArray[np.float64]
_ROUND = np.linspace(0.0, 2 * math.pi, 20, endpoint=False)


def _ring(y: float, wide: float, deep: float, middle: float, drop: float = 0.0) -> Array:
    """A ring in head heights, `drop` lower before than behind."""
    c = np.cos(_ROUND)
    return np.stack([wide * np.sin(_ROUND), y - drop * c, middle + deep * c], axis=1)


@lru_cache(maxsize=64)
def _masses(look: Look) -> tuple[Array, Array]:
    """The cloth over the skull, and that about neck and shoulders."""
    hood = look.hat == "hood"
    y, a = (g.ravel() for g in np.meshgrid([-0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.82, 0.92, 0.98, 1.0], _ROUND))
    base = surface(look, y, a)
    middle = np.array([0.0, 0.5, -0.05])
    way = base - middle
    unit = way / np.linalg.norm(way, axis=1, keepdims=True)
    off = np.abs((a + math.pi) % (2 * math.pi) - math.pi)
    keep = (off > 1.0) | (y > 0.72) | (y < 0.0)
    lift = 0.095 + 0.05 * np.clip(-np.cos(a), 0, 1) if hood else 0.050 + 0.03 * np.clip((y - 0.3) / 0.5, 0, 1)
    skull = (base + unit * np.reshape(lift * np.clip((y + 0.3) / 0.4, 0.5, 1.0), (-1, 1)))[keep]
    if hood:
        peak = np.array([(0.0, 0.94, -0.66), (0.0, 0.70, -0.68), (0.0, 1.10, -0.10), (0.16, 1.02, -0.3),
                         (-0.16, 1.02, -0.3)])  # fmt: skip
        neck = np.concatenate([_ring(0.10, 0.36, 0.32, -0.12), _ring(-0.20, 0.44, 0.36, -0.10, 0.02)])
        return np.concatenate([skull, peak]), neck
    neck = np.concatenate([
        _ring(0.38, 0.24, 0.30, -0.17, -0.06),
        _ring(0.24, 0.28, 0.35, -0.13, -0.04), _ring(0.06, 0.31, 0.38, -0.09, 0.03),
        _ring(-0.14, 0.36, 0.36, -0.08, 0.03),
        _ring(-0.40, 0.60, 0.42, -0.10, 0.10),
    ])  # fmt: skip
    return skull, neck


def paint_wrap(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """A hijab or a hood, painted over neck and shoulders and under the face."""
    rgb = look.hat_colour
    skull, neck = (hull(form.to_px(points)) for points in _masses(look))
    path = skia.Op(skull, neck, skia.kUnion_PathOp) or skull
    fill(canvas, path, ink.shade("hair", rgb))
    with clipped(canvas, path):
        for part, reach in ((neck, 0.10), (skull, 0.16)):
            if part is skull:  # the head's shadow on the cloth below it
                canvas.save()
                canvas.translate(-ink.toward_key[0] * 0.04 * form.px, 0.05 * form.px)
                fill(canvas, skull, ink.between("hair", darker(rgb, 0.12), 0.45))
                canvas.restore()
                fill(canvas, skull, ink.shade("hair", rgb))
            canvas.save()
            canvas.clipPath(part, True)
            light_up(canvas, part, ink.lit("hair", rgb), ink, reach * form.px)
            canvas.restore()
        rim_light(canvas, path, ink, rgb, 0.04 * form.px, simple=True)
        if form.px > 18 and ink.plain is None:
            _folds(canvas, form, look, ink)
    if form.faces(0.0) > -0.6:
        _opening(canvas, form, look, ink)


def _opening(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """The dark inside about the face."""
    hood = look.hat == "hood"
    y = np.array([-0.10, 0.0, 0.2, 0.4, 0.6, 0.74, 0.84 if hood else 0.81])
    half = np.array([0.55, 0.98, 1.22, 1.27, 1.2, 0.95, 0.1]) * (1.0 if hood else 0.93)
    for outline in form.bands(y, half, -half):
        inside = darker(look.hat_colour, 0.62 if hood else 0.26)
        fill(canvas, smooth_closed(outline), ink.between("hair", inside, 0.3 if hood else 0.5))


def _folds(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    line = with_alpha(ink.line("hair", look.hat_colour, 0.36), 0.45)
    rows = []
    if look.hat == "hood":
        for side in (1.0, -1.0):
            if form.faces(side * 1.7) > -0.3:
                rows.append([(0.40 * side, 0.85, 0.02), (0.46 * side, 0.5, 0.0), (0.40 * side, 0.15, -0.04)])
    else:
        # Folds run from under the one ear across the throat, and from the crown to the nape.
        for k in range(3):
            y = 0.02 - 0.13 * k
            wide = 0.30 + 0.09 * k
            if form.faces(0.0) > -0.1:
                rows.append([(wide * 0.95, y + 0.10, 0.06), (0.05, y - 0.07, 0.33 + 0.03 * k), (-wide, y - 0.02, 0.08)])
        for side in (1.0, -1.0):
            if form.faces(side * 2.1) > 0.1:
                rows.append([(0.36 * side, 0.72, 0.02), (0.42 * side, 0.40, -0.16), (0.40 * side, 0.02, -0.24)])
                rows.append([(0.28 * side, 0.88, -0.16), (0.36 * side, 0.50, -0.36), (0.30 * side, 0.0, -0.40)])
    if rows:
        points = form.to_px(np.array(rows).reshape(-1, 3))
        stroke(canvas, strands(points, len(rows)), line, max(0.7, 0.014 * form.px))


def paint_wrap_edge(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, window: tuple[Array, Array]) -> None:
    """The edge of a hijab or hood about the face, and the shade that it throws on the forehead."""
    if form.px < 12 or ink.plain is not None or form.faces(0.0) < -0.5:
        return
    y, half = window
    y = np.maximum(y, form.y[0])
    for outline in form.bands(y, half, -half):
        path = smooth_closed(outline)
        with clipped(canvas, path):
            top = form.bands(np.array([0.66, 0.72, 0.80, 0.86]), np.full(4, 1.3), np.full(4, -1.3))
            for band in top:
                fill(canvas, smooth_closed(band), with_alpha(ink.shade("head", look.skin), 0.75))
        line = ink.between("hair", darker(look.hat_colour, 0.20), 0.8)
        stroke(canvas, path, line, (0.030 if look.hat == "hijab" else 0.022) * form.px)


@lru_cache(maxsize=64)
def _turban(look: Look) -> tuple[Array, Array]:
    """The dome's points and, row by row, the edges of its winds."""
    y, a = (g.ravel() for g in np.meshgrid([0.66, 0.76, 0.88, 0.97, 1.0], _ROUND))
    base = surface(look, y, a)
    low = y <= 0.66
    tilt = np.where(low, -0.03 + 0.12 * np.cos(a), 0.0)  # high on the forehead, low on the nape
    middle = np.array([0.0, 0.66, -0.06])
    way = base - middle
    unit = way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-6)
    lift = np.interp(y, [0.66, 0.76, 0.88, 1.0], [0.060, 0.165, 0.245, 0.215])
    dome = base + unit * lift[:, None]
    dome[:, 1] += tilt
    winds = []
    for k in range(4):
        for side in (1.0, -1.0):
            t = np.linspace(0.0, 1.0, 5)
            angle = side * (1.75 - 1.75 * t)
            height = np.interp(t, [0, 1], [0.60 + 0.08 * k, 0.80 + 0.10 * k])
            lift = np.interp(height, [0.66, 0.76, 0.88, 1.1], [0.060, 0.165, 0.245, 0.20])
            on = surface(look, np.minimum(height, 0.97), angle)
            turn = on - middle
            points = on + turn / np.linalg.norm(turn, axis=1, keepdims=True) * lift[:, None]
            points[:, 1] += np.maximum(height - 0.97, 0.0)
            winds.append(points)
    return dome, np.concatenate(winds)


def paint_turban(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """A wound turban: its folds cross above the forehead."""
    rgb = look.hat_colour
    dome, winds = _turban(look)
    if form.elevation < 0.05:  # from below, the far rim lies behind the head
        way = np.arctan2(dome[:, 0], dome[:, 2])
        dome = dome[(np.cos(way - form.bearing) > -0.3) | (dome[:, 1] > 0.85)]
    path = hull(form.to_px(dome))
    fill(canvas, path, ink.shade("hair", rgb))
    with clipped(canvas, path):
        light_up(canvas, path, ink.lit("hair", rgb), ink, 0.17 * form.px)
        rim_light(canvas, path, ink, rgb, 0.04 * form.px, simple=True)
        if form.px > 12 and ink.plain is None:
            seen = winds.reshape(8, 5, 3)
            shown = [row for k, row in enumerate(seen) if form.faces((1.0 if k % 2 == 0 else -1.0) * 0.8) > -0.2]
            if shown:
                lines = strands(form.to_px(np.concatenate(shown)), len(shown))
                stroke(canvas, lines, with_alpha(ink.line("hair", rgb, 0.40), 0.6), max(0.7, 0.018 * form.px))
            if form.faces(math.pi) > -0.1:
                turn, rise = np.array([1.6, 0.8, 0.0]), np.array([0.0, 0.05, 0.14])
                rows = [(k, side) for k in range(3) for side in (1.0, -1.0)]
                back = [form.on(0.58 + 0.09 * k + rise, math.pi + side * turn, 0.14, seen=False) for k, side in rows]
                lines = strands(form.to_px(np.concatenate(back)), 6)
                stroke(canvas, lines, with_alpha(ink.line("hair", rgb, 0.40), 0.6), max(0.7, 0.018 * form.px))
