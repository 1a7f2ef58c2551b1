"""Points of which more than a slope and an intercept is fitted, or less: a polynomial, say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce

import numpy as np

from gd_widget.core.model import Model
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.sums import added, sums_of_design
from gd_widget.core.types import Array, FloatArray, Params
from gd_widget.data.density import Density, Extent
from gd_widget.data.points import Points

MOST_AT_ONCE = 2**24
"""Numbers of a design matrix that are decomposed in one piece, which loses the fewest digits."""


WORST_CONDITION = 1e15
"""Of columns of one size: float64 has no digit beyond it."""


class Curve:
    """n points, and a model of their one feature that is no plain line.

    x : the design matrix, shape (n, d), made when it is asked for.

    >>> from gd_widget.data.make_line import make_line
    >>> Curve(make_line(9), Model(degree=2)).x.shape
    (9, 3)
    """

    engines = ("torch", "numpy")
    are_held = True

    def __init__(self, points: Points, model: Model) -> None:
        self.points, self.model, self.names = points, model, model.names
        self.given, self.y = points.x, points.y

    def __len__(self) -> int:
        return len(self.points)

    @cached_property
    def x(self) -> FloatArray:
        """The design matrix, to read."""
        design = self.model.design(self.points.features.astype(float))
        design.flags.writeable = False
        return design

    @cached_property
    def bowl(self) -> Quadratic:
        """The mean squared error on these points.

        Raises ValueError when the squares of the data exceed the range of float64, and when its
        rounding is too large.
        """
        bowl = self._bowl()
        if not bowl.has_digits:
            rule = "so low that float64 can tell the loss"
            raise ValueError(f"degree must be {rule}; got {self.model.degree}: {self._cure()}")
        return bowl

    def _bowl(self) -> Quadratic:
        parts = (sums_of_design(x, y, self.model.intercept) for x, y in self._parts())
        bowl = Quadratic.from_sums(reduce(added, parts))
        bowl.must_be_finite(abs(self.x).max(), abs(self.y).max())
        return bowl

    @cached_property
    def centred(self) -> Quadratic | None:
        """The same of x - x.mean() in place of x, standardized; None for what is no polynomial.

        Powers of x far from zero are nearly alike, those of x around zero are not. The mean is that
        of all x there are, those that are held back too.
        """
        x, model = self.points.features.astype(float), self.model
        if model.degree == 1 or model.intercept is None:
            return None
        rest = [] if self.held is None else [self.held.features.astype(float)]
        centred = x - np.concatenate([x, *rest]).mean()
        columns = model._replace(means=None, scales=None).standardized(centred).design(centred)
        return Quadratic.of_design(columns, self.y.astype(float), model.intercept)

    def _cure(self) -> str:
        """What helps where the loss of a polynomial has no digits."""
        x, degree = self.points.features, self.model.degree
        if self._is_held(x - x.mean(), degree):
            return "x - x.mean() in place of x makes it possible"
        held = next((low for low in range(degree - 1, 1, -1) if self._is_held(x, low)), 1)
        return f"of these x it can up to {held}"

    def _is_held(self, x: FloatArray, degree: int) -> bool:
        """Whether the loss of another polynomial has its digits."""
        intercept = None if self.model.intercept is None else degree
        model = Model(self.model.features, degree, intercept)
        sums = sums_of_design(model.design(x), self.y.astype(float), intercept)
        return Quadratic.from_sums(sums).has_digits

    def _parts(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        size = MOST_AT_ONCE // self.x.shape[1]
        for start in range(0, len(self), size):
            part = slice(start, start + size)
            yield self.x[part], self.y[part].astype(float)

    @property
    def held(self) -> Points | None:
        """The points that are held back."""
        return self.points.held

    @property
    def extent(self) -> Extent:
        """The least and the greatest x, and the same of y."""
        return self.points.extent

    @property
    def sample(self) -> Points:
        """The points that are drawn one by one."""
        return self.points.sample

    def density(self, within: Extent | None = None) -> Density:
        """How many lie where: of all points, or of those in a part of the plane."""
        return self.points.density(within)

    def without(self, held: Array[np.bool_]) -> Points | Curve:
        """These points without some, which are held back; columns are scaled by the others."""
        return fitted(self.points.without(held), self.model, self.model.means is not None)

    def spliced(
        self, at: int, remove: int, insert: Sequence[Params], held: bool = False
    ) -> Points | Curve:
        """These points without some of them, and others in their place: see Points.spliced."""
        points = self.points.spliced(at, remove, insert, held)
        return fitted(points, self.model, self.model.means is not None)


def fitted(points: Points, model: Model, standardize: bool) -> Points | Curve:
    """The points with a model of their own; those of a line are as they are.

    standardize : whether the model's columns are to have mean 0 and standard deviation 1 on them.
    """
    must_have_powers(points, model.degree)
    if standardize:
        model = model.standardized(points.features)
    elif model.is_line:
        return points
    curve = Curve(points, model)
    must_be_apart(curve)
    return curve


def must_have_powers(points: Points, degree: int) -> None:
    """Raise where the squares of the highest power are too large for float64, or too small."""
    size = max(map(abs, points.extent[0]))
    with np.errstate(over="ignore", under="ignore"):
        square = np.float64(size) ** (2 * degree)
    if size > 0 and degree > 1 and not 0 < square < np.inf:
        rule = "so low that float64 holds the squares of the highest power of x"
        raise ValueError(f"degree must be {rule}; got {degree}, and x up to {size:.3g}")


def must_be_apart(curve: Curve) -> None:
    """Raise where float64 cannot tell the powers of x apart, though there are x enough for that."""
    degree = curve.model.degree
    if degree == 1 or len(np.unique(curve.given)) <= degree:
        return
    columns = curve.model.columns_of(curve.points.features.astype(float))
    columns = columns - columns.mean(axis=0)
    columns /= np.abs(columns).max(axis=0)  # before they are squared
    condition = np.linalg.cond(columns / np.sqrt((columns * columns).sum(axis=0)))
    if condition > WORST_CONDITION:
        rule = "so low that float64 can tell the powers of these x apart"
        reason = f"the columns' condition number is {condition:.1e}, and of 16 digits none is left"
        raise ValueError(f"degree must be {rule}; got {degree}: {reason}")
