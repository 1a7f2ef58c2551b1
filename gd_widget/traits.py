"""The traits of the widget: what can be observed and linked, and the part of it that can be set."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import traitlets

from gd_widget.core.settings import SETTINGS, Setting


class Settable(traitlets.TraitType):  # type: ignore[type-arg]  # cannot be indexed before 5.10
    """A setting as a trait."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.default, help=setting.help)
        self._setting = setting

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
        return self._setting.checked(value)


class Traits(traitlets.HasTraits):
    """The traits: those in SETTINGS may be set, the others follow the training."""

    optimizer = Settable(SETTINGS["optimizer"])
    lr = Settable(SETTINGS["lr"]).tag(sync=True)
    batch_size = Settable(SETTINGS["batch_size"])
    momentum = Settable(SETTINGS["momentum"])
    alpha = Settable(SETTINGS["alpha"])
    betas = Settable(SETTINGS["betas"])
    history_size = Settable(SETTINGS["history_size"])
    guess = Settable(SETTINGS["guess"])
    n_epochs = Settable(SETTINGS["n_epochs"])
    steps_per_second = Settable(SETTINGS["steps_per_second"]).tag(sync=True)
    playing = Settable(SETTINGS["playing"]).tag(sync=True)
    panels = Settable(SETTINGS["panels"])
    title = Settable(SETTINGS["title"])
    x_label = Settable(SETTINGS["x_label"])
    y_label = Settable(SETTINGS["y_label"])

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
