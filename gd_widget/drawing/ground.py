"""What the two axes of the surface stand for.

They are two parameters, or the flattest and the steepest direction where there are more; of one
parameter, that and the loss.

js/views/surface/ground.js does the same on a page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.objective import Objective
from gd_widget.core.plane import Place, place_of, plane_of, section_of
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray, Params, Vector
from gd_widget.words.say import say

TWICE = 2
"""As wide as high is a ring about the best fit in the plane of directions, at least."""


class Ground(NamedTuple):
    """Two axes under the path of training.

    names : of the axes.
    objective : the loss; of a plane, that over the two axes where it is quadratic.
    place_of : the place of some parameters.
    loss : that of a place.
    best : the places of the least loss, or of a function's minima; none where it is not known.
    n : how many points the loss is a mean over; 1 for a function.
    about : what the axes hold of a loss whose best parameters are not known; None: the guess.
    frame : what both axes hold of a function, which has no points to say so.
    upright : how long the vertical axis is at least, as a share of the horizontal one.
    """

    names: tuple[str, str]
    objective: Objective
    place_of: Callable[[Vector], Place]
    loss: Callable[[Place], float]
    best: tuple[Place, ...]
    n: int = 1
    about: Place | None = None
    frame: tuple[Place, Place] | None = None
    upright: float = 0.0

    @property
    def bowl(self) -> Quadratic | None:
        """The loss over the two axes, where it is exactly quadratic."""
        return self.objective.bowl

    @property
    def is_curve(self) -> bool:
        """Whether the loss itself is on the vertical axis."""
        return self.objective.d == 1

    def path_of(self, path: FloatArray) -> FloatArray:
        """The places of parameters of shape (n, d), shape (n, 2)."""
        with np.errstate(over="ignore", invalid="ignore"):
            places = np.array([self.place_of(params) for params in path.tolist()])
        finite: FloatArray = np.nan_to_num(places.reshape(-1, 2))
        return finite


def ground_of(
    objective: Objective,
    names: Sequence[str],
    now: Vector = (),
    squares: Quadratic | None = None,
) -> Ground:
    """The axes that show most of a loss whose parameters have these names.

    now : the parameters shown: where there are more than two, and the loss is no bowl, all but the
        first two stay as they are there.
    squares : the mean squared error of the same points; None: there are none, but a function.
    """
    if objective.d == 1:
        return _curve(objective, names[0])
    bowl = objective.bowl
    if bowl is None:
        ground = _first_two(objective, names, tuple(now[2:]))
        if isinstance(objective, FunctionLoss):
            best = tuple((x, y) for x, y in objective.minima)
            return ground._replace(best=best, frame=objective.frame)
        if squares is None:
            return ground
        return ground._replace(n=squares.n, about=ground.place_of(squares.least_squares))
    plane = plane_of(bowl, (0, 1) if bowl.d == 2 else None)
    axes = names[0], names[1]
    if bowl.d > 2:
        axes = say("flattest direction"), say("steepest direction")

    def place(params: Vector) -> Place:
        return place_of(plane, params)

    section = section_of(bowl, plane, bowl.least_squares)
    ground = Ground(axes, section, place, section.loss, (place(bowl.least_squares),))
    return ground if bowl.d == 2 else ground._replace(upright=_upright(section))


def _upright(section: Quadratic) -> float:
    """How long the vertical axis of directions is at least, as a share of the horizontal one.

    Each axis alone would look the flatter one when a guess is nearly right along the steepest. So a
    ring is wider than high: twice, or where the bowl is rounder than that, as it truly is.
    """
    flattest, steepest = section.curvatures
    return min(1.0, TWICE * math.sqrt(flattest / steepest)) if steepest else 0.0


def _curve(objective: Objective, name: str) -> Ground:
    """One parameter, and the loss."""

    def place(params: Vector) -> Place:
        return params[0], objective.loss(params)

    best = () if objective.best is None else (place(objective.best),)
    return Ground((name, say("loss")), objective, place, lambda at: objective.loss(at[:1]), best)


def _first_two(objective: Objective, names: Sequence[str], rest: Params) -> Ground:
    """The first two parameters, beside which others stay as they are."""
    best = () if objective.best is None else ((objective.best[0], objective.best[1]),)
    return Ground(
        (names[0], names[1]),
        objective,
        lambda params: (params[0], params[1]),
        lambda at: objective.loss((*at, *rest)),
        best,
    )
