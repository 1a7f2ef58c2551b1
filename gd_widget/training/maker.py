"""What makes the next row of a table: a rule, or code that is not ours.

A maker is for one beginning and one way of making steps; where either changes, there is another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import count

from gd_widget.core.batches import batch
from gd_widget.core.rates import goes_down
from gd_widget.core.rules import RULES, Settings
from gd_widget.core.settings import rule_settings
from gd_widget.core.stretches import Plan, Stretch, same_rule, stretch_after
from gd_widget.core.table import Table
from gd_widget.core.types import Params, Vector
from gd_widget.training.coming import Coming
from gd_widget.training.method import Method
from gd_widget.training.outside import Outside
from gd_widget.training.rows import Course, Made, rows_after
from gd_widget.training.start import Start


class Maker:
    """Makes rows on the data of a start, by a method."""

    def __init__(self, start: Start, method: Method) -> None:
        self._n, self._objective = len(start.data), start.objective
        self._gradients = start.gradients
        self._outside, self._plan, self._settings = method.outside, method.plan, method.settings
        # The rows that come next, and the step they come after.
        self._coming: tuple[int, Iterator[Made]] = (-1, iter(()))

    def rows_after(self, table: Table, step: int) -> Iterator[Made]:
        """New rows after a step, each to be appended before the next is asked for."""
        after, rows = self._coming
        # An error or an interrupt ends them; who asks again gets others.
        self._coming = (-1, iter(()))
        if step == after:
            return rows
        if self._outside is not None:
            return self._rows_outside(self._outside, table, step)
        return self.looked_at(table, step)

    def looked_at(self, table: Table, step: int) -> Iterator[Made]:
        """The rows that a rule makes after a step, to be looked at."""
        make = self._gradients.rows_after
        if make is not None:
            return make(*self._here(table, step))
        return rows_after(*self._here(table, step), self._gradients)

    @property
    def never_rises(self) -> bool:
        """Whether it is known that no step makes the loss larger."""
        return self._outside is None and goes_down(self._plan, self._objective)

    def will_hold(
        self, table: Table, step: int, count: int, holds: Callable[[Vector], bool]
    ) -> bool:
        """Whether something holds of the rows after a step, so many of them.

        Where code that is not ours makes them or has made the last, that is not known, and not
        doubted.
        """
        last = table.stretch_at(step)
        if self._outside is not None or (last is not None and "outside" in last.plan):
            return True
        rows = self.rows_after(table, step)
        rows = rows if isinstance(rows, Coming) else Coming(rows)
        is_so = rows.all(holds, count)
        self.will_go_on(rows, step)
        return is_so

    def will_go_on(self, rows: Iterator[Made], step: int) -> None:
        """These rows come next, when they are asked for after this step."""
        self._coming = step, rows

    def stretch_after(self, table: Table, step: int, plan: Plan | None = None) -> Stretch:
        """What makes the row after a step; with another plan, what would."""
        plan = self._plan if plan is None else plan
        return stretch_after(table.stretch_at(step), step, plan, self._n)

    def would_repeat(self, table: Table, step: int) -> bool:
        """Whether there is a row after a step, and it would be made the same again."""
        if step + 1 == len(table) or (self._outside is not None and not self._outside.repeats):
            return False
        stretch = table.stretch_at(step + 1)
        return stretch is not None and stretch.plan == self._plan

    def row_of(self, params: Params, lr: float) -> tuple[float, ...]:
        """The row of some parameters."""
        return (*params, *self._gradients.of_all(params), lr)

    def next_params(self, table: Table, step: int) -> Params | None:
        """Where the step after this one leads; None where code that is not ours will make it."""
        if self._outside is not None:
            return None
        row, _ = next(rows_after(*self._here(table, step), self._gradients))
        return tuple(row[: table.d])

    def go_to(self, table: Table, step: int) -> None:
        """Have code that is not ours go on from a row."""
        if self._outside is not None:
            self._outside.go_to(step, table.params(step))

    def _rows_outside(self, outside: Outside, table: Table, first: int) -> Iterator[Made]:
        for step in count(first):
            try:
                params, lr = outside.step(step, table.params(step))
            except BaseException:
                self.go_to(table, step)  # whatever it has done to the parameters was half a step
                raise
            yield self.row_of(params, lr), ()

    def _here(self, table: Table, step: int) -> tuple[Made, Course]:
        """What a rule makes the row after a step of, and by what."""
        stretch = self.stretch_after(table, step)
        batches, size = None, stretch.plan.get("batch_size")
        if size is not None:
            batches = (batch(self._n, size, i) for i in count(stretch.batch_at(step + 1)))
        rule, lr = RULES[self._plan["optimizer"]], self._plan.get("lr", math.nan)
        memory = memory_for(self._plan, table, step, self._settings_of)
        course = Course(rule, self._settings_of(self._settings), batches, lr)
        return (table.row(step), memory), course

    def _settings_of(self, plan: Plan) -> Settings:
        return rule_settings(plan, self._objective)


def memory_for(
    plan: Plan, table: Table, step: int, settings_of: Callable[[Plan], Settings]
) -> Vector:
    """What the rule of a plan remembers at a step, where it is to go on from there.

    Another rule's memory is none of its own. Where a long one was not kept, the rule makes it again
    from the last step where it was, as it was made the first time.
    """
    rule, last = RULES[plan["optimizer"]], table.stretch_at(step)
    if last is None or not same_rule(last.plan, plan):
        return rule.memory(table.d, settings_of(plan))
    known, memory = table.known_memory(step)
    for at in range(known, step):
        stretch = table.stretch_at(at + 1)
        assert stretch is not None  # only row 0 has none
        settings = settings_of(stretch.plan)
        if memory is None:
            memory = rule.memory(table.d, settings)
        _, memory = rule.step(table.params(at), table.grad(at), memory, settings)
    assert memory is not None  # it is known, or a step has been made again
    return memory
