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


def _squares(guess: FloatArray, y: FloatArray, _: float) -> FloatArray:
    return (guess - y) ** 2


def _of_squares(guess: FloatArray, y: FloatArray, _: float) -> FloatArray:
    share = sigmoid(guess)
    return 2 * (share - y) * share * (1 - share)


def _twice(guess: FloatArray, y: FloatArray, _: float) -> FloatArray:
    share = sigmoid(guess)
    return (sigmoid(share) - y) * share * (1 - share)


OTHERS: dict[str, Functions] = {
    **{name: (kind.value, kind.slope) for name, kind in KINDS.items()},
    "fourth": (lambda guess, y, _: (guess - y) ** 4, lambda guess, y, _: 4 * (guess - y) ** 3),
    "sigmoid_twice": (_of_probability(KINDS["cross_entropy"].value), _twice),
    "mse_of_sigmoid": (_of_probability(_squares), _of_squares),
}
"""Beside the squared error, which the sums know."""

OF_0_AND_1 = ("cross_entropy", "sigmoid_twice", "mse_of_sigmoid")
"""Those of y that is 0 or 1."""


def other_kind(case: Case) -> Iterator[Diagnosis]:
    """What is the loss instead, if its gradients are those seen."""
    shown = case.shown
    for kind, delta, loss in _others(case):
        is_meant = shown.is_squared and kind != "fourth" and loss_factor(case.records, loss) is None
        if not is_meant and case.goes_by(_gradient_of(loss)):
            yield case.diagnosis("other_kind", kind=kind, shown=shown.kind, delta=delta)


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


def _others(case: Case) -> Iterator[tuple[str, float | None, Shown]]:
    """Losses of other kinds than the one shown, or with another delta: its own where it has one."""
    shown, points = case.shown, case.points
    if not shown.is_squared:
        yield "mse", None, Shown(case.bowl)
    if points is None or are_many(points) or not isinstance(points.y, np.ndarray):
        return
    is_of_0_and_1 = bool(np.isin(points.y, (0, 1)).all())
    for kind in OTHERS:
        if kind in OF_0_AND_1 and not is_of_0_and_1:
            continue
        for delta in case.records[-1].deltas if kind == "huber" else (None,):
            is_same = kind == shown.kind and delta in (None, shown.delta)
            if is_same and not shown.has_penalty:
                continue
            of_kind = _OfPoints(points.x, points.y, kind, delta or 1.0)
            name = "other_delta" if kind == shown.kind and not is_same else kind
            yield name, delta, Shown(case.bowl, of_kind)
