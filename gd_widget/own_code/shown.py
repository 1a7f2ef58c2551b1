"""The loss that the widget shows: what the reader's code is compared with."""

from __future__ import annotations

import math
from functools import cache
from typing import Protocol

from gd_widget.core.losses import KINDS, MSE, PointLoss
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params, Vector
from gd_widget.own_code.predictions import FLOAT32, ROUNDINGS, rounding_of_guess


class HasGradient(Protocol):
    """A loss of the points."""

    def gradient(self, params: Vector) -> Params:
        """The loss, and its derivative by each parameter."""


class Shown:
    """A loss of the points; and what of its gradient is large, and what may be rounding.

    bowl : the mean squared error on the points, which knows how they are spread.
    loss : the loss, where it is not that error alone.
    """

    def __init__(self, bowl: Quadratic, loss: HasGradient | None = None) -> None:
        self.bowl = bowl
        self.is_squared = loss is None
        told = loss.told if isinstance(loss, PointLoss) else MSE
        self.kind = told.kind
        self.has_penalty = isinstance(loss, Quadratic) or told.ridge > 0
        self.gradient = cache((loss or bowl).gradient)  # each asked for often
        """The loss, and its derivative by each parameter."""
        self.critical_lr = bowl.critical_lr if loss is None else math.inf
        """Above it plain gradient descent climbs; infinity where that is not known."""
        size_y = bowl.root_mean_squares[1]
        self.delta = told.delta
        bound = told.delta if self.kind == "huber" else 1.0
        self.slope = 2 * size_y if self.kind == "mse" else min(bound, size_y)
        """The size of the loss's derivative by a guess, as far from the points as y is from 0."""
        self._curvature = 2.0 if self.kind == "mse" else KINDS[self.kind].steepest or 0.0

    def rounding_of_gradient(self, params: Params, eps: float) -> float:
        """What of it may be rounding, in units of the intercept's part."""
        of_guess = self._curvature * rounding_of_guess(params, eps, self.bowl)
        of_sum = 0.0 if self.kind == "mse" else ROUNDINGS * max(eps, FLOAT32) * self.slope
        return of_guess + of_sum

    def rounding_of_loss(self, params: Params, eps: float) -> float:
        """What of the loss may be rounding."""
        of_guess = rounding_of_guess(params, eps, self.bowl)
        if self.kind == "mse":
            return of_guess * (2 * math.sqrt(self.gradient(params)[0]) + of_guess)
        return self.slope * of_guess
