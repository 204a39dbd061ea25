"""Paths cast whole, and light and shade that keep within a form without a clip."""

from __future__ import annotations

import math

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.theatre.moulds import closed_mould, hull_mould, open_mould, polygon_mould
from model.theatre.paint import fill, hull, kept_within, limb, smooth_closed, smooth_open, strands
from model.theatre.people.limb_shade import limb_edge, limb_shade

POINTS = np.array([(20.0, 30.0), (90.0, 12.0), (120.0, 66.0), (70.0, 110.0), (24.0, 80.0)])


def painted(path: skia.Path, size: int = 160) -> NDArray[np.int64]:
    pixels = np.zeros((size, size, 4), dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    fill(canvas, path, 0xFFFFFFFF)
    canvas.getSurface().flushAndSubmit()
    return pixels[..., 3].astype(np.int64)


def cubics(points: NDArray[np.float64]) -> skia.Path:
    """A Catmull-Rom loop by skia's own calls."""
    path = skia.Path()
    path.moveTo(*points[0])
    n = len(points)
    for i in range(n):
        a, b, c, d = points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
        path.cubicTo(*(b + (c - a) / 6), *(c - (d - b) / 6), *c)
    path.close()
    return path


def test_a_cast_curve_is_the_one_that_skia_draws_point_by_point() -> None:
    assert (painted(smooth_closed(POINTS)) == painted(cubics(POINTS))).all()
    straight = skia.Path()
    straight.addPoly([skia.Point(*p) for p in POINTS], True)
    assert (painted(polygon_mould(5).cast(POINTS)) == painted(straight)).all()


def test_open_curves_pass_through_their_points() -> None:
    path = smooth_open(POINTS)
    ends = [(p.x(), p.y()) for p in path.getPoints(path.countPoints())][::3]
    assert np.allclose(ends, POINTS, atol=1e-4)


def test_several_loops_make_one_path() -> None:
    two = np.concatenate([POINTS * 0.4, POINTS * 0.4 + 70.0])
    for mould in (polygon_mould(5, 2), closed_mould(5, 1.0, 2)):
        single = (polygon_mould(5) if mould is polygon_mould(5, 2) else closed_mould(5, 1.0)).cast
        apart = np.maximum(painted(single(two[:5])), painted(single(two[5:])))
        assert np.abs(painted(mould.cast(two)) - apart).max() < 16
    assert strands(two, 2).countVerbs() == open_mould(5, 2).cast(two).countVerbs() == 10


def test_a_hull_keeps_within_the_corners_and_holds_the_middle() -> None:
    inside = np.concatenate([POINTS, POINTS.mean(axis=0) + (POINTS - POINTS.mean(axis=0)) * 0.3])
    assert (painted(hull(inside)) == painted(hull_mould(5).cast(_in_order(POINTS)))).mean() > 0.99
    x, y = POINTS.mean(axis=0)
    assert painted(hull(inside))[round(y), round(x)] == 255


def _in_order(points: NDArray[np.float64]) -> NDArray[np.float64]:
    middle = points.mean(axis=0)
    return points[np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))]


def test_what_is_absurdly_far_is_kept_within_reach() -> None:
    path = smooth_closed(POINTS * 1e9)
    assert path.isFinite()
    assert max(abs(v) for v in (path.getBounds().left(), path.getBounds().right())) <= 30000.0


@pytest.mark.parametrize("bend", [-1.2, -0.4, 0.0, 0.4, 1.2, 2.2])
@pytest.mark.parametrize("light_deg", range(0, 360, 45))
def test_the_shade_of_a_limb_keeps_within_it_on_the_side_away_from_the_key(bend: float, light_deg: int) -> None:
    joints = [(60.0, 20.0), (80.0, 70.0), (80.0 + 50 * math.sin(0.38 + bend), 70.0 + 50 * math.cos(0.38 + bend))]
    radii = [12.0, 9.0, 6.0]
    toward = (math.cos(math.radians(light_deg)), math.sin(math.radians(light_deg)))
    whole = skia.Path()
    limb(whole, joints, radii)
    dark = limb_shade(joints, radii, toward, 0.0)
    form = painted(whole)
    if dark is None:
        return
    shade = painted(dark)
    assert (shade[form == 0] < 90).all()  # at the outline both are soft
    assert shade.sum() > 0
    if bend == 0.0:  # across a straight limb, the shade lies away from the light
        across = np.array([joints[-1][1] - joints[0][1], joints[0][0] - joints[-1][0]])
        across *= math.copysign(1.0, float(across @ toward))
        (rows, columns), (lit_rows, lit_columns) = np.nonzero(shade > 128), np.nonzero((form > 128) & (shade < 128))
        dark_at, lit_at = (float(across @ (x.mean(), y.mean())) for x, y in ((columns, rows), (lit_columns, lit_rows)))
        assert dark_at < lit_at


def test_a_light_from_behind_leaves_more_in_the_shade() -> None:
    joints, radii = [(60.0, 20.0), (70.0, 70.0), (66.0, 120.0)], [12.0, 9.0, 6.0]
    front, back = (limb_shade(joints, radii, (0.8, -0.3), behind) for behind in (0.0, 0.6))
    assert front is not None
    assert back is not None
    assert painted(back).sum() > 1.3 * painted(front).sum()


@pytest.mark.parametrize("bend", [-1.2, 0.0, 0.4, 1.2])
@pytest.mark.parametrize("light_deg", range(0, 360, 45))
def test_the_edge_light_of_a_limb_lies_on_its_rim_on_the_side_of_the_key(bend: float, light_deg: int) -> None:
    joints = [(60.0, 20.0), (80.0, 70.0), (80.0 + 50 * math.sin(0.38 + bend), 70.0 + 50 * math.cos(0.38 + bend))]
    radii = [12.0, 9.0, 6.0]
    toward = np.array([math.cos(math.radians(light_deg)), math.sin(math.radians(light_deg))])
    whole, inner = skia.Path(), skia.Path()
    limb(whole, joints, radii)
    limb(inner, [(x - 3.0 * toward[0], y - 3.0 * toward[1]) for x, y in joints], radii)
    edge = painted(limb_edge(joints, radii, (-3.0 * toward[0], -3.0 * toward[1])))
    border = painted(whole) - np.minimum(painted(whole), painted(inner))
    assert edge.sum() > 0
    assert edge[painted(whole) == 0].max() < 90  # at the outline both are soft
    if bend == 0.0:
        across = abs(toward @ (math.cos(0.38), -math.sin(0.38)))
        assert edge[border > 200].mean() > across * 0.8 * 255 - 60  # the ends have none
        assert edge[(painted(whole) == 255) & (border == 0)].max() < 90


def test_points_are_kept_within_a_straight_limb() -> None:
    joints, radii = [(50.0, 120.0), (56.0, 80.0), (62.0, 40.0)], [20.0, 19.0, 18.0]
    around = np.stack(
        [80.0 + 70.0 * np.cos(np.arange(40) * 0.157), 80.0 + 70.0 * np.sin(np.arange(40) * 0.157)], axis=1
    )
    whole = skia.Path()
    limb(whole, joints, radii)
    inside = painted(closed_mould(40, 0.0).cast(kept_within(around, joints, radii)))
    assert inside.sum() > 0.5 * painted(whole).sum()
    assert inside[painted(whole) == 0].max() < 60
    middle = np.array([[55.0, 90.0], [60.0, 75.0]])
    assert np.allclose(kept_within(middle, joints, radii), middle)
