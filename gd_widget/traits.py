"""What of a widget can be set, observed and linked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import traitlets

from gd_widget.core.checks import flag, pair, positive_number, some_of, text, whole_number
from gd_widget.core.settings import CHECKS
from gd_widget.page.start import GUESS
from gd_widget.training.race import for_each_run

PANELS = ("fit", "surface", "loss", "code")

SETTINGS = (
    "optimizer",
    "lr",
    "batch_size",
    "momentum",
    "alpha",
    "betas",
    "guess",
    "steps_per_second",
    "playing",
    "n_epochs",
    "panels",
    "title",
    "x_label",
    "y_label",
)
"""The traits a user may set; the others follow the training."""


class Checked(traitlets.TraitType):  # type: ignore[type-arg]  # cannot be indexed before 5.10
    """A trait that holds what `check(name, value)` returns, and raises what it raises."""

    def __init__(self, check: Callable[[str, Any], Any], default: Any, meaning: str) -> None:
        super().__init__(default, help=meaning)
        self._check = check

    def get(self, obj: Any, cls: Any = None) -> Any:
        """Called by traitlets. A copy of a list: who changes it has set nothing yet."""
        value = super().get(obj, cls)
        return list(value) if isinstance(value, list) else value

    def set(self, obj: Any, value: Any) -> None:
        """Called by traitlets. Alone: while one thread holds notices back, all threads' are.

        What may refuse the value has it first, and at once, even where notices are held back.
        """
        with obj.alone():
            obj.take(str(self.name), self.validate(obj, value))
            super().set(obj, value)

    def validate(self, obj: Any, value: Any) -> Any:
        """Called by traitlets before a value is taken over."""
        return self._check(str(self.name), value)


def epochs(name: str, value: Any) -> int | None:
    """How long to play: a whole number, or None."""
    return None if value is None else whole_number(name, value, least=1)


def some_panels(name: str, value: Any) -> list[str]:
    """At least one of PANELS, in any order."""
    return some_of(name, value, PANELS)


class Traits(traitlets.HasTraits):
    """The traits: those in SETTINGS may be set, the others follow the training."""

    optimizer = Checked(for_each_run, "gd", "The rule of the steps to come; a list in a race.")
    lr = Checked(for_each_run, 0.1, "The learning rate of the steps to come; a list in a race.")
    lr.tag(sync=True)
    batch_size = Checked(CHECKS["batch_size"], None, "Points a step looks at; None: all.")
    momentum = Checked(CHECKS["momentum"], 0.9, "The share of its velocity that a step keeps.")
    alpha = Checked(CHECKS["alpha"], 0.99, "How much RMSProp keeps of the gradient's size.")
    betas = Checked(CHECKS["betas"], (0.9, 0.999), "What Adam keeps of the gradient and its size.")
    guess = Checked(pair, GUESS, "(slope, intercept) to begin from; another one begins again.")
    panels = Checked(some_panels, list(PANELS), "Which panels are shown, in their order.")
    steps_per_second = Checked(positive_number, 10.0, "The speed of Play.").tag(sync=True)
    playing = Checked(flag, False, "Whether the view is asking for steps.").tag(sync=True)
    n_epochs = Checked(epochs, 100, "Play pauses after so many epochs; None: when converged.")
    title = Checked(text, "Gradient descent", "The heading, plain text.")
    x_label = Checked(text, "x", "The name of the horizontal axis, plain text.")
    y_label = Checked(text, "y", "The name of the vertical axis, plain text.")

    n_steps = traitlets.Int(0, read_only=True, help="The current step; 0 is the guess.")
    slope = traitlets.Float(0.0, read_only=True, help="The line's slope at the current step.")
    intercept = traitlets.Float(0.0, read_only=True, help="Its intercept at the current step.")
    loss = traitlets.Float(0.0, read_only=True, help="The mean squared error at this step.")
    status = traitlets.Unicode(
        "ready",
        read_only=True,
        help="ready, playing, paused, converged, diverged or error.",
    )
    advice = traitlets.Unicode(
        "", read_only=True, help="What is wrong with the training, in a sentence, or empty."
    )
    error = traitlets.Unicode(
        "", read_only=True, help="The last error a view caused, until something succeeds."
    )

    def alone(self) -> AbstractContextManager[Any]:
        """Keeps other threads from setting traits meanwhile."""
        return nullcontext()

    def take(self, name: str, value: Any) -> None:
        """What a setting does, beside being kept."""
