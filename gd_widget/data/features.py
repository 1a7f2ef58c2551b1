"""Examples of any number of features: rows of a design matrix."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from gd_widget.core.checks import problem
from gd_widget.core.model import Model
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Array, FloatArray
from gd_widget.data.points import MOST_POINTS, SAMPLE, evenly_spaced

OF_HISTORY = ("step", "loss", "lr", "epoch", "validation_loss")
"""What the columns of a history are called, beside the parameters and the gradient."""

MOST_NUMBERS = 2 * MOST_POINTS
"""Numbers of the features and y that travel to a page as they are: as many as of points."""


class Features:
    """n examples of d columns, `x`, and what is to be predicted of each, `y`.

    x : the design matrix, shape (n, d), a column of ones for the intercept included.
    y : shape (n,).
    names : of the parameters, in the order of the columns.
    intercept : which column is all ones, None where there is none.
    standardize : whether it is trained on columns with mean 0 and standard deviation 1; `given` are
        those that came.
    held : others, which are held back.

    Both are copied, as float64. Raises ValueError, naming the argument, for other shapes, what is
    not finite, names that are not d different ones, and an intercept that is not a column of ones.

    >>> examples = Features([[1, 0], [1, 2]], [3, 7], ["b", "w"], intercept=0)
    >>> [round(best, 6) for best in examples.bowl.least_squares]
    [3.0, 2.0]
    """

    engines = ("torch", "numpy")
    are_held = True

    def __init__(
        self,
        x: Any,
        y: Any,
        names: Sequence[str],
        intercept: int | None,
        standardize: bool = False,
        held: Examples | None = None,
    ) -> None:
        self.held = held
        self.x, self.y = _numbers("x", x), _numbers("y", y)
        if self.x.ndim != 2 or self.x.size == 0:
            raise problem("x", "of shape (n, d), n and d at least 1", self.x.shape)
        n, d = self.x.shape
        if self.y.shape != (n,):
            raise problem("y", f"of shape ({n},), as many as the rows of x", self.y.shape)
        self.names = tuple(names)
        columns = {*self.names, *(f"grad_{name}" for name in self.names), *OF_HISTORY}
        if len(self.names) != d or len(columns) < 2 * d + len(OF_HISTORY):
            raise problem("names", f"{d} different names, none of them a history's own", names)
        if intercept is not None and not (0 <= intercept < d and (self.x[:, intercept] == 1).all()):
            raise problem("intercept", "the index of a column of ones, or None", intercept)
        features = [name for i, name in enumerate(self.names) if i != intercept]
        self.model = Model(tuple(features), intercept=intercept)
        self.given = self.x
        if standardize:
            self.model = self.model.standardized(self._features(slice(None)))
            self.x = _numbers("x", self.model.design(self._features(slice(None))))

    def __len__(self) -> int:
        return len(self.y)

    @cached_property
    def bowl(self) -> Quadratic:
        """The mean squared error on them."""
        bowl = Quadratic.of_design(self.x, self.y, self.model.intercept)
        must_have_digits(bowl, self.model.columns)
        return bowl

    @cached_property
    def sample(self) -> Examples:
        """All of them, or of very many numbers those of some evenly spaced examples."""
        n, d = self.x.shape
        each = d + 1 - (self.model.intercept is not None)
        most = n if n * each <= MOST_NUMBERS else max(1, min(SAMPLE, MOST_NUMBERS // each))
        some = evenly_spaced(n, most)
        return Examples(self._features(some), self.y[some])

    def without(self, held: Array[np.bool_]) -> Features:
        """These examples without some, which are held back; columns are scaled by the others."""
        return Features(
            self.given[~held],
            self.y[~held],
            self.names,
            self.model.intercept,
            standardize=self.model.means is not None,
            held=Examples(self._features(held), self.y[held]),
        )

    def _features(self, some: Any) -> FloatArray:
        """Those of some examples: what was given, without the column of ones."""
        given, intercept = self.given[some], self.model.intercept
        return given if intercept is None else np.delete(given, intercept, axis=1)


class Examples:
    """A few of them: `features`, of shape (n, k), without a column of ones, and `y`."""

    def __init__(self, features: FloatArray, y: FloatArray) -> None:
        self.features, self.y = features, y

    def __len__(self) -> int:
        return len(self.y)


def must_have_digits(bowl: Quadratic, names: Sequence[str]) -> None:
    """Raise where the loss has none, and name the column that comes closest to others' sum.

    names : of the columns but that of ones.
    """
    if bowl.has_digits:
        return
    terms = [
        abs(best) * row[i] ** 0.5
        for i, (best, row) in enumerate(zip(bowl.best_slopes, bowl.cov_x, strict=True))
    ]
    alike = names[terms.index(max(terms))]
    raise ValueError(
        "x must be columns that float64 can tell apart; "
        f"got {alike!r}, which is nearly a sum of others: leave it out"
    )


def _numbers(name: str, values: Any) -> FloatArray:
    numbers = np.array(values, np.float64)
    if not np.isfinite(numbers).all():
        raise problem(name, "finite numbers", values)
    numbers.flags.writeable = False
    return numbers
