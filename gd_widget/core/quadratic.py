"""The error of a model that is linear in its parameters, for all parameters at once: a bowl.

The mean squared error of `y_guess = x @ a`, x of shape (n, d), is an exact quadratic in a. A few
sums over the data fix it; after one pass the points are no longer needed. They are kept in the
form that loses no digits, about the means. With w the coefficients of the p features, and b that of
the column of ones, the intercept,

    loss(a) = floor + (w - best_slopes)ᵀ cov_x (w - best_slopes) + e²
          e = mean_x · w + b - mean_y

a floor that nothing beats, plus what wrong slopes cost, plus one square for missing the middle of
the data. Of a line, whose parameters are (slope, intercept), these are six numbers. A model without
an intercept has no e, and its means count as zero.

Its digits end where those of cov_x do, which is rounded as any number is: that moves the loss by
up to 2⁻⁵³ |w - best_slopes|² λmax, λmax the largest eigenvalue of cov_x. Of a line that is nothing.
Of twelve powers, which are nearly alike, best_slopes may be hundreds away, and then the loss has
eleven digits instead of twelve. No other order of these sums gives more, for they are all that is
kept: a pass over the points does, as PyTorch makes it.

js/core/quadratic.js is this file's twin; how the sums are taken is in sums.py.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from gd_widget.core.linear_algebra import (
    Covariance,
    Matrix,
    dot,
    least_norm,
    matrix,
    minus,
    times,
)
from gd_widget.core.model import in_order
from gd_widget.core.principal_axes import NEAR, hessian, principal_axes
from gd_widget.core.sums import Sums, must_be_finite, sums_of_columns, sums_of_line
from gd_widget.core.types import FloatArray, Params, Vector


class Numbers(NamedTuple):
    """What fixes a bowl.

    n : points.
    intercept : which of the parameters it is, counted from 0; None: there is none.
    mean_x, best_slopes : of each of the p features, its mean and its best coefficient.
    mean_y : that of y.
    cov_x : the mean products of the features about their means, p rows of p numbers.
    floor : the loss that nothing beats.
    """

    n: int
    intercept: int | None
    mean_x: tuple[float, ...]
    mean_y: float
    cov_x: tuple[tuple[float, ...], ...]
    best_slopes: tuple[float, ...]
    floor: float


class Quadratic(Numbers):
    """The mean squared error on n points, as a function of d parameters."""

    @classmethod
    def of(cls, x: FloatArray, y: FloatArray) -> Quadratic:
        """The bowl of a line on the points (x, y), both of shape (n,).

        Raises ValueError when the squares of the data exceed the range of float64.
        """
        bowl = cls.from_sums(sums_of_line(x, y))
        bowl.must_be_finite(np.abs(x).max(), np.abs(y).max())
        return bowl

    @classmethod
    def of_design(cls, x: FloatArray, y: FloatArray, intercept: int | None) -> Quadratic:
        """The bowl of the design matrix x, of shape (n, d), and y, of shape (n,).

        intercept : which column is all ones; None: there is none.

        Raises ValueError as `of` does.
        """
        columns = x if intercept is None else np.delete(x, intercept, axis=1)
        bowl = cls.from_sums(sums_of_columns(columns, y, intercept))
        bowl.must_be_finite(np.abs(columns).max(initial=0), np.abs(y).max())
        return bowl

    @classmethod
    def from_sums(cls, sums: Sums) -> Quadratic:
        """The bowl that they fix. They may exceed float64: see must_be_finite."""
        means, best = tuple(sums.mean_x.tolist()), tuple(sums.best_slopes.tolist())
        cov_x = tuple(map(tuple, sums.cov_x.tolist()))
        return cls(sums.n, sums.intercept, means, sums.mean_y, cov_x, best, sums.floor)

    @cached_property
    def _sums(self) -> Sums:
        """The same numbers as arrays."""
        mean_x, best_slopes = np.array(self.mean_x), np.array(self.best_slopes)
        cov_x = np.array(self.cov_x).reshape(len(mean_x), len(mean_x))
        means = (mean_x, self.mean_y, np.zeros_like(mean_x), 0.0)
        return Sums(self.n, self.intercept, *means, cov_x, best_slopes, self.floor)

    @cached_property
    def _line(self) -> tuple[float, float] | None:
        """Mean and variance of x, of a line: written out, it is many times as quick."""
        is_line = len(self.mean_x) == self.intercept == 1
        return (self.mean_x[0], self.cov_x[0][0]) if is_line else None

    @cached_property
    def _cov_x(self) -> Matrix:
        return matrix(self._sums.cov_x)

    @cached_property
    def _covariance(self) -> Covariance:
        return Covariance(self._sums.cov_x)

    def __hash__(self) -> int:
        """Of a few of the numbers: a thousand parameters have a million."""
        return hash((self.n, self.mean_y, self.floor))

    def must_be_finite(self, size_x: float, size_y: float) -> None:
        """Raise ValueError where squares exceed float64; the sizes of x and y are for the words."""
        must_be_finite(self._sums, size_x, size_y)

    def as_json(self) -> dict[str, Any]:
        """What a page is told."""
        lists = {"mean_x": list(self.mean_x), "best_slopes": list(self.best_slopes)}
        return {**self._asdict(), **lists, "cov_x": [list(row) for row in self.cov_x]}

    @property
    def d(self) -> int:
        """How many parameters there are."""
        return len(self.mean_x) + (self.intercept is not None)

    # ------------------------------------------------------------------- at some parameters

    def gradient(self, params: Vector) -> Params:
        """Loss, and its derivative by each parameter."""
        w, b = self._apart(params)
        off = minus(w, self.best_slopes)
        along = times(self._cov_x, off)
        e = dot(self.mean_x, w) + b - self.mean_y
        by_w = [2 * (steep + mean * e) for steep, mean in zip(along, self.mean_x, strict=True)]
        return self.floor + dot(off, along) + e * e, *in_order(self.intercept, by_w, 2 * e)

    def loss(self, params: Vector) -> float:
        """The mean squared error, in squared units of y."""
        return self.gradient(params)[0]

    @property
    def bowl(self) -> Quadratic:
        """Itself; see Objective, which it is one of."""
        return self

    def length_along(self, params: Vector, grad: Vector, direction: Vector) -> float:
        """How many times a direction leads to the lowest point along it: there is a formula."""
        curvature = self.curvature_along(direction)
        return -dot(grad, direction) / curvature if curvature > 0 else 0.0

    def newton_step(self, params: Vector, grad: Vector) -> Vector:
        """H⁻¹ grad, which leads to the bottom."""
        return self.over_hessian(grad)

    # ------------------------------------------------------- its shape, the same everywhere

    @property
    def hessian(self) -> FloatArray:
        """(2/n) xᵀx, shape (d, d): how the gradient changes from place to place."""
        return hessian(self._sums)

    def curvature_along(self, direction: Vector) -> float:
        """dᵀ H d: how the slope of the loss changes along a direction."""
        if self._line:
            (mean_x, var_x), (slope, intercept) = self._line, direction
            e = mean_x * slope + intercept
            return 2 * (var_x * slope * slope + e * e)
        w, b = self._apart(direction)
        e = dot(self.mean_x, w) + b
        return 2 * (dot(w, times(self._cov_x, w)) + e * e)

    def over_hessian(self, grad: Vector) -> Params:
        """H⁻¹ grad, the way to the bottom; along a valley, where H has no inverse, none."""
        if self._line and not self.has_valley:
            (mean_x, var_x), (by_slope, by_intercept) = self._line, grad
            slope = (by_slope - mean_x * by_intercept) / (2 * var_x)
            return slope, by_intercept / 2 - mean_x * slope
        by_w, by_b = self._apart(grad)
        half = [(by - mean * by_b) / 2 for by, mean in zip(by_w, self.mean_x, strict=True)]
        w = self._covariance.solve(half)
        if self.has_valley:
            least = least_norm(np.array(w), self._covariance.flat, self._sums.mean_x, by_b / 2)
            w = least.tolist()
        return in_order(self.intercept, w, by_b / 2 - dot(self.mean_x, w))

    @cached_property
    def has_valley(self) -> bool:
        """Whether many parameters fit alike."""
        return self.free > 0

    @cached_property
    def free(self) -> int:
        """In how many directions of parameter space others fit alike."""
        if self.curvatures[0] > NEAR * self.curvatures[-1]:
            return 0
        return int((self._covariance.values == 0).sum())

    @cached_property
    def curvatures(self) -> tuple[float, ...]:
        """The Hessian's eigenvalues, in ascending order."""
        return tuple(self.principal_axes[0].tolist())

    @cached_property
    def principal_axes(self) -> tuple[FloatArray, FloatArray]:
        """The Hessian's eigenvalues, ascending, and its eigenvectors, of length 1, as rows.

        Of the two ways along each, the one in which its largest part is positive; of parts that are
        as large but for rounding, the first.
        """
        return principal_axes(self._sums, self._covariance)

    def errors_along_axes(self, params: Vector) -> list[tuple[float, float]]:
        """Of each principal direction, its curvature, and what the error along it adds to the loss.

        In ascending order of curvature. The loss is their sum, and the floor.
        """
        curvatures, axes = self.principal_axes
        off = axes @ np.array(minus(params, self.least_squares))
        return list(zip(self.curvatures, (curvatures / 2 * off * off).tolist(), strict=True))

    @property
    def error_curvatures(self) -> tuple[float, float]:
        """The least and the greatest curvature of directions in which there is an error.

        Along a valley there is none.
        """
        steepest = self.curvatures[-1]
        least = next((one for one in self.curvatures if one + steepest > steepest), steepest)
        return least, steepest

    @property
    def critical_lr(self) -> float:
        """2 / λmax: below it gradient descent converges on these data, above it diverges."""
        _, steepest = self.error_curvatures
        return 2 / steepest if steepest > 0 else math.inf

    @property
    def fastest_lr(self) -> float:
        """2 / (λmin + λmax): the constant rate whose slowest direction shrinks fastest.

        Source: Polyak, Introduction to Optimization (1987), section 1.4.
        """
        slowest, steepest = self.error_curvatures
        return 2 / (slowest + steepest) if steepest > 0 else math.inf

    def level_set(self, height: float) -> FloatArray | None:
        """The parameters whose loss is so far above the floor, as steps from the best fit.

        A matrix of shape (d, d) that makes these steps of all vectors of length 1: of two
        parameters, an ellipse of the unit circle. None in a valley, where it has no end.
        """
        if self.has_valley:
            return None
        with np.errstate(over="ignore"):
            steps = self._covariance.steps(math.sqrt(height))
        if self.intercept is None:
            return steps
        of_intercept = [*-self._sums.mean_x @ steps, math.sqrt(height)]
        of_features = np.column_stack([steps, np.zeros(len(steps))])
        return np.insert(of_features, self.intercept, of_intercept, axis=0)

    def near_floor(self, first_loss: float) -> float:
        """The loss within 1% of the floor; where the fit is exact, a millionth of the first."""
        return 1e-6 * first_loss if self.is_exact else 1.01 * self.floor

    @property
    def is_exact(self) -> bool:
        """Whether the floor is practically zero."""
        return self.floor <= 1e-9 * self.spread**2

    @property
    def has_digits(self) -> bool:
        """Whether rounding leaves the loss enough digits to tell what is near the floor.

        Of columns that are nearly sums of each other the best coefficients may be so large that
        the terms of the loss, which are rounded one by one, are far larger than their sum.
        """
        best = np.abs(self.best_slopes)
        with np.errstate(over="ignore"):
            rounding = np.finfo(np.float64).eps * float(best @ np.abs(self._sums.cov_x) @ best)
        at_zero = self.var_y + self.mean_y * self.mean_y
        return bool(rounding <= 0.1 * (self.near_floor(at_zero) - self.floor))

    @property
    def at_floor(self) -> float:
        """The loss that is practically the floor: above it by 1e-12 of the square of `spread`."""
        return self.floor + 1e-12 * self.spread**2

    def is_at_floor(self, params: Vector) -> bool:
        """Whether the loss there is practically the floor."""
        return self.loss(params) <= self.at_floor

    # ------------------------------------------------------------- the best fit, and sizes

    @property
    def best(self) -> Params:
        """The best fit."""
        return self.least_squares

    @property
    def least_squares(self) -> Params:
        """The best fit. Where many fit alike, the one of the least sum of squares."""
        best = self.best_slopes
        return in_order(self.intercept, best, self.mean_y - dot(best, self.mean_x))

    @property
    def explained(self) -> float:
        """What the best fit explains of the variance of y."""
        # A sum of squares: below zero it is by rounding alone.
        return max(0.0, dot(self.best_slopes, times(self._cov_x, self.best_slopes)))

    @property
    def var_y(self) -> float:
        """The variance of y: what the best fit leaves, and what it explains."""
        return self.floor + self.explained

    @property
    def root_mean_squares(self) -> tuple[Params, float]:
        """The sizes of the columns that the parameters multiply, and of y, in their own units."""
        spreads = [math.sqrt(row[i]) for i, row in enumerate(self.cov_x)]
        columns = in_order(self.intercept, list(map(math.hypot, self.mean_x, spreads)), 1.0)
        return columns, math.hypot(self.mean_y, math.sqrt(self.var_y))

    @cached_property
    def spread(self) -> float:
        """The standard deviation of y; without an intercept its root mean square.

        Where all y are nearly one value, a millionth of rms(y) counts instead: what is smaller
        drowns in the rounding of large numbers.
        """
        return max(math.sqrt(self.var_y), 1e-6 * self.root_mean_squares[1])

    # -------------------------------------------------------------------------------------

    def _apart(self, params: Vector) -> tuple[list[float], float]:
        """The features' part and the intercept's, 0 where there is none."""
        w = list(params)
        return w, 0.0 if self.intercept is None else w.pop(self.intercept)
