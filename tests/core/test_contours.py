"""Level sets of what is known at the nodes of a grid."""

import numpy as np
import pytest

from gd_widget.core.contours import Grid, rings, sampled
from gd_widget.core.quadratic import Quadratic


def area(ring):
    """What a ring is around, signed: positive where that is on its left."""
    x, y = ring.T
    return (x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2


@pytest.mark.parametrize("height", [0.1, 0.5, 2.0])
def test_rings_are_the_ellipses_of_a_quadratic_loss(height):
    bowl = Quadratic.of(np.array([-1.0, 0, 2, 0.5]), np.array([1.0, 2, 2, 4]))
    right, up = bowl.least_squares
    grid = sampled(bowl.loss, (right - 3, right + 3), (up - 3, up + 3), 90, 70)
    (ring,) = rings(grid, bowl.floor + height)
    losses = [bowl.loss(place) for place in ring.tolist()]
    assert losses == pytest.approx([bowl.floor + height] * len(ring), abs=0.01)
    exact = np.pi * abs(np.linalg.det(bowl.level_set(height)))
    assert area(ring) == pytest.approx(exact, rel=0.025)


def test_a_set_that_leaves_the_grid_is_closed_along_its_edge():
    grid = sampled(lambda place: place[0], (-2, 2), (-2, 2), 9, 5)
    (ring,) = rings(grid, 1.25)
    assert area(ring) == pytest.approx(3.25 * 4)
    assert ring[:, 0].max() == pytest.approx(1.25)


def test_what_is_higher_inside_a_set_has_a_ring_of_its_own_the_other_way_round():
    grid = sampled(lambda place: abs(np.hypot(*place) - 1), (-2, 2), (-2, 2), 41, 41)
    areas = sorted(area(ring) for ring in rings(grid, 0.5))
    assert areas == pytest.approx([-np.pi / 4, 9 / 4 * np.pi], rel=0.02)


@pytest.mark.parametrize(("level", "count"), [(0.4, 2), (0.6, 1)])
def test_low_corners_that_face_each_other_are_one_set_where_the_middle_is_low(level, count):
    grid = Grid((0, 1), (0, 1), np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert len(rings(grid, level)) == count


def test_what_is_no_number_is_gone_round():
    grid = sampled(lambda place: np.nan if place[0] > 1 else place[1], (-2, 2), (-2, 2), 5, 5)
    (ring,) = rings(grid, 0)
    assert area(ring) == pytest.approx(3 * 2)
    assert rings(grid, -3) == []
