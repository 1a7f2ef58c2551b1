"""A line's bowl as the six numbers that it is."""

from __future__ import annotations

from typing import NamedTuple

from gd_widget.core.quadratic import Quadratic


class SixNumbers(NamedTuple):
    n: int
    mean_x: float
    mean_y: float
    var_x: float
    best_slope: float
    floor: float


def six_numbers(bowl: Quadratic) -> SixNumbers:
    (mean_x,), ((var_x,),), (best_slope,) = bowl.mean_x, bowl.cov_x, bowl.best_slopes
    return SixNumbers(bowl.n, mean_x, bowl.mean_y, var_x, best_slope, bowl.floor)
