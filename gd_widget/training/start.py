"""Where training begins: row 0, and the data it is about."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from gd_widget.core import checks
from gd_widget.core.checks import problem
from gd_widget.core.held_back import HeldBack
from gd_widget.core.losses import MSE, Loss
from gd_widget.core.model import usual_guess
from gd_widget.core.objective import Objective
from gd_widget.core.types import Params
from gd_widget.data.function_data import FunctionData
from gd_widget.data.points import TrainingData
from gd_widget.training.engines.choose import choose_engine, make_gradients, must_be_able
from gd_widget.training.engines.closed_form import objective_of, written_out
from gd_widget.training.engines.gradients import Gradients


class Start(NamedTuple):
    """Where training begins.

    guess : where it begins whenever it begins again.
    row : row 0, without the rate: from the guess, or from where other data came.
    data : what it is about.
    loss, objective : which loss it is, and that of these data.
    engine, gradients : who computes, and how.
    is_loaded : whether these are the engine's gradients. Until then they are in closed form, in
        which the first picture does not wait for PyTorch.
    held_back : the loss of the points that are held back; None: there are none.
    is_new : whether the data are others than before.
    """

    guess: Params
    row: tuple[float, ...]
    data: TrainingData
    loss: Loss
    objective: Objective
    engine: str
    gradients: Gradients
    is_loaded: bool
    held_back: HeldBack | None
    is_new: bool


def checked_guess(guess: Any, data: TrainingData) -> Params:
    """A number for each parameter; of None, the usual ones. Raises ValueError for a bad guess."""
    return usual_start(data) if guess is None else checks.params("guess", guess, data.names)


def usual_start(data: TrainingData) -> Params:
    """Where training begins where nothing is said."""
    return data.guess if isinstance(data, FunctionData) else usual_guess(data.names)


def start_on(
    data: TrainingData,
    engine: str,
    settings: dict[str, Any],
    guess: Params,
    at: Params,
    loss: Loss = MSE,
) -> Start:
    """A beginning on some data, from `at`. Raises ValueError for data that cannot be trained on."""
    engine, objective = choose_engine(engine, data), objective_of(data, loss)
    must_be_able(data, engine, settings, loss)
    # Of points that are not NumPy's, PyTorch has made the arrays: it is there.
    is_loaded = engine == "numpy" or "numpy" not in data.engines
    gradients = make_gradients(engine, data, loss) if is_loaded else written_out(data, loss)
    row = _first_row(gradients, at, len(data))
    held_back = held_back_from(data, loss)
    return Start(
        *(guess, row, data, loss, objective, engine, gradients, is_loaded, held_back), is_new=True
    )


def held_back_from(data: TrainingData, loss: Loss) -> HeldBack | None:
    """The loss of the points that are held back. Raises ValueError for such as it cannot be of."""
    held = data.held
    if held is None:
        return None
    return HeldBack(data.model.design(held.features), held.y, loss)


def loaded(start: Start) -> Start:
    """The same with its engine, which is imported: row 0 is made anew by what makes the others."""
    if start.is_loaded:
        return start
    gradients = make_gradients(start.engine, start.data, start.loss)
    at = start.row[: len(start.data.names)]
    row = _first_row(gradients, at, len(start.data))
    return start._replace(row=row, gradients=gradients, is_loaded=True)


def start_at(guess: Any, before: Start) -> Start:
    """A beginning on the same data, from another guess. Raises ValueError for a bad one."""
    guess = checked_guess(guess, before.data)
    row = _first_row(before.gradients, guess, len(before.data))
    return before._replace(guess=guess, row=row, is_new=False)


def _first_row(gradients: Gradients, params: Params, n: int) -> tuple[float, ...]:
    loss, *grad = gradients.of_all(params)
    row = (*params, loss, *grad)
    # The squares' sum too, of which PyTorch makes their mean.
    if not all(map(math.isfinite, (*row, n * loss))):
        raise problem("guess", "where the loss is finite", params)
    return row
