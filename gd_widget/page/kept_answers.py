"""Answers in a file beside the notebook, for who runs that without a browser.

What the file says is true, and what an answer is worth, is found anew where the answer is about
training as the notebook begins it. Where the reader had chosen another rate or other points before,
only the file knows what was true.
"""

from __future__ import annotations

import json
import math
import os
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from gd_widget.bets.asked import Asked, Given
from gd_widget.bets.bet import Bet
from gd_widget.core.checks import problem, text, whole_number
from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.losses import MSE
from gd_widget.core.stretches import Plan
from gd_widget.page.files import write_text, write_whole
from gd_widget.training.race import Race
from gd_widget.training.trainer import Trainer

ANOTHER = "mend it, move it away, or keep these answers in another file"

DAMAGES = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What comes of reading what is not as we write it."""

MOST_STEPS = 1_000_000
"""After which a question may have been asked."""

ROUNDING = 1e-6
"""Of themselves, that truths may differ by which two machines compute."""


class UntrueError(ValueError):
    """What a file says is true, and is not."""


class Kept:
    """A file of answers to the bets of a widget.

    path : of the file, which need not be there yet.
    race : what the bets are about, as it is in the beginning.

    Raises ValueError for no path.
    """

    def __init__(self, path: str | os.PathLike[str], asked: Asked, race: Race) -> None:
        try:
            self.path = Path(os.fspath(path))
        except TypeError:
            raise problem("keep", "the name of a file", path) from None
        self._questions = {
            "questions": [bet.settings() for bet in asked.bets],
            "training": fingerprint(race),
        }
        self._bets, self._race = asked.bets, race
        self._about: list[tuple[Given, str] | None] = [None for _ in asked.bets]

    def read(self) -> list[Given | None] | None:
        """What was kept; None where there is no file. ValueError for one that is not ours.

        Read in the beginning, when training is as the notebook has it.
        """
        found = self._found()
        if found is None:
            return None
        try:
            race = at_once(self._race)
            given = [self._given(*one, race) for one in zip(self._bets, found, strict=True)]
        except UntrueError:
            raise
        except DAMAGES as error:
            raise ValueError(f"keep: {self.path} is damaged: {ANOTHER}") from error
        self._about = [
            None if one is None else (one, kept["training"])
            for one, kept in zip(given, found, strict=True)
        ]
        return given

    def _found(self) -> list[Any] | None:
        """The answers in the file, not looked through yet."""
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"keep: {self.path} cannot be read ({error}): {ANOTHER}") from error
        try:
            found = json.loads(text)
            answers, questions = found["answers"], found["questions"]
            if len(answers) != len(questions):
                raise ValueError("an answer for each question")
            if {name: found.get(name) for name in self._questions} == self._questions:
                return list(answers)
        except DAMAGES as error:
            raise ValueError(f"keep: {self.path} is damaged: {ANOTHER}") from error
        raise ValueError(
            f"keep: {self.path} has answers to other questions, or about other training: {ANOTHER}"
        )

    def _given(self, bet: Bet, kept: Any, race: Race) -> Given | None:
        if kept is None:
            return None
        at, answer, truth = (kept[name] for name in ("at", "answer", "truth"))
        at = whole_number("at", at, least=0, most=MOST_STEPS)
        if text("training", kept["training"]) == self._questions["training"]:
            told, truth = truth, bet.truth(race, at)
            if not is_near(told, truth):
                raise UntrueError(
                    f"keep: {self.path} says of {bet.kind} that {told} is true, and training gives "
                    f"{truth}: {ANOTHER}"
                )
        score = 0.0 if answer is None else bet.score(bet.checked(answer, race), truth)
        if not 0 <= score <= 1:
            raise ValueError("a score from 0 to 1")
        return Given(at, answer, truth, score, is_kept=True)

    def write(self, asked: Asked) -> None:
        """Keep what was answered, all of it or nothing.

        Raises ValueError where another file has come there, OSError where it cannot be written.
        """
        self._found()  # what is not ours is not overwritten
        self._about = [
            about if about and about[0] is one else one and (one, fingerprint(self._race, one.at))
            for one, about in zip(asked.given, self._about, strict=True)
        ]
        answers = [about and {**about[0].as_json(), "training": about[1]} for about in self._about]
        text = json.dumps({**self._questions, "answers": answers}, indent=1, allow_nan=False)
        write_whole(self.path, partial(write_text, text=f"{text}\n"))


def fingerprint(race: Race, at: int = 0) -> str:
    """What a question is about: the points' sums, where it begins, and by which rules it goes on.

    at : the step at which it is asked; the rules are those that led there, and that of now.
    """
    first = race.first
    about = {
        "names": first.names,
        "begins": [first.guess, first.table.row(0)[: first.table.d]],
        "bowl": first.bowl.as_json(),
        "plans": [plans_until(trainer, at) for trainer in race.trainers],
        "losses": [trainer.told_loss for trainer in race.trainers],
        "function": first.objective.about if isinstance(first.objective, FunctionLoss) else None,
    }
    return sha256(json.dumps(about, default=str, sort_keys=True).encode()).hexdigest()[:16]


def plans_until(trainer: Trainer, at: int) -> list[Plan]:
    """What made the steps up to one, and will make the next; each once where it goes on."""
    made = [stretch.plan for stretch in trainer.table.stretches if stretch.step <= at]
    return [plan for plan, _ in groupby([*made, trainer.plan])]


def at_once(race: Race) -> Race:
    """The same training, by formula where that is possible: PyTorch's import takes seconds."""
    if any(
        t.outside or t.told_loss != MSE or "numpy" not in t.points.engines for t in race.trainers
    ):
        return race
    return Race(
        [Trainer(t.points, guess=t.guess, engine="numpy", **t.settings) for t in race.trainers]
    )


def is_near(one: Any, other: Any) -> bool:
    """Whether two truths are the same but for how they were computed.

    >>> is_near({"loss": 0.1 + 0.2}, {"loss": 0.3}), is_near({"loss": 0.31}, {"loss": 0.3})
    (True, False)
    """
    if isinstance(other, dict):
        return one.keys() == other.keys() and all(is_near(one[name], other[name]) for name in other)
    if isinstance(other, list):
        return len(one) == len(other) and all(map(is_near, one, other))
    if isinstance(other, float):
        return math.isclose(one, other, rel_tol=ROUNDING, abs_tol=ROUNDING)
    return type(one) is type(other) and bool(one == other)
