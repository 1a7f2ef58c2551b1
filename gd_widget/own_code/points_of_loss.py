"""The loss is of the kind shown, but its points are others, or stand in other pairs.

Of the mean squared error the sums say so: see other_losses.py. Here a hypothesis is a design
matrix and a y. Backward goes through that matrix; derivatives that were written out may have the
one shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.losses import KINDS, design
from gd_widget.core.types import FloatArray, Params
from gd_widget.data.points import are_many
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.predictions import LARGEST, SMALLEST

MOST_PAIRED = 300
"""Of more points, all pairs are too many to be looked at again and again."""

MOST_CHANGED = 2_000
"""Of more, they are not scaled and shifted by each number of the code."""


class Others(NamedTuple):
    """Points that may be those of the code: in what they are others, and how."""

    x: FloatArray
    y: FloatArray
    which: str
    how: str


def points_of_loss(case: Case) -> Iterator[Diagnosis]:
    """The points, if the gradients seen are theirs."""
    points = case.points
    if points is None or are_many(points) or case.shown.kind == "mse":
        return
    x, y = design(points.x), np.asarray(points.y, np.float64)
    n = len(y)
    if n <= MOST_PAIRED and _fits(case, np.repeat(x, n, axis=0), np.tile(y, n), np.tile(x, (n, 1))):
        yield case.diagnosis("broadcasts", n=n)
    for other in _others(case, x, y):
        if _fits(case, other.x, other.y, x):
            yield case.diagnosis("other_points", which=other.which, how=other.how)


def _fits(case: Case, x: FloatArray, y: FloatArray, written: FloatArray) -> bool:
    """Whether these points' gradients were seen; of steps by hand, with whichever x they have."""
    slope = KINDS[case.shown.kind].slope

    def goes_by(by: FloatArray) -> bool:
        def predict(params: Params) -> list[float]:
            by_guess = slope(x @ np.array(params), y, case.shown.delta)
            grad: list[float] = (by_guess @ by / len(y)).tolist()
            return grad

        return case.goes_by(predict)

    return goes_by(x) or (case.by_hand and goes_by(written))


def _others(case: Case, x: FloatArray, y: FloatArray) -> Iterator[Others]:
    """Standardized, of the other sign, and scaled or shifted by a number that the code has."""
    of_x = np.arange(x.shape[1]) != case.bowl.intercept
    spread_x, spread_y = x.std(axis=0), float(y.std())
    if not (spread_x[of_x].all() and spread_y):
        return

    def changed(x_of: FloatArray) -> FloatArray:
        return np.where(of_x, x_of, x)

    for fewer in (0, 1):
        by_x, by_y = np.where(of_x, x.std(axis=0, ddof=fewer), 1.0), y.std(ddof=fewer)
        yield Others(changed((x - x.mean(axis=0)) / by_x), y, "x", "standardized")
        yield Others(x, (y - y.mean()) / by_y, "y", "standardized")
    yield Others(x, -y, "y", "negated")
    if case.shown.kind == "cross_entropy":
        for one in (1 - y, 2 * y - 1):
            yield Others(x, one, "y", "other")
    numbers = case.records[-1].numbers if len(y) <= MOST_CHANGED else None
    written = {one for one in numbers or () if SMALLEST < abs(one) < LARGEST and abs(one) != 1}
    for number in written:
        for by in (number, 1 / number):
            yield Others(changed(x * by), y, "x", "scaled")
            yield Others(x, y * by, "y", "scaled")
        for by in (number, -number):
            yield Others(changed(x + by), y, "x", "shifted")
            yield Others(x, y + by, "y", "shifted")
