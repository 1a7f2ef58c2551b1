"""The bowl of any number of parameters, against NumPy's own linear algebra."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.sums import added, sums_of_design
from gd_widget.data.make_line import make_line

D = [1, 2, 3, 10, 200]


def design(d: int, intercept: int | None, n: int = 300, seed: int = 0):
    """A design matrix, y, and the parameters of two models."""
    rng = np.random.default_rng(seed)
    x = rng.normal(rng.normal(size=d), 10.0 ** rng.uniform(-2, 2, d), (n, d))
    if intercept is not None:
        x[:, intercept] = 1
    y = x @ rng.normal(size=d) + rng.normal(size=n)
    return x, y, *rng.normal(size=(2, d))


def in_parts(x, y, intercept: int | None, cut: int) -> Quadratic:
    """The bowl of a design matrix that is looked at in two parts."""
    parts = [sums_of_design(x[rows], y[rows], intercept) for rows in (slice(cut), slice(cut, None))]
    return Quadratic.from_sums(added(*parts))


def test_what_is_too_small_is_said_of_the_columns_but_that_of_ones():
    x = np.column_stack([[1e-200, 2e-200, 4e-200], np.ones(3)])
    with pytest.raises(ValueError, match=r"^x is too small for y: .* got values up to 4e-200 in x"):
        Quadratic.of_design(x, np.arange(3.0), 1)


CASES = [(d, i) for d in D for i in {None, 0, d // 2, d - 1}]


@pytest.mark.parametrize(("d", "intercept"), CASES)
def test_everything_is_as_numpy_has_it(d, intercept):
    x, y, a, b = design(d, intercept)
    n = len(x)
    bowl = Quadratic.of_design(x, y, intercept)
    residuals = x @ a - y
    assert (bowl.n, bowl.d) == (n, d)
    assert bowl.loss(a) == pytest.approx(np.mean(residuals**2), rel=1e-12)
    sizes = 2 / n * np.abs(x).T @ np.abs(residuals)
    assert np.abs(np.array(bowl.gradient(a)[1:]) - 2 / n * x.T @ residuals) == pytest.approx(
        0, abs=1e-13 * sizes.max()
    )
    hessian = 2 / n * x.T @ x
    np.testing.assert_allclose(bowl.hessian, hessian, rtol=1e-11, atol=1e-13 * hessian.max())
    assert bowl.curvature_along(b) == pytest.approx(b @ hessian @ b, rel=1e-11)
    np.testing.assert_allclose(bowl.over_hessian(hessian @ b), b, rtol=1e-7, atol=1e-7)
    best = np.linalg.lstsq(x, y, rcond=None)[0]
    np.testing.assert_allclose(bowl.least_squares, best, rtol=1e-9, atol=1e-10)
    assert bowl.floor == pytest.approx(np.mean((x @ best - y) ** 2), rel=1e-12)
    singular = np.linalg.svd(x, compute_uv=False)[::-1]
    np.testing.assert_allclose(bowl.curvatures, 2 / n * singular**2, rtol=1e-9)
    columns, size_y = bowl.root_mean_squares
    np.testing.assert_allclose(columns, np.sqrt(np.mean(x**2, axis=0)), rtol=1e-12)
    assert size_y == pytest.approx(np.sqrt(np.mean(y**2)), rel=1e-12)
    assert bowl.spread == pytest.approx(np.std(y) if intercept is not None else size_y)
    assert bowl.is_at_floor(bowl.least_squares) and not bowl.is_at_floor(b)


@pytest.mark.parametrize(("d", "intercept"), CASES)
def test_two_bowls_together_are_that_of_all_points(d, intercept):
    x, y, a, b = design(d, intercept, n=600)
    whole = Quadratic.of_design(x, y, intercept)
    both = in_parts(x, y, intercept, 250)
    assert (both.n, both.intercept) == (600, intercept)
    for params in (a, b):
        np.testing.assert_allclose(both.gradient(params), whole.gradient(params), rtol=1e-9)
    np.testing.assert_allclose(both.hessian, whole.hessian, rtol=1e-9, atol=1e-12)
    assert both.floor == pytest.approx(whole.floor, rel=1e-11)
    assert both.loss(whole.least_squares) == pytest.approx(whole.floor, rel=1e-11)


def test_a_line_is_the_design_matrix_of_x_and_ones():
    line = make_line(60)
    x = np.stack([line.x, np.ones(60)], 1)
    expected = Quadratic.of(line.x, line.y)
    bowl = Quadratic.of_design(x, line.y, 1)
    for name, number in expected.as_json().items():
        np.testing.assert_allclose(np.array(getattr(bowl, name), float), number, rtol=1e-13)


@pytest.mark.parametrize("far", [0, 1e3, 1e6])
def test_digits_are_kept_far_from_zero_and_between_sizes(far):
    rng = np.random.default_rng(1)
    near = rng.normal(size=(100, 2)) * [1e-4, 1e4]
    y = near @ [3e4, 2e-4] + 0.1 * rng.normal(size=100)
    x = np.column_stack([near + np.array([far, -far]), np.ones(100)])
    bowl = Quadratic.of_design(x, y, 2)
    expected = Quadratic.of_design(np.column_stack([near, np.ones(100)]), y, 2)
    lost = 1e-12 * far  # before the bowl is made
    assert bowl.floor == pytest.approx(expected.floor, rel=1e-10 + 100 * lost)
    np.testing.assert_allclose(bowl.best_slopes, expected.best_slopes, rtol=1e-10 + 100 * lost)


VALLEYS = {
    "two columns alike": (lambda u, v: [u, u, v, 1], 3),
    "one column a sum of others": (lambda u, v: [u, v, u + 3 * v, 1], 3),
    "a constant column beside the intercept": (lambda u, v: [u, 5, 1, v], 2),
    "alike, and no intercept": (lambda u, v: [u, 2 * u, v], None),
    "nothing but zeros": (lambda u, v: [0, 0], None),
    "a constant column, no intercept": (lambda u, v: [2, 2], None),
}


@pytest.mark.parametrize(("columns", "intercept"), VALLEYS.values(), ids=VALLEYS)
def test_in_a_valley_the_least_of_the_best_parameters_are_chosen(columns, intercept):
    rng = np.random.default_rng(3)
    u, v = rng.normal(size=(2, 40))
    x = np.stack([np.broadcast_to(one, 40) for one in columns(u, v)], axis=1).astype(float)
    y = u - v + 2 + rng.normal(size=40)
    d, n = x.shape[1], len(x)
    whole = Quadratic.of_design(x, y, intercept)
    parts = in_parts(x, y, intercept, 15)
    expected = np.linalg.lstsq(x, y, rcond=None)[0]
    hessian = 2 / n * x.T @ x
    grad = hessian @ rng.normal(size=d)
    for bowl in (whole, parts):
        assert bowl.has_valley and bowl.level_set(1.0) is None
        np.testing.assert_allclose(bowl.least_squares, expected, atol=1e-12)
        np.testing.assert_allclose(
            bowl.over_hessian(grad), np.linalg.pinv(hessian, rcond=1e-10) @ grad, atol=1e-10
        )
        assert bowl.curvatures == pytest.approx(np.linalg.eigvalsh(hessian), abs=1e-12)
        seen = [one for one in np.linalg.eigvalsh(hessian) if one > 1e-10] or [0]
        for rate, sum_ in ((bowl.critical_lr, seen[-1]), (bowl.fastest_lr, seen[0] + seen[-1])):
            assert rate == (pytest.approx(2 / sum_) if sum_ else math.inf)


def test_fewer_points_than_parameters_are_fitted_exactly():
    x, y, *_ = design(10, 9, n=4)
    bowl = Quadratic.of_design(x, y, 9)
    np.testing.assert_allclose(bowl.least_squares, np.linalg.pinv(x) @ y, atol=1e-9)
    assert bowl.floor == pytest.approx(0, abs=1e-20) and bowl.has_valley


@pytest.mark.parametrize(("d", "intercept"), [(1, 0), (2, 0), (2, 1), (2, None), (3, 1), (10, 9)])
def test_a_level_set_is_of_one_loss(d, intercept):
    x, y, *_ = design(d, intercept)
    bowl = Quadratic.of_design(x, y, intercept)
    steps = bowl.level_set(4.0)
    rng = np.random.default_rng(0)
    for turn in [*np.eye(d), *rng.normal(size=(5, d))]:
        place = bowl.least_squares + steps @ (turn / np.linalg.norm(turn))
        assert bowl.loss(place) - bowl.floor == pytest.approx(4.0, rel=1e-9)


def test_the_model_of_an_intercept_alone():
    bowl = Quadratic.of_design(np.ones((3, 1)), np.array([1.0, 2.0, 6.0]), 0)
    assert bowl.as_json() == {
        "n": 3,
        "intercept": 0,
        "mean_x": [],
        "mean_y": 3,
        "cov_x": [],
        "best_slopes": [],
        "floor": pytest.approx(14 / 3),
    }
    assert (bowl.least_squares, bowl.curvatures) == ((3,), (2,))
    assert bowl.gradient([4]) == pytest.approx((14 / 3 + 1, 2))


def test_data_that_cannot_be_squared_are_refused():
    x = np.ones((3, 2))
    x[0, 0] = 1e200
    with pytest.raises(ValueError, match="^x and y must be small enough .* up to 1e.200 in x"):
        Quadratic.of_design(x, np.zeros(3), 1)
