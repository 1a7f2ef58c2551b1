"""The first question is whether the loss that the code goes down is that of the points shown.

Each function is a family of hypotheses on what loss it is instead. A hypothesis predicts every
gradient that was seen (or every step, where the code computes its gradient by hand), up to one
factor; one that fits all is named, if no other one does. Of a loss that is not that of the points
shown, neither a rate nor a sign can be judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.linear_algebra import times
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.own_code.another_bowl import is_another_bowl, may_be_penalized
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.other_guesses import (
    behind,
    left_out,
    mean_first,
    no_square,
    other_order,
    stale,
    turned,
)
from gd_widget.own_code.other_kinds import other_kind
from gd_widget.own_code.other_points import OtherPoints, as_given, fitted, standardized
from gd_widget.own_code.points_of_loss import points_of_loss
from gd_widget.own_code.preconditioned import is_preconditioned
from gd_widget.own_code.predictions import EXACT
from gd_widget.own_code.returned_loss import loss_factor
from gd_widget.own_code.shown import Shown

Found = Iterator[Diagnosis]


def other_loss(case: Case) -> Diagnosis | None:
    """What loss it is instead, or that it is another; None where it may be that of the points."""
    if case.has_own_loss or case.is_frozen or len(case.seen_gradients) < 3:
        return None
    if case.by_hand and (case.returns_own_loss or is_preconditioned(case)):
        return None
    if may_be_penalized(case):
        return None
    families = FAMILIES if case.shown.is_squared else OF_OTHER_LOSSES
    if case.returns_own_loss:
        families = stale, behind
    found = {str(one): one for family in families for one in family(case)}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        of_points = {one.code for one in found.values()} == {"other_points"}
        return _another(case) if of_points else None
    is_bowl = case.shown.is_squared and not case.returns_own_loss
    return _another(case) if is_bowl and is_another_bowl(case) else None


def _another(case: Case) -> Diagnosis:
    return case.diagnosis("other_points", which="", how="")


# --------------------------------------------------------------------------------- families


def broadcasts(case: Case) -> Diagnosis | None:
    """Shapes (n,) and (n, 1): the loss is of every guess with every y.

    Where every x stands with every y, x says nothing of y: the best slopes are zero.
    """
    bowl = case.bowl
    if bowl.intercept is None or case.has_own_loss:  # without one it does not know the means
        return None
    if case.by_hand and is_preconditioned(case):
        return None
    pairs = bowl._replace(best_slopes=(0.0,) * len(bowl.best_slopes), floor=bowl.var_y)
    is_by_hand = case.by_hand and case.goes_by(lambda params: _of_pairs(case, params))
    is_found = is_by_hand or case.goes_by(_gradient_of(pairs))
    return case.diagnosis("broadcasts", n=bowl.n) if is_found else None


def _of_pairs(case: Case, params: Params) -> Params:
    """The derivatives written out, where every guess stands with every y and its x."""
    slopes = [slope for i, slope in enumerate(params) if i != case.bowl.intercept]
    missing = iter(times(case.bowl.cov_x, slopes))
    exact = enumerate(case.exact(params))
    return tuple(one if i == case.bowl.intercept else one - 2 * next(missing) for i, one in exact)


def all_pairs(case: Case) -> Found:
    """See broadcasts."""
    found = broadcasts(case)
    if found is not None:
        yield found


def points_standardized(case: Case) -> Found:
    """Points with the mean subtracted, and mostly divided by the spread."""
    for other in standardized(case.bowl):
        returns = case.by_hand and loss_factor(case.records, Shown(other.bowl)) is not None
        if returns or case.goes_by(_gradient_of(other.bowl)):
            yield case.diagnosis("other_points", which=other.which, how=other.how)


def points_as_given(case: Case) -> Found:
    """The columns before the widget standardized them."""
    other = as_given(case.bowl, None if case.points is None else case.points.model)
    if other is not None and case.goes_by(_gradient_of(other.bowl)):
        yield case.diagnosis("other_points", which=other.which, how=other.how)


def points_negated(case: Case) -> Found:
    """As if y had the other sign: the guess and y are added up."""
    bowl = case.bowl
    slopes = tuple(-slope for slope in bowl.best_slopes)
    if case.goes_by(_gradient_of(bowl._replace(mean_y=-bowl.mean_y, best_slopes=slopes))):
        yield case.diagnosis("other_points", which="y", how="negated")


def points_scaled(case: Case) -> Found:
    """A line's x or y, scaled and shifted in any way."""
    bowl = case.bowl
    if case.by_hand or bowl.d != 2 or bowl.intercept != 1:
        return
    nearer = points_standardized, points_as_given, points_negated, turned
    if any(True for family in nearer for _ in family(case)):
        return
    for k in (1.0, 0.5, 2.0, float(bowl.n), bowl.n / 2):
        other = fitted(bowl, case.seen_gradients, case.sizes, k)
        if (
            other is not None
            and case.goes_by(_gradient_of(other.bowl))
            and _has_one_name(case, other, k)
        ):
            yield case.diagnosis("other_points", which=other.which, how=other.how)


def _has_one_name(case: Case, other: OtherPoints, k: float) -> bool:
    factor = case.factor_for(case.seen_gradients, _gradient_of(other.bowl))
    return other.which != "" and factor is not None and abs(factor / k - 1) < EXACT


OF_OTHER_LOSSES: tuple[Callable[[Case], Found], ...] = (
    other_order,
    turned,
    left_out,
    stale,
    behind,
    other_kind,
    points_of_loss,
)
"""Where another loss is shown than the mean squared error."""

FAMILIES = (
    *OF_OTHER_LOSSES,
    all_pairs,
    points_standardized,
    points_as_given,
    points_negated,
    points_scaled,
    mean_first,
    no_square,
)


def _gradient_of(bowl: Quadratic) -> Callable[[Params], Params]:
    return lambda params: bowl.gradient(params)[1:]
