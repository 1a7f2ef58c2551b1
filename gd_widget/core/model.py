"""A model that is linear in its parameters, y_guess = x @ a: which columns x has.

The data have features, such as the size of a house and its age. The columns of the design matrix x
are made of them: the features themselves, or the powers of the only one; standardized, where that
was asked for; and a column of ones, whose parameter is the intercept.

js/core/model.js is the twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from gd_widget.core.checks import problem
from gd_widget.core.types import FloatArray, Params, Vector

Part = TypeVar("Part")


class Model(NamedTuple):
    """Which columns the design matrix has, in the order of the parameters.

    features : what the features are called; of a line and of a polynomial, x.
    degree : of a polynomial, whose columns are x, x², …; of several features it is 1.
    intercept : which of the parameters belongs to the column of ones; None: there is none.
    means, scales : of each other column: it is made (column - mean) / scale. None: it is not.

    >>> Model().names, Model(degree=2, intercept=2).names
    (('slope', 'intercept'), ('x', 'x^2', 'intercept'))
    >>> Model(("rooms", "age"), intercept=0).names
    ('intercept', 'rooms', 'age')
    """

    features: tuple[str, ...] = ("x",)
    degree: int = 1
    intercept: int | None = 1
    means: tuple[float, ...] | None = None
    scales: tuple[float, ...] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """What the columns are called, but for that of ones."""
        if len(self.features) != 1:
            return self.features
        x = self.features[0]
        return (x, *(f"{x}^{power}" for power in range(2, self.degree + 1)))

    @property
    def names(self) -> tuple[str, ...]:
        """What the parameters are called. Of a straight line, the only column's is the slope."""
        columns = self.columns if len(self.columns) != 1 else ("slope",)
        return in_order(self.intercept, columns, "intercept")

    @property
    def is_line(self) -> bool:
        """Whether its parameters are the slope and the intercept of a line, in this order."""
        return len(self.features) == self.degree == self.intercept == 1 and self.means is None

    def columns_of(self, features: FloatArray) -> FloatArray:
        """The columns but for that of ones, shape (…, p), of the features, shape (…, k)."""
        columns: FloatArray = features
        if self.degree > 1:  # multiplied one by one, as in JavaScript, whose powers round otherwise
            columns = np.multiply.accumulate(np.repeat(features, self.degree, axis=-1), axis=-1)
        if self.means is not None:
            columns = (columns - np.array(self.means)) / np.array(self.scales)
        return columns

    def design(self, features: FloatArray) -> FloatArray:
        """The design matrix, shape (…, d), of the features, shape (…, k)."""
        columns = self.columns_of(features)
        return columns if self.intercept is None else np.insert(columns, self.intercept, 1, axis=-1)

    def standardized(self, features: FloatArray) -> Model:
        """The same model with columns of mean 0 and standard deviation 1 on these features.

        Raises ValueError where a column is constant, or where there is no intercept, which such
        columns need.
        """
        columns = self._replace(means=None, scales=None).columns_of(features)
        vary = columns.min(axis=0) < columns.max(axis=0)
        return self.scaled(columns.mean(axis=0), np.where(vary, columns.std(axis=0), 0))

    def scaled(self, means: FloatArray, scales: FloatArray) -> Model:
        """The same of columns with these means and standard deviations; a constant one's is 0.

        Raises ValueError as `standardized` does.
        """
        if self.intercept is None:
            raise problem("standardize", "False where intercept is False", True)
        for name, mean, scale in zip(self.columns, means, scales, strict=True):
            if scale == 0:
                constant = f"{name} = {mean:g} everywhere"
                raise ValueError(
                    f"standardize must be False where a column is constant; {constant}"
                )
        return self._replace(means=tuple(means.tolist()), scales=tuple(scales.tolist()))

    def predict(self, params: Vector, features: FloatArray) -> FloatArray:
        """The model's y, shape (…), at features as they are in the data, shape (…, k)."""
        guesses: FloatArray = self.design(features) @ np.array(params)
        return guesses

    def coefficients(self, params: Vector) -> Params:
        """What the parameters are in the units of the data: of columns as they are."""
        if self.means is None or self.scales is None or self.intercept is None:
            return tuple(params)
        slopes = list(params)
        intercept = slopes.pop(self.intercept)
        slopes = [slope / scale for slope, scale in zip(slopes, self.scales, strict=True)]
        middle = sum(slope * mean for slope, mean in zip(slopes, self.means, strict=True))
        return in_order(self.intercept, slopes, intercept - middle)

    def as_json(self) -> dict[str, Any]:
        """What a page is told."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in self._asdict().items()
        }


def in_order(intercept: int | None, parts: Sequence[Part], of_ones: Part) -> tuple[Part, ...]:
    """The columns' parts and that of the column of ones, in the order of the parameters."""
    all_parts = list(parts)
    if intercept is not None:
        all_parts.insert(intercept, of_ones)
    return tuple(all_parts)


LINE = Model()
"""y_guess = slope · x + intercept."""


def usual_guess(names: Sequence[str]) -> Params:
    """Where training begins where nothing is said.

    That is (-1, 1) for a line, as in the lesson; -1 for one through the origin; else 0.
    """
    of_line = {"slope": -1.0, "intercept": 1.0}
    is_line = set(names) <= of_line.keys()
    return tuple(of_line[name] if is_line else 0.0 for name in names)
