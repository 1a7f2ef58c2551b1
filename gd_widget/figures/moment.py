"""What figures draw of a widget: everything at one moment, and of a long run some of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray, Params
from gd_widget.data.points import Data

if TYPE_CHECKING:
    from gd_widget.widget import GDWidget

MOST_STEPS = 500
"""Drawn of each run: what is sent does not grow with the history."""

FIRST_STEPS = 200
"""Of them, those drawn without a gap: most of the way is made in the first few steps."""


class Way(NamedTuple):
    """A run up to its current step; of a long one, some of its steps."""

    name: str
    steps: npt.NDArray[np.intp]
    rows: FloatArray  # of the table, shape (len(steps), 6)

    @property
    def params(self) -> Params:
        """(slope, intercept) at the current step."""
        slope, intercept = self.rows[-1, :2].tolist()
        return slope, intercept

    @property
    def losses(self) -> FloatArray:
        """Those at `steps`."""
        return self.rows[:, 2]


class Moment(NamedTuple):
    """All of a widget that figures draw, at one moment."""

    points: Data
    bowl: Quadratic
    guess: Params
    ways: list[Way]  # one for each run
    n_rows: int
    per_epoch: int


def look_at(w: GDWidget) -> Moment:
    """The widget as it is now; for whoever keeps other threads away, see GDWidget.alone."""
    ways = []
    for run in w.runs:
        steps = thinned(run.n_steps)
        ways.append(Way(run.name, steps, run.trainer.table.rows_at(steps)))
    trainers = [run.trainer for run in w.runs]
    n_rows = max(trainer.n_rows for trainer in trainers)
    first = trainers[0]
    slope, intercept = ways[0].rows[0, :2].tolist()
    return Moment(first.points, first.bowl, (slope, intercept), ways, n_rows, first.per_epoch)


def thinned(n_steps: int) -> npt.NDArray[np.intp]:
    """The steps to draw of 0 to n_steps, both among them: at most MOST_STEPS.

    The first ones all, later ones evenly. Which ones they are changes only when there are twice as
    many, so that what is drawn already keeps still.

    >>> thinned(10_000)[[0, 1, 199, 200, 201, -2, -1]].tolist()
    [0, 1, 199, 256, 320, 9984, 10000]
    """
    if n_steps < MOST_STEPS:
        return np.arange(n_steps + 1)
    every = 2
    while FIRST_STEPS + n_steps // every + 2 > MOST_STEPS:
        every *= 2
    evenly = np.arange(0, n_steps, every)
    return np.unique(np.concatenate([np.arange(FIRST_STEPS), evenly, [n_steps]]))
