"""What an engine is: a way to the loss and its derivatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gd_widget.core.batches import Indices
from gd_widget.core.types import Params
from gd_widget.training.rows import Course, Made


class Gradients(NamedTuple):
    """The loss and its derivatives on some points.

    of_all : from params to (loss, grad_slope, grad_intercept), of all points.
    of_batch : from params and the points' indices to (grad_slope, grad_intercept), of those.
    rows_after : what making.rows_after does, where there is a quicker way than that.
    """

    of_all: Callable[[Params], tuple[float, float, float]]
    of_batch: Callable[[Params, Indices], Params]
    rows_after: Callable[[Made, Course], Iterator[Made]] | None = None
