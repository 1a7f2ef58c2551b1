"""What a user can set, each once: its name, its check, its default, and what it is.

The arguments of GDWidget, its traits, what a page may change, and the reference in docs all
follow from these. js/core/settings.js is the twin, and js/core/options.js.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from gd_widget.core.checks import (
    finite_numbers,
    flag,
    nearest,
    not_negative,
    one_of,
    pair,
    positive_number,
    problem,
    share,
    shares,
    some_of,
    text,
    whole_number,
)
from gd_widget.core.controls import CONTROLS, STEER, VERDICTS
from gd_widget.core.functions import FUNCTIONS
from gd_widget.core.held_back import checked_validation
from gd_widget.core.losses import LOSSES
from gd_widget.core.objective import Objective
from gd_widget.core.rules import RULES, Settings

NOISES = ("uniform", "gaussian")
ENGINES = ("auto", "torch", "numpy")
PANELS = ("fit", "surface", "loss", "directions", "code")
SIZES = ("normal", "large")
LANGUAGES = ("en", "es", "fr", "pt-BR", "de", "zh-CN")
LEAST_HEIGHT = 380
"""Pixels in which charts can be read and controls have room."""


class Setting(NamedTuple):
    """One thing that a user can set.

    check : given name and value, returns the value in the one type that the package uses, or
        raises ValueError.
    default : what it is where nothing is said, as its check returns it.
    help : what it is, in a line of Markdown.
    per_run : whether the runs of a race may differ in it.
    """

    name: str
    check: Callable[[str, Any], Any]
    default: Any
    help: str
    per_run: bool = False

    def checked(self, value: Any) -> Any:
        """The value, or ValueError. Where runs may differ: or a list, with a value for each.

        A list of one is that one.
        """
        if not self.per_run or not isinstance(value, (list, tuple)):
            return self.check(self.name, value)
        values = [self.check(self.name, one) for one in value]
        return values[0] if len(values) == 1 else values


_count = partial(whole_number, least=1)


def _count_or_none(name: str, value: Any) -> int | None:
    return None if value is None else _count(name, value)


def _height(name: str, value: Any) -> int | None:
    return None if value is None else whole_number(name, value, least=LEAST_HEIGHT)


def _guess(name: str, value: Any) -> tuple[float, ...] | None:
    return None if value is None else finite_numbers(name, value)


def _function(name: str, value: Any) -> Any:
    if value is not None and not callable(value) and not isinstance(value, str):
        raise problem(name, "a function of two tensors, or the name of one", value)
    return value if value is None or callable(value) else one_of(name, value, FUNCTIONS)


def _panels(name: str, value: Any) -> list[str] | None:
    return None if value is None else some_of(name, value, PANELS)


def _controls(name: str, value: Any) -> list[str] | str | None:
    return value if value in (None, "beginner") else some_of(name, value, CONTROLS)


def _some_or_none(*choices: str) -> Callable[[str, Any], list[str]]:
    return partial(some_of, choices=choices, least=0)


def panels_for(d: int, losses: Sequence[str] = ("mse",)) -> list[str]:
    """Those that suit d parameters, and the kinds of the losses of all runs.

    From three parameters on, there are directions to be told apart; they stay where they are only
    of the mean square. To a function there is no fit.
    """
    left_out = {"directions": d <= 2 or "mse" not in losses, "fit": "function" in losses}
    return [name for name in PANELS if not left_out.get(name)]


def _optimizer(name: str, value: Any) -> Any:
    return value if callable(value) else one_of(name, value, RULES)


def _by_name(*settings: Setting) -> dict[str, Setting]:
    return {setting.name: setting for setting in settings}


DATA_SETTINGS = _by_name(
    Setting("n", _count, 100, "how many points to make up, where none are given"),
    Setting(
        "noise",
        partial(one_of, choices=NOISES),
        "uniform",
        'on [0, 1), mean one half, as in the lesson; or `"gaussian"`: N(0, 0.25²)',
    ),
    Setting(
        "seed", partial(whole_number, least=0), 1, "the same points are made for the same seed"
    ),
    Setting("true_params", pair, (3.0, 2.0), "slope and intercept the points are made with"),
    Setting(
        "validation",
        checked_validation,
        None,
        "a share of the points to hold back, drawn by `seed`, or which: a mask, or places",
    ),
)
"""How points are made up, and which of them, or of your own, are held back."""

MODEL_SETTINGS = _by_name(
    Setting("degree", _count, 1, "of a polynomial of one feature: 3 has x, x² and x³"),
    Setting("intercept", flag, True, "whether there is one; a column of ones is always its own"),
    Setting(
        "standardize",
        flag,
        False,
        "whether columns are given mean 0 and standard deviation 1",
    ),
)
"""What is fitted to the data."""

LOSS_SETTINGS = _by_name(
    Setting(
        "loss",
        partial(one_of, choices=LOSSES),
        "mse",
        'the mean of `"mse"`, squares, `"mae"`, absolute values, `"huber"`, or `"cross_entropy"`; '
        "a list is a race",
        per_run=True,
    ),
    Setting(
        "function",
        _function,
        None,
        "of two parameters, in the place of points and loss: one of your own, or a name",
    ),
    Setting("delta", positive_number, 1.0, "of Huber's loss, where its square becomes a line"),
    Setting("ridge", not_negative, 0.0, "λ of λ‖a‖², added to the loss, without the intercept"),
)
"""What is trained down."""

RULE_SETTINGS = _by_name(
    Setting(
        "optimizer",
        _optimizer,
        "gd",
        "a rule by name, a class of `torch.optim`, or a function; a list is a race",
        per_run=True,
    ),
    Setting(
        "lr",
        positive_number,
        0.1,
        "the learning rate, of a named function its own; a list is a race",
        per_run=True,
    ),
    Setting("batch_size", _count_or_none, None, "how many points a step looks at; `None`: all"),
    Setting("momentum", share, 0.9, "the share of its velocity that a step keeps"),
    Setting("alpha", share, 0.99, "the share that RMSProp keeps of the gradient's size"),
    Setting(
        "betas", shares, (0.9, 0.999), "the shares that Adam keeps of the gradient and its size"
    ),
    Setting("history_size", _count, 10, "how many of the last steps L-BFGS learns from"),
)
"""What steps are made with, under the names of torch.optim."""

WIDGET_SETTINGS = _by_name(
    Setting(
        "guess",
        _guess,
        None,
        "the parameters to start from; `None`: (-1, 1) for a line, -1 through the origin, else 0",
    ),
    Setting(
        "engine",
        partial(one_of, choices=ENGINES),
        "auto",
        '`"torch"`, `"numpy"`, or the first of them that is installed',
    ),
    Setting(
        "n_epochs", _count_or_none, 100, "Play pauses after so many epochs; `None`: when converged"
    ),
    Setting("steps_per_second", positive_number, 10.0, "the speed of Play"),
    Setting("playing", flag, False, "whether the view is asking for steps"),
    Setting(
        "panels",
        _panels,
        None,
        'of `"fit"`, `"surface"`, `"loss"`, `"directions"`, `"code"`; `None`: what suits',
    ),
    Setting(
        "controls",
        _controls,
        None,
        'those that are there, as `("play", "step", "lr")`, or `"beginner"`; `None`: all',
    ),
    Setting("lock", _some_or_none(*STEER), [], 'controls that cannot be used, as `("lr",)`'),
    Setting(
        "hide",
        _some_or_none(*VERDICTS),
        [],
        'what is kept back, of `"best"`, `"true"`, `"zones"`, `"advice"`, `"forecast"`',
    ),
    Setting(
        "height", _height, None, "of the view, in pixels, its code folded; `None`: what is in sight"
    ),
    Setting(
        "size", partial(one_of, choices=SIZES), "normal", 'of the type; `"large"`: for a back row'
    ),
    Setting(
        "lang",
        partial(one_of, choices=("", *LANGUAGES)),
        "",
        'the language, of `"en"`, `"es"`, `"fr"`, `"pt-BR"`, `"de"`, `"zh-CN"`; `""`: the page\'s',
    ),
    Setting("title", text, "Gradient descent", "the heading, plain text"),
    Setting("x_label", text, "x", "the name of the horizontal axis, plain text"),
    Setting("y_label", text, "y", "the name of the vertical axis, plain text"),
)
"""What training begins with, and what the view shows and does."""

SETTINGS = {
    **DATA_SETTINGS,
    **MODEL_SETTINGS,
    **LOSS_SETTINGS,
    **RULE_SETTINGS,
    **WIDGET_SETTINGS,
}

PER_RUN = tuple(name for name, setting in SETTINGS.items() if setting.per_run)
"""Those in which the runs of a race may differ: each may be a list, with a value for every run."""

DEFAULTS = {name: setting.default for name, setting in RULE_SETTINGS.items()}
"""What the settings of one run are where nothing is said."""


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """Settings by name, each as its check returns it."""
    return {name: SETTINGS[name].checked(value) for name, value in values.items()}


def checked_for_one_run(values: dict[str, Any]) -> dict[str, Any]:
    """The settings of one run, which has one of each. TypeError for one that there is not."""
    for name in values:
        if name not in RULE_SETTINGS:
            raise TypeError(f"there is no setting {name!r}; {nearest(name, RULE_SETTINGS)}")
    return {name: RULE_SETTINGS[name].check(name, value) for name, value in values.items()}


def rule_settings(settings: Mapping[str, Any], objective: Objective) -> Settings:
    """What a rule is given, of all settings or of a plan; what it does not heed is as usual."""
    known = {**DEFAULTS, **settings}
    turned = {name: known[name] for name in Settings._fields if name != "objective"}
    return Settings(**turned, objective=objective)
