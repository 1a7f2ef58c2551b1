"""Losses of a model that is linear in its parameters, y_guess = x @ a, other than the mean square.

Each is the mean over the points of a function of y_guess and y, as torch.nn.functional has it: its
values, and its derivatives where it has a kink, too. js/core/losses.js is the twin; the mean
squared error, for which a few sums say all, is in quadratic.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from gd_widget.core.line_search import lowest_along
from gd_widget.core.linear_algebra import dot, minus, solved
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray, Params, Vector

MOST_STEPS = 100
"""Of Newton's method, in which the best parameters are found, or else are said not to be known."""

MOST_POINTS = 20_000
"""Of more points, they are not looked for: each look is a pass over them."""

AtPoints = Callable[[FloatArray, FloatArray, float], FloatArray]
"""Of y_guess, y, and delta: a number for each point."""


class Kind(NamedTuple):
    """A loss, as a function of y_guess and y.

    label : what people call it.
    value, slope, curvature : itself, and its derivatives by y_guess.
    steepest : what the curvature never exceeds; None: it has a kink.
    code : the lesson's own line.
    """

    label: str
    value: AtPoints
    slope: AtPoints
    curvature: AtPoints
    steepest: float | None
    code: str


def _huber(guess: FloatArray, y: FloatArray, delta: float) -> FloatArray:
    off = np.abs(guess - y)
    near = np.minimum(off, delta)
    return near * (off - near / 2)


def _cross_entropy(guess: FloatArray, y: FloatArray, _: float) -> FloatArray:
    return np.maximum(guess, 0) - guess * y + np.log1p(np.exp(-np.abs(guess)))


def sigmoid(guess: FloatArray) -> FloatArray:
    """1 / (1 + e^-guess): the probability of a 1 that a y_guess stands for."""
    small = np.exp(-np.abs(guess))
    return np.where(guess >= 0, 1 / (1 + small), small / (1 + small))


def _sure(guess: FloatArray, *_: Any) -> FloatArray:
    share = sigmoid(guess)
    return share * (1 - share)


KINDS = {
    "mae": Kind(
        "absolute",
        lambda guess, y, _: np.abs(guess - y),
        lambda guess, y, _: np.sign(guess - y),
        lambda guess, *_: np.zeros_like(guess),
        None,
        "loss = F.l1_loss(x @ a, y)",
    ),
    "huber": Kind(
        "Huber",
        _huber,
        lambda guess, y, delta: np.clip(guess - y, -delta, delta),
        lambda guess, y, delta: (np.abs(guess - y) < delta).astype(np.float64),
        1.0,
        "loss = F.huber_loss(x @ a, y, delta={delta:g})",
    ),
    "cross_entropy": Kind(
        "cross-entropy",
        _cross_entropy,
        lambda guess, y, _: sigmoid(guess) - y,
        _sure,
        0.25,
        "loss = F.binary_cross_entropy_with_logits(x @ a, y)",
    ),
}

LOSSES = ("mse", *KINDS)
"""All there are to choose from."""


class Loss(NamedTuple):
    """Which loss, and its settings.

    delta : of Huber's, where the square ends and the straight line begins.
    ridge : λ of λ‖a‖², which is added; the intercept is left out of it.
    """

    kind: str = "mse"
    delta: float = 1.0
    ridge: float = 0.0

    @classmethod
    def of(cls, kind: str, delta: float, ridge: float) -> Loss:
        """The loss of that kind; a delta that it does not heed is as usual."""
        return cls(kind, delta if kind == "huber" else 1.0, ridge)

    @property
    def label(self) -> str:
        """What people call it."""
        labels = {"mse": "squared", "function": "function"}
        return labels.get(self.kind) or KINDS[self.kind].label

    @property
    def code(self) -> str:
        """The lesson's own line."""
        written = {"mse": "loss = ((x @ a - y) ** 2).mean()", "function": "loss = f(*a)"}
        return written.get(self.kind) or KINDS[self.kind].code.format(delta=self.delta)


MSE = Loss()
"""The mean squared error, and nothing added."""

FUNCTION = Loss("function")
"""No loss of points, but a function of two parameters."""


class PointLoss:
    """A loss on n points, as a function of d parameters: an Objective.

    x : the design matrix, shape (n, d), or that of a line without its column of ones, shape (n,).
    y : shape (n,).
    bowl_of_all : the mean squared error on the same points, which knows how x is spread.
    """

    bowl = None

    def __init__(self, x: Any, y: Any, loss: Loss, bowl_of_all: Quadratic) -> None:
        self._x, self._y = design(x), np.asarray(y, np.float64)
        self.told, self._kind, self._of_all = loss, KINDS[loss.kind], bowl_of_all
        self.d = bowl_of_all.d

    @cached_property
    def _size(self) -> float:
        """The loss of parameters 0: what is large, and what small, is measured by it."""
        return self.loss((0.0,) * self.d)

    def gradient(self, params: Vector) -> Params:
        """Loss, and its derivative by each parameter."""
        x, y, delta = self._x, self._y, self.told.delta
        guess = x @ np.array(params)
        loss = float(self._kind.value(guess, y, delta).mean())
        grad = (self._kind.slope(guess, y, delta) @ x / len(y)).tolist()
        return with_ridge((loss, *grad), params, self._of_all.intercept, self.told.ridge)

    def loss(self, params: Vector) -> float:
        """The loss alone."""
        return self.gradient(params)[0]

    def hessian_at(self, params: Vector) -> FloatArray:
        """How the gradient changes there with each parameter, shape (d, d)."""
        x = self._x
        steep = self._kind.curvature(x @ np.array(params), self._y, self.told.delta)
        hessian = (x * steep[:, None]).T @ x / len(x)
        ridge = np.full(self.d, 2 * self.told.ridge)
        if self._of_all.intercept is not None:
            ridge[self._of_all.intercept] = 0
        return hessian + np.diag(ridge)

    def length_along(self, params: Vector, grad: Vector, direction: Vector) -> float:
        """How many times a direction leads to the lowest point along it: it is looked for."""
        start, way = np.array(params), np.array(direction)

        def slope_at(length: float) -> float:
            there = (start + length * way).tolist()
            return float(np.array(self.gradient(there)[1:]) @ way)

        return lowest_along(slope_at)

    def newton_step(self, params: Vector, grad: Vector) -> Vector:
        """H⁻¹ grad; zeros where the curvature is 0 along some direction: there is no such step."""
        return solved(self.hessian_at(params), grad) or (0.0,) * self.d

    # ------------------------------------------------------------------ what is known of it

    @property
    def best(self) -> Params | None:
        """The parameters that none beat; None: they are not known, or there are none."""
        return self._found[0]

    @property
    def is_separable(self) -> bool:
        """Whether some parameters tell every 0 from every 1: larger ones always do it better."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[Params | None, bool]:
        """Both of them, by Newton's method, from where it is near.

        It goes along directions in which the points are spread alike: of x far from 0, say, the
        curvatures are too far apart for the steps to keep any digits.
        """
        if self._kind.steepest is None or len(self._y) > MOST_POINTS:
            return None, False
        near = self._of_all.least_squares if self.told.kind == "huber" else (0.0,) * self.d
        if self.told.ridge or self._of_all.has_valley:
            return self._found_from(near)
        directions, triangle = np.linalg.qr(self._x)
        turned = PointLoss(directions, self._y, self.told, self._of_all)
        best, is_separable = turned._found_from(tuple((triangle @ np.array(near)).tolist()))
        return best and tuple(np.linalg.solve(triangle, best).tolist()), is_separable

    def _found_from(self, params: Vector) -> tuple[Params | None, bool]:
        """The same, by Newton's method with a line search."""
        can_be_told_apart = self.told.kind == "cross_entropy" and not self.told.ridge
        for _ in range(MOST_STEPS):
            if can_be_told_apart and self._tells_apart(params):
                return None, True
            loss, *grad = self.gradient(params)
            newton = solved(self.hessian_at(params), grad)
            way = newton or grad
            if newton and abs(dot(way, grad)) <= 1e-15 * loss:
                return tuple(minus(params, newton)), False
            length = self.length_along(params, grad, way)
            params = [one + length * part for one, part in zip(params, way, strict=True)]
        return None, False

    def _tells_apart(self, params: Vector) -> bool:
        guess = self._x @ np.array(params)
        return bool((np.where(self._y == 1, guess, -guess) > 0).all())

    @cached_property
    def floor(self) -> float | None:
        """The least loss; None: it is not known, or there is none."""
        return None if self.best is None else self.loss(self.best)

    @property
    def critical_lr(self) -> float:
        """2 / L, L what the curvature never exceeds; NaN for a loss with a kink.

        Of cross-entropy that is 8 / λmax of xᵀx / n. Below it gradient descent goes down at each
        step; what it does above, is not said. Source: Nesterov, Introductory Lectures on Convex
        Optimization (2004), section 1.2.3.
        """
        if self._kind.steepest is None:
            return math.nan
        squares = self._of_all.curvatures[-1] / 2
        most = self._kind.steepest * squares + 2 * self.told.ridge
        return 2 / most if most else math.inf

    def near_floor(self, first_loss: float) -> float | None:
        """The loss within 1% of the least; where that is nearly 0, a millionth of the first."""
        if self.floor is None:
            return None
        return 1.01 * self.floor if self.floor > 1e-9 * self._size else 1e-6 * first_loss

    @property
    def at_floor(self) -> float:
        """The loss that is practically the least: above it by 1e-12 of that of parameters 0."""
        return -math.inf if self.floor is None else self.floor + 1e-12 * self._size

    def is_at_floor(self, params: Vector) -> bool:
        """Whether the loss there is practically the least."""
        return self.loss(params) <= self.at_floor


def design(x: Any) -> FloatArray:
    """The design matrix, of a line's x too, in float64."""
    numbers = np.asarray(x, np.float64)
    return numbers if numbers.ndim == 2 else np.column_stack([numbers, np.ones(len(numbers))])


def with_ridge(gradient: Params, params: Vector, intercept: int | None, ridge: float) -> Params:
    """Loss and derivatives with ridge · ‖a‖² added, in which an intercept does not count."""
    if not ridge:
        return gradient
    kept = [0.0 if i == intercept else one for i, one in enumerate(params)]
    loss, *grad = gradient
    added = [by + 2 * ridge * one for by, one in zip(grad, kept, strict=True)]
    return loss + ridge * sum(one * one for one in kept), *added


def ridged(bowl: Quadratic, ridge: float) -> Quadratic:
    """The mean squared error with ridge · ‖a‖² added: a bowl again, of the same spread of y.

    The sum of two squares of w about best_slopes and about 0 is one about a place between them, and
    what is left: ridge · best_slopes · that place.
    """
    if not ridge:
        return bowl
    cov_x = np.array(bowl.cov_x)
    steeper = cov_x + ridge * np.eye(len(cov_x))
    best = np.linalg.solve(steeper, cov_x @ np.array(bowl.best_slopes))
    return bowl._replace(
        cov_x=tuple(map(tuple, steeper.tolist())),
        best_slopes=tuple(best.tolist()),
        floor=bowl.floor + ridge * float(best @ np.array(bowl.best_slopes)),
    )


def must_suit(loss: Loss, y: Any) -> None:
    """Raise ValueError where a loss is not for such y: cross-entropy is for 0 and 1."""
    if loss.kind != "cross_entropy":
        return
    values = np.asarray(y, np.float64)
    others = np.unique(values[(values != 0) & (values != 1)])
    if len(others):
        few = ", ".join(f"{one:g}" for one in others[:3])
        more = f" and {len(others) - 3} others" if len(others) > 3 else ""
        raise ValueError(f"y must be 0 or 1 for loss='cross_entropy'; got {few}{more}")
