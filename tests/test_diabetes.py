"""Ten features of real people: scikit-learn's diabetes data, against a loop and scikit-learn's own.

Some columns of the raw data are nearly sums of others, and their sizes are far apart.
"""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

from gd_widget import GDWidget

STEPS = 1000


@pytest.fixture(scope="module", params=["scaled", "raw", "standardized"])
def case(request):
    """The arguments of a widget, and the design matrix, its intercept last, that they ask for."""
    x, y = load_diabetes(return_X_y=True, scaled=request.param == "scaled")
    standardize = request.param == "standardized"
    columns = StandardScaler().fit_transform(x) if standardize else x
    return {"standardize": standardize}, x, y, np.column_stack([columns, np.ones(len(x))])


def test_the_critical_rate_is_that_of_the_largest_curvature(case):
    settings, x, y, design = case
    largest = np.linalg.svd(design, compute_uv=False)[0] ** 2
    w = GDWidget(x, y, engine="numpy", **settings)
    assert w.critical_lr == pytest.approx(len(y) / largest, rel=1e-12)


def test_least_squares_and_predictions_are_those_of_scikit_learn(case):
    settings, x, y, design = case
    w = GDWidget(x, y, engine="numpy", **settings)
    found = LinearRegression().fit(design[:, :-1], y)
    np.testing.assert_allclose(w.least_squares, [*found.coef_, found.intercept_], rtol=1e-9)
    w.guess = w.least_squares
    np.testing.assert_allclose(w.predict(x), found.predict(design[:, :-1]), rtol=1e-12)
    in_units = LinearRegression().fit(x, y)
    np.testing.assert_allclose(w.coefficients, [*in_units.coef_, in_units.intercept_], rtol=1e-9)


@pytest.mark.parametrize("engine", ["torch", "numpy"])
def test_a_thousand_steps_are_those_of_a_plain_loop(case, engine):
    settings, x, y, design = case
    lr = GDWidget(x, y, engine="numpy", **settings).critical_lr / 2
    w = GDWidget(x, y, engine=engine, lr=lr, **settings)
    w.step(STEPS)
    a = np.zeros(11)
    path = [a]
    for _ in range(STEPS):
        a = a - lr * 2 / len(y) * design.T @ (design @ a - y)
        path.append(a)
    found = np.column_stack([w.history[name] for name in w.names])
    np.testing.assert_allclose(found, path, rtol=0, atol=1e-12 * np.abs(path).max())
    losses = ((np.array(path) @ design.T - y) ** 2).mean(axis=1)
    np.testing.assert_allclose(w.history["loss"], losses, rtol=1e-12)
