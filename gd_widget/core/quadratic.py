"""The error of a line, for every line at once: a bowl over (slope, intercept).

The mean squared error of `y = slope * x + intercept` on any data is an exact quadratic in
(slope, intercept). Six sums over the data fix it (n, Σx, Σy, Σx², Σxy, Σy²); after one pass the
points are no longer needed. The sums are kept in the form that loses no digits:

    loss(slope, intercept) = floor + var_x · (slope - best_slope)² + e²
                         e = mean_x · slope + intercept - mean_y

a floor that no line beats, plus one square for a wrong slope and one for missing the middle
of the data. js/core/quadratic.js is this file's twin.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gd_widget.core.types import FloatArray, Params


@dataclass(frozen=True)
class Quadratic:
    """The mean squared error of a line on n points, as a function of (slope, intercept)."""

    n: int
    mean_x: float
    mean_y: float
    var_x: float
    best_slope: float
    floor: float

    @classmethod
    def of(cls, x: FloatArray, y: FloatArray) -> Quadratic:
        """The bowl of the points (x, y), both of shape (n,).

        The sums are shifted: taken about the first point, then about the mean. So x around
        1e6 loses nothing to cancellation, and equal x have a variance of exactly zero.
        Raises ValueError when the squares of the data exceed the range of float64.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            dx, dy = x - x[0], y - y[0]
            shift_x, shift_y = float(dx.mean()), float(dy.mean())
            dx -= shift_x
            dy -= shift_y
            mean_x, mean_y = float(x[0]) + shift_x, float(y[0]) + shift_y
            var_x = float(dx @ dx) / len(x)
            if var_x > 0:
                best_slope = float(dx @ dy) / float(dx @ dx)
            else:
                best_slope = _least_slope(mean_x, mean_y)
            residuals = dy if var_x == 0 else dy - best_slope * dx
            floor = float(residuals @ residuals) / len(x)
        bowl = cls(len(x), mean_x, mean_y, var_x, best_slope, floor)
        bowl.must_be_finite(float(np.abs(x).max()), float(np.abs(y).max()))
        return bowl

    def together(self, other: Quadratic) -> Quadratic:
        """The bowl of these points and others.

        All that is added up is at least zero, so nothing is lost to cancellation. Source: Chan,
        Golub and LeVeque, Algorithms for computing the sample variance (1983), formula 2.1,
        written for a line.
        """
        n = self.n + other.n
        mine, theirs = self.n / n, other.n / n
        dx, dy = other.mean_x - self.mean_x, other.mean_y - self.mean_y
        mean_x, mean_y = self.mean_x + theirs * dx, self.mean_y + theirs * dy
        between = mine * theirs
        own, others = mine * self.var_x, theirs * other.var_x
        var_x = own + others + between * dx * dx
        if var_x > 0:
            covariance = own * self.best_slope + others * other.best_slope + between * dx * dy
            best_slope = covariance / var_x
        else:
            best_slope = _least_slope(mean_x, mean_y)
        off, other_off = self.best_slope - best_slope, other.best_slope - best_slope
        e = dy - best_slope * dx
        floor = mine * self.floor + theirs * other.floor
        floor += own * off * off + others * other_off * other_off + between * e * e
        bowl = Quadratic(n, mean_x, mean_y, var_x, best_slope, floor)
        bowl.must_be_finite(*bowl.root_mean_squares)
        return bowl

    def must_be_finite(self, size_x: float, size_y: float) -> None:
        """Raise ValueError where squares exceed float64; the sizes of x and y are for the words."""
        squares = self.var_x + self.floor
        for number in (self.mean_x, self.mean_y, self.best_slope):
            squares += number * number
        if not math.isfinite(squares):
            raise ValueError(
                "x and y must be small enough for their squares to be finite; got values up to "
                f"{size_x:.3g} in x and {size_y:.3g} in y"
            )

    def gradient(self, params: Params) -> tuple[float, float, float]:
        """Loss, and its derivatives by slope and by intercept, at params."""
        slope, intercept = params
        off = slope - self.best_slope
        e = self.mean_x * slope + intercept - self.mean_y
        loss = self.floor + self.var_x * off * off + e * e
        return loss, 2 * (self.var_x * off + self.mean_x * e), 2 * e

    def loss(self, params: Params) -> float:
        """The mean squared error of the line, in squared units of y."""
        return self.gradient(params)[0]

    @property
    def hessian(self) -> FloatArray:
        """(2/n) XᵀX, shape (2, 2): the bowl's curvature, the same everywhere."""
        return 2 * np.array(
            [[self.var_x + self.mean_x * self.mean_x, self.mean_x], [self.mean_x, 1.0]]
        )

    def curvature_along(self, direction: Sequence[float]) -> float:
        """dᵀ H d: how the slope of the loss changes along a direction of (slope, intercept)."""
        slope, intercept = direction
        e = self.mean_x * slope + intercept
        return 2 * (self.var_x * slope * slope + e * e)

    def over_hessian(self, grad: Sequence[float]) -> Params:
        """H⁻¹ grad, the way to the bottom; along a valley, where H has no inverse, none."""
        grad_slope, grad_intercept = grad
        if self.var_x == 0:
            steepest = self.curvatures[1]
            return grad_slope / steepest, grad_intercept / steepest
        slope = (grad_slope - self.mean_x * grad_intercept) / (2 * self.var_x)
        return slope, grad_intercept / 2 - self.mean_x * slope

    @property
    def curvatures(self) -> tuple[float, float]:
        """The Hessian's eigenvalues, smaller first.

        The smaller one comes from the determinant, 4 var_x: exact where a difference of two
        large numbers would not be.
        """
        squares = self.var_x + self.mean_x * self.mean_x
        larger = squares + 1 + math.hypot(squares - 1, 2 * self.mean_x)
        return 4 * self.var_x / larger, larger

    @property
    def least_squares(self) -> Params:
        """The best fit. Where many lines fit alike, the one of least slope² + intercept²."""
        return self.best_slope, self.mean_y - self.best_slope * self.mean_x

    @property
    def critical_lr(self) -> float:
        """2 / λmax: below it gradient descent converges on these data, above it diverges."""
        return 2 / self.curvatures[1]

    @property
    def fastest_lr(self) -> float:
        """2 / (λmin + λmax): the constant rate whose slowest direction shrinks fastest.

        Source: Polyak, Introduction to Optimization (1987), section 1.4. Where many lines
        fit alike nothing moves along the valley, and 1 / λmax arrives in one step.
        """
        smaller, larger = self.curvatures
        is_valley = smaller + larger == larger
        return 1 / larger if is_valley else 2 / (smaller + larger)

    @property
    def root_mean_squares(self) -> tuple[float, float]:
        """The sizes of x and y, in their own units."""
        return math.hypot(self.mean_x, math.sqrt(self.var_x)), math.hypot(
            self.mean_y, math.sqrt(self.var_y)
        )

    @property
    def var_y(self) -> float:
        """The variance of y: what the best line leaves, and what it explains."""
        return self.floor + self.var_x * self.best_slope * self.best_slope

    @property
    def natural_gradient(self) -> Params:
        """The gradient's size where a line is off by the spread of y: 2·rms(x)·sd(y) and 2·sd(y).

        Where all y are nearly one value, a millionth of rms(y) counts as their spread: what is
        smaller drowns in the rounding of large numbers.
        """
        size_x, size_y = self.root_mean_squares
        spread = max(math.sqrt(self.var_y), 1e-6 * size_y)
        return 2 * size_x * spread, 2 * spread


def _least_slope(mean_x: float, mean_y: float) -> float:
    """Where every slope fits alike, the least one, as numpy.linalg.lstsq answers."""
    return mean_x * mean_y / (1 + mean_x * mean_x)
