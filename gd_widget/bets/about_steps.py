"""Bets on the step to come: where it leads, and which way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from gd_widget.bets.bet import Bet, closeness, numbers, rows_from
from gd_widget.core import checks
from gd_widget.core.checks import problem
from gd_widget.training.race import Race

DIRECTIONS = {"up": 1, "down": -1, "stay": 0}
"""What a parameter does, as it may be answered in words."""


@dataclass(frozen=True)
class NextStep(Bet):
    """Where the next step lands. The answer is the parameters, two at most.

    Scores 1 minus how far off the answer is, in lengths of the step; at least 0.
    """

    kind = "next_step"
    hides = ("future", "next", "best")
    ahead = 1

    def must_suit(self, race: Race) -> None:
        """Only what can be seen from above can be pointed at."""
        super().must_suit(race)
        if len(race.first.names) > 2:
            raise ValueError(
                f"NextStep is for a fit of at most two parameters; this one has "
                f"{len(race.first.names)}"
            )

    def checked(self, answer: Any, race: Race) -> list[float]:
        """A number for each parameter."""
        return list(checks.params("the answer", answer, race.first.names))

    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """The parameters now: before; and after the step: params, None where it diverges."""
        rows, d = rows_from(race.first, at, 1), race.first.table.d
        after = numbers(rows[1][:d]) if len(rows) > 1 else None
        return {"before": numbers(rows[0][:d]), "params": after}

    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """In lengths of the step."""
        if truth["params"] is None:
            return 0.0
        return closeness(
            math.dist(answer, truth["params"]), math.dist(truth["before"], truth["params"])
        )


@dataclass(frozen=True)
class Sign(Bet):
    """Whether each parameter will go up or down in the next step.

    The answer is "up" or "down" for each, or 1 and -1. Scores the share that is right.
    """

    kind = "sign"
    hides = ("future", "next", "best")
    ahead = 1

    def must_suit(self, race: Race) -> None:
        """One question has room for a few parameters."""
        super().must_suit(race)
        if len(race.first.names) > 4:
            raise ValueError(
                f"Sign is for a fit of at most four parameters; this one has "
                f"{len(race.first.names)}"
            )

    def checked(self, answer: Any, race: Race) -> list[int]:
        """1, -1 or 0 for each parameter."""
        names = race.first.names
        rule = f"'up' or 'down' for each of {checks.in_short(names)}"
        try:
            signs = [DIRECTIONS.get(one, one) for one in answer]
        except TypeError:
            raise problem("the answer", rule, answer) from None
        right = all(not isinstance(one, bool) and one in (1, -1, 0) for one in signs)
        if not right or len(signs) != len(names) or isinstance(answer, str):
            raise problem("the answer", rule, answer)
        return [int(one) for one in signs]

    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """Of what the step adds to each parameter: signs, None where it diverges."""
        rows, d = rows_from(race.first, at, 1), race.first.table.d
        if len(rows) < 2:
            return {"signs": None}
        change = rows[1][:d] - rows[0][:d]
        return {"signs": [int(one > 0) - int(one < 0) for one in change]}

    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """The share that is right."""
        signs = truth["signs"] or []
        right = [one == other for one, other in zip(answer, signs, strict=False)]
        return float(sum(right) / len(answer))
