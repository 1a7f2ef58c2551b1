"""The shape of a bowl, from its sums: the Hessian, its eigenvalues and its eigenvectors."""

from __future__ import annotations

import math

import numpy as np

from gd_widget.core.linear_algebra import Covariance
from gd_widget.core.model import in_order
from gd_widget.core.sums import Sums
from gd_widget.core.types import FloatArray

NEAR = 1e-3
"""Eigenvalues of the Hessian that differ by no more than this factor keep their digits without a
singular value decomposition, which takes thrice as long."""


def hessian(sums: Sums) -> FloatArray:
    """(2/n) xᵀx, shape (d, d): how the gradient changes from place to place."""
    means = np.array(in_order(sums.intercept, sums.mean_x.tolist(), 1.0))
    products = np.outer(means, means)
    features = np.arange(len(means)) != sums.intercept
    products[np.ix_(features, features)] += sums.cov_x
    return 2 * products


def principal_axes(sums: Sums, covariance: Covariance) -> tuple[FloatArray, FloatArray]:
    """The Hessian's eigenvalues, ascending, and its eigenvectors, of length 1, as rows.

    Of the two ways along each, the one in which its largest part is positive; of parts that are
    as large but for rounding, the first.
    """
    is_line = sums.intercept is not None and len(sums.mean_x) == 1
    values, vectors = _of_line(sums) if is_line else _of_any(sums, covariance)
    sizes = np.abs(vectors)
    largest = np.argmax(sizes > 0.999 * sizes.max(axis=1, keepdims=True), axis=1)
    signs = np.sign(vectors[np.arange(len(vectors)), largest])
    return values, vectors * signs[:, None]


def _of_line(sums: Sums) -> tuple[FloatArray, FloatArray]:
    """A line's smaller eigenvalue from the determinant, 4 var_x: exact however far x is from 0."""
    mean, var = float(sums.mean_x[0]), float(sums.cov_x[0, 0])
    squares = var + mean * mean
    larger = squares + 1 + math.hypot(squares - 1, 2 * mean)
    steep = (larger / 2 - 1, mean)
    if squares < 1:  # the same direction, without the difference of two like numbers
        steep = (mean, larger / 2 - squares)
    length = math.hypot(*steep)  # 0 in a round bowl, where any direction will do
    slope, intercept = (part / length for part in steep) if length else (1.0, 0.0)
    values = np.array([4 * var / larger, larger])
    vectors = np.array([[-intercept, slope], [slope, intercept]])
    return values, vectors if sums.intercept == 1 else vectors[:, ::-1]


def _of_any(sums: Sums, covariance: Covariance) -> tuple[FloatArray, FloatArray]:
    """Where they are far apart, as squares of the singular values of a matrix whose square it is.

    So the small ones keep twice as many digits.
    """
    values, vectors = np.linalg.eigh(hessian(sums))
    if values[0] > NEAR * values[-1]:
        return values, vectors.T
    root = covariance.root()
    if sums.intercept is not None:
        column = np.zeros(len(sums.mean_x))
        root = np.vstack([np.column_stack([root, column]), [*sums.mean_x, 1.0]])
    _, singular, vectors = np.linalg.svd(root)
    if sums.intercept is not None:  # it is the last column there
        vectors = np.insert(vectors[:, :-1], sums.intercept, vectors[:, -1], axis=1)
    return (2 * singular * singular)[::-1], vectors[::-1]
