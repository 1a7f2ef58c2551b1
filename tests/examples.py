"""Examples of any number of features, for tests that train on them."""

from __future__ import annotations

import numpy as np
import pytest

from gd_widget.data.features import Features

D = [1, 2, 3, 10, pytest.param(200, marks=pytest.mark.slow)]
"""Numbers of parameters that the core is tried with."""


def examples(d: int, intercept: int | None = None, n: int | None = None) -> Features:
    """N examples of d columns of a like size, none of them nearly a sum of the others."""
    rng = np.random.default_rng(d)
    n = 4 * d + 20 if n is None else n
    x = rng.normal(size=(n, d))
    if intercept is not None:
        x[:, intercept] = 1
    y = x @ rng.normal(size=d) + 0.1 * rng.normal(size=n)
    return Features(x, y, [f"w{i}" for i in range(d)], intercept)
