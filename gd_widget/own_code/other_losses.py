"""The first question is whether the loss that the code goes down is that of the points shown.

Each function is a family of hypotheses on what loss it is instead. A hypothesis predicts every
gradient that was seen (or every step, where the code computes its gradient by hand), up to one
factor; one that fits all is named, if no other one does. Of a loss that is not that of the points
shown, neither a rate nor a sign can be judged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.quadratic import Quadratic
from gd_widget.core.types import Params
from gd_widget.own_code.comparison import Case
from gd_widget.own_code.other_points import OtherPoints, fitted, standardized
from gd_widget.own_code.predictions import EXACT

Found = Iterator[Diagnosis]


def other_loss(case: Case) -> Diagnosis | None:
    """What loss it is instead, or that it is another; None where it may be that of the points."""
    if case.has_own_loss or case.is_frozen or len(case.seen_gradients) < 3:
        return None
    if (case.returns_own_loss and case.by_hand) or _may_be_penalized(case):
        return None
    families = (stale,) if case.returns_own_loss else FAMILIES
    found = {str(one): one for family in families for one in family(case)}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        of_points = {one.code for one in found.values()} == {"other_points"}
        return _another(case) if of_points else None
    is_another = not case.returns_own_loss and _is_another_bowl(case)
    return _another(case) if is_another else None


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
    pairs = bowl._replace(best_slopes=(0.0,) * len(bowl.best_slopes), floor=bowl.var_y)
    return case.diagnosis("broadcasts", n=bowl.n) if _goes_down(case, pairs) else None


def all_pairs(case: Case) -> Found:
    """See broadcasts."""
    found = broadcasts(case)
    if found is not None:
        yield found


def points_standardized(case: Case) -> Found:
    """Points with the mean subtracted, and mostly divided by the spread."""
    for other in standardized(case.bowl):
        returns = case.by_hand and case.loss_factor(other.bowl) is not None
        if returns or _goes_down(case, other.bowl):
            yield case.diagnosis("other_points", which=other.which, how=other.how)


def points_scaled(case: Case) -> Found:
    """A line's x or y, scaled and shifted in any way."""
    bowl = case.bowl
    if case.by_hand or bowl.d != 2 or bowl.intercept != 1:
        return
    if any(True for _ in points_standardized(case)):
        return
    for k in (1.0, 0.5, 2.0, float(bowl.n), bowl.n / 2):
        other = fitted(bowl, case.seen_gradients, case.sizes, k)
        if other is not None and _goes_down(case, other.bowl) and _has_one_name(case, other, k):
            yield case.diagnosis("other_points", which=other.which, how=other.how)


def _has_one_name(case: Case, other: OtherPoints, k: float) -> bool:
    factor = case.factor_for(case.seen_gradients, _gradient_of(other.bowl))
    return other.which != "" and factor is not None and abs(factor / k - 1) < EXACT


def other_order(case: Case) -> Found:
    """The exact gradients, if the parameters are in another order."""
    for order, places in _other_orders(case.bowl).items():

        def in_order(params: Params, places: tuple[int, ...] = places) -> Params:
            ours = [0.0] * len(params)
            for place, value in zip(places, params, strict=True):
                ours[place] = value
            grad = case.exact(tuple(ours))
            return tuple(grad[place] for place in places)

        factor = case.factor_for(case.seen_gradients, in_order)
        if factor is not None and factor > 0:
            yield case.diagnosis("other_order", order=order)


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
    """
    first = case.seen_gradients[0].at
    factor = case.factor_for(case.seen_gradients, lambda _: case.exact(first), is_constant=True)
    is_of_signs = case.by_hand and _has_equal_parts(case.moves[0].move)
    if factor is not None and factor > 0 and case.gradient_changes and not is_of_signs:
        yield case.diagnosis("stale", params=first, grad=case.exact(first))


def _has_equal_parts(move: Params) -> bool:
    sizes = list(map(abs, move))
    return max(sizes) - min(sizes) <= EXACT * max(sizes)


FAMILIES: tuple[Callable[[Case], Found], ...] = (
    all_pairs,
    points_standardized,
    points_scaled,
    other_order,
    no_square,
    stale,
)


def _goes_down(case: Case, bowl: Quadratic) -> bool:
    """Whether every gradient seen is that of a bowl, times one positive number."""
    factor = case.factor_for(case.seen_gradients, _gradient_of(bowl))
    return factor is not None and factor > 0


def _gradient_of(bowl: Quadratic) -> Callable[[Params], Params]:
    return lambda params: bowl.gradient(params)[1:]


# -------------------------------------------------------------------------- some other bowl


def _is_another_bowl(case: Case) -> bool:
    """Whether the gradients are those of one bowl in every step, and not that of the points.

    That is H·a - c, with a symmetric H, the same in all steps: a random batch's is not. A ridge
    (weight decay in the loss) only adds to the diagonal, and is meant. The gradients have to be
    many and different: those of other losses may change little for a while.
    """
    seen, d = case.seen_gradients, case.bowl.d
    if case.by_hand or d > 20 or len({one.vector for one in seen}) < 2 * (d + 3):
        return False
    own = np.array([case.scaled(case.exact(one.at)) for one in seen])
    grads = np.array([one.vector for one in seen])
    at = np.array([one.at for one in seen]) * case.sizes
    if not (np.abs(np.hstack([own, grads, at])) < 1e100).all():
        return False
    lengths = np.linalg.norm(own, axis=1)
    allowed = EXACT * lengths + np.array([one.rounding for one in seen])
    is_bowl = (_left(grads, at, lengths, _symmetric(d)) <= allowed).all()
    is_ridge = (_left(grads - own, at, lengths, _diagonal(d)) <= allowed).all()
    return bool(is_bowl and not is_ridge)


def _may_be_penalized(case: Case) -> bool:
    """Whether the gradients are those of the points and a penalty: a ridge, or a lasso.

    A lasso adds the signs of the parameters, all or without the intercept, times one number. As
    long as the signs stay, another y would add a constant, too.
    """
    if case.by_hand:
        return False
    seen, d = case.seen_gradients, case.bowl.d
    own = np.array([case.scaled(case.exact(one.at)) for one in seen])
    rest = np.array([one.vector for one in seen]) - own
    at = np.array([one.at for one in seen])
    if not (np.abs(np.hstack([own, rest, at])) < 1e100).all():
        return False
    lengths = np.linalg.norm(own, axis=1)
    allowed = EXACT * lengths + np.array([one.rounding for one in seen])
    slopes_alone = np.arange(d) != case.bowl.intercept
    for kept in (np.ones(d), slopes_alone):
        columns = np.stack([at * kept, np.sign(at) * kept], axis=2) / np.array(case.sizes)[:, None]
        system = columns.reshape(len(seen) * d, 2)
        best = np.linalg.lstsq(system, rest.ravel(), rcond=1e-12)[0]
        if (np.linalg.norm(rest - columns @ best, axis=1) <= allowed).all():
            return True
    return False


def _left(
    grads: np.ndarray, at: np.ndarray, lengths: np.ndarray, shapes: list[np.ndarray]
) -> np.ndarray:
    """What no sum of these matrices leaves of each gradient, nor a constant beside it."""
    n, d = grads.shape
    constants = np.broadcast_to(np.eye(d), (n, d, d)) if len(shapes) > d else np.empty((n, d, 0))
    of_shapes = np.stack([at @ shape for shape in shapes], axis=2)
    columns = np.concatenate([of_shapes, constants], axis=2)
    weights = 1 / np.maximum(lengths, 1e-300)
    system = (columns * weights[:, None, None]).reshape(n * d, -1)
    best = np.linalg.lstsq(system, (grads * weights[:, None]).ravel(), rcond=1e-12)[0]
    left: np.ndarray = np.linalg.norm(grads - columns @ best, axis=1)
    return left


def _symmetric(d: int) -> list[np.ndarray]:
    unit = np.eye(d)
    return [
        np.outer(unit[i], unit[j]) + (np.outer(unit[j], unit[i]) if i != j else 0)
        for i in range(d)
        for j in range(i, d)
    ]


def _diagonal(d: int) -> list[np.ndarray]:
    return [np.diag(row) for row in np.eye(d)]
