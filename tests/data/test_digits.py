"""Models whose loss float64 cannot tell are refused, with a cure that helps."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gd_widget import GDWidget

YEARS = np.arange(1990, 2021.0)
RANDOM = np.random.default_rng(0)
Y = (YEARS - 2005) / 5 + RANDOM.normal(size=31) * 0.3 + 3


@pytest.mark.parametrize("degree", [4, 5])
@pytest.mark.parametrize("standardize", [False, True])
def test_a_polynomial_of_years_is_refused_and_centred_ones_are_right(degree, standardize):
    settings = {"degree": degree, "standardize": standardize, "engine": "numpy"}
    rule = f"degree must be so low that float64 can tell the loss; got {degree}: "
    cure = "x - x.mean() in place of x makes it possible"
    with pytest.raises(ValueError, match=f"^{re.escape(rule + cure)}$"):
        GDWidget(YEARS, Y, **settings)
    x = YEARS - YEARS.mean()
    w = GDWidget(x, Y, **settings)
    w.lr = w.critical_lr / 2
    w.step(10)
    assert w.loss == pytest.approx(np.mean((w.predict(x) - Y) ** 2), rel=1e-12)
    newton = GDWidget(x, Y, **settings, optimizer="newton")
    newton.step(1)
    assert newton.forecast == newton.runs[0].steps_to_floor == 1


def test_where_centring_is_not_enough_the_highest_degree_is_named():
    x = np.linspace(-1, 1, 50)
    y = np.random.default_rng(3).normal(size=50)
    with pytest.raises(ValueError, match=r"of these x it can up to (\d+)$") as error:
        GDWidget(x, y, degree=30)
    highest = int(str(error.value).rsplit(" ", 1)[1])
    assert len(GDWidget(x, y, degree=highest, engine="numpy").names) == highest + 1
    with pytest.raises(ValueError, match=r"^degree must .* float64"):
        GDWidget(x, y, degree=highest + 1)


def test_a_column_that_is_nearly_a_sum_of_others_is_named():
    r = np.random.default_rng(0)
    a, b, c = r.normal(size=(3, 50))
    x, y = np.column_stack([a, b, a + b + 1e-8 * c]), r.normal(size=50)
    rule = r"^x must be columns that float64 can tell apart; got '(x\d)', which is nearly a sum"
    with pytest.raises(ValueError, match=rule) as error:
        GDWidget(x, y)
    left = [i for i in range(3) if f"'x{i}'" not in str(error.value)]
    assert GDWidget(x[:, left], y, engine="numpy", guess=(0, 0, 0)).loss == pytest.approx(
        np.mean(y * y)
    )
    GDWidget(np.column_stack([a, b, a + b]), y)  # exact sums fit alike, with small numbers
