"""What the two axes of the surface stand for.

They are two parameters, or the flattest and the steepest direction where there are more; of one
parameter, that and the loss.

js/views/surface/ground.js does the same on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from gd_widget.core.plane import Place, place_of, plane_of, section_of
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray, Vector


class Ground(NamedTuple):
    """Two axes under the path of training.

    names : of the axes.
    bowl : the loss over them; of one parameter, over that alone.
    best : the place of the best fit.
    place_of : the place of some parameters.
    """

    names: tuple[str, str]
    bowl: Quadratic
    best: Place
    place_of: Callable[[Vector], Place]

    @property
    def is_parabola(self) -> bool:
        """Whether the loss itself is on the vertical axis."""
        return self.bowl.d == 1

    def path_of(self, path: FloatArray) -> FloatArray:
        """The places of parameters of shape (n, d), shape (n, 2)."""
        with np.errstate(over="ignore", invalid="ignore"):
            places = np.array([self.place_of(params) for params in path.tolist()])
        finite: FloatArray = np.nan_to_num(places.reshape(-1, 2))
        return finite


def ground_of(bowl: Quadratic, names: Sequence[str]) -> Ground:
    """The axes that show most of a bowl whose parameters have these names."""
    best = bowl.least_squares
    if bowl.d == 1:
        return Ground(
            (names[0], "loss"),
            bowl,
            (best[0], bowl.floor),
            lambda params: (params[0], bowl.loss(params)),
        )
    plane = plane_of(bowl, (0, 1) if bowl.d == 2 else None)
    said = (names[0], names[1]) if bowl.d == 2 else ("flattest direction", "steepest direction")

    def place(params: Vector) -> Place:
        return place_of(plane, params)

    return Ground(said, section_of(bowl, plane, best), place(best), place)
