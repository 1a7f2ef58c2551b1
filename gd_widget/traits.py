"""The traits of the widget: what can be observed and linked, and the part of it that can be set.

They have no values of their own, but say what the session told of last. What is set goes to the
session, which tells what has changed.
"""

from __future__ import annotations

from typing import Any, NoReturn

import traitlets

from gd_widget.core.settings import SETTINGS, Setting
from gd_widget.page.session import Session
from gd_widget.training.readings import no_line


class ListToRead(list[Any]):
    """What a setting is, where that is a list: equal to a list, but not to be changed in place.

    It is a copy: who changed it would have set nothing. Copies of it are lists like any other.
    """

    def __init__(self, name: str, values: list[Any]) -> None:
        super().__init__(values)
        self._name = name

    def _refuse(self, *_args: Any, **_options: Any) -> NoReturn:
        raise TypeError(
            f"{self._name} cannot be changed in place; set all of it, as in "
            f"w.{self._name} = {list(self)!r}"
        )

    append = clear = extend = insert = pop = remove = reverse = sort = _refuse
    __setitem__ = __delitem__ = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)


class Told(traitlets.TraitType):  # type: ignore[type-arg]  # cannot be indexed before 5.10
    """A trait that says what the session told of last."""

    def get(self, obj: Any, cls: Any = None) -> Any:
        """Called by traitlets."""
        return _told_of(obj._session, str(self.name))


def _told_of(session: Session, name: str) -> Any:
    """What a session told of last."""
    value = session.told[name]
    return ListToRead(name, value) if isinstance(value, list) else value


class Settable(Told):
    """A setting."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.default, help=setting.help)
        self._setting = setting

    def set(self, obj: Any, value: Any) -> None:
        """Called by traitlets. The session has it at once, even where notices are held back."""
        obj._session.set(**{self._setting.name: self._setting.checked(value)})


class Reading(Told):
    """What follows the training."""

    def __init__(self, meaning: str) -> None:
        super().__init__(read_only=True, help=meaning)

    def set(self, obj: Any, value: Any) -> None:
        """Called by traitlets with what it says anyway, when notices are held back no longer."""


class Loss(Reading):
    """The loss: in numbers that are read, it is the engine's from the first step on."""

    def get(self, obj: Any, cls: Any = None) -> Any:
        """Called by traitlets; the first time, it may have to wait for the engine."""
        obj._session.load_engine()
        return super().get(obj, cls)


class OfLine(Reading):
    """What only a line has."""

    def get(self, obj: Any, cls: Any = None) -> Any:
        """Called by traitlets. AttributeError where something else is fitted."""
        if self.name not in obj._session.told:
            raise AttributeError(no_line(str(self.name), obj.names))
        return super().get(obj, cls)


class Traits(traitlets.HasTraits):
    """What of a session is a trait, by the names of State.traits."""

    _session: Session

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
    controls = Settable(SETTINGS["controls"])
    lock = Settable(SETTINGS["lock"])
    hide = Settable(SETTINGS["hide"])
    height = Settable(SETTINGS["height"])
    size = Settable(SETTINGS["size"])
    lang = Settable(SETTINGS["lang"])
    title = Settable(SETTINGS["title"])
    x_label = Settable(SETTINGS["x_label"])
    y_label = Settable(SETTINGS["y_label"])

    n_steps = Reading("The current step; 0 is the guess.")
    slope = OfLine("The line's slope at the current step.")
    intercept = OfLine("Its intercept at the current step.")
    loss = Loss("The loss at this step.")
    validation_loss = Reading("That of the points held back, without the ridge; None: none are.")
    status = Reading("ready, playing, paused, converged, diverged or error.")
    advice = Reading("What is wrong with the training, in a sentence, or empty.")
    answers = Reading("What was answered to bets: question, at, answer, truth and score of each.")
    score = Reading("What the answers are worth, from 0 to 1: the mean over all bets.")
    error = Reading("The last error a view caused, until something succeeds.")

    def _tell_observers(self, before: dict[str, Any]) -> None:
        """Call the observers of what has changed. All traits are those of one step already.

        before : what the traits that have changed said until now.
        """
        told = self._session.told
        for name, old in before.items():
            if self._session.told[name] == told[name]:  # else an observer has changed it again
                new = _told_of(self._session, name)  # at a guess, nobody waits for PyTorch's loss
                self.notify_change(
                    traitlets.Bunch(name=name, old=old, new=new, owner=self, type="change")
                )
