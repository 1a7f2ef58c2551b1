"""Bets on the code of a step, and a teacher's own questions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from gd_widget.bets.bet import Bet
from gd_widget.core.checks import finite_numbers, problem, text
from gd_widget.core.losses import MSE
from gd_widget.training.race import Race

LINES = {
    "guess": "y_guess = x @ a",
    "loss": "loss = ((y_guess - y) ** 2).mean()",
    "grad": "loss.backward()",
    "update": "with torch.no_grad(): a -= lr * a.grad",
    "zero": "a.grad.zero_()",
}
"""The lines of a step, in order, by what they do."""

SHUFFLED = ("grad", "zero", "guess", "update", "loss")
"""The order in which they are shown."""


ROUNDING = 1e-9
"""Of themselves, that numbers may differ by and be meant to be the same."""


@dataclass(frozen=True)
class Order(Bet):
    """The order in which the five lines of a step stand.

    The answer is a list of their names: "guess", "loss", "grad", "update" and "zero". Scores the
    share of the ten pairs of lines that stand in the right order.
    """

    kind = "order"
    hides = ("code",)
    stops = False

    def must_suit(self, race: Race) -> None:
        """They are the lines of one loss."""
        super().must_suit(race)
        loss = race.first.told_loss
        if loss != MSE:
            raise ValueError(
                "Order has the lines of a step down the mean squared error alone; got "
                f"{loss.kind!r}, ridge {loss.ridge:g}"
            )

    def checked(self, answer: Any, race: Race) -> list[str]:
        """All names, each once."""
        is_list = isinstance(answer, list | tuple) and all(isinstance(one, str) for one in answer)
        if not is_list or sorted(answer) != sorted(LINES):
            raise problem("the answer", f"the lines {', '.join(SHUFFLED)} in another order", answer)
        return list(answer)

    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """Their names in order: lines."""
        return {"lines": list(LINES)}

    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """The share of pairs."""
        places = [truth["lines"].index(one) for one in answer]
        pairs = list(combinations(places, 2))
        return float(sum(one < other for one, other in pairs) / len(pairs))


@dataclass(frozen=True)
class Ask(Bet):
    """A question of your own, whose answer is a number. It hides nothing, and stops nothing.

    answer : the right one.
    tolerance : what an answer may be off by; it scores 1 up to that, else 0.
    """

    kind = "ask"
    stops = False
    question: str
    answer: float
    tolerance: float = 0.0

    def __post_init__(self) -> None:
        text("question", self.question)
        for name in ("answer", "tolerance"):
            value = getattr(self, name)
            try:
                (number,) = finite_numbers(name, [value])
            except ValueError:
                raise problem(name, "a finite number", value) from None
            if name == "tolerance" and number < 0:
                raise problem(name, "a number, at least 0", value)
            object.__setattr__(self, name, number)

    def checked(self, answer: Any, race: Race) -> float:
        """A number."""
        try:
            (number,) = finite_numbers("the answer", [answer])
        except ValueError:
            raise problem("the answer", "a finite number", answer) from None
        return number

    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """The right one: value."""
        return {"value": self.answer}

    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """1 or 0."""
        return float(is_within(answer, truth["value"], self.tolerance))

    def settings(self) -> dict[str, Any]:
        """Its right answer is the truth, and no answer that was given."""
        value = {"value": self.answer, "tolerance": self.tolerance}
        return {"kind": self.kind, "question": self.question, **value}


def is_within(answer: float, value: float, tolerance: float) -> bool:
    """Whether an answer is near enough; rounding is no reason why not.

    >>> is_within(2.6, 2.5, 0.1), is_within(2.61, 2.5, 0.1)
    (True, False)
    """
    return abs(answer - value) <= tolerance + ROUNDING * max(abs(answer), abs(value))
