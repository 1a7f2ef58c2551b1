"""What is wrong with training code that the reader wrote: one sentence with the evidence.

The error of a line is a bowl, so at every step the exact gradient is known. Code is judged by
comparing with it: the gradient that backward() computed, the step that was made of it, and what
was left behind. Nothing is said where the comparison is not exact, as with batches, a momentum
or an optimizer of its own, unless what was found can have no other cause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.evidence import Evidence
from gd_widget.own_code.mistakes_in_code import is_not_a_number, is_replaced, never_moves, piles_up
from gd_widget.own_code.mistakes_in_maths import broadcasts, climbs, is_scaled, overshoots
from gd_widget.own_code.words import Words, first, pair

MISTAKES: tuple[Callable[[Case], str], ...] = (
    is_replaced,
    is_not_a_number,
    never_moves,
    piles_up,
    climbs,
    broadcasts,
    is_scaled,
    overshoots,
)
"""In the order in which they are looked for: one that spoils the evidence of others comes first."""


def diagnose(
    evidence: Sequence[Evidence], bowl: Quadratic, words: Words, start: Params | None = None
) -> str:
    """One sentence on the first mistake that the evidence proves, or "".

    evidence : records of the first steps and the last, in order.
    start : where the reader's code began, unless it was put there.
    """
    case = Case(evidence, bowl, words)
    sentences = (mistake(case) for mistake in MISTAKES) if evidence else ()
    return next(filter(None, sentences), "") or starts_at_the_bottom(case, start)


def starts_at_the_bottom(case: Case, start: Params | None) -> str:
    """The parameters began as the answer, not as a guess: no mistake, but nothing to see."""
    if start is None or not case.is_near_the_bottom(start):
        return ""
    best = pair(case.bowl.least_squares)
    return (
        f"{first(case.words.params)} started at {pair(start)}, which is almost the best line, "
        f"{best}: its loss was {case.loss(start):.3g} already, and no line's is below "
        f"{case.bowl.floor:.3g}. Start from a guess, such as (-1, 1)."
    )
