"""One run of a race, to read: where it is, and what tells it from the others."""

from __future__ import annotations

from collections.abc import Sequence

from gd_widget.core.forecast import forecast
from gd_widget.core.held_back import HeldBack
from gd_widget.core.losses import Loss
from gd_widget.core.rules import RULES
from gd_widget.core.table import Table
from gd_widget.training.readings import Readings
from gd_widget.training.trainer import Trainer


class Run(Readings):
    """One run of a widget, to read: its numbers are those of the current step."""

    def __init__(self, name: str, trainer: Trainer) -> None:
        self.name = name
        """What tells it from the others, "" where there are none."""
        self.trainer = trainer

    @property
    def optimizer(self) -> str:
        """The rule's name, or what the code is called that trains."""
        name: str = self.trainer.plan["optimizer"]
        return name

    @property
    def lr(self) -> float | None:
        """The learning rate; None where the run has none."""
        return rate_of(self.trainer)

    @property
    def table(self) -> Table:
        """Its rows, and what made them."""
        return self.trainer.table

    @property
    def names(self) -> tuple[str, ...]:
        """What its parameters are called."""
        return self.trainer.names

    @property
    def held_back(self) -> HeldBack | None:
        """The loss of the points that are held back."""
        return self.trainer.held_back

    @property
    def n_steps(self) -> int:
        """Its current step; the last one before its numbers were no longer finite."""
        return self.trainer.n_steps

    @property
    def diverged_at(self) -> int | None:
        """The step whose numbers were no longer finite, or None."""
        return self.trainer.diverged_at

    @property
    def steps_to_floor(self) -> int | None:
        """The first step whose loss is near the least there is; None: none is known.

        Near is within 1% of it; where it is practically 0, at a millionth of the first loss.
        """
        near = self.trainer.objective.near_floor(self.table.loss(0))
        step = None if near is None else self.table.first_below(near)
        return step if step is not None and step <= self.n_steps else None

    @property
    def forecast(self) -> float | None:
        """The step at which it will be so, trained from step 0 at the settings of now.

        Known before a step is made, and exact for gradient descent, momentum and Nesterov.
        math.inf: never; None: not known, as of batches, of code that is not ours, and of other
        losses than the mean squared error.
        """
        bowl = self.trainer.objective.bowl
        return bowl and forecast(self.trainer.acts_as, bowl, self.table.params(0))

    def __repr__(self) -> str:
        numbers = zip((*self.names, "loss"), (*self.params, self.loss), strict=True)
        shown = ", ".join(f"{name}={number:.4g}" for name, number in numbers)
        diverged = "" if self.diverged_at is None else ", diverged"
        return f"Run({self.name!r}, step={self.n_steps}, {shown}{diverged})"


def run_names(
    optimizers: Sequence[str], lrs: Sequence[float | None], losses: Sequence[Loss]
) -> list[str]:
    """What tells runs from each other: the loss, the rule, the rate, or some of these."""
    if len(optimizers) == 1:
        return [""]
    rules_differ, rates_differ = len(set(optimizers)) > 1, len({*lrs} - {None}) > 1
    losses_differ = len(set(losses)) > 1
    names = []
    for optimizer, lr, loss in zip(optimizers, lrs, losses, strict=True):
        parts = [loss.label] if losses_differ else []
        parts += [_label(optimizer)] if rules_differ or not (rates_differ or losses_differ) else []
        parts += [f"{lr:g}"] if rates_differ and lr is not None else []
        names.append(", ".join(parts))
    # Runs that are alike are told by their numbers.
    return [
        f"{name} {names[: i + 1].count(name)}" if names.count(name) > 1 else name
        for i, name in enumerate(names)
    ]


def _label(optimizer: str) -> str:
    """What people call a rule; code that is not ours is called as it is."""
    return RULES[optimizer].label if optimizer in RULES else optimizer


def rate_of(trainer: Trainer) -> float | None:
    """The learning rate of the steps to come; None where they have none."""
    lr: float | None = trainer.plan.get("lr")
    return lr
