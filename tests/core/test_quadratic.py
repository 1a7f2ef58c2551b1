"""The bowl, against NumPy's own linear algebra and high-precision arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.sums import added, sums_of_line
from gd_widget.data.make_line import make_line
from tests.six_numbers import six_numbers

# None is so near zero that a slope's square would exceed float64.
numbers = st.floats(-100, 100).map(lambda number: number if abs(number) > 1e-100 else 0.0)
points = st.integers(2, 30).flatmap(
    lambda n: st.tuples(arrays(float, n, elements=numbers), arrays(float, n, elements=numbers))
)


@given(data=points, slope=numbers, intercept=numbers)
def test_loss_and_gradient_are_those_of_the_points(data, slope, intercept):
    x, y = data
    preds = slope * x + intercept
    residuals = preds - y
    size = 1 + np.abs(preds).max() ** 2 + np.abs(y).max() ** 2
    loss, grad_slope, grad_intercept = Quadratic.of(x, y).gradient((slope, intercept))
    assert loss == pytest.approx(np.mean(residuals**2), rel=1e-12, abs=1e-12 * size)
    assert grad_slope == pytest.approx(2 * np.mean(residuals * x), abs=1e-11 * size)
    assert grad_intercept == pytest.approx(2 * np.mean(residuals), abs=1e-12 * size)


def exact(x, y, slope, intercept):
    """The loss in rational arithmetic."""
    slope, intercept = Fraction(slope), Fraction(intercept)
    residuals = [slope * Fraction(a) + intercept - Fraction(b) for a, b in zip(x, y, strict=True)]
    return float(sum(r * r for r in residuals) / len(residuals))


def test_x_around_a_million_keeps_ten_digits():
    line = make_line(200)
    x, y = line.x + 1e6, line.y
    bowl = Quadratic.of(x, y)
    for slope, intercept in [(3.0, -2_999_997.5), (2.9, -2_899_997.0), (0.0, 0.0)]:
        expected = exact(x.tolist(), y.tolist(), slope, intercept)
        # Near the fit the last bit of the slope alone moves the line by 4e-10 at x = 1e6.
        moved = 2 * np.sqrt(expected) * np.spacing(abs(slope) * 1e6)
        assert bowl.loss((slope, intercept)) == pytest.approx(expected, rel=1e-10, abs=moved)
    assert bowl.floor == pytest.approx(Quadratic.of(line.x, line.y).floor, rel=1e-10)
    assert bowl.least_squares[0] == pytest.approx(np.polyfit(line.x, y, 1)[0], rel=1e-10)


def test_least_squares_is_numpys():
    line = make_line(60, noise="gaussian", seed=4)
    expected = np.linalg.lstsq(np.stack([line.x, np.ones(60)], 1), line.y, rcond=None)[0]
    bowl = Quadratic.of(line.x, line.y)
    np.testing.assert_allclose(bowl.least_squares, expected, rtol=1e-12)
    assert bowl.loss(bowl.least_squares) == pytest.approx(bowl.floor, rel=1e-12)
    assert bowl.gradient(bowl.least_squares)[1:] == pytest.approx((0, 0), abs=1e-14)


@given(data=points)
def test_curvatures_and_rates_are_those_of_the_hessian(data):
    x, y = data
    bowl = Quadratic.of(x, y)
    design = np.stack([x, np.ones(len(x))], 1)
    hessian = 2 / len(x) * design.T @ design
    np.testing.assert_allclose(bowl.hessian, hessian, rtol=1e-9, atol=1e-12)
    smaller, larger = np.linalg.eigvalsh(hessian)
    assert bowl.curvatures == pytest.approx((smaller, larger), rel=1e-9, abs=1e-12 * larger)
    assert bowl.critical_lr == pytest.approx(2 / larger, rel=1e-9)
    if smaller > 1e-6 * larger:
        assert bowl.fastest_lr == pytest.approx(2 / (smaller + larger), rel=1e-6)


def test_the_critical_rate_of_the_lesson():
    line = make_line()
    assert Quadratic.of(line.x, line.y).critical_lr == pytest.approx(0.999, abs=5e-4)


def test_one_point_is_answered_with_a_statement():
    bowl = Quadratic.of(np.array([2.0]), np.array([5.0]))
    slope, intercept = bowl.least_squares
    assert 2 * slope + intercept == pytest.approx(5)
    expected = np.linalg.lstsq([[2.0, 1.0]], [5.0], rcond=None)[0]
    np.testing.assert_allclose(bowl.least_squares, expected)
    assert bowl.floor == 0
    assert bowl.fastest_lr == pytest.approx(1 / bowl.curvatures[1])


def test_equal_x_have_no_variance():
    bowl = Quadratic.of(np.full(7, 0.1), np.arange(7.0))
    assert bowl.has_valley and bowl.cov_x == ((0,),)
    assert bowl.floor == pytest.approx(np.var(np.arange(7.0)))
    assert np.isfinite([*bowl.least_squares, bowl.critical_lr, bowl.fastest_lr]).all()


def test_data_too_large_to_square_are_refused():
    with pytest.raises(ValueError, match="squares to be finite; got values up to 1e"):
        Quadratic.of(np.array([1e200, 2.0]), np.array([1.0, 2.0]))


@given(
    n=st.integers(2, 40),
    cut=st.integers(1, 39),
    seed=st.integers(0, 2**32),
    noise=st.sampled_from([0, 1e-3, 1]),
    far=st.sampled_from([0, 1e3, 1e6]),
)
def test_two_bowls_together_are_the_bowl_of_all_points(n, cut, seed, noise, far):
    rng = np.random.default_rng(seed)
    x = far + rng.normal(size=n)
    y = 3 * x + 2 + noise * rng.normal(size=n)
    whole, cut = six_numbers(Quadratic.of(x, y)), min(cut, n - 1)
    parts = sums_of_line(x[:cut], y[:cut]), sums_of_line(x[cut:], y[cut:])
    both = added(*parts), added(*reversed(parts))
    for bowl in map(six_numbers, map(Quadratic.from_sums, both)):
        assert bowl.n == n
        lost = 1e-14  # however far they are
        width, height = math.sqrt(whole.var_x), math.sqrt(whole.floor)
        assert bowl.mean_x == pytest.approx(whole.mean_x, rel=1e-14, abs=1e-14)
        assert bowl.var_x == pytest.approx(whole.var_x, rel=1e-12, abs=lost * (width + lost))
        assert bowl.floor == pytest.approx(whole.floor, rel=1e-12, abs=lost * (height + lost))
        off = bowl.best_slope - whole.best_slope
        assert abs(off) * width <= 1e-12 + lost


def test_equal_x_have_no_variance_in_parts_either():
    x, y = np.full(7, 0.1), np.arange(7.0)
    bowl = Quadratic.from_sums(added(sums_of_line(x[:3], y[:3]), sums_of_line(x[3:], y[3:])))
    assert bowl.has_valley and bowl.cov_x == ((0,),)
    assert bowl.best_slopes == Quadratic.of(x, y).best_slopes
    assert bowl.floor == pytest.approx(4)


def test_sums_out_of_range_are_refused_in_parts_too():
    x, y = np.array([0.0, 1e-155]), np.array([0.0, 1e5])
    bowl = Quadratic.from_sums(added(sums_of_line(x[:1], y[:1]), sums_of_line(x[1:], y[1:])))
    with pytest.raises(ValueError, match="^x is too small for y: the squares of the best slopes"):
        bowl.must_be_finite(x.max(), y.max())


def test_x_too_small_for_y_is_what_is_said():
    with pytest.raises(ValueError) as error:
        Quadratic.of(np.array([0, 1e-156]), np.array([0, 1.0]))
    assert str(error.value) == (
        "x is too small for y: the squares of the best slopes must be finite; "
        "got values up to 1e-156 in x and 1 in y"
    )
