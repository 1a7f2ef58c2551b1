"""Training as a grade, for who grades notebooks: a number from 0 to 1, and the reasons in words.

The grade follows from what has been found out, by its code: see CREDIT. Where nothing is wrong, the
loss must have come half of the way down to the least there is.

Nothing here needs a front end, and nothing is printed: nbgrader takes whatever stands on stderr for
a failure.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any

from gd_widget.core.checks import whole_number
from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.types import Params
from gd_widget.training.diagnoses import diagnose
from gd_widget.training.race import Race
from gd_widget.training.readers_code import ReadersCode, readers_update
from gd_widget.training.start import checked_guess
from gd_widget.training.trainer import Trainer
from gd_widget.words.sentence import sentence

if TYPE_CHECKING:
    from gd_widget.own_code import Recorder

HARMLESS = {
    *("creeps_at_best", "one_point", "same_x", "many_fit", "noise_mean"),
    # Of other losses and functions: what training there comes to, and no mistake.
    *("separable", "trembles", "at_saddle", "no_curvature", "newton_climbs"),
    *("forgotten", "started_at_best"),
}
"""What is true of the data, or of where training began; nobody's mistake."""

CREDIT = {
    # It goes down the right loss, if not as it should: the rate, or what is to be set to zero.
    **dict.fromkeys(("piles_up", "scaled", "overshoots", "above_critical"), 0.75),
    **dict.fromkeys(("batches_overshoot", "too_large", "steps_again", "part_overshoots"), 0.75),
    # The gradient is there; the step that is made of it is wrong, or is not made.
    **dict.fromkeys(("never_moves", "climbs", "optimizer_climbs", "stale", "behind"), 0.5),
    **dict.fromkeys(("one_sign", "part_stays", "part_scaled", "one_gradient"), 0.5),
    **dict.fromkeys(("part_elsewhere", "other_derivative"), 0.5),
    # It runs, and makes its steps of another loss, in another place, or of no numbers.
    **dict.fromkeys(("other_points", "other_order", "no_square", "broadcasts"), 0.25),
    **dict.fromkeys(("turned", "left_out", "mean_first", "other_kind"), 0.25),
    **dict.fromkeys(("replaced", "not_a_number", "optimizer_made_nan"), 0.25),
}
"""What training is worth in spite of a mistake, by its code. What raises an error is worth 0."""

NO_GRADIENT = ("no_gradient", "not_connected", "flat", "array", "unknown")
"""Causes of never_moves for which there is not even a gradient: worth 0.25."""

FAR_ENOUGH, LITTLE_DONE = 0.5, 0.5
"""How far down to the least loss training must have come, as a share; and what less is worth."""


class Grade(float):
    """A number from 0 to 1 that can say why. Its repr is the bare number.

    reasons : in words; empty where nothing is wrong.
    diagnoses : the same as codes with numbers, where there are some.

    >>> grade = Grade(0.5, ["The loss goes up."])
    >>> grade, grade.reasons, 2 * grade
    (0.5, ('The loss goes up.',), 1.0)
    """

    reasons: tuple[str, ...]
    diagnoses: tuple[Diagnosis, ...]

    def __new__(
        cls, value: float, reasons: Iterable[str] = (), diagnoses: Iterable[Diagnosis] = ()
    ) -> Grade:
        """A float that knows more."""
        grade = super().__new__(cls, value)
        grade.reasons, grade.diagnoses = tuple(reasons), tuple(diagnoses)
        return grade


def check(
    update: Callable[[], Any],
    params: Any,
    x: Any,
    y: Any,
    *,
    guess: Params | None = None,
    steps: int = 100,
) -> Grade:
    """Grade a reader's training step: it is called `steps` times, beginning from the guess.

    update, params : as GDWidget takes them: a function without arguments that changes `params`.
    x, y : the points; x may be of several features.
    guess : where it begins; None: (-1, 1) for a line, -1 for one through the origin, else 0.

    1: no mistake is found, and the loss comes at least half of the way down to the least there is.
    0.75: it goes down the right loss, but the rate or the zeroing of the gradient is wrong.
    0.5: the gradient is right, but no step is made of it, or a wrong one; or nothing is wrong, but
    it has not come far. 0.25: it runs, with another loss or no gradient. 0: it raises an error, or
    is none. CREDIT has the codes.

    Afterwards the parameters, their gradient and the memory of an optimizer that holds them are as
    they were. What update() prints is not shown. Raises ValueError for x, y, guess and steps that
    are none, TypeError for data of no known kind.

    >>> import numpy as np
    >>> from gd_widget import make_line
    >>> line, a = make_line(100), np.array([5.0, 5.0])
    >>> def update():
    ...     errors = a[0] * line.x + a[1] - line.y
    ...     a[:] -= 0.1 * 2 * np.array([(errors * line.x).mean(), errors.mean()])
    >>> check(update, a, line.x, line.y), a.tolist()
    (1.0, [5.0, 5.0])
    """
    from gd_widget.data.given import sort_out
    from gd_widget.data.user_data import data_of
    from gd_widget.own_code.borrowed import borrowed

    steps = whole_number("steps", steps, least=1)
    given = sort_out((x, y), None, None)
    assert given is not None  # two are two
    points = data_of(given, degree=1, intercept=True, standardize=False)
    start = checked_guess(guess, points)
    try:
        with in_silence(), borrowed(update, params, points.names, start) as theirs:
            mine = readers_update(update, theirs, points.names)
            return _grade_of_steps(Race([Trainer(points, guess=start, outside=mine)]), steps)
    except ValueError as error:  # what is left of it is the student's doing
        return Grade(0, [f"{error}."])


def _grade_of_steps(race: Race, steps: int) -> Grade:
    try:
        race.step(steps)
    except Exception as error:
        return grade_of(race, error=error)
    return grade_of(race)


def grade_of(race: Race, recorder: Recorder | None = None, error: Exception | None = None) -> Grade:
    """Grade training as far as it has come; of several runs, the mean.

    recorder : of the loop that hands rows over, if one does.
    error : what the reader's update() raised, if that was the last that happened.
    """
    if error is not None and race.first.readers_code is not None:
        return _failed(race.first.readers_code, error)
    found = [one for one in diagnose(race, recorder) if one.code not in HARMLESS]
    if not (race.n_steps or race.has_diverged):
        return Grade(0, ["No step has been made yet: w.step(100) makes some, or Play."])
    names = [run.name for run in race.runs]
    grades = [
        _grade_of_run(trainer, [one for one in found if one.run == name])
        for name, trainer in zip(names, race.trainers, strict=True)
    ]
    reasons = [reason for grade in grades for reason in grade.reasons]
    return Grade(sum(grades) / len(grades), reasons, found)


def _failed(code: ReadersCode, error: Exception) -> Grade:
    found = [code.raised(error), *filter(None, [code.hint(error)])]
    return Grade(0, map(sentence, found), found)


def _grade_of_run(trainer: Trainer, found: list[Diagnosis]) -> Grade:
    """By the first mistake, what matters most; with none, by how far the loss has come."""
    if found:
        return Grade(_credit(found[0]), map(sentence, found), found)
    first, now, floor = trainer.table.loss(0), trainer.loss, trainer.objective.floor
    if first - now >= FAR_ENOUGH * (first - (floor or 0)) or trainer.converged:
        return Grade(1)
    said = f"{trainer.n_steps} steps have brought the loss from {first:.3g} to {now:.3g}"
    least = "" if floor is None else f", and the least there is is {floor:.3g}"
    return Grade(LITTLE_DONE, [f"No mistake is found, but {said}{least}."])


def _credit(found: Diagnosis) -> float:
    if found.code == "never_moves" and found.details["cause"] in NO_GRADIENT:
        return 0.25
    return CREDIT[found.code]


@contextmanager
def in_silence() -> Iterator[None]:
    """Without a word of what the code in it prints, or warns of."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
