"""Where training begins: row 0, and the data it is about."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from gd_widget.core import checks
from gd_widget.core.checks import problem
from gd_widget.core.types import Params
from gd_widget.data.points import LINE, TrainingData
from gd_widget.training.engines.choose import choose_engine, make_gradients, must_be_able
from gd_widget.training.engines.gradients import Gradients


class Start(NamedTuple):
    """Where training begins.

    guess : where it begins whenever it begins again.
    row : row 0, without the rate: from the guess, or from where other data came.
    data : what it is about.
    engine, gradients : who computes, and how.
    is_new : whether the data are others than before.
    """

    guess: Params
    row: tuple[float, ...]
    data: TrainingData
    engine: str
    gradients: Gradients
    is_new: bool


def usual_guess(names: tuple[str, ...]) -> Params:
    """Where training begins where nothing is said."""
    return (-1.0, 1.0) if names == LINE else (0.0,) * len(names)


def start_on(
    data: TrainingData, engine: str, settings: dict[str, Any], guess: Params, at: Params
) -> Start:
    """A beginning on some data, from `at`. Raises ValueError for data that cannot be trained on."""
    engine, _ = choose_engine(engine, data), data.bowl
    must_be_able(data, engine, settings)
    gradients = make_gradients(engine, data)
    return Start(guess, _first_row(gradients, at), data, engine, gradients, is_new=True)


def start_at(guess: Any, before: Start) -> Start:
    """A beginning on the same data, from another guess. Raises ValueError for a bad one."""
    guess = checks.params("guess", guess, before.data.names)
    return before._replace(guess=guess, row=_first_row(before.gradients, guess), is_new=False)


def _first_row(gradients: Gradients, params: Params) -> tuple[float, ...]:
    row = (*params, *gradients.of_all(params))
    if not all(map(math.isfinite, row)):
        raise problem("guess", "near enough to the data for a finite loss", params)
    return row
