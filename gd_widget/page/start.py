"""What a session begins with, from the arguments that a widget was given."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from gd_widget.core.checks import pair, problem
from gd_widget.core.function_loss import known_function
from gd_widget.core.functions import FUNCTIONS
from gd_widget.core.losses import Loss
from gd_widget.core.model import Model
from gd_widget.core.settings import (
    DATA_SETTINGS,
    LOSS_SETTINGS,
    MODEL_SETTINGS,
    RULE_SETTINGS,
    SETTINGS,
    checked,
    panels_for,
)
from gd_widget.core.types import Params
from gd_widget.data.curve import fitted
from gd_widget.data.function_data import FunctionData
from gd_widget.data.points import TrainingData
from gd_widget.data.validation import hold_back, made_points
from gd_widget.page.shadow import MOST_PARAMS
from gd_widget.page.state import State
from gd_widget.training.race import Race, per_run
from gd_widget.training.readers_code import readers_update
from gd_widget.training.trainer import Trainer

if TYPE_CHECKING:
    from gd_widget.data.given import Given


def start(
    asked: dict[str, Any],
    given: Given | None = None,
    update: Callable[[], Any] | None = None,
    params: Any = None,
) -> State:
    """What a session begins with.

    asked : every one of SETTINGS that is an argument; labels may be None, which is the columns'
        names, and the rate, which is the function's own, or as usual.
    given : the user's own data; None: they are made up.
    update, params : the user's own training step, both or neither.

    Raises ValueError, naming the argument, the rule and the value.
    """
    names = {"x_label": given.x_name, "y_label": given.y_name} if given else {}
    labels = {name: SETTINGS[name].default for name in ("x_label", "y_label")} | names
    usual = {**labels, "lr": SETTINGS["lr"].default}
    said = {name: value for name, value in asked.items() if value is not None or name not in usual}
    known = {**usual, **checked(said), "playing": False}
    settings = {name: known[name] for name in SETTINGS}  # observers hear of them in this order
    makes = {name: settings.pop(name) for name in DATA_SETTINGS}
    model = {name: settings.pop(name) for name in MODEL_SETTINGS}
    loss = {name: settings.pop(name) for name in LOSS_SETTINGS}
    engine, guess = settings.pop("engine"), settings.pop("guess")
    rules = {name: settings[name] for name in RULE_SETTINGS}

    if loss["function"] is not None:
        must_be_left_out({**makes, **model, **_of_points(loss)}, "where function is given")
        if given is not None or update is not None or params is not None:
            raise problem("function", "given without points and update", loss["function"])
        points: TrainingData = function_to_go_down(loss["function"], guess)
        if "lr" not in said and isinstance(loss["function"], str):
            settings["lr"] = rules["lr"] = FUNCTIONS[loss["function"]].lr
        settings["x_label"], settings["y_label"] = points.names
        makes = {}
    else:
        points = data_to_fit(given, makes, model)
    must_be_told(points, makes)
    race = line_up(points, guess, engine, rules, loss, update, params)
    settings |= {"lr": race.true_lr(settings["lr"]), "guess": race.first.guess}
    settings["panels"] = settings["panels"] or panels_for(len(points.names), race.kinds)
    if given is not None or not makes:
        return State(race, settings)
    return State(race, settings, makes)


def data_to_fit(given: Given | None, makes: dict[str, Any], model: dict[str, Any]) -> TrainingData:
    """The user's own data; or, where none were given, made up points.

    makes, model : the arguments of make_line, and MODEL_SETTINGS; checked.
    """
    if given is None:
        degree, intercept = model["degree"], model["degree"] if model["intercept"] else None
        return fitted(made_points(makes), Model(("x",), degree, intercept), model["standardize"])
    validation, seed = makes["validation"], makes["seed"]
    drawn = {"validation", "seed"} if isinstance(validation, float) else {"validation"}
    of_points = {name: value for name, value in makes.items() if name not in drawn}
    must_be_left_out(of_points, "where x and y are given")
    from gd_widget.data.user_data import data_of  # only who brings data waits for it

    return hold_back(data_of(given, **model), validation, seed)


def must_be_told(points: TrainingData, makes: dict[str, Any]) -> None:
    """Raise where points are held back of more parameters than a page is told one by one."""
    if points.held is not None and len(points.names) > MOST_PARAMS:
        rule = f"None for more than {MOST_PARAMS} parameters"
        raise problem("validation", rule, makes["validation"])


def _of_points(loss: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in loss.items() if name != "function"}


def function_to_go_down(function: Any, guess: Params | None) -> TrainingData:
    """A function in the place of data, by its name, or the reader's own, which needs a guess."""
    if isinstance(function, str):
        known = FUNCTIONS[function]
        engines = ("torch", "numpy")
        return FunctionData(known.value, known_function(function), engines, known.guess)
    if guess is None:
        raise problem("guess", "two finite numbers where function is your own", guess)
    start = pair("guess", guess, "two finite numbers")
    if find_spec("torch") is None:
        raise ValueError(
            "function must be a name where PyTorch is not installed; got one of your own "
            "(pip install 'gd-widget[torch]')"
        )
    from gd_widget.training.engines.autograd_function import readers_function

    return FunctionData(function, readers_function(function, start), ("torch",), start)


def line_up(
    points: TrainingData,
    guess: Params | None,
    engine: str,
    rules: dict[str, Any],
    loss: dict[str, Any],
    update: Callable[[], Any] | None = None,
    params: Any = None,
) -> Race:
    """The runs that settings ask for, or the one that the user's own code makes.

    rules, loss : RULE_SETTINGS and LOSS_SETTINGS, checked.
    """
    if update is None and params is None:
        kinds = loss["loss"] if loss["function"] is None else "function"
        runs = per_run(**rules, loss=kinds)
        losses = [Loss.of(one.pop("loss"), loss["delta"], loss["ridge"]) for one in runs]
        return Race(
            [
                Trainer(points, guess=guess, engine=engine, loss=each, **one)
                for each, one in zip(losses, runs, strict=True)
            ]
        )
    if not isinstance(loss["loss"], str):
        raise problem("loss", "one loss where update is given", loss["loss"])
    if update is None or params is None:
        alone = "only params" if update is None else "only update"
        raise problem("update and params", "given together", alone)
    must_be_left_out({**rules, "guess": guess}, "where update is given")
    mine = readers_update(update, params, points.names)
    its_loss = Loss.of(loss["loss"], loss["delta"], loss["ridge"])
    return Race([Trainer(points, guess=mine.params, engine=engine, outside=mine, loss=its_loss)])


def must_be_left_out(settings: dict[str, Any], where: str) -> None:
    """Raise ValueError for the first setting that was given where it plays no part."""
    for name, value in settings.items():
        if value != SETTINGS[name].default:
            raise problem(name, f"left out {where}", value)
