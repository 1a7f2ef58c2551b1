"""A plane of the space of the parameters."""

import numpy as np
import pytest

from gd_widget.core.plane import params_at, place_of, plane_of, section_of
from gd_widget.core.quadratic import Quadratic


def bowl_of(d, intercept, seed=0):
    random = np.random.default_rng(seed)
    x = random.normal(3, 2, (50, d))
    if intercept is not None:
        x[:, intercept] = 1
    return Quadratic.of_design(x, random.normal(size=50), intercept)


BOWLS = [(2, None), (2, 0), (3, None), (3, 0), (3, 1), (3, 2), (10, 4)]


@pytest.mark.parametrize(("d", "intercept"), BOWLS)
def test_parameters_keep_what_is_across_a_plane(d, intercept):
    bowl = bowl_of(d, intercept)
    params = np.random.default_rng(1).normal(size=d)
    for plane in [plane_of(bowl), plane_of(bowl, (d - 1, 0))]:
        assert plane.directions @ plane.directions.T == pytest.approx(np.eye(2), abs=1e-12)
        moved = params_at(plane, (0.5, -2.0), params)
        assert place_of(plane, moved) == pytest.approx((0.5, -2.0), rel=1e-12)
        along = (np.array(moved) - params) @ plane.directions.T
        assert along @ plane.directions == pytest.approx(moved - params, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("d", "intercept"), BOWLS)
def test_the_section_of_two_parameters_is_the_loss_itself(d, intercept):
    bowl = bowl_of(d, intercept)
    params = np.random.default_rng(1).normal(size=d)
    for of in [(i, j) for i in range(d) for j in range(d) if i != j] if d > 2 else [(0, 1)]:
        plane = plane_of(bowl, of)
        section = section_of(bowl, plane, params)
        assert section.d == 2
        for place in [(0.0, 0.0), (3.0, -2.0), section.least_squares]:
            loss = bowl.loss(params_at(plane, place, params))
            assert section.loss(place) == pytest.approx(loss, rel=1e-9), (of, place)
        by = bowl.gradient(params_at(plane, section.least_squares, params))[1:]
        assert [by[i] for i in of] == pytest.approx([0, 0], abs=1e-9)


@pytest.mark.parametrize(("d", "intercept"), BOWLS)
def test_of_principal_directions_the_section_stands_still(d, intercept):
    bowl = bowl_of(d, intercept)
    params = np.random.default_rng(1).normal(size=d)
    plane = plane_of(bowl)
    section = section_of(bowl, plane, params)
    assert section == section_of(bowl, plane, bowl.least_squares)
    across = bowl.loss(params_at(plane, (0.0, 0.0), params)) - bowl.floor
    for place in [(0.0, 0.0), (3.0, -2.0)]:
        loss = bowl.loss(params_at(plane, place, params))
        assert section.loss(place) + across == pytest.approx(loss, rel=1e-9)


def test_along_a_valley_there_is_no_error_and_so_no_axis():
    x = np.random.default_rng(0).normal(size=(50, 2))
    bowl = Quadratic.of_design(np.column_stack([x, x[:, 0], np.ones(50)]), x[:, 1], 3)
    (flattest, steepest) = plane_of(bowl).directions
    assert bowl.curvature_along(flattest) == pytest.approx(bowl.curvatures[1])
    assert bowl.curvature_along(steepest) == pytest.approx(bowl.curvatures[3])


def test_where_all_but_one_direction_is_flat_the_plane_has_one_of_these():
    bowl = Quadratic.of(np.array([2.0, 2.0]), np.array([0.0, 1.0]))
    flattest, steepest = plane_of(bowl).directions
    assert bowl.curvature_along(flattest) == pytest.approx(0, abs=1e-15)
    assert bowl.curvature_along(steepest) == pytest.approx(bowl.curvatures[1])


def test_the_largest_part_of_an_axis_is_positive():
    _, axes = bowl_of(10, 4).principal_axes
    assert (axes.max(axis=1) >= -axes.min(axis=1)).all()
    even = Quadratic.of_design(np.array([[1.0, 1.0], [1.0, 1.0], [1.0, -1.0]]), np.zeros(3), None)
    assert even.principal_axes[1][0] == pytest.approx([0.5**0.5, -(0.5**0.5)])
