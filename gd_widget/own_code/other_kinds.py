"""The points are those shown, and the guess too, but the loss is of another kind.

See other_losses.py. A loss of its own may be meant: so it is named only where another one is asked
of the widget, or where the code returns it, to be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.losses import KINDS, AtPoints, design, sigmoid
from gd_widget.core.types import FloatArray, Params, Vector
from gd_widget.data.points import are_many
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.predictions import Predict
from gd_widget.own_code.returned_loss import loss_factor
from gd_widget.own_code.shown import Shown

Functions = tuple[AtPoints, AtPoints]
"""A loss, as a function of y_guess and y, and its derivative by y_guess."""


def _of_probability(at: AtPoints) -> AtPoints:
    return lambda guess, y, delta: at(sigmoid(guess), y, delta)


def _twice(guess: FloatArray, y: FloatArray, _: float) -> FloatArray:
    share = sigmoid(guess)
    return (sigmoid(share) - y) * share * (1 - share)


MOST_PAIRED = 300
"""Of more points, all pairs are too many to be looked at again and again."""

OTHERS: dict[str, Functions] = {
    **{name: (kind.value, kind.slope) for name, kind in KINDS.items()},
    "fourth": (lambda guess, y, _: (guess - y) ** 4, lambda guess, y, _: 4 * (guess - y) ** 3),
    "sigmoid_twice": (_of_probability(KINDS["cross_entropy"].value), _twice),
}
"""Beside the squared error, which the sums know."""


def other_kind(case: Case) -> Iterator[Diagnosis]:
    """What is the loss instead, if its gradients are those seen."""
    shown = case.shown
    for kind, loss in _others(case):
        is_meant = shown.is_squared and kind != "fourth" and loss_factor(case.records, loss) is None
        if not is_meant and case.goes_by(_gradient_of(loss)):
            yield case.diagnosis("other_kind", kind=kind, shown=shown.kind)


def points_of_loss(case: Case) -> Iterator[Diagnosis]:
    """The kind is that shown, of a line, but its points are standardized, or all pairs of them.

    Of the mean squared error the sums say so: see other_losses.points_standardized and broadcasts.
    """
    points = case.points
    if points is None or are_many(points) or case.shown.kind == "mse":
        return
    x, y = np.asarray(points.x), np.asarray(points.y, np.float64)
    if x.ndim != 1 or not (x.std() and y.std()):
        return

    def fits(other_x: FloatArray, other_y: FloatArray) -> bool:
        of_loss = _OfPoints(other_x, other_y, case.shown.kind, case.shown.delta)
        return case.goes_by(_gradient_of(Shown(case.bowl, of_loss)))

    if len(y) <= MOST_PAIRED and fits(np.tile(x, len(y)), np.repeat(y, len(y))):
        yield case.diagnosis("broadcasts", n=len(y))
    for fewer in (0, 1):
        in_spreads = [(one - one.mean()) / one.std(ddof=fewer) for one in (x, y)]
        if fits(in_spreads[0], y):
            yield case.diagnosis("other_points", which="x", how="standardized")
        if fits(x, in_spreads[1]):
            yield case.diagnosis("other_points", which="y", how="standardized")


def _gradient_of(loss: Shown) -> Predict:
    return lambda params: loss.gradient(params)[1:]


class _OfPoints:
    """One of OTHERS on the points."""

    def __init__(self, x: FloatArray, y: FloatArray, kind: str, delta: float) -> None:
        self._x, self._y, self._delta = design(x), np.asarray(y, np.float64), delta
        self._value, self._slope = OTHERS[kind]

    def gradient(self, params: Vector) -> Params:
        """The loss, and its derivative by each parameter."""
        with np.errstate(over="ignore", invalid="ignore"):
            guess = self._x @ np.array(params)
            by_guess = self._slope(guess, self._y, self._delta)
            loss = float(self._value(guess, self._y, self._delta).mean())
            grad = by_guess @ self._x / len(self._y)
        return loss, *grad.tolist()


def _others(case: Case) -> Iterator[tuple[str, Shown]]:
    """Losses of other kinds than the one shown."""
    shown, points = case.shown, case.points
    if not shown.is_squared:
        yield "mse", Shown(case.bowl)
    if points is None or are_many(points) or not isinstance(points.y, np.ndarray):
        return
    is_of_0_and_1 = bool(np.isin(points.y, (0, 1)).all())
    for kind in OTHERS:
        is_shown = kind == shown.kind and not shown.has_penalty
        if is_shown or (kind in ("cross_entropy", "sigmoid_twice") and not is_of_0_and_1):
            continue
        for delta in case.records[-1].deltas if kind == "huber" else (1.0,):
            yield kind, Shown(case.bowl, _OfPoints(points.x, points.y, kind, delta))
