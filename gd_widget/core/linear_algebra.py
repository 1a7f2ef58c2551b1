"""Linear algebra of a few numbers, and least squares of features whose sizes are far apart.

NumPy takes microseconds to begin, in which Python has multiplied what a line needs. And to NumPy's
decompositions, which take a matrix as a whole, a column around 1e-6 is noise beside one around 1e6:
so columns are brought to one size first, by powers of two, which rounds nothing.
js/core/linear-algebra.js is the twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from operator import mul
from typing import NamedTuple

import numpy as np

from gd_widget.core.types import Array, FloatArray, Vector

FEW = 8
"""Up to so many rows, a matrix is multiplied row by row in Python: that is quicker."""

FLAT = 1e-14
"""Features brought to one size do not vary in a direction in which they vary by less than this:
their mean products have no more digits."""

WELL_TOLD_APART = 1e6
"""Mean products whose eigenvalues are no farther apart than this have an inverse of ten digits."""

Matrix = Sequence[Vector] | FloatArray
"""Its rows; of many, as an array."""


def dot(one: Vector, other: Vector) -> float:
    """The inner product."""
    if len(one) == 2:  # a line's parameters: written out, in half the time
        return one[0] * other[0] + one[1] * other[1]
    product: float = sum(map(mul, one, other))
    return product


def minus(one: Vector, other: Vector) -> list[float]:
    """The difference, component by component."""
    if len(one) == 2:  # as in dot
        return [one[0] - other[0], one[1] - other[1]]
    return [a - b for a, b in zip(one, other, strict=True)]


def matrix(rows: FloatArray) -> Matrix:
    """A matrix to be multiplied by vectors with `times`."""
    return rows.tolist() if len(rows) <= FEW else rows


def times(matrix: Matrix, vector: Vector) -> list[float]:
    """A matrix times a vector."""
    if not isinstance(matrix, np.ndarray):
        return [dot(row, vector) for row in matrix]
    with np.errstate(over="ignore", invalid="ignore"):
        product: list[float] = (matrix @ np.array(vector)).tolist()
    return product


def solved(matrix: FloatArray, vector: Vector) -> list[float] | None:
    """What a symmetric matrix makes this vector of; None where that is not one, or not finite."""
    if not np.isfinite(matrix).all():
        return None
    sizes = np.abs(np.linalg.eigvalsh(matrix))
    if sizes.min() <= FLAT * sizes.max():
        return None
    product: list[float] = np.linalg.solve(matrix, np.array(vector)).tolist()
    return product


def times_triangle(triangle: Vector, vector: Vector) -> list[float]:
    """A symmetric matrix, given by its upper triangle, row by row, times a vector."""
    d = len(vector)
    if d <= FEW:
        product = [0.0] * d
        for part, (i, j) in zip(triangle, places(d), strict=True):
            product[i] += part * vector[j]
            if i != j:
                product[j] += part * vector[i]
        return product
    matrix = np.empty((d, d))
    matrix[upper(d)] = matrix.T[upper(d)] = triangle
    return times(matrix, vector)


@cache
def upper(d: int) -> tuple[Array[np.intp], Array[np.intp]]:
    """Where the upper triangle of a matrix of shape (d, d) is, row by row."""
    return np.triu_indices(d)


@cache
def places(d: int) -> list[tuple[int, int]]:
    """The same, as pairs of row and column."""
    rows, columns = upper(d)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


class Covariance:
    """The mean products of p features, shape (p, p), and the directions in which they vary.

    Taken apart as diag(scale) V diag(values) Vᵀ diag(scale), where V is `vectors`, and `values` are
    exactly zero where there is nothing but rounding.
    """

    def __init__(self, products: FloatArray) -> None:
        self.scale = _power_of_two(np.sqrt(products.diagonal()))
        values, self.vectors = np.linalg.eigh(products / self.scale[:, None] / self.scale)
        self.values = np.where(values > FLAT * len(values), values, 0.0)

    @property
    def flat(self) -> FloatArray:
        """The directions in which nothing varies, as columns, shape (p, k)."""
        return self.vectors[:, self.values == 0] / self.scale[:, None]

    def solve(self, vector: Vector) -> list[float]:
        """What the products take to this vector; where that is not one alone, one of them."""
        to_axes, values, back = self._inverse
        along = [part / value for part, value in zip(times(to_axes, vector), values, strict=True)]
        return times(back, along)

    @cached_property
    def _inverse(self) -> tuple[Matrix, list[float], Matrix]:
        seen = self.values > 0
        axes = self.vectors[:, seen] / self.scale[:, None]
        return matrix(axes.T), self.values[seen].tolist(), matrix(axes)

    def root(self) -> FloatArray:
        """A matrix F of shape (p, p) whose FᵀF are the products."""
        root: FloatArray = np.sqrt(self.values)[:, None] * self.vectors.T * self.scale
        return root

    def steps(self, length: float) -> FloatArray:
        """The matrix length · F⁻¹, F as in root(): of its columns w, wᵀ products w is length²."""
        return self.vectors * (length / np.outer(self.scale, np.sqrt(self.values)))


class Fit(NamedTuple):
    """What least squares have found.

    slopes : the best ones, shape (p,), or some of the best.
    flat : the directions in which others are as good, as columns, shape (p, k).
    floor : the least mean of the squares.
    products : the mean products of the features, shape (p, p).
    """

    slopes: FloatArray
    flat: FloatArray
    floor: float
    products: FloatArray


def fit(x: FloatArray, y: FloatArray, products: FloatArray) -> Fit:
    """The least squares of x @ slopes - y, x of shape (n, p), where the products are xᵀx.

    Where features are well told apart, from the normal equations, solved again for what rounding
    has left. Else from a QR decomposition of x itself, which takes ten times as long: xᵀx has only
    half of its digits. Source: Golub and Van Loan, Matrix Computations (2013), sections 5.3 and
    3.5.3.
    """
    n, p = x.shape
    scale = _power_of_two(np.sqrt(products.diagonal()))
    inverse = _inverse(products / scale[:, None] / scale)
    if inverse is not None:
        inverse /= scale[:, None] * scale
        slopes = inverse @ (x.T @ y)
        slopes += inverse @ (x.T @ (y - x @ slopes))
        missed = y - x @ slopes
        return Fit(slopes, np.zeros((p, 0)), float(missed @ missed) / n, products / n)
    q, made = np.linalg.qr(x / scale)
    r, of_y = np.zeros((p, p)), np.zeros(p)
    r[: len(made)], of_y[: len(made)] = made, q.T @ y
    left, values, right = np.linalg.svd(r)
    seen = values > max(n, p) * np.finfo(np.float64).eps * values.max(initial=0)
    along = left.T @ of_y
    if seen.all():  # back substitution keeps a digit more than the SVD
        slopes = np.linalg.solve(r, of_y) / scale
    else:
        slopes = right[seen].T @ (along[seen] / values[seen]) / scale
    missed = np.concatenate([along[~seen], y - q @ of_y[: len(made)]])
    products = (r * scale).T @ (r * scale)
    return Fit(slopes, right[~seen].T / scale[:, None], float(missed @ missed) / n, products / n)


def _inverse(products: FloatArray) -> FloatArray | None:
    """The inverse; None where it would have too few digits to solve with."""
    try:
        inverse = np.asarray(np.linalg.inv(products), np.float64)
    except np.linalg.LinAlgError:
        return None
    # Of Frobenius norms, which are at least the greatest curvature, and one over the least.
    far_apart = np.linalg.norm(products) * np.linalg.norm(inverse)
    return inverse if far_apart < WELL_TOLD_APART else None


def least_norm(
    slopes: FloatArray, flat: FloatArray, mean_x: FloatArray, mean_y: float
) -> FloatArray:
    """Of all slopes that differ in flat directions alone, those of the least parameters.

    Parameters are the slopes and the intercept mean_y - mean_x · slopes, which goes through the
    middle of the data; least is the sum of their squares, as numpy.linalg.lstsq answers.
    """
    ways, _ = np.linalg.qr(flat)
    slopes = slopes - ways @ (ways.T @ slopes)
    tilt = ways.T @ mean_x
    moved: FloatArray = ways @ (tilt * (mean_y - mean_x @ slopes) / (1 + tilt @ tilt))
    return slopes + moved


def _power_of_two(sizes: FloatArray) -> FloatArray:
    """The power of two that is next above each size; 1 for zero."""
    return np.ldexp(1.0, np.frexp(sizes)[1])
