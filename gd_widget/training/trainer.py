"""Training: the next row of the table, made of the last one.

The trainer has no state beside the table, the current step and the settings. Going back is
reading an earlier row; an interrupt between two rows leaves a consistent table. Where training
begins is in start.py, what the settings come to in method.py, how rows are made in maker.py, and
how they are gone through in walk.py.
This file knows nothing of widgets, messages or threads.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from gd_widget.core import checks
from gd_widget.core.batches import batches_per_epoch
from gd_widget.core.checks import whole_number
from gd_widget.core.held_back import HeldBack
from gd_widget.core.losses import MSE, Loss
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.rates import critical_lr, most_below_critical
from gd_widget.core.settings import DEFAULTS, checked_for_one_run
from gd_widget.core.stretches import Plan
from gd_widget.core.table import Table
from gd_widget.core.types import FloatArray, Params, Vector
from gd_widget.data.points import TrainingData
from gd_widget.training.engines.choose import choose_engine, must_be_able
from gd_widget.training.maker import Maker
from gd_widget.training.method import Choice, choice_of, method_of, outside_for
from gd_widget.training.outside import Outside
from gd_widget.training.readings import Readings
from gd_widget.training.start import Start, checked_guess, loaded, start_at, start_on
from gd_widget.training.walk import Walk

if TYPE_CHECKING:
    from gd_widget.training.readers_code import ReadersCode


class Trainer(Readings):
    """Gradient descent, on the mean squared error or another loss, keeping every step.

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
        loss: Loss = MSE,
        **settings: Any,
    ) -> None:
        """Begin at `guess`.

        points : what the model is trained on; its names are those of the parameters.
        guess : in the order of the parameters; None: what usual_guess says.
        outside : the reader's code, where it trains instead of the rule that `optimizer` names.
        loss : which loss it goes down.
        settings : any of DEFAULTS; those left out are what they are there.

        Raises ValueError, naming the argument, for a setting out of range, a guess that is not a
        finite number for each parameter, or an engine that is not here.
        """
        own = {**DEFAULTS, **checked_for_one_run(settings)}
        guess = checked_guess(guess, points)
        self._wanted_engine, self.told_loss = engine, loss
        must_be_able(points, choose_engine(engine, points), own, loss)
        self.readers_code = outside
        self._method = method_of(own, outside or outside_for(own, points, loss), len(points))
        self.begin(start_on(points, engine, own, guess, guess, loss))

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
    def guess(self, value: Params | None) -> None:
        self.begin(self.start_at(value))

    def reset(self) -> None:
        """Begin again from the guess: the table holds row 0 alone."""
        self.begin(self.start_at(self.guess))

    def start_on(self, points: TrainingData, at: Params | None = None) -> Start:
        """What `begin` needs for other points. Raises for bad ones; nothing is changed yet."""
        if points.names != self.names:
            raise checks.problem("points", f"of the parameters {self.names}", points.names)
        at = self.guess if at is None else at
        start = start_on(points, self._wanted_engine, self.settings, self.guess, at, self.told_loss)
        return loaded(start) if self.is_loaded else start

    def start_at(self, guess: Params | None) -> Start:
        """The same for another guess."""
        return start_at(guess, self._start)

    def begin(self, start: Start) -> None:
        """Begin again, as prepared."""
        self._start = start
        self.points, self.engine, self.objective = start.data, start.engine, start.objective
        if self.outside is not None:
            if start.is_new:
                self.outside.begin(self.points)
            self.outside.go_to(0, start.row[: len(self.names)])
        self._method = method_of(self.settings, self.outside, len(self.points))
        self._walk = self._walk_from((*start.row, self.lr))

    def _walk_from(self, row: Vector) -> Walk:
        maker = Maker(self._start, self._method)
        return Walk(Table(row), maker, self.objective)

    @property
    def is_loaded(self) -> bool:
        """Whether the engine is there. Until then there is row 0 alone, made in closed form."""
        return self._start.is_loaded

    def load_engine(self) -> None:
        """Have the engine there, which may take seconds to be imported; row 0 is made anew by it.

        What needs it asks for it; who does not want to wait then asks before.
        """
        if not self.is_loaded:
            self._start = loaded(self._start)
            self._walk = self._walk_from((*self._start.row, self.table.row(0)[-1]))

    # -------------------------------------------------------------------- settings

    def set(self, **changes: Any) -> None:
        """Change settings, by their names in DEFAULTS; where one is refused, none is taken."""
        self.take(self.choice(**checked_for_one_run(changes)))

    def choice(self, **changes: Any) -> Choice:
        """What `take` would change. Raises for what is refused; nothing is changed yet.

        changes : settings that are checked already.
        """
        must_be_able(self.points, self.engine, {**self.settings, **changes}, self.told_loss)
        return choice_of(changes, self._method, self.readers_code, self._start)

    def take(self, choice: Choice) -> None:
        """Have the steps to come made as chosen."""
        before, outside = (self.plan, self.lr), choice.outside
        if outside is not None and outside is not self.outside:  # it remembers nothing yet
            self.table.cut_after(self.n_steps)  # one like it has made the rows that follow
            outside.begin(self.points, self.n_steps)
            outside.go_to(self.n_steps, self.params)
        elif outside is not None and choice.says_lr:
            outside.set_lr(choice.settings["lr"])
        self._method = method_of(choice.settings, outside, len(self.points))
        self._walk.maker = Maker(self._start, self._method)
        if (self.plan, self.lr) != before:
            self._walk.diverged_at = None

    @property
    def settings(self) -> dict[str, Any]:
        """All settings, by name; `plan` says which of them count."""
        return dict(self._method.settings)

    @property
    def plan(self) -> Plan:
        """What the steps to come are made with: `optimizer`, and the settings it heeds."""
        return self._method.plan

    @property
    def acts_as(self) -> Plan:
        """The plan; of code that does the same as a rule of ours, what that rule's would be."""
        known = None if self.outside is None else self.outside.acts_as
        return self.plan if known is None else known

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
        self.load_engine()
        return self._walk.go_on(n, seconds, until_converged)

    def record(self, params: Params, made_by: Plan, lr: float = math.nan) -> None:
        """Take over the next row as it is, from a loop that is not ours.

        Numbers that are not finite are not taken: see `diverged_at`.
        """
        self.load_engine()
        self._walk.record(params, made_by, lr)

    def back(self, n: int = 1) -> None:
        """Go back n steps, at most to the guess."""
        self.seek(max(0, self.n_steps - whole_number("n", n, least=0)))

    def seek(self, step: int) -> None:
        """Go to a step already made; the rows after it stay until training goes on otherwise."""
        self._walk.seek(step)

    def next_params(self) -> Params | None:
        """Where the step to come leads; None where code that is not ours will make it."""
        return self._walk.maker.next_params(self.table, self.n_steps)

    def rows_ahead(self, start: int, last: int, count: int) -> FloatArray:
        """Rows start to last, which are made, and after them so many that would be made next.

        Fewer where numbers stop being finite. Those to come are not kept, and nothing is changed.
        Not where code that is not ours makes them.
        """
        self.load_engine()
        made = self.table.rows(start, last + 1)
        more = self._walk.ahead(last, count) if count else []
        return np.array([*made, *more])

    # ----------------------------------------------------------------- reading

    @property
    def bowl(self) -> Quadratic:
        """The mean squared error of the points, whatever is trained down."""
        return self.points.bowl

    @property
    def table(self) -> Table:
        """The rows, and what made them: to read."""
        return self._walk.table

    @property
    def names(self) -> tuple[str, ...]:
        """What the parameters are called."""
        return self.points.names

    @property
    def held_back(self) -> HeldBack | None:
        """The loss of the points that are held back."""
        return self._start.held_back

    @property
    def n_steps(self) -> int:
        """The current step; 0 is the guess."""
        return self._walk.step

    @property
    def n_rows(self) -> int:
        """Rows in the table: more than n_steps + 1 after going back."""
        return len(self.table)

    @property
    def diverged_at(self) -> int | None:
        """The step whose numbers were no longer finite; the step before it is the current one."""
        return self._walk.diverged_at

    @property
    def diverged_to(self) -> Params:
        """The parameters that were no longer finite; none where none were made."""
        return () if self.diverged_at is None else self._walk.diverged_to

    @property
    def has_diverged(self) -> bool:
        """Whether training has left for good.

        Its numbers are no longer finite; or the rate is above the rule's critical rate on these
        data, of batches none is known, and the loss has grown beyond what the directions in which
        errors do not grow can account for, since the settings are what they are.
        """
        if self.diverged_at is not None:
            return True
        plan, table, last = self.acts_as, self.table, self.table.stretch_at(self.n_steps)
        if not plan.get("lr", 0.0) > critical_lr(plan, self.objective):
            return False
        if last is None or last.plan != self.plan:  # no step was made with these settings
            return False
        before, after = table.loss(last.step - 1), table.loss(last.step)
        return self.loss > most_below_critical(plan, before, after)

    @property
    def converged(self) -> bool:
        """Whether the loss is practically the least, and stays so for as many steps again.

        The first as Quadratic.is_at_floor has it. At most 1,000 steps are looked ahead, and none of
        code that is not ours, which alone knows what it will do.
        """
        return self._walk.converged

    @property
    def per_epoch(self) -> int:
        """Steps to one pass over the points, as the settings are."""
        return batches_per_epoch(len(self.points), self.plan.get("batch_size"))

    def rows(self, start: int = 0, stop: int | None = None) -> FloatArray:
        """Rows start to stop - 1 as an array of shape (stop - start, 2 d + 2)."""
        return self.table.rows(start, self.n_rows if stop is None else stop)
