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
    right, up = times(plane.directions, minus(params, plane.origin))
    return right, up


def params_at(plane: Plane, place: Place, params: Vector) -> Params:
    """Parameters moved along a plane to a place in it; across it they stay where they are."""
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
        return _bowl(bowl.n, np.diag([flattest, steepest]), (0.0, 0.0), bowl.floor)
    if bowl.d == 2:
        return bowl
    first, second = of = list(plane.of)
    half = bowl.hessian[np.ix_(of, of)] / 2
    loss, *grad = bowl.gradient(params)
    here = grad[first], grad[second]
    way = _bowl(bowl.n, half, (0.0, 0.0), 0.0).over_hessian(here)
    best = params[first] - way[0], params[second] - way[1]
    return _bowl(bowl.n, half, best, loss - dot(here, way) / 2)


def _bowl(n: int, half: FloatArray, best: Place, floor: float) -> Quadratic:
    """The bowl of two parameters, none of them an intercept, that has twice this as its Hessian."""
    cov_x = tuple(map(tuple, half.tolist()))
    return Quadratic(n, None, (0.0, 0.0), 0.0, cov_x, best, floor)
