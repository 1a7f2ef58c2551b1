"""The sums over the data that fix a bowl: of a line, of a design matrix, of parts together.

What they are, core/quadratic.py says. They are taken about the means, and the means about the first
row, so that values around 1e6 lose nothing to cancellation, and equal ones have a variance of
exactly zero.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from gd_widget.core.linear_algebra import Covariance, fit, least_norm
from gd_widget.core.types import FloatArray


class Sums(NamedTuple):
    """What fixes a Quadratic, in the form in which parts can be added without loss.

    origin_x, origin_y : one row of the data; offset_x, offset_y : the means about it. Around 1e8 a
        mean is rounded to 1e-8, and a difference of two means is little else; of offsets it is not.
    cov_x, best_slopes, floor : those of the Quadratic, as arrays of shape (p, p) and (p,).
    """

    n: int
    intercept: int | None
    origin_x: FloatArray
    origin_y: float
    offset_x: FloatArray
    offset_y: float
    cov_x: FloatArray
    best_slopes: FloatArray
    floor: float

    @property
    def mean_x(self) -> FloatArray:
        """The means of the features, shape (p,)."""
        return self.origin_x + self.offset_x

    @property
    def mean_y(self) -> float:
        """The mean of y."""
        return self.origin_y + self.offset_y


def sums_of_line(x: FloatArray, y: FloatArray) -> Sums:
    """Of a line on the points (x, y), both of shape (n,)."""
    n = len(x)
    with np.errstate(over="ignore", invalid="ignore"):
        (shift_x, dx), (shift_y, dy) = _centred(x), _centred(y)
        squares = dx @ dx
        var_x = squares / n
        if var_x > 0:
            best_slope = dx @ dy / squares
            dy -= best_slope * dx
        else:  # all slopes fit alike: the least one, as in least_norm()
            mean_x, mean_y = x[0] + shift_x, y[0] + shift_y
            best_slope = mean_x * mean_y / (1 + mean_x * mean_x)
        seven = (x[0], y[0], shift_x, shift_y, var_x, best_slope, dy @ dy / n)
        return sums_from_numbers(n, *map(float, seven))


def sums_from_numbers(
    n: int,
    origin_x: float,
    origin_y: float,
    offset_x: float,
    offset_y: float,
    var_x: float,
    best_slope: float,
    floor: float,
) -> Sums:
    """Those of a line, from its numbers."""
    origin, offset, slope = (np.array([number]) for number in (origin_x, offset_x, best_slope))
    return Sums(n, 1, origin, origin_y, offset, offset_y, np.array([[var_x]]), slope, floor)


def sums_of_design(x: FloatArray, y: FloatArray, intercept: int | None) -> Sums:
    """Of a design matrix of shape (n, d), whose column `intercept` is all ones, if there is one."""
    columns = x if intercept is None else np.delete(x, intercept, axis=1)
    return sums_of_columns(columns, y, intercept)


def sums_of_columns(x: FloatArray, y: FloatArray, intercept: int | None) -> Sums:
    """The same of its other columns, x of shape (n, p)."""
    largest = max(x.max(initial=0), -x.min(initial=0)), np.abs(y).max()
    origin_x, origin_y = np.zeros(x.shape[1]), 0.0
    offset_x, offset_y = np.zeros(x.shape[1]), 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        if intercept is not None:
            origin_x, origin_y = x[0], float(y[0])
            (offset_x, x), (shift_y, y) = _centred(x), _centred(y)
            offset_y = float(shift_y)
        products = x.T @ x
        must_be_small(products.trace() + y @ y, *largest)
    slopes, flat, floor, cov_x = fit(x, y, products)
    if flat.size:
        slopes = least_norm(slopes, flat, origin_x + offset_x, origin_y + offset_y)
    n = len(x)
    return Sums(n, intercept, origin_x, origin_y, offset_x, offset_y, cov_x, slopes, floor)


def added(one: Sums, other: Sums) -> Sums:
    """Of some points and others together.

    All squares that are added are at least zero: nothing is lost to cancellation. Source: Chan,
    Golub and LeVeque, Algorithms for computing the sample variance (1983), formula 2.1, written for
    several features and for their best fit.
    """
    n = one.n + other.n
    share, other_share = one.n / n, other.n / n
    between = share * other_share
    with np.errstate(over="ignore", invalid="ignore"):
        dx = (other.origin_x - one.origin_x) + (other.offset_x - one.offset_x)
        dy = (other.origin_y - one.origin_y) + (other.offset_y - one.offset_y)
        offset_x, offset_y = one.offset_x + other_share * dx, one.offset_y + other_share * dy
        own, others = share * one.cov_x, other_share * other.cov_x
        cov_x = own + others + between * dx[:, None] * dx
        products = own @ one.best_slopes + others @ other.best_slopes + between * dx * dy
        mean_x, mean_y = one.origin_x + offset_x, one.origin_y + offset_y
        best = _best_slopes(cov_x, products, mean_x, mean_y)
        off, other_off = one.best_slopes - best, other.best_slopes - best
        e = dy - float(best @ dx)
        floor = share * one.floor + other_share * other.floor
        # Squares, which are below zero by rounding alone.
        floor += max(0.0, float(off @ own @ off)) + max(0.0, float(other_off @ others @ other_off))
        floor += between * e * e
    origin = one.origin_x, one.origin_y
    return Sums(n, one.intercept, *origin, offset_x, offset_y, cov_x, best, floor)


def standardized(sums: Sums) -> Sums:
    """Those of the same columns with mean 0 and standard deviation 1; all of them must vary."""
    scales = np.sqrt(sums.cov_x.diagonal())
    zero = np.zeros_like(scales)
    return sums._replace(
        origin_x=zero,
        offset_x=zero,
        cov_x=sums.cov_x / scales[:, None] / scales,
        best_slopes=sums.best_slopes * scales,
    )


def _best_slopes(
    cov_x: FloatArray, products: FloatArray, mean_x: FloatArray, mean_y: float
) -> FloatArray:
    """The slopes that fit best, where products are the mean ones of each feature with y."""
    if len(cov_x) == 1 and cov_x[0, 0] > 0:  # as below, which takes ten times as long
        only: FloatArray = products / cov_x[0]
        return only
    if not np.isfinite(cov_x).all():  # which must_be_finite() is to refuse
        return products
    covariance = Covariance(cov_x)
    slopes, flat = np.array(covariance.solve(products.tolist())), covariance.flat
    return least_norm(slopes, flat, mean_x, mean_y) if flat.size else slopes


def must_be_finite(sums: Sums, size_x: float, size_y: float) -> None:
    """Raise ValueError where squares exceed float64; the sizes of x and y are for the words."""
    with np.errstate(over="ignore", invalid="ignore"):
        squares = sums.cov_x.trace() + sums.floor
        squares += sums.mean_x @ sums.mean_x + sums.mean_y * sums.mean_y
        must_be_small(squares, size_x, size_y)
        if not np.isfinite(sums.best_slopes @ sums.best_slopes):
            raise ValueError(
                "x is too small for y: the squares of the best slopes must be finite; got values "
                f"up to {size_x:.3g} in x and {size_y:.3g} in y"
            )


def must_be_small(squares: float, size_x: float, size_y: float) -> None:
    """Raise ValueError where a sum of squares of the data exceeds float64."""
    if not math.isfinite(squares):
        raise ValueError(
            "x and y must be small enough for their squares to be finite; got values up to "
            f"{size_x:.3g} in x and {size_y:.3g} in y"
        )


def _centred(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The means of columns about their first row, and the values about the means."""
    offsets = values - values[0]
    shift = offsets.mean(axis=0)
    offsets -= shift
    return shift, offsets
