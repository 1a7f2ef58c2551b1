"""What is wrong with training code that the reader wrote: one diagnosis with the evidence.

Of the loss that the widget shows, the exact gradient is known at every step. Code is judged by
comparing with it: the gradient that backward() computed, the step that was made of it, and what
was left behind. Each mistake is a hypothesis, and is named only if it predicts all that was seen.
Nothing is said where the comparison is not exact, as with batches, a momentum or an optimizer of
its own, unless what was found can have no other cause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import is_
from typing import Any

from gd_widget.core.diagnosis import Diagnosis, Names
from gd_widget.core.losses import PointLoss
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.data.points import TrainingData
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.evidence import Evidence
from gd_widget.own_code.lost_gradient import lost_gradient
from gd_widget.own_code.mistakes_in_code import (
    never_moves,
    not_a_number,
    piles_up,
    replaced,
    steps_again,
)
from gd_widget.own_code.mistakes_in_maths import climbs, overshoots, scaled
from gd_widget.own_code.other_losses import broadcasts, other_loss
from gd_widget.own_code.uneven_steps import uneven_steps
from gd_widget.own_code.written_out import written_out

Mistake = Callable[[Case], Diagnosis | None]

SLIPS_OF_CODE: tuple[Mistake, ...] = (replaced, not_a_number, never_moves, piles_up)
SLIPS_OF_MATHS: tuple[Mistake, ...] = (climbs, broadcasts, scaled, overshoots)
MISTAKES = (*SLIPS_OF_CODE, *SLIPS_OF_MATHS)
"""Those that the notebook goes through."""

LOOKED_FOR = (
    lost_gradient,
    *SLIPS_OF_CODE,
    *(steps_again, other_loss, written_out, uneven_steps),
    *SLIPS_OF_MATHS,
)
"""In this order: one that spoils the evidence of others comes first. So before a rate or a sign is
spoken of, it is asked whether the loss is that of the points shown."""

OF_OTHER_LOSSES = tuple(one for one in LOOKED_FOR if one not in (broadcasts, overshoots))
"""Where another loss is shown than the mean squared error: no critical rate is known of it."""


class Coach:
    """Judges the evidence. Asked again about the same, as for each message, it knows already."""

    def __init__(self) -> None:
        self._asked: tuple[Any, ...] = ()
        self._found: Diagnosis | None = None

    def diagnose(
        self,
        evidence: Sequence[Evidence],
        bowl: Quadratic,
        names: Names,
        start: Params | None = None,
        points: TrainingData | None = None,
        loss: PointLoss | Quadratic | None = None,
    ) -> Diagnosis | None:
        """See the function of this name."""
        asked = evidence, bowl, names, start, points, loss
        # The same objects: records and bowls are never changed, but replaced.
        if not self._asked or not all(map(is_, asked, self._asked)):
            self._found = diagnose(*asked)
            self._asked = asked
        return self._found


def diagnose(
    evidence: Sequence[Evidence],
    bowl: Quadratic,
    names: Names,
    start: Params | None = None,
    points: TrainingData | None = None,
    loss: PointLoss | Quadratic | None = None,
) -> Diagnosis | None:
    """The first mistake that the evidence proves, if it proves one.

    evidence : records of the first steps and the last, in order.
    bowl : the mean squared error on the points; loss : what is shown, where it is not that.
    start : where the reader's code began, unless it was put there.
    points : the points themselves, where they are known.
    """
    case = Case(evidence, bowl, names, points, loss)
    mistakes = LOOKED_FOR if loss is None else OF_OTHER_LOSSES
    found = (mistake(case) for mistake in mistakes) if evidence else ()
    return next(filter(None, found), None) or started_at_best(case, start)


def started_at_best(case: Case, start: Params | None) -> Diagnosis | None:
    """The parameters began as the answer, not as a guess: no mistake, but nothing to see."""
    if start is None or not case.shown.is_squared or not case.is_near_the_bottom(start):
        return None
    return case.diagnosis(
        "started_at_best",
        params=start,
        best=case.bowl.least_squares,
        loss=case.loss(start),
        floor=case.bowl.floor,
    )
