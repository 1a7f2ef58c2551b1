"""Counts of many points: exact in any order and on any grid, and never finer than they say."""

from __future__ import annotations

import math
from functools import reduce
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gd_widget.data.density import MOST_CELLS, Cells, Density, cells_for, cells_of
from gd_widget.data.points import MOST_POINTS, Points


# Not those so near to nothing that half of one is nothing.
def some(most: float):
    return st.floats(-most, most).map(lambda v: v if abs(v) > 1e-100 else 0.0)


numbers, small = some(1e100), some(100)


def columns(elements):
    return st.integers(1, 60).flatmap(
        lambda n: st.tuples(*[hnp.arrays(np.float64, n, elements=elements)] * 2)
    )


def counted(x, y, most=MOST_CELLS) -> Density:
    points = Points(x, y)
    return Density.of(points.chunks(), *cells_of(points.extent, most=most))


def expected(density: Density, x, y) -> np.ndarray:
    """Each cell's points, counted one cell after the other."""
    edges = [
        [math.ldexp(cells.first + i, cells.level) for i in range(cells.n + 1)]
        for cells in (density.x, density.y)
    ]
    counts = np.zeros((density.y.n, density.x.n), int)
    for one, other in zip(x, y, strict=True):
        i, j = (
            np.searchsorted(e, v, "right") - 1 for e, v in zip(edges, (one, other), strict=True)
        )
        if 0 <= i < density.x.n and 0 <= j < density.y.n:
            counts[j, i] += 1
    return counts


@given(ends=st.tuples(numbers, numbers).map(sorted), most=st.integers(2, 300))
def test_cells_hold_the_range_and_are_as_fine_as_can_be(ends, most):
    low, high = ends
    cells = cells_for((low, high), most)
    assert cells.low <= low and high < cells.high
    assert cells.n <= most
    spread = high - low
    if spread > 1e-13 * max(abs(low), abs(high)) and spread > 1e-290:
        assert cells.n >= most / 2 - 1


@given(columns(numbers))
def test_every_point_is_counted_once(points):
    density = counted(*points)
    assert density.counts.sum() == len(points[0])
    assert max(density.counts.shape) <= MOST_CELLS


@given(columns(small))
def test_points_are_counted_where_they_lie(points):
    density = counted(*points, most=8)
    np.testing.assert_array_equal(density.counts, expected(density, *points))


@given(columns(small), st.data())
def test_parts_put_together_in_any_order_are_the_whole(points, data):
    x, y = points
    cuts = data.draw(st.lists(st.integers(1, len(x)), max_size=4))
    edges = [0, *sorted({*cuts, len(x)})]
    parts = [counted(x[a:b], y[a:b], 16) for a, b in pairwise(edges)]
    parts = data.draw(st.permutations(parts))
    together = reduce(lambda one, other: one.together(other, 16), parts)
    np.testing.assert_array_equal(together.counts, expected(together, x, y))
    assert together.counts.sum() == len(x)
    assert max(together.counts.shape) <= 16


@given(columns(small), st.tuples(small, small).map(sorted), st.tuples(small, small).map(sorted))
def test_a_part_of_the_plane_holds_the_points_that_are_there(points, x_range, y_range):
    whole = counted(*points, most=64)
    part = whole.within((tuple(x_range), tuple(y_range)), 8)
    np.testing.assert_array_equal(part.counts, expected(part, *points))
    assert max(part.counts.shape) <= 8
    x, y = points
    inside = (x >= x_range[0]) & (x <= x_range[1]) & (y >= y_range[0]) & (y <= y_range[1])
    assert part.counts.sum() >= inside.sum()


def test_looking_closer_gives_finer_cells():
    rng = np.random.default_rng(0)
    points = Points(rng.normal(size=50_000), rng.normal(size=50_000))
    part = (0.5, 0.51), (-0.2, -0.1)
    near = points.density(part)
    assert near.x.level < points.density().x.level - 5
    assert near.x.low <= 0.5 and near.x.high >= 0.51
    np.testing.assert_array_equal(near.counts, expected(near, points.x, points.y))


@pytest.mark.parametrize("value", [0.0, 5e-324, -3.0, 1e6, -1e150])
def test_one_value_alone_has_a_cell(value):
    density = counted(np.full(3, value), np.zeros(3))
    assert density.counts.tolist() == [[3]]
    assert density.x.low <= value < density.x.high


def test_shades_grow_with_the_logarithm_and_one_point_is_seen():
    cells = Cells(0, 0, 4), Cells(0, -1, 1)
    about, shades = Density(*cells, np.array([[0, 1, 100, 10_000]])).packed()
    assert list(shades) == [0, 1, 128, 255]
    assert about == {"x": [0, 4], "y": [-1, 0], "columns": 4, "rows": 1, "most": 10_000}
    _, shades = Density(*cells, np.array([[0, 1, 1, 0]])).packed()
    assert list(shades) == [0, 255, 255, 0]


def test_a_sample_stands_for_very_many():
    few, many = np.arange(float(MOST_POINTS)), np.arange(50_123.0)
    points = Points(few, few)
    assert points.sample is points
    sample = Points(many, many).sample
    assert len(sample) == 500
    assert sample.x[0] == 0 and set(np.diff(sample.x)) == {100, 101}
