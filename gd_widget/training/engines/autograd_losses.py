"""PyTorch's autograd on other losses than the mean squared error, as torch.nn.functional has them.

This file imports torch, and is imported when the first gradient of such a loss is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from gd_widget.core.losses import Loss, design

CHUNK = 2**18
"""Points in one pass; see autograd.CHUNK."""

FEW = 2**15
"""Numbers that PyTorch gives to one thread in most functions."""


@contextmanager
def one_thread_for_few(n: int) -> Iterator[None]:
    """Few numbers are computed by one thread.

    PyTorch's logsigmoid, which cross-entropy is made of, divides even four among all threads.
    These wait for each other longer than they compute, on a busy machine for more than a frame.
    """
    threads = torch.get_num_threads()
    if n > FEW or threads == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


class PointErrors:
    """A loss on some points, and its gradient by backward(): what SquaredErrors is of its own.

    x : the design matrix, or a line's x, in this process's memory.
    """

    def __init__(self, x: Any, y: Any, loss: Loss) -> None:
        self._x, self._y, self._loss = x, y, loss
        self._first = self._part(0)

    def __len__(self) -> int:
        return len(self._y)

    def backward(self, a: torch.Tensor) -> torch.Tensor:
        """Add the gradient of the mean over all points to a.grad; return the sum over them.

        a : the parameters, a leaf of shape (d,).
        """
        total = torch.zeros((), dtype=torch.float64, device="cpu")
        for start in range(0, len(self), CHUNK):
            x, y = self._part(start) if start else self._first
            losses = self._sum(x @ a, y)
            (losses / len(self)).backward()  # type: ignore[no-untyped-call]
            total += losses.detach()
        return total

    def _sum(self, guess: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        if self._loss.kind == "mae":
            return functional.l1_loss(guess, y, reduction="sum")
        if self._loss.kind == "huber":
            return functional.huber_loss(guess, y, delta=self._loss.delta, reduction="sum")
        with one_thread_for_few(len(y)):
            return functional.binary_cross_entropy_with_logits(guess, y, reduction="sum")

    def _part(self, start: int) -> tuple[torch.Tensor, torch.Tensor]:
        part = slice(start, start + CHUNK)
        y = np.array(self._y[part], np.float64)
        return torch.from_numpy(design(self._x[part]).copy()), torch.from_numpy(y)


class WithRidge:
    """Errors, and ridge · ‖a‖² added to their mean; the intercept does not count."""

    def __init__(self, errors: Any, ridge: float, intercept: int | None, d: int) -> None:
        self._errors = errors
        self._ridge = torch.full((d,), ridge, dtype=torch.float64, device="cpu")
        if intercept is not None:
            self._ridge[intercept] = 0

    def __len__(self) -> int:
        return len(self._errors)

    def backward(self, a: torch.Tensor) -> torch.Tensor:
        """As that of the errors."""
        total: torch.Tensor = self._errors.backward(a)
        ridge = (self._ridge * a * a).sum()
        ridge.backward()  # type: ignore[no-untyped-call]
        return total + len(self) * ridge.detach()
