"""New rows, each made of the one before: the loop of training.

This file knows nothing of the table, nor of where a gradient comes from.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gd_widget.core.batches import Indices
from gd_widget.core.rules import Rule, Settings

Made = tuple[Sequence[float], Sequence[float]]
"""A row (slope, intercept, loss, grad_slope, grad_intercept, lr), and what the rule remembers."""


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
    gradients : see gradients.Gradients.
    """
    (slope, intercept, _, *grad, _), memory = start
    step, settings, batches = course.rule.step, course.settings, course.batches
    of_all, of_batch, lr = gradients.of_all, gradients.of_batch, course.lr
    while True:
        if batches is not None:
            grad = of_batch((slope, intercept), next(batches))
        try:
            (slope, intercept), memory = step((slope, intercept), grad, memory, settings)
        except OverflowError:  # a power of numbers too large; every other way ends in infinity
            slope = intercept = math.inf
        loss, *grad = of_all((slope, intercept))
        yield (slope, intercept, loss, *grad, lr), memory
