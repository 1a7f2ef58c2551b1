"""Logistic regression on real data: training arrives where scikit-learn does."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression

from gd_widget import GDWidget

DATA = load_breast_cancer()
NAMES = [*DATA.feature_names]


@pytest.mark.parametrize("features", [["mean radius"], ["mean radius", "mean texture"]])
@pytest.mark.parametrize(("optimizer", "steps"), [("gd", 4000), ("newton", 12), ("bfgs", 30)])
def test_breast_cancer_is_fitted_as_scikit_learn_fits_it(features, optimizer, steps):
    x = DATA.data[:, [NAMES.index(name) for name in features]]
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    fit = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(x, DATA.target)
    expected = [*fit.coef_[0], fit.intercept_[0]]
    given = x[:, 0] if len(features) == 1 else x
    w = GDWidget(given, DATA.target, loss="cross_entropy", optimizer=optimizer, engine="numpy")
    w.lr = w.critical_lr / 2
    w.step(steps)
    assert w.params == pytest.approx(expected, abs=1e-6)
    assert w._trainer.objective.best == pytest.approx(expected, abs=1e-6)
    assert w.advice == ""
