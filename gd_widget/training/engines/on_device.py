"""Training where the points are, on a GPU: many rows are made there, and brought over together.

Whoever reads a number back waits until the GPU has computed it, and the GPU then waits for more to
do. So parameters, gradients and what the rule remembers stay there from row to row; the rules are
arithmetic, and do not care. Only whether all numbers are finite is seen late: what was made after
the first that is not is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any

import numpy as np
import torch
from torch.nn.functional import mse_loss

from gd_widget.core.batches import Indices
from gd_widget.core.types import Params, Vector
from gd_widget.data.points import TrainingData
from gd_widget.data.tensor_points import chunks
from gd_widget.training.engines.gradients import Gradients
from gd_widget.training.engines.recording import recording_gradients
from gd_widget.training.rows import Course, Made, rows_after

FEW = 2**20
"""Up to so many numbers, a GPU reads them in less time than it takes to call it."""

SECONDS = 0.05
"""Rows are made for at most about so long before they are brought over: nobody waits longer."""


def gradients_there(data: TrainingData) -> Gradients:
    """The gradients on data whose x and y are tensors, computed on their device."""
    there = Ahead(data)
    return Gradients(there.of_all, there.of_batch, there.rows_after)


class Ahead:
    """What trains on the data's device.

    To the rules, which are arithmetic on each parameter by itself, a tensor of all d parameters is
    one number: vectors are lists of one of these.
    """

    def __init__(self, data: TrainingData) -> None:
        self._x, self._y = data.x, data.y
        with recording_gradients():
            self._errors = ErrorsThere(data.x, data.y)
        self._count = 1  # rows to be made at once

    def of_all(self, params: Vector) -> Params:
        """The loss of all points and its derivatives, in one transfer."""
        with recording_gradients():
            loss, grad = _gradient(self._errors, self._there(params))
        return tuple(torch.cat([loss[None], grad]).tolist())

    def of_batch(self, params: Vector, seen: Indices) -> Params:
        """The derivatives on these points, in one transfer."""
        with recording_gradients():
            grad = self._batch_gradient(self._there(params), self._brought_there([seen])[0])
        return tuple(grad.tolist())

    def rows_after(self, start: Made, course: Course) -> Iterator[Made]:
        """See rows.rows_after.

        How many are made at once doubles while that is quick.
        """
        if course.rule.decides:
            yield from rows_after(start, course, Gradients(self.of_all, self.of_batch))
            return
        while True:
            began = perf_counter()
            made = self.make(start, course, self._count).tolist()  # the one transfer
            taken = perf_counter() - began
            if taken < SECONDS / 2:
                self._count *= 2
            elif taken > SECONDS:
                self._count = max(1, self._count // 2)
            for numbers in made:
                end = len(start[0]) - 1
                start = (*numbers[:end], course.lr), numbers[end:]
                yield start

    def make(self, start: Made, course: Course, count: int) -> torch.Tensor:
        """Queue the making of the next `count` rows; wait for none of it.

        Returns their numbers, each row's but the rate and what is remembered after it: of shape
        (count, 2 d + 1 + len(memory)), on the device.
        """
        row, memory_here = start
        d = len(row) // 2 - 1
        params, grad = self._there(row[:d]), self._there(row[d + 1 : -1])
        memory = [self._there(memory_here[i : i + d]) for i in range(0, len(memory_here), d)]
        batches = None
        if course.batches is not None:
            batches = self._brought_there([next(course.batches) for _ in range(count)])
        rows = []
        step: Any = course.rule.step  # arithmetic, which is the same for tensors
        with recording_gradients():
            for i in range(count):
                if batches is not None:
                    grad = self._batch_gradient(params, batches[i])
                (params,), memory = step([params], [grad], memory, course.settings)
                loss, grad = _gradient(self._errors, params)
                rows.append(torch.cat([params, loss[None], grad, *memory]))
        return torch.stack(rows)

    def _there(self, numbers: Vector) -> torch.Tensor:
        """Some numbers as a tensor.

        They are written there one by one, for what is copied there is waited for.
        """
        device = self._x.device
        return torch.stack(
            [torch.full((), one, dtype=torch.float64, device=device) for one in numbers]
        )

    def _brought_there(self, batches: list[Indices]) -> Sequence[torch.Tensor]:
        """The indices of some batches, in one transfer that is not waited for."""
        joined = torch.from_numpy(np.concatenate(batches))
        there = joined.to(self._x.device, non_blocking=True)
        ends = np.cumsum([len(batch) for batch in batches])
        return [there[end - len(batch) : end] for end, batch in zip(ends, batches, strict=True)]

    def _batch_gradient(self, params: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        return _gradient(ErrorsThere(self._x[seen], self._y[seen], once=True), params)[1]


class ErrorsThere:
    """What autograd.SquaredErrors is, of tensors on a device, and of real numbers of any type.

    Of few numbers, what takes time is to tell the GPU what to do: they are kept as a design matrix,
    for which few calls are enough. Of many, it is to read them, which is done as seldom as can be.
    """

    def __init__(self, x: torch.Tensor, y: torch.Tensor, once: bool = False) -> None:
        """Once : whether the gradient is asked for but once, as of a batch."""
        self._x, self._y = x, y
        self._share = torch.full((), 1 / len(x), dtype=torch.float64, device=x.device)
        self._design: tuple[torch.Tensor, torch.Tensor] | None = None
        if not once and x.numel() <= FEW:
            x = x.double()
            design = torch.stack([x, torch.ones_like(x)]).T if x.ndim == 1 else x
            self._design = design, y.double()

    def __len__(self) -> int:
        return len(self._x)

    def backward(self, a: torch.Tensor) -> torch.Tensor:
        """Add the gradient of the mean of all squares to a.grad; return their sum.

        a : the parameters, a leaf of shape (d,), on any device.
        """
        a = a.to(self._x.device)
        if self._design is not None:
            x, y = self._design
            residuals = torch.addmv(y, x, a, beta=-1)
            squares = residuals @ residuals
            squares.backward(self._share)  # type: ignore[no-untyped-call]
            return squares
        sums = []
        for x, y in chunks(self._x, self._y):
            squares = mse_loss(_guesses(x, a), y, reduction="sum")
            squares.backward(self._share)  # type: ignore[no-untyped-call]
            sums.append(squares.detach())
        return torch.stack(sums).sum()


def _guesses(x: torch.Tensor, a: torch.Tensor) -> torch.Tensor:
    if x.ndim == 2:
        return x @ a
    slope, intercept = a
    return torch.addcmul(intercept, x, slope)


def _gradient(errors: ErrorsThere, params: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean of the squares at params, and its derivative by each."""
    a = params.detach().requires_grad_()
    loss = errors.backward(a).detach() / len(errors)
    assert a.grad is not None
    return loss, a.grad
