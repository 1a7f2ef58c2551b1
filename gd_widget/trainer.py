"""Training as a table: one row per step, row 0 is the guess.

The trainer has no state beside the table, the current step and the settings. Going back is
reading an earlier row; an interrupt between two rows leaves a consistent table.
This file knows nothing of widgets, messages or threads.
"""

from __future__ import annotations

import math
from array import array
from time import perf_counter

import numpy as np
import numpy.typing as npt

from gd_widget.arguments import pair, positive_number, problem, whole_number
from gd_widget.data import FloatArray, Params, Points
from gd_widget.gradients import Gradient, choose_engine, make_gradient
from gd_widget.quadratic import Quadratic
from gd_widget.rules import Memory, Settings, gradient_descent

FIELDS = ("slope", "intercept", "loss", "grad_slope", "grad_intercept", "lr")
WIDTH = len(FIELDS)
HISTORY = np.dtype([("step", np.int64)] + [(name, np.float64) for name in FIELDS])

CONVERGED = 1e-6
"""Converged: each gradient component is at most this fraction of its natural size,
2·rms(x)·rms(y) for the slope and 2·rms(y) for the intercept, whatever the units."""


class Trainer:
    """Gradient descent on the mean squared error of a line, keeping every step.

    >>> from gd_widget.data import make_line
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
        points: Points,
        *,
        lr: float = 0.1,
        guess: Params = (-1.0, 1.0),
        engine: str = "auto",
    ) -> None:
        """Begin at `guess`, (slope, intercept), with learning rate `lr`.

        Raises ValueError, naming the argument, for a rate that is not positive, a guess that
        is not two finite numbers, or an engine that is not here.
        """
        self._lr = positive_number("lr", lr)
        self._guess = pair("guess", guess)
        self.engine = choose_engine(engine)
        self.new_data(points)

    def new_data(self, points: Points, start: Params | None = None) -> None:
        """Begin again on other points, from `start` or else the guess.

        Bad points change nothing.
        """
        bowl = Quadratic.of(points.x, points.y)
        gradient = make_gradient(self.engine, points, bowl)
        row = _first_row(gradient, self._guess if start is None else start)
        self.points, self.bowl, self._gradient = points, bowl, gradient
        size_x, size_y = bowl.root_mean_squares
        self._limits = CONVERGED * 2 * size_x * size_y, CONVERGED * 2 * size_y
        self._begin(row)

    @property
    def guess(self) -> Params:
        """(slope, intercept) of row 0. Set it, and training begins again from there."""
        return self._guess

    @guess.setter
    def guess(self, value: Params) -> None:
        guess = pair("guess", value)
        row = _first_row(self._gradient, guess)
        self._guess = guess
        self._begin(row)

    def reset(self) -> None:
        """Begin again from the guess: the table holds row 0 alone."""
        self._begin(_first_row(self._gradient, self._guess))

    def _begin(self, row: tuple[float, ...]) -> None:
        self._table = array("d", (*row, self._lr))
        self._turns: list[int] = []  # the steps before which the rate was another
        self._step = 0
        self._diverged_at: int | None = None

    # ---------------------------------------------------------------- training

    def step(self, n: int = 1, *, seconds: float = math.inf, until_converged: bool = False) -> int:
        """Train n more steps from the current row; return how many were made.

        Fewer are made when the numbers stop being finite (see `diverged_at`), when `seconds`
        have passed (at least one is made), or, with `until_converged`, on arriving at a
        converged row. Rows after the current one, left there by `seek`, are walked through
        again while the rate that made them is still set; from there on they are replaced.
        """
        goal = self._step + whole_number("n", n, least=0)
        start, settings, end = self._step, Settings(self._lr), perf_counter() + seconds
        arriving = until_converged and not self.converged
        while self._step < goal:
            if self._is_last() or not self._next_row_stands():
                row = self._next_row(settings)
                if not all(map(math.isfinite, row)):
                    self._diverged_at = self._step + 1
                    break
                self._forget_later_rows()
                if settings.lr != self._row(self._step)[-1]:
                    self._turns.append(self._step + 1)
                self._table.extend(row)
            self._step += 1
            if (arriving and self.converged) or perf_counter() >= end:
                break
        return self._step - start

    def _next_row(self, settings: Settings) -> tuple[float, ...]:
        slope, intercept, _, grad_slope, grad_intercept, _ = self._row(self._step)
        memory: Memory = ()
        params, memory = gradient_descent(
            (slope, intercept), (grad_slope, grad_intercept), memory, settings
        )
        return (*params, *self._gradient(params), settings.lr)

    def _is_last(self) -> bool:
        return (self._step + 1) * WIDTH == len(self._table)

    def _next_row_stands(self) -> bool:
        return self._row(self._step + 1)[-1] == self._lr

    def _forget_later_rows(self) -> None:
        del self._table[(self._step + 1) * WIDTH :]
        while self._turns and self._turns[-1] > self._step:
            self._turns.pop()

    def back(self, n: int = 1) -> None:
        """Go back n steps, at most to the guess."""
        self.seek(max(0, self._step - whole_number("n", n, least=0)))

    def seek(self, step: int) -> None:
        """Go to a step already made; the rows after it stay until training goes on otherwise."""
        step = whole_number("step", step, least=0, most=self.n_rows - 1)
        if step != self._step:
            self._step, self._diverged_at = step, None

    @property
    def lr(self) -> float:
        """The learning rate of the steps to come."""
        return self._lr

    @lr.setter
    def lr(self, value: float) -> None:
        value = positive_number("lr", value)
        if value != self._lr:
            self._lr, self._diverged_at = value, None

    # ----------------------------------------------------------------- reading

    @property
    def n_steps(self) -> int:
        """The current step; 0 is the guess."""
        return self._step

    @property
    def n_rows(self) -> int:
        """Rows in the table: more than n_steps + 1 after going back."""
        return len(self._table) // WIDTH

    @property
    def params(self) -> Params:
        """(slope, intercept) at the current step."""
        slope, intercept = self._row(self._step)[:2]
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
        """The mean squared error at the current step."""
        return self._row(self._step)[2]

    @property
    def grad(self) -> Params:
        """(grad_slope, grad_intercept): the loss's derivatives at the current step."""
        grad_slope, grad_intercept = self._row(self._step)[3:5]
        return grad_slope, grad_intercept

    @property
    def diverged_at(self) -> int | None:
        """The step whose numbers were no longer finite; the step before it is the current one."""
        return self._diverged_at

    @property
    def converged(self) -> bool:
        """Whether the gradient is practically zero at the current step; see CONVERGED."""
        _, _, _, grad_slope, grad_intercept, _ = self._row(self._step)
        limit_slope, limit_intercept = self._limits
        return abs(grad_slope) <= limit_slope and abs(grad_intercept) <= limit_intercept

    def rows(self, start: int = 0, stop: int | None = None) -> FloatArray:
        """Rows start to stop - 1 as an array of shape (stop - start, len(FIELDS))."""
        stop = self.n_rows if stop is None else stop
        return np.frombuffer(self._table[start * WIDTH : stop * WIDTH]).reshape(-1, WIDTH)

    def thinned_rows(self, most: int) -> tuple[npt.NDArray[np.intp], FloatArray]:
        """At most so many rows, and their steps: the first, the last, and evenly spaced ones.

        Those right before the rate changes are among them, where it has changed no oftener than
        half as many times: from there on, what was left out can be computed again. Takes a time
        that does not grow with the table.
        """
        turns = self._turns if len(self._turns) <= most // 2 else []
        every = -(-self.n_rows // (most - len(turns) - 1))
        evenly = np.arange(self.n_rows - 1, -1, -every)
        steps = np.unique(np.concatenate([[0], evenly, np.array(turns, np.intp) - 1]))
        table = np.frombuffer(self._table).reshape(-1, WIDTH)
        return steps, table[steps]  # a copy: while `table` lives, nothing can be appended

    @property
    def history(self) -> np.ndarray:
        """Rows 0 to n_steps as a structured array of dtype HISTORY.

        `lr` is the rate of the step that made the row; in row 0, the rate set at the start.
        """
        rows = self.rows(stop=self._step + 1)
        history = np.empty(len(rows), HISTORY)
        history["step"] = np.arange(len(rows))
        for name, column in zip(FIELDS, rows.T, strict=True):
            history[name] = column
        return history

    def _row(self, step: int) -> array[float]:
        return self._table[step * WIDTH : (step + 1) * WIDTH]


def _first_row(gradient: Gradient, guess: Params) -> tuple[float, ...]:
    row = (*guess, *gradient(guess))
    if not all(map(math.isfinite, row)):
        raise problem("guess", "near enough to the data for a finite loss", guess)
    return row
