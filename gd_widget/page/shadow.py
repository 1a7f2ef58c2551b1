"""What a page is shown of very many parameters: their place in a plane, and all that is seen there.

A message is then no longer than that of a line. The plane is that of the flattest and the steepest
principal direction, through the best fit. Along these the loss separates, so that what is seen in
the plane is itself the least squares of a model of two features, the shadows of the examples on the
two directions, and what the best fit leaves of y.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gd_widget.core.losses import ridged
from gd_widget.core.model import Model
from gd_widget.core.plane import params_at, place_of, plane_of, section_of
from gd_widget.core.types import FloatArray, Params, Vector
from gd_widget.data.features import Examples
from gd_widget.data.points import TrainingData

MOST_PARAMS = 64
"""Parameters that a page is told one by one."""


class Shadow:
    """The shadow that data of d parameters throw on the plane.

    ridge : λ of λ‖a‖², which is added to the mean squared error.
    """

    model = Model(("flattest", "steepest"), intercept=None)

    def __init__(self, data: TrainingData, ridge: float) -> None:
        self._data, self._of_all = data, ridged(data.bowl, ridge)
        self._plane = plane_of(self._of_all)
        self._bowl = section_of(self._of_all, self._plane, self._of_all.least_squares)

    def bowl_as_json(self) -> dict[str, Any]:
        """The loss in the plane; `of` says of how many parameters it is the shadow."""
        return {**self._bowl.as_json(), "of": self._of_all.d}

    def sample(self) -> Examples:
        """Some examples: where they stand along the directions, and what the best fit leaves."""
        sample, best = self._data.sample, self._of_all.least_squares
        x = self._data.model.design(sample.features)
        return Examples(x @ self._plane.directions.T, sample.y - x @ np.array(best))

    def place(self, params: Vector) -> list[float]:
        """Where in the plane some parameters are, or come to stand."""
        return list(place_of(self._plane, params))

    def params_at(self, place: Vector) -> Params:
        """The parameters at a place in the plane."""
        right, up = place
        return params_at(self._plane, (right, up), self._of_all.least_squares)

    def rows(self, rows: FloatArray) -> FloatArray:
        """Rows of a table, shape (n, 2 d + 2), as those of the two directions, shape (n, 6)."""
        d, directions = self._of_all.d, self._plane.directions.T
        places = (rows[:, :d] - np.array(self._plane.origin)) @ directions
        return np.column_stack([places, rows[:, d], rows[:, d + 1 : -1] @ directions, rows[:, -1]])


def shadow_of(data: TrainingData, ridge: float = 0.0) -> Shadow | None:
    """The shadow of data that have too many parameters to be told; else None."""
    return Shadow(data, ridge) if data.bowl.d > MOST_PARAMS else None
