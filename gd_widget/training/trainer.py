"""Training: the next row of the table, made of the last one.

The trainer has no state beside the table, the current step and the settings. Going back is
reading an earlier row; an interrupt between two rows leaves a consistent table.
This file knows nothing of widgets, messages or threads.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import count, islice
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gd_widget.core.batches import batch, batches_per_epoch
from gd_widget.core.checks import pair, problem, whole_number
from gd_widget.core.rules import RULES, Settings
from gd_widget.core.settings import DEFAULTS, checked_for_one_run
from gd_widget.core.table import FIELDS, Plan, Stretch, Table
from gd_widget.core.types import FloatArray, Params
from gd_widget.data.points import Data
from gd_widget.training.engines.choose import choose_engine, make_gradients, must_be_able
from gd_widget.training.engines.gradients import Gradients
from gd_widget.training.outside import Outside
from gd_widget.training.readers_code import ReadersCode
from gd_widget.training.rows import Course, Made, rows_after

HISTORY = np.dtype(
    [("step", np.int64)] + [(name, np.float64) for name in FIELDS] + [("epoch", np.float64)]
)

CONVERGED = 1e-6
"""Converged: each gradient component is at most this fraction of its natural size, whatever the
units; see Quadratic.natural_gradient."""


NOWHERE: tuple[int, Iterator[Made]] = (-1, iter(()))
"""The rows to come, and the step they come after, where there are none."""


class Start(NamedTuple):
    """Where training begins: row 0, and the points it is about."""

    guess: Params
    row: tuple[float, ...]
    points: Data
    engine: str
    gradients: Gradients
    are_new: bool
    """Whether the points are others than before."""


class Choice(NamedTuple):
    """All settings, what code trains with them that is not ours, and whether lr was chosen."""

    settings: dict[str, Any]
    outside: Outside | None
    says_lr: bool


class Trainer:
    """Gradient descent on the mean squared error of a line, keeping every step.

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
        points: Data,
        *,
        guess: Params = (-1.0, 1.0),
        engine: str = "auto",
        outside: ReadersCode | None = None,
        **settings: Any,
    ) -> None:
        """Begin at `guess`, (slope, intercept).

        outside : the reader's code, where it trains instead of the rule that `optimizer` names.
        settings : any of DEFAULTS; those left out are what they are there.

        Raises ValueError, naming the argument, for a setting out of range, a guess that is not two
        finite numbers, or an engine that is not here.
        """
        self._settings = {**DEFAULTS, **checked_for_one_run(settings)}
        self._guess: Params = pair("guess", guess)
        self._wanted_engine = engine
        self.engine = choose_engine(engine, points)
        must_be_able(points, self.engine, self._settings)
        self.readers_code = outside
        self.outside: Outside | None = outside or self._outside_for(self._settings)
        self.new_data(points)

    def new_data(self, points: Data, start: Params | None = None) -> None:
        """Begin again on other points, from `start` or else the guess.

        Bad points change nothing.
        """
        self.begin(self.start_on(points, start))

    @property
    def guess(self) -> Params:
        """(slope, intercept) to begin from. Set it, and training begins again from there."""
        return self._guess

    @guess.setter
    def guess(self, value: Params) -> None:
        self.begin(self.start_at(value))

    def reset(self) -> None:
        """Begin again from the guess: the table holds row 0 alone."""
        self.begin(self.start_at(self._guess))

    def start_on(self, points: Data, at: Params | None = None) -> Start:
        """What `begin` needs for other points. Raises for bad ones; nothing is changed yet."""
        engine, _ = choose_engine(self._wanted_engine, points), points.bowl
        must_be_able(points, engine, self._settings)
        gradients = make_gradients(engine, points)
        row = _first_row(gradients, self._guess if at is None else at)
        return Start(self._guess, row, points, engine, gradients, are_new=True)

    def start_at(self, guess: Params) -> Start:
        """The same for another guess."""
        guess = pair("guess", guess)
        row = _first_row(self._gradients, guess)
        return Start(guess, row, self.points, self.engine, self._gradients, are_new=False)

    def begin(self, start: Start) -> None:
        """Begin again, as prepared."""
        self._guess, row, self.points, self.engine, self._gradients, are_new = start
        self.bowl = self.points.bowl
        of_slope, of_intercept = self.bowl.natural_gradient
        self._limits = CONVERGED * of_slope, CONVERGED * of_intercept
        if self.outside is not None:
            if are_new:
                self.outside.begin(self.points)
            slope, intercept, *_ = row
            self.outside.go_to(0, (slope, intercept))
        self._follow_settings()
        self._table = Table((*row, self._settings["lr"]))
        self._step = 0
        self._diverged_at: int | None = None
        self._diverged_to: Params = ()

    def _follow_settings(self) -> None:
        """Say what makes the next rows, from the settings as they are."""
        settings = self._settings
        self._coming: tuple[int, Iterator[Made]] = NOWHERE
        self._rule = RULES["gd" if self.outside else settings["optimizer"]]
        heeded = ("lr", "momentum", "alpha", "betas", "history_size")
        numbers = {name: settings[name] for name in heeded}
        self._heeded = Settings(**numbers, bowl=self.bowl)
        # The batches of all points are none.
        if (settings["batch_size"] or 0) >= len(self.points):
            settings = {**settings, "batch_size": None}
        if self.outside is None:
            self._plan: Plan = {"optimizer": settings["optimizer"]}
            self._plan |= {name: settings[name] for name in self._rule.settings}
        else:
            self._plan = {"optimizer": self.outside.name, "outside": True}
            if not math.isnan(self.outside.lr):
                self._settings["lr"] = self._plan["lr"] = self.outside.lr

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
        while self._step < goal and self._next_row_stands():
            self._went_on()
            if (arriving and self.converged) or perf_counter() >= end:
                return self._step - start
        rows, stretch = self._rows_to_come(), self._stretch_to_come()
        for row, memory in islice(rows, goal - self._step):
            # A rule may stand still by a memory that has grown to infinity.
            if not all(map(math.isfinite, (*row[:-1], *memory))):
                self._diverged_at, self._diverged_to = self._step + 1, tuple(row[:2])
                self._go_there()
                return self._step - start
            self._append(row, memory, stretch)
            if (arriving and self.converged) or perf_counter() >= end:
                break
        self._coming = self._step, rows
        return self._step - start

    def _rows_to_come(self) -> Iterator[Made]:
        """New rows after the current one: those that come next, if training has got here."""
        step, rows = self._coming
        # An error or an interrupt ends them; who asks again gets others.
        self._coming = NOWHERE
        return rows if step == self._step else self._new_rows(self._stretch_to_come())

    def _append(self, row: Sequence[float], memory: Sequence[float], stretch: Stretch) -> None:
        self._table.cut_after(self._step)
        self._table.append(row, memory, stretch)
        self._went_on()

    def _went_on(self) -> None:
        self._step += 1
        self._diverged_at = None  # code that is not ours may do better the next time

    def _stretch_to_come(self) -> Stretch:
        """What makes the row after the current one: as the one before, or a new beginning."""
        plan, step = self._plan, self._step
        per_epoch = batches_per_epoch(len(self.points), plan.get("batch_size"))
        last = self._table.stretch_at(step)
        if last is None:
            return Stretch(1, plan, per_epoch=per_epoch)
        if last.plan == plan:
            return last
        goes_on = last.plan.get("batch_size") == plan.get("batch_size")
        batch = last.batch + step + 1 - last.step if goes_on else 0
        return Stretch(step + 1, plan, last.epoch_at(step), batch, per_epoch)

    def _new_rows(self, stretch: Stretch) -> Iterator[Made]:
        if self.outside is not None:
            return self._rows_outside(self.outside)
        here, course = self._here(stretch), self._course(stretch)
        if self._gradients.rows_after is not None:
            return self._gradients.rows_after(here, course)
        return rows_after(here, course, self._gradients)

    def _here(self, stretch: Stretch) -> Made:
        return self._row(), self._memory_for(stretch)

    def _course(self, stretch: Stretch) -> Course:
        size, lr = stretch.plan.get("batch_size"), stretch.plan.get("lr", math.nan)
        if size is None:
            return Course(self._rule, self._heeded, None, lr)
        first = stretch.batch + self._step + 1 - stretch.step
        batches = (batch(len(self.points), size, index) for index in count(first))
        return Course(self._rule, self._heeded, batches, lr)

    def _memory_for(self, stretch: Stretch) -> Sequence[float]:
        """What the rule remembers at the current row; another rule's memory is none of its own."""
        last = self._table.stretch_at(self._step)
        if last is None or last.plan["optimizer"] != stretch.plan["optimizer"]:
            return self._rule.memory
        return self._table.memory(self._step)

    def _rows_outside(self, outside: Outside) -> Iterator[Made]:
        while True:
            try:
                params, lr = outside.step(self._step, self.params)
            except BaseException:
                self._go_there()  # whatever it has done to the parameters was half a step
                raise
            yield (*params, *self._gradients.of_all(params), lr), ()

    def record(self, params: Params, made_by: Plan, lr: float = math.nan) -> None:
        """Take over the next row as it is, from a loop that is not ours.

        Numbers that are not finite are not taken: see `diverged_at`.
        """
        slope, intercept = params
        row = (slope, intercept, *self._gradients.of_all((slope, intercept)), lr)
        if not all(map(math.isfinite, row[:-1])):
            self._diverged_at, self._diverged_to = self._step + 1, params
            return
        plan, self._plan = self._plan, made_by
        stretch = self._stretch_to_come()
        self._plan = plan
        self._append(row, (), stretch)
        self._coming = NOWHERE

    def next_params(self) -> Params | None:
        """Where the step to come leads; None where code that is not ours will make it."""
        if self.outside is not None:
            return None
        stretch = self._stretch_to_come()
        here, course = self._here(stretch), self._course(stretch)
        (slope, intercept, *_), _ = next(rows_after(here, course, self._gradients))
        return slope, intercept

    def _next_row_stands(self) -> bool:
        is_last = self._step + 1 == len(self._table)
        if is_last or (self.outside is not None and not self.outside.repeats):
            return False
        stretch = self._table.stretch_at(self._step + 1)
        return stretch is not None and stretch.plan == self._plan

    def back(self, n: int = 1) -> None:
        """Go back n steps, at most to the guess."""
        self.seek(max(0, self._step - whole_number("n", n, least=0)))

    def seek(self, step: int) -> None:
        """Go to a step already made; the rows after it stay until training goes on otherwise."""
        step = whole_number("step", step, least=0, most=self.n_rows - 1)
        if step != self._step:
            self._step, self._diverged_at = step, None
            self._go_there()

    def _go_there(self) -> None:
        """Have code that is not ours go on from the current row."""
        if self.outside is not None:
            self.outside.go_to(self._step, self.params)

    def set(self, **changes: Any) -> None:
        """Change settings, by their names in DEFAULTS; where one is refused, none is taken."""
        self.take(self.choice(**checked_for_one_run(changes)))

    def choice(self, **changes: Any) -> Choice:
        """What `take` would change, given as checked values.

        Raises for what is refused here; nothing is changed yet.
        """
        settings = {**self._settings, **changes}
        must_be_able(self.points, self.engine, settings)
        outside = self.outside
        if outside is not None and self.readers_code is not None:
            for name in changes.keys() - set(outside.settings):
                if settings[name] != self._settings[name]:
                    raise ValueError(
                        f"{name} is set in {outside.name}, whose code makes the steps; "
                        f"got {settings[name]!r}"
                    )
        elif settings["optimizer"] != self._settings["optimizer"]:
            outside = self._outside_for(settings)
        return Choice(settings, outside, "lr" in changes)

    def take(self, choice: Choice) -> None:
        """Have the steps to come made as chosen."""
        before = self._plan, self._settings["lr"]
        if choice.outside is not self.outside:
            self._use(choice.outside)
        elif choice.says_lr and self.outside is not None:
            self.outside.set_lr(choice.settings["lr"])
        self._settings = choice.settings
        self._follow_settings()
        if (self._plan, self._settings["lr"]) != before:
            self._diverged_at = None

    def _use(self, outside: Outside | None) -> None:
        """Have another optimizer go on from here, which remembers nothing yet."""
        self.outside = outside
        if outside is not None:
            self._table.cut_after(self._step)  # one like it has made them, and this one has not
            outside.begin(self.points, self._step)
            self._go_there()

    def _outside_for(self, settings: dict[str, Any]) -> Outside | None:
        """PyTorch's own optimizer, where the settings have one, and not a rule's name."""
        optimizer = settings["optimizer"]
        if isinstance(optimizer, str):
            return None
        from gd_widget.training.torch_optimizer import TorchOptimizer

        return TorchOptimizer(optimizer, lr=settings["lr"])

    @property
    def settings(self) -> dict[str, Any]:
        """All settings, by name; `plan` says which of them count."""
        return dict(self._settings)

    @property
    def plan(self) -> Plan:
        """What the steps to come are made with: `optimizer`, and the settings it heeds."""
        return self._plan

    @property
    def lr(self) -> float:
        """The learning rate of the steps to come."""
        lr: float = self._settings["lr"]
        return lr

    @lr.setter
    def lr(self, value: float) -> None:
        self.set(lr=value)

    # ----------------------------------------------------------------- reading

    @property
    def table(self) -> Table:
        """The rows, and what made them: to read."""
        return self._table

    @property
    def n_steps(self) -> int:
        """The current step; 0 is the guess."""
        return self._step

    @property
    def n_rows(self) -> int:
        """Rows in the table: more than n_steps + 1 after going back."""
        return len(self._table)

    @property
    def params(self) -> Params:
        """(slope, intercept) at the current step."""
        slope, intercept = self._row()[:2]
        return slope, intercept

    @property
    def slope(self) -> float:
        """The line's slope at the current step."""
        return self.params[0]

    @property
    def intercept(self) -> float:
        """The line's intercept at the current step."""
        return self.params[1]

    @property
    def loss(self) -> float:
        """The mean squared error at the current step, of all points."""
        return self._row()[2]

    @property
    def grad(self) -> Params:
        """(grad_slope, grad_intercept): the loss's derivatives at the current step."""
        grad_slope, grad_intercept = self._row()[3:5]
        return grad_slope, grad_intercept

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
        grad_slope, grad_intercept = self._row()[3:5]
        limit_slope, limit_intercept = self._limits
        return abs(grad_slope) <= limit_slope and abs(grad_intercept) <= limit_intercept

    @property
    def per_epoch(self) -> int:
        """Steps to one pass over the points, as the settings are."""
        return batches_per_epoch(len(self.points), self._plan.get("batch_size"))

    def rows(self, start: int = 0, stop: int | None = None) -> FloatArray:
        """Rows start to stop - 1 as an array of shape (stop - start, len(FIELDS))."""
        return self._table.rows(start, self.n_rows if stop is None else stop)

    def thinned_steps(self, most: int) -> npt.NDArray[np.intp]:
        """At most so many steps of the table: the first, the last, and evenly spaced ones.

        Those right before the settings change are among them, where they have changed no oftener
        than half as many times: from there on, what was left out can be computed again. Takes a
        time that does not grow with the table.
        """
        turns = [one.step - 1 for one in self._table.stretches if one.step < self.n_rows]
        turns = turns if len(turns) <= most // 2 else []
        every = -(-self.n_rows // (most - len(turns) - 1))
        evenly = np.arange(self.n_rows - 1, -1, -every)
        return np.unique(np.concatenate([[0], evenly, np.array(turns, np.intp)]))

    @property
    def history(self) -> np.ndarray:
        """Rows 0 to n_steps as a structured array of dtype HISTORY.

        `lr` is the rate of the step that made the row, NaN where it has none; in row 0, the rate
        set at the start. `epoch` counts passes over the points, a fraction in the midst of one.
        """
        rows = self.rows(stop=self._step + 1)
        history = np.empty(len(rows), HISTORY)
        history["step"] = np.arange(len(rows))
        for name, column in zip(FIELDS, rows.T, strict=True):
            history[name] = column
        history["epoch"] = self._table.epochs(history["step"])
        return history

    def _row(self) -> Sequence[float]:
        return self._table.row(self._step)


def _first_row(gradients: Gradients, guess: Params) -> tuple[float, ...]:
    row = (*guess, *gradients.of_all(guess))
    if not all(map(math.isfinite, row)):
        raise problem("guess", "near enough to the data for a finite loss", guess)
    return row
