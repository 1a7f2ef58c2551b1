"""Bets on learning rates: which run of a race wins, and how large a rate may be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from gd_widget.bets.about_loss import ENDS, MOST_STEPS
from gd_widget.bets.bet import Bet, rows_from
from gd_widget.core.checks import one_of, positive_number, whole_number
from gd_widget.core.rates import critical_lr
from gd_widget.training.race import Race

NONE = "none"
"""The answer that no run gets there."""


@dataclass(frozen=True)
class Winner(Bet):
    """The run of a race that is first near the least loss, or none.

    Near is within 1% of it; where it is practically 0, at a millionth of the first loss.
    The answer is the run's name, or "none". Scores 1 for a run that none is before, else 0.
    """

    kind = "winner"
    hides = ENDS
    steps: int = 100

    def __post_init__(self) -> None:
        whole_number("steps", self.steps, least=1, most=MOST_STEPS)

    @property
    def ahead(self) -> int:
        """The steps."""
        return self.steps

    def must_suit(self, race: Race) -> None:
        """It takes a race, and losses of which it is known how far down they lead."""
        super().must_suit(race)
        if len(race.trainers) == 1:
            raise ValueError(
                "Winner asks about a race, and this widget has one run: "
                "give several rates, as in lr=[0.1, 0.5], or several optimizers"
            )
        if any(one.objective.near_floor(one.table.loss(0)) is None for one in race.trainers):
            raise ValueError(
                "Winner takes losses whose least value is known: not absolute ones, nor the "
                "cross-entropy of classes that can be told apart; "
                f"got {', '.join(dict.fromkeys(race.kinds))}"
            )

    def checked(self, answer: Any, race: Race) -> str:
        """A run's name, or "none"."""
        return one_of("the answer", answer, [*(run.name for run in race.runs), NONE])

    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """Of the runs: names; arrived, the step at which each gets there, or None; and first."""
        arrived = []
        for trainer in race.trainers:
            table = trainer.table
            goal = trainer.objective.near_floor(table.loss(0))
            losses = rows_from(trainer, at, self.steps)[:, table.d]
            there = goal is not None and losses <= goal
            arrived.append(at + int(np.argmax(there)) if np.any(there) else None)
        names = [run.name for run in race.runs]
        there_at = [step for step in arrived if step is not None]
        first = [
            name
            for name, step in zip(names, arrived, strict=True)
            if there_at and step == min(there_at)
        ]
        return {"names": names, "arrived": arrived, "first": first or [NONE]}

    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """1 or 0."""
        return float(answer in truth["first"])


@dataclass(frozen=True)
class LargestRate(Bet):
    """The largest learning rate that still converges. The answer is a rate.

    Scores 1 minus the power of ten that the answer is off by; at least 0.
    """

    kind = "largest_rate"
    hides = ("zones", "forecast", "advice")

    def must_suit(self, race: Race) -> None:
        """Only of some losses and rules is it known."""
        super().must_suit(race)
        plan, objective = race.first.plan, race.first.objective
        if objective.bowl is None:
            raise ValueError(
                "LargestRate takes a loss that has one largest rate wherever training is: the mean "
                f"squared error; got {race.kinds[0]!r}"
            )
        if plan.get("batch_size"):
            raise ValueError(
                "LargestRate takes steps that look at all points: what the largest rate is of "
                f"batches is not known; got batch_size {plan['batch_size']}"
            )
        if critical_lr(plan, objective) == math.inf:
            raise ValueError(
                "LargestRate takes a rule whose critical rate is known, such as 'gd', 'momentum' "
                f"or 'nesterov'; got {plan['optimizer']!r}"
            )

    def checked(self, answer: Any, race: Race) -> float:
        """A rate."""
        return positive_number("the answer", answer)

    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """What training diverges above: rate, None where the rule is one without by now."""
        rate = critical_lr(race.first.plan, race.first.objective)
        return {"rate": rate if math.isfinite(rate) else None}

    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """In powers of ten."""
        rate = truth["rate"]
        return 0.0 if rate is None else max(0.0, 1 - abs(math.log10(answer / rate)))
