"""What figures draw of a widget: everything at one moment, and of a long run some of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from gd_widget.core.objective import Objective
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray, Params
from gd_widget.data.points import TrainingData
from gd_widget.training.run import Run
from gd_widget.words.names import shown_run

if TYPE_CHECKING:
    from gd_widget.widget import GDWidget

MOST_STEPS = 500
"""Drawn of each run: what is sent does not grow with the history."""

FIRST_STEPS = 200
"""So many are drawn without a gap: most of the way is made in the first few steps."""


class Way(NamedTuple):
    """A run up to its current step; of a long one, some of its steps."""

    name: str  # as it is shown
    steps: npt.NDArray[np.intp]
    path: FloatArray  # the params at these steps, shape (len(steps), d)
    losses: FloatArray  # the loss at each
    kind: str  # of that

    @property
    def params(self) -> Params:
        """The parameters at the current step."""
        return tuple(self.path[-1].tolist())


class Moment(NamedTuple):
    """All of a widget that figures draw, at one moment."""

    points: TrainingData
    bowl: Quadratic  # the mean squared error of the points
    objective: Objective  # what the first run goes down
    guess: Params
    held_back: FloatArray | None  # the loss of such points, at the steps of the first way
    ways: list[Way]  # one for each run
    n_rows: int
    per_epoch: int


def look_at(w: GDWidget) -> Moment:
    """The widget as it is now; for whoever keeps other threads away, see GDWidget.alone."""
    runs = w.runs
    ways = [_way_of(run) for run in runs]
    n_rows = max(run.trainer.n_rows for run in runs)
    first = runs[0].trainer
    guess = tuple(ways[0].path[0].tolist())
    held = None if first.held_back is None else first.held_back.losses(ways[0].path)
    of_first = first.points, first.bowl, first.objective, guess, held
    return Moment(*of_first, ways, n_rows, first.per_epoch)


def _way_of(run: Run) -> Way:
    steps = thinned(run.n_steps)
    rows = run.trainer.table.rows_at(steps)
    return Way(
        shown_run(run.name),
        steps,
        rows[:, : len(run.params)],
        rows[:, len(run.params)],
        run.trainer.told_loss.kind,
    )


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
