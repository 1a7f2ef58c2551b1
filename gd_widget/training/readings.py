"""What can be read at a step of a table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from gd_widget.core.checks import in_short
from gd_widget.core.held_back import HeldBack
from gd_widget.core.model import LINE
from gd_widget.core.table import Steps, Table, fields
from gd_widget.core.types import Params


def no_line(name: str, names: Sequence[str]) -> str:
    """Why there is no slope, or no intercept."""
    return f"a line has a {name}; here are params of ({in_short(names)})"


class Readings(ABC):
    """What is at a step of a table: a trainer, a run of a race."""

    @property
    @abstractmethod
    def table(self) -> Table:
        """The rows, and what made them: to read."""

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """What the parameters are called."""

    @property
    @abstractmethod
    def held_back(self) -> HeldBack | None:
        """The loss of the points that are held back; None: there are none."""

    @property
    @abstractmethod
    def n_steps(self) -> int:
        """The current step; 0 is the guess."""

    @property
    def params(self) -> Params:
        """The parameters at the current step, in the order of `names`; a line's, slope first."""
        return self.table.params(self.n_steps)

    @property
    def slope(self) -> float:
        """The slope of a line."""
        return self._of_line("slope")

    @property
    def intercept(self) -> float:
        """The intercept of a line."""
        return self._of_line("intercept")

    def _of_line(self, name: str) -> float:
        is_known = name in self.names and set(self.names) <= set(LINE.names)
        if not is_known:
            raise AttributeError(no_line(name, self.names))
        return self.params[self.names.index(name)]

    @property
    def loss(self) -> float:
        """What is trained down, on all points but those held back, with its ridge."""
        return self.table.loss(self.n_steps)

    @property
    def validation_loss(self) -> float | None:
        """The loss of the points that are held back, without the ridge; None: there are none."""
        return None if self.held_back is None else self.held_back.loss(self.params)

    @property
    def grad(self) -> Params:
        """The loss's derivative by each parameter, on all points."""
        return self.table.grad(self.n_steps)

    @property
    def history(self) -> np.ndarray:
        """Rows 0 to n_steps as a structured array: step, core.table.fields(names), epoch.

        `lr` is the rate of the step that made the row, NaN where it has none; in row 0, the rate
        set at the start. `epoch` counts passes over the points, a fraction in the midst of one.
        Where points are held back, their loss is the last column: validation_loss.
        """
        table, n_rows, columns = self.table, self.n_steps + 1, fields(self.names)
        last = ("epoch",) if self.held_back is None else ("epoch", "validation_loss")
        dtype = [("step", np.int64), *((name, np.float64) for name in (*columns, *last))]
        history = np.empty(n_rows, dtype)
        history["step"] = np.arange(n_rows)
        rows = table.rows(0, n_rows)
        for name, column in zip(columns, rows.T, strict=True):
            history[name] = column
        history["epoch"] = table.epochs(history["step"])
        if self.held_back is not None:
            history["validation_loss"] = self.held_back.losses(rows[:, : table.d])
        return history


def thinned_steps(table: Table, most: int) -> Steps:
    """At most so many steps of a table: the first, the last, and evenly spaced ones.

    Those right before the settings change are among them, where they have changed no oftener
    than half as many times: from there on, what was left out can be computed again. Takes a
    time that does not grow with the table.
    """
    turns = [one.step - 1 for one in table.stretches if one.step < len(table)]
    turns = turns if len(turns) <= most // 2 else []
    every = -(-len(table) // (most - len(turns) - 1))
    evenly = range(len(table) - 1, -1, -every)
    # NumPy's unique() would import its masked arrays, which a first widget waits for.
    return np.array(sorted({0, *evenly, *turns}), np.intp)
