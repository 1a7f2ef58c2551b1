"""The bets of a widget: which one is put, what was answered, and what that is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gd_widget.bets.bet import Bet
from gd_widget.core.checks import problem
from gd_widget.training.race import Race

MOST_BETS = 20


class Given(NamedTuple):
    """What was answered to a bet.

    at : the step at which it was asked.
    answer : None where it was skipped.
    truth, score : see Bet.
    is_kept : whether it was read from a file, and not given since the widget was made.
    """

    at: int
    answer: Any
    truth: dict[str, Any]
    score: float
    is_kept: bool = False

    def as_json(self) -> dict[str, Any]:
        """All of it but where it comes from."""
        return {name: value for name, value in self._asdict().items() if name != "is_kept"}


class Asked:
    """Bets, one after the other.

    current : the place of the one that is put. It stays so, with its answer beside the truth, until
        the next is asked for.
    """

    def __init__(self, bets: Sequence[Bet] = ()) -> None:
        self.bets = tuple(bets)
        self.given: list[Given | None] = [None] * len(self.bets)
        self.current = 0
        self._at = 0  # the step at which it was put

    @property
    def open(self) -> Bet | None:
        """The one that waits for an answer."""
        is_open = bool(self.bets) and self.given[self.current] is None
        return self.bets[self.current] if is_open else None

    @property
    def score(self) -> float:
        """From 0 to 1: the mean of all bets, where what has no answer counts 0."""
        scores = [one.score for one in self.given if one is not None]
        return sum(scores) / len(self.bets) if self.bets else 0.0

    @property
    def unanswered(self) -> int:
        """The place of the first that no answer was given to since the widget was made."""
        places = [i for i, one in enumerate(self.given) if one is None or one.is_kept]
        if not places:
            raise ValueError(
                "there is no question left to answer"
                if self.bets
                else "no question was asked: make the widget with ask=[...]"
            )
        return places[0]

    def answer(self, i: int, answer: Any, race: Race, at: int | None = None) -> None:
        """Answer the i-th; None skips it. ValueError for a bad answer, which changes nothing.

        at : the step at which it was asked, where a page without a kernel has put it; else it is
            known here.

        The same answer again is no other: a page that lost its kernel may not know that it was
        heard.
        """
        bet = self._bet(i)
        before = self.given[i]
        checked = None if answer is None else bet.checked(answer, race)
        if before is not None and not before.is_kept:
            if before.answer == checked:
                return
            raise ValueError(f"question {i + 1} has its answer: the first one counts")
        if at is None:
            at = self.at(race) if i == self.current else race.n_steps
        truth = bet.truth(race, at)
        score = 0.0 if checked is None else bet.score(checked, truth)
        self.given[i] = Given(at, checked, truth, score)
        self.current = i

    def ask(self, i: int, race: Race) -> None:
        """Put the i-th, at the step where training is."""
        self._bet(i)
        self.current, self._at = i, race.n_steps

    def at(self, race: Race) -> int:
        """The step at which the current one was put; or the last that is there since."""
        return min(self._at, race.n_rows - 1)

    def begin_again(self) -> None:
        """No answer was given."""
        self.given = [None] * len(self.bets)
        self.current = self._at = 0

    def put_again(self) -> None:
        """Training has begun again: what is asked is asked there."""
        self._at = 0

    def restore(self, given: Sequence[Given | None]) -> None:
        """Take over answers that were kept."""
        self.given = list(given)
        places = [i for i, one in enumerate(self.given) if one is None]
        self.current = places[0] if places else len(self.bets) - 1

    def _bet(self, i: int) -> Bet:
        if not 0 <= i < len(self.bets):
            raise problem("a question", f"one of {len(self.bets)}, counted from 0", i)
        return self.bets[i]

    def as_json(self, race: Race) -> list[dict[str, Any]]:
        """Each, with what was answered and what is true, once it is answered or skipped."""
        return [
            {**bet.as_json(), **_as_json(one, self.at(race))}
            for bet, one in zip(self.bets, self.given, strict=True)
        ]


def _as_json(given: Given | None, at: int) -> dict[str, Any]:
    none = {"at": at, "answer": None, "truth": None, "score": None}
    return none if given is None else given.as_json()


def checked_bets(bets: Any, race: Race) -> Asked:
    """The bets that a widget was given. Raises ValueError for what is none, or does not suit."""
    rule = f"a list of at most {MOST_BETS} bets, as in ask=[bets.LossAfter(10)]"
    if not isinstance(bets, list | tuple) or len(bets) > MOST_BETS:
        raise problem("ask", rule, bets)
    for bet in bets:
        if not isinstance(bet, Bet):
            raise problem("ask", rule, bet)
        bet.must_suit(race)
    return Asked(bets)
