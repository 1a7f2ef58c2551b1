"""PyTorch's autograd on the points: the lesson's own computation, however many they are.

This file imports torch, and is imported when the first gradient is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from gd_widget.core.batches import Indices
from gd_widget.core.types import Params, Vector
from gd_widget.data.points import Data
from gd_widget.training.engines.gradients import Gradients

Array = npt.NDArray[np.floating[Any]]

CHUNK = 2**20
"""Points in one pass: few enough for a processor's caches, and so many that its threads seldom wait
for each other, which takes long where others are at work."""


class SquaredErrors:
    """The squared errors of a line on some points, and the gradient of their mean.

    x, y : arrays of shape (n,), of float32 or float64.

    More than a chunk of points are gone through chunk by chunk, as one trains on more data than a
    pass can hold: backward() adds each chunk's share to the gradient. Each is copied into the same
    memory in turn, in float64; the points themselves stay as and where they are.
    """

    def __init__(self, x: Array, y: Array) -> None:
        self._x, self._y = x, y
        self._size = min(len(x), CHUNK)
        # Rows x, 1 and y. Two contiguous columns of the design matrix are read twice as fast as
        # interleaved ones.
        self._into = np.ones((3, self._size))
        self._chunk = torch.from_numpy(self._into)
        self._share = torch.tensor(1 / len(x), dtype=torch.float64, device="cpu")
        self._filled = self._fill(0)

    def __len__(self) -> int:
        return len(self._x)

    def backward(self, a: torch.Tensor) -> torch.Tensor:
        """Add the gradient of the mean of all squares to a.grad; return their sum.

        a : (slope, intercept), a leaf of shape (2,).
        """
        if self._size == len(self._x):
            return self._backward(a, *self._filled)
        starts = range(0, len(self._x), self._size)
        sums = [self._backward(a, *self._fill(start)).detach() for start in starts]
        return torch.stack(sums).sum()

    def _backward(self, a: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        residuals = torch.addmv(y, x, a, beta=-1)  # x @ a - y in one pass
        squares = residuals @ residuals
        squares.backward(self._share)  # type: ignore[no-untyped-call]
        return squares

    def _fill(self, start: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The design matrix and y of the chunk that begins there."""
        part = slice(start, start + self._size)
        n = len(self._x[part])
        self._into[0, :n], self._into[2, :n] = self._x[part], self._y[part]
        return self._chunk[:2, :n].T, self._chunk[2, :n]


def autograd(points: Data) -> Gradients:
    """The gradient by `loss.backward()` on an `nn.Parameter`, in float64, in this process's memory.

    The parameter and its gradient share their memory with two NumPy arrays. Reading and
    writing two numbers there costs a tenth of what it costs through tensor operations, which
    at n = 100 would be most of the step.
    """

    def gradient(params: Vector, errors: SquaredErrors) -> torch.Tensor:
        values[:] = params
        slopes.fill(0)  # a.grad.zero_()
        # In the user's `with torch.no_grad()` or `torch.inference_mode()` too.
        if torch.is_grad_enabled() and not torch.is_inference_mode_enabled():
            return errors.backward(a)
        with recording_gradients():
            return errors.backward(a)

    def of_all(params: Vector) -> Params:
        squares = gradient(params, all_errors)
        grad_slope, grad_intercept = slopes.tolist()
        return squares.item() / len(points), grad_slope, grad_intercept

    def of_batch(params: Vector, seen: Indices) -> Params:
        with recording_gradients():
            errors = SquaredErrors(points.x[seen], points.y[seen])
        gradient(params, errors)
        grad_slope, grad_intercept = slopes.tolist()
        return grad_slope, grad_intercept

    values, slopes = np.zeros(2), np.zeros(2)
    with recording_gradients():
        all_errors = SquaredErrors(points.x, points.y)
        a = torch.nn.Parameter(torch.from_numpy(values))
        a.grad = torch.from_numpy(slopes)
    return Gradients(of_all, of_batch)


@contextmanager
def recording_gradients() -> Iterator[None]:
    """As outside of the user's `with torch.no_grad()` or `torch.inference_mode()`."""
    with torch.inference_mode(False), torch.enable_grad():
        yield
