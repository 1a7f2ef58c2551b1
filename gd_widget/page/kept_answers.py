"""Answers in a file beside the notebook, for who runs that without a browser."""

from __future__ import annotations

import json
import os
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from gd_widget.bets.asked import Asked, Given
from gd_widget.bets.bet import Bet
from gd_widget.core.checks import problem, whole_number
from gd_widget.core.function_loss import FunctionLoss
from gd_widget.page.files import write_text, write_whole
from gd_widget.training.race import Race

ANOTHER = "mend it, move it away, or keep these answers in another file"

DAMAGES = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What comes of reading what is not as we write it."""


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

    def read(self) -> list[Given | None] | None:
        """What was kept; None where there is no file. ValueError for one that is not ours.

        What an answer is worth is found anew, from it and the truth beside it.
        """
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
                return list(map(self._given, self._bets, answers))
        except DAMAGES as error:
            raise ValueError(f"keep: {self.path} is damaged: {ANOTHER}") from error
        raise ValueError(
            f"keep: {self.path} has answers to other questions, or about other training: {ANOTHER}"
        )

    def _given(self, bet: Bet, kept: Any) -> Given | None:
        if kept is None:
            return None
        at, answer, truth = (kept[name] for name in ("at", "answer", "truth"))
        score = 0.0 if answer is None else bet.score(bet.checked(answer, self._race), truth)
        if not 0 <= score <= 1:
            raise ValueError("a score from 0 to 1")
        return Given(whole_number("at", at, least=0), answer, truth, score, is_kept=True)

    def write(self, asked: Asked) -> None:
        """Keep what was answered, all of it or nothing.

        Raises ValueError where another file has come there, OSError where it cannot be written.
        """
        self.read()  # what is not ours is not overwritten
        answers = [None if one is None else one.as_json() for one in asked.given]
        text = json.dumps({**self._questions, "answers": answers}, indent=1, allow_nan=False)
        write_whole(self.path, partial(write_text, text=f"{text}\n"))


def fingerprint(race: Race) -> str:
    """What the questions are about: the points' sums, where it begins, and by which rules."""
    first = race.first
    about = {
        "names": first.names,
        "guess": first.guess,
        "bowl": first.bowl.as_json(),
        "plans": [trainer.plan for trainer in race.trainers],
        "losses": [trainer.told_loss for trainer in race.trainers],
        "function": first.objective.about if isinstance(first.objective, FunctionLoss) else None,
    }
    return sha256(json.dumps(about, default=str, sort_keys=True).encode()).hexdigest()[:16]
