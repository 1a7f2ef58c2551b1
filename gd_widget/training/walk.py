"""Going through a table: on to rows that are there or are made, and back to earlier ones."""

from __future__ import annotations

import math
from itertools import islice, takewhile
from time import perf_counter

from gd_widget.core.checks import whole_number
from gd_widget.core.objective import Objective
from gd_widget.core.stretches import Plan, Stretch
from gd_widget.core.table import Table
from gd_widget.core.types import Params, Vector
from gd_widget.training.maker import Maker
from gd_widget.training.rows import Made

AHEAD = 1_000
"""What has converged is looked at for as many steps again, but for no more than these."""


class Walk:
    """A table, and the step of it where training is.

    maker : makes the rows to come; another one may be set at any step.
    objective : what it goes down.
    diverged_at, diverged_to : the step whose numbers were no longer finite, the one after the
        current step, and its parameters; None and none.
    """

    def __init__(self, table: Table, maker: Maker, objective: Objective) -> None:
        self.table = table
        self.maker = maker
        self.step = 0
        self.diverged_at: int | None = None
        self.diverged_to: Params = ()
        self._objective, self._at_floor = objective, objective.at_floor

    @property
    def converged(self) -> bool:
        """Whether the loss is practically the least, and stays so; see Trainer.converged."""
        table, step, maker = self.table, self.step, self.maker
        if not self._is_at_floor(table.row(step)):
            return False
        if maker.never_rises:
            return True
        return maker.will_hold(table, step, min(step, AHEAD), self._is_at_floor)

    def _is_at_floor(self, row: Vector) -> bool:
        d = self.table.d
        if row[d] <= self._at_floor:
            return True
        # Where points are far from zero, an engine's loss has fewer digits than the bowl's.
        return row[d] <= 1.001 * self._at_floor and self._objective.is_at_floor(row[:d])

    def go_on(self, n: int, seconds: float, until_converged: bool) -> int:
        """Make n more steps, or fewer; return how many. See Trainer.step."""
        start, end = self.step, perf_counter() + seconds
        goal = start + whole_number("n", n, least=0)
        arriving = until_converged and (self.diverged_at is not None or not self.converged)
        table, maker = self.table, self.maker
        while self.step < goal and maker.would_repeat(table, self.step):
            self._went_on()
            if (arriving and self.converged) or perf_counter() >= end:
                return self.step - start
        rows, stretch = maker.rows_after(table, self.step), maker.stretch_after(table, self.step)
        for row, memory in islice(rows, goal - self.step):
            if not _is_finite((row, memory)):
                self._diverged(row)
                maker.go_to(table, self.step)
                return self.step - start
            self._append(row, memory, stretch)
            if (arriving and self.converged) or perf_counter() >= end:
                break
        maker.will_go_on(rows, self.step)
        return self.step - start

    def ahead(self, step: int, count: int) -> list[Vector]:
        """The rows that would be made after a step, as far as their numbers are finite."""
        rows = islice(self.maker.looked_at(self.table, step), count)
        return [row for row, _ in takewhile(_is_finite, rows)]

    def record(self, params: Params, made_by: Plan, lr: float) -> None:
        """Take over the next row as it is. See Trainer.record."""
        row = self.maker.row_of(params, lr)
        if _all_finite(row[:-1]):
            self._append(row, (), self.maker.stretch_after(self.table, self.step, made_by))
        else:
            self._diverged(row)

    def seek(self, step: int) -> None:
        """Go to a step already made; the rows after it stay until training goes on otherwise."""
        step = whole_number("step", step, least=0, most=len(self.table) - 1)
        if step != self.step:
            self.step, self.diverged_at = step, None
            self.maker.go_to(self.table, step)

    def _append(self, row: Vector, memory: Vector, stretch: Stretch) -> None:
        self.table.cut_after(self.step)
        self.table.append(row, memory, stretch)
        self._went_on()

    def _went_on(self) -> None:
        self.step += 1
        self.diverged_at = None  # code that is not ours may do better the next time

    def _diverged(self, row: Vector) -> None:
        self.diverged_at, self.diverged_to = self.step + 1, tuple(row[: self.table.d])


def _is_finite(made: Made) -> bool:
    # A rule may stand still by a memory that has grown to infinity.
    row, memory = made
    return _all_finite(row[:-1]) and _all_finite(memory)


def _all_finite(numbers: Vector) -> bool:
    # What is not finite makes their sum so. That of finite ones may be beyond numbers.
    return math.isfinite(sum(numbers)) or all(map(math.isfinite, numbers))
