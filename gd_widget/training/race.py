"""Several runs on the same points, under one clock; one run alone is the shortest race.

Every run makes the same step at the same time. One whose numbers stop being finite stays at its
last row while the others go on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from gd_widget.core.checks import problem, whole_number
from gd_widget.core.settings import PER_RUN
from gd_widget.core.types import Params
from gd_widget.data.points import TrainingData
from gd_widget.training.method import Choice
from gd_widget.training.run import Run, rate_of, run_names
from gd_widget.training.start import Start
from gd_widget.training.trainer import Trainer

MOST_RUNS = 8


class Race:
    """Trainers in step. A race of one is that trainer."""

    def __init__(self, trainers: Sequence[Trainer]) -> None:
        self.trainers = list(trainers)

    @property
    def first(self) -> Trainer:
        """The first run; where there is one, the run."""
        return self.trainers[0]

    @property
    def kinds(self) -> list[str]:
        """Of the losses of all runs."""
        return [trainer.told_loss.kind for trainer in self.trainers]

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs, to read."""
        names = run_names(
            [t.plan["optimizer"] for t in self.trainers],
            [rate_of(t) for t in self.trainers],
            [t.told_loss for t in self.trainers],
        )
        return tuple(map(Run, names, self.trainers))

    @property
    def is_loaded(self) -> bool:
        """Whether the engine of all runs is there; see Trainer.load_engine."""
        return all(trainer.is_loaded for trainer in self.trainers)

    def load_engine(self) -> None:
        """Have it there, for every run."""
        for trainer in self.trainers:
            trainer.load_engine()

    # ---------------------------------------------------------------- training

    def step(self, n: int, *, seconds: float = math.inf, until_converged: bool = False) -> int:
        """Train every run n steps more; return how many the clock has gone on.

        Fewer where all runs have diverged, when `seconds` have passed, or, with `until_converged`,
        on arriving where all runs that have not left for good have converged.
        """
        if len(self.trainers) == 1:
            return self.first.step(n, seconds=seconds, until_converged=until_converged)
        self.catch_up()  # an interrupt may have come between two runs
        start, end = self.n_steps, perf_counter() + seconds
        arriving = until_converged and not self.converged
        for step in range(start, start + n):
            for trainer in self.trainers:
                if trainer.diverged_at is None:
                    trainer.step(1)
            is_over = self.n_steps == step or (arriving and self.converged)
            if is_over or perf_counter() >= end:
                break
        return self.n_steps - start

    def catch_up(self) -> None:
        """Train the runs that are behind the clock, unless they have diverged there."""
        for trainer in self.trainers:
            if trainer.diverged_at is None:
                trainer.step(self.n_steps - trainer.n_steps)

    def seek(self, step: int) -> None:
        """Go to a step already made; a run that ended before it, to its last."""
        step = whole_number("step", step, least=0, most=self.n_rows - 1)
        for trainer in self.trainers:
            trainer.seek(min(step, trainer.n_rows - 1))
        self.catch_up()

    def reset(self) -> None:
        """Begin again from the guess."""
        self.begin([trainer.start_at(trainer.guess) for trainer in self.trainers])

    def new_data(self, points: TrainingData, start: Params | None = None) -> None:
        """Begin again on other points, from `start` or else the guess. Bad ones change nothing."""
        self.begin([trainer.start_on(points, start) for trainer in self.trainers])

    def starts_at(self, guess: Params | None) -> list[Start]:
        """What `begin` needs for another guess. Raises for a bad one; nothing is changed yet."""
        return [trainer.start_at(guess) for trainer in self.trainers]

    def begin(self, starts: Sequence[Start]) -> None:
        """Begin again, every run as prepared: between one and the next no time is lost."""
        for trainer, start in zip(self.trainers, starts, strict=True):
            trainer.begin(start)

    def choices(self, **changes: Any) -> list[Choice]:
        """Settings for `take`, of every run; those in PER_RUN may be lists.

        Raises for what any run refuses; nothing is changed yet.
        """
        each = self.one_for_each(changes)
        return [t.choice(**mine) for t, mine in zip(self.trainers, each, strict=True)]

    def take(self, choices: Sequence[Choice]) -> None:
        """Have the steps to come made as chosen. A run that had ended may now be behind."""
        for trainer, choice in zip(self.trainers, choices, strict=True):
            trainer.take(choice)

    @property
    def is_behind(self) -> bool:
        """Whether a run has yet to catch up with the clock."""
        return any(t.diverged_at is None and t.n_steps < self.n_steps for t in self.trainers)

    def one_for_each(self, changes: dict[str, Any]) -> list[dict[str, Any]]:
        """Every run's own share of some settings."""
        n = len(self.trainers)
        for name, value in changes.items():
            if name in PER_RUN and isinstance(value, list) and len(value) != n:
                raise problem(name, f"one value, or {n}: one for each run", value)
        return [
            {
                name: value[i] if name in PER_RUN and isinstance(value, list) else value
                for name, value in changes.items()
            }
            for i in range(n)
        ]

    # ----------------------------------------------------------------- reading

    def true_lr(self, lr: Any) -> Any:
        """The learning rate as a setting: `lr`, unless the runs' own optimizers have others."""
        said = [each["lr"] for each in self.one_for_each({"lr": lr})]
        true = [trainer.lr for trainer in self.trainers]
        if true == said:
            return lr
        return true[0] if len(set(true)) == 1 else true

    @property
    def n_steps(self) -> int:
        """The clock: the step of the run that got furthest."""
        return max(trainer.n_steps for trainer in self.trainers)

    @property
    def n_rows(self) -> int:
        """Rows of the longest run."""
        return max(trainer.n_rows for trainer in self.trainers)

    @property
    def diverged(self) -> bool:
        """Whether every run has: there is nothing to train."""
        return all(trainer.diverged_at is not None for trainer in self.trainers)

    @property
    def has_diverged(self) -> bool:
        """Whether every run has left for good, though its numbers may still be finite."""
        return all(trainer.has_diverged for trainer in self.trainers)

    @property
    def converged(self) -> bool:
        """Whether all runs have that did not leave for good."""
        return not self.has_diverged and all(
            trainer.converged for trainer in self.trainers if not trainer.has_diverged
        )


def per_run(lr: Any, optimizer: Any, loss: Any = "mse", **common: Any) -> list[dict[str, Any]]:
    """The settings of each run: these three may be lists, the others are common to all."""
    given = {"lr": lr, "optimizer": optimizer, "loss": loss}
    lists = {name: value for name, value in given.items() if isinstance(value, list)}
    for name, values in lists.items():
        if not 1 <= len(values) <= MOST_RUNS:
            raise problem(name, f"one value, or a list of 1 to {MOST_RUNS}", values)
    if len({len(values) for values in lists.values()}) > 1:
        lengths = " and ".join(str(len(values)) for values in lists.values())
        raise ValueError(
            f"{' and '.join(lists)} must be of one length where both are lists; got "
            f"{lengths} values"
        )
    n = max(map(len, lists.values()), default=1)
    return [
        {**common, **{name: lists[name][i] if name in lists else given[name] for name in given}}
        for i in range(n)
    ]
