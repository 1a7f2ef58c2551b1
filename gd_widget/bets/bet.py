"""What a bet is: a question, what may be answered, what is true, and how near an answer is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from gd_widget.core.types import FloatArray
from gd_widget.training.race import Race
from gd_widget.training.trainer import Trainer


@dataclass(frozen=True)
class Bet(ABC):
    """A question that a widget asks before it shows the outcome.

    Answers and truths are JSON: numbers, strings, lists and dicts of them. In a race, questions
    that are not about the race are about its first run.

    hides : what pages keep back until it is answered or skipped: "future", rows after the step
        where it is asked; "next", the step to come; "code", the lines of a step; and "best",
        "zones", "forecast" and "advice" as in GDWidget's `hide`.
    stops : whether pages make no step before that.
    """

    kind: ClassVar[str]
    hides: ClassVar[tuple[str, ...]] = ()
    stops: ClassVar[bool] = True

    @property
    def ahead(self) -> int:
        """How many steps ahead it looks."""
        return 0

    def must_suit(self, race: Race) -> None:
        """Raise ValueError where the question makes no sense for a race."""
        if self.ahead and any(trainer.outside is not None for trainer in race.trainers):
            raise ValueError(
                f"{type(self).__name__} looks at steps before they are made, which takes a rule by "
                f"name; here {race.first.plan['optimizer']} makes them"
            )

    @abstractmethod
    def checked(self, answer: Any, race: Race) -> Any:
        """The answer as JSON. Raises ValueError for what is none."""

    @abstractmethod
    def truth(self, race: Race, at: int) -> dict[str, Any]:
        """What is true, and what a score is measured by.

        at : the step at which it was asked.
        """

    @abstractmethod
    def score(self, answer: Any, truth: dict[str, Any]) -> float:
        """From 0 to 1: how near an answer is."""

    def settings(self) -> dict[str, Any]:
        """Its kind, and what it was made with."""
        return {"kind": self.kind, **asdict(self)}

    def as_json(self) -> dict[str, Any]:
        """All that a page is told of it before it is answered."""
        own = {"steps": self.ahead, "hides": list(self.hides), "stops": self.stops}
        return {**own, **self.settings()}


def closeness(off: float, way: float) -> float:
    """1 for what is exact, 0 for what is as far off as training goes, or further.

    off : how far the answer is from the truth.
    way : how far training goes. Where it stands still, only what is exact scores.
    """
    if off == 0:
        return 1.0
    return max(0.0, 1 - off / way) if way > 0 else 0.0


def rows_from(trainer: Trainer, at: int, count: int) -> FloatArray:
    """The row of a step and those after it, so many: made already, or as they would be made.

    Fewer where numbers stop being finite, none of a step after that. Nothing is kept of what is not
    made yet.
    """
    last = trainer.n_rows - 1
    first = min(at, last)
    made = min(max(first, trainer.n_steps), at + count)
    return trainer.rows_ahead(first, made, at + count - made)[at - first :]


def run_named(race: Race) -> str:
    """What the first run is called, "" where there is one."""
    return race.runs[0].name


def numbers(values: Iterable[float]) -> list[float]:
    """Numbers as JSON."""
    return [float(value) for value in values]
