"""Training: the next row of the table, made of the last one.

The trainer has no state beside the table, the current step and the settings. Going back is
reading an earlier row; an interrupt between two rows leaves a consistent table. Where training
begins is in start.py, what the settings come to in method.py, and how rows are made in maker.py.
This file knows nothing of widgets, messages or threads.
"""

from __future__ import annotations

import math
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any

from gd_widget.core import checks
from gd_widget.core.batches import batches_per_epoch
from gd_widget.core.checks import whole_number
from gd_widget.core.settings import DEFAULTS, checked_for_one_run
from gd_widget.core.stretches import Plan, Stretch
from gd_widget.core.table import Table
from gd_widget.core.types import FloatArray, Params, Vector
from gd_widget.data.points import TrainingData
from gd_widget.training.engines.choose import choose_engine, must_be_able
from gd_widget.training.maker import Maker
from gd_widget.training.method import Choice, choice_of, method_of, outside_for
from gd_widget.training.outside import Outside
from gd_widget.training.readings import Readings
from gd_widget.training.start import Start, start_at, start_on, usual_guess

if TYPE_CHECKING:
    from gd_widget.training.readers_code import ReadersCode

CONVERGED = 1e-6
"""Converged: each gradient component is at most this fraction of its natural size, whatever the
units; see Quadratic.natural_gradient."""


class Trainer(Readings):
    """Gradient descent on the mean squared error, keeping every step.

    >>> from gd_widget.data.make_line import make_line
    >>> trainer = Trainer(make_line(100), lr=0.1)
    >>> round(trainer.loss, 3)
    7.955
    >>> trainer.step(100)
    100
    >>> round(trainer.slope, 1), round(trainer.intercept, 1)
    (3.0, 2.5)
    """

    def __init__(
        self,
        points: TrainingData,
        *,
        guess: Params | None = None,
        engine: str = "auto",
        outside: ReadersCode | None = None,
        **settings: Any,
    ) -> None:
        """Begin at `guess`.

        points : what the model is trained on; its names are those of the parameters.
        guess : in the order of the parameters; None: (-1, 1) for a line, else all 0.
        outside : the reader's code, where it trains instead of the rule that `optimizer` names.
        settings : any of DEFAULTS; those left out are what they are there.

        Raises ValueError, naming the argument, for a setting out of range, a guess that is not a
        finite number for each parameter, or an engine that is not here.
        """
        own = {**DEFAULTS, **checked_for_one_run(settings)}
        usual = usual_guess(points.names)
        guess = usual if guess is None else checks.params("guess", guess, points.names)
        self._wanted_engine = engine
        must_be_able(points, choose_engine(engine, points), own)
        self.readers_code = outside
        self._method = method_of(own, outside or outside_for(own, points), len(points))
        self.begin(start_on(points, engine, own, guess, guess))

    # -------------------------------------------------------------- beginning again

    def new_data(self, points: TrainingData, start: Params | None = None) -> None:
        """Begin again on other points, from `start` or else the guess.

        Bad points change nothing.
        """
        self.begin(self.start_on(points, start))

    @property
    def guess(self) -> Params:
        """The parameters to begin from. Set them, and training begins again from there."""
        return self._start.guess

    @guess.setter
    def guess(self, value: Params) -> None:
        self.begin(self.start_at(value))

    def reset(self) -> None:
        """Begin again from the guess: the table holds row 0 alone."""
        self.begin(self.start_at(self.guess))

    def start_on(self, points: TrainingData, at: Params | None = None) -> Start:
        """What `begin` needs for other points. Raises for bad ones; nothing is changed yet."""
        if points.names != self.names:
            raise checks.problem("points", f"of the parameters {self.names}", points.names)
        at = self.guess if at is None else at
        return start_on(points, self._wanted_engine, self.settings, self.guess, at)

    def start_at(self, guess: Params) -> Start:
        """The same for another guess."""
        return start_at(guess, self._start)

    def begin(self, start: Start) -> None:
        """Begin again, as prepared."""
        self._start = start
        self.points, self.engine, self.bowl = start.data, start.engine, start.data.bowl
        self._limits = [CONVERGED * size for size in self.bowl.natural_gradient]
        if self.outside is not None:
            if start.is_new:
                self.outside.begin(self.points)
            self.outside.go_to(0, start.row[: len(self.names)])
        self._follow(self.settings, self.outside)
        self._table = Table((*start.row, self.lr))
        self._step = 0
        self._diverged_at: int | None = None
        self._diverged_to: Params = ()

    # -------------------------------------------------------------------- settings

    def set(self, **changes: Any) -> None:
        """Change settings, by their names in DEFAULTS; where one is refused, none is taken."""
        self.take(self.choice(**checked_for_one_run(changes)))

    def choice(self, **changes: Any) -> Choice:
        """What `take` would change. Raises for what is refused; nothing is changed yet.

        changes : settings that are checked already.
        """
        must_be_able(self.points, self.engine, {**self.settings, **changes})
        return choice_of(changes, self._method, self.readers_code, self.points)

    def take(self, choice: Choice) -> None:
        """Have the steps to come made as chosen."""
        before = self.plan, self.lr
        if choice.outside is not self.outside:
            self._use(choice.outside)
        elif choice.says_lr and self.outside is not None:
            self.outside.set_lr(choice.settings["lr"])
        self._follow(choice.settings, choice.outside)
        if (self.plan, self.lr) != before:
            self._diverged_at = None

    def _use(self, outside: Outside | None) -> None:
        """Have another optimizer go on from here, which remembers nothing yet."""
        if outside is not None:
            self._table.cut_after(self._step)  # one like it has made them, and this one has not
            outside.begin(self.points, self._step)
            outside.go_to(self._step, self.params)

    def _follow(self, settings: dict[str, Any], outside: Outside | None) -> None:
        self._method = method_of(settings, outside, len(self.points))
        self._maker = Maker(self._start, self._method)

    @property
    def settings(self) -> dict[str, Any]:
        """All settings, by name; `plan` says which of them count."""
        return dict(self._method.settings)

    @property
    def plan(self) -> Plan:
        """What the steps to come are made with: `optimizer`, and the settings it heeds."""
        return self._method.plan

    @property
    def outside(self) -> Outside | None:
        """The code that makes the steps, where that is not ours."""
        return self._method.outside

    @property
    def lr(self) -> float:
        """The learning rate of the steps to come."""
        lr: float = self._method.settings["lr"]
        return lr

    @lr.setter
    def lr(self, value: float) -> None:
        self.set(lr=value)

    # ---------------------------------------------------------------- training

    def step(self, n: int = 1, *, seconds: float = math.inf, until_converged: bool = False) -> int:
        """Train n more steps from the current row; return how many were made.

        Fewer are made when the numbers stop being finite (see `diverged_at`), when `seconds`
        have passed (at least one is made), or, with `until_converged`, on arriving at a
        converged row. Rows after the current one, left there by `seek`, are walked through
        again while the settings that made them are still set; from there on they are replaced.
        """
        start, end = self._step, perf_counter() + seconds
        goal = start + whole_number("n", n, least=0)
        arriving = until_converged and (self.diverged_at is not None or not self.converged)
        while self._step < goal and self._maker.would_repeat(self._table, self._step):
            self._went_on()
            if (arriving and self.converged) or perf_counter() >= end:
                return self._step - start
        table, maker = self._table, self._maker
        rows, stretch = maker.rows_after(table, self._step), maker.stretch_after(table, self._step)
        for row, memory in islice(rows, goal - self._step):
            # A rule may stand still by a memory that has grown to infinity.
            if not (_all_finite(row[:-1]) and _all_finite(memory)):
                self._diverged(row)
                maker.go_to(table, self._step)
                return self._step - start
            self._append(row, memory, stretch)
            if (arriving and self.converged) or perf_counter() >= end:
                break
        maker.will_go_on(rows, self._step)
        return self._step - start

    def record(self, params: Params, made_by: Plan, lr: float = math.nan) -> None:
        """Take over the next row as it is, from a loop that is not ours.

        Numbers that are not finite are not taken: see `diverged_at`.
        """
        row = self._maker.row_of(params, lr)
        if not _all_finite(row[:-1]):
            self._diverged(row)
            return
        self._append(row, (), self._maker.stretch_after(self._table, self._step, made_by))

    def _append(self, row: Vector, memory: Vector, stretch: Stretch) -> None:
        self._table.cut_after(self._step)
        self._table.append(row, memory, stretch)
        self._went_on()

    def _diverged(self, row: Vector) -> None:
        self._diverged_at = self._step + 1
        self._diverged_to = tuple(row[: len(self.names)])

    def _went_on(self) -> None:
        self._step += 1
        self._diverged_at = None  # code that is not ours may do better the next time

    def back(self, n: int = 1) -> None:
        """Go back n steps, at most to the guess."""
        self.seek(max(0, self._step - whole_number("n", n, least=0)))

    def seek(self, step: int) -> None:
        """Go to a step already made; the rows after it stay until training goes on otherwise."""
        step = whole_number("step", step, least=0, most=self.n_rows - 1)
        if step != self._step:
            self._step, self._diverged_at = step, None
            self._maker.go_to(self._table, step)

    def next_params(self) -> Params | None:
        """Where the step to come leads; None where code that is not ours will make it."""
        return self._maker.next_params(self._table, self._step)

    # ----------------------------------------------------------------- reading

    @property
    def table(self) -> Table:
        """The rows, and what made them: to read."""
        return self._table

    @property
    def names(self) -> tuple[str, ...]:
        """What the parameters are called."""
        return self.points.names

    @property
    def n_steps(self) -> int:
        """The current step; 0 is the guess."""
        return self._step

    @property
    def n_rows(self) -> int:
        """Rows in the table: more than n_steps + 1 after going back."""
        return len(self._table)

    @property
    def diverged_at(self) -> int | None:
        """The step whose numbers were no longer finite; the step before it is the current one."""
        return self._diverged_at

    @property
    def diverged_to(self) -> Params:
        """The parameters that were no longer finite; none where none were made."""
        return () if self._diverged_at is None else self._diverged_to

    @property
    def converged(self) -> bool:
        """Whether the gradient is practically zero at the current step; see CONVERGED."""
        return all(abs(g) <= limit for g, limit in zip(self.grad, self._limits, strict=True))

    @property
    def per_epoch(self) -> int:
        """Steps to one pass over the points, as the settings are."""
        return batches_per_epoch(len(self.points), self.plan.get("batch_size"))

    def rows(self, start: int = 0, stop: int | None = None) -> FloatArray:
        """Rows start to stop - 1 as an array of shape (stop - start, 2 d + 2)."""
        return self._table.rows(start, self.n_rows if stop is None else stop)


def _all_finite(numbers: Vector) -> bool:
    # What is not finite makes their sum so. That of finite ones may be beyond numbers.
    return math.isfinite(sum(numbers)) or all(map(math.isfinite, numbers))
