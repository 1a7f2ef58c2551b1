"""What an engine is: a way to the loss and its derivatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gd_widget.core.batches import Indices
from gd_widget.core.types import Params, Vector
from gd_widget.training.rows import Course, Made


class Gradients(NamedTuple):
    """The loss and its derivatives on some points.

    of_all : from params to the loss of all points, and its derivative by each parameter.
    of_batch : from params and the points' indices to the derivatives of those.
    rows_after : what rows.rows_after does, where there is a quicker way than that.
    """

    of_all: Callable[[Vector], Params]
    of_batch: Callable[[Vector, Indices], Params]
    rows_after: Callable[[Made, Course], Iterator[Made]] | None = None
