"""PyTorch's autograd on the data: the lesson's own computation, however many there are.

This file imports torch, and is imported when the first gradient is asked for.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from gd_widget.core.batches import Indices
from gd_widget.core.losses import MSE, Loss
from gd_widget.core.types import Params, Vector
from gd_widget.data.function_data import FunctionData
from gd_widget.data.points import TrainingData
from gd_widget.training.engines.gradients import Gradients
from gd_widget.training.engines.recording import recording_gradients

Array = npt.NDArray[np.floating[Any]]

CHUNK = 3 * 2**18
"""Numbers in one pass, a quarter of a million points of a line: few enough for a processor's caches
and for memory, of which a pass takes twice as much again; so many that threads seldom wait for
each other, which takes long where others are at work."""


class SquaredErrors:
    """The squared errors of x @ a on some examples, and the gradient of their mean.

    x : an array of float32 or float64: a line's, of shape (n,); or the design matrix, (n, d).
    y : of shape (n,).

    More than a chunk of examples are gone through chunk by chunk, as one trains on more data than a
    pass can hold: backward() adds each chunk's share to the gradient. A design matrix of float64 is
    read where it lies; other chunks are copied into the same memory in turn, in float64. The data
    themselves stay as and where they are.
    """

    def __init__(self, x: Array, y: Array) -> None:
        self._columns, self._y = np.atleast_2d(x.T), y
        d = len(self._columns) + (x.ndim == 1)
        self._size = min(len(y), max(1, CHUNK // (d + 1)))
        # Rows are the design matrix's columns; what is not filled is a line's column of ones.
        # Contiguous columns are read twice as fast as interleaved ones.
        self._into, self._into_y = np.ones((d, self._size)), np.empty(self._size)
        self._share = torch.tensor(1 / len(y), dtype=torch.float64, device="cpu")
        self._held: tuple[torch.Tensor, torch.Tensor] | None = None
        if self._size == len(y):
            self._held = self._fill(0)
        elif x.ndim == 2 and x.dtype == y.dtype == np.float64:
            self._held = _to_read(x), _to_read(y)
            self._size = min(len(y), CHUNK // 3)

    def __len__(self) -> int:
        return len(self._y)

    def backward(self, a: torch.Tensor) -> torch.Tensor:
        """Add the gradient of the mean of all squares to a.grad; return their sum.

        a : the parameters, a leaf of shape (d,).
        """
        if self._size == len(self._y):
            return self._backward(self._residuals(0, a))
        total = torch.zeros((), dtype=torch.float64, device="cpu")
        for start in range(0, len(self._y), self._size):
            # Each sum is not kept: what is small would keep large pieces of memory apart.
            total += self._backward(self._residuals(start, a)).detach()
        return total

    def _residuals(self, start: int, a: torch.Tensor) -> torch.Tensor:
        """X @ a - y, in one pass, of the chunk that begins there."""
        if self._held is None:
            x, y = self._fill(start)
            return y.addmv_(x, a, beta=-1)  # in the place of y, which is filled anew
        x, y = (values[start : start + self._size] for values in self._held)
        return torch.addmv(y, x, a, beta=-1)

    def _backward(self, residuals: torch.Tensor) -> torch.Tensor:
        squares = residuals @ residuals
        # Not backward(share), for which PyTorch imports SymPy: a second, and 35 MB.
        (squares * self._share).backward()  # type: ignore[no-untyped-call]
        return squares

    def _fill(self, start: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The design matrix and y of the chunk that begins there."""
        part = slice(start, start + self._size)
        n = len(self._y[part])
        self._into[: len(self._columns), :n] = self._columns[:, part]
        self._into_y[:n] = self._y[part]
        return torch.from_numpy(self._into[:, :n]).T, torch.from_numpy(self._into_y[:n])


def _to_read(values: Array) -> torch.Tensor:
    """The same memory as a tensor, which nobody writes to: PyTorch warns of arrays to read."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The given NumPy array is not writable")
        return torch.from_numpy(values)


def errors_of(data: TrainingData, loss: Loss, seen: Indices | None = None) -> Any:
    """The errors of a model on all its data, or on some, in this process's memory."""
    if isinstance(data, FunctionData):
        from gd_widget.training.engines.autograd_function import FunctionErrors

        return FunctionErrors(data.function)
    x, y = (data.x, data.y) if seen is None else (data.x[seen], data.y[seen])
    if loss == MSE:
        return SquaredErrors(x, y)
    from gd_widget.training.engines.autograd_losses import PointErrors, WithRidge

    errors = SquaredErrors(x, y) if loss.kind == "mse" else PointErrors(x, y, loss)
    if not loss.ridge:
        return errors
    return WithRidge(errors, loss.ridge, data.model.intercept, len(data.names))


def autograd(data: TrainingData, loss: Loss = MSE) -> Gradients:
    """The gradient by `loss.backward()` on an `nn.Parameter`, in float64, in this process's memory.

    The parameter and its gradient share their memory with two NumPy arrays. Reading and
    writing two numbers there costs a tenth of what it costs through tensor operations, which
    at n = 100 would be most of the step.
    """

    def gradient(params: Vector, errors: Any) -> torch.Tensor:
        values[:] = params
        slopes.fill(0)  # a.grad.zero_()
        # In the user's `with torch.no_grad()` or `torch.inference_mode()` too.
        if torch.is_grad_enabled() and not torch.is_inference_mode_enabled():
            return errors.backward(a)  # type: ignore[no-any-return]
        with recording_gradients():
            return errors.backward(a)  # type: ignore[no-any-return]

    def of_all(params: Vector) -> Params:
        total = gradient(params, all_errors)
        return total.item() / len(data), *slopes.tolist()

    def of_batch(params: Vector, seen: Indices) -> Params:
        with recording_gradients():
            errors = errors_of(data, loss, seen)
        gradient(params, errors)
        return tuple(slopes.tolist())

    values, slopes = np.zeros(len(data.names)), np.zeros(len(data.names))
    with recording_gradients():
        all_errors = errors_of(data, loss)
        a = torch.nn.Parameter(torch.from_numpy(values))
        a.grad = torch.from_numpy(slopes)
    return Gradients(of_all, of_batch)
