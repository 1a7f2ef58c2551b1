"""A function of two parameters as what training goes down: an Objective.

js/core/functions.js has it as functionLoss.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from gd_widget.core.functions import FUNCTIONS
from gd_widget.core.line_search import lowest_along
from gd_widget.core.linear_algebra import dot, solved
from gd_widget.core.types import FloatArray, Params, Vector

Range = tuple[float, float]


class About(NamedTuple):
    """What is known of a function.

    name : of one of FUNCTIONS; None: it is the reader's own.
    names : of its parameters.
    code : its lines; none where they are not to be had.
    frame : the part of the plane to look at, of either parameter.
    minima : where it is least of all around, as far as is known.
    floor : what it is there; None: that is not known, or there is no least value.
    """

    name: str | None
    names: tuple[str, str]
    code: tuple[str, ...]
    frame: tuple[Range, Range]
    minima: tuple[Params, ...] = ()
    floor: float | None = None


class FunctionLoss:
    """A function of two parameters.

    gradient : from params to its value and its derivatives.
    hessian : from params to the rows of its second derivatives.
    heights : from some x and y to its values at all pairs of them, shape (len(y), len(x)).
    """

    bowl = None
    d, n = 2, 1
    critical_lr = math.nan

    def __init__(
        self,
        about: About,
        gradient: Callable[[Vector], Params],
        hessian: Callable[[Vector], Sequence[Vector]],
        heights: Callable[[FloatArray, FloatArray], FloatArray],
    ) -> None:
        self.about, self.gradient, self._hessian = about, gradient, hessian
        self.heights = heights
        self.floor = about.floor

    @property
    def frame(self) -> tuple[Range, Range]:
        """The part of the plane to look at."""
        return self.about.frame

    @property
    def minima(self) -> tuple[Params, ...]:
        """Where it is least of all around, as far as is known."""
        return self.about.minima

    def loss(self, params: Vector) -> float:
        """Its value."""
        return self.gradient(params)[0]

    def hessian_at(self, params: Vector) -> FloatArray:
        """How the gradient changes there with each parameter, shape (2, 2)."""
        return np.array(self._hessian(params), np.float64)

    def length_along(self, params: Vector, grad: Vector, direction: Vector) -> float:
        """How many times a direction leads to the lowest point along it: it is looked for."""

        def slope_at(length: float) -> float:
            there = [one + length * part for one, part in zip(params, direction, strict=True)]
            return dot(self.gradient(there)[1:], direction)

        return lowest_along(slope_at)

    def newton_step(self, params: Vector, grad: Vector) -> Vector:
        """H⁻¹ grad; zeros where the curvature is 0 along some direction."""
        return solved(self.hessian_at(params), grad) or (0.0, 0.0)

    @property
    def best(self) -> Params | None:
        """Parameters that none beat; None: none are known."""
        return self.minima[0] if self.minima else None

    @property
    def _size(self) -> float:
        """How much higher it is in the frame's corners: what is small, is measured by it."""
        corners = [self.loss((x, y)) for x in self.frame[0] for y in self.frame[1]]
        return max(corners) - (self.floor or 0.0)

    def near_floor(self, first_loss: float) -> float | None:
        """Above the least value by a millionth of what there was at first."""
        return None if self.floor is None else self.floor + 1e-6 * (first_loss - self.floor)

    @property
    def at_floor(self) -> float:
        """The value that is practically the least."""
        return -math.inf if self.floor is None else self.floor + 1e-12 * self._size

    def is_at_floor(self, params: Vector) -> bool:
        """Whether the value there is practically the least."""
        return self.loss(params) <= self.at_floor


def known_function(name: str) -> FunctionLoss:
    """One of FUNCTIONS, with its derivatives written out."""
    f = FUNCTIONS[name]
    about = About(name, ("x", "y"), f.code, f.frame, f.minima, f.floor)

    def gradient(params: Vector) -> Params:
        x, y = params
        try:
            return f.value(x, y), *f.gradient(x, y)
        except OverflowError:  # a power of numbers too large; every other way ends in infinity
            return math.inf, math.inf, math.inf

    def heights(x: FloatArray, y: FloatArray) -> FloatArray:
        with np.errstate(over="ignore", invalid="ignore"):
            values: FloatArray = f.value(*np.meshgrid(x, y))
        return values

    return FunctionLoss(about, gradient, lambda params: f.hessian(*params), heights)
