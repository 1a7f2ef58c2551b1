"""New rows, each made of the one before: the loop of training.

This file knows nothing of the table, nor of where a gradient comes from.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from gd_widget.core.batches import Indices
from gd_widget.core.rules import Rule, Settings
from gd_widget.core.types import Vector

Made = tuple[Vector, Vector]
"""A row, see core.table.fields, and what the rule remembers after it."""


class Course(NamedTuple):
    """What makes one row of another.

    rule, settings : the update rule, and the settings it is given.
    batches : which points each step sees, one step after the other; None: each sees all.
    lr : the rate to write down, NaN where the rule has none.
    """

    rule: Rule
    settings: Settings
    batches: Iterator[Indices] | None
    lr: float


def rows_after(start: Made, course: Course, gradients: Any) -> Iterator[Made]:
    """One row after the other, without end.

    start : the row to go on from, and what the rule remembers there.
    gradients : see engines.gradients.Gradients.
    """
    row, memory = start
    d = len(row) // 2 - 1
    params, grad = row[:d], row[d + 1 : -1]
    step, settings, batches = course.rule.step, course.settings, course.batches
    of_all, of_batch, lr = gradients.of_all, gradients.of_batch, course.lr
    while True:
        if batches is not None:
            grad = of_batch(params, next(batches))
        try:
            params, memory = step(params, grad, memory, settings)
        except OverflowError:  # a power of numbers too large; every other way ends in infinity
            params = [math.inf] * d
        loss, *grad = of_all(params)
        yield (*params, loss, *grad, lr), memory
