"""Bets on the loss to come: at one step, or all the way there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gd_widget.bets.bet import Bet, closeness, numbers, rows_from
from gd_widget.core.checks import finite_numbers, problem, whole_number
from gd_widget.training.race import Race

MOST_STEPS = 10_000
"""Steps that one question may look ahead."""

ENDS = ("future", "best", "zones", "forecast", "advice")
"""What tells how training will go on, and where it ends."""

MOST_DRAWN = 500
"""Steps of a curve that is drawn by hand."""


@dataclass(frozen=True)
class LossAfter(Bet):
    """What the loss will be after some more steps. The answer is a number.

    Scores 1 minus how far off the answer is, as a share of the way that the loss goes meanwhile;
    at least 0.
    """

    kind = "loss_after"
    hides = ENDS
    steps: int = 10

    def __post_init__(self) -> None:
        whole_number("steps", self.steps, least=1, most=MOST_STEPS)

    @property
    def ahead(self) -> int:
        """The steps."""
        return self.steps

    def checked(self, answer: Any, race: Race) -> float:
        """A loss."""
        rule = "a number, at least 0"
        try:
            (loss,) = finite_numbers("the answer", [answer])
        except ValueError:
            raise problem("the answer", rule, answer) from None
        if loss < 0:
            raise problem("the answer", rule, answer)
        return loss

    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """The loss now: before; and after the steps: loss, None where training diverges."""
        losses = _losses(race, at, self.steps)
        after = losses[-1] if len(losses) > self.steps else None
        return {"before": losses[0], "loss": after}

    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """As a share of the way that the loss goes."""
        before, loss = truth["before"], truth["loss"]
        return 0.0 if loss is None else closeness(abs(answer - loss), abs(before - loss))


@dataclass(frozen=True)
class DrawLoss(Bet):
    """How the loss will go. The answer is a curve.

    That is a list of losses at evenly spaced steps, the last of them `steps` steps from now;
    between them, and from the loss of now, it goes straight. Scores 1 minus how far off the curve
    is on average, as a share of how far the loss goes on average; at least 0.
    """

    kind = "draw_loss"
    hides = ENDS
    steps: int = 50

    def __post_init__(self) -> None:
        whole_number("steps", self.steps, least=2, most=MOST_DRAWN)

    @property
    def ahead(self) -> int:
        """The steps."""
        return self.steps

    def checked(self, answer: Any, race: Race) -> list[float]:
        """Losses."""
        rule = f"a list of 1 to {self.steps} losses, none below 0"
        try:
            losses = list(finite_numbers("the answer", answer))
        except ValueError:
            raise problem("the answer", rule, answer) from None
        if not 1 <= len(losses) <= self.steps or min(losses) < 0:
            raise problem("the answer", rule, answer)
        return losses

    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """The loss now: before; and of each step, up to the last finite one: losses."""
        before, *losses = _losses(race, at, self.steps)
        return {"before": before, "losses": losses}

    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """On average, as a share of the way."""
        before, losses = truth["before"], truth["losses"]
        if not losses:
            return 0.0
        drawn = curve(before, answer, self.steps)
        off = [abs(one - other) for one, other in zip(drawn, losses, strict=False)]
        return closeness(sum(off), sum(abs(before - loss) for loss in losses))


def curve(before: float, knots: Sequence[float], steps: int) -> list[float]:
    """A drawn curve at each of some steps: straight from knot to knot.

    >>> curve(8, [4, 2], 4)
    [6.0, 4.0, 3.0, 2.0]
    """
    all_knots = [before, *knots]
    drawn = []
    for step in range(1, steps + 1):
        place = step * len(knots) / steps
        i = min(int(place), len(knots) - 1)
        drawn.append(all_knots[i] + (place - i) * (all_knots[i + 1] - all_knots[i]))
    return drawn


def _losses(race: Race, at: int, count: int) -> list[float]:
    return numbers(rows_from(race.first, at, count)[:, race.first.table.d])
