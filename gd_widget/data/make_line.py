"""Points to play with, scattered about a line."""

from __future__ import annotations

import numpy as np

from gd_widget.core.settings import checked
from gd_widget.core.types import Params
from gd_widget.data.points import Points


def make_line(
    n: int = 100,
    noise: str = "uniform",
    seed: int = 1,
    true_params: Params = (3.0, 2.0),
) -> Points:
    """Points scattered about a line.

    `x` is uniform on [-1, 1), drawn first; then `y = slope * x + intercept + noise`. The noise
    is "uniform" on [0, 1), as in fast.ai's lesson: its mean is one half, so the best fit's
    intercept is half a unit above the true one. Or it is "gaussian": N(0, 0.25²), centred.
    The same seed gives the same points on every machine.

    >>> make_line(n=3).x.round(3).tolist()
    [0.024, 0.901, -0.712]
    """
    asked = {"n": n, "noise": noise, "seed": seed, "true_params": true_params}
    n, noise, seed, (slope, intercept) = checked(asked).values()
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, n)
    y = slope * x + intercept
    y += rng.uniform(0, 1, n) if noise == "uniform" else rng.normal(0, 0.25, n)
    return Points(x, y)
