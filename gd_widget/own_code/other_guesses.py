"""The points are those shown, but the guess is another, or what is made of its residuals.

Each function is a family of hypotheses; see other_losses.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.losses import KINDS, design
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import FloatArray, Params
from gd_widget.data.points import are_many
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.predictions import CLEARLY, EXACT

Found = Iterator[Diagnosis]


MOST = 20
"""Of more parameters, parts are not looked at one by one."""

BY_CHANCE = 1e-6
"""What is less likely does not happen."""


def _fits(case: Case, changed: Callable[[Params], Params], back: Callable[[Params], Params]) -> str:
    """What goes by a guess of changed parameters: "gradients", "steps", or "" for neither.

    Backward goes through the change as well, by `back`; derivatives that were written out for the
    right guess do not.
    """
    if case.goes_by(lambda params: back(case.exact(changed(params)))):
        return "gradients"
    by_hand = case.by_hand and case.goes_by(lambda params: case.exact(changed(params)))
    return "steps" if by_hand else ""


def other_order(case: Case) -> Found:
    """The parameters are in another order."""
    for order, places in _other_orders(case.bowl).items():

        def in_ours(params: Params, places: tuple[int, ...] = places) -> Params:
            ours = [0.0] * len(params)
            for place, value in zip(places, params, strict=True):
                ours[place] = value
            return tuple(ours)

        def in_theirs(grad: Params, places: tuple[int, ...] = places) -> Params:
            return tuple(grad[place] for place in places)

        if what := _fits(case, in_ours, in_theirs):
            yield case.diagnosis("other_order", order=order, what=what)


def turned(case: Case) -> Found:
    """The guess has one of the parameters with a minus."""
    for i in range(case.bowl.d) if 2 <= case.bowl.d <= MOST else ():

        def turn(params: Params, i: int = i) -> Params:
            return (*params[:i], -params[i], *params[i + 1 :])

        if _fits(case, turn, turn):
            yield case.diagnosis("turned", part=i, d=case.bowl.d)


def left_out(case: Case) -> Found:
    """The guess goes without one of the parameters."""
    for i in range(case.bowl.d) if 2 <= case.bowl.d <= MOST else ():

        def without(params: Params, i: int = i) -> Params:
            return (*params[:i], 0.0, *params[i + 1 :])

        if case.changes_part(i) and not _only_stays(case, i) and _fits(case, without, without):
            yield case.diagnosis("left_out", part=i, d=case.bowl.d)


def _only_stays(case: Case, i: int) -> bool:
    """Whether steps by hand are right for the whole guess, but leave this parameter as it is."""

    def predict(params: Params) -> Params:
        exact = case.exact(params)
        return (*exact[:i], 0.0, *exact[i + 1 :])

    return case.by_hand and case.goes_by(predict)


def mean_first(case: Case) -> Found:
    """The mean of the residuals is squared; or multiplied by that of x, in steps by hand."""
    bowl = case.bowl
    if bowl.intercept is None:
        return
    i, means = bowl.intercept, list(bowl.mean_x)
    means.insert(i, 1.0)
    if case.goes_by(lambda params: [case.exact(params)[i] * mean for mean in means]):
        yield case.diagnosis("mean_first", what="steps" if case.by_hand else "gradients")


def _other_orders(bowl: Quadratic) -> dict[str, tuple[int, ...]]:
    """How else people order parameters, and which of ours each is then."""
    ours = tuple(range(bowl.d))
    orders = {}
    if bowl.intercept is not None:
        slopes = tuple(i for i in ours if i != bowl.intercept)
        orders["first"], orders["last"] = (bowl.intercept, *slopes), (*slopes, bowl.intercept)
        orders["powers"] = (*slopes[::-1], bowl.intercept)  # as np.polyfit has them
    orders["reversed"] = ours[::-1]
    once = {places: order for order, places in reversed(orders.items()) if places != ours}
    return {order: places for places, order in once.items()}


def no_square(case: Case) -> Found:
    """The mean of the residuals themselves: its gradient is the same everywhere.

    So is that of their absolute values, as long as they all have one sign; but never downwards from
    residuals whose mean is below zero.
    """
    bowl = case.bowl
    if bowl.intercept is None:
        return
    means = list(bowl.mean_x)
    means.insert(bowl.intercept, 1.0)
    factor = case.factor_for(case.seen_gradients, lambda _: means, is_constant=True)
    if factor is None:
        return
    # The derivative by the intercept is twice the mean residual.
    residuals = [case.exact(one.at)[bowl.intercept] for one in case.seen_gradients]
    if any(math.copysign(1, factor) * mean < 0 for mean in residuals):
        yield case.diagnosis("no_square")


def stale(case: Case) -> Found:
    """The gradient of the first step, in every step.

    Where its parts happen to be alike, so may be the steps of signs, or of a clipped gradient.
    Gradients of a few points, set right by what all had some steps before (SVRG, SAG), are the same
    as well, as long as these few say the same as then.
    """
    first = case.seen_gradients[0].at
    factor = case.factor_for(case.seen_gradients, lambda _: case.exact(first), is_constant=True)
    is_of_signs = case.by_hand and _has_equal_parts(case.moves[0].move)
    changes = case.gradient_changes and _shows_at_points(case, first)
    if factor is not None and factor > 0 and changes and not is_of_signs:
        yield case.diagnosis("stale", params=first, grad=case.exact(first))


def _shows_at_points(case: Case, first: Params) -> bool:
    """Whether the losses of single points have other derivatives than at first, so that it shows.

    Of squares they always have: each step changes all residuals. Of other losses, steps by hand may
    be of points that have not changed yet, unless all have; a look at one point by each backward()
    would most likely have found one that has.
    """
    kind, points = KINDS.get(case.shown.kind), case.points
    if kind is None:
        return True
    if points is None or are_many(points):
        return False
    x, y = design(points.x), np.asarray(points.y, np.float64)

    def slopes(params: Params) -> FloatArray:
        return kind.slope(x @ np.array(params), y, case.shown.delta)

    at_first, clearly = slopes(first), CLEARLY * case.shown.slope
    later = [slopes(one.at) for one in case.seen_gradients]
    unchanged = [float((abs(one - at_first) <= clearly).mean()) for one in later[1:]]
    return min(unchanged) == 0 if case.by_hand else math.prod(unchanged) <= BY_CHANCE


def behind(case: Case) -> Found:
    """The guess is computed, then the step is made, and only then its gradient.

    So each is that of the parameters before the step, where it should be that of those after.
    """
    if case.by_hand or not any(e.at != e.before for e in case.records):
        return
    begun = {e.at: e.before for e in case.records}
    exact_before = case.factor_for(case.seen_gradients, lambda at: case.exact(begun[at]))
    if exact_before is not None and exact_before > 0:
        yield case.diagnosis("behind")


def _has_equal_parts(move: Params) -> bool:
    sizes = list(map(abs, move))
    return max(sizes) - min(sizes) <= EXACT * max(sizes)
