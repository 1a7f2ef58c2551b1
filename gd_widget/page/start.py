"""What a widget begins with, from the arguments it was given: the points, and who trains."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from gd_widget.core.checks import pair, problem, whole_number
from gd_widget.core.settings import DEFAULTS
from gd_widget.core.types import Params
from gd_widget.data.make_line import make_line
from gd_widget.data.points import Data
from gd_widget.data.user_data import Given, points_of
from gd_widget.training.diagnoses import noise_mean
from gd_widget.training.race import Race, per_run
from gd_widget.training.readers_code import readers_update
from gd_widget.training.trainer import Trainer
from gd_widget.words.sentence import sentence

MADE = {"n": 100, "noise": "uniform", "seed": 1, "true_params": (3.0, 2.0)}
"""How points are made where nothing is said."""

GUESS = (-1.0, 1.0)


class Beginning(NamedTuple):
    """Points, the arguments of make_line that made them, if any, and what to know about them."""

    points: Data
    makes: dict[str, Any] | None
    note: str


def points_to_fit(given: Given | None, makes: dict[str, Any]) -> Beginning:
    """The user's own points; or, where none were given, made up ones.

    makes : the arguments of make_line, all of them.
    """
    checked = {
        "n": whole_number("n", makes["n"], least=1),
        "noise": makes["noise"],
        "seed": whole_number("seed", makes["seed"], least=0),
        "true_params": pair("true_params", makes["true_params"]),
    }
    if given is not None:
        refuse(checked, MADE, "left out where x and y are given")
        return Beginning(points_of(given.x, given.y), None, "")
    points = make_line(**checked)
    note = sentence(noise_mean(checked["noise"], checked["true_params"]))
    return Beginning(points, checked, note)


def line_up(
    points: Data,
    guess: Params,
    engine: str,
    settings: dict[str, Any],
    update: Callable[[], Any] | None = None,
    params: Any = None,
) -> Race:
    """The runs that `settings` ask for, or the one that the user's own code makes.

    settings : those of settings.DEFAULTS; lr and optimizer may be lists.
    update, params : both or neither.
    """
    if update is None and params is None:
        each = per_run(**settings)
        return Race([Trainer(points, guess=guess, engine=engine, **mine) for mine in each])
    if update is None or params is None:
        alone = "only params" if update is None else "only update"
        raise problem("update and params", "given together", alone)
    refuse(
        {**settings, "guess": guess}, {**DEFAULTS, "guess": GUESS}, "left out where update is given"
    )
    mine = readers_update(update, params)
    return Race([Trainer(points, guess=mine.params, engine=engine, outside=mine)])


def refuse(given: dict[str, Any], usual: dict[str, Any], rule: str) -> None:
    """Raise for the first argument that was given where it plays no part."""
    for name, value in given.items():
        if value != usual[name]:
            raise problem(name, rule, value)
