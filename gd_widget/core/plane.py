"""A plane through the space of the parameters: the surface is drawn in it, however many there are.

Along principal directions the loss separates: what is wrong along one adds to the loss, and changes
nothing along the others. So the level sets in a plane of two of them stand still while training
moves. Those in a plane of two parameters move, as soon as there are more.

js/core/plane.js is this file's twin.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gd_widget.core.linear_algebra import dot, minus, times
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray, Params, Vector

Place = tuple[float, float]


class Plane(NamedTuple):
    """Two directions, and where they begin.

    of : the parameters that it is of, counted from 0; None: of two principal directions, of which
        the first is the flattest in which there is an error, and the second the steepest.
    origin : the place (0, 0), shape (d,).
    directions : at right angles, of length 1, shape (2, d).
    """

    of: tuple[int, int] | None
    origin: Params
    directions: FloatArray


def plane_of(bowl: Quadratic, of: tuple[int, int] | None = None) -> Plane:
    """The plane of two parameters; of None, that of the flattest and the steepest direction."""
    if of is not None:
        return Plane(of, (0.0,) * bowl.d, np.eye(bowl.d)[list(of)])
    _, axes = bowl.principal_axes
    return Plane(None, bowl.least_squares, axes[list(_ends(bowl))])


def _ends(bowl: Quadratic) -> tuple[int, int]:
    """Which axis is the flattest in which there is an error, and which the steepest."""
    last = bowl.d - 1
    first = bowl.curvatures.index(bowl.error_curvatures[0])
    return (last - 1 if first == last else first), last


def place_of(plane: Plane, params: Vector) -> Place:
    """Where in a plane parameters are, or come to stand, dropped onto it at right angles."""
    if plane.of is not None:
        first, second = plane.of
        return params[first], params[second]
    right, up = times(plane.directions, minus(params, plane.origin))
    return right, up


def params_at(plane: Plane, place: Place, params: Vector) -> Params:
    """Parameters moved along a plane to a place in it; across it they stay where they are."""
    if plane.of is not None:
        to = dict(zip(plane.of, place, strict=True))
        return tuple(to.get(i, value) for i, value in enumerate(params))
    moved = np.array(minus(place, place_of(plane, params))) @ plane.directions
    return tuple((np.array(params) + moved).tolist())


def section_of(bowl: Quadratic, plane: Plane, params: Vector) -> Quadratic:
    """The bowl as it is in a plane, a function of the place there.

    Through some parameters; where the plane is of principal directions, through the best fit. There
    nothing moves while training does: what is wrong across the plane adds to the loss, and to
    nothing else.
    """
    if plane.of is None:
        flattest, steepest = (bowl.curvatures[i] / 2 for i in _ends(bowl))
        none = (0.0, 0.0)
        return Quadratic(
            bowl.n, None, none, 0.0, ((flattest, 0.0), (0.0, steepest)), none, bowl.floor
        )
    if bowl.d == 2:
        return bowl
    intercept = plane.of.index(bowl.intercept) if bowl.intercept in plane.of else None
    features = [
        i - (bowl.intercept is not None and i > bowl.intercept)
        for i in plane.of
        if i != bowl.intercept
    ]
    means = np.array(bowl.mean_x)[features]
    products = np.array(bowl.cov_x)[np.ix_(features, features)]
    if intercept is None:
        products, means = products + np.outer(means, means), np.zeros(2)
    mean_x, cov_x = tuple(means.tolist()), tuple(map(tuple, products.tolist()))
    shape = Quadratic(bowl.n, intercept, mean_x, 0.0, cov_x, mean_x, 0.0)
    loss, *grad = bowl.gradient(params)
    here = [grad[i] for i in plane.of]
    way = shape.over_hessian(here)
    best = minus([params[i] for i in plane.of], way)
    height = 0.0 if intercept is None else best.pop(intercept)
    floor = loss - dot(here, way) / 2
    mean_y = dot(mean_x, best) + height
    return shape._replace(mean_y=mean_y, best_slopes=tuple(best), floor=floor)
