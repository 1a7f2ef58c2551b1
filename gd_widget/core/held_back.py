"""Points that are held back: which they are, and how badly what is trained on the others fits them.

Their loss is that of training without the ridge, which is a price that training pays, and no error
of a guess. Of the mean squared error a triangle of d + 1 columns says all: with [x y] = Q R, and
the columns of Q of length 1 and at right angles,

    mean((x @ a - y)²) = |R (a, -1)|² / n

js/core/held-back.js is the twin.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gd_widget.core.checks import problem, shown
from gd_widget.core.losses import KINDS, Loss, must_suit
from gd_widget.core.sums import must_be_small
from gd_widget.core.types import Array, FloatArray, Vector

Validation = float | list[int] | list[bool] | None
"""A share of the points; the places of some; for each whether it is; or none of them."""

Mask = Array[np.bool_]
"""Of each point, whether it is held back."""

APART = 2**64
"""Added to a seed: who is held back is drawn from other numbers than the points themselves."""

CHUNK = 2**20
"""Guesses that are looked at in one go."""


def checked_validation(name: str, value: Any) -> Validation:
    """What says which points are held back. Whether there are such points, held_places says."""
    if value is None:
        return None
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError):  # rows of several lengths, a tensor on a GPU
        array = np.empty((0, 0))
    kind = array.dtype.kind
    if array.ndim == 0 and kind in "fiu" and 0 < array < 1:
        return float(array)
    if array.ndim == 1 and kind in "biu":
        listed: list[Any] = array.tolist()
        return listed
    rule = "a share above 0 and below 1, a mask of True and False, or places of points"
    raise problem(name, rule, value)


def held_places(validation: Validation, n: int, seed: int) -> Mask:
    """Which of n points are held back; of a share, they are drawn by the seed.

    Raises ValueError where these are no places of points, and where a side would have none.
    """
    places: Any = validation
    if isinstance(validation, float):
        count = math.floor(validation * n + 0.5)
        order = np.argsort(np.random.default_rng(seed + APART).random(n), kind="stable")
        places = order[:count]
    elif validation and isinstance(validation[0], bool):
        if len(validation) != n:
            rule = f"a mask of {n}, as many as there are points"
            raise ValueError(f"validation must be {rule}; got {len(validation)}")
        places = np.flatnonzero(validation)
    elif any(not 0 <= place < n for place in places) or len(set(places)) < len(places):
        raise problem("validation", f"places from 0 to {n - 1}, none of them twice", places)
    held = np.zeros(n, bool)
    held[places] = True
    if not 0 < held.sum() < n:
        got = f"{shown(validation)}, which holds back {held.sum()} of {n}"
        raise ValueError(f"validation must leave at least one point on each side; got {got}")
    return held


class HeldBack:
    """The loss of some points that are held back, as a function of the parameters.

    x : the design matrix, shape (n, d).
    y : shape (n,).
    loss : that of training, whose ridge is left out.

    Raises ValueError for y that the loss is not for, and numbers whose squares are not finite.
    """

    def __init__(self, x: FloatArray, y: FloatArray, loss: Loss) -> None:
        must_suit(loss, y)
        with np.errstate(over="ignore"):
            must_be_small(float((x * x).sum() + y @ y), np.abs(x).max(), np.abs(y).max())
        self._x, self._y, self._loss = x, y, loss
        if loss.kind == "mse":
            triangle: Any = np.linalg.qr(np.column_stack([x, y]), mode="r")
            self._by_params, self._by_y = triangle[:, :-1], triangle[:, -1]

    def loss(self, params: Vector) -> float:
        """The loss at some parameters."""
        return float(self.losses(np.array([params]))[0])

    def losses(self, path: FloatArray) -> FloatArray:
        """The loss at each of some parameters, shape (m, d)."""
        n = len(self._y)
        with np.errstate(over="ignore", invalid="ignore"):
            if self._loss.kind == "mse":
                off = path @ self._by_params.T - self._by_y
                means: FloatArray = (off * off).sum(axis=1) / n
                return means
            value, size = KINDS[self._loss.kind].value, max(1, CHUNK // n)
            guesses = (path[i : i + size] @ self._x.T for i in range(0, len(path), size))
            losses = [value(one, self._y, self._loss.delta).mean(axis=1) for one in guesses]
            return np.concatenate(losses)
